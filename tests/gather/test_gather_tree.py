"""Every file below the inputs folder is accounted for exactly once, whatever it is called and whatever it is."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import threading
import time
import unicodedata
from pathlib import Path

import pytest

from flows.errors import InputsError, UsageError
from flows.gather import assemble, gather_source, plan, workshop
from flows.gather import hashing as hashing_module
from flows.gather.intake import Source, walk
from flows.model import Basis, Citation, Condition, Conflict, EvidenceFile, FolderNote, Media
from tests.gather.kit import city, instrument, junk, packed, pdf, picture, take, word, workbook, write

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes or byte names as on POSIX")
State = tuple[Condition, Media, str]


def state(file: EvidenceFile) -> State:
    return file.condition, file.media, file.detail


def test_a_city_as_agencies_hand_it_in(tmp_path: Path) -> None:
    root = write(
        tmp_path / "in",
        {
            "Dinkes/12.1 Data persalinan.xlsx": workbook([["Tahun", 2022, 2023], ["Faskes", 10, 12]]),
            "dinas kesehatan/klaster 3/14.1/foto.jpg": picture("JPEG"),
            "Dinkes/12.1/12.2 laporan.pdf": pdf(["LAPORAN KEGIATAN", "TAHUN 2023"]),
            "Dinkes/12.9 salah.pdf": pdf(["apa saja"]),
            "Dinkes/lain.txt": "Catatan tentang persalinan di fasilitas kesehatan",
            "Bagian Hukum/1.2a, 1.2c SK.docx": word("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2023"),
            "Bagian Hukum/salinan.docx": b"",
            "Bagian Hukum/BACA-SAYA.txt": "Petunjuk",
            "Bagian Hukum/Formulir KLA Bagian Hukum.xlsx": workbook([["a", "b"], ["c", "d"]]),
            "Tak Dikenal/12.7 x.pdf": pdf(["x"]),
            "kota.yaml": "nama: Kota Contoh",
            "12.1 tercecer.pdf": pdf(["y"]),
        },
    )
    manifest = take(root)
    files = manifest.by_path
    assert len(manifest.files) == 12
    assert [file.path for file in manifest.files] == sorted(files)
    assert manifest.questions_of() == {
        "Bagian Hukum/1.2a, 1.2c SK.docx": ("1.2a", "1.2c"),
        "Dinkes/12.1 Data persalinan.xlsx": ("12.1",),
        "12.1 tercecer.pdf": ("12.1",),
        "Dinkes/12.1/12.2 laporan.pdf": ("12.2",),
        "Tak Dikenal/12.7 x.pdf": ("12.7",),
        "dinas kesehatan/klaster 3/14.1/foto.jpg": ("14.1",),
    }
    assert [citation.question_id for citation in manifest.citations] == [
        "1.2a", "1.2c", "12.1", "12.1", "12.2", "12.7", "14.1",
    ]  # fmt: skip
    assert Citation("14.1", "dinas kesehatan/klaster 3/14.1/foto.jpg", Basis.FOLDER) in manifest.citations
    assert manifest.conflicts == (Conflict("Dinkes/12.1/12.2 laporan.pdf", ("12.2",), ("12.1",)),)
    assert manifest.folders == (FolderNote("Tak Dikenal", "unmatched"),)
    assert {file.agency_id for file in manifest.files} == {"dinkes", "hukum", ""}
    data = files["Dinkes/12.1 Data persalinan.xlsx"]
    assert (data.kinds, data.named_kinds, data.years, data.keywords) == (("data",), (), (2022, 2023), ("persalinan",))
    assert files["Dinkes/lain.txt"].suggestions == ("12.1",)
    assert files["Dinkes/12.9 salah.pdf"].unknown_ids == ("12.9",)
    assert files["Dinkes/12.9 salah.pdf"].suggestions == ("12.1", "12.2", "12.7")
    assert state(files["kota.yaml"]) == (Condition.GOOD, Media.GUIDE, "")
    assert state(files["Bagian Hukum/Formulir KLA Bagian Hukum.xlsx"]) == (Condition.GOOD, Media.FORM, "")
    assert state(files["Bagian Hukum/salinan.docx"]) == (Condition.EMPTY, Media.TEXT_DOCUMENT, "zero-bytes")


def test_conditions_of_bad_files(tmp_path: Path) -> None:
    whole = pdf(["LAPORAN"], ["dua"], ["tiga"])
    root = write(
        tmp_path,
        {
            "Dinkes/12.1 sandi.pdf": pdf(["rahasia"], password="sandi"),
            "Dinkes/12.2 terbatas.pdf": pdf(["boleh dibaca"], owner="pemilik"),
            "Dinkes/kosong.pdf": b"",
            "Dinkes/potong.pdf": whole[: len(whole) * 2 // 3],
            "Dinkes/sampah.pdf": junk(3000),
            "Dinkes/gambar.pdf": picture(),
            "Dinkes/tabel.xls": workbook([["a", "b"], ["c", "d"]]),
            "Dinkes/tabel.docx": workbook([["a", "b"], ["c", "d"]]),
            "Dinkes/rusak.xlsx": packed({"xl/workbook.xml": b"<rusak"}),
            "Dinkes/putus.xlsx": workbook([["a", "b"], ["c", "d"]])[:900],
            "Dinkes/putus.jpg": picture("JPEG", (400, 400))[:-200],
            "Dinkes/bom.xlsx": packed({"xl/workbook.xml": b"\0" * 60_000_000}),
            "Dinkes/arsip.zip": packed({"a.txt": b"a"}),
            "Dinkes/tanpa akhiran": b"\x00\x01\x02\x03" * 9,
            "Dinkes/laman.xls": "<html><table><tr><td>1</td></tr></table></html>",
            "Dinkes/office.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le"),
        },
    )
    found = {file.name: state(file) for file in take(root).files}
    assert found == {
        "12.1 sandi.pdf": (Condition.LOCKED, Media.PDF, "password"),
        "12.2 terbatas.pdf": (Condition.GOOD, Media.PDF, ""),
        "kosong.pdf": (Condition.EMPTY, Media.PDF, "zero-bytes"),
        "potong.pdf": (Condition.DAMAGED, Media.PDF, "cannot-open"),
        "sampah.pdf": (Condition.DAMAGED, Media.PDF, "cannot-open"),
        "gambar.pdf": (Condition.WRONG_EXTENSION, Media.IMAGE, "extension-mismatch"),
        "tabel.xls": (Condition.WRONG_EXTENSION, Media.SPREADSHEET, "extension-mismatch"),
        "tabel.docx": (Condition.WRONG_EXTENSION, Media.SPREADSHEET, "extension-mismatch"),
        "rusak.xlsx": (Condition.DAMAGED, Media.SPREADSHEET, "cannot-open"),
        "putus.xlsx": (Condition.DAMAGED, Media.SPREADSHEET, "cannot-open"),
        "putus.jpg": (Condition.DAMAGED, Media.IMAGE, "cannot-open"),
        "bom.xlsx": (Condition.REFUSED, Media.SPREADSHEET, "packed-too-tightly"),
        "arsip.zip": (Condition.GOOD, Media.ARCHIVE, "unpacked"),
        "a.txt": (Condition.GOOD, Media.PLAIN_TEXT, ""),
        "tanpa akhiran": (Condition.GOOD, Media.OTHER, "not-opened"),
        "laman.xls": (Condition.WRONG_EXTENSION, Media.PLAIN_TEXT, "extension-mismatch"),
        "office.docx": (Condition.LOCKED, Media.TEXT_DOCUMENT, "password"),
    }


def test_system_lock_and_temporary_files_are_listed_and_ignored(tmp_path: Path) -> None:
    names = {
        "~$12.1 data.xlsx": "lock-file",
        ".~lock.12.1 data.ods#": "lock-file",
        "Thumbs.db": "system-file",
        ".DS_Store": "system-file",
        "desktop.ini": "system-file",
        "._12.1 data.pdf": "system-file",
        ".rahasia": "system-file",
        "12.1 data.crdownload": "temporary",
        "12.1 data.part": "temporary",
        "12.1 data.tmp": "temporary",
        ".git/12.1 objek.pdf": "system-file",
        "__MACOSX/12.1 x.pdf": "system-file",
    }
    root = write(tmp_path, {f"Dinkes/{name}": "isi" for name in names} | {".beside/12.1.pdf": "isi"})
    manifest = take(root)
    assert {file.path: file.detail for file in manifest.files} == {
        **{f"Dinkes/{name}": detail for name, detail in names.items()},
        ".beside/12.1.pdf": "system-file",
    }
    assert {(file.condition, file.media, file.bytes) for file in manifest.files} == {
        (Condition.IGNORED, Media.SYSTEM, 3)
    }
    assert all(file.sha256 for file in manifest.files)
    assert not manifest.citations
    assert not any(file.duplicate_of for file in manifest.files)


def test_duplicates_point_to_the_first_path_and_suggest_where_the_twin_is_cited(tmp_path: Path) -> None:
    same = pdf(["sama"])
    root = write(
        tmp_path,
        {
            "Bagian Hukum/1.1 Perda.pdf": same,
            "Dinkes/salinan.pdf": same,
            "Dinkes/kosong.pdf": b"",
            "Dinkes/kosong lagi.pdf": b"",
        },
    )
    files = take(root).by_path
    assert files["Dinkes/salinan.pdf"].duplicate_of == "Bagian Hukum/1.1 Perda.pdf"
    assert files["Dinkes/salinan.pdf"].suggestions == ("1.1",)
    assert files["Bagian Hukum/1.1 Perda.pdf"].duplicate_of == ""
    assert files["Dinkes/kosong lagi.pdf"].duplicate_of == files["Dinkes/kosong.pdf"].duplicate_of == ""


def test_names_that_hurt(tmp_path: Path) -> None:
    accent = unicodedata.normalize("NFD", "12.1 é – “kutip”.txt")
    names = [
        "12.1 <b>&amp;.txt",
        "12.1 baris\nbaru.txt",
        accent,
        "12.1 " + "n" * 241 + ".txt",
        " 12.1 spasi.txt",
        "12.1😀",
    ]
    if os.name != "posix":
        names = [accent, "12.1😀"]
    root = write(tmp_path, {f"Dinkes/{name}": "isi" for name in names})
    manifest = take(root)
    assert {file.name for file in manifest.files} == set(names)
    assert {citation.path for citation in manifest.citations} == {f"Dinkes/{name}" for name in names}


@posix_only
def test_undecodable_names_are_written_readably_and_still_opened(tmp_path: Path) -> None:
    folder = tmp_path / "Dinkes"
    folder.mkdir()
    try:
        for name in (b"12.1 \xff\xfe.pdf", b"12.2 \xe9.pdf"):
            (folder / os.fsdecode(name)).write_bytes(pdf(["isi"]))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (folder / r"12.2 \xe9.pdf").write_bytes(pdf(["lain"]))
    manifest = take(tmp_path)
    assert len(manifest.files) == 3
    assert {file.condition for file in manifest.files} == {Condition.GOOD}
    assert r"Dinkes/12.1 \xff\xfe.pdf" in manifest.by_path
    csv.writer(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")).writerows([file.path] for file in manifest.files)
    json.dumps([file.path for file in manifest.files], ensure_ascii=False).encode()


@posix_only
def test_links_pipes_and_sockets_are_refused_and_never_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = write(tmp_path / "luar", {"rahasia.txt": "rahasia"})
    root = write(tmp_path / "in", {"Dinkes/a/asli.txt": "isi"})
    folder = root / "Dinkes"
    (folder / "12.1 tautan.txt").symlink_to(outside / "rahasia.txt")
    (folder / "putus.txt").symlink_to(tmp_path / "tiada")
    (folder / "folder luar").symlink_to(outside)
    (folder / "a" / "putaran").symlink_to(folder)
    (root / "Bagian Hukum").symlink_to(outside)
    os.mkfifo(folder / "12.2 pipa.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(folder)  # the path of a socket may have 108 bytes only
        listener.bind("soket")
        manifest = take(root)
    refused = {file.path: file.detail for file in manifest.files if file.condition is Condition.REFUSED}
    assert refused == {
        "Bagian Hukum": "symlink",
        "Dinkes/12.1 tautan.txt": "symlink",
        "Dinkes/12.2 pipa.pdf": "special-file",
        "Dinkes/a/putaran": "symlink",
        "Dinkes/folder luar": "symlink",
        "Dinkes/putus.txt": "symlink",
        "Dinkes/soket": "special-file",
    }
    assert not any(file.sha256 for file in manifest.files if file.condition is Condition.REFUSED)
    assert len(manifest.files) == 8
    assert FolderNote("Bagian Hukum", "missing", "hukum") in manifest.folders


def test_a_file_that_vanishes_or_grows_while_read_is_arriving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(
        tmp_path, {"Dinkes/12.1 hilang.pdf": pdf(["a"]), "Dinkes/12.2 tumbuh.pdf": pdf(["b"]), "Dinkes/c.txt": "c"}
    )
    real = hashing_module._hash

    def meddling(entry: object) -> object:
        path = Path(entry.real_path)  # type: ignore[attr-defined]
        if "hilang" in path.name:
            path.unlink()
        if "tumbuh" in path.name:
            with path.open("ab") as stream:
                stream.write(b"lagi")
        return real(entry)  # type: ignore[arg-type]

    monkeypatch.setattr(hashing_module, "_hash", meddling)
    manifest = take(root, tmp_path / ".kla")
    found = {file.name: (file.condition, file.detail, file.sha256 != "") for file in manifest.files}
    assert found["12.1 hilang.pdf"] == (Condition.ARRIVING, "vanished", False)
    assert found["12.2 tumbuh.pdf"] == (Condition.ARRIVING, "still-changing", False)
    assert found["c.txt"] == (Condition.GOOD, "", True)
    assert len(manifest.citations) == 2


def test_a_file_written_while_it_is_looked_into_is_arriving_and_not_remembered(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {"Dinkes/12.1 a.pdf": pdf(["a"])})
    stop = threading.Event()

    def scribble() -> None:
        with (root / "Dinkes/12.1 a.pdf").open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write(b"%")
                time.sleep(0.001)

    thread = threading.Thread(target=scribble)
    thread.start()
    try:
        (file,) = take(root, tmp_path / "state").files
    finally:
        stop.set()
        thread.join()
    assert (file.condition, file.detail, file.sha256) == (Condition.ARRIVING, "still-changing", "")
    (file,) = take(root, tmp_path / "state").files
    assert file.condition is Condition.GOOD


def test_a_closed_folder_says_which_questions_lie_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs this, root included, meets the refusal that a shared folder gives."""
    root = write(tmp_path, {"Dinkes/12.1/a.txt": "a", "Dinkes/foto/b.txt": "b"})
    listed = os.scandir

    def refuse(path: str | os.PathLike[str]) -> object:
        if Path(path).name in ("12.1", "foto"):
            raise PermissionError(13, "denied", str(path))
        return listed(path)

    monkeypatch.setattr("flows.gather.intake.os.scandir", refuse)

    assert [note for note in take(root).folders if note.reason == "unreadable"] == [
        FolderNote("Dinkes/12.1", "unreadable", "dinkes", questions=("12.1",)),
        FolderNote("Dinkes/foto", "unreadable", "dinkes"),
    ]


@posix_only
def test_folders_and_files_without_permission_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    root = write(tmp_path, {"Dinkes/a.txt": "a", "Dinkes/tutup/b.txt": "b", "Bagian Hukum/c.txt": "c"})
    (root / "Dinkes/a.txt").chmod(0)
    if os.access(root / "Dinkes/a.txt", os.R_OK):
        pytest.skip("this user (root) may read everything")
    (root / "Dinkes/tutup").chmod(0)
    (root / "Bagian Hukum").chmod(0)
    try:
        manifest = take(root)
    finally:
        (root / "Dinkes/tutup").chmod(0o755)
        (root / "Bagian Hukum").chmod(0o755)
    assert [(file.path, file.detail) for file in manifest.files] == [("Dinkes/a.txt", "no-permission")]
    assert manifest.folders == (
        FolderNote("Bagian Hukum", "unreadable", "hukum"),
        FolderNote("Dinkes/tutup", "unreadable", "dinkes"),
    )


def test_what_cannot_be_listed_or_opened_is_told_for_root_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {"Dinkes/a.txt": "a", "Dinkes/tutup/b.txt": "b"})
    scandir, opening = os.scandir, os.open

    def refusing(path: str) -> object:
        if str(path).endswith("tutup"):
            raise PermissionError(13, "x")
        return scandir(path)

    def refusing_open(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "x")
        return opening(path, flags, mode)

    monkeypatch.setattr("flows.gather.intake.os.scandir", refusing)
    monkeypatch.setattr("flows.gather.hashing.os.open", refusing_open)
    manifest = take(root)
    assert [state(file)[::2] for file in manifest.files] == [(Condition.REFUSED, "no-permission")]
    assert FolderNote("Dinkes/tutup", "unreadable", "dinkes") in manifest.folders


def test_folders_nested_hundreds_deep_are_walked(tmp_path: Path) -> None:
    folder = tmp_path / "Dinkes"
    deep = folder.joinpath(*["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "12.1 dalam.txt").write_text("isi")
    manifest = take(tmp_path)
    assert [citation.question_id for citation in manifest.citations] == ["12.1"]


def test_junk_of_a_hundred_megabytes_named_pdf_is_quick_and_damaged(tmp_path: Path) -> None:
    block = junk(1_000_000)
    (tmp_path / "Dinkes").mkdir()
    with (tmp_path / "Dinkes" / "12.1 besar.pdf").open("wb") as stream:
        for position in range(0, 100_000_000, 10_000_000):
            stream.seek(position)
            stream.write(block)
        stream.truncate(100_000_000)
    started = time.monotonic()
    (file,) = take(tmp_path).files
    assert (file.bytes, file.condition, file.detail) == (100_000_000, Condition.DAMAGED, "cannot-open")
    assert time.monotonic() - started < 10


def test_plan_says_who_owns_which_folder(tmp_path: Path) -> None:
    root = write(
        tmp_path, {name + "/x": "" for name in ("Dinkes", "DINAS KESEHATAN", "03. dinas_kesehatan kota", "Lain")}
    )
    assert plan(city("Dinsos"), root) == (
        Source("dinkes", ("03. dinas_kesehatan kota", "DINAS KESEHATAN", "Dinkes")),
        Source("hukum", (), "missing"),
        Source("dinsos", (), "missing"),
        Source("", ("Lain",), "unmatched"),
        Source("", (), "beside"),
    )
    assert [source.agency_id for source in plan(city(), root, ["Dinas Kesehatan"])] == ["dinkes"]
    with pytest.raises(UsageError, match="tidak-ada"):
        plan(city(), root, ["tidak-ada"])
    with pytest.raises(InputsError, match="tiada"):
        plan(city(), root / "tiada")


def test_an_empty_inputs_folder_is_an_empty_manifest(tmp_path: Path) -> None:
    manifest = take(tmp_path)
    assert manifest.files == ()
    assert [note.reason for note in manifest.folders] == ["missing", "missing"]


def test_only_restricts_the_walk_to_some_agencies(tmp_path: Path) -> None:
    root = write(tmp_path, {"Dinkes/a.txt": "a", "Bagian Hukum/b.txt": "b", "c.txt": "c"})
    assert [file.path for file in take(root, only=["hukum"]).files] == ["Bagian Hukum/b.txt"]


def test_a_source_gathered_twice_counts_once(tmp_path: Path) -> None:
    root = write(tmp_path, {"Dinkes/12.1 a.txt": "isi", "b.txt": "isi"})
    seen: list[str] = []
    with workshop(city(), root, state_root=None, progress=seen.append) as shop:
        parts = [gather_source(source, city(), instrument(), root, shop) for source in plan(city(), root)]
    manifest = assemble([*parts, parts[0]], instrument())
    assert [file.path for file in manifest.files] == ["Dinkes/12.1 a.txt", "b.txt"]
    assert len(manifest.citations) == 1
    assert sorted(seen) == ["Dinkes/12.1 a.txt", "b.txt"]
    assert walk(Source("", (), "beside"), root).entries[0].path == "b.txt"


def test_the_citys_own_folder_is_listed_and_never_evidence(tmp_path: Path) -> None:
    own: dict[str, bytes | str] = {
        "naskah/lambang.png": picture(size=(300, 200)),
        "naskah/pengesahan-bertandatangan.pdf": pdf(["LEMBAR PENGESAHAN"], signed=True),
        "naskah/12.1 Laporan persalinan.pdf": pdf(["LAPORAN", "persalinan"]),
        "naskah/templat/12.2/rekap.xlsx": workbook([["Data"]]),
        "naskah/BACA-SAYA.txt": "petunjuk",
    }
    manifest = take(write(tmp_path, own | {"Dinkes/12.1 a.pdf": pdf(["LAPORAN", "lain"])}))

    files = {file.path: file for file in manifest.files}
    assert set(files) == {*own, "Dinkes/12.1 a.pdf"}
    assert {path: file.media for path, file in files.items() if path in own} == {
        path: Media.GUIDE if path.endswith(".txt") else Media.OWN for path in own
    }
    assert [citation.path for citation in manifest.citations] == ["Dinkes/12.1 a.pdf"]
    assert not any(files[path].suggestions or files[path].kinds for path in own)
    assert "naskah" not in {note.folder for note in manifest.folders}
    assert files["naskah/pengesahan-bertandatangan.pdf"].has_signature
    assert [file.path for file in take(tmp_path, only=["dinkes"]).files] == ["Dinkes/12.1 a.pdf"]
