"""A file that does not keep its promises is refused, and the place is named."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from flows.errors import ExitCode, RenderError
from flows.render import binding
from flows.render.binding import bind, prove
from flows.render.binding.recall import Recall
from flows.render.values import Numbering, Pages, Sheets, Spot, Volume
from tests.render.binding import kit

Refusal: TypeAlias = Callable[[Path, Volume], str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="module")
def volume(folder: Path) -> Volume:
    return kit.volume_of_all(kit.Press(folder))


def test_the_doors_stay_open_after_their_first_use(bound: Path, volume: Volume) -> None:
    """A module of the same name would take the place of the function once it is imported."""
    prove(bound, volume)
    assert (binding.bind, binding.prove) == (bind, prove)


@pytest.fixture(scope="module")
def refusal(bound: Path, volume: Volume) -> Refusal:
    """How a file is refused; who remembers a sound one refuses it too, and with the same words."""
    sound = Recall()
    prove(bound, volume, recall=sound)

    def refused(path: Path, volume: Volume) -> str:
        with pytest.raises(RenderError) as caught:
            prove(path, volume)
        with pytest.raises(RenderError) as again:
            prove(path, volume, recall=Recall(sound.packed()))
        assert again.value.message == caught.value.message
        assert caught.value.exit_code == ExitCode.RENDERING
        assert caught.value.message.startswith("dosir.pdf tidak lolos pembacaan ulang")
        assert caught.value.repair
        return caught.value.message

    return refused


def with_part(folder: Path, volume: Volume, key: str, body: str, numbering: Numbering) -> Volume:
    return replace(volume, leaves=(*volume.leaves, kit.Press(folder).sheets(key, key.title(), body, numbering)))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p class="isi"><a href="kla:bab-4">Bab 4<span>3-9</span></a></p>', "menyebut 3-9, tetapi menuju halaman 4-1"),
        ('<p>lihat <a href="kla:q-2.1">halaman 4-1</a></p>', "menyebut 4-1, tetapi menuju halaman 4-2"),
        ('<p class="isi"><a href="kla:isi">Daftar Isi<span>iv</span></a></p>', "menyebut iv, tetapi menuju halaman i"),
    ],
)
def test_a_wrong_page_number_in_contents_and_references(
    folder: Path, volume: Volume, tmp_path: Path, body: str, told: str, refusal: Refusal
) -> None:
    lying = with_part(folder, volume, "daftar", body, Numbering("D-"))
    bind(lying, tmp_path / "dosir.pdf")
    message = refusal(tmp_path / "dosir.pdf", lying)
    assert told in message
    assert "pada halaman D-1" in message


def test_numbers_that_are_no_page_numbers_are_let_alone(folder: Path, volume: Volume, tmp_path: Path) -> None:
    body = (
        '<p><a href="kla:bab-4">Tabel 4.2</a> <a href="kla:bab-4">tahun 2023-2024</a> '
        '<a href="kla:isi">klaster v</a> <a href="kla:bab-4">Bab <b>3</b></a></p>'
    )
    honest = with_part(folder, volume, "lain", body, Numbering("D-"))
    bind(honest, tmp_path / "dosir.pdf")
    prove(tmp_path / "dosir.pdf", honest)


def test_a_page_that_prints_another_number_than_its_label(
    volume: Volume, folder: Path, tmp_path: Path, refusal: Refusal
) -> None:
    part = kit.Press(folder).sheets("bab-9", "Bab 9", "<h1>Bab 9</h1>", Numbering("9-"))
    lying = replace(volume, leaves=(*volume.leaves, replace(part, part=replace(part.part, numbering=Numbering("8-")))))
    bind(lying, tmp_path / "dosir.pdf")
    assert "halaman 8-1 mencetak nomor 9-1" in refusal(tmp_path / "dosir.pdf", lying)


def test_an_anchor_that_lies_elsewhere_than_told(volume: Volume, tmp_path: Path, refusal: Refusal) -> None:
    chapter = volume.leaves[1]
    assert isinstance(chapter, Sheets)
    anchors = {**chapter.typeset.anchors, "q-1.1": Spot(0, 0, 0)}
    moved = replace(chapter, typeset=replace(chapter.typeset, anchors=anchors))
    lying = replace(volume, leaves=(volume.leaves[0], moved, *volume.leaves[2:]))
    bind(lying, tmp_path / "dosir.pdf")
    message = refusal(tmp_path / "dosir.pdf", lying)
    assert "ke 1.1 menuju halaman 3-1 yang tidak memuatnya" in message


def test_a_document_that_is_missing(volume: Volume, tmp_path: Path, refusal: Refusal) -> None:
    without = replace(volume, leaves=volume.leaves[:-1], elsewhere={"bukti-III/12.1-03": "-"})
    bind(without, tmp_path / "dosir.pdf")
    assert "ada 10 halaman, seharusnya 12" in refusal(tmp_path / "dosir.pdf", volume)


def test_a_document_in_the_place_of_another(volume: Volume, folder: Path, tmp_path: Path, refusal: Refusal) -> None:
    """The strips say what was asked for; the pages themselves are compared with what was prepared."""
    last = volume.leaves[-1]
    assert isinstance(last, Pages)
    other = replace(last, prepared=kit.evidence(folder, 4).prepared)
    bind(replace(volume, leaves=(*volume.leaves[:-1], other)), tmp_path / "dosir.pdf")
    assert "halaman III/12.1-03 hlm. 1 bukan halaman bukti itu" in refusal(tmp_path / "dosir.pdf", volume)


def test_a_document_that_is_longer_than_told(volume: Volume, folder: Path, tmp_path: Path, refusal: Refusal) -> None:
    last = volume.leaves[-1]
    assert isinstance(last, Pages)
    cut = replace(volume, leaves=(*volume.leaves[:-1], replace(last, prepared=replace(last.prepared, pages=1))))
    bind(cut, tmp_path / "dosir.pdf")
    assert "bukti III/12.1-03 mempunyai 2 halaman, dijilid 1" in refusal(tmp_path / "dosir.pdf", cut)


def test_a_document_twice_and_one_without_pages_are_not_even_bound(volume: Volume, tmp_path: Path) -> None:
    last = volume.leaves[-1]
    assert isinstance(last, Pages)
    with pytest.raises(RenderError, match=r"III/12\.1-03 terjilid dua kali"):
        bind(replace(volume, leaves=(*volume.leaves, last)), tmp_path / "x.pdf")
    empty = replace(last, prepared=replace(last.prepared, trouble="damaged"))
    with pytest.raises(RenderError, match=r"III/12\.1-03 .*tidak mempunyai halaman"):
        bind(replace(volume, leaves=(*volume.leaves[:-1], empty)), tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def move_a_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Dest[0] = pdf.pages[3].obj


def drop_a_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]


def add_a_link(pdf: pikepdf.Pdf) -> None:
    dest = Array([pdf.pages[0].obj, Name.Fit])
    pdf.pages[3].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([9, 9, 30, 30]), Dest=dest)])


def move_a_strip_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].obj.Annots[0].Dest[0] = pdf.pages[4].obj


def move_a_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Next.Dest[0] = pdf.pages[4].obj


def rename_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[3].P = String("7-")


def swap_pages(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6], pdf.pages[7] = pdf.pages[7], pdf.pages[6]


def add_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("x"))


def add_an_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="x.txt")


def add_a_launch(pdf: pikepdf.Pdf) -> None:
    pdf.pages[8].obj.Annots[0].A = Dictionary(S=Name.Launch, F=String("x"))


def drop_one_of_two_strip_links(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[6].obj.Annots[1]


def swap_bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0], outline.root[1] = outline.root[1], outline.root[0]


def repeat_a_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        first = outline.root[0]
        outline.root.append(pikepdf.OutlineItem(first.title, destination=first.destination))


def drop_the_labels(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.PageLabels


def empty_a_chapter_s_page(pdf: pikepdf.Pdf) -> None:
    """One that no link needs: nothing else would tell it."""
    pdf.pages[3].obj.Contents = pdf.make_stream(b"")


def turn_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].obj.Rotate = 90


def drop_the_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def drop_a_page_from_the_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3].obj.StructParents


def drop_the_order_of_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3].obj.Tabs


def drop_the_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (move_a_link, "tautan ke “bab-3” pada halaman i hilang atau menuju halaman yang salah"),
        (drop_a_link, "tautan ke “bab-3” pada halaman i hilang"),
        (add_a_link, "pada halaman 4-1 tidak dikenal"),
        (move_a_strip_link, "tautan “1.1,” pada halaman III/12.1-01 hlm. 1 tidak menuju pertanyaan itu"),
        (drop_one_of_two_strip_links, "halaman III/12.1-01 hlm. 1 tidak mempunyai tautan kembali ke 2.1"),
        (swap_bookmarks, "penanda “Bab 3 Pendidikan” tidak pada urutannya"),
        (repeat_a_bookmark, "penanda “Daftar Isi” tidak dikenal"),
        (drop_the_labels, "halaman ke-1 berlabel 1, seharusnya i"),
        (empty_a_chapter_s_page, "halaman 4-1 bukan halaman naskah itu"),
        (turn_a_page, "halaman III/12.1-01 hlm. 1 bukan halaman bukti itu"),
        (drop_the_structure, "berkas tidak memuat susunan untuk pembaca layar"),
        (drop_a_page_from_the_structure, "halaman 4-1 tidak termasuk susunan untuk pembaca layar"),
        (drop_the_order_of_tabs, "halaman 4-1 tidak termasuk susunan untuk pembaca layar"),
        (drop_the_language, "berkas tidak menyebut bahasa id-ID"),
        (move_a_bookmark, "penanda “Bab 3 Pendidikan” menuju halaman yang salah"),
        (rename_labels, "halaman ke-2 berlabel 7-1, seharusnya 3-1"),
        (swap_pages, "halaman III/12.1-01 hlm. 1 bukan halaman bukti itu"),
        (add_a_script, "memuat /OpenAction"),
        (add_an_attachment, "memuat /Names"),
        (add_a_launch, "halaman III/12.1-01 hlm. 3 memuat isi aktif"),
    ],
)
def test_a_file_that_was_spoilt_after_binding(
    bound: Path, volume: Volume, tmp_path: Path, spoil: Callable[[Any], None], told: str, refusal: Refusal
) -> None:
    with pikepdf.open(bound) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "dosir.pdf")
    assert told in refusal(tmp_path / "dosir.pdf", volume)
