"""What a workbook gives, whatever its format: sheets of cells at absolute places, within bounds."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flows import bounds
from flows.forms.raw import RawCell, RawValue

MAX_SHEETS = bounds.SHEETS
"""Sheets behind these are named but not read."""
MAX_ROWS = bounds.SHEET_ROWS
MAX_COLUMNS = bounds.SHEET_COLUMNS
"""Bounds of one sheet. Laid out densely it takes 160 MB; a sheet with one stray cell in its last corner, 500 GB."""
MAX_CELLS = bounds.SHEET_CELLS
"""Filled cells of a whole workbook."""

KNOWN_FORMATS = {
    2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    14: "dd/mm/yyyy", 17: "mmm-yy", 18: "h:mm AM/PM", 20: "h:mm", 22: "dd/mm/yyyy hh:mm",
}  # fmt: skip
"""Formats that every workbook knows by their numbers, as far as they show more or less than the value."""

Spot = tuple[int, int]
"""Row and column, from 0."""
Box = tuple[int, int, int, int]
"""Top, left, bottom and right, from 0, all inclusive."""


DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError, struct.error)
"""What reading a damaged workbook may end with."""


class WorkbookLockedError(Exception):
    """The workbook is protected by a password, so nothing in it can be read."""


class WorkbookUnreadableError(Exception):
    """The file is damaged, is no workbook, or is larger than any workbook of figures."""


class WorkbookTooLargeError(WorkbookUnreadableError):
    """The file may be whole, and is larger than any workbook of figures."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. Rows and columns count from 0 at A1."""

    name: str
    is_hidden: bool = False
    is_cut: bool = False
    """Whether something lies outside the bounds and was not read."""
    merged: tuple[Box, ...] = ()
    """Merged ranges in the order of the file."""
    rows: Sequence[Sequence[RawValue]] = ()
    """Values from A1 on; rows may be shorter than others. Empty cells are None or an empty text."""
    errors: Mapping[Spot, str] = field(default_factory=dict)
    """Cells that show an error, and its text (#REF!)."""
    uncalculated: frozenset[Spot] = frozenset()
    """Cells with a formula whose result was never saved."""
    marked_rows: frozenset[int] = frozenset()
    """Rows with an error or an uncalculated formula."""
    height: int = 0
    """Rows down to the last one that holds anything."""
    width: int = 0

    def at(self, row: int, column: int) -> RawCell | None:
        """The cell at ``row`` and ``column``, from 0; None where nothing stands, and outside the sheet."""
        if row < 0 or column < 0 or row >= self.height or column >= self.width:
            return None
        spot = (row, column)
        if spot in self.errors:
            return RawCell(self.errors[spot], cell_name(row, column), is_error=True)
        if spot in self.uncalculated:
            return RawCell(None, cell_name(row, column), is_uncalculated=True)
        values = self.rows[row] if row < len(self.rows) else ()
        value = values[column] if column < len(values) else None
        if value is None or value == "":
            return None
        return RawCell(_plain(value), cell_name(row, column))

    def cells(self, row: int) -> Iterator[tuple[int, RawCell]]:
        """Column and cell of everything that stands in ``row``, from the left; nothing for a row outside."""
        if not 0 <= row < self.height:
            return
        if row in self.marked_rows:
            for column in range(self.width):
                cell = self.at(row, column)
                if cell is not None:
                    yield column, cell
            return
        for column, value in enumerate(self.rows[row] if row < len(self.rows) else ()):
            if value is not None and value != "":
                yield column, RawCell(_plain(value), cell_name(row, column))

    def values(self, row: int) -> Iterator[tuple[int, RawValue]]:
        """As :meth:`cells`, the values as the file has them and without addresses: a quarter of the time.

        Errors and formulas without a result have none and are left out.
        """
        if row in self.marked_rows:
            yield from ((at, cell.value) for at, cell in self.cells(row) if not (cell.is_error or cell.is_uncalculated))
        elif 0 <= row < min(self.height, len(self.rows)):
            for column, value in enumerate(self.rows[row]):
                if value is not None and value != "":
                    yield column, value


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a workbook in their order, hidden ones too; charts and macro sheets are no sheets."""

    sheets: tuple[Grid, ...]
    has_macros: bool


def make_grid(
    name: str,
    rows: Sequence[Sequence[RawValue]],
    *,
    is_hidden: bool = False,
    is_cut: bool = False,
    merged: Iterable[Box] = (),
    errors: Mapping[Spot, str] | None = None,
    uncalculated: Iterable[Spot] = (),
) -> Grid:
    """A sheet whose height and width cover its values and its marks.

    Marks outside the bounds are dropped and make the sheet a cut one.
    """
    kept_errors = {spot: text for spot, text in (errors or {}).items() if is_within(spot)}
    all_uncalculated = set(uncalculated)
    kept_uncalculated = frozenset(spot for spot in all_uncalculated if is_within(spot))
    is_complete = len(kept_errors) == len(errors or ()) and len(kept_uncalculated) == len(all_uncalculated)
    spots = (*kept_errors, *kept_uncalculated)
    return Grid(
        name,
        is_hidden=is_hidden,
        is_cut=is_cut or not is_complete,
        merged=tuple(merged),
        rows=rows,
        errors=kept_errors,
        uncalculated=kept_uncalculated,
        marked_rows=frozenset(row for row, _ in spots),
        height=max((len(rows), *(row + 1 for row, _ in spots))),
        width=max((0, *map(len, rows), *(column + 1 for _, column in spots))),
    )


def is_within(spot: Spot) -> bool:
    """Whether a place is inside the bounds of a sheet."""
    return 0 <= spot[0] < MAX_ROWS and 0 <= spot[1] < MAX_COLUMNS


@lru_cache(maxsize=MAX_COLUMNS)
def column_name(column: int) -> str:
    """Letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Address of the cell at ``row`` and ``column``, from 0: (6, 3) is ``D7``."""
    return f"{column_name(column)}{row + 1}"


def _plain(value: RawValue) -> RawValue:
    """Integers become floats, as the contract has them; truth values stay."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
