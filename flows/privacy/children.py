"""Lists of children: names beside dates of birth, ages, schools, addresses or diagnoses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, zip_longest

from flows.privacy.birth import age_in, earliest_birth, years_in
from flows.privacy.captions import is_about_children, is_about_teachers
from flows.privacy.children_gate import LEAST_ROWS, may_list_children, may_tell_of_children, text_of_rows
from flows.privacy.dumped import may_hold_records, rows_of_records
from flows.privacy.exported import may_hold_objects, messages_in, rows_of_objects
from flows.privacy.given_names import names_somebody
from flows.privacy.list_forms import cells_of, entry_in_form, fields_in, fields_of
from flows.privacy.list_headings import Column, Heading, heading_of
from flows.privacy.list_rows import Entry, entry_in_cells, entry_in_line
from flows.privacy.papers import heads_a_class, heads_a_roll, is_about_a_case, tells_of_a_pupil
from flows.privacy.people import is_name
from flows.privacy.rolls import names_beside
from flows.privacy.tellings import Telling, tellings_in
from flows.privacy.weighing import weigh
from flows.privacy.written_ages import ages_in_digits

_CAPTION_LINES = 4
_CAPTION_CHARACTERS = 200
_FORM_LINES = 12
_HEADING_HOLDS_LINES = 12
"""Lines without an entry after which what stood over a table in running text says nothing any more."""
_MOST_COMPARED = 200
"""More children than this are a list whether or not some are told of twice."""
_TURNED_ROWS, _TURNED_COLUMNS = 40, 100
_NAMES_FOLLOW = re.compile(r"(?:nama|inisial)\b", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w*])(\*{1,2})(\w[^*\n]{1,60})\1(?![\w*])")
"""Words between stars, as chats and notes have them; stars within a name cover it."""
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


def child_list_in_rows(rows: Sequence[Sequence[str]], title: str = "", *, alone: bool = False) -> ChildList | None:
    """The list of children in the rows of a table, None where there is none.

    Args:
        rows: Cells as text, with their headings above them.
        title: Name of the sheet or document, and what else stands around the table.
        alone: Whether to tell of an only child as well.
    """
    found = _in_rows(rows, title)
    return found if alone or not (found and found.alone) else None


def _in_rows(rows: Sequence[Sequence[str]], title: str) -> ChildList | None:
    cells = [tuple([cell.strip() for cell in row]) for row in rows]
    text = text_of_rows(cells)
    if not may_tell_of_children(text, title):
        return None
    found = _child_list(cells, title)
    if found and found.alone and is_about_a_case(text, title):
        found = replace(found, alone="")
    if found and not found.alone:
        return found
    if (turned := _turned(cells)) and (several := _child_list(turned, title)) and not several.alone:
        # Its rows were columns: told is the row of the names.
        return replace(several, row=next(at for at, row in enumerate(cells) if _heads_names(row)))
    return _weighed(cells, text, title) or found


def child_list_in_lines(text: str, title: str = "", *, alone: bool = False) -> ChildList | None:
    """The list of children in running text whose tables have become lines, None where there is none.

    Args:
        text: Text of one page, lines as they are printed.
        title: Name of the document, and headings of earlier pages.
        alone: Whether to tell of an only child as well.
    """
    found = _in_lines(text, title)
    return found if alone or not (found and found.alone) else None


def _in_lines(text: str, title: str) -> ChildList | None:
    if may_hold_objects(text) and (found := _child_list_in(rows_of_objects(text), title)) and not found.alone:
        return found
    if may_hold_records(text) and (found := _child_list_in(rows_of_records(text), title)) and not found.alone:
        return found
    text = messages_in(text)
    if "*" in text:
        text = _BOLD.sub(r"\2", text)
    if not may_tell_of_children(text, title):
        return None
    text = ages_in_digits(text)
    if may_list_children(text, title):
        found = _child_list([cells_of(line.strip()) for line in text.splitlines()], title)
    else:
        found = _children_told_of(text, title)
    if found and found.alone and is_about_a_case(text, title):
        return replace(found, alone="")
    if found and not found.alone:
        return found
    return _weighed([(line.strip(),) for line in text.splitlines()], text, title) or found


def _weighed(rows: Sequence[tuple[str, ...]], text: str, title: str) -> ChildList | None:
    """The children that all the rows of a text tell of when they are weighed together."""
    if not names_somebody(text):
        return None
    weighed = weigh(rows, title)
    return ChildList(weighed.count, weighed.heading, weighed.row) if weighed else None


def _children_told_of(text: str, title: str) -> ChildList | None:
    """Children told of one by one in a text without any list."""
    told = tellings_in(text, title, earliest_birth(years_in(f"{title}\n{text}"), []))
    if not told:
        return None
    is_list = len(told) >= LEAST_ROWS or told[0].is_case
    row = text.count("\n", 0, told[0].start)
    return ChildList(len(told), told[0].clue, row, "" if is_list else told[0].name)


def _child_list_in(rows: Sequence[tuple[int, tuple[str, ...]]], title: str) -> ChildList | None:
    """The list of children in rows that a program has written, with the line in which it begins."""
    found = _child_list([row for _, row in rows], title)
    return replace(found, row=rows[found.row][0]) if found else None


def _turned(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A small table whose headings stand in its first column, turned so that each person is a row; empty for others."""
    if not LEAST_ROWS <= len(rows) <= _TURNED_ROWS:
        return []
    names = next(filter(_heads_names, rows), ())
    if sum(map(is_name, names[1:])) < LEAST_ROWS or len(names) > _TURNED_COLUMNS:
        return []
    return list(zip_longest(*rows, fillvalue=""))


def _heads_names(row: Sequence[str]) -> bool:
    """Whether names follow the heading with which a row begins."""
    return bool(row and _NAMES_FOLLOW.match(row[0]))


def _child_list(rows: Sequence[tuple[str, ...]], title: str) -> ChildList | None:
    """Reads the rows from above, each under the headings and the caption that stand over it."""
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
