"""Where everything lies in a volume before anything is bound: runs of pages, their labels, and every anchor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from flows import page_wording
from flows.errors import RenderError
from flows.render.values import Exhibit, Pages, Sheets, Volume

DEFECT = (
    "Ini cacat program atau templat, bukan kesalahan Anda; susunan sebelumnya tetap utuh. Bila ada templat sendiri di "
    "naskah/templat/, keluarkan dahulu lalu ulangi. Bila tetap, laporkan kepada pengembang bersama pesan ini."
)
"""The repair of everything that only a programmer, or whoever wrote a template of the city, can mend."""
_EXHIBIT = "bukti-"


@dataclass(frozen=True, slots=True)
class Landing:
    """A point of a volume: page from 0, and where on it; the top left corner of the page where nothing is said."""

    page: int
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A leaf of a volume with the pages it takes."""

    leaf: Sheets | Pages
    first: int
    count: int

    @property
    def pages(self) -> range:
        """Pages of the volume, from 0."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True, slots=True)
class Order:
    """A volume laid out."""

    runs: tuple[Run, ...]
    labels: tuple[str, ...]
    """Of every page, as printed and as shown by a reader's page field."""
    landings: Mapping[str, Landing]
    """Of every anchor that exists once."""
    own: Mapping[tuple[str, str], Landing]
    """The same by part and anchor."""
    ambiguous: frozenset[str]
    """Anchors that exist in several parts; no link may name them."""

    @property
    def sheets(self) -> Iterator[tuple[Run, Sheets]]:
        """Runs of typeset pages."""
        return ((run, run.leaf) for run in self.runs if isinstance(run.leaf, Sheets))

    @property
    def sheets_by_file(self) -> Mapping[Path, list[tuple[Run, Sheets]]]:
        """The same by the file that has them: hundreds of slip sheets share one."""
        found: dict[Path, list[tuple[Run, Sheets]]] = {}
        for run, sheets in self.sheets:
            found.setdefault(sheets.typeset.path, []).append((run, sheets))
        return found

    @property
    def exhibits(self) -> Iterator[tuple[Run, Pages]]:
        """Runs of evidence."""
        return ((run, run.leaf) for run in self.runs if isinstance(run.leaf, Pages))

    def landing(self, anchor: str, part: str = "") -> Landing | None:
        """Where a link to ``anchor`` leads, or None; a page behind an exhibit's last is its first page.

        Args:
            anchor: what the link names.
            part: key of the part whose own anchor is meant before those of all others.
        """
        if own := self.own.get((part, anchor)):
            return own
        exhibit, found, page = anchor.rpartition("@")
        is_page = anchor not in self.landings and found and page.isdecimal() and exhibit.startswith(_EXHIBIT)
        return self.landings.get(exhibit if is_page else anchor)


def lay_out(volume: Volume) -> Order:
    """Count the pages of ``volume`` and find every anchor.

    Raises:
        RenderError: a leaf takes pages its part does not have, or a document or page would be bound twice.
    """
    counts = [_count(leaf, volume) for leaf in volume.leaves]
    starts = accumulate(counts, initial=0)
    runs = tuple(Run(*each) for each in zip(volume.leaves, starts, counts, strict=False))
    _refuse_twice(runs, volume)
    labels = tuple(label for run in runs for label in _labels(run))
    anchors = [each for run in runs for each in _anchors(run)]
    often = Counter(name for name, *_ in anchors)
    ambiguous = frozenset(name for name, times in often.items() if times > 1)
    landings = {name: landing for name, landing, _ in anchors if name not in ambiguous}
    own = {(key, name): landing for name, landing, key in anchors if key}
    return Order(runs, labels, landings, own, ambiguous)


def _count(leaf: Sheets | Pages, volume: Volume) -> int:
    if isinstance(leaf, Pages):
        if leaf.prepared.trouble or leaf.prepared.pages < 1:
            raise RenderError(f"Bukti {leaf.exhibit.label} pada {volume.name} tidak mempunyai halaman.", DEFECT)
        return leaf.prepared.pages
    left = leaf.typeset.pages - leaf.first
    count = left if leaf.count is None else leaf.count
    if not 0 < count <= left:
        raise RenderError(
            f"{page_wording.part_named(leaf.part.title)} pada {volume.name} tidak mempunyai halaman yang diminta.",
            DEFECT,
        )
    return count


def exhibit_of(leaf: Sheets | Pages) -> Exhibit | None:
    """The document a leaf stands for, bound or replaced by a slip sheet."""
    return leaf.exhibit if isinstance(leaf, Pages) else leaf.slip_of


def _refuse_twice(runs: tuple[Run, ...], volume: Volume) -> None:
    bound = Counter(
        (run.leaf.part.key, run.leaf.first + number)
        for run in runs
        if isinstance(run.leaf, Sheets)
        for number in range(run.count)
    )
    exhibits = Counter(exhibit.label for run in runs if (exhibit := exhibit_of(run.leaf)))
    if twice := [key for (key, _), times in bound.items() if times > 1]:
        raise RenderError(f"Halaman bagian {twice[0]} terjilid dua kali pada {volume.name}.", DEFECT)
    if again := [label for label, times in exhibits.items() if times > 1]:
        raise RenderError(f"Bukti {again[0]} terjilid dua kali pada {volume.name}.", DEFECT)


def _labels(run: Run) -> list[str]:
    leaf = run.leaf
    if isinstance(leaf, Pages):
        return [page_wording.exhibit_page(leaf.exhibit.label, number) for number in range(1, run.count + 1)]
    if leaf.slip_of:
        return [leaf.slip_of.label] * run.count
    return [leaf.part.numbering.label(page) for page in range(leaf.first, leaf.first + run.count)]


def _anchors(run: Run) -> Iterator[tuple[str, Landing, str]]:
    """Anchors of a run with the part that has them; an exhibit's are given, and every page of one has its own."""
    leaf = run.leaf
    exhibit = exhibit_of(leaf)
    given = exhibit.anchor if exhibit else ""
    if isinstance(leaf, Sheets):
        for name, spot in leaf.typeset.anchors.items():
            page = run.first + spot.page - leaf.first
            if page in run.pages and name != given:
                yield name, Landing(page, spot.x, spot.y), leaf.part.key
    if exhibit:
        yield given, Landing(run.first), ""
    if isinstance(leaf, Pages):
        yield from ((f"{given}@{number}", Landing(page), "") for number, page in enumerate(run.pages, start=1))
