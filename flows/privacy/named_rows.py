"""Rows one below the other that may name a person each, and what stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.privacy.children_gate import LEAST_ROWS
from flows.privacy.given_names import names_somebody
from flows.privacy.list_headings import Column, Heading, column_of, heading_of
from flows.privacy.list_rows import PLACE_AND_DATE
from flows.privacy.people import bare_name, begins_a_sentence, is_common_word, is_name, leading_name
from flows.privacy.row_marks import SCHOOL
from flows.privacy.telling_marks import OF_ADULTS, OF_OTHERS

_ABOVE_LINES, _ABOVE_CHARACTERS = 4, 200
CELL_ENDS = " | "
"""Stands between the cells beside a name."""
_LONGEST_ROW = 220
_MOST_WORDS_OF_A_NAME = 5
_YOUNGEST, _OLDEST = 1, 75
"""Whole numbers below a heading of ages that may be ages."""
_BARE_NUMBER = re.compile(r"(?<!\S)\d{1,2}(?!\S)")
_SCHOOL_FIRST = re.compile(
    r"\W{0,3}(?:\d{1,3}[.)]? )?((?:SDN?|SDIT|SMPN?|SMAN?|SMKN?|MIN?|MTsN?|MAN|TK|PAUD|SLBN?)\b"
    r"(?: [A-Z][\w.]*){0,3} \d{1,3}) (?=[A-Z])"
)
_LABELLED = re.compile(r"\W{0,3}[A-Z][\w/ .-]{1,40}?:\s+(?=[A-Z])|[A-Z][a-z]+ \d{1,3}[,.)]\s+(?=[A-Z])")
"""What somebody does, or the number of a case, before a name: *Puisi: …*, *Kasus 2, …*."""
_OFFICES = frozenset({"ketua", "wakil", "sekretaris", "bendahara", "anggota", "koordinator", "an.", "a.n.", "ananda"})
_CALLED_LAST = re.compile(r"\b(?:[Aa]\.?n\.|[Aa]tas [Nn]ama) ?(?P<name>[A-Z][^,;:()\d]{1,40})\Z")
"""*Akta Kelahiran a.n. Siti Rekaan*."""
_OF_CHILDREN = frozenset({Column.AGE, Column.BIRTH, Column.CLASS})
"""Headings without which a name behind *a.n.* may be anybody's: of who was sent, of who is paid."""
_FATHERS = frozenset({"bin", "binti", "bt"})
"""Before the name of a father, whose title is not the child's."""
_OF_A_PARENT = re.compile(r"(?:bin|binti|bt)\b|anak (?:pak|pa|bapak|bpk|bu|ibu|mang)\b", re.IGNORECASE)
_BULLETS = frozenset("-–*•:")
_SKIPPED = 4
_LOOKED_AT = 40
"""Rows by which the column of names is told."""
_AROUND = 20
"""So many rows above the first name that is known, and below the last, are looked at."""
_HEADING_ROWS = 12
"""So far down the headings of a table stand."""
_TOLD = (Column.CHILD, Column.ADULT, Column.THING, Column.CLASS, Column.AGE, Column.BIRTH, Column.PARENT, Column.STAFF)


@dataclass(frozen=True, slots=True)
class Person:
    """A row that may name somebody."""

    row: int
    name: str = field(repr=False)
    rest: str = field(repr=False)
    """What stands beside the name; between two cells a bar."""
    is_numbered: bool
    ages: tuple[int, ...] = ()
    """Below headings of ages."""
    is_called: bool = False
    """Whether *a.n.*, *ananda* or the like stands before the name, which then is no thing's."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows one below the other that may name somebody each, and what stands above."""

    persons: tuple[Person, ...]
    above: str
    heading: Heading | None

    @property
    def holds(self) -> frozenset[Column]:
        """What their headings say is told of them."""
        return self.heading.holds if self.heading else frozenset()

    @property
    def words(self) -> str:
        """Their headings, as they are told to people."""
        return self.heading.words if self.heading else ""

    @property
    def is_below_a_line(self) -> bool:
        """Whether their headings are one line of text, which heads no columns."""
        return self.heading is not None and self.heading.is_line


def groups(rows: Sequence[Sequence[str]], title: str) -> Iterator[Group]:
    """Every run of rows that may name persons, different ones, at most a row of something else between two.

    Looked for around names that many bear.
    """
    known = [index for index, row in enumerate(rows) if names_somebody(" ".join(row))]
    if not known:
        return
    places = range(max(0, known[0] - _AROUND), min(len(rows), known[-1] + _AROUND))
    named = _column_of_names(rows[places.start : places.stop])
    above: list[str] = []
    heading: Heading | None = None
    run: list[Person] = []
    gap = 0
    for index in places:
        row = rows[index]
        cells = [cell for cell in row if cell]
        line = " ".join(cells)
        if not line:
            continue
        head = _heading(row, line, may_be_short=not heading and index < places.start + _HEADING_ROWS)
        person = None if head else _person(index, row, heading, named)
        if person:
            run.append(person)
            gap = 0
            continue
        gap += 1
        if run and (head or gap > 1):
            yield from _group(run, [title, *above], heading)
            run = []
        if head:
            heading = head
        if not run and not head:
            above = [*above[1 - _ABOVE_LINES :], line[:_ABOVE_CHARACTERS]]
            if len(cells) == 1 and gap > 3 * _ABOVE_LINES:
                heading = None
    yield from _group(run, [title, *above], heading)


def _heading(row: Sequence[str], line: str, *, may_be_short: bool) -> Heading | None:
    head = heading_of(row)
    if head and head.is_of_things and sum(map(bool, row)) == 1:
        # A line of headings without a column of names says what it says as words.
        return None
    short = _short_heading(row, line) if may_be_short else None
    if head and head.is_of_things and short:
        # What the columns tell of people counts where their names are called so in the rows.
        return Heading((*short.columns, Column.THING), words=short.words)
    return head or short


def _short_heading(row: Sequence[str], line: str) -> Heading | None:
    """The headings of a table that tell nothing of people beside their names."""
    if sum(map(bool, row)) < LEAST_ROWS or any(map(str.isdigit, line)):
        return None
    columns = tuple(column_of(cell.lower()) for cell in row)
    return Heading(columns, words=", ".join(filter(None, row))) if set(columns).intersection(_TOLD) else None


def _column_of_names(rows: Sequence[Sequence[str]]) -> int | None:
    """The column of a table in which most different names stand, whatever its heading."""
    names: dict[int, set[str]] = {}
    for row in rows[:_LOOKED_AT]:
        if len(row) > 1:
            for at, cell in enumerate(row):
                if name := _name_in(cell):
                    names.setdefault(at, set()).add(name)
    return max(names, key=lambda at: (len(names[at]), -at), default=None)


def _group(run: Sequence[Person], above: Sequence[str], heading: Heading | None) -> Iterator[Group]:
    """The run where it names different persons; what comes again and again is a thing."""
    if len({person.name.lower() for person in run}) >= max(LEAST_ROWS, 2 * len(run) // 3):
        yield Group(tuple(run), "\n".join(above), heading)


def _person(index: int, row: Sequence[str], heading: Heading | None, named: int | None) -> Person | None:
    """Who may be named in a row: in a table the cell below the heading of names, or in the column of names."""
    filled = [cell for cell in row if cell]
    if sum(map(len, filled)) > _LONGEST_ROW or PLACE_AND_DATE.match(filled[0]):
        return None
    if len(filled) == 1:
        return _person_in_line(index, filled[0])
    place = heading.place(Column.CHILD, Column.NAME) if heading and not heading.is_line else None
    if place is not None and (place >= len(row) or not _is_bare_name(row[place])):
        return None
    place = named if place is None else place
    name = _name_in(row[place]) if place is not None and place < len(row) else ""
    if place is None or not name or (SCHOOL.search(row[place]) and heading is None):
        return None
    is_within = name != bare_name(row[place])
    if is_within and (heading is None or heading.holds.isdisjoint(_OF_CHILDREN)):
        return None
    rest = CELL_ENDS.join(cell for at, cell in enumerate(row) if cell and at != place)
    columns = heading.columns if heading and not heading.is_line else ()
    said = [cell for cell, column in zip(row, columns, strict=False) if column is Column.AGE]
    return Person(index, name, rest, row[0].strip(".) ").isdigit(), ages_among(" ".join(said)), name != row[place])


def _person_in_line(index: int, line: str) -> Person | None:
    """Who may be named where a line begins, behind its number, an office, a school."""
    told = ""
    if first := _SCHOOL_FIRST.match(line):
        line, told = line[first.end() :], first[1]
    elif label := _LABELLED.match(line):
        if OF_ADULTS.search(label[0]) or OF_OTHERS.search(label[0].rstrip(": ")):
            return None
        line = line[label.end() :]
    words = line.split()
    skipped = next((at for at, word in enumerate(words[:_SKIPPED]) if not _goes_before(word)), _SKIPPED)
    words = words[skipped:]
    size = leading_name(words)
    size = next((at for at in range(size) if is_common_word(words[at]) or (at and words[at].lower() in _FATHERS)), size)
    name = " ".join(words[:size]).rstrip(",.")
    is_of_father = _OF_A_PARENT.match(" ".join(words[size : size + 2])) is not None
    apart = "," if size and words[size - 1].endswith(",") else ""
    rest = " ".join(filter(None, [apart, *words[size:], told]))
    if not size or not _is_bare_name(name) or (size == 1 and begins_a_sentence(rest) and not is_of_father):
        return None
    return Person(index, name, rest, is_numbered=skipped > 0)


def _goes_before(word: str) -> bool:
    return word in _BULLETS or any(map(str.isdigit, word)) or word.rstrip(":").lower() in _OFFICES


def _name_in(cell: str) -> str:
    """The name that a cell holds alone or ends with behind *a.n.*; empty for none."""
    if _is_bare_name(cell):
        return bare_name(cell)
    called = _CALLED_LAST.search(cell) if "n" in cell else None
    return called["name"] if called and _is_bare_name(called["name"]) else ""


def _is_bare_name(text: str) -> bool:
    words = bare_name(text).split()
    return (
        0 < len(words) <= _MOST_WORDS_OF_A_NAME
        and words[0][0].isupper()
        and is_name(text)
        and not any(map(is_common_word, words))
    )


def ages_among(text: str) -> tuple[int, ...]:
    """The whole numbers in a text that may be ages."""
    return tuple(age for age in map(int, _BARE_NUMBER.findall(text)) if _YOUNGEST <= age <= _OLDEST)
