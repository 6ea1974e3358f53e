"""How pages are filled: tables go over the page decently, contents stay short."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from flows.model import (
    Agency,
    City,
    ColumnType,
    Contact,
    District,
    Dress,
    Fact,
    Media,
    Photo,
    RowKind,
    Signatory,
    TableColumn,
)
from flows.render.book import Book, Listed
from flows.render.pdf import typeset
from flows.render.plots import MOST_ROWS
from flows.render.values import Exhibit
from tests.builders.values import AS_OF, PROVENANCE, Case, case, city, evidence_file, framework, full_case
from tests.render.binding import archive_kit
from tests.render.printing import book_of, evidence_of
from tests.render.table_cases import Invented, answer, births, row, schema, sexes, standing, with_tables

MM = 72 / 25.4
TOP_MM, BOTTOM_MM = 27, 25
ROWS = (4, 9, 13, 16, 16, 11, 14, 16, 15, 5)
"""Rows of the tables, one table a question."""
_ROW = re.compile(r"Wilayah (\d+)-(\d+)")


@dataclass(frozen=True)
class Printed:
    """A chapter, page by page."""

    texts: list[str]
    fills: list[float]
    """Share of each page's height that is used."""


def areas(number: int, count: int) -> Invented:
    column = TableColumn("anak", "Jumlah anak", ColumnType.COUNT, by_sex=True)
    about = schema(f"wilayah-{number}", RowKind.DISTRICT, (column,), (f"1.{number}",), title=f"Anak nomor {number}")
    # Without a year nothing is drawn: pictures would fill pages in their own way.
    rows = [row(f"w{n}", f"Wilayah {number}-{n}", None, sexes("anak", 50 + n, 40 + n)) for n in range(count)]
    return Invented(about, standing(about, rows))


def pushed_down(html: str, lines: int) -> str:
    """A chapter whose questions begin so many lines further down."""
    above = "".join(f"<p>Baris {number}</p>" for number in range(lines))
    return html.replace('<section class="indikator">', above + '<section class="indikator">', 1)


def pages_of_proofs(counts: Mapping[str, int], lines: int, folder: Path) -> list[str]:
    """The text of each page of a chapter with so many documents a question, ``lines`` further down."""
    value = case(
        {
            question: [evidence_file(f"D/{question} {n}.pdf") for n in range(count)]
            for question, count in counts.items()
        },
        instrument=framework({"KL": (len(counts),)}),
    )
    html = pushed_down(book_of(value).chapter(value.framework.blocks[0]).html, lines)
    typeset(html, folder / "bab.pdf", as_of=AS_OF, title="bab")
    with pypdfium2.PdfDocument(folder / "bab.pdf") as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def fill_of(page: pypdfium2.PdfPage) -> float:
    height = page.get_height() - (TOP_MM + BOTTOM_MM) * MM
    inside = [
        bottom
        for _, bottom, _, top in (each.get_bounds() for each in page.get_objects(max_depth=1))
        if bottom >= BOTTOM_MM * MM - 1 and top <= page.get_height() - (TOP_MM - 1) * MM
    ]
    return float((page.get_height() - TOP_MM * MM - min(inside)) / height)


def trail_of(page: pypdfium2.PdfPage) -> float:
    """Points from the last line of text down to the last thing that is drawn."""
    inside = [
        (each.type, bottom)
        for each in page.get_objects(max_depth=1)
        for _, bottom, _, top in (each.get_bounds(),)
        if bottom >= BOTTOM_MM * MM - 1 and top <= page.get_height() - (TOP_MM - 1) * MM
    ]
    written = min(bottom for kind, bottom in inside if kind == FPDF_PAGEOBJ_TEXT)
    return float(written - min(bottom for _, bottom in inside))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    questions = {f"1.{number}": count for number, count in enumerate(ROWS, 1)}
    value = with_tables(
        *(areas(number, count) for number, count in enumerate(ROWS, 1)),
        instrument=framework({"KL": (len(ROWS),)}),
        proofs={question: [evidence_file(f"D/{question} Laporan.pdf")] for question in questions},
    )
    part = book_of(value).chapter(value.framework.blocks[0])
    out = tmp_path_factory.mktemp("bab") / "bab.pdf"
    typeset(part.html, out, as_of=AS_OF, title="bab")
    with pypdfium2.PdfDocument(out) as pdf:
        return Printed([page.get_textpage().get_text_bounded() for page in pdf], [fill_of(page) for page in pdf])


def test_a_table_has_three_rows_on_each_side_of_a_page_break(printed: Printed) -> None:
    parts = [Counter(int(table) for table, _ in _ROW.findall(text)) for text in printed.texts]
    for number, count in enumerate(ROWS, 1):
        found = [part[number] for part in parts if part[number]]
        assert sum(found) == count
        assert all(rows >= 3 for rows in found), f"table {number}: {found}"
    assert any(len([part for part in parts if part[number]]) > 1 for number in range(1, len(ROWS) + 1))


def test_heads_are_repeated_where_a_table_goes_on(printed: Printed) -> None:
    for before, after in pairwise(printed.texts):
        last, first = _ROW.findall(before)[-1:], _ROW.findall(after)[:1]
        if last and first and last[0][0] == first[0][0]:
            assert "Kecamatan" in after[: after.index("Wilayah ")]


def test_a_page_that_begins_within_a_table_says_which_one_goes_on_and_no_other_does(printed: Printed) -> None:
    captions = {number: f"Tabel 3.{number + 1}" for number in range(1, len(ROWS) + 1)}
    assert all(f"{caption} Anak nomor {number} " in " ".join(printed.texts) for number, caption in captions.items())
    broken = []
    for before, after in pairwise(printed.texts):
        [last], [first] = _ROW.findall(before)[-1:], _ROW.findall(after)[:1] or [("", "")]
        said = [captions[int(first[0])]] if last[0] == first[0] else []
        broken += said
        assert re.findall(r"· (Tabel \S+) \(lanjutan\)", after) == said, after[:300]
    assert broken
    assert "(lanjutan)" not in printed.texts[0]


def test_a_table_that_goes_on_is_not_closed_at_the_foot_of_a_page_whose_rows_end_further_up(tmp_path: Path) -> None:
    """Its last rows stay together on the next page; a rule below the gap they leave would read as a broken table."""
    value = with_tables(areas(1, 20), instrument=framework({"KL": (1,)}))
    html = book_of(value).chapter(value.framework.blocks[0]).html
    trails = []
    for lines in (26, 27, 28):
        typeset(pushed_down(html, lines), tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
        with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
            trails += [trail_of(page) for page in pdf]
    assert max(trails) < 3 * MM, trails


def test_pages_are_well_filled(printed: Printed) -> None:
    *pages, _ = printed.fills
    assert min(pages) > 0.7
    assert sum(pages) / len(pages) > 0.85


def test_no_heading_stands_alone_at_the_foot(printed: Printed) -> None:
    for text in printed.texts[:-1]:
        foot = [line.strip() for line in text.splitlines() if line.strip()][-5:]
        assert not any(re.match(r"Tabel \d|Maksimum \d|1\.\d+ ", line) for line in foot[1:2]), foot


def test_the_contents_of_a_whole_instrument_take_two_pages(tmp_path: Path) -> None:
    value = full_case(60)
    book = book_of(value)
    pages = {
        name: "3-1"
        for view in book.views
        for name in (f"bab-{view.number}", f"lampiran-{view.number}", *(f"ind-{each.id}" for each in view.indicators))
    }
    pages |= dict.fromkeys(("ringkasan", "bab-1", "bab-2", f"bab-{book.last_chapter}", "asal-usul"), "1-1")
    pages |= dict.fromkeys(("latar-belakang", "maksud", "lingkup", "dasar-hukum", "sistematika", "data-umum"), "1-1")
    pages |= dict.fromkeys(("wilayah", "tabel-1", "tabel-2", "tabel-2-1", "tabel-2-2", "gambar-1", "gambar-2"), "2-1")
    pages |= {f"tabel-{view.number}-1": "3-1" for view in book.views}
    made = typeset(book.front(pages).html, tmp_path / "depan.pdf", as_of=AS_OF, title="depan")
    assert made.anchors["daftar-tabel"].page - made.anchors["daftar-isi"].page <= 2


@pytest.mark.parametrize("count", [32, 33, 34, 36])
def test_the_list_of_an_annex_never_leaves_a_row_or_two_for_its_last_page(count: int, tmp_path: Path) -> None:
    value = case({"1.1": [evidence_file("D/1.pdf")]}, shape={"KL": (1,)})
    rows = [
        Listed(Exhibit(f"KL/1.1-{n:02}", "Laporan Contoh", "Dinas Contoh", "0" * 64, Media.PDF, ("1.1",)), 1)
        for n in range(1, count + 1)
    ]
    part = book_of(value).annex(value.framework.blocks[0], rows, [])
    typeset(part.html, tmp_path / "daftar.pdf", as_of=AS_OF, title="daftar")
    with pypdfium2.PdfDocument(tmp_path / "daftar.pdf") as pdf:
        found = [len(re.findall(r"KL/1\.1-\d\d", page.get_textpage().get_text_bounded())) for page in pdf]
    assert sum(found) == count
    assert len(found) > 1
    assert found[-1] >= 5


@pytest.mark.parametrize("count", range(52, 62, 2))
def test_no_line_of_a_list_in_a_note_stands_alone_on_a_page(count: int, tmp_path: Path) -> None:
    """Offices write a line for each thing they did; the last one alone on the next page looks forgotten."""
    value = case({}, instrument=framework({"KL": (2,)}))
    told = {"1.1": answer("1.1", note="\n".join(f"{n}) butir {n}" for n in range(1, count + 1)))}
    value = replace(value, assessment=replace(value.assessment, answers=told))
    part = book_of(value).chapter(value.framework.blocks[0])
    typeset(part.html, tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
    with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
        found = [len(re.findall(r"butir \d+", page.get_textpage().get_text_bounded())) for page in pdf]
    assert sum(found) == count
    assert 1 not in found


def test_pictures_stand_on_the_page_of_their_list(tmp_path: Path) -> None:
    questions = [f"1.{number}" for number in range(1, 21)]
    photos = {
        question: evidence_file(f"D/{question}.jpg", media=Media.IMAGE, photo=Photo(4, 3, "2023-05-17"), pages=1)
        for question in questions
    }
    value = case({question: [photo] for question, photo in photos.items()}, instrument=framework({"KL": (20,)}))
    small = archive_kit.picture()
    pictures = {photo.sha256: small for photo in photos.values()}
    part = Book(evidence_of(value), AS_OF, PROVENANCE, pictures=pictures).chapter(value.framework.blocks[0])
    typeset(part.html, tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
    with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
        *fills, _ = map(fill_of, pdf)
    assert len(texts) > 3
    assert min(fills) > 0.6  # the last questions, kept together, once left the page before them half empty
    for question in questions:
        (shown,) = [text for text in texts if f"KL/{question}-01 Gambar" in text]
        assert f"{question}.jpg" in shown, question


@pytest.mark.parametrize("count", range(14, 34))
def test_no_question_without_proof_has_the_last_page_for_itself(count: int, tmp_path: Path) -> None:
    """A page with a single line and its source looks forgotten."""
    value = case({}, instrument=framework({"KL": (count,)}))
    part = book_of(value).chapter(value.framework.blocks[0])
    typeset(part.html, tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
    with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
        found = [len(re.findall(r"Bukti –", page.get_textpage().get_text_bounded())) for page in pdf]
    assert sum(found) == count
    assert len(found) == 1 or found[-1] >= 3, found


@pytest.mark.parametrize("lines", range(0, 44, 4))
def test_a_question_with_a_document_or_two_stands_whole(lines: int, tmp_path: Path) -> None:
    """Who checks it sees claim and proof on one page; the last one used to leave its proof on a page of its own."""
    counts = {f"1.{number}": 1 + number % 2 for number in range(1, 13)}
    texts = pages_of_proofs(counts, lines, tmp_path)
    for question, count in counts.items():
        [page] = [text for text in texts if re.search(rf"^{question} ", text, re.MULTILINE)]
        assert len(re.findall(rf"KL/{question}-\d\d", page)) == count, question


@pytest.mark.parametrize("lines", range(0, 44, 4))
def test_no_document_is_parted_from_the_others_of_its_question(lines: int, tmp_path: Path) -> None:
    """A single row with its head, on the page before or behind the others, reads as if it were all."""
    counts = {f"1.{number}": count for number, count in enumerate((2, 3, 2, 5, 4, 3, 2, 6, 2, 3, 2, 4), 1)}
    texts = pages_of_proofs(counts, lines, tmp_path)
    parts = [Counter(re.findall(r"KL/(1\.\d+)-\d\d", text)) for text in texts]
    for question, count in counts.items():
        found = [part[question] for part in parts if part[question]]
        assert sum(found) == count
        assert min(found) >= 2, f"{question}: {found}"
        assert count > 3 or len(found) == 1, f"{question}: {found}"


def test_the_name_of_a_table_that_is_pointed_at_stays_on_one_line(tmp_path: Path) -> None:
    value = with_tables(births(city(), ("2.1", "1.2", "3.4")))
    chapters = [book_of(value).chapter(block).html for block in value.framework.blocks]
    html = next(chapter for chapter in chapters if 'lihat <a href="kla:isian' in chapter)
    lines = []
    for words in range(12, 20):
        moved = html.replace('lihat <a href="kla:isian', f'{"lihat " * words}<a href="kla:isian')
        typeset(moved, tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
        with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
            lines += [line for page in pdf for line in page.get_textpage().get_text_bounded().splitlines()]
    assert any(line.startswith("Tabel 3.2 ") for line in map(str.strip, lines)), "else this test shows nothing"
    assert not any(line.rstrip().endswith("lihat Tabel") for line in lines)


LONG = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan Keluarga Berencana"


def merged_city(paper: str = "A4") -> City:
    """A kabupaten whose office is called as merged ones are, with an address of several lines, and who signs."""
    lead = Agency("pppa", LONG, "DP3A", ("pppa",), is_confirmed=True)
    signers = tuple(
        Signatory(
            role, "Sekretaris Daerah selaku Ketua Gugus Tugas Kabupaten/Kota Layak Anak", f"Drs. {name}", "Pembina", "1"
        )
        for role, name in (
            ("kepala-daerah", "CONTOH"),
            ("sekda", "CONTOH KEDUA REKAAN DENGAN NAMA PANJANG, M.Si."),
            ("kepala-pppa", "CONTOH KETIGA"),
        )
    )
    address = "Kompleks Perkantoran Pemerintah Kabupaten, Jalan Raya Rekaan Nomor 1 Gedung B Lantai 3, Rekaan 00000"
    emblem = (
        "data:image/svg+xml;base64,"
        + b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').decode()
    )
    return city(
        name="Kabupaten Pegunungan Rekaan Selatan",
        agencies=(lead,),
        signatories=signers,
        paper=paper,
        contact=Contact(address, "(0500) 000000", "kantor@rekaan.invalid", "rekaan.invalid"),
        dress=Dress(emblem=emblem),
    )


def front_page(value: Case, mark: str) -> str:
    """One section of the front matter as a document: the others point at parts that are not here."""
    html = book_of(value).front({}).html
    (found,) = [each for each in re.findall(r"<section.*?</section>", html, re.DOTALL) if mark in each]
    return f"{html[: html.index('<section')]}{found}</body></html>"


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_what_is_signed_stands_on_the_page_of_the_signatures(paper: str, tmp_path: Path) -> None:
    html = front_page(case(shape={"KL": (1,)}, region=merged_city(paper)), "lembar-pengesahan")
    typeset(html, tmp_path / "depan.pdf", as_of=AS_OF, title="depan")
    with pypdfium2.PdfDocument(tmp_path / "depan.pdf") as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    (sheet,) = [text for text in texts if "Mengetahui" in text]
    assert "disusun oleh Gugus Tugas" in sheet
    assert "NIP" in sheet


def test_names_on_the_cover_stay_beside_the_emblem(tmp_path: Path) -> None:
    html = front_page(case(shape={"KL": (1,)}, region=merged_city()), 'class="sampul"')
    typeset(html, tmp_path / "depan.pdf", as_of=AS_OF, title="depan")
    with pypdfium2.PdfDocument(tmp_path / "depan.pdf") as pdf:
        page = pdf[0].get_textpage()
        lefts = {}
        for word in ("PEMERINTAH", "Pemberdayaan", "Berencana"):
            index, _ = page.search(word).get_next()
            left, *_ = page.get_charbox(index)
            lefts[word] = left
    assert min(lefts.values()) > 35 * MM + 27 * MM, lefts


def test_long_names_of_agencies_do_not_make_every_row_of_a_list_tall(tmp_path: Path) -> None:
    value = case({"1.1": [evidence_file("D/1.pdf")]}, shape={"KL": (1,)})
    rows = [
        Listed(Exhibit(f"KL/1.1-{n:02}", "Laporan Contoh", LONG, "0" * 64, Media.PDF, ("1.1",)), 1)
        for n in range(1, 21)
    ]
    part = book_of(value).annex(value.framework.blocks[0], rows, [])
    wide = typeset(part.html, tmp_path / "a.pdf", as_of=AS_OF, title="daftar").pages
    narrow = typeset(part.html.replace(" lapang", ""), tmp_path / "b.pdf", as_of=AS_OF, title="daftar").pages
    assert wide < narrow


def test_the_list_of_kecamatan_goes_over_the_page_with_three_rows_on_each_side(tmp_path: Path) -> None:
    facts = tuple(Fact(f"Angka {n}", "1", "anak", "2023", "Contoh") for n in range(24))
    districts = tuple(District(f"99.99.{n:02}", f"Wilayah {n}", ()) for n in range(1, 61))
    found = []
    for count in range(14, 24):
        place = city(districts=districts, facts=facts[:count])
        html = next(
            part.html for part in book_of(case(shape={"KL": (1,)}, region=place)).fixed() if part.key == "bab-2"
        )
        typeset(html, tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
        with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
            rows = [len(re.findall(r"99\.99\.\d\d", page.get_textpage().get_text_bounded())) for page in pdf]
        assert sum(rows) == len(districts)
        found += [each for each in rows if each]
    assert min(found) >= 3, found


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_a_picture_of_sixty_kecamatan_stands_on_one_page_with_its_caption_and_source(
    paper: str, tmp_path: Path
) -> None:
    share = TableColumn("persen", f"Anak yang tercatat {'dan terlayani ' * 9}menurut kecamatan", ColumnType.PERCENT)
    about = schema("wilayah", RowKind.DISTRICT, (share,), ("1.1",), title="Anak yang tercatat menurut kecamatan")
    rows = [row(f"w{n}", f"Wilayah {n:02}", 2023, {"persen": 50.0 + n / 2}) for n in range(MOST_ROWS)]
    value = with_tables(
        Invented(about, standing(about, rows)), instrument=framework({"KL": (1,)}), region=city(paper=paper)
    )
    part = book_of(value).chapter(value.framework.blocks[0])
    typeset(part.html, tmp_path / "bab.pdf", as_of=AS_OF, title="bab")
    with pypdfium2.PdfDocument(tmp_path / "bab.pdf") as pdf:
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    (shown,) = [text for text in texts if "Gambar 3.1" in text]
    assert all(f"Wilayah {n:02}" in shown for n in range(MOST_ROWS))
    assert "Sumber: Tabel 3.2" in shown
