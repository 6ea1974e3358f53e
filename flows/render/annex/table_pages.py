"""A table drawn onto pages: its heading on each of them, rows that stay whole where they can, cells that go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows import bounds, page_wording
from flows.render.annex.paper import LEADING, Paper
from flows.render.annex.table_fit import PAD, Fit
from flows.render.annex.table_rules import Rules
from flows.render.annex.table_view import CellView, TableView
from flows.render.annex.typeface import Typeface, printable

_TITLE_SIZE, _NOTE_SIZE = 11.0, 8.0
_GAP, _SMALL_GAP, _NOTE_PAD = 20.0, 5.7, 2.83
_NOTE_HEIGHT = LEADING * _NOTE_SIZE + 2 * _NOTE_PAD + _SMALL_GAP
"""Of a remark of one line."""
_FIRST_ROWS = 3
"""Rows that stand below the heading where a table begins."""
_PAD_ABOVE = 1.7
"""Points between a rule and the text below it, and above it."""
_MOST_HEAD = 0.45
"""Share of a page beyond which a heading is not repeated."""
_NAME_LINES = 2
"""Most lines of a cell over several rows that is said again on the next page."""
_TALL_ROW, _ROOM_USED = 0.5, 0.2
"""Shares of a page: a row that needs more than the first is begun where at least the second is free."""


@dataclass(slots=True)
class _Cell:
    """A cell being drawn; what of its text did not fit goes on below the next heading."""

    column: int
    across: int
    down: int
    lines: list[str]
    is_number: bool
    name: tuple[str, ...] = ()
    """All of it, where it is short and goes on over rows: said again on every page."""
    top: float = 0.0
    """Where it begins on this page."""

    @property
    def columns(self) -> range:
        """All that it covers."""
        return range(self.column, self.column + self.across)


def write_table(paper: Paper, view: TableView, fit: Fit) -> None:
    """The sheet with its name, what was cut off it, its rows, and what is to be said of their cells.

    Raises:
        TroubleError: it has more pages than any document.
    """
    table = _Table(paper, view, fit)
    title = [*paper.bold.wrap(printable(page_wording.sheet_title(view.name)), sum(fit.widths) / _TITLE_SIZE)]
    notes = (view.is_cut and view.part == 1) + (view.parts > 1)
    room = (len(title) + 2) * _TITLE_SIZE * LEADING + notes * _NOTE_HEIGHT + table.first_height
    is_fresh = not paper.has_page(is_wide=fit.is_wide)
    if is_fresh:
        paper.begin(is_wide=fit.is_wide)
    elif paper.room < min(room, paper.depth):
        paper.turn()
    if view.name:
        if view.part == 1:
            paper.mark(title_of(view.name))
        paper.write(paper.bold, _TITLE_SIZE, title)
        paper.y -= _SMALL_GAP
    if view.is_cut and view.part == 1:
        write_note(paper, page_wording.table_cut((view.last_row, view.rows), (view.last_column, view.columns)))
    if view.parts > 1:
        write_note(paper, page_wording.table_part((view.part, view.parts), view.span, view.columns))
    table.draw()
    if view.is_cut and view.part == view.parts:
        _write_end(paper, view)
    for note in _notes(view):
        paper.y -= _SMALL_GAP
        write_note(paper, note)
    paper.y -= _GAP


def _write_end(paper: Paper, view: TableView) -> None:
    """Where a table goes on in its file; left out where the page is full, for the note above it says so too."""
    if paper.room >= _SMALL_GAP + LEADING * _NOTE_SIZE + 2 * _NOTE_PAD:
        paper.y -= _SMALL_GAP
        write_note(paper, page_wording.rows_left(view.rows - view.last_row, view.columns - view.last_column))


def _notes(view: TableView) -> Iterator[str]:
    """What is said below a table of its cells."""
    if view.shortened:
        yield page_wording.cells_cut(view.shortened)
    if view.uncalculated:
        yield page_wording.cells_uncalculated(view.uncalculated)


def title_of(name: str) -> str:
    """The bookmark of a sheet."""
    return " ".join(printable(page_wording.sheet_title(name)).split())[: bounds.ANNEX_BOOKMARK_CHARS]


def write_note(paper: Paper, text: str) -> None:
    """A remark of ours on a light field."""
    lines = [*paper.regular.wrap(printable(text), (paper.width - 2 * _SMALL_GAP) / _NOTE_SIZE)]
    height = len(lines) * LEADING * _NOTE_SIZE + 2 * _NOTE_PAD
    if paper.room < height:
        paper.turn()
    paper.shade(0, paper.y, paper.width, height)
    for number, line in enumerate(lines):
        paper.line(paper.regular, _NOTE_SIZE, _SMALL_GAP, paper.y - _NOTE_PAD - number * LEADING * _NOTE_SIZE, line)
    paper.y -= height + _SMALL_GAP


class _Table:
    """One table under the pen."""

    def __init__(self, paper: Paper, view: TableView, fit: Fit) -> None:
        self._paper, self._fit, self._head, self._body = paper, fit, view.head, view.body
        self._leading = LEADING * fit.size
        edges = [0.0]
        for width in fit.widths:
            edges.append(edges[-1] + width)
        self._rules = Rules(paper, edges)
        self._open: list[_Cell] = []
        self._heights = self._head_heights()
        self._repeats = sum(self._heights) <= _MOST_HEAD * paper.depth_of(is_wide=fit.is_wide)

    @property
    def first_height(self) -> float:
        """Points that the heading and the first rows need, so that none of them stands there alone."""
        return sum(self._heights) + min(len(self._body), _FIRST_ROWS) * (self._leading + 2 * _PAD_ABOVE)

    def draw(self) -> None:
        """Draw all rows from where the pen is."""
        self._begin()
        for row in self._body if self._repeats else (*self._head, *self._body):
            self._place([self._cell(cell, self._paper.regular) for cell in row])
        self._end()

    def _begin(self) -> None:
        """Start on a page: the rule on top, the heading."""
        self._rules.begin()
        self._rules.across(self._paper.y)
        going_on, self._open = self._open, []
        if self._repeats and self._head:
            self._paper.shade(0, self._paper.y, self._rules.edges[-1], sum(self._heights))
            for row, height in zip(self._head, self._heights, strict=True):
                self._draw_row([self._cell(cell, self._paper.bold) for cell in row], height, is_head=True)
        for cell in going_on:
            cell.top = self._paper.y
            cell.lines = cell.lines or [*cell.name]
        self._open = going_on

    def _end(self) -> None:
        """Finish on a page: cells that go on show what fits."""
        for cell in self._open:
            self._show(cell, self._paper.regular)
        self._rules.across(self._paper.y)
        self._rules.finish(self._paper.y)

    def _turn(self) -> None:
        self._end()
        self._paper.turn()
        self._begin()

    def _place(self, cells: list[_Cell]) -> None:
        """Draw a row, on the next page where it does not fit on this one, in parts where it fits on none."""
        is_first = False
        while True:
            needed = self._height(cells)
            if needed <= self._paper.room:
                self._draw_row(cells, needed)
                return
            if not is_first and not self._begins_here(needed):
                self._turn()
                is_first = True
                continue
            if not self._draw_part(cells):
                self._draw_row(cells, needed)
                return
            is_first = False

    def _begins_here(self, needed: float) -> bool:
        """Whether a row that does not fit is begun on this page: a tall one would leave too much of it empty."""
        return needed > _TALL_ROW * self._paper.depth and self._paper.room > _ROOM_USED * self._paper.depth

    def _height(self, cells: Iterable[_Cell]) -> float:
        """Points that a row needs, with what must end in it."""
        needs = [len(cell.lines) * self._leading for cell in cells if cell.down == 1]
        ending = [len(cell.lines) * self._leading - (cell.top - self._paper.y) for cell in self._open if cell.down == 1]
        return max([self._leading, *needs, *ending]) + 2 * _PAD_ABOVE

    def _draw_part(self, cells: list[_Cell]) -> bool:
        """Draw what fits of a row that is higher than a page; False where not one line does."""
        height = self._paper.room
        if height < self._leading + 2 * _PAD_ABOVE:
            return False
        self._rule_beside(cells)
        top = self._paper.y
        self._paper.y -= height
        for cell in cells:
            cell.top = top
            self._show(cell, self._paper.regular)
        return True

    def _draw_row(self, cells: list[_Cell], height: float, *, is_head: bool = False) -> None:
        self._rule_beside(cells)
        for cell in cells:
            cell.top = self._paper.y
        self._paper.y -= height
        ended = [cell for cell in (*self._open, *cells) if cell.down == 1]
        self._open = [cell for cell in (*self._open, *cells) if cell.down > 1]
        for cell in ended:
            self._show(cell, self._paper.bold if is_head else self._paper.regular, is_head=is_head)
        for cell in self._open:
            cell.down -= 1
        self._rules.across(self._paper.y, without=[column for cell in self._open for column in cell.columns])

    def _rule_beside(self, cells: Iterable[_Cell]) -> None:
        """Upright rules beside this row, none within its cells."""
        self._rules.down(self._paper.y, without=[edge for cell in (*self._open, *cells) for edge in cell.columns[1:]])

    def _show(self, cell: _Cell, face: Typeface, *, is_head: bool = False) -> None:
        """Draw what fits of a cell between where it began and the pen."""
        height = cell.top - self._paper.y - 2 * _PAD_ABOVE
        count = max(int((height + 0.01) / self._leading), 0)
        shown, cell.lines = cell.lines[:count], cell.lines[count:]
        left, right = self._rules.edges[cell.column] + PAD, self._rules.edges[cell.column + cell.across] - PAD
        top = cell.top - _PAD_ABOVE - ((height - len(shown) * self._leading) / 2 if is_head else 0)
        for number, line in enumerate(shown):
            free = right - left - face.width(line) * self._fit.size if is_head or cell.is_number else 0
            x = left + (free / 2 if is_head else free)
            self._paper.line(face, self._fit.size, x, top - number * self._leading, line)

    def _cell(self, view: CellView, face: Typeface) -> _Cell:
        width = sum(self._fit.widths[view.column : view.column + view.across]) - 2 * PAD + 0.01
        lines = [*face.wrap(view.text, width / self._fit.size)] if view.text else []
        name = tuple(lines) if view.down > 1 and len(lines) <= _NAME_LINES else ()
        return _Cell(view.column, view.across, view.down, lines, view.is_number, name)

    def _head_heights(self) -> list[float]:
        """Points that each row of the heading needs."""
        heights: list[float] = []
        spans: list[tuple[int, int, float]] = []
        for number, row in enumerate(self._head):
            cells = [self._cell(cell, self._paper.bold) for cell in row]
            spans += [(number, number + cell.down, len(cell.lines) * self._leading) for cell in cells if cell.down > 1]
            own = max([self._leading, *(len(cell.lines) * self._leading for cell in cells if cell.down == 1)])
            ending = [need - sum(heights[start:]) for start, end, need in spans if end == number + 1]
            heights.append(max([own, *ending]) + 2 * _PAD_ABOVE)
        return heights
