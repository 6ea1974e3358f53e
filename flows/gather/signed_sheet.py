"""Whether the signed approval sheet can be drawn and shows anything at all, seen while everything is gathered.

Its pages are printed as pictures. One that cannot be drawn would end a run after an hour's work, and the back of a
sheet, laid on the scanner the wrong way round, would be printed as the sheet that was signed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flows import bounds
from flows.bounded import BoundedPool
from flows.gather.hashing import Hashed
from flows.gather.inspect import Inspection
from flows.model import APPROVAL_NAMES, OWN_FOLDER, Condition, Media
from flows.store import Store

if TYPE_CHECKING:
    from PIL.Image import Image

UNDRAWN, BLANK = "sheet-undrawn", "sheet-blank"
"""Details of such a sheet, see ``details`` in the catalogue of findings."""
_NAMESPACE, _SEEN = "signed-sheet-1", "seen"
_SIDE = 600
"""Pixels of the longer side that it is looked at with: strokes of a pen are still grey."""
_INK, _LEAST_INK = 60, 0.0002
"""How far ink is from the paper, of 255, and the share of a page that one signature covers at least."""


def look_at_sheet(
    files: Sequence[Hashed], inspections: Mapping[str, Inspection], pool: BoundedPool, store: Store | None
) -> dict[str, Inspection]:
    """Path → what is known now of each sheet among ``files`` that cannot be printed, although it can be opened.

    Args:
        files: Of the city's own folder.
        inspections: What looking into them has shown, by path.
        pool: Of child processes.
        store: Remembers by content what could be seen; None to remember nothing.
    """
    found = {}
    for file in files:
        folder, _, name = file.entry.path.rpartition("/")
        seen = inspections.get(file.entry.path)
        if folder == OWN_FOLDER and name.casefold() in APPROVAL_NAMES and seen and _is_printed(seen):
            detail = _detail(file, pool, store)
            if detail:
                condition = Condition.EMPTY if detail == BLANK else Condition.DAMAGED
                found[file.entry.path] = dataclasses.replace(seen, condition=condition, detail=detail)
    return found


def _is_printed(seen: Inspection) -> bool:
    """Whether its pages will be: others are said to be unusable already, and a signed file is not drawn."""
    pages = seen.pages or 0
    is_page = seen.media in (Media.PDF, Media.IMAGE) and 0 < pages <= bounds.APPROVAL_PAGES
    return is_page and seen.condition.is_readable and not seen.has_signature


def _detail(file: Hashed, pool: BoundedPool, store: Store | None) -> str:
    """What is wrong with a sheet; empty where nothing is."""
    known = store.get_many(_NAMESPACE, [file.sha256]) if store else {}
    if file.sha256 in known:
        return known[file.sha256].removeprefix(_SEEN)
    (result,) = pool.run(shows_anything, [Path(file.entry.real_path)], seconds=bounds.APPROVAL_SECONDS)
    if result.value is None:
        return UNDRAWN  # perhaps for a busy machine: asked again next time
    detail = "" if result.value else BLANK
    if store:
        store.put_many(_NAMESPACE, {file.sha256: detail or _SEEN})
    return detail


def shows_anything(path: Path) -> bool:
    """Whether any page of a scan, PDF or picture, has ink on it; raises where one cannot be drawn. Runs in a child."""
    with path.open("rb") as stream:
        is_pdf = b"%PDF-" in stream.read(1024)
    pages = islice(_pages(path) if is_pdf else _frames(path), bounds.APPROVAL_PAGES)
    return max(map(_has_ink, pages), default=False)  # all of them are drawn: one that cannot be is told too


def _pages(path: Path) -> Iterator[Image]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        for page in document:
            scale = _SIDE / max(page.get_size())
            yield page.render(scale=scale, grayscale=True, may_draw_forms=True).to_pil()


def _frames(path: Path) -> Iterator[Image]:
    from PIL import Image, ImageSequence

    with Image.open(path) as picture:
        for frame in ImageSequence.Iterator(picture):
            small = frame.convert("L")
            small.thumbnail((_SIDE, _SIDE))
            yield small


def _has_ink(page: Image) -> bool:
    """Whether enough of a page is much darker, or on dark paper much lighter, than most of it."""
    counts = page.convert("L").histogram()
    paper = max(range(len(counts)), key=counts.__getitem__)
    ink = sum(count for brightness, count in enumerate(counts) if abs(brightness - paper) > _INK)
    return ink > _LEAST_INK * sum(counts)
