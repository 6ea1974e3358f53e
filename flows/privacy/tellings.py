"""Children told of within sentences and loose lines: a name beside what only children have.

An age below eighteen, a day of birth, a class, a school, a pupil's number, *anak bernama* …: in any order, wherever
they stand. The marks are looked for first, since they are few; a name is then looked for beside each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.privacy.birth import ADULT_AGE, first_date_year
from flows.privacy.captions import is_about_adults, is_about_children, is_about_teachers
from flows.privacy.given_names import holds_given_name
from flows.privacy.row_marks import OF_A_SEAT
from flows.privacy.telling_marks import (
    AGE,
    AGE_ALONE,
    AGE_IN_BRACKETS,
    BABY_OF,
    BARE_AGE,
    BORN,
    CALLED,
    CASE,
    CASE_BEFORE,
    CLASS,
    CLASS_ALONE,
    CLASS_FIRST,
    CLASS_IN_BRACKETS,
    DIAGNOSES,
    DIAGNOSIS,
    FEWEST_CLASSES,
    GROWN,
    IN_CONTEST,
    LISTED,
    NAME,
    NEAR_CHILD,
    NEEDS_AGE,
    NO_SCHOOL_CLASS,
    OF_A_PLACE,
    OF_ADULTS,
    OF_AN_AGE,
    OF_OTHERS,
    OF_PARENTS,
    PUPIL,
    PUPIL_NUMBER,
    PUPIL_WORDS,
    SAYS_BABY_OF,
    SAYS_CLASS,
    SAYS_OF_AN_AGE,
    SAYS_PARENTS,
    SCHOOL,
    SERVICE,
    SEX_AND_AGE,
    SHORT_CLASS,
)
from flows.privacy.told_names import name_after, name_after_school, name_before, names_before_name, names_listed_in
from flows.privacy.told_together import SAYS_TOGETHER, told_together
from flows.words import holds_any

_MONTHS_OF_CHILDREN = 72
_LINE_BEGINS_WITH = "0123456789.)|•*- \t"
_ABOVE = 300
_LONGEST_INITIALS = 2
_AFTER = 40
_MOST_CLASSES = 40
_FEWEST_LISTED = 2
_ADDRESSED = re.compile(r"\b(?:pak|pa|bu|bpk|bapak|ibu|om|tante|mas|mbak|bang|kak|ust\w*)\.? \Z", re.IGNORECASE)
"""Before the name of somebody grown."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A child named in a text."""

    name: str
    """To tell one from another; it is printed nowhere."""
    start: int
    """Where what tells of it stands."""
    clue: str
    """What is told of it, as fields are called."""
    is_case: bool = False
    """Whether it is called a victim, a suspect or a witness: then nobody may know of one alone."""


def tellings_in(text: str, title: str, earliest_birth: int) -> list[Telling]:
    """Every child named in ``text`` beside something that children only have, each once.

    Args:
        text: Lines of a page, or rows of a table with bars between the cells.
        title: Name of the document.
        earliest_birth: From which year of birth on somebody is a child.
    """
    found: dict[str, Telling] = {}
    teller = _Teller(text, title, earliest_birth)
    for telling in teller.tellings():
        found.setdefault(telling.name.lower(), telling)
    return sorted(found.values(), key=lambda telling: telling.start)


class _Teller:
    """Looks beside each mark of a child for a name."""

    def __init__(self, text: str, title: str, earliest_birth: int) -> None:
        self._text = text
        self._title = title
        self._earliest = earliest_birth
        self._classes: bool | None = None

    def tellings(self) -> Iterator[Telling]:
        """Children by each kind of mark, maybe several times."""
        yield from self._listed()
        lowered = f"{self._title}\n{self._text}".lower()
        if SAYS_TOGETHER.are_in(lowered):
            for names, start, clue in told_together(self._text):
                yield from (Telling(name, start, f"Nama, {clue}") for name in names)
        school = ("",) if SCHOOL.search(self._text) else ()
        for mark, needs, clue, named in (
            (AGE, NEEDS_AGE, "Umur", self._of_age),
            (CLASS, ("kelas", "kls"), "Kelas", self._in_class),
            (CLASS_ALONE, ("v", "x"), "Kelas", self._in_class),
            (PUPIL, PUPIL_WORDS, "Sekolah", self._of_pupil),
            (SCHOOL, school, "Sekolah", self._of_school),
            (BORN, ("lahir", "ttl"), "Tanggal lahir", self._born),
            (PUPIL_NUMBER, ("00", "01"), "NISN", self._beside),
            (BARE_AGE, school or ("kelas", "kls"), "Umur", self._pupil),
            (AGE_IN_BRACKETS, ("), ", ") s", ") p"), "Umur", self._short),
            (AGE_ALONE, ("(",), "Umur", self._of_bare_age),
            (CLASS_IN_BRACKETS, ("(",), "Kelas", self._in_bare_class),
            (SHORT_CLASS, ("",), "Kelas", self._in_bare_class),
            (OF_PARENTS, SAYS_PARENTS, "Orang tua", self._of_parents),
            (BABY_OF, SAYS_BABY_OF, "Orang tua", self._baby),
            (SEX_AND_AGE, ("l/", "p/", "l,", "p,", "l |", "p |", "l /", "p /"), "Umur", self._before),
            (DIAGNOSIS, DIAGNOSES, "Kasus", self._diagnosed),
            (OF_AN_AGE, SAYS_OF_AN_AGE, "Umur", self._behind),
            (CALLED, ("an.", "a.n", "atas nama", "bernama", "inisial", "diberi nama"), "", self._called),
        ):
            # Most pages hold few of these words, which are looked for faster than their patterns.
            if holds_any(lowered, needs):
                yield from self._told(mark, clue, named)

    def _listed(self) -> Iterator[Telling]:
        """*Balita BGM: Sari, Budi, Wulan*: where the words before say that they are children."""
        for match in LISTED.finditer(self._text):
            names = names_listed_in(match["names"])
            if sum(map(holds_given_name, names)) * 2 < max(_FEWEST_LISTED, len(names)):
                continue
            line = self._text[self._text.rfind("\n", 0, match.start()) + 1 : match.start()]
            above = f"{self._title}\n{line}"
            if OF_OTHERS.search(line) or OF_ADULTS.search(above) or is_about_adults(above):
                continue
            if is_about_children(line) or SAYS_CLASS.search(line) or CLASS_FIRST.search(line):
                yield from (Telling(name, match.start(), "Nama anak") for name in names)

    def _told(self, mark: re.Pattern[str], clue: str, named: Callable[[re.Match[str]], str]) -> Iterator[Telling]:
        for match in mark.finditer(self._text):
            if name := named(match):
                if clue == "Sekolah":
                    for other in names_before_name(self._text, match.start(), name):
                        yield Telling(other, match.start(), f"Nama, {clue}")
                before = self._text[max(0, match.start() - CASE_BEFORE) : match.start()]
                is_case = bool(clue) and CASE.search(before.replace(name, NAME)) is not None
                yield Telling(name, match.start(), f"Nama, {clue}" if clue else "Nama anak", is_case)

    def _before(self, match: re.Match[str], *, is_joined: bool = False) -> str:
        return "" if self._is_grown(match) else name_before(self._text, match.start(), is_joined=is_joined)

    def _pupil(self, match: re.Match[str]) -> str:
        return self._before(match, is_joined=True)

    def _of_pupil(self, match: re.Match[str]) -> str:
        if (name := self._pupil(match)) or self._is_grown(match):
            return name
        return short if holds_given_name(short := self._short(match)) else ""

    def _short(self, match: re.Match[str]) -> str:
        return name_before(self._text, match.start(), may_be_short=True, is_joined=True)

    def _is_of_a_place(self, match: re.Match[str]) -> bool:
        return OF_A_PLACE.search(self._text, max(0, match.start() - _ABOVE // 3), match.start()) is not None

    def _of_bare_age(self, match: re.Match[str]) -> str:
        """*Rafi (12)*: where children are spoken of, and nothing is counted."""
        if self._is_of_a_place(match) or self._is_grown(match):
            return ""
        above = self._above(match)
        if not is_about_children(above) and not NEAR_CHILD.search(above):
            return ""
        name = self._short(match)
        # An abbreviation has a number of its sources behind it; a bracket in the next cell tells of no name.
        is_abbreviation = name.isupper() and len(name) > _LONGEST_INITIALS and " " not in name
        return name if not is_abbreviation and self._text[match.start() - 2 : match.start() - 1].isalpha() else ""

    def _in_bare_class(self, match: re.Match[str]) -> str:
        """*Rafi (IV)*, *Rafi 5A*: where pupils are spoken of."""
        if self._is_of_a_place(match) or self._is_grown(match):
            return ""
        above = self._above(match)
        if OF_ADULTS.search(above) or is_about_teachers(above):
            return ""
        if is_about_children(above) or SAYS_CLASS.search(above):
            return self._short(match)
        return self._short(match) if self._has_classes() and not OF_A_SEAT.search(above) else ""

    def _has_classes(self) -> bool:
        """Whether bare classes stand behind so many different names, most of which many bear."""
        if self._classes is None:
            marks = (*SHORT_CLASS.finditer(self._text), *CLASS_IN_BRACKETS.finditer(self._text))
            names = {self._short(mark) for mark in marks[:_MOST_CLASSES]} - {""}
            known = sum(map(holds_given_name, names))
            self._classes = len(names) >= FEWEST_CLASSES and known * 2 > len(names)
        return self._classes

    def _diagnosed(self, match: re.Match[str]) -> str:
        above = self._above(match)
        if not is_about_children(above) or OF_ADULTS.search(above):
            return ""
        # Before a bracket one word is a name: *Sari (yatim)*; elsewhere it may be a thing: *Prevalensi stunting*.
        is_apart = self._text[match.start() - 1 : match.start()] == "("
        return self._short(match) if is_apart else self._before(match)

    def _of_age(self, match: re.Match[str]) -> str:
        limit = ADULT_AGE if match["years"] else _MONTHS_OF_CHILDREN
        if int(match["age"]) >= limit:
            return ""
        name = name_before(self._text, match.start())
        if name:
            return name
        above = self._above(match)
        if is_about_children(above):
            return self._short(match)
        # *Rafi (9 th)*, *Rafi, 9 th*, *Rafi 9 th*: nothing else has an age so behind a name that many bear.
        before = self._text[max(0, match.start() - 2) : match.start()]
        is_said = before.endswith("(") or (before[-1:] == " " and self._is_near_children(above))
        if not is_said or SERVICE.search(above):
            return ""
        short = self._short(match)
        line = self._text[max(0, match.start() - _ABOVE // 3) : match.start()]
        return short if holds_given_name(short) and not _ADDRESSED.search(line.rpartition(short)[0]) else ""

    def _is_near_children(self, above: str) -> bool:
        """Whether anything around speaks of children, and nothing of those who work for them."""
        return not OF_ADULTS.search(above) and any(mark.search(above) for mark in (NEAR_CHILD, SAYS_CLASS, DIAGNOSIS))

    def _of_parents(self, match: re.Match[str]) -> str:
        return "" if self._is_grown(match) else self._short(match)

    def _baby(self, match: re.Match[str]) -> str:
        return "" if self._is_grown(match) else match[0]

    def _in_class(self, match: re.Match[str]) -> str:
        if NO_SCHOOL_CLASS.search(self._text, max(0, match.start() - _AFTER), match.start()):
            return ""
        if named := self._beside(match):
            return named
        # One word is a name before a comma, and where somebody writes in haste: *Sari kls 4 sakit*.
        is_hasty = match[0].startswith("kls")
        return name_before(self._text, match.start(), may_be_short=True, is_joined=is_hasty)

    def _of_school(self, match: re.Match[str]) -> str:
        """A school beside a name: its teachers have one too, so that something must speak of pupils."""
        is_apart = self._text[match.start() - 1 : match.start()] == "("
        name = (
            self._before(match)
            or (self._short(match) if is_apart else "")
            or name_after_school(self._text, match.end())
        )
        if not name:
            return ""
        above = self._above(match)
        is_of_pupils = IN_CONTEST.search(above) or is_about_children(above)
        return name if is_of_pupils and not OF_ADULTS.search(above) else ""

    def _born(self, match: re.Match[str]) -> str:
        year = first_date_year(match["when"])
        return name_before(self._text, match.start(), is_joined=True) if year and year >= self._earliest else ""

    def _beside(self, match: re.Match[str]) -> str:
        """The name on either side of what is told; first that behind it, where it begins its line."""
        if self._is_grown(match):
            return ""
        after = name_after(self._text, match.end())
        before = self._text[max(0, match.start() - _AFTER) : match.start()].rstrip(_LINE_BEGINS_WITH)
        if after and (not before or before[-1] == "\n"):
            return after
        return self._pupil(match) or after

    def _behind(self, match: re.Match[str]) -> str:
        return name_after(self._text, match.end())

    def _called(self, match: re.Match[str]) -> str:
        """Who is called a child; a victim may be grown, unless the text is about children."""
        if self._is_grown(match, 2 * _AFTER):
            return ""
        if not match["child"] and not re.search(r"\banak\b", self._above(match), re.IGNORECASE):
            return ""
        return name_after(self._text, match.end())

    def _above(self, match: re.Match[str]) -> str:
        """What stands around it and over it."""
        return f"{self._title}\n{self._text[max(0, match.start() - _ABOVE) : match.end() + _AFTER]}"

    def _is_grown(self, match: re.Match[str], reach: int = _AFTER) -> bool:
        """Whether an age of eighteen or more follows."""
        after = GROWN.search(self._text[match.end() : match.end() + reach].split("\n", 1)[0])
        return bool(after and int(after[1]) >= ADULT_AGE)
