"""The thin lines between the cells of a table, as few as possible: none is drawn twice, none within a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flows.render.annex.paper import Paper


@dataclass(slots=True)
class Rules:
    """The rules of one table."""

    paper: Paper
    edges: Sequence[float]
    """Left edges of the columns, and the right one of the last."""
    _begun: dict[int, float] = field(default_factory=dict)
    """Edges along which a rule is under way, and where it began."""
    _drawn: float | None = None
    """Where a rule across all columns was drawn last."""

    def begin(self) -> None:
        """Start on another page."""
        self._drawn = None

    def across(self, y: float, without: Iterable[int] = ()) -> None:
        """A rule at ``y`` below all columns but those of cells that go on."""
        passed = set(without)
        if not passed and self._drawn == y:
            return
        self._drawn = None if passed else y
        start = None
        for column in range(len(self.edges)):
            is_drawn = column < len(self.edges) - 1 and column not in passed
            if is_drawn and start is None:
                start = column
            elif not is_drawn and start is not None:
                self.paper.rule(self.edges[start], y, self.edges[column], y)
                start = None

    def down(self, y: float, without: Iterable[int] = ()) -> None:
        """Go on from ``y`` with upright rules along all edges but those within cells."""
        passed = set(without)
        for edge in range(len(self.edges)):
            if edge in passed:
                self._end(edge, y)
            else:
                self._begun.setdefault(edge, y)

    def finish(self, y: float) -> None:
        """End all upright rules."""
        for edge in list(self._begun):
            self._end(edge, y)

    def _end(self, edge: int, y: float) -> None:
        began = self._begun.pop(edge, y)
        if began > y:
            self.paper.rule(self.edges[edge], began, self.edges[edge], y)
