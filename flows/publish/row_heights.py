"""How high a row of a workbook must be for its wrapped cells: few programs find that out when they open a file."""

from __future__ import annotations

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
    return sum(_lines(line, width) for line in text.splitlines() or [""])


def _lines(line: str, width: int) -> int:
    """A word that is wider than the cell, an address, begins on a line of its own."""
    count, used = 1, 0
    for word in line.split():
        if used and used + 1 + len(word) > width:
            count, used = count + 1, 0
        more, rest = divmod(max(len(word) - 1, 0), width)
        count, used = count + more, (used + 1 if used else 0) + rest + 1
    return count
