"""Whatever a successor asks for in a table: it stays rectangular, as wide as the page, and complete."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.model import ColumnType, RowKind, StandingRow, TableColumn
from flows.render.figures import figure
from flows.render.list_tables import list_sheets
from flows.render.measure_tables import measure_sheets
from flows.render.table_views import Sheet
from flows.render.widths import PAGE_MM, packed, shares
from tests.render.table_cases import row, schema, standing

FIGURES = (ColumnType.COUNT, ColumnType.NUMBER, ColumnType.PERCENT, ColumnType.MONEY, ColumnType.TEXT)
NUMBERS = st.floats(-1e18, 1e18, allow_nan=False)
WORDS = st.text(st.characters(codec="utf-8"), max_size=80)


@st.composite
def columns(draw: st.DrawFn) -> tuple[TableColumn, ...]:
    kinds = draw(st.lists(st.tuples(st.sampled_from(FIGURES), st.booleans(), WORDS), min_size=1, max_size=9))
    return tuple(
        TableColumn(f"k{place}", label, kind, by_sex=by_sex and kind.is_numeric)
        for place, (kind, by_sex, label) in enumerate(kinds)
    )


@st.composite
def rows(draw: st.DrawFn, asked: tuple[TableColumn, ...]) -> list[StandingRow]:
    years = draw(st.sampled_from([(None,), (2022,), (2022, 2023), (2023, None)]))
    found = []
    for year in years:
        for place in range(draw(st.integers(1, 3))):
            values: dict[str, float | str] = {}
            for column in asked:
                for part in column.parts:
                    key = f"{column.id}.{part}" if part else column.id
                    value = draw(st.none() | NUMBERS) if column.type.is_numeric else draw(st.none() | WORDS)
                    if value is not None:
                        values[key] = value
            found.append(StandingRow(f"a{place}", f"Wilayah {place}", year, values))
    return found


def assert_rectangular(sheet: Sheet) -> None:
    assert abs(sum(sheet.widths) - 100) < 0.01
    assert min(sheet.widths) > 0
    covered = [0] * len(sheet.heads)
    for level, heads in enumerate(sheet.heads):
        for head in heads:
            assert level + head.lines <= len(sheet.heads)
            for line in range(head.lines):
                covered[level + line] += head.columns
    assert covered == [sheet.columns] * len(sheet.heads)
    widths = [sum(cell.columns for cell in row.cells) for group in sheet.groups for row in group.rows]
    assert set(widths) <= {sheet.columns}


def texts(sheets: tuple[Sheet, ...]) -> list[str]:
    return [cell.text for sheet in sheets for group in sheet.groups for row in group.rows for cell in row.cells]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data(), st.sampled_from([RowKind.DISTRICT, RowKind.FIXED, RowKind.CITY]))
def test_any_table_of_figures_fits_and_holds_every_value(data: st.DataObject, kind: RowKind) -> None:
    asked = data.draw(columns())
    found = data.draw(rows(asked))
    about = schema("apa-saja", kind, asked, ("1.1",))
    sheets = measure_sheets(about, standing(about, found), (2022, 2023))
    for sheet in sheets:
        assert_rectangular(sheet)
    printed = texts(sheets)
    types = {column.id: column.type for column in asked}
    for one in found:
        for key, value in one.values.items():
            if value != "":
                assert figure(value, types[key.partition(".")[0]]) in printed


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_list_fits_and_holds_every_value(data: st.DataObject) -> None:
    asked = data.draw(columns())
    found = data.draw(rows(asked))
    about = schema("apa-saja", RowKind.LIST, asked, ("1.1",))
    sheets = list_sheets(about, found)
    for sheet in sheets:
        assert_rectangular(sheet)
    printed = texts(sheets)
    types = {column.id: column.type for column in asked}
    for one in found:
        for key, value in one.values.items():
            assert value == "" or figure(value, types[key.partition(".")[0]], is_alone=True) in printed


def told(count: int, words: int) -> tuple[Sheet, ...]:
    """A list of ``count`` rows whose texts have so many words."""
    names = ("nama", "masalah", "uraian", "hasil", "sasaran")
    asked = tuple(TableColumn(name, name.capitalize(), ColumnType.TEXT) for name in names)
    about = schema("cerita", RowKind.LIST, asked, ("1.1",))
    values = [{"nama": f"Nama {n}", **dict.fromkeys(names[1:], "kata " * words)} for n in range(count)]
    return list_sheets(about, [row(str(n), "", None, each) for n, each in enumerate(values)])


def test_stories_side_by_side_are_turned_so_that_they_can_be_read() -> None:
    """Columns of three words a line and a page of lines are no table; one sheet a row, named above, is."""
    sheets = told(3, 150)
    assert [sheet.aspect for sheet in sheets] == ["Nama 0", "Nama 1", "Nama 2"]
    assert all(sheet.columns == 2 for sheet in sheets)
    assert not any(sheet.is_whole for sheet in sheets), "what fills half a page may go over it"
    for sheet in sheets:
        assert_rectangular(sheet)


def test_short_texts_stay_across_the_page_and_of_long_lists_the_names() -> None:
    assert [sheet.columns for sheet in told(3, 8)] == [6]
    assert [sheet.columns for sheet in told(40, 20)] == [6]
    assert [sheet.columns for sheet in told(40, 150)] == [2]


def test_stories_of_a_long_list_are_told_below_their_row() -> None:
    """Beside each other they took a page for every row, most of it empty; a letter for each of forty would be none."""
    names = ("nama", "sasaran", "hasil", "kendala")
    asked = tuple(TableColumn(name, name.capitalize(), ColumnType.TEXT) for name in names)
    about = schema("cerita", RowKind.LIST, asked, ("1.1",))
    story = "1. melatih kader\n2. " + "mendampingi keluarga " * 60
    values = [{"nama": f"Nama {n}", "sasaran": "Anak", "hasil": story, "kendala": "jarak " * 200} for n in range(40)]
    del values[1]["kendala"]
    (sheet,) = list_sheets(about, [row(str(n), "", None, each) for n, each in enumerate(values)])
    assert_rectangular(sheet)
    assert [head.text for head in sheet.heads[0][1:]] == ["Nama", "Sasaran"]
    first, hasil, kendala, second, only, third, *_ = sheet.groups[0].rows
    assert [cell.text for cell in first.cells] == ["1", "Nama 0", "Anak"]
    assert [(each.cells[1].label, each.is_telling) for each in (hasil, kendala, only)] == [
        ("Hasil", True),
        ("Kendala", True),
        ("Hasil", True),
    ]
    assert hasil.cells[1].lines[0] == "1. melatih kader", "an enumeration stays one"
    assert [each.is_told for each in (first, hasil, kendala, second, only)] == [True, True, False, True, False]
    assert (second.cells[1].text, third.cells[1].text) == ("Nama 1", "Nama 2")


def test_boys_girls_and_all_of_them_stand_side_by_side() -> None:
    """A list that needs two tables is not parted between a number and its sum."""
    asked = (
        TableColumn("kelompok", "Kelompok petugas yang dilatih di seluruh kecamatan", ColumnType.TEXT),
        TableColumn("nama", "Nama pelatihan dan tempat penyelenggaraannya", ColumnType.TEXT),
        TableColumn("oleh", "Penyelenggara", ColumnType.TEXT),
        TableColumn("petugas", "Jumlah petugas pada kelompok itu", ColumnType.COUNT, by_sex=True),
        TableColumn("dilatih", "Di antaranya sudah dilatih", ColumnType.COUNT, by_sex=True),
    )
    words = "Sosialisasi hak anak kepada perangkat daerah dan lembaga masyarakat"
    figures = {f"{name}.{part}": 12.0 for name in ("petugas", "dilatih") for part in ("L", "P", "LP")}
    found = [
        StandingRow(str(n), "", None, {"kelompok": words, "nama": words, "oleh": words, **figures}) for n in range(3)
    ]
    sheets = list_sheets(schema("pelatihan", RowKind.LIST, asked, ("1.1",)), found)
    heads = [[head.text for head in sheet.heads[0]] for sheet in sheets]
    assert len(sheets) > 1
    for label in ("Jumlah petugas pada kelompok itu", "Di antaranya sudah dilatih"):
        assert max(sum(text.startswith(label) for text in each) for each in heads) == 3
    assert "Jumlah petugas pada kelompok itu (L, P, L+P)" in ", ".join(sheet.aspect for sheet in sheets)


@given(st.lists(st.floats(1, 200), max_size=30), st.floats(20, 150))
def test_packing_keeps_order_and_room(widths: list[float], room: float) -> None:
    groups = packed(widths, lambda width: width, room)
    assert [width for group in groups for width in group] == widths
    assert all(len(group) == 1 or sum(group) <= room + 1e-6 for group in groups)


@given(st.lists(st.floats(1, PAGE_MM), min_size=1, max_size=20), st.integers(0, 2))
def test_shares_fill_the_page(widths: list[float], keep: int) -> None:
    assert abs(sum(shares(widths, keep=keep)) - 100) < 0.01
