"""The sheets of tables and the checklists of areas, understood: rows of typed cells, judged by nobody yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flows.forms.cells import read_cell
from flows.forms.formulas import formula_of
from flows.forms.layout import DEFINITION, FREE, AskedColumn, AskedTable, ChecklistItem, FillerKind, FormPlan
from flows.forms.plan import item_key
from flows.forms.raw import RawCell, RawRow, RawSheet
from flows.forms.reading import NotingReader, shown_text
from flows.model import (
    BOTH_SEXES,
    CellState,
    City,
    ColumnType,
    GatheredTable,
    RowKind,
    TableCell,
    TableColumn,
    TableDefinition,
    TableRow,
    TableSchema,
    TableSource,
)

NOTE_PART = "catatan"
"""Part of the cell that holds the note (*catatan*) to a criterion of a checklist."""


def read_table(raw: RawSheet, asked: AskedTable, reader: NotingReader) -> GatheredTable | None:
    """One table sheet; None where nothing is filled in. Rows the plan does not know are noted."""
    schema = asked.schema
    rows = tuple(_rows(raw, asked, reader))
    if not rows and not raw.definitions:
        return None
    definitions = tuple(
        _definition(definition, raw.definitions.get(definition.id), raw.columns.get(f"{DEFINITION}{definition.id}", ""))
        for definition in schema.definitions
    )
    columns = tuple(dict.fromkeys(each.column.id for each in asked.columns))
    return GatheredTable(
        schema.id, reader.agency_id, reader.path, raw.name, TableSource.FORM, rows, columns, definitions
    )


def read_checklist(raw: RawSheet, plan: FormPlan, city: City, reader: NotingReader) -> tuple[GatheredTable, ...]:
    """The checklist of a kecamatan or kelurahan: one row of each table that it fills a part of."""
    rows = {row.key: row for row in raw.rows if not row.is_disowned}
    known = {item_key(item) for item in plan.checklist}
    for unknown in (row for key, row in rows.items() if key not in known):
        note_row(raw, unknown, reader)
    schemas = {item.schema.id: item.schema for item in plan.checklist}
    tables = []
    for schema in schemas.values():
        items = [item for item in plan.checklist if item.schema.id == schema.id]
        if not any(item_key(item) in rows for item in items):
            continue
        table = GatheredTable(
            schema_id=schema.id,
            agency_id=reader.agency_id,
            path=reader.path,
            sheet=raw.name,
            source=TableSource.AREA_FORM,
            rows=(_area_row(schema, items, raw, plan, city),),
            columns=tuple(item.column.id for item in items),
            area=plan.filler.id,
        )
        tables.append(table)
    return tuple(tables)


def note_row(raw: RawSheet, row: RawRow, reader: NotingReader) -> None:
    """Note a row that an earlier plan had and this one has not."""
    cell = next((cell for cell in row.cells.values() if not cell.is_empty), None)
    if cell is not None:
        label = " ".join(filter(None, (row.key.partition("@")[0], shown_text(cell))))
        reader.note("form-row-unknown", raw.name, cell.cell, {"value": label})


def input_count(raw: RawSheet, asked: AskedTable) -> int:
    """How many cells of a table sheet people filled; what the form computes does not count."""
    places = {each.key: at for at, each in enumerate(asked.columns)}
    typed = {each.key for each in asked.columns if formula_of(each, places) is None}
    cells = [cell for row in raw.rows if not row.is_disowned for key, cell in row.cells.items() if key in typed]
    return len(cells) + len(raw.definitions)


def _rows(raw: RawSheet, asked: AskedTable, reader: NotingReader) -> Iterator[TableRow]:
    is_list = asked.schema.row_kind is RowKind.LIST
    known = {row.mark_key: row for row in asked.rows}
    position = 0
    for row in raw.rows:
        if row.is_disowned:
            continue
        planned = known.get(row.key)
        if is_list:
            if row_cells := _cells(row, asked, _question_of(row), raw.columns):
                position += 1
                yield TableRow(str(position), _list_label(row_cells, asked), None, row.number, row_cells)
        elif planned is None:
            note_row(raw, row, reader)
        else:
            cells = _cells(row, asked, "", raw.columns)
            yield TableRow(planned.key, planned.label, planned.year, row.number, cells, planned.group)


def _question_of(row: RawRow) -> str:
    """The question whose prefilled row this is; empty for any other row."""
    return "" if row.key.startswith(FREE) else row.key


def _cells(row: RawRow, asked: AskedTable, question_id: str, letters: Mapping[str, str]) -> tuple[TableCell, ...]:
    """A cell for every asked column, empty ones too; none where the row holds none of them."""
    if not any(each.key in row.cells for each in asked.columns):
        return ()
    return tuple(
        _cell(each, row.cells.get(each.key), asked.schema, question_id, _address(row, letters.get(each.key)))
        for each in asked.columns
    )


def _cell(asked: AskedColumn, cell: RawCell | None, schema: TableSchema, question_id: str, address: str) -> TableCell:
    column = asked.column
    if column.type is ColumnType.QUESTION and cell is None and question_id:
        return TableCell(column.id, asked.part, CellState.VALUE, text=question_id, cell=address)
    return _table_cell(column, asked.part, cell, schema, address)


def _table_cell(column: TableColumn, part: str, cell: RawCell | None, schema: TableSchema, address: str) -> TableCell:
    """A cell as it was read; ``address`` is where it stands, also where it is empty."""
    options = schema.questions if column.type is ColumnType.QUESTION else column.options
    reading = read_cell(cell, column.type, options)
    text = reading.text or (shown_text(cell) if reading.remark else "")
    at = cell.cell if cell is not None else address
    return TableCell(column.id, part, reading.state, reading.number, text, at, reading.remark)


def _address(row: RawRow, letters: str | None) -> str:
    """Where a cell of a row stands; empty where its column could not be found."""
    return f"{letters}{row.number}" if letters else ""


def _list_label(cells: Sequence[TableCell], asked: AskedTable) -> str:
    """What to call a row of a list: its first text."""
    texts = {each.column.id for each in asked.columns if each.column.type is ColumnType.TEXT}
    named = (cell.text for cell in cells if cell.column in texts and cell.state is CellState.VALUE)
    return next(named, "")


def _definition(definition: TableDefinition, cell: RawCell | None, address: str) -> TableCell:
    kind = ColumnType.CHOICE if definition.options else ColumnType.TEXT
    reading = read_cell(cell, kind, definition.options)
    at = cell.cell if cell is not None else address
    return TableCell(definition.id, "", reading.state, reading.number, reading.text, at, reading.remark)


def _area_row(
    schema: TableSchema, items: Sequence[ChecklistItem], raw: RawSheet, plan: FormPlan, city: City
) -> TableRow:
    rows = {row.key: row for row in raw.rows if not row.is_disowned}
    label, group = _area_names(plan, city)
    cells: list[TableCell] = []
    for item in items:
        row = rows.get(item_key(item))
        answer = row.cells.get("jawaban") if row else None
        part = BOTH_SEXES if item.column.by_sex else ""
        address = _address(row, raw.columns.get("jawaban")) if row else ""
        cells.append(_table_cell(item.column, part, answer, schema, address))
        note = row.cells.get("catatan") if row else None
        if note is not None:
            reading = read_cell(note, ColumnType.TEXT)
            cells.append(TableCell(item.column.id, NOTE_PART, reading.state, text=reading.text, cell=note.cell))
    number = min(row.number for item in items if (row := rows.get(item_key(item))))
    year = plan.data_years[1] if schema.both_years else None
    return TableRow(plan.filler.id, label, year, number, tuple(cells), group)


def _area_names(plan: FormPlan, city: City) -> tuple[str, str]:
    """Name of the area, and of its kecamatan where it is a kelurahan."""
    for district in city.districts:
        if plan.filler.kind is FillerKind.DISTRICT and district.code == plan.filler.id:
            return district.name, ""
        for village in district.villages:
            if plan.filler.kind is FillerKind.VILLAGE and village.code == plan.filler.id:
                return village.name, district.name
    return plan.filler.name, ""
