"""Every expectation of every suite over tables: what satisfies it, and what breaks it. A new rule needs a case here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import pytest

from flows.findings import load_catalogue
from flows.forms.layout import value_key
from flows.model import (
    CellState,
    City,
    ColumnType,
    GatheredTable,
    Outcome,
    RowKind,
    TableColumn,
    TableSchema,
    TableSource,
)
from flows.settings import validations_root
from flows.validate import tables
from flows.validate.expectations import Rule, Suite, load_suite
from tests.builders import manifests
from tests.validate import table_kit as kit
from tests.validate.table_kit import FIRST, LAST, NORTH, SOUTH, counts, export, full, row, schema, table

SUITES = sorted(path.stem for path in (validations_root() / "suites").glob("tabel-*.yaml"))


def rules() -> dict[str, tuple[str, Rule]]:
    """Every rule as ``suite/finding/n``, the n-th of its suite that leads to the finding."""
    found: dict[str, tuple[str, Rule]] = {}
    for suite in SUITES:
        counted: Counter[str] = Counter()
        for rule in load_suite(suite).rules:
            counted[rule.finding] += 1
            found[f"{suite.removeprefix('tabel-')}/{rule.finding}/{counted[rule.finding]}"] = (suite, rule)
    return found


RULES = rules()


SCHEMA = schema()


@dataclass(frozen=True)
class Broken:
    """Tables that break a rule, in one cell unless said otherwise, beside the sound ones that do not."""

    broken: tuple[GatheredTable, ...]
    sound: tuple[GatheredTable, ...] = (table(full()),)
    asked: TableSchema = SCHEMA
    city: City | None = None
    times: int = 1


def in_north(**changes: kit.Given) -> Broken:
    """One row of the form differs from a sound one."""
    return Broken((table(full({(NORTH, LAST): counts(**changes)})),))


def posts(value: kit.Given) -> Broken:
    sound = (table(full({(NORTH, LAST): counts(pos=4)})),)
    return replace(in_north(pos=value), sound=sound)


DEFINED = schema(definitions=(kit.AGE,))
BUDGET = schema(
    id="anggaran",
    row_kind=RowKind.LIST,
    both_years=False,
    columns=(TableColumn("pagu", "Pagu", ColumnType.MONEY),),
)
WITHOUT_AREAS = replace(kit.town(), districts=())
NO_HALVES = {"anak.LP": 100.0, "berakta.LP": 90.0}


def defined(text: kit.Given) -> Broken:
    definitions = (kit.cell("usia", text, "C3"),)
    sound = table(full(), DEFINED)
    return Broken((replace(sound, definitions=definitions),), (sound,), DEFINED)


def budget(value: float) -> Broken:
    sound = table([row("1", None, {"pagu": 250_000_000})], BUDGET)
    return Broken((table([row("1", None, {"pagu": value})], BUDGET),), (sound,), BUDGET)


def stated(value: float) -> GatheredTable:
    total = row("total:kota", LAST, {"anak.LP": value}, 40, is_known=False)
    return export((*full(), total))


CASES: dict[str, Broken] = {
    "sel/table-empty-cell/1": in_north(anak__L=None),
    "sel/table-not-available/1": in_north(anak__L=CellState.NOT_AVAILABLE),
    "sel/cell-unreadable/1": in_north(anak__L=CellState.UNREADABLE),
    "sel/choice-unknown/1": in_north(mutu=CellState.UNREADABLE),
    "sel/cell-error/1": in_north(anak__L=CellState.ERROR),
    "sel/cell-uncalculated/1": in_north(anak__L=CellState.UNCALCULATED),
    "sel/cell-remark/1": in_north(anak__L=kit.remarked(40, "unit-dropped")),
    "sel/table-negative/1": in_north(anak__L=-40),
    "sel/table-not-whole/1": in_north(anak__L=40.5),
    "sel/table-out-of-range/1": posts(0),
    "sel/table-out-of-range/2": posts(10),
    "jenis-kelamin/sex-total-mismatch/1": in_north(anak__LP=101),
    "bagian/part-above-whole/1": in_north(berakta__P=61),
    "persen/percent-mismatch/1": in_north(persen=89),
    "persen/percent-mismatch/2": in_north(persen=90.6),
    "persen/coverage-above-100/1": in_north(persen=103.7),
    "lonjakan/year-jump/1": in_north(berakta__LP=60),
    "wilayah/area-missing/1": Broken((export(full()[:3]),), (export(full()),)),
    "wilayah/table-row-missing/1": Broken((table(full()[:3]),)),
    "wilayah/area-doubled/1": Broken((export((*full(), row(SOUTH, LAST, counts(), 20))),), (export(full()),), times=2),
    "wilayah/area-unknown/1": Broken((export((*full(), row("antah", LAST, counts(), 20, is_known=False))),)),
    "wilayah/table-year-outside/1": Broken((table((*full(), row(NORTH, 2019, counts(), 20))),)),
    "wilayah/table-year-outside/2": Broken((table((*full(), row(NORTH, 2024, counts(), 20))),)),
    "sumber/table-one-year/1": Broken((table(full()[2:]),)),
    "sumber/table-one-year/2": Broken((export(full()[2:]),), (export(full()),)),
    "sumber/table-year-unknown/1": Broken((export([replace(each, year=None) for each in full()[:2]]),)),
    "sumber/table-no-sex-split/1": Broken(
        (export(full(dict.fromkeys(((a, y) for a in (NORTH, SOUTH) for y in (FIRST, LAST)), NO_HALVES))),)
    ),
    "sumber/areas-unassessable/1": Broken((table(full()),), (table(full()),), city=WITHOUT_AREAS),
    "jumlah/total-mismatch/1": Broken((stated(201),), (stated(200),)),
    "batasan/definition-missing/1": defined(None),
    "batasan/definition-differs/1": defined("kurang dari 19 tahun"),
    "anggaran/table-out-of-range/1": budget(250),
}


def only(name: str, monkeypatch: pytest.MonkeyPatch) -> Rule:
    """Let no rule but one run."""
    suite, rule = RULES[name]
    monkeypatch.setattr(tables, "load_suite", lambda stem: Suite(stem, (rule,) if stem == suite else ()))
    return rule


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_sound_table_passes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    only(name, monkeypatch)
    verdict = kit.judge(*case.sound, asked=case.asked)
    assert verdict.findings == ()
    assert {each.outcome for each in verdict.tables.values()} == {Outcome.COMPLETE}
    assert all(check.failures == () for check in verdict.checks)


@pytest.mark.parametrize("name", RULES)
def test_a_broken_table_fails_in_its_cell(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    rule = only(name, monkeypatch)
    verdict = kit.judge(*case.broken, asked=case.asked, city=case.city)
    assert [each.code for each in verdict.findings] == [rule.finding] * case.times
    (check,) = verdict.checks
    assert (check.rule, check.finding, len(check.failures)) == (rule.type, rule.finding, case.times)
    assert check.checked >= case.times
    catalogue = load_catalogue()
    weighs = rule.outcome or (Outcome.WARNING if catalogue.severity(rule.finding) > 1 else Outcome.COMPLETE)
    assert verdict.tables[case.asked.id].outcome is weighs
    for finding in verdict.findings:
        said = catalogue.describe(finding)
        whole = said.sentence + said.repair
        assert "–" not in whole, whole
        assert "{" not in whole, whole
        assert catalogue.entries[finding.code].names <= {"question", "path", "place", *finding.values}
        assert finding.question_id == "1.1"
        if "{place}" in catalogue.entries[finding.code].sentence:
            assert finding.sheet
            assert finding.cell


def test_a_table_nobody_began_is_judged_by_no_rule() -> None:
    assert kit.judge() == tables.NO_TABLES
    assert kit.judge(table(())) == tables.NO_TABLES
    assert kit.judge(export((), source=TableSource.EXPORT)) == tables.NO_TABLES


def test_a_suite_is_named_after_a_frame_or_a_table_of_the_instrument_and_its_columns() -> None:
    """A suite of a table that was renamed would never run again."""
    schemas = manifests.instrument_2024().tables
    frames = {name.partition("/")[0] for name in RULES} - set(schemas)
    assert frames == {"sel", "jenis-kelamin", "bagian", "persen", "lonjakan", "wilayah", "sumber", "jumlah", "batasan"}
    for suite, rule in RULES.values():
        schema_ = schemas.get(suite.removeprefix("tabel-"))
        if schema_ is not None:
            keys = {value_key(column.id, part) for column in schema_.columns for part in column.parts}
            assert {str(value) for name, value in rule.kwargs.items() if name.startswith("column")} <= keys
