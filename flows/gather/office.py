"""Workbooks, Word documents and presentations: how many sheets or slides, and the text of the first of them."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from flows import bounds
from flows.forms.layout import IDENTITY_SHEET, SIGNATURE
from flows.gather.content import HEAD_CHARS, TAIL_CHARS, TEXT_CHARS, Content, LockedError, TooLargeError
from flows.model import Media

_SHEETS = 12
_ROWS = 40
_HEAD_ROWS = 10
_TABLE_COLUMNS = 2
_TABLE_ROWS = 2
_PARAGRAPHS = 2_000
_SLIDES = 5
_OLDEST_YEAR, _LAST_YEAR = 1900, 2099
_SHEET_MARK = re.compile(r"kla:[a-z]+:[^:]*:[a-z]+:")
"""Begins as the first cell of every sheet of a form that people fill (``flows.forms.layout.sheet_mark``)."""

_SHEET_PART = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]*\d{5})')
"""An address beyond column ZZ or row 9.999."""
_COLUMN, _ROW = re.compile(rb' r="([A-Z]+)\d'), re.compile(rb' r="[A-Z]+(\d{1,7})"')
_MAX_AREA = 4_000_000
"""Cells laid out densely at once: 130 MB."""
_MAX_SLOW_BYTES = 20_000_000
"""An .ods that unpacks to more is no form, and reading it slowly would take longer than its time."""

Row = Sequence[object]
Opened = tuple[list[str], Callable[[str], list[Row]]]
"""Names of the sheets, and the first filled rows of each."""


def check_container(path: Path) -> None:
    """Refuse a zip container that unpacks to more than may be read.

    Raises:
        TooLargeError: it is a bomb, or so large that nobody would call it a document.
    """
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    is_bomb = unpacked > bounds.CONTAINER_RATIO_MATTERS_BYTES and unpacked / packed > bounds.CONTAINER_RATIO
    if len(members) > bounds.CONTAINER_MEMBERS or unpacked > bounds.CONTAINER_BYTES or is_bomb:
        raise TooLargeError


def read_workbook(path: Path) -> Content:
    """Sheets, and the first rows of the first sheets, of a workbook of any format (.xlsx, .xls, .xlsb, .ods).

    Raises:
        LockedError: it is protected by a password.
    """
    names, rows_of = _open_bounded(path) if _needs_bounds(path) else _open_fast(path)
    sheets = [rows_of(name) for name in names[:_SHEETS]]
    text = "\n".join(" ".join(_cell(value) for value in row) for rows in sheets for row in rows)
    head = "\n".join([*names, *(line for rows in sheets for line in _header_lines(rows[:_HEAD_ROWS]))])
    return Content(
        pages=len(names),
        text=text[:TEXT_CHARS],
        head=head[:HEAD_CHARS],
        title_text="\n".join(_title_lines(sheets)),
        is_substantial=any(_is_table(rows) for rows in sheets),
        is_form=_is_form(rows_of(IDENTITY_SHEET) if IDENTITY_SHEET in names else (), sheets),
    )


def _open_fast(path: Path) -> Opened:
    from python_calamine import CalamineWorkbook, PasswordError

    with path.open("rb") as stream:  # by path it would trust the extension, and .xlsx files named .xls are common
        try:
            workbook = CalamineWorkbook.from_filelike(stream)
        except PasswordError as error:
            raise LockedError from error
    return list(workbook.sheet_names), lambda name: _filled_rows(workbook, name)


def _open_bounded(path: Path) -> Opened:
    """As :func:`_open_fast`, several times slower, and never larger than the bounds of forms."""
    from flows.forms.grid import WorkbookLockedError, open_workbook

    try:
        grids = {grid.name: grid for grid in open_workbook(path).sheets}
    except WorkbookLockedError as error:
        raise LockedError from error
    return list(grids), lambda name: _filled(grids[name].rows[:_ROWS])


def _needs_bounds(path: Path) -> bool:
    """Whether the fast library may fail: it lays a sheet out densely, and one cell in the last corner kills it.

    It also takes an .ods behind a password for a damaged one. In .xlsx the addresses of all cells are looked at.
    """
    if not zipfile.is_zipfile(path):
        return True
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "content.xml" in names:
            return archive.getinfo("content.xml").file_size <= _MAX_SLOW_BYTES
        return any(_area(archive.read(name)) > _MAX_AREA for name in names if _SHEET_PART.fullmatch(name))


def _area(source: bytes) -> int:
    """Cells of the rectangle from A1 over all cells of a sheet; 0 where no cell is beyond any bound."""
    if not _FAR.search(source):
        return 0
    columns = set(_COLUMN.findall(source))
    last = max(columns, key=lambda letters: (len(letters), letters), default=b"")
    width = 0
    for letter in last:
        width = width * 26 + letter - ord("A") + 1
    return width * max(map(int, set(_ROW.findall(source))), default=0)


def _is_form(identity: Sequence[Row], sheets: Sequence[Sequence[Row]]) -> bool:
    """Whether it is a form of ours, whatever people call it now: by its identity, or by the mark of a sheet."""
    if any(_cell(value) == SIGNATURE for row in identity for value in row):
        return True
    return any(rows and rows[0] and _SHEET_MARK.match(_cell(rows[0][0])) for rows in sheets)


def read_document(path: Path, media: Media) -> Content:
    """The content of a text document or presentation in a zip container.

    Raises:
        LockedError: it is protected by a password.
    """
    with zipfile.ZipFile(path) as archive:
        is_open_document = "content.xml" in archive.namelist()
    if is_open_document:
        return _read_open_document(path)
    return _read_word(path) if media is Media.TEXT_DOCUMENT else _read_slides(path)


def _read_word(path: Path) -> Content:
    """The text of a .docx, paragraphs and table cells in the order of the page."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(str(path)).element.body
    words = qn("w:t")
    parts = (words, qn("w:br"), qn("w:tab"), qn("w:cr"))
    lines: list[str] = []
    for number, paragraph in enumerate(body.iter(qn("w:p"))):
        if number >= _PARAGRAPHS:
            break
        lines.append("".join((part.text or "") if part.tag == words else " " for part in paragraph.iter(*parts)))
    whole = "\n".join(line for line in lines if line.strip())
    text = whole[:TEXT_CHARS]
    return Content(text=text, head=text[:HEAD_CHARS], tail=whole[-TAIL_CHARS:])


def _read_slides(path: Path) -> Content:
    """How many slides a .pptx has, and the text of the first ones."""
    with zipfile.ZipFile(path) as archive:
        slides = [name for name in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        slides.sort(key=lambda name: (len(name), name))
        text = "\n".join(_xml_text(archive, name) for name in slides[:_SLIDES])[:TEXT_CHARS]
    return Content(pages=len(slides), text=text, head=text[:HEAD_CHARS])


def _read_open_document(path: Path) -> Content:
    """The text of an .odt or .odp."""
    with zipfile.ZipFile(path) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise LockedError
        whole = _xml_text(archive, "content.xml")
    text = whole[:TEXT_CHARS]
    return Content(text=text, head=text[:HEAD_CHARS], tail=whole[-TAIL_CHARS:])


def _filled_rows(workbook: object, name: str) -> list[Row]:
    """The first rows that hold anything; none for a chart or macro sheet."""
    from python_calamine import CalamineError

    try:
        rows = workbook.get_sheet_by_name(name).to_python(nrows=_ROWS)  # type: ignore[attr-defined]
    except CalamineError:
        return []
    return _filled(rows)


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(_cell(value) for value in row)]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _is_table(rows: Sequence[Row]) -> bool:
    return sum(sum(bool(_cell(value)) for value in row) >= _TABLE_COLUMNS for row in rows) >= _TABLE_ROWS


def _title_lines(sheets: Sequence[Sequence[Row]]) -> Iterator[str]:
    """Rows with a single filled cell; a row of a table may be about a person and never serves as a title."""
    for row in (row for rows in sheets for row in rows):
        cells = [cell for cell in map(_cell, row) if cell]
        if len(cells) == 1:
            yield cells[0]


def _header_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Words, and numbers only of rows where every number may be a year: 2013 elsewhere is a count or a village code."""
    for row in rows:
        cells = [_cell(value) for value in row]
        numbers = [cell for cell in cells if re.fullmatch(r"-?\d+(?:[.,]\d+)*", cell)]
        are_years = all(cell.isdigit() and _OLDEST_YEAR <= int(cell) <= _LAST_YEAR for cell in numbers)
        yield " ".join(cell for cell in cells if cell and (are_years or cell not in numbers))


def _xml_text(archive: zipfile.ZipFile, name: str) -> str:
    """The words of one XML member; its size was checked before."""
    with archive.open(name) as member:
        source = member.read(bounds.CONTAINER_BYTES // 8).decode("utf-8", "replace")
    lines = re.split(r"</(?:a:p|text:p|text:h)>", source)
    return "\n".join(html.unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in lines)
