"""Look into files in child processes, once per content, and have an answer for every file whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from flows.bounded import BoundedPool, Failure, Result
from flows.gather.family import family_of_suffix
from flows.gather.hashing import Hashed, is_unchanged
from flows.gather.inspect import Inspection, Job, inspect_job
from flows.gather.names import suffix_of
from flows.gather.recognise import Rules
from flows.gather.remember import recall, remember
from flows.model import Condition, Media
from flows.store import Store

_BATCH_FILES = 12
_BATCH_BYTES = 2_000_000
"""Larger files travel alone, so that a batch stays far from the time limit."""
_PASSING = frozenset({"inspection-crash", "inspection-timeout", "still-changing", "too-large"})
"""May be the fault of a busy machine: never remembered."""


def inspect_all(
    files: Sequence[Hashed],
    rules: Rules,
    pool: BoundedPool,
    store: Store | None,
    *,
    fresh: bool,
    done: Callable[[str], None] | None = None,
) -> dict[str, Inspection]:
    """Path → what looking into the file has shown, for each of ``files``.

    Args:
        files: Hashed files; those with equal bytes and the same promise of a family are looked into once.
        rules: Of recognition; part of the key of every remembered answer.
        pool: Of child processes.
        store: Holds answers by content; None to remember nothing.
        fresh: Look into everything again.
        done: Called with the path of each file as soon as its answer is there.
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
    if store is not None:
        worth = {key: one for key, one in found.items() if key not in known and one.detail not in _PASSING}
        remember(store, worth)
    return {file.entry.path: found[key] for key, twins in groups.items() for file in twins}


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
    """Batches first; the files of a batch that failed are tried again one by one, so that only the culprit suffers."""
    again: list[Hashed] = []
    for batch, result in _run(_batches(files), rules, pool):
        if result.value is not None:
            yield from zip(batch, result.value, strict=True)
        elif len(batch) == 1 and result.failure is Failure.TIMEOUT:
            yield batch[0], _failed(batch[0], "inspection-timeout")
        else:
            again.extend(batch)
    for [file], result in _run([[file] for file in again], rules, pool):
        reason = "inspection-timeout" if result.failure is Failure.TIMEOUT else "inspection-crash"
        yield file, result.value[0] if result.value else _failed(file, reason)


def _run(
    batches: Sequence[list[Hashed]], rules: Rules, pool: BoundedPool
) -> Iterator[tuple[list[Hashed], Result[Job, tuple[Inspection, ...]]]]:
    jobs = [Job(tuple((file.entry.real_path, _promised(file)) for file in batch), rules) for batch in batches]
    return zip(batches, pool.run(inspect_job, jobs), strict=True)


def _batches(files: Sequence[Hashed]) -> list[list[Hashed]]:
    """Large files first and alone, small ones by the dozen."""
    batches: list[list[Hashed]] = []
    room = 0
    for file in sorted(files, key=lambda file: (-file.entry.bytes, file.entry.path)):
        if not batches or len(batches[-1]) >= _BATCH_FILES or file.entry.bytes > room:
            batches.append([])
            room = _BATCH_BYTES
        batches[-1].append(file)
        room -= file.entry.bytes
    return batches
