"""What a file would do or carry besides showing itself: programs, scripts, files in files, two formats in one.

Nothing is ever run. Facts are keys of ``active`` in ``validations/findings.yaml``; where the name of a part helps, it
follows after a colon: ``embedded-file: anggaran.xlsx``, numbers of persons masked.
"""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
from collections.abc import Iterator
from email.header import decode_header, make_header
from os import SEEK_END
from pathlib import Path

from flows import bounds
from flows.gather.behind_active import behind_its_end, has_script_in_notes
from flows.gather.entities_active import has_entities
from flows.gather.family import HEAD_BYTES, wide_encoding
from flows.gather.formulas_active import has_remote_formula
from flows.gather.messages import is_message
from flows.gather.office_active import active_in_ole, active_in_rtf, active_in_zip
from flows.gather.windows_programs import BEGINS, SECOND_BYTES, is_second_header, second_header
from flows.model import Media
from flows.privacy import mask_numbers
from flows.words import holds_any

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_LINK = b"L\x00\x00\x00\x01\x14\x02\x00"
_PROGRAMS = (b"\x7fELF", _LINK, b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa")
_SCRIPTS = (b"#!", b"@echo off", b"<job", b"<package>", b"[internetshortcut]")
_DISC_SIGN = 0x8001
_FIRST_BOOKS = re.compile(rb"(?s)\x09[\x00\x02\x04][\x04\x06]\x00..(.)\x00")
_MACRO_SHEET = b"\x40"
_MARKUP = re.compile(rb"<(?:script|html|iframe|!doctype\s+html)\b|<\?php\b", re.IGNORECASE)
_SCRIPT = re.compile(
    rb"<script\b|<\?php\b|javascript:|<(?:iframe|object|embed)\b|\son(?:load|error|click|mouseover)\s*=", re.IGNORECASE
)
_TEXT_MACROS = (b"vbaProject.bin", b"editdata.mso", b"application/x-mso", b'macrosPresent="yes"', b"<ooo:source-code")
"""Signs of macros in office documents that are written as one text: web archives and flat XML."""
_FAR_PICTURE = re.compile(
    rb"""<(?:image|use)\b[^>]{0,500}href\s{0,4}=\s{0,4}["']\s{0,4}(?:https?:|file:|//)""", re.IGNORECASE
)
_ATTACHED = re.compile(
    rb"""^content-disposition:\s{0,8}attachment\b[^\n]{0,400}?(?:\n[ \t][^\n]{0,400}?)?filename="?([^"\r\n;]{1,200})""",
    re.IGNORECASE | re.MULTILINE,
)
_ATTACHMENT_OF_OUTLOOK = "__attach_version1.0".encode("utf-16-le")
_NAME_CHARS = 60
_DDE = re.compile(rb"""(?:^|[\n,;\t"'])\s{0,8}[=+@-][^\n|]{0,64}\|[^\n!]{0,256}!""")
_END = b"PK\x05\x06"
_END_BYTES = 22
_DIRECTORY = b"PK\x01\x02"
_PDF, _PDF_END = b"%PDF-", b"%%EOF"
_PDF_HEAD = 1024


def is_disc(path: Path) -> bool:
    """Whether it is the image of a disc (ISO 9660), which Windows opens as a drive with whatever is on it."""
    with path.open("rb") as stream:
        stream.seek(_DISC_SIGN)
        return stream.read(5) == b"CD001"


def first_book(head: bytes) -> tuple[str, ...] | None:
    """What a workbook of Excel 2 to 4 would do; None for any other file."""
    found = _FIRST_BOOKS.match(head)
    if found is None:
        return None
    return ("xlm-macro",) if found[1] == _MACRO_SHEET else ()


def is_program(path: Path, head: bytes) -> bool:
    """Whether the bytes are a program or a shortcut to one, whatever the name says."""
    if head.startswith(_PROGRAMS) or head[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_SCRIPTS):
        return True
    return head.startswith(BEGINS) and _has_windows_header(path, head)


def _has_windows_header(path: Path, head: bytes) -> bool:
    """Whether the second header is there, or the file is too long for a text that happens to begin with MZ."""
    offset = second_header(head)
    if offset is None:
        return b"\0" in head
    with path.open("rb") as stream:
        stream.seek(min(offset, bounds.ACTIVE_TEXT_BYTES))
        return is_second_header(stream.read(SECOND_BYTES)) or b"\0" in head


def active_content(path: Path, head: bytes, media: Media) -> tuple[str, ...]:
    """The active content of a file of any family but PDF, whose own reader looks for it; two formats in one of all."""
    found = dict.fromkeys(_two_formats(path, head, media))
    try:
        found |= dict.fromkeys(_of_family(path, head, media))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # its own reader opened it: what only this search cannot read is said, no more
        found["not-searched"] = None
    return tuple(found)


def _of_family(path: Path, head: bytes, media: Media) -> tuple[str, ...]:
    if media is Media.OTHER and head.startswith(_OLE):
        return ("embedded-file",) if _holds(path, _ATTACHMENT_OF_OUTLOOK) else ()
    if media in (Media.PDF, Media.IMAGE, Media.ARCHIVE, Media.OTHER):
        return ()
    if media is Media.PLAIN_TEXT:
        return _in_text(path)
    if head.startswith(_ZIP):
        return active_in_zip(path)
    if head.startswith(_OLE):
        return active_in_ole(path)
    return active_in_rtf(path) if media is Media.TEXT_DOCUMENT else ()


def _holds(path: Path, sign: bytes) -> bool:
    """Whether a sign stands anywhere in a file, which is never held in memory as a whole."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(sign) >= 0


def _in_text(path: Path) -> tuple[str, ...]:
    """Scripts of HTML and SVG, and commands that a spreadsheet program would carry out when it opens a .csv."""
    with path.open("rb") as stream:
        text = stream.read(bounds.ACTIVE_TEXT_BYTES)
    if wide := wide_encoding(text[:HEAD_BYTES]):
        text = text.decode(wide, "replace").encode()
    looks_like_markup = re.search(rb"<[a-z!?/]", text[:4096], re.IGNORECASE) is not None
    found = ["script"] if looks_like_markup and _SCRIPT.search(text) else []
    found += ["macro"] if holds_any(text, _TEXT_MACROS) else []
    found += ["xml-entities"] if has_entities(text) else []
    found += ["dde"] if _DDE.search(text) else []
    found += ["remote-formula"] if not looks_like_markup and has_remote_formula(text) else []
    found += ["remote-image"] if looks_like_markup and b"<svg" in text[:4096] and _FAR_PICTURE.search(text) else []
    return (*found, *_attached(text))


def _attached(text: bytes) -> Iterator[str]:
    """Names of the files that a saved message brings along."""
    if not is_message(text[:HEAD_BYTES]):
        return
    names = [match[1] for match in _ATTACHED.finditer(text)]
    for name in names[: bounds.ACTIVE_NAMES]:
        shown = mask_numbers(str(make_header(decode_header(name.decode("utf-8", "replace")))))[:_NAME_CHARS]
        yield f"embedded-file: {shown}"
    if len(names) > bounds.ACTIVE_NAMES:
        yield "embedded-file"


def _two_formats(path: Path, head: bytes, media: Media) -> list[str]:
    """Other formats that the same bytes are: each program that opens the file sees something else."""
    found = []
    tail = _tail(path) if media in (Media.PDF, Media.IMAGE) else b""
    if _END in tail and _has_zip_behind(path, tail, media):
        found.append("polyglot-zip")
    if media is Media.IMAGE and _PDF in head[:_PDF_HEAD]:
        found.append("polyglot-pdf")
    if media is Media.PDF and not head.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(_PDF):
        found.extend(_in_markup(head[: head.find(_PDF)]))
    elif media is Media.PDF:
        found.extend(_in_markup(tail.rpartition(_PDF_END)[2]))
    if media in (Media.SPREADSHEET, Media.TEXT_DOCUMENT, Media.SLIDES) and head.startswith(_ZIP):
        found.extend(["polyglot-pdf"] if _PDF in head[:_PDF_HEAD] else [])
    if media is Media.IMAGE and not head.lstrip().startswith(b"<"):
        found.extend(["polyglot-html"] if _has_markup(head, tail) or has_script_in_notes(path) else [])
    if media in (Media.PDF, Media.IMAGE):
        found.extend(each for each in behind_its_end(path, head, tail, media) if each not in found)
    return found


def _in_markup(source: bytes) -> list[str]:
    """What stands before or behind a PDF; a few lines of a mail or printer are harmless."""
    return ["polyglot-html"] if _MARKUP.search(source) else []


def _tail(path: Path) -> bytes:
    with path.open("rb") as stream:
        size = stream.seek(0, SEEK_END)
        stream.seek(max(0, size - bounds.ZIP_TAIL_BYTES))
        return stream.read()


def _has_markup(head: bytes, tail: bytes) -> bool:
    return bool(_MARKUP.search(head) or _MARKUP.search(tail[-len(head) :]))


def _has_zip_behind(path: Path, tail: bytes, media: Media) -> bool:
    """Whether an unzip program would find members: an end record that belongs to the end of the file.

    A .docx lying uncompressed within a PDF has one too, but behind it the PDF goes on.
    """
    at = tail.rfind(_END)
    if len(tail) < at + _END_BYTES:
        return False
    directory_bytes, comment = struct.unpack_from("<I4xH", tail, at + 12)
    reaches_end = at + _END_BYTES + comment == len(tail)
    if media is Media.PDF and not reaches_end and tail.rfind(_PDF_END) > at:
        return False
    with path.open("rb") as stream:
        start = stream.seek(0, SEEK_END) - len(tail)
        stream.seek(max(0, start + at - directory_bytes))
        if stream.read(4) != _DIRECTORY:
            return False
    return zipfile.is_zipfile(path)
