"""Documents against what a question asks of them: their date, their term, their rank. Nothing is opened here.

What a document says of itself was read by a program from foreign text, so each check speaks only where the document
does, stays silent as soon as another file may be the right one, and is advice.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.model import EvidenceFile, EvidenceKind, Finding, Period, Question, QuestionResult, RequirementResult
from flows.validate.docket import Docket
from flows.validate.levels import Kinds, highest_first, is_named, level_of, ranked_kinds
from flows.wording import listing, long_iso_date

_REPORTING = frozenset({"", "laporan", "data", "matriks", "profil", "anggaran", "narasi", "rencana", "kie"})
"""Kinds that speak of a year after it has ended; what records an event is dated on its day."""
_YEARS_SAID = frozenset({"wrong-year", "year-uncertain"})


def document_findings(question: Question, result: QuestionResult, docket: Docket) -> Iterator[Finding]:
    """Findings on the documents that prove one question, each file once per code."""
    seen: set[tuple[str, str]] = set()
    for requirement in result.requirements:
        for found in (*_outside_years(question, requirement, docket), *_not_in_force(question, requirement, docket)):
            if (found.code, found.path) not in seen:
                seen.add((found.code, found.path))
                yield found
    yield from _lower_level(question, docket)


def _outside_years(question: Question, result: RequirementResult, docket: Docket) -> Iterator[Finding]:
    """Documents dated outside the years whose data are asked for, where the rest is not enough."""
    if result.requirement.period is not Period.DATA_YEARS or result.reason in _YEARS_SAID:
        return
    years = docket.city.data_years
    files = [file for file in _files(result, docket) if set(file.years).intersection(years)]
    outside = [file for file in files if _is_outside(file, docket)]
    if len(files) - len(outside) >= result.requirement.count:
        return
    for file in outside:
        yield _finding("document-outside-years", question, file, docket, found=long_iso_date(_date(file)))


def _is_outside(file: EvidenceFile, docket: Docket) -> bool:
    date = _date(file)
    if not date:
        return False
    first, last = docket.city.data_years
    kind = file.document.kind if file.document else ""
    return not first <= int(date[:4]) <= (docket.city.evaluation_year if kind in _REPORTING else last)


def _not_in_force(question: Question, result: RequirementResult, docket: Docket) -> Iterator[Finding]:
    """Documents whose term ended before the data years, or that came after the evaluation, where no other is left."""
    if result.requirement.period is not Period.IN_FORCE:
        return
    files = _files(result, docket)
    stale = [(file, why) for file in files if (why := _why_not_in_force(file, docket))]
    if len(files) - len(stale) >= result.requirement.count:
        return
    kind = docket.kind_named(result.requirement.kind)
    for file, why in stale:
        yield _finding("document-not-in-force", question, file, docket, found=why, kind=kind)


def _why_not_in_force(file: EvidenceFile, docket: Docket) -> str:
    document = file.document
    if document is None:
        return ""
    if document.in_force and document.in_force[1] < docket.city.data_years[0]:
        return docket.catalogue.phrases["ended"].format(year=document.in_force[1])
    year = int(document.date[:4]) if document.date else document.year
    if year is not None and year > docket.city.evaluation_year:
        return docket.catalogue.phrases["later"].format(year=year)
    return ""


def _lower_level(question: Question, docket: Docket) -> Iterator[Finding]:
    """The best legal product that is there, where the answer or the question names a higher one."""
    kinds = docket.framework.kinds
    files = [file for file in docket.cited.get(question.id, ()) if file.condition.is_readable]
    wanted = _wanted(question, docket)
    if wanted is None or any(_may_be(file, wanted, kinds) for file in files):
        return
    legal = [file for file in files if level_of(file, kinds)]
    if legal:
        best = highest_first(legal, kinds)[0]
        label = ranked_kinds(best, kinds)[0].label
        yield _finding("legal-level-lower", question, best, docket, kind=wanted.label, found_kind=label)


def _wanted(question: Question, docket: Docket) -> EvidenceKind | None:
    """The lowest rank that satisfies the answer that stands, else the question; None where neither names one."""
    ranked = [kind for kind in docket.framework.kinds.values() if kind.level]
    answer = docket.answer(question.id)
    choice = answer.choice if answer else ""
    named = [kind for kind in ranked if is_named(kind, choice)]
    is_asked_by_answer = any(is_named(kind, option) for kind in ranked for option in question.answer.options)
    if choice and (named or is_asked_by_answer):
        return min(named, key=lambda kind: kind.level, default=None)
    asked = [kind for kind in ranked if any(each.kind == kind.id for each in question.requirements)]
    return min(asked, key=lambda kind: kind.level, default=None)


def _may_be(file: EvidenceFile, wanted: EvidenceKind, kinds: Kinds) -> bool:
    """Whether ``file`` is of the wanted rank, is said to be, or is a scan of something nobody can tell."""
    said = [kinds[kind].level for kind in (*file.kinds, *file.declared_kinds) if kind in kinds]
    return not file.kinds or any(level >= wanted.level for level in said)


def _files(result: RequirementResult, docket: Docket) -> list[EvidenceFile]:
    return [docket.files[path] for path in result.paths if path in docket.files]


def _date(file: EvidenceFile) -> str:
    return file.document.date if file.document else ""


def _finding(code: str, question: Question, file: EvidenceFile, docket: Docket, **values: str) -> Finding:
    years = listing([str(year) for year in docket.city.data_years])
    return Finding(
        code=code,
        severity=docket.catalogue.severity(code),
        agency_id=file.agency_id,
        question_id=question.id,
        path=file.path,
        values={"data_years": years, **values},
        points=question.points,
    )
