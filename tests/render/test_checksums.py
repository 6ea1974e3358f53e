"""MD5 of contents for the archive edition: worked out once, kept, never believed when it makes no sense."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5, sha256
from pathlib import Path

import pytest

from flows.bounded import BoundedPool
from flows.render import checksums as module
from flows.render.checksums import STORE_NAME, checksums
from flows.store import Store

CONTENTS = [b"%PDF-1.4 contoh", b"", b"PK\x03\x04 contoh"]


@pytest.fixture(scope="module")
def pool() -> Iterator[BoundedPool]:
    with BoundedPool(1) as made:
        yield made


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    found = {}
    for content in CONTENTS:
        digest = sha256(content).hexdigest()
        found[digest] = tmp_path / digest
        found[digest].write_bytes(content)
    return found


def expected() -> dict[str, str]:
    return {sha256(content).hexdigest(): md5(content, usedforsecurity=False).hexdigest() for content in CONTENTS}


def test_sums_are_worked_out_once(tmp_path: Path, paths: dict[str, Path], pool: BoundedPool) -> None:
    assert checksums(tmp_path, pool)(paths) == expected()
    for path in paths.values():
        path.unlink()  # whoever looked again would find nothing
    assert checksums(tmp_path, pool)(paths) == expected()
    assert set(checksums(tmp_path, pool, fresh=True)(paths).values()) == {""}


def test_a_content_that_cannot_be_read_has_none_and_is_asked_for_again(
    tmp_path: Path, paths: dict[str, Path], pool: BoundedPool
) -> None:
    digest, path = next(iter(paths.items()))
    content = path.read_bytes()
    path.unlink()
    assert checksums(tmp_path, pool)(paths)[digest] == ""
    path.write_bytes(content)
    assert checksums(tmp_path, pool)(paths) == expected()


@pytest.mark.parametrize("row", ["", "-", "bukan angka", "0" * 31])
def test_a_row_that_makes_no_sense_is_worked_out_anew(
    tmp_path: Path, paths: dict[str, Path], pool: BoundedPool, row: str
) -> None:
    with Store(tmp_path / STORE_NAME) as store:
        store.put_many(module._NAMESPACE, dict.fromkeys(paths, row))
    assert checksums(tmp_path, pool)(paths) == expected()


def test_a_damaged_store_costs_only_time(tmp_path: Path, paths: dict[str, Path], pool: BoundedPool) -> None:
    (tmp_path / STORE_NAME).write_bytes(b"SQLite format 3\x00 rusak" * 40)
    assert checksums(tmp_path, pool)(paths) == expected()
