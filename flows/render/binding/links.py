"""Links of typeset parts lead to pages of the volume they are bound in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, String

from flows import page_wording
from flows.errors import RenderError
from flows.render.binding.boxes import edges, is_within
from flows.render.binding.order import DEFECT, Landing, Order
from flows.render.binding.parts import Source
from flows.render.values import LINK_SCHEME, Volume

QUESTION, EXHIBIT = "q-", "bukti-"
"""How anchors of questions and of exhibits begin."""
_OUTSIDE = ("https://", "http://", "mailto:")
PRINTED = 4
"""Flag of an annotation that is printed with its page, as archives ask."""


def retarget(source: Source, order: Order, volume: Volume, pages: Sequence[Object]) -> None:
    """Every link of a part leads to a page of the volume, and says where it leads.

    Raises:
        RenderError: a link names something that is nowhere; the part and the anchor are named.
    """
    for _, page in source.pages:
        kept = [each for each in page.Annots if _settle(each, source, order, volume, pages)]
        page.Annots = source.pdf.make_indirect(Array(kept))


def destination(pages: Sequence[Object], landing: Landing) -> Object:
    """Where a reader jumps, at the present enlargement; the top left corner where only a page is known."""
    page = pages[landing.page]
    x = 0 if landing.x is None else landing.x
    y = page.MediaBox[3] if landing.y is None else landing.y
    return Array([page, Name.XYZ, x, y, None])


def _settle(annotation: Object, source: Source, order: Order, volume: Volume, pages: Sequence[Object]) -> bool:
    """Work on one annotation; False where it goes."""
    anchor, is_own = anchor_of(annotation)
    annotation.F = PRINTED
    if not anchor:
        _describe_outside(annotation, source)
        return True
    if not _is_needed(annotation, source):
        return False
    landing = order.landing(anchor, source.key if is_own else "")
    if landing is None:
        if anchor.partition("@")[0] not in volume.elsewhere:
            raise _dangling(anchor, source, order, volume)
        _unlink(annotation, source)
        return False
    del annotation["/A" if "/A" in annotation else "/Dest"]
    annotation.Dest = destination(pages, landing)
    annotation.Contents = String(says(anchor, landing, order))
    return True


def anchor_of(annotation: Object) -> tuple[str, bool]:
    """What a link names, and whether it means the part itself; empty for links that leave the book."""
    if "/Dest" in annotation:
        return str(annotation.Dest), True
    address = _address(annotation)
    return (address.removeprefix(LINK_SCHEME), False) if address.startswith(LINK_SCHEME) else ("", False)


def _address(annotation: Object) -> str:
    return str(annotation.A.get("/URI", "")) if "/A" in annotation else ""


def _dangling(anchor: str, source: Source, order: Order, volume: Volume) -> RenderError:
    reason = "terdapat pada beberapa bagian" if anchor in order.ambiguous else "tidak ada"
    return RenderError(
        f"Tautan pada bagian {source.title} dari {volume.name} menuju penanda “{anchor}” yang {reason}.",
        DEFECT,
    )


def says(anchor: str, landing: Landing, order: Order) -> str:
    """What a link says to those who cannot see where it stands."""
    label = order.labels[landing.page]
    if anchor.startswith(EXHIBIT):
        return page_wording.link_to_exhibit(label)
    if anchor.startswith(QUESTION):
        return page_wording.link_to_question(anchor.removeprefix(QUESTION), label)
    return page_wording.link_to_page(label)


def _describe_outside(annotation: Object, source: Source) -> None:
    address = _address(annotation)
    if not address.startswith(_OUTSIDE):
        raise RenderError(f"Tautan “{address}” pada bagian {source.title} tidak diizinkan.", DEFECT)
    annotation.Contents = String(page_wording.link_outside(address))


def _is_needed(annotation: Object, source: Source) -> bool:
    """Whether a link is not within another one; the typesetter makes one more for every piece of a link.

    One that sticks out of the link around it, such as the number at the end of a row, becomes another place of that.
    """
    element = source.parents[int(annotation.StructParent)]
    around = _link_around(element, source)
    if around is None:
        return True
    reference = _take_reference(annotation, element)
    element.S = Name.Span
    if is_within(edges(annotation.Rect), [edges(each.Obj.Rect) for each in _references(around)]):
        del source.parents[int(annotation.StructParent)]
        return False
    around.K.append(reference)
    reference.Pg = around.Pg
    source.parents[int(annotation.StructParent)] = around
    return True


def _link_around(element: Object, source: Source) -> Object | None:
    top = source.document
    element = element.P
    while element.objgen != top:
        if element.S == "/Link" and any(_references(element)):
            return element
        element = element.P
    return None


def _references(element: Object) -> list[Object]:
    """The annotations of a structure element."""
    return [kid for kid in element.K if _refers_to(kid)]


def _refers_to(kid: Any) -> bool:  # noqa: ANN401 - what hangs below an element
    """Whether it says which annotation belongs to an element."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def _take_reference(annotation: Object, element: Object) -> Object:
    place, own = next(
        (place, kid) for place, kid in enumerate(element.K) if _refers_to(kid) and kid.Obj.objgen == annotation.objgen
    )
    del element.K[place]
    return own


def _unlink(annotation: Object, source: Source) -> None:
    element = source.parents.pop(int(annotation.StructParent))
    _take_reference(annotation, element)
    element.S = Name.Span
