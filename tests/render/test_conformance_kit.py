"""The kit that other tests hold against our PDFs finds what a screen reader would stumble over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from flows.render.binding import bind
from tests.render.binding import kit
from tests.render.conformance_kit import findings, in_order


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bound book."""
    folder = tmp_path_factory.mktemp("buku")
    bind(kit.volume(kit.book(kit.Press(folder))), folder / "dosir.pdf")
    return folder / "dosir.pdf"


def _first(pdf: Pdf, kind: str) -> Object:
    return next(each for each in in_order(pdf) if str(each.S) == kind)


def _link(pdf: Pdf) -> Object:
    return next(each for page in pdf.pages for each in page.obj.get("/Annots", []))


def _retyped(kind: str, name: str) -> Callable[[Pdf], None]:
    return lambda pdf: _first(pdf, kind).__setitem__("/S", Name(name))


def _headless(pdf: Pdf) -> None:
    for each in in_order(pdf):
        if each.S == "/TH":
            each.S = Name.TD


def _foreign_head(pdf: Pdf) -> None:
    cell = next(each for each in in_order(pdf) if each.S == "/TD")
    cell.A = Dictionary(O=Name.Table, Headers=Array([String("tiada")]))


def _widened(kind: str, key: str) -> Callable[[Pdf], None]:
    return lambda pdf: _first(pdf, kind).__setitem__("/A", Dictionary({"/O": Name.Table, key: 2}))


def _overlapping(pdf: Pdf) -> None:
    """A cell reaches down into the next row, whose head reaches to the right."""
    _widened("/TD", "/RowSpan")(pdf)
    rows = [each for each in in_order(pdf) if each.S == "/TR"]
    rows[2].K[0].A = Dictionary(O=Name.Table, ColSpan=2)


def _headed_by_nobody(pdf: Pdf) -> None:
    for each in in_order(pdf):
        if str(each.S) in ("/TH", "/TD"):
            each.A = Dictionary(O=Name.Table)


def test_a_bound_book_can_be_read_by_everyone(book: Path) -> None:
    assert findings(book) == []


@pytest.mark.parametrize(
    ("told", "change"),
    [
        ("title: none", lambda pdf: pdf.docinfo.__delitem__("/Title")),
        ("title: the window", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
        ("language: not Indonesian", lambda pdf: pdf.Root.__setitem__("/Lang", String("en"))),
        ("outline: none", lambda pdf: pdf.Root.__delitem__("/Outlines")),
        ("heading: ", _retyped("/H1", "/H3")),
        ("table: ", _retyped("/TR", "/P")),
        ("table: ", _retyped("/TD", "/P")),
        ("has no heads", _headless),
        ("is no grid of ", _widened("/TD", "/ColSpan")),
        ("is no grid of ", _widened("/TD", "/RowSpan")),
        ("lies upon another cell", _overlapping),
        ("has no head", _headed_by_nobody),
        ("figure: ", lambda pdf: _first(pdf, "/P").__setitem__("/S", Name.Figure)),
        ("note: ", _retyped("/P", "/Note")),
        ("names heads of another table", _foreign_head),
        ("link: page 1, not in the tree", lambda pdf: _link(pdf).__delitem__("/StructParent")),
        ("link: page 1, says nothing", lambda pdf: _link(pdf).__setitem__("/Contents", String(" "))),
        ("link: page 1, leads nowhere", lambda pdf: _link(pdf).__delitem__("/Dest")),
        ("order: page 1", lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs")),
        ("marked: page 1", lambda pdf: pdf.pages[0].contents_add(b"0 0 9 9 re f")),
        ("font-embedded", lambda pdf: _font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2")),
    ],
)
def test_the_kit_finds(book: Path, tmp_path: Path, told: str, change: Callable[[Pdf], object]) -> None:
    changed = tmp_path / "ubah.pdf"
    with pikepdf.open(book) as pdf:
        change(pdf)
        pdf.save(changed)
    assert any(told in said for said in findings(changed)), findings(changed)


def _font(pdf: Pdf) -> Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))
