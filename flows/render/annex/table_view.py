"""A sheet of a workbook as a table to be printed: the filled part of what is shown, its columns fitted to a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flows import bounds, wording
from flows.forms.grid import Grid
from flows.forms.grid_hidden import Shape
from flows.forms.grid_sheet import Spot
from flows.forms.raw import RawCell
from flows.privacy import mask_numbers
from flows.render.annex.date_format import dated
from flows.render.annex.number_format import formatted
from flows.render.annex.typeface import printable

_LEAST_WIDTH, _MOST_WIDTH = 4.0, 40.0
"""Characters between which the width of a column counts."""
_USUAL_WIDTH = 8.43
"""Characters a column has room for where nobody has set its width."""
_HEAD_ROWS = 6
_MUCH = 4
_CODES = re.compile(r"\b(?:kode|no|nomor|nip|nik|kk|npsn|nisn|telepon|telp|hp|wa|rt|rw|pos|id)\b", re.IGNORECASE)
"""Headings of columns whose numbers name something and count nothing."""
_AMOUNTS = re.compile(r"\b(?:jumlah|jml|banyak|banyaknya|total)\b", re.IGNORECASE)
"""Unless they say so: "Jumlah KK"."""
_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:[. ]\d{3})+|\d{1,12})(?:[.,]\d{1,6})? ?%?")
"""A number that is kept as text, as all of a .csv or a web page are."""
_YEAR_WORD = re.compile(r"\b(?:tahun|thn)\b", re.IGNORECASE)
_LONGEST_CODE = 9_999
"""Four figures: what stands in the place of a year."""
_YEARS = range(1945, 2051)
"""Numbers that may be years: of which people speak, and for which they plan."""
_RUN = 3
"""So many years in a row are no counts that happen to follow each other."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as printed."""

    text: str
    is_number: bool = False
    across: int = 1
    down: int = 1
    column: int = 0
    """Its first one, among those that are printed."""
    is_cut: bool = False
    """Whether its text goes on where ``text`` ends."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A sheet as printed."""

    name: str
    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]
    widths: tuple[float, ...]
    """Of the columns in characters: as somebody has set them, else as their words and numbers need."""
    rows: int
    """Shown rows of the sheet, of which ``last_row`` are printed."""
    last_row: int
    columns: int
    last_column: int
    shortened: int
    """Printed cells of which not all is printed."""
    uncalculated: int
    """Printed cells with a formula whose result was never saved."""
    part: int = 1
    """Of ``parts`` in which it is printed, where it is too wide for one."""
    parts: int = 1
    span: tuple[int, int] = (0, 0)
    """The first and the last column of a part, those apart that name its rows again."""

    @property
    def is_cut(self) -> bool:
        """Whether not all of it is printed."""
        return self.last_row < self.rows or self.last_column < self.columns


def view_of(grid: Grid, shape: Shape) -> TableView | None:
    """The printable part of a sheet, None where it shows nothing."""
    rows = [row for row in range(grid.height) if row + 1 not in shape.rows and any(True for _ in grid.cells(row))]
    columns = sorted({column for row in rows for column, cell in grid.cells(row) if _is_filled(cell)})
    columns = [column for column in columns if column not in shape.columns]
    rows = [row for row in rows if any(column in set(columns) for column, _ in grid.cells(row))]
    if not rows or not columns:
        return None
    printed, across = rows[: bounds.ANNEX_TABLE_ROWS], columns[: bounds.ANNEX_TABLE_COLUMNS]
    table = _Table(grid, shape, printed, across)
    lines = [table.line(row) for row in printed]
    head = table.head_rows()
    return TableView(
        name=grid.name,
        head=tuple(lines[:head]),
        body=tuple(table.with_figures(line) for line in lines[head:]),
        widths=tuple(_widths(lines, [shape.widths.get(column) for column in across])),
        rows=len(rows),
        last_row=len(printed),
        columns=len(columns),
        last_column=len(across),
        shortened=sum(cell.is_cut for line in lines for cell in line),
        uncalculated=len(grid.uncalculated.intersection((row, column) for row in printed for column in across)),
    )


class _Table:
    """The printed rows and columns of a sheet, and what its merged cells become among them."""

    def __init__(self, grid: Grid, shape: Shape, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._grid, self._rows, self._columns = grid, rows, columns
        self._formats = shape.formats
        self._spans, self._covered = self._merged()
        self._spill(shape.widths)
        self._plain = {column for column in columns if self._names_something(column)}
        self._years = {*self._years_across(), *self._years_further_down(), *self._years_down()}

    def line(self, row: int) -> tuple[CellView, ...]:
        """The cells of a printed row; those that others cover are left out."""
        places = enumerate(self._columns)
        return tuple(self._cell(row, column, place) for place, column in places if (row, column) not in self._covered)

    def head_rows(self) -> int:
        """How many of the first rows name the columns: those above the first with a number, if they are few."""
        for number, row in enumerate(self._rows[: _HEAD_ROWS + 1]):
            if any(isinstance(cell.value, float) for column, cell in self._grid.cells(row) if column in self._columns):
                kept = number
                break
        else:
            kept = 1 if len(self._rows) > 1 else 0
        reach = max((down for (row, _), (_, down) in self._spans.items() if row in self._rows[:kept]), default=1)
        return kept if kept < len(self._rows) and reach <= kept else 0

    def with_figures(self, line: tuple[CellView, ...]) -> tuple[CellView, ...]:
        """``line`` with numbers that are kept as text standing as numbers do, those that name something apart."""
        return tuple(
            replace(cell, is_number=True)
            if self._columns[cell.column] not in self._plain and _FIGURE.fullmatch(cell.text)
            else cell
            for cell in line
        )

    def _cell(self, row: int, column: int, place: int) -> CellView:
        across, down = self._spans.get((row, column), (1, 1))
        cell = self._grid.at(row, column)
        if cell is None:
            return CellView("", across=across, down=down, column=place)
        if cell.is_uncalculated:
            return CellView(wording.UNCALCULATED_CELL, is_number=True, across=across, down=down, column=place)
        value = cell.value
        code = self._formats.get((row, column), "")
        is_plain = column in self._plain or (row, column) in self._years
        text = formatted(value, code, is_plain=is_plain) if isinstance(value, float) else dated(value, code)
        # Cut behind the masking, so that no half of a number escapes it; and before, where there is far too much of it.
        text = text[: _MUCH * bounds.ANNEX_CELL_CHARS]
        is_number = isinstance(value, float)
        shown = mask_numbers(text) if is_number and not code else _tidy(printable(text))
        is_cut = len(shown) > bounds.ANNEX_CELL_CHARS
        shown = shown[: bounds.ANNEX_CELL_CHARS].rstrip() + "…" if is_cut else shown
        return CellView(shown, is_number, across, down, place, is_cut)

    def _headings(self, column: int) -> list[str]:
        values = (self._grid.at(row, column) for row in self._rows[:_HEAD_ROWS])
        return [cell.value for cell in values if cell is not None and isinstance(cell.value, str)]

    def _names_something(self, column: int) -> bool:
        """Whether the numbers of a column are codes; in exports of offices also below a bare *TAHUN*."""
        headings = self._headings(column)
        if any(map(_is_of_codes, headings)):
            return True
        numbers = [cell.value for cell in (self._grid.at(row, column) for row in self._rows) if cell is not None]
        figures = [value for value in numbers if isinstance(value, float)]
        is_short = all(value.is_integer() and value not in _YEARS and value <= _LONGEST_CODE for value in figures)
        return is_short and any(map(_YEAR_WORD.fullmatch, map(str.strip, headings)))

    def _years_across(self) -> Iterator[Spot]:
        """Years in the first rows, which name columns: a run of them, or nothing else, or below no other heading."""
        for row in self._rows[:_HEAD_ROWS]:
            cells = {column: cell for column, cell in self._grid.cells(row) if column in self._columns}
            numbers = {column: cell.value for column, cell in cells.items() if isinstance(cell.value, float)}
            words = [cell.value for cell in cells.values() if isinstance(cell.value, str)]
            above = [each for each in self._rows if each < row]
            is_heading = not words or not any(self._grid.at(each, column) for each in above for column in numbers)
            is_said = is_heading or any(_YEAR_WORD.search(word) for word in words)
            if _are_years(numbers.values()) and (is_said or (len(numbers) > 1 and _is_run(numbers.values()))):
                yield from ((row, column) for column in numbers)

    def _years_further_down(self) -> Iterator[Spot]:
        """Years in the heading of a second table on the sheet: a rising run of them and no other number in its row."""
        for row in self._rows[_HEAD_ROWS:]:
            years: dict[int, float] = {}
            for column, cell in self._grid.cells(row):
                if isinstance(cell.value, float) and column in self._columns:
                    if cell.value not in _YEARS:
                        break
                    years[column] = cell.value
            else:
                numbers = list(years.values())
                if len(numbers) >= _RUN and all(after == before + 1 for before, after in pairwise(numbers)):
                    yield from ((row, column) for column in years)

    def _years_down(self) -> Iterator[Spot]:
        """Columns of years: a run of them, or a single one, or below a heading that says so."""
        for column in self._columns:
            cells = ((row, self._grid.at(row, column)) for row in self._rows)
            numbers = {row: cell.value for row, cell in cells if cell is not None and isinstance(cell.value, float)}
            is_said = any(map(_YEAR_WORD.search, self._headings(column)))
            if _are_years(numbers.values()) and (is_said or _is_run(numbers.values())):
                yield from ((row, column) for row in numbers)

    def _spill(self, widths: Mapping[int, float]) -> None:
        """Let a long text that is alone in its row lie over the empty cells behind it, as spreadsheets show it."""
        for row in self._rows:
            filled = [(column, cell) for column, cell in self._grid.cells(row) if _is_filled(cell)]
            if len(filled) != 1 or not isinstance(filled[0][1].value, str) or (row, filled[0][0]) in self._spans:
                continue
            column, text = filled[0][0], filled[0][1].value
            behind = [(row, each) for each in self._columns if each > column]
            is_long = len(text) > widths.get(column, _USUAL_WIDTH)
            if column in self._columns and is_long and behind and self._covered.isdisjoint([(row, column), *behind]):
                self._spans[row, column] = (len(behind) + 1, 1)
                self._covered.update(behind)

    def _merged(self) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
        """Merged cells by their first printed cell, and the cells they cover."""
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: set[tuple[int, int]] = set()
        for top, left, bottom, right in self._grid.merged[: bounds.SHEET_MERGED]:
            rows = [row for row in self._rows if top <= row <= bottom]
            columns = [column for column in self._columns if left <= column <= right]
            places = [(row, column) for row in rows for column in columns]
            if len(places) < 2 or places[0] != (top, left) or covered.intersection(places):  # noqa: PLR2004 - one cell
                continue
            spans[places[0]] = (len(columns), len(rows))
            covered.update(places[1:])
        return spans, covered


def _is_of_codes(heading: str) -> bool:
    return bool(_CODES.search(heading)) and not _AMOUNTS.search(heading)


def _are_years(numbers: Collection[float]) -> bool:
    return bool(numbers) and all(number in _YEARS for number in numbers)


def _is_run(numbers: Collection[float]) -> bool:
    """Whether none is left out between the first and the last, however often they are said."""
    return max(numbers) - min(numbers) == len(set(numbers)) - 1


def _is_filled(cell: RawCell) -> bool:
    """Whether anything stands in a cell, were it only a formula without its result."""
    return cell.is_uncalculated or not cell.is_empty


def _tidy(text: str) -> str:
    """Without spaces that nobody sees; the lines of a cell stay lines."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


def _widths(lines: Sequence[Sequence[CellView]], given: Sequence[float | None]) -> Iterator[float]:
    """Width of every column in characters: as somebody has set it, else as its words and numbers need."""
    columns: list[list[str]] = [[] for _ in given]
    for cell in (cell for line in lines for cell in line if cell.across == 1):
        columns[cell.column].append(cell.text)
    for texts, width in zip(columns, given, strict=True):
        longest = max((len(word) for text in texts for word in text.split()), default=0)
        wanted = width or sorted(map(len, texts))[int(0.9 * (len(texts) - 1))] if texts else 0.0
        yield min(max(wanted, min(longest, _MOST_WIDTH / 2), _LEAST_WIDTH), _MOST_WIDTH)
