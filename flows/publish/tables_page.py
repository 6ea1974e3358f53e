"""``tabel.html``: every table with its sources, values and checks, one file for who wants the detail."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from flows import wording
from flows.agency_names import agency_names
from flows.findings import Catalogue
from flows.model import Assessment, City, Framework, Manifest
from flows.privacy import mask_numbers
from flows.publish.table_sections import table_section
from flows.settings import templates_root

if TYPE_CHECKING:
    from jinja2 import Environment

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that a browser does not show, or that turn a line round."""


def tables_page(
    assessment: Assessment, manifest: Manifest, framework: Framework, city: City, catalogue: Catalogue
) -> str:
    """The page as one HTML document without scripts, that needs no other file and may be opened from anywhere.

    For the house only: it names files, cells and what people wrote in them.

    Args:
        assessment: the tables that stand, and the checks they went through.
        manifest: every table that was read.
        framework: what the instrument asks for.
        city: whose tables they are.
        catalogue: words of findings and remarks.
    """
    agencies = agency_names(city)
    sections = [
        table_section(schema, assessment, manifest, agencies, catalogue)
        for schema in framework.tables.values()
        if schema.id in assessment.tables
    ]
    missing = [schema for schema in framework.tables.values() if schema.id not in assessment.tables]
    template = _environment().get_template("tabel.html.j2")
    return template.render(city=city, sections=sections, missing=missing, village=wording.village_word(city))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_root() / "tabel"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": wording.number,
        "outcome": wording.outcome_label,
        "listing": wording.listing,
    }
    return environment


def _visible(value: object) -> object:
    """Text masked, with every invisible character written out as ``[U+202E]``; anything else as it is."""
    if type(value) is not str:
        return value
    return "".join(
        f"[U+{ord(char):04X}]" if unicodedata.category(char) in _HIDDEN else char for char in mask_numbers(value)
    )
