"""The cache spares hashing and looking inside, is never believed blindly, and never breaks a run."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.bounded import Failure, Result
from flows.gather import hashing
from flows.gather.examine import inspect_all
from flows.gather.hashing import hash_entries
from flows.gather.intake import Source, walk
from flows.gather.recognise import rules_of
from flows.gather.workshop import STORE_NAME
from flows.model import Condition
from flows.store import Store
from tests.gather.kit import age, instrument, pdf, picture, take, workbook, write


class CountingPool:
    """Runs jobs here and counts files; jobs with a file in ``bad`` fail as told, as often as told."""

    def __init__(self, bad: dict[str, list[Failure]] | None = None) -> None:
        self.seen: list[str] = []
        self._bad = bad or {}

    def run(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Result[Any, Any]]:
        for job in items:
            names = [Path(path).name for path, _ in job.files]
            self.seen.extend(names)
            failures = [self._bad[name].pop(0) for name in names if self._bad.get(name)]
            yield Result(job, failure=failures[0]) if failures else Result(job, function(job))


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as quiet at once: the tests have no two seconds to wait."""
    monkeypatch.setattr(hashing, "_QUIET_NANOSECONDS", -(10**12))


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    paths: list[str] = []
    real = os.open

    def spy(path: str, flags: int, mode: int = 0o777) -> int:
        paths.append(Path(path).name)
        return real(path, flags, mode)

    monkeypatch.setattr("flows.gather.hashing.os.open", spy)
    return paths


def tree(root: Path) -> Path:
    return write(
        root,
        {
            "Dinkes/12.1 a.pdf": pdf(["LAPORAN 2023"]),
            "Dinkes/12.2 b.xlsx": workbook([["a", "b"], ["c", "d"]]),
            "Dinkes/c.jpg": picture("JPEG"),
            "Dinkes/d.pdf": b"rusak",
        },
    )


@pytest.mark.usefixtures("quiet")
def test_an_unchanged_tree_is_neither_read_nor_looked_into_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree(tmp_path / "in")
    first = take(root, tmp_path / "state")
    paths = opened(monkeypatch)
    monkeypatch.setattr("flows.bounded.BoundedPool._start", None)
    assert take(root, tmp_path / "state") == first
    assert paths == []


@pytest.mark.usefixtures("quiet")
def test_fresh_reads_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree(tmp_path / "in")
    first = take(root, tmp_path / "state")
    paths = opened(monkeypatch)
    assert take(root, tmp_path / "state", fresh=True) == first
    assert len(paths) == 4


def test_files_written_a_moment_ago_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree(tmp_path / "in")
    take(root, tmp_path / "state")
    age(root)
    paths = opened(monkeypatch)
    take(root, tmp_path / "state")
    assert len(paths) == 4


@pytest.mark.usefixtures("quiet")
def test_changed_bytes_are_seen_though_size_and_time_are_put_back(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {"Dinkes/12.1 a.txt": "isi lama"})
    path = root / "Dinkes/12.1 a.txt"
    before = path.stat()
    (old,) = take(root, tmp_path / "state").files
    time.sleep(0.02)
    path.write_text("isi baru")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    (new,) = take(root, tmp_path / "state").files
    assert new.bytes == old.bytes
    assert new.sha256 != old.sha256


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("damage", ["junk", "values", "foreign"])
def test_a_damaged_cache_changes_nothing(tmp_path: Path, damage: str) -> None:
    root = tree(tmp_path / "in")
    expected = take(root, tmp_path / "state")
    path = tmp_path / "state" / STORE_NAME
    if damage == "junk":
        path.write_bytes(b"SQLite format 3\x00" + b"rusak" * 3000)
    else:
        connection = sqlite3.connect(path)
        value = "'{\"condition\": 5}'" if damage == "values" else "'[1, 2'"
        connection.execute(f"UPDATE entries SET value = {value}")  # noqa: S608  # fixed words above
        connection.commit()
        connection.close()
    assert take(root, tmp_path / "state") == expected
    assert take(root, tmp_path / "state") == expected


def test_moved_and_copied_bytes_are_looked_into_once(tmp_path: Path) -> None:
    root = tree(tmp_path / "in")
    write(root, {"Dinkes/salinan.pdf": pdf(["LAPORAN 2023"])})
    pool = CountingPool()
    with Store(tmp_path / "c") as store:
        assert len(inspected(root, pool, store)) == 5
        assert len(pool.seen) == 4
        (root / "Dinkes/12.1 a.pdf").rename(root / "Dinkes/12.7 lain.pdf")
        inspected(root, pool, store)
        assert len(pool.seen) == 4
        (root / "Dinkes/12.7 lain.pdf").rename(root / "Dinkes/lain.xlsx")
        assert inspected(root, pool, store)["Dinkes/lain.xlsx"] is Condition.WRONG_EXTENSION


def test_other_rules_ask_again(tmp_path: Path) -> None:
    framework = instrument()
    kinds = {key: dataclasses.replace(kind, content=("BARU",)) for key, kind in framework.kinds.items()}
    assert rules_of(framework).version != rules_of(dataclasses.replace(framework, kinds=kinds)).version
    assert rules_of(framework).version == rules_of(instrument()).version


def test_only_the_culprit_of_a_failed_batch_suffers_and_is_not_remembered(tmp_path: Path) -> None:
    root = tree(tmp_path / "in")
    crash, timeout = [Failure.CRASH] * 2, [Failure.TIMEOUT] * 2
    with Store(tmp_path / "c") as store:
        found = inspected(root, CountingPool({"12.1 a.pdf": crash}), store)
        assert found["Dinkes/12.1 a.pdf"] is Condition.REFUSED
        assert list(found.values()).count(Condition.REFUSED) == 1
        pool = CountingPool({"12.1 a.pdf": timeout})
        assert inspected(root, pool, store)["Dinkes/12.1 a.pdf"] is Condition.REFUSED
        assert pool.seen == ["12.1 a.pdf"]
        assert inspected(root, CountingPool(), store)["Dinkes/12.1 a.pdf"] is Condition.GOOD


def test_one_stray_death_of_a_worker_costs_nothing(tmp_path: Path) -> None:
    root = tree(tmp_path / "in")
    found = inspected(root, CountingPool({"12.1 a.pdf": [Failure.CRASH]}), None)
    assert Condition.REFUSED not in found.values()


def inspected(root: Path, pool: CountingPool, store: Store | None) -> dict[str, Condition]:
    hashed = hash_entries(walk(Source("dinkes", ("Dinkes",)), root).entries, None, fresh=False)
    found = inspect_all(hashed, rules_of(instrument()), pool, store, fresh=False)  # type: ignore[arg-type]
    return {path: inspection.condition for path, inspection in found.items()}
