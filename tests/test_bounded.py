"""A child that dies, hangs, eats memory or shouts costs its own job only. ``eval`` is the job: children are real."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows import bounded
from flows.bounded import BoundedPool, Failure
from tests.processes import is_alive

OS = "__import__('os')"
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and process ids as on POSIX")


@pytest.fixture(scope="module")
def pool() -> Iterator[BoundedPool]:
    with BoundedPool(workers=2, seconds=2.0) as pool:
        yield pool


def test_results_come_in_the_order_of_the_items(pool: BoundedPool) -> None:
    jobs = ["__import__('time').sleep(0.3) or 1", "2", "3"]
    assert [(result.item, result.value) for result in pool.run(eval, jobs)] == list(zip(jobs, [1, 2, 3], strict=True))


def test_no_items_start_no_child() -> None:
    with BoundedPool() as pool:
        assert list(pool.run(eval, [])) == []
        assert pool._pool is None


def test_an_exception_a_hang_and_a_death_cost_one_job_each(pool: BoundedPool) -> None:
    jobs = ["1", "1/0", f"{OS}._exit(7)", "__import__('time').sleep(60)", f"{OS}.abort()", "2", "3"]
    failures = [result.failure for result in pool.run(eval, jobs)]
    assert failures == [None, Failure.ERROR, Failure.CRASH, Failure.TIMEOUT, Failure.CRASH, None, None]


@posix_only
def test_a_worker_killed_from_outside_is_replaced(pool: BoundedPool) -> None:
    slow = f"(__import__('time').sleep(1), {OS}.getpid())[1]"
    (first,) = pool.run(eval, [f"{OS}.getpid()"])
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(lambda: list(pool.run(eval, [slow] * 4)))
        time.sleep(0.3)
        assert first.value
        os.kill(first.value, signal.SIGKILL)
        results = running.result(timeout=20)
    assert [result.failure for result in results].count(Failure.CRASH) <= 1
    assert len({result.value for result in results if result.value}) >= 2


def test_several_threads_share_the_children(pool: BoundedPool) -> None:
    def many(start: int) -> list[object]:
        return [result.value for result in pool.run(eval, [f"{start}+{n}" for n in range(20)])]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(many, [0, 100, 200, 300])) == [[s + n for n in range(20)] for s in (0, 100, 200, 300)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
def test_memory_is_bounded(pool: BoundedPool) -> None:
    (result,) = pool.run(eval, ["len(bytearray(3_000_000_000))"])
    assert result.failure is Failure.ERROR


def test_who_is_stopped_does_not_wait_for_what_is_left() -> None:
    """Threads are not stopped by Ctrl-C: they must hear at once that no child will answer them any more."""
    with BoundedPool(workers=1) as pool, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(lambda: list(pool.run(eval, ["__import__('time').sleep(20)"] * 60)))
        time.sleep(0.5)
        began = time.monotonic()
        pool.abandon()
        assert {result.failure for result in asked.result(timeout=15)} == {Failure.CRASH}
        assert [result.failure for result in pool.run(eval, ["1", "2"])] == [Failure.CRASH] * 2
        assert time.monotonic() - began < 10
        assert pool._pool is None


def test_a_pool_that_is_left_by_an_error_begins_no_children_for_threads_that_do_not_know_yet() -> None:
    with contextlib.suppress(KeyboardInterrupt), BoundedPool(workers=1) as pool:
        list(pool.run(eval, ["1"]))
        raise KeyboardInterrupt
    assert [result.failure for result in pool.run(eval, ["1", "2"])] == [Failure.CRASH] * 2
    assert pool._pool is None


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="asks Linux which signals a child keeps away")
def test_children_are_deaf_to_interrupts_from_their_birth() -> None:
    """A terminal sends Ctrl-C to them too; struck while Python starts, one would print a traceback and die."""

    def blocked(process_id: int) -> bool:
        (mask,) = re.findall(r"^SigBlk:\s*(\w+)$", Path(f"/proc/{process_id}/status").read_text(), re.MULTILINE)
        return bool(int(mask, 16) >> (signal.SIGINT - 1) & 1)

    with BoundedPool(workers=1) as pool:
        pool.begin()
        born = list(pool._pool._pool_manager.worker_manager.workers)
        assert born
        assert all(map(blocked, born))
        os.kill(born[0], signal.SIGKILL)  # the one that comes in its place is as deaf
        results = [next(pool.run(eval, [f"{OS}.getpid()"])) for _ in range(3)]
        later = {int(each.value) for each in results if each.value} - set(born)
        assert later
        assert all(map(blocked, later))
    assert not blocked(os.getpid())


def test_children_are_silent(pool: BoundedPool, capfd: pytest.CaptureFixture[str]) -> None:
    list(pool.run(eval, ["print('bising', flush=True)", f"{OS}.write(2, b'bising')"]))
    assert capfd.readouterr() == ("", "")


def test_children_that_are_ended_while_they_are_born_say_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """They look for locks that whoever ends them may have dropped already, and are not silent yet."""
    for moment in range(20):
        pool = BoundedPool(workers=2)
        pool.begin()
        time.sleep(moment * 0.01)
        pool.abandon()

    assert capfd.readouterr() == ("", "")


@posix_only
def test_nothing_is_printed_when_the_parent_is_killed(tmp_path: Path) -> None:
    """Not even by the process in which Python puts away the locks that are left."""
    script = tmp_path / "terbunuh.py"
    script.write_text(
        "import os, signal\n"
        "from flows.bounded import BoundedPool\n"
        "if __name__ == '__main__':\n"
        "    pool = BoundedPool(workers=1)\n"
        "    list(pool.run(abs, [1]))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "", "")


def test_children_that_cannot_start_fail_the_jobs_instead_of_hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "START_SECONDS", 2.0)
    monkeypatch.setattr(bounded, "prepare_child", os._exit)
    with BoundedPool(memory_bytes=1) as pool:
        assert [result.failure for result in pool.run(eval, ["1", "2"])] == [Failure.CRASH] * 2


def test_a_pool_that_nobody_watches_any_more_fails_its_jobs_instead_of_hanging() -> None:
    """Its thread had ended when children were killed as they were born; the next jobs get new children."""
    with BoundedPool(workers=1, seconds=30.0) as pool:
        assert next(iter(pool.run(eval, ["1"]))).value == 1
        gone, kept = threading.Thread(), pool._pool._message_manager_loop
        pool._pool._message_manager_loop = gone
        unwatched = pool._pool
        begun = time.monotonic()
        (lost,) = pool.run(eval, ["__import__('time').sleep(20)"])
        assert lost.failure is Failure.CRASH
        assert time.monotonic() - begun < 15
        assert next(iter(pool.run(eval, ["2"]))).value == 2
        unwatched._message_manager_loop = kept
        unwatched.stop()
        unwatched.join()


@posix_only
def test_children_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, time\nfrom flows.bounded import BoundedPool\n"
        "if __name__ == '__main__':\n    pool = BoundedPool()\n"
        '    jobs = [\'(__import__("time").sleep(0.3), __import__("os").getpid())[1]\'] * 2\n'
        "    print(*[r.value for r in pool.run(eval, jobs)], flush=True)\n    time.sleep(60)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        children = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    deadline = time.monotonic() + 10
    while any(is_alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children
    assert not any(is_alive(child) for child in children)
