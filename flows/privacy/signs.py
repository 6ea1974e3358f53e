"""Signs of whom a passage tells: its words, and how many ages, births, classes, schools and degrees stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.privacy.birth import ADULT_AGE
from flows.privacy.given_names import is_given_name
from flows.privacy.passages import Passage

COUNTED = "#"
"""Begins a sign that is counted, which no word does."""
_STEPS = (1, 2, 4)
"""How many make the sign *at least so many*."""
_STEPS_OF_NAMES = (2, 4, 8)
_TITLE_CHARACTERS = 120
_WORD = re.compile(r"[a-z]{2,}")
_AGE = re.compile(
    r"\b(\d{1,2}) ?(?:tahun|thn|th)\b|\b(?:umur|usia|berumur|berusia|umurnya)\W{0,3}(\d{1,2})\b", re.IGNORECASE
)
_OLDEST = 90
_DATE = re.compile(r"(?<!\d)\d{1,2}[-/. ]{1,2}(?:\d{1,2}|[A-Za-z]{3,9})[-/. ]{1,2}((?:19|20)\d\d|\d\d)(?!\d)", re.ASCII)
_THIS_CENTURY = re.compile(r"(?<!\d)20[0-2]\d(?!\d)", re.ASCII)
_CENTURY, _PIVOT = 100, 27
_ALL_ADULT, _MAY_BE_CHILDREN = 2003, 2004
"""Born before the first nobody is a child in any year of data; born after the second somebody may be."""
_LATEST = 2024
"""Where a passage names no year, its paper is of the time of the papers that the weights were learned from."""
_COUNTED = {
    "months": re.compile(r"\b\d{1,2} ?(?:bln|bulan|bl)\b", re.IGNORECASE),
    "class": re.compile(
        r"\b(?:kelas|kls|kl)\b|(?<![\w.])(?:[1-9]|1[0-2])[ -]?[a-h](?![\w.])|"
        r"(?<![\w.])(?:VI{1,3}|IV|IX|XI{0,2})(?:[ -]?[A-H\d])?(?![\w.])",
        re.IGNORECASE,
    ),
    "school": re.compile(r"\b(?:SDN?|SMPN?|SMAN?|SMKN?|MIN?|MTsN?|TK|PAUD|SLBN?)\b", re.IGNORECASE),
    "degree": re.compile(
        r",? ?\b(?:S\.?Pd|S\.?H|S\.?E|S\.?T|M\.?T|M\.?Si|S\.?Sos|SKM|S\.?Kep|M\.?Pd|S\.?STP|A\.?Md|S\.?Ag|M\.?AP|Drs|"
        r"Dra|dr|Hj?|M\.?M|Ph\.?D|Dr)\b\.?(?= |,|$|\.)"
    ),
    "nip": re.compile(r"(?<!\d)(?:19[5-9]|200)\d{5} ?\d{6} ?\d ?\d{3}", re.ASCII),
}
"""What is counted by one expression each."""


def signs_of(passage: Passage, title: str) -> frozenset[str]:
    """The signs of a passage: its words without names, and ``#young2`` for two ages of children or more.

    Args:
        passage: Lines that name people.
        title: What the document or the table is called; its beginning counts as words.
    """
    text = f"{title[:_TITLE_CHARACTERS]}\n{passage.text}"
    words = (word for word in _WORD.findall(text.lower()) if not is_given_name(word))
    return frozenset([*words, *_counted(passage, text)])


def _counted(passage: Passage, text: str) -> Iterator[str]:
    ages = [int(years or said) for years, said in _AGE.findall(passage.text)]
    births = [_whole_year(int(year)) for year in _DATE.findall(passage.text)]
    latest = max(map(int, _THIS_CENTURY.findall(text)), default=_LATEST)
    yield from _at_least("young", sum(age < ADULT_AGE for age in ages), _STEPS)
    yield from _at_least("grown", sum(ADULT_AGE <= age < _OLDEST for age in ages), _STEPS)
    yield from _at_least("born", sum(_MAY_BE_CHILDREN < year < latest for year in births), _STEPS)
    yield from _at_least("bornlong", sum(year < _ALL_ADULT for year in births), _STEPS)
    for name, pattern in _COUNTED.items():
        yield from _at_least(name, len(pattern.findall(passage.text)), _STEPS)
    yield from _at_least("named", len(passage.names), _STEPS_OF_NAMES)


def _at_least(name: str, count: int, steps: tuple[int, ...]) -> Iterator[str]:
    return (f"{COUNTED}{name}{step}" for step in steps if count >= step)


def _whole_year(year: int) -> int:
    if year >= _CENTURY:
        return year
    return year + (2000 if year < _PIVOT else 1900)
