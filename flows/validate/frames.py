"""Tidy frames over all tables of a city at once: one row per thing a suite looks at, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from flows import wording
from flows.forms.layout import value_key
from flows.model import BOTH_SEXES, FEMALE, MALE, CellState, City, ColumnType, Place, TableCell, TableColumn
from flows.validate.merging import Cell, Merged, Row, segments
from flows.validate.standing import ADDABLE, operand, ratio, tolerance, values_of

_NEVER_NEGATIVE = (ColumnType.COUNT, ColumnType.MONEY, ColumnType.PERCENT)
SMALL = 20
"""Counts below this jump by chance; a change of theirs says nothing."""
_NO_NUMBER = float("nan")

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Spot:
    """What one row of a frame is about."""

    table: Merged
    place: Place
    agency_id: str
    row: Row | None = None
    cell: Cell | None = None
    facts: Mapping[str, float | str] = field(default_factory=dict)
    """Numbers and texts that the words of a finding name."""
    is_whole: bool = False
    """The cell stands for its column in all its parts."""
    role: str | None = None
    """Supplier of the columns it is about, where it is about all of them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A table of things to check; row *n* is about ``spots[n]``."""

    suite: str
    """File below ``validations/suites``, without its suffix."""
    table: pd.DataFrame
    spots: Sequence[Spot]
    is_wide: bool = False
    """Its columns are the values of one table."""


Found = Iterator[tuple[Record, Spot]]


def build(suite: str, found: Iterable[tuple[Record, Spot]], *, is_wide: bool = False) -> Frame:
    """A frame of records, each with what it is about; numbers that are unknown are NaN."""
    records, spots = [], []
    for record, spot in found:
        records.append({"table": spot.table.schema.id, **record})
        spots.append(spot)
    return Frame(suite, pd.DataFrame.from_records(records), spots, is_wide)


def cell_frame(tables: Sequence[Merged]) -> Frame:
    """One row per cell of a row that was begun: ``tabel-sel``."""
    return build("tabel-sel", (each for table in tables for row in table.rows for each in _cells(table, row)))


def sex_frame(tables: Sequence[Merged]) -> Frame:
    """One row per three numbers L, P and L+P that can be added: ``tabel-jenis-kelamin``."""
    return build("tabel-jenis-kelamin", _over_rows(tables, _sexes))


def part_frame(tables: Sequence[Merged]) -> Frame:
    """One row per part with the whole it is counted out of: ``tabel-bagian``."""
    return build("tabel-bagian", _over_rows(tables, _parts))


def percent_frame(tables: Sequence[Merged]) -> Frame:
    """One row per percentage, written or computed: ``tabel-persen``."""
    return build("tabel-persen", _over_rows(tables, _percents))


def jump_frame(tables: Sequence[Merged], city: City) -> Frame:
    """One row per number that stands in both data years: ``tabel-lonjakan``."""
    return build("tabel-lonjakan", (each for table in tables for each in _jumps(table, city)))


def wide_frame(table: Merged) -> Frame:
    """One row per row of one table, a column per value: what a schema's own suite looks at."""
    return build(f"tabel-{table.schema.id}", (each for row in table.rows for each in _wide(table, row)), is_wide=True)


def begun_segments(row: Row, table: Merged) -> frozenset[str]:
    """Roles whose columns hold anything in a row; the empty role for columns without a supplier."""
    return frozenset(
        role
        for role, columns in segments(table.schema).items()
        if any(
            cell.read.state is not CellState.EMPTY and cell.column.type is not ColumnType.QUESTION
            for cell in row.cells.values()
            if cell.column in columns
        )
    )


def _over_rows(tables: Sequence[Merged], records: Callable[[Merged, Row, Mapping[str, float | str]], Found]) -> Found:
    for table in tables:
        for row in table.rows:
            yield from records(table, row, values_of(row, table.schema))


def _spot(table: Merged, row: Row, key: str, facts: Mapping[str, float | str], *, is_whole: bool = False) -> Spot:
    cell = row.cells.get(key)
    place = cell.place if cell is not None else row.place
    agency_id = cell.agency_id if cell is not None else row.agency_id
    return Spot(table, place, agency_id, row, cell, facts, is_whole)


def _value_spot(table: Merged, row: Row, column: TableColumn, part: str, facts: Mapping[str, float | str]) -> Spot:
    """Where a value stands that is written or follows from others; then it is beside the first of these."""
    key = value_key(column.id, part)
    if _is_written(row, key):
        return _spot(table, row, key, facts)
    sources = column.ratio_of or (column.id,)
    beside = next((cell for cell in row.cells.values() if cell.column.id in sources), None)
    place, agency_id = (beside.place, beside.agency_id) if beside is not None else (row.place, row.agency_id)
    stand_in = Cell(column, part, TableCell(column.id, part, CellState.EMPTY), place, agency_id)
    return Spot(table, place, agency_id, row, stand_in, facts)


def _cells(table: Merged, row: Row) -> Found:
    begun = begun_segments(row, table)
    values = values_of(row, table.schema)
    for cells in _by_column(row):
        column = cells[0].column
        if column.supplier not in begun:
            continue
        blank = [cell for cell in cells if cell.read.state is CellState.EMPTY]
        shown = blank[:1] if len(blank) == len(cells) else [each for each in blank if not _follows(each, cells, values)]
        for cell in [each for each in cells if each not in blank] + shown:
            is_whole = len(cells) > 1 and len(blank) == len(cells)
            yield _cell_record(cell), _spot(table, row, cell.key, _facts(cell), is_whole=is_whole)


def _by_column(row: Row) -> Iterator[list[Cell]]:
    grouped: dict[str, list[Cell]] = {}
    for cell in row.cells.values():
        grouped.setdefault(cell.column.id, []).append(cell)
    return (sorted(cells, key=lambda cell: cell.column.parts.index(cell.part)) for cells in grouped.values())


def _follows(cell: Cell, cells: Sequence[Cell], values: Mapping[str, float | str]) -> bool:
    """Whether a blank follows from other cells, or will once another one is filled or put right."""
    halves = [each for each in cells if each.part in (MALE, FEMALE) and each.read.state is not CellState.VALUE]
    return cell.key in values or (cell.part == BOTH_SEXES and bool(halves))


def _cell_record(cell: Cell) -> dict[str, object]:
    column, read = cell.column, cell.read
    number = read.number if read.state is CellState.VALUE and read.number is not None else _NO_NUMBER
    return {
        "type": column.type.value,
        "state": read.state.value,
        "number": number,
        "whole": float(round(number)) if number == number else _NO_NUMBER,  # noqa: PLR0124 - NaN is not itself
        "minimum": _NO_NUMBER if column.minimum is None else column.minimum,
        "maximum": _NO_NUMBER if column.maximum is None else column.maximum,
        "required": column.is_required and not column.ratio_of,
        "counted": column.type in _NEVER_NEGATIVE,
        "remark": read.remark if read.state is CellState.VALUE else "",
    }


def _facts(cell: Cell) -> dict[str, float | str]:
    facts: dict[str, float | str] = {"value": cell.read.text if cell.value is None else cell.value}
    if cell.column.minimum is not None:
        facts["minimum"] = cell.column.minimum
    if cell.column.maximum is not None:
        facts["maximum"] = cell.column.maximum
    return facts


def _sexes(table: Merged, row: Row, _: Mapping[str, float | str]) -> Found:
    for column in table.schema.columns:
        if not column.by_sex or column.type not in ADDABLE:
            continue
        cells = [row.cells.get(value_key(column.id, part)) for part in (MALE, FEMALE, BOTH_SEXES)]
        numbers = [cell.value for cell in cells if cell is not None]
        known = [number for number in numbers if isinstance(number, float | int)]
        if len(known) == len(column.parts):
            male, female, both = known
            facts = {"male": male, "female": female, "sum": male + female, "value": both}
            record = {"male": male, "female": female, "both": both, "minus_both": -both}
            yield record, _spot(table, row, value_key(column.id, BOTH_SEXES), facts)


def _parts(table: Merged, row: Row, values: Mapping[str, float | str]) -> Found:
    for column in table.schema.columns:
        if not column.part_of:
            continue
        whole_column = table.schema.column(column.part_of)
        for part in column.parts:
            key = value_key(column.id, part)
            if part == BOTH_SEXES and not _is_written(row, key):  # it follows from L and P, which are looked at
                continue
            value, whole = values.get(key), operand(values, whole_column, part)
            if isinstance(value, float | int) and whole is not None:
                whole_words = wording.column(whole_column.label, part if whole_column.by_sex else "")
                facts: dict[str, float | str] = {"value": value, "whole": whole_words, "whole_value": whole}
                yield {"part": value, "whole": whole}, _value_spot(table, row, column, part, facts)


def _percents(table: Merged, row: Row, values: Mapping[str, float | str]) -> Found:
    for column in table.schema.columns:
        for part in column.parts if column.type is ColumnType.PERCENT else ():
            key = value_key(column.id, part)
            value = values.get(key)
            if isinstance(value, float | int):
                yield _percent(table, row, column, part, float(value), values)


def _percent(
    table: Merged, row: Row, column: TableColumn, part: str, value: float, values: Mapping[str, float | str]
) -> tuple[Record, Spot]:
    key = value_key(column.id, part)
    computed = ratio(values, column, part, table.schema)
    is_written = _is_written(row, key)
    margin = tolerance(value)
    record = {
        "percent": value,
        "written": is_written and computed is not None,
        "is_part": bool(column.ratio_of) and table.schema.column(column.ratio_of[0]).part_of == column.ratio_of[1],
        "lowest": _NO_NUMBER if computed is None else computed - margin,
        "highest": _NO_NUMBER if computed is None else computed + margin,
    }
    facts: dict[str, float] = {"value": value} | ({} if computed is None else {"computed": computed})
    return record, _value_spot(table, row, column, part, facts)


def _is_written(row: Row, key: str) -> bool:
    return key in row.cells and row.cells[key].value is not None


def _jumps(table: Merged, city: City) -> Found:
    allowed = table.schema.jump_ratio
    if allowed is None:
        return
    by_year = {(row.key, row.year): row for row in table.rows if row.is_known}
    for before, after in pairwise(city.data_years):
        for (key, year), row in by_year.items():
            earlier = by_year.get((key, before))
            if year == after and earlier is not None:
                yield from _changes(table, earlier, row, allowed)


def _changes(table: Merged, earlier: Row, row: Row, allowed: float) -> Found:
    previous, values = values_of(earlier, table.schema), values_of(row, table.schema)
    for column in table.schema.columns:
        part = BOTH_SEXES if column.by_sex else ""
        key = value_key(column.id, part)
        old, new = previous.get(key), values.get(key)
        if column.type.is_numeric and isinstance(old, float | int) and isinstance(new, float | int) and old > 0:
            is_small = _rests_on_few(table, column, previous, values)
            record = {"previous": old, "change": abs(new - old), "allowed": allowed * old, "is_small": is_small}
            yield record, _value_spot(table, row, column, part, {"previous": old, "value": new})


def _rests_on_few(table: Merged, column: TableColumn, *years: Mapping[str, float | str]) -> bool:
    """Whether so few are counted, in the number itself or in the whole of a percentage, that it changes by chance."""
    counted = table.schema.column(column.ratio_of[1]) if column.ratio_of else column
    if counted.type not in ADDABLE:
        return False
    counts = [count for values in years if (count := operand(values, counted, "")) is not None]
    return bool(counts) and max(counts) < SMALL


def _wide(table: Merged, row: Row) -> Found:
    values = values_of(row, table.schema)
    blank = {
        value_key(column.id, part): _NO_NUMBER if column.type.is_numeric else ""
        for column in table.schema.columns
        for part in column.parts
    }
    named = {"row_key": row.key, "row_label": row.label, "group": row.group, "year": row.year or 0}
    yield {**blank, **values, **named}, _spot(table, row, "", {})
