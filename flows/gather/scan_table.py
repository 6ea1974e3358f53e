"""One table while it is looked through: where its cells stand, what is hidden of it, what is written above a number."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from flows.forms.grid import cell_name

_FEWEST_DIGITS = 1e14
"""Numbers in cells below this have fewer digits than the number of a person."""
FEWEST_CHARS = 15
"""Shorter texts hold no number of a person."""
_HEADING_ROWS = 60
"""Rows above a number in which the heading of its column is looked for."""
_HEADING_LINES = 3
_HEADING_CHARS = 80
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FULL_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")


@dataclass(slots=True)
class Table:
    """Where the rows of a table stand."""

    sheet: str
    first_row: int
    first_column: int
    page: int | None
    hidden: str
    hidden_rows: Container[int]
    hidden_columns: Container[int]
    table: int | None = None
    """Its number in a document."""
    is_of_lines: bool = False
    """Whether its rows are the lines of a text file."""
    _headings: dict[int, tuple[int, str]] | None = None
    """Column → last row with a number, and what stands above it."""

    def cell(self, number: int, at: int) -> str:
        """Address of a cell; empty in a table that is no sheet."""
        return cell_name(self.first_row - 1 + number, self.first_column + at) if self.sheet else ""

    def line(self, number: int) -> int | None:
        """Line of the file in which a row stands; None in a table of a workbook or document."""
        return self.first_row + number if self.is_of_lines else None

    def hides(self, number: int, at: int) -> str:
        """How a cell is hidden; empty where it is shown."""
        if self.hidden:
            return self.hidden
        if self.first_row + number in self.hidden_rows:
            return "row"
        return "column" if self.first_column + at in self.hidden_columns else ""

    def heading(self, rows: Sequence[Sequence[object]], head: Sequence[Sequence[object]], number: int, at: int) -> str:
        """Words above a cell in its column, the nearest last, and those left of it where there are none."""
        self._headings = self._headings or {}
        last, known = self._headings.get(at, (-1, ""))
        if last != number - 1 or last < 0:
            above = [*head, *rows[max(0, last + 1, number - _HEADING_ROWS) : number]]
            known = _words_above(above, at) or known or _words_left(rows[number], at)
        self._headings[at] = (number, known)
        return known

    def without_columns(self, texts: list[list[str]], head: int) -> list[list[str]]:
        """Only what is shown, or ``texts`` itself where no column is hidden."""
        del head
        width = max(map(len, texts), default=0)
        gone = {at for at in range(width) if self.first_column + at in self.hidden_columns}
        return [[text for at, text in enumerate(row) if at not in gone] for row in texts] if gone else texts

    def without_rows(self, texts: list[list[str]], head: int) -> list[list[str]]:
        """Only what is shown, or ``texts`` itself where no row is hidden."""
        kept = [row for at, row in enumerate(texts) if self.first_row + at - head not in self.hidden_rows]
        return kept if len(kept) < len(texts) else texts


def as_text(value: object) -> str:
    """A cell as people see it; a whole number without a decimal point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def has_dates(texts: Sequence[Sequence[str]], rows: int) -> bool:
    """Whether a table with nothing above it has a full date in half of its rows: names beside years are villages."""
    dated = sum(any(_FULL_DATE.search(text) for text in row) for row in texts)
    return dated * 2 >= rows


def may_hold(value: object) -> bool:
    """Whether a cell is long enough for the number of a person."""
    if isinstance(value, str):
        return len(value) >= FEWEST_CHARS
    return isinstance(value, (int, float)) and value >= _FEWEST_DIGITS


def _words_above(rows: Sequence[Sequence[object]], at: int) -> str:
    words: list[str] = []
    for row in reversed(rows):
        value = row[at] if at < len(row) else None
        text = value.strip() if isinstance(value, str) else ""
        if _LETTERS.search(text) and len(text) <= _HEADING_CHARS:
            words.insert(0, text)
        elif words:
            break
        if len(words) == _HEADING_LINES:
            break
    return " ".join(words)


def _words_left(row: Sequence[object], at: int) -> str:
    texts = [value.strip() for value in row[max(0, at - _HEADING_LINES) : at] if isinstance(value, str)]
    return " ".join(text for text in texts if _LETTERS.search(text))[-_HEADING_CHARS:]
