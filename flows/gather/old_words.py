"""The words of a .doc or .ppt in the order of the page, as far as these formats tell them without their looks.

A .doc says in its table of pieces where its text lies; a .ppt is a tree of records, some of which are texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from flows import bounds

_WORD, _SLIDES = "WordDocument", "PowerPoint Document"
_WORD_97 = 0xC1
"""First version whose table of pieces stands where it does today."""
_FLAGS, _SECOND_TABLE = 0x0A, 0x0200
_PIECES_AT = 0x01A2
_SKIPPED, _TABLE = 1, 2
"""What the parts before the table of pieces begin with, and what it begins with itself."""
_PIECE_BYTES = 8
_LONGEST_CELL, _LONG_NUMBER = 20, re.compile(r"\d(?:\W?\d){9}")
_EIGHT_BIT, _PLACE = 0x40000000, 0x3FFFFFFF
_CELL_END = "\x07"
_BREAKS = dict.fromkeys(range(32), " ") | {9: "\t", 10: "\n", 11: "\n", 12: "\n", 13: "\n", 30: "-", 31: ""}
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")
"""What a field is told to show; what it shows follows."""
_TREE = 0xF
_HEAD = 8
_OWN_TEXTS = "___PPT"
"""What the program writes for itself begins so."""
_TEXTS_16, _TEXT_8 = frozenset({0x0FA0, 0x0FBA}), 0x0FA8


@dataclass(frozen=True, slots=True)
class OldWords:
    """What an old document says."""

    text: str
    """All of it, a row of a table on one line."""
    parts: tuple[str | tuple[tuple[str, ...], ...], ...]
    """Running text and tables, in order."""


def read_old_words(path: Path) -> OldWords | None:
    """The words of a .doc or .ppt; None where it does not tell them in a way that is known.

    Raises:
        OSError: the container is damaged.
    """
    import olefile

    if path.stat().st_size > bounds.OLD_OFFICE_BYTES:
        return None
    with path.open("rb") as stream, olefile.OleFileIO(stream) as container:
        if container.exists(_WORD):
            text = _words_of_doc(container)
            if text.count(_CELL_END) > bounds.SCAN_CELLS:
                return None
            parts = tuple(_parts(_FIELD_CODE.sub("", text)))
        elif container.exists(_SLIDES):
            texts = _each_once(_texts_of_ppt(container.openstream(_SLIDES).read()))
            parts = ("\n".join(texts).translate(_BREAKS),)
        else:
            return None
    whole = "\n".join(part if isinstance(part, str) else "\n".join(map("\t".join, part)) for part in parts)
    return OldWords(whole, parts) if whole.strip() else None


def _words_of_doc(container: Any) -> str:  # noqa: ANN401 - untyped library
    """The text of all parts: body, notes, headers, comments; empty where the table of pieces cannot be had."""
    source: bytes = container.openstream(_WORD).read()
    number = _number(source, 2, 2)
    name = "1Table" if _number(source, _FLAGS, 2) & _SECOND_TABLE else "0Table"
    if number < _WORD_97 or not container.exists(name):
        return ""
    start, size = _number(source, _PIECES_AT, 4), _number(source, _PIECES_AT + 4, 4)
    table = _table_of_pieces(container.openstream(name).read()[start : start + size])
    found, room = [], bounds.SCAN_CHARS
    count = (len(table) - 4) // (_PIECE_BYTES + 4)
    ends = [_number(table, 4 * place, 4) for place in range(count + 1)]
    for place, (first, last) in enumerate(pairwise(ends)):
        piece = _piece(source, _number(table, 4 * (count + 1) + _PIECE_BYTES * place + 2, 4), min(last - first, room))
        found.append(piece)
        room -= len(piece)
    return "".join(found)


def _table_of_pieces(source: bytes) -> bytes:
    at = 0
    while at < len(source) and source[at] == _SKIPPED:
        at += 3 + _number(source, at + 1, 2)
    return source[at + 5 :] if source[at : at + 1] == bytes([_TABLE]) else b""


def _piece(source: bytes, place: int, length: int) -> str:
    at = place & _PLACE
    if length <= 0:
        return ""
    if place & _EIGHT_BIT:
        return source[at // 2 : at // 2 + length].decode("cp1252", "replace")
    return source[at : at + 2 * length].decode("utf-16-le", "replace")


def _parts(text: str) -> Iterator[str | tuple[tuple[str, ...], ...]]:
    """Running text and tables: every cell ends with a mark, every row with one more."""
    start = 0
    while (mark := text.find(_CELL_END, start)) >= 0:
        begin = max(start, text.rfind("\r", start, mark) + 1)
        end = _end_of_table(text, mark)
        yield text[start:begin].translate(_BREAKS)
        yield tuple(_rows(text[begin:end].split(_CELL_END)[:-1]))
        start = end
    yield text[start:].translate(_BREAKS)


def _end_of_table(text: str, end: int) -> int:
    """Where the table of the mark at ``end`` ends: behind the end of a row that no cell follows at once."""
    while (found := text.find(_CELL_END, end + 1)) >= 0:
        if text[end - 1 : end + 1] == _CELL_END * 2 and text.count("\r", end, found) > 1:
            break
        end = found
    return end + 1


def _rows(cells: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows; an empty cell looks like the end of one, so that the first row says how many columns there are."""
    cells = [cell.translate(_BREAKS).replace("\n", " ").strip() for cell in cells]
    width = cells.index("") if "" in cells else len(cells)
    is_even = width and len(cells) % (width + 1) == 0 and not any(cells[width :: width + 1])
    if is_even:
        yield from (tuple(cells[at : at + width]) for at in range(0, len(cells), width + 1))
        return
    row: list[str] = []
    for cell in (*cells, ""):
        if cell:
            row.append(cell)
        elif row:
            yield tuple(row)
            row = []


def _texts_of_ppt(source: bytes) -> Iterator[str]:
    """The texts among the records; what holds others is gone into."""
    at = 0
    while at + _HEAD <= len(source):
        kind, size = _number(source, at + 2, 2), _number(source, at + 4, 4)
        at += _HEAD
        if source[at - _HEAD] & _TREE == _TREE:
            continue
        content = source[at : at + size]
        if kind in _TEXTS_16:
            yield content.decode("utf-16-le", "replace")
        elif kind == _TEXT_8:
            yield content.decode("latin-1")
        at += size


def _each_once(texts: Iterable[str]) -> Iterator[str]:
    """Texts of slides, which stand there several times; but not the cells of tables, of which many are alike."""
    seen = set[str]()
    for text in texts:
        if text not in seen or (len(text) <= _LONGEST_CELL and not _LONG_NUMBER.search(text)):
            yield text
        seen.add(text)


def _number(source: bytes, at: int, size: int) -> int:
    return int.from_bytes(source[at : at + size], "little")
