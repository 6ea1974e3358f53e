"""Ready profiles of cities (``validations/cities/*.yaml``): which one fits, and the first ``kota.yaml`` from it."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from pathlib import Path

from flows.commands import proposed
from flows.errors import RulesError, UsageError
from flows.framework import city_sections as sections
from flows.framework.area_names import capitalised
from flows.framework.city_agencies import read_agencies, read_line
from flows.framework.city_ids import likely_name
from flows.framework.texts import one_line, render_text
from flows.model import Agency, City, District, Fact, LegalItem, Signatory
from flows.names import fold
from flows.settings import validations_root
from flows.yaml_files import Mapping, Problems, read_mapping

GENERAL = "umum"
_HEAD_TITLES = ("kota", "kabupaten")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a city before it has said anything itself."""

    id: str
    """File name without ending: ``kota-banjarmasin`` or ``umum``."""
    name: str
    """Empty in the general profile."""
    code: str
    province: str
    seat: str
    time_zone: str
    paper: str
    agencies: tuple[Agency, ...]
    districts: tuple[District, ...]
    signatories: tuple[Signatory, ...]
    legal_basis: tuple[LegalItem, ...]
    facts: tuple[Fact, ...]
    head_titles: MappingOf[str, str]
    """Title of the head of a kota and of a kabupaten, in the general profile only."""


def profile_ids() -> tuple[str, ...]:
    """Ids of all profiles, the general one last."""
    found = sorted(path.stem for path in _folder().glob("*.yaml"))
    return tuple(sorted(found, key=lambda profile_id: profile_id == GENERAL))


def load_profile(profile_id: str) -> Profile:
    """Read one profile.

    Raises:
        RulesError: its file has mistakes; all of them are listed with their lines.
    """
    problems = Problems()
    shown = f"validations/cities/{profile_id}.yaml"
    top = read_mapping(_folder() / f"{profile_id}.yaml", shown, problems)
    profile = None if top is None else _read_profile(top, profile_id)
    if problems.items or profile is None:
        raise RulesError(problems.items, "Perbaiki baris yang disebut, lalu ulangi perintah ini.")
    return profile


def find_profile(
    city_id: str, year: int, name: str | None, wanted: str | None, framework_year: int | None = None
) -> Profile:
    """The profile for a city: the one asked for, else that of its id, else that of its name, else the general one.

    Args:
        city_id: The city's folder name.
        year: Evaluation year, for the command proposed in the message.
        name: Name as given on the command line.
        wanted: Profile as given on the command line.
        framework_year: The instrument as chosen so far, for the same command.

    Raises:
        UsageError: ``wanted`` does not exist, or the general profile is needed and no full name was given.
    """
    if wanted is not None:
        profile = load_profile(_checked(wanted))
    elif city_id in profile_ids() and city_id != GENERAL:
        profile = load_profile(city_id)
    else:
        profile = _profile_named(name or "") or load_profile(GENERAL)
    if not profile.name:
        check_name(city_id, year, name, framework_year or year)
    return profile


def city_from(profile: Profile, city_id: str, year: int, framework_year: int, name: str | None) -> City:
    """The city as it is before anyone edits it: the profile's values, data years E-2 and E-1.

    Args:
        profile: Where the values come from.
        city_id: The city's folder name.
        year: Evaluation year E.
        framework_year: Year of the instrument it will answer.
        name: Overrides the profile's name; required by the general profile.
    """
    shown = official_name(name or profile.name)
    kind, _, place = shown.partition(" ")
    return City(
        id=city_id,
        name=shown,
        code=profile.code,
        province=profile.province,
        time_zone=profile.time_zone,
        evaluation_year=year,
        data_years=(year - 2, year - 1),
        framework_year=framework_year,
        agencies=profile.agencies,
        districts=profile.districts,
        signatories=_with_head(profile, kind.casefold(), place),
        legal_basis=profile.legal_basis,
        facts=profile.facts,
        leads={},
        paper=profile.paper,
        seat=profile.seat or (place if kind.casefold() == "kota" else ""),
    )


def official_name(written: str) -> str:
    """The name as it is printed on the cover: on one line, "Kota" or "Kabupaten" in front, not shouted."""
    shown = one_line(written)
    kind, space, place = (capitalised(shown) if shown.isupper() else shown).partition(" ")
    return f"{kind.capitalize() if kind.casefold() in _HEAD_TITLES else kind}{space}{place}"


def city_file_text(city: City) -> str:
    """``kota.yaml`` with comments that explain it; it reads back as the same ``city``."""
    return render_text("kota.yaml.j2", city=city)


def _folder() -> Path:
    return validations_root() / "cities"


def _read_profile(top: Mapping, profile_id: str) -> Profile:
    top.whole("format", 1)
    titles = top.mapping("jabatan_kepala_daerah")
    code = sections.read_city_code(top)
    profile = Profile(
        id=profile_id,
        name=read_line(top, "nama", ""),
        code=code,
        province=read_line(top, "provinsi", ""),
        seat=read_line(top, "tempat", ""),
        time_zone=sections.read_time_zone(top),
        paper=top.choice("kertas", sections.PAPERS, "A4"),
        agencies=read_agencies(top),
        districts=sections.read_districts(top, code),
        signatories=sections.read_signatories(top),
        legal_basis=sections.read_legal_basis(top),
        facts=sections.read_facts(top),
        head_titles={} if titles is None else {kind: titles.text(kind) for kind in _HEAD_TITLES},
    )
    top.close()
    return profile


def _profile_named(name: str) -> Profile | None:
    """The profile of the city called ``name``, however it is spelled."""
    specific = (load_profile(known) for known in profile_ids() if name and known != GENERAL)
    return next((profile for profile in specific if fold(profile.name) == fold(name)), None)


def _checked(wanted: str) -> str:
    if wanted in profile_ids():
        return wanted
    raise UsageError(
        f'Profil "{wanted}" tidak ada. Yang tersedia: {", ".join(profile_ids())}.',
        "Pilih salah satunya dengan --profil, atau hilangkan --profil untuk memakai profil umum.",
    )


def check_name(city_id: str, year: int, name: str | None, framework_year: int) -> None:
    """Refuse a name that does not say whether it is a city or a regency.

    Raises:
        UsageError: it does not, or there is none.
    """
    kind, _, place = one_line(name or "").partition(" ")
    if kind.casefold() in _HEAD_TITLES and place:
        return
    given = f'Nama "{one_line(name)}" harus diawali "Kota" atau "Kabupaten".' if name else ""
    chosen = f" --instrumen {framework_year}" if framework_year != year else ""
    command = proposed(f'kla siapkan {city_id} {year}{chosen} --nama "{likely_name(city_id)}"')
    raise UsageError(
        given or f"Belum ada profil siap pakai untuk {city_id}; nama resminya diperlukan.",
        f"Jalankan misalnya: {command}",
    )


def _with_head(profile: Profile, kind: str, place: str) -> tuple[Signatory, ...]:
    """Signatories with the title of the head of region filled in where the profile leaves it to the kind of region."""
    title = profile.head_titles.get(kind)
    return tuple(
        replace(signatory, office=f"{title} {place}".strip()) if title and not signatory.office else signatory
        for signatory in profile.signatories
    )
