"""A chapter per block: its indicators, their questions, and the proof of each as the templates print it."""

from __future__ import annotations

import re

from flows.model import (
    Block,
    Declaration,
    EvidenceFile,
    Framework,
    Indicator,
    Media,
    Question,
    QuestionResult,
)
from flows.render.declared import declared_views, one_line
from flows.render.display import without_shapeless
from flows.render.evidence import Evidence
from flows.render.table_views import FIRST_BLOCK_CHAPTER, LinkView
from flows.render.views import ChapterView, IndicatorView, PhotoView, ProofView, QuestionView
from flows.wording import NO_VALUE, letter, listing

_WEB_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?([/?#][!#-&(-;=?-\[\]-~]*)?", re.IGNORECASE)
"""An address that any reader of PDF takes for what it is; others are printed and lead nowhere."""


def _chapter_number(framework: Framework, block: Block) -> int:
    """Number of the chapter that a block fills."""
    return FIRST_BLOCK_CHAPTER + [each.id for each in framework.blocks].index(block.id)


def chapter_views(evidence: Evidence) -> tuple[ChapterView, ...]:
    """Every block as a chapter, in the instrument's order; its photos have no small copies yet."""
    return tuple(chapter_view(evidence, block) for block in evidence.framework.blocks)


def chapter_view(evidence: Evidence, block: Block) -> ChapterView:
    """The chapter of one block."""
    number = _chapter_number(evidence.framework, block)
    group = evidence.assessment.blocks.get(block.id)
    return ChapterView(
        number=number,
        id=block.id,
        label=block.label,
        title=block.title,
        maximum=block.points,
        claimed=group.points.claimed if group else None,
        indicators=tuple(
            _indicator(evidence, indicator, f"{letter(place)}.") for place, indicator in enumerate(block.indicators)
        ),
        documents=len(evidence.documents_of(block)),
        titles=evidence.tables.titles(block),
        matrices=evidence.tables.matrices(block),
        matrices_letter=f"{letter(len(block.indicators))}.",
        figures=evidence.tables.figures(block),
    )


def _indicator(evidence: Evidence, indicator: Indicator, number: str) -> IndicatorView:
    group = evidence.assessment.indicators.get(indicator.id)
    questions = tuple(_question(evidence, question) for question in indicator.questions)
    return IndicatorView(
        id=indicator.id,
        title=indicator.title,
        number=number,
        maximum=indicator.points,
        claimed=group.points.claimed if group else None,
        leads=tuple(dict.fromkeys(view.lead for view in questions)),
        questions=questions,
        documents=len(evidence.distinct(indicator.questions)),
    )


def _question(evidence: Evidence, question: Question) -> QuestionView:
    result = evidence.assessment.questions.get(question.id)
    answer = evidence.assessment.answers.get(question.id)
    references = evidence.assessment.references.get(question.id, ())
    links = tuple(_link(each) for each in references if not (question.is_sensitive or evidence.is_secret_row(each)))
    photos = tuple(_photo(evidence, question, file) for file in evidence.photos(question))
    return QuestionView(
        question=question,
        text=question.official_text or question.title,
        claimed=result.points.claimed if result else None,
        lead=_lead(evidence, question, result),
        proofs=tuple(_proof(evidence, question, file) for file in evidence.shown(question)),
        choice=evidence.tables.guard.answer(question, one_line(answer.choice)) if answer else "",
        note=_paragraphs(evidence.tables.guard.note(question, without_shapeless(answer.note))) if answer else (),
        tables=evidence.tables.at(question),
        see=evidence.tables.see(question),
        withheld=evidence.tables.withheld(question),
        links=links,
        hidden_links=len(references) - len(links),
        photos=photos,
        more_photos=len(evidence.open_photos(question)) - len(photos),
    )


def _lead(evidence: Evidence, question: Question, result: QuestionResult | None) -> str:
    if result is not None and result.lead_agency_id in evidence.agencies:
        return evidence.agencies[result.lead_agency_id]
    return evidence.framework.roles[evidence.city.lead_role(question)].label


def _proof(evidence: Evidence, question: Question, file: EvidenceFile) -> ProofView:
    label = evidence.labels.get(file.path)
    release = evidence.release(file, [question])
    said = evidence.declared.at(question.id, evidence.document_of(file.path))
    shown = release.file or file
    return ProofView(
        label=label.label if label else NO_VALUE,
        target=f"bukti-{label.label}" if label else "",
        document=evidence.name_of(file, release),
        file_name="" if release.is_secret or not file.title else file.name,
        agency=evidence.agencies.get(file.agency_id, NO_VALUE),
        # Of a masked one a slip sheet stands in the annex; and the sheets of a workbook are no pages.
        pages=None if release.is_masked or shown.media is Media.SPREADSHEET else shown.pages,
        is_masked=release.is_masked,
        is_redacted=release.is_redacted,
        signed_by="" if release.is_secret else _signed_by(file),
        declared=declared_views(
            said,
            evidence.framework,
            evidence.city,
            lambda row: release.is_secret or evidence.is_secret_row(row),
            shown.pages if shown.media is Media.PDF else None,
        ),
    )


def _photo(evidence: Evidence, question: Question, file: EvidenceFile) -> PhotoView:
    said = (view.caption for view in _proof(evidence, question, file).declared)
    label = evidence.labels[file.path].label
    rows = evidence.declared.at(question.id, evidence.document_of(file.path))
    return PhotoView(
        sha256=file.sha256,
        label=label,
        target=f"bukti-{label}",
        title=next(filter(None, said), "") or evidence.kind_of(question, file, [row.kind for row in rows]),
        agency=evidence.agencies.get(file.agency_id, NO_VALUE),
        taken=file.photo.taken if file.photo else "",
    )


def _signed_by(file: EvidenceFile) -> str:
    """Names in the certificates of the signatures, each once, in signing order.

    None where the file is not what was signed: one of them is broken or cannot be matched, or something came after all.
    """
    signatures = file.signatures
    if not all(one.is_intact for one in signatures) or not any(one.covers_file for one in signatures):
        return ""
    return listing(list(dict.fromkeys(one.signer for one in signatures if one.signer)))


def _paragraphs(text: str) -> tuple[str, ...]:
    """A note as people wrote it, a paragraph per line."""
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def _link(declaration: Declaration) -> LinkView:
    url = one_line(declaration.url)
    return LinkView(one_line(declaration.caption), url, is_safe=_WEB_ADDRESS.fullmatch(url) is not None)
