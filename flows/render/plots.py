"""Which tables of figures get a picture, and what it shows: areas or items, or how totals moved between the years.

Everything is drawn from the table as it may be printed. A figure that is hidden there has no bar here, only its sign,
and no bar is drawn more exactly than the number behind it is printed: a bar tells nothing that the table does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.model import ColumnType, RowKind, StandingTable, TableSchema
from flows.render.charts import Bar, Pair, paired
from flows.render.figures import figure
from flows.render.measure_tables import Line, Measure, Year, lines_of, measures_of, printed_rows
from flows.render.table_views import FigureView, Shows
from flows.wording import NO_VALUE

MOST_PAIRED_ROWS, MOST_ROWS = 18, 60
"""Rows up to which two years are drawn, and up to which anything is: a picture stands on one page.

No kabupaten has more than 51 kecamatan.
"""
FEWEST_ROWS = 3
"""Rows from which one year alone is worth a picture."""
_SMALLEST_SHARE = 1 / 40
"""Share of the longest bar below which another one could no longer be seen."""
_TWO = 2
_SHADES = {1: ("gelap",), 2: ("terang", "gelap")}
"""Fills of so many years; the last one is the darkest."""


def plot_of(
    schema: TableSchema, table: StandingTable, data_years: Sequence[int], city_name: str, question: str = ""
) -> FigureView | None:
    """The one picture that says most about a table, without its number; None where a picture would say nothing.

    Of several shares it is the one that ``question`` asks for, below which the table stands, else the last.
    """
    measures = [each for each in measures_of(schema, table, data_years) if _is_drawable(each)]
    if not measures:
        return None
    shares = [each for each in measures if each.column.type is ColumnType.PERCENT]
    if schema.row_kind is RowKind.CITY:
        return _measures_plot(shares or _counts(measures), lines_of(table.rows))
    asked = [each for each in shares if question in each.column.questions]
    areas = _rows_plot(schema, (asked or shares)[-1] if shares else measures[0], table, city_name)
    return areas or _measures_plot(shares or _counts(measures), lines_of(table.totals))


def _is_drawable(measure: Measure) -> bool:
    return measure.column.type.is_numeric and bool(measure.years) and None not in measure.years


def _counts(measures: Iterable[Measure]) -> list[Measure]:
    """Measures that may share an axis: those of the first one's type."""
    found = list(measures)
    return [each for each in found if each.column.type is found[0].column.type]


def _rows_plot(schema: TableSchema, measure: Measure, table: StandingTable, city_name: str) -> FigureView | None:
    """A row per area or item; a share of the whole city closes it, a sum would dwarf the others."""
    lines = lines_of(printed_rows(schema, table))
    years = measure.years if len(lines) <= MOST_PAIRED_ROWS else measure.years[-1:]
    rows = [_pair(line.label, line, measure, years) for line in lines]
    if not FEWEST_ROWS <= len(rows) <= MOST_ROWS:
        return None
    if measure.column.type is ColumnType.PERCENT:
        rows += [_pair(city_name, line, measure, years, is_total=True) for line in lines_of(table.totals)]
    shows = Shows.ITEMS if schema.row_kind is RowKind.FIXED else Shows.AREAS
    return _plot(shows, measure.label, years, rows)


def _measures_plot(measures: Sequence[Measure], lines: Sequence[Line]) -> FigureView | None:
    """How measures of the whole city moved between the two years."""
    if not measures or len(lines) != 1 or len(measures[0].years) != _TWO:
        return None
    years = measures[0].years
    rows = [_pair(each.label, lines[0], each, years) for each in measures if each.years == years]
    longest = max((bar.length or 0.0 for row in rows for bar in row.bars), default=0.0)
    is_seen = [max(bar.length or 0.0 for bar in row.bars) >= longest * _SMALLEST_SHARE for row in rows]
    seen = [row for row, is_kept in zip(rows, is_seen, strict=True) if is_kept]
    # One alone would be called by the name of the whole table.
    return _plot(Shows.MEASURES, "", years, seen[:MOST_PAIRED_ROWS]) if len(seen) > 1 else None


def _plot(shows: Shows, label: str, years: Sequence[Year], rows: Sequence[Pair]) -> FigureView | None:
    bars = [bar for row in rows for bar in row.bars]
    drawn = [bar for bar in bars if bar.length]
    if not drawn or len(drawn) * _TWO < len(bars):
        return None
    chart = paired(rows, _SHADES.get(len(years), ("terang", "gelap")))
    signs = frozenset(bar.text for bar in bars if bar.length is None and bar.text != NO_VALUE)
    return FigureView(shows, label, tuple(year for year in years if year is not None), chart, signs)


def _pair(label: str, line: Line, measure: Measure, years: Sequence[Year], *, is_total: bool = False) -> Pair:
    key = measure.key(measure.parts[-1])
    return Pair(label, tuple(_bar(line.value(year, key), measure.column.type) for year in years), is_total)


def _bar(value: float | str | None, kind: ColumnType) -> Bar:
    text = figure(value, kind)
    if not isinstance(value, float | int) or value < 0:
        return Bar(text, None)
    return Bar(text, round(float(value), 1 if kind is ColumnType.PERCENT else 2))
