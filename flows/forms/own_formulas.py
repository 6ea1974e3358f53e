"""Zeros that a program left in place of our formulas' empty results; nobody typed them.

LibreOffice, saving as .xls what it has not shown, writes 0 where a formula gives an empty text. Read as counts, these
zeros would say of every empty row that there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.forms.expected import ExpectedSheet
from flows.forms.grid import Grid

Spot = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row holds where formulas have nothing to work with."""

    row: int
    zeros: tuple[Spot, ...]
    has_blank: bool
    has_zero_percent: bool
    is_touched: bool
    """Whether anything else is filled in."""


def left_zeros(grid: Grid, sheet: ExpectedSheet, at: Mapping[str, int], rows: Sequence[int]) -> frozenset[Spot]:
    """Cells with such a zero.

    A person may type 0 for both sexes without knowing each. So zeros count as left over only in a sheet that has one in
    every such cell, and in an untouched row that has one even as a percentage of nothing.

    Args:
        grid: The sheet.
        sheet: What it should contain.
        at: Column key → column, from 0.
        rows: Rows of data, from 0.
    """
    derived = {key for key in at if sheet.columns[key].sources}
    looked = [_look(grid, sheet, at, derived, row) for row in rows] if derived else []
    is_everywhere = not any(row.has_blank for row in looked) and any(row.zeros and not row.is_touched for row in looked)
    suspect = (row for row in looked if is_everywhere or (row.has_zero_percent and not row.is_touched))
    return frozenset(spot for row in suspect for spot in row.zeros)


def _look(grid: Grid, sheet: ExpectedSheet, at: Mapping[str, int], derived: set[str], row: int) -> _Row:
    idle = [key for key in derived if not _is_worked_out(grid, sheet, at, key, row)]
    zeros = [key for key in idle if _number(grid, row, at[key]) == 0]
    return _Row(
        row,
        tuple((row, at[key]) for key in zeros),
        has_blank=any(_is_blank(grid, row, at[key]) for key in idle),
        has_zero_percent=any(not sheet.columns[key].part for key in zeros),
        is_touched=any(not _is_blank(grid, row, column) for column in _typed(sheet, at, derived)),
    )


def _typed(sheet: ExpectedSheet, at: Mapping[str, int], derived: set[str]) -> Iterator[int]:
    return (column for key, column in at.items() if sheet.columns[key].is_input and key not in derived)


def _is_worked_out(grid: Grid, sheet: ExpectedSheet, at: Mapping[str, int], key: str, row: int) -> bool:
    """Whether the formula of that column has what it needs in ``row``: all sources, none of them a zero left over."""
    sources = sheet.columns[key].sources
    if any(source not in at or _number(grid, row, at[source]) is None for source in sources):
        return False
    for source in sources:
        is_left = _number(grid, row, at[source]) == 0 and bool(sheet.columns[source].sources)
        if is_left and not _is_worked_out(grid, sheet, at, source, row):
            return False
    return bool(sheet.columns[key].part) or _number(grid, row, at[sources[-1]]) != 0


def _is_blank(grid: Grid, row: int, column: int) -> bool:
    cell = grid.at(row, column)
    return cell is None or cell.is_empty


def _number(grid: Grid, row: int, column: int) -> float | None:
    cell = grid.at(row, column)
    return cell.value if cell is not None and isinstance(cell.value, float) else None
