"""How high rows must be, as spreadsheet programs break the lines of their cells."""

from __future__ import annotations

import pytest

from flows.publish.row_heights import row_points, wrapped_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("\n", 1),
        ("a\nb", 2),
        ("1234567890", 1),
        ("12345678901", 2),
        ("12345 6789", 1),
        ("12345 67890", 2),
        ("123456 123456 123456", 3),
        ("Lihat https://contoh.invalid/a", 4),  # an address begins on a line of its own, and takes three
        ("12345678901234567890", 2),
        ("12345678901234567890 1", 3),
    ],
)
def test_lines_break_between_words(text: str, lines: int) -> None:
    assert wrapped_lines(text, 10) == lines


def test_the_longest_cell_decides_and_no_row_is_higher_than_programs_show() -> None:
    assert row_points([]) == 15
    assert row_points([("satu dua tiga", 5), ("satu", 5)]) == 45
    assert row_points([("kata " * 100, 5)]) == 409
