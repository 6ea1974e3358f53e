"""The summary: points of every block and indicator, and what is strongest, on two pages however long the names are.

Only what is positive has a place here. The rooms below follow ``.ringkasan`` in ``templates/dossier/buku.css``: whoever
changes type or widths there changes them here, and the test with the longest names says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows import wording
from flows.render.charts import PAIRED_GAP, PAIRED_HEIGHT, ROW_HEIGHT, WIDTH, Bar, Chart, Pair, Row, overlaid, paired
from flows.render.evidence import Evidence
from flows.render.letters import cut_to, lines
from flows.render.views import ChapterView, IndicatorView
from flows.render.widths import PAGE_MM

PAGE_HEIGHT_MM = 245.0
"""Height of the text on the lower paper (A4)."""
AGENCIES_IN_CHART = 10
STRONGEST = 5
LEAST_SHARE = 0.75
"""Share of its maximum that a strong indicator has proven at least."""
_FEWEST_BARS = 4
_FEWEST_AGENCIES = 2
_ROW_MM = ROW_HEIGHT * PAGE_MM / WIDTH
_BAR_MM = (PAIRED_HEIGHT + PAIRED_GAP) * PAGE_MM / WIDTH
_FIGURE_MM = 20.0
"""What a chart takes beside its bars: margins, caption, source."""
_INDICATOR_PT, _INDICATOR_MM, _INDICATOR_LINE_MM, _INDICATOR_PADDING_MM = 7.5, 83.0, 3.2, 0.85
_INDICATOR_HEAD_MM = 34.0
"""Caption, heads, sum and source of the table of indicators."""
_BLOCK_PT, _BLOCK_MM, _BLOCK_LINE_MM, _BLOCK_PADDING_MM = 8.5, 62.0, 3.95, 2.0
_FRONT_MM, _LEAD_PT, _LEAD_LINE_MM, _LEAD_LETTERS = 53.0, 11.0, 5.45, "n" * 215
"""Heading, caption, heads and sum of the table of blocks; below the heading the names stand in so many words more."""
_SOURCE_PT, _SOURCE_LINE_MM, _SOURCE_LETTERS = 8.0, 3.95, "n" * 115
_LEGEND_MM = 9.0
_STRONG_HEAD_MM, _STRONG_LINE_MM, _STRONG_PT = 7.0, 5.3, 9.5


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as a row of the summary."""

    id: str
    title: str
    """Cut where the page has no room for all of it; the chapter has it in full."""
    maximum: float
    claimed: float | None

    @property
    def share(self) -> float:
        """Share claimed of its maximum, 0 to 100, as wide as its bar."""
        return round(min((self.claimed or 0.0) / self.maximum, 1.0) * 100, 1) if self.maximum else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What the two pages show beside the table of blocks."""

    points_chart: Chart
    strongest: tuple[IndicatorView, ...]
    indicators: tuple[tuple[ChapterView, tuple[IndicatorRow, ...]], ...]
    agency_chart: Chart | None
    """Agencies with most documents; None where there are not two, or no room."""


def summarise(evidence: Evidence, views: Sequence[ChapterView], documents: Mapping[str, int]) -> Summary:
    """The summary of a book.

    Args:
        evidence: the proof of the run.
        views: its chapters.
        documents: how many documents each agency has in it, by id.
    """
    heights, indicators = _indicator_rows(views)
    used = _INDICATOR_HEAD_MM + len(heights) * _INDICATOR_PADDING_MM + sum(heights) * _INDICATOR_LINE_MM
    room = int((PAGE_HEIGHT_MM - used - _FIGURE_MM) / _BAR_MM)
    return Summary(
        points_chart=_points_chart(views, has_claims=evidence.assessment.total.points.claimed is not None),
        strongest=_fitting(_strong(evidence, views), _front_room(evidence, views)),
        indicators=indicators,
        agency_chart=_agency_chart(evidence, documents, room),
    )


def _indicator_rows(
    views: Sequence[ChapterView],
) -> tuple[list[int], tuple[tuple[ChapterView, tuple[IndicatorRow, ...]], ...]]:
    """Rows of all indicators with their titles cut to as many lines as the page has room for, and those lines."""
    titles = [indicator.title for view in views for indicator in view.indicators]
    room = PAGE_HEIGHT_MM - _INDICATOR_HEAD_MM - len(titles) * _INDICATOR_PADDING_MM
    for most in (3, 2, 1):
        heights = [min(lines(title, _INDICATOR_PT, _INDICATOR_MM), most) for title in titles]
        if sum(heights) * _INDICATOR_LINE_MM <= room:
            break
    return heights, tuple((view, tuple(_row(each, most) for each in view.indicators)) for view in views)


def _row(view: IndicatorView, most_lines: int) -> IndicatorRow:
    title = cut_to(view.title, most_lines, _INDICATOR_PT, _INDICATOR_MM)
    return IndicatorRow(view.id, title, view.maximum, view.claimed)


def _front_room(evidence: Evidence, views: Sequence[ChapterView]) -> float:
    """Millimetres left on the first page below the chart of points."""
    rows = sum(lines(view.heading, _BLOCK_PT, _BLOCK_MM) * _BLOCK_LINE_MM + _BLOCK_PADDING_MM for view in views)
    chart = len(views) * _ROW_MM + _LEGEND_MM + _FIGURE_MM
    names = f"{evidence.framework.title} {evidence.city.name} "
    lead = lines(f"{evidence.framework.title} {_LEAD_LETTERS}", _LEAD_PT, PAGE_MM) * _LEAD_LINE_MM
    source = lines(names + _SOURCE_LETTERS, _SOURCE_PT, PAGE_MM) * _SOURCE_LINE_MM
    return PAGE_HEIGHT_MM - _FRONT_MM - lead - source - rows - chart


def _strong(evidence: Evidence, views: Sequence[ChapterView]) -> list[IndicatorView]:
    """Indicators whose claimed points, most of all there are, are all proven; the largest share first."""
    proven = {group.id: group.points.proven or 0.0 for group in evidence.assessment.indicators.values()}
    found = [
        each
        for view in views
        for each in view.indicators
        if each.documents
        and each.claimed
        and proven.get(each.id, 0.0) >= max(each.claimed, LEAST_SHARE * each.maximum) > 0
    ]
    return sorted(found, key=lambda each: (-proven[each.id] / each.maximum, -each.maximum, -each.documents))


def _fitting(found: Iterable[IndicatorView], room: float) -> tuple[IndicatorView, ...]:
    """As many of the strongest, in order, as the first page has room for."""
    left = room - _STRONG_HEAD_MM
    fitting: list[IndicatorView] = []
    for each in found:
        left -= lines(each.title, _STRONG_PT, PAGE_MM - 60) * _STRONG_LINE_MM
        if left < 0 or len(fitting) == STRONGEST:
            break
        fitting.append(each)
    return tuple(fitting)


def _points_chart(views: Sequence[ChapterView], *, has_claims: bool) -> Chart:
    rows = [_points_row(view, has_claims=has_claims) for view in views]
    return overlaid(rows, ("terang", "gelap") if has_claims else ("gelap",))


def _points_row(view: ChapterView, *, has_claims: bool) -> Row:
    if not has_claims:
        return Row(view.label, (view.maximum,), wording.points(view.maximum))
    text = f"{wording.points(view.claimed)} / {wording.points(view.maximum)}"
    return Row(view.label, (view.maximum, view.claimed or 0.0), text)


def _agency_chart(evidence: Evidence, documents: Mapping[str, int], room: int) -> Chart | None:
    """Bars of the agencies with most documents, as many as there is room for; a single agency is no comparison."""
    named = [(evidence.agencies[agency], count) for agency, count in documents.items() if agency in evidence.agencies]
    most = sorted(named, key=lambda pair: (-pair[1], pair[0]))[: min(AGENCIES_IN_CHART, max(room, 0))]
    if len(most) < _FEWEST_AGENCIES or room < min(_FEWEST_BARS, len(named)):
        return None
    return paired([Pair(name, (Bar(wording.number(count), float(count)),)) for name, count in most], ("gelap",))
