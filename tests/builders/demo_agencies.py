"""Who hands in evidence in the invented city, who signs there, and its ``kota.yaml``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tests.builders.demo_model import DISTRICTS, Doc, Office, sentence

SOURCE = "Data contoh (rekaan)"
CITY_CODE = "99.71"


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """One entry of ``perangkat_daerah`` and the official who signs its papers."""

    id: str
    name: str
    folder: str
    roles: tuple[str, ...]
    head: str
    aliases: tuple[str, ...] = ()
    group: str = "opd"
    is_confirmed: bool = True


AGENCIES = (
    DemoAgency(
        "dp3a",
        "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
        "DP3A",
        ("pppa", "dppkb", "sekretariat"),
        "Kepala Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
        ("DPPPA", "Dinas PPPA"),
    ),
    DemoAgency(
        "bagian-hukum",
        "Bagian Hukum Sekretariat Daerah",
        "Bagian Hukum",
        ("bagian-hukum",),
        "Kepala Bagian Hukum",
        ("JDIH",),
    ),
    DemoAgency("bappeda", "Badan Perencanaan Pembangunan Daerah", "Bappeda", ("bappeda",), "Kepala Bappeda"),
    DemoAgency(
        "disdukcapil",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Disdukcapil",
        ("disdukcapil",),
        "Kepala Dinas Kependudukan dan Pencatatan Sipil",
        ("Dukcapil", "Capil"),
    ),
    DemoAgency("dinkes", "Dinas Kesehatan", "Dinkes", ("dinkes",), "Kepala Dinas Kesehatan"),
    DemoAgency("dinsos", "Dinas Sosial", "Dinsos", ("dinsos",), "Kepala Dinas Sosial"),
    DemoAgency(
        "disdikbud",
        "Dinas Pendidikan dan Kebudayaan",
        "Disdikbud",
        ("disdikbud",),
        "Kepala Dinas Pendidikan dan Kebudayaan",
        ("Dikbud",),
    ),
    DemoAgency(
        "diskominfo",
        "Dinas Komunikasi dan Informatika",
        "Diskominfo",
        ("kominfo",),
        "Kepala Dinas Komunikasi dan Informatika",
        ("Kominfo",),
    ),
    DemoAgency(
        "dispusip",
        "Dinas Perpustakaan dan Kearsipan",
        "Dispusip",
        ("perpustakaan",),
        "Kepala Dinas Perpustakaan dan Kearsipan",
    ),
    DemoAgency("bpbd", "Badan Penanggulangan Bencana Daerah", "BPBD", ("bpbd",), "Kepala Pelaksana BPBD"),
    DemoAgency("uptd-ppa", "UPTD Perlindungan Perempuan dan Anak", "UPTD PPA", ("uptd-ppa",), "Kepala UPTD PPA"),
    DemoAgency("disnaker", "Dinas Tenaga Kerja", "Disnaker", ("disnaker",), "Kepala Dinas Tenaga Kerja"),
    DemoAgency(
        "satpol-pp", "Satuan Polisi Pamong Praja", "Satpol PP", ("satpol-pp",), "Kepala Satuan Polisi Pamong Praja"
    ),
    DemoAgency(
        "pupr-perkim",
        "Dinas Pekerjaan Umum, Penataan Ruang, dan Permukiman",
        "Dinas PUPR Perkim",
        ("pupr", "perkim"),
        "Kepala Dinas Pekerjaan Umum",
        ("PUPR",),
    ),
    DemoAgency("dishub", "Dinas Perhubungan", "Dishub", ("dishub",), "Kepala Dinas Perhubungan"),
    DemoAgency(
        "kesbangpol", "Badan Kesatuan Bangsa dan Politik", "Kesbangpol", ("kesbangpol",), "Kepala Badan Kesatuan Bangsa"
    ),
    DemoAgency(
        "disparpora",
        "Dinas Pariwisata, Pemuda, dan Olahraga",
        "Disparpora",
        ("pariwisata", "dispora"),
        "Kepala Dinas Pariwisata",
    ),
    DemoAgency("dlh", "Dinas Lingkungan Hidup", "DLH", ("dlh",), "Kepala Dinas Lingkungan Hidup"),
    DemoAgency(
        "bapenda", "Badan Pendapatan Daerah", "Bapenda", ("bapenda",), "Kepala Badan Pendapatan", is_confirmed=False
    ),
    DemoAgency(
        "kemenag",
        "Kantor Kementerian Agama",
        "Kemenag",
        ("kemenag",),
        "Kepala Kantor Kementerian Agama",
        (),
        "vertikal",
    ),
    DemoAgency("polres", "Kepolisian Resor Contoh", "Polres Contoh", ("polres",), "Kepala Unit PPA", (), "vertikal"),
    DemoAgency("kejaksaan", "Kejaksaan Negeri Contoh", "Kejaksaan", ("kejaksaan",), "Kepala Kejaksaan", (), "vertikal"),
    DemoAgency(
        "pengadilan",
        "Pengadilan Agama dan Pengadilan Negeri Contoh",
        "Pengadilan",
        ("pengadilan-agama", "pengadilan-negeri"),
        "Ketua Pengadilan",
        (),
        "vertikal",
    ),
    DemoAgency(
        "bnn", "Badan Narkotika Nasional Kota", "BNN Kota", ("bnn",), "Kepala BNN", (), "vertikal", is_confirmed=False
    ),
    DemoAgency(
        "forum-anak", "Forum Anak Kota Contoh", "Forum Anak", ("forum-anak",), "Pendamping Forum Anak", (), "mitra"
    ),
    DemoAgency(
        "apsai",
        "Asosiasi Perusahaan Sahabat Anak Kota Contoh",
        "APSAI",
        ("dunia-usaha",),
        "Ketua Asosiasi",
        (),
        "mitra",
    ),
    DemoAgency(
        "media-lembaga",
        "Media dan Lembaga Masyarakat Kota Contoh",
        "Media dan Lembaga Masyarakat",
        ("media", "lembaga-masyarakat"),
        "Ketua Forum Media",
        (),
        "mitra",
    ),
    DemoAgency("kecamatan", "Kecamatan se-Kota Contoh", "Kecamatan", ("kecamatan",), "Camat", (), "wilayah"),
    DemoAgency("kelurahan", "Kelurahan se-Kota Contoh", "Kelurahan", ("kelurahan",), "Lurah", (), "wilayah"),
)

_FACTS = (
    ("Luas wilayah", "128,40", "km²", "2023"),
    ("Jumlah kecamatan", "4", "kecamatan", "2023"),
    ("Jumlah kelurahan", "18", "kelurahan", "2023"),
    ("Jumlah penduduk", "214.600", "jiwa", "2023"),
    ("Jumlah anak usia 0–17 tahun", "63.250", "anak", "2023"),
    ("Anak laki-laki usia 0–17 tahun", "32.410", "anak", "2023"),
    ("Anak perempuan usia 0–17 tahun", "30.840", "anak", "2023"),
    ("Jumlah rumah tangga", "58.900", "rumah tangga", "2023"),
    ("Satuan pendidikan TK sampai dengan SMA sederajat", "212", "satuan pendidikan", "2023"),
    ("Puskesmas", "9", "unit", "2023"),
    ("Ruang Bermain Ramah Anak", "6", "lokasi", "2023"),
    ("Anggota Forum Anak", "72", "anak", "2023"),
)

_SIGNATORIES = (
    ("kepala_daerah", "Wali Kota Contoh", "NAMA CONTOH SATU", ""),
    ("sekda", "Sekretaris Daerah selaku Ketua Gugus Tugas KLA", "NAMA CONTOH DUA", "Pangkat Contoh"),
    ("kepala_pppa", AGENCIES[0].head, "NAMA CONTOH TIGA", "Pangkat Contoh"),
)


def office_of(doc: Doc) -> Office:
    """The office that issues a document, by its agency folder and, for kecamatan and kelurahan, the folder below."""
    agency = next((agency for agency in AGENCIES if agency.folder == doc.agency_folder), AGENCIES[0])
    if agency.group != "wilayah":
        return Office(agency.name, agency.head)
    area = doc.path.split("/")[1]
    return Office(f"{agency.folder} {area}", f"{agency.head} {area}")


def city_yaml(perda_number: int, perda: Doc) -> str:
    """The text of ``kota.yaml``; ``perda`` is the invented city's own regulation, the one item of its legal basis."""
    perda_year, perda_topic = perda.years[0], sentence(perda.topic)
    lines = [
        "# Kota rekaan untuk mencoba kla-dosir. Semua nama, angka, dan dokumen di folder ini adalah rekaan.",
        "format: 1",
        'nama: "Kota Contoh"',
        f'kode: "{CITY_CODE}"',
        'provinsi: "Provinsi Contoh"',
        'tempat: "Contoh"',
        'alamat: "Jalan Contoh Nomor 1, Contoh 00000"',
        'telepon: "(0500) 000000"',
        'pos_el: "dp3a@contoh.invalid"',
        'laman: "dp3a.contoh.invalid"',
        'zona_waktu: "Asia/Makassar"',
        "tahun_evaluasi: 2024",
        "tahun_data: [2022, 2023]",
        "instrumen: 2024",
        "kertas: A4",
        "perangkat_daerah:",
        *(line for agency in AGENCIES for line in _agency_lines(agency)),
        "wilayah:",
        *_area_lines(),
        "penanda_tangan:",
        *(line for signatory in _SIGNATORIES for line in _signatory_lines(*signatory)),
        "dasar_hukum:",
        f'  - teks: "Peraturan Daerah Kota Contoh Nomor {perda_number} Tahun {perda_year} tentang {perda_topic}"',
        "    terkonfirmasi: true",
        "gambaran_umum:",
        *(line for fact in _FACTS for line in _fact_lines(*fact)),
        "pengampu:",
        '  "25.11": satpol-pp',
        '  "25.12": dlh',
    ]
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _agency_lines(agency: DemoAgency) -> Sequence[str]:
    return (
        f"  - id: {agency.id}",
        f"    nama: {_quoted(agency.name)}",
        f"    folder: {_quoted(agency.folder)}",
        f"    peran: [{', '.join(agency.roles)}]",
        f"    alias: {_quoted(list(agency.aliases))}",
        f"    kelompok: {agency.group}",
        f"    sumber: {_quoted(SOURCE)}",
        f"    terkonfirmasi: {'true' if agency.is_confirmed else 'false'}",
    )


def _area_lines() -> list[str]:
    lines = []
    for district, (name, villages) in enumerate(DISTRICTS.items(), 1):
        code = f"{CITY_CODE}.{district:02}"
        lines += [f'  - kode: "{code}"', f'    nama: "{name}"', "    kelurahan:"]
        lines += [
            f'      - {{kode: "{code}.{1000 + place}", nama: "{village}"}}' for place, village in enumerate(villages, 1)
        ]
    return lines


def _signatory_lines(key: str, office: str, name: str, rank: str) -> Sequence[str]:
    # No NIP at all: eighteen digits of any kind would look like a person's.
    values = {"jabatan": office, "nama": name, "pangkat": rank, "nip": ""}
    return (f"  {key}:", *(f"    {part}: {_quoted(value)}" for part, value in values.items()))


def _fact_lines(label: str, value: str, unit: str, year: str) -> Sequence[str]:
    values = {"uraian": label, "nilai": value, "satuan": unit, "tahun": year, "sumber": SOURCE}
    (first, text), *rest = values.items()
    return (f"  - {first}: {_quoted(text)}", *(f"    {part}: {_quoted(value)}" for part, value in rest))
