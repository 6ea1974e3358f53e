"""Names of kecamatan and desa as lists write them, made as they are printed: without their level, not in capitals."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_LEVEL = re.compile(r"(?:kecamatan|kec\.?|kelurahan|kel\.?|desa|ds\.?|nagari|kampung)\s+(?=\S)", re.IGNORECASE)
_NUMERAL = re.compile(r"\b(?:ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii|xiv)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def tidy_names(districts: Mapping[str, str], villages: Mapping[str, str]) -> dict[str, str]:
    """Code → name. What every name of a level carries in front or is written in belongs to the list, not to the names.

    A desa may really be called "Desa Baru", so a word is only taken away where all names of the level have one.
    """
    return {**_tidied(districts), **_tidied(villages)}


def _tidied(names: Mapping[str, str]) -> dict[str, str]:
    found = dict(names)
    if found and all(map(_LEVEL.match, found.values())):
        found = {code: _LEVEL.sub("", name, count=1) for code, name in found.items()}
    return {code: capitalised(name) for code, name in found.items()} if _is_shouted(found.values()) else found


def _is_shouted(names: Collection[str]) -> bool:
    return any(map(str.isupper, names)) and all(name.isupper() or not name.lower().isalpha() for name in names)


def capitalised(name: str) -> str:
    """A name in capitals as it is printed: "PULAU LAUT II" is "Pulau Laut II"."""
    small = _WORD.sub(lambda word: word[0].capitalize(), name)
    return _NUMERAL.sub(lambda word: word[0].upper(), small)
