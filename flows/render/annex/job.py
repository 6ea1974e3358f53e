"""What is asked of a preparation, what its result depends on, and how it ends where it cannot be done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flows.cabinet import key_of
from flows.model import Media
from flows.settings import templates_root

CODE_VERSION = "26"
"""Raised whenever the same bytes would become other pages."""
PAGES_FILE, FACTS_FILE = "halaman.pdf", "halaman.json"
_LIBRARIES = ("pikepdf", "pillow", "pillow-heif", "pypdfium2", "fonttools", "python-calamine")
_FONTS = "fonts/*.ttf"
_DRAWN = frozenset({Media.IMAGE, Media.SPREADSHEET, Media.PLAIN_TEXT, Media.FORM})
"""Families that have no pages of their own: they get a caption, on the paper of the book."""
_SIDES = {"A4": (595.28, 841.89), "F4": (609.45, 935.43)}


class TroubleError(Exception):
    """A file has no pages to be bound; the key of ``slips`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Job:
    """One content of the vault that is to become pages."""

    path: Path
    """Of the bytes; only read."""
    sha256: str
    media: Media
    caption: str
    """What is written below a picture and above a table."""
    folder: Path
    """Exists; gets what is made, and whatever is needed on the way."""
    paper: str = "A4"
    """Of the book; what comes with pages of its own keeps their size."""

    @property
    def sides(self) -> tuple[float, float]:
        """The shorter and the longer side of a page that is drawn, in points; the strip follows below it."""
        return _SIDES[self.paper]

    @property
    def key(self) -> str:
        """The same for the same pages: bytes, family, caption and paper of what is drawn, all that makes them."""
        drawn = (self.caption, self.paper) if self.media in _DRAWN else ()
        return key_of(self.sha256, self.media.value, *drawn, _tools())


@cache
def _tools() -> str:
    """This program's part, the versions of libraries, and a hash of the fonts."""
    root = templates_root()
    digest = hashlib.sha256()
    for path in sorted(root.glob(_FONTS)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return " ".join([CODE_VERSION, *(f"{name}={version(name)}" for name in _LIBRARIES), digest.hexdigest()])
