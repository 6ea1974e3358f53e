"""Keep what counts as evidence: a private copy of each content, and the history of its path."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.errors import InputsError, os_reason
from flows.gather.intake import lost
from flows.gather.past import add_run
from flows.gather.vault import FOLDER, Report, Vault
from flows.history import HISTORY, History, contents, write_history
from flows.model import NO_EARLIER, Condition, EarlierEvaluations, EvidenceFile, Manifest

_DANGEROUS = frozenset({"virus", "executable"})
"""Details of files that are not kept: a scanner would take the copy away, or it would harm who takes it out. Whoever
deletes them does what was asked, and has not withdrawn evidence."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A manifest with its past, and how much was new."""

    manifest: Manifest
    history: History
    new: int
    """Contents kept for the first time."""
    bytes: int


def keep_evidence(
    manifest: Manifest,
    real_paths: Mapping[str, str],
    history: History,
    output_root: Path,
    as_of: date,
    *,
    earlier: EarlierEvaluations = NO_EARLIER,
    agencies: Collection[str] | None = None,
    report: Report | None = None,
) -> Keeping:
    """Keep every cited content in the vault of a city and year and write down the history of its path.

    Args:
        manifest: What was gathered.
        real_paths: Path → where the bytes lie.
        history: As known before this run (:func:`flows.history.read_history`).
        output_root: ``<outputs>/<kota>/<tahun>``, whose lock is held.
        as_of: The date this run speaks for.
        earlier: What evaluations before this one used.
        agencies: Ids of the agencies the run was restricted to; None where it looked everywhere.
        report: Told how many new copies are done, from this thread.

    Returns:
        The manifest with the past of every cited path; files that changed since they were read are said to be
        arriving.

    Raises:
        InputsError: the vault or the history cannot be written, for example because the disk is full.
    """
    chosen = frozenset(cited_paths(manifest))
    vault, named = Vault(output_root / FOLDER), contents(history)
    wanted: dict[str, list[str]] = {}
    for file in manifest.files:
        # Also what the history knows and nobody cites today: a copy that got lost is put back.
        if file.path in real_paths and (file.path in chosen or file.sha256 in named) and may_be_kept(file):
            wanted.setdefault(file.sha256, []).append(real_paths[file.path])
    kept = vault.keep(wanted, report)
    manifest = _with_lost(manifest, {path: kept.lost[real] for path, real in real_paths.items() if real in kept.lost})
    there = vault.known()
    past = add_run(
        history,
        manifest,
        frozenset(file.path for file in manifest.files if file.path in chosen and file.sha256 in there),
        as_of,
        agencies,
    )
    _write(output_root / HISTORY, past.history, history)
    folders = tuple(sorted((*manifest.folders, *past.folders), key=lambda note: (note.folder, note.reason)))
    histories = tuple(one for _, one in sorted(past.history.items()))
    told = dataclasses.replace(manifest, history=histories, earlier=earlier, folders=folders)
    return Keeping(told, past.history, kept.new, kept.bytes)


def cited_paths(manifest: Manifest) -> Iterator[str]:
    """Paths of all that a book stands on: cited files, redacted copies, forms that came back, tables, the approval."""
    if manifest.approval:
        yield manifest.approval.path
    yield from (citation.path for citation in manifest.citations)
    yield from (file.path for file in manifest.files if file.redacts)
    yield from (form.path for form in manifest.forms if form.is_back)
    yield from (table.path for table in manifest.tables)


def may_be_kept(file: EvidenceFile) -> bool:
    """Whether the bytes of a file are known and harmless to have."""
    return bool(file.sha256) and file.condition is not Condition.IGNORED and file.detail not in _DANGEROUS


def _with_lost(manifest: Manifest, changed: Mapping[str, OSError | None]) -> Manifest:
    """Files whose bytes were other ones, or away, when they were to be copied: what was read of them is past."""
    if not changed:
        return manifest
    files = tuple(_arriving(file, changed[file.path]) if file.path in changed else file for file in manifest.files)
    return dataclasses.replace(manifest, files=files)


def _arriving(file: EvidenceFile, error: OSError | None) -> EvidenceFile:
    condition, detail = lost(error) if error else (Condition.ARRIVING, "still-changing")
    return dataclasses.replace(file, condition=condition, detail=detail, sha256="")


def _write(path: Path, history: History, before: History) -> None:
    if history == before and path.is_file():
        return
    try:
        write_history(path, history)
    except OSError as error:
        raise InputsError(
            f"Riwayat berkas {path} tidak dapat disimpan ({os_reason(error)}).",
            "Periksa sisa ruang dan hak tulis folder itu, lalu ulangi. Hasil sebelumnya tidak berubah.",
        ) from error
