"""The operator's ticks: read back from their copy of ``jawaban.xlsx``, and carried over to what there is now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from flows import bounds
from flows.bounded import BoundedPool, run_twice
from flows.errors import os_reason
from flows.model import Tick, Ticks, Upload
from flows.names import fold
from flows.publish.upload.words import load_words

SHEET = "jawaban.xlsx"
"""Name of the workbook, in a run below ``unggah``, and of the operator's copy beside the runs."""
FOLDER = "unggah"
_HEAD_ROWS = 12
"""Rows among which the headings are looked for."""
_ARROW = ">"
"""Stands in the column of fingerprints between what there is and what was uploaded."""
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2,4}", re.IGNORECASE)
"""A day in place of a tick: whoever writes when it was uploaded says that it was."""
_LOCKS = ("~${}", ".~lock.{}#")
"""Names that office programs give to the mark of an open file."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What the new sheet says beside a question."""

    tick: Tick
    is_done: bool = False
    is_changed: bool = False
    fingerprint: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still has to be uploaded for the first time."""
        return not (self.is_done or self.is_changed)


def read_ticks(output_root: Path, last_run: Path | None, pool: BoundedPool | None = None) -> Ticks:
    """What the operator has ticked so far.

    Args:
        output_root: ``<outputs>/<kota>/<tahun>``, where their copy lies.
        last_run: The newest run, whose ticks count where the copy is gone or cannot be read.
        pool: Children that open the copy; of its own where None.
    """
    copy = output_root / SHEET
    fallback = last_run / FOLDER / SHEET if last_run else None
    if copy.is_file():
        found = _read_bounded(copy, pool)
        if not found.trouble:
            return found
        before = _read_bounded(fallback, pool) if fallback is not None and fallback.is_file() else Ticks()
        return Ticks(before.by_question, found.sha256, found.trouble)
    if fallback is not None and fallback.is_file():
        return Ticks(_read_bounded(fallback, pool).by_question)
    return Ticks()


def open_mark(copy: Path) -> str:
    """Name of the mark that says that somebody has the copy open; empty where there is none."""
    names = (pattern.format(copy.name) for pattern in _LOCKS)
    return next((name for name in names if (copy.parent / name).exists()), "")


def carry_over(upload: Upload, tick: Tick | None) -> Carried:
    """What becomes of a tick: it stays where answer and documents are those that were uploaded."""
    current = upload.fingerprint
    if tick is None:
        return Carried(Tick(), fingerprint=current)
    uploaded = tick.shown if tick.is_done else tick.uploaded
    if not (tick.is_done or tick.uploaded):
        return Carried(tick, fingerprint=current)
    if upload.is_that_of(uploaded):
        return Carried(tick, is_done=True, fingerprint=current)
    return Carried(tick, is_changed=True, fingerprint=f"{current} {_ARROW} {uploaded}".rstrip())


def _read_bounded(path: Path, pool: BoundedPool | None) -> Ticks:
    try:
        if path.stat().st_size > bounds.TICKED_SHEET_BYTES:
            return Ticks(trouble="rusak")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return Ticks(trouble=f"tertutup {os_reason(error)}")
    with nullcontext(pool) if pool else BoundedPool(workers=1) as children:
        [result] = run_twice(children, _read, [str(path)])
    if result.value is None:
        return Ticks(sha256=sha256, trouble="rusak")
    rows, trouble = result.value
    return Ticks(rows, sha256, trouble)


def _read(path: str) -> tuple[Mapping[str, Tick], str]:
    """Runs in a child."""
    from flows.forms.grid import Grid, WorkbookLockedError, WorkbookUnreadableError, open_workbook

    try:
        book = open_workbook(Path(path))
    except WorkbookLockedError:
        return {}, "sandi"
    except WorkbookUnreadableError:
        return {}, "rusak"
    sheets: list[Grid] = [sheet for sheet in book.sheets if not sheet.is_hidden]
    for sheet in sheets:
        head = _head(sheet)
        if head is not None:
            row, columns = head
            return dict(_ticks(sheet, row, columns)), ""
    return {}, "kolom"


def _head(sheet: object) -> tuple[int, dict[str, int]] | None:
    """The row of headings and where each column stands, wherever somebody has moved it."""
    from flows.forms.grid import Grid

    if not isinstance(sheet, Grid):
        return None
    keys = {fold(text): key for key, text in load_words().heads.items()}
    for row in range(min(_HEAD_ROWS, sheet.height)):
        found = {keys[name]: column for column, cell in sheet.cells(row) if (name := fold(str(cell.value))) in keys}
        if {"pertanyaan", "sudah", "sidik"} <= set(found):
            return row, found
    return None


def _ticks(sheet: object, head: int, columns: Mapping[str, int]) -> Iterator[tuple[str, Tick]]:
    from flows.forms.grid import Grid

    if not isinstance(sheet, Grid):
        return
    words, seen = load_words(), set[str]()
    for row in range(head + 1, sheet.height):
        texts = {key: _text(sheet.at(row, column)) for key, column in columns.items()}
        question, mark = texts["pertanyaan"], texts["sudah"]
        shown, _, uploaded = (part.strip() for part in texts["sidik"].partition(_ARROW))
        is_changed = fold(mark) == fold(words.changed)
        is_day = _A_DAY.fullmatch(mark) is not None
        tick = Tick(
            mark="" if is_changed else mark,
            is_done=is_day or words.is_done(mark),
            date=texts.get("tanggal", "") or (mark if is_day else ""),
            remark=texts.get("pesan", ""),
            shown=shown,
            uploaded=(uploaded or "-") if is_changed else "",
        )
        if question and question not in seen and (tick.mark or tick.date or tick.remark or is_changed):
            seen.add(question)
            yield question, tick


def _text(cell: object) -> str:
    """What a cell says, as text; days as ISO dates, whole numbers without a point."""
    value = getattr(cell, "value", None)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
