"""What passes between typesetting, annexes and binding: parts of a book, exhibits, and the volume they make.

Lengths are PDF points from the lower left corner of a page; pages are counted from 0 unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from flows import page_wording, wording
from flows.model import Media

LINK_SCHEME = "kla:"
"""Every link within a book is written as this and the name of an anchor; binding turns it into a destination."""
UNFINISHED = ".jilid-"
"""Prefix of the folder in which a volume is being made, beside its place."""
STRIP_HEIGHT = 22.0
"""Points that every page of evidence gets below its own lower edge, for the stamp: nothing of it is covered."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the pages of a part are numbered, printed and labelled alike."""

    prefix: str = ""
    """Set before the number: ``3-``."""
    is_roman: bool = False

    def label(self, page: int) -> str:
        """What is printed on a page, counted from 0."""
        number = wording.small_roman(page + 1) if self.is_roman else str(page + 1)
        return f"{self.prefix}{number}"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a book that is typeset by itself: front matter, a chapter, the list of an annex."""

    key: str
    """Short and unique in its volume, safe as a file name: ``bab-3``."""
    title: str
    """What it is called in messages and in the outline."""
    html: str
    """A whole document; links within the book are ``kla:`` links."""
    numbering: Numbering


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a page of a part."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of an outline."""

    title: str
    level: int
    """From 1."""
    spot: Spot
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Typeset:
    """A part as a PDF that is ready to be bound: tagged, its links still ``kla:`` links, without page labels."""

    path: Path
    pages: int
    anchors: Mapping[str, Spot]
    bookmarks: tuple[Bookmark, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document as the annex of a book shows it: its pages, or a slip sheet in their place."""

    label: str
    """``III/12.1-02``; its first page is the anchor ``bukti-III/12.1-02``, page n (from 1) ``bukti-III/12.1-02@n``."""
    title: str
    """As it may be named in this edition; for a masked document only its kind."""
    agency: str
    """Name of who handed it in."""
    sha256: str
    """Of the bytes that are shown: a redacted copy's own."""
    media: Media
    questions: tuple[str, ...]
    """Every question of the book it serves, in the instrument's order; anchors ``q-12.1``."""
    slip: str = ""
    """Why a slip sheet stands for its pages, a key of ``slips`` in ``templates/dossier/pengganti.yaml``; empty where
    the pages themselves are bound."""
    is_redacted: bool = False
    """Whether its agency's redacted copy is shown."""

    @property
    def name(self) -> str:
        """What lists and bookmarks call it: its title, and whether that is a redacted copy's."""
        return page_wording.redacted(self.title) if self.is_redacted else self.title

    @property
    def anchor(self) -> str:
        """Anchor of its first page, or of its slip sheet."""
        return f"bukti-{self.label}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Pages of evidence ready to be bound, the same wherever they are bound: upright, from the origin, passive."""

    path: Path
    """Every page has a blank strip of :data:`STRIP_HEIGHT` times its scale at its lower edge."""
    pages: int
    bookmarks: tuple[Bookmark, ...] = ()
    """The document's own outline, levels from 1."""
    trouble: str = ""
    """Why there are no pages after all, a key of ``slips``; ``path`` means nothing then."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A run of pages of a typeset part within a volume."""

    part: Part
    typeset: Typeset
    first: int = 0
    count: int | None = None
    """All from ``first`` where None."""
    slip_of: Exhibit | None = None
    """The exhibit for which these pages stand; their page label is then its label."""


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of one document of evidence within a volume."""

    exhibit: Exhibit
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Volume:
    """One bound PDF: what it is called, and its leaves in order."""

    name: str
    """Path relative to the run folder: ``dosir.pdf``."""
    title: str
    author: str
    as_of: date
    is_draft: bool
    """Whether every page says DRAF – INTERNAL; typeset parts say so themselves, pages of evidence in their strip."""
    leaves: tuple[Sheets | Pages, ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Anchors a link may name although this volume does not hold them, with what is said of them; such a link becomes
    plain text."""
    is_internal: bool = False
    """Whether it stays in the house, because nothing is masked; pages of evidence say so in their strip."""

    @property
    def marks(self) -> tuple[str, ...]:
        """What the strip of every page of evidence warns of."""
        return (
            *([page_wording.DRAFT] if self.is_draft else []),
            *([page_wording.IN_HOUSE] if self.is_internal else []),
        )


class Relationship(StrEnum):
    """How an embedded file relates to the report, as ISO 19005-3 names it."""

    SOURCE = "Source"
    """Original material from which the report speaks: every document of evidence."""
    DATA = "Data"
    """Figures from which its tables and charts were made."""
    SUPPLEMENT = "Supplement"
    """The same content in a form that is easier to use."""


@dataclass(frozen=True, slots=True)
class Original:
    """Untouched bytes that the archive edition carries: what edition KIRIM may show of a document."""

    label: str
    """Of the exhibit it is: ``III/12.1-02``."""
    path: Path
    """Where the bytes lie, by their hash."""
    sha256: str
    bytes: int
    name: str
    """Relative to the year's input folder, as it may be shown in this edition."""
    media_type: str
    """``application/pdf``; ``application/octet-stream`` where unknown."""
    description: str
    """What it is and who handed it in."""
    since: date
    """The first run that saw this content, from the history; the time stamp of a file says nothing after copying."""
    relationship: Relationship = Relationship.SOURCE
    md5: str = ""
    """What PDF wants to be said of an embedded file too, in hexadecimal; empty where it is not known."""
