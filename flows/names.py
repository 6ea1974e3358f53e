"""Names people write: folding away spelling differences, matching a folder to an agency, making safe ids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from flows.model import Agency, City

_SPACED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
"""ASCII in small letters, and a space for whatever is no letter and no digit."""
_AREA_WORDS = frozenset({"kecamatan", "kec", "kelurahan", "kel", "desa", "ds"})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """``text`` without case, accents, punctuation and doubled spaces, for comparing names only."""
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """The words of ``text`` as :func:`fold` leaves them."""
    if text.isascii():  # nothing to decompose: a tenth of the time
        return text.translate(_SPACED).split()
    decomposed = unicodedata.normalize("NFKD", text)
    letters = _BEYOND_ASCII.sub(lambda match: "" if unicodedata.combining(match[0]) else match[0], decomposed)
    return re.findall(r"\w+", letters.replace("_", " ").casefold())


def fold_area(name: str) -> str:
    """:func:`fold`, without "Kelurahan" or the like in front, nor a number before that: "03 Desa Melati" is "melati".

    A number before the name itself belongs to it: 13 Ulu and 14 Ulu are two places.
    """
    words = folded_words(name)
    start = 1 if len(words) > 2 and words[0].isdecimal() and words[1] in _AREA_WORDS else 0  # noqa: PLR2004
    while start < len(words) - 1 and words[start] in _AREA_WORDS:
        start += 1
    return " ".join(words[start:])


def village_names(city: City) -> Counter[str]:
    """How many kelurahan and desa of a city bear each name, as :func:`fold_area` leaves it."""
    return Counter(fold_area(village.name) for district in city.districts for village in district.villages)


def slug(text: str) -> str:
    """Lower-case ASCII with hyphens, for ids and folder names that every system accepts."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).encode("ascii", "ignore").decode()).strip("-")


def names_of(agency: Agency) -> tuple[str, ...]:
    """Every name a folder of ``agency`` may carry: its folder, its name, its aliases and its id."""
    return (agency.folder, agency.name, *agency.aliases, agency.id)


def match_agency(name: str, agencies: Sequence[Agency]) -> Agency | None:
    """The one agency that ``name`` means, by folder name first and then by name and alias; None where none or several.

    Spelling, case, punctuation and a number set in front ("03. Dinkes") do not count.
    """
    wanted = fold(name)
    for candidate in filter(None, (wanted, re.sub(r"^\d+\s+", "", wanted))):  # a name of signs only folds to nothing
        exact = [agency for agency in agencies if fold(agency.folder) == candidate]
        found = exact or [agency for agency in agencies if candidate in _folded(names_of(agency))]
        if len(found) == 1:
            return found[0]
    return None


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names if name}
