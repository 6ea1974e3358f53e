"""Numbers of persons that stand in several cells of a row: in a few parts, or with a box for each digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from flows.privacy.labels import Label, label_before
from flows.privacy.regions import is_person, is_region
from flows.privacy.writings import LENGTH

Heading = Callable[[int], str]
"""What stands above a cell of the row, or left of it; asked only where it matters."""
_PARTS = (
    *((6, 6, 4), (6, 10), (12, 4), (4, 12), (8, 8), (4, 4, 4, 4), (4, 2, 6, 4), (6, 2, 8), (2, 2, 2, 10)),
    *((2, 2, 2, 6, 4), (6, 2, 2, 2, 4)),
)
"""Digits of each part, as offices part such numbers."""
_LENGTHS = frozenset(size for sizes in _PARTS for size in sizes)
_BEGINS = frozenset(sizes[0] for sizes in _PARTS)
_SERIAL = 4
_DATE = 6
"""A part of six digits or more; counts of people in villages have fewer."""
_COUNTS = re.compile(
    r"\b(?:jumlah|jml|total|wajib|persen\w*|cakupan|kepemilikan|realisasi|target|anggaran|pagu)\b", re.IGNORECASE
)
_LEAST, _MOST = 10, 10**12
"""Numbers in cells that may be a part: two digits to twelve."""
_SURE_PARTS = 3
_FEWEST_KINDS = 4
"""Different digits among sixteen boxes; criteria that are met or not are ones and zeros."""


def parted_numbers(row: Sequence[object], heading: Heading) -> Iterator[tuple[int, str]]:
    """Numbers written over neighbouring cells of a row: the first cell of each, and its sixteen digits.

    Where no heading says what they are, the parts must be texts and the serial begin with a zero, as no count does.
    A number in a cell has lost its leading zeros, which are put back where a heading says that it is a NIK.

    Args:
        row: Cells as texts and numbers.
        heading: What stands above a cell.
    """
    last = -1
    for at in range(len(row) - 1):
        if at <= last or not (begin := _part(row[at])) or len(begin) not in _BEGINS or not _may_begin(begin):
            continue
        for sizes in _PARTS:
            if sizes[0] != len(begin) or len(row) < at + len(sizes):
                continue
            if digits := _joined(row[at : at + len(sizes)], sizes, lambda column: heading(column + at)):  # noqa: B023 - called at once
                yield at, digits
                last = at + len(sizes) - 1
                break


def _may_begin(digits: str) -> bool:
    """Whether the digits may be the region of a NIK, or begin with it."""
    return digits >= "11" if len(digits) < 4 else is_region(digits[:4])  # noqa: PLR2004 - digits of a regency


def _part(value: object) -> str:
    """The digits of a cell that may be part of a number; empty for any other."""
    if isinstance(value, str):
        text = value.strip() if len(value) <= LENGTH else ""
        return text if len(text) in _LENGTHS and text.isascii() and text.isdigit() else ""
    if isinstance(value, (int, float)) and _LEAST <= value < _MOST and value == int(value):
        return str(int(value))
    return ""


def _joined(cells: Sequence[object], sizes: Sequence[int], heading: Heading) -> str:
    """The parts as one number; empty where they are none."""
    parts = [_filled(cell, size) for cell, size in zip(cells, sizes, strict=True)]
    digits = "".join(parts)
    if not all(parts) or not is_person(digits):
        return ""
    serial = digits[-_SERIAL:]
    if serial[0] != "0" or serial == "0000":
        return ""
    headings = [heading(at) for at in range(len(cells))]
    labels = [label_before("", 0, said)[0] for said in headings]
    if Label.OTHER in labels or any(map(_COUNTS.search, headings)):
        return ""
    if not isinstance(cells[0], str) or not isinstance(cells[-1], str):
        return digits if labels[0] is not Label.NONE and max(sizes) >= _DATE else ""
    # Few parts are chance more easily: the code of an area beside an amount.
    is_sure = labels[0] is not Label.NONE or len(sizes) >= _SURE_PARTS or sizes[-1] == _SERIAL
    return digits if is_sure or serial.startswith("00") else ""


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
    if len(row) < LENGTH:
        return None
    run: list[tuple[int, str]] = []
    for at, value in enumerate((*row, "end")):
        if digit := _digit(value):
            run.append((at, digit))
        elif value is not None and value != "":
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


def _digit(value: object) -> str:
    """The digit in a cell that holds one and nothing else."""
    if isinstance(value, str):
        text = value.strip() if len(value) <= _SERIAL else ""
        return text if len(text) == 1 and text in "0123456789" else ""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 9 and value == int(value):  # noqa: PLR2004 - digits
        return str(int(value))
    return ""


def are_boxes_of_a_person(digits: str, columns: Sequence[int], beside: Sequence[Sequence[object]]) -> bool:
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
    cells = [row[at] for at in columns if at < len(row)]
    return not any(isinstance(cell, (int, float)) or _digit(cell) for cell in cells)
