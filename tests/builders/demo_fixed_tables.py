"""The tables of the whole city, and those whose rows are kinds of cases, schools or places, in the invented city."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from tests.builders.demo_area_tables import Filled, by_village
from tests.builders.demo_model import DATA_YEARS, Chance
from tests.builders.demo_people import SEXES, spread, total

Pair = tuple[int, int]
"""Boys and girls, or first and second year."""

_SCHOOLS = {"tk": (96, 61), "sd": (74, 58), "smp": (26, 22), "sma": (15, 12), "slb": (1, 1)}
_MILK_ROOMS = {
    "kantor-pemerintah": (46, 39), "kantor-swasta": (88, 31), "fasilitas-kesehatan": (24, 23), "pasar": (11, 6),
    "perhubungan": (4, 3), "wisata": (9, 4), "umum-lain": (32, 11),
}  # fmt: skip
SMOKE_FREE = {"kesehatan": (41, 41), "pendidikan": (212, 197), "umum": (168, 102)}
"""Places and those that are smoke-free, in the last data year."""
_VICTIMS: Mapping[str, Pair] = {
    "fisik": (7, 9), "psikis": (4, 8), "seksual": (3, 14), "penelantaran": (5, 4), "perdagangan": (0, 1),
    "eksploitasi-ekonomi": (3, 2), "eksploitasi-seksual": (0, 2), "lain": (2, 2),
}  # fmt: skip
_DISABLED: Mapping[str, Pair] = {
    "fisik": (38, 29), "intelektual": (44, 36), "mental": (12, 9), "netra": (9, 7), "rungu-wicara": (21, 19),
    "ganda": (8, 8),
}  # fmt: skip
_REASONS = {
    "hamil": 40,
    "pergaulan": 22,
    "ekonomi": 10,
    "adat": 4,
    "putus-sekolah": 10,
    "kemauan": 8,
    "lain": 3,
    "tidak-tercatat": 3,
}
_FAMILIES = {
    "puspaga": (1, 1, 1, 214, 187, 26), "lk3": (1, 1, 1, 96, 81, 9), "bkb": (36, 31, 12, 410, 1_240, 40),
    "bkr": (22, 18, 7, 236, 655, 22), "satyagatra": (1, 1, 0, 58, 51, 6), "pusaka-sakinah": (4, 3, 1, 72, 66, 8),
}  # fmt: skip
_FAMILY_COLUMNS = ("lembaga", "berfungsi", "berstandar", "layanan", "keluarga", "publikasi")
_CARE = {
    "lksa": (9, 6, 131, 124),
    "pesantren": (7, 4, 402, 377),
    "asrama": (2, 2, 66, 58),
    "penitipan": (14, 8, 121, 117),
}
FAMILY_SHARE = {"dp3a": ("puspaga", "bkb", "bkr", "satyagatra", "pusaka-sakinah"), "dinsos": ("lk3",)}
"""Agency → the rows it fills; likewise below."""
CARE_SHARE = {"dinsos": ("lksa",), "kemenag": ("pesantren",), "disdikbud": ("asrama",), "dp3a": ("penitipan",)}
HARM_SHARE = {"uptd-ppa": ("pornografi",), "bnn": ("napza",), "dinkes": ("hiv",)}
STAGE_SHARE = {"polres": ("penyidikan",), "pengadilan": ("pengadilan", "pidana")}
"""The prosecution hands in no form, so that its stage stays open."""


@cache
def fixed_table(table_id: str) -> Filled:
    """Everything that such a table holds, whoever fills it; empty for another table."""
    return _TABLES[table_id]() if table_id in _TABLES else {}


def share_of(table_id: str, agency_id: str) -> tuple[str, ...] | None:
    """Rows of a table that an agency fills where several fill it row by row; None: it fills every row."""
    shares = _SHARES.get(table_id)
    return shares.get(agency_id, ()) if shares else None


def _both_years(rows: Callable[[int], Mapping[str, Mapping[str, object]]]) -> Filled:
    """Rows of either year; ``rows`` takes 0 for the first year and 1 for the second."""
    return {f"{key}@{year}": dict(values) for at, year in enumerate(DATA_YEARS) for key, values in rows(at).items()}


def _sexes(column: str, counts: Sequence[int]) -> dict[str, object]:
    return {f"{column}.{sex}": count for sex, count in zip(SEXES, counts, strict=True)}


def _earlier(counts: Sequence[int], at: int, seed: str) -> tuple[int, ...]:
    """The counts of the second year, or ones a little off them for the first."""
    chance = Chance(f"{seed}|2022")
    return tuple(counts) if at else tuple(max(0, count + chance.number(-2, 2) * (count > 1)) for count in counts)


def _most(counts: Sequence[int], share: int) -> tuple[int, ...]:
    return tuple(count - count * (100 - share) // 100 for count in counts)


def _grown(whole_and_part: Mapping[str, Pair], whole: str, part: str, step: int = 12) -> Filled:
    """Wholes that stay and parts that grow by a share of ``step`` percent."""
    return _both_years(
        lambda at: {
            key: {whole: every, part: some if at or some == every == 1 else some - max(1, some * step // 100)}
            for key, (every, some) in whole_and_part.items()
        }
    )


def _schools() -> Filled:
    rows = _grown(_SCHOOLS, "satuan", "ber_sk")
    return {key: row | {"terstandar": int(str(row["ber_sk"])) * 3 // 5} for key, row in rows.items()}


def _violence() -> Filled:
    def of_year(at: int) -> dict[str, dict[str, object]]:
        return {kind: _victims(_earlier(counts, at, kind)) for kind, counts in _VICTIMS.items()}

    return _both_years(of_year)


def _victims(counts: Sequence[int]) -> dict[str, object]:
    every = sum(counts)
    served = _most(counts, 92)
    young, middle, old = spread(every, (2, 5, 6))
    help_given = {"kesehatan": every // 2, "psikososial": sum(served), "hukum": every // 3, "reintegrasi": every // 5}
    ages = {"usia_0_5": young, "usia_6_12": middle, "usia_13_17": old}
    return _sexes("korban", counts) | ages | _sexes("dilayani", served) | help_given


def _disabled() -> Filled:
    def row(counts: Sequence[int]) -> dict[str, object]:
        away = tuple(count // 12 for count in counts)
        return _sexes("anak", counts) | _sexes("dilayani", _most(counts, 86)) | _sexes("pengasuhan_pengganti", away)

    return _both_years(lambda at: {kind: row(_earlier(counts, at, kind)) for kind, counts in _DISABLED.items()})


def _in_court() -> Filled:
    stages = {"penyidikan": ((14, 3), (9, 2)), "pengadilan": ((6, 1), (3, 1))}
    return _both_years(
        lambda at: {
            stage: _sexes("kasus", (boys + 1 - at, girls)) | _sexes("diversi", diverted)
            for stage, ((boys, girls), diverted) in stages.items()
        }
    )


def _with_adults() -> Filled:
    children = {"penyidikan": (14, 3), "pengadilan": (6, 1), "pidana": (2, 0)}
    return _both_years(
        lambda at: {
            stage: _sexes("anak", (boys + 1 - at, girls)) | _sexes("bersama_dewasa", (0, 0))
            for stage, (boys, girls) in children.items()
        }
    )


def _reasons() -> Filled:
    """Every child who married, by the main reason."""
    rows: Filled = {}
    for year in DATA_YEARS:
        counts = {
            sex: spread(
                sum(
                    row[f"menikah.{sex}"]
                    for key, row in by_village("perkawinan-anak").items()
                    if key.endswith(str(year))
                ),
                tuple(_REASONS.values()),
            )
            for sex in SEXES
        }
        for at, reason in enumerate(_REASONS):
            rows[f"{reason}@{year}"] = _sexes("anak", [counts[sex][at] for sex in SEXES])
    return rows


def _families() -> Filled:
    def row(counts: Sequence[int], at: int) -> dict[str, object]:
        kept, grown = counts[:3], counts[3:]
        return dict(zip(_FAMILY_COLUMNS, (*kept, *(count if at else count * 9 // 10 for count in grown)), strict=True))

    return _both_years(lambda at: {body: row(counts, at) for body, counts in _FAMILIES.items()})


def _care() -> Filled:
    return _both_years(
        lambda at: {
            kind: {"lembaga": bodies, "terstandar": good - (1 - at if good > 2 else 0)}
            | _sexes("anak_asuh", _earlier(children, at, kind))
            for kind, (bodies, good, *children) in _CARE.items()
        }
    )


def _served(rows: Mapping[str, Pair]) -> Callable[[], Filled]:
    def fill() -> Filled:
        def row(counts: Sequence[int]) -> dict[str, object]:
            return _sexes("anak", counts) | _sexes("dilayani", counts)

        return _both_years(lambda at: {kind: row(_earlier(counts, at, kind)) for kind, counts in rows.items()})

    return fill


def _city(first: Mapping[str, int], second: Mapping[str, int]) -> Callable[[], Filled]:
    return lambda: {f"kota@{year}": dict(row) for year, row in zip(DATA_YEARS, (first, second), strict=True)}


_TABLES: Mapping[str, Callable[[], Filled]] = {
    "sekolah-ramah-anak": _schools,
    "ruang-asi": lambda: _grown(_MILK_ROOMS, "tempat", "berruang"),
    "kekerasan-anak": _violence,
    "anak-disabilitas": _disabled,
    "diversi": _in_court,
    "abh-bersama-dewasa": _with_adults,
    "sebab-perkawinan-anak": _reasons,
    "konsultasi-keluarga": _families,
    "pengasuhan-alternatif": _care,
    "korban-pornografi-napza-hiv": _served({"pornografi": (2, 3), "napza": (6, 1), "hiv": (3, 2)}),
    "pekerja-anak": _served({"pekerja-anak": (11, 6), "bpta": (2, 0)}),
    "konselor-asi": _city(
        {"konselor_asi.L": 2, "konselor_asi.P": 31, "konselor_pmba.L": 4, "konselor_pmba.P": 66},
        {"konselor_asi.L": 3, "konselor_asi.P": 38, "konselor_pmba.L": 5, "konselor_pmba.P": 81},
    ),
    "layanan-abh": _city(
        {"kesepakatan.L": 12, "kesepakatan.P": 2, "rehabilitasi.L": 9, "rehabilitasi.P": 2,
         "abh.L": 20, "abh.P": 5, "bantuan_hukum.L": 16, "bantuan_hukum.P": 4},
        {"kesepakatan.L": 12, "kesepakatan.P": 3, "rehabilitasi.L": 10, "rehabilitasi.P": 3,
         "abh.L": 20, "abh.P": 4, "bantuan_hukum.L": 17, "bantuan_hukum.P": 4},
    ),
    "pengguna-informasi-anak": _city(
        {"pengguna.L": 7_412, "pengguna.P": 8_106, "ampk.L": 88, "ampk.P": 74},
        {"pengguna.L": 8_231, "pengguna.P": 9_022, "ampk.L": 102, "ampk.P": 91},
    ),
}  # fmt: skip
_SHARES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "konsultasi-keluarga": FAMILY_SHARE,
    "pengasuhan-alternatif": CARE_SHARE,
    "korban-pornografi-napza-hiv": HARM_SHARE,
    "diversi": STAGE_SHARE,
    "abh-bersama-dewasa": STAGE_SHARE,
}


def married(year: int) -> int:
    """Children who married in a year."""
    return total(by_village("perkawinan-anak"), "menikah", year)
