"""The papers of an office besides regulations: reports, budgets, plans, certificates, minutes, agreements, leaflets."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.builders.demo_legal import edaran, instruksi, perda, perwali, sk
from tests.builders.demo_model import Doc, Matter, Office, thousands
from tests.builders.demo_page import items, letterhead, page, signature, table
from tests.builders.demo_parts import PARTS, label_years, parts_of, results

Form = Callable[[Doc, Matter, Office], str]


def _last_year(doc: Doc) -> int:
    return doc.years[-1] if doc.years else 2023


def _titled(heading: str, doc: Doc, office: Office, body: str, *, look: str = "", dated: bool = True) -> str:
    period = f"<br>{label_years(doc)}" if dated else ""
    title = f"<h1>{heading} {escape(doc.topic.upper())}{period}</h1>"
    sign = signature(office.head, doc.chance.day(_last_year(doc)))
    return page(doc.topic, f"{letterhead(office.name)}{title}{body}{sign}", look)


def laporan(doc: Doc, matter: Matter, office: Office) -> str:
    """A report of activities with results per year and whatever parts are asked for."""
    period = " dan ".join(str(year) for year in doc.years)
    words = f" Kegiatan mencakup {escape(', '.join(matter.words))}." if matter.words else ""
    body = (
        f"<h2>I. Latar belakang</h2><p>Laporan ini menyajikan pelaksanaan {escape(doc.topic)} di Kota Contoh "
        f"selama {period} sebagai bagian dari penyelenggaraan Kota Layak Anak.{words}</p>"
        f"<h2>II. Pelaksanaan dan hasil</h2>{results(doc, matter)}{parts_of(doc, matter)}"
        "<h2>III. Hambatan dan tindak lanjut</h2><p>Hambatan utama ialah keterbatasan petugas di kelurahan. Upaya yang "
        "dilakukan: penjadwalan bersama, pendampingan, dan pemantauan setiap triwulan.</p>"
    )
    return _titled("LAPORAN PELAKSANAAN", doc, office, body)


def notula(doc: Doc, matter: Matter, office: Office) -> str:
    """Minutes on their own."""
    return _titled("NOTULA RAPAT", doc, office, PARTS["notula"](doc, matter) + parts_of(doc, matter))


def hadir(doc: Doc, matter: Matter, office: Office) -> str:
    """An attendance list on its own, with offices and no names."""
    return _titled("DAFTAR HADIR", doc, office, PARTS["hadir"](doc, matter) + parts_of(doc, matter))


def sop(doc: Doc, matter: Matter, office: Office) -> str:
    """A standard operating procedure."""
    return _titled(
        "STANDAR OPERASIONAL PROSEDUR", doc, office, PARTS["sop"](doc, matter) + parts_of(doc, matter), dated=False
    )


def data(doc: Doc, matter: Matter, office: Office) -> str:
    """Figures by district."""
    return _titled("REKAPITULASI DATA", doc, office, PARTS["data"](doc, matter) + parts_of(doc, matter))


def matriks(doc: Doc, matter: Matter, office: Office) -> str:
    """A matrix on its own, on a wide page."""
    return _titled(
        "MATRIKS PELAKSANAAN", doc, office, PARTS["matriks"](doc, matter) + parts_of(doc, matter), look="wide"
    )


def narasi(doc: Doc, matter: Matter, office: Office) -> str:
    """The note of efforts some questions ask for; it has no letterhead."""
    sign = signature(office.head, doc.chance.day(_last_year(doc)))
    return page(doc.topic, f"{PARTS['narasi'](doc, matter)}{parts_of(doc, matter)}{sign}")


def mou(doc: Doc, matter: Matter, office: Office) -> str:
    """A memorandum of understanding between the agency and a partner."""
    body = (
        f"<p>Pada hari ini, {escape(office.head)} (PIHAK KESATU) dan pimpinan lembaga mitra (PIHAK KEDUA) sepakat "
        f"bekerja sama dalam {escape(doc.topic)} untuk jangka waktu tiga tahun.</p><h2>Pasal 1 Ruang lingkup</h2>"
        f"{items([*matter.subjects[:4], 'pertukaran informasi tanpa data pribadi anak'])}<h2>Pasal 2 Pembiayaan</h2>"
        f"<p>Biaya ditanggung para pihak sesuai dengan kewenangannya.</p>{parts_of(doc, matter)}"
    )
    return _titled("NOTA KESEPAHAMAN", doc, office, body, dated=False)


def profil(doc: Doc, matter: Matter, office: Office) -> str:
    """A profile with figures by district."""
    body = (
        f"<p>Profil ini memuat gambaran {escape(doc.topic)} menurut jenis kelamin, umur, dan kecamatan.</p>"
        f"{PARTS['data'](doc, matter)}{parts_of(doc, matter)}"
    )
    return _titled("PROFIL", doc, office, body)


def rad(doc: Doc, matter: Matter, office: Office) -> str:
    """A regional action plan."""
    blocks = ("Kelembagaan", "Klaster I", "Klaster II", "Klaster III", "Klaster IV", "Klaster V")
    chance = doc.chance
    rows = [
        (place, block, "Program prioritas dan penguatan layanan", thousands(chance.number(90, 900) * 1_000_000))
        for place, block in enumerate(blocks, 1)
    ]
    plan = table(("No.", "Bidang", "Kegiatan", "Pagu (Rp)"), rows)
    return _titled(
        "RENCANA AKSI DAERAH", doc, office, plan + items(matter.subjects) + parts_of(doc, matter), dated=False
    )


def apbd(doc: Doc, matter: Matter, office: Office) -> str:
    """An excerpt of the budget: ceiling and spending per activity and year."""
    chance = doc.chance
    rows = []
    for place, subject in enumerate(matter.subjects or (doc.topic,), 1):
        cells: list[str] = []
        for _ in doc.years:
            ceiling = chance.number(40, 900) * 250_000
            cells += [thousands(ceiling), thousands(ceiling * chance.number(82, 99) // 100)]
        rows.append((place, subject, *cells))
    heads = ("No.", "Kegiatan", *(f"{name} {year} (Rp)" for year in doc.years for name in ("Pagu", "Realisasi")))
    note = "<p class='source'>Sumber: angka rekaan; tanda tangan pada salinan ini hanya ketikan.</p>"
    return _titled("KUTIPAN APBD", doc, office, table(heads, rows) + note + parts_of(doc, matter))


def sertifikat(doc: Doc, matter: Matter, office: Office) -> str:
    """A certificate of training for an office, not a person."""
    day = doc.chance.day(_last_year(doc))
    body = (
        f'<div class="frame"><h1>SERTIFIKAT</h1><p>Nomor 005/{doc.chance.number(10, 99)}/{day.year}</p>'
        f"<p>diberikan kepada</p><h1>PESERTA CONTOH</h1><p>unsur {escape(office.name)}</p><p>yang telah mengikuti "
        f"pelatihan {escape(doc.topic)}, {day.year}, selama 24 jam pelajaran.</p>"
        f"{signature('Panitia Penyelenggara', day)}</div>{parts_of(doc, matter)}"
    )
    return page(doc.topic, body, "wide")


def kie(doc: Doc, matter: Matter, office: Office) -> str:
    """A leaflet."""
    body = (
        "<p class='centre'>Bahan komunikasi, informasi, dan edukasi (leaflet)</p>"
        f"{items(matter.subjects[:3] or [doc.topic])}<p>Hubungi layanan terdekat di kelurahan Anda.</p>"
        f"{PARTS['foto'](doc, matter)}{parts_of(doc, matter)}"
    )
    return _titled("LEAFLET", doc, office, body)


def rilis(doc: Doc, matter: Matter, office: Office) -> str:
    """A press release."""
    body = (
        f"<p>CONTOH – Pemerintah Kota Contoh terus memperkuat {escape(doc.topic)}. Kegiatan selama "
        f"{' dan '.join(str(year) for year in doc.years)} diikuti perangkat daerah, dunia usaha, media, dan "
        f"masyarakat.</p>{items(matter.subjects[:3])}{parts_of(doc, matter)}"
    )
    return _titled("SIARAN PERS", doc, office, body)


def umum(doc: Doc, _matter: Matter, office: Office) -> str:
    """A paper that is no proof of anything: instructions for the office's photocopier."""
    texts = (
        "Nyalakan mesin dan tunggu sampai lampu hijau.",
        "Letakkan kertas menghadap ke bawah.",
        "Pilih jumlah lembar, lalu tekan tombol mulai.",
        "Matikan mesin sebelum pulang.",
    )
    body = f"<h1>{escape(doc.topic.upper())}</h1>{items(texts)}<p>Ruang tata usaha, {escape(office.name)}</p>"
    return page(doc.topic, body)


FORMS: dict[str, Form] = {
    form.__name__: form
    for form in (
        perda, perwali, sk, instruksi, edaran, laporan, notula, hadir, sop, data, matriks, narasi, mou, profil, rad,
        apbd, sertifikat, kie, rilis, umum,
    )
}  # fmt: skip
