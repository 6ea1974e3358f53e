"""Writing files so that a power cut leaves the old or the new, never half; and the lock that allows one writer."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

from flows.errors import BusyError, InputsError, os_reason

RENAME_TRIES = 20
RENAME_PAUSE_SECONDS = 0.1
TEMPORARY_PREFIX = ".tulis-"
NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel knows no zones
"""When our workbooks say they were made: always then, so that equal content gives equal bytes."""
KEEP_OUT_OF_EXCEL = "Berkas CSV boleh dilihat di Excel, tetapi jangan disimpan dari sana."
"""The likely cause where one of our own lists cannot be read: it was saved with other signs between its cells."""
_PLACE = r"((?:\A|(?<=[;\t\r\n]))\"*)"
"""Where a spreadsheet may begin a cell: at the start, and after a semicolon or tab, which set cells apart where the
comma is the decimal sign; quotes in front do not count."""
_SIGN = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]"
"""What a formula begins with, also as East Asian keyboards write it."""
_FORMULA = re.compile(f"{_PLACE}(?='*{_SIGN})")
_SHOWN = re.compile(f"{_PLACE}'(?='*{_SIGN})")
"""A formula as :func:`csv_text` writes it: with one apostrophe more than it had."""
PRIVATE = 0o700
"""A folder for the owner of the account only; Windows knows read-only and lets it be."""


def make_private(folder: Path) -> None:
    """Make ``folder``, and those above it, where they are missing, and keep everybody else out of it.

    Raises:
        OSError: it cannot be made. A share that keeps its own rights is no error.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    with contextlib.suppress(OSError):
        folder.chmod(PRIVATE)


def read_kept(path: Path) -> bytes:
    """The bytes of a list that a city keeps, such as its history.

    Raises:
        InputsError: the system does not let it be read. It may be whole, so that nobody is told to remove it.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputsError(
            f"Berkas {path} tidak dapat dibuka ({os_reason(error)}).",
            "Isinya mungkin utuh, jadi jangan dihapus. Pakai akun komputer yang dipakai menyusun, atau minta hak "
            "bacanya kepada pemiliknya; bila foldernya di jaringan, periksa sambungannya.",
        ) from error


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write ``content`` to ``path`` through a temporary file beside it, flushed to disk before the rename.

    Args:
        path: To write; its folder is made where it is missing.
        content: All of it.
        private: For its owner only; else others of the computer may read it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY_PREFIX)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o600 if private else 0o644)
        rename(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write UTF-8 text as it stands, without changing line ends; ``private`` as of :func:`write_bytes`."""
    write_bytes(path, text.encode("utf-8"), private=private)


def write_json(path: Path, value: object) -> None:
    """Write ``value`` as readable JSON."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False) + "\n")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """``rows`` as CSV with LF line ends, whatever characters the cells hold; :func:`csv_rows` reads them back.

    Text that a spreadsheet would take for a formula is written behind an apostrophe. Python's writer quotes a carriage
    return only where it ends lines with one, so it is let, and they are cut off.
    """
    lines: list[str] = []
    harmless = ([_as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n").writerows(harmless)
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines)


def csv_rows(text: str) -> list[list[str]]:
    """The rows that :func:`csv_text` wrote, exactly as they were.

    Raises:
        csv.Error: it is no sound CSV.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [[_SHOWN.sub(r"\1", cell) for cell in row] for row in lines]


def _as_text(cell: str) -> str:
    return _FORMULA.sub(r"\1'", cell)


def rename(source: Path, target: Path) -> None:
    """Rename, replacing a file at ``target``; waits out virus scanners and indexers that hold a file on Windows.

    Raises:
        OSError: when it still fails after two seconds.
    """
    for attempt in range(RENAME_TRIES):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == RENAME_TRIES - 1:
                raise
            time.sleep(RENAME_PAUSE_SECONDS)
        else:
            return


def lay_out(source: Path, target: Path) -> None:
    """Let a file that is kept for the next run appear in this one: as a link, which costs nothing, or as a copy.

    Whoever changes the one changes the other, so ``source`` must be something whose hash is looked at before it is
    used again.

    Raises:
        OSError: the disk is full or the folder cannot be written to.
    """
    try:
        target.hardlink_to(source)
    except (OSError, NotImplementedError):  # another disk, or one that knows no links
        shutil.copyfile(source, target)
    target.chmod(0o644)


def sync_tree(folder: Path) -> None:
    """Ask the system to put every file below ``folder`` on disk, and the folders where that is possible."""
    for parent, _, names in os.walk(folder):
        for name in names:
            sync(Path(parent) / name)
        if os.name == "posix":
            sync(Path(parent), os.O_RDONLY)


def sync(path: Path, flags: int = os.O_RDWR) -> None:
    """Ask the system to put one file on disk, and wait for it."""
    with contextlib.suppress(OSError):
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put_away(path: Path) -> None:
    """As :func:`sync`, for what is not read again: its bytes give way in memory to what is written next.

    A book of 1.3 GB would take that from whatever else the computer does. And where memory has to be found first, as in
    a virtual machine that never used so much, writing the next one takes three seconds more (measured).
    """
    sync(path)
    with contextlib.suppress(OSError, AttributeError):  # no system but Linux knows how
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


@contextlib.contextmanager
def one_writer(output_root: Path) -> Iterator[None]:
    """Hold the lock of one city and year while the body runs.

    Raises:
        BusyError: another process holds it; the message says who and since when.
        InputsError: the outputs folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    holder = output_root / ".kunci.json"
    lock = FileLock(output_root / ".kunci", timeout=0)
    try:
        output_root.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        write_json(holder, {"pid": os.getpid(), "komputer": socket.gethostname(), "sejak": time.strftime("%H.%M.%S")})
    except Timeout:
        raise BusyError(
            _busy_message(output_root, holder), "Tunggu sampai selesai, lalu ulangi perintah ini."
        ) from None
    except OSError as error:
        lock.release()
        raise InputsError(
            f"Folder keluaran {output_root} tidak dapat ditulisi ({os_reason(error)}).",
            "Periksa hak tulis dan sisa ruang folder itu, atau pilih folder lain dengan --outputs.",
        ) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _busy_message(output_root: Path, holder: Path) -> str:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        detail = f"proses {who['pid']} di komputer {who['komputer']}, sejak pukul {who['sejak']}"
    except (OSError, ValueError, KeyError, TypeError):
        detail = "proses lain"
    return f"Folder {output_root} sedang ditulisi oleh {detail}."
