"""Which file a name in a form's list of evidence means: as people write names, with or without folder and extension."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.gather.cite import can_be_cited
from flows.gather.family import family_of_suffix
from flows.gather.names import suffix_of
from flows.model import EvidenceFile
from flows.names import fold
from flows.privacy import mask_path

_TWIN = re.compile(r"(?<=•)([^/]*?)~+(?=\.[^./]*$|$)")
"""What tells paths apart whose names are alike once numbers of persons are masked; nobody writes it."""
_CLOSE = 60.0
"""Similarity (0 to 100) from which another name is worth suggesting."""

Pool = Mapping[tuple[str, str], Sequence[EvidenceFile]]
"""Way of writing and name written that way → the files it fits."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name was found to mean."""

    files: tuple[EvidenceFile, ...] = ()
    """One file, or several between which the name does not decide; copies with the same bytes count once."""
    nearest: str = ""
    """Where there is none: the name of a file that is spelt nearly like it; may be empty."""


class FileFinder:
    """Finds files by the names that forms give them.

    The files of the form's own folder come first, then those the filler may mean besides: for an agency all its
    files, for an area those beside the folders of the areas, for the secretariat every file.

    Args:
        files: All files.
        areas: Paths of the forms of kecamatan and kelurahan.
    """

    def __init__(self, files: Sequence[EvidenceFile], areas: Collection[str]) -> None:
        self._files = [file for file in files if can_be_cited(file) or file.is_unpacked]
        self._agencies = {file.path: file.agency_id for file in files}
        self._areas = areas
        self._pools: dict[tuple[str, bool], tuple[Pool, Pool]] = {}

    def find(self, written: str, form_path: str) -> Match:
        """The files that ``written`` means in the form at ``form_path``."""
        written = mask_path(written)
        folder = form_path.rpartition("/")[0]
        pools = self._pools_of(form_path)
        for pool in pools:
            for key in _ways(written, folder):
                if key in pool:
                    return Match(_without_copies(pool[key]))
        return Match(nearest=_nearest(written, pools))

    def _pools_of(self, form_path: str) -> tuple[Pool, Pool]:
        """The files of the form's own folder, and those its filler may mean besides; forms side by side share them."""
        folder, is_area = form_path.rpartition("/")[0], form_path in self._areas
        if (folder, is_area) not in self._pools:
            own = [file for file in self._files if _lies_below(file, folder)]
            others = [file for file in self._files if self._is_within_reach(file, form_path)]
            self._pools[folder, is_area] = (_pool(own), _pool(others))
        return self._pools[folder, is_area]

    def _is_within_reach(self, file: EvidenceFile, form_path: str) -> bool:
        folder = form_path.rpartition("/")[0]
        if not folder:
            return True
        if form_path in self._areas:
            home = file.path.rpartition("/")[0]
            return bool(home) and f"{folder}/".startswith(f"{home}/")
        agency = self._agencies.get(form_path, "")
        return file.agency_id == agency if agency else _top(file.path) == _top(form_path)


def _lies_below(file: EvidenceFile, folder: str) -> bool:
    """For a form beside the agency folders: the files that are no agency's."""
    return file.path.startswith(f"{folder}/") if folder else not file.agency_id


def _top(path: str) -> str:
    return path.split("/", 1)[0]


def _pool(files: Sequence[EvidenceFile]) -> Pool:
    found: dict[tuple[str, str], list[EvidenceFile]] = {}
    for file in files:
        for key in _names_of(file.path):
            found.setdefault(key, []).append(file)
    return found


@lru_cache(maxsize=20_000)
def _names_of(path: str) -> tuple[tuple[str, str], ...]:
    """Every way to write the name of the file at ``path``, the exact ones first."""
    alike = _TWIN.sub(r"\1", path)
    plain = _plain(alike)
    parts = plain.split("/")
    tails = [("tail", "/".join(parts[start:])) for start in range(len(parts))]
    loose = [("fold", fold(parts[-1])), ("stem", fold(_stem(parts[-1])))]
    return tuple(
        dict.fromkeys((("exact", path), ("exact", alike), ("path", plain), *tails, *(key for key in loose if key[1])))
    )


def _ways(written: str, folder: str) -> Iterator[tuple[str, str]]:
    """The ways to look for a written name, the strictest first: path, end of a path, name, name without extension."""
    plain = _plain(written)
    base = plain.rpartition("/")[2]
    yield "exact", f"{folder}/{written}".lstrip("/")
    yield "exact", written
    yield "path", f"{_plain(folder)}/{plain}".lstrip("/")
    yield "path", plain
    yield "tail", plain
    yield "tail", base
    yield "fold", fold(base)
    yield "stem", fold(_stem(base))


def _plain(text: str) -> str:
    """A path as it is compared: one spelling of letters and slashes, no case, single spaces."""
    composed = unicodedata.normalize("NFC", text).casefold().replace("\\", "/")
    return "/".join(" ".join(part.split()) for part in composed.split("/") if part.strip() not in ("", "."))


def _stem(name: str) -> str:
    """``name`` without an extension that promises a family of files: the one of ``12.1 laporan`` does not."""
    suffix = suffix_of(name)
    return name.removesuffix(suffix) if family_of_suffix(suffix) else name


def _without_copies(files: Sequence[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    return tuple({file.sha256 or f"/{file.path}": file for file in reversed(files)}.values())[::-1]


def _nearest(written: str, pools: Sequence[Pool]) -> str:
    from rapidfuzz import fuzz, process

    names = dict.fromkeys(file.name for pool in pools for files in pool.values() for file in files)
    wanted = written.replace("\\", "/").rpartition("/")[2]
    best = process.extractOne(
        wanted,
        list(names),
        scorer=fuzz.token_set_ratio,  # a name cut short, or with more ids in front, is still the same name
        processor=lambda name: fold(_stem(name)),
        score_cutoff=_CLOSE,
    )
    return str(best[0]) if best else ""
