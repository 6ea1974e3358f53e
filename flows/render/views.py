"""What the templates of the dossier print: plain values, already chosen and worded, nothing to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flows.model import Question
from flows.render.declared import LONG_DETAILS, DeclaredView
from flows.render.table_views import FigureView, LinkView, SeeView, TableView, WithheldView

_CELLS_OF_A_PROOF = 8
"""Measured: a row of a table of proof takes as long to typeset as this many cells of a table of figures."""


@dataclass(frozen=True, slots=True)
class ProofView:
    """One row of a question's table of proof."""

    label: str
    """Annex label, or the sign for no value where the register has none."""
    target: str
    """Anchor of the document's first page in the annexes; empty where the label is missing."""
    document: str
    """Telling name of the document; for sensitive proof only its kind."""
    file_name: str
    """Name of the file where ``document`` is a title; else empty."""
    agency: str
    pages: int | None
    """As its annex has them, else as the file itself counts; None where neither is known, as of a workbook that is not
    bound, and of a document of which a slip sheet says that it is shown at the verification."""
    is_masked: bool
    """Whether the document is shown only at the verification, and nothing may name it here."""
    is_redacted: bool = False
    """Whether title and pages are those of the agency's redacted copy."""
    declared: tuple[DeclaredView, ...] = ()
    """What forms say of it for this question; of a document that proves a sensitive one the pages alone."""

    signed_by: str = ""
    """Who has signed it electronically, where its bytes are still the signed ones; empty for a masked document."""

    def bound(self, pages: int | None) -> ProofView:
        """With as many pages as its annex has of it; None where a slip sheet stands for them."""
        if pages is None:
            return replace(self, pages=None)
        within = (each.within(pages) for each in self.declared)
        return replace(self, pages=pages, declared=tuple(dict.fromkeys(one for one in within if not one.is_empty)))

    @property
    def is_long(self) -> bool:
        """Whether its row may be broken across pages, because it could be taller than one."""
        return sum(each.length for each in self.declared) > LONG_DETAILS


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo among the proof of a question."""

    sha256: str
    """Of the photo as it was handed in."""
    label: str
    target: str
    title: str
    """What the form says of it, else the kind of document: the list of proof names its file."""
    agency: str
    taken: str
    """ISO date it was taken according to itself; may be empty."""
    data: str = ""
    """Its small copy, a ``data:`` address as finished markup; empty before :meth:`ChapterView.illustrated`."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its proof."""

    question: Question
    text: str
    """Official wording where the city imported it, else our title."""
    claimed: float | None
    lead: str
    """Who owes it here."""
    proofs: tuple[ProofView, ...]
    choice: str = ""
    """The answer that stands; empty where there is none."""
    note: tuple[str, ...] = ()
    """Paragraphs of the note."""
    tables: tuple[TableView, ...] = ()
    """Tables printed here."""
    see: tuple[SeeView, ...] = ()
    """Tables that stand elsewhere."""
    withheld: tuple[WithheldView, ...] = ()
    links: tuple[LinkView, ...] = ()
    hidden_links: int = 0
    """Links that only the verification shows."""
    photos: tuple[PhotoView, ...] = ()
    more_photos: int = 0
    """Photos that only the annex shows."""

    @property
    def has_contents(self) -> bool:
        """Whether anything but documents is printed for it."""
        parts = (self.choice, self.note, self.tables, self.see, self.withheld, self.links, self.hidden_links)
        return any(parts)

    def illustrated(self, pictures: Mapping[str, str]) -> QuestionView:
        """See :meth:`ChapterView.illustrated`."""
        photos = tuple(replace(photo, data=pictures[photo.sha256]) for photo in self.photos if photo.sha256 in pictures)
        lost = len(self.photos) - len(photos)
        return replace(self, photos=photos, more_photos=self.more_photos + lost if photos else 0)

    def is_like(self, other: QuestionView) -> bool:
        """Whether the same is printed for it in another edition."""
        return replace(self, question=other.question) == other


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator with its questions."""

    id: str
    title: str
    number: str
    """Letter of the section in its chapter, ``A.``: numbers such as 4.1 are those of questions."""
    maximum: float
    claimed: float | None
    leads: tuple[str, ...]
    """Who owes its questions here, in order of appearance."""
    questions: tuple[QuestionView, ...]
    documents: int
    """Distinct documents in its tables."""

    @property
    def is_described(self) -> bool:
        """Whether a form's words on any of its documents are printed."""
        return any(proof.declared for question in self.questions for proof in question.proofs)


@dataclass(frozen=True, slots=True)
class ChapterView:
    """One block as a chapter of the book."""

    number: int
    id: str
    label: str
    title: str
    maximum: float
    claimed: float | None
    indicators: tuple[IndicatorView, ...]
    documents: int
    titles: tuple[TableView, ...] = ()
    """Its tables in order, for the list of tables."""
    matrices: tuple[TableView, ...] = ()
    """Checklists in full, at its end."""
    matrices_letter: str = ""
    """Letter of the section that has them."""
    figures: tuple[FigureView, ...] = ()
    """Its pictures in order, for the list of figures."""

    @property
    def heading(self) -> str:
        """Label and title as printed; one of them where both say the same."""
        return self.title if self.label.casefold() == self.title.casefold() else f"{self.label}: {self.title}"

    def bound(self, pages: Mapping[str, int | None]) -> ChapterView:
        """With the pages of documents as their annexes have them, by label: a file may count sheets or slides."""

        def with_pages(question: QuestionView) -> QuestionView:
            proofs = (each.bound(pages[each.label]) if each.label in pages else each for each in question.proofs)
            return replace(question, proofs=tuple(proofs))

        return self._with(with_pages)

    def illustrated(self, pictures: Mapping[str, str]) -> ChapterView:
        """With small copies of its photos.

        Args:
            pictures: the copies as finished markup, by hash of the photo; one that has none is not shown.
        """
        return self._with(lambda question: question.illustrated(pictures) if question.photos else question)

    def _with(self, change: Callable[[QuestionView], QuestionView]) -> ChapterView:
        indicators = (replace(each, questions=tuple(map(change, each.questions))) for each in self.indicators)
        return replace(self, indicators=tuple(indicators))

    def beside(self, other: ChapterView) -> ChapterView:
        """Only what another edition prints otherwise; numbers of sections and tables stay."""
        kept = (
            replace(
                one, questions=tuple(a for a, b in zip(one.questions, two.questions, strict=True) if not a.is_like(b))
            )
            for one, two in zip(self.indicators, other.indicators, strict=True)
        )
        matrices = tuple(each for each in self.matrices if each not in other.matrices)
        return replace(self, indicators=tuple(each for each in kept if each.questions), matrices=matrices)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to print."""
        return not (self.indicators or self.matrices)

    @property
    def questions(self) -> int:
        """How many questions it holds."""
        return sum(len(indicator.questions) for indicator in self.indicators)

    @property
    def extent(self) -> int:
        """About how much there is to typeset, in cells of tables."""
        questions = [question for indicator in self.indicators for question in indicator.questions]
        tables = [*(table for question in questions for table in question.tables), *self.matrices]
        cells = sum(sheet.cells for table in tables for sheet in table.sheets)
        return cells + _CELLS_OF_A_PROOF * sum(len(question.proofs) for question in questions)
