"""One source at a time: walk, hash, look inside, cite, read forms. Plain and repeatable, for any number of threads."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from flows.gather.antivirus import NOTHING_FOUND, STOPPED, Verdicts
from flows.gather.archives import ArchiveOpener, Opened
from flows.gather.arriving import NOTHING_IN_IT, Suspects
from flows.gather.cite import PathReader, Reading, can_be_cited, citations_of, conflict_of, path_reader
from flows.gather.declare import declared_questions
from flows.gather.describe import Describer
from flows.gather.examine import inspect_all
from flows.gather.filled import Filled
from flows.gather.forms import FormTaker
from flows.gather.hashing import Hashed, hash_entries, is_unchanged
from flows.gather.inspect import Inspection
from flows.gather.intake import BESIDE, OWN, UNFINISHED, UNMATCHED, UNREADABLE, Entry, Source, folder_note, walk
from flows.gather.lock_files import open_files
from flows.gather.names import name_when_whole, without_zip
from flows.gather.recognise import Rules, rules_of
from flows.gather.signed_sheet import look_at_sheet
from flows.gather.suggest import Adviser
from flows.gather.workshop import Workshop
from flows.model import ArchiveNote, Citation, City, Conflict, EvidenceFile, FolderNote, Framework, OpenFile


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
    unscanned: tuple[str, ...] = ()
    """Paths of files of which the virus scanner would say nothing."""
    archives: tuple[ArchiveNote, ...] = ()
    """Archives of which not every file is listed."""
    real_paths: Mapping[str, str] = field(default_factory=dict)
    """Path → where the bytes of that content lie, of every file that was hashed: a shown path cannot be opened."""


def gather_source(source: Source, city: City, framework: Framework, input_root: Path, shop: Workshop) -> Gathered:
    """Gather what one agency handed in. May be called from several threads at once, and again after a failure.

    Args:
        source: One of :func:`plan`.
        city: As in :func:`gather`.
        framework: As in :func:`gather`.
        input_root: As in :func:`gather`.
        shop: What all sources of a run share.
    """
    listing = walk(source, input_root)
    rules = rules_of(framework, shop.ocr)
    opened, verdicts = _opened(listing.entries, source, rules, shop)
    is_own = source.reason == OWN
    inspections = opened.inspections
    if is_own:
        inspections = {**inspections, **look_at_sheet(opened.hashed, inspections, shop.pool, shop.store)}
    describe = Describer(source.agency_id, city.evaluation_year, rules, is_own=is_own)
    files = [
        describe(file, inspections.get(file.entry.path), verdicts.infected.get(file.entry.path, ""))
        for file in opened.hashed
    ]
    has_stopped = bool(verdicts.unseen and shop.antivirus and shop.antivirus.is_lost)  # which is said once and for all
    notes = [folder_note(source, city), FolderNote("", STOPPED) if has_stopped else None, *listing.notes]
    gathered = _cited(files, source, city, framework, [note for note in notes if note])
    taker = FormTaker(source, city, framework, shop.pool, shop.store, fresh=shop.fresh)
    forms = taker.take_forms(opened.hashed, files)
    exports = taker.take_exports(opened.hashed, files, lambda: _asked_by(gathered, forms, framework))
    return dataclasses.replace(
        gathered,
        filled=(*forms, *exports),
        real_paths={file.entry.path: file.entry.real_path for file in opened.hashed if file.sha256},
        archives=tuple(opened.notes),
        unscanned=() if has_stopped else verdicts.unseen,
        open_files=tuple(open_files(listing.entries)),
    )


def _opened(entries: Sequence[Entry], source: Source, rules: Rules, shop: Workshop) -> tuple[Opened, Verdicts]:
    """The entries and what lies in archives among them, hashed and looked into; the virus scanner works beside that."""
    suspects = shop.watch.suspects(entries)
    hashed = hash_entries(entries, shop.store, fresh=shop.fresh)
    suspects = suspects.without({file.entry.path for file in hashed if file.is_known})
    to_inspect = [file for file in hashed if file.may_be_inspected]
    for file in hashed:
        if shop.progress and not file.may_be_inspected:
            shop.progress(file.entry.path)
    look = partial(inspect_all, rules=rules, pool=shop.pool, store=shop.store, fresh=shop.fresh, done=shop.progress)
    opener = ArchiveOpener(shop.room, shop.pool, look, shop.fresh)

    def take_in() -> Opened:
        first = {**look(to_inspect, suspects=suspects), **_begun(hashed, suspects)}
        return opener.open(hashed, first, source.agency_id)

    if shop.antivirus is None:
        return take_in(), NOTHING_FOUND
    ask = partial(shop.antivirus.look_at, store=shop.store, fresh=shop.fresh)
    with ThreadPoolExecutor(1, thread_name_prefix="virus") as beside:
        asked = beside.submit(ask, hashed)
        opened = take_in()
        verdicts = asked.result()
    return opened, verdicts.with_more(ask([file for file in opened.hashed if file.entry.container]))


def _begun(hashed: Sequence[Hashed], suspects: Suspects) -> dict[str, Inspection]:
    """Files without a byte that somebody has just begun to write: nothing to look into, and not empty either."""
    empty = [file for file in hashed if file.sha256 and not file.entry.bytes and file.condition is None]
    changed = suspects.changed() if empty else frozenset()
    changed |= {file.entry.path for file in empty if not is_unchanged(file.entry)}
    judged = {file.entry.path: suspects.judge(file, NOTHING_IN_IT, changed) for file in empty}
    return {path: one for path, one in judged.items() if one is not NOTHING_IN_IT}


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
    reader = path_reader(framework)
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
    name = name_when_whole(name) or name if file.detail == UNFINISHED else name
    folders = [without_zip(folder) for folder in folders] if file.container else folders
    return reader.read(folders if source.reason in (UNMATCHED, BESIDE) else folders[1:], name)


def _with_hints(file: EvidenceFile, reading: Reading, adviser: Adviser) -> EvidenceFile:
    if not can_be_cited(file):
        return file
    suggestions = reading.hinted if reading.unknown else ()
    if not reading.ids:
        suggestions = adviser.suggest(file, reading)
    if not suggestions and not reading.unknown:
        return file
    return dataclasses.replace(file, suggestions=suggestions, unknown_ids=reading.unknown)
