"""Tables that count few children in difficulty are found in what leaves the secretariat, other tables are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.privacy import small_counts_in_lines, small_counts_in_rows
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
        assert rows[found.row][found.column].split()[0] in "1234"
    small_counts_in_lines("\n".join(" ".join(row) for row in rows))
