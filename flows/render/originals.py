"""Originals in the archive edition: what they are called there, which volume holds them, and the list that says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import PurePosixPath
from typing import TypeAlias

from flows import bounds, wording
from flows.model import City
from flows.names import slug
from flows.render.engine import fill
from flows.render.values import Exhibit, Numbering, Original, Pages, Part, Sheets, Volume

PART = "berkas-asli"
"""How keys of the parts that list them begin."""
PREFIX = "BA-"
"""Set before the annex and number of each page of them: ``BA-III-4``."""
_FORBIDDEN = '<>:"/\\|?*'
"""Characters that some file system refuses."""
_LONGEST_SUFFIX = 12
_LONGEST_ORIGIN = 400
"""Characters of a path that the list prints; a row must not be longer than a page."""


Content: TypeAlias = tuple[str, str, date]
"""Hash, kind and date of embedded bytes: all that is said of them themselves."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An original, and what it is called in the archive."""

    original: Original
    name: str
    """``III-12.1-02 Perda KLA.pdf``; unique in all volumes, and a file name on every system."""

    @property
    def content(self) -> Content:
        """What is embedded once, however many labels and names it has."""
        return self.original.sha256, self.original.media_type, self.original.since


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    label: str
    anchor: str
    questions: tuple[str, ...]
    name: str
    """In the archive; empty where the original is not embedded."""
    original: Original | None
    volume: int
    """From 1; 0 where it is not embedded."""


def plan(originals: Sequence[Original]) -> tuple[tuple[Attachment, ...], ...]:
    """The originals in volumes of at most :data:`flows.bounds.EMBEDDED_BYTES`, in their order; one volume at least.

    Where they do not all fit into the volume of the report, that has only what belongs to no annex, and every annex
    begins a volume: the report opens at once, a verifier takes the volume of a block, and a file that changes leaves
    all others as they are. Bytes that several originals share are embedded and counted once in a volume.
    """
    attachments = tuple(_named(each for each in originals if each.bytes <= bounds.EMBEDDED_FILE_BYTES))
    if _held_bytes(attachments) <= bounds.EMBEDDED_BYTES:
        return (attachments,)
    with_report: list[Attachment] = []
    annexes: dict[str, list[Attachment]] = {}
    for each in attachments:
        annex = annex_of(each.original.label)
        (with_report if annex == each.original.label else annexes.setdefault(annex, [])).append(each)
    return tuple(map(tuple, (with_report, *chain.from_iterable(map(_divided, annexes.values())))))


def _held_bytes(attachments: Iterable[Attachment]) -> int:
    """Bytes that they take in one volume."""
    return sum({each.content: each.original.bytes for each in attachments}.values())


def _divided(attachments: Iterable[Attachment]) -> list[list[Attachment]]:
    """Those of an annex in as many volumes as they need."""
    volumes: list[list[Attachment]] = [[]]
    held: set[Content] = set()
    size = 0
    for each in attachments:
        more = 0 if each.content in held else each.original.bytes
        if volumes[-1] and size + more > bounds.EMBEDDED_BYTES:
            volumes.append([])
            held, size = set(), 0
            more = each.original.bytes
        volumes[-1].append(each)
        held.add(each.content)
        size += more
    return volumes


def _named(originals: Iterable[Original]) -> Iterable[Attachment]:
    taken: set[str] = set()
    for original in originals:
        name = archive_name(original.label, original.name)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = archive_name(original.label, original.name, f" ({number})")
        taken.add(name.casefold())
        yield Attachment(original, name)


def archive_name(label: str, name: str, mark: str = "") -> str:
    """``III-12.1-02 Perda KLA.pdf``: label and own name, without what systems trip over.

    Args:
        label: of the exhibit.
        name: path of the file, as it may be shown.
        mark: set before the suffix of a name that is taken already.
    """
    own = PurePosixPath(_clean(name.rsplit("/", 1)[-1]))
    suffix = own.suffix if len(own.suffix.encode()) <= _LONGEST_SUFFIX else ""
    stem = f"{_clean(label.replace('/', '-'))} {own.name.removesuffix(suffix) if suffix else own.name}"
    room = bounds.EMBEDDED_NAME_BYTES - len((mark + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + mark + suffix


def _clean(text: str) -> str:
    """Letters, signs and single spaces; nothing invisible, nothing that turns the direction of writing."""
    whole = unicodedata.normalize("NFC", text)
    shown = "".join(
        "_" if char in _FORBIDDEN else char if not unicodedata.category(char).startswith("C") else " " for char in whole
    )
    return " ".join(shown.split()).strip(". ")


def exhibits_of(volume: Volume) -> tuple[Exhibit, ...]:
    """Every document for which ``volume`` has pages or a slip sheet, in order."""
    leaves = (leaf.exhibit if isinstance(leaf, Pages) else leaf.slip_of for leaf in volume.leaves)
    return tuple(exhibit for exhibit in leaves if exhibit is not None)


def originals_parts(
    volume: Volume, exhibits: Sequence[Exhibit], originals: Sequence[Original], city: City
) -> tuple[Part, ...]:
    """The list of originals, a part per annex: what each is called in the archive, its size, date, hash and volume.

    It has the anchors ``bukti-<label>`` of all exhibits, so that links to evidence lead to its rows in the archive.

    Args:
        volume: the reading edition, for what its pages say; leaves are not needed.
        exhibits: every document that it shows, in order, with the slips that stand for pages in the end.
        originals: what is embedded; an exhibit without one is listed as not enclosed.
        city: whose book it is; its paper, and what the running heads and feet of the book say.
    """
    volumes = plan(originals)
    rows = _rows(exhibits, originals, volumes)
    shared = {
        "title": volume.title,
        "author": volume.author,
        "city": city,
        "jenis": wording.region_word(city),
        "as_of": volume.as_of,
        "is_draft": volume.is_draft,
        "is_labelled": False,
        "paper": city.paper,
        "volumes": len(volumes),
        "largest": bounds.EMBEDDED_FILE_BYTES,
        "longest": _LONGEST_ORIGIN,
    }
    annexes: dict[str, list[Row]] = {} if rows else {"": []}
    for row in rows:
        annexes.setdefault(annex_of(row.label), []).append(row)
    return tuple(_part(name, each, shared, is_first=not place) for place, (name, each) in enumerate(annexes.items()))


def annex_of(label: str) -> str:
    """The annex of an exhibit: ``III`` of ``III/12.1-02``."""
    return label.split("/", maxsplit=1)[0]


def list_key(annex: str) -> str:
    """The key of the part that lists the originals of one annex."""
    return f"{PART}-{slug(annex)}"


def list_anchor(lists: Sequence[Sheets]) -> str:
    """The anchor of the first of these lists, for the contents; empty where there is none."""
    anchors = (name for each in lists[:1] for name in each.typeset.anchors)
    return next((name for name in anchors if name.startswith(PART)), "")


def _part(annex: str, rows: Sequence[Row], shared: Mapping[str, object], *, is_first: bool) -> Part:
    numbering = Numbering(f"{PREFIX}{_initials(annex)}-" if annex else PREFIX)
    of_annex = f": {annex}" if any(row.label == annex for row in rows) else f" Label {annex}"
    title = f"Daftar Berkas Asli{of_annex if annex else ''}"
    values = {"rows": rows, "annex": annex, "heading": title, "is_first": is_first, "numbering": numbering}
    html = fill("dossier/berkas-asli.html", {**shared, **values})
    return Part(list_key(annex), title, html, numbering)


def _initials(annex: str) -> str:
    """An annex as it stands in a page number, which is one word: ``LP`` of the approval sheet, which is in none."""
    words = annex.split()
    return annex if len(words) == 1 else "".join(word[0] for word in words)


def _rows(
    exhibits: Sequence[Exhibit], originals: Sequence[Original], volumes: Sequence[Sequence[Attachment]]
) -> tuple[Row, ...]:
    shown = {exhibit.label: exhibit for exhibit in exhibits}
    labels = dict.fromkeys([*shown, *(original.label for original in originals)])
    known = {original.label: original for original in originals}
    held = {each.original.label: (each.name, number) for number, volume in enumerate(volumes, 1) for each in volume}
    return tuple(
        Row(
            label,
            f"bukti-{label}",
            shown[label].questions if label in shown else (),
            held.get(label, ("", 0))[0],
            known.get(label),
            held.get(label, ("", 0))[1],
        )
        for label in labels
    )
