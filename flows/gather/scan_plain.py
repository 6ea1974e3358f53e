"""Files of plain text, whole: tables as rows, markup without its tags, everything else line by line."""

from __future__ import annotations

import codecs
import csv
import quopri
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from flows import bounds
from flows.gather.family import wide_encoding
from flows.gather.scan_markup import look_at_markup
from flows.gather.scan_records import records_in
from flows.gather.scanner import Scanner
from flows.privacy import is_exported

_CHUNK_BYTES = 1_000_000
_BLOCK_LINES = 2_000
_SNIFFED_LINES = 30
_DELIMITERS = ";,\t|"
_TABLE_SHARE = 0.8
_HEAD_ROWS = 12
_LONGEST_LINE = 1_000_000
_CELL_BY_CELL = re.compile(r"ID;P|TABLE\s+0,1\s")
"""Beginnings of .slk and .dif, in which each cell has a line that says where it stands, and dates are numbers."""
_CARD, _QUOTED = "BEGIN:V", "QUOTED-PRINTABLE"
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
"""The end of a line within a cell of a table written with strokes."""
_ESCAPED = re.compile(r"\\u00([0-9A-Fa-f]{2})")


def look_at_text(path: Path, scanner: Scanner) -> None:
    """Look at all of a text file: .csv and the like, .xml and .html, .json, .txt, in any common encoding.

    What was found in records is not counted once more in the lines they are written in.
    """
    with path.open("rb") as stream:
        start = stream.read(512)
        encoding = wide_encoding(start) or "utf-8-sig"
        stream.seek(0)
        beginning = start.decode(encoding, "ignore").lstrip()
        if beginning.startswith("<"):
            look_at_markup(stream, scanner)
            return
    if _CELL_BY_CELL.match(beginning):
        scanner.cut()  # read as lines all the same
    records = records_in(path, encoding) if beginning.startswith(("{", "[")) else ()
    for table in records:
        if scanner.is_spent:
            scanner.cut()
            return
        scanner.look_at_rows(table.rows, title=table.title)
    lines: Iterator[str] = map(_unescaped, _lines(path, encoding))
    if beginning[: len(_CARD)].upper() == _CARD:
        lines = _of_card(lines)
    first = list(islice(lines, _SNIFFED_LINES))
    has_told = bool(scanner.told) and bool(records)
    delimiter = "" if records else _delimiter(first)
    blocks = _blocks(first, lines)
    if delimiter:
        _look_at_table(blocks, delimiter, scanner)
        return
    title = "\n".join(first[:3])
    line = 1
    for block in blocks:
        if scanner.is_spent:
            scanner.cut()
            return
        above = title if line > 1 else ""
        scanner.look("\n".join(block), title=above, only_new=bool(records), lists=not has_told, line=line)
        line += len(block)


def _of_card(lines: Iterator[str]) -> Iterator[str]:
    """Lines of a card or an appointment as their programs show them: old telephones wrote letters by their numbers."""
    carry, is_quoted = "", False
    for line in lines:
        is_quoted = (is_quoted and bool(carry)) or _QUOTED in line.upper()
        if is_quoted and line.endswith("=") and len(carry) < _LONGEST_LINE:
            carry += line[:-1]
            continue
        whole, carry = carry + line, ""
        yield quopri.decodestring(whole.encode()).decode("utf-8", "replace") if is_quoted else whole


def _of_code_page(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is in the code page of Windows: a space that does not break is one, and parts no number."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
    raise error


_ERRORS = "kla-code-page"
codecs.register_error(_ERRORS, _of_code_page)


def _unescaped(line: str) -> str:
    """A line as a program reads it to whom digits may be written by their numbers, as in a .json."""
    if "<br" in line.lower():
        line = _BREAK.sub(" ", line)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), line) if "\\u00" in line else line


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines without their ends; one that never ends comes in pieces. Digits are the same in every code page."""
    decoder = codecs.getincrementaldecoder(encoding)(_ERRORS)
    with path.open("rb") as stream:
        carry = ""
        while data := stream.read(_CHUNK_BYTES):
            *whole, carry = (carry + decoder.decode(data)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
            yield from whole
            if len(carry) > _LONGEST_LINE:
                yield carry
                carry = ""
        if carry:
            yield carry


def _blocks(first: list[str], lines: Iterator[str]) -> Iterator[list[str]]:
    block = [*first, *islice(lines, _BLOCK_LINES)]
    while block:
        yield block
        block = list(islice(lines, _BLOCK_LINES))


def _delimiter(lines: list[str]) -> str:
    """What parts the cells of a table; empty where the lines are none."""
    if is_exported(lines):
        return ""
    filled = [line for line in lines if line.strip()]
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in filled)
        count, times = counts.most_common(1)[0] if counts else (0, 0)
        if count and len(filled) > 1 and times >= _TABLE_SHARE * len(filled):
            return delimiter
    return ""


def _look_at_table(blocks: Iterator[list[str]], delimiter: str, scanner: Scanner) -> None:
    number, head = 1, list[list[str]]()
    csv.field_size_limit(bounds.SCAN_PAGE_CHARS)
    for block in blocks:
        if scanner.is_spent:
            scanner.cut()
            return
        try:
            rows = list(csv.reader(block, delimiter=delimiter))
        except csv.Error:
            rows = [line.split(delimiter) for line in block]
        scanner.look_at_rows(rows, first_row=number, head=head, is_of_lines=True)
        number += len(block)
        head = head or rows[:_HEAD_ROWS]
