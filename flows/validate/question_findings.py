"""Findings on questions: each requirement that is not complete, with the values its words need."""

from __future__ import annotations

from collections.abc import Iterator

from flows.model import Finding, Outcome, Question, QuestionResult, RequirementResult
from flows.validate.docket import Docket
from flows.wording import listing

_PER_FILE = frozenset({"kind-uncertain", "topic-uncertain", "wrong-year", "year-uncertain", "unlisted-supplier"})
"""Reasons that concern single files and are found once per file; the others concern the requirement."""


def question_findings(question: Question, result: QuestionResult, docket: Docket) -> Iterator[Finding]:
    """Findings on one question, in the order of its requirements.

    A file nobody can read is a finding of its own (``file_rules``): once per file, not once per question.
    """
    names = {agency.id: agency.name for agency in docket.city.agencies}
    seen: set[tuple[str, str]] = set()
    for requirement in result.requirements:
        if requirement.outcome in (Outcome.COMPLETE, Outcome.UNASSESSABLE):
            continue
        code = "missing-evidence" if requirement.reason == "missing" else requirement.reason
        values = _values(question, requirement, docket)
        for path in _paths(requirement):
            if path and (code, path) in seen:
                continue
            seen.add((code, path))
            agency_id = docket.files[path].agency_id if path else result.lead_agency_id
            yield Finding(
                code=code,
                severity=docket.catalogue.severity(code),
                agency_id=agency_id,
                question_id=question.id,
                path=path,
                values=values | {"agency": names.get(agency_id, docket.lead_name(question))},
                points=question.points,
            )


def _paths(result: RequirementResult) -> tuple[str, ...]:
    if result.reason in _PER_FILE:
        return result.paths
    return result.paths[:1] or ("",)


def _values(question: Question, result: RequirementResult, docket: Docket) -> dict[str, str]:
    years = sorted({year for path in result.paths for year in docket.files[path].years})
    return {
        "kind": docket.framework.kinds[result.requirement.kind].label,
        "lead": docket.lead_name(question),
        "count": str(result.requirement.count),
        "found": str(len(result.paths)),
        "keywords": ", ".join(question.keywords),
        "years": ", ".join(str(year) for year in years) or "–",
        "data_years": listing([str(year) for year in docket.city.data_years]),
    }
