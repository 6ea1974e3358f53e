"""Small figures of sensitive tables as every edition that leaves the secretariat shows them.

The rule, in one place:

* A count of 1 to 4 is shown as ``<5``. A count of 0 stays 0: it speaks of nobody, and some questions hope for it. What
  is unknown stays unknown.
* A number that counts nothing, such as a half or less than nothing, is a mistake and hidden like the next ones.
* Further figures are hidden where a small one could be worked out from them: from L, P and L+P, from rows and totals,
  from parts and wholes. They bear another sign, because they are not small.
* What one table hides another does not tell: children with an agreement of diversion are the sum of those of each
  stage. Tables that speak of the same children are hidden as one (:mod:`flows.privacy.net_links`).
* A percentage rests on two counts: it is hidden with either of them, and the change from year to year with it.

Callers keep to the table returned here for everything they print of it, in every document of one edition: two documents
that hide different figures of one table could be read together. Internal pages show the table as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from flows.model import StandingRow, StandingTable, TableColumn, TableSchema
from flows.privacy.figure_net import FigureNet, Spot, all_rows, beside, is_count, part_key
from flows.privacy.net_links import first_places, joint_net
from flows.privacy.veiling import LEAST_SHOWN, Veil, is_small, veil
from flows.recent import Recent

SMALL_SIGN = f"<{LEAST_SHOWN}"
"""Stands for 1, 2, 3 or 4."""
COVER_SIGN = "•"
"""Stands for a figure that is hidden so that a small one cannot be worked out."""

_VEILS: Recent[Veil] = Recent(4, __name__)
"""Finding them takes half a second in a city of many small figures, and tables mostly stay as they are."""


@dataclass(frozen=True, slots=True)
class MaskedTable:
    """A table that may leave the secretariat."""

    table: StandingTable
    """The table with signs in place of what is hidden."""
    hidden: frozenset[int]
    """The counts behind the signs. For words that repeat them; never to be printed."""
    signs: frozenset[str]
    """Which signs occur: what a legend has to explain."""


def masked_table(table: StandingTable, schema: TableSchema) -> MaskedTable:
    """``table`` as it may be shown where no other one is; one that is not sensitive as it is."""
    return masked_tables({schema.id: table}, {schema.id: schema})[schema.id]


def masked_tables(tables: Mapping[str, StandingTable], schemas: Mapping[str, TableSchema]) -> Mapping[str, MaskedTable]:
    """Every table as it may be shown beside all others, by schema id; tables without a schema are left out."""
    known = {key: table for key, table in tables.items() if key in schemas}
    sensitive = {key: table for key, table in known.items() if schemas[key].is_sensitive}
    first = first_places(sensitive)
    net = joint_net(sensitive, schemas, first)
    veiled = _VEILS.value(*_in_order(net), make=lambda: veil(net))
    return {
        key: _masked(table, schemas[key], first[key], net, veiled)
        if key in sensitive
        else MaskedTable(table, frozenset(), frozenset())
        for key, table in known.items()
    }


def _in_order(net: FigureNet) -> Iterator[object]:
    """All of ``net``, which looks the same in every process: sets do not."""
    parts = (getattr(net, each.name) for each in fields(net))
    return (sorted(part) if isinstance(part, set) else part for part in parts)


def _masked(table: StandingTable, schema: TableSchema, first: int, net: FigureNet, veiled: Veil) -> MaskedTable:
    """One table whose rows are counted from ``first`` in ``net``."""
    rows = [_masked_row(row, place, schema, veiled) for place, row in enumerate(all_rows(table), first)]
    of_groups, of_all = len(table.rows), len(table.rows) + len(table.group_totals)
    shown = replace(
        table, rows=tuple(rows[:of_groups]), group_totals=tuple(rows[of_groups:of_all]), totals=tuple(rows[of_all:])
    )
    signs = {value for row in rows for value in row.values.values() if value in (SMALL_SIGN, COVER_SIGN)}
    mine = range(first, first + len(rows))
    hidden = (net.values[spot] for spot in veiled.hidden if spot[0] in mine and spot in net.values)
    return MaskedTable(shown, frozenset(hidden), frozenset(map(str, signs)))


def small_count(value: int) -> str:
    """``<5`` for a count that may not be said, else an empty text."""
    return SMALL_SIGN if is_small(value) else ""


def _masked_row(row: StandingRow, place: int, schema: TableSchema, veiled: Veil) -> StandingRow:
    values = dict(row.values)
    for key in row.values:
        values[key] = _shown(row, place, key, veiled)
    for column in schema.columns:
        for part in column.parts if column.ratio_of else ():
            if part_key(column, part) in values and _gives_away(row, place, column, part, schema, veiled):
                values[part_key(column, part)] = COVER_SIGN
    return replace(row, values=values)


def _shown(row: StandingRow, place: int, key: str, veiled: Veil) -> float | str:
    spot: Spot = (place, key)
    return SMALL_SIGN if spot in veiled.small else COVER_SIGN if spot in veiled.covered else row.values[key]


def _gives_away(
    row: StandingRow, place: int, column: TableColumn, part: str, schema: TableSchema, veiled: Veil
) -> bool:
    """Whether a percentage tells one of its counts although that is hidden, or unknown and small."""
    keys = [beside(schema.column(each), part) for each in column.ratio_of]
    if any((place, key) in veiled.hidden for key in keys):
        return True
    above, below = keys
    share, whole = row.values[part_key(column, part)], row.values.get(below, "")
    if above in row.values or not is_count(whole) or not isinstance(share, float | int):
        return False
    implied = share * whole / 100
    return 0 < implied < LEAST_SHOWN
