"""Typeset parts become one book: one structure, links that land, an outline, page labels; twice the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from flows.errors import RenderError
from flows.render.binding import bind
from flows.render.ready import LINKS, STRUCTURE
from flows.render.values import Numbering, Sheets
from tests.render.binding import kit


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> kit.Press:
    return kit.Press(tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def leaves(press: kit.Press) -> tuple[Sheets, ...]:
    return kit.book(press)


@pytest.fixture(scope="module")
def bound(leaves: tuple[Sheets, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bound") / "dosir.pdf"
    bind(kit.volume(leaves), path)
    return path


@pytest.fixture
def pdf(bound: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(bound) as opened:
        yield opened


def test_every_link_lands_on_the_page_it_names_and_says_so(pdf: pikepdf.Pdf) -> None:
    pages = kit.page_numbers(pdf)
    found = [
        (number, pages[link.Dest[0].objgen], str(link.Contents)) for number, link in kit.links(pdf) if "/Dest" in link
    ]
    assert found[0] == (0, 1, "Ke halaman 3-1")
    assert (0, 2, "Ke pertanyaan 1.1, halaman 3-2") in found
    assert (0, 3, "Ke halaman 4-1") in found
    assert (1, 2, "Ke pertanyaan 1.1, halaman 3-2") in found
    assert (1, 4, "Ke pertanyaan 2.1, halaman 4-2") in found
    assert (4, 2, "Ke pertanyaan 1.1, halaman 3-2") in found
    assert [str(link.A.URI) for _, link in kit.links(pdf) if "/A" in link] == ["https://contoh.invalid/"]


def test_no_placeholder_is_left_in_the_file(bound: Path, tmp_path: Path) -> None:
    with pikepdf.open(bound) as pdf:
        pdf.save(tmp_path / "plain.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"kla:" not in (tmp_path / "plain.pdf").read_bytes()


def test_every_cell_names_heads_of_its_own_table(pdf: pikepdf.Pdf) -> None:
    names = [str(element.ID) for element in kit.elements(pdf) if "/ID" in element]
    assert len(names) == len(set(names)) == 4 * 4
    tables = 0
    for table in (each for each in kit.elements(pdf) if each.S == "/Table"):
        rows = [row for body in table.K if body.S in ("/THead", "/TBody") for row in body.K]
        heads = {str(cell.ID) for row in rows for cell in row.K if cell.S == "/TH"}
        asked = [str(name) for row in rows for cell in row.K if cell.S == "/TD" for name in cell.A.Headers]
        assert len(asked) == 4
        assert set(asked) <= heads
        tables += 1
    assert tables == 4
    assert sorted(names) == [key for key, _ in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items()]


def test_every_head_says_whether_it_heads_a_column_or_a_row(pdf: pikepdf.Pdf) -> None:
    for table in (each for each in kit.elements(pdf) if each.S == "/Table"):
        for body in (each for each in table.K if each.S in ("/THead", "/TBody")):
            scope = "/Column" if body.S == "/THead" else "/Row"
            assert {str(cell.A.Scope) for row in body.K for cell in row.K if cell.S == "/TH"} <= {scope}


def test_every_mark_and_every_link_has_its_place_in_the_one_tree(pdf: pikepdf.Pdf) -> None:
    in_tree = {element.objgen for element in kit.elements(pdf)}
    parents = kit.parents(pdf)
    for page in pdf.pages:
        marks = [int(properties.MCID) for _, properties in kit.marked(page) if "/MCID" in properties]
        assert marks
        assert [parents[int(page.obj.StructParents)][mark].objgen in in_tree for mark in marks] == [True] * len(marks)
    for _, link in kit.links(pdf):
        element = parents[link.StructParent]
        assert element.S == "/Link"
        assert element.objgen in in_tree
        assert link.objgen in {kid.Obj.objgen for kid in element.K if not isinstance(kid, int) and "/Obj" in kid}


def test_text_has_no_element_that_says_nothing(pdf: pikepdf.Pdf) -> None:
    holders = {str(each.S) for each in kit.elements(pdf) if any(isinstance(kid, int) for kid in each.K)}
    assert {"/H1", "/TD", "/TH", "/Caption", "/Link"} <= holders
    bare = [each for each in kit.elements(pdf) if each.S == "/Span" and str(each.P.S) in holders - {"/Span"}]
    assert not any(len(each.K) == 1 and isinstance(each.K[0], int) and each.P.S != "/Link" for each in bare)


def test_nothing_is_left_of_what_parts_bring_along(pdf: pikepdf.Pdf) -> None:
    assert not any(key in page.obj for page in pdf.pages for key in (STRUCTURE, LINKS))
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    assert sum(each.get("/Type") == "/StructTreeRoot" for each in found) == 1


def test_running_heads_and_page_numbers_are_not_read_aloud(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        assert [str(role) for role, _ in kit.marked(page)].count("/Artifact") >= 2


def test_the_tree_is_in_the_order_of_the_pages(pdf: pikepdf.Pdf) -> None:
    pages = kit.page_numbers(pdf)
    document = pdf.Root.StructTreeRoot.K[0]
    assert [str(part.T) for part in document.K] == ["Bagian depan", "Bab 3", "Bab 4"]
    begun = [pages[element.Pg.objgen] for part in document.K for element in part.K]
    assert begun == sorted(begun)


def test_pages_are_labelled_as_they_are_numbered(pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages] == ["i", "3-1", "3-2", "4-1", "4-2"]


def test_the_outline_follows_the_headings(pdf: pikepdf.Pdf) -> None:
    pages = kit.page_numbers(pdf)
    found = [(title, pages[page], [below for below, *_ in inner]) for title, page, inner in kit.outline(pdf)]
    assert found == [
        ("Daftar Isi", 0, []),
        ("Bab 3 Pendidikan", 1, ["1.1 Pertanyaan contoh"]),
        ("Bab 4 Kesehatan", 3, ["2.1 Pertanyaan contoh"]),
    ]
    assert pdf.Root.Outlines.Count == 3
    assert pdf.Root.Outlines.First.Next.Count == -1


def test_the_file_says_what_it_is_and_claims_nothing(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.Lang == "id-ID"
    assert pdf.Root.PageMode == "/UseOutlines"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "Dosir Uji"
    assert str(pdf.docinfo.CreationDate) == "D:20250331000000Z"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Dosir Uji"
        assert metadata["xmp:CreateDate"] == "2025-03-31T00:00:00+00:00"
        assert metadata.pdfa_status == ""


def test_the_same_volume_gives_the_same_bytes(leaves: tuple[Sheets, ...], bound: Path, tmp_path: Path) -> None:
    document = bind(kit.volume(leaves), tmp_path / "lagi" / "dosir.pdf")
    assert (tmp_path / "lagi" / "dosir.pdf").read_bytes() == bound.read_bytes()
    assert (document.name, document.pages) == ("dosir.pdf", 5)


def test_a_link_to_nowhere_is_refused_with_part_and_anchor(
    press: kit.Press, leaves: tuple[Sheets, ...], tmp_path: Path
) -> None:
    lost = press.sheets("bab-5", "Bab 5", '<p><a href="kla:q-9.9">lihat</a></p>', Numbering("5-"))
    with pytest.raises(RenderError, match=r"Bab 5 .*“q-9\.9” yang tidak ada"):
        bind(kit.volume((*leaves, lost)), tmp_path / "x.pdf")


def test_a_link_to_another_volume_becomes_text(press: kit.Press, leaves: tuple[Sheets, ...], tmp_path: Path) -> None:
    far = press.sheets("bab-6", "Bab 6", '<p><a href="kla:q-9.9">lihat <b>9.9</b></a></p>', Numbering("6-"))
    bind(kit.volume((*leaves, far), elsewhere={"q-9.9": "jilid lain"}), tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert not pdf.pages[-1].obj.Annots
        last = pdf.pages[-1].obj.objgen
        roles = [str(each.S) for each in kit.elements(pdf) if "/Pg" in each and each.Pg.objgen == last]
        assert roles[0] == "/P"
        assert "/Link" not in roles
        assert sum(mark is not None for mark in kit.parents(pdf)[int(pdf.pages[-1].obj.StructParents)]) == 2


def test_a_page_is_never_bound_twice(leaves: tuple[Sheets, ...], tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="dua kali"):
        bind(kit.volume((*leaves, leaves[1])), tmp_path / "x.pdf")
