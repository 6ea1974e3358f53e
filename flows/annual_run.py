"""One run of the annual flow: its values, and its stages as plain functions in their coat (:mod:`flows.coat`)."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flows import __version__, artifacts
from flows.bounded import BoundedPool
from flows.coat import Coat
from flows.errors import InputsError, KlaError, os_reason
from flows.findings import load_catalogue
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
from flows.model import (
    Assessment,
    City,
    Dossier,
    Framework,
    Manifest,
    Overrides,
    PathHistory,
    Publication,
    Register,
    Ticks,
    Upload,
    UploadState,
)
from flows.privacy import mask_path
from flows.publish import (
    Packed,
    UploadLimits,
    UploadOrder,
    check_pointer,
    known_earlier,
    known_history,
    known_register,
    known_ticks,
    library_versions,
    manifest_sha256,
    pack_uploads,
    publish,
    upload_state,
    write_records,
)
from flows.register import register_labels
from flows.request import AnnualResult, Report
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.render import Press
    from flows.validate import Examine


@dataclass
class Surroundings:
    """What a flow is not given as a parameter (where to work, whom to tell), and what became of it.

    The result leaves the flow this way and not as its value, which Prefect would walk.
    """

    settings: Settings
    report: Report
    loaded: tuple[City, Framework] | None = None
    """What is asked of whom, where somebody has read it already."""
    examine: Examine | None = None
    """Runs the suites of rules, where somebody has begun to make that ready."""
    result: AnnualResult | None = None
    error: KlaError | None = None


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
    readers: BoundedPool
    """Children that open what others made, until evidence is gathered."""

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
        return known_ticks(self.output_root, self.readers)

    def _progress(self, uploads: Sequence[Upload]) -> UploadState:
        return upload_state(uploads, self.ticks)

    def look_back(self) -> None:
        """Read what earlier runs left and this one goes on from, before the work; whoever calls holds the lock.

        Raises:
            InputsError: the history of paths or the register is damaged, or a folder is in the pointer's place.
        """
        check_pointer(self.output_root)
        _ = self.history, self.known, self.ticks

    @cached_property
    def history(self) -> Mapping[str, PathHistory]:
        """The history of paths before this run."""
        return known_history(self.output_root)

    @cached_property
    def known(self) -> Register:
        """The labels given before this run."""
        return known_register(self.output_root)

    def gather(self) -> Found:
        """A task per agency, retried where a shared folder fails.

        Raises:
            InputsError: a folder could not be read, three times.
        """
        ocr = reader_version() if self.surroundings.settings.ocr else ""
        sources = {
            f"{number:02}-{mask_path(one.label)}": one for number, one in enumerate(plan(self.city, self.input_root), 1)
        }
        state = self.surroundings.settings.state
        with (
            self.readers,
            workshop(
                self.city, self.input_root, state_root=state, fresh=self.fresh, ocr=ocr, pool=self.readers
            ) as shop,
        ):

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
            InputsError: there is no room for the copies.
        """

        def keep_all() -> Keeping:
            return keep_evidence(
                found.manifest,
                found.real_paths,
                self.history,
                self.output_root,
                self.as_of,
                earlier=known_earlier(self.output_root),
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
        return register_labels(self.known, manifest, self.framework)

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

        What the operator uploads is packed and what the house keeps is written while children bind: neither needs a
        page, and this process has nothing else to do then.
        """
        from flows.render import Evidence, Printer, Provenance

        evidence = Evidence(assessment, self.city, self.framework, manifest, register)
        provenance = Provenance(
            program=__version__,
            framework_sha256=self.framework.sha256,
            manifest_sha256=manifest_sha256(manifest, register),
            libraries=tuple(library_versions().items()),
        )
        source = Vault(self.output_root / VAULT_FOLDER).path
        order = UploadOrder(
            limits=self.limits,
            ticks=self.ticks,
            source=source,
            state_root=self.surroundings.settings.upload_root(self.city.id, self.city.evaluation_year),
            fresh=self.fresh,
        )
        with Printer(work, evidence, load_catalogue(), provenance, press, source, self._progress) as printer:
            self.coat.each("prepare", printer.prepare, printer.blocks)
            # All at once: what was printed before is done in a moment, and the others wait for the same children.
            self.coat.each("print", printer.print, printer.pieces, at_once=len(printer.pieces))
            with (
                BoundedPool() as pool,
                self.coat.beside(
                    "pack",
                    lambda: pack_uploads(work, printer.uploads, assessment, self.framework, order, pool),
                    stop=pool.abandon,
                ) as packing,
                self.coat.beside(
                    "records", lambda: write_records(work, assessment, manifest, register, self.city, self.framework)
                ),
            ):
                dossier = self.coat.one(
                    "bind", lambda: printer.bind(lambda done, total: self.surroundings.report("bind", done, total))
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


def _unreadable(error: OSError, input_root: Path) -> InputsError:
    return InputsError(
        f"Folder {error.filename or input_root} tidak dapat dibaca ({os_reason(error)}).",
        "Periksa sambungan ke folder bersama dan hak bacanya, lalu ulangi perintah ini.",
    )
