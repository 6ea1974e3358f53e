"""A part made ready to be bound: what its structure holds, and in which order it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from flows.render.pdf import typeset
from flows.render.ready import LINKS, STRUCTURE
from tests.render.binding import kit

_BODY = """<h1 id="atas">Judul <span style="display: block">contoh</span></h1>
<p>Satu <b>dua <i>tiga</i></b> empat<b></b></p>
<table><thead><tr><th>Kepala <span>contoh</span></th></tr></thead>
<tbody><tr><td><b>isi</b> <a href="#atas">tautan</a> akhir</td></tr></tbody></table>
<div>baris pertama</div><div>baris <b>kedua</b></div>"""


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pikepdf.Pdf]:
    out: Path = tmp_path_factory.mktemp("bagian") / "bagian.pdf"
    html = f'<html lang="id"><head><title>Contoh</title></head><body>{_BODY}</body></html>'
    typeset(html, out, as_of=date(2025, 3, 31), title="Bagian contoh", part="contoh")
    with pikepdf.open(out) as pdf:
        yield pdf


def _shape(element: Any) -> Any:  # noqa: ANN401 - a tree of names and numbers
    """An element as its role and what hangs below it; ``link`` for where one lies."""
    if isinstance(element, int):
        return element
    if element.get("/Type") == "/OBJR":
        return "link"
    return str(element.S)[1:], [_shape(kid) for kid in element.K]


def test_elements_that_say_nothing_are_gone_and_what_they_hold_is_read_in_the_same_order(part: pikepdf.Pdf) -> None:
    heading, text, table, first, second = (_shape(each) for each in part.pages[0][STRUCTURE].K[0].K)
    assert heading == ("H1", [0, 1])
    assert text == ("P", [2, 3, 4, 5])
    assert table == (
        "Table",
        [
            ("THead", [("TR", [("TH", [6, 7])])]),
            ("TBody", [("TR", [("TD", [8, 9, ("Link", ["link", 10]), 11])])]),
        ],
    )
    # A division only groups others: what it says stays an element, and its end the end of a line.
    assert first == ("Div", [("Span", [12])])
    assert second[0] == "Div"
    assert [mark for _, marks in second[1] for mark in marks] == [13, 14]


def test_text_and_links_still_say_where_they_belong(part: pikepdf.Pdf) -> None:
    page, parents = part.pages[0], kit.parents(part)
    for element in kit.elements(part):
        assert all(kid.P.objgen == element.objgen for kid in element.K if not isinstance(kid, int) and "/S" in kid)
        for mark in (kid for kid in element.K if isinstance(kid, int)):
            assert parents[0][mark].objgen == element.objgen
    (link,) = page[LINKS]
    around = parents[int(link.StructParent)]
    assert around.S == "/Link"
    assert [kid.Obj.objgen for kid in around.K if not isinstance(kid, int)] == [link.objgen]


def test_nothing_is_left_of_what_was_taken_out(part: pikepdf.Pdf) -> None:
    found = [each for each in part.objects if isinstance(each, pikepdf.Dictionary)]
    kept = {each.objgen for each in found if each.get("/Type") == "/StructElem"}
    assert kept == {element.objgen for element in kit.elements(part)}
    assert not any(each.get("/Type") == "/OBJR" for each in found)
