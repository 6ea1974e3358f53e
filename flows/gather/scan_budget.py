"""How much of one file may be looked at: characters, cells and time, counted down while it is read."""

from __future__ import annotations

import time

from flows import bounds

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]
_THIS_THREAD = getattr(resource, "RUSAGE_THREAD", None)
"""How Linux is asked for the work of one thread."""


def worked() -> float:
    """Seconds of processor time that this thread has used; of the process where it cannot be told.

    Measured on a virtual machine: the clock of the process takes 0.4 to 2 ms to answer, this question 4 microseconds.
    """
    if _THIS_THREAD is None:
        return time.process_time()
    used = resource.getrusage(_THIS_THREAD)
    return used.ru_utime + used.ru_stime


class Budget:
    """What is left to be looked at of one file, by the bounds of :mod:`flows.bounds`."""

    def __init__(self) -> None:
        self._chars = bounds.SCAN_CHARS
        self._cells = bounds.SCAN_CELLS
        self._end = worked() + bounds.SCAN_SECONDS
        self._soonest = time.monotonic() + bounds.SCAN_SECONDS
        self._latest = time.monotonic() + bounds.SCAN_WAITING_SECONDS

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be looked at."""
        return self._chars <= 0 or self._cells <= 0 or self._is_late

    @property
    def _is_late(self) -> bool:
        """By the work done, so that a busy machine sees as much as an idle one; and before the child is ended.

        The work cannot be longer than the time it took, and asking for it is a hundred times as dear.
        """
        now = time.monotonic()
        return now > self._latest or (now > self._soonest and worked() > self._end)

    def allow(self, seconds: float) -> None:
        """Let looking go on for so many seconds from now."""
        self._end = max(self._end, worked() + seconds)
        self._latest = max(self._latest, time.monotonic() + seconds)

    def taken(self, text: str) -> str:
        """As much of ``text`` as may still be looked at, which is then spent."""
        if self.is_spent:
            return ""
        allowed = text[: self._chars]
        self._chars -= len(allowed)
        return allowed

    def takes_cells(self, count: int) -> bool:
        """Whether the cells of one more row may be looked at; they are then spent."""
        self._cells -= count
        return self._cells > 0
