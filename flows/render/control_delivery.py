"""What the control report says of delivery: the ministry's application, and documents the annexes show no pages of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flows.model import Block, Declaration, Media, UploadState
from flows.render.evidence import Evidence
from flows.render.exhibits import VERIFICATION, shown_files
from flows.render.slips import slip_for
from flows.render.values import Exhibit
from flows.wording import place

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
class BehindView:
    """A row of a form that names pages which a document does not have, as was seen only when it was printed."""

    path: str
    agency: str
    place: str
    """File and cell of the row."""
    said: str
    """Pages as the row names them: ``8–9``."""
    pages: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that the section prints."""

    total: UploadRow
    blocks: tuple[UploadRow, ...]
    changed: tuple[ChangedView, ...]
    slipped: tuple[SlippedView, ...]
    behind: tuple[BehindView, ...] = ()


def delivery(
    evidence: Evidence, state: UploadState, exhibits: Iterable[Exhibit], pages: Mapping[str, int | None] | None = None
) -> Delivery:
    """How far the uploads are, and which documents have no pages.

    Args:
        evidence: the proof of the run.
        state: questions uploaded, and changed since.
        exhibits: documents of the annexes, each with the slip that stands for it in the end.
        pages: how many pages of a document its annex has, by label.
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
        behind=tuple(_behind(evidence, pages or {})),
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


def _behind(evidence: Evidence, pages: Mapping[str, int | None]) -> Iterator[BehindView]:
    """Rows that name pages behind the last one; those of PDFs were found when they were gathered."""
    for row in evidence.manifest.declarations:
        last = max(row.first_page or 0, row.last_page or 0)
        for path in row.paths if last else ():
            file, label = evidence.files.get(path), evidence.labels.get(path)
            most = pages.get(label.label) if label else None
            if file is not None and file.media is not Media.PDF and most is not None and last > most:
                where = f"{row.place.path}, {place(row.place.sheet, row.place.cell)}"
                yield BehindView(path, evidence.agencies.get(row.agency_id, ""), where, _said(row), most)


def _said(row: Declaration) -> str:
    return "–".join(str(page) for page in dict.fromkeys((row.first_page, row.last_page)) if page is not None)
