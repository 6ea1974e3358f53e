"""Where later legal products begin in a text without pages: a decree copied behind a report or behind another decree.

A PDF tells by its pages. In a Word document the heading is looked for above the recitals: the lines in capitals, and
those of number and subject, that stand directly above "Menimbang".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from flows.gather.own_words import is_capital
from flows.words import holds_any

BEGINNINGS, BEGINNING_CHARS = 8, 3_000
"""Most products of one file that are looked for, and characters of each that are looked at."""
GROUNDS = ("Menimbang", "MENIMBANG", "menimbang")
"""On the first page of every legal product."""
_RECITALS = re.compile(r"\s*menimbang\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:SALINAN\s+)?(?:PERATURAN|KEPUTUSAN|SURAT KEPUTUSAN|INSTRUKSI|QANUN)\b")
_OF_HEADING = re.compile(r"\s*(?:nomor|no\.|tentang)(?:\W|$)", re.IGNORECASE)
_HEADING_LINES = 25


def beginnings(text: str) -> tuple[str, ...]:
    """What legal products that begin behind the first lines of ``text`` say from their heading on."""
    if not holds_any(text, GROUNDS):
        return ()
    return tuple(islice(_beginnings([line for line in text.splitlines() if line.strip()]), BEGINNINGS))


def _beginnings(lines: list[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        if _RECITALS.match(line) and (start := _heading(lines, place)):
            yield "\n".join(lines[start : place + _HEADING_LINES])[:BEGINNING_CHARS]


def _heading(lines: list[str], place: int) -> int:
    """The first line above ``place`` that names a product, with nothing but its heading between; 0 where none does.

    With what stands on the first line of all the text begins, so that it is no later one.
    """
    found = 0
    for above in range(place - 1, max(-1, place - _HEADING_LINES), -1):
        line = lines[above].strip()
        if not is_capital(line) and not _OF_HEADING.match(line):
            break
        if _NAMED.match(line):
            found = above
    return found
