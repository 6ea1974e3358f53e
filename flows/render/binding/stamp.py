"""The strips below pages of evidence are filled in place, and the pages become described figures of the structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from flows import page_wording
from flows.errors import RenderError
from flows.render.annex.lettering import Lettering
from flows.render.binding.links import PRINTED, QUESTION, destination, says
from flows.render.binding.order import DEFECT, Order, Run
from flows.render.binding.outline import heading
from flows.render.binding.strip import LINK_BOTTOM, LINK_TOP, STRIP_TOP, Piece, Strip, strips
from flows.render.binding.tree import element, extend_number_tree
from flows.render.values import Exhibit, Pages, Volume

_REGULAR, _BOLD = "KlaR", "KlaB"
"""Names of the fonts on a page; pages of evidence have no fonts of their own outside of their form."""


def stamp(pdf: Pdf, volume: Volume, order: Order, pages: Sequence[Object]) -> None:
    """Fill the strips of all pages of evidence of ``pdf`` and put them into its structure.

    Raises:
        RenderError: an exhibit answers a question that is neither in the volume nor known to be elsewhere.
    """
    strips = {run.first: list(_strips(run, leaf, pages, volume)) for run, leaf in order.exhibits}
    if not strips:
        return
    letters = {True: set[str](), False: set[str]()}
    for strip, page in (each for all_pages in strips.values() for each in all_pages):
        for piece in strip.pieces(page):
            letters[piece.is_bold] |= set(piece.text)
    fonts = Dictionary(
        {
            f"/{_name(is_bold)}": Lettering(is_bold=is_bold).embed(pdf, [" ".join(sorted(used))])
            for is_bold, used in letters.items()
        }
    )
    desk = _Desk(pdf, volume, order, pages, fonts, int(pdf.Root.StructTreeRoot.ParentTreeNextKey))
    sections = {run.first: desk.exhibit(run, leaf.exhibit, strips[run.first]) for run, leaf in order.exhibits}
    _arrange(pdf, order, sections)
    extend_number_tree(pdf, pdf.Root.StructTreeRoot.ParentTree, desk.parents)
    pdf.Root.StructTreeRoot.ParentTreeNextKey = desk.next_number


def _strips(run: Run, leaf: Pages, pages: Sequence[Object], volume: Volume) -> Iterator[tuple[Strip, int]]:
    strip_of = strips(leaf.exhibit, run.count, volume.marks)
    for number, page in enumerate(run.pages, start=1):
        yield strip_of(float(pages[page].MediaBox[2])), number


def _arrange(pdf: Pdf, order: Order, sections: dict[int, Object]) -> None:
    """Parts and exhibits below the document in the order of their pages."""
    document = pdf.Root.StructTreeRoot.K[0]
    parts = iter(document.K)
    document.K = Array(sections[run.first] if run.first in sections else next(parts) for run in order.runs)


def _name(is_bold: bool) -> str:  # noqa: FBT001 - a key
    return _BOLD if is_bold else _REGULAR


@dataclass
class _Desk:
    """Where pages are stamped, one after the other."""

    pdf: Pdf
    volume: Volume
    order: Order
    pages: Sequence[Object]
    fonts: Dictionary
    next_number: int
    parents: dict[int, Object] = field(default_factory=dict)

    def exhibit(self, run: Run, exhibit: Exhibit, strips: Sequence[tuple[Strip, int]]) -> Object:
        """Stamp all pages of an exhibit; its section of the structure."""
        document = self.pdf.Root.StructTreeRoot.K[0]
        section = self.pdf.make_indirect(element("Sect", document, T=String(heading(exhibit))))
        kids: list[Object] = []
        for number, (strip, page) in zip(run.pages, strips, strict=True):
            kids += self._page(self.pages[number], exhibit, strip, page, section)
        section.K = Array(kids)
        return section

    def _page(self, page: Object, exhibit: Exhibit, strip: Strip, number: int, section: Object) -> list[Object]:
        """Stamp one page; its elements. The first page of an exhibit has its heading."""
        make, is_first = self.pdf.make_indirect, number == 1
        alt = page_wording.page_described(number, strip.pages, exhibit.name, exhibit.agency)
        bounds = Array([0, round(STRIP_TOP * strip.scale, 2), *list(page.MediaBox)[2:]])
        layout = Dictionary(O=Name.Layout, BBox=bounds)
        figure = make(element("Figure", section, Pg=page, K=0, Alt=String(alt), A=layout))
        said = make(element("P", section, Pg=page))
        title = make(element("H2", section, Pg=page, K=1)) if is_first else said
        owners: list[Object] = [figure, title, said]
        kids: list[int | Object] = [2] if is_first else [1, 2]
        annotations = []
        for question, piece in strip.questions:
            mark = len(owners)
            if annotation := self._annotation(exhibit, question, piece, strip.scale):
                reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
                owners.append(make(element("Link", said, Pg=page, K=Array([mark, reference]))))
                self.parents[int(annotation.StructParent)] = owners[-1]
                annotations.append(annotation)
                kids.append(owners[-1])
            else:
                owners.append(said)
                kids.append(mark)
        said.K = Array(kids)
        page.StructParents = self._number()
        self.parents[int(page.StructParents)] = Array(owners)
        self._put(page, strip, number, annotations)
        return [title, figure, said] if is_first else [figure, said]

    def _number(self) -> int:
        self.next_number += 1
        return self.next_number - 1

    def _annotation(self, exhibit: Exhibit, question: str, piece: Piece, scale: float) -> Object | None:
        """A link back to a question; None where the question is in another volume."""
        anchor = f"{QUESTION}{question}"
        landing = self.order.landing(anchor)
        if landing is None:
            if anchor in self.volume.elsewhere:
                return None
            raise RenderError(
                f"Bukti {exhibit.label} pada {self.volume.name} menjawab {question}, yang tidak ada di dalamnya.",
                DEFECT,
            )
        edges = (piece.x, LINK_BOTTOM, piece.right, LINK_TOP)
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(edge * scale, 2) for edge in edges]),
                Dest=destination(self.pages, landing),
                Contents=String(says(anchor, landing, self.order)),
                BS=Dictionary(W=0),
                F=PRINTED,
                StructParent=self._number(),
            )
        )

    def _put(self, page: Object, strip: Strip, number: int, annotations: Sequence[Object]) -> None:
        old = page.Contents
        before = list(old) if isinstance(old, Array) else [old]
        page.Contents = Array([*before, self.pdf.make_stream(drawn(strip, number, float(page.MediaBox[2])))])
        if "/Font" not in page.Resources:
            page.Resources.Font = Dictionary()
        page.Resources.Font.update(self.fonts)
        page.Tabs = Name.S
        if annotations:
            page.Annots = Array(annotations)


def drawn(strip: Strip, number: int, page_width: float) -> bytes:
    """The operators of one strip: a hairline, then the text in marked content 1 (label and title), 2, and the links."""
    scale = strip.scale
    right = page_width / scale
    lines = [
        f"q {scale:.4f} 0 0 {scale:.4f} 0 0 cm\n"
        f"/Artifact BMC 0.725 0.753 0.788 RG 0.5 w 0 {STRIP_TOP:g} m {right:.2f} {STRIP_TOP:g} l S EMC\n".encode()
    ]
    groups = (
        [strip.label, *([strip.title] if strip.title else [])],
        [strip.number(number), *strip.facts],
        *([piece] for _, piece in strip.questions),
    )
    for mark, pieces in enumerate(groups, start=1):
        lines.append(b"/%s <</MCID %d>> BDC\n" % (b"Span", mark))
        lines += [_line(piece) for piece in pieces]
        lines.append(b"EMC\n")
    return b"".join((*lines, b"Q\n"))


def _line(piece: Piece) -> bytes:
    letters = Lettering(is_bold=piece.is_bold)
    return f"{piece.colour} rg ".encode() + letters.line(_name(piece.is_bold), piece.text, piece.x, piece.y, piece.size)
