"""The proof of one run as the book shows it: which documents prove which question, and what may be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flows import bounds
from flows.agency_names import agency_names
from flows.model import (
    COUNTING,
    Assessment,
    Block,
    City,
    Condition,
    Declaration,
    EvidenceFile,
    Framework,
    Label,
    Manifest,
    Question,
    Register,
)
from flows.render.abbreviations import known_abbreviations
from flows.render.declared import DeclaredIndex
from flows.render.tables import Tables
from flows.wording import calm_title, kind_named, media_label

_HELD = frozenset({Condition.LOCKED, Condition.DAMAGED})


@dataclass(frozen=True, slots=True)
class Release:
    """What of a document may be shown where it proves something."""

    file: EvidenceFile | None
    """Whose pages; None where only the verification shows them."""
    is_secret: bool
    """Whether the document itself may be neither shown nor named: a redacted copy stands for it, or nothing does."""

    @property
    def is_masked(self) -> bool:
        """Whether nothing of it is shown."""
        return self.file is None

    @property
    def is_redacted(self) -> bool:
        """Whether what is shown is a redacted copy, of another document or handed in alone."""
        return self.file is not None and _is_clean_copy(self.file)


@dataclass(frozen=True)
class Evidence:
    """The proof of one run as the book shows it."""

    assessment: Assessment
    city: City
    framework: Framework
    manifest: Manifest
    register: Register
    is_unmasked: bool = False
    """Whether it is shown as the house sees it."""

    def unmasked(self) -> Evidence:
        """The same proof for volumes of the house: nothing is sensitive in them, every figure and page is shown."""
        questions = {question.id: replace(question, is_sensitive=False) for question in self.framework.questions}
        blocks = tuple(
            replace(
                block,
                indicators=tuple(
                    replace(each, questions=tuple(questions[question.id] for question in each.questions))
                    for each in block.indicators
                ),
            )
            for block in self.framework.blocks
        )
        tables = {name: replace(schema, is_sensitive=False) for name, schema in self.framework.tables.items()}
        framework = replace(self.framework, blocks=blocks, tables=tables)
        return replace(
            self, assessment=replace(self.assessment, withheld=frozenset()), framework=framework, is_unmasked=True
        )

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
        """Names of agencies by id, as printed."""
        return agency_names(self.city)

    @cached_property
    def masked_hashes(self) -> frozenset[str]:
        """Hashes of documents that prove a sensitive question or expose a child: no question may name them.

        So do those that lie in the folder or archive of a sensitive question and whose name says another one: who has
        put them there may be right. Bytes that are handed in as they are for a sensitive question are no redacted copy
        of themselves, whatever another file with them is called.
        """
        cited = (each.path for each in self.manifest.citations if each.question_id in self._sensitive)
        judged = (
            path for each in self._sensitive if (one := self.assessment.questions.get(each)) for path in one.paths
        )
        given = (self.files[path] for path in (*cited, *judged) if path in self.files)
        doubted = (
            self.files[each.path]
            for each in self.manifest.conflicts
            if not self._sensitive.isdisjoint(each.dropped) and each.path in self.files
        )
        hashes = (file.sha256 for file in (*given, *doubted) if file.sha256 and not _is_clean_copy(file))
        return self.assessment.withheld | frozenset(hashes)

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
        return DeclaredIndex.of(self.manifest.declarations, self.document_of)

    @cached_property
    def tables(self) -> Tables:
        """What agencies counted and listed, with the place of each table in the book."""
        return Tables(
            self.assessment.tables,
            self.framework,
            self.city,
            self.manifest,
            self.masked_hashes,
            names_children=self.is_unmasked,
        )

    def shown(self, question: Question) -> tuple[EvidenceFile, ...]:
        """Files listed as proof of a question, as their labels were given, copies of one document once.

        So one that comes late stands last, and what was printed or uploaded before keeps its place. A locked or damaged
        one is listed too: its agency holds it, and a slip sheet stands for its pages.
        """
        found: dict[str, EvidenceFile] = {}
        for file in self._cited(question):
            if _is_listed(file):
                found.setdefault(self.document_of(file.path), file)
        return tuple(sorted(found.values(), key=self._place))

    def unprinted(self, question: Question) -> tuple[EvidenceFile, ...]:
        """Files cited as proof of a question that no list names: empty, refused, or still being copied; by path."""
        return tuple(file for file in self._cited(question) if not _is_listed(file))

    def _cited(self, question: Question) -> tuple[EvidenceFile, ...]:
        result = self.assessment.questions.get(question.id)
        paths = result.paths if result else ()
        return tuple(self.files[path] for path in paths if path in self.files)

    def photos(self, question: Question) -> tuple[EvidenceFile, ...]:
        """Pictures that the chapter shows among the proof of a question: none that is masked, copies included."""
        return self.open_photos(question)[: bounds.PHOTOS_OF_QUESTION]

    def open_photos(self, question: Question) -> tuple[EvidenceFile, ...]:
        """All pictures among the proof of a question that may be shown, more than the chapter has room for."""
        return tuple(
            file
            for file in self.shown(question)
            if file.photo is not None
            and file.condition.is_readable
            and file.path in self.labels
            and not self.is_secret_document(file, [question])
        )

    def documents_of(self, block: Block) -> tuple[EvidenceFile, ...]:
        """Distinct documents listed in a block, sorted by path."""
        return self.distinct(block.questions)

    @cached_property
    def documents(self) -> tuple[EvidenceFile, ...]:
        """Distinct documents listed in the whole book, sorted by path."""
        return self.distinct(self.framework.questions)

    def is_secret_document(self, file: EvidenceFile, questions: Iterable[Question]) -> bool:
        """Whether a document that serves ``questions`` may be shown by its redacted copy only, or not at all.

        So may one that serves a sensitive question as well, at every other.
        """
        if file.sha256 in self.masked_hashes or self.document_of(file.path) in self._secret_documents:
            return True
        return any(question.is_sensitive for question in questions)

    def release(self, file: EvidenceFile, questions: Iterable[Question]) -> Release:
        """What may be shown of a document that serves ``questions``."""
        if not self.is_secret_document(file, questions):
            return Release(file, is_secret=False)
        return Release(self.copy_of(file), is_secret=True)

    def name_of(self, file: EvidenceFile, release: Release) -> str:
        """What a document is called everywhere: a secret one as its redacted copy calls itself, else by its kind alone.

        The kind is that at the first question it proves. A redacted copy is often called like the original, so that no
        name of a file is printed of it.
        """
        if not release.is_secret:
            return _title(file)
        if release.file is not None and release.file.title:
            return _title(release.file)
        document = self.document_of(file.path)
        question = self._first_served[document]
        return self.kind_of(question, file, [row.kind for row in self.declared.at(question.id, document)])

    def copy_of(self, file: EvidenceFile) -> EvidenceFile | None:
        """The redacted copy that is shown for a file; itself where its agency handed in nothing else."""
        if _is_clean_copy(file):
            return None if file.sha256 in self.masked_hashes else file
        copy = self.redacted.get(file.path)
        return copy if copy is not None and copy.sha256 not in self.masked_hashes else None

    def is_secret_row(self, row: Declaration) -> bool:
        """Whether what a form says in one row could name a masked document: it may speak of several files at once."""
        files = (self.files[path] for path in row.paths if path in self.files)
        return not self._sensitive.isdisjoint(row.questions) or any(file.sha256 in self.masked_hashes for file in files)

    @cached_property
    def _sensitive(self) -> frozenset[str]:
        return frozenset(question.id for question in self.framework.questions if question.is_sensitive)

    @cached_property
    def _secret_documents(self) -> frozenset[str]:
        questions = (question for question in self.framework.questions if question.is_sensitive)
        return frozenset(self.document_of(file.path) for each in questions for file in self.shown(each))

    def kind_of(self, question: Question, file: EvidenceFile, declared: Sequence[str]) -> str:
        """What kind of document a file is: as declared for the question, as declared for any, as recognised."""
        asked = [requirement.kind for requirement in question.requirements]
        for kinds in (declared, file.declared_kinds, (*file.kinds, *file.named_kinds)):
            known = [kind for kind in kinds if kind in self.framework.kinds]
            if known:
                chosen = next((kind for kind in known if kind in asked), known[0])
                return kind_named(chosen, self.framework, self.city)
        return media_label(file.media)

    def document_of(self, path: str) -> str:
        """What makes two files one document: their label, which copies in one agency's folders share, else the path."""
        label = self.labels.get(path)
        return label.label if label else path

    def _place(self, file: EvidenceFile) -> int:
        """Where the label of a file stands in the register, which only grows at its end; one without comes last."""
        return self._places.get(self.document_of(file.path), len(self._places))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {label.label: place for place, label in enumerate(self.register.labels)}

    @cached_property
    def _first_served(self) -> Mapping[str, Question]:
        """Document → the first question, in the order of the book, that it proves."""
        found: dict[str, Question] = {}
        for question in self.framework.questions:
            for file in self.shown(question):
                found.setdefault(self.document_of(file.path), question)
        return found

    def distinct(self, questions: Sequence[Question]) -> tuple[EvidenceFile, ...]:
        """Documents listed at any of ``questions``, each once, sorted by path."""
        found = {self.document_of(file.path): file for question in questions for file in self.shown(question)}
        return tuple(sorted(found.values(), key=lambda file: file.path))


def _is_listed(file: EvidenceFile) -> bool:
    return file.condition.is_readable or file.condition in _HELD


def _is_clean_copy(file: EvidenceFile) -> bool:
    """Whether a file is a redacted copy fit to be named: it opens, and nothing personal was found in it.

    One that counts few children is withheld as any other file is, until somebody lifts that.
    """
    is_exposing = any(each.kind not in COUNTING for each in file.exposures)
    return file.is_redacted and file.condition.is_readable and bool(file.sha256) and not is_exposing


def _title(file: EvidenceFile) -> str:
    """What a document calls itself, else the name of its file."""
    return calm_title(file.title, [short for short, _ in known_abbreviations()]) if file.title else file.name
