"""What is remembered of a finished file spares work, and never hides that the file is another one now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from flows.bounded import BoundedPool
from flows.cabinet import Cabinet
from flows.render import bindery
from flows.render.bindery import Bindery, Binding
from flows.render.binding import bind, prove, reading
from flows.render.binding.likeness import Likeness
from flows.render.binding.recall import Recall
from flows.render.values import Numbering, Volume
from tests.render.binding import kit


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> kit.Press:
    return kit.Press(tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def volume(press: kit.Press) -> Volume:
    return kit.volume_of_all(press)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages the library that reads was given each time."""
    counts: list[int] = []

    def open_counted(data: bytes) -> pypdfium2.PdfDocument:
        document = pypdfium2.PdfDocument(data)
        counts.append(len(document))
        return document

    monkeypatch.setattr(reading, "pypdfium2", SimpleNamespace(PdfDocument=open_counted))
    return counts


def test_what_nobody_asks_for_is_forgotten_and_what_is_known_is_not_kept_twice() -> None:
    first = Recall()
    assert first.get("a") is None
    first.note("a", ["teks", 1.5])
    first.note("b", {"huruf": [1, 2]})
    second = Recall(first.packed())
    assert (second.get("a"), second.get("c")) == (["teks", 1.5], None)
    third = Recall(second.packed())
    assert (third.get("a"), third.get("b")) == (["teks", 1.5], None)
    assert third.packed() == b"", "the next run has all of it already"
    third.note("a", ["lain"])
    assert Recall(third.packed()).get("a") == ["lain"]


@pytest.mark.parametrize("damaged", [b"x", b"x\x9c rusak", Recall().packed()[:5], b"\x78\x01\x03\x00\x00\x00\x00\x01"])
def test_a_damaged_memory_is_none(damaged: bytes) -> None:
    assert Recall(damaged).get("a") is None


def test_a_file_that_is_as_it_was_is_not_read_by_the_library_again(
    bound: Path, volume: Volume, opened: list[int]
) -> None:
    first = Recall()
    prove(bound, volume, recall=first)
    prove(bound, volume, recall=Recall(first.packed()))
    with pikepdf.open(bound) as pdf:
        assert opened == [len(pdf.pages)]


def test_only_the_pages_of_a_changed_chapter_are_read_again(
    bound: Path, volume: Volume, press: kit.Press, tmp_path: Path, opened: list[int]
) -> None:
    recall = Recall()
    prove(bound, volume, recall=recall)
    other = press.sheets("bab-9", "Bab 9", '<h1>Bab 9</h1><p class="baru">dua</p>', Numbering("9-"))
    longer = replace(volume, leaves=(*volume.leaves, other))
    bind(longer, tmp_path / "dosir.pdf")
    prove(tmp_path / "dosir.pdf", longer, recall=Recall(recall.packed()))
    assert opened[1:] == [2]


def test_pages_are_alike_wherever_they_stand(bound: Path, tmp_path: Path) -> None:
    """Under other numbers, in another order and packed in another way."""
    with pikepdf.open(bound) as pdf:
        pages = [Likeness(pdf).of_page(page.obj) for page in pdf.pages]
        pdf.pages.reverse()
        pdf.pages.append(pdf.pages[0])
        pdf.save(tmp_path / "lain.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert len(set(pages)) == len(pages)
    with pikepdf.open(tmp_path / "lain.pdf") as pdf:
        likeness = Likeness(pdf)
        assert [likeness.of_page(page.obj) for page in pdf.pages] == [*reversed(pages), pages[-1]]


def write_more(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Contents = Array([page.Contents, pdf.make_stream(b"0 0 9 9 re f")])


def write_otherwise(_: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Contents.write(page.Contents.read_bytes() + b" ")


def turn(_: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Rotate = 90


def crop(_: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.CropBox = Array([0, 0, 100, 100])


def widen(_: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.MediaBox[2] = 301


def spell_letters_otherwise(_: pikepdf.Pdf, page: pikepdf.Object) -> None:
    """What stands for which letter lies three references below the page."""
    font = page.Resources.Font[next(iter(page.Resources.Font.keys()))]
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0041>", b"<0042>") + b"\n")


def swap_letters(_: pikepdf.Pdf, page: pikepdf.Object) -> None:
    names = sorted(page.Resources.Font.keys())
    assert len(names) > 1
    fonts = page.Resources.Font
    fonts[names[0]], fonts[names[1]] = fonts[names[1]], fonts[names[0]]


@pytest.mark.parametrize(
    "change", [write_more, write_otherwise, turn, crop, widen, spell_letters_otherwise, swap_letters]
)
def test_a_page_of_which_anything_is_different_is_not_alike(
    bound: Path, change: Callable[[pikepdf.Pdf, Any], None]
) -> None:
    with pikepdf.open(bound) as pdf:
        page = pdf.pages[2].obj
        before = Likeness(pdf).of_page(page)
        assert Likeness(pdf).of_page(page) == before
        assert Likeness(pdf).of_page(page, [(1.0, 2.0, 3.0, 4.0)]) != before
        change(pdf, page)
        assert Likeness(pdf).of_page(page) != before


def test_words_that_look_like_references_are_words(tmp_path: Path) -> None:
    """``(3 0 R)`` in a string leads nowhere: two pages that say so of equal objects are not alike."""
    with pikepdf.new() as pdf:
        for word in ("3 0 R", "4 0 R", "(3 0 R)", "a) 3 0 R ("):
            page = pdf.add_blank_page()
            page.obj.Resources = Dictionary(Properties=Dictionary(A=pikepdf.String(word)))
        likeness = Likeness(pdf)
        assert len({likeness.of_page(page.obj) for page in pdf.pages}) == len(pdf.pages)


def test_numbers_that_are_objects_of_their_own_count_too_and_what_is_missing_is_nothing(tmp_path: Path) -> None:
    kids = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Own[%d 0 R]>>>>" % own for own in (6, 7, 8, 99)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 4/Kids[3 0 R 4 0 R 5 0 R 9 0 R]>>", *kids[:3]]
    objects += [b"7", b"8", b"7", kids[3]]
    written = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    (tmp_path / "angka.pdf").write_bytes(b"%PDF-1.7\n" + written + b"trailer <</Root 1 0 R/Size 10>>\n%%EOF\n")
    with pikepdf.open(tmp_path / "angka.pdf") as pdf:
        assert isinstance(pdf.get_object(6, 0), int)
        seven, eight, again, missing = (Likeness(pdf).of_page(page.obj) for page in pdf.pages)
        assert seven == again
        assert len({seven, eight, missing}) == 3


def test_objects_that_lead_back_to_themselves_come_to_an_end() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        ring = pdf.make_indirect(Dictionary(Type=Name.Ring))
        ring.Further = pdf.make_indirect(Dictionary(Back=ring))
        page.Resources = Dictionary(Properties=Dictionary(A=ring))
        assert len(Likeness(pdf).of_page(page)) == 64


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bytes that every child was given to remember; the work is done here."""
    lengths: list[int] = []

    def here(_: object, work: Callable[[Any], Any], jobs: list[Any], *__: object, **___: object) -> list[Any]:
        lengths.extend(len(job.read) for job in jobs)
        return [work(job) for job in jobs]

    monkeypatch.setattr(bindery, "run_in_children", here)
    return lengths


def bound_anew(folder: Path, run: str, binding: Binding, *, is_fresh: bool = False) -> bytes:
    """Bind in a run of its own; what is kept for the next one."""
    cabinet = Cabinet(folder / "lemari", is_fresh=is_fresh)
    with BoundedPool() as pool, Bindery(pool, cabinet, folder / run) as room:
        room.start(binding)
        room.finish()
    cabinet.sweep()
    (entry,) = (folder / "lemari").rglob("bacaan.bin")
    return entry.read_bytes()


def test_volumes_are_read_with_what_the_run_before_has_read_and_a_fresh_run_believes_nothing(
    volume: Volume, tmp_path: Path, given: list[int]
) -> None:
    changed = replace(volume, leaves=volume.leaves[:-1], elsewhere={"bukti-III/12.1-03": "-"})
    kept = [
        bound_anew(tmp_path, "1", Binding(volume)),
        bound_anew(tmp_path, "2", Binding(volume)),
        bound_anew(tmp_path, "3", Binding(changed), is_fresh=True),
        bound_anew(tmp_path, "4", Binding(changed)),
    ]
    assert given == [0, len(kept[0]), 0, len(kept[2])]
    assert kept[0] == kept[1] != kept[2] == kept[3]
    assert (tmp_path / "1/dosir.pdf").read_bytes() == (tmp_path / "2/dosir.pdf").read_bytes()


def test_what_was_read_in_a_volume_outlives_the_runs_in_which_the_volume_stays_as_it_is(
    volume: Volume, tmp_path: Path, given: list[int]
) -> None:
    first = bound_anew(tmp_path, "1", Binding(volume, is_kept=True))
    for run in ("2", "3"):
        assert bound_anew(tmp_path, run, Binding(volume, is_kept=True)) == first
    assert given == [0], "the volume itself was kept"
    changed = replace(volume, leaves=volume.leaves[:-1], elsewhere={"bukti-III/12.1-03": "-"})
    bound_anew(tmp_path, "4", Binding(changed, is_kept=True))
    assert given == [0, len(first)]
