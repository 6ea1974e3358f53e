"""A process that stays ready after a run, so that the next one begins at once: asking it, and leaving one behind.

Half of the time of a second run goes into starting: Prefect, Great Expectations and what children need are imported
anew. The process behind this (:mod:`flows.standby_process`) has them imported. It is asked only where it would do the
same as this process: the same program, templates and rules, the same variables and limits (:func:`likeness`). Whatever
goes wrong with it, the run is done here instead. Only on Linux, where it was tried.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import socket
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from hashlib import sha256
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any, BinaryIO, cast

from flows import bounds
from flows.commands import named_folders
from flows.detached import start_detached
from flows.files import make_private
from flows.prefect_home import start_anew_if_large
from flows.recent import remembered
from flows.request import AnnualRequest, AnnualResult, Report
from flows.settings import Settings, templates_root, validations_root

VARIABLE = "KLA_SIAGA"
"""Switches all this off where it is 0."""
ANNOUNCEMENT, LOG = "siaga.json", "siaga.log"
"""Where the process listens and what it is like; taken away while it works, and to end it. And what it says."""
FAMILY = "AF_UNIX"
_READY_SECONDS, _STOP_SECONDS = 30.0, 15.0
"""Longest wait for one that is still importing, which whoever imported anew beside it would not end sooner, and for one
that was told to stop."""
_OF_TERMINALS = frozenset({"_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES", "TERM", "WINDOWID"})
"""Variables that differ between two calls and change nothing."""
_OF_LIBRARIES = ("PREFECT_", "GX_", "NO_PROXY", "no_proxy", "DO_NOT_TRACK")
"""Variables that a run sets itself."""
_PACKAGES = ("/var/lib/dpkg/status", "/var/lib/rpm", "/var/lib/pacman/local")
"""Change when a program is installed, such as one that a run has looked for in vain."""


class Said(StrEnum):
    """What the process says, each with a value."""

    READY = "ready"
    PROGRESS = "progress"
    """Stage, done, total."""
    RESULT = "result"
    ERROR = "error"
    """An exception that is to be raised as if it had happened here."""
    DEFECT = "defect"
    """The trace of any other."""


class Standby:
    """What may be done in a process that stays ready; made before the run, whose variables it remembers.

    Args:
        settings: where to read and write; every folder of outputs has a process of its own.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._environment = dict(os.environ)
        self._is_wanted = sys.platform == "linux" and os.environ.get(VARIABLE, "").strip() != "0"
        self._likeness = likeness() if self._is_wanted else ""

    def run(
        self, request: AnnualRequest, report: Report, meanwhile: Callable[[], None] = lambda: None
    ) -> AnnualResult | None:
        """What came of the run in a process that was ready; None where there is none, or it died.

        Args:
            request: what to run.
            report: told how far it is.
            meanwhile: done here, in a thread, while it works.

        Raises:
            KlaError: as :func:`flows.service.run_annual` raises it.
            OSError: likewise.
            RuntimeError: a defect, with its trace.
        """
        connection = self._connected() if self._is_wanted else None
        if connection is None:
            return None
        with connection:
            try:
                connection.send((request, self._settings, named_folders()))
                threading.Thread(target=meanwhile, daemon=True).start()  # whoever waits sees how far the run is
                for said, value in _answers(connection):
                    if said is Said.RESULT:
                        return cast(AnnualResult, value)
                    if said is Said.ERROR:
                        raise value
                    if said is Said.DEFECT:
                        raise RuntimeError(value)
                    report(*value)
            except (BrokenPipeError, ConnectionResetError):
                return None
            except KeyboardInterrupt:
                _stop(connection)
                raise
        return None

    def leave(self) -> None:
        """Have a process stay ready for the next run, where none does and memory is free."""
        if not self._is_wanted or not _has_room():
            return
        folder = home(self._settings)
        with contextlib.suppress(OSError, pickle.PicklingError):
            make_private(folder)
            start_anew_if_large(folder / LOG)
            command = [sys.executable, "-m", "flows.standby_process", str(self._settings.outputs)]
            with _provisions() as file:
                root = Path(__file__).resolve().parent.parent
                start_detached(command, folder / LOG, root, self._environment, file.fileno())

    def _connected(self) -> Connection | None:
        """The way to a process that is like this one and ready."""
        announcement = home(self._settings) / ANNOUNCEMENT
        try:
            said = json.loads(announcement.read_text(encoding="utf-8"))
            if said["host"] != socket.gethostname():
                return None
            if said["likeness"] != self._likeness:
                announcement.unlink(missing_ok=True)  # it ends, and this run leaves one that is
                return None
            connection = Client(said["address"], FAMILY)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        with contextlib.suppress(OSError, EOFError):
            if connection.poll(_READY_SECONDS) and connection.recv()[0] is Said.READY:
                return connection
        connection.close()
        return None


@contextlib.contextmanager
def _provisions() -> Iterator[BinaryIO]:
    """What a process that takes over would have to find out anew: names of modules, and what this one remembers.

    A file in memory: on a disk that others can write to, what is unpickled would be a way in.
    """
    with os.fdopen(os.memfd_create(__name__), "w+b") as file:
        pickle.dump((sorted(sys.modules), remembered()), file)
        file.seek(0)
        yield file


def home(settings: Settings) -> Path:
    """The folder of the process."""
    return settings.state / "siaga"


def end_standby(settings: Settings) -> None:
    """Have the process of these settings end within a second, if there is one; one that is at work goes on."""
    with contextlib.suppress(OSError):
        (home(settings) / ANNOUNCEMENT).unlink(missing_ok=True)


def likeness() -> str:
    """What this process is like: two that are alike do the same with the same request."""
    digest = sha256()
    for part in _likeness():
        digest.update(f"{part}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _likeness() -> Iterator[str]:
    import resource

    yield f"{sys.executable} {sys.version}"
    for limit in ("RLIMIT_AS", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CPU"):
        yield f"{limit} {resource.getrlimit(getattr(resource, limit))}"
    mask = os.umask(0o077)
    os.umask(mask)
    yield f"umask {mask}"
    for name, value in sorted(os.environ.items()):
        if name not in _OF_TERMINALS and not name.startswith(_OF_LIBRARIES):
            yield f"{name}={value}"
    libraries = [sysconfig.get_path("purelib"), *os.environ.get("PATH", "").split(os.pathsep), *_PACKAGES]
    for place in libraries:
        yield f"{place} {_stamp(Path(place))}"
    for root in (Path(__file__).parent, templates_root(), validations_root()):
        for folder, below, files in os.walk(root):
            below[:] = sorted(set(below) - {"__pycache__"})
            yield from (f"{path} {_stamp(path)}" for path in (Path(folder, name) for name in sorted(files)))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _answers(connection: Connection) -> Iterator[tuple[Said, Any]]:  # whatever it sends
    """What the process says, until it has nothing more to say."""
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


def _stop(connection: Connection) -> None:
    """Tell the process to stop, and wait until it has: whoever repeats the command should find nobody at work."""
    deadline = time.monotonic() + _STOP_SECONDS
    with contextlib.suppress(OSError, EOFError):
        connection.send(None)
        while connection.poll(max(deadline - time.monotonic(), 0.0)):
            connection.recv()


def _has_room() -> bool:
    """Whether so much memory is free that one more process disturbs nobody."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024 >= bounds.STANDBY_FREE_BYTES
    return False
