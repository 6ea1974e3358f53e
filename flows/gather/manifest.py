"""From all sources to the manifest: sorted, duplicates marked, every file exactly once."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.gather.cite import can_be_cited
from flows.gather.declare import declare
from flows.gather.intake import plan
from flows.gather.merge import one_form_each
from flows.gather.redacted import answers_of_originals, conflicts_of_others, mark_redacted
from flows.gather.source import Gathered, gather_source
from flows.gather.workshop import Progress, workshop
from flows.model import Answer, City, EvidenceFile, Framework, GatheredTable, Manifest, TableSource

_SOURCES_AT_ONCE = 12
"""While some are hashed, put together, or wait for new files to be quiet, others are inspected: with 6, all that waited
left the children idle for a second (measured)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was gathered, and where the bytes of each file lie."""

    manifest: Manifest
    real_paths: Mapping[str, str]
    """As :attr:`Gathered.real_paths`."""


def gather(
    city: City,
    framework: Framework,
    input_root: Path,
    *,
    state_root: Path | None,
    fresh: bool = False,
    only: Collection[str] = (),
    progress: Progress | None = None,
    ocr: str = "",
) -> Manifest:
    """Gather all evidence of a city.

    Args:
        city: Its agencies own the folders.
        framework: The instrument; its ids, kinds and keywords are looked for.
        input_root: The input folder of the city and year; nothing is ever written there.
        state_root: Folder for the cache; None to work without one.
        fresh: Read and look into everything again, whatever the cache says.
        only: Ids or names of agencies to restrict the work to.
        progress: Called with the path of each file once it is done, from any thread.
        ocr: Which program reads scans (:func:`flows.gather.reader_version`); empty to leave them unread.

    Raises:
        InputsError: the input folder cannot be listed.
        UsageError: ``only`` names an agency the city does not have.
    """
    found = gather_found(
        city, framework, input_root, state_root=state_root, fresh=fresh, only=only, progress=progress, ocr=ocr
    )
    return found.manifest


def gather_found(
    city: City,
    framework: Framework,
    input_root: Path,
    *,
    state_root: Path | None,
    fresh: bool = False,
    only: Collection[str] = (),
    progress: Progress | None = None,
    ocr: str = "",
) -> Found:
    """As :func:`gather`, for who goes on to open the files."""
    sources = plan(city, input_root, only)
    with (
        workshop(city, input_root, state_root=state_root, fresh=fresh, progress=progress, ocr=ocr) as shop,
        ThreadPoolExecutor(_SOURCES_AT_ONCE, thread_name_prefix="gather") as threads,
    ):
        one = partial(gather_source, city=city, framework=framework, input_root=input_root, shop=shop)
        try:
            parts = list(threads.map(one, sources))
        except BaseException:  # Ctrl-C above all: the threads are waited for, and they wait for children
            shop.pool.abandon()
            raise
    if not only:
        shop.room.sweep()
    return Found(assemble(parts, framework), real_paths_of(parts))


def real_paths_of(parts: Iterable[Gathered]) -> dict[str, str]:
    """Path → where the bytes lie, over all sources."""
    return {path: real for part in parts for path, real in part.real_paths.items()}


def assemble(parts: Sequence[Gathered], framework: Framework) -> Manifest:
    """Put the sources together: sorted, duplicates marked, every file exactly once, lists of evidence applied."""
    files = {file.path: file for file in mark_redacted([each for part in parts for each in part.files], framework)}
    filled = one_form_each([one for part in parts for one in part.filled], files, framework)
    declared = declare(
        sorted((row for one in filled for row in one.declarations), key=lambda row: row.place.path),
        [files[path] for path in sorted(files) if not files[path].redacts],
        answers_of_originals((one for part in parts for one in part.citations), files.values()),
        conflicts_of_others((conflict for part in parts for conflict in part.conflicts), files.values()),
        framework,
        areas=[one.form.path for one in filled if one.form and one.form.area],
    )
    copies = [file for file in files.values() if file.redacts]
    order = {question.id: number for number, question in enumerate(framework.questions)}
    citations = {(one.question_id, one.path): one for one in declared.citations}
    keys = sorted(citations, key=lambda key: (order[key[0]], key[1]))
    questions_of: dict[str, list[str]] = {}
    for question_id, path in keys:
        questions_of.setdefault(path, []).append(question_id)
    conflicts = {conflict.path: conflict for conflict in declared.conflicts}
    folders = {note for part in parts for note in part.folders}
    notes = [*(note for one in filled for note in one.notes), *declared.notes]
    return Manifest(
        files=tuple(_with_duplicates([*declared.files, *copies], questions_of)),
        citations=tuple(citations[key] for key in keys),
        conflicts=tuple(conflicts[path] for path in sorted(conflicts)),
        folders=tuple(sorted(folders, key=lambda note: (note.folder, note.reason))),
        forms=tuple(sorted((one.form for one in filled if one.form), key=lambda form: form.path)),
        answers=tuple(sorted((each for one in filled for each in one.answers), key=partial(_answer_key, order))),
        tables=tuple(sorted((each for one in filled for each in one.tables), key=partial(_table_key, framework))),
        declarations=declared.declarations,
        archives=tuple(sorted((note for part in parts for note in part.archives), key=lambda note: note.path)),
        unscanned=tuple(sorted(path for part in parts for path in part.unscanned)),
        open_files=tuple(sorted((one for part in parts for one in part.open_files), key=lambda one: one.path)),
        form_notes=tuple(sorted(notes, key=lambda note: note.place.path)),
    )


def _answer_key(order: Mapping[str, int], answer: Answer) -> tuple[int, str, str]:
    return order.get(answer.question_id, len(order)), answer.agency_id, answer.place.path


def _table_key(framework: Framework, table: GatheredTable) -> tuple[int, int, str, str, str]:
    schemas, sources = list(framework.tables), list(TableSource)
    number = schemas.index(table.schema_id) if table.schema_id in schemas else len(schemas)
    return number, sources.index(table.source), table.agency_id, table.path, table.sheet


def _with_duplicates(files: Iterable[EvidenceFile], questions_of: dict[str, list[str]]) -> list[EvidenceFile]:
    """Mark copies of an earlier file; a copy that nobody cites might belong where its twin is cited."""
    groups: dict[str, list[EvidenceFile]] = {}
    for file in files:
        groups.setdefault(_twin_key(file), []).append(file)
    marked: list[EvidenceFile] = []
    for key, twins in groups.items():
        if not key or len(twins) == 1:
            marked.extend(twins)
            continue
        answered = [question_id for twin in twins for question_id in questions_of.get(twin.path, ())]
        for position, twin in enumerate(twins):
            original = twins[0].path if position else ""
            is_hint = twin.path not in questions_of
            suggestions = dict.fromkeys([*answered, *twin.suggestions]) if is_hint else twin.suggestions
            marked.append(dataclasses.replace(twin, duplicate_of=original, suggestions=tuple(suggestions)))
    return sorted(marked, key=lambda file: file.path)


def _twin_key(file: EvidenceFile) -> str:
    """Equal for files with the same bytes; empty where that means nothing: no bytes, no evidence, a redacted copy."""
    return file.sha256 if file.bytes and can_be_cited(file) and not file.redacts else ""
