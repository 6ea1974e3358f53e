"""From rendered PDFs to a run folder that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows.bounded import BoundedPool
from flows.files import PRIVATE, write_bytes, write_json, write_text
from flows.findings import load_catalogue
from flows.history import HISTORY
from flows.model import (
    Assessment,
    City,
    Dossier,
    Framework,
    Manifest,
    Publication,
    Register,
    Upload,
)
from flows.overrides import OVERRIDES, overrides_text
from flows.privacy import masked
from flows.publish.findings_sheet import write_findings
from flows.publish.known import REGISTER, known_earlier, known_history, known_register, known_ticks
from flows.publish.manifest_csv import manifest_sha256, write_manifest
from flows.publish.record import SEVERITY_KEYS, findings_record, library_versions, run_record, summary, upload_counts
from flows.publish.run_folder import (
    CHECK,
    INTERNAL,
    WORK_PREFIX,
    check_pointer,
    finish,
    latest_run,
    replace_folder,
    run_ids,
    saving,
    work_folder,
)
from flows.publish.tables_page import tables_page
from flows.publish.upload import (
    Packed,
    UploadLimits,
    UploadOrder,
    hand_out,
    load_limits,
    pack,
    upload_state,
)
from flows.register import write_register

__all__ = [
    "CHECK",
    "FINDINGS",
    "INTERNAL",
    "SEVERITY_KEYS",
    "Packed",
    "UploadLimits",
    "UploadOrder",
    "check_pointer",
    "findings_record",
    "known_earlier",
    "known_history",
    "known_register",
    "known_ticks",
    "latest_run",
    "library_versions",
    "load_limits",
    "manifest_sha256",
    "pack_uploads",
    "publish",
    "publish_check",
    "run_ids",
    "saving",
    "summary",
    "upload_counts",
    "upload_state",
    "work_folder",
    "write_records",
]

FINDINGS = "temuan.json"
TABLES = "tabel.html"
"""Every table with its sources, values and checks, to look at."""


def pack_uploads(
    work: Path,
    uploads: Sequence[Upload],
    assessment: Assessment,
    framework: Framework,
    order: UploadOrder,
    pool: BoundedPool,
) -> Packed:
    """Put what the operator uploads into a work folder; nothing else in it is touched, so others may write there too.

    Args:
        work: A folder from :func:`work_folder`.
        uploads: Every question, as the book prints it.
        assessment: Whether anything may be uploaded; where it may not, the set says so.
        framework: The instrument.
        order: Limits, ticks and where bytes lie.
        pool: Of the child processes that make documents fit; abandoned, it ends this too.

    Raises:
        AbandonedError: it was abandoned.
        InputsError: the folder cannot be written to.
        RenderError: the sheet cannot be made.
    """
    last = latest_run(work.parent)
    with saving(work.parent):
        return pack(work, uploads, framework.blocks, order, pool, last_run=last, hindrance=assessment.hindrance)


def write_records(
    work: Path, assessment: Assessment, manifest: Manifest, register: Register, city: City, framework: Framework
) -> None:
    """Put what the house keeps of a run into a work folder, beside the PDFs: findings, tables, lists, the history.

    Args:
        work: A folder from :func:`work_folder`.
        assessment: What the checks found.
        manifest: What was gathered.
        register: Labels, as printed in the dossier.
        city: The city.
        framework: The instrument.

    Raises:
        InputsError: the folder cannot be written to.
        RenderError: the workbook of findings cannot be written.
    """
    internal = work / INTERNAL
    write_findings(internal / "temuan.xlsx", assessment, city)
    page = tables_page(assessment, manifest, framework, city, load_catalogue())
    with saving(work.parent):
        write_text(internal / TABLES, page)
        write_json(internal / FINDINGS, masked(findings_record(assessment)))
        write_text(internal / OVERRIDES, overrides_text(assessment.overrides))
        write_manifest(internal / "manifest.csv", manifest, register)
        write_register(internal / REGISTER, register)
        internal.chmod(PRIVATE)  # the house's own, with true figures
        _copy_history(work.parent / HISTORY, internal / HISTORY)


def publish(
    work: Path,
    dossier: Dossier,
    assessment: Assessment,
    manifest: Manifest,
    register: Register,
    city: City,
    framework: Framework,
    *,
    now: datetime,
    packed: Packed | None = None,
) -> Publication:
    """Complete a work folder that holds the PDFs and the records, and make it the newest run.

    Args:
        work: A folder from :func:`work_folder` with the dossier's documents and :func:`write_records`' in it.
        dossier: What was rendered.
        assessment: What the checks found.
        manifest: What was gathered.
        register: Labels, as printed in the dossier.
        city: The city.
        framework: The instrument.
        now: Local time, for ``run.json`` only; no PDF carries it.
        packed: The upload set in it, from :func:`pack_uploads`; None where there is none.

    Raises:
        InputsError: the folder cannot be written to; the previous run is untouched.
    """
    run_id = work.name.removeprefix(WORK_PREFIX)
    record = run_record(
        run_id,
        city,
        framework,
        manifest,
        assessment,
        dossier,
        manifest_sha256=manifest_sha256(manifest, register),
        made_at=now,
        upload=packed.state if packed else None,
    )
    with saving(work.parent):
        write_json(work / "run.json", masked(record))
        # Labels are kept before the run appears: losing one that was printed is worse than keeping one that was not.
        write_register(work.parent / REGISTER, register)
    known = {document.name: document.sha256 for document in dossier.documents}
    run = finish(work, {**known, **(packed.hashes if packed else {})})
    return Publication(run_id, str(run), dossier.documents, hand_out(packed, run) if packed else None)


def publish_check(
    work: Path, assessment: Assessment, manifest: Manifest, register: Register, city: City, framework: Framework
) -> Path:
    """Complete a work folder with what ``kla periksa`` leaves and put it in the place of the last ``pemeriksaan``.

    Raises:
        InputsError: the folder cannot be written to or replaced; the last one is untouched.
        RenderError: the workbook of findings cannot be written.
    """
    write_findings(work / "temuan.xlsx", assessment, city)
    page = tables_page(assessment, manifest, framework, city, load_catalogue())
    with saving(work.parent):
        write_text(work / TABLES, page)
        write_json(work / FINDINGS, masked(findings_record(assessment)))
        write_manifest(work / "manifest.csv", manifest, register)
    target = work.parent / CHECK
    replace_folder(work, target)
    return target


def _copy_history(source: Path, target: Path) -> None:
    """The history as this run has left it, kept with the run."""
    if source.is_file():
        write_bytes(target, source.read_bytes())
