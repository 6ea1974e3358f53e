"""Whether the pages of a volume are those that were typeset or prepared for their place, in their order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Object

from flows.render.binding.order import Order, Run
from flows.render.binding.recall import Recall
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


def strange_exhibits(pages: Sequence[Object], order: Order, recall: Recall) -> Iterator[str]:
    """Pages of a volume that show something else than the page of evidence prepared for their place.

    Args:
        pages: those of the volume.
        order: what the volume should be.
        recall: the marks of prepared pages, whose files are kept under the hash of all they follow from; a file that
            is not as it was is read again, before anything is said to be strange.
    """
    for run, leaf in order.exhibits:
        path = leaf.prepared.path
        key = sha256(os.fsencode(path)).hexdigest()
        bound = [_marks(pages[number]) for number in run.pages]
        if recall.get(key) == bound:
            continue
        with pikepdf.open(path) as prepared:
            made = [_marks(page.obj) for page in prepared.pages]
        recall.note(key, made)
        if len(made) != run.count:
            yield f"bukti {leaf.exhibit.label} mempunyai {len(made)} halaman, dijilid {run.count}"
            continue
        for one, other, number in zip(made, bound, run.pages, strict=True):
            if one != other:
                yield f"halaman {order.labels[number]} bukan halaman bukti itu"


def _marks(page: Object) -> str:
    """What tells one page of evidence from another without reading its pictures, as a hash."""
    return sha256(repr((*_written(page), *map(_form, _drawn(page)))).encode()).hexdigest()


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
