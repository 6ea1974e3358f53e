"""Tables that count the same children are hidden as one: who reads all of them together works out no small figure."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from flows.model import ColumnType, Outcome, RowKind, StandingRow, StandingTable, TableColumn, TableSchema
from flows.privacy.small_cells import COVER_SIGN, SMALL_SIGN, masked_tables

YEAR = 2023
AREAS = ("Utara", "Selatan", "Timur", "Barat")
CASES = TableColumn("kasus", "Anak dalam kasus", ColumnType.COUNT, by_sex=True)
CHILDREN = replace(CASES, id="anak")
MARRIED = TableColumn("menikah", "Anak yang menikah", ColumnType.COUNT, by_sex=True)
COUNTED = TableColumn("kawin", "Anak yang menikah", ColumnType.COUNT)

Figure = tuple[str, int, str]
"""Table, place of the row among all of its rows, key of the value."""


def schema(key: str, kind: RowKind, column: TableColumn, question: str) -> TableSchema:
    return TableSchema(
        key,
        key.title(),
        key.title(),
        kind,
        both_years=kind is not RowKind.VILLAGE,
        columns=(column,),
        questions=(question,),
        suppliers=("uptd-ppa",),
        is_sensitive=True,
    )


SCHEMAS = {
    each.id: each
    for each in (
        schema("tahap", RowKind.FIXED, CASES, "24A.1"),
        schema("bersama", RowKind.FIXED, CHILDREN, "24A.4"),
        schema("layanan", RowKind.CITY, CASES, "24A.6"),
        schema("kecamatan", RowKind.DISTRICT, MARRIED, "7.1"),
        schema("sebab", RowKind.FIXED, CHILDREN, "7.2"),
        schema("kelurahan", RowKind.VILLAGE, COUNTED, "26.7"),
    )
}


def sexes(column: str, male: int, female: int) -> dict[str, float | str]:
    return {f"{column}.L": float(male), f"{column}.P": float(female), f"{column}.LP": float(male + female)}


def summed(rows: Sequence[StandingRow], group: str = "") -> StandingRow:
    values: dict[str, float | str] = {key: sum(float(row.values[key]) for row in rows) for key in rows[0].values}
    return StandingRow("total", group, rows[0].year, values, group)


def all_rows(table: StandingTable) -> tuple[StandingRow, ...]:
    return (*table.rows, *table.group_totals, *table.totals)


@dataclass
class Truth:
    """Tables of one city, and which of their figures are the same because they count the same children."""

    tables: dict[str, StandingTable] = field(default_factory=dict)
    same: list[tuple[Figure, Figure]] = field(default_factory=list)

    def add(self, key: str, rows: Sequence[StandingRow], groups: Sequence[StandingRow] = ()) -> None:
        totals = () if SCHEMAS[key].row_kind is RowKind.CITY else (summed(rows),)
        self.tables[key] = StandingTable(
            key, Outcome.COMPLETE, tuple(rows), tuple(groups), totals, (), {}, SCHEMAS[key].questions
        )


def of_law(drawn: random.Random, most: int) -> Truth:
    """Children by stage; once more by stage, with one stage more; and all of them as another agency counts them."""
    truth = Truth()
    counts = [(drawn.randint(0, most), drawn.randint(0, most)) for _ in range(4)]
    names = ("penyidikan", "penuntutan", "pengadilan", "pidana")
    truth.add("tahap", [StandingRow(n, n, YEAR, sexes("kasus", *c)) for n, c in zip(names[:3], counts, strict=False)])
    truth.add("bersama", [StandingRow(n, n, YEAR, sexes("anak", *c)) for n, c in zip(names, counts, strict=True)])
    total = truth.tables["tahap"].totals[0].values
    truth.add("layanan", [StandingRow("kota", "kota", YEAR, dict(total))])
    for part in ("L", "P", "LP"):
        truth.same += [(("tahap", place, f"kasus.{part}"), ("bersama", place, f"anak.{part}")) for place in range(3)]
        truth.same.append((("tahap", 3, f"kasus.{part}"), ("layanan", 0, f"kasus.{part}")))
    return truth


def of_marriage(drawn: random.Random, most: int) -> Truth:
    """Children who married: by kecamatan and sex, by cause and sex, and by kelurahan, which has no year."""
    truth = Truth()
    villages = [[drawn.choice((0, 0, drawn.randint(0, most))) for _ in range(3)] for _ in AREAS]
    married = [(male := drawn.randint(0, sum(each)), sum(each) - male) for each in villages]
    truth.add(
        "kecamatan",
        [StandingRow(n, n, YEAR, sexes("menikah", *c)) for n, c in zip(AREAS, married, strict=True)],
    )
    causes = [[0, 0] for _ in range(5)]
    for sex in (0, 1):
        for _ in range(sum(each[sex] for each in married)):
            causes[drawn.choice((0, 0, 0, 1, 2, 4))][sex] += 1
    truth.add("sebab", [StandingRow(f"s{n}", f"s{n}", YEAR, sexes("anak", *c)) for n, c in enumerate(causes)])
    rows = [
        StandingRow(f"{area}{n}", f"{area} {n}", None, {"kawin": float(value)}, area)
        for area, values in zip(AREAS, villages, strict=True)
        for n, value in enumerate(values)
    ]
    truth.add("kelurahan", rows, [summed([row for row in rows if row.group == area], area) for area in AREAS])
    truth.same += [(("kecamatan", n, "menikah.LP"), ("kelurahan", len(rows) + n, "kawin")) for n in range(len(AREAS))]
    truth.same += [(("kecamatan", 4, f"menikah.{part}"), ("sebab", 5, f"anak.{part}")) for part in ("L", "P", "LP")]
    return truth


# ---------------------------------------------------------------------- who reads all tables together


def equations(truth: Truth) -> Iterator[Mapping[Figure, int]]:
    """What anybody knows of the figures: signed ones that sum to nothing."""
    for key, table in truth.tables.items():
        for place, row in enumerate(all_rows(table)):
            for column in SCHEMAS[key].columns if f"{SCHEMAS[key].columns[0].id}.LP" in row.values else ():
                yield {(key, place, f"{column.id}.{part}"): sign for part, sign in (("L", 1), ("P", 1), ("LP", -1))}
        for place, total in enumerate(all_rows(table)[len(table.rows) :], len(table.rows)):
            members = [n for n, row in enumerate(table.rows) if not total.group or row.group == total.group]
            for part in total.values:
                yield {**{(key, n, part): 1 for n in members}, (key, place, part): -1}
    yield from ({one: 1, other: -1} for one, other in truth.same)


def worked_out(truth: Truth) -> list[Figure]:
    """Small figures that can only be one number for who reads every table as it leaves the secretariat."""
    masked = masked_tables(truth.tables, SCHEMAS)
    number: dict[Figure, int] = {}
    true, low, high = list[float](), list[float](), list[float]()
    for key, table in truth.tables.items():
        for place, (row, seen) in enumerate(zip(all_rows(table), all_rows(masked[key].table), strict=True)):
            for part, value in row.values.items():
                number[key, place, part] = len(true)
                shown, real = seen.values[part], float(value)
                least = 1 if shown == SMALL_SIGN or real < 5 else 5  # covers are known to be no small figures
                most = {SMALL_SIGN: 4.0, COVER_SIGN: 400.0}.get(str(shown), real)
                true, low, high = [*true, real], [*low, real if shown == value else least], [*high, most]
    lines = np.zeros((len(known := list(equations(truth))), len(true)))
    for line, signs in zip(lines, known, strict=True):
        for figure, sign in signs.items():
            line[number[figure]] = sign
    assert not (lines @ np.array(true)).any(), "the figures keep to what is said of them"
    found = []
    for figure, place in number.items():
        goal = np.eye(len(true))[place]
        if 0 < true[place] < 5:
            ends = [
                milp(
                    sign * goal,
                    constraints=LinearConstraint(lines, 0, 0),
                    bounds=Bounds(np.array(low), np.array(high)),
                    integrality=np.ones(len(true)),
                )
                for sign in (1, -1)
            ]
            assert all(end.success for end in ends)
            found += [figure] if round(ends[0].fun) == round(-ends[1].fun) else []
    return found


@pytest.mark.parametrize("draw", [of_law, of_marriage])
@pytest.mark.parametrize("most", [3, 6, 20])
def test_no_small_figure_is_worked_out_from_all_tables_together(
    draw: Callable[[random.Random, int], Truth], most: int
) -> None:
    """In a chain of three tables, by sex beside by cause, by kecamatan beside by kelurahan."""
    for seed in range(8):
        drawn = random.Random(seed)  # noqa: S311 - figures, no secrets
        assert worked_out(draw(drawn, most)) == [], f"seed {seed}"


def test_a_sum_that_may_not_be_called_small_is_not_called_so_elsewhere() -> None:
    """Four stages of one child each: that their sum is less than five would say all of them."""
    truth = Truth()
    truth.add("bersama", [StandingRow(f"t{n}", f"t{n}", YEAR, sexes("anak", 1, 0)) for n in range(4)])
    truth.add("layanan", [StandingRow("kota", "kota", YEAR, sexes("kasus", 4, 0))])
    truth.same += [(("bersama", 4, f"anak.{part}"), ("layanan", 0, f"kasus.{part}")) for part in ("L", "P", "LP")]
    assert worked_out(truth) == []
    shown = masked_tables(truth.tables, SCHEMAS)["layanan"].table.rows[0].values
    assert {shown["kasus.L"], shown["kasus.LP"]} == {COVER_SIGN}


def test_areas_with_equal_figures_that_are_not_the_same_keep_theirs() -> None:
    """Eight in Utara says nothing of eight in Selatan."""
    truth = Truth()
    rows = [
        StandingRow("u", "Utara", YEAR, sexes("menikah", 8, 0)),
        StandingRow("s", "Selatan", YEAR, sexes("menikah", 2, 7)),
    ]
    truth.add("kecamatan", [*rows, StandingRow("t", "Timur", YEAR, sexes("menikah", 9, 9))])
    villages = [StandingRow(f"{a}1", f"{a} 1", None, {"kawin": 8.0}, a) for a in ("Selatan", "Barat")]
    truth.add("kelurahan", villages, [summed([row], row.group) for row in villages])
    assert {row.values["kawin"] for row in all_rows(masked_tables(truth.tables, SCHEMAS)["kelurahan"].table)} == {
        8.0,
        16.0,
    }
