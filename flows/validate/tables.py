"""Tables as they stand and what suites say of them: judged once for the whole city, used by every block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.findings import Catalogue, load_catalogue
from flows.model import (
    City,
    Finding,
    Framework,
    GatheredTable,
    Manifest,
    Outcome,
    StandingTable,
    TableCheck,
)
from flows.recent import Recent
from flows.settings import validations_root
from flows.validate import area_frames, frames
from flows.validate.completeness import TableProof
from flows.validate.examining import Examine
from flows.validate.expectations import Checked, Suite, load_suite, run_suite
from flows.validate.frames import Frame
from flows.validate.merging import Merged, merge
from flows.validate.standing import holds, settle_fractions, stand, without_strangers
from flows.validate.table_findings import Failed, aimed, describe, differences, outcome_of

_WORST_FIRST = (Outcome.LACKING, Outcome.WARNING, Outcome.COMPLETE)


@dataclass(frozen=True, slots=True)
class TableVerdict:
    """What was found about all tables."""

    tables: Mapping[str, StandingTable] = field(default_factory=dict)
    """By schema id, in the instrument's order; a schema nobody has filled is absent."""
    outcomes: Mapping[tuple[str, str], Outcome] = field(default_factory=dict)
    """How far a table (its schema's id) proves a question it holds something for."""
    faults: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Path of the file in which the first fault lies that keeps a table from proving a question."""
    findings: tuple[Finding, ...] = ()
    checks: tuple[TableCheck, ...] = ()

    def of_question(self, question_id: str) -> tuple[TableProof, ...]:
        """Tables that hold something for a question, each with how far it proves it."""
        return tuple(
            TableProof(table, self.outcomes[schema_id, question_id], self.faults.get((schema_id, question_id), ""))
            for schema_id, table in self.tables.items()
            if (schema_id, question_id) in self.outcomes
        )


NO_TABLES = TableVerdict()
_JUDGED: Recent[TableVerdict] = Recent(2, __name__)
"""Verdicts on all tables of a city: a run in which none of them has changed need not go through them again."""


def judge_tables(city: City, framework: Framework, manifest: Manifest, examine: Examine = run_suite) -> TableVerdict:
    """Merge everything gathered into one table per schema, and run every suite of ``validations/suites/tabel-*``.

    Args:
        city: The city.
        framework: The instrument.
        manifest: What was gathered.
        examine: Runs the suites.

    Raises:
        RulesError: a suite has mistakes or cannot be evaluated.
    """
    given = (city, dict(framework.tables), manifest.tables, _rules())
    return _JUDGED.value(*given, make=lambda: _judged(city, framework, manifest, examine))


def _rules() -> tuple[bytes, ...]:
    """Everything that may be said of tables, and when."""
    root = validations_root()
    return tuple(
        path.read_bytes() for path in (root / "findings.yaml", *sorted((root / "suites").glob("tabel-*.yaml")))
    )


def _judged(city: City, framework: Framework, manifest: Manifest, examine: Examine) -> TableVerdict:
    tables = _merged(city, framework, manifest.tables)
    if not tables:
        return NO_TABLES
    catalogue = load_catalogue()
    failures: list[Failed] = []
    checks: list[TableCheck] = []
    for frame in _frames(tables, city):
        suite = load_suite(frame.suite)
        for checked in examine(frame.table, suite):
            failures += _failed(frame, checked, catalogue)
            checks += _checks(frame, suite, checked)
    for table in tables:
        failures += differences(table)
    outcomes = _outcomes(tables, failures, city)
    faults = _faults(failures)
    standing = {table.schema.id: stand(table, outcomes[table.schema.id, ""]) for table in tables}
    held = {(schema, question): each for (schema, question), each in outcomes.items() if question}
    return TableVerdict(standing, held, faults, describe(failures, catalogue), tuple(checks))


def _merged(city: City, framework: Framework, gathered: Sequence[GatheredTable]) -> tuple[Merged, ...]:
    found: dict[str, list[GatheredTable]] = {}
    for table in gathered:
        if table.rows:
            found.setdefault(table.schema_id, []).append(table)
    schemas = [schema for schema in framework.tables.values() if schema.id in found]
    merged = (settle_fractions(without_strangers(merge(schema, found[schema.id], city))) for schema in schemas)
    return tuple(table for table in merged if table.rows)


def _frames(tables: Sequence[Merged], city: City) -> Iterator[Frame]:
    yield frames.cell_frame(tables)
    yield frames.sex_frame(tables)
    yield frames.part_frame(tables)
    yield frames.percent_frame(tables)
    yield frames.jump_frame(tables, city)
    yield area_frames.row_frame(tables, city)
    yield area_frames.source_frame(tables, city)
    yield area_frames.total_frame(tables)
    yield area_frames.definition_frame(tables)
    for table in tables:
        if (validations_root() / "suites" / f"tabel-{table.schema.id}.yaml").is_file():
            yield frames.wide_frame(table)


def _failed(frame: Frame, checked: Checked, catalogue: Catalogue) -> Iterator[Failed]:
    outcome = outcome_of(checked.rule, catalogue)
    for row in checked.failed:
        spot = frame.spots[row]
        yield Failed(checked.rule.finding, aimed(spot, checked.rule) if frame.is_wide else spot, outcome)


def _checks(frame: Frame, suite: Suite, checked: Checked) -> Iterator[TableCheck]:
    looked = Counter(frame.table.loc[list(checked.looked), "table"]) if checked.looked else Counter()
    for schema_id, count in looked.items():
        places = tuple(spot.place for row in checked.failed if (spot := frame.spots[row]).table.schema.id == schema_id)
        yield TableCheck(str(schema_id), suite.name, checked.rule.type, checked.rule.finding, count, places)


def _faults(failures: Iterable[Failed]) -> dict[tuple[str, str], str]:
    """Schema and question → the file of the first failure that weighs."""
    found: dict[tuple[str, str], str] = {}
    for failed in failures:
        for question_id in failed.questions if failed.outcome is not None else ():
            found.setdefault((failed.spot.table.schema.id, question_id), failed.spot.place.path)
    return found


def _outcomes(tables: Sequence[Merged], failures: Iterable[Failed], city: City) -> dict[tuple[str, str], Outcome]:
    """Outcome per table and question it holds something for; under an empty question that of the whole table."""
    worst: dict[tuple[str, str], Outcome] = {}
    for table in tables:
        lacks = any(True for _ in area_frames.missing_segments(table, city))
        worst[table.schema.id, ""] = Outcome.LACKING if lacks else Outcome.COMPLETE
        for question_id in table.schema.questions:
            if holds(table, question_id):
                worst[table.schema.id, question_id] = Outcome.COMPLETE
    for failed in failures:
        if failed.outcome is None:
            continue
        for question_id in ("", *failed.questions):
            key = (failed.spot.table.schema.id, question_id)
            if key in worst:
                worst[key] = min(worst[key], failed.outcome, key=_WORST_FIRST.index)
    return worst
