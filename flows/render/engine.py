"""The template engine: strict, escaping, and with the wording of numbers and dates at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows import wording
from flows.model import Dress
from flows.render.city_templates import PICTURE, NoPictureError, check_templates, city_environment, fill_counted
from flows.render.display import breakable, finalize
from flows.settings import templates_root

_AS_SHIPPED = Dress()
_CITIES_AT_ONCE = 8
_SETTINGS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "finalize": finalize,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": False,
    "auto_reload": False,  # a run prints with the templates it began with; looking for newer ones takes time
}
FILTERS: dict[str, Callable[..., str]] = {
    "number": wording.number,
    "points": wording.points,
    "percent": wording.percent,
    "long_date": wording.long_date,
    "long_iso_date": wording.long_iso_date,
    "month_and_year": wording.month_and_year,
    "roman": wording.roman,
    "listing": wording.listing,
    "outcome": wording.outcome_label,
    "condition": wording.condition_label,
    "file_size": wording.file_size,
    "berkas": breakable,
}
"""What templates have beside the library's own filters."""


@cache
def environment() -> Environment:
    """The engine over the templates folder, built once a process.

    Undefined names are errors, everything printed is escaped and made visible (see :mod:`flows.render.display`).
    """
    return _furnished(
        Environment(loader=FileSystemLoader(templates_root(), encoding="utf-8"), autoescape=True, **_SETTINGS),
        _AS_SHIPPED,
    )


@lru_cache(maxsize=_CITIES_AT_ONCE)
def _environment_of(dress: Dress) -> Environment:
    return _furnished(city_environment(dress, autoescape=True, **_SETTINGS), dress)


def _furnished(engine: Environment, dress: Dress) -> Environment:
    engine.filters |= FILTERS
    engine.globals["kosong"] = wording.NO_VALUE
    pictures = dict(dress.pictures)

    def picture(name: str) -> str:
        """Address of a picture that the city has laid beside its templates."""
        if name not in pictures:
            raise NoPictureError(name)
        return pictures[name]

    engine.globals[PICTURE] = picture
    return engine


def read_templates() -> None:
    """Read every page as shipped, so that a process that waits has done so when it is asked to fill one."""
    engine = environment()
    for name in engine.list_templates(extensions=["html"]):
        engine.get_template(name)


def fill(template: str, values: Mapping[str, object], dress: Dress = _AS_SHIPPED) -> str:
    """The text of one template, a path below ``templates/``, with its values filled in.

    Args:
        template: path of the template.
        values: what it is given.
        dress: the city's own templates and pictures; its templates stand before the shipped ones.

    Raises:
        DressError: a template of the city is at fault.
    """
    if not dress.templates:
        return environment().get_template(template).render(values)
    return fill_counted(_environment_of(dress), template, dict(values))


def check_dress(dress: Dress) -> None:
    """See before all work that the templates of a city can be read.

    Raises:
        DressError: some cannot; file, line and repair of each are named.
    """
    if dress.templates:
        check_templates(_environment_of(dress), dress)
