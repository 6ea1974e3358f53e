"""The sheets of a form that people fill, one method per kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flows.forms.accepting import Acceptance, Validation, number_format, table_widths
from flows.forms.formulas import Formula, formula_of, is_own, worked_out
from flows.forms.layout import (
    ANSWERS,
    CHECKLIST,
    COLUMN_KEYS,
    DEFINITION,
    EVIDENCE,
    FREE,
    HEADING,
    PURPOSE,
    AskedColumn,
    AskedTable,
    FormPlan,
    row_mark,
    sheet_mark,
)
from flows.forms.placing import Placed
from flows.forms.raw import RawCell
from flows.forms.sheet_canvas import DAY, FIRST, PLAIN, TEXT, Canvas, Formats
from flows.forms.slots import SlotRow, SlotSheet
from flows.model import ColumnType, RowKind, TableDefinition
from flows.wording import number

_ANSWER_WIDTHS = {"nomor": 9, "judul": 58, "peran": 12, "maksimum": 10, "jawaban": 22, "poin": 10, "catatan": 60}
_CHECKLIST_WIDTHS = {"nomor": 12, "kriteria": 70, "jawaban": 18, "catatan": 50}
_EVIDENCE_WIDTHS = {
    "berkas": 36,
    "pertanyaan": 14,
    "dari": 9,
    "sampai": 9,
    "jenis": 24,
    "nomor": 20,
    "tanggal": 12,
    "penanda_tangan": 22,
    "tanda_tangan": 10,
    "stempel": 10,
    "keterangan": 30,
    "tautan": 24,
}
_ROW_WIDTHS = {"kode": 15, "kecamatan": 22, "baris": 30, "tahun": 8}
_DEFINITION_WIDTH, _DEFINITION_COLUMNS = 26, 2
"""Definitions stand in the first two columns, which are wide enough for them."""
_LEAST_LINES = {ANSWERS: 2, CHECKLIST: 2}
"""Rows that people write sentences into are at least so many lines high."""
_GRADED = "tingkat"
_MANY_QUESTIONS = 12
"""So many questions are named above a table; more are counted by their first and last one."""


@dataclass(frozen=True, slots=True)
class _Input:
    """How one column is filled."""

    number: str
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class SheetWriter:
    """Writes the sheets of one workbook."""

    book: Any
    plan: FormPlan
    formats: Formats
    accept: Acceptance
    placed: Placed

    def answers(self, slot: SlotSheet) -> None:
        """The questions by block, those the filler owes first."""
        words = self.accept.words
        canvas = begin(
            self.book, self.plan, self.formats, slot, words.titles[ANSWERS], [words.notes[ANSWERS]], _ANSWER_WIDTHS
        )
        heads = heads_of(canvas, slot, [(words.heading(ANSWERS, key), "") for key in slot.columns])
        groups = words.groups_of(self.plan.filler.kind)
        asked = dict(zip((row.key for row in slot.rows), self.plan.questions, strict=True))
        inputs = {"maksimum": _Input(PLAIN), "jawaban": _Input(TEXT), "poin": _Input(PLAIN), "catatan": _Input(TEXT)}
        first = canvas.row
        suggestions: dict[tuple[str, ...], list[int]] = {}
        for (is_lead, block), rows in groupby(slot.rows, lambda row: (asked[row.key].is_lead, asked[row.key].block)):
            label = block.label if block.label == block.title else f"{block.label}: {block.title}"
            canvas.group(PURPOSE, groups["lead" if is_lead else "helper"].format(label=label))
            for row in rows:
                answer = asked[row.key].question.answer
                options = answer.options or (words.levels if answer.kind == _GRADED else ())
                suggestions.setdefault(tuple(options), []).append(canvas.row)
                self._row(canvas, slot, row, inputs)
        at = _places(slot)
        for options, numbers in suggestions.items():
            rule = self.accept.choice(options, ANSWERS) if options else None
            _validate_rows(canvas.sheet, at["jawaban"], numbers, rule)
        limit = self.accept.points(f"=${_letter(at['maksimum'])}{first + 1}")
        canvas.sheet.data_validation(first, at["poin"], canvas.row - 1, at["poin"], limit)
        canvas.finish(1, heads)

    def checklist(self, slot: SlotSheet) -> None:
        """The criteria of a kecamatan or kelurahan."""
        words = self.accept.words
        note = words.notes[CHECKLIST].format(filler=self.plan.filler.name)
        canvas = begin(self.book, self.plan, self.formats, slot, words.titles[CHECKLIST], [note], _CHECKLIST_WIDTHS)
        heads = heads_of(canvas, slot, [(words.heading(CHECKLIST, key), "") for key in slot.columns])
        column = _places(slot)["jawaban"]
        for row, item in zip(slot.rows, self.plan.checklist, strict=True):
            rule = self.accept.column(item.column, item.column.questions)
            _validate_rows(canvas.sheet, column, [canvas.row], rule)
            inputs = {"jawaban": _Input(number_format(item.column.type)), "catatan": _Input(TEXT)}
            self._row(canvas, slot, row, inputs)
        canvas.finish(2, heads)

    def table(self, slot: SlotSheet, table: AskedTable) -> None:
        """One table: definitions, headings, rows that are there already, free rows."""
        words, schema = self.accept.words, table.schema
        is_city = self.plan.city_name.casefold().startswith("kota ")
        names = [key for key in slot.columns if key not in slot.inputs]
        headings = [(words.row_heading(schema, key, is_city=is_city), "") for key in names]
        headings += [words.column_heading(each) for each in table.columns]
        widths = {key: _ROW_WIDTHS[key] for key in names} | table_widths(table.columns)
        canvas = begin(self.book, self.plan, self.formats, slot, schema.title, self._table_notes(table), widths)
        for definition in schema.definitions:
            self._definition(canvas, slot, definition)
        heads = heads_of(canvas, slot, headings)
        at = _places(slot)
        inputs = {each.key: _Input(number_format(each.column.type), formula_of(each, at)) for each in table.columns}
        first = canvas.row
        for row in slot.rows:
            self._row(canvas, slot, row, inputs)
        self._free_rows(canvas, slot, inputs)
        for asked in table.columns if canvas.row > first else ():
            rule = self._table_rule(asked, inputs[asked.key], table)
            if rule is not None:
                canvas.sheet.data_validation(first, at[asked.key], canvas.row - 1, at[asked.key], rule)
        canvas.finish(len(names), heads)

    def evidence(self, slot: SlotSheet, kinds: Sequence[str]) -> None:
        """The list of evidence: free rows only."""
        words = self.accept.words
        canvas = begin(
            self.book, self.plan, self.formats, slot, words.titles[EVIDENCE], [words.notes[EVIDENCE]], _EVIDENCE_WIDTHS
        )
        heads = heads_of(canvas, slot, [(words.heading(EVIDENCE, key), "") for key in slot.columns])
        inputs = {key: _Input(TEXT) for key in slot.columns}
        inputs |= {"dari": _Input(PLAIN), "sampai": _Input(PLAIN), "tanggal": _Input(DAY)}
        first, at = canvas.row, _places(slot)
        self._free_rows(canvas, slot, inputs)
        rules = {
            "berkas": self.accept.hint("berkas"),
            "pertanyaan": self.accept.hint("bukti_pertanyaan"),
            "dari": self.accept.page(),
            "sampai": self.accept.page(),
            "jenis": self.accept.choice(kinds, "jenis") if kinds else None,
            "tanggal": self.accept.day(),
            "tanda_tangan": self.accept.choice(tuple(words.signed.values()), "tanda_tangan"),
            "stempel": self.accept.choice(tuple(words.stamped.values()), "stempel"),
            "tautan": self.accept.hint("tautan"),
        }
        for key, rule in rules.items():
            if rule is not None:
                canvas.sheet.data_validation(first, at[key], canvas.row - 1, at[key], rule)
        canvas.finish(1, heads)

    def _table_notes(self, table: AskedTable) -> list[str]:
        words, schema = self.accept.words, table.schema
        questions = listed(table.questions)
        about = words.notes["untuk"].format(questions=questions) if questions else ""
        first, second = self.plan.data_years
        is_list = schema.row_kind is RowKind.LIST
        how = [words.notes["daftar"]] if is_list else []
        how += [words.notes["tahun"].format(first=first, second=second)] if schema.both_years and not is_list else []
        kinds = {each.column.type for each in table.columns}
        how += [words.notes["angka"]] if any(kind.is_numeric for kind in kinds) else []
        how += [words.notes["ya_tidak"]] if ColumnType.YES_NO in kinds else []
        return [" ".join(filter(None, (about, schema.note))), " ".join(how)]

    def _definition(self, canvas: Canvas, slot: SlotSheet, definition: TableDefinition) -> None:
        """Label in the first visible column, value in the second; the label may reach no further, so it is short."""
        canvas.mark(f"{DEFINITION}{definition.id}")
        canvas.fit({FIRST: definition.label, FIRST + 1: max(definition.options, key=len, default="")})
        canvas.sheet.write_string(canvas.row, FIRST, definition.label, self.formats.get("fixed"))
        found = self.placed.definitions.get((slot.kind, slot.table_id), {}).get(definition.id)
        if found is None:
            canvas.sheet.write_blank(canvas.row, FIRST + 1, None, self.formats.get("input"))
        else:
            canvas.put(FIRST + 1, found, "input", TEXT)
        if definition.options:
            rule = self.accept.choice(definition.options, "pilihan")
            canvas.sheet.data_validation(canvas.row, FIRST + 1, canvas.row, FIRST + 1, rule)
        canvas.row += 1

    def _table_rule(self, asked: AskedColumn, given: _Input, table: AskedTable) -> Validation | None:
        rule = self.accept.column(asked.column, table.questions)
        if given.formula is None or rule is None:
            return rule
        hint = self.accept.hint("dihitung" if asked.part and given.formula.is_sum else "dihitung_persen")
        return rule | {key: hint[key] for key in ("input_title", "input_message")}

    def _row(self, canvas: Canvas, slot: SlotSheet, row: SlotRow, inputs: Mapping[str, _Input]) -> None:
        cells = self.placed.cells.get((slot.kind, slot.table_id), {})
        found = {key: cells[row.key, key] for key in slot.inputs if (row.key, key) in cells}
        self._write_row(canvas, slot, row.key, row.shown, found, inputs)

    def _free_rows(self, canvas: Canvas, slot: SlotSheet, inputs: Mapping[str, _Input]) -> None:
        """What was listed, in its order, and after it as many empty rows as a new form has."""
        filled = self.placed.free.get((slot.kind, slot.table_id), [])
        for position in range(1, max(slot.free_rows, len(filled) + slot.free_rows // 2) * bool(slot.free_rows) + 1):
            found = filled[position - 1] if position <= len(filled) else {}
            self._write_row(canvas, slot, f"{FREE}{position}", {}, found, inputs)

    def _write_row(
        self,
        canvas: Canvas,
        slot: SlotSheet,
        key: str,
        shown: Mapping[str, str | int | float],
        found: Mapping[str, RawCell],
        inputs: Mapping[str, _Input],
    ) -> None:
        canvas.mark(row_mark(self.plan, slot.kind, slot.table_id, key))
        canvas.fit(_texts(slot, shown, found), _LEAST_LINES.get(slot.kind, 1))
        formulas = {name: given.formula for name, given in inputs.items() if given.formula is not None}
        results = worked_out(formulas, found)
        for column, name in enumerate(slot.columns, start=FIRST):
            style, number_style = ("input", inputs[name].number) if name in slot.inputs else ("fixed", TEXT)
            if is_own(name, found, results):
                canvas.put(column, found[name], style, number_style)
            elif name in shown:
                canvas.put(column, _own(shown[name]), "fixed", PLAIN if isinstance(shown[name], float | int) else TEXT)
            elif name in formulas:
                look = self.formats.get("computed", number_style)
                text = formulas[name].text(canvas.row)
                canvas.sheet.write_formula(canvas.row, column, text, look, results.get(name, ""))
            else:
                canvas.sheet.write_blank(canvas.row, column, None, self.formats.get(style, number_style))
        canvas.row += 1


def begin(
    book: Any,  # noqa: ANN401 - xlsxwriter is untyped
    plan: FormPlan,
    formats: Formats,
    slot: SlotSheet,
    title: str,
    notes: Sequence[str],
    widths: Mapping[str, float],
) -> Canvas:
    """A new sheet with its mark, its title and what is said above its headings."""
    least = _DEFINITION_WIDTH if slot.definitions else 0
    columns = [max(widths[key], least if at < _DEFINITION_COLUMNS else 0) for at, key in enumerate(slot.columns)]
    canvas = Canvas(book.add_worksheet(slot.name), formats, columns)
    name = plan.filler.name
    canvas.line(sheet_mark(slot.kind, slot.table_id, plan.filler), title.format(filler=name), "title")
    for note in filter(None, notes):
        canvas.line(PURPOSE, note, "note")
    return canvas


def heads_of(canvas: Canvas, slot: SlotSheet, headings: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """The hidden row of keys and the headings; first and last row of the headings, from 0."""
    canvas.keys(COLUMN_KEYS, slot.columns)
    first = canvas.row
    canvas.headings(HEADING, headings)
    return first, canvas.row - 1


def listed(ids: Sequence[str]) -> str:
    """Question ids for a sentence; of very many the first and the last."""
    return ", ".join(ids) if len(ids) <= _MANY_QUESTIONS else f"{ids[0]} – {ids[-1]} ({number(len(ids))})"


def _places(slot: SlotSheet) -> dict[str, int]:
    """Column key → column of the sheet, from 0."""
    return {key: at for at, key in enumerate(slot.columns, start=FIRST)}


def _texts(slot: SlotSheet, shown: Mapping[str, object], found: Mapping[str, RawCell]) -> dict[int, str]:
    """The longer texts of a row, by column."""
    texts = {key: str(value) for key, value in shown.items()}
    texts |= {key: cell.value for key, cell in found.items() if isinstance(cell.value, str)}
    return {at: texts[key] for key, at in _places(slot).items() if key in texts}


def _own(value: str | float) -> RawCell:
    return RawCell(value, "")


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _validate_rows(sheet: Any, column: int, rows: Sequence[int], rule: Validation | None) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    """One rule for all ``rows`` of a column, neighbours together."""
    if rule is None:
        return
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    first, *others = [[top, column, bottom, column] for top, bottom in spans]
    sheet.data_validation(*first, rule | ({"other_cells": others} if others else {}))
