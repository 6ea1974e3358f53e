"""What is asked of a run, and how it says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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
