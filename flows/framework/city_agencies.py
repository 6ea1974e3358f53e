"""The agencies of a city, read strictly: ids, folders, names and aliases that each mean one agency only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flows.errors import RulesError
from flows.model import OWN_FOLDER, Agency, is_own_folder
from flows.names import fold
from flows.settings import validations_root
from flows.yaml_files import Mapping, Problems, read_mapping

GROUPS = ("opd", "vertikal", "mitra", "wilayah")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED_CHARACTERS = frozenset('<>:"/\\|?*')
_RESERVED_NAMES = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))]
)


@lru_cache(maxsize=1)
def known_roles() -> dict[str, str]:
    """Roles of ``validations/roles.yaml``, id → label, in the order of the file.

    Raises:
        RulesError: the file cannot be used.
    """
    problems = Problems()
    top = read_mapping(validations_root() / "roles.yaml", "validations/roles.yaml", problems)
    found = {entry.text("id"): entry.text("label") for entry in top.mappings("roles")} if top else {}
    if problems.items:
        raise RulesError(problems.items, "Perbaiki baris yang disebut di validations/roles.yaml.")
    return found


def is_id(text: str) -> bool:
    """Whether ``text`` may be the id of a city or an agency: lower-case ASCII letters, digits and single hyphens."""
    return _ID.fullmatch(text) is not None


def is_folder_name(text: str) -> bool:
    """Whether every system can have a folder of this name: one printable part, nothing that Windows reserves."""
    return (
        bool(text)
        and text == text.strip().rstrip(".")
        and text.isprintable()
        and not set(text) & _RESERVED_CHARACTERS
        and text.partition(".")[0].upper() not in _RESERVED_NAMES
    )


def read_line(top: Mapping, key: str, default: str | None = None) -> str:
    """Text at ``key`` that stands on one line; line breaks and control characters are noted."""
    value = top.text(key, default)
    if not value.isprintable():
        top.problem_at(key, f'"{key}" memuat ganti baris atau karakter kendali; tulis dalam satu baris')
    return value


def read_agencies(top: Mapping) -> tuple[Agency, ...]:
    """``perangkat_daerah``: agencies whose ids, folders, names and aliases each mean one agency only."""
    entries = top.mappings("perangkat_daerah", required=True)
    agencies = tuple(_read_agency(entry) for entry in entries)
    _check_agencies(entries, agencies)
    return agencies


def _read_agency(entry: Mapping) -> Agency:
    agency_id = entry.text("id")
    entry.where = f'perangkat daerah "{agency_id}"'
    if agency_id and not is_id(agency_id):
        entry.problem_at("id", "id hanya boleh berisi huruf kecil, angka, dan tanda hubung, misalnya dinas-kesehatan")
    folder = entry.text("folder")
    if folder and not is_folder_name(folder):
        message = f'"{folder}" tidak dapat menjadi nama folder; pakai huruf, angka, spasi, titik, dan tanda hubung'
        entry.problem_at("folder", message)
    if is_own_folder(folder):
        entry.problem_at("folder", f'"{OWN_FOLDER}" adalah folder kota sendiri; pilih nama lain untuk folder ini')
    roles = entry.texts("peran")
    for role in roles:
        if role not in known_roles():
            entry.problem_at("peran", f'peran "{role}" tidak dikenal; yang dikenal: {", ".join(known_roles())}')
    agency = Agency(
        id=agency_id,
        name=read_line(entry, "nama"),
        folder=folder,
        roles=roles,
        aliases=entry.texts("alias"),
        group=entry.choice("kelompok", GROUPS, "opd"),
        source=read_line(entry, "sumber", ""),
        is_confirmed=entry.flag("terkonfirmasi", default=False),
    )
    entry.close()
    return agency


def _check_agencies(entries: tuple[Mapping, ...], agencies: tuple[Agency, ...]) -> None:
    """Ids and folders are unique; a name or alias that two agencies share would leave a folder without an owner."""
    ids: dict[str, Agency] = {}
    folders: dict[str, Agency] = {}
    labels: dict[str, Agency] = {}
    for entry, agency in zip(entries, agencies, strict=True):
        if ids.setdefault(agency.id, agency) is not agency:
            entry.problem_at("id", f'id "{agency.id}" dipakai dua kali')
            continue
        other = folders.setdefault(_same_on_disk(agency.folder), agency)
        if other is not agency:
            entry.problem_at("folder", f'folder "{agency.folder}" dipakai juga oleh "{other.id}"')
        for label in dict.fromkeys((agency.name, *agency.aliases, agency.id)):
            other = labels.setdefault(fold(label), agency)
            if label and other is not agency:
                entry.problem_at("alias", f'nama atau alias "{label}" dipakai juga oleh "{other.id}"')


def _same_on_disk(folder: str) -> str:
    """Equal for folder names that one disk or another cannot tell apart: case and Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", folder).casefold())
