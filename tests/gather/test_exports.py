"""An agency's own tables, in the shapes offices give them, are read as they stand or named as not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as NewWorkbook

from flows.forms.grid import Grid, Workbook, make_grid, open_workbook
from flows.forms.raw import RawValue
from flows.gather.exports import read_exports
from flows.model import (
    Agency,
    CellState,
    City,
    ColumnType,
    District,
    FixedRow,
    FormNote,
    GatheredTable,
    RowKind,
    TableColumn,
    TableRow,
    TableSchema,
    TableSource,
    Village,
)
from tests.builders.manifests import instrument_2024

COUNT, PERCENT = ColumnType.COUNT, ColumnType.PERCENT
CHILDREN = TableColumn("anak", "Jumlah anak", COUNT, by_sex=True, headings=("^(jumlah )?(anak )?0 17 tahun$", "^anak$"))
WITH_DEED = TableColumn("berakta", "Anak berakta", COUNT, by_sex=True, headings=("^memiliki 0 17 tahun$", "^berakta$"))
SHARE = TableColumn(
    "persen", "Anak berakta (%)", PERCENT, ratio_of=("berakta", "anak"), headings=("^persen 0 17 tahun$",)
)
FRAMEWORK = instrument_2024()
PATH = "Disdukcapil/4.2 Data akta contoh.xlsx"
DISTRICTS = (
    District("99.01.01", "Contoh Utara", (Village("99.01.01.2001", "Mawar"), Village("99.01.01.2002", "Melati"))),
    District("99.01.02", "Contoh Selatan", (Village("99.01.02.2001", "Mawar"), Village("99.01.02.2002", "Kenanga"))),
)


def schema(kind: RowKind, *columns: TableColumn, id_: str = "akta", both_years: bool = True) -> TableSchema:
    rows = (FixedRow("sd", "SD"), FixedRow("smp", "SMP")) if kind is RowKind.FIXED else ()
    return TableSchema(id_, f"Tabel {id_}", id_, kind, both_years, columns, ("4.2",), ("disdukcapil",), rows)


BY_VILLAGE = schema(RowKind.VILLAGE, CHILDREN, WITH_DEED, SHARE)
BY_DISTRICT = schema(RowKind.DISTRICT, CHILDREN, WITH_DEED, SHARE)


def city(*, listed: bool = True) -> City:
    agency = Agency("disdukcapil", "Dinas Contoh", "Disdukcapil", ("disdukcapil",))
    districts = DISTRICTS if listed else ()
    return City(
        "kota-contoh", "Kota Contoh", "99.01", "Provinsi Contoh", "Asia/Jakarta", 2024, (2022, 2023), 2024, (agency,),
        districts, (), (), (), {},
    )  # fmt: skip


def sheet(text: str, name: str = "Data", merged: Sequence[tuple[int, int, int, int]] = ()) -> Grid:
    """A sheet from lines of cells set apart by bars; whole numbers become numbers, the rest stays text."""
    rows: list[list[RawValue]] = []
    for line in text.strip("\n").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        rows.append([float(cell) if cell.isdecimal() else cell or None for cell in cells])
    return make_grid(name, rows, merged=merged)


def read(
    *sheets: Grid, schemas: Sequence[TableSchema] = (BY_VILLAGE, BY_DISTRICT), listed: bool = True, path: str = PATH
) -> tuple[tuple[GatheredTable, ...], tuple[FormNote, ...]]:
    return read_exports(Workbook(sheets, has_macros=False), schemas, city(listed=listed), "disdukcapil", path)


def only(*sheets: Grid, **options: object) -> GatheredTable:
    tables, _ = read(*sheets, **options)  # type: ignore[arg-type]
    assert len(tables) == 1
    return tables[0]


def values(row: TableRow) -> Mapping[str, float | None]:
    return {f"{cell.column}.{cell.part}".rstrip("."): cell.number for cell in row.cells}


def said(table: GatheredTable) -> list[tuple[str, int | None, list[float | None]]]:
    return [(row.key, row.year, [cell.number for cell in row.cells]) for row in table.rows]


LIKE_DISDUKCAPIL = """
NO|KECAMATAN|TAHUN|DESA|MEMILIKI (SEMUA)|MEMILIKI (0-17 TAHUN)|BELUM (0-17 TAHUN)|JUMLAH (0-17 TAHUN)|% (0-17 TAHUN)
6|CONTOH UTARA|2001|MAWAR|300|90|10|100|90
2|CONTOH UTARA|2002|MELATI|400|40|10|50|80
3|CONTOH SELATAN|2001|MAWAR|500|20|5|25|80
4|CONTOH SELATAN|2002|KENANGA|600|30|0|30|100
"""


def test_a_workbook_like_the_civil_registry_gives_is_read_to_its_last_village(tmp_path: Path) -> None:
    made = NewWorkbook()
    first = made.active
    assert first is not None
    first.title = "AKTA CONTOH DESA"
    for row in sheet(LIKE_DISDUKCAPIL).rows:
        first.append(list(row))
    other = made.create_sheet("AGAMA DESA")
    other.append(["NO", "KECAMATAN", "TAHUN", "DESA", "LK (A)", "PR (A)"])
    other.append([1, "CONTOH UTARA", 2001, "MAWAR", 3, 4])
    made.save(tmp_path / "contoh.xlsx")
    tables, notes = read_exports(
        open_workbook(tmp_path / "contoh.xlsx"), (BY_VILLAGE, BY_DISTRICT), city(), "disdukcapil", "STAT_2023.xlsx"
    )
    (table,) = tables
    assert (table.schema_id, table.sheet, table.source) == ("akta", "AKTA CONTOH DESA", TableSource.EXPORT)
    assert table.columns == ("anak", "berakta", "persen")
    assert [(row.key, row.label, row.group, row.year, row.number) for row in table.rows] == [
        ("99.01.01.2001", "MAWAR", "CONTOH UTARA", 2023, 2),
        ("99.01.01.2002", "MELATI", "CONTOH UTARA", 2023, 3),
        ("99.01.02.2001", "MAWAR", "CONTOH SELATAN", 2023, 4),
        ("99.01.02.2002", "KENANGA", "CONTOH SELATAN", 2023, 5),
    ]
    assert values(table.rows[1]) == {"berakta.LP": 40, "anak.LP": 50, "persen": 80}
    assert [(each.heading, each.cell, each.column, each.part) for each in table.mapping] == [
        ("KECAMATAN", "B1", "kecamatan", ""),
        ("TAHUN", "C1", "kode", ""),
        ("DESA", "D1", "kelurahan", ""),
        ("MEMILIKI (0-17 TAHUN)", "F1", "berakta", "LP"),
        ("JUMLAH (0-17 TAHUN)", "H1", "anak", "LP"),
        ("% (0-17 TAHUN)", "I1", "persen", ""),
    ]
    (note,) = notes
    assert (note.code, note.place.sheet, note.place.cell) == ("column-misnamed", "AKTA CONTOH DESA", "C1")
    assert (note.agency_id, note.values) == ("disdukcapil", {"value": "TAHUN", "found": "kode"})


def test_without_a_list_of_areas_names_are_the_keys() -> None:
    table = only(sheet(LIKE_DISDUKCAPIL), listed=False)
    assert [row.key for row in table.rows][:3] == ["contoh utara mawar", "contoh utara melati", "contoh selatan mawar"]
    assert all(row.is_known for row in table.rows)


def test_an_area_nobody_knows_is_kept_and_said() -> None:
    table = only(sheet("KECAMATAN|ANAK|BERAKTA\nContoh Utara|5|4\nAntah Berantah|7|6"))
    assert [(row.key, row.is_known) for row in table.rows] == [("99.01.01", True), ("antah berantah", False)]


TRUE_YEARS = """
KECAMATAN|DESA|TAHUN|ANAK|BERAKTA
Contoh Utara|Mawar|2022|10|9
Contoh Utara|Mawar|2023|11|10
Contoh Utara|Melati|2022|12|11
Contoh Utara|Melati|2023|13|12
"""


def test_years_that_repeat_are_years() -> None:
    tables, notes = read(sheet(TRUE_YEARS))
    assert notes == ()
    assert [(row.label, row.year) for row in tables[0].rows] == [
        ("Mawar", 2022),
        ("Mawar", 2023),
        ("Melati", 2022),
        ("Melati", 2023),
    ]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("LK (ANAK)", "L"),
        ("ANAK (PR)", "P"),
        ("Anak laki-laki", "L"),
        ("Perempuan: anak", "P"),
        ("JML (ANAK)", "LP"),
        ("Anak L+P", "LP"),
        ("Jumlah anak", "LP"),
        ("Jumlah Anak Laki - Laki", "L"),
        ("Total Anak Wanita", "P"),
        ("ANAK", "LP"),
        ("Pria anak", "L"),
    ],
)
def test_the_word_for_the_sex_may_stand_on_either_side(heading: str, part: str) -> None:
    table = only(sheet(f"KECAMATAN|{heading}|BERAKTA\nContoh Utara|5|4"))
    assert f"anak.{part}" in values(table.rows[0])


TWO_LEVELS = """
DINAS CONTOH
DATA ANAK TAHUN 2023

NO|KECAMATAN|JUMLAH ANAK|||ANAK BERAKTA|||KET
||L|P|L+P|L|P|L+P|
1|2|3|4|5|6|7|8|9
1|Contoh Utara|10|11|21|5|6|11|
2|Contoh Selatan|20|21|41|15|16|31|
|JUMLAH|30|32|62|20|22|42|

Sumber: Dinas Contoh, 2023
|||||Kepala Dinas Contoh,|||
|||||Nama Contoh|||
"""
MERGED = [(3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 3, 4), (3, 5, 3, 7), (3, 8, 4, 8), (0, 0, 0, 8)]


@pytest.mark.parametrize("merged", [MERGED, []], ids=["merged", "left-blank"])
def test_a_head_of_two_rows_with_letterhead_total_and_signature(
    merged: list[tuple[int, int, int, int]],
) -> None:
    table = only(sheet(TWO_LEVELS, merged=merged))
    assert said(table) == [
        ("99.01.01", 2023, [10, 11, 21, 5, 6, 11]),
        ("99.01.02", 2023, [20, 21, 41, 15, 16, 31]),
        ("total:kota", 2023, [30, 32, 62, 20, 22, 42]),
    ]
    assert [row.is_known for row in table.rows] == [True, True, False]
    assert ("JUMLAH ANAK / L", "C5", "anak", "L") in [
        (each.heading, each.cell, each.column, each.part) for each in table.mapping
    ]


PER_YEAR = """
KECAMATAN|ANAK|||BERAKTA||
|2021|2022|2023|2021|2022|2023
Contoh Utara|8|10|11|7|5|6
Contoh Selatan|18|20|21|17|15|16
"""


def test_columns_per_year_become_rows_per_data_year() -> None:
    table = only(sheet(PER_YEAR))
    assert said(table) == [
        ("99.01.01", 2022, [10, 5]),
        ("99.01.01", 2023, [11, 6]),
        ("99.01.02", 2022, [20, 15]),
        ("99.01.02", 2023, [21, 16]),
    ]


def test_years_before_or_behind_the_measure_in_one_heading() -> None:
    table = only(sheet("KECAMATAN|ANAK TAHUN 2022|BERAKTA 2022|2023 ANAK|BERAKTA (2023)\nContoh Utara|10|5|11|6"))
    assert said(table) == [("99.01.01", 2022, [10, 5]), ("99.01.01", 2023, [11, 6])]


def test_years_that_nobody_asked_for_stay_for_the_checks() -> None:
    table = only(sheet("KECAMATAN|ANAK 2019|BERAKTA 2019\nContoh Utara|10|5"))
    assert said(table) == [("99.01.01", 2019, [10, 5])]


@pytest.mark.parametrize(
    ("name", "path", "year"),
    [
        ("TH 2022", "Disdukcapil/akta.xlsx", 2022),
        ("Data", "Disdukcapil/2022/akta SMT_II_2023.xlsx", 2023),
        ("Data 2021", "Disdukcapil/akta 2023.xlsx", 2023),
        ("Data", "Disdukcapil/akta 2022-2023.xlsx", None),
        ("Data", "Disdukcapil/UU 1990 akta 2023.xlsx", 2023),
        ("Data", "Disdukcapil/akta 2019.xlsx", 2019),
        ("Data", "Disdukcapil/akta 2077.xlsx", None),
    ],
)
def test_the_year_of_a_sheet_is_its_own_name_s_then_its_file_s(name: str, path: str, year: int | None) -> None:
    table = only(sheet("KECAMATAN|ANAK|BERAKTA\nContoh Utara|5|4", name), path=path)
    assert table.rows[0].year == year


def test_a_table_without_years_has_none() -> None:
    table = only(
        sheet("KECAMATAN|ANAK|BERAKTA\nContoh Utara|5|4", "2023"),
        schemas=[schema(RowKind.DISTRICT, CHILDREN, WITH_DEED, both_years=False)],
    )
    assert table.rows[0].year is None


def test_a_sheet_per_year_is_read_for_each_year() -> None:
    tables, _ = read(
        sheet("KECAMATAN|ANAK|BERAKTA\nContoh Utara|5|4", "2023"),
        sheet("KECAMATAN|ANAK|BERAKTA\nContoh Utara|3|2", "2022"),
        sheet("KECAMATAN|ANAK|BERAKTA\nContoh Utara|9|9", "2023 (2)"),
    )
    assert [(table.sheet, said(table)) for table in tables] == [
        ("2023", [("99.01.01", 2023, [5, 4])]),
        ("2022", [("99.01.01", 2022, [3, 2])]),
    ]


def test_a_sheet_per_kecamatan_is_read_for_each_kecamatan() -> None:
    tables, _ = read(
        sheet("DESA|ANAK|BERAKTA\nMawar|5|4\nJumlah|5|4", "Contoh Utara"),
        sheet("KECAMATAN : CONTOH SELATAN\nDESA|ANAK|BERAKTA\nMawar|3|2\nJumlah|3|2", "Lembar2"),
        sheet("DESA|ANAK|BERAKTA\nMawar|9|9", "Kec. Contoh Utara"),
    )
    assert [(table.sheet, [row.key for row in table.rows]) for table in tables] == [
        ("Contoh Utara", ["99.01.01.2001", "total:99.01.01"]),
        ("Lembar2", ["99.01.02.2001", "total:99.01.02"]),
    ]


PUSKESMAS = """
NO|KECAMATAN|PUSKESMAS|ANAK|BERAKTA|%
1|Contoh Utara|Utara I|10|9|90
2||Utara II|20|15|75
3|Contoh Selatan|Selatan I|7|6|86
4||Selatan II|-|5|
|JUMLAH||37|35|
"""


def test_the_lines_of_puskesmas_are_added_and_a_gap_stays_a_gap() -> None:
    table = only(sheet(PUSKESMAS))
    north, south, total = table.rows
    assert (north.key, [(cell.number, cell.cell) for cell in north.cells]) == (
        "99.01.01",
        [(30, "D2:D3"), (24, "E2:E3")],
    )
    assert (south.key, south.cells[0].state, south.cells[0].cell) == ("99.01.02", CellState.NOT_AVAILABLE, "D5")
    assert (south.cells[1].number, total.key) == (11, "total:kota")


def test_share_and_count_below_one_group_are_told_apart() -> None:
    fed = TableColumn("asi", "Bayi ASI eksklusif", COUNT, by_sex=True, headings=("^asi eksklusif$",))
    percent = TableColumn(
        "persen", "ASI eksklusif (%)", PERCENT, ratio_of=("asi", "asi"), headings=("^persen asi eksklusif$",)
    )
    text = "KECAMATAN|ASI EKSKLUSIF|||||\n|JUMLAH|||%||\n|L|P|L+P|L|P|L+P\nContoh Utara|1|2|3|10|20|30"
    merged = [(0, 0, 2, 0), (0, 1, 0, 6), (1, 1, 1, 3), (1, 4, 1, 6)]
    table = only(sheet(text, merged=merged), schemas=[schema(RowKind.DISTRICT, fed, percent)])
    assert values(table.rows[0]) == {"asi.L": 1, "asi.P": 2, "asi.LP": 3, "persen": 30}


CARRIED = """
KECAMATAN|DESA|ANAK|BERAKTA
Contoh Utara|Mawar|10|9
|Melati|20|19
|Jumlah|30|28
Contoh Selatan|Mawar|1|1
|Kenanga|2|2
|Jumlah|3|3
Kota Contoh||33|31
"""


def test_kecamatan_named_once_are_carried_down_and_totals_know_theirs() -> None:
    table = only(sheet(CARRIED))
    assert [(row.key, row.group) for row in table.rows] == [
        ("99.01.01.2001", "Contoh Utara"),
        ("99.01.01.2002", "Contoh Utara"),
        ("total:99.01.01", "Contoh Utara"),
        ("99.01.02.2001", "Contoh Selatan"),
        ("99.01.02.2002", "Contoh Selatan"),
        ("total:99.01.02", "Contoh Selatan"),
        ("total:kota", ""),
    ]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("|Jumlah Kec. Contoh Selatan|3|3", "total:99.01.02"),
        ("Contoh Selatan|TOTAL|3|3", "total:99.01.02"),
        ("JUMLAH KESELURUHAN||3|3", "total:kota"),
        ("Kabupaten Contoh||3|3", "total:kota"),
        ("|Jumlah|3|3", "total:99.01.02"),
    ],
)
def test_what_a_total_adds_up_is_told_by_its_words(line: str, key: str) -> None:
    table = only(sheet(f"KECAMATAN|DESA|ANAK|BERAKTA\nContoh Selatan|Mawar|1|1\n|Kenanga|2|2\n{line}"))
    assert table.rows[-1].key == key


BLOCKS = """
NO|DESA|ANAK|BERAKTA
|KECAMATAN CONTOH UTARA||
1|Mawar|10|9
2|Melati|20|19

NO|DESA|ANAK|BERAKTA
|KEC. CONTOH SELATAN||
1|Mawar|1|1
"""


def test_kecamatan_as_lines_of_their_own_and_heads_on_every_page() -> None:
    table = only(sheet(BLOCKS))
    assert [row.key for row in table.rows] == ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001"]


def test_of_several_tables_in_a_sheet_the_first_that_maps_is_read_and_ends_where_the_next_begins() -> None:
    text = """
KECAMATAN|MASJID
Contoh Utara|3

KECAMATAN|ANAK|BERAKTA
Contoh Utara|10|9

KECAMATAN|PASAR|JALAN
Contoh Utara|99|99
"""
    assert said(only(sheet(text))) == [("99.01.01", None, [10, 9])]


def test_two_tables_side_by_side_do_not_mix() -> None:
    text = "NO|KECAMATAN|PASAR||NO|KECAMATAN|ANAK|BERAKTA\n1|Contoh Utara|3||1|Contoh Selatan|10|9"
    assert said(only(sheet(text))) == [("99.01.02", None, [10, 9])]


def test_columns_that_say_the_opposite_are_not_taken() -> None:
    loose = TableColumn("berakta", "Punya akta", COUNT, headings=("memiliki akta",))
    tables, _ = read(sheet("KECAMATAN|TIDAK MEMILIKI AKTA\nContoh Utara|5"), schemas=[schema(RowKind.DISTRICT, loose)])
    assert tables == ()


def test_the_label_of_a_column_is_a_heading_too() -> None:
    plain = TableColumn("posyandu", "Jumlah posyandu (aktif)", COUNT)
    table = only(sheet("KECAMATAN|JUMLAH POSYANDU (AKTIF)\nContoh Utara|5"), schemas=[schema(RowKind.DISTRICT, plain)])
    assert table.rows[0].cells[0].number == 5


def test_a_sheet_per_village_is_no_table_per_kecamatan() -> None:
    tables, _ = read(sheet(CARRIED), schemas=[BY_DISTRICT])
    assert tables == ()


def test_a_sheet_that_nearly_fits_is_named_with_what_it_lacks() -> None:
    tables, notes = read(
        sheet("DATA\nKECAMATAN|ANAK|PASAR\nContoh Utara|5|4"), sheet("KECAMATAN|PASAR\nContoh Utara|4")
    )
    assert tables == ()
    (note,) = notes
    assert (note.code, note.place.path, note.place.sheet, note.place.cell) == ("export-unmapped", PATH, "Data", "A2")
    assert note.values == {"table": "Tabel akta", "missing": "Anak berakta"}


def test_one_sheet_may_serve_two_tables_but_no_column_does() -> None:
    card = TableColumn("kia", "Anak memiliki KIA", COUNT, by_sex=True)
    cards = schema(RowKind.DISTRICT, card, id_="kia")
    again = schema(RowKind.DISTRICT, CHILDREN, id_="anak")
    tables, _ = read(
        sheet("KECAMATAN|ANAK|BERAKTA|ANAK MEMILIKI KIA\nContoh Utara|5|4|3"), schemas=[BY_DISTRICT, cards, again]
    )
    assert [(table.schema_id, said(table)[0][2]) for table in tables] == [("akta", [5, 4]), ("kia", [3])]


def test_text_numbers_errors_and_gaps_keep_their_state_and_place() -> None:
    grid = make_grid(
        "Data",
        [["KECAMATAN", "ANAK", "BERAKTA"], ["Contoh Utara", "1.234", None], ["Contoh Selatan", "tidak tahu", 4.0]],
        errors={(1, 2): "#REF!"},
    )
    north, south = only(grid).rows
    assert [(cell.state, cell.number, cell.cell) for cell in north.cells] == [
        (CellState.VALUE, 1234, "B2"),
        (CellState.ERROR, None, "C2"),
    ]
    assert (south.cells[0].state, south.cells[0].text) == (CellState.UNREADABLE, "tidak tahu")


def test_a_fixed_table_finds_its_rows_by_their_names() -> None:
    schools = schema(
        RowKind.FIXED, TableColumn("sra", "Sekolah ramah anak", COUNT), TableColumn("semua", "Sekolah", COUNT)
    )
    table = only(sheet("NO|JENJANG|SEKOLAH|SEKOLAH RAMAH ANAK\n1|SD|9|5\n2|SMP|4|3\n|JUMLAH|13|8"), schemas=[schools])
    assert [(row.key, row.is_known, values(row)["sra"]) for row in table.rows] == [
        ("sd", True, 5),
        ("smp", True, 3),
        ("total:kota", False, 8),
    ]


def test_a_list_keeps_its_order_and_leaves_its_signature_out() -> None:
    partners = schema(
        RowKind.LIST,
        TableColumn("nama", "Nama lembaga", ColumnType.TEXT),
        TableColumn("bentuk", "Bentuk kegiatan", ColumnType.TEXT),
        TableColumn("dana", "Nilai (Rp)", ColumnType.MONEY),
        both_years=False,
    )
    text = """
NO|NAMA LEMBAGA|BENTUK KEGIATAN|NILAI (RP)
1|Yayasan Contoh A|Beasiswa|1.000.000
2|PT Contoh B|Taman|2.500.000

|||Kepala Dinas
"""
    table = only(sheet(text), schemas=[partners])
    assert [(row.key, row.cells[0].text, row.cells[2].number) for row in table.rows] == [
        ("1", "Yayasan Contoh A", 1_000_000),
        ("2", "PT Contoh B", 2_500_000),
    ]


def test_columns_of_other_agencies_need_not_be_there() -> None:
    own = TableColumn("akta", "Akta di atas 90%", ColumnType.YES_NO, supplier="disdukcapil")
    other = TableColumn("gizi", "Masih ada gizi buruk", ColumnType.YES_NO, supplier="dinkes")
    table = only(sheet("DESA|AKTA DI ATAS 90%\nMelati|Ya"), schemas=[schema(RowKind.VILLAGE, own, other)])
    assert (table.columns, table.rows[0].cells[0].text) == (("akta",), "ya")


def as_printed(schema: TableSchema) -> Grid:
    """A sheet headed as the form heads the table, with one line below."""
    areas = {RowKind.DISTRICT: ("Contoh Utara",), RowKind.VILLAGE: ("Contoh Utara", "Mawar")}.get(schema.row_kind)
    names = ("Kecamatan", "Desa/Kelurahan")[: len(areas)] if areas else ("Uraian",)
    upper: list[RawValue] = ["No.", *names]
    lower: list[RawValue] = [None] * len(upper)
    line: list[RawValue] = [1.0, *(areas or (schema.rows[0].label if schema.rows else "Sesuatu",))]
    for column in schema.columns:
        upper += [column.label, *([None] * (len(column.parts) - 1))]
        lower += ["L+P" if part == "LP" else part for part in column.parts]
        line += [7.0 if column.type.is_numeric else "ya"] * len(column.parts)
    return make_grid("2023", [upper, lower, line] if any(lower) else [upper, line])


@pytest.mark.parametrize("wanted", FRAMEWORK.tables.values(), ids=lambda schema: schema.id)
def test_the_headings_of_a_form_are_understood_in_any_file(wanted: TableSchema) -> None:
    """What a finding advises (head your columns as the form does) works for every table, all others being there."""
    table = only(as_printed(wanted), schemas=tuple(FRAMEWORK.tables.values()))
    assert table.schema_id == wanted.id
    mapped = [(each.column, each.part) for each in table.mapping if each.column not in ("kecamatan", "kelurahan")]
    assert mapped == [(column.id, part) for column in wanted.columns for part in column.parts]


INSTRUMENT = tuple(FRAMEWORK.tables.values())
BABIES = "NO|KECAMATAN|JUMLAH BAYI|IMUNISASI DASAR LENGKAP||"


@pytest.mark.parametrize(
    ("split", "taken"),
    [
        ("TARGET|CAPAIAN", None),
        ("JAN|FEB", None),
        ("SEMESTER I|SEMESTER II", None),
        ("%|ABS", "E1"),
        ("JUMLAH|%", "D2"),
    ],
)
def test_a_heading_is_not_taken_for_the_first_of_the_columns_it_is_split_into(split: str, taken: str | None) -> None:
    text = f"{BABIES}\n|||{split}|\n1|Contoh Utara|100|90|80|"
    tables, _ = read(sheet(text, "2023", [(0, 3, 0, 4)]), schemas=INSTRUMENT)
    assert [each.cell for table in tables for each in table.mapping if each.column == "imunisasi"] == [taken][
        : taken is not None
    ]


@pytest.mark.parametrize(
    ("age", "is_read"), [("< 6", True), ("0-6", True), ("> 6", False), ("6", False), ("≥ 6", False)]
)
def test_children_above_an_age_are_not_those_below_it(age: str, is_read: bool) -> None:  # noqa: FBT001
    text = f"KECAMATAN|BAYI USIA {age} BULAN|ASI EKSKLUSIF\nContoh Utara|10|5"
    assert [table.schema_id for table in read(sheet(text), schemas=INSTRUMENT)[0]] == ["asi-eksklusif"] * is_read


HEALTH_PROFILE = """
TABEL 42
BAYI BARU LAHIR MENDAPAT IMD DAN ASI EKSKLUSIF PADA BAYI < 6 BULAN
KOTA CONTOH TAHUN 2023
NO|KECAMATAN|PUSKESMAS|BAYI BARU LAHIR|||BAYI USIA < 6 BULAN||
|||JUMLAH|MENDAPAT IMD||JUMLAH|DIBERI ASI EKSKLUSIF|
||||JUMLAH|%||JUMLAH|%
1|2|3|4|5|6|7|8|9
1|Contoh Utara|Utara I|100|90|90|40|30|75
2||Utara II|50|40|80|20|10|50
3|Contoh Selatan|Selatan|80|70|88|30|15|50
JUMLAH (KAB/KOTA)|||230|200|87|90|55|61
|||||||Kepala Dinas Contoh|
"""
PROFILE_BOXES = [(3, 3, 3, 5), (3, 6, 3, 8), (4, 4, 4, 5), (4, 7, 4, 8), *[(3, at, 5, at) for at in range(3)]]


def test_a_table_of_the_health_profile_serves_the_questions_it_is_complete_for() -> None:
    """The signature below is no puskesmas of the last kecamatan, and columns of other questions need not be there."""
    tables, notes = read(sheet(HEALTH_PROFILE, merged=PROFILE_BOXES), schemas=INSTRUMENT)
    assert notes == ()
    fed, early = tables
    assert (fed.schema_id, fed.columns) == ("asi-eksklusif", ("bayi", "asi_eksklusif", "persen_asi"))
    assert (early.schema_id, early.columns) == ("imd-asi-lanjut", ("bayi_baru_lahir", "imd"))
    assert said(fed) == [
        ("99.01.01", 2023, [60, 40]),
        ("99.01.02", 2023, [30, 15, 50]),
        ("total:kota", 2023, [90, 55, 61]),
    ]


IMMUNISATION = """
NO|KECAMATAN|PUSKESMAS|JUMLAH BAYI (SURVIVING INFANT)||BAYI DIIMUNISASI|||||||
|||||HB0||||IMUNISASI DASAR LENGKAP|||
|||L|P|L||P||L||P|
|||||JUMLAH|%|JUMLAH|%|JUMLAH|%|JUMLAH|%
1|Contoh Utara|Utara I|50|40|49|98|39|98|45|90|36|90
"""
IMMUNISATION_BOXES = [
    (0, 3, 1, 4), (0, 5, 0, 12), (1, 5, 1, 8), (1, 9, 1, 12), (2, 5, 2, 6), (2, 7, 2, 8), (2, 9, 2, 10), (2, 11, 2, 12),
]  # fmt: skip


def test_a_head_of_four_rows_is_read_to_its_lowest() -> None:
    table = only(sheet(IMMUNISATION, "2023", IMMUNISATION_BOXES), schemas=INSTRUMENT)
    assert values(table.rows[0]) == {"bayi.L": 50, "bayi.P": 40, "imunisasi.L": 45, "imunisasi.P": 36}


STACKED = """
ANAK BERAKTA TAHUN 2022
NO|KECAMATAN|ANAK|BERAKTA
1|Contoh Utara|10|9
|Jumlah|10|9
Sumber: Dinas Contoh
ANAK BERAKTA TAHUN 2023
NO|KECAMATAN|ANAK|BERAKTA
1|Contoh Utara|20|19
|Jumlah|20|19
"""


def test_one_year_below_the_other_in_one_sheet_are_two_tables() -> None:
    tables, _ = read(sheet(STACKED))
    assert [said(table) for table in tables] == [
        [("99.01.01", 2022, [10, 9]), ("total:kota", 2022, [10, 9])],
        [("99.01.01", 2023, [20, 19]), ("total:kota", 2023, [20, 19])],
    ]


def test_a_line_with_nothing_but_a_year_goes_on_with_the_line_above() -> None:
    text = "NO|KECAMATAN|TAHUN|ANAK|BERAKTA\n1|Contoh Utara|2022|10|9\n||2023|11|10\n|Jumlah|2022|10|9\n||2023|11|10"
    assert said(only(sheet(text))) == [
        ("99.01.01", 2022, [10, 9]),
        ("99.01.01", 2023, [11, 10]),
        ("total:kota", 2022, [10, 9]),
        ("total:kota", 2023, [11, 10]),
    ]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("1|SD/MI|30|20\n2|SMA/SMK/MA|9|3", [("sd", 30), ("sma", 9)]),
        ("1|SD|20|15\n2|MI|10|5", [("sd", 30)]),
        ("1|SD|20|15\n2|MI|10|5\n|SD/MI|30|20", [("?sd", 20), ("?mi", 10), ("sd", 30)]),
        ("1|PAUD/TK/RA|8|1\n2|SLB|2|2", [("?paud tk ra", 8), ("slb", 2)]),
        ("1|SMP|20|15\n2|SMP|10|5", [("smp", 20), ("smp", 10)]),
    ],
)
def test_levels_of_schools_are_added_only_where_they_make_up_the_row(lines: str, rows: list[tuple[str, int]]) -> None:
    table = only(sheet(f"NO|JENJANG|JUMLAH SEKOLAH|SRA BER-SK\n{lines}", "2023"), schemas=INSTRUMENT)
    assert [(row.key, values(row)["satuan"]) for row in table.rows] == rows


@pytest.mark.parametrize(
    "text",
    [
        "KECAMATAN|JUMLAH PENDUDUK|MEMILIKI AKTA KELAHIRAN|%\nContoh Utara|900|400|44",
        "KECAMATAN|JUMLAH ANAK 0-18 TAHUN|ANAK MEMILIKI AKTA 0-18 TAHUN\nContoh Utara|90|80",
        "KECAMATAN|BALITA DIUKUR|PENDEK|SANGAT PENDEK|STUNTING\nContoh Utara|90|8|1|9",
        "KECAMATAN|TARGET AIR MINUM LAYAK|JUMLAH KK\nContoh Utara|100|90",
        "NO|JENIS KEKERASAN|KORBAN|0-5|6-12|13-17|18-24\n1|Fisik|9|1|2|3|3",
        "KECAMATAN|PERKARA DITERIMA|DIKABULKAN\nContoh Utara|5|4",
    ],
    ids=["all-ages", "below-19", "under-five", "target", "adults", "cases-of-a-court"],
)
def test_tables_that_only_resemble_those_asked_for_are_not_taken(text: str) -> None:
    assert read(sheet(text, "2023"), schemas=INSTRUMENT)[0] == ()


CELLS = st.one_of(
    st.none(),
    st.floats(),
    st.booleans(),
    st.text(max_size=12),
    st.sampled_from(
        ["KECAMATAN", "DESA", "TAHUN", "ANAK", "BERAKTA", "L", "P", "2023", "Jumlah", "Contoh Utara", 2001.0, 7.0]
    ),
)

BOXES = st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 14), st.integers(0, 9))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=7), max_size=12), st.lists(BOXES, max_size=3), st.booleans())
def test_no_sheet_of_junk_breaks_the_reader(
    rows: list[list[RawValue]],
    boxes: list[tuple[int, int, int, int]],
    listed: bool,  # noqa: FBT001
) -> None:
    tables, notes = read(make_grid("Acak", rows, merged=boxes), listed=listed)
    for table in tables:
        assert table.rows
        assert all(1 < row.number <= len(rows) for row in table.rows)
    assert len(notes) <= 2


def test_a_long_sheet_is_read_whole() -> None:
    lines: list[list[RawValue]] = [["KECAMATAN", "DESA", "ANAK", "BERAKTA"]]
    lines.extend(["Contoh Utara", f"Desa {n}", 2.0, 1.0] for n in range(9_000))
    table = only(make_grid("Data", lines))
    assert len(table.rows) == 9_000


LONG = """
nama_kecamatan | jenis_kelamin | jumlah 0-17 tahun | memiliki 0-17 tahun | persen 0-17 tahun | tahun
Contoh Utara | LAKI-LAKI | 120 | 100 | 83 | 2023
Contoh Utara | PEREMPUAN | 110 | 90 | 82 | 2023
Contoh Selatan | L | 220 | 200 | 91 | 2023
Contoh Selatan | P | 210 | 190 | 90 | 2023
"""


def cells_of(row: TableRow) -> list[tuple[str, str, float | None]]:
    return [(cell.column, cell.part, cell.number) for cell in row.cells]


def test_a_line_for_boys_and_a_line_for_girls_are_one_row() -> None:
    """Open data say the sex in a column of its own; the boys' line was taken for all children."""
    (table,), notes = read(sheet(LONG), schemas=(BY_DISTRICT,))
    assert notes == ()
    assert [(row.key, row.year, cells_of(row)) for row in table.rows] == [
        (key, 2023, [("anak", "L", boys), ("berakta", "L", with_deed), ("anak", "P", girls), ("berakta", "P", more)])
        for key, boys, with_deed, girls, more in (
            ("99.01.01", 120, 100, 110, 90),
            ("99.01.02", 220, 200, 210, 190),
        )
    ]


def test_a_line_for_girls_that_stands_twice_stays_for_the_checks() -> None:
    (table,), _ = read(sheet(f"{LONG}Contoh Selatan | P | 210 | 190 | 90 | 2023\n"), schemas=(BY_DISTRICT,))
    assert [row.key for row in table.rows] == ["99.01.01", "99.01.02", "99.01.02"]


def test_a_line_for_all_stands_beside_those_for_boys_and_girls() -> None:
    (table,), _ = read(sheet(f"{LONG}Contoh Selatan | Jumlah | 430 | 390 | 91 | 2023\n"), schemas=(BY_DISTRICT,))
    assert ("anak", "LP", 430) in cells_of(table.rows[1])


def test_boys_and_girls_of_several_puskesmas_are_added_apart() -> None:
    text = """
Kecamatan | Puskesmas | Jenis Kelamin | Anak | Berakta
Contoh Utara | Satu | Laki-laki | 20 | 10
Contoh Utara | Satu | Perempuan | 10 | 9
Contoh Utara | Dua | Laki-laki | 5 | 4
Contoh Utara | Dua | Perempuan | 3 | 2
"""
    (table,), _ = read(sheet(text), schemas=(BY_DISTRICT,))
    assert [cells_of(row) for row in table.rows] == [
        [("anak", "L", 25), ("berakta", "L", 14), ("anak", "P", 13), ("berakta", "P", 11)]
    ]


@pytest.mark.parametrize("sign", ["²", "①", "³²"])
def test_signs_that_are_digits_and_no_numbers_break_nothing(sign: str) -> None:
    """A footnote mark above a head, or where a year or a village's code belongs, cost the whole workbook."""
    tables, _ = read(sheet(f"{sign}\n{sign} | {sign}{LONG}{sign} | Mawar | {sign} | {sign} | {sign} | {sign}\n"))
    assert [row.key for row in tables[0].rows][:2] == ["99.01.01", "99.01.02"]
