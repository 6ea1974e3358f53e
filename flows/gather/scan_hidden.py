"""Which rows and columns of a workbook are hidden, and what else stands in its sheets beside the cells."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from flows.forms import grid_xlsb, grid_xlsx
from flows.forms.grid_hidden import hidden_columns, hidden_in_records, hidden_rows
from flows.forms.grid_xls_shown import shown_parts
from flows.gather.formulas_active import active_in_formulas
from flows.gather.scan_shown import formats_with_digits, hides_results, joined, look_at_shown
from flows.gather.scan_xml import words_of
from flows.gather.scanner import Scanner

_FAR = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3}|[A-Za-z]*\d{5})""")
"""An address beyond column ZZ or row 9.999."""
_NEAR_COLUMNS = 702
"""Up to column ZZ."""
_COLUMN, _ROW = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)\d"""), re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*(\d{1,7})""")
_CELL_BESIDE = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?! r=)(?![^<>]*\sr\s*=)")
"""A cell without an address: it stands beside the one before it."""
_ROW_BELOW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])(?! r=)(?![^<>]*\sr\s*=)")
_ROW_BEGIN = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<]{12,})<")


_PRINTED = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^<>]*)?>([^<]{15,4000})<")
"""What is printed above and below each page, with codes for fonts, sizes and colours in it."""
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}(?=\D|\Z)|[A-JL-Za-z])')


@dataclass(frozen=True, slots=True)
class HiddenParts:
    """What is hidden of one sheet."""

    rows: Container[int] = ()
    """From 1."""
    columns: Container[int] = ()
    """From 0."""
    area: int = 0
    """Cells of the rectangle from A1 over all its cells; 0 where no cell is far out."""
    active: tuple[str, ...] = ()
    """What its formulas do besides reckoning, as :attr:`flows.model.EvidenceFile.active`."""


def hidden_in_container(archive: zipfile.ZipFile, scanner: Scanner) -> dict[str, HiddenParts]:
    """Sheet of an .xlsx or .xlsb → what of it is hidden; headers, lists of choices and formulas are looked at."""
    if grid_xlsb.BOOK in archive.namelist():
        members = grid_xlsb.sheet_members(archive)
        return {name: _of_records(archive.read(member)) for name, member in members.items()}
    members, formats = grid_xlsx.sheet_members(archive), formats_with_digits(archive)
    found = dict[str, HiddenParts]()
    for name, member in members.items():
        source = archive.read(member)
        found[name] = _of_sheet(source, name, scanner)
        look_at_shown(source, name, formats, scanner)
    known = set(members.values())
    for info in archive.infolist():
        if re.fullmatch(r"xl/worksheets/[^/]*\.xml", info.filename, re.IGNORECASE) and info.filename not in known:
            found[f"/{info.filename}"] = _of_sheet(archive.read(info), "", scanner, is_lost=True)
    return found


def _of_sheet(source: bytes, name: str, scanner: Scanner, *, is_lost: bool = False) -> HiddenParts:
    """One sheet; of one that the workbook does not list, all words are looked at too."""
    area = _area(source)
    start, end = source.find(b"sheetData"), source.rfind(b"sheetData")
    outside = source if is_lost else source[: max(start, 0)] + b">" + source[max(end, 0) :]
    scanner.look(words_of(outside.decode("utf-8", "replace")), sheet=name, hidden="elsewhere", only_new=True)
    if heads := _PRINTED.findall(outside):
        text = "\n".join(map(_without_codes, heads))
        scanner.look(text, sheet=name, hidden="elsewhere", only_new=True)
    formulas, active = _FORMULA.findall(source), tuple[str, ...]()
    if formulas:
        active = active_in_formulas(b"\n".join(formulas))
        text = "\n".join(formula.decode("utf-8", "replace") for formula in formulas)
        scanner.look(joined(text), sheet=name, hidden="formula", only_new=True)
    if hides_results(source):
        scanner.cut()
    return HiddenParts(frozenset(hidden_rows(source)), frozenset(hidden_columns(source)), area, active)


def _without_codes(printed: bytes) -> str:
    """A line that is printed on each page without the codes of how it looks; a size is no part of a number."""
    return _CODE.sub("", html.unescape(printed.decode("utf-8", "replace")))


def _area(source: bytes) -> int:
    """Cells of the rectangle from A1 over all cells of a sheet, or somewhat more; 0 where none is far out.

    Raises:
        WorkbookUnreadableError: a cell stands where no office program has cells.
    """
    beside = len(_CELL_BESIDE.findall(source))
    if beside <= _NEAR_COLUMNS and not _FAR.search(source):
        return 0
    grid_xlsx.check_addresses(source)
    columns = {letters.upper() for letters in _COLUMN.findall(source)}
    last = max(columns, key=lambda letters: (len(letters), letters), default=b"")
    width = 0
    for letter in last:
        width = width * 26 + letter - ord("A") + 1
    if beside:
        width += max(len(_CELL_BESIDE.findall(row)) for row in _ROW_BEGIN.split(source))
    return width * (max(map(int, set(_ROW.findall(source))), default=0) + len(_ROW_BELOW.findall(source)))


def _of_records(source: bytes) -> HiddenParts:
    """One sheet of an .xlsb."""
    shape = hidden_in_records(source)
    return HiddenParts(shape.rows, shape.columns, grid_xlsb.area(source))


def hidden_in_xls(path: Path, names: Iterable[str]) -> dict[str, HiddenParts]:
    """Name of each sheet of an .xls → what is hidden; nothing for any other file."""
    with path.open("rb") as stream:
        found = shown_parts(stream.read())
    return {name: HiddenParts(each.rows, each.columns) for name, each in zip(names, found, strict=False)}
