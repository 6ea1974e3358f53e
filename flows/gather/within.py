"""Files within a file: those attached to a PDF, embedded in an office document, and the pictures in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from flows import bounds
from flows.gather.content import DESCRIPTORS, TooLargeError
from flows.gather.family import HEAD_BYTES, family_of_content, family_of_suffix
from flows.gather.names import suffix_of
from flows.gather.picture_notes import look_at_notes
from flows.gather.pictures import look_at_picture
from flows.gather.scan_unknown import sweep_unknown
from flows.gather.scanner import Scanner
from flows.model import Media

Reader = Callable[[Path, bytes, Media, Scanner, "FilesWithin"], object]
"""Reads a file at a path, with its first bytes and its family, and shows the scanner all of it and what lies within."""
_CHUNK_BYTES = 1_000_000
_LARGE_PIXELS = 700
"""Shorter side of a picture in which writing can be read: half a page at 85 dots an inch."""
_LITTLE_TEXT, _MUCH_TEXT = 250, 10_000
"""Characters for each picture, besides blanks, that say what it shows; fewer are a heading above a scan."""


class FilesWithin:
    """Takes the files within one file and those within them, as many and as deep as the bounds allow.

    Args:
        scanner: Of the outer file.
        read: Reads any file.
    """

    def __init__(self, scanner: Scanner, read: Reader) -> None:
        self._scanner, self._read = scanner, read
        self._files, self._bytes = bounds.ATTACHMENTS, bounds.ATTACHMENT_BYTES
        self._pictures = bounds.PICTURES_WITHIN
        self._large, self._depth = 0, bounds.ATTACHMENT_DEPTH

    def outweighs(self, text: str) -> bool:
        """Whether large pictures stand where words would: pasted scans, which people read and no program."""
        return len("".join(text.split())) < min(self._large * _LITTLE_TEXT, _MUCH_TEXT)

    def __call__(self, name: str, stream: IO[bytes]) -> None:
        """Look into one file called ``name``."""
        if family_of_suffix(suffix_of(name)) is Media.IMAGE:
            self._look_at_picture(stream)
            return
        scanner = self._scanner
        scanner.look(name.rpartition("/")[2], hidden="attachment")
        if self._depth <= 0 or self._files <= 0:
            scanner.cut()
            return
        self._files -= 1
        with scanner.inside("attachment"), scanner.trying(), _as_path(stream, self._bytes) as path:
            if path is None:
                scanner.cut()
                return
            with path.open("rb") as content:
                head = content.read(HEAD_BYTES)
                self._bytes -= content.seek(0, os.SEEK_END)
            media = family_of_content(path, head)
            if media is None or media in (Media.OTHER, Media.ARCHIVE):
                sweep_unknown(path, scanner)
            else:
                self._read_deeper(path, head, media)

    def _read_deeper(self, path: Path, head: bytes, media: Media) -> None:
        """Read one of the files; pictures in it are weighed against its own words and not against those around it."""
        large, self._large, self._depth = self._large, 0, self._depth - 1
        try:
            self._read(path, head, media, self._scanner, self)
        finally:
            self._large, self._depth = large, self._depth + 1

    def _look_at_picture(self, stream: IO[bytes]) -> None:
        """Pictures are many and only their notes are looked at: words, and where they were taken."""
        self._pictures -= 1
        source = BytesIO(stream.read(bounds.PICTURE_WITHIN_BYTES)) if self._pictures >= 0 else BytesIO()
        if self._pictures < 0:
            self._scanner.cut()
        with self._scanner.inside("picture"), contextlib.suppress(TooLargeError, OSError, ValueError, SyntaxError):
            with self._scanner.trying():
                look_at_notes(source, self._scanner)
            source.seek(0)
            looked = look_at_picture(source, likeness=False)
            self._large += min(looked.photo.width, looked.photo.height) >= _LARGE_PIXELS
            if looked.says_where:
                self._scanner.place()


@contextmanager
def _as_path(stream: IO[bytes], most: int) -> Iterator[Path | None]:
    """A path to a copy of ``stream`` for libraries that want one; None where it is longer than ``most`` bytes.

    Where the system allows it, the copy has no name, so that nothing stays behind when the process is ended.
    """
    if DESCRIPTORS.is_dir():
        with tempfile.TemporaryFile() as copy:
            is_whole = _copy(stream, copy, most)
            yield DESCRIPTORS / str(copy.fileno()) if is_whole else None
        return
    folder = Path(tempfile.mkdtemp())
    try:
        with (folder / "berkas").open("wb") as copy:
            is_whole = _copy(stream, copy, most)
        yield folder / "berkas" if is_whole else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(stream: IO[bytes], target: IO[bytes], most: int) -> bool:
    left = most
    while left > 0 and (data := stream.read(min(_CHUNK_BYTES, left))):
        target.write(data)
        left -= len(data)
    target.flush()
    return left > 0 or not stream.read(1)
