"""Archives of agencies, taken as the folders they stand for: unpacked once per content, in a place nobody else reads.

The place lies in the program's own state, per city, year and content. What is there already is used again only if every
file still is as it was written; a run that was killed leaves at most a folder that the next one throws away.
"""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows import bounds
from flows.bounded import BoundedPool, Failure
from flows.gather.batches import CRASH, TIMEOUT
from flows.gather.family import is_packed_folder
from flows.gather.hashing import Hashed, is_unchanged
from flows.gather.inspect import Inspection
from flows.gather.intake import Entry, stamp_of
from flows.gather.names import suffix_of
from flows.gather.remember import unpacked_as_text, unpacked_from_text
from flows.gather.unzip import Member, Unpacked, Unzip, unzip
from flows.model import ArchiveNote, City, Condition, Media

_FOLDER, _INDEX, _HALF = "arsip", "isi.json", "baru-"
_GRACE_SECONDS = 30.0
"""Beyond its own limit a child that unpacks gets so long to say what it has."""

Look = Callable[[Sequence[Hashed]], Mapping[str, Inspection]]


class ArchiveRoom:
    """The place where the archives of one city and year are unpacked.

    Args:
        folder: Made when it is needed. None: a folder for this object's lifetime.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._renewed: set[str] = set()
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    @classmethod
    def of(cls, state_root: Path | None, city: City) -> ArchiveRoom:
        """The place within the program's own state."""
        return cls(state_root / _FOLDER / city.id / str(city.evaluation_year) if state_root else None)

    def unpack(
        self, file: Hashed, allowed: tuple[int, int], pool: BoundedPool, *, fresh: bool
    ) -> tuple[Unpacked, Path]:
        """What is in the archive ``file``, and the folder of its numbered files.

        Args:
            file: A hashed archive.
            allowed: Most bytes to unpack and most members to list.
            pool: Of child processes.
            fresh: Unpack again, once, what was unpacked in an earlier run.
        """
        with self._guard:
            lock = self._locks.setdefault(file.sha256, threading.Lock())
            self._used.add(file.sha256)
        with lock:
            try:
                final = self._home() / file.sha256
                known = None if fresh and file.sha256 not in self._renewed else _known(final, allowed)
                self._renewed.add(file.sha256)
                return known or self._make(file, final, allowed, pool), final
            except OSError:  # no rights, no space: the archive's finding, not the run's end
                return Unpacked(condition=Condition.REFUSED, detail="archive-no-space", is_passing=True), Path()

    def sweep(self) -> None:
        """Remove what was unpacked from archives that are gone, and what killed runs left. After a whole run only."""
        with contextlib.suppress(OSError):
            for child in list(self._folder.iterdir()) if self._folder else ():
                if child.name not in self._used:
                    shutil.rmtree(child, ignore_errors=True)

    def _home(self) -> Path:
        with self._guard:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="kla-arsip-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            _make_private(self._folder)
            return self._folder

    def _make(self, file: Hashed, final: Path, allowed: tuple[int, int], pool: BoundedPool) -> Unpacked:
        half = final.with_name(_HALF + final.name)
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        try:
            room = max(0, shutil.disk_usage(half).free - bounds.ARCHIVE_FREE_BYTES)
            job = Unzip(file.entry.real_path, str(half), *allowed, room)
            [result] = pool.run(unzip, [job], seconds=bounds.ARCHIVE_SECONDS + _GRACE_SECONDS)
            if result.value is None:
                detail = TIMEOUT if result.failure is Failure.TIMEOUT else CRASH
                return Unpacked(condition=Condition.REFUSED, detail=detail, is_passing=True)
            if not is_unchanged(file.entry):
                return Unpacked(condition=Condition.ARRIVING, detail="still-changing", is_passing=True)
            if not result.value.is_passing:
                (half / _INDEX).write_text(unpacked_as_text(result.value), encoding="utf-8")
            shutil.rmtree(final, ignore_errors=True)
            half.rename(final)
            return result.value
        finally:
            shutil.rmtree(half, ignore_errors=True)


def _make_private(folder: Path) -> None:
    """Make ``folder`` and those above it that belong to this program; nobody else may look into them."""
    folder.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def _known(folder: Path, allowed: tuple[int, int]) -> Unpacked | None:
    """What was unpacked into ``folder`` before, if it is whole and would come out the same today."""
    try:
        unpacked = unpacked_from_text((folder / _INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if unpacked is None or unpacked.allowed not in ((0, 0), allowed):
        return None
    if unpacked.allowed == (0, 0) and (unpacked.bytes > allowed[0] or len(unpacked.members) > allowed[1]):
        return None
    return unpacked if all(_is_there(folder, member) for member in unpacked.members if member.number) else None


def _is_there(folder: Path, member: Member) -> bool:
    try:
        found = (folder / str(member.number)).lstat()
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == (member.bytes, member.modified_ns)


@dataclass
class Opened:
    """The files of a source with those of its archives."""

    hashed: list[Hashed]
    inspections: dict[str, Inspection]
    notes: list[ArchiveNote] = field(default_factory=list)


@dataclass(frozen=True)
class ArchiveOpener:
    """Opens the archives of one source.

    Args:
        room: Where they are unpacked.
        pool: Of child processes.
        look: Looks into files, as :func:`flows.gather.examine.inspect_all` does.
        fresh: Unpack again.
    """

    room: ArchiveRoom
    pool: BoundedPool
    look: Look
    fresh: bool

    def open(self, hashed: Sequence[Hashed], inspections: Mapping[str, Inspection], agency_id: str) -> Opened:
        """``hashed`` and ``inspections`` with every member of every archive, archives within archives too."""
        opened = Opened(list(hashed), dict(inspections))
        spent: dict[str, tuple[int, int]] = {}
        level = [(file, file.entry.path) for file in _archives(hashed, opened.inspections)]
        for _ in range(bounds.ARCHIVE_DEPTH):
            level = [each for file, top in level for each in self._open_one(file, top, agency_id, spent, opened)]
            inside = [file for file, _ in level]
            opened.hashed += inside
            opened.inspections.update(self.look([file for file in inside if file.may_be_inspected]))
            tops = {file.entry.path: top for file, top in level}
            level = [(file, tops[file.entry.path]) for file in _archives(inside, opened.inspections)]
        for file, _ in level:
            _say(opened, file, Condition.REFUSED, "archive-too-deep")
        opened.hashed.sort(key=lambda file: file.entry.path)
        return opened

    def _open_one(
        self, file: Hashed, top: str, agency_id: str, spent: dict[str, tuple[int, int]], opened: Opened
    ) -> Iterator[tuple[Hashed, str]]:
        """The members of one archive, each with the outermost archive, whose bounds they share."""
        used_bytes, used_members = spent.get(top, (0, 0))
        allowed = bounds.ARCHIVE_BYTES - used_bytes, bounds.ARCHIVE_MEMBERS - used_members
        unpacked, folder = self.room.unpack(file, allowed, self.pool, fresh=self.fresh)
        spent[top] = used_bytes + unpacked.bytes, used_members + len(unpacked.members)
        path = file.entry.path
        if unpacked.left:
            taken = sum(bool(member.number) for member in unpacked.members)
            opened.notes.append(ArchiveNote(path, agency_id, taken, unpacked.left))
        if unpacked.condition is not None:
            _say(opened, file, unpacked.condition, unpacked.detail)
        elif unpacked.members:
            _say(opened, file, None, "unpacked")
        else:
            _say(opened, file, Condition.REFUSED, "archive-full")
        for member in unpacked.members:
            yield _hashed(member, path, folder), top


def _archives(files: Iterable[Hashed], inspections: Mapping[str, Inspection]) -> list[Hashed]:
    """Those of ``files`` that are archives of agencies: not another program's format that is a zip inside."""
    found = []
    for file in files:
        seen = inspections.get(file.entry.path)
        is_zip = seen is not None and seen.media is Media.ARCHIVE and seen.condition.is_readable
        if is_zip and is_packed_folder(suffix_of(file.entry.path)):
            found.append(file)
    return found


def _say(opened: Opened, file: Hashed, condition: Condition | None, detail: str) -> None:
    """What became of an archive is its inspection from now on; None: its condition stays."""
    path = file.entry.path
    seen = opened.inspections[path]
    opened.inspections[path] = dataclasses.replace(seen, condition=condition or seen.condition, detail=detail)


def _hashed(member: Member, container: str, folder: Path) -> Hashed:
    """A member as the other stages of gather know files."""
    path = f"{container}/{member.label}"
    real_path = folder / str(member.number) if member.number else None
    condition, detail, stamp = member.condition, member.detail, (0, 0, 0, 0)
    if real_path is not None:
        try:
            stamp = stamp_of(real_path.lstat())
        except OSError:
            condition, detail, real_path = Condition.REFUSED, "archive-no-space", None
    entry = Entry(path, str(real_path or ""), member.bytes, stamp, condition, detail, container, member.exposures)
    return Hashed(entry, member.sha256 if real_path else "", condition, detail)
