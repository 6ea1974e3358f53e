"""Numbers of persons that stand in one column below each other: broken over the lines of a cell, or a digit a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from flows.privacy.labels import Label, label_before
from flows.privacy.parted import are_boxes_of_a_person, boxes_in, speaks_of_counts
from flows.privacy.regions import is_person, is_region
from flows.privacy.writings import LENGTH, plain_digits

_FEWEST, _REGION = 6, 4
"""Digits of the first line of a broken number, since figures of four are in every table; and of the region."""
_MOST_LINES = 4
"""Lines of one number."""
_FORM_ROWS = 200
"""Rows of a table in which digits below each other may be boxes; in a longer one they are figures."""
_BESIDE = 5
"""Columns at either side in which a table of small figures shows itself."""
_HEADING_LINES = 60
_SERIAL = 4
# A digit first and then what may not stand before it: places without digits are passed over much faster.
_BEGINS = re.compile(r"\d(?<![\w•.,/-]\d)\d{5,14}-?(?![\w•.,/])")
_ENDS = re.compile(r"\d(?<![\w•.,/-]\d)\d{0,11}(?![\w•.,/])")
_CELL = re.compile(r"[^\s|│┃║¦]+(?: [^\s|│┃║¦]+)*")
"""What stands together on a line: blanks and drawn lines part it from what stands beside."""
_DRAWN = re.compile(r"[|│┃║¦]")
_SPEAKS_OF_NUMBERS = re.compile(r"\b(?:NIK|N\.?I\.?K|KK|K\.K|Nomor\s+Induk|Kartu\s+Keluarga)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Stacked:
    """A number that stands over several rows."""

    row: int
    """In which it begins, from 0."""
    column: int
    """Of a table; of a line of text, the character it begins at."""
    digits: str
    heading: str
    """What stands above it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


_Line = Sequence[_Cell]


def stacked_in_rows(rows: Sequence[Sequence[str]]) -> Iterator[Stacked]:
    """Numbers over several rows of a table: broken like the name beside them, or a digit a row in a small one.

    Args:
        rows: Cells as texts, the same columns below each other.
    """
    for at, row in enumerate(rows):
        # Most rows of a mass of figures hold nothing as long: that is seen without a look at each cell.
        if max(map(len, row), default=0) >= _FEWEST and any(map(_may_begin, row)):
            yield from _broken(at, [_of_row(each) for each in rows[max(0, at - _HEADING_LINES) : at + _MOST_LINES]])
    if LENGTH <= len(rows) <= _FORM_ROWS:
        yield from _boxes_down(rows)


def stacked_in_lines(text: str) -> Iterator[Stacked]:
    """Numbers broken over lines of a text in which cells are parted by blanks or by drawn lines."""
    plain = plain_digits(text)
    if not any(is_region(found[0][:_REGION]) for found in _BEGINS.finditer(plain)):
        return
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if any(is_region(found[0][:_REGION]) for found in _BEGINS.finditer(plain_digits(line))):
            around = lines[max(0, at - _HEADING_LINES) : at + _MOST_LINES]
            yield from _broken(at, [_of_line(each) for each in around])


def may_be_stacked(text: str) -> bool:
    """Whether digits of a text may begin a number that others end: asked of pages whose columns nobody knows yet."""
    begins = {len(found[0].rstrip("-")) for found in _BEGINS.finditer(text) if is_region(found[0][:_REGION])}
    return bool(begins) and any(LENGTH - len(found[0]) in begins for found in _ENDS.finditer(text))


def rows_of_drawn_lines(text: str) -> list[list[str]]:
    """The cells of lines that are parted by drawn lines, a row each; an empty row for any other line."""
    if "│" not in text and "┃" not in text and "║" not in text and text.count("|") < 2:  # noqa: PLR2004 - a cell
        return []
    parted = map(_DRAWN.split, text.split("\n"))
    return [[cell.strip() for cell in cells] if len(cells) > 2 else [] for cells in parted]  # noqa: PLR2004 - two strokes


def _may_begin(text: str) -> bool:
    digits = text.rstrip("-")
    return _FEWEST <= len(digits) < LENGTH and digits.isascii() and digits.isdigit() and is_region(digits[:_REGION])


def _of_row(row: Sequence[str]) -> list[_Cell]:
    return [_Cell(at, at + 1, text) for at, text in enumerate(row) if text]


def _of_line(line: str) -> list[_Cell]:
    return [_Cell(found.start(), found.end(), plain_digits(found[0])) for found in _CELL.finditer(line)]


def _broken(at: int, around: Sequence[_Line]) -> Iterator[Stacked]:
    """Numbers that begin in row ``at``, of which ``around`` ends a few rows below, after the rows above it."""
    own = min(at, _HEADING_LINES)
    above, line, below = around[:own], around[own], around[own + 1 :]
    for cell in line:
        if not _may_begin(cell.text):
            continue
        digits, most = _with_lines_below(cell, below)
        if len(digits) != LENGTH or not is_person(digits):
            continue
        heading = _words_above(cell, above)
        label = label_before("", 0, heading)[0]
        is_other = label is Label.OTHER or speaks_of_counts(heading)
        if is_other or digits[-_SERIAL] != "0" or digits.endswith("0000"):
            continue
        # The rest of a cell that is too narrow stands in a line with fewer cells than the one it belongs to.
        if label is not Label.NONE or most < len(line):
            yield Stacked(at, cell.start, digits, heading)


def _with_lines_below(cell: _Cell, below: Sequence[_Line]) -> tuple[str, int]:
    """The digits of a cell and of those right below it up to a whole number, and the most cells of a line below."""
    digits, most = cell.text.rstrip("-"), 0
    for line in below:
        if len(digits) >= LENGTH:
            break
        part = next((each.text for each in line if each.start < cell.end and cell.start < each.end), "").rstrip("-")
        if not part.isascii() or not part.isdigit():
            break
        digits, most = digits + part, max(most, len(line))
    return digits, most


def _words_above(cell: _Cell, above: Sequence[_Line]) -> str:
    """The nearest words above a cell."""
    for line in reversed(above):
        for each in line:
            if each.start < cell.end and cell.start < each.end and _LETTERS.search(each.text):
                return each.text
    return ""


def _boxes_down(rows: Sequence[Sequence[str]]) -> Iterator[Stacked]:
    """Sixteen boxes below each other."""
    columns = list(zip_longest(*rows, fillvalue=""))
    for at, column in enumerate(columns):
        if not (boxes := boxes_in(column)):
            continue
        places, digits = boxes
        first = places[0]
        words = " ".join([*column[:first][-1:], *(columns[at - 1][max(0, first - 1) : first + 1] if at else ())])
        beside = [*columns[max(0, at - _BESIDE) : at], *columns[at + 1 : at + 1 + _BESIDE]]
        is_said = _SPEAKS_OF_NUMBERS.search(words) and not speaks_of_counts(words)
        if is_said or are_boxes_of_a_person(digits, places, beside):
            yield Stacked(first, at, digits, words)
