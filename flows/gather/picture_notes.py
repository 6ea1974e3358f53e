"""What a picture says in words: descriptions, comments, key words and names that cameras, programs and people write.

They stand in the notes of the camera (Exif), in packets of programs (XMP, IPTC) and in comments of the formats, in
8-bit or 16-bit characters. All of them are looked at alike, wherever they stand; what is drawn is not.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from flows import bounds
from flows.gather.digits import may_hold_number
from flows.gather.family import is_text, wide_encoding
from flows.gather.scan_old import words_of_bytes
from flows.gather.scan_xml import words_of
from flows.gather.scanner import Scanner

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_ENDS = {_JPEG: b"\xff\xd9", _PNG: b"IEND\xaeB`\x82"}
_LAST_BYTES = 65_536
_FEWEST_BEHIND = 8
_MARK, _COMMENT, _END_OF_NOTES = 0xFF, 0xFE, frozenset({0xD9, 0xDA})
_APPLICATIONS = range(0xE0, 0xF0)
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_DRAWN = frozenset({b"IDAT", b"fdAT", b"IHDR", b"PLTE"})


def look_at_notes(stream: BinaryIO, scanner: Scanner, *, is_whole: bool = True) -> None:
    """Look at all words of a picture, and at those behind its end, which programs for pictures pass over.

    Args:
        stream: Of its bytes; read from its beginning, and left there.
        scanner: Gets the words.
        is_whole: Whether they are all of its bytes.
    """
    stream.seek(0)
    head = stream.read(len(_PNG))
    parts = _of_jpeg if head.startswith(_JPEG) else _of_png if head.startswith(_PNG) else _of_others
    for part in parts(stream, scanner):
        if may_hold_number(part):
            for text in words_of_bytes(part):
                scanner.look(words_of(text) if "<" in text else text, hidden="picture", only_new=True)
    for magic, end in _ENDS.items() if is_whole else ():
        if head.startswith(magic):
            _look_behind(stream, end, scanner)
    stream.seek(0)


def _look_behind(stream: BinaryIO, end: bytes, scanner: Scanner) -> None:
    """Look at text behind the last mark of an end; films and further pictures that cameras put there are none."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _LAST_BYTES))
    _, mark, behind = stream.read().rpartition(end)
    behind = behind.strip(b"\0")
    if len(behind) < _FEWEST_BEHIND:
        return
    if is_text(behind):
        scanner.look(behind.decode(wide_encoding(behind) or "utf-8", "replace"), hidden="picture")
        if not mark:
            scanner.cut()
    elif may_hold_number(behind):
        for text in words_of_bytes(behind):
            scanner.look(text, hidden="picture", only_new=True)


def has_all_notes(head: bytes) -> bool:
    """Whether the first bytes of a JPEG reach to where its notes end."""
    at = len(_JPEG) - 1 if head.startswith(_JPEG) else len(head)
    while at + 4 <= len(head) and head[at] == _MARK:
        mark = head[at + 1]
        if mark in _END_OF_NOTES:
            return True
        is_bare = mark == _MARK or mark in _WITHOUT_LENGTH
        at += (1 if mark == _MARK else 2) if is_bare else 2 + max(2, int.from_bytes(head[at + 2 : at + 4], "big"))
    return False


def _of_jpeg(stream: BinaryIO, scanner: Scanner) -> Iterator[bytes]:
    """Notes of applications and comments; they stand before what is drawn."""
    stream.seek(2)
    for _ in range(bounds.PICTURE_NOTES):
        mark = stream.read(2)
        if len(mark) < len(_JPEG) - 1 or mark[0] != _MARK or mark[1] in _END_OF_NOTES:
            return
        if mark[1] == _MARK:  # one may be repeated
            stream.seek(-1, 1)
        elif mark[1] not in _WITHOUT_LENGTH:
            part = stream.read(max(0, int.from_bytes(stream.read(2), "big") - 2))
            if mark[1] == _COMMENT or mark[1] in _APPLICATIONS:
                yield part
    scanner.cut()


def _of_png(stream: BinaryIO, scanner: Scanner) -> Iterator[bytes]:
    """All chunks but those that are drawn, before and behind them."""
    stream.seek(len(_PNG))
    for _ in range(bounds.PICTURE_NOTES):
        head = stream.read(8)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if len(kind) < len(b"IEND") or kind == b"IEND":
            return
        if kind in _DRAWN:
            stream.seek(length + 4, 1)
            continue
        part = stream.read(min(length, bounds.PICTURE_METADATA_BYTES))
        if length > len(part):
            scanner.cut()
        stream.seek(length - len(part) + 4, 1)
        yield part
        if kind in (b"zTXt", b"iTXt"):
            yield _unpacked(part.partition(b"\0")[2], kind, scanner)
    scanner.cut()


def _unpacked(text: bytes, kind: bytes, scanner: Scanner) -> bytes:
    """A text behind its key word, where it is packed."""
    packed = text[1:]
    if kind == b"iTXt":
        if not text.startswith(b"\1"):
            return b""
        packed = text[2:].partition(b"\0")[2].partition(b"\0")[2]
    unpacker = zlib.decompressobj()
    try:
        source = unpacker.decompress(packed, bounds.PICTURE_METADATA_BYTES)
    except zlib.error:
        return b""
    if unpacker.unconsumed_tail:
        scanner.cut()
    return source


def _of_others(stream: BinaryIO, scanner: Scanner) -> Iterator[bytes]:
    """All bytes: in packed pictures nothing looks like a number by chance."""
    stream.seek(0)
    left, carry = bounds.PICTURE_WITHIN_BYTES, b""
    while left > 0 and (data := stream.read(min(left, bounds.SCAN_PIECE_BYTES))):
        left -= len(data)
        yield carry + data
        carry = data[-bounds.LINK_CHARACTERS :]
    if left <= 0 and stream.read(1):
        scanner.cut()
