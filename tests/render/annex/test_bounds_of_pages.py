"""Bounds of pages on both sides: what lies at one is printed, what lies behind becomes a slip sheet or is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from flows import bounds
from flows.render.annex.geometry import frame_of
from flows.render.annex.job import TroubleError
from flows.render.annex.pdfs import wrapped_pdf
from tests.render.annex.page_kit import marked

SHEET = (300.0, 500.0)


def below(levels: int) -> Dictionary:
    """A page ``levels`` up from which stands how large it is, not counting itself."""
    node = Dictionary(MediaBox=[0, 0, *SHEET])
    for _ in range(levels):
        node = Dictionary(Parent=node)
    return node


def test_the_size_of_a_page_is_looked_for_up_to_the_bound() -> None:
    """Beyond, viewers' own sheet is taken. Opening hands down what a page inherits, so that no file comes so far."""
    most = bounds.ANNEX_TREE_DEPTH
    found = [frame_of(below(levels)) for levels in (most - 1, most)]
    assert [(frame.width, frame.height) for frame in found] == [SHEET, (612.0, 792.0)]


def test_a_page_far_down_in_its_tree_keeps_its_size(tmp_path: Path) -> None:
    with pikepdf.open(marked(tmp_path / "a.pdf")) as pdf:
        node = pdf.pages[0].obj
        del node.MediaBox
        for _ in range(bounds.ANNEX_TREE_DEPTH + 1):
            node.Parent = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
            node = node.Parent
        node.MediaBox = Array([0, 0, *SHEET])
        pdf.Root.Pages = node
        pdf.save(tmp_path / "pohon.pdf")
    assert wrapped_pdf(tmp_path / "pohon.pdf", tmp_path / "halaman.pdf").pages == 1
    with pikepdf.open(tmp_path / "halaman.pdf") as pdf:
        assert [float(value) for value in pdf.pages[0].MediaBox][2] == SHEET[0]


def with_bookmarks(path: Path, count: int) -> Path:
    with pikepdf.open(marked(path), allow_overwriting_input=True) as pdf:
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Bagian {number}", 0) for number in range(count))
        pdf.save()
    return path


def with_levels(path: Path, count: int) -> Path:
    with pikepdf.open(marked(path), allow_overwriting_input=True) as pdf:
        with pdf.open_outline() as outline:
            above = outline.root
            for number in range(count):
                above.append(pikepdf.OutlineItem(f"Tingkat {number}", 0))
                above = above[-1].children
        pdf.save()
    return path


@pytest.mark.parametrize(
    ("bound", "made"), [("ANNEX_BOOKMARKS", with_bookmarks), ("ANNEX_BOOKMARK_LEVELS", with_levels)]
)
def test_bookmarks_are_kept_up_to_the_bound(tmp_path: Path, bound: str, made: Callable[[Path, int], Path]) -> None:
    most: int = getattr(bounds, bound)
    for count in (most, most + 1):
        kept = wrapped_pdf(made(tmp_path / f"{count}.pdf", count), tmp_path / "halaman.pdf").bookmarks
        assert len(kept) == most


def test_the_title_of_a_bookmark_is_kept_up_to_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = with_bookmarks(tmp_path / "a.pdf", 1)
    titles = []
    for allowed in (len("Bagian 0"), len("Bagian 0") - 1):
        monkeypatch.setattr(bounds, "ANNEX_BOOKMARK_CHARS", allowed)
        titles.append(wrapped_pdf(source, tmp_path / "halaman.pdf").bookmarks[0].title)
    assert titles[0] == "Bagian 0"
    assert len(titles[1]) <= len("Bagian 0") - 1
    assert titles[1].startswith("Bagian")


def sized(path: Path, side: int) -> Path:
    return marked(path, {"/MediaBox": [0, 0, 200, side]})


def drawn(path: Path, size: int) -> Path:
    return marked(path, content=b"0 g 20 20 60 60 re f".ljust(size))


REFUSED: dict[str, tuple[str, int, Callable[[Path, int], Path]]] = {
    "points of a side": ("ANNEX_PAGE_POINTS", 900, sized),
    "bytes of a drawing": ("ANNEX_CONTENT_BYTES", 100_000, drawn),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_page_beyond_a_bound_is_not_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    name, value, made = REFUSED[case]
    monkeypatch.setattr(bounds, name, value)
    monkeypatch.setattr(bounds, "ANNEX_CONTENT_MATTERS_BYTES", 0)  # blanks pack too well to be measured
    assert wrapped_pdf(made(tmp_path / "tepat.pdf", value), tmp_path / "halaman.pdf").pages == 1
    with pytest.raises(TroubleError) as caught:
        wrapped_pdf(made(tmp_path / "lebih.pdf", value + 1), tmp_path / "halaman.pdf")
    assert str(caught.value) == "too-large"
