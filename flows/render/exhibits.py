"""Which documents the annex of a block shows, in what order, and for which of them only a slip sheet can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flows.model import Block, Condition, EvidenceFile, Media, Question
from flows.render.evidence import Evidence
from flows.render.values import Exhibit

VERIFICATION = "verification"
"""Key of the slip for what is shown at the verification only."""
_CONDITIONS = {Condition.LOCKED: "locked", Condition.DAMAGED: "damaged"}
_UNPRINTABLE = frozenset({Media.ARCHIVE, Media.OTHER, Media.SYSTEM})
_LABEL = re.compile(r"(?P<block>[^/]+)/(?P<question>.+)-(?P<number>\d+)")

Exhibits = Mapping[str, tuple[Exhibit, ...]]
"""By block id, in the order of labels: by question, then by number."""


@dataclass
class _Document:
    """A document of the book: one file of it, and every question it serves."""

    file: EvidenceFile
    questions: list[Question] = field(default_factory=list)


def exhibits_by_block(evidence: Evidence) -> Exhibits:
    """Every document the book lists, in the annex of the block that its label names; one for many questions once."""
    order = {question.id: place for place, question in enumerate(evidence.framework.questions)}
    homes = {question.id: block.id for block, _, question in evidence.framework.walk()}
    found: dict[str, list[tuple[tuple[int, int], Exhibit]]] = {block.id: [] for block in evidence.framework.blocks}
    for label, document in _documents(evidence).items():
        match = _LABEL.fullmatch(label)
        first = document.questions[0].id
        question = match["question"] if match and match["question"] in order else first
        block = match["block"] if match and match["block"] in found else homes[first]
        place = (order[question], int(match["number"]) if match else 0)
        found[block].append((place, _exhibit(label, document, evidence)))
    return {block: tuple(exhibit for _, exhibit in sorted(each, key=_place)) for block, each in found.items()}


def shown_files(evidence: Evidence) -> dict[str, EvidenceFile]:
    """The file behind every exhibit, by label; a redacted copy where that is what is shown."""
    return {
        label: evidence.release(each.file, each.questions).file or each.file
        for label, each in _documents(evidence).items()
    }


def guests_of(block: Block, exhibits: Exhibits) -> Iterator[Exhibit]:
    """Documents that prove something in ``block`` and stand in the annex of another, in the order of the book."""
    served = {question.id for question in block.questions}
    for home, each in exhibits.items():
        if home != block.id:
            yield from (exhibit for exhibit in each if not served.isdisjoint(exhibit.questions))


def beside(exhibits: Exhibits, others: Exhibits) -> Exhibits:
    """Only those that another edition shows otherwise."""
    return {block: tuple(one for one in each if one not in others[block]) for block, each in exhibits.items()}


def _place(entry: tuple[tuple[int, int], Exhibit]) -> tuple[tuple[int, int], str]:
    return entry[0], entry[1].label


def _documents(evidence: Evidence) -> dict[str, _Document]:
    """Documents by label; copies of one document share their label."""
    found: dict[str, _Document] = {}
    for question in evidence.framework.questions:
        for file in evidence.shown(question):
            label = evidence.labels.get(file.path)
            if label is not None:
                found.setdefault(label.label, _Document(file)).questions.append(question)
    return found


def _exhibit(label: str, document: _Document, evidence: Evidence) -> Exhibit:
    file = document.file
    release = evidence.release(file, document.questions)
    shown = release.file or file
    return Exhibit(
        label=label,
        title=evidence.name_of(file, release),
        agency=evidence.agencies.get(file.agency_id, ""),
        sha256=shown.sha256,
        media=shown.media,
        questions=tuple(question.id for question in document.questions),
        slip=VERIFICATION if release.is_masked else _slip(shown),
        is_redacted=release.is_redacted,
    )


def _slip(file: EvidenceFile) -> str:
    """Why the pages of a file cannot be bound, as far as gathering has shown; empty where they may be."""
    if file.condition in _CONDITIONS:
        return _CONDITIONS[file.condition]
    if file.has_signature:
        return "signed"
    return "unsupported" if file.media in _UNPRINTABLE else ""
