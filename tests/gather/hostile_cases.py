"""The ways in which forms are spoiled: what each agency of the hostile city has in its folder."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from flows.model import City, Framework
from tests.forms.grid_kit import record, xls, xls_number
from tests.gather import hostile_kit as kit
from tests.gather.hostile_kit import (
    ANSWERS,
    CHILDREN,
    EVIDENCE,
    IDENTITY,
    NORTH,
    PARTNERS,
    SOUTH,
    Files,
    edited,
    put,
    with_result,
)
from tests.gather.kit import packed, pdf, workbook

NAME = "Formulir KLA 2024.xlsx"
HEALTHY = "sehat"
LAST_YEAR, FIRST_YEAR = 2023, 2022
UP, DOWN = f"{NORTH}@{LAST_YEAR}", f"{SOUTH}@{LAST_YEAR}"
UP_BEFORE, DOWN_BEFORE = f"{NORTH}@{FIRST_YEAR}", f"{SOUTH}@{FIRST_YEAR}"

Spoil = Callable[[bytes], Files]
CASES: dict[str, Spoil] = {HEALTHY: lambda form: {NAME: form}}
"""Id of the agency → what lies in its folder, made of its sound form."""


def case(name: str, file_name: str = NAME) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
    """Register one form spoiled by the decorated function."""

    def register(spoil: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        CASES[name] = lambda form: {file_name: spoil(form)}
        return spoil

    return register


def edit(name: str, file_name: str = NAME) -> Callable[[kit.Edit], kit.Edit]:
    """Register one form changed by the decorated function and saved again."""

    def register(change: kit.Edit) -> kit.Edit:
        CASES[name] = lambda form: {file_name: edited(form, change)}
        return change

    return register


def row_of(sheet: Worksheet, key: str, column: str = "anak.L") -> int:
    return int("".join(filter(str.isdigit, kit.address(sheet, key, column))))


def column_of(sheet: Worksheet, key: str) -> int:
    return column_index_from_string("".join(filter(str.isalpha, kit.address(sheet, UP, key))))


def unmerge(sheet: Worksheet) -> None:
    for found in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(found))


# --------------------------------------------------------------------------------------------------------------------
# Sheets, rows and columns


edit("sheets-renamed")(
    kit.renamed({ANSWERS: "Lembar Satu", CHILDREN: "Sheet2", PARTNERS: "Data kami", EVIDENCE: "Bukti-bukti"})
)
edit("sheets-reversed")(lambda book: book._sheets.reverse())  # type: ignore[attr-defined]


@edit("sheets-hidden")
def _(book: openpyxl.Workbook) -> None:
    book[ANSWERS].sheet_state = "hidden"
    book[CHILDREN].sheet_state = "veryHidden"


@edit("sheets-doubled")
def _(book: openpyxl.Workbook) -> None:
    for name in (ANSWERS, CHILDREN, PARTNERS):
        book.copy_worksheet(book[name])


@edit("sheets-doubled-otherwise")
def _(book: openpyxl.Workbook) -> None:
    copy = book.copy_worksheet(book[CHILDREN])
    copy[kit.address(copy, UP, "anak.L")].value = 777
    copy = book.copy_worksheet(book[ANSWERS])
    copy[kit.address(copy, "12.1", "jawaban")].value = "Tidak"


@edit("table-deleted")
def _(book: openpyxl.Workbook) -> None:
    del book[CHILDREN]


@edit("answers-deleted")
def _(book: openpyxl.Workbook) -> None:
    del book[ANSWERS]


@edit("identity-deleted")
def _(book: openpyxl.Workbook) -> None:
    del book[IDENTITY]


@edit("rows-inserted")
def _(book: openpyxl.Workbook) -> None:
    unmerge(book[CHILDREN])
    book[CHILDREN].insert_rows(1, 3)
    book[CHILDREN]["B1"] = "PEMERINTAH KOTA CONTOH"
    unmerge(book[ANSWERS])
    book[ANSWERS].insert_rows(6, 2)


@edit("columns-inserted")
def _(book: openpyxl.Workbook) -> None:
    unmerge(book[CHILDREN])
    book[CHILDREN].insert_cols(1)
    book[CHILDREN].insert_cols(7)


@edit("marks-deleted")
def _(book: openpyxl.Workbook) -> None:
    for name in (ANSWERS, CHILDREN, PARTNERS, EVIDENCE):
        unmerge(book[name])
        book[name].delete_cols(1)


@edit("heads-unmerged")
def _(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        unmerge(sheet)


@edit("heads-deleted")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    unmerge(sheet)
    for mark in sheet["A"]:
        if mark.value == "kepala":
            for cell in sheet[mark.row][1:]:
                cell.value = None


@edit("heads-and-keys-deleted")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    unmerge(sheet)
    for mark in sheet["A"]:
        if mark.value in ("kepala", "kol"):
            for cell in sheet[mark.row][1:]:
                cell.value = None


@edit("column-deleted")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    unmerge(sheet)
    sheet.delete_cols(column_of(sheet, "anak.P"))


@edit("total-below")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    last = sheet.max_row + 1
    sheet.cell(last, 2).value = "JUMLAH"
    sheet.cell(last, column_of(sheet, "anak.L")).value = 205


@edit("row-copied")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    source, last = row_of(sheet, UP), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column).value = sheet.cell(source, column).value
    sheet.cell(last, column_of(sheet, "anak.L")).value = 999


@edit("cells-merged")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    top, column = row_of(sheet, UP_BEFORE), column_of(sheet, "anak.L")
    sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)


@edit("emptied")
def _(book: openpyxl.Workbook) -> None:
    for name, first in {ANSWERS: 6, CHILDREN: 5, PARTNERS: 2, EVIDENCE: 2}.items():
        sheet = book[name]
        marks = [str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True)]
        below = len(marks) - marks[::-1].index("kepala")
        for number, mark in enumerate(marks, start=1):
            start = 3 if mark.startswith("def:") else first if number > below else sheet.max_column + 1
            for column in range(start, sheet.max_column + 1):
                if not isinstance(sheet.cell(number, column), MergedCell):
                    sheet.cell(number, column).value = None


# --------------------------------------------------------------------------------------------------------------------
# Hidden keys, and whose form it is


@edit("marks-edited")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    sheet.cell(row_of(sheet, UP), 1).value = "99.99.07@2023#abcd"
    sheet = book[ANSWERS]
    sheet.cell(row_of(sheet, "12.1", "poin"), 1).value = "12.9#1234"


@edit("marks-swapped")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    first, second = (sheet.cell(row_of(sheet, key), 1) for key in (UP, DOWN))
    first.value, second.value = second.value, first.value


@edit("mark-copied-down")
def _(book: openpyxl.Workbook) -> None:
    sheet = book[CHILDREN]
    first, second = row_of(sheet, UP), row_of(sheet, DOWN)
    sheet.cell(second, 1).value = sheet.cell(first, 1).value


@edit("column-keys-edited")
def _(book: openpyxl.Workbook) -> None:
    for cell in next(row for row in book[CHILDREN].iter_rows() if row[0].value == "kol"):
        cell.value = {"anak.L": "anak.P", "anak.P": "entah"}.get(str(cell.value), cell.value)


@edit("sheet-mark-edited")
def _(book: openpyxl.Workbook) -> None:
    book[CHILDREN]["A1"].value = "kla:tabel:anak:opd:orang-lain"


def identity(key: str, value: str) -> kit.Edit:
    def change(book: openpyxl.Workbook) -> None:
        row = next(row for row in book[IDENTITY].iter_rows() if row[0].value == key)
        row[1].value = value

    return change


for _name, _key, _value in (
    ("identity-filler", "pengisi", f"opd:{HEALTHY}"),
    ("identity-year", "tahun_evaluasi", "2023"),
    ("identity-city", "kota", "kota-lain"),
    ("newer-format", "kla-dosir-formulir", "9"),
    ("newer-instrument", "instrumen", "2031"),
):
    edit(_name)(identity(_key, _value))


def elsewhere(agency_id: str, **changes: object) -> bytes:
    """The form that ``agency_id`` would have in another city or year."""
    place = dataclasses.replace(CITY, **changes)  # type: ignore[arg-type]
    return kit.form(kit.form_plan(agency_id, place, FRAMEWORK))


def without_identity(content: bytes) -> bytes:
    return edited(content, lambda book: book.remove(book[IDENTITY]))


NEXT_YEAR = {"evaluation_year": 2025, "data_years": (2023, 2024)}
case("other-agency")(lambda _: elsewhere(HEALTHY))
case("other-city")(lambda _: elsewhere("other-city", id="kota-lain", name="Kota Lain"))
case("other-year")(lambda _: elsewhere("other-year", **NEXT_YEAR))
case("other-year-unsaid")(lambda _: without_identity(elsewhere("other-year-unsaid", **NEXT_YEAR)))
CASES["own-and-a-friends"] = lambda form: {NAME: form, "Formulir KLA teman.xlsx": elsewhere(HEALTHY)}
CASES["twice-the-same"] = lambda form: {NAME: form, "Salinan/Formulir KLA 2024 (1).xlsx": form}
CASES["two-disagree"] = lambda form: {
    "Formulir KLA 2024 - Dinas two-disagree.xlsx": form,
    "Formulir KLA 2024 - Dinas two-disagree (1).xlsx": kit.form(
        kit.form_plan("two-disagree", CITY, FRAMEWORK), is_other=True
    ),
}

# --------------------------------------------------------------------------------------------------------------------
# Cells

edit("formulas-unsaved")(put(CHILDREN, {(UP, "anak.L"): "=50+52", (DOWN, "cakupan"): "=A1"}))
case("formula-saved")(lambda form: with_result(form, UP, "anak.L", "><f>60+42</f><v>102</v>"))
case("formula-saved-as-text")(lambda form: with_result(form, UP, "anak.L", 't="str"><f>"102"</f><v>102</v>'))
case("formula-of-another-file")(
    lambda form: with_result(form, UP, "anak.L", "><f>'[1]Data'!$B$7</f><v>102</v>"),
)
case("cell-error")(lambda form: with_result(form, UP, "anak.L", 't="e"><f>#REF!+1</f><v>#REF!</v>'))
case("points-error")(
    lambda form: kit.with_cell(form, ANSWERS, kit.where(form, ANSWERS, "12.1", "poin"), 't="e"><v>#DIV/0!</v>')
)
case("listed-error")(
    lambda form: kit.with_cell(form, EVIDENCE, kit.where(form, EVIDENCE, "+1", "pertanyaan"), 't="e"><v>#N/A</v>')
)


@edit("answers-unsaved")
def _(book: openpyxl.Workbook) -> None:
    put(ANSWERS, {("12.1", "jawaban"): "=B1", ("12.1", "poin"): "=1+1", ("12.1", "catatan"): "=B2"})(book)


edit("dates")(
    put(
        CHILDREN,
        {
            (UP, "anak.L"): date(2023, 1, 2), (DOWN, "tanggal"): 45047, (UP_BEFORE, "tanggal"): "2 Mei 2023",
            (DOWN_BEFORE, "tanggal"): "kemarin", (DOWN_BEFORE, "cakupan"): date(2023, 9, 8),
        },
    )
)  # fmt: skip
edit("texts")(
    put(
        CHILDREN,
        {
            (UP, "anak.L"): "seratus", (DOWN, "anak.L"): "1.103", (UP_BEFORE, "anak.P"): "112 anak",
            (DOWN_BEFORE, "anak.P"): "± 20", (DOWN, "anak.P"): "10-12", (UP_BEFORE, "dilayani.L"): "n/a",
            (DOWN_BEFORE, "dilayani.L"): "-", (DOWN, "dilayani.L"): " 93\u00a0", (UP, "dilayani.L"): "O",
        },
    )
)  # fmt: skip
edit("negative")(put(CHILDREN, {(UP, "anak.L"): -5, (DOWN, "anak.L"): 2.5}))
edit("percentages")(
    put(
        CHILDREN,
        {
            (UP_BEFORE, "cakupan"): 0.98, (DOWN_BEFORE, "cakupan"): 98,
            (UP, "cakupan"): "0,98", (DOWN, "cakupan"): "98,5 %",
        },
    )
)  # fmt: skip
edit("claims")(
    put(
        ANSWERS,
        {("12.1", "poin"): "dua", ("12.2", "poin"): 9, ("14.1", "poin"): -1, ("12.2", "jawaban"): "Belum tahu"},
    )
)
LONG = "z" * 32_767
edit("odd-texts")(
    put(ANSWERS, {("12.1", "catatan"): LONG, ("14.1", "catatan"): "@SUM(A1) \u202e\u200b😀\nbaris dua"}),
)

# --------------------------------------------------------------------------------------------------------------------
# Size


@edit("formatted-to-the-end")
def format_to_the_end(book: openpyxl.Workbook) -> None:
    for name in (ANSWERS, CHILDREN, PARTNERS, EVIDENCE):
        book[name].cell(1_048_576, 3).fill = PatternFill("solid", fgColor="FFFF00")


@case("a-million-empty-rows")
def _(form: bytes) -> bytes:
    rows = b"".join(b'<row r="%d" ht="15"><c r="C%d" s="1"/></row>' % (row, row) for row in range(200, 1_048_577))
    return kit.with_xml(form, CHILDREN, lambda source: source.replace(b"</sheetData>", rows + b"</sheetData>"))


def stray(row: int, column: int) -> kit.Edit:
    def change(book: openpyxl.Workbook) -> None:
        book[CHILDREN].cell(row, column).value = "x"
        book[ANSWERS].cell(row, column).value = 5

    return change


edit("stray-in-the-last-cell")(stray(1_048_576, 16_384))
edit("stray-further-down")(stray(5_000, 30))


def bomb(form: bytes, part: str, filler: bytes, times: int) -> bytes:
    """A form with one part that unpacks to far more than a form has."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kit.members(form).items():
            if name != part:
                archive.writestr(name, content)
        with archive.open(part, "w") as stream:
            for _ in range(times):
                stream.write(filler)
    return target.getvalue()


case("bomb-of-blanks")(lambda form: bomb(form, kit.sheet_part(form, CHILDREN), b" " * 10_000_000, 5))
case("bomb-of-texts")(lambda form: bomb(form, "xl/sharedStrings.xml", b"<si><t>a</t></si>" * 600_000, 26))


@case("entities")
def _(form: bytes) -> bytes:
    names = b"abcdefghij"
    lines = [b'<!ENTITY %c "%s">' % (names[at], b"&%c;" % names[at - 1] * 10) for at in range(1, len(names))]
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(lines) + b"]><worksheet"
    cell = b'<row r="90"><c r="C90" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
    return kit.with_xml(
        form, CHILDREN, lambda source: source.replace(b"<worksheet", head, 1).replace(b"</sheetData>", cell)
    )


# --------------------------------------------------------------------------------------------------------------------
# Containers


def flipped(form: bytes) -> bytes:
    """``form`` with thirty bytes in the middle of a packed sheet turned over."""
    start = form.find(b"xl/worksheets/sheet3.xml") + 60
    return form[:start] + bytes(byte ^ 0xFF for byte in form[start : start + 30]) + form[start + 30 :]


def strict(form: bytes) -> bytes:
    """``form`` as the strict variant of the format, which Excel offers among twenty others."""
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    changes = {
        old + b"spreadsheetml/2006/main": new + b"spreadsheetml/main",
        old + b"officeDocument/2006/relationships": new + b"officeDocument/relationships",
    }
    parts = kit.members(form)
    for before, after in changes.items():
        parts = {name: content.replace(before, after) for name, content in parts.items()}
    return packed(parts)


def locked_ods(_: bytes) -> bytes:
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {"mimetype": kind.encode(), "META-INF/manifest.xml": entry.encode(), "content.xml": b"\x01\x02\xfe" * 300}
    )


LOCKED_XLSX = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
HTML = b"<html><body><table><tr><td>Kecamatan</td></tr><tr><td>Contoh Utara</td></tr></table></body></html>"
XML_2003 = (
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>'
    b"<Cell><Data>1</Data></Cell></Row></Table></Worksheet></Workbook>"
)
case("macros", "Formulir KLA 2024.xlsm")(lambda form: packed({**kit.members(form), "xl/vbaProject.bin": b"x" * 99}))
case("strict")(strict)
case("by-phone")(lambda form: kit.by_phone(form, keeps_marks=True))
case("by-phone-plain")(lambda form: kit.by_phone(form, keeps_marks=False))
case("called-xls", "Formulir KLA 2024.xls")(lambda form: form)
case("called-pdf", "Formulir KLA 2024.pdf")(lambda form: form)
case("called-nothing", "Formulir KLA 2024")(lambda form: form)
case("half")(lambda form: form[: len(form) // 2])
case("without-end")(lambda form: form[:-30])
case("flipped")(flipped)
case("empty")(lambda _: b"")
case("blanks")(lambda _: b" " * 5_000)
case("csv-called-xlsx")(lambda _: b"Nomor,Jawaban\n12.1,Ya\n")
case("html-called-xls", "Formulir KLA 2024.xls")(lambda _: HTML)
case("xml-called-xls", "Formulir KLA 2024.xls")(lambda _: XML_2003)
case("pdf-called-xlsx")(lambda _: pdf(["Formulir"]))
case("locked-xlsx")(lambda _: LOCKED_XLSX)
case("locked-xls", "Formulir KLA 2024.xls")(
    lambda _: xls({"Satu": [xls_number(0, 0, 1.0)]}, globals_=record(0x002F, b"\0" * 52))
)
case("locked-ods", "Formulir KLA 2024.ods")(locked_ods)
case("another-workbook")(lambda _: workbook([["Kecamatan", "Jumlah"], ["Contoh Utara", 5]]))

OFFICE: dict[str, tuple[str, kit.Edit | None]] = {
    "saved-as-xls": ("xls", None),
    "saved-as-ods": ("ods", None),
    "saved-as-xlsx": ("xlsx", None),
    "ods-formatted-to-the-end": ("ods", format_to_the_end),
    "ods-stray": ("ods", stray(1_048_576, 16_384)),
    "xls-stray": ("xls", stray(65_536, 256)),
}
"""Suffix under which an office program saves the form, and what was done to it before."""


CITY: City = kit.city((*CASES, *OFFICE))
FRAMEWORK: Framework = kit.framework((*CASES, *OFFICE))
