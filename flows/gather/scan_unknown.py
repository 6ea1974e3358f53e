"""Files of kinds that nobody here reads - databases, drawings, books, contacts: swept for persons, never understood.

Most programs keep texts as they are, as 8-bit or 16-bit characters, or as markup within a zip. What is found blocks as
anywhere; that nothing is found says nothing, and no such file counts as looked through, not even in part.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO

from flows import bounds
from flows.gather.digits import may_hold_number
from flows.gather.office import check_container
from flows.gather.scan_old import words_of_bytes
from flows.gather.scan_xml import sweep
from flows.gather.scan_zip import look_at_comments, look_at_names
from flows.gather.scanner import Scanner

_HIDDEN = "swept"
"""A key of ``hidden`` in the catalogue."""
_OVERLAP_BYTES = 96
"""The longest spelling of a number, in 16-bit characters with a sign between all of them."""


def sweep_unknown(path: Path, scanner: Scanner, *, only_new: bool = False) -> None:
    """Look for persons in whatever lies at ``path``, as far as the bounds allow.

    Args:
        path: Of the file.
        scanner: Gets the words.
        only_new: Some of it was looked at before; numbers met then are passed over, and lists.

    Raises:
        TooLargeError: it is a zip that unpacks to more than may be read.
    """
    if zipfile.is_zipfile(path):
        check_container(path)
        _sweep_members(path, scanner, only_new=only_new)
    else:
        with path.open("rb") as stream:
            _sweep_bytes(stream, scanner)
    scanner.cut()


def _sweep_members(path: Path, scanner: Scanner, *, only_new: bool) -> None:
    left = bounds.SWEPT_BYTES
    with zipfile.ZipFile(path) as archive:
        look_at_comments(archive, scanner)
        look_at_names(archive, scanner)
        for member in archive.infolist():
            if scanner.is_spent or left <= 0:
                return
            left -= member.file_size
            with scanner.trying(), archive.open(member) as stream:
                _sweep_member(stream, scanner, only_new=only_new)


def _sweep_member(stream: IO[bytes], scanner: Scanner, *, only_new: bool) -> None:
    source = stream.read(bounds.SWEPT_BYTES)
    if source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        sweep(BytesIO(source), scanner, hidden=_HIDDEN, only_new=only_new)
    else:
        _sweep_bytes(BytesIO(source), scanner)


def _sweep_bytes(stream: IO[bytes], scanner: Scanner) -> None:
    """Only pieces that may hold a number are read as text: most of these files are films and sounds."""
    carry, most = b"", bounds.SWEPT_BYTES
    while most > 0 and not scanner.is_spent and (data := stream.read(bounds.SCAN_PIECE_BYTES)):
        most -= len(data)
        source = carry + data
        if may_hold_number(source):
            for text in words_of_bytes(source):
                scanner.look(text, hidden=_HIDDEN, only_new=True)
        carry = source[-_OVERLAP_BYTES:]
