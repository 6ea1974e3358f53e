"""Layers of a PDF (optional content): what is switched off when it is opened may never come to light in a dossier.

Layers cannot be taken apart safely (conditions, nested and shared drawings), so a page that may hide something is bound
as a picture of what a viewer shows.
"""

from __future__ import annotations

from typing import Any

from flows import bounds
from flows.render.annex.geometry import inherited

_ON = frozenset({"/AnyOn", "/AllOn"})
_ELSEWHERE = frozenset({"/Parent", "/P", "/Font", "/Popup", "/A", "/AA", "/Dest", "/Group"})
"""Entries that lead away from what is drawn here."""


def pages_with_layers_off(pdf: Any) -> frozenset[int]:  # noqa: ANN401  # pikepdf is imported where it is used
    """Pages (from 0) of an open PDF on which something may be switched off."""
    import pikepdf

    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return frozenset()
    is_off = _may_be_off(layers)
    return frozenset(number for number, page in enumerate(pdf.pages) if _hides(page.obj, is_off=is_off))


def _may_be_off(layers: Any) -> bool:  # noqa: ANN401  # same
    """Whether any layer is off by default, or is told to be when shown or printed."""
    import pikepdf

    default = layers.get("/D")
    if not isinstance(default, pikepdf.Dictionary):
        return True
    off = default.get("/OFF")
    if (isinstance(off, pikepdf.Array) and len(off)) or str(default.get("/BaseState", "/ON")) != "/ON":
        return True
    groups = layers.get("/OCGs")
    return "/AS" in default or any(
        isinstance(group, pikepdf.Dictionary) and _is_told_off(group)
        for group in (groups if isinstance(groups, pikepdf.Array) else ())
    )


def _is_told_off(group: Any) -> bool:  # noqa: ANN401  # same
    import pikepdf

    usage = group.get("/Usage")
    states = [usage.get(key) for key in ("/View", "/Print")] if isinstance(usage, pikepdf.Dictionary) else []
    return any(
        isinstance(state, pikepdf.Dictionary)
        and "/OFF" in (str(state.get("/ViewState")), str(state.get("/PrintState")))
        for state in states
    )


def _hides(page: Any, *, is_off: bool) -> bool:  # noqa: ANN401  # same
    """Whether the page has layers of which one is off, or shown only while others are off."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    waiting = [inherited(page, "/Resources"), page.get("/Annots")]
    while waiting:
        holder = waiting.pop()
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        number = holder.objgen
        if number in seen:
            continue
        if number != (0, 0):
            seen.add(number)
            if len(seen) > bounds.PDF_OBJECTS:
                return True
        if isinstance(holder, pikepdf.Array):
            waiting.extend(holder)
            continue
        kind = holder.get("/Type")
        if kind in ("/OCG", "/OCMD"):
            if is_off or _is_conditional(holder):
                return True
            continue
        waiting.extend(value for key, value in holder.items() if key not in _ELSEWHERE)
    return False


def _is_conditional(group: Any) -> bool:  # noqa: ANN401  # same
    return "/VE" in group or str(group.get("/P", "/AnyOn")) not in _ON
