"""From verdicts to an assessment: results per group, points, findings in order, and gaps ranked by what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from flows.model import (
    Answer,
    Assessment,
    Block,
    City,
    Declaration,
    Finding,
    Framework,
    Gap,
    GroupResult,
    Manifest,
    Outcome,
    Points,
    Question,
    QuestionResult,
)
from flows.validate.active import active_findings
from flows.validate.answer_findings import answer_findings
from flows.validate.city_findings import city_findings
from flows.validate.completeness import TABLES, Case, judge_question, judge_requirement
from flows.validate.docket import Docket
from flows.validate.document_claims import claim_findings
from flows.validate.documents import document_findings
from flows.validate.examining import Examine
from flows.validate.expectations import run_suite
from flows.validate.file_rules import judge_files
from flows.validate.form_findings import form_findings
from flows.validate.history_findings import history_findings
from flows.validate.photos import photo_findings
from flows.validate.points import capped_points, question_points, summed_points
from flows.validate.privacy import privacy_findings
from flows.validate.question_findings import question_findings
from flows.validate.redacted_findings import redacted_findings
from flows.validate.tables import NO_TABLES, TableVerdict


@dataclass(frozen=True, slots=True)
class BlockVerdict:
    """What was found about the questions of one block."""

    block_id: str
    questions: tuple[QuestionResult, ...]
    findings: tuple[Finding, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answer that stands, per question."""
    references: Mapping[str, tuple[Declaration, ...]] = field(default_factory=dict)
    """Links named as evidence, per question."""


def judge_block(
    block: Block, city: City, framework: Framework, manifest: Manifest, tables: TableVerdict = NO_TABLES
) -> BlockVerdict:
    """Judge every question of ``block`` by the files cited for it, its answer, and the tables as they were judged."""
    docket = Docket.open(city, framework, manifest)
    results = tuple(_judge(question, docket, tables) for question in block.questions)
    findings = [
        found
        for question, result in zip(block.questions, results, strict=True)
        for found in (
            *question_findings(question, result, docket, tables),
            *document_findings(question, result, docket),
            *answer_findings(question, docket),
        )
    ]
    ids = [question.id for question in block.questions]
    return BlockVerdict(
        block.id,
        results,
        tuple(findings),
        answers={each: docket.answers[each][0] for each in ids if each in docket.answers},
        references={each: docket.references[each] for each in ids if each in docket.references},
    )


def judge_manifest(
    city: City, framework: Framework, manifest: Manifest, examine: Examine = run_suite
) -> tuple[Finding, ...]:
    """Findings that do not hang on one question: files, folders, agencies, roles, forms, claims, photos, the past.

    Args:
        city: The city.
        framework: The instrument.
        manifest: What was gathered.
        examine: Runs the suite over the list of files.
    """
    docket = Docket.open(city, framework, manifest)
    return (
        *judge_files(docket, examine),
        *privacy_findings(docket),
        *active_findings(docket),
        *photo_findings(docket),
        *city_findings(docket),
        *redacted_findings(docket),
        *form_findings(docket),
        *claim_findings(docket),
        *history_findings(docket),
    )


def conclude(
    verdicts: Sequence[BlockVerdict],
    findings: Sequence[Finding],
    city: City,
    framework: Framework,
    tables: TableVerdict = NO_TABLES,
) -> Assessment:
    """Put the verdicts of all blocks, the findings on the manifest and those on tables together.

    Args:
        verdicts: One per block, in the instrument's order.
        findings: Findings on the manifest as a whole.
        city: The city.
        framework: The instrument.
        tables: What was found about its tables.
    """
    results = {result.question_id: result for verdict in verdicts for result in verdict.questions}
    counts = _counts(results, framework)
    indicators = {
        indicator.id: capped_points(indicator.points, [results[question.id].points for question in indicator.questions])
        for indicator in framework.indicators
    }
    blocks = {
        block.id: summed_points([indicators[indicator.id] for indicator in block.indicators])
        for block in framework.blocks
    }
    total = GroupResult("total", counts["all"]["all"], summed_points(list(blocks.values())))
    every = [
        *findings,
        *_untold(tables.findings, findings),
        *(finding for verdict in verdicts for finding in verdict.findings),
    ]
    order = {question.id: number for number, question in enumerate(framework.questions)}
    return Assessment(
        questions=results,
        indicators={key: GroupResult(key, counts["indicator"][key], points) for key, points in indicators.items()},
        blocks={key: GroupResult(key, counts["block"][key], points) for key, points in blocks.items()},
        agencies=_agency_results(results, counts["agency"], city, framework),
        total=total,
        findings=in_order(every, framework),
        gaps=_gaps(results, framework, order),
        answers={key: answer for verdict in verdicts for key, answer in verdict.answers.items()},
        tables=tables.tables,
        references={key: links for verdict in verdicts for key, links in verdict.references.items()},
        table_checks=tables.checks,
    )


def in_order(findings: Sequence[Finding], framework: Framework) -> tuple[Finding, ...]:
    """``findings`` as people read them: heaviest first, then by points, agency, question and place."""
    order = {question.id: number for number, question in enumerate(framework.questions)}
    return tuple(sorted(findings, key=lambda finding: _finding_order(finding, order)))


def _judge(question: Question, docket: Docket, tables: TableVerdict) -> QuestionResult:
    files = docket.cited.get(question.id, ())
    lead = docket.lead(question)
    answer = docket.answer(question.id)
    requirements = tuple(
        judge_requirement(
            Case(
                requirement,
                question,
                docket.city,
                docket.framework,
                files,
                is_closed=docket.is_closed(question),
                answer=answer,
                tables=tables.of_question(question.id),
                awaits_note=lead is not None and lead.id in docket.forms,
                awaits_table=requirement.kind in TABLES and docket.asked_table(question) is not None,
            )
        )
        for requirement in question.requirements
    )
    outcome = judge_question(requirements)
    return QuestionResult(
        question_id=question.id,
        outcome=outcome,
        requirements=requirements,
        paths=tuple(file.path for file in files),
        points=question_points(question, outcome, answer.points if answer else None),
        lead_agency_id=lead.id if lead else "",
    )


def _counts(results: dict[str, QuestionResult], framework: Framework) -> dict[str, dict[str, dict[Outcome, int]]]:
    """How many questions have which outcome, per indicator, block, agency and in all."""
    rows = [
        {
            "indicator": indicator.id,
            "block": block.id,
            "agency": results[question.id].lead_agency_id,
            "all": "all",
            "outcome": results[question.id].outcome.value,
        }
        for block, indicator, question in framework.walk()
    ]
    table = pd.DataFrame(rows)
    counts: dict[str, dict[str, dict[Outcome, int]]] = {}
    for level in ("indicator", "block", "agency", "all"):
        cross = pd.crosstab(table[level], table["outcome"]).reindex(
            columns=[each.value for each in Outcome], fill_value=0
        )
        counts[level] = {
            str(key): {Outcome(str(outcome)): int(count) for outcome, count in row.items()}
            for key, row in cross.to_dict(orient="index").items()
        }
    return counts


def _agency_results(
    results: dict[str, QuestionResult],
    counts: dict[str, dict[Outcome, int]],
    city: City,
    framework: Framework,
) -> dict[str, GroupResult]:
    """Results per agency that owes questions, in the city's order; each indicator's maximum caps its share."""
    shares: dict[str, list[Points]] = {}
    for indicator in framework.indicators:
        owed: dict[str, list[Points]] = {}
        for question in indicator.questions:
            owed.setdefault(results[question.id].lead_agency_id, []).append(results[question.id].points)
        for agency_id, points in owed.items():
            maximum = min(indicator.points, sum(each.maximum for each in points))
            shares.setdefault(agency_id, []).append(capped_points(maximum, points))
    order = [agency.id for agency in city.agencies if agency.id in shares] + ([""] if "" in shares else [])
    return {
        agency_id: GroupResult(agency_id, counts[agency_id], summed_points(shares[agency_id])) for agency_id in order
    }


def _gaps(results: dict[str, QuestionResult], framework: Framework, order: dict[str, int]) -> tuple[Gap, ...]:
    gaps = [
        Gap(
            question_id=question.id,
            agency_id=results[question.id].lead_agency_id,
            outcome=results[question.id].outcome,
            points=question.points,
            reasons=tuple(dict.fromkeys(each.reason for each in results[question.id].requirements if each.reason)),
        )
        for question in framework.questions
        if results[question.id].outcome is not Outcome.COMPLETE
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, order[gap.question_id])))


def _untold(findings: Sequence[Finding], told: Sequence[Finding]) -> list[Finding]:
    """Those of ``findings`` that say something new: reading a form may have noticed the same about a cell before."""
    known = {(each.code, each.path, each.sheet, each.cell) for each in told if each.cell}
    return [each for each in findings if (each.code, each.path, each.sheet, each.cell) not in known]


def _finding_order(finding: Finding, order: dict[str, int]) -> tuple[object, ...]:
    return (
        -finding.severity,
        -finding.points,
        finding.agency_id,
        order.get(finding.question_id, len(order)),
        finding.path,
        finding.code,
        finding.sheet,
        _cell_order(finding.cell),
    )


def _cell_order(cell: str) -> tuple[int, int, str]:
    """Row by row, ``B9`` before ``A10`` and ``Z9`` before ``AA9``."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters
