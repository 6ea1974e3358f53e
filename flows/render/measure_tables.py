"""Tables of figures: areas or items down the page, measures across it, each by year and sex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows.forms.layout import value_key
from flows.model import ColumnType, RowKind, StandingRow, StandingTable, TableColumn, TableSchema
from flows.render.figures import PART_LABELS, cell_mm, change, figure, longest_word_mm
from flows.render.table_views import Cell, Head, Row, RowGroup, Sheet, Style, Word
from flows.render.widths import PAGE_MM, label_mm, packed, shares

Year = int | None
_TEXT_MM = 30.0
"""Width of a column of words in a table of figures."""
_LEAST_MM = 10.5
_HEAD_LINES = 5
"""Lines a head may take before its columns are made wider."""
_CHANGE_MM = 17.0
_WHOLE_ROWS = 6
"""Rows up to which a table is not broken across pages."""
_TWO = 2
"""Years between which something can change."""
_SIGNS = {ColumnType.PERCENT: ("%",), ColumnType.MONEY: ("Rp", "(rupiah)")}
"""How labels say their unit; one that does in none of these ways is given the first."""
_FIRST_ROWS = {RowKind.DISTRICT: Word.DISTRICT, RowKind.VILLAGE: Word.DISTRICT}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the table with what is known of it."""

    column: TableColumn
    years: tuple[Year, ...]
    parts: tuple[str, ...]
    """``L``, ``P``, ``LP`` or one without a name; only those of which anything is known."""
    has_change: bool
    width: float
    """Millimetres it takes across the page."""

    @property
    def slices(self) -> tuple[tuple[Year, str], ...]:
        """Its columns, the change apart."""
        return tuple((year, part) for year in self.years for part in self.parts)

    @property
    def columns(self) -> int:
        """How many columns it takes."""
        return len(self.slices) + self.has_change

    def key(self, part: str) -> str:
        """Key of one part in the values of a row."""
        return value_key(self.column.id, part)

    @property
    def label(self) -> str:
        """What it is called, with its sign where the label does not say it."""
        signs = _SIGNS.get(self.column.type, ())
        is_said = not signs or any(sign in self.column.label for sign in signs)
        return self.column.label if is_said else f"{self.column.label} ({signs[0]})"

    @property
    def style(self) -> Style:
        """How its cells stand."""
        return Style.FIGURE if self.column.type.is_numeric else Style.TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """All years of one area or item."""

    label: str
    by_year: Mapping[Year, StandingRow]

    def value(self, year: Year, key: str) -> float | str | None:
        """One value, None where it is not known."""
        row = self.by_year.get(year)
        return row.values.get(key) if row else None


def years_of(table: StandingTable, data_years: Sequence[int]) -> tuple[Year, ...]:
    """Years a table is printed for: its data years, else those it has; None for rows without a year."""
    found = {row.year for row in table.rows if row.values}
    dated = sorted(year for year in found if year is not None)
    wanted = [year for year in dated if year in data_years] or dated[-2:]
    return (*wanted, *((None,) if None in found else ()))


def printed_rows(schema: TableSchema, table: StandingTable) -> tuple[StandingRow, ...]:
    """Rows the book prints: of kelurahan tables their kecamatan, of others all."""
    return table.group_totals if schema.row_kind is RowKind.VILLAGE else table.rows


def measures_of(schema: TableSchema, table: StandingTable, data_years: Sequence[int]) -> tuple[Measure, ...]:
    """Columns of which anything is known, in order; words of sensitive tables and of kelurahan are left to the file."""
    rows = (*printed_rows(schema, table), *table.totals)
    years = years_of(table, data_years)
    has_words = not schema.is_sensitive and schema.row_kind is not RowKind.VILLAGE
    found = []
    for column in schema.columns:
        if column.type is ColumnType.YES_NO or not (column.type.is_numeric or has_words):
            continue
        parts = tuple(part for part in column.parts if _is_known(column, part, rows))
        if parts:
            found.append(_measure(column, years, parts, rows))
    return tuple(found)


def _is_known(column: TableColumn, part: str, rows: Iterable[StandingRow]) -> bool:
    key = value_key(column.id, part)
    return any(row.values.get(key, "") != "" for row in rows)


def _measure(
    column: TableColumn, years: tuple[Year, ...], parts: tuple[str, ...], rows: Sequence[StandingRow]
) -> Measure:
    has_change = column.type is ColumnType.PERCENT and None not in years and len(years) == _TWO
    bare = Measure(column, years, parts, has_change, 0.0)
    texts = {figure(row.values.get(bare.key(part)), column.type) for row in rows for part in parts if row.year in years}
    bold = max((cell_mm(text, is_bold=True) for text in texts), default=0.0)
    one = max(_LEAST_MM, bold) if column.type.is_numeric else _TEXT_MM
    columns = one * len(bare.slices) + _CHANGE_MM * has_change
    head = max(longest_word_mm(bare.label, is_bold=True), cell_mm(bare.label, is_bold=True) / _HEAD_LINES)
    return Measure(column, years, parts, has_change, max(columns, head))


def measure_sheets(schema: TableSchema, table: StandingTable, data_years: Sequence[int]) -> tuple[Sheet, ...]:
    """The figures of a table as sheets that fit the page; none where nothing is known."""
    measures = measures_of(schema, table, data_years)
    if not measures:
        return ()
    if schema.row_kind is RowKind.CITY:
        return _city_sheets(measures, table)
    lines = lines_of(printed_rows(schema, table))
    label = label_mm(max((cell_mm(line.label) for line in lines), default=0.0))
    groups = packed(_fitting(measures, PAGE_MM - label), lambda each: each.width, PAGE_MM - label)
    totals = lines_of(table.totals)
    return tuple(
        _area_sheet(schema, group, lines, totals, label, "; ".join(each.label for each in group)) for group in groups
    )


def _fitting(measures: Iterable[Measure], room: float) -> tuple[Measure, ...]:
    """Measures with those too wide for the page split by year; one year's columns break their figures at worst."""
    found: list[Measure] = []
    for measure in measures:
        if measure.width <= room:
            found.append(measure)
            continue
        width = min(measure.width / max(len(measure.years), 1), room)
        found += [
            Measure(measure.column, (year,), measure.parts, has_change=False, width=width) for year in measure.years
        ]
    return tuple(found)


def lines_of(rows: Sequence[StandingRow]) -> tuple[Line, ...]:
    """Rows of all years side by side, in order of first appearance; a row that occurs twice in a year is two lines."""
    found: dict[tuple[str, int], tuple[str, dict[Year, StandingRow]]] = {}
    for row in rows:
        key = row.key if row.place else f"{row.key}|{row.label}"  # computed rows all have the same key
        place = 0
        while row.year in found.get((key, place), ("", {}))[1]:
            place += 1
        found.setdefault((key, place), (row.label, {}))[1][row.year] = row
    return tuple(Line(label, by_year) for label, by_year in found.values())


def _area_sheet(
    schema: TableSchema,
    measures: Sequence[Measure],
    lines: Sequence[Line],
    totals: Sequence[Line],
    label: float,
    aspect: str,
) -> Sheet:
    rows = [Row((Cell(line.label, Style.TEXT, is_head=True), *_values(line, measures))) for line in lines]
    if len(lines) > 1 and any(measure.column.type.is_numeric for measure in measures):
        rows += [
            Row((Cell("", Style.TEXT, is_head=True, word=Word.TOTAL), *_values(line, measures, is_total=True)), True)  # noqa: FBT003
            for line in totals
        ]
    return Sheet(
        heads=_heads(_FIRST_ROWS.get(schema.row_kind, Word.ITEM), measures),
        widths=shares([label, *(width for each in measures for width in _widths(each))], keep=1),
        groups=(RowGroup(tuple(rows)),),
        aspect=aspect,
        is_whole=len(rows) <= _WHOLE_ROWS,
        is_partial=len(rows) > len(lines) and any(_lacks(line, measure) for line in lines for measure in measures),
    )


def _lacks(line: Line, measure: Measure) -> bool:
    """Whether a figure of a row is not known; nobody misses one of a year in which the row does not occur at all."""
    is_summed = measure.column.type.is_numeric
    return is_summed and any(
        year in line.by_year and line.value(year, measure.key(part)) in (None, "") for year, part in measure.slices
    )


def _widths(measure: Measure) -> list[float]:
    change_mm = _CHANGE_MM if measure.has_change else 0.0
    one = (measure.width - change_mm) / len(measure.slices)
    return [one] * len(measure.slices) + [change_mm] * measure.has_change


def _values(line: Line, measures: Sequence[Measure], *, is_total: bool = False) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for measure in measures:
        for year, part in measure.slices:
            is_blank = is_total and not measure.column.type.is_numeric
            text = "" if is_blank else figure(line.value(year, measure.key(part)), measure.column.type)
            cells.append(Cell(text, measure.style))
        if measure.has_change:
            cells.append(Cell(_change(line, measure)))
    return tuple(cells)


def _change(line: Line, measure: Measure) -> str:
    key = measure.key(measure.parts[-1])
    return change(line.value(measure.years[0], key), line.value(measure.years[1], key))


def _heads(first: Word, measures: Sequence[Measure]) -> tuple[tuple[Head, ...], ...]:
    has_years = any(measure.years != (None,) for measure in measures)
    has_parts = any(len(measure.parts) > 1 for measure in measures)
    levels = 1 + has_years + has_parts
    top = [Head(word=first, lines=levels)]
    years: list[Head] = []
    parts: list[Head] = []
    for measure in measures:
        is_single = measure.columns == 1 and not has_years
        top.append(Head(measure.label, columns=measure.columns, lines=levels if is_single else 1))
        if has_years:
            years += _year_heads(measure, levels)
        if len(measure.parts) > 1:
            parts += [Head(PART_LABELS.get(part, part)) for _, part in measure.slices]
    return tuple(tuple(level) for level in (top, years, parts) if level)


def _year_heads(measure: Measure, levels: int) -> list[Head]:
    lines = 1 if len(measure.parts) > 1 else levels - 1
    heads = [
        Head(str(year or ""), Word.NONE if year else Word.NO_YEAR, columns=len(measure.parts), lines=lines)
        for year in measure.years
    ]
    return [*heads, Head(word=Word.CHANGE, lines=levels - 1)] if measure.has_change else heads


def _city_sheets(measures: Sequence[Measure], table: StandingTable) -> tuple[Sheet, ...]:
    """One row of the whole city, turned: its measures go down the page, those split by sex apart."""
    lines = lines_of(table.rows)
    alike: dict[tuple[str, ...], list[Measure]] = {}
    for measure in measures:
        alike.setdefault(("",) if len(measure.parts) == 1 else measure.parts, []).append(measure)
    return tuple(_city_sheet(group, line) for group in alike.values() for line in lines)


def _city_sheet(group: Sequence[Measure], line: Line) -> Sheet:
    first, has_change = group[0], any(measure.has_change for measure in group)
    rows = []
    for measure in group:
        kind = measure.column.type
        cells = [
            Cell(figure(line.value(year, measure.key(part)), kind), measure.style) for year, part in measure.slices
        ]
        if has_change:
            cells.append(Cell(_change(line, measure) if measure.has_change else ""))
        rows.append(Row((Cell(measure.label, Style.TEXT, is_head=True), *cells)))
    shape = Measure(first.column, first.years, first.parts, has_change, 0.0)
    has_parts, has_years = len(first.parts) > 1, first.years != (None,)
    top = [Head(word=Word.ITEM, lines=max(has_years + has_parts, 1))]
    if has_years:
        top += _year_heads(shape, 1 + has_years + has_parts)
    elif not has_parts:
        top.append(Head(word=Word.VALUE))
    below = [Head(PART_LABELS.get(part, part)) for _, part in first.slices] if has_parts else []
    heads = [top, below] if has_years else [[*top, *below]]
    figures = min(27.0, (PAGE_MM - 50) / shape.columns)
    widths = [PAGE_MM - figures * shape.columns, *[figures] * shape.columns]
    return Sheet(
        heads=tuple(tuple(level) for level in heads if level),
        widths=shares(widths),
        groups=(RowGroup(tuple(rows)),),
        is_whole=len(rows) <= _WHOLE_ROWS,
    )
