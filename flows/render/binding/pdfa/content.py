"""What the content streams of a finished PDF do: fonts and letters, colours, marks, and whatever is not allowed."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flows.render.binding.pdfa.elements import LANGUAGE, words
from flows.render.binding.pdfa.plain import Objects, name_of
from flows.render.binding.pdfa.scan import LIMIT, PLAIN, SPOKEN, Instruction, OddError, instructions, parsed

SHOWING = words("Tj TJ ' \"")
PAINTING = SHOWING | words("S s F f f* B B* b b* sh Do") | {"INLINE IMAGE"}
"""Operators that leave something on the page."""
CMYK = words("k K")
KNOWN = PAINTING | CMYK | PLAIN | words("q Q BMC BDC EMC BX EX MP DP CS cs SCN scn ri Tf gs") | {SPOKEN}
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
    codes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Two-byte codes shown in each font, by its reference, or by place and name if it is no object of its own."""
    fonts: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[int, set[int]] = field(default_factory=dict)
    """Numbers of marked content on each page, from 0, that are content and not furniture."""
    streams: set[str] = field(default_factory=set)
    """Forms and patterns that were read already."""


@dataclass
class _Reader:
    """One content stream being read."""

    usage: Usage
    pdf: Any
    """The file, as pikepdf has it open."""
    objects: Objects
    where: str
    resources: dict[str, Any]
    must_mark: bool
    """Whether what it paints must be marked: the content of a page, not of a form that is marked where it is shown."""
    font: str | None = None
    saved: list[str | None] = field(default_factory=list)
    """Fonts of the graphic states that were saved."""
    marks: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    named: dict[tuple[str, str], tuple[str, Any]] = field(default_factory=dict)
    """What was looked up already, with its reference."""

    def trouble(self, key: str, what: str = "") -> None:
        """Write down a breach, once for every place."""
        said = f"{self.where} {what}".strip()
        if said not in self.usage.troubles[key]:
            self.usage.troubles[key].append(said)

    def all_of(self, kind: str) -> dict[str, Any]:
        """The resources of one kind, by name."""
        found = self.objects.at(self.resources.get(kind))
        return found if isinstance(found, dict) else {}

    def look_up(self, kind: str, name: str) -> tuple[str, Any]:
        """A resource, with its reference; empty where it is no object of its own."""
        if (kind, name) not in self.named:
            reference = self.all_of(kind).get(name)
            own = reference if isinstance(reference, str) and reference in self.objects.values else ""
            self.named[kind, name] = own, self.objects.at(reference)
        return self.named[kind, name]


def usage_of(pdf: Any, objects: Objects) -> Usage:  # noqa: ANN401 - pikepdf is imported where it is used
    """Read the content of every page of ``pdf``, and of the forms and patterns shown there."""
    usage = Usage()
    for number, (reference, page) in enumerate(zip(objects.pages, pdf.pages, strict=True)):
        own = objects.values[reference]
        resources = objects.at(own.get("/Resources")) or {}
        reader = _Reader(usage, pdf, objects, f"page {number + 1}", resources, must_mark=True)
        if "/Contents" in own:
            _read(reader, page, _streams(objects, own["/Contents"]))
        usage.marks[number] = reader.numbers
    return usage


def _streams(objects: Objects, contents: Any) -> list[str]:  # noqa: ANN401 - a reference, or several
    held = objects.at(contents)
    return [str(each) for each in held] if isinstance(held, list) else [str(contents)]


def _read(reader: _Reader, stream: Any, references: Iterable[str]) -> None:  # noqa: ANN401 - a page, form or pattern
    import pikepdf

    try:
        for operator, told in _instructions(reader, stream, references):
            _follow(reader, operator, told)
    except pikepdf.PdfError:
        reader.trouble("operators", "unreadable")
        return
    if reader.marks or reader.saved:
        reader.trouble("closed")
    for reference, form in _patterns(reader):
        _inner(reader, reference, form)


def _instructions(reader: _Reader, stream: Any, references: Iterable[str]) -> Iterable[Instruction]:  # noqa: ANN401
    try:
        return instructions(b"\n".join(reader.objects.data(each) for each in references))
    except OddError:
        return parsed(stream, reader.all_of("/Properties"), reader.objects)


def _follow(reader: _Reader, operator: str, told: Any) -> None:  # noqa: ANN401 - see Instruction
    if operator in ("q", "Q"):
        _save(reader, operator)
    elif operator in ("BMC", "BDC", "EMC"):
        _mark(reader, told)
    elif operator in PAINTING:
        _paint(reader, operator, told)
    elif operator == LIMIT:
        reader.trouble("limits", str(told))
    elif operator == SPOKEN and not LANGUAGE.fullmatch(told):
        reader.trouble("language", told)
    elif operator not in KNOWN:
        reader.trouble("operators", operator)
    elif operator in CMYK or (operator in ("cs", "CS") and told == "/DeviceCMYK"):
        reader.trouble("cmyk", operator)
    elif operator == "ri" and told not in INTENTS:
        reader.trouble("intents", str(told))
    if operator in _RESOURCES and isinstance(told, str) and told not in _NAMED_SPACES:
        _use(reader, operator, told)


def _save(reader: _Reader, operator: str) -> None:
    if operator == "q":
        reader.saved.append(reader.font)
        if len(reader.saved) > MOST_NESTED:
            reader.trouble("nesting", str(len(reader.saved)))
    elif reader.saved:
        reader.font = reader.saved.pop()
    else:
        reader.trouble("closed", operator)


def _mark(reader: _Reader, told: tuple[str, int | None] | None) -> None:
    marks = reader.marks
    if told is None:
        if not marks:
            reader.trouble("closed")
            return
        marks.pop()
        return
    tag, number = told
    if number is not None:
        if reader.must_mark and number in reader.numbers:
            reader.trouble("marked", f"MCID {number} twice")
        reader.numbers.add(number)
    marks.append("artifact" if tag == "/Artifact" else "content" if number is not None else "")
    if marks[-1] == "content" and len({*marks} - {""}) > 1:
        reader.trouble("marked", "MCID within Artifact")


def _paint(reader: _Reader, operator: str, told: Any) -> None:  # noqa: ANN401 - see Instruction
    if reader.must_mark and not any(reader.marks):
        reader.trouble("marked", operator)
    if operator in SHOWING:
        _show(reader, operator, told)
    if operator == "INLINE IMAGE":  # the typesetter makes none, and their own rules are not followed
        reader.trouble("operators", "BI")


def _show(reader: _Reader, operator: str, codes: bytes) -> None:
    if reader.font is None:  # that of whoever shows this form is not followed
        reader.trouble("resources", "Tf")
    elif len(codes) % 2:
        reader.trouble("operators", f"{operator} {len(codes)}")
    else:
        reader.usage.codes[reader.font].update(struct.unpack(f">{len(codes) // 2}H", codes))


def _use(reader: _Reader, operator: str, name: str) -> None:
    reference, found = reader.look_up(_RESOURCES[operator], name)
    if found is None:
        reader.trouble("resources", name)
    elif operator == "Tf":
        reader.font = reference or f"{reader.where} {name} "
        reader.usage.fonts[reader.font] = found
    elif operator == "Do" and found.get("/Subtype") == "/Form":
        _inner(reader, reference, found)
    elif operator == "gs" and "/Font" in found:
        reader.trouble("operators", "/ExtGState /Font")


def _inner(reader: _Reader, reference: str, form: dict[str, Any]) -> None:
    if reference in reader.usage.streams:
        return
    reader.usage.streams.add(reference)
    stream = reader.pdf.get_object(*map(int, reference.split()[:2]))
    resources = reader.objects.at(form.get("/Resources")) or {}
    own = _Reader(reader.usage, reader.pdf, reader.objects, name_of(reference), resources, must_mark=False)
    _read(own, stream, [reference])


def _patterns(reader: _Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in reader.all_of("/Pattern"):
        reference, pattern = reader.look_up("/Pattern", name)
        if pattern.get("/PatternType") == 1:
            yield reference, pattern
