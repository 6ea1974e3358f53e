"""Styles of a city whose braces do not match: the typesetter would leave out what follows and say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.errors import Problem
from flows.render.template_references import HOUSE

_CHOICES = re.compile(r"\{%-?\s*(?:if|for|macro|block)\b")
"""What may write a brace in one branch and its partner in none or two."""
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SIGN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[{}]""", re.DOTALL)


def lost_braces(name: str, source: str) -> Iterator[Problem]:
    """The first brace of a style that has no partner.

    Args:
        name: of the template; only styles are looked at.
        source: as the city wrote it.
    """
    if not name.endswith(".css") or _CHOICES.search(source):
        return
    plain = _JINJA.sub(lambda found: "\n" * found[0].count("\n"), source)
    opened: list[int] = []
    for sign in _SIGN.finditer(plain):
        line = plain.count("\n", 0, sign.start()) + 1
        if sign[0] == "{":
            opened.append(line)
        elif sign[0] == "}":
            if not opened:
                yield Problem(HOUSE + name, line, "kurung } ini tanpa pembuka {")
                return
            opened.pop()
    if opened:
        yield Problem(HOUSE + name, opened[-1], "kurung { pada baris ini tidak ditutup dengan }")
