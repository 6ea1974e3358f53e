"""Completeness: which requirement is filled by which files, and what that means for its question.

A file fills a requirement only when its kind was recognised from its content (or declared); a name alone never proves.
Everything short of that keeps the question at best at PERINGATAN, and a file that cannot be read makes it TIDAK DAPAT
DINILAI, never KURANG (contract: product design, "What a proof is" and "Which file answers what").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.model import (
    City,
    EvidenceFile,
    Framework,
    Media,
    Outcome,
    Period,
    Question,
    Requirement,
    RequirementResult,
    Years,
)

SUPPORTING = "dokumen"
"""The open kind "dokumen pendukung"."""
NARRATIVE = "narasi"
"""The note of an answer; a report may stand for it and still support the question."""

_WORST_FIRST = (Outcome.LACKING, Outcome.UNASSESSABLE, Outcome.WARNING, Outcome.COMPLETE)


@dataclass(frozen=True, slots=True)
class Case:
    """One requirement with the files cited for its question: what a check looks at."""

    requirement: Requirement
    question: Question
    city: City
    framework: Framework
    cited: tuple[EvidenceFile, ...]
    is_closed: bool = False
    """A folder that may hold the evidence could not be opened."""

    @property
    def files(self) -> tuple[EvidenceFile, ...]:
        """Cited files that could be read."""
        return tuple(file for file in self.cited if file.condition.is_readable)

    @property
    def unreadable(self) -> tuple[EvidenceFile, ...]:
        """Cited files that could not be read."""
        return tuple(file for file in self.cited if not file.condition.is_readable)

    @property
    def accepts(self) -> frozenset[str]:
        """Kinds that satisfy the requirement.

        A supporting document stands *beside* the matrix or SK that the question asks for as well: what such a
        requirement of the same question takes does not fill this one too, or one file would prove a question twice.
        """
        accepted = frozenset(self.framework.kinds[self.requirement.kind].accepts)
        if self.requirement.kind != SUPPORTING:
            return accepted
        others = {each.kind for each in self.question.requirements} - {SUPPORTING, NARRATIVE}
        return accepted.difference(*(self.framework.kinds[kind].accepts for kind in others))

    @property
    def fitting(self) -> tuple[EvidenceFile, ...]:
        """Files recognised as a fitting kind."""
        return tuple(file for file in self.files if self.accepts.intersection(file.kinds))

    @property
    def uncertain(self) -> tuple[EvidenceFile, ...]:
        """Files that may be of a fitting kind: nothing recognised, a hint in the name, or a picture of a paper."""
        return tuple(file for file in self.files if self._may_fit(file))

    def _may_fit(self, file: EvidenceFile) -> bool:
        hinted = bool(self.accepts.intersection(file.named_kinds))
        return not file.kinds or hinted or file.media is Media.IMAGE

    def in_data_years(self, files: Sequence[EvidenceFile]) -> tuple[EvidenceFile, ...]:
        """Those of ``files`` that speak of a data year."""
        return tuple(file for file in files if set(file.years).intersection(self.city.data_years))


def judge_requirement(case: Case) -> RequirementResult:
    """How far the requirement is filled.

    Returns:
        The outcome, the files it rests on and a reason code where it is not complete.
    """
    fitting = case.fitting
    if not fitting:
        return _without_fitting(case)
    for check in _CHECKS:
        shortfall = check(case, fitting)
        if shortfall is not None:
            reason, files = shortfall
            return _result(case, Outcome.WARNING, files, reason)
    return _result(case, Outcome.COMPLETE, _counting(case, fitting), "")


def judge_question(results: Sequence[RequirementResult]) -> Outcome:
    """The outcome of a question from those of its requirements: the worst one."""
    outcomes = {result.outcome for result in results}
    return next(outcome for outcome in _WORST_FIRST if outcome in outcomes)


def _without_fitting(case: Case) -> RequirementResult:
    if case.uncertain:
        return _result(case, Outcome.WARNING, case.uncertain, "kind-uncertain")
    if case.unreadable:
        return _result(case, Outcome.UNASSESSABLE, case.unreadable, "unreadable")
    if case.is_closed:
        return _result(case, Outcome.UNASSESSABLE, (), "folder-closed")
    return _result(case, Outcome.LACKING, (), "missing")


def _result(case: Case, outcome: Outcome, files: Sequence[EvidenceFile], reason: str) -> RequirementResult:
    return RequirementResult(case.requirement, outcome, tuple(file.path for file in files), reason)


_Shortfall = tuple[str, tuple[EvidenceFile, ...]] | None


def _counting(case: Case, fitting: tuple[EvidenceFile, ...]) -> tuple[EvidenceFile, ...]:
    """Fitting files that speak of the right time."""
    return case.in_data_years(fitting) if case.requirement.period is Period.DATA_YEARS else fitting


def _check_years(case: Case, fitting: tuple[EvidenceFile, ...]) -> _Shortfall:
    if case.requirement.period is not Period.DATA_YEARS:
        return None
    good = case.in_data_years(fitting)
    if not good:
        undated = tuple(file for file in fitting if not file.years)
        return ("year-uncertain", undated) if undated else ("wrong-year", fitting)
    seen = {year for file in good for year in file.years}
    if case.requirement.years is Years.BOTH and not seen.issuperset(case.city.data_years):
        return "one-year-only", good
    return None


def _check_count(case: Case, fitting: tuple[EvidenceFile, ...]) -> _Shortfall:
    good = _counting(case, fitting)
    return ("too-few", good) if len(good) < case.requirement.count else None


def _check_topic(case: Case, fitting: tuple[EvidenceFile, ...]) -> _Shortfall:
    good, wanted = _counting(case, fitting), set(case.question.keywords)
    legal_kinds = {kind.id for kind in case.framework.kinds.values() if kind.is_legal}
    legal = [file for file in good if legal_kinds.intersection(file.kinds)]
    if not wanted or len(legal) < len(good):
        return None
    if any(wanted.intersection(file.keywords) for file in legal):
        return None
    return "topic-uncertain", good


def _check_supplier(case: Case, fitting: tuple[EvidenceFile, ...]) -> _Shortfall:
    good = _counting(case, fitting)
    listed = {*case.question.suppliers, case.city.lead_role(case.question)}
    roles = {agency.id: set(agency.roles) for agency in case.city.agencies}
    if any(listed.intersection(roles.get(file.agency_id, set())) for file in good):
        return None
    return "unlisted-supplier", good


def _check_signature(case: Case, fitting: tuple[EvidenceFile, ...]) -> _Shortfall:
    good = _counting(case, fitting)
    if not case.requirement.signed or any(file.has_signature for file in good):
        return None
    return "signature-unconfirmed", good


_CHECKS: tuple[Callable[[Case, tuple[EvidenceFile, ...]], _Shortfall], ...] = (
    _check_years,
    _check_count,
    _check_topic,
    _check_supplier,
    _check_signature,
)
