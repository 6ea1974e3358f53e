"""The SHA-256 of every file, read once, by two threads; and the index that spares reading what nobody touched."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import FileIO

from flows.gather.intake import Entry, lost, stamp_of
from flows.gather.masked import shown_name
from flows.model import Condition
from flows.store import Store

_NAMESPACE = "stat"
_THREADS = 2
"""OpenSSL hashes without the interpreter's lock, so two threads fill two cores."""
_QUIET_NANOSECONDS = 2_000_000_000
"""A file written in the last two seconds may be written again without its times changing."""
# A pipe that took a file's place between listing and opening must not hang us, nor a link lead us out.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Hashed:
    """An entry with the hash of its bytes, or the reason why there is none."""

    entry: Entry
    sha256: str = ""
    condition: Condition | None = None
    """Set where reading failed or the entry came with a condition already."""
    detail: str = ""
    is_known: bool = False
    """Whether an earlier run saw the file just as it is."""

    @property
    def may_be_inspected(self) -> bool:
        """Whether there is a content to look into."""
        return bool(self.sha256 and self.entry.bytes) and self.condition is None


def hash_entries(entries: Sequence[Entry], store: Store | None, *, fresh: bool) -> list[Hashed]:
    """Hash every entry that may be opened, in order.

    Args:
        entries: What the walk found.
        store: Holds the index (path, size, times, inode → hash); None for no index.
        fresh: Read everything, whatever the index says.
    """
    started = time.time_ns()
    known = {} if store is None or fresh else _known(store, entries)
    answers = [_without_reading(entry, known.get(entry.path, "")) for entry in entries]
    unread = [entry for entry, answer in zip(entries, answers, strict=True) if answer is None]
    read = iter(_hash_all(unread) if unread else ())  # starting threads for nothing costs more than all else
    results = [answer or next(read) for answer in answers]
    if store is not None:
        _remember(store, [result for result in results if result.entry.path not in known], started)
    return results


def _hash_all(entries: Sequence[Entry]) -> list[Hashed]:
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="hash") as threads:
        return list(threads.map(_hash, entries))


def is_unchanged(entry: Entry) -> bool:
    """Whether the file is still the one the walk saw."""
    try:
        return _is_same(stamp_of(os.lstat(entry.real_path)), entry.stamp)
    except OSError:
        return False


def _is_same(stamp: tuple[int, int, int, int], seen: tuple[int, int, int, int]) -> bool:
    """Same size, modification time and inode. The change time is left out: a change of rights is no write."""
    return (stamp[0], stamp[1], stamp[3]) == (seen[0], seen[1], seen[3])


def _without_reading(entry: Entry, known: str) -> Hashed | None:
    """The answer for an entry that need not or must not be read; None for one that has to be."""
    if not entry.may_be_opened or entry.condition is Condition.ARRIVING:
        return Hashed(entry, "", entry.condition, entry.detail)
    if known:
        return Hashed(entry, known, entry.condition, entry.detail, is_known=True)
    return None


def _hash(entry: Entry) -> Hashed:
    try:
        with opened(entry) as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            after = stamp_of(os.fstat(stream.fileno()))
    except OSError as error:
        condition, detail = lost(error)
        return Hashed(entry, "", entry.condition or condition, entry.detail or detail)
    if not _is_same(after, entry.stamp) or not is_unchanged(entry):
        return Hashed(entry, "", entry.condition or Condition.ARRIVING, entry.detail or "still-changing")
    return Hashed(entry, sha256, entry.condition, entry.detail)


def opened(entry: Entry) -> FileIO:
    """The bytes of an ordinary file, never through a link.

    Raises:
        OSError: it is gone, closed to us, or something else by now.
    """
    return open_ordinary(entry.real_path)


def open_ordinary(path: str) -> FileIO:
    """As :func:`opened`, by a path."""
    stream = FileIO(os.open(path, _FLAGS))
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    return stream


def _index_key(entry: Entry) -> str:
    """Where it lies, without numbers of persons; the stamp tells files apart whose names then look the same."""
    return shown_name(entry.real_path)


def _known(store: Store, entries: Sequence[Entry]) -> dict[str, str]:
    """Path → hash of the files whose size, times and inode are those of the last time."""
    rows = store.get_many(_NAMESPACE, [_index_key(entry) for entry in entries])
    known: dict[str, str] = {}
    for entry in entries:
        sha256 = _sha256_of(rows.get(_index_key(entry), ""), entry.stamp)
        if sha256:
            known[entry.path] = sha256
    return known


def _sha256_of(row: str, stamp: tuple[int, ...]) -> str:
    """The hash in a row of the index, empty where the row is about other bytes or damaged."""
    try:
        *seen, sha256 = json.loads(row)
    except (ValueError, TypeError):
        return ""
    return sha256 if tuple(seen) == stamp and isinstance(sha256, str) else ""


def _remember(store: Store, results: Sequence[Hashed], started: int) -> None:
    rows: dict[str, str] = {}
    for result in results:
        _, modified, changed, _ = result.entry.stamp
        if result.sha256 and max(modified, changed) < started - _QUIET_NANOSECONDS:
            rows[_index_key(result.entry)] = json.dumps([*result.entry.stamp, result.sha256])
    store.put_many(_NAMESPACE, rows)
