"""Where a page shows what: its visible box, turned upright and moved to the origin, with a blank strip below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flows import bounds
from flows.render.annex.job import TroubleError
from flows.render.values import STRIP_HEIGHT

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
"""What viewers take where a page does not say its size."""
_STANDARD_WIDTH = 595.0
_LEAST_SCALE = 0.5
_LEAST_WIDTH = 150.0
"""Points of page that the words of a strip need."""
_ENLARGED_HEIGHT = 842.0
"""A narrow page is enlarged no further than this."""
_CORNERS = 4
_QUARTER = 90


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as a viewer shows it."""

    box: Box
    """What of the page's own space is visible."""
    matrix: Matrix
    """From that space to upright points from the origin."""
    width: float
    height: float
    """Of the upright page, without the strip."""
    margin: float = 0.0
    """Blank on the left and on the right of a page that is too narrow."""

    @property
    def strip(self) -> float:
        """Height of the blank strip below it."""
        return STRIP_HEIGHT * max(_LEAST_SCALE, self.width / _STANDARD_WIDTH)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page's own space lies on the prepared page, kept within it."""
        a, b, c, d, e, f = self.matrix
        across, up = a * x + c * y + e, b * x + d * y + f
        return min(max(across, 0.0), self.width), min(max(up, 0.0), self.height) + self.strip


def frame_of(page: Any) -> Frame:  # noqa: ANN401  # pikepdf is imported where it is used
    """The frame of a page's dictionary, nonsense in it treated as viewers treat it.

    Raises:
        TroubleError: it is larger than any sheet.
    """
    media = _box(inherited(page, "/MediaBox")) or _LETTER
    crop = _box(inherited(page, "/CropBox")) or media
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    box = (left, bottom, right, top) if left < right and bottom < top else media
    return _turned(box, _quarters(inherited(page, "/Rotate")), _unit(page.get("/UserUnit")))


def inherited(page: Any, key: str) -> Any:  # noqa: ANN401  # same
    """An attribute of a page or of what it lies in."""
    import pikepdf

    node = page
    for _ in range(bounds.ANNEX_TREE_DEPTH):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
    return None


def numbers(value: Any) -> Sequence[float]:  # noqa: ANN401  # same
    """The numbers of an array; nothing where it holds anything else."""
    try:
        found = [float(each) for each in value]
    except (TypeError, ValueError, OverflowError):
        return ()
    return found if all(map(math.isfinite, found)) else ()


def _box(value: Any) -> Box | None:  # noqa: ANN401  # same
    corners = numbers(value)
    if len(corners) != _CORNERS:
        return None
    x0, y0, x1, y1 = corners
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _quarters(value: Any) -> int:  # noqa: ANN401  # same
    try:
        return round(float(value) / _QUARTER) % 4
    except (TypeError, ValueError, OverflowError):
        return 0


def _unit(value: Any) -> float:  # noqa: ANN401  # same
    try:
        unit = float(value)
    except (TypeError, ValueError, OverflowError):
        return 1.0
    return unit if math.isfinite(unit) and unit > 0 else 1.0


def _turned(box: Box, quarters: int, unit: float) -> Frame:
    """The frame of a box; one too narrow for a strip is enlarged, and lies between margins if that is not enough."""
    x0, y0, x1, y1 = box
    turns: tuple[Matrix, ...] = (
        (1, 0, 0, 1, -x0, -y0),
        (0, -1, 1, 0, -y0, x1),
        (-1, 0, 0, -1, x1, y1),
        (0, 1, -1, 0, y1, -x0),
    )
    width, height = (y1 - y0, x1 - x0) if quarters % 2 else (x1 - x0, y1 - y0)
    if max(width, height) * unit > bounds.ANNEX_PAGE_POINTS:
        raise TroubleError("too-large")
    unit *= max(1.0, min(_LEAST_WIDTH / (width * unit), _ENLARGED_HEIGHT / (height * unit)))
    margin = max(0.0, (_LEAST_WIDTH - width * unit) / 2)
    a, b, c, d, e, f = (unit * value for value in turns[quarters])
    return Frame(box, (a, b, c, d, e + margin, f), width * unit + 2 * margin, height * unit, margin)
