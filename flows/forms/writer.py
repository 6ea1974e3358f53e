"""Writing a form: the workbook of a plan, empty or with what is already filled in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from flows.files import NO_TIME
from flows.forms.accepting import Acceptance
from flows.forms.grid_sheet import Grid
from flows.forms.layout import (
    ANSWERS,
    CHECKLIST,
    EVIDENCE,
    IDENTITY_SHEET,
    FillerKind,
    FormPlan,
)
from flows.forms.placing import place
from flows.forms.plan import FINGERPRINT_KEY, fingerprint, identity_of
from flows.forms.raw import RawForm
from flows.forms.sheet_canvas import Formats, Lists, clean, wrapped_lines
from flows.forms.slots import slot_sheets
from flows.forms.words import guide_sheet, load_words, sheet_name
from flows.forms.writer_kept import write_leftovers, write_own_sheet
from flows.forms.writer_sheets import SheetWriter
from flows.wording import listing

_GUIDE_WIDTH = 108
_HEADING_SIGN = "# "


def write_form(
    plan: FormPlan,
    filled: RawForm | None = None,
    *,
    kinds: Mapping[str, str] | None = None,
    extras: Sequence[Grid] = (),
) -> bytes:
    """The workbook of ``plan``; equal arguments give equal bytes.

    Args:
        plan: What belongs in it.
        filled: What stood in an earlier form, put back by sheet, row key and column key as it was typed; what has no
            place any more goes to a sheet of its own. Free rows of lists keep their order.
        kinds: Id → label of the kinds of evidence, for the drop-down of the list of evidence; none without it.
        extras: Sheets of the earlier form that people added, kept at the end as values without their formulas.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": NO_TIME, "title": plan.file_name.removesuffix(".xlsx")})
        formats, lists = Formats(book), Lists(IDENTITY_SHEET)
        sheets = slot_sheets(plan)
        placed = place(sheets, filled)
        accept = Acceptance(load_words(), lists, plan.data_years[1])
        writer = SheetWriter(book, plan, formats, accept, placed)
        _write_guide(book, plan, formats)
        tables = {table.schema.id: table for table in plan.tables}
        for slot in sheets:
            if slot.kind == ANSWERS:
                writer.answers(slot)
            elif slot.kind == CHECKLIST:
                writer.checklist(slot)
            elif slot.kind == EVIDENCE:
                writer.evidence(slot, tuple((kinds or {}).values()))
            else:
                writer.table(slot, tables[slot.table_id])
        if placed.leftovers:
            write_leftovers(book, plan, formats, placed.leftovers)
        for grid in extras:
            write_own_sheet(book, formats, grid)
        _write_identity(book, plan, lists)
    return stream.getvalue()


def _write_guide(book: Any, plan: FormPlan, formats: Formats) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    """The sheet that explains the others."""
    sheet = book.add_worksheet(guide_sheet())
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 1, _GUIDE_WIDTH)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    for row, line in enumerate(guide_lines(plan)):
        is_heading = line.startswith(_HEADING_SIGN)
        sheet.set_row(row, guide_height(line))
        style = "title" if row == 0 else "guide_heading" if is_heading else "guide"
        sheet.write_string(row, 1, clean(line.removeprefix(_HEADING_SIGN)), formats.get(style))


def guide_height(line: str) -> float:
    """Height in points of a line of the guide."""
    return 21 if line.startswith(_HEADING_SIGN) else 15.5 * wrapped_lines(line, _GUIDE_WIDTH)


def guide_lines(plan: FormPlan) -> tuple[str, ...]:
    """The text of the guide; headings begin with ``# ``."""
    words = load_words()
    owed = sum(asked.is_lead for asked in plan.questions)
    names = listing([table.schema.sheet for table in plan.tables])
    values = {
        "year": plan.evaluation_year,
        "first": plan.data_years[0],
        "second": plan.data_years[1],
        "city": plan.city_name,
        "filler": plan.filler.name,
        "owed": owed,
        "helped": len(plan.questions) - owed,
        "criteria": len(plan.checklist),
        "tables": words.table_lines["ada" if plan.tables else "tanpa"].format(sheets=names),
        "jawaban": sheet_name(ANSWERS),
        "bukti": sheet_name(EVIDENCE),
        "periksa": sheet_name(CHECKLIST),
        "sisa": words.sheets["sisa"],
    }
    guide = words.guides[str(plan.filler.kind)]
    if plan.filler.kind is FillerKind.AGENCY and not plan.questions:
        guide = tuple(line for line in guide if not line.startswith("{jawaban}"))
    return tuple(line.format(**values) for line in guide)


def _write_identity(book: Any, plan: FormPlan, lists: Lists) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    """The very hidden sheet: for whom, for which year, from which plan; and the long drop-downs."""
    sheet = book.add_worksheet(IDENTITY_SHEET)
    sheet.very_hidden()
    for row, (key, value) in enumerate((*identity_of(plan), (FINGERPRINT_KEY, fingerprint(plan)))):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, clean(value))
    lists.write(sheet)
