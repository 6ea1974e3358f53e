"""The years that a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST_SPAN = 10
"""Years; a longer one is not a period of a plan or of data."""
_CENTURY = re.compile(r"(?:19|20)(?<!\d\d\d)\d{2}")
"""Where digits begin that may be a year; the three patterns below are looked for at such places only."""
_YEAR = re.compile(r"(?<!\d[.,])\d{4}(?!\d)(?![.,]\d{3})")
_STAMPED = re.compile(r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_SPAN = re.compile(
    r"\d{4}\s*(?:[-\u2010-\u2015]|s\.?\s?/?d\.?|sampai(?:\s+dengan)?)\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)
_DATED = re.compile(r"[./-](?<=\d[./-])(?<!\d\d\d[./-])\d{1,2}[./-]((?:19|20)\d{2})(?!\d)")
"""The end of a date in numerals, from the mark behind the day on."""


def years_in(text: str) -> tuple[int, ...]:
    """Every year of 1900-2099 in ``text``, the years within a span such as 2023-2025 included, ascending."""
    found = {int(year) for year in _DATED.findall(text)}
    spanned = 0
    for digits in _CENTURY.finditer(text):
        first, start = int(digits[0]), digits.start()
        if _YEAR.match(text, start) or _STAMPED.match(text, start):
            found.add(first)
        span = _SPAN.match(text, start) if start >= spanned else None
        if span:
            spanned, last = span.end(), int(span[1])
            found.update(range(first, last + 1) if first < last <= first + _LONGEST_SPAN else ())
    return tuple(sorted(found))


def relevant_years(years: Iterable[int], evaluation_year: int) -> tuple[int, ...]:
    """The years a dossier can speak of: fifteen back for what is still in force, one ahead for what is planned."""
    return tuple(sorted({year for year in years if evaluation_year - 15 <= year <= evaluation_year + 1}))
