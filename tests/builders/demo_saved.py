"""Forms as other programs save them: edited in a spreadsheet, as .ods, with macros, cut off."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from html import escape
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.grid import open_workbook
from flows.forms.grid_sheet import Grid
from flows.forms.raw import RawValue
from tests.builders.demo_files import archive

Edit = Callable[[openpyxl.Workbook], None]
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIXED = rb"\g<1>2024-02-01T08:00:00Z\g<2>"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def resaved(content: bytes, edit: Edit) -> bytes:
    """``content`` opened, changed by ``edit`` and saved again, without the clock; formulas lose their results."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    return archive(
        {name: _STAMP.sub(_FIXED, data) if name == "docProps/core.xml" else data for name, data in members.items()}
    )


def with_macros(content: bytes) -> bytes:
    """``content`` with a part for macros, in which there are none."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    return archive(members | {"xl/vbaProject.bin": b"REKAAN: tanpa makro"})


def as_ods(content: bytes) -> bytes:
    """``content`` as LibreOffice would save it as .ods, as far as cells and hidden sheets go."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "formulir.xlsx"
        path.write_bytes(content)
        sheets = open_workbook(path).sheets
    tables = "".join(_table(grid) for grid in sheets)
    off = '<style:table-properties table:display="false"/>'
    hidden = f'<style:style style:name="hid" style:family="table">{off}</style:style>'
    document = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{hidden}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "<manifest/>"
    return archive(
        {"mimetype": _ODS.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": document.encode()}
    )


def _table(grid: Grid) -> str:
    style = ' table:style-name="hid"' if grid.is_hidden else ""
    rows = "".join(f"<table:table-row>{_cells(grid, row)}</table:table-row>" for row in range(grid.height))
    return f'<table:table table:name="{escape(grid.name)}"{style}>{rows}</table:table>'


def _cells(grid: Grid, row: int) -> str:
    found = dict(grid.cells(row))
    last = max(found, default=-1)
    return "".join(_cell(found[at].value) if at in found else "<table:table-cell/>" for at in range(last + 1))


def _cell(value: RawValue) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, float):
        number = str(int(value)) if value.is_integer() else repr(value)
        return _typed("float", f'office:value="{number}"', number)
    if isinstance(value, date):
        day = (value.date() if isinstance(value, datetime) else value).isoformat()
        return _typed("date", f'office:date-value="{day}"', day)
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def _typed(kind: str, value: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{shown}</text:p></table:table-cell>'


def row_of(sheet: Worksheet, key: str) -> int:
    """Row of the sheet whose mark begins with that key."""
    return next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").startswith(f"{key}#"))


def column_of(sheet: Worksheet, key: str) -> int:
    """Column that the hidden row of keys calls so."""
    keys = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "kol")
    return next(at for at in range(1, sheet.max_column + 1) if sheet.cell(keys, at).value == key)
