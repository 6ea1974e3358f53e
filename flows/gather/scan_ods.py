"""The sheets of an .ods for whoever looks for personal data: all rows, what is hidden, and the comments on cells.

Read in one pass that keeps no more than a piece of one sheet; a row that is repeated a million times is looked at once.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from flows import bounds
from flows.gather.scanner import Scanner

_CHUNK_BYTES = 1_000_000
_FEW_ROWS = 200
_HIDING = ("collapse", "filter")
_CELLS = ("table:table-cell", "table:covered-table-cell")


def look_at_sheets(archive: zipfile.ZipFile, scanner: Scanner) -> None:
    """Look at all sheets of the .ods in ``archive``."""
    reader = _Reader(scanner)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = _refuse_entity
    with archive.open("content.xml") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            if scanner.is_spent:
                scanner.cut()
                break
            parser.Parse(chunk, False)  # noqa: FBT003 - takes no keywords
    reader.hand_on()


class _Reader:
    """Follows the elements of ``content.xml``."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._name, self._hidden = "", ""
        self._row, self._column, self._repeat = 0, 0, 1
        self._columns: set[int] = set()
        self._rows: list[list[object]] = []
        self._first = 1
        self._hidden_rows: set[int] = set()
        self._line: list[object] = []
        self._cell: Mapping[str, str] | None = None
        self._texts: list[str] = []
        self._comment: list[str] | None = None
        self._comments: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _CELLS:
            self._cell, self._texts = attributes, []
        elif tag == "table:table-row":
            self._row += self._repeat
            self._repeat, self._column, self._line = _count(attributes, "table:number-rows-repeated"), 0, []
            if attributes.get("table:visibility") in _HIDING:
                self._hidden_rows.add(self._row)
        elif tag == "table:table-column":
            count = min(_count(attributes, "table:number-columns-repeated"), bounds.SCAN_COLUMNS)
            if attributes.get("table:visibility") in _HIDING:
                self._columns.update(range(self._column, self._column + count))
            self._column += count
        elif tag == "table:table":
            self.hand_on()
            self._name, self._row, self._repeat, self._column = attributes.get("table:name", ""), 0, 1, 0
            self._hidden = "sheet" if attributes.get("table:style-name", "") in self._hidden_styles else ""
            self._columns, self._hidden_rows = set(), set()
        elif tag == "office:annotation":
            self._comment = []
        else:
            self._start_other(tag, attributes)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        """Styles that hide a sheet, and words that a list of choices shows."""
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag in ("table:help-message", "table:error-message", "table:content-validation"):
            self._comments.append(" ".join(attributes.values()))

    def characters(self, text: str) -> None:
        """Words of a cell or of a comment on one."""
        if self._comment is not None:
            self._comment.append(text)
        elif self._cell is not None:
            self._texts.append(text)
        elif text.strip():
            self._comments.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
        elif tag == "text:p":
            (self._texts if self._comment is None else self._comment).append("\n")
        elif tag == "office:annotation":
            self._scanner.look("".join(self._comment or ()), sheet=self._name, hidden="comment")
            self._comment = None
        elif tag == "table:table-row":
            if not self._rows:
                self._first = self._row
            self._rows += [self._line, *[[] for _ in range(min(self._repeat - 1, _FEW_ROWS))]]
            # What follows a row that is repeated without end needs its own number, so the piece ends.
            if self._repeat > _FEW_ROWS or len(self._rows) >= bounds.SCAN_ROWS_AT_ONCE:
                self.hand_on()

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        """Keep a cell as often as it is repeated, within bounds; empty ones at the end of a row are not kept."""
        repeat = _count(cell, "table:number-columns-repeated")
        self._cell = None
        value: object = "".join(self._texts).strip()
        number = cell.get("office:value", "")
        if not value or (number and cell.get("office:value-type") == "float"):
            value = _number(number) or value
        if value and self._column < bounds.SCAN_COLUMNS:
            self._line.extend([""] * (self._column - len(self._line)))
            self._line.extend([value] * min(repeat, bounds.SCAN_COLUMNS - self._column))
        elif value:
            self._scanner.cut()
        self._column += repeat

    def hand_on(self) -> None:
        """Look at what has come together."""
        rows, self._rows = self._rows, []
        if any(rows):
            self._scanner.look_at_rows(
                rows,
                sheet=self._name,
                first_row=self._first,
                hidden=self._hidden,
                title=self._name,
                hidden_rows=self._hidden_rows,
                hidden_columns=self._columns,
            )
        if self._comments:
            self._scanner.look("\n".join(self._comments), sheet=self._name, hidden="elsewhere")
            self._comments = []


def _number(text: str) -> str:
    """A number as people see it; ``9.971E15`` is written out."""
    try:
        value = float(text)
        return text if text.isdigit() else str(int(value)) if value.is_integer() else text
    except (ValueError, OverflowError):
        return text


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A whole number of at least 1."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1  # noqa: PLR2004 - 10 million


def _refuse_entity(*_: object) -> None:
    raise expat.ExpatError("entities of its own")
