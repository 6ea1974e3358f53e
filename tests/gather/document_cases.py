"""Invented documents as text, with what each says of itself: kinds, spellings, and traps. No real person or number."""

# ruff: noqa: E501  # texts of documents are read line by line

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A document as text, and what should be understood of it."""

    text: str
    kind: str = ""
    number: str = ""
    year: int | None = None
    about: str = ""
    date: str = ""
    in_force: tuple[int, int] | None = None
    tail: str = ""


_GROUNDS = (
    "\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nWALI KOTA CONTOH,\nMenimbang : a. bahwa setiap anak berhak atas pelindungan;\n"
    "Mengingat : 1. Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak;\n2. Peraturan Daerah Kota Contoh "
    "Nomor 9 Tahun 2011 tentang Hal Lain;\nMEMUTUSKAN:\n"
)
_KOP = "PEMERINTAH KOTA CONTOH\nDINAS KESEHATAN\nJalan Rekaan Nomor 1, Contoh. Telepon (0000) 000000\n"


def _law(name: str, number: str, about: str, end: str = "") -> str:
    return f"WALI KOTA CONTOH\nPROVINSI CONTOH\n{name}\n{number}\nTENTANG\n{about}{_GROUNDS}{end}"


def _letter(first: str, subject: str = "Hal : Undangan Rapat Gugus Tugas", end: str = "") -> str:
    return f"{_KOP}{first}\nSifat : Biasa\nLampiran : 1 (satu) berkas\n{subject}\nDengan hormat,\n{end}"


CASES: dict[str, Case] = {
    # Regulations of the region
    "perda": Case(
        _law("PERATURAN DAERAH KOTA CONTOH", "NOMOR 12 TAHUN 2021", "KOTA LAYAK ANAK"),
        "perda",
        "12",
        2021,
        "KOTA LAYAK ANAK",
    ),
    "qanun of Aceh, which is a perda": Case(
        "BUPATI ACEH REKAAN\nPROVINSI ACEH\nQANUN KABUPATEN ACEH REKAAN\nNOMOR 3 TAHUN 2021\nTENTANG\nKABUPATEN LAYAK ANAK\n"
        "BISMILLAHIRRAHMANIRRAHIM\nDENGAN NAMA ALLAH YANG MAHA PENGASIH LAGI MAHA PENYAYANG\nBUPATI ACEH REKAAN,\n"
        "Menimbang : a. bahwa anak berhak atas pelindungan;\nMengingat : 1. Qanun Aceh Nomor 11 Tahun 2008 tentang "
        "Perlindungan Anak;\n",
        "perda",
        "3",
        2021,
        "KABUPATEN LAYAK ANAK",
    ),
    "annex of a regulation, its heading set behind a colon": Case(
        "LAMPIRAN I : PERATURAN BUPATI REKAAN\nNOMOR : 12 TAHUN 2022\nTANGGAL : 7 Juni 2022\nTENTANG\nKABUPATEN LAYAK ANAK\n"
        "A. Pendahuluan\n",
        "perkada",
        "12",
        2022,
        "KABUPATEN LAYAK ANAK",
        "2022-06-07",
    ),
    "decree for a school year": Case(
        _law(
            "KEPUTUSAN KEPALA DINAS PENDIDIKAN KOTA CONTOH",
            "NOMOR 400.3/12/2023",
            "SEKOLAH RAMAH ANAK TAHUN PELAJARAN 2023/2024",
        ),
        "sk",
        "400.3/12/2023",
        2023,
        "SEKOLAH RAMAH ANAK TAHUN PELAJARAN 2023/2024",
        in_force=(2023, 2024),
    ),
    "regulation of a nagari, which is a village": Case(
        "WALI NAGARI REKAAN\nKABUPATEN CONTOH\nPERATURAN NAGARI REKAAN\nNOMOR 4 TAHUN 2022\nTENTANG\nNAGARI LAYAK ANAK\n"
        "DENGAN RAHMAT TUHAN YANG MAHA ESA\nWALI NAGARI REKAAN,\nMenimbang : bahwa …;\n",
        "perdes",
        "4",
        2022,
        "NAGARI LAYAK ANAK",
    ),
    "perda with its end": Case(
        _law("PERATURAN DAERAH KOTA CONTOH", "NOMOR 12 TAHUN 2021", "KOTA LAYAK ANAK"),
        "perda",
        "12",
        2021,
        "KOTA LAYAK ANAK",
        "2021-05-12",
        tail="Ditetapkan di Contoh\npada tanggal 12 Mei 2021\nWALI KOTA CONTOH,\nttd.\nDiundangkan di Contoh\n"
        "pada tanggal 14 Mei 2021\nLEMBARAN DAERAH KOTA CONTOH TAHUN 2021 NOMOR 12",
    ),
    "perda of a kabupaten, about over lines": Case(
        _law(
            "PERATURAN DAERAH KABUPATEN CONTOH",
            "NOMOR : 3 TAHUN 2019",
            "PENYELENGGARAAN\nPERLINDUNGAN ANAK\nDAN PEREMPUAN",
        ),
        "perda",
        "3",
        2019,
        "PENYELENGGARAAN PERLINDUNGAN ANAK DAN PEREMPUAN",
    ),
    "a copy of a perda": Case(
        "SALINAN\nPERATURAN DAERAH KOTA CONTOH NOMOR 4 TAHUN 2020\nTENTANG KAWASAN TANPA ROKOK" + _GROUNDS,
        "perda",
        "4",
        2020,
        "KAWASAN TANPA ROKOK",
    ),
    "an amended perda keeps its own number": Case(
        _law(
            "PERATURAN DAERAH KOTA CONTOH",
            "NOMOR 8 TAHUN 2023",
            "PERUBAHAN ATAS PERATURAN DAERAH\nNOMOR 5 TAHUN 2018 TENTANG KOTA LAYAK ANAK",
        ),
        "perda",
        "8",
        2023,
        "PERUBAHAN ATAS PERATURAN DAERAH NOMOR 5 TAHUN 2018 TENTANG KOTA LAYAK ANAK",
    ),
    "a change of a plan says for which years the plan is in force": Case(
        _law(
            "PERATURAN WALI KOTA CONTOH",
            "NOMOR 21 TAHUN 2024",
            "PERUBAHAN KEDUA ATAS PERATURAN WALI KOTA CONTOH\nNOMOR 12 TAHUN 2022\nTENTANG RENCANA AKSI DAERAH\n"
            "TAHUN 2022-2026",
        ),
        "perkada",
        "21",
        2024,
        "PERUBAHAN KEDUA ATAS PERATURAN WALI KOTA CONTOH NOMOR 12 TAHUN 2022 TENTANG RENCANA AKSI DAERAH TAHUN 2022-2026",
        in_force=(2022, 2026),
    ),
    "a heading whose letters stand apart": Case(
        _law(
            "P E R A T U R A N  W A L I  K O T A  C O N T O H", "N O M O R  12  T A H U N  2023", "JAM BELAJAR"
        ).replace("\nTENTANG\n", "\nT E N T A N G\n"),
        "perkada",
        "12",
        2023,
        "JAM BELAJAR",
    ),
    "a letter whose head is a table": Case(
        f"{_KOP}Nomor\n: 463/12/DP3A/2023 Contoh, 3 Mei 2023\nSifat\n: Biasa\nLampiran\n:\nHal\n: Undangan Rapat\n",
        number="463/12/DP3A/2023",
        year=2023,
        about="Undangan Rapat",
        date="2023-05-03",
    ),
    "a draft is not yet what it will be": Case(
        "RANCANGAN\n" + _law("PERATURAN DAERAH KOTA CONTOH", "NOMOR ... TAHUN 2023", "KOTA LAYAK ANAK")
    ),
    "digits in the short name of a school are its own": Case(
        "KEPUTUSAN KEPALA SDN1 CONTOH\nNOMOR : 421.2/045/TK01/VII/2023\nTENTANG\nTATA TERTIB SDN1 CONTOH" + _GROUNDS,
        "sk",
        "421.2/045/TK01/VII/2023",
        2023,
        "TATA TERTIB SDN1 CONTOH",
    ),
    "a decree of an association": Case(
        "PERKUMPULAN CONTOH\nSURAT KEPUTUSAN\nKETUA PERKUMPULAN CONTOH\nNo. 05/SK/PC/III/2023\nTentang\n"
        "Pengurus Forum Anak" + _GROUNDS,
        "sk",
        "05/SK/PC/III/2023",
        2023,
        "Pengurus Forum Anak",
    ),
    "perda after OCR": Case(
        _law("PERATURAN DAERAH K0TA C0NTOH", "N0MOR 7 TAHUN 2O22", "K0TA LAYAK ANAK"),
        "perda",
        "7",
        2022,
        "KOTA LAYAK ANAK",
    ),
    "perwali": Case(
        _law(
            "PERATURAN WALI KOTA CONTOH",
            "NOMOR 45 TAHUN 2022",
            "INFORMASI LAYAK ANAK",
            "Ditetapkan di Kota Contoh pada tanggal 3 Maret 2022\n",
        ),
        "perkada",
        "45",
        2022,
        "INFORMASI LAYAK ANAK",
        "2022-03-03",
    ),
    "perwali in one word": Case(
        _law("PERATURAN WALIKOTA CONTOH", "NOMOR: 45 TAHUN 2022", "INFORMASI LAYAK ANAK"),
        "perkada",
        "45",
        2022,
        "INFORMASI LAYAK ANAK",
    ),
    "perbup": Case(
        _law("PERATURAN BUPATI CONTOH", "NO. 101 TAHUN 2023", "SEKOLAH RAMAH ANAK"),
        "perkada",
        "101",
        2023,
        "SEKOLAH RAMAH ANAK",
    ),
    "perbup with a plan": Case(
        _law(
            "PERATURAN BUPATI CONTOH", "NOMOR 22 TAHUN 2022", "RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK TAHUN 2022-2026"
        ),
        "perkada",
        "22",
        2022,
        "RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK TAHUN 2022-2026",
        in_force=(2022, 2026),
    ),
    "perwali with a plan, dash and words": Case(
        _law(
            "PERATURAN WALI KOTA CONTOH",
            "NOMOR 9 TAHUN 2019",
            "RENCANA AKSI DAERAH\nTAHUN 2019 SAMPAI DENGAN TAHUN 2021",
        ),
        "perkada",
        "9",
        2019,
        "RENCANA AKSI DAERAH TAHUN 2019 SAMPAI DENGAN TAHUN 2021",
        in_force=(2019, 2021),
    ),
    "a draft without a number": Case(
        _law("PERATURAN WALI KOTA CONTOH", "NOMOR ...... TAHUN 2023", "ADOPSI ANAK"), "perkada", "", 2023, "ADOPSI ANAK"
    ),
    "a draft with a gap": Case(
        _law("PERATURAN WALI KOTA CONTOH", "NOMOR        TAHUN 2023", "ADOPSI ANAK"), "perkada", "", 2023, "ADOPSI ANAK"
    ),
    "perdes": Case(
        "PERATURAN DESA REKAAN\nKECAMATAN CONTOH UTARA\nNOMOR 2 TAHUN 2023\nTENTANG\nDESA RAMAH ANAK" + _GROUNDS,
        "perdes",
        "2",
        2023,
        "DESA RAMAH ANAK",
    ),
    # Instructions and circulars
    "instruction": Case(
        "INSTRUKSI WALI KOTA CONTOH\nNOMOR 6 TAHUN 2023\nTENTANG\nPENCEGAHAN PERKAWINAN ANAK\nDalam rangka pencegahan, "
        "berdasarkan Peraturan Daerah Nomor 1 Tahun 2020, dengan ini menginstruksikan:\nKepada : para camat\n"
        "Ditetapkan di Contoh\npada tanggal : 7 Juli 2023",
        "instruksi",
        "6",
        2023,
        "PENCEGAHAN PERKAWINAN ANAK",
        "2023-07-07",
    ),
    "instruction of the secretary": Case(
        "INSTRUKSI SEKRETARIS DAERAH KOTA CONTOH\nNOMOR : 463/12/INS/2022\nTENTANG\nDATA TERPILAH ANAK\nDalam rangka data",
        "instruksi",
        "463/12/INS/2022",
        2022,
        "DATA TERPILAH ANAK",
    ),
    "circular": Case(
        _KOP
        + "SURAT EDARAN\nNOMOR 463/46/2022\nTENTANG\nLARANGAN REKLAME ROKOK\nMenindaklanjuti Peraturan Daerah Nomor 4 "
        "Tahun 2019, disampaikan hal berikut.\nContoh, 6 April 2022\nKEPALA DINAS",
        "surat-edaran",
        "463/46/2022",
        2022,
        "LARANGAN REKLAME ROKOK",
        "2022-04-06",
    ),
    "circular with the date on top": Case(
        _KOP
        + "Contoh, 6 April 2022\nKepada Yth. para camat\nSURAT EDARAN\nNOMOR: 100.3.4.3/ 123 /2024\nTENTANG\nRUANG ASI\n"
        "Dalam rangka pelayanan",
        "surat-edaran",
        "100.3.4.3/123/2024",
        2024,
        "RUANG ASI",
        "2022-04-06",
    ),
    "circular, number below": Case(
        "SURAT EDARAN\nTENTANG\nJAM MALAM ANAK\nNomor : 300/88/SE/V/2023\nDalam rangka pelindungan anak",
        "surat-edaran",
        "300/88/SE/V/2023",
        2023,
        "JAM MALAM ANAK",
    ),
    # Decisions
    "decision of the mayor": Case(
        _law(
            "KEPUTUSAN WALI KOTA CONTOH",
            "NOMOR 188.45/77/KUM/2022",
            "GUGUS TUGAS KOTA LAYAK ANAK",
            "Ditetapkan di Contoh\nPada Tanggal 12 Mei 2022\n",
        ),
        "sk",
        "188.45/77/KUM/2022",
        2022,
        "GUGUS TUGAS KOTA LAYAK ANAK",
        "2022-05-12",
    ),
    "decision, No.": Case(
        _law("KEPUTUSAN BUPATI CONTOH", "No. 188.45/77/KUM/2022", "GUGUS TUGAS"),
        "sk",
        "188.45/77/KUM/2022",
        2022,
        "GUGUS TUGAS",
    ),
    "decision, spaces in the number": Case(
        _law("KEPUTUSAN WALI KOTA CONTOH", "NOMOR: 100.3.3.3/ 123 /2024", "FORUM ANAK"),
        "sk",
        "100.3.3.3/123/2024",
        2024,
        "FORUM ANAK",
    ),
    "decision, number with a gap": Case(
        _law("KEPUTUSAN WALI KOTA CONTOH", "NOMOR : 188.45/      /KUM/2022", "FORUM ANAK"), "sk", "", 2022, "FORUM ANAK"
    ),
    "decision of a head of agency": Case(
        _KOP
        + "KEPUTUSAN KEPALA DINAS KESEHATAN KOTA CONTOH\nNOMOR 440/015 TAHUN 2023\nTENTANG\nPUSKESMAS RAMAH ANAK"
        + _GROUNDS,
        "sk",
        "440/015",
        2023,
        "PUSKESMAS RAMAH ANAK",
    ),
    "decision of the secretary": Case(
        "KEPUTUSAN SEKRETARIS DAERAH KOTA CONTOH\nNOMOR : 188/45/SETDA/X/2022\nTENTANG\nTIM TEKNIS"
        + _GROUNDS
        + "Ditetapkan di : Contoh\nPada tanggal : 10-10-2022",
        "sk",
        "188/45/SETDA/X/2022",
        2022,
        "TIM TEKNIS",
        "2022-10-10",
    ),
    "decision of a lurah": Case(
        "PEMERINTAH KOTA CONTOH\nKECAMATAN CONTOH UTARA\nKELURAHAN MELATI CONTOH\nKEPUTUSAN LURAH MELATI CONTOH\nNOMOR 4 TAHUN 2023\n"
        "TENTANG\nPEMBENTUKAN PATBM" + _GROUNDS,
        "sk",
        "4",
        2023,
        "PEMBENTUKAN PATBM",
    ),
    "decision, number in the heading's line": Case(
        "KEPUTUSAN CAMAT CONTOH UTARA NOMOR 12 TAHUN 2022\nTENTANG FORUM ANAK KECAMATAN" + _GROUNDS,
        "sk",
        "12",
        2022,
        "FORUM ANAK KECAMATAN",
    ),
    "decision with a term": Case(
        _law("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 463/9 TAHUN 2021", "PENGURUS FORUM ANAK MASA BAKTI 2021–2023"),
        "sk",
        "463/9",
        2021,
        "PENGURUS FORUM ANAK MASA BAKTI 2021–2023",
        in_force=(2021, 2023),
    ),
    "decision for one year says no span": Case(
        _law("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 463/9 TAHUN 2021", "TIM PENYUSUN PROFIL ANAK TAHUN ANGGARAN 2021"),
        "sk",
        "463/9",
        2021,
        "TIM PENYUSUN PROFIL ANAK TAHUN ANGGARAN 2021",
    ),
    "decision after OCR": Case(
        _law(
            "KEPUTUSAN WAL1 KOTA CONTOH",
            "N0MOR 188.45/77/KUM/2022",
            "GUGUS TUGAS",
            "Ditetapkan di Contoh\npada tanggal l2 Mei 2O22\n",
        ),
        "sk",
        "188.45/77/KUM/2022",
        2022,
        "GUGUS TUGAS",
        "2022-05-12",
    ),
    "decision, an empty day": Case(
        _law(
            "KEPUTUSAN WALI KOTA CONTOH",
            "NOMOR 5 TAHUN 2022",
            "GUGUS TUGAS",
            "Ditetapkan di Contoh\npada tanggal      Mei 2022\n",
        ),
        "sk",
        "5",
        2022,
        "GUGUS TUGAS",
    ),
    "decision, a day that does not exist": Case(
        _law(
            "KEPUTUSAN WALI KOTA CONTOH",
            "NOMOR 5 TAHUN 2022",
            "GUGUS TUGAS",
            "Ditetapkan di Contoh\npada tanggal 31 Februari 2022\n",
        ),
        "sk",
        "5",
        2022,
        "GUGUS TUGAS",
    ),
    "decision, signed on a later page than its grounds": Case(
        _law("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2022", "GUGUS TUGAS"),
        "sk",
        "5",
        2022,
        "GUGUS TUGAS",
        "2022-12-01",
        tail="KELIMA : Keputusan ini mulai berlaku pada tanggal ditetapkan.\nDitetapkan di Contoh\npada tanggal 1 Desember 2022",
    ),
    # Letters
    "letter": Case(
        _letter("Nomor : 463/0123-DP3A/IX/2023"), "", "463/0123-DP3A/IX/2023", 2023, "Undangan Rapat Gugus Tugas"
    ),
    "letter, head with place and date": Case(
        _letter("Kota Contoh, 3 Maret 2023\nNomor : 005/17/2023"),
        "",
        "005/17/2023",
        2023,
        "Undangan Rapat Gugus Tugas",
        "2023-03-03",
    ),
    "letter, two columns": Case(
        _letter("Nomor : 005/17/III/2023 Contoh, 3 Maret 2023"),
        "",
        "005/17/III/2023",
        2023,
        "Undangan Rapat Gugus Tugas",
        "2023-03-03",
    ),
    "letter, address beside its subject": Case(
        _letter("Nomor : B/400.2/17/2023", "Perihal : Permintaan Data Kepada"),
        "",
        "B/400.2/17/2023",
        2023,
        "Permintaan Data",
    ),
    "letter, the end of the address beside its subject": Case(
        f"{_KOP}Nomor : 005/12/2023 Kepada\nSifat : Biasa Yth. Kepala Dinas Kesehatan\nLampiran : - Kota Contoh\n"
        "Hal : Undangan di -\nTempat\nDengan hormat,\n",
        "",
        "005/12/2023",
        2023,
        "Undangan",
    ),
    "letter, the place of the address beside its subject": Case(
        f"{_KOP}Nomor : 005/12/2023 Yth.\nSifat : Biasa Bapak/Ibu\nLampiran : -\nPerihal : Undangan Tempat\n",
        "",
        "005/12/2023",
        2023,
        "Undangan",
    ),
    "letter, the office it goes to beside its subject": Case(
        f"{_KOP}Nomor : 005/12/2023 Kepada Yth.\nSifat : Biasa\nHal : Undangan Rapat Kepala Dinas Kesehatan\n",
        "",
        "005/12/2023",
        2023,
        "Undangan Rapat",
    ),
    "letter, the address in a column of its own": Case(
        f"{_KOP}Nomor\t: 005/12/2023\nSifat\t: Biasa\nHal\t: Undangan Rapat\tDinas Kesehatan\n",
        "",
        "005/12/2023",
        2023,
        "Undangan Rapat",
    ),
    "letter that invites to a place, without an address": Case(
        _letter("Nomor : 005/12/2023", "Hal : Undangan Rapat Kepala Puskesmas di Kota Contoh"),
        "",
        "005/12/2023",
        2023,
        "Undangan Rapat Kepala Puskesmas di Kota Contoh",
    ),
    "letter without a year": Case(
        _letter("Nomor : 005/17-Kesra"), "", "005/17-Kesra", None, "Undangan Rapat Gugus Tugas"
    ),
    "letter, signed below": Case(
        _letter("Nomor : 463/8/2023", end="Demikian disampaikan.\nContoh, 17 Agustus 2023\nKepala Dinas,"),
        "",
        "463/8/2023",
        2023,
        "Undangan Rapat Gugus Tugas",
        "2023-08-17",
    ),
    "letter, the month of its number decides": Case(
        _letter("Nomor : 463/8/IX/2023", end="Contoh, 1 Januari 2020\nisi\nContoh, 12 September 2023\nKepala Dinas,"),
        "",
        "463/8/IX/2023",
        2023,
        "Undangan Rapat Gugus Tugas",
        "2023-09-12",
    ),
    "letter, a number not given yet": Case(_letter("Nomor : 005/      /2023", "Hal : Undangan")),
    "letter that refers to another": Case(
        _letter("Nomor : 463/9/2023", end="Menindaklanjuti surat Nomor : 005/1/2020 tanggal 3 Mei 2020 perihal Data"),
        "",
        "463/9/2023",
        2023,
        "Undangan Rapat Gugus Tugas",
    ),
    # Agreements
    "agreement": Case(
        "PERJANJIAN KERJA SAMA\nANTARA\nDINAS KEPENDUDUKAN KOTA CONTOH\nDAN\nRUMAH SAKIT CONTOH\nTENTANG\nLAYANAN AKTA KELAHIRAN\n"
        "NOMOR : 470/11/PKS/2023\nNOMOR : 445/99/RS/2023\nPada hari ini, Senin tanggal enam bulan Maret (06-03-2023)",
        "kerja-sama",
        "470/11/PKS/2023",
        2023,
        "LAYANAN AKTA KELAHIRAN",
        "2023-03-06",
    ),
    "memorandum": Case(
        "NOTA KESEPAHAMAN\nANTARA PEMERINTAH KOTA CONTOH DENGAN PENGADILAN AGAMA CONTOH\nNomor : 130/4/MoU/2022\nTENTANG\n"
        "PENCEGAHAN PERKAWINAN ANAK\nPada hari ini Kamis tanggal 12 Mei 2022 yang bertanda tangan di bawah ini",
        "kerja-sama",
        "130/4/MoU/2022",
        2022,
        "PENCEGAHAN PERKAWINAN ANAK",
        "2022-05-12",
    ),
    "agreement with a term": Case(
        "KESEPAKATAN BERSAMA\nTENTANG\nSEKOLAH RAMAH ANAK PERIODE 2021-2024\nNOMOR : 420/3/2021\nPada hari ini",
        "kerja-sama",
        "420/3/2021",
        2021,
        "SEKOLAH RAMAH ANAK PERIODE 2021-2024",
        in_force=(2021, 2024),
    ),
    # Reports, minutes, certificates, plans
    "report": Case(
        "LAPORAN PELAKSANAAN KHA\nTAHUN 2023\nContoh, 20 Desember 2023\nKepala Dinas", "laporan", date="2023-12-20"
    ),
    "report with a number": Case(
        "LAPORAN KEGIATAN FORUM ANAK\nNomor : 463/77/LAP/2023\nDasar: Perda Nomor 5 Tahun 2020",
        "laporan",
        "463/77/LAP/2023",
        2023,
    ),
    "minutes": Case(
        "NOTULA RAPAT GUGUS TUGAS\nHari/Tanggal : Senin, 6 Maret 2023\nTempat : Aula Contoh\nRapat membahas SK Nomor 5 Tahun 2020",
        "notula",
        date="2023-03-06",
    ),
    "attendance": Case(
        "DAFTAR HADIR\nHari, Tanggal : Rabu, 8 Maret 2023\nNo. Nama Instansi\n1 Nama Contoh Dinas",
        "daftar-hadir",
        date="2023-03-08",
    ),
    "certificate": Case(
        "SERTIFIKAT\nNomor : 005/52/KHA/2022\ndiberikan kepada NAMA CONTOH\nContoh, 25 Juli 2022",
        "sertifikat",
        "005/52/KHA/2022",
        2022,
        date="2022-07-25",
    ),
    "plan": Case(
        "RENCANA AKSI DAERAH\nKOTA LAYAK ANAK\nTAHUN 2022 – 2026\nPEMERINTAH KOTA CONTOH",
        "rencana",
        in_force=(2022, 2026),
    ),
    "plan s.d.": Case("RENCANA AKSI DAERAH KLA PERIODE 2019 s.d. 2021\nBAB I", "rencana", in_force=(2019, 2021)),
    "plan of the year only": Case("RENCANA KERJA DINAS TAHUN 2023\nBAB I PENDAHULUAN", "rencana"),
    # Traps: what is only cited
    "report about a perda": Case(
        "LAPORAN PELAKSANAAN PERATURAN DAERAH KOTA CONTOH\nNOMOR 5 TAHUN 2020 TENTANG KOTA LAYAK ANAK\nTahun 2023",
        "laporan",
    ),
    "report about a decision, with slashes": Case(
        "LAPORAN TINDAK LANJUT KEPUTUSAN WALI KOTA\nNOMOR 188.45/77/2022\nTAHUN 2023", "laporan"
    ),
    "report whose body cites": Case(
        "LAPORAN TAHUNAN\nPuskesmas Ramah Anak ditetapkan dengan Keputusan Kepala Dinas Nomor 440/15/2022 tanggal 3 Mei 2022.",
        "laporan",
    ),
    "minutes that cite a line of their own": Case(
        "NOTULA RAPAT\nDasar rapat adalah Peraturan Wali Kota\nNomor 45 Tahun 2022 tentang Informasi", "notula"
    ),
    "numbers of rows": Case(
        "DATA ANAK\nNo. 1 Dinas Kesehatan\nNo. 2 Dinas Sosial\nTanggal lahir : 3 Maret 2015", "data"
    ),
    "a telephone is no number": Case(f"{_KOP}LAPORAN KEGIATAN\nNo. Telepon : 0000/000000", "laporan"),
    "a leaflet": Case("LEAFLET\nKota Layak Anak\nHubungi kami setiap hari kerja", "kie"),
    "nothing of the kind": Case("Resep kue lapis untuk dua belas orang, dengan gula dan santan."),
    "dates in running text": Case(
        "LAPORAN KEGIATAN\nPada Senin, 3 Maret 2023 di Aula Contoh dilaksanakan rapat bersama Forum Anak.\nPeserta hadir.",
        "laporan",
    ),
    "a date of birth is no date of the document": Case(
        "PROFIL FORUM ANAK\nTanggal lahir : 3 Maret 2012\nTempat, tanggal lahir : Contoh, 3 Maret 2012", "profil"
    ),
    "the decision an annex belongs to": Case(
        "LAMPIRAN\nKEPUTUSAN WALI KOTA CONTOH\nNOMOR 188.45/77/KUM/2022\nTANGGAL : 12 Mei 2022\nSUSUNAN GUGUS TUGAS",
        "sk",
        "188.45/77/KUM/2022",
        2022,
        date="2022-05-12",
    ),
    "decision whose about names another": Case(
        _law(
            "KEPUTUSAN WALI KOTA CONTOH",
            "NOMOR 90 TAHUN 2023",
            "PERUBAHAN KEDUA ATAS KEPUTUSAN WALI KOTA CONTOH NOMOR 12 TAHUN 2020 TENTANG GUGUS TUGAS",
        ),
        "sk",
        "90",
        2023,
        "PERUBAHAN KEDUA ATAS KEPUTUSAN WALI KOTA CONTOH NOMOR 12 TAHUN 2020 TENTANG GUGUS TUGAS",
    ),
    "a decision named only below": Case(
        "SUSUNAN PENGURUS\nsesuai Keputusan Wali Kota Contoh Nomor 5 Tahun 2022 tentang Forum Anak\nKetua : Nama Contoh"
    ),
    "decision of an office whose name takes two lines": Case(
        "PEMERINTAH KOTA CONTOH\nKEPUTUSAN KEPALA DINAS PEMBERDAYAAN PEREMPUAN DAN\nPERLINDUNGAN ANAK KOTA CONTOH\n"
        "NOMOR 463/ 017 -PA/DP3A/2023\nTENTANG\nTIM PELAYANAN TERPADU ANAK\nKEPALA DINAS PEMBERDAYAAN PEREMPUAN DAN\n"
        "PERLINDUNGAN ANAK,\nMenimbang : a. bahwa perlu;\n",
        "sk",
        "463/017-PA/DP3A/2023",
        2023,
        "TIM PELAYANAN TERPADU ANAK",
    ),
    "decision that appoints the head of an office": Case(
        "KEPUTUSAN BUPATI CONTOH\nNOMOR 5 TAHUN 2023\nTENTANG\nPENUNJUKAN PELAKSANA TUGAS\nKEPALA DINAS SOSIAL\n"
        "Menimbang : a. bahwa perlu;\n",
        "sk",
        "5",
        2023,
        "PENUNJUKAN PELAKSANA TUGAS KEPALA DINAS SOSIAL",
    ),
    "regulation of the head of a desa": Case(
        "PERATURAN KEPALA DESA SUKAMAJU\nKECAMATAN CONTOH\nNOMOR : 06 TAHUN 2022\nTENTANG\nPERLINDUNGAN ANAK"
        "\nKEPALA DESA SUKAMAJU,\nMenimbang : a. bahwa perlu;\n",
        "perkades",
        "06",
        2022,
        "PERLINDUNGAN ANAK",
    ),
    "regulation of two mayors": Case(
        "PERATURAN BERSAMA\nWALI KOTA CONTOH DAN BUPATI LAIN\nNOMOR 12 TAHUN 2022\nNOMOR 30 TAHUN 2022\nTENTANG\n"
        "PENANGANAN ANAK JALANAN\nWALI KOTA CONTOH DAN BUPATI LAIN,\nMenimbang : a. bahwa perlu;\n",
        "perkada",
        "12",
        2022,
        "PENANGANAN ANAK JALANAN",
    ),
    "regulation of a minister": Case(
        "MENTERI CONTOH\nREPUBLIK INDONESIA\nPERATURAN MENTERI CONTOH\nREPUBLIK INDONESIA\nNOMOR 12 TAHUN 2022\nTENTANG\n"
        "KABUPATEN/KOTA LAYAK ANAK\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nMenimbang : a. bahwa perlu;\n",
        "peraturan-pusat",
        "12",
        2022,
        "KABUPATEN/KOTA LAYAK ANAK",
    ),
    "both calendars, ours below": Case(
        "QANUN KOTA CONTOH\nNOMOR 6 TAHUN 2022\nTENTANG\nPERLINDUNGAN ANAK\nWALI KOTA CONTOH,\nMenimbang : bahwa perlu;\n"
        "Ditetapkan di Banda\nContoh\nPada tanggal, 24 Syawal 1443 H\n________\n25 Mei 2022 M\n",
        "perda",
        "6",
        2022,
        "PERLINDUNGAN ANAK",
        "2022-05-25",
    ),
    "letter in both calendars": Case(
        "MAJELIS CONTOH\nBanda Contoh, 24 Syawal 1443 H / 25 Mei 2022 M\nNomor : 005/12/MC/2022\nHal : Undangan\n",
        number="005/12/MC/2022",
        year=2022,
        about="Undangan",
        date="2022-05-25",
    ),
    "order to travel, which is no kind of evidence": Case(
        f"{_KOP}SURAT PERINTAH TUGAS\nNomor : 094/0231/Dinkes/2023\nDasar : Surat Kepala Dinas Nomor 005/118/2023\n"
        "Ditetapkan di Contoh\npada tanggal 10 Maret 2023\n",
        number="094/0231/Dinkes/2023",
        year=2023,
        date="2023-03-10",
    ),
    "minutes of an act": Case(
        f"{_KOP}BERITA ACARA\nNomor : 005/117/BA/2023\nRAPAT GUGUS TUGAS\nPada hari ini Rabu tanggal dua puluh dua bulan "
        "Februari (22-02-2023) telah dilaksanakan rapat.\n",
        number="005/117/BA/2023",
        year=2023,
        date="2023-02-22",
    ),
    "minutes about a decision do not take its number": Case(
        "BERITA ACARA\nPELAKSANAAN KEPUTUSAN WALI KOTA CONTOH\nNOMOR 188.45/215/HK/2022\nPada hari ini dilaksanakan."
    ),
    "page of an annex with a heading of its own": Case(
        "LAMPIRAN\nKEPUTUSAN WALI KOTA CONTOH\nNOMOR : 188.45/90/2023\nTENTANG PEMBENTUKAN TIM\nSUSUNAN TIM\n1. Ketua",
        "sk",
        "188.45/90/2023",
        2023,
        "PEMBENTUKAN TIM",
    ),
    "heading on one line, its subject on the next": Case(
        "KEPUTUSAN WALI KOTA CONTOH NOMOR 61 TAHUN\n2022 TENTANG\nTIM KECAMATAN LAYAK ANAK\nWALI KOTA CONTOH,\n"
        "Menimbang : a. bahwa perlu;\n",
        "sk",
        "61",
        2022,
        "TIM KECAMATAN LAYAK ANAK",
    ),
    # As offices type them and scans are read
    "subject goes on with whom it is for": Case(
        _law(
            "PERATURAN BUPATI REKAAN",
            "NOMOR 14 TAHUN 2022",
            "PEMBERIAN INSENTIF BAGI KADER POSYANDU\nKEPADA PEMERINTAH DESA",
        ),
        "perkada",
        "14",
        2022,
        "PEMBERIAN INSENTIF BAGI KADER POSYANDU KEPADA PEMERINTAH DESA",
    ),
    "the name of the regulation that is changed mistyped": Case(
        _law(
            "PERATURAN WALI KOTA CONTOH",
            "NOMOR 38 TAHUN 2022",
            "PERUBAHAN KEDUA ATAS PERTARURAN WALI KOTA CONTOH\nNOMOR 10 TAHUN 2019 TENTANG RUANG BERMAIN ANAK",
        ),
        "perkada",
        "38",
        2022,
        "PERUBAHAN KEDUA ATAS PERTARURAN WALI KOTA CONTOH NOMOR 10 TAHUN 2019 TENTANG RUANG BERMAIN ANAK",
    ),
    "a line in capitals of which a scan made a small letter": Case(
        _law(
            "PERATURAN WALI KOTA CONTOH",
            "NOMOR 2 TAHUN 2022",
            "TARIF ANGKUTAN PELAJAR\nKELAS EKONOMl DI JALAN KOTA CONTOH",
        ),
        "perkada",
        "2",
        2022,
        "TARIF ANGKUTAN PELAJAR KELAS EKONOMl DI JALAN KOTA CONTOH",
    ),
    "tentang read with gaps": Case(
        f"WALI KOTA CONTOH\nPERATURAN WALI KOTA CONTOH\nNOMOR 5 TAHUN 2022\nTE NTAN G\nRUANG BERMAIN ANAK{_GROUNDS}",
        "perkada",
        "5",
        2022,
        "RUANG BERMAIN ANAK",
    ),
    "half of the number is a blot, and half a number is a wrong one": Case(
        _law("PERATURAN WALI KOTA CONTOH", "NOMOR 1 © TAHUN 2022", "KOTA LAYAK ANAK"),
        "perkada",
        "",
        2022,
        "KOTA LAYAK ANAK",
    ),
    "a digit of the number read as a letter": Case(
        _law("PERATURAN WALI KOTA CONTOH", "NOMOR 1S TAHUN 2022", "KOTA LAYAK ANAK"),
        "perkada",
        "",
        2022,
        "KOTA LAYAK ANAK",
    ),
    "a number with a letter put in between": Case(
        _law("PERATURAN WALI KOTA CONTOH", "NOMOR 36a TAHUN 2022", "KOTA LAYAK ANAK"),
        "perkada",
        "36a",
        2022,
        "KOTA LAYAK ANAK",
    ),
    "date typed without a blank, and a month as many spell it": Case(
        _law(
            "PERATURAN WALI KOTA CONTOH",
            "NOMOR 6 TAHUN 2022",
            "KOTA LAYAK ANAK",
            "Ditetapkan di Contoh\npada tanggai 25Febuari 2022\nWALI KOTA CONTOH,",
        ),
        "perkada",
        "6",
        2022,
        "KOTA LAYAK ANAK",
        "2022-02-25",
    ),
    "list of regulations, its heading spaced": Case(
        "D A F T A R\nPERATURAN DAERAH KOTA CONTOH\nTAHUN 2022\nNO. NAMA PERDA NOMOR TANGGAL\n1. Rencana Induk Kota Tahun 2017-2037\n"
        "1 Tahun 2022\n14 Maret 2022\n",
    ),
    "list of decrees": Case(
        "DAFTAR\nKEPUTUSAN WALI KOTA CONTOH\nBULAN JANUARI S/D DESEMBER TAHUN 2022\n1. Pembentukan Gugus Tugas Periode 2022 - 2024\n"
        "1 Tahun 2022\n5 Januari 2022\n",
    ),
    "recitals named first, below a blot": Case(
        "1/\nMenimbang\nMengingat\nWALI KOTA CONTOH\nPERATURAN WALI KOTA CONTOH\nNOMOR 36 TAHUN 2022\nTENTANG\n"
        "RUANG BERMAIN ANAK\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nWALI KOTA CONTOH,\n: bahwa anak perlu ruang;\n",
        "perkada",
        "36",
        2022,
        "RUANG BERMAIN ANAK",
    ),
    "decree of the president": Case(
        "KEPUTUSAN PRESIDEN REPUBLIK INDONESIA\nNOMOR 36 TAHUN 1990\nTENTANG\nPENGESAHAN KONVENSI REKAAN\n"
        "PRESIDEN REPUBLIK INDONESIA\nMenimbang : a. bahwa perlu;\n",
        "peraturan-pusat",
        "36",
        1990,
        "PENGESAHAN KONVENSI REKAAN",
    ),
    "a number that a blot cuts in two": Case(
        "KEPUTUSAN KEPALA DINAS KESEHATAN\nNOMOR : 188.4/06'4/2022\nTENTANG\nTIM ASI\nbahwa perlu tim;\n",
        "sk",
        about="TIM ASI",
    ),
    "agreement dated in words alone": Case(
        "KESEPAKATAN BERSAMA\nANTARA\nPEMERINTAH KABUPATEN CONTOH\nDAN\nKEPOLISIAN RESOR CONTOH\nNOMOR : 119/20/KB/2023\n"
        "TENTANG\nPENANGANAN ANAK\nPada hari ini Rabu tanggal Lima Belas bulan Maret tahun Dua Ribu Dua Puluh Tiga bertempat "
        "di Contoh, berdasarkan Keputusan Bupati tanggal 3 Januari 2022, kami yang bertanda tangan di bawah ini:\n",
        "kerja-sama",
        "119/20/KB/2023",
        2023,
        "PENANGANAN ANAK",
        "2023-03-15",
    ),
    "agreement whose figures in brackets win over its words": Case(
        "NOTA KESEPAHAMAN\nNOMOR : 415/05/PKS/2022\nTENTANG\nPENCEGAHAN PERKAWINAN ANAK\nPada hari ini, Senin, tanggal dua "
        "puluh dua bulan September tahun dua ribu duapuluh dua (12-09-2022), bertempat di Contoh, kami:\n",
        "kerja-sama",
        "415/05/PKS/2022",
        2022,
        "PENCEGAHAN PERKAWINAN ANAK",
        "2022-09-12",
    ),
    "agreement dated in words that are no date": Case(
        "NOTA KESEPAHAMAN\nNOMOR : 415/05/PKS/2022\nTENTANG\nPENCEGAHAN PERKAWINAN ANAK\nPada hari ini, Senin, tanggal tiga "
        "puluh dua bulan September tahun dua ribu dua puluh dua, bertempat di Contoh, kami:\n",
        "kerja-sama",
        "415/05/PKS/2022",
        2022,
        "PENCEGAHAN PERKAWINAN ANAK",
    ),
    "report dated without a colon": Case(
        "LAPORAN HASIL PEMANTAUAN\nNOMOR 700/12/LHP/2023\nTANGGAL 20 Desember 2023\nRUANG BERMAIN RAMAH ANAK\n",
        "laporan",
        "700/12/LHP/2023",
        2023,
        "",
        "2023-12-20",
    ),
    "attendance list whose labels stand in cells, with the letter of invitation": Case(
        "DAFTAR HADIR\nKegiatan\n:\nPelatihan\nHari/Tanggal\n:\nSelasa / 4 Juli 2023\nSurat Undangan\n:\n"
        "Nomor 005/77/DP3A/2023 tanggal 10 Februari 2023\nNo Nama Jabatan\n",
        "daftar-hadir",
        "",
        None,
        "",
        "2023-07-04",
    ),
    "letter to a place in capitals": Case(
        _KOP + "Contoh, 10 Februari 2023\nNomor : 005/77/DP3A/2023 Kepada\nSifat : Biasa Yth. Kepala Dinas Kesehatan\n"
        "Lampiran : - di-\nHal : Undangan Rapat Gugus Tugas TEMPAT\nDengan hormat,\n",
        "",
        "005/77/DP3A/2023",
        2023,
        "Undangan Rapat Gugus Tugas",
        "2023-02-10",
    ),
}
"""Name of the case → document."""
