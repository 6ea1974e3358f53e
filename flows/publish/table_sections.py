"""What the page of tables shows of one table: plain values, chosen and bounded, nothing to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows import wording
from flows.findings import Catalogue
from flows.forms.layout import value_key
from flows.model import (
    Assessment,
    CellState,
    ColumnType,
    GatheredTable,
    Manifest,
    Outcome,
    Place,
    RowKind,
    StandingRow,
    StandingTable,
    TableCell,
    TableCheck,
    TableColumn,
    TableSchema,
    TableSource,
)

ROWS_SHOWN = 60
CELLS_SHOWN = 60
SOURCES_SHOWN = 60
FAILURES_SHOWN = 12
COLUMNS_ACROSS = 12
"""Columns of values side by side; more of them go into a second table."""
_Column = tuple[TableColumn, str]
_LARGEST = 1e15
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A table of a file that was read, with its number on the page."""

    number: int
    agency: str
    """Empty for the secretariat."""
    kind: TableSource
    path: str
    sheet: str
    rows: int
    years: tuple[str, ...]
    mapping: tuple[tuple[str, str, str], ...]
    """Heading, its cell, and the column it was read as."""
    is_used: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of values that fit side by side."""

    heads: tuple[tuple[str, bool], ...]
    """Each with whether figures stand below it."""
    rows: tuple[GridRow, ...]
    hidden: int
    """Rows left out."""

    @property
    def has_years(self) -> bool:
        """Whether any row is of one year; lists tell theirs, if any, in a column of their own."""
        return any(row.year for row in self.rows)

    @property
    def has_labels(self) -> bool:
        """Whether what rows are called is told by none of their own columns."""
        columns = zip(*(row.values for row in self.rows), strict=True)
        labels = [row.label for row in self.rows]
        return labels not in [[text for text, _ in column] for column in columns]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of values."""

    label: str
    """Empty for a total of everything."""
    group: str
    year: str
    values: tuple[tuple[str, bool], ...]
    """Each with whether it is a figure."""
    place: str
    """Number of its source, sheet and cell; empty for a computed row."""


@dataclass(frozen=True, slots=True)
class CellNote:
    """A cell that became no value, or was read otherwise than written."""

    source: int
    cell: str
    row: str
    column: str
    text: str
    state: CellState
    remark: str


@dataclass(frozen=True, slots=True)
class CheckSection:
    """One question put to the table; the rules that ask it from below and from above are one."""

    title: str
    """What is found where it fails."""
    checked: int
    failures: int
    cells: tuple[str, ...]
    """Some of the places where it failed."""


@dataclass(frozen=True, slots=True)
class TableSection:
    """One table of the page."""

    id: str
    title: str
    row_kind: RowKind
    questions: tuple[str, ...]
    outcome: Outcome
    definitions: tuple[tuple[str, str], ...]
    sources: tuple[SourceSection, ...]
    hidden_sources: int
    rows: int
    values: tuple[Grid, ...]
    totals: tuple[Grid, ...]
    """Totals per kecamatan and of the whole."""
    notes: tuple[CellNote, ...]
    hidden_notes: int
    checks: tuple[CheckSection, ...]

    @property
    def failures(self) -> int:
        """Values that failed any rule."""
        return sum(check.failures for check in self.checks)


def table_section(
    schema: TableSchema, assessment: Assessment, manifest: Manifest, agencies: Mapping[str, str], catalogue: Catalogue
) -> TableSection:
    """The section of one standing table.

    Args:
        schema: what the table asks for.
        assessment: holds the standing table of that id, and the checks.
        manifest: holds every table that was read, those that do not stand too.
        agencies: names by id.
        catalogue: words of findings and remarks.
    """
    table = assessment.tables[schema.id]
    others = [each for each in manifest.tables if each.schema_id == schema.id and each not in table.sources]
    gathered = [*((each, True) for each in table.sources), *((each, False) for each in others)]
    numbers = {(each.path, each.sheet): number for number, (each, _) in enumerate(gathered, 1)}
    notes = [note for number, (each, _) in enumerate(gathered, 1) for note in _notes(number, each, schema, catalogue)]
    totals = (*table.group_totals, *table.totals)
    return TableSection(
        id=schema.id,
        title=schema.title,
        row_kind=schema.row_kind,
        questions=table.questions or schema.questions,
        outcome=table.outcome,
        definitions=_definitions(schema, table),
        sources=tuple(
            _source(number, each, schema, agencies, is_used=is_used)
            for number, (each, is_used) in enumerate(gathered[:SOURCES_SHOWN], 1)
        ),
        hidden_sources=max(len(gathered) - SOURCES_SHOWN, 0),
        rows=len(table.rows),
        values=_grids(_columns(schema, table.rows), table.rows, numbers),
        totals=_grids(_columns(schema, totals), totals, numbers),
        notes=tuple(notes[:CELLS_SHOWN]),
        hidden_notes=max(len(notes) - CELLS_SHOWN, 0),
        checks=_checks([each for each in assessment.table_checks if each.schema_id == schema.id], numbers, catalogue),
    )


def shown(value: float | str | None, kind: ColumnType = ColumnType.NUMBER) -> str:
    """A value as printed: on one line, at most 500 characters, numbers but years with Indonesian separators."""
    if isinstance(value, float | int) and kind is ColumnType.YEAR:
        return f"{value:.0f}"
    if isinstance(value, float | int) and abs(value) >= _LARGEST:
        return f"{value:.3e}".replace(".", ",")
    text = " ".join(wording.cell_value(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _definitions(schema: TableSchema, table: StandingTable) -> tuple[tuple[str, str], ...]:
    return tuple((each.label, shown(table.definitions.get(each.id) or None)) for each in schema.definitions)


def _source(
    number: int, table: GatheredTable, schema: TableSchema, agencies: Mapping[str, str], *, is_used: bool
) -> SourceSection:
    labels = {column.id: column.label for column in schema.columns}
    years = sorted({row.year for row in table.rows if row.year is not None})
    return SourceSection(
        number=number,
        agency=agencies.get(table.agency_id, table.agency_id),
        kind=table.source,
        path=table.path,
        sheet=table.sheet,
        rows=len(table.rows),
        years=tuple(map(str, years)),
        mapping=tuple(
            (shown(each.heading), each.cell, wording.column(labels.get(each.column, each.column), each.part))
            for each in table.mapping
        ),
        is_used=is_used,
    )


def _columns(schema: TableSchema, rows: Sequence[StandingRow]) -> list[_Column]:
    """Columns, part by part, of which anything is known."""
    known = {key for row in rows for key in row.values}
    return [(column, part) for column in schema.columns for part in column.parts if value_key(column.id, part) in known]


def _grids(
    columns: Sequence[_Column], rows: Sequence[StandingRow], numbers: Mapping[tuple[str, str], int]
) -> tuple[Grid, ...]:
    if not rows:
        return ()
    parts = [columns[start : start + COLUMNS_ACROSS] for start in range(0, len(columns), COLUMNS_ACROSS)]
    return tuple(
        Grid(
            heads=tuple((wording.column(column.label, name), column.type.is_numeric) for column, name in part),
            rows=tuple(_grid_row(row, part, numbers) for row in rows[:ROWS_SHOWN]),
            hidden=max(len(rows) - ROWS_SHOWN, 0),
        )
        for part in parts
    )


def _grid_row(row: StandingRow, columns: Sequence[_Column], numbers: Mapping[tuple[str, str], int]) -> GridRow:
    return GridRow(
        label=row.label or (row.key if row.place else ""),
        group=row.group,
        year=str(row.year or ""),
        values=tuple(
            (shown(row.values.get(value_key(column.id, part)), column.type), column.type.is_numeric)
            for column, part in columns
        ),
        place=_numbered(row.place, numbers) if row.place else "",
    )


def _numbered(place: Place, numbers: Mapping[tuple[str, str], int]) -> str:
    number = numbers.get((place.path, place.sheet))
    return f"[{number}] {place.cell}" if number else f"{place.path} {wording.place(place.sheet, place.cell)}".strip()


def _notes(number: int, table: GatheredTable, schema: TableSchema, catalogue: Catalogue) -> Iterable[CellNote]:
    labels = {column.id: column.label for column in schema.columns}
    labels |= {definition.id: definition.label for definition in schema.definitions}
    placed = [("", cell) for cell in table.definitions]
    placed += [(wording.table_row(row.label, row.year, row.number), cell) for row in table.rows for cell in row.cells]
    for row, cell in placed:
        if cell.remark or cell.state not in (CellState.VALUE, CellState.EMPTY):
            yield CellNote(
                source=number,
                cell=cell.cell,
                row=row,
                column=wording.column(labels.get(cell.column, cell.column), cell.part),
                text=_written(cell),
                state=cell.state,
                remark=catalogue.remarks.get(cell.remark, cell.remark),
            )


def _written(cell: TableCell) -> str:
    return shown(cell.text or cell.number)


def _checks(
    checks: Sequence[TableCheck], numbers: Mapping[tuple[str, str], int], catalogue: Catalogue
) -> tuple[CheckSection, ...]:
    by_finding: dict[str, list[TableCheck]] = {}
    for check in checks:
        by_finding.setdefault(check.finding, []).append(check)
    return tuple(_check(code, same, numbers, catalogue) for code, same in by_finding.items())


def _check(
    code: str, checks: Sequence[TableCheck], numbers: Mapping[tuple[str, str], int], catalogue: Catalogue
) -> CheckSection:
    """What the rules of one finding have seen: the same values, or each its own."""
    entry = catalogue.entries.get(code)
    counts = {check.checked for check in checks}
    failures = [place for check in checks for place in check.failures]
    return CheckSection(
        title=entry.title if entry else code,
        checked=counts.pop() if len(counts) == 1 else sum(check.checked for check in checks),
        failures=len(failures),
        cells=tuple(_numbered(place, numbers) for place in failures[:FAILURES_SHOWN]),
    )
