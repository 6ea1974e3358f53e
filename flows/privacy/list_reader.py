"""A list of children read row by row: what stands above says what the rows are, a row whether it names a child."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from flows.privacy.birth import age_in, earliest_birth, years_in
from flows.privacy.captions import is_about_children, is_about_teachers
from flows.privacy.children_gate import LEAST_ROWS
from flows.privacy.list_forms import entry_in_form, fields_in, fields_of
from flows.privacy.list_headings import Column, Heading, heading_of
from flows.privacy.list_rows import Entry, entry_in_cells, entry_in_line
from flows.privacy.papers import heads_a_class, heads_a_roll, tells_of_a_pupil
from flows.privacy.rolls import names_beside
from flows.privacy.tellings import Telling, tellings_in

_CAPTION_LINES = 4
_CAPTION_CHARACTERS = 200
_FORM_LINES = 12
_HEADING_HOLDS_LINES = 12
"""Lines without an entry after which what stood over a table in running text says nothing any more."""
_MOST_COMPARED = 200
"""More children than this are a list whether or not some are told of twice."""
_SAID = {
    Column.CHILD: "Nama anak",
    Column.NAME: "Nama",
    Column.BIRTH: "Tanggal lahir",
    Column.AGE: "Umur",
    Column.CLASS: "Kelas",
    Column.SCHOOL: "Sekolah",
    Column.ADDRESS: "Alamat",
    Column.DIAGNOSIS: "Kasus",
}
"""What the fields of a form are called."""


@dataclass(frozen=True, slots=True)
class ChildList:
    """A list that names children."""

    rows: int
    """How many children it names."""
    clue: str
    """Words that gave it away, such as its headings; never a name or number of a person."""
    row: int
    """Index of its first row among the rows or lines that were given."""
    alone: str = field(default="", repr=False)
    """Name of the only child: a list only beside other children, on other pages. To tell one from another; printed
    nowhere."""
    is_likely: bool = False
    """Whether it names children only more likely than not, so that somebody must look."""

    @property
    def is_sure(self) -> bool:
        """Whether it is a list by itself."""
        return not self.alone and not self.is_likely


def read_list(rows: Sequence[tuple[str, ...]], title: str) -> ChildList | None:
    """The list of children in rows that are read from above, each under the headings and the caption over it.

    Args:
        rows: Cells, or a line each; without spaces around them.
        title: Name of the document, and what else stands around the rows.
    """
    reader = _Reader(title)
    for index, row in enumerate(rows):
        if any(row):
            reader.read(index, row)
    return reader.list()


class _Reader:
    """Goes through a document row by row and keeps those that may name a child."""

    def __init__(self, title: str) -> None:
        self._heading: Heading | None = None
        self._title = title
        self._caption: list[str] = []
        self._about: bool | None = None
        self._roll: bool | None = None
        self._teachers: bool | None = None
        self._outside = years_in(title)
        self._entries: list[tuple[int, Entry, str]] = []
        self._form: dict[Column, str] = {}
        self._form_begins = 0
        self._form_names: list[str] = []
        self._cases: set[int] = set()
        self._idle = 0
        self._loose: list[tuple[int, str]] = []

    def read(self, index: int, row: tuple[str, ...]) -> None:
        """Takes one row as heading, as entry or as part of the caption."""
        # A line that speaks of names may be what stands above a roll, or tell of a child, and is no heading then.
        heading = heading_of(row)
        if heading and not (heading.is_line and _is_no_heading(heading.words)):
            self._heading, self._about, self._roll, self._idle = heading, None, None, 0
            return
        filled = [cell for cell in row if cell]
        line = " ".join(filled)
        if fields := _fields(filled, line):
            self._take_fields(index, fields)
            return
        if self._may_be_told_of():
            self._loose.append((index, " | ".join(filled)))
        entry = self._entry(row, filled, line)
        if entry is None:
            self._note(line)
            self._idle += 1
            if len(filled) == 1 and self._idle > _HEADING_HOLDS_LINES:
                self._heading = None
        else:
            self._idle = 0
            if (not self._heading or self._heads_only_names()) and self._is_roll():
                # Names alone are enough below a class, and of victims.
                entry = replace(entry, is_pupil=entry.is_pupil or self._speaks_of_children())
            self._entries.append((index, entry, self._heading.words if self._heading else ""))

    def _entry(self, row: tuple[str, ...], filled: Sequence[str], line: str) -> Entry | None:
        """Who is named in a row."""
        if len(filled) == 1:
            entry = entry_in_line(line, self._heading, self._speaks_of_children)
        else:
            entry = entry_in_cells(row, self._heading, self._speaks_of_children)
        if entry is None and self._is_on_a_roll(filled):
            return Entry(is_pupil=True)
        return replace(entry, is_pupil=False) if entry and entry.is_pupil and self._is_of_teachers() else entry

    def _is_on_a_roll(self, cells: Sequence[str]) -> bool:
        """Whether a row that no heading explains holds names alone, below words that say they are pupils'."""
        if self._heading and not self._heading.is_of_things:
            return False
        if not names_beside(cells) or not self._speaks_of_children():
            return False
        return heads_a_class(" ".join([self._title, *self._caption]))

    def _heads_only_names(self) -> bool:
        """Whether the headings name a column of names, and of nobody else."""
        holds = self._heading.holds if self._heading else frozenset()
        return Column.NAME in holds and not holds & {Column.ADULT, Column.STAFF, Column.THING}

    def _is_roll(self) -> bool:
        """Whether what stands above says that a name alone tells enough."""
        if self._roll is None:
            self._roll = heads_a_roll(" ".join([self._title, *self._caption]))
        return self._roll

    def _is_of_teachers(self) -> bool:
        """Whether the classes beside names are those that somebody teaches."""
        if self._heading and Column.CHILD in self._heading.holds:
            return False
        if self._teachers is None:
            self._teachers = is_about_teachers("\n".join([self._title, *self._caption]))
        return self._teachers

    def _may_be_told_of(self) -> bool:
        """Whether the lines here may tell of children by themselves: not below the headings of a list of adults."""
        return not self._heading or not self._heading.is_of_adults or self._heading.is_of_things

    def _take_fields(self, index: int, fields: Sequence[tuple[Column, str]]) -> None:
        """Takes a row as fields of a form; the next name begins the next form."""
        for kind, value in fields:
            if kind in {Column.CHILD, Column.NAME} or index - self._form_begins > _FORM_LINES:
                self._end_form()
                self._form_begins = index
            self._form[kind] = value

    def _end_form(self) -> None:
        if entry := entry_in_form(self._form):
            self._form_names.append(self._form.get(Column.CHILD) or self._form.get(Column.NAME, ""))
            self._entries.append(
                (self._form_begins, entry, ", ".join(_SAID[kind] for kind in self._form if kind in _SAID))
            )
            if Column.DIAGNOSIS in self._form and (entry.birth_year, entry.age) != (None, None):
                self._cases.add(self._form_begins)
        self._form = {}

    def _note(self, text: str) -> None:
        self._outside += years_in(text)
        self._caption = [*self._caption[1 - _CAPTION_LINES :], text[:_CAPTION_CHARACTERS]]
        self._about = self._roll = self._teachers = None

    def _speaks_of_children(self) -> bool:
        if self._about is None:
            # What is counted is no person.
            words = self._heading.words if self._heading and "jumlah" not in self._heading.words.lower() else ""
            self._about = is_about_children(" ".join([self._title, *self._caption]), words)
        return self._about

    def list(self) -> ChildList | None:
        """The children among the entries, where they are enough."""
        self._end_form()
        if self._tells_of_days():
            self._entries = []
        births = [entry.birth_year for _, entry, _ in self._entries if entry.birth_year]
        earliest = earliest_birth(self._outside, births)
        listed = [(index, entry, clue) for index, entry, clue in self._entries if entry.names_child(earliest)]
        children = [(index, clue) for index, _, clue in listed]
        told = self._told({index for index, _ in children}, earliest)
        children += [(index, clue) for index, clue, _ in told]
        if len(children) == 1:
            children = [*self._beside(*children[0], earliest)]
        if len(children) >= LEAST_ROWS or any(index in self._cases for index, _ in children):
            return ChildList(len(children), next(iter(_clues(children)), ""), min(children)[0])
        names = [*(entry.name for _, entry, clue in listed if clue), *(name for _, _, name in told)]
        return ChildList(1, *children[0][::-1], alone=names[0]) if children and names and names[0] else None

    def _told(self, taken: Container[int], earliest: int) -> Sequence[tuple[int, str, str]]:
        """Children told of by themselves, in lines that are no rows of a list of children already; with their names."""
        adults = {
            index for index, entry, _ in self._entries if entry.is_adult or entry.holds_office or entry.birth_year
        }
        # Where a row is left out, what stood around it does not become one sentence.
        lines = [(at, "\n" if at in taken or at in adults else line) for at, line in self._loose]
        ends = list(accumulate(len(line) + 1 for _, line in lines))
        told = tellings_in("\n".join(line for _, line in lines), self._title, earliest)
        # A child of a list, told of once more in a sentence, is one child.
        known = "\n".join([*self._form_names, *(line for at, line in self._loose if at in taken)]).lower()
        return [
            (self._place(lines[bisect_right(ends, telling.start)][0], telling), telling.clue, telling.name)
            for telling in told
            if len(told) > _MOST_COMPARED or telling.name.lower() not in known
        ]

    def _beside(self, index: int, clue: str, earliest: int) -> Sequence[tuple[int, str]]:
        """The only child of a list, and others that its line tells of."""
        line = next((line for at, line in self._loose if at == index), "")
        others = tellings_in(line, self._title, earliest)
        if others and others[0].is_case:
            self._cases.add(index)
        return [(index, clue), *((index, telling.clue) for telling in others[1:])]

    def _place(self, index: int, telling: Telling) -> int:
        """Where a child is told of, which is noted where it is told of as a victim, a suspect, a witness."""
        if telling.is_case:
            self._cases.add(index)
        return index

    def _tells_of_days(self) -> bool:
        """Whether dates that no heading explains come again and again: those of meetings and matches do."""
        dates = [entry.date for _, entry, _ in self._entries if entry.date]
        has_headings = any(clue for _, _, clue in self._entries)
        return not has_headings and len(set(dates)) * 2 < len(dates)


def _fields(filled: Sequence[str], line: str) -> Sequence[tuple[Column, str]]:
    """The fields of a form that a row holds: a label and its value, or several in a line."""
    if len(filled) == 2:  # noqa: PLR2004 - label and value
        return fields_in(" : ".join(filled))
    return fields_of(filled) or fields_in(line) if ":" in line else ()


def _is_no_heading(line: str) -> bool:
    """Whether a line with words of headings stands above a roll or tells of a child: *siswa kelas 4 SDN Contoh 1*."""
    return heads_a_roll(line) or _tells_of_one(line) or tells_of_a_pupil(line)


def _tells_of_one(line: str) -> bool:
    """Whether a line with words of headings is a sentence: *Nama saya Sari Contoh, umur 12 tahun, kelas VI*."""
    return (age_in(line) is not None or "(" in line) and bool(tellings_in(line, "", earliest_birth([], [])))


def _clues(children: Iterable[tuple[int, str]]) -> list[str]:
    return [clue for _, clue in children if clue]
