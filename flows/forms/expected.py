"""What a form should contain, sheet by sheet, as the reader looks for it: columns, rows and what names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.forms.formulas import formula_of
from flows.forms.layout import LEFTOVERS, ROW_COLUMNS, TABLE, AskedTable, FormPlan
from flows.forms.slots import LEFTOVER_COLUMNS, SlotSheet, slot_sheets
from flows.forms.words import load_words, sheet_name

_CITY_PREFIX = "kota "
CODES = ("nomor", "kode")
"""Naming columns whose cells are ids or codes."""
YEAR = "tahun"
NAMING = ("nomor", "judul", "kriteria", *ROW_COLUMNS)
"""Columns that name a row for people, the surest first."""


@dataclass(frozen=True, slots=True)
class ExpectedColumn:
    """One column of a sheet."""

    key: str
    heading: str
    """As printed; for a part of a column split by sex the upper heading."""
    part: str = ""
    """``L``, ``P``, ``LP``, or empty."""
    is_input: bool = True
    sources: tuple[str, ...] = ()
    """Columns that the form's own formula takes it from; a formula without a result then says nothing."""

    @property
    def label(self) -> str:
        """Both headings in one, for sentences."""
        return f"{self.heading} {load_words().parts[self.part]}" if self.part else self.heading


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One row that is there from the beginning."""

    key: str
    label: str
    says: Mapping[str, str]
    """Naming column → what it shows."""
    prefilled: Mapping[str, str] = field(default_factory=dict)
    """Input column → what it shows before anybody has filled it."""


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """One sheet that people fill."""

    kind: str
    table_id: str
    name: str
    """As the form calls it."""
    columns: Mapping[str, ExpectedColumn]
    """By key, in order."""
    rows: Mapping[str, ExpectedRow]
    """By key."""
    is_list: bool = False
    """Whether people may add rows."""
    definitions: Mapping[str, str] = field(default_factory=dict)
    """Id → label."""


def expected_sheets(plan: FormPlan) -> tuple[ExpectedSheet, ...]:
    """The sheets of a plan, in the form's order."""
    tables = {table.schema.id: table for table in plan.tables}
    return tuple(_expected(slot, tables.get(slot.table_id), plan) for slot in slot_sheets(plan))


def leftovers_sheet() -> ExpectedSheet:
    """The sheet of what an earlier form held and this one has no place for."""
    headings = load_words().columns[LEFTOVERS]
    columns = {key: ExpectedColumn(key, headings[key]) for key in LEFTOVER_COLUMNS}
    return ExpectedSheet(LEFTOVERS, "", sheet_name(LEFTOVERS), columns, {}, is_list=True)


def _expected(slot: SlotSheet, table: AskedTable | None, plan: FormPlan) -> ExpectedSheet:
    columns = _table_columns(slot, table, plan) if table else _plain_columns(slot)
    rows = {
        row.key: ExpectedRow(
            row.key,
            row.label,
            {key: str(row.shown[key]) for key in NAMING if key in row.shown and key not in slot.inputs},
            {key: str(value) for key, value in row.shown.items() if key in slot.inputs},
        )
        for row in slot.rows
    }
    labels = {each.id: each.label for each in table.schema.definitions} if table else {}
    return ExpectedSheet(slot.kind, slot.table_id, slot.name, columns, rows, slot.free_rows > 0, labels)


def _plain_columns(slot: SlotSheet) -> dict[str, ExpectedColumn]:
    words = load_words()
    return {
        key: ExpectedColumn(key, words.heading(slot.kind, key), is_input=key in slot.inputs) for key in slot.columns
    }


def _table_columns(slot: SlotSheet, table: AskedTable, plan: FormPlan) -> dict[str, ExpectedColumn]:
    words = load_words()
    is_city = plan.city_name.casefold().startswith(_CITY_PREFIX)
    naming = {
        key: ExpectedColumn(key, words.row_heading(table.schema, key, is_city=is_city), is_input=False)
        for key in slot.columns
        if key not in slot.inputs
    }
    places = {key: at for at, key in enumerate(slot.columns)}
    formulas = {each.key: formula_of(each, places) for each in table.columns}
    own = {
        each.key: ExpectedColumn(
            each.key, each.column.label, each.part, sources=formula.keys if (formula := formulas[each.key]) else ()
        )
        for each in table.columns
    }
    return naming | own


def unplanned_sheet(kind: str, table_id: str, name: str, keys: tuple[str, ...]) -> ExpectedSheet:
    """A sheet that an earlier plan had, known only by its hidden row of keys."""
    columns = {key: ExpectedColumn(key, key, is_input=key not in NAMING) for key in keys}
    return ExpectedSheet(kind, table_id, name, columns, {}, is_list=kind != TABLE)
