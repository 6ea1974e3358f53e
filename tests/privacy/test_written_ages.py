"""Ages in words are read as ages in digits are, and lines stay where they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.privacy.written_ages import ages_in_digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("berumur tiga belas tahun", "berumur 13 tahun"),
        ("Usia sebelas tahun", "Usia 11 tahun"),
        ("umurnya sembilan bulan", "umurnya 9 bulan"),
        ("13 (tiga belas) tahun", "13 tahun"),
        ("umur tiga puluh tahun", "umur tiga puluh tahun"),
        ("selama tiga tahun", "selama tiga tahun"),
    ],
)
def test_ages_in_words_become_digits(text: str, expected: str) -> None:
    assert ages_in_digits(text) == expected


@given(st.text(st.sampled_from("umr tigabelsh(13)\n"), max_size=200))
def test_no_line_is_lost(text: str) -> None:
    assert ages_in_digits(text).count("\n") == text.count("\n")
