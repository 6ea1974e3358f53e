"""The parts of a joined volume: what each of them brings along with its pages, and the numbers of its structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Object, Pdf

from flows.render.binding.order import Order
from flows.render.ready import LINKS, STRUCTURE

Place = tuple[int, int]
"""Name of an object in its file."""


@dataclass
class Source:
    """A part whose pages are in the volume, and what its structure says of them."""

    pdf: Pdf
    """The volume."""
    key: str
    """Of the part."""
    title: str
    """Of the part, for messages."""
    root: Object
    """Of its structure. Below the element on top the typesetter puts elements that each lie on one page."""
    is_whole: bool
    """Whether all of its pages are bound."""
    pages: list[tuple[int, Object]] = field(default_factory=list)
    """Number in the volume of each bound page, in the order of the part, and the page."""
    parents: dict[int, Object] = field(default_factory=dict)
    """Its tree of parents: the elements of a page by marked content, or the element of an annotation."""

    def __post_init__(self) -> None:
        numbers = iter(self.root.ParentTree.Nums)
        self.parents = {int(number): value for number, value in zip(numbers, numbers, strict=True)}
        self.document: Place = self.root.K[0].objgen

    def tops(self) -> Iterator[tuple[int, Object]]:
        """The elements right below the one on top, with the page of the volume on which each lies."""
        number_of = {page.objgen: number for number, page in self.pages}
        for top in self.root.K[0].K:
            page = top.get("/Pg")  # none is left of pages that are not bound
            if page is not None and page.objgen in number_of:
                yield number_of[page.objgen], top

    def cells(self) -> Iterator[tuple[bytes, Object]]:
        """The cells that have names."""
        flat = iter(self.root.IDTree.Names)
        for name, cell in zip(flat, flat, strict=True):
            if self.is_whole or cell.get("/Pg") is not None:
                yield bytes(name), cell

    def shift(self, offset: int) -> int:
        """Give its structure numbers that begin at ``offset``, and say where those of the next part begin.

        What of it belongs to pages that are not bound is forgotten.
        """
        bound = {}
        for _, page in self.pages:
            own = [page, *page.get("/Annots", ())]
            for each, key in zip(own, ("/StructParents", *["/StructParent"] * (len(own) - 1)), strict=True):
                number = each.get(key)
                if number is not None:
                    bound[number + offset] = self.parents[number]
                    each[key] = number + offset
        end = offset + max(self.parents, default=-1) + 1
        self.parents = bound
        return end


def parts_of(pdf: Pdf, order: Order, pages: Sequence[Object]) -> list[Source]:
    """Take every part of a joined volume from the pages that brought it, in the order in which they begin."""
    found: dict[str, Source] = {}
    for run, leaf in order.sheets:
        key = leaf.part.key
        for number in run.pages:
            page = pages[number]
            if key not in found:
                root = page[STRUCTURE]
                found[key] = Source(pdf, key, leaf.part.title, root, is_whole=run.count == leaf.typeset.pages)
            found[key].pages.append((number, page))
            del page[STRUCTURE]
            page.Annots = page.get(LINKS, Array())
            if LINKS in page:
                del page[LINKS]
    return list(found.values())
