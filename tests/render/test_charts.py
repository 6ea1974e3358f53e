"""Charts: bars inside the picture, in proportion, with their numbers as text and a title for screen readers."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.render.charts import TALLEST, WIDTH, Bar, Chart, Pair, Row, overlaid, paired, stacked
from flows.render.engine import environment


def draw(chart: Chart, title: str, legend: list[str]) -> str:
    module = environment().get_template("style/bagan.svg").make_module()
    return str(module.bagan(chart, title, legend))  # type: ignore[attr-defined]


amounts = st.integers(0, 100_000).map(lambda number: number / 100)


@given(st.lists(st.tuples(amounts, amounts, amounts), max_size=12))
def test_stacked_bars_never_leave_the_picture(values: list[tuple[float, ...]]) -> None:
    chart = stacked([Row("Blok", each, "x") for each in values], ("gelap", "sedang", "terang"))
    for line in chart.lines:
        for piece in line.pieces:
            assert chart.axis_x <= piece.x
            assert piece.x + piece.width <= WIDTH
            assert piece.y + piece.height <= chart.axis_bottom


def test_stacked_pieces_follow_one_another_and_keep_their_proportion() -> None:
    first, second = stacked([Row("A", (10.0, 30.0), "40")], ("gelap", "terang")).lines[0].pieces
    assert second.x == pytest.approx(first.x + first.width)
    assert second.width == pytest.approx(3 * first.width, rel=1e-3)


def test_overlaid_bars_share_the_axis_and_the_later_is_slimmer() -> None:
    maximum, claimed = overlaid([Row("A", (100.0, 50.0), "50 / 100")], ("terang", "gelap")).lines[0].pieces
    assert maximum.x == claimed.x
    assert claimed.width == pytest.approx(maximum.width / 2)
    assert claimed.height < maximum.height


def test_nothing_to_show_is_still_a_chart() -> None:
    chart = stacked([Row("A", (0.0,), "0")], ("gelap",))
    assert not chart.lines[0].pieces
    assert ET.fromstring(draw(chart, "Kosong", ["Dokumen"])).tag.endswith("svg")  # noqa: S314 - made here


def test_a_chart_says_everything_as_text() -> None:
    chart = stacked([Row("Klaster I", (3.0, 5.0), "8")], ("gelap", "terang"))
    svg = draw(chart, "Bagan batang: uji", ["LENGKAP", "KURANG"])
    root = ET.fromstring(svg)  # noqa: S314 - made here
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", namespaces=space) == "Bagan batang: uji"
    assert "Klaster I: 8" in (root.findtext("s:desc", namespaces=space) or "")
    texts = [each.text for each in root.findall("s:text", space)]
    assert {"LENGKAP", "KURANG", "Klaster I", "3", "5", "8"} <= set(texts)


def test_series_differ_in_lightness_so_that_grey_print_tells_them_apart() -> None:
    source = (environment().loader.get_source(environment(), "style/bagan.svg"))[0]  # type: ignore[union-attr]
    fills = re.findall(r'"(?:gelap|sedang|terang|kosong)": "#(\w{6})"', source)[:4]
    lightness = sorted(
        sum(weight * int(fill[i : i + 2], 16) for i, weight in ((0, 0.3), (2, 0.59), (4, 0.11))) for fill in fills
    )
    assert len(fills) == 4
    assert all(after - before > 30 for before, after in pairwise(lightness))


def test_a_label_longer_than_its_column_is_cut_and_hostile_labels_are_text() -> None:
    chart = stacked([Row("<script>alert(1)</script>" * 5, (1.0,), "1")], ("gelap",))
    assert chart.lines[0].label.endswith("…")
    assert "<script>" not in draw(chart, "x", ["a"])


def test_many_rows_move_closer_so_that_a_chart_stands_on_one_page() -> None:
    """Sixty kecamatan and their kabupaten; a figure taller than its page would lose its foot."""
    few, many = (
        paired([Pair(f"Kecamatan dengan nama yang panjang {n}", (Bar("1", 1.0),)) for n in range(count)], ("gelap",))
        for count in (20, 61)
    )
    assert many.height <= TALLEST
    steps = [[round(after.y - before.y, 1) for before, after in pairwise(chart.lines)] for chart in (few, many)]
    assert set(steps[0]) == {14.0}
    assert min(steps[1]) > max(piece.height for line in many.lines for piece in line.pieces) + 2


@pytest.mark.parametrize("count", [25, 26, 61])
def test_many_short_rows_stand_in_two_columns_of_one_scale(count: int) -> None:
    """In one column they fill a page for themselves, and leave the page before it nearly empty."""
    rows = [Pair(f"Pulau Contoh {n}", (Bar(f"{n},5", n + 0.5),)) for n in range(count - 1)]
    chart = paired([*rows, Pair("Kabupaten Rekaan", (Bar("9,0", 9.0),), is_total=True)], ("gelap",))
    half = (count + 1) // 2
    assert chart.height <= TALLEST * 0.62
    assert [line.name for line in chart.lines] == [*(row.label for row in rows), "Kabupaten Rekaan"]
    left, right = chart.lines[:half], chart.lines[half:]
    assert [line.y for line in right] == [line.y for line in left[: len(right)]]
    assert chart.second is not None
    assert {line.axis_x for line in right} == {chart.second[0]}
    units = set()
    for lines, end in ((left, chart.second[0] - 100), (right, WIDTH)):
        for line in lines:
            (piece,), (mark,) = line.pieces, line.marks
            assert piece.x == pytest.approx(line.axis_x, abs=0.01)
            assert mark.x + len(mark.text) * 4.8 <= end
            units.add(round(piece.width / float(mark.text.replace(",", ".")), 1))
    assert len(units) <= 2, "equal figures are equally long in both columns"
    assert draw(chart, "x", ["2023"]).count("<line ") == 2


def test_long_names_and_two_years_keep_their_one_column() -> None:
    long = [Pair(f"Kecamatan dengan nama yang panjang {n}", (Bar("1", 1.0),)) for n in range(40)]
    two = [Pair(f"Pulau {n}", (Bar("1", 1.0), Bar("2", 2.0))) for n in range(30)]
    for rows, shades in ((long, ("gelap",)), (two, ("terang", "gelap"))):
        chart = paired(rows, shades)
        assert chart.second is None
        assert draw(chart, "x", list(shades)).count("<line ") == 1


def test_a_long_name_loses_whole_words() -> None:
    name = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan Keluarga Berencana"
    (line,) = paired([Pair(name, (Bar("1", 1.0),))], ("gelap",)).lines
    assert line.label == "Dinas Pemberdayaan Perempuan, Perlindungan Anak …"
    assert line.name == name
