"""Answers and notes repeat no figure that the table hides, however they say it; other numbers stay."""

from __future__ import annotations

import pytest

from flows.privacy.told_counts import masked_answer, masked_words


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("3", "<5"),
        ("2 dari 40 kasus", "<5 dari 40 kasus"),
        ("12", "•"),
        ("0", "0"),
        ("45 kasus pada 2023", "45 kasus pada 2023"),
        ("Dua kasus", "<5 kasus"),
        ("Tersedia", "Tersedia"),
    ],
)
def test_an_answer_does_not_say_what_the_table_hides(said: str, printed: str) -> None:
    assert masked_answer(said, {12}) == printed


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Terdapat 3 (tiga) anak korban.", "Terdapat <5 anak korban."),
        ("Seorang anak dirujuk; 12 korban dilayani.", "<5 anak dirujuk; • korban dilayani."),
        ("Dicetak 3 brosur pada 12 sekolah.", "Dicetak 3 brosur pada 12 sekolah."),
        ("Anak usia 3-5 tahun, 20 anak.", "Anak usia 3-5 tahun, 20 anak."),
        ("Pasal 3 ayat 2 perda ini.", "Pasal 3 ayat 2 perda ini."),
        ("Jumlah anak korban: 3", "Jumlah anak korban: <5"),
        ("Korban laki-laki 1, perempuan 2 (dua).", "Korban laki-laki <5, perempuan <5."),
        ("Korban L=1, P = 2; total 12", "Korban L=<5, P = <5; total •"),
        ("Kasus kekerasan seksual: 2 (dua); fisik: 3", "Kasus kekerasan seksual: <5; fisik: <5"),
        ("Anak korban: Kelurahan Antah = 2, Berantah = 1", "Anak korban: Kelurahan Antah = <5, Berantah = <5"),
        ("Kasus turun dari 40 menjadi 3.", "Kasus turun dari 40 menjadi <5."),
        ("3 remaja dan 2 santri dirujuk", "<5 remaja dan <5 santri dirujuk"),
        ("Anak kelas 3; usia: 4; SK Nomor: 2 tanggal 3 Mei", "Anak kelas 3; usia: 4; SK Nomor: 2 tanggal 3 Mei"),
        ("Layanan anak hanya 3 hari, sebanyak 2 kali.", "Layanan anak hanya 3 hari, sebanyak 2 kali."),
        ("Dicetak sebanyak 3 lembar; ruang: 2", "Dicetak sebanyak 3 lembar; ruang: 2"),
    ],
)
def test_a_note_keeps_its_numbers_of_other_things(said: str, printed: str) -> None:
    """Only numbers of children and cases are signs: three leaflets expose nobody."""
    assert masked_words(said, {12}) == printed


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Terdapat 12 (dua belas) anak korban.", "Terdapat • anak korban."),
        ("Dua belas korban dilayani, tiga puluh dirujuk.", "• korban dilayani, tiga puluh dirujuk."),
        ("dua belas (12) korban", "• korban"),
        ("dua puluh lima anak korban, seratus dua anak", "• anak korban, seratus dua anak"),
        ("3 dari 4 korban dilayani", "<5 dari <5 korban dilayani"),
        ("naik dari 3 menjadi 12 kasus", "naik dari <5 menjadi • kasus"),
        ("2-3 korban; 3/4 korban", "<5 korban; <5 korban"),
        ("20 anak, 1 di antaranya perempuan", "20 anak, <5 di antaranya perempuan"),
        ("anak: 2022=3, 2023=12", "anak: 2022=<5, 2023=•"),
        ("Ditangani 3, dirujuk 2 korban.", "Ditangani <5, dirujuk <5 korban."),
        ("Korban: ada 3 di Kelurahan Antah, 2 di Berantah.", "Korban: ada <5 di Kelurahan Antah, <5 di Berantah."),
        ("Dari 40 korban, 25% laki-laki, 7,5 persen balita.", "Dari 40 korban, •% laki-laki, • persen balita."),
        ("korban 3; 4 dan 1", "korban <5; <5 dan <5"),
        ("2,3 dan 4 korban per triwulan", "<5, <5 dan <5 korban per triwulan"),
        ("Sepertiga korban balita, separuhnya perempuan.", "• korban balita, • perempuan."),
        ("setengah dari 40 anak; dua pertiga pelaku dewasa", "• dari 40 anak; • pelaku dewasa"),
        ("Dilatih setengah hari; nilai 2,3 dan 4,5 bagi anak.",) * 2,
        ("Sesuai pasal 3, 20 anak diantar; salah satu anak pindah.",) * 2,
        ("Terdapat 3 puskesmas ramah anak pada 2 kecamatan.",) * 2,
        ("Lulus 90% pada tes; dicetak 3 buah.",) * 2,
    ],
)
def test_a_note_tells_no_count_in_another_way(said: str, printed: str) -> None:
    """In words, in brackets, as a part of a whole, from year to year, by place, or as a share of what is printed."""
    assert masked_words(said, {3, 12, 25}) == printed


def test_a_share_is_said_where_the_tables_hide_nothing() -> None:
    assert masked_words("100% korban dilayani", ()) == "100% korban dilayani"
    assert masked_answer("75,0%", {3}) == "•%"
