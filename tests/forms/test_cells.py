"""Cells are understood as Indonesian offices write them, and what is not quite a value is left to people."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from flows.forms.cells import Reading, read_cell
from flows.forms.dates import parse_date
from flows.forms.numerals import parse_number
from flows.forms.raw import RawCell, RawValue
from flows.model import CellState, ColumnType
from flows.settings import validations_root

COUNT, NUMBER, PERCENT, MONEY = ColumnType.COUNT, ColumnType.NUMBER, ColumnType.PERCENT, ColumnType.MONEY
NUMERIC = (COUNT, NUMBER, PERCENT, MONEY)


def read(value: RawValue, kind: ColumnType, *options: str) -> Reading:
    return read_cell(RawCell(value, "D7"), kind, options)


@pytest.mark.parametrize(
    ("text", "kind", "number", "remark"),
    [
        ("1234", COUNT, 1234, ""),
        ("1.234", COUNT, 1234, ""),
        ("1.234.567", NUMBER, 1234567, ""),
        ("1.234,5", NUMBER, 1234.5, ""),
        ("12,5", NUMBER, 12.5, ""),
        ("1,234", NUMBER, 1.234, ""),
        ("1 234", COUNT, 1234, ""),
        ("1\u00a0234\u202f567", COUNT, 1234567, ""),
        ("  '12 ", COUNT, 12, ""),
        ("\u200b12\ufeff", COUNT, 12, ""),
        ("-5", COUNT, -5, ""),
        ("−5", COUNT, -5, ""),
        ("+5", COUNT, 5, ""),
        ("007", COUNT, 7, ""),
        ("Nihil", COUNT, 0, ""),
        ("0,125", COUNT, 0.125, ""),
        ("1,234", COUNT, 1234, "foreign-thousands"),
        ("1,234", MONEY, 1234, "foreign-thousands"),
        ("1,234,567", NUMBER, 1234567, "foreign-thousands"),
        ("1,234,567.89", NUMBER, 1234567.89, "foreign-thousands"),
        ("98.5", NUMBER, 98.5, "foreign-decimal"),
        ("1234.567", NUMBER, 1234.567, "foreign-decimal"),
        ("0.985", NUMBER, 0.985, "foreign-decimal"),
        ("12 orang", COUNT, 12, "unit-dropped"),
        ("3 poin", NUMBER, 3, "unit-dropped"),
        ("1.234 jiwa", COUNT, 1234, "unit-dropped"),
        ("3 laki-laki", COUNT, 3, "unit-dropped"),
        ("2 satuan pendidikan", COUNT, 2, "unit-dropped"),
        ("Rp1.250.000,00", MONEY, 1_250_000, ""),
        ("Rp. 1.250.000,-", MONEY, 1_250_000, ""),
        ("IDR 1,250,000.00", MONEY, 1_250_000, "foreign-thousands"),
        ("1.250.000 rupiah", MONEY, 1_250_000, ""),
        ("98,5%", PERCENT, 98.5, ""),
        ("98 %", PERCENT, 98, ""),
        ("98 persen", PERCENT, 98, ""),
        ("98.125", PERCENT, 98.125, "foreign-decimal"),
        ("112,3", PERCENT, 112.3, ""),
    ],
)
def test_numerals_are_read_as_they_are_meant(text: str, kind: ColumnType, number: float, remark: str) -> None:
    assert read(text, kind) == Reading(CellState.VALUE, number, "", remark)


@pytest.mark.parametrize(
    "text",
    [
        *("Rp 5 juta", "5 ribu", "1,2 M", "+-100", "±100", "± 100", "sekitar 100", "100-an", "100an", "> 100", "100+"),
        *("5-10", "1/2", "12 dari 15", "1e5", "1e400", "inf", "nan", "1.23.456", "1.234,567.89", "1,23,456", "12,3,4"),
        *("12 %", "Rp 12", "12.", ",5", "0x10", "banyak", "?", "ya", "12*", "2 + 3", "=A1", "１２", "10²", "9" * 400),
    ],
)
def test_what_is_no_number_or_not_quite_one_is_not_guessed(text: str) -> None:
    assert read(text, COUNT) == Reading(CellState.UNREADABLE, text=text)


@pytest.mark.parametrize("text", ["Rp 5 juta", "Rp", "1.250.000 USD", "5 jt"])
def test_money_in_millions_is_not_guessed(text: str) -> None:
    assert read(text, MONEY).state is CellState.UNREADABLE


@pytest.mark.parametrize(
    "text", ["-", "–", "--", "…", "n/a", "N/A", "NA", "n.a.", "Tidak ada data", "belum ada  data", "td"]
)
@pytest.mark.parametrize("kind", list(ColumnType))
def test_there_is_none_is_said_in_many_ways(text: str, kind: ColumnType) -> None:
    assert read(text, kind).state is CellState.NOT_AVAILABLE


def test_there_is_not_any_leaves_a_number_open_and_answers_a_question() -> None:
    assert read("tidak ada", COUNT).state is CellState.NOT_AVAILABLE
    assert read("tidak ada", ColumnType.YES_NO) == Reading(CellState.VALUE, text="tidak")
    assert read("tidak ada", ColumnType.TEXT) == Reading(CellState.VALUE, text="tidak ada")


@pytest.mark.parametrize(
    ("value", "number", "remark"),
    [
        (0.985, 98.5, "fraction"),
        (0.07, 7, "fraction"),
        (1.0, 100, "fraction"),
        (0.0, 0, ""),
        (1.5, 1.5, ""),
        (98.0, 98, ""),
        ("0,985", 98.5, "fraction"),
        ("0.985", 98.5, "fraction"),
        ("1", 100, "fraction"),
        ("1 %", 1, ""),
        ("0,5%", 0.5, ""),
        ("0", 0, ""),
        (-0.5, -0.5, ""),
    ],
)
def test_a_share_becomes_a_percentage_unless_it_says_percent(value: RawValue, number: float, remark: str) -> None:
    assert read(value, PERCENT) == Reading(CellState.VALUE, number, "", remark)


def test_numbers_stay_as_they_are_and_are_judged_later() -> None:
    for value in (-3.0, 0.5, 1e12):
        assert read(value, COUNT) == Reading(CellState.VALUE, value)


@pytest.mark.parametrize("kind", NUMERIC)
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 4, 5, tzinfo=UTC), "2025-03-01T04:05:00+00:00"),
        (time(3, 4), "03:04:00"),
        (timedelta(hours=36), "1 day, 12:00:00"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_dates_truth_values_and_infinities_are_no_numbers(value: RawValue, kind: ColumnType, text: str) -> None:
    assert read(value, kind) == Reading(CellState.UNREADABLE, text=text)


def test_empty_error_and_uncalculated_cells_say_so() -> None:
    for kind in ColumnType:
        assert read_cell(None, kind).state is CellState.EMPTY
        assert read(" \u00a0\u200b", kind).state is CellState.EMPTY
        assert read_cell(RawCell("#REF!", "A1", is_error=True), kind) == Reading(CellState.ERROR, text="#REF!")
        assert read_cell(RawCell(None, "A1", is_uncalculated=True), kind) == Reading(CellState.UNCALCULATED)


@pytest.mark.parametrize("value", ["2023", 2023.0, "TA 2023", "T.A. 2023", "Tahun Anggaran 2023", " 2023 "])
def test_a_year_is_the_only_number_of_its_cell(value: RawValue) -> None:
    assert read(value, ColumnType.YEAR) == Reading(CellState.VALUE, 2023.0, "2023")


@pytest.mark.parametrize(
    "value", ["2023/2024", "23", 23.0, 2023.5, "31-12-2023", "20235", date(2023, 1, 1), "lalu", True]
)
def test_what_is_not_one_year_is_not_guessed(value: RawValue) -> None:
    assert read(value, ColumnType.YEAR).state is CellState.UNREADABLE


@pytest.mark.parametrize(
    ("value", "text", "remark"),
    [
        (date(2025, 3, 31), "2025-03-31", ""),
        (datetime(2025, 3, 31, 8, 0, tzinfo=UTC), "2025-03-31", ""),
        (45747.0, "2025-03-31", ""),
        ("31 Maret 2025", "2025-03-31", ""),
        ("31 maret 25", "2025-03-31", ""),
        ("31-Mar-2025", "2025-03-31", ""),
        ("31/3/25", "2025-03-31", ""),
        ("31.03.2025", "2025-03-31", ""),
        ("31 - 03 - 2025", "2025-03-31", ""),
        ("2025-03-31", "2025-03-31", ""),
        ("2025-03-31 00:00:00", "2025-03-31", ""),
        ("March 31, 2025", "2025-03-31", ""),
        ("Senin, 31 Maret 2025", "2025-03-31", ""),
        ("Contohjaya, 31 Maret 2025", "2025-03-31", ""),
        ("1 Pebruari 2024", "2024-02-01", ""),
        ("17 Agt. 1998", "1998-08-17", ""),
        ("5 Nopember 98", "1998-11-05", ""),
        ("3/31/2025", "2025-03-31", "text-date"),
    ],
)
def test_dates_are_read_day_first(value: RawValue, text: str, remark: str) -> None:
    assert read(value, ColumnType.DATE) == Reading(CellState.VALUE, None, text, remark)


@pytest.mark.parametrize(
    "value",
    [
        "Maret 2025",
        "2025",
        2025.0,
        "31 Februari 2025",
        "32/13/2025",
        "besok",
        "12 Ma 2025",
        True,
        time(1, 2),
        1e300,
        float("nan"),
    ],
)
def test_what_is_not_one_day_is_not_guessed(value: RawValue) -> None:
    assert read(value, ColumnType.DATE).state is CellState.UNREADABLE


@pytest.mark.parametrize("value", ["ya", "Ya.", "Y", "ADA", "Sudah", "v", "V", "√", "✓", "✔\ufe0f", 1.0, "1", True])
def test_yes_has_many_forms(value: RawValue) -> None:
    assert read(value, ColumnType.YES_NO) == Reading(CellState.VALUE, text="ya")


@pytest.mark.parametrize("value", ["tidak", "Tdk", "t", "belum", "Tidak ada", 0.0, "0", False])
def test_no_has_many_forms(value: RawValue) -> None:
    assert read(value, ColumnType.YES_NO) == Reading(CellState.VALUE, text="tidak")


@pytest.mark.parametrize("value", ["mungkin", "ya dan tidak", "✗", "x", "X", 2.0, date(2025, 1, 1), "sedang proses"])
def test_what_is_neither_yes_nor_no_is_not_guessed(value: RawValue) -> None:
    assert read(value, ColumnType.YES_NO).state is CellState.UNREADABLE


OPTIONS = ("Perda", "Peraturan wali kota", "Keputusan wali kota", "Belum ada", "0-30 %", "31-60 %")


@pytest.mark.parametrize(
    ("typed", "option", "remark"),
    [
        ("Perda", "Perda", ""),
        (" PERDA ", "Perda", ""),
        ("peraturan  wali-kota", "Peraturan wali kota", ""),
        ("Peraturan walikota", "Peraturan wali kota", "option-spelling"),
        ("Kepuutusan wali kota", "Keputusan wali kota", "option-spelling"),
        ("0 - 30%", "0-30 %", ""),
    ],
)
def test_a_choice_is_known_in_another_spelling(typed: str, option: str, remark: str) -> None:
    assert read(typed, ColumnType.CHOICE, *OPTIONS) == Reading(CellState.VALUE, None, option, remark)


@pytest.mark.parametrize("typed", ["Perdaa dan lainnya", "Instruksi", "0-31 %", "Sudah ada", 3.0, date(2025, 1, 1)])
def test_a_choice_nobody_offered_is_not_guessed(typed: RawValue) -> None:
    assert read(typed, ColumnType.CHOICE, *OPTIONS).state is CellState.UNREADABLE


def test_a_choice_that_may_be_two_options_is_not_guessed() -> None:
    assert (
        read("kategori besar X", ColumnType.CHOICE, "kategori besar A", "kategori besar B").state
        is CellState.UNREADABLE
    )
    assert read("tersedia lengkap", ColumnType.CHOICE, "tidak tersedia lengkap").state is CellState.UNREADABLE


def test_a_choice_without_options_is_a_text() -> None:
    assert read("apa saja", ColumnType.CHOICE) == Reading(CellState.VALUE, text="apa saja")


@pytest.mark.parametrize("value", ["12.1", 12.1, "12.1 Persalinan", "Pertanyaan 12.1", "No. 12.1"])
def test_a_question_is_known_by_its_id(value: RawValue) -> None:
    assert read(value, ColumnType.QUESTION, "12.1", "12.10", "1.2a").text == "12.1"


@pytest.mark.parametrize("value", ["12.11", "persalinan", "12", date(2025, 1, 12), "12.1.1"])
def test_a_question_that_is_not_asked_is_not_guessed(value: RawValue) -> None:
    assert read(value, ColumnType.QUESTION, "12.1", "12.10", "1.2a").state is CellState.UNREADABLE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "ya"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1), "2025-03-01"),  # noqa: DTZ001 - a cell has no zone
        ("  dua kata \n baris ", "dua kata \n baris"),
    ],
)
def test_a_text_may_be_anything(value: RawValue, text: str) -> None:
    assert read(value, ColumnType.TEXT) == Reading(CellState.VALUE, text=text)


@settings(deadline=None)
@given(st.integers(-(10**15), 10**15), st.sampled_from((COUNT, NUMBER, MONEY)))
def test_every_whole_number_survives_indonesian_writing(number: int, kind: ColumnType) -> None:
    for text in (format_decimal(number, locale="id_ID"), str(number), format_decimal(number, locale="id_ID") + " "):
        assert read(text, kind) == Reading(CellState.VALUE, float(number))


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_every_decimal_survives_indonesian_writing(number: Decimal, places: int) -> None:
    rounded = round(number, places)
    text = format_decimal(rounded, locale="id_ID", format="#,##0." + "0" * places)
    assert read(text, NUMBER) == Reading(CellState.VALUE, float(rounded))


@settings(deadline=None)
@given(st.decimals(Decimal("1.01"), 999, places=2))
def test_every_percentage_survives_indonesian_writing(number: Decimal) -> None:
    text = format_decimal(number, locale="id_ID", format="#,##0.##")
    for written in (text, text + "%", text + " %"):
        assert read(written, PERCENT) == Reading(CellState.VALUE, float(number))


@settings(deadline=None)
@given(st.integers(0, 10**14))
def test_every_sum_of_money_survives_its_currency(amount: int) -> None:
    text = format_decimal(amount, locale="id_ID")
    for written in (f"Rp{text}", f"Rp {text}", f"Rp. {text},00", f"Rp{text},-", f"{text} rupiah"):
        assert read(written, MONEY) == Reading(CellState.VALUE, float(amount))


@settings(deadline=None)
@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(("id_ID", "en_GB")))
def test_every_day_survives_being_written(day: date, locale: str) -> None:
    for form in ("d MMMM y", "dd MMM yyyy", "EEEE, d MMMM y", "dd/MM/yyyy", "d-M-yy", "yyyy-MM-dd"):
        found = parse_date(format_date(day, form, locale=locale))
        assert found is not None
        assert found.date == day


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(),
    st.from_regex(r"[-+(Rp ]{0,4}[0-9.,' ]{1,12}[a-z%*, ]{0,8}", fullmatch=True),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(max_examples=500, deadline=None)
@given(
    value=VALUES,
    kind=st.sampled_from(list(ColumnType)),
    options=st.lists(st.text(), max_size=3),
    is_error=st.booleans(),
    is_uncalculated=st.booleans(),
)
def test_no_cell_whatever_it_holds_raises_an_error(
    value: RawValue, kind: ColumnType, options: list[str], *, is_error: bool, is_uncalculated: bool
) -> None:
    found = read_cell(RawCell(value, "A1", is_error, is_uncalculated), kind, options)
    assert (found.number is not None) <= (found.state is CellState.VALUE)
    if found.state is CellState.VALUE and kind.is_numeric:
        assert found.number is not None
        assert abs(found.number) < float("inf")


def test_every_remark_has_words() -> None:
    words = YAML(typ="safe").load(validations_root() / "findings.yaml")["remarks"]
    used = {"fraction", "foreign-thousands", "foreign-decimal", "unit-dropped", "text-date", "option-spelling"}
    assert used <= set(words)


def test_a_number_alone_can_be_asked_for() -> None:
    found = parse_number("1.234,5")
    assert found is not None
    assert (found.number, found.remark) == (1234.5, "")
    assert parse_number("banyak") is None
