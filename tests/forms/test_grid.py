"""Workbooks of every format and in every state become the same grid, at the right places and within bounds."""

from __future__ import annotations

import contextlib
import re
import struct
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from flows.forms import grid, grid_ods, grid_xlsx, xlsx_cells, xlsx_slim
from flows.forms.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    Workbook,
    WorkbookLockedError,
    WorkbookTooLargeError,
    WorkbookUnreadableError,
    cell_name,
    make_grid,
    open_workbook,
)
from flows.forms.grid_xls import look_at
from flows.forms.raw import RawCell, RawValue
from tests.forms.grid_kit import (
    MAIN,
    members_of,
    ods,
    packed,
    record,
    with_sheet,
    write,
    xls,
    xls_error,
    xls_formula_error,
    xls_number,
    xlsb,
    xlsx,
)

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "kab-madiun" / "2026"


def opened(tmp_path: Path, content: bytes, name: str = "tabel.xlsx") -> Workbook:
    return open_workbook(write(tmp_path, content, name))


def first(tmp_path: Path, content: bytes, name: str = "tabel.xlsx") -> Grid:
    return opened(tmp_path, content, name).sheets[0]


def values(sheet: Grid) -> dict[str, object]:
    return {cell.cell: cell.value for row in range(sheet.height) for _, cell in sheet.cells(row)}


def every_kind(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Satu & dua")
    days, moment, span = (
        book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "[h]:mm:ss")
    )
    sheet.write("C5", "halo")
    sheet.write("D5", 12)
    sheet.write("E5", True)  # noqa: FBT003 - the value of the cell
    sheet.write_datetime("F5", date(2025, 3, 1), days)
    sheet.write_datetime("G5", datetime(2025, 3, 1, 4, 5), moment)  # noqa: DTZ001 - a cell has no zone
    sheet.write("H5", 1.5, span)
    sheet.write("I5", "   ")
    sheet.write_formula("J5", "=1+1", None, 2)
    sheet.write_formula("K5", "=1/0", None, "#DIV/0!")
    sheet.write_formula("L5", "=1+1", None, "")
    sheet.merge_range("B10:D12", "gabung")
    book.add_worksheet("Tersembunyi").hide()
    book.add_worksheet("Sangat").very_hidden()
    book.add_chartsheet("Grafik")


def test_values_stand_at_their_absolute_places_whatever_the_name_says(tmp_path: Path) -> None:
    book = opened(tmp_path, xlsx(every_kind), "formulir.xls")
    sheet = book.sheets[0]
    assert values(sheet) == {
        "C5": "halo",
        "D5": 12.0,
        "E5": True,
        "F5": date(2025, 3, 1),
        "G5": datetime(2025, 3, 1, 4, 5),  # noqa: DTZ001
        "H5": timedelta(days=1, hours=12),
        "I5": "   ",
        "J5": 2.0,
        "K5": "#DIV/0!",
        "L5": None,
        "B10": "gabung",
    }
    assert (sheet.merged, sheet.height, sheet.width) == (((9, 1, 11, 3),), 10, 12)


def test_errors_and_formulas_without_result_are_named(tmp_path: Path) -> None:
    sheet = first(tmp_path, xlsx(every_kind))
    assert sheet.at(4, 10) == RawCell("#DIV/0!", "K5", is_error=True)
    assert sheet.at(4, 11) == RawCell(None, "L5", is_uncalculated=True)
    blank = sheet.at(4, 8)
    assert blank is not None
    assert blank.is_empty


def test_values_alone_are_those_of_the_cells_but_errors_and_formulas_without_result() -> None:
    """What looks for heads goes through values: it must see what the cells show, and nothing beside."""
    rows: list[list[RawValue]] = [["Kecamatan", None, 3, ""], ["", "#REF!", 2.5], [], ["Rekaan", 2024]]
    grid = Grid("L", rows=rows, errors={(1, 1): "#REF!"}, uncalculated=frozenset({(1, 3)}),
                marked_rows=frozenset({1}), height=5, width=4)  # fmt: skip
    for row in range(-1, 7):
        shown = [(at, cell.value) for at, cell in grid.cells(row) if not (cell.is_error or cell.is_uncalculated)]
        assert list(grid.values(row)) == shown
    assert [list(grid.values(row)) for row in (0, 1, 3)] == [
        [(0, "Kecamatan"), (2, 3)], [(2, 2.5)], [(0, "Rekaan"), (1, 2024)],
    ]  # fmt: skip


def test_hidden_sheets_are_read_and_charts_are_none(tmp_path: Path) -> None:
    book = opened(tmp_path, xlsx(every_kind))
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [
        ("Satu & dua", False),
        ("Tersembunyi", True),
        ("Sangat", True),
    ]
    assert not book.has_macros


def test_nothing_stands_outside_a_sheet_and_in_its_empty_cells(tmp_path: Path) -> None:
    sheet = first(tmp_path, xlsx(every_kind))
    assert [sheet.at(*spot) for spot in ((-1, 0), (0, -1), (0, 0), (900, 0), (0, 900))] == [None] * 5
    assert list(sheet.cells(-1)) == list(sheet.cells(900)) == list(sheet.cells(0)) == []


@pytest.mark.parametrize(
    ("cell", "is_uncalculated"),
    [
        ('<c r="A1"><f>B1</f></c>', True),
        ('<c r="A1"><f>B1</f><v></v></c>', True),
        ('<c r="A1"><f>B1</f><v/></c>', True),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', False),
        ('<c r="A1" t="str"><f t="shared" si="0"/><v>a</v></c>', False),
        ('<c r="A1"><f t="shared" si="0"/></c>', True),
        ('<c r="A1">\n  <f>B1</f>\n  <v>0</v>\n</c>', False),
    ],
)
def test_a_formula_counts_as_uncalculated_only_without_a_saved_result(
    tmp_path: Path, cell: str, *, is_uncalculated: bool
) -> None:
    sheet = first(tmp_path, with_sheet(f'<row r="1">{cell}</row>'))
    assert bool(sheet.uncalculated) is is_uncalculated


def test_an_uncalculated_formula_behind_the_last_value_still_belongs_to_the_sheet(tmp_path: Path) -> None:
    sheet = first(
        tmp_path, with_sheet('<row r="2"><c r="A2"><v>1</v></c></row><row r="4"><c r="C4"><f>A2</f></c></row>')
    )
    assert (sheet.height, sheet.width) == (4, 3)
    assert [(column, cell.is_uncalculated) for column, cell in sheet.cells(3)] == [(2, True)]


def test_prefixed_and_unnumbered_cells_of_other_programs_are_placed(tmp_path: Path) -> None:
    prefixed = '<x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c><x:c r="C2" t="e"><x:v>#REF!</x:v></x:c></x:row>'
    sheet = first(tmp_path, with_sheet(prefixed, prefix="x"))
    assert (values(sheet), sheet.errors) == ({"B2": 7.0, "C2": "#REF!"}, {(1, 2): "#REF!"})
    bare = '<row><c/><c><v>7</v></c></row><row r="5"><c><f>B1</f></c><c t="e"><v>#N/A</v></c><c><v>8</v></c></row>'
    sheet = first(tmp_path, with_sheet(bare))
    assert values(sheet) == {"B1": 7.0, "A5": None, "B5": "#N/A", "C5": 8.0}


NOTHING = "".join(f'<row r="{row}" ht="15"/>' for row in range(1_000_000, 1_001_000))
EMPTY = "".join(f'<row r="{row}"><c r="XFD{row}" s="0"/></row>' for row in range(1_000_000, 1_000_100))
FILLED = '<row r="1"><c r="A1"><v>5</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "is_cut"),
    [
        (FILLED + NOTHING, False),
        (FILLED + EMPTY, False),
        (FILLED + FAR, True),
        (FILLED + f'<row r="{MAX_ROWS}"><c r="A{MAX_ROWS}" s="0"/></row>', False),
    ],
)
def test_a_million_rows_of_nothing_cost_nothing_and_a_stray_cell_is_cut_off(
    tmp_path: Path, rows: str, *, is_cut: bool
) -> None:
    sheet = first(tmp_path, with_sheet(rows, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'))
    assert (values(sheet), sheet.is_cut, sheet.merged) == ({"A1": 5.0}, is_cut, ((0, 0, 1, 1),))


def test_cells_at_the_bounds_are_read_and_those_behind_are_not(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Tepi")
        sheet.write(MAX_ROWS - 1, MAX_COLUMNS - 1, "tepi")
        sheet.write(MAX_ROWS, 0, "bawah")
        sheet.write(0, MAX_COLUMNS, "kanan")

    sheet = first(tmp_path, xlsx(fill))
    assert values(sheet) == {cell_name(MAX_ROWS - 1, MAX_COLUMNS - 1): "tepi"}
    assert sheet.is_cut


@pytest.mark.parametrize(
    ("row", "column", "is_cut"),
    [
        (MAX_ROWS - 1, MAX_COLUMNS - 1, False),
        (MAX_ROWS, 0, True),
        (0, MAX_COLUMNS, True),
    ],
)
def test_a_sheet_is_cut_only_where_a_cell_lies_behind_a_bound(
    tmp_path: Path, row: int, column: int, *, is_cut: bool
) -> None:
    sheet = first(tmp_path, xlsx(lambda book: book.add_worksheet("Tepi").write(row, column, "tepi")))
    assert (sheet.is_cut, values(sheet)) == (is_cut, {} if is_cut else {cell_name(row, column): "tepi"})


@pytest.mark.parametrize("whole_bytes", [grid_xlsx.MAX_WHOLE_BYTES, 0], ids=["in one piece", "bit by bit"])
def test_merged_ranges_are_kept_up_to_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole_bytes: int
) -> None:
    monkeypatch.setattr(grid_xlsx, "MAX_WHOLE_BYTES", whole_bytes)
    for module in (xlsx_cells, xlsx_slim):
        monkeypatch.setattr(module, "MAX_MERGED", 3)
    for count in (3, 4):
        ranges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, count + 1))
        sheet = first(tmp_path, with_sheet(FILLED, after=f"<mergeCells>{ranges}</mergeCells>"))
        assert sheet.merged == tuple((row, 0, row, 1) for row in range(3))
        assert values(sheet) == {"A1": 5.0}


def test_a_large_sheet_is_read_piece_by_piece_like_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = xlsx(every_kind)
    whole = opened(tmp_path, content)
    monkeypatch.setattr(grid_xlsx, "MAX_WHOLE_BYTES", 0)
    for size in (1, 7, 300, 5000):
        monkeypatch.setattr(grid_xlsx, "_CHUNK_BYTES", size)
        pieces = opened(tmp_path, content)
        assert [values(sheet) for sheet in pieces.sheets] == [values(sheet) for sheet in whole.sheets]
        assert [sheet.merged for sheet in pieces.sheets] == [sheet.merged for sheet in whole.sheets]
        assert [sheet.uncalculated for sheet in pieces.sheets] == [sheet.uncalculated for sheet in whole.sheets]


def test_no_more_filled_cells_are_kept_than_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("Satu", "Dua"):
            sheet = book.add_worksheet(name)
            for row in range(10):
                sheet.write(row, 0, row)

    monkeypatch.setattr(grid, "MAX_CELLS", 13)
    book = opened(tmp_path, xlsx(fill))
    assert [(sheet.height, sheet.is_cut) for sheet in book.sheets] == [(10, False), (3, True)]


def two_sheets(book: xlsxwriter.Workbook) -> None:
    for name in ("A", "B"):
        book.add_worksheet(name).write(0, 0, 1)


def test_sheets_behind_the_allowed_number_are_named_and_marked_as_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "MAX_SHEETS", 1)
    monkeypatch.setattr(grid_ods, "MAX_SHEETS", 1)
    content = xlsx(two_sheets)
    cell = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    table = f'<table:table table:name="{{}}"><table:table-row>{cell}</table:table-row></table:table>'
    open_document = ods(table.format("A") + table.format("B"))
    legacy = xls({"A": [xls_number(0, 0, 1)], "B": [xls_number(0, 0, 1)]})
    for source in (content, open_document, legacy):
        book = opened(tmp_path, source)
        assert [(sheet.name, sheet.height, sheet.is_cut) for sheet in book.sheets] == [("A", 1, False), ("B", 0, True)]


def test_a_sheet_of_macros_keeps_nobody_from_reading_the_others(tmp_path: Path) -> None:
    """The library gives up the whole workbook over it, which was called damaged where its tables were looked for."""
    parts = members_of(xlsx(two_sheets))
    relations, kind = (
        "xl/_rels/workbook.xml.rels",
        b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
    )
    parts["xl/macrosheets/sheet2.xml"] = parts.pop("xl/worksheets/sheet2.xml")
    parts[relations] = re.sub(
        rb'Type="[^"]*" Target="worksheets/sheet2.xml"',
        b'Type="%s" Target="macrosheets/sheet2.xml"' % kind,
        parts[relations],
    )
    assert [(sheet.name, sheet.height) for sheet in opened(tmp_path, packed(parts)).sheets] == [("A", 1)]


def test_programs_inside_are_noticed_in_every_format(tmp_path: Path) -> None:
    plain = xlsx(every_kind)
    assert opened(tmp_path, packed({**members_of(plain), "xl/vbaProject.bin": b"x"}), "a.xlsm").has_macros
    document = members_of(ods(""))
    assert opened(tmp_path, packed({**document, "Basic/Standard/Modul.xml": b"<x/>"}), "a.ods").has_macros
    assert not opened(tmp_path, packed({**document, "Basic/script-lc.xml": b"<x/>"}), "a.ods").has_macros
    legacy = {"Satu": [xls_number(0, 0, 1)]}
    assert opened(tmp_path, xls(legacy, more_names="_VBA_PROJECT".encode("utf-16-le")), "a.xls").has_macros
    assert not opened(tmp_path, xls(legacy), "a.xls").has_macros


# .xls


def test_an_xls_gives_values_errors_and_no_stray_cell(tmp_path: Path) -> None:
    content = xls(
        {
            "Satu": [
                xls_number(0, 0, 5),
                xls_error(1, 1, 23),
                xls_formula_error(2, 2, 7),
                xls_number(65535, 255, 9),
            ],
            "Dua": [xls_number(3, 1, 1.5)],
        }
    )
    one, two = opened(tmp_path, content, "kiriman.xlsx").sheets
    assert (values(one), one.is_cut) == ({"A1": 5.0, "B2": "#REF!", "C3": "#DIV/0!"}, True)
    assert set(one.errors) == {(1, 1), (2, 2)}
    assert (values(two), two.is_cut) == ({"B4": 1.5}, False)


def test_a_far_cell_of_a_sheet_that_begins_elsewhere_is_kept_from_the_library(tmp_path: Path) -> None:
    """The list of sheets says a wrong place; the library follows it, asked for 21 GB and ended its process."""
    content = bytearray(xls({"Satu": [xls_number(0, 0, 1), xls_number(65_312, 10_241, 2)]}))
    at = content.index(struct.pack("<HH", 0x0085, 12)) + 4
    begins = struct.unpack_from("<I", content, at)[0]
    struct.pack_into("<I", content, at, begins + 20)
    assert look_at(bytes(content)).source != bytes(content)
    assert first(tmp_path, bytes(content), "a.xls").at(0, 0)


@pytest.mark.parametrize(
    ("shape", "claim"),
    [
        ("<IIHHH", (0, 0xFF000001, 0, 10)),
        ("<IIHHH", (9, 1, 0, 10)),
        ("<IIHHH", (0, 65536, 0, 256)),
        ("<HHHHH", (54, 9, 62, 1)),  # as before Excel 97: the library asked for 171 GB, and its process ended
        ("<HHHHH", (0, 65535, 0, 256)),
    ],
)
def test_an_xls_that_claims_to_be_vast_is_read_all_the_same(
    tmp_path: Path, shape: str, claim: tuple[int, int, int, int]
) -> None:
    dimensions = record(0x0200, struct.pack(shape, *claim, 0))
    sheet = first(tmp_path, xls({"Satu": [dimensions, xls_number(1, 1, 5)]}), "a.xls")
    assert (values(sheet), sheet.is_cut) == ({"B2": 5.0}, False)


def test_an_xlsb_gives_values_errors_and_no_stray_cell(tmp_path: Path) -> None:
    halo = struct.pack("<I", 4) + "halo".encode("utf-16-le")
    rows = {0: [(5, 0, struct.pack("<d", 5)), (3, 1, b"\x17")], 3: [(6, 2, halo)]}
    sheet = first(tmp_path, xlsb(rows), "a.xlsb")
    assert (values(sheet), sheet.is_cut) == ({"A1": 5.0, "B1": "#REF!", "C4": "halo"}, False)
    far = xlsb({**rows, 1_048_575: [(5, 16_383, struct.pack("<d", 9))]})
    sheet = first(tmp_path, far, "a.xlsb")
    assert (values(sheet), sheet.is_cut) == ({"A1": 5.0, "B1": "#REF!", "C4": "halo"}, True)


def test_a_zip_behind_a_password_is_locked(tmp_path: Path) -> None:
    content = bytearray(MODERN)
    position = 0
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(mark)
        while position >= 0:
            content[position + flags] |= 1
            position = content.find(mark, position + 4)
    with pytest.raises(WorkbookLockedError):
        opened(tmp_path, bytes(content))


def test_passwords_are_told_from_damage(tmp_path: Path) -> None:
    sealed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    old = xls({"Satu": [xls_number(0, 0, 1)]}, globals_=record(0x002F, b"\1\0" + b"\0" * 52))
    document = packed({**members_of(ods("")), "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    for content in (sealed, old, document):
        with pytest.raises(WorkbookLockedError):
            opened(tmp_path, content)


MODERN = xlsx(every_kind)
BINARY = xlsb({0: [(5, 0, struct.pack("<d", 5)), (3, 1, b"\x17")]})
SCRAPS = ("<", ">", "/>", "</c>", "<c>", '<c r="A1">', "<row>", "<f>", "0", "99999999", " r=", '"', "&#0;", "ZZZ9", "s")
LEGACY = xls({"Satu": [xls_number(0, 0, 1)]})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"halo",
        b"<html><table><tr><td>1</td></tr></table></html>",
        xlsx(every_kind)[:900],
        packed({"a.txt": b"a"}),
        packed({"xl/workbook.xml": b"<rusak"}),
        ods("")[:-30],
        packed({**members_of(ods("")), "content.xml": b"<office:document-content><x></office:document-content>"}),
        packed({**members_of(ods("")), "content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        LEGACY[:700],
        LEGACY[:512] + b"\0" * 1024,
        b"\xd0\xcf\x11\xe0" + b"\1" * 4000,
        LEGACY.replace("Workbook".encode("utf-16-le"), "Arsipnya".encode("utf-16-le")),
    ],
)
def test_what_is_damaged_or_no_workbook_is_one_kind_of_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(WorkbookUnreadableError):
        opened(tmp_path, content)


def test_shared_parts_too_large_for_any_office_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_xlsx, "MAX_SHARED_BYTES", 500)
    with pytest.raises(WorkbookTooLargeError):  # which is not said to be damaged
        opened(tmp_path, xlsx(every_kind))


@pytest.mark.parametrize("promise", ["2147483647", "9" * 5_000, "00000000000000000000000000000099"])
def test_more_shared_texts_promised_than_written_are_refused_before_memory_is_asked_for(
    tmp_path: Path, promise: str
) -> None:
    texts = f'<sst xmlns="{MAIN}" count="1" uniqueCount = \'{promise}\'><si><t>Contoh</t></si></sst>'
    with pytest.raises(WorkbookUnreadableError, match="promised"):
        opened(tmp_path, packed({**members_of(xlsx(every_kind)), "xl/sharedStrings.xml": texts}))


def test_a_stray_cell_behind_plain_ones_is_cut_off_however_it_is_written(tmp_path: Path) -> None:
    sheet = first(tmp_path, with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r = \'XFD1048576\'><v>2</v></c></row>'))
    assert (values(sheet), sheet.is_cut) == ({"A1": 1.0}, True)


# .ods

TABLE = """
<table:table table:name="Satu">
 <table:table-row table:number-rows-repeated="2">
  <table:table-cell table:number-columns-repeated="16384"/>
 </table:table-row>
 <table:table-row>
  <table:table-cell table:number-columns-repeated="2"/>
  <table:table-cell office:value-type="string">
   <text:p>a<text:s text:c="2"/><text:span>b</text:span></text:p><text:p>c</text:p>
   <office:annotation><text:p>catatan</text:p></office:annotation></table:table-cell>
  <table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell>
  <table:table-cell office:value-type="percentage" office:value="0.98"><text:p>98%</text:p></table:table-cell>
  <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>
  <table:table-cell office:value-type="date" office:date-value="2025-03-01"><text:p>1/3/25</text:p></table:table-cell>
  <table:table-cell office:value-type="date" office:date-value="2025-03-01T04:05:00"/>
  <table:table-cell office:value-type="time" office:time-value="PT03H04M00S"><text:p>03:04</text:p></table:table-cell>
  <table:table-cell office:value-type="time" office:time-value="PT36H00M00S"><text:p>36:00</text:p></table:table-cell>
  <table:table-cell office:value-type="date" office:date-value="besok"><text:p>besok</text:p></table:table-cell>
 </table:table-row>
 <table:table-row>
  <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""
   calcext:value-type="error">
   <text:p>#DIV/0!</text:p></table:table-cell>
  <table:table-cell table:formula="of:=[.A1]"/>
  <table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>
  <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" office:value-type="string">
   <text:p>gabung</text:p></table:table-cell>
  <table:covered-table-cell/>
 </table:table-row>
 <table:table-row table:number-rows-repeated="3">
  <table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"/>
 </table:table-row>
 <table:table-row table:number-rows-repeated="1048569">
  <table:table-cell table:number-columns-repeated="16384"/>
 </table:table-row>
</table:table>
"""


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1))
def test_bytes_overwritten_anywhere_never_escape_the_two_errors(
    tmp_path_factory: pytest.TempPathFactory, which: int, changes: list[tuple[float, int]]
) -> None:
    content = bytearray((MODERN, LEGACY, ods(TABLE), BINARY)[which])
    for share, value in changes:
        content[int(share * len(content))] = value
    path = write(tmp_path_factory.mktemp("acak"), bytes(content))
    with contextlib.suppress(WorkbookLockedError, WorkbookUnreadableError):
        assert isinstance(open_workbook(path), Workbook)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(SCRAPS)), min_size=1, max_size=6))
def test_sheets_scrambled_before_packing_never_escape_the_two_errors(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, str]]
) -> None:
    members = {name: content.decode() for name, content in members_of(MODERN).items()}
    sheet = members["xl/worksheets/sheet1.xml"]
    for share, scrap in changes:
        position = int(share * len(sheet))
        sheet = sheet[:position] + scrap + sheet[position + len(scrap) :]
    path = write(tmp_path_factory.mktemp("acak"), packed({**members, "xl/worksheets/sheet1.xml": sheet}))
    with contextlib.suppress(WorkbookLockedError, WorkbookUnreadableError):
        assert isinstance(open_workbook(path), Workbook)


def test_an_ods_gives_every_kind_of_cell(tmp_path: Path) -> None:
    sheet = first(tmp_path, ods(TABLE), "a.xlsx")
    assert values(sheet) == {
        "C3": "a  b\nc",
        "D3": 12.5,
        "E3": 0.98,
        "F3": True,
        "G3": date(2025, 3, 1),
        "H3": datetime(2025, 3, 1, 4, 5),  # noqa: DTZ001
        "I3": time(3, 4),
        "J3": timedelta(hours=36),
        "K3": "besok",
        "A4": "#DIV/0!",
        "B4": None,
        "D4": "gabung",
        **{f"{column}{row}": 7.0 for column in "AB" for row in (5, 6, 7)},
    }
    assert (set(sheet.errors), sheet.uncalculated) == ({(3, 0)}, frozenset({(3, 1)}))
    assert (sheet.merged, sheet.is_cut) == (((3, 3, 5, 4),), False)


def test_a_hidden_sheet_of_an_ods_is_known_as_hidden(tmp_path: Path) -> None:
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    tables = '<table:table table:name="A"/><table:table table:name="B" table:style-name="ta2"/>'
    book = opened(tmp_path, ods(tables, style))
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [("A", False), ("B", True)]


ONE = '<table:table-cell office:value-type="float" office:value="1"/>'
WIDE = ONE.replace(" ", ' table:number-columns-repeated="16384" ', 1)


@pytest.mark.parametrize(
    "row",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{ONE}</table:table-row>',
        f"<table:table-row>{WIDE}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="1048575"/><table:table-row>{ONE}</table:table-row>',
    ],
)
def test_an_ods_filled_to_its_edges_is_cut(tmp_path: Path, row: str) -> None:
    sheet = first(tmp_path, ods(f'<table:table table:name="A">{row}</table:table>'))
    assert sheet.is_cut
    assert sheet.height <= MAX_ROWS
    assert sheet.width <= MAX_COLUMNS


# What the grid says of itself


@settings(deadline=None)
@given(st.integers(0, 16_383), st.integers(0, 1_048_575))
def test_names_of_cells_are_those_of_a_spreadsheet(column: int, row: int) -> None:
    assert cell_name(row, column) == f"{get_column_letter(column + 1)}{row + 1}"


def test_marks_out_of_bounds_make_a_sheet_a_cut_one() -> None:
    assert make_grid("A", [], errors={(MAX_ROWS, 0): "#REF!"}).is_cut
    assert make_grid("A", [], uncalculated=[(0, MAX_COLUMNS)]).is_cut
    assert not make_grid("A", [["a"]], uncalculated=[(4, 4)]).is_cut


@pytest.mark.skipif(not REAL.is_dir(), reason="the collection of real files is not beside this checkout")
def test_a_real_export_is_read_to_its_last_village() -> None:
    (path,) = REAL.rglob("STAT_SMT_I_2024*.xlsx")
    sheet = next(found for found in open_workbook(path).sheets if found.name == "AKTA 0 SD 17 DESA")
    filled = [row for row in range(sheet.height) if len(list(sheet.cells(row))) > 5]
    assert len(filled) >= 206
