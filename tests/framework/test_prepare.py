"""``kla siapkan``: it makes a whole tree, adopts what people already have, and never undoes their work."""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from pathlib import Path

import pytest

from flows.errors import CityFileError, InputsError, UsageError
from flows.framework.city import load_city
from flows.framework.guides import is_untouched
from flows.framework.instrument import load_framework
from flows.framework.preparation import FileState, Preparation
from flows.framework.prepare import prepare
from flows.model import (
    OWN_FOLDER,
    AnswerFormat,
    Block,
    EvidenceKind,
    Framework,
    Indicator,
    Origin,
    Period,
    Question,
    Requirement,
    Role,
    Years,
)

MADIUN = [
    "BAPPEDA",
    "Bagian Hukum",
    "DP3A",
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Dinas PUPR",
    "Dinkes",
    "Dinsos",
    "Disdikbud",
    "Kelurahan",
    "Kemenag",
    "UPTD PPA",
]
"""How one regency named its folders."""


def question(question_id: str, lead: str, *suppliers: str, is_sensitive: bool = False) -> Question:
    proof = Requirement(
        f"{question_id}#1",
        "data",
        Period.DATA_YEARS,
        Years.BOTH,
        2,
        signed=True,
        origin=Origin.INFERRED,
        note="Per L/P",
    )
    answer = AnswerFormat("angka")
    return Question(
        question_id, f"Judul {question_id}", 2.5, lead, (lead, *suppliers), (proof,), answer, is_sensitive=is_sensitive
    )


def framework(year: int = 2024) -> Framework:
    """An instrument of four questions."""
    questions = (
        question("12.1", "dinkes", "disdukcapil"),
        question("12.2", "dinkes", is_sensitive=True),
        question("4.1", "disdukcapil", "dinkes", "kelurahan"),
        question("25.2", "kecamatan"),
    )
    block = Block("III", "Klaster III", "Kesehatan", 10, (Indicator("12", "Persalinan", 10, questions),))
    roles = {role: Role(role, role, "opd") for role in ("dinkes", "disdukcapil", "kecamatan", "kelurahan")}
    kinds = {"data": EvidenceKind("data", "Data atau tabel", ("data",))}
    return Framework(year, "Instrumen contoh", (), "contoh", (), (block,), roles, kinds, "0" * 64)


def run(root: Path, city_id: str = "kab-contoh", year: int = 2026, **options: object) -> Preparation:
    name = options.pop("name", "Kabupaten Contoh")
    return prepare(root, city_id, year, framework(), name=name, **options)  # type: ignore[arg-type]


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every path with its bytes and the time it was written."""
    paths = sorted(root.rglob("*"))
    return {
        path.relative_to(root).as_posix(): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in paths
    }


def folders(root: Path) -> list[str]:
    """Of agencies and strangers; the city's own is none of them."""
    return sorted(path.name for path in root.iterdir() if path.is_dir() and path.name != OWN_FOLDER)


def test_a_new_city_gets_everything_it_needs(tmp_path: Path) -> None:
    root = tmp_path / "kota-banjarbaru" / "2024"

    done = prepare(root, "kota-banjarbaru", 2024, framework())

    city = load_city(root, "kota-banjarbaru", 2024, [2024])
    assert city == done.city
    assert done.profile_id == "kota-banjarbaru"
    assert {"kota.yaml", "profil-kota.xlsx", "BACA-SAYA.txt"} <= {path.name for path in root.iterdir()}
    assert folders(root) == sorted(agency.folder for agency in city.agencies)
    assert all((root / agency.folder / "BACA-SAYA.txt").is_file() for agency in city.agencies)
    assert folders(root / "Kecamatan") == sorted(district.name for district in city.districts)
    assert len(folders(root / "Kelurahan")) == 20
    assert set(done.created) >= {
        "kota.yaml",
        "profil-kota.xlsx",
        "BACA-SAYA.txt",
        "Kecamatan/",
        "Kecamatan/BACA-SAYA.txt",
    }


def test_the_folders_of_a_real_regency_are_all_recognised_and_none_doubled(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    for folder in MADIUN:
        (root / folder / "klaster 1").mkdir(parents=True)
        (root / folder / "klaster 1" / "12.1 data.pdf").write_bytes(b"bukti")
    before = snapshot(root)

    done = run(root)

    assert [adopted.folder for adopted in done.adopted] == sorted(MADIUN)
    assert done.unmatched == ()
    assert len(folders(root)) == len(done.city.agencies)
    assert {agency.folder for agency in done.city.agencies} >= set(MADIUN)
    after = snapshot(root)
    assert all(after[path][0] == content for path, (content, _) in before.items())


def test_a_second_run_changes_nothing_byte_for_byte(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    (root / "Dinkes").mkdir(parents=True)
    run(root)
    before = snapshot(root)

    again = run(root, name=None)

    assert snapshot(root) == before
    assert (again.created, again.updated, again.kept, again.adopted) == ((), (), (), ())
    assert (again.city_file, again.sheet_file) == (FileState.KEPT, FileState.KEPT)


def test_a_dry_run_says_the_same_and_touches_nothing(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    (root / "Dinkes").mkdir(parents=True)
    before = snapshot(tmp_path)

    planned = run(root, dry_run=True)

    assert snapshot(tmp_path) == before
    done = run(root)
    assert (planned.created, planned.adopted, planned.city) == (done.created, done.adopted, done.city)


def test_several_folders_may_mean_one_agency(tmp_path: Path) -> None:
    """The one closest to the agency's name becomes its folder; the other keeps its files and stays recognised."""
    root = tmp_path / "kab-contoh" / "2026"
    for folder in ("03. Dinkes", "DKK", "dinas kesehatan"):
        (root / folder).mkdir(parents=True)

    done = run(root)

    assert [(adopted.folder, adopted.agency_id) for adopted in done.adopted] == [
        ("03. Dinkes", "dinkes"),
        ("DKK", "dinkes"),
        ("dinas kesehatan", "dinkes"),
    ]
    assert next(agency.folder for agency in done.city.agencies if agency.id == "dinkes") == "dinas kesehatan"
    assert "Dinas Kesehatan" not in folders(root)
    assert not (root / "DKK" / "BACA-SAYA.txt").exists()


def test_the_former_folder_name_stays_known(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    (root / "Catatan Sipil").mkdir(parents=True)
    done = run(root)
    (root / "Disdukcapil").mkdir()

    again = run(root)

    assert next(agency.folder for agency in done.city.agencies if agency.id == "disdukcapil") == "Catatan Sipil"
    assert [(adopted.folder, adopted.agency_id) for adopted in again.adopted] == [("Disdukcapil", "disdukcapil")]


def test_unknown_folders_are_said_and_kept_and_given_to_nobody(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    for folder in ("Arsip <b>lama", "baris\nganti", "Dinas Antariksa", ".git", "~tmp"):
        (root / folder).mkdir(parents=True)

    done = run(root)

    assert done.unmatched == ("Arsip <b>lama", "Dinas Antariksa", "baris\nganti")
    assert all(list((root / folder).iterdir()) == [] for folder in done.unmatched)
    assert not {agency.folder for agency in done.city.agencies} & set(done.unmatched)


def test_a_folder_in_another_unicode_form_or_case_is_not_doubled(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    (root / unicodedata.normalize("NFD", "DINAS PERUMÁHAN DAN KAWASAN PERMUKIMAN")).mkdir(parents=True)
    (root / "dinas\nsosial").mkdir()

    done = run(root)

    assert {adopted.agency_id for adopted in done.adopted} == {"perkim", "dinsos"}
    assert not {"Disperkim", "Dinas Sosial"} & set(folders(root))
    assert next(agency.folder for agency in done.city.agencies if agency.id == "dinsos") == "Dinas Sosial"
    assert run(root).created == ()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows names that are no text")
def test_names_that_are_no_text_can_be_printed(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    for name in (b"Arsip \xe9", b"Dinkes \xff"):
        (root / os.fsdecode(name)).mkdir(parents=True)

    done = run(root)

    assert done.unmatched == ("Arsip \\xe9",)
    assert [adopted.folder for adopted in done.adopted] == ["Dinkes \\xff"]
    assert "Dinas Kesehatan" not in folders(root)
    assert run(root).created == ()


def test_a_file_in_the_way_of_a_folder_is_said_and_the_rest_is_made(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    root.mkdir(parents=True)
    (root / "BPBD").write_text("berkas", encoding="utf-8")

    done = run(root)

    assert done.blocked == ("BPBD",)
    assert (root / "BPBD").read_text(encoding="utf-8") == "berkas"
    assert (root / "DP3A" / "BACA-SAYA.txt").is_file()


def test_an_edited_city_file_is_kept_and_only_missing_folders_are_completed(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)
    path = root / "kota.yaml"
    edited = "# catatan saya\n" + path.read_text(encoding="utf-8").replace('folder: "BPBD"', 'folder: "BPBD Contoh"')
    path.write_text(edited, encoding="utf-8")

    done = run(root)

    assert path.read_text(encoding="utf-8") == edited
    assert done.city_file is FileState.KEPT
    assert "BPBD Contoh" not in folders(root), "the folder BPBD is still recognised by the agency's id"
    assert [(adopted.folder, adopted.agency_id) for adopted in done.adopted] == [("BPBD", "bpbd")]


def test_a_guide_someone_changed_is_kept_and_an_untouched_one_renewed(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)
    changed, stale = root / "DP3A" / "BACA-SAYA.txt", root / "Dinas Kesehatan" / "BACA-SAYA.txt"
    changed.write_text(changed.read_text(encoding="utf-8") + "Hubungi kami.\n", encoding="utf-8")
    stale.write_bytes(stale.read_bytes().replace(b"\r\n", b"\n"))  # as earlier versions wrote it
    city_file = root / "kota.yaml"
    city_file.write_text(
        city_file.read_text(encoding="utf-8").replace('nama: "Dinas Kesehatan"', 'nama: "Dinas Kesehatan Contoh"'),
        encoding="utf-8",
    )

    done = run(root)

    assert done.kept == ("DP3A/BACA-SAYA.txt",)
    assert changed.read_text(encoding="utf-8").endswith("Hubungi kami.\n")
    assert "Dinas Kesehatan/BACA-SAYA.txt" in done.updated
    assert "DINAS KESEHATAN CONTOH" in stale.read_text(encoding="utf-8")


def test_guides_are_lines_in_every_notepad_and_one_of_an_earlier_version_is_not_told_as_new(tmp_path: Path) -> None:
    """That of older Windows shows line ends of Linux as none at all."""
    root = tmp_path / "kab-contoh" / "2026"
    run(root)
    guides = list(root.rglob("BACA-SAYA.txt"))
    assert len(guides) > 10
    for guide in guides:
        content = guide.read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n") > 5
        guide.write_bytes(content.replace(b"\r\n", b"\n"))
    assert not [name for name in (*run(root).updated, *run(root).kept) if name.endswith(".txt")]


def test_the_guide_tells_an_agency_what_it_owes_and_how_to_hand_it_in(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)

    text = (root / "Dinas Kesehatan" / "BACA-SAYA.txt").read_text(encoding="utf-8")

    assert is_untouched(text.encode())
    owed, _, helped = text.partition("YANG ANDA BANTU ===")
    assert "12.1  Judul 12.1" in owed
    assert "4.1  Judul 4.1" in helped
    assert "2,5 poin" in owed
    assert "Data atau tabel; tahun 2024 dan 2025; paling sedikit 2 berkas; bertanda tangan (disimpulkan)" in owed
    assert "12.2  Judul 12.2\n     2,5 poin  ** SENSITIF" in owed
    assert "25.2" not in text
    assert "Dinas Pemberdayaan Perempuan dan Perlindungan Anak (sekretariat" in text


def test_namesakes_among_villages_get_their_district(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)
    areas = """wilayah:
  - {kode: "99.01.01", nama: "Utara", kelurahan: [{kode: "99.01.01.2001", nama: "Mulya"}]}
  - kode: "99.01.02"
    nama: "Selatan"
    kelurahan: [{kode: "99.01.02.2001", nama: "Mulya"}, {kode: "99.01.02.2002", nama: "Masjid/Mesjid"}]
"""
    path = root / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("wilayah: []\n", areas), encoding="utf-8")
    (root / "Kecamatan" / "01 Kec. Utara").mkdir()

    run(root)

    assert folders(root / "Kelurahan") == ["Masjid-Mesjid", "Mulya (Selatan)", "Mulya (Utara)"]
    assert folders(root / "Kecamatan") == ["01 Kec. Utara", "Selatan"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Mulya", "Desa Mulya", ["Desa Mulya (Selatan)", "Mulya (Utara)"]),
        ("MULYA", "Kel. Mulya", ["Kel. Mulya (Selatan)", "MULYA (Utara)"]),
        ("13 Ulu", "14 Ulu", ["13 Ulu", "14 Ulu"]),
        ("Ulu", "14 Ulu", ["14 Ulu", "Ulu"]),
    ],
)
def test_no_two_areas_share_a_folder_however_often_it_is_prepared(
    tmp_path: Path, first: str, second: str, expected: list[str]
) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)
    areas = f"""wilayah:
  - {{kode: "99.01.01", nama: "Utara", kelurahan: [{{kode: "99.01.01.2001", nama: "{first}"}}]}}
  - {{kode: "99.01.02", nama: "Selatan", kelurahan: [{{kode: "99.01.02.2001", nama: "{second}"}}]}}
"""
    path = root / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("wilayah: []\n", areas), encoding="utf-8")

    for _ in range(3):
        run(root)
        assert folders(root / "Kelurahan") == expected


def test_roles_nobody_carries_are_said(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)
    path = root / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('peran: ["dinkes"]', "peran: []"), encoding="utf-8")

    assert run(root).uncovered_roles == ("dinkes",)


@pytest.mark.parametrize(
    ("city_id", "name", "profile", "words"),
    [
        ("kab-contoh", None, None, 'kla siapkan kab-contoh 2026 --instrumen 2024 --nama "Kabupaten Contoh"'),
        ("kab-contoh", "Contoh", None, 'kla siapkan kab-contoh 2026 --instrumen 2024 --nama "Kabupaten Contoh"'),
        ("kab-contoh", None, "kota-banjarmasn", "kota-banjarmasin"),
        ("../luar", "Kota Luar", None, "luar"),
        ("umum", None, None, "--nama"),
    ],
)
def test_wrong_usage_names_the_command_that_works(
    tmp_path: Path, city_id: str, name: str | None, profile: str | None, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        prepare(tmp_path / "x" / "2026", city_id, 2026, framework(), name=name, profile=profile)

    assert words in f"{caught.value.message} {caught.value.repair}"
    assert list(tmp_path.iterdir()) == []


def test_a_profile_is_found_by_name_or_asked_for(tmp_path: Path) -> None:
    by_name = prepare(tmp_path / "a", "bjm", 2024, framework(), name="KOTA  BANJARMASIN", dry_run=True)
    asked = prepare(tmp_path / "b", "uji", 2024, framework(), name="Kota Uji", profile="kota-balikpapan", dry_run=True)

    assert by_name.profile_id == "kota-banjarmasin"
    assert (asked.profile_id, asked.city.name) == ("kota-balikpapan", "Kota Uji")


def test_the_next_year_begins_with_what_the_office_wrote_in_the_year_before(tmp_path: Path) -> None:
    """Names, aliases and signatories that were checked once are not typed again each year."""
    run(tmp_path / "kab-contoh" / "2024", year=2024)
    run(tmp_path / "kab-contoh" / "2025", year=2025)
    path = tmp_path / "kab-contoh" / "2025" / "kota.yaml"
    text = path.read_text("utf-8").replace("    terkonfirmasi: false", "    terkonfirmasi: true")
    path.write_text(
        text.replace('provinsi: ""', 'provinsi: "Jawa Contoh"').replace("kertas: A4", "kertas: F4"), "utf-8"
    )

    done = run(tmp_path / "kab-contoh" / "2027", year=2027, name=None)

    city = load_city(tmp_path / "kab-contoh" / "2027", "kab-contoh", 2027, [2024])
    assert (done.earlier_year, done.profile_id) == (2025, "")
    assert (city.name, city.province, city.paper) == ("Kabupaten Contoh", "Jawa Contoh", "F4")
    assert (city.evaluation_year, city.data_years) == (2027, (2025, 2026))
    assert city.agencies[0].is_confirmed
    assert (tmp_path / "kab-contoh" / "2027" / "DP3A").is_dir()


def test_a_profile_that_is_asked_for_goes_before_the_year_before(tmp_path: Path) -> None:
    run(tmp_path / "kab-contoh" / "2025", year=2025)

    done = run(tmp_path / "kab-contoh" / "2026", profile="kota-balikpapan")

    assert (done.earlier_year, done.profile_id) == (0, "kota-balikpapan")


def test_a_broken_city_file_of_the_year_before_is_named_and_not_passed_over(tmp_path: Path) -> None:
    """Starting from a profile without a word would lose what the office had confirmed."""
    run(tmp_path / "kab-contoh" / "2025", year=2025)
    (tmp_path / "kab-contoh" / "2025" / "kota.yaml").write_text("\tnama: x", "utf-8")

    with pytest.raises(InputsError) as caught:
        run(tmp_path / "kab-contoh" / "2026")

    assert "2025/kota.yaml hendak dibawa ke tahun 2026" in caught.value.message
    assert "--profil" in caught.value.repair
    assert not (tmp_path / "kab-contoh" / "2026").exists()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("KABUPATEN PULAU CONTOH II", "Kabupaten Pulau Contoh II"),
        ("kabupaten OKU Contoh", "Kabupaten OKU Contoh"),
        ("kota contoh", "Kota contoh"),
    ],
)
def test_a_name_typed_with_the_capitals_locked_is_printed_as_a_name(tmp_path: Path, typed: str, printed: str) -> None:
    assert run(tmp_path / "kab-contoh" / "2026", name=typed).city.name == printed


def test_a_new_name_for_the_next_year_says_what_it_is_too(tmp_path: Path) -> None:
    run(tmp_path / "kab-contoh" / "2026")

    with pytest.raises(UsageError, match="harus diawali"):
        run(tmp_path / "kab-contoh" / "2027", year=2027, name="Contoh Baru")


def test_html_and_line_breaks_in_a_name_stay_text(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"

    done = run(root, name='Kabupaten <script>"x"</script>\n\tBaru')

    assert done.city.name == 'Kabupaten <script>"x"</script> Baru'
    assert load_city(root, "kab-contoh", 2026, [2024]).name == done.city.name


def test_a_city_file_for_another_instrument_is_not_mixed_up(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    run(root)

    with pytest.raises(UsageError, match="memakai instrumen 2024, bukan 2025"):
        prepare(root, "kab-contoh", 2026, framework(2025))


def test_a_broken_city_file_stops_before_anything_is_made(tmp_path: Path) -> None:
    root = tmp_path / "kab-contoh" / "2026"
    root.mkdir(parents=True)
    (root / "kota.yaml").write_text("nama: [", encoding="utf-8")

    with pytest.raises(CityFileError):
        run(root)

    assert [path.name for path in root.iterdir()] == ["kota.yaml"]


def test_a_file_where_the_year_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026").write_text("", encoding="utf-8")

    with pytest.raises(InputsError, match="2026"):
        run(tmp_path / "2026")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have modes")
def test_new_folders_are_shut_for_others_and_open_ones_that_were_there_are_said_and_left(tmp_path: Path) -> None:
    """An agency sees its own folder; the year's can be passed through; an existing folder keeps the mode it has."""
    framework = load_framework(2024)
    root = tmp_path / "kota-uji" / "2024"
    (root / "Polres").mkdir(parents=True)
    (root / "Polres").chmod(0o755)
    root.chmod(0o755)
    done = prepare(root, "kota-uji", 2024, framework, name="Kota Uji")
    home = next(folder for folder in done.created if folder.endswith("/") and "/" not in folder[:-1])
    modes = {name: stat.S_IMODE((root / name).stat().st_mode) for name in (home, "Polres", "kota.yaml")}
    assert modes == {home: 0o2770, "Polres": 0o755, "kota.yaml": 0o640}
    assert done.open_folders == ("Polres",)
    (root / "Polres").chmod(0o2770)
    assert prepare(root, "kota-uji", 2024, framework).open_folders == ()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have modes")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_what_a_shell_hides_or_opens_changes_no_mode_of_folders_that_are_made(mask: int, tmp_path: Path) -> None:
    """Agencies get through to their own folder, and nobody else can put another year in the place of this one."""
    root = tmp_path / "kota-uji" / "2024"
    before = os.umask(mask)
    try:
        done = prepare(root, "kota-uji", 2024, load_framework(2024), name="Kota Uji")
    finally:
        os.umask(before)
    home = next(folder for folder in done.created if folder.endswith("/") and "/" not in folder[:-1])
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (root.parent, root, root / home)]
    assert modes == [0o755, 0o2751, 0o2770]


def test_agencies_with_sensitive_questions_are_told_how_to_redact_and_where_to_put_it(tmp_path: Path) -> None:
    """Only they: for the others the part would be noise."""
    framework = load_framework(2024)
    root = tmp_path / "kota-uji" / "2024"
    done = prepare(root, "kota-uji", 2024, framework, name="Kota Uji")
    texts = {
        agency.id: (root / agency.folder / "BACA-SAYA.txt").read_text(encoding="utf-8") for agency in done.city.agencies
    }
    told = {agency_id for agency_id, text in texts.items() if "VERSI TERSAMAR" in text}
    assert told == {agency_id for agency_id, text in texts.items() if "** SENSITIF" in text}
    assert set() < told < set(texts)
    assert "Hapus, jangan hanya ditutup kotak hitam" in texts[min(told)]


def test_the_city_gets_a_folder_of_its_own_that_is_no_agencys(tmp_path: Path) -> None:
    root = tmp_path / "kota-banjarbaru" / "2024"
    (root / "Naskah").mkdir(parents=True)
    (root / "Naskah" / "lambang.png").write_bytes(b"lambang")

    done = run(root)

    assert done.unmatched == ()
    assert "Naskah/BACA-SAYA.txt" in done.created
    assert not (root / OWN_FOLDER).exists() or (root / OWN_FOLDER).samefile(root / "Naskah")
    guide = (root / "Naskah" / "BACA-SAYA.txt").read_text(encoding="utf-8")
    assert "pengesahan-bertandatangan.pdf" in guide
    assert "Naskah/BACA-SAYA.txt" not in run(root).updated
