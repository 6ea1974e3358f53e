"""The tables per kecamatan and kelurahan of the invented city, from one count of its children."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from tests.builders.demo_model import DATA_YEARS, Chance
from tests.builders.demo_people import (
    SEXES,
    Part,
    Parts,
    Rows,
    rest,
    shares,
    spread,
    villages,
)

Filled = dict[str, dict[str, object]]
"""Key of a row → column key → what is filled in."""
LATEST = DATA_YEARS[1]

_DEEDS: Parts = {
    "anak": Part("", (1, 1), varies=0),
    "terdaftar": Part("anak", (0.985, 0.991)),
    "berakta": Part("anak", (0.938, 0.951), varies=1.6),
}
_CARDS: Parts = {"anak": Part("", (1, 1), varies=0), "berkia": Part("anak", (0.62, 0.71), varies=0.2)}
_PUPILS: Parts = {
    "usia_sekolah": Part("", (0.6, 0.6)),
    "nonformal": Part("usia_sekolah", (0.013, 0.014)),
    "tidak_sekolah": Part("usia_sekolah", (0.011, 0.009)),
    "putus": Part("tidak_sekolah", (0.36, 0.34)),
}
_MILK: Parts = {
    "bayi": Part("", (0.028, 0.028)),
    "asi_eksklusif": Part("bayi", (0.68, 0.73)),
    "mpasi_dini": Part("bayi", (0.16, 0.14)),
}
_FIRST_MILK: Parts = {
    "bayi_baru_lahir": Part("", (0.052, 0.052), varies=0),
    "imd": Part("bayi_baru_lahir", (0.79, 0.83)),
    "anak_6_23": Part("", (0.078, 0.079)),
    "tetap_asi": Part("anak_6_23", (0.81, 0.83)),
}
_FED: Parts = {
    "balita": Part("", (0.26, 0.26)),
    "kurang_berat": Part("balita", (0.084, 0.078)),
    "gizi_kurang": Part("balita", (0.055, 0.05)),
    "gizi_lebih": Part("balita", (0.038, 0.036)),
}
_SHORT: Parts = {
    "baduta": Part("", (0.1, 0.1)),
    "pendek": Part("baduta", (0.104, 0.092)),
    "sangat_pendek": Part("baduta", (0.028, 0.024)),
}
_BABIES: Parts = {
    "bayi": Part("", (0.051, 0.051)),
    "imunisasi": Part("bayi", (0.92, 0.94)),
    "lahir_hidup": Part("", (0.052, 0.052), varies=0),
}
_MOTHERS: Parts = {
    "bersalin": Part("", (0.053, 0.053), by_sex=False),
    "di_faskes": Part("bersalin", (0.965, 0.974), by_sex=False),
    "hamil": Part("", (0.056, 0.056), by_sex=False),
    "berbuku": Part("hamil", (0.96, 0.97), by_sex=False),
}
_HOMES: Parts = {
    "rumah_tangga": Part("", (0.928, 0.931), by_sex=False),
    "air_layak": Part("rumah_tangga", (0.928, 0.944), by_sex=False),
    "jamban": Part("rumah_tangga", (0.951, 0.962), by_sex=False),
    "persampahan": Part("rumah_tangga", (0.9, 0.92), by_sex=False),
    "limbah": Part("rumah_tangga", (0.87, 0.882), by_sex=False),
    "sanitasi_layak": Part("rumah_tangga", (0.83, 0.846), by_sex=False),
}
_STARVED = {2022: (7, 6), 2023: (6, 5)}
_BABY_DEATHS = {2022: (9, 7), 2023: (8, 6)}
_MOTHER_DEATHS = {2022: 4, 2023: 3}
_MARRIED = {2022: (2, 9), 2023: (1, 7)}


@cache
def deeds() -> Rows:
    """Children and birth certificates per kelurahan and year."""
    return shares("akta", _DEEDS)


@cache
def by_village(table_id: str) -> Rows:
    """The counts per kelurahan behind a table per kecamatan."""
    return COUNTED[table_id]()


def _summed(one: str, first: str, second: str) -> Callable[[Rows], Rows]:
    def add(rows: Rows) -> Rows:
        both = {
            key: {f"{one}.{sex}": row[f"{first}.{sex}"] + row[f"{second}.{sex}"] for sex in SEXES}
            for key, row in rows.items()
        }
        return {key: row | both[key] for key, row in rows.items()}

    return add


def _rare(seed: str, column: str, totals: Mapping[int, tuple[int, int]]) -> Rows:
    """A few cases, spread over the kelurahan by chance."""
    rows: Rows = {}
    for year, counts in totals.items():
        hit = {code: dict.fromkeys(SEXES, 0) for code in villages()}
        for sex, count in zip(SEXES, counts, strict=True):
            chance = Chance(f"{seed}|{sex}")  # the same places in both years
            for _ in range(count):
                hit[villages()[chance.number(0, len(villages()) - 1)]][sex] += 1
        rows |= {f"{code}@{year}": {f"{column}.{sex}": found[sex] for sex in SEXES} for code, found in hit.items()}
    return rows


def _joined(*tables: Rows) -> Rows:
    return {key: {name: value for table in tables for name, value in table[key].items()} for key in tables[0]}


def _mothers() -> Rows:
    rows = shares("ibu", _MOTHERS)
    for year, deaths in _MOTHER_DEATHS.items():
        lost = spread(deaths, [rows[f"{code}@{year}"]["bersalin"] for code in villages()])
        for code, count in zip(villages(), lost, strict=True):
            rows[f"{code}@{year}"]["kematian_ibu"] = count
    return rows


def _weddings() -> Rows:
    """Married, and dispensations asked for and granted: those granted are the children who married."""
    married = _rare("kawin", "menikah", _MARRIED)
    asked = _rare("dispensasi ditolak", "ditolak", {2022: (1, 3), 2023: (1, 2)})
    rows = {}
    for key, row in married.items():
        granted = {f"dikabulkan.{sex}": row[f"menikah.{sex}"] for sex in SEXES}
        all_asked = {f"diajukan.{sex}": row[f"menikah.{sex}"] + asked[key][f"ditolak.{sex}"] for sex in SEXES}
        rows[key] = row | all_asked | granted
    return rows


COUNTED: Mapping[str, Callable[[], Rows]] = {
    "akta-kelahiran": deeds,
    "kia": lambda: rest(shares("kia", _CARDS), "belum", "anak", "berkia"),
    "anak-bersekolah": lambda: rest(shares("sekolah", _PUPILS), "formal", "usia_sekolah", "nonformal", "tidak_sekolah"),
    "asi-eksklusif": lambda: shares("asi", _MILK),
    "imd-asi-lanjut": lambda: shares("imd", _FIRST_MILK),
    "gizi-balita": lambda: _joined(shares("gizi", _FED), _rare("gizi buruk", "gizi_buruk", _STARVED)),
    "stunting-baduta": lambda: _summed("stunting", "pendek", "sangat_pendek")(shares("stunting", _SHORT)),
    "kesehatan-bayi": lambda: _joined(shares("bayi", _BABIES), _rare("kematian bayi", "kematian_bayi", _BABY_DEATHS)),
    "kesehatan-ibu": _mothers,
    "air-sanitasi": lambda: shares("rumah", _HOMES),
    "perkawinan-anak": _weddings,
}


def cases(code: str, column: str) -> int:
    """Cases of a column of ``dekela-kasus`` in a kelurahan, in the last data year."""
    if column == "anak_bekerja":
        return max(0, Chance(f"bekerja|{code}").number(-3, 3))
    table, name = {
        "perkawinan_anak": ("perkawinan-anak", "menikah"),
        "stunting": ("stunting-baduta", "stunting"),
    }.get(column, ("gizi-balita", column))
    row = by_village(table)[f"{code}@{LATEST}"]
    return sum(row[f"{name}.{sex}"] for sex in SEXES)


def has_deeds(codes: tuple[str, ...]) -> bool:
    """Whether more than nine in ten children there have a birth certificate."""
    rows = [deeds()[f"{code}@{LATEST}"] for code in codes]
    owned, every = (sum(row[f"{name}.{sex}"] for row in rows for sex in SEXES) for name in ("berakta", "anak"))
    return 10 * owned > 9 * every
