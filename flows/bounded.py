"""Foreign data in child processes: a limit on time and memory each, and a child that dies costs only its own job.

The children are never forked from this process, which has threads (:mod:`flows.nursery`), are started when the first
job comes, and told to stay silent: whatever a library prints, and the traceback of a Ctrl-C, never reaches the user's
terminal.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import connection
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from flows import bounds
from flows.imports import collect_garbage_seldom, without_collecting_garbage
from flows.nursery import birth, interrupts_kept_away, keep_quiet

T = TypeVar("T")
R = TypeVar("R")

START_SECONDS = bounds.INSPECTION_START_SECONDS
_LOOK_SECONDS, _END_SECONDS = 1.0, 0.02
"""How often it is asked whether anybody still watches over the children, and whether they are to end."""


class AbandonedError(Exception):
    """The children were ended for good; what was asked of them need not go on."""


class Failure(StrEnum):
    """Why a job has no value."""

    TIMEOUT = "timeout"
    """It took longer than allowed; its process was killed."""
    CRASH = "crash"
    """Its process died: a fault in a library, or the system ran out of memory."""
    ERROR = "error"
    """The function raised an exception."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T, R]):
    """What came of one job."""

    item: T
    value: R | None = None
    """What the function returned; None where it failed."""
    failure: Failure | None = None


class BoundedPool:
    """A few child processes that run one function over many items, for any number of threads at the same time.

    Use it as a context manager; leaving it ends the children, and by an error for good (:meth:`abandon`). Function and
    items must be picklable, and the function importable by name.

    Args:
        workers: how many children.
        seconds: longest time one job may take.
        memory_bytes: most address space of a child, 0 for no limit.
        imports: modules that every child imports when it starts, beside whatever its parent does meanwhile.
        first: what every child does then: a function without parameters, as ``module:name``.
    """

    def __init__(
        self,
        workers: int = bounds.INSPECTION_WORKERS,
        seconds: float = bounds.INSPECTION_SECONDS,
        memory_bytes: int = bounds.INSPECTION_MEMORY_BYTES,
        imports: Sequence[str] = (),
        first: str = "",
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._imports = tuple(imports)
        self._first = first
        self._lock = threading.Lock()
        self._pool: Any = None
        self._ready: Any = None
        self._is_abandoned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

    def run(
        self, function: Callable[[T], R], items: Iterable[T], *, seconds: float | None = None
    ) -> Iterator[Result[T, R]]:
        """Run ``function`` over ``items``; the results come in the order of the items, each as soon as it may.

        Args:
            function: importable by name.
            items: picklable.
            seconds: longest time of one of these jobs, where it is not the pool's.
        """
        if self._is_abandoned:
            yield from (Result(item, failure=Failure.CRASH) for item in items)
            return
        jobs = [(item, self._schedule(function, item, seconds or self._seconds)) for item in items]
        has_started = bool(jobs) and self._has_started()
        try:
            for item, future in jobs:
                is_answered = has_started and self._is_answered(future)
                yield _result(item, future) if is_answered else Result(item, failure=Failure.CRASH)
        finally:
            for _, future in jobs:
                future.cancel()

    def begin(self) -> None:
        """Start the children now, where they do not run yet: it is certain that there will be work for them."""
        with self._lock:
            if self._pool is None:
                self._pool = self._start()

    def close(self) -> None:
        """End the children; the next :meth:`run` would start new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            pool.join()

    def abandon(self) -> None:
        """End the children for good; threads that wait for an answer, or ask for more, hear at once that there is none.

        For who was stopped: threads are not, and would have their children do all that is left of their work.
        """
        self._is_abandoned = True
        self.close()

    def require(self) -> None:
        """Go on only while answers are wanted: for who does something else beside its children.

        Raises:
            AbandonedError: they are not.
        """
        if self._is_abandoned:
            raise AbandonedError

    def _schedule(self, function: Callable[[T], R], item: T, seconds: float) -> Any:  # noqa: ANN401  # Pebble has no types
        with self._lock:
            if self._is_abandoned:
                return Future()  # never answered, and nobody waits: children started now would be nobody's
            if self._pool is None or not self._pool.active:
                self._pool = self._start()
            return self._pool.schedule(function, args=[item], timeout=seconds)

    def _is_answered(self, future: Any) -> bool:  # noqa: ANN401  # same
        """Wait for a job; not for ever, where what watches over the children has ended and will never answer.

        Seen once: children killed as soon as they were born, for two minutes.
        """
        with self._lock:
            pool = self._pool
        while not (future.done() or self._is_abandoned):
            wait([future], timeout=_LOOK_SECONDS)
            if not (future.done() or self._is_abandoned) and _is_unwatched(pool):
                with self._lock:
                    self._pool = None if self._pool is pool else self._pool
                return False
        return not self._is_abandoned  # what it says then is about the end of its child

    def _has_started(self) -> bool:
        """Whether children can be had at all: a pool whose children die at birth would replace them for ever."""
        try:
            begun = time.monotonic()
            while not self._ready.done() and time.monotonic() - begun < START_SECONDS:
                wait([self._ready], timeout=_LOOK_SECONDS)
                if self._is_abandoned:
                    return False
            self._ready.result(timeout=0)
        except Exception:  # noqa: BLE001  # whatever keeps children from starting
            self.close()
            return False
        return True

    def _start(self) -> Any:  # noqa: ANN401  # same
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = _END_SECONDS  # of itself a tenth of a second, which passes before every end of a pool

        pool = ProcessPool(
            max_workers=self._workers,
            context=birth(),
            initializer=prepare_child,
            initargs=[self._memory_bytes, dict(os.environ), self._imports, self._first],
        )
        with interrupts_kept_away():
            self._ready = pool.schedule(os.getpid)
        return pool


def run_twice(
    pool: BoundedPool, function: Callable[[T], R], items: Iterable[T], *, seconds: float | None = None
) -> Iterator[Result[T, R]]:
    """As :meth:`BoundedPool.run`, and what failed is tried once more: others may have killed its child."""
    for result in pool.run(function, items, seconds=seconds):
        yield from pool.run(function, [result.item], seconds=seconds) if result.failure else (result,)


def prepare_child(memory_bytes: int, environment: Mapping[str, str], imports: Sequence[str], first: str) -> None:
    """Make a fresh child silent, bounded, deaf to Ctrl-C, and mortal: it ends when its parent does.

    Args:
        memory_bytes: most address space, 0 for no limit.
        environment: of the parent as it is now; a nursery was opened under an earlier one.
        imports: modules to import.
        first: what to do then, as ``module:name``, if anything.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # to look through all that a nursery has imported takes longer than most jobs (measured: 75 ms)
    os.environ.clear()
    os.environ.update(environment)
    threading.Thread(target=_follow_parent, daemon=True).start()
    keep_quiet()
    _limit_memory(memory_bytes)
    with without_collecting_garbage():
        for name in imports:
            with contextlib.suppress(Exception):  # whoever needs it will see the same, and say so
                importlib.import_module(name)
    if first:
        module, _, name = first.partition(":")
        with contextlib.suppress(Exception):  # likewise
            getattr(importlib.import_module(module), name)()
    collect_garbage_seldom()


def _is_unwatched(pool: Any) -> bool:  # noqa: ANN401  # same
    """Whether a thread of the pool that hands on answers has ended although nobody stopped it."""
    watchers = (getattr(pool, name, None) for name in ("_pool_manager_loop", "_message_manager_loop"))
    return any(watcher is not None and not watcher.is_alive() for watcher in watchers)


def _result(item: T, future: Any) -> Result[T, Any]:  # noqa: ANN401  # Pebble has no types
    from pebble import ProcessExpired

    try:
        return Result(item, future.result())
    except TimeoutError:
        return Result(item, failure=Failure.TIMEOUT)
    except ProcessExpired:
        return Result(item, failure=Failure.CRASH)
    except Exception:  # noqa: BLE001  # whatever foreign data provoked: it is this job's failure, not the run's
        return Result(item, failure=Failure.ERROR)


def _follow_parent() -> None:
    """Without this a child of a killed parent would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_bytes:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
