"""A city in its next year: ``kota.yaml`` begins as the newest of the years before, not as a profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.commands import proposed
from flows.errors import CityFileError, InputsError
from flows.framework.city import CITY_FILE, parse_city, read_city_text
from flows.framework.city_ids import likely_name
from flows.framework.profiles import official_name
from flows.model import City
from flows.settings import year_folders


def earlier_city(input_root: Path, city_id: str, year: int, framework_years: Sequence[int]) -> City | None:
    """The city as its newest earlier year has it; None where no earlier year has a ``kota.yaml``.

    Args:
        input_root: The new year's input folder, ``<inputs>/<kota>/<tahun>``; it need not exist.
        city_id: Name of the city's folder below ``inputs``.
        year: The new evaluation year.
        framework_years: Years that have an instrument.

    Raises:
        InputsError: that ``kota.yaml`` cannot be read or has mistakes. Nothing older is taken in its place: what an
            office confirmed since then would be lost without a word.
    """
    years = (int(name) for name in year_folders(input_root.parent) if int(name) < year)
    for earlier in sorted(years, reverse=True):
        root = input_root.parent / str(earlier)
        try:
            text = read_city_text(root)
            if text is not None:
                return parse_city(text, city_id, earlier, framework_years)
        except CityFileError as error:
            command = f'kla siapkan {city_id} {year} --profil umum --nama "{likely_name(city_id)}"'
            raise InputsError(
                f"Isi {root / CITY_FILE} hendak dibawa ke tahun {year}, tetapi berkas itu tidak dapat dipakai: "
                f"{error.problems[0]}.",
                f"Perbaiki berkas itu, atau mulai dari profil dengan --profil, misalnya: {proposed(command)}",
            ) from error
    return None


def carried_over(earlier: City, year: int, framework_year: int, name: str | None) -> City:
    """``earlier`` for another evaluation year: all an office wrote and confirmed stays; the years move on.

    Args:
        earlier: The city as it was in a year before.
        year: Evaluation year E; the data years become E-2 and E-1.
        framework_year: Year of the instrument it will answer.
        name: Another official name, if it has one now.
    """
    return replace(
        earlier,
        name=official_name(name) if name else earlier.name,
        evaluation_year=year,
        data_years=(year - 2, year - 1),
        framework_year=framework_year,
    )
