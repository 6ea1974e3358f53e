"""Unpack a zip archive into numbered files. Runs in a child process and believes nothing the archive says of itself.

Real bytes are counted, no name of a member is ever used as a name on disk, and each member that cannot be had is listed
with its reason. Nothing here raises because of what is in the archive.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import itertools
import os
import stat
import struct
import time
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import bounds
from flows.gather.labels import is_folder_name, member_labels
from flows.gather.masked import exposures_of_name
from flows.gather.names import ignored_because, is_hidden
from flows.model import Condition, Exposure

_CHUNK_BYTES = 1 << 20
_ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flags of a member: encrypted, strongly encrypted, table of contents encrypted."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others are rare, and their readers in Python may unpack gigabytes in one step."""
_HEADER_BYTES = 30
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PASSING = frozenset({"archive-slow", "archive-no-space"})
_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _LOCATOR_BYTES, _COMMENT_BYTES = 22, 20, 65_535


@dataclass(frozen=True, slots=True)
class Unzip:
    """One archive to unpack."""

    path: str
    folder: str
    """Empty folder for the files."""
    bytes: int
    """Most bytes that may be unpacked."""
    members: int
    """Most members that may be listed."""
    room_bytes: int
    """Free space that may be used up."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    label: str
    """Its path within the archive, cleaned."""
    number: int = 0
    """Name of its file in the folder; 0 where it was not unpacked."""
    bytes: int = 0
    sha256: str = ""
    modified_ns: int = 0
    """Of the unpacked file: whether it is still the one that was written."""
    condition: Condition | None = None
    detail: str = ""
    exposures: tuple[Exposure, ...] = ()
    """Numbers of persons in its path, which are masked in ``label``."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What became of an archive."""

    members: tuple[Member, ...] = ()
    left: int = 0
    """Members that are not even listed, because there are more than may be."""
    condition: Condition | None = None
    """Set where nothing could be taken from it."""
    detail: str = ""
    allowed: tuple[int, int] = (0, 0)
    """Bytes and members that it was allowed, where it had more; zeros where that made no difference."""
    is_passing: bool = False
    """Whether time or space was short, so that another attempt may bring more."""

    @property
    def bytes(self) -> int:
        """Bytes that were unpacked."""
        return sum(member.bytes for member in self.members if member.number)


class _StoppedError(Exception):
    """A member goes beyond a bound; the argument is a key of ``details`` in the catalogue."""


def unzip(job: Unzip) -> Unpacked:
    """Unpack the archive of ``job`` into its folder."""
    try:
        if _directory_bytes(Path(job.path)) > bounds.ARCHIVE_DIRECTORY_BYTES:
            return Unpacked(condition=Condition.REFUSED, detail="archive-list-too-long")
        with zipfile.ZipFile(job.path) as archive:
            infos = [info for info in archive.infolist() if not (is_folder_name(info.filename) and not info.file_size)]
            return _Unzipper(archive, job).run(infos)
    except MemoryError:
        return Unpacked(condition=Condition.REFUSED, detail="too-large")
    except Exception:  # noqa: BLE001  # any complaint about the archive as a whole means one thing
        return Unpacked(condition=Condition.DAMAGED, detail="cannot-open")


class _Unzipper:
    def __init__(self, archive: zipfile.ZipFile, job: Unzip) -> None:
        self._archive, self._job = archive, job
        self._packed_bytes = Path(job.path).stat().st_size
        self._used = 0
        self._ends = time.monotonic() + bounds.ARCHIVE_SECONDS

    def run(self, infos: Sequence[zipfile.ZipInfo]) -> Unpacked:
        if not infos:
            return Unpacked(condition=Condition.DAMAGED, detail="archive-empty")
        if _overlap(infos):
            return Unpacked(condition=Condition.REFUSED, detail="archive-overlap")
        listed = infos[: self._job.members]
        labels = member_labels([info.filename for info in listed])
        taken = map(self._take, listed, labels, range(1, len(listed) + 1))
        members = tuple(
            dataclasses.replace(member, exposures=exposures_of_name(info.filename))
            for info, member in zip(listed, taken, strict=True)
        )
        details = {member.detail for member in members}
        left = len(infos) - len(listed)
        is_cut = bool(left) or "archive-full" in details
        allowed = (self._job.bytes, self._job.members) if is_cut else (0, 0)
        return Unpacked(members, left, allowed=allowed, is_passing=bool(details & _PASSING))

    def _take(self, info: zipfile.ZipInfo, label: str, number: int) -> Member:
        condition, detail = _standing(info, label)
        if condition is None:
            target = Path(self._job.folder, str(number))
            try:
                return self._write(info, label, number, target)
            except _StoppedError as stopped:
                condition, detail = Condition.REFUSED, str(stopped)
            except MemoryError:
                condition, detail = Condition.REFUSED, "too-large"
            except OSError as error:
                is_full = error.errno in _FULL
                condition = Condition.REFUSED if is_full else Condition.DAMAGED
                detail = "archive-no-space" if is_full else "cannot-open"
            except Exception:  # noqa: BLE001  # a wrong checksum, broken data, an impossible header: this member's alone
                condition, detail = Condition.DAMAGED, "cannot-open"
            target.unlink(missing_ok=True)
        return Member(label, bytes=max(info.file_size, 0), condition=condition, detail=detail)

    def _write(self, info: zipfile.ZipInfo, label: str, number: int, target: Path) -> Member:
        digest, count = hashlib.sha256(), 0
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as output, self._archive.open(info) as source:
            while chunk := source.read(_CHUNK_BYTES):
                count += len(chunk)
                self._check(info, count)
                digest.update(chunk)
                output.write(chunk)
        self._used += count
        return Member(label, number, count, digest.hexdigest(), target.stat().st_mtime_ns)

    def _check(self, info: zipfile.ZipInfo, count: int) -> None:
        packed = max(1, min(info.compress_size, self._packed_bytes))
        is_bomb = count > bounds.CONTAINER_RATIO_MATTERS_BYTES and count > bounds.CONTAINER_RATIO * packed
        if is_bomb:
            raise _StoppedError("packed-too-tightly")
        if count > bounds.ARCHIVE_MEMBER_BYTES:
            raise _StoppedError("archive-member-too-large")
        if self._used + count > self._job.bytes:
            raise _StoppedError("archive-full")
        if self._used + count > self._job.room_bytes:
            raise _StoppedError("archive-no-space")
        if time.monotonic() > self._ends:
            raise _StoppedError("archive-slow")


def _standing(info: zipfile.ZipInfo, label: str) -> tuple[Condition | None, str]:
    """Why a member is not unpacked at all; None where it may be."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    *folders, name = label.split("/")
    if kind == stat.S_IFLNK:
        return Condition.REFUSED, "symlink"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return Condition.REFUSED, "special-file"
    ignored = ignored_because(name) or ("system-file" if any(map(is_hidden, folders)) else "")
    if ignored:
        return Condition.IGNORED, ignored
    if info.flag_bits & _ENCRYPTED:
        return Condition.LOCKED, "password"
    if info.compress_type not in _METHODS:
        return Condition.DAMAGED, "archive-method"
    return None, ""


def _overlap(infos: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes of the archive: how a few kilobytes unpack to petabytes, and never an accident."""
    spans = sorted((info.header_offset, info.header_offset + _HEADER_BYTES + info.compress_size) for info in infos)
    return any(end > start for (_, end), (start, _) in itertools.pairwise(spans))


def _directory_bytes(path: Path) -> int:
    """Length of the table of contents as the end of the file states it; the library reads that much at once."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        start = stream.seek(max(0, size - _COMMENT_BYTES - _END_BYTES - _LOCATOR_BYTES))
        tail = stream.read()
        at = tail.rfind(_END)
        if at < 0 or at + _END_BYTES > len(tail):
            raise zipfile.BadZipFile
        length = int(struct.unpack_from("<L", tail, at + 12)[0])
        if tail[max(0, at - _LOCATOR_BYTES) : at].startswith(_LOCATOR):
            stream.seek(max(0, start + at - _LOCATOR_BYTES - 56))
            record = stream.read(56)
            length = int(struct.unpack_from("<Q", record, 40)[0]) if record.startswith(_END_64) else length
    return min(length, size)
