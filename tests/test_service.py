"""The local server: found again, started once, recovered, ended; and nothing of Prefect on the terminal."""

from __future__ import annotations

import asyncio
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from ruamel.yaml import YAML

from flows import server, server_process, service
from flows.errors import InputsError, ServiceError
from flows.prefect_home import environment, flow_log, home, server_environment, server_log
from flows.server import Server
from flows.settings import Settings
from tests.builders.served import copy_database

pytestmark = pytest.mark.service

_ASK = """
import sys
from pathlib import Path
from flows import service
from flows.settings import Settings
server = service.ensure_server(Settings(Path(sys.argv[1]), Path(sys.argv[2])))
print(server.pid, server.port, "prefect" in sys.modules)
"""


def ask(settings: Settings) -> subprocess.Popen[str]:
    """A second program that wants a server, with pipes that it must not hand on."""
    return subprocess.Popen(
        [sys.executable, "-c", _ASK, str(settings.inputs), str(settings.outputs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "inputs", tmp_path / "outputs")


@pytest.fixture
def foreign_port() -> Iterator[int]:
    """A foreign program that answers everything with 200, health checks too."""

    class Yes(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            pass

    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Yes)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield web.server_address[1]
    web.shutdown()
    web.server_close()


def announce(settings: Settings, *, pid: int = 1, port: int, version: str = "3.8.8") -> None:
    home(settings).mkdir(parents=True, exist_ok=True)
    value = {"pid": pid, "port": port, "version": version, "token": "lama"}
    (home(settings) / "server.json").write_text(json.dumps(value), encoding="utf-8")


def test_a_second_program_finds_the_same_server_and_needs_no_prefect_for_it(served: Settings) -> None:
    server = service.server_status(served)
    assert server is not None

    out, err = ask(served).communicate(timeout=30)

    assert (out.split(), err) == ([str(server.pid), str(server.port), "False"], "")


def test_the_server_of_a_folder_listens_on_the_loopback_address_only(served: Settings) -> None:
    server = service.ensure_server(served)

    assert server.ui_url == f"http://127.0.0.1:{server.port}"
    assert server.api_url == f"{server.ui_url}/api"


def test_starters_at_the_same_time_end_with_one_server_that_outlives_them(
    served: Settings, settings: Settings, foreign_port: int
) -> None:
    copy_database(served, settings)
    announce(settings, port=foreign_port)  # a stale announcement, and a foreign program on its port

    starters = [ask(settings) for _ in range(2)]
    # communicate() returns when the pipes are closed: the server holds none of them.
    answers = [starter.communicate(timeout=60) for starter in starters]

    try:
        server = service.server_status(settings)
        assert server is not None
        assert server.port != foreign_port
        assert answers == [(f"{server.pid} {server.port} False\n", "")] * 2
        os.kill(server.pid, getattr(signal, "SIGKILL", signal.SIGTERM))  # as when the computer loses power
        assert service.server_status(settings) is None
        assert (home(settings) / "server.json").exists()
    finally:
        service.stop_server(settings)
    assert not (home(settings) / "server.json").exists()


def test_a_database_that_cannot_be_used_is_an_error_that_names_the_log(settings: Settings) -> None:
    home(settings).mkdir(parents=True)
    (home(settings) / "prefect.db").write_bytes(b"bukan basis data " * 100)

    with pytest.raises(ServiceError) as caught:
        service.ensure_server(settings)

    assert str(server_log(settings)) in caught.value.message
    assert str(home(settings)) in caught.value.repair
    assert server_log(settings).read_text(encoding="utf-8")


def test_a_migrated_database_is_not_migrated_again(
    served: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_database(served, settings)
    service.migrate(settings)

    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: pytest.fail("migrated again"))
    service.migrate(settings)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "port": 1, "version": "", "token": ""}'])
def test_a_damaged_announcement_is_no_server(settings: Settings, text: str) -> None:
    home(settings).mkdir(parents=True)
    (home(settings) / "server.json").write_text(text, encoding="utf-8")

    assert service.server_status(settings) is None


def test_a_foreign_program_is_not_taken_for_our_server(settings: Settings, foreign_port: int) -> None:
    announce(settings, port=foreign_port)

    assert service.server_status(settings) is None


def test_a_server_of_another_version_is_not_used(served: Settings, settings: Settings) -> None:
    server = service.ensure_server(served)
    announce(settings, port=server.port, version="3.0.0")

    assert service.server_status(settings) is None


def test_stopping_where_nothing_lives_is_no_error(settings: Settings) -> None:
    service.stop_server(settings)
    announce(settings, port=9)
    service.stop_server(settings)

    assert service.server_status(settings) is None


def test_an_error_of_the_start_reaches_who_waits(settings: Settings) -> None:
    settings.outputs.parent.mkdir(exist_ok=True)
    settings.outputs.write_text("sebuah berkas, bukan folder", encoding="utf-8")

    with pytest.raises(InputsError, match="tidak dapat dibuat"):
        service.start_in_background(settings).wait()


def test_the_same_folder_gets_the_same_port_unless_it_is_taken(tmp_path: Path) -> None:
    with server_process.listen(tmp_path) as first:
        favourite = first.getsockname()[1]
        first.listen()
        with server_process.listen(tmp_path) as second:
            assert second.getsockname()[1] != favourite
    with server_process.listen(tmp_path) as again:
        assert again.getsockname()[1] == favourite


def test_answers_are_not_held_back_for_more_to_send(tmp_path: Path) -> None:
    async def is_sent_at_once() -> bool:
        answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found = writer.get_extra_info("socket")
            answered.set_result(bool(found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        with server_process.listen(tmp_path) as listener:
            async with await asyncio.start_server(answer, sock=listener):
                _, writer = await asyncio.open_connection(*listener.getsockname())
                writer.close()
                return await answered

    assert asyncio.run(is_sent_at_once())


@pytest.mark.parametrize("reason", ["announcement gone", "announcement of another", "idle"])
def test_a_server_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    announcement = tmp_path / "server.json"
    if reason != "announcement gone":
        token = "lain" if reason == "announcement of another" else "saya"
        announcement.write_text(json.dumps({"token": token}), encoding="utf-8")
    monkeypatch.setattr(server_process, "IDLE_SECONDS", 0.01 if reason == "idle" else 60.0)
    monkeypatch.setattr(server_process, "_WATCH_SECONDS", 0.02)
    state = SimpleNamespace(connections=set(), total_requests=0)
    server = SimpleNamespace(server_state=state, should_exit=False)

    server_process._watch(cast(Any, server), announcement, "saya")

    assert server.should_exit


def test_a_server_in_use_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    announcement = tmp_path / "server.json"
    announcement.write_text(json.dumps({"token": "saya"}), encoding="utf-8")
    monkeypatch.setattr(server_process, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(server_process, "_WATCH_SECONDS", 0.01)
    state = SimpleNamespace(connections={"a browser"}, total_requests=1)
    server = SimpleNamespace(server_state=state, should_exit=False)
    watch = threading.Thread(target=server_process._watch, args=(server, announcement, "saya"), daemon=True)

    watch.start()
    time.sleep(0.3)
    assert not server.should_exit
    announcement.unlink()
    watch.join(timeout=5)

    assert server.should_exit


def test_a_second_process_for_one_home_leaves_at_once(served: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_process, "_HANDOVER_SECONDS", 0.1)
    before = (home(served) / "server.json").read_bytes()

    server_process.main(home(served), "lain")

    assert (home(served) / "server.json").read_bytes() == before


def test_prefect_stays_in_its_own_folder_and_tells_nobody(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, untouched_process: None
) -> None:
    monkeypatch.setenv("PREFECT_API_KEY", "kunci-rekaan")
    monkeypatch.setenv("PREFECT_PROFILE", "lain")
    monkeypatch.setenv("NO_PROXY", "intranet.contoh")

    service.prepare(settings, Server(1, 4242, "3.8.8", "t").api_url)

    prefect = {name: value for name, value in os.environ.items() if name.startswith("PREFECT_")}
    assert prefect.keys() == {name for name in environment(settings, "x") if name.startswith("PREFECT_")}
    assert os.environ["PREFECT_HOME"] == str(settings.outputs / ".kla" / "prefect")
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4242/api"
    assert os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] == "false"
    assert (os.environ["DO_NOT_TRACK"], os.environ["GX_ANALYTICS_ENABLED"]) == ("1", "false")
    assert os.environ["NO_PROXY"] == "127.0.0.1,intranet.contoh"


def test_the_server_process_gets_no_address_of_another_server(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "https://prefect.contoh/api")

    assert "PREFECT_API_URL" not in server_environment(settings)
    assert server_environment(settings)["SQLITE_TMPDIR"] == str(home(settings))  # not a full /tmp


def test_prefect_writes_its_log_to_a_file_only(settings: Settings) -> None:
    path = Path(environment(settings)["PREFECT_LOGGING_SETTINGS_PATH"])
    text = path.read_text(encoding="utf-8").replace("${PREFECT_HOME}", str(home(settings)))
    config = YAML(typ="safe").load(text)

    assert {handler["class"] for handler in config["handlers"].values()} == {
        "logging.FileHandler",
        "prefect.logging.handlers.APILogHandler",
    }
    assert Path(config["handlers"]["file"]["filename"]) == flow_log(settings)


def test_a_log_that_has_grown_is_started_anew(settings: Settings, untouched_process: None) -> None:
    home(settings).mkdir(parents=True)
    flow_log(settings).write_bytes(b"x" * 2_000_001)

    service.prepare(settings)

    assert not flow_log(settings).exists()


def test_the_port_is_not_shared_with_another_user_of_it(tmp_path: Path) -> None:
    with server_process.listen(tmp_path) as listener, socket.socket() as other:
        listener.listen()
        with pytest.raises(OSError, match="in use"):
            other.bind(listener.getsockname())


def test_a_full_disk_is_said_at_once_and_no_server_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage._replace(free=3_000_000))
    started = time.monotonic()

    with pytest.raises(InputsError, match="tinggal 3 MB"):
        server.ensure_server(Settings(tmp_path / "inputs", tmp_path / "outputs"))

    assert time.monotonic() - started < server.START_SECONDS / 10
    assert not (tmp_path / "outputs" / ".kla" / "prefect" / "server.log").exists()


def test_a_disk_that_fills_while_the_server_starts_is_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that dies of it leaves nothing that says so."""
    usage = shutil.disk_usage(tmp_path)
    free = iter([usage.free, 2_000_000])
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage._replace(free=next(free, 2_000_000)))
    monkeypatch.setattr(server, "_spawn", lambda _settings: subprocess.Popen([sys.executable, "-c", ""]))

    with pytest.raises(InputsError, match="tinggal 2 MB"):
        server.ensure_server(Settings(tmp_path / "inputs", tmp_path / "outputs"))
