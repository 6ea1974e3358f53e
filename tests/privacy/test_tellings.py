"""Children told of in sentences, notes and loose rows are found; terms, places and adults like them are not."""

from __future__ import annotations

import pytest

from flows.privacy import child_list_in_lines, child_list_in_rows


@pytest.mark.parametrize(
    "text",
    [
        "Anak yang kami layani ialah Budi Contoh (9 tahun) dan Siti Contoh (7 tahun).",
        "Budi Contoh, siswa SMAN 1 Contoh, dan Siti Misal, siswi SMPN 2 Contoh, mewakili kota.",
        "Ketua: Budi Contoh, kelas VIII A\nWakil: Siti Misal (VII C)",
        "Kelas 4B: Budi Contoh\nKelas 5A: Siti Misal",
        "0091234567 Budi Contoh\n0101234567 Siti Misal",
        "korban berinisial MK, 12 tahun\nkorban berinisial AB, usia 9 tahun",
        "Telah lahir anak bernama Budi Contoh\nserta balita bernama Siti Misal",
        "Budi Contoh lahir di Contoh, 3 Maret 2012\nSiti Misal lahir di Contoh pada 4 Mei 2013",
        "- Budi Contoh bin Fulan, L, 4 th\n- Siti Misal binti Fulan, P, 3 th",
        "Pemenang lomba pidato\n1. Budi Contoh (SMPN 1 Contoh)\n2. Siti Misal (SMPN 2 Contoh)",
        "Budi Contoh / 14 / SMPN 4 Contoh\nSiti Misal / 13 / SMPN 4 Contoh",
        "Daftar siswa kelas VIII A SMPN Contoh\n1. Budi Contoh\n2. Siti Misal",
        "Balita ditimbang: Raka (14 bln), Siti (9 bln)",
        "Nama saya Budi Contoh, umur 12 tahun, kelas VI SDN 1.\nNama saya Siti Misal, umur 11 tahun, kelas V SDN 1.",
        "Halo, nama saya Budi, umur saya 9 tahun.\nNama saya Siti, saya 10 tahun.",
        "Duta Anak: Budi Contoh\nUmur 11 tahun\nDuta Anak: Siti Misal\nUsia 12 tahun",
        "BUDI CONTOH\nsiswa kelas 4 SDN Contoh 1\nSITI MISAL\nsiswi kelas 5 SDN Contoh 2",
        "Klien Umur Sekolah Masalah\nBudi Contoh 12 SDN Contoh Perundungan\nSiti Misal 14 SMPN Contoh Gawai",
        "Penyerahan tas kepada Budi (9 th) dan Siti (8 th) di posko",
        "Belum timbang: Kiano anak bu Lia, Mecca anak bu Tati",
        "By. Ny. Andai, L, 3.100 gr\nBy Ny Rekaan, P, 2.400 gr",
        "Foto 1 Tari oleh Budi siswa SDN 2\nFoto 2 Puisi oleh Sari siswi SMPN 3",
        "Balita BGM: Rafa, Nabila",
        "Usulan Forum Anak: Rafa, Nabila",
        "VIII A: Rafa, Nabila tidak hadir\nSiswa sakit: Dimas, Rini",
        "Menunjuk Sdr. Rangga Contoh (siswa SMAN 1) dan Sdri. Tiara Misal (siswi SMPN 2)",
        "Akta anak: Rizky kls 3, Putri kls 1",
        "Korban inisial NS (15) dan AP (16) asal Desa Andai dipekerjakan di kafe",
        "Nama Bayi: Hasya, lahir 2/1/2023, HB0 ya\nNama Bayi: Kenan, lahir 7/1/2023, HB0 ya",
        "Siti, 12 tahun, tuna netra; Bagus, 10 tahun, tuna rungu",
        "Penampil\nTari Andai: Kirana (SDN Contoh 2)\nPuisi: Satria (SDN Contoh 4)",
    ],
)
def test_child_is_found_by_what_stands_beside_its_name(text: str) -> None:
    found = child_list_in_lines(text)

    assert found is not None
    assert found.rows == 2


@pytest.mark.parametrize(
    "text",
    [
        "Pidana Penjara Paling Lama 15 Tahun\nWajib Belajar 12 Tahun\nKota Sehat, 5 tahun",
        "Program Kota Layak Anak (5 tahun)\nKerja Sama Universitas Contoh (3 tahun)",
        "Ibu Siti Contoh, 35 tahun, dan Budi Misal, 41 tahun, orang tua siswa SDN Contoh",
        "Siti Contoh, guru kelas 4 SDN Contoh\nBudi Misal, wali kelas VIII A SMPN 1 Contoh",
        "LPKA Kelas II Martapura Contoh\nLapas Kelas IIA Teluk Contoh\nPengadilan Negeri Kelas IA Contoh Raya",
        "Desa Contoh Hilir, 7 balita, 12 bulan\nDesa Contoh Baru, 9 balita, 12 bulan",
        "Jangka Waktu Sewa, 3 tahun\nMasa Berlaku Izin: 5 tahun\nPengalaman Kerja (7 tahun)",
        "Penata Muda Contoh, III A\nBudi Misal, III C",
        "Telepon: 0511234567 Siti Contoh\n0811234567 Budi Contoh",
        "peserta siswa kelas VII dan kelas VIII, guru kelas IX dan kelas X",
        "Saya Kepala Dinas Contoh.\nUsia 15 tahun ke atas\nSaya Camat Misal.\nUmur 12 tahun ke bawah",
        "Data anak berkebutuhan khusus\nSLB Contoh Raya - tunarungu\nSLB Misal Raya - autis",
        "Peserta kelas ibu balita: Rina, Dewi, Sari",
        "Data balita\nPosyandu: Dewi, Citra, Putri",
        "Pendamping Forum Anak: Rina, Budi\nHakim anak: Siti, Agus",
        "Kontrak Budi (5 tahun) dan masa jabatan Siti (4 tahun)",
        "Pembagian kamar\nBudi 4A\nSiti 4A\nRahmat 5B\nDewi 5C",
        "Pemenang lomba kantin sehat\nSDN Contoh 1 - Guru Budi Contoh\nSDN Misal 1 - Guru Siti Misal",
    ],
)
def test_terms_places_and_adults_are_no_children(text: str) -> None:
    assert child_list_in_lines(text) is None


def test_child_of_a_form_that_is_told_of_again_is_one_child() -> None:
    assert child_list_in_lines("Nama : Budi Contoh\nUmur : 9 tahun\nBudi Contoh, 9 tahun, sakit.") is None


def test_table_may_have_its_headings_in_the_first_column() -> None:
    assert child_list_in_rows([("Nama", "Budi Contoh", "Siti Misal"), ("Umur", "9", "8")]) is not None


def test_heading_says_nothing_any_more_when_its_table_is_long_past() -> None:
    """What comes after a list of staff is read for itself."""
    staff = "No Nama Guru NIP\n" + "Uraian kegiatan berjalan seperti biasa\n" * 14
    children = "Siswa sakit:\nSari Contoh, 9 th\nBudi Misal, 8 th"

    assert child_list_in_lines(staff + children) is not None


def test_bare_classes_behind_names_are_enough_where_there_are_three() -> None:
    """Notes of a teacher; two may be anything."""
    text = "Senin: Vina (8D) menangis\nSelasa: Toni (9A) merokok\nRabu: Ulfa (8D) dibully"

    found = child_list_in_lines(text, "Catatan BK")

    assert found is not None
    assert found.rows == 3
    assert child_list_in_lines(text.rpartition("\n")[0], "Catatan BK") is None


def test_all_who_are_told_of_in_one_breath_are_counted() -> None:
    found = child_list_in_lines("Tampil Dewi, Nabila dan Fitri siswi SDN Contoh 1")

    assert found is not None
    assert found.rows == 3
    assert child_list_in_lines("Hadir Camat Andai, Kepala Dinas Rekaan dan Fitri siswi SDN Contoh 1") is None


def test_a_child_in_a_decision_of_a_court_is_no_list_but_a_case() -> None:
    found = child_list_in_lines("Anak Korban Intan Rekaan binti Andai, umur 14 tahun.", "Petikan Putusan")

    assert found is not None
    assert found.rows == 1
