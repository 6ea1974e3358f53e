"""Personal data in what readers find, wherever in a file it stands: counted by place, the first example masked.

A reader hands over every text it comes by; nothing that could name a person leaves this module unmasked. How much may
be looked at is bounded here for all readers alike; what a bound leaves out makes the file one looked at in part.
"""

from __future__ import annotations

import re
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flows import bounds
from flows.forms.grid import cell_name
from flows.gather.content import is_complaint
from flows.model import Exposure, ExposureKind, Reach
from flows.privacy import child_list_in_lines, child_list_in_rows, find_numbers, mask_numbers

_FEWEST_DIGITS = 1e14
"""Numbers in cells below this have fewer digits than the number of a person."""
_FEWEST_CHARS = 15
_HEADING_ROWS = 60
"""Rows above a number in which the heading of its column is looked for."""
_HEADING_LINES = 3
_HEADING_CHARS = 80
_LETTERS = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"\d+")
_ONE_DIGIT = re.compile(r"(?<!\w)\d(?:[ |]+\d){15}(?!\w)")
"""A number written into a row of boxes, one digit each."""
_FULL_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")
_SPEAKS_OF_NUMBERS = re.compile(r"\b(?:NIK|KK|K\.K|Nomor\s+Induk|Kartu\s+Keluarga)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Tally:
    """What was found of one kind at one place."""

    example: str
    cell: str
    count: int = 0


_Key = tuple[ExposureKind, int | None, str, str, int | None]
"""Kind, page, sheet, where it is hidden, year of birth."""


class Scanner:
    """Looks at the texts of one file and remembers where persons could be recognised."""

    def __init__(self) -> None:
        self._tallies: dict[_Key, _Tally] = {}
        self._seen: set[str] = set()
        self._inside = ""
        self._is_cut = False
        self._unseen: set[int] = set()
        self._has_looked = False
        self._chars = bounds.SCAN_CHARS
        self._cells = bounds.SCAN_CELLS
        self._end = time.process_time() + bounds.SCAN_SECONDS
        self._soonest = time.monotonic() + bounds.SCAN_SECONDS
        self._latest = time.monotonic() + bounds.SCAN_WAITING_SECONDS

    @property
    def reach(self) -> Reach:
        """How much of the file was looked at."""
        if not self._has_looked:
            return Reach.NONE
        return Reach.PART if self._is_cut or self._unseen else Reach.WHOLE

    @property
    def exposures(self) -> tuple[Exposure, ...]:
        """What was found, in the order it was first met."""
        return tuple(
            Exposure(kind, tally.count, tally.example, year, page, sheet, tally.cell, hidden)
            for (kind, page, sheet, hidden, year), tally in self._tallies.items()
        )

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be looked at, so that a reader need not go on."""
        return self._chars <= 0 or self._cells <= 0 or self._is_late

    @property
    def _is_late(self) -> bool:
        """By the work done, so that a busy machine sees as much as an idle one; and before the child is ended.

        The work cannot be longer than the time it took, and asking for it is a hundred times as dear.
        """
        now = time.monotonic()
        return now > self._latest or (now > self._soonest and time.process_time() > self._end)

    @property
    def is_inside(self) -> bool:
        """Whether a file within the file is being looked at; what lies within that one is not opened."""
        return bool(self._inside)

    def cut(self) -> None:
        """Part of the file was not looked at: a bound ended it, or it can only be seen, not read."""
        self._is_cut = True

    def place(self) -> None:
        """A picture says where it was taken; the coordinates are nobody's to hand over."""
        self._add(ExposureKind.PLACE, 1, "", None, "", "", "")

    @property
    def unseen(self) -> frozenset[int]:
        """Pages that are pictures, whose words nobody has read yet."""
        return frozenset(self._unseen)

    def leave(self, page: int) -> None:
        """A page is a picture: it can be seen, not read, unless somebody does so later."""
        self._unseen.add(page)

    def allow(self, seconds: float) -> None:
        """Look on for so long from now: what is read slowly must not use up the time for looking."""
        self._end = max(self._end, time.process_time() + seconds)
        self._latest = max(self._latest, time.monotonic() + seconds)

    def has_seen(self, page: int | None) -> None:
        """The words of a page that was left have been read after all, and looked at."""
        if page is not None:
            self._unseen.discard(page)

    @contextmanager
    def inside(self, hidden: str) -> Iterator[None]:
        """While this lasts, all that is found lies in a place of that name, whatever its readers say."""
        before, self._inside = self._inside, self._inside or hidden
        try:
            yield
        finally:
            self._inside = before

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What goes wrong while this lasts costs nothing but that part of the file."""
        try:
            yield
        except MemoryError:
            raise
        except BaseException as error:  # looking must not make a readable file a damaged one
            if not is_complaint(error):
                raise
            self._is_cut = True

    def look(
        self,
        text: str,
        *,
        page: int | None = None,
        sheet: str = "",
        cell: str = "",
        hidden: str = "",
        title: str = "",
        heading: str = "",
        only_new: bool = False,
    ) -> None:
        """Look at running text.

        Args:
            text: Of one page, cell or other part.
            page: Page of a document or slide of a presentation, from 1.
            sheet: Name of the sheet.
            cell: Its address.
            hidden: Where nobody looks, a key of ``hidden`` in ``validations/findings.yaml``.
            title: What the document or its earlier pages are called, for lists of children.
            heading: What stands above or beside a number.
            only_new: Pass over numbers that were met before in this file, and lists.
        """
        self._has_looked = self._has_looked or not (hidden or self._inside)
        text = self._allowed(text)
        self._numbers(text, heading, page, sheet, cell, hidden, only_new=only_new)
        if not only_new and len(text) > _FEWEST_CHARS:
            found = child_list_in_lines(text, title)
            if found:
                self._add(ExposureKind.CHILD_LIST, found.rows, found.clue, page, sheet, cell, hidden)

    def look_at_rows(
        self,
        rows: Sequence[Sequence[object]],
        *,
        sheet: str = "",
        first_row: int = 1,
        first_column: int = 0,
        page: int | None = None,
        hidden: str = "",
        title: str = "",
        head: Sequence[Sequence[object]] = (),
        hidden_rows: Container[int] = (),
        hidden_columns: Container[int] = (),
    ) -> None:
        """Look at the rows of a table.

        Args:
            rows: Cells as texts and numbers.
            sheet: Name of the sheet.
            first_row: Number of the first of ``rows``, from 1.
            first_column: Column of the first cell of each row, from 0.
            page: Page or slide, of a table in a document.
            hidden: Where the whole table is hidden.
            title: What the table is called.
            head: Rows above these, where a long sheet comes in pieces.
            hidden_rows: Numbers of rows that are not shown, from 1.
            hidden_columns: Columns that are not shown, from 0.
        """
        self._has_looked = self._has_looked or not self._inside
        place = _Table(sheet, first_row, first_column, page, hidden, hidden_rows, hidden_columns)
        for number, row in enumerate(rows):
            self._cells -= len(row)
            if self._cells <= 0:
                self._is_cut = True
                rows = rows[:number]
                break
            cells = [(at, value) for at, value in enumerate(row) if _may_hold(value)]
            for at, value in cells:
                heading = place.heading(rows, head, number, at)
                self._numbers(as_text(value), heading, page, sheet, place.cell(number, at), place.hides(number, at))
            if not cells and len(row) >= _FEWEST_CHARS:
                self._boxes(row, place, number)
        self._lists(rows, place, title, head)

    def found(self, kind: ExposureKind, example: str = "", *, hidden: str = "") -> None:
        """Take note of one piece of personal data that is no text, such as where a photo was taken."""
        self._add(kind, 1, example, None, "", "", hidden)

    def _allowed(self, text: str) -> str:
        if self.is_spent or len(text) > self._chars:
            self._is_cut = True
            text = "" if self.is_spent else text[: self._chars]
        self._chars -= len(text)
        return text

    def _numbers(
        self,
        text: str,
        heading: str,
        page: int | None,
        sheet: str,
        cell: str,
        hidden: str,
        *,
        only_new: bool = False,
    ) -> None:
        for number in find_numbers(text, heading=heading):
            digits = "".join(_DIGITS.findall(text[number.start : number.end]))
            if only_new and digits in self._seen:
                continue
            if len(self._seen) < bounds.SCAN_NUMBERS:
                self._seen.add(digits)
            self._add(number.kind, 1, number.masked, page, sheet, cell, hidden, number.birth_year)

    def _boxes(self, row: Sequence[object], place: _Table, number: int) -> None:
        """Numbers of which every digit has a cell of its own, where the row says that it is about such numbers."""
        line = " ".join(text for value in row if (text := as_text(value)))
        boxes = _ONE_DIGIT.search(line) if _SPEAKS_OF_NUMBERS.search(line) else None
        if boxes:
            digits = "".join(_DIGITS.findall(boxes[0]))
            self._numbers(digits, line[: boxes.start()], place.page, place.sheet, place.cell(number, 0), place.hidden)

    def _lists(
        self, rows: Sequence[Sequence[object]], place: _Table, title: str, head: Sequence[Sequence[object]]
    ) -> None:
        texts = [[as_text(value) for value in row] for row in (*head, *rows)]
        found = child_list_in_rows(texts, title)
        if found is None or not (found.clue or (found.row <= 1 and _has_dates(texts, found.rows))):
            return
        hidden = place.hidden
        for key, is_shown in (("column", place.without_columns), ("row", place.without_rows)):
            if not hidden and (left := is_shown(texts, len(head))) is not texts:
                hidden = key if child_list_in_rows(left, title) is None else ""
        cell = place.cell(max(0, found.row - len(head)), 0)
        self._add(ExposureKind.CHILD_LIST, found.rows, found.clue, place.page, place.sheet, cell, hidden)

    def _add(
        self,
        kind: ExposureKind,
        count: int,
        example: str,
        page: int | None,
        sheet: str,
        cell: str,
        hidden: str,
        birth_year: int | None = None,
    ) -> None:
        """Count; beyond the bound places run together, so that the counts stay right."""
        hidden = self._inside or hidden
        key: _Key = (kind, None if self._inside else page, mask_numbers(sheet), hidden, birth_year)
        if key not in self._tallies and len(self._tallies) >= bounds.EXPOSURES:
            key, cell = (kind, None, "", hidden, birth_year), ""
        tally = self._tallies.setdefault(key, _Tally(mask_numbers(example), cell))
        tally.count += count


@dataclass(slots=True)
class _Table:
    """Where the rows of a table stand."""

    sheet: str
    first_row: int
    first_column: int
    page: int | None
    hidden: str
    hidden_rows: Container[int]
    hidden_columns: Container[int]
    _headings: dict[int, tuple[int, str]] | None = None
    """Column → last row with a number, and what stands above it."""

    def cell(self, number: int, at: int) -> str:
        """Address of a cell; empty in a table that is no sheet."""
        return cell_name(self.first_row - 1 + number, self.first_column + at) if self.sheet else ""

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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _has_dates(texts: Sequence[Sequence[str]], rows: int) -> bool:
    """Whether a table with nothing above it has a full date in half of its rows: names beside years are villages."""
    dated = sum(any(_FULL_DATE.search(text) for text in row) for row in texts)
    return dated * 2 >= rows


def _may_hold(value: object) -> bool:
    """Whether a cell is long enough for the number of a person; asked of every cell, so it must be cheap."""
    if isinstance(value, str):
        return len(value) >= _FEWEST_CHARS
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
