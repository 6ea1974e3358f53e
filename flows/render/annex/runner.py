"""Many documents become pages: what was prepared before is taken from the cabinet, the rest is done by child processes.

A document that kills its child, takes too long or needs too much memory is tried once more (the machine, or what was
done before it, may have been to blame) and then has that as its trouble. Nothing is dropped: every job that was asked
for has an answer.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from flows import bounds
from flows.bounded import BoundedPool, Failure, Result
from flows.cabinet import HALF_MADE, Cabinet
from flows.render.annex.job import FACTS_FILE, PAGES_FILE, Job
from flows.render.annex.prepare import NO_MEMORY, facts_of, prepare, prepared_from
from flows.render.values import Prepared

_NOT_KEPT = frozenset({"no-office", "timeout"})
"""Troubles of this computer, not of the document: the next run tries again."""
_TROUBLES = {Failure.TIMEOUT: "timeout", Failure.CRASH: "crash", Failure.ERROR: "crash"}


def prepare_all(
    jobs: Iterable[Job], cabinet: Cabinet, pool: BoundedPool, *, tell: Callable[[], None] | None = None
) -> dict[str, Prepared]:
    """The pages of all ``jobs`` by their keys, or the trouble with them.

    Args:
        jobs: their folders are not used; each gets one of its own that is gone afterwards.
        cabinet: gets what is prepared; the pages lie there.
        pool: bounded for evidence, such as the one of :class:`flows.render.press.Press`.
        tell: called whenever one more is done.

    Raises:
        OSError: the disk is full or the cabinet cannot be written to.
    """
    asked = {job.key: job for job in jobs}
    known = {key: found for key in asked if (found := _kept(cabinet, key)) is not None}
    for _ in known:
        _call(tell)
    missing = {key: job for key, job in asked.items() if key not in known}
    room = Path(tempfile.mkdtemp(dir=cabinet.root, prefix=HALF_MADE))
    try:
        made = _made(missing, cabinet, pool, room, tell)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return {key: known.get(key) or made[key] for key in asked}


def _call(tell: Callable[[], None] | None) -> None:
    if tell is not None:
        tell()


def _made(
    jobs: Mapping[str, Job], cabinet: Cabinet, pool: BoundedPool, room: Path, tell: Callable[[], None] | None
) -> dict[str, Prepared]:
    done: dict[str, Prepared] = {}
    failed: dict[str, Job] = {}
    for result in pool.run(prepare, _with_folders(jobs, room / "1"), seconds=bounds.ANNEX_SECONDS):
        if result.value is None or result.value.trouble == NO_MEMORY:
            failed[result.item.key] = result.item
            continue
        done[result.item.key] = _keep(cabinet, result.item, result.value)
        _call(tell)
    for result in pool.run(prepare, _with_folders(failed, room / "2"), seconds=bounds.ANNEX_SECONDS):
        done[result.item.key] = _answer(cabinet, result)
        _call(tell)
    return done


def _with_folders(jobs: Mapping[str, Job], room: Path) -> list[Job]:
    placed = []
    for key, job in jobs.items():
        folder = room / key
        folder.mkdir(parents=True)
        placed.append(dataclasses.replace(job, folder=folder))
    return placed


def _answer(cabinet: Cabinet, result: Result[Job, Prepared]) -> Prepared:
    """What came of the second try; a failure is not kept, so that the next run tries again, but lack of memory is."""
    if result.value is not None and result.value.trouble == NO_MEMORY:
        large = dataclasses.replace(result.value, trouble="too-large")
        (result.item.folder / FACTS_FILE).write_text(facts_of(large), encoding="utf-8")
        return _keep(cabinet, result.item, large)
    if result.value is not None:
        return _keep(cabinet, result.item, result.value)
    return Prepared(Path(), 0, trouble=_TROUBLES[result.failure or Failure.CRASH])


def _keep(cabinet: Cabinet, job: Job, prepared: Prepared) -> Prepared:
    if prepared.trouble in _NOT_KEPT:
        return prepared
    files: dict[str, Path | bytes] = {FACTS_FILE: job.folder / FACTS_FILE}
    if not prepared.trouble:
        files[PAGES_FILE] = job.folder / PAGES_FILE
    entry = cabinet.put(job.key, files)
    shutil.rmtree(job.folder, ignore_errors=True)
    return dataclasses.replace(prepared, path=Path() if prepared.trouble else entry / PAGES_FILE)


def _kept(cabinet: Cabinet, key: str) -> Prepared | None:
    entry = cabinet.get(key)
    if entry is None:
        return None
    try:
        found = prepared_from(entry / PAGES_FILE, (entry / FACTS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        cabinet.forget(key)
        return None
    return dataclasses.replace(found, path=Path()) if found.trouble else found
