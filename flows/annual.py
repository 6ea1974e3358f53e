"""The annual flow: one city's evidence becomes one dossier, each stage a Prefect task or a handful of them.

The stages are plain functions; here they only put on the coat. A task is given a short id, and reaches the frozen
values by closure: Prefect walks every parameter of a task, which takes half a minute at 15,000 files. Nothing is cached
or persisted by Prefect (it would return stale evidence); the stages keep their own caches by content.

Prefect reads its settings while it is imported: call :func:`flows.prefect_home.prepare` before importing this module.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

import httpx
from prefect import Task, flow
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
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import __version__, artifacts
from flows.findings import load_catalogue
from flows.gather import Gathered, assemble, gather_source, inspection_pool, plan
from flows.gather.manifest import STORE_NAME
from flows.model import Assessment, City, Dossier, Framework, Manifest, Publication, Register
from flows.publish import REGISTER, latest_run, library_versions, manifest_sha256, publish, work_folder
from flows.register import read_register, register_labels
from flows.request import AnnualRequest, Report, load_year
from flows.settings import Settings
from flows.store import Store

P = ParamSpec("P")
R = TypeVar("R")

PrefectTrouble = (httpx.HTTPError, PrefectException)
"""What Prefect raises when its server does not answer; errors of the stages come through as they are."""
WORKERS = 3
"""Threads that run tasks; the work itself is done in child processes."""
READING_RETRIES = 2
"""A shared folder may be away for a moment; nothing else is ever tried again."""
RETRY_SECONDS = 5.0
_SHARES = {"gather": 0.0, "validate": 50.0, "render": 60.0, "publish": 95.0, "done": 100.0}
"""Per cent of a run that lies behind when a stage begins."""


@flow(
    name="kla-dosir",
    flow_run_name="KLA {city_id} {year}",
    task_runner=cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=WORKERS)),
    persist_result=False,
)
def annual_dossier(city_id: str, year: int, as_of: str | None = None, fresh: bool = False) -> Publication:  # noqa: FBT001, FBT002  # Prefect passes parameters by name
    """Compose the dossier of one city and evaluation year.

    Args:
        city_id: Name of the city's folder below ``inputs``.
        year: Evaluation year.
        as_of: Date the dossier speaks for, ``2025-03-31``; today where absent.
        fresh: Read everything again, whatever the cache says.
    """
    now = datetime.now().astimezone()
    run = Run.open(city_id, year, date.fromisoformat(as_of) if as_of else now.date(), fresh=fresh)
    with work_folder(run.output_root, now) as work:
        run.begin("gather")
        manifest = run.gather()
        run.begin("validate")
        assessment = run.validate(manifest)
        run.show(assessment, manifest)
        run.begin("render")
        register = run.register(manifest)
        dossier = run.render(assessment, manifest, register, work)
        run.begin("publish")
        publication = run.publish(work, dossier, assessment, manifest, register, now)
        run.begin("done")
    return publication


def run(request: AnnualRequest, settings: Settings, report: Report, api_url: str) -> Publication:
    """Run the flow against the server at ``api_url``.

    Raises:
        KlaError: as it was raised in the stage that could not go on.
        httpx.HTTPError, PrefectException: the server does not answer (:data:`PrefectTrouble`).
    """
    token = _surroundings.set(Surroundings(settings, report))
    try:
        # Prefect may have been imported under other settings (two runs in one process); these hold for this flow.
        with temporary_settings({PREFECT_API_URL: api_url}):
            return annual_dossier(request.city_id, request.year, request.as_of.isoformat(), request.fresh)
    finally:
        _surroundings.reset(token)


@dataclass(frozen=True)
class Surroundings:
    """What a flow is not given as a parameter: where to work, and whom to tell."""

    settings: Settings
    report: Report


_surroundings: ContextVar[Surroundings | None] = ContextVar("surroundings", default=None)


@dataclass(frozen=True)
class Run:
    """One run's values and its stages, each wrapped in tasks. Lives inside the flow only."""

    city: City
    framework: Framework
    as_of: date
    fresh: bool
    around: Surroundings
    progress_id: UUID

    @classmethod
    def open(cls, city_id: str, year: int, as_of: date, *, fresh: bool) -> Run:
        """Load what is asked and of whom; a run from a deployment takes its folders from the environment."""
        around = _surroundings.get() or Surroundings(Settings.from_environment(), _silence)
        city, framework = load_year(city_id, year, around.settings)
        progress_id = create_progress_artifact(0.0, key="kemajuan", description=artifacts.words().stages["gather"])
        return cls(city, framework, as_of, fresh, around, cast(UUID, progress_id))

    @property
    def output_root(self) -> Path:
        """The output folder of the city and year."""
        return self.around.settings.output_root(self.city.id, self.city.evaluation_year)

    def begin(self, stage: str) -> None:
        """Say that a stage begins."""
        update_progress_artifact(self.progress_id, _SHARES[stage], artifacts.words().stages[stage])
        self.around.report(stage, 0, 0)

    def gather(self) -> Manifest:
        """A task per agency, retried where a shared folder fails; Great Expectations is imported meanwhile."""
        threading.Thread(target=_warm_up, daemon=True).start()
        settings = self.around.settings
        input_root = settings.input_root(self.city.id, self.city.evaluation_year)
        sources = {f"{number:02}-{one.label}": one for number, one in enumerate(plan(self.city, input_root), 1)}
        with Store(settings.state / STORE_NAME) as store, inspection_pool() as pool:

            def gather_one(item: str) -> Gathered:
                return gather_source(
                    sources[item],
                    self.city,
                    self.framework,
                    input_root,
                    store=store,
                    fresh=self.fresh,
                    progress=None,
                    pool=pool,
                )

            parts = self._each("gather", gather_one, list(sources))
        return self._one("assemble", lambda: assemble(parts, self.framework))

    def validate(self, manifest: Manifest) -> Assessment:
        """A task per block for its questions, one for the manifest as a whole."""
        from flows.validate import BlockVerdict, conclude, judge_block, judge_manifest

        blocks = {block.id: block for block in self.framework.blocks}

        def judge_one(item: str) -> BlockVerdict:
            return judge_block(blocks[item], self.city, self.framework, manifest)

        verdicts = self._each("judge-block", judge_one, list(blocks))
        findings = self._one("judge-manifest", lambda: judge_manifest(self.city, self.framework, manifest))
        return conclude(verdicts, findings, self.city, self.framework)

    def show(self, assessment: Assessment, manifest: Manifest) -> None:
        """Put the table of completeness and the summary on Prefect's pages."""
        table = artifacts.completeness_table(assessment, self.framework)
        create_table_artifact(table, key="kelengkapan", description=artifacts.words().completeness)
        text = artifacts.summary(assessment, self.city, self.framework, manifest, self.as_of)
        create_markdown_artifact(text, key="ringkasan")

    def register(self, manifest: Manifest) -> Register:
        """Labels for every cited document, old ones kept; written when the run appears."""
        last = latest_run(self.output_root)
        known = read_register(self.output_root / REGISTER, fallback=last / "internal" / REGISTER if last else None)
        return register_labels(known, manifest, self.framework)

    def render(self, assessment: Assessment, manifest: Manifest, register: Register, work: Path) -> Dossier:
        """A task per block for its chapter, one to typeset the book."""
        from flows.render import Provenance, render, render_block

        blocks = {block.id: block for block in self.framework.blocks}

        def render_one(item: str) -> str:
            return render_block(blocks[item], assessment, self.city, self.framework, manifest, register, self.as_of)

        chapters = dict(zip(blocks, self._each("render-block", render_one, list(blocks)), strict=True))
        provenance = Provenance(
            program=__version__,
            framework_sha256=self.framework.sha256,
            manifest_sha256=manifest_sha256(manifest, register),
            libraries=tuple(library_versions().items()),
        )

        def typeset() -> Dossier:
            return render(
                assessment,
                self.city,
                self.framework,
                manifest,
                register,
                self.as_of,
                work,
                provenance=provenance,
                catalogue=load_catalogue(),
                chapters=chapters,
            )

        return self._one("typeset", typeset)

    def publish(
        self,
        work: Path,
        dossier: Dossier,
        assessment: Assessment,
        manifest: Manifest,
        register: Register,
        now: datetime,
    ) -> Publication:
        """Complete the run folder and let it appear."""
        return self._one(
            "publish",
            lambda: publish(work, dossier, assessment, manifest, register, self.city, self.framework, now=now),
        )

    def _each(self, name: str, work: Callable[[str], R], items: Sequence[str]) -> list[R]:
        """Run ``work`` as a task per item and wait for all, so that none still runs when an error comes out."""
        coat = _coat(name, work, " {item}")
        futures = [coat.submit(item) for item in items]
        for done, _ in enumerate(as_completed(futures), 1):
            self.around.report(name, done, len(items))
        return [future.result() for future in futures]

    def _one(self, name: str, work: Callable[[], R]) -> R:
        self.around.report(name, 0, 1)
        value = _coat(name, work)()
        self.around.report(name, 1, 1)
        return value


def is_reading_trouble(_task: object, _run: object, state: State[Any]) -> bool:
    """Only what the operating system says about a folder is worth another try."""
    return isinstance(state.data, OSError)


def _coat(name: str, work: Callable[P, R], which: str = "") -> Task[P, R]:
    """``work`` as a task with its Indonesian name; only gathering, which reads shared folders, is ever tried again."""
    words = artifacts.words().tasks[name]
    return Task(
        work,
        name=words,
        task_run_name=words + which,
        retries=READING_RETRIES if name == "gather" else 0,
        retry_delay_seconds=RETRY_SECONDS,
        retry_condition_fn=is_reading_trouble,
        cache_policy=NO_CACHE,
        persist_result=False,
    )


def _silence(stage: str, done: int, total: int) -> None:
    """Nobody listens to a run that a deployment started; its pages tell the same."""


def _warm_up() -> None:
    from flows.validate import warm_up

    warm_up()
