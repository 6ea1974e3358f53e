"""What a workbook's sheets show: not hidden rows and columns, and the forms of numbers; widths of an .xlsx.

Sources: ECMA-376 part 1, chapters 18.3.1.13, 18.3.1.73, 18.8.10 and 18.8.30; [MS-XLSB] 2.4.323 and 2.4.741;
OpenDocument 1.3, part 3, chapter 19.753.
"""

from __future__ import annotations

import html
import re
import struct
import zipfile
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO
from xml.parsers import expat

from flows import bounds
from flows.forms import grid_xlsb, grid_xlsx
from flows.forms.grid_ods_formats import OdsFormats
from flows.forms.grid_sheet import (
    DAMAGE,
    KNOWN_FORMATS,
    MAX_CELLS,
    Spot,
    WorkbookTooLargeError,
    WorkbookUnreadableError,
)
from flows.forms.grid_xls_shown import shown_parts

_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]*>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden=[\"'](?:1|true)[\"'][^<>]*>")
_NUMBER = {name: re.compile(rb"\b" + name + rb"=[\"'](\d{1,7})[\"']") for name in (b"r", b"min", b"max")}
_WIDTH = re.compile(rb"\bwidth=[\"'](\d{1,4}(?:\.\d+)?)[\"']")
_NUMBER_FORMAT = re.compile(
    rb"<(?:\w+:)?numFmt\s[^<>]*?numFmtId=[\"'](\d{1,5})[\"'][^<>]*?formatCode=(?:\"([^\"]*)\"|'([^']*)')"
)
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^<>]*?numFmtId=[\"'](\d{1,5})[\"']")
_STYLED_CELL = re.compile(rb"<(?:\w+:)?c\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"']\ss=[\"'](\d{1,5})[\"'](?:\s[^<>]*)?(?<!/)>")
"""One that holds anything."""
_MOST_COLUMNS = 1_000
_XLSB_COLUMNS = 60
_XLSB_HIDDEN_ROW = 0x10
"""Of the byte with the flags of a row."""
_CHUNK_BYTES = 1_000_000
_HIDING = ("collapse", "filter")
_ODS_STYLES = "styles.xml"
_ODS_CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is hidden of one sheet, and how wide its columns are."""

    rows: Container[int] = ()
    """Hidden ones, from 1."""
    columns: Container[int] = ()
    """Hidden ones, from 0."""
    widths: Mapping[int, float] = field(default_factory=dict)
    """In characters, by column from 0; of an .xlsx only, where somebody has set them."""
    formats: Mapping[Spot, str] = field(default_factory=dict)
    """Of the numbers in cells, where somebody has set them."""


def shapes(path: Path, names: list[str]) -> dict[str, Shape]:
    """Name of each sheet of the workbook at ``path`` → its shape; what hides nothing may be left out.

    Args:
        path: Of a workbook that :func:`flows.forms.grid.open_workbook` opens.
        names: Of its sheets in order.

    Raises:
        WorkbookUnreadableError: a part is damaged.
        WorkbookTooLargeError: a sheet is too large to be looked through.
    """
    try:
        return _shapes(path, names)
    except DAMAGE as error:
        raise WorkbookUnreadableError(str(error)) from error


def _shapes(path: Path, names: list[str]) -> dict[str, Shape]:
    if not zipfile.is_zipfile(path):
        found = shown_parts(path.read_bytes(), with_formats=True)
        return {
            name: Shape(each.rows, each.columns, {}, each.formats) for name, each in zip(names, found, strict=False)
        }
    with zipfile.ZipFile(path) as archive:
        if "content.xml" in archive.namelist():
            return _of_ods(archive)
        is_binary = grid_xlsb.BOOK in archive.namelist()
        members = (grid_xlsb if is_binary else grid_xlsx).sheet_members(archive)
        if any(archive.getinfo(member).file_size > bounds.SHEET_WHOLE_BYTES for member in members.values()):
            raise WorkbookTooLargeError("a sheet is too large")
        if is_binary:
            looks = grid_xlsb.number_styles(archive)
            return {name: _of_records(archive.read(member), looks) for name, member in members.items()}
        styles = _number_styles(archive)
        return {name: _of_sheet(archive.read(member), styles) for name, member in members.items()}


def _of_sheet(source: bytes, styles: Mapping[int, str]) -> Shape:
    formats = dict(_formats(source, styles)) if styles else {}
    return Shape(frozenset(hidden_rows(source)), frozenset(hidden_columns(source)), _widths(source), formats)


def _number_styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """Formats of numbers by the numbers of the styles of cells that have one."""
    name = next((name for name in archive.namelist() if name.casefold() == "xl/styles.xml"), None)
    if name is None or archive.getinfo(name).file_size > bounds.SHEET_SHARED_BYTES:
        return {}
    source = archive.read(name)
    codes = dict(KNOWN_FORMATS)
    for number, double, single in _NUMBER_FORMAT.findall(source):
        codes[int(number)] = html.unescape((double or single).decode("utf-8", "replace"))
    formats = _CELL_FORMATS.search(source)
    styles = _CELL_FORMAT.findall(formats[1]) if formats else []
    return {place: codes[int(number)] for place, number in enumerate(styles) if int(number) in codes}


def _formats(source: bytes, styles: Mapping[int, str]) -> Iterator[tuple[Spot, str]]:
    for letters, row, style in _STYLED_CELL.findall(source):
        code = styles.get(int(style))
        if code is not None:
            column = 0
            for letter in letters:
                column = column * 26 + letter - ord("A") + 1
            yield (int(row) - 1, column - 1), code


def hidden_rows(source: bytes) -> Iterator[int]:
    """Numbers, from 1, of the hidden rows of a sheet of an .xlsx."""
    if b"hidden=" not in source:
        return
    for tag in _HIDDEN_ROW.findall(source):
        number = _NUMBER[b"r"].search(tag)
        if number:
            yield int(number[1])


def hidden_columns(source: bytes) -> Iterator[int]:
    """The hidden columns, from 0, of a sheet of an .xlsx."""
    for tag, columns in _columns(source):
        if _HIDDEN.search(tag):
            yield from columns


def _widths(source: bytes) -> dict[int, float]:
    widths = {}
    for tag, columns in _columns(source):
        width = _WIDTH.search(tag)
        if width:
            widths.update(dict.fromkeys(columns[: bounds.SHEET_COLUMNS], float(width[1])))
    return widths


def _columns(source: bytes) -> Iterator[tuple[bytes, range]]:
    """What is said of columns, and of which, from 0."""
    for tag in _COLUMN.findall(source, 0, max(0, source.find(b"sheetData")))[:_MOST_COLUMNS]:
        ends = [_NUMBER[name].search(tag) for name in (b"min", b"max")]
        if ends[0] and ends[1]:
            yield tag, range(int(ends[0][1]) - 1, min(int(ends[1][1]), bounds.SCAN_COLUMNS))


def hidden_in_records(source: bytes) -> Shape:
    """One sheet of an .xlsb."""
    rows, columns = set[int](), set[int]()
    for kind, _, start, end in grid_xlsb.records(source):
        if kind == 0 and end - start >= 12 and source[start + 11] & _XLSB_HIDDEN_ROW:  # noqa: PLR2004 - number … flags
            rows.add(struct.unpack_from("<I", source, start)[0] + 1)
        elif kind == _XLSB_COLUMNS and end - start >= 18 and source[start + 16] & 1:  # noqa: PLR2004 - first … flags
            first, last = struct.unpack_from("<II", source, start)
            columns.update(range(first, min(last + 1, bounds.SCAN_COLUMNS)))
    return Shape(frozenset(rows), frozenset(columns))


def _of_records(source: bytes, styles: Mapping[int, str]) -> Shape:
    return replace(hidden_in_records(source), formats=dict(grid_xlsb.formats(source, styles)) if styles else {})


def _of_ods(archive: zipfile.ZipFile) -> dict[str, Shape]:
    reader = _OdsReader()
    if _ODS_STYLES in archive.namelist() and archive.getinfo(_ODS_STYLES).file_size <= bounds.SHEET_SHARED_BYTES:
        with archive.open(_ODS_STYLES) as stream:
            _parse(stream, reader.formats.start, reader.formats)
    with archive.open("content.xml") as stream:
        _parse(stream, reader.start, reader.formats)
    return {
        name: Shape(frozenset(rows), frozenset(columns), {}, reader.codes[name])
        for name, (rows, columns) in reader.found.items()
    }


def _parse(stream: IO[bytes], start: Callable[[str, dict[str, str]], None], formats: OdsFormats) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = formats.end
    parser.CharacterDataHandler = formats.characters
    try:
        while chunk := stream.read(_CHUNK_BYTES):
            parser.Parse(chunk, False)  # noqa: FBT003 - takes no keywords
    except expat.ExpatError as error:
        raise WorkbookUnreadableError(str(error)) from error


class _OdsReader:
    """Counts rows and columns in ``content.xml``."""

    def __init__(self) -> None:
        self.formats = OdsFormats()
        self.found: dict[str, tuple[set[int], set[int]]] = {}
        self.codes: dict[str, dict[Spot, str]] = {}
        self._codes: dict[Spot, str] = {}
        self._rows, self._columns = set[int](), set[int]()
        self._row, self._column = 1, 0
        self._rows_now, self._place = range(0), 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "table:table":
            self._rows, self._columns = self.found.setdefault(attributes.get("table:name", ""), (set(), set()))
            self._row, self._column = 1, 0
            self._codes = self.codes.setdefault(attributes.get("table:name", ""), {})
            self.formats.begin_sheet()
        elif tag in _ODS_CELLS:
            self._cell(attributes)
        elif tag == "table:table-row":
            count = _count(attributes, "table:number-rows-repeated")
            self._rows_now, self._place = range(self._row - 1, self._row - 1 + count), 0
            self.formats.row(attributes)
            if attributes.get("table:visibility") in _HIDING:
                self._rows.update(range(self._row, min(self._row + count, bounds.SHEET_ROWS + 1)))
            self._row += count
        elif tag == "table:table-column":
            count = _count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDING:
                self._columns.update(range(self._column, min(self._column + count, bounds.SCAN_COLUMNS)))
            self._column += count
            self.formats.column(self._column, attributes)
        else:
            self.formats.start(tag, attributes)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        first = self._place
        self._place += _count(attributes, "table:number-columns-repeated")
        if len(self._codes) < MAX_CELLS:
            self._codes.update(self.formats.of_cells(self._rows_now, range(first, self._place), attributes))


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A whole number of at least 1."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1  # noqa: PLR2004 - 10 million
