"""What the templates of the control report print: gaps, late agencies, findings and files nobody cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows import wording
from flows.forms.layout import IDENTITY_SHEET
from flows.model import (
    PARTLY,
    PRIVACY_CODES,
    UNASSESSABLE,
    Condition,
    EvidenceFile,
    Finding,
    FolderNote,
    Gap,
    GroupResult,
    Indicator,
    Media,
    Outcome,
    Override,
    Role,
    Severity,
)
from flows.render.charts import Chart, Row, stacked
from flows.render.control_forms import FormState, form_state
from flows.render.evidence import Evidence
from flows.render.words import Catalogue

SHADES = ("gelap", "sedang", "terang", "kosong")
"""Fills of the four outcomes, from complete to unassessable."""
_OWN_FILES = (Media.FORM, Media.GUIDE, Media.SYSTEM, Media.OWN)
"""Files that are the program's own or the system's: never missing a citation."""
_LOOK_YOURSELF = (UNASSESSABLE, PARTLY)


@dataclass(frozen=True, slots=True)
class GapView:
    """A question that is not complete, as a row."""

    place: int
    question_id: str
    title: str
    agency: str
    outcome: Outcome
    points: float
    reasons: tuple[str, ...]
    agency_id: str = ""


@dataclass(frozen=True, slots=True)
class LateView:
    """An agency that owes something."""

    name: str
    open_questions: int
    questions: int
    points: float
    """Points of its open questions."""
    required: int
    """Findings that must be repaired."""
    files: int
    """Files of evidence it handed in so far; its form is told apart."""
    form: FormState | None
    """State of its form; None in a city where no form has come back yet."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as a row."""

    severity: str
    question_id: str
    title: str
    sentence: str
    repair: str
    path: str
    """Empty where the sentence names it."""
    place: str
    """Sheet and cell in words; empty where the sentence names them or nobody sees the sheet."""
    id: str = ""
    """Number it is lifted by; of findings that block, or would."""
    lifted: str = ""
    """Who has lifted it, when and why; empty where nobody has."""


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """What is known about personal data in a run."""

    is_passed: bool
    """Whether pages have lost DRAF – INTERNAL."""
    files: int
    """Files looked through, in whole or in part."""
    partly: int
    """Those of them looked through in part."""
    unread: int
    """Files that no program could look through."""
    unseen: int
    """Files that could be looked through and were not."""
    blocking: tuple[FindingView, ...]
    holding: tuple[FindingView, ...]
    """What holds a file back until somebody decides, and does not block."""
    lifted: tuple[FindingView, ...]
    advice: tuple[FindingView, ...]
    """What only a person can look through."""
    lapsed: tuple[Override, ...]
    """What was lifted before and lifts nothing any more."""


def privacy_view(evidence: Evidence, catalogue: Catalogue) -> PrivacyView:
    """The part on personal data: what blocks, what was lifted, what is advice."""
    assessment = evidence.assessment
    about = [each for each in assessment.findings if each.code in PRIVACY_CODES]
    lifted = [each for each in assessment.findings if each.lifted is not None]
    return PrivacyView(
        is_passed=assessment.privacy_checked,
        files=assessment.privacy.whole + assessment.privacy.partly,
        partly=assessment.privacy.partly,
        unread=sum(assessment.privacy.unassessable.values()),
        unseen=assessment.privacy.unseen,
        blocking=tuple(finding_view(each, catalogue) for each in about if each.blocks),
        holding=tuple(finding_view(each, catalogue) for each in about if each.holds and not each.blocks),
        lifted=tuple(finding_view(each, catalogue) for each in lifted),
        advice=tuple(finding_view(each, catalogue) for each in about if each.code in _LOOK_YOURSELF),
        lapsed=assessment.lapsed,
    )


@dataclass(frozen=True, slots=True)
class GroupView:
    """A block or indicator with its outcomes and points."""

    id: str
    title: str
    result: GroupResult


def gap_views(evidence: Evidence, catalogue: Catalogue) -> tuple[GapView, ...]:
    """Every gap as a row, heaviest first as the assessment ranks them."""
    titles = {question.id: question.title for question in evidence.framework.questions}
    return tuple(_gap(place, gap, titles, evidence, catalogue) for place, gap in enumerate(evidence.assessment.gaps, 1))


def _gap(place: int, gap: Gap, titles: Mapping[str, str], evidence: Evidence, catalogue: Catalogue) -> GapView:
    return GapView(
        place=place,
        question_id=gap.question_id,
        title=titles.get(gap.question_id, wording.NO_VALUE),
        agency=evidence.agencies.get(gap.agency_id, wording.NO_VALUE),
        outcome=gap.outcome,
        points=gap.points,
        reasons=tuple(dict.fromkeys(catalogue.reasons.get(reason, reason) for reason in gap.reasons)),
        agency_id=gap.agency_id,
    )


def late_agencies(evidence: Evidence) -> tuple[LateView, ...]:
    """Agencies with open questions, those with the most points at stake first."""
    open_points: dict[str, list[float]] = {}
    for gap in evidence.assessment.gaps:
        open_points.setdefault(gap.agency_id, []).append(gap.points)
    open_findings = [each for each in evidence.assessment.findings if each.lifted is None]
    heavy = Counter(each.agency_id for each in open_findings if each.severity > Severity.ADVICE)
    files = Counter(file.agency_id for file in handed_in(evidence))
    has_forms = bool(evidence.manifest.forms)
    views = (
        LateView(
            name=evidence.agencies.get(agency, wording.NO_VALUE),
            open_questions=len(amounts),
            questions=group.questions if (group := evidence.assessment.agencies.get(agency)) else len(amounts),
            points=sum(amounts),
            required=heavy[agency],
            files=files[agency],
            form=form_state(agency, evidence) if has_forms else None,
        )
        for agency, amounts in open_points.items()
    )
    return tuple(sorted(views, key=lambda view: (-view.points, -view.open_questions, view.name)))


def blocking(evidence: Evidence, catalogue: Catalogue) -> tuple[FindingView, ...]:
    """Findings that stop a publication, in the assessment's order."""
    return tuple(finding_view(finding, catalogue) for finding in evidence.assessment.findings if finding.blocks)


def severity_counts(findings: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
    """How many findings of each severity, heaviest first."""
    counts = Counter(finding.severity for finding in findings if finding.lifted is None)
    return tuple((wording.severity_label(severity), counts[severity]) for severity in sorted(Severity, reverse=True))


def block_views(evidence: Evidence) -> tuple[tuple[GroupView, tuple[GroupView, ...]], ...]:
    """Each block with its indicators."""
    return tuple(
        (
            GroupView(block.id, block.label, evidence.assessment.blocks[block.id]),
            tuple(_indicator_view(indicator, evidence) for indicator in block.indicators),
        )
        for block in evidence.framework.blocks
    )


def _indicator_view(indicator: Indicator, evidence: Evidence) -> GroupView:
    return GroupView(indicator.id, indicator.title, evidence.assessment.indicators[indicator.id])


def outcome_chart(evidence: Evidence) -> Chart:
    """Questions of each block by outcome."""
    rows = [
        Row(
            block.label,
            tuple(float(result.counts.get(outcome, 0)) for outcome in Outcome),
            wording.number(result.questions),
        )
        for block in evidence.framework.blocks
        if (result := evidence.assessment.blocks[block.id])
    ]
    return stacked(rows, SHADES)


def points_chart(evidence: Evidence) -> Chart:
    """Maximum points of each block's questions by outcome."""
    rows = []
    for block in evidence.framework.blocks:
        sums = dict.fromkeys(Outcome, 0.0)
        for question in block.questions:
            sums[evidence.assessment.questions[question.id].outcome] += question.points
        rows.append(Row(block.label, tuple(sums.values()), wording.points(sum(sums.values()))))
    return stacked(rows, SHADES)


def finding_view(finding: Finding, catalogue: Catalogue) -> FindingView:
    """A finding in words; what its sentence names is not said again."""
    words = catalogue.describe(finding)
    place = "" if finding.sheet == IDENTITY_SHEET else wording.place(finding.sheet, finding.cell)
    return FindingView(
        severity=words.severity_label,
        question_id=finding.question_id,
        title=words.title,
        sentence=words.sentence,
        repair=words.repair,
        path=finding.path if finding.path and finding.path not in words.sentence else "",
        place=place if place and place not in words.sentence else "",
        id=finding.id if finding.may_be_lifted else "",
        lifted=catalogue.lifted(finding),
    )


def handed_in(evidence: Evidence) -> tuple[EvidenceFile, ...]:
    """Files that are, or should be, evidence: neither the program's own nor ignored nor an archive with members."""
    return tuple(
        file
        for file in evidence.manifest.files
        if file.condition is not Condition.IGNORED and file.media not in _OWN_FILES and not file.is_unpacked
    )


def uncited_files(evidence: Evidence) -> tuple[EvidenceFile, ...]:
    """Files that somebody should cite and nobody does, in the manifest's order: neither copies nor what was refused."""
    cited = {citation.path for citation in evidence.manifest.citations}
    return tuple(
        file
        for file in handed_in(evidence)
        if file.condition is not Condition.REFUSED and cited.isdisjoint((file.redacts or file.path, file.duplicate_of))
    )


def ignored(evidence: Evidence, catalogue: Catalogue) -> tuple[tuple[str, int], ...]:
    """Ignored files counted by reason in words, most first."""
    counts = Counter(
        catalogue.details.get(file.detail, file.detail)
        for file in evidence.manifest.files
        if file.condition is Condition.IGNORED
    )
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def folder_notes(evidence: Evidence) -> tuple[FolderNote, ...]:
    """Folders that could not be used as expected, by name."""
    named = (note for note in evidence.manifest.folders if note.folder)
    return tuple(sorted(named, key=lambda note: (note.reason, note.folder)))


def unassigned_roles(evidence: Evidence) -> tuple[tuple[Role, int], ...]:
    """Roles that owe questions here but belong to no agency, with how many questions they owe."""
    owed = Counter(evidence.city.lead_role(question) for question in evidence.framework.questions)
    return tuple(
        (evidence.framework.roles[role], count)
        for role, count in sorted(owed.items(), key=lambda pair: (-pair[1], pair[0]))
        if evidence.city.agency_for(role) is None
    )
