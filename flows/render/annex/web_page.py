"""What a web page says, in order: its paragraphs and its tables. Scripts, styles and pictures are left behind.

Nothing is fetched or carried out; only words that stand between tags are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flows import bounds
from flows.forms.grid import Grid, make_grid
from flows.forms.grid_sheet import Box

_IS_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|ul|ol|pre|center|font|section|article|main|meta)\b",
    re.IGNORECASE,
)
_NOT_PAGE = re.compile(
    r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+svg|svg|mso-application)\b", re.IGNORECASE | re.DOTALL
)
_LOOKED_AT = 4_096
_MAY_BE_OPEN = 1_000
_SILENT = frozenset({"script", "style", "title", "noscript", "template", "svg", "select"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_BREAKING = _HEADS | {
    "p", "div", "section", "article", "header", "footer", "nav", "main", "aside", "li", "ul", "ol", "dl", "dt", "dd",
    "table", "tr", "blockquote", "pre", "hr", "figure", "figcaption", "form", "fieldset", "address", "body",
}  # fmt: skip
_CELLS = ("td", "th")
_MAY_HIDE = frozenset(
    ("div", "span", "p", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "section", "nav", "aside", "footer")
)
"""What is closed again; of others nobody knows where their hiding ends."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand together."""

    text: str
    is_head: bool = False


@dataclass(slots=True)
class _Table:
    """A table while it is read; the last cell of the last row is open."""

    rows: list[list[tuple[str, int, int]]] = field(default_factory=list)
    """Text of each cell, and how many columns and rows it goes over."""
    words: list[str] = field(default_factory=list)
    span: tuple[int, int] = (1, 1)
    is_open: bool = False

    def close(self) -> None:
        """The open cell ends."""
        if self.is_open and self.rows:
            lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.words).split("\0"))
            self.rows[-1].append(("\n".join(filter(None, lines)), *self.span))
        self.words, self.is_open = [], False


def is_web_page(text: str) -> bool:
    """Whether markup is a page with words to read, and no drawing or record of data."""
    begin = text[:_LOOKED_AT]
    return not _NOT_PAGE.match(begin) and _IS_PAGE.search(begin) is not None


def is_torn(text: str) -> bool:
    """Whether far more tags begin than end: no program writes such a page, and looking for the ends takes for ever."""
    return text.count("<") > 2 * text.count(">") + _MAY_BE_OPEN


def parts_of(text: str) -> Sequence[Paragraph | Grid]:
    """The paragraphs and tables of a web page, as they follow each other."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    return reader.parts


class _Reader(HTMLParser):
    """Follows the tags of a page, of which some may never be closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Paragraph | Grid] = []
        self._words: list[str] = []
        self._head = ""
        self._silent, self._depth = "", 0
        """The element whose words are not taken, and how many of its name are open within."""
        self._is_laid_out = False
        """Whether lines stay lines."""
        self._lists: list[int | None] = []
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        attributes = dict(attrs)
        if self._silent:
            self._depth += tag == self._silent
            return
        if tag in _SILENT or (tag in _MAY_HIDE and _is_hidden(attributes)):
            self._silent, self._depth = tag, 1
            return
        if tag in _BREAKING:
            self._break()
        if tag == "br":
            self._say("\0")
        elif tag == "table":
            self._begin_table()
        elif tag in (*_CELLS, "tr") and self._tables:
            self._begin_cell(self._tables[-1], tag, attributes)
        else:
            self._begin_words(tag)

    def _begin_words(self, tag: str) -> None:
        """How the words that follow stand."""
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._say(self._sign())
        elif tag in _HEADS:
            self._head = tag
        elif tag == "pre":
            self._is_laid_out = True

    def _begin_table(self) -> None:
        """A table within another one: what the outer one has said so far stands before it."""
        if self._tables:
            outer = self._tables[-1]
            outer.close()
            self._lay(outer)
            outer.rows, outer.is_open = [[]], True
        self._tables.append(_Table())

    def _begin_cell(self, table: _Table, tag: str, attributes: dict[str, str | None]) -> None:
        table.close()
        if tag == "tr" or not table.rows:
            table.rows.append([])
        if tag in _CELLS:
            table.is_open = True
            table.span = (
                _count(attributes.get("colspan"), bounds.SHEET_COLUMNS),
                _count(attributes.get("rowspan"), bounds.ANNEX_TABLE_ROWS),
            )

    def _sign(self) -> str:
        """What stands before an entry of a list."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "• "
        self._lists[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if self._silent:
            self._depth -= tag == self._silent
            if not self._depth:
                self._silent = ""
            return
        if tag == "table" and self._tables:
            self._end_table()
        elif tag in (*_CELLS, "tr") and self._tables:
            self._tables[-1].close()
        elif tag in ("ul", "ol") and self._lists:
            self._break()
            self._lists.pop()
        elif tag in _BREAKING:
            self._break()
            self._is_laid_out = self._is_laid_out and tag != "pre"

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self._say(data.replace("\n", "\0") if self._is_laid_out else data)

    def end(self) -> None:
        """The page ends, whatever was left open."""
        while self._tables:
            self._end_table()
        self._break()

    def _say(self, words: str) -> None:
        inside = self._tables[-1] if self._tables else None
        (inside.words if inside is not None and inside.is_open else self._words).append(words)

    def _break(self) -> None:
        """A new line begins: in a cell that is open, else a new paragraph."""
        if self._tables and self._tables[-1].is_open:
            self._tables[-1].words.append("\0")
            return
        for line in "".join(self._words).split("\0"):
            if text := _SPACES.sub(" ", line).strip():
                self.parts.append(Paragraph(text, bool(self._head)))
        self._words, self._head = [], ""

    def _end_table(self) -> None:
        table = self._tables.pop()
        table.close()
        if not self._tables:
            self._break()
        self._lay(table)

    def _lay(self, table: _Table) -> None:
        """What a table says, in its place among the parts."""
        rows = [row for row in table.rows if any(text for text, *_ in row)]
        if max(map(len, rows), default=0) > 1:
            self.parts.append(_grid(rows))
        else:  # a table that only arranges a page, or holds others
            lines = (line for row in rows for text, *_ in row for line in text.split("\n"))
            self.parts.extend(Paragraph(line) for line in lines)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _grid(rows: Sequence[Sequence[tuple[str, int, int]]]) -> Grid:
    """The cells at their places, those that reach over others as merged ones."""
    lines: list[dict[int, str]] = [{} for _ in rows]
    taken: set[tuple[int, int]] = set()
    merged: list[Box] = []
    for row, cells in enumerate(rows):
        column = 0
        for text, across, down in cells:
            while (row, column) in taken:
                column += 1
            if column >= bounds.SHEET_COLUMNS:
                break
            lines[row][column] = text
            bottom, right = (
                max(row, min(row + down, len(rows), bounds.ANNEX_TABLE_ROWS) - 1),
                min(column + across, bounds.SHEET_COLUMNS) - 1,
            )
            if (bottom, right) != (row, column):
                merged.append((row, column, bottom, right))
                if bottom > row:
                    taken.update((below, at) for below in range(row + 1, bottom + 1) for at in range(column, right + 1))
            column = right + 1
    width = max((max(line, default=-1) + 1 for line in lines), default=0)
    laid = [list(_laid(line, width)) for line in lines]
    return make_grid("", laid, merged=merged, is_cut=len(rows) > bounds.SHEET_ROWS)


def _laid(line: dict[int, str], width: int) -> Iterator[str | None]:
    for column in range(min(width, max(line, default=-1) + 1)):
        yield line.get(column) or None


def _count(text: str | None, most: int) -> int:
    """How far a cell reaches; 1 where that is not said properly."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004 - 9999
    return max(1, min(int(text or 1), most)) if is_number else 1
