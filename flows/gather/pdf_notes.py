"""Notes on the pages of a PDF that draw themselves: stamps, filled fields, text written onto a page.

The text of a page does not contain what they draw. Letters of plain fonts are found among the objects; those of other
fonts only their fonts tell, and a photo that was pasted as a stamp can be seen only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flows import bounds

_STAMP_SHARE = 0.25
"""Of the area of a page; seals, signatures and their codes are smaller."""
_DEPTH = 3
_TOLD_BY_FONT = frozenset({"/Type0", "/Type3"})
_SIDES = 4
_MOST = 50
"""Fonts, and forms and pictures, of one drawing."""


@dataclass(frozen=True, slots=True)
class DrawnNotes:
    """Pages, from 1, with notes that look like more than their objects say."""

    letters: frozenset[int] = frozenset()
    """Those with letters that only their fonts tell."""
    pictures: frozenset[int] = frozenset()
    """Those with a large picture."""


NO_NOTES = DrawnNotes()


def drawn_notes(pdf: Any) -> DrawnNotes:  # noqa: ANN401  # pikepdf is imported where it is used
    """What the notes of an opened PDF draw."""
    letters, pictures = set[int](), set[int]()
    known: dict[tuple[int, int], tuple[bool, bool]] = {}
    left = bounds.SCAN_ITEMS
    for number, page in enumerate(islice(pdf.pages, bounds.SCAN_PAGES), start=1):
        for note in islice(_dictionaries(page.obj.get("/Annots")), left):
            left -= 1
            fonts, is_picture = _drawn(_appearance(note), _DEPTH, known)
            if fonts:
                letters.add(number)
            if is_picture and _area(note.get("/Rect")) >= _STAMP_SHARE * _area(page.mediabox):
                pictures.add(number)
    return DrawnNotes(frozenset(letters), frozenset(pictures))


def _appearance(note: Any) -> Any:  # noqa: ANN401  # same
    """What a note looks like as long as nobody touches it; a box to be ticked has several looks."""
    import pikepdf

    looks = note.get("/AP")
    look = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    return look.get(note.get("/AS", "/Off")) if isinstance(look, pikepdf.Dictionary) else look


def _drawn(form: Any, depth: int, known: dict[tuple[int, int], tuple[bool, bool]]) -> tuple[bool, bool]:  # noqa: ANN401  # same
    """Whether a drawing uses letters that only their fonts tell, and whether it shows a picture; each is asked once."""
    import pikepdf

    if not isinstance(form, pikepdf.Stream) or not depth:
        return False, False
    if form.objgen not in known:
        known[form.objgen] = False, False
        known[form.objgen] = _drawn_anew(form, depth, known)
    return known[form.objgen]


def _drawn_anew(form: Any, depth: int, known: dict[tuple[int, int], tuple[bool, bool]]) -> tuple[bool, bool]:  # noqa: ANN401  # same
    import pikepdf

    resources = form.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return False, False
    letters = any(map(_is_told_by_font, _values(resources.get("/Font"))))
    picture = False
    for each in _values(resources.get("/XObject")):
        if str(each.get("/Subtype")) == "/Image":
            picture = True
        else:
            within = _drawn(each, depth - 1, known)
            letters, picture = letters or within[0], picture or within[1]
    return letters, picture


def _is_told_by_font(font: Any) -> bool:  # noqa: ANN401  # same
    return str(font.get("/Subtype")) in _TOLD_BY_FONT or font.get("/ToUnicode") is not None


def _values(named: Any) -> list[Any]:  # noqa: ANN401  # same
    """The dictionaries and streams among the values of a dictionary."""
    import pikepdf

    values = list(named.values())[:_MOST] if isinstance(named, pikepdf.Dictionary) else []
    return [value for value in values if isinstance(value, pikepdf.Dictionary | pikepdf.Stream)]


def _dictionaries(array: Any) -> Iterator[Any]:  # noqa: ANN401  # same
    import pikepdf

    return (
        each for each in (array if isinstance(array, pikepdf.Array) else ()) if isinstance(each, pikepdf.Dictionary)
    )


def _area(rectangle: Any) -> float:  # noqa: ANN401  # same
    sides = [float(side) for side in rectangle] if rectangle is not None else []
    return abs((sides[2] - sides[0]) * (sides[3] - sides[1])) if len(sides) == _SIDES else 0.0
