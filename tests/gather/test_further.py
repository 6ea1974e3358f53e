"""Several legal products in one PDF or Word document: no finding says that the later ones are not there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from flows.framework import load_framework
from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.recognise import rules_of
from tests.gather.kit import pdf, word

RULES = rules_of(load_framework(2024))
PERDA = (
    "PERATURAN DAERAH KOTA CONTOH", "NOMOR 12 TAHUN 2021", "TENTANG", "KOTA LAYAK ANAK",
    "Menimbang : a. bahwa anak berhak;", "Mengingat : 1. Undang-Undang Nomor 23 Tahun 2002;",
)  # fmt: skip
DECREE = (
    "KEPUTUSAN WALI KOTA CONTOH", "NOMOR 188 TAHUN 2022", "TENTANG", "GUGUS TUGAS AKTA KELAHIRAN",
    "Menimbang : a. bahwa perlu dibentuk;", "Mengingat : 1. Peraturan Daerah Kota Contoh Nomor 12 Tahun 2021;",
)  # fmt: skip
LATER = tuple(line.replace("188 TAHUN 2022", "200 TAHUN 2023") for line in DECREE)
BODY = ("Pasal 1", "Dalam peraturan ini yang dimaksud dengan anak adalah setiap orang.")


def look(tmp_path: Path, *pages: tuple[str, ...]) -> Inspection:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*pages))
    return inspect_file(path, family_of_suffix(".pdf"), RULES)


def test_a_decree_behind_a_regulation_is_seen(tmp_path: Path) -> None:
    for between in (0, 5):  # among the first pages, and far behind
        found = look(tmp_path, PERDA, *[BODY] * between, DECREE, BODY)
        assert found.document
        assert (found.document.kind, found.document.number) == ("perda", "12")
        assert [(each.kind, each.number, each.year) for each in found.further] == [("sk", "188", 2022)]
        assert set(found.recognised.kinds) == {"perda", "sk"}
        assert "akta kelahiran" in found.recognised.keywords
        assert 2022 in found.recognised.years


def test_a_later_decree_behind_a_decree_is_seen(tmp_path: Path) -> None:
    found = look(tmp_path, DECREE, BODY, LATER)
    assert [each.number for each in found.further] == ["200"]
    assert found.recognised.kinds == ("sk",)


def test_one_document_stays_one(tmp_path: Path) -> None:
    cover = DECREE[:4]
    citing = ("Menimbang kembali Keputusan Wali Kota Contoh Nomor 9 Tahun 2020 tentang Hal Lain,", "rapat sepakat.")
    for pages in ([DECREE, BODY], [cover, DECREE, BODY], [DECREE, BODY, DECREE], [DECREE, citing], [BODY, citing]):
        assert look(tmp_path, *pages).further == ()


REPORT = ("LAPORAN PELAKSANAAN KOTA LAYAK ANAK", "TAHUN 2023", "BAB I PENDAHULUAN", *BODY)
ENACTED = ("Ditetapkan di Contoh", "pada tanggal 1 Desember 2021", "WALI KOTA CONTOH,", "ttd", "NAMA CONTOH")
FORMATS = ("docx", "odt", "rtf")


def written(tmp_path: Path, suffix: str, *lines: str) -> Inspection:
    path = tmp_path / f"a.{suffix}"
    if suffix == "docx":
        path.write_bytes(word(*lines))
    elif suffix == "odt":
        body = "".join(f"<text:p>{line}</text:p>" for line in lines)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
            archive.writestr("content.xml", f"<office:text>{body}</office:text>")
    else:
        path.write_text("{\\rtf1\\ansi\\pard " + "\\par\n".join(lines) + "\\par}", encoding="ascii")
    return inspect_file(path, family_of_suffix(f".{suffix}"), RULES)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_decree_behind_another_is_seen_where_there_are_no_pages(tmp_path: Path, suffix: str) -> None:
    found = written(tmp_path, suffix, *PERDA, *BODY * 40, *ENACTED, *DECREE, *BODY, *ENACTED, *LATER)
    assert found.document
    assert (found.document.kind, found.document.number, found.document.date) == ("perda", "12", "2021-12-01")
    assert [(each.kind, each.number, each.year) for each in found.further] == [("sk", "188", 2022), ("sk", "200", 2023)]
    assert set(found.recognised.kinds) == {"perda", "sk"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_decree_copied_behind_a_report_is_seen(tmp_path: Path, suffix: str) -> None:
    found = written(tmp_path, suffix, *REPORT, *BODY * 40, *DECREE)
    assert [(each.kind, each.number) for each in found.further] == [("sk", "188")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_word_document_of_one_product_has_no_other(tmp_path: Path, suffix: str) -> None:
    altering = (
        "PERATURAN DAERAH KOTA CONTOH", "NOMOR 3 TAHUN 2023", "TENTANG", "PERUBAHAN ATAS",
        "PERATURAN DAERAH KOTA CONTOH", "NOMOR 12 TAHUN 2021 TENTANG KOTA LAYAK ANAK", "WALI KOTA CONTOH,",
        "Menimbang : a. bahwa anak berhak;",
    )  # fmt: skip
    letterhead = ("PEMERINTAH KOTA CONTOH", "Jalan Rekaan Nomor 1, Contoh", *DECREE, *BODY, *ENACTED)
    citing = ("NOTULA RAPAT", "Menimbang kembali Keputusan Wali Kota Contoh Nomor 9 Tahun 2020 tentang Hal Lain,")
    for lines in (altering, letterhead, PERDA, citing, (*BODY, *citing)):
        assert written(tmp_path, suffix, *lines).further == ()
