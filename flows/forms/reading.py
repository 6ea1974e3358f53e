"""Reads single cells of a form's lists, and notes by cell what could not be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.forms.cells import Reading, read_cell
from flows.forms.raw import RawCell, RawNote
from flows.forms.words import load_words
from flows.model import CellState, ColumnType, FormNote, Place


@dataclass
class NotingReader:
    """Understands the cells of one form; what goes wrong is added to ``notes``."""

    path: str
    agency_id: str
    notes: list[FormNote] = field(default_factory=list)

    def pass_on(self, raw: RawNote) -> None:
        """Take over what was noticed while the form was located."""
        place = Place(self.path, raw.sheet, raw.cell)
        self.notes.append(FormNote(raw.code, place, self.agency_id, values=dict(raw.values or {})))

    def note(self, code: str, sheet: str, cell: str, values: Mapping[str, str], question_id: str = "") -> None:
        """Add one note about a cell."""
        self.notes.append(FormNote(code, Place(self.path, sheet, cell), self.agency_id, question_id, dict(values)))

    def on(self, sheet: str, question_id: str = "") -> CellsOf:
        """The reader for the cells of one sheet, or of one question's row in it."""
        return CellsOf(self, sheet, question_id)


@dataclass(frozen=True, slots=True)
class CellsOf:
    """Reads cells of one sheet."""

    reader: NotingReader
    sheet: str
    question_id: str = ""

    def read(self, cell: RawCell | None, kind: ColumnType, wanted: str, options: Sequence[str] = ()) -> Reading:
        """What a cell says; a note where it is no value of ``kind``, with ``wanted`` (a key of the form's words).

        Not available is a statement and no fault.
        """
        reading = read_cell(cell, kind, options)
        if cell is not None:
            self._note_state(cell, reading, wanted)
        return reading

    def text(self, cell: RawCell | None) -> str:
        """Free text; empty where nothing or only a dash is written, or a fault of the sheet, which is noted."""
        reading = self.read(cell, ColumnType.TEXT, ColumnType.TEXT)
        if reading.state not in (CellState.VALUE, CellState.NOT_AVAILABLE):
            return ""
        shown = _with_comma(cell) or reading.text
        return shown if any(char.isalnum() for char in shown) else ""

    def note(self, code: str, cell: RawCell, **values: str) -> None:
        """Add one note about ``cell``."""
        self.reader.note(code, self.sheet, cell.cell, values, self.question_id)

    def unreadable(self, cell: RawCell, value: str, wanted: str) -> None:
        """Note that ``value`` is not what is asked for."""
        self.note("cell-unreadable", cell, value=value, wanted=load_words().wanted(wanted))

    def _note_state(self, cell: RawCell, reading: Reading, wanted: str) -> None:
        if reading.state is CellState.UNREADABLE:
            self.unreadable(cell, reading.text, wanted)
        elif reading.state is CellState.ERROR:
            self.note("cell-error", cell, value=reading.text)
        elif reading.state is CellState.UNCALCULATED:
            self.note("cell-uncalculated", cell)
        elif reading.remark:
            self.note("cell-remark", cell, value=shown_text(cell), remark=reading.remark)


def shown_text(cell: RawCell | None) -> str:
    """What a cell shows, with a decimal comma, for sentences."""
    return _with_comma(cell) or read_cell(cell, ColumnType.TEXT).text


def _with_comma(cell: RawCell | None) -> str:
    """A number that is not whole, as it is written here; empty for any other cell."""
    value = cell.value if cell is not None and not cell.is_error else None
    if isinstance(value, float) and not value.is_integer():
        return repr(value).replace(".", ",")
    return ""
