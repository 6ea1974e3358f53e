"""``kota.yaml`` of one evaluation year in, one frozen :class:`City` out, with all mistakes reported at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.commands import proposed
from flows.errors import CityFileError, InputsError, os_reason
from flows.framework import city_sections as sections
from flows.framework.city_agencies import read_agencies, read_line
from flows.framework.city_ids import likely_name, nearest_cities
from flows.model import City
from flows.settings import validations_root, year_folders
from flows.yaml_files import Mapping, Problems, parse_mapping

CITY_FILE = "kota.yaml"
FORMAT = 1
_REPAIR = "Perbaiki baris yang disebut di kota.yaml, lalu ulangi perintah ini."
_MAX_BYTES = 5_000_000


def load_city(input_root: Path, city_id: str, year: int, framework_years: Sequence[int]) -> City:
    """Read ``kota.yaml`` of one city and evaluation year.

    Args:
        input_root: The year's input folder, ``<inputs>/<kota>/<tahun>``.
        city_id: Name of the city's folder below ``inputs``, as :func:`flows.framework.city_ids.check_city_id` takes it.
        year: Evaluation year E, the name of the folder. ``tahun_data`` defaults to E-2 and E-1, ``instrumen`` to E.
        framework_years: Years that have an instrument.

    Raises:
        InputsError: there is no such folder or no ``kota.yaml`` in it; the message gives the command that makes it.
        CityFileError: ``kota.yaml`` has mistakes; all of them are listed with their lines.
    """
    text = read_city_text(input_root)
    if text is None:
        raise _missing(input_root, city_id, year, framework_years)
    return parse_city(text, city_id, year, framework_years)


def read_city_text(input_root: Path) -> str | None:
    """The text of ``kota.yaml`` with its own line ends, None where there is no such file.

    Raises:
        InputsError: the file or its folder cannot be read.
        CityFileError: the file is too big or not UTF-8.
    """
    path = input_root / CITY_FILE
    try:
        content = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise InputsError(
            f"Berkas {path} tidak dapat dibaca ({os_reason(error)}).", "Periksa hak baca folder dan berkas itu."
        ) from error
    if content is None:
        return None
    problems = Problems()
    if len(content) > _MAX_BYTES:
        problems.add(CITY_FILE, None, "berkas terlalu besar (lebih dari 5 MB)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add(CITY_FILE, None, "berkas bukan teks UTF-8; simpan ulang dengan pengodean UTF-8")
    if problems.items:
        raise CityFileError(problems.items, _REPAIR)
    return text


def parse_city(text: str, city_id: str, year: int, framework_years: Sequence[int]) -> City:
    """Like :func:`load_city`, from the text of a ``kota.yaml``.

    Raises:
        CityFileError: the text has mistakes.
    """
    problems = Problems()
    top = parse_mapping(text, CITY_FILE, problems)
    city = None if top is None else _read_city(top, city_id, year, framework_years)
    if problems.items or city is None:
        raise CityFileError(sorted(problems.items, key=lambda problem: problem.line or 0), _REPAIR)
    return city


def prepare_command(city_id: str, year: int, framework_years: Sequence[int], *, is_named: bool = False) -> str:
    """The exact ``kla siapkan`` command for a city, with name and instrument where it cannot do without.

    Args:
        city_id: Name of the city's folder below ``inputs``.
        year: Evaluation year.
        framework_years: Years that have an instrument.
        is_named: An earlier year knows the city's name.
    """
    parts = ["kla", "siapkan", city_id, str(year)]
    if not is_named and not (validations_root() / "cities" / f"{city_id}.yaml").is_file():
        parts.append(f'--nama "{likely_name(city_id)}"')
    if year not in framework_years and framework_years:
        parts.append(f"--instrumen {max(framework_years)}")
    return proposed(" ".join(parts))


def _read_name(top: Mapping) -> str:
    """The official name. Its first word says which of the two the books speak of: without it a kota was a kabupaten."""
    name = read_line(top, "nama")
    if name and name.partition(" ")[0].casefold() not in ("kota", "kabupaten"):
        top.problem_at("nama", f'"nama" bernilai "{name}"; nama resmi diawali "Kota" atau "Kabupaten"')
    return name


def _read_city(top: Mapping, city_id: str, year: int, framework_years: Sequence[int]) -> City:
    if top.whole("format", FORMAT) != FORMAT:
        top.problem_at("format", f'"format" harus {FORMAT}; berkas ini dibuat untuk versi program yang lain')
    evaluation_year = sections.read_year(top, "tahun_evaluasi")
    if top.has_number("tahun_evaluasi") and evaluation_year != year:
        top.problem_at("tahun_evaluasi", f'"tahun_evaluasi" bernilai {evaluation_year}, padahal foldernya {year}')
    code = sections.read_city_code(top)
    agencies = read_agencies(top)
    city = City(
        id=city_id,
        name=_read_name(top),
        code=code,
        province=read_line(top, "provinsi", ""),
        time_zone=sections.read_time_zone(top),
        evaluation_year=evaluation_year,
        data_years=sections.read_data_years(top, year),
        framework_year=_read_framework_year(top, year, framework_years),
        agencies=agencies,
        districts=sections.read_districts(top, code),
        areas_mark=read_line(top, "sidik_wilayah", ""),
        signatories=sections.read_signatories(top),
        legal_basis=sections.read_legal_basis(top),
        facts=sections.read_facts(top),
        leads=sections.read_leads(top, agencies),
        paper=top.choice("kertas", sections.PAPERS, "A4"),
        seat=read_line(top, "tempat", ""),
        contact=sections.read_contact(top),
    )
    top.close()
    return city


def _read_framework_year(top: Mapping, year: int, framework_years: Sequence[int]) -> int:
    chosen = sections.read_year(top, "instrumen", year)
    if chosen not in framework_years:
        known = ", ".join(map(str, sorted(framework_years))) or "belum ada"
        message = f"instrumen tahun {chosen} belum ada (yang tersedia: {known}); tulis misalnya instrumen: "
        top.problem_at("instrumen", message + str(max(framework_years, default=year)))
    return chosen


def _missing(input_root: Path, city_id: str, year: int, framework_years: Sequence[int]) -> InputsError:
    years = year_folders(input_root.parent)
    has_earlier = any(int(name) < year and (input_root.parent / name / CITY_FILE).is_file() for name in years)
    command = prepare_command(city_id, year, framework_years, is_named=has_earlier)
    if input_root.is_dir():
        return InputsError(
            f"Folder {city_id} tahun {year} belum memiliki {CITY_FILE} ({input_root}).",
            f"Buat dengan perintah: {command}",
        )
    if years:
        return InputsError(
            f"Kota {city_id} belum memiliki folder tahun {year}. Tahun yang ada: {', '.join(years)}.",
            f"Pakai tahun yang ada, atau siapkan tahun ini dengan perintah: {command}",
        )
    inputs = input_root.parent.parent
    if not inputs.is_dir():
        # Not "prepare a new city": a shared folder that is not connected would get an empty twin.
        return InputsError(
            f"Folder masukan {inputs} tidak ada.",
            "Periksa ejaan --inputs atau KLA_INPUTS, dan apakah folder bersamanya tersambung. "
            f"Bila memang belum pernah dibuat: {command}",
        )
    near = nearest_cities(city_id, inputs)
    hint = f" Yang mirip: {', '.join(near)}." if near else ""
    return InputsError(
        f"Kota {city_id} tidak ditemukan di folder {inputs}.{hint}",
        f"Periksa ejaan nama kota, atau siapkan kota baru dengan perintah: {command}",
    )
