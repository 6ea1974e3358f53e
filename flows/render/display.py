"""Making foreign text visible: file names may hold anything, and a book must neither hide it nor obey it."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from flows.privacy import mask_numbers
from flows.render.scripts import gathered, told

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
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2153, 0x2154),
    (0x215B, 0x215E),
    (0x2190, 0x2195),
    (0x2211, 0x2212),
    (0x221A, 0x221A),
    (0x221E, 0x221E),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
    (0x25A0, 0x25A1),
    (0x25AA, 0x25AB),
    (0x25B2, 0x25B2),
    (0x25BA, 0x25BA),
    (0x25BC, 0x25BC),
    (0x25CA, 0x25CB),
    (0x25CF, 0x25CF),
    (0x25E6, 0x25E6),
    (0x2640, 0x2640),
    (0x2642, 0x2642),
    (0x2666, 0x2666),
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

LOOKS_LIKE = {
    **dict.fromkeys("✓✔☑✅\uf0fc", "√"), **dict.fromkeys("✗✘☒❌\uf0fb", "×"), **dict.fromkeys("☐\uf0a8", "□"),
    **dict.fromkeys("➢➤‣▶\uf0d8", "►"), **dict.fromkeys("⇒➔➜➝\uf0e0", "→"), **dict.fromkeys("❖◆\uf076\uf075", "♦"),
    **dict.fromkeys("⚫⬤", "●"), **dict.fromkeys("∙⁃\uf0b7", "•"), **dict.fromkeys("\uf0a7◾", "▪"),
    "\u2011": "\u2010", "⁄": "/", **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "),
}  # fmt: skip
"""Marks that the face lacks → one it has that tells a reader the same: ticks and bullets, those of Word too, spaces."""
_SHAPELESS = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"))

_RANGES = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in (*_COVERED, *ARABIC, *VOWELS))
_UNCOVERED = re.compile(f"[^{_RANGES}]")
_WORD_ENDS = re.compile(r"(?<=[^\W_]_)(?=[^\W_])")
"""Behind an underscore between words: hyphens and spaces let a line go over by themselves."""


def visible(text: str) -> str:
    """``text`` with every character that is invisible, turns the line round or has no glyph written as ``[U+202E]``.

    One that only looks otherwise than another is printed as that; letters of a script that is known by name are told
    by it (:mod:`flows.render.scripts`).
    """
    return gathered(_UNCOVERED.sub(_shown, unicodedata.normalize("NFC", text)))


def _shown(found: re.Match[str]) -> str:
    return LOOKS_LIKE.get(found[0]) or told(found[0])


def without_shapeless(text: str) -> str:
    """What people wrote, without the marks that programs leave in between and nobody sees; for no names of files."""
    return text.translate(_SHAPELESS)


def _masked(text: str) -> str:
    """Visible, and masked once more where that changed it: what looks otherwise may lay a number bare."""
    shown = visible(mask_numbers(text))
    return shown if shown == text else mask_numbers(shown)


def finalize(value: object) -> object:
    """Hook of the template engine: whatever a template prints is masked and made visible, except finished markup."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _masked(value)


def breakable(text: str) -> Markup:
    """A name of a file, as visible as all else, that goes over the line where its words end and not within them."""
    parts = _WORD_ENDS.split(_masked(text))
    return Markup("<wbr>").join(map(escape, parts))
