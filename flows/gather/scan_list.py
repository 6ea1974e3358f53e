"""The list of children in a page that can be read in several ways: as it runs, and as rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from flows.privacy import ChildList, child_list_in_lines, child_list_in_rows

_LEAST_LAID_OUT = 2
"""Rows of several cells that make a table of a page."""


def list_in(text: str, ways: Sequence[Sequence[Sequence[str]]], title: str) -> ChildList | None:
    """The list of children in a page, of what is unsure the first where none reads as a list; None where none does.

    Args:
        text: Of the page.
        ways: The same words as rows of cells, each way they may stand; empty where that is not known.
        title: What the document is called.
    """
    is_laid_out = any(sum(map(_has_columns, way)) >= _LEAST_LAID_OUT for way in ways)
    first = child_list_in_lines(text, title, unsure=True, is_laid_out=is_laid_out)
    if first and first.is_sure:
        return first
    for way in ways:
        found = child_list_in_rows(way, title, unsure=True) if way else None
        if found and found.is_sure:
            return found
        first = first or found
    return first


def _has_columns(row: Sequence[str]) -> bool:
    return sum(map(bool, row)) > 1
