"""Pictures of tables: never a bar for a hidden figure, none more exact than its number, all inside their frame."""

import re
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from flows.model import ColumnType, RowKind, TableColumn
from flows.privacy.small_cells import COVER_SIGN, SMALL_SIGN
from flows.render import Evidence, render_block
from flows.render.chapters import chapter_view
from flows.render.charts import WIDTH, Chart
from flows.render.plots import MOST_PAIRED_ROWS, MOST_ROWS, plot_of
from flows.render.table_views import FigureView, Shows
from tests.builders.values import AS_OF, Case
from tests.render.table_cases import YEARS, Invented, big_city, row, schema, standing, with_tables

SIGNS = (SMALL_SIGN, COVER_SIGN)
COUNT = TableColumn("anak", "Anak contoh", ColumnType.COUNT)
SHARE = TableColumn("persen", "Anak contoh (%)", ColumnType.PERCENT)


def of_areas(values: list[tuple[object, object]], column: TableColumn = COUNT, **changes: object) -> FigureView | None:
    """The picture of a table with a row per area and year."""
    about = schema("contoh", RowKind.DISTRICT, (column,), ("1.1",), **changes)
    rows = [
        row(f"a{place}", f"Kecamatan {place}", year, {column.id: pair[at]})  # type: ignore[dict-item]
        for at, year in enumerate(YEARS)
        for place, pair in enumerate(values)
    ]
    return plot_of(about, standing(about, rows), YEARS, "Kota Contoh")


def bars(chart: Chart) -> dict[tuple[int, int], float]:
    """Width of every bar that is drawn, by row and series."""
    return {(at, piece.series): piece.width for at, line in enumerate(chart.lines) for piece in line.pieces}


figures = st.one_of(st.integers(0, 10**7), st.sampled_from(SIGNS), st.just(""))


@given(st.lists(st.tuples(figures, figures), min_size=3, max_size=MOST_PAIRED_ROWS))
def test_hidden_and_unknown_figures_are_never_drawn_and_bars_stay_in_their_frame(
    values: list[tuple[object, object]],
) -> None:
    view = of_areas(values)
    if view is None or view.shows is not Shows.AREAS:
        return
    drawn = bars(view.chart)
    for (at, line), series in product(enumerate(view.chart.lines), range(len(view.years))):
        year = view.years[series]
        value = values[at][YEARS.index(year)]
        assert ((at, series) in drawn) == (isinstance(value, int) and value > 0)
        if value in SIGNS:
            assert line.marks[series].text == value
            assert value in view.signs
    for line in view.chart.lines:
        for piece in line.pieces:
            assert view.chart.axis_x <= piece.x
            assert piece.x + piece.width <= WIDTH
            assert view.chart.axis_top <= piece.y
            assert piece.y + piece.height <= view.chart.axis_bottom


def test_two_tables_that_print_alike_are_drawn_alike() -> None:
    exact = of_areas([(33.333, 66.67), (50.0, 12.512), (100.0, 25.04)], SHARE)
    printed = of_areas([(33.3, 66.7), (50.0, 12.5), (100.0, 25.0)], SHARE)
    assert exact is not None
    assert exact == printed


def test_figures_that_differ_only_behind_the_sign_are_drawn_alike() -> None:
    """Small figures reach the picture as signs: neither its scale nor anything else may depend on them."""
    view = of_areas([(SMALL_SIGN, 40), (60, COVER_SIGN), (30, 31)])
    assert view is not None
    assert bars(view.chart).keys() == {(0, 1), (1, 0), (2, 0), (2, 1)}
    assert max(bars(view.chart).values()) == bars(view.chart)[1, 0]


def test_areas_stand_in_the_order_of_the_table_and_a_share_is_closed_by_that_of_the_city() -> None:
    about = schema("contoh", RowKind.DISTRICT, (SHARE,), ("1.1",))
    rows = [row(key, key, year, {"persen": 50.0}) for year in YEARS for key in ("Utara", "Selatan", "Barat")]
    totals = [replace(row("total", "", year, {"persen": 51.0}), place=None) for year in YEARS]
    view = plot_of(about, standing(about, rows, totals), YEARS, "Kota Contoh")
    assert view is not None
    assert [line.name for line in view.chart.lines] == ["Utara", "Selatan", "Barat", "Kota Contoh"]
    assert [line.is_total for line in view.chart.lines] == [False, False, False, True]


def test_many_areas_are_drawn_for_the_last_year_alone_and_too_many_not_at_all() -> None:
    many = of_areas([(10, 20)] * (MOST_PAIRED_ROWS + 1))
    assert many is not None
    assert many.years == (2023,)
    assert of_areas([(10, 20)] * (MOST_ROWS + 1)) is None


def test_a_table_of_the_city_shows_how_its_measures_moved() -> None:
    others = [TableColumn(each, each.title(), ColumnType.COUNT) for each in ("sedikit", "banyak")]
    about = schema("kota-contoh", RowKind.CITY, (COUNT, *others), ("1.1",))
    rows = [row("kota", "", year, {"anak": 100.0, "sedikit": 1.0, "banyak": 60.0}) for year in YEARS]
    view = plot_of(about, standing(about, rows), YEARS, "Kota Contoh")
    assert view is not None
    assert view.shows is Shows.MEASURES
    assert [line.name for line in view.chart.lines] == ["Anak contoh", "Banyak"], (
        "a bar too short to be seen is left out"
    )


def test_the_picture_is_of_what_the_question_above_it_asks() -> None:
    """Below a question on underweight children stood a picture of the overweight, whom another one asks for."""
    asked, other = replace(SHARE, questions=("1.1",)), replace(SHARE, id="lain", label="Lain (%)", questions=("1.2",))
    about = schema("contoh", RowKind.DISTRICT, (asked, other), ("1.1", "1.2"))
    rows = [row(f"a{n}", f"K {n}", year, {"persen": 50.0 + n, "lain": 9.0 + n}) for year in YEARS for n in range(3)]
    labels = []
    for question in ("1.1", "1.2", ""):
        view = plot_of(about, standing(about, rows), YEARS, "Kota Contoh", question)
        assert view is not None
        labels.append(view.label)
    assert labels == ["Anak contoh (%)", "Lain (%)", "Lain (%)"]


def test_one_measure_alone_is_no_picture_of_a_city() -> None:
    """It would be called by the name of the whole table: the causes of something, with one bar and no cause."""
    about = schema("kota-contoh", RowKind.CITY, (COUNT,), ("1.1",))
    rows = [row("kota", "", year, {"anak": 100.0}) for year in YEARS]
    assert plot_of(about, standing(about, rows), YEARS, "Kota Contoh") is None


def test_one_year_of_a_city_is_no_picture() -> None:
    about = schema("kota-contoh", RowKind.CITY, (COUNT,), ("1.1",))
    assert plot_of(about, standing(about, [row("kota", "", 2023, {"anak": 5.0})]), YEARS, "Kota Contoh") is None


def test_a_picture_stands_below_its_table_with_number_caption_source_and_words_for_who_cannot_see_it() -> None:
    about = schema("contoh", RowKind.DISTRICT, (SHARE,), ("1.1",), title="Tabel tentang anak contoh")
    rows = [row(f"a{n}", f"Kecamatan {n}", year, {"persen": 50.0 + n}) for year in YEARS for n in range(3)]
    value = with_tables(Invented(about, standing(about, rows)), region=big_city(villages=1))
    html = html_of(value)
    picture = re.search(r'<figure class="bagan">(.*?)</figure>', html, re.DOTALL)
    assert picture
    assert 'id="gambar-3-1"' in picture[1]
    assert (
        "<title>Bagan batang: Tabel tentang anak contoh: Anak contoh (%) per kecamatan, 2022\u00a0dan\u00a02023."
        in picture[1]
    )
    assert 'href="kla:isian-contoh">Tabel 3.2</a>' in picture[1]
    assert "Kecamatan 2: 52,0; 52,0" in picture[1]
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    assert [each.anchor for each in chapter_view(evidence, value.framework.blocks[0]).figures] == ["gambar-3-1"]


def html_of(value: Case) -> str:
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    return render_block(value.framework.blocks[0], evidence, AS_OF)
