"""Dates and ages as they are written in Indonesian offices."""

from __future__ import annotations

import re

from flows.privacy.shapes import MONTHS, PARTS_OF_A_YEAR, YEARS_OF_AGE

ADULT_AGE = 18
"""A child is younger (UU 35/2014)."""
_MONTH = "|".join(MONTHS)
# Each begins with the sign it cannot do without and looks back from there: the search then skips to such signs.
_FIRST = r"\d(?<![\d.,/-]\d)\d?"
_REST_OF_DATE = (
    r"(?:(?:(?<=19)|(?<=20))(?P<iso>\d\d)-[01]\d-[0-3]\d"
    rf"|(?: ?[-/.] ?| )(?:(?P<month>\d{{1,2}})(?: ?[-/.] ?| )|(?:{_MONTH})[a-z]{{0,7}}\.?(?: ?[-/] ?| ))"
    r"(?P<year>(?:19|20)\d\d|\d\d))(?!\d|[.,]\d)"
)
_REST_OF_AGE = (
    rf"(?:[.,]\d)? ?(?:(?P<years>{'|'.join(map(re.escape, YEARS_OF_AGE))})|(?:{'|'.join(PARTS_OF_A_YEAR)}))\b"
    r"(?! ?(?:pelajaran|\d{4}))"
)
_DATE = re.compile(rf"(?P<day>{_FIRST}){_REST_OF_DATE}", re.IGNORECASE | re.ASCII)
"""A day; in ISO dates ``day`` and ``iso`` are the halves of the year."""
_AGE = re.compile(rf"(?P<age>{_FIRST}){_REST_OF_AGE}", re.IGNORECASE | re.ASCII)
_CLASS = re.compile(
    r"[KkNIVXSTM](?<!\w[KkNIVXSTM])(?:(?<=[Kk])elas|(?<=K)ELAS|(?<=[Kk])ls|(?<=N)ISN?"
    r"|(?<=[IVX])[IVX]{0,3} ?-? ?[A-H]|(?<=S)(?:DN?|MPN?|MAN?|MK)|(?<=T)K|(?<=M)(?:IN?|TsN?))\b"
)
_YEAR = re.compile(r"(?:19|20)(?<!\d\d\d)(?:(?<=19)[89]|(?<=20)[0-2])\d(?!\d)")
_CENTURY = 100
_PIVOT = 30
_DAYS, _MONTHS = 31, 12
_CHILDREN_BORN_FROM = 2005
_EARLIEST = 2000


def first_date_year(text: str) -> int | None:
    """Year of the first whole date in ``text``; two digits up to 30 are of this century."""
    match = _first_date(text)
    if match is None:
        return None
    year = int(match["day"] + match["iso"] if match["iso"] else match["year"])
    if year >= _CENTURY:
        return year
    return year + (2000 if year <= _PIVOT else 1900)


def first_date(text: str) -> str:
    """The first whole date in ``text`` as it is written there."""
    match = _first_date(text)
    return match[0] if match else ""


def _first_date(text: str) -> re.Match[str] | None:
    for match in _DATE.finditer(text):
        if match["iso"] or (1 <= int(match["day"]) <= _DAYS and 1 <= int(match["month"] or 1) <= _MONTHS):
            return match
    return None


def age_in(text: str) -> int | None:
    """The first age in ``text`` that says its unit, in whole years."""
    match = _AGE.search(text)
    if match is None:
        return None
    return int(match["age"]) if match["years"] else 0


def tells_of_ages(text: str, least: int, *, has_dates: bool) -> bool:
    """Whether ``text`` holds so many dates, ages or classes: the least that a list without headings must tell.

    Args:
        text: Of a page.
        least: How many of them.
        has_dates: Whether dates and ages may be there at all, as :func:`flows.privacy.shapes.may_tell_of_persons` says.
    """
    found = 0
    for pattern in (_DATE, _AGE, _CLASS) if has_dates else (_CLASS,):
        for _ in pattern.finditer(text):
            found += 1
            if found >= least:
                return True
    return False


def years_in(text: str) -> list[int]:
    """Every year that ``text`` speaks of."""
    return [int(year) for year in _YEAR.findall(text)]


def earliest_birth(outside: list[int], births: list[int]) -> int:
    """From which year of birth on somebody in a list is a child.

    Eighteen years back from the newest year that the text speaks of beside the dates of birth; a list cannot be older
    than the youngest in it. Where it speaks of no year, from 2005.
    """
    if not outside:
        return _CHILDREN_BORN_FROM
    return max(max([*outside, *births]) - ADULT_AGE, _EARLIEST)
