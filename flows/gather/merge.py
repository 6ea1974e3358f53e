"""Two forms of one filler are one: the first counts, the second fills its blanks, and where they differ it is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows import wording
from flows.gather.filled import Filled
from flows.model import (
    BOTH_SEXES,
    Answer,
    CellState,
    Declaration,
    EvidenceFile,
    FormNote,
    Framework,
    GatheredTable,
    Place,
    RowKind,
    TableCell,
    TableRow,
)
from flows.names import fold

MOST_NOTES = 25
"""Differences named per sheet of a second form: who handed in another form altogether needs no thousand."""

RowKey = tuple[str, int | None]
"""Key and year of the row."""
Known = dict[tuple[str, str], tuple[TableCell, Place]]
"""Column and part → the cell that stands, and where."""


def one_form_each(
    filled: Sequence[Filled], files: Mapping[str, EvidenceFile], framework: Framework
) -> tuple[Filled, ...]:
    """``filled`` with every second form of a filler reduced to what the first one does not hold.

    A first form is the one with the name it was handed out under, else the first by path. The second keeps places of
    its own, so that every value still names the cell it was read from. A copy with the same bytes holds nothing more.
    """
    groups: dict[str, list[Filled]] = {}
    for one in sorted(filled, key=_rank):
        groups.setdefault(one.filler or f"\0{_path(one)}", []).append(one)
    return tuple(one for twins in groups.values() for one in _one_after_the_other(twins, files, framework))


def _rank(one: Filled) -> tuple[bool, str]:
    path = _path(one)
    return fold(path.rsplit("/", 1)[-1]) != fold(one.file_name), path


def _path(one: Filled) -> str:
    """Of the file; what holds nothing at all needs none."""
    if one.form:
        return one.form.path
    return next((each.path for each in one.tables), next((note.place.path for note in one.notes), ""))


def _one_after_the_other(
    twins: Sequence[Filled], files: Mapping[str, EvidenceFile], framework: Framework
) -> Sequence[Filled]:
    if len(twins) == 1:
        return twins
    standing = _Standing(framework)
    seen: set[str] = set()
    reduced: list[Filled] = []
    for one in twins:
        sha256 = files[_path(one)].sha256
        is_copy = sha256 in seen
        reduced.append(Filled(one.form, filler=one.filler) if is_copy else standing.reduced(one))
        seen.add(sha256)
    return [standing.completed(one) for one in reduced]


@dataclass
class _Standing:
    """What the forms of one filler have said so far."""

    framework: Framework
    answers: dict[str, Answer] = field(default_factory=dict)
    cells: dict[tuple[str, RowKey], Known] = field(default_factory=dict)
    lines: dict[str, set[tuple[object, ...]]] = field(default_factory=dict)
    declarations: list[Declaration] = field(default_factory=list)

    def reduced(self, one: Filled) -> Filled:
        """What ``one`` adds, with notes on where it differs; from now on it stands too."""
        notes = _Notes()
        answers = tuple(answer for answer in one.answers if self._is_first_answer(answer, notes))
        tables = tuple(self._table(table, notes) for table in one.tables)
        declarations = tuple(each for each in one.declarations if self._is_new(each))
        self.declarations += declarations
        return dataclasses.replace(
            one,
            answers=answers,
            tables=tuple(table for table in tables if table.rows or table.definitions),
            declarations=declarations,
            notes=(*one.notes, *notes.items),
        )

    def completed(self, one: Filled) -> Filled:
        """``one`` with the blanks of its answers filled from later forms."""
        return dataclasses.replace(one, answers=tuple(self.answers[answer.question_id] for answer in one.answers))

    def _is_first_answer(self, answer: Answer, notes: _Notes) -> bool:
        """Whether no form has answered the question yet; else the answer that stands takes what it lacks."""
        first = self.answers.setdefault(answer.question_id, answer)
        if first is answer:
            return True
        for own, other, here, there in (
            (answer.choice, first.choice, "", ""),
            (_shown_number(answer.points), _shown_number(first.points), answer.points_cell, first.points_cell),
            (answer.note, first.note, answer.note_cell, first.note_cell),
        ):
            if own and other and fold(own) != fold(other):
                place, before = _at(answer.place, here), _at(first.place, there)
                notes.add(place, answer.agency_id, own, before, other, answer.question_id)
        self.answers[answer.question_id] = dataclasses.replace(
            first,
            choice=first.choice or answer.choice,
            points=answer.points if first.points is None else first.points,
            note=first.note or answer.note,
        )
        return False

    def _table(self, table: GatheredTable, notes: _Notes) -> GatheredTable:
        """``table`` without the cells that an earlier form has filled."""
        schema = self.framework.tables.get(table.schema_id)
        if schema is not None and schema.row_kind is RowKind.LIST:
            rows = self._new_lines(table)
        else:
            rows = tuple(self._rows(table, notes))
        definitions = self._new_cells(table, _DEFINITIONS, table.definitions, notes)
        return dataclasses.replace(table, rows=rows, definitions=definitions)

    def _new_lines(self, table: GatheredTable) -> tuple[TableRow, ...]:
        """Lines of a list that no earlier form has; the same line twice in one form stays twice."""
        before = frozenset(self.lines.get(table.schema_id, ()))
        self.lines.setdefault(table.schema_id, set()).update(_line(row) for row in table.rows)
        return tuple(row for row in table.rows if _line(row) not in before)

    def _rows(self, table: GatheredTable, notes: _Notes) -> Iterator[TableRow]:
        for row in table.rows:
            cells = self._new_cells(table, (row.key, row.year), row.cells, notes)
            if cells:
                yield dataclasses.replace(row, cells=cells)

    def _new_cells(
        self, table: GatheredTable, row: RowKey, cells: Sequence[TableCell], notes: _Notes
    ) -> tuple[TableCell, ...]:
        """The cells of a row that no earlier form has filled; none at all where that leaves only blanks."""
        is_first = (table.schema_id, row) not in self.cells
        known = self.cells.setdefault((table.schema_id, row), {})
        kept: list[TableCell] = []
        differing: list[tuple[TableCell, TableCell, Place]] = []
        for cell in cells:
            first, place = known.get((cell.column, cell.part), (None, Place("")))
            if first is None or not _shown(first):
                known[cell.column, cell.part] = (cell, Place(table.path, table.sheet, cell.cell))
                kept.append(cell)
            elif _shown(cell) not in ("", _shown(first)):
                differing.append((cell, first, place))
        # What the form works out itself differs whenever what was typed does, and says nothing more.
        typed = [each for each in differing if not self._is_worked_out(table.schema_id, each[0])]
        for cell, first, place in typed or differing:
            own = Place(table.path, table.sheet, cell.cell)
            notes.add(own, table.agency_id, _shown(cell), place, _shown(first))
        return tuple(kept) if is_first or any(_shown(cell) for cell in kept) else ()

    def _is_worked_out(self, schema_id: str, cell: TableCell) -> bool:
        schema = self.framework.tables.get(schema_id)
        column = next((each for each in schema.columns if each.id == cell.column), None) if schema else None
        return column is not None and bool(column.ratio_of or (column.by_sex and cell.part == BOTH_SEXES))

    def _is_new(self, declaration: Declaration) -> bool:
        return all(dataclasses.replace(declaration, place=one.place) != one for one in self.declarations)


_DEFINITIONS: RowKey = ("\0definitions", None)


class _Notes:
    """Differences between forms, a bounded number per sheet."""

    def __init__(self) -> None:
        self.items: list[FormNote] = []
        self._counts: dict[str, int] = {}

    def add(self, place: Place, agency_id: str, value: str, first: Place, first_value: str, question: str = "") -> None:
        """Note that ``place`` says ``value`` where ``first`` says ``first_value``."""
        self._counts[place.sheet] = self._counts.get(place.sheet, 0) + 1
        if self._counts[place.sheet] > MOST_NOTES:
            return
        values = {
            "value": wording.quoted(value),
            "other": " ".join(filter(None, (first.path, wording.place(first.sheet, first.cell)))),
            "other_value": wording.quoted(first_value),
        }
        self.items.append(FormNote("forms-disagree", place, agency_id, question, values))


def _at(place: Place, cell: str) -> Place:
    """``place``, or ``cell`` on the same sheet."""
    return dataclasses.replace(place, cell=cell) if cell else place


def _line(row: TableRow) -> tuple[object, ...]:
    """What a line of a list says, wherever it stands."""
    return tuple(sorted((cell.column, cell.part, _shown(cell)) for cell in row.cells if _shown(cell)))


def _shown(cell: TableCell) -> str:
    """What a cell says, for comparing and for people; empty for an empty one."""
    if cell.state is CellState.EMPTY:
        return ""
    return _shown_number(cell.number) or cell.text or cell.state.value


def _shown_number(value: float | None) -> str:
    return "" if value is None else wording.number(value)
