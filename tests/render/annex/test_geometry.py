"""Pages stand in the dossier as a viewer shows them: turned, cut, at their size, with nothing in the strip below."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from flows.render.annex.job import TroubleError
from flows.render.annex.pdfs import wrapped_pdf
from flows.render.values import STRIP_HEIGHT
from tests.render.annex.page_kit import FIELD, add_page, difference, is_white, marked, shown, shown_prepared

CROPS: Mapping[str, Any] = {
    "whole": {},
    "cut": {"/CropBox": list(FIELD)},
    "cut beyond the sheet": {"/CropBox": [-50, 30, 360, 900]},
    "corners the other way": {"/CropBox": [360, 270, 40, 30]},
    "sheet off the origin": {"/MediaBox": [20, -40, 420, 260]},
    "tall sheet": {"/MediaBox": [0, 0, 300, 400]},
}
NONSENSE: Mapping[str, Any] = {
    "beside the sheet": [500, 500, 600, 600],
    "no area": [40, 40, 40, 40],
    "words": pikepdf.Array([pikepdf.Name.Kiri, 0, 1, 2]),
    "three corners": [0, 0, 10],
    "no array": 7,
}


def check(source: Path, out: Path, *, pages: int = 1) -> None:
    """Every page looks as it did, and its strip is blank."""
    assert wrapped_pdf(source, out).pages == pages
    for number in range(pages):
        before = shown(source, number)
        after, strip = shown_prepared(out, number, size=before.size)
        assert difference(before, after) < 1.0
        assert is_white(strip)


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("crop", CROPS)
def test_a_page_looks_as_a_viewer_shows_it(tmp_path: Path, turn: int, crop: str) -> None:
    check(marked(tmp_path / "a.pdf", {"/Rotate": turn, **CROPS[crop]}), tmp_path / "b.pdf")


@pytest.mark.parametrize("crop", NONSENSE)
def test_the_whole_sheet_is_shown_where_the_cut_is_nonsense(tmp_path: Path, crop: str) -> None:
    wrapped_pdf(marked(tmp_path / "a.pdf", {"/CropBox": NONSENSE[crop]}), tmp_path / "b.pdf")
    before = shown(marked(tmp_path / "c.pdf"))
    assert difference(before, shown_prepared(tmp_path / "b.pdf", size=before.size)[0]) < 1.0


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_in_large_units_gets_its_real_size(tmp_path: Path, turn: int) -> None:
    source = marked(tmp_path / "a.pdf", {"/UserUnit": 2.5, "/Rotate": turn, "/CropBox": list(FIELD)})
    wrapped_pdf(source, tmp_path / "b.pdf")
    size = (600, 800) if turn else (800, 600)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        box = [float(value) for value in pdf.pages[0].MediaBox]
        assert "/UserUnit" not in pdf.pages[0].obj
    assert box == pytest.approx([0, 0, size[0], size[1] + STRIP_HEIGHT * size[0] / 595], abs=0.01)
    after, _ = shown_prepared(tmp_path / "b.pdf", size=size)
    plain = marked(tmp_path / "c.pdf", {"/Rotate": turn, "/CropBox": list(FIELD)})
    assert difference(shown(plain, size=size), after) < 3.0


def test_what_a_page_inherits_counts(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf)
        for key, value in (("/MediaBox", page.MediaBox), ("/Resources", page.Resources)):
            pdf.Root.Pages[key] = value
            del page[key]
        pdf.Root.Pages.Rotate = 90
        pdf.Root.Pages.CropBox = list(FIELD)
        pdf.save(tmp_path / "a.pdf")
    check(tmp_path / "a.pdf", tmp_path / "b.pdf")


def test_pages_of_all_sizes_in_one_document(tmp_path: Path) -> None:
    boxes = ([0, 0, 595, 842], [0, 0, 842, 595], [0, 0, 160, 100], [0, 0, 1684, 2384], [0, 0, 610, 936])
    with pikepdf.new() as pdf:
        for box in boxes:
            add_page(pdf, {"/MediaBox": box})
        pdf.save(tmp_path / "a.pdf")
    check(tmp_path / "a.pdf", tmp_path / "b.pdf", pages=len(boxes))
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        strips = [float(page.MediaBox[3]) - box[3] for page, box in zip(pdf.pages, boxes, strict=True)]
    assert strips == pytest.approx([STRIP_HEIGHT * max(0.5, box[2] / 595) for box in boxes], abs=0.01)


@pytest.mark.parametrize("pieces", [2, 5])
def test_a_drawing_in_pieces_is_put_together(tmp_path: Path, pieces: int) -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf)
        lines = page.Contents.read_bytes().splitlines(keepends=True)
        size = -(-len(lines) // pieces)
        page.Contents = pikepdf.Array(
            [pdf.make_stream(b"".join(lines[start : start + size])) for start in range(0, len(lines), size)]
        )
        pdf.save(tmp_path / "a.pdf")
    check(tmp_path / "a.pdf", tmp_path / "b.pdf")


def test_every_page_is_one_drawing_in_a_figure(tmp_path: Path) -> None:
    wrapped_pdf(marked(tmp_path / "a.pdf", pages=3), tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert sorted(pdf.Root.keys()) == ["/Pages", "/Type"]
        assert "/Info" not in pdf.trailer
        for page in pdf.pages:
            assert sorted(page.obj.keys()) == ["/Contents", "/MediaBox", "/Parent", "/Resources", "/Type"]
            assert page.Contents.read_bytes().split() == (
                b"/Figure <</MCID 0>> BDC q 1 0 0 1 0 14.7899 cm /Hlm Do Q EMC".split()
            )
            assert list(page.Resources.keys()) == ["/XObject"]
            assert list(page.Resources.XObject.keys()) == ["/Hlm"]


def test_a_sheet_larger_than_a_room_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(TroubleError, match="too-large"):
        wrapped_pdf(marked(tmp_path / "a.pdf", {"/MediaBox": [0, 0, 20_000, 300]}), tmp_path / "b.pdf")


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    source = marked(tmp_path / "a.pdf", {"/Rotate": 90}, pages=4)
    for name in ("b.pdf", "c.pdf"):
        wrapped_pdf(source, tmp_path / name)
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_too_narrow_for_a_strip_is_enlarged(tmp_path: Path, turn: int) -> None:
    """A scan saved at one dot a point, four points wide, once kept a whole book from being bound."""
    source = marked(tmp_path / "a.pdf", {"/MediaBox": [50, 40, 70, 60], "/Rotate": turn})
    wrapped_pdf(source, tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 150, 150 + STRIP_HEIGHT / 2]
    after, strip = shown_prepared(tmp_path / "b.pdf", size=(150, 150))
    assert difference(shown(source, size=(150, 150)), after) < 3.0
    assert is_white(strip)


@pytest.mark.parametrize("needs_picture", [False, True])
def test_a_slip_of_paper_lies_between_margins(tmp_path: Path, needs_picture: bool) -> None:  # noqa: FBT001
    """What is high enough already is not enlarged beyond a sheet; it keeps its shape."""
    content = b"0 g 0 0 40 900 re f" + (b" /Tidak" if needs_picture else b"")
    source = marked(tmp_path / "a.pdf", {"/MediaBox": [0, 0, 40, 900]}, content)
    if needs_picture:
        with pikepdf.open(source, allow_overwriting_input=True) as pdf:
            pdf.pages[0].Annots = [
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[0, 0, 40, 40], F=4)
            ]
            pdf.save(source)
    wrapped_pdf(source, tmp_path / "b.pdf")
    after, _ = shown_prepared(tmp_path / "b.pdf", size=(150, 900))
    strips = ((0, 0, 54, 900), (57, 5, 93, 895), (96, 0, 150, 900))
    left, middle, right = (after.crop(box).convert("L").getextrema() for box in strips)
    assert (left, middle, right) == ((255, 255), (0, 0), (255, 255))
