"""Tables whose cells stand one below the other, a cell a line, as documents saved as text have them, and slides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.privacy.birth import first_date_year
from flows.privacy.list_headings import Column, column_of
from flows.privacy.people import is_name
from flows.words import holds_any

# Begins with a sign that is searched for as fast as any word.
_HEAD = re.compile(r"\n[ \t]*(?:(?:no\.?|nomor|no\.? urut)[ \t]*|(?:nama|inisial)\b[^\n:]{0,25})\n", re.IGNORECASE)
_NAME_HEAD = re.compile(r"(?:nama|inisial)\b[^:]{0,25}\Z")
_BEFORE_NAMES, _FEWEST_HEADS, _MOST_HEADS, _LONGEST_HEAD = 3, 3, 12, 40
_NUMBER_HEADS = frozenset({"no", "no.", "nomor", "no urut", "no. urut"})
_TELLING = ("lahir", "ttl", "tgl", "umur", "usia", "kls", "kelas")
_AGE = re.compile(r"\d{1,2}\b")
_CLASS = re.compile(r"(?:kelas |kls )?(?:[ivx]{1,4}|\d{1,2})\b|tk\b|tdk sekolah|tidak sekolah", re.IGNORECASE)
_FEWEST_COLUMNS, _MOST_COLUMNS = 2, 20
_LEAST_ROWS = 2
_LONGEST_CELL = 150
_BLANKS = 2
"""Times as many lines as columns that a row may take: cells of several lines, and empty ones."""


def rows_of_cells(text: str) -> list[list[str]]:
    """The lines of ``text`` as rows, a row of a table at the line of its first cell; empty where there is none.

    A table is told by a heading *No*, and by rows whose numbers follow each other; or by a heading *Nama* among others,
    and by names, days and ages that come again and again where they say.
    """
    if not _HEAD.search(f"\n{text}"):
        return []
    lines = [line.strip() for line in text.splitlines()]
    rows = [[line] for line in lines]
    found, at = False, 0
    while at < len(lines):
        head = lines[at].lower()
        starts = _rows_below(lines, at) if head in _NUMBER_HEADS else []
        if len(starts) <= _LEAST_ROWS and _NAME_HEAD.match(head):
            starts = _rows_of_names(lines, at)
        if len(starts) <= _LEAST_ROWS or rows[starts[0]] != [lines[starts[0]]]:
            at += 1
            continue
        found = True
        for start, end in pairwise(starts):
            cells = _cells(lines[start:end], starts[1] - starts[0])
            rows[start:end] = [cells, *([] for _ in range(end - start - 1))]
        at = starts[-1]
    return rows if found else []


def _rows_below(lines: Sequence[str], head: int) -> list[int]:
    """Where the headings that begin at ``head`` start, each row below them, and where the last one ends."""
    most = head + _MOST_COLUMNS
    first = next((at for at in range(head + _FEWEST_COLUMNS, min(most, len(lines))) if _is_number(lines[at], 1)), None)
    if first is None or max(map(len, lines[head:first])) > _LONGEST_CELL:
        return []
    columns, starts = first - head, [head, first]
    while True:
        last, number = starts[-1], len(starts)
        reach = range(last + 1, min(last + _BLANKS * columns + 1, len(lines)))
        following = next((at for at in reach if _is_number(lines[at], number)), None)
        if following is None:
            return [*starts, min(last + columns, len(lines))]
        starts.append(following)


def _rows_of_names(lines: Sequence[str], name: int) -> list[int]:
    """As :func:`_rows_below`, for a table without numbers whose heading of names stands at ``name``."""
    best: list[int] = []
    if not holds_any(" ".join(lines[max(0, name - _BEFORE_NAMES) : name + _MOST_HEADS]).lower(), _TELLING):
        return best
    for head in range(max(0, name - _BEFORE_NAMES), name + 1):
        for columns in range(max(_FEWEST_HEADS, name - head + 1), _MOST_HEADS + 1):
            if name + columns >= len(lines) or not is_name(lines[name + columns]):
                continue
            heads = [line.lower() for line in lines[head : head + columns]]
            if len(heads) < columns or not all(0 < len(each) <= _LONGEST_HEAD for each in heads):
                break
            starts = [head, head + columns]
            while _is_of_a_person(lines[starts[-1] : starts[-1] + columns], heads, name - head):
                starts.append(starts[-1] + columns)
            best = max(best, starts, key=len)
    return best


def _is_of_a_person(cells: Sequence[str], heads: Sequence[str], name: int) -> bool:
    """Whether a name, and a day of birth or an age, stand where the headings say."""
    if len(cells) < len(heads) or not is_name(cells[name]):
        return False
    told = [(column_of(head), cell) for head, cell in zip(heads, cells, strict=True)]
    days = [first_date_year(cell) is not None for column, cell in told if column is Column.BIRTH]
    ages = [_AGE.match(cell) is not None for column, cell in told if column is Column.AGE]
    classes = [_CLASS.match(cell) is not None for column, cell in told if column is Column.CLASS]
    return bool(days or ages or classes) and all(days) and all(ages) and all(classes)


def _is_number(line: str, number: int) -> bool:
    return line in {f"{number}", f"{number}."}


def _cells(lines: Sequence[str], columns: int) -> list[str]:
    """The cells of a row; empty lines are empty cells where there are no more lines than columns."""
    return list(lines) if len(lines) <= columns else [line for line in lines if line]
