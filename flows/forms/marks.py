"""Marks and visible names of a form's rows and sheets: recognising them, and telling whether they are still ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flows.forms.grid import Grid
from flows.forms.layout import COLUMN_KEYS, DEFINITION, HEADING, PURPOSE, FormPlan, row_mark
from flows.forms.raw import RawCell
from flows.names import fold

_SHEET_PREFIX = "kla:"
_SHEET_MARK = re.compile(r"kla:(?P<kind>[a-z]+):(?P<table>[^:]*):(?P<filler>[a-z]+:.*)")
_ROW_MARK = re.compile(r"(?P<key>.+)#[0-9a-f]{4}")
_MARK_ROWS, _MARK_COLUMNS = 200, 60
"""How far a mark is looked for: whoever moves column A moves it whole."""
_AREA_PREFIX = re.compile(r"^(?:kecamatan|kec|kelurahan|kel|desa)\s+(?=\w)")
_CODE_DIGITS = 6
"""From so many digits on, dots in a number are spelling only: 63.71.01 and 637101."""
_CLOSE = 88.0
"""Similarity (0 to 100) from which a name is a corrected spelling and not another name."""


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What the mark of a sheet says."""

    kind: str
    table_id: str
    filler_key: str
    cell: str


def sheet_marks(grid: Grid) -> tuple[SheetMark, ...]:
    """Every sheet mark in the first rows of ``grid``, in reading order; the one in A1 alone where it still is there."""
    first = grid.at(0, 0)
    own = _as_sheet_mark(first) if first else None
    if own:
        return (own,)
    found = (_as_sheet_mark(cell) for cell in _head_cells(grid))
    return tuple(mark for mark in found if mark)


def mark_column(grid: Grid) -> int | None:
    """The column (from 0) that holds most marks, wherever it has got to; None where no mark is left."""
    if text_of(grid.at(0, 0)).startswith(_SHEET_PREFIX):
        return 0
    counts: dict[int, int] = {}
    for row in range(min(grid.height, _MARK_ROWS)):
        for column in range(min(grid.width, _MARK_COLUMNS)):
            if is_mark(text_of(grid.at(row, column))):
                counts[column] = counts.get(column, 0) + 1
    return max(counts, key=lambda column: (counts[column], -column)) if counts else None


def is_mark(text: str) -> bool:
    """Whether ``text`` has the shape of a mark of a sheet or a row."""
    fixed = text in (PURPOSE, COLUMN_KEYS, HEADING) or text.startswith((DEFINITION, _SHEET_PREFIX))
    return fixed or _ROW_MARK.fullmatch(text) is not None


def key_of(text: str) -> str:
    """The key that a row's mark claims, verified or not; empty where ``text`` is no such mark."""
    found = _ROW_MARK.fullmatch(text)
    return found["key"] if found else ""


def verifies(text: str, plan: FormPlan, kind: str, table_id: str) -> bool:
    """Whether a row's mark was made for this plan and this sheet, and is unchanged."""
    key = key_of(text)
    return bool(key) and text == row_mark(plan, kind, table_id, key)


def text_of(cell: RawCell | None) -> str:
    """What a cell shows, for comparing: whole numbers without decimals, dates as ISO, blanks trimmed; empty if None."""
    if cell is None or cell.value is None:
        return ""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def is_same_code(expected: str, cell: RawCell) -> bool:
    """Whether a cell shows the id or code ``expected``, whatever a spreadsheet made of it.

    "4.1" may have become the number 4.1 or a date in January; 63.71.01.1001 may have lost its dots.
    """
    value = cell.value
    if isinstance(value, date):
        return expected in (f"{value.day}.{value.month}", f"{value.month}.{value.day}")
    shown = text_of(cell).strip(".")
    if shown.casefold() == expected.casefold():
        return True
    if isinstance(value, float) and re.fullmatch(r"\d+\.\d+", expected):
        return value == float(expected)
    return _is_long(expected) and _digits(shown) == _digits(expected)


@lru_cache(maxsize=16_384)
def name_key(text: str) -> str:
    """``text`` folded, without the word for the level of an area, for comparing names of rows."""
    return _AREA_PREFIX.sub("", fold(text))


def is_same_name(expected: str, shown: str, others: Iterable[str] = ()) -> bool:
    """Whether ``shown`` is ``expected`` or a corrected spelling of it, and not one of ``others`` (folded names)."""
    wanted, found = name_key(expected), name_key(shown)
    if wanted == found:
        return True
    if found in others:
        return False
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(wanted, found) >= _CLOSE)


def _head_cells(grid: Grid) -> Iterable[RawCell]:
    for row in range(min(grid.height, _MARK_ROWS)):
        for column in range(min(grid.width, _MARK_COLUMNS)):
            cell = grid.at(row, column)
            if cell is not None and isinstance(cell.value, str) and cell.value.startswith(_SHEET_PREFIX):
                yield cell


def _as_sheet_mark(cell: RawCell) -> SheetMark | None:
    found = _SHEET_MARK.fullmatch(text_of(cell))
    return SheetMark(found["kind"], found["table"], found["filler"], cell.cell) if found else None


def _is_long(code: str) -> bool:
    return len(_digits(code)) >= _CODE_DIGITS and not re.search(r"[^\d.]", code)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
