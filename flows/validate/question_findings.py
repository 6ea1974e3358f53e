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
    seen: set[tuple[str, str]] = set()
    for requirement in result.requirements:
        if requirement.outcome in (Outcome.COMPLETE, Outcome.UNASSESSABLE):
            continue
        code = "missing-evidence" if requirement.reason == "missing" else requirement.reason
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
                values=_values(question, requirement, path, docket),
                points=question.points,
            )


def _paths(result: RequirementResult) -> tuple[str, ...]:
    if result.reason in _PER_FILE:
        return result.paths
    return result.paths[:1] or ("",)


def _values(question: Question, result: RequirementResult, path: str, docket: Docket) -> dict[str, str]:
    """What the words of a finding may name; ``path`` is its file, empty where there is none."""
    paths = (path,) if result.reason in _PER_FILE else result.paths
    years = {year for each in paths for year in docket.files[each].years}
    if result.reason == "one-year-only":  # the years it asks for, not every year the files mention
        years.intersection_update(docket.city.data_years)
    return {
        "agency": docket.source_name(docket.files[path]) if path else docket.lead_name(question),
        "kind": docket.framework.kinds[result.requirement.kind].label,
        "lead": docket.lead_name(question),
        "count": str(result.requirement.count),
        "found": str(len(result.paths)),
        "keywords": ", ".join(question.keywords),
        "years": ", ".join(str(year) for year in sorted(years)) or "–",
        "data_years": listing([str(year) for year in docket.city.data_years]),
    }
