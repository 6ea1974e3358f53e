"""Numbers of workbooks in the dossier: as the format of their cell shows them, and alike within a table."""

from __future__ import annotations

import io
import struct
from datetime import time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from flows import wording
from flows.forms.grid import make_grid
from flows.forms.grid_hidden import Shape, shapes
from flows.forms.raw import RawValue
from flows.model import Media
from flows.render.annex import Job, prepare
from flows.render.annex.number_format import formatted
from flows.render.annex.table_view import view_of
from tests.forms.grid_kit import ods, record, xls, xlsb, xlsb_record
from tests.render.annex.test_prepared_tables import text_of

ACCOUNTED = '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"??_-;_-@_-'
PRINTED = [
    ("[h]:mm", 1.25, "30:00"),
    ("[h]:mm:ss", 2.500_011_574_1, "60:00:01"),
    ("hh:mm", 0.25, "06.00"),
    ("000", 7, "007"),
    ("00000", 431, "00431"),
    ("0000-0000-0000", 81234567890, "0812-3456-7890"),
    ('0" orang"', 2140, "2.140 orang"),
    (r"0\ \k\m", 12.5, "12,5 km"),
    ('"Rp"#,##0', 1_250_000, "Rp1.250.000"),
    (ACCOUNTED, 1_250_000, "Rp1.250.000"),
    (ACCOUNTED, -500, "-Rp500"),
    (ACCOUNTED, 0, "Rp-"),
    ("[$Rp-421]#,##0;[Red](#,##0)", -500, "(500)"),
    ('#,##0," ribu"', 1_250_000, "1.250 ribu"),
    ('0.0,, "juta"', 1_250_000, "1,25 juta"),
    ("0.00%", 0.8754, "87,54%"),
    ("0.00%", 0.5, "50,00%"),
    ('"Rp"#,##0.00', 1_250_000.5, "Rp1.250.000,50"),
    ('"Rp"#,##0.00', 0, "Rp0,00"),
    ("0.00", 74.125, "74,125"),
    ("0;-0;;@", 0, ""),
    ("0.00", 1e-9, "1e-09"),
    ("# ?/?", 0.5, "0,5"),
    ('[>100]"banyak";"sedikit"', 5, "5"),
    ("dd/mm/yyyy", 45_000, "15 Maret 2023"),
    ("dd/mm/yyyy", 45_000.354_1, "15 Maret 2023"),
    ("dd/mm/yyyy hh:mm", 45_000.354_1, "15 Maret 2023 pukul 08.29"),
    ("mmm-yy", 45_000, "Maret 2023"),
    ("yyyy", 45_000, "2023"),
    ("hh:mm", 0.354_1, "08.29"),
    ('hh:mm "WIB"', 0.354_1, "08.29"),
    ("hh:mm:ss", 0.354_1, "08.29.54"),
]


def test_a_number_is_printed_as_its_cell_shows_it(tmp_path: Path) -> None:
    """Codes kept their places, amounts their units, hours beyond a day their sense only in the workbook itself."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("A")
    for row, (pattern, value, _) in enumerate(PRINTED):
        sheet.write_string(row, 0, f"mulai{row}")
        sheet.write_number(row, 1, value, book.add_format({"num_format": pattern}))
        sheet.write_string(row, 2, f"akhir{row}")
    book.close()
    source = tmp_path / "isi"
    source.write_bytes(out.getvalue())
    shown = text_of(prepare(Job(source, "0" * 64, Media.SPREADSHEET, "Contoh", tmp_path)).path).replace("\u00a0", " ")
    for row, (pattern, _, expected) in enumerate(PRINTED):
        assert shown.split(f"mulai{row} ")[1].split(f"akhir{row}")[0].strip() == expected, pattern


def xls_format(number: int, code: str, *, is_wide: bool = False) -> bytes:
    text = code.encode("utf-16-le" if is_wide else "latin-1")
    return record(0x041E, struct.pack("<HHB", number, len(code), is_wide) + text)


def test_an_old_workbook_shows_its_numbers_alike(tmp_path: Path) -> None:
    """Many offices still save as .xls: codes and shares must not depend on that."""
    looks = (xls_format(164, "000"), xls_format(165, '0" orang"', is_wide=True))
    styles = (record(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, 164, 165, 10))
    short = struct.pack("<HHHIHIH", 1, 0, 1, 7 << 2 | 2, 2, 12 << 2 | 2, 1)
    numbers = [(0, 1, 431.0, 1), (0, 2, 2140.0, 2), (0, 3, 0.5, 3), (0, 4, 8.0, 99), (0, 5, 7.0, 0)]
    cells = [record(0x0203, struct.pack("<HHHd", row, column, style, value)) for row, column, value, style in numbers]
    source = tmp_path / "isi"
    source.write_bytes(xls({"A": [*cells, record(0x00BD, short)]}, globals_=b"".join((*looks, *styles))))
    shown = text_of(prepare(Job(source, "0" * 64, Media.SPREADSHEET, "Contoh", tmp_path)).path).replace("\u00a0", " ")
    assert "431 2.140 orang 50,00% 8 7" in shown
    assert "007 12 orang" in shown


def test_records_cut_short_say_nothing_and_stop_nothing(tmp_path: Path) -> None:
    kinds = (0x0208, 0x007D, 0x041E, 0x00E0, 0x0203, 0x00BD)
    source = tmp_path / "isi"
    source.write_bytes(xls({"A": [record(kind, b"\1") for kind in kinds]}, globals_=xls_format(164, "000")))
    assert shapes(source, ["A"])["A"].formats == {}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1e-9, "1e-09"),
        (0.000_123_456, "0,000123456"),
        (0.1 + 0.2, "0,3"),
        (0.0, "0"),
        (199_301_012_019_031_001.0, "199301012019031000"),
        (timedelta(hours=30), "30:00"),
        (timedelta(minutes=-90, seconds=-5), "-1:30:05"),
        (time(8, 30, 15), "08.30.15"),
    ],
)
def test_values_without_a_format_keep_what_they_say(value: object, shown: str) -> None:
    """A small number is not nothing, and digits that no office program shows are not made up."""
    assert wording.sheet_value(value) == shown


@pytest.mark.parametrize(
    "code", ["", "0", "#,##0;[Red]", '0" orang', "[h]", "yyyy", "@", ";;;;;;", "General", "0" * 300]
)
@pytest.mark.parametrize("value", [0.0, -1.5, 1e300, float("nan"), float("-inf")])
def test_no_format_and_no_number_is_too_odd(code: str, value: float) -> None:
    """Formats are foreign text."""
    assert isinstance(formatted(value, code), str)


@pytest.mark.parametrize("code", ["", "0", '0" orang"', "0000 0000 0000 0000", "00-00-00-000000-0000", "#,##0"])
def test_no_format_lays_the_number_of_a_person_bare(code: str) -> None:
    rows: list[list[RawValue]] = [["Isi"], [9971010101010001.0]]
    assert texts(rows, Shape(formats={(1, 0): code}))[1] == ["9971••••••••0000"]


def texts(rows: list[list[RawValue]], shape: Shape | None = None) -> list[list[str]]:
    view = view_of(make_grid("A", rows), shape or Shape())
    assert view is not None
    return [[cell.text for cell in row] for row in (*view.head, *view.body)]


def test_amounts_are_alike_though_one_could_be_a_year() -> None:
    """2065 beside 2.140 looks like two kinds of numbers."""
    rows: list[list[RawValue]] = [["Kecamatan", "L", "P"], ["Utara", 2031.0, 2140.0], ["Selatan", 1980.0, 2065.0]]
    assert texts(rows)[1:] == [["Utara", "2.031", "2.140"], ["Selatan", "1.980", "2.065"]]


@pytest.mark.parametrize("heading", ["Memiliki (0-17 tahun)", "Anak tahun 2023", "Jumlah KK", "Banyaknya RT"])
def test_a_heading_that_only_mentions_years_or_codes_counts_all_the_same(heading: str) -> None:
    """Exports of offices name ages in their headings: 1045 stood beside 2.276."""
    rows: list[list[RawValue]] = [["Kode", heading], [9901.0, 1045.0], [9902.0, 2276.0]]
    assert texts(rows)[1:] == [["9901", "1.045"], ["9902", "2.276"]]


BUSINESSES: list[list[RawValue]] = [[f"Usaha {number}", 2140.0] for number in range(8)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Kecamatan", 2023.0, 2024.0], ["Utara", 1250.0, 2140.0]],
        [["REKAP", None], ["Kecamatan", 2024.0], ["Utara", 2140.0], ["Selatan", 1950.0]],
        [["Kecamatan", "Jumlah anak"], [None, 2024.0], ["Utara", 2140.0], ["Selatan", 1950.0]],
        [["Uraian", "Isi"], ["Tahun data", 2024.0], ["Jumlah", 2140.0], ["Luas", 1.5]],
        [["Periode", "Jumlah"], [2023.0, 1250.0], [2024.0, 2140.0], [2024.0, 980.0]],
        [["Judul", "Terbit", "Halaman"], ["Profil", 2024.0, 2140.0]],
        [["Judul", "Tahun", "Halaman"], ["Profil", 2024.0, 2140.0], ["Lain", 2015.0, 12.0], ["Buku", 1998.0, 3.0]],
        [
            ["Uraian", "Jumlah"],
            *BUSINESSES,
            ["Usaha", 2022.0, 2023.0, 2024.0, "%"],
            ["Besar", 192.0, 197.0, 1250.0],
        ],
    ],
    ids=[
        "a run",
        "the first of its column",
        "alone in its row",
        "said",
        "a column",
        "alone in its column",
        "a heading",
        "a second table below",
    ],
)
def test_years_stay_years(rows: list[list[RawValue]]) -> None:
    """However a table says its years, none is an amount of two thousand."""
    found = [text for row in texts(rows) for text in row]
    assert "2024" in found
    assert "2.024" not in found
    assert "2.140" in found


def test_codes_in_the_place_of_a_year_stay_codes() -> None:
    """Exports of the civil registry write the code of a kelurahan below *TAHUN*; a head above years counts below."""
    export: list[list[RawValue]] = [
        ["KECAMATAN", "TAHUN", "JUMLAH"],
        ["Utara", 1001.0, 1250.0],
        ["Utara", 1002.0, 98.0],
    ]
    assert texts(export)[1:] == [["Utara", "1001", "1.250"], ["Utara", "1002", "98"]]
    headed: list[list[RawValue]] = [["Kecamatan", "Tahun", None], [None, 2022.0, 2023.0], ["Utara", 1001.0, 1250.0]]
    assert texts(headed)[-1] == ["Utara", "1.001", "1.250"]


def test_two_counts_that_follow_each_other_further_down_are_no_years() -> None:
    counts: list[RawValue] = ["Utara", 12.0, 2140.0]
    rows: list[list[RawValue]] = [["Kecamatan", "L", "P"], *[counts] * 8, ["Lain", 2023.0, 2024.0]]
    assert texts(rows)[-1] == ["Lain", "2.023", "2.024"]


def test_a_format_that_sets_thousands_apart_makes_an_amount_of_any_number() -> None:
    rows: list[list[RawValue]] = [["Nomor rekening", "Isi"], [2024.0, 2024.0]]
    shape = Shape(formats={(1, 1): "#,##0"})
    assert texts(rows, shape)[1] == ["2024", "2.024"]


ODS_STYLES = """
<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1"
  number:grouping="true"/></number:number-style>
<number:percentage-style style:name="N2"><number:number number:decimal-places="2"
  number:min-decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:currency-style style:name="N3P0"><number:currency-symbol>Rp</number:currency-symbol><number:number
  number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:currency-style>
<number:currency-style style:name="N3"><number:text>(</number:text><number:currency-symbol>Rp</number:currency-symbol>
  <number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>
  <number:text>)</number:text>
  <style:map style:condition="value()&gt;=0" style:apply-style-name="N3P0"/></number:currency-style>
<number:number-style style:name="N4"><number:number number:min-integer-digits="3"/></number:number-style>
<number:time-style style:name="N5"><number:hours/><number:text>.</number:text><number:minutes/></number:time-style>
<number:date-style style:name="N6"><number:month number:textual="true"/><number:year/></number:date-style>
<number:number-style style:name="N7"><number:fraction number:min-integer-digits="0"/></number:number-style>
<number:number-style style:name="N8"><number:number number:min-integer-digits="1"/>
  <style:map style:condition="value()&gt;100" style:apply-style-name="N1"/></number:number-style>
"""
ODS_CELLS = [
    ("c1", 'float" office:value="2140', "2.140"),
    ("c2", 'percentage" office:value="0.5', "50,00%"),
    ("c3", 'currency" office:value="1250000.5', "Rp1.250.000,50"),
    ("c3", 'currency" office:value="-500', "(Rp500,00)"),
    ("c4", 'float" office:value="7', "007"),
    ("c5", 'time" office:value="1" office:time-value="PT08H29M54S', "08.29"),
    ("c6", 'date" office:date-value="2023-03-15', "Maret 2023"),
    ("c7", 'float" office:value="0.5', "0,5"),
    ("c8", 'float" office:value="5', "5"),
    ("anak", 'float" office:value="8', "008"),
    ("", 'float" office:value="9', "009"),
    ("asing", 'float" office:value="3', "3"),
]


def test_an_ods_shows_its_numbers_alike(tmp_path: Path) -> None:
    """LibreOffice keeps some styles beside the content, lets styles build upon others, and gives columns one."""
    own = "".join(
        f'<style:style style:family="table-cell" style:name="c{n}" style:data-style-name="N{n}"/>' for n in range(1, 9)
    )
    own += '<style:style style:family="table-cell" style:name="anak" style:parent-style-name="c4"/>'
    own += '<style:style style:family="table-cell" style:name="lingkar" style:parent-style-name="lingkar"/>'
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>mulai{row}</text:p></table:table-cell>'
        f'<table:table-cell {f"""table:style-name="{style}" """ if style else ""}office:value-type="{value}"/>'
        f'<table:table-cell office:value-type="string"><text:p>akhir{row}</text:p></table:table-cell></table:table-row>'
        for row, (style, value, _) in enumerate(ODS_CELLS)
    )
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="c4"/>'
    body = f'<table:table table:name="A">{columns}{rows}</table:table>'
    source = tmp_path / "isi"
    source.write_bytes(ods(body, own, shared=ODS_STYLES))
    shown = text_of(prepare(Job(source, "0" * 64, Media.SPREADSHEET, "Contoh", tmp_path)).path).replace("\u00a0", " ")
    for row, (style, _, expected) in enumerate(ODS_CELLS):
        assert shown.split(f"mulai{row} ")[1].split(f"akhir{row}")[0].strip() == expected, style


def test_a_binary_workbook_shows_its_numbers_alike(tmp_path: Path) -> None:
    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    looks = xlsb_record(615, struct.pack("<I", 1)) + xlsb_record(44, struct.pack("<H", 164) + text("000"))
    ignored = xlsb_record(626, struct.pack("<I", 1)) + xlsb_record(47, struct.pack("<HH12x", 0, 9)) + xlsb_record(627)
    used = b"".join(xlsb_record(47, struct.pack("<HH12x", 0, number)) for number in (0, 164, 10))
    styles = looks + ignored + xlsb_record(617, struct.pack("<I", 3)) + used + xlsb_record(618)
    cells = [(5, column, struct.pack("<d", value)) for column, value in enumerate((7.0, 7.0, 0.5, 8.0))]
    source = tmp_path / "isi"
    source.write_bytes(xlsb({0: cells}, looks={1: 1, 2: 2}, styles=styles))
    shown = text_of(prepare(Job(source, "0" * 64, Media.SPREADSHEET, "Contoh", tmp_path)).path)
    assert "7 007 50,00% 8" in shown
