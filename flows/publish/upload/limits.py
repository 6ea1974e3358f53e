"""What the ministry's application takes: limits as data, per year of the instrument, and a city's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.errors import CityFileError, RulesError
from flows.publish.upload.films import FILMS
from flows.settings import validations_root
from flows.yaml_files import Mapping, Problems, read_mapping

FILE = "batas-unggah.yaml"
CITY_FILE = f"naskah/{FILE}"
"""A city's own, below its inputs of the year."""
FORMAT = 1
SOURCES = ("dugaan", "juknis", "aplikasi", "daerah")
TYPES = (
    "pdf",
    "jpg",
    "png",
    "tif",
    "xlsx",
    "xls",
    "docx",
    "doc",
    "pptx",
    "ppt",
    "ods",
    "odt",
    "odp",
    "csv",
    "txt",
    "rtf",
    *FILMS,
)
"""Types of which this program can tell that a file is one."""
_ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})
_ALIASES = {"jpeg": "jpg", "tiff": "tif"}
_SHORTEST_NAME, _LONGEST_NAME = 40, 200
_SMALLEST_MEGABYTES, _LARGEST_MEGABYTES = 0.1, 2_000.0
_MEGABYTE = 1_000_000
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What one file, one name and one question may be."""

    bytes: int
    """Largest file."""
    types: tuple[str, ...]
    """Suffixes that are taken, without point."""
    name_chars: int
    """Longest name, suffix included."""
    forbidden: str
    """Characters that names may not hold, besides those this program never writes."""
    files: int
    """Most files of one question."""
    source: str
    """Where the limits are from, one of :data:`SOURCES`."""


def load_limits(year: int, input_root: Path | None = None, root: Path | None = None) -> UploadLimits:
    """The limits of one year of the instrument.

    Args:
        year: Of the instrument.
        input_root: The city's inputs of the year, where it may say otherwise.
        root: A validations folder other than the program's own.

    Raises:
        RulesError: the program's file has mistakes.
        CityFileError: the city's file has.
    """
    limits = _program_limits((root or validations_root()) / FILE, year)
    own = input_root / CITY_FILE if input_root is not None else None
    return _city_limits(own, limits) if own is not None and own.is_file() else limits


def _program_limits(path: Path, year: int) -> UploadLimits:
    problems = Problems()
    top = _opened(path, f"validations/{FILE}", problems, RulesError)
    source = top.choice("sumber", SOURCES)
    base, years = top.mapping("bawaan", required=True), top.mapping("tahun")
    top.close()
    if base is None:
        raise RulesError(problems.in_order)
    limits = _limits(base, None, source)
    by_year = _years(years, limits) if years is not None else {}
    if problems.items:
        raise RulesError(problems.in_order)
    return by_year.get(str(year), limits)


def _years(section: Mapping, base: UploadLimits) -> dict[str, UploadLimits]:
    found = {}
    for key in section.keys():  # noqa: SIM118  # not a dictionary: they count as known from then on
        each = section.mapping(key)
        if not _YEAR.fullmatch(key):
            section.problem_at(key, f'"{key}" bukan tahun; tulis misalnya "2026"')
        elif each is not None:
            found[key] = _limits(each, base, base.source)
    return found


def _city_limits(path: Path, limits: UploadLimits) -> UploadLimits:
    problems = Problems()
    top = _opened(path, CITY_FILE, problems, CityFileError)
    found = _limits(top, limits, top.choice("sumber", SOURCES, "daerah"))
    if problems.items:
        raise CityFileError(problems.in_order, f"Perbaiki {path}, atau hapus berkas itu untuk memakai batas bawaan.")
    return found


def _opened(path: Path, shown: str, problems: Problems, error: type[RulesError | CityFileError]) -> Mapping:
    top = read_mapping(path, shown, problems)
    if top is None:
        raise error(problems.items)
    if top.whole("format") != FORMAT:
        top.problem_at("format", f"harus {FORMAT}")
    return top


def _limits(section: Mapping, base: UploadLimits | None, source: str) -> UploadLimits:
    """What a section says; where it says nothing, what ``base`` says, without which all is required."""
    megabytes = section.number("megabita_per_berkas", base.bytes / _MEGABYTE if base else None)
    types = section.texts("jenis", required=base is None)
    found = UploadLimits(
        bytes=int(megabytes * _MEGABYTE),
        types=_types(section, types) or (base.types if base else ()),
        name_chars=section.whole("panjang_nama", base.name_chars if base else None),
        forbidden=section.text("karakter_terlarang", base.forbidden if base else ""),
        files=section.whole("berkas_per_pertanyaan", base.files if base else None),
        source=source,
    )
    _check(section, megabytes, found)
    section.close()
    return found


def _types(section: Mapping, named: Sequence[str]) -> tuple[str, ...]:
    found = []
    for name in named:
        plain = name.lower().lstrip(".")
        plain = _ALIASES.get(plain, plain)
        if plain not in TYPES:
            never = "; arsip tidak pernah diunggah, isinya diserahkan satu per satu" if plain in _ARCHIVES else ""
            section.problem_at("jenis", f'jenis "{name}" tidak dikenal{never}; yang dikenal: {", ".join(TYPES)}')
        found.append(plain)
    return tuple(dict.fromkeys(found))


def _check(section: Mapping, megabytes: float, found: UploadLimits) -> None:
    if not _SMALLEST_MEGABYTES <= megabytes <= _LARGEST_MEGABYTES:
        section.problem_at("megabita_per_berkas", '"megabita_per_berkas" harus 0.1 sampai 2000')
    if not _SHORTEST_NAME <= found.name_chars <= _LONGEST_NAME:
        section.problem_at("panjang_nama", f'"panjang_nama" harus {_SHORTEST_NAME} sampai {_LONGEST_NAME}')
    if not found.files:
        section.problem_at("berkas_per_pertanyaan", '"berkas_per_pertanyaan" harus 1 atau lebih')
