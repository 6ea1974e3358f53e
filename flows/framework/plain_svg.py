"""A drawing in SVG reduced to what is drawn: shapes, colours and gradients. Anything else is refused by name.

A plain drawing refers to nothing but its own parts, runs nothing, moves nothing and cannot grow when it is drawn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET

from flows import bounds

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset("path rect circle ellipse line polyline polygon".split())  # noqa: SIM905
_PAINTS = frozenset({"linearGradient", "radialGradient", "stop", "clipPath"})
_ALLOWED = _SHAPES | _PAINTS | {"svg", "g", "defs", "title", "desc", "style", "use"}
_MAY_REFER = frozenset({"use", "linearGradient", "radialGradient"})
_SILENT = frozenset({"metadata"})
"""Notes of drawing programs in SVG's own name; left out without a word."""
_URL = re.compile(r"url\((?!\s*['\"]?#)", re.IGNORECASE)
_CSS_TRICKS = ("@", "\\", "expression", "javascript:")
_NUMBER = re.compile(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)\s*(?:px|pt|mm|cm|in)?\s*")
_MEASURED = frozenset(
    "d points transform gradientTransform viewBox x y width height cx cy r rx ry fx fy fr x1 y1 x2 y2 "  # noqa: SIM905
    "stroke-width stroke-dasharray stroke-dashoffset stroke-miterlimit".split()
)
"""Attributes whose numbers are measures; those of styles are, where they stand behind a colon or a space."""
_MEASURE = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STYLED_MEASURE = re.compile(rf"(?<=[:\s,(+-])(?:{_MEASURE.pattern})")
_INKS = "device-cmyk"
"""Colours of printing machines, which an archive that lasts may not hold beside those of screens."""
_CHAIN = 5
"""Gradients may take their colours from one another this far."""


class NotPlainError(ValueError):
    """It holds something that is not drawing; the text names it."""


class TooManyPartsError(ValueError):
    """It has more parts than a drawing needs."""


class SizelessError(ValueError):
    """It does not say how large it is, or says something that cannot be drawn."""


def plain_svg(content: bytes) -> bytes:
    """``content`` rebuilt from its plain parts alone, with a size.

    Raises:
        NotPlainError, TooManyPartsError, SizelessError: as they say.
        ValueError: it is no XML.
    """
    if re.search(rb"<!ENTITY|<\?xml-stylesheet", content, re.IGNORECASE) or b"\0" in content:
        raise NotPlainError("ENTITY")
    try:
        # Entities are refused above, and nothing is fetched: what is left to expat is bounded by the size of the file.
        root = ET.fromstring(content)  # noqa: S314
    except (ET.ParseError, LookupError) as error:
        raise ValueError(str(error)) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("svg")
    plain = _rebuilt(root, _Count())
    _give_size(plain, root)
    _check_references(plain)
    _check_depth(plain)
    made: bytes = ET.tostring(plain, encoding="utf-8", xml_declaration=False)
    return made


class _Count:
    def __init__(self) -> None:
        self.parts = 0

    def one_more(self, depth: int) -> None:
        self.parts += 1
        if self.parts > bounds.DRESS_SVG_PARTS:
            raise TooManyPartsError
        if depth > bounds.DRESS_SVG_DEPTH:
            raise _too_deep()


def _too_deep() -> NotPlainError:
    return NotPlainError(f"unsur di dalam unsur lebih dari {bounds.DRESS_SVG_DEPTH} tingkat")


def _rebuilt(found: ET.Element, count: _Count, depth: int = 0) -> ET.Element:
    """A copy that holds allowed elements and checked attributes only, children of other namespaces left out."""
    count.one_more(depth)
    name = _local(found)
    made = ET.Element(name, dict(_attributes(name, found.attrib)))
    if name in ("title", "desc", "style"):
        made.text = found.text or ""
        if name == "style":
            _check_css(made.text)
        return made
    for child in found:
        local = _local(child)
        if local in _ALLOWED:
            made.append(_rebuilt(child, count, depth + 1))
        elif local and local not in _SILENT:
            raise NotPlainError(f"<{local}>")
    return made


def _local(element: ET.Element) -> str:
    """Name of an element of SVG; empty for comments, instructions and what other programs have put in."""
    tag = element.tag
    return tag.removeprefix(f"{{{_SVG}}}") if isinstance(tag, str) and tag.startswith(f"{{{_SVG}}}") else ""


def _attributes(element: str, found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if name in (_XLINK, "href"):
            if element not in _MAY_REFER or not value.startswith("#"):
                raise NotPlainError("href")
            yield "href", value
        elif name.startswith("{"):
            continue
        elif name.lower().startswith("on"):
            raise NotPlainError(name)
        else:
            _check_css(value)
            if name in _MEASURED:
                _check_measures(_MEASURE.findall(value))
            yield name, value


def _check_css(text: str) -> None:
    if _URL.search(text):
        raise NotPlainError("url(…)")
    for trick in (*_CSS_TRICKS, _INKS):
        if trick in text.lower():
            raise NotPlainError(trick)
    _check_measures(_STYLED_MEASURE.findall(text))


def _check_measures(numbers: Iterable[str]) -> None:
    """Larger numbers than a PDF holds would be written as they are (ISO 19005-3, 6.1.13)."""
    for number in numbers:
        if float(number) > bounds.DRESS_SVG_MEASURE:
            raise NotPlainError(f"angka {number[:20]}")


def _give_size(plain: ET.Element, root: ET.Element) -> None:
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    left, top, width, height = box if len(box) == 4 else (0.0, 0.0, 0.0, 0.0)  # noqa: PLR2004  # a box
    if not (width > 0 and height > 0):
        width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    ratio = bounds.DRESS_RATIO
    if not (0 < width < math.inf and 0 < height < math.inf) or max(width, height) > ratio * min(width, height):
        raise SizelessError
    _check_measures([f"{abs(edge):g}" for edge in (left, top, width, height)])
    if min(width, height) * bounds.DRESS_SVG_MEASURE < 1:
        raise SizelessError
    plain.set("xmlns", _SVG)
    plain.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    plain.set("width", f"{width:g}")
    plain.set("height", f"{height:g}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _length(text: str) -> float:
    match = _NUMBER.fullmatch(text)
    return float(match[1]) if match else 0.0


def _check_references(plain: ET.Element) -> None:
    """What is used again holds no use of its own, clips do not clip, colours come from somewhere: nothing can grow."""
    named = {element.get("id", ""): element for element in plain.iter()}
    for element in plain.iter():
        target = named.get(element.get("href", "").removeprefix("#"))
        if element.tag == "use" and target is not None and any(part.tag == "use" for part in target.iter()):
            raise NotPlainError("<use> di dalam <use>")
        if element.tag == "clipPath" and any(_clips(part) for part in element.iter()):
            raise NotPlainError("clip-path di dalam <clipPath>")
        steps = 0
        while target is not None and target.get("href") and element.tag != "use":
            steps += 1
            if steps > _CHAIN:
                raise NotPlainError("href yang berputar")
            target = named.get(target.get("href", "").removeprefix("#"))


def _check_depth(plain: ET.Element) -> None:
    """Each level saves the state of the drawing, which an archive may do 28 times in all (ISO 19005-3, 6.1.13)."""
    named = {element.get("id", ""): element for element in plain.iter()}
    if _height(plain, named) > bounds.DRESS_SVG_DEPTH:
        raise _too_deep()


def _height(element: ET.Element, named: Mapping[str, ET.Element]) -> int:
    """Levels below an element as it is drawn: those of what is used again count where it is used."""
    below = list(element)
    if element.tag == "use" and (target := named.get(element.get("href", "").removeprefix("#"))) is not None:
        below.append(target)
    return max((_height(each, named) + 1 for each in below), default=0)


def _clips(part: ET.Element) -> bool:
    return "clip-path" in part.attrib or "clip-path" in part.get("style", "") or part.tag == "use"
