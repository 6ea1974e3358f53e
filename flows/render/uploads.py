"""What of the book goes into the ministry's application: taken from its pages, nothing decided anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from flows.formats import usual_suffix
from flows.model import Condition, EvidenceFile, ExposureKind, Question, UnusedFile, Upload, UploadItem
from flows.render.evidence import Evidence
from flows.render.views import ChapterView, ProofView, QuestionView


def uploads_of(evidence: Evidence, chapters: Sequence[ChapterView]) -> tuple[Upload, ...]:
    """Every question in the instrument's order with its answer and documents as the book shows them.

    Args:
        evidence: the proof of the run.
        chapters: of all its blocks.
    """
    return tuple(
        _upload(chapter.id, indicator.id, view, evidence)
        for chapter in chapters
        for indicator in chapter.indicators
        for view in indicator.questions
    )


def _upload(block_id: str, indicator_id: str, view: QuestionView, evidence: Evidence) -> Upload:
    files = evidence.shown(view.question)
    return Upload(
        block_id=block_id,
        indicator_id=indicator_id,
        question_id=view.question.id,
        text=view.text,
        answer=view.choice,
        note="\n".join(view.note),
        items=tuple(
            _item(view.question, file, proof, evidence) for file, proof in zip(files, view.proofs, strict=True)
        ),
        links=tuple(f"{link.text}: {link.url}" if link.text else link.url for link in view.links),
        hidden_links=view.hidden_links,
        unused=_unused(view.question, evidence),
    )


def _unused(question: Question, evidence: Evidence) -> tuple[UnusedFile, ...]:
    """Files cited for a question that no list names: there is nothing in them, or nobody can open them."""
    files = evidence.unprinted(question)
    return tuple(
        UnusedFile("" if evidence.is_secret_document(file, [question]) else file.name, file.condition) for file in files
    )


def _item(question: Question, file: EvidenceFile, proof: ProofView, evidence: Evidence) -> UploadItem:
    released = evidence.release(file, [question]).file
    if released is None:
        return UploadItem(proof.label, proof.document, is_withheld=True)
    right = usual_suffix(released.format) if released.condition is Condition.WRONG_EXTENSION else ""
    return UploadItem(
        label=proof.label,
        title=proof.document,
        sha256=released.sha256,
        bytes=released.bytes,
        media=released.media,
        suffix=right or PurePosixPath(released.path).suffix.lower(),
        file_name=proof.file_name,
        condition=Condition.GOOD if right else released.condition,
        is_redacted=proof.is_redacted,
        is_signed=released.has_signature or bool(released.signatures),
        is_scan=released.is_scan,
        active=released.active,
        says_where=any(each.kind is ExposureKind.PLACE for each in released.exposures),
    )
