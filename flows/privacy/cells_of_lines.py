"""Tables whose cells stand one below the other, a cell a line, as documents saved as text have them, and slides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_HEAD = re.compile(r"(?:\A|\n)[ \t]*(?:no\.?|nomor|no\.? urut)[ \t]*\n", re.IGNORECASE)
_NUMBER_HEADS = frozenset({"no", "no.", "nomor", "no urut", "no. urut"})
_FEWEST_COLUMNS, _MOST_COLUMNS = 2, 20
_LEAST_ROWS = 2
_LONGEST_CELL = 150
_BLANKS = 2
"""Times as many lines as columns that a row may take: cells of several lines, and empty ones."""


def rows_of_cells(text: str) -> list[list[str]]:
    """The lines of ``text`` as rows, a row of a table at the line of its first cell; empty where there is none.

    A table is told by a heading *No*, and by rows whose numbers follow each other.
    """
    if not _HEAD.search(text):
        return []
    lines = [line.strip() for line in text.splitlines()]
    rows = [[line] for line in lines]
    found, at = False, 0
    while at < len(lines):
        starts = _rows_below(lines, at) if lines[at].lower() in _NUMBER_HEADS else []
        if len(starts) <= _LEAST_ROWS:
            at += 1
            continue
        found = True
        for start, end in pairwise(starts):
            cells = _cells(lines[start:end], starts[1] - starts[0])
            rows[start:end] = [cells, *([] for _ in range(end - start - 1))]
        at = starts[-1]
    return rows if found else []


def _rows_below(lines: Sequence[str], head: int) -> list[int]:
    """Where the headings that begin at ``head`` start, each row below them, and where the last one ends."""
    most = head + _MOST_COLUMNS
    first = next((at for at in range(head + _FEWEST_COLUMNS, min(most, len(lines))) if _is_number(lines[at], 1)), None)
    if first is None or max(map(len, lines[head:first])) > _LONGEST_CELL:
        return []
    columns, starts = first - head, [head, first]
    while True:
        last, number = starts[-1], len(starts)
        reach = range(last + 1, min(last + _BLANKS * columns + 1, len(lines)))
        following = next((at for at in reach if _is_number(lines[at], number)), None)
        if following is None:
            return [*starts, min(last + columns, len(lines))]
        starts.append(following)


def _is_number(line: str, number: int) -> bool:
    return line in {f"{number}", f"{number}."}


def _cells(lines: Sequence[str], columns: int) -> list[str]:
    """The cells of a row; empty lines are empty cells where there are no more lines than columns."""
    return list(lines) if len(lines) <= columns else [line for line in lines if line]
