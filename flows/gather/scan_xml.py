"""The words in parts of office files: swept out of any XML, or followed paragraph by paragraph and table by table."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Protocol
from xml.parsers import expat

from flows import bounds
from flows.gather.family import HEAD_BYTES, wide_encoding
from flows.gather.revisions import TrackedLine
from flows.gather.scanner import Scanner

_INLINE = re.compile(
    r"</?(?:\w+:)?(?:t|r|rPr|span|b|i|u|strike|sz|color|rFont|vertAlign|family|charset|scheme|proofErr|bookmark\w*)"
    r"(?:\s[^<>]*)?/?>"
)
"""Tags between which a word or number goes on."""
_TAG = re.compile(r"<[^<>]*>")
_LONG_VALUE = re.compile(r"""=\s*(?:"([^"<>]{12,})"|'([^'<>]{12,})')""")
"""Values of attributes that could hold the number of a person; pivot caches keep all of theirs in attributes."""
_OFTEN = ("http://", "https://", "urn:", "application/", "{")
_MANY_DIGITS = re.compile(r"\d(?:\W?\d){14}")
_CARRY_CHARS = 4_000
_CHUNK_BYTES = 1_000_000
_BLOCK_CHARS = 50_000
_TITLE_LINES = 3
_TITLE_CHARS = 400
_FALSE = ("0", "false", "off")


def sweep(
    stream: IO[bytes],
    scanner: Scanner,
    *,
    hidden: str,
    sheet: str = "",
    page: int | None = None,
    only_new: bool = False,
) -> None:
    """Look at all words and long attributes of an XML or HTML part, however it is built."""
    for text in pieces_of(stream):
        if scanner.is_spent:
            scanner.cut()
            return
        scanner.look(words_of(text), hidden=hidden, sheet=sheet, page=page, only_new=only_new)


def words_of(source: str) -> str:
    """The words between tags, one element a line, and the attributes long enough to matter."""
    if "<!" in source:
        source = source.replace("<![CDATA[", "").replace("]]>", "").replace("<!--", "\n").replace("-->", "\n")
    values = [
        value
        for pair in _LONG_VALUE.findall(source)
        if not (value := pair[0] or pair[1]).startswith(_OFTEN) or _MANY_DIGITS.search(value)
    ]
    if "\\" in source:  # formats of numbers have one before each digit that is a mere sign
        values = [value.replace("\\", "") for value in values]
    words = _TAG.sub("\n", _INLINE.sub("", source))
    lines = [line for line in (each.strip() for each in words.splitlines()) if line]
    text = "\n".join([*lines, *values])
    return html.unescape(text) if "&" in text else text


def pieces_of(stream: IO[bytes]) -> Iterator[str]:
    """The part as text, cut where a tag ends and no number can be torn."""
    first = stream.read(bounds.SCAN_PIECE_BYTES)
    encoding = wide_encoding(first[:HEAD_BYTES]) or "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    carry, data = "", first
    while data:
        text = carry + decoder.decode(data)
        data = stream.read(bounds.SCAN_PIECE_BYTES)
        end = len(text) if not data else _safe_end(text)
        yield text[:end]
        carry = text[end:]
    if carry:
        yield carry


def _safe_end(text: str) -> int:
    """Behind the last paragraph, cell or row that ends near the end; else behind a tag; else the end."""
    start = max(0, len(text) - _CARRY_CHARS)
    ends = [text.rfind(tag, start) for tag in ("</si>", "</w:p>", "</a:p>", "</row>", "</r>", "\n")]
    last = max(ends)
    return (
        text.find(">", last) + 1 if last >= 0 and text.find(">", last) >= 0 else text.rfind(">", start) + 1 or len(text)
    )


class Readable(Protocol):
    """What can be read bit by bit."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``."""
        ...


class Follower:
    """Follows a part of a Word document, presentation or OpenDocument text.

    Args:
        scanner: Gets lines as running text and tables as rows.
        page: Slide of a presentation.
        hidden: Where the whole part is hidden.
        is_open_document: Whether words may stand outside of elements made for words.
        counts_tables: Whether its tables are those people count, of a document without pages.
    """

    def __init__(
        self,
        scanner: Scanner,
        *,
        page: int | None = None,
        hidden: str = "",
        is_open_document: bool = False,
        counts_tables: bool = False,
    ) -> None:
        self._scanner, self._page, self._hidden = scanner, page, hidden
        self._is_open_document = is_open_document
        self._counts_tables, self._table = counts_tables, 0
        self._line = TrackedLine()
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "r": self._start_run,
            "vanish": self._vanish,
            "tbl": self._start_table,
            "table": self._start_table,
            "ins": self._line.start_insertion,
            "moveTo": self._line.start_insertion,
            "change-start": self._line.start_insertion,
            "change-end": self._line.end_insertion,
            "changed-region": self._line.start_region,
            "change": self._line.mark,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_line,
            "h": self._end_line,
            "tc": self._end_cell,
            "table-cell": self._end_cell,
            "tr": self._end_row,
            "table-row": self._end_row,
            "tbl": self._end_table,
            "table": self._end_table,
            "ins": self._line.end_insertion,
            "moveTo": self._line.end_insertion,
            "changed-region": self._line.end_region,
        }
        self._lines: list[str] = []
        self._chars = 0
        self._reverted: list[str] = []
        self._unseen: dict[str, list[str]] = {}
        self._tables: list[_OpenTable] = []
        self._words = 0
        self._paragraphs = 0
        self._away: list[str] = []
        """Where what is read just now cannot be seen: comments, deletions."""
        self._is_in_run, self._is_vanished = False, False

    def follow(self, stream: Readable) -> None:
        """Read the whole part.

        Raises:
            expat.ExpatError: not well-formed, or with entities of its own; what came before was looked at.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = _refuse_entity
        try:
            while chunk := stream.read(_CHUNK_BYTES):
                if self._scanner.is_spent:
                    self._scanner.cut()
                    break
                parser.Parse(chunk, False)  # noqa: FBT003 - takes no keywords
            else:
                parser.Parse(b"", True)  # noqa: FBT003
        finally:
            self._flush()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        start = self._starts.get(name)
        if start:
            start(attributes)
        elif name in _PARAGRAPHS:
            self._paragraphs += 1
        elif name in _GAPS:
            self._add(_GAPS[name])
        elif name == "sym":
            self._add(_sign(attributes.get("w:char", "")))
        if name in _AWAY:
            self._away.append(_AWAY[name])
        if name in _WORDS:
            self._words += 1
        hint = attributes.get("descr") or attributes.get("text:string-value")
        if hint:
            self._unseen.setdefault("text", []).append(hint)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        end = self._ends.get(name)
        if end:
            end()
        elif name == "r":
            self._is_in_run = self._is_vanished = False
        if name in _PARAGRAPHS:
            self._paragraphs -= 1
        if name in _AWAY and self._away:
            self._away.pop()
        if name in _WORDS:
            self._words -= 1

    def _characters(self, text: str) -> None:
        if self._words or (self._is_open_document and self._paragraphs):
            self._add(text)

    def _add(self, text: str) -> None:
        hidden = self._away[-1] if self._away else "text" if self._is_vanished else ""
        if hidden:
            self._unseen.setdefault(hidden, []).append(text)
        else:
            self._line.add(text)
        if hidden == _REVISION:
            self._line.delete(text)

    def _start_run(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._is_in_run, self._is_vanished = True, False

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if self._is_in_run and attributes.get("w:val", "1") not in _FALSE:
            self._is_vanished = True

    def _end_line(self) -> None:
        for texts in self._unseen.values():
            texts.append("\n")
        text, before = self._line.end()
        if before:
            self._reverted.append(before)
        if self._tables:
            self._tables[-1].cell.append(text)
        elif text.strip():
            self._lines.append(text)
            self._chars += len(text)
            if self._chars > _BLOCK_CHARS:
                self._flush()

    def _start_table(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._table += not self._tables
        self._tables.append(_OpenTable("\n".join(self._lines[-_TITLE_LINES:])[-_TITLE_CHARS:]))

    def _end_cell(self) -> None:
        if self._tables:
            self._tables[-1].end_cell()

    def _end_row(self) -> None:
        if self._tables:
            table = self._tables[-1]
            table.end_row()
            if len(table.rows) >= bounds.SCAN_ROWS_AT_ONCE:
                self._look_at(table)

    def _end_table(self) -> None:
        if self._tables:
            self._look_at(self._tables.pop())

    def _look_at(self, table: _OpenTable) -> None:
        if table.rows:
            number = self._table if self._counts_tables else None
            self._scanner.look_at_rows(
                table.rows, page=self._page, hidden=self._hidden, title=table.title, table=number
            )
            table.rows = []

    def _flush(self) -> None:
        """Hand on what has come together."""
        lines, unseen = self._lines[:], self._unseen
        self._lines, self._unseen, self._chars = [], {}, 0
        self._scanner.look("\n".join(lines), page=self._page, hidden=self._hidden)
        for hidden, texts in unseen.items():
            self._scanner.look("".join(texts), page=self._page, hidden=self._hidden or hidden)
        if self._reverted:
            text, self._reverted = "\n".join(self._reverted), []
            self._scanner.look(text, page=self._page, hidden=self._hidden or _REVISION, only_new=True)
        while self._tables:  # the part broke off
            self._look_at(self._tables.pop())


class _OpenTable:
    """A table while it is read."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[list[str]] = []
        self.cell: list[str] = []
        self._row: list[str] = []

    def end_cell(self) -> None:
        self._row.append("\n".join(text for text in self.cell if text.strip()))
        self.cell = []

    def end_row(self) -> None:
        if any(self._row):
            self.rows.append(self._row)
        self._row = []


_WORDS = frozenset({"t", "delText", "instrText", "delInstrText"})
_PARAGRAPHS = frozenset({"p", "h"})
_REVISION = "revision"
_AWAY = {
    "delText": _REVISION,
    "delInstrText": _REVISION,
    "instrText": "elsewhere",
    "moveFrom": _REVISION,
    "tracked-changes": _REVISION,
    "annotation": "comment",
}
"""Elements whose words nobody sees on the page."""
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "s": " ", "line-break": "\n"}


_FONTS_OF_SIGNS = 0xF000


def _sign(code: str) -> str:
    """A sign of a font that Word has inserted by its number; fonts of signs begin at F000."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    number = number - _FONTS_OF_SIGNS if number >= _FONTS_OF_SIGNS else number
    return chr(number) if 0 < number < _FONTS_OF_SIGNS and not 0xD800 <= number < 0xE000 else ""  # noqa: PLR2004 - halves of signs


def _refuse_entity(*_: object) -> None:
    raise expat.ExpatError("entities of its own")
