"""Finding, starting and ending the local Prefect server of a state folder: one for any number of programs.

A server is found by its announcement and a health check, not by its process number. Whether one lives is told by the
lock it holds, so that a stale announcement, a reused process number or a foreign program on its port mislead nobody.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from flows.detached import start_detached
from flows.errors import InputsError, ServiceError, os_reason
from flows.prefect_home import home, make_home, server_environment, server_log, start_anew_if_large
from flows.server_process import ANNOUNCEMENT, HOST, LIFE_LOCK, TOKEN_HEADER
from flows.settings import Settings

START_SECONDS = 60.0
"""Longest wait for a server to answer; a cold one migrates its database first (about 10 s)."""
STOP_SECONDS = 10.0
NEEDED_BYTES = 50_000_000
"""Free space without which no server is started: its database and log take about 25 MB (measured)."""
_ANSWER_SECONDS = 2.0
_PAUSE_SECONDS = 0.05
_START_LOCK = "start.lock"


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


def ensure_server(settings: Settings) -> Server:
    """The living server of these settings, started if there is none.

    Any number of programs may call this at the same time; all get the same server.

    Raises:
        InputsError: the disk is too full for the server's database.
        ServiceError: it did not answer within a minute; the message names its log.
    """
    if found := server_status(settings):
        return found
    folder = make_home(settings)
    _require_space(folder)
    try:
        with FileLock(folder / _START_LOCK, timeout=2 * START_SECONDS):
            return _living(settings) or _started(settings)
    except Timeout:
        raise failure(
            "Server Prefect lokal sedang dijalankan oleh proses lain, tetapi belum selesai.", settings
        ) from None
    except OSError as error:
        raise failure(f"Server Prefect lokal tidak dapat dijalankan ({os_reason(error)}).", settings) from error


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
        raise failure("Server Prefect lokal tidak dapat dihentikan.", settings)


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


def _require_space(folder: Path) -> None:
    """Refuse at once on a full disk, where the server would only fall silent and be waited for."""
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise InputsError(
            f"Sisa ruang di {folder} tinggal {free // 1_000_000} MB; yang diperlukan sedikitnya "
            f"{NEEDED_BYTES // 1_000_000} MB.",
            "Kosongkan ruang pada disk folder keluaran, atau pilih folder lain dengan --outputs.",
        )


def _started(settings: Settings) -> Server:
    child, folder = _spawn(settings), home(settings)

    def is_over() -> bool:
        is_dead = child.poll() is not None and not _is_alive(folder)
        return is_dead or server_status(settings) is not None

    _wait(is_over, START_SECONDS)
    server = server_status(settings)
    if server is None:
        _require_space(folder)  # it may have filled up meanwhile, which then is what must be said
        raise failure(f"Server Prefect lokal tidak dapat dijalankan dalam {START_SECONDS:.0f} detik.", settings)
    return server


def _spawn(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the server detached: it outlives us, and holds no folder of ours."""
    start_anew_if_large(server_log(settings))
    command = [sys.executable, "-m", "flows.server_process", str(home(settings)), secrets.token_hex(8)]
    return start_detached(command, server_log(settings), home(settings), server_environment(settings))


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


def failure(message: str, settings: Settings) -> ServiceError:
    """The error of a server that does not do what it should, with its log and the repair."""
    return ServiceError(
        f"{message} Catatannya ada di {server_log(settings)}.",
        f"Ulangi perintah ini. Bila tetap gagal, hapus folder {home(settings)} (isinya dibuat kembali), lalu ulangi.",
    )
