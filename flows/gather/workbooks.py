"""Workbooks of any format (.xlsx, .xls, .xlsb, .ods): their sheets, the text of the first of them, persons in all.

Sheets are parsed once: the first rows say what a workbook is, and all rows are looked at for personal data.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from flows import bounds
from flows.forms import grid_xlsx
from flows.forms.layout import IDENTITY_SHEET, SIGNATURE
from flows.forms.xlsx_rewritten import rewritten
from flows.gather.content import HEAD_CHARS, TEXT_CHARS, Content, LockedError
from flows.gather.old_files import look_at_old_file
from flows.gather.scan_hidden import HiddenParts, hidden_in_container, hidden_in_xls
from flows.gather.scan_ods import look_at_sheets
from flows.gather.scan_office import FileWithin, look_at_parts
from flows.gather.scan_table import as_text
from flows.gather.scanner import Scanner

_SHEETS = 12
_ROWS = 40
_HEAD_ROWS = 10
_TABLE_COLUMNS = 2
_TABLE_ROWS = 2
_OLDEST_YEAR, _LAST_YEAR = 1900, 2099
_SHEET_MARK = re.compile(r"kla:[a-z]+:[^:]*:[a-z]+:")
"""Begins as the first cell of every sheet of a form that people fill (``flows.forms.layout.sheet_mark``)."""
_MAX_AREA = bounds.SHEET_AREA_CELLS
"""Cells laid out densely at once: 130 MB."""
_MAX_SLOW_BYTES = bounds.ODS_SLOW_BYTES
"""An .ods that unpacks to more is no form, and reading it slowly would take longer than its time."""
_HEAD_PIECE = 12
"""First rows of a long sheet that go along with each further piece of it, so that its columns keep their headings."""

Row = Sequence[object]
Texts = Sequence[str]
"""A row as people see it."""


@dataclass(slots=True)
class _Book:
    """A workbook that is being read."""

    names: list[str]
    """Of all sheets."""
    first: dict[str, list[Row]] = field(default_factory=dict)
    """First filled rows of the first sheets, and of the one that says whose form it is."""
    active: tuple[str, ...] = ()
    """What its formulas do besides reckoning."""


def read_workbook(path: Path, scanner: Scanner, file_within: FileWithin | None = None) -> Content:
    """Sheets, and the first rows of the first sheets, of a workbook; all of it is looked at.

    Args:
        path: Of the file.
        scanner: Looks for personal data in all sheets and parts.
        file_within: Takes files and pictures within it.

    Raises:
        LockedError: it is protected by a password.
    """
    if zipfile.is_zipfile(path):
        book = _read_container(path, scanner, file_within)
    else:
        book = _read_bounded(path, scanner)
        with scanner.trying():
            look_at_old_file(path, scanner, only_new=True)
    if not book.names:
        raise ValueError("no sheets")
    for name in book.names:
        scanner.look(name)
    return _content(book)


def _read_container(path: Path, scanner: Scanner, file_within: FileWithin | None) -> _Book:
    with zipfile.ZipFile(path) as archive:
        if "content.xml" in archive.namelist():
            is_slow = archive.getinfo("content.xml").file_size <= _MAX_SLOW_BYTES
            book = _read_bounded(path, None) if is_slow else _read_fast(path, None, {})
            with scanner.trying():
                look_at_sheets(archive, scanner)
        else:
            grid_xlsx.check_promises(archive)
            hidden = hidden_in_container(archive, scanner)
            is_vast = any(parts.area > _MAX_AREA for parts in hidden.values())
            book = _read_bounded(path, scanner, hidden) if is_vast else _read_fast(path, scanner, hidden)
            book.active = tuple(dict.fromkeys(fact for parts in hidden.values() for fact in parts.active))
        with scanner.trying():
            look_at_parts(archive, scanner, file_within, is_workbook=True)
    return book


def _read_fast(path: Path, scanner: Scanner | None, hidden: dict[str, HiddenParts]) -> _Book:
    from python_calamine import CalamineWorkbook, PasswordError

    # By path it would trust the extension, and .xlsx files named .xls are common.
    with path.open("rb") as stream, zipfile.ZipFile(path) as archive:
        try:
            workbook = CalamineWorkbook.from_filelike(rewritten(archive) or stream)
        except PasswordError as error:
            raise LockedError from error
    book = _Book(list(workbook.sheet_names))
    for number, sheet in enumerate(workbook.sheets_metadata):
        is_first = number < _SHEETS or sheet.name == IDENTITY_SHEET
        if number >= bounds.SHEETS and scanner:
            scanner.cut()
        elif is_first or scanner:
            _read_sheet(workbook, sheet, book, scanner, hidden.get(sheet.name, HiddenParts()), is_first=is_first)
    return book


def _read_sheet(
    workbook: Any,  # noqa: ANN401 - untyped library
    metadata: Any,  # noqa: ANN401
    book: _Book,
    scanner: Scanner | None,
    hidden: HiddenParts,
    *,
    is_first: bool,
) -> None:
    """One sheet, parsed once. Charts and dialogs have no cells: the library fails over those of an .xlsb."""
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum

    if metadata.typ != SheetTypeEnum.WorkSheet:
        return
    try:
        sheet = workbook.get_sheet_by_name(metadata.name)
    except CalamineError:
        return
    if is_first:
        book.first[metadata.name] = _filled(sheet.to_python(nrows=_ROWS))
    if scanner and sheet.start is not None:
        is_hidden = metadata.visible != SheetVisibleEnum.Visible
        _look_at_sheet(scanner, metadata.name, sheet.iter_rows(), hidden, is_hidden=is_hidden, first=sheet.start[1])


def _read_bounded(path: Path, scanner: Scanner | None, hidden: dict[str, HiddenParts] | None = None) -> _Book:
    """As :func:`_read_fast`, several times slower, and never larger than the bounds of forms."""
    from flows.forms.grid import WorkbookLockedError, open_workbook

    try:
        grids = open_workbook(path).sheets
    except WorkbookLockedError as error:
        raise LockedError from error
    book = _Book([grid.name for grid in grids])
    if hidden is None:
        hidden = hidden_in_xls(path, book.names) if scanner else {}
    for number, grid in enumerate(grids):
        if number < _SHEETS or grid.name == IDENTITY_SHEET:
            book.first[grid.name] = _filled(grid.rows[:_ROWS])
        if scanner:
            parts = hidden.get(grid.name, HiddenParts())
            _look_at_sheet(scanner, grid.name, grid.rows, parts, is_hidden=grid.is_hidden)
        if scanner and grid.is_cut:
            scanner.cut()
    return book


def _look_at_sheet(
    scanner: Scanner, name: str, rows: Iterable[Row], parts: HiddenParts, *, is_hidden: bool, first: int = 0
) -> None:
    """Look at the rows of one sheet, piece by piece."""
    source = iter(rows)
    number, head = 1, list[Row]()
    while piece := list(islice(source, bounds.SCAN_ROWS_AT_ONCE)):
        scanner.look_at_rows(
            piece,
            sheet=name,
            first_row=number,
            first_column=first,
            hidden="sheet" if is_hidden else "",
            title=name,
            head=head,
            hidden_rows=parts.rows,
            hidden_columns=parts.columns,
        )
        number += len(piece)
        head = head or piece[:_HEAD_PIECE]
        if scanner.is_spent:
            scanner.cut()
            return


def _content(book: _Book) -> Content:
    sheets = [[[as_text(value) for value in row] for row in book.first.get(name, ())] for name in book.names[:_SHEETS]]
    text = "\n".join(" ".join(row) for rows in sheets for row in rows)
    head = "\n".join([*book.names, *(line for rows in sheets for line in _header_lines(rows[:_HEAD_ROWS]))])
    return Content(
        pages=len(book.names),
        text=text[:TEXT_CHARS],
        head=head[:HEAD_CHARS],
        title_text="\n".join(_title_lines(sheets)),
        is_substantial=any(_is_table(rows) for rows in sheets),
        is_form=_is_form(book.first.get(IDENTITY_SHEET, ()), sheets),
        active=book.active,
    )


def _is_form(identity: Sequence[Row], sheets: Sequence[Sequence[Texts]]) -> bool:
    """Whether it is a form of ours, whatever people call it now: by its identity, or by the mark of a sheet."""
    if any(as_text(value) == SIGNATURE for row in identity for value in row):
        return True
    return any(rows and rows[0] and _SHEET_MARK.match(rows[0][0]) for rows in sheets)


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(as_text(value) for value in row)]


def _is_table(rows: Sequence[Texts]) -> bool:
    return sum(sum(map(bool, row)) >= _TABLE_COLUMNS for row in rows) >= _TABLE_ROWS


def _title_lines(sheets: Sequence[Sequence[Texts]]) -> Iterator[str]:
    """Rows with a single filled cell; a row of a table may be about a person and never serves as a title."""
    for row in (row for rows in sheets for row in rows):
        cells = [cell for cell in row if cell]
        if len(cells) == 1:
            yield cells[0]


def _header_lines(rows: Sequence[Texts]) -> Iterator[str]:
    """Words, and numbers only of rows where every number may be a year: 2013 elsewhere is a count or a village code."""
    for cells in rows:
        numbers = [cell for cell in cells if re.fullmatch(r"-?\d+(?:[.,]\d+)*", cell)]
        are_years = all(cell.isdecimal() and _OLDEST_YEAR <= int(cell) <= _LAST_YEAR for cell in numbers)
        yield " ".join(cell for cell in cells if cell and (are_years or cell not in numbers))
