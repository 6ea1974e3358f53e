"""A face of the shipped font with all its letters, for running text and tables that are drawn by hand.

Embedded by the numbers of its glyphs, no more of it than is used, with a way back to Unicode: the text can be searched
and copied, and no letter is asked for that the font does not have (PDF/A forbids it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from flows.privacy import mask_numbers
from flows.render.annex.arabic import ARABIC_LETTERS, VOWEL_SIGNS, joined, widths_of_shapes
from flows.render.annex.font_file import EM, composite, descriptor, font_file, name_of, subset_of
from flows.render.display import LOOKS_LIKE
from flows.render.scripts import gathered, told

_PIECE = re.compile(r".+?(?:[-/–](?=[^\W\d_])|$)", re.DOTALL)
"""Parts of a word between which a line may end: behind a stroke that joins it to a letter."""
_LOOKS_LIKE = {**LOOKS_LIKE, "\t": " "}
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\ufe0e\ufe0f\ufeff\r") | VOWEL_SIGNS
"""Letters without a shape that office programs leave behind, and signs that are left out."""
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Mn", "Me"})


@dataclass(frozen=True, slots=True)
class _Face:
    numbers: Mapping[str, int]
    """Of the glyph, by letter."""
    widths: Mapping[str, float]
    """In ems."""


class Typeface:
    """One face within one PDF: measures text, sets it, remembers what it set, and puts itself into the PDF.

    Args:
        is_bold: the bold face.
    """

    def __init__(self, *, is_bold: bool = False) -> None:
        self._is_bold = is_bold
        self._face = _face(is_bold)
        self._used: set[str] = set()

    def width(self, text: str) -> float:
        """Ems that drawable ``text`` is wide."""
        widths = self._face.widths
        return sum([widths[letter] for letter in text])

    def pieces(self, text: str) -> Iterator[str]:
        """What of ``text`` stays together on a line."""
        return (piece for word in text.split() for piece in _pieces(word))

    def wrap(self, text: str, ems: float) -> Iterator[str]:
        """Drawable ``text`` in lines of at most so many ``ems``, broken between words and within those that are longer.

        Spaces at the beginning of a line of ``text`` and within it stay; Arabic letters are joined.
        """
        for paragraph in joined(text).split("\n"):
            if self.width(paragraph) <= ems:
                yield paragraph
            else:
                yield from self._filled(paragraph, ems)

    def shown(self, text: str) -> str:
        """Operand of the operator that draws ``text`` of Latin letters."""
        self._used.update(text)
        numbers = self._face.numbers
        return "<" + "".join([f"{numbers[letter]:04X}" for letter in text]) + ">"

    def embed(self, pdf: Any) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
        """The font as an indirect object of ``pdf``, with the letters that were shown; None where there were none."""
        import pikepdf

        if not self._used:
            return None
        face, letters = self._face, sorted(self._used)
        program = subset_of(frozenset(letters), is_bold=self._is_bold, keeps_numbers=True)
        name = pikepdf.Name(name_of(program, is_bold=self._is_bold))
        by_number = {face.numbers[letter]: letter for letter in reversed(letters)}  # of two that look alike the first
        widths = {number: round(EM * face.widths[by_number[number]]) for number in sorted(by_number)}
        return composite(pdf, name, descriptor(pdf, name, program, is_bold=self._is_bold), widths, by_number)

    def _filled(self, paragraph: str, ems: float) -> Iterator[str]:
        """Lines as full as they can be."""
        line, used, space = "", 0.0, self._face.widths[" "]
        for number, word in enumerate(paragraph.split(" ")):
            if number:
                line, used = line + " ", used + space
            for piece in _pieces(word):
                width = self.width(piece)
                if used + width > ems and line.strip():
                    yield line.rstrip()
                    line, used = "", 0.0
                for letter in piece if width > ems else ():
                    wide = self._face.widths[letter]
                    if used + wide > ems and line:
                        yield line
                        line, used = "", 0.0
                    line, used = line + letter, used + wide
                if width <= ems:
                    line, used = line + piece, used + width
        yield line.rstrip()


def printable(text: str) -> str:
    """Foreign text as it is printed: numbers of persons masked, in letters of the font, lines kept.

    A mark that the font lacks is replaced by one that looks alike, another letter by the name of its script. Arabic
    letters stay, their vowel signs do not: nothing here knows where those stand.
    """
    # Once more: what is left out between digits may lay a number bare.
    return mask_numbers(gathered("".join(map(_drawn, unicodedata.normalize("NFC", mask_numbers(text))))))


@lru_cache(maxsize=4096)
def _drawn(letter: str) -> str:
    if letter == "\n" or letter in _NOTHING:
        return letter if letter == "\n" else ""
    letter = _LOOKS_LIKE.get(letter, letter)
    if unicodedata.category(letter) == "Zs":
        return letter if letter in " \u00a0" else " "
    if letter in ARABIC_LETTERS:
        return letter
    is_seen = unicodedata.category(letter) not in _UNSEEN
    return letter if is_seen and letter in _common() else told(letter)


@cache
def _common() -> frozenset[str]:
    """Letters of both faces."""
    return frozenset.intersection(*(frozenset(_face(is_bold).numbers) for is_bold in (False, True)))


def _pieces(word: str) -> Iterable[str]:
    return _PIECE.findall(word)


@cache
def _face(is_bold: bool) -> _Face:  # noqa: FBT001  # a key of the cache
    from fontTools.ttLib import TTFont

    with TTFont(font_file(is_bold=is_bold), lazy=True) as font:
        letters, advances, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        numbers = {chr(code): font.getGlyphID(name) for code, name in letters.items()}
        return _Face(
            {letter: number for letter, number in numbers.items() if number},
            {chr(code): advances[name][0] / units for code, name in letters.items()} | dict(widths_of_shapes()),
        )
