"""The annual flow: one city's evidence becomes one dossier, each stage a Prefect task or a handful of them.

The stages are plain functions; here they only put on the coat (:mod:`flows.coat`). Importing this module imports
Prefect: call :func:`flows.prefect_home.prepare` before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows import __version__, artifacts
from flows.coat import Coat, PrefectTrouble, task_runner
from flows.errors import InputsError, KlaError, os_reason
from flows.findings import load_catalogue
from flows.framework import load_dress
from flows.gather import (
    VAULT_FOLDER,
    Found,
    Gathered,
    Keeping,
    Vault,
    assemble,
    gather_source,
    keep_evidence,
    plan,
    reader_version,
    real_paths_of,
    workshop,
)
from flows.model import Assessment, City, Dossier, Framework, Manifest, Overrides, Publication, Register, Ticks
from flows.overrides import OVERRIDES, read_overrides
from flows.privacy import mask_error, mask_numbers
from flows.publish import (
    Packed,
    UploadLimits,
    UploadOrder,
    known_history,
    known_register,
    known_ticks,
    library_versions,
    load_limits,
    manifest_sha256,
    pack_uploads,
    publish,
    upload_state,
    work_folder,
)
from flows.register import register_labels
from flows.request import AnnualRequest, AnnualResult, Report, load_year
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.render import Press
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
        run.coat.begin("gather", percent=0)
        manifest = run.keep(run.gather())
        run.coat.begin("validate", percent=40)
        assessment = run.validate(manifest)
        press.pool.begin()  # before, its imports would keep those of the suites waiting; now a processor is idle
        run.show(assessment, manifest)
        run.coat.begin("render", percent=50)
        register = run.register(manifest)
        dossier, packed = run.render(assessment, manifest, register, press, work)
        run.coat.begin("publish", percent=95)
        publication = run.publish(work, dossier, packed, assessment, manifest, register, now)
        run.coat.begin("done", percent=100)
    return publication


def run(
    request: AnnualRequest, settings: Settings, report: Report, api_url: str, examine: Examine | None = None
) -> AnnualResult:
    """Run the flow against the server at ``api_url``; once it runs, it ends well even if the server does not.

    Args:
        request: What to run.
        settings: Where to read and write.
        report: Told how far the run is.
        api_url: Of the server.
        examine: Runs the suites of rules; the flow begins one of its own where absent.

    Raises:
        KlaError: as it was raised in the stage that could not go on.
        httpx.HTTPError, PrefectException: the server did not let the flow begin (:data:`PrefectTrouble`).
    """
    surroundings = Surroundings(settings, report, examine)
    token = _surroundings.set(surroundings)
    try:
        # Prefect may have been imported under other settings (two runs in one process); these hold for this flow.
        with temporary_settings({PREFECT_API_URL: api_url}):
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


@dataclass
class Surroundings:
    """What a flow is not given as a parameter (where to work, whom to tell), and what became of it.

    The result leaves the flow this way and not as its value, which Prefect would walk.
    """

    settings: Settings
    report: Report
    examine: Examine | None = None
    """Runs the suites of rules, where somebody has begun to make that ready."""
    result: AnnualResult | None = None
    error: KlaError | None = None


_surroundings: ContextVar[Surroundings | None] = ContextVar("surroundings", default=None)


@contextlib.contextmanager
def begun(city_id: str, year: int, as_of: date, *, fresh: bool) -> Iterator[Run]:
    """Load what is asked and of whom; a flow that a deployment started takes its folders from the environment."""
    surroundings = _surroundings.get() or Surroundings(Settings.from_environment(), _silence)
    try:
        city, framework = load_year(city_id, year, surroundings.settings)
        city = _dressed(city, surroundings.settings)
        overrides = read_overrides(surroundings.settings.output_root(city_id, year) / OVERRIDES)
        limits = load_limits(framework.year, surroundings.settings.input_root(city_id, year))
        with _examiner(surroundings) as examine:
            yield Run(
                city, framework, as_of, fresh, surroundings, Coat(surroundings.report), overrides, limits, examine
            )
    except Exception as error:
        mask_error(error)  # Prefect keeps what an error says
        if isinstance(error, KlaError):
            surroundings.error = error
        raise


@dataclass(frozen=True)
class Run:
    """One run's values and its stages, each in its coat. Lives inside the flow only."""

    city: City
    framework: Framework
    as_of: date
    fresh: bool
    surroundings: Surroundings
    coat: Coat
    overrides: Overrides
    """What was lifted before this run; read first, so that a damaged history costs no work."""
    limits: UploadLimits
    """What may be uploaded; read first for the same reason."""
    examine: Examine
    """Runs the suites of rules."""

    @property
    def input_root(self) -> Path:
        """The input folder of the city and year."""
        return self.surroundings.settings.input_root(self.city.id, self.city.evaluation_year)

    @property
    def output_root(self) -> Path:
        """The output folder of the city and year."""
        return self.surroundings.settings.output_root(self.city.id, self.city.evaluation_year)

    @cached_property
    def ticks(self) -> Ticks:
        """What the operator had ticked before this run; what they tick meanwhile is read when the sheet is replaced."""
        return known_ticks(self.output_root)

    def gather(self) -> Found:
        """A task per agency, retried where a shared folder fails.

        Raises:
            InputsError: a folder could not be read, three times.
        """
        ocr = reader_version() if self.surroundings.settings.ocr else ""
        sources = {
            f"{number:02}-{mask_numbers(one.label)}": one
            for number, one in enumerate(plan(self.city, self.input_root), 1)
        }
        state = self.surroundings.settings.state
        with workshop(self.city, self.input_root, state_root=state, fresh=self.fresh, ocr=ocr) as shop:

            def gather_one(item: str) -> Gathered:
                return gather_source(sources[item], self.city, self.framework, self.input_root, shop)

            try:
                parts = self.coat.each("gather", gather_one, list(sources))
            except OSError as error:
                raise _unreadable(error, self.input_root) from error
        shop.room.sweep()
        manifest = self.coat.one("assemble", lambda: assemble(parts, self.framework))
        return Found(manifest, real_paths_of(parts))

    def keep(self, found: Found) -> Manifest:
        """One task: a copy of what is cited, and the history of its paths.

        Raises:
            InputsError: there is no room for the copies, or the history of before is damaged.
        """
        history = known_history(self.output_root)

        def keep_all() -> Keeping:
            return keep_evidence(
                found.manifest,
                found.real_paths,
                history,
                self.output_root,
                self.as_of,
                report=lambda done, total: self.surroundings.report("keep", done, total),
            )

        return self.coat.one("keep", keep_all).manifest

    def validate(self, manifest: Manifest) -> Assessment:
        """All tables at once, then a task per block for its questions and one for the manifest as a whole."""
        from flows.validate import BlockVerdict, conclude, judge_block, judge_manifest, judge_tables, settle

        tables = self.coat.one("judge-tables", lambda: judge_tables(self.city, self.framework, manifest, self.examine))
        blocks = {block.id: block for block in self.framework.blocks}

        def judge_one(item: str) -> BlockVerdict:
            return judge_block(blocks[item], self.city, self.framework, manifest, tables)

        verdicts = self.coat.each("judge-block", judge_one, list(blocks))
        findings = self.coat.one(
            "judge-manifest", lambda: judge_manifest(self.city, self.framework, manifest, self.examine)
        )
        judged = conclude(verdicts, findings, self.city, self.framework, tables)
        return settle(judged, self.framework, manifest, self.overrides)

    def show(self, assessment: Assessment, manifest: Manifest) -> None:
        """The result so far, for who looks at Prefect's pages."""
        table = artifacts.completeness_table(assessment, self.framework)
        self.coat.show(table, artifacts.summary(assessment, self.city, self.framework, manifest, self.as_of))

    def register(self, manifest: Manifest) -> Register:
        """Labels for every cited document, old ones kept; written when the run appears."""
        return register_labels(known_register(self.output_root), manifest, self.framework)

    def press(self) -> contextlib.AbstractContextManager[Press]:
        """The press, whose children have not started yet.

        Raises:
            RenderError: there is no place to keep what is printed.
        """
        from flows.render import press_room

        root = self.surroundings.settings.press_root(self.city.id, self.city.evaluation_year)
        return press_room(root, self.as_of, fresh=self.fresh)

    def render(
        self, assessment: Assessment, manifest: Manifest, register: Register, press: Press, work: Path
    ) -> tuple[Dossier, Packed]:
        """A task per block for its evidence, one for its chapter, one each for the rest, one that binds and proves.

        What the operator uploads is packed beside all that: it is files copied and hashed, and needs no page.
        """
        from flows.render import Evidence, Printer, Provenance, uploads_of

        evidence = Evidence(assessment, self.city, self.framework, manifest, register)
        provenance = Provenance(
            program=__version__,
            framework_sha256=self.framework.sha256,
            manifest_sha256=manifest_sha256(manifest, register),
            libraries=tuple(library_versions().items()),
        )
        uploads = uploads_of(evidence)
        uploaded = upload_state(uploads, self.ticks)
        source = Vault(self.output_root / VAULT_FOLDER).path
        printer = Printer(evidence, load_catalogue(), provenance, press, source, uploads, uploaded)

        def prepare_one(item: str) -> None:
            printer.prepare(item)

        def print_one(item: str) -> None:
            printer.print(item)

        order = UploadOrder(
            limits=self.limits,
            ticks=self.ticks,
            source=source,
            state_root=self.surroundings.settings.upload_root(self.city.id, self.city.evaluation_year),
            fresh=self.fresh,
        )
        with self.coat.beside(
            "pack", lambda: pack_uploads(work, uploads, assessment, self.framework, order)
        ) as packing:
            self.coat.each("prepare", prepare_one, printer.blocks)
            # All at once: what was printed before is done in a moment, and the others wait for the same children.
            self.coat.each("print", print_one, printer.pieces, at_once=len(printer.pieces))
            dossier = self.coat.one(
                "bind", lambda: printer.bind(work, lambda done, total: self.surroundings.report("bind", done, total))
            )
            return dossier, packing()

    def publish(
        self,
        work: Path,
        dossier: Dossier,
        packed: Packed,
        assessment: Assessment,
        manifest: Manifest,
        register: Register,
        now: datetime,
    ) -> Publication:
        """Complete the run folder and let it appear."""

        def publish_all() -> Publication:
            return publish(
                work, dossier, assessment, manifest, register, self.city, self.framework, now=now, packed=packed
            )

        publication = self.coat.one("publish", publish_all)
        result = AnnualResult(self.city, self.framework, manifest, assessment, publication)
        self.surroundings.result = result
        return publication


def _dressed(city: City, settings: Settings) -> City:
    """The city with its own folder read and its templates seen through, before any work is done in vain."""
    from flows.render import check_dress

    dress = load_dress(settings.input_root(city.id, city.evaluation_year))
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


def _unreadable(error: OSError, input_root: Path) -> InputsError:
    return InputsError(
        f"Folder {error.filename or input_root} tidak dapat dibaca ({os_reason(error)}).",
        "Periksa sambungan ke folder bersama dan hak bacanya, lalu ulangi perintah ini.",
    )


def _silence(stage: str, done: int, total: int) -> None:
    """Nobody listens to a run that a deployment started; its pages tell the same."""
