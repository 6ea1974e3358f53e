"""One sheet of a form being written with xlsxwriter: its look, its rows, its cells and what they accept."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from flows.forms.raw import RawCell

FIRST = 1
"""First visible column; column A holds the marks."""
TEXT, WHOLE, PLAIN, CENTS, DAY = "@", "#,##0", "General", "0.00", "dd-mm-yyyy"
"""Number formats of cells."""
_INK, _RULE, _HEAD, _GROUP, _INPUT, _FIXED, _GREY = (
    "#222222",
    "#BFBFBF",
    "#1F4E78",
    "#DDE6EF",
    "#FFF9E3",
    "#F4F4F4",
    "#666666",
)
_POINTS_PER_LINE = 15
_HIGHEST_ROW = 405
_CHARS_PER_WIDTH = 1.05
"""Letters of running text that fit into one unit of column width."""
_LONGEST_TEXT = 32_767
_LITERAL_LIST = 255
_FIRST_YEAR = 1901
"""Excel knows no earlier days that every program reads alike."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_HIDDEN_MARKS = {"hidden": True}
_ALLOWED = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
    "objects": True,
}
"""What a protected sheet still allows. The protection has no password: it guards against slips only."""


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}

    def get(self, style: str, number: str = TEXT) -> Any:  # noqa: ANN401 - xlsxwriter is untyped
        """Format of that style (a key of ``_STYLES``) and number format."""
        if (style, number) not in self._made:
            self._made[style, number] = self._book.add_format({**_STYLES[style], "num_format": number})
        return self._made[style, number]


_BASE = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
_BOXED = {**_BASE, "border": 1, "border_color": _RULE, "text_wrap": True}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "mark": {"font_color": "#999999", "font_size": 8},
    "title": {**_BASE, "bold": True, "font_size": 14, "font_color": _HEAD},
    "note": {**_BASE, "text_wrap": True, "font_color": _GREY},
    "plain": {**_BASE},
    "guide": {**_BASE, "text_wrap": True},
    "guide_heading": {**_BASE, "bold": True, "font_size": 12, "font_color": _HEAD},
    "heading": {
        **_BOXED,
        "bold": True,
        "bg_color": _HEAD,
        "font_color": "#FFFFFF",
        "align": "center",
        "valign": "vcenter",
    },
    "group": {**_BASE, "bold": True, "bg_color": _GROUP},
    "fixed": {**_BOXED, "bg_color": _FIXED},
    "input": {**_BOXED, "bg_color": _INPUT, "locked": False},
    "computed": {**_BOXED, "bg_color": _INPUT, "locked": False, "italic": True},
}


@dataclass
class Lists:
    """Choices too long for a cell's own list: written to the hidden sheet, a column each, and referred to."""

    sheet_name: str
    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def source(self, options: Sequence[str]) -> list[str] | str:
        """``options`` as a validation takes them: themselves, or the range where they will stand."""
        own = tuple(clean(option) for option in options)
        if len(",".join(own)) <= _LITERAL_LIST and not any("," in option for option in own):
            return list(own)
        from xlsxwriter.utility import xl_col_to_name

        column = xl_col_to_name(self.columns.setdefault(own, FIRST + 2 + len(self.columns)))
        return f"='{self.sheet_name}'!${column}$1:${column}${len(own)}"

    def write(self, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        """Put every list referred to into ``sheet``, the hidden one."""
        for options, column in self.columns.items():
            for row, option in enumerate(options):
                sheet.write_string(row, column, option)


class Canvas:
    """One sheet, filled from top to bottom."""

    def __init__(self, sheet: Any, formats: Formats, widths: Sequence[float]) -> None:  # noqa: ANN401 - untyped
        self.sheet = sheet
        self.formats = formats
        self.widths = tuple(widths)
        self.row = 0
        """The next row, from 0."""
        self.sheet.set_column(0, 0, 9, None, _HIDDEN_MARKS)
        for at, width in enumerate(self.widths, start=FIRST):
            self.sheet.set_column(at, at, width)

    @property
    def last_column(self) -> int:
        """The last visible column, from 0."""
        return FIRST + len(self.widths) - 1

    def mark(self, text: str) -> None:
        """Put a mark into the hidden column of the next row."""
        self.sheet.write_string(self.row, 0, clean(text), self.formats.get("mark"))

    def line(self, mark: str, text: str, style: str) -> None:
        """One row with ``text`` across all columns, as high as it needs to be."""
        self.mark(mark)
        lines = self._lines(text) if style == "note" else 1
        height = _POINTS_PER_LINE * lines + (6 if style == "title" else 1)
        self.sheet.set_row(self.row, height)
        shown = self.formats.get(style)
        if style == "note" and len(self.widths) > 1:
            self.sheet.merge_range(self.row, FIRST, self.row, self.last_column, "", shown)
        self.sheet.write_string(self.row, FIRST, clean(text), shown)
        self.row += 1

    def group(self, mark: str, text: str) -> None:
        """A row that heads the rows below it."""
        self.mark(mark)
        shown = self.formats.get("group")
        for at in range(FIRST + 1, self.last_column + 1):
            self.sheet.write_blank(self.row, at, None, shown)
        self.sheet.write_string(self.row, FIRST, clean(text), shown)
        self.row += 1

    def keys(self, mark: str, keys: Sequence[str]) -> None:
        """The hidden row that names the columns."""
        self.mark(mark)
        for at, key in enumerate(keys, start=FIRST):
            self.sheet.write_string(self.row, at, key, self.formats.get("mark"))
        self.sheet.set_row(self.row, None, None, _HIDDEN_MARKS)
        self.row += 1

    def headings(self, mark: str, headings: Sequence[tuple[str, str]]) -> None:
        """The headings: one row, or two where any column has a second line; equal neighbours share their first one."""
        shown = self.formats.get("heading")
        levels = 2 if any(lower for _, lower in headings) else 1
        spans = _spans(headings)
        tops = [self._lines(text, sum(self.widths[left : right + 1])) for left, right, text, _ in spans]
        self.sheet.set_row(self.row, _POINTS_PER_LINE * max(2, *tops, 2))
        for left, right, text, is_split in spans:
            bottom = self.row if is_split or levels == 1 else self.row + 1
            self._heading(self.row, FIRST + left, bottom, FIRST + right, text)
        if levels == 2:  # noqa: PLR2004 - the two levels
            for at, (_, lower) in enumerate(headings, start=FIRST):
                if lower:
                    self.sheet.write_string(self.row + 1, at, clean(lower), shown)
        for _ in range(levels):
            self.mark(mark)
            self.row += 1

    def finish(self, frozen_columns: int, headings: tuple[int, int]) -> None:
        """Freeze and repeat the headings (first and last row, from 0), protect the rest, set up print."""
        first, last = headings
        self.sheet.freeze_panes(last + 1, FIRST + frozen_columns)
        self.sheet.protect("", _ALLOWED)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self.row + 1}"})
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(first, last)
        self.sheet.print_area(0, FIRST, max(self.row - 1, last), self.last_column)
        self.sheet.set_footer("&L&8&F – &A&R&8&P/&N")

    def fit(self, texts: Mapping[int, str], least: int = 1) -> None:
        """Make the next row high enough for ``texts`` (column from 0 → text); not every program does so by itself."""
        widths = {at: self.widths[at - FIRST] for at in texts}
        lines = max([least, *(self._lines(text, widths[at]) for at, text in texts.items())])
        if lines > 1:
            self.sheet.set_row(self.row, min(_POINTS_PER_LINE * lines + 1, _HIGHEST_ROW))

    def put(self, column: int, cell: RawCell, style: str, number: str) -> None:
        """Write what a person has filled in, as it is, never as a formula."""
        put_value(self.sheet, self.row, column, cell, self.formats, style, number)

    def _heading(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        shown = self.formats.get("heading")
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", shown)
        self.sheet.write_string(top, left, clean(text), shown)

    def _lines(self, text: str, width: float | None = None) -> int:
        """How many lines ``text`` takes across ``width``, by default the whole sheet."""
        return wrapped_lines(text, width if width is not None else sum(self.widths))


def put_value(
    sheet: Any,  # noqa: ANN401 - xlsxwriter is untyped
    row: int,
    column: int,
    cell: RawCell,
    formats: Formats,
    style: str,
    number: str,
) -> None:
    """Write ``cell`` with its own type: text as text, numbers as numbers, days as days."""
    value = cell.value
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats.get(style, number))
    elif isinstance(value, int | float) and math.isfinite(value):
        shown = PLAIN if number in (DAY, TEXT) else number
        sheet.write_number(row, column, value, formats.get(style, shown))
    elif isinstance(value, date) and value.year >= _FIRST_YEAR:
        clock = " hh:mm" if isinstance(value, datetime) and value.time() != time() else ""
        day = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(row, column, day, formats.get(style, DAY + clock))
    elif value is None:
        sheet.write_blank(row, column, None, formats.get(style, number))
    else:
        sheet.write_string(row, column, clean(str(value)), formats.get(style, number))


def clean(text: str) -> str:
    """``text`` as a cell can hold it: no half characters, no control signs but line breaks, within Excel's length."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    return _UNWRITABLE.sub("", whole)[:_LONGEST_TEXT]


def _spans(headings: Sequence[tuple[str, str]]) -> list[tuple[int, int, str, bool]]:
    """First and last column, text, and whether it has a second line below it."""
    spans: list[tuple[int, int, str, bool]] = []
    for at, (upper, lower) in enumerate(headings):
        if lower and spans and spans[-1][3] and spans[-1][2] == upper:
            spans[-1] = (spans[-1][0], at, upper, True)
        else:
            spans.append((at, at, upper, bool(lower)))
    return spans


def wrapped_lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column of that width, broken between words."""
    per_line = max(width * _CHARS_PER_WIDTH, 1)
    lines = 0
    for paragraph in text.split("\n"):
        used = 0.0
        lines += 1
        for word in paragraph.split(" "):
            if used and used + len(word) > per_line:
                lines += 1
                used = 0.0
            used += len(word) + 1
    return lines
