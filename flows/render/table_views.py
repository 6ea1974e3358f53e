"""What the templates print of a table: heads, rows and widths, worded but for a few fixed words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.model import TableSource
from flows.render.charts import Chart

LONG_TEXT = 400
"""Characters from which a cell is a long text."""
_SHORT_LINE = 20
"""Characters that a line counts for at least, however short it is."""
FIRST_BLOCK_CHAPTER = 3
"""Bab I and Bab II come before the blocks."""


class Word(StrEnum):
    """Heads and labels that the template words, because they are the program's own."""

    NONE = ""
    NUMBER = "number"
    QUESTION = "question"
    ITEM = "item"
    DISTRICT = "district"
    VILLAGE = "village"
    YEAR = "year"
    NO_YEAR = "no-year"
    CHANGE = "change"
    CRITERION = "criterion"
    MET = "met"
    AREAS = "areas"
    SHARE = "share"
    TOTAL = "total"
    VALUE = "value"
    ENTRY = "entry"


class Style(StrEnum):
    """How a cell stands in its column: its class in the style sheet."""

    FIGURE = "angka"
    MIDDLE = "tengah"
    TEXT = ""
    MET = "tengah ya"


@dataclass(frozen=True, slots=True)
class Head:
    """One head of a table's columns."""

    text: str = ""
    word: Word = Word.NONE
    """Printed instead of ``text`` where set."""
    columns: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row."""

    text: str
    style: Style = Style.FIGURE
    is_head: bool = False
    word: Word = Word.NONE
    """Printed instead of ``text`` where set."""
    lines: tuple[str, ...] = ()
    """The same as ``text`` where somebody has written it in lines."""
    columns: int = 1
    label: str = ""
    """What it tells, where no head above it does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    cells: tuple[Cell, ...]
    is_total: bool = False
    is_told: bool = False
    """Whether it goes on below: rows that follow tell more of the same thing."""
    is_telling: bool = False
    """Whether it tells more of the row before it, across the page."""

    @property
    def is_long(self) -> bool:
        """Whether it may be broken across pages, because it could be taller than one."""
        return any(len(cell.text) + _SHORT_LINE * len(cell.lines) > LONG_TEXT for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows below a common label, which may be empty."""

    rows: tuple[Row, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it fits across the page."""

    heads: tuple[tuple[Head, ...], ...]
    widths: tuple[float, ...]
    """Share of each column in the width of the page, in per cent; the sum is 100."""
    groups: tuple[RowGroup, ...]
    aspect: str = ""
    """What it shows of the whole table, where that had to be split."""
    legend: tuple[tuple[str, str], ...] = ()
    """What numbered columns mean."""
    suffix: str = ""
    """Letter of a table that had to be split: ``a``."""
    is_dense: bool = False
    """Whether it is set in the smallest letters."""
    is_whole: bool = False
    """Whether it is short enough to stand on one page."""
    is_partial: bool = False
    """Whether its totals lack figures that are not known."""

    def holds(self, sign: str) -> bool:
        """Whether any of its cells is ``sign``."""
        return any(cell.text == sign for group in self.groups for row in group.rows for cell in row.cells)

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.widths)

    @property
    def cells(self) -> int:
        """How many cells it has below its head."""
        return sum(len(row.cells) for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a table comes from."""

    agency: str
    """Empty for the secretariat, and for agencies that are only counted."""
    kind: TableSource
    name: str = ""
    """Name of an agency's own file; empty where it may not be named."""
    count: int = 1
    """How many forms of areas, or of agencies too many to name."""


class Shows(StrEnum):
    """What the rows of a picture are."""

    AREAS = "areas"
    ITEMS = "items"
    MEASURES = "measures"
    """Several measures of the whole city."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """The picture of a table."""

    shows: Shows
    label: str
    """What is measured; empty where several things are."""
    years: tuple[int, ...]
    chart: Chart
    signs: frozenset[str]
    """Signs in place of figures, which a legend has to explain."""
    number: str = ""
    """``4.2``."""
    anchor: str = ""
    table_number: str = ""
    table_anchor: str = ""
    table_title: str = ""
    place: str = ""
    """Name of the city."""
    is_summed: bool = False
    """Whether its rows are sums of smaller areas."""


@dataclass(frozen=True, slots=True)
class CoveredView:
    """How many areas a table knows anything of in one year, where they are not all."""

    year: int | None
    known: int
    all: int


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the book shows it, in as many sheets as its width needs."""

    anchor: str
    number: str
    """``5.3``."""
    title: str
    area: Word
    """What its rows stand for, where they are areas."""
    question_id: str
    """Question whose rows it holds, of lists that serve several; else empty."""
    years: tuple[int, ...]
    definitions: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    sources: tuple[SourceView, ...]
    has_village_detail: bool = False
    """Whether the sources go further than the rows printed."""
    is_summed: bool = False
    """Whether its rows are sums of smaller areas."""
    is_sensitive: bool = False
    is_matrix: bool = False
    """Areas by criterion, at the end of a chapter."""
    kept_back: tuple[str, ...] = ()
    """Numbers of criteria that a matrix leaves out, because they point at children in difficulty."""
    matrix_number: str = ""
    """Number and anchor of the matrix of this checklist; empty where it has none."""
    matrix_anchor: str = ""
    uncovered: tuple[CoveredView, ...] = ()
    """Years whose rows, and so whose totals, lack areas."""
    unfilled: tuple[str, ...] = ()
    """Names of rows that its totals lack, because nobody filled them in."""
    figure: FigureView | None = None
    """Its picture, printed below it."""


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion of a checklist, counted."""

    number: int
    column_id: str
    label: str
    met: str
    areas: str
    share: str
    """In per cent; empty where the counts are hidden."""


@dataclass(frozen=True, slots=True)
class SeeView:
    """A table that stands at another question."""

    number: str
    anchor: str
    title: str
    area: Word = Word.NONE
    criteria: tuple[CriterionView, ...] = ()
    """Criteria of this question, of a checklist."""


@dataclass(frozen=True, slots=True)
class WithheldView:
    """A list that is shown only at the verification."""

    title: str
    rows: int
    """How many rows it has; 0 where they are too few to be counted in print."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link named as evidence."""

    text: str
    """What it is said to be; may be empty."""
    url: str
    is_safe: bool
    """Whether the address may be clicked: a plain web address."""
