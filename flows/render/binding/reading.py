"""What a reader finds in a bound file: labels, links, outline, and the text that its pages show.

Text is read by another library than the one that binds. Pages of evidence are read without the evidence itself: their
strips are text of ours, and a reader that opens gigabytes of pictures would keep them in memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf

from flows import wording
from flows.render.binding.boxes import Box, edges
from flows.render.binding.likeness import Likeness
from flows.render.binding.order import Order
from flows.render.binding.recall import Recall
from flows.render.binding.strip import STRIP_TOP, scale_of

FOOT_FROM, FOOT_TO = 0.46, 0.56
"""Where the page number stands across the page, as shares of its width."""
FOOT_BOTTOM, FOOT_TOP = 28.0, 64.0
"""Where it stands above the lower edge, in points; the tails of letters of a full page may reach into that."""
_Said: TypeAlias = tuple[str, str, list[str], float]
"""The foot of a page, its text, those of its links, and its width: what :class:`Leaf` has of it, as JSON keeps it."""
_LETTERS = re.compile(r"[^\w/.]+")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page."""

    box: Box
    target: int | None
    """Page from 0; None for one that leaves the book."""
    text: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it is read back."""

    label: str
    foot: str
    """The first word where page numbers stand; empty on a page of evidence."""
    text: str
    """All of a typeset page, the strip of a page of evidence."""
    links: tuple[Link, ...]
    width: float = 0.0
    """In points."""

    def names(self, label: str) -> bool:
        """Whether the label of an exhibit stands on the page, be it broken at the end of a line."""
        return label in self.text or _LETTERS.sub("", label) in _LETTERS.sub("", self.text)

    def asks(self, question: str) -> bool:
        """Whether the id of a question stands on the page by itself."""
        return re.search(rf"(?<![\w.]){re.escape(question)}(?!\w|\.\w)", self.text) is not None


@dataclass(frozen=True, slots=True)
class Title:
    """An entry of the outline."""

    title: str
    level: int
    target: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A bound file."""

    leaves: tuple[Leaf, ...]
    outline: tuple[Title, ...]


def read_bound(pdf: Pdf, order: Order, recall: Recall) -> Reading:
    """Read ``pdf`` back. It loses all but what its pages say on the way, and must not be saved after.

    Args:
        pdf: the bound file.
        order: what it should be.
        recall: what pages said that were made of the same bytes.
    """
    pages = [page.obj for page in pdf.pages]
    numbers = {page.objgen: number for number, page in enumerate(pages)}
    outline = tuple(_titles(pdf, numbers))
    labels = tuple(labels_of(pdf, len(pages)))
    spots = [tuple(_spots(page, numbers)) for page in pages]
    evidence = {number for run, _ in order.exhibits for number in run.pages if number < len(pages)}
    _bare(pages, evidence)
    likeness = Likeness(pdf)
    boxes = [[box for box, _ in each] for each in spots]
    keys = [likeness.of_page(page, number in evidence, boxes[number]) for number, page in enumerate(pages)]
    unknown = [number for number, key in enumerate(keys) if recall.get(key) is None]
    for number, said in zip(unknown, _read(pdf, unknown, pages, boxes, evidence), strict=True):
        recall.note(keys[number], said)
    return Reading(tuple(map(_leaf, labels, spots, map(recall.get, keys))), outline)


def _bare(pages: Sequence[Object], evidence: Container[int]) -> None:
    """Take from the pages what was read before, the links, and the evidence that they show."""
    for number, page in enumerate(pages):
        if number in evidence:
            page.Resources.XObject = Dictionary()
        if "/Annots" in page:
            del page.Annots


def _read(
    pdf: Pdf, wanted: Sequence[int], pages: Sequence[Object], boxes: Sequence[Sequence[Box]], evidence: Container[int]
) -> Iterator[_Said]:
    """What each of the pages ``wanted`` says; ``pdf`` keeps no other."""
    if not wanted:
        return
    with pypdfium2.PdfDocument(_thinned(pdf, [pages[number] for number in wanted])) as document:
        for place, number in enumerate(wanted):
            yield _said(document[place], boxes[number], is_evidence=number in evidence)


def _thinned(pdf: Pdf, pages: Sequence[Object]) -> bytes:
    """These pages and what they show, and nothing else: without outline and structure, which were read before."""
    for key in pdf.Root.keys() - {"/Type"}:
        del pdf.Root[key]
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
    for page in pages:
        page.Parent = tree
    pdf.Root.Pages = tree
    thin = io.BytesIO()
    pdf.save(thin, object_stream_mode=ObjectStreamMode.generate, compress_streams=False)
    return thin.getvalue()


def _spots(page: Object, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[Box, int | None]]:
    """Box and target of every link of a page."""
    for annotation in page.get("/Annots", ()):
        target = annotation.get("/Dest")
        yield edges(annotation.Rect), None if target is None else numbers.get(target[0].objgen, -1)


def _said(shown: pypdfium2.PdfPage, boxes: Sequence[Box], *, is_evidence: bool) -> _Said:
    """What follows from the bytes of a page alone."""
    text = shown.get_textpage()
    width, height = shown.get_size()
    top = STRIP_TOP * scale_of(width) if is_evidence else height
    links = [words_in(text, box) for box in boxes]
    said = ("" if is_evidence else foot(text, width), words_in(text, (0, 0, width, top)), links, width)
    text.close()
    shown.close()
    return said


def _leaf(label: str, spots: Sequence[tuple[Box, int | None]], said: _Said) -> Leaf:
    foot_says, text, linked, width = said
    links = tuple(Link(box, target, words) for (box, target), words in zip(spots, linked, strict=True))
    return Leaf(label, foot_says, text, links, width)


def words_in(text: pypdfium2.PdfTextPage, box: Box) -> str:
    """The words within a box, a space between them."""
    left, bottom, right, top = box
    return " ".join(text.get_text_bounded(left=left, bottom=bottom, right=right, top=top).split())


def foot(text: pypdfium2.PdfTextPage, width: float) -> str:
    """The printed page number; empty on a page without one. It is set after all that stands on the page."""
    found = text.get_text_bounded(left=width * FOOT_FROM, bottom=FOOT_BOTTOM, right=width * FOOT_TO, top=FOOT_TOP)
    lines: list[str] = found.strip().splitlines() or [""]
    return lines[-1].partition(" ")[0]


def labels_of(pdf: Pdf, count: int) -> Iterator[str]:
    """The label of every page, as a reader shows it: plain numbers where the file names none."""
    plain = Dictionary(S=Name.D)
    found: list[tuple[int, Object]] = list(_pairs(pdf.Root.PageLabels.Nums)) if "/PageLabels" in pdf.Root else []
    if not found or found[0][0]:
        found.insert(0, (0, plain))
    ends = [start for start, _ in found[1:]]
    for (start, label), end in zip(found, [*ends, count], strict=True):
        prefix, style, first = str(label.get("/P", "")), label.get("/S"), int(label.get("/St", 1))
        for number in range(first, first + end - start):
            yield prefix + ("" if style is None else wording.small_roman(number) if style == Name.r else str(number))


def _pairs(numbers: Object) -> Iterator[tuple[int, Object]]:
    flat = list(numbers)
    return ((int(flat[index]), flat[index + 1]) for index in range(0, len(flat), 2))


def _titles(pdf: Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[Title]:
    waiting = [(1, pdf.Root.Outlines.get("/First"))] if "/Outlines" in pdf.Root else []
    while waiting:
        level, item = waiting.pop()
        if item is None:
            continue
        yield Title(str(item.Title), level, numbers.get(item.Dest[0].objgen, -1))
        waiting += [(level, item.get("/Next")), (level + 1, item.get("/First"))]
