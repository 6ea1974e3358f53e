"""Files that are still being copied: looked at twice, with a quiet time between, before anything they say is believed.

How long the quiet lasts is measured by our own steady clock. The times of files may have been set by another machine,
whose clock is slow or fast, so they only spare old files the second look; another one gets it unless an earlier run saw
it just as it is. Hashing and inspection go on meanwhile.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from flows import bounds
from flows.gather.ends import is_cut_off
from flows.gather.hashing import Hashed, is_unchanged
from flows.gather.inspect import Inspection
from flows.gather.intake import Entry, stamp_of
from flows.model import Condition, Media
from flows.settings import quiet_seconds

Stamp = tuple[int, int, int, int]
_BILLION = 1_000_000_000
_UNDATED_NS = 315_705_600 * _BILLION
"""The third of January 1980: an earlier time of writing is none, but put there by a program that is still copying."""
NOTHING_IN_IT = Inspection(Condition.EMPTY, Media.OTHER, "zero-bytes")
"""What is known of a file without a byte."""


class Watch:
    """One run's watch over files that were written a moment ago, shared by all its sources.

    Args:
        input_root: Looked through at once, so that all sources share one first look and one wait.
        quiet: Seconds without writing after which a file is believed; 0 believes every file.
    """

    def __init__(self, input_root: Path, quiet: float | None = None) -> None:
        self._quiet = quiet_seconds() if quiet is None else quiet
        self._began_ns = time.time_ns()
        self._began = time.monotonic()
        self._seen: dict[str, Stamp] = dict(self._first_look(input_root)) if self._quiet else {}

    def suspects(self, entries: Sequence[Entry]) -> Suspects:
        """Those of ``entries`` that were just listed and may have to be looked at again."""
        now = time.monotonic()
        recent = [entry for entry in entries if entry.condition is None and self._is_recent(entry.stamp)]
        ready = {entry.path: (self._began if entry.real_path in self._seen else now) + self._quiet for entry in recent}
        moved = {entry.path for entry in recent if self._seen.get(entry.real_path, entry.stamp) != entry.stamp}
        half = self._written_within(bounds.HALF_COPIED_SECONDS, entries)
        late = self._written_within(bounds.HALF_COPIED_SECONDS + bounds.BEHIND_SECONDS, entries) - half
        return Suspects(recent, ready, moved, half, late, self._began + max(self._quiet, bounds.ARRIVAL_SECONDS))

    def _first_look(self, folder: Path) -> list[tuple[str, Stamp]]:
        found: list[tuple[str, Stamp]] = []
        waiting = [os.fspath(folder)]
        while waiting:
            try:
                with os.scandir(waiting.pop()) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        elif entry.is_file(follow_symlinks=False):
                            stamp = stamp_of(Path(entry.path).lstat())
                            found += [(entry.path, stamp)] if self._is_recent(stamp) else []
            except OSError:  # a folder or file that goes or is closed: the walk says so
                continue
        return found

    def _is_recent(self, stamp: Stamp) -> bool:
        """Whether it may have been written within the quiet time, by a clock that is slow by the bound or fast."""
        if not self._quiet or not any(stamp):
            return False
        return max(stamp[1], stamp[2]) > self._began_ns - (self._quiet + bounds.BEHIND_SECONDS) * _BILLION

    def _written_within(self, seconds: float, entries: Sequence[Entry]) -> set[str]:
        return {entry.path for entry in entries if self._quiet and self._is_younger(entry.stamp, seconds)}

    def _is_younger(self, stamp: Stamp, seconds: float) -> bool:
        written = stamp[1] if stamp[1] > _UNDATED_NS else stamp[2]
        return -bounds.AHEAD_SECONDS < (self._began_ns - written) / _BILLION < seconds


@dataclasses.dataclass(frozen=True)
class Suspects:
    """The files of one source that may still be arriving."""

    recent: Sequence[Entry]
    """Written a moment ago, by whatever clock."""
    ready: Mapping[str, float]
    """Path → when our clock will have seen it quiet for long enough."""
    moved: Collection[str]
    """Paths of those that changed between the first look and the walk."""
    half: Collection[str]
    """Paths of files that are half copied rather than damaged, if they do not open."""
    late: Collection[str]
    """The same where a slow clock may have dated the file: half copied only if its end is missing."""
    patience: float
    """When the whole run stops waiting."""

    def without(self, known: Collection[str]) -> Suspects:
        """These but for paths that an earlier run saw just as they are: they were quiet since then."""
        left = [entry for entry in self.recent if entry.path not in known or entry.path in self.moved]
        return dataclasses.replace(self, recent=left)

    def changed(self) -> frozenset[str]:
        """Wait until the quiet time is over, look again, and say which paths nobody may believe yet."""
        waiting = [entry for entry in self.recent if entry.path not in self.moved]
        until = min(max((self.ready[entry.path] for entry in waiting), default=0.0), self.patience)
        time.sleep(max(0.0, until - time.monotonic()) if waiting else 0.0)
        now = time.monotonic()
        restless = {entry.path for entry in waiting if self.ready[entry.path] > now or not is_unchanged(entry)}
        return frozenset({*self.moved, *restless})

    def judge(self, file: Hashed, inspection: Inspection, changed: Collection[str]) -> Inspection:
        """``inspection``, unless ``file`` is not whole yet."""
        if file.entry.path in changed:
            return Inspection(Condition.ARRIVING, inspection.media, "still-changing")
        path = file.entry.path
        is_young = path in self.half or (path in self.late and is_cut_off(Path(file.entry.real_path)))
        if inspection.condition in (Condition.DAMAGED, Condition.EMPTY) and is_young:
            return dataclasses.replace(inspection, condition=Condition.ARRIVING, detail="half-copied")
        return inspection


NO_SUSPECTS = Suspects((), {}, (), (), (), 0.0)
"""Where every file is whole: members of archives, and runs that do not wait."""
