"""Indonesian words are divided as Indonesian divides them, and neither too early nor too late."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from flows.render.engine import fill
from flows.render.pdf import typeset
from flows.render.values import Numbering
from tests.builders.values import AS_OF

WORDS = "menyelenggarakan perlindungan penyelenggaraan pemberdayaan berkelanjutan kebijakan masyarakat mewujudkan " * 12
_HYPHENS = ("-", "\u00ad", "\u2010", "\ufffe", "\x02")


def test_long_lines_are_divided_between_syllables(tmp_path: Path) -> None:
    css = fill("style/page.css", {"paper": "A4", "is_draft": False, "is_labelled": True, "numbering": None})
    html = f'<html lang="id"><head><style>{css} p {{ width: 62mm }}</style></head><body><p>{WORDS}</p></body></html>'
    typeset(html, tmp_path / "a.pdf", as_of=AS_OF, title="Uji")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        lines = pdf[0].get_textpage().get_text_bounded().splitlines()
    parts = [line.rstrip()[:-1].split()[-1] for line in lines if line.rstrip().endswith(_HYPHENS)]
    assert len(parts) >= 3
    syllables = {"per", "lin", "dung", "pe", "nye", "leng", "ga", "ra", "ke", "bi", "jak", "ma", "sya", "mewu", "ber"}
    assert all(len(part) >= 3 for part in parts)
    assert all(part.endswith(tuple(syllables | {"kan", "da", "ya", "wu", "jud", "lan", "jut"})) for part in parts), (
        parts
    )


def test_the_word_that_stands_on_every_second_page_is_divided_rightly(tmp_path: Path) -> None:
    """The patterns that come with the typesetter divide it as *kelur-ahan*."""
    words = " ".join(f"{'a' * lead} desa/kelurahan" for lead in range(1, 30))
    html = f'<html lang="id"><style>p {{ width: 60mm; hyphens: auto }}</style><body><p>{words}</p></body></html>'
    typeset(html, tmp_path / "a.pdf", as_of=AS_OF, title="Uji")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        lines = pdf[0].get_textpage().get_text_bounded().splitlines()
    ends = {line.rstrip()[:-1].split()[-1] for line in lines if line.rstrip().endswith(_HYPHENS)}
    assert ends
    assert not any(end.endswith("kelur") for end in ends), ends
    assert any(end.endswith(("kelu", "kelurah")) for end in ends), ends


def test_nothing_in_the_control_report_is_divided() -> None:
    """It names commands and files to type."""
    css = fill("control/kendali.css", {"paper": "A4", "numbering": Numbering()})
    assert re.search(r"body \{[^}]*hyphens: manual", css)
    assert "hyphens: auto" not in css


def test_running_heads_are_never_divided(tmp_path: Path) -> None:
    """Names of offices stand in them, right-aligned and in a hurry to be recognised."""
    css = fill("style/page.css", {"paper": "A4", "is_draft": True, "is_labelled": True, "numbering": None})
    offices = [f"Dinas {'P' * lead} Pekerjaan Umum, Penataan Ruang, Perumahan, dan Permukiman" for lead in range(1, 25)]
    marks = "".join(f'<section><h1 style="string-set: bagian content()">{each}</h1></section>' for each in offices)
    html = f'<html lang="id"><style>{css} section {{ break-before: page }}</style><body>{marks}</body></html>'
    typeset(html, tmp_path / "a.pdf", as_of=AS_OF, title="Uji")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        heads = [page.get_textpage().get_text_bounded(bottom=page.get_height() - 77).splitlines() for page in pdf]
    heads = [lines for lines in heads if any("Dinas" in line for line in lines)]
    assert len(heads) >= len(offices) - 1
    assert not [line for lines in heads for line in lines if line.rstrip().endswith(_HYPHENS)], heads


@pytest.mark.parametrize("word", ["PAUD-HI", "e-PPGBM", "COVID-19"])
def test_no_line_ends_within_an_abbreviation(tmp_path: Path, word: str) -> None:
    """Readers take its hyphen for that of a divided word: searched for, *PAUD-HI* would not be found."""
    lines = "".join(f"<p style='width: {width}mm'>Anak Usia Dini ({word}) lagi</p>" for width in range(26, 50))
    html = f'<html lang="id"><body><h1>Indikator {word}</h1>{lines}<p>SK_{word}.pdf, anak-anak</p></body></html>'
    made = typeset(html, tmp_path / "a.pdf", as_of=AS_OF, title="Uji")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert text.count(word) == 24 + 2, text
    assert "\u2060" not in text
    assert [mark.title for mark in made.bookmarks] == [f"Indikator {word}"]
