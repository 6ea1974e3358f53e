"""The annex register: a label for every cited document, fixed at its first registration and never reused.

The register is an input of rendering, because history assigns labels: ``III/12.1-02`` is the second document that was
ever registered first for question 12.1. One more file renumbers nothing; a replaced file inherits the label of the one
it replaces; the label of a withdrawn document stays taken.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import InputsError
from flows.files import KEEP_OUT_OF_EXCEL, csv_rows, csv_text, read_kept, write_text
from flows.model import Framework, Label, Manifest, Register
from flows.privacy import mask_path

COLUMNS = ("label", "question", "agency", "sha256", "path")
_LABEL = re.compile(r"(?P<block>[^/\s]+)/(?P<question>[^/\s]+)-(?P<number>\d{2,6})", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Document:
    """One content in one agency's folders: its first question and every path it lies at."""

    question_id: str
    paths: list[str]


def read_register(path: Path, *, fallback: Path | None = None) -> Register:
    """Read a register; a missing one is rebuilt from ``fallback`` (the copy in the last run) or starts empty.

    Raises:
        InputsError: the file cannot be opened, or is not a register, or not a whole one; guessing would move labels.
    """
    source = path if path.is_file() else fallback
    if source is None or not source.is_file():
        return Register(())
    repair = (
        f"Pulihkan dari salinan di folder internal/ terbitan terakhir, atau hapus {path.name} supaya dibuat ulang dari "
        f"sana. {KEEP_OUT_OF_EXCEL}"
    )
    try:
        # Bytes, because reading as text would turn a carriage return in a name into a line feed.
        header, *rows = csv_rows(read_kept(source).decode("utf-8-sig"))
        labels = tuple(Label(*(dict(zip(header, row, strict=True))[name] for name in COLUMNS)) for row in rows)
    except (ValueError, KeyError, csv.Error) as error:
        raise InputsError(f"Register lampiran {source} tidak dapat dibaca.", repair) from error
    if not set(COLUMNS) <= set(header) or not all(_is_sound(label) for label in labels):
        raise InputsError(f"Register lampiran {source} rusak: kolom atau isinya tidak lengkap.", repair)
    if len({label.label for label in labels}) < len(labels):
        raise InputsError(f"Register lampiran {source} rusak: ada label ganda.", repair)
    return Register(labels)


def _is_sound(label: Label) -> bool:
    match = _LABEL.fullmatch(label.label)
    return match is not None and match["question"] == label.question_id and bool(_SHA256.fullmatch(label.sha256))


def register_labels(register: Register, manifest: Manifest, framework: Framework) -> Register:
    """Give every cited document a label, keeping all that were ever given.

    Args:
        register: What was registered so far.
        manifest: The files of this run; those without a readable hash get no label.
        framework: The instrument, for the codes of blocks.

    Returns:
        The register with current paths and hashes, old labels first, new ones in the order of the instrument.
    """
    documents = _documents(manifest)
    labels = {label.label: label for label in register.labels}
    given = _known_labels(register, documents)
    codes = {question.id: block.id for block, _, question in framework.walk()}
    for key, document in documents.items():
        if key not in given:
            given[key] = _next_label(codes[document.question_id], document.question_id, labels)
        question_id = labels[given[key]].question_id if given[key] in labels else document.question_id
        labels[given[key]] = Label(given[key], question_id, *key, document.paths[0])
    current = {path: given[key] for key, document in documents.items() for path in document.paths}
    for name, label in labels.items():
        if current.get(label.path, name) != name:  # withdrawn, and another document lies there now
            labels[name] = replace(label, path="")
    aliases = {path: given[key] for key, document in documents.items() for path in document.paths[1:]}
    return Register(tuple(labels.values()), aliases)


def write_register(path: Path, register: Register) -> None:
    """Write the register as CSV, for the secretariat and for the next run; for its owner only."""
    write_text(path, register_text(register), private=True)  # names of files tell of cases


def register_text(register: Register) -> str:
    """The register as CSV text."""
    rows = (
        (label.label, label.question_id, label.agency_id, label.sha256, mask_path(label.path))
        for label in register.labels
    )
    return csv_text([COLUMNS, *rows])


def _documents(manifest: Manifest) -> dict[tuple[str, str], _Document]:
    """Cited documents by agency and hash, in the manifest's order of citations; copies are one document."""
    files = manifest.by_path
    found: dict[tuple[str, str], _Document] = {}
    for citation in manifest.citations:
        file = files[citation.path]
        if not file.sha256:
            continue
        document = found.setdefault((file.agency_id, file.sha256), _Document(citation.question_id, []))
        if file.path not in document.paths:
            document.paths.append(file.path)
    return found


def _known_labels(register: Register, documents: Mapping[tuple[str, str], _Document]) -> dict[tuple[str, str], str]:
    """Labels that documents already have: by their content, or inherited from what stood at the same path before."""
    by_content = {(label.agency_id, label.sha256): label.label for label in register.labels}
    given = {key: by_content[key] for key in documents if key in by_content}
    free = {label.path: label.label for label in register.labels if label.label not in set(given.values())}
    for key, document in documents.items():
        before = next((path for path in document.paths if path in free), None)
        if key not in given and before is not None:
            given[key] = free.pop(before)
    return given


def _next_label(code: str, question_id: str, labels: Iterable[str]) -> str:
    prefix = f"{code}/{question_id}-"
    used = [int(label.removeprefix(prefix)) for label in labels if label.startswith(prefix)]
    return f"{prefix}{max(used, default=0) + 1:02d}"
