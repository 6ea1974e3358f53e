"""Budget lines and regulations of the invented city: the lists with a row for each question from the beginning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.forms.layout import AskedTable
from tests.builders.demo_agencies import AGENCIES
from tests.builders.demo_evidence import law_of
from tests.builders.demo_model import DATA_YEARS, Chance
from tests.builders.demo_people import framework
from tests.builders.demo_problems import UNLISTED

Line = dict[str, object]
"""One row of a list: column key → what is filled in."""


def kept_lines(table: AskedTable) -> dict[str, Line]:
    """What stands in the rows that a list has for each question from the beginning."""
    make = {"anggaran": _budget, "regulasi": _law}.get(table.schema.id)
    found = {row.key: make(row.key) for row in table.rows} if make else {}
    return {key: line for key, line in found.items() if line}


def _budget(question_id: str, year: int = DATA_YEARS[1]) -> Line:
    chance = Chance(f"anggaran|{question_id}")
    ceiling = chance.number(30, 900) * 500_000 * (96 if year == DATA_YEARS[0] else 100) // 100
    title = next(each.title for each in framework().questions if each.id == question_id)
    topic = title.removeprefix("Tersedia dana APBD dan anggaran lain untuk ").partition(",")[0][:90]
    return {
        "pertanyaan": question_id,
        "tahun_anggaran": year,
        "pelaksana": AGENCIES[chance.number(0, 10)].name,
        "program": "Pemenuhan Hak Anak (PHA)",
        "kegiatan": f"Kegiatan untuk {topic}",
        "pagu": ceiling,
        "realisasi": ceiling * chance.number(86, 98) // 100,
        "sumber": "Dana alokasi khusus" if chance.number(1, 6) == 1 else "APBD kabupaten/kota",
    }


def _law(question_id: str) -> Line:
    law = law_of(question_id)
    if law is None and question_id not in UNLISTED:
        return {}
    if law is None:
        return {
            "jenis": "Peraturan kepala daerah",
            "nomor": "rancangan",
            "tahun_terbit": 2023,
            "tentang": "masih dalam pembahasan",
            "status": "Masih rancangan",
        }
    kinds = {"perda": "Peraturan daerah", "perwali": "Peraturan kepala daerah", "instruksi": "Instruksi kepala daerah"}
    return {
        "jenis": kinds[law.kind],
        "nomor": law.number,
        "tahun_terbit": law.day.year,
        "tentang": law.about,
        "pasal": "Pasal 2",
        "status": "Berlaku",
        "tautan": law.link,
    }


def last_year(_: str, mine: Sequence[str]) -> Iterator[Line]:
    """The budget lines of the first year, which nobody prepared a row for."""
    return (_budget(question_id, DATA_YEARS[0]) for question_id in mine)
