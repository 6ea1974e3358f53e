"""Understands single cells: numbers, percentages, days, years, yes and no, choices, and "there is none"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.forms import tokens
from flows.forms.dates import ParsedDate, from_serial, parse_date
from flows.forms.numerals import PERCENT_BACK, ParsedNumber, parse_number, tidied
from flows.forms.raw import RawCell, RawValue
from flows.model import CellState, ColumnType
from flows.names import fold

YES, NO = "ya", "tidak"
"""How a yes or no is written in ``Reading.text``."""
_DASHES = re.compile(r"[-–—‒―−_.…\s]+")
_TICKS = re.compile("[√✓✔☑✅]\ufe0f?")
_YEAR = re.compile(r"(?<![0-9])[0-9]+(?![0-9])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_QUESTION = re.compile(r"\D{0,20}?([0-9]+(?:\.[0-9]+)*[a-z]?)(?![\w.])", re.IGNORECASE)
_LIKE = 90.0
"""How alike a choice and an option must be, of 100."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says."""

    state: CellState
    number: float | None = None
    """Of a numeric column, and of a year; a percentage as 0 to 100, money in rupiah."""
    text: str = ""
    """Of any other column: a date as ``2024-03-31``, yes as ``ya``, a choice as the option has it. Of a cell that is no
    value: what stands there."""
    remark: str = ""
    """Key of ``remarks`` in the catalogue of findings."""


def read_cell(cell: RawCell | None, kind: ColumnType, options: Sequence[str] = ()) -> Reading:
    """What ``cell`` says in a column of ``kind``; never raises.

    Nothing is judged: negative counts, fractions of people and percentages of 300 are values. A percentage above 0 and
    up to 1 without a percent sign counts as a share (1 is 100 %), with the remark ``fraction``, since a spreadsheet
    keeps 98 % as 0.98.

    Args:
        cell: The cell, or None where nothing stands.
        kind: Type of its column.
        options: Of a choice, or ids of the questions a row may belong to; a text column ignores them.
    """
    if cell is None:
        return Reading(CellState.EMPTY)
    if cell.is_error:
        return Reading(CellState.ERROR, text=_shown(cell.value))
    if cell.is_uncalculated:
        return Reading(CellState.UNCALCULATED)
    value = tidied(cell.value) if isinstance(cell.value, str) else cell.value
    if value is None or value == "":
        return Reading(CellState.EMPTY)
    if isinstance(value, str) and is_not_available(value):
        return Reading(CellState.NOT_AVAILABLE, text=value)
    return _READERS[kind](value, kind, options)


def is_not_available(text: str) -> bool:
    """Whether ``text`` says that there is none: "-", "n/a", "tidak ada data"."""
    return bool(_DASHES.fullmatch(text)) or fold(text) in tokens.NOT_AVAILABLE


def _read_number(value: RawValue, kind: ColumnType, _: Sequence[str]) -> Reading:
    """A count, number, percentage or sum of money."""
    remark, has_sign = "", False
    if isinstance(value, str):
        if fold(value) in tokens.NO_NUMBER:
            return Reading(CellState.NOT_AVAILABLE, text=value)
        parsed = ParsedNumber(0.0, "") if fold(value) in tokens.ZERO else parse_number(value, kind)
        if parsed is None:
            return _unreadable(value)
        number, remark = parsed
        has_sign = bool(PERCENT_BACK.search(value))
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and _is_finite(value):
        number = float(value)
    else:
        return _unreadable(value)
    if kind is ColumnType.PERCENT and 0 < number <= 1 and not has_sign:
        return Reading(CellState.VALUE, round(number * 100, 10), remark="fraction")
    return Reading(CellState.VALUE, number, remark=remark)


def _read_year(value: RawValue, _: ColumnType, __: Sequence[str]) -> Reading:
    """A year: the only number in the cell, of four digits; both as number and as text."""
    numbers = _YEAR.findall(_shown(value)) if _is_text_or_number(value) else []
    if len(numbers) == 1 and len(numbers[0]) == 4 and _FIRST_YEAR <= int(numbers[0]) <= _LAST_YEAR:  # noqa: PLR2004
        return Reading(CellState.VALUE, float(numbers[0]), numbers[0])
    return _unreadable(value)


def _read_date(value: RawValue, _: ColumnType, __: Sequence[str]) -> Reading:
    """A day, also where its format was lost and its number remained."""
    if isinstance(value, datetime):
        return Reading(CellState.VALUE, text=value.date().isoformat())
    if isinstance(value, date):
        return Reading(CellState.VALUE, text=value.isoformat())
    parsed: ParsedDate | None = None
    if isinstance(value, str):
        parsed = parse_date(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and _is_finite(value):
        day = from_serial(float(value))
        parsed = ParsedDate(day, "") if day else None
    return (
        Reading(CellState.VALUE, text=parsed.date.isoformat(), remark=parsed.remark) if parsed else _unreadable(value)
    )


def _read_yes_no(value: RawValue, _: ColumnType, __: Sequence[str]) -> Reading:
    """Yes or no, also as a tick or as 1 and 0."""
    if isinstance(value, bool):
        return Reading(CellState.VALUE, text=YES if value else NO)
    if not _is_text_or_number(value):
        return _unreadable(value)
    shown = _shown(value)
    folded = fold(shown)
    if folded in tokens.YES or _TICKS.fullmatch(shown):
        return Reading(CellState.VALUE, text=YES)
    return Reading(CellState.VALUE, text=NO) if folded in tokens.NO else _unreadable(value)


def _read_choice(value: RawValue, kind: ColumnType, options: Sequence[str]) -> Reading:
    """One of ``options``, spelled alike; any text where there are none."""
    if not options:
        return _read_text(value, kind, options)
    if not _is_text_or_number(value):
        return _unreadable(value)
    shown = _shown(value)
    exact = [option for option in options if option.strip() == shown] or [
        option for option in options if fold(option) == fold(shown)
    ]
    if exact:
        return Reading(CellState.VALUE, text=exact[0]) if len(set(exact)) == 1 else _unreadable(value)
    near = _near(fold(shown), options)
    return Reading(CellState.VALUE, text=near, remark="option-spelling") if near else _unreadable(value)


def _near(folded: str, options: Sequence[str]) -> str:
    """The only option spelled nearly like this; empty where none or several are. Digits and "not" must agree."""
    from rapidfuzz import fuzz

    alike = [
        option
        for option in options
        if fuzz.ratio(folded, fold(option)) >= _LIKE
        and re.findall(r"\d+", folded) == re.findall(r"\d+", fold(option))
        and tokens.NEGATIONS.intersection(folded.split()) == tokens.NEGATIONS.intersection(fold(option).split())
    ]
    return alike[0] if len(alike) == 1 else ""


def _read_question(value: RawValue, kind: ColumnType, options: Sequence[str]) -> Reading:
    """Id of a question, also with words before or its title behind it."""
    if not _is_text_or_number(value):
        return _unreadable(value)
    shown = _shown(value)
    if not options:
        return _read_text(value, kind, options)
    by_id = {option.casefold(): option for option in options}
    found = _QUESTION.match(shown)
    for candidate in (shown.casefold(), found[1].casefold() if found else ""):
        if candidate in by_id:
            return Reading(CellState.VALUE, text=by_id[candidate])
    return _unreadable(value)


def _read_text(value: RawValue, _: ColumnType, __: Sequence[str]) -> Reading:
    """Any text; numbers and days as they are usually written."""
    if isinstance(value, bool):
        return Reading(CellState.VALUE, text=YES if value else NO)
    if isinstance(value, datetime) and value.time() == time():
        return Reading(CellState.VALUE, text=value.date().isoformat())
    return Reading(CellState.VALUE, text=_shown(value))


_Reader = Callable[[RawValue, ColumnType, Sequence[str]], Reading]
_READERS: Mapping[ColumnType, _Reader] = {
    ColumnType.COUNT: _read_number,
    ColumnType.NUMBER: _read_number,
    ColumnType.PERCENT: _read_number,
    ColumnType.MONEY: _read_number,
    ColumnType.TEXT: _read_text,
    ColumnType.CHOICE: _read_choice,
    ColumnType.YES_NO: _read_yes_no,
    ColumnType.DATE: _read_date,
    ColumnType.YEAR: _read_year,
    ColumnType.QUESTION: _read_question,
}


def _unreadable(value: RawValue) -> Reading:
    return Reading(CellState.UNREADABLE, text=_shown(value))


def _is_text_or_number(value: RawValue) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and _is_finite(value)
    return is_number or isinstance(value, str)


def _is_finite(value: float) -> bool:
    """Whether it can be a float; an integer may be too large."""
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _shown(value: RawValue) -> str:
    """A value as people see it: 12 without decimals, a day in ISO."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return str(int(value)) if _is_finite(value) and float(value).is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else (value or "").strip()
