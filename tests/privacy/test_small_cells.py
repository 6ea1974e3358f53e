"""No small figure of a sensitive table can be read, nor worked out from everything else that is printed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from flows.framework import load_framework
from flows.model import ColumnType, Outcome, RowKind, StandingRow, StandingTable, TableColumn, TableSchema
from flows.privacy.small_cells import (
    COVER_SIGN,
    SMALL_SIGN,
    MaskedTable,
    masked_table,
    masked_tables,
)

COUNT, SHARE = ColumnType.COUNT, ColumnType.PERCENT
WHOLE = TableColumn("korban", "Anak korban", COUNT, by_sex=True)
AGED = replace(WHOLE, sum_of=("kecil", "besar"))
YOUNG = TableColumn("kecil", "Berumur 0 sampai 8 tahun", COUNT, part_of="korban")
OLD = TableColumn("besar", "Berumur 9 sampai 17 tahun", COUNT, part_of="korban")
SERVED = TableColumn("dilayani", "Dilayani", COUNT, by_sex=True, part_of="korban")
PERCENT = TableColumn("persen", "Dilayani (%)", SHARE, ratio_of=("dilayani", "korban"))
YEAR = 2023
Values = dict[str, float | str]


def schema(*columns: TableColumn, kind: RowKind = RowKind.FIXED, sensitive: bool = True) -> TableSchema:
    return TableSchema(
        "contoh",
        "Contoh",
        "Contoh",
        kind,
        both_years=True,
        columns=columns,
        questions=("21B.1",),
        suppliers=("uptd-ppa",),
        is_sensitive=sensitive,
    )


def total_of(rows: Sequence[StandingRow], label: str = "", group: str = "") -> StandingRow:
    """What standing tables hold as total: sums of what is known, the percentage recomputed."""
    keys = {key for row in rows for key, value in row.values.items() if key != "persen" and value != ""}
    values: Values = {key: sum(float(row.values.get(key, 0.0)) for row in rows) for key in sorted(keys)}
    return StandingRow("total", label, YEAR, with_share(values), group)


def with_share(values: Values) -> Values:
    above, below = values.get("dilayani.LP"), values.get("korban.LP")
    if isinstance(above, float) and isinstance(below, float) and below:
        return {**values, "persen": round(above / below * 100, 10)}
    return values


def table(rows: Sequence[StandingRow], groups: Sequence[StandingRow] = ()) -> StandingTable:
    return StandingTable("contoh", Outcome.COMPLETE, tuple(rows), tuple(groups), (total_of(rows),), (), {}, ("21B.1",))


def row(key: str, values: Values, group: str = "") -> StandingRow:
    return StandingRow(key, key.title(), YEAR, values, group)


def sexes(column: str, male: int, female: int) -> Values:
    return {f"{column}.L": float(male), f"{column}.P": float(female), f"{column}.LP": float(male + female)}


# ---------------------------------------------------------------------- the adversary


@dataclass
class Adversary:
    """Knows every printed value, the signs and the arithmetic of the table, written down anew from its meaning."""

    truth: StandingTable
    shown: StandingTable
    columns: Sequence[TableColumn]

    def __post_init__(self) -> None:
        self.rows = [*self.truth.rows, *self.truth.group_totals, *self.truth.totals]
        self.seen = [*self.shown.rows, *self.shown.group_totals, *self.shown.totals]
        counts = [column for column in self.columns if column.type is COUNT]
        self.spots = [
            (place, f"{column.id}.{part}" if part else column.id)
            for place in range(len(self.rows))
            for column in counts
            for part in column.parts
        ]
        self.number = {spot: place for place, spot in enumerate(self.spots)}

    def is_known(self, place: int, key: str) -> bool:
        return key in self.rows[place].values

    def is_whole(self) -> bool:
        return all(self.is_known(place, key) for place, key in self.spots)

    def bounds(self) -> Bounds:
        low, high = np.zeros(len(self.spots)), np.full(len(self.spots), 400.0)
        for at, (place, key) in enumerate(self.spots):
            sign, value = self.seen[place].values.get(key), self.rows[place].values.get(key)
            if isinstance(sign, float):
                low[at] = high[at] = sign
            elif sign == SMALL_SIGN:
                low[at], high[at] = 1, 4
            elif sign == COVER_SIGN and isinstance(value, float):
                low[at] = 1 if value < 5 else 5  # he knows that covers are no small figures, but for the few that are
        return Bounds(low, high)

    def constraints(self) -> Iterator[tuple[dict[tuple[int, str], int], bool]]:
        kept = [column.id for column in self.columns if column.by_sex]
        for place in range(len(self.rows)):
            if place >= len(self.truth.rows) and not self.is_whole():
                continue  # what is not known of a row is in some sums and not in others
            for each in kept:
                yield {(place, f"{each}.L"): 1, (place, f"{each}.P"): 1, (place, f"{each}.LP"): -1}, True
            for column in self.columns:
                if column.sum_of:
                    yield {**{(place, part): 1 for part in column.sum_of}, (place, f"{column.id}.LP"): -1}, True
                for part in column.parts if column.part_of else ():
                    mine = f"{column.id}.{part}" if part else column.id
                    yield {(place, mine): 1, (place, f"{column.part_of}.{part or 'LP'}"): -1}, False
        for place in range(len(self.truth.rows), len(self.rows)):
            total = self.rows[place]
            for key in {key for _, key in self.spots}:
                members = [
                    (at, key)
                    for at, each in enumerate(self.truth.rows)
                    if (not total.group or each.group == total.group) and self.is_known(at, key)
                ]
                if members and self.is_known(place, key):
                    yield {**dict.fromkeys(members, 1), (place, key): -1}, True

    def range_of(self, spot: tuple[int, str]) -> tuple[int, int]:
        rows, low, high = [], [], []
        for signs, is_exact in self.constraints():
            line = np.zeros(len(self.spots))
            for each, sign in signs.items():
                line[self.number[each]] = sign
            known = [self.rows[place].values.get(key) for place, key in signs]
            excess = sum(sign * float(value or 0) for sign, value in zip(signs.values(), known, strict=True))
            if None not in known and (excess > 0 if not is_exact else excess != 0):
                continue  # the figures break it themselves
            rows.append(line)
            low.append(0.0 if is_exact else -np.inf)
            high.append(0.0)
        goal = np.zeros(len(self.spots))
        goal[self.number[spot]] = 1
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * goal,
                constraints=LinearConstraint(np.array(rows), low, high),
                bounds=self.bounds(),
                integrality=np.ones(len(self.spots)),
            )
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def assert_safe(truth: StandingTable, about: TableSchema) -> None:
    """Every figure of 1 to 4, printed or implied, could be at least two numbers."""
    masked = masked_table(truth, about)
    adversary = Adversary(truth, masked.table, about.columns)
    for place, (true, seen) in enumerate(zip(adversary.rows, adversary.seen, strict=True)):
        assert set(seen.values) == set(true.values)  # unknown stays unknown
        for key, value in true.values.items():
            shown = seen.values[key]
            if key == "persen":
                hidden = any(isinstance(seen.values.get(each), str) for each in ("dilayani.LP", "korban.LP"))
                assert not hidden or shown == COVER_SIGN
                continue
            assert shown == value if isinstance(shown, float) else shown in (SMALL_SIGN, COVER_SIGN)
            assert value != 0 or shown == 0
            if 0 < float(value) < 5:
                assert shown in (SMALL_SIGN, COVER_SIGN)
                least, most = adversary.range_of((place, key))
                assert least < most, f"{true.label} {key} can only be {least}"
            elif shown == SMALL_SIGN:
                pytest.fail(f"{key} is {value} and is called small")
    for place, key in adversary.spots:
        if not adversary.is_known(place, key):
            least, most = adversary.range_of((place, key))
            assert not 0 < least == most < 5, f"{key}, which nobody filled in, can only be {least}"


# ---------------------------------------------------------------------- tables drawn at random

SMALLISH = st.one_of(st.integers(0, 6), st.integers(0, 60))


@st.composite
def victims(draw: st.DrawFn) -> tuple[StandingTable, TableSchema]:
    """Kinds of cases by sex with those served, their share, and their ages; some cells left open."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        male, female = draw(SMALLISH), draw(SMALLISH)
        young = draw(st.integers(0, male + female))
        values = sexes("korban", male, female)
        values |= sexes("dilayani", draw(st.integers(0, male)), draw(st.integers(0, female)))
        values |= {"kecil": float(young), "besar": float(male + female - young)}
        values = with_share(values)
        for key in draw(st.sets(st.sampled_from(sorted(values)), max_size=1)):
            del values[key]
        rows.append(row(f"kasus-{number}", values))
    return table(rows), schema(AGED, YOUNG, OLD, SERVED, PERCENT)


@st.composite
def villages(draw: st.DrawFn) -> tuple[StandingTable, TableSchema]:
    """Kelurahan with totals of their kecamatan and of the city."""
    rows = [
        row(f"kelurahan-{group}-{number}", {"kecil": float(draw(SMALLISH))}, group)
        for group in ("Utara", "Selatan", "Timur")[: draw(st.integers(1, 3))]
        for number in range(draw(st.integers(1, 4)))
    ]
    groups = [
        total_of([each for each in rows if each.group == group], group, group) for group in {r.group for r in rows}
    ]
    return table(rows, groups), schema(replace(YOUNG, part_of=""), kind=RowKind.VILLAGE)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(victims())
def test_no_small_figure_of_victims_can_be_worked_out(drawn: tuple[StandingTable, TableSchema]) -> None:
    """By sex, by age, by row, against totals and shares: an integer program finds at least two values."""
    assert_safe(*drawn)


@settings(max_examples=60, deadline=None)
@given(villages())
def test_no_small_figure_of_kelurahan_can_be_worked_out(drawn: tuple[StandingTable, TableSchema]) -> None:
    """Rows, kecamatan and city are protected together, whichever of them an edition prints."""
    assert_safe(*drawn)


# ---------------------------------------------------------------------- single cases


def shown_cells(truth: StandingTable, about: TableSchema) -> list[Values]:
    masked = masked_table(truth, about).table
    return [dict(each.values) for each in (*masked.rows, *masked.group_totals, *masked.totals)]


def test_the_adversary_sees_through_masks_that_hide_small_figures_alone() -> None:
    """The property tests would notice: L follows from P and L+P when nothing but L is hidden."""
    truth = table([row("a", sexes("korban", 2, 10)), row("b", sexes("korban", 20, 30))])
    bare = replace(
        truth, rows=(replace(truth.rows[0], values={**truth.rows[0].values, "korban.L": SMALL_SIGN}), truth.rows[1])
    )
    assert Adversary(truth, bare, [WHOLE]).range_of((0, "korban.L")) == (2, 2)
    least, most = Adversary(truth, masked_table(truth, schema(WHOLE)).table, [WHOLE]).range_of((0, "korban.L"))
    assert (least, most) == (1, 4)


def test_a_small_figure_takes_as_few_others_with_it_as_it_needs() -> None:
    """Totals stay where they can: a second row of the same sexes is enough."""
    truth = table(
        [row(f"k{n}", sexes("korban", *pair)) for n, pair in enumerate([(2, 10), (20, 30), (9, 7), (30, 40)])]
    )
    assert shown_cells(truth, schema(WHOLE)) == [
        {"korban.L": SMALL_SIGN, "korban.P": COVER_SIGN, "korban.LP": 12.0},
        {"korban.L": 20.0, "korban.P": 30.0, "korban.LP": 50.0},
        {"korban.L": COVER_SIGN, "korban.P": COVER_SIGN, "korban.LP": 16.0},
        {"korban.L": 30.0, "korban.P": 40.0, "korban.LP": 70.0},
        {"korban.L": 61.0, "korban.P": 87.0, "korban.LP": 148.0},
    ]


def test_four_figures_that_sum_to_four_are_not_all_called_small() -> None:
    """Four times "less than five" and a total of less than five would say that each is one."""
    truth = table([row(f"k{n}", {"kecil": 1.0}) for n in range(4)])
    assert shown_cells(truth, schema(replace(YOUNG, part_of="")))[-1] == {"kecil": COVER_SIGN}


def test_a_total_over_a_figure_that_counts_nobody_is_hidden_too() -> None:
    """Less the mistake it tells what the rows hide: 14 below a row of 15 says that the hidden one is minus one."""
    rows = [
        row("kerja", sexes("korban", 11, 4)),
        row("ditarik", {"korban.L": -1.0, "korban.P": 0.0, "korban.LP": -1.0}),
    ]
    truth = table(rows)
    shown = shown_cells(truth, schema(WHOLE))
    assert not any(isinstance(value, float) for value in shown[-1].values()), shown[-1]


def test_services_are_parts_of_those_who_are_served() -> None:
    """Whoever receives one is served: else the service tells the number of the served that is hidden."""
    about = load_framework(2024).tables["kekerasan-anak"]
    services = [each for each in about.columns if each.id in ("kesehatan", "psikososial", "hukum", "reintegrasi")]
    assert [each.part_of for each in services] == ["dilayani"] * 4


def two_tables(stages: Sequence[int], agreed: Sequence[int], question: str) -> dict[str, MaskedTable]:
    """Children by stage, and children by sex in a table of another agency that answers ``question``."""
    counted = replace(YOUNG, part_of="")
    by_stage = table([row(f"tahap{n}", {"kecil": float(value)}) for n, value in enumerate(stages)])
    whole = replace(table([row("kota", sexes("korban", agreed[0], agreed[1]))]), totals=())
    other = replace(schema(WHOLE, kind=RowKind.CITY), id="layanan", questions=(question,))
    return dict(masked_tables({"contoh": by_stage, "layanan": whole}, {"contoh": schema(counted), "layanan": other}))


def test_a_sum_hidden_in_one_table_is_not_told_by_another_of_the_indicator() -> None:
    """Fewer than five at each of two stages: the eight of both, told elsewhere, would say that each is four."""
    masked = two_tables([4, 4], [8, 0], "21B.5")
    assert masked["contoh"].table.totals[0].values == {"kecil": COVER_SIGN}
    shown = masked["layanan"].table.rows[0].values
    assert shown["korban.LP"] == COVER_SIGN
    assert COVER_SIGN in (shown["korban.L"], shown["korban.P"]), "the sum of both is as good as the number"
    assert 8 in masked["layanan"].hidden, "words on the question repeat it"


def test_another_figure_or_another_indicator_hides_nothing_of_a_table() -> None:
    assert two_tables([4, 4], [9, 0], "21B.5")["layanan"].table.rows[0].values == sexes("korban", 9, 0)
    assert two_tables([4, 4], [8, 0], "24A.5")["layanan"].table.rows[0].values == sexes("korban", 8, 0)


def test_zero_is_shown_and_a_table_that_is_not_sensitive_is_left_as_it_is() -> None:
    truth = table([row("a", sexes("korban", 0, 0)), row("b", sexes("korban", 0, 8))])
    assert masked_table(truth, schema(WHOLE)).table == truth
    small = table([row("a", sexes("korban", 1, 2))])
    assert masked_table(small, schema(WHOLE, sensitive=False)).table is small


def test_a_share_without_its_count_tells_the_count() -> None:
    """2 per cent of 100 children are two of them, though nobody wrote the two down."""
    values: Values = {"korban.LP": 100.0, "persen": 2.0}
    truth = StandingTable("contoh", Outcome.COMPLETE, (row("a", values),), (), (), (), {}, ("21B.1",))
    assert shown_cells(truth, schema(WHOLE, SERVED, PERCENT)) == [{"korban.LP": 100.0, "persen": COVER_SIGN}]
