"""Names that stand side by side below the words of a roll: a plan of seats, a rota, groups, a cell or a comma each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.privacy.given_names import holds_given_name
from flows.privacy.people import is_common_word, is_name

_GROUP = re.compile(r"[A-Z][\w ]{2,25}: *")
"""What a group is called: *Kelompok 1:*."""
_PARTS = re.compile(r",\s*(?:dan\s+)?|\s+dan\s+")
_SMALL = re.compile(r"[ ,][a-z](?<! d(?=an ))")
"""A word in small letters is no name; asked of every line, and true of most."""
_LONGEST = 200
_MOST_WORDS_OF_A_NAME = 4
_MOST_WORDS_OF_A_LINE = 6


def names_beside(cells: Sequence[str]) -> list[str]:
    """The names in a row of which nothing else is told; none where something stands there that is no name.

    Asked only of what no heading explains; the caller says whether it stands below a roll.
    """
    if len(cells) == 1:
        return _names_in_line(cells[0])
    names = [cell for cell in cells if _is_bare_name(cell)]
    return names if len(names) > 1 and len(names) * 2 > len(cells) else []


def _names_in_line(line: str) -> list[str]:
    if not line[:1].isupper() or len(line) > _LONGEST:
        return []
    group = _GROUP.match(line)
    said = line[group.end() :] if group else line
    if _SMALL.search(said):
        return []
    parts = _PARTS.split(said.rstrip("."))
    if len(parts) == 1 and len(said.split()) > _MOST_WORDS_OF_A_LINE:
        return []
    if len(parts) == 1 and group and not holds_given_name(said):
        return []
    return parts if all(map(_is_bare_name, parts)) or (len(parts) == 1 and _are_names(said)) else []


def _are_names(line: str) -> bool:
    """Whether a line holds nothing but words that may be names, as a row of seats becomes one."""
    return all(map(_is_bare_name, line.split()))


def _is_bare_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _MOST_WORDS_OF_A_NAME
        and all(word[0].isupper() for word in words)
        and is_name(text)
        and not any(map(is_common_word, words))
    )
