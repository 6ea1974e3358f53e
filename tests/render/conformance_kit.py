"""Whether a PDF of ours can be read by everyone: a kit that says, for any finished file, what a screen reader misses.

It looks at more than the rules of the archive, which are about lasting; a test asserts that :func:`findings` is empty.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from flows.render.binding.pdfa import of_fonts, of_pages, of_structure
from flows.render.binding.pdfa.rules import Book

SHARED = (
    *of_fonts.RULES,
    *(rule for rule in of_pages.RULES if rule.key in {"marked", "closed", "operators", "resources", "annotation-kind"}),
    *of_structure.RULES,
)
"""Rules of the archive that every edition must keep: fonts, and everything shown in the tree or furniture."""
EVIDENCE = {"font-", "operators", "resources"}
"""Rules that are not asked of pages of evidence: they are shown as they came."""
CELLS = {"/TH", "/TD"}
ROW_HOLDERS = {"/Table", "/THead", "/TBody", "/TFoot"}
LIST_PARTS = {"/LI", "/Caption", "/L"}
ITEM_PARTS = {"/Lbl", "/LBody"}
_HEADING = re.compile(r"/H([1-6])")


def findings(path: Path, *, has_evidence: bool = False) -> list[str]:
    """Everything wrong with the PDF at ``path``, a sentence each.

    Args:
        path: a finished file of ours.
        has_evidence: whether it holds pages of evidence, which bring fonts and drawing of their own.
    """
    with pikepdf.open(path) as pdf:
        book = Book(path, pdf)
        shared = [
            f"{rule.key}: {breach.where}"
            for rule in SHARED
            if not (has_evidence and rule.key.startswith(tuple(EVIDENCE)))
            for breach in rule.breaches(book)
        ]
        own = itertools.chain(
            _front(pdf),
            _headings(book),
            _tables(book),
            _cells(book),
            _grids(book),
            _figures(book),
            _notes(book),
            _lists(book),
            _links(pdf),
            _orders(pdf),
        )
        return [*shared, *own]


def _front(pdf: Pdf) -> Iterator[str]:
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "title: none"
    if not pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "title: the window shows the file's name instead"
    if str(pdf.Root.get("/Lang", ""))[:2] != "id":
        yield "language: not Indonesian"
    if len(pdf.pages) > 1 and "/Outlines" not in pdf.Root:
        yield "outline: none"


def in_order(pdf: Pdf) -> Iterator[Object]:
    """Every element of the structure as it is read aloud."""
    waiting = list(reversed(_kids(pdf.Root.StructTreeRoot)))
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            waiting += reversed(_kids(element))


def _headings(book: Book) -> Iterator[str]:
    """Headings that jump a level down: after a heading of level 1 comes one of level 2 at most."""
    before = 0
    for element in in_order(book.pdf):
        found = _HEADING.fullmatch(str(element.S))
        if found:
            level = int(found[1])
            if level > before + 1:
                yield f"heading: {_place(element)} of level {level} after level {before}"
            before = level
    if not before:
        yield "heading: none"


def _tables(book: Book) -> Iterator[str]:
    for element in in_order(book.pdf):
        kind, inner = str(element.S), {str(kid.S) for kid in _elements(element)}
        if kind in ROW_HOLDERS and not inner <= {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"}:
            yield f"table: {_place(element)} {kind} holds {sorted(inner)}"
        if kind == "/TR" and not inner <= CELLS:
            yield f"table: {_place(element)} a row holds {sorted(inner)}"
        if kind == "/Table" and not any(str(each.S) == "/TH" for each in _below(element)):
            yield f"table: {_place(element)} has no heads"


def _cells(book: Book) -> Iterator[str]:
    """Cells that name heads which are not in their own table, and ids that exist twice."""
    ids: set[bytes] = set()
    for table in (each for each in in_order(book.pdf) if each.S == "/Table"):
        cells = [each for each in _below(table) if str(each.S) in CELLS]
        own = [bytes(cell.ID) for cell in cells if "/ID" in cell]
        if len(own) != len(set(own)) or ids & set(own):
            yield f"table: {_place(table)} shares ids of heads"
        ids |= set(own)
        for cell in cells:
            named = {bytes(head) for each in _attributes(cell) for head in each.get("/Headers", [])}
            if not named <= set(own):
                yield f"table: {_place(cell)} names heads of another table"


def _grids(book: Book) -> Iterator[str]:
    """Tables whose cells leave gaps, overlap or stick out, and data that no head belongs to."""
    for table in (each for each in in_order(book.pdf) if each.S == "/Table"):
        rows = [[cell for cell in _elements(row) if str(cell.S) in CELLS] for row in _below(table) if row.S == "/TR"]
        width = sum(_span(cell, "/ColSpan") for cell in rows[0]) if rows else 0
        grid: dict[tuple[int, int], Object] = {}
        for down, row in enumerate(rows):
            across = 0
            for cell in row:
                while (down, across) in grid:
                    across += 1
                columns = range(across, across + _span(cell, "/ColSpan"))
                taken = set(itertools.product(range(down, down + _span(cell, "/RowSpan")), columns))
                if taken & grid.keys():
                    yield f"table: {_place(cell)} lies upon another cell"
                grid |= dict.fromkeys(taken, cell)
                across = columns.stop
        if not rows or grid.keys() != set(itertools.product(range(len(rows)), range(width))):
            yield f"table: {_place(table)} is no grid of {len(rows)} rows and {width} columns"
        yield from _lonely(grid)


def _lonely(grid: Mapping[tuple[int, int], Object]) -> Iterator[str]:
    """Data without a head that it names, or that stands before or above it and says whose it is."""
    for (down, across), cell in grid.items():
        if cell.S != "/TD" or any(each.get("/Headers") for each in _attributes(cell)):
            continue
        before = any(_heads(grid.get((down, each)), "/Row") for each in range(across))
        if not before and not any(_heads(grid.get((each, across)), "/Column") for each in range(down)):
            yield f"table: {_place(cell)} has no head"


def _heads(cell: Object | None, scope: str) -> bool:
    said = {str(each.get("/Scope")) for each in _attributes(cell)} if cell is not None and cell.S == "/TH" else set()
    return bool(said & {scope, "/Both"})


def _span(cell: Object, key: str) -> int:
    return next((int(each[key]) for each in _attributes(cell) if key in each), 1)


def _figures(book: Book) -> Iterator[str]:
    """Figures that do not say where they are, or say that they are beside their page."""
    for figure in (each for each in in_order(book.pdf) if each.S == "/Figure"):
        box = next((each.BBox for each in _attributes(figure) if "/BBox" in each), None)
        left, bottom, right, top = (0, 0, 0, 0) if box is None else map(float, box)
        page = [float(side) for side in figure.Pg.MediaBox] if "/Pg" in figure else [0.0] * 4
        is_within = left >= page[0] - 1 and bottom >= page[1] - 1 and right <= page[2] + 1 and top <= page[3] + 1
        if not (left < right and bottom < top and is_within):
            yield f"figure: {_place(figure)} is nowhere"


def _notes(book: Book) -> Iterator[str]:
    """Notes that cannot be told from each other."""
    names = [bytes(each.get("/ID", b"")) for each in in_order(book.pdf) if each.S == "/Note"]
    if not all(names) or len(names) != len(set(names)):
        yield "note: without a name of its own"


def _attributes(element: Object) -> list[Object]:
    found = element.get("/A")
    if found is None:
        return []
    return [each for each in found if isinstance(each, Dictionary)] if isinstance(found, Array) else [found]


def _lists(book: Book) -> Iterator[str]:
    for element in in_order(book.pdf):
        kind, inner = str(element.S), {str(kid.S) for kid in _elements(element)}
        if kind == "/L" and not (inner and inner <= LIST_PARTS):
            yield f"list: {_place(element)} holds {sorted(inner)}"
        if kind == "/LI" and not (inner and inner <= ITEM_PARTS | {"/L"}):
            yield f"list: {_place(element)} an item holds {sorted(inner)}"


def _links(pdf: Pdf) -> Iterator[str]:
    """Links that no element holds, that say nothing, or that lead nowhere."""
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages, start=1):
        for link in page.obj.get("/Annots", []):
            key = link.get("/StructParent")
            holder = parents[int(key)] if key is not None and int(key) in parents else None
            if holder is None or holder.get("/S") != "/Link":
                yield f"link: page {number}, not in the tree"
            if not str(link.get("/Contents", "")).strip():
                yield f"link: page {number}, says nothing"
            if "/Dest" not in link and "/A" not in link:
                yield f"link: page {number}, leads nowhere"


def _orders(pdf: Pdf) -> Iterator[str]:
    """Pages with links whose order by keyboard is not that of the structure."""
    for number, page in enumerate(pdf.pages, start=1):
        if "/Annots" in page.obj and page.obj.get("/Tabs") != "/S":
            yield f"order: page {number}"


def _kids(holder: Object) -> list[Any]:
    """What hangs below an element, or below the root."""
    found = holder.get("/K")
    return [] if found is None else list(found) if isinstance(found, Array) else [found]


def _place(element: Object) -> str:
    number, generation = element.objgen
    return f"{number} {generation} obj"


def _elements(element: Object) -> Iterator[Object]:
    return (kid for kid in _kids(element) if isinstance(kid, Dictionary) and "/S" in kid)


def _below(element: Object) -> Iterator[Object]:
    """Elements within ``element``, but not those of tables within it."""
    for kid in _elements(element):
        yield kid
        if kid.S != "/Table":
            yield from _below(kid)
