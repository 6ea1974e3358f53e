"""Arabic letters on pages that are drawn by hand: joined, from right to left, in the face that is shipped for them.

What the typesetter of the book does by itself is done here for names and quotations in tables and plain texts: letters
become the shapes they have beside their neighbours, and within a line the run goes leftwards while numbers do not.
Vowel signs are left out. A shape is a private character, U+E000 and the number of its glyph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from flows.render.annex.font_file import EM, arabic_subset, composite, descriptor, name_of
from flows.render.display import ARABIC, VOWELS
from flows.render.way_back import arabic_file, letters_of_shapes

ARABIC_LETTERS = frozenset(chr(code) for first, last in ARABIC for code in range(first, last + 1))
"""What is drawn with the Arabic face."""
VOWEL_SIGNS = frozenset(chr(code) for first, last in VOWELS for code in range(first, last + 1))
_BASE = 0xE000
_TATWEEL = "\u0640"
_WORD = re.compile(f"[{''.join(sorted(ARABIC_LETTERS))}]+")
_SHAPE = "\ue000-\uf8ff"
_ANY = re.compile(f"[{_SHAPE}]")
_LEFTWARDS = re.compile(rf"[{_SHAPE}](?:[\W\d_]*[{_SHAPE}])?[)\]}}»]?")
"""A run from its first Arabic letter to its last, over what is no letter of another script; and a bracket behind."""
_OPENS = {")": "(", "]": "[", "}": "{", "»": "«"}
_PIECE = re.compile(rf"[{_SHAPE}]+|[^{_SHAPE}]+")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the font knows of joining, by the names of its glyphs."""

    of_letter: Mapping[str, str]
    first: Mapping[str, str]
    middle: Mapping[str, str]
    last: Mapping[str, str]
    pairs: Mapping[tuple[str, str], str]
    """Two shapes that are one: lam and alif."""
    numbers: Mapping[str, int]
    widths: Mapping[str, float]
    """In ems, by letter and by private character."""
    digits: Mapping[str, str]
    """Private characters of digits, each with a digit of ours."""


def joined(text: str) -> str:
    """``text`` with every Arabic letter as the shape it has in its word; still in the order it is read."""
    return _WORD.sub(lambda word: _joined(word[0]), text) if _WORD.search(text) else text


def has_shapes(line: str) -> bool:
    """Whether any letter of joined text is Arabic."""
    return _ANY.search(line) is not None


def widths_of_shapes() -> Mapping[str, float]:
    """Ems that letters and shapes are wide."""
    return _shapes().widths


def runs(line: str) -> Iterator[tuple[bool, str]]:
    """A line of joined text as it stands from left to right, in pieces: whether its letters are Arabic, and they."""
    for piece in _PIECE.findall(_LEFTWARDS.sub(lambda run: _turned(run[0]), line)):
        yield piece[0] >= _SHAPE[0], piece


class ArabicFace:
    """The Arabic face within one PDF: sets shapes, remembers which, and puts itself into the PDF."""

    def __init__(self) -> None:
        self._used: set[int] = set()

    def shown(self, shapes: str) -> str:
        """Operand of the operator that draws ``shapes``."""
        numbers = [ord(shape) - _BASE for shape in shapes]
        self._used.update(numbers)
        return "<" + "".join([f"{number:04X}" for number in numbers]) + ">"

    def embed(self, pdf: Any) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
        """The font as an indirect object of ``pdf``; None where nothing was shown."""
        import pikepdf

        if not self._used:
            return None
        program = arabic_subset(frozenset(self._used))
        name = pikepdf.Name(name_of(program, is_bold=False, family="DejaVuSansArab"))
        about = descriptor(pdf, name, program, is_bold=False, path=arabic_file(is_bold=False))
        wide, letters = _shapes().widths, letters_of_shapes()
        widths = {number: round(EM * wide[chr(_BASE + number)]) for number in sorted(self._used)}
        return composite(pdf, name, about, widths, letters)


def _joined(word: str) -> str:
    """A word of Arabic letters as shapes."""
    shapes = _shapes()
    names = [shapes.of_letter[letter] for letter in word]
    bridge = shapes.of_letter[_TATWEEL]
    goes_on = [
        (before in shapes.first or before == bridge) and (after in shapes.last or after == bridge)
        for before, after in pairwise(names)
    ]
    forms: list[str] = []
    for name, is_after, is_before in zip(names, [False, *goes_on], [*goes_on, False], strict=True):
        table = (shapes.middle if is_before else shapes.last) if is_after else (shapes.first if is_before else {})
        form = table.get(name, name)
        if forms and (pair := shapes.pairs.get((forms[-1], form))):
            forms[-1] = pair
        else:
            forms.append(form)
    return "".join(chr(_BASE + shapes.numbers[form]) for form in forms)


def _turned(run: str) -> str:
    """A run of Arabic as it stands from left to right: backwards, its numbers and brackets as they are read."""
    if (opens := _OPENS.get(run[-1])) and opens not in run:  # it closes something before the run
        return _turned(run[:-1]) + run[-1]
    digits = _shapes().digits
    plain = "".join(digits.get(char, char) for char in run)
    turned, at = [], len(run)
    for number in reversed(list(_NUMBER.finditer(plain))):
        turned += [run[number.end() : at][::-1].translate(_MIRRORED), run[number.start() : number.end()]]
        at = number.start()
    return "".join([*turned, run[:at][::-1].translate(_MIRRORED)])


@cache
def _shapes() -> _Shapes:
    from fontTools.ttLib import TTFont

    with TTFont(arabic_file(is_bold=False), lazy=True) as font:
        letters = {chr(code): name for code, name in font.getBestCmap().items() if chr(code) in ARABIC_LETTERS}
        numbers = {name: font.getGlyphID(name) for name in font.getGlyphOrder()}
        wide = {name: advance / font["head"].unitsPerEm for name, (advance, _) in font["hmtx"].metrics.items()}
        features, pairs = _features(font["GSUB"].table)
    shapes = {chr(_BASE + number): wide[name] for name, number in numbers.items()}
    own_digits = {chr(_BASE + numbers[name]): letter for letter, name in letters.items() if letter.isdecimal()}
    return _Shapes(
        letters, features["init"], features["medi"], features["fina"], pairs, numbers,
        shapes | {letter: wide[name] for letter, name in letters.items()},
        {shape: str(int(letter)) for shape, letter in own_digits.items()},
    )  # fmt: skip


def _features(table: Any) -> tuple[Mapping[str, dict[str, str]], dict[tuple[str, str], str]]:  # noqa: ANN401 - fontTools has no types
    """Single shapes by feature, and shapes of two."""
    singles: dict[str, dict[str, str]] = {"init": {}, "medi": {}, "fina": {}}
    pairs: dict[tuple[str, str], str] = {}
    for record in table.FeatureList.FeatureRecord:
        for number in record.Feature.LookupListIndex:
            for each in table.LookupList.Lookup[number].SubTable:
                if record.FeatureTag in singles:
                    singles[record.FeatureTag] |= getattr(each, "mapping", {})
                for first, made in getattr(each, "ligatures", {}).items():
                    pairs |= {(first, one.Component[0]): one.LigGlyph for one in made if len(one.Component) == 1}
    return singles, pairs
