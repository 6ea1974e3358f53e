"""Look into files in child processes, once per content, and have an answer for every file whatever happens."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from flows import bounds
from flows.bounded import BoundedPool
from flows.gather.arriving import NO_SUSPECTS, Suspects
from flows.gather.batches import CRASH, TIMEOUT, run_batches
from flows.gather.family import family_of_suffix
from flows.gather.hashing import Hashed, is_unchanged
from flows.gather.inspect import Inspection, Job, inspect_job, inspect_with_eyes
from flows.gather.names import suffix_of
from flows.gather.recognise import Rules
from flows.gather.remember import recall, remember
from flows.model import Condition, Media, Reach
from flows.store import Store

_OCR_SECONDS = bounds.OCR_SECONDS + bounds.OCR_PAGE_SECONDS + bounds.INSPECTION_SECONDS
_PASSING = frozenset({CRASH, TIMEOUT, "still-changing", "too-large", "ocr-failed"})
"""May be the fault of a busy machine: never remembered."""
_BEYOND = frozenset({"too-many-parts", "too-much-inside", "packed-too-tightly", "too-many-dots", "too-many-frames"})
"""Beyond a bound that another version may set otherwise: told anew each time, which takes a moment."""


def inspect_all(
    files: Sequence[Hashed],
    rules: Rules,
    pool: BoundedPool,
    store: Store | None,
    *,
    fresh: bool,
    done: Callable[[str], None] | None = None,
    suspects: Suspects = NO_SUSPECTS,
) -> dict[str, Inspection]:
    """Path → what looking into the file has shown, for each of ``files``.

    Args:
        files: Hashed files; those with equal bytes and the same promise of a family are looked into once.
        rules: Of recognition; part of the key of every remembered answer.
        pool: Of child processes.
        store: Holds answers by content; None to remember nothing.
        fresh: Look into everything again.
        done: Called with the path of each file as soon as its answer is there.
        suspects: Those that may still be arriving: looked at again before anything is remembered.
    """
    groups: dict[str, list[Hashed]] = {}
    for file in files:
        groups.setdefault(_key(file, rules), []).append(file)
    found: dict[str, Inspection] = {}
    known = {} if store is None or fresh else recall(store, sorted(groups))
    new = [twins[0] for key, twins in groups.items() if key not in known]
    for key, inspection in (*known.items(), *_keyed(new, rules, pool)):
        found[key] = inspection
        if done:
            for file in groups[key]:
                done(file.entry.path)
    changed = suspects.changed()
    if store is not None:
        worth = {key: one for key, one in found.items() if key not in known and one.detail not in _PASSING | _BEYOND}
        remember(store, {key: one for key, one in worth.items() if groups[key][0].entry.path not in changed})
    answers = ((file, found[key]) for key, twins in groups.items() for file in twins)
    return {file.entry.path: suspects.judge(file, inspection, changed) for file, inspection in answers}


def _keyed(files: Sequence[Hashed], rules: Rules, pool: BoundedPool) -> Iterator[tuple[str, Inspection]]:
    """Key and answer of each file; bytes that changed since they were hashed must not answer for that hash."""
    for file, inspection in _inspect(files, rules, pool):
        yield _key(file, rules), inspection if is_unchanged(file.entry) else _failed(file, "still-changing")


def _key(file: Hashed, rules: Rules) -> str:
    return f"{file.sha256}/{_promised(file) or '-'}/{rules.version}"


def _promised(file: Hashed) -> Media | None:
    return family_of_suffix(suffix_of(file.entry.path))


def _failed(file: Hashed, detail: str) -> Inspection:
    condition = Condition.ARRIVING if detail == "still-changing" else Condition.REFUSED
    return Inspection(condition, _promised(file) or Media.OTHER, detail)


def _inspect(files: Sequence[Hashed], rules: Rules, pool: BoundedPool) -> Iterator[tuple[Hashed, Inspection]]:
    def job_of(batch: Sequence[Hashed]) -> Job:
        return Job(tuple((file.entry.real_path, _promised(file)) for file in batch), rules)

    scans: list[tuple[Hashed, Inspection]] = []
    for file, inspection, reason in run_batches(files, job_of, inspect_job, pool):
        if rules.ocr and inspection is not None and _can_only_be_seen(inspection):
            scans.append((file, inspection))
        else:
            yield file, inspection or _failed(file, reason)
    yield from _read_scans(scans, job_of, pool)


def _can_only_be_seen(inspection: Inspection) -> bool:
    """Whether OCR may tell more: a picture, a scan, a PDF with pages nobody could look through."""
    if not inspection.condition.is_readable:
        return False
    is_unread = inspection.is_scan or inspection.reach is not Reach.WHOLE
    return inspection.media is Media.IMAGE or (inspection.media is Media.PDF and is_unread)


def _read_scans(
    scans: Sequence[tuple[Hashed, Inspection]], job_of: Callable[[Sequence[Hashed]], Job], pool: BoundedPool
) -> Iterator[tuple[Hashed, Inspection]]:
    """Scans read by OCR, each with a time of its own; one that fails stays what it was without."""
    if not scans:
        return
    jobs = [job_of([file]) for file, _ in scans]
    for (file, before), result in zip(scans, pool.run(inspect_with_eyes, jobs, seconds=_OCR_SECONDS), strict=True):
        yield file, result.value[0] if result.value else dataclasses.replace(before, detail="ocr-failed")
