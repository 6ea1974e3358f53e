"""Finds in a workbook everything that belongs to a planned form, however people have changed the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.forms.expected import ExpectedSheet, expected_sheets, leftovers_sheet, unplanned_sheet
from flows.forms.grid import Grid, Workbook, column_name
from flows.forms.headings import Columns, count_headings, fewest_headings, find_columns, key_texts
from flows.forms.identity import (
    Identity,
    claimed_filler,
    marks_by_sheet,
    of_elsewhere,
    read_identity,
    refusal,
)
from flows.forms.layout import DEFINITION, EVIDENCE, LEFTOVERS, TABLE, FormPlan
from flows.forms.locate_rows import MOST_NOTES, holds, read_rows
from flows.forms.marks import SheetMark, key_of, mark_column, text_of, verifies
from flows.forms.raw import RawCell, RawForm, RawNote, RawRow, RawSheet
from flows.names import fold

SHEET_MISSING, COLUMN_MISSING = "form-sheet-missing", "form-column-missing"
"""Codes of what has been taken out of a form: nothing of it can be filled in until it is back."""

_COPY = re.compile(r"\s*\(\d+\)$")
_ENOUGH_MARKS = 3
"""So many marks of rows, all foreign, are a form of another city or year and not a slip."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One sheet that was recognised, as it was read."""

    expected: ExpectedSheet
    raw: RawSheet
    notes: tuple[RawNote, ...]
    is_marked: bool
    """Whether any mark of a sheet or row is left in it."""

    @property
    def key(self) -> tuple[str, str]:
        return self.raw.kind, self.raw.table_id

    @property
    def is_filled(self) -> bool:
        return bool(self.raw.rows or self.raw.definitions)


def identify(workbook: Workbook) -> str:
    """For whom a workbook says it is a form (``opd:dinkes``); empty where nothing in it says so."""
    return claimed_filler(read_identity(workbook), marks_by_sheet(workbook))


def locate(workbook: Workbook, plan: FormPlan) -> RawForm:
    """Everything filled into ``workbook``, read as the form of ``plan``.

    Sheets, columns and rows are found by their hidden marks, else by what they visibly say. What belongs to an earlier
    plan is kept under its own keys. Every filled cell is in the result or named by a note.
    """
    identity = read_identity(workbook)
    marks = marks_by_sheet(workbook)
    filler_key = claimed_filler(identity, marks)
    fingerprint = identity.fingerprint if identity else ""
    grids = [grid for grid in workbook.sheets if identity is None or grid.name != identity.sheet]
    reason = refusal(identity, filler_key, plan) or _foreign(grids, identity, filler_key, plan)
    if reason:
        return RawForm(filler_key, fingerprint, (), (reason,), is_refused=True)
    found = [_read(grid, sheet, plan) for grid, sheet in _recognised(grids, marks, plan)]
    standing, doubled = _standing(found)
    notes = [
        *([RawNote("form-has-macros")] if workbook.has_macros else ()),
        *_lost(standing, has_any=identity is not None or bool(marks)),
        *_other_fillers(marks, plan),
        *(note for each in standing for note in each.notes),
        *doubled,
        *_missing(standing, plan),
    ]
    return RawForm(filler_key, fingerprint, tuple(each.raw for each in standing), tuple(notes), is_refused=False)


def _foreign(grids: Sequence[Grid], identity: Identity | None, filler_key: str, plan: FormPlan) -> RawNote | None:
    """A form that lost its identity sheet and whose rows were all made for another city or year."""
    if identity is not None:
        return None
    texts = [text for grid in grids for text in _mark_texts(grid, mark_column(grid)) if key_of(text)]
    if len(texts) < _ENOUGH_MARKS:
        return None
    sheets = [(sheet.kind, sheet.table_id) for sheet in expected_sheets(plan)]
    is_ours = any(verifies(text, plan, kind, table_id) for text in texts for kind, table_id in sheets)
    return None if is_ours else of_elsewhere(filler_key, plan)


def _mark_texts(grid: Grid, column: int | None) -> list[str]:
    return [text_of(grid.at(row, column)) for row in range(grid.height)] if column is not None else []


def _recognised(
    grids: Sequence[Grid], marks: dict[str, SheetMark], plan: FormPlan
) -> Iterator[tuple[Grid, ExpectedSheet]]:
    """Every sheet of the form with what it should contain, in the order of the workbook, copies included."""
    planned = {(sheet.kind, sheet.table_id): sheet for sheet in (*expected_sheets(plan), leftovers_sheet())}
    own = {name: mark for name, mark in marks.items() if mark.filler_key == plan.filler.key}
    claimed = {_key(mark) for mark in own.values()}
    by_need = dict(sorted(planned.items(), key=lambda item: item[0] in claimed))
    for grid in grids:
        if grid.name in own:
            yield grid, planned.get(_key(own[grid.name])) or _unplanned(grid, own[grid.name])
        elif grid.name not in marks:
            sheet = _by_rows(grid, by_need, plan) or _by_looks(grid, by_need)
            if sheet:
                yield grid, sheet


def _key(mark: SheetMark) -> tuple[str, str]:
    return mark.kind, mark.table_id


def _unplanned(grid: Grid, mark: SheetMark) -> ExpectedSheet:
    column = mark_column(grid)
    return unplanned_sheet(mark.kind, mark.table_id, grid.name, key_texts(grid, _mark_texts(grid, column), column))


def _by_rows(grid: Grid, sheets: dict[tuple[str, str], ExpectedSheet], plan: FormPlan) -> ExpectedSheet | None:
    """The sheet that the marks of rows were made for, where its own mark is gone."""
    texts = [text for text in _mark_texts(grid, mark_column(grid)) if key_of(text)]
    for text in texts:
        for sheet in sheets.values():
            if verifies(text, plan, sheet.kind, sheet.table_id):
                return sheet
    return None


def _by_looks(grid: Grid, sheets: dict[tuple[str, str], ExpectedSheet]) -> ExpectedSheet | None:
    """The sheet that its name and headings tell, or its headings alone where nearly all are there."""
    name = fold(_COPY.sub("", grid.name))
    best = max(sheets.values(), key=lambda sheet: _looks(grid, sheet, name), default=None)
    return best if best and _looks(grid, best, name) > 0 else None


def _looks(grid: Grid, sheet: ExpectedSheet, name: str) -> float:
    """How much a sheet looks like the expected one: 0 not at all, 1 to 2 by headings, more if named so."""
    if sheet.kind == LEFTOVERS and name != fold(sheet.name):
        return 0.0
    share = count_headings(grid, sheet) / max(len({fold(column.heading) for column in sheet.columns.values()}), 1)
    has_name = name == fold(sheet.name)
    if count_headings(grid, sheet) < fewest_headings(sheet) or not (has_name or share >= _NEARLY_ALL):
        return 0.0
    return share + (2.0 if has_name else 0.0)


_NEARLY_ALL = 0.8
_DEFINED = "C"
"""Column of the values of definitions, as the writer lays them out."""


def _read(grid: Grid, sheet: ExpectedSheet, plan: FormPlan) -> _Found:
    column = mark_column(grid)
    marks = _mark_texts(grid, column)
    columns = find_columns(grid, sheet, marks, column)
    rows, notes = read_rows(grid, sheet, plan, columns, marks)
    definitions = dict(_definitions(grid, sheet, marks, column, columns.heading_row))
    letters = {key: column_name(at) for key, at in columns.at.items()}
    letters |= {mark: f"{_DEFINED}{row}" for row, mark in enumerate(marks, start=1) if mark.startswith(DEFINITION)}
    raw = RawSheet(sheet.kind, sheet.table_id, grid.name, rows, definitions, grid.is_hidden, letters)
    around = [] if sheet.kind == LEFTOVERS else _sheet_notes(grid, sheet, columns, rows, marks)
    return _Found(sheet, raw, (*around, *notes), is_marked=column is not None)


def _sheet_notes(
    grid: Grid, sheet: ExpectedSheet, columns: Columns, rows: Sequence[RawRow], marks: Sequence[str]
) -> list[RawNote]:
    notes = [RawNote("form-sheet-hidden", grid.name)] if grid.is_hidden else []
    notes += [RawNote("form-too-long", grid.name)] if grid.is_cut else []
    missing = [column for key, column in sheet.columns.items() if column.is_input and key not in columns.at]
    notes += [RawNote(COLUMN_MISSING, grid.name, values={"missing": column.label}) for column in missing]
    notes += list(_doubled_columns(grid, columns))
    notes += list(_merged_cells(grid, sheet, columns, marks))
    notes += list(_foreign_columns(grid, sheet, rows))
    return notes


def _doubled_columns(grid: Grid, columns: Columns) -> Iterator[RawNote]:
    """Cells of a copied column that say something else than the column itself."""
    for key, column in columns.doubled:
        for row in range(columns.heading_row + 1, grid.height):
            first, second = grid.at(row, columns.at[key]), grid.at(row, column)
            if second and not second.is_empty and text_of(first) != text_of(second):
                other = first.cell if first else ""
                yield RawNote("form-row-doubled", grid.name, second.cell, {"value": text_of(second), "other": other})


def _merged_cells(grid: Grid, sheet: ExpectedSheet, columns: Columns, marks: Sequence[str]) -> Iterator[RawNote]:
    """Cells to be filled in that people have made one: what it says counts for the first of them only."""
    inputs = [at for key, at in columns.at.items() if key in sheet.columns and sheet.columns[key].is_input]
    for top, left, bottom, right in grid.merged:
        first = grid.at(top, left)
        rows = sum(_is_row(grid, marks, row) for row in range(top, min(bottom, grid.height - 1) + 1))
        cells = rows * sum(left <= at <= right for at in inputs)
        if top > columns.heading_row and first and holds(first) and cells > 1:
            yield RawNote(
                "form-cells-merged",
                grid.name,
                first.cell,
                {"value": text_of(first), "other": f"{first.cell}:{column_name(right)}{bottom + 1}"},
            )


def _is_row(grid: Grid, marks: Sequence[str], row: int) -> bool:
    """Whether something is asked or said in a row."""
    return (row < len(marks) and bool(key_of(marks[row]))) or any(holds(cell) for _, cell in grid.cells(row))


def _foreign_columns(grid: Grid, sheet: ExpectedSheet, rows: Sequence[RawRow]) -> Iterator[RawNote]:
    """One note per column that people put in and filled, at its first cell."""
    seen: set[str] = set()
    for row in rows:
        for key, cell in row.cells.items():
            if key not in sheet.columns and key not in seen:
                seen.add(key)
                value = key.removeprefix("?").partition("#")[0] or text_of(cell)
                yield RawNote("form-column-unknown", grid.name, cell.cell, {"value": value})


def _definitions(
    grid: Grid, sheet: ExpectedSheet, marks: Sequence[str], column: int | None, heading_row: int
) -> Iterator[tuple[str, RawCell]]:
    """Id and value of every definition that is filled in.

    In a marked row that is what is filled in besides the label, in another row the cell to the right of the label.
    """
    marked = {mark.removeprefix(DEFINITION): row for row, mark in enumerate(marks) if mark.startswith(DEFINITION)}
    labels = {fold(label): key for key, label in sheet.definitions.items()}
    for key, row in marked.items():
        cells = [cell for at, cell in grid.cells(row) if at != column and holds(cell)]
        values = [cell for cell in cells if fold(text_of(cell)) not in labels]
        if len(values) == len(cells):  # its label is an older one
            values = values[1:]
        if key in sheet.definitions and values:
            yield key, values[0]
    for row in range(heading_row + 1):
        cells = [cell for at, cell in grid.cells(row) if at != column and holds(cell)]
        for label, value in pairwise(cells):
            key = labels.get(fold(text_of(label)), "")
            if key and key not in marked:
                marked[key] = row
                yield key, value


def _standing(found: Sequence[_Found]) -> tuple[list[_Found], list[RawNote]]:
    """Of several copies of a sheet the first that is filled, marked and visible; and what the others say otherwise."""
    groups: dict[tuple[str, str], list[_Found]] = {}
    for each in found:
        groups.setdefault(each.key, []).append(each)
    standing, notes = [], []
    for group in groups.values():
        first = min(group, key=lambda each: (not each.is_filled, not each.is_marked, each.raw.is_hidden))
        standing.append(first)
        notes += [note for copy in group if copy is not first for note in _doubled(first, copy)]
    return standing, notes


def _doubled(first: _Found, copy: _Found) -> list[RawNote]:
    said = {text for row in first.raw.rows for text in _content(row)} | {
        (key, "", text_of(cell)) for key, cell in first.raw.definitions.items()
    }
    cells = [
        (each, cell) for row in copy.raw.rows for each, cell in zip(_content(row), row.cells.values(), strict=True)
    ]
    cells += [((key, "", text_of(cell)), cell) for key, cell in copy.raw.definitions.items()]
    values = {"other": first.raw.name}
    notes = [
        RawNote("form-sheet-doubled", copy.raw.name, cell.cell, values) for each, cell in cells if each not in said
    ]
    return notes[:MOST_NOTES]


def _content(row: RawRow) -> Iterator[tuple[str, str, str]]:
    """Row key, column key and text of each cell; rows of lists have no key, so that their order does not count."""
    key = "" if row.key.startswith("+") else row.key
    return ((key, column, text_of(cell)) for column, cell in row.cells.items())


def _lost(standing: Sequence[_Found], *, has_any: bool) -> list[RawNote]:
    """One note for a form that is no longer marked, or has a filled sheet that is not."""
    unmarked = [each.raw.name for each in standing if each.is_filled and not each.is_marked]
    if unmarked or not has_any:
        return [RawNote("form-identity-lost", next(iter(unmarked), ""))]
    return []


def _other_fillers(marks: dict[str, SheetMark], plan: FormPlan) -> Iterator[RawNote]:
    for name, mark in marks.items():
        if mark.filler_key != plan.filler.key:
            values = {"made_for": mark.filler_key, "expected": plan.filler.name}
            yield RawNote("form-sheet-foreign", name, mark.cell, values)


def _missing(standing: Sequence[_Found], plan: FormPlan) -> list[RawNote]:
    """Sheets that are not there; tables and the list of evidence only where anything else is filled."""
    there = {each.key for each in standing}
    is_filled = any(each.is_filled for each in standing)
    gone = [sheet for sheet in expected_sheets(plan) if (sheet.kind, sheet.table_id) not in there]
    return [
        RawNote(SHEET_MISSING, values={"missing": sheet.name})
        for sheet in gone
        if is_filled or sheet.kind not in (TABLE, EVIDENCE)
    ]
