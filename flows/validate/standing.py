"""A merged table with what follows from it: totals of both sexes, percentages, totals per kecamatan and per year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from flows.forms.layout import value_key
from flows.model import (
    BOTH_SEXES,
    FEMALE,
    MALE,
    CellState,
    ColumnType,
    Outcome,
    RowKind,
    StandingRow,
    StandingTable,
    TableColumn,
    TableSchema,
)
from flows.validate.merging import Cell, Merged, Row, with_value

ADDABLE = (ColumnType.COUNT, ColumnType.MONEY)
"""What can be summed over rows and sexes; a rate cannot."""
HALF_A_POINT = 0.5
"""Largest tolerance of a recomputed percentage, in percentage points."""
_NOISE = 1e-6
_DECIMALS = 10
FRACTION = "fraction"
"""Remark of a percentage that was written as a share."""

Values = Mapping[str, float | str]


def without_strangers(table: Merged) -> Merged:
    """Leave out totals of both sexes and percentages that one file gives to the figures of another.

    They follow from the figures that stand, and beside those of another file they would only look like mistakes.
    """
    return replace(table, rows=tuple(_without_strangers(row, table.schema) for row in table.rows))


def settle_fractions(table: Merged) -> Merged:
    """Take a percentage below one as it is written where its numerator and denominator say that it was meant so."""
    return replace(table, rows=tuple(_settled(row, table.schema) for row in table.rows))


def values_of(row: Row, schema: TableSchema) -> dict[str, float | str]:
    """What a row holds, with totals of both sexes and percentages filled in where they follow and are missing."""
    values = {key: cell.value for key, cell in row.cells.items() if cell.value is not None}
    return _with_ratios(_with_sexes(values, schema), schema)


def operand(values: Values, column: TableColumn, part: str) -> float | None:
    """Value of ``column`` that belongs beside ``part`` of another column: the same part, else both sexes together."""
    key = _operand_key(column, part)
    value = values.get(key) if key else None
    return value if isinstance(value, float | int) else None


def ratio(values: Values, column: TableColumn, part: str, schema: TableSchema) -> float | None:
    """Percentage recomputed from ``ratio_of``; None where a part of it is unknown or the whole is nothing."""
    if not column.ratio_of:
        return None
    above, below = (operand(values, schema.column(each), part) for each in column.ratio_of)
    return None if above is None or not below else round(above / below * 100, _DECIMALS)


def tolerance(printed: float) -> float:
    """Half a unit of the last decimal that was written, at most half a percentage point."""
    exponent = Decimal(repr(round(printed, _DECIMALS))).normalize().as_tuple().exponent
    decimals = max(0, -int(exponent))
    unit: float = 10.0**-decimals
    return min(HALF_A_POINT, HALF_A_POINT * unit + _NOISE)


def holds(table: Merged, question_id: str) -> bool:
    """Whether the table has a value for a question: in the columns or rows that are its own, if it has any."""
    return any(_holds(row, table.schema, question_id) for row in table.rows)


def questions_of_cell(cell: Cell | None, row: Row | None, schema: TableSchema) -> tuple[str, ...]:
    """Questions that a cell answers: its row's in a list, its column's, its fixed row's, else the whole table's."""
    named = question_of_row(row, schema) if row is not None else ""
    if named:
        return (named,)
    if cell is not None and cell.column.questions:
        return cell.column.questions
    return (questions_of_line(row, schema) if row is not None else ()) or schema.questions


def questions_of_line(row: Row, schema: TableSchema) -> tuple[str, ...]:
    """Questions that a fixed row has for itself; none where rows and questions do not hang together."""
    return next((each.questions for each in schema.rows if each.id == row.key), ())


def question_of_row(row: Row, schema: TableSchema) -> str:
    """The question a row of a list names; empty where it names none of the table's."""
    for cell in row.cells.values():
        if cell.column.type is ColumnType.QUESTION and cell.value is not None:
            said = str(cell.value).casefold().split()[:1]
            return next((each for each in schema.questions if [each.casefold()] == said), "")
    return ""


def stand(table: Merged, outcome: Outcome) -> StandingTable:
    """The table as pages show it."""
    schema = table.schema
    rows = tuple(_standing(row, schema) for row in table.rows)
    known = tuple(shown for shown, row in zip(rows, table.rows, strict=True) if row.is_known)
    return StandingTable(
        schema_id=schema.id,
        outcome=outcome,
        rows=rows,
        group_totals=_totals(known, schema, by_group=True) if schema.row_kind is RowKind.VILLAGE else (),
        totals=_totals(known, schema, by_group=False) if _has_totals(schema) else (),
        sources=table.sources,
        definitions={key: str(cell.value) for key, cell in table.definitions.items() if cell.value is not None},
        questions=tuple(each for each in schema.questions if holds(table, each)),
    )


def _settled(row: Row, schema: TableSchema) -> Row:
    values = values_of(row, schema)
    changed = {}
    for key, cell in row.cells.items():
        number = cell.read.number
        if cell.read.remark != FRACTION or number is None:
            continue
        computed = ratio(values, cell.column, cell.part, schema)
        literal = round(number / 100, _DECIMALS)
        if computed is not None and abs(computed - literal) <= tolerance(literal) < abs(computed - number):
            changed[key] = with_value(cell, literal)
    return replace(row, cells={**row.cells, **changed}) if changed else row


def _without_strangers(row: Row, schema: TableSchema) -> Row:
    strangers = {key for column in schema.columns for key in _derived(column) if _is_stranger(key, row, schema)}
    return replace(row, cells={key: cell for key, cell in row.cells.items() if key not in strangers})


def _derived(column: TableColumn) -> tuple[str, ...]:
    """Keys of the values of a column that follow from others."""
    if column.ratio_of:
        return tuple(value_key(column.id, part) for part in column.parts)
    return (value_key(column.id, BOTH_SEXES),) if column.by_sex else ()


def _is_stranger(key: str, row: Row, schema: TableSchema) -> bool:
    cell = row.cells.get(key)
    if cell is None:
        return False
    wanted = [_operand_key(schema.column(each), cell.part) for each in cell.column.ratio_of]
    wanted = wanted or [value_key(cell.column.id, part) for part in (MALE, FEMALE)]
    origins = {row.cells[each].place.path for each in wanted if each in row.cells and row.cells[each].value is not None}
    return bool(origins) and origins != {cell.place.path}


def _with_sexes(values: dict[str, float | str], schema: TableSchema) -> dict[str, float | str]:
    for column in schema.columns:
        if not column.by_sex or column.type not in ADDABLE:
            continue
        male, female = (values.get(value_key(column.id, part)) for part in (MALE, FEMALE))
        if isinstance(male, float | int) and isinstance(female, float | int):
            values.setdefault(value_key(column.id, BOTH_SEXES), male + female)
    return values


def _with_ratios(values: dict[str, float | str], schema: TableSchema) -> dict[str, float | str]:
    """With percentages worked out of what they are of; one that is written rounded would be rounded twice in print."""
    for column in schema.columns:
        for part in column.parts if column.ratio_of else ():
            computed = ratio(values, column, part, schema)
            if computed is None:
                continue
            key = value_key(column.id, part)
            written = values.setdefault(key, computed)
            if isinstance(written, float | int) and abs(written - computed) <= tolerance(written):
                values[key] = computed
    return values


def _holds(row: Row, schema: TableSchema, question_id: str) -> bool:
    own = question_of_row(row, schema)
    if own:
        return own == question_id
    columns = [column for column in schema.columns if question_id in column.questions]
    lines = {each.id for each in schema.rows if question_id in each.questions}
    if lines and row.key not in lines:
        return False
    if not columns:
        if schema.row_kind is RowKind.LIST and any(each.type is ColumnType.QUESTION for each in schema.columns):
            return False
        columns = [column for column in schema.columns if not column.questions]
    wanted = {column.id for column in columns}
    return any(cell.column.id in wanted and cell.read.state is CellState.VALUE for cell in row.cells.values())


def _standing(row: Row, schema: TableSchema) -> StandingRow:
    values = values_of(row, schema)
    asked = question_of_row(row, schema)
    if asked:  # as the instrument writes it, without the title people leave behind it
        values.update({column.id: asked for column in schema.columns if column.type is ColumnType.QUESTION})
    return StandingRow(row.key, row.label, row.year, values, row.group, row.place, row.agency_id)


def _has_totals(schema: TableSchema) -> bool:
    """A table of one row needs none, and a list that serves several questions adds up nothing."""
    serves_many = any(column.type is ColumnType.QUESTION for column in schema.columns)
    return schema.row_kind is not RowKind.CITY and not serves_many


def _totals(rows: Sequence[StandingRow], schema: TableSchema, *, by_group: bool) -> tuple[StandingRow, ...]:
    groups: dict[tuple[int | None, str], list[StandingRow]] = {}
    for row in rows:
        groups.setdefault((row.year, row.group if by_group else ""), []).append(row)
    found = ((year, group, _sums(members, schema)) for (year, group), members in groups.items())
    return tuple(StandingRow("total", group, year, values, group) for year, group, values in found if values)


def _sums(rows: Iterable[StandingRow], schema: TableSchema) -> dict[str, float | str]:
    """Sums of what can be added; a percentage only where it rests on the same rows above and below."""
    members = tuple(rows)
    values: dict[str, float | str] = {}
    counted: dict[str, frozenset[int]] = {}
    for column in schema.columns:
        for key in [value_key(column.id, part) for part in column.parts] if column.type in ADDABLE else ():
            known = {number: row.values[key] for number, row in enumerate(members) if key in row.values}
            if known:
                values[key] = sum(float(value) for value in known.values())
                counted[key] = frozenset(known)
    for column in schema.columns:
        for part in column.parts if column.ratio_of else ():
            rests_on = {counted.get(_operand_key(schema.column(each), part)) for each in column.ratio_of}
            computed = ratio(values, column, part, schema)
            if computed is not None and len(rests_on) == 1:
                values[value_key(column.id, part)] = computed
    return values


def _operand_key(column: TableColumn, part: str) -> str:
    """Key of the value of ``column`` that belongs beside ``part`` of another one; empty where it has none."""
    if part in (MALE, FEMALE):
        return value_key(column.id, part) if column.by_sex else ""
    return value_key(column.id, BOTH_SEXES if column.by_sex else "")
