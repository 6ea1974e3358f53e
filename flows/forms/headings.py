"""Headings of a form's sheets: which rows they are, and which column stands below which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.forms.expected import ExpectedColumn, ExpectedSheet
from flows.forms.grid import Grid
from flows.forms.layout import COLUMN_KEYS, HEADING
from flows.forms.marks import text_of
from flows.model import BOTH_SEXES, FEMALE, MALE
from flows.names import fold

_DEEPEST = 80
"""Rows from the top among which headings are looked for when nothing marks them."""
_FEWEST = 2
"""Keys or headings that must agree before a row is taken for the row of keys or headings."""
_PART_WORDS: Mapping[str, frozenset[str]] = {
    MALE: frozenset({"l", "lk", "laki laki", "laki"}),
    FEMALE: frozenset({"p", "pr", "perempuan"}),
    BOTH_SEXES: frozenset({"l p", "lp", "jumlah", "jml", "total"}),
}
_ALL_PART_WORDS = frozenset().union(*_PART_WORDS.values())
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")

Pairs = list[tuple[str, int]]
"""Column keys and columns, from 0."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a sheet stand now."""

    at: Mapping[str, int]
    """Column key → column, from 0."""
    doubled: tuple[tuple[str, int], ...]
    """Further columns with a key that is taken already."""
    others: Mapping[int, str]
    """Columns that are not asked for → their own key, or ``?`` and their heading."""
    heading_row: int
    """Last row of the headings, from 0; -1 where there are none."""


def find_columns(grid: Grid, sheet: ExpectedSheet, marks: Sequence[str], mark_column: int | None) -> Columns:
    """Where each expected column stands: by its hidden key, by its heading where the key is gone or edited.

    ``marks`` are the texts of the mark column, row by row. Where the headings name every column exactly once and
    contradict the keys, somebody has moved cells below the hidden row, and the headings count.
    """
    key_row = _key_row(grid, sheet, marks)
    heading_rows = _heading_rows(grid, sheet, marks, key_row)
    keys = {column: text for column, text in _texts_of(grid, key_row).items() if column != mark_column}
    texts = _headings(grid, heading_rows)
    by_heading = _by_heading(texts, sheet)
    by_key = [(key, column) for column, key in keys.items() if key in sheet.columns]
    chosen, doubled = _choose(by_key, by_heading, sheet)
    known = {*chosen.values(), *(column for _, column in doubled), mark_column}
    others = _others(grid, keys, texts, known)
    return Columns(chosen, tuple(doubled), others, max([*heading_rows, key_row], default=-1))


def count_headings(grid: Grid, sheet: ExpectedSheet) -> int:
    """How many different headings of the sheet one row of ``grid`` has at best: a measure for recognising a sheet."""
    names = _names(sheet)
    return max((_hits(grid, row, names) for row in range(min(grid.height, _DEEPEST))), default=0)


def fewest_headings(sheet: ExpectedSheet) -> int:
    """How many headings a row must have to be taken for the sheet's own."""
    return min(_FEWEST, len({fold(column.heading) for column in sheet.columns.values()}))


def key_texts(grid: Grid, marks: Sequence[str], mark_column: int | None) -> tuple[str, ...]:
    """The keys in the row that is marked as such; empty where none is."""
    row = marks.index(COLUMN_KEYS) if COLUMN_KEYS in marks else -1
    return tuple(dict.fromkeys(text for column, text in _texts_of(grid, row).items() if column != mark_column))


def _key_row(grid: Grid, sheet: ExpectedSheet, marks: Sequence[str]) -> int:
    if COLUMN_KEYS in marks:
        return marks.index(COLUMN_KEYS)
    keys = frozenset(sheet.columns)
    rows = range(min(grid.height, _DEEPEST))
    agreeing = {row: len(keys & set(_texts_of(grid, row).values())) for row in rows}
    best = max(rows, key=lambda row: (agreeing[row], -row), default=-1)
    return best if best >= 0 and agreeing[best] >= min(_FEWEST, len(keys)) else -1


def _heading_rows(grid: Grid, sheet: ExpectedSheet, marks: Sequence[str], key_row: int) -> list[int]:
    marked = [row for row, mark in enumerate(marks) if mark == HEADING]
    if marked:
        return marked
    names = _names(sheet)
    hits = {row: _hits(grid, row, names) for row in range(min(grid.height, _DEEPEST)) if row != key_row}
    best = max(hits, key=lambda row: (hits[row], -row), default=-1)
    if best < 0 or hits[best] < fewest_headings(sheet):
        return []
    is_split = any(column.part for column in sheet.columns.values())
    below = {fold(text) for text in _texts_of(grid, best + 1).values()}
    return [best, best + 1] if is_split and below & _ALL_PART_WORDS else [best]


def _texts_of(grid: Grid, row: int) -> dict[int, str]:
    texts = {column: text_of(cell) for column, cell in grid.cells(row)}
    return {column: text for column, text in texts.items() if text}


def _hits(grid: Grid, row: int, names: frozenset[str]) -> int:
    return len(names & {spelling for text in _texts_of(grid, row).values() for spelling in _spellings(text)[:1]})


def _names(sheet: ExpectedSheet) -> frozenset[str]:
    return frozenset(spelling for column in sheet.columns.values() for spelling in _spellings(column.heading))


@lru_cache(maxsize=8192)
def _spellings(text: str) -> tuple[str, ...]:
    """A heading folded, as it stands and without the brackets at its end."""
    return tuple(dict.fromkeys(filter(None, (fold(text), fold(_BRACKETS.sub("", text))))))


def _headings(grid: Grid, rows: Sequence[int]) -> dict[int, list[str]]:
    """Per column its headings from top to bottom; an upper head reaches over what is merged or blank to its right."""
    texts: dict[int, list[str]] = {}
    lowest = _texts_of(grid, rows[-1]) if rows else {}
    for row in rows:
        own = _texts_of(grid, row)
        is_upper = row != rows[-1]
        reach = _merged_over(grid, row)
        carried = ""
        for column in range(grid.width):
            text = own.get(column, "") or own.get(reach.get(column, column), "")
            carried = text or carried
            texts.setdefault(column, []).append(carried if is_upper and column in lowest else text)
    return texts


def _merged_over(grid: Grid, row: int) -> dict[int, int]:
    """Column → first column of the merged range it lies in, in ``row`` being the range's first."""
    return {
        column: left
        for top, left, _, right in grid.merged
        if top == row
        for column in range(left, min(right, grid.width) + 1)
    }


def _by_heading(texts: Mapping[int, Sequence[str]], sheet: ExpectedSheet) -> Pairs:
    """Every column whose headings fit exactly one expected column."""
    pairs = []
    for column, lines in texts.items():
        fitting = [expected for expected in sheet.columns.values() if _fits(expected, lines)]
        if len(fitting) > 1:  # a bracket may be all that tells two headings apart
            shown = {fold(line) for line in lines}
            fitting = [expected for expected in fitting if fold(expected.heading) in shown]
        if len(fitting) == 1:
            pairs.append((fitting[0].key, column))
    return pairs


def _fits(expected: ExpectedColumn, lines: Sequence[str]) -> bool:
    names = _spellings(expected.heading)
    if not expected.part:
        return any(name in _spellings(line) for line in lines for name in names)
    last = fold(lines[-1]) if lines else ""
    words = _PART_WORDS[expected.part]
    if last in words:
        return any(name in _spellings(line) for line in lines[:-1] for name in names)
    return any(last == f"{name} {word}" for name in names for word in words)


def _choose(by_key: Pairs, by_heading: Pairs, sheet: ExpectedSheet) -> tuple[dict[str, int], Pairs]:
    """The columns to read, and further ones with the same key."""
    headed = dict(by_heading)
    if len(headed) == len(by_heading) == len(sheet.columns):
        return headed, []
    first: dict[str, int] = {}
    doubled: Pairs = []
    for key, column in by_key:
        if first.setdefault(key, column) != column:
            doubled.append((key, column))
    taken = {column for _, column in by_key}
    for key, column in by_heading:
        if column not in taken and first.setdefault(key, column) != column:
            doubled.append((key, column))
    return first, doubled


def _others(
    grid: Grid, keys: Mapping[int, str], texts: Mapping[int, Iterable[str]], known: set[int | None]
) -> dict[int, str]:
    others: dict[int, str] = {}
    for column in range(grid.width):
        if column not in known:
            heading = " ".join(dict.fromkeys(filter(None, texts.get(column, ()))))
            name = keys.get(column, "") or f"?{heading}"
            others[column] = name if name != "?" and name not in others.values() else f"{name}#{column + 1}"
    return others
