"""A chapter per block: which documents prove which question, what may be named, and where a label's anchor stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flows.model import (
    Assessment,
    Block,
    City,
    Declaration,
    EvidenceFile,
    Framework,
    Indicator,
    Label,
    Manifest,
    Question,
    QuestionResult,
    Register,
)
from flows.render.abbreviations import known_abbreviations
from flows.render.declared import DeclaredIndex, declared_views, one_line
from flows.render.engine import fill
from flows.render.table_views import FIRST_BLOCK_CHAPTER, LinkView
from flows.render.tables import Tables
from flows.render.views import ChapterView, IndicatorView, ProofView, QuestionView
from flows.wording import NO_VALUE, calm_title, listing, media_label, village_word

_WEB_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?([/?#][!#-&(-;=?-\[\]-~]*)?", re.IGNORECASE)
"""An address that any reader of PDF takes for what it is; others are printed and lead nowhere."""


def chapter_number(framework: Framework, block: Block) -> int:
    """Number of the chapter that a block fills."""
    return FIRST_BLOCK_CHAPTER + [each.id for each in framework.blocks].index(block.id)


def render_block(block: Block, evidence: Evidence, as_of: date) -> str:
    """HTML of one block's chapter, independent of every other chapter.

    Edition KIRIM: outcomes and findings never enter, and files that cannot be opened are left to the control report.

    Args:
        block: Of the instrument.
        evidence: The proof of the run, one for all its chapters: what it works out (the hiding of small figures above
            all) is worked out once.
        as_of: The date the book speaks for.
    """
    city, framework = evidence.city, evidence.framework
    view = evidence.chapter(block)
    values = {"chapter": view, "city": city, "framework": framework, "as_of": as_of, "village": village_word(city)}
    return fill("dossier/blok.html", values)


@dataclass(frozen=True)
class Evidence:
    """The proof of one run as the book shows it."""

    assessment: Assessment
    city: City
    framework: Framework
    manifest: Manifest
    register: Register

    @cached_property
    def files(self) -> Mapping[str, EvidenceFile]:
        """All files by path."""
        return self.manifest.by_path

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """Annex labels by path."""
        return self.register.by_path

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """Names of agencies by id."""
        return {agency.id: agency.name for agency in self.city.agencies}

    @cached_property
    def masked_hashes(self) -> frozenset[str]:
        """Hashes of documents that prove a sensitive question or expose a child: no question may name them."""
        return self.assessment.withheld | frozenset(
            file.sha256
            for question in self.framework.questions
            if question.is_sensitive
            for file in self.shown(question)
            if not _is_clean_copy(file)
        )

    @cached_property
    def redacted(self) -> Mapping[str, EvidenceFile]:
        """Path of an original → its redacted copy, where that can be read, differs and holds no personal data."""
        found: dict[str, EvidenceFile] = {}
        for copy in self.manifest.files:
            original = self.files.get(copy.redacts)
            if original is not None and _is_clean_copy(copy) and copy.sha256 != original.sha256:
                found.setdefault(original.path, copy)
        return found

    @cached_property
    def declared(self) -> DeclaredIndex:
        """What forms say of each document for each question."""
        return DeclaredIndex.of(self.manifest.declarations, self._document)

    @cached_property
    def tables(self) -> Tables:
        """What agencies counted and listed, with the place of each table in the book."""
        return Tables(self.assessment.tables, self.framework, self.city, self.manifest, self.masked_hashes)

    @cached_property
    def homes(self) -> Mapping[str, tuple[str, str]]:
        """Label → question and path of the one row with its anchor: at its own question where it stands there."""
        homes: dict[str, tuple[str, str]] = {}
        for question in self.framework.questions:
            for file in self.shown(question):
                label = self.labels.get(file.path)
                if label is None:
                    continue
                current = homes.get(label.label)
                is_better = current is not None and label.question_id == question.id != current[0]
                if current is None or is_better:
                    homes[label.label] = (question.id, file.path)
        return homes

    def shown(self, question: Question) -> tuple[EvidenceFile, ...]:
        """Files listed as proof of a question, in annex order: cited and readable, copies of one document once."""
        result = self.assessment.questions.get(question.id)
        if result is None:
            return ()
        files = (self.files[path] for path in result.paths if path in self.files)
        found: dict[str, EvidenceFile] = {}
        for file in files:
            if file.condition.is_readable:
                found.setdefault(self._document(file.path), file)
        return tuple(found.values())

    def documents_of(self, block: Block) -> tuple[EvidenceFile, ...]:
        """Distinct documents listed in a block, sorted by path."""
        return self._distinct(block.questions)

    @cached_property
    def documents(self) -> tuple[EvidenceFile, ...]:
        """Distinct documents listed in the whole book, sorted by path."""
        return self._distinct(self.framework.questions)

    def chapter(self, block: Block) -> ChapterView:
        """The chapter of one block."""
        number = chapter_number(self.framework, block)
        group = self.assessment.blocks.get(block.id)
        return ChapterView(
            number=number,
            id=block.id,
            label=block.label,
            title=block.title,
            maximum=block.points,
            claimed=group.points.claimed if group else None,
            indicators=tuple(
                self._indicator(indicator, f"{number}.{place}") for place, indicator in enumerate(block.indicators, 1)
            ),
            documents=len(self.documents_of(block)),
            titles=self.tables.titles(block),
            matrices=self.tables.matrices(block),
        )

    def _indicator(self, indicator: Indicator, number: str) -> IndicatorView:
        group = self.assessment.indicators.get(indicator.id)
        questions = tuple(self._question(question) for question in indicator.questions)
        return IndicatorView(
            id=indicator.id,
            title=indicator.title,
            number=number,
            maximum=indicator.points,
            claimed=group.points.claimed if group else None,
            leads=tuple(dict.fromkeys(view.lead for view in questions)),
            questions=questions,
            documents=len(self._distinct(indicator.questions)),
        )

    def _question(self, question: Question) -> QuestionView:
        result = self.assessment.questions.get(question.id)
        answer = self.assessment.answers.get(question.id)
        references = self.assessment.references.get(question.id, ())
        links = tuple(_link(each) for each in references if not (question.is_sensitive or self._is_secret(each)))
        return QuestionView(
            question=question,
            text=question.official_text or question.title,
            claimed=result.points.claimed if result else None,
            lead=self._lead(question, result),
            proofs=tuple(self._proof(question, file) for file in self.shown(question)),
            choice=self.tables.guard.answer(question, one_line(answer.choice)) if answer else "",
            note=_paragraphs(self.tables.guard.note(question, answer.note)) if answer else (),
            tables=self.tables.at(question),
            see=self.tables.see(question),
            withheld=self.tables.withheld(question),
            links=links,
            hidden_links=len(references) - len(links),
        )

    def _lead(self, question: Question, result: QuestionResult | None) -> str:
        if result is not None and result.lead_agency_id in self.agencies:
            return self.agencies[result.lead_agency_id]
        return self.framework.roles[self.city.lead_role(question)].label

    def _proof(self, question: Question, file: EvidenceFile) -> ProofView:
        label = self.labels.get(file.path)
        is_secret = question.is_sensitive or file.sha256 in self.masked_hashes
        copy = self._copy_of(file) if is_secret else None
        is_masked = is_secret and copy is None
        is_home = label is not None and self.homes.get(label.label) == (question.id, file.path)
        target = f"bukti-{label.label}" if label else ""
        said = self.declared.at(question.id, self._document(file.path))
        kind = self._kind(question, file, [row.kind for row in said])
        shown = copy or file
        return ProofView(
            label=label.label if label else NO_VALUE,
            anchor=target if is_home else "",
            target=target,
            document=kind if is_masked else (copy.title and _title(copy)) or kind if copy else _title(file),
            file_name="" if is_secret or not file.title else file.name,
            agency=self.agencies.get(file.agency_id, NO_VALUE),
            pages=shown.pages,
            short_hash=shown.short_hash or NO_VALUE,
            is_masked=is_masked,
            is_redacted=copy is not None,
            signed_by="" if is_secret else _signed_by(file),
            declared=declared_views(said, self.framework, lambda row: is_secret or self._is_secret(row)),
        )

    def _copy_of(self, file: EvidenceFile) -> EvidenceFile | None:
        """The redacted copy that is shown for a file; itself where its agency handed in nothing else."""
        if _is_clean_copy(file):
            return None if file.sha256 in self.masked_hashes else file
        copy = self.redacted.get(file.path)
        return copy if copy is not None and copy.sha256 not in self.masked_hashes else None

    def _is_secret(self, row: Declaration) -> bool:
        """Whether what a form says in one row could name a masked document: it may speak of several files at once."""
        files = (self.files[path] for path in row.paths if path in self.files)
        return not self._sensitive.isdisjoint(row.questions) or any(file.sha256 in self.masked_hashes for file in files)

    @cached_property
    def _sensitive(self) -> frozenset[str]:
        return frozenset(question.id for question in self.framework.questions if question.is_sensitive)

    def _kind(self, question: Question, file: EvidenceFile, declared: Sequence[str]) -> str:
        """What kind of document a file is: as declared for the question, as declared for any, as recognised."""
        asked = [requirement.kind for requirement in question.requirements]
        for kinds in (declared, file.declared_kinds, (*file.kinds, *file.named_kinds)):
            known = [kind for kind in kinds if kind in self.framework.kinds]
            if known:
                chosen = next((kind for kind in known if kind in asked), known[0])
                return self.framework.kinds[chosen].label
        return media_label(file.media)

    def _document(self, path: str) -> str:
        """What makes two files one document: their label, which copies in one agency's folders share, else the path."""
        label = self.labels.get(path)
        return label.label if label else path

    def _distinct(self, questions: Sequence[Question]) -> tuple[EvidenceFile, ...]:
        found = {self._document(file.path): file for question in questions for file in self.shown(question)}
        return tuple(sorted(found.values(), key=lambda file: file.path))


def _signed_by(file: EvidenceFile) -> str:
    """Names in the certificates of signatures that are intact, each once, in signing order."""
    return listing(list(dict.fromkeys(one.signer for one in file.signatures if one.is_intact and one.signer)))


def _paragraphs(text: str) -> tuple[str, ...]:
    """A note as people wrote it, a paragraph per line."""
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def _link(declaration: Declaration) -> LinkView:
    url = one_line(declaration.url)
    return LinkView(one_line(declaration.caption), url, is_safe=_WEB_ADDRESS.fullmatch(url) is not None)


def _is_clean_copy(file: EvidenceFile) -> bool:
    """Whether a file is a redacted copy fit to be named: it opens, and nothing personal was found in it."""
    return file.is_redacted and file.condition.is_readable and bool(file.sha256) and not file.exposures


def _title(file: EvidenceFile) -> str:
    """What a document calls itself, else the name of its file."""
    return calm_title(file.title, [short for short, _ in known_abbreviations()]) if file.title else file.name
