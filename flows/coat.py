"""The coat of Prefect that plain functions put on: tasks, their retries and names, and the pages people look at.

A task is given a short id and reaches the frozen values by closure: Prefect walks every parameter of a task, which
takes half a minute at 15,000 files. Prefect caches and persists nothing (it would return stale evidence); the stages
keep their own caches by content. A server that dies costs the pages, not the run: tasks go on without it.

Prefect reads its settings while it is imported: call :func:`flows.prefect_home.prepare` before importing this module.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

import httpx
from prefect import Task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectException
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import artifacts
from flows.privacy import mask_error
from flows.request import Report

P = ParamSpec("P")
R = TypeVar("R")

PrefectTrouble = (httpx.HTTPError, PrefectException)
"""What Prefect raises when its server does not answer; errors of the stages come through as they are."""
AT_ONCE = 3
"""Tasks of a kind that work at the same time; the heavy work itself is done in child processes."""
_THREADS = 16
"""Threads that run tasks: some only wait for children, or for their turn."""
READING_RETRIES = 2
"""A shared folder may be away for a moment; nothing else is ever tried again."""
RETRY_SECONDS = 5.0
_READING = "gather"


def task_runner() -> TaskRunner[PrefectFuture[Any]]:
    """Threads of this process: the values of a run need not travel."""
    return cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=_THREADS))


class Coat:
    """Tasks and pages of one flow run; made and used inside the flow.

    Args:
        report: told how far the run is, from the flow's own thread.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._words = artifacts.words()
        self._is_server_away = False
        self._progress_id = self._tell(lambda: create_progress_artifact(0.0, key="kemajuan"))

    def begin(self, stage: str, percent: float) -> None:
        """Say that a stage begins, when so much of the run is done."""
        self._report(stage, 0, 0)
        if self._progress_id:
            progress_id, description = cast(UUID, self._progress_id), self._words.stages[stage]
            self._tell(lambda: update_progress_artifact(progress_id, percent, description))

    def each(self, name: str, work: Callable[[str], R], items: Sequence[str], *, at_once: int = AT_ONCE) -> list[R]:
        """Run ``work`` as a task per item and wait for all, so that none still runs when an error comes out.

        Args:
            name: of the tasks, a key of ``tasks`` in ``templates/prefect/words.yaml``.
            work: what to do with one item.
            items: short ids, also shown as the tasks' names.
            at_once: how many of them work at the same time.

        Returns:
            The results in the order of the items.
        """
        turn = threading.Semaphore(at_once)

        def in_turn(item: str) -> R:
            with turn:
                return work(item)

        task = self._task(name, in_turn, " {item}")
        futures = [task.submit(item) for item in items]
        for done, _ in enumerate(as_completed(futures), 1):
            self._report(name, done, len(items))
        return [future.result() for future in futures]

    def one(self, name: str, work: Callable[[], R]) -> R:
        """Run ``work`` as one task, in this thread."""
        self._report(name, 0, 1)
        value = self._task(name, work)()
        self._report(name, 1, 1)
        return value

    @contextlib.contextmanager
    def beside(
        self, name: str, work: Callable[[], R], stop: Callable[[], None] = lambda: None
    ) -> Iterator[Callable[[], R]]:
        """Run ``work`` as one task while the body runs; it is over when the body is left, however that ends.

        Gives what waits for its value, or raises its error, which is raised in any case when the body has ended well.

        Args:
            name: of the task, a key of ``tasks`` in ``templates/prefect/words.yaml``.
            work: what to do.
            stop: ends it early, for a body that fails or is stopped; work that is soon done needs none.
        """
        future = self._task(name, work).submit()
        try:
            yield future.result
        except BaseException:
            stop()
            raise
        finally:
            future.wait()
        future.result()

    def show(self, table: Sequence[Mapping[str, str]], text: str) -> None:
        """Put the table of completeness and the summary on the run's pages."""
        rows = [dict(row) for row in table]
        self._tell(
            lambda: create_table_artifact(rows, key="kelengkapan", description=self._words.completeness),
        )
        self._tell(lambda: create_markdown_artifact(text, key="ringkasan"))

    def _task(self, name: str, work: Callable[P, R], which: str = "") -> Task[P, R]:
        words = self._words.tasks[name]
        return Task(
            _discreet(work),
            name=words,
            task_run_name=words + which,
            retries=READING_RETRIES if name == _READING else 0,
            retry_delay_seconds=RETRY_SECONDS,
            retry_condition_fn=is_reading_trouble,
            cache_policy=NO_CACHE,
            persist_result=False,
        )

    def _tell(self, call: Callable[[], R]) -> R | None:
        """Talk to the server, unless it has stopped answering before."""
        if self._is_server_away:
            return None
        try:
            return call()
        except PrefectTrouble:
            self._is_server_away = True
            return None


def _discreet(work: Callable[P, R]) -> Callable[P, R]:
    """``work``, whose errors say no number of a person: Prefect keeps what they say in its database and its log."""

    @functools.wraps(work)
    def discreet(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except Exception as error:
            mask_error(error)
            raise

    return discreet


def is_reading_trouble(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a task failed for what the operating system says about a folder: the one thing worth another try."""
    return isinstance(state.data, OSError)
