"""Dates as people type them, Indonesian and English, day first."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from flows.names import fold

_MONTHS = (
    ("januari", "january"),
    ("februari", "pebruari", "february"),
    ("maret", "march", "mrt"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "ags"),
    ("september", "sept"),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
_SHORTEST_MONTH = 3
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, for days after February 1900."""
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""October 1954 to January 2119; a number outside is no forgotten date format."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_CENTURY_TURNS = 70
"""A year of two digits is 20xx below this and 19xx from here on."""
_LEAD = r"(?:\D*,\s*|[a-z']+\s+(?=\d))?"
"""A weekday or place in front: "Senin, 31 Maret 2025"."""
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.]+z?)?")
_NUMBERS = re.compile(_LEAD + r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDS = re.compile(_LEAD + r"(\d{1,2})\s*[-/. ]?\s*([a-z]+)\.?\s*[-/, ]?\s*(\d{4}|\d{2})")
_ENGLISH = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")


class ParsedDate(NamedTuple):
    """A date and how it had to be read."""

    date: date
    remark: str
    """``text-date`` where month and day stand the foreign way round, else empty."""


def parse_date(text: str) -> ParsedDate | None:
    """The day that ``text`` names; None where it names none, or a month alone.

    Numbers are day, month, year; only where that is no date and the other order is one, the other order is taken.
    """
    plain = " ".join(text.split()).casefold()
    if found := _ISO.fullmatch(plain):
        return _parsed(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(plain):
        day, month, year = found.groups()
        return _parsed(year, month, day) or _parsed(year, day, month, "text-date")
    if found := _WORDS.fullmatch(plain):
        return _parsed(found[3], str(_month(found[2])), found[1])
    if found := _ENGLISH.fullmatch(plain):
        return _parsed(found[3], str(_month(found[1])), found[2])
    return None


def from_serial(number: float) -> date | None:
    """The day a spreadsheet means by ``number``, days since 1899-12-30; None where it is none of our times."""
    return _EPOCH + timedelta(days=int(number)) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None


def _month(word: str) -> int:
    """1 to 12 of a month's name or its abbreviation of at least three letters; 0 where it is none."""
    folded = fold(word)
    for number, names in enumerate(_MONTHS, 1):
        if len(folded) >= _SHORTEST_MONTH and any(name.startswith(folded) for name in names):
            return number
    return 0


def _parsed(year: str, month: str, day: str, remark: str = "") -> ParsedDate | None:
    full = int(year)
    if len(year) == 2:  # noqa: PLR2004 - two digits
        full += 1900 if full >= _CENTURY_TURNS else 2000
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return None
    try:
        return ParsedDate(date(full, int(month), int(day)), remark)
    except ValueError:
        return None
