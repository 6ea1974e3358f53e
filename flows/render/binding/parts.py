"""A typeset part is made ready to be joined with others: ids, links, page furniture and the numbers of its structure.

What is the same in every volume is done once, right after typesetting; the rest in memory only, for the file is shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from flows.render.binding.order import Order

_MARKED = re.compile(rb"/\w+\s+<<\s*/MCID\s+(\d+)\s*>>\s+BDC")
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
_PIXEL = 0.75
"""Points in a pixel of CSS."""


@dataclass
class Source:
    """An open part, those of its pages that are bound, and what its structure says of them."""

    key: str
    """Of the part."""
    pdf: Pdf
    title: str = ""
    """Of the part, for messages."""
    pages: dict[int, int] = field(default_factory=dict)
    """Pages of the volume by pages of the part, both from 0."""
    parents: dict[int, Object] = field(default_factory=dict)
    """Its tree of parents: the elements of a page by marked content, or the element of an annotation."""
    cells: list[Object] = field(default_factory=list)
    """The cells that have names."""
    tops: frozenset[tuple[int, int]] = frozenset()
    """The elements right below the one on top."""

    @property
    def root(self) -> Object:
        """Of the structure."""
        return self.pdf.Root.StructTreeRoot

    @property
    def document(self) -> Object:
        """The element on top. Below it the typesetter puts elements that each lie on one page."""
        return self.root.K[0]

    def bound(self) -> Iterator[Object]:
        """The pages that are bound, as dictionaries."""
        return (self.pdf.pages[number].obj for number in sorted(self.pages))

    def bound_pages(self) -> Iterator[tuple[tuple[int, int], int]]:
        """Name of each bound page in its file, and its number in the volume."""
        return ((self.pdf.pages[own].obj.objgen, number) for own, number in self.pages.items())

    def bound_parents(self) -> Iterator[tuple[int, Object]]:
        """What of the tree of parents belongs to the pages that are bound."""
        for page in self.bound():
            yield int(page.StructParents), self.parents[int(page.StructParents)]
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    yield int(annotation.StructParent), self.parents[int(annotation.StructParent)]

    def furniture(self, page: Object) -> set[int]:
        """Marked content of a page that belongs to no element of the tree: its running heads and its number."""
        found = set()
        for mark, element in reversed(list(enumerate(self.parents[int(page.StructParents)]))):
            if self._is_in_tree(element):
                break
            found.add(mark)
        return found

    def _is_in_tree(self, element: Object) -> bool:
        top = self.document.objgen
        while element.P.objgen != top:
            element = element.P
        return element.objgen in self.tops


def make_ready(path: Path, key: str) -> None:
    """Do in the file of a part what every volume needs: artifacts, names of cells, boxes of figures.

    Args:
        path: of the part as it was typeset; written anew.
        key: of the part, which sets its cells apart from those of others.
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        source = _source(pdf, key)
        source.pages = {number: number for number in range(len(pdf.pages))}
        free_furniture(source)
        pdf.Root.StructTreeRoot.ParentTree.Nums = Array(each for pair in source.parents.items() for each in pair)
        name_apart(source)
        pairs = sorted((bytes(cell.ID), cell) for cell in source.cells)
        pdf.Root.StructTreeRoot.IDTree = Dictionary(Names=Array(each for pair in pairs for each in pair))
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def is_ready(source: Source) -> bool:
    """Whether :func:`make_ready` has been there: the typesetter writes no tree of names."""
    return "/IDTree" in source.root


def _source(pdf: Pdf, key: str, title: str = "") -> Source:
    source = Source(key, pdf, title)
    numbers = iter(source.root.ParentTree.Nums)
    source.tops = frozenset(each.objgen for each in source.document.K)
    source.parents = {int(number): value for number, value in zip(numbers, numbers, strict=True)}
    if is_ready(source):
        source.cells = list(source.root.IDTree.Names)[1::2]
    return source


def open_parts(order: Order, stack: ExitStack) -> list[Source]:
    """Open every typeset part of a volume once, in the order in which they begin; ``stack`` closes them."""
    found: dict[str, Source] = {}
    for run, leaf in order.sheets:
        if leaf.part.key not in found:
            pdf = stack.enter_context(pikepdf.open(leaf.typeset.path))
            found[leaf.part.key] = _source(pdf, leaf.part.key, leaf.part.title)
        found[leaf.part.key].pages |= {page - run.first + leaf.first: page for page in run.pages}
    return list(found.values())


def free_furniture(source: Source) -> None:
    """Running heads and page numbers become artifacts: the typesetter leaves them outside of its tree."""
    for page in source.bound():
        if loose := source.furniture(page):
            raw = page.Contents.read_bytes()
            page.Contents.write(_MARKED.sub(lambda found: _ARTIFACT if int(found[1]) in loose else found[0], raw))
            marks = source.parents[int(page.StructParents)]
            source.parents[int(page.StructParents)] = Array(
                each for mark, each in enumerate(marks) if mark not in loose
            )


def name_apart(source: Source) -> None:
    """Cells get names that no other part has, and figures their boxes in the measure of the page."""
    prefix = f"{source.key}-"
    for each in source.pdf.objects:
        if not isinstance(each, Dictionary) or "/S" not in each:
            continue
        if "/ID" in each:
            each.ID = String(prefix + str(each.ID))
            source.cells.append(each)
        if "/A" in each and "/Headers" in each.A:
            each.A.Headers = Array([String(prefix + str(name)) for name in each.A.Headers])
        if each.S == "/TH":
            _say_scope(each)
        if each.S == "/Figure" and "/BBox" in each.get("/A", {}):
            each.A.BBox = _box(each)


def _say_scope(head: Object) -> None:
    """The typesetter knows what a head is the head of, and does not say it."""
    scope = Name.Column if head.P.P.get("/S") == "/THead" else Name.Row
    if "/A" in head:
        head.A.Scope = scope
    else:
        head.A = Dictionary(O=Name.Table, Scope=scope)


def _box(figure: Object) -> Object:
    """The typesetter writes it in pixels from the top of the page."""
    left, top, right, bottom = (float(edge) * _PIXEL for edge in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    return Array([round(edge, 2) for edge in (left, height - bottom, right, height - top)])


def shift(source: Source, offset: int) -> int:
    """Give the structure numbers of a part that begin at ``offset``, and say where those of the next one begin."""
    for page in source.bound():
        page.StructParents = int(page.StructParents) + offset
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset
    source.parents = {number + offset: value for number, value in source.parents.items()}
    return max(source.parents, default=offset - 1) + 1
