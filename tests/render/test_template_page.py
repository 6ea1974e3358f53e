"""The page on templates: its example does what it says, and its lists are those of the code."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.framework.dress import changeable_templates
from flows.model import Dress
from flows.render import check_dress
from tests.builders.template_pictures import PICTURES, ROOT, demo_book, example
from tests.builders.template_values import table
from tests.builders.values import case
from tests.render.printing import book_of

PAGE = (ROOT / "docs" / "templat.md").read_text(encoding="utf-8")


def test_the_example_changes_its_sentence_and_nothing_else() -> None:
    name, text = example()
    check_dress(Dress(templates=((name, text),)))
    before, after = demo_book().front({}).html, demo_book(((name, text),)).front({}).html
    assert "Puji syukur kami panjatkan" in before
    assert "Puji syukur kami panjatkan" not in after
    new = "kami persembahkan kepada anak-anak Kota Contoh."
    assert new in after
    first, second = ([line for line in html.split("\n") if line.strip()] for html in (before, after))
    assert [line for line in first if "Puji syukur" not in line] == [line for line in second if new not in line]


def test_the_table_of_values_is_that_of_the_templates() -> None:
    assert table() in PAGE, "buat ulang: python -m tests.builders.template_values"


def test_the_shared_values_are_those_every_page_gets() -> None:
    value = case(shape={"KL": (1,)})
    listed = re.search(r"nilai bersama ini: (.*?)\.\n", PAGE, re.DOTALL)
    assert listed is not None
    given = {*book_of(replace(value))._shared, "naskah", "jenis"}
    assert set(re.findall(r"`(\w+)`", listed[1])) == given


def test_every_picture_is_there_and_shown() -> None:
    for name in PICTURES:
        assert (ROOT / "docs" / "img" / f"{name}.png").stat().st_size < 60_000
        assert f"img/{name}.png" in PAGE


def test_every_template_named_on_the_page_can_be_changed() -> None:
    named = set(re.findall(r"`(?:naskah/)?(?:templat/)?((?:dossier|control|style)/[\w-]+\.\w+)`", PAGE))
    assert named <= set(changeable_templates())
    assert "dossier/depan.css" in named
