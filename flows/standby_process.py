"""The process that stays ready for the next run into a folder: ``python -m flows.standby_process OUTPUTS``.

:mod:`flows.standby` starts it, detached, and asks it. It has imported what a run needs, does one run at a time, and
tells whoever asked what it would have seen. While it works it is not announced, so that another command goes its own
way. It ends when nobody asked for half an hour, when its announcement is taken away, after twenty runs, and after a run
that was stopped.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from flows import bounds
from flows.commands import adopt_folders
from flows.errors import KlaError
from flows.files import write_json
from flows.recent import remember
from flows.settings import Settings
from flows.standby import ANNOUNCEMENT, FAMILY, Said, home, likeness

_LOCK = "siaga.lock"
_WAITING = 16
"""Callers that may be waiting at its door at the same time."""
_GREETING_SECONDS, _WATCH_SECONDS = 5.0, 0.5


def main(outputs: Path) -> None:
    """Stay ready for runs into ``outputs``; return at once where another process does."""
    settings = Settings(outputs, outputs)  # each request brings its own; what is needed here is the folder of the state
    try:
        with FileLock(home(settings) / _LOCK).acquire(timeout=0), _door() as listener:
            _Standby(settings, listener).serve()
    except Timeout:
        return


@contextlib.contextmanager
def _door() -> Iterator[Listener]:
    """Where callers come in: a socket in a folder that nobody else may enter."""
    folder = tempfile.mkdtemp(prefix="kla-siaga-")
    try:
        with Listener(str(Path(folder) / "pintu"), FAMILY, backlog=_WAITING) as listener:
            yield listener
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Standby:
    """One such process.

    Args:
        settings: whose state it belongs to.
        listener: where callers come in.
    """

    def __init__(self, settings: Settings, listener: Listener) -> None:
        self._settings = settings
        self._listener = listener
        self._announcement = home(settings) / ANNOUNCEMENT
        self._likeness = likeness()  # before anything is imported that could change meanwhile
        self._is_busy = False
        self._last = time.monotonic()

    def serve(self) -> None:
        """Answer callers until it is time to end."""
        self._announce()
        threading.Thread(target=self._watch, daemon=True).start()
        from flows.service import ready_to_run

        run = ready_to_run(self._settings)
        _take_over(sys.stdin.buffer)
        for _ in range(bounds.STANDBY_RUNS):
            with self._listener.accept() as caller:
                if not self._answer(caller, run):
                    break
            gc.collect()
            self._announce()
        self._announcement.unlink(missing_ok=True)

    def _announce(self) -> None:
        value = {"host": socket.gethostname(), "address": self._listener.address, "likeness": self._likeness}
        write_json(self._announcement, value | {"pid": os.getpid()})
        self._last, self._is_busy = time.monotonic(), False

    def _watch(self) -> None:
        """End the process when nobody needs it; it waits for callers, and cannot look itself."""
        while self._is_busy or (self._announcement.exists() and time.monotonic() - self._last < bounds.STANDBY_SECONDS):
            time.sleep(_WATCH_SECONDS)
        self._announcement.unlink(missing_ok=True)
        shutil.rmtree(Path(str(self._listener.address)).parent, ignore_errors=True)
        os._exit(0)

    def _answer(self, caller: Connection, run: Callable[..., object]) -> bool:
        """Do what a caller asks for; whether this process is as good as before."""
        try:
            caller.send((Said.READY, None))
            if not caller.poll(_GREETING_SECONDS):
                return True
            request, settings, named = caller.recv()
        except (OSError, EOFError):
            return True  # who waited too long has gone
        self._is_busy = True
        self._announcement.unlink(missing_ok=True)
        adopt_folders(named)
        try:
            with _interrupted_by(caller):
                said, value = _outcome(lambda: run(request, settings, lambda *far: _tell(caller, Said.PROGRESS, far)))
        except KeyboardInterrupt:
            return False
        _tell(caller, said, value)
        return said is not Said.DEFECT


def _take_over(provisions: BinaryIO) -> None:
    """Be as far as the process was that left this one behind, which ran a whole run; see :mod:`flows.standby`."""
    modules, values = pickle.load(provisions)  # noqa: S301 - from that process, by no file that others could write to
    for name in modules:
        if name not in sys.modules:
            with contextlib.suppress(Exception):  # some are made by others and cannot be imported by name
                importlib.import_module(name)
    remember(values)


def _tell(caller: Connection, said: Said, value: object) -> None:
    """Say something, also to somebody who has gone; that is noticed elsewhere."""
    with contextlib.suppress(OSError):
        caller.send((said, value))


def _outcome(work: Callable[[], object]) -> tuple[Said, object]:
    try:
        return Said.RESULT, work()
    except (KlaError, OSError) as error:
        return Said.ERROR, error
    except Exception:  # noqa: BLE001 - whoever asked says so, and writes it down
        from flows.privacy import masked_traceback

        return Said.DEFECT, masked_traceback()


@contextlib.contextmanager
def _interrupted_by(caller: Connection) -> Iterator[None]:
    """Interrupt the body as Ctrl-C would when the caller says something, or is no more."""
    asking, is_over = threading.Lock(), False

    def listen() -> None:
        with contextlib.suppress(OSError):
            while not is_over:
                if caller.poll(_WATCH_SECONDS):
                    with asking:
                        if not is_over:
                            os.kill(os.getpid(), signal.SIGINT)
                    return

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield
    finally:
        with asking:
            is_over = True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # without waiting for threads of libraries
