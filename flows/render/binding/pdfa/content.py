"""What the content streams of a finished PDF do: fonts and letters, colours, marks, and whatever is not allowed."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.render.binding.pdfa.elements import words

SHOWING = words("Tj TJ ' \"")
PAINTING = SHOWING | words("S s f F f* B B* b b* sh Do") | {"INLINE IMAGE"}
"""Operators that leave something on the page."""
CMYK = words("k K")
PLAIN = words("c cm d d0 d1 G g h i J j l M m n RG rg re v w W W* y BT ET Tc Td TD TL Tm Tr Ts Tw Tz T* SC sc")
"""Operators that break no rule and use nothing: most of every page."""
KNOWN = PAINTING | CMYK | PLAIN | words("q Q BMC BDC EMC BX EX MP DP CS cs SCN scn ri Tf gs")
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
MOST_NESTED = 28
"""Deepest nesting of saved graphic states."""
_RESOURCES = {
    "Tf": "/Font",
    "Do": "/XObject",
    "gs": "/ExtGState",
    "sh": "/Shading",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
}
"""Operators that name something, and where it is looked up."""
_NAMED_SPACES = words("/DeviceRGB /DeviceGray /DeviceCMYK /Pattern")


@dataclass
class Usage:
    """What the pages use, and what is wrong with them, by the key of the rule it breaks."""

    troubles: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    """Two-byte codes shown in each font, by its object."""
    fonts: dict[tuple[int, int], Any] = field(default_factory=dict)
    marks: dict[int, set[int]] = field(default_factory=dict)
    """Numbers of marked content on each page, from 0, that are content and not furniture."""
    streams: set[tuple[int, int]] = field(default_factory=set)
    """Forms and patterns that were read already."""


@dataclass
class _Reader:
    """One content stream being read."""

    usage: Usage
    where: str
    resources: Any
    must_mark: bool
    """Whether what it paints must be marked: the content of a page, not of a form that is marked where it is shown."""
    font: tuple[int, int] | None = None
    saved: list[tuple[int, int] | None] = field(default_factory=list)
    """Fonts of the graphic states that were saved."""
    marks: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)

    def trouble(self, key: str, what: str = "") -> None:
        """Write down a breach, once for every place."""
        said = f"{self.where} {what}".strip()
        if said not in self.usage.troubles[key]:
            self.usage.troubles[key].append(said)


def usage_of(pdf: Any) -> Usage:  # noqa: ANN401 - pikepdf is imported where it is used
    """Read the content of every page of ``pdf``, and of the forms and patterns shown there."""
    usage = Usage()
    for number, page in enumerate(pdf.pages):
        reader = _Reader(usage, f"page {number + 1}", page.obj.get("/Resources"), must_mark=True)
        if "/Contents" in page.obj:
            _read(reader, page)
        usage.marks[number] = reader.numbers
    return usage


def _read(reader: _Reader, stream: Any) -> None:  # noqa: ANN401 - a page, form or pattern
    import pikepdf

    reader.resources = pikepdf.Dictionary() if reader.resources is None else reader.resources
    try:
        instructions = pikepdf.parse_content_stream(stream)
    except pikepdf.PdfError:
        reader.trouble("operators", "unreadable")
        return
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator not in PLAIN:
            _follow(reader, operator, instruction)
    if reader.marks or reader.saved:
        reader.trouble("closed")
    for form in _patterns(reader.resources):
        _inner(reader, form)


def _follow(reader: _Reader, operator: str, instruction: Any) -> None:  # noqa: ANN401 - of pikepdf
    if operator in ("q", "Q"):
        _save(reader, operator)
    elif operator in ("BMC", "BDC", "EMC"):
        _mark(reader, operator, instruction)
    elif operator in PAINTING:
        _paint(reader, operator, instruction)
    elif operator not in KNOWN:
        reader.trouble("operators", operator)
    elif operator in CMYK or (operator in ("cs", "CS") and str(instruction.operands[0]) == "/DeviceCMYK"):
        reader.trouble("cmyk", operator)
    elif operator == "ri" and str(instruction.operands[0]) not in INTENTS:
        reader.trouble("intents", str(instruction.operands[0]))
    if operator in _RESOURCES:
        _use(reader, operator, instruction.operands)


def _save(reader: _Reader, operator: str) -> None:
    if operator == "q":
        reader.saved.append(reader.font)
        if len(reader.saved) > MOST_NESTED:
            reader.trouble("nesting", str(len(reader.saved)))
    elif reader.saved:
        reader.font = reader.saved.pop()
    else:
        reader.trouble("closed", operator)


def _mark(reader: _Reader, operator: str, instruction: Any) -> None:  # noqa: ANN401 - see above
    if operator == "EMC":
        if not reader.marks:
            reader.trouble("closed")
            return
        reader.marks.pop()
        return
    operands = instruction.operands
    tag, number = str(operands[0]), None
    if operator == "BDC":
        properties = operands[1]
        if not hasattr(properties, "get"):
            properties = reader.resources.get("/Properties", {}).get(str(properties), {})
        number = properties.get("/MCID")
    if number is not None:
        reader.numbers.add(int(number))
    reader.marks.append("artifact" if tag == "/Artifact" else "content" if number is not None else "")
    if reader.marks[-1] == "content" and len({*reader.marks} - {""}) > 1:
        reader.trouble("marked", "MCID within Artifact")


def _paint(reader: _Reader, operator: str, instruction: Any) -> None:  # noqa: ANN401 - see above
    if reader.must_mark and not any(reader.marks):
        reader.trouble("marked", operator)
    if operator in SHOWING and reader.font:
        reader.usage.codes[reader.font].update(_codes(instruction.operands[-1]))
    if operator == "INLINE IMAGE":  # the typesetter makes none, and their own rules are not followed
        reader.trouble("operators", "BI")


def _codes(shown: Any) -> tuple[int, ...]:  # noqa: ANN401 - a string, or an array of strings and numbers
    import pikepdf

    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    raw = b"".join(bytes(piece) for piece in pieces if not isinstance(piece, int | Decimal))
    return struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])


def _use(reader: _Reader, operator: str, operands: Any) -> None:  # noqa: ANN401 - a list of PDF objects
    import pikepdf

    named = operands[-1 if operator in ("scn", "SCN") else 0]
    if not isinstance(named, pikepdf.Name) or str(named) in _NAMED_SPACES:
        return
    name = str(named)
    found = reader.resources.get(_RESOURCES[operator], {}).get(name)
    if found is None:
        reader.trouble("resources", name)
    elif operator == "Tf":
        reader.font = found.objgen
        reader.usage.fonts[found.objgen] = found
    elif operator == "Do" and found.get("/Subtype") == "/Form":
        _inner(reader, found)
    elif operator == "gs" and "/Font" in found:
        reader.trouble("operators", "/ExtGState /Font")


def _inner(reader: _Reader, form: Any) -> None:  # noqa: ANN401 - a stream
    if form.objgen in reader.usage.streams:
        return
    reader.usage.streams.add(form.objgen)
    where = f"{form.objgen[0]} {form.objgen[1]} obj"
    _read(_Reader(reader.usage, where, form.get("/Resources"), must_mark=False), form)


def _patterns(resources: Any) -> Iterator[Any]:  # noqa: ANN401 - a dictionary
    for pattern in resources.get("/Pattern", {}).values():
        if pattern.get("/PatternType") == 1:
            yield pattern
