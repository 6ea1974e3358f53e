"""Texts that are more than running text: separated values, which are rows, and markup, which is nothing to read."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Sequence
from itertools import islice

SUFFIXES = frozenset({".csv", ".tsv"})
"""Of files that promise separated values."""
_DELIMITERS = ";,\t|"
_FEWEST_ROWS = 2
_AGREEING = 0.8
"""Share of rows that have the same number of fields."""
_MARKUP = re.compile(r"\s*<(?:[!?][-\w]|[a-z][\w:-]*[\s/>])", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Whether ``text`` is a web page, a drawing in SVG, or other XML."""
    return _MARKUP.match(text) is not None


def separated_rows(text: str, looked_at: int) -> Sequence[Sequence[str]]:
    """The rows of separated values; nothing where ``text`` is of another kind.

    A delimiter within quotes separates nothing, and a line may end within them.

    Args:
        text: all of a file, or the beginning of it.
        looked_at: how many rows decide what it is.
    """
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        with contextlib.suppress(csv.Error):  # a field larger than any cell
            first = list(islice(rows, looked_at))
            if _agree(first):
                return [*first, *rows]
    return []


def _agree(rows: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all rows that are not blank have the same number of fields, and more than one."""
    counts = [len(row) for row in rows if any(field.strip() for field in row)]
    usual = max(set(counts), key=counts.count, default=0)
    return usual > 1 and len(counts) >= _FEWEST_ROWS and counts.count(usual) >= _AGREEING * len(counts)
