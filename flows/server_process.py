"""The process behind our local Prefect server: holds one state folder, says where it listens, and ends by itself.

:mod:`flows.server` starts it, detached, as ``python -m flows.server_process HOME TOKEN``. While it lives it holds the
lock file of its home, so that anybody can tell without a process number whether it still does, on every platform. It
ends when its announcement is taken away (that is how it is stopped: no signal, no race with a reused process number)
and when nobody has talked to it for hours.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import socket
import sys
import threading
import time
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from flows.files import write_json

if TYPE_CHECKING:
    import uvicorn

HOST = "127.0.0.1"
ANNOUNCEMENT = "server.json"
"""Process number, port, version and start token of the living server, below its home."""
LIFE_LOCK = "server.lock"
"""Held by the server as long as it lives."""
TOKEN_HEADER = "x-kla-server"  # noqa: S105  # tells servers apart, keeps nobody out
"""Every answer carries the start token in it: a foreign program on the same port is not taken for our server."""
IDLE_SECONDS = 4 * 3600.0
"""The server ends when no one was connected for so long."""
_HANDOVER_SECONDS = 3.0
_WATCH_SECONDS = 0.5
_FIRST_PORT, _PORTS = 42000, 4000


def main(home: Path, token: str) -> None:
    """Serve Prefect for ``home`` until told to stop; return at once where another server lives there."""
    lock = FileLock(home / LIFE_LOCK)
    try:
        lock.acquire(timeout=_HANDOVER_SECONDS)
    except Timeout:
        return
    announcement = home / ANNOUNCEMENT
    with lock, listen(home) as listener:
        port = listener.getsockname()[1]
        write_json(announcement, {"pid": os.getpid(), "port": port, "version": version("prefect"), "token": token})
        try:
            _serve(listener, announcement, token)
        finally:
            if is_announced(announcement, token):
                announcement.unlink(missing_ok=True)


def listen(home: Path) -> socket.socket:
    """A bound socket on the loopback interface: the same port for the same home where it is free, else any."""
    favourite = _FIRST_PORT + zlib.crc32(os.fsencode(home)) % _PORTS
    for port in (favourite, 0):
        # Named as TCP, or the web server would not have answers sent at once: each would take 40 ms more.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":  # on Windows this option would let two programs share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            listener.bind((HOST, port))
            return listener
        listener.close()
    raise OSError(f"no free port on {HOST}")


def is_announced(announcement: Path, token: str) -> bool:
    """Whether the announcement is there and speaks of the server that was started with ``token``."""
    try:
        return bool(json.loads(announcement.read_text(encoding="utf-8"))["token"] == token)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _serve(listener: socket.socket, announcement: Path, token: str) -> None:
    url = f"http://{HOST}:{listener.getsockname()[1]}/api"
    os.environ.update(PREFECT_API_URL=url, PREFECT_UI_API_URL=url, PREFECT__SERVER_FINAL="1")
    server = _load(token)
    threading.Thread(target=_watch, args=(server, announcement, token), daemon=True).start()
    server.run(sockets=[listener])


def _load(token: str) -> uvicorn.Server:
    """The web application. Half a second of its start-up would go to collecting garbage that is none."""
    gc.disable()
    import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        headers=[(TOKEN_HEADER, token)],
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    config.load()
    gc.freeze()
    gc.enable()
    return uvicorn.Server(config)


def _watch(server: uvicorn.Server, announcement: Path, token: str) -> None:
    requests, last_used = 0, time.monotonic()
    while is_announced(announcement, token) and time.monotonic() - last_used < IDLE_SECONDS:
        state = server.server_state
        if state.connections or state.total_requests != requests:
            requests, last_used = state.total_requests, time.monotonic()
        time.sleep(_WATCH_SECONDS)
    server.should_exit = True


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
