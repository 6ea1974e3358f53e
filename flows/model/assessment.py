"""What it is worth: the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.model.filled import Answer, Declaration, GatheredTable, Place
from flows.model.instrument import Requirement
from flows.model.privacy import HOLDING, Override, PrivacyReview
from flows.model.states import Hindrance, Outcome, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check noticed. Code and values only; the words are in ``validations/findings.yaml``."""

    code: str
    severity: Severity
    agency_id: str = ""
    question_id: str = ""
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    points: float = 0.0
    """Points at stake, 0 where none."""
    sheet: str = ""
    """Sheet of the workbook at ``path``, where the finding is about a cell."""
    cell: str = ""
    """Address of that cell, ``D7``."""
    spot: str = ""
    """What else tells it apart at its place, such as where in the file it hides; part of its id, never printed."""
    id: str = ""
    """``T-3f9a2c1b``, given when the assessment is settled; equal evidence gives equal ids."""
    lifted: Override | None = None
    """Who has lifted it, where it would block or hold a file back."""

    @property
    def blocks(self) -> bool:
        """Whether it stops a publication."""
        return self.severity is Severity.BLOCKING and self.lifted is None

    @property
    def holds(self) -> bool:
        """Whether it keeps its file out of edition *kirim* until somebody lifts it."""
        return self.code in HOLDING and self.lifted is None

    @property
    def may_be_lifted(self) -> bool:
        """Whether somebody may decide, by name and reason, that it does not count."""
        return self.severity is Severity.BLOCKING or self.code in HOLDING

    @property
    def awaits_decision(self) -> bool:
        """Whether somebody may decide that, and nobody has."""
        return self.may_be_lifted and self.lifted is None


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """How far one requirement is filled, and by which files."""

    requirement: Requirement
    outcome: Outcome
    paths: tuple[str, ...]
    """Files that fill it or might."""
    reason: str = ""
    """Reason code where it is not complete, a key of ``reasons`` in ``validations/findings.yaml``."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a question, an indicator, a block or the city. Never a predicted award."""

    maximum: float
    claimed: float | None
    """From the agency's form or the secretariat's answer sheet; None where nothing is claimed."""
    proven: float | None
    """Claimed points whose evidence is complete; None where nothing is claimed."""
    maximum_with_proof: float
    """Maximum of the questions whose evidence is complete, capped by the indicator."""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question with its evidence and outcome."""

    question_id: str
    outcome: Outcome
    requirements: tuple[RequirementResult, ...]
    paths: tuple[str, ...]
    """Every file cited for it, sorted by path."""
    points: Points
    lead_agency_id: str
    """Agency that owes it here; empty where the city has none for the role."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """An indicator, a block or an agency: how many questions have which outcome, and the points."""

    id: str
    counts: Mapping[Outcome, int]
    points: Points

    @property
    def questions(self) -> int:
        """How many questions it holds."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that is not complete, ranked by what it costs."""

    question_id: str
    agency_id: str
    outcome: Outcome
    points: float
    """Maximum of the question."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A row of a table as it stands after merging, or a computed total of rows."""

    key: str
    label: str
    """Name as the city knows it, else as the file has it."""
    year: int | None
    values: Mapping[str, float | str]
    """``column`` or ``column.L``, ``column.P``, ``column.LP`` → value; what is unknown or unreadable is absent.
    Totals of both sexes and percentages that follow from other values are filled in."""
    group: str = ""
    """Name of the kecamatan of a kelurahan."""
    place: Place | None = None
    """Where it was read; None for a computed row."""
    agency_id: str = ""
    """Who filled it."""


@dataclass(frozen=True, slots=True)
class StandingTable:
    """What counts as the table of a schema, merged from everything gathered for it."""

    schema_id: str
    outcome: Outcome
    """LACKING: started, but required cells, years or areas are missing; WARNING: it has findings to repair."""
    rows: tuple[StandingRow, ...]
    """Year by year, in the order of areas, fixed rows or lines."""
    group_totals: tuple[StandingRow, ...]
    """Of kelurahan tables: one row per kecamatan and year."""
    totals: tuple[StandingRow, ...]
    """One row per year over all rows, where the columns can be added; percentages are recomputed."""
    sources: tuple[GatheredTable, ...]
    """Tables it was made of, the strongest first."""
    definitions: Mapping[str, str]
    questions: tuple[str, ...]
    """Questions it holds something for."""


@dataclass(frozen=True, slots=True)
class TableCheck:
    """One expectation over one table: how many values it looked at and where it failed. For who wants the detail."""

    schema_id: str
    suite: str
    rule: str
    """Name of the expectation in Great Expectations."""
    finding: str
    """Code in the catalogue of findings."""
    checked: int
    failures: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the checks say about one manifest."""

    questions: Mapping[str, QuestionResult]
    indicators: Mapping[str, GroupResult]
    blocks: Mapping[str, GroupResult]
    agencies: Mapping[str, GroupResult]
    total: GroupResult
    findings: tuple[Finding, ...]
    """Heaviest first, then by points, agency and path."""
    gaps: tuple[Gap, ...]
    """Most points first."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answer that stands, per question: the lead's, else another agency's, else the secretariat's."""
    tables: Mapping[str, StandingTable] = field(default_factory=dict)
    """Tables by schema id; a schema nobody has filled is absent."""
    references: Mapping[str, tuple[Declaration, ...]] = field(default_factory=dict)
    """Links named as evidence, per question; they prove nothing by themselves."""
    table_checks: tuple[TableCheck, ...] = ()
    privacy_checked: bool = False
    """Whether a privacy check has passed this evidence; until then every page says DRAF – INTERNAL."""
    privacy: PrivacyReview = field(default_factory=PrivacyReview)
    """How far the files were looked through for personal data."""
    withheld: frozenset[str] = frozenset()
    """Hashes of files that expose a child, whatever is lifted, or might until somebody says that they do not: edition
    *kirim* names their kind and hash only."""
    overrides: tuple[Override, ...] = ()
    """The history of what was lifted, as this run read it."""
    lapsed: tuple[Override, ...] = ()
    """What was lifted and not taken back, but lifts nothing any more: the file has changed, or the finding is gone."""

    @property
    def blocking(self) -> int:
        """How many findings stop a publication."""
        return sum(finding.blocks for finding in self.findings)

    @property
    def hindrance(self) -> Hindrance | None:
        """Why nothing may be uploaded yet; None where it may."""
        if not self.privacy_checked:
            return Hindrance.DRAFT
        return Hindrance.BLOCKED if self.blocking else None

    @property
    def heaviest(self) -> Severity | None:
        """Severity of the heaviest finding that nobody has lifted, None where there is none."""
        return max((finding.severity for finding in self.findings if finding.lifted is None), default=None)
