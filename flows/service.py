"""The local Prefect server, one per state folder, and the annual run on it.

The server is a process of our own (:mod:`flows.server`), never Prefect's ephemeral mode. Importing this module does not
import Prefect.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import KlaError
from flows.framework import available_years, load_framework
from flows.imports import collect_garbage_seldom, without_collecting_garbage
from flows.model import City, Framework
from flows.nursery import nursery
from flows.prefect_home import environment, make_home, prepare, server_environment, server_log
from flows.request import AnnualRequest, AnnualResult, Report, load_year
from flows.server import Server, ensure_server, failure, server_status, stop_server
from flows.settings import Settings
from flows.since import run_to_compare, since
from flows.suites import suites_pool

if TYPE_CHECKING:
    from flows.validate import Examine

__all__ = [
    "AnnualRequest",
    "AnnualResult",
    "Report",
    "Server",
    "Starting",
    "ensure_server",
    "environment",
    "migrate",
    "prepare",
    "ready_to_run",
    "run_annual",
    "server_status",
    "start_in_background",
    "stop_server",
]

_MIGRATED = "migrated"
CHILDREN_NEED = (
    "flows.gather.inspect",
    "flows.render.press",
    "weasyprint",
    "flows.render.warm",
    "flows.render.binding.volume",
    "flows.render.binding.archive",
)
"""What the children of a whole run import, whichever stage has them."""


class Starting:
    """A server on its way, started beside other work."""

    def __init__(self, settings: Settings) -> None:
        self._server: Future[Server] = Future()
        # A daemon: a run that fails early must not wait for a server it does not need.
        threading.Thread(target=self._start, args=(settings,), daemon=True).start()

    def wait(self) -> Server:
        """The server, as soon as it answers.

        Raises:
            ServiceError: it could not be started.
        """
        return self._server.result()

    def _start(self, settings: Settings) -> None:
        try:
            self._server.set_result(ensure_server(settings))
        except BaseException as error:  # noqa: BLE001  # handed over to the thread that waits
            self._server.set_exception(error)


def run_annual(request: AnnualRequest, settings: Settings, report: Report) -> AnnualResult:
    """Compose one city's dossier as a Prefect flow on the local server. Prints nothing.

    Args:
        request: City, evaluation year and the date of the book.
        settings: Where to read and write.
        report: Called from this thread as the run goes on.

    Raises:
        KlaError: as it was raised in the stage that could not go on.
        ServiceError: the server could not be started, or stopped answering.
    """
    before = _run_before(request, settings)
    loaded = load_year(request.city_id, request.year, settings)  # a wrong name is refused at once, without Prefect
    starting = start_in_background(settings)
    prepare(settings)
    with suites_pool() as suites, nursery(CHILDREN_NEED):  # they import beside what is imported here
        with without_collecting_garbage():
            from flows import annual  # noqa: F401
            from flows.validate import examiner, remembering
        collect_garbage_seldom()
        with examiner(suites) as examine:
            return _compared(before, _run(request, settings, report, starting, loaded, remembering(examine)))


def ready_to_run(settings: Settings) -> Callable[[AnnualRequest, Settings, Report], AnnualResult]:
    """Import all that a run needs, for a process that does many (:mod:`flows.standby_process`).

    Args:
        settings: whose state Prefect's is part of.

    Returns:
        :func:`run_annual` for this process, without what is there already.
    """
    prepare(settings)
    instrument = cache(load_framework)  # who asks has seen that no file of it has changed
    with nursery(CHILDREN_NEED), without_collecting_garbage():  # it stays
        from flows import annual  # noqa: F401
        from flows.render import read_templates
        from flows.validate import remembering, run_suite, warm_up

        warm_up()
        read_templates()
        for year in available_years():
            with contextlib.suppress(KlaError):
                instrument(year)
    collect_garbage_seldom()
    examine = remembering(run_suite)

    def run(request: AnnualRequest, settings: Settings, report: Report) -> AnnualResult:
        before = _run_before(request, settings)
        starting = start_in_background(settings)
        loaded = load_year(request.city_id, request.year, settings, instrument)
        with nursery(CHILDREN_NEED):
            return _compared(before, _run(request, settings, report, starting, loaded, examine))

    return run


def _run_before(request: AnnualRequest, settings: Settings) -> Path | None:
    return run_to_compare(settings, request.city_id, request.year, request.since_run)


def _compared(before: Path | None, result: AnnualResult) -> AnnualResult:
    return replace(result, before=before, since=since(before, result.manifest, result.assessment))


def _run(
    request: AnnualRequest,
    settings: Settings,
    report: Report,
    starting: Starting,
    loaded: tuple[City, Framework],
    examine: Examine,
) -> AnnualResult:
    """Run the flow, all that it needs imported."""
    from flows import annual

    report("server", 0, 0)
    server = starting.wait()
    prepare(settings, server.api_url)
    try:
        return annual.run(request, settings, report, server.api_url, loaded=loaded, examine=examine)
    except annual.PrefectTrouble as trouble:
        raise failure("Server Prefect lokal berhenti menjawab.", settings) from trouble
    finally:
        _revive(settings)


def migrate(settings: Settings) -> None:
    """Make or update the server's database (about 10 s the first time); part of ``make setup``.

    Raises:
        ServiceError: it failed; the message names the log.
    """
    folder = make_home(settings)
    marker = folder / _MIGRATED
    if (folder / "prefect.db").is_file() and _read(marker) == version("prefect"):
        return
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"]
    with server_log(settings).open("ab") as log:
        done = subprocess.run(
            command, env=server_environment(settings), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if done.returncode:
        raise failure("Basis data server Prefect lokal tidak dapat disiapkan.", settings)
    marker.write_text(version("prefect"), encoding="utf-8")


def start_in_background(settings: Settings) -> Starting:
    """Find or start the server beside other work; the answer's :meth:`Starting.wait` gives it."""
    return Starting(settings)


def _revive(settings: Settings) -> None:
    """Have a server to say goodbye to: at its end a program waits minutes for one that died during the run.

    A server of the same state folder takes the same port, so that what Prefect could not tell is told to the new one.
    """
    with contextlib.suppress(KlaError):
        ensure_server(settings)


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8").strip()
    return ""
