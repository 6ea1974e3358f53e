"""The nouns of kla-dosir: frozen values that pass between the stages, and nothing else.

This module imports nothing of ours and can be read as the glossary in code. Every value is immutable, so
that a stage can hand it on without fear; sequences are tuples. Paths are kept as POSIX text relative to the
year's input folder, in exactly the spelling found on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


class Outcome(StrEnum):
    """How far a requirement, a question or a group of questions is proven."""

    COMPLETE = "lengkap"
    WARNING = "peringatan"
    LACKING = "kurang"
    UNASSESSABLE = "tidak-dapat-dinilai"


class Severity(IntEnum):
    """How heavy a finding weighs; higher is heavier. Only ``BLOCKING`` stops a publication."""

    ADVICE = 1
    REQUIRED = 2
    BLOCKING = 3


class Condition(StrEnum):
    """What state a file was found in: the ``status`` column of ``manifest.csv``."""

    GOOD = "baik"
    EMPTY = "kosong"
    DAMAGED = "rusak"
    LOCKED = "terkunci"
    WRONG_EXTENSION = "salah-ekstensi"
    ARRIVING = "masih-disalin"
    REFUSED = "ditolak"
    IGNORED = "diabaikan"

    @property
    def is_readable(self) -> bool:
        """Whether the content could be opened and may prove something."""
        return self in (Condition.GOOD, Condition.WRONG_EXTENSION)


class Media(StrEnum):
    """The family a file belongs to, by its content: the ``kind`` column of ``manifest.csv``."""

    PDF = "pdf"
    IMAGE = "gambar"
    SPREADSHEET = "lembar-kerja"
    TEXT_DOCUMENT = "dokumen-teks"
    SLIDES = "paparan"
    ARCHIVE = "arsip"
    PLAIN_TEXT = "teks"
    OTHER = "lain"
    FORM = "formulir"
    GUIDE = "petunjuk"
    SYSTEM = "sistem"


class Period(StrEnum):
    """Which time a piece of evidence must speak of (``periode`` of a requirement)."""

    DATA_YEARS = "tahun_data"
    IN_FORCE = "berlaku"
    CUMULATIVE = "kumulatif"


class Years(StrEnum):
    """Whether one data year is enough or both must be seen (``years`` of a requirement)."""

    ANY = "salah-satu"
    BOTH = "keduanya"


class Origin(StrEnum):
    """Where a requirement comes from (``sumber``): the instrument's words, or inferred by us."""

    SOURCE = "instrumen"
    INFERRED = "disimpulkan"


class Scope(StrEnum):
    """At which level of government a question is answered."""

    CITY = "kota"
    DISTRICT = "kecamatan"
    VILLAGE = "kelurahan"


# --------------------------------------------------------------------------------------------------------------------
# What is asked: the instrument of one year


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of proof, such as an SK, a matrix or a photo (``validations/kinds.yaml``)."""

    id: str
    label: str
    """Indonesian, as printed: "Keputusan (SK)"."""
    accepts: tuple[str, ...]
    """Kinds that satisfy a requirement of this kind, itself included."""
    content: tuple[str, ...] = ()
    """Regular expressions over headings in upper case; one match recognises the kind."""
    media: tuple[Media, ...] = ()
    """Families of files that are of this kind by their nature (a photo is an image)."""
    name_words: tuple[str, ...] = ()
    """Lower-case words of a file name that hint at this kind. A hint never proves."""
    is_legal: bool = False
    """A legal product: its text says what it is about, and only its first heading says what it is."""


@dataclass(frozen=True, slots=True)
class Role:
    """A supplier as the instrument sees it, independent of what a city calls its agency."""

    id: str
    label: str
    """Short Indonesian name: "Dinas Kesehatan"."""
    group: str
    """``opd``, ``vertikal``, ``mitra`` or ``wilayah``."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One piece of evidence a question asks for: the slot, not the file."""

    id: str
    """Question id and position, ``12.1#1``."""
    kind: str
    """Id of an :class:`EvidenceKind`."""
    period: Period
    years: Years
    count: int
    """Fewest files that fill it."""
    signed: bool
    """The source asks for a signature on it."""
    origin: Origin
    note: str = ""
    """What the source says about this proof, in our words; may be empty."""


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """How a question is answered: ``tingkat`` (graded yes/no), ``angka`` or ``uraian``."""

    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One scored question of an indicator: the unit agencies work with."""

    id: str
    title: str
    """Our own Indonesian wording, with every condition of the source."""
    points: float
    lead: str
    """Role that owes the answer."""
    suppliers: tuple[str, ...]
    """Roles that may contribute, the lead included."""
    requirements: tuple[Requirement, ...]
    answer: AnswerFormat
    scope: Scope = Scope.CITY
    is_sensitive: bool = False
    """Evidence may expose a child in difficulty (``sensitif``)."""
    keywords: tuple[str, ...] = ()
    """Lower-case words of which at least one should occur in a legal text that proves this question."""
    fault: str = ""
    """A known fault of the source at this question, in Indonesian."""
    official_text: str = ""
    """Official wording imported by the city (``teks_resmi``), printed where present."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numbered, scored row, ids such as "9" or "21A". Its maximum caps its questions."""

    id: str
    title: str
    points: float
    questions: tuple[Question, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A group of indicators with a maximum: Kelembagaan, Klaster I-V, Kelana-Dekela."""

    id: str
    """``KL``, ``I`` … ``V``, ``KD``."""
    label: str
    """As printed: "Kelembagaan", "Klaster III"."""
    title: str
    points: float
    indicators: tuple[Indicator, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the block in the instrument's order."""
        return tuple(question for indicator in self.indicators for question in indicator.questions)


@dataclass(frozen=True, slots=True)
class Framework:
    """The instrument of one year, with the roles and kinds of evidence it speaks of."""

    year: int
    title: str
    legal_basis: tuple[str, ...]
    source: str
    faults: tuple[str, ...]
    blocks: tuple[Block, ...]
    roles: Mapping[str, Role]
    kinds: Mapping[str, EvidenceKind]
    sha256: str
    """Hash of the files it was read from."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(indicator for block in self.blocks for indicator in block.indicators)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for block in self.blocks for question in block.questions)

    @property
    def points(self) -> float:
        """Maximum of the whole instrument: the sum of the indicators' maxima."""
        return sum(indicator.points for indicator in self.indicators)

    def walk(self) -> Iterator[tuple[Block, Indicator, Question]]:
        """Every question with the indicator and block it stands in, in order."""
        for block in self.blocks:
            for indicator in block.indicators:
                for question in indicator.questions:
                    yield block, indicator, question


# --------------------------------------------------------------------------------------------------------------------
# Who answers: the city of one evaluation year


@dataclass(frozen=True, slots=True)
class Agency:
    """A supplier of evidence as the city calls it."""

    id: str
    """Lower-case ASCII with hyphens, unique in the city."""
    name: str
    folder: str
    """Name of its folder in the year's input folder, as it is on disk."""
    roles: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    group: str = "opd"
    """``opd``, ``vertikal``, ``mitra``, ``wilayah`` or ``tidak-dikenal`` (a folder nobody is known for)."""
    source: str = ""
    """Where the name comes from."""
    is_confirmed: bool = False
    """Whether the city has said that the name is right (``terkonfirmasi``)."""


@dataclass(frozen=True, slots=True)
class Village:
    """A kelurahan or desa."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan with its kelurahan or desa."""

    code: str
    name: str
    villages: tuple[Village, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """An official who signs; empty texts until the city fills them. Personal data."""

    role: str
    """``kepala-daerah``, ``sekda`` or ``kepala-pppa``."""
    office: str
    """As printed: "Sekretaris Daerah selaku Ketua Gugus Tugas KLA"."""
    name: str = ""
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class LegalItem:
    """A regulation of the city's legal basis; printed only when confirmed."""

    text: str
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the general picture of the region (Bab II), filled in by the city."""

    label: str
    value: str
    unit: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class City:
    """The submitting government in one evaluation year (``kota.yaml``)."""

    id: str
    """Folder name below ``inputs``, such as ``kota-contoh``."""
    name: str
    """As printed: "Kota Banjarmasin"."""
    code: str
    """Kemendagri code, ``63.71``; empty when unknown."""
    province: str
    time_zone: str
    """IANA name, ``Asia/Makassar``."""
    evaluation_year: int
    data_years: tuple[int, int]
    """Year n-1 and year n."""
    framework_year: int
    agencies: tuple[Agency, ...]
    districts: tuple[District, ...]
    signatories: tuple[Signatory, ...]
    legal_basis: tuple[LegalItem, ...]
    facts: tuple[Fact, ...]
    leads: Mapping[str, str]
    """Question id → role that owes it here, where the city changed the instrument's choice."""
    paper: str = "A4"
    """``A4`` or ``F4`` (215 x 330 mm)."""
    seat: str = ""
    """Place printed beside dates: the capital of the region."""

    @property
    def is_city(self) -> bool:
        """Whether it is a kota and not a kabupaten."""
        return self.name.casefold().startswith("kota ")

    def agency_for(self, role: str) -> Agency | None:
        """The first agency that carries ``role``, or None where the city has none."""
        return next((agency for agency in self.agencies if role in agency.roles), None)

    def lead_role(self, question: Question) -> str:
        """The role that owes ``question`` in this city."""
        return self.leads.get(question.id, question.lead)


# --------------------------------------------------------------------------------------------------------------------
# What was found: the manifest


class Basis(StrEnum):
    """What says that a file answers a question; the earlier member beats the later one."""

    FORM = "formulir"
    NAME = "nama-berkas"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file found below the input folder, whatever its state."""

    path: str
    """Relative to the year's input folder, POSIX separators, spelled as on disk."""
    agency_id: str
    """Agency whose folder it lies in; empty for a file beside the agency folders."""
    bytes: int
    condition: Condition
    media: Media
    sha256: str = ""
    """Empty where the bytes could not be read."""
    pages: int | None = None
    """Pages of a PDF, sheets of a workbook, slides of a presentation, frames of a picture; None where unknown."""
    detail: str = ""
    """A finding-catalogue reason code for the condition, such as ``password`` or ``lock-file``."""
    kinds: tuple[str, ...] = ()
    """Kinds of evidence recognised from the content."""
    named_kinds: tuple[str, ...] = ()
    """Kinds that only the name hints at."""
    years: tuple[int, ...] = ()
    """Years the content or the name speaks of, ascending."""
    title: str = ""
    """First telling line of the text, at most 120 characters; empty for a scan."""
    keywords: tuple[str, ...] = ()
    """Which of the instrument's keywords occur in the text or the name."""
    has_text: bool = False
    """Whether text could be read from it."""
    has_signature: bool = False
    """Whether it carries an electronic signature (not judged here)."""
    duplicate_of: str = ""
    """Path of the first file with the same bytes."""
    suggestions: tuple[str, ...] = ()
    """Question ids a file nobody cites might belong to."""
    unknown_ids: tuple[str, ...] = ()
    """Ids at the start of a name that the instrument does not have."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def short_hash(self) -> str:
        """First eight characters of the hash, as printed."""
        return self.sha256[:8]


@dataclass(frozen=True, slots=True)
class Citation:
    """File X answers question Y."""

    question_id: str
    path: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of one path point to different questions; the stronger one was taken."""

    path: str
    taken: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FolderNote:
    """A folder that could not be used as expected: ``unmatched``, ``unreadable`` or ``missing``."""

    folder: str
    reason: str
    agency_id: str = ""
    questions: tuple[str, ...] = ()
    """Questions that the names along the path of an unreadable folder point to."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything gathered: every file exactly once, and which questions it answers."""

    files: tuple[EvidenceFile, ...]
    """Sorted by path."""
    citations: tuple[Citation, ...]
    """Sorted by question order of the instrument, then path."""
    conflicts: tuple[Conflict, ...] = ()
    folders: tuple[FolderNote, ...] = ()
    claims: Mapping[str, float] = field(default_factory=dict)
    """Points claimed per question, from the agencies' forms and the secretariat's answer sheet."""

    def file(self, path: str) -> EvidenceFile:
        """The file at ``path``; KeyError if there is none."""
        return self.by_path[path]

    @property
    def by_path(self) -> dict[str, EvidenceFile]:
        """All files by path."""
        return {file.path: file for file in self.files}

    def questions_of(self) -> dict[str, tuple[str, ...]]:
        """Path → ids of the questions it answers, in the instrument's order."""
        found: dict[str, list[str]] = {}
        for citation in self.citations:
            found.setdefault(citation.path, []).append(citation.question_id)
        return {path: tuple(ids) for path, ids in found.items()}


# --------------------------------------------------------------------------------------------------------------------
# What it is worth: the assessment


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
    """Every file cited for it, in annex order."""
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
    privacy_checked: bool = False
    """Whether a privacy check has passed this evidence; until then every page says DRAF – INTERNAL."""

    @property
    def heaviest(self) -> Severity | None:
        """Severity of the heaviest finding, None where there is none."""
        return max((finding.severity for finding in self.findings), default=None)


# --------------------------------------------------------------------------------------------------------------------
# What is made of it


@dataclass(frozen=True, slots=True)
class Label:
    """An annex label, given at a document's first registration and never moved."""

    label: str
    """``III/12.1-02``."""
    question_id: str
    agency_id: str
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Register:
    """Annex labels of a city and year: the book's memory, an input of rendering."""

    labels: tuple[Label, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Further paths with the same bytes → label, for copies of one document in one agency's folders."""

    @property
    def by_path(self) -> dict[str, Label]:
        """The label of each cited file's current path, copies included."""
        by_label = {label.label: label for label in self.labels}
        found = {label.path: label for label in self.labels if label.path}
        return found | {path: by_label[label] for path, label in self.aliases.items()}


@dataclass(frozen=True, slots=True)
class Document:
    """One rendered PDF in the work folder."""

    name: str
    """Path relative to the run folder: ``dosir.pdf``, ``internal/kendali.pdf``."""
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The PDFs of one run, in a work folder."""

    documents: tuple[Document, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Publication:
    """A finished run folder."""

    run_id: str
    path: str
    """Absolute path of the run folder."""
    documents: tuple[Document, ...]
