"""What the sheets of an .xls show: not their hidden rows and columns, numbers in what form, and how many charts.

Source: [MS-XLS] 2.4.21, 2.4.53, 2.4.126, 2.4.175, 2.4.221 and 2.4.353.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from flows.forms.grid_sheet import KNOWN_FORMATS, MAX_COLUMNS, Spot
from flows.forms.grid_xls import BEGIN, SHEET, book_data, records

_ROW, _COLUMNS, _HIDDEN_ROW = 0x0208, 0x007D, 0x20
_FORMAT, _STYLE = 0x041E, 0x00E0
_SHORT_NUMBERS = 0x00BD
_NUMBERS = (0x0203, 0x027E, 0x0006, 0x0206, 0x0406, _SHORT_NUMBERS)
"""Number, short number, formula, row of short numbers."""
_OF_SHEETS, _OF_NUMBERS = frozenset({SHEET, BEGIN, _ROW, _COLUMNS}), frozenset({_FORMAT, _STYLE, *_NUMBERS})
_TEXT_OF_TODAY, _CHART = 0x0600, 0x0020


@dataclass(slots=True)
class SheetShown:
    """One sheet with cells."""

    rows: set[int] = field(default_factory=set)
    """Hidden ones, from 1."""
    columns: set[int] = field(default_factory=set)
    """Hidden ones, from 0."""
    formats: dict[Spot, str] = field(default_factory=dict)
    """Of the numbers in cells, where somebody has set them."""


def shown_parts(source: bytes, *, with_formats: bool = False) -> list[SheetShown]:
    """The sheets with cells of the .xls in ``source``, in order. Nothing for any other file.

    Args:
        source: All of the file.
        with_formats: Look at every number too, of which a workbook may have many.
    """
    data, book = book_data(source), _Book()
    wanted = _OF_SHEETS | _OF_NUMBERS if with_formats else _OF_SHEETS
    for kind, start, end in records(data):
        if kind in wanted:
            with contextlib.suppress(struct.error):  # a record that is shorter than its kind
                book.take(kind, data[start:end], start)
    return list(book.sheets.values())


def chart_count(source: bytes) -> int:
    """How many charts the .xls in ``source`` has, on sheets and as sheets. None in any other file."""
    data = book_data(source)
    return sum(data[start + 2 : end][:2] == _CHART.to_bytes(2, "little") for start, end in _begins(data))


def _begins(data: bytes) -> Iterator[tuple[int, int]]:
    return ((start, end) for kind, start, end in records(data) if kind == BEGIN)


class _Book:
    """The records of a workbook, one after the other: formats and styles first, then the sheets."""

    def __init__(self) -> None:
        self.sheets: dict[int, SheetShown] = {}
        self._current = SheetShown()
        self._codes = dict(KNOWN_FORMATS)
        self._styles: list[int] = []
        self._has_texts_of_today = False

    def take(self, kind: int, content: bytes, start: int) -> None:
        """One record, whose content begins at ``start``."""
        if kind in _NUMBERS:
            self._take_numbers(kind, content)
        elif kind == SHEET and content[5:6] == b"\0":
            self.sheets[struct.unpack_from("<I", content)[0]] = SheetShown()
        elif kind == BEGIN:
            self._current = self.sheets.get(start - 4, SheetShown())
            self._has_texts_of_today = struct.unpack_from("<H", content)[0] == _TEXT_OF_TODAY
        elif kind in (_FORMAT, _STYLE):
            self._take_look(kind, content)
        elif kind == _ROW and struct.unpack_from("<H10xB", content)[1] & _HIDDEN_ROW:
            self._current.rows.add(struct.unpack_from("<H", content)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<8xB", content)[0] & 1:
            first, last = struct.unpack_from("<HH", content)
            self._current.columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def _take_look(self, kind: int, content: bytes) -> None:
        if kind == _STYLE:
            self._styles.append(struct.unpack_from("<2xH", content)[0])
        elif self._has_texts_of_today:
            number, length, flags = struct.unpack_from("<HHB", content)
            is_wide = flags & 1
            text = content[5 : 5 + length * (1 + is_wide)]
            self._codes[number] = text.decode("utf-16-le" if is_wide else "latin-1", "replace")

    def _take_numbers(self, kind: int, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        count = (len(content) - 6) // 6 if kind == _SHORT_NUMBERS else 1
        for place in range(count):
            style = struct.unpack_from("<H", content, 4 + 6 * place)[0]
            code = self._codes.get(self._styles[style]) if style < len(self._styles) else None
            if code is not None:
                self._current.formats[row, column + place] = code
