"""Finding each filled value its place in a new form, and keeping together what has none any more."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flows.forms.layout import FREE, LEFTOVERS
from flows.forms.raw import RawCell, RawForm, RawRow, RawSheet
from flows.forms.slots import LEFTOVER_COLUMNS, SlotSheet

SheetKey = tuple[str, str]
"""Kind of a sheet and id of its table."""
_VALUE, _ORIGIN = "isi", "asal"
_NAMING = ("nomor", "judul", "kriteria", "kode", "kecamatan", "baris", "tahun")
_ORIGIN_PARTS = 4
_UNKNOWN_COLUMN = "?"
"""What the key of a column that people put in begins with; its heading follows."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """One value without a place, with where it stood in words and in keys."""

    sheet: str
    row: str
    column: str
    cell: RawCell
    origin: str
    """JSON list of sheet kind, table id, row key and column key; a value comes back when its place does."""


@dataclass
class Placed:
    """What is filled in, by place."""

    cells: dict[SheetKey, dict[tuple[str, str], RawCell]] = field(default_factory=dict)
    """Sheet → (row key, column key) → value."""
    definitions: dict[SheetKey, dict[str, RawCell]] = field(default_factory=dict)
    free: dict[SheetKey, list[Mapping[str, RawCell]]] = field(default_factory=dict)
    """Sheet → free rows that hold anything, in order."""
    leftovers: list[Leftover] = field(default_factory=list)


def place(sheets: tuple[SlotSheet, ...], filled: RawForm | None) -> Placed:
    """``filled`` by the places of ``sheets``; of two values for one place the first stands, the second is left over."""
    placed = Placed()
    if filled is None:
        return placed
    slots = {(sheet.kind, sheet.table_id): sheet for sheet in sheets}
    for raw in filled.sheets:
        if raw.kind != LEFTOVERS:
            _place_sheet(placed, slots.get((raw.kind, raw.table_id)), raw)
    for raw in filled.sheets:
        if raw.kind == LEFTOVERS:
            for row in raw.rows:
                _place_again(placed, slots, row)
    return placed


def _place_sheet(placed: Placed, slot: SlotSheet | None, raw: RawSheet) -> None:
    for definition_id, cell in raw.definitions.items():
        if slot is not None and definition_id in slot.definitions:
            _put_definition(placed, raw, definition_id, cell)
        else:
            placed.leftovers.append(_leftover(raw, "", f"def:{definition_id}", definition_id, cell))
    known = {row.key: row.shown for row in slot.rows} if slot is not None else {}
    for row in raw.rows:
        inputs = dict(_inputs(row, slot, known.get(row.key, {})))
        if slot is not None and row.key in known and not row.is_disowned:
            _put_cells(placed, slot, raw, row, inputs)
        elif slot is not None and slot.free_rows and _is_free(row):
            _put_free(placed, slot, raw, row, inputs)
        else:
            placed.leftovers += [_leftover(raw, row.key, key, key, cell, row) for key, cell in inputs.items()]


def _put_definition(placed: Placed, raw: RawSheet, definition_id: str, cell: RawCell) -> None:
    taken = placed.definitions.setdefault((raw.kind, raw.table_id), {})
    if _differs(taken.setdefault(definition_id, cell), cell):
        placed.leftovers.append(_leftover(raw, "", f"def:{definition_id}", definition_id, cell))


def _put_cells(placed: Placed, slot: SlotSheet, raw: RawSheet, row: RawRow, inputs: Mapping[str, RawCell]) -> None:
    taken = placed.cells.setdefault((raw.kind, raw.table_id), {})
    for key, cell in inputs.items():
        if key not in slot.inputs or _differs(taken.setdefault((row.key, key), cell), cell):
            placed.leftovers.append(_leftover(raw, row.key, key, slot.inputs.get(key, key), cell, row))


def _put_free(placed: Placed, slot: SlotSheet, raw: RawSheet, row: RawRow, inputs: Mapping[str, RawCell]) -> None:
    kept = {key: cell for key, cell in inputs.items() if key in slot.inputs}
    rows = placed.free.setdefault((raw.kind, raw.table_id), [])
    if kept:
        rows.append(kept)
    others = {key: cell for key, cell in inputs.items() if key not in kept}
    placed.leftovers += [_leftover(raw, row.key, key, key, cell, row) for key, cell in others.items()]


def _place_again(placed: Placed, slots: Mapping[SheetKey, SlotSheet], row: RawRow) -> None:
    """A leftover of an earlier form returns to its place where that is there again and empty."""
    cell = row.cells.get(_VALUE)
    if cell is None or cell.is_empty:
        return
    sheet, line, column, origin = (_text(row.cells.get(key)) for key in (*LEFTOVER_COLUMNS[:3], _ORIGIN))
    kind, table_id, row_key, key = _origin_parts(origin)
    slot = slots.get((kind, table_id))
    if slot is not None and key in slot.inputs and any(row_key == each.key for each in slot.rows):
        taken = placed.cells.setdefault((kind, table_id), {})
        if not _differs(taken.setdefault((row_key, key), cell), cell):
            return
    placed.leftovers.append(Leftover(sheet, line, column, cell, origin))


def _inputs(row: RawRow, slot: SlotSheet | None, shown: Mapping[str, object]) -> Iterator[tuple[str, RawCell]]:
    """The cells of ``row`` that a person filled: neither empty nor naming the row nor what stood there already."""
    naming = set(slot.columns) - set(slot.inputs) if slot is not None else set(_NAMING)
    for key, cell in row.cells.items():
        is_ours = key in shown and _text(cell) == str(shown[key])
        if not cell.is_empty and key not in naming and not is_ours and not cell.is_uncalculated:
            yield key, cell


def _is_free(row: RawRow) -> bool:
    return not row.is_disowned and (not row.key or row.key.startswith(FREE))


def _leftover(
    raw: RawSheet, row_key: str, column: str, heading: str, cell: RawCell, row: RawRow | None = None
) -> Leftover:
    names = [_text(row.cells[key]) for key in _NAMING if key in row.cells] if row is not None else []
    origin = json.dumps([raw.kind, raw.table_id, row_key, column], ensure_ascii=False)
    named = heading.removeprefix(_UNKNOWN_COLUMN)
    return Leftover(raw.name, " ".join(filter(None, names)) or row_key, named, cell, origin)


def _origin_parts(origin: str) -> tuple[str, str, str, str]:
    try:
        parts = json.loads(origin)
    except ValueError:
        parts = None
    if isinstance(parts, list) and len(parts) == _ORIGIN_PARTS and all(isinstance(part, str) for part in parts):
        return parts[0], parts[1], parts[2], parts[3]
    return "", "", "", ""


def _differs(one: RawCell, other: RawCell) -> bool:
    return one is not other and _text(one) != _text(other)


def _text(cell: RawCell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return str(cell.value).strip()
