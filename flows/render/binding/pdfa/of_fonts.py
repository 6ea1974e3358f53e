"""Rules of fonts: embedded, of the widths they say, and every letter told as text.

Only composite fonts with embedded TrueType or OpenType programs are followed, which is what the typesetter makes; any
other kind is a breach, because nothing is claimed that was not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from flows.render.binding.pdfa.rules import Book, Rule, place

WIDTH_TOLERANCE = 1.0
"""Thousandths of the size by which a width may differ from the font program's."""
_KINDS = {"/CIDFontType0": "/FontFile3", "/CIDFontType2": "/FontFile2"}
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<\s*([0-9A-Fa-f\s]*)>")
_NO_TEXT = {"\0", "\ufeff", "\ufffe"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_DEFAULT_WIDTH = 1000


def _fonts(book: Book) -> Iterator[tuple[Any, Any, set[int]]]:
    """Composite fonts in use, with what they descend to and the codes shown in them."""
    for key, font in book.usage.fonts.items():
        if font.get("/Subtype") == "/Type0":
            yield font, font.DescendantFonts[0], book.usage.codes[key]


def _kinds(book: Book) -> Iterator[str]:
    for font in book.usage.fonts.values():
        if font.get("/Subtype") != "/Type0" or font.DescendantFonts[0].get("/Subtype") not in _KINDS:
            yield f"{place(font)} {font.get('/Subtype')}"
        elif font.get("/BaseFont") is None or font.DescendantFonts[0].get("/BaseFont") != font.BaseFont:
            yield f"{place(font)} /BaseFont"


def _program(below: Any) -> Any:  # noqa: ANN401 - a stream, or None
    descriptor = below.get("/FontDescriptor")
    return None if descriptor is None else descriptor.get(_KINDS.get(str(below.get("/Subtype")), ""))


def _embedding(book: Book) -> Iterator[str]:
    for font, below, _ in _fonts(book):
        program = _program(below)
        if program is None:
            yield f"{place(font)} {font.get('/BaseFont')}"
        elif below.Subtype == "/CIDFontType0" and program.get("/Subtype") != "/OpenType":
            yield place(program)


def _subsets(book: Book) -> Iterator[str]:
    """Lists of what a subset holds would have to be complete; nobody needs them, so there are none."""
    for font, below, _ in _fonts(book):
        if {"/CIDSet", "/CharSet"} & set(below.get("/FontDescriptor", {}).keys()):
            yield place(font)


def _encoding(book: Book) -> Iterator[str]:
    for font, below, _ in _fonts(book):
        if font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
            yield f"{place(font)} /Encoding"
        if below.get("/Subtype") == "/CIDFontType2" and below.get("/CIDToGIDMap") != "/Identity":
            yield f"{place(font)} /CIDToGIDMap"


def _opened(below: Any) -> Any:  # noqa: ANN401 - a font of fontTools, or None where there is none or it does not open
    from fontTools.ttLib import TTFont, TTLibError

    program = _program(below)
    try:
        return None if program is None else TTFont(BytesIO(program.read_bytes()), lazy=True)
    except TTLibError:
        return None


def _glyphs(book: Book) -> Iterator[str]:
    """Letters that the program does not have, or only as the box for unknown letters; and programs that do not open."""
    for font, below, codes in _fonts(book):
        opened = _opened(below)
        if opened is None:
            yield f"{place(font)} unreadable"
            continue
        count = opened["maxp"].numGlyphs
        yield from (f"{place(font)} <{code:04x}>" for code in sorted(codes) if not 0 < code < count)


def _widths(book: Book) -> Iterator[str]:
    for font, below, codes in _fonts(book):
        opened, said = _opened(below), _said_widths(below)
        if opened is None:
            continue
        metrics, order = opened["hmtx"], opened.getGlyphOrder()
        scale, default = 1000 / opened["head"].unitsPerEm, float(below.get("/DW", _DEFAULT_WIDTH))
        for code in sorted(code for code in codes if code < len(order)):
            if abs(metrics[order[code]][0] * scale - said.get(code, default)) > WIDTH_TOLERANCE:
                yield f"{place(font)} <{code:04x}>"


def _said_widths(below: Any) -> Mapping[int, float]:  # noqa: ANN401 - a dictionary
    import pikepdf

    found: dict[int, float] = {}
    rest = list(below.get("/W", []))
    while rest:
        first, second = int(rest.pop(0)), rest.pop(0)
        if isinstance(second, pikepdf.Array):
            found |= {first + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(rest.pop(0))
            found |= dict.fromkeys(range(first, int(second) + 1), width)
    return found


def _texts(font: Any) -> Mapping[int, str]:  # noqa: ANN401 - a dictionary
    """What each code means, as the font itself says."""
    table = font.get("/ToUnicode")
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table.read_bytes()) if hasattr(table, "read_bytes") else ():
        values = [bytes.fromhex(raw.decode().replace(" ", "")) for raw in _HEX.findall(body)]
        size = 2 if kind == b"bfchar" else 3
        for start in range(0, len(values) - size + 1, size):
            first, text = int.from_bytes(values[start], "big"), values[start + size - 1].decode("utf-16-be", "replace")
            last = first if size == 2 else int.from_bytes(values[start + 1], "big")  # noqa: PLR2004 - see above
            found |= {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in range(first, last + 1) if text}
    return found


def _meanings(book: Book) -> Iterator[str]:
    for font, _, codes in _fonts(book):
        texts = _texts(font)
        for code in sorted(codes):
            text = texts.get(code, "")
            if not text or _NO_TEXT & set(text) or _PRIVATE.search(text):
                yield f"{place(font)} <{code:04x}>"


RULES = (
    Rule("font-kind", "6.2.11.2", _kinds),
    Rule("font-encoding", "6.2.11.3", _encoding),
    Rule("font-embedded", "6.2.11.4.1", _embedding),
    Rule("font-subset", "6.2.11.4.2", _subsets),
    Rule("font-widths", "6.2.11.5", _widths),
    Rule("font-text", "6.2.11.7", _meanings),
    Rule("font-glyphs", "6.2.11.8", _glyphs),
)
