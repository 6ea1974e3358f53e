"""What a command is asked for, checked: where to work, whether scans are read, which instrument, which agencies."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from flows.commands import proposed, remember_folders
from flows.console import say
from flows.errors import UsageError
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.model import City


def settings_for(inputs: Path | None, outputs: Path | None, *, ocr: bool = False) -> Settings:
    """Where this command reads and writes; the environment then says the same to whatever it starts.

    Raises:
        UsageError: one folder lies inside the other, so that results would be gathered as evidence.
    """
    settings = Settings.from_environment(inputs, outputs, ocr=ocr)
    os.environ.update(KLA_INPUTS=str(settings.inputs), KLA_OUTPUTS=str(settings.outputs))
    remember_folders(inputs, outputs)
    if ocr:
        os.environ.update(KLA_OCR="1")
    reading, writing = settings.inputs.resolve(), settings.outputs.resolve()
    if writing == reading or reading in writing.parents or writing in reading.parents:
        raise UsageError(
            f"Folder keluaran {settings.outputs} dan folder masukan {settings.inputs} saling menindih.",
            "Pilih folder keluaran di luar folder masukan dengan --outputs.",
        )
    return settings


def reading_scans(settings: Settings) -> Settings:
    """``settings`` where scans can be read as they ask; says that it takes time.

    Raises:
        UsageError: what reads scans is not on this computer.
    """
    if settings.ocr:
        from flows.gather import reader_version

        reader_version()
        say("Hasil pindai dan foto dokumen ikut dibaca (OCR): beberapa detik per halaman, sekali untuk setiap berkas.")
    return settings


def framework_year(settings: Settings, city_id: str, year: int, wanted: int | None, name: str | None) -> int:
    """The instrument for ``siapkan``: the one asked for, the city's own, or the evaluation year's."""
    from flows.framework import available_years, load_city

    if wanted is not None:
        return wanted
    if (settings.input_root(city_id, year) / "kota.yaml").is_file():
        return load_city(settings.input_root(city_id, year), city_id, year, available_years()).framework_year
    if year in available_years():
        return year
    older = [known for known in available_years() if known < year]
    known = ", ".join(str(each) for each in available_years())
    chosen = f"{older[-1] if older else known}" + (f' --nama "{name}"' if name else "")
    command = proposed(f"kla siapkan {city_id} {year} --instrumen {chosen}")
    raise UsageError(
        f"Instrumen tahun {year} belum ada; yang tersedia: {known}.",
        f"Pakai yang lama dengan tegas: {command}",
    )


def agency_ids(city: City, names: Sequence[str]) -> frozenset[str]:
    """The agencies meant by ``--opd``; an unknown name is a usage error that names the nearest and all."""
    from flows.names import match_agency

    found = []
    for name in names:
        agency = match_agency(name, city.agencies)
        if agency is None:
            known = ", ".join(sorted(each.folder for each in city.agencies))
            called = {text: each.folder for each in city.agencies for text in (each.folder, each.name)}
            nearest = get_close_matches(name, called, n=1)
            meant = f'Mungkin maksudnya: --opd "{called[nearest[0]]}". ' if nearest else ""
            raise UsageError(
                f'Perangkat daerah "{name}" tidak dikenal di {city.name}.', f"{meant}Yang dikenal: {known}."
            )
        found.append(agency.id)
    return frozenset(found)
