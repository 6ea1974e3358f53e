"""Taking the list of areas over into ``kota.yaml``, as long as nobody has changed its ``wilayah`` by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.framework.area_sheet import AreaSheet
from flows.framework.texts import yaml_quoted
from flows.framework.yaml_splice import set_value
from flows.model import City, District

_MARK_LENGTH = 12


@dataclass(frozen=True, slots=True)
class AreaNews:
    """What became of the list of areas."""

    file_name: str
    is_taken: bool
    """Whether the city has these areas now; else ``kota.yaml`` was changed by hand and kept."""
    districts: int
    villages: int
    added: tuple[str, ...] = ()
    """Areas of the list that the city did not have, "35.19.01.2001 Melati" each."""
    renamed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether the list says anything that the city did not say before."""
        return bool(self.added or self.renamed or self.removed)


def areas_mark(districts: Sequence[District]) -> str:
    """What tells whether areas are still as they were taken from a list."""
    lines = [f"{code} {name}" for code, name in _named(districts).items()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_MARK_LENGTH]


def with_areas(city: City, sheet: AreaSheet) -> tuple[City, AreaNews]:
    """``city`` with the areas of the list, unless its own were written or changed by a person; and what that means."""
    had, has = _named(city.districts), _named(sheet.districts)
    news = AreaNews(
        sheet.file_name,
        is_taken=not city.districts or had == has or city.areas_mark == areas_mark(city.districts),
        districts=len(sheet.districts),
        villages=sum(len(district.villages) for district in sheet.districts),
        added=tuple(f"{code} {name}" for code, name in has.items() if code not in had),
        renamed=tuple(
            f"{code} {had[code]} → {name}" for code, name in has.items() if code in had and had[code] != name
        ),
        removed=tuple(f"{code} {name}" for code, name in had.items() if code not in has),
    )
    if not news.is_taken or not news.is_news:
        return city, news
    return replace(city, districts=sheet.districts, areas_mark=areas_mark(sheet.districts)), news


def areas_text(text: str, city: City) -> str:
    """``kota.yaml`` with the areas of ``city`` in the place of its own, everything else as it stands."""
    lines = [f"\n  {line}" for district in city.districts for line in _district_lines(district)]
    written = set_value(text, ["wilayah"], "".join(lines).replace("\n", "\r\n" if "\r\n" in text else "\n"))
    return set_value(written, ["sidik_wilayah"], yaml_quoted(city.areas_mark))


def _district_lines(district: District) -> list[str]:
    villages = [
        f"    - {{kode: {yaml_quoted(each.code)}, nama: {yaml_quoted(each.name)}}}" for each in district.villages
    ]
    return [
        f"- kode: {yaml_quoted(district.code)}",
        f"  nama: {yaml_quoted(district.name)}",
        f"  kelurahan:{'' if villages else ' []'}",
        *villages,
    ]


def _named(districts: Sequence[District]) -> dict[str, str]:
    """Code → name of all areas, in order."""
    found: dict[str, str] = {}
    for district in districts:
        found[district.code] = district.name
        found.update((village.code, village.name) for village in district.villages)
    return found
