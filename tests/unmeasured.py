"""Coverage is not measured in the children that open files and set pages, and in whole runs that only repeat another.

Measuring doubles the time of typesetting and of reading, and children give nothing for it: they are ended by their pool
before they could write down what was measured. What they do is measured where tests call the same functions themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any


def environment(**more: str) -> Mapping[str, str]:
    """The environment for a program that is not to be measured, with ``more`` in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")} | more


def spare_children() -> None:
    """From now on children of ``multiprocessing`` begin unmeasured; programs of their own are measured as before."""
    with suppress(ImportError):  # another platform starts them in another way, and measures them
        from multiprocessing.popen_spawn_posix import Popen

        launch = Popen._launch  # type: ignore[attr-defined]

        def unmeasured(self: Popen, process: Any) -> None:  # noqa: ANN401 - a process of multiprocessing
            with _without_coverage():
                launch(self, process)

        Popen._launch = unmeasured  # type: ignore[attr-defined]

    with suppress(ImportError):
        from multiprocessing.forkserver import ForkServer

        begin = ForkServer.ensure_running

        def unmeasured_nursery(self: ForkServer) -> None:
            with _without_coverage():
                begin(self)

        ForkServer.ensure_running = unmeasured_nursery  # type: ignore[method-assign]


@contextmanager
def _without_coverage() -> Iterator[None]:
    held = {name: os.environ.pop(name) for name in tuple(os.environ) if name.startswith("COVERAGE_PROCESS")}
    try:
        yield
    finally:
        os.environ.update(held)
