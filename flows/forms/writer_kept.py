"""The sheets that keep what an earlier form held and the new one has no place for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flows.forms.grid_sheet import Grid
from flows.forms.layout import FREE, IDENTITY_SHEET, LEFTOVERS, FormPlan, row_mark
from flows.forms.placing import Leftover
from flows.forms.raw import RawCell
from flows.forms.sheet_canvas import FIRST, PLAIN, TEXT, Formats, put_value
from flows.forms.slots import LEFTOVER_COLUMNS, SlotSheet
from flows.forms.words import load_words, sheet_name
from flows.forms.writer_sheets import begin, heads_of

_WIDTHS = {"lembar": 24, "baris": 34, "kolom": 30, "isi": 60, "asal": 20}
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
"""What the name of a sheet cannot hold."""


def write_leftovers(
    book: Any,  # noqa: ANN401 - xlsxwriter is untyped
    plan: FormPlan,
    formats: Formats,
    leftovers: Sequence[Leftover],
) -> None:
    """The sheet of single values without a place, with where each of them stood."""
    words = load_words()
    slot = SlotSheet(LEFTOVERS, "", sheet_name(LEFTOVERS), LEFTOVER_COLUMNS, {}, (), 0)
    canvas = begin(book, plan, formats, slot, words.titles[LEFTOVERS], [words.notes[LEFTOVERS]], _WIDTHS)
    heads = heads_of(canvas, slot, [(words.heading(LEFTOVERS, key), "") for key in LEFTOVER_COLUMNS])
    for position, left in enumerate(leftovers, start=1):
        canvas.mark(row_mark(plan, LEFTOVERS, "", f"{FREE}{position}"))
        shown = (left.sheet, left.row, left.column, str(left.cell.value))
        canvas.fit(dict(enumerate(shown, start=FIRST)))
        cells = (*(RawCell(text, "") for text in shown[:3]), left.cell, RawCell(left.origin, ""))
        for column, cell in enumerate(cells, start=FIRST):
            canvas.put(column, cell, "input" if cell is left.cell else "fixed", TEXT)
        canvas.row += 1
    canvas.sheet.set_column(canvas.last_column, canvas.last_column, 9, None, {"hidden": True})
    canvas.finish(0, heads)


def write_own_sheet(book: Any, formats: Formats, grid: Grid) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    """A sheet that is not the form's, with its values as they are."""
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()} | {IDENTITY_SHEET}
    whole = _FORBIDDEN.sub("-", grid.name)
    names = (whole[:_LONGEST_NAME], *(f"{whole[: _LONGEST_NAME - 6]} ({number})" for number in range(2, 1000)))
    sheet = book.add_worksheet(next(name for name in names if name.casefold() not in taken))
    if grid.is_hidden:
        sheet.hide()
    for row in range(grid.height):
        for column, cell in grid.cells(row):
            put_value(sheet, row, column, cell, formats, "plain", PLAIN)
