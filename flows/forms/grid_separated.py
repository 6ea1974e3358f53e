"""A text of separated values as a workbook of one sheet: what portals of data and old applications export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from flows import bounds
from flows.forms.grid_sheet import Workbook, make_grid
from flows.forms.raw import RawValue
from flows.forms.separated import is_markup, separated_rows

_LOOKED_AT = 200
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,8})")
"""A count or a year; with a zero in front it is a code."""


def open_separated(path: Path, name: str) -> Workbook:
    """The sheet called ``name`` that a spreadsheet program shows of ``path``; without sheets where it is no table.

    Raises:
        OSError: the file cannot be opened at all.
    """
    with path.open("rb") as stream:
        raw = stream.read(bounds.SHEET_TEXT_BYTES + 1)
    is_cut = len(raw) > bounds.SHEET_TEXT_BYTES
    text = _decoded(raw[: bounds.SHEET_TEXT_BYTES])
    rows = () if is_markup(text) else separated_rows(text, _LOOKED_AT)
    if not rows:
        return Workbook((), has_macros=False)
    kept = [[_value(field) for field in row] for row in islice(_within(rows), bounds.SHEET_ROWS)]
    return Workbook((make_grid(name, kept, is_cut=is_cut or len(kept) < len(rows)),), has_macros=False)


def _within(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """No more of ``rows`` than a workbook may have cells."""
    left = bounds.SHEET_CELLS
    for number, row in enumerate(rows):
        left -= len(row)
        if left < 0:
            return rows[:number]
    return rows


def _decoded(raw: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else what Windows writes; a letter cut in two at the end is dropped."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "ignore")
    try:
        return raw.decode("utf-8-sig", "strict" if len(raw) < bounds.SHEET_TEXT_BYTES else "ignore")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _value(field: str) -> RawValue:
    text = field.strip()
    return float(text) if _WHOLE.fullmatch(text) else text or None
