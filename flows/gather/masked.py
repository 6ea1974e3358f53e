"""Values without full numbers of persons: what leaves a child process, and names of files, are masked through here."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from flows.gather.names import display
from flows.model import CellState, Exposure, ExposureKind, GatheredTable, Photo, TableCell
from flows.privacy import find_numbers, mask_numbers

T = TypeVar("T")

_FEWEST_CHARS = 15
_FEWEST_NUMBER = 1e15
_NAME = "name"


def masked(value: T) -> T:
    """``value`` with the numbers of persons masked in all its texts, however deep they lie.

    Keys of mappings and fingerprints of pictures are left as they are.
    """
    return cast("T", _masked(value))


def _masked(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    if isinstance(value, str):
        return mask_numbers(value) if len(value) >= _FEWEST_CHARS else value
    if value is None or isinstance(value, (int, float)):  # most fields: to be asked nothing else
        return value
    if isinstance(value, (tuple, Mapping)):
        return _each(value)
    if isinstance(value, GatheredTable):
        return _table(value)
    if isinstance(value, TableCell):
        return _cell(value, "")
    is_value = dataclasses.is_dataclass(value) and not isinstance(value, (type, Photo))
    return _with_fields(value) if is_value else value


def _each(values: Any) -> Any:  # noqa: ANN401 - a tuple or mapping of any values
    if isinstance(values, Mapping):
        return {key: _masked(each) for key, each in values.items()}
    kept = tuple(_masked(each) for each in values)
    return values if all(new is old for new, old in zip(kept, values, strict=True)) else kept


def _with_fields(value: Any) -> Any:  # noqa: ANN401 - any dataclass of the model
    changed = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        new = _masked(old)
        if new is not old and new != old:
            changed[field.name] = new
    return dataclasses.replace(value, **changed) if changed else value


def _table(table: GatheredTable) -> GatheredTable:
    """A table whose cells are masked by what the heading above them says, so that mistyped numbers are found too."""
    headings = {(each.column, each.part): each.heading for each in table.mapping}
    rows = tuple(
        dataclasses.replace(
            row, cells=tuple(_cell(cell, headings.get((cell.column, cell.part), "")) for cell in row.cells)
        )
        for row in table.rows
    )
    return cast("GatheredTable", _with_fields(dataclasses.replace(table, rows=rows)))


def _cell(cell: TableCell, heading: str) -> TableCell:
    """A cell of a table; the number of a person in a column of figures is no figure."""
    if cell.number is not None and cell.number >= _FEWEST_NUMBER:
        text = str(int(cell.number))
        if find_numbers(text, heading=heading):
            text = mask_numbers(text, heading=heading)
            return dataclasses.replace(cell, state=CellState.UNREADABLE, number=None, text=text)
    if len(cell.text) < _FEWEST_CHARS:
        return cell
    text = mask_numbers(cell.text, heading=heading)
    return cell if text == cell.text else dataclasses.replace(cell, text=text)


def shown_name(name: str) -> str:
    """The name of a file or folder as it is written down: as text, without the numbers of persons."""
    shown = display(name)
    return mask_numbers(shown, is_name=True) if len(shown) >= _FEWEST_CHARS else shown


def exposures_of_name(name: str) -> tuple[Exposure, ...]:
    """Whose numbers stand in the name of a file or folder."""
    tallies: dict[tuple[ExposureKind, int | None], tuple[int, str]] = {}
    for number in find_numbers(display(name), is_name=True) if len(name) >= _FEWEST_CHARS else ():
        if number.is_called_other:
            continue
        key = number.kind, number.birth_year
        count, example = tallies.get(key, (0, number.masked))
        tallies[key] = count + 1, example
    return tuple(
        Exposure(kind, count, example, year, hidden=_NAME) for (kind, year), (count, example) in tallies.items()
    )
