"""Rules of colours, pictures and graphic states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.render.binding.pdfa.content import INTENTS
from flows.render.binding.pdfa.elements import words
from flows.render.binding.pdfa.rules import Book, Item, Rule, at

BLEND_MODES = words(
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight /SoftLight "
    "/Difference /Exclusion /Hue /Saturation /Color /Luminosity"
)
SPACES = {
    "/DeviceRGB",
    "/DeviceGray",
    "/DeviceCMYK",
    "/CalRGB",
    "/CalGray",
    "/Lab",
    "/ICCBased",
    "/Indexed",
    "/Pattern",
}
"""Spaces that are followed, CMYK by a rule of its own; spot colours would need their colorants looked at."""
BITS = {1, 2, 4, 8, 16}
_PROFILE_HEADER = 128
_NEWEST_PROFILE = 5
_KINDS = {b"prtr", b"mntr"}
_STATE_ONLY = {"/TR", "/HTP", "/HT"}
"""Transfer functions and halftones; a soft mask may have the first."""
_SPACES = {b"RGB ": 3}
"""A grey or CMYK intent would be allowed, but leave the colours of our pages without one."""


def _intent(book: Book) -> Iterator[str]:
    ours = [each for each in book.root.get("/OutputIntents", []) if each.get("/S") == "/GTS_PDFA1"]
    if len(ours) != 1 or len(book.root.OutputIntents) != 1:
        yield "/OutputIntents"
        return
    profile = ours[0].get("/DestOutputProfile")
    header = profile.read_bytes()[:_PROFILE_HEADER] if profile is not None else b""
    kind, space = header[12:16], header[16:20]
    is_sound = len(header) == _PROFILE_HEADER and header[36:40] == b"acsp" and header[8] < _NEWEST_PROFILE
    if not is_sound or kind not in _KINDS or _SPACES.get(space) != profile.get("/N"):
        yield "/DestOutputProfile"
    if not str(ours[0].get("/OutputConditionIdentifier", "")):
        yield "/OutputConditionIdentifier"


def _cmyk(book: Book) -> Iterator[str]:
    yield from book.usage.troubles.get("cmyk", ())
    for item in book.items:
        if item.says("/ColorSpace", "/DeviceCMYK") or item.says("/CS", "/DeviceCMYK"):
            yield at(item)


def _spaces(book: Book) -> Iterator[str]:
    for item in book.items:
        for space in _named_spaces(item):
            if (book.objects.at(space[0]) if isinstance(space, list) else space) not in SPACES:
                yield at(item)


def _named_spaces(item: Item) -> Iterator[Any]:
    for name in {"/ColorSpace", "/CS"} & item.keys:
        space = item.get(name)
        if isinstance(space, dict):
            yield from map(item.objects.at, space.values())
        elif isinstance(space, list) or (isinstance(space, str) and space.startswith("/")):
            yield space


def _states(book: Book) -> Iterator[str]:
    for item in book.items:
        has_curve = "/TR2" in item.keys and not item.says("/TR2", "/Default")
        if has_curve or (_STATE_ONLY & item.keys and not item.says("/S", "/Alpha", "/Luminosity")):
            yield at(item)


def _blending(book: Book) -> Iterator[str]:
    for item in book.items:
        if "/BM" not in item.keys:
            continue
        modes = item.get("/BM")
        for mode in modes if isinstance(modes, list) else (modes,):
            if mode not in BLEND_MODES:
                yield f"{at(item)} {mode}"


def _rendering(book: Book) -> Iterator[str]:
    yield from book.usage.troubles.get("intents", ())
    for item in book.items:
        for name in ("/RI", "/Intent"):
            if name in item.keys and item.get(name) not in INTENTS:
                yield at(item)


def _pictures(book: Book) -> Iterator[str]:
    for item in book.items:
        if not item.says("/Subtype", "/Image"):
            continue
        if {"/Alternates", "/OPI"} & item.keys or item.get("/Interpolate"):
            yield at(item)
        allowed = {1} if item.get("/ImageMask") else BITS
        if (item.get("/BitsPerComponent") or 1) not in allowed:
            yield at(item)


def _forms(book: Book) -> Iterator[str]:
    for item in book.items:
        has_more = bool({"/OPI", "/PS", "/Ref", "/Subtype2"} & item.keys)
        if item.says("/Subtype", "/PS") or (has_more and item.says("/Subtype", "/Form")):
            yield at(item)


RULES = (
    Rule("output-intent", "6.2.3", _intent),
    Rule("cmyk", "6.2.4.3", _cmyk),
    Rule("colour-space", "6.2.4", _spaces),
    Rule("graphic-state", "6.2.5", _states),
    Rule("rendering-intent", "6.2.6", _rendering),
    Rule("picture", "6.2.8", _pictures),
    Rule("form", "6.2.9", _forms),
    Rule("blend-mode", "6.2.10", _blending),
)
