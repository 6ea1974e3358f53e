"""Rules of metadata: one packet of XMP that says what the document information says, and claims part 3, level A."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from flows.render.binding.pdfa.rules import Book, Rule, at

_PACKET = re.compile(rb"<\?xpacket begin=(['\"]).{0,3}\1 id=(['\"])W5M0MpCehiHzreSzNTczkc9d\2\s*(.*?)\?>", re.DOTALL)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIX = re.compile(rb"xmlns:pdfaid\s*=\s*(['\"])http://www\.aiim\.org/pdfa/ns/id/\1")
"""The claim must be written with this short name, not only with this address."""
_LAST = re.compile(rb"<\?xpacket end=(['\"])[rw]\1\s*\?>\s*\Z")
_NAMESPACE = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
_TEXT, _DATE, _ANY_LANGUAGE, _IN_ORDER, _SET = "text", "date", "Alt", "Seq", "Bag"
"""Kinds of values; the last three as RDF calls them."""
_KINDS_BY_SHORT = {
    "dc:title": _ANY_LANGUAGE,
    "dc:creator": _IN_ORDER,
    "dc:description": _ANY_LANGUAGE,
    "dc:language": _SET,
    "dc:format": _TEXT,
    "xmp:CreateDate": _DATE,
    "xmp:ModifyDate": _DATE,
    "xmp:CreatorTool": _TEXT,
    "xmp:MetadataDate": _DATE,
    "pdf:Producer": _TEXT,
    "pdf:Keywords": _TEXT,
    "pdfaid:part": _TEXT,
    "pdfaid:conformance": _TEXT,
}
"""Properties a report has, all of them of predefined schemas, and the kind of value that each must have."""
_XMP_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_LANGUAGE_OF = "{http://www.w3.org/XML/1998/namespace}lang"
_PAIRS = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}
"""Entries of the document information, and the property that must say the same."""
_DATES = {"/CreationDate", "/ModDate"}


def _full(short: str) -> str:
    space, name = short.split(":")
    return f"{{{_NAMESPACE[space]}}}{name}"


_KINDS = {_full(short): kind for short, kind in _KINDS_BY_SHORT.items()}


def _packet(book: Book) -> bytes:
    stream = book.root.get("/Metadata")
    is_metadata = stream is not None and stream.get("/Type") == "/Metadata" and stream.get("/Subtype") == "/XML"
    return bytes(stream.read_bytes()) if is_metadata else b""


def _tree(packet: bytes) -> ET.Element | None:
    try:
        return ET.fromstring(packet)  # noqa: S314 - written by this program
    except ET.ParseError:
        return None


def _frame(book: Book) -> Iterator[str]:
    packet = _packet(book)
    found, tree = _PACKET.search(packet), _tree(packet)
    if tree is None:
        yield "/Metadata"
    elif not found or found[3] or not _LAST.search(packet):
        yield "/Metadata xpacket"
    elif len({each.get(f"{_RDF}about") for each in tree.iter(f"{_RDF}Description")}) > 1:
        yield "/Metadata rdf:about"


def _elsewhere(book: Book) -> Iterator[str]:
    """Metadata of pictures, fonts or pages: the standard wants these looked at like those of the file; we have none."""
    for item in book.items:
        if "/Metadata" in item.keys and not item.says("/Type", "/Catalog"):
            yield at(item)


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    """In full."""
    kind: str
    """As RDF calls it; text where it is a plain value."""
    value: str
    """Items of a list joined."""
    is_in_languages: bool = False
    """Whether every item says its language."""


def _written(packet: bytes) -> Iterator[_Property]:
    """Every property, as often as it is written."""
    tree = _tree(packet)
    for description in () if tree is None else tree.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            if not name.startswith("{http://www.w3.org/"):
                yield _Property(name, _TEXT, value)
        for each in description:
            kind = each[0].tag.removeprefix(_RDF) if len(each) else _TEXT
            items = list(each.iter(f"{_RDF}li"))
            said = all(_LANGUAGE_OF in item.attrib for item in items)
            kind = " ".join([kind, *each.attrib])  # said of the value, it makes another kind of it
            value = ", ".join(item.text or "" for item in items) if items else (each.text or "").strip()
            yield _Property(each.tag, kind, value, said)


def _properties(packet: bytes) -> dict[str, str]:
    """What every property says, by its full name."""
    return {each.name: each.value for each in _written(packet)}


def _schemas(book: Book) -> Iterator[str]:
    yield from sorted(set(_properties(_packet(book))) - _KINDS.keys())


def _values(book: Book) -> Iterator[str]:
    """Values of another kind than their schema says, and properties that are written twice."""
    seen: set[str] = set()
    for each in _written(_packet(book)):
        wanted = _KINDS.get(each.name, each.kind)
        is_sound = each.kind == (_TEXT if wanted == _DATE else wanted)
        if wanted == _DATE and not _XMP_DATE.fullmatch(each.value):
            is_sound = False
        if wanted == _ANY_LANGUAGE and not each.is_in_languages:
            is_sound = False
        if not is_sound or each.name in seen:
            yield each.name
        seen.add(each.name)


def _claim(book: Book) -> Iterator[str]:
    said = _properties(_packet(book))
    for name, value in (("pdfaid:part", "3"), ("pdfaid:conformance", "A")):
        if said.get(_full(name)) != value:
            yield name
    if not _PREFIX.search(_packet(book)):
        yield "xmlns:pdfaid"


def _agreement(book: Book) -> Iterator[str]:
    said = _properties(_packet(book))
    information = book.pdf.docinfo
    yield from (f"/Info {name}" for name in sorted(set(information.keys()) - set(_PAIRS)))
    for name, short in _PAIRS.items():
        told, written = information.get(name), said.get(_full(short))
        if told is None or written is None:
            if (told is None) != (written is None):
                yield short
        elif (_day(str(told)) != _day(written)) if name in _DATES else str(told) != written:
            yield short
    if not str(information.get("/Title", "")).strip():
        yield "/Info /Title"


def _day(text: str) -> tuple[Any, ...]:
    """Date and time of either spelling, as far as it is told, without the time zone when there is none."""
    digits = re.sub(r"\D", "", re.sub(r"(Z|[+-]00'?:?00'?)$", "", text))
    formats = {4: "%Y", 6: "%Y%m", 8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
    try:
        return datetime.strptime(digits, formats[len(digits)]).timetuple()  # noqa: DTZ007 - compared only
    except (KeyError, ValueError):
        return (text,)


RULES = (
    Rule("metadata", "6.6.2.1", _frame),
    Rule("metadata-elsewhere", "6.6.2.1", _elsewhere),
    Rule("metadata-schemas", "6.6.2.3", _schemas),
    Rule("metadata-values", "6.6.2.3", _values),
    Rule("metadata-agreement", "6.6.3", _agreement),
    Rule("claim", "6.6.4", _claim),
)
