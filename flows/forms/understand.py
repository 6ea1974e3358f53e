"""Turns what stands in a form into answers, tables and declarations; what it cannot understand it names by cell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from flows.forms.cells import read_cell
from flows.forms.layout import (
    ANSWER_INPUTS,
    ANSWERS,
    CHECKLIST,
    CHECKLIST_INPUTS,
    EVIDENCE,
    LEFTOVERS,
    TABLE,
    FillerKind,
    FormPlan,
)
from flows.forms.raw import RawCell, RawForm, RawRow, RawSheet
from flows.forms.reading import CellsOf, NotingReader, shown_text
from flows.forms.understand_evidence import read_evidence
from flows.forms.understand_tables import input_count, note_row, read_checklist, read_table
from flows.model import (
    Answer,
    CellState,
    City,
    ColumnType,
    Declaration,
    FormNote,
    GatheredTable,
    Place,
    Question,
    ReadForm,
)
from flows.names import fold

_POINTS = "poin"


@dataclass(frozen=True, slots=True)
class FormReading:
    """Everything one form says."""

    form: ReadForm
    answers: tuple[Answer, ...]
    tables: tuple[GatheredTable, ...]
    declarations: tuple[Declaration, ...]
    """Their ``paths`` are still empty, their questions not yet compared with the instrument."""
    notes: tuple[FormNote, ...]


def understand(
    raw: RawForm, plan: FormPlan, city: City, path: str, *, kinds: Mapping[str, str] | None = None
) -> FormReading:
    """What a located form says. Never raises over its content.

    Args:
        raw: As :func:`flows.forms.locate.locate` found it.
        plan: What was asked.
        city: Whose form it is.
        path: Of the file, as :attr:`flows.model.EvidenceFile.path`.
        kinds: Folded label of each kind of evidence → its id.
    """
    reader = NotingReader(path, _agency_id(plan, city))
    for note in raw.notes:
        reader.pass_on(note)
    area = plan.filler.id if plan.filler.kind in (FillerKind.DISTRICT, FillerKind.VILLAGE) else ""
    if raw.is_refused:
        form = ReadForm(path, reader.agency_id, is_taken=False, area=area)
        return FormReading(form, (), (), (), tuple(reader.notes))
    answers: list[Answer] = []
    tables: list[GatheredTable] = []
    declarations: list[Declaration] = []
    asked_tables = {table.schema.id: table for table in plan.tables}
    for sheet in raw.sheets:
        asked = asked_tables.get(sheet.table_id) if sheet.kind == TABLE else None
        if sheet.kind == ANSWERS and plan.questions:
            answers += _answers(sheet, plan, reader)
        elif asked is not None:
            table = read_table(sheet, asked, reader)
            tables += [table] if table else []
        elif sheet.kind == CHECKLIST and plan.checklist:
            tables += read_checklist(sheet, plan, city, reader)
        elif sheet.kind == EVIDENCE:
            ids = {each.question.id.casefold(): each.question.id for each in plan.questions}
            declarations += read_evidence(sheet, reader, ids, kinds or {})
        elif sheet.kind != LEFTOVERS:
            _note_sheet(sheet, reader)
    form = ReadForm(path, reader.agency_id, is_taken=True, filled_cells=_filled(raw, plan), area=area)
    return FormReading(form, tuple(answers), tuple(tables), tuple(declarations), tuple(reader.notes))


def _agency_id(plan: FormPlan, city: City) -> str:
    """Who answers for a form: the agency itself, or the one that stands for all kecamatan or kelurahan."""
    if plan.filler.kind is FillerKind.AGENCY:
        return plan.filler.id
    agency = city.agency_for(str(plan.filler.kind)) if plan.filler.kind is not FillerKind.SECRETARIAT else None
    return agency.id if agency else ""


def _answers(sheet: RawSheet, plan: FormPlan, reader: NotingReader) -> list[Answer]:
    questions = {asked.question.id: asked.question for asked in plan.questions}
    answers = []
    for row in sheet.rows:
        if row.is_disowned:
            continue
        question = questions.get(row.key)
        if question is None:
            note_row(sheet, row, reader)
            continue
        answer = _answer(row, question, reader.on(sheet.name, question.id))
        answers += [answer] if answer else []
    return answers


def _answer(row: RawRow, question: Question, cells: CellsOf) -> Answer | None:
    """What a row answers; None where it holds nothing that could be understood as an answer."""
    inputs = [row.cells[key] for key in ANSWER_INPUTS if key in row.cells]
    choice = _choice(row.cells.get("jawaban"), question.answer.options, cells)
    points = _claim(row.cells.get(_POINTS), question.points, cells)
    note = cells.text(row.cells.get("catatan"))
    if not choice and points is None and not note:
        return None
    place = Place(cells.reader.path, cells.sheet, inputs[0].cell)
    claimed, noted = row.cells.get(_POINTS), row.cells.get("catatan")
    return Answer(
        question.id,
        cells.reader.agency_id,
        choice,
        points,
        note,
        place,
        points_cell=claimed.cell if claimed else "",
        note_cell=noted.cell if noted else "",
    )


def _choice(cell: RawCell | None, options: tuple[str, ...], cells: CellsOf) -> str:
    if cell is None or not options:
        return cells.text(cell)
    reading = read_cell(cell, ColumnType.CHOICE, options)
    if reading.state is CellState.NOT_AVAILABLE:  # "tidak tersedia" may be one of the options
        return next((option for option in options if fold(option) == fold(reading.text) != ""), "")
    if reading.state is CellState.UNREADABLE:
        cells.note("choice-unknown", cell, value=reading.text, options=", ".join(options))
        return ""
    reading = cells.read(cell, ColumnType.CHOICE, ColumnType.CHOICE, options)
    return reading.text if reading.state is CellState.VALUE else ""


def _claim(cell: RawCell | None, maximum: float, cells: CellsOf) -> float | None:
    """Points claimed; None where nothing is claimed, or nothing that can be."""
    reading = cells.read(cell, ColumnType.NUMBER, _POINTS)
    if cell is None or reading.number is None:
        return None
    is_above = reading.number > maximum and not math.isclose(reading.number, maximum)
    if reading.number < 0 or is_above:
        cells.note("claim-out-of-range", cell, value=shown_text(cell), maximum=shown_text(RawCell(maximum, "")))
        return None
    return min(reading.number, maximum)


def _note_sheet(sheet: RawSheet, reader: NotingReader) -> None:
    """A sheet that an earlier plan had and this one has not."""
    cells = [cell for row in sheet.rows for cell in row.cells.values()] or list(sheet.definitions.values())
    if cells:
        reader.note("form-row-unknown", sheet.name, cells[0].cell, {"value": sheet.name})


def _filled(raw: RawForm, plan: FormPlan) -> int:
    """How many cells people filled in."""
    asked_tables = {table.schema.id: table for table in plan.tables}
    count = 0
    for sheet in raw.sheets:
        if sheet.kind == TABLE and sheet.table_id in asked_tables:
            count += input_count(sheet, asked_tables[sheet.table_id])
        elif sheet.kind in (ANSWERS, CHECKLIST, EVIDENCE):
            inputs = {ANSWERS: ANSWER_INPUTS, CHECKLIST: CHECKLIST_INPUTS}.get(sheet.kind)
            rows = [row for row in sheet.rows if not row.is_disowned]
            count += sum(inputs is None or key in inputs for row in rows for key in row.cells)
    return count
