"""What lies on a page without being part of it, such as filled fields, stamps and comments, becomes part of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows import bounds

_HIDDEN, _NOT_ON_SCREEN = 2, 32
_SHAPELESS = frozenset({"/Link", "/Popup", "/FileAttachment", "/Sound"})
"""What a viewer shows nothing of, or only a symbol that can be clicked."""
_SHAPED = frozenset({"/Screen", "/Movie", "/RichMedia", "/3D"})
"""What a viewer shows where it has a shape: a picture that was put on the page, or the first one of a film."""
_WRITTEN = frozenset({"/Tx", "/Ch"})
"""Fields whose values are letters; others choose between shapes they have."""
_SEVERAL_LINES, _COMB = 1 << 12, 1 << 24
"""Flags of fields that are written over several lines, or a letter in every cell."""
_FULL_TURN = 360


def settle_notes(pdf: Any) -> frozenset[int]:  # noqa: ANN401  # pikepdf is imported where it is used
    """Draw all visible notes of an open PDF on their pages.

    Returns:
        Pages (from 0) whose notes have no shape of their own and can only be had as a viewer draws them.
    """
    noted = {number: list(_visible(page.obj)) for number, page in enumerate(pdf.pages) if "/Annots" in page.obj}
    noted = {number: notes for number, notes in noted.items() if notes}
    if not noted:
        return frozenset()
    odd = _oddly_set(pdf, noted)
    try:
        _shape_fields(pdf, [note for notes in noted.values() for note in notes if _is_field(note)])
        shapeless = frozenset(number for number, notes in noted.items() if any(map(_lacks_shape, notes)))
        pdf.flatten_annotations("screen")
    except Exception:  # noqa: BLE001  # damaged notes: a viewer makes of them what it can
        return frozenset(noted)
    return shapeless | odd


def _oddly_set(pdf: Any, noted: Mapping[int, Sequence[Any]]) -> frozenset[int]:  # noqa: ANN401  # same
    """Pages with values that are still to be set, and not in one level line of Latin letters: all that is set here."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return frozenset()
    is_all = bool(form.get("/NeedAppearances", False))
    return frozenset(
        number
        for number, notes in noted.items()
        if any(_is_field(note) and (is_all or _lacks_shape(note)) and _is_odd(note) for note in notes)
    )


def _is_odd(field: Any) -> bool:  # noqa: ANN401  # same
    """Whether the value of a field is set over several lines, in cells, turned, or in letters of another script."""
    value = _inherited(field, "/V")
    if not _is_written(field) or value is None:
        return False
    try:
        str(value).encode("cp1252")
        flags, look = int(_inherited(field, "/Ff") or 0), field.get("/MK")
        turn = int(look.get("/R", 0)) if look is not None else 0
    except (TypeError, ValueError, AttributeError):  # nonsense: a viewer makes of it what it can
        return True
    return bool(flags & (_SEVERAL_LINES | _COMB) or turn % _FULL_TURN)


def _shape_fields(pdf: Any, fields: Sequence[Any]) -> None:  # noqa: ANN401  # same
    """Let every filled field show its value, also where the program that filled it left that to the viewer.

    Where it did not, shapes that are there are those its maker chose, and stay as they are.
    """
    form = pdf.Root.get("/AcroForm")
    if form is None or not fields:
        return
    kept = []
    if not form.get("/NeedAppearances", False):
        if not any(map(_lacks_shape, fields)):
            return
        form.NeedAppearances = True
        kept = [(each, each.AP) for each in fields if "/AP" in each and _is_written(each) and not _lacks_shape(each)]
    for field, _ in kept:
        del field["/AP"]
    for field in fields:
        _make_room(field)
    pdf.generate_appearance_streams()
    for field, shape in kept:
        field.AP = shape


def _make_room(field: Any) -> None:  # noqa: ANN401  # same
    """Take the letters out of a shape that does not say where its value stands: the new ones would lie upon the old."""
    import pikepdf

    shape = field.get("/AP")
    drawn = shape.get("/N") if isinstance(shape, pikepdf.Dictionary) else None
    if not isinstance(drawn, pikepdf.Stream) or not _is_written(field) or _inherited(field, "/V") is None:
        return
    steps = list(pikepdf.parse_content_stream(drawn))
    if any(str(step.operator) == "BMC" and list(step.operands) == [pikepdf.Name("/Tx")] for step in steps):
        return
    left, is_text = [], False
    for step in steps:
        is_text = is_text or str(step.operator) == "BT"
        if not is_text:
            left.append(step)
        is_text = is_text and str(step.operator) != "ET"
    drawn.write(pikepdf.unparse_content_stream(left) + b" /Tx BMC EMC")


def _visible(page: Any) -> Iterator[Any]:  # noqa: ANN401  # same
    import pikepdf

    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    for place in range(min(len(notes), bounds.SCAN_ITEMS)):
        note = notes[place]
        if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) not in _SHAPELESS:
            with contextlib.suppress(TypeError, ValueError):
                if not int(note.get("/F", 0)) & (_HIDDEN | _NOT_ON_SCREEN):
                    yield note


def _is_field(note: Any) -> bool:  # noqa: ANN401  # same
    return bool(note.get("/Subtype") == "/Widget")


def _lacks_shape(note: Any) -> bool:  # noqa: ANN401  # same
    """Whether it would be lost: an empty field may be, a comment not."""
    import pikepdf

    shape = note.get("/AP")
    if (isinstance(shape, pikepdf.Dictionary) and shape.get("/N") is not None) or note.get("/Subtype") in _SHAPED:
        return False
    return not _is_field(note) or _inherited(note, "/V") is not None


def _is_written(field: Any) -> bool:  # noqa: ANN401  # same
    return str(_inherited(field, "/FT")) in _WRITTEN


def _inherited(field: Any, key: str) -> Any:  # noqa: ANN401  # same
    """An entry of a field, which it may share with others below the same parent."""
    import pikepdf

    for _ in range(bounds.PDF_DEPTH):
        if (value := field.get(key)) is not None:
            return value
        field = field.get("/Parent")
        if not isinstance(field, pikepdf.Dictionary):
            break
    return None
