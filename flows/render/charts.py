"""Bar charts as plain geometry; ``templates/style/bagan.svg`` draws them, in one style, readable in grey print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

WIDTH = 560.0
"""Width of every chart in user units; the style sheet stretches it to the text's width."""
LABEL_WIDTH = 150.0
VALUE_WIDTH = 74.0
ROW_HEIGHT = 21.0
BAR_HEIGHT = 12.0
TOP = 8.0
LEGEND_HEIGHT = 24.0
LABEL_LETTERS = 27
"""Letters of a row's label that fit at the chart's letter size."""
LEAST_WIDTH_FOR_TEXT = 16.0
"""Narrowest piece of a bar that still holds its number."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its label, one value per series, and the text printed behind it."""

    label: str
    values: tuple[float, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle of a bar and the number inside it (empty where it does not fit)."""

    x: float
    y: float
    width: float
    height: float
    series: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as drawn: label, rectangles, and where the text behind the bar begins."""

    label: str
    y: float
    pieces: tuple[Piece, ...]
    text: str
    text_x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn. Lengths are in user units."""

    width: float
    height: float
    axis_x: float
    axis_bottom: float
    lines: tuple[Line, ...]
    is_stacked: bool
    shades: tuple[str, ...]
    """Name of the fill of each series, known to the template."""


def stacked(rows: Sequence[Row], shades: Sequence[str], *, has_numbers: bool = True) -> Chart:
    """Bars whose series lie behind one another in a row, such as counts by outcome."""
    return _chart(rows, shades, is_stacked=True, has_numbers=has_numbers)


def overlaid(rows: Sequence[Row], shades: Sequence[str]) -> Chart:
    """Bars whose series share the axis, the later ones slimmer and on top, such as claimed over maximum."""
    return _chart(rows, shades, is_stacked=False, has_numbers=False)


def _chart(rows: Sequence[Row], shades: Sequence[str], *, is_stacked: bool, has_numbers: bool) -> Chart:
    extent = (lambda row: sum(row.values)) if is_stacked else (lambda row: max(row.values, default=0.0))
    longest = max((extent(row) for row in rows), default=0.0) or 1.0
    scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / longest
    legend = LEGEND_HEIGHT if len(shades) > 1 else 0.0
    top = TOP + legend
    lines = tuple(
        _line(row, top + place * ROW_HEIGHT, scale, is_stacked=is_stacked, has_numbers=has_numbers)
        for place, row in enumerate(rows)
    )
    bottom = top + len(rows) * ROW_HEIGHT
    return Chart(WIDTH, bottom + TOP, LABEL_WIDTH, bottom, lines, is_stacked, tuple(shades))


def _line(row: Row, y: float, scale: float, *, is_stacked: bool, has_numbers: bool) -> Line:
    starts = [0.0, *accumulate(row.values)] if is_stacked else [0.0] * len(row.values)
    pieces = tuple(
        _piece(
            LABEL_WIDTH + start * scale,
            y,
            value * scale,
            series,
            text=f"{value:g}" if has_numbers else "",
            inset=0.0 if is_stacked else 3.0 * series,
        )
        for series, (start, value) in enumerate(zip(starts, row.values, strict=False))
        if value > 0
    )
    end = max((piece.x + piece.width for piece in pieces), default=LABEL_WIDTH)
    return Line(_shortened(row.label), y + ROW_HEIGHT / 2, pieces, row.text, round(end + 6, 2))


def _piece(x: float, y: float, width: float, series: int, *, text: str, inset: float) -> Piece:
    top = y + (ROW_HEIGHT - BAR_HEIGHT) / 2 + inset
    return Piece(
        x=round(x, 2),
        y=round(top, 2),
        width=round(width, 2),
        height=BAR_HEIGHT - 2 * inset,
        series=series,
        text=text if width >= LEAST_WIDTH_FOR_TEXT else "",
    )


def _shortened(label: str) -> str:
    return label if len(label) <= LABEL_LETTERS else label[: LABEL_LETTERS - 1].rstrip() + "…"
