"""The list of regulations: verifiers see at once when a law stands in it twice or below a regulation of the city."""

from __future__ import annotations

from flows.render.legal_order import in_legal_order

LAW = "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah"
DECREE = "Keputusan Presiden Nomor 36 Tahun 1990 tentang Pengesahan Konvensi Hak Anak"
MINISTER = "Peraturan Menteri Contoh Nomor 12 Tahun 2022 tentang Penyelenggaraan"
CITY = "Peraturan Daerah Kota Contoh Nomor 5 Tahun 2021 tentang Kota Layak Anak"
PROVINCE = "Peraturan Daerah Provinsi Contoh Nomor 9 Tahun 2022 tentang Perlindungan Anak"
MAYOR = "Peraturan Wali Kota Contoh Nomor 2 Tahun 2020 tentang Rencana Aksi"


def test_the_higher_level_comes_first_and_within_it_the_older() -> None:
    later = "Undang-Undang Nomor 11 Tahun 2020 tentang Contoh"
    constitution = "Undang-Undang Dasar Negara Republik Indonesia Tahun 1945"
    assert in_legal_order([MAYOR, MINISTER, later, CITY, DECREE, LAW, PROVINCE, constitution]) == (
        constitution, LAW, later, DECREE, MINISTER, PROVINCE, CITY, MAYOR,
    )  # fmt: skip


def test_a_regulation_of_instrument_and_city_is_listed_once_in_the_words_of_the_city() -> None:
    """Instrument and city file name the same laws: whoever confirms those of the profile must not get them twice."""
    own = "UNDANG-UNDANG  NOMOR 23 TAHUN 2014 tentang Pemerintahan Daerah beserta perubahannya"
    assert in_legal_order([LAW, DECREE, own]) == (own, DECREE)
    assert in_legal_order([CITY, CITY.replace("Kota Contoh", "Kota Lain")]) == (
        CITY,
        CITY.replace("Kota Contoh", "Kota Lain"),
    ), "the same number of another city is another regulation"


def test_what_is_no_known_regulation_is_kept_as_it_is_given_at_the_end() -> None:
    assert in_legal_order(["Nota kesepahaman para pihak", LAW, "Kesepakatan Nomor 1 Tahun 2019"]) == (
        LAW,
        "Nota kesepahaman para pihak",
        "Kesepakatan Nomor 1 Tahun 2019",
    )


def test_marks_at_the_end_are_those_of_the_list() -> None:
    """The page itself sets a semicolon or a full stop behind each."""
    assert in_legal_order([f"{LAW};", f" {DECREE}. ", "", " ; "]) == (LAW, DECREE)
