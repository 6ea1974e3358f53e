"""Tables in PDFs are seen as tables, in whatever order and lines their cells were drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from flows.gather.inspect import Inspection
from flows.gather.pdf_rows import rows_on, whole_rows
from flows.model import ExposureKind
from tests.gather.pdf_kit import Piece, drawn, table
from tests.gather.scan_kit import NIK, look
from tests.privacy.figures import Figures
from tests.privacy.report import COUNTS, LISTS, LISTS_EIGHTH, LISTS_SIXTEENTH, TOLD_LISTS, every_document

PUPILS = (
    ("No", "Nama Siswa", "Kelas", "Sekolah", "Keterangan"),
    ("1", "Budi Rekaan", "IV", "SDN Contoh 1", ""),
    ("2", "Siti Andai", "V", "", "yatim"),
    ("3", "Rian Misal", "", "SDN Contoh 2", ""),
)
FROM_A_SPREADSHEET = (
    *((56, 760, "No"), (91, 760, "Nama Anak"), (217, 760, "Tempat/Tgl Lahir"), (370, 760, "Alamat")),
    *((56, 745, "1"), (91, 745, "Budi Rekaan"), (217, 745, "Contoh, 12-03-2015"), (370, 745, "Jl. Melati 3")),
    *((56, 730, "2"), (91, 730, "Siti Andai"), (217, 730, "Contoh, 01-11-2014"), (370, 730, "Jl. Mawar 12")),
    *((56, 715, "3"), (91, 715, "Rian Misal"), (217, 715, "Contoh, 22-07-2016"), (370, 715, "Gang Rekaan")),
)


def kinds(inspection: Inspection) -> set[ExposureKind]:
    return {exposure.kind for exposure in inspection.exposures}


@pytest.mark.parametrize("by_column", [False, True])
def test_a_table_is_a_list_however_it_was_drawn(tmp_path: Path, *, by_column: bool) -> None:
    """Drawn column by column, no name stands beside a class; and an empty cell moves nothing to the left."""
    found = look(tmp_path, "a.pdf", table(PUPILS, "Data siswa inklusi", by_column=by_column))
    [exposure] = found.exposures
    assert exposure.kind is ExposureKind.CHILD_LIST
    assert exposure.page == 1
    if by_column:
        assert exposure.count == 3


@pytest.mark.parametrize("turned", [90, 270])
def test_a_page_in_landscape_is_read_along_its_lines(tmp_path: Path, turned: int) -> None:
    """Such pages lie on their side in the file, and their columns would pass for rows."""
    path = tmp_path / "a.pdf"
    path.write_bytes(table(PUPILS, "Data siswa inklusi", by_column=True, turned=turned))
    with PdfDocument(path) as document:
        rows, _ = rows_on(document[0].get_textpage())
    assert [tuple(row) for row in rows] == [("Data siswa inklusi",), *PUPILS]


def test_a_sheet_printed_by_a_spreadsheet_is_no_single_line(tmp_path: Path) -> None:
    """Of some such pages the library gives all words in one line: neither list nor title could be told from it."""
    pages: dict[str, tuple[Piece, ...]] = {"all.pdf": FROM_A_SPREADSHEET, "rest.pdf": FROM_A_SPREADSHEET[4:]}
    for name, pieces in pages.items():
        found = look(tmp_path, name, drawn(pieces))
        assert ExposureKind.CHILD_LIST in kinds(found)
        assert "Siti" not in found.recognised.title


@pytest.mark.parametrize("by_column", [False, True])
@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("Pendaftar rekaan", ("No", "Calon Istri", "Umur Istri", "Alamat")),
        ("Mempelai", ("No", "Mempelai Wanita", "Umur", "Alamat")),
        ("Register rekaan", ("No", "Anak", "Umur", "Alamat")),
        ("Register rekaan", ("No", "Klien", "Umur", "L/P")),
    ],
)
def test_pages_are_seen_as_tables_by_the_words_that_lists_are_told_by(
    tmp_path: Path, title: str, heads: tuple[str, ...], *, by_column: bool
) -> None:
    """What is asked before cells are put together is what is asked before a list is read: couples, clients too."""
    rows = (heads, ("1", "Siti Rekaan", "16", "P"), ("2", "Wulan Andai", "15", "P"))
    found = look(tmp_path, "a.pdf", table(rows, title, by_column=by_column))
    assert [(each.kind, each.count) for each in found.exposures] == [(ExposureKind.CHILD_LIST, 2)]


def test_cells_of_several_lines_are_put_together(tmp_path: Path) -> None:
    """Narrow columns of a document break names, days and numbers of persons; each line of them says nothing."""
    lines = (
        ("No", "Nama", "Tanggal", "NIK", "Pendidika"),
        ("", "Lengkap", "Lahir", "", "n"),
        ("1", "SITI", "12-05-", NIK[:6], "BELUM"),
        ("", "REKAAN", "2013", NIK[6:12], "TAMAT"),
        ("", "", "", NIK[12:], "SD"),
        ("2", "BUDI", "15-07-", "-", "BELUM"),
        ("", "UMPAMA", "2018", "", "SEKOLAH"),
    )
    starts = (56, 90, 150, 210, 270)
    pieces = [
        (left, 760 - 13 * number, text)
        for number, line in enumerate(lines)
        for left, text in zip(starts, line, strict=True)
        if text
    ]
    found = look(tmp_path, "a.pdf", drawn(pieces))
    assert {(each.kind, each.count, each.page) for each in found.exposures} == {
        (ExposureKind.CHILD_LIST, 2, 1),
        (ExposureKind.RESIDENT_NUMBER, 1, 1),
    }


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_cells_whose_words_stand_at_the_bottom_or_in_the_middle_are_put_together(tmp_path: Path, place: float) -> None:
    """Of what is drawn cell by cell each cell is known, wherever in its row the lines of others begin."""
    table = (
        ("No", "Nama/Penerima", "Tempat dan/Tanggal/Lahir", "Sekolah/Asal"),
        ("1", "Siti/Rekaan", "Contoh, 12/Maret/2014", "SDN/Umpama 1"),
        ("2", "Budi/Andai", "Contoh, 13/Maret/2013", "SDN/Umpama 2"),
    )
    pieces = []
    for number, row in enumerate(table):
        for left, cell in zip((56, 90, 170, 260), row, strict=True):
            lines = cell.split("/")
            first = 760 - 48 * number - 12 * place * (3 - len(lines))
            pieces += [(left, first - 12 * at, line) for at, line in enumerate(lines)]
    found = look(tmp_path, "a.pdf", drawn([(56, 800, "Penerima bantuan rekaan"), *pieces]))
    assert kinds(found) == {ExposureKind.CHILD_LIST}
    with PdfDocument(tmp_path / "a.pdf") as document:
        _, whole = rows_on(document[0].get_textpage())
    assert whole[1:] == [[cell.replace("/", " ") for cell in row] for row in table]


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ([["1", "Siti", "12"], ["2", "Budi", "13"]], []),
        ([["1", "Siti", "12-"], ["", "Rekaan", "05"]], [["1", "Siti Rekaan", "12-05"]]),
        ([["Nam", "Lahi"], ["", "r"]], [["Nam", "Lahir"]]),
        ([["Judul"], ["", "x"], ["1", "a"], ["", "B"], ["", "9"]], [["Judul"], ["", "x"], ["1", "a B 9"]]),
    ],
)
def test_rows_go_on_where_their_first_cell_is_empty(rows: list[list[str]], whole: list[list[str]]) -> None:
    """Nothing is lost, and titles and rows of other widths stay what they are."""
    assert whole_rows(rows) == whole


def test_cells_that_are_cut_off_by_the_next_one_stay_apart(tmp_path: Path) -> None:
    """Columns of a printed sheet are often too narrow: half a letter reaches into the next cell, days become ###."""
    pieces = (
        *((56, 760, "No"), (91, 760, "Nama Balit"), (141, 760, "Tgl Lahir"), (190, 760, "Alamat")),
        *((56, 745, "1"), (91, 745, "Budi Reka"), (160, 745, "###"), (190, 745, "Jl. Melati 3")),
        *((56, 730, "2"), (91, 730, "Siti Andai R"), (160, 730, "###"), (190, 730, "Jl. Mawar 12")),
    )
    found = look(tmp_path, "a.pdf", drawn(pieces))
    assert [(each.kind, each.count) for each in found.exposures] == [(ExposureKind.CHILD_LIST, 2)]
    with PdfDocument(tmp_path / "a.pdf") as document:
        (heads, first, _), _ = rows_on(document[0].get_textpage())
    assert heads == ["No", "Nama Balit", "Tgl Lahir", "Alamat"]
    assert first == ["1", "Budi Reka", "###", "Jl. Melati 3"]


def test_columns_of_prose_and_lists_of_officials_are_no_lists_of_children(tmp_path: Path) -> None:
    """What stands beside each other is not a table of children for that."""
    officials = (
        ("No", "Nama", "Jabatan", "Instansi"),
        ("1", "Budi Rekaan, S.Sos", "Kepala Bidang", "Dinas Sosial"),
        ("2", "Siti Andai, S.Pd", "Guru", "SDN Contoh 1"),
    )
    prose = tuple(
        (f"Kegiatan ke-{number} berjalan baik", f"dan dihadiri {number}0 peserta dewasa") for number in range(1, 12)
    )
    for name, rows in (("a.pdf", officials), ("b.pdf", prose)):
        for by_column in (False, True):
            assert kinds(look(tmp_path, name, table(rows, "Daftar hadir rapat", by_column=by_column))) == set()


_OLDER = tuple(name for name in TOLD_LISTS if name not in (*LISTS_EIGHTH, *LISTS_SIXTEENTH) and "held" not in name)
"""Without sets for which no rule was made."""


@pytest.mark.parametrize(
    ("sets", "kind", "least"),
    [((*LISTS, *_OLDER), ExposureKind.CHILD_LIST, 0.97), (tuple(COUNTS), ExposureKind.SMALL_COUNT, 0.97)],
)
@pytest.mark.parametrize("by_column", [False, True])
def test_the_labelled_tables_are_told_as_pages_of_a_pdf(
    tmp_path: Path, sets: tuple[str, ...], kind: ExposureKind, least: float, *, by_column: bool
) -> None:
    """Every table of the labelled sets as a PDF; as lines of text a tenth of them was missed."""
    right = wrong = missed = 0
    for document in (each for name in sets for each in every_document(name) if each.as_rows):
        found = kind in kinds(look(tmp_path, "a.pdf", table(document.rows, document.title, by_column=by_column)))
        right += found and document.is_list
        wrong += found and not document.is_list
        missed += document.is_list and not found
    figures = Figures(right, wrong, missed)
    assert figures.recall >= least, figures
    assert figures.precision >= least, figures
