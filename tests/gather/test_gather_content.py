"""What files say of themselves: pages, signature, kinds, years, topic words, title. No citation counts as content."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from flows.forms.grid import open_workbook
from flows.framework import load_framework
from flows.gather.content import Content
from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.recognise import recognise_content, recognise_name, rules_of
from flows.gather.titles import title_of
from flows.gather.years import relevant_years, years_in
from flows.model import Condition, Media, Reach
from tests.forms.grid_kit import xlsb
from tests.gather.kit import instrument, packed, pdf, picture, word, workbook
from tests.gather.scan_kit import pdf_with

RULES = rules_of(instrument())
DECREE = (
    "WALI KOTA CONTOH\nPROVINSI CONTOH\nKEPUTUSAN WALI KOTA CONTOH\nNOMOR 12 TAHUN 2023\nTENTANG GUGUS TUGAS\n"
    "Menimbang: a. bahwa ...\nMengingat: 1. Undang-Undang Nomor 35 Tahun 2014 tentang Perlindungan Anak;\n"
    "2. PERATURAN DAERAH KOTA CONTOH NOMOR 3 TAHUN 2020 tentang KLA;\nMEMUTUSKAN\n"
)


def look(tmp_path: Path, name: str, content: bytes) -> Inspection:
    path = tmp_path / name
    path.write_bytes(content)
    return inspect_file(path, family_of_suffix(path.suffix), RULES)


def of_text(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    found = recognise_content(Content(text=text, head=text), Media.PDF, RULES)
    return found.kinds, found.years


def test_a_pdf_tells_pages_text_and_title(tmp_path: Path) -> None:
    found = look(
        tmp_path, "a.pdf", pdf(["PEMERINTAH KOTA CONTOH", "LAPORAN KEGIATAN PERSALINAN", "TAHUN 2023"], [], [])
    )
    assert (found.condition, found.media, found.pages) == (Condition.GOOD, Media.PDF, 3)
    assert (found.has_text, found.has_signature) == (True, False)
    assert found.recognised.title == "LAPORAN KEGIATAN PERSALINAN"
    assert (found.recognised.kinds, found.recognised.years) == (("laporan",), (2023,))
    assert found.recognised.keywords == ("persalinan",)


def test_the_cover_of_a_portfolio_gives_no_title(tmp_path: Path) -> None:
    """It says how to open the portfolio, in the words of the program that made it."""
    cover = pdf_with(collected, ["Untuk melihat portofolio ini, gunakan Adobe Reader"])
    assert look(tmp_path, "a.pdf", cover).recognised.title == ""


def test_a_form_that_asks_to_wait_gives_no_title(tmp_path: Path) -> None:
    cover = pdf_with(dynamic, ["Please wait while the document is loaded"])
    assert look(tmp_path, "a.pdf", cover).recognised.title == ""


def dynamic(document: pikepdf.Pdf) -> None:
    document.Root.NeedsRendering = True


def collected(document: pikepdf.Pdf) -> None:
    document.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)


def test_a_scan_has_no_text_and_a_filled_signature_field_is_seen(tmp_path: Path) -> None:
    found = look(tmp_path, "a.pdf", pdf([], signed=True))
    assert (found.condition, found.has_text, found.has_signature) == (Condition.GOOD, False, True)
    assert found.recognised.title == ""


def test_a_pdf_without_pages_or_with_a_hostile_form_is_survived(tmp_path: Path) -> None:
    import pikepdf

    empty = tmp_path / "kosong.pdf"
    pikepdf.Pdf.new().save(empty)
    assert inspect_file(empty, Media.PDF, RULES).condition is Condition.DAMAGED
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    loop = document.make_indirect(pikepdf.Dictionary(T="a"))
    loop.Kids = pikepdf.Array([loop, loop, 5])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([loop, None, 7]))
    document.save(tmp_path / "putaran.pdf")
    assert inspect_file(tmp_path / "putaran.pdf", Media.PDF, RULES).condition is Condition.GOOD


def test_a_workbook_is_data_only_with_a_table(tmp_path: Path) -> None:
    table = look(tmp_path, "a.xlsx", workbook([["Rekap persalinan"], ["Kecamatan", 2022, 2023], ["A", 5, 6]], [["x"]]))
    assert (table.pages, table.recognised.kinds, table.recognised.title) == (2, ("data",), "Rekap persalinan")
    assert table.recognised.years == (2022, 2023)
    assert look(tmp_path, "b.xlsx", workbook([["hanya satu"], ["kolom"]])).recognised.kinds == ()
    assert look(tmp_path, "c.xlsx", workbook([])).recognised.kinds == ()


def test_village_codes_and_counts_are_no_years_and_rows_of_people_no_title(tmp_path: Path) -> None:
    rows: list[list[object]] = [["No", "Kode", "Nama Warga Rekaan", "Jumlah"], [1, 2013, "Orang Rekaan Satu", 2022]]
    rows += [[number, 2013 + number, "Orang Rekaan", 40] for number in range(2, 9)]
    found = look(tmp_path, "a.xlsx", workbook(rows))
    assert (found.recognised.years, found.recognised.title) == ((), "")


def test_word_tables_slides_and_open_documents_are_read(tmp_path: Path) -> None:
    found = look(tmp_path, "a.docx", word("LAPORAN TAHUN 2022", cell="persalinan di faskes"))
    assert (found.recognised.kinds, found.recognised.keywords) == (("laporan",), ("persalinan",))
    slides = packed({f"ppt/slides/slide{n}.xml": b"<a:t>Persalinan aman 2023</a:t></a:p>" for n in (1, 2, 10)})
    shown = look(tmp_path, "a.pptx", slides)
    assert (shown.media, shown.pages, shown.recognised.years) == (Media.SLIDES, 3, (2023,))
    empty = look(tmp_path, "b.pptx", packed({"ppt/presentation.xml": b"<a/>"}))
    assert (empty.condition, empty.pages) == (Condition.GOOD, None)  # 0 pages would be called a fault of the program
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"<text:p>LAPORAN &amp; persalinan</text:p>",
        "META-INF/manifest.xml": b"<manifest/>",
    }
    assert look(tmp_path, "a.odt", packed(members)).recognised.title == "LAPORAN & persalinan"
    locked = {**members, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    assert look(tmp_path, "b.odt", packed(locked)).condition is Condition.LOCKED


@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet"])
def test_a_binary_workbook_is_read_beside_a_sheet_without_cells(tmp_path: Path, kind: str) -> None:
    """A chart on a sheet of its own is common; the library fails over it, and the whole file was called damaged."""
    words = "Persalinan aman 2023".encode("utf-16-le")
    content = xlsb({0: [(6, 0, struct.pack("<I", len(words) // 2) + words)]}, others=[kind])
    found = look(tmp_path, "a.xlsb", content)
    assert (found.condition, found.pages, found.recognised.years) == (Condition.GOOD, 2, (2023,))
    assert found.reach is Reach.WHOLE
    assert [sheet.name for sheet in open_workbook(tmp_path / "a.xlsb").sheets] == ["Satu"]


@pytest.mark.parametrize("kind", ["text-template", "text-web", "text-master", "text\n"])
def test_every_kind_of_open_document_is_one_file(tmp_path: Path, kind: str) -> None:
    """One written for the web fell apart into its parts, each with a label that is used up for ever."""
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": b"<text:p>LAPORAN &amp; persalinan</text:p>",
        "META-INF/manifest.xml": b"<manifest/>",
    }
    found = look(tmp_path, "a.odt", packed(members))
    assert (found.media, found.recognised.title) == (Media.TEXT_DOCUMENT, "LAPORAN & persalinan")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_any_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    found = look(tmp_path, "a.txt", "Persalinan 2023 é à la carte, cukup panjang".encode(encoding))
    assert (found.media, found.recognised.keywords, found.recognised.years) == (
        Media.PLAIN_TEXT,
        ("persalinan",),
        (2023,),
    )


def test_pictures_are_photos_and_large_ones_are_refused(tmp_path: Path) -> None:
    found = look(tmp_path, "a.jpeg", picture("JPEG", (60, 40)))
    assert (found.condition, found.pages, found.recognised.kinds) == (Condition.GOOD, 1, ("foto",))
    assert found.photo is not None
    huge = look(tmp_path, "b.png", picture("PNG", (16_000, 16_000)))
    assert (huge.condition, huge.detail) == (Condition.REFUSED, "too-many-dots")


@pytest.mark.parametrize(("mode", "pages"), [("1", 1), ("L", 3), ("RGB", 2)])
def test_what_a_scanner_makes_is_no_photo(tmp_path: Path, mode: str, pages: int) -> None:
    """A decree scanned to a TIFF of pages was listed and shown in its chapter as "Foto" and asked when it was taken."""
    out = io.BytesIO()
    sheets = [Image.new(mode, (400, 600), page) for page in range(pages)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    found = look(tmp_path, "a.tif", out.getvalue())
    assert (found.condition, found.media, found.pages) == (Condition.GOOD, Media.IMAGE, pages)
    assert (found.recognised.kinds, found.photo) == ((), None)


@pytest.mark.parametrize(
    ("head", "suffix", "media", "condition"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "a.jpg", Media.IMAGE, Condition.DAMAGED),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 40, "a.rar", Media.ARCHIVE, Condition.REFUSED),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "a.docx", Media.ARCHIVE, Condition.REFUSED),
        (b"MSCF\0\0\0\0" + b"\0" * 40, "a.cab", Media.ARCHIVE, Condition.REFUSED),
        (b"\x28\xb5\x2f\xfd" + b"\0" * 40, "a.zst", Media.ARCHIVE, Condition.REFUSED),
        (b"LZIP\1" + b"\0" * 40, "a.lz", Media.ARCHIVE, Condition.REFUSED),
        (b"PK\x03\x04" + b"\x14\0\1" * 40, "a.zip.001", Media.ARCHIVE, Condition.REFUSED),
        (b"PK\x07\x08PK\x03\x04" + b"\x14\0\1" * 40, "a.z01", Media.ARCHIVE, Condition.REFUSED),
        (b"{\\rtf1 teks}", "a.doc", Media.TEXT_DOCUMENT, Condition.GOOD),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 40, "a.pdf", Media.OTHER, Condition.WRONG_EXTENSION),
        (b"%!bukan pdf\0\1\2", "a.pdf", Media.PDF, Condition.DAMAGED),
        (b"\0" * 5000, "a.jpg", Media.IMAGE, Condition.DAMAGED),
    ],
)
def test_content_names_the_family_and_not_the_extension(
    tmp_path: Path, head: bytes, suffix: str, media: Media, condition: Condition
) -> None:
    found = look(tmp_path, suffix, head)
    assert (found.media, found.condition) == (media, condition)


def test_a_decree_is_what_its_heading_says_and_not_what_it_rests_on() -> None:
    assert of_text(DECREE) == (("sk",), (2023,))


def test_a_draft_is_not_the_regulation_it_may_become() -> None:
    regulation = "PERATURAN DAERAH KOTA CONTOH\nNOMOR 4 TAHUN 2023\nTENTANG\nKOTA LAYAK ANAK\n"
    rules = rules_of(load_framework(2024))
    for text, kinds in ((f"RANCANGAN\nWALI KOTA CONTOH\n{regulation}", ()), (regulation, ("perda",))):
        assert recognise_content(Content(text=text, head=text), Media.PDF, rules).kinds == kinds


def test_letters_that_stand_apart_are_words() -> None:
    for gap in (" ", "  "):
        words = ("K E P U T U S A N", "W A L I", "K O T A", "C O N T O H")
        spaced = gap.join(words) + "\nN O M O R 5 T A H U N 2 0 2 3\nT E N T A N G\nANAK\n"
        assert of_text(spaced)[0] == ("sk",)


def test_lines_broken_by_hand_are_lines(tmp_path: Path) -> None:
    lines = ("PERATURAN DAERAH KOTA CONTOH", "NOMOR 4 TAHUN 2023", "TENTANG", "ANAK")
    broken = (
        f"{lines[0]}<text:line-break/>{lines[1]}<text:line-break></text:line-break>{lines[2]}<text:line-break/>ANAK"
    )
    body = f"<office:text><text:p>{broken}<text:line-break/>DENGAN RAHMAT TUHAN<text:s/>YANG</text:p></office:text>"
    kind = b"application/vnd.oasis.opendocument.text"
    opened = packed({"mimetype": kind, "META-INF/manifest.xml": b"<m/>", "content.xml": body.encode()})
    for name, content in (("a.odt", opened), ("a.docx", word("\n".join((*lines, "DENGAN RAHMAT TUHAN YANG"))))):
        (tmp_path / name).write_bytes(content)
        document = inspect_file(tmp_path / name, Media.TEXT_DOCUMENT, rules_of(load_framework(2024))).document
        assert document is not None
        assert (document.kind, document.number, document.year, document.about) == ("perda", "4", 2023, "ANAK")


def test_a_report_is_not_the_regulation_it_mentions() -> None:
    text = "LAPORAN KEGIATAN\nTAHUN 2023\n" + "\n" * 3
    text += "Sesuai Peraturan Daerah Kota Contoh Nomor 3 Tahun 2020 dan UU Nomor 12 Tahun 2022,\ndengan Lembaran Negara"
    text += " Republik Indonesia Tahun 2014 Nomor 297."
    assert of_text(text) == (("laporan",), (2023,))


@pytest.mark.parametrize(
    "text",
    [
        "Berita Kota\nPeraturan Daerah Kota Contoh tentang Kota Layak Anak akhirnya disahkan kemarin.",
        "LAPORAN SOSIALISASI\nPERATURAN DAERAH KOTA CONTOH NOMOR 5 TAHUN 2021\nTENTANG KOTA LAYAK ANAK",
        "NOTULA RAPAT\nPembahasan\nPERATURAN DAERAH KOTA CONTOH NOMOR 5 TAHUN 2021",
        "KEPUTUSAN WALI KOTA CONTOH\nNOMOR 12 TAHUN 2023\nTENTANG PELAKSANAAN\nPERATURAN DAERAH KOTA CONTOH NOMOR 5",
    ],
)
def test_what_is_only_about_a_regulation_never_proves_one(text: str) -> None:
    """Twelve points hang on the Perda: news, reports, minutes and decrees about it are not the Perda."""
    content = Content(text=text, head=text)
    assert "perda" not in recognise_content(content, Media.PDF, rules_of(load_framework(2024))).kinds


def test_the_regulation_itself_is_recognised_with_letterhead_and_broken_lines() -> None:
    text = (
        "WALI KOTA CONTOH\nPROVINSI CONTOH\nPERATURAN DAERAH\nKOTA CONTOH\nNOMOR 5 TAHUN 2021\nTENTANG\nKOTA LAYAK ANAK"
    )
    content = Content(text=text, head=text)
    assert recognise_content(content, Media.PDF, rules_of(load_framework(2024))).kinds == ("perda",)


def test_a_phrase_that_a_line_breaks_is_still_recognised() -> None:
    assert of_text("PERATURAN DAERAH\nKOTA CONTOH\nNOMOR 5 TAHUN 2022") == (("perda",), (2022,))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Data 2022 dan 2023", (2022, 2023)),
        ("STAT_SMT_2_2024.xlsx", (2024,)),
        ("IMG_20240312_WA.jpg", (2024,)),
        ("12.03.2024 rapat", (2024,)),
        ("12/03/2024", (2024,)),
        ("RAD 2022-2025", (2022, 2023, 2024, 2025)),
        ("2022 s.d. 2024", (2022, 2023, 2024)),
        ("2022/2023", (2022, 2023)),
        ("Rp2.024.000 dan 12.024 anak", ()),
        ("3519012024123456", ()),
        ("1.2023 x", ()),
        ("", ()),
    ],
)
def test_years_in_names_and_headings(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


def test_years_far_from_the_evaluation_do_not_matter() -> None:
    assert relevant_years([2025, 1945, 2024, 2009, 2008, 2024, 2026], 2024) == (2009, 2024, 2025)


def test_names_only_hint() -> None:
    found = recognise_name("1.2a_SK akta-kelahiran Surat Edaran 2023.pdf", RULES)
    assert (found.kinds, found.years, found.keywords) == (("sk", "edaran"), (2023,), ("akta kelahiran",))
    assert recognise_name("skala database.pdf", RULES).kinds == ()


def test_a_title_is_short_printable_and_without_long_numbers() -> None:
    text = "\x00\x07\n12\nPEMERINTAH KOTA CONTOH\nDaftar warga 6371 0101 0101 0001 " + "x" * 300
    assert title_of(text).startswith("Daftar warga … x")
    assert len(title_of(text)) == 120


def test_a_title_goes_on_where_its_line_cannot_be_the_end() -> None:
    """Books, bookmarks and names of files end with whole phrases; a line of names is never taken besides."""
    assert title_of("LAPORAN LAYANAN RAMAH ANAK DI\nPUSKESMAS CONTOH\nBUDI REKAAN\n") == (
        "LAPORAN LAYANAN RAMAH ANAK DI PUSKESMAS CONTOH"
    )
    assert title_of("DAFTAR PESERTA PELATIHAN\nBUDI REKAAN\n") == "DAFTAR PESERTA PELATIHAN"
    assert (
        title_of("LAPORAN KORBAN KEKERASAN (ANGKA\nAGREGAT)\nBUDI REKAAN\n")
        == "LAPORAN KORBAN KEKERASAN (ANGKA AGREGAT)"
    )
    assert title_of("PERMOHONAN DISPENSASI\nSITI REKAAN\n") == "PERMOHONAN DISPENSASI"
    assert title_of("LAPORAN INFORMASI LAYAK\nANAK\nBUDI REKAAN\n") == "LAPORAN INFORMASI LAYAK ANAK"
    assert title_of("LAPORAN UNTUK ANAK DAN\n\nBUDI REKAAN\n") == "LAPORAN UNTUK ANAK DAN"


_RULE = (
    "PERATURAN GUBERNUR CONTOH\nNOMOR 4 TAHUN 2022\nTENTANG\nRUANG BERMAIN ANAK\nDENGAN RAHMAT TUHAN YANG MAHA ESA\n"
)
_NAME_OF_RULE = "PERATURAN GUBERNUR CONTOH NOMOR 4 TAHUN 2022 TENTANG RUANG BERMAIN ANAK"
_GROUNDS = "GUBERNUR CONTOH,\nMenimbang : a. bahwa anak perlu ruang;\n"
_SIGNED = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik\n"
    "yang diterbitkan oleh Balai Contoh Sertifikasi Elektronik\n"
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"GUBERNUR CONTOH\n{_RULE}{_GROUNDS}", _NAME_OF_RULE),
        (f"{_SIGNED}GUBERNUR CONTOH\n{_RULE}{_GROUNDS}", _NAME_OF_RULE),
        (f"GliBERIMUR CQNTOH\n{_RULE}{_GROUNDS}", _NAME_OF_RULE),
        (f"Menimbang\nMengingat\nGUBERNUR CONTOH\n{_RULE}{_GROUNDS}", _NAME_OF_RULE),
        ("www.contoh.invalid\nLEMBARAN NEGARA\n" + _RULE + _GROUNDS, _NAME_OF_RULE),
        (_RULE.replace("RUANG BERMAIN ANAK\n", "") + _GROUNDS, _NAME_OF_RULE[: _NAME_OF_RULE.index(" TENTANG")]),
        (f"LAMPIRAN II\n{_RULE}Susunan tim\n", f"LAMPIRAN II {_NAME_OF_RULE}"),
        (f"GliBERIMUR CQNTOH\n{_RULE}: bahwa anak perlu ruang;\n", _NAME_OF_RULE),
        (_RULE.replace("ANAK", "ANAk") + _GROUNDS, _NAME_OF_RULE.replace("ANAK", "ANAk")),
        ("LAPORAN PELAKSANAAN\nPERATURAN GUBERNUR CONTOH\nNOMOR 4 TAHUN 2022\nTENTANG\nRUANG\n", "LAPORAN PELAKSANAAN"),
        ("Menimbang : a.\nb.\nbahwa anak perlu ruang bermain;\n", ""),
        (f"PRESIDEN\nREPUBLIK INDONESIA\n{_RULE}Pasal 1\n", _NAME_OF_RULE),
        ("PEMERINTAH KOTA CONTOH\nDINAS KESEHATAN\nJalan Rekaan 1\nLAPORAN KINERJA\n", "LAPORAN KINERJA"),
        ("DINAS KESEHATAN\nLAPORAN KINERJA\n", "DINAS KESEHATAN"),
        (
            "Contoh, 5 Mei 2023\nNomor : 005/12/DP3A/2023\nSifat : Biasa\nLampiran : -\nHal : Undangan Rapat\nKepada\n",
            "Undangan Rapat",
        ),
        ("Nomor : 005/12/DP3A/2023\nPerihal : Pendampingan anak a.n. BUDI REKAAN\nKepada\n", "Pendampingan anak"),
        (
            "YAYASAN ANAK\nJl. Contoh 1, a@contoh.invalid\nContoh, 5 Mei 2023\nNo : 1/2023\nPerihal : Bantuan Buku\n",
            "Bantuan Buku",
        ),
        ("DINAS KESEHATAN\nJl. Contoh 1\nSURAT EDARAN\nNomor : 1/2023\nHal : Ruang ASI\n", "DINAS KESEHATAN"),
        ("NOTULA RAPAT\nNomor : 1/2023\nHal : Rapat Koordinasi\n", "NOTULA RAPAT"),
        ("Contoh, 5 Mei 2023\nYth. BUDI REKAAN\ndi tempat\n", ""),
        ("PEMERINTAH KOTA CONTOH\nKepada Yth. BUDI REKAAN\n", ""),
        ("budi.rekaan@contoh.invalid\nBUDI REKAAN\n", ""),
    ],
)
def test_a_title_is_what_a_document_calls_itself(text: str, title: str) -> None:
    """Not who issued it, nor the day, nor a footer; and never the person it is sent to or about."""
    assert title_of(text) == title


def test_a_title_that_is_too_long_says_so_behind_a_whole_word() -> None:
    """No title ends in the middle of a word, or with a word that promises another."""
    start = "LAPORAN" + " KEGIATAN" * 11
    assert title_of(f"{start} DAN ANAK BERPRESTASI") == f"{start} DAN ANAK…"
    assert title_of(f"{start} UNTUK BERPRESTASI") == f"{start}…"


@given(st.text(max_size=400))
def test_any_text_gives_a_printable_title_and_sane_years(text: str) -> None:
    found = recognise_content(Content(text=text, head=text), Media.PDF, RULES)
    assert len(found.title) <= 120
    assert found.title.isprintable()
    assert all(1900 <= year <= 2099 for year in found.years)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff"]),
)
def test_any_bytes_are_inspected_without_an_exception(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, head: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "apa-saja"
    path.write_bytes(head + tail)
    for promised in (None, Media.PDF, Media.SPREADSHEET, Media.TEXT_DOCUMENT, Media.IMAGE):
        assert isinstance(inspect_file(path, promised, RULES), Inspection)


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("peta.svg", '<svg xmlns="http://www.w3.org/2000/svg"><title>Peta rekaan</title></svg>', ""),
        ("berita.html", "<!DOCTYPE html>\n<html><body>Berita kegiatan rekaan</body></html>", ""),
        ("daftar.csv", "Nama kegiatan,Nilai\nRapat koordinasi rekaan,3\n", ""),
        ("rekap.csv", "REKAPITULASI KEGIATAN;;\nNama;L;P\nContoh;1;2\nLain;3;4\n", "REKAPITULASI KEGIATAN"),
        ("catatan.txt", "Catatan rapat rekaan\nHadir: semua\n", "Catatan rapat rekaan"),
    ],
)
def test_neither_markup_nor_a_row_of_values_is_a_title(tmp_path: Path, name: str, content: str, title: str) -> None:
    """Documents without a title are called after their file; a book listed one as ``<svg xmlns=…``."""
    assert look(tmp_path, name, content.encode()).recognised.title == title
