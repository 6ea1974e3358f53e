"""Personal data in what readers find, wherever in a file it stands: counted by place, the first example masked.

A reader hands over every text it comes by; nothing that could name a person leaves this module unmasked. How much may
be looked at is bounded here for all readers alike; what a bound leaves out makes the file one looked at in part.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from flows import bounds
from flows.gather.content import is_complaint
from flows.gather.lone_children import LoneChildren
from flows.gather.pdf_rows import whole_rows
from flows.gather.scan_budget import Budget
from flows.gather.scan_found import Found, Place
from flows.gather.scan_list import list_in
from flows.gather.scan_row import column_of_list, numbers_over_cells
from flows.gather.scan_stacked import numbers_over_lines
from flows.gather.scan_table import FEWEST_CHARS, Table, as_text, has_dates, may_hold
from flows.model import Exposure, ExposureKind, Reach
from flows.privacy import (
    ChildList,
    FoundNumber,
    SmallCounts,
    child_list_in_rows,
    find_numbers,
    rows_of_cells,
    small_counts_in_lines,
    small_counts_in_rows,
    stacked_in_rows,
)

_DIGITS = re.compile(r"\d+")


class Scanner:
    """Looks at the texts of one file and remembers where persons could be recognised."""

    def __init__(self) -> None:
        self._found, self._beside = Found(), Found()
        self._lone = LoneChildren()
        self._likely: list[tuple[ChildList, Place]] = []
        self._seen: set[str] = set()
        self._inside = ""
        self._is_cut = False
        self._unseen: set[int] = set()
        self._has_looked = False
        self._budget = Budget()

    @property
    def reach(self) -> Reach:
        """How much of the file was looked at."""
        if not self._has_looked:
            return Reach.NONE
        return Reach.PART if self._is_cut or self._unseen else Reach.WHOLE

    @property
    def exposures(self) -> tuple[Exposure, ...]:
        """What was found, in the order it was first met; then what exposes somebody beside other files only."""
        found, unsure = self._found.exposures, Found()
        if all(each.kind is not ExposureKind.CHILD_LIST for each in found):
            if only := self._lone.only:
                unsure.add(ExposureKind.LONE_CHILD, only[0].rows, only[0].clue, self._placed(only[1]), None)
            for likely, place in self._likely:
                unsure.add(ExposureKind.LIKELY_CHILDREN, likely.rows, likely.clue, self._placed(place), None)
        return (*found, *self._beside.exposures, *unsure.exposures)

    @property
    def told(self) -> int:
        """At how many places somebody was found who is exposed by this file alone."""
        return len(self._found.exposures)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be looked at, so that a reader need not go on."""
        return self._budget.is_spent

    @property
    def is_inside(self) -> bool:
        """Whether a file within the file is being looked at; what lies within that one is not opened."""
        return bool(self._inside)

    def cut(self) -> None:
        """Part of the file was not looked at: a bound ended it, or it can only be seen, not read."""
        self._is_cut = True

    def place(self) -> None:
        """A picture says where it was taken; the coordinates are nobody's to hand over."""
        self._add(ExposureKind.PLACE, 1, "", Place())

    @property
    def unseen(self) -> frozenset[int]:
        """Pages that are pictures, whose words nobody has read yet."""
        return frozenset(self._unseen)

    def leave(self, page: int) -> None:
        """A page is a picture: it can be seen, not read, unless somebody does so later."""
        self._unseen.add(page)

    def allow(self, seconds: float) -> None:
        """Look on for so long from now: what is read slowly must not use up the time for looking."""
        self._budget.allow(seconds)

    def has_told(self, page: int | None) -> bool:
        """Whether anything was found on a page."""
        return page is not None and self._found.on_page(page)

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
        lists: bool | None = None,
        line: int | None = None,
        rows: Sequence[Sequence[str]] = (),
        whole: Sequence[Sequence[str]] = (),
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
            lists: Whether to look for lists; None for unless ``only_new``.
            line: Line of a text file that it begins with.
            rows: The same words as rows of cells, where it is known how they stand: looked at for lists too.
            whole: The same with cells of several lines put together, where that is known.
        """
        self._has_looked = self._has_looked or not (hidden or self._inside)
        text = self._allowed(text)
        place = Place(page, sheet, cell, hidden)
        for number in self._numbers(text, heading, only_new=only_new):
            above = text.count("\n", 0, number.start) if line is not None else 0
            self._add_number(number, place.below(line, above))
        if (not only_new if lists is None else lists) and len(text) > FEWEST_CHARS:
            for below, digits, said in numbers_over_lines(text, rows):
                for number in self._numbers(digits, said, only_new=True):
                    self._add_number(number, place.below(line, below))
            rows = rows or rows_of_cells(text)
            ways = [rows, *filter(None, (whole_rows(rows), whole))]
            for way in ways[1:]:
                self._broken_numbers(way, place)
            if found := list_in(text, ways, title):
                self._add_list(found, place.below(line, found.row))
            # What stands beside each other is one line, whatever order it was drawn in.
            lines = "\n".join(" ".join(filter(None, row)) for row in rows) if rows else text
            if counted := small_counts_in_lines(lines, title) or (small_counts_in_rows(rows, title) if rows else None):
                self._add_counts(counted, place.below(line, counted.row))

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
        table: int | None = None,
        is_of_lines: bool = False,
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
            table: Its number in a document.
            is_of_lines: Whether its rows are the lines of a text file.
        """
        self._has_looked = self._has_looked or not self._inside
        place = Table(sheet, first_row, first_column, page, hidden, hidden_rows, hidden_columns, table, is_of_lines)
        texts: list[list[str]] = []
        for number, row in enumerate(rows):
            if not self._budget.takes_cells(len(row)):
                self._is_cut = True
                break
            texts.append([as_text(value) for value in row])
            for at, text in enumerate(texts[-1]):
                if len(text) < FEWEST_CHARS or not may_hold(row[at]):  # most cells are short
                    continue
                for each in self._numbers(text, place.heading(rows, head, number, at)):
                    self._add_number(each, _in_table(place, number, at))
            for at, digits, heading in numbers_over_cells(rows, head, place, number):
                for each in self._numbers(digits, heading):
                    self._add_number(each, _in_table(place, number, at))
        for stacked in stacked_in_rows(texts):
            for each in self._numbers(stacked.digits, stacked.heading, only_new=True):
                self._add_number(each, _in_table(place, stacked.row, stacked.column))
        self._lists([*([as_text(value) for value in row] for row in head), *texts], place, title, len(head))

    def found(self, kind: ExposureKind, example: str = "", *, hidden: str = "") -> None:
        """Take note of one piece of personal data that is no text, such as where a photo was taken."""
        self._add(kind, 1, example, Place(hidden=hidden))

    def _allowed(self, text: str) -> str:
        allowed = self._budget.taken(text)
        self._is_cut = self._is_cut or len(allowed) < len(text)
        return allowed

    def _numbers(self, text: str, heading: str, *, only_new: bool = False) -> Iterator[FoundNumber]:
        for number in find_numbers(text, heading=heading):
            digits = "".join(_DIGITS.findall(text[number.start : number.end]))
            if only_new and digits in self._seen:
                continue
            if len(self._seen) < bounds.SCAN_NUMBERS:
                self._seen.add(digits)
            yield number

    def _broken_numbers(self, rows: Sequence[Sequence[str]], place: Place) -> None:
        """Numbers in cells of several lines; those that stand in one line were met before."""
        for cell in (cell for row in rows for cell in row if len(cell) > FEWEST_CHARS and may_hold(cell)):
            for number in self._numbers(cell, "", only_new=True):
                self._add_number(number, place)

    def _add_number(self, number: FoundNumber, place: Place) -> None:
        self._add(number.kind, 1, number.masked, place, number.birth_year)

    def _lists(self, texts: list[list[str]], place: Table, title: str, head: int) -> None:
        """Children and small counts in the rows of a table, the first ``head`` of which were looked at before."""
        self._small_counts(texts, place, title, head)
        found = child_list_in_rows(texts, title, unsure=True)
        if found is None or not (found.clue or (found.row <= 1 and has_dates(texts, found.rows))):
            return
        if not found.is_sure:
            self._add_list(found, _in_table(place, max(0, found.row - head), 0))
            return
        hidden = place.hidden
        for key, is_shown in (("column", place.without_columns), ("row", place.without_rows)):
            if not hidden and (left := is_shown(texts, head)) is not texts:
                hidden = key if child_list_in_rows(left, title) is None else ""
        where = _in_table(place, max(0, found.row - head), column_of_list(texts[found.row], title))
        self._add_list(found, replace(where, hidden=hidden))

    def _add_list(self, found: ChildList, place: Place) -> None:
        if found.is_likely:
            if len(self._likely) < bounds.EXPOSURES:
                self._likely.append((found, place))
            return
        for each, where in self._lone.meet(found, place) if found.alone else ((found, place),):
            self._add(ExposureKind.CHILD_LIST, each.rows, each.clue, where)

    def _small_counts(self, texts: Sequence[Sequence[str]], place: Table, title: str, head: int) -> None:
        found = small_counts_in_rows(texts, title)
        if found is None or found.row < head:  # those of the head were counted with the piece before
            return
        self._add_counts(found, _in_table(place, found.row - head, found.column))

    def _add_counts(self, found: SmallCounts, place: Place) -> None:
        if found.says_of_whom:
            self._add(ExposureKind.SMALL_COUNT, found.count, found.clue, place)
        else:
            self._beside.add(ExposureKind.SEX_COUNT, found.count, found.clue, self._placed(place), None)

    def _add(self, kind: ExposureKind, count: int, example: str, place: Place, birth_year: int | None = None) -> None:
        self._found.add(kind, count, example, self._placed(place), birth_year)

    def _placed(self, place: Place) -> Place:
        return Place(sheet=place.sheet, cell=place.cell, hidden=self._inside) if self._inside else place


def _in_table(table: Table, number: int, at: int) -> Place:
    """The place of one cell of a table."""
    hidden = table.hides(number, at)
    return Place(table.page, table.sheet, table.cell(number, at), hidden, table.table, table.line(number))
