"""Rules of fonts: embedded, of the widths they say, and every letter told as text.

Only composite fonts with embedded TrueType or OpenType programs are followed, which is what the typesetter makes; any
other kind is a breach, because nothing is claimed that was not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from flows.render.binding.pdfa.plain import is_text, name_of
from flows.render.binding.pdfa.rules import Book, Rule

WIDTH_TOLERANCE = 1.0
"""Thousandths of the size by which a width may differ from the font program's."""
_KINDS = {"/CIDFontType0": "/FontFile3", "/CIDFontType2": "/FontFile2"}
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<\s*([0-9A-Fa-f\s]*)>")
_NO_TEXT = {"\0", "\ufeff", "\ufffe"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_DEFAULT_WIDTH = 1000
_Font = dict[str, Any]


def _fonts(book: Book) -> Iterator[tuple[str, _Font, _Font, set[int]]]:
    """How each composite font in use is named, itself, what it descends to, and the codes shown in it."""
    for key, font in book.usage.fonts.items():
        if font.get("/Subtype") == "/Type0":
            yield name_of(key), font, _below(book, font), book.usage.codes[key]


def _below(book: Book, font: _Font) -> _Font:
    found = book.objects.at(book.objects.at(font["/DescendantFonts"])[0])
    return found if isinstance(found, dict) else {}


def _kinds(book: Book) -> Iterator[str]:
    for key, font in book.usage.fonts.items():
        if font.get("/Subtype") != "/Type0" or _below(book, font).get("/Subtype") not in _KINDS:
            yield f"{name_of(key)} {font.get('/Subtype')}"
        elif font.get("/BaseFont") is None or _below(book, font).get("/BaseFont") != font["/BaseFont"]:
            yield f"{name_of(key)} /BaseFont"
        elif {font.get("/Type"), _below(book, font).get("/Type")} != {"/Font"}:
            yield f"{name_of(key)} /Type"


def _names(book: Book) -> Iterator[str]:
    for name, font, below, _ in _fonts(book):
        if not all(is_text(str(each.get("/BaseFont"))) for each in (font, below)):
            yield f"{name} /BaseFont"


def _descriptor(book: Book, below: _Font) -> _Font:
    return book.objects.at(below.get("/FontDescriptor")) or {}


def _program(book: Book, below: _Font) -> str:
    """Reference of the font program; empty where there is none."""
    return str(_descriptor(book, below).get(_KINDS.get(str(below.get("/Subtype")), ""), ""))


def _embedding(book: Book) -> Iterator[str]:
    for name, font, below, _ in _fonts(book):
        program = _program(book, below)
        if program not in book.objects.streams:
            yield f"{name} {font.get('/BaseFont')}"
        elif below["/Subtype"] == "/CIDFontType0" and book.objects.at(program).get("/Subtype") != "/OpenType":
            yield name_of(program)


def _subsets(book: Book) -> Iterator[str]:
    """Lists of what a subset holds would have to be complete; nobody needs them, so there are none."""
    for name, _, below, _ in _fonts(book):
        if {"/CIDSet", "/CharSet"} & _descriptor(book, below).keys():
            yield name


def _encoding(book: Book) -> Iterator[str]:
    for name, font, below, _ in _fonts(book):
        if font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
            yield f"{name} /Encoding"
        if below.get("/Subtype") == "/CIDFontType2" and below.get("/CIDToGIDMap") != "/Identity":
            yield f"{name} /CIDToGIDMap"


def _opened(book: Book, below: _Font) -> Any:  # noqa: ANN401 - a font of fontTools, or None where there is none or it does not open
    from fontTools.ttLib import TTFont, TTLibError

    program = _program(book, below)
    try:
        return TTFont(BytesIO(book.objects.data(program)), lazy=True) if program in book.objects.streams else None
    except TTLibError:
        return None


def _glyphs(book: Book) -> Iterator[str]:
    """Letters that the program does not have, or only as the box for unknown letters; and programs that do not open."""
    for name, _, below, codes in _fonts(book):
        opened = _opened(book, below)
        if opened is None:
            yield f"{name} unreadable"
            continue
        count = opened["maxp"].numGlyphs
        yield from (f"{name} <{code:04x}>" for code in sorted(codes) if not 0 < code < count)


def _widths(book: Book) -> Iterator[str]:
    for name, _, below, codes in _fonts(book):
        opened, said = _opened(book, below), _said_widths(book, below)
        if opened is None:
            continue
        metrics, order = opened["hmtx"], opened.getGlyphOrder()
        scale, default = 1000 / opened["head"].unitsPerEm, float(below.get("/DW", _DEFAULT_WIDTH))
        for code in sorted(code for code in codes if code < len(order)):
            if abs(metrics[order[code]][0] * scale - said.get(code, default)) > WIDTH_TOLERANCE:
                yield f"{name} <{code:04x}>"


def _said_widths(book: Book, below: _Font) -> Mapping[int, float]:
    found: dict[int, float] = {}
    rest = [book.objects.at(each) for each in book.objects.at(below.get("/W")) or ()]
    place = 0
    while place < len(rest):
        first, second = int(rest[place]), rest[place + 1]
        if isinstance(second, list):
            found |= {first + step: float(width) for step, width in enumerate(second)}
            place += 2
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(rest[place + 2]))
            place += 3
    return found


def _texts(book: Book, font: _Font) -> Mapping[int, str]:
    """What each code means, as the font itself says."""
    table = str(font.get("/ToUnicode", ""))
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(book.objects.data(table)) if table in book.objects.streams else ():
        values = [bytes.fromhex(raw.decode().replace(" ", "")) for raw in _HEX.findall(body)]
        size = 2 if kind == b"bfchar" else 3
        if b"[" in body:  # a list of texts, which the typesetter never writes
            continue
        for start in range(0, len(values) - size + 1, size):
            first, text = int.from_bytes(values[start], "big"), values[start + size - 1].decode("utf-16-be", "replace")
            last = first if size == 2 else int.from_bytes(values[start + 1], "big")  # noqa: PLR2004 - see above
            found |= {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in range(first, last + 1) if text}
    return found


def _meanings(book: Book) -> Iterator[str]:
    for name, font, _, codes in _fonts(book):
        texts = _texts(book, font)
        for code in sorted(codes):
            text = texts.get(code, "")
            if not text or _NO_TEXT & set(text) or _PRIVATE.search(text):
                yield f"{name} <{code:04x}>"


RULES = (
    Rule("font-name", "6.1.8", _names),
    Rule("font-kind", "6.2.11.2", _kinds),
    Rule("font-encoding", "6.2.11.3", _encoding),
    Rule("font-embedded", "6.2.11.4.1", _embedding),
    Rule("font-subset", "6.2.11.4.2", _subsets),
    Rule("font-widths", "6.2.11.5", _widths),
    Rule("font-text", "6.2.11.7", _meanings),
    Rule("font-glyphs", "6.2.11.8", _glyphs),
)
