"""Queries of a workbook (Power Query): a zip written as letters within an XML part, tables typed by hand among them."""

from __future__ import annotations

import binascii
import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from flows import bounds
from flows.gather.family import HEAD_BYTES, wide_encoding
from flows.gather.scan_xml import words_of
from flows.gather.scanner import Scanner

_SIGN = b"DataMashup"
_LETTERS = re.compile(r"<DataMashup\b[^<>]*>([A-Za-z0-9+/=\s]*)<")
_TABLE = re.compile(r'Binary\.FromText\("([A-Za-z0-9+/=]*)"')
"""A table that somebody typed or pasted into a query: JSON, packed, as letters."""
_HEAD = 8
"""Bytes before the zip: a version, and the length of the zip."""
_RAW = -zlib.MAX_WBITS


def look_at_queries(stream: IO[bytes], scanner: Scanner) -> None:
    """Look into a part of a workbook that may hold queries.

    Args:
        stream: Of the part.
        scanner: Gets the words.
    """
    head = stream.read(HEAD_BYTES)
    if _SIGN not in head.replace(b"\0", b""):
        return
    source = head + stream.read(bounds.ATTACHMENT_BYTES)
    letters = _LETTERS.search(source.decode(wide_encoding(head) or "utf-8-sig", "replace"))
    if letters is None or stream.read(1):
        scanner.cut()
        return
    with scanner.trying():
        _look_at_package(binascii.a2b_base64(letters[1]), scanner)


def _look_at_package(package: bytes, scanner: Scanner) -> None:
    end = _HEAD + int.from_bytes(package[4:_HEAD], "little")
    scanner.look(words_of(package[end:].decode("utf-8", "replace")), hidden="xml", only_new=True)
    with zipfile.ZipFile(BytesIO(package[_HEAD:end])) as archive:
        for info in archive.infolist():
            if info.file_size > bounds.SCAN_CHARS or scanner.is_spent:
                scanner.cut()
                continue
            text = archive.read(info).decode("utf-8-sig", "replace")
            scanner.look(words_of(text) if info.filename.endswith(".xml") else text, hidden="xml", only_new=True)
            for letters in _TABLE.findall(text):
                _look_at_table(binascii.a2b_base64(letters), scanner)


def _look_at_table(packed: bytes, scanner: Scanner) -> None:
    unpacker = zlib.decompressobj(_RAW)
    source = unpacker.decompress(packed, bounds.PICTURE_METADATA_BYTES)
    if unpacker.unconsumed_tail:
        scanner.cut()
    scanner.look(source.decode("utf-8", "replace"), hidden="xml")
