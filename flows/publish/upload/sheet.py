"""``jawaban.xlsx``: every question with its answer, its files and a place to tick, to copy from answer by answer."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from flows.errors import RenderError
from flows.files import NO_TIME
from flows.model import Block, Hindrance, Upload
from flows.privacy import mask_numbers
from flows.publish.row_heights import LINE_POINTS, row_points
from flows.publish.upload.limits import UploadLimits
from flows.publish.upload.placing import Placed
from flows.publish.upload.ticks import SHEET, Carried
from flows.publish.upload.words import COLUMNS, Words
from flows.wording import file_size

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "nomor": 5, "blok": 12, "indikator": 9, "pertanyaan": 11, "teks": 34, "jawaban": 16, "catatan": 34, "folder": 19,
    "berkas": 34, "tentang": 32, "sudah": 10, "tanggal": 12, "pesan": 18, "sidik": 13,
}  # fmt: skip
_CELL_LENGTH = 32_767
_A4 = 9
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What an agency typed is written as text and never becomes a formula or a link."""
_TICK_COLUMNS = frozenset({"sudah", "tanggal", "pesan"})
_SMALL_COLUMNS = frozenset({"nomor", "sidik"})
"""Columns in small letters: they never need more room than the others of their row."""
_GUIDE_CHARS = 100
"""Characters across the merged cells of the guide."""
_TEXT_NUMBERS = "A1:N1048576"
"""Ids of questions look like numbers; Excel would put a green mark of a mistake into each of their cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question as the sheet shows it."""

    upload: Upload
    placed: Placed
    carried: Carried


@dataclass(frozen=True)
class _Sheet:
    """What the parts of the workbook are made from."""

    book: Workbook
    rows: Sequence[Row]
    blocks: Sequence[Block]
    words: Words
    styles: Mapping[str, Format]
    warning: str
    """Why nothing of it may be uploaded yet; empty where it may."""

    @property
    def head(self) -> int:
        """Row of the headings: below the warning, where there is one."""
        return 1 if self.warning else 0

    @property
    def last(self) -> int:
        """Last row of questions."""
        return self.head + len(self.rows)


def sheet_bytes(
    rows: Sequence[Row],
    blocks: Sequence[Block],
    limits: UploadLimits,
    words: Words,
    place: str,
    hindrance: Hindrance | None,
) -> bytes:
    """The whole workbook.

    Args:
        rows: Every question in order.
        blocks: Of the instrument.
        limits: For what is said of them.
        words: Of the sheet.
        place: Where the operator's copy lies, as told in the guide.
        hindrance: Why nothing of it may be uploaded yet, if so.

    Raises:
        RenderError: the workbook cannot be made.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    stream = io.BytesIO()
    try:
        book = xlsxwriter.Workbook(stream, _OPTIONS)
        book.set_properties({"created": NO_TIME})
        sheet = _Sheet(book, rows, blocks, words, _styles(book), words.forbidden[hindrance] if hindrance else "")
        _fill(sheet)
        _guide(sheet, limits, place)
        book.close()
    except XlsxWriterException as error:
        raise RenderError(
            f"{SHEET} tidak dapat dibuat.", "Ini cacat program; laporkan kepada pengembang bersama pesan ini."
        ) from error
    return stream.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    cell = {"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": "#B8C4D0"}
    head = {"text_wrap": True, "valign": "top", "bold": True, "bottom": 1, "bg_color": "#E8EEF4"}
    return {
        "head": book.add_format(head),
        "text": book.add_format(cell),
        "small": book.add_format({**cell, "font_size": 8, "font_color": "#6B7680"}),
        "number": book.add_format({**cell, "font_size": 8, "font_color": "#6B7680", "align": "center"}),
        "own": book.add_format({**cell, "bg_color": "#FFFBE6"}),
        "tick": book.add_format({**cell, "bg_color": "#FFFBE6", "align": "center"}),
        "day": book.add_format({**cell, "bg_color": "#FFFBE6", "align": "center", "num_format": "dd/mm/yyyy"}),
        "done": book.add_format({"bg_color": "#DDF0DF", "font_color": "#1F5E2B"}),
        "changed": book.add_format({"bg_color": "#FBE3C8", "font_color": "#8A4B00", "bold": True}),
        "warning": book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#A61B1B", "valign": "vcenter"}),
        "line": book.add_format({"text_wrap": True, "valign": "top"}),
        "count": book.add_format({"align": "center", "bottom": 4, "bottom_color": "#B8C4D0"}),
        "total": book.add_format({"align": "center", "bold": True, "top": 1}),
        "strong": book.add_format({"bold": True, "top": 1}),
    }  # fmt: skip


def _fill(made: _Sheet) -> None:
    sheet = made.book.add_worksheet(made.words.sheet)
    for column, key in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS[key])
        sheet.write_string(made.head, column, made.words.heads[key], made.styles["head"])
    sheet.set_row(made.head, LINE_POINTS * 2)
    # What is read off paper: a page across holds these columns in letters that can be read.
    first, last = COLUMNS.index("pertanyaan"), COLUMNS.index("pesan")
    if made.warning:
        for column in range(first):
            sheet.write_blank(0, column, None, made.styles["warning"])
        sheet.merge_range(0, first, 0, last, made.warning, made.styles["warning"])
    labels = {block.id: block.label for block in made.blocks}
    for number, row in enumerate(made.rows, 1):
        _write_row(sheet, made, made.head + number, _texts(row, number, labels, made.words))
    _ask_for_ticks(sheet, made)
    sheet.autofilter(made.head, 0, max(made.last, made.head + 1), len(COLUMNS) - 1)
    sheet.freeze_panes(made.head + 1, COLUMNS.index("pertanyaan") + 1)
    sheet.ignore_errors({"number_stored_as_text": _TEXT_NUMBERS})
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, made.head)
    sheet.print_area(0, first, max(made.last, made.head + 1), last)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")


def _texts(row: Row, number: int, labels: Mapping[str, str], words: Words) -> dict[str, str]:
    upload, placed, carried = row.upload, row.placed, row.carried
    mark = words.done if carried.is_done else words.changed if carried.is_changed else carried.tick.mark
    return {
        "nomor": str(number),
        "blok": labels.get(upload.block_id, upload.block_id),
        "indikator": upload.indicator_id,
        "pertanyaan": upload.question_id,
        "teks": upload.text,
        "jawaban": upload.answer,
        "catatan": upload.note,
        "folder": placed.folder,
        "berkas": "\n".join(placed.names),
        "tentang": "\n".join(placed.remarks),
        "sudah": mark,
        "tanggal": carried.tick.date,
        "pesan": carried.tick.remark,
        "sidik": carried.fingerprint,
    }


def _write_row(sheet: Worksheet, made: _Sheet, at: int, texts: Mapping[str, str]) -> None:
    for column, key in enumerate(COLUMNS):
        text = texts[key] if key == "sidik" else mask_numbers(texts[key])[:_CELL_LENGTH]
        day = _day(text) if key == "tanggal" else None
        if day is not None:
            sheet.write_datetime(at, column, day, made.styles["day"])
        elif key == "nomor":
            sheet.write_number(at, column, int(text), made.styles["number"])
        elif text:
            sheet.write_string(at, column, text, made.styles[_style(key)])
        else:
            sheet.write_blank(at, column, None, made.styles[_style(key)])
    sheet.set_row(at, row_points((texts[key], _WIDTHS[key]) for key in COLUMNS if key not in _SMALL_COLUMNS))


def _style(key: str) -> str:
    if key in _TICK_COLUMNS:
        return {"sudah": "tick", "tanggal": "day"}.get(key, "own")
    return "small" if key == "sidik" else "text"


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        return None


def _ask_for_ticks(sheet: Worksheet, made: _Sheet) -> None:
    if not made.rows:
        return
    column = COLUMNS.index("sudah")
    area = (made.head + 1, column, made.last, column)
    sheet.data_validation(
        *area,
        {
            "validate": "list",
            "source": [made.words.done],
            "ignore_blank": True,
            "input_title": made.words.heads["sudah"][:32],
            "input_message": made.words.help,
            "error_type": "warning",
            "error_title": made.words.heads["sudah"][:32],
            "error_message": made.words.other_mark,
        },
    )
    for words, style in ((made.words.done, "done"), (made.words.changed, "changed")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": made.styles[style]}
        sheet.conditional_format(*area, rule)


def _guide(made: _Sheet, limits: UploadLimits, place: str) -> None:
    """How to work with the sheet, the limits, and how far each block is, counted anew with every tick."""
    sheet = made.book.add_worksheet(made.words.guide)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 4, 16)
    told = made.words.limits.format(
        besar=file_size(limits.bytes), jenis=", ".join(limits.types), nama=limits.name_chars, berkas=limits.files,
        sumber=made.words.sources[limits.source],
    )  # fmt: skip
    lines = [*(line.format(tempat=place) for line in made.words.guide_lines), told]
    for number, line in enumerate(([made.warning] if made.warning else []) + lines):
        style = made.styles["warning" if line is made.warning else "line"]
        sheet.merge_range(number, 0, number, 4, line, style)
        sheet.set_row(number, row_points([(line, _GUIDE_CHARS)]))
    _progress(sheet, made, len(lines) + 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _progress(sheet: Worksheet, made: _Sheet, at: int) -> None:
    for column, head in enumerate(made.words.progress_heads):
        sheet.write_string(at, column, head, made.styles["head"])
    for number, block in enumerate(made.blocks, at + 1):
        rows = [row for row in made.rows if row.upload.block_id == block.id]
        sheet.write_string(number, 0, block.label, made.styles["text"])
        sheet.write_number(number, 1, len(rows), made.styles["count"])
        marks = (made.words.done, made.words.changed)
        counts = (sum(row.carried.is_done for row in rows), sum(row.carried.is_changed for row in rows))
        for column, (mark, count) in enumerate(zip(marks, counts, strict=True), 2):
            sheet.write_formula(number, column, _count_of(made, number, mark), made.styles["count"], count)
        left = f"=B{number + 1}-C{number + 1}-D{number + 1}"
        sheet.write_formula(number, 4, left, made.styles["count"], len(rows) - sum(counts))
    last = at + len(made.blocks)
    sheet.write_string(last + 1, 0, made.words.total, made.styles["strong"])
    values = _totals(made.rows)
    for column, value in enumerate(values, 1):
        letter = "ABCDE"[column]
        sum_of = f"=SUM({letter}{at + 2}:{letter}{last + 1})"
        sheet.write_formula(last + 1, column, sum_of, made.styles["total"], value)


def _count_of(made: _Sheet, row: int, mark: str) -> str:
    """A formula that counts the marks of one block: ours, of our own words and addresses only.

    What counts as done when the sheet is read back counts here too, before that: an array of words in one call.
    """
    block, tick = ("ABCDEFGHIJKLMN"[COLUMNS.index(key)] for key in ("blok", "sudah"))
    first, last = made.head + 2, max(made.last, made.head + 1) + 1
    name = made.words.sheet
    # Words only: programs of different years compare signs that they have no order for as if they were one.
    same = sorted(filter(str.isascii, made.words.also_done)) if mark == made.words.done else []
    marks = ",".join(f'"{each}"' for each in (mark, *same))
    return (
        f"=SUMPRODUCT(COUNTIFS('{name}'!${block}${first}:${block}${last},A{row + 1},"
        f"'{name}'!${tick}${first}:${tick}${last},{{{marks}}}))"
    )


def _totals(rows: Sequence[Row]) -> tuple[int, int, int, int]:
    done, changed = (sum(row.carried.is_done for row in rows), sum(row.carried.is_changed for row in rows))
    return len(rows), done, changed, len(rows) - done - changed
