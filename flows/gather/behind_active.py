"""What is hung behind the end of a picture or PDF: a program, an archive or a document that the viewer never shows."""

from __future__ import annotations

import re
from pathlib import Path

from flows import bounds
from flows.gather.windows_programs import BEGINS, SECOND_BYTES, is_second_header, second_header
from flows.model import Media

_PDF = b"%PDF-"
_ENDS = {b"\xff\xd8\xff": b"\xff\xd9", b"\x89PNG": b"IEND\xaeB`\x82", b"GIF8": b";"}
"""How pictures begin → how they end; of other formats the end says nothing."""
_PDF_END = b"%%EOF"
_FILLING = b"\0 \t\r\n\x1a"
_BEHIND = re.compile(
    rb"(?:\xff\xd9|IEND\xaeB`\x82|%%EOF|;)[\0\s]{0,4096}"
    rb"(MZ|\x7fELF|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|%PDF-\d|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|<\?php\b)"
)
_FOUND = {
    b"\x7fELF": "polyglot-program",
    b"Rar!\x1a\x07": "polyglot-archive",
    b"7z\xbc\xaf\x27\x1c": "polyglot-archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "polyglot-office",
    b"<?php": "polyglot-html",
}
_EARLY = 131_072
"""Bytes in front, where the notes of a picture stand."""
_SCRIPTS = (b"<?php", b"<?PHP", b"<script", b"<SCRIPT")


def behind_its_end(path: Path, head: bytes, tail: bytes, media: Media) -> list[str]:
    """What begins right behind the end of the file at ``path``, that begins with ``head`` and ends with ``tail``.

    A file that ends as its format does has nothing behind it, and is not read again.
    """
    picture = next((end for begin, end in _ENDS.items() if head.startswith(begin)), b"")
    end = _PDF_END if media is Media.PDF else picture
    if not end or tail.rstrip(_FILLING).endswith(end):
        return []
    with path.open("rb") as stream:
        content = stream.read(bounds.BEHIND_BYTES)
    found = dict.fromkeys(_called(content, match, media) for match in _BEHIND.finditer(content))
    return [each for each in found if each]


def _called(content: bytes, match: re.Match[bytes], media: Media) -> str:
    begins = match[1]
    if begins == BEGINS:
        return "polyglot-program" if _is_program(content, match.start(1)) else ""
    if begins.startswith(_PDF):
        return "polyglot-pdf" if media is Media.IMAGE else ""  # of a PDF it is another version of it
    return _FOUND[begins]


def _is_program(content: bytes, at: int) -> bool:
    """Whether the second header of a Windows program stands where the first one says."""
    offset = second_header(content, at)
    return offset is not None and is_second_header(content[at + offset : at + offset + SECOND_BYTES])


def has_script_in_notes(path: Path) -> bool:
    """Whether a script for a web server or browser stands among the notes of a picture."""
    with path.open("rb") as stream:
        early = stream.read(_EARLY)
    return any(sign in early for sign in _SCRIPTS)
