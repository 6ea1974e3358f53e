"""Whose form may lie where: the agency's in its folder, an area's in its own, the secretariat's beside the folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.gather.filled import Expected
from flows.gather.intake import BESIDE, UNMATCHED, Source
from flows.gather.names import without_zip
from flows.model import City

_AGENCY, _DISTRICT, _VILLAGE = "opd", "kecamatan", "kelurahan"
"""Kinds of fillers as their keys begin; the roles of agencies that stand for areas are called the same."""
_SECRETARIAT = "sekretariat:"
_NAMESAKE = re.compile(r"(?P<village>.+?)\s*\((?P<district>[^()]+)\)\s*")
"""``Melati (Contoh Utara)``: kelurahan with the same name have their kecamatan in brackets."""


class Expecter:
    """Says whose form is expected at a path of one source.

    Args:
        source: One of :func:`flows.gather.plan`.
        city: Whose agencies and areas fill the forms.
    """

    def __init__(self, source: Source, city: City) -> None:
        from flows.forms.areas import AreaIndex

        agency = next((each for each in city.agencies if each.id == source.agency_id), None)
        self._source = source
        self._roles = set(agency.roles) if agency else set()
        self._areas = AreaIndex(city)

    def expected(self, path: str) -> Expected:
        """Whose form the file at ``path`` (as :attr:`flows.model.EvidenceFile.path`) may be."""
        *folders, name = map(without_zip, path.split("/"))
        place = "/".join(folders) or name
        if self._source.reason == BESIDE:
            return Expected((_SECRETARIAT,), (), place)
        if self._source.reason == UNMATCHED:
            return Expected((), (_AGENCY, _DISTRICT, _VILLAGE), place)
        own = f"{_AGENCY}:{self._source.agency_id}"
        area_kinds = tuple(kind for kind in (_VILLAGE, _DISTRICT) if kind in self._roles)
        if not area_kinds:
            return Expected((own,), (), place)
        areas = tuple(dict.fromkeys(self._areas_of(folders, area_kinds)))
        return Expected((*areas, own), () if areas else area_kinds, place)

    def _areas_of(self, folders: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
        """Areas that the deepest telling folder names; the agency's own folder tells only what no other does."""
        for folder in reversed(folders):
            found = list(self._named(folder, folders, kinds))
            if found:
                yield from found
                return

    def _named(self, folder: str, folders: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
        if _VILLAGE in kinds:
            village = self._village(folder, folders)
            if village:
                yield f"{_VILLAGE}:{village}"
        if _DISTRICT in kinds:
            district = self._areas.find_district(folder)
            if district:
                yield f"{_DISTRICT}:{district.code}"

    def _village(self, folder: str, folders: Sequence[str]) -> str:
        """Code of the kelurahan that ``folder`` names; the kecamatan may stand in brackets or in a folder above."""
        match = _NAMESAKE.fullmatch(folder)
        name, above = (match["village"], [match["district"]]) if match else (folder, [])
        for district in (*above, *(each for each in folders if each != folder), ""):
            if district and self._areas.find_district(district) is None:
                continue
            village = self._areas.find_village(name, district=district)
            if village:
                return village.code
        return ""
