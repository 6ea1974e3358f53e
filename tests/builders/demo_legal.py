"""Regulations, decisions, instructions and circulars of the invented city, in the order officials expect."""

from __future__ import annotations

from datetime import date

from tests.builders.demo_model import Doc, Matter, Office, long_date
from tests.builders.demo_page import items, letterhead, page, signature

_SCOPE = (
    "koordinasi antarperangkat daerah",
    "pendataan dan pelaporan",
    "pembinaan, pengawasan, dan peran serta masyarakat",
)
_ARTICLES = (
    "Pemerintah Daerah melaksanakan urusan ini melalui perangkat daerah yang membidangi dan Gugus Tugas.",
    "Kecamatan dan kelurahan melaksanakan ketentuan ini sesuai dengan kewenangannya dan melaporkannya setiap semester.",
    "Masyarakat, dunia usaha, dan media massa berperan serta tanpa mengurangi tanggung jawab Pemerintah Daerah.",
    "Pembiayaan dibebankan pada Anggaran Pendapatan dan Belanja Daerah serta sumber lain yang sah dan tidak mengikat.",
)


def law_number(doc: Doc) -> int:
    """The number of a Peraturan Daerah."""
    return doc.chance.number(2, 9)


def perda(doc: Doc, matter: Matter, _office: Office) -> str:
    """A Peraturan Daerah with recitals, scope, sanctions and promulgation."""
    number, day = law_number(doc), doc.chance.day(doc.years[0])
    sanction = (
        "<h2>BAB III<br>SANKSI</h2><h2>Pasal 5</h2><p>Setiap orang atau badan yang melanggar ketentuan Pasal 3 dikenai "
        "sanksi administratif berupa teguran lisan, teguran tertulis, penghentian kegiatan, dan denda administratif "
        "paling banyak Rp5.000.000,00.</p>"
    )
    head = _heading("WALI KOTA CONTOH<br>PROVINSI CONTOH", f"PERATURAN DAERAH KOTA CONTOH<br>NOMOR {number}", day, doc)
    end = (
        f"<p>Diundangkan di Contoh pada tanggal {long_date(day)}. Sekretaris Daerah Kota Contoh, ttd. NAMA CONTOH DUA."
        f"</p><p>LEMBARAN DAERAH KOTA CONTOH TAHUN {day.year} NOMOR {number}</p>"
    )
    return _law(doc, matter, day, head, "Peraturan Daerah", sanction, end)


def perwali(doc: Doc, matter: Matter, _office: Office) -> str:
    """A Peraturan Wali Kota."""
    number, day = doc.chance.number(11, 79), doc.chance.day(doc.years[0])
    head = _heading("WALI KOTA CONTOH<br>PROVINSI CONTOH", f"PERATURAN WALI KOTA CONTOH<br>NOMOR {number}", day, doc)
    end = f"<p>BERITA DAERAH KOTA CONTOH TAHUN {day.year} NOMOR {number}</p>"
    return _law(doc, matter, day, head, "Peraturan Wali Kota", "", end)


def _heading(top: str, name: str, day: date, doc: Doc) -> str:
    return (
        f"<h1>{top}</h1><h1>{name} TAHUN {day.year}<br><br>TENTANG<br><br>{doc.topic.upper()}</h1>"
        '<p class="centre">DENGAN RAHMAT TUHAN YANG MAHA ESA</p><p class="centre">WALI KOTA CONTOH,</p>'
    )


def _law(doc: Doc, matter: Matter, day: date, head: str, kind: str, extra: str, end: str) -> str:
    scope = items([*matter.words, *_SCOPE])
    chance = doc.chance
    articles = "".join(
        f"<h2>Pasal {place}</h2><p>{text}</p>"
        for place, text in enumerate((_ARTICLES[0], chance.choice(_ARTICLES[1:])), 3)
    )
    body = (
        f"{head}<p>Menimbang: a. bahwa setiap anak berhak atas kelangsungan hidup, tumbuh, dan berkembang serta atas "
        f"pelindungan dari kekerasan dan diskriminasi; b. bahwa untuk itu perlu ditetapkan {kind} tentang {doc.topic};"
        "</p><p>Mengingat: 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945; "
        "2. Undang-Undang tentang Perlindungan Anak; 3. Undang-Undang tentang Pemerintahan Daerah;</p>"
        f"<h1>MEMUTUSKAN:</h1><p>Menetapkan: {kind.upper()} TENTANG {doc.topic.upper()}.</p>"
        "<h2>BAB I<br>KETENTUAN UMUM</h2><h2>Pasal 1</h2><p>Dalam peraturan ini yang dimaksud dengan Kota adalah Kota "
        "Contoh, dan Anak adalah seseorang yang belum berusia 18 (delapan belas) tahun, termasuk yang masih dalam "
        f"kandungan.</p><h2>Pasal 2</h2><p>Ruang lingkup peraturan ini meliputi:</p>{scope}"
        f"<h2>BAB II<br>PELAKSANAAN</h2>{articles}{extra}<p>Peraturan ini mulai berlaku pada tanggal diundangkan.</p>"
        f"{signature('WALI KOTA CONTOH', day, 'NAMA CONTOH SATU')}{end}"
    )
    return page(doc.topic, body, "law")


def sk(doc: Doc, matter: Matter, office: Office) -> str:
    """A decision (SK): of the mayor where the office is a secretariat, otherwise of the head of the agency."""
    day, number = doc.chance.day(doc.years[0]), doc.chance.number(11, 460)
    head = "Wali Kota Contoh" if "wali" in doc.parts else office.head
    members = ("Ketua", "Wakil Ketua", "Sekretaris", "Koordinator bidang data", "Koordinator bidang layanan", "Anggota")
    duties = [*matter.words, *matter.subjects[:3]] or [doc.topic]
    body = (
        f"{letterhead(office.name)}<h1>KEPUTUSAN {head.upper()}<br>NOMOR 188.45/{number}/{day.year}<br><br>TENTANG<br>"
        f"{doc.topic.upper()}</h1><p>Menimbang: bahwa untuk kelancaran pelaksanaan {doc.topic} perlu ditetapkan dengan "
        "keputusan.</p><p>Mengingat: Undang-Undang tentang Perlindungan Anak; Peraturan Daerah tentang Penyelenggaraan "
        "Kota Layak Anak.</p><h1>MEMUTUSKAN:</h1><p>Menetapkan:</p>"
        f"<p>KESATU: Menetapkan {doc.topic} dengan susunan sebagaimana tercantum dalam keputusan ini.</p>"
        f"<p>KEDUA: Lingkup tugas meliputi:</p>{items(duties)}<p>KETIGA: Susunan dalam jabatan:</p>{items(members)}"
        f"<p>KEEMPAT: Keputusan ini mulai berlaku pada tanggal ditetapkan.</p>{signature(head, day)}"
    )
    return page(doc.topic, body)


def instruksi(doc: Doc, matter: Matter, _office: Office) -> str:
    """An instruction of the mayor."""
    day, number = doc.chance.day(doc.years[0]), doc.chance.number(2, 9)
    body = (
        f"<h1>WALI KOTA CONTOH<br><br>INSTRUKSI WALI KOTA CONTOH<br>NOMOR {number} TAHUN {day.year}<br>TENTANG<br>"
        f"{doc.topic.upper()}</h1><p>Dalam rangka {doc.topic}, dengan ini menginstruksikan:</p><p>Kepada: para kepala "
        f"perangkat daerah, camat, dan lurah.</p><p>Untuk:</p>"
        f"{items([*matter.words, *matter.subjects, *_ARTICLES[1:3]])}"
        f"{signature('WALI KOTA CONTOH', day, 'NAMA CONTOH SATU')}"
    )
    return page(doc.topic, body, "law")


def edaran(doc: Doc, matter: Matter, office: Office) -> str:
    """A circular of the head of the agency."""
    day, number = doc.chance.day(doc.years[0]), doc.chance.number(10, 99)
    body = (
        f"{letterhead(office.name)}<h1>SURAT EDARAN<br>NOMOR 463/{number}/{day.year}<br>TENTANG<br>{doc.topic.upper()}"
        f"</h1><p>Menindaklanjuti kebijakan Pemerintah Kota Contoh tentang {doc.topic}, disampaikan hal berikut.</p>"
        f"{items([*matter.words, *matter.subjects, *_ARTICLES[1:3]])}<p>Demikian untuk dilaksanakan.</p>"
        f"{signature(office.head, day)}"
    )
    return page(doc.topic, body)
