"""What lies on a page without being part of it, such as filled fields, stamps and comments, becomes part of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from flows import bounds

_HIDDEN, _NOT_ON_SCREEN = 2, 32
_SHAPELESS = frozenset({"/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/RichMedia", "/3D"})
"""What a viewer shows nothing of, or only a symbol that can be clicked."""
_SHAPED = frozenset({"/Screen"})
"""What a viewer shows where it has a shape: a picture that was put on the page, or the first one of a film."""


def settle_notes(pdf: Any) -> frozenset[int]:  # noqa: ANN401  # pikepdf is imported where it is used
    """Draw all visible notes of an open PDF on their pages.

    Returns:
        Pages (from 0) whose notes have no shape of their own and can only be had as a viewer draws them.
    """
    noted = {number: list(_visible(page.obj)) for number, page in enumerate(pdf.pages) if "/Annots" in page.obj}
    noted = {number: notes for number, notes in noted.items() if notes}
    if not noted:
        return frozenset()
    try:
        _shape_fields(pdf, [note for notes in noted.values() for note in notes if _is_field(note)])
        shapeless = frozenset(number for number, notes in noted.items() if any(map(_lacks_shape, notes)))
        pdf.flatten_annotations("screen")
    except Exception:  # noqa: BLE001  # damaged notes: a viewer makes of them what it can
        return frozenset(noted)
    return shapeless


def _shape_fields(pdf: Any, fields: Sequence[Any]) -> None:  # noqa: ANN401  # same
    """Let every filled field show its value, also where the program that filled it left that to the viewer."""
    form = pdf.Root.get("/AcroForm")
    if form is not None and fields:
        if any(map(_lacks_shape, fields)):
            form.NeedAppearances = True
        pdf.generate_appearance_streams()


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
    return not _is_field(note) or note.get("/V") is not None
