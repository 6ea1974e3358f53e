"""Rows of one sheet of a form that came back: whose each is, by its mark, else by what it visibly says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.forms.expected import CODES, YEAR, ExpectedRow, ExpectedSheet
from flows.forms.grid import Grid
from flows.forms.headings import Columns
from flows.forms.layout import COLUMN_KEYS, DEFINITION, FREE, HEADING, PURPOSE, FormPlan
from flows.forms.marks import is_same_code, is_same_name, key_of, name_key, text_of, verifies
from flows.forms.own_formulas import left_zeros
from flows.forms.raw import RawCell, RawNote, RawRow

MOST_NOTES = 200
"""Notes of one code about one sheet; whoever has more has a mistake of another kind."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet with its cells, before it is known whose it is."""

    row: int
    mark: str
    cells: Mapping[str, RawCell]
    """Column key → cell; empty ones are left out."""
    has_input: bool


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row and whose it is; ``key`` is empty for a row that people put in."""

    line: _Line
    key: str
    refusal: str = ""
    """Code of the note that refuses it."""
    other: str = ""
    """Cell of the row that stands instead."""


def read_rows(
    grid: Grid, sheet: ExpectedSheet, plan: FormPlan, columns: Columns, marks: Sequence[str]
) -> tuple[tuple[RawRow, ...], tuple[RawNote, ...]]:
    """The rows of a sheet that hold any input, in the order of the sheet, and what is to be said of them."""
    index = _Names(sheet)
    lines = list(_lines(grid, sheet, columns, marks))
    claims = [_by_mark(line, sheet, plan, index) for line in lines if line.mark]
    seen = {claim.key for claim in claims if not claim.refusal}
    claims += [_by_name(line, sheet, index, seen) for line in lines if not line.mark]
    kept = _without_copies(claims, sheet)
    notes = [_refusal(claim, sheet, grid.name) for claim in kept if claim.refusal and claim.line.has_input]
    rows = tuple(
        RawRow(claim.key, claim.line.row + 1, claim.line.cells, is_disowned=bool(claim.refusal))
        for claim in sorted(kept, key=lambda claim: claim.line.row)
    )
    return rows, _bounded(notes)


def holds(cell: RawCell) -> bool:
    """Whether a cell holds anything, be it a formula without a result."""
    return not cell.is_empty or cell.is_uncalculated


class _Names:
    """The rows of a sheet by what they visibly say."""

    def __init__(self, sheet: ExpectedSheet) -> None:
        self._sheet = sheet
        self.spellings: dict[str, set[str]] = {}
        """Naming column → all its names, folded."""
        for row in sheet.rows.values():
            for key, text in row.says.items():
                self.spellings.setdefault(key, set()).add(name_key(text))
        self._by_text: dict[tuple[str, str], list[str]] = {}
        for row in sheet.rows.values():
            for key, text in row.says.items():
                self._by_text.setdefault((key, name_key(text)), []).append(row.key)

    def contradicts(self, row: ExpectedRow, cells: Mapping[str, RawCell]) -> bool:
        """Whether what a row visibly says is not ``row``; what is blank says nothing."""
        shown = [(key, text, cells[key]) for key, text in row.says.items() if key in cells]
        is_sure = any(key in CODES and is_same_code(text, cell) for key, text, cell in shown)
        return not all(self._agrees(key, text, cell, is_sure=is_sure) for key, text, cell in shown)

    def find(self, cells: Mapping[str, RawCell]) -> str:
        """Key of the one row that all naming cells of ``cells`` mean; empty where none or several."""
        shown = [key for key in self.spellings if key in cells]
        if not any(key != YEAR for key in shown):
            return ""
        found = [key for key in self._likely(shown, cells) if not self._differs(self._sheet.rows[key], shown, cells)]
        return found[0] if len(found) == 1 else ""

    def _likely(self, shown: Sequence[str], cells: Mapping[str, RawCell]) -> Sequence[str]:
        """The rows that share a name with ``cells``, or all where no name is spelt as we spell it."""
        listed = (self._by_text.get((key, name_key(text_of(cells[key]))), ()) for key in shown if key != YEAR)
        return tuple(dict.fromkeys(key for rows in listed for key in rows)) or tuple(self._sheet.rows)

    def _differs(self, row: ExpectedRow, shown: Sequence[str], cells: Mapping[str, RawCell]) -> bool:
        return any(not self._agrees(key, row.says.get(key, ""), cells[key], is_sure=False) for key in shown)

    def _agrees(self, key: str, text: str, cell: RawCell, *, is_sure: bool) -> bool:
        if key in CODES:
            return is_same_code(text, cell) or name_key(text) == name_key(text_of(cell))
        shown = text_of(cell)
        if key == YEAR:
            return shown[:4] == text
        if is_sure and name_key(shown) not in self.spellings[key]:
            return True
        return is_same_name(text, shown, self.spellings[key])


def _lines(grid: Grid, sheet: ExpectedSheet, columns: Columns, marks: Sequence[str]) -> Iterator[_Line]:
    names = {**columns.others, **{column: key for key, column in columns.at.items()}}
    # Headings may stand below rows of ours: copied there, or sorted with them.
    keyed = (row for row, mark in enumerate(marks) if key_of(mark))
    above = min(columns.heading_row, next(keyed, columns.heading_row))
    rows = [row for row in range(grid.height) if _is_data(row, _mark(marks, row), above)]
    zeros = left_zeros(grid, sheet, columns.at, [row for row in rows if key_of(_mark(marks, row)) or not marks])
    for row in rows:
        cells = {names[at]: cell for at, cell in grid.cells(row) if at in names and (row, at) not in zeros}
        mark = _mark(marks, row)
        line = _line(row, "" if mark == PURPOSE else mark, cells, sheet)
        if line.has_input or any(key not in sheet.columns for key in line.cells):
            yield line


def _mark(marks: Sequence[str], row: int) -> str:
    return marks[row] if row < len(marks) else ""


def _is_data(row: int, mark: str, above: int) -> bool:
    """Whether a row may hold what people filled in: it has a row's mark, or stands unmarked below the row ``above``."""
    is_fixed = mark in (COLUMN_KEYS, HEADING) or mark.startswith((DEFINITION, "kla:"))
    return not is_fixed and (row > above or bool(key_of(mark)))


def _line(row: int, mark: str, cells: Mapping[str, RawCell], sheet: ExpectedSheet) -> _Line:
    kept = {key: cell for key, cell in cells.items() if holds(cell) and not _is_own_formula(key, cell, sheet)}
    prefilled = _prefilled(key_of(mark), sheet)
    has_input = any(
        key in sheet.columns and sheet.columns[key].is_input and text_of(cell) not in prefilled.get(key, ())
        for key, cell in kept.items()
    )
    return _Line(row, mark, kept, has_input)


def _prefilled(key: str, sheet: ExpectedSheet) -> Mapping[str, Iterable[str]]:
    """Input column → what stood there before anybody filled the row; of a row without a mark, in any row."""
    row = sheet.rows.get(key)
    if row is not None:
        return {column: (text,) for column, text in row.prefilled.items()}
    if key:
        return {}
    columns = {column for each in sheet.rows.values() for column in each.prefilled}
    return {column: {each.prefilled.get(column, "") for each in sheet.rows.values()} for column in columns}


def _is_own_formula(key: str, cell: RawCell, sheet: ExpectedSheet) -> bool:
    return cell.is_uncalculated and key in sheet.columns and bool(sheet.columns[key].sources)


def _by_mark(line: _Line, sheet: ExpectedSheet, plan: FormPlan, index: _Names) -> _Claim:
    key = key_of(line.mark)
    if not verifies(line.mark, plan, sheet.kind, sheet.table_id):
        return _Claim(line, key, "form-key-changed")
    row = sheet.rows.get(key)
    if row is not None and index.contradicts(row, line.cells):
        return _Claim(line, key, "form-key-changed")
    return _Claim(line, key)


def _by_name(line: _Line, sheet: ExpectedSheet, index: _Names, seen: set[str]) -> _Claim:
    key = index.find(line.cells)
    if key:
        return _Claim(line, key)
    if sheet.is_list:
        return _Claim(line, _question_key(line, sheet, seen))
    return _Claim(line, "", "form-row-unknown")


def _question_key(line: _Line, sheet: ExpectedSheet, seen: set[str]) -> str:
    """The prefilled row of a list that a row without a mark must have been: same prefilled cell, not seen elsewhere."""
    for key, row in sheet.rows.items():
        is_it = any(text_of(line.cells.get(at)) == text for at, text in row.prefilled.items())
        if is_it and key not in seen:
            seen.add(key)
            return key
    return ""


def _without_copies(claims: Sequence[_Claim], sheet: ExpectedSheet) -> list[_Claim]:
    """Of several rows with one key the first that holds input stands; in lists the others are rows of their own."""
    standing: dict[str, _Claim] = {}
    kept: list[_Claim] = []
    for claim in sorted(claims, key=lambda claim: not claim.line.has_input):
        first = standing.setdefault(claim.key, claim) if claim.key and not claim.refusal else claim
        if first is claim:
            kept.append(claim)
        elif _differs(first.line, claim.line, sheet):
            stands = next(iter(_inputs(first.line, sheet)), "")
            doubled = _Claim(claim.line, claim.key, "form-row-doubled", stands and first.line.cells[stands].cell)
            kept.append(_Claim(claim.line, "") if sheet.is_list else doubled)
    return kept


def _differs(first: _Line, second: _Line, sheet: ExpectedSheet) -> bool:
    """Whether ``second`` holds an input that ``first`` does not have as well."""
    return any(text_of(second.cells[key]) != text_of(first.cells.get(key)) for key in _inputs(second, sheet))


def _inputs(line: _Line, sheet: ExpectedSheet) -> Iterator[str]:
    """Keys of the filled cells that are no names of the row."""
    return (key for key in line.cells if key not in sheet.columns or sheet.columns[key].is_input)


def _refusal(claim: _Claim, sheet: ExpectedSheet, name: str) -> RawNote:
    cell = claim.line.cells[next(key for key in _inputs(claim.line, sheet) if key in sheet.columns)]
    values = {"value": _label(claim, sheet)}
    return RawNote(claim.refusal, name, cell.cell, values | ({"other": claim.other} if claim.other else {}))


_NAMES = 2
"""Naming cells that are enough to know a row by: number and title, code and name."""


def _label(claim: _Claim, sheet: ExpectedSheet) -> str:
    """What to call a row: what it visibly says, else what the plan calls it, else its first cell."""
    if claim.key in sheet.rows:
        return sheet.rows[claim.key].label
    shown = [text_of(cell) for key, cell in claim.line.cells.items() if key in sheet.columns]
    naming = [
        text_of(cell)
        for key, cell in claim.line.cells.items()
        if key in sheet.columns and not sheet.columns[key].is_input
    ]
    return " ".join(naming[:_NAMES]) or next(iter(shown), claim.key.removeprefix(FREE))


def _bounded(notes: Sequence[RawNote]) -> tuple[RawNote, ...]:
    counts: dict[str, int] = {}
    kept = []
    for note in notes:
        counts[note.code] = counts.get(note.code, 0) + 1
        if counts[note.code] <= MOST_NOTES:
            kept.append(note)
    return tuple(kept)
