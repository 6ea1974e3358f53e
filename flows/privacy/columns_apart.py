"""Tables whose columns have become runs of lines: all names one below the other, then what is told of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from flows.privacy.birth import ADULT_AGE, age_in, earliest_birth, first_date_year, years_in
from flows.privacy.captions import is_about_adults, is_about_children, is_about_teachers
from flows.privacy.given_names import holds_given_name
from flows.privacy.people import is_common_word, is_name, is_titled
from flows.privacy.row_marks import CLASS, SCHOOL

_TWO_NAMES = re.compile(r"\n[ \t]*[A-Z][^\n\d:;,/]{2,44}\n[ \t]*[A-Z][^\n\d:;,/]{2,44}\n")
"""Two short lines without figures: most pages have none that hold names."""
_CALLS_CHILDREN = re.compile(
    r"(?:no\.? )?(?:nama )?(?:lengkap )?(?:anak|siswa|siswi|murid|santri|pelajar|peserta didik|balita|bayi|korban|"
    r"klien|andikpas|abh|remaja)(?: ?/ ?\w+)?",
    re.IGNORECASE,
)
"""A heading that is nobody but a child, alone on its line."""
_SAYS_AGES = re.compile(r"\b(?:umur|usia)\b", re.IGNORECASE)
_OF_SERVICE = re.compile(r"\b(?:masa|lama|pengalaman|mengabdi)\b", re.IGNORECASE)
_SAYS_BIRTH = re.compile(r"\b(?:lahir|ttl)\b", re.IGNORECASE)
_BARE_AGE = re.compile(r"(?:[2-9]|1[0-7])")
_YEAR = re.compile(r"(?<![\d/.-])20[0-2]\d(?![\d/.-])")
_SHORTEST_NAME, _LONGEST_NAME, _MOST_WORDS, _LONGEST_TOLD = 2, 45, 5, 90
_ABOVE_LINES = 4
_LEAST = 2
_BESIDE = 4
"""So many columns of the length of the names are looked through below them."""
_HALF, _SOME = 0.5, 0.3


def children_in_columns(lines: Sequence[str], title: str) -> tuple[int, str, int] | None:
    """How many children a column of names names, what tells so, and the line it begins at; None where none does.

    Args:
        lines: Of a page, without spaces around them.
        title: What stands around them.
    """
    if not _TWO_NAMES.search("\n".join(["", *lines, ""])):
        return None
    filled = [(at, line) for at, line in enumerate(lines) if line]
    for start, names in _columns_of_names([line for _, line in filled]):
        above = [line for _, line in filled[:start] if not line.strip(".) ").isdigit()][-_ABOVE_LINES:]
        below = [line for _, line in filled[start + len(names) : start + len(names) + _BESIDE * (len(names) + 2)]]
        if clue := _told(names, above, below, title):
            return len(names), clue, filled[start][0]
    return None


def _columns_of_names(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    at = 0
    for is_of_names, run in groupby(lines, key=_is_bare_name):
        names = list(run)
        if is_of_names and len(names) >= _LEAST and len(set(names)) == len(names):
            yield at, names
        at += len(names)


def _told(names: Sequence[str], above: Sequence[str], below: Sequence[str], title: str) -> str:
    """What the columns below, or the words above, tell of those who bear these names; empty where it is no children."""
    around = "\n".join([title, *above])
    if is_titled(", ".join(names)):
        return ""
    known = sum(map(holds_given_name, names)) / len(names)
    is_of_grown = is_about_adults(around) or is_about_teachers(around)
    is_about = is_about_children(around) and not is_of_grown
    least = max(_LEAST, len(names) * _HALF)
    said = "\n".join([*above, *below])
    ages = _longest(below, _is_young) if known >= _SOME and not _OF_SERVICE.search(f"{title}\n{said}") else 0
    if known >= _HALF and (is_about or _SAYS_AGES.search(said)):
        ages = max(ages, _longest(below, _is_bare_age))
    if ages >= least:
        return "Nama, Umur"
    earliest = earliest_birth(years_in(around), [])
    if _SAYS_BIRTH.search(said) and _longest(below, lambda line: _is_born(line, earliest)) >= least:
        return "Nama, Tanggal lahir"
    if is_of_grown:
        return ""
    if known >= _SOME and _longest(below, _is_class) >= least:
        return "Nama, Kelas"
    called = [line for line in above[-2:] if _CALLS_CHILDREN.fullmatch(line)]
    return called[-1] if called and (known >= _SOME or is_about) else ""


def _longest(lines: Sequence[str], tells: Callable[[str], bool]) -> int:
    """The most lines one below the other that tell so."""
    return max((len(list(run)) for told, run in groupby(lines, key=tells) if told), default=0)


def _is_young(line: str) -> bool:
    age = age_in(line) if len(line) <= _LONGEST_TOLD else None
    return age is not None and age < ADULT_AGE


def _is_born(line: str, earliest: int) -> bool:
    if len(line) > _LONGEST_TOLD:
        return False
    alone = _YEAR.search(line)
    year = first_date_year(line) or (int(alone[0]) if alone else 0)
    return year >= earliest


def _is_bare_age(line: str) -> bool:
    return _BARE_AGE.fullmatch(line) is not None


def _is_class(line: str) -> bool:
    return len(line) <= _LONGEST_TOLD and (CLASS.search(line) is not None or SCHOOL.search(line) is not None)


def _is_bare_name(line: str) -> bool:
    words = line.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and len(line) <= _LONGEST_NAME
        and all(word[0].isupper() for word in words)
        and not any(map(is_common_word, words))
        and len(line) > _SHORTEST_NAME
        and is_name(line)
        and not _CALLS_CHILDREN.fullmatch(line)
    )
