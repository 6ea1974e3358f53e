"""Sections that reports and other documents share: year tables, matrices, data by area, minutes, pictures."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape

from tests.builders.demo_model import DISTRICTS, Chance, Doc, Matter, percent, sentence, thousands
from tests.builders.demo_page import items, table
from tests.builders.demo_picture import SCENES, scene_jpeg

PARTNERS = (
    "Dinas Pendidikan dan Kebudayaan",
    "Dinas Kesehatan",
    "Dinas Sosial",
    "Dinas Pemberdayaan Perempuan",
    "Kementerian Agama",
    "Forum Anak Kota Contoh",
    "Asosiasi Perusahaan Contoh",
    "Radio Suara Rekaan",
    "Yayasan Anak Rekaan",
)
ACTIVITIES = (
    "sosialisasi di kelurahan",
    "bimbingan teknis bagi petugas",
    "penyediaan sarana",
    "pendampingan keluarga",
    "pertukaran data triwulanan",
    "rapat koordinasi",
    "publikasi bersama",
)
OFFICES = ("Kepala Bidang", "Kepala Seksi", "Analis Kebijakan", "Penyuluh", "Fasilitator", "Perwakilan kelurahan")


def label_years(doc: Doc) -> str:
    """The years of a document as a heading says them: "TAHUN 2022 DAN 2023"; empty for none."""
    return f"TAHUN {' DAN '.join(str(year) for year in doc.years)}" if doc.years else ""


def results(doc: Doc, matter: Matter) -> str:
    """What was done per question, one column per year, in whole activities."""
    chance = doc.chance
    subjects = matter.subjects or (doc.topic,)
    rows = [
        (
            place,
            subject,
            *(f"{chance.number(12, 480)} {chance.choice(('peserta', 'keluarga', 'kegiatan'))}" for _ in doc.years),
        )
        for place, subject in enumerate(subjects[:8], 1)
    ]
    return table(("No.", "Uraian", *(f"Tahun {year}" for year in doc.years)), rows)


def matrix_rows(doc: Doc, count: int = 6) -> list[tuple[object, ...]]:
    """Rows of a partnership matrix: number, partner, role, one result per year."""
    chance = Chance(doc.path + "matriks")
    start = chance.number(0, len(PARTNERS) - 1)
    return [
        (
            place + 1,
            PARTNERS[(start + place) % len(PARTNERS)],
            ACTIVITIES[(start + 2 * place) % len(ACTIVITIES)],
            *(f"{chance.number(2, 24)} kegiatan" for _ in doc.years),
        )
        for place in range(count)
    ]


def areas(*, villages: bool) -> list[str]:
    """Names of all kecamatan, or of all kelurahan, in the city's order."""
    return [village for names in DISTRICTS.values() for village in names] if villages else list(DISTRICTS)


def area_rows(doc: Doc, *, villages: bool = False) -> list[tuple[object, ...]]:
    """Rows of children by area: number, area, boys, girls, both, reached, per cent; every area once, sums exact."""
    chance = Chance(doc.path + "wilayah")
    rows: list[tuple[object, ...]] = []
    for place, area in enumerate(areas(villages=villages), 1):
        boys, girls = chance.number(410, 980), chance.number(400, 960)
        reached = (boys + girls) * chance.number(610, 985) // 1000
        rows.append((place, area, boys, girls, boys + girls, reached, percent(reached, boys + girls)))
    return rows


def case_rows(doc: Doc, *, villages: bool = False) -> list[tuple[object, ...]]:
    """Rows of rare things by area: number, area, all, cases, per cent; never so few that anyone could be told."""
    rows: list[tuple[object, ...]] = []
    chance = Chance(doc.path + "kasus")
    for place, area in enumerate(areas(villages=villages), 1):
        whole = chance.number(800, 1_900)
        some = whole * chance.number(20, 110) // 1000
        rows.append((place, area, whole, some, percent(some, whole)))
    return rows


def supply_rows(doc: Doc, *, villages: bool = False) -> list[tuple[object, ...]]:
    """Rows of what each area has: number, area, yes or no, how many units."""
    chance = Chance(doc.path + "ada")
    units = [(area, chance.number(0, 4)) for area in areas(villages=villages)]
    return [(place, area, "Ada" if count else "Belum ada", count) for place, (area, count) in enumerate(units, 1)]


def matrix(doc: Doc, _matter: Matter) -> str:
    """A matrix inside a PDF."""
    heads = ("No.", "Perangkat daerah atau mitra", "Peran", *(f"Tahun {year}" for year in doc.years))
    title = f"MATRIKS KEMITRAAN {escape(doc.topic.upper())} {label_years(doc)}"
    return f"<h2>{title}</h2>{table(heads, matrix_rows(doc))}<p class='source'>Sumber: data rekaan.</p>"


def data(doc: Doc, _matter: Matter) -> str:
    """Children by district, for each year."""
    heads = ("No.", "Kecamatan", "L", "P", "L+P", "Capaian", "%")
    tables = []
    for place, year in enumerate(doc.years, 1):
        rows = area_rows(Doc(f"{doc.path}{year}", doc.form, doc.topic))
        shown = [tuple(thousands(cell) if isinstance(cell, int) else cell for cell in row) for row in rows]
        tables.append(
            f"<h2>Tabel {place}. {escape(sentence(doc.topic))} menurut kecamatan, {year}</h2>{table(heads, shown)}"
        )
    return "".join(tables) + "<p class='source'>Sumber: data rekaan.</p>"


def cases(doc: Doc, _matter: Matter) -> str:
    """Rare things by district, for each year, in sums that nobody can be told from."""
    tables = []
    for place, year in enumerate(doc.years, 1):
        rows = case_rows(Doc(f"{doc.path}{year}", doc.form, doc.topic))
        shown = [tuple(thousands(cell) if isinstance(cell, int) else cell for cell in row) for row in rows]
        title = f"Tabel {place}. {escape(sentence(doc.topic))} menurut kecamatan, {year}"
        tables.append(f"<h2>{title}</h2>{table(('No.', 'Kecamatan', 'Seluruhnya', 'Jumlah kasus', '%'), shown)}")
    return "".join(tables) + "<p class='source'>Sumber: data rekaan, hanya angka agregat.</p>"


def note(doc: Doc, matter: Matter) -> str:
    """The note of efforts that some questions ask for."""
    period = " dan ".join(str(year) for year in doc.years)
    points = [f"{subject}: pendampingan dan pemantauan selama {period}." for subject in matter.subjects or (doc.topic,)]
    return f"<h2>CATATAN UPAYA {escape(doc.topic.upper())}</h2>{items(points)}"


def minutes(doc: Doc, matter: Matter) -> str:
    """Minutes of a meeting."""
    day = doc.chance.day(doc.years[-1] if doc.years else 2023)
    points = [*matter.subjects[:3], "pembagian tugas dan jadwal tindak lanjut"]
    rows = [(place, point, "Disepakati dan dilaporkan pada rapat berikutnya") for place, point in enumerate(points, 1)]
    agreed = table(("No.", "Pokok bahasan", "Kesepakatan"), rows)
    return f"<h2>NOTULA RAPAT</h2><p>Hari, tanggal: {day:%d-%m-%Y}</p>{agreed}"


def attendance(doc: Doc, _matter: Matter) -> str:
    """An attendance list of offices, never of people."""
    chance = Chance(doc.path + "hadir")
    rows = [(place, chance.choice(OFFICES), chance.choice(PARTNERS), "ttd.") for place in range(1, 13)]
    return f"<h2>DAFTAR HADIR</h2>{table(('No.', 'Jabatan', 'Unsur', 'Paraf'), rows)}"


def pictures(doc: Doc, _matter: Matter) -> str:
    """Two captioned drawings that stand for photos."""
    chance = Chance(doc.path + "foto")
    start = chance.number(0, len(SCENES) - 1)
    figures = []
    for place in range(2):
        name = sorted(SCENES)[(start + place) % len(SCENES)]
        picture = base64.b64encode(scene_jpeg(name, f"{doc.path}{place}", (300, 200), quality=45)).decode()
        figures.append(f'<img class="photo" alt="Gambar rekaan" src="data:image/jpeg;base64,{picture}">')
    caption = f"Gambar rekaan: {escape(doc.topic)}, {' dan '.join(str(year) for year in doc.years)}"
    return f"<h2>DOKUMENTASI KEGIATAN</h2><figure>{''.join(figures)}<figcaption>{caption}</figcaption></figure>"


def steps(doc: Doc, matter: Matter) -> str:
    """A procedure as a table of steps."""
    actions = (
        "Menerima laporan atau permohonan",
        "Memeriksa kelengkapan",
        "Melakukan asesmen",
        "Memberi layanan",
        "Mencatat hasil",
    )
    rows = [
        (place, action, chance_time, "Petugas layanan")
        for place, (action, chance_time) in enumerate(
            zip(actions, ("15 menit", "30 menit", "1 hari", "3 hari", "1 jam"), strict=True), 1
        )
    ]
    scope = f"<p>Ruang lingkup: {escape('; '.join(matter.subjects[:3]) or doc.topic)}.</p>"
    return f"<h2>STANDAR OPERASIONAL PROSEDUR</h2>{scope}{table(('No.', 'Langkah', 'Waktu', 'Pelaksana'), rows)}"


PARTS: dict[str, Callable[[Doc, Matter], str]] = {
    "matriks": matrix,
    "data": data,
    "kasus": cases,
    "narasi": note,
    "notula": minutes,
    "hadir": attendance,
    "foto": pictures,
    "sop": steps,
}


def parts_of(doc: Doc, matter: Matter) -> str:
    """The further sections a document asks for, in the order named."""
    return "".join(PARTS[name](doc, matter) for name in doc.parts if name in PARTS)
