"""The template engine: strict, escaping, and with the wording of numbers and dates at hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows import wording
from flows.render.display import finalize
from flows.settings import templates_root


@cache
def environment() -> Environment:
    """The engine over the templates folder, built once a process.

    Undefined names are errors, everything printed is escaped and made visible (see :mod:`flows.render.display`).
    """
    engine = Environment(
        loader=FileSystemLoader(templates_root(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    engine.filters |= {
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
    }
    engine.globals["kosong"] = wording.NO_VALUE
    return engine


def fill(template: str, values: Mapping[str, object]) -> str:
    """The text of one template, a path below ``templates/``, with its values filled in."""
    return environment().get_template(template).render(values)
