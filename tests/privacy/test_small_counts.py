"""Tables that count few children in difficulty are found in what leaves the secretariat, other tables are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.privacy import small_counts_in_lines, small_counts_in_rows
from flows.privacy.count_lines import count_in
from tests.privacy.report import COUNTS, count_figures, every_document

_RECAP = [
    ("Rekap kasus kekerasan terhadap anak", "", "", ""),
    ("No", "Kelurahan", "L", "P"),
    ("1", "Rekaan Utara", "6", "0"),
    ("2", "Umpama Jaya", "5", "3"),
]


@pytest.mark.parametrize(("name", "least"), COUNTS.items())
def test_labelled_sets_are_large_and_found_with_few_errors(name: str, least: int) -> None:
    """More than half of each are tables of helpers, places, money and contents that must not be taken for such."""
    every = every_document(name)
    figures = count_figures(name)

    assert len(every) >= least
    assert 0.3 < sum(document.is_list for document in every) / len(every) < 0.6
    assert figures.precision >= 0.95, figures
    assert figures.recall >= 0.85, figures


def test_it_tells_how_many_below_which_heading_and_in_which_cell() -> None:
    found = small_counts_in_rows(_RECAP)

    assert found is not None
    assert (found.count, found.row, found.column, found.clue) == (1, 3, 3, "Rekap kasus kekerasan terhadap anak, P")


@pytest.mark.parametrize(
    "count", ["0", "5", "12", "<5", "•", "", "-", "1.204", "2,5", "2023", "0812", "12 (dua belas)"]
)
def test_nobody_and_five_and_more_are_no_small_counts(count: str) -> None:
    assert small_counts_in_rows([*_RECAP[:3], ("2", "Umpama Jaya", "5", count)]) is None


@pytest.mark.parametrize(
    "count", ["1", "2", "3", "4", "3 kasus", "1 anak", "2 org", "02", "2,0", "2 (dua)", "satu kasus"]
)
def test_one_to_four_are(count: str) -> None:
    assert small_counts_in_rows([*_RECAP[:3], ("2", "Umpama Jaya", "5", count)]) is not None


@given(st.lists(st.lists(st.text(max_size=12) | st.integers(0, 9).map(str), max_size=5), max_size=8))
def test_any_table_has_an_answer(rows: list[list[str]]) -> None:
    """Whatever an office hands in; and what is found is a cell of it."""
    rows = [["kasus kekerasan anak"], *rows]
    found = small_counts_in_rows(rows)
    if found:
        assert count_in(rows[found.row][found.column]) in range(1, 5)
    small_counts_in_lines("\n".join(" ".join(row) for row in rows))


def test_what_gives_it_away_is_the_line_that_speaks_of_such_children() -> None:
    """Whoever looks for the place finds that line, and not the name of a district between the rows."""
    recap = "Rekap kasus kekerasan terhadap anak 2023\nKecamatan Rekaan\nKelurahan Jumlah\nUmpama 2\nKhayal 7"
    item = "Laporan\nKelurahan Rekaan: 2 kasus kekerasan terhadap anak"
    for text, clue in (
        (recap, "Rekap kasus kekerasan terhadap anak 2023"),
        (item, "Kelurahan Rekaan kasus kekerasan terhadap anak"),
    ):
        found = small_counts_in_lines(text)
        assert found is not None
        assert found.clue == clue


_HEAD = "Rekap kasus kekerasan anak 2023\nKelurahan\nJumlah\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # Every cell a line of its own, as some programs hand out the tables of a PDF.
        (f"{_HEAD}Rekaan\n2\nUmpama\n7", 1),
        (f"{_HEAD}Rekaan\n2\n5\nUmpama\n7\n1", 2),
        (f"No\n{_HEAD}1\nRekaan\n12\n2\nUmpama\n3", 1),
        (f"No\n{_HEAD}1.\nRekaan\n\n12\n\n2.\nUmpama\n\n3\n", 1),
        # Lists and single lines.
        ("Kelurahan Rekaan: 2 kasus kekerasan", 1),
        (
            "Uraian kegiatan.\n- Kelurahan Rekaan : 2 kasus kekerasan anak;\n- Kelurahan Umpama : 9 kasus KDRT.",
            1,
        ),
        ("Kasus kekerasan terhadap anak:\nKecamatan Rekaan - 3 kasus", 1),
        ("REKAP KTA 2023\nKelurahan Jumlah\nRekaan 2\nUmpama 8", 1),
        ("Data IMS remaja\nPuskesmas L P\nRekaan 2 8\nUmpama 3 9", 2),
    ],
)
def test_few_cases_are_told_however_the_lines_of_a_page_fall(text: str, count: int) -> None:
    found = small_counts_in_lines(text)
    assert found is not None
    assert found.count == count


@pytest.mark.parametrize(
    "text",
    [
        # The numbers of rows and pages are no figures.
        f"No\n{_HEAD}1\nRekaan\n12\n2\nUmpama\n7\n3\nKhayal\n9",
        f"No\n{_HEAD}1\nRekaan\n2\nUmpama\n3\nKhayal",
        "Sosialisasi pencegahan kekerasan terhadap anak diikuti 40 orang.\n2\nBab II\n3\n",
        "Susunan acara pencegahan kekerasan\nPembukaan\n1\nMateri\n2\nPenutup\n3",
        "Kelurahan Rekaan: 2 anak berprestasi",
        "Pencegahan kekerasan anak\nKelurahan Rekaan: 3 kegiatan",
        "Kelurahan Rekaan: 2 orang kader perlindungan anak dari kekerasan",
        "Akta kelahiran\nKelurahan Jumlah akta\nRekaan 2\nUmpama 3",
    ],
)
def test_what_only_looks_so_on_a_page_counts_nobody(text: str) -> None:
    assert small_counts_in_lines(text) is None


@pytest.mark.parametrize("ages", ["0-4", "15–17", "< 5", "5 s/d 9"])
def test_rows_of_ages_are_rows(ages: str) -> None:
    """Health offices count by groups of ages, which are figures and no words."""
    found = small_counts_in_rows([["Kelompok umur", "Laki-laki", "Perempuan"], [ages, "7", "2"]], "Kasus HIV anak")

    assert found is not None
    assert (found.count, found.row, found.column) == (1, 1, 2)


_BY_SEX = [["No", "Kelurahan", "L", "P", "Jumlah"], ["1", "Rekaan", "2", "0", "2"], ["2", "Umpama", "7", "3", "10"]]


def test_a_table_by_sex_that_says_not_of_whom_is_found_and_said_to_be_so() -> None:
    """Which question it proves may tell whom it counts; numbers of rows and sums are no counts of a sex."""
    found = small_counts_in_rows(_BY_SEX, "Rekap 2023")
    assert found
    assert (found.count, found.row, found.column, found.says_of_whom) == (2, 1, 2, False)
    in_lines = small_counts_in_lines("Rekap 2023\n" + "\n".join(" ".join(row[1:]) for row in _BY_SEX))
    assert in_lines
    assert not in_lines.says_of_whom


@pytest.mark.parametrize("title", ["Peserta sosialisasi 2023", "Jumlah pegawai menurut golongan", "Penduduk dewasa"])
def test_who_is_no_child_in_difficulty_may_be_counted_by_sex(title: str) -> None:
    assert small_counts_in_rows(_BY_SEX, title) is None


def test_counts_without_a_sex_are_left_alone() -> None:
    assert small_counts_in_rows([["Kelurahan", "Taman", "Ayunan"], ["Rekaan", "2", "3"]], "Rekap 2023") is None
