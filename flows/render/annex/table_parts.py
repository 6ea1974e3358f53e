"""A sheet with more columns than a page can show, printed in parts; each says again what its rows are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows import bounds, wording
from flows.render.annex.table_view import CellView, TableView

_NAMING = 3
"""Among so many first columns are those that say what a row is: a number, a code, a name."""
_NAMING_CHARACTERS = 60.0
"""What they may take together, so that room is left for the rest."""


def divided(view: TableView, most: int) -> tuple[TableView, ...]:
    """The parts of ``view`` in which it is printed, at most ``most``; columns beyond them are not printed."""
    if view.last_column <= bounds.ANNEX_PART_COLUMNS:
        return (view,)
    named = _naming_columns(view)
    room = bounds.ANNEX_PART_COLUMNS - named
    shown = min(view.last_column, named + room * most)
    count = -(-(shown - named) // room)
    edges = _edges(view, named, shown, count, room)
    return tuple(
        _part(replace(view, last_column=shown, part=part, parts=count), edges[part - 1], edges[part], named)
        for part in range(1, count + 1)
    )


def _edges(view: TableView, named: int, shown: int, count: int, room: int) -> list[int]:
    """Where the parts begin, and the end: about equally wide, and not within columns below one heading if it can be."""
    within = {
        column
        for line in view.head
        for cell in line
        if named < cell.across + cell.column and cell.across < room
        for column in range(cell.column + 1, cell.column + cell.across)
    }
    edges = [0]
    for part in range(1, count):
        wanted = named + (shown - named) * part // count
        least = shown - room * (count - part)  # what is left must fit into the parts that are left
        most = max(edges[-1], named) + room
        places = range(max(least, edges[-1] + 1, named + 1), most + 1)
        free = [(abs(column - wanted), column) for column in places if column not in within]
        edges.append(min(free)[1] if free else min(max(wanted, least), most))
    return [*edges, shown]


def _part(view: TableView, start: int, end: int, named: int) -> TableView:
    """The columns from ``start`` up to ``end``, behind those that name the rows."""
    columns = [*range(named if start else 0), *range(start, end)]
    head, body = _cut(view.head, columns), _cut(view.body, columns)
    cells = [cell for line in (*head, *body) for cell in line]
    return replace(
        view,
        head=head,
        body=body,
        widths=tuple(view.widths[column] for column in columns),
        span=(start + 1, end),
        shortened=sum(cell.is_cut for cell in cells),
        uncalculated=sum(cell.text == wording.UNCALCULATED_CELL for cell in cells),
    )


def _cut(lines: Sequence[tuple[CellView, ...]], columns: Sequence[int]) -> tuple[tuple[CellView, ...], ...]:
    """``lines`` with these columns alone; a cell over several of them is said again in every part it reaches."""
    places = {column: place for place, column in enumerate(columns)}
    return tuple(
        tuple(
            replace(cell, column=kept[0], across=len(kept))
            for cell in line
            if (kept := [places[each] for each in range(cell.column, cell.column + cell.across) if each in places])
        )
        for line in lines
    )


def _naming_columns(view: TableView) -> int:
    """How many of the first columns name the rows: up to the last one of words, if they are narrow; else one."""
    named = 1
    for column in range(1, _NAMING):
        cells = [cell for line in view.body for cell in line if cell.column == column and cell.text]
        is_narrow = sum(view.widths[: column + 1]) <= _NAMING_CHARACTERS
        if is_narrow and 2 * sum(cell.is_number for cell in cells) < len(cells):
            named = column + 1
    return named
