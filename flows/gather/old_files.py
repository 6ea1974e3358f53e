"""Old files of office programs (.xls, .doc, .ppt, .rtf) as wholes: their words, and the notes of the photos within."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flows import bounds
from flows.gather.content import TEXT_CHARS
from flows.gather.pdf_pictures import look_at_jpeg
from flows.gather.scan_old import look_at_stream, running_text_of_rtf, streams_of, words_of_rtf
from flows.gather.scanner import Scanner

_JPEG = re.compile(rb"\xff\xd8\xff[\xe0-\xef\xfe]")
_NOTES_BYTES = 131_072
"""From the beginning of a photo on: its notes have at most half of it each, and stand before the picture itself."""
_HOLD_PICTURES = frozenset({"data", "pictures", "worddocument"})
_WORKBOOKS = frozenset({"workbook", "book"})
_DRAWINGS, _CONTINUED = 0xEB, 0x3C
"""Records of a workbook with its pictures, which go over as many of them as they need."""
_HEX_JPEG = re.compile(r"ffd8ff[0-9a-f\s]{40,}", re.IGNORECASE)


def look_at_old_file(path: Path, scanner: Scanner, *, only_new: bool) -> None:
    """Look at the words of every stream of an old file of an office program, and at the notes of the photos within.

    Args:
        path: Of a .xls, .doc or .ppt.
        scanner: Gets the words, and is told of places.
        only_new: The cells were looked at before; only what stands elsewhere is told.
    """
    for entry, source in streams_of(path, scanner):
        look_at_stream(entry, source, scanner, only_new=only_new)
        name = entry[-1].lower()
        if (name in _HOLD_PICTURES or name in _WORKBOOKS) and _JPEG.search(source):
            _look_at_photos(_drawings(source) if name in _WORKBOOKS else source, scanner)


def look_at_rtf(path: Path, scanner: Scanner) -> str:
    """Look at the words of an .rtf, and at its photos, which most programs write in hexadecimal digits.

    Returns:
        The beginning of its running text, without the lists of fonts and styles before it.
    """
    with path.open("rb") as stream:
        source = stream.read(bounds.OLD_OFFICE_BYTES)
        if stream.read(1):
            scanner.cut()
    text = source.decode("cp1252", "replace")
    scanner.look(words_of_rtf(text))
    _look_at_photos(source, scanner)  # some programs write them as they are
    for found in _HEX_JPEG.finditer(text):
        digits = "".join(found[0][: 3 * _NOTES_BYTES].split())
        _look_at_photos(bytes.fromhex(digits[: len(digits) // 2 * 2]), scanner)
    return running_text_of_rtf(text, TEXT_CHARS)


def _look_at_photos(source: bytes, scanner: Scanner) -> None:
    for number, found in enumerate(_JPEG.finditer(source)):
        if number == bounds.PICTURES_WITHIN or scanner.is_spent:
            scanner.cut()
            return
        look_at_jpeg(source[found.start() : found.start() + _NOTES_BYTES], scanner, is_whole=False)


def _drawings(source: bytes) -> bytes:
    """What the records of drawings hold, one after the other as it was before it was parted."""
    return b"".join(_parts_of_drawings(source))


def _parts_of_drawings(source: bytes) -> Iterator[bytes]:
    at, is_drawing = 0, False
    while at + 4 <= len(source):
        kind, size = source[at] | source[at + 1] << 8, source[at + 2] | source[at + 3] << 8
        is_drawing = kind == _DRAWINGS or (is_drawing and kind == _CONTINUED)
        if is_drawing:
            yield source[at + 4 : at + 4 + size]
        at += 4 + size
