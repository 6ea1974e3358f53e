"""A number of a person is found wherever it hides in a PDF, a document, a presentation or a text file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from flows import bounds
from flows.gather.inspect import Inspection
from flows.model import Condition, ExposureKind, Media, Reach
from tests.gather.kit import packed, pdf, picture, workbook
from tests.gather.scan_kit import MASKED, NIK, OTHER, docx, look, odt, pdf_with, with_members

Paper = Any
"""A document of pikepdf or python-docx."""
PROSE = ["Laporan kegiatan rekaan tahun 2023 tentang hal-hal yang tidak ada", "di kota yang tidak ada."]


def only(found: Inspection) -> tuple[str, str, int | None]:
    [one] = found.exposures
    assert (one.count, one.birth_year) == (1, 12)
    return one.example, one.hidden, one.page


def test_every_page_of_a_pdf_is_looked_at(tmp_path: Path) -> None:
    found = look(tmp_path, "a.pdf", pdf(*[PROSE] * 6, [f"NIK : {NIK}", f"NIK : {OTHER}"]))
    assert [(one.page, one.birth_year, one.hidden) for one in found.exposures] == [(7, 12, ""), (7, 85, "")]
    assert (found.reach, found.is_scan) == (Reach.WHOLE, False)


def _note(document: Paper) -> None:
    import pikepdf

    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=f"milik {NIK}")
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note), 5])


def _field(document: Paper) -> None:
    import pikepdf

    kid = document.make_indirect(pikepdf.Dictionary(T="NIK", FT=pikepdf.Name.Tx, V=NIK))
    parent = document.make_indirect(pikepdf.Dictionary(T="Data", Kids=pikepdf.Array([kid])))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([parent]))


def _subject(document: Paper) -> None:
    document.docinfo["/Subject"] = f"akta {NIK}"


def _bookmark(document: Paper) -> None:
    import pikepdf

    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Lampiran {NIK}", 0))


def _attached_name(document: Paper) -> None:
    document.attachments[f"akta {NIK}.txt"] = b"kosong"


def _attached_pdf(document: Paper) -> None:
    document.attachments["lampiran.pdf"] = pdf([f"NIK : {NIK}"])


def _attached_workbook(document: Paper) -> None:
    document.attachments["data.xlsx"] = workbook([["NIK"], [NIK]])


@pytest.mark.parametrize(
    ("change", "hidden", "page"),
    [
        (_note, "comment", 1),
        (_field, "", None),
        (_subject, "properties", None),
        (_bookmark, "outline", None),
        (_attached_name, "attachment", None),
        (_attached_workbook, "attachment", None),
        (_attached_pdf, "attachment", None),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_pdf_hides_none_beside_its_pages(
    tmp_path: Path, change: Callable[[Paper], None], hidden: str, page: int | None
) -> None:
    assert only(look(tmp_path, "a.pdf", pdf_with(change))) == (MASKED, hidden, page)


def test_an_attachment_that_unpacks_without_end_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ATTACHMENT_BYTES", 100_000)

    def attach(document: Paper) -> None:
        document.attachments["besar.txt"] = b"0" * 200_000

    found = look(tmp_path, "a.pdf", pdf_with(attach))
    assert (found.condition, found.reach) == (Condition.GOOD, Reach.PART)


def scanned(texts: list[list[str]], pictures: set[int]) -> bytes:
    """A PDF with a picture over the whole of some pages."""
    import pikepdf

    def cover(document: Paper) -> None:
        for number in pictures:
            page = document.pages[number]
            image = document.make_stream(b"\x80" * 64, Width=8, Height=8, BitsPerComponent=8)
            image.Type, image.Subtype, image.ColorSpace = (
                pikepdf.Name.XObject,
                pikepdf.Name.Image,
                pikepdf.Name.DeviceGray,
            )
            page.Resources.XObject = pikepdf.Dictionary(Im0=image)
            words = page.Contents.read_bytes()
            page.Contents = document.make_stream(b"q 600 0 0 780 0 0 cm /Im0 Do Q " + words)

    return pdf_with(cover, *texts)


def test_scans_are_said_to_be_scans_and_never_looked_at_in_whole(tmp_path: Path) -> None:
    pure = look(tmp_path, "a.pdf", scanned([[], []], {0, 1}))
    assert (pure.is_scan, pure.reach) == (True, Reach.NONE)
    stamped = look(tmp_path, "b.pdf", scanned([["Dokumen ini telah ditandatangani secara elektronik"]] * 2, {0, 1}))
    assert (stamped.is_scan, stamped.reach) == (True, Reach.PART)
    mixed = look(tmp_path, "c.pdf", scanned([PROSE, PROSE, []], {2}))
    assert (mixed.is_scan, mixed.reach) == (False, Reach.PART)
    long = [f"{line} {number}" for number in range(8) for line in PROSE]
    readable = look(tmp_path, "d.pdf", scanned([long], {0}))
    assert (readable.is_scan, readable.reach) == (False, Reach.WHOLE)
    assert look(tmp_path, "e.pdf", pdf([])).is_scan is False


def pasted(lines: list[str], *places: tuple[int, int, int, int], dots: int = 600) -> bytes:
    """A page of text with pictures at these places: width, height, left, bottom."""
    import pikepdf

    def paste(document: Paper) -> None:
        page = document.pages[0]
        image = document.make_stream(bytes(dots * dots), Width=dots, Height=dots, BitsPerComponent=8)
        image.Type, image.Subtype, image.ColorSpace = (
            pikepdf.Name.XObject,
            pikepdf.Name.Image,
            pikepdf.Name.DeviceGray,
        )
        page.Resources.XObject = pikepdf.Dictionary(Im0=image)
        drawn = "".join(f"q {width} 0 0 {height} {left} {low} cm /Im0 Do Q " for width, height, left, low in places)
        page.Contents = document.make_stream(drawn.encode() + page.Contents.read_bytes())

    return pdf_with(paste, lines)


def test_a_photographed_table_within_a_typed_report_can_be_seen_only(tmp_path: Path) -> None:
    """The text of the page is read, the picture below it is not; a background with text upon it hides nothing.

    Printers of PDFs cut a picture into strips, and scanners that read what they scan do the same.
    """
    long = [f"{line} {number}" for number in range(8) for line in PROSE]
    photo, background, seal = (580, 420, 20, 20), (612, 792, 0, 0), (100, 100, 20, 20)
    for places, reach in (
        ((photo,), Reach.PART),
        ((background, photo), Reach.PART),
        (tuple((580, 21, 20, 20 + 21 * strip) for strip in range(20)), Reach.PART),
        (tuple((612, 33, 0, 33 * strip) for strip in range(24)), Reach.WHOLE),
        ((background,), Reach.WHOLE),
        ((seal, seal), Reach.WHOLE),
    ):
        found = look(tmp_path, "a.pdf", pasted(long, *places))
        assert (found.is_scan, found.reach) == (False, reach)
    assert look(tmp_path, "b.pdf", pasted(long, photo, dots=90)).reach is Reach.WHOLE


def test_a_scan_is_one_wherever_its_page_lies_and_however_it_is_drawn(tmp_path: Path) -> None:
    """Some programs put the corner of a page elsewhere than at 0, and some write pictures into the drawing itself."""
    import pikepdf

    def elsewhere(document: Paper) -> None:
        page = document.pages[0]
        page.MediaBox = pikepdf.Array([1000, 2000, 1600, 2800])
        page.Contents = document.make_stream(page.Contents.read_bytes().replace(b"0 0 cm", b"1000 2000 cm"))

    with pikepdf.open(BytesIO(pasted([], (600, 800, 0, 0)))) as document:
        elsewhere(document)
        target = BytesIO()
        document.save(target)

    def inline(document: Paper) -> None:
        drawing = b"q 600 0 0 780 0 0 cm BI /W 8 /H 8 /BPC 8 /CS /G ID " + b"\x80" * 64 + b" EI Q"
        document.pages[0].Contents = document.make_stream(drawing)

    for source in (target.getvalue(), pdf_with(inline, [])):
        found = look(tmp_path, "a.pdf", source)
        assert (found.is_scan, found.reach) == (True, Reach.NONE)


def test_bounds_on_pages_leave_the_rest_unread_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SCAN_PAGES", 4)
    found = look(tmp_path, "a.pdf", pdf(*[PROSE] * 5, [NIK], PROSE))
    assert (found.exposures, found.reach, found.pages) == ((), Reach.PART, 7)


def test_places_beyond_the_bound_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "EXPOSURES", 3)
    found = look(tmp_path, "a.pdf", pdf(*[[f"NIK : {NIK}"]] * 10))
    assert [(one.page, one.count) for one in found.exposures] == [(1, 1), (2, 1), (3, 1), (None, 7)]


def test_few_cases_are_told_in_the_tables_of_documents(tmp_path: Path) -> None:
    """As a table of Word, and as the lines that remain of it in a PDF."""
    rows = [("Kecamatan", "Jumlah korban"), ("Rekaan", "7"), ("Umpama", "3")]

    def fill(document: Paper) -> None:
        document.add_paragraph("Korban kekerasan terhadap anak 2023")
        table = document.add_table(len(rows), 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    lines = ["Korban kekerasan terhadap anak 2023", *map(" ".join, rows)]
    for name, content in (("a.docx", docx(fill)), ("a.pdf", pdf_with(lambda _: None, lines))):
        (one,) = look(tmp_path, name, content).exposures
        assert (one.kind, one.count) == (ExposureKind.SMALL_COUNT, 1)


def test_what_is_found_in_tables_and_lines_is_told_with_their_number(tmp_path: Path) -> None:
    """A document of Word has no pages and a .csv no sheets; the secretary must find the place all the same."""

    def fill(document: Paper) -> None:
        for rows in ([("Kegiatan", "Jumlah"), ("Rapat", "3")], [("Kelurahan", "Korban kekerasan"), ("Rekaan", "3")],
                     [("Nama", "NIK"), ("Orang Rekaan", NIK)]):  # fmt: skip
            table = document.add_table(2, 2)
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text

    cases = "Kasus kekerasan anak;\n;\nKelurahan;Jumlah\nRekaan;7\nUmpama;2\n"
    text = f"Catatan\n\nRekap kasus kekerasan anak\nRekaan 7\nUmpama 2\nNIK {NIK}\n"
    for name, content, places in (
        ("a.docx", docx(fill), [("angka-kecil", 2, None), ("nik", 3, None)]),
        ("a.csv", cases.encode(), [("angka-kecil", None, 5)]),
        ("a.txt", text.encode(), [("nik", None, 6), ("angka-kecil", None, 5)]),
    ):
        found = look(tmp_path, name, content)
        assert [(one.kind, one.table, one.line) for one in found.exposures] == places


def _table(document: Paper) -> None:
    table = document.add_table(2, 2)
    for place, text in enumerate(["Nama", "NIK", "Orang Rekaan", NIK]):
        table.cell(place // 2, place % 2).text = text


def _parted(document: Paper) -> None:
    table = document.add_table(1, 3)
    for place, text in enumerate([NIK[:6], NIK[6:12], NIK[12:]]):
        table.cell(0, place).text = text


def _header(document: Paper) -> None:
    document.sections[0].header.paragraphs[0].text = f"NIK {NIK}"


def _footer(document: Paper) -> None:
    document.sections[0].footer.paragraphs[0].text = f"NIK {NIK}"


def _vanished(document: Paper) -> None:
    document.add_paragraph().add_run(NIK).font.hidden = True


def _in_runs(document: Paper) -> None:
    paragraph = document.add_paragraph("NIK ")
    paragraph.add_run(NIK[:7]).bold = True
    paragraph.add_run(NIK[7:])


def _author(document: Paper) -> None:
    document.core_properties.author = NIK


def _comment(document: Paper) -> None:
    document.add_comment(document.paragraphs[0].runs, text=f"milik {NIK}")


@pytest.mark.parametrize(
    ("fill", "hidden"),
    [(_table, ""), (_parted, ""), (_header, ""), (_footer, ""), (_in_runs, ""), (_vanished, "text"),
     (_author, "properties"), (_comment, "comment")],
    ids=lambda value: getattr(value, "__name__", None),
)  # fmt: skip
def test_a_docx_hides_none(tmp_path: Path, fill: Callable[[Paper], None], hidden: str) -> None:
    found = look(tmp_path, "a.docx", docx(fill))
    assert only(found) == (MASKED, hidden, None)
    assert found.reach is Reach.WHOLE


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        (f"<w:del><w:r><w:delText>{NIK}</w:delText></w:r></w:del>", "revision"),
        (f"<w:moveFrom><w:r><w:t>{NIK}</w:t></w:r></w:moveFrom>", "revision"),
        # A reviewer changed a few digits: the old number is in two or three pieces, the new one is none.
        (
            (
                f"<w:r><w:t>NIK {NIK[:6]}</w:t></w:r><w:del><w:r><w:delText>{NIK[6:12]}</w:delText></w:r></w:del>"
                f"<w:ins><w:r><w:t>xxxxxx</w:t></w:r></w:ins><w:r><w:t>{NIK[12:]} di Kelurahan Rekaan</w:t></w:r>"
            ),
            "revision",
        ),
        (
            (
                f"<w:del><w:r><w:delText>{NIK[:3]}</w:delText></w:r></w:del><w:del><w:r><w:delText>{NIK[3:8]}</w:delText>"
                f"</w:r></w:del><w:r><w:t>{NIK[8:]}</w:t></w:r>"
            ),
            "revision",
        ),
        (
            (
                f"<w:r><w:t>{NIK[:8]}</w:t></w:r><w:del><w:r><w:delText>0000</w:delText></w:r></w:del><w:ins><w:r>"
                f"<w:t>{NIK[8:]}</w:t></w:r></w:ins>"
            ),
            "",
        ),
        (f"<w:r><w:txbxContent><w:p><w:r><w:t>{NIK}</w:t></w:r></w:p></w:txbxContent></w:r>", ""),
    ],
)
def test_what_was_deleted_in_word_is_found(tmp_path: Path, words: str, hidden: str) -> None:
    def put(source: bytes) -> bytes:
        return source.replace(b"</w:body>", f"<w:p>{words}</w:p></w:body>".encode())

    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/document.xml": put}))
    assert only(found) == (MASKED, hidden, None)


@pytest.mark.parametrize(
    "words",
    [
        f'<w:bookmarkStart w:id="7" w:name="_NIK_{NIK}"/><w:bookmarkEnd w:id="7"/>',
        f'<w:sdt><w:sdtPr><w:alias w:val="NIK {NIK}"/></w:sdtPr><w:sdtContent/></w:sdt>',
        f'<w:sdt><w:sdtPr><w:tag w:val="{NIK}"/></w:sdtPr><w:sdtContent/></w:sdt>',
        f'<w:fldSimple w:instr=" DOCVARIABLE &quot;NIK {NIK}&quot; "/>',
        f"<w:r><w:instrText>MERGEFIELD {NIK[:8]}</w:instrText></w:r><w:r><w:instrText>{NIK[8:]}</w:instrText></w:r>",
        f'<w:r><w:drawing><wp:docPr xmlns:wp="wp" id="1" name="a" title="akta {NIK}"/></w:drawing></w:r>',
        f'<w:r><w:drawing><wp:docPr xmlns:wp="wp" id="1" name="Akta {NIK}"/></w:drawing></w:r>',
        f"<!-- NIK {NIK} -->",
    ],
)
def test_what_stands_between_the_words_of_a_docx_is_found(tmp_path: Path, words: str) -> None:
    def put(source: bytes) -> bytes:
        return source.replace(b"</w:body>", f"<w:p>{words}</w:p></w:body>".encode())

    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/document.xml": put}))
    assert (only(found), found.reach) == ((MASKED, "elsewhere", None), Reach.WHOLE)


def test_what_is_shown_is_not_told_again(tmp_path: Path) -> None:
    def fill(document: Paper) -> None:
        _table(document)
        document.add_paragraph(f"NIK {NIK}")

    found = look(tmp_path, "a.docx", docx(fill)).exposures
    assert sorted((one.count, one.hidden, one.table or 0) for one in found) == [(1, "", 0), (1, "", 1)]


@pytest.mark.parametrize("name", ["a.docx", "a.zip"])
def test_comments_on_a_zip_and_its_members_are_found(tmp_path: Path, name: str) -> None:
    for on_member in (False, True):
        target = BytesIO(docx(lambda _: None) if name == "a.docx" else packed({"a.txt": b"a"}))
        with zipfile.ZipFile(target, "a") as archive:
            info = zipfile.ZipInfo("catatan.txt")
            info.comment = f"NIK {NIK}".encode() if on_member else b""
            archive.writestr(info, "a")
            archive.comment = b"" if on_member else f"NIK {NIK}".encode()
        assert only(look(tmp_path, name, target.getvalue())) == (MASKED, "comment", None)


@pytest.mark.parametrize(
    ("member", "words", "hidden"),
    [
        ("word/_rels/document2.xml.rels", f'<r Target="https://contoh.invalid/?nik={NIK}"/>', "link"),
        ("word/settings.xml", f'<w:docVar w:name="a" w:val="NIK {NIK}"/>', "properties"),
        ("word/numbering.xml", f'<w:lvlText w:val="{NIK} %1"/>', "elsewhere"),
        ("word/styles.xml", f'<w:name w:val="Gaya {NIK}"/>', "elsewhere"),
        (f"word/{NIK}.dat", "kosong", "elsewhere"),
        ("word/catatan.dat", f"NIK {NIK}", "attachment"),
        ("word/media/gambar1.svg", f"<svg><text>NIK {NIK}</text></svg>", "elsewhere"),
        ("word/footnotes.xml", f"<w:footnotes><w:p><w:r><w:t>{NIK}</w:t></w:r></w:p></w:footnotes>", ""),
        ("customXml/item7.xml", f"<x><y>{NIK}</y></x>", "xml"),
        ("word/charts/chart1.xml", f"<c:v>{NIK}</c:v>", "chart"),
        ("word/glossary/document.xml", f"<w:t>{NIK}</w:t>", "elsewhere"),
    ],
)
def test_the_parts_of_a_docx_hide_none(tmp_path: Path, member: str, words: str, hidden: str) -> None:
    source = words.replace("<w:footnotes>", '<w:footnotes xmlns:w="w">')
    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {member: source.encode()}))
    assert only(found) == (MASKED, hidden, None)


def test_a_workbook_embedded_in_a_document_is_looked_into(tmp_path: Path) -> None:
    inner = workbook([["NIK"], [NIK]])
    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/embeddings/a.xlsx": inner}))
    assert only(found) == (MASKED, "attachment", None)


def test_what_lies_within_a_file_within_a_file_is_found_as_deep_as_the_bound_allows(tmp_path: Path) -> None:
    """A letter that is passed on as an attachment carries its own; the archive edition carries it untouched."""
    source = pdf([f"NIK : {NIK}"])
    for _ in range(bounds.ATTACHMENT_DEPTH):
        assert {each.example for each in look(tmp_path, "a.pdf", source).exposures} == {MASKED}
        source = attached(source)
    assert only(look(tmp_path, "a.pdf", source)) == (MASKED, "attachment", None)
    found = look(tmp_path, "a.pdf", attached(source))
    assert (found.reach, found.exposures) == (Reach.PART, ())


def attached(source: bytes) -> bytes:
    """A letter with a PDF attached to it."""
    return pdf_with(lambda document: document.attachments.__setitem__("dalam.pdf", source))


@pytest.mark.parametrize(
    ("content", "meta", "hidden"),
    [
        (f"<text:p>NIK {NIK[:4]}<text:span>{NIK[4:]}</text:span></text:p>", "", ""),
        (f"<text:p>a<office:annotation><text:p>{NIK}</text:p></office:annotation></text:p>", "", "comment"),
        (f"<text:tracked-changes><text:p>{NIK}</text:p></text:tracked-changes>", "", "revision"),
        (
            (
                '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion>'
                f"<text:p>{NIK[6:12]}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
                f'<text:p>NIK {NIK[:6]}<text:change text:change-id="ct1"/><text:change-start text:change-id="ct2"/>xx'
                f'<text:change-end text:change-id="ct2"/>{NIK[12:]}</text:p>'
            ),
            "",
            "revision",
        ),
        ("<text:p>a</text:p>", f"<dc:description>{NIK}</dc:description>", "properties"),
    ],
)
def test_an_odt_hides_none(tmp_path: Path, content: str, meta: str, hidden: str) -> None:
    assert only(look(tmp_path, "a.odt", odt(content, meta))) == (MASKED, hidden, None)


def test_slides_notes_and_hidden_slides_are_told_apart(tmp_path: Path) -> None:
    words = '<p:sld xmlns:p="p" xmlns:a="a"{}><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    cases = {
        "ppt/slides/slide2.xml": ("", ""),
        "ppt/notesSlides/notesSlide2.xml": ("", "notes"),
        "ppt/slides/slide2.xml ": (' show="0"', "slide"),
        "ppt/comments/comment1.xml": ("", "comment"),
    }
    for member, (attribute, hidden) in cases.items():
        parts = {"ppt/slides/slide1.xml": words.format("", "Kegiatan"), member.strip(): words.format(attribute, NIK)}
        found = look(tmp_path, "a.pptx", packed({name: text.encode() for name, text in parts.items()}))
        assert only(found) == (MASKED, hidden, None if hidden == "comment" else 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "catatan\n" * 30_000 + f"NIK {NIK}\n"),
        ("a.csv", "Nama;NIK\n" + "Orang Rekaan;-\n" * 5_000 + f"Orang Rekaan;{NIK}\n"),
        ("a.json", f'{{"anak": [{{"nik": "{NIK}"}}]}}'),
        ("a.html", f"<html><body><p>NIK <b>{NIK[:6]}</b>{NIK[6:]}</p></body></html>"),
        ("a.xml", f'<?xml version="1.0"?><anak nik="{NIK}"/>'),
        ("a.rtf", f"{{\\rtf1\\ansi NIK {{\\b {NIK[:6]}}}{NIK[6:]}\\par}}"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_text_files_are_looked_at_in_whole(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    if encoding == "utf-16" and name == "a.rtf":
        encoding = "utf-8"
    found = look(tmp_path, name, text.encode(encoding))
    assert (only(found)[0], found.reach) == (MASKED, Reach.WHOLE)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", [f"Catatan \u201crekaan\u201d\r\nNIK {NIK}\r\n", f"Nama;NIK\nA;{NIK}\nB;-\n", f"<p>NIK {NIK}</p>"]
)
def test_a_text_in_wide_letters_is_read_without_a_mark_too(tmp_path: Path, encoding: str, text: str) -> None:
    found = look(tmp_path, "a.txt", text.encode(encoding))
    assert (found.condition, found.media, found.reach) == (Condition.GOOD, Media.PLAIN_TEXT, Reach.WHOLE)
    assert only(found)[:2] == (MASKED, "")


@pytest.mark.parametrize(
    "text",
    [
        '{{"nik": "{0}"}}',
        '{{"anak": [{{"nama": "Anak Rekaan", "nik": "{0}"}},\n {{"nama": "Anak Umpama", "nik": ""}}]}}',
        '{{"nama": "A",\n"kelas": "B",\n"nik": "{0}"\n',
    ],
)
def test_digits_written_by_their_numbers_are_read(tmp_path: Path, text: str) -> None:
    """As programs may write any letter of a .json; one that breaks off is read line by line."""
    for digits in (NIK, "".join(f"\\u{ord(digit):04x}" for digit in NIK)):
        found = look(tmp_path, "a.json", text.format(digits).encode())
        assert (only(found), found.reach) == ((MASKED, "", None), Reach.WHOLE)


def test_few_cases_in_records_are_told_once(tmp_path: Path) -> None:
    records = '[{"kelurahan": "Rekaan", "jumlah_korban": 2}, {"kelurahan": "Umpama", "jumlah_korban": 17}]'
    found = look(tmp_path, "a.json", f'{{"kasus_kekerasan_anak": {records}}}'.encode())
    assert [(one.kind, one.count) for one in found.exposures] == [(ExposureKind.SMALL_COUNT, 1)]


def test_records_of_which_each_has_its_own_keys_make_no_vast_table(tmp_path: Path) -> None:
    """As a table they would have a thousand million cells."""
    records = ",".join(f'{{"a{number}": 1}}' for number in range(30_000))
    found = look(tmp_path, "a.json", f'[{records}, {{"nik": "{NIK}"}}]'.encode())
    assert (only(found), found.reach) == ((MASKED, "", None), Reach.WHOLE)


def test_zeros_alone_make_no_text(tmp_path: Path) -> None:
    for junk in (b"a\0" + b"\1\0" * 50, bytes(range(256)) * 4, b"\0" * 200):
        assert look(tmp_path, "a.txt", junk).condition is Condition.DAMAGED


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        (f"<!-- NIK {NIK} -->", "comment"),
        (f"<!-- <p title='a'>NIK</p> <b>{NIK}</b> --", "comment"),
        (f"<script>if (a<b) {{ nik = '{NIK}'; }}</script>", "elsewhere"),
        (f"<style>a::after {{ content: '{NIK}' }}</style>", "elsewhere"),
        (f"<p data-nik={NIK}>a</p>", "elsewhere"),
        (f'<p title="a < {NIK}">a</p>', "elsewhere"),
        (f'<a href="https://contoh.invalid/?nik={NIK}">a</a>', ""),
        (f"<x><![CDATA[NIK {NIK}]]></x>", ""),
    ],
)
def test_a_page_hides_none(tmp_path: Path, words: str, hidden: str) -> None:
    for name in ("a.html", "a.xml"):
        found = look(tmp_path, name, f"<html><body><p>Kegiatan</p>{words}\n".encode())
        assert (only(found)[:2], found.reach) == ((MASKED, hidden), Reach.WHOLE)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"nama_anak": "Siti Rekaan", "umur": 9}\n{"nama_anak": "Budi Umpama", "umur": 11}\n'),
        ("b.json", ('[{"nama": "Siti Rekaan", "tanggal_lahir": "2014-05-12"},'
         '{"nama": "Budi Umpama", "tanggal_lahir": "2015-07-02"}]')),
        ("c.txt", ("12/03/24 09.15 - Bu Guru Contoh: 1. Siti Rekaan kelas 5A SDN Contoh 2\n"
         "2. Budi Umpama kelas 5B SDN Contoh 2\n")),
        ("d.txt", ("12/03/2024, 09:15 - Bu Guru Contoh: 1. Siti Rekaan (9 th)\n"
         "12/03/2024, 09:16 - Bu Guru Contoh: 2. Budi Umpama (8 th)\n")),
    ],
)  # fmt: skip
def test_children_in_exports_and_chats_are_found(tmp_path: Path, name: str, text: str) -> None:
    [one] = look(tmp_path, name, text.encode()).exposures
    assert (one.kind, one.count) == (ExposureKind.CHILD_LIST, 2)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_an_old_word_file_is_swept_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    """A container of one sector size: header, allocation table, directory, and the stream with the words."""
    found = look(
        tmp_path, "a.doc", compound("WordDocument", f"Catatan\r NIK {NIK}\r".encode(encoding).ljust(8192, b" "))
    )
    assert (found.media, only(found)[0], found.reach) == (Media.TEXT_DOCUMENT, MASKED, Reach.PART)


def compound(name: str, content: bytes) -> bytes:
    """A compound file with one stream."""
    import struct

    count = len(content) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header += b"\xff" * (512 - len(header))

    def entry(title: str, kind: int, first: int, size: int, child: int) -> bytes:
        label = (title + "\0").encode("utf-16-le")
        links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
        return label.ljust(64, b"\0") + struct.pack("<HBB", len(label), kind, 1) + links + b"\0" * 36 + struct.pack(
            "<IQ", first, size
        )  # fmt: skip

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, 2, len(content), 0xFFFFFFFF)
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff"), directory.ljust(512, b"\0"), content
    return header + b"".join(sectors)


def test_a_photo_in_a_document_that_says_where_it_was_taken_is_told(tmp_path: Path) -> None:
    from PIL import Image

    target = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (1.0, 2.0, 3.0), 3: "E", 4: (114.0, 1.0, 1.0)}
    Image.open(BytesIO(picture("PNG", (8, 8)))).convert("RGB").save(target, "JPEG", exif=exif)
    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/media/image1.jpeg": target.getvalue()}))
    assert [(one.kind.value, one.count, one.hidden) for one in found.exposures] == [("lokasi", 1, "picture")]


def test_a_pdf_embedded_in_a_document_is_read(tmp_path: Path) -> None:
    outer = with_members(docx(lambda _: None), {"word/embeddings/lampiran.pdf": pdf([f"NIK : {NIK}"])})
    assert only(look(tmp_path, "a.docx", outer)) == (MASKED, "attachment", None)


_CHILDREN = [("Siti Rekaan", "03-04-2012"), ("Wulan Khayal", "05-06-2013"), ("Budi Andai", "05-07-2013")]
_TABLE = "<h3>Data</h3><table><tr><th>Nama Anak</th><th>Tanggal lahir</th></tr>{}</table>".format(
    "\n".join(f"<tr><td>{name}</td><td>{day}</td></tr>" for name, day in _CHILDREN)
)
_MAIL = "From: a@contoh.invalid\nSubject: data\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<html><body>{_TABLE}</body></html>"),
        ("a.xls", f"<html><body>{_TABLE}</body></html>"),
        ("a.eml", f"{_MAIL}<html><body>{_TABLE}</body></html>"),
        (
            "a.xml",
            "".join(f"<s><nama_anak>{name}</nama_anak><tgl_lahir>{day}</tgl_lahir></s>" for name, day in _CHILDREN),
        ),
        ("b.xml", "".join(f'<s nama_anak="{name}" tgl_lahir="{day}"/>' for name, day in _CHILDREN)),
    ],
)
def test_children_in_the_tables_of_pages_and_in_records_are_listed_once(tmp_path: Path, name: str, text: str) -> None:
    """Applications of offices hand them out so, as workbooks too."""
    source = text if name.endswith("eml") or "<html" in text else f"<rows>{text}</rows>"
    (one,) = look(tmp_path, name, source.encode()).exposures
    assert (one.kind, one.count) == (ExposureKind.CHILD_LIST, 3)


def _in_one_file(table: str, row: str, cell: str, rest: str = "") -> bytes:
    """The same table as an office program writes it into one .xml, styles with names like those of pages before it."""
    rows = [("Nama Anak", "Tanggal lahir"), *_CHILDREN]
    cells = ("".join(f"<{cell}{rest}><p>{text}</p></{cell}>" for text in each) for each in rows)
    body = "".join(f"<{row}>{each}</{row}>" for each in cells)
    return f'<?xml version="1.0"?><a><style:style x="1"></style:style><{table}>{body}</{table}></a>'.encode()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.fods", _in_one_file("table:table", "table:table-row", "table:table-cell", ' office:value-type="string"')),
        ("a.fodt", _in_one_file("table:table", "table:table-row", "table:table-cell")),
        ("a.doc", _in_one_file("w:tbl", "w:tr", "w:tc")),
        ("a.xml", _in_one_file("Table", "Row", "Cell", ' ss:StyleID="s62"')),
        ("b.xml", _in_one_file("ss:Table", "ss:Row", "ss:Cell")),
    ],
)
def test_documents_saved_as_one_xml_have_their_tables(tmp_path: Path, name: str, source: bytes) -> None:
    """Where all lies open in one file, cells are no loose words, and what looks like a style is none."""
    (one,) = look(tmp_path, name, source).exposures
    assert (one.kind, one.count, one.hidden) == (ExposureKind.CHILD_LIST, 3, "")


def test_cells_that_are_repeated_or_left_out_move_none(tmp_path: Path) -> None:
    """Programs write equal cells once, and pass over empty ones: names stay below their heading."""
    heads = "".join(f"<Cell>{each}</Cell>" for each in ("No", "", "", "Nama Anak", "Umur"))
    rows = "".join(f'<Row><Cell>1</Cell><Cell ss:Index="4">{name}</Cell><Cell>9</Cell></Row>' for name, _ in _CHILDREN)
    (one,) = look(tmp_path, "a.xml", f"<Workbook><Table><Row>{heads}</Row>{rows}</Table></Workbook>".encode()).exposures
    assert (one.kind, one.count) == (ExposureKind.CHILD_LIST, 3)
    empty, cell = '<table:table-cell table:number-columns-repeated="3"/>', "<table:table-cell>{}</table:table-cell>"
    rows = "".join(f"<table:table-row>{empty}{cell.format(each)}</table:table-row>" for each in ("NIK", NIK))
    (number,) = look(tmp_path, "a.fods", f"<a>{rows}</a>".encode()).exposures
    assert number.example == MASKED


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.slk", 'ID;PWXL\nC;Y1;X1;K"Rekap"\nE\n'), ("a.dif", 'TABLE\n0,1\n"Data"\nDATA\n1,0\n"Rekap"\n')],
)
def test_tables_of_programs_long_gone_are_looked_at_in_part(tmp_path: Path, name: str, text: str) -> None:
    """Their cells are read as lines only; nobody may take that for all."""
    assert look(tmp_path, name, text.encode()).reach is Reach.PART


def test_a_table_with_a_cell_a_line_is_a_list(tmp_path: Path) -> None:
    """As documents saved as text have them: told at the line where it begins."""
    cells = [
        "Data anak rekaan",
        "",
        "No",
        "Nama Anak",
        "Umur",
        "1",
        "Siti Rekaan",
        "9",
        "2",
        "Budi Andai",
        "8",
        "Selesai",
    ]
    (one,) = look(tmp_path, "a.txt", "\n".join(cells).encode()).exposures
    assert (one.kind, one.count, one.line) == (ExposureKind.CHILD_LIST, 2, 6)


def test_numbers_and_few_cases_in_the_tables_of_pages_are_told_once(tmp_path: Path) -> None:
    cases = (
        "<p>Kasus kekerasan anak</p><table><tr><th>Desa</th><th>L</th></tr><tr><td>Rekaan</td><td>2</td></tr></table>"
    )
    (few,) = look(tmp_path, "a.html", f"<html>{cases}</html>".encode()).exposures
    assert (few.kind, few.count) == (ExposureKind.SMALL_COUNT, 1)
    (number,) = look(tmp_path, "b.html", f"<table><tr><td>NIK</td><td>{NIK}</td></tr></table>".encode()).exposures
    assert (number.example, number.count) == (MASKED, 1)


def test_a_document_of_pasted_scans_is_looked_at_in_part(tmp_path: Path) -> None:
    """As the same pages of a PDF are; one that says much beside its photos is not."""
    from tests.gather.photo_kit import jpeg, scene

    def fill(words: int) -> Callable[[Paper], None]:
        def filled(document: Paper) -> None:
            document.add_paragraph("Laporan kegiatan rekaan. " * words)
            document.add_picture(BytesIO(jpeg(scene(1, (1200, 900)))))

        return filled

    assert look(tmp_path, "a.docx", docx(fill(1))).reach is Reach.PART
    assert look(tmp_path, "b.docx", docx(fill(40))).reach is Reach.WHOLE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_spaces_that_do_not_break_make_no_text_a_damaged_one_and_part_no_number(tmp_path: Path, encoding: str) -> None:
    """Office programs put them into every cell of a table; a short text of that kind was called damaged."""
    text = f"\u00a0Nama;\u00a0NIK\n\u00a0Sari;\u00a0{NIK[:4]}\u00a0{NIK[4:8]}\u00a0{NIK[8:12]}\u00a0{NIK[12:]}\n"
    found = look(tmp_path, "a.csv", text.encode(encoding))

    assert (found.condition, found.reach) == (Condition.GOOD, Reach.WHOLE)
    assert [each.kind for each in found.exposures] == [ExposureKind.RESIDENT_NUMBER]


@pytest.mark.parametrize("block", ["00", "F0"])
def test_digits_that_word_inserts_as_signs_are_read(tmp_path: Path, block: str) -> None:
    signs = "".join(f'<w:sym w:font="Arial" w:char="{block}{ord(digit):02X}"/>' for digit in NIK)
    words = f"<w:p><w:r><w:t>NIK </w:t>{signs}</w:r></w:p>".encode()
    change = {"word/document.xml": lambda source: source.replace(b"<w:sectPr", words + b"<w:sectPr", 1)}

    assert only(look(tmp_path, "a.docx", with_members(docx(lambda _: None), change))) == (MASKED, "", None)


@pytest.mark.parametrize("code", ["", "F", "xyz", "110000", "F0F0F0F0F0"])
def test_signs_with_impossible_numbers_cost_nothing(tmp_path: Path, code: str) -> None:
    words = f'<w:p><w:r><w:sym w:char="{code}"/><w:t>NIK {NIK}</w:t></w:r></w:p>'.encode()
    change = {"word/document.xml": lambda source: source.replace(b"<w:sectPr", words + b"<w:sectPr", 1)}

    assert only(look(tmp_path, "a.docx", with_members(docx(lambda _: None), change))) == (MASKED, "", None)


def test_fields_of_programs_are_read_where_their_words_are_joined(tmp_path: Path) -> None:
    row = "<row><Nama>{}</Nama><TglLahir>2013-04-0{}</TglLahir><Sekolah>SDN Rekaan</Sekolah></row>"
    names = ("Sari Rekaan", "Budi Umpama", "Nia Khayal")
    rows = "".join(row.format(name, day) for day, name in enumerate(names, start=1))
    [found] = look(tmp_path, "a.xml", f"<data>{rows}</data>".encode()).exposures

    assert (found.kind, found.count) == (ExposureKind.CHILD_LIST, 3)


@pytest.mark.parametrize("kind", ["VCARD", "VCALENDAR"])
def test_a_card_is_read_as_its_program_shows_it(tmp_path: Path, kind: str) -> None:
    """Old telephones break the lines of a note within a word, and write letters by their numbers."""
    first, rest = NIK[:8], "".join(f"={ord(digit):02X}" for digit in NIK[8:])
    text = (
        f"BEGIN:{kind}\r\nFN:Sari\r\nNOTE;ENCODING=QUOTED-PRINTABLE:NIK {first}=\r\n{rest}\r\nX-A:1=\r\nEND:{kind}\r\n"
    )

    assert only(look(tmp_path, "a.vcf", text.encode())) == (MASKED, "", None)


@pytest.mark.parametrize(("signs", "reach"), [(300, Reach.WHOLE), (30_000, Reach.PART)])
def test_a_page_with_pictures_written_into_it_is_looked_at_in_part(tmp_path: Path, signs: int, reach: Reach) -> None:
    """A photographed table can be one of them."""
    page = f'<html><p>Laporan</p><img src="data:image/png;base64,{"A" * signs}"></html>'

    assert look(tmp_path, "a.html", page.encode()).reach is reach
