"""One source at a time: walk, hash, look inside, cite, read forms. Plain and repeatable, for any number of threads."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from flows.bounded import BoundedPool
from flows.gather.antivirus import NOTHING_FOUND, STOPPED, Antivirus, Verdicts
from flows.gather.archives import ArchiveOpener, ArchiveRoom
from flows.gather.arriving import Watch
from flows.gather.cite import PathReader, Reading, can_be_cited, citations_of, conflict_of
from flows.gather.declare import declared_questions
from flows.gather.describe import Describer
from flows.gather.examine import inspect_all
from flows.gather.filled import Filled
from flows.gather.forms import FormTaker
from flows.gather.hashing import Hashed, hash_entries
from flows.gather.intake import BESIDE, UNMATCHED, UNREADABLE, Source, folder_note, walk
from flows.gather.lock_files import open_files
from flows.gather.names import without_zip
from flows.gather.recognise import rules_of
from flows.gather.suggest import Adviser
from flows.model import ArchiveNote, Citation, City, Conflict, EvidenceFile, FolderNote, Framework, OpenFile
from flows.store import Store

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one source holds; several make a manifest."""

    files: tuple[EvidenceFile, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...] = ()
    folders: tuple[FolderNote, ...] = ()
    filled: tuple[Filled, ...] = ()
    """What was read from its forms and from tables of the agency's own."""
    open_files: tuple[OpenFile, ...] = ()
    archives: tuple[ArchiveNote, ...] = ()
    """Archives of which not every file is listed."""
    real_paths: Mapping[str, str] = field(default_factory=dict)
    """Path → where the bytes of that content lie, of every file that was hashed: a shown path cannot be opened."""


def inspection_pool() -> BoundedPool:
    """Child processes for looking into files, to be shared by all sources of a run; they start at the first file."""
    return BoundedPool()


def gather_source(
    source: Source,
    city: City,
    framework: Framework,
    input_root: Path,
    *,
    store: Store | None,
    fresh: bool,
    progress: Progress | None,
    pool: BoundedPool | None = None,
    antivirus: Antivirus | None = None,
    ocr: str = "",
    room: ArchiveRoom | None = None,
    watch: Watch | None = None,
) -> Gathered:
    """Gather what one agency handed in. May be called from several threads at once, and again after a failure.

    Args:
        source: One of :func:`plan`.
        city: As in :func:`gather`.
        framework: As in :func:`gather`.
        input_root: As in :func:`gather`.
        store: The cache, shared by all sources; None to work without one.
        fresh: As in :func:`gather`.
        progress: As in :func:`gather`.
        pool: Child processes shared by all sources; without it this source starts its own.
        antivirus: The virus scanner of this machine, asked while files are looked into; None where there is none.
        ocr: Which program reads scans (:func:`flows.gather.reader_version`); empty to leave them unread.
        room: Where archives are unpacked, shared by all sources; without it a passing place.
        watch: Over files that are still arriving, shared by all sources; without it this source has its own.
    """
    if pool is None:
        with inspection_pool() as own:
            return gather_source(
                source,
                city,
                framework,
                input_root,
                store=store,
                fresh=fresh,
                progress=progress,
                pool=own,
                antivirus=antivirus,
                ocr=ocr,
                room=room,
                watch=watch,
            )
    watch = watch or Watch(input_root)
    listing = walk(source, input_root)
    rules = rules_of(framework, ocr)
    suspects = watch.suspects(listing.entries)
    hashed = hash_entries(listing.entries, store, fresh=fresh)
    to_inspect = [file for file in hashed if file.may_be_inspected]
    for file in hashed:
        if progress and not file.may_be_inspected:
            progress(file.entry.path)
    look = partial(inspect_all, rules=rules, pool=pool, store=store, fresh=fresh, done=progress)
    opener = ArchiveOpener(room or ArchiveRoom(), pool, look, fresh)
    ask = partial(antivirus.look_at, store=store, fresh=fresh) if antivirus else _unasked
    with ThreadPoolExecutor(1, thread_name_prefix="virus") as beside:
        asked = beside.submit(ask, hashed)
        opened = opener.open(hashed, look(to_inspect, suspects=suspects), source.agency_id)
        verdicts = asked.result()
    hashed, inspections = opened.hashed, opened.inspections
    verdicts = verdicts.with_more(ask([file for file in hashed if file.entry.container]))
    describe = Describer(source.agency_id, city.evaluation_year, framework, rules)
    files = [
        describe(file, inspections.get(file.entry.path), verdicts.infected.get(file.entry.path, "")) for file in hashed
    ]
    notes = [folder_note(source, city), FolderNote("", STOPPED) if verdicts.unseen else None, *listing.notes]
    gathered = _cited(files, source, city, framework, [note for note in notes if note])
    taker = FormTaker(source, city, framework, pool, store, fresh=fresh)
    forms = taker.take_forms(hashed, files)
    exports = taker.take_exports(hashed, files, lambda: _asked_by(gathered, forms, framework))
    real_paths = {file.entry.path: file.entry.real_path for file in hashed if file.sha256}
    return dataclasses.replace(
        gathered,
        filled=(*forms, *exports),
        real_paths=real_paths,
        archives=tuple(opened.notes),
        open_files=tuple(open_files(listing.entries)),
    )


def _unasked(_: Sequence[Hashed]) -> Verdicts:
    return NOTHING_FOUND


def _asked_by(gathered: Gathered, forms: Sequence[Filled], framework: Framework) -> dict[str, tuple[str, ...]]:
    """Path → questions it is cited for, by its name, its folders or a form of the same source."""
    areas = [one.form.path for one in forms if one.form and one.form.area]
    listed = [row for one in forms for row in one.declarations]
    found = declared_questions(listed, gathered.files, framework, areas) if listed else {}
    for one in gathered.citations:
        found[one.path] = (*found.get(one.path, ()), one.question_id)
    return found


def _cited(
    files: Sequence[EvidenceFile],
    source: Source,
    city: City,
    framework: Framework,
    notes: Sequence[FolderNote],
) -> Gathered:
    reader = PathReader(framework)
    adviser = Adviser(framework, next((agency for agency in city.agencies if agency.id == source.agency_id), None))
    done: list[EvidenceFile] = []
    citations: list[Citation] = []
    conflicts: list[Conflict] = []
    for file in files:
        reading = _reading(file, source, reader) if can_be_cited(file) else Reading()
        citations.extend(citations_of(file.path, reading))
        conflict = conflict_of(file.path, reading)
        conflicts.extend([conflict] if conflict else [])
        done.append(_with_hints(file, reading, adviser))
    known = tuple(_with_questions(note, reader) if note.reason == UNREADABLE else note for note in notes)
    return Gathered(tuple(done), tuple(citations), tuple(conflicts), known)


def _with_questions(note: FolderNote, reader: PathReader) -> FolderNote:
    """A closed folder below an agency's own, with the questions its path names: what lies in it is theirs."""
    reading = reader.read(note.folder.split("/")[1:], "")
    return dataclasses.replace(note, questions=reading.ids or reading.hinted or reading.around)


def _reading(file: EvidenceFile, source: Source, reader: PathReader) -> Reading:
    """An agency's own folder is a name, not a place; a folder nobody is known for may be ``12.1 persalinan``."""
    *folders, name = file.path.split("/")
    folders = [without_zip(folder) for folder in folders] if file.container else folders
    return reader.read(folders if source.reason in (UNMATCHED, BESIDE) else folders[1:], name)


def _with_hints(file: EvidenceFile, reading: Reading, adviser: Adviser) -> EvidenceFile:
    if not can_be_cited(file):
        return file
    suggestions = reading.hinted if reading.unknown else ()
    if not reading.ids:
        suggestions = adviser.suggest(file, reading)
    return dataclasses.replace(file, suggestions=suggestions, unknown_ids=reading.unknown)
