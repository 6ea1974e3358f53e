"""The cache spares work and never breaks a run: neither damage nor locks nor missing rights may raise."""

from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.prefect_home import make_home
from flows.settings import Settings
from flows.store import Store


def test_what_was_put_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "cache.sqlite3"
    with Store(path) as store:
        store.put_many("a", {"k": "one", "l": "two"})
        store.put_many("b", {"k": "other"})
        store.put_many("a", {"l": "three"})
    with Store(path) as store:
        assert store.get_many("a", ["k", "l", "missing"]) == {"k": "one", "l": "three"}
        assert store.get_many("b", ["k"]) == {"k": "other"}


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_nobody_else_of_the_computer_reads_what_is_stored(tmp_path: Path) -> None:
    """Titles of documents are remembered, and some of them name a child; an older file is shut too."""
    for name, before in (("new", False), ("old", True)):
        path = tmp_path / name
        if before:
            path.touch(mode=0o644)
        with Store(path) as store:
            store.put_many("a", {"k": "Laporan tentang Bunga Rekaan"})
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_nor_the_database_and_the_logs_of_prefect(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "inputs", tmp_path / "outputs")
    make_home(settings).chmod(0o755)
    assert stat.S_IMODE(make_home(settings).stat().st_mode) == 0o700


def test_thousands_of_keys_are_asked_at_once(tmp_path: Path) -> None:
    rows = {f"kunci {number} \u2013 é": str(number) for number in range(3000)}
    with Store(tmp_path / "c") as store:
        store.put_many("n", rows)
        assert store.get_many("n", list(rows)) == rows


@pytest.mark.parametrize("content", [b"", b"junk" * 5000, b"SQLite format 3\x00" + b"\xff" * 9000])
def test_a_damaged_file_is_no_cache_now_and_a_fresh_one_next_time(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c"
    path.write_bytes(content)
    with Store(path) as store:
        store.put_many("n", {"k": "v"})
        store.get_many("n", ["k"])
    with Store(path) as store:
        store.put_many("n", {"k": "v"})
        assert store.get_many("n", ["k"]) == {"k": "v"}


def test_a_foreign_table_or_a_folder_in_its_place_is_survived(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "c")
    foreign.execute("CREATE TABLE entries (something TEXT)")
    foreign.commit()
    foreign.close()
    (tmp_path / "d").mkdir()
    for name in ("c", "d"):
        with Store(tmp_path / name) as store:
            store.put_many("n", {"k": "v"})
            assert store.get_many("n", ["k"]) == {}
            assert not store.is_working


def test_a_lock_held_by_another_process_ends_the_cache_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.store.BUSY_SECONDS", 0.05)
    with Store(tmp_path / "c") as store:
        other = sqlite3.connect(tmp_path / "c", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        store.put_many("n", {"k": "v"})
        assert not store.is_working
        assert store.get_many("n", ["k"]) == {}
        other.close()
    assert (tmp_path / "c").exists()


def test_many_threads_share_one_store(tmp_path: Path) -> None:
    with Store(tmp_path / "c") as store, ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.put_many("n", {str(n): str(n)}), range(80)))
        assert store.get_many("n", [str(n) for n in range(80)]) == {str(n): str(n) for n in range(80)}
    store.put_many("n", {"after": "close"})
    assert store.get_many("n", ["after"]) == {}
