"""Photos in a chapter: small, bare of what a camera notes, with words for who cannot see them, none masked."""

from __future__ import annotations

import base64
import os
import re
import signal
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from flows import bounds
from flows.bounded import BoundedPool
from flows.cabinet import Cabinet
from flows.model import Conflict, EvidenceFile, Media, Photo
from flows.render.book import Book
from flows.render.photos import small_photos
from flows.render.thumbnails import thumbnail
from flows.render.views import QuestionView
from tests.builders.values import AS_OF, PROVENANCE, Case, case, evidence_file, framework
from tests.render.printing import evidence_of

SHAPE = {"KL": (2,), "V": (4,)}
WIDE, HIGH = 1600, 900


def picture(folder: Path, name: str, shade: int = 90) -> Path:
    """A photo lying on its side, with a place and a maker among its notes."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "PEMBUAT CONTOH"
    notes.get_ifd(0x8825)[1] = "S"
    path = folder / name
    Image.new("RGB", (WIDE, HIGH), (shade, 120, 60)).save(path, exif=notes)
    return path


def photo_file(path: Path, folder: str = "Dinkes", **changes: object) -> EvidenceFile:
    digest = sha256(path.read_bytes()).hexdigest()
    shot = Photo(HIGH, WIDE, "2023-05-17")
    base = evidence_file(f"{folder}/{path.name}", media=Media.IMAGE, sha256=digest, photo=shot, pages=1)
    return replace(base, **changes)  # type: ignore[arg-type]


def pictures_of(value: Case, folder: Path, sources: dict[str, Path]) -> Mapping[str, str]:
    evidence = evidence_of(value)
    with BoundedPool(1) as pool:
        return small_photos(evidence, Cabinet(folder / "simpanan"), pool, lambda key: sources.get(key, folder / "-"))


def book_with_photos(value: Case, folder: Path, sources: dict[str, Path]) -> Book:
    return Book(evidence_of(value), AS_OF, PROVENANCE, pictures=pictures_of(value, folder, sources))


def first_question(book: Book) -> QuestionView:
    return book.views[0].indicators[0].questions[0]


def test_a_small_copy_is_upright_and_carries_nothing_but_its_pixels(tmp_path: Path) -> None:
    small = thumbnail(picture(tmp_path, "foto.jpg"))
    assert small is not None
    assert b"Exif" not in small
    assert b"PEMBUAT" not in small
    (tmp_path / "kecil.jpg").write_bytes(small)
    with Image.open(tmp_path / "kecil.jpg") as opened:
        assert opened.size == (bounds.PHOTO_SIDE * HIGH // WIDE, bounds.PHOTO_SIDE)
        assert not opened.getexif()


@pytest.mark.parametrize("name", ["pindai.png", "pindai.tif"])
def test_a_scan_of_sixteen_bits_is_grey_and_not_white(name: str, tmp_path: Path) -> None:
    """Its shades are what the annex shows: half as dark in the middle, black where it is black."""
    Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16").save(tmp_path / name)
    small = thumbnail(tmp_path / name)
    assert small is not None
    (tmp_path / "kecil.jpg").write_bytes(small)
    with Image.open(tmp_path / "kecil.jpg") as opened:
        column = opened.convert("L").crop((128, 0, 129, 256)).tobytes()
    assert [round(column[row] / 64) for row in (0, 128, 255)] == [0, 2, 4]


@pytest.mark.parametrize("content", [b"", b"bukan gambar", b"\xff\xd8\xff\xe0rusak"], ids=["empty", "text", "damaged"])
def test_what_is_no_picture_is_left_out(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(content)
    assert thumbnail(tmp_path / "x.jpg") is None


def test_a_chapter_shows_its_photos_with_caption_and_never_more_than_its_share(tmp_path: Path) -> None:
    paths = [picture(tmp_path, f"1.1 Foto {n}.jpg", shade=n) for n in range(bounds.PHOTOS_OF_QUESTION + 2)]
    files = [photo_file(path) for path in paths]
    sources = {file.sha256: path for file, path in zip(files, paths, strict=True)}
    value = case({"1.1": files}, shape=SHAPE)
    view = first_question(book_with_photos(value, tmp_path, sources))
    assert len(view.photos) == bounds.PHOTOS_OF_QUESTION
    assert view.more_photos == 2
    first = view.photos[0]
    assert (first.label, first.agency, first.taken) == ("KL/1.1-01", "Dinas Kesehatan", "2023-05-17")
    assert paths[0].name not in first.title, "where no form says anything, the kind of document does"
    assert first.title
    assert base64.b64decode(first.data.partition(",")[2])[:2] == b"\xff\xd8"


def test_a_photo_has_words_for_who_cannot_see_it_and_leads_to_its_page(tmp_path: Path) -> None:
    path = picture(tmp_path, "1.1 Foto kegiatan.jpg")
    file = photo_file(path)
    value = case({"1.1": [file]}, shape=SHAPE)
    book = book_with_photos(value, tmp_path, {file.sha256: path})
    html = book.chapter(value.framework.blocks[0]).html
    assert re.search(r'<img src="data:image/jpeg;base64,[^"]+" alt="Foto KL/1\.1-01: [^"]+">', html)
    assert '<a href="kla:bukti-KL/1.1-01">KL/1.1-01</a>' in html
    assert "17 Mei 2023" in html


def test_a_masked_photo_is_never_decoded_nor_shown(tmp_path: Path) -> None:
    """Not even where the same bytes are cited for a question that is not sensitive."""
    open_path, secret_path = picture(tmp_path, "1.1 a.jpg", 1), picture(tmp_path, "1.2 b.jpg", 2)
    harmless, secret = photo_file(open_path), photo_file(secret_path)
    asked = framework(SHAPE)
    sensitive = next(each for each in asked.questions if each.is_sensitive)
    value = case({"1.1": [harmless], "1.2": [secret], sensitive.id: [secret]}, instrument=asked)
    sources = {harmless.sha256: open_path, secret.sha256: secret_path}
    assert set(pictures_of(value, tmp_path, sources)) == {harmless.sha256}


def test_bytes_given_for_a_sensitive_question_are_no_redacted_copy_of_themselves(tmp_path: Path) -> None:
    """Handed in once as they are, and once more under a name that says that they were redacted."""
    path = picture(tmp_path, "a.jpg")
    asked = framework(SHAPE)
    sensitive = next(each for each in asked.questions if each.is_sensitive)
    secret = photo_file(path)
    copy = replace(secret, path=f"{secret.agency_id}/1.1 a (tersamar).jpg", is_redacted=True)
    given = case({"1.1": [copy], sensitive.id: [secret]}, instrument=asked)
    # Of twins in one agency's folders the first one stands for both, and only the manifest knows who cites the other.
    result = replace(given.assessment.questions[sensitive.id], paths=(copy.path,))
    judged = replace(given.assessment, questions={**given.assessment.questions, sensitive.id: result})
    value = replace(given, assessment=judged)
    evidence = evidence_of(value)
    assert evidence.copy_of(copy) is None
    assert secret.sha256 in evidence.masked_hashes
    assert not pictures_of(value, tmp_path, {secret.sha256: path})


def test_a_name_does_not_take_a_file_out_of_the_folder_of_a_sensitive_question(tmp_path: Path) -> None:
    """Nobody has decided yet whether the name or the folder is right; a redacted copy may be shown all the same."""
    path = picture(tmp_path, "1.1 a.jpg")
    asked = framework(SHAPE)
    sensitive = next(each for each in asked.questions if each.is_sensitive)
    file = photo_file(path)
    value = case({"1.1": [file]}, instrument=asked)
    assert file.sha256 not in evidence_of(value).masked_hashes
    conflict = Conflict(file.path, ("1.1",), (sensitive.id,))
    doubted = replace(value, manifest=replace(value.manifest, conflicts=(conflict,)))
    assert file.sha256 in evidence_of(doubted).masked_hashes
    copies = tuple(replace(each, is_redacted=True) for each in value.manifest.files)
    redacted = replace(value, manifest=replace(value.manifest, files=copies, conflicts=(conflict,)))
    assert file.sha256 not in evidence_of(redacted).masked_hashes


def small_at_last(path: Path) -> bytes | None:
    """Runs in a child; the first is killed."""
    if not (mark := path.with_name("mati")).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return thumbnail(path)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_a_photo_whose_child_is_killed_is_shown_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be missing from its chapter, in this run only, and nobody would be told."""
    monkeypatch.setattr("flows.render.photos.thumbnail", small_at_last)
    path = picture(tmp_path, "1.1 a.jpg")
    file = photo_file(path)
    value = case({"1.1": [file]}, shape=SHAPE)
    shown = book_with_photos(value, tmp_path, {file.sha256: path})
    assert (tmp_path / "mati").exists()
    assert len(first_question(shown).photos) == 1


def test_a_photo_whose_bytes_are_gone_leaves_the_chapter_whole(tmp_path: Path) -> None:
    file = photo_file(picture(tmp_path, "1.1 a.jpg"))
    value = case({"1.1": [file]}, shape=SHAPE)
    view = first_question(book_with_photos(value, tmp_path, {}))
    assert (view.photos, view.more_photos) == ((), 0)
    assert view.proofs[0].label == "KL/1.1-01"
