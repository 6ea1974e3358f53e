"""Lines of text in a PDF that is put together by hand: captions below pictures, stamps on evidence.

The shipped Liberation Sans is embedded as a simple TrueType font in WinAnsi encoding with a way back to Unicode, no
more of it than is used, so that the text can be searched, copied, read aloud and archived (PDF/A asks for all that).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from flows.render.annex.font_file import EM, descriptor, font_file, name_of, subset_of, way_back

ELLIPSIS = "…"
_UNKNOWN = "?"
_ENCODING = "cp1252"
"""What Python calls WinAnsi."""
_KEPT = 0.75
"""Part of the letters that fit that must stay where a text is cut behind a whole word."""
_FIRST_CODE, _LAST_CODE = 32, 255
_ARABIC = re.compile("[\u0600-\u06ff]+(?: [\u0600-\u06ff]+)*")
"""Words that are left out as one: a question mark for every letter would look like damage."""


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
        return sum(widths[code] for code in _codes(text)) * size / EM

    def fit(self, text: str, size: float, width: float) -> str:
        """``text`` on one line of ``width``; where it is too long an ellipsis ends it, behind a whole word if it can.

        Of a long word at its end the beginning stays, where more than a quarter of what fits would go with it.
        """
        text = " ".join(text.split())
        if self.width(text, size) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(_shortened(text, middle), size) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        word = text.rfind(" ", 0, low + 1)
        return _shortened(text, word if word >= low * _KEPT else low)

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
        shown = _codes(text).hex()
        return f"BT /{resource} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj ET\n".encode("ascii")

    def embed(self, pdf: Any, texts: Iterable[str]) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
        """The font as an indirect object of ``pdf``, with the letters of ``texts`` and no others."""
        import pikepdf

        codes = frozenset(code for text in texts for code in _codes(text))
        letters = frozenset(_letter(code) for code in codes) - {""}
        program = subset_of(letters, is_bold=self._is_bold)
        name = pikepdf.Name(name_of(program, is_bold=self._is_bold))
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
                FontDescriptor=descriptor(pdf, name, program, is_bold=self._is_bold),
                ToUnicode=pdf.make_stream(
                    way_back(((f"{code:02X}", _letter(code)) for code in sorted(codes)), digits=2)
                ),
            )
        )


@lru_cache(maxsize=4096)
def _codes(text: str) -> bytes:
    """The text in the encoding of the font; the strips of thousands of pages say the same."""
    return b"".join(map(_codes_of, _ARABIC.sub(ELLIPSIS, " ".join(text.split()))))


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


@cache
def _widths(is_bold: bool) -> Mapping[int, int]:  # noqa: FBT001  # a key of the cache
    """Advance of every code in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(is_bold=is_bold), lazy=True) as font:
        letters, advances, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        found = {code: _letter(code) for code in range(_FIRST_CODE, _LAST_CODE + 1)}
        return {
            code: round(advances[letters[ord(letter)]][0] * EM / units)
            for code, letter in found.items()
            if letter and ord(letter) in letters
        }


def _letter(code: int) -> str:
    return bytes([code]).decode(_ENCODING, "ignore")
