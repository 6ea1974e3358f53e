"""``kota.yaml``: what loads, and that every mistake is named with its line instead of being believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import CityFileError, InputsError, UsageError
from flows.framework.city import load_city, parse_city
from flows.framework.city_agencies import is_folder_name, is_id, known_roles
from flows.framework.city_ids import check_city_id
from flows.framework.profiles import GENERAL, city_file_text, city_from, load_profile, profile_ids
from flows.model import City, Contact, Signatory
from flows.names import match_agency

GOOD = """\
nama: "Kota Contoh"
kode: "99.71"
provinsi: "Provinsi Contoh"
tempat: "Contoh"
zona_waktu: "Asia/Makassar"
tahun_evaluasi: 2024
tahun_data: [2022, 2023]
instrumen: 2024
kertas: F4
perangkat_daerah:
  - id: dinkes
    nama: "Dinas Kesehatan"
    folder: "Dinkes"
    peran: [dinkes]
    alias: ["DKK"]
    kelompok: opd
    sumber: "contoh"
    terkonfirmasi: true
  - {id: dp3a, nama: "DP3A", folder: "DP3A Kota", peran: [pppa, sekretariat]}
wilayah:
  - kode: "99.71.01"
    nama: "Kecamatan Satu"
    kelurahan:
      - {kode: "99.71.01.1001", nama: "Kelurahan Satu"}
penanda_tangan:
  sekda: {jabatan: "Sekretaris Daerah", nama: "Nama Contoh", pangkat: "Pembina", nip: "000000000000000000"}
dasar_hukum:
  - {teks: "Perda Contoh", terkonfirmasi: true}
gambaran_umum:
  - {uraian: "Luas", nilai: "1,5", satuan: "km²", tahun: "2023", sumber: "BPS"}
pengampu: {"12.1": dinkes}
"""


def parse(text: str, year: int = 2024, years: tuple[int, ...] = (2024,)) -> City:
    return parse_city(text, "kota-contoh", year, years)


def problems(text: str, year: int = 2024, years: tuple[int, ...] = (2024,)) -> list[str]:
    with pytest.raises(CityFileError) as caught:
        parse(text, year, years)
    return [str(problem) for problem in caught.value.problems]


def write_city(root: Path, city_id: str, year: int, text: str) -> Path:
    folder = root / city_id / str(year)
    folder.mkdir(parents=True)
    (folder / "kota.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_full_city_is_read_value_by_value(tmp_path: Path) -> None:
    city = load_city(write_city(tmp_path, "kota-contoh", 2024, GOOD), "kota-contoh", 2024, [2024])

    assert (city.name, city.code, city.paper, city.seat) == ("Kota Contoh", "99.71", "F4", "Contoh")
    assert (city.evaluation_year, city.data_years, city.framework_year) == (2024, (2022, 2023), 2024)
    assert [agency.id for agency in city.agencies] == ["dinkes", "dp3a"]
    assert city.agencies[0].is_confirmed
    assert city.agencies[1].group == "opd"
    assert city.districts[0].villages[0].code == "99.71.01.1001"
    assert city.signatories == (Signatory("sekda", "Sekretaris Daerah", "Nama Contoh", "Pembina", "0" * 18),)
    assert city.leads == {"12.1": "dinkes"}


def test_years_default_to_two_before_and_the_same_instrument() -> None:
    text = GOOD.replace("tahun_data: [2022, 2023]\n", "").replace("instrumen: 2024\n", "")

    city = parse(text.replace("tahun_evaluasi: 2024", "tahun_evaluasi: 2026"), 2026, (2024, 2026))

    assert (city.data_years, city.framework_year) == ((2024, 2025), 2026)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kode: "99.71"', "kode: 99.71", 2, 'beri tanda kutip: "99.71"'),
        ('kode: "99.71.01"', "kode: 99.71", 21, "harus berupa teks"),
        ('kode: "99.71.01"', 'kode: "63.71.01"', 21, "tidak berada di bawah kode 99.71"),
        ('kode: "99.71.01.1001"', 'kode: "99.71.01.1"', 24, "bentuk kode Kemendagri"),
        (
            'nama: "Kelurahan Satu"}',
            'nama: "Kelurahan Satu"}\n      - {kode: "99.71.01.2002", nama: "Desa SATU"}',
            25,
            'nama "Desa SATU" dipakai dua kali',
        ),
        ("kertas: F4", "kertas: A3", 9, "yang dikenal: A4, F4"),
        ("kertas: F4", "kertsa: F4", 9, 'kunci "kertsa" tidak dikenal'),
        ("tahun_evaluasi: 2024", 'tahun_evaluasi: "2024"', 6, "harus berupa angka"),
        ("tahun_evaluasi: 2024", "tahun_evaluasi: 2023", 6, "padahal foldernya 2024"),
        ("tahun_evaluasi: 2024", "tahun_evaluasi: 20244", 6, "antara 2000 dan 2100"),
        ("[2022, 2023]", "[2023, 2022]", 7, "dua tahun berurutan"),
        ("[2022, 2023]", "[2022]", 7, "dua tahun berurutan"),
        ("[2022, 2023]", "[2024, 2025]", 7, "melewati tahun evaluasi"),
        ("instrumen: 2024", "instrumen: 2023", 8, "instrumen tahun 2023 belum ada (yang tersedia: 2024)"),
        ('"Asia/Makassar"', '"WITA"', 5, '"Asia/Makassar" (WITA)'),
        ('"Asia/Makassar"', '"../../etc/passwd"', 5, "tidak dikenal"),
        ("peran: [dinkes]", "peran: [dinkse]", 14, 'peran "dinkse" tidak dikenal'),
        ("id: dp3a", "id: dinkes", 19, 'id "dinkes" dipakai dua kali'),
        ("id: dp3a", "id: DP3A Kota", 19, "huruf kecil, angka, dan tanda hubung"),
        ('folder: "DP3A Kota"', 'folder: "DINKES"', 19, 'folder "DINKES" dipakai juga oleh "dinkes"'),
        ('folder: "DP3A Kota"', 'folder: "../DP3A"', 19, "tidak dapat menjadi nama folder"),
        ('folder: "DP3A Kota"', 'folder: "a\\nb"', 19, "tidak dapat menjadi nama folder"),
        ('nama: "DP3A"', 'nama: "D.K.K", alias: ["dkk"]', 19, 'nama atau alias "dkk" dipakai juga oleh "dinkes"'),
        ("kelompok: opd", "kelompok: dinas", 16, "yang dikenal: opd"),
        ("terkonfirmasi: true\n  -", "terkonfirmasi: ya\n  -", 18, "harus true atau false"),
        ('nip: "000000000000000000"', "nip: 199001012020011001", 26, "beri tanda kutip"),
        ("sekda:", "sekdaa:", 26, 'kunci "sekdaa" tidak dikenal'),
        ('tahun: "2023"', "tahun: 2023", 30, "beri tanda kutip"),
        ('"12.1": dinkes', '"12.1": polres', 31, "tidak dipegang perangkat daerah mana pun"),
        ('nama: "Kota Contoh"', 'nama: "Kota\\nContoh"', 1, "tulis dalam satu baris"),
        ('nama: "Kota Contoh"', 'nama: "Contoh"', 1, 'diawali "Kota" atau "Kabupaten"'),
    ],
)
def test_each_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD

    found = problems(GOOD.replace(old, new, 1))

    assert any(f"kota.yaml baris {line}:" in problem and words in problem for problem in found), found


def test_folders_that_one_disk_cannot_tell_apart_are_refused() -> None:
    composed, decomposed = "Caf\u00e9", "CAFE\u0301"
    text = GOOD.replace('folder: "Dinkes"', f'folder: "{composed}"').replace('"DP3A Kota"', f'"{decomposed}"')

    assert any("dipakai juga oleh" in problem for problem in problems(text))


@pytest.mark.parametrize("year", ["dua", '"2024"', "[2024]"])
def test_a_year_that_is_no_number_is_one_mistake_and_no_year_0(year: str) -> None:
    found = problems(GOOD.replace("tahun_evaluasi: 2024", f"tahun_evaluasi: {year}"))

    assert [each for each in found if "tahun_evaluasi" in each] == found[:1]
    assert "bernilai 0" not in found[0]


def test_all_mistakes_come_together_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("kertas: F4", "kertas: A3").replace('kode: "99.71"\n', "kode: 99.71\n").replace("[dinkes]", "[x]")
    )

    lines = [int(problem.split("baris ")[1].split(":")[0]) for problem in problems(text)]

    assert lines == sorted(lines)
    assert {2, 9, 14} <= set(lines)


@pytest.mark.parametrize(
    "text", ["nama: [", "nama: 'a\nb: c", "\t- x", "a: b: c", "nama: \x00", "- a", "", "42", "&a [*a]"]
)
def test_broken_yaml_is_told_in_indonesian(text: str) -> None:
    found = " ".join(problems(text))

    assert "kota.yaml" in found
    assert not {"expected", "found", "while", "mapping", "scanning"} & set(found.split())


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    folder = write_city(tmp_path, "kota-contoh", 2024, "")
    (folder / "kota.yaml").write_bytes('nama: "Kota \xe9"'.encode("latin-1"))

    with pytest.raises(CityFileError, match="UTF-8"):
        load_city(folder, "kota-contoh", 2024, [2024])


def test_windows_line_ends_and_byte_order_mark_are_accepted(tmp_path: Path) -> None:
    folder = write_city(tmp_path, "kota-contoh", 2024, "")
    (folder / "kota.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert load_city(folder, "kota-contoh", 2024, [2024]) == parse(GOOD)


def test_a_missing_file_names_the_command_that_makes_it(tmp_path: Path) -> None:
    (tmp_path / "kab-contoh" / "2026").mkdir(parents=True)

    with pytest.raises(InputsError) as caught:
        load_city(tmp_path / "kab-contoh" / "2026", "kab-contoh", 2026, [2024])

    assert 'kla siapkan kab-contoh 2026 --nama "Kabupaten Contoh" --instrumen 2024' in caught.value.repair
    assert caught.value.exit_code == 3


def test_a_city_with_a_profile_needs_no_name(tmp_path: Path) -> None:
    with pytest.raises(InputsError) as caught:
        load_city(tmp_path / "kota-banjarmasin" / "2024", "kota-banjarmasin", 2024, [2024])

    assert caught.value.repair.endswith("kla siapkan kota-banjarmasin 2024")


def test_an_unknown_city_names_the_nearest_ones(tmp_path: Path) -> None:
    write_city(tmp_path, "kota-banjarmasin", 2024, GOOD)
    write_city(tmp_path, "kab-jauh", 2024, GOOD)

    with pytest.raises(InputsError) as caught:
        load_city(tmp_path / "kota-banjamasin" / "2024", "kota-banjamasin", 2024, [2024])

    assert "kota-banjarmasin" in caught.value.message
    assert "kab-jauh" not in caught.value.message


def test_a_missing_year_names_the_years_there_are(tmp_path: Path) -> None:
    write_city(tmp_path, "kota-contoh", 2024, GOOD)

    with pytest.raises(InputsError, match="Tahun yang ada: 2024"):
        load_city(tmp_path / "kota-contoh" / "2025", "kota-contoh", 2025, [2024])


@pytest.mark.parametrize("city_id", ["../kota", "a/b", "a\\b", "..", "", "Kota Contoh", "kota_contoh", "kota\n", "c:"])
def test_a_city_id_that_is_no_folder_name_is_wrong_usage(tmp_path: Path, city_id: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_city_id(city_id, tmp_path / "inputs")

    assert caught.value.exit_code == 2


@pytest.mark.parametrize("profile_id", profile_ids())
def test_every_profile_carries_every_role_and_confirms_nothing(profile_id: str) -> None:
    profile = load_profile(profile_id)

    carried = {role for agency in profile.agencies for role in agency.roles}
    assert carried == set(known_roles())
    assert 35 <= len(profile.agencies) <= 40
    assert all(agency.source and not agency.is_confirmed for agency in profile.agencies)
    assert not any(item.is_confirmed for item in profile.legal_basis)
    assert not any(signatory.name or signatory.nip for signatory in profile.signatories)


@pytest.mark.parametrize(
    ("profile_id", "districts", "villages"),
    [("kota-banjarmasin", 5, 52), ("kota-banjarbaru", 5, 20), ("kota-balikpapan", 6, 34), (GENERAL, 0, 0)],
)
def test_profiles_know_their_kecamatan_and_kelurahan(profile_id: str, districts: int, villages: int) -> None:
    profile = load_profile(profile_id)

    assert len(profile.districts) == districts
    assert sum(len(district.villages) for district in profile.districts) == villages


@pytest.mark.parametrize(
    ("folder", "agency_id"),
    [
        ("BAPPEDA", "bappeda"),
        ("Bag. Hukum", "bagian-hukum"),
        ("DP3A", "dp3a"),
        ("Dinas Kependudukan dan Pencatatan Sipil", "disdukcapil"),
        ("CAPIL", "disdukcapil"),
        ("Dukcapil", "disdukcapil"),
        ("Dinas PUPR", "pupr"),
        ("Dinas PU", "pupr"),
        ("03. Dinkes", "dinkes"),
        ("DINSOS", "dinsos"),
        ("Disdikbud", "disdikbud"),
        ("Kominfo", "kominfo"),
        ("Bapperida", "bappeda"),
        ("UPTD-PPA", "uptd-ppa"),
        ("Desa dan Kelurahan", "kelurahan"),
        ("Polres (Unit PPA)", "polres"),
        ("APSAI", "dunia-usaha"),
    ],
)
def test_the_general_profile_knows_what_people_write(folder: str, agency_id: str) -> None:
    found = match_agency(folder, load_profile(GENERAL).agencies)

    assert found is not None
    assert found.id == agency_id


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(max_examples=30, deadline=None)
@given(name=TEXT, place=TEXT)
def test_a_written_city_file_reads_back_as_the_same_city(name: str, place: str) -> None:
    """Quotes, line breaks, HTML and control characters in a name neither break the file nor change another value."""
    profile = load_profile(GENERAL)

    city = city_from(profile, "kab-x", 2024, 2024, f"Kabupaten {name} {place}")

    assert parse_city(city_file_text(city), "kab-x", 2024, [2024]) == city


@given(TEXT)
def test_ids_and_folder_names_are_one_safe_part(text: str) -> None:
    if is_id(text) or is_folder_name(text):
        assert Path(text).name == text
        assert text not in (".", "..")
        assert text.isprintable()


def test_the_letterhead_is_read_and_the_citys_own_folder_is_no_agencys() -> None:
    lines = 'alamat: "Jalan Contoh 1"\ntelepon: "(0500) 000000"\npos_el: "a@contoh.invalid"\nlaman: "contoh.invalid"\n'
    assert parse(GOOD + lines).contact == Contact(
        "Jalan Contoh 1", "(0500) 000000", "a@contoh.invalid", "contoh.invalid"
    )
    assert parse(GOOD).contact == Contact()
    (problem,) = problems(GOOD.replace('folder: "Dinkes"', 'folder: "Naskah"'))
    assert "baris 13" in problem
    assert '"naskah" adalah folder kota sendiri' in problem


def test_an_inputs_folder_that_is_not_there_is_said_and_no_new_city_proposed_first(tmp_path: Path) -> None:
    """A shared folder that is not connected is no reason to begin a city anew."""
    with pytest.raises(InputsError) as caught:
        load_city(tmp_path / "Bersama" / "kab-contoh" / "2026", "kab-contoh", 2026, [2024])

    assert caught.value.message == f"Folder masukan {tmp_path / 'Bersama'} tidak ada."
    assert caught.value.repair.startswith("Periksa ejaan --inputs")


def test_the_command_for_another_year_needs_no_name_where_a_year_before_knows_it(tmp_path: Path) -> None:
    (tmp_path / "kab-contoh" / "2025").mkdir(parents=True)
    (tmp_path / "kab-contoh" / "2025" / "kota.yaml").write_text("nama: x", "utf-8")

    with pytest.raises(InputsError) as caught:
        load_city(tmp_path / "kab-contoh" / "2026", "kab-contoh", 2026, [2024])

    assert caught.value.repair.endswith("kla siapkan kab-contoh 2026 --instrumen 2024")
