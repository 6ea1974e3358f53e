"""Tables in web pages and records in .xml files: rows, as other tables have them.

Applications of offices hand out web pages with the name of a workbook (.xls), and .xml with an element for each field;
office programs save documents, workbooks and slides as one .xml too (.fodt, .fods, .fodp, .xml of 2003).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.gather.scan_xml import words_of


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How tables are written."""

    table: re.Pattern[str]
    row: re.Pattern[str]
    cell: re.Pattern[str]
    """With its attributes and its content."""


_PAGES = _Dialect(
    re.compile(r"<table\b", re.IGNORECASE),
    re.compile(r"<tr\b", re.IGNORECASE),
    re.compile(r"<t[dh]\b([^<>]*)>(.*?)(?=<t[dh]\b|</t[dhr]\b|</table\b|\Z)", re.DOTALL | re.IGNORECASE),
)
_OFFICE = (
    ("<table:table-row", r"table:table\b(?!-)", r"table:table-row\b", r"table:(?:covered-)?table-cell\b"),
    ("<w:tr", r"w:tbl\b", r"w:tr\b", r"w:tc\b"),
    ("<Row", r"(?:Table|Worksheet)\b", r"Row\b", r"Cell\b"),
    ("<ss:Row", r"ss:(?:Table|Worksheet)\b", r"ss:Row\b", r"ss:Cell\b"),
)
_DIALECTS = tuple(
    (
        sign,
        _Dialect(
            re.compile(f"<{table}"),
            re.compile(f"<{row}"),
            re.compile(rf"<{cell}([^<>]*)>(.*?)(?=<{cell}|</{row}|\Z)", re.DOTALL),
        ),
    )
    for sign, table, row, cell in _OFFICE
)
"""Those of office programs, and the sign that one of them is used."""
_REPEATED = re.compile(r'table:number-columns-repeated="(\d{1,4})"|ss:Index="(\d{1,4})"')
"""So many cells alike, or the place of a cell behind some that are left out."""
_MOST_COLUMNS = 200
_TAG = re.compile(r"<[^<>]*>")
_FIELD = re.compile(r"<([A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,200})?>([^<>]{0,400})</\1\s*>")
_WITH_VALUES = re.compile(r"<[A-Za-z_][\w.-]{0,60}((?:\s+[A-Za-z_][\w:.-]{0,60}=\"[^\"<>]{0,400}\"){2,60})\s*/?>")
_VALUE = re.compile(r"([A-Za-z_][\w:.-]{0,60})=\"([^\"<>]{0,400})\"")
_LEAST_FIELDS, _LEAST_RECORDS = 2, 2
_TITLE_LINES, _TITLE_CHARS = 4, 400


@dataclass(slots=True)
class MarkupTable:
    """A table of a page, or records that follow each other."""

    title: str
    """What stands above it."""
    rows: list[Sequence[str]] = field(default_factory=list)


def tables_in(source: str) -> Iterator[MarkupTable]:
    """The tables and records in a page or an .xml file, however they are nested.

    Args:
        source: Markup, without its comments and scripts.
    """
    office = next((dialect for sign, dialect in _DIALECTS if sign in source), None)
    if office or _PAGES.row.search(source):
        yield from _of_page(source, office or _PAGES)
    elif source.count("</") > _LEAST_FIELDS or source.count("/>") >= _LEAST_RECORDS:
        yield from _of_records(source)


def _of_page(source: str, dialect: _Dialect) -> Iterator[MarkupTable]:
    starts = [match.start() for match in dialect.table.finditer(source)] or [0]
    for start, end in zip(starts, [*starts[1:], len(source)], strict=True):
        pieces = dialect.row.split(source[start:end])
        above = words_of(f"{source[max(0, start - 20 * _TITLE_CHARS) : start]}\n{pieces[0]}")
        rows: list[Sequence[str]] = [row for piece in pieces[1:] if any(row := _cells(piece, dialect))]
        if rows:
            yield MarkupTable("\n".join(above.splitlines()[-_TITLE_LINES:])[-_TITLE_CHARS:], rows)


def _cells(row: str, dialect: _Dialect) -> list[str]:
    cells: list[str] = []
    for attributes, content in dialect.cell.findall(row):
        text = " ".join(html.unescape(_TAG.sub(" ", content)).split())
        repeated = _REPEATED.search(attributes)
        if repeated and repeated[2]:
            cells += [""] * (min(int(repeated[2]), _MOST_COLUMNS) - 1 - len(cells))
        times = int(repeated[1]) if repeated and repeated[1] else 1
        cells += [text] * min(times, _MOST_COLUMNS - len(cells))
    return cells


def _of_records(source: str) -> Iterator[MarkupTable]:
    """Records with the same fields; their names are the headings."""
    table, names = MarkupTable(""), tuple[str, ...]()
    for record in (*_records(source), *_records_of_values(source)):
        keys = tuple(key for key, _ in record)
        if keys != names:
            if len(table.rows) > _LEAST_RECORDS:
                yield table
            table, names = MarkupTable("", [[key.replace("_", " ") for key in keys]]), keys
        table.rows.append([value for _, value in record])
    if len(table.rows) > _LEAST_RECORDS:
        yield table


def _records(source: str) -> Iterator[list[tuple[str, str]]]:
    """Fields that follow each other with nothing but blanks between."""
    record: list[tuple[str, str]] = []
    end = 0
    for match in _FIELD.finditer(source):
        if record and source[end : match.start()].strip():
            if len(record) >= _LEAST_FIELDS:
                yield record
            record = []
        record.append((match[1], " ".join(html.unescape(match[2]).split())))
        end = match.end()
    if len(record) >= _LEAST_FIELDS:
        yield record


def _records_of_values(source: str) -> Iterator[list[tuple[str, str]]]:
    """Elements whose fields are written into their tags."""
    for match in _WITH_VALUES.finditer(source):
        yield [(key, html.unescape(value)) for key, value in _VALUE.findall(match[1])]
