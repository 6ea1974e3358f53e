"""Many files through child processes: small ones by the dozen, and a failed batch costs only its culprit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from flows.bounded import BoundedPool, Failure, Result
from flows.gather.hashing import Hashed

J = TypeVar("J")
R = TypeVar("R")

_FILES = 12
_BYTES = 6_000_000
"""Larger files travel alone, so that a batch stays far from the time limit; each job costs a millisecond on the way."""
TIMEOUT, CRASH = "inspection-timeout", "inspection-crash"


def run_batches(
    files: Sequence[Hashed],
    job_of: Callable[[Sequence[Hashed]], J],
    work: Callable[[J], tuple[R, ...]],
    pool: BoundedPool,
) -> Iterator[tuple[Hashed, R | None, str]]:
    """Each file with what ``work`` made of it, or with None and the reason, a key of ``details`` in the catalogue.

    The files of a batch that failed are tried again one by one, so that only the culprit suffers.

    Args:
        files: In any order.
        job_of: Makes one picklable job of some files.
        work: Runs in a child process; gives one result per file of the job, in its order.
        pool: Of child processes.
    """
    again: list[Hashed] = []
    for batch, result in _run(_batches(files), job_of, work, pool):
        if result.value is not None:
            yield from ((file, value, "") for file, value in zip(batch, result.value, strict=True))
        elif len(batch) == 1 and result.failure is Failure.TIMEOUT:
            yield batch[0], None, TIMEOUT
        else:
            again.extend(batch)
    for [file], result in _run([[file] for file in again], job_of, work, pool):
        reason = TIMEOUT if result.failure is Failure.TIMEOUT else CRASH
        yield (file, result.value[0], "") if result.value else (file, None, reason)


def _run(
    batches: Sequence[list[Hashed]],
    job_of: Callable[[Sequence[Hashed]], J],
    work: Callable[[J], tuple[R, ...]],
    pool: BoundedPool,
) -> Iterator[tuple[list[Hashed], Result[J, tuple[R, ...]]]]:
    return zip(batches, pool.run(work, [job_of(batch) for batch in batches]), strict=True)


def _batches(files: Sequence[Hashed]) -> list[list[Hashed]]:
    """Large files first and alone, small ones by the dozen."""
    batches: list[list[Hashed]] = []
    room = 0
    for file in sorted(files, key=lambda file: (-file.entry.bytes, file.entry.path)):
        if not batches or len(batches[-1]) >= _FILES or file.entry.bytes > room:
            batches.append([])
            room = _BYTES
        batches[-1].append(file)
        room -= file.entry.bytes
    return batches
