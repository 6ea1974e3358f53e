"""The cabinet of finished work: whole entries or none, whatever happened to the disk between two runs."""

from __future__ import annotations

import multiprocessing
import os
import stat
import sys
from pathlib import Path

import pytest

from flows.cabinet import Cabinet, key_of

KEY, OTHER = key_of("bab-1", b"\x00"), key_of("bab-2")
LONG_AGO = 1_000_000_000


@pytest.fixture
def cabinet(tmp_path: Path) -> Cabinet:
    return Cabinet(tmp_path / "lemari")


def test_what_was_put_is_found_in_the_next_run(cabinet: Cabinet, tmp_path: Path) -> None:
    source = tmp_path / "kerja.pdf"
    source.write_bytes(b"%PDF-")
    cabinet.put(KEY, {"hasil.pdf": source, "hasil.json": b"{}"})
    found = Cabinet(cabinet.root).get(KEY)
    assert found is not None
    assert ((found / "hasil.pdf").read_bytes(), (found / "hasil.json").read_bytes()) == (b"%PDF-", b"{}")
    assert not source.exists()
    assert Cabinet(cabinet.root).get(OTHER) is None


def test_parts_of_a_key_do_not_run_together() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", ""), key_of("a", b"b", "c")}) == 5


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: (entry / "hasil.pdf").write_bytes(b"%PD"),
        lambda entry: (entry / "hasil.pdf").write_bytes(b"%PDF!"),
        lambda entry: (entry / "hasil.pdf").unlink(),
        lambda entry: (entry / "isi.json").unlink(),
        lambda entry: (entry / "isi.json").write_bytes(b""),
        lambda entry: (entry / "isi.json").write_bytes(b"[]"),
        lambda entry: (entry / "isi.json").write_bytes(b"{}"),
        lambda entry: (entry / "isi.json").write_bytes(b'{"berkas": {}}'),
        lambda entry: (entry / "isi.json").write_bytes(b'{"berkas": ["hasil.pdf"], "cap": [], "sejak": ""}'),
        lambda entry: (entry / "isi.json").write_bytes(b'{"berkas"'),
    ],
    ids=[
        "cut",
        "changed",
        "gone",
        "no-list",
        "empty-list",
        "odd-list",
        "bare",
        "nothing-listed",
        "no-hash",
        "cut-list",
    ],
)
def test_a_damaged_entry_is_absent_and_can_be_made_again(cabinet: Cabinet, spoil: object) -> None:
    spoil(cabinet.put(KEY, {"hasil.pdf": b"%PDF-"}))  # type: ignore[operator]
    again = Cabinet(cabinet.root)
    assert again.get(KEY) is None
    assert (again.put(KEY, {"hasil.pdf": b"%PDF-"}) / "hasil.pdf").read_bytes() == b"%PDF-"
    assert Cabinet(cabinet.root).get(KEY) is not None
    assert len(list(cabinet.root.iterdir())) == 1


def _spoilt_unseen(entry: Path) -> None:
    """Other bytes of the same length, with the old dates, as a power cut may leave them."""
    path = entry / "hasil.pdf"
    seen = path.stat()
    path.write_bytes(b"%PD!-")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def test_gigabytes_are_not_read_again_until_the_computer_has_been_started_anew(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.cabinet.started", lambda: "mulai-1")
    entry = cabinet.put(KEY, {"hasil.pdf": b"%PDF-"})
    with monkeypatch.context() as patched:
        patched.setattr("flows.cabinet._hash_of", None)  # nobody asks for it
        assert Cabinet(cabinet.root).get(KEY) == entry
    monkeypatch.setattr("flows.cabinet.started", lambda: "mulai-2")
    assert Cabinet(cabinet.root).get(KEY) == entry  # compared, and noted
    with monkeypatch.context() as patched:
        patched.setattr("flows.cabinet._hash_of", None)
        assert Cabinet(cabinet.root).get(KEY) == entry
    _spoilt_unseen(entry)
    monkeypatch.setattr("flows.cabinet.started", lambda: "mulai-3")
    assert Cabinet(cabinet.root).get(KEY) is None


def test_where_the_system_does_not_say_when_it_was_started_everything_is_read(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.cabinet.started", lambda: "")
    _spoilt_unseen(cabinet.put(KEY, {"hasil.pdf": b"%PDF-"}))
    assert Cabinet(cabinet.root).get(KEY) is None


def test_a_hand_that_writes_at_once_and_as_much_as_was_there_is_seen(cabinet: Cabinet) -> None:
    for number in range(50):
        key = key_of(str(number))
        with (cabinet.put(key, {"hasil.pdf": b"%PDF-"}) / "hasil.pdf").open("r+b") as file:
            file.write(b"%PD!-")
        assert Cabinet(cabinet.root).get(key) is None


def test_the_first_of_two_writers_wins(cabinet: Cabinet) -> None:
    first = cabinet.put(KEY, {"hasil.pdf": b"1"})
    made = (first / "hasil.pdf").stat().st_ino
    second = Cabinet(cabinet.root).put(KEY, {"hasil.pdf": b"1"})
    assert (second / "hasil.pdf").stat().st_ino == made


def test_sweeping_takes_what_nobody_asked_for(cabinet: Cabinet) -> None:
    kept, gone = cabinet.put(KEY, {"hasil.pdf": b"1"}), cabinet.put(OTHER, {"hasil.pdf": b"2"})
    for entry in (kept, gone):
        os.utime(entry, (LONG_AGO, LONG_AGO))
    half_made = cabinet.root / ".baru-lama"
    half_made.mkdir()
    os.utime(half_made, (LONG_AGO, LONG_AGO))
    later = Cabinet(cabinet.root)
    assert later.get(KEY) is not None
    assert later.sweep() == 1
    assert (kept.is_dir(), gone.exists(), half_made.exists()) == (True, False, False)


def test_sweeping_spares_what_another_process_makes_meanwhile(cabinet: Cabinet) -> None:
    theirs = Cabinet(cabinet.root).put(KEY, {"hasil.pdf": b"1"})
    assert cabinet.sweep() == 0
    assert theirs.is_dir()


def test_a_full_disk_leaves_no_half_entry(cabinet: Cabinet, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="tidak-ada"):
        cabinet.put(KEY, {"hasil.json": b"{}", "hasil.pdf": tmp_path / "tidak-ada.pdf"})
    assert cabinet.get(KEY) is None
    assert [path for path in cabinet.root.rglob("*") if path.is_file()] == []


def test_an_entry_can_be_forgotten(cabinet: Cabinet) -> None:
    cabinet.put(KEY, {"hasil.pdf": b"1"})
    cabinet.forget(KEY)
    cabinet.forget(OTHER)
    assert cabinet.get(KEY) is None


@pytest.mark.parametrize("name", ["../luar.pdf", "a/b.pdf", "isi.json", ""])
def test_names_stay_inside_their_entry(cabinet: Cabinet, name: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        cabinet.put(KEY, {name: b"1"})


def test_keys_stay_inside_the_cabinet(cabinet: Cabinet) -> None:
    with pytest.raises(ValueError, match="luar"):
        cabinet.get("../luar")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_the_owner_reads_it(cabinet: Cabinet) -> None:
    entry = cabinet.put(KEY, {"hasil.pdf": b"1"})
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (cabinet.root, entry.parent, entry, entry / "hasil.pdf")]
    assert modes == [0o700, 0o700, 0o700, 0o600]


def _put_many(root: Path) -> None:
    cabinet = Cabinet(root)
    for number in range(40):
        entry = cabinet.put(key_of(str(number)), {"hasil.pdf": str(number).encode() * 5000})
        assert (entry / "hasil.pdf").stat().st_size >= 5000


def test_two_processes_put_the_same_at_the_same_time(cabinet: Cabinet) -> None:
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=_put_many, args=(cabinet.root,)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    assert all(cabinet.get(key_of(str(number))) for number in range(40))
    assert not [path for path in cabinet.root.iterdir() if path.name.startswith(".")]
