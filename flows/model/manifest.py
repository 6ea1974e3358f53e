"""What was found: the manifest."""

from __future__ import annotations

from dataclasses import dataclass

from flows.model.dress import APPROVAL_NAMES
from flows.model.facts import (
    NO_EARLIER,
    DocumentFacts,
    EarlierEvaluations,
    ElectronicSignature,
    Exposure,
    OpenFile,
    PathHistory,
    Photo,
    Reach,
)
from flows.model.filled import Answer, Declaration, FormNote, GatheredTable, ReadForm
from flows.model.states import Basis, Condition, Media, Signed

TWO_FORMATS = "polyglot-"
"""How what a file carries behind or before itself begins among :attr:`EvidenceFile.active`."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file found below the input folder, whatever its state."""

    path: str
    """Relative to the year's input folder, POSIX separators, spelled as on disk, but for numbers of persons, which are
    masked. What lies in an archive has the archive's path in front: ``Dinsos/bukti.zip/10.1 SK.pdf``."""
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
    declared_kinds: tuple[str, ...] = ()
    """Kinds that a form's list of evidence declares."""
    signed: Signed = Signed.UNSAID
    """What a form's list of evidence declares of its signature."""
    suggestions: tuple[str, ...] = ()
    """Question ids a file nobody cites might belong to."""
    unknown_ids: tuple[str, ...] = ()
    """Ids at the start of a name that the instrument does not have."""
    is_scan: bool = False
    """Whether its pages are pictures without text."""
    document: DocumentFacts | None = None
    """What it says of itself; None where there is no text."""
    signatures: tuple[ElectronicSignature, ...] = ()
    photo: Photo | None = None
    """Of pictures only."""
    active: tuple[str, ...] = ()
    """What it would do or carry besides showing itself: keys of ``active`` in the catalogue of findings, the name of a
    file in the file behind a colon: ``embedded-file: rekap.xlsx``."""
    exposures: tuple[Exposure, ...] = ()
    """Personal data found in it, its name included."""
    reach: Reach = Reach.NONE
    """How much of it was looked through for that."""
    container: str = ""
    """Path of the archive it lies in; empty for a file of a folder."""
    is_redacted: bool = False
    """Whether its agency calls it a redacted copy, by its folder or name."""
    redacts: str = ""
    """Path of the file of which it is the agency's redacted copy; empty for every other file."""
    format: str = ""
    """What its content is, finer than the family: a key of :data:`flows.formats.SUFFIXES`, or ``video``, ``audio``;
    empty where nobody knows."""
    further: tuple[DocumentFacts, ...] = ()
    """Legal products that begin on later pages of the same file; ``document`` is the one it begins with."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_two_formats(self) -> bool:
        """Whether it is two files in one, of which only the one that it is called after was looked at and is shown."""
        return any(fact.startswith(TWO_FORMATS) for fact in self.active)

    @property
    def is_unpacked(self) -> bool:
        """Whether it is an archive that stands for the folder of its members, and proves nothing itself."""
        return self.media is Media.ARCHIVE and self.detail == "unpacked"

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
class ArchiveNote:
    """An archive that holds more files than are listed."""

    path: str
    agency_id: str
    taken: int
    """Files that were taken from it."""
    left: int
    """Files in it that are not listed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything gathered: every file exactly once, and which questions it answers."""

    files: tuple[EvidenceFile, ...]
    """Sorted by path."""
    citations: tuple[Citation, ...]
    """Sorted by question order of the instrument, then path."""
    conflicts: tuple[Conflict, ...] = ()
    folders: tuple[FolderNote, ...] = ()
    forms: tuple[ReadForm, ...] = ()
    """Forms that came back, sorted by path."""
    answers: tuple[Answer, ...] = ()
    """All answers, sorted by question order, then agency, then path; several per question where several answer."""
    tables: tuple[GatheredTable, ...] = ()
    """Sorted by the framework's order of tables, then source, agency and path."""
    declarations: tuple[Declaration, ...] = ()
    form_notes: tuple[FormNote, ...] = ()
    open_files: tuple[OpenFile, ...] = ()
    """Files that somebody has open, sorted by path."""
    unscanned: tuple[str, ...] = ()
    """Paths of files of which the virus scanner would say nothing, though it was running; sorted."""
    archives: tuple[ArchiveNote, ...] = ()
    """Archives of which not every file is listed, sorted by path."""
    history: tuple[PathHistory, ...] = ()
    """Of every path that was ever cited, also of those that are gone, sorted by path."""
    earlier: EarlierEvaluations = NO_EARLIER
    """What is known from the evaluations before this one."""

    def file(self, path: str) -> EvidenceFile:
        """The file at ``path``; KeyError if there is none."""
        return self.by_path[path]

    @property
    def approval(self) -> EvidenceFile | None:
        """The signed approval sheet in the city's own folder; None where there is none."""
        own = {
            file.name.casefold(): file for file in self.files if file.media is Media.OWN and file.path.count("/") == 1
        }
        return next((own[name] for name in APPROVAL_NAMES if name in own), None)

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
