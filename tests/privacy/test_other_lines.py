"""Children are found where a list is no rows any more: columns one below the other, small letters, long entries."""

from __future__ import annotations

import pytest

from flows.privacy import child_list_in_lines, child_list_in_rows, rows_of_cells


@pytest.mark.parametrize(
    "text",
    [
        "DAFTAR ANAK BINAAN\nNama\nRendi Rekaan\nBagas Andai\nUmur\n14\n15",
        "Siswa penerima\nSiti Rekaan\nBudi Andai\nKelas\nVII A\nVIII B",
        "Nama Anak\nSiti Rekaan\nBudi Andai\nAlamat\nJl. Andai 3\nJl. Misal 5",
        "Data vaksin\nNama\nSiti Rekaan\nBudi Andai\nTgl Lahir\n3-4-2019\n5-6-2020",
        "ANDIKPAS\n1\n2\nRendi Rekaan\nBagas Andai\nL\nL\n17\n16",
        "imunisasi posyandu\nsiti 2 th\nbudi 3 th\ndewi 8 bln",
        "yg sakit hr ini\nsiti kls 4\nbudi kls 5",
        "KIA belum tercetak\nsiti rekaan 23/4/2018\nwahyu anak pak andai 2 des 2014",
        "Daftar anak\n1. SITI REKAAN\nLahir Andai, 9 Des 2013\n2. BUDI ANDAI\nMisal, 3 Feb 2014",
        "Nama\nSiti Rekaan\nLahir\n2012\nSekolah\nSDN 1\nNama\nBudi Andai\nLahir\n2013\nSekolah\nSDN 2",
        "Anak yg hilang: Jefri Rekaan 14 th dan Siti Andai 12 th",
        "a. Siti Rekaan, pr, 6 th, memar\nb. Budi Andai, laki2, 8 tahun, luka",
        "Juara catur\nKU 9 pa : Kevin Rekaan 6 poin\nKU 11 pi: Michelle Andai (SMP Misal)",
        "santri yg dipulangkan krn sakit:\nAhmad bin H. Rekaan, kamar 3\nYusuf bin Misal, kamar 3",
    ],
)
def test_two_children_are_found(text: str) -> None:
    found = child_list_in_lines(text)

    assert found is not None
    assert found.rows >= 2


@pytest.mark.parametrize(
    "text",
    [
        "DAFTAR KELURAHAN\nAndai Hilir\nRekaan Baru\nMisal Raya\nJumlah anak\n12\n9\n7",
        "DATA GURU SDN 1\nNama\nSiti Rekaan\nBudi Andai\nDewi Misal\nMengajar\nKelas 4\nKelas 5\nKelas 6",
        "DAFTAR PEGAWAI\nSiti Rekaan\nBudi Andai\nTMT\n1-4-2015\n1-3-2012",
        "Penerima penghargaan masa kerja\nSiti Rekaan\nBudi Andai\n10 tahun\n15 tahun",
        "Pengalaman konsultan\nSiti Rekaan\nBudi Andai\nLama bekerja\n10 tahun\n12 tahun",
        "Nama jalan\nAhmad Yani\nHasan Basri\nPanjang\n12 km\n9 km",
        "Kader posyandu balita\nSiti Rekaan\nBudi Andai\nUmur\n34\n45",
        "Orang tua siswa\nSiti Rekaan\nBudi Andai\nAnak kelas\n4A\n5B",
        "honor\nbudi 150.000\nsiti 200.000\ndewi 100.000",
        "cuti\nsiti 3-4-2024\nbudi 5-6-2024",
        "absen petugas\nsiti 07.30\nbudi 07.45",
        "Tim penyusun\n1. SITI REKAAN\nLahir Andai, 9 Des 1983, PNS\n2. BUDI ANDAI\nLahir Misal, 3 Feb 1981, PNS",
        "Notaris\n1. Siti Rekaan\nAkta 12, 3 Februari 2019\n2. Budi Andai\nAkta 15, 4 Mei 2020",
        "Kegiatan anak:\n1. Lomba Mewarnai\nDilaksanakan 9 Des 2023\n2. Pentas Seni\nDilaksanakan 3 Feb 2023",
        "Perlindungan anak: Kota Banjar Andai 10 tahun, Kampung Rekaan Misal 12 tahun",
        "Untuk anak: pak Budi Andai 10 tahun jadi ketua, bu Siti Rekaan 12 tahun jadi bendahara",
        "Jadwal KU 9: SSB Garuda lawan SSB Elang\nKU 11: SSB Putra lawan SSB Muda",
        "Nama\nSiti Rekaan\nJabatan\nStaf\nLahir\n1983\nNama\nBudi Andai\nJabatan\nStaf\nLahir\n1990",
    ],
)
def test_grown_people_and_places_are_none(text: str) -> None:
    assert child_list_in_lines(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Rujukan Pemeriksaan Psikologis\nNama Siti Rekaan, 13 tahun, pelajar SMP kls VIII, alamat Andai",
        "Nama CAA : Siti Rekaan\nTempat/tgl lahir : Andai, 3 Januari 2024\nLaporan sosial calon anak angkat",
        "Berita acara serah terima bayi: seorang bayi laki2, diberi nama sementara MUHAMMAD SABTU, bb 2.750 gr",
        "Kawin lari digagalkan: an. Siti Rekaan umur 14 siswi mtsn, sudah dipulangkan",
        "Anak saya Budi Rekaan murid kelas 2B SDN 4 dijewer oleh ibu guru sampai luka.",
    ],
)
def test_what_happened_to_one_child_is_a_case(text: str) -> None:
    assert child_list_in_lines(text) is not None


def test_classes_may_stand_a_cell_a_line() -> None:
    text = "Nama\nKls\nParaf\nSiti Rekaan\nIX MTs\nsti\nBudi Andai\nX SMA\nbd\nDewi Misal\nVIII\n(paraf)"
    posts = "Nama\nKelas Jabatan\nUnit\nSiti Rekaan\n7\nUmum\nBudi Andai\n9\nProgram\nDewi Misal\n8\nUmum"

    assert child_list_in_rows(rows_of_cells(text)) is not None
    assert rows_of_cells(posts) == []


def test_a_cell_says_that_somebody_is_a_pupil_where_others_have_a_rank() -> None:
    rows = [
        ("No", "Nama", "Gol", "Jumlah"),
        ("1", "Siti Rekaan", "siswa", "100.000"),
        ("2", "Budi", "siswa", "100.000"),
    ]
    staff = [("No", "Nama", "Gol", "Jumlah"), ("1", "Siti Rekaan", "III/a", "100.000"), ("2", "Budi", "II/b", "90.000")]

    assert child_list_in_rows(rows) is not None
    assert child_list_in_rows(staff) is None


def test_what_is_left_of_a_sentence_is_no_age() -> None:
    rows = [("No", "Nama WBP", "Umur", "Sisa pidana"), ("1", "Siti", "34", "2 th 1 bl"), ("2", "Budi", "41", "5 th")]

    assert child_list_in_rows(rows) is None
    assert child_list_in_lines("\n".join(" ".join(row) for row in rows)) is None


@pytest.mark.parametrize(
    "piece", ["siti kls 4\n", "Siti Rekaan\n", "1. Siti\nlahir\n", "Nama\nSiti\n", "12\n", "siti "]
)
def test_a_mass_of_such_lines_is_gone_through_once(piece: str) -> None:
    child_list_in_lines("Data anak\n" + piece * (60_000 // len(piece)))
