"""How high a row of a workbook must be for its wrapped cells: few programs find that out when they open a file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

LINE_POINTS = 15.0
"""Height of a line of eleven points, the size of everything that is read in our workbooks."""
_MOST_POINTS = 409.0
"""No spreadsheet program shows a higher row; one that is higher still makes Excel repair the file."""


def row_points(cells: Iterable[tuple[str, int]]) -> float:
    """Points of a row, as many as its longest cell needs.

    Args:
        cells: Texts, each with the width of its column in characters.
    """
    lines = max((wrapped_lines(text, width) for text, width in cells), default=1)
    return min(LINE_POINTS * lines, _MOST_POINTS)


def wrapped_lines(text: str, width: int) -> int:
    """Lines of a text in a cell of ``width`` characters, broken between words and within those that are wider.

    A character is taken to be as wide as a digit: letters of usual text are narrower, so that a line has room to spare.
    """
    return sum(len(_wrapped(line, width)) or 1 for line in text.splitlines() or [""])


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_on_hyphens=False)
