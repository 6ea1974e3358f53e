"""Numerals, dates and names as Indonesian offices write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import page_wording, wording
from flows.model import Condition, Media, Outcome, Severity
from tests.builders.values import city


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1218142, "1.218.142"),
        (87.5, "87,5"),
        (0, "0"),
        (-0.001, "0"),
        (12.0, "12"),
        (0.25, "0,25"),
        (98.765, "98,77"),
        (0.125, "0,13"),
        (-3.5, "-3,5"),
    ],
)
def test_numbers_have_indonesian_separators(value: float, text: str) -> None:
    assert wording.number(value) == text


def test_a_number_can_be_rounded_to_whole() -> None:
    assert wording.number(1234.5, 0) == "1.235"


def test_points_that_nobody_claimed_are_a_dash_and_not_zero() -> None:
    assert (wording.points(None), wording.points(0.0)) == ("–", "0")


def test_per_cent_does_not_break_from_its_number() -> None:
    assert wording.percent(0.875) == "87,5%"
    assert wording.percent(1) == "100%"


@pytest.mark.parametrize(("day", "text"), [(date(2025, 3, 31), "31 Maret 2025"), (date(2024, 8, 1), "1 Agustus 2024")])
def test_dates_are_written_out(day: date, text: str) -> None:
    assert wording.long_date(day) == text
    assert wording.month_and_year(day) == text.partition(" ")[2]


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (512, "512 B"), (1_200, "1,2 kB"), (5_400_000, "5,4 MB"), (2_000_000_000, "2 GB")]
)
def test_file_sizes(size: int, text: str) -> None:
    assert wording.file_size(size).replace("\u00a0", " ") == text


@pytest.mark.parametrize(("value", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (10, "X"), (49, "XLIX"), (2024, "MMXXIV")])
def test_roman_numerals(value: int, text: str) -> None:
    assert wording.roman(value) == text


@given(st.integers(1, 3999))
def test_roman_numerals_keep_their_order_of_magnitude(value: int) -> None:
    amounts = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [amounts[letter] for letter in wording.roman(value)]
    signed = [-one if one < following else one for one, following in zip(digits, [*digits[1:], 0], strict=True)]
    assert sum(signed) == value


def test_roman_numerals_have_no_zero() -> None:
    with pytest.raises(ValueError, match="0"):
        wording.roman(0)


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["2022", "2023"], "2022 dan 2023"), (["a", "b", "c"], "a, b, dan c")]
)
def test_listing(words: list[str], text: str) -> None:
    assert wording.listing(words) == text


def test_every_member_of_every_enumeration_has_a_label() -> None:
    assert all(wording.outcome_label(each) for each in Outcome)
    assert all(wording.severity_label(each) for each in Severity)
    assert all(wording.condition_label(each) for each in Condition)
    assert all(wording.media_label(each) for each in Media)


@pytest.mark.parametrize(
    ("name", "kind", "head", "village", "proper"),
    [
        ("Kota Contoh", "Kota", "Wali Kota", "Kelurahan", "Contoh"),
        ("Kabupaten Contoh Raya", "Kabupaten", "Bupati", "Desa/Kelurahan", "Contoh Raya"),
    ],
)
def test_a_region_is_called_by_its_kind(name: str, kind: str, head: str, village: str, proper: str) -> None:
    region = city(name=name)
    assert wording.region_word(region) == kind
    assert wording.head_of_region(region) == head
    assert wording.village_word(region) == village
    assert wording.region_name(region) == proper


def test_a_name_without_its_kind_is_left_whole() -> None:
    assert wording.region_name(city(name="Contoh Raya")) == "Contoh Raya"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "PERATURAN WALI KOTA CONTOH TENTANG HAK DAN PERLINDUNGAN",
            "Peraturan Wali Kota Contoh tentang Hak dan Perlindungan",
        ),
        ("KUTIPAN APBD DAN RAD KLA TAHUN 2022-2023", "Kutipan APBD dan RAD KLA Tahun 2022-2023"),
        ("SK GUGUS TUGAS PAUD-HI KLASTER III", "SK Gugus Tugas PAUD-HI Klaster III"),
        ("SOSIALISASI ANTI-NARKOBA", "Sosialisasi Anti-Narkoba"),
        ("Laporan APBD yang sudah ditulis biasa", "Laporan APBD yang sudah ditulis biasa"),
        ("2023", "2023"),
        ("", ""),
    ],
)
def test_titles_in_capitals_become_readable_and_keep_abbreviations(title: str, expected: str) -> None:
    assert wording.calm_title(title, ["APBD", "RAD", "KLA", "SK", "PAUD-HI"]) == expected


def test_a_part_is_named_once() -> None:
    assert page_wording.part_named("Ringkasan") == "Bagian Ringkasan"
    assert page_wording.part_named("Bagian depan") == "Bagian depan"


def test_a_quotation_is_cut_with_a_mark_and_short_ones_stay() -> None:
    assert wording.quoted("x" * 120) == "x" * 120
    assert wording.quoted("x" * 121) == "x" * 119 + "…"
    assert wording.quoted("kata kata", 6) == "kata…"


def test_cells_of_tables_are_named_by_column_part_row_and_year() -> None:
    assert wording.column("Anak", "LP") == "Anak (L+P)"
    assert wording.column("Anak", "") == "Anak"
    assert wording.table_row("Contoh Utara", 2023) == "Contoh Utara tahun 2023"
    assert wording.table_row("Contoh Utara", None) == "Contoh Utara"
    assert wording.table_row("", None, 12) == "baris 12"
    assert wording.table_row("", None) == "–"
    assert [wording.cell_value(each) for each in (1250.5, "ya", None)] == ["1.250,5", "ya", "–"]
    assert wording.in_points(2.5) == "2,5 poin"
