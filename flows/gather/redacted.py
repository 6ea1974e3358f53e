"""Redacted copies: which file is the agency's own redacted copy of which other one, by folder and name.

A copy lies in a folder such as ``Versi tersamar`` beside its original and is called the same or begins with the same
ids, or it lies right beside it with ``(tersamar)`` behind its name. What it would answer, its original answers: it is
no document of its own. A copy whose original is not there answers for itself, if it lies in such a folder or its mark
is set apart from its name. A name that says the opposite (``belum disamarkan``) is never believed: what is marked
wrongly would be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flows.gather.cite import can_be_cited
from flows.gather.ids import IdReader
from flows.model import Citation, Conflict, EvidenceFile, Framework
from flows.names import fold

_MARK = r"(?:tersamar(?:kan)?|disamarkan|samaran|disensor|redacted)"
_FOLDER = re.compile(rf"(?:\d+ )?(?:(?:yang|sudah|telah|versi|salinan|berkas|dokumen) ){{0,3}}{_MARK}(?: version)?")
"""A folder of redacted copies, as :func:`flows.names.fold` leaves its name."""
_STEM = re.compile(rf"(?:^|(?<= ))(?:(?:versi|salinan) )?{_MARK}$")
"""What marks a copy that lies beside its original, at the end of its folded stem."""
_BRACKETED = re.compile(rf"[(\[]\s*(?:(?:versi|salinan)[ _-])?{_MARK}\s*[)\]]\s*$", re.IGNORECASE)
_APART = re.compile(rf"(?:\s[–—-]\s*|\b(?:versi|salinan)[ _-]){_MARK}\s*$", re.IGNORECASE)
"""The same, set apart from the name: in brackets, behind a dash, or as a version."""
_NOT = (
    r"(?:^|(?<= ))(?:belum|blm|tanpa|tidak|tdk|tak|bukan|jangan|sebelum|perlu|harus|akan|agar|supaya|untuk|mohon|minta"
    r"|segera|kurang|gagal|batal|salah|un|not|non)"
)
_OPPOSITE = re.compile(rf"{_NOT}(?: \w+){{0,2}} {_MARK}$")
"""A name that says that something is not redacted, or not yet."""
_PLAINLY_OPPOSITE = re.compile(rf"{_NOT} (?:(?:versi|salinan) )?{_MARK}$")
"""The same where the word stands right before a mark in brackets, which does not belong to the words before it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file lies and what it is called, without what marks it as a redacted copy."""

    file: EvidenceFile
    top: str
    """Folder beside whose files its original lies."""
    folder: str
    """Folder its original lies in if it lies in the same one."""
    stem: str
    suffix: str
    is_redacted: bool
    is_sure: bool
    """Whether it is a redacted copy even where nothing else tells what of."""


def mark_redacted(files: Sequence[EvidenceFile], framework: Framework) -> tuple[EvidenceFile, ...]:
    """``files`` with redacted copies marked as such, and with the path of their original where there is one."""
    places = [_place(file) for file in files]
    if not any(place.is_redacted for place in places):
        return tuple(files)
    originals: dict[str, list[_Place]] = {}
    for place in places:
        if not place.is_redacted and can_be_cited(place.file):
            originals.setdefault(place.file.agency_id, []).append(place)
    reader = IdReader(framework)
    return tuple(
        _marked(place, originals.get(place.file.agency_id, ()), reader) if place.is_redacted else place.file
        for place in places
    )


def answers_of_originals(citations: Iterable[Citation], files: Iterable[EvidenceFile]) -> tuple[Citation, ...]:
    """``citations`` with those of copies handed to their originals, which may have them already."""
    copies = {file.path: file.redacts for file in files if file.redacts}
    found: dict[tuple[str, str], Citation] = {}
    for one in sorted(citations, key=lambda each: each.path in copies):
        moved = replace(one, path=copies.get(one.path, one.path))
        found.setdefault((moved.question_id, moved.path), moved)
    return tuple(found.values())


def conflicts_of_others(conflicts: Iterable[Conflict], files: Iterable[EvidenceFile]) -> list[Conflict]:
    """``conflicts`` without those about copies, whose names follow their originals'."""
    copies = {file.path for file in files if file.redacts}
    return [one for one in conflicts if one.path not in copies]


def _place(file: EvidenceFile) -> _Place:
    *folders, name = file.path.split("/")
    at = next((place for place, folder in enumerate(folders) if place and _FOLDER.fullmatch(fold(folder))), None)
    stem, dot, suffix = name.rpartition(".")
    folded = fold(stem if dot else name)
    plain = _STEM.sub("", folded).strip()
    own = stem if dot else name
    is_bracketed = bool(_BRACKETED.search(own))
    is_marked = at is not None or (plain != folded and bool(plain))
    is_opposite = bool((_PLAINLY_OPPOSITE if is_bracketed else _OPPOSITE).search(folded))
    is_redacted = can_be_cited(file) and is_marked and not is_opposite
    is_sure = at is not None or is_bracketed or bool(_APART.search(own))
    top = folders if at is None else folders[:at]
    folder = folders if at is None else [*folders[:at], *folders[at + 1 :]]
    return _Place(
        file, "/".join(top), "/".join(folder), plain or folded, fold(suffix) if dot else "", is_redacted, is_sure
    )


def _marked(copy: _Place, originals: Sequence[_Place], reader: IdReader) -> EvidenceFile:
    original = next((found for found in _candidates(copy, originals, reader) if found), "")
    if not original:
        return replace(copy.file, is_redacted=copy.is_sure)
    return replace(copy.file, is_redacted=True, redacts=original, suggestions=(), unknown_ids=())


def _candidates(copy: _Place, originals: Sequence[_Place], reader: IdReader) -> Iterator[str]:
    """Ways of finding the original, the surest first; a way that does not decide finds nothing."""
    beside = [place for place in originals if place.folder == copy.folder]
    below = [place for place in originals if f"{place.folder}/".startswith(f"{copy.top}/")]
    for around in (beside, below, list(originals)):
        alike = [place for place in around if place.stem == copy.stem]
        yield _only([place for place in alike if place.suffix == copy.suffix])
        yield _only(alike)
    ids = reader.read(copy.file.name).ids
    for around in (beside, below) if ids else ():
        yield _only([place for place in around if reader.read(place.file.name).ids == ids])


def _only(places: Sequence[_Place]) -> str:
    return places[0].file.path if len(places) == 1 else ""
