"""What the checks look at: city, instrument, manifest and words, with the look-ups every check needs made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows import wording
from flows.findings import Catalogue, load_catalogue
from flows.model import (
    Agency,
    Answer,
    City,
    Condition,
    Declaration,
    EvidenceFile,
    Framework,
    Manifest,
    Question,
    ReadForm,
    RowKind,
    TableSchema,
)
from flows.validate.answers import ranked_answers


@dataclass(frozen=True, slots=True)
class Docket:
    """Everything a check may look at. Nothing outside it is ever opened."""

    city: City
    framework: Framework
    manifest: Manifest
    catalogue: Catalogue
    files: Mapping[str, EvidenceFile]
    """Path → file."""
    cited: Mapping[str, tuple[EvidenceFile, ...]]
    """Question id → files cited for it in the manifest's order; ignored ones never count."""
    closed: frozenset[str]
    """Agencies whose own folder could not be opened: what lies in it is unknown, not missing."""
    closed_questions: frozenset[str]
    """Questions named by a folder below it that could not be opened."""
    answers: Mapping[str, tuple[Answer, ...]]
    """Question id → its answers, the one that stands first."""
    forms: Mapping[str, ReadForm]
    """Agency id → the first form of its own that could be taken, filled ones first; empty id: the secretariat's."""
    references: Mapping[str, tuple[Declaration, ...]]
    """Question id → the links named as evidence for it."""

    def kind_named(self, kind: str) -> str:
        """What a kind of evidence is called in this city."""
        return wording.kind_named(kind, self.framework, self.city)

    @classmethod
    def open(cls, city: City, framework: Framework, manifest: Manifest) -> Docket:
        """Make the look-ups of one manifest."""
        files = manifest.by_path
        cited: dict[str, list[EvidenceFile]] = {}
        for citation in manifest.citations:
            file = files[citation.path]
            if file.condition is not Condition.IGNORED:
                cited.setdefault(citation.question_id, []).append(file)
        frozen = {question_id: tuple(found) for question_id, found in cited.items()}
        shut = [note for note in manifest.folders if note.reason == "unreadable"]
        closed = frozenset(note.agency_id for note in shut if note.agency_id and "/" not in note.folder)
        named = frozenset(question_id for note in shut for question_id in note.questions)
        answers = ranked_answers(manifest, city, framework)
        forms: dict[str, ReadForm] = {}
        for form in sorted(manifest.forms, key=lambda form: not form.is_back):
            if form.is_taken and not form.area:
                forms.setdefault(form.agency_id, form)
        references = _references(manifest)
        return cls(
            city, framework, manifest, load_catalogue(), files, frozen, closed, named, answers, forms, references
        )

    def is_closed(self, question: Question) -> bool:
        """Whether the evidence of ``question`` may lie in a folder that could not be opened."""
        lead = self.lead(question)
        return question.id in self.closed_questions or (lead is not None and lead.id in self.closed)

    def lead(self, question: Question) -> Agency | None:
        """The agency that owes ``question`` here, None where no agency carries the role."""
        return self.city.agency_for(self.city.lead_role(question))

    def answer(self, question_id: str) -> Answer | None:
        """The answer that stands for a question, None where nobody answers."""
        return next(iter(self.answers.get(question_id, ())), None)

    def asked_table(self, question: Question) -> tuple[TableSchema, Agency] | None:
        """A table that an agency was asked for ``question`` in the form it has handed in; None where there is none.

        Of several agencies the one that owes the question: it is reminded of its own form and not of another's.
        """
        asked = [
            (schema, agency)
            for schema in self.framework.tables.values()
            for role in _roles_asked(schema, question.id)
            if (agency := self.city.agency_for(role)) is not None
            and agency.id in self.forms
            and self._is_asked(agency, question, schema)
        ]
        lead = self.city.lead_role(question)
        return min(asked, key=lambda one: lead not in one[1].roles, default=None)

    def _is_asked(self, agency: Agency, question: Question, schema: TableSchema) -> bool:
        """Whether the form of ``agency`` asks the table for ``question``: a list serves many, each asked of its own."""
        asked = {self.city.lead_role(question), *question.suppliers}
        return schema.row_kind is not RowKind.LIST or not asked.isdisjoint(agency.roles)

    def agency_name(self, agency_id: str) -> str:
        """Name of an agency; the secretariat's where the id is empty."""
        names = {agency.id: agency.name for agency in self.city.agencies}
        return names.get(agency_id, agency_id) if agency_id else self.catalogue.phrases["secretariat"]

    def source_name(self, file: EvidenceFile) -> str:
        """Name of the agency ``file`` came from; its folder, or that it lies outside, where no agency is known."""
        names = {agency.id: agency.name for agency in self.city.agencies}
        folder, slash, _ = file.path.partition("/")
        return names.get(file.agency_id) or (folder if slash else self.catalogue.phrases["outside"])

    def lead_name(self, question: Question) -> str:
        """Name of the agency that owes ``question``, or the role's label where there is none."""
        lead = self.lead(question)
        return lead.name if lead else self.framework.roles[self.city.lead_role(question)].label


def _references(manifest: Manifest) -> dict[str, tuple[Declaration, ...]]:
    found: dict[str, list[Declaration]] = {}
    for declaration in manifest.declarations:
        if declaration.url:
            for question_id in declaration.questions:
                found.setdefault(question_id, []).append(declaration)
    return {question_id: tuple(each) for question_id, each in found.items()}


def _roles_asked(schema: TableSchema, question_id: str) -> tuple[str, ...]:
    """Roles that fill what a table holds for a question."""
    if question_id not in schema.questions:
        return ()
    own = [column for column in schema.columns if question_id in column.questions]
    lines = [row for row in schema.rows if question_id in row.questions]
    roles = [*(column.supplier for column in own), *(row.supplier for row in lines)]
    return tuple(dict.fromkeys(filter(None, roles))) or schema.suppliers
