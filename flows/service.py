"""The local Prefect server: one per state folder, found again and reused, never Prefect's ephemeral mode.

Everything lies below ``<outputs>/.kla/prefect``: database, logs, web pages, the announcement of the living server.
Prefect reads its settings while it is imported, so :func:`prepare` comes before the first import of Prefect; then
nothing of Prefect's own ever reaches the terminal.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from flows.errors import ServiceError
from flows.server import ANNOUNCEMENT, HOST, LIFE_LOCK, TOKEN_HEADER
from flows.settings import Settings, templates_root

START_SECONDS = 60.0
"""Longest wait for a server to answer; a cold one migrates its database first (about 10 s)."""
STOP_SECONDS = 10.0
LOG_BYTES = 2_000_000
"""A log larger than this is started anew."""
_ANSWER_SECONDS = 2.0
_PAUSE_SECONDS = 0.05
_START_LOCK = "start.lock"
_MIGRATED = "migrated"


@dataclass(frozen=True, slots=True)
class Server:
    """A living Prefect server of ours."""

    pid: int
    port: int
    version: str
    """Version of Prefect it runs."""
    token: str
    """Made at its start; it repeats it in every answer."""

    @property
    def api_url(self) -> str:
        """Where programs talk to it (``PREFECT_API_URL``)."""
        return f"{self.ui_url}/api"

    @property
    def ui_url(self) -> str:
        """Where people look at it in a browser."""
        return f"http://{HOST}:{self.port}"


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


def home(settings: Settings) -> Path:
    """Prefect's own folder (``PREFECT_HOME``)."""
    return settings.state / "prefect"


def server_log(settings: Settings) -> Path:
    """Where the server's talk goes."""
    return home(settings) / "server.log"


def environment(settings: Settings, server: Server | None = None) -> dict[str, str]:
    """Variables under which Prefect talks to our server only, writes to its log only, and tells nobody anything.

    Args:
        settings: Where the state lies.
        server: The server to talk to; without it the one whose announcement is found, if any.
    """
    known = server or _announced(settings)
    direct = {*filter(None, (os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or "").split(",")), HOST}
    return {
        "PREFECT_HOME": str(home(settings)),
        "PREFECT_LOGGING_SETTINGS_PATH": str(templates_root() / "prefect" / "logging.yml"),
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "NO_PROXY": ",".join(sorted(direct)),
        "no_proxy": ",".join(sorted(direct)),
        **({"PREFECT_API_URL": known.api_url} if known else {}),
    }


def prepare(settings: Settings, server: Server | None = None) -> None:
    """Put this process under :func:`environment`; call it before Prefect is imported.

    Settings of another Prefect on this computer (a profile, a cloud key) are taken out of the environment.
    """
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    _start_anew_if_large(_made_home(settings) / "flow.log")
    os.environ.update(environment(settings, server))
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False


def migrate(settings: Settings) -> None:
    """Make or update the server's database (about 10 s the first time); part of ``make setup``.

    Raises:
        ServiceError: it failed; the message names the log.
    """
    folder = _made_home(settings)
    marker = folder / _MIGRATED
    if (folder / "prefect.db").is_file() and _read(marker) == version("prefect"):
        return
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"]
    with server_log(settings).open("ab") as log:
        done = subprocess.run(
            command, env=_child_environment(settings), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if done.returncode:
        raise _failed("Basis data server Prefect lokal tidak dapat disiapkan.", settings)
    marker.write_text(version("prefect"), encoding="utf-8")


def ensure_server(settings: Settings) -> Server:
    """The living server of these settings, started if there is none.

    Any number of programs may call this at the same time; all get the same server.

    Raises:
        ServiceError: it did not answer within a minute; the message names its log.
    """
    if found := server_status(settings):
        return found
    folder = _made_home(settings)
    try:
        with FileLock(folder / _START_LOCK, timeout=2 * START_SECONDS):
            return _living(settings) or _started(settings)
    except Timeout:
        raise _failed("Server Prefect lokal sedang dijalankan oleh proses lain, tetapi belum selesai.", settings) from None


def start_in_background(settings: Settings) -> Starting:
    """Find or start the server beside other work; the answer's :meth:`Starting.wait` gives it."""
    return Starting(settings)


def server_status(settings: Settings) -> Server | None:
    """The living, answering server of these settings, or None."""
    server = _announced(settings)
    return server if server and server.version == version("prefect") and _is_healthy(server) else None


def stop_server(settings: Settings) -> None:
    """End the server of these settings, if there is one, and wait until it has ended (10 s at most).

    Raises:
        ServiceError: it still lives.
    """
    folder = home(settings)
    if not folder.is_dir():
        return
    server = _announced(settings)
    (folder / ANNOUNCEMENT).unlink(missing_ok=True)
    if _wait(lambda: not _is_alive(folder), STOP_SECONDS):
        return
    if server:  # it hangs; the number is right, because the one that wrote it still holds the lock
        with contextlib.suppress(OSError):
            os.kill(server.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    if not _wait(lambda: not _is_alive(folder), STOP_SECONDS):
        raise _failed("Server Prefect lokal tidak dapat dihentikan.", settings)


def _living(settings: Settings) -> Server | None:
    """The server that holds this home, once it answers; one of another version or one that hangs is ended."""
    folder = home(settings)
    _wait(lambda: _announced(settings) is not None or not _is_alive(folder), STOP_SECONDS)
    if not _is_alive(folder):
        return None
    announced = _announced(settings)
    if announced and announced.version == version("prefect"):
        _wait(lambda: server_status(settings) is not None or not _is_alive(folder), START_SECONDS)
    server = server_status(settings)
    if server is None:
        stop_server(settings)
    return server


def _started(settings: Settings) -> Server:
    child, folder = _spawn(settings), home(settings)

    def is_over() -> bool:
        is_dead = child.poll() is not None and not _is_alive(folder)
        return is_dead or server_status(settings) is not None

    _wait(is_over, START_SECONDS)
    server = server_status(settings)
    if server is None:
        raise _failed(f"Server Prefect lokal tidak dapat dijalankan dalam {START_SECONDS:.0f} detik.", settings)
    return server


def _spawn(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the server detached: it outlives us, and holds none of our pipes and no folder of ours."""
    log_path = server_log(settings)
    _start_anew_if_large(log_path)
    command = [sys.executable, "-m", "flows.server", str(home(settings)), secrets.token_hex(8)]
    with log_path.open("ab") as log:
        child = subprocess.Popen(
            command,
            cwd=home(settings),
            env=_child_environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            creationflags=_DETACHED,
        )
    _children.append(child)
    return child


_DETACHED: int = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_children: list[subprocess.Popen[bytes]] = []
"""Keeps Python from complaining that a child lives on; it is meant to."""


def _child_environment(settings: Settings) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    package_root = str(Path(__file__).resolve().parent.parent)
    own = {
        **environment(settings),
        "PYTHONPATH": os.pathsep.join(filter(None, (package_root, inherited.get("PYTHONPATH")))),
        "PREFECT_UI_STATIC_DIRECTORY": str(home(settings) / "ui"),
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }
    del own["PREFECT_LOGGING_SETTINGS_PATH"]  # the server talks to its own log, by way of stderr
    own.pop("PREFECT_API_URL", None)
    return {**inherited, **own}


def _announced(settings: Settings) -> Server | None:
    try:
        found = json.loads((home(settings) / ANNOUNCEMENT).read_text(encoding="utf-8"))
        return Server(int(found["pid"]), int(found["port"]), str(found["version"]), str(found["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_healthy(server: Server) -> bool:
    """Whether this very server answers. Plain ``http.client``: no proxy of the office is asked for the way home."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=_ANSWER_SECONDS)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/api/health")
        answer = connection.getresponse()
        return answer.status == http.HTTPStatus.OK and answer.getheader(TOKEN_HEADER) == server.token
    return False


def _is_alive(folder: Path) -> bool:
    """Whether a server holds this home, answering or not."""
    lock = FileLock(folder / LIFE_LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _wait(is_over: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_over():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def _made_home(settings: Settings) -> Path:
    folder = home(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServiceError(
            f"Folder kerja {folder} tidak dapat dibuat ({error.strerror}).",
            "Periksa hak tulis folder keluaran, atau pilih folder lain dengan --outputs.",
        ) from error
    return folder


def _failed(message: str, settings: Settings) -> ServiceError:
    return ServiceError(
        f"{message} Catatannya ada di {server_log(settings)}.",
        f"Ulangi perintah ini. Bila tetap gagal, hapus folder {home(settings)} (isinya dibuat kembali), lalu ulangi.",
    )


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8").strip()
    return ""


def _start_anew_if_large(log: Path) -> None:
    with contextlib.suppress(OSError):
        if log.stat().st_size > LOG_BYTES:
            log.unlink()
