"""What the lines of an agency's own table say: area by area and year by year, as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.forms.areas import AreaIndex
from flows.forms.cells import read_cell
from flows.forms.grid import Grid, cell_name
from flows.forms.reading import shown_text
from flows.gather.export_lines import WHOLE, Layout, Line, read_lines, said
from flows.gather.headings import SEX, UNIT, YEAR, Match, sex_of_text
from flows.model import BOTH_SEXES, CellState, City, ColumnType, RowKind, TableCell, TableRow, TableSchema
from flows.names import fold

TOTAL = "total:"
"""Start of the key of a line that adds up others: ``total:<key of the kecamatan>``, or ``total:kota`` for all."""

_FIGURES = frozenset({CellState.VALUE, CellState.NOT_AVAILABLE, CellState.ERROR, CellState.UNCALCULATED})
_WORST_FIRST = (
    CellState.ERROR,
    CellState.UNCALCULATED,
    CellState.UNREADABLE,
    CellState.NOT_AVAILABLE,
    CellState.EMPTY,
)
_ADDED = frozenset({ColumnType.COUNT, ColumnType.NUMBER, ColumnType.MONEY})


def read_rows(layout: Layout, schema: TableSchema, city: City, index: AreaIndex) -> tuple[TableRow, ...]:
    """Every line below the head that says anything; lines about the same area stay apart, for the checks to see.

    Lines that add up others are kept under ``total:<key of the kecamatan>`` or ``total:kota`` and are not
    ``is_known``: whoever merges tables leaves them out, whoever checks sums compares with them.

    Where a column says whether a line counts boys or girls, as open data do, the lines of one area are one row.

    One thing is computed: in a table per kecamatan whose lines are its puskesmas or schools, figures of a kecamatan are
    added, and so are those of "SD" and "MI" where a row is called "SD/MI" (``cell`` is then a range, ``D7:D9``); where
    one of them is no number, its state and address stand for all; percentages of such lines are left out.

    What follows the last figure (sources, notes, signatures) is not read.
    """
    areas = _Areas(city, index)
    rows = [row for line in read_lines(layout, schema, city) for row in _rows_of(line, layout, schema, areas)]
    has_areas = schema.row_kind in (RowKind.DISTRICT, RowKind.VILLAGE) and areas.are_listed
    while rows and not _has_figures(rows[-1]) and not (rows[-1].is_known and has_areas):
        rows.pop()
    if (schema.row_kind is RowKind.DISTRICT and UNIT in layout.roles) or schema.row_kind is RowKind.FIXED:
        rows = _added(rows, schema)
    if schema.row_kind is not RowKind.LIST:
        rows = _with_both_sexes(rows) if SEX in layout.roles else rows
    else:
        rows = [replace(row, key=str(place)) for place, row in enumerate(rows, start=1)]
    return tuple(rows)


class _Areas:
    """Areas by name and code, each asked once: tables repeat them for every year."""

    def __init__(self, city: City, index: AreaIndex) -> None:
        self.are_listed = bool(city.districts)
        self._index = index
        self._districts: dict[tuple[str, str], str] = {}
        self._villages: dict[tuple[str, str, str], str] = {}

    def district(self, name: str, code: str = "") -> tuple[str, bool]:
        """Key of a kecamatan, and whether it is known; where the city lists no areas, every name is."""
        if not self.are_listed:
            return fold(name), bool(name)
        if (name, code) not in self._districts:
            found = self._index.find_district(name, code)
            self._districts[name, code] = found.code if found else ""
        known = self._districts[name, code]
        return known or fold(name), bool(known)

    def village(self, line: Line) -> tuple[str, bool]:
        """Key of a kelurahan or desa, and whether it is known."""
        if not self.are_listed:
            return fold(f"{line.district}|{line.name}"), bool(line.name)
        asked = (line.name, line.code, line.district)
        if asked not in self._villages:
            found = self._index.find_village(line.name, line.code, line.district)
            self._villages[asked] = found.code if found else ""
        known = self._villages[asked]
        return known or fold(f"{line.district}|{line.name}"), bool(known)


def _rows_of(line: Line, layout: Layout, schema: TableSchema, areas: _Areas) -> Iterator[TableRow]:
    """The line once per year it speaks of; nothing where it says nothing."""
    key, group, is_known = _who(line, schema, areas)
    for year, matches in _by_year(layout, line.row):
        sex = "" if schema.row_kind is RowKind.LIST else sex_of_text(said(layout, line.row, SEX))
        cells = tuple(_cell(layout.grid, line.row, match) for match in _of_sex(matches, sex))
        row = TableRow(
            key, line.name, year if schema.both_years else None, line.row + 1, cells, group=group, is_known=is_known
        )
        if _is_worth(row, schema, is_named=bool(line.name or line.code)):
            yield row


def _of_sex(matches: tuple[Match, ...], sex: str) -> tuple[Match, ...]:
    """The columns of a line that counts only boys or only girls; what is not split by sex it cannot tell."""
    if sex in ("", BOTH_SEXES):
        return matches
    split = (match for match in matches if match.column.by_sex and match.part == BOTH_SEXES)
    return tuple(replace(match, part=sex) for match in split)


def _with_both_sexes(rows: Sequence[TableRow]) -> list[TableRow]:
    """One row out of a line for boys and a line for girls of the same; lines that say the same twice stay apart."""
    joined: list[TableRow] = []
    place: dict[tuple[str, int | None], int] = {}
    for row in rows:
        at = place.get((row.key, row.year))
        told = set() if at is None else {(cell.column, cell.part) for cell in joined[at].cells}
        if at is None or told & {(cell.column, cell.part) for cell in row.cells}:
            place[row.key, row.year] = len(joined)
            joined.append(row)
        else:
            joined[at] = replace(joined[at], cells=(*joined[at].cells, *row.cells))
    return joined


def _who(line: Line, schema: TableSchema, areas: _Areas) -> tuple[str, str, bool]:
    """Key, group and whether the key is known."""
    if line.total is not None:
        scope = WHOLE if line.total == WHOLE else areas.district(line.total)[0]
        return f"{TOTAL}{scope}", "" if line.total == WHOLE else line.district, False
    if schema.row_kind is RowKind.VILLAGE:
        key, is_known = areas.village(line)
        return key, line.district, is_known
    if schema.row_kind is RowKind.DISTRICT:
        key, is_known = areas.district(line.name, line.code)
        return key, "", is_known
    if schema.row_kind is RowKind.FIXED:
        return line.code or f"?{fold(line.name)}", "", bool(line.code)
    return WHOLE, "", True


def _by_year(layout: Layout, row: int) -> list[tuple[int | None, tuple[Match, ...]]]:
    """Years a line speaks of, each with its columns: those of its headings, else of its own, else of the sheet.

    A series of many years is cut to the data years; where none of these is there, the years stay for the checks.
    """
    years = sorted({match.year for match in layout.matches if match.year is not None})
    years = [year for year in years if year in layout.data_years] or years
    if years:
        return [(year, tuple(match for match in layout.matches if match.year in (year, None))) for year in years]
    column = layout.roles.get(YEAR)
    read = None if column is None else read_cell(layout.grid.at(row, column), ColumnType.YEAR)
    return [(layout.year if read is None or read.number is None else int(read.number), layout.matches)]


def _cell(grid: Grid, row: int, match: Match) -> TableCell:
    column, at = match.column, match.heading.index
    cell = grid.at(row, at)
    read = read_cell(cell, column.type, column.options)
    text = read.text or (shown_text(cell) if read.remark else "")
    return TableCell(column.id, match.part, read.state, read.number, text, cell_name(row, at), read.remark)


def _has_figures(row: TableRow) -> bool:
    return any(cell.state in _FIGURES for cell in row.cells)


def _is_worth(row: TableRow, schema: TableSchema, *, is_named: bool) -> bool:
    """Whether a line is one of the table: anything filled beside a name, or a figure beside none.

    Of a list, most of what it must say has to be said; notes below a list look like one more thing otherwise.
    """
    if schema.row_kind is RowKind.LIST:
        wanted = {column.id for column in schema.columns if column.is_required}
        filled = {cell.column for cell in row.cells if cell.state is not CellState.EMPTY}
        return bool(filled) and len(wanted & filled) * 2 >= len(wanted)
    return _has_figures(row) or (is_named and any(cell.state is not CellState.EMPTY for cell in row.cells))


def _added(rows: Sequence[TableRow], schema: TableSchema) -> list[TableRow]:
    """One row per kecamatan and year out of the rows of its puskesmas; rows that stand alone as they are.

    Of a table that names its rows itself, lines with the same words stay apart too.
    """
    groups: dict[tuple[str, int | None, tuple[str, ...]], list[TableRow]] = {}
    for row in rows:
        groups.setdefault((row.key, row.year, tuple(cell.part for cell in row.cells)), []).append(row)
    added = {column.id for column in schema.columns if column.type in _ADDED}
    return [row for group in groups.values() for row in (group if _is_apart(group, schema) else [_sum(group, added)])]


def _is_apart(group: Sequence[TableRow], schema: TableSchema) -> bool:
    labels = {fold(row.label) for row in group}
    is_said_twice = len(labels) < len(group) or not group[0].is_known
    return len(group) == 1 or (schema.row_kind is RowKind.FIXED and is_said_twice)


def _sum(group: Sequence[TableRow], added: set[str]) -> TableRow:
    columns = zip(*(row.cells for row in group), strict=True)
    cells = tuple(_sum_cells(cells) for cells in columns if cells[0].column in added)
    return replace(group[0], cells=cells)


def _sum_cells(cells: Sequence[TableCell]) -> TableCell:
    for state in _WORST_FIRST:
        for cell in cells:
            if cell.state is state:
                return cell
    total = sum(cell.number or 0.0 for cell in cells)
    return replace(cells[0], number=total, cell=f"{cells[0].cell}:{cells[-1].cell}")
