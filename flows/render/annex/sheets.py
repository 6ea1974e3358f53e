"""Workbooks, separated values, plain texts and web pages become readable pages: no more of them than helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flows import bounds, page_wording
from flows.forms.grid import (
    Grid,
    WorkbookLockedError,
    WorkbookTooLargeError,
    WorkbookUnreadableError,
    make_grid,
    open_workbook,
)
from flows.forms.grid_drawn import drawn
from flows.forms.grid_hidden import Shape, shapes
from flows.forms.separated import is_markup, separated_rows
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.paper import SOFT_INK, Paper
from flows.render.annex.table_fit import fit_of
from flows.render.annex.table_pages import write_note, write_table
from flows.render.annex.table_parts import divided
from flows.render.annex.table_view import TableView, view_of
from flows.render.annex.typeface import Typeface, printable
from flows.render.annex.web_page import Paragraph, is_torn, is_web_page, parts_of
from flows.render.values import Prepared

_USUAL = 9.0
"""Size of letters in points."""
_GAP = 8.5
_BELOW = 3.0
"""Points between the paragraphs of a web page."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A plain text, or the part of it that is printed."""

    lines: tuple[str, ...]
    total: int


def prepare_workbook(job: Job) -> Prepared:
    """Every visible sheet with anything in it as a table, and a word about what is not printed.

    Raises:
        TroubleError: it is locked, damaged, too large, or has nothing to show.
    """
    try:
        sheets = open_workbook(job.path).sheets
        hidden = shapes(job.path, [sheet.name for sheet in sheets])
    except WorkbookLockedError as error:
        raise TroubleError("locked") from error
    except WorkbookTooLargeError as error:
        raise TroubleError("too-large") from error
    except WorkbookUnreadableError as error:
        raise TroubleError("damaged") from error
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    views = filter(None, (view_of(sheet, hidden.get(sheet.name, Shape())) for sheet in shown))
    printed = list(islice(views, bounds.ANNEX_TABLE_SHEETS))
    notes = [page_wording.sheets_cut(len(printed), len(shown))] if next(views, None) else []
    if any(counts := drawn(job.path)):
        notes.append(page_wording.drawn_left_out(*counts))
    return _printed(job, [*_in_parts(printed)], notes=notes)


def _in_parts(views: Sequence[TableView]) -> Iterator[TableView]:
    """All sheets, wide ones in parts, as long as there are no more of these than of sheets that may be printed."""
    further = bounds.ANNEX_TABLE_SHEETS - len(views)
    for view in views:
        parts = divided(view, further + 1)
        further -= len(parts) - 1
        yield from parts


def prepare_text(job: Job) -> Prepared:
    """A plain text as it stands, a table where its lines are separated values, or the words of a web page.

    Raises:
        TroubleError: it is longer than anything that is printed, or empty, or markup that is no page.
    """
    text = _decoded(job.path).lstrip("\ufeff")
    if is_markup(text):
        return _prepare_page(job, text)
    rows = separated_rows(text, bounds.ANNEX_TABLE_ROWS)
    if rows and not _is_running_text(rows):
        view = view_of(_grid(rows), Shape())
        return _printed(job, divided(view, bounds.ANNEX_TABLE_SHEETS) if view else [])
    lines = text.expandtabs(4).splitlines()
    return _printed(job, [], text=_Text(tuple(lines[: bounds.ANNEX_TEXT_LINES]), len(lines)))


def _is_running_text(rows: Sequence[Sequence[str]]) -> bool:
    """Whether sentences were taken for rows: a space behind every comma, none before it, and no number on its own."""
    parted = [row for row in rows if len(row) > 1]
    spaced = all(cell[:1] == " " for row in parted for cell in row[1:])
    return spaced and not any(cell.endswith(" ") for row in parted for cell in row[:-1]) and not _has_numbers(parted)


def _has_numbers(rows: Sequence[Sequence[str]]) -> bool:
    return any(cell.strip().replace(".", "").isdigit() for row in rows for cell in row)


def _prepare_page(job: Job, text: str) -> Prepared:
    """The words and tables of a web page, in order."""
    if not is_web_page(text):
        raise TroubleError("markup")
    if is_torn(text):
        raise TroubleError("damaged")
    parts = [part if isinstance(part, Paragraph) else view_of(part, Shape()) for part in parts_of(text)]
    if not any(parts):
        raise TroubleError("empty")
    paper = _begun(job, is_wide=False)
    write_note(paper, page_wording.WEB_PAGE_WORDS)
    if not _write_parts(paper, filter(None, parts)):
        write_note(paper, page_wording.WEB_PAGE_CUT)
    return paper.save(job.folder / PAGES_FILE)


def _write_parts(paper: Paper, parts: Iterable[Paragraph | TableView]) -> bool:
    """Words and tables one below the other, as many as of any text or workbook; whether these are all."""
    lines_left, tables_left = bounds.ANNEX_TEXT_LINES, bounds.ANNEX_TABLE_SHEETS
    for part in parts:
        if isinstance(part, Paragraph):
            face = _face(paper, part)
            lines = list(islice(face.wrap(printable(part.text), paper.width / _USUAL), lines_left + 1))
            paper.write(face, _USUAL, lines[:lines_left])
            paper.y -= _BELOW
            lines_left -= len(lines)
        elif tables_left:
            paper.y -= _BELOW
            printed = divided(part, tables_left)
            for view in printed:
                write_table(paper, view, fit_of(view, paper))
            tables_left -= len(printed)
        else:
            lines_left = -1
        if lines_left < 0:
            return False
    return True


def _face(paper: Paper, part: Paragraph) -> Typeface:
    return paper.bold if part.is_head else paper.regular


def _begun(job: Job, *, is_wide: bool) -> Paper:
    """The first page, with what the document is called."""
    paper = Paper(job.sides)
    paper.begin(is_wide=is_wide)
    paper.write(paper.regular, _USUAL, paper.regular.wrap(printable(job.caption), paper.width / _USUAL), SOFT_INK)
    paper.y -= _GAP
    return paper


def _printed(job: Job, views: Sequence[TableView], *, notes: Iterable[str] = (), text: _Text | None = None) -> Prepared:
    if not views and not (text and any(line.strip() for line in text.lines)):
        raise TroubleError("empty")
    fits = [fit_of(view, Paper(job.sides)) for view in views]
    paper = _begun(job, is_wide=bool(fits) and fits[0].is_wide)
    for note in notes:
        write_note(paper, note)
    for view, fit in zip(views, fits, strict=True):
        write_table(paper, view, fit)
    if text:
        _write_text(paper, text)
    return paper.save(job.folder / PAGES_FILE)


def _write_text(paper: Paper, text: _Text) -> None:
    if text.total > len(text.lines):
        write_note(paper, page_wording.text_cut(len(text.lines), text.total))
    for line in text.lines:
        paper.write(paper.regular, _USUAL, paper.regular.wrap(printable(line.rstrip()), paper.width / _USUAL))


def _decoded(path: Path) -> str:
    """The text, at most as much of it as could be printed.

    Raises:
        TroubleError: it is too large.
    """
    if path.stat().st_size > bounds.ANNEX_TEXT_BYTES:
        raise TroubleError("too-large")
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return raw.decode("utf-32", "replace")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if raw[:3] == bytes(3) or raw[1:4] == bytes(3):
        return raw.decode("utf-32-be" if raw[0] == 0 else "utf-32-le", "replace")
    if 0 in raw[:2]:  # the mark of its order was left out
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    return make_grid("", rows, is_cut=len(rows) > bounds.SHEET_ROWS)
