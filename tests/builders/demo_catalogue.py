"""The ordinary files of the invented city, as ``demo_catalogue.txt`` lists them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.builders.demo_model import Chance, Doc

_CATALOGUE = Path(__file__).with_name("demo_catalogue.txt")
_LAWS = frozenset({"perda", "perwali", "sk", "instruksi", "edaran"})


@cache
def catalogue() -> tuple[Doc, ...]:
    """Every ordinary file of the city, in the order of the catalogue."""
    docs, folder = [], ""
    for line in _CATALOGUE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            folder = line.strip("[]")
        elif line and not line.startswith("#"):
            docs.append(_parse(folder, line))
    return tuple(docs)


def _parse(folder: str, line: str) -> Doc:
    name, _, rest = line.partition(" = ")
    form_and_parts, topic, *years = rest.split(" :: ")
    form, *parts = form_and_parts.split()
    scanned, form = form.startswith("scan:"), form.removeprefix("scan:")
    doc = Doc(f"{folder}/{name}", form, topic, tuple(parts), scanned=scanned)
    if years:
        return replace(doc, years=tuple(int(year) for year in years[0].split(",")))
    return replace(doc, years=(Chance(doc.path).number(2019, 2023),)) if form in _LAWS else doc
