"""How many lines a text takes in the shipped typeface: for pages that must hold what they hold, whatever it is called.

Tables are fitted by the rougher :mod:`flows.render.figures`, which has no font file to read and errs to the safe side.
"""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from flows.settings import templates_root

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FACE = "fonts/LiberationSans-Regular.ttf"
_UNITS = 1000
"""Size at which letters are measured."""
_POINT_MM = 0.3528
CUT = "…"


def text_mm(text: str, size_pt: float) -> float:
    """Width of ``text`` on one line, in millimetres."""
    return float(_face().getlength(text)) / _UNITS * size_pt * _POINT_MM


def lines(text: str, size_pt: float, room_mm: float) -> int:
    """Lines ``text`` takes in a column of ``room_mm``: broken at spaces, and inside of words wider than the column."""
    space = text_mm(" ", size_pt)
    count, used = 1, 0.0
    for word in text.split():
        width = text_mm(word, size_pt)
        if used and used + space + width > room_mm:
            count, used = count + 1, 0.0
        if width > room_mm:
            count += ceil(width / room_mm) - 1
            width %= room_mm
        used += width + (space if used else 0.0)
    return count


def cut_to(text: str, most: int, size_pt: float, room_mm: float) -> str:
    """``text`` in at most ``most`` lines, the rest left out at a word where that is possible."""
    if lines(text, size_pt, room_mm) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines(text[:middle].rstrip() + CUT, size_pt, room_mm) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    whole = text[:low].rpartition(" ")[0] if low < len(text) else text
    return (whole or text[:low]).rstrip(" ,;(") + CUT


@cache
def _face() -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(templates_root() / _FACE), _UNITS, layout_engine=ImageFont.Layout.BASIC)
