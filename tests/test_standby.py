"""The process that stays ready after a run: does the next one as it would be done here, or leaves it alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows import bounds, service, standby, standby_process
from flows.errors import ExitCode, InputsError
from flows.request import AnnualRequest
from flows.settings import Settings
from flows.standby import ANNOUNCEMENT, Said, Standby, end_standby, home, likeness
from tests.builders.served import CITY, YEAR, copy_database, write_city
from tests.privacy.test_small_cells import two_tables
from tests.processes import is_alive

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(sys.platform != "linux", reason="no process stays ready on other systems"),
]

_ELSEWHERE = """
import sys
from flows import cli, service

def here(*_):
    raise SystemExit("this run was done here")

service.run_annual = here
cli.main(sys.argv[1:])
"""
"""The command, which may not do the run itself."""
_SECONDS = 120.0


@pytest.fixture(scope="module")
def settings(served: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A city of its own, whose runs may leave a process."""
    if not standby._has_room():
        pytest.skip("too little memory is free for a process to stay")
    root = tmp_path_factory.mktemp("siaga")
    made = Settings(root / "inputs", root / "outputs")
    write_city(made.inputs)
    copy_database(served, made)
    yield made
    end_standby(made)
    service.stop_server(made)


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("KLA_SIAGA", "PYTEST_CURRENT_TEST")}


def command(settings: Settings, *words: str) -> list[str]:
    folders = ["--inputs", str(settings.inputs), "--outputs", str(settings.outputs)]
    return [sys.executable, *words, "susun", CITY, str(YEAR), "--per-tanggal", "2025-03-31", *folders]


def compose(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(settings, *words), env=environment(), capture_output=True, text=True, timeout=_SECONDS, check=False
    )


def here(settings: Settings) -> subprocess.CompletedProcess[str]:
    """The command as people call it, whoever does its work."""
    return compose(settings, "-m", "flows")


def elsewhere(settings: Settings) -> subprocess.CompletedProcess[str]:
    """The command whose work is done by the process that stays ready."""
    return compose(settings, "-c", _ELSEWHERE)


def ready(settings: Settings) -> int:
    """Number of the process that stays ready, left by a run of now where there is none."""
    if not _announced(settings):
        assert here(settings).returncode == ExitCode.FINDINGS
        assert soon(lambda: bool(_announced(settings)))
    return int(_announced(settings)["pid"])


def _announced(settings: Settings) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((home(settings) / ANNOUNCEMENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if is_alive(int(said["pid"])) else {}


def soon(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _SECONDS
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_so()


def runs(settings: Settings) -> list[Path]:
    """Finished runs, oldest first, and half ones if there are any."""
    folder = settings.output_root(CITY, YEAR)
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in ("brankas", "terbaru"))


def at_work(settings: Settings, *words: str) -> subprocess.Popen[str]:
    """The command in the middle of its run."""
    running = subprocess.Popen(
        command(settings, *words), env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert running.stderr is not None
    assert any("Mengumpulkan" in line for line in running.stderr)
    return running


def test_the_second_run_is_done_by_the_process_that_the_first_left(settings: Settings) -> None:
    """And says and makes the same; so does the third, by the same process."""
    process = ready(settings)
    first = runs(settings)[-1]
    for _ in range(2):
        done = elsewhere(settings)
        assert (done.returncode, str(settings.outputs) in done.stdout) == (ExitCode.FINDINGS, True), done.stderr
        assert "Menjilid" in done.stderr
        last = runs(settings)[-1]
        assert last != first
        for path in first.rglob("*.pdf"):
            assert (last / path.relative_to(first)).read_bytes() == path.read_bytes()
        assert soon(lambda: _announced(settings).get("pid") == process)


def test_what_is_wrong_is_said_as_if_it_were_done_here(settings: Settings) -> None:
    process = ready(settings)
    city = settings.input_root(CITY, YEAR) / "kota.yaml"
    good = city.read_text(encoding="utf-8")
    city.write_text(good.replace("peran", "perann"), encoding="utf-8")
    try:
        said = elsewhere(settings)
    finally:
        city.write_text(good, encoding="utf-8")
    assert said.returncode == ExitCode.INPUTS
    assert "kota.yaml baris" in said.stderr
    assert "perann" in said.stderr
    assert soon(lambda: _announced(settings).get("pid") == process), "a mistake of somebody else ended it"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_whose_command_is_stopped_stops(settings: Settings, how: signal.Signals) -> None:
    process, before = ready(settings), runs(settings)
    running = at_work(settings, "-c", _ELSEWHERE)
    assert not _announced(settings), "two commands would wait for each other"
    running.send_signal(how)
    _, said = running.communicate(timeout=_SECONDS)
    assert running.returncode == (-how if how is signal.SIGKILL else 130), said
    if how is not signal.SIGKILL:
        assert "Dihentikan. Hasil yang sudah ada tidak berubah." in said
        assert "Traceback" not in said
    assert soon(lambda: not is_alive(process))
    assert runs(settings) == before
    assert here(settings).returncode == ExitCode.FINDINGS


def test_a_process_that_dies_costs_no_run(settings: Settings) -> None:
    process, before = ready(settings), runs(settings)
    door = Path(_announced(settings)["address"])
    running = at_work(settings, "-m", "flows")
    os.kill(process, signal.SIGKILL)
    shutil.rmtree(door.parent)  # what a killed process leaves below /tmp
    _, said = running.communicate(timeout=_SECONDS)
    assert running.returncode == ExitCode.FINDINGS, said
    assert len(runs(settings)) == len(before) + 1
    assert soon(lambda: _announced(settings).get("pid", process) != process), "the run leaves another"


def test_it_ends_when_its_announcement_is_taken_away(settings: Settings) -> None:
    process = ready(settings)
    door = Path(_announced(settings)["address"])
    end_standby(settings)
    assert soon(lambda: not is_alive(process))
    assert not door.parent.exists()


# --------------------------------------------------------------------------------------------------------------------
# Whom it serves


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings for which nothing stays ready, in a process that would ask for it."""
    monkeypatch.delenv("KLA_SIAGA", raising=False)
    return Settings(tmp_path / "inputs", tmp_path / "outputs")


REQUEST = AnnualRequest(CITY, YEAR, date(2025, 3, 31))


def _silent(*_: object) -> None:
    """Nobody listens."""


def announce(settings: Settings, **changes: str) -> Path:
    path = home(settings) / ANNOUNCEMENT
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"host": socket.gethostname(), "address": "/nirgends", "likeness": likeness()}
    path.write_text(json.dumps(said | changes), encoding="utf-8")
    return path


def test_one_that_is_not_alike_is_ended_and_one_of_another_computer_left_alone(alone: Settings) -> None:
    path = announce(alone, likeness="lain")
    assert Standby(alone).run(REQUEST, _silent) is None
    assert not path.exists()
    path = announce(alone, host="komputer-lain", likeness="lain")
    assert Standby(alone).run(REQUEST, _silent) is None
    assert path.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": 1}'])
def test_what_is_announced_badly_is_no_process(alone: Settings, text: str) -> None:
    announce(alone).write_text(text, encoding="utf-8")
    assert Standby(alone).run(REQUEST, _silent) is None


def test_one_that_has_gone_is_no_process(alone: Settings) -> None:
    announce(alone)
    assert Standby(alone).run(REQUEST, _silent) is None


def test_what_changes_a_run_makes_another_process_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: Settings
) -> None:
    assert alone
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "bab.html").write_text("a", encoding="utf-8")
    monkeypatch.setattr(standby, "templates_root", lambda: templates)
    before = likeness()
    monkeypatch.setenv("PWD", "/di-tempat-lain")
    assert likeness() == before
    (templates / "bab.html").write_text("ab", encoding="utf-8")
    changed = likeness()
    monkeypatch.setenv("KLA_TENANG", "7")
    assert len({before, changed, likeness()}) == 3
    mask = os.umask(0o027)
    try:
        assert likeness() not in {before, changed}
    finally:
        os.umask(mask)


@pytest.mark.parametrize(("wanted", "free"), [("0", 0), ("1", 10**18)])
def test_none_stays_where_nobody_wants_it_or_memory_is_short(
    alone: Settings, monkeypatch: pytest.MonkeyPatch, wanted: str, free: int
) -> None:
    monkeypatch.setenv("KLA_SIAGA", wanted)
    monkeypatch.setattr(bounds, "STANDBY_FREE_BYTES", free)
    Standby(alone).leave()
    assert not home(alone).exists()


_TAKES_OVER = """
import sys
from flows.privacy import small_cells
from flows.standby_process import _take_over

def anew(_):
    raise SystemExit("worked out anew")

assert "colorsys" not in sys.modules
_take_over(sys.stdin.buffer)
assert "colorsys" in sys.modules
small_cells.veil = anew
from tests.privacy.test_small_cells import two_tables
print(two_tables([4, 4], [8, 0], "21B.5"))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_process_takes_over_what_the_one_before_had_imported_and_worked_out(
    monkeypatch: pytest.MonkeyPatch, seed: str
) -> None:
    """Sets look different in every process: what is known by its looks must be found in all of them."""
    known = two_tables([4, 4], [8, 0], "21B.5")
    monkeypatch.setattr(standby, "sys", SimpleNamespace(modules={"tidak.ada": None, "colorsys": None}))
    with standby._provisions() as file:
        done = subprocess.run(
            [sys.executable, "-c", _TAKES_OVER],
            cwd=Path(__file__).parent.parent,
            env=environment() | {"PYTHONHASHSEED": seed},
            stdin=file,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    assert done.stderr == ""
    assert sorted(done.stdout) == sorted(f"{known}\n")


def test_an_error_goes_to_who_asked_and_a_defect_as_its_trace() -> None:
    def fails(error: Exception) -> Callable[[], object]:
        def work() -> object:
            raise error

        return work

    refused = InputsError("folder ditolak", "perbaiki")
    assert standby_process._outcome(fails(refused)) == (Said.ERROR, refused)
    full = OSError(28, "No space left on device")
    assert standby_process._outcome(fails(full)) == (Said.ERROR, full)
    said, trace = standby_process._outcome(fails(ValueError("cacat rekaan")))
    assert said is Said.DEFECT
    assert "ValueError: cacat rekaan" in str(trace)
