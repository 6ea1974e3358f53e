"""Active content is named and never run: scripts, actions, macros, files in files, two formats in one, programs."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from flows import bounds
from flows.findings import load_catalogue
from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.office_active import _in_old_book, _in_old_document, _in_old_slides, active_in_ole
from flows.gather.recognise import rules_of
from flows.model import Condition, Media
from tests.forms.grid_kit import compound, xls, xls_number
from tests.gather.kit import instrument, junk, packed, pdf, picture, word, workbook

RULES = rules_of(instrument())
Change = Callable[[Pdf], None]


def look(tmp_path: Path, name: str, content: bytes) -> Inspection:
    path = tmp_path / name
    path.write_bytes(content)
    return inspect_file(path, family_of_suffix(path.suffix), RULES)


def changed(change: Change) -> bytes:
    """A PDF of one page after ``change``."""
    with Pdf.open(io.BytesIO(pdf(["Laporan contoh"]))) as document:
        change(document)
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
    return target.getvalue()


def action(kind: str, **values: Any) -> Dictionary:  # noqa: ANN401  # whatever a PDF may hold
    return Dictionary(S=Name(f"/{kind}"), **values)


def on_opening(kind: str, **values: Any) -> Change:  # noqa: ANN401  # same
    def change(document: Pdf) -> None:
        document.Root.OpenAction = action(kind, **values)

    return change


def with_note(**values: Any) -> Change:  # noqa: ANN401  # same
    def change(document: Pdf) -> None:
        document.pages[0].Annots = Array([document.make_indirect(Dictionary(Type=Name.Annot, **values))])

    return change


def with_script_in_names(document: Pdf) -> None:
    leaf = document.make_indirect(Dictionary(Names=Array([String("a"), action("JavaScript", JS=String("1"))])))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Kids=Array([leaf])))


def with_script_in_field(document: Pdf) -> None:
    kid = document.make_indirect(Dictionary(T="kolom", AA=Dictionary(K=action("JavaScript", JS=String("1")))))
    parent = document.make_indirect(Dictionary(T="induk", Kids=Array([kid])))
    kid.Kids = Array([parent])
    document.Root.AcroForm = Dictionary(Fields=Array([parent]))


def with_attachment(document: Pdf) -> None:
    document.attachments["rekap 9971014505120001.xlsx"] = b"isi contoh"


def with_chain(document: Pdf) -> None:
    """The second of two actions is the dangerous one, and the chain bites its tail."""
    first = document.make_indirect(action("GoTo"))
    second = document.make_indirect(action("Launch", F=String("cmd")))
    first.Next = Array([second])
    second.Next = Array([first])
    document.pages[0].AA = Dictionary(O=first)


DOCUMENTS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "script on opening": (on_opening("JavaScript", JS=String("app.alert(1)")), ("pdf-javascript",)),
    "script by name": (with_script_in_names, ("pdf-javascript",)),
    "script of a field": (with_script_in_field, ("pdf-javascript",)),
    "chain of actions": (with_chain, ("pdf-launch",)),
    "address opened by itself": (on_opening("URI", URI=String("https://contoh.invalid")), ("pdf-open-uri",)),
    "form sent away": (with_note(Subtype=Name.Widget, A=action("SubmitForm")), ("pdf-submit",)),
    "data fetched": (with_note(Subtype=Name.Widget, A=action("ImportData")), ("pdf-import",)),
    "another file": (with_note(Subtype=Name.Link, A=action("GoToR", F=String("lain.pdf"))), ("pdf-remote",)),
    "picture put on the page": (with_note(Subtype=Name.Screen, IT=Name.Img), ()),
    "film": (with_note(Subtype=Name.Screen, A=action("Rendition", OP=0)), ("pdf-media",)),
    "three dimensions": (with_note(Subtype=Name("/3D")), ("pdf-media",)),
    "dynamic form": (lambda document: setattr(document.Root, "AcroForm", Dictionary(XFA=Array([]))), ("pdf-xfa",)),
    "attachment": (with_attachment, ("embedded-file: rekap 9971••••••••0001.xlsx",)),
    "file as a note": (
        with_note(Subtype=Name.FileAttachment, FS=Dictionary(F=String("a.zip"), EF=Dictionary())),
        ("embedded-file: a.zip",),
    ),
    "file only mentioned": (with_note(Subtype=Name.FileAttachment, FS=Dictionary(F=String("a.zip"))), ()),
    "link to click on": (with_note(Subtype=Name.Link, A=action("URI", URI=String("https://contoh.invalid"))), ()),
    "link that is a script": (
        with_note(Subtype=Name.Link, A=action("URI", URI=String(" JavaScript:app.alert(1)"))),
        ("pdf-javascript",),
    ),
    "view on opening": (on_opening("GoTo"), ()),
    "nonsense": (lambda document: setattr(document.Root, "Names", Array([1, None])), ()),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_pdf_says_what_it_would_do(tmp_path: Path, case: str) -> None:
    change, expected = DOCUMENTS[case]
    found = look(tmp_path, "a.pdf", changed(change))
    assert (found.condition, found.active) == (Condition.GOOD, expected)


def test_the_search_of_a_pdf_ends_at_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PDF_OBJECTS", 5)

    def many(document: Pdf) -> None:
        fields = [document.make_indirect(Dictionary(T=str(number), A=Dictionary())) for number in range(20)]
        document.Root.AcroForm = Dictionary(Fields=Array(fields))

    assert look(tmp_path, "a.pdf", changed(many)).active == ("not-searched",)


RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://contoh.invalid/relationships/%s" Target="https://contoh.invalid/x" TargetMode="External"/>'
    "</Relationships>"
)
WITHIN = RELATION.replace("https://contoh.invalid/x", "lain.dat").replace(' TargetMode="External"', "")
FIELD = "<w:document><w:instrText> DDEA</w:instrText><w:instrText>UTO c:\\\\contoh.exe a </w:instrText></w:document>"
PARTS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "macro": ("xlsm", {"xl/vbaProject.bin": "x"}, ("macro",)),
    "macro by itself": (
        "xlsm",
        {"xl/vbaProject.bin": 'Attribute VB_Name = "Satu"\nSub Auto_Open()\n  Beep\nEnd Sub\n'},
        ("macro", "macro-auto"),
    ),
    "old macro sheet": ("xlsm", {"xl/macrosheets/sheet1.xml": "<a/>"}, ("xlm-macro",)),
    "link to a workbook": ("xlsx", {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}, ("external-link",)),
    "link to a program": (
        "xlsx",
        {"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'},
        ("external-link", "dde"),
    ),
    "control": ("xlsx", {"xl/activeX/activeX1.xml": "<a/>"}, ("activex",)),
    "object": ("docx", {"word/embeddings/oleObject1.bin": "x"}, ("embedded-object",)),
    "workbook inside": ("docx", {"word/embeddings/Data anak.xlsx": "x"}, ("embedded-file: Data anak.xlsx",)),
    "template": ("docx", {"word/_rels/settings.xml.rels": RELATION % "attachedTemplate"}, ("external-template",)),
    "picture of the internet": ("docx", {"word/_rels/a.xml.rels": RELATION % "image"}, ("remote-image",)),
    "address to click on": ("docx", {"word/_rels/a.xml.rels": RELATION % "hyperlink"}, ()),
    "field that calls a program": ("docx", {"word/footnotes.xml": FIELD}, ("dde",)),
    "field that takes in another file": (
        "docx",
        {"word/footnotes.xml": '<w:p><w:instrText> LINK Excel.Sheet.12 "x.xlsx" </w:instrText></w:p>'},
        ("external-link",),
    ),
    "picture that runs a program": (
        "pptx",
        {"ppt/slides/slide1.xml": '<p:sld><a:hlinkMouseOver r:id="r1" action="ppaction://program"/></p:sld>'},
        ("launch",),
    ),
    "macro under another name": ("xlsm", {"xl/_rels/a.xml.rels": WITHIN % "vbaProject"}, ("macro",)),
    "macro sheet under another name": ("xlsm", {"xl/_rels/a.xml.rels": WITHIN % "xlMacrosheet"}, ("xlm-macro",)),
    "object in another folder": ("docx", {"word/_rels/a.xml.rels": WITHIN % "oleObject"}, ("embedded-object",)),
    "page of another format": ("docx", {"word/_rels/a.xml.rels": WITHIN % "aFChunk"}, ("embedded-file",)),
    "program among the pictures": ("docx", {"word/media/gambar.exe": "MZ"}, ("embedded-file: gambar.exe",)),
    "the word alone": ("docx", {"word/footnotes.xml": "<w:t>DDE adalah singkatan</w:t>"}, ()),
}


@pytest.mark.parametrize("case", PARTS)
def test_an_office_file_says_what_it_carries(tmp_path: Path, case: str) -> None:
    suffix, more, expected = PARTS[case]
    import zipfile

    base = workbook([["Laporan", 1], ["contoh", 2]]) if suffix.startswith("xls") else word("Laporan contoh")
    base = packed({"ppt/presentation.xml": b"<a/>"}) if suffix == "pptx" else base
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {name: text.encode() for name, text in more.items()}
    found = look(tmp_path, f"a.{suffix}", packed(parts))
    assert (found.condition, found.active) == (Condition.GOOD, expected)


def test_a_word_file_with_macros_is_read_like_one_without(tmp_path: Path) -> None:
    """Its main part has another type, at which a reader of .docx gives up."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(word("Laporan contoh " * 40))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    plain, macros = b"vnd.openxmlformats-officedocument.wordprocessingml.document", b"vnd.ms-word.document.macroEnabled"
    types = parts["[Content_Types].xml"].replace(plain + b".main", macros + b".main")
    content = packed(parts | {"[Content_Types].xml": types, "word/vbaProject.bin": b"x"})

    found = look(tmp_path, "a.docm", content)
    assert macros in types
    assert (found.condition, found.has_text, found.active) == (Condition.GOOD, True, ("macro",))


def test_an_old_workbook_with_a_macro_sheet_and_an_rtf_with_an_object(tmp_path: Path) -> None:
    plain = xls({"Makro": [xls_number(0, 0, 1.0)], "Satu": [xls_number(0, 0, 1.0)]})
    at = plain.index(b"\x85\x00")
    assert look(tmp_path, "a.xls", plain).active == ()
    assert look(tmp_path, "b.xls", plain[: at + 9] + b"\x01" + plain[at + 10 :]).active == ("xlm-macro",)
    found = look(tmp_path, "c.rtf", b"{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}{\\field DDEAUTO x}}")
    assert found.active == ("embedded-object", "dde")


BOOK_OF_A_PROGRAM = b"\xae\x01\x10\x00\x00\x00\x0b\x00\x00cmd\x03/c calc"
BOOK_OF_A_FILE = b"\xae\x01\x13\x00\x00\x00\x0e\x00\x00\x01\x02tmp\x03lain.ods"
"""As LibreOffice writes them for the formulas ``=DDE("cmd";"/c calc";"A0")`` and ``='file:///tmp/lain.ods'#$A.A1``."""


def test_an_old_workbook_says_which_programs_and_books_it_asks_for_values() -> None:
    own = b"\xae\x01\x04\x00\x01\x00\x01\x04"
    end = b"\x0a\x00\x00\x00"
    unnamed = b"\xae\x01\x06\x00\x00\x00\x01\x00\x00\x00"
    assert list(_in_old_book(own + unnamed + end + BOOK_OF_A_FILE)) == []
    assert list(_in_old_book(own + BOOK_OF_A_PROGRAM + BOOK_OF_A_FILE + end)) == ["dde", "external-link"]
    assert list(_in_old_book(b"\xae\x01\xff\xff")) == []


@pytest.mark.parametrize("field", [b"\x13 DDEAUTO cmd", b"\x13DDE cmd", "\x13 DDEAUTO cmd".encode("utf-16-le")])
def test_an_old_document_says_whether_a_field_calls_a_program(field: bytes) -> None:
    assert list(_in_old_document(b"Laporan " + field)) == ["dde"]
    assert list(_in_old_document(b"Laporan" + field[1:])) == []


def test_old_slides_say_whether_they_hold_macros_or_objects() -> None:
    stored = b"\x10\x00\x11\x10\x04\x00\x00\x00abcd"
    has_macros = b"\x02\x00\x00\x04\x0c\x00\x00\x00\x05\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00"
    document = b"\x0f\x00\xe8\x03" + len(has_macros).to_bytes(4, "little") + has_macros
    none = document.replace(b"\x01\x00\x00\x00\x02", b"\x00\x00\x00\x00\x02")
    assert list(_in_old_slides(none)) == []
    assert list(_in_old_slides(document + stored)) == ["macro"]
    assert list(_in_old_slides(document + stored * 2)) == ["macro", "embedded-object"]
    assert list(_in_old_slides(none + stored)) == ["embedded-object"]
    assert list(_in_old_slides(b"\xff" * 30)) == []


HTML = b"<html><body onload='x()'><script>x()</script></body></html>"
TEXTS: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "web page": ("a.html", HTML, ("script",)),
    "drawing": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>', ("script",)),
    "harmless page": ("a.html", b"<html><body><p>Laporan</p></body></html>", ()),
    "formula that calls a program": ("a.csv", b"Nama,Jumlah\nSatu,=cmd|'/c contoh'!A1\n", ("dde",)),
    "ordinary table": ("a.csv", b"Nama,Jumlah\nSatu,=A1+B1\nDua,-5 | 6\n", ()),
    "flat document with macros": (
        "a.xml",
        b'<?xml version="1.0"?><w:wordDocument w:macrosPresent="yes"><w:binData/></w:wordDocument>',
        ("macro",),
    ),
    "mail about scripts": ("a.txt", b"Naskah (script) rapat; lihat javascript pada lampiran.", ()),
}


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_says_whether_it_is_a_script(tmp_path: Path, case: str) -> None:
    name, content, expected = TEXTS[case]
    found = look(tmp_path, name, content)
    assert (found.media, found.active) == (Media.PLAIN_TEXT, expected)


PDF, PNG, JPEG, ZIP = pdf(["Laporan contoh"]), picture("PNG", (9, 9)), picture("JPEG", (9, 9)), packed({"a.js": b"x"})
DOUBLE: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "picture and archive": ("a.jpg", JPEG + ZIP, ("polyglot-zip",)),
    "picture and page": ("a.png", PNG + HTML, ("polyglot-html",)),
    "picture and document": ("a.gif", picture("GIF") + PDF, ("polyglot-pdf",)),
    "document and archive": ("a.pdf", PDF + ZIP, ("polyglot-zip",)),
    "document and large archive": (
        "a.pdf",
        PDF + packed({"a.bin": junk(9_000)}),
        ("polyglot-zip",),
    ),
    "page and document": ("a.pdf", HTML + b"\n" + PDF, ("polyglot-html",)),
    "document and page": ("a.pdf", PDF + HTML, ("polyglot-html",)),
    "mail before document": ("a.pdf", b"From: a@contoh.invalid\n\n" + PDF, ()),
    "archive lying in a document": (
        "a.pdf",
        changed(lambda document: setattr(document.Root, "Isi", document.make_stream(ZIP))),
        (),
    ),
    "bytes behind a picture": ("a.jpg", JPEG + b"PK\x05\x06" + b"\0" * 18, ()),
}


@pytest.mark.parametrize("case", DOUBLE)
def test_two_formats_in_one_file_are_seen_and_leftovers_are_none(tmp_path: Path, case: str) -> None:
    name, content, expected = DOUBLE[case]
    found = look(tmp_path, name, content)
    assert (found.condition, found.active) == (Condition.GOOD, expected)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ" + b"\0" * 58 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0",
        b"\x7fELF\x02\x01\x01" + b"\0" * 90,
        b"#!/bin/sh\necho contoh\n",
        b"\xef\xbb\xbf@echo off\r\ndir\r\n",
        b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60,
    ],
    ids=["windows", "linux", "shell", "batch", "shortcut"],
)
def test_a_program_is_refused_whatever_it_is_called(tmp_path: Path, content: bytes) -> None:
    for name in ("laporan.pdf", "laporan.txt", "laporan"):
        found = look(tmp_path, name, content)
        assert (found.condition, found.detail) == (Condition.REFUSED, "executable")


def test_a_text_that_begins_like_a_program_is_none(tmp_path: Path) -> None:
    assert look(tmp_path, "a.txt", b"MZ adalah singkatan nama contoh.").condition is Condition.GOOD


def test_every_fact_has_words_and_every_word_a_fact() -> None:
    folder = Path(bounds.__file__).parent / "gather"
    sources = "".join(path.read_text() for path in (*folder.glob("*active.py"), folder / "describe.py"))
    for key in load_catalogue().active:
        assert f'"{key}"' in sources or f'"{key}: ' in sources, key
    told = {fact for _, facts in DOCUMENTS.values() for fact in facts}
    told |= {fact for cases in (PARTS, TEXTS, DOUBLE) for *_, facts in cases.values() for fact in facts}
    assert {fact.partition(": ")[0] for fact in told} <= set(load_catalogue().active)


def test_an_old_document_with_room_for_objects_and_none_in_it_carries_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(compound("ObjectPool", bytes(600)))

    assert active_in_ole(path) == ()
