"""The outline: the bookmarks of all parts, below an annex list its exhibits, below an exhibit its own outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Dictionary, Name, Object, Pdf, String

from flows.render.binding.links import destination
from flows.render.binding.order import Landing, Order, Run, exhibit_of
from flows.render.values import Bookmark, Exhibit, Sheets


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the outline."""

    title: str
    level: int
    """From 1."""
    landing: Landing
    is_open: bool = False


def entries(order: Order) -> tuple[Entry, ...]:
    """The outline from top to bottom; no level is skipped."""
    found: list[Entry] = []
    for entry in _entries(order):
        deepest = found[-1].level + 1 if found else 1
        found.append(Entry(entry.title, min(entry.level, deepest), entry.landing, entry.is_open))
    return tuple(found)


def _entries(order: Order) -> Iterator[Entry]:
    level = 0
    for run in order.runs:
        if exhibit := exhibit_of(run.leaf):
            yield Entry(heading(exhibit), level + 1, Landing(run.first))
            if not isinstance(run.leaf, Sheets):
                yield from _own(run, run.leaf.prepared.bookmarks, level + 1)
        elif isinstance(run.leaf, Sheets):
            own = tuple(_own(run, run.leaf.typeset.bookmarks, 0))
            level = own[0].level if own else level
            yield from own


def heading(exhibit: Exhibit) -> str:
    """What an exhibit is called in the outline."""
    return f"{exhibit.label} {exhibit.name}"


def _own(run: Run, bookmarks: Sequence[Bookmark], above: int) -> Iterator[Entry]:
    before = run.leaf.first if isinstance(run.leaf, Sheets) else 0
    for mark in bookmarks:
        page = run.first + mark.spot.page - before
        if page in run.pages:
            yield Entry(mark.title, above + mark.level, Landing(page, mark.spot.x, mark.spot.y), mark.is_open)


def write_outline(pdf: Pdf, outline: Sequence[Entry], pages: Sequence[Object]) -> None:
    """Set the outline of ``pdf``."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    trail: list[tuple[Object, bool]] = [(root, True)]
    for entry in outline:
        del trail[entry.level :]
        parent, _ = trail[-1]
        item = pdf.make_indirect(
            Dictionary(Title=String(entry.title), Parent=parent, Dest=destination(pages, entry.landing))
        )
        _append(parent, item)
        _count(trail)
        trail.append((item, entry.is_open))
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _append(parent: Object, item: Object) -> None:
    if "/Last" in parent:
        parent.Last.Next = item
        item.Prev = parent.Last
    else:
        parent.First = item
    parent.Last = item


def _count(trail: Sequence[tuple[Object, bool]]) -> None:
    """One entry more: an open parent shows it, and so do those above; a closed one only remembers (less than 0)."""
    for parent, is_open in reversed(trail):
        parent.Count = int(parent.get("/Count", 0)) + (1 if is_open else -1)
        if not is_open:
            break
