"""What kecamatan and kelurahan of the invented city have, as criteria; and every table of areas as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from tests.builders.demo_area_tables import COUNTED, LATEST, Filled, by_village, cases, has_deeds
from tests.builders.demo_model import DATA_YEARS, Chance
from tests.builders.demo_people import Values, district_of, districts, per_district, villages

_FORUMS = (0, 1, 3, 4, 5, 6, 9, 10, 13, 14, 16, 17)
"""Places of the kelurahan with a Forum Anak."""
_TRAINED = ((2, 5), (3, 8), (2, 6), (3, 7))
_CENTRES = ((2, 3, 2, 2), (1, 2, 1, 2), (1, 1, 1, 1), (1, 3, 1, 2))
"""Puskesmas per kecamatan; PRAP with an SK, up to standard, self-assessed in the second year."""


@cache
def district_table(table_id: str) -> Filled:
    """Everything that a table per kecamatan holds, whoever fills it; empty for another table."""
    if table_id in COUNTED and table_id != "kia":
        rows: Mapping[str, Mapping[str, object]] = per_district(by_village(table_id))
    else:
        rows = _DISTRICT_TABLES.get(table_id, dict)()
    return {key: dict(values) for key, values in rows.items()}


@cache
def village_table(table_id: str) -> Filled:
    """Everything that a table per kelurahan holds, whoever fills it; empty for another table."""
    return {key: dict(values) for key, values in _OWN_TABLES.get(table_id, dict)().items()}


def _yes(is_so: bool) -> str:  # noqa: FBT001 - the word for it
    return "Ya" if is_so else "Tidak"


def has_forum(code: str) -> bool:
    """Whether a kelurahan has a Forum Anak."""
    return villages().index(code) in _FORUMS


def _often(seed: str, percent: int) -> bool:
    return Chance(seed).number(1, 100) <= percent


def _criteria(seed: str, codes: tuple[str, ...]) -> dict[str, object]:
    """Criteria that follow from figures, of a kelurahan or of all kelurahan of a kecamatan."""
    found: dict[str, object] = {
        "akta": _yes(has_deeds(codes)),
        "tanpa_perkawinan_anak": _yes(not any(cases(code, "perkawinan_anak") for code in codes)),
        "semua_bersekolah": _yes(len(codes) == 1 and _often(f"{seed}|sekolah", 35)),
        "ruang_baca": _yes(_often(f"{seed}|baca", 80)),
        "konsultasi": _yes(_often(f"{seed}|konsultasi", 75)),
        "tanpa_rokok": _yes(_often(f"{seed}|rokok", 85)),
    }
    kinds = ("gizi_buruk", "gizi_kurang", "gizi_lebih", "stunting")
    return found | {kind: _yes(any(cases(code, kind) for code in codes)) for kind in kinds}


def _kelana() -> Filled:
    rows: Filled = {}
    for at, code in enumerate(districts()):
        inside = tuple(each for each in villages() if district_of(each) == code)
        rows[code] = _criteria(code, inside) | {
            "forum_anak": _yes(at != 3), "kelompok_anak": "Ya", "nama_kelompok": "Sanggar Rekaan",
            "respons_kekerasan": _yes(at != 2), "taman": _yes(at != 1), "profil": _yes(at in (0, 2)),
        }  # fmt: skip
    return rows


def _dekela() -> Filled:
    rows: Filled = {}
    for code in villages():
        chance, has_patbm = Chance(f"dekela|{code}"), patbm_people(code) != (0, 0)
        rule, money = chance.number(1, 10) <= 7, chance.number(1, 10) <= 8
        row = _criteria(code, (code,)) | {
            "peraturan": _yes(rule), "anggaran": _yes(money), "forum_anak": _yes(has_forum(code)),
            "kelompok_anak": _yes(_often(f"{code}|kelompok", 80)), "taman": _yes(_often(f"{code}|taman", 60)),
            "paud_hi": _yes(_often(f"{code}|paud", 70)), "patbm": _yes(has_patbm),
            "profil": _yes(_often(f"{code}|profil", 65)), "anak_bekerja": _yes(cases(code, "anak_bekerja") > 0),
            "cegah_pekerja_anak": _yes(_often(f"{code}|cegah", 70)),
        }  # fmt: skip
        row |= {"nomor_peraturan": f"Keputusan Lurah Nomor {chance.number(2, 28)} Tahun 2022"} if rule else {}
        row |= {"nilai_anggaran": chance.number(8, 45) * 1_000_000} if money else {}
        row |= {"nama_kelompok": f"Sanggar Rekaan {chance.number(1, 9)}"} if row["kelompok_anak"] == "Ya" else {}
        rows[code] = row | ({"pelaksana_patbm": sum(patbm_people(code))} if has_patbm else {})
    return rows


def patbm_people(code: str) -> tuple[int, int]:
    """Men and women who carry a kelurahan's PATBM; none where it has no PATBM."""
    chance = Chance(f"patbm|{code}")
    return (chance.number(3, 7), chance.number(4, 9)) if chance.number(1, 100) <= 75 else (0, 0)


def _patbm() -> Filled:
    rows: Filled = {}
    for code in villages():
        men, women = patbm_people(code)
        chance = Chance(f"patbm sk|{code}")
        more = {"nomor_sk": f"Nomor {chance.number(11, 60)} Tahun 2022", "pelaksana.L": men, "pelaksana.P": women,
                "kegiatan": chance.number(3, 12)}  # fmt: skip
        rows[code] = {"ada": _yes(men > 0)} | (more if men else {})
    return rows


def _forum(codes: tuple[str, ...], has: Callable[[str], bool]) -> Filled:
    rows: Filled = {}
    for code in codes:
        chance = Chance(f"forum|{code}")
        members: Values = {"anggota.L": chance.number(8, 16), "anggota.P": chance.number(9, 18)}
        more = {"nomor_sk": f"Nomor {chance.number(11, 60)} Tahun {chance.number(2022, 2023)}", **members}
        rows[code] = {"ada": _yes(has(code))} | (more if has(code) else {})
    return rows


def _district_forums() -> Filled:
    rows = _forum(districts(), lambda code: code != districts()[3])
    return {code: row | ({"kegiatan": 6} if "nomor_sk" in row else {}) for code, row in rows.items()}


def _centres() -> Filled:
    rows: Filled = {}
    for year in DATA_YEARS:
        for at, code in enumerate(districts()):
            whole, decreed, standard, assessed = (each[at] for each in _CENTRES)
            first = int(year != LATEST)
            rows[f"{code}@{year}"] = {
                "puskesmas": whole, "ber_sk": decreed, "terstandar": standard,
                "mandiri": assessed - (first if assessed > 2 else 0),
                "dilatih.L": _TRAINED[at][0] - first, "dilatih.P": _TRAINED[at][1] - first,
            }  # fmt: skip
    return rows


def _village_cases() -> Filled:
    kinds = ("perkawinan_anak", "gizi_buruk", "gizi_kurang", "gizi_lebih", "stunting", "anak_bekerja")
    return {code: {kind: cases(code, kind) for kind in kinds} for code in villages()}


_DISTRICT_TABLES: Mapping[str, Callable[[], Filled]] = {
    "forum-anak-kecamatan": _district_forums,
    "kelana": _kelana,
    "puskesmas-ramah-anak": _centres,
}
_OWN_TABLES: Mapping[str, Callable[[], Mapping[str, Mapping[str, object]]]] = {
    "kia": lambda: by_village("kia"),
    "dekela": _dekela,
    "dekela-kasus": _village_cases,
    "forum-anak-kelurahan": lambda: _forum(villages(), has_forum),
    "patbm": _patbm,
}
