"""The sections that ``kota.yaml`` and the ready profiles share, each read strictly into values of the model.

Every function takes the opened mapping, notes all mistakes on it with their lines, and gives what could be read. What
it gives is only used when nothing was noted.
"""

from __future__ import annotations

import re
import zoneinfo

from flows.framework.city_agencies import known_roles, read_line
from flows.model import Agency, Contact, District, Fact, LegalItem, Signatory, Village
from flows.names import fold_area
from flows.yaml_files import Mapping

PAPERS = ("A4", "F4")
SIGNATORY_KEYS = {"kepala_daerah": "kepala-daerah", "sekda": "sekda", "kepala_pppa": "kepala-pppa"}
"""Key in the file → role of :class:`flows.model.Signatory`, in the order of the approval sheet."""

_CITY_CODE = re.compile(r"\d\d\.\d\d")
_DISTRICT_CODE = re.compile(r"\d\d\.\d\d\.\d\d")
_VILLAGE_CODE = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def read_year(top: Mapping, key: str, default: int | None = None) -> int:
    """A year at ``key``, written as a plain number between 2000 and 2100."""
    value = top.whole(key, default)
    if top.has_number(key):
        _check_year(top, key, value)
    return value


def read_data_years(top: Mapping, evaluation_year: int) -> tuple[int, int]:
    """``tahun_data``: year n-1 and year n, two years in a row, none after the evaluation year; by default E-2, E-1."""
    if not top.has("tahun_data"):
        top.wholes("tahun_data")
        return evaluation_year - 2, evaluation_year - 1
    years = top.wholes("tahun_data")
    if len(years) != 2 or years[1] != years[0] + 1:  # noqa: PLR2004 - year n-1 and year n
        top.problem_at("tahun_data", '"tahun_data" harus berisi dua tahun berurutan, misalnya [2022, 2023]')
        return evaluation_year - 2, evaluation_year - 1
    _check_year(top, "tahun_data", years[0])
    if years[1] > evaluation_year:
        top.problem_at("tahun_data", f'"tahun_data" melewati tahun evaluasi {evaluation_year}')
    return years[0], years[1]


def read_time_zone(top: Mapping) -> str:
    """``zona_waktu``: an IANA name that this machine knows; by default that of western Indonesia."""
    value = top.text("zona_waktu", "Asia/Jakarta")
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        top.problem_at(
            "zona_waktu",
            f'zona waktu "{value}" tidak dikenal; tulis "Asia/Jakarta" (WIB), "Asia/Makassar" (WITA), '
            'atau "Asia/Jayapura" (WIT)',
        )
    return value


def read_city_code(top: Mapping) -> str:
    """``kode``: the Kemendagri code such as ``63.71``; empty where unknown."""
    return _code(top, _CITY_CODE, "63.71", "", default="")


def read_districts(top: Mapping, city_code: str) -> tuple[District, ...]:
    """``wilayah``: kecamatan with their kelurahan or desa, codes unique and each below the one above."""
    seen: set[str] = set()
    districts = []
    names: set[str] = set()
    for entry in top.mappings("wilayah"):
        code = _code(entry, _DISTRICT_CODE, "63.71.01", city_code, seen=seen)
        name = _area_name(entry, names)
        own_names: set[str] = set()
        villages = tuple(_read_village(below, code, seen, own_names) for below in entry.mappings("kelurahan"))
        entry.close()
        districts.append(District(code, name, villages))
    return tuple(districts)


def read_signatories(top: Mapping) -> tuple[Signatory, ...]:
    """``penanda_tangan``: the officials who sign, in the order of the approval sheet; names may be empty."""
    section = top.mapping("penanda_tangan")
    if section is None:
        return ()
    found = []
    for key, role in SIGNATORY_KEYS.items():
        entry = section.mapping(key)
        if entry is not None:
            office, name, rank, nip = (read_line(entry, part, "") for part in ("jabatan", "nama", "pangkat", "nip"))
            found.append(Signatory(role, office, name, rank, nip))
            entry.close()
    section.close()
    return tuple(found)


def read_contact(top: Mapping) -> Contact:
    """``alamat``, ``telepon``, ``pos_el``, ``laman``: lines of the letterhead; each may be missing."""
    return Contact(*(read_line(top, key, "") for key in ("alamat", "telepon", "pos_el", "laman")))


def read_legal_basis(top: Mapping) -> tuple[LegalItem, ...]:
    """``dasar_hukum``: regulations of the city; only confirmed ones are ever printed."""
    found = []
    for entry in top.mappings("dasar_hukum"):
        found.append(LegalItem(read_line(entry, "teks"), entry.flag("terkonfirmasi", default=False)))
        entry.close()
    return tuple(found)


def read_facts(top: Mapping) -> tuple[Fact, ...]:
    """``gambaran_umum``: rows of the general picture of the region."""
    found = []
    for entry in top.mappings("gambaran_umum"):
        label, value = read_line(entry, "uraian"), read_line(entry, "nilai")
        unit, year, source = (read_line(entry, key, "") for key in ("satuan", "tahun", "sumber"))
        found.append(Fact(label, value, unit, year, source))
        entry.close()
    return tuple(found)


def read_leads(top: Mapping, agencies: tuple[Agency, ...]) -> dict[str, str]:
    """``pengampu``: question id → role that owes it here; the role must be carried by an agency of the city."""
    section = top.mapping("pengampu")
    if section is None:
        return {}
    carried = [role for agency in agencies for role in agency.roles]
    leads = {}
    for question_id in section.keys():  # noqa: SIM118 - a Mapping of yaml_files, not a dict
        role = section.choice(question_id, known_roles())
        if role not in carried:
            section.problem_at(question_id, f'peran "{role}" tidak dipegang perangkat daerah mana pun di berkas ini')
        leads[question_id] = role
    return leads


def _check_year(top: Mapping, key: str, value: int) -> None:
    if not _FIRST_YEAR <= value <= _LAST_YEAR:
        top.problem_at(key, f'"{key}" bernilai {value}; tahun harus antara {_FIRST_YEAR} dan {_LAST_YEAR}')


def _code(
    top: Mapping,
    pattern: re.Pattern[str],
    example: str,
    parent: str,
    *,
    default: str | None = None,
    seen: set[str] | None = None,
) -> str:
    value = top.text("kode", default)
    if value and not pattern.fullmatch(value):
        top.problem_at("kode", f'kode "{value}" tidak sesuai bentuk kode Kemendagri, misalnya "{example}"')
    elif value and parent and not value.startswith(f"{parent}."):
        top.problem_at("kode", f'kode "{value}" tidak berada di bawah kode {parent}')
    elif value and seen is not None:
        if value in seen:
            top.problem_at("kode", f'kode "{value}" dipakai dua kali')
        seen.add(value)
    return value


def _read_village(entry: Mapping, district_code: str, seen: set[str], names: set[str]) -> Village:
    code = _code(entry, _VILLAGE_CODE, "63.71.01.1001", district_code, seen=seen)
    village = Village(code, _area_name(entry, names))
    entry.close()
    return village


def _area_name(entry: Mapping, names: set[str]) -> str:
    """The name of an area, which none of its neighbours (``names``) may have too: they would share folder and form."""
    name = read_line(entry, "nama")
    folded = fold_area(name)
    if folded and folded in names:
        entry.problem_at(
            "nama", f'nama "{name}" dipakai dua kali di tempat yang sama; bila memang dua, bedakan namanya'
        )
    names.add(folded)
    return name
