"""What files of the invented city hold, do or claim that must be said: persons, programs, signatures, pictures, dates.

Every number of a person begins with 99, a region that will never be; every name says that it is invented.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.builders.demo_model import Doc
from tests.builders.demo_problems import LOCK_FILE, Planted
from tests.builders.demo_returned import path_of, plans
from tests.builders.demo_signed import TTE_ADDED_TO, TTE_BROKEN

GIRL, BOY, THIRD = "9971014505120001", "9971011203100002", "9971021711140004"
"""NIK of invented children: the day of birth of a girl stands 40 higher."""
GROWN_UP = "9971015208800003"
HOUSEHOLD, OTHER_HOUSEHOLD = "9971010702190004", "9971032509210011"
"""Numbers of invented family cards."""
MASKED_GIRL = f"{GIRL[:4]}{'•' * 8}{GIRL[-4:]}"

HIDDEN_SHEET = "Disdukcapil/klaster 1/4/4.2 Matriks jemput bola akta 2022-2023.xlsx"
COMMENT = "Disdikbud/18/18.3 Catatan koordinasi ATS 2023.docx"
NAMED = f"Dinsos/10/10.1 Surat rekomendasi anak asuh {GIRL}.pdf"
ADULT = "Dinsos/10/10.2 Laporan kunjungan asesor LKSA 2023.pdf"
FAMILY = "Dinsos/V/23A.2 Matriks keluarga pengganti 2022-2023.xlsx"
DECISION = "Kelurahan/Durian Contoh/26.4 SK pengurus Forum Anak Durian Contoh.pdf"
BY_NAME = "Dinkes/klaster 3/13/13.3 Matriks balita stunting by name by address 2023.xlsx"
RECAP = "UPTD PPA/21A/21A.1, 21A.3, 21A.4a Matriks koordinasi dan monev.xlsx"
CASES = "UPTD PPA/21B/21B.1 Laporan penanganan korban 2023.pdf"
REDACTED = "UPTD PPA/21B/Versi tersamar/21B.1 Laporan penanganan korban 2023.pdf"
NOT_REDACTED = "Kesbangpol/V/24B/Versi tersamar/24B.1 Notula rapat pencegahan radikalisme 2023.pdf"
MINUTES = "Kesbangpol/V/24B/24B.1 Notula rapat pencegahan radikalisme 2023.pdf"
ORPHAN = "Kemenag/II/7/Versi tersamar/7.2 Laporan pendampingan dispensasi 2023.pdf"
HALF_SCANNED = "DP3A/Klaster I/6/6.2 Notula musrenbang anak dengan lampiran pindai 2023.pdf"
PLACE = "DLH/11/11.1 Ayunan Taman Contoh 2023.jpg"
SENSITIVE_PLACE = "UPTD PPA/24A/24A.6 Pos bantuan hukum 2023.jpg"
CAMPAIGN = "Disdikbud/19/19.5 Kampanye sekolah tanpa rokok 2023.jpg"
REUSED = "Disdikbud/19/19.6 Foto kemitraan SRA 2023.jpg"
OLD_PHOTO = "Dishub/11/11.5 RASS/foto halte sekolah.jpg"
SMALL_PHOTO = "DP3A/Klaster II/8/8.3 Ruang konseling PUSPAGA 2023.png"
TWO_FORMATS = "DLH/11/11.4 Foto taman baca keliling 2023.jpg"
SCRIPT = "Diskominfo/5/5.9 Laporan survei kanal ramah anak 2023.pdf"
MACRO = "Forum Anak/6.5 Laporan pelatihan pelopor 2023.docm"
ATTACHED = "Dishub/11/11.6 Laporan pelatihan petugas RASS 2023.pdf"
WINNERS = "Disdikbud/20/20.3, 20.7 Laporan pengawasan dan inovasi PKA.pdf"
PROGRAM = "Disnaker/V/buka laporan.bat"
RAR = "Media dan Lembaga Masyarakat/3.1a Dokumentasi kemitraan media.rar"
RESAVED = "Bagian Hukum/1.2/1.2f Perwali cegah perkawinan anak (unduhan JDIH).pdf"
MARRIAGE = "Bagian Hukum/1.2/1.2f Perwali cegah perkawinan anak_final rev2.pdf"
STALE = "Bagian Hukum/1.2/1.2s Perwali Sekolah Ramah Anak 2016-2020.pdf"
LOWER = "Disdikbud/19/19.2e Edaran SRA SLB.pdf"
OUTSIDE = "DP3A/Klaster II/8/8.5 Notula pelatihan KHA 2022-2023.pdf"

# Drawn up like all others; what they hold or do besides is put in by ``demo_spoilt``.
FILE_DOCS = (
    Doc(HIDDEN_SHEET, "xlsx", "jemput bola akta kelahiran", ("kegiatan",)),
    Doc(COMMENT, "docx", "koordinasi penanganan anak tidak sekolah", ("narasi",), (2023,)),
    Doc(NAMED, "laporan", "rekomendasi anak asuh", years=(2023,)),
    Doc(ADULT, "laporan", "kunjungan asesor LKSA", years=(2023,)),
    Doc(FAMILY, "xlsx", "pengasuhan keluarga pengganti", ("kemitraan",)),
    Doc(DECISION, "sk", "pengurus Forum Anak Kelurahan Durian Contoh", years=(2023,)),
    Doc(BY_NAME, "xlsx", "pendampingan balita stunting", ("kegiatan",), (2023,)),
    Doc(CASES, "laporan", "penanganan anak korban kekerasan", years=(2023,)),
    Doc(ORPHAN, "laporan", "pendampingan permohonan dispensasi kawin", years=(2023,)),
    Doc(HALF_SCANNED, "notula", "musyawarah perencanaan pembangunan anak", years=(2023,)),
    Doc(PLACE, "foto", "taman bermain", ("ayunan",), (2023,)),
    Doc(SENSITIVE_PLACE, "foto", "pos bantuan hukum", ("meja",), (2023,)),
    Doc(OLD_PHOTO, "foto", "halte sekolah", ("halte",), (2019,)),
    Doc(TWO_FORMATS, "foto", "taman baca keliling", ("buku",), (2023,)),
    Doc(SCRIPT, "laporan", "survei kanal informasi ramah anak", years=(2023,)),
    Doc(MACRO, "docx", "pelatihan pelopor dan pelapor Forum Anak", ("laporan",), (2023,)),
    Doc(ATTACHED, "laporan", "pelatihan petugas RASS", years=(2023,)),
)

_LAW = path_of(plans()["opd:bagian-hukum"])
_SCHOOLS = path_of(plans()["opd:disdikbud"])
_PLAN = path_of(plans()["opd:bappeda"])

FILE_PROBLEMS = (
    Planted("child-number", "Lembar tersembunyi memuat NIK tiga anak: MENGHALANGI.", HIDDEN_SHEET, ("4.2",)),
    Planted("child-number", "Komentar Word memuat NIK seorang anak: MENGHALANGI.", COMMENT, ("18.3",)),
    Planted("child-number", "Nama berkasnya sendiri memuat NIK seorang anak: MENGHALANGI.", NAMED, ("10.1",)),
    Planted("family-card", "Kolom nomor Kartu Keluarga: MENGHALANGI.", FAMILY, ("23A.2",)),
    Planted("child-list", "Lampiran SK menyebut nama dan tanggal lahir anak: MENGHALANGI.", DECISION, ("26.4",)),
    Planted("child-list", "Daftar balita stunting by name by address: MENGHALANGI.", BY_NAME, ("13.3",)),
    Planted(
        "child-list",
        "Laporan kasus menyebut nama korban: MENGHALANGI; versi tersamarnya ada, sehingga dosir edisi kirim memakai "
        "versi itu.",
        CASES,
        ("21B.1",),
    ),
    Planted(
        "small-counts",
        "Rekap kasus per kecamatan berisi angka 1 sampai 4: MENGHALANGI, dan berkasnya tidak ikut dikirim.",
        RECAP,
        ("21A.1",),
    ),
    Planted(
        "photo-place-sensitive",
        "Foto bukti pertanyaan sensitif menyimpan koordinat: MENGHALANGI.",
        SENSITIVE_PLACE,
        ("24A.6",),
    ),
    Planted("photo-place", "Foto taman menyimpan koordinat.", PLACE, ("11.1",)),
    Planted(
        "child-alone",
        "Laporan menyebut seorang anak dengan umur dan sekolahnya: ditahan sampai diputuskan.",
        ATTACHED,
        ("11.6",),
    ),
    Planted(
        "child-likely",
        "Laporan menyebut juara lomba di dalam kalimat: program tidak yakin siapa mereka, dan menahannya.",
        WINNERS,
        ("20.3",),
    ),
    Planted("adult-number", "Laporan memuat NIK seorang asesor: cukup ditutup.", ADULT, ("10.2",)),
    Planted("privacy-partly", "Halaman kedua hanya hasil pindai: data pribadi dicari sebagian.", HALF_SCANNED),
    Planted("privacy-unassessable", "Foto, pindaian, dan arsip yang tidak dapat dibaca program.", times=16),
    Planted("redacted-same", "Versi tersamar sama persis dengan aslinya.", NOT_REDACTED),
    Planted("redacted-without-original", "Versi tersamar tanpa berkas asli.", ORPHAN),
    Planted("photo-reused", "Gambar kampanye dipakai lagi, diperkecil, untuk pertanyaan lain.", CAMPAIGN),
    Planted("photo-date-outside", "Menurut kameranya foto diambil tahun 2019.", OLD_PHOTO, ("11.5",)),
    Planted("photo-too-small", "Gambar 480 × 360 piksel terlalu kecil untuk dicetak.", SMALL_PHOTO, ("8.3",)),
    Planted("active-content", "PDF dengan skrip JavaScript.", SCRIPT, ("5.9",)),
    Planted("active-content", "Dokumen Word dengan makro.", MACRO, ("6.5",)),
    Planted("embedded-files", "PDF dengan lampiran di dalamnya.", ATTACHED, ("11.6",)),
    Planted("polyglot-file", "Foto yang sekaligus arsip zip.", TWO_FORMATS, ("11.4",)),
    Planted("executable-file", "Naskah perintah Windows: ditolak, tidak dibuka.", PROGRAM),
    Planted("archive-not-opened", "Arsip .rar dicatat, isinya tidak diperiksa.", RAR),
    Planted("file-open", "Menurut berkas kuncinya sedang dibuka seseorang.", LOCK_FILE.replace("~$", "")),
    Planted(
        "document-number-differs", "Nomor Perda air minum pada Daftar Bukti lain dari dokumennya.", _LAW, ("1.2p",)
    ),
    Planted("document-date-differs", "Tanggal SK Tim ATS pada Daftar Bukti lain dari dokumennya.", _SCHOOLS, ("18.1",)),
    Planted("document-outside-years", "Notula bertanggal 2021, sebelum tahun data.", OUTSIDE, ("8.5",)),
    Planted("document-not-in-force", "Peraturan yang masa berlakunya berakhir tahun 2020.", STALE, ("1.2s",)),
    Planted("legal-level-lower", "Diminta Keputusan (SK), yang ada Surat Edaran.", LOWER, ("19.2e",)),
    Planted("same-document-twice", "Peraturan yang sama, diunduh lagi dari JDIH.", MARRIAGE, ("1.2f",)),
    Planted("signature-broken", "Berubah sesudah ditandatangani elektronik.", TTE_BROKEN, ("2.1",)),
    Planted("signature-not-whole", "Sehalaman ditambahkan sesudah tanda tangan elektronik.", TTE_ADDED_TO, ("19.1",)),
    Planted("signature-other-person", "TTE atas nama orang lain daripada yang dinyatakan formulir.", _PLAN, ("3.2",)),
)

FILE_UNPLANTABLE: Mapping[str, str] = {
    "refused-file": "needs bytes beyond a bound, or a link; too much for a repository",
    "arriving-file": "needs a file that is being written while it is read",
    "archive-partly-listed": "needs more members than the bound, thousands of them",
    "approval-unusable": "the demo city has not been signed; a bad sheet would stand for a mistake of its secretariat",
    "approval-misnamed": "the same",
    "topic-uncertain": "no question of this city's evidence is of another topic",
    "year-uncertain": "documents of this city say their years",
    "one-year-only": "documents of this city speak of both years where both are asked for",
    "too-few": "no question of the instrument asks for several documents of one kind",
    "unreadable-folder": "needs rights of a folder, which git does not keep",
    "photo-used-before": "needs a run of an earlier evaluation",
    "earlier-history-unread": "needs a run of an earlier evaluation",
    "vanished-folder": "needs an earlier run",
    "file-changed": "needs an earlier run",
    "file-withdrawn": "needs an earlier run",
    "override-lapsed": "needs an earlier run and a person who lifted a finding",
    "signature-unknown": "its file would count as signed in the city, and nobody can say by whom",
    "infected-file": "needs a virus, or its test mark, which scanners of others would delete",
    "virus-unseen": "needs a scanner that stops answering",
    "virus-unseen-file": "needs a scanner with a limit",
    "role-without-agency": "needs a kota.yaml without an agency for some question",
    "manifest-inconsistent": "would be a defect of the program",
}
"""Codes about files that the city does not show, with the reason."""
