"""A number of a person is found wherever it hides in a workbook, and told with its place and masked."""

from __future__ import annotations

import base64
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.bounded import BoundedPool
from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, Job, inspect_file, inspect_job
from flows.gather.recognise import rules_of
from flows.model import ExposureKind, Media, Reach
from tests.gather.kit import instrument, packed
from tests.gather.scan_kit import MASKED, NIK, ods, with_members, xlsx

Book = Any
"""Of xlsxwriter, which has no types."""
RULES = rules_of(instrument())
SPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def look(tmp_path: Path, name: str, content: bytes) -> Inspection:
    path = tmp_path / name
    path.write_bytes(content)
    return inspect_file(path, family_of_suffix(path.suffix), RULES)


def _plain(book: Book) -> Book:
    sheet = book.add_worksheet("Rekap")
    sheet.write_row(0, 0, ["Kecamatan", "Jumlah"])
    sheet.write_row(1, 0, ["Contoh Utara", 12])
    return sheet


def _cell(book: Book) -> None:
    sheet = _plain(book)
    sheet.write(4, 2, "NIK")
    sheet.write(5, 2, NIK)


def _float(book: Book) -> None:
    sheet = _plain(book)
    sheet.write(4, 2, "NIK")
    sheet.write_number(5, 2, 9971014505120010)


def _sheet(how: str) -> Callable[[Book], None]:
    def fill(book: Book) -> None:
        _plain(book)
        sheet = book.add_worksheet("Mentah")
        sheet.write(0, 0, NIK)
        getattr(sheet, how)()

    return fill


def _column(book: Book) -> None:
    sheet = _plain(book)
    sheet.write(5, 3, NIK)
    sheet.set_column(3, 3, None, None, {"hidden": True})


def _row(book: Book) -> None:
    sheet = _plain(book)
    sheet.write(5, 3, NIK)
    sheet.set_row(5, None, None, {"hidden": True})


def _note(book: Book) -> None:
    _plain(book).write_comment("B2", f"milik {NIK}")


def _defined(book: Book) -> None:
    _plain(book)
    book.define_name("Kunci", f'="{NIK}"')


def _validation(book: Book) -> None:
    _plain(book).data_validation("D4", {"validate": "list", "source": ["tidak", NIK]})


def _header(book: Book) -> None:
    _plain(book).set_header(f"&LNIK {NIK}")


def _properties(book: Book) -> None:
    _plain(book)
    book.set_properties({"subject": f"berkas {NIK}"})


def _formula(book: Book) -> None:
    _plain(book).write_formula("C3", f'=IF(B2>1,"{NIK}","")', None, "")


def _textbox(book: Book) -> None:
    _plain(book).insert_textbox("D4", f"NIK {NIK}")


def _rich(book: Book) -> None:
    bold = book.add_format({"bold": True})
    _plain(book).write_rich_string("D4", NIK[:6], bold, NIK[6:])


@pytest.mark.parametrize(
    ("fill", "sheet", "cell", "hidden"),
    [
        (_cell, "Rekap", "C6", ""),
        (_sheet("hide"), "Mentah", "A1", "sheet"),
        (_sheet("very_hidden"), "Mentah", "A1", "sheet"),
        (_column, "Rekap", "D6", "column"),
        (_row, "Rekap", "D6", "row"),
        (_note, "", "", "comment"),
        (_defined, "", "", "formula"),
        (_validation, "Rekap", "", "elsewhere"),
        (_header, "Rekap", "", "elsewhere"),
        (_properties, "", "", "properties"),
        (_formula, "Rekap", "", "formula"),
        (_textbox, "", "", ""),
        (_rich, "Rekap", "D4", ""),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_xlsx_hides_no_number(
    tmp_path: Path, fill: Callable[[Book], None], sheet: str, cell: str, hidden: str
) -> None:
    found = look(tmp_path, "a.xlsx", xlsx(fill))
    [one] = found.exposures
    assert (one.kind, one.count, one.example, one.birth_year) == (ExposureKind.RESIDENT_NUMBER, 1, MASKED, 12)
    assert (one.sheet, one.cell, one.hidden) == (sheet, cell, hidden)
    assert (found.reach, NIK in repr(found)) == (Reach.WHOLE, False)


_FORMAT = f'<numFmts><numFmt formatCode="&quot;{NIK}&quot;0"/></numFmts><fonts'.encode()
_ESCAPED = '<numFmts><numFmt formatCode="\\{}"/></numFmts><fonts'.format("\\".join(NIK)).encode()
"""As Excel writes digits that are no digits of the number."""
_UNUSED = f"<si><t>{NIK}</t></si></sst>".encode()


def _only_a_table(book: Book) -> None:
    _plain(book)


@pytest.mark.parametrize(
    ("member", "old", "new", "hidden"),
    [
        ("xl/sharedStrings.xml", b"</sst>", _UNUSED, "leftover"),
        ("xl/styles.xml", b"<fonts", _FORMAT, "elsewhere"),
        ("xl/styles.xml", b"<fonts", _ESCAPED, "elsewhere"),
        ("xl/styles.xml", b'name="Normal"', f'name="Gaya {NIK}"'.encode(), "elsewhere"),
        ("xl/workbook.xml", b"</workbook>", f'<x y="NIK {NIK}"/></workbook>'.encode(), "formula"),
    ],
    ids=["leftover", "format", "escaped", "style", "book"],
)
def test_the_parts_of_an_xlsx_hide_no_number(tmp_path: Path, member: str, old: bytes, new: bytes, hidden: str) -> None:
    def put(source: bytes) -> bytes:
        assert old in source
        return source.replace(old, new, 1)

    found = look(tmp_path, "a.xlsx", with_members(xlsx(_only_a_table), {member: put}))
    [one] = found.exposures
    assert (one.example, one.hidden, found.reach) == (MASKED, hidden, Reach.WHOLE)


def test_the_name_of_a_sheet_is_looked_at(tmp_path: Path) -> None:
    found = look(tmp_path, "a.xlsx", xlsx(lambda book: book.add_worksheet(f"NIK {NIK}"))).exposures
    assert (MASKED, "") in [(one.example, one.hidden) for one in found]


def test_a_number_stored_as_a_float_is_found(tmp_path: Path) -> None:
    [one] = look(tmp_path, "a.xlsx", xlsx(_float)).exposures
    assert (one.cell, one.example, one.birth_year) == ("C6", "9971••••••••0010", 12)


@pytest.mark.parametrize(
    ("member", "content", "hidden"),
    [
        ("xl/pivotCache/pivotCacheRecords1.xml", f'<records><r><s v="{NIK}"/></r></records>', "pivot"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", f'<sharedItems><s v="{NIK}"/></sharedItems>', "pivot"),
        ("xl/threadedComments/threadedComment1.xml", f"<text>{NIK}</text>", "comment"),
        ("xl/externalLinks/externalLink1.xml", f"<cell><v>{NIK}</v></cell>", "link"),
        ("xl/charts/chart1.xml", f"<c:pt><c:v>{NIK}</c:v></c:pt>", "chart"),
        ("customXml/item1.xml", f"<data>{NIK}</data>", "xml"),
        ("docProps/app.xml", f"<Properties><Manager>{NIK}</Manager></Properties>", "properties"),
    ],
)  # fmt: skip
def test_the_parts_beside_the_sheets_hide_none(tmp_path: Path, member: str, content: str, hidden: str) -> None:
    source = with_members(xlsx(_plain), {member: content.encode()})
    [one] = look(tmp_path, "a.xlsx", source).exposures
    assert (one.example, one.hidden) == (MASKED, hidden)


def test_text_that_no_cell_shows_any_more_is_found(tmp_path: Path) -> None:
    def more(source: bytes) -> bytes:
        return source.replace(b"</sst>", f"<si><r><t>{NIK[:5]}</t></r><r><t>{NIK[5:]}</t></r></si></sst>".encode())

    [one] = look(tmp_path, "a.xlsx", with_members(xlsx(_plain), {"xl/sharedStrings.xml": more})).exposures
    assert (one.example, one.hidden) == (MASKED, "leftover")


def test_an_ods_hides_none(tmp_path: Path) -> None:
    cell = f'<table:table-cell office:value-type="string"><text:p>{NIK}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    hide = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    cases = {
        "": f'<table:table table:name="A">{row}</table:table>',
        "sheet": f'<table:table table:name="A" table:style-name="ta2">{row}</table:table>',
        "row": '<table:table table:name="A"><table:table-row table:visibility="collapse">'
        f"{cell}</table:table-row></table:table>",
        "column": f'<table:table table:name="A"><table:table-column table:visibility="collapse"/>{row}</table:table>',
        "comment": '<table:table table:name="A"><table:table-row><table:table-cell><office:annotation><text:p>'
        f"{NIK}</text:p></office:annotation></table:table-cell></table:table-row></table:table>",
    }
    for hidden, body in cases.items():
        [one] = look(tmp_path, "a.ods", ods(body, hide)).exposures
        assert (one.sheet, one.example, one.hidden) == ("A", MASKED, hidden)


def test_children_are_listed_and_villages_with_years_are_not(tmp_path: Path) -> None:
    children = [
        ["Nama Anak", "Tanggal Lahir"],
        *([f"Anak Rekaan {word}", "05-05-2015"] for word in ("Satu", "Dua", "Tiga")),
    ]
    [one] = look(tmp_path, "a.xlsx", xlsx(lambda book: _fill(book, children))).exposures
    assert (one.kind, one.count, one.sheet, one.cell) == (ExposureKind.CHILD_LIST, 3, "Rekap", "A2")
    assert "Rekaan" not in one.example
    villages = [["NO", "KECAMATAN", "TAHUN", "DESA", "LK", "PR"]]
    villages += [[str(at), "CONTOH UTARA", str(2001 + at), name, "2480", "2708"] for at, name in enumerate("ABCDEFG")]
    villages = [[*row[:3], f"MELATI{row[3]}", *row[4:]] for row in villages]
    assert look(tmp_path, "b.xlsx", xlsx(lambda book: _fill(book, villages))).exposures == ()


def test_few_cases_are_told_with_the_cell_of_the_first(tmp_path: Path) -> None:
    """Of a table with another row of headings over several columns, and in a hidden sheet as well."""
    rows = [
        ["Rekap kasus kekerasan terhadap anak"],
        ["Kelurahan", "Korban", "", "Jumlah"],
        ["", "L", "P", ""],
        ["Rekaan Utara", "6", "0", "6"],
        ["Umpama Jaya", "0", "2", "2"],
    ]
    (one,) = look(tmp_path, "rekap.xlsx", xlsx(lambda book: _fill(book, rows))).exposures

    assert (one.kind, one.count, one.sheet, one.cell) == (ExposureKind.SMALL_COUNT, 2, "Rekap", "C5")
    assert one.example == "Rekap kasus kekerasan terhadap anak, Korban P"
    shown = [[text.replace("2", "<5") for text in row] for row in rows]
    assert look(tmp_path, "tersamar.xlsx", xlsx(lambda book: _fill(book, shown))).exposures == ()


def test_a_number_over_cells_and_a_list_are_told_by_the_cell_in_which_they_begin(tmp_path: Path) -> None:
    def fill(book: Book) -> None:
        parts = book.add_worksheet("Bagian")
        parts.write_row(0, 0, ["Nama", "NIK"])
        parts.write_row(1, 0, ["Orang Rekaan", 997101, 450512, 1])
        boxes = book.add_worksheet("Kotak")
        boxes.write_row(3, 2, [int(digit) for digit in NIK])
        lists = book.add_worksheet("Catatan")
        lists.write_row(5, 0, ["Catatan"])
        lists.write(5, 7, "1. Siti Rekaan, 9 tahun, SDN Contoh 2\n2. Budi Umpama, 8 tahun, SDN Contoh 3")
        beside = book.add_worksheet("Samping")
        for number, row in enumerate([["Nama Anak", "Umur"], ["Siti Rekaan", 9], ["Budi Umpama", 8]]):
            beside.write_row(number, 3, row)

    found = look(tmp_path, "a.xlsx", xlsx(fill)).exposures
    assert [(one.kind, one.sheet, one.cell, one.example) for one in found[:2]] == [
        (ExposureKind.RESIDENT_NUMBER, "Bagian", "B2", MASKED),
        (ExposureKind.RESIDENT_NUMBER, "Kotak", "C4", MASKED),
    ]
    assert [(one.kind, one.sheet, one.cell) for one in found[2:]] == [
        (ExposureKind.CHILD_LIST, "Catatan", "H6"),
        (ExposureKind.CHILD_LIST, "Samping", "D2"),
    ]


def _fill(book: Book, rows: list[list[str]]) -> None:
    sheet = book.add_worksheet("Rekap")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)


def _with_format(code: str, value: object) -> Callable[[Book], None]:
    def fill(book: Book) -> None:
        sheet = _plain(book)
        sheet.write(4, 2, "Anak Rekaan")
        sheet.write(4, 3, value, book.add_format({"num_format": code}))

    return fill


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (f'"{NIK[:5]}"0', int(NIK[5:])),
        (f'"NIK {NIK[:4]}"000000000000;-0', int(NIK[4:])),
        ("".join(f"\\{digit}" for digit in NIK[:6]) + "#", int(NIK[6:])),
        (f'[Red]0"{NIK[12:]}"', int(NIK[:12])),
    ],
)
def test_digits_that_only_the_format_of_a_cell_shows_are_seen(tmp_path: Path, code: str, value: int) -> None:
    """The cell holds twelve digits, people see sixteen: the region of a village is put before by the format."""
    found = look(tmp_path, "a.xlsx", xlsx(_with_format(code, value)))
    assert [(one.example, one.cell, one.hidden) for one in found.exposures] == [(MASKED, "D5", "")]
    assert found.reach is Reach.WHOLE


@pytest.mark.parametrize(
    ("code", "value"),
    [('"Rp"#,##0', 9971014505120001 // 10), ("[$-421]dd mmmm yyyy", 45000), ('0" 2023"', 5), ('"0511"0', 3301234)],
)
def test_formats_of_every_day_make_no_numbers_of_persons(tmp_path: Path, code: str, value: int) -> None:
    found = look(tmp_path, "a.xlsx", xlsx(_with_format(code, value)))
    assert (found.exposures, found.reach) == ((), Reach.WHOLE)


def test_formats_in_records_are_not_understood_and_that_is_said(tmp_path: Path) -> None:
    def with_format(code: str) -> Inspection:
        return look(tmp_path, "a.xlsx", with_members(xlsx(_plain), {"xl/styles.bin": code.encode("utf-16-le")}))

    assert with_format(f'..."{NIK[:6]}"0000000000...').reach is Reach.PART
    assert with_format('..."Rp"#,##0..."2023"...').reach is Reach.WHOLE


@pytest.mark.parametrize(
    "formula", [f'="{NIK[:4]}"&"{NIK[4:]}"', f'={NIK[:4]}&"{NIK[4:]}"', f'=CONCATENATE("{NIK[:6]}","{NIK[6:]}")']
)
def test_a_number_that_a_formula_joins_is_found_without_its_result(tmp_path: Path, formula: str) -> None:
    """Who writes a workbook by program stores no results; the sheet shows them all the same."""
    found = look(tmp_path, "a.xlsx", xlsx(lambda book: _plain(book).write_formula("D5", formula)))
    assert [(one.example, one.hidden) for one in found.exposures] == [(MASKED, "formula")]


def test_a_sheet_whose_joined_texts_nobody_stored_is_looked_at_in_part(tmp_path: Path) -> None:
    def unstored(formula: str, kind: str = "") -> Inspection:
        def put(source: bytes) -> bytes:
            cell = f'<row r="9"><c r="D9"{kind}><f>{formula}</f><v></v></c></row>'
            return source.replace(b"</sheetData>", f"{cell}</sheetData>".encode())

        return look(tmp_path, "a.xlsx", with_members(xlsx(_plain), {"xl/worksheets/sheet1.xml": put}))

    assert unstored("A1&amp;B1").reach is Reach.PART
    assert unstored("CONCATENATE(A1,B1)").reach is Reach.PART
    assert unstored("SUM(A1:B1)").reach is Reach.WHOLE
    assert unstored('IF(A1="","",A1&amp;B1)', ' t="str"').reach is Reach.WHOLE, "a text without a sign is a result"
    stored = xlsx(lambda book: _plain(book).write_formula("D5", '=A1&" "&A2', None, "Kecamatan Contoh"))
    assert look(tmp_path, "b.xlsx", stored).reach is Reach.WHOLE


def test_of_two_parts_with_one_name_only_one_is_read_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(_plain))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert look(tmp_path, "a.xlsx", path.read_bytes()).reach is Reach.PART


def mashup(query: str) -> bytes:
    """A part with queries, as Power Query keeps it: a package of lengths and a zip, as letters, in UTF-16."""
    package = packed({"Config/Package.xml": b"<Package/>", "Formulas/Section1.m": query.encode()})
    whole = bytes(4) + len(package).to_bytes(4, "little") + package + bytes(4)
    letters = base64.b64encode(whole).decode()
    text = (
        f'<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{letters}'
    )
    return f"{text}</DataMashup>".encode("utf-16")


def test_queries_of_a_workbook_are_opened(tmp_path: Path) -> None:
    """Power Query keeps what somebody typed or pasted into a query as packed letters."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    table = base64.b64encode(packer.compress(f'[["Anak Rekaan","{NIK}"]]'.encode()) + packer.flush()).decode()
    typed = f'Table.FromRows(Json.Document(Binary.Decompress(Binary.FromText("{table}", BinaryEncoding.Base64))))'
    for query in (f'section Section1; shared a = "NIK {NIK}";', f"section Section1; shared a = {typed};"):
        found = look(tmp_path, "a.xlsx", with_members(xlsx(_plain), {"customXml/item1.xml": mashup(query)}))
        assert [(one.example, one.hidden, found.reach) for one in found.exposures] == [(MASKED, "xml", Reach.WHOLE)]
    spoilt = mashup("section Section1;").replace("=".encode("utf-16-le") * 2, b"")[:-60]
    assert look(tmp_path, "a.xlsx", with_members(xlsx(_plain), {"customXml/item1.xml": spoilt})).reach is Reach.PART


def test_a_data_model_is_not_read_and_that_is_said(tmp_path: Path) -> None:
    model = {"xl/model/item.data": bytes(range(256)) * 40}
    assert look(tmp_path, "a.xlsx", with_members(xlsx(_plain), model)).reach is Reach.PART


_OF_OWN = b'<numFmts><numFmt numFmtId="170" formatCode="%b"/></numFmts>'
_SLOW = {
    "unclosed formats": ("xl/styles.xml", b"<fonts", b"<numFmt " * 150_000 + b"<fonts"),
    "quotes": ("xl/styles.xml", b"<fonts", _OF_OWN % (b"1;&quot;" * 200_000) + b"<fonts"),
    "unclosed looks": ("xl/styles.xml", b"<cellXfs", _OF_OWN % b"&quot;6371&quot;0" + b"<cellXfs" + b"<xf " * 300_000),
    "unclosed cells": ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b"<c><f>" * 300_000),
    "endless joins": ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b"<c><f>&amp;</f>" * 150_000),
    "blanks": ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><c><f>a&amp;b</f>" + b" " * 1_500_000),
}  # fmt: skip
"""Member, where in it, and what takes a careless pattern longer than anybody waits."""


@pytest.mark.parametrize("case", _SLOW)
def test_what_is_made_to_be_slow_is_looked_at_within_the_bound(tmp_path: Path, case: str) -> None:
    """A file that costs its child all the time it has would hide what lies in it."""
    member, place, evil = _SLOW[case]
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_members(xlsx(_plain), {member: lambda part: part.replace(place, evil, 1)}))
    with BoundedPool(1) as pool:
        [result] = pool.run(inspect_job, [Job(((str(path), Media.SPREADSHEET),), RULES)])
    assert result.value is not None, result.failure


@pytest.mark.parametrize(
    "printed",
    [
        f'&L&"Arial"&12NIK &"Arial,Bold"{NIK[:8]}&"Arial,Regular"{NIK[8:]}',
        f"&C&10 {NIK[:4]}&K01+000 {NIK[4:8]} &B{NIK[8:12]}&B {NIK[12:]}",
        f"&R&KFF0000{NIK}&P",
    ],
)
def test_what_is_printed_on_each_page_is_read_without_its_codes(tmp_path: Path, printed: str) -> None:
    """Fonts, sizes and colours stand within the number."""

    def fill(book: Book) -> None:
        _plain(book).set_header(printed)

    [found] = look(tmp_path, "a.xlsx", xlsx(fill)).exposures
    assert (found.kind, found.example, found.hidden) == (ExposureKind.RESIDENT_NUMBER, MASKED, "elsewhere")


def test_formats_with_digits_before_texts_are_not_understood_and_that_is_said(tmp_path: Path) -> None:
    def fill(code: str) -> Callable[[Book], None]:
        def of(book: Book) -> None:
            _plain(book).write_string(5, 0, "14505120001", book.add_format({"num_format": code}))

        return of

    reaches = [
        look(tmp_path, "a.xlsx", xlsx(fill(code))).reach for code in ('"99710"@', '0;0;0;"9971-0"@', '"Kelas 4 "@')
    ]
    assert reaches == [Reach.PART, Reach.PART, Reach.WHOLE]
