"""Lists of children: names beside dates of birth, ages, schools, addresses or diagnoses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.privacy.birth import earliest_birth, tells_of_ages, years_in
from flows.privacy.list_forms import cells_of, entry_in_form, fields_in
from flows.privacy.list_headings import Column, Heading, heading_of, is_about_children
from flows.privacy.list_rows import Entry, entry_in_cells, entry_in_line

LEAST_ROWS = 2
"""One child named is no list."""
_CAPTION_LINES = 4
_CAPTION_CHARACTERS = 200
_FORM_LINES = 12
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
_GATE = re.compile(
    r"nama|inisial|lahir|umur|usia|kelas|\bth\b|\bthn\b|\bbln\b|tahun|juara|\d[-/.]\d|(?:19|20)\d\d", re.IGNORECASE
)
"""What a list tells of people; a page without any of it is passed over."""
_NAMING = ("nama", "inisial", "didik", "siswa", "siswi", "murid", "santri", "balita", "juara")
"""Without any of these words there are no headings, and a list must tell dates, ages or classes by itself."""


@dataclass(frozen=True, slots=True)
class ChildList:
    """A list that names children."""

    rows: int
    """How many children it names."""
    clue: str
    """Words that gave it away, such as its headings; never a name or number of a person."""
    row: int
    """Index of its first row among the rows or lines that were given."""


def child_list_in_rows(rows: Sequence[Sequence[str]], title: str = "") -> ChildList | None:
    """The list of children in the rows of a table, None where there is none.

    Args:
        rows: Cells as text, with their headings above them.
        title: Name of the sheet or document, and what else stands around the table.
    """
    return _child_list([tuple(str(cell).strip() for cell in row) for row in rows], title)


def child_list_in_lines(text: str, title: str = "") -> ChildList | None:
    """The list of children in running text whose tables have become lines, None where there is none.

    Args:
        text: Text of one page, lines as they are printed.
        title: Name of the document, and headings of earlier pages.
    """
    words = f"{title}\n{text}".lower()
    has_headings = any(word in words for word in _NAMING)
    if not _GATE.search(text) or not (has_headings or tells_of_ages(text, LEAST_ROWS)):
        return None
    return _child_list([cells_of(line.strip()) for line in text.splitlines()], title)


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
        self._outside = years_in(title)
        self._entries: list[tuple[int, Entry, str]] = []
        self._form: dict[Column, str] = {}
        self._form_begins = 0

    def read(self, index: int, row: tuple[str, ...]) -> None:
        """Takes one row as heading, as entry or as part of the caption."""
        if heading := heading_of(row):
            self._heading, self._about = heading, None
            return
        filled = [cell for cell in row if cell]
        if self._is_field(index, filled):
            return
        if len(filled) == 1:
            entry = entry_in_line(filled[0], self._heading, self._speaks_of_children)
        else:
            entry = entry_in_cells(row, self._heading, self._speaks_of_children)
        if entry is None:
            self._note(" ".join(filled))
        else:
            self._entries.append((index, entry, self._heading.words if self._heading else ""))

    def _is_field(self, index: int, filled: Sequence[str]) -> bool:
        """Takes a row as a field of a form; the next name begins the next form."""
        fields = fields_in((" : " if len(filled) == 2 else " ").join(filled))  # noqa: PLR2004 - label and value
        for kind, value in fields:
            if kind in {Column.CHILD, Column.NAME} or index - self._form_begins > _FORM_LINES:
                self._end_form()
                self._form_begins = index
            self._form[kind] = value
        return bool(fields)

    def _end_form(self) -> None:
        if entry := entry_in_form(self._form):
            self._entries.append(
                (self._form_begins, entry, ", ".join(_SAID[kind] for kind in self._form if kind in _SAID))
            )
        self._form = {}

    def _note(self, text: str) -> None:
        self._outside += years_in(text)
        self._caption = [*self._caption[1 - _CAPTION_LINES :], text[:_CAPTION_CHARACTERS]]
        self._about = None

    def _speaks_of_children(self) -> bool:
        if self._about is None:
            # What is counted is no person.
            words = self._heading.words if self._heading and "jumlah" not in self._heading.words.lower() else ""
            self._about = is_about_children(" ".join([self._title, *self._caption, words]))
        return self._about

    def list(self) -> ChildList | None:
        """The children among the entries, where they are enough."""
        self._end_form()
        if self._tells_of_days():
            return None
        births = [entry.birth_year for _, entry, _ in self._entries if entry.birth_year]
        earliest = earliest_birth(self._outside, births)
        children = [(index, clue) for index, entry, clue in self._entries if entry.names_child(earliest)]
        if len(children) < LEAST_ROWS:
            return None
        return ChildList(len(children), next(iter(_clues(children)), ""), children[0][0])

    def _tells_of_days(self) -> bool:
        """Whether dates that no heading explains come again and again: those of meetings and matches do."""
        dates = [entry.date for _, entry, _ in self._entries if entry.date]
        has_headings = any(clue for _, _, clue in self._entries)
        return not has_headings and len(set(dates)) * 2 < len(dates)


def _clues(children: Iterable[tuple[int, str]]) -> list[str]:
    return [clue for _, clue in children if clue]
