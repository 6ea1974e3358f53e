"""The abbreviations a book may use, from one list: those that occur in it, and how they keep their capitals."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from html import unescape

from flows.settings import templates_root


def used_abbreviations(html: str) -> tuple[tuple[str, str], ...]:
    """Known abbreviations that occur in a chapter, with their long forms, as :func:`once_each` gives them."""
    words = set(re.findall(r"[\w-]+(?: PPA)?", unescape(re.sub(r"<[^>]*>", " ", html))))
    words |= {part for word in words for part in re.split(r"[ ]", word)}
    return once_each({(short, long) for short, long in known_abbreviations() if short in words})


def once_each(found: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Known abbreviations in alphabetical order; one in two spellings once, in the spelling the list names first."""
    used: dict[str, tuple[str, str]] = {}
    for pair in known_abbreviations():
        if pair in found:
            used.setdefault(pair[0].casefold(), pair)
    return tuple(used.values())


@cache
def known_abbreviations() -> tuple[tuple[str, str], ...]:
    """Every abbreviation of ``templates/dossier/singkatan.txt``, in alphabetical order."""
    lines = (templates_root() / "dossier" / "singkatan.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line.strip() and not line.startswith("#"))
    return tuple(
        sorted(((short.strip(), long.strip()) for short, _, long in pairs), key=lambda pair: pair[0].casefold())
    )
