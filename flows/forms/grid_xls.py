"""The records of an .xls, for what the library does not show: errors, macros, passwords, and cells far out of bounds.

The library lays out every sheet when it opens the file: one stray cell in the last corner costs it 1 GB. Such records
are made unknown to it, in a copy in memory. Sources: [MS-CFB] for the container, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from flows import bounds
from flows.forms.grid_sheet import Spot, WorkbookUnreadableError, is_within

_ENTRY_BYTES = 128
_END_OF_CHAIN = 0xFFFFFFFA
"""Sector numbers from here on are no sectors."""
_STREAM, _ROOT = 2, 5
_BOOK_NAMES = ("workbook", "book")
BEGIN, SHEET, _FILE_PASS = 0x0809, 0x0085, 0x002F
"""Records that begin a part and name a sheet, and that of a password."""
_DIMENSIONS = 0x0200
_NEW_DIMENSIONS_BYTES = 12
_VAST_CELLS = bounds.XLS_VAST_CELLS
"""The library asks for memory for as many cells as the dimensions of a sheet claim; beyond this it is not told them."""
_BOOL_OR_ERROR = 0x0205
_FORMULAS = (0x0006, 0x0206, 0x0406)
_CELLS = frozenset((0x0203, 0x0204, 0x00FD, 0x027E, 0x00BD, 0x00D6, 0x0205, *_FORMULAS))
"""Number, label, shared text, short number, row of short numbers, rich text, truth or error, formula; no blanks."""
_UNKNOWN = b"\xff\x7f"
_NOT_FOUND = "#N/A"
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: _NOT_FOUND}
_NO_NUMBER, _ERROR_RESULT = b"\xff\xff", 2
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class BookLook:
    """What a look at the records found."""

    source: bytes
    """The file with the cells beyond the bounds made unknown; mostly the file itself."""
    is_locked: bool = False
    has_macros: bool = False
    errors: list[dict[Spot, str]] = field(default_factory=list)
    """Of each sheet in the order of the workbook."""
    cut: set[int] = field(default_factory=set)
    """Positions of sheets that hold something beyond the bounds."""


def look_at(source: bytes) -> BookLook:
    """What the records of the .xls in ``source`` say.

    Raises:
        WorkbookUnreadableError: its container is damaged, or no workbook.
    """
    look = BookLook(source, is_locked=_ENCRYPTED in source, has_macros=_MACROS in source)
    if look.is_locked:
        return look
    try:
        _read_records(_book_places(source), look)
    except (struct.error, IndexError) as error:
        raise WorkbookUnreadableError("the container is damaged") from error
    return look


def book_data(source: bytes) -> bytes:
    """The records of an .xls; nothing where there are none."""
    try:
        return _book_places(source).data
    except (struct.error, IndexError, WorkbookUnreadableError):
        return b""


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream of the container: its bytes, and where they lie in the file."""

    data: bytes
    sectors: tuple[int, ...]
    """Offset of each of its sectors in the file."""
    sector_bytes: int

    def offset(self, position: int) -> int:
        """Where in the file the byte at ``position`` lies."""
        return self.sectors[position // self.sector_bytes] + position % self.sector_bytes


def _read_records(book: _Stream, look: BookLook) -> None:
    """Walk over the records; stops quietly at the first one that is cut off."""
    data, sheets, current = book.data, dict[int, int](), -1
    unknown: list[int] = []
    for kind, start, end in records(data):
        if kind == _FILE_PASS:
            look.is_locked = True
            return
        if kind == SHEET:
            sheets[struct.unpack_from("<I", data, start)[0]] = len(look.errors)
            look.errors.append({})
        elif kind == BEGIN:
            current = sheets.get(start - 4, -1)
        elif kind == _DIMENSIONS and _is_vast(data[start:end]):
            unknown.append(start - 4)
        elif kind in _CELLS and end - start >= 6:  # noqa: PLR2004 - row, column and format
            spot = struct.unpack_from("<HH", data, start)
            is_known = current >= 0  # of a sheet that begins where the list says; the library also reads others
            if not is_within(spot):
                look.cut.update([current] if is_known else ())
                unknown.append(start - 4)
            elif is_known and (error := _error(kind, data[start:end])):
                look.errors[current][spot] = error
    if unknown:
        look.source = _with_unknown(look.source, book, unknown)


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, begin and end of the content of each record."""
    position = 0
    while position + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, position)
        if position + 4 + size > len(data):
            return
        yield kind, position + 4, position + 4 + size
        position += 4 + size


def _error(kind: int, content: bytes) -> str:
    """Text of the error that a cell shows; empty where it shows none."""
    if kind == _BOOL_OR_ERROR and len(content) >= 8 and content[7]:  # noqa: PLR2004 - value and its kind follow
        return error_text(content[6])
    is_error = kind in _FORMULAS and content[12:14] == _NO_NUMBER and content[6] == _ERROR_RESULT
    return error_text(content[8]) if is_error else ""


def _is_vast(dimensions: bytes) -> bool:
    """Whether a sheet claims more room than is made for it; numbers of rows were half as long before Excel 97."""
    shape = "<IIHH" if len(dimensions) >= _NEW_DIMENSIONS_BYTES else "<HHHH"
    if len(dimensions) < struct.calcsize(shape):
        return False
    top, below, left, beside = map(int, struct.unpack_from(shape, dimensions))
    return below < top or beside < left or (below - top) * (beside - left) > _VAST_CELLS


def error_text(code: int) -> str:
    """What a spreadsheet shows for the number of an error; #N/A for one that nobody knows."""
    return _ERRORS.get(code, _NOT_FOUND)


def _with_unknown(source: bytes, book: _Stream, positions: list[int]) -> bytes:
    """``source`` with the kind of the records at ``positions`` made one that no reader knows."""
    patched = bytearray(source)
    for position in positions:
        for step, value in enumerate(_UNKNOWN):
            patched[book.offset(position + step)] = value
    return bytes(patched)


def _book_places(source: bytes) -> _Stream:
    """The stream with the workbook in it."""
    shift, small_shift = struct.unpack_from("<HH", source, 30)
    first_entry, cutoff, first_small = struct.unpack_from("<I4xII", source, 48)
    if shift not in (9, 12) or small_shift != 6:  # noqa: PLR2004 - the sizes that the format allows
        raise WorkbookUnreadableError("not a compound file")
    size = 1 << shift
    table = _table(source, size)
    directory = _joined(source, _chain(table, first_entry), size)
    root = _entry(directory, _ROOT, ())
    book = _entry(directory, _STREAM, _BOOK_NAMES)
    if book is None:
        raise WorkbookUnreadableError("no workbook inside")
    first, length = book
    if length >= cutoff or root is None:
        sectors = tuple((number + 1) * size for number in _chain(table, first))
        return _Stream(_joined(source, _chain(table, first), size)[:length], sectors, size)
    small_size = 1 << small_shift
    small_table = _numbers(_joined(source, _chain(table, first_small), size))
    places = [(number + 1) * size for number in _chain(table, root[0])]
    per_sector = size // small_size
    sectors = tuple(
        places[number // per_sector] + number % per_sector * small_size for number in _chain(small_table, first)
    )
    return _Stream(b"".join(source[at : at + small_size] for at in sectors)[:length], sectors, small_size)


def _table(source: bytes, size: int) -> tuple[int, ...]:
    """The allocation table: of each sector, which one follows."""
    numbers = list(struct.unpack_from("<109I", source, 76))
    following, seen = struct.unpack_from("<I", source, 68)[0], set[int]()
    while following < _END_OF_CHAIN and following not in seen:
        seen.add(following)
        more = _numbers(source[(following + 1) * size : (following + 2) * size])
        numbers.extend(more[:-1])
        following = more[-1]
    return _numbers(_joined(source, [number for number in numbers if number < _END_OF_CHAIN], size))


def _chain(table: tuple[int, ...], first: int) -> list[int]:
    """Numbers of the sectors of one stream; a circle is an error."""
    chain: list[int] = []
    while first < _END_OF_CHAIN:
        chain.append(first)
        if len(chain) > len(table):
            raise WorkbookUnreadableError("the sectors run in a circle")
        first = table[first]
    return chain


def _joined(source: bytes, numbers: list[int], size: int) -> bytes:
    return b"".join(source[(number + 1) * size : (number + 2) * size] for number in numbers)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entry(directory: bytes, kind: int, names: tuple[str, ...]) -> tuple[int, int] | None:
    """First sector and length of an entry of that kind, with one of ``names`` if there are any; None if missing."""
    for start in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        entry = directory[start : start + _ENTRY_BYTES]
        length = min(struct.unpack_from("<H", entry, 64)[0], 64)
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace").casefold()
        if entry[66] == kind and (not names or name in names):
            first, size = struct.unpack_from("<II", entry, 116)
            return first, size
    return None
