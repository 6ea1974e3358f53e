"""What is asked: the instrument of one year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flows.model.states import Media, Origin, Period, Scope, Years
from flows.model.tables import TableSchema


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
    level: int = 0
    """Rank among the legal products of a region, higher beats lower; 0 where it is not to be compared."""


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
    questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    """All questions of the block in the instrument's order."""

    def __post_init__(self) -> None:
        """Put the questions together once: they are asked for with every file."""
        questions = tuple(question for indicator in self.indicators for question in indicator.questions)
        object.__setattr__(self, "questions", questions)


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
    tables: Mapping[str, TableSchema] = field(default_factory=dict)
    """Tables by id, in the order of their first question."""
    questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    """All questions in order."""

    def __post_init__(self) -> None:
        """As that of :class:`Block`."""
        questions = tuple(question for block in self.blocks for question in block.questions)
        object.__setattr__(self, "questions", questions)

    def __hash__(self) -> int:
        """By the files it was read from, so that what follows from an instrument can be kept by it."""
        return hash(self.sha256)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(indicator for block in self.blocks for indicator in block.indicators)

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
