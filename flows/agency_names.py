"""What books, lists and pages call the agencies of a city."""

from __future__ import annotations

from collections.abc import Mapping

from flows.model import Agency, City

_OWN = "opd"
"""Group of the city's own offices."""


def agency_name(agency: Agency, city: City) -> str:
    """Its name without that of the city at the end, which every page says.

    Only of the city's own offices: of others the place may be what tells them apart (Kepolisian Resor Kota …).
    """
    if agency.group != _OWN or not agency.name.endswith(f" {city.name}"):
        return agency.name
    return agency.name.removesuffix(city.name).rstrip(" ,") or agency.name


def agency_names(city: City) -> Mapping[str, str]:
    """Names of all agencies by id, as printed."""
    return {agency.id: agency_name(agency, city) for agency in city.agencies}
