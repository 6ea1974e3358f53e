"""Arabic on pages drawn by hand: joined as it is written, leftwards among Latin letters, and told back as text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from flows.render.annex.arabic import joined, runs
from flows.render.annex.paper import Paper
from flows.render.annex.typeface import printable
from flows.render.binding.pdfa import of_fonts
from flows.render.binding.pdfa.rules import Book
from flows.render.way_back import arabic_file, letters_of_shapes


def shapes_of(text: str) -> list[str]:
    """What Unicode calls the shapes of a word: letter and place."""
    with TTFont(arabic_file(is_bold=False)) as font:
        names = {font.getGlyphID(name): chr(code) for code, name in font.getBestCmap().items()}
    return [unicodedata.name(names[ord(shape) - 0xE000]) for shape in joined(text)]


def test_letters_take_the_shape_they_have_beside_their_neighbours() -> None:
    forms = [name.rpartition(" ")[0] for name in shapes_of("محمد")]
    assert forms == [f"ARABIC LETTER {each}" for each in ("MEEM INITIAL", "HAH MEDIAL", "MEEM MEDIAL", "DAL FINAL")]
    assert shapes_of("سلام")[1] == "ARABIC LIGATURE LAM WITH ALEF FINAL FORM"


def test_text_without_arabic_is_not_touched() -> None:
    assert joined("Kota Contoh – 12.1") == "Kota Contoh – 12.1"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("Nama: محمد, 2023", "Nama: دمحم, 2023"),
        ("محمد (علي) Ali", "(يلع) دمحم Ali"),
        ("(Ali, علي) dan", "(Ali, يلع) dan"),
        ("تاريخ 12/5/2023 تاريخ", "خيرات 12/5/2023 خيرات"),
    ],
)
def test_a_run_goes_leftwards_and_its_numbers_and_brackets_do_not(line: str, seen: str) -> None:
    letters = letters_of_shapes()
    drawn = "".join(piece for _, piece in runs(joined(line)))
    assert "".join(letters[ord(char) - 0xE000] if char >= "\ue000" else char for char in drawn) == seen


def test_pages_with_arabic_can_be_read_back_and_archived(tmp_path: Path) -> None:
    paper = Paper((595.28, 841.89))
    paper.begin(is_wide=False)
    for text in ("Nama: محمد عبد الله (1445)", "بِسْمِ اللهِ", "ڤمرينته کوتا جاڠن ڽاڽي"):
        paper.write(paper.regular, 10, paper.regular.wrap(printable(text), 40))
    made = paper.save(tmp_path / "halaman.pdf")
    with pypdfium2.PdfDocument(made.path) as pdf:
        read = pdf[0].get_textpage().get_text_bounded()
    for word in ("محمد", "عبد", "بسم", "کوتا", "(1445)"):
        assert word in read
    with pikepdf.open(made.path) as pdf:
        assert not [breach for rule in of_fonts.RULES for breach in rule.breaches(Book(made.path, pdf))]
