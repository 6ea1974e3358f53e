"""Rectangles of pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from pikepdf import Object

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top."""
_TOLERANCE = 1.0
"""Points by which one may stick out of another and still be within."""


def edges(rectangle: Object) -> Box:
    """The box of a rectangle, whatever corners it gives."""
    one, two, three, four = map(float, rectangle)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def is_within(inner: Box, outers: Iterable[Box]) -> bool:
    """Whether a box lies within one of others."""
    left, bottom, right, top = (
        inner[0] + _TOLERANCE,
        inner[1] + _TOLERANCE,
        inner[2] - _TOLERANCE,
        inner[3] - _TOLERANCE,
    )
    return any(each[0] <= left and each[1] <= bottom and each[2] >= right and each[3] >= top for each in outers)
