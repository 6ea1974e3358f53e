"""Lists that no row gives away by itself are found by everything around their names, and those of others are not."""

from __future__ import annotations

import pytest

from flows.privacy import child_list_in_lines, child_list_in_rows
from flows.privacy.given_names import holds_given_name, names_somebody
from flows.privacy.weighing import weigh

_TABLES_OF_CHILDREN = [
    ("Peserta Jambore", "Regu|Nama Peserta|Gudep|Golongan\nElang|Arif Rekaan|SDN A|-\nMawar|Citra Misal|SDN A|-"),
    ("Dispensasi nikah", "No|Calon Suami|Umur|Calon Istri|Umur\n1|Dimas Andai|19|Putri|16\n2|Ridho Misal|20|Rani|15"),
    ("rekap", "tgl|nama anak|kel|ket\n2/1|Gita|Andai|demam\n3/1|Joni|Misal|batuk"),
    ("Bantuan seragam untuk anak panti", "Nama|Jumlah (Rp)\nFikri Rekaan|150000\nAulia Andai|150000"),
    ("Penerima bantuan PIP", "No|Nama Penerima|Besaran\n1|Kenzo Rekaan|450.000\n2|Zaskia Andai|225.000"),
    ("rekap", "No|Uraian|Umur|Alamat\n1|a.n. Siti Rekaan|9|Jl. Andai\n2|a.n. Budi Andai|8|Jl. Misal"),
    ("Akta", "No|Uraian|Tanggal Lahir\n1|Akta a.n. Siti Rekaan|12-03-2019\n2|Akta a.n. Budi Andai|3-4-2020"),
    ("Pemain SSB Rekaan U-12", "No|Nama|No Punggung|Posisi\n1|Rafi Rekaan|10|Kiper\n2|Kenzo Andai|7|Bek"),
    ("Penulis cilik", "Judul Cerita|Nama|Sekolah\nKucingku|Jasmine|SDN 1\nHujan|Kevin|SDN 3"),
]  # fmt: skip
_LINES_OF_CHILDREN = [
    ("Tim Futsal Putri SMPN 2 Rekaan", "Kiper: Salma (kelas 8B)\nPenyerang: Tiara (kelas 9A)"),
    ("Notulen Musrenbang Anak", "- Laras (SMPN 2): taman bermain\n- Hendra (SMAN 1): lampu jalan"),
    ("PENERIMA SANTUNAN ANAK YATIM PIATU", "01. RIZKI REKAAN\n02. ANISA UMPAMA\n03. DIMAS KHAYAL"),
    ("", "PENERIMA BEASISWA SISWA BERPRESTASI\n1. Farhan Rekaan Rp 500.000\n2. Aulia Andai Rp 500.000"),
    ("", "Hadiah lomba mewarnai anak:\nFarhan Rekaan - 300.000\nAulia Andai - 200.000"),
    ("", "SUSUNAN PEMAIN SSB REKAAN MUDA (U-13)\n1 Rafi (GK)\n2 Kenzo\n7 Bagas\n9 Dimas (C)"),
    ("Tim U-15 Rekaan", "Nama Posisi NP\nRafi Rekaan Kiper 1\nKenzo Andai Bek 2"),
    ("Calon penerima kaki palsu anak", "Yosef, laki-laki, lahir 2012, Andai\nMarta, perempuan, lahir 2014, Misal"),
    ("Dispensasi nikah", "No Calon Istri Calon Suami Umur Istri Umur Suami\n1 Siti Rekaan 16 21\n2 Rani Khayal 17 18"),
    ("", "Anak putus sekolah di RT 3: Doni umur 14 dan Yuni umur 13, keduanya bekerja di sawah."),
]  # fmt: skip
_TABLES_OF_OTHERS = [
    ("Kasus kelurahan", "Kelurahan|Usia 12 tahun|Usia 15 tahun|Kasus\nRekaan Raya|5|8|6\nAndai Baru|5|10|7"),
    ("Perpustakaan anak", "No|Judul Buku|Pengarang|Tahun|Usia Pembaca\n1|A|Andi Misal|2019|7\n2|B|Sari Misal|2020|9"),
    ("Alat permainan", "Nama|Usia|Jumlah\nBalok|3|12\nPuzzle Kayu|5|9"),
    ("Honor narasumber pelatihan hak anak", "No|Nama|Jumlah\n1|Siti Rekaan|450.000\n2|Budi Andai|450.000"),
    ("Daftar donatur anak yatim", "No|Nama|Jumlah\n1|Siti Rekaan|450.000\n2|Budi Andai|450.000"),
    ("Belanja perlengkapan siswa", "No|Nama|Harga\n1|Buku Tulis|45.000\n2|Pensil Warna|60.000"),
    ("Bantuan modal orang tua siswa", "No|Nama|Jumlah\n1|Siti Rekaan|450.000\n2|Budi Andai|450.000"),
    ("SPPD", "No|Uraian|Tanggal\n1|Surat tugas a.n. Siti Rekaan|12-03-2019\n2|Surat tugas a.n. Budi Andai|3-4-2020"),
    ("Tim OPD", "No|Nama|No Punggung|Posisi\n1|Rafi Rekaan|10|Kiper\n2|Kenzo Andai|7|Bek"),
    ("Pemain U-23 Porprov", "No|Nama|No Punggung|Posisi\n1|Rafi Rekaan|10|Kiper\n2|Kenzo Andai|7|Bek"),
    ("SSB Liga Anak U-12", "No|Nama SSB|Pelatih|Kota\n1|Garuda Muda|Slamet Andai|Rekaan\n2|Elang Laut|Sugeng|Andai"),
    ("Petugas Posyandu", "Hari|Nama|Tugas\nSenin|Rara|Penimbangan\nSelasa|Wati|Pencatatan"),
    ("Susunan forum", "No|Nama|Jabatan\n1|Rayhan Rekaan|Ketua\n2|Nabila Andai|Sekretaris"),
    ("Data Ibu Balita", "No|Nama Ibu|Umur|Anak ke\n1|Sari|27|2\n2|Lina|31|3"),
]  # fmt: skip
_LINES_OF_OTHERS = [
    ("Bidan Desa", "No Nama Desa Pendidikan Umur\n1 Yanti Andai Lor D3 33\n2 Linda Misal D4 28"),
    ("Notulen Rapat Evaluasi", "- Rendi (Bappeda): anggaran anak naik\n- Nadia (Disdik): kasus turun"),
    ("", "Peserta Turnamen U-12\n1. SSB Garuda Rekaan\n2. SSB Putra Andai\n3. Bina Misal FC"),
    ("", "Official SSB Garuda U-12\nManajer: Slamet Rekaan\nPelatih: Sugeng Andai\nMedis: Siti Misal"),
    ("PENERIMA SANTUNAN LANSIA", "01. SUTRIS REKAAN\n02. WATI UMPAMA"),
    ("SD Inklusi", "Nama Sekolah Nama GPK PDBK\nSDN Andai 1 Lina, S.Pd 5\nSDN Misal 2 Yuli, S.Pd 3"),
    ("Pernyataan", "1. Budi Rekaan, RT 01\n2. Joni Umpama, RT 02\nmendukung kampung ramah anak."),
]


def _rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in text.splitlines()]


@pytest.mark.parametrize(("title", "text"), _TABLES_OF_CHILDREN)
def test_children_in_tables_are_found_by_what_is_around_them(title: str, text: str) -> None:
    found = child_list_in_rows(_rows(text), title)

    assert found is not None
    assert (found.rows, found.row) == (2, 1)


@pytest.mark.parametrize(("title", "text"), _LINES_OF_CHILDREN)
def test_children_in_lines_are_found_by_what_is_around_them(title: str, text: str) -> None:
    found = child_list_in_lines(text, title)

    assert found is not None
    assert found.rows >= 2


@pytest.mark.parametrize(("title", "text"), _TABLES_OF_OTHERS)
def test_tables_of_grown_people_places_and_things_are_none(title: str, text: str) -> None:
    assert child_list_in_rows(_rows(text), title) is None


@pytest.mark.parametrize(("title", "text"), _LINES_OF_OTHERS)
def test_lines_of_grown_people_places_and_things_are_none(title: str, text: str) -> None:
    assert child_list_in_lines(text, title) is None


def test_names_that_nobody_is_known_to_bear_need_more() -> None:
    """Two places of a route stand beside a school as two pupils do."""
    lines = [("1. Andai Lor SMPN 2",), ("2. Rekaan Baru SMPN 2",)]
    pupils = [("1. Salma Lor SMPN 2",), ("2. Rani Baru SMPN 2",)]

    assert weigh(lines, "Jalur siswa") is None
    assert weigh(pupils, "Data siswa") is not None


def test_clue_is_never_a_name() -> None:
    found = weigh(_rows(_TABLES_OF_CHILDREN[0][1]), _TABLES_OF_CHILDREN[0][0])

    assert found is not None
    assert found.heading == "Regu, Nama Peserta, Gudep, Golongan"
    assert "Arif" not in repr(found)


def test_pages_without_a_given_name_are_passed_over() -> None:
    """Asked of every page that may tell of children, so that few may answer yes."""
    assert names_somebody("1. Salma, kelas 4")
    assert names_somebody("KU (14), pelecehan")
    assert holds_given_name("Salma Rekaan")
    assert not names_somebody("Pasal 1 ayat (2) Anak adalah seseorang yang belum berusia 18 tahun")
    assert weigh([("1. Andai Lor (SDN 1)",), ("2. Misal (SDN 2)",)], "Data siswa") is None


@pytest.mark.parametrize(
    "piece", ["Siti ", "1 Siti ", "1. Siti Rekaan SDN 1\n", "Nama: Siti\n", "A a-b", "Siti (9) ", "SDN A 1 "]
)
def test_a_mass_of_names_is_weighed_once(piece: str) -> None:
    """The pattern of what stands before a name must not go back over long lines."""
    text = piece * (60_000 // len(piece))

    weigh([(line,) for line in text.splitlines()], "Data siswa")
