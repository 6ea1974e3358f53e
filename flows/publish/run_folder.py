"""The run folder: made in a hidden work folder, given its name by one rename, pointed to by ``terbaru``.

A power cut at any moment leaves the previous run untouched and no half run visible: what lies in a hidden
``.kerja-…`` folder is nobody's, and the next run removes it under the lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from flows.errors import InputsError, os_reason
from flows.files import PRIVATE, TEMPORARY_PREFIX, one_writer, rename, sync_tree, write_text

WORK_PREFIX = ".kerja-"
OLD_PREFIX = ".lama-"
LATEST = "terbaru"
CHECKSUMS = "manifest-sha256.txt"
INTERNAL, CHECK = "internal", "pemeriksaan"
_THREADS = 2
"""Hashing leaves Python to others meanwhile."""
_RUN_ID = re.compile(r"\d{8}T\d{6}(-\d+)?")


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
        with saving(output_root):
            _remove_leftovers(output_root)
            _close(output_root)
            work = output_root / f"{WORK_PREFIX}{_free_name(output_root, now)}"
            work.mkdir(mode=PRIVATE)  # what is unmasked is written long before its own folder is closed
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def saving(output_root: Path) -> Iterator[None]:
    """Turn a failure to write in ``output_root`` into a sentence.

    Raises:
        InputsError: the disk is full or the folder cannot be written to; what was published before is untouched.
    """
    try:
        yield
    except OSError as error:
        raise InputsError(
            f"Hasil tidak dapat disimpan di {output_root} ({os_reason(error)}).",
            "Periksa sisa ruang dan hak tulis folder itu, lalu ulangi. Terbitan sebelumnya tidak berubah.",
        ) from error


def finish(work: Path, known: Mapping[str, str]) -> Path:
    """Seal a work folder with its checksums, give it its name and point ``terbaru`` to it.

    Args:
        work: a folder from :func:`work_folder`.
        known: hashes of files in it, by name, from whoever wrote them; gigabytes are not read once more.

    Returns:
        The run folder.

    Raises:
        InputsError: the disk is full or the folder cannot be renamed, and the previous run is untouched; or the run is
            there, but ``terbaru`` could not be made to point to it.
    """
    output_root = work.parent
    target = output_root / work.name.removeprefix(WORK_PREFIX)
    with saving(output_root):
        write_text(work / CHECKSUMS, checksums(work, known))
        work.chmod(stat.S_IMODE(output_root.stat().st_mode))
        sync_tree(work)
        _announce(output_root, target.name)
        rename(work, target)
    try:
        point_to(output_root, target.name)
    except OSError as error:
        raise InputsError(
            f"Terbitan {target} sudah jadi, tetapi penunjuk {LATEST} tidak dapat diganti ({os_reason(error)}).",
            f"Pindahkan atau ganti nama {LATEST} bila ternyata folder biasa, lalu ulangi.",
        ) from error
    return target


def checksums(folder: Path, known: Mapping[str, str]) -> str:
    """Lines that ``sha256sum -c`` reads in ``folder``: every file but the list itself, sorted."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    names = [name for name in names if name != CHECKSUMS]
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="sum") as threads:
        hashes = threads.map(lambda name: known.get(name) or file_sha256(folder / name), names)
        return "".join(map(_checksum_line, hashes, names))


def _checksum_line(sha256: str, name: str) -> str:
    """One line in the notation of GNU coreutils, which escapes names that would break it."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != name else ""
    return f"{mark}{sha256}  {escaped}\n"


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _announce(output_root: Path, run_id: str) -> None:
    """Lay the next pointer beside the old one: whoever comes after a power cut finishes it, if the run got its name."""
    with contextlib.suppress(OSError, NotImplementedError):  # without links it is written once the run is there
        _lay_link(_next_pointer(output_root), run_id)


def _next_pointer(output_root: Path) -> Path:
    return output_root / f".{LATEST}-baru"


def _lay_link(pointer: Path, run_id: str) -> None:
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(run_id, target_is_directory=True)


def _finish_pointer(output_root: Path) -> None:
    """Make ``terbaru`` mean a run that appeared in the moment before everything stopped; else remove what was laid."""
    fresh = _next_pointer(output_root)
    with contextlib.suppress(OSError, UnicodeDecodeError):
        run = output_root / (fresh.readlink() if fresh.is_symlink() else fresh.read_text(encoding="utf-8").strip())
        if run.parent == output_root and _RUN_ID.fullmatch(run.name) and run.is_dir():
            rename(fresh, output_root / LATEST)
    fresh.unlink(missing_ok=True)


def point_to(output_root: Path, run_id: str) -> None:
    """Make ``terbaru`` mean ``run_id``: a relative symlink, or a text file that names it where links fail."""
    pointer, fresh = output_root / LATEST, _next_pointer(output_root)
    try:
        if not (fresh.is_symlink() and fresh.readlink() == Path(run_id)):
            _lay_link(fresh, run_id)
        rename(fresh, pointer)
    except (OSError, NotImplementedError):
        fresh.unlink(missing_ok=True)
        # Written in full before the old pointer goes: a full disk must not cost both.
        write_text(fresh, run_id + "\n")
        if os.name == "nt" and pointer.is_symlink():
            pointer.unlink()  # Windows does not put a file in the place of a link to a folder
        rename(fresh, pointer)


def check_pointer(output_root: Path) -> None:
    """Refuse a folder where the pointer to the newest run belongs, before a run is made that nobody could point to.

    Raises:
        InputsError: copying has made a folder of the link. It may be all that is left of a run, so nobody removes it.
    """
    pointer = output_root / LATEST
    if pointer.is_dir() and not pointer.is_symlink():
        raise InputsError(
            f"{pointer} sebuah folder biasa, padahal tempat itu untuk penunjuk ke susunan terbaru.",
            "Penyalinan ke komputer lain sering mengubah penunjuk menjadi folder. Ganti namanya, lalu ulangi; bila "
            "isinya sama dengan salah satu folder susunan, folder itu boleh dihapus.",
        )


def latest_run(output_root: Path) -> Path | None:
    """The folder ``terbaru`` means, or the newest one where copying has lost the link; None where no run is whole."""
    pointer = output_root / LATEST
    if not os.path.lexists(pointer):
        return max(_runs(output_root), key=_run_order, default=None)
    try:
        name = pointer.readlink().name if pointer.is_symlink() else pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    run = output_root / name
    return run if _RUN_ID.fullmatch(name) and run.is_dir() else None


def run_ids(output_root: Path) -> list[str]:
    """Names of all runs of a city's year, oldest first."""
    return [run.name for run in sorted(_runs(output_root), key=_run_order)]


def _runs(output_root: Path) -> Iterator[Path]:
    return (path for path in output_root.glob("2*") if _RUN_ID.fullmatch(path.name) and path.is_dir())


def _run_order(run: Path) -> tuple[str, int]:
    """Runs of one second are numbered, and the tenth is later than the second."""
    time, _, number = run.name.partition("-")
    return time, int(number or 1)


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
            with contextlib.suppress(OSError):  # the next run puts it back
                rename(old, target)
        raise InputsError(
            f"Folder {target} tidak dapat diganti ({os_reason(error)}).",
            "Tutup berkas di folder itu yang masih terbuka di aplikasi lain, lalu ulangi.",
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def _free_name(output_root: Path, now: datetime) -> str:
    name = now.strftime("%Y%m%dT%H%M%S")
    number = 1
    while os.path.lexists(output_root / (found := name if number == 1 else f"{name}-{number}")):
        number += 1
    return found


def _close(output_root: Path) -> None:
    """Close what belongs to the house in earlier runs, where a backup brought it back open to everybody."""
    for folder in (*output_root.glob(f"*/{INTERNAL}"), output_root / CHECK):
        with contextlib.suppress(OSError):  # a share may know no modes
            if not folder.is_symlink() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
                folder.chmod(PRIVATE)


def _remove_leftovers(output_root: Path) -> None:
    """Remove what an interrupted run left; safe because the lock is held."""
    for path in output_root.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)
    interrupted = output_root / f"{OLD_PREFIX}{CHECK}"
    if interrupted.is_dir() and not (output_root / CHECK).exists():
        rename(interrupted, output_root / CHECK)
    shutil.rmtree(interrupted, ignore_errors=True)
    _finish_pointer(output_root)
    for path in output_root.glob(f"{TEMPORARY_PREFIX}*"):
        path.unlink(missing_ok=True)
