"""What a run is asked for, what that means, and how it says how far it is. Knows nothing of Prefect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.errors import InputsError
from flows.framework import available_years, check_city_id, load_city, load_framework
from flows.model import Assessment, City, Framework, Manifest, Publication, Since
from flows.settings import Settings

Report = Callable[[str, int, int], None]
"""Told how far a run is: name of the stage, how many parts are done, how many there are."""


@dataclass(frozen=True, slots=True)
class AnnualRequest:
    """What ``kla susun`` was asked for."""

    city_id: str
    year: int
    as_of: date
    """The date the dossier speaks for (``--per-tanggal``)."""
    fresh: bool = False
    """Read everything again, whatever the cache says (``--segar``)."""
    since_run: str | None = None
    """The run to compare with (``--sejak``); the newest where None."""


@dataclass(frozen=True, slots=True)
class AnnualResult:
    """What came of it."""

    city: City
    framework: Framework
    manifest: Manifest
    assessment: Assessment
    publication: Publication
    before: Path | None = None
    """The run it is compared with; None where there was none."""
    since: Since | None = None
    """What has changed since; None where that cannot be said."""


def load_year(
    city_id: str, year: int, settings: Settings, instrument: Callable[[int], Framework] | None = None
) -> tuple[City, Framework]:
    """The city of an evaluation year and the instrument it answers.

    Args:
        city_id: name of the city's folder below the inputs.
        year: evaluation year.
        settings: where to read and write.
        instrument: gives that of a year; read now where None.

    Raises:
        KlaError: there is no such city, year or instrument, or one of their files has mistakes.
    """
    check_city_id(city_id, settings.inputs)
    _refuse_overlap(settings.input_root(city_id, year), settings.output_root(city_id, year))
    _refuse_overlap(settings.input_root(city_id, year), settings.state)
    city = load_city(settings.input_root(city_id, year), city_id, year, available_years())
    return city, (instrument or load_framework)(city.framework_year)


def _refuse_overlap(reading: Path, writing: Path) -> None:
    """Refuse folders that lie within each other through links: results would be gathered as evidence.

    Raises:
        InputsError: they do.
    """
    read, written = reading.resolve(), writing.resolve()
    if read == written or read in written.parents or written in read.parents:
        raise InputsError(
            f"Folder keluaran {writing} dan folder masukan {reading} saling menindih lewat tautan.",
            "Hapus tautan itu, atau pilih folder keluaran lain dengan --outputs.",
        )
