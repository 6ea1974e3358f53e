"""The lines below a head: which of them say something, what they call what they speak of, and which add up others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

from flows.forms.grid import Grid
from flows.gather.export_years import names_year, words_above
from flows.gather.headings import CODE, DISTRICT, UNIT, VILLAGE, YEAR, Match
from flows.gather.sheet_heads import Head, area_role, is_blank, text_at
from flows.model import City, FixedRow, RowKind, TableSchema
from flows.names import fold

WHOLE = "kota"
"""Scope of a total over everything, and key of the line of a whole city."""

_TOTAL = re.compile(r"(?:sub total|subtotal|grand total|jumlah|total|jml|jlh)\b ?(.*)")
_SUMMARY = re.compile(r"(rata rata|rerata|persen|persentase|presentase|prosentase|target|minimum|maksimum)\b")
_DISTRICT_LINE = re.compile(r"(?:kecamatan|kec) (.+)")
_WHOLE_WORDS = frozenset({"kabupaten", "kota", "kab", "kab kota", "kabupaten kota", "semua kecamatan", "semua"})
_WHOLE_START = ("kabupaten ", "kab ", "keseluruhan", "seluruh")
_NUMBERED = re.compile(r"\(?(\d{1,3})\)?(?: ?=.*)?")
_FEWEST_NUMBERED = 3
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_ALIKE = " sederajat"
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table lies in one sheet."""

    grid: Grid
    head: Head
    roles: Mapping[str, int]
    """Name of the row (``kecamatan``, ``kode`` …) → column, from 0."""
    matches: tuple[Match, ...]
    year: int | None = None
    """Year of lines and headings that name none."""
    data_years: tuple[int, ...] = ()
    """Years that are asked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that may speak of something."""

    row: int
    """Row of the sheet, from 0."""
    district: str
    """Kecamatan, carried down from the line that names it; empty where none is named."""
    name: str
    """What the line speaks of at the finest level; of a total its words."""
    code: str = ""
    """What it has for a code; in a table that names its rows itself the id of the row, empty where it is none."""
    total: str | None = None
    """Of a line that adds up others: the kecamatan it is for, or ``kota``; None for all other lines."""


def read_lines(layout: Layout, schema: TableSchema, city: City) -> tuple[Line, ...]:
    """Every line below the head that is not blank, a repeated head or a row of column numbers."""
    if schema.row_kind in (RowKind.DISTRICT, RowKind.VILLAGE):
        return _scoped(_area_lines(layout, schema, city), layout, city)
    if schema.row_kind is RowKind.FIXED:
        return tuple(_fixed_lines(layout, schema, city))
    return tuple(_plain_lines(layout, schema, city))


def data_rows(layout: Layout) -> Iterator[int]:
    """Rows below the head, from 0, that are neither blank nor numbers of columns nor the head repeated on a new page.

    They end where the head of another table begins: another head, or the same one below words that name a data year.
    """
    grid, head = layout.grid, layout.head
    named = [layout.roles[role] for role in (DISTRICT, VILLAGE) if role in layout.roles]
    own = [_texts(grid, row, head) for row in range(head.top, head.bottom + 1)]
    for row in range(head.bottom + 1, grid.height):
        if is_blank(grid, row) or _is_numbered(grid, row):
            continue
        if _texts(grid, row, head) in own:
            if _texts(grid, row, head) == own[0] and names_year(words_above(grid, row), layout.data_years):
                return
            continue
        if any(area_role(grid.at(row, column)) for column in named):
            return
        yield row


def said(layout: Layout, row: int, role: str) -> str:
    """What a line has in the column of ``role``; empty where there is no such column."""
    column = layout.roles.get(role)
    return "" if column is None else text_at(layout.grid, row, column)


def fixed_rows(texts: Iterable[str], schema: TableSchema) -> dict[str, str]:
    """Those of ``texts`` that name rows of ``schema``, each with the id of its row.

    A row is named by its label, with or without the numbers of questions behind it, and by its id. One called "SD/MI"
    is also named by "SD" and by "MI", whose figures are to be added, unless another line names all of it.
    """
    names = {text: fold(text).replace("lainnya", "lain") for text in texts if fold(text)}
    found = {text: row.id for text, name in names.items() for row in schema.rows if name in _whole_names(row)}
    for row in schema.rows:
        if row.id not in found.values():
            parts = (fold(row.id), *_alternatives(row, 1))
            found.update({text: row.id for text, name in names.items() if name in parts and text not in found})
    return found


def _alternatives(row: FixedRow, size: int = 0) -> tuple[str, ...]:
    """Of "SD/MI sederajat (19.2b)": all alternatives in any order, or each ``size`` of them; none without a slash."""
    words = fold(_ASIDE.sub("", row.label)).removesuffix(_ALIKE)
    parts = words.split()
    if "/" not in row.label or len(parts) != _ASIDE.sub("", row.label).count("/") + 1:
        return ()
    return tuple(" ".join(each) for each in permutations(parts, size or len(parts)))


def _whole_names(row: FixedRow) -> set[str]:
    bare = fold(_ASIDE.sub("", row.label))
    whole = _alternatives(row)
    alike = {f"{part}{_ALIKE}" for part in (*whole, *_alternatives(row, 1))}
    return {fold(row.label), bare, *whole, *alike} if whole else {fold(row.label), bare, fold(row.id)}


def _texts(grid: Grid, row: int, head: Head) -> list[str]:
    return [fold(text_at(grid, row, heading.index)) for heading in head.headings]


def _is_numbered(grid: Grid, row: int) -> bool:
    """Whether the row only numbers the columns, as below printed heads: 1 2 3, (1) (2) (3), 5 = 4/3."""
    found = [_NUMBERED.fullmatch(text_at(grid, row, column)) for column, cell in grid.cells(row) if not cell.is_empty]
    if len(found) < _FEWEST_NUMBERED or None in found:
        return False
    numbers = [int(match.group(1)) for match in found if match]
    return all(right == left + 1 for left, right in pairwise(numbers))


def _area_lines(layout: Layout, schema: TableSchema, city: City) -> Iterator[tuple[Line, bool]]:
    """Lines of areas, and of each total whether it names its kecamatan itself."""
    finest = VILLAGE if schema.row_kind is RowKind.VILLAGE else DISTRICT
    is_split = finest is DISTRICT and UNIT in layout.roles
    carried = _stated_district(layout, city) if finest is VILLAGE and DISTRICT not in layout.roles else ""
    before: tuple[Line, bool] | None = None
    for row in data_rows(layout):
        if before and _is_next_year(layout, row):
            before = (replace(before[0], row=row), before[1])
            yield before
            continue
        before = None
        district, name = said(layout, row, DISTRICT), said(layout, row, finest)
        total = _total_at(layout, row, said(layout, row, UNIT) if is_split else name, city)
        if total is not None:
            is_own = bool(district) and _total_words(district, city) is None
            carried = district if is_own else carried
            before = Line(row, carried, _first_text(layout, row), total=total), is_own
            yield before
            continue
        block = None if _has_values(layout, row) else _DISTRICT_LINE.fullmatch(fold(_first_text(layout, row)))
        carried = (block.group(1) if block and finest is VILLAGE else district) or carried
        if not block and not _SUMMARY.match(fold(name or _first_text(layout, row))):
            if is_split:  # a signature names neither; it is no line of the last kecamatan
                name = carried if district or said(layout, row, UNIT) else ""
            before = Line(row, carried, name, said(layout, row, CODE)), False
            yield before


def _is_next_year(layout: Layout, row: int) -> bool:
    """Whether a line names a year and nothing else: it goes on with what the line above it speaks of."""
    if not said(layout, row, YEAR) or any(said(layout, row, role) for role in (DISTRICT, VILLAGE, UNIT, CODE)):
        return False
    return not _first_text(layout, row) and _has_values(layout, row)


def _scoped(lines: Iterator[tuple[Line, bool]], layout: Layout, city: City) -> tuple[Line, ...]:
    """``lines``, each total with what it adds up.

    A bare "Jumlah" is the whole city where it stands alone; where there are several, each belongs to the kecamatan
    above it, and one more after that is the whole. In a sheet about one kecamatan only, it is that one's.
    """
    every = list(lines)
    is_one = VILLAGE in layout.roles and len({fold(line.district) for line, _ in every}) == 1
    bare = Counter(said(layout, line.row, YEAR) for line, is_own in every if line.total == "" and not is_own)
    seen: set[tuple[str, str]] = set()
    found = []
    for line, is_own in every:
        if line.total is None:
            found.append(line)
            continue
        year = said(layout, line.row, YEAR)
        scope = _scope(line, city)
        if is_own:
            scope = line.district
        elif not scope:
            is_whole = not line.district or (line.district, year) in seen or (bare[year] == 1 and not is_one)
            scope = WHOLE if is_whole else line.district
        seen.add((line.district, year))
        found.append(replace(line, total=scope))
    return tuple(found)


def _stated_district(layout: Layout, city: City) -> str:
    """The kecamatan of a whole sheet, as said above its head or by its name; empty where neither says one."""
    grid = layout.grid
    above = (text_at(grid, row, column) for row in range(layout.head.top) for column, _ in grid.cells(row))
    for text in (*above, grid.name):
        named = _DISTRICT_LINE.fullmatch(fold(text))
        if named:
            return named.group(1)
    known = {fold(district.name) for district in city.districts}
    return grid.name if fold(grid.name) in known else ""


def _scope(line: Line, city: City) -> str:
    """What the words behind "Jumlah" name: ``kota``, a kecamatan, or nothing."""
    words = line.total or ""
    if _is_whole(words, city):
        return WHOLE
    named = _DISTRICT_LINE.fullmatch(words)
    if named:
        return named.group(1)
    known = {fold(line.district), *(fold(district.name) for district in city.districts)}
    return words if words in known else ""


def _fixed_lines(layout: Layout, schema: TableSchema, city: City) -> Iterator[Line]:
    """Lines of a table that names its rows itself; the column in which most of those names stand holds them."""
    rows = list(data_rows(layout))
    mapped = {match.heading.index for match in layout.matches}
    free = [heading.index for heading in layout.head.headings if heading.index not in mapped]
    named = {column: fixed_rows((text_at(layout.grid, row, column) for row in rows), schema) for column in free}
    column = min(named, key=lambda each: (-len(named[each]), each), default=0)
    before: Line | None = None
    for row in rows if named.get(column) else ():
        name = text_at(layout.grid, row, column)
        words = _total_words(name or _first_text(layout, row), city)
        if before is None or not _is_next_year(layout, row):
            before = Line(row, "", name, named[column].get(name, ""), None if words is None else WHOLE)
        before = replace(before, row=row)
        yield before


def _plain_lines(layout: Layout, schema: TableSchema, city: City) -> Iterator[Line]:
    """Lines of a list, or of a whole city."""
    for row in data_rows(layout):
        first = _first_text(layout, row)
        if schema.row_kind is RowKind.CITY:
            yield Line(row, "", city.name)
        elif _total_words(first, city) is None:
            yield Line(row, "", first)


def _first_text(layout: Layout, row: int) -> str:
    """The first words of a line: left of its first value, and in a table with nothing left of that, its first cell."""
    first = min((match.heading.index for match in layout.matches), default=layout.grid.width)
    left = min((heading.index for heading in layout.head.headings), default=0)
    columns: Sequence[int] = range(left, max(first, left + 1))
    texts = (text_at(layout.grid, row, column) for column in columns)
    return next((text for text in texts if _LETTER.search(text)), "")


def _has_values(layout: Layout, row: int) -> bool:
    cells = (layout.grid.at(row, match.heading.index) for match in layout.matches)
    return any(cell is not None and not cell.is_empty for cell in cells)


def _total_at(layout: Layout, row: int, name: str, city: City) -> str | None:
    """What stands behind "Jumlah" where the line is a total: in the name of the finest area, or left of the values."""
    return _total_words(name or _first_text(layout, row), city) if _has_values(layout, row) else None


def _total_words(text: str, city: City) -> str | None:
    """Words behind "Jumlah", or ``kota`` for a line that names the whole city; None where ``text`` is no total."""
    folded = fold(text)
    match = _TOTAL.fullmatch(folded)
    if match:
        return match.group(1)
    return WHOLE if _is_whole(folded, city) and folded not in _area_names(city) else None


def _area_names(city: City) -> set[str]:
    districts = {fold(district.name) for district in city.districts}
    return districts | {fold(village.name) for district in city.districts for village in district.villages}


def _is_whole(words: str, city: City) -> bool:
    return words in _WHOLE_WORDS or words == fold(city.name) or words.startswith(_WHOLE_START)
