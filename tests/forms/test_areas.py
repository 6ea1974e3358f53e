"""Areas are found by code and by name however offices write them, and never a neighbour instead."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.forms.areas import AreaIndex
from flows.model import City, District, Village


def district(code: str, name: str, *villages: str) -> District:
    listed = tuple(Village(f"{code}.{1001 + number}", village) for number, village in enumerate(villages))
    return District(code, name, listed)


DISTRICTS = (
    district("99.71.01", "Contoh Selatan", "Mantuil", "Kelayan Barat", "Kelayan Timur", "Pemurus Baru", "Sukorejo"),
    district("99.71.02", "Contoh Utara", "Sungai Andai", "Antasan Kecil Timur", "Alalak Utara", "Alalak Selatan"),
    district("99.71.03", "Contoh Tengah", "Telaga Biru", "Seberang Mesjid/Masjid", "Sumberrejo", "Sukorejo", "Mawar"),
    district("99.71.04", "Tanjungsari", "Kampung Melayu I", "Kampung Melayu II", "Tanjungsari", "Soekamaju (Baru)"),
)
CITY = City(
    id="kota-contoh",
    name="Kota Contoh",
    code="99.71",
    province="Provinsi Contoh",
    time_zone="Asia/Jakarta",
    evaluation_year=2025,
    data_years=(2023, 2024),
    framework_year=2024,
    agencies=(),
    districts=DISTRICTS,
    signatories=(),
    legal_basis=(),
    facts=(),
    leads={},
)
INDEX = AreaIndex(CITY)


def village(name: str, code: str = "", parent: str = "") -> str | None:
    found = INDEX.find_village(name, code, parent)
    return found.name if found else None


def parent(name: str, code: str = "") -> str | None:
    found = INDEX.find_district(name, code)
    return found.name if found else None


@pytest.mark.parametrize("code", ["99.71.02.1001", "9971021001", "9971021001.0", "99 71 02 1001", " 99-71-02-1001 "])
def test_a_whole_code_is_enough_and_beats_the_name(code: str) -> None:
    assert village("", code) == village("Mawar", code) == "Sungai Andai"


def test_the_end_of_a_code_needs_its_kecamatan() -> None:
    assert village("", "1001") is None
    assert village("", "1001", "Contoh Utara") == "Sungai Andai"
    assert village("", "1001.0", "99.71.03") == "Telaga Biru"
    assert village("nama lain sekali", "1002", "KEC. CONTOH SELATAN") == "Kelayan Barat"


def test_the_end_of_a_code_does_not_beat_a_known_name() -> None:
    assert village("Mantuil", "1002", "Contoh Selatan") == "Mantuil"
    assert parent("Contoh Utara", "01") == "Contoh Utara"


def test_a_kecamatan_is_known_by_its_code_in_any_form() -> None:
    for code in ("99.71.02", "997102", "997102.0", "02", "2", "2.0"):
        assert parent("", code) == "Contoh Utara"
    assert parent("", "9") is None
    assert parent("", "99.72.02") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SUNGAI ANDAI", "Sungai Andai"),
        ("Kel. Sungai Andai", "Sungai Andai"),
        ("Kelurahan/Desa Sungai Andai", "Sungai Andai"),
        ("S. Andai", "Sungai Andai"),
        ("Sei Andai", "Sungai Andai"),
        ("Sei. Andai", "Sungai Andai"),
        ("Sungaiandai", "Sungai Andai"),
        ("Sungai Andae", "Sungai Andai"),
        ("Telagabiru", "Telaga Biru"),
        ("TELAGA  BIRU ", "Telaga Biru"),
        ("Antasan Kecil Tim.", "Antasan Kecil Timur"),
        ("Antasan Kecil Timur", "Antasan Kecil Timur"),
        ("Antasan Kecl Timur", "Antasan Kecil Timur"),
        ("Seberang Mesjid", "Seberang Mesjid/Masjid"),
        ("Seberang Masjid", "Seberang Mesjid/Masjid"),
        ("seberang mesjid / masjid", "Seberang Mesjid/Masjid"),
        ("Sumberejo", "Sumberrejo"),
        ("Soemberredjo", "Sumberrejo"),
        ("Sukamaju", "Soekamaju (Baru)"),
        ("Kp. Melayu 2", "Kampung Melayu II"),
        ("Kampung Melayu I", "Kampung Melayu I"),
        ("Kel. Tanjungsari", "Tanjungsari"),
        ("Tj. Sari", "Tanjungsari"),
        ("Alalak Utr", "Alalak Utara"),
    ],
)
def test_a_kelurahan_is_known_in_the_spellings_of_lists(written: str, name: str) -> None:
    assert village(written) == name


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Kelayan",
            "Kelayan Tengah",
            "Alalak Tengah",
            "Alalak",
            "Kampung Melayu",
            "Kampung Melayu III",
            "Pemurus Lama",
        ),
        *("Jumlah", "TOTAL", "Kota Contoh", "", "-", "   ", "Mawai", "Kelurahan", "///", "()"),
    ],
)
def test_a_neighbour_is_never_taken_for_an_unknown_name(written: str) -> None:
    assert village(written) is None


def test_a_name_that_stands_twice_needs_its_kecamatan() -> None:
    assert village("Sukorejo") is None
    for around, code in (("Contoh Selatan", "99.71.01.1005"), ("Kec. Contoh Tengah", "99.71.03.1004")):
        found = INDEX.find_village("Desa Sukorejo", district=around)
        assert found is not None
        assert found.code == code


def test_a_kelurahan_is_not_looked_for_in_another_kecamatan_than_named() -> None:
    assert village("Mawar", parent="Contoh Utara") is None
    assert village("Mawar", parent="kecamatan yang tidak ada") == "Mawar"


@pytest.mark.parametrize(
    "written", ["Contoh Utara", "KECAMATAN CONTOH UTARA", "Kec. Contoh Utr", "Utara", "contohutara"]
)
def test_a_kecamatan_is_known_with_and_without_the_name_of_its_city(written: str) -> None:
    assert parent(written) == "Contoh Utara"


@pytest.mark.parametrize("written", ["Contoh", "Contoh Timur", "Jumlah", "", "Barat"])
def test_an_unknown_kecamatan_stays_unknown(written: str) -> None:
    assert parent(written) is None


@settings(deadline=None)
@given(st.sampled_from([(found, area) for found in DISTRICTS for area in found.villages]), st.data())
def test_every_kelurahan_is_found_in_any_case_prefix_and_spacing(
    pair: tuple[District, Village], data: st.DataObject
) -> None:
    around, area = pair
    case = data.draw(st.sampled_from((str.upper, str.lower, str.title)))
    front = data.draw(st.sampled_from(("", "Kel. ", "KELURAHAN ", "desa ", "Ds.")))
    blank = data.draw(st.sampled_from((" ", "  ", "\u00a0", "-")))
    written = front + case(area.name).replace(" ", blank)
    assert INDEX.find_village(written, district=case(around.name)) == area


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_nothing_that_is_written_raises_an_error(name: str, code: str, given_district: str) -> None:
    INDEX.find_village(name, code, given_district)
    INDEX.find_district(name, code)


def test_a_city_without_areas_knows_none() -> None:
    index = AreaIndex(dataclasses.replace(CITY, districts=()))
    assert index.find_village("Mawar") is None
    assert index.find_district("Contoh Utara") is None
