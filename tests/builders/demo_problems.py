"""What is wrong in the invented city on purpose: each problem once, with the file it sits in and what should be said.

The same list writes the ``BACA-SAYA.txt`` of the city and is checked off by ``tests/test_demo_city.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.privacy import mask_numbers
from tests.builders.demo_model import Doc


@dataclass(frozen=True, slots=True)
class Planted:
    """One problem planted in the demo city."""

    code: str
    """Finding code (``validations/findings.yaml``) it must lead to.

    Files that are only counted have their status here instead, ``diabaikan``.
    """
    say: str
    """What the program should say, in Indonesian."""
    path: str = ""
    """File or folder it sits in, relative to the year's input folder; empty where a question lacks any file."""
    questions: tuple[str, ...] = ()
    """Questions it concerns."""
    agency: str = ""
    """Id of the agency it concerns, where that has neither path nor question."""
    times: int = 1
    """How often it must be found."""


PERDA = "Bagian Hukum/1.1 Perda Penyelenggaraan Kota Layak Anak (salinan).pdf"
EMPTY = "Dinkes/klaster 3/12/12.7 Inovasi penurunan AKI dan AKB.pdf"
LOCKED = "Dinsos/10/10.3 SOP pengangkatan anak.pdf"
DAMAGED = "Dinas PUPR Perkim/16/16.3 Laporan peningkatan akses air minum 2023.pdf"
WRONG_EXTENSION = "DP3A/Klaster II/8/8.7 Foto inovasi PUSPAGA 2023.pdf"
WRONG_YEAR = "Dinkes/klaster 3/16.4 Laporan pengawasan kualitas air 2019.pdf"
DUPLICATE = "DP3A/Kelembagaan/1/Perda KLA dari DP3A.pdf"
LOCK_FILE = "Dinkes/klaster 3/12/~$12.3 Data imunisasi dasar 2022-2023.xlsx"
SYSTEM_FILE = "Disparpora/Thumbs.db"
UNKNOWN_ID = "Dinkes/klaster 3/12/12.9 Rekap rujukan ibu bersalin 2023.pdf"
CONFLICT = "Dinkes/klaster 3/13/13.4/14.7 Sertifikat konselor ASI.pdf"
DATE_LIKE = "Disnaker/12.1.2024 notulen.pdf"
UNRELATED = "DP3A/Kelembagaan/1/1.4 Hasil jaring pendapat anak.pdf"
UNMATCHED_FOLDER = "TP PKK Kota Contoh"
UNMATCHED_FILE = f"{UNMATCHED_FOLDER}/8.4 Publikasi BKB 2023.pdf"
ZIP = "DP3A/Klaster I/6/6.7 berkas inovasi Forum Anak.zip"
ZIP_MEMBERS = ("laporan inovasi 2023.pdf", "foto kegiatan.jpg")
ZIP_WITHIN = "lampiran.zip"
ZIP_WITHIN_MEMBER = "6.7 Surat dukungan inovasi 2023.pdf"
"""An archive in the archive; what lies in it cites by its own name."""
PASSWORD = "contoh-rahasia"

# Drawn up like all others; what is wrong with them is done afterwards in ``demo_city``.
DOCS = (
    Doc(LOCKED, "sop", "pengangkatan anak"),
    Doc(DAMAGED, "laporan", "peningkatan akses air minum", years=(2023,)),
    Doc(WRONG_EXTENSION, "foto", "inovasi PUSPAGA", ("inovasi",), (2023,)),
    Doc(WRONG_YEAR, "laporan", "pengawasan kualitas air minum", years=(2019,)),
    Doc(UNKNOWN_ID, "laporan", "rujukan ibu bersalin", years=(2023,)),
    Doc(CONFLICT, "sertifikat", "konselor ASI", years=(2022,)),
    Doc(DATE_LIKE, "notula", "persiapan penilaian", years=(2023,)),
    Doc(UNRELATED, "umum", "petunjuk memakai mesin fotokopi", years=()),
    Doc(UNMATCHED_FILE, "kie", "Bina Keluarga Balita", years=(2023,)),
)

BLOCKING_FILES = 9
"""Files in which a child is exposed, as ``BACA-SAYA.txt`` says in words."""
MISSING = ("1.2k", "1.2t", "5.5", "9.4", "10.6", "11.7", "20.8", "24A.2")
UNLISTED = ("1.2o", "1.2z", "1.3f", "1.3zg")
"""Further questions of the legal basis and the budget that nobody proves."""

PROBLEMS = (
    Planted("missing-evidence", "Tidak satu pun berkas menjawab pertanyaan ini: KURANG.", questions=MISSING),
    Planted("empty-file", "Berkas kosong (0 bita): TIDAK DAPAT DINILAI, minta kirim ulang.", EMPTY, ("12.7",)),
    Planted("locked-file", "PDF berkata sandi: TIDAK DAPAT DINILAI, minta versi tanpa kata sandi.", LOCKED, ("10.3",)),
    Planted("unreadable-file", "PDF rusak (terpotong): TIDAK DAPAT DINILAI, minta kirim ulang.", DAMAGED, ("16.3",)),
    Planted(
        "wrong-format",
        "Isinya gambar JPEG, namanya .pdf: tetap dibaca, sarankan ganti nama.",
        WRONG_EXTENSION,
        ("8.7",),
    ),
    Planted("wrong-year", "Laporan tahun 2019, padahal tahun data 2022 dan 2023.", WRONG_YEAR, ("16.4",)),
    Planted("duplicate-file", "Sama persis dengan Perda di folder Bagian Hukum.", DUPLICATE),
    Planted(
        "uncited-file",
        "Tidak dirujuk pertanyaan mana pun, tetapi folder 20 memberi saran pertanyaan indikator 20.",
        "Disparpora/20/Pusat kreativitas remaja.pdf",
    ),
    Planted("uncited-file", "Tidak dirujuk pertanyaan mana pun.", "BNN Kota/sosialisasi anti narkoba sekolah 2023.pdf"),
    Planted("uncited-file", "Tidak dirujuk pertanyaan mana pun.", "Disparpora/Foto taman kota 2022.jpg"),
    Planted(
        "uncited-file",
        "Tidak dirujuk pertanyaan mana pun.",
        "Pengadilan/Statistik dispensasi kawin 2022-2023 (agregat).pdf",
    ),
    Planted(
        "uncited-file",
        "Nomor 1.3 tidak berdiri sendiri: disarankan pertanyaan 1.3a dan seterusnya.",
        "Bappeda/1.3 Rekap anggaran responsif anak 2022-2023.xlsx",
    ),
    Planted("uncited-file", "12.1.2024 adalah tanggal, bukan pertanyaan 12.1.", DATE_LIKE),
    Planted("unknown-question", "Pertanyaan 12.9 tidak ada pada instrumen; disebutkan nomor terdekat.", UNKNOWN_ID),
    Planted("name-conflict", "Nama berkas 14.7, foldernya 13.4: nama berkas yang dipakai.", CONFLICT, ("14.7",)),
    Planted("kind-uncertain", "Isinya petunjuk mesin fotokopi: jenis bukti belum dipastikan.", UNRELATED, ("1.4",)),
    Planted(
        "kind-uncertain",
        "Hasil pindai tanpa teks: jenis bukti belum dipastikan.",
        "Disdikbud/9/9.1 SK Gugus Tugas PAUD-HI (scan).pdf",
        ("9.1",),
    ),
    Planted(
        "kind-uncertain",
        "Hasil pindai tanpa teks: jenis bukti belum dipastikan.",
        "Bagian Hukum/1.2/1.2r scan0012.pdf",
        ("1.2r",),
    ),
    Planted(
        "signature-unconfirmed",
        "Kutipan APBD harus bertanda tangan; tanda tangannya belum dapat dipastikan.",
        "Bappeda/1.3/1.3p, 1.3q, 1.3r, 1.3s, 1.3t, 1.3u Kutipan APBD kesehatan.pdf",
        ("1.3p", "1.3q", "1.3r", "1.3s", "1.3t", "1.3u"),
    ),
    Planted(
        "unlisted-supplier",
        "Dishub tidak tercantum sebagai pemasok pertanyaan 14.5; buktinya diterima dengan PERINGATAN.",
        "Dishub/14.5 Daftar kantor dengan ruang ASI 2022-2023.pdf",
        ("14.5",),
    ),
    Planted(
        "unlisted-supplier",
        "APSAI tidak tercantum sebagai pemasok pertanyaan 3.3; buktinya diterima dengan PERINGATAN.",
        "APSAI/3.3 Laporan kegiatan APSAI 2022-2023.pdf",
        ("3.3",),
    ),
    Planted(
        "unknown-agency",
        "Folder ini tidak cocok dengan perangkat daerah mana pun; isinya tetap didaftar.",
        UNMATCHED_FOLDER,
    ),
    Planted("agency-silent", "Folder hanya berisi BACA-SAYA: belum ada berkas masuk.", "Kejaksaan"),
    Planted("diabaikan", "Berkas kunci Office: diabaikan, tetapi dihitung.", LOCK_FILE),
    Planted("diabaikan", "Berkas sistem Windows: diabaikan, tetapi dihitung.", SYSTEM_FILE),
)

_INTRODUCTION = """BACA SAYA

Kota Contoh, evaluasi 2024 (data 2022 dan 2023). SELURUH isi folder ini REKAAN: kota, nama, angka, foto, dan
dokumennya dibuat oleh program (tests/builders/demo_city.py) untuk mencoba kla-dosir. Tidak ada data orang sungguhan.

Jalankan:  kla demo   atau   kla periksa kota-contoh 2024

Masalah yang sengaja ditanam dan yang seharusnya dikatakan program. Sepuluh di antaranya MENGHALANGI: data anak pada
sembilan berkas dan satu jawaban yang bertentangan, sehingga halaman dosir tetap bertanda DRAF – INTERNAL. NIK dan nomor
Kartu Keluarga di sini rekaan: berawalan 99, kode wilayah yang tidak pernah ada.
"""


def readme(problems: Sequence[Planted]) -> str:
    """The ``BACA-SAYA.txt`` of the city: every planted problem with its path and what the program should say."""
    lines = []
    for number, problem in enumerate(problems, 1):
        asked = (
            f"Pertanyaan {', '.join(problem.questions)}"
            if problem.questions
            else problem.agency and f"Perangkat daerah {problem.agency}"
        )
        place = mask_numbers(problem.path) or asked or "Beberapa perangkat daerah"
        lines.append(f"{number:2}. {place}\n    [{problem.code}] {problem.say}")
    return _INTRODUCTION + "\n" + "\n".join(lines) + "\n"


def agency_readme(name: str) -> str:
    """The short ``BACA-SAYA.txt`` of an agency's folder."""
    return (
        f"BACA SAYA\n\nFolder bukti {name}.\nTaruh berkas di sini. Awali nama berkas atau folder dengan nomor\n"
        "pertanyaan, misalnya: 12.1 Laporan persalinan 2022-2023.pdf\nJangan menaruh nama, NIK, atau wajah anak.\n"
    )
