"""A file is believed once nobody writes to it any more; who has one open, and what only stands for a file, is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import bounds
from flows.errors import UsageError
from flows.findings import load_catalogue
from flows.gather.arriving import Watch
from flows.gather.intake import Source, walk
from flows.model import Condition, EvidenceFile, OpenFile
from flows.settings import Settings, quiet_seconds
from flows.validate import judge_manifest
from tests.gather.kit import age, city, instrument, packed, pdf, take, write

GROWING = """
import sys, time
with open(sys.argv[1], "ab", buffering=0) as stream:
    print("started", flush=True)
    while True:
        stream.write(b"lagi ")
        time.sleep(0.02)
"""
QUIET = 0.3


def told(file: EvidenceFile) -> tuple[Condition, str]:
    return file.condition, file.detail


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLA_TENANG", str(QUIET))


def test_a_file_that_another_process_is_writing_is_not_believed(tmp_path: Path, waiting: None) -> None:
    files: dict[str, bytes | str] = {
        "Dinkes/12.1 utuh.txt": "sudah lengkap",
        "Dinkes/12.2 tumbuh.txt": "",
        "Dinkes/12.7 a.zip": packed({"a": b"x"}),
    }
    root = write(tmp_path / "in", files)
    age(root)
    with subprocess.Popen(
        [sys.executable, "-c", GROWING, str(root / "Dinkes/12.2 tumbuh.txt")], stdout=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"started\n"
            manifest = take(root, tmp_path / "state")
        finally:
            process.kill()
    growing = manifest.file("Dinkes/12.2 tumbuh.txt")
    assert (told(growing), growing.sha256) == ((Condition.ARRIVING, "still-changing"), "")
    assert told(manifest.file("Dinkes/12.1 utuh.txt")) == (Condition.GOOD, "")
    assert told(manifest.file("Dinkes/12.7 a.zip")) == (Condition.GOOD, "unpacked")
    assert [(each.code, each.question_id) for each in judge_manifest(city(), instrument(), manifest) if each.path] == [
        ("arriving-file", "12.2")
    ]
    assert told(take(root, tmp_path / "state").file("Dinkes/12.2 tumbuh.txt")) == (Condition.GOOD, "")


def test_all_sources_share_one_wait_and_calm_files_cost_none(tmp_path: Path, waiting: None) -> None:
    names = [f"Tak Dikenal {number}/12.1 a.txt" for number in range(12)]
    root = write(tmp_path, dict.fromkeys(names, "isi rekaan"))
    take(root)
    started = time.monotonic()
    assert {told(file) for file in take(root).files} == {(Condition.GOOD, "")}
    future = time.time_ns() + 3600 * 10**9
    for name in names:
        os.utime(root / name, ns=(future, future))
    between = time.monotonic()
    assert {told(file) for file in take(root).files} == {(Condition.GOOD, "")}, "another clock runs fast"
    assert time.monotonic() - between < 12 / 4 * QUIET + 5
    assert between - started < 60


def test_a_change_between_the_looks_is_seen_though_size_and_time_agree(tmp_path: Path) -> None:
    """Each look compares what the system says of the file: its size, its time, and which file it is."""
    root = write(tmp_path, {"Dinkes/a.txt": "satu", "Dinkes/b.txt": "dua"})
    watch = Watch(root, QUIET)
    other = root / "Dinkes" / "lain"
    other.write_text("satu")
    found = root / "Dinkes" / "a.txt"
    stamp = found.stat().st_mtime_ns
    suspects = watch.suspects(walk(Source("dinkes", ("Dinkes",)), root).entries)
    os.utime(other, ns=(stamp, stamp))
    other.replace(found)
    assert "Dinkes/a.txt" in suspects.changed()
    assert "Dinkes/b.txt" not in suspects.changed()


@pytest.mark.parametrize("ahead", [100, 5, -5, -600])
def test_a_file_is_looked_at_twice_though_the_clock_of_its_server_is_wrong(
    ahead: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What our clock takes for long past may be written this moment; only what an earlier run saw so is quiet."""
    root = write(tmp_path / "in", {"Dinkes/12.1 a.txt": "satu", "Dinkes/12.2 b.txt": "dua"})
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + ahead * 10**9)
    watch = Watch(root, QUIET)
    suspects = watch.suspects(walk(Source("dinkes", ("Dinkes",)), root).entries)
    (root / "Dinkes" / "12.1 a.txt").write_text("lain")
    assert suspects.changed() == {"Dinkes/12.1 a.txt"}


def test_only_what_no_earlier_run_has_seen_so_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "in", {"Dinkes/12.1 a.txt": "satu", "Dinkes/12.2 b.txt": "dua"})
    now, sleep, state, waits = time.time_ns, time.sleep, tmp_path / "state", list[float]()
    monkeypatch.setattr(time, "time_ns", lambda: now() + 100 * 10**9)

    def nap(seconds: float) -> None:
        waits.append(seconds)
        sleep(min(seconds, 0.1))

    monkeypatch.setattr(time, "sleep", nap)
    monkeypatch.setenv("KLA_TENANG", "6")
    take(root, state)
    assert max(waits) > 1, "what nobody has seen yet"
    waits.clear()
    take(root, state)
    assert max(waits, default=0) < 1, "an unchanged tree costs no wait"


def test_the_wait_of_a_run_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {"Dinkes/a.txt": "satu"})
    monkeypatch.setattr(bounds, "ARRIVAL_SECONDS", 0.2)
    watch = Watch(root, 0.2)
    time.sleep(0.25)
    write(root, {"Dinkes/baru.txt": "datang ketika pemeriksaan berjalan"})
    suspects = watch.suspects(walk(Source("dinkes", ("Dinkes",)), root).entries)
    started = time.monotonic()
    assert suspects.changed() == {"Dinkes/baru.txt"}, "no time is left to see it quiet"
    assert time.monotonic() - started < 0.2


def test_a_file_that_does_not_open_is_half_copied_first_and_damaged_later(tmp_path: Path, waiting: None) -> None:
    half = pdf(["LAPORAN"], ["dua"])
    files = {"Dinkes/12.1 a.pdf": half[: len(half) // 2], "Dinkes/b.zip": packed({"a": b"x"})[:-30]}
    root = write(tmp_path / "in", files)
    state = tmp_path / "state"
    assert {told(file) for file in take(root, state).files} == {(Condition.ARRIVING, "half-copied")}
    age(root, 120)
    assert {told(file) for file in take(root, state).files} == {(Condition.ARRIVING, "half-copied")}, "a slow clock"
    age(root, 200)
    assert {told(file) for file in take(root, state).files} == {(Condition.DAMAGED, "cannot-open")}


def test_a_slow_clock_excuses_no_file_that_has_its_end(tmp_path: Path, waiting: None) -> None:
    """Written two minutes ago by its clock, whole in length and damaged inside: nothing more of it will come."""
    whole = packed({"a": b"isi rekaan"})
    files = {"Dinkes/a.zip": whole.replace(b"PK\x01\x02", b"PK\x09\x02"), "Dinkes/b.docx": whole[:-30] + b"\0" * 30}
    root = write(tmp_path / "in", files)
    age(root, 120)
    found = {file.path: told(file) for file in take(root).files}
    assert found == {
        "Dinkes/a.zip": (Condition.DAMAGED, "cannot-open"),
        "Dinkes/b.docx": (Condition.ARRIVING, "half-copied"),
    }


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("0", 0.0), ("1.5", 1.5), ("-3", 0.0), ("99999", 6.0), ("inf", 6.0), (" ", 2.0), ("", 2.0)],
)
def test_the_quiet_time_can_be_set(written: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLA_TENANG", written)
    assert quiet_seconds() == seconds


@pytest.mark.parametrize("written", ["lama", "nan", "2 detik"])
def test_a_quiet_time_that_is_no_number_is_told_before_any_work(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLA_TENANG", written)
    with pytest.raises(UsageError, match=f"KLA_TENANG bernilai “{written}”"):
        Settings.from_environment()


# --------------------------------------------------------------------------------------------------------------------
# What only stands for a file


def test_names_of_programs_that_copy_are_no_evidence_and_placeholders_are_told(tmp_path: Path) -> None:
    names = {
        "~WRD0001.tmp": (Condition.IGNORED, "temporary"),
        "lu81234abc.tmp": (Condition.IGNORED, "temporary"),
        "Unconfirmed 4711.crdownload": (Condition.IGNORED, "temporary"),
        ".~12.1 tabel.xlsx": (Condition.IGNORED, "lock-file"),
        "12.1 a.pdf:Zone.Identifier": (Condition.IGNORED, "system-file"),
        "12.1 daring.gdoc": (Condition.REFUSED, "cloud-link"),
        "12.2 daring.gsheet": (Condition.REFUSED, "cloud-link"),
        "12.4 daring.webloc": (Condition.REFUSED, "cloud-link"),
        ".12.1 a.pdf.icloud": (Condition.ARRIVING, "online-only"),
        "12.7 a.pdf.nextcloud": (Condition.ARRIVING, "online-only"),
    }
    manifest = take(write(tmp_path, {f"Dinkes/{name}": "isi" for name in names}))
    assert {file.name: told(file) for file in manifest.files} == names
    said = {(each.code, each.question_id) for each in judge_manifest(city(), instrument(), manifest) if each.path}
    assert {("refused-file", "12.1"), ("refused-file", "12.2"), ("arriving-file", "12.7")} <= said


@pytest.mark.parametrize(
    "name",
    [
        ".12.1 a.pdf.Xy12Zq", ".syncthing.12.1 a.pdf.tmp", "~syncthing~12.1 a.pdf.tmp", ".12.1 a.pdf.~1f0c",
        "12.1 a.pdf.ocTransferId1234.part", "12.1 a.pdf.0badcafe.partial", "12.1 a.Ab3dE5f7.pdf.part",
        "12.1 a.pdf.crdownload", "12.1 a.pdf.filepart", "12.1 a.docx.sb-1a2b3c4d-AbCdEf", "12.1 a.xlsx.tmp",
    ],
)  # fmt: skip
def test_a_copy_under_a_passing_name_is_awaited_and_its_question_never_called_unanswered(
    name: str, tmp_path: Path
) -> None:
    """However old: who asks for the proof must hear that it was on its way, and not that there is none."""
    root = write(tmp_path, {f"Dinkes/{name}": pdf(["LAPORAN"])[:200]})
    age(root)
    manifest = take(root)
    assert told(manifest.file(f"Dinkes/{name}")) == (Condition.ARRIVING, "unfinished-copy")
    assert manifest.questions_of() == {f"Dinkes/{name}": ("12.1",)}
    found = [each for each in judge_manifest(city(), instrument(), manifest) if each.path]
    assert [(each.code, each.question_id) for each in found] == [("arriving-file", "12.1")]
    said = load_catalogue().describe(found[0])
    assert "salinan atau unduhan yang belum selesai" in said.sentence
    assert "salin atau unduh ulang berkas itu" in said.repair


def test_what_is_left_of_a_copy_that_was_done_is_nothing(tmp_path: Path) -> None:
    """Beside the whole file; and in folders that programs keep for themselves."""
    names = ["12.1 a.pdf", "12.1 a.pdf.crdownload", ".12.1 a.pdf.Xy12Zq", ".rsync-partial/12.2 b.pdf", "#recycle/c.pdf"]
    root = write(tmp_path, {f"Dinkes/{name}": pdf(["LAPORAN"]) for name in names})
    age(root)
    states = [file.condition for file in take(root).files if file.name != "12.1 a.pdf"]
    assert states == [Condition.IGNORED] * 4


def test_a_file_that_was_begun_and_has_no_byte_yet_is_not_called_empty(tmp_path: Path, waiting: None) -> None:
    """A slow network shows a name long before its bytes."""
    root = write(tmp_path / "in", {"Dinkes/12.1 a.pdf": b"", "Dinkes/12.2 b.pdf": pdf(["LAPORAN"])})
    assert told(take(root, tmp_path / "state").file("Dinkes/12.1 a.pdf")) == (Condition.ARRIVING, "half-copied")
    age(root, 200)
    assert told(take(root, tmp_path / "state").file("Dinkes/12.1 a.pdf")) == (Condition.EMPTY, "zero-bytes")


@pytest.mark.parametrize("written", [0, 315_532_800])
def test_a_copy_that_is_dated_before_there_were_such_files_is_half_copied(
    written: int, tmp_path: Path, waiting: None
) -> None:
    """Programs that copy over networks put 1970 or 1980 there until they are done."""
    half = pdf(["LAPORAN"], ["dua"])
    root = write(tmp_path, {"Dinkes/12.1 a.pdf": half[: len(half) // 2], "Dinkes/12.2 b.pdf": half})
    for path in root.rglob("*.pdf"):
        os.utime(path, (written, written))
    manifest = take(root)
    assert told(manifest.file("Dinkes/12.1 a.pdf")) == (Condition.ARRIVING, "half-copied")
    assert told(manifest.file("Dinkes/12.2 b.pdf")) == (Condition.GOOD, "")


# --------------------------------------------------------------------------------------------------------------------
# Who has a file open


def office(name: str, size: int = 165, split: int = 55) -> bytes:
    """The record of an office program: the name in an 8-bit alphabet, then in UTF-16."""
    narrow = name.encode("cp1252", "replace")[: split - 1]
    wide = name.encode("utf-16-le")
    record = bytes([len(narrow)]) + narrow.ljust(split - 1, b" ") + (len(wide) // 2).to_bytes(2, "little") + wide
    return record.ljust(size, b" ")[:size]


def test_lock_files_say_who_has_a_file_open(tmp_path: Path) -> None:
    files = {
        "Dinkes/12.1 data.xlsx": b"", "Dinkes/~$12.1 data.xlsx": office("Orang Rekaan Žižka"),
        "Dinkes/Laporan persalinan.docx": b"", "Dinkes/~$poran persalinan.docx": office("Pengguna Rekaan", 162, 54),
        "Dinkes/ringkas.docx": b"", "Dinkes/~$ingkas.docx": office("Satu", 162, 54),
        "Dinkes/surat.docx": b"", "Dinkes/~$surat.docx": office("Dua", 162, 54),
        "Dinkes/tabel.ods": b"", "Dinkes/.~lock.tabel.ods#": b"Rekaan\\, Pengguna,pengguna,komputer,01.01.2024 10:00,file:///x;",
        "Dinkes/lain.ods": b"", "Dinkes/.~lock.lain.ods#": b",pengguna,komputer,01.01.2024 10:00,file:///x;",
        "Dinkes/kosong.xlsx": b"", "Dinkes/~$kosong.xlsx": b"",
        "Dinkes/aneh.xlsx": b"", "Dinkes/~$aneh.xlsx": b"\xff" * 165,
        "Dinkes/jahat.xlsx": b"", "Dinkes/~$jahat.xlsx": office("=cmd\x1b[31m\u202e 9971014505120001" + "x" * 90),
        "Dinkes/~$tiada.xlsx": office("Tiga"),
        "Dinkes/wps.xlsx": b"", "Dinkes/.~wps.xlsx": office("Empat"),
    }  # fmt: skip
    manifest = take(write(tmp_path, files))
    who = {one.path.removeprefix("Dinkes/"): one.who for one in manifest.open_files}
    jahat = who.pop("jahat.xlsx")
    aneh = who.pop("aneh.xlsx")
    assert who == {
        "12.1 data.xlsx": "Orang Rekaan Žižka",
        "Laporan persalinan.docx": "Pengguna Rekaan",
        "ringkas.docx": "Satu",
        "surat.docx": "Dua",
        "tabel.ods": "Rekaan, Pengguna",
        "lain.ods": "pengguna",
        "kosong.xlsx": "",
        "wps.xlsx": "Empat",
    }
    assert jahat.startswith("=cmd [31m")
    assert "9971014505120001" not in jahat
    assert max(len(jahat), len(aneh)) <= bounds.LOCK_FILE_NAME_CHARS
    assert all(char.isprintable() for char in jahat + aneh)
    assert OpenFile("Dinkes/12.1 data.xlsx", "Orang Rekaan Žižka") in manifest.open_files
    found = [each for each in judge_manifest(city(), instrument(), manifest) if each.code == "file-open"]
    assert {each.path: each.values["who"] for each in found}["Dinkes/kosong.xlsx"] == "seseorang"
    assert len(found) == 10
