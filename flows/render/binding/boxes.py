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
    one, two, three, four = (float(edge) for edge in rectangle)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def is_within(inner: Box, outers: Iterable[Box]) -> bool:
    """Whether a box lies within one of others."""
    left, bottom, right, top = inner
    return any(
        each[0] - _TOLERANCE <= left
        and each[1] - _TOLERANCE <= bottom
        and each[2] + _TOLERANCE >= right
        and each[3] + _TOLERANCE >= top
        for each in outers
    )
