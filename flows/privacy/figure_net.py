"""The figures of one table and what ties them together: what a reader can work out from what he sees.

Every tie is meant as an adversary would use it: L + P = L+P, rows against totals, parts that add up to a whole, and a
part that is no larger than its whole. A tie that the figures do not keep (a total somebody miscounted) still counts:
whoever knows by how much it is off can work back just the same, so that only changes matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from flows.model import BOTH_SEXES, FEMALE, MALE, ColumnType, StandingRow, StandingTable, TableColumn, TableSchema

Spot = tuple[int, str]
"""Place of a row among all rows of the table, and key of the value in it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A sum of signed figures that a reader knows: its value where ``is_exact``, else that it is not above zero."""

    signs: Mapping[Spot, int]
    is_exact: bool = True


@dataclass
class FigureNet:
    """Counts of one table by place, with their ties."""

    values: dict[Spot, int] = field(default_factory=dict)
    """Counts that are known, and those that follow although nobody wrote them (see ``implied``)."""
    odd: set[Spot] = field(default_factory=set)
    """Places whose number counts nothing, such as a half: mistakes, hidden so that nothing follows."""
    implied: set[Spot] = field(default_factory=set)
    """Places printed as unknown whose count could be worked out."""
    sums: set[Spot] = field(default_factory=set)
    """Places a reader would miss most: totals of rows and of both sexes."""
    ties: list[Tie] = field(default_factory=list)

    def ties_of(self) -> dict[Spot, list[Tie]]:
        """The ties by the places they speak of."""
        found: dict[Spot, list[Tie]] = {}
        for tie in self.ties:
            for spot in tie.signs:
                found.setdefault(spot, []).append(tie)
        return found


def part_key(column: TableColumn, part: str) -> str:
    """Key of one value of a row, as :class:`flows.model.StandingRow` holds it."""
    return f"{column.id}.{part}" if part else column.id


def beside(column: TableColumn, part: str) -> str:
    """Key of ``column`` that belongs beside ``part`` of another column; empty where it has none."""
    if part in (MALE, FEMALE):
        return part_key(column, part) if column.by_sex else ""
    return part_key(column, BOTH_SEXES if column.by_sex else "")


def all_rows(table: StandingTable) -> tuple[StandingRow, ...]:
    """Rows, totals per kecamatan and totals, in this order: the order of :data:`Spot`."""
    return (*table.rows, *table.group_totals, *table.totals)


def net_of(table: StandingTable, schema: TableSchema) -> FigureNet:
    """The counts of ``table`` and their ties."""
    net, rows = FigureNet(), all_rows(table)
    counts = [column for column in schema.columns if column.type is ColumnType.COUNT]
    for place, row in enumerate(rows):
        for column in counts:
            keys = [part_key(column, part) for part in column.parts]
            net.values |= {(place, key): int(value) for key in keys if is_count(value := row.values.get(key, ""))}
            net.odd |= {(place, key) for key in keys if key in row.values and (place, key) not in net.values}
            net.sums |= {(place, key) for key in keys if place >= len(table.rows) or key.endswith(f".{BOTH_SEXES}")}
    for place in range(len(table.rows)):  # in totals the same follows from the rows, where these are complete
        _tie_row(net, place, counts, schema)
    _tie_totals(net, table, [part_key(column, part) for column in counts for part in column.parts])
    return net


def is_count(value: float | str) -> TypeGuard[float]:
    """Whether a value is a whole number of things; a negative or broken one counts nobody."""
    return isinstance(value, float | int) and value >= 0 and value == int(value)


def _tie_row(net: FigureNet, place: int, counts: Sequence[TableColumn], schema: TableSchema) -> None:
    for column in counts:
        if column.by_sex:
            parts = [(place, part_key(column, part)) for part in (MALE, FEMALE)]
            _tie_sum(net, parts, (place, part_key(column, BOTH_SEXES)))
        for part in column.parts if column.sum_of else ():
            spots = [(place, key) for each in column.sum_of if (key := beside(schema.column(each), part))]
            if len(spots) == len(column.sum_of):
                _tie_sum(net, spots, (place, part_key(column, part)))
    for column in counts:
        for part in column.parts if column.part_of else ():
            whole = beside(schema.column(column.part_of), part)
            _tie_part(net, (place, part_key(column, part)), (place, whole))


def _tie_sum(net: FigureNet, parts: Sequence[Spot], whole: Spot) -> None:
    """One unknown member follows from the others; where two are unknown, nothing follows."""
    spots = [*parts, whole]
    unknown = [spot for spot in spots if spot not in net.values]
    if len(unknown) > 1 or not net.odd.isdisjoint(spots):
        return
    for spot in unknown:
        known = sum(net.values[part] for part in parts if part in net.values)
        rest = known if spot == whole else net.values[whole] - known
        if rest < 0:
            return
        net.values[spot] = rest
        net.implied.add(spot)
    net.ties.append(Tie({**dict.fromkeys(parts, 1), whole: -1}))


def _tie_part(net: FigureNet, part: Spot, whole: Spot) -> None:
    known = net.values
    if part in known and whole in known and known[part] <= known[whole]:
        net.ties.append(Tie({part: 1, whole: -1}, is_exact=False))


def _tie_totals(net: FigureNet, table: StandingTable, keys: Iterable[str]) -> None:
    rows, groups = len(table.rows), len(table.group_totals)
    for key in keys:
        for place, total in enumerate((*table.group_totals, *table.totals), rows):
            is_group = place < rows + groups
            members = [
                (number, key)
                for number, row in enumerate(table.rows)
                if row.year == total.year and (row.group == total.group or not is_group)
            ]
            spot = (place, key)
            if spot not in net.values:
                continue
            if not net.odd.isdisjoint(members):  # less the mistake, it tells what the rows hide
                net.odd.add(spot)
                del net.values[spot]
                continue
            if known := [each for each in members if each in net.values and each not in net.implied]:
                net.ties.append(Tie({**dict.fromkeys(known, 1), spot: -1}))
