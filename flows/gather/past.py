"""What a run adds to the history of paths: new contents, moves, and what was taken away. Unknown is never gone."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flows.gather.intake import UNFINISHED
from flows.gather.names import name_when_whole
from flows.history import History
from flows.model import Condition, FolderNote, Manifest, Media, PathHistory, Version

VANISHED = "vanished"
"""Reason of a note on a folder out of which everything is gone at once."""
_SEVERAL = 2
"""So many files gone together, and none left, look like a share that is offline and not like a withdrawal."""


@dataclass(frozen=True, slots=True)
class Past:
    """The history of paths after a run."""

    history: History
    folders: tuple[FolderNote, ...] = ()
    """Folders whose files are out of sight, though perhaps not gone."""


def add_run(
    history: History,
    manifest: Manifest,
    kept: Collection[str],
    as_of: date,
    agencies: Collection[str] | None = None,
) -> Past:
    """Add a run to the history.

    Args:
        history: What was known so far.
        manifest: What this run has found.
        kept: Paths of cited files whose content is in the vault.
        as_of: The date this run speaks for.
        agencies: Ids of the agencies this run was restricted to; None where it looked everywhere.
    """
    sight = _Sight(manifest, agencies)
    questions = manifest.questions_of()
    known = {
        path: dataclasses.replace(one, withdrawn="") if path in sight.paths else one for path, one in history.items()
    }
    for path in sorted(kept):
        known[path] = _seen(known.get(path), manifest, path, questions.get(path, ()), as_of)
    gone = [path for path in sorted(history) if path not in sight.paths and not sight.is_hidden(known[path])]
    lost = [path for path in gone if not _follow(known, path, sight, kept)]
    offline = _offline(known, lost, sight)
    for path in lost:
        top = _top(path)
        if top not in offline and top not in sight.arriving:
            known[path] = dataclasses.replace(known[path], withdrawn=known[path].withdrawn or as_of.isoformat())
    return Past(known, tuple(offline[top] for top in sorted(offline)))


class _Sight:
    """What this run could see: a path it could not look at is neither there nor gone."""

    def __init__(self, manifest: Manifest, agencies: Collection[str] | None) -> None:
        on_the_way = frozenset(file.path for file in manifest.files if file.detail == UNFINISHED)
        self.paths = frozenset(file.path for file in manifest.files) | frozenset(map(_whole, on_the_way))
        self.tops = frozenset(_top(path) for path in self.paths)
        self.homes: dict[str, list[str]] = {}
        for file in manifest.files:
            if file.sha256 and file.bytes and file.condition is not Condition.IGNORED:
                self.homes.setdefault(file.sha256, []).append(file.path)
        arriving = (file.path for file in manifest.files if file.condition is Condition.ARRIVING)
        self.arriving = frozenset(_top(path) for path in arriving if path not in on_the_way)  # those may be left behind
        closed = [note.folder for note in manifest.folders if note.reason == "unreadable"]
        self._is_blind = "." in closed
        archives = (
            file.path
            for file in manifest.files
            if file.media is Media.ARCHIVE and (not file.condition.is_readable or file.detail)
        )
        in_part = (note.path for note in manifest.archives)
        self._closed = tuple(f"{place}/" for place in (*closed, *archives, *in_part))
        self._agencies = agencies

    def is_hidden(self, one: PathHistory) -> bool:
        """Whether the place of a path was out of sight."""
        is_outside = self._agencies is not None and one.agency_id not in self._agencies
        return is_outside or self._is_blind or one.path.startswith(self._closed)


def _seen(
    known: PathHistory | None, manifest: Manifest, path: str, questions: Sequence[str], as_of: date
) -> PathHistory:
    """The history of a cited path that holds a content today."""
    file = manifest.file(path)
    versions = known.versions if known else ()
    fingerprint = file.photo.fingerprint if file.photo else ""
    if not versions or versions[-1].sha256 != file.sha256:
        versions = (*versions, Version(file.sha256, file.bytes, as_of.isoformat(), fingerprint))
    elif versions[-1].fingerprint != fingerprint:  # written before fingerprints were, or told by other rules
        versions = (*versions[:-1], dataclasses.replace(versions[-1], fingerprint=fingerprint))
    return PathHistory(path, file.agency_id, versions, "", tuple(questions))


def _follow(known: dict[str, PathHistory], path: str, sight: _Sight, kept: Collection[str]) -> bool:
    """Let the history of a path that is gone go on where its content lies now; False where that is nowhere."""
    one = known[path]
    homes = sight.homes.get(one.versions[-1].sha256, ())
    if not homes:
        return False
    cited = sorted((home for home in homes if home in kept), key=lambda home: (_top(home) != _top(path), home))
    if cited:
        known[cited[0]] = _joined(known.pop(path), known[cited[0]])
    else:  # it waits at its old place until somebody cites the file again
        known[path] = dataclasses.replace(one, withdrawn="")
    return True


def _joined(old: PathHistory, new: PathHistory) -> PathHistory:
    """One history of two: ``old``, whose last content is at the path of ``new`` today."""
    if len(new.versions) == 1:
        last = min(old.versions[-1], new.versions[0], key=lambda version: version.since)
        return dataclasses.replace(new, versions=(*old.versions[:-1], last))
    own = {version.sha256 for version in new.versions}
    others = (version for version in old.versions if version.sha256 not in own)
    return dataclasses.replace(new, versions=(*others, *new.versions))


def _offline(known: History, lost: Iterable[str], sight: _Sight) -> dict[str, FolderNote]:
    """Top folder → note, of those out of which several files are gone at once and where nothing at all is left."""
    fresh = [path for path in lost if not known[path].withdrawn and "/" in path and _top(path) not in sight.tops]
    several = {top for top, count in Counter(map(_top, fresh)).items() if count >= _SEVERAL}
    return {
        _top(path): FolderNote(_top(path), VANISHED, known[path].agency_id) for path in fresh if _top(path) in several
    }


def _whole(path: str) -> str:
    """The path of a file that is on its way, once it is there."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name_when_whole(name)}"


def _top(path: str) -> str:
    """The folder of the agency; empty for a file beside the folders."""
    top, slash, _ = path.partition("/")
    return top if slash else ""
