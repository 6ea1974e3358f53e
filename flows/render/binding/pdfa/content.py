"""What the content of all pages of a finished PDF uses: fonts and letters, marks, and whatever is not allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from flows.render.binding.pdfa.doings import RESOURCES, UNREADABLE, Doings, followed
from flows.render.binding.pdfa.plain import Objects, name_of
from flows.render.binding.pdfa.scan import OddError, instructions, parsed
from flows.render.binding.recall import Recall


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
class _Place:
    """Where a content stream stands in the file, and what the names in it mean there."""

    usage: Usage
    pdf: Any
    """The file, as pikepdf has it open."""
    objects: Objects
    recall: Recall
    where: str
    resources: dict[str, Any]
    must_mark: bool
    """Whether what it paints must be marked: the content of a page, not of a form that is marked where it is shown."""

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
        reference = self.all_of(kind).get(name)
        own = reference if isinstance(reference, str) and reference in self.objects.values else ""
        return own, self.objects.at(reference)


def usage_of(pdf: Any, objects: Objects, recall: Recall) -> Usage:  # noqa: ANN401 - pikepdf is imported where it is used
    """Read the content of every page of ``pdf``, and of the forms and patterns shown there.

    Args:
        pdf: as pikepdf has it open.
        objects: of the same.
        recall: what streams of the same bytes do by themselves.
    """
    usage = Usage()
    for number, (reference, page) in enumerate(zip(objects.pages, pdf.pages, strict=True)):
        own = objects.values[reference]
        resources = objects.at(own.get("/Resources")) or {}
        place = _Place(usage, pdf, objects, recall, f"page {number + 1}", resources, must_mark=True)
        usage.marks[number] = _read(place, page, _streams(objects, own["/Contents"])) if "/Contents" in own else set()
    return usage


def _streams(objects: Objects, contents: Any) -> list[str]:  # noqa: ANN401 - a reference, or several
    held = objects.at(contents)
    return [str(each) for each in held] if isinstance(held, list) else [str(contents)]


def _read(place: _Place, stream: Any, references: Iterable[str]) -> set[int]:  # noqa: ANN401 - a page, form or pattern
    """Write down what a stream does and uses; the numbers of its marked content."""
    doings = _doings(place, stream, references)
    for key, what in doings.troubles:
        place.trouble(key, what)
    for operator, name in doings.named:
        _use(place, operator, name, doings)
    for reference, form in _patterns(place):
        _inner(place, reference, form)
    return set(doings.numbers)


def _doings(place: _Place, stream: Any, references: Iterable[str]) -> Doings:  # noqa: ANN401 - see _read
    import pikepdf

    try:
        raw = b"\n".join(place.objects.data(each) for each in references)
    except pikepdf.PdfError:
        return Doings([UNREADABLE], [], [], {})
    key = sha256(b"%d %b" % (place.must_mark, raw)).hexdigest()
    if kept := place.recall.get(key):
        return Doings(*kept)
    try:
        found = followed(instructions(raw), must_mark=place.must_mark)
    except OddError:  # what it does hangs on lists of its place too
        return followed(parsed(stream, place.all_of("/Properties"), place.objects), must_mark=place.must_mark)
    place.recall.note(key, list(found))
    return found


def _use(place: _Place, operator: str, name: str, doings: Doings) -> None:
    reference, found = place.look_up(RESOURCES[operator], name)
    if found is None:
        place.trouble("resources", name)
    elif operator == "Tf":
        font = reference or f"{place.where} {name} "
        place.usage.fonts[font] = found
        place.usage.codes[font].update(doings.codes.get(name, ()))
    elif operator == "Do" and found.get("/Subtype") == "/Form":
        _inner(place, reference, found)
    elif operator == "gs" and "/Font" in found:
        place.trouble("operators", "/ExtGState /Font")


def _inner(place: _Place, reference: str, form: dict[str, Any]) -> None:
    if reference in place.usage.streams:
        return
    place.usage.streams.add(reference)
    stream = place.pdf.get_object(*map(int, reference.split()[:2]))
    resources = place.objects.at(form.get("/Resources")) or {}
    _read(replace(place, where=name_of(reference), resources=resources, must_mark=False), stream, [reference])


def _patterns(place: _Place) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in place.all_of("/Pattern"):
        reference, pattern = place.look_up("/Pattern", name)
        if pattern.get("/PatternType") == 1:
            yield reference, pattern
