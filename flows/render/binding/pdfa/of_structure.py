"""Rules of level A: what is shown has its place in one tree of structure, in a language, and pictures are described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.render.binding.pdfa.elements import LANGUAGE, words
from flows.render.binding.pdfa.plain import is_text, name_of, text_of
from flows.render.binding.pdfa.rules import Book, Rule

TYPES = words(
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 /H2 /H3 /H4 "
    "/H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note /Reference /BibEntry /Code "
    "/Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form"
)
"""Standard types of ISO 32000-1, 14.8.4."""
_WORDS = ("/Alt", "/ActualText")
_DESCRIBED = {"/Figure", "/Formula"}


def _marked(book: Book) -> Iterator[str]:
    if not book.root.get("/MarkInfo", {}).get("/Marked", False):
        yield "/MarkInfo"
    if book.root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "/Suspects"


def _root(book: Book) -> Iterator[str]:
    root = book.root.get("/StructTreeRoot")
    if root is None or root.get("/Type") != "/StructTreeRoot" or "/K" not in root or "/ParentTree" not in root:
        yield "/StructTreeRoot"
        return
    if not book.tree.elements:
        yield "/K"
    yield from book.tree.broken


def _placed(book: Book) -> Iterator[str]:
    """Marked content that is not in the tree, and places of the tree that no content fills."""
    tree = book.tree
    for number, page in enumerate(book.objects.pages):
        shown, held = book.usage.marks[number], tree.marks.get(page, set())
        yield from (f"page {number + 1} MCID {mark}" for mark in sorted(shown ^ held))


def _parents(book: Book) -> Iterator[str]:
    """Marked content whose way back into the tree leads nowhere or to another element."""
    import pikepdf

    if "/ParentTree" not in book.root.get("/StructTreeRoot", {}):
        return
    tree, numbers = book.tree, pikepdf.NumberTree(book.root.StructTreeRoot.ParentTree)
    for (number, page), reference in zip(book.pages, book.objects.pages, strict=True):
        key = page.get("/StructParents")
        back: Any = numbers[int(key)] if key is not None and int(key) in numbers else []
        owners = [None if each is None else f"{each.objgen[0]} {each.objgen[1]} R" for each in back]
        for mark in sorted(book.usage.marks[number - 1]):
            owner = owners[mark] if mark < len(owners) else None
            if owner is None or tree.owners.get((reference, mark)) != owner:
                yield f"page {number} MCID {mark}"


def _types(book: Book) -> Iterator[str]:
    roles = _roles(book)
    yield from (f"/RoleMap {name}" for name in roles if name in TYPES)
    for reference, element in book.tree.elements:
        if _role(element, roles) not in TYPES:
            yield f"{name_of(reference)} {element.get('/S')}"


def _names(book: Book) -> Iterator[str]:
    for reference, element in book.tree.elements:
        if not is_text(str(element.get("/S"))):
            yield f"{name_of(reference)} /S"


def _roles(book: Book) -> Mapping[str, Any]:
    """Types of the document's own, and what each is like."""
    top = book.objects.at(book.objects.root.get("/StructTreeRoot")) or {}
    return book.objects.at(top.get("/RoleMap")) or {}


def _role(element: Mapping[str, Any], roles: Mapping[str, Any]) -> str:
    """The standard type of an element, or the last one found in its place."""
    name, steps = str(element.get("/S")), 0
    while name not in TYPES and name in roles and steps <= len(roles):
        name, steps = str(roles[name]), steps + 1
    return name


def _described(book: Book) -> Iterator[str]:
    roles = _roles(book)
    for reference, element in book.tree.elements:
        if _role(element, roles) in _DESCRIBED and not any(text_of(element.get(key)).strip() for key in _WORDS):
            yield f"{name_of(reference)} {element['/S']}"


def _languages(book: Book) -> Iterator[str]:
    if not LANGUAGE.fullmatch(str(book.root.get("/Lang", ""))):
        yield "/Lang"
    yield from book.usage.troubles.get("language", ())
    for reference, element in book.tree.elements:
        if "/Lang" in element and not LANGUAGE.fullmatch(text_of(element["/Lang"])):
            yield f"{name_of(reference)} {text_of(element['/Lang'])}"


RULES = (
    Rule("marked-document", "6.7.2.2", _marked),
    Rule("structure", "6.7.3.3", _root),
    Rule("structure-content", "6.7.3.1", _placed),
    Rule("structure-parents", "6.7.3.3", _parents),
    Rule("structure-names", "6.1.8", _names),
    Rule("structure-types", "6.7.3.4", _types),
    Rule("language", "6.7.4", _languages),
    Rule("alternate-text", "6.7.5", _described),
)
