"""What reading one file yields, whatever its family: the common answer of all readers."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from flows.model import ElectronicSignature, Photo

DESCRIPTORS = Path("/dev/fd")
"""Where a file within a file has a path, on systems that have such a folder; it leads to no name."""
TEXT_CHARS = 20_000
"""Most characters read from one file: enough for the first pages of anything."""
HEAD_CHARS = 4_000
TAIL_CHARS = 6_000
HEADING_LINES = 12
"""At the top of a document: among them it says what it is."""
_READABLE_LETTERS = 20
_STEP = 1 << 16
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Content:
    """The text and the countable things of one file."""

    pages: int | None = None
    """As :attr:`flows.model.EvidenceFile.pages`."""
    text: str = ""
    """Text of the first pages, at most :data:`TEXT_CHARS` characters."""
    head: str = ""
    """The part of it whose years are the document's own: first page, first rows."""
    tail: str = ""
    """Text of the last page, or the end of a text without pages, where signatures and their dates stand."""
    enacted: str | None = None
    """ISO date of the first clause of enactment behind ``text``, for annexes follow the page that is signed; empty
    where it cannot be read, None where there is no such clause."""
    begun: tuple[str, ...] = ()
    """How later pages begin on which another legal product may: several are often scanned, or copied, into one file."""
    title_text: str | None = None
    """Where to look for the title, None for the text itself."""
    has_signature: bool = False
    signatures: tuple[ElectronicSignature, ...] = ()
    is_scan: bool = False
    """Whether its pages are pictures without text."""
    is_substantial: bool = True
    """False for a workbook without a table, and for a scan in a format of pictures: its family alone says nothing."""
    is_form: bool = False
    """A form of ours, whatever it is called."""
    photo: Photo | None = None
    active: tuple[str, ...] = ()
    """As :attr:`flows.model.EvidenceFile.active`; of the family's own reader."""

    @property
    def has_text(self) -> bool:
        """Whether there is more than a page number or a watermark."""
        letters = islice(_LETTER.finditer(self.text), _READABLE_LETTERS)
        return sum(1 for _ in letters) == _READABLE_LETTERS


class TooLargeError(Exception):
    """The content is more than may be read.

    Args:
        detail: Which bound it goes beyond, a key of ``details`` in the catalogue.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class LockedError(Exception):
    """The content is protected by a password."""


def is_complaint(error: BaseException) -> bool:
    """Whether a library complains about what it reads; the libraries in Rust give up with no ordinary exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def end_of_words(stream: BinaryIO) -> int:
    """Where a file ends, without the zeros that copying programs may leave behind its end."""
    end = stream.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _STEP)
        stream.seek(start)
        if words := stream.read(end - start).rstrip(b"\0"):
            return start + len(words)
        end = start
    return 0
