"""``manifest.csv``: every file found, ignored ones too, one row each."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flows.files import csv_text, write_text
from flows.model import Manifest, Register
from flows.privacy import mask_numbers

COLUMNS = (
    "sha256", "bytes", "path", "agency", "kind", "pages", "status", "questions",
    "label", "detail", "evidence_kind", "years", "duplicate_of", "suggestions", "reach",
)  # fmt: skip


def manifest_text(manifest: Manifest, register: Register) -> str:
    """The manifest as CSV in the order of paths; lists within a cell are joined by ``;``."""
    rows: list[tuple[object, ...]] = [COLUMNS]
    questions, labels = manifest.questions_of(), register.by_path
    for file in manifest.files:
        label = labels.get(file.path)
        rows.append(
            (
                file.sha256,
                file.bytes,
                mask_numbers(file.path),
                mask_numbers(file.agency_id),
                file.media.value,
                "" if file.pages is None else file.pages,
                file.condition.value,
                ";".join(questions.get(file.path, ())),
                label.label if label else "",
                file.detail,
                ";".join(file.kinds),
                ";".join(str(year) for year in file.years),
                mask_numbers(file.duplicate_of),
                ";".join(file.suggestions),
                file.reach.value,
            )
        )
    return csv_text(rows)


def manifest_sha256(manifest: Manifest, register: Register) -> str:
    """Hash of the manifest's content: what the QR code of the dossier carries."""
    return hashlib.sha256(manifest_text(manifest, register).encode("utf-8")).hexdigest()


def write_manifest(path: Path, manifest: Manifest, register: Register) -> None:
    """Write ``manifest.csv`` as plain UTF-8: a machine file, whose first column must not start with a mark."""
    write_text(path, manifest_text(manifest, register))
