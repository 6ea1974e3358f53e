"""Tables drawn onto pages: all of them is there, nothing lies on anything else, and what does not fit goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pikepdf
import pypdfium2
import pytest

from flows.forms.grid import make_grid
from flows.forms.grid_hidden import Shape
from flows.forms.raw import RawValue
from flows.render.annex.paper import Paper
from flows.render.annex.table_fit import fit_of
from flows.render.annex.table_pages import write_table
from flows.render.annex.table_view import view_of
from flows.render.annex.typeface import Typeface, printable
from flows.render.binding.pdfa import of_fonts
from flows.render.binding.pdfa.rules import Book
from flows.render.values import STRIP_HEIGHT, Prepared

Merged = Sequence[tuple[int, int, int, int]]


def printed(folder: Path, rows: Sequence[Sequence[RawValue]], merged: Merged = (), *, name: str = "A") -> Prepared:
    view = view_of(make_grid(name, rows, merged=list(merged)), Shape())
    assert view is not None
    paper = Paper((595.28, 841.89))
    write_table(paper, view, fit_of(view, paper))
    return paper.save(folder / "halaman.pdf")


def words_of(path: Path) -> list[list[str]]:
    """Words of each page."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().split() for page in pdf]


def overlapping(path: Path) -> list[tuple[int, str]]:
    """Letters that lie on others, or outside the margins, by page."""
    found: list[tuple[int, str]] = []
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf):
            text, (width, height) = page.get_textpage(), page.get_size()
            boxes = [(text.get_charbox(place), text.get_text_range(place, 1)) for place in range(text.count_chars())]
            middles = Counter(
                (round((left + right) / 2), round((low + high) / 2))
                for (left, low, right, high), letter in boxes
                if letter.strip()
            )
            found += [(number, f"{place}") for place, count in middles.items() if count > 1]
            found += [
                (number, letter)
                for (left, low, right, high), letter in boxes
                if letter.strip()
                and not (30 < left < right < width - 30 and STRIP_HEIGHT + 25 < low < high < height - 30)
            ]
    return found


def test_every_cell_of_a_long_table_is_printed_once_and_names_of_groups_on_every_page(tmp_path: Path) -> None:
    """Groups over many rows, some longer than a page, lines within cells, heads on every page."""
    rows: list[list[RawValue]] = [["Wilayah", "Desa", "Catatan\nlapangan", "Jumlah"]]
    merged = []
    for group, size in enumerate((3, 90, 1, 40)):
        merged += [(len(rows), 0, len(rows) + size - 1, 0)] if size > 1 else []
        for place in range(size):
            note = f"baris{group}x{place}a\nbaris{group}x{place}b" if place % 3 == 0 else None
            rows.append([f"wilayah{group}" if not place else None, f"desa{group}x{place}", note, 1000.0 + place])
    made = printed(tmp_path, rows, merged)
    pages = words_of(made.path)
    counted = Counter(word for page in pages for word in page)
    assert made.pages > 2
    assert [page.count("Wilayah") for page in pages] == [1] * made.pages
    for word in (str(cell) for row in rows[1:] for cell in row[1:3] if cell is not None):
        assert [counted[part] for part in word.split("\n")] == [1] * len(word.split("\n"))
    for page in pages:
        groups = {word[len("desa") : word.index("x")] for word in page if word.startswith("desa")}
        assert sorted(word for word in page if word.startswith("wilayah")) == sorted(f"wilayah{n}" for n in groups)
    assert overlapping(made.path) == []


@pytest.mark.parametrize("is_merged", [False, True], ids=["one row", "over three rows"])
def test_a_row_higher_than_a_page_goes_on(tmp_path: Path, is_merged: bool) -> None:  # noqa: FBT001
    words = [f"k{number}" for number in range(140)]
    rows: list[list[RawValue]] = [["Kepala", "Isi"], [1.0, "\n".join(words)], [2.0, None], [3.0, None], [4.0, "akhir"]]
    made = printed(tmp_path, rows, [(1, 1, 3, 1)] if is_merged else [])
    pages = words_of(made.path)
    assert made.pages >= 2
    assert [word for page in pages for word in page if word in {*words, "akhir"}] == [*words, "akhir"]
    assert all("Kepala" in page for page in pages)
    assert overlapping(made.path) == []


def test_a_tall_row_begins_on_the_page_of_the_rows_before_it(tmp_path: Path) -> None:
    """Kept together it would leave most of that page empty, as if the table ended there."""
    stories = [" ".join(f"k{column}-{number}" for number in range(480)) for column in range(6)]
    rows: list[list[RawValue]] = [["No", *(f"Uraian {n}" for n in range(6))]]
    short: list[RawValue] = ["Biasa"] * 6
    rows += [*([n, *short] for n in range(1, 6)), [6, *stories], *([n, *short] for n in range(7, 12))]
    pages = words_of(printed(tmp_path, rows).path)
    assert "k0-0" in pages[0]
    assert len(pages) > 1
    assert sorted(word for page in pages for word in page if word[0] == "k") == sorted(" ".join(stories).split())
    assert not overlapping(tmp_path / "halaman.pdf")


def test_the_longest_text_has_the_broadest_column(tmp_path: Path) -> None:
    """A page of text in a column as wide as its heading would be a strip of single words."""
    rows: list[list[RawValue]] = [["No", "Uraian", "Jumlah"], ["1", "Uraian panjang " * 100, 9]]
    view = view_of(make_grid("A", rows, merged=[]), Shape())
    assert view is not None
    _, text, number = fit_of(view, Paper((595.28, 841.89))).widths
    assert text > 4 * number


def test_a_heading_higher_than_half_a_page_is_not_repeated(tmp_path: Path) -> None:
    head = "\n".join(f"h{number}" for number in range(60))
    rows: list[list[RawValue]] = [["No", head]]
    rows += [[float(number), f"isi{number}"] for number in range(150)]
    pages = words_of(printed(tmp_path, rows).path)
    assert sum(page.count("h0") for page in pages) == 1
    assert [word for page in pages for word in page if word.startswith("isi")] == [f"isi{n}" for n in range(150)]


def test_columns_that_cannot_all_have_their_words_whole_keep_those_below_the_heading(tmp_path: Path) -> None:
    """Thirty long headings: villages and figures stay in one piece."""
    rows: list[list[RawValue]] = [["Kecamatan", *(f"REKAPITULASI PENDIDIKAN-{n}" for n in range(29))]]
    rows += [[f"TANJUNGREJO{row}", *(float(1000 * row + n) for n in range(29))] for row in range(9)]
    made = printed(tmp_path, rows)
    with pypdfium2.PdfDocument(made.path) as pdf:
        lines = pdf[0].get_textpage().get_text_range().splitlines()
    assert [line.split()[0] for line in lines if line.startswith("TANJUNG")] == [f"TANJUNGREJO{n}" for n in range(9)]
    assert any(re.fullmatch(r"TANJUNGREJO8( 8\.0\d\d){29}", line.strip()) for line in lines)
    assert overlapping(made.path) == []


def test_lines_end_between_words_and_only_then_within_them() -> None:
    face = Typeface()
    text = "Tahun 2023-2024 KK/Kawin " + "x" * 50
    for ems in (2.0, 6.0, 9.0, 20.0):
        lines = [*face.wrap(text, ems)]
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert max(map(face.width, lines)) <= ems
    assert [*face.wrap("Tahun 2023-2024 KK/Kawin", 6.0)] == ["Tahun", "2023-2024", "KK/Kawin"]
    assert [*face.wrap("KK/Kawin", 3.0)] == ["KK/", "Kawin"]
    assert [*face.wrap("  lekuk\n\nakhir ", 99)] == ["  lekuk", "", "akhir "]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("✓ √ ≥ ☐ Ω Ж ŵ", "√ √ ≥ □ Ω Ж ŵ"),
        ("e\u0301 \u00adlunak\u200b", "é lunak"),
        ("\u202eterbalik", "[U+202E]terbalik"),
        ("中文 中 😀", "[aksara Tionghoa] [emoji]"),
        ("ꦗꦮ dan ᬩᬮᬶ", "[aksara Jawa] dan [aksara Bali]"),
        ("مُحَمَّد", "محمد"),
        ("\ue001", "[U+E001]"),
        ("a\r\nb\tc", "a\nb c"),
        ("997101\u200b0101010001", "9971••••••••0001"),
    ],
)
def test_foreign_text_is_shown_as_far_as_the_font_goes(text: str, shown: str) -> None:
    """Ticks and signs of comparison are what tables of offices are full of."""
    assert printable(text) == shown


def test_what_is_drawn_can_be_read_back_and_archived(tmp_path: Path) -> None:
    """Letters far from the Latin ones, embedded by number; nothing that PDF/A refuses."""
    rows: list[list[RawValue]] = [["Tanda", "Arti"], ["√ ≥ Ω Ж", "“Kota – Contoh” ½ ₂"]]
    made = printed(tmp_path, rows, name="Lembar & <tanda>")
    assert " ".join(words_of(made.path)[0]) == "Lembar Lembar & <tanda> Tanda Arti √ ≥ Ω Ж “Kota – Contoh” ½ ₂"
    with pikepdf.open(made.path) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
        assert {str(font.Subtype) for font in fonts} == {"/Type0", "/CIDFontType2"}
        assert not [breach for rule in of_fonts.RULES for breach in rule.breaches(Book(made.path, pdf))]
    assert len(made.path.read_bytes()) < 25_000
    assert [mark.title for mark in made.bookmarks] == ["Lembar Lembar & <tanda>"]


def test_a_large_workbook_is_drawn_in_a_moment(tmp_path: Path) -> None:
    """Eight sheets of 200 rows and 30 columns once took 40 seconds; a tenth of that would be too long."""
    rows: list[list[RawValue]] = [[f"Kolom {n}" for n in range(30)]]
    rows += [[float(n * row) for n in range(30)] for row in range(199)]
    started = process_time()
    printed(tmp_path, rows)
    assert process_time() - started < 4.0
