"""Numbers of persons that stand in several cells of a row: in a few parts, or with a box for each digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from flows.privacy.labels import Label, label_before
from flows.privacy.regions import is_person, is_region
from flows.privacy.writings import LENGTH

Heading = Callable[[int], str]
"""What stands above a cell of the row, or left of it; asked only where it matters."""
Rows = Sequence[Sequence[object]]
_PARTS = (
    *((6, 6, 4), (6, 10), (12, 4), (6, 2, 8), (6, 2, 2, 2, 4)),
    *((4, 12), (8, 8), (4, 4, 4, 4), (4, 2, 6, 4), (2, 2, 2, 10), (2, 2, 2, 6, 4)),
)
"""Digits of each part, as offices part such numbers."""
_BEGINS = frozenset(sizes[0] for sizes in _PARTS)
_NUMBERS_BEGIN = frozenset({6, 12})
"""Digits of a number in a cell that may begin a NIK; figures of four are in every table."""
_LEAST, _MOST = 110_000, 10**12
"""Such numbers: from the lowest code of a district on."""
_DIGITS = frozenset("0123456789")
_BOX: dict[object, str] = {cell: digit for digit in _DIGITS for cell in (digit, f"{digit} ", f" {digit}", int(digit))}
"""Cells that hold one digit and nothing else, and that digit."""
_BETWEEN_BOXES = frozenset({None, "", "-", "–", ".", "/", ":", "|"})
"""Cells that part boxes into groups, as the lines of a form do."""
_SERIAL = 4
_SURE_PARTS = 3
_FEWEST_KINDS = 4
"""Different digits among sixteen boxes; criteria that are met or not are ones and zeros."""
_FEWEST_HEADINGS = 4
"""Texts of their own above or below so many boxes head columns, or are the cells of a table."""
_COUNTS = re.compile(
    r"\b(?:jumlah|jml|total|wajib|persen\w*|cakupan|kepemilikan|realisasi|target|anggaran|pagu)\b", re.IGNORECASE
)


def parted_numbers(row: Sequence[object], heading: Heading, beside: Callable[[], Rows]) -> Iterator[tuple[int, str]]:
    """Numbers written over neighbouring cells of a row: the first cell of each, and its sixteen digits.

    Where no heading says what they are, the parts must be texts and the serial begin with a zero, as no count does.
    A number in a cell has lost its leading zeros, which are put back where a heading says that it is a NIK.

    Args:
        row: Cells as texts and numbers.
        heading: What stands above a cell.
        beside: Some rows above and below, which tell a column of such numbers from one of figures.
    """
    last = -1
    for at, value in enumerate(row):
        # Asked of every cell of every table: most hold words or small figures.
        if isinstance(value, str):
            if not value or value[-1] not in _DIGITS or len(value) > LENGTH:
                continue
        elif not isinstance(value, (int, float)) or not _LEAST <= value < _MOST:
            continue
        if at <= last or not (begin := _begin(value)):
            continue
        for sizes in _PARTS:
            if sizes[0] != len(begin) or len(row) < at + len(sizes):
                continue
            if digits := _joined(row, at, sizes, heading, beside):
                yield at, digits
                last = at + len(sizes) - 1
                break


def speaks_of_counts(heading: str) -> bool:
    """Whether a heading tells of how many people or how much money, and of no number of a person."""
    return bool(_COUNTS.search(heading))


def _begin(value: object) -> str:
    """The digits of a cell that a number may begin in; empty for any other."""
    digits = str(int(value)) if isinstance(value, (int, float)) and value == int(value) else str(value).strip()
    sizes = _BEGINS if isinstance(value, str) else _NUMBERS_BEGIN
    if len(digits) not in sizes or not digits.isascii() or not digits.isdigit():
        return ""
    may = digits >= "11" if len(digits) < 4 else is_region(digits[:4])  # noqa: PLR2004 - digits of a regency
    return digits if may else ""


def _joined(row: Sequence[object], at: int, sizes: Sequence[int], heading: Heading, beside: Callable[[], Rows]) -> str:
    """The parts from ``at`` on as one number; empty where they are none."""
    digits = _together(row, at, sizes)
    serial = digits[-_SERIAL:]
    if not digits or serial[0] != "0" or serial == "0000" or not is_person(digits):
        return ""
    headings = [heading(column) for column in range(at, at + len(sizes))]
    labels = [label_before("", 0, said)[0] for said in headings]
    if Label.OTHER in labels or any(map(speaks_of_counts, headings)):
        return ""
    is_said = labels[0] is not Label.NONE
    if isinstance(row[at], str) and isinstance(row[at + len(sizes) - 1], str):
        # Few parts are chance more easily: the code of an area beside an amount.
        is_sure = is_said or len(sizes) >= _SURE_PARTS or sizes[-1] == _SERIAL or serial.startswith("00")
    else:
        is_sure = is_said
    others = [is_person(other) for line in beside() if (other := _together(line, at, sizes))]
    return digits if is_sure and sum(others) * 2 >= len(others) else ""


def _together(row: Sequence[object], at: int, sizes: Sequence[int]) -> str:
    """The digits of parts of these sizes from ``at`` on; empty where there are none."""
    parts = [_filled(cell, size) for cell, size in zip(row[at:], sizes, strict=False)]
    return "".join(parts) if len(parts) == len(sizes) and all(parts) else ""


def _filled(value: object, size: int) -> str:
    """The digits of a part of that size, zeros put back before a number; empty where it has another."""
    if isinstance(value, str):
        text = value.strip()
    elif isinstance(value, (int, float)) and 0 <= value < 10**size and value == int(value):
        text = str(int(value)).zfill(size)
    else:
        return ""
    return text if len(text) == size and text.isascii() and text.isdigit() else ""


def boxes_in(row: Sequence[object]) -> tuple[tuple[int, ...], str] | None:
    """Sixteen boxes with a digit each, and nothing but empty cells between: their columns and the digits.

    Boxes that adjoin are one number though another digit stands apart from them, such as that of the row.
    """
    if len(row) < LENGTH or sum(map(_BOX.__contains__, row)) < LENGTH:
        return None
    run: list[tuple[int, str]] = []
    for at, value in enumerate((*row, "end")):
        if digit := _BOX.get(value):
            run.append((at, digit))
        elif value not in _BETWEEN_BOXES:
            if len(run) >= LENGTH and (boxes := run if len(run) == LENGTH else _adjoining(run)):
                return tuple(at for at, _ in boxes), "".join(digit for _, digit in boxes)
            run = []
    return None


def _adjoining(run: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The sixteen boxes of a longer run that adjoin each other and none beside; empty where there are none."""
    groups: list[list[tuple[int, str]]] = []
    for box in run:
        if groups and groups[-1][-1][0] == box[0] - 1:
            groups[-1].append(box)
        else:
            groups.append([box])
    return next((group for group in groups if len(group) == LENGTH), [])


def are_boxes_of_a_person(digits: str, columns: Sequence[int], beside: Rows) -> bool:
    """Whether sixteen boxes that nothing names hold a NIK, and are no row in a table of small figures.

    Args:
        digits: In the boxes.
        columns: Where they stand.
        beside: Some rows above and below.
    """
    if not is_person(digits) or digits[-_SERIAL] != "0" or digits.endswith("0000") or len(set(digits)) < _FEWEST_KINDS:
        return False
    return all(_is_beside(row, columns) for row in beside)


def _is_beside(row: Sequence[object], columns: Sequence[int]) -> bool:
    """Whether a row may stand beside boxes: it has none, or those of another person."""
    if (boxes := boxes_in(row)) and boxes[0] == tuple(columns):
        return is_person(boxes[1])
    cells = [cell for at in columns if at < len(row) and (cell := row[at]) is not None and cell != ""]
    is_table = len(cells) >= _FEWEST_HEADINGS or any(isinstance(cell, (int, float)) or cell in _BOX for cell in cells)
    return not is_table
