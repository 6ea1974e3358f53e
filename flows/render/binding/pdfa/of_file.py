"""Rules of the file itself: its frame, filters, limits, and what a catalogue or page must not carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.render.binding.pdfa.limits import beyond
from flows.render.binding.pdfa.plain import name_of
from flows.render.binding.pdfa.rules import Book, Item, Rule, at

MOST_OBJECTS = 8_388_607
PAGE_SIZES = (3, 14_400)
FILTERS = {
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/RunLengthDecode",
    "/FlateDecode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/DCTDecode",
}
"""Without LZW and Crypt, which are forbidden, and JPEG 2000, which these checks do not follow."""
_HEADER = re.compile(rb"%PDF-1\.[0-7](\r\n|\r|\n)%[\x80-\xff]{4}")
_LAST = re.compile(rb"%%EOF(\r\n|\r|\n)?\Z")
_BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_NOT_IN_CATALOGUE = {"/AA", "/NeedsRendering", "/Requirements", "/OCProperties", "/AcroForm", "/Perms", "/Collection"}
"""Forbidden, or harmless only under conditions that a report never needs."""
_NOT_IN_NAMES = {"/JavaScript", "/AlternatePresentations", "/Renditions"}
_NOT_ON_PAGE = {"/AA", "/PresSteps"}


def _header(book: Book) -> Iterator[str]:
    with book.path.open("rb") as file:
        if not _HEADER.match(file.read(16)):
            yield "%PDF"


def _ending(book: Book) -> Iterator[str]:
    with book.path.open("rb") as file:
        file.seek(max(file.seek(0, 2) - 16, 0))
        if not _LAST.search(file.read()):
            yield "%%EOF"


def _trailer(book: Book) -> Iterator[str]:
    known = book.pdf.trailer.get("/ID", [])
    if len(known) != 2 or not all(bytes(part) for part in known):  # noqa: PLR2004 - of creation and of change
        yield "trailer /ID"


def _encryption(book: Book) -> Iterator[str]:
    if book.pdf.is_encrypted or "/Encrypt" in book.pdf.trailer:
        yield "trailer /Encrypt"


def _streams(book: Book) -> Iterator[Item]:
    return (item for item in book.items if item.is_stream)


def _external(book: Book) -> Iterator[str]:
    for item in _streams(book):
        if {"/F", "/FFilter", "/FDecodeParms"} & item.keys:
            yield at(item)


def _filters(book: Book) -> Iterator[str]:
    for item in _streams(book):
        named = item.get("/Filter") or []
        for name in named if isinstance(named, list) else [named]:
            if book.objects.at(name) not in FILTERS:
                yield f"{at(item)} {name}"


def _limits(book: Book) -> Iterator[str]:
    yield from book.usage.troubles.get("limits", ())
    for reference, value in book.objects.odd():
        if said := beyond(value):
            yield f"{name_of(reference)} {said}"


def _count(book: Book) -> Iterator[str]:
    if len(book.pdf.objects) > MOST_OBJECTS:
        yield str(len(book.pdf.objects))


def _sizes(book: Book) -> Iterator[str]:
    least, most = PAGE_SIZES
    for number, page in book.pages:
        for name in _BOXES:
            if name in page:
                left, bottom, right, top = (float(book.objects.at(side)) for side in book.objects.at(page[name]))
                if not (least <= abs(right - left) <= most and least <= abs(top - bottom) <= most):
                    yield f"page {number} {name}"


def _catalogue(book: Book) -> Iterator[str]:
    yield from sorted(_NOT_IN_CATALOGUE & set(book.root.keys()))
    yield from sorted(_NOT_IN_NAMES & set(book.root.get("/Names", {}).keys()))


def _pages(book: Book) -> Iterator[str]:
    for number, page in book.pages:
        yield from (f"page {number} {name}" for name in sorted(_NOT_ON_PAGE & page.keys()))


RULES = (
    Rule("header", "6.1.2", _header),
    Rule("ending", "6.1.3", _ending),
    Rule("trailer-id", "6.1.3", _trailer),
    Rule("encryption", "6.1.3", _encryption),
    Rule("external-stream", "6.1.7.1", _external),
    Rule("filter", "6.1.7.2", _filters),
    Rule("limits", "6.1.13", _limits),
    Rule("objects", "6.1.13", _count),
    Rule("page-size", "6.1.13", _sizes),
    Rule("catalogue", "6.4–6.11", _catalogue),
    Rule("page", "6.5.2, 6.10", _pages),
)
