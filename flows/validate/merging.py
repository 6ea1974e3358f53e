"""Several files' tables of one schema become one: which value stands in each cell, and who says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.forms.layout import value_key
from flows.model import (
    CellState,
    City,
    ColumnType,
    GatheredTable,
    Place,
    RowKind,
    TableCell,
    TableColumn,
    TableRow,
    TableSchema,
    TableSource,
)
from flows.names import fold

AREA_ROLES = frozenset({"kecamatan", "kelurahan"})
"""Roles whose columns come from the small forms of the areas."""
TOTAL = "total:"
"""Start of the key of a row in which a file states a total itself: ``total:kota``, ``total:<kecamatan>``."""
WHOLE = "kota"
"""Key of the one row of a table of the whole city, and what a total of everything adds up."""
_LEVELS = tuple(TableSource)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a merged table, with where it was read."""

    column: TableColumn
    part: str
    read: TableCell
    place: Place
    agency_id: str

    @property
    def key(self) -> str:
        """Its key in ``StandingRow.values``."""
        return value_key(self.column.id, self.part)

    @property
    def value(self) -> float | str | None:
        """What it holds: a number in columns of numbers, else a text; None where it holds no value."""
        if self.read.state is not CellState.VALUE:
            return None
        return self.read.number if self.column.type.is_numeric else self.read.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a merged table."""

    key: str
    label: str
    year: int | None
    group: str
    is_known: bool
    cells: Mapping[str, Cell]
    """By key of value; empty cells included where a file offers them."""
    place: Place
    agency_id: str
    source: TableSource
    number: int = 0
    """Line of a list, from 1; 0 for other tables."""
    differing: tuple[tuple[Cell, Cell], ...] = ()
    """Pairs of the value that stands and one that another file gives."""


@dataclass(frozen=True, slots=True)
class Merged:
    """All that was gathered for one schema."""

    schema: TableSchema
    rows: tuple[Row, ...]
    """Year by year, known ones in the order of areas, fixed rows or lines, unknown ones after them."""
    sources: tuple[GatheredTable, ...]
    """The strongest first."""
    definitions: Mapping[str, Cell]
    """Cells of definitions by id, from the strongest file that has them."""
    namesakes: frozenset[str] = frozenset()
    """Names that several areas of the city bear, so that the name alone does not say which row is meant."""

    @property
    def years(self) -> tuple[int | None, ...]:
        """Years its rows speak of; None for rows without one."""
        return tuple(dict.fromkeys(row.year for row in self.rows))


@dataclass(frozen=True, slots=True)
class AreaNames:
    """Names and order of the rows a table should have."""

    labels: Mapping[str, tuple[str, str]]
    """Key → name and the name of its group."""

    @classmethod
    def of(cls, schema: TableSchema, city: City) -> AreaNames:
        """The rows of ``schema`` in ``city``; none for lists and for areas the city does not list."""
        if schema.row_kind is RowKind.DISTRICT:
            return cls({each.code: (each.name, "") for each in city.districts})
        if schema.row_kind is RowKind.VILLAGE:
            return cls({each.code: (each.name, group.name) for group in city.districts for each in group.villages})
        if schema.row_kind is RowKind.FIXED:
            return cls({each.id: (each.label, "") for each in schema.rows})
        return cls({WHOLE: (city.name, "")} if schema.row_kind is RowKind.CITY else {})


def is_total(row: TableRow) -> bool:
    """Whether a file states a total of its own in this row."""
    return row.key.startswith(TOTAL)


def merge(schema: TableSchema, gathered: Sequence[GatheredTable], city: City) -> Merged:
    """Make one table of everything gathered for ``schema``.

    Forms beat the forms of areas, and these beat agencies' own files; among equals the agency of the schema's first
    supplier role comes first. The rows of lists are joined, each agency's out of the strongest files it has. Of other
    tables the strongest value of each cell stands, blanks being filled by files of the same strength only; a column
    with a supplier of its own is that one's.
    """
    ranked = tuple(sorted(gathered, key=lambda table: _strength(table, schema, city)))
    rows = _joined(schema, ranked) if schema.row_kind is RowKind.LIST else _chosen(schema, ranked, city)
    named = Counter(name for name, _ in AreaNames.of(schema, city).labels.values())
    namesakes = frozenset(name for name, count in named.items() if count > 1)
    return Merged(schema, rows, ranked, _definitions(ranked), namesakes)


def _strength(table: GatheredTable, schema: TableSchema, city: City) -> tuple[object, ...]:
    order = {agency.id: number for number, agency in enumerate(city.agencies)}
    carried = next((set(agency.roles) for agency in city.agencies if agency.id == table.agency_id), set())
    supplier = next((n for n, role in enumerate(schema.suppliers) if role in carried), len(schema.suppliers))
    place = order.get(table.agency_id, len(order))
    return _LEVELS.index(table.source), supplier, place, table.path, table.sheet, table.area


def _joined(schema: TableSchema, ranked: Sequence[GatheredTable]) -> tuple[Row, ...]:
    levels: dict[str, TableSource] = {}
    for table in ranked:
        levels.setdefault(table.agency_id, table.source)
    strongest = [table for table in ranked if table.source is levels[table.agency_id]]
    found = [(table, row) for table in strongest for row in table.rows if not is_total(row)]
    columns = {column.id: column for column in schema.columns}
    return tuple(
        Row(
            key=str(number),
            label=row.label,
            year=row.year,
            group=row.group,
            is_known=True,
            cells={cell.key: cell for cell in _cells(table, row, columns)},
            place=_place(table, row),
            agency_id=table.agency_id,
            source=table.source,
            number=number,
        )
        for number, (table, row) in enumerate(found, start=1)
    )


_Entry = tuple[GatheredTable, TableRow, dict[str, Cell]]


def _chosen(schema: TableSchema, ranked: Sequence[GatheredTable], city: City) -> tuple[Row, ...]:
    columns = {column.id: column for column in schema.columns}
    entries: dict[tuple[str, int | None], list[_Entry]] = {}
    for table in ranked:
        seen: set[tuple[str, int | None]] = set()
        for row in table.rows:
            key = (row.key, row.year if schema.both_years else None)
            if is_total(row) or key in seen:  # of a row written twice the first counts
                continue
            seen.add(key)
            entries.setdefault(key, []).append((table, row, {cell.key: cell for cell in _cells(table, row, columns)}))
    names = AreaNames.of(schema, city).labels
    roles = {agency.id: frozenset(agency.roles) for agency in city.agencies}
    rows = [_row(key, year, found, schema, names, roles) for (key, year), found in entries.items()]
    order = {key: number for number, key in enumerate(names)}
    return tuple(sorted(rows, key=lambda row: (row.year or 0, order.get(row.key, len(order)))))


def _row(
    key: str,
    year: int | None,
    entries: Sequence[_Entry],
    schema: TableSchema,
    names: Mapping[str, tuple[str, str]],
    roles: Mapping[str, frozenset[str]],
) -> Row:
    cells: dict[str, Cell] = {}
    differing: list[tuple[Cell, Cell]] = []
    for segment, columns in segments(schema).items():
        ranked = sorted(entries, key=lambda entry: not _supplies(entry[0], segment, roles))
        for cell_key, candidates in _candidates(columns, ranked, segment, roles).items():
            cells[cell_key] = standing = candidates[0]
            every = [entry[2][cell_key] for entry in ranked if cell_key in entry[2]]
            differing += [(standing, other) for other in every if _differ(standing, other)]
    table, row, _ = entries[0]
    label, group = names.get(key, (row.label, row.group))
    return Row(
        key=key,
        label=label,
        year=year,
        group=group,
        is_known=key in names or (not names and row.is_known),
        cells=cells,
        place=_place(table, row),
        agency_id=table.agency_id,
        source=table.source,
        differing=tuple(differing),
    )


def segments(schema: TableSchema) -> dict[str, tuple[TableColumn, ...]]:
    """Columns by the role that supplies them; under an empty role those that whoever fills the table supplies."""
    found: dict[str, list[TableColumn]] = {}
    for column in schema.columns:
        found.setdefault(column.supplier, []).append(column)
    return {role: tuple(columns) for role, columns in found.items()}


def _candidates(
    columns: Sequence[TableColumn], ranked: Sequence[_Entry], segment: str, roles: Mapping[str, frozenset[str]]
) -> dict[str, list[Cell]]:
    """Cells of one segment of a row: for each key those of the strongest level, the one that stands first."""
    keys = {value_key(column.id, part) for column in columns for part in column.parts}
    filled = [entry for entry in ranked if any(not _is_empty(cell) for key, cell in entry[2].items() if key in keys)]
    strongest = (filled or ranked)[0]
    level = (_supplies(strongest[0], segment, roles), strongest[0].source)
    same = [entry for entry in ranked if (_supplies(entry[0], segment, roles), entry[0].source) == level]
    found: dict[str, list[Cell]] = {}
    for _, _, cells in same:
        for key in keys & cells.keys():
            found.setdefault(key, []).append(cells[key])
    return {key: sorted(found[key], key=_emptiness) for key in sorted(found)}


def _supplies(table: GatheredTable, segment: str, roles: Mapping[str, frozenset[str]]) -> bool:
    if not segment:
        return True
    if table.source is TableSource.AREA_FORM:
        return segment in AREA_ROLES
    return segment in roles.get(table.agency_id, ())


def _emptiness(cell: Cell) -> int:
    """Values before words such as "n/a" before blanks."""
    return 0 if cell.read.state is CellState.VALUE else 2 if _is_empty(cell) else 1


def _is_empty(cell: Cell) -> bool:
    return cell.read.state is CellState.EMPTY


def _differ(standing: Cell, other: Cell) -> bool:
    if other is standing or standing.value is None or other.value is None:
        return False
    if standing.column.type is ColumnType.TEXT:
        return fold(str(standing.value)) != fold(str(other.value))
    return standing.value != other.value


def _cells(table: GatheredTable, row: TableRow, columns: Mapping[str, TableColumn]) -> Iterator[Cell]:
    for cell in row.cells:
        column = columns.get(cell.column)
        if column is not None and cell.part in column.parts:
            yield Cell(column, cell.part, cell, Place(table.path, table.sheet, cell.cell), table.agency_id)


def _place(table: GatheredTable, row: TableRow) -> Place:
    return Place(table.path, table.sheet, row.cells[0].cell if row.cells else f"A{row.number}")


def _definitions(ranked: Sequence[GatheredTable]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for table in ranked:
        for cell in table.definitions:
            column = TableColumn(cell.column, cell.column, ColumnType.TEXT)
            new = Cell(column, "", cell, Place(table.path, table.sheet, cell.cell), table.agency_id)
            if cell.column not in found or (_is_empty(found[cell.column]) and not _is_empty(new)):
                found[cell.column] = new
    return found


def with_value(cell: Cell, number: float) -> Cell:
    """``cell`` with another number, and no remark on how it was read."""
    return replace(cell, read=replace(cell.read, number=number, remark=""))
