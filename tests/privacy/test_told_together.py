"""What is told of several children at once names every one of them; what is told so of others names nobody."""

from __future__ import annotations

import pytest

from flows.privacy import child_list_in_lines


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Korban bernama Siti dan Budi, masing-masing berusia 14 dan 15 tahun, tinggal di Desa Andai.", 2),
        ("Rafi Rekaan, Nabila Andai dan Kenzo Misal mewakili kota. Ketiganya duduk di kelas 5.", 3),
        ("Tiga anak yaitu Rafi, Nabila, dan Kenzo. Ketiganya siswa SDN Andai 1.", 3),
        ("Kakak beradik Rafi dan Nabila (8 dan 6 tahun) ditemukan di pasar.", 2),
        ("Rafi dan Nabila, keduanya berumur 12 tahun, putus sekolah.", 2),
        ("Anak asuh yang pulang: Hamid, Yusuf, Wulan. Usia masing-masing 12, 13, dan 9 tahun.", 3),
        ("Dua remaja, Rizal Rekaan dan Tomi Andai, keduanya masih 16 tahun, diamankan warga.", 2),
        ("Telah dijemput Siti Rekaan dan Budi\nAndai, berturut-turut berusia 9 tahun dan 7 tahun.", 2),
        ("Rafi, Nabila, Kenzo (ketiganya kelas 6) tidak masuk tanpa keterangan.", 3),
        ("Rafi dan Nabila sama-sama kelas 4 SDN Andai", 2),
    ],
)
def test_all_of_whom_one_thing_is_told_are_found(text: str, count: int) -> None:
    found = child_list_in_lines(text)

    assert found is not None
    assert found.rows == count


@pytest.mark.parametrize(
    "text",
    [
        "Bapak Slamet dan Ibu Siti, keduanya guru kelas 5, hadir.",
        "Siti Rekaan dan Budi Andai, keduanya dari SDN Andai 1 sebagai pendamping.",
        "Desa Andai dan Desa Misal, masing-masing 14 dan 15 tahun menjadi desa layak anak.",
        "Pelaku Slamet Rekaan dan Budi Andai, masing-masing berusia 34 dan 45 tahun, menganiaya anak.",
        "Siti Rekaan dan Budi Andai, masing-masing dihukum 14 dan 15 tahun penjara.",
        "Siti Rekaan dan Budi Andai, masing-masing mengajar kelas 4 dan 5.",
        "Siti Rekaan, S.Pd dan Budi Andai, S.Pd. Keduanya duduk di kelas 5 sebagai pengamat.",
        "Siti dan Budi, masing-masing 14 dan 15 orang.",
        "Kepala Dinas dan Sekretaris menyampaikan, anak usia masing-masing 14 dan 15 tahun perlu perlindungan.",
        "Program Sekolah Ramah Anak dan Puskesmas Ramah Anak, keduanya berjalan 5 tahun.",
    ],
)
def test_grown_people_places_and_terms_are_none(text: str) -> None:
    assert child_list_in_lines(text) is None


@pytest.mark.parametrize(
    "piece", ["Siti, ", "Siti dan ", "keduanya ", "masing-masing 1, ", "(1, 2 ", "A. ", "Siti Rekaan "]
)
def test_a_mass_of_names_and_ages_is_gone_through_once(piece: str) -> None:
    child_list_in_lines("kakak beradik " + piece * (60_000 // len(piece)) + "berumur 9 tahun")
