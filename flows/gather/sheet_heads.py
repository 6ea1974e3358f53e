"""Where the head of an agency's own table may stand in a sheet, and what each of its columns is headed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flows.forms.grid import Grid, cell_name
from flows.forms.raw import RawCell, RawValue
from flows.gather.headings import DISTRICT, SERIAL, UNIT, VILLAGE, Heading, role_of, role_of_text
from flows.names import fold

SEARCHED_ROWS = 300
"""Rows from the top among which a head is looked for: letterheads, and tables that do not map, may stand above."""
_HEADS = 40
"""Most heads tried in one sheet."""
_LEVELS = 3
"""Rows above and below the row that names areas which may belong to the same head."""
_DEEPEST = 6
"""Rows below it among which words are looked for that split a column of the head further."""
_UNITS = frozenset(
    {"", "jumlah", "jml", "total", "n", "abs", "absolut", "orang", "jiwa", "anak", "bayi", "balita", "kk", "rt", "unit"}
)
"""Words below a heading that change nothing of what it says."""
_FEWEST = 2
"""Words in a row that may be the head of a list."""
_AREAS = frozenset({DISTRICT, VILLAGE, UNIT})
_YEARS = (1990, 2100)


@dataclass(frozen=True, slots=True)
class Head:
    """A head of one to several rows, both from 0 and inclusive."""

    top: int
    bottom: int
    headings: tuple[Heading, ...]

    def roles(self) -> dict[str, int]:
        """Name of the row → its column, from 0; of two alike the left one."""
        found: dict[str, int] = {}
        for heading in self.headings:
            role = role_of(heading)
            if role:
                found.setdefault(role, heading.index)
        return found


def area_heads(grid: Grid) -> Iterator[Head]:
    """Every head that may stand around a cell saying "kecamatan" or "desa", from the top; the fewest rows first.

    Two tables side by side are two heads: a second column of the same areas begins another table.
    """
    yield from _bounded(grid, _anchors(grid))


def other_heads(grid: Grid) -> Iterator[Head]:
    """Every head that may stand over a table without areas: rows of words, from the top."""
    rows = range(min(grid.height, SEARCHED_ROWS))
    heads = (row for row in rows if not has_figures(grid, row) and _has_words(grid, row))
    yield from _bounded(grid, ((row, -1, grid.width) for row in heads))


def text_at(grid: Grid, row: int, column: int) -> str:
    """What stands in a cell, as one line of text; a whole number without its ".0"."""
    return text_of(grid.at(row, column))


def text_of(cell: RawCell | None) -> str:
    """What stands in ``cell`` as one line of text; empty for errors, blanks and truth values."""
    return "" if cell is None or cell.is_error else _said(cell.value)


def _said(value: RawValue) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return " ".join(str(value).split())


def is_blank(grid: Grid, row: int) -> bool:
    """Whether nothing but blanks stands in a row."""
    return all(cell.is_empty for _, cell in grid.cells(row))


def _anchors(grid: Grid) -> Iterator[tuple[int, int, int]]:
    """Row, column and right end (exclusive) of what names areas in a head: the left one of each table."""
    for row in range(min(grid.height, SEARCHED_ROWS)):
        named = [(column, role) for column, value in grid.values(row) if (role := _area_role(value)) != ""]
        starts = [column for column, role in named if role == named[0][1]]
        for column, end in zip(starts, [*starts[1:], grid.width], strict=False):
            yield row, column, end


def area_role(cell: RawCell | None) -> str:
    """``kecamatan``, ``kelurahan`` or ``unit`` where ``cell`` is the heading of such a column; else empty."""
    return "" if cell is None or cell.is_error else _area_role(cell.value)


def _area_role(value: RawValue) -> str:
    role = role_of_text(_said(value)) if isinstance(value, str) else ""
    return role if role in _AREAS else ""


def _bounded(grid: Grid, anchors: Iterator[tuple[int, int, int]]) -> Iterator[Head]:
    seen = 0
    for row, column, end in anchors:
        left = 0 if column < 0 else _left_end(grid, row, column)
        lower = _lower_rows(grid, row, column)
        for top, bottom in _blocks(grid, row, column, lower):
            if seen == _HEADS:
                return
            seen += 1
            headings = _headings(grid, top, bottom, left, end)
            yield Head(top, bottom, _unsplit(headings, grid, [each for each in lower if each > bottom]))


def _left_end(grid: Grid, row: int, column: int) -> int:
    """Where the table of an anchor begins: behind the first blank to its left, so that "No" and "Kode" belong to it."""
    left = column
    while left > 0 and text_at(grid, row, left - 1):
        left -= 1
    return left


def _blocks(grid: Grid, row: int, column: int, lower: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Tops and bottoms of heads around ``row``: itself, then with the ``lower`` rows, then with rows above."""
    tops = [row]
    while len(tops) <= _LEVELS and _is_group_row(grid, tops[-1] - 1, column):
        tops.append(tops[-1] - 1)
    for top in tops:
        for bottom in (row, *lower[:_LEVELS]):
            yield top, bottom


def _lower_rows(grid: Grid, row: int, column: int) -> list[int]:
    """Rows below ``row`` that go on with the head; of a table without areas those with nothing below its first name."""
    if column < 0:
        named = (at for at, cell in grid.cells(row) if not cell.is_empty)
        column = next((at for at in named if role_of_text(text_at(grid, row, at)) != SERIAL), 0)
    found: list[int] = []
    while len(found) < _DEEPEST and _is_lower_row(grid, row + len(found) + 1, column):
        found.append(row + len(found) + 1)
    return found


def _unsplit(headings: Sequence[Heading], grid: Grid, lower: Sequence[int]) -> tuple[Heading, ...]:
    """``headings`` without those that rows further down split: below them stands a target, a month or a share.

    A unit below splits nothing, unless columns of one heading have different ones.
    """
    below = {each.index: [text_at(grid, row, each.index) for row in lower] for each in headings}
    units: dict[str, set[str]] = {}
    for each in headings:
        units.setdefault(each.text, set()).update(text for text in map(fold, below[each.index]) if text)
    return tuple(
        each
        for each in headings
        if all(fold(text) in _UNITS and "%" not in text for text in below[each.index])
        and (len(units[each.text] & _UNITS) <= 1)
    )


def _is_group_row(grid: Grid, row: int, column: int) -> bool:
    """Whether the row above a head may head groups of its columns: words, and none over the names of the areas."""
    if row < 0 or has_figures(grid, row):
        return False
    filled = [at for at, cell in grid.cells(row) if not cell.is_empty]
    return bool(filled) and min(filled) > column


def _is_lower_row(grid: Grid, row: int, column: int) -> bool:
    """Whether the row below continues the head: words or years, and none below the name of the areas."""
    if row >= grid.height or has_figures(grid, row) or text_at(grid, row, column):
        return False
    return not is_blank(grid, row)


def has_figures(grid: Grid, row: int) -> bool:
    """Whether a number stands in the row that is no year."""
    for _, value in grid.values(row):
        text = _said(value).strip("()")
        digits = text.replace(".", "").replace(",", "").rstrip("%").strip()
        if digits.isdecimal() and not (text.isdecimal() and _YEARS[0] <= int(text) <= _YEARS[1]):
            return True
    return False


def _has_words(grid: Grid, row: int) -> bool:
    """Whether enough words stand in the row for a head."""
    words = (value for _, value in grid.values(row) if isinstance(value, str) and fold(value))
    return len(list(islice(words, _FEWEST))) == _FEWEST


def _headings(grid: Grid, top: int, bottom: int, left: int, end: int) -> tuple[Heading, ...]:
    levels = _levels(grid, top, bottom, left, end)
    found = []
    for column in range(left, end):
        texts = [level[column - left] for level in levels]
        said = [place for place, text in enumerate(texts) if text]
        if said:
            parts = list(dict.fromkeys(texts[place] for place in said))
            cell = cell_name(top + said[-1], column)
            found.append(Heading(column, " / ".join(parts), cell, texts[said[-1]]))
    return tuple(found)


def _levels(grid: Grid, top: int, bottom: int, left: int, end: int) -> list[list[str]]:
    """The words of each row of a head, those of merged cells repeated over the columns they reach."""
    rows = [[text_at(grid, row, column) for column in range(left, end)] for row in range(top, bottom + 1)]
    merged = [box for box in grid.merged if top <= box[0] <= box[2] <= bottom and box[1] < box[3]]
    for box_top, box_left, _, box_right in merged:
        text = text_at(grid, box_top, box_left)
        for column in range(max(box_left, left), min(box_right + 1, end)):
            rows[box_top - top][column - left] = text
    if not merged:
        for place in range(len(rows) - 1):
            rows[place] = _carried(rows[place], rows[place + 1 :])
    return rows


def _carried(upper: list[str], lower: list[list[str]]) -> list[str]:
    """An upper row of a head that nobody merged: a word reaches right as long as words stand below and none above."""
    filled: list[str] = []
    for column, text in enumerate(upper):
        below = any(row[column] for row in lower)
        beside = column > 0 and any(row[column - 1] for row in lower)
        filled.append(text or (filled[-1] if below and beside else ""))
    return filled
