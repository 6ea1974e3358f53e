"""Tidy frames over rows, files and definitions of tables: who is there, for which year, and what whole files state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows import wording
from flows.forms.layout import value_key
from flows.model import (
    FEMALE,
    MALE,
    CellState,
    City,
    ColumnType,
    GatheredTable,
    Place,
    RowKind,
    TableCell,
    TableColumn,
    TableDefinition,
    TableRow,
    TableSource,
)
from flows.names import fold
from flows.validate.frames import Found, Frame, Spot, begun_segments, build
from flows.validate.merging import AREA_ROLES, TOTAL, WHOLE, AreaNames, Cell, Merged, Row, is_total, segments
from flows.validate.standing import ADDABLE

_AREAS = (RowKind.DISTRICT, RowKind.VILLAGE)
_DECIMALS = 6


def row_frame(tables: Sequence[Merged], city: City) -> Frame:
    """One row per row of each file, and one per row that should be there and is not: ``tabel-wilayah``."""
    return build("tabel-wilayah", (each for table in tables for each in (*_rows(table, city), *_missing(table, city))))


def source_frame(tables: Sequence[Merged], city: City) -> Frame:
    """One row per file of each table that has rows: ``tabel-sumber``."""
    return build("tabel-sumber", (each for table in tables for each in _sources(table, city)))


def total_frame(tables: Sequence[Merged]) -> Frame:
    """One row per total that a file states itself, beside the sum of its rows: ``tabel-jumlah``."""
    found = (each for table in tables for source in table.sources for each in _totals(table, source))
    return build("tabel-jumlah", found)


def definition_frame(tables: Sequence[Merged]) -> Frame:
    """One row per definition that a form asks for: ``tabel-batasan``."""
    return build("tabel-batasan", (each for table in tables for each in _definitions(table)))


def missing_segments(table: Merged, city: City) -> Iterator[str]:
    """Roles none of whose required columns has been begun anywhere in a table that several roles fill."""
    begun = frozenset(role for row in table.rows for role in begun_segments(row, table))
    for role, columns in segments(table.schema).items():
        is_asked = not role or role in AREA_ROLES or city.agency_for(role) is not None
        if is_asked and role not in begun and any(column.is_required for column in columns):
            yield role


def _rows(table: Merged, city: City) -> Found:
    names = AreaNames.of(table.schema, city).labels
    if not names:
        return
    for number, source in enumerate(table.sources):
        for row in source.rows:
            if is_total(row):
                continue
            label, group = names.get(row.key, (row.label, row.group))
            place = Place(source.path, source.sheet, row.cells[0].cell if row.cells else "")
            merged = Row(row.key, label, row.year, group, row.key in names, {}, place, source.agency_id, source.source)
            record = _row_record(merged, number, city, both_years=table.schema.both_years)
            facts = {"data_years": _listed(city.data_years)}
            yield record, Spot(table, place, source.agency_id, merged, facts=facts)


def _row_record(row: Row, source: int, city: City, *, both_years: bool) -> dict[str, object]:
    years = city.data_years
    return {
        "source": source,
        "key": row.key,
        "year": row.year or 0,
        "first_year": min(years),
        "last_year": max(years),
        "dated": row.year is not None and both_years,
        "area": True,
        "known": row.is_known,
        "found": 1.0,
        "form": row.source is not TableSource.EXPORT,
    }


def _missing(table: Merged, city: City) -> Found:
    """Rows that nobody has filled, for the years that somebody has begun."""
    kind = table.schema.row_kind
    names = AreaNames.of(table.schema, city).labels
    begun = {(row.key, row.year): begun_segments(row, table) for row in table.rows}
    started = frozenset(role for roles in begun.values() for role in roles)
    for year in (each for each in table.years if each is None or each in city.data_years):
        for key, (label, group) in names.items():
            for role in sorted(started - begun.get((key, year), frozenset())):
                row = Row(key, label, year, group, True, {}, Place(""), "", _kind_of_source(table, role, year))  # noqa: FBT003
                record = _row_record(row, -1, city, both_years=False) | {"found": float("nan"), "area": kind in _AREAS}
                yield record, _missing_spot(table, row, role, city)


def _kind_of_source(table: Merged, role: str, year: int | None) -> TableSource:
    return TableSource.AREA_FORM if role in AREA_ROLES else _source_of(table, role, year).source


def _source_of(table: Merged, role: str, year: int | None) -> GatheredTable:
    """The strongest file that has columns of a role; of exports, which hold a year each, the one of that year."""
    columns = {column.id for column in segments(table.schema)[role]}
    having = [source for source in table.sources if columns & _columns_of(source)] or [table.sources[0]]
    if having[0].source is not TableSource.EXPORT:
        return having[0]
    return next((source for source in having if any(row.year == year for row in source.rows)), having[0])


def _columns_of(source: GatheredTable) -> set[str]:
    return {cell.column for row in source.rows for cell in row.cells}


def _missing_spot(table: Merged, row: Row, role: str, city: City) -> Spot:
    columns = segments(table.schema)[role]
    cell = Cell(columns[0], "", TableCell(columns[0].id, "", CellState.EMPTY), row.place, "")
    if role in AREA_ROLES:
        return Spot(table, Place(""), "", row, cell, role=role)
    owner = next((city.agency_for(each.supplier) for each in table.schema.rows if each.id == row.key), None)
    if owner is None:
        source = _source_of(table, role, row.year)
        return Spot(table, Place(source.path, source.sheet), source.agency_id, row, cell, role=role)
    own = next((each for each in table.sources if each.agency_id == owner.id), None)
    place = Place(own.path, own.sheet) if own is not None else Place("")
    return Spot(table, place, owner.id, row, cell, {"filler": owner.name}, role=role)


def _sources(table: Merged, city: City) -> Found:
    by_sex = [column for column in table.schema.columns if column.by_sex]
    for source in table.sources:
        if source.source is TableSource.AREA_FORM or not source.rows:
            continue
        rows = [row for row in source.rows if not is_total(row)]
        seen = sorted({row.year for row in rows if row.year is not None and row.year in city.data_years})
        elsewhere = {year for other in table.rows if (year := other.year) is not None} & set(city.data_years)
        record = {
            "area": table.schema.row_kind in _AREAS,
            "areas": float(len(AreaNames.of(table.schema, city).labels)),
            "first": source is table.sources[0],
            "export": source.source is TableSource.EXPORT,
            "both_years": table.schema.both_years and bool(rows),
            "years_seen": float(len(set(seen) | elsewhere)),
            "without_year": float(sum(row.year is None for row in rows)),
            "by_sex": bool(by_sex) and _has_values(source, by_sex),
            "halves": float(_halves(source, by_sex)),
        }
        facts = {
            "years": _listed({row.year for row in rows if row.year is not None}),
            "data_years": _listed(city.data_years),
        }
        yield record, Spot(table, Place(source.path, source.sheet), source.agency_id, facts=facts)


def _listed(years: Iterable[int]) -> str:
    return wording.listing([str(year) for year in sorted(years)])


def _has_values(source: GatheredTable, columns: Sequence[TableColumn]) -> bool:
    ids = {column.id for column in columns}
    return any(cell.column in ids and cell.state is CellState.VALUE for row in source.rows for cell in row.cells)


def _halves(source: GatheredTable, columns: Sequence[TableColumn]) -> int:
    """How many values for one sex a file has."""
    ids = {column.id for column in columns}
    return sum(
        cell.column in ids and cell.part in (MALE, FEMALE) and cell.state is CellState.VALUE
        for row in source.rows
        for cell in row.cells
    )


def _totals(table: Merged, source: GatheredTable) -> Found:
    columns = {column.id: column for column in table.schema.columns if column.type in ADDABLE}
    rows = [row for row in source.rows if not is_total(row)]
    for total in source.rows:
        if not is_total(total):
            continue
        members = [row for row in rows if row.year == total.year and _is_member(row, total)]
        for cell in total.cells:
            column = columns.get(cell.column)
            if column is not None and cell.state is CellState.VALUE and cell.number is not None:
                yield from _total(table, source, total, cell, column, members)


def _is_member(row: TableRow, total: TableRow) -> bool:
    wanted = total.key.removeprefix(TOTAL)
    above = (row.key.rpartition(".")[0], row.key.partition("|")[0], fold(row.group))
    is_beside = bool(total.group) and fold(total.group) == fold(row.group)  # a line of an area nobody knows counts too
    return wanted in ("", WHOLE) or is_beside or wanted in above or fold(wanted) in above


def _total(
    table: Merged,
    source: GatheredTable,
    total: TableRow,
    cell: TableCell,
    column: TableColumn,
    members: Sequence[TableRow],
) -> Found:
    numbers = [
        other.number
        for row in members
        for other in row.cells
        if (other.column, other.part) == (cell.column, cell.part) and other.number is not None
    ]
    if not numbers or cell.number is None:
        return
    place = Place(source.path, source.sheet, cell.cell)
    summed = round(sum(numbers), _DECIMALS)
    row = Row(total.key, total.label, total.year, "", False, {}, place, source.agency_id, source.source)  # noqa: FBT003
    read = Cell(column, cell.part, cell, place, source.agency_id)
    facts = {"value": cell.number, "computed": summed}
    record = {"stated": round(cell.number, _DECIMALS), "computed": summed, "key": value_key(column.id, cell.part)}
    yield record, Spot(table, place, source.agency_id, row, read, facts)


def _definitions(table: Merged) -> Found:
    source = table.sources[0]
    if source.source is not TableSource.FORM:  # only a form has cells that ask for them
        return
    for definition in table.schema.definitions:
        cell = table.definitions.get(definition.id)
        text = "" if cell is None or cell.value is None else str(cell.value)
        place = cell.place if cell is not None else Place(source.path, source.sheet)
        column = TableColumn(definition.id, definition.label, ColumnType.TEXT)
        shown = Cell(column, "", TableCell(definition.id, "", CellState.EMPTY), place, source.agency_id)
        facts: Mapping[str, str] = {"value": text, "expected": " / ".join(definition.expected)}
        record = {"text": fold(text) or None, "expected": _nearest(definition, text)}
        yield record, Spot(table, place, source.agency_id, None, shown, facts)


def _nearest(definition: TableDefinition, text: str) -> str:
    """What ``text`` should be, folded: itself where anything fits or it is expected, else the first expected option."""
    expected = [fold(option) for option in definition.expected]
    return fold(text) if not expected or fold(text) in expected else expected[0]
