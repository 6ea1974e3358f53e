"""The run folder: made in a hidden work folder, given its name by one rename, pointed to by ``terbaru``.

A power cut at any moment leaves the previous run untouched and no half run visible: what lies in a hidden
``.kerja-…`` folder is nobody's, and the next run removes it under the lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.errors import InputsError
from flows.files import one_writer, rename, sync_tree, write_text

WORK_PREFIX = ".kerja-"
OLD_PREFIX = ".lama-"
LATEST = "terbaru"
CHECKSUMS = "manifest-sha256.txt"
_BLOCK_BYTES = 1 << 20


@contextlib.contextmanager
def work_folder(output_root: Path, now: datetime) -> Iterator[Path]:
    """Hold the lock of a city and year and give an empty hidden folder that is gone afterwards unless renamed.

    Args:
        output_root: ``<outputs>/<kota>/<tahun>``.
        now: Local time, from which the run's name is made.

    Raises:
        BusyError: another process works on the same city and year.
        InputsError: the folder cannot be written to.
    """
    with one_writer(output_root):
        _remove_leftovers(output_root)
        work = output_root / f"{WORK_PREFIX}{_free_name(output_root, now)}"
        try:
            work.mkdir()
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def finish(work: Path) -> Path:
    """Seal a work folder with its checksums, give it its name and point ``terbaru`` to it.

    Returns:
        The run folder.

    Raises:
        InputsError: the disk is full or the folder cannot be renamed; the previous run is untouched.
    """
    output_root = work.parent
    target = output_root / work.name.removeprefix(WORK_PREFIX)
    try:
        write_text(work / CHECKSUMS, checksums(work))
        sync_tree(work)
        rename(work, target)
        point_to(output_root, target.name)
    except OSError as error:
        raise InputsError(
            f"Hasil susunan tidak dapat disimpan di {output_root} ({error.strerror or error}).",
            "Periksa sisa ruang dan hak tulis folder itu, lalu ulangi. Terbitan sebelumnya tidak berubah.",
        ) from error
    return target


def checksums(folder: Path) -> str:
    """Lines that ``sha256sum -c`` reads in ``folder``: every file but the list itself, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    return "".join(f"{file_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def point_to(output_root: Path, run_id: str) -> None:
    """Make ``terbaru`` mean ``run_id``: a relative symlink, or a text file that names it where links fail."""
    pointer, fresh = output_root / LATEST, output_root / f".{LATEST}-baru"
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(run_id, target_is_directory=True)
        rename(fresh, pointer)
    except (OSError, NotImplementedError):
        fresh.unlink(missing_ok=True)
        if pointer.is_symlink():
            pointer.unlink()
        write_text(pointer, run_id + "\n")


def latest_run(output_root: Path) -> Path | None:
    """The folder ``terbaru`` means, None where there is no complete run yet."""
    pointer = output_root / LATEST
    try:
        name = pointer.readlink().name if pointer.is_symlink() else pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    run = output_root / name
    return run if name and run.parent == output_root and run.is_dir() else None


def replace_folder(work: Path, target: Path) -> None:
    """Put ``work`` in the place of ``target``; a reader sees the old or the new folder, for an instant none.

    Raises:
        InputsError: the folder cannot be replaced, for example because a file in it is open elsewhere.
    """
    old = target.parent / f"{OLD_PREFIX}{target.name}"
    shutil.rmtree(old, ignore_errors=True)
    try:
        sync_tree(work)
        if target.exists():
            rename(target, old)
        rename(work, target)
    except OSError as error:
        if old.exists() and not target.exists():
            rename(old, target)
        raise InputsError(
            f"Folder {target} tidak dapat diganti ({error.strerror or error}).",
            "Tutup berkas di folder itu yang masih terbuka di aplikasi lain, lalu ulangi.",
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def _free_name(output_root: Path, now: datetime) -> str:
    name = now.strftime("%Y%m%dT%H%M%S")
    number = 1
    while os.path.lexists(output_root / (found := name if number == 1 else f"{name}-{number}")):
        number += 1
    return found


def _remove_leftovers(output_root: Path) -> None:
    """Remove what an interrupted run left; safe because the lock is held."""
    for path in output_root.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)
    interrupted = output_root / f"{OLD_PREFIX}pemeriksaan"
    if interrupted.is_dir() and not (output_root / "pemeriksaan").exists():
        rename(interrupted, output_root / "pemeriksaan")
    shutil.rmtree(interrupted, ignore_errors=True)
    (output_root / f".{LATEST}-baru").unlink(missing_ok=True)
