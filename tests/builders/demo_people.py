"""How many children live where in the invented city, and how tables of areas follow from that: shared by all tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flows.framework.city import parse_city
from flows.framework.instrument import load_framework
from flows.model import City, Framework
from tests.builders.demo_agencies import city_yaml
from tests.builders.demo_model import DATA_YEARS, Chance, Doc

YEAR = 2024
SEXES = ("L", "P")
CHILDREN: Mapping[int, tuple[int, int]] = {2022: (32_170, 30_610), 2023: (32_410, 30_840)}
"""Boys and girls below 18 per data year; those of the second year also stand in ``kota.yaml``."""

Values = dict[str, int]
"""Column key (``anak.L``) → value, of one row."""
Rows = dict[str, Values]
"""Key of a row of a form (``99.71.01@2023``) → what is filled in."""


@cache
def framework() -> Framework:
    """The instrument of the demo's year."""
    return load_framework(YEAR)


@cache
def city() -> City:
    """The invented city; its legal basis, which no form shows, is left to whoever writes ``kota.yaml``."""
    text = city_yaml(1, Doc("perda", "perda", "Kota Layak Anak", years=(2021,)))
    return parse_city(text, "kota-contoh", YEAR, (YEAR,))


@cache
def villages() -> tuple[str, ...]:
    """Codes of all kelurahan, in the city's order."""
    return tuple(village.code for district in city().districts for village in district.villages)


@cache
def districts() -> tuple[str, ...]:
    """Codes of all kecamatan."""
    return tuple(district.code for district in city().districts)


def district_of(code: str) -> str:
    """Code of the kecamatan of a kelurahan."""
    return code.rpartition(".")[0]


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` divided in proportion to ``weights``, without a remainder."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    rests = sorted(range(len(weights)), key=lambda at: -(total * weights[at] % whole))
    for at in rests[: total - sum(shares)]:
        shares[at] += 1
    return shares


@cache
def children(year: int) -> Mapping[tuple[str, str], int]:
    """Kelurahan and sex → children below 18; the sums are those of :data:`CHILDREN`."""
    chance = Chance("penduduk")
    weights = [chance.number(55, 145) for _ in villages()]
    found: dict[tuple[str, str], int] = {}
    for sex, total in zip(SEXES, CHILDREN[year], strict=True):
        found |= {(code, sex): count for code, count in zip(villages(), spread(total, weights), strict=True)}
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A column that counts a share of another column, or of all children."""

    of: str
    """Id of a column of the same table, or empty: of all children."""
    rates: tuple[float, float]
    """Share in each data year."""
    by_sex: bool = True
    varies: float = 0.08
    """How far areas lie from that share, as a share of it."""


Parts = Mapping[str, Part]


def shares(seed: str, parts: Parts) -> Rows:
    """Rows per kelurahan and year; the same area deviates in both years alike, so that nothing jumps."""
    rows: Rows = {}
    for year, at in zip(DATA_YEARS, (0, 1), strict=True):
        for code in villages():
            values: Values = {}
            for column, part in parts.items():
                values |= _share(
                    f"{seed}|{column}|{code}", column, part, part.rates[at], _base(part, values, code, year)
                )
            rows[f"{code}@{year}"] = values
    return rows


def _base(part: Part, values: Values, code: str, year: int) -> Mapping[str, int]:
    people = (
        {sex: values[f"{part.of}.{sex}"] if part.of else children(year)[code, sex] for sex in SEXES}
        if (not part.of or f"{part.of}.L" in values)
        else {"": values[part.of]}
    )
    return people if part.by_sex else {"": sum(people.values())}


def _share(seed: str, column: str, part: Part, rate: float, base: Mapping[str, int]) -> Values:
    found = {}
    for sex, whole in base.items():
        away = Chance(seed + sex).number(-1000, 1000) / 1000 * part.varies
        count = round(whole * rate * (1 + away * (1 - rate if part.of and rate <= 1 else 1)))
        found[f"{column}.{sex}" if sex else column] = min(count, whole) if part.of and rate <= 1 else count
    return found


def per_district(rows: Mapping[str, Values]) -> Rows:
    """Rows per kelurahan added up to rows per kecamatan."""
    found: Rows = {}
    for key, values in rows.items():
        code, _, year = key.partition("@")
        summed = found.setdefault(f"{district_of(code)}@{year}", {})
        for column, value in values.items():
            summed[column] = summed.get(column, 0) + value
    order = [f"{code}@{year}" for year in DATA_YEARS for code in districts()]
    return {key: found[key] for key in order}


def rest(rows: Mapping[str, Values], column: str, whole: str, *parts: str) -> Rows:
    """``rows`` with ``column`` as what ``parts`` leave of ``whole``, for either sex."""
    return {
        key: values
        | {
            f"{column}.{sex}": values[f"{whole}.{sex}"] - sum(values[f"{part}.{sex}"] for part in parts)
            for sex in SEXES
        }
        for key, values in rows.items()
    }


def total(rows: Mapping[str, Values], column: str, year: int) -> int:
    """Sum of a column over all rows of a year, both sexes together."""
    keys = (column, f"{column}.L", f"{column}.P")
    return sum(values.get(each, 0) for key, values in rows.items() if key.endswith(f"@{year}") for each in keys)


def without(values: Mapping[str, object], columns: Iterable[str]) -> dict[str, object]:
    """``values`` without these keys."""
    left = set(columns)
    return {key: value for key, value in values.items() if key not in left}
