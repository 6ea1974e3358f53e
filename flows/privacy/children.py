"""Lists of children: names beside dates of birth, ages, schools, addresses or diagnoses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChildList:
    """A list that names children."""

    rows: int
    """How many children it names."""
    clue: str
    """Words that gave it away, such as its headings; never a name or number of a person."""
    row: int
    """Index of its first row among the rows or lines that were given."""


def child_list_in_rows(rows: Sequence[Sequence[str]], title: str = "") -> ChildList | None:
    """The list of children in the rows of a table, None where there is none.

    Args:
        rows: Cells as text, with their headings above them.
        title: Name of the sheet or document, and what else stands around the table.
    """
    del rows, title
    return None


def child_list_in_lines(text: str, title: str = "") -> ChildList | None:
    """The list of children in running text whose tables have become lines, None where there is none.

    Args:
        text: Text of one page, lines as they are printed.
        title: Name of the document, and headings of earlier pages.
    """
    return child_list_in_rows([line.split() for line in text.splitlines()], title)
