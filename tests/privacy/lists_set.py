"""The labelled documents of ``lists_set.txt`` (and of the second set), as tables and as lines, with invented people."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.privacy import ChildList, child_list_in_lines, child_list_in_rows

_HERE = Path(__file__).parent
_HEAD = re.compile(r"=== (anak|bukan) \| (.*)")
_REPEAT = re.compile(r"\* (\d+) (.*)")
_PLACE = re.compile(r"\{([A-Za-z0-9]+)\}")
_GIVEN_NAMES = """
    Siti Budi Ahmad Muhammad Nur Putri Aisyah Rizky Dewi Fajar Intan Bagus Wulan Yusuf Maria Petrus Made Ketut
    Galih Zahra  Naufal Alya Kevin Gabriel Kanaya Dimas Raisa Hafiz Salsabila Arjuna
"""
_GIVEN = _GIVEN_NAMES.split()
_FAMILY_NAMES = """
    Contoh Contohan Misal Misalnya Umpama Permisalan Contohwati Contohandi Umpamasari Misalputra Contohningrum
    Anggapan
"""
_FAMILY = _FAMILY_NAMES.split()
_DEGREES = ("S.Pd", "S.Sos., M.AP", "SKM", "S.Kep., Ners", "M.Pd", "ST., MT", "S.H.")
_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905 - read more easily
_PLACES = ("Contoh Hilir", "Contoh Baru", "Misal Indah", "Umpama Raya", "Contoh Laut")
_SCHOOLS = (
    "SDN Contoh 1",
    "SD Negeri Misal 3",
    "SMPN 2 Contoh",
    "MI Contoh Ulum",
    "SMP Umpama",
    "MTsN 1 Contoh",
    "SMAN 9 Contoh",
)


@dataclass(frozen=True, slots=True)
class Document:
    """An invented document and whether it names children."""

    line: int
    is_list: bool
    title: str
    rows: tuple[tuple[str, ...], ...]
    as_rows: bool

    def found(self, *, unsure: bool = False) -> ChildList | None:
        if self.as_rows:
            return child_list_in_rows(self.rows, self.title, unsure=unsure)
        return child_list_in_lines("\n".join(" ".join(row) for row in self.rows), self.title, unsure=unsure)


def documents(name: str, seed: int = 4711) -> Iterator[Document]:
    """The documents of one file, each as a table and as the lines of a page."""
    title, label, line = "", "", 0
    body: list[str] = []
    for place, text in enumerate([*(_HERE / name).read_text(encoding="utf-8").splitlines(), "=== bukan | "], start=1):
        if match := _HEAD.match(text):
            if body:
                for as_rows in (True, False):
                    yield Document(line, label == "anak", title, _rows(body, random.Random(seed + line)), as_rows)  # noqa: S311 - invented people
            label, title, line, body = match[1], match[2], place, []
        elif not text.startswith("# "):
            body.append(text)


def _rows(body: list[str], rng: random.Random) -> tuple[tuple[str, ...], ...]:
    rows, number = [], 0
    for text in body:
        match = _REPEAT.match(text)
        for _ in range(int(match[1]) if match else 1):
            number += "{n}" in text
            said = {"n": str(number)}
            line = _PLACE.sub(lambda place: _said(place[1], rng, said), match[2] if match else text)  # noqa: B023 - called at once
            rows.append(tuple(line.split(" | ")))
    return tuple(rows)


def _said(what: str, rng: random.Random, said: dict[str, str]) -> str:
    if what in said:
        return said[what]
    if what in _MADE:
        return _MADE[what](rng)
    if what.isupper():
        return _MADE[what.lower()](rng).upper()
    return _MADE[what.lower()](rng).title()


def _name(rng: random.Random) -> str:
    return " ".join([*rng.sample(_GIVEN, rng.randint(1, 2)), rng.choice(_FAMILY)])


def _date(rng: random.Random, years: range, how: str) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.choice(years)
    return how.format(d=day, m=month, y=year, yy=year % 100, name=_MONTHS[month - 1])


def _dated(years: range, how: str) -> Callable[[random.Random], str]:
    return lambda rng: _date(rng, years, how)


def _one(*choices: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(choices)


def _number(low: int, high: int) -> Callable[[random.Random], str]:
    return lambda rng: str(rng.randint(low, high))


_CHILD, _ADULT = range(2007, 2022), range(1962, 1996)
_MADE: dict[str, Callable[[random.Random], str]] = {
    "anak": _name,
    "orang": _name,
    "ortu": _name,
    "dewasa": lambda rng: f"{_name(rng)}, {rng.choice(_DEGREES)}",
    "inisial": _one("An. B", "M.R.", "AS", "S.N", "R", "Mawar", "KD"),
    "jk": _one("L", "P"),
    "tgl": _dated(_CHILD, "{d:02}-{m:02}-{y}"),
    "tglslash": _dated(_CHILD, "{d}/{m}/{y}"),
    "tgl2": _dated(_CHILD, "{d:02}/{m:02}/{yy:02}"),
    "tglm": _dated(_CHILD, "{d} {name} {y}"),
    "tgliso": _dated(_CHILD, "{y}-{m:02}-{d:02}"),
    "ttl": _dated(_CHILD, "Banjarmasin, {d:02}-{m:02}-{y}"),
    "ttlm": _dated(_CHILD, "Contoh, {d} {name} {y}"),
    "tgldewasa": _dated(_ADULT, "{d:02}-{m:02}-{y}"),
    "tgldewasam": _dated(_ADULT, "{d} {name} {y}"),
    "ttldewasa": _dated(_ADULT, "Contoh, {d:02}-{m:02}-{y}"),
    "umur": _number(4, 17),
    "umurd": _number(24, 57),
    "umurth": lambda rng: f"{rng.randint(3, 17)} {rng.choice(('th', 'thn', 'tahun'))}",
    "umurbl": lambda rng: f"{rng.randint(1, 9)} tahun {rng.randint(1, 11)} bulan",
    "bulan": _number(6, 59),
    "kelas": _one("IV-A", "V B", "VI", "VII A", "IX-C", "X IPA 1", "3A"),
    "kelasangka": _number(1, 6),
    "sekolah": _one(*_SCHOOLS),
    "alamat": _one(
        "Jl. Contoh No. 5 RT 03", "Jl. Misal Gg. 2 RT. 11", "Gg. Umpama RT 7 RW 2", "Komp. Contoh Permai Blok C"
    ),
    "kota": _one("Contoh", "Misal"),
    "kel": _one(*_PLACES),
    "kec": _one(*_PLACES),
    "rt": _number(1, 30),
    "rm": _number(100000, 999999),
    "nisn": lambda rng: f"00{rng.randint(10000000, 99999999)}",
    "nip": _dated(range(1965, 1990), "{y}{m:02}{d:02} 201001 1 003"),
    "hp": lambda rng: f"0812{rng.randint(10000000, 99999999)}",
    "bb": lambda rng: f"{rng.randint(6, 18)},{rng.randint(0, 9)}",
    "tb": _number(60, 110),
    "gizi": _one("Pendek", "Sangat Pendek", "Kurang"),
    "jml": _number(100, 999),
    "kecil": _number(0, 12),
}
