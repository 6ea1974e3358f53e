"""Figures as Indonesian official tables print them."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from flows.model import ColumnType
from flows.render.figures import LONGEST, change, figure, fixed, longest_word_mm
from flows.settings import templates_root


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1218142.0, ColumnType.COUNT, "1.218.142"),
        (0.0, ColumnType.COUNT, "0"),
        (12.5, ColumnType.NUMBER, "12,5"),
        (-1.0, ColumnType.COUNT, "−1"),
        (-33.33, ColumnType.PERCENT, "−33,3"),
        (98.0, ColumnType.PERCENT, "98,0"),
        (87.46, ColumnType.PERCENT, "87,5"),
        (1250000.0, ColumnType.MONEY, "1.250.000"),
        (2023.0, ColumnType.YEAR, "2023"),
        ("2023", ColumnType.YEAR, "2023"),
        ("2024-03-31", ColumnType.DATE, "31 Maret 2024"),
        ("2024-13-41", ColumnType.DATE, "2024-13-41"),
        ("ya", ColumnType.YES_NO, "ya"),
        (" dua\n baris ", ColumnType.TEXT, "dua baris"),
        (None, ColumnType.COUNT, "–"),
        ("", ColumnType.TEXT, "–"),
    ],
)
def test_a_value_is_printed_by_its_kind(value: float | str | None, kind: ColumnType, text: str) -> None:
    assert figure(value, kind) == text


def test_money_says_its_currency_where_no_head_does() -> None:
    assert figure(1250000.0, ColumnType.MONEY, is_alone=True) == "Rp1.250.000"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (90.0, 92.34, "+2,3"),
        (-33.3, -50.0, "−16,7"),
        (92.0, 90.0, "−2,0"),
        (90.0, 90.01, "0,0"),
        (92.96, 94.43, "+1,4"),  # 93,0 and 94,4 as they are printed
        (1234.56, 1200.0, "−34,6"),
        (None, 90.0, "–"),
        ("x", 90.0, "–"),
    ],
)
def test_a_change_has_its_sign(before: float | str | None, after: float | str | None, text: str) -> None:
    assert change(before, after) == text


def test_a_very_long_text_ends_visibly() -> None:
    assert figure("kata " * 2000, ColumnType.TEXT).endswith("…")
    assert len(figure("x" * 9000, ColumnType.TEXT)) == LONGEST + 1


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(ColumnType))
def test_no_number_is_too_large_to_print(value: float, kind: ColumnType) -> None:
    assert figure(value, kind)


@given(st.floats(-1e6, 1e6))
def test_percentages_have_one_decimal(value: float) -> None:
    assert len(fixed(value).partition(",")[2]) == 1


@pytest.mark.parametrize("word", ["Mempunyai", "Memenuhi", "Nomor", "Kemitraan", "Perempuan", "Layanan", "MWm"])
def test_a_word_of_a_head_has_room_on_one_line(word: str) -> None:
    font = TTFont(templates_root() / "fonts" / "LiberationSans-Bold.ttf")
    names, widths = font.getBestCmap(), font["hmtx"].metrics
    em = sum(widths[names[ord(char)]][0] for char in word) / font["head"].unitsPerEm
    padding_mm = 2 * 0.9  # .isian th in buku.css
    assert longest_word_mm(word, is_bold=True) >= em * 8 * 25.4 / 72 + padding_mm
