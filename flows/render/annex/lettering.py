"""Lines of text in a PDF that is put together by hand: captions below pictures, stamps on evidence.

The shipped Liberation Sans is embedded as a simple TrueType font in WinAnsi encoding with a way back to Unicode, no
more of it than is used, so that the text can be searched, copied, read aloud and archived (PDF/A asks for all that).
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flows.settings import templates_root

ELLIPSIS = "…"
_UNKNOWN = "?"
_ENCODING = "cp1252"
"""What Python calls WinAnsi."""
_FIRST_CODE, _LAST_CODE = 32, 255
_EM = 1000
"""Units of an em in which PDF measures glyphs."""
_NON_SYMBOLIC = 32
_STEM = {False: 88, True: 144}
_TAG_LETTERS = 6
_TABLES_DROPPED = ("OS/2", "name", "GSUB", "GPOS", "GDEF", "kern", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", "FFTM")


class Lettering:
    """One face of the shipped font: measures text, sets it, and puts itself into a PDF.

    Args:
        is_bold: the bold face.
    """

    def __init__(self, *, is_bold: bool = False) -> None:
        self._is_bold = is_bold

    def width(self, text: str, size: float) -> float:
        """Points that ``text`` is wide at ``size``."""
        widths = _widths(self._is_bold)
        return sum(widths[code] for code in _codes(text)) * size / _EM

    def fit(self, text: str, size: float, width: float) -> str:
        """``text`` on one line of ``width``, its end replaced by an ellipsis where it is too long."""
        text = " ".join(text.split())
        if self.width(text, size) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(_shortened(text, middle), size) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        return _shortened(text, low)

    def wrap(self, text: str, size: float, width: float, lines: int) -> tuple[str, ...]:
        """``text`` on at most so many lines of ``width``, broken between words; the last line says if more follows."""
        wrapped: list[str] = []
        words = text.split()
        while words and len(wrapped) < lines - 1:
            taken = next(
                (count for count in range(len(words), 1, -1) if self.width(" ".join(words[:count]), size) <= width), 1
            )
            wrapped.append(self.fit(words[0], size, width) if taken == 1 else " ".join(words[:taken]))
            words = words[taken:]
        return (*wrapped, self.fit(" ".join(words), size, width)) if words else tuple(wrapped)

    def line(self, resource: str, text: str, x: float, y: float, size: float) -> bytes:
        """The operators of one line that begins at ``x``, ``y``; ``resource`` is the font's name on the page."""
        shown = bytes(_codes(text)).hex()
        return f"BT /{resource} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj ET\n".encode("ascii")

    def embed(self, pdf: Any, texts: Iterable[str]) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
        """The font as an indirect object of ``pdf``, with the letters of ``texts`` and no others."""
        import pikepdf

        codes = frozenset(code for text in texts for code in _codes(text))
        program = _subset(self._is_bold, codes)
        name = pikepdf.Name(f"/{_tag(program)}+LiberationSans{'-Bold' if self._is_bold else ''}")
        widths = _widths(self._is_bold)
        used = range(min(codes, default=_FIRST_CODE), max(codes, default=_FIRST_CODE) + 1)
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.TrueType,
                BaseFont=name,
                FirstChar=used.start,
                LastChar=used.stop - 1,
                Widths=[widths[code] if code in codes else 0 for code in used],
                Encoding=pikepdf.Name.WinAnsiEncoding,
                FontDescriptor=pdf.make_indirect(_descriptor(pdf, name, program, is_bold=self._is_bold)),
                ToUnicode=pdf.make_stream(_way_back(sorted(codes))),
            )
        )


def _codes(text: str) -> list[int]:
    """The text in the encoding of the font."""
    return [code for letter in " ".join(text.split()) for code in _codes_of(letter)]


@lru_cache(maxsize=4096)
def _codes_of(letter: str) -> bytes:
    """One letter; one the font lacks loses its marks or becomes a question mark, one without a shape is nothing."""
    if unicodedata.category(letter) in {"Cc", "Cf"}:
        return b""
    for candidate in (letter, unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode(), _UNKNOWN):
        raw = candidate.encode(_ENCODING, "ignore")
        if raw and min(raw) >= _FIRST_CODE:
            return raw
    return b""


def _shortened(text: str, letters: int) -> str:
    return text[:letters].rstrip(" ,;:-–(") + ELLIPSIS


def _file(*, is_bold: bool) -> Path:
    return templates_root() / "fonts" / f"LiberationSans-{'Bold' if is_bold else 'Regular'}.ttf"


@cache
def _widths(is_bold: bool) -> Mapping[int, int]:  # noqa: FBT001  # a key of the cache
    """Advance of every code in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(_file(is_bold=is_bold), lazy=True) as font:
        letters, advances, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        found = {code: _letter(code) for code in range(_FIRST_CODE, _LAST_CODE + 1)}
        return {
            code: round(advances[letters[ord(letter)]][0] * _EM / units)
            for code, letter in found.items()
            if letter and ord(letter) in letters
        }


def _letter(code: int) -> str:
    return bytes([code]).decode(_ENCODING, "ignore")


@lru_cache(maxsize=64)
def _subset(is_bold: bool, codes: frozenset[int]) -> bytes:  # noqa: FBT001  # a key of the cache
    """The font program with these letters only; the same for the same letters, whenever it is made."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False, layout_features=[], glyph_names=False, legacy_cmap=False, notdef_outline=True,
        recalc_timestamp=False, drop_tables=[*subset.Options().drop_tables, *_TABLES_DROPPED],
    )  # fmt: skip
    with TTFont(_file(is_bold=is_bold), recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(_letter(code)) for code in codes if _letter(code)])
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def _tag(program: bytes) -> str:
    """Six capitals that tell subsets of one font apart, as PDF wants them."""
    digest = hashlib.sha256(program).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:_TAG_LETTERS])


def _descriptor(pdf: Any, name: Any, program: bytes, *, is_bold: bool) -> Any:  # noqa: ANN401  # see embed
    import pikepdf

    ascent, descent, box = _measures(is_bold)
    stream = pdf.make_stream(program)
    stream.Length1 = len(program)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=_NON_SYMBOLIC,
        FontBBox=list(box),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=729,
        StemV=_STEM[is_bold],
        FontFile2=stream,
    )


@cache
def _measures(is_bold: bool) -> tuple[int, int, tuple[int, ...]]:  # noqa: FBT001  # a key of the cache
    """Ascent, descent and the box around all glyphs, in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(_file(is_bold=is_bold), lazy=True) as font:
        head, across = font["head"], font["hhea"]
        numbers = (across.ascent, across.descent, head.xMin, head.yMin, head.xMax, head.yMax)
        ascent, descent, *box = (round(number * _EM / head.unitsPerEm) for number in numbers)
    return ascent, descent, tuple(box)


def _way_back(codes: list[int]) -> bytes:
    """From codes to Unicode, in pieces of at most a hundred as the format asks."""
    pairs = [f"<{code:02X}> <{ord(_letter(code)):04X}>" for code in codes]
    pieces = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "".join(f"{len(piece)} beginbfchar\n" + "\n".join(piece) + "\nendbfchar\n" for piece in pieces)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
