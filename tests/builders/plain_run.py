"""A whole run by the plain functions, as the annual flow strings them together, without Prefect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from flows.bounded import BoundedPool
from flows.findings import load_catalogue
from flows.framework import load_dress
from flows.gather import VAULT_FOLDER, Vault, gather_found, keep_evidence
from flows.model import Assessment, City, Dossier, Framework, Manifest, Register
from flows.publish import (
    UploadOrder,
    known_history,
    known_register,
    known_ticks,
    load_limits,
    manifest_sha256,
    pack_uploads,
    publish,
    work_folder,
    write_records,
)
from flows.register import register_labels
from flows.render import Evidence, Press, Provenance, press_room, render
from flows.request import load_year
from flows.settings import Settings
from flows.validate import validate

AS_OF = date(2024, 11, 1)


@dataclass(frozen=True)
class Judged:
    """A run up to what is printed."""

    settings: Settings
    city: City
    framework: Framework
    manifest: Manifest
    assessment: Assessment
    register: Register
    is_fresh: bool

    @property
    def input_root(self) -> Path:
        return self.settings.input_root(self.city.id, self.city.evaluation_year)

    @property
    def output_root(self) -> Path:
        return self.settings.output_root(self.city.id, self.city.evaluation_year)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.assessment, self.city, self.framework, self.manifest, self.register)

    def content(self, sha256: str) -> Path:
        """Where the vault keeps a content."""
        return Vault(self.output_root / VAULT_FOLDER).path(sha256)


@dataclass(frozen=True)
class Ran:
    """A published run."""

    judged: Judged
    dossier: Dossier
    folder: Path
    typeset_parts: int


def judge(
    settings: Settings,
    city_id: str,
    year: int,
    *,
    fresh: bool = False,
    as_of: date = AS_OF,
    cut: Callable[[Framework], Framework] = lambda whole: whole,
    complete: Callable[[Manifest], Manifest] = lambda manifest: manifest,
) -> Judged:
    """Gather, keep and validate; labels are given, not yet written.

    Args:
        settings: where to read and write.
        city_id: folder of the city below the inputs.
        year: evaluation year.
        fresh: whether no cache is believed.
        as_of: the date the run speaks for.
        cut: what is left of the instrument.
        complete: what is added to the manifest, before it is judged.
    """
    city, framework = load_year(city_id, year, settings)
    framework = cut(framework)
    root, output_root = settings.input_root(city_id, year), settings.output_root(city_id, year)
    city = replace(city, dress=load_dress(root))
    output_root.mkdir(parents=True, exist_ok=True)
    found = gather_found(city, framework, root, state_root=settings.state, fresh=fresh)
    history = known_history(output_root)
    manifest = keep_evidence(found.manifest, found.real_paths, history, output_root, as_of).manifest
    manifest = complete(manifest)
    assessment = validate(city, framework, manifest)
    register = register_labels(known_register(output_root), manifest, framework)
    return Judged(settings, city, framework, manifest, assessment, register, fresh)


@contextmanager
def pressing(judged: Judged, as_of: date = AS_OF) -> Iterator[Press]:
    """The press of a run."""
    root = judged.settings.press_root(judged.city.id, judged.city.evaluation_year)
    with press_room(root, as_of, fresh=judged.is_fresh) as press:
        yield press


def print_all(judged: Judged, work: Path, press: Press) -> Dossier:
    """Every PDF of the run below ``work``."""
    provenance = Provenance(
        "0", judged.framework.sha256, manifest_sha256(judged.manifest, judged.register), (("contoh", "1"),)
    )
    return render(
        judged.evidence,
        work,
        provenance=provenance,
        catalogue=load_catalogue(),
        press=press,
        source=judged.content,
    )


def issue(judged: Judged, now: datetime, as_of: date = AS_OF) -> Ran:
    """Print and publish what was judged."""
    with work_folder(judged.output_root, now) as work:
        with pressing(judged, as_of) as press:
            dossier = print_all(judged, work, press)
            typeset = press.typeset_parts
        order = UploadOrder(
            limits=load_limits(
                judged.framework.year, judged.settings.input_root(judged.city.id, judged.city.evaluation_year)
            ),
            ticks=known_ticks(judged.output_root),
            source=judged.content,
            state_root=judged.settings.upload_root(judged.city.id, judged.city.evaluation_year),
            fresh=judged.is_fresh,
        )
        with BoundedPool() as pool:
            packed = pack_uploads(work, dossier.uploads, judged.assessment, judged.framework, order, pool)
        values = judged.assessment, judged.manifest, judged.register, judged.city, judged.framework
        write_records(work, *values)
        publication = publish(work, dossier, *values, now=now, packed=packed)
    return Ran(judged, dossier, Path(publication.path), typeset)


def issue_now(judged: Judged) -> Ran:
    """The same, named after the present moment."""
    return issue(judged, datetime.now(UTC))
