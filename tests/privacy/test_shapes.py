"""Passing over a page must never hide what its patterns would have found; what is asked first says yes too often."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from flows.privacy import birth, shapes, telling_marks, writings

_PIECES = (
    *("1", "12", "07", "319", "2010", "0091234567", "-", "/", ".", ",", "|", " ", " - ", "\n", "–", "é", "(", "a"),
    *(*shapes.MONTHS, "Januari", "MEI", *shapes.YEARS_OF_AGE, *shapes.PARTS_OF_A_YEAR, "TAHUN", "L", "P", "l", "S"),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)


@given(_TEXTS)
@example("lahir 2010-05-12")
@example("1,5 tahun")
@example("12. Mei 2010")
def test_a_text_that_is_passed_over_holds_no_date_age_or_pupil(text: str) -> None:
    patterns = (birth._DATE, birth._AGE, telling_marks._OTHERWISE)
    if any(pattern.search(text) for pattern in patterns):
        assert shapes.may_tell_of_persons(text)


def test_years_and_amounts_are_passed_over() -> None:
    assert not shapes.may_tell_of_persons("anggaran 2023 tahun 2024 sebesar 1.234.567 untuk 319 bulan, 12 guru")


@given(st.text(st.sampled_from("0123456789OolISsZ .,-/'[]|\t\n\ra–"), max_size=60))
@example("9 9 7 1 0 1 4 5 0 5 1 2 0 0 0 1")
def test_a_text_that_is_passed_over_holds_no_sixteen_digits(text: str) -> None:
    plain = writings.plain_digits(text)
    if writings._GATE.search(plain):
        assert writings._DIGITS.may_be_in(plain)


def test_digits_of_all_scripts_are_read_and_the_table_stays_small() -> None:
    every = "".join(chr(code) for code in range(0x80, 0x11_0000) if not 0xD800 <= code < 0xE000)
    plain = writings.plain_digits(every)
    assert len(plain) == len(every)
    assert writings.plain_digits("٩９𝟗") == "999"
    assert len(writings._PLAIN) <= 0x1_0000
