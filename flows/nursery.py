"""How children come to be: each is a new Python of its own, or a copy of one that has imported what they need.

A new Python imports for 0.4 to 0.7 s before its first job, and a run has eight of them one after the other. On Linux a
run opens a nursery beside its own imports: one process that does nothing but import, and of which children are forked
(Python's ``forkserver``). That is safe where plain forking is not: the nursery has no threads and holds no locks.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from multiprocessing.context import BaseContext, SpawnContext
from multiprocessing.synchronize import RLock

_UNTOLD = "ignore:resource_tracker:UserWarning"
"""What Python's helper process would print when this one is killed: it puts away what is left, and that is all."""
_QUIET = "flows.nursery_start"
_POOL = "pebble"
"""What every child needs before it has a job (measured: 20 ms)."""
_is_open = False


@contextlib.contextmanager
def nursery(modules: Sequence[str]) -> Iterator[None]:
    """Have children begun in the body know ``modules`` already; where the system forks badly, nothing changes.

    The body begins at once: the nursery imports beside it, and the first child waits for it. It is one for the whole
    program, stays for the next body, and ends with the program.

    Args:
        modules: by name; what cannot be imported is left to the children, who say so.
    """
    global _is_open  # noqa: PLW0603 - there is one nursery in a program, as there is one forkserver
    if sys.platform != "linux":
        yield
        return
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload([_QUIET, _POOL, *modules])
    with interrupts_kept_away():
        forkserver.ensure_running()
    _is_open = True
    try:
        yield
    finally:
        _is_open = False


def birth() -> BaseContext:
    """How the children of one pool are to be started; the context keeps what they share as long as it lives itself."""
    return _forking() if _is_open else _Spawning()


def are_copies() -> bool:
    """Whether children cost next to nothing until they work: then they may be started long before."""
    return _is_open


class _KeepingLocks:
    """Keeps the locks that children share for as long as it lives, which is as long as their pool.

    Pebble drops the locks before it ends the children. One that is just being born would look for them in vain, and
    print a traceback before it can be told to be silent.
    """

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802  # the name multiprocessing gives it
        """One more lock, kept."""
        lock: RLock = super().RLock()  # type: ignore[misc]  # of the context it is mixed into
        self._locks.append(lock)
        return lock


class _Spawning(_KeepingLocks, SpawnContext):
    """A new Python for every child."""


def _forking() -> BaseContext:
    from multiprocessing.context import ForkServerContext  # there is none on Windows

    class Forking(_KeepingLocks, ForkServerContext):
        """A copy of the nursery for every child."""

    return Forking()


@contextlib.contextmanager
def interrupts_kept_away() -> Iterator[None]:
    """Whatever is started here is deaf to Ctrl-C from its first moment: children, and the threads that replace them.

    A terminal sends Ctrl-C to the children too. One that is struck while Python starts dies with a traceback on the
    screen, and whoever waits for it to begin would wait in vain.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    if _UNTOLD not in sys.warnoptions:
        sys.warnoptions.append(_UNTOLD)
    resource_tracker.ensure_running()  # when it starts it lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def keep_quiet() -> None:
    """Make this process, a child or the nursery, say nothing (libraries in C write straight to the descriptors).

    And have libraries that calculate begin no threads, if they are not imported yet: a child does one job at a time,
    and a nursery with threads must not be forked.
    """
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
