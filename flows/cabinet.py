"""A cabinet of finished work: typeset parts and prepared evidence, kept between runs under the hash of what made them.

An entry is a folder that appears by one rename and carries the hashes of its files. Nothing is flushed to disk, on
purpose: whatever a power cut, a full disk or a curious hand leaves does not match its hashes and counts as absent.
Hashes are compared once after every start of the computer; from then on a file that nobody touched is believed, so that
a run right after another does not read gigabytes for nothing. The cabinet holds evidence of children, so it is open to
its owner only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from flows.files import PRIVATE, make_private

_CONTENTS = "isi.json"
"""The list of an entry's files with their hashes, and how they looked when those were compared last."""
_FILES, _STAMPS, _START = "berkas", "cap", "sejak"
_Stamp = list[int]
"""Size, time of writing and inode."""
_BACK_NANOSECONDS = 10_000_000_000
"""A file that is taken in is dated back, so that whoever writes to it, however soon, leaves another date."""
HALF_MADE = ".baru-"
"""Prefix of what is being made; such a thing is nobody's after an hour."""
_DISCARDED = ".buang-"
_NONE: Mapping[str, str] = MappingProxyType({})
_KEY = re.compile(r"[0-9a-f]{64}")
_ABANDONED_SECONDS = 3_600.0
"""A half-made entry older than this belongs to a process that is gone."""

_CLOCK_SECONDS = 2.0
"""File systems round the time of writing."""


def key_of(*parts: str | bytes) -> str:
    """The key of an entry: a hash of everything its content follows from, in this order."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


class Cabinet:
    """Entries by key below one folder, shared by threads and processes. A damaged entry is an absent one.

    Args:
        root: made where it is missing; may be deleted whenever nothing runs.
        is_fresh: whether nothing that was made in earlier runs is believed.

    Raises:
        OSError: the folder cannot be made.
    """

    def __init__(self, root: Path, *, is_fresh: bool = False) -> None:
        make_private(root)
        self._root = root
        self._is_fresh = is_fresh
        self._opened = time.time()
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._sound: set[str] = set()
        """Entries whose hashes were compared in this run; once is enough."""

    @property
    def root(self) -> Path:
        """The folder of the entries."""
        return self._root

    @property
    def is_fresh(self) -> bool:
        """Whether nothing that was made in earlier runs is believed."""
        return self._is_fresh

    def get(self, key: str) -> Path | None:
        """The folder of an entry whose files are all as they were put, None where there is none."""
        entry = self._place(key)
        with self._lock:
            self._asked.add(key)
            is_known = key in self._sound
        if self._is_fresh and not is_known:
            self._discard(entry)
            return None
        if is_known and entry.is_dir():
            return entry
        if not _is_sound(entry):
            return None
        with contextlib.suppress(OSError):
            os.utime(entry)  # seen by another process that sweeps
        self._note_sound(key)
        return entry

    def put(self, key: str, files: Mapping[str, Path | bytes], hashes: Mapping[str, str] = _NONE) -> Path:
        """Take ``files`` in by their names (a path is moved here, bytes are written) and say in which folder they lie.

        Where a sound entry of that key is there already, it stays: whatever has the same key is the same.

        Args:
            key: from :func:`key_of`.
            files: by their names in the entry.
            hashes: SHA-256 of those that were read a moment ago, in hexadecimal; the others are read here.

        Raises:
            OSError: the disk is full or the folder cannot be written to.
        """
        entry = self._place(key)
        half_made = Path(tempfile.mkdtemp(dir=self._root, prefix=HALF_MADE))
        try:
            _fill(half_made, files, hashes)
            self._move_in(half_made, entry)
        finally:
            shutil.rmtree(half_made, ignore_errors=True)
        with self._lock:
            self._asked.add(key)
        self._note_sound(key)
        return entry

    def forget(self, key: str) -> None:
        """Remove an entry that turned out to be of no use."""
        with self._lock:
            self._sound.discard(key)
        self._discard(self._place(key))

    def sweep(self) -> int:
        """Remove what nobody asked for since the cabinet was opened; how many entries that were.

        An entry that another process has used or made meanwhile stays.
        """
        removed = 0
        for shelf in sorted(self._root.iterdir()):
            if shelf.name.startswith((HALF_MADE, _DISCARDED)):
                if _age_before(shelf, self._opened) > _ABANDONED_SECONDS:
                    shutil.rmtree(shelf, ignore_errors=True)
                continue
            for entry in sorted(shelf.iterdir()) if shelf.is_dir() else ():
                if entry.name not in self._asked and _age_before(entry, self._opened) > _CLOCK_SECONDS:
                    self._discard(entry)
                    removed += 1
        return removed

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self._root / key[:2] / key

    def _note_sound(self, key: str) -> None:
        with self._lock:
            self._sound.add(key)

    def _move_in(self, half_made: Path, entry: Path) -> None:
        entry.parent.mkdir(mode=PRIVATE, exist_ok=True)
        for attempt in range(3):
            with contextlib.suppress(OSError):
                half_made.rename(entry)
                return
            if _is_sound(entry):
                return
            self._discard(entry)
            if attempt:
                entry.parent.mkdir(mode=PRIVATE, exist_ok=True)
        half_made.rename(entry)

    def _discard(self, entry: Path) -> None:
        """Out of sight by one rename, then removed: nobody ever sees a half of it."""
        aside = Path(tempfile.mkdtemp(dir=self._root, prefix=_DISCARDED))
        with contextlib.suppress(OSError):
            entry.rename(aside / entry.name)
        shutil.rmtree(aside, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, Path | bytes], known: Mapping[str, str]) -> None:
    hashes = {}
    for name, source in files.items():
        if not name or name != Path(name).name or name == _CONTENTS:
            raise ValueError(name)
        target = folder / name
        if isinstance(source, bytes):
            target.write_bytes(source)
        else:
            shutil.move(source, target)
        target.chmod(0o600)
        hashes[name] = known.get(name) or _hash_of(target)
        _date_back(target)
    stamps = {name: _stamp_of(folder / name) for name in hashes}
    (folder / _CONTENTS).write_text(_contents(hashes, stamps), encoding="utf-8")


def _contents(hashes: Mapping[str, str], stamps: Mapping[str, _Stamp]) -> str:
    return json.dumps({_FILES: hashes, _STAMPS: stamps, _START: started()}, sort_keys=True)


def _is_sound(entry: Path) -> bool:
    try:
        contents = json.loads((entry / _CONTENTS).read_text(encoding="utf-8"))
        hashes: dict[str, str] = contents[_FILES]
        if not hashes:
            return False
        stamps = {name: _stamp_of(entry / name) for name in hashes}  # before they are read: a later change is seen
        if started() and contents[_START] == started() and contents[_STAMPS] == stamps:
            return True
        if any(_hash_of(entry / name) != expected for name, expected in hashes.items()):
            return False
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return False
    _note(entry, hashes, stamps)
    return True


def _note(entry: Path, hashes: Mapping[str, str], stamps: Mapping[str, _Stamp]) -> None:
    """Note how files looked before they were compared; those written just now, or not to be noted, are compared again.

    A file that is written twice in a moment may keep its date.
    """
    if any(written > time.time_ns() - _BACK_NANOSECONDS // 2 for _, written, _ in stamps.values()):
        return
    half_made = entry / f"{HALF_MADE}{os.getpid()}-{threading.get_ident()}"
    with contextlib.suppress(OSError):
        half_made.write_text(_contents(hashes, stamps), encoding="utf-8")
        half_made.replace(entry / _CONTENTS)


def _date_back(path: Path) -> None:
    moment = time.time_ns() - _BACK_NANOSECONDS
    os.utime(path, ns=(moment, moment))


def _stamp_of(path: Path) -> _Stamp:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]


@cache
def started() -> str:
    """What tells this start of the computer from every other; empty where the system does not say.

    What was written before the last start may have been lost by a power cut, whatever its size and dates say.
    """
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _age_before(path: Path, moment: float) -> float:
    """Seconds by which it was last touched before ``moment``; 0 for what is gone."""
    try:
        return moment - path.stat().st_mtime
    except OSError:
        return 0.0
