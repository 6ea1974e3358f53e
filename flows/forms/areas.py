"""Finds the kecamatan or kelurahan that a row means: by code however it is written, then by name in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.model import City, District, Village
from flows.names import fold

_KINDS = frozenset(("kecamatan", "kec", "kelurahan", "kel", "desa", "ds"))
"""Words in front of a name that only say what it is the name of."""
_SHORT = {
    **dict.fromkeys(("s", "sei", "sg", "sungei", "sungay"), "sungai"),
    **dict.fromkeys(("tj", "tg", "tjg", "tanjong"), "tanjung"),
    **dict.fromkeys(("tlk", "tl"), "teluk"),
    **dict.fromkeys(("kp", "kmp", "kpg"), "kampung"),
    **dict.fromkeys(("gn", "gng"), "gunung"),
    "mesjid": "masjid",
    **dict.fromkeys(("sel", "slt"), "selatan"),
    **dict.fromkeys(("utr", "ut"), "utara"),
    **dict.fromkeys(("tmr", "tim"), "timur"),
    **dict.fromkeys(("brt", "bar"), "barat"),
    **dict.fromkeys(("tgh", "teng"), "tengah"),
}
"""Words as they are shortened on lists → the word itself."""
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_OLD_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("dh", "d"), ("th", "t"))
_TELLING = frozenset(
    re.findall(
        r"\w+",
        """
        utara selatan timur barat tengah dalam luar ilir hilir ulu hulu udik besar kecil baru lama laut darat raya
        atas bawah kulon wetan lor kidul
        """,
    )
)
"""Words by which neighbours differ: names that differ in one of them, or in a number, are never the same place."""
_LIKE, _AHEAD = 88.0, 5.0
"""How alike a name must be, of 100, and by how much more than the next."""
_DISTRICT_DIGITS, _PART_DIGITS = 2, 3

_Area = TypeVar("_Area", District, Village)


class AreaIndex:
    """The kecamatan and kelurahan of one city, ready to be looked up."""

    def __init__(self, city: City) -> None:
        whole = fold(re.sub(r"^(?:kota|kabupaten|kab\.?)\s+", "", city.name, flags=re.IGNORECASE))
        self._districts = _Names(city.districts, city_name=whole)
        self._villages = _Names([village for district in city.districts for village in district.villages])
        self._of_district = {district.code: _Names(district.villages) for district in city.districts}

    def find_district(self, name: str, code: str = "") -> District | None:
        """The kecamatan meant by a row; None where none or several may be.

        Args:
            name: As written, such as "Kec. Mawar"; may be empty.
            code: As written: "63.71.01", "637101", or its last part "01". The whole code beats the name, the last part
                counts where the name is empty or unknown.
        """
        return self._districts.find(name, code, _DISTRICT_DIGITS)

    def find_village(self, name: str, code: str = "", district: str = "") -> Village | None:
        """The kelurahan or desa meant by a row; None where none or several may be.

        Args:
            name: As written, such as "Kel. S. Andai"; may be empty.
            code: As written: "63.71.01.1001", "6371011001", or its last part "1001", which needs ``district`` since it
                starts anew in each. The whole code beats the name, the last part counts where the name is empty or
                unknown.
            district: Name or code of its kecamatan; where that is known, only its own are looked at.
        """
        whole = self._villages.by_code(code)
        if whole:
            return whole
        parent = (self.find_district(district) or self.find_district("", district)) if district.strip() else None
        names = self._of_district[parent.code] if parent else self._villages
        return names.find(name, code, _PART_DIGITS)


@dataclass(frozen=True, slots=True)
class _Spelled:
    """One way to write the name of an area."""

    folded: str
    key: str
    """Without blanks, in today's spelling, without doubled letters."""
    telling: frozenset[str]
    """Those of its words by which neighbours differ."""
    numbers: tuple[str, ...]
    length: int
    """Number of words."""


class _Names(Generic[_Area]):
    """Areas of one kind that a name may mean."""

    def __init__(self, areas: Sequence[_Area], city_name: str = "") -> None:
        self._by_code: dict[str, _Area] = {_digits(area.code): area for area in areas}
        self._spelled: list[tuple[_Spelled, _Area]] = [
            (spelled, area) for area in areas for spelled in _spellings(area.name, city_name)
        ]

    def by_code(self, code: str) -> _Area | None:
        """The area of that whole code."""
        return self._by_code.get(_digits(code))

    def find(self, name: str, code: str, shortest_part: int) -> _Area | None:
        """By whole code, by name, and by the end of the code, if that has ``shortest_part`` digits or more."""
        return self.by_code(code) or self._by_name(name) or self._by_part(code, shortest_part)

    def _by_part(self, code: str, shortest: int) -> _Area | None:
        digits = _digits(code)
        if digits and shortest == _DISTRICT_DIGITS:
            digits = digits.zfill(shortest)
        return _only(
            area for whole, area in self._by_code.items() if len(digits) >= shortest and whole.endswith(digits)
        )

    def _by_name(self, name: str) -> _Area | None:
        wanted = _spellings(name)
        folded, keys = {one.folded for one in wanted}, {one.key for one in wanted}
        return (
            _only(area for spelled, area in self._spelled if spelled.folded in folded)
            or _only(area for spelled, area in self._spelled if spelled.key in keys)
            or self._nearest(wanted, keys)
        )

    def _nearest(self, wanted: Sequence[_Spelled], keys: set[str]) -> _Area | None:
        """The one area whose name is clearly the most alike."""
        from rapidfuzz import fuzz

        if any(spelled.key in keys for spelled, _ in self._spelled):
            return None  # several areas have this very name
        best: dict[str, tuple[float, _Area]] = {}
        for spelled, area in self._spelled:
            for one in wanted:
                score = fuzz.ratio(one.key, spelled.key) if _may_be(one, spelled) else 0.0
                best[area.code] = max(best.get(area.code, (0.0, area)), (score, area), key=lambda pair: pair[0])
        ranked = sorted(best.values(), key=lambda pair: -pair[0])
        if not ranked or ranked[0][0] < _LIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _AHEAD):
            return None
        return ranked[0][1]


def _may_be(written: _Spelled, known: _Spelled) -> bool:
    """Whether a name may be another one misspelled: a telling word may be misspelled, but not changed or left out."""
    if written.numbers != known.numbers:
        return False
    is_part = written.telling <= known.telling and written.length == known.length
    return is_part or written.telling == known.telling


def _only(areas: Iterable[_Area]) -> _Area | None:
    """The only area among them; None where there are none or several."""
    found = {area.code: area for area in areas}
    return next(iter(found.values())) if len(found) == 1 else None


def _digits(code: str) -> str:
    """Digits of a code, of which a spreadsheet may have made a number: "6371011001.0"."""
    return "".join(re.findall(r"[0-9]+", re.sub(r"^([0-9]+)\.0$", r"\1", code.strip())))


def _spellings(name: str, city_name: str = "") -> list[_Spelled]:
    """Ways to write ``name``: each alternative around a slash, without brackets, without the city's name.

    "Seberang Mesjid/Masjid" is both; "Banjarmasin Selatan" in Banjarmasin is also "Selatan".
    """
    outer = re.sub(r"\([^)]*\)", " ", name)
    texts = [name, outer, *outer.split("/"), *(_with_word(outer, choice) for choice in range(outer.count("/") + 1))]
    ways = [tokens for tokens in map(_words, texts) if tokens]
    city_words = _words(city_name)
    if city_words:
        ways += [tokens[len(city_words) :] for tokens in ways if tokens[: len(city_words)] == city_words]
    return list(dict.fromkeys(_spelled(tokens) for tokens in ways if tokens))


def _with_word(name: str, choice: int) -> str:
    """``name`` with one of the alternatives of each word that has several."""
    words = re.sub(r"\s*/\s*", "/", name).split()
    return " ".join(word.split("/")[min(choice, word.count("/"))] for word in words)


def _words(name: str) -> tuple[str, ...]:
    """Folded words of a name in full, without the word for what it names."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in _KINDS:
        words = words[1:]
    return tuple(_SHORT.get(word, _ROMAN.get(word, word) if position else word) for position, word in enumerate(words))


def _spelled(words: tuple[str, ...]) -> _Spelled:
    key = "".join(words)
    for old, new in _OLD_SPELLING:
        key = key.replace(old, new)
    return _Spelled(
        folded=" ".join(words),
        key=re.sub(r"([^\d])\1+", r"\1", key),
        telling=_TELLING.intersection(words),
        numbers=tuple(re.findall(r"\d+", " ".join(words))),
        length=len(words),
    )
