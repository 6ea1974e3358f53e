"""Rules of associated files: each is named, typed, dated, summed, and tied to the document that it proves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flows.render.binding.pdfa.plain import bytes_of, text_of
from flows.render.binding.pdfa.rules import Book, Item, Rule, at

RELATIONSHIPS = {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}
_MEDIA_TYPE = re.compile(r"/[-\w+.]+/[-\w+.]+", re.ASCII)
_DATE = re.compile(r"D:\d{4}(\d\d){0,5}([Z+-].*)?")
_MD5_BYTES = 16
_PLACES = {"/F", "/UF"}
"""Where a specification holds its file; the other places are for systems long gone."""


def _files(book: Book) -> Iterator[tuple[Item, dict[str, Any]]]:
    for item in book.embedded:
        held = item.get("/EF")
        for name in ("/F", "/UF"):
            if name in held:
                yield item, book.objects.at(held[name])


def _names(book: Book) -> Iterator[str]:
    for item in book.embedded:
        held = item.get("/EF")
        if not text_of(item.get("/F")) or not text_of(item.get("/UF")) or item.get("/Type") != "/Filespec":
            yield at(item)
        if "/F" not in held or held.keys() - _PLACES or held.get("/UF", held["/F"]) != held["/F"]:
            yield f"{at(item)} /EF"


def _types(book: Book) -> Iterator[str]:
    for item, file in _files(book):
        if file.get("/Type") != "/EmbeddedFile" or not _MEDIA_TYPE.fullmatch(str(file.get("/Subtype", ""))):
            yield at(item)


def _parameters(book: Book) -> Iterator[str]:
    for item, file in _files(book):
        said = book.objects.at(file.get("/Params")) or {}
        is_summed = len(bytes_of(said.get("/CheckSum"))) == _MD5_BYTES and int(said.get("/Size", -1)) >= 0
        if not is_summed or not _DATE.fullmatch(text_of(said.get("/ModDate"))):
            yield at(item)


def _relationships(book: Book) -> Iterator[str]:
    for item in book.embedded:
        if item.get("/AFRelationship") not in RELATIONSHIPS:
            yield at(item)


def _associations(book: Book) -> Iterator[str]:
    tied = {str(each) for item in book.items if "/AF" in item.keys for each in item.get("/AF")}
    for item in book.embedded:
        if item.key or item.reference not in tied:
            yield at(item)


def _listed(book: Book) -> Iterator[str]:
    """Files that no viewer's panel would show, and names that lead to nothing."""
    import pikepdf

    tree = book.root.get("/Names", {}).get("/EmbeddedFiles")
    listed = dict(pikepdf.NameTree(tree).items()) if tree is not None else {}
    shown = {name: f"{value.objgen[0]} {value.objgen[1]} R" for name, value in listed.items()}
    known = {item.reference for item in book.embedded}
    yield from (f"/EmbeddedFiles {name}" for name, reference in shown.items() if reference not in known)
    seen = set(shown.values())
    yield from (at(item) for item in book.embedded if item.reference not in seen)


RULES = (
    Rule("file-name", "6.8", _names),
    Rule("file-type", "6.8", _types),
    Rule("file-parameters", "6.8", _parameters),
    Rule("file-relationship", "6.8", _relationships),
    Rule("file-association", "6.8", _associations),
    Rule("file-listed", "6.8", _listed),
)
