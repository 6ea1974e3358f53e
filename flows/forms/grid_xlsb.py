"""The records of an .xlsb, for what the library does not show: errors, and cells far out of bounds, which it lays out.

And for how cells show their numbers. Source: [MS-XLSB], chapters 2.1.4 (records) and 2.4 (their numbers).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows.forms.grid_sheet import KNOWN_FORMATS, Spot, WorkbookTooLargeError, is_within
from flows.forms.grid_xls import error_text
from flows.forms.grid_xlsx import MAX_SHARED_BYTES, SheetLook, relations

BOOK = "xl/workbook.bin"
_ROW, _SHEET = 0, 156
_FILLED = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))
"""Short number, error, truth, number, text, shared text, the four results of formulas, rich text; no blanks."""
_ERRORS = (3, 11)
_NUMBERS = frozenset((2, 5, 9))
"""Short number, number, the number that a formula gave."""
_STYLES = "xl/styles.bin"
_FORMAT, _CELL_STYLE, _CELL_STYLES, _END_CELL_STYLES = 44, 47, 617, 618
_NUMBER_BYTES = 4
_CELL_BYTES = 8
"""Column and format, before the value of a cell."""


_FORMAT_BYTES = 6
"""Its number, and how long its text is."""
_STYLE_BITS = 0xFFFFFF
"""Of the four bytes behind the column: the number of a style of cells."""


class Record(NamedTuple):
    """One record of a part."""

    kind: int
    begin: int
    """Where the record begins, its kind and size included."""
    start: int
    """Where its content begins."""
    end: int


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → its member of the container."""
    targets, names = relations(archive, "xl/_rels/workbook.bin.rels"), set(archive.namelist())
    book = archive.read(BOOK)
    members = {}
    for record in records(book):
        if record.kind == _SHEET:
            relation, position = _text(book, record.start + 8)
            name, _ = _text(book, position)
            if targets.get(relation, "") in names:
                members[name] = targets[relation]
    return members


def look_at(archive: zipfile.ZipFile, member: str) -> SheetLook:
    """Errors of one sheet, and the sheet without the cells beyond the bounds where it has such.

    Raises:
        WorkbookTooLargeError: it is larger than any office would write.
    """
    if archive.getinfo(member).file_size > MAX_SHARED_BYTES:
        raise WorkbookTooLargeError("a sheet is too large")
    source, look = archive.read(member), SheetLook()
    row, done = 0, 0
    kept: list[bytes] = []
    for record in records(source):
        if record.kind == _ROW and record.end - record.start >= _NUMBER_BYTES:
            row = struct.unpack_from("<I", source, record.start)[0]
        elif record.kind in _FILLED and record.end - record.start >= _CELL_BYTES:
            spot = (row, struct.unpack_from("<I", source, record.start)[0])
            if not is_within(spot):
                kept.append(source[done : record.begin])
                done, look.is_cut = record.end, True
            elif record.kind in _ERRORS and record.end - record.start > _CELL_BYTES:
                look.errors[spot] = error_text(source[record.start + _CELL_BYTES])
    if look.is_cut:
        look.slim = b"".join((*kept, source[done:]))
    return look


def number_styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """Formats of numbers by the numbers of the styles of cells that have one."""
    if _STYLES not in archive.namelist() or archive.getinfo(_STYLES).file_size > MAX_SHARED_BYTES:
        return {}
    source, codes = archive.read(_STYLES), dict(KNOWN_FORMATS)
    styles: list[int] = []
    is_inside = False
    for record in records(source):
        if record.kind == _FORMAT and record.end - record.start >= _FORMAT_BYTES:
            codes[struct.unpack_from("<H", source, record.start)[0]] = _text(source, record.start + 2)[0]
        elif record.kind in (_CELL_STYLES, _END_CELL_STYLES):
            is_inside = record.kind == _CELL_STYLES
        elif record.kind == _CELL_STYLE and is_inside and record.end - record.start >= _NUMBER_BYTES:
            styles.append(struct.unpack_from("<H", source, record.start + 2)[0])
    return {place: codes[number] for place, number in enumerate(styles) if number in codes}


def formats(source: bytes, styles: Mapping[int, str]) -> Iterator[tuple[Spot, str]]:
    """Where the numbers of one sheet stand, and the format of each that has one."""
    row = 0
    for record in records(source):
        if record.kind == _ROW and record.end - record.start >= _NUMBER_BYTES:
            row = struct.unpack_from("<I", source, record.start)[0]
        elif record.kind in _NUMBERS and record.end - record.start >= _CELL_BYTES:
            column, style = struct.unpack_from("<II", source, record.start)
            code = styles.get(style & _STYLE_BITS)
            if code is not None and is_within((row, column)):
                yield (row, column), code


def area(source: bytes) -> int:
    """Cells of the rectangle from A1 over all filled cells of one sheet: what the library lays out for it."""
    row, below, beside = 0, 0, 0
    for record in records(source):
        if record.kind == _ROW and record.end - record.start >= _NUMBER_BYTES:
            row = struct.unpack_from("<I", source, record.start)[0]
        elif record.kind in _FILLED and record.end - record.start >= _CELL_BYTES:
            below = max(below, row + 1)
            beside = max(beside, struct.unpack_from("<I", source, record.start)[0] + 1)
    return below * beside


def records(source: bytes) -> Iterator[Record]:
    """The records in order; what follows a record that is cut off is none."""
    position = 0
    while position < len(source):
        begin, kind, size = position, source[position], 0
        position += 1
        if kind & 0x80 and position < len(source):
            kind = kind & 0x7F | (source[position] & 0x7F) << 7
            position += 1
        for shift in (0, 7, 14, 21):
            part = source[position] if position < len(source) else 0
            size |= (part & 0x7F) << shift
            position += 1
            if not part & 0x80:
                break
        if position + size > len(source):
            return
        yield Record(kind, begin, position, position + size)
        position += size


def _text(source: bytes, position: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    length = struct.unpack_from("<I", source, position)[0]
    end = position + 4 + 2 * length
    return source[position + 4 : end].decode("utf-16-le", "replace"), end
