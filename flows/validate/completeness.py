"""Completeness: which requirement is filled by which files, notes and tables, and what that means for its question.

A file fills a requirement only when its kind was recognised from its content (or declared); a name alone never proves.
Everything short of that keeps the question at best at PERINGATAN, and a file that cannot be read makes it TIDAK DAPAT
DINILAI, never KURANG (contract: product design, "What a proof is" and "Which file answers what").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flows.model import (
    Answer,
    City,
    EvidenceFile,
    Framework,
    Media,
    Outcome,
    Period,
    Question,
    Requirement,
    RequirementResult,
    Signed,
    StandingTable,
    Years,
)
from flows.validate.levels import highest_first

SUPPORTING = "dokumen"
"""The open kind "dokumen pendukung"."""
NARRATIVE = "narasi"
"""The note of an answer; a report may stand for it and still support the question."""

TABLES = frozenset({"matriks", "data"})
"""Kinds that a table of a form may stand for."""
NOTE_CHARS, NOTE_WORDS = 20, 3
"""A note that is shorter explains nothing."""

_SIGNED = (Signed.BY_HAND, Signed.ELECTRONIC)
_WORST_FIRST = (Outcome.LACKING, Outcome.UNASSESSABLE, Outcome.WARNING, Outcome.COMPLETE)


@dataclass(frozen=True, slots=True)
class TableProof:
    """A table that holds something for a question, and how far it proves it."""

    table: StandingTable
    outcome: Outcome
    fault: str = ""
    """File in which the first fault lies; empty where there is none or it lies in no file."""


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
    answer: Answer | None = None
    """The answer that stands."""
    tables: tuple[TableProof, ...] = ()
    """Tables that hold something for the question, with how far they do."""
    awaits_note: bool = False
    """The agency that owes the question has handed in its form, so that an empty note is an omission there."""
    awaits_table: bool = False
    """As ``awaits_note``, of a table that the form asks for this question."""

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
        """Files recognised or declared as a fitting kind."""
        return tuple(file for file in self.files if self.accepts.intersection((*file.kinds, *file.declared_kinds)))

    @property
    def uncertain(self) -> tuple[EvidenceFile, ...]:
        """Files that may be of a fitting kind: nothing recognised, a hint in the name, or a picture of a paper."""
        return tuple(file for file in self.files if self._may_fit(file))

    def _may_fit(self, file: EvidenceFile) -> bool:
        hinted = bool(self.accepts.intersection(file.named_kinds))
        return (
            hinted or not (file.kinds or file.declared_kinds) or (file.media is Media.IMAGE and not file.declared_kinds)
        )

    def is_contradicted(self, file: EvidenceFile) -> bool:
        """Whether ``file`` fits only by what its agency says, while its content was recognised as something else.

        What a file is by its nature, a photo or a workbook, contradicts nothing: a decree may be photographed.
        """
        if self.accepts.intersection(file.kinds):
            return False
        kinds = self.framework.kinds
        return any(file.media not in kinds[kind].media for kind in file.kinds)

    def in_data_years(self, files: Sequence[EvidenceFile]) -> tuple[EvidenceFile, ...]:
        """Those of ``files`` that speak of a data year."""
        return tuple(file for file in files if set(file.years).intersection(self.city.data_years))


def judge_requirement(case: Case) -> RequirementResult:
    """How far the requirement is filled: by files, by the note of the answer, or by a table.

    Returns:
        The outcome, the files it rests on (a form among them) and a reason code where it is not complete.
    """
    found = _by_files(case)
    if case.requirement.kind == NARRATIVE:
        return _by_note(case, found)
    if case.requirement.kind in TABLES:
        return _by_tables(case, found)
    return found


def best_table(tables: Sequence[TableProof]) -> TableProof:
    """The one of several tables that proves a question best, the first of equals."""
    return max(tables, key=lambda each: _WORST_FIRST.index(each.outcome))


def judge_question(results: Sequence[RequirementResult]) -> Outcome:
    """The outcome of a question from those of its requirements: the worst one."""
    outcomes = {result.outcome for result in results}
    return next(outcome for outcome in _WORST_FIRST if outcome in outcomes)


def _by_files(case: Case) -> RequirementResult:
    fitting = case.fitting
    if not fitting:
        return _without_fitting(case)
    for check in _CHECKS:
        shortfall = check(case, fitting)
        if shortfall is not None:
            reason, files = shortfall
            return _result(case, Outcome.WARNING, files, reason)
    return _result(case, Outcome.COMPLETE, highest_first(_counting(case, fitting), case.framework.kinds), "")


def _by_note(case: Case, found: RequirementResult) -> RequirementResult:
    """A note of the answer that explains something fills the requirement; a file may do so in its place."""
    note = case.answer.note if case.answer else ""
    if case.answer is not None and note.strip():
        paths = (case.answer.place.path,)
        if len(note.strip()) >= NOTE_CHARS and len(note.split()) >= NOTE_WORDS:
            return RequirementResult(case.requirement, Outcome.COMPLETE, paths)
        if found.outcome is not Outcome.COMPLETE:
            return RequirementResult(case.requirement, Outcome.WARNING, paths, "note-too-short")
    if found.reason == "missing" and case.awaits_note:
        return RequirementResult(case.requirement, Outcome.LACKING, (), "note-missing")
    return found


def _by_tables(case: Case, found: RequirementResult) -> RequirementResult:
    """The better of what the files and the tables prove; files on a par only where they prove it all."""
    if found.outcome is Outcome.COMPLETE:
        return found
    if not case.tables:
        is_awaited = found.reason == "missing" and case.awaits_table
        return replace(found, reason="table-missing") if is_awaited else found
    best = best_table(case.tables)
    sources = [source.path for source in best.table.sources]
    paths = tuple(dict.fromkeys([*filter(None, [best.fault]), *sources]))
    if best.outcome is Outcome.COMPLETE:
        return RequirementResult(case.requirement, Outcome.COMPLETE, paths)
    reason = "table-incomplete" if best.outcome is Outcome.LACKING else "table-findings"
    return RequirementResult(case.requirement, Outcome.WARNING, paths, reason)


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


def _check_kind(case: Case, fitting: tuple[EvidenceFile, ...]) -> _Shortfall:
    good = _counting(case, fitting)
    return ("kind-contradicted", good) if good and all(case.is_contradicted(file) for file in good) else None


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
    if not case.requirement.signed or any(file.has_signature or file.signed in _SIGNED for file in good):
        return None
    unsigned = tuple(file for file in good if file.signed is Signed.NO)
    return ("signature-absent", unsigned) if unsigned else ("signature-unconfirmed", good)


_CHECKS: tuple[Callable[[Case, tuple[EvidenceFile, ...]], _Shortfall], ...] = (
    _check_years,
    _check_kind,
    _check_count,
    _check_topic,
    _check_supplier,
    _check_signature,
)
