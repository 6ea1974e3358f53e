"""Fitting tables across a page: columns are packed into as many tables as they need, never wider than the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

PAGE_MM = 155.0
"""Width of the text on the narrower paper (A4)."""
LABEL_MM = (30.0, 62.0)
"""Least and largest width of a column that names the rows."""

T = TypeVar("T")


def label_mm(wanted: float) -> float:
    """Width for the column that names the rows, of which the widest wants ``wanted`` millimetres."""
    least, largest = LABEL_MM
    return min(max(wanted, least), largest)


def packed(items: Sequence[T], width_of: Callable[[T], float], room: float) -> tuple[tuple[T, ...], ...]:
    """``items`` in order, in as few groups as fit into ``room``; the groups are about equally wide.

    An item wider than the room is a group of its own.
    """
    groups = _greedy(items, width_of, room)
    if len(groups) > 1:
        share = sum(width_of(item) for item in items) / len(groups)
        for step in range(1, 5):
            evened = _greedy(items, width_of, min(room, share * (1 + step * 0.08)))
            if len(evened) == len(groups):
                return evened
    return groups


def _greedy(items: Sequence[T], width_of: Callable[[T], float], room: float) -> tuple[tuple[T, ...], ...]:
    groups: list[list[T]] = []
    used = room
    for item in items:
        width = width_of(item)
        if not groups or used + width > room:
            groups.append([])
            used = 0.0
        groups[-1].append(item)
        used += width
    return tuple(tuple(group) for group in groups)


def shares(widths: Sequence[float], *, keep: int = 0) -> tuple[float, ...]:
    """Widths in millimetres as per cent of the page, filling it exactly.

    Args:
        widths: one per column.
        keep: how many columns from the left keep their width while the others take what is left.
    """
    kept, rest = list(widths[:keep]), list(widths[keep:])
    left = PAGE_MM - sum(kept)
    if not rest or left < sum(rest):
        kept, rest = [], list(widths)
        left = PAGE_MM
    factor = left / (sum(rest) or 1.0)
    filled = [*kept, *(width * factor for width in rest)]
    rounded = [round(width / PAGE_MM * 100, 2) for width in filled]
    rounded[-1] = round(100 - sum(rounded[:-1]), 2)
    return tuple(rounded)
