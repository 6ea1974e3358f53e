"""Question ids at the start of a name: ``1.2a, 1.2c Perwali.pdf`` names two questions, ``12.1.2024 rapat`` a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flows.model import Framework

_TOKEN = re.compile(r"(?P<id>[0-9]{1,2}[a-z]?\.[0-9]{1,2}[a-z]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})(?![0-9])")
_LEAD = re.compile(r"[\s(\[{]*")
_GLUED = re.compile(r"[^\W_]")
_JOINT = re.compile(
    r"(?P<spoken>[\s_)\]]*(?:[,;&+]|(?<![^\W_])dan(?![^\W_]))[\s_(\[]*)|[\s_\-\u2010-\u2015()\[\]]+", re.IGNORECASE
)
_DAYS, _MONTHS = 31, 12


@dataclass(frozen=True, slots=True)
class Named:
    """What the start of one file or folder name points to."""

    ids: tuple[str, ...] = ()
    """Questions of the instrument, in the order written."""
    parents: tuple[str, ...] = ()
    """Numbers that have no question of their own, only children: ``1.3``."""
    unknown: tuple[str, ...] = ()
    """Numbers the instrument does not have, as written."""

    def __bool__(self) -> bool:
        return bool(self.ids or self.parents or self.unknown)


@dataclass
class _Found:
    ids: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class IdReader:
    """Reads names by the ids of one instrument.

    Rules: product.md, "Which file answers what". An id counts only at the start, must exist, and the longest match
    wins; case does not count; something must set it apart from what follows.
    """

    def __init__(self, framework: Framework) -> None:
        self._known = {question.id.casefold(): question.id for question in framework.questions}
        self._children: dict[str, list[str]] = {}
        for question in framework.questions:
            parent = re.sub(r"[a-z]+$", "", question.id)
            if parent != question.id and parent.casefold() not in self._known:
                self._children.setdefault(parent, []).append(question.id)
        self._parents = {parent.casefold(): parent for parent in self._children}

    def children(self, parent: str) -> tuple[str, ...]:
        """The questions below a number such as ``1.3``."""
        return tuple(self._children.get(parent, ()))

    def read(self, name: str) -> Named:
        """What ``name`` points to; the extension may still be on it."""
        found = _Found()
        for token, is_listed in _tokens(name):
            if not self._sort(token, found, is_listed=is_listed):
                break
        return Named(_distinct(found.ids), _distinct(found.parents), _distinct(found.unknown))

    def _sort(self, token: str, found: _Found, *, is_listed: bool) -> bool:
        """Put ``token`` where it belongs; False where the list of ids ends before it."""
        key = token.casefold()
        if key in self._known:
            found.ids.append(self._known[key])
        elif key in self._parents:
            found.parents.append(self._parents[key])
        elif is_listed:
            found.unknown.append(token)
        else:
            return False
        return True


def _tokens(name: str) -> Iterator[tuple[str, bool]]:
    """What is shaped like an id from the start on, and whether it is first or joined by a comma, ``&`` or ``dan``."""
    rest, is_listed = name[_lead_end(name) :], True
    while match := _TOKEN.match(rest):
        if is_date(rest) or _GLUED.match(match["rest"]):
            return
        yield match["id"], is_listed
        joint = _JOINT.match(match["rest"])
        if joint is None:
            return
        rest, is_listed = match["rest"][joint.end() :], joint["spoken"] is not None


def _lead_end(name: str) -> int:
    match = _LEAD.match(name)
    return match.end() if match else 0


def is_date(text: str) -> bool:
    """Whether ``text`` starts with a date such as ``12.1.2024`` or ``12.1.24``."""
    match = _DATE.match(text)
    return match is not None and 1 <= int(match[1]) <= _DAYS and 1 <= int(match[2]) <= _MONTHS


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
