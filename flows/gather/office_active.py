"""Macros, embedded objects and outside references of Office files, new and old, and of RTF; looked at, never run."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from flows import bounds
from flows.gather.entities_active import has_entities
from flows.privacy import mask_numbers
from flows.words import holds_any

_MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|^Basic/.+\.(?:xml|xba)$|^Scripts/.+", re.IGNORECASE)
_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("macro", _MACROS),
    ("xlm-macro", re.compile(r"^xl/(?:macrosheets|dialogsheets)/[^/]+\.(?:xml|bin)$", re.IGNORECASE)),
    ("external-link", re.compile(r"^xl/externalLinks/[^/]+\.(?:xml|bin)$", re.IGNORECASE)),
    ("data-connection", re.compile(r"^xl/(?:connections\.|queryTables/)[^/]*(?:xml|bin)$", re.IGNORECASE)),
    ("activex", re.compile(r"(?:^|/)(?:activeX|ctrlProps)/activeX[^/]*\.(?:xml|bin)$", re.IGNORECASE)),
)
_PROGRAM = re.compile(
    r"(?:^|/)([^/]*\.(?:exe|scr|com|bat|cmd|pif|msi|dll|js|jse|vbs|vbe|wsf|hta|ps1|jar|lnk))$", re.IGNORECASE
)
_EMBEDDED = re.compile(r"^(?:word|xl|ppt)/embeddings/([^/]+)$|^(Object \d+)$", re.IGNORECASE)
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_SHEET = "/worksheets/sheet"
"""Figures: only where a part begins could one declare anything, and the rest would take long."""
_DECLARED_BYTES = 65536
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]{0,4096}>")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
_TYPE = re.compile(rb"""Type\s*=\s*["'][^"']*/(\w+)["']""")
_TARGETS = {
    "attachedTemplate": "external-template",
    "image": "remote-image",
    "oleObject": "external-link",
    "externalLink": "external-link",
    "frame": "external-link",
    "subDocument": "external-link",
    "package": "external-link",
    "aFChunk": "external-link",
}
"""Type of an outside relation → what it is; addresses that a reader clicks on are nothing special."""
_STARTING = re.compile(
    rb"""Target\s*=\s*["']\s*(?:mhtml|ms-[a-z-]+|search-ms|javascript|vbscript|script):""", re.IGNORECASE
)
"""An address that another program is started for, whatever the relation is called."""
_PARTS_OF_ITS_OWN = {
    "vbaProject": "macro",
    "xlMacrosheet": "xlm-macro",
    "xlIntlMacrosheet": "xlm-macro",
    "oleObject": "embedded-object",
    "aFChunk": "embedded-file",
}
"""Type of a relation within the file → what the part is, whatever it is called."""
_InXml = tuple[tuple[str, tuple[bytes, ...], re.Pattern[bytes]], ...]
_QUERIES = "DataMashup".encode("utf-16-le")
"""Queries of Excel (*Power Query*) lie in a part of their own, mostly in UTF-16."""
_IN_XML: _InXml = (
    ("dde", (b"ddeLink",), re.compile(rb"<(?:\w+:)?ddeLink\b")),
    ("launch", (b"ppaction://",), re.compile(rb"ppaction://(?:program|macro)\b")),
    ("data-connection", (b"DataMashup", _QUERIES), re.compile(rb"DataMashup|" + re.escape(_QUERIES))),
)
"""What it is, words without which it is not there (they are found much faster), and what it looks like."""
_IN_OPEN_DOCUMENT: _InXml = (
    *_IN_XML,
    ("dde", (b"dde-source", b"dde-connection-decl"), re.compile(rb"<office:dde-source\b|<text:dde-connection-decl\b")),
    ("remote-image", (b"<draw:image",), re.compile(rb"""<draw:image\b[^>]{0,500}href="https?:""")),
    ("remote-formula", (b"WEBSERVICE(",), re.compile(rb"\bWEBSERVICE\(")),
    ("script", (b"event-listener", b"office:script"), re.compile(rb"<script:event-listener\b|<office:script\b")),
)
_OPEN_DOCUMENT = "content.xml"
_FIELD = re.compile(rb"""<w:instrText\b[^>]{0,200}>([^<]{0,4096})|\bw:instr="([^"]{0,4096})\"""")
_IN_FIELDS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("dde", re.compile(rb"\bDDE(?:AUTO)?\s", re.IGNORECASE)),
    ("remote-image", re.compile(rb"\bINCLUDEPICTURE\s.{0,40}https?:", re.IGNORECASE)),
    ("external-link", re.compile(rb"\b(?:INCLUDETEXT|LINK)\s", re.IGNORECASE)),
)
_RTF: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("embedded-object", re.compile(rb"\\objdata\b|\\objocx\b|\\objemb\b")),
    ("external-template", re.compile(rb"\\\*\\template\s*[^{}]{0,8}(?:https?:|\\\\\\\\)", re.IGNORECASE)),
    ("dde", re.compile(rb"\bDDE(?:AUTO)?\s+", re.IGNORECASE)),
    ("external-link", re.compile(rb"\\obj(?:aut)?link\b")),
)
_RTF_FIELD, _RTF_FIELD_SHOWS, _RTF_FIELD_BYTES = re.compile(rb"\\fldinst\b"), b"\\fldrslt", 600
_RTF_SIGNS = re.compile(rb"[{}]|\\[a-z]{1,32}-?\d{0,10} ?|\\\*")
"""What stands between the letters of a field that lies in pieces."""
_OLE_OBJECTS = re.compile(r"^(?:MBD[0-9A-F]{6,8}|\x01Ole10Native|_\d{8,10})$")
"""Names of storages; Word writes an ``ObjectPool`` for them into every document, mostly an empty one."""
_OLE_MACROS = frozenset({"_VBA_PROJECT", "_VBA_PROJECT_CUR", "MACROS"})
_WORKBOOK = ("Workbook", "Book")
_SHEET_RECORD, _BOOK_RECORD, _NAME_RECORD, _END_RECORD = 0x0085, 0x01AE, 0x0018, 0x000A
_CONNECTION_RECORDS = frozenset({0x01AD, 0x0876})
"""A table that a query fills, and where it asks."""
_FETCHING = (b"WEBSERVICE", "WEBSERVICE".encode("utf-16-le"))
"""The function that fetches, in names of old workbooks and binary ones, which keep new functions as names."""
_BINARY_BOOK = "xl/workbook.bin"
_SHEET_KIND, _MACRO_SHEET = 5, b"\x01"
"""Where in the record of a sheet its kind stands, and what it says of a sheet of macros."""
_BOOK_NAME, _PATH, _TOPIC = 5, b"\x01", b"\x03"
"""Where in the record of another book its name stands, how a path begins, and what parts a program from its topic."""
_OLD_DDE = re.compile(rb"\x13(?:\s{0,8}DDE(?:AUTO)?\s|\0(?:\s\0){0,8}D\0D\0E\0(?:A\0U\0T\0O\0)?\s\0)", re.IGNORECASE)
"""A field of an old document that calls a program, behind the sign with which fields begin."""
_SLIDES, _DOCUMENT = "PowerPoint Document", "WordDocument"
_STORED_RECORD = 0x1011
_OLD_SLIDE_MACROS = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00", re.DOTALL)
"""The record that says that old slides have macros; these lie packed among what else is stored in them."""
_NAME_CHARS = 60


def active_in_zip(path: Path) -> tuple[str, ...]:
    """The active content of a .docx, .xlsx, .pptx, .odt and the like."""
    found: dict[str, None] = {}
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for key, pattern in _BY_NAME:
            if any(pattern.search(name) for name in names):
                found[key] = None
        if _BINARY_BOOK in names:
            with archive.open(_BINARY_BOOK) as book:
                found |= dict.fromkeys(["remote-formula"] if _fetches(book.read(bounds.ACTIVE_TEXT_BYTES)) else [])
        for key in (*_embedded(names), *_programs(names), *_in_parts(archive), *_macros_of_parts(archive)):
            found[key] = None
    return tuple(found)


def _fetches(content: bytes) -> bool:
    return any(name in content for name in _FETCHING)


def _embedded(names: Sequence[str]) -> Iterator[str]:
    """Files and objects lying in the document; the figures of a chart lie in a workbook of their own."""
    hits = [match for name in names if (match := _EMBEDDED.match(name))]
    files = [match[1] for match in hits if match[1] and not match[1].lower().endswith(".bin")]
    for name in files[: bounds.ACTIVE_NAMES]:
        yield f"embedded-file: {mask_numbers(name)[:_NAME_CHARS]}"
    if len(files) < len(hits):
        yield "embedded-object"


def _programs(names: Sequence[str]) -> Iterator[str]:
    """Programs among the parts: no office program puts one there."""
    hits = [match[1] for name in names if (match := _PROGRAM.search(name)) and not _MACROS.search(name)]
    yield from (f"embedded-file: {mask_numbers(name)[:_NAME_CHARS]}" for name in hits[: bounds.ACTIVE_NAMES])


def _in_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """What relations and fields refer to; the parts are searched as bytes, no more of them than the bound."""
    room = bounds.ACTIVE_XML_BYTES
    signs = _IN_OPEN_DOCUMENT if _OPEN_DOCUMENT in archive.namelist() else _IN_XML
    parts = [info for info in archive.infolist() if _XML.search(info.filename)]
    sheets = [info for info in parts if _SHEET in info.filename]
    if any(has_entities(_beginning(archive, info)) for info in sheets):
        yield "xml-entities"
    others = [info for info in parts if _SHEET not in info.filename]
    for info in sorted(others, key=lambda info: (not info.filename.endswith(".rels"), info.file_size, info.filename)):
        if room <= 0:
            yield "not-searched"
            return
        with archive.open(info) as member:
            source = member.read(min(room, bounds.ACTIVE_TEXT_BYTES))
        room -= len(source)
        if has_entities(source):
            yield "xml-entities"
        if info.filename.endswith(".rels"):
            yield from _relations(source)
        else:
            yield from _in_xml(source, signs)
            found = _FIELD.findall(source) if b"instr" in source else ()
            fields = b"".join(one or other for one, other in found)  # one field may lie in pieces
            yield from (key for key, pattern in _IN_FIELDS if pattern.search(fields))


def _beginning(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        return member.read(_DECLARED_BYTES)


def _in_xml(source: bytes, signs: _InXml) -> Iterator[str]:
    for key, words, pattern in signs:
        if holds_any(source, words) and pattern.search(source):
            yield key


def _relations(source: bytes) -> Iterator[str]:
    for relation in _RELATION.findall(source):
        kind = _TYPE.search(relation)
        if kind:
            is_outside = _EXTERNAL.search(relation) is not None
            if is_outside and _STARTING.search(relation):
                yield "remote-object"
            meaning = (_TARGETS if is_outside else _PARTS_OF_ITS_OWN).get(kind[1].decode("ascii", "replace"), "")
            yield from [meaning] if meaning else []


def _macros_of_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    for info in archive.infolist():
        if info.filename.lower().endswith("vbaproject.bin") and info.file_size <= bounds.MACRO_BYTES:
            yield from _automatic(archive.read(info))


def active_in_ole(path: Path) -> tuple[str, ...]:
    """The active content of a .doc, .xls or .ppt.

    Raises:
        OSError: the container is damaged.
    """
    import olefile

    found: dict[str, None] = {}
    with olefile.OleFileIO(str(path)) as container:
        parts = {part for entry in container.listdir(streams=True, storages=True) for part in entry}
        has_macros = bool(_OLE_MACROS & {part.upper() for part in parts})
        if any(_OLE_OBJECTS.match(part) for part in parts):
            found["embedded-object"] = None
        for name, look in _OLD_FORMATS.items():
            if container.exists(name):
                found |= dict.fromkeys(look(container.openstream(name).read(bounds.ACTIVE_TEXT_BYTES)))
    if has_macros:
        found["macro"] = None
        if path.stat().st_size <= bounds.MACRO_BYTES:
            found |= dict.fromkeys(_automatic(path.read_bytes()))
    return tuple(found)


def _in_old_book(book: bytes) -> Iterator[str]:
    """Macros of the first kind (XLM), and other books, programs and servers that are asked for values.

    The head lists them; only tables that a query fills stand in their sheets.
    """
    is_head = True
    for kind, content in _records(book):
        is_head = is_head and kind != _END_RECORD
        if kind in _CONNECTION_RECORDS:
            yield "data-connection"
        elif is_head:
            yield from _in_head_of_book(kind, content)


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of every record of an old workbook."""
    at = 0
    while at + 4 <= len(book):
        kind, size = int.from_bytes(book[at : at + 2], "little"), int.from_bytes(book[at + 2 : at + 4], "little")
        if not (kind or size):
            return
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _in_head_of_book(kind: int, content: bytes) -> Iterator[str]:
    if kind == _NAME_RECORD and _fetches(content):
        yield "remote-formula"
    elif kind == _SHEET_RECORD and content[_SHEET_KIND : _SHEET_KIND + 1] == _MACRO_SHEET:
        yield "xlm-macro"
    elif kind == _BOOK_RECORD and len(content) > _BOOK_NAME:
        name = content[_BOOK_NAME:].replace(b"\0", b"").strip()
        is_program = _TOPIC in name and not name.startswith(_PATH)
        yield from [] if not name else ["dde"] if is_program else ["external-link"]  # without a name: this book


def _in_old_document(text: bytes) -> Iterator[str]:
    yield from ["dde"] if _OLD_DDE.search(text) else []


def _in_old_slides(slides: bytes) -> Iterator[str]:
    """Macros and objects: each is one stored record beside the slides."""
    stored = at = 0
    while at + 8 <= len(slides):
        stored += int.from_bytes(slides[at + 2 : at + 4], "little") == _STORED_RECORD
        at += 8 + int.from_bytes(slides[at + 4 : at + 8], "little")
    has_macros = _OLD_SLIDE_MACROS.search(slides) is not None
    yield from ["macro"] if has_macros else []
    yield from ["embedded-object"] if stored > has_macros else []


_OLD_FORMATS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    **dict.fromkeys(_WORKBOOK, _in_old_book), _DOCUMENT: _in_old_document, _SLIDES: _in_old_slides,
}  # fmt: skip
"""Name of a stream → what looks for active content in it."""


def _automatic(project: bytes) -> Iterator[str]:
    """``macro-auto`` where a macro would run by itself when the document is opened, closed or printed."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):  # whatever it thinks of the bytes
        from oletools import olevba

        logging.disable(logging.CRITICAL)
        try:
            parser = olevba.VBA_Parser("vbaProject.bin", data=project)
            with contextlib.closing(parser):
                codes = [code for _, _, _, code in parser.extract_macros() if isinstance(code, str)]
        finally:
            logging.disable(logging.NOTSET)
        if olevba.detect_autoexec("\n".join(codes)[: bounds.MACRO_BYTES]):
            yield "macro-auto"


def active_in_rtf(path: Path) -> tuple[str, ...]:
    """The active content of an RTF document."""
    with path.open("rb") as stream:
        source = stream.read(bounds.ACTIVE_XML_BYTES + 1)
    is_whole = len(source) <= bounds.ACTIVE_XML_BYTES
    found = [key for key, pattern in _RTF if pattern.search(source)]
    starts = (match.end() for match in _RTF_FIELD.finditer(source))
    told = (source[start : start + _RTF_FIELD_BYTES].partition(_RTF_FIELD_SHOWS)[0] for start in starts)
    for field in told:
        words = _RTF_SIGNS.sub(b"", field).lstrip()
        found += [key for key, pattern in _IN_FIELDS if pattern.match(words)]
    return tuple(dict.fromkeys([*found, *([] if is_whole else ["not-searched"])]))
