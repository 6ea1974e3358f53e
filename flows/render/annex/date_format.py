"""A date or a time as the format of its cell shows it: no day, year or second that nobody sees there.

Source: ECMA-376 part 1, chapter 18.8.31.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache

from flows import wording

_SAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p', re.IGNORECASE | re.DOTALL)
"""What a format writes out, or says of colours and places: letters in it stand for nothing."""
_CODES_KEPT = 256


def dated(value: object, code: str) -> str:
    """A value of somebody's workbook that is no number, as it is printed.

    Args:
        value: as it lies in the cell.
        code: the format of the cell, empty where it has none.
    """
    parts = _parts(code)
    if isinstance(value, datetime) and parts and "h" not in parts:
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime) and "y" in parts and "d" not in parts:
        return wording.month_and_year(value) if "m" in parts else str(value.year)
    if isinstance(value, datetime | time) and "h" in parts and "s" not in parts:
        value = value.replace(second=0, microsecond=0)
    return wording.sheet_value(value)


@lru_cache(maxsize=_CODES_KEPT)
def _parts(code: str) -> frozenset[str]:
    """Which of year, month (or minute), day, hour and second a format shows, by the letters that stand for them."""
    shown = _SAID.sub("", code.partition(";")[0]).lower()
    return frozenset("ymdhs").intersection(shown) if not re.search(r"[0#?@]|general", shown) else frozenset()
