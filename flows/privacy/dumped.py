"""Lists as databases and address books write them: commands that fill tables, and cards, as rows below headings."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from flows.words import holds_any

_MARKS = ("INSERT INTO", "insert into", "CREATE TABLE", "FROM stdin", "BEGIN:VCARD", ",dc=")
"""As programs write them; searched for in every page, so that they are few."""
_NAME = r"[`\"\[]?(?P<table>\w+)[`\"\]]?"
_COMMAND = re.compile(
    rf"\b(?:insert\s+into|(?P<copy>copy))\s+(?:[`\"\[]?\w+[`\"\]]?\.)?{_NAME}\s*(?:\((?P<columns>[^()']{{1,4000}})\))?\s*"
    r"(?(copy)from stdin;?[^\n]*\n|values?\s*(?=\())",
    re.IGNORECASE,
)
_ROW = re.compile(r"\((?P<cells>(?:[^'()]++|'[^'\\]*+(?:\\.[^'\\]*+)*'|\([^()']*+\))*)\)\s*,?\s*", re.DOTALL)
"""One row of values; a quote within a text is written twice, which reads as two texts side by side."""
_TABLE = re.compile(rf"\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?{_NAME}\s*\(\s*\n", re.IGNORECASE)
_COLUMN = re.compile(r"[ \t]*[`\"\[]?(?P<name>\w+)[`\"\]]?\s+\w")
_NO_COLUMN = re.compile(r"\s*(?:primary|key|unique|constraint|index|foreign|fulltext|check)\b", re.IGNORECASE)
_CARD, _END_OF_CARD = "BEGIN:VCARD", "END:VCARD"
_FIELD = re.compile(r"^(?:item\d+\.)?(?P<key>FN|BDAY|ADR)(?:;[^:\n]*)?:(?P<value>[^\n]*)", re.MULTILINE)
_DIRECTORY = re.compile(r"^dn: ", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"^(?P<key>cn|displayName|birthDate|dateOfBirth|tanggalLahir|street|l|ou):\s(?P<value>[^\n]*)", re.MULTILINE
)
_DIRECTORY_HEADINGS = {
    "nama": ("cn", "displayName"),
    "tanggal lahir": ("birthDate", "dateOfBirth", "tanggalLahir"),
    "alamat": ("street", "l"),
    "kelas": ("ou",),
}
_CARD_HEADINGS = {"FN": "nama", "BDAY": "tanggal lahir", "ADR": "alamat"}
_PLAIN_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\b.*")
_END_OF_COPY = "\\."
_MOST_TABLES, _LONGEST_TABLE = 200, 4_000
"""Tables whose columns are looked for in a text, and characters of one."""
Row = tuple[int, tuple[str, ...]]
"""Where it begins, and its cells."""


def may_hold_records(text: str) -> bool:
    """Whether there may be commands or cards in ``text``; asked of every page, so it must be cheap."""
    return holds_any(text, _MARKS)


def rows_of_records(text: str) -> list[Row]:
    """What fills tables in ``text``, below the names of its columns, and the cards in it, below what they tell.

    Each with the number of the line in which it begins.
    """
    ends = [end.start() for end in re.finditer("\n", text)]
    rows = [*_rows_of_commands(text), *_rows_of_cards(text), *_rows_of_directories(text)]
    return [(bisect_left(ends, start), cells) for start, cells in rows]


def _rows_of_commands(text: str) -> Iterator[Row]:
    columns_of = dict(_tables(text))
    heads: tuple[str, ...] = ()
    for command in _COMMAND.finditer(text):
        named = command["columns"]
        found = _names(named.split(",")) if named else columns_of.get(command["table"].lower(), ())
        if found != heads or not heads:
            heads = found
            yield command.start(), (command["table"],)
            if heads:
                yield command.start(), heads
        yield from _copied(text, command.end()) if command["copy"] else _inserted(text, command.end())


def _inserted(text: str, start: int) -> Iterator[Row]:
    while found := _ROW.match(text, start):
        yield start, _cells(found["cells"])
        start = found.end()


def _cells(written: str) -> tuple[str, ...]:
    lines = csv.reader(written.splitlines(), quotechar="'", escapechar="\\", skipinitialspace=True)
    try:
        return tuple(cell.strip() for line in lines for cell in line)
    except csv.Error:  # longer than any cell that tells a name
        return ()


def _copied(text: str, start: int) -> Iterator[Row]:
    while start < len(text):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if line.startswith(_END_OF_COPY) or "\t" not in line:
            return
        yield start, tuple(line.split("\t"))
        start += len(line) + 1


def _tables(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns of every table that is defined in ``text``, one to a line, as programs write them."""
    for table in islice(_TABLE.finditer(text), _MOST_TABLES):
        lines = text[table.end() : table.end() + _LONGEST_TABLE].partition(";")[0].split("\n")
        columns = [_COLUMN.match(line) for line in lines if not _NO_COLUMN.match(line)]
        names = tuple(column["name"] for column in columns if column)
        yield table["table"].lower(), names


def _names(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(column.strip(' \t\r\n`"[]') for column in columns)


def _rows_of_cards(text: str) -> Iterator[Row]:
    before, *cards = text.split(_CARD)
    start = len(before)
    if cards:
        yield start, tuple(_CARD_HEADINGS.values())
    for card in cards:
        told = card.partition(_END_OF_CARD)[0]
        fields = {field["key"]: field["value"] for field in reversed(list(_FIELD.finditer(told)))}
        fields["BDAY"] = _PLAIN_DAY.sub(r"\1-\2-\3", fields.get("BDAY", ""))
        yield start, tuple(" ".join(fields.get(key, "").replace(";", " ").split()) for key in _CARD_HEADINGS)
        start += len(_CARD) + len(card)


def _rows_of_directories(text: str) -> Iterator[Row]:
    """Entries of a directory, as LDIF has them."""
    starts = [entry.start() for entry in _DIRECTORY.finditer(text)]
    if not starts:
        return
    yield starts[0], tuple(_DIRECTORY_HEADINGS)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        told = {match["key"]: match["value"] for match in _ATTRIBUTE.finditer(text, start, end)}
        cells = [" ".join(told[key] for key in keys if key in told) for keys in _DIRECTORY_HEADINGS.values()]
        cells[1] = _PLAIN_DAY.sub(r"\1-\2-\3", cells[1])
        yield start, tuple(cells)
