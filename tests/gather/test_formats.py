"""A name that promises another format of the same family is told, and the file stays the evidence it is."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from flows.findings import load_catalogue
from flows.formats import SUFFIXES
from flows.gather.family import content_of, family_of_suffix
from flows.model import Condition, Finding, Manifest, Media
from flows.validate import judge_manifest
from tests.forms.grid_kit import ods, xls, xls_number
from tests.gather.kit import city, instrument, packed, picture, take, word, workbook, write

RTF = b"{\\rtf1\\ansi Laporan kegiatan contoh\\par}"
HTML = (
    b"<html><head><title>Rekap</title></head><body><table><tr><td>Kecamatan</td><td>12</td></tr></table></body></html>"
)
PAGE = (
    b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related;\r\n boundary=a\r\n\r\n--a\r\n"
)
XML = b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
CSV = b"Kecamatan;Jumlah\r\nContoh Utara;12\r\n"
OLD_BOOK = xls({"Data": [xls_number(0, 0, 12.0)]})
BOOK = workbook([["Kecamatan", "Jumlah"], ["Contoh Utara", 12]])


def with_type(content: bytes, old: bytes, new: bytes) -> bytes:
    """An Office document whose list of types calls its main part something else."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as out:
        for info in source.infolist():
            part = source.read(info)
            out.writestr(info, part.replace(old, new) if info.filename == "[Content_Types].xml" else part)
    return target.getvalue()


WORD_MACROS = with_type(
    word("Laporan"),
    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
    b"vnd.ms-word.document.macroEnabled.main",
)
SHEET_MACROS = with_type(
    BOOK, b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", b"vnd.ms-excel.sheet.macroEnabled.main"
)
MISLABELLED: dict[str, tuple[bytes, str, str]] = {
    "foto.jpg": (picture("PNG", (90, 60)), "gambar PNG", ".png"),
    "foto.png": (picture("JPEG", (90, 60)), "gambar JPEG", ".jpg"),
    "layar.jpeg": (picture("WEBP", (90, 60)), "gambar WebP", ".webp"),
    "surat.doc": (RTF, "dokumen RTF", ".rtf"),
    "surat.docx": (RTF, "dokumen RTF", ".rtf"),
    "notula.doc": (word("Notula"), "dokumen Word", ".docx"),
    "notula.docx": (WORD_MACROS, "dokumen Word bermakro", ".docm"),
    "data.xls": (BOOK, "buku kerja Excel", ".xlsx"),
    "data.xlsx": (OLD_BOOK, "buku kerja Excel lama (97-2003)", ".xls"),
    "makro.xlsx": (SHEET_MACROS, "buku kerja Excel bermakro", ".xlsm"),
    "unduhan.xls": (HTML, "halaman web (HTML)", "Simpan Sebagai .xlsx"),
    "unduhan.xlsx": (XML, "XML Spreadsheet 2003", "Simpan Sebagai .xlsx"),
    "laman.doc": (PAGE, "MHTML", "Simpan Sebagai .docx"),
    "tabel.xls": (CSV, "CSV", ".csv"),
    "rekap.csv": (HTML, "halaman web (HTML)", ".html"),
    "surat.pdf": (b"Laporan kegiatan contoh", "teks biasa", ".txt"),
    "kamera.jpg": (b"8BPS\0\1" + b"\0" * 200, "format lain yang tidak dibuka", "sesuai isinya"),
    "bukti.rar": (packed({"a.txt": b"isi"}), "arsip zip", ".zip"),
}


def told(manifest: Manifest) -> dict[str, Finding]:
    """The findings on names, by file."""
    findings = judge_manifest(city(), instrument(), manifest)
    return {each.path.rpartition("/")[2]: each for each in findings if each.code == "wrong-format"}


def test_every_wrong_name_is_told_with_its_repair_and_costs_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {f"Dinkes/{name}": content for name, (content, _, _) in MISLABELLED.items()})
    manifest = take(root)
    findings, catalogue = told(manifest), load_catalogue()
    assert findings.keys() == MISLABELLED.keys()
    for name, (_, called, repair) in MISLABELLED.items():
        said = catalogue.describe(findings[name])
        assert called in said.sentence
        assert repair in said.repair
        assert said.severity_label == "SARAN"
        assert manifest.by_path[f"Dinkes/{name}"].condition is Condition.WRONG_EXTENSION
        assert manifest.by_path[f"Dinkes/{name}"].condition.is_readable


def test_right_names_in_all_their_spellings_are_not_told(tmp_path: Path) -> None:
    right = {
        "a.jpg": picture("JPEG"), "b.JPEG": picture("JPEG"), "c.jfif": picture("JPEG"), "d.TIF": picture("TIFF"),
        "e.tiff": picture("TIFF"), "f.docx": word("Laporan"), "g.xlsx": BOOK, "h.rtf": RTF, "i.html": HTML,
        "j.htm": HTML, "k.csv": CSV, "l.txt": b"Catatan kegiatan", "m.zip": packed({"a.txt": b"isi"}),
        "n.docm": WORD_MACROS, "o.xlsm": SHEET_MACROS, "p.xls": OLD_BOOK, "q.epub": BOOK,
        "r.md": b"# Judul\n<table>", "kota.yaml": b"a: 1",
    }  # fmt: skip
    root = write(tmp_path, {f"Dinkes/{name}": content for name, content in right.items()})
    assert not told(take(root))


def test_one_content_under_two_names_is_right_under_one_of_them(tmp_path: Path) -> None:
    """Inspections are remembered by content; what the name promises is asked of each name."""
    root, state = (
        write(tmp_path / "masukan", {"Dinkes/a.png": picture(), "Dinkes/b.jpg": picture()}),
        tmp_path / "ingat",
    )
    for _ in range(2):  # the second time from memory
        assert told(take(root, state)).keys() == {"b.jpg"}


def test_an_archive_is_called_what_it_is(tmp_path: Path) -> None:
    manifest = take(write(tmp_path, {"Dinkes/bukti.zip": b"Rar!\x1a\x07\x01\x00" + b"x" * 200}))
    [finding] = [each for each in judge_manifest(city(), instrument(), manifest) if each.code == "archive-not-opened"]
    assert "jenis arsip .rar tidak dibuka" in load_catalogue().describe(finding).sentence


def test_a_packed_folder_keeps_the_name_its_owner_knows(tmp_path: Path) -> None:
    manifest = take(write(tmp_path, {"Dinkes/bukti.tgz": b"\x1f\x8b" + b"x" * 200}))
    [finding] = [each for each in judge_manifest(city(), instrument(), manifest) if each.code == "archive-not-opened"]
    assert "jenis arsip .tgz tidak dibuka" in load_catalogue().describe(finding).sentence


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 40, (Media.OTHER, "video")),
        (b"\0\0\0\x20ftypM4A \0\0\2\0isomiso2" + b"\0" * 40, (Media.OTHER, "audio")),
        (HTML.decode().encode("utf-16"), (Media.PLAIN_TEXT, "html")),
        (b"\xef\xbb\xbf<!-- dibuat aplikasi -->\n<!DOCTYPE html>\n<p>", (Media.PLAIN_TEXT, "html")),
        (b"\xff" * 5000, (None, "")),
        ("Anggaran \u2013 caf\xe9".encode("cp1252"), (Media.PLAIN_TEXT, "")),
        (b"Laporan <b>tebal</b> tentang <table>", (Media.PLAIN_TEXT, "")),
        (ods(""), (Media.SPREADSHEET, "ods")),
    ],
)  # fmt: skip
def test_the_format_is_told_by_the_content(tmp_path: Path, content: bytes, expected: tuple[Media | None, str]) -> None:
    path = tmp_path / "isi"
    path.write_bytes(content)
    assert content_of(path, content[:4096]) == expected


def test_every_format_that_is_told_has_words_and_a_known_extension() -> None:
    catalogue = load_catalogue()
    assert SUFFIXES.keys() | {"video", "audio"} == catalogue.formats.keys()
    unknown = {form for form, suffixes in SUFFIXES.items() if not any(map(family_of_suffix, suffixes))}
    assert unknown <= {"mhtml", "dotm", "xltm", "msg"}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_libreoffice_writes_is_known_by_its_format(tmp_path: Path) -> None:
    """Formats as another program than the builders' writes them."""
    (tmp_path / "a.txt").write_text("Laporan contoh", encoding="utf-8")
    wanted = {"doc": "doc", "docx": "docx", "odt": "odt", "rtf": "rtf", "html": "html"}
    for suffix, form in wanted.items():
        command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to"]
        subprocess.run([*command, suffix, str(tmp_path / "a.txt"), "--outdir", str(tmp_path)], check=True, timeout=120)
        path = tmp_path / f"a.{suffix}"
        assert content_of(path, path.read_bytes()[:4096])[1] == form
