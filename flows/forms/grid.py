"""Opens a workbook of any format: every sheet as a grid of raw cells, whatever its suffix says and however it was made.

The values come from python-calamine; what it does not show is looked up beside it: :mod:`flows.forms.grid_xlsx` for
.xlsx and .xlsm, :mod:`flows.forms.grid_xlsb`, :mod:`flows.forms.grid_xls`; :mod:`flows.forms.grid_ods` reads .ods
altogether.
"""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from flows.forms import grid_ods, grid_xls, grid_xlsb, grid_xlsx
from flows.forms.grid_sheet import (
    DAMAGE,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Box,
    Grid,
    Workbook,
    WorkbookLockedError,
    WorkbookTooLargeError,
    WorkbookUnreadableError,
    cell_name,
    column_name,
    make_grid,
)
from flows.forms.raw import RawValue
from flows.forms.xlsx_rewritten import is_macro_sheet, rewritten

__all__ = [
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_SHEETS",
    "Grid",
    "Workbook",
    "WorkbookLockedError",
    "WorkbookTooLargeError",
    "WorkbookUnreadableError",
    "cell_name",
    "column_name",
    "make_grid",
    "open_workbook",
]

_OLE = b"\xd0\xcf\x11\xe0"


def open_workbook(path: Path) -> Workbook:
    """All sheets of the workbook at ``path``; its format is told by its content, not by its name.

    Sheets behind the first MAX_SHEETS, rows, columns and cells beyond the bounds are not read, and their sheets say
    so (``is_cut``). Unpacked sizes are bounded, but a zip bomb is better kept away before.

    Raises:
        WorkbookLockedError: it is protected by a password.
        WorkbookUnreadableError: it is damaged, or no workbook.
        WorkbookTooLargeError: it is larger than any workbook of figures.
        OSError: the file cannot be opened at all.
    """
    with path.open("rb") as stream, _one_kind_of_damage():
        if stream.read(4) == _OLE:
            return _open_ole(stream)
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "content.xml" in names:
                return _bounded(grid_ods.read_sheets(archive), has_macros=grid_xlsx.has_macros(names))
            return _open_container(archive, stream)


@contextmanager
def _one_kind_of_damage() -> Iterator[None]:
    """Whatever the libraries raise over a damaged file becomes one of the two errors of this module."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise WorkbookLockedError from error
    except (CalamineError, *DAMAGE) as error:
        raise WorkbookUnreadableError(str(error)) from error
    except RuntimeError as error:  # zipfile has no class of its own for members behind a password
        raise (WorkbookLockedError if "password" in str(error) else WorkbookUnreadableError)(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library gave up; its exception can be caught by name only
            raise
        raise WorkbookUnreadableError("the library gave up") from None


def _open_container(archive: zipfile.ZipFile, stream: IO[bytes]) -> Workbook:
    """An .xlsx, .xlsm or .xlsb."""
    from python_calamine import CalamineWorkbook

    grid_xlsx.check_shared(archive)
    kind = grid_xlsb if grid_xlsb.BOOK in archive.namelist() else grid_xlsx
    members = kind.sheet_members(archive)
    looks = {name: kind.look_at(archive, members[name]) for name in list(members)[:MAX_SHEETS]}
    slim = {members[name]: look.slim for name, look in looks.items() if look.slim is not None}
    stream.seek(0)
    book = CalamineWorkbook.from_filelike(rewritten(archive, slim) or stream)
    sheets = [sheet for sheet in _sheets(book) if not is_macro_sheet(members.get(sheet.name, ""))]
    return _bounded(_xlsx_grids(book, sheets, looks), has_macros=grid_xlsx.has_macros(archive.namelist()))


def _xlsx_grids(
    book: Any,  # noqa: ANN401 - untyped library
    sheets: Sequence[_SheetName],
    looks: dict[str, grid_xlsx.SheetLook],
) -> Iterator[Grid]:
    for position, sheet in enumerate(sheets):
        if position >= MAX_SHEETS:
            yield Grid(sheet.name, sheet.is_hidden, is_cut=True)
            continue
        look = looks.get(sheet.name, grid_xlsx.SheetLook())
        rows, is_cut = _values(book, sheet.name)
        yield make_grid(
            sheet.name,
            rows,
            is_hidden=sheet.is_hidden,
            is_cut=is_cut or look.is_cut,
            merged=look.merged,
            errors=look.errors,
            uncalculated=look.uncalculated,
        )


def _open_ole(stream: IO[bytes]) -> Workbook:
    """An .xls, or an .xlsx behind a password, which looks the same from outside."""
    from python_calamine import CalamineWorkbook

    stream.seek(0)
    look = grid_xls.look_at(stream.read())
    if look.is_locked:
        raise WorkbookLockedError
    book = CalamineWorkbook.from_filelike(io.BytesIO(look.source))
    return _bounded(_xls_grids(book, look), has_macros=look.has_macros)


def _xls_grids(book: Any, look: grid_xls.BookLook) -> Iterator[Grid]:  # noqa: ANN401
    for position, sheet in enumerate(_sheets(book)):
        if position >= MAX_SHEETS:
            yield Grid(sheet.name, sheet.is_hidden, is_cut=True)
            continue
        rows, is_cut = _values(book, sheet.name)
        yield make_grid(
            sheet.name,
            rows,
            is_hidden=sheet.is_hidden,
            is_cut=is_cut or sheet.position in look.cut,
            merged=_merged(book, sheet.name),
            errors=look.errors[sheet.position] if sheet.position < len(look.errors) else {},
        )


class _SheetName(NamedTuple):
    """A sheet as the library lists it."""

    name: str
    is_hidden: bool
    position: int
    """Among all sheets, those that are charts or macros included."""


def _sheets(book: Any) -> list[_SheetName]:  # noqa: ANN401
    """Sheets with cells; charts, dialogs and sheets of macros have none that people fill."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        _SheetName(found.name, found.visible != SheetVisibleEnum.Visible, position)
        for position, found in enumerate(book.sheets_metadata)
        if found.typ == SheetTypeEnum.WorkSheet
    ]


def _values(book: Any, name: str) -> tuple[list[list[RawValue]], bool]:  # noqa: ANN401
    """Values of a sheet from A1 on, and whether some were left out. The library's empty cells are empty texts."""
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return [], False
    rows = cast("list[list[RawValue]]", sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS))
    is_cut = sheet.end[0] >= MAX_ROWS or sheet.end[1] >= MAX_COLUMNS
    return ([row[:MAX_COLUMNS] for row in rows] if is_cut else rows), is_cut


def _merged(book: Any, name: str) -> list[Box]:  # noqa: ANN401
    ranges = book.get_sheet_by_name(name).merged_cell_ranges or ()
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


def _bounded(grids: Iterable[Grid], *, has_macros: bool) -> Workbook:
    """The workbook with no more than MAX_CELLS filled cells; sheets are cut from the last row on."""
    left = MAX_CELLS
    kept: list[Grid] = []
    for grid in grids:
        used = 0
        for number, row in enumerate(grid.rows):
            used += len(row) - row.count("") - row.count(None)
            if used > left:
                kept.append(dataclasses.replace(grid, rows=grid.rows[:number], height=number, is_cut=True))
                break
        else:
            kept.append(grid)
        left = max(0, left - used)
    return Workbook(tuple(kept), has_macros)
