"""Whatever the typesetter draws can be read back: Arabic with its vowel signs is archived like all else."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from flows.render.binding.pdfa import of_fonts
from flows.render.binding.pdfa.rules import Book
from flows.render.engine import fill
from flows.render.pdf import typeset
from tests.builders.values import AS_OF

_SIGNS = [chr(code) for code in (*range(0x064B, 0x0653), 0x0670)]


@pytest.mark.parametrize("tag", ["span", "strong"])
def test_every_shape_says_what_it_is(tag: str, tmp_path: Path) -> None:
    """Hamza upon a letter and a vowel sign change places when they are drawn: the second was told as nothing."""
    words = [f"{letter}{one}{two}\u062a" for letter in "بئآؤإ" for one in _SIGNS for two in ("", *_SIGNS)]
    style = fill("style/page.css", {"paper": "A4", "is_draft": False, "is_labelled": False, "numbering": None})
    for place, word in enumerate(words[::7]):
        html = f'<html lang="id"><style>{style}</style><p><{tag}>Nama: {word}</{tag}></p></html>'
        typeset(html, tmp_path / f"{place}.pdf", as_of=AS_OF, title="uji")
        with pikepdf.open(tmp_path / f"{place}.pdf") as pdf:
            book = Book(tmp_path / f"{place}.pdf", pdf)
            assert not [breach for rule in of_fonts.RULES for breach in rule.breaches(book)], word
