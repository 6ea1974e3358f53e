"""Making foreign text visible: file names may hold anything, and a book must neither hide it nor obey it."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from flows.privacy import mask_numbers

_COVERED = (
    (0x0020, 0x007E),
    (0x00A0, 0x00AC),
    (0x00AE, 0x0233),
    (0x0250, 0x0259),
    (0x0386, 0x038A),
    (0x038E, 0x03A1),
    (0x03A3, 0x03CE),
    (0x0400, 0x0482),
    (0x048A, 0x04FF),
    (0x1E00, 0x1E9B),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2010),
    (0x2012, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2195),
    (0x2212, 0x2212),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)
"""Ranges of characters that the shipped typeface draws; a test compares them with its files.

A character outside would be drawn with whatever face the machine has, and two machines would give two books.
"""
ARABIC = (
    (0x060C, 0x060C),
    (0x061B, 0x061B),
    (0x061F, 0x061F),
    (0x0621, 0x063A),
    (0x0640, 0x064A),
    (0x0660, 0x066F),
    (0x0679, 0x06BF),
    (0x06CC, 0x06CC),
    (0x06D5, 0x06D5),
    (0x06F0, 0x06F9),
    (0xFB52, 0xFBA3),
    (0xFE70, 0xFE74),
    (0xFE76, 0xFEFC),
)
"""The same of the Arabic face: names, greetings and quotations, the letters of Arab Melayu among them."""
VOWELS = ((0x064B, 0x0652), (0x0670, 0x0670))
"""Its signs above and below letters."""

_RANGES = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in (*_COVERED, *ARABIC, *VOWELS))
_UNCOVERED = re.compile(f"[^{_RANGES}]")
_WORD_ENDS = re.compile(r"(?<=[^\W_]_)(?=[^\W_])")
"""Behind an underscore between words: hyphens and spaces let a line go over by themselves."""


def visible(text: str) -> str:
    """``text`` with every character that is invisible, turns the line round or has no glyph written as ``[U+202E]``."""
    return _UNCOVERED.sub(lambda found: f"[U+{ord(found[0]):04X}]", unicodedata.normalize("NFC", text))


def finalize(value: object) -> object:
    """Hook of the template engine: whatever a template prints is masked and made visible, except finished markup."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return visible(mask_numbers(value))


def breakable(text: str) -> Markup:
    """A name of a file, as visible as all else, that goes over the line where its words end and not within them."""
    parts = _WORD_ENDS.split(visible(mask_numbers(text)))
    return Markup("<wbr>").join(map(escape, parts))
