"""The lists that agencies of the invented city hand in: partners, innovations, trainings, budget lines, regulations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from flows.forms.layout import AskedTable, FormPlan
from tests.builders.demo_agencies import AGENCIES
from tests.builders.demo_budget import Line, last_year
from tests.builders.demo_list_names import (
    ACTIONS,
    FIELDS,
    FORUM,
    GARDENS,
    GROUPS,
    INNOVATIONS,
    PARTNERS,
    SAFE,
    SCHOOL_KINDS,
)
from tests.builders.demo_model import DATA_YEARS, Chance
from tests.builders.demo_problems import MISSING

_MORE = {"21B.2": 5}
"""Question → partners, where they are counted."""


def trained(question_id: str) -> int:
    """How many people of the group that a question asks about were trained."""
    (line,) = _trainings("", (question_id,))
    return int(str(line["dilatih.L"])) + int(str(line["dilatih.P"]))


def lines(plan: FormPlan, table: AskedTable) -> list[Line]:
    """What the filler of ``plan`` writes below each other in that list; nothing where it has nothing to say."""
    make = _MAKERS.get(table.schema.id)
    owed = [asked.question.id for asked in plan.questions if asked.is_lead]
    mine = [question_id for question_id in table.questions if question_id in owed]
    return list(make(plan.filler.id, mine)) if make else []


def _agency_name(agency_id: str) -> str:
    return next(agency.name for agency in AGENCIES if agency.id == agency_id)


def _latest(seed: str) -> int:
    return DATA_YEARS[Chance(seed).number(0, 3) > 0]


def _partners(agency_id: str, mine: Sequence[str]) -> Iterator[Line]:
    for question_id in mine:
        start = Chance(f"mitra|{question_id}").number(0, len(PARTNERS) - 1)
        for at in range(_MORE.get(question_id, 3 if question_id.startswith("3.1") else 2)):
            name, kind, role = PARTNERS[(start + 3 * at) % len(PARTNERS)]
            line = {
                "pertanyaan": question_id,
                "mitra": name,
                "jenis_mitra": kind,
                "lembaga": _agency_name(agency_id),
                "peran": role,
                "tahun_kegiatan": _latest(question_id + name),
            }
            number = Chance(f"dasar|{question_id}|{at}").number(11, 98)
            yield line | ({"dasar": f"Nomor 119/{number}/2022, 14 Maret 2022"} if at == 0 else {})


def _innovations(agency_id: str, mine: Sequence[str]) -> Iterator[Line]:
    for at, question_id in enumerate(each for each in mine if each not in MISSING):
        start = Chance(f"inovasi|{agency_id}").number(0, len(INNOVATIONS) - 1)
        name, whom, problem, what, result = INNOVATIONS[(start + at) % len(INNOVATIONS)]
        yield {
            "pertanyaan": question_id,
            "nama": name,
            "tahun_mulai": 2021 + at % 3,
            "pengelola": _agency_name(agency_id),
            "sasaran": whom,
            "masalah": problem,
            "uraian": what,
            "hasil": result,
        }


def _trainings(_: str, mine: Sequence[str]) -> Iterator[Line]:
    for question_id in mine:
        chance = Chance(f"kha|{question_id}")
        men, women = chance.number(9, 30), chance.number(12, 42)
        trained = (men * 8 // 10, women * 9 // 10)
        yield {
            "pertanyaan": question_id,
            "kelompok": GROUPS[question_id],
            "pelatihan": "Konvensi Hak Anak dan kebijakan ramah anak",
            "penyelenggara": "DP3A Kota Contoh",
            "tahun_pelatihan": _latest(question_id),
            "petugas.L": men,
            "petugas.P": women,
            "dilatih.L": trained[0],
            "dilatih.P": trained[1],
            "bersertifikat": sum(trained) * 7 // 10,
        }


def _monitored(_: str, mine: Sequence[str]) -> Iterator[Line]:
    for year in DATA_YEARS if mine else ():
        for field, (action, goal) in zip(FIELDS, ACTIONS, strict=True):
            done = "tercapai" if Chance(f"{field}|{year}").number(1, 4) > 1 else "tercapai sebagian"
            yield {
                "tahun_aksi": year,
                "bidang": field,
                "aksi": action,
                "pelaksana": "Gugus Tugas KLA",
                "target": goal,
                "capaian": done,
                "tindak_lanjut": "dilanjutkan tahun berikutnya",
            }


def _forum(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    """The agency tells of the first year, the children of the second."""
    year = DATA_YEARS[agency_id == "forum-anak"]
    for question_id, told in FORUM.items():
        for name, role, result in told:
            chance = Chance(f"{name}|{year}")
            yield {
                "pertanyaan": question_id,
                "tahun_kegiatan": year,
                "kegiatan": name,
                "peran": role,
                "mitra": "Yayasan Anak Rekaan",
                "peserta.L": chance.number(14, 40),
                "peserta.P": chance.number(16, 44),
                "hasil": result,
            }


def _gardens(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    for question_id, name, place in GARDENS.get(agency_id, ()):
        is_certified = question_id == "11.2"
        status = "Bersertifikat RBRA" if is_certified else "Sudah menilai mandiri"
        line = {
            "pertanyaan": question_id,
            "nama": name,
            "letak": place,
            "pengelola": _agency_name(agency_id),
            "status": status,
        }
        yield line | ({"tahun_sertifikat": 2023} if is_certified else {})


def _creative(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    told = {
        "disdikbud": ("20.1", ("Pusat Kreativitas Anak Contoh", "Sanggar Anak Rekaan"), "tari, gambar, dan robotika"),
        "kemenag": ("20.2", ("Masjid Ramah Anak Rekaan", "Gereja Ramah Anak Rekaan"), "kelas sore dan pojok baca"),
    }
    question_id, names, what = told.get(agency_id, ("", (), ""))
    for at, name in enumerate(names):
        yield {
            "pertanyaan": question_id,
            "nama": name,
            "letak": "Kecamatan Contoh Utara, Kelurahan Mawar Contoh",
            "nomor_sk": f"188.4/{31 + at}/2023",
            "tahun_sk": 2023,
            "kegiatan": what,
        }


def _roads(_: str, mine: Sequence[str]) -> Iterator[Line]:
    for at, name in enumerate(("SD Contoh 1", "SD Contoh 4", "SMP Contoh 2") if mine else ()):
        yield {
            "sekolah": name,
            "jenjang": "SMP/MTs" if name.startswith("SMP") else "SD/MI",
            "rute": f"Jalan Rekaan {at + 1} sampai gerbang sekolah",
            "fasilitas": "zona selamat, penyeberangan, trotoar",
            "tahun_mulai": 2021 + at,
        }


def _reading(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    told = {
        "dispusip": (
            ("5.1", "Perpustakaan Kota Contoh", "Perpustakaan", True),
            ("5.1", "Perpustakaan Keliling Rekaan", "Perpustakaan keliling", False),
            ("5.2", "PISA Perpustakaan Kota Contoh", "Pusat Informasi Sahabat Anak (PISA)", True),
        ),
        "diskominfo": (("5.1", "Kanal Anak Contoh", "Layanan daring", False),),
    }
    for question_id, name, kind, is_certified in told.get(agency_id, ()):
        line: Line = {
            "pertanyaan": question_id,
            "lembaga": name,
            "jenis": kind,
            "berstandar": "Ya" if is_certified else "Tidak",
            "fasilitas": "ruang baca anak, koleksi terpilah, komputer dengan penyaring",
        }
        yield line | ({"bukti_standar": "Sertifikat PISA 014/2023"} if is_certified else {})


def _schools(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    kinds = SCHOOL_KINDS if agency_id == "disdikbud" else {"19.2a": "RA", "19.2b": "MI", "19.2c": "MTs"}
    for question_id, kind in kinds.items():
        for at in range(1, 3 if agency_id == "kemenag" else 2 if kind == "SLB" else 5):
            yield {
                "pertanyaan": question_id,
                "sekolah": f"{kind} Contoh {at}",
                "nomor_sk": f"421/{40 + at}/2022",
                "tahun_sk": 2022,
            }


def _protected(agency_id: str, mine: Sequence[str]) -> Iterator[Line]:
    years = DATA_YEARS if agency_id == "uptd-ppa" else DATA_YEARS[1:]
    asked = mine or ("21A.3",)
    told = {
        "21A.1": "Pemantauan layanan dan waktu tanggap",
        "21A.2": "Pencegahan di sekolah dan kelurahan",
        "21A.3": "Pelaksana layanan sesuai bidangnya",
    }
    for year in years:
        for question_id in asked:
            yield {
                "pertanyaan": question_id,
                "lembaga": _agency_name(agency_id),
                "uraian": told[question_id],
                "sasaran": "anak korban kekerasan dan anak berhadapan dengan hukum",
                "tahun_kegiatan": year,
                "hasil": "dilaporkan setiap semester",
            }


def _shelters(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    told = {
        "uptd-ppa": (("21A.4a", "UPTD PPA Kota Contoh", "Pemerintah daerah", "Perwali tentang UPTD PPA", True),),
        "dinsos": (("21A.4a", "Rumah Perlindungan Sosial Contoh", "Pemerintah daerah", "Keputusan Wali Kota", False),),
        "dp3a": (
            ("21A.7a", "UPTD PPA Kota Contoh", "Pemerintah daerah", "Perwali tentang UPTD PPA", True),
            ("21A.7b", "Yayasan Anak Rekaan", "Masyarakat", "Akta pendirian yayasan", True),
        ),
        "polres": (("21A.4a", "Unit PPA Polres Contoh", "Instansi vertikal", "Peraturan Kapolri", True),),
    }
    for question_id, name, keeper, law, is_certified in told.get(agency_id, ()):
        yield {
            "pertanyaan": question_id,
            "lembaga": name,
            "pengelola": keeper,
            "layanan": "pengaduan, pendampingan, dan rujukan",
            "dasar_hukum": law,
            "ber_sop": "Ya",
            "terstandar": "Ya" if is_certified else "Tidak",
        }


def _equipment(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    told = {
        "uptd-ppa": (
            ("Rumah aman", 1, 1),
            ("Mobil perlindungan", 1, 1),
            ("Motor perlindungan", 4, 3),
            ("Telepon pengaduan", 2, 2),
        ),
        "dinsos": (("Ruang layanan", 2, 2),),
        "polres": (("Ruang layanan", 1, 1),),
        "bpbd": (("Perahu", 3, 2),),
    }
    for kind, count, good in told.get(agency_id, ()):
        yield {"jenis": kind, "pengelola": _agency_name(agency_id), "banyaknya": count, "layak_pakai": good}


def _staff(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    chance = Chance(f"sdm|{agency_id}")
    men, women = chance.number(2, 8), chance.number(3, 12)
    every = men + women
    yield {
        "lembaga": _agency_name(agency_id),
        "jenis_tenaga": SAFE.get(agency_id, "Tenaga layanan"),
        "tenaga.L": men,
        "tenaga.P": women,
        "manajemen_kasus": every // 2,
        "kha": every * 3 // 4,
        "keselamatan_anak": every // 2,
        "peraturan_anak": every // 3,
    }


def _disasters(agency_id: str, _: Sequence[str]) -> Iterator[Line]:
    for year in DATA_YEARS if agency_id == "bpbd" else ():
        yield {
            "tahun_kejadian": year,
            "jenis": "Bencana alam",
            "fasilitas": "tenda ramah anak dan ruang laktasi",
            "penyedia": "Bersama",
            "anak.L": 61 + year % 7,
            "anak.P": 58 + year % 5,
        }


_MAKERS: Mapping[str, Callable[[str, Sequence[str]], Iterator[Line]]] = {
    "anggaran": last_year,
    "daftar-sekolah-ramah-anak": _schools,
    "fasilitas-bencana": _disasters,
    "inovasi": _innovations,
    "kegiatan-forum-anak": _forum,
    "kemitraan": _partners,
    "layanan-informasi-anak": _reading,
    "lembaga-perlindungan-khusus": _shelters,
    "pelatihan-kha": _trainings,
    "pemantauan-rad": _monitored,
    "pka-rira": _creative,
    "program-perlindungan-khusus": _protected,
    "ruang-bermain": _gardens,
    "rute-aman-sekolah": _roads,
    "sarana-perlindungan-khusus": _equipment,
    "sdm-perlindungan-khusus": _staff,
}
