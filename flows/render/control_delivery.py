"""What the control report says of delivery: the ministry's application, and documents the annexes show no pages of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.model import Block, UploadState
from flows.render.evidence import Evidence
from flows.render.exhibits import VERIFICATION, shown_files
from flows.render.slips import slip_for
from flows.render.values import Exhibit

AS_IT_SHOULD = frozenset({VERIFICATION, "signed"})
"""Slips that stand where they should: nothing has to be mended for them."""


@dataclass(frozen=True, slots=True)
class UploadRow:
    """How far the questions of a block are in the ministry's application."""

    label: str
    questions: int
    uploaded: int
    changed: int

    @property
    def open(self) -> int:
        """Questions that still have to be uploaded for the first time."""
        return self.questions - self.uploaded - self.changed


@dataclass(frozen=True, slots=True)
class ChangedView:
    """A question to be uploaded once more, because its answer or documents have changed since."""

    question_id: str
    title: str
    agency: str


@dataclass(frozen=True, slots=True)
class SlippedView:
    """A document of which the annex shows a slip sheet, although its pages should stand there."""

    label: str
    path: str
    agency: str
    questions: tuple[str, ...]
    reason: str
    repair: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that the section prints."""

    total: UploadRow
    blocks: tuple[UploadRow, ...]
    changed: tuple[ChangedView, ...]
    slipped: tuple[SlippedView, ...]


def delivery(evidence: Evidence, state: UploadState, exhibits: Iterable[Exhibit]) -> Delivery:
    """How far the uploads are, and which documents have no pages.

    Args:
        evidence: the proof of the run.
        state: questions uploaded, and changed since.
        exhibits: documents of the annexes, each with the slip that stands for it in the end.
    """
    framework = evidence.framework
    return Delivery(
        total=_row("", [question.id for question in framework.questions], state),
        blocks=tuple(_block_row(block, state) for block in framework.blocks),
        changed=tuple(
            ChangedView(question.id, question.title, _lead(evidence, question.id))
            for question in framework.questions
            if question.id in state.changed
        ),
        slipped=_slipped(evidence, exhibits),
    )


def _block_row(block: Block, state: UploadState) -> UploadRow:
    return _row(block.label, [question.id for question in block.questions], state)


def _row(label: str, questions: list[str], state: UploadState) -> UploadRow:
    return UploadRow(label, len(questions), *(len({*questions} & {*each}) for each in (state.uploaded, state.changed)))


def _lead(evidence: Evidence, question_id: str) -> str:
    result = evidence.assessment.questions.get(question_id)
    return evidence.agencies.get(result.lead_agency_id, "") if result else ""


def _slipped(evidence: Evidence, exhibits: Iterable[Exhibit]) -> tuple[SlippedView, ...]:
    """Documents to be mended, in the order of the annexes; this report is for the house, so their files are named."""
    files = shown_files(evidence.unmasked())
    return tuple(
        SlippedView(
            label=each.label,
            path=files[each.label].path if each.label in files else each.title,
            agency=each.agency,
            questions=each.questions,
            reason=(slip := slip_for(each, is_internal=True)).reason,
            repair=slip.repair,
        )
        for each in exhibits
        if each.slip and each.slip not in AS_IT_SHOULD
    )
