"""One edition of the book: its parts typeset, its exhibits prepared, and the volumes they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.model import Block
from flows.names import slug
from flows.render.book import Book, Listed
from flows.render.exhibits import Exhibits, beside, exhibits_by_block, guests_of
from flows.render.press import Press
from flows.render.slips import Slip, slip_for
from flows.render.values import Exhibit, Pages, Part, Prepared, Sheets, Typeset, Volume

BOOK = "dosir.pdf"
NAME_LETTERS = 60
"""Most letters of a block's title in the name of its volume."""
_BEFORE = 3
"""Fixed parts that stand before the chapters: the summary, Bab I and Bab II."""

Prepare = Callable[[Sequence[Exhibit]], Mapping[str, Prepared]]
"""Makes the pages of exhibits, by label; for those that cannot be made ``trouble`` says why."""
Leaf = Sheets | Pages


@dataclass(frozen=True, slots=True)
class BlockLeaves:
    """What the books hold of one block."""

    chapter: Sheets
    listing: Sheets | None
    """The list of its annex; None where no document serves it."""
    exhibits: Mapping[str, Leaf]
    """The documents of its own annex by label, in order: pages, or the slip sheet in their place."""
    guests: tuple[str, ...]
    """Labels of documents that serve it and stand in other annexes."""

    @property
    def parts(self) -> Iterator[Sheets]:
        """Its chapter and the list of its annex."""
        yield self.chapter
        if self.listing:
            yield self.listing


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

    def is_empty(self, block: Block) -> bool:
        """Whether it shows nothing of a block."""
        return self.book.view(block).is_empty and not self.exhibits[block.id]

    def print_block(self, block: Block) -> BlockLeaves:
        """Everything of one block: its chapter, the list of its annex, and the documents themselves.

        Raises:
            RenderError: a part cannot be typeset.
        """
        own, guests = self.exhibits[block.id], tuple(guests_of(block, self.exhibits))
        prepared = self._prepare([exhibit for exhibit in (*own, *guests) if not exhibit.slip])
        own, guests = self._settled(own, prepared), self._settled(guests, prepared)
        slips = [slip_for(exhibit, is_internal=self.book.is_internal) for exhibit in own if exhibit.slip]
        parts = [self.book.chapter(block)]
        if own or guests:
            parts.append(self.book.annex(block, _listed(own, prepared, slips), self._guests(guests, prepared)))
        if slips:
            parts.append(self.book.slips(block, slips))
        sheets = [Sheets(part, made) for part, made in zip(parts, self._press.typeset_all(parts), strict=True)]
        standing = _slip_leaves(sheets[-1], slips) if slips else {}
        leaves = {each.label: standing.get(each.label) or Pages(each, prepared[each.label]) for each in own}
        listing = sheets[1] if own or guests else None
        return BlockLeaves(sheets[0], listing, leaves, tuple(each.label for each in guests))

    def print_fixed(self) -> tuple[Sheets, ...]:
        """The summary, Bab I, Bab II, the closing and the provenance.

        Raises:
            RenderError: a part cannot be typeset.
        """
        parts = self.book.fixed()
        return tuple(Sheets(part, made) for part, made in zip(parts, self._press.typeset_all(parts), strict=True))

    def whole(self, blocks: Mapping[str, BlockLeaves], fixed: Sequence[Sheets]) -> Volume:
        """The reading edition: front matter, summary, every chapter with its annex, closing.

        Raises:
            RenderError: the front matter cannot be typeset.
        """
        inside = [leaf for leaves in blocks.values() for leaf in (*leaves.parts, *leaves.exhibits.values())]
        pages = page_numbers([*fixed, *(sheets for leaves in blocks.values() for sheets in leaves.parts)])
        front = self._sheets(self.book.front(pages))
        leaves = (front, *fixed[:_BEFORE], *inside, *fixed[_BEFORE:])
        return self._volume(BOOK, self.book.title, leaves)

    def volume(self, block: Block, blocks: Mapping[str, BlockLeaves], folder: str, known: Iterable[str]) -> Volume:
        """A block's own volume: its chapter with every document that serves it, wherever that stands in the book.

        Args:
            block: the block.
            blocks: everything printed of this edition's blocks.
            folder: where it lies in the run folder: ``blok``.
            known: anchors of the whole book; a link to one that this volume does not hold becomes plain text.

        Raises:
            RenderError: its front matter cannot be typeset.
        """
        own = blocks[block.id]
        everything = {label: leaf for each in blocks.values() for label, leaf in each.exhibits.items()}
        front = self._sheets(self.book.block_front(block, page_numbers(own.parts)))
        guests = [everything[label] for label in own.guests]
        leaves = (front, *own.parts, *own.exhibits.values(), *guests)
        name = f"{folder}/{block.id}-{slug(block.title)[:NAME_LETTERS].strip('-')}.pdf"
        volume = self._volume(name, f"{block.label}: {self.book.title}", leaves)
        here = set(_anchors(leaves))
        return replace(volume, elsewhere={anchor: "" for anchor in known if anchor not in here})

    def _volume(self, name: str, title: str, leaves: tuple[Leaf, ...]) -> Volume:
        return Volume(name, title, self.book.author, self.book.as_of, self.book.is_draft, leaves)

    def _sheets(self, part: Part) -> Sheets:
        return Sheets(part, self._press.typeset(part))

    def _settled(self, exhibits: Iterable[Exhibit], prepared: Mapping[str, Prepared]) -> tuple[Exhibit, ...]:
        """``exhibits`` with a slip where the pages could not be made after all."""
        return tuple(
            replace(each, slip=prepared[each.label].trouble) if each.label in prepared and not each.slip else each
            for each in exhibits
        )

    def _guests(self, guests: Sequence[Exhibit], prepared: Mapping[str, Prepared]) -> list[Listed]:
        slips = [slip_for(exhibit, is_internal=self.book.is_internal) for exhibit in guests if exhibit.slip]
        return _listed(guests, prepared, slips)


def anchors_of(blocks: Iterable[BlockLeaves]) -> Iterator[str]:
    """Every anchor of these blocks' chapters and annexes."""
    for leaves in blocks:
        yield from _anchors([*leaves.parts, *leaves.exhibits.values()])


def page_numbers(sheets: Iterable[Sheets]) -> dict[str, str]:
    """The page number printed where each anchor of these parts lies."""
    return {
        name: each.part.numbering.label(spot.page) for each in sheets for name, spot in each.typeset.anchors.items()
    }


def _listed(exhibits: Iterable[Exhibit], prepared: Mapping[str, Prepared], slips: Iterable[Slip]) -> list[Listed]:
    reasons = {slip.exhibit.label: slip.reason for slip in slips}
    return [
        Listed(each, 0, reasons[each.label]) if each.slip else Listed(each, prepared[each.label].pages)
        for each in exhibits
    ]


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
