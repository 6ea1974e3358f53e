"""The sheets of a planned form as places to fill: which rows and columns each has, and under which keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.forms.formulas import formula_of
from flows.forms.layout import (
    ANSWER_COLUMNS,
    ANSWER_INPUTS,
    ANSWERS,
    CHECKLIST,
    CHECKLIST_COLUMNS,
    CHECKLIST_INPUTS,
    EVIDENCE,
    EVIDENCE_COLUMNS,
    TABLE,
    AskedTable,
    FormPlan,
)
from flows.forms.plan import FREE_EVIDENCE_ROWS, item_key, item_numbers, row_columns, row_values, title_of
from flows.forms.words import load_words, sheet_name

LEFTOVER_COLUMNS = ("lembar", "baris", "kolom", "isi", "asal")
"""Columns of the sheet ``LEFTOVERS``: where a value stood, the value, and where it stood as the program says it."""


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A row that is there from the beginning."""

    key: str
    label: str
    """What it is called in a sentence."""
    shown: Mapping[str, str | int | float]
    """Column key → what stands there from the beginning."""


@dataclass(frozen=True, slots=True)
class SlotSheet:
    """One sheet of a form."""

    kind: str
    table_id: str
    name: str
    columns: tuple[str, ...]
    """Keys of all visible columns, in order."""
    inputs: Mapping[str, str]
    """Those people fill → what they are called in a sentence."""
    rows: tuple[SlotRow, ...]
    free_rows: int
    """Empty rows below; 0 where people add none."""
    definitions: tuple[str, ...] = ()


def slot_sheets(plan: FormPlan) -> tuple[SlotSheet, ...]:
    """Every sheet that people fill in the form of ``plan``, in order; the list of evidence is always the last one."""
    sheets = [_answers(plan)] if plan.questions else []
    sheets += [table_slots(table) for table in plan.tables]
    sheets += [_checklist(plan)] if plan.checklist else []
    return (*sheets, _evidence())


def table_slots(table: AskedTable) -> SlotSheet:
    """The sheet of one table."""
    schema = table.schema
    names = row_columns(schema)
    question_column = next((each.key for each in table.columns if each.column.type == "pertanyaan"), "")
    rows = []
    for row in table.rows:
        shown: dict[str, str | int | float] = dict(row_values(schema, row))
        if schema.one_row_per_question and question_column:
            shown[question_column] = row.key
        rows.append(SlotRow(row.mark_key, " ".join(filter(None, (row.group, row.label, str(row.year or "")))), shown))
    words = load_words()
    inputs = {each.key: " ".join(filter(None, words.column_heading(each))) for each in table.columns}
    definitions = tuple(each.id for each in schema.definitions)
    columns = (*names, *inputs)
    return SlotSheet(TABLE, schema.id, schema.sheet, columns, inputs, tuple(rows), table.free_rows, definitions)


def derived_keys(plan: FormPlan) -> frozenset[tuple[str, str]]:
    """Table id and column key of every column that a form of ``plan`` works out by itself."""
    found = set()
    for table in plan.tables:
        places = {each.key: at for at, each in enumerate(table.columns)}
        found |= {(table.schema.id, each.key) for each in table.columns if formula_of(each, places)}
    return frozenset(found)


def _answers(plan: FormPlan) -> SlotSheet:
    words = load_words()
    roles = words.roles_of(plan.filler.kind)
    rows = tuple(
        SlotRow(
            asked.question.id,
            asked.question.id,
            {
                "nomor": asked.question.id,
                "judul": title_of(asked.question),
                "peran": roles["lead" if asked.is_lead else "helper"],
                "maksimum": asked.question.points,
            },
        )
        for asked in plan.questions
    )
    inputs = {key: words.heading(ANSWERS, key) for key in ANSWER_INPUTS}
    return SlotSheet(ANSWERS, "", sheet_name(ANSWERS), ANSWER_COLUMNS, inputs, rows, 0)


def _checklist(plan: FormPlan) -> SlotSheet:
    rows = tuple(
        SlotRow(item_key(item), item.column.label, {"nomor": number, "kriteria": item.column.label})
        for number, item in zip(item_numbers(plan), plan.checklist, strict=True)
    )
    inputs = {key: load_words().heading(CHECKLIST, key) for key in CHECKLIST_INPUTS}
    return SlotSheet(CHECKLIST, "", sheet_name(CHECKLIST), CHECKLIST_COLUMNS, inputs, rows, 0)


def _evidence() -> SlotSheet:
    inputs = {key: load_words().heading(EVIDENCE, key) for key in EVIDENCE_COLUMNS}
    return SlotSheet(EVIDENCE, "", sheet_name(EVIDENCE), EVIDENCE_COLUMNS, inputs, (), FREE_EVIDENCE_ROWS)
