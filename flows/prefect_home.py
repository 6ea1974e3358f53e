"""Prefect's own folder and the variables that keep it there: no cloud, no telemetry, no word on the terminal.

Everything lies below ``<outputs>/.kla/prefect``: database, logs, web pages, the announcement of the living server.
Prefect reads its settings while it is imported, so :func:`prepare` comes before the first import of Prefect.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path

from flows.errors import InputsError, os_reason
from flows.files import make_private
from flows.settings import Settings, templates_root

LOG_BYTES = 2_000_000
"""A log larger than this is started anew."""
_LOOPBACK = "127.0.0.1"
_PREFECT = "PREFECT_"


def home(settings: Settings) -> Path:
    """Prefect's own folder (``PREFECT_HOME``)."""
    return settings.state / "prefect"


def server_log(settings: Settings) -> Path:
    """Where the server's talk goes."""
    return home(settings) / "server.log"


def flow_log(settings: Settings) -> Path:
    """Where Prefect's talk about runs goes (named in ``templates/prefect/logging.yml`` too)."""
    return home(settings) / "flow.log"


def make_home(settings: Settings) -> Path:
    """Prefect's own folder, made if missing and closed to others: names of files stand in its database and its logs.

    Raises:
        InputsError: the outputs folder cannot be written to.
    """
    folder = home(settings)
    try:
        make_private(folder)
    except OSError as error:
        raise InputsError(
            f"Folder kerja {folder} tidak dapat dibuat ({os_reason(error)}).",
            "Periksa hak tulis folder keluaran, atau pilih folder lain dengan --outputs.",
        ) from error
    return folder


def environment(settings: Settings, api_url: str = "") -> dict[str, str]:
    """Variables under which Prefect talks to our server only, writes to our log only, and tells nobody anything.

    Args:
        settings: Where the state lies.
        api_url: The server to talk to, where it is known.
    """
    direct = _direct_hosts()
    return {
        **_shared(settings),
        "PREFECT_LOGGING_SETTINGS_PATH": str(templates_root() / "prefect" / "logging.yml"),
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLIENT_MAX_RETRIES": "2",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "GX_ANALYTICS_ENABLED": "false",
        "NO_PROXY": direct,
        "no_proxy": direct,
        **({"PREFECT_API_URL": api_url} if api_url else {}),
    }


def server_environment(settings: Settings) -> dict[str, str]:
    """The whole environment of a Prefect process that talks to no server: the server itself, the migration."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_PREFECT)}
    package_root = str(Path(__file__).resolve().parent.parent)
    return {
        **inherited,
        **_shared(settings),
        "PYTHONPATH": os.pathsep.join(filter(None, (package_root, inherited.get("PYTHONPATH")))),
        "PREFECT_UI_STATIC_DIRECTORY": str(home(settings) / "ui"),
        # For the temporary files of its database: a full /tmp would keep it from starting.
        "SQLITE_TMPDIR": str(home(settings)),
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # Looking for automations in every event is a third of the server's work, and nothing here relies on them.
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
        # What becomes of tasks is written down several at a time, a second late at most: each by itself, as Prefect
        # does, is another third, which the run has to share its processors with.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    }


def prepare(settings: Settings, api_url: str = "") -> None:
    """Put this process under :func:`environment`; call it before Prefect is imported.

    Settings of another Prefect on this computer (a profile, a cloud key) are taken out of the environment, and
    warnings of libraries go to the log.

    Raises:
        InputsError: the outputs folder cannot be written to.
    """
    make_home(settings)
    start_anew_if_large(flow_log(settings))
    for name in [name for name in os.environ if name.startswith(_PREFECT)]:
        del os.environ[name]
    os.environ.update(environment(settings, api_url))
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # else a log that cannot be written is reported, with a traceback, on stderr


def start_anew_if_large(log: Path) -> None:
    """Remove a log that has grown beyond :data:`LOG_BYTES`; leave it where another program holds it open."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > LOG_BYTES:
            log.unlink()


def _shared(settings: Settings) -> dict[str, str]:
    return {
        "PREFECT_HOME": str(home(settings)),
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "DO_NOT_TRACK": "1",
    }


def _direct_hosts() -> str:
    """``NO_PROXY`` with the loopback address: no office proxy is asked for the way to our own server."""
    known = os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""
    return ",".join(sorted({*filter(None, known.split(",")), _LOOPBACK}))
