"""Workbooks, separated values and plain texts become readable pages: what they show, and no more of it than helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flows import bounds, wording
from flows.forms.grid import Grid, WorkbookLockedError, WorkbookUnreadableError, make_grid, open_workbook
from flows.forms.grid_drawn import drawn
from flows.forms.grid_hidden import Shape, shapes
from flows.forms.separated import is_markup, separated_rows
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.paper import SOFT_INK, Paper
from flows.render.annex.table_fit import fit_of
from flows.render.annex.table_pages import write_note, write_table
from flows.render.annex.table_view import TableView, view_of
from flows.render.annex.typeface import printable
from flows.render.values import Prepared

_USUAL = 9.0
"""Size of letters in points."""
_GAP = 8.5


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
    except WorkbookUnreadableError as error:
        raise TroubleError("damaged") from error
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    views = filter(None, (view_of(sheet, hidden.get(sheet.name, Shape())) for sheet in shown))
    printed = list(islice(views, bounds.ANNEX_TABLE_SHEETS))
    notes = [wording.sheets_cut(len(printed), len(shown))] if next(views, None) else []
    if any(counts := drawn(job.path)):
        notes.append(wording.drawn_left_out(*counts))
    return _printed(job, printed, notes=notes)


def prepare_text(job: Job) -> Prepared:
    """A plain text as it stands, or as a table where its lines are separated values.

    Raises:
        TroubleError: it is longer than anything that is printed, or empty, or markup.
    """
    text = _decoded(job.path)
    if is_markup(text):
        raise TroubleError("markup")
    rows = separated_rows(text, bounds.ANNEX_TABLE_ROWS)
    if rows:
        view = view_of(_grid(rows), Shape())
        return _printed(job, [view] if view else [])
    lines = text.expandtabs(4).splitlines()
    return _printed(job, [], text=_Text(tuple(lines[: bounds.ANNEX_TEXT_LINES]), len(lines)))


def _printed(job: Job, views: Sequence[TableView], *, notes: Iterable[str] = (), text: _Text | None = None) -> Prepared:
    if not views and not (text and any(line.strip() for line in text.lines)):
        raise TroubleError("empty")
    paper = Paper(job.sides)
    fits = [fit_of(view, paper) for view in views]
    paper.begin(is_wide=bool(fits) and fits[0].is_wide)
    paper.write(paper.regular, _USUAL, paper.regular.wrap(printable(job.caption), paper.width / _USUAL), SOFT_INK)
    paper.y -= _GAP
    for note in notes:
        write_note(paper, note)
    for view, fit in zip(views, fits, strict=True):
        write_table(paper, view, fit)
    if text:
        _write_text(paper, text)
    return paper.save(job.folder / PAGES_FILE)


def _write_text(paper: Paper, text: _Text) -> None:
    if text.total > len(text.lines):
        write_note(paper, wording.text_cut(len(text.lines), text.total))
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
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if 0 in raw[:2]:  # the mark of its order was left out
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    return make_grid("", rows, is_cut=len(rows) > bounds.SHEET_ROWS)
