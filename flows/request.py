"""What a run is asked for, what that means, and how it says how far it is. Knows nothing of Prefect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flows.framework import available_years, load_city, load_framework
from flows.model import Assessment, City, Framework, Manifest, Publication
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


@dataclass(frozen=True, slots=True)
class AnnualResult:
    """What came of it."""

    city: City
    framework: Framework
    manifest: Manifest
    assessment: Assessment
    publication: Publication


def load_year(city_id: str, year: int, settings: Settings) -> tuple[City, Framework]:
    """The city of an evaluation year and the instrument it answers.

    Raises:
        KlaError: there is no such city, year or instrument, or one of their files has mistakes.
    """
    city = load_city(settings.input_root(city_id, year), city_id, year, available_years())
    return city, load_framework(city.framework_year)
