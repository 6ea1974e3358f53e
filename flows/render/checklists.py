"""Checklists of areas: how many meet each criterion, and the matrix of area by criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from flows.agency_names import agency_name
from flows.model import City, ColumnType, RowKind, StandingRow, StandingTable, TableColumn, TableSchema
from flows.privacy.small_cells import COVER_SIGN, small_count
from flows.render.case_guard import CaseGuard
from flows.render.figures import cell_mm, figure, fixed
from flows.render.table_views import Cell, CriterionView, Head, Row, RowGroup, Sheet, Style, Word
from flows.render.widths import PAGE_MM, packed, shares
from flows.wording import NO_VALUE, number

YES = "ya"
"""What a cell of a yes-or-no column holds where the criterion is met."""
_FEWEST_CRITERIA = 3
"""Criteria from which kelurahan, or many kecamatan, are listed one by one: for fewer a page of names says little."""
_MANY_AREAS = 20
"""Kecamatan that take so much of a page that one criterion is not worth it."""
_ANSWER_MM = 7.1
_AREA_MM, _AREA_PT = 34.0, 7.0
"""Least width of the column of areas, and the size of its letters (``.rapat`` in ``buku.css``)."""
_NUMBER_MM, _COUNT_MM = 10.0, 24.0


def criteria_of(schema: TableSchema, table: StandingTable) -> tuple[TableColumn, ...]:
    """Yes-or-no columns that anybody answered; their place, from 1, is their number."""
    if schema.row_kind not in (RowKind.DISTRICT, RowKind.VILLAGE):
        return ()
    known = {key for row in table.rows for key, value in row.values.items() if value != ""}
    return tuple(column for column in schema.columns if column.type is ColumnType.YES_NO and column.id in known)


def counted(schema: TableSchema, table: StandingTable, city: City, guard: CaseGuard) -> tuple[CriterionView, ...]:
    """Each criterion with the areas that meet it, out of all areas of the city, in the newest year of the table.

    Counts that would tell a hidden number of children are signs.
    """
    codes = _codes(schema, city)
    rows = [row for row in newest(table) if not codes or row.key in codes]
    total = len(codes) or len(rows)
    views = []
    for place, column in enumerate(criteria_of(schema, table), 1):
        met = sum(row.values.get(column.id) == YES for row in rows)
        share = fixed(met / total * 100) if total else NO_VALUE
        said = number(met)
        if guard.hides_count(column, met, total):
            said, share = small_count(met) or COVER_SIGN, ""
        views.append(CriterionView(place, column.id, column.label, said, number(total), share))
    return tuple(views)


def newest(table: StandingTable) -> tuple[StandingRow, ...]:
    """Rows of the newest year; all of them where rows have no year."""
    latest = max((row.year for row in table.rows if row.year is not None), default=None)
    return tuple(row for row in table.rows if row.year == latest)


def _codes(schema: TableSchema, city: City) -> frozenset[str]:
    if schema.row_kind is RowKind.DISTRICT:
        return frozenset(district.code for district in city.districts)
    return frozenset(village.code for district in city.districts for village in district.villages)


def criteria_sheet(schema: TableSchema, table: StandingTable, city: City, guard: CaseGuard) -> tuple[Sheet, ...]:
    """Criteria with their counts as one sheet; none where there are no criteria."""
    views = counted(schema, table, city, guard)
    if not views:
        return ()
    area = Word.DISTRICT if schema.row_kind is RowKind.DISTRICT else Word.VILLAGE
    rows = tuple(
        Row(
            (
                Cell(str(view.number), Style.MIDDLE),
                Cell(view.label, Style.TEXT, is_head=True),
                *(Cell(text) for text in (view.met, view.areas, view.share or COVER_SIGN)),
            )
        )
        for view in views
    )
    heads = (Word.NUMBER, Word.CRITERION, Word.MET, Word.AREAS, Word.SHARE)
    widths = [_NUMBER_MM, PAGE_MM - _NUMBER_MM - 3 * _COUNT_MM, *[_COUNT_MM] * 3]
    return (Sheet((tuple(Head(text=area, word=word) for word in heads),), shares(widths), (RowGroup(rows),)),)


def matrix_sheets(schema: TableSchema, table: StandingTable, city: City, guard: CaseGuard) -> tuple[Sheet, ...]:
    """Area by criterion in words, columns numbered as in the sheet of criteria; several where there are many.

    Which area has children in difficulty is left out.
    """
    numbered = enumerate(criteria_of(schema, table), 1)
    criteria = tuple((place, column) for place, column in numbered if not guard.is_case(column))
    rows = newest(table)
    if not criteria or not rows:
        return ()
    area = Word.DISTRICT if schema.row_kind is RowKind.DISTRICT else Word.VILLAGE
    longest = max(cell_mm(row.label, _AREA_PT) for row in rows)
    sheets = []
    for group in packed(criteria, lambda _: _ANSWER_MM, PAGE_MM - _AREA_MM):
        heads = (Head(word=area), *(Head(str(place)) for place, _ in group))
        sheets.append(
            Sheet(
                heads=(heads,),
                widths=shares([_area_mm(longest, len(group)), *[_ANSWER_MM] * len(group)], keep=1),
                groups=_matrix_groups(rows, group, _district_names(schema, city)),
                aspect=f"{group[0][0]}–{group[-1][0]}",
                legend=tuple((str(place), _with_supplier(column, city)) for place, column in group),
                is_dense=True,
            )
        )
    return tuple(sheets)


def _area_mm(longest: float, criteria: int) -> float:
    """Width of the column of areas: a name on one line where ``criteria`` leave room for it."""
    return max(_AREA_MM, min(longest, PAGE_MM - _ANSWER_MM * criteria))


def _with_supplier(column: TableColumn, city: City) -> str:
    """A criterion with the agency that supplies its column."""
    agency = city.agency_for(column.supplier) if column.supplier else None
    return f"{column.label} ({agency_name(agency, city)})" if agency else column.label


def has_matrix(schema: TableSchema, table: StandingTable, guard: CaseGuard) -> bool:
    """Whether areas by criterion say more than the counts do, and may be shown."""
    is_short = schema.row_kind is RowKind.DISTRICT and len(newest(table)) < _MANY_AREAS
    fewest = 1 if is_short else _FEWEST_CRITERIA
    shown = [column for column in criteria_of(schema, table) if not guard.is_case(column)]
    return not schema.is_sensitive and len(shown) >= fewest


def _district_names(schema: TableSchema, city: City) -> Mapping[str, str]:
    if schema.row_kind is RowKind.DISTRICT:
        return {}
    return {village.code: district.name for district in city.districts for village in district.villages}


def _matrix_groups(
    rows: Sequence[StandingRow], group: Sequence[tuple[int, TableColumn]], districts: Mapping[str, str]
) -> tuple[RowGroup, ...]:
    named = [(districts.get(row.key, row.group), row) for row in rows]
    return tuple(
        RowGroup(tuple(_matrix_row(row, group) for _, row in members), label)
        for label, members in groupby(named, key=lambda pair: pair[0])
    )


def _matrix_row(row: StandingRow, group: Sequence[tuple[int, TableColumn]]) -> Row:
    cells = [Cell(row.label, Style.TEXT, is_head=True)]
    for _, column in group:
        value = row.values.get(column.id)
        cells.append(Cell(figure(value, column.type), Style.MET if value == YES else Style.MIDDLE))
    return Row(tuple(cells))
