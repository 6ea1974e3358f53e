"""``kla siapkan``: makes or completes the input tree of one city and year, and adopts folders that exist.

Nothing a person may have changed is overwritten: an existing ``kota.yaml`` only receives what someone changed in
``profil-kota.xlsx``, a BACA-SAYA is rewritten only while it is still ours, and no folder is ever renamed or removed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from flows.commands import proposed
from flows.errors import InputsError, UsageError, os_reason
from flows.files import write_text
from flows.forms.plan import secretariat_plan
from flows.framework.access import close_city, close_files, close_folders, close_year, open_folders
from flows.framework.area_sheet import AreaSheet, read_area_sheet
from flows.framework.area_taking import AreaNews, areas_text, with_areas
from flows.framework.city import CITY_FILE, parse_city, read_city_text
from flows.framework.city_ids import check_city_id, twin_of
from flows.framework.earlier import carried_over, earlier_city
from flows.framework.forms import Report, issue_forms
from flows.framework.guides import GUIDE_FILE, agency_guide, is_untouched, own_guide, supplies_sensitive, year_guide
from flows.framework.instrument import available_years
from flows.framework.preparation import Adopted, FileState, FormState, IssuedForm, Preparation
from flows.framework.profile_sheet import (
    SHEET_FILE,
    SheetReading,
    SheetUnreadableError,
    read_profile_sheet,
    write_profile_sheet,
)
from flows.framework.profiles import check_name, city_file_text, city_from, find_profile
from flows.framework.sheet_cells import cells_of
from flows.framework.sheet_changes import TakeOver, take_over
from flows.framework.tree import Adoption, adopt, area_folders, area_homes, list_folders, with_homes
from flows.model import OWN_FOLDER, City, Framework, is_own_folder

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def prepare(
    input_root: Path,
    city_id: str,
    year: int,
    framework: Framework,
    *,
    name: str | None = None,
    profile: str | None = None,
    dry_run: bool = False,
    report: Report | None = None,
) -> Preparation:
    """Make or complete the input tree of one city and evaluation year.

    Args:
        input_root: The year's input folder, ``<inputs>/<kota>/<tahun>``; made where it is missing.
        city_id: Name of the city's folder below ``inputs``.
        year: Evaluation year.
        framework: The instrument the city will answer.
        name: Official name; needed where neither an earlier year nor a profile has it.
        profile: Id of the profile to start from; by default the city's newest earlier year, else the profile that
            fits, else the general one.
        dry_run: Only say what would be done.
        report: Told how many forms are written.

    Raises:
        UsageError: the city's id or the year cannot be used, there is no such profile, a name is needed, or
            ``kota.yaml`` names another instrument.
        InputsError: a folder or file cannot be read or written, or ``kota.yaml`` of the earlier year has mistakes.
        CityFileError: the existing ``kota.yaml`` has mistakes.
        AreasError: the list of areas beside it has mistakes.
    """
    check_city_id(city_id, input_root.parent.parent)
    _check_year(year)
    folders = tuple(name for name in list_folders(input_root) if not is_own_folder(name))
    text = read_city_text(input_root)
    if text is None:
        _refuse_twin(city_id, year, input_root.parent.parent)
        plan = _new_city(input_root, city_id, year, framework, name, profile, folders)
    else:
        plan = _existing_city(input_root, text, city_id, year, framework, folders)
    _plan_areas(plan, read_area_sheet(input_root, plan.city.code))
    _plan_tree(plan, input_root, framework)
    if not dry_run:
        _carry_out(plan, input_root)
    forms = issue_forms(input_root, plan.city, framework, plan.form_folders, dry_run=dry_run, report=report)
    if not dry_run:
        made = {form.path for form in forms if form.state is FormState.CREATED}
        close_files(input_root, made & {secretariat_plan(plan.city, framework).file_name})
    return replace(
        _report(plan, framework, forms, is_dry_run=dry_run), open_folders=_open_folders(plan, input_root, framework)
    )


def _refuse_twin(city_id: str, year: int, inputs: Path) -> None:
    """Refuse a second folder for a city that has one: agencies would hand in here, and the secretariat look there.

    Raises:
        UsageError: the city has a folder, with its kind written otherwise.
    """
    twin = twin_of(city_id, inputs)
    if twin and twin != city_id:
        raise UsageError(
            f"Kota itu sudah punya folder: {inputs / twin}.",
            f"Pakai nama folder itu: {proposed(f'kla siapkan {twin} {year}')}",
        )


def _open_folders(plan: _Plan, input_root: Path, framework: Framework) -> tuple[str, ...]:
    """Folders of agencies with sensitive questions that every user of this computer can read."""
    agencies = {agency.id for agency in plan.city.agencies if supplies_sensitive(agency, plan.city, framework)}
    found = [folder for folder, agency_id in plan.adoption.matched if agency_id in agencies]
    return _shown(open_folders(input_root, found))


@dataclass
class _Plan:
    """What is to be done, before anything is touched."""

    city: City
    adoption: Adoption
    city_text: str
    city_state: FileState
    profile_id: str = ""
    earlier_year: int = 0
    sheet_state: FileState = FileState.KEPT
    take_over: TakeOver | None = None
    areas: AreaNews | None = None
    folders: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    form_folders: dict[str, str] = field(default_factory=dict)
    """Key of a filler → folder of its form; those whose folder cannot be made are absent."""

    @property
    def homes(self) -> Mapping[str, str]:
        """Agency id → its folder, existing or to be made."""
        return {agency.id: self.adoption.homes.get(agency.id, agency.folder) for agency in self.city.agencies}


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageError(
            f"{year} bukan tahun evaluasi yang dapat dipakai.",
            f"Tulis tahun antara {_FIRST_YEAR} dan {_LAST_YEAR}, misalnya: kla siapkan kota-contoh 2026",
        )


def _new_city(
    input_root: Path,
    city_id: str,
    year: int,
    framework: Framework,
    name: str | None,
    wanted: str | None,
    folders: tuple[str, ...],
) -> _Plan:
    """A city without ``kota.yaml`` of this year: from the profile asked for, else an earlier year, else a profile."""
    profile_id = ""
    earlier = None if wanted else earlier_city(input_root, city_id, year, _known_years(framework))
    if earlier is not None:
        if name:
            check_name(city_id, year, name, framework.year)
        city = carried_over(earlier, year, framework.year, name)
    else:
        profile = find_profile(city_id, year, name, wanted, framework.year)
        city, profile_id = city_from(profile, city_id, year, framework.year, name), profile.id
    adoption = adopt(city.agencies, folders)
    city = replace(city, agencies=with_homes(city.agencies, adoption))
    plan = _Plan(city, adoption, city_file_text(city), FileState.CREATED, profile_id, sheet_state=FileState.CREATED)
    plan.earlier_year = earlier.evaluation_year if earlier else 0
    return plan


def _known_years(framework: Framework) -> tuple[int, ...]:
    return tuple(sorted({*available_years(), framework.year}))


def _existing_city(
    input_root: Path, text: str, city_id: str, year: int, framework: Framework, folders: tuple[str, ...]
) -> _Plan:
    parse = partial(parse_city, city_id=city_id, year=year, framework_years=_known_years(framework))
    city = parse(text)
    if city.framework_year != framework.year:
        raise UsageError(
            f"{CITY_FILE} memakai instrumen {city.framework_year}, bukan {framework.year}.",
            f"Ubah baris instrumen di {input_root / CITY_FILE}, atau jalankan tanpa --instrumen.",
        )
    reading, state = _read_sheet(input_root / SHEET_FILE)
    taken = take_over(text, city, reading, parse) if reading else TakeOver(text, city)
    if reading is not None:
        would_lose = any(refusal.is_lost_if_rewritten for refusal in taken.refused)
        is_current = reading.copied == cells_of(taken.city) and not reading.change_count
        state = FileState.KEPT if would_lose or is_current else FileState.UPDATED
    city_state = FileState.UPDATED if taken.text != text else FileState.KEPT
    adoption = adopt(taken.city.agencies, folders)
    return _Plan(taken.city, adoption, taken.text, city_state, sheet_state=state, take_over=taken)


def _plan_areas(plan: _Plan, sheet: AreaSheet | None) -> None:
    """Take the list of areas over, where there is one and it says anything new."""
    if sheet is None:
        return
    city, plan.areas = with_areas(plan.city, sheet)
    if city is plan.city:
        return
    plan.city, plan.city_text = city, areas_text(plan.city_text, city)
    if plan.city_state is FileState.KEPT:
        plan.city_state = FileState.UPDATED


def _read_sheet(path: Path) -> tuple[SheetReading | None, FileState]:
    if not path.exists():
        return None, FileState.CREATED
    try:
        return read_profile_sheet(path), FileState.KEPT
    except SheetUnreadableError:
        return None, FileState.UNREADABLE


def _plan_tree(plan: _Plan, input_root: Path, framework: Framework) -> None:
    """Which folders and texts are missing or out of date."""
    for home in plan.homes.values():
        _plan_folder(plan, input_root, home)
    existing = {home: list_folders(input_root / home) for home in plan.homes.values() if home not in plan.blocked}
    for folder in area_folders(plan.city, plan.homes, existing):
        if folder.partition("/")[0] not in plan.blocked:
            _plan_folder(plan, input_root, folder)
    places = {f"opd:{agency_id}": home for agency_id, home in plan.homes.items()}
    places |= area_homes(plan.city, plan.homes, existing)
    blocked = set(plan.blocked)
    plan.form_folders = {key: place for key, place in places.items() if not {place, place.partition("/")[0]} & blocked}
    for agency in plan.city.agencies:
        home = plan.homes[agency.id]
        if home not in plan.blocked:
            _plan_text(plan, input_root, f"{home}/{GUIDE_FILE}", agency_guide(agency, plan.city, framework))
    _plan_own_folder(plan, input_root)
    rows = [(plan.homes[agency.id], agency) for agency in plan.city.agencies]
    _plan_text(plan, input_root, GUIDE_FILE, year_guide(rows, plan.city, framework))


def _plan_own_folder(plan: _Plan, input_root: Path) -> None:
    """The folder with which the city dresses its books, as it is spelled on disk, and what may lie in it."""
    own = next((name for name in list_folders(input_root) if is_own_folder(name)), OWN_FOLDER)
    _plan_folder(plan, input_root, own)
    if own not in plan.blocked:
        _plan_text(plan, input_root, f"{own}/{GUIDE_FILE}", own_guide(plan.city))


def _plan_folder(plan: _Plan, input_root: Path, folder: str) -> None:
    path = input_root / folder
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        plan.blocked.append(folder)
    elif not path.exists():
        plan.folders.append(folder)
        plan.created.append(f"{folder}/")


def _plan_text(plan: _Plan, input_root: Path, relative: str, text: str) -> None:
    path = input_root / relative
    try:
        found = path.read_bytes() if path.exists() else None
    except OSError:
        plan.kept.append(relative)
        return
    if found is None:
        plan.created.append(relative)
        plan.texts[relative] = text
    elif not is_untouched(found):
        plan.kept.append(relative)
    elif found.replace(b"\r\n", b"\n") != text.encode():
        plan.updated.append(relative)
        plan.texts[relative] = text


def _carry_out(plan: _Plan, input_root: Path) -> None:
    """``kota.yaml`` first and its workbook last: whatever interrupts, the next run finds what was taken over."""
    is_new, is_new_city = not input_root.exists(), not input_root.parent.exists()
    try:
        if plan.city_state is not FileState.KEPT:
            write_text(input_root / CITY_FILE, plan.city_text)
        for folder in plan.folders:
            (input_root / folder).mkdir(parents=True, exist_ok=True)
        close_folders(input_root, plan.folders)
        if is_new_city:
            close_city(input_root.parent)
        if is_new:
            close_year(input_root)
        for relative, text in plan.texts.items():
            # With the line ends of Windows: its older Notepad runs all others into one line.
            write_text(input_root / relative, text.replace("\n", "\r\n"))
    except OSError as error:
        raise InputsError(
            f"{error.filename or input_root} tidak dapat ditulis ({os_reason(error)}).",
            "Periksa hak tulis dan sisa ruang folder itu, lalu ulangi perintah ini; yang sudah jadi tidak diulang.",
        ) from error
    if plan.sheet_state in (FileState.CREATED, FileState.UPDATED):
        write_profile_sheet(input_root / SHEET_FILE, plan.city)
    states = {CITY_FILE: plan.city_state, SHEET_FILE: plan.sheet_state}
    close_files(input_root, [name for name, state in states.items() if state is FileState.CREATED])


def _report(plan: _Plan, framework: Framework, forms: tuple[IssuedForm, ...], *, is_dry_run: bool) -> Preparation:
    names = {agency.id: agency for agency in plan.city.agencies}
    states = {CITY_FILE: plan.city_state, SHEET_FILE: plan.sheet_state}
    is_new = plan.city_state is FileState.CREATED
    taken = plan.take_over
    carried = {role for agency in plan.city.agencies for role in agency.roles}
    owing = dict.fromkeys(plan.city.lead_role(question) for question in framework.questions)
    return Preparation(
        city=plan.city,
        profile_id=plan.profile_id,
        earlier_year=plan.earlier_year,
        city_file=plan.city_state,
        sheet_file=plan.sheet_state,
        created=_shown([name for name, state in states.items() if state is FileState.CREATED] + plan.created),
        updated=_shown([name for name, state in states.items() if state is FileState.UPDATED] + plan.updated),
        kept=_shown(plan.kept),
        adopted=tuple(
            Adopted(_shown([folder])[0], agency_id, names[agency_id].name)
            for folder, agency_id in plan.adoption.matched
            if is_new or folder != names[agency_id].folder
        ),
        unmatched=_shown(plan.adoption.unmatched),
        blocked=_shown(plan.blocked),
        uncovered_roles=tuple(role for role in owing if role not in carried),
        taken=taken.taken if taken else (),
        conflicts=taken.conflicts if taken else (),
        refused=taken.refused if taken else (),
        areas=plan.areas,
        forms=tuple(replace(form, path="".join(_shown([form.path]))) for form in forms),
        is_dry_run=is_dry_run,
    )


def _shown(names: Iterable[str]) -> tuple[str, ...]:
    """Names that can be printed: bytes of a name that are no UTF-8 are spelled out in ASCII."""
    return tuple(os.fsencode(name).decode("utf-8", "backslashreplace") for name in names)
