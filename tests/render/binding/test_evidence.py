"""Evidence in a book: joined, stamped, linked back, outlined; nothing of its own structure or actions comes along."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from flows.errors import RenderError
from flows.framework import load_framework
from flows.render.binding import bind, prove
from flows.render.binding.strip import compose
from flows.render.values import Bookmark, Numbering, Pages, Sheets, Spot, Volume
from tests.builders.prepared import A4, strip_height, write_prepared
from tests.render.binding import kit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="module")
def leaves(folder: Path) -> tuple[Sheets | Pages, ...]:
    """A book with an annex: two documents, between them one that a slip sheet stands for."""
    press = kit.Press(folder)
    first = kit.evidence(folder, 1, 3, questions=("1.1", "2.1"))
    marks = (Bookmark("Pasal 1", 1, Spot(0, 0, 700)), Bookmark("Ayat 1", 2, Spot(2, 0, 700)))
    first = replace(first, prepared=replace(first.prepared, bookmarks=marks))
    return (*kit.book(press), kit.annex(press), first, kit.slip(press, 2), kit.evidence(folder, 3))


@pytest.fixture(scope="module")
def volume(leaves: tuple[Sheets | Pages, ...]) -> Volume:
    return kit.volume(leaves)


@pytest.fixture
def pdf(bound: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(bound) as opened:
        yield opened


def test_the_book_is_proven_by_reading_it_back(bound: Path, volume: Volume) -> None:
    before = bound.read_bytes()
    prove(bound, volume)
    assert bound.read_bytes() == before


def test_every_page_of_evidence_says_whose_it_is_and_what_it_answers(bound: Path) -> None:
    texts = kit.shown(bound)
    assert len(texts) == 12
    assert "Isi dokumen 1 halaman 1" in texts[6]
    assert "III/12.1-01 hlm. 1 dari 3 Dokumen Contoh 1" in texts[6]
    assert "menjawab" in texts[6]
    assert "1.1, 2.1" in texts[6]
    assert "sha256 00000001" in texts[8]
    assert "Dinas Contoh" in texts[8]
    assert "Lembar pengganti" in texts[9]
    assert "III/12.1-03 hlm. 2 dari 2" in texts[11]
    assert not any("DRAF" in text for text in texts)


def test_a_draft_says_so_on_every_page_of_evidence(leaves: tuple[Sheets | Pages, ...], tmp_path: Path) -> None:
    draft = kit.volume(leaves, is_draft=True)
    bind(draft, tmp_path / "x.pdf")
    texts = kit.shown(tmp_path / "x.pdf")
    assert ["DRAF – INTERNAL" in texts[number] for number in (6, 7, 8, 10, 11)] == [True] * 5
    prove(tmp_path / "x.pdf", draft)


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_house_says_so_on_every_page_of_evidence(
    leaves: tuple[Sheets | Pages, ...], tmp_path: Path, *, is_draft: bool
) -> None:
    house = replace(kit.volume(leaves, is_draft=is_draft), is_internal=True)
    bind(house, tmp_path / "x.pdf")
    texts = [kit.shown(tmp_path / "x.pdf")[number] for number in (6, 7, 8, 10, 11)]
    assert ["HANYA UNTUK KALANGAN SENDIRI" in text for text in texts] == [True] * 5
    assert ["DRAF – INTERNAL" in text for text in texts] == [is_draft] * 5
    prove(tmp_path / "x.pdf", house)
    bind(replace(house, is_internal=False), tmp_path / "y.pdf")
    with pytest.raises(RenderError, match=r"tidak menampilkan “HANYA UNTUK KALANGAN SENDIRI”"):
        prove(tmp_path / "y.pdf", house)


def test_claims_lead_to_evidence_and_evidence_leads_back(pdf: pikepdf.Pdf) -> None:
    pages = kit.page_numbers(pdf)
    found = [
        (number, pages[link.Dest[0].objgen], str(link.Contents)) for number, link in kit.links(pdf) if "/Dest" in link
    ]
    assert [each for each in found if each[0] == 5] == [
        (5, 6, "Ke bukti III/12.1-01 hlm. 1"),
        (5, 9, "Ke bukti III/12.1-02"),
        (5, 10, "Ke bukti III/12.1-03 hlm. 1"),
        (5, 9, "Ke bukti III/12.1-02"),
    ]
    assert [each for each in found if each[0] == 7] == [
        (7, 2, "Ke pertanyaan 1.1, halaman 3-2"),
        (7, 4, "Ke pertanyaan 2.1, halaman 4-2"),
    ]


def test_links_of_a_strip_lie_on_what_they_name_and_below_the_evidence(pdf: pikepdf.Pdf) -> None:
    strip = strip_height(A4[0])
    for number, link in kit.links(pdf):
        if number >= 6:
            left, bottom, right, top = (float(edge) for edge in link.Rect)
            assert 0 < left < right < A4[0]
            assert 0 <= bottom < top < strip


def test_labels_and_outline_name_the_exhibits(pdf: pikepdf.Pdf) -> None:
    labels = [page.label for page in pdf.pages][5:]
    assert labels == [
        "L-1", "III/12.1-01 hlm. 1", "III/12.1-01 hlm. 2", "III/12.1-01 hlm. 3", "III/12.1-02",
        "III/12.1-03 hlm. 1", "III/12.1-03 hlm. 2",
    ]  # fmt: skip
    title, _, below = kit.outline(pdf)[-1]
    assert title == "Lampiran III"
    assert [each[0] for each in below] == [
        "III/12.1-01 Dokumen Contoh 1", "III/12.1-02 Dokumen Contoh 2", "III/12.1-03 Dokumen Contoh 3",
    ]  # fmt: skip
    pages = kit.page_numbers(pdf)
    assert [(each[0], pages[each[1]], [(last[0], pages[last[1]]) for last in each[2]]) for each in below[0][2]] == [
        ("Pasal 1", 6, [("Ayat 1", 8)])
    ]


def test_a_page_of_evidence_is_a_described_figure_below_its_heading(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    assert [str(part.S) for part in document.K] == ["/Part"] * 4 + ["/Sect", "/Part", "/Sect"]
    section = document.K[4]
    assert [str(each.S) for each in section.K] == ["/H2", "/Figure", "/P"] + ["/Figure", "/P"] * 2
    assert str(section.K[3].Alt) == "Halaman 2 dari 3: Dokumen Contoh 1, Dinas Contoh"


def test_every_mark_and_link_of_every_page_is_in_the_tree(pdf: pikepdf.Pdf) -> None:
    assert kit.loose_ends(pdf) == []
    numbers = list(kit.parents(pdf))
    assert numbers == sorted(numbers)
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey > max(numbers)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_any_order_of_leaves_the_structure_stays_whole(
    data: st.DataObject, leaves: tuple[Sheets | Pages, ...], tmp_path: Path
) -> None:
    anyhow = kit.volume(data.draw(st.permutations(leaves)))
    bind(anyhow, tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert kit.loose_ends(pdf) == []
    prove(tmp_path / "x.pdf", anyhow)


def test_only_the_asked_pages_of_a_part_are_bound_with_their_structure(folder: Path, tmp_path: Path) -> None:
    whole = kit.book(kit.Press(folder))[1]
    second = kit.volume([replace(whole, first=1)], elsewhere={"q-2.1": "jilid lain"})
    bind(second, tmp_path / "x.pdf")
    prove(tmp_path / "x.pdf", second)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert [page.label for page in pdf.pages] == ["3-2"]
        assert kit.loose_ends(pdf) == []
        pdf.save(tmp_path / "plain.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"Bab 3 Pendidikan" not in (tmp_path / "plain.pdf").read_bytes()


def test_nothing_but_its_pages_comes_along_with_evidence(
    leaves: tuple[Sheets | Pages, ...], folder: Path, tmp_path: Path
) -> None:
    with pikepdf.open(folder / "0003.pdf") as pdf:
        root = pdf.Root
        root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
        root.Outlines = pdf.make_indirect(Dictionary(Title=String("bocor")))
        root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript)])))
        root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("bocor()"))
        root.AcroForm = Dictionary(Fields=Array([]))
        pdf.docinfo.Title = "bocor"
        pdf.save(tmp_path / "kotor.pdf")
    last = leaves[-1]
    assert isinstance(last, Pages)
    spoilt = kit.volume((*leaves[:-1], replace(last, prepared=replace(last.prepared, path=tmp_path / "kotor.pdf"))))
    bind(spoilt, tmp_path / "x.pdf")
    prove(tmp_path / "x.pdf", spoilt)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert not {"/Names", "/OpenAction", "/AcroForm"} & set(pdf.Root.keys())
        pdf.save(tmp_path / "plain.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"bocor" not in (tmp_path / "plain.pdf").read_bytes()


def test_the_same_volume_gives_the_same_bytes(volume: Volume, bound: Path, tmp_path: Path) -> None:
    bind(volume, tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == bound.read_bytes()


def test_an_exhibit_that_answers_an_unknown_question_is_refused(
    leaves: tuple[Sheets | Pages, ...], folder: Path, tmp_path: Path
) -> None:
    stray = kit.evidence(folder, 7, questions=("9.9",))
    with pytest.raises(RenderError, match=r"III/12\.1-07 .*9\.9"):
        bind(kit.volume((*leaves, stray)), tmp_path / "x.pdf")
    bind(kit.volume((*leaves, stray), elsewhere={"q-9.9": "jilid lain"}), tmp_path / "x.pdf")
    assert "menjawab 9.9" in kit.shown(tmp_path / "x.pdf")[-1]


def test_strips_of_odd_pages_stay_within_them(folder: Path, tmp_path: Path) -> None:
    sizes = [(842.0, 595.0), (180.0, 260.0), (2384.0, 3370.0)]
    write_prepared(tmp_path / "aneh.pdf", sizes, words="Ukuran")
    book = kit.book(kit.Press(folder))
    questions = ("1.1", "2.1") * 30
    odd = Pages(
        kit.exhibit(8, questions=questions),
        replace(kit.evidence(folder, 3).prepared, path=tmp_path / "aneh.pdf", pages=3),
    )
    volume = replace(kit.volume((*book, odd), is_draft=True), is_internal=True)
    bind(volume, tmp_path / "x.pdf")
    prove(tmp_path / "x.pdf", volume)
    texts = kit.shown(tmp_path / "x.pdf")[-3:]
    assert all("lainnya" in text for text in texts)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        for (width, _), page in zip(sizes, list(pdf.pages)[-3:], strict=True):
            rights = [float(link.Rect[2]) for link in page.obj.Annots]
            assert rights
            assert max(rights) < width
            assert max(float(link.Rect[3]) for link in page.obj.Annots) < strip_height(width)


@pytest.mark.parametrize("answered", [1, 9, 60])
def test_a_long_name_of_an_agency_ends_before_the_hash_and_covers_no_question(
    folder: Path, tmp_path: Path, answered: int
) -> None:
    agency = "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan, dan Perlindungan Anak"
    leaf = kit.evidence(folder, 9, 1)
    leaf = replace(leaf, exhibit=replace(leaf.exhibit, agency=agency, questions=("1.1", "2.1") * answered))
    volume = kit.volume((*kit.book(kit.Press(folder)), leaf))
    bind(volume, tmp_path / "x.pdf")
    prove(tmp_path / "x.pdf", volume)
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as read:
        page = read[len(read) - 1]
        text = page.get_textpage()
        line = text.get_text_bounded(bottom=0, top=11)
        boxes = sorted(text.get_rect(number) for number in range(text.count_rects()))
    assert "menjawab 1.1" in line
    lower = [box for box in boxes if box[3] < 11]
    assert all(left[2] <= right[0] + 0.5 for left, right in pairwise(lower))
    assert ("Dinas Pengendalian" in line) is (answered < 60)


def test_letters_below_the_line_of_a_label_are_no_part_of_the_links_under_it(folder: Path, tmp_path: Path) -> None:
    """Question 1.3zg of the instrument: its label hangs over the link to it, and reading back once took both."""
    leaf = kit.evidence(folder, 9, 1)
    leaf = replace(leaf, exhibit=replace(leaf.exhibit, label="KL/gjpqy,gjpqy,gjpqy-09", title="gjpqy (gjpqy)"))
    volume = kit.volume((*kit.book(kit.Press(folder)), leaf))
    bind(volume, tmp_path / "x.pdf")
    prove(tmp_path / "x.pdf", volume)


def test_a_document_of_every_question_of_the_instrument_leads_back_to_it(folder: Path, tmp_path: Path) -> None:
    """Whatever letters ids and labels are made of, alone on the line and before others."""
    blocks = [(block, question.id) for block, _, question in load_framework(2024).walk()]
    asked = "".join(f'<h2 id="q-{question}">{question} Pertanyaan</h2>' for _, question in blocks)
    part = kit.Press(folder).sheets("bab-3", "Bab 3", f'<h1 id="bab-3">Bab 3</h1>{asked}', Numbering("3-"))
    plain, leaves = kit.evidence(folder, 9, 1), []
    for number, (block, question) in enumerate(blocks):
        _, following = blocks[(number + 1) % len(blocks)]
        for copy, questions in ((1, (question,)), (2, (question, following))):
            exhibit = replace(plain.exhibit, label=f"{block.id}/{question}-{copy:02}", questions=questions)
            leaves.append(replace(plain, exhibit=exhibit))
    volume = kit.volume((part, *leaves))
    bind(volume, tmp_path / "x.pdf")
    prove(tmp_path / "x.pdf", volume)


BIND_MANY = """
import sys
from pathlib import Path
from flows.render.binding import bind, prove
from tests.render.binding import kit
folder = Path(sys.argv[1])
book = kit.book(kit.Press(folder))
volume = kit.volume((*book, *(kit.evidence(folder, number, 1) for number in range(1, 121))))
bind(volume, folder / "banyak.pdf")
prove(folder / "banyak.pdf", volume)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no ulimit")
def test_many_files_are_bound_with_few_of_them_open(tmp_path: Path) -> None:
    words = ["sh", "-c", 'ulimit -n 64 && exec "$0" -c "$1" "$2"', sys.executable, BIND_MANY, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120, cwd=Path.cwd())
    assert (done.returncode, done.stderr) == (0, "")
    assert len(kit.shown(tmp_path / "banyak.pdf")) == 125


def test_a_redacted_copy_is_called_so_on_its_pages_in_the_outline_and_to_who_cannot_see_them(tmp_path: Path) -> None:
    """Whoever reads a page must not take what is left out of it for all that its agency has."""
    plain, copy = kit.evidence(tmp_path, 1), kit.evidence(tmp_path, 2)
    copy = replace(copy, exhibit=replace(copy.exhibit, is_redacted=True))
    volume = kit.volume([*kit.book(kit.Press(tmp_path)), plain, copy])
    bind(volume, tmp_path / "jilid.pdf")
    prove(tmp_path / "jilid.pdf", volume)
    texts = kit.shown(tmp_path / "jilid.pdf")
    assert sum("Salinan tersamar: Dokumen Contoh 2" in text for text in texts) == copy.prepared.pages
    assert not any("tersamar: Dokumen Contoh 1" in text for text in texts)
    with pikepdf.open(tmp_path / "jilid.pdf") as pdf:
        titles = str(kit.outline(pdf))
        described = [str(each.Alt) for each in kit.elements(pdf) if "/Alt" in each]
    assert "'III/12.1-02 Dokumen Contoh 2 (salinan tersamar)'" in titles
    assert "'III/12.1-01 Dokumen Contoh 1'" in titles
    assert sum("Dokumen Contoh 2 (salinan tersamar)" in each for each in described) == copy.prepared.pages


@pytest.mark.parametrize("width", [150.0, 164.0, 210.0, 240.0, 300.0, 420.0])
def test_nothing_in_a_narrow_strip_lies_on_anything_else(width: float) -> None:
    """Who handed it in once lay on the questions it answers, on pages as wide as a till slip."""
    strip = compose(kit.exhibit(1234, questions=("1.1", "2.1")), 399, width, ("DRAF – INTERNAL",))
    for line in {piece.y for piece in strip.pieces(399)}:
        pieces = sorted((piece for piece in strip.pieces(399) if piece.y == line), key=lambda piece: piece.x)
        assert all(before.right <= after.x for before, after in itertools.pairwise(pieces)), pieces
        assert pieces[-1].right <= width / strip.scale
