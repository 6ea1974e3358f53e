"""Children of a nursery know what it has imported, and are in all else what children are.

Each test has a Python of its own: a nursery is one for a whole process, and the tests beside spawn.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from flows import service
from flows.cabinet import Cabinet
from flows.gather import workshop
from flows.render import Press
from tests.gather.kit import city
from tests.processes import is_alive

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked from a nursery on Linux only")

ROOT = Path(__file__).parents[1]
_BEGUN = (
    "import os, signal, sys, threading, time\n"
    "from flows.bounded import BoundedPool, Failure\n"
    "from flows.nursery import nursery\n"
    "import multiprocessing.forkserver as server\n"
    "import multiprocessing\n"
    "def tell(pipe, job): pipe.send(eval(job))\n"
    "def ask(pool, *jobs): return [(r.value, r.failure) for r in pool.run(eval, jobs)]\n"
    "OS, SYS, GC, SIGNAL, TIME = (f\"__import__('{name}')\" for name in ('os', 'sys', 'gc', 'signal', 'time'))\n"
    "PID, KNOWN = f'{OS}.getpid()', f\"'colorsys' in {SYS}.modules\"\n"
    "if __name__ == '__main__':\n"
    "  with nursery(['colorsys', 'no_such_module']):\n"
)


def _run(tmp_path: Path, *lines: str, outside: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run ``lines`` within a nursery, and those ``outside`` after it."""
    script = tmp_path / "asuh.py"
    within = "".join(f"    {line}\n" for line in lines)
    script.write_text(_BEGUN + within + "".join(f"  {line}\n" for line in outside), encoding="utf-8")
    return subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _require_silence(tmp_path: Path, *lines: str, outside: Sequence[str] = ()) -> None:
    done = _run(tmp_path, *lines, outside=outside)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_child_knows_what_its_nursery_has_imported_and_its_parent_does_not(tmp_path: Path) -> None:
    _require_silence(
        tmp_path,
        "with BoundedPool(1) as pool:",
        "    ((known, _), (nursery, _)) = ask(pool, KNOWN, f'{OS}.getppid()')",
        "assert known and 'colorsys' not in sys.modules",
        "assert nursery not in (os.getpid(), os.getppid())",
    )


def test_a_child_is_born_at_once_however_much_its_nursery_has_imported(tmp_path: Path) -> None:
    """Looking through all of that for garbage, and importing what it has its jobs from, took ten times as long."""
    _require_silence(
        tmp_path,
        "looked = f\"sum(each['collections'] for each in {GC}.get_stats())\"",
        "with BoundedPool(1) as pool:",
        "    (child, _), (frozen, _) = ask(pool, looked, f'{GC}.get_freeze_count()')",
        "birth = multiprocessing.get_context('forkserver')",
        "ours, theirs = birth.Pipe()",
        "copy = birth.Process(target=tell, args=(theirs, f\"({looked}, 'pebble' in {SYS}.modules)\"))",
        "copy.start()",
        "bare, known = ours.recv()",
        "assert known and frozen > 10_000 and child == bare, (known, frozen, child, bare)",
        "copy.join()",
    )


def test_whoever_is_not_in_a_nursery_has_children_of_its_own(tmp_path: Path) -> None:
    _require_silence(
        tmp_path,
        "with BoundedPool(1) as pool:",
        "    assert ask(pool, KNOWN) == [(True, None)]",
        outside=(
            "with BoundedPool(1) as pool:",
            "    assert ask(pool, KNOWN, f'{OS}.getppid()') == [(False, None), (os.getpid(), None)]",
            "with nursery(['colorsys']), BoundedPool(1) as pool:",
            "    assert ask(pool, KNOWN) == [(True, None)]",
        ),
    )


def test_an_error_a_hang_a_death_and_too_much_memory_cost_one_job_each(tmp_path: Path) -> None:
    _require_silence(
        tmp_path,
        "jobs = ['1', '1/0', f'{OS}._exit(7)', f'{TIME}.sleep(60)', 'bytearray(3_000_000_000)', f'{OS}.abort()', '3']",
        "with BoundedPool(2, 2.0, 1_500_000_000) as pool:",
        "    failures = [each for _, each in ask(pool, *jobs)]",
        "assert failures == [None, 'error', 'crash', 'timeout', 'error', 'crash', None], failures",
    )


def test_a_child_has_the_surroundings_that_its_parent_has_when_it_is_born(tmp_path: Path) -> None:
    """The nursery was begun under earlier ones."""
    _require_silence(
        tmp_path,
        "os.environ['KLA_UJI'] = 'baru'",
        "os.environ.pop('HOME', None)",
        "os.chdir('/')",
        "with BoundedPool(1) as pool:",
        "    asked = ask(pool, f\"{OS}.environ.get('KLA_UJI')\", f\"{OS}.environ.get('HOME')\", f'{OS}.getcwd()')",
        "assert [value for value, _ in asked] == ['baru', None, '/'], asked",
    )


def test_its_children_look_for_garbage_and_hear_no_interrupt(tmp_path: Path) -> None:
    _require_silence(
        tmp_path,
        "with BoundedPool(1) as pool:",
        "    deaf = f'{SIGNAL}.getsignal(2) == {SIGNAL}.SIG_IGN'",
        "    ((collects, _), (is_deaf, _), (pid, _)) = ask(pool, f'{GC}.isenabled()', deaf, PID)",
        "    os.kill(pid, signal.SIGINT)",
        "    os.kill(server._forkserver._forkserver_pid, signal.SIGINT)",
        "    assert collects and is_deaf and ask(pool, PID) == [(pid, None)]",
    )


def test_a_nursery_that_is_killed_is_opened_again(tmp_path: Path) -> None:
    """As by a system that ran out of memory: the children that it had go on, or fail their job; later ones come."""
    _require_silence(
        tmp_path,
        "with BoundedPool(1) as pool:",
        "    assert ask(pool, '1') == [(1, None)]",
        "    os.kill(server._forkserver._forkserver_pid, signal.SIGKILL)",
        "    time.sleep(0.5)",
        "with BoundedPool(1) as pool:",
        "    assert ask(pool, KNOWN) == [(True, None)]",
    )


def test_children_that_are_ended_while_they_are_born_say_nothing(tmp_path: Path) -> None:
    _require_silence(
        tmp_path,
        "for moment in range(20):",
        "    pool = BoundedPool(2)",
        "    pool.begin()",
        "    time.sleep(moment * 0.01)",
        "    pool.abandon()",
    )


def test_nursery_and_children_end_with_a_killed_parent(tmp_path: Path) -> None:
    done = _run(
        tmp_path,
        "pool = BoundedPool(2)",
        "jobs = [f'({TIME}.sleep(0.3), {PID})[1]'] * 2",
        "print(server._forkserver._forkserver_pid, *[pid for pid, _ in ask(pool, *jobs)], flush=True)",
        "os.kill(os.getpid(), signal.SIGKILL)",
    )
    processes = [int(word) for word in done.stdout.split()]
    assert (done.returncode, len(set(processes)), done.stderr) == (-signal.SIGKILL, 3, "")
    deadline = time.monotonic() + 10
    while any(map(is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, processes))


def test_the_nursery_of_a_run_imports_all_that_its_children_need(tmp_path: Path) -> None:
    """Children that import more than it does would begin as slowly as before, and nobody would notice."""
    with workshop(city(), tmp_path, state_root=None) as shop, Press(Cabinet(tmp_path), date(2025, 3, 31)) as press:
        pools = (shop.pool, press.pool, press.binding_pool)
        needed = {name for pool in pools for name in pool._imports}
    assert needed == set(service.CHILDREN_NEED)


def test_the_first_import_of_a_nursery_does_nothing_elsewhere() -> None:
    program = "import gc, os; import flows.nursery_start; print(gc.isenabled(), os.environ.get('OPENBLAS_NUM_THREADS'))"
    plain = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=plain, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "None"]
