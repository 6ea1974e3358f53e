"""The regulations a report is based on, in the order of official writing: the highest first, then by their year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows import wording

_NAMED = re.compile(r"(?P<name>.+?)\s+(?:nomor|no\.?)\s*(?P<number>\S+)\s+tahun\s+(?P<year>\d{4})\b", re.IGNORECASE)


def in_legal_order(texts: Iterable[str]) -> tuple[str, ...]:
    """``texts`` ordered, each regulation once in the last wording given; what is not known to be one comes last."""
    said: dict[object, tuple[tuple[int, int], str]] = {}
    for text in (each.strip().rstrip(".;, ") for each in texts):
        named = _NAMED.match(text)
        name = " ".join((named["name"] if named else text).casefold().split())
        key = (name, named["number"].casefold(), named["year"]) if named else name
        said[key] = ((_level(name), int(named["year"]) if named else 0), text)
    # Sorting is stable: those of one year stay as they were given.
    return tuple(text for _, text in sorted(said.values(), key=lambda each: each[0]) if text)


def _level(name: str) -> int:
    levels = wording.LEGAL_LEVELS
    return next((place for place, starts in enumerate(levels) if name.startswith(starts)), len(levels))
