"""Whether the pages of a volume are those that were typeset or prepared for their place, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Object

from flows.render.binding.order import Order, Run
from flows.render.values import Sheets

_Marks: TypeAlias = tuple[object, ...]


def strange_sheets(
    typeset: Sequence[Object], runs: Sequence[tuple[Run, Sheets]], pages: Sequence[Object], order: Order
) -> Iterator[str]:
    """Pages of a volume that show something else than the typeset page meant for their place.

    Args:
        typeset: the pages of one typeset file.
        runs: what the volume has of it.
        pages: those of the volume.
        order: what the volume should be.
    """
    for run, sheets in runs:
        sources = typeset[sheets.first : sheets.first + run.count]
        for source, number in zip(sources, run.pages, strict=True):
            if _written(source) != _written(pages[number]):
                yield f"halaman {order.labels[number]} bukan halaman naskah itu"


def strange_exhibits(pages: Sequence[Object], order: Order) -> Iterator[str]:
    """Pages of a volume that show something else than the page of evidence prepared for their place."""
    for run, leaf in order.exhibits:
        with pikepdf.open(leaf.prepared.path) as prepared:
            if len(prepared.pages) != run.count:
                yield f"bukti {leaf.exhibit.label} mempunyai {len(prepared.pages)} halaman, dijilid {run.count}"
                continue
            for page, number in zip(prepared.pages, run.pages, strict=True):
                if _marks(page.obj) != _marks(pages[number]):
                    yield f"halaman {order.labels[number]} bukan halaman bukti itu"


def _marks(page: Object) -> _Marks:
    """What tells one page of evidence from another without reading its pictures."""
    return (*_written(page), tuple(_form(each) for each in _drawn(page)))


def _written(page: Object) -> _Marks:
    """What a page itself writes and draws, how large it is and how it is turned."""
    contents = page.Contents
    first = contents[0] if isinstance(contents, Array) else contents
    return (first.read_bytes(), *(float(edge) for edge in page.MediaBox), int(page.get("/Rotate", 0)) % 360)


def _form(form: Object) -> _Marks:
    return (form.read_bytes(), tuple(_picture(each) for each in _drawn(form)))


def _drawn(owner: Object) -> list[Object]:
    """The forms and pictures that a page or a form names, by name."""
    if "/Resources" not in owner or "/XObject" not in owner.Resources:
        return []
    named = owner.Resources.XObject
    return [named[name] for name in sorted(named.keys())]


def _picture(picture: Object) -> _Marks:
    """Size, and the length of its data where saving has not changed it; no data at all may be called packed or not."""
    length = int(picture.Length) or None if "/Filter" in picture else None
    return (str(picture.get("/Width")), str(picture.get("/Height")), length)
