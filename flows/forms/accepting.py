"""What each input of a form accepts: number format, width, drop-down and the words beside the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.forms.layout import AskedColumn
from flows.forms.sheet_canvas import CENTS, DAY, PLAIN, TEXT, WHOLE, Lists
from flows.forms.words import Words
from flows.model import ColumnType, TableColumn

Validation = dict[str, Any]
"""As xlsxwriter takes it."""
_STOP, _WARN = "stop", "warning"
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255
_NUMBERS: Mapping[ColumnType, str] = {
    ColumnType.COUNT: WHOLE,
    ColumnType.NUMBER: PLAIN,
    ColumnType.PERCENT: CENTS,
    ColumnType.MONEY: WHOLE,
    ColumnType.DATE: DAY,
    ColumnType.YEAR: PLAIN,
}
_WIDTHS: Mapping[ColumnType, float] = {
    ColumnType.COUNT: 10,
    ColumnType.NUMBER: 11,
    ColumnType.PERCENT: 10,
    ColumnType.MONEY: 18,
    ColumnType.TEXT: 32,
    ColumnType.CHOICE: 20,
    ColumnType.YES_NO: 12,
    ColumnType.DATE: 14,
    ColumnType.YEAR: 9,
    ColumnType.QUESTION: 12,
}
_HEADING_LINES = 4
"""More lines of heading than this make a column wider."""
_EARLIEST, _LATEST = date(1945, 8, 17), date(2099, 12, 31)


def number_format(kind: ColumnType) -> str:
    """Number format of the cells of such a column."""
    return _NUMBERS.get(kind, TEXT)


def table_widths(columns: Sequence[AskedColumn]) -> dict[str, float]:
    """Column key → width in letters: wide enough for the type and for a heading of at most four lines."""
    widths = {}
    for asked in columns:
        label = asked.column.label
        share = len(asked.column.parts)
        longest = max(map(len, label.split()), default=1) + 2
        widths[asked.key] = max(_WIDTHS[asked.column.type], longest / share, len(label) / _HEADING_LINES / share + 1)
    return widths


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Builds the rules of one workbook's cells."""

    words: Words
    lists: Lists
    last_year: int
    """Year n, for the examples in the words."""

    def column(self, column: TableColumn, questions: Sequence[str]) -> Validation | None:
        """Rule of a table's column; ``questions`` are those a row may belong to."""
        kind = column.type
        if kind in (ColumnType.CHOICE, ColumnType.YES_NO, ColumnType.QUESTION):
            options = {ColumnType.CHOICE: column.options, ColumnType.YES_NO: self.words.yes_no}.get(kind, questions)
            return self.choice(options, str(kind)) if options else None
        if kind is ColumnType.TEXT:
            return None
        return self._worded(self._bounds(column), str(kind), _WARN, self._mistake(column))

    def choice(self, options: Sequence[str], prompt: str) -> Validation:
        """A drop-down that suggests: something else may be typed after a question."""
        rule = {"validate": "list", "source": self.lists.source(options)}
        return self._worded(rule, prompt, _WARN, self.words.mistakes["pilihan"])

    def points(self, maximum: str) -> Validation:
        """Points from 0 to the cell ``maximum`` (``=$E7``); nothing else can be typed."""
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": maximum}
        return self._worded(rule, "poin", _STOP, self.words.mistakes["poin"])

    def page(self) -> Validation:
        """A page number."""
        rule = {"validate": "integer", "criteria": ">=", "value": 1}
        return self._worded(rule, "halaman", _WARN, self.words.mistakes["halaman"])

    def day(self) -> Validation:
        """The date of a document."""
        return self._worded(self._bounds_of_day(), "tanggal", _WARN, self.words.mistakes["tanggal"])

    def hint(self, prompt: str) -> Validation:
        """Anything goes; the words beside the cell say what is meant."""
        return self._worded({"validate": "any"}, prompt, _WARN, "")

    def _bounds(self, column: TableColumn) -> Validation:
        kind = column.type
        if kind is ColumnType.DATE:
            return self._bounds_of_day()
        if kind is ColumnType.YEAR:
            return {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100}
        validate = "integer" if kind is ColumnType.COUNT else "decimal"
        low = column.minimum if column.minimum is not None else 0
        high = column.maximum if column.maximum is not None else 100 if kind is ColumnType.PERCENT else None
        if high is None:
            return {"validate": validate, "criteria": ">=", "value": low}
        return {"validate": validate, "criteria": "between", "minimum": low, "maximum": high}

    def _mistake(self, column: TableColumn) -> str:
        if column.type is not ColumnType.PERCENT and column.maximum is not None:
            low = column.minimum if column.minimum is not None else 0
            return self.words.mistakes["batas"].format(minimum=f"{low:g}", maximum=f"{column.maximum:g}")
        return self.words.mistakes[str(column.type)]

    @staticmethod
    def _bounds_of_day() -> Validation:
        return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}

    def _worded(self, rule: Validation, prompt: str, error_type: str, mistake: str) -> Validation:
        title, text = self.words.prompts[prompt]
        worded = dict(rule)
        if text:
            worded |= {
                "input_title": title[:_LONGEST_TITLE],
                "input_message": text.format(second=self.last_year)[:_LONGEST_TEXT],
            }
        if mistake:
            worded |= {
                "error_type": error_type,
                "error_title": self.words.mistakes["judul"][:_LONGEST_TITLE],
                "error_message": mistake[:_LONGEST_TEXT],
            }
        return worded
