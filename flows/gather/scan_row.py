"""Numbers of persons that several cells of a row hold together, with what stands above and before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.gather.scan_table import FEWEST_CHARS, Table, as_text
from flows.privacy import are_boxes_of_a_person, boxes_in, child_list_in_lines, parted_numbers, speaks_of_counts

_SPEAKS_OF_NUMBERS = re.compile(r"\b(?:NIK|KK|K\.K|Nomor\s+Induk|Kartu\s+Keluarga)\b", re.IGNORECASE)
_BESIDE = 5
"""Rows above and below in which a table of small figures shows itself."""

Rows = Sequence[Sequence[object]]


def numbers_over_cells(rows: Rows, head: Rows, place: Table, number: int) -> Iterator[tuple[int, str, str]]:
    """Numbers over several cells of one row: the first cell, the digits, and what stands above and left of it."""

    def heading(at: int) -> str:
        return f"{place.heading(rows, head, number, at)} {_words_before(row, at)}"

    def beside() -> Rows:
        return [*rows[max(0, number - _BESIDE) : number], *rows[number + 1 : number + 1 + _BESIDE]]

    row = rows[number]
    for at, digits in parted_numbers(row, heading, beside):
        yield at, digits, heading(at)
    if boxes := boxes_in(row):
        columns, digits = boxes
        said = heading(columns[0])
        left = _words_before(row, columns[0])
        is_said = _SPEAKS_OF_NUMBERS.search(left) and not speaks_of_counts(left)
        if is_said or are_boxes_of_a_person(digits, columns, beside()):
            yield columns[0], digits, said


def column_of_list(row: Sequence[str], title: str) -> int:
    """Where a list that begins in this row stands: in one cell by itself, or from the first filled cell on."""
    alone = (at for at, text in enumerate(row) if len(text) > FEWEST_CHARS and child_list_in_lines(text, title))
    return next(alone, next((at for at, text in enumerate(row) if text), 0))


def _words_before(row: Sequence[object], at: int) -> str:
    return " ".join(text for value in row[:at] if (text := as_text(value)))
