"""The quick check behind ``kla periksa``: gather and validate, without Prefect, in seconds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.imports import collect_garbage_seldom
from flows.model import Assessment, City, Framework, Manifest
from flows.overrides import OVERRIDES, read_overrides
from flows.register import register_labels
from flows.request import Report, load_year
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found and where its tables lie."""

    city: City
    framework: Framework
    manifest: Manifest
    assessment: Assessment
    folder: Path


def check(settings: Settings, city_id: str, year: int, *, fresh: bool, now: datetime, report: Report) -> Check:
    """Gather, keep and validate one city and year, and leave ``pemeriksaan/``.

    Args:
        settings: Where to read and write.
        city_id: Folder of the city below the inputs.
        year: Evaluation year.
        fresh: Distrust every cache (``--segar``).
        now: Local time, for the name of the work folder and the date of what is new in the history.
        report: Told about progress.

    Raises:
        KlaError: see :func:`flows.request.load_year`; also when another process works on the same city and year.
    """
    from flows.gather import gather_found, keep_evidence, reader_version
    from flows.publish import known_earlier, known_history, known_register, publish_check, work_folder
    from flows.validate import examiner, validate

    collect_garbage_seldom()
    city, framework = load_year(city_id, year, settings)
    ocr = reader_version() if settings.ocr else ""
    output_root = settings.output_root(city_id, year)
    overrides = read_overrides(output_root / OVERRIDES)
    with examiner() as examine, work_folder(output_root, now) as work:
        # What earlier runs left, damaged, is refused before the work; read under the lock, so that nobody changes it.
        history, known = known_history(output_root), known_register(output_root)
        report("gather", 0, 0)
        found = gather_found(
            city,
            framework,
            settings.input_root(city_id, year),
            state_root=settings.state,
            fresh=fresh,
            progress=_counting(report),
            ocr=ocr,
        )
        evidence = keep_evidence(
            found.manifest,
            found.real_paths,
            history,
            output_root,
            now.date(),
            earlier=known_earlier(output_root),
            report=lambda done, total: report("keep", done, total),
        )
        manifest = evidence.manifest
        report("assess", 0, 0)
        assessment = validate(city, framework, manifest, overrides, examine)
        register = register_labels(known, manifest, framework)
        folder = publish_check(work, assessment, manifest, register, city, framework)
    return Check(city, framework, manifest, assessment, folder)


def _counting(report: Report) -> Callable[[str], None]:
    lock, done = threading.Lock(), 0

    def one_more(_: str) -> None:
        nonlocal done
        with lock:  # told within it, so that no smaller count is told last
            done += 1
            report("gather", done, 0)

    return one_more
