"""Numbers of persons over several lines of a text, or in drawn cells beside each other, with what stands above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.gather.scan_row import numbers_over_cells
from flows.gather.scan_table import Table
from flows.privacy import rows_of_drawn_lines, stacked_in_lines, stacked_in_rows


def numbers_over_lines(text: str, rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, str, str]]:
    """The line each number begins at, its sixteen digits, and what stands above or left of it.

    Args:
        text: Lines as a typewriter sets them: cells parted by blanks, or by drawn lines.
        rows: The same words as rows of cells, where that is known.
    """
    for each in (*stacked_in_lines(text), *stacked_in_rows(rows)):
        yield each.row, each.digits, each.heading
    drawn = rows_of_drawn_lines(text)
    table = Table("", 1, 0, None, "", (), ())
    for number in range(len(drawn)):
        for _, digits, heading in numbers_over_cells(drawn, (), table, number):
            yield number, digits, heading
