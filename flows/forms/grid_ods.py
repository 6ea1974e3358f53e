"""Reads the sheets of an .ods in one pass and within bounds: values, errors, formulas without result, merged cells.

The library that reads the other formats shows no errors, no merged cells and no truth values of this one. A row that is
repeated a million times is one element here and is never laid out.
Source: OpenDocument 1.3, part 3, chapters 9 (tables) and 19.385 (values).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO
from xml.parsers import expat

from flows import bounds
from flows.forms.grid_sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Box,
    Grid,
    Spot,
    WorkbookLockedError,
    WorkbookUnreadableError,
    make_grid,
)
from flows.forms.raw import RawValue

_EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
"""Attributes of LibreOffice beside those of the standard."""
_CHUNK_BYTES = 1_000_000
_MAX_TEXT = bounds.ODS_CELL_CHARS
"""Letters of one cell that are kept; Excel allows 32,767."""
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]|#N/A|Err:\d{3}")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?")
_CELL = ("table-cell", "covered-table-cell")
_DAY = timedelta(days=1)


def read_sheets(archive: zipfile.ZipFile) -> list[Grid]:
    """The sheets of the .ods in ``archive``, hidden ones too.

    Raises:
        WorkbookLockedError: it is protected by a password.
        WorkbookUnreadableError: its content is damaged.
    """
    names = archive.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise WorkbookLockedError
    reader = _Reader()
    with archive.open("content.xml") as stream:
        reader.read(stream)
    return reader.grids


class _Sheet:
    """A sheet while it is read."""

    def __init__(self, name: str, *, is_hidden: bool) -> None:
        self.name, self.is_hidden = name, is_hidden
        self.is_cut = False
        self.row, self.column = 0, 0
        self.repeat = 1
        self.line: dict[int, RawValue] = {}
        self.marks: dict[int, str] = {}
        """Column → text of an error of this row; an empty text for a formula without result."""
        self.lines: dict[int, dict[int, RawValue]] = {}
        self.errors: dict[Spot, str] = {}
        self.uncalculated: set[Spot] = set()
        self.merged: list[Box] = []

    def end_row(self) -> int:
        """Keep the row as often as it is repeated; gives how many filled cells that makes."""
        used = 0
        if self.line:
            kept = max(0, min(self.repeat, MAX_ROWS - self.row))
            self.is_cut = self.is_cut or kept < self.repeat
            for row in range(self.row, self.row + min(kept, MAX_CELLS // len(self.line))):
                self.lines[row] = self.line
                self._mark(row)
                used += len(self.line)
        self.row += self.repeat
        self.line, self.marks = {}, {}
        return used

    def _mark(self, row: int) -> None:
        self.errors.update({(row, column): text for column, text in self.marks.items() if text})
        self.uncalculated.update((row, column) for column, text in self.marks.items() if not text)

    def grid(self) -> Grid:
        """The sheet as it is handed on."""
        height = max(self.lines, default=-1) + 1
        lines = (self.lines.get(row, {}) for row in range(height))
        rows = [[line.get(column) for column in range(max(line, default=-1) + 1)] for line in lines]
        return make_grid(
            self.name,
            rows,
            is_hidden=self.is_hidden,
            is_cut=self.is_cut,
            merged=self.merged,
            errors=self.errors,
            uncalculated=self.uncalculated,
        )


class _Reader:
    """Follows the elements of ``content.xml``."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._path: list[str] = []
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._sheet: _Sheet | None = None
        self._cell: Mapping[str, str] = {}
        self._cell_depth = 0
        self._paragraphs: list[str] = []
        self._left = MAX_CELLS

    def read(self, stream: IO[bytes]) -> None:
        """Read all sheets.

        Raises:
            WorkbookUnreadableError: not well-formed, or with entities of its own.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = _refuse_entity
        try:
            while chunk := stream.read(_CHUNK_BYTES):
                parser.Parse(chunk, False)  # noqa: FBT003 - takes no keywords
            parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise WorkbookUnreadableError(str(error)) from error

    def _start(self, tag: str, found: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        attributes = {key.replace(_EXTENSION, "ext-").rpartition(" ")[2]: value for key, value in found.items()}
        self._path.append(name)
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table" and self._path[-2:-1] == ["spreadsheet"]:
            is_hidden = attributes.get("style-name", "") in self._hidden_styles
            self._sheet = _Sheet(attributes.get("name", ""), is_hidden=is_hidden)
        elif self._sheet is not None:
            self._start_inside(self._sheet, name, attributes)

    def _start_inside(self, sheet: _Sheet, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside a sheet: a row, a cell, or a part of the text of a cell."""
        if self._cell_depth:
            self._start_text(name, attributes)
        elif name == "table-row":
            sheet.repeat, sheet.column = _count(attributes, "number-rows-repeated"), 0
        elif name in _CELL:
            self._cell, self._cell_depth, self._paragraphs = attributes, len(self._path), []

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        """Part of a cell: only its own paragraphs count, not those of its comments and drawings."""
        if name == "p" and len(self._path) == self._cell_depth + 1:
            self._paragraphs.append("")
        elif self._is_in_paragraph:
            letter = {"s": " " * min(_count(attributes, "c"), _MAX_TEXT), "tab": "\t", "line-break": "\n"}.get(name, "")
            self._characters(letter)

    @property
    def _is_in_paragraph(self) -> bool:
        inside = self._path[self._cell_depth :]
        return bool(inside) and inside[0] == "p" and "annotation" not in inside and bool(self._paragraphs)

    def _characters(self, text: str) -> None:
        if self._cell_depth and self._is_in_paragraph and len(self._paragraphs[-1]) < _MAX_TEXT:
            self._paragraphs[-1] += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        sheet = self._sheet
        if sheet is not None:
            if name in _CELL and len(self._path) == self._cell_depth:
                self._end_cell(sheet, is_covered=name != _CELL[0])
            elif name == "table-row" and not self._cell_depth:
                self._left -= sheet.end_row()
            elif name == "table" and self._path[-2:-1] == ["spreadsheet"]:
                self.grids.append(sheet.grid())
                self._sheet = None
        self._path.pop()

    def _end_cell(self, sheet: _Sheet, *, is_covered: bool) -> None:
        """Keep a cell as often as it is repeated, within bounds."""
        repeat = _count(self._cell, "number-columns-repeated")
        self._cell_depth = 0
        first, sheet.column = sheet.column, sheet.column + repeat
        value, mark = _value(self._cell, self._paragraphs)
        _keep_merged(sheet, first, self._cell)
        if is_covered or (not mark and (value is None or value == "")):
            return
        if self._left <= len(sheet.line) or len(self.grids) >= MAX_SHEETS or sheet.row >= MAX_ROWS:
            sheet.is_cut = True
            return
        sheet.is_cut = sheet.is_cut or sheet.column > MAX_COLUMNS
        for column in range(first, min(sheet.column, MAX_COLUMNS)):
            sheet.line[column] = None if mark else value
            if mark:
                sheet.marks[column] = str(value) if mark == "error" else ""


def _value(cell: Mapping[str, str], paragraphs: Sequence[str]) -> tuple[RawValue, str]:
    """Value of a cell, and "error", "uncalculated" or nothing.

    LibreOffice writes a formula that gives an empty text with an empty paragraph and without a type.
    """
    text = "\n".join(paragraphs)
    kind, is_formula = cell.get("value-type", ""), "formula" in cell
    if cell.get("ext-value-type") == "error" or (is_formula and _ERROR.fullmatch(text.strip())):
        return text.strip(), "error"
    if is_formula and not kind and not paragraphs:
        return None, "uncalculated"
    try:
        return _typed(cell, kind, text), ""
    except ValueError:  # a date or number that is none: what people see still stands
        return text, ""


def _typed(cell: Mapping[str, str], kind: str, text: str) -> RawValue:
    """Value by its type; ValueError where it is no value of that type."""
    if kind in ("float", "percentage", "currency"):
        return float(cell.get("value", ""))
    if kind == "boolean":
        return cell.get("boolean-value") == "true"
    if kind == "date":
        source = cell.get("date-value", "")
        return datetime.fromisoformat(source) if "T" in source else date.fromisoformat(source)
    if kind == "time":
        return _duration(cell.get("time-value", ""))
    return cell.get("string-value", text) or text


def _duration(source: str) -> time | timedelta:
    """A time of day where it is shorter than a day, else a duration."""
    found = _DURATION.fullmatch(source)
    if not found:
        raise ValueError(source)
    days, hours, minutes, seconds = (int(found[place] or 0) for place in (2, 3, 4, 5))
    micros = int((found[6] or "0")[:6].ljust(6, "0"))
    try:
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    except OverflowError as error:
        raise ValueError(source) from error
    if found[1]:
        return -span
    return (datetime(1900, 1, 1) + span).time() if span < _DAY else span  # noqa: DTZ001 - a time of day has no zone


def _keep_merged(sheet: _Sheet, column: int, cell: Mapping[str, str]) -> None:
    wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
    if (wide > 1 or high > 1) and sheet.row < MAX_ROWS:
        sheet.merged.append((sheet.row, column, sheet.row + high - 1, column + wide - 1))


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A whole number of at least 1."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1  # noqa: PLR2004 - 10 million


def _refuse_entity(*_: object) -> None:
    raise WorkbookUnreadableError("the content declares entities")
