"""Indonesian words are divided as Indonesian divides them, and neither too early nor too late."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from flows.render.engine import fill
from flows.render.pdf import typeset
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
