"""Pages show and do nothing else: whatever they carry beside what is drawn is taken out.

The walk follows everything that a page's drawing refers to. What belongs to the document around it (other pages, notes,
actions, files, its structure) is cut off wherever a reference to it turns up.
"""

from __future__ import annotations

from typing import Any

from flows import bounds
from flows.pdf_photos import is_photo, strip_notes
from flows.render.annex.job import TroubleError

_CARRIED = (
    "/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/AF", "/AA", "/A", "/OC", "/OPI", "/Ref",
    "/Alternates", "/LastModified", "/Measure", "/PtData", "/F", "/FFilter", "/FDecodeParms",
)  # fmt: skip
"""Entries of drawings and pictures that draw nothing; ``/F`` would fetch the data of a stream from another file."""
_OF_THE_DOCUMENT = frozenset({
    "/Page", "/Pages", "/Catalog", "/Annot", "/Action", "/Filespec", "/EmbeddedFile", "/StructElem",
    "/StructTreeRoot", "/MCR", "/OBJR", "/Outlines", "/Sig", "/OCG", "/OCMD",
})  # fmt: skip
_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/URI", "/GoTo", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Named",
    "/Rendition", "/Movie", "/Sound", "/Hide", "/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Trans",
    "/GoTo3DView", "/Thread",
})  # fmt: skip
_PLAIN_ARRAYS = frozenset({"/W", "/W2", "/Widths", "/Differences", "/Decode", "/BBox", "/Matrix", "/FontBBox"})
"""Arrays of numbers and names, some of them long."""


def clean(forms: list[Any]) -> None:
    """Take out of ``forms`` and of all they refer to what is not drawn.

    Raises:
        TroubleError: they refer to more objects, or hold larger pictures, than any document.
    """
    seen: set[tuple[int, int]] = set()
    waiting = list(forms)
    while waiting:
        holder = waiting.pop()
        number = holder.objgen
        if number != (0, 0):
            if number in seen:
                continue
            seen.add(number)
            if len(seen) > bounds.ANNEX_OBJECTS:
                raise TroubleError("too-large")
        waiting.extend(_look_into(holder))


def _look_into(holder: Any) -> list[Any]:  # noqa: ANN401  # pikepdf is imported where it is used
    """Clean one object, and say which ones it holds."""
    import pikepdf

    if isinstance(holder, pikepdf.Array):
        return _look_into_array(holder)
    if isinstance(holder, pikepdf.Stream):
        _strip(holder)
    held = []
    for key, value in list(holder.items()):
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) or key in _PLAIN_ARRAYS:
            continue
        if key == "/Properties" and isinstance(value, pikepdf.Dictionary):
            holder[key] = _plain_lists(value)
        elif _is_of_the_document(value):
            del holder[key]
        else:
            held.append(value)
    return held


def _look_into_array(array: Any) -> list[Any]:  # noqa: ANN401  # same
    import pikepdf

    held = []
    for place, value in enumerate(list(array)):
        if _is_of_the_document(value):
            array[place] = None
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            held.append(value)
    return held


def _strip(stream: Any) -> None:  # noqa: ANN401  # same
    for key in _CARRIED:
        if key in stream:
            del stream[key]
    if stream.get("/Subtype") == "/Image":
        if is_photo(stream):
            strip_notes(stream)
        try:
            dots = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        except (TypeError, ValueError, OverflowError):
            return
        if dots > bounds.PICTURE_PIXELS:
            raise TroubleError("too-large")


def _is_of_the_document(value: Any) -> bool:  # noqa: ANN401  # same
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    kind, action = value.get("/Type"), value.get("/S")
    return (isinstance(kind, pikepdf.Name) and str(kind) in _OF_THE_DOCUMENT) or (
        isinstance(action, pikepdf.Name) and str(action) in _ACTIONS
    )


def _plain_lists(lists: Any) -> Any:  # noqa: ANN401  # same
    """Property lists of marked content: what they say in words stays, what they refer to goes."""
    import pikepdf

    kept = pikepdf.Dictionary()
    for name, entry in lists.items():
        words = pikepdf.Dictionary()
        if isinstance(entry, pikepdf.Dictionary):
            for key in ("/ActualText", "/Alt", "/E", "/Lang"):
                if isinstance(entry.get(key), pikepdf.String):
                    words[key] = entry[key]
        kept[name] = words
    return kept
