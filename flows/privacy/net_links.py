"""What several tables say of the same children: their figures as one net, in which the repeated ones are equal.

An agreement of diversion is counted at each stage by one agency and as a whole by another; malnutrition of a kecamatan
stands at its own indicator and once more at that of the kelurahan. Who reads all of them knows each twice. No rule of
the instrument says which figures are the same, so they are known by what they look like:

* two tables of one indicator, the same year, sex and size; for a small figure, which is often met by chance, the same
  row too, or the whole city;
* two tables of areas, whatever they answer, the same area, year, sex and size. Rows without a year speak of the newest.

Two figures that are equal by chance cost a cover too many and tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from flows.model import BOTH_SEXES, RowKind, StandingRow, StandingTable, TableSchema
from flows.privacy.figure_net import FigureNet, Spot, Tie, all_rows, net_of
from flows.privacy.veiling import is_small

_AREAS = (RowKind.DISTRICT, RowKind.VILLAGE)
_WHOLE = ("",)
"""Where the figures of a whole city stand."""

Sight = tuple[object, ...]
"""What figures look like that are taken for the same."""


def first_places(tables: Mapping[str, StandingTable]) -> dict[str, int]:
    """The place of each table's first row in :func:`joint_net`, by id."""
    places, next_place = {}, 0
    for key, table in tables.items():
        places[key] = next_place
        next_place += len(all_rows(table))
    return places


def joint_net(
    tables: Mapping[str, StandingTable], schemas: Mapping[str, TableSchema], places: Mapping[str, int]
) -> FigureNet:
    """The figures of all ``tables`` with their ties, and those between the tables.

    Args:
        tables: Sensitive ones, by schema id.
        schemas: Of each of them.
        places: From :func:`first_places` of them.
    """
    joint, seen = FigureNet(), dict[Sight, list[tuple[str, Spot]]]()
    years = (row.year for table in tables.values() for row in all_rows(table) if row.year is not None)
    newest = max(years, default=None)
    for key, first in places.items():
        net = _moved(net_of(tables[key], schemas[key]), first)
        joint.values |= net.values
        joint.odd |= net.odd
        joint.implied |= net.implied
        joint.sums |= net.sums
        joint.ties += net.ties
        told_of = _places(tables[key], schemas[key])
        for spot, value in net.values.items():
            year, where = told_of[spot[0] - first]
            told = (year or newest, spot[1].partition(".")[2] or BOTH_SEXES, value)
            for sight in _sights(schemas[key], where, told) if value else ():
                seen.setdefault(sight, []).append((key, spot))
    joint.ties += [Tie({one: 1, other: -1}) for alike in seen.values() for one, other in _same(alike)]
    return joint


def _moved(net: FigureNet, first: int) -> FigureNet:
    """``net`` with its rows counted from ``first``."""
    if not first:
        return net

    def moved(spot: Spot) -> Spot:
        return (spot[0] + first, spot[1])

    return FigureNet(
        values={moved(spot): value for spot, value in net.values.items()},
        odd=set(map(moved, net.odd)),
        implied=set(map(moved, net.implied)),
        sums=set(map(moved, net.sums)),
        ties=[Tie({moved(spot): sign for spot, sign in tie.signs.items()}, tie.is_exact) for tie in net.ties],
    )


def _places(table: StandingTable, schema: TableSchema) -> list[tuple[int | None, Sight]]:
    """Year of each row, and what it speaks of."""
    groups = [(row.year, ("area", row.group.casefold())) for row in table.group_totals]
    return [
        *((row.year, _of_row(row, schema.row_kind)) for row in table.rows),
        *groups,
        *((row.year, _WHOLE) for row in table.totals),
    ]


def _of_row(row: StandingRow, kind: RowKind) -> Sight:
    if kind is RowKind.CITY:
        return _WHOLE
    if kind is RowKind.DISTRICT:
        return ("area", row.label.casefold())
    if kind is RowKind.VILLAGE:
        return ("area", row.group.casefold(), row.label.casefold())
    return ("row", row.key)


def _sights(schema: TableSchema, where: Sight, told: Sight) -> Iterator[Sight]:
    if schema.row_kind in _AREAS:
        yield ("areas", where, *told)
        if where != _WHOLE:  # what one area has is the figure of no other row
            return
    *_, value = told
    is_often_met = isinstance(value, int) and is_small(value)
    for indicator in {question.partition(".")[0] for question in schema.questions}:
        yield ("indicator", indicator, where if is_often_met else None, *told)


def _same(alike: list[tuple[str, Spot]]) -> Iterator[tuple[Spot, Spot]]:
    """Pairs of figures that say each other; where one table has several of them, any may be the one."""
    if len({key for key, _ in alike}) > 1:
        yield from pairwise(spot for _, spot in alike)
