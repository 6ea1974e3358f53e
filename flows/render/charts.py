"""Bar charts as plain geometry; ``templates/style/bagan.svg`` draws them, in one style, readable in grey print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from flows.wording import number

WIDTH = 560.0
"""Width of every chart in user units; the style sheet stretches it to the text's width."""
LABEL_WIDTH = 104.0
WIDE_LABEL_WIDTH = 294.0
"""Most for long names: some 52 letters, as many as the longest names of merged agencies have."""
VALUE_WIDTH = 74.0
ROW_HEIGHT = 21.0
BAR_HEIGHT = 12.0
OVERLAY_INSET = 3.0
"""How much slimmer an overlaid bar is on each side."""
TOP = 8.0
LEGEND_HEIGHT = 24.0
LETTER_WIDTH = 5.6
"""What one letter of a label takes on the whole, in user units; longer labels end in an ellipsis."""
LEAST_WIDTH_FOR_TEXT = 16.0
"""Narrowest piece of a bar that still holds its number."""
PAIRED_HEIGHT, PAIRED_GAP = 9.0, 5.0
"""Height of each bar of a paired row, and what is left free between two rows."""
TALLEST = 740.0
"""Height at which a chart, its caption and its source still stand on one page of A4; rows move closer before that."""
PANEL_FROM, PANEL_LETTERS = 25, 24
"""Rows from which a chart stands in two columns, half as tall, if its labels are no longer than so many letters."""
PANEL_GAP = 16.0


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its label, one value per series, and the text printed behind it."""

    label: str
    values: tuple[float, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a paired row."""

    text: str
    """What is printed behind it: the figure, or the sign in its place."""
    length: float | None
    """None where nothing may or can be drawn: a hidden figure, or none."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row with one bar per series, below each other."""

    label: str
    bars: tuple[Bar, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A text behind a bar."""

    x: float
    y: float
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
    marks: tuple[Mark, ...] = ()
    """Texts behind each of its bars, in place of ``text``."""
    name: str = ""
    """The label in full, for who cannot see the chart."""
    is_total: bool = False
    axis_x: float = 0.0
    """Of its own column; 0 where the chart has but one."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn. Lengths are in user units."""

    width: float
    height: float
    axis_x: float
    axis_top: float
    axis_bottom: float
    lines: tuple[Line, ...]
    shades: tuple[str, ...]
    """Name of the fill of each series, known to the template."""
    second: tuple[float, float] | None = None
    """Where the axis of a second column stands, and where it ends."""


def stacked(
    rows: Sequence[Row], shades: Sequence[str], *, has_numbers: bool = True, label_width: float = LABEL_WIDTH
) -> Chart:
    """Bars whose series lie behind one another in a row, such as counts by outcome."""
    bars = _Bars(
        label_width, _scale([sum(row.values) for row in rows], label_width), is_stacked=True, has_numbers=has_numbers
    )
    return _chart(rows, shades, bars)


def overlaid(rows: Sequence[Row], shades: Sequence[str]) -> Chart:
    """Bars whose series share the axis, the later ones slimmer and on top, such as claimed over maximum."""
    longest = [max(row.values, default=0.0) for row in rows]
    return _chart(rows, shades, _Bars(LABEL_WIDTH, _scale(longest, LABEL_WIDTH), is_stacked=False, has_numbers=False))


def paired(rows: Sequence[Pair], shades: Sequence[str]) -> Chart:
    """Bars of each row below each other, a series each, such as two years; what has no length is its text alone."""
    names = max((len(row.label) for row in rows if not row.is_total), default=0)
    if len(rows) >= PANEL_FROM and names <= PANEL_LETTERS and len(shades) == 1:
        return _in_two_columns(rows, shades, names)
    axis = min(max((len(row.label) for row in rows), default=0) * LETTER_WIDTH + 12, WIDE_LABEL_WIDTH)
    bars = [bar for row in rows for bar in row.bars]
    texts = max((len(bar.text) for bar in bars), default=0) * LETTER_WIDTH
    scale = _scale([bar.length or 0.0 for bar in bars], axis, max(VALUE_WIDTH, texts))
    top = TOP + (LEGEND_HEIGHT if len(shades) > 1 else 0.0)
    step = min(len(shades) * PAIRED_HEIGHT + PAIRED_GAP, (TALLEST - top - TOP) / max(len(rows), 1))
    lines = tuple(_paired_line(row, top + place * step, step, axis, scale) for place, row in enumerate(rows))
    bottom = top + len(rows) * step
    return Chart(WIDTH, bottom + TOP, axis, top, bottom, lines, tuple(shades))


def _in_two_columns(rows: Sequence[Pair], shades: Sequence[str], names: int) -> Chart:
    """One below the other, so many rows would fill a page for themselves and leave the one before it half empty."""
    width = (WIDTH - PANEL_GAP) / 2
    axis = names * LETTER_WIDTH + 12
    bars = [bar for row in rows for bar in row.bars]
    texts = max((len(bar.text) for bar in bars), default=0) * LETTER_WIDTH + 8
    scale = (width - axis - texts) / (max((bar.length or 0.0 for bar in bars), default=0.0) or 1.0)
    step, half = PAIRED_HEIGHT + PAIRED_GAP, (len(rows) + 1) // 2
    lines = []
    for place, row in enumerate(rows):
        column, number_of_it = divmod(place, half)
        line = _paired_line(row, TOP + number_of_it * step, step, axis, scale)
        lines.append(_moved(line, column * (width + PANEL_GAP), axis))
    bottom = TOP + half * step
    second = (width + PANEL_GAP + axis, TOP + (len(rows) - half) * step)
    return Chart(WIDTH, bottom + TOP, axis, TOP, bottom, tuple(lines), tuple(shades), second)


def _moved(line: Line, right: float, axis: float) -> Line:
    return replace(
        line,
        axis_x=axis + right,
        pieces=tuple(replace(piece, x=round(piece.x + right, 2)) for piece in line.pieces),
        marks=tuple(replace(mark, x=round(mark.x + right, 2)) for mark in line.marks),
    )


def _paired_line(row: Pair, y: float, step: float, axis: float, scale: float) -> Line:
    pieces, marks = [], []
    gap = step - len(row.bars) * PAIRED_HEIGHT
    for series, bar in enumerate(row.bars):
        above, width = y + gap / 2 + series * PAIRED_HEIGHT, max(bar.length or 0.0, 0.0) * scale
        if width > 0:
            pieces.append(Piece(axis, round(above, 2), round(width, 2), PAIRED_HEIGHT - 1, series, ""))
        marks.append(Mark(round(axis + width + 5, 2), round(above + PAIRED_HEIGHT - 1.6, 2), bar.text))
    return Line(
        label=_shortened(row.label, axis),
        y=round(y + step / 2, 2),
        pieces=tuple(pieces),
        text="; ".join(bar.text for bar in row.bars),
        text_x=0.0,
        marks=tuple(marks),
        name=row.label,
        is_total=row.is_total,
    )


@dataclass(frozen=True, slots=True)
class _Bars:
    """How values become bars."""

    axis_x: float
    scale: float
    is_stacked: bool
    has_numbers: bool


def _scale(lengths: Sequence[float], label_width: float, value_width: float = VALUE_WIDTH) -> float:
    """User units per value, so that the longest bar and its text fill the width."""
    return (WIDTH - label_width - value_width) / (max(lengths, default=0.0) or 1.0)


def _chart(rows: Sequence[Row], shades: Sequence[str], bars: _Bars) -> Chart:
    top = TOP + (LEGEND_HEIGHT if len(shades) > 1 else 0.0)
    lines = tuple(_line(row, top + place * ROW_HEIGHT, bars) for place, row in enumerate(rows))
    bottom = top + len(rows) * ROW_HEIGHT
    return Chart(WIDTH, bottom + TOP, bars.axis_x, top, bottom, lines, tuple(shades))


def _line(row: Row, y: float, bars: _Bars) -> Line:
    starts = [0.0, *accumulate(row.values)] if bars.is_stacked else [0.0] * len(row.values)
    pieces = tuple(
        _piece(bars.axis_x + start * bars.scale, y, value, series, bars)
        for series, (start, value) in enumerate(zip(starts, row.values, strict=False))
        if value > 0
    )
    end = max((piece.x + piece.width for piece in pieces), default=bars.axis_x)
    label = _shortened(row.label, bars.axis_x)
    return Line(label, y + ROW_HEIGHT / 2, pieces, row.text, round(end + 6, 2), name=row.label)


def _piece(x: float, y: float, value: float, series: int, bars: _Bars) -> Piece:
    width, inset = value * bars.scale, 0.0 if bars.is_stacked else OVERLAY_INSET * series
    return Piece(
        x=round(x, 2),
        y=round(y + (ROW_HEIGHT - BAR_HEIGHT) / 2 + inset, 2),
        width=round(width, 2),
        height=BAR_HEIGHT - 2 * inset,
        series=series,
        text=number(value) if bars.has_numbers and width >= LEAST_WIDTH_FOR_TEXT else "",
    )


def _shortened(label: str, width: float) -> str:
    """A label that is too long without its last words, or cut where it has but one."""
    letters = int(width / LETTER_WIDTH)
    if len(label) <= letters:
        return label
    words = label[: letters - 1].rpartition(" ")[0].rstrip(" ,")
    return f"{words} …" if len(words) * 2 > letters else label[: letters - 1].rstrip() + "…"
