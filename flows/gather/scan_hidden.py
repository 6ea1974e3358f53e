"""Which rows and columns of a workbook are hidden, and what else stands in its sheets beside the cells.

Sources: ECMA-376 part 1, chapters 18.3.1.13 and 18.3.1.73; [MS-XLS] 2.4.53 and 2.4.221; [MS-XLSB] 2.4.323 and 2.4.741.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows import bounds
from flows.forms import grid_xls, grid_xlsb, grid_xlsx
from flows.gather.scan_xml import words_of
from flows.gather.scanner import Scanner

_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]*\d{5})')
"""An address beyond column ZZ or row 9.999."""
_COLUMN, _ROW = re.compile(rb' r="([A-Z]+)\d'), re.compile(rb' r="[A-Z]+(\d{1,7})"')
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]*\bhidden=[\"'](?:1|true)[\"'][^<>]*>")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden=[\"'](?:1|true)[\"'][^<>]*>")
_NUMBER = {name: re.compile(rb"\b" + name + rb"=[\"'](\d{1,7})[\"']") for name in (b"r", b"min", b"max")}
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<]{12,})<")
_MOST_COLUMNS = 1_000
_XLSB_COLUMNS = 60
_XLSB_HIDDEN_ROW = 0x10
"""Of the byte with the flags of a row."""


@dataclass(frozen=True, slots=True)
class HiddenParts:
    """What is hidden of one sheet."""

    rows: Container[int] = ()
    """From 1."""
    columns: Container[int] = ()
    """From 0."""
    area: int = 0
    """Cells of the rectangle from A1 over all its cells; 0 where no cell is far out."""


def hidden_in_container(archive: zipfile.ZipFile, scanner: Scanner) -> dict[str, HiddenParts]:
    """Sheet of an .xlsx or .xlsb → what of it is hidden; headers, lists of choices and formulas are looked at."""
    if grid_xlsb.BOOK in archive.namelist():
        members = grid_xlsb.sheet_members(archive)
        return {name: _of_records(archive.read(member)) for name, member in members.items()}
    members = grid_xlsx.sheet_members(archive)
    found = {name: _of_sheet(archive.read(member), name, scanner) for name, member in members.items()}
    known = set(members.values())
    for info in archive.infolist():
        if re.fullmatch(r"xl/worksheets/[^/]*\.xml", info.filename, re.IGNORECASE) and info.filename not in known:
            found[f"/{info.filename}"] = _of_sheet(archive.read(info), "", scanner, is_lost=True)
    return found


def _of_sheet(source: bytes, name: str, scanner: Scanner, *, is_lost: bool = False) -> HiddenParts:
    """One sheet; of one that the workbook does not list, all words are looked at too."""
    grid_xlsx.check_addresses(source)
    start, end = source.find(b"sheetData"), source.rfind(b"sheetData")
    outside = source if is_lost else source[: max(start, 0)] + b">" + source[max(end, 0) :]
    scanner.look(words_of(outside.decode("utf-8", "replace")), sheet=name, hidden="elsewhere", only_new=True)
    formulas = _FORMULA.findall(source)
    if formulas:
        text = "\n".join(formula.decode("utf-8", "replace") for formula in formulas)
        scanner.look(text, sheet=name, hidden="formula", only_new=True)
    return HiddenParts(frozenset(_hidden_rows(source)), frozenset(_hidden_columns(source)), _area(source))


def _hidden_rows(source: bytes) -> Iterator[int]:
    if b"hidden=" not in source:
        return
    for tag in _HIDDEN_ROW.findall(source):
        number = _NUMBER[b"r"].search(tag)
        if number:
            yield int(number[1])


def _hidden_columns(source: bytes) -> Iterator[int]:
    for tag in _HIDDEN_COLUMN.findall(source, 0, max(0, source.find(b"sheetData")))[:_MOST_COLUMNS]:
        ends = [_NUMBER[name].search(tag) for name in (b"min", b"max")]
        if ends[0] and ends[1]:
            yield from range(int(ends[0][1]) - 1, min(int(ends[1][1]), bounds.SCAN_COLUMNS))


def _area(source: bytes) -> int:
    if not _FAR.search(source):
        return 0
    columns = set(_COLUMN.findall(source))
    last = max(columns, key=lambda letters: (len(letters), letters), default=b"")
    width = 0
    for letter in last:
        width = width * 26 + letter - ord("A") + 1
    return width * max(map(int, set(_ROW.findall(source))), default=0)


def _of_records(source: bytes) -> HiddenParts:
    """One sheet of an .xlsb."""
    rows, columns = set[int](), set[int]()
    for kind, _, start, end in grid_xlsb.records(source):
        if kind == 0 and end - start >= 12 and source[start + 11] & _XLSB_HIDDEN_ROW:  # noqa: PLR2004 - number … flags
            rows.add(struct.unpack_from("<I", source, start)[0] + 1)
        elif kind == _XLSB_COLUMNS and end - start >= 18 and source[start + 16] & 1:  # noqa: PLR2004 - first … flags
            first, last = struct.unpack_from("<II", source, start)
            columns.update(range(first, min(last + 1, bounds.SCAN_COLUMNS)))
    return HiddenParts(frozenset(rows), frozenset(columns))


def hidden_in_xls(path: Path, names: Iterable[str]) -> dict[str, HiddenParts]:
    """Name of each sheet of an .xls → what is hidden; nothing for any other file."""
    with path.open("rb") as stream:
        found = grid_xls.hidden_parts(stream.read())
    return {name: HiddenParts(rows, columns) for name, (rows, columns) in zip(names, found, strict=False)}
