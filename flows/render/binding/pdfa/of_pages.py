"""Rules of what pages show, and of annotations and actions upon them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flows.render.binding.pdfa.elements import words
from flows.render.binding.pdfa.rules import Book, Item, Rule, at

ANNOTATIONS = {"/Link"}
"""Kinds a report has; the standard allows more, each under conditions of its own."""
ACTIONS = {"/GoTo", "/URI"}
"""Kinds a report has; what else is allowed leads out of the file or needs a form."""
_FORBIDDEN = words(
    "/Launch /Sound /Movie /ResetForm /ImportData /Hide /SetOCGState /Rendition /Trans /GoTo3DView /JavaScript"
)
_LEADING = {"/A", "/OpenAction", "/Next", "/PA"}
"""Entries that lead to an action or to a list of them; attributes of structure (which say ``/O``) and the next bookmark
(which has no ``/S``) are called so as well."""
VISIBLE = 4
"""Printed, and neither hidden nor invisible nor subject to any viewer's will: the only flags a link needs."""
_FLAGS = 4 | 16 | 64 | 128 | 512
"""Flags that may be set; print must be."""


def _told(key: str) -> Callable[[Book], Iterator[str]]:
    def find(book: Book) -> Iterator[str]:
        return iter(book.usage.troubles.get(key, ()))

    return find


def _annotations(book: Book) -> Iterator[tuple[str, dict[str, Any]]]:
    look_at = book.objects.at
    for number, page in book.pages:
        yield from ((f"page {number}", look_at(annotation)) for annotation in look_at(page.get("/Annots")) or ())


def _kinds(book: Book) -> Iterator[str]:
    for where, annotation in _annotations(book):
        if annotation.get("/Subtype") not in ANNOTATIONS:
            yield f"{where} {annotation.get('/Subtype')}"


def _flags(book: Book) -> Iterator[str]:
    for where, annotation in _annotations(book):
        flags = int(annotation.get("/F", 0))
        if not flags & VISIBLE or flags & ~_FLAGS:
            yield f"{where} /F {flags}"


def _appearances(book: Book) -> Iterator[str]:
    for where, annotation in _annotations(book):
        if "/AP" in annotation:
            looks = book.objects.at(annotation["/AP"])
            if set(looks) != {"/N"} or str(looks["/N"]) not in book.objects.streams:
                yield f"{where} /AP"


def _actions(book: Book) -> Iterator[str]:
    for item in book.items:
        if "/AA" in item.keys:
            yield f"{at(item)} /AA"
        for kind in _kinds_of_actions(item):
            if kind not in ACTIONS:
                yield f"{at(item)} {kind}"


def _kinds_of_actions(item: Item) -> Iterator[Any]:
    """Of what it leads to, wherever that lies, and of itself if it says that it is an action or is a forbidden one."""
    if item.says("/Type", "/Action") or item.says("/S", *_FORBIDDEN):
        yield item.get("/S")
    for key in _LEADING & item.keys:
        led = item.get(key)
        for each in led if isinstance(led, list) else [led]:
            action = item.objects.at(each)
            if isinstance(action, dict) and "/S" in action and "/O" not in action:
                yield item.objects.at(action.get("/S"))


RULES = (
    Rule("operators", "6.2.2", _told("operators")),
    Rule("resources", "6.2.2", _told("resources")),
    Rule("nesting", "6.1.13", _told("nesting")),
    Rule("closed", "6.2.2", _told("closed")),
    Rule("marked", "6.7.3.1", _told("marked")),
    Rule("annotation-kind", "6.3.1", _kinds),
    Rule("annotation-flags", "6.3.2", _flags),
    Rule("annotation-look", "6.3.3", _appearances),
    Rule("action", "6.5.1", _actions),
)
