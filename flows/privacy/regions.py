"""Region codes that may begin a NIK or the number of a family card, and dates within them."""

from __future__ import annotations

_HIGHEST = {
    "11": (18, 75),
    "12": (25, 78),
    "13": (12, 77),
    "14": (12, 74),
    "15": (9, 72),
    "16": (13, 74),
    "17": (9, 71),
    "18": (13, 72),
    "19": (6, 71),
    "21": (5, 72),
    "31": (1, 75),
    "32": (20, 79),
    "33": (29, 76),
    "34": (4, 71),
    "35": (29, 79),
    "36": (4, 74),
    "51": (8, 71),
    "52": (8, 72),
    "53": (21, 71),
    "54": (13, 71),
    "61": (12, 72),
    "62": (13, 71),
    "63": (11, 72),
    "64": (11, 74),
    "65": (4, 71),
    "71": (11, 74),
    "72": (12, 71),
    "73": (26, 73),
    "74": (15, 72),
    "75": (5, 71),
    "76": (6, 70),
    "81": (9, 72),
    "82": (13, 72),
    "91": (28, 72),
    "92": (12, 71),
    "93": (4, 70),
    "94": (8, 70),
    "95": (8, 70),
    "96": (5, 71),
}
"""Highest number of a regency (from 01) and of a city (from 71) that a province has ever given.

The 514 codes in force are those of Kepmendagri 300.2.2-2430 of 2025. Provinces number their areas without gaps, so
each gap of today is a *retired* code, and a NIK keeps its code for life: 64.04-06, 64.10 and 64.73 went to
Kalimantan Utara (2012), 73.19-21, 73.23 and 73.25 to Sulawesi Barat (2004), 91.xx and 92.xx to the four provinces of
Papua (2022). Where retired numbers lay above today's the limit is raised: 14 (Kepulauan Riau, 2002), 32 (Banten, 2000),
82 and 91 (Irian Jaya), and 54 stands for Timor Timur. Older divisions (Gorontalo, Bangka Belitung) lie within.
"""

_EXAMPLES = "99"
"""A province that will never be: its numbers are invented, and found like any other."""
_FILLER = "1" * 16
"""Typed to fill a field; the only one of its kind that would pass."""
_FIRST_CITY = 71
_WOMEN = 40
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_region(code: str) -> bool:
    """Whether four digits are, or once were, the code of a regency or city."""
    if code[:2] == _EXAMPLES:
        return code[2:] != "00"
    regencies, cities = _HIGHEST.get(code[:2], (0, 0))
    number = int(code[2:])
    return 1 <= number <= regencies or _FIRST_CITY <= number <= cities


def is_person(digits: str) -> bool:
    """Whether 16 digits have the structure of a NIK or of the number of a family card, leaving the serial aside."""
    return digits != _FILLER and is_region(digits[:4]) and digits[4:6] != "00" and _is_date(digits[6:12])


def _is_date(digits: str) -> bool:
    """Whether DDMMYY is a day of the calendar, girls' and women's days being 40 higher."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if day > _WOMEN:
        day -= _WOMEN
    if not 1 <= month <= len(_DAYS) or not 1 <= day <= _DAYS[month - 1]:
        return False
    # Divisible by four is a leap year in one century or the other; 1900 is none, but 2000 is.
    return (day, month) != (29, 2) or year % 4 == 0
