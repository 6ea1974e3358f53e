"""How agencies of the invented city answer: a choice, claimed points and a note that fits the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from flows.forms.layout import AskedQuestion, FillerKind, FormPlan
from flows.forms.raw import RawValue
from flows.model import Question
from flows.wording import number
from tests.builders.demo_area_tables import by_village
from tests.builders.demo_criteria import district_table, village_table
from tests.builders.demo_evidence import law_of
from tests.builders.demo_fixed_tables import SMOKE_FREE, fixed_table, married
from tests.builders.demo_lists import trained
from tests.builders.demo_model import DATA_YEARS, Chance
from tests.builders.demo_people import framework, total
from tests.builders.demo_problems import MISSING, UNLISTED
from tests.builders.filled_forms import Row

FIRST, LATEST = DATA_YEARS
_NO = frozenset({*MISSING, *UNLISTED})
_REVERSED = frozenset({"17.5", "17.6", "24A.4"})
"""Questions to which "Tidak" is the good answer."""
_HELPED = 3
"""An agency answers every so many of the questions it only helps with."""

_RATIOS: Mapping[str, tuple[str, str, str]] = {
    "4.3": ("kia", "berkia", "anak"),
    "12.1": ("kesehatan-ibu", "di_faskes", "bersalin"),
    "12.2": ("kesehatan-ibu", "berbuku", "hamil"),
    "12.3": ("kesehatan-bayi", "imunisasi", "bayi"),
    "13.1": ("gizi-balita", "kurang_berat", "balita"),
    "13.2": ("gizi-balita", "gizi_lebih", "balita"),
    "13.3": ("stunting-baduta", "stunting", "baduta"),
    "14.1": ("asi-eksklusif", "asi_eksklusif", "bayi"),
    "14.2": ("imd-asi-lanjut", "imd", "bayi_baru_lahir"),
    "14.3": ("asi-eksklusif", "mpasi_dini", "bayi"),
    "14.4": ("imd-asi-lanjut", "tetap_asi", "anak_6_23"),
    "16.2": ("air-sanitasi", "air_layak", "rumah_tangga"),
    "16.5": ("air-sanitasi", "sanitasi_layak", "rumah_tangga"),
}
"""Question → table per area, numerator and denominator."""
_COUNTS: Mapping[str, Callable[[], str]] = {
    "5.3": lambda: "17.253 anak pada 2023, di antaranya 193 AMPK",
    "8.1": lambda: "55 lembaga berjalan baik",
    "8.2": lambda: f"{number(1_086)} layanan",
    "10.1": lambda: "32 lembaga",
    "10.2": lambda: "20 lembaga",
    "12.4": lambda: "14 kematian bayi pada 2023 (2022: 16)",
    "12.5": lambda: "3 kematian ibu pada 2023 (2022: 4)",
    "14.7": lambda: "41 konselor",
    "15.1": lambda: "66,7% (6 dari 9)",
    "15.3": lambda: "4 terakreditasi, 7 menilai mandiri",
    "15.4": lambda: "36 petugas",
    "19.3": lambda: "90 satuan pendidikan",
    "19.4": lambda: f"{trained('19.4')} pendidik dan tenaga kependidikan",
    "20.1": lambda: "2 PKA",
    "20.2": lambda: "2 RIRA",
    "20.4": lambda: f"{trained('20.4')} pengelola",
    "21B.2": lambda: "5 mitra, nama dan perannya pada lembar Kemitraan",
    "24A.1": lambda: "11 kasus",
    "24A.3": lambda: "4 kasus",
    "24A.5": lambda: "13 kasus",
    "24A.6": lambda: "21 anak",
    "14.5": lambda: _places(("kantor-pemerintah", "kantor-swasta")),
    "14.6": lambda: _places(("fasilitas-kesehatan", "pasar", "perhubungan", "wisata", "umum-lain")),
}
_AREA_COLUMNS: Mapping[str, str] = {
    "2": "forum_anak",
    "3": "kelompok_anak",
    "4": "respons_kekerasan",
    "5": "akta",
    "6": "tanpa_perkawinan_anak",
    "7a": "gizi_buruk",
    "7b": "gizi_kurang",
    "7c": "gizi_lebih",
    "7d": "stunting",
    "8": "semua_bersekolah",
    "9": "ruang_baca",
    "10": "konsultasi",
    "11": "tanpa_rokok",
    "12": "taman",
    "13": "profil",
}
_VILLAGE_COLUMNS: Mapping[str, str] = {
    "2": "peraturan",
    "3": "anggaran",
    "4": "forum_anak",
    "5": "kelompok_anak",
    "6": "akta",
    "7": "tanpa_perkawinan_anak",
    "8a": "gizi_buruk",
    "8b": "gizi_kurang",
    "8c": "gizi_lebih",
    "8d": "stunting",
    "9": "semua_bersekolah",
    "10": "ruang_baca",
    "11": "konsultasi",
    "12": "tanpa_rokok",
    "13": "paud_hi",
    "14": "taman",
    "15": "patbm",
    "16": "profil",
}

_NOTES = Path(__file__).with_name("demo_notes.yaml")


def answers(plan: FormPlan) -> dict[str, Row]:
    """What the filler of ``plan`` answers: everything it owes and a part of what it helps with."""
    if plan.filler.kind is FillerKind.SECRETARIAT:
        return {}
    helped = [asked for asked in plan.questions if not asked.is_lead]
    found = {asked.question.id: owed(asked.question) for asked in plan.questions if asked.is_lead}
    return found | {
        asked.question.id: _agreed(asked, plan) for asked in helped[::_HELPED] if _is_settled(asked.question)
    }


@cache
def _owed(question_id: str) -> tuple[tuple[str, RawValue | int], ...]:
    question = next(each for each in framework().questions if each.id == question_id)
    level = _level(question)
    return (
        ("jawaban", _choice(question, level)),
        ("poin", _points(question, level)),
        ("catatan", _note(question, level)),
    )


def owed(question: Question) -> Row:
    """The answer of whoever owes ``question``."""
    return dict(_owed(question.id))


def _is_settled(question: Question) -> bool:
    """Whether others may answer the same without contradicting a figure or a sentence."""
    return question.answer.kind == "tingkat" and not question.answer.options


def _agreed(asked: AskedQuestion, plan: FormPlan) -> Row:
    said = owed(asked.question)
    return {
        "jawaban": said["jawaban"],
        "catatan": f"{plan.filler.name} mendukung sesuai tugasnya; rinciannya pada pengampu.",
    }


def _level(question: Question) -> float:
    """1 for yes, 0.5 for partly, 0 for no; a figure has a share of its own."""
    if question.id in _NO:
        return 0.0
    chance = Chance(f"jawaban|{question.id}")
    if question.answer.kind == "angka":
        return (0.5, 0.75, 1.0, 1.0)[chance.number(0, 3)]
    return 0.5 if question.id not in _REVERSED and chance.number(1, 100) <= 24 else 1.0


def _points(question: Question, level: float) -> float:
    return round(question.points * level * 4) / 4 if level < 1 else question.points


def _choice(question: Question, level: float) -> str:
    if question.answer.options:
        return question.answer.options[0]
    if question.answer.kind == "angka":
        return _figure(question)
    if question.answer.kind == "uraian":
        return "Ada, dijabarkan pada catatan dan matriks"
    if question.id in _REVERSED:
        return "Tidak"
    return {1.0: "Ya", 0.5: "Sebagian"}.get(level, "Tidak")


def _figure(question: Question) -> str:
    if question.id in _RATIOS:
        return f"{_percent(*_RATIOS[question.id], LATEST)} pada {LATEST}"
    if question.id in _COUNTS:
        return _COUNTS[question.id]()
    indicator, _, rest = question.id.partition(".")
    if indicator == "25":
        rows, columns = district_table("kelana"), _AREA_COLUMNS
    elif indicator == "26":
        rows, columns = village_table("dekela"), _VILLAGE_COLUMNS
    elif indicator == "19":
        return _schools(rest)
    else:
        return "Tersedia" if _level(question) else "Belum ada"
    found = [row.get(columns[rest]) == "Ya" for row in rows.values()]
    return f"{number(round(100 * sum(found) / len(found), 1))}% ({sum(found)} dari {len(found)})"


def _percent(table_id: str, part: str, whole: str, year: int) -> str:
    rows = by_village(table_id)
    return f"{number(round(100 * total(rows, part, year) / total(rows, whole, year), 1))}%"


def _places(kinds: tuple[str, ...]) -> str:
    rows = [fixed_table("ruang-asi")[f"{kind}@{LATEST}"] for kind in kinds]
    some, every = (sum(int(str(row[column])) for row in rows) for column in ("berruang", "tempat"))
    return f"{number(round(100 * some / every, 1))}% ({some} dari {every})"


def _schools(letter: str) -> str:
    levels = {"2a": "tk", "2b": "sd", "2c": "smp", "2d": "sma", "2e": "slb"}
    row = fixed_table("sekolah-ramah-anak")[f"{levels[letter]}@{LATEST}"]
    some, every = int(str(row["ber_sk"])), int(str(row["satuan"]))
    return f"{number(round(100 * some / every, 1))}% ({some} dari {every})"


@cache
def _notes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Pattern over titles, and notes that fit such a question."""
    found = YAML(typ="safe").load(_NOTES.read_text(encoding="utf-8"))
    return tuple((each["asks"], tuple(each["notes"])) for each in found)


def _note(question: Question, level: float) -> str:
    special = _special_note(question, level)
    if special:
        return special
    chance = Chance(f"catatan|{question.id}")
    texts = next(texts for pattern, texts in _notes() if re.search(pattern, question.title))
    note = chance.choice(texts)
    if question.id in _RATIOS:
        table = _RATIOS[question.id]
        return f"Tahun {FIRST} {_percent(*table, FIRST)}, tahun {LATEST} {_percent(*table, LATEST)}. {note}"
    return note if level == 1 else f"Baru sebagian wilayah. {note}"


def _special_note(question: Question, level: float) -> str:
    law = law_of(question.id) if question.id.startswith(("1.1", "1.2", "17.2")) else None
    if law is not None:
        kind = {"perda": "Peraturan Daerah", "perwali": "Peraturan Wali Kota"}.get(law.kind, "Instruksi Wali Kota")
        return f"{kind} Nomor {law.number} Tahun {law.day.year} tentang {law.about}."
    if question.id.startswith("1.3"):
        return "Pagu dan realisasi 2022 dan 2023 menurut sub kegiatan ada pada lembar Anggaran."
    if question.id.startswith("17.3"):
        some, every = SMOKE_FREE[{"a": "kesehatan", "b": "pendidikan", "c": "umum"}[question.id[-1]]][::-1]
        return f"Pada {LATEST} menerapkan KTR di {some} dari {every} tempat; bertambah dibandingkan {FIRST}."
    if question.id == "7.1":
        counts = f"Tahun {FIRST} {married(FIRST)} anak dan tahun {LATEST} {married(LATEST)} anak"
        return f"{counts}; sebabnya pada lembar Sebab Perkawinan Anak."
    return "Belum terlaksana; masuk rencana kerja tahun depan." if level == 0 else ""
