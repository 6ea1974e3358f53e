"""What was found of persons in one file, counted by place; of each place the first example, masked, within bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows import bounds
from flows.model import Exposure, ExposureKind
from flows.privacy import mask_numbers


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found."""

    page: int | None = None
    sheet: str = ""
    cell: str = ""
    hidden: str = ""
    table: int | None = None
    line: int | None = None

    def below(self, first: int | None, lines: int) -> Place:
        """The same so many lines below the first one of a text file; unchanged in any other."""
        return self if first is None else replace(self, line=first + lines)


_Key = tuple[ExposureKind, int | None, str, str, int | None, int | None]
"""Kind, page, sheet, where it is hidden, table, year of birth."""


@dataclass(slots=True)
class _Tally:
    """What was found of one kind at one place."""

    example: str
    cell: str
    line: int | None
    count: int = 0


class Found:
    """Counts what is found; nothing that could name a person is kept."""

    def __init__(self) -> None:
        self._tallies: dict[_Key, _Tally] = {}

    @property
    def exposures(self) -> tuple[Exposure, ...]:
        """What was found, in the order it was first met."""
        return tuple(
            Exposure(kind, tally.count, tally.example, year, page, sheet, tally.cell, hidden, table, tally.line)
            for (kind, page, sheet, hidden, table, year), tally in self._tallies.items()
        )

    def on_page(self, page: int) -> bool:
        """Whether anything was found on a page."""
        return any(place == page for _, place, *_ in self._tallies)

    def add(self, kind: ExposureKind, count: int, example: str, place: Place, birth_year: int | None) -> None:
        """Count; beyond the bound places run together, so that the counts stay right."""
        key: _Key = (kind, place.page, mask_numbers(place.sheet), place.hidden, place.table, birth_year)
        if key not in self._tallies and len(self._tallies) >= bounds.EXPOSURES:
            key, place = (kind, None, "", place.hidden, None, birth_year), Place()
        tally = self._tallies.setdefault(key, _Tally(mask_numbers(example), place.cell, place.line))
        tally.count += count
