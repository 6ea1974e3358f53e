"""Which value stands in a table gathered from several files, and what follows from it: totals, percentages, names."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.findings import load_catalogue
from flows.model import (
    CellState,
    ColumnType,
    FixedRow,
    GatheredTable,
    Outcome,
    RowKind,
    StandingTable,
    TableColumn,
    TableSource,
)
from flows.validate import TableVerdict
from flows.validate.standing import tolerance
from flows.validate.table_findings import MOST
from tests.validate import table_kit as kit
from tests.validate.table_kit import (
    CERTIFIED,
    CHILDREN,
    FIRST,
    LAST,
    NORTH,
    SOUTH,
    Given,
    counts,
    export,
    full,
    judge,
    remarked,
    row,
    schema,
    table,
)

PLAIN = schema(columns=(TableColumn("anak", "Anak contoh", ColumnType.COUNT),), both_years=False)


def one(verdict: TableVerdict) -> StandingTable:
    (found,) = verdict.tables.values()
    return found


def value(verdict: TableVerdict, column: str, key: str = NORTH, year: int | None = LAST) -> float | str | None:
    (found,) = [each for each in one(verdict).rows if (each.key, each.year) == (key, year)]
    return found.values.get(column)


def codes(verdict: TableVerdict) -> list[str]:
    return [each.code for each in verdict.findings]


# --------------------------------------------------------------------------------------------------------------------
# Which value stands


def plain(number: kit.Given, south: kit.Given = 5, **changes: object) -> GatheredTable:
    return table([row(NORTH, None, {"anak": number}), row(SOUTH, None, {"anak": south})], PLAIN, **changes)


def test_a_form_beats_an_agency_s_own_file_and_both_are_named_where_they_differ() -> None:
    own = plain(11, source=TableSource.EXPORT, path="dinkes/1.1 rekap.xlsx", sheet="REKAP")
    verdict = judge(own, plain(10), asked=PLAIN)
    assert value(verdict, "anak", year=None) == 10
    assert [each.path for each in one(verdict).sources] == ["dinkes/Formulir.xlsx", "dinkes/1.1 rekap.xlsx"]
    (finding,) = verdict.findings
    assert (finding.code, finding.path, finding.sheet, finding.cell) == (
        "table-sources-differ",
        "dinkes/1.1 rekap.xlsx",
        "REKAP",
        "D7",
    )
    said = load_catalogue().describe(finding).sentence
    assert "Contoh Utara: 11 dan 10. Yang dipakai dinkes/Formulir.xlsx" in said
    assert verdict.outcomes["anak-contoh", "1.1"] is Outcome.WARNING


def test_the_agency_of_the_first_supplier_role_comes_first() -> None:
    asked = replace(PLAIN, suppliers=("dinsos", "dinkes"))
    other = plain(20, agency_id="dinsos", path="dinsos/Formulir.xlsx")
    assert value(judge(plain(10), other, asked=asked), "anak", year=None) == 20


def test_blanks_are_filled_by_files_of_the_same_strength_only() -> None:
    other = plain(20, agency_id="dinsos", path="dinsos/Formulir.xlsx")
    assert value(judge(plain(None), other, asked=PLAIN), "anak", year=None) == 20
    two = replace(PLAIN, columns=(*PLAIN.columns, TableColumn("pos", "Pos", ColumnType.COUNT)))
    mine = table([row(NORTH, None, {"anak": None, "pos": 3}), row(SOUTH, None, {"anak": 1, "pos": 1})], two)
    own = export([row(NORTH, None, {"anak": 20, "pos": 3})], two)
    verdict = judge(mine, own, asked=two)
    assert value(verdict, "anak", year=None) is None
    assert codes(verdict) == ["table-empty-cell"]


def test_a_row_the_form_does_not_have_is_taken_from_the_agency_s_own_file() -> None:
    verdict = judge(table(full()[2:]), export(full()[:2]))
    assert value(verdict, "anak.LP", year=FIRST) == 100
    assert codes(verdict) == []
    assert one(verdict).outcome is Outcome.COMPLETE


def test_rows_are_called_as_the_city_calls_them_and_stand_in_its_order() -> None:
    stranger = row("antah", LAST, counts(), 20, is_known=False)
    found = one(judge(export((stranger, *reversed(full())))))
    assert [(each.label, each.year) for each in found.rows] == [
        ("Contoh Utara", FIRST),
        ("Contoh Selatan", FIRST),
        ("Contoh Utara", LAST),
        ("Contoh Selatan", LAST),
        ("Baris antah", LAST),
    ]
    assert [(each.year, each.values["anak.LP"]) for each in found.totals] == [(FIRST, 200), (LAST, 200)]


LISTED = schema(
    row_kind=RowKind.LIST,
    both_years=False,
    columns=(TableColumn("pertanyaan", "Nomor", ColumnType.QUESTION), TableColumn("mitra", "Mitra", ColumnType.TEXT)),
    questions=("1.1", "1.2"),
)


def test_lists_of_all_forms_are_joined_in_the_order_of_agencies() -> None:
    def listed(agency: str, *partners: str, **changes: object) -> GatheredTable:
        rows = [row(str(n), None, {"pertanyaan": "1.1", "mitra": each}) for n, each in enumerate(partners, start=1)]
        return table(rows, LISTED, agency_id=agency, path=f"{agency}/Formulir.xlsx", **changes)

    found = one(
        judge(
            listed("pppa", "C"),
            listed("dinkes", "A", "B"),
            listed("dinkes", "X", source=TableSource.EXPORT),
            listed("dinsos", "D", source=TableSource.EXPORT),
            asked=LISTED,
        )
    )
    # The form of one agency replaces a file of its own, never that of another.
    assert [each.values["mitra"] for each in found.rows] == ["A", "B", "C", "D"]
    assert [each.agency_id for each in found.rows] == ["dinkes", "dinkes", "pppa", "dinsos"]
    assert [each.key for each in found.rows] == ["1", "2", "3", "4"]
    assert found.questions == ("1.1",)
    assert found.totals == ()


def test_a_begun_row_of_a_list_that_names_its_question_only_is_not_begun() -> None:
    verdict = judge(
        table(
            [row("1", None, {"pertanyaan": "1.1", "mitra": "A"}), row("2", None, {"pertanyaan": "1.2", "mitra": None})],
            LISTED,
        ),
        asked=LISTED,
    )
    assert codes(verdict) == []


CHECKED = schema(
    id="periksa-contoh",
    row_kind=RowKind.VILLAGE,
    both_years=False,
    columns=(
        TableColumn("taman", "Ada taman", ColumnType.YES_NO, supplier="kelurahan", questions=("1.1",)),
        TableColumn("gizi", "Kasus gizi", ColumnType.YES_NO, supplier="dinkes", questions=("1.2",)),
    ),
    questions=("1.1", "1.2"),
    suppliers=(),
)
VILLAGES = [village.code for district in kit.town().districts for village in district.villages]


def village_form(code: str, answer: str = "ya") -> GatheredTable:
    changes = {
        "agency_id": "kelurahan",
        "source": TableSource.AREA_FORM,
        "area": code,
        "path": f"Kelurahan/{code}/F.xlsx",
    }
    return table([row(code, None, {"taman": answer})], CHECKED, **changes)


def test_each_column_of_a_checklist_comes_from_its_own_supplier() -> None:
    health = table([row(code, None, {"gizi": "tidak"}) for code in VILLAGES], CHECKED)
    meddler = table([row(VILLAGES[0], None, {"gizi": "ya"})], CHECKED, agency_id="dinsos", path="dinsos/F.xlsx")
    verdict = judge(*(village_form(code) for code in VILLAGES), meddler, health, asked=CHECKED)
    assert [dict(each.values) for each in one(verdict).rows] == [{"taman": "ya", "gizi": "tidak"}] * 4
    assert codes(verdict) == ["table-differs"]
    assert verdict.findings[0].path == "dinsos/F.xlsx"
    assert verdict.outcomes == {
        ("periksa-contoh", "1.1"): Outcome.COMPLETE,
        ("periksa-contoh", "1.2"): Outcome.WARNING,
    }


def test_a_village_that_hands_in_no_form_is_missed_once_and_costs_its_own_questions_only() -> None:
    health = table([row(code, None, {"gizi": "tidak"}) for code in VILLAGES], CHECKED)
    verdict = judge(*(village_form(code) for code in VILLAGES[1:]), health, asked=CHECKED)
    (finding,) = verdict.findings
    assert load_catalogue().describe(finding).repair == "Isi baris itu pada formulir Desa Utara 1."
    assert (finding.code, finding.question_id) == ("table-row-missing", "1.1")
    assert verdict.outcomes["periksa-contoh", "1.1"] is Outcome.LACKING
    assert verdict.outcomes["periksa-contoh", "1.2"] is Outcome.COMPLETE


def test_villages_of_one_name_are_told_apart_by_their_kecamatan() -> None:
    """Two desa of one name in two kecamatan are common; which one is missing must be said."""
    twins = tuple(
        replace(each, villages=(replace(each.villages[0], name="Desa Kembar"), each.villages[1]))
        for each in kit.town().districts
    )
    health = table([row(code, None, {"gizi": "tidak"}) for code in VILLAGES], CHECKED)
    forms = [village_form(code) for code in VILLAGES[1:]]
    verdict = judge(*forms, health, asked=CHECKED, city=replace(kit.town(), districts=twins))
    (finding,) = verdict.findings
    assert "Desa Kembar (Contoh Utara) belum diisi" in load_catalogue().describe(finding).sentence


def test_a_row_that_an_export_of_one_year_lacks_is_missed_in_that_file() -> None:
    """Agencies hand in a file per year; the other year's file needs no such row."""
    first = export([each for each in full() if each.year == FIRST], path="dinkes/1.1 a.xlsx")
    last = export([each for each in full() if each.year == LAST][:1], path="dinkes/1.1 b.xlsx")
    missed = [each for each in judge(first, last).findings if each.code == "area-missing"]
    assert [each.path for each in missed] == ["dinkes/1.1 b.xlsx"]


def test_columns_nobody_has_begun_leave_the_table_incomplete_without_a_finding_per_cell() -> None:
    verdict = judge(*(village_form(code) for code in VILLAGES), asked=CHECKED)
    assert codes(verdict) == []
    assert one(verdict).outcome is Outcome.LACKING
    assert one(verdict).questions == ("1.1",)
    assert verdict.outcomes == {("periksa-contoh", "1.1"): Outcome.COMPLETE}


# --------------------------------------------------------------------------------------------------------------------
# What follows


def test_both_sexes_and_percentages_are_filled_in_where_they_are_missing() -> None:
    given_: dict[str, kit.Given] = {"anak.L": 40, "anak.P": 60, "berakta.L": 36, "berakta.P": 54}
    verdict = judge(table(full({(NORTH, LAST): given_ | {"anak.LP": None, "berakta.LP": None, "persen": None}})))
    assert codes(verdict) == []
    assert [value(verdict, each) for each in ("anak.LP", "berakta.LP", "persen")] == [100, 90, 90]


def test_totals_are_sums_and_their_percentages_are_recomputed_not_added() -> None:
    special = counts(20, 30, anak__LP=50, berakta__L=10, berakta__P=15, berakta__LP=25, persen=50)
    (_, total) = one(judge(table(full({(SOUTH, LAST): special})))).totals
    assert total.values["anak.LP"] == 150
    assert total.values["berakta.L"] == 46
    assert total.values["persen"] == pytest.approx(115 / 150 * 100)


def test_a_percentage_that_is_written_rounded_is_taken_from_what_it_is_of() -> None:
    """A form rounds to two decimals and the book to one: 725 of 744 are 97,446, and were printed 97,5."""
    sexes = {"anak__L": 372, "anak__P": 372, "anak__LP": 744, "berakta__L": 362, "berakta__P": 363, "berakta__LP": 725}
    for written, kept in ((97.45, 725 / 744 * 100), (98.0, 98.0)):
        verdict = judge(table(full({(NORTH, LAST): counts(**sexes, persen=written)})))
        assert value(verdict, "persen") == pytest.approx(kept), "another figure stays, and is told"


def test_a_total_percentage_needs_the_same_rows_above_and_below() -> None:
    special = counts(berakta__L=None, berakta__P=None, berakta__LP=None, persen=None)
    first, total = one(judge(table(full({(SOUTH, LAST): special})))).totals
    assert "persen" in first.values
    assert total.values["berakta.LP"] == 90
    assert "persen" not in total.values


def test_villages_are_added_up_per_kecamatan() -> None:
    asked = schema(row_kind=RowKind.VILLAGE, both_years=False)
    rows = [row(code, None, counts(), n) for n, code in enumerate(VILLAGES, start=7)]
    found = one(judge(table(rows, asked), asked=asked))
    assert [(each.group, each.label, each.values["anak.L"]) for each in found.group_totals] == [
        ("Contoh Utara", "Contoh Utara", 80),
        ("Contoh Selatan", "Contoh Selatan", 80),
    ]
    assert found.totals[0].values["anak.L"] == 160
    assert {each.group for each in found.rows} == {"Contoh Utara", "Contoh Selatan"}


def test_a_table_of_the_city_needs_no_total_and_one_of_fixed_rows_has_one() -> None:
    whole = schema(row_kind=RowKind.CITY)
    rows = [row("kota", year, counts()) for year in (FIRST, LAST)]
    found = one(judge(table(rows, whole), asked=whole))
    assert found.totals == ()
    assert {each.label for each in found.rows} == {"Kota Uji Coba"}
    levels = schema(row_kind=RowKind.FIXED, rows=(FixedRow("sd", "SD contoh"), FixedRow("smp", "SMP contoh")))
    rows = [row(level, year, counts()) for year in (FIRST, LAST) for level in ("sd", "smp")]
    assert [each.values["anak.L"] for each in one(judge(table(rows, levels), asked=levels)).totals] == [80, 80]
    missing = judge(table(rows[:3], levels), asked=levels)
    assert [(each.code, each.values["row"]) for each in missing.findings] == [
        ("table-row-missing", "SMP contoh tahun 2023")
    ]


def test_a_fixed_row_answers_its_own_question_and_is_owed_by_its_own_agency() -> None:
    first, second = FixedRow("sd", "SD contoh", ("1.1",), "dinkes"), FixedRow("smp", "SMP contoh", ("1.2",), "dinsos")
    both = schema(
        row_kind=RowKind.FIXED, rows=(first, second), questions=("1.1", "1.2"), suppliers=("dinkes", "dinsos")
    )
    rows = [row(level, year, counts()) for year in (FIRST, LAST) for level in ("sd", "smp")]
    whole = judge(table(rows, both), asked=both)
    assert [whole.outcomes[both.id, each] for each in ("1.1", "1.2")] == [Outcome.COMPLETE, Outcome.COMPLETE]

    half = judge(table([each for each in rows if each.key == "sd"], both), asked=both)
    assert half.outcomes[both.id, "1.1"] is Outcome.COMPLETE
    assert (both.id, "1.2") not in half.outcomes
    missing = [each for each in half.findings if each.code == "table-row-missing"]
    assert {(each.agency_id, each.question_id, each.path) for each in missing} == {("dinsos", "1.2", "")}
    assert missing[0].values["path"].startswith("formulir ")


@pytest.mark.parametrize(
    ("read", "computed_of", "kept", "codes_"),
    [
        (90.0, (36, 54), 90.0, ["cell-remark"]),  # 0,9 meant nine in ten
        (50.0, (0, 0.5), 0.5, []),  # 0,5 meant half a per cent
        (50.0, (0, 30), 50.0, ["cell-remark", "percent-mismatch"]),
    ],
)
def test_a_fraction_is_a_percentage_unless_its_parts_say_otherwise(
    read: float, computed_of: tuple[float, float], kept: float, codes_: list[str]
) -> None:
    asked = schema(columns=(CHILDREN, replace(CERTIFIED, type=ColumnType.MONEY), kit.SHARE))
    low, high = computed_of
    special = counts(berakta__L=low, berakta__P=high, berakta__LP=low + high, persen=remarked(read, "fraction"))
    verdict = judge(table(full({(NORTH, LAST): special}), asked), asked=replace(asked, jump_ratio=None))
    assert value(verdict, "persen") == kept
    assert codes(verdict) == codes_


@pytest.mark.parametrize(
    ("printed", "allowed"),
    [(98.0, 0.5), (98.5, 0.05), (98.46, 0.005), (100.0, 0.5), (0.0, 0.5), (98.46153846153847, 0)],
)
def test_a_percentage_may_be_off_by_half_its_last_decimal(printed: float, allowed: float) -> None:
    assert tolerance(printed) == pytest.approx(allowed, abs=2e-6)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_correctly_rounded_percentage_is_never_a_mismatch(part: int, whole: int, decimals: int) -> None:
    exact = part / whole * 100
    printed = round(exact, decimals)
    assert abs(printed - exact) <= tolerance(printed)


# --------------------------------------------------------------------------------------------------------------------
# Noise and odd input


def test_a_column_blank_in_all_its_parts_is_told_once_and_a_sum_that_will_follow_not_at_all() -> None:
    blank = counts(anak__L=None, anak__P=None, anak__LP=None, persen=None)
    (finding,) = judge(table(full({(NORTH, LAST): blank}))).findings
    assert (finding.code, finding.values["column"]) == ("table-empty-cell", "Anak contoh")
    half = counts(anak__P=None, anak__LP=None, persen=None)
    (finding,) = judge(table(full({(NORTH, LAST): half}))).findings
    assert finding.values["column"] == "Anak contoh (P)"


def test_a_part_above_its_whole_is_told_where_it_was_written_and_its_percentage_not_again() -> None:
    given_: dict[str, kit.Given] = {"anak.L": 40, "anak.P": 60, "berakta.L": 45, "berakta.P": 60}
    verdict = judge(table(full({(NORTH, LAST): given_})))
    assert [(each.code, each.values["column"]) for each in verdict.findings] == [
        ("part-above-whole", "Anak berakta (L)")
    ]
    assert value(verdict, "persen") == 105


def test_a_year_nobody_has_begun_is_one_finding_and_not_one_per_row() -> None:
    assert codes(judge(table(full()[2:]))) == ["table-one-year"]


def test_a_jump_of_a_total_that_nobody_wrote_is_told_beside_what_it_follows_from() -> None:
    def halves(male: int, female: int) -> dict[str, Given]:
        return {"anak.L": male, "anak.P": female, "berakta.L": male, "berakta.P": female}

    rows = [
        row(key, year, halves(40, 60) if year == FIRST else halves(90, 160), n)
        for n, (key, year) in enumerate([(key, year) for year in (FIRST, LAST) for key in (NORTH, SOUTH)], start=7)
    ]
    jumps = [each for each in judge(export(rows)).findings if each.code == "year-jump"]
    shown = [(each.cell, each.values["column"], each.values["value"]) for each in jumps]
    assert shown[:2] == [("D9", "Anak contoh (L+P)", "250"), ("F9", "Anak berakta (L+P)", "250")]


def test_a_wholly_blank_row_is_one_finding() -> None:
    blank = dict.fromkeys(counts(), None)
    verdict = judge(table(full({(NORTH, LAST): blank})))
    assert codes(verdict) == ["table-row-missing"]


def test_an_area_table_without_a_list_of_areas_is_told_so_once() -> None:
    city = replace(kit.town(), districts=())
    verdict = judge(export(full()[:3]), city=city)
    assert codes(verdict) == ["areas-unassessable"]
    assert [each.label for each in one(verdict).rows] == [f"Baris {NORTH}", f"Baris {SOUTH}", f"Baris {NORTH}"]
    assert len(one(verdict).totals) == 2


def test_findings_of_one_kind_are_bounded_and_the_last_says_how_many_more() -> None:
    asked = schema(row_kind=RowKind.LIST, both_years=False, columns=(TableColumn("n", "N", ColumnType.COUNT),))
    rows = [row(str(n), None, {"n": -1}, n) for n in range(1, 91)]
    verdict = judge(table(rows, asked), asked=asked)
    assert codes(verdict) == ["table-negative"] * MOST
    assert [each.values.get("more") for each in verdict.findings] == [None] * (MOST - 1) + ["65"]
    (check,) = [each for each in verdict.checks if each.finding == "table-negative"]
    assert (check.checked, len(check.failures)) == (90, 90)


def test_remarks_on_how_cells_were_read_come_by_the_column_and_are_told_a_few_times() -> None:
    read = {
        (area, year): counts(pos=kit.remarked(4, "unit-dropped")) for area in (NORTH, SOUTH) for year in (FIRST, LAST)
    }
    verdict = judge(table(full(read)))
    assert codes(verdict) == ["cell-remark"] * 3
    assert [each.values.get("more") for each in verdict.findings] == [None, None, "1"]


def test_the_agency_s_own_total_per_kecamatan_is_compared_with_its_own_villages() -> None:
    asked = replace(PLAIN, row_kind=RowKind.VILLAGE)
    rows = [row(code, None, {"anak": 10}, n) for n, code in enumerate(VILLAGES, start=7)]
    totals = [
        row(f"total:{NORTH}", None, {"anak": 20}, 30, is_known=False),
        row(f"total:{SOUTH}", None, {"anak": 21}, 31, is_known=False, label="Jumlah Contoh Selatan"),
        row("total:kota", None, {"anak": 40}, 32, is_known=False),
    ]
    verdict = judge(export([*rows, *totals], asked), asked=asked)
    (finding,) = verdict.findings
    assert (finding.code, finding.cell) == ("total-mismatch", "D31")
    assert (
        "Jumlah Contoh Selatan tertulis 21, padahal jumlah rinciannya 20" in load_catalogue().describe(finding).sentence
    )
    assert len(one(verdict).rows) == 4


def test_an_export_of_one_year_without_halves_is_a_warning_and_says_both() -> None:
    rows = [row(key, LAST, {"anak.LP": 100, "berakta.LP": 90}) for key in (NORTH, SOUTH)]
    verdict = judge(export(rows))
    assert sorted(codes(verdict)) == ["table-no-sex-split", "table-one-year"]
    assert one(verdict).outcome is Outcome.WARNING
    assert value(verdict, "persen") == 90


def test_numbers_nobody_could_write_break_nothing() -> None:
    for odd in (0.0, -0.0, 1e15, CellState.ERROR, "teks"):
        special = counts(odd, odd, anak__LP=odd, persen=odd)
        found = judge(table(full({(NORTH, LAST): special})))
        assert one(found).rows


def test_a_verdict_travels_between_processes() -> None:
    verdict = judge(table(full()))
    assert pickle.loads(pickle.dumps(verdict)) == verdict  # noqa: S301 - our own values
