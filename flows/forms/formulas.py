"""Cells of a table that the form works out by itself: both sexes together, and percentages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flows.forms.layout import AskedColumn, value_key
from flows.forms.raw import RawCell
from flows.model import BOTH_SEXES, FEMALE, MALE

_CLOSE = 0.005 + 1e-9
"""Half a unit of the last decimal of a percentage: a value so near is the formula's own."""


@dataclass(frozen=True, slots=True)
class Formula:
    """How one cell follows from two others of its row."""

    is_sum: bool
    """A sum of both, else the first as a percentage of the second."""
    keys: tuple[str, str]
    columns: tuple[int, int]
    """Where the two stand, from 0."""

    def text(self, row: int) -> str:
        """The formula in ``row`` (from 0); it shows nothing while it cannot be worked out."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        one, other = (str(xl_rowcol_to_cell(row, column)) for column in self.columns)
        if self.is_sum:
            return f'=IF(COUNT({one},{other})<2,"",{one}+{other})'
        return f'=IF(N({other})=0,"",IF(ISNUMBER({one}),ROUND({one}/{other}*100,2),""))'


def formula_of(asked: AskedColumn, places: Mapping[str, int]) -> Formula | None:
    """How the cells of that column follow from others; None where people fill them.

    ``places`` are the columns of the sheet by key. A percentage not split by sex takes both sexes together.
    """
    column = asked.column
    if column.ratio_of:
        one, other = (_key_like(asked.part, column_id, places) for column_id in column.ratio_of)
        return _formula(places, one, other, is_sum=False)
    if asked.part == BOTH_SEXES:
        return _formula(places, value_key(column.id, MALE), value_key(column.id, FEMALE), is_sum=True)
    return None


def worked_out(formulas: Mapping[str, Formula], found: Mapping[str, RawCell]) -> dict[str, float]:
    """What each formula of a row gives for the values ``found`` there, by key; absent where it gives nothing.

    A reader that does not calculate sees these values. A total that a person typed is used for the percentages.
    """
    numbers = {key: float(cell.value) for key, cell in found.items() if _is_number(cell)}  # type: ignore[arg-type]
    results: dict[str, float] = {}
    for key, formula in sorted(formulas.items(), key=lambda item: not item[1].is_sum):
        one, other = (numbers.get(each) for each in formula.keys)
        result = None if one is None or other is None else _result(formula, one, other)
        if result is not None:
            results[key] = result
            numbers.setdefault(key, result)
    return results


def is_own(key: str, found: Mapping[str, RawCell], results: Mapping[str, float]) -> bool:
    """Whether a person typed the value at ``key``, instead of the formula having given it."""
    if key not in found:
        return False
    cell = found[key]
    return not (_is_number(cell) and key in results and abs(float(cell.value) - results[key]) <= _CLOSE)  # type: ignore[arg-type]


def _formula(places: Mapping[str, int], one: str, other: str, *, is_sum: bool) -> Formula | None:
    if one not in places or other not in places:
        return None
    return Formula(is_sum, (one, other), (places[one], places[other]))


def _key_like(part: str, column_id: str, places: Mapping[str, int]) -> str:
    """Key of that column's same part, of both sexes where the asking column is not split, or of the plain column."""
    wanted = value_key(column_id, part or BOTH_SEXES)
    return wanted if wanted in places else column_id


def _result(formula: Formula, one: float, other: float) -> float | None:
    if formula.is_sum:
        return one + other
    if not other:
        return None
    return float((Decimal(str(one)) / Decimal(str(other)) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _is_number(cell: RawCell) -> bool:
    value = cell.value
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
