"""The annual flow: one city's evidence becomes one dossier, each stage a Prefect task or a handful of them.

What each stage needs and does is in :mod:`flows.annual_run`. Importing this module imports Prefect: call
:func:`flows.prefect_home.prepare` before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from prefect import flow
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.annual_run import Run, Surroundings
from flows.bounded import BoundedPool
from flows.coat import Coat, PrefectTrouble, task_runner
from flows.errors import KlaError
from flows.framework import load_dress
from flows.gather import reading_pool
from flows.model import City, Framework, Publication
from flows.overrides import OVERRIDES, read_overrides
from flows.privacy import mask_error
from flows.publish import load_limits, work_folder
from flows.request import AnnualRequest, AnnualResult, Report, load_year
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.validate import Examine

__all__ = ["PrefectTrouble", "annual_dossier", "run"]


@flow(name="kla-dosir", flow_run_name="KLA {city_id} {year}", task_runner=task_runner(), persist_result=False)
def annual_dossier(city_id: str, year: int, as_of: str | None = None, fresh: bool = False) -> Publication:  # noqa: FBT001, FBT002  # Prefect passes parameters by name
    """Compose the dossier of one city and evaluation year.

    Args:
        city_id: Name of the city's folder below ``inputs``.
        year: Evaluation year.
        as_of: Date the dossier speaks for, ``2025-03-31``; today where absent.
        fresh: Read everything again, whatever the cache says.
    """
    now = datetime.now().astimezone()
    as_of_date = date.fromisoformat(as_of) if as_of else now.date()
    with (
        begun(city_id, year, as_of_date, fresh=fresh) as run,
        work_folder(run.output_root, now) as work,
        run.press() as press,
    ):
        run.look_back()
        run.coat.begin("gather", percent=0)
        manifest = run.keep(run.gather())
        run.coat.begin("validate", percent=40)
        press.begin(only_copies=True)  # imports would keep those of the suites waiting
        assessment = run.validate(manifest)
        press.begin()
        run.show(assessment, manifest)
        run.coat.begin("render", percent=50)
        register = run.register(manifest)
        dossier, packed = run.render(assessment, manifest, register, press, work)
        run.coat.begin("publish", percent=95)
        publication = run.publish(work, dossier, packed, assessment, manifest, register, now)
        run.coat.begin("done", percent=100)
    return publication


def run(
    request: AnnualRequest,
    settings: Settings,
    report: Report,
    api_url: str,
    *,
    loaded: tuple[City, Framework] | None = None,
    examine: Examine | None = None,
) -> AnnualResult:
    """Run the flow against the server at ``api_url``; once it runs, it ends well even if the server does not.

    Args:
        request: What to run.
        settings: Where to read and write.
        report: Told how far the run is.
        api_url: Of the server.
        loaded: City and instrument of the request, where they were read already.
        examine: Runs the suites of rules; the flow begins one of its own where absent.

    Raises:
        KlaError: as it was raised in the stage that could not go on.
        httpx.HTTPError, PrefectException: the server did not let the flow begin (:data:`PrefectTrouble`).
    """
    surroundings = Surroundings(settings, report, loaded, examine)
    token = _surroundings.set(surroundings)
    try:
        # Prefect may have been imported under other settings (two runs in one process); these hold for this flow.
        # Signs of life serve automations only, which our server does not look for; their thread would sleep for up to a
        # second more when all is done.
        with temporary_settings({PREFECT_API_URL: api_url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            annual_dossier(request.city_id, request.year, request.as_of.isoformat(), request.fresh)
    except PrefectTrouble:
        if surroundings.error:
            raise surroundings.error from None
        if surroundings.result is None:
            raise
    finally:
        _surroundings.reset(token)
    if surroundings.result is None:
        raise AssertionError("a flow that ends well leaves a result")
    return surroundings.result


_surroundings: ContextVar[Surroundings | None] = ContextVar("surroundings", default=None)


@contextlib.contextmanager
def begun(city_id: str, year: int, as_of: date, *, fresh: bool) -> Iterator[Run]:
    """Load what is asked and of whom; a flow that a deployment started takes its folders from the environment."""
    surroundings = _surroundings.get() or Surroundings(Settings.from_environment(), _silence)
    try:
        city, framework = surroundings.loaded or load_year(city_id, year, surroundings.settings)
        with reading_pool() as readers, _examiner(surroundings) as examine:
            readers.begin()
            coat = Coat(surroundings.report)
            city = _dressed(city, surroundings.settings, readers)
            overrides = read_overrides(surroundings.settings.output_root(city_id, year) / OVERRIDES)
            limits = load_limits(framework.year, surroundings.settings.input_root(city_id, year))
            yield Run(city, framework, as_of, fresh, surroundings, coat, overrides, limits, examine, readers)
    except Exception as error:
        mask_error(error)  # Prefect keeps what an error says
        if isinstance(error, KlaError):
            surroundings.error = error
        raise


def _dressed(city: City, settings: Settings, readers: BoundedPool) -> City:
    """The city with its own folder read and its templates seen through, before any work is done in vain."""
    from flows.render import check_dress

    dress = load_dress(settings.input_root(city.id, city.evaluation_year), readers)
    check_dress(dress)
    return replace(city, dress=dress)


@contextlib.contextmanager
def _examiner(surroundings: Surroundings) -> Iterator[Examine]:
    """The one that was begun before Prefect was imported, or one of its own."""
    if surroundings.examine:
        yield surroundings.examine
        return
    from flows.validate import examiner

    with examiner() as examine:
        yield examine


def _silence(stage: str, done: int, total: int) -> None:
    """Nobody listens to a run that a deployment started; its pages tell the same."""
