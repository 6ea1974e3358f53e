"""Findings on questions: each requirement that is not complete, with the values its words need."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.model import Finding, Outcome, Question, QuestionResult, RequirementResult
from flows.validate.completeness import best_table
from flows.validate.docket import Docket
from flows.validate.tables import TableVerdict
from flows.wording import NO_VALUE, listing

_PER_FILE = frozenset(
    {
        "kind-uncertain",
        "topic-uncertain",
        "wrong-year",
        "year-uncertain",
        "unlisted-supplier",
        "kind-contradicted",
        "signature-absent",
    }
)
"""Reasons that concern single files and are found once per file; the others concern the requirement."""


_ON_TABLES = frozenset({"table-incomplete", "table-findings"})
_NOT_OPENED = "not-opened"
"""Detail of files whose format is known to be harmless and is not read."""


def question_findings(
    question: Question, result: QuestionResult, docket: Docket, tables: TableVerdict
) -> Iterator[Finding]:
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
            agency_id = docket.files[path].agency_id if path in docket.files else result.lead_agency_id
            yield Finding(
                code=code,
                severity=docket.catalogue.severity(code),
                agency_id=agency_id,
                question_id=question.id,
                path=path,
                values=_values(question, requirement, path, docket) | _table(requirement, question, docket, tables),
                points=question.points,
            )


def _paths(result: RequirementResult) -> tuple[str, ...]:
    if result.reason in _PER_FILE:
        return result.paths
    return result.paths[:1] or ("",)


def _values(question: Question, result: RequirementResult, path: str, docket: Docket) -> dict[str, str]:
    """What the words of a finding may name; ``path`` is its file, empty where there is none."""
    file = docket.files.get(path)
    values = {
        "agency": docket.source_name(file) if file else docket.lead_name(question),
        "kind": docket.kind_named(result.requirement.kind),
        "asked": f" ({note.rstrip('.')})" if (note := result.requirement.note) else "",
        "lead": docket.lead_name(question),
        "count": str(result.requirement.count),
        "found": str(len(result.paths)),
        "keywords": ", ".join(question.keywords),
        "years": _years(result, path, docket),
        "data_years": listing([str(year) for year in docket.city.data_years]),
    }
    more = _MORE_VALUES.get(result.reason)
    return values | more(question, path, docket) if more else values


def _years(result: RequirementResult, path: str, docket: Docket) -> str:
    paths = (path,) if result.reason in _PER_FILE else result.paths
    years = {year for each in paths if each in docket.files for year in docket.files[each].years}
    if result.reason == "one-year-only":  # the years it asks for, not every year the files mention
        years.intersection_update(docket.city.data_years)
    return ", ".join(str(year) for year in sorted(years)) or NO_VALUE


def _contradicted(_: Question, path: str, docket: Docket) -> dict[str, str]:
    file = docket.files[path]
    return {
        "kind": listing([docket.kind_named(each) for each in file.declared_kinds]),
        "found_kind": listing([docket.kind_named(each) for each in file.kinds]),
    }


def _note(question: Question, _: str, docket: Docket) -> dict[str, str]:
    answer = docket.answer(question.id)
    return {"value": answer.note.strip() if answer else ""}


def _asked_table(question: Question, _: str, docket: Docket) -> dict[str, str]:
    asked = docket.asked_table(question)
    return {"sheet_name": asked[0].sheet, "agency": asked[1].name} if asked else {}


def _table(result: RequirementResult, question: Question, docket: Docket, tables: TableVerdict) -> dict[str, str]:
    """Title of the table that a requirement rests on; of several the one it was judged by."""
    if result.reason not in _ON_TABLES:
        return {}
    schema_id = best_table(tables.of_question(question.id)).table.schema_id
    return {"table": docket.framework.tables[schema_id].title}


def _not_opened(_: Question, path: str, docket: Docket) -> dict[str, str]:
    """Looking at a file of a format that nobody here reads changes nothing: another repair helps."""
    remedy = docket.catalogue.remedies.get(_NOT_OPENED)
    is_closed = path in docket.files and docket.files[path].detail == _NOT_OPENED
    return {"remedy": remedy} if remedy and is_closed else {}


_MORE_VALUES: dict[str, Callable[[Question, str, Docket], dict[str, str]]] = {
    "kind-contradicted": _contradicted,
    "kind-uncertain": _not_opened,
    "note-too-short": _note,
    "table-missing": _asked_table,
}
