"""A redacted copy belongs to its original: it is no second document, and nobody has to cite it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.model import Manifest
from tests.gather.kit import take, write

ORIGINAL = "Dinkes/21B.1/21B.1 Laporan layanan.txt"


def redacts(manifest: Manifest, path: str) -> str:
    file = manifest.file(path)
    assert file.is_redacted
    return file.redacts


@pytest.mark.parametrize(
    "copy",
    [
        "Dinkes/21B.1/Versi tersamar/21B.1 Laporan layanan.txt",
        "Dinkes/21B.1/TERSAMAR/21B.1 laporan layanan.TXT",
        "Dinkes/21B.1/disamarkan/21B.1 Laporan layanan.pdf",
        "Dinkes/21B.1/Versi Samaran/21B.1 Laporan layanan (tersamar).txt",
        "Dinkes/21B.1/rédacted/21B.1 ringkasan.txt",
        "Dinkes/21B.1/21B.1 Laporan layanan (tersamar).txt",
        "Dinkes/21B.1/21B.1 Laporan layanan - tersamar.txt",
        "Dinkes/Versi tersamar/21B.1/21B.1 Laporan layanan.txt",
        "Dinkes/Versi tersamar/21B.1 Laporan layanan.txt",
    ],
)
def test_a_copy_is_known_by_its_folder_or_its_name_however_they_are_written(tmp_path: Path, copy: str) -> None:
    write(tmp_path, {ORIGINAL: b"Laporan layanan, asli", copy: b"Laporan layanan, tersamar"})
    manifest = take(tmp_path)
    assert redacts(manifest, copy) == ORIGINAL
    assert [(one.question_id, one.path) for one in manifest.citations] == [("21B.1", ORIGINAL)]
    assert not manifest.file(ORIGINAL).is_redacted


def test_what_only_the_copy_answers_its_original_answers(tmp_path: Path) -> None:
    """The agency numbered its copies and left the original unnumbered."""
    original, copy = "Dinkes/Laporan layanan.txt", "Dinkes/Versi tersamar/21B.1 Laporan layanan.txt"
    write(tmp_path, {original: b"asli", copy: b"tersamar"})
    manifest = take(tmp_path)
    assert manifest.file(copy).redacts == ""  # another name, and no ids in front of the original: two documents
    original = "Dinkes/21A.1/Laporan layanan.txt"
    copy = "Dinkes/21A.1/Versi tersamar/Laporan layanan.txt"
    write(tmp_path, {original: b"asli", copy: b"tersamar lain"})
    assert [(one.question_id, one.path) for one in take(tmp_path).citations if "21A.1" in one.path] == [
        ("21A.1", original)
    ]


def test_a_copy_without_its_original_answers_for_itself_and_is_still_a_redacted_one(tmp_path: Path) -> None:
    copy = "Dinkes/Versi tersamar/21B.1 Laporan layanan.txt"
    write(tmp_path, {copy: b"tersamar"})
    manifest = take(tmp_path)
    assert redacts(manifest, copy) == ""
    assert [one.path for one in manifest.citations] == [copy]


def test_of_two_files_that_could_be_the_original_none_is_taken(tmp_path: Path) -> None:
    copy = "Dinkes/21B.1/Versi tersamar/21B.1 ringkasan.txt"
    write(tmp_path, {"Dinkes/21B.1/21B.1 a.txt": b"a", "Dinkes/21B.1/21B.1 b.txt": b"b", copy: b"tersamar"})
    assert redacts(take(tmp_path), copy) == ""


def test_equal_bytes_do_not_make_the_original_the_copy_of_its_copy(tmp_path: Path) -> None:
    copy = "Dinkes/21B.1/Versi tersamar/21B.1 Laporan layanan.txt"
    write(tmp_path, {ORIGINAL: b"sama", copy: b"sama"})
    manifest = take(tmp_path)
    assert manifest.file(ORIGINAL).duplicate_of == manifest.file(copy).duplicate_of == ""
    assert redacts(manifest, copy) == ORIGINAL


def test_the_originals_of_another_agency_are_not_looked_through(tmp_path: Path) -> None:
    copy = "Bagian Hukum/Versi tersamar/21B.1 Laporan layanan.txt"
    write(tmp_path, {ORIGINAL: b"asli", copy: b"tersamar"})
    assert redacts(take(tmp_path), copy) == ""


@pytest.mark.parametrize(
    "name",
    [
        "21B.1 Panduan menyamarkan.txt",
        "Tersamar.txt",
        "21B.1 Kasus tersamar 2023.txt",
        "21B.1 data belum disamarkan.txt",
        "21B.1_data_belum_disamarkan.txt",
        "21B.1 kasus tanpa tersamar.txt",
        "21B.1 laporan (tidak tersamar).txt",
        "21B.1 laporan belum (tersamar).txt",
        "21B.1 data yang harus (disamarkan).txt",
        "21B.1 jangan disebar sebelum disamarkan.txt",
        "21B.1 belum selesai disamarkan.txt",
        "21B.1 Rapat redaksi.txt",
        "21B.1 Laporan layanan tersamar.txt",
    ],
)
def test_the_word_in_a_name_that_is_not_clear_or_says_the_opposite_makes_no_copy(tmp_path: Path, name: str) -> None:
    """What is taken for a redacted copy is printed in edition KIRIM; here nothing else says that it is one."""
    write(tmp_path, {f"Dinkes/21B.1/{name}": b"isi"})
    assert not take(tmp_path).file(f"Dinkes/21B.1/{name}").is_redacted


@pytest.mark.parametrize(
    "name",
    [
        "21B.1 Laporan layanan (tersamar).txt",
        "21B.1 Anak tidak sekolah (versi tersamar).txt",
        "21B.1 Laporan layanan - disamarkan.txt",
        "21B.1 Laporan layanan versi tersamar.txt",
        "Versi tersamar/21B.1 Anak tidak sekolah.txt",
    ],
)
def test_a_copy_without_an_original_is_one_where_its_mark_is_clear(tmp_path: Path, name: str) -> None:
    write(tmp_path, {f"Dinkes/21B.1/{name}": b"isi"})
    assert take(tmp_path).file(f"Dinkes/21B.1/{name}").is_redacted


def test_even_beside_an_original_a_name_that_says_the_opposite_makes_no_copy(tmp_path: Path) -> None:
    copy = "Dinkes/21B.1/21B.1 Laporan layanan belum disamarkan.txt"
    write(tmp_path, {ORIGINAL: b"asli", copy: b"isi"})
    assert not take(tmp_path).file(copy).is_redacted
