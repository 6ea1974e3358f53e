"""The folders of a city's year: which ones exist, which agency each belongs to, and which are still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from flows.errors import InputsError, os_reason
from flows.framework.city_agencies import is_folder_name
from flows.model import Agency, City
from flows.names import fold, fold_area, match_agency, names_of, village_names

_SYSTEM_MARKS = (".", "$", "~", "@", "#", "__")
_SYSTEM_FOLDERS = frozenset({"system volume information", "lost+found"})


@dataclass(frozen=True, slots=True)
class Adoption:
    """How existing folders were matched to agencies."""

    homes: Mapping[str, str]
    """Agency id → the existing folder that is its main one."""
    matched: tuple[tuple[str, str], ...]
    """Every matched folder with its agency id, by folder name."""
    unmatched: tuple[str, ...]
    """Folders that belong to no known agency, or to several; they stay as they are."""


def list_folders(folder: Path) -> tuple[str, ...]:
    """Names of the folders directly below ``folder``, sorted, without links and system folders; none if it is missing.

    Raises:
        InputsError: ``folder`` is not a folder or cannot be read.
    """
    try:
        entries = list(folder.iterdir()) if folder.exists() else []
        found = [entry.name for entry in entries if entry.is_dir() and not entry.is_symlink()]
    except OSError as error:
        raise InputsError(
            f"Folder {folder} tidak dapat dibaca ({os_reason(error)}).",
            "Periksa apakah itu sebuah folder dan Anda berhak membacanya.",
        ) from error
    return tuple(sorted(name for name in found if not _is_of_the_system(name)))


def _is_of_the_system(name: str) -> bool:
    return name.startswith(_SYSTEM_MARKS) or name.lower() in _SYSTEM_FOLDERS


def adopt(agencies: Sequence[Agency], folders: Sequence[str]) -> Adoption:
    """Match existing ``folders`` to ``agencies``; of several for one agency the one closest to its name is its home."""
    matched: list[tuple[str, str]] = []
    unmatched: list[str] = []
    for folder in folders:
        agency = match_agency(folder, agencies)
        if agency is None:
            unmatched.append(folder)
        else:
            matched.append((folder, agency.id))
    homes: dict[str, str] = {}
    for agency in agencies:
        own = [folder for folder, agency_id in matched if agency_id == agency.id]
        if own:
            homes[agency.id] = min(own, key=partial(_distance, agency))
    return Adoption(homes, tuple(matched), tuple(unmatched))


def with_homes(agencies: Sequence[Agency], adoption: Adoption) -> tuple[Agency, ...]:
    """``agencies`` whose ``folder`` is the spelling found on disk; the former spelling stays known as an alias."""
    return tuple(_with_home(agency, adoption.homes.get(agency.id, ""), agencies) for agency in agencies)


def area_folders(city: City, homes: Mapping[str, str], existing: Mapping[str, Sequence[str]]) -> list[str]:
    """Folders still missing below ``Kecamatan`` and ``Kelurahan``, relative to the year's folder.

    Args:
        city: The city; without ``wilayah`` there is nothing to make.
        homes: Agency id → its folder.
        existing: Folder of an agency → folders that are in it already.
    """
    found = area_homes(city, homes, existing).values()
    known = {f"{home}/{name}" for home, names in existing.items() for name in names}
    return [folder for folder in dict.fromkeys(found) if folder not in known]


def area_homes(city: City, homes: Mapping[str, str], existing: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Filler's key of every kecamatan and kelurahan (``kelurahan:63.71.01.1001``) → its folder, existing or to be made.

    Arguments as for :func:`area_folders`. Areas whose level has no agency in the city have no folder.
    """
    villages = [village for district in city.districts for village in district.villages]
    levels = (
        ("kecamatan", [district.code for district in city.districts], _district_names(city)),
        ("kelurahan", [village.code for village in villages], _village_names(city)),
    )
    found: dict[str, str] = {}
    for role, codes, names in levels:
        agency = city.agency_for(role)
        if agency is None:
            continue
        home = homes[agency.id]
        for code, folder in zip(codes, _existing_or_new(names, existing.get(home, ())), strict=True):
            found[f"{role}:{code}"] = f"{home}/{folder}"
    return found


def _existing_or_new(names: Sequence[str], existing: Sequence[str]) -> list[str]:
    """The folder of each area of those ``names``: an existing one that means it alone, else a new one of its name."""
    known = {fold_area(folder): folder for folder in reversed(existing)}
    wanted = [fold_area(name) for name in names]
    numbered = {_without_number(key): folder for key, folder in known.items() if key not in wanted}
    return [known.get(key) or numbered.get(key) or name for key, name in zip(wanted, names, strict=True)]


def _without_number(folded: str) -> str:
    return re.sub(r"^\d+ ", "", folded)


def _distance(agency: Agency, folder: str) -> tuple[int, str]:
    """How far a folder's name is from what the city calls the agency; equal names are as close as can be."""
    closest = [agency.folder, agency.name]
    if folder in closest:
        return closest.index(folder), folder
    folded = [fold(name) for name in closest]
    return (2 + folded.index(fold(folder)) if fold(folder) in folded else 2 + len(closest)), folder


def _with_home(agency: Agency, home: str, agencies: Sequence[Agency]) -> Agency:
    if not home or home == agency.folder or not is_folder_name(home):
        return agency
    known = {fold(name) for name in (home, agency.name, *agency.aliases, agency.id)}
    elsewhere = {fold(name) for other in agencies if other is not agency for name in names_of(other)}
    former = () if fold(agency.folder) in known | elsewhere else (agency.folder,)
    return replace(agency, folder=home, aliases=(*agency.aliases, *former))


def _district_names(city: City) -> list[str]:
    return [_folder_name(district.name) for district in city.districts]


def _village_names(city: City) -> list[str]:
    """One folder name per kelurahan or desa; namesakes get their kecamatan in brackets."""
    names = village_names(city)
    return [
        _folder_name(village.name if names[fold_area(village.name)] == 1 else f"{village.name} ({district.name})")
        for district in city.districts
        for village in district.villages
    ]


def _folder_name(name: str) -> str:
    """``name`` as a folder name for every system: "Seberang Mesjid/Masjid" becomes "Seberang Mesjid-Masjid"."""
    cleaned = " ".join(re.sub(r'[<>:"/\\|?*]+', "-", name).split()).rstrip(".")
    return cleaned if is_folder_name(cleaned) else f"{cleaned}-"
