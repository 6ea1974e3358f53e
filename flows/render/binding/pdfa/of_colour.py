"""Rules of colours, pictures and graphic states."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flows.render.binding.pdfa.doings import INTENTS
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
_BASED = {"/Indexed", "/Pattern"}
"""Spaces that may stand upon another one, which they name first."""
_DEEPEST = 3
"""Spaces that stand upon each other: a pattern, of a table of colours, of a space."""
_DEVICE_CMYK = "/DeviceCMYK"
_PROFILE_HEADER = 128
_NEWEST_PROFILE = 5
_KINDS = {b"prtr", b"mntr"}
_READ_KINDS = {*_KINDS, b"scnr", b"spac"}
"""Profiles that say what colours of a page are may be those of scanners and of spaces as well."""
_READ_SPACES = {b"RGB ": 3, b"GRAY": 1, b"Lab ": 3}
"""A CMYK profile would be allowed unless it is overprinted in a certain mode, which is not followed."""
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
    if profile is None or not _is_profile(profile.read_bytes(), _KINDS, _SPACES, profile.get("/N")):
        yield "/DestOutputProfile"
    if not str(ours[0].get("/OutputConditionIdentifier", "")):
        yield "/OutputConditionIdentifier"


def _is_profile(data: bytes, kinds: Collection[bytes], spaces: Mapping[bytes, int], components: object) -> bool:
    """Whether ``data`` begins like an ICC profile that the standard knows, of these kinds and spaces."""
    header = data[:_PROFILE_HEADER]
    is_sound = len(header) == _PROFILE_HEADER and header[36:40] == b"acsp" and header[8] < _NEWEST_PROFILE
    return is_sound and header[12:16] in kinds and spaces.get(header[16:20]) == components


def _cmyk(book: Book) -> Iterator[str]:
    yield from book.usage.troubles.get("cmyk", ())
    for item, kind, _ in _all_spaces(book):
        if kind == _DEVICE_CMYK:
            yield at(item)


def _spaces(book: Book) -> Iterator[str]:
    for item, kind, _ in _all_spaces(book):
        if kind not in SPACES:
            yield at(item)


def _profiles(book: Book) -> Iterator[str]:
    """Profiles of single pictures and spaces; each is read once."""
    known: dict[str, bool] = {}
    for item, kind, space in _all_spaces(book):
        if kind != "/ICCBased":
            continue
        reference = str(space[1])
        if reference not in known:
            said = (book.objects.at(reference) or {}).get("/N")
            is_stream = reference in book.objects.streams
            known[reference] = is_stream and _is_profile(book.objects.data(reference), _READ_KINDS, _READ_SPACES, said)
        if not known[reference]:
            yield at(item)


def _all_spaces(book: Book) -> Iterator[tuple[Item, Any, Any]]:
    """Every space, and those on which it stands: who names it, its kind, and the space."""
    for item in book.coloured:
        for named in _named_spaces(item):
            space = named
            for _ in range(_DEEPEST):
                kind = book.objects.at(space[0]) if isinstance(space, list) and space else space
                yield item, kind, space
                if kind not in _BASED or not isinstance(space, list) or len(space) == 1:
                    break
                space = book.objects.at(space[1])


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
    Rule("colour-profile", "6.2.4.2", _profiles),
    Rule("graphic-state", "6.2.5", _states),
    Rule("rendering-intent", "6.2.6", _rendering),
    Rule("picture", "6.2.8", _pictures),
    Rule("form", "6.2.9", _forms),
    Rule("blend-mode", "6.2.10", _blending),
)
