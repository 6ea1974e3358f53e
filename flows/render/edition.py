"""One edition of the book: its parts typeset, its exhibits prepared, and the volumes they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.model import Block
from flows.names import slug
from flows.render.book import Book, Listed
from flows.render.exhibit_pages import Prepare
from flows.render.exhibits import Exhibits, beside, exhibits_by_block, guests_of
from flows.render.originals import list_anchor
from flows.render.press import Press
from flows.render.slips import Slip, slip_for
from flows.render.values import Exhibit, Pages, Part, Prepared, Sheets, Typeset, Volume

BOOK = "dosir.pdf"
NAME_LETTERS = 60
"""Most letters of a block's title in the name of its volume."""
_BEFORE = 3
"""Fixed parts that stand before the chapters: the summary, Bab I and Bab II."""

Leaf = Sheets | Pages


@dataclass(frozen=True, slots=True)
class AnnexLeaves:
    """What the books hold of one block's annex."""

    listing: Sheets | None
    """Its list; None where no document serves the block."""
    exhibits: Mapping[str, Leaf]
    """Its own documents by label, in order: pages, or the slip sheet in their place."""
    guests: tuple[str, ...]
    """Labels of documents that serve the block and stand in other annexes."""


@dataclass(frozen=True, slots=True)
class BlockLeaves:
    """What the books hold of one block."""

    chapter: Sheets
    annex: AnnexLeaves

    @property
    def parts(self) -> Iterator[Sheets]:
        """Its chapter and the list of its annex."""
        yield self.chapter
        if self.annex.listing:
            yield self.annex.listing


class Edition:
    """One edition of one run. Blocks may be printed by several threads at the same time.

    Args:
        book: the HTML of its parts.
        press: typesets them.
        prepare: makes the pages of its exhibits.
        sent: the edition that is sent, where this is the one of the house: only exhibits that differ are shown.
    """

    def __init__(self, book: Book, press: Press, prepare: Prepare, *, sent: Edition | None = None) -> None:
        self.book = book
        exhibits = exhibits_by_block(book.evidence)
        self.exhibits: Exhibits = beside(exhibits, sent.exhibits) if sent else exhibits
        self._press = press
        self._prepare = prepare
        self._sent = sent
        self._prepared: dict[str, Prepared] = {}
        self._annexes: dict[str, AnnexLeaves] = {}
        self._chapters: dict[str, Sheets] = {}

    def is_empty(self, block: Block) -> bool:
        """Whether it shows nothing of a block."""
        return self.book.view(block).is_empty and not self.exhibits[block.id]

    def prepare(self, block: Block) -> None:
        """Make the pages of the documents in a block's own annex.

        Raises:
            RenderError: there is no room for them.
        """
        self._prepared.update(self._prepare([exhibit for exhibit in self.exhibits[block.id] if not exhibit.slip]))

    @property
    def settled(self) -> Exhibits:
        """Its exhibits with the slips that stand for pages in the end; to be asked when all blocks are prepared."""
        return {name: tuple(map(self._settled, each)) for name, each in self.exhibits.items()}

    @property
    def bound(self) -> Mapping[str, int | None]:
        """How many pages of each document are bound, by label; to be asked when all blocks are prepared.

        None where a slip sheet stands for them: the list of the annex says no number either.
        """
        printed = {label: made.pages for label, made in self._prepared.items()}
        slips = {each.label: None for block in self.settled.values() for each in block if each.slip}
        return {**(self._sent.bound if self._sent else {}), **printed, **slips}

    def print_annexes(self, blocks: Iterable[Block]) -> None:
        """The lists of these blocks' annexes and their slip sheets, when all blocks are prepared.

        They hold what tells one file from another, and so have to be typeset in nearly every run.

        Raises:
            RenderError: one of them cannot be typeset.
        """
        with self._press.pen:
            annexes = {block.id: self._annex(block) for block in blocks}
        wanted = [part for annex in annexes.values() for part in (annex.listing, annex.sheets) if part]
        printed = {each.part.key: each for each in self._press.sheets(wanted)}
        for name, annex in annexes.items():
            listing, slips = (printed[part.key] if part else None for part in (annex.listing, annex.sheets))
            self._annexes[name] = AnnexLeaves(listing, self._exhibits(annex, slips), annex.guests)

    def print_chapter(self, block: Block) -> None:
        """A block's chapter, when all blocks are prepared.

        Raises:
            RenderError: it cannot be typeset.
        """
        with self._press.pen:
            part = self.book.chapter(block, self.bound)
        (self._chapters[block.id],) = self._press.sheets([part])

    @property
    def blocks(self) -> dict[str, BlockLeaves]:
        """Everything of every block of which chapter and annex were printed, in the order of the instrument."""
        order = (block.id for block in self.book.evidence.framework.blocks)
        return {
            name: BlockLeaves(self._chapters[name], self._annexes[name]) for name in order if name in self._chapters
        }

    def _annex(self, block: Block) -> _Annex:
        settled = self.settled
        own, guests = settled[block.id], tuple(guests_of(block, settled))
        slips = tuple(slip_for(each, is_internal=self.book.is_internal) for each in own if each.slip)
        listing = self.book.annex(block, self._listed(own), self._listed(guests)) if own or guests else None
        sheets = self.book.slips(block, slips) if slips else None
        return _Annex(own, tuple(each.label for each in guests), slips, listing, sheets)

    def _exhibits(self, annex: _Annex, sheets: Sheets | None) -> Mapping[str, Leaf]:
        standing: Mapping[str, Leaf] = _slip_leaves(sheets, annex.slips) if sheets else {}
        return {
            each.label: standing[each.label] if each.slip else Pages(each, self._prepared[each.label])
            for each in annex.own
        }

    def print_fixed(self) -> tuple[Sheets, ...]:
        """The summary, Bab I, Bab II, the closing and the provenance.

        Raises:
            RenderError: a part cannot be typeset.
        """
        with self._press.pen:
            parts = self.book.fixed()
        return self._press.sheets(parts)

    def volumes(self, folder: str, known: Iterable[str]) -> list[Volume]:
        """A volume per block: its chapter with every document that serves it, wherever that stands in the book.

        Args:
            folder: where they lie in the run folder: ``blok``.
            known: anchors of the whole book; a link to one that a volume does not hold becomes plain text.

        Raises:
            RenderError: the front matter of one cannot be typeset.
        """
        blocks = self.blocks
        asked = [block for block in self.book.evidence.framework.blocks if block.id in blocks]
        fronts = [self.book.block_front(block, page_numbers(blocks[block.id].parts)) for block in asked]
        everything = {label: leaf for each in blocks.values() for label, leaf in each.annex.exhibits.items()}
        anchors, volumes = tuple(known), []
        for block, front in zip(asked, self._press.sheets(fronts), strict=True):
            own = blocks[block.id]
            guests = [everything[label] for label in own.annex.guests]
            leaves = (front, *own.parts, *own.annex.exhibits.values(), *guests)
            name = f"{folder}/{block.id}-{slug(block.title)[:NAME_LETTERS].strip('-')}.pdf"
            here = set(_anchors(leaves))
            volume = self.volume(name, f"{block.label}: {self.book.title}", leaves)
            volumes.append(replace(volume, elsewhere={anchor: "" for anchor in anchors if anchor not in here}))
        return volumes

    def whole(self, fixed: Sequence[Sheets], lists: Sequence[Sheets] = ()) -> Volume:
        """The reading edition: front matter, summary, every chapter with its annex, closing.

        Args:
            fixed: what :meth:`print_fixed` made.
            lists: of originals, as the archive edition has them: then its contents name the first of these.

        Raises:
            RenderError: the front matter cannot be typeset.
        """
        blocks = self.blocks
        inside = [leaf for leaves in blocks.values() for leaf in (*leaves.parts, *leaves.annex.exhibits.values())]
        others = [*fixed, *(sheets for leaves in blocks.values() for sheets in leaves.parts)]
        with self._press.pen:
            contents = self.book.front(page_numbers([*others, *lists]), list_anchor(lists))
        (front,) = self._press.sheets([contents])
        return self.volume(BOOK, self.book.title, (front, *fixed[:_BEFORE], *inside, *fixed[_BEFORE:]))

    def volume(self, name: str, title: str, leaves: tuple[Leaf, ...]) -> Volume:
        """A volume of this edition, called ``name`` in the run folder."""
        book = self.book
        return Volume(name, title, book.author, book.as_of, book.is_draft, leaves, is_internal=book.is_internal)

    def _settled(self, exhibit: Exhibit) -> Exhibit:
        """``exhibit`` with a slip where its pages could not be made after all."""
        prepared = self._prepared.get(exhibit.label)
        return replace(exhibit, slip=prepared.trouble) if prepared and prepared.trouble else exhibit

    def _listed(self, exhibits: Iterable[Exhibit]) -> list[Listed]:
        return [
            Listed(each, 0, slip_for(each, is_internal=self.book.is_internal).reason)
            if each.slip
            else Listed(each, self._prepared[each.label].pages)
            for each in exhibits
        ]


@dataclass(frozen=True, slots=True)
class _Annex:
    """The annex of a block before it is typeset."""

    own: tuple[Exhibit, ...]
    guests: tuple[str, ...]
    slips: tuple[Slip, ...]
    listing: Part | None
    sheets: Part | None
    """Its slip sheets."""


def anchors_of(blocks: Iterable[BlockLeaves]) -> Iterator[str]:
    """Every anchor of these blocks' chapters and annexes."""
    for leaves in blocks:
        yield from _anchors([*leaves.parts, *leaves.annex.exhibits.values()])


def page_numbers(sheets: Iterable[Sheets]) -> dict[str, str]:
    """The page number printed where each anchor of these parts lies."""
    return {
        name: each.part.numbering.label(spot.page) for each in sheets for name, spot in each.typeset.anchors.items()
    }


def _slip_leaves(sheets: Sheets, slips: Sequence[Slip]) -> dict[str, Sheets]:
    """The pages of every slip sheet, by label; a very long title may take a second page."""
    starts = [_first_page(sheets.typeset, slip.exhibit) for slip in slips]
    ends = [*starts[1:], sheets.typeset.pages]
    return {
        slip.exhibit.label: replace(sheets, first=start, count=end - start, slip_of=slip.exhibit)
        for slip, start, end in zip(slips, starts, ends, strict=True)
    }


def _first_page(typeset: Typeset, exhibit: Exhibit) -> int:
    return typeset.anchors[f"pengganti-{exhibit.label}"].page


def _anchors(leaves: Iterable[Leaf]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf, Pages):
            yield leaf.exhibit.anchor
        elif leaf.slip_of:
            yield leaf.slip_of.anchor
        else:
            yield from leaf.typeset.anchors
