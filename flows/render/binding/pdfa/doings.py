"""What one content stream does by itself, before anybody looks up what the names in it mean."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flows.render.binding.pdfa.elements import LANGUAGE, words
from flows.render.binding.pdfa.scan import LIMIT, PLAIN, SPOKEN, Instruction

SHOWING = words("Tj TJ ' \"")
PAINTING = SHOWING | words("S s F f f* B B* b b* sh Do") | {"INLINE IMAGE"}
"""Operators that leave something on the page."""
CMYK = words("k K")
KNOWN = PAINTING | CMYK | PLAIN | words("q Q BMC BDC EMC BX EX MP DP CS cs SCN scn ri Tf gs") | {SPOKEN}
RESOURCES = {
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
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
MOST_NESTED = 28
"""Deepest nesting of saved graphic states."""
UNREADABLE = ("operators", "unreadable")
"""The trouble with what cannot be read at all."""
_NAMED_SPACES = words("/DeviceRGB /DeviceGray /DeviceCMYK /Pattern")


class Doings(NamedTuple):
    """What one stream does; JSON keeps it as a list."""

    troubles: list[tuple[str, str]]
    """Keys of rules that it breaks, with what breaks them."""
    numbers: list[int]
    """Of its marked content."""
    named: list[tuple[str, str]]
    """Operators with the resources they name."""
    codes: dict[str, list[int]]
    """Two-byte codes shown in each font, by the name it has there."""


def followed(told: Iterable[Instruction], *, must_mark: bool) -> Doings:
    """What ``told`` do, one after the other.

    Args:
        told: the instructions of a stream.
        must_mark: whether what it paints must be marked.
    """
    import pikepdf

    hand = _Hand(must_mark)
    try:
        for operator, operand in told:
            _follow(hand, operator, operand)
    except pikepdf.PdfError:
        hand.trouble(*UNREADABLE)
    else:
        if hand.marks or hand.saved:
            hand.trouble("closed")
    codes = {font: sorted(shown) for font, shown in hand.codes.items()}
    return Doings(list(hand.troubles), sorted(hand.numbers), list(hand.named), codes)


@dataclass
class _Hand:
    """Whoever draws a stream, in the middle of it."""

    must_mark: bool
    font: str | None = None
    saved: list[str | None] = field(default_factory=list)
    """Fonts of the graphic states that were saved."""
    marks: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    troubles: dict[tuple[str, str], None] = field(default_factory=dict)
    named: dict[tuple[str, str], None] = field(default_factory=dict)
    codes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def trouble(self, key: str, what: str = "") -> None:
        """Write down a breach, once."""
        self.troubles[key, what] = None

    def name(self, operator: str, resource: str) -> None:
        """Write down that a resource is used; what is shown from now on is shown in it, if it is a font."""
        self.named[operator, resource] = None
        if operator == "Tf":
            self.font = resource


def _follow(hand: _Hand, operator: str, told: Any) -> None:  # noqa: ANN401 - see Instruction
    if operator in ("q", "Q"):
        _save(hand, operator)
    elif operator in ("BMC", "BDC", "EMC"):
        _mark(hand, told)
    elif operator in PAINTING:
        _paint(hand, operator, told)
    elif operator == LIMIT:
        hand.trouble("limits", str(told))
    elif operator == SPOKEN and not LANGUAGE.fullmatch(told):
        hand.trouble("language", told)
    elif operator not in KNOWN:
        hand.trouble("operators", operator)
    elif operator in CMYK or (operator in ("cs", "CS") and told == "/DeviceCMYK"):
        hand.trouble("cmyk", operator)
    elif operator == "ri" and told not in INTENTS:
        hand.trouble("intents", str(told))
    if operator in RESOURCES and isinstance(told, str) and told not in _NAMED_SPACES:
        hand.name(operator, told)


def _save(hand: _Hand, operator: str) -> None:
    if operator == "q":
        hand.saved.append(hand.font)
        if len(hand.saved) > MOST_NESTED:
            hand.trouble("nesting", str(len(hand.saved)))
    elif hand.saved:
        hand.font = hand.saved.pop()
    else:
        hand.trouble("closed", operator)


def _mark(hand: _Hand, told: tuple[str, int | None] | None) -> None:
    marks = hand.marks
    if told is None:
        if not marks:
            hand.trouble("closed")
            return
        marks.pop()
        return
    tag, number = told
    if number is not None:
        if hand.must_mark and number in hand.numbers:
            hand.trouble("marked", f"MCID {number} twice")
        hand.numbers.add(number)
    marks.append("artifact" if tag == "/Artifact" else "content" if number is not None else "")
    if marks[-1] == "content" and len({*marks} - {""}) > 1:
        hand.trouble("marked", "MCID within Artifact")


def _paint(hand: _Hand, operator: str, told: Any) -> None:  # noqa: ANN401 - see Instruction
    if hand.must_mark and not any(hand.marks):
        hand.trouble("marked", operator)
    if operator in SHOWING:
        _show(hand, operator, told)
    if operator == "INLINE IMAGE":  # the typesetter makes none, and their own rules are not followed
        hand.trouble("operators", "BI")


def _show(hand: _Hand, operator: str, codes: bytes) -> None:
    if hand.font is None:  # that of whoever shows this form is not followed
        hand.trouble("resources", "Tf")
    elif len(codes) % 2:
        hand.trouble("operators", f"{operator} {len(codes)}")
    else:
        hand.codes[hand.font].update(struct.unpack(f">{len(codes) // 2}H", codes))
