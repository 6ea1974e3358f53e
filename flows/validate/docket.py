"""What the checks look at: city, instrument, manifest and words, with the look-ups every check needs made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.findings import Catalogue, load_catalogue
from flows.model import Agency, City, Condition, EvidenceFile, Framework, Manifest, Question


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
        return cls(city, framework, manifest, load_catalogue(), files, frozen, closed, named)

    def is_closed(self, question: Question) -> bool:
        """Whether the evidence of ``question`` may lie in a folder that could not be opened."""
        lead = self.lead(question)
        return question.id in self.closed_questions or (lead is not None and lead.id in self.closed)

    def lead(self, question: Question) -> Agency | None:
        """The agency that owes ``question`` here, None where no agency carries the role."""
        return self.city.agency_for(self.city.lead_role(question))

    def source_name(self, file: EvidenceFile) -> str:
        """Name of the agency ``file`` came from; its folder, or that it lies outside, where no agency is known."""
        names = {agency.id: agency.name for agency in self.city.agencies}
        folder, slash, _ = file.path.partition("/")
        return names.get(file.agency_id) or (folder if slash else self.catalogue.phrases["outside"])

    def lead_name(self, question: Question) -> str:
        """Name of the agency that owes ``question``, or the role's label where there is none."""
        lead = self.lead(question)
        return lead.name if lead else self.framework.roles[self.city.lead_role(question)].label
