"""Workbooks and texts in the dossier: readable, only what is shown, and cut with a word about it."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import xlsxwriter
from openpyxl import Workbook
from PIL import Image

from flows import bounds
from flows.forms.grid import make_grid
from flows.forms.grid_hidden import Shape
from flows.forms.raw import RawValue
from flows.model import Condition, Media
from flows.render.annex import Job, prepare
from flows.render.annex.table_view import view_of
from flows.render.values import Prepared
from tests.forms.grid_kit import members_of, ods, record, xls, xls_number
from tests.gather.kit import packed
from tests.gather.spoilt_office import CASES as OFFICE
from tests.render.annex.page_kit import is_white, shown_prepared

CAPTION = "III/12.1-02 Rekapitulasi contoh"


def prepared(folder: Path, content: bytes, media: Media = Media.SPREADSHEET) -> Prepared:
    folder.mkdir(exist_ok=True)
    source = folder / "isi"
    source.write_bytes(content)
    return prepare(Job(source, "0" * 64, media, CAPTION, folder))


def workbook(fill: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 1, 1)})  # noqa: DTZ001  # Excel has no zones
    fill(book)
    book.close()
    return out.getvalue()


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def fill_recap(book: Any) -> None:  # noqa: ANN401  # a library without types
    """Titles over merged headings, a long body, a hidden column and row, a hidden, an empty and a wide sheet."""
    sheet = book.add_worksheet("Rekap 2023")
    sheet.merge_range("A1:E1", "REKAPITULASI ANAK KOTA CONTOH")
    sheet.merge_range("A2:A3", "Kode")
    sheet.merge_range("B2:B3", "Kecamatan")
    sheet.merge_range("C2:D2", "Jumlah anak")
    sheet.write_row("C3", ["L", "P"])
    sheet.merge_range("E2:E3", "Tanggal")
    sheet.write("F2", "Kolom rahasia")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number in range(3_000):
        sheet.write_row(3 + number, 0, [9900 + number, f"Contoh ke-{number}", 1200 + number, 13.25])
        sheet.write_datetime(3 + number, 4, datetime(2023, 1, 1 + number % 28), day)  # noqa: DTZ001  # same
    sheet.set_column("F:F", 10, None, {"hidden": True})
    sheet.set_row(10, None, None, {"hidden": True})
    hidden = book.add_worksheet("Lembar rahasia")
    hidden.write(0, 0, "Isi rahasia")
    hidden.hide()
    book.add_worksheet("Kosong")
    wide = book.add_worksheet("Lebar")
    for row in range(5):
        wide.write_row(row, 0, [f"Judul kolom {column}" if not row else row * 1000.5 for column in range(18)])


@pytest.fixture(scope="module")
def recap(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepared(tmp_path_factory.mktemp("rekap"), workbook(fill_recap))


@pytest.fixture(scope="module")
def recap_text(recap: Prepared) -> str:
    return text_of(recap.path)


def test_a_table_shows_its_sheet_and_says_numbers_and_dates_in_indonesian(recap_text: str) -> None:
    for shown in (
        CAPTION, "Lembar Rekap 2023", "REKAPITULASI ANAK KOTA CONTOH", "Contoh ke-0", "1.200", "13,25",
        "1 Januari 2023",
    ):  # fmt: skip
        assert shown in recap_text


def test_numbers_that_name_something_are_not_set_apart(recap_text: str) -> None:
    assert " 9900 " in recap_text
    assert "9.900" not in recap_text


def test_what_is_hidden_stays_hidden(recap_text: str) -> None:
    assert "rahasia" not in recap_text.lower()
    assert "Contoh ke-6" in recap_text
    assert "Contoh ke-7 " not in recap_text
    assert "Contoh ke-8" in recap_text
    assert "Kosong" not in recap_text


def test_a_long_table_is_cut_with_a_word(recap_text: str) -> None:
    assert "Tabel dipotong: tercetak baris 1–200 dari 3.002. Selebihnya dibaca pada berkas aslinya" in recap_text
    assert recap_text.index("Tabel ini berlanjut: 2.802 baris berikutnya tidak dicetak.") > recap_text.index("dipotong")
    assert "Contoh ke-250" not in recap_text


def test_a_wide_sheet_lies_across_and_sheets_are_bookmarks(recap: Prepared) -> None:
    assert [mark.title for mark in recap.bookmarks] == ["Lembar Rekap 2023", "Lembar Lebar"]
    with pypdfium2.PdfDocument(recap.path) as pdf:
        shapes = [pdf[mark.spot.page].get_width() > 800 for mark in recap.bookmarks]
        headings = [pdf[page].get_textpage().get_text_range().count("Kecamatan") for page in range(3)]
    assert shapes == [False, True]
    assert headings == [1, 1, 1], "headings are repeated on every page"
    assert is_white(shown_prepared(recap.path, size=(100, 140))[1])


def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path) -> None:
    content = workbook(lambda book: book.add_worksheet("A").write_row(0, 0, ["x", 1.5]))
    first, second = (prepared(tmp_path / name, content) for name in "ab")
    assert first.path.read_bytes() == second.path.read_bytes()


def test_columns_hidden_in_libreoffice_stay_hidden(tmp_path: Path) -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = (
        '<table:table table:name="Data"><table:table-column/><table:table-column table:visibility="collapse"/>'
        "<table:table-row>" + cell.format("Tampak") + cell.format("Rahasia") + "</table:table-row>"
        '<table:table-row table:visibility="filter">' + cell.format("Tersaring") + "</table:table-row>"
        "<table:table-row>" + cell.format("Akhir") + "</table:table-row></table:table>"
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    shown = text_of(prepared(tmp_path, packed({"mimetype": kind, "content.xml": content.encode()})).path)
    assert ("Tampak" in shown, "Akhir" in shown, "Rahasia" in shown, "Tersaring" in shown) == (True, True, False, False)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_separated_values_are_a_table(tmp_path: Path, delimiter: str) -> None:
    rows = [["Kecamatan", "Jumlah"], ["Contoh Utara", "1.250"], ["Contoh Selatan", "980"]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode("cp1252")
    result = prepared(tmp_path, content, Media.PLAIN_TEXT)
    assert delimiter not in text_of(result.path).replace(CAPTION, "").replace("1.250", "") or delimiter == "\t"
    assert "Contoh Utara 1.250" in text_of(result.path)


def test_sentences_with_a_comma_each_stay_sentences(tmp_path: Path) -> None:
    """Minutes of a meeting fell apart into a table of two columns, its first line the head."""
    lines = (
        "Notulen rapat\n\nHadir kepala dinas, sekretaris\nDibahas forum anak, anggaran\nDitutup siang, terima kasih\n"
    )
    path = prepared(tmp_path, lines.encode(), Media.PLAIN_TEXT).path
    assert "Hadir kepala dinas, sekretaris" in text_of(path)


@pytest.mark.parametrize("lines", ["Desa, Anak\nSatu, 12\nDua, 1.200\n", "Desa,Ketua\nSatu,Ani\nDua,Budi\n"])
def test_rows_with_numbers_or_without_spaces_are_a_table(tmp_path: Path, lines: str) -> None:
    path = prepared(tmp_path, lines.encode(), Media.PLAIN_TEXT).path
    assert "," not in text_of(path)


def test_a_damaged_part_that_only_says_how_cells_look_is_damage_and_no_crash(tmp_path: Path) -> None:
    """Formats of cells lie in a part of their own, which may be spoilt where the cells are not."""
    members = members_of(ods("<table:table table:name='A'/>"))
    content = packed({**members, "styles.xml": b"<office:document-styles/>"})
    at = content.index(b"styles.xml") - 30
    assert prepared(tmp_path, content[:at] + b"XX" + content[at + 2 :]).trouble == "damaged"


def test_a_workbook_larger_than_any_table_is_called_too_large_and_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook(lambda book: book.add_worksheet("Satu").write_column(0, 0, [1.5] * 50))
    monkeypatch.setattr(bounds, "SHEET_WHOLE_BYTES", 500)
    assert prepared(tmp_path, content).trouble == "too-large"


def test_numbers_kept_as_text_stand_as_numbers_and_codes_as_words() -> None:
    """All cells of a .csv and of a web page are texts; figures on the left are hard to compare."""
    head = ["Kode", "Kecamatan", "Jumlah", "Persen", "Tanggal", "Catatan"]
    view = view_of(make_grid("A", [head, ["99.01", "Contoh", "1.250", "12,5 %", "05-05-2023", "3 kali"]]), Shape())

    assert view is not None
    assert [cell.is_number for cell in view.body[0]] == [False, False, True, True, False, False]
    assert not any(cell.is_number for cell in view.head[0])


def test_a_text_stands_as_it_is_and_is_cut_with_a_word(tmp_path: Path) -> None:
    lines = ["BERITA ACARA", "", *(f"Baris ke-{number} <b>&" for number in range(1_400))]
    result = prepared(tmp_path, "\n".join(lines).encode(), Media.PLAIN_TEXT)
    shown = text_of(result.path)
    assert "Teks dipotong: tercetak baris 1–1.200 dari 1.402. Selebihnya dibaca pada berkas aslinya" in shown
    assert "Baris ke-3 <b>&" in shown
    assert "Baris ke-1300" not in shown


@pytest.mark.parametrize(
    ("content", "media", "trouble"),
    [
        (b"", Media.PLAIN_TEXT, "empty"),
        (b" \n\t\n", Media.PLAIN_TEXT, "empty"),
        (workbook(lambda book: book.add_worksheet("A")), Media.SPREADSHEET, "empty"),
        (b"PK\x03\x04rusak", Media.SPREADSHEET, "damaged"),
        (b"", Media.SPREADSHEET, "damaged"),
    ],
    ids=["nothing", "blanks", "empty workbook", "half a workbook", "no bytes"],
)
def test_what_shows_nothing_is_told(tmp_path: Path, content: bytes, media: Media, trouble: str) -> None:
    assert prepared(tmp_path, content, media).trouble == trouble


def test_numbers_of_persons_are_masked(tmp_path: Path) -> None:
    content = workbook(lambda book: book.add_worksheet("A").write_row(0, 0, ["NIK", "9971010101010001"]))
    assert "9971010101010001" not in text_of(prepared(tmp_path, content).path)


def test_what_a_workbook_shows_as_per_cent_is_printed_so(tmp_path: Path) -> None:
    def fill(book: Any) -> None:  # noqa: ANN401  # a library without types
        sheet = book.add_worksheet("A")
        for row, pattern in enumerate(("0%", "0.00%", "0.0##%", "0.00")):
            sheet.write_row(row, 0, [f"Contoh {row}"])
            sheet.write_number(row, 1, 0.8754, book.add_format({"num_format": pattern}))

    shown = text_of(prepared(tmp_path, workbook(fill)).path).replace("\u00a0", " ")
    assert shown.count("87,54%") == 3
    assert "Contoh 3 0,8754" in shown


@pytest.mark.parametrize("name", [name for name, (kind, *_) in OFFICE.items() if kind in ("xlsx", "xls", "xlsm")])
def test_a_damaged_or_hostile_workbook_is_told_and_never_raises(tmp_path: Path, name: str) -> None:
    _, content, state = OFFICE[name]
    result = prepared(tmp_path, content)
    assert bool(result.pages) is not bool(result.trouble)
    if state is Condition.DAMAGED:
        assert result.trouble in ("damaged", "empty")
    if state is Condition.LOCKED:
        assert result.trouble == "locked"


def test_merged_cells_over_hidden_ones_shrink() -> None:
    rows: list[list[RawValue]] = [["Judul", None, None], ["a", "b", "c"], [1.0, 2.0, 3.0]]
    view = view_of(make_grid("A", rows, merged=[(0, 0, 0, 2)]), Shape(columns={1}))
    assert view is not None
    assert [[(cell.text, cell.across) for cell in row] for row in (*view.head, *view.body)] == [
        [("Judul", 2)], [("a", 1), ("c", 1)], [("1", 1), ("3", 1)],
    ]  # fmt: skip
    assert len(view.widths) == 2


def test_a_title_alone_in_its_row_lies_over_the_empty_cells_behind_it() -> None:
    title, short = "MATRIKS KEMITRAAN TAHUN 2022 DAN 2023", "Catatan"
    rows: list[list[RawValue]] = [[title, None, None], ["No", "Mitra", "L"], [1.0, "Radio", 2.0], [short, None, None]]
    view = view_of(make_grid("A", rows), Shape())
    assert view is not None
    assert [[(cell.text, cell.across) for cell in row] for row in (*view.head, *view.body)] == [
        [(title, 3)], [("No", 1), ("Mitra", 1), ("L", 1)], [("1", 1), ("Radio", 1), ("2", 1)],
        [(short, 1), ("", 1), ("", 1)],
    ]  # fmt: skip
    assert len(view.head) == 2


def test_a_wide_sheet_has_its_caption_on_its_own_page(tmp_path: Path) -> None:
    made = prepared(
        tmp_path, workbook(lambda book: book.add_worksheet("A").write_row(0, 0, [f"Judul {n}" for n in range(18)]))
    )
    assert made.pages == 1
    assert CAPTION in text_of(made.path)


def test_values_are_written_as_people_write_them() -> None:
    row: list[RawValue] = [
        True,
        date(2023, 5, 1),
        datetime(2023, 5, 1, 8, 30),  # noqa: DTZ001  # Excel has no zones
        0.1 + 0.2,
        2023.0,
        -1234567.891,
        1e300,
        9.9e15,
        float("nan"),
        "  teks  ",
    ]
    view = view_of(make_grid("A", [list("x" * len(row)), row]), Shape())
    assert view is not None
    assert [cell.text for cell in view.body[0]] == [
        "Ya", "1 Mei 2023", "1 Mei 2023 pukul 08.30", "0,3", "2023", "-1.234.567,891", "1e+300",
        "9900000000000000", "–", "teks",
    ]  # fmt: skip


def test_more_columns_than_can_be_read_are_cut() -> None:
    view = view_of(make_grid("A", [["x"] * 200, ["y"] * 200]), Shape())
    assert view is not None
    assert (view.last_column, view.columns, view.is_cut) == (bounds.ANNEX_TABLE_COLUMNS, 200, True)


def test_a_long_cell_is_printed_whole_and_a_very_long_one_says_that_it_goes_on(tmp_path: Path) -> None:
    """Notes on activities fill many lines of a cell: none of them may end in silence, as if that were all."""
    long = " ".join(f"kata{number}" for number in range(400))
    longer = " ".join(f"uraian{number}" for number in range(2_000))
    assert 600 < len(long) < bounds.ANNEX_CELL_CHARS < len(longer)
    sheet = workbook(lambda book: book.add_worksheet("A").write_column(0, 0, ["Catatan", long, longer, "Akhir"]))
    shown = text_of(prepared(tmp_path, sheet).path)
    assert "kata399" in shown
    assert "uraian1999" not in shown
    assert shown.count("…") == 2, "at the end of the cell, and in the note that explains it"
    assert "Akhir 1 sel dipersingkat (tanda … di akhirnya); isi lengkapnya ada pada berkas aslinya." in shown


def test_formulas_without_a_saved_result_are_named_and_never_empty(tmp_path: Path) -> None:
    """Programs write formulas without working them out: an empty cell would pass for an answer that was not given."""
    book = Workbook()
    sheet = book.create_sheet("A")
    sheet.append(["Kecamatan", "Jumlah", "Persen"])
    for row in (2, 3):
        sheet.append([f"Contoh {row}", 1_250 * row, f"=B{row}/9000"])
    sheet.append(["Jumlah", "=SUM(B2:B3)"])
    out = io.BytesIO()
    book.save(out)
    shown = text_of(prepared(tmp_path, out.getvalue()).path)
    assert "Contoh 2 2.500 [rumus] Contoh 3 3.750 [rumus] Jumlah [rumus]" in shown
    assert "Rumus tanpa nilai tersimpan: 3 sel" in shown
    assert "setelah berkas dibuka dan disimpan di Excel atau LibreOffice" in shown


def with_drawings(book: Any) -> None:  # noqa: ANN401  # a library without types
    """A sheet with two charts and a picture, and a sheet that is a chart."""
    sheet = book.add_worksheet("Data")
    sheet.write_column(0, 0, ["Jumlah", 5, 8])
    for place in ("D2", "D20", None):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$2:$A$3"})
        if place:
            sheet.insert_chart(place, chart)
        else:
            book.add_chartsheet("Grafik").set_chart(chart)
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(picture, "PNG")
    sheet.insert_image("D40", "peta.png", {"image_data": picture})


def ods_with_drawings() -> bytes:
    cell = '<table:table-row><table:table-cell office:value-type="string"><text:p>Isi</text:p></table:table-cell>'
    members = members_of(ods(f'<table:table table:name="A">{cell}</table:table-row></table:table>'))
    parts = ("Object 1/content.xml", "Object 1/styles.xml", "ObjectReplacements/Object 1", "Pictures/10.png")
    return packed(members | dict.fromkeys(parts, b""))


CHART_OF_XLS = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0020, 0, 0, 0, 0)) + record(0x000A, b"")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (workbook(with_drawings), "3 bagan dan 1 gambar"),
        (ods_with_drawings(), "1 bagan dan 1 gambar"),
        (xls({"A": [xls_number(0, 0, 1.0), CHART_OF_XLS]}), "1 bagan,"),
    ],
    ids=["xlsx", "ods", "xls"],
)
def test_charts_and_pictures_of_a_workbook_are_not_left_out_in_silence(
    tmp_path: Path, content: bytes, told: str
) -> None:
    """Only cells are printed: who looks for the chart that proves a growth must learn where it is."""
    assert f"Buku kerja ini juga memuat {told}" in text_of(prepared(tmp_path, content).path)


def test_sheets_are_counted_without_the_empty_ones_and_those_left_out_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty sheet took the place of a filled one, and a workbook of 21 sheets showed eleven."""
    monkeypatch.setattr(bounds, "ANNEX_TABLE_SHEETS", 3)

    def fill(book: Any, sheets: int) -> None:  # noqa: ANN401  # a library without types
        book.add_worksheet("Sampul")
        for number in range(1, sheets + 1):
            book.add_worksheet(f"Bulan {number}").write(0, 0, f"Isi {number}")

    whole = prepared(tmp_path / "a", workbook(lambda book: fill(book, 3)))
    cut = prepared(tmp_path / "b", workbook(lambda book: fill(book, 4)))
    assert [[mark.title for mark in each.bookmarks] for each in (whole, cut)] == [
        [f"Lembar Bulan {number}" for number in (1, 2, 3)]
    ] * 2
    assert "Buku kerja ini mempunyai" not in text_of(whole.path)
    assert "Buku kerja ini mempunyai 5 lembar; yang dicetak 3 lembar pertama yang berisi." in text_of(cut.path)


def test_what_stands_in_quotes_separates_nothing(tmp_path: Path) -> None:
    """Short exports with a semicolon or a line's end within a field were printed as they lie in the file."""
    content = b'Nama;Kegiatan;Jumlah\r\nContoh;"Rapat; lokakarya";3\r\nLain;"Baris satu\nbaris dua";4\r\n'
    shown = text_of(prepared(tmp_path, content, Media.PLAIN_TEXT).path)
    assert "Nama Kegiatan Jumlah Contoh Rapat; lokakarya 3 Lain Baris satu baris dua 4" in shown
    assert '"' not in shown


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>Peta</text></svg>',
        b'<?xml version="1.0"?>\n<!-- peta --><svg><foreignObject><p>Peta</p></foreignObject></svg>',
        '<?xml version="1.0"?><data><baris/></data>'.encode("utf-16"),
    ],
    ids=["svg", "svg with a page in it", "xml"],
)
def test_markup_is_not_printed_as_its_source(tmp_path: Path, content: bytes) -> None:
    """Verifiers read documents, not what a browser makes documents of."""
    assert prepared(tmp_path, content, Media.PLAIN_TEXT).trouble == "markup"


@pytest.mark.parametrize("content", [b"<5 anak di Contoh Utara", b"Nilai < 5", b"<- lihat lampiran", b"a < b, b > c"])
def test_a_text_with_angles_is_a_text(tmp_path: Path, content: bytes) -> None:
    assert content.decode() in text_of(prepared(tmp_path, content, Media.PLAIN_TEXT).path)


WEB_PAGE = """<!doctype html><html><head><title>Judul jendela</title><style>p {color: red}</style>
<script>tulis("<p>dari skrip</p>")</script></head><body onload="jalan()">
<h1>Pojok baca <b>anak</b> diresmikan</h1><p>Kepala Dinas&nbsp;meresmikan pojok baca &amp; taman<br>di alun-alun.
<p>Alinea tanpa penutup
<ul><li>satu<li>dua</ul><ol><li>pertama<li>kedua</ol>
<div style="display: none">tersembunyi <div>di dalam</div> masih</div><p hidden>tak tampak</p>
<img src="http://contoh.invalid/a.png" alt="gambar"><!-- komentar -->
<table><tr><th rowspan=2>Kecamatan<th colspan=2>Anak<tr><th>L<th>P<tr><td>Contoh Utara<td>1.250<td>1.198</table>
<p>Penutup</p></body></html>"""


def test_a_web_page_is_printed_as_its_words_and_tables(tmp_path: Path) -> None:
    """News of the region is proof too; nothing of it is carried out or fetched, and what it hides stays hidden."""
    made = prepared(tmp_path, WEB_PAGE.encode(), Media.PLAIN_TEXT)
    shown = text_of(made.path)
    assert (made.trouble, made.pages) == ("", 1)
    assert (
        "Pojok baca anak diresmikan Kepala Dinas meresmikan pojok baca & taman di alun-alun. Alinea tanpa penutup "
        "• satu • dua 1. pertama 2. kedua Kecamatan Anak L P Contoh Utara 1.250 1.198 Penutup"
    ) in shown
    for unseen in (
        "jendela",
        "color",
        "skrip",
        "jalan",
        "tersembunyi",
        "dalam masih",
        "tampak",
        "komentar",
        "<",
        "alt",
    ):
        assert unseen not in shown.replace("tata letaknya", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("\ufeff\n<!DOCTYPE html><html><body><p>Berita</p></body></html>".encode(), "Berita"),
        (b"<table><tr><td>Ekspor<td>bernama .xls</td></tr></table>", "Ekspor bernama .xls"),
        (b"<!-- dibuat aplikasi -->\n<p>Berita</p>", "Berita"),
        ("<html><body>Berita \u00e9</body></html>".encode("utf-32"), "Berita \u00e9"),
        (b"<table><tr><td>Menu<td><p>Awal<table><tr><td>No<td>Isi</table>Akhir</table>", "Menu Awal No Isi Akhir"),
        (b"<html><td>lepas</td><tr><td colspan=99999 rowspan=-1>a</table></table></ol><li>b", "lepas a • b"),
        (b"<p>" + b"<div>" * 20_000 + b"dalam", "dalam"),
        (b"<table><tr><td>" * 3_000 + b"dalam", "dalam"),
        (b"<pre>baris satu\n  baris dua</pre>", "baris satu baris dua"),
    ],
    ids=[
        "mark of order",
        "export",
        "comment",
        "utf-32",
        "tables in tables",
        "broken",
        "deep",
        "deep tables",
        "laid out",
    ],
)
def test_pages_of_many_programs_can_be_read(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in text_of(prepared(tmp_path, content, Media.PLAIN_TEXT).path)


def test_a_page_that_says_nothing_is_told(tmp_path: Path) -> None:
    content = b"<html><body><script>tulis('semua')</script><img src=a.png></body></html>"
    assert prepared(tmp_path, content, Media.PLAIN_TEXT).trouble == "empty"


def test_a_vast_page_is_cut_with_a_word(tmp_path: Path) -> None:
    row = "<tr>" + "<td rowspan=9999 colspan=200>x" * 3
    content = "<html>" + f"<table>{row * 4_000}</table>" + "<p>alinea" * (bounds.ANNEX_TEXT_LINES + 5)
    shown = text_of(prepared(tmp_path, content.encode(), Media.PLAIN_TEXT).path)
    assert "Tabel ini berlanjut" in shown
    assert "Halaman web ini dipotong." in shown
    assert shown.count("alinea") == bounds.ANNEX_TEXT_LINES


@pytest.mark.parametrize("more", [0, 1])
def test_only_what_is_cut_says_so(tmp_path: Path, more: int) -> None:
    content = "<html>" + "<p>alinea" * (bounds.ANNEX_TEXT_LINES + more)
    assert ("dipotong" in text_of(prepared(tmp_path, content.encode(), Media.PLAIN_TEXT).path)) is bool(more)


def test_a_paragraph_as_long_as_a_book_is_cut_too(tmp_path: Path) -> None:
    made = prepared(tmp_path, b"<html><p>" + b"kata " * 400_000, Media.PLAIN_TEXT)
    assert not made.trouble
    assert "Halaman web ini dipotong." in text_of(made.path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le", "cp1252"])
def test_a_text_is_read_in_whatever_letters_it_is_saved(tmp_path: Path, encoding: str) -> None:
    shown = text_of(prepared(tmp_path, "Catatan kunjungan é\nBaris dua".encode(encoding), Media.PLAIN_TEXT).path)
    assert "Catatan kunjungan é Baris dua" in shown


@pytest.mark.parametrize("above", range(0, 60, 3))
def test_no_page_holds_only_the_word_that_a_table_goes_on(tmp_path: Path, above: int) -> None:
    """Where the last page is full, the word above the table must do."""

    def fill(book: Any) -> None:  # noqa: ANN401  # a library without types
        first = book.add_worksheet("Awal")
        for row in range(above + 2):
            first.write_row(row, 0, ["Nama", row])
        second = book.add_worksheet("Panjang")
        for row in range(bounds.ANNEX_TABLE_ROWS + 9):
            second.write_row(row, 0, ["Nama", row])

    with pypdfium2.PdfDocument(prepared(tmp_path, workbook(fill)).path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert all("Nama" in page for page in pages)


def test_a_page_of_tags_without_end_is_told_at_once(tmp_path: Path) -> None:
    """A megabyte of them would keep a reader of markup busy for minutes."""
    assert prepared(tmp_path, b"<html>" + b"<a " * 500_000, Media.PLAIN_TEXT).trouble == "damaged"
