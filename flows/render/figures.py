"""Values of tables as printed, and how much room they take."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from flows import wording
from flows.model import BOTH_SEXES, ColumnType
from flows.privacy import mask_numbers
from flows.render.display import without_shapeless

PART_LABELS = {BOTH_SEXES: "L+P"}
"""How the parts of a column are headed that are not headed by their own sign."""
LARGEST = 1e15
"""From here on a number is printed with a power of ten: no count of a city is that large."""
LONGEST = 4000
"""Characters of a text cell that are printed."""
CUT = "…"
MINUS = "−"
"""The sign of negative figures, as wide as the plus of a change."""
_POINT_MM = 0.3528
_PADDING_MM = 2.6
_NARROW, _FIGURE, _WIDE = 0.29, 0.557, 0.72
"""Widths of letters in em: punctuation, digits and small letters, capitals."""
_BOLD_BROAD = 0.9
"""Width of the broadest letters in bold type, in em."""
_NARROW_LETTERS, _BROAD_LETTERS = frozenset(" .,:;'!|()[]/-il"), frozenset("mMW")
_BOLD = 1.07
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def figure(value: float | str | None, kind: ColumnType, *, is_alone: bool = False) -> str:
    """``value`` of a cell of ``kind`` as printed; the sign for no value where there is none.

    Args:
        value: what stands in the table.
        kind: type of its column; money is in rupiah, percentages are 0 to 100.
        is_alone: whether the cell must say its unit itself, because no heading says it.
    """
    if value is None or value == "":
        return wording.NO_VALUE
    if isinstance(value, str):
        return _text(value, kind)
    if kind is ColumnType.YEAR:
        return f"{value:.0f}"
    if kind is ColumnType.PERCENT:
        return fixed(value)
    text = number(value, 0 if kind is ColumnType.MONEY else 2)
    return f"Rp{text}" if is_alone and kind is ColumnType.MONEY else text


def number(value: float, decimals: int = 2) -> str:
    """``value`` with Indonesian separators; one beyond all reason with a power of ten."""
    if abs(value) >= LARGEST:
        return f"{value:.3e}".replace(".", ",")
    return wording.number(value, decimals).replace("-", MINUS)


def fixed(value: float) -> str:
    """A percentage with exactly one decimal, so that a column of them stands in line: ``98,0``."""
    text = number(value, 1)
    return text if "," in text or abs(value) >= LARGEST else f"{text},0"


def change(before: float | str | None, after: float | str | None) -> str:
    """From one percentage to the next, in percentage points with a sign: ``+2,3``.

    It is worked out of both as they are printed, so that whoever takes one from the other finds the same.
    """
    if not isinstance(before, float | int) or not isinstance(after, float | int):
        return wording.NO_VALUE
    difference = _printed(after) - _printed(before)
    text = fixed(float(abs(difference)))
    return text if not difference else f"{'+' if difference > 0 else MINUS}{text}"


def _printed(percentage: float) -> Decimal:
    """A percentage as :func:`fixed` prints it."""
    return Decimal(fixed(percentage).replace(".", "").replace(",", ".").replace(MINUS, "-"))


@lru_cache(maxsize=4096)
def width_mm(text: str, size_pt: float = 8.0, *, is_bold: bool = False) -> float:
    """About how wide ``text`` is on one line, in millimetres, without the padding of a cell."""
    em = sum(map(_bold_em if is_bold else _em, text))
    return em * size_pt * _POINT_MM


def _bold_em(char: str) -> float:
    """Bold heads are short words: one broad letter more decides whether they break; long texts even that out."""
    return _BOLD_BROAD if char in _BROAD_LETTERS else _em(char) * _BOLD


def _em(char: str) -> float:
    if char in _NARROW_LETTERS:
        return _NARROW
    return _WIDE if char.isupper() else _FIGURE


def cell_mm(text: str, size_pt: float = 8.0, *, is_bold: bool = False) -> float:
    """Width of a cell that holds ``text`` on one line."""
    return width_mm(text, size_pt, is_bold=is_bold) + _PADDING_MM


def longest_word_mm(text: str, size_pt: float = 8.0, *, is_bold: bool = False) -> float:
    """Width of a cell in which no word of ``text`` is broken."""
    return max((cell_mm(word, size_pt, is_bold=is_bold) for word in re.split(r"[\s\-]+", text)), default=0.0)


def lines_of(value: float | str | None, kind: ColumnType) -> tuple[str, ...]:
    """The lines of a text cell as somebody has written them, an enumeration perhaps; none where it is but one."""
    if kind is not ColumnType.TEXT or not isinstance(value, str) or len(value) > LONGEST:
        return ()
    if mask_numbers(whole := _text(value, kind)) != whole:  # a number of a person could go on from line to line
        return ()
    lines = tuple(line for each in without_shapeless(value).splitlines() if (line := " ".join(each.split())))
    return lines if len(lines) > 1 else ()


def _text(value: str, kind: ColumnType) -> str:
    if kind is ColumnType.DATE and _ISO_DATE.fullmatch(value):
        try:
            return wording.long_date(date.fromisoformat(value))
        except ValueError:
            return value
    text = " ".join(without_shapeless(value).split())
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + CUT
