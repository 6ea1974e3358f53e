"""Rules of metadata: one packet of XMP that says what the document information says, and claims part 3, level A."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from flows.render.binding.pdfa.rules import Book, Rule

_PACKET = re.compile(rb"<\?xpacket begin=(['\"]).{0,3}\1 id=(['\"])W5M0MpCehiHzreSzNTczkc9d\2\s*(.*?)\?>", re.DOTALL)
_LAST = re.compile(rb"<\?xpacket end=(['\"])[rw]\1\s*\?>\s*\Z")
_NAMESPACE = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
_KNOWN = {
    f"{{{_NAMESPACE[space]}}}{name}"
    for space, names in {
        "dc": ("title", "creator", "description", "language", "format"),
        "xmp": ("CreateDate", "ModifyDate", "CreatorTool", "MetadataDate"),
        "pdf": ("Producer", "Keywords"),
        "pdfaid": ("part", "conformance"),
    }.items()
    for name in names
}
"""Properties a report has, all of them of predefined schemas."""
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
    found = _PACKET.search(packet)
    if not packet or _tree(packet) is None:
        yield "/Metadata"
    elif not found or found[3] or not _LAST.search(packet):
        yield "/Metadata xpacket"


def _properties(packet: bytes) -> dict[str, str]:
    """Every property by its full name; values of a list joined."""
    tree = _tree(packet)
    found: dict[str, str] = {}
    for description in () if tree is None else tree.iter(f"{{{_NAMESPACE['rdf']}}}Description"):
        found |= {
            name: value for name, value in description.attrib.items() if not name.startswith("{http://www.w3.org/")
        }
        for each in description:
            items = [item.text or "" for item in each.iter(f"{{{_NAMESPACE['rdf']}}}li")]
            found[each.tag] = ", ".join(items) if items else (each.text or "").strip()
    return found


def _full(short: str) -> str:
    space, name = short.split(":")
    return f"{{{_NAMESPACE[space]}}}{name}"


def _schemas(book: Book) -> Iterator[str]:
    yield from sorted(set(_properties(_packet(book))) - _KNOWN)


def _claim(book: Book) -> Iterator[str]:
    said = _properties(_packet(book))
    for name, value in (("pdfaid:part", "3"), ("pdfaid:conformance", "A")):
        if said.get(_full(name)) != value:
            yield name


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
    Rule("metadata-schemas", "6.6.2.3", _schemas),
    Rule("metadata-agreement", "6.6.3", _agreement),
    Rule("claim", "6.6.4", _claim),
)
