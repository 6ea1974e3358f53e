"""Which folders to walk, and every file below them: names of any kind, nothing opened, no link followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.errors import InputsError, UsageError, os_reason
from flows.gather.family import family_of_suffix
from flows.gather.masked import exposures_of_name, shown_name
from flows.gather.names import display, elsewhere_because, ignored_because, is_hidden, name_when_whole, suffix_of
from flows.model import Agency, City, Condition, Exposure, FolderNote, is_own_folder
from flows.names import fold, match_agency

BESIDE = "beside"
MISSING = "missing"
UNMATCHED = "unmatched"
UNREADABLE = "unreadable"
OWN = "own"
UNFINISHED = "unfinished-copy"
"""Detail of a file that a program is still copying or downloading, or has given up: its name tells what it will be."""
_ONLINE = 0x1000 | 0x40000 | 0x400000
"""File attributes of Windows: offline, recalled when opened, recalled when read."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one agency handed in, or what no agency is known for."""

    agency_id: str
    """Empty for a folder nobody is known for and for files beside the agency folders."""
    folders: tuple[str, ...]
    """Names below the year's input folder, as the system gives them. Empty for files beside the agency folders and for
    an agency without a folder."""
    reason: str = ""
    """Empty for an agency with a folder, else ``missing``, ``unmatched``, ``own`` (the city's own folder) or
    ``beside``."""
    shown: tuple[str, ...] = ()
    """``folders`` as they are written down, where that is not how they are called: no two of all sources alike."""

    @property
    def labels(self) -> tuple[str, ...]:
        """``folders`` as they are written down."""
        return self.shown or tuple(shown_name(folder) for folder in self.folders)

    @property
    def label(self) -> str:
        """A name for progress and logs that can always be written."""
        return self.agency_id or ", ".join(self.labels) or self.reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as the folder lists it, not opened yet."""

    path: str
    """As :attr:`flows.model.EvidenceFile.path`."""
    real_path: str
    """To open it by."""
    bytes: int
    stamp: tuple[int, int, int, int]
    """Size, modification and change time in nanoseconds, inode: what changes when the bytes change."""
    condition: Condition | None = None
    """Set where the file must not be opened or is not evidence; None for ordinary files."""
    detail: str = ""
    container: str = ""
    """As :attr:`flows.model.EvidenceFile.container`."""
    exposures: tuple[Exposure, ...] = ()
    """Numbers of persons in its name and the names of its folders, which are masked in ``path``."""

    @property
    def may_be_opened(self) -> bool:
        """Links, devices and pipes are never opened: they would hang or lead out of the folder."""
        return self.condition is not Condition.REFUSED


@dataclass
class Listing:
    """What a walk has found."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[FolderNote] = field(default_factory=list)


def plan(city: City, input_root: Path, only: Collection[str] = ()) -> tuple[Source, ...]:
    """The folders to walk: one source per agency, per folder nobody is known for, for the city's own, for files beside.

    Args:
        city: Its agencies are matched with the folders by name and alias; several folders may be one agency's.
        input_root: The input folder of the city and year.
        only: Ids or names of agencies; with them nothing but these agencies' folders is walked.

    Raises:
        InputsError: the input folder does not exist or cannot be listed.
        UsageError: ``only`` names an agency the city does not have.
    """
    owned: dict[str, list[str]] = {agency.id: [] for agency in city.agencies}
    unmatched: list[str] = []
    own: list[str] = []
    shown: dict[str, str] = {}
    taken: set[str] = set()
    for name in _top_folders(input_root):
        shown[name] = _unique(shown_name(name), taken)
        if is_own_folder(name):
            own.append(name)
            continue
        agency = match_agency(name, city.agencies)
        owned[agency.id].append(name) if agency else unmatched.append(name)
    wanted = _wanted(city.agencies, only)
    sources = [
        Source(agency.id, tuple(owned[agency.id]), "" if owned[agency.id] else MISSING, _shown(owned[agency.id], shown))
        for agency in city.agencies
        if agency.id in wanted
    ]
    if only:
        return tuple(sources)
    strangers = [Source("", (name,), UNMATCHED, _shown([name], shown)) for name in unmatched]
    ours = [Source("", tuple(own), OWN, _shown(own, shown))] if own else []
    return (*sources, *strangers, *ours, Source("", (), BESIDE))


def _shown(folders: Sequence[str], shown: Mapping[str, str]) -> tuple[str, ...]:
    labels = tuple(shown[folder] for folder in folders)
    return labels if labels != tuple(map(shown_name, folders)) else ()


def _wanted(agencies: Sequence[Agency], only: Collection[str]) -> set[str]:
    if not only:
        return {agency.id for agency in agencies}
    ids = {agency.id for agency in agencies}
    wanted: set[str] = set()
    for name in only:
        agency = match_agency(name, agencies)
        if name not in ids and agency is None:
            raise UsageError(
                f'Perangkat daerah "{name}" tidak ada di kota.yaml.',
                f"Pilih salah satu: {', '.join(sorted(ids))}.",
            )
        wanted.add(name if name in ids else agency.id if agency else "")
    return wanted


def _top_folders(input_root: Path) -> list[str]:
    try:
        with os.scandir(input_root) as listing:
            names = [entry.name for entry in listing if _is_folder(entry) and not is_hidden(entry.name)]
    except OSError as error:
        raise InputsError(
            f"Folder masukan {display(str(input_root))} tidak dapat dibuka ({os_reason(error)}).",
            "Periksa nama kota, tahun, dan hak bacanya, atau buat foldernya dengan: kla siapkan KOTA TAHUN.",
        ) from error
    return sorted(names, key=lambda name: (fold(name), name))


def folder_note(source: Source, city: City) -> FolderNote | None:
    """What is to be said about the folder of ``source`` before it is walked."""
    if source.reason == MISSING:
        folder = next(agency.folder for agency in city.agencies if agency.id == source.agency_id)
        return FolderNote(folder, MISSING, source.agency_id)
    if source.reason == UNMATCHED:
        return FolderNote(source.labels[0], UNMATCHED)
    return None


def walk(source: Source, input_root: Path) -> Listing:
    """Every file of ``source`` in the order of its path; folders that cannot be listed become notes."""
    listing = Listing()
    if source.reason == BESIDE:
        _walk_beside(input_root, listing)
    for folder, shown in zip(source.folders, source.labels, strict=True):
        _walk_folder(os.fspath(input_root / folder), shown, source.agency_id, listing, exposures_of_name(folder))
    listing.entries.sort(key=lambda entry: entry.path)
    return listing


def _walk_beside(input_root: Path, listing: Listing) -> None:
    """Files beside the agency folders, and what lies in hidden folders there."""
    taken: set[str] = set()
    for entry in _scan(os.fspath(input_root), "", "", listing):
        exposures = exposures_of_name(entry.name)
        if not _is_folder(entry):
            path = _unique(shown_name(entry.name), taken)
            listing.entries.append(_entry(entry, path, in_hidden=False, exposures=exposures))
        elif is_hidden(entry.name):
            _walk_folder(entry.path, _unique(shown_name(entry.name), taken), "", listing, exposures)


def _walk_folder(top: str, label: str, agency_id: str, listing: Listing, exposures: tuple[Exposure, ...] = ()) -> None:
    """Depth first without recursion: how deep people nest is not ours to limit."""
    waiting = [(top, label, is_hidden(label), exposures)]
    while waiting:
        folder, shown, in_hidden, above = waiting.pop()
        taken: set[str] = set()
        for entry in _scan(folder, shown, agency_id, listing):
            path = f"{shown}/{_unique(shown_name(entry.name), taken)}"
            named = (*above, *exposures_of_name(entry.name))
            if _is_folder(entry):
                waiting.append((entry.path, path, in_hidden or is_hidden(entry.name), named))
            else:
                listing.entries.append(_entry(entry, path, in_hidden=in_hidden, exposures=named))


def _scan(folder: str, shown: str, agency_id: str, listing: Listing) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        listing.notes.append(FolderNote(shown or ".", UNREADABLE, agency_id))
        return []


def _unique(name: str, taken: set[str]) -> str:
    """Two names that differ only in undecodable bytes, or in what is masked, look the same; each keeps its own path."""
    stem, dot, suffix = name.rpartition(".") if "." in name[1:] else (name, "", "")
    while f"{stem}{dot}{suffix}" in taken:
        stem += "~"
    taken.add(f"{stem}{dot}{suffix}")
    return f"{stem}{dot}{suffix}"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) and not _is_junction(entry)
    except OSError:
        return False


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """A Windows mount point is a link to elsewhere, though not a symlink."""
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return bool(tag) and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def _entry(entry: os.DirEntry[str], path: str, *, in_hidden: bool, exposures: tuple[Exposure, ...]) -> Entry:
    try:
        # Not entry.stat(): on Windows that one has neither inode nor the newest size of a file being written.
        found = os.lstat(entry.path)
    except OSError as error:
        condition, detail = lost(error)
        return Entry(path, entry.path, 0, (0, 0, 0, 0), condition, detail, exposures=exposures)
    condition_, detail = _standing(entry, found, in_hidden=in_hidden)
    return Entry(path, entry.path, found.st_size, stamp_of(found), condition_, detail, exposures=exposures)


def _standing(entry: os.DirEntry[str], found: os.stat_result, *, in_hidden: bool) -> tuple[Condition | None, str]:
    mode = found.st_mode
    if stat.S_ISLNK(mode) or stat.S_ISDIR(mode):  # a folder comes here only as a junction
        return Condition.REFUSED, "symlink"
    if not stat.S_ISREG(mode):
        return Condition.REFUSED, "special-file"
    if in_hidden:
        return Condition.IGNORED, ignored_because(entry.name) or "system-file"
    condition, detail = _named(entry.name, is_here=not _is_online(found))
    if detail == "temporary" and _is_awaited(entry):
        return Condition.ARRIVING, UNFINISHED
    return condition, detail


def _is_awaited(entry: os.DirEntry[str]) -> bool:
    """Whether a document is on its way under a passing name, and nothing else stands where it will."""
    whole = name_when_whole(entry.name)
    if not whole or family_of_suffix(suffix_of(whole)) is None:
        return False
    return not os.path.lexists(os.path.join(os.path.dirname(entry.path), whole))  # noqa: PTH118, PTH120  # names that are no text


def _named(name: str, *, is_here: bool) -> tuple[Condition | None, str]:
    """What the name of an ordinary file says of its state, and whether its bytes are on this side of a network."""
    elsewhere = elsewhere_because(name)
    if elsewhere == "cloud-link":
        return Condition.REFUSED, "cloud-link"
    if elsewhere or not is_here:
        return Condition.ARRIVING, "online-only"
    reason = ignored_because(name)
    return (Condition.IGNORED, reason) if reason else (None, "")


def _is_online(found: os.stat_result) -> bool:
    """Whether Windows would have to fetch the bytes first, which may take hours and fill the disk."""
    return bool(getattr(found, "st_file_attributes", 0) & _ONLINE)


def stamp_of(found: os.stat_result) -> tuple[int, int, int, int]:
    """Size, times and inode of a file: equal stamps mean that nobody wrote to it in between."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def lost(error: OSError) -> tuple[Condition, str]:
    """Condition and detail of a file that could not be reached."""
    if isinstance(error, FileNotFoundError):
        return Condition.ARRIVING, "vanished"
    if isinstance(error, PermissionError):
        return Condition.REFUSED, "no-permission"
    return Condition.DAMAGED, "cannot-open"
