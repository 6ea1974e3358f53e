"""How far the work is, on stderr: a moving bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from flows.console import say

STAGES = {
    "forms": "Menyiapkan formulir",
    "server": "Menyiapkan layanan Prefect",
    "gather": "Mengumpulkan dan memeriksa berkas",
    "assemble": "Menyusun daftar bukti",
    "keep": "Menyimpan salinan bukti",
    "audit": "Mencocokkan salinan di brankas",
    "assess": "Menilai kelengkapan",
    "judge-tables": "Memeriksa jawaban dan tabel",
    "judge-block": "Menilai kelengkapan per blok",
    "judge-manifest": "Memeriksa daftar bukti",
    "prepare": "Menyiapkan halaman bukti",
    "print": "Mencetak bab dan lampiran",
    "bind": "Menjilid dan membaca kembali PDF",
    "publish": "Menyimpan hasil",
}
SILENT = frozenset({"validate", "render", "done"})
"""Stages that consist of the ones above, or of nothing."""
_PLAIN_SECONDS = 5.0


class Progress:
    """Shows how far the work is; use as a context manager and hand :meth:`report` to the work."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._stage = ""
        self._last = 0.0
        self._said = self._done = ""
        """The count that was said last of this stage, and the newest one."""
        self._live = None if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" else _live()

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop(is_complete=kind is None)
        elif kind is None:
            self._say_end()

    def report(self, stage: str, done: int, total: int) -> None:
        """Note that ``stage`` has done ``done`` of ``total`` pieces (0 where unknown)."""
        if self._quiet or stage in SILENT:
            return
        if self._live is not None:
            self._live.show(STAGES[stage], done, total)
        else:
            self._say(stage, done, total)
        self._stage = stage

    def _say(self, stage: str, done: int, total: int) -> None:
        """A line where a stage begins, and now and then one that counts."""
        if stage != self._stage:
            self._say_end()
            say(f"{STAGES[stage]} …")
            self._last = time.monotonic()
        self._done = (f"  {done} dari {total}" if total else f"  {done} berkas") if done else ""
        if done and time.monotonic() - self._last >= _PLAIN_SECONDS:
            self._last = time.monotonic()
            self._said = self._done
            say(self._said)

    def _say_end(self) -> None:
        """The last count of a stage, where one was said before: "9 dari 10" must not be the last word."""
        if self._said and self._done != self._said:
            say(self._done)
        self._said = self._done = ""


class _Live:
    """A moving bar with one row per stage."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, Any] = {}
        self.start: Callable[[], None] = self._bar.start

    def show(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._finish()
            self._tasks[stage] = self._bar.add_task(stage, total=total or None, count="")
        count = f"{done}/{total}" if total else (str(done) if done else "")
        self._bar.update(self._tasks[stage], completed=done, total=total or None, count=count)

    def stop(self, *, is_complete: bool) -> None:
        if is_complete:
            self._finish()
        self._bar.stop()

    def _finish(self) -> None:
        for task in self._tasks.values():
            if not self._bar.tasks[task].finished:
                self._bar.update(task, total=1, completed=1)


def _live() -> _Live:
    return _Live()
