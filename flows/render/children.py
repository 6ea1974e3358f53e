"""Work of the stage in child processes: tried again where one dies or lacks memory; errors come out in the parent."""

from __future__ import annotations

import errno
import gc
import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.bounded import BoundedPool, Failure, Result
from flows.errors import RenderError

T = TypeVar("T")
R = TypeVar("R")

_NO_ROOM = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EROFS", "EFBIG", "EIO") if hasattr(errno, name)
)
_MOST_OBJECTS = 2_500_000
"""Objects, some 480 MB, of what a child has left behind and of its next job together; with 3,000,000 one child came to
733 MB, above its bound of 700, according to which parts it happened to get."""
_FEW_OBJECTS = 250_000
"""A job that makes no more than these is not worth looking first: the contents come when all else is done, everybody
waits for them, and looking through what chapters left took longer (1.1 s) than setting them (0.6 s)."""


@dataclass(frozen=True, slots=True)
class _Call(Generic[T, R]):
    """What a parent asks of a child."""

    work: Callable[[T], R]
    item: T
    objects: int


@dataclass(frozen=True, slots=True)
class _Answer(Generic[R]):
    """What a child tells its parent: the value, or an error in words, or a defect of this program as Python saw it."""

    value: R | None = None
    message: str = ""
    repair: str = ""
    trace: str = ""
    no_room: int = 0
    """Number of the system's error where the disk is full or fails: nobody's defect."""
    is_short: bool = False
    """Whether the memory of the child did not suffice; it lives, and may be asked again."""

    def taken(self) -> R:
        if self.no_room:
            raise OSError(self.no_room, os.strerror(self.no_room))
        if self.trace:
            raise RuntimeError(self.trace)  # comes out where it is written to the log
        if self.value is None:
            raise RenderError(self.message, self.repair)
        return self.value


def run_in_children(
    pool: BoundedPool,
    work: Callable[[T], R],
    items: Iterable[T],
    given_up: Callable[[T, str], RenderError],
    *,
    seconds: float | None = None,
    objects: Callable[[T], int] = lambda _: 0,
) -> Iterator[R]:
    """Do ``work`` on every item in the children of ``pool``; the values in the order of the items.

    Args:
        pool: bounds their time and memory.
        work: importable by name; never returns None.
        items: picklable.
        given_up: what to raise for an item whose child died, took too long or lacked memory twice; told why.
        seconds: longest time of one item, where it is not the pool's.
        objects: about how many an item will make, where it makes so many that memory could run short.

    Raises:
        RenderError: as ``work`` raised it, or what ``given_up`` made.
        OSError: the disk is full, or fails.
        RuntimeError: a defect of this program, with its trace.
    """
    calls = [_Call(work, item, objects(item)) for item in items]
    for result in pool.run(_attempt, calls, seconds=seconds):
        answer = _once_more(pool, result, seconds, given_up) if _has_failed(result) else result.value
        if answer is not None:
            yield answer.taken()


def _once_more(
    pool: BoundedPool,
    result: Result[_Call[T, R], _Answer[R]],
    seconds: float | None,
    given_up: Callable[[T, str], RenderError],
) -> _Answer[R] | None:
    """A child may have been killed by something else; what fails twice is named."""
    (again,) = pool.run(_attempt, [result.item], seconds=seconds)
    if not _has_failed(again):
        return again.value
    raise given_up(result.item.item, _why(again))


def _has_failed(result: Result[_Call[T, R], _Answer[R]]) -> bool:
    return result.failure is not None or (result.value is not None and result.value.is_short)


def _why(result: Result[_Call[T, R], _Answer[R]]) -> str:
    if result.failure is None:
        return "memori yang boleh dipakainya tidak cukup"
    return "melampaui batas waktu" if result.failure is Failure.TIMEOUT else "prosesnya berhenti mendadak"


def _attempt(call: _Call[T, R]) -> _Answer[R]:
    """Runs in a child. Looking for garbage takes a quarter of the time of typesetting: it waits until it must be."""
    expected = 0 if call.objects <= _FEW_OBJECTS else call.objects
    if gc.get_count()[0] + expected > _MOST_OBJECTS:
        gc.collect()
    gc.disable()
    try:
        return _Answer(call.work(call.item))
    except RenderError as error:
        return _Answer(message=error.message, repair=error.repair)
    except OSError as error:
        known = error.errno if error.errno in _NO_ROOM else None
        return _Answer(no_room=known) if known else _Answer(trace=traceback.format_exc())
    except MemoryError:
        pass  # what the attempt held is given back first, with the error that holds on to it
    except Exception:  # noqa: BLE001  # a child tells its parent, who alone can write it down
        return _Answer(trace=traceback.format_exc())
    gc.collect()
    return _Answer(is_short=True)
