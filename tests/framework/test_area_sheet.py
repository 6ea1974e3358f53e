"""A list of kecamatan and desa beside ``kota.yaml``: taken as offices write it, refused with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from flows.errors import AreasError, InputsError
from flows.framework.area_sheet import read_area_sheet
from flows.framework.preparation import Preparation
from flows.framework.prepare import prepare
from flows.gather.names import own_media
from flows.model import City, District, Framework, Media, Village

EMPTY = Framework(2024, "Instrumen contoh", (), "contoh", (), (), {}, {}, "0" * 64)
TITLES = ("Kode", "Kecamatan", "Desa/Kelurahan")
TWO = (
    District("35.99.01", "Rekaan Utara", (Village("35.99.01.1001", "Melati"), Village("35.99.01.2002", "Mawar"))),
    District("35.99.02", "Rekaan Selatan", (Village("35.99.02.2001", "Melati"),)),
)
ROWS = [
    ("35.99.01.1001", "Rekaan Utara", "Melati"),
    ("35.99.01.2002", "Rekaan Utara", "Mawar"),
    ("35.99.02.2001", "Rekaan Selatan", "Melati"),
]

Row = Sequence[object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The year's folder of an invented kabupaten without anything in it."""
    root = tmp_path / "kab-rekaan" / "2026"
    root.mkdir(parents=True)
    return root


def write(root: Path, rows: Sequence[Row], name: str = "wilayah.xlsx") -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(root / name)


def write_csv(root: Path, rows: Sequence[Row], mark: str = ";", encoding: str = "utf-8") -> None:
    lines = [mark.join(map(str, row)) for row in rows]
    (root / "wilayah.csv").write_bytes("\r\n".join(lines).encode(encoding))


def run(root: Path, *, dry_run: bool = False) -> Preparation:
    return prepare(root, "kab-rekaan", 2026, EMPTY, name="Kabupaten Rekaan", dry_run=dry_run)


def refused(root: Path) -> list[str]:
    with pytest.raises(AreasError) as raised:
        read_area_sheet(root, "35.99")
    return [str(problem) for problem in raised.value.problems]


def areas(root: Path) -> tuple[District, ...]:
    found = read_area_sheet(root, "")
    assert found is not None
    return found.districts


@pytest.mark.parametrize(
    "rows",
    [
        [TITLES, *ROWS],
        [("DAFTAR DESA",), (), TITLES, *ROWS],
        [("No", "Kode Desa", "Nama Kecamatan", "Nama Desa"), *((at, *row) for at, row in enumerate(ROWS, 1))],
        [TITLES, *((int(code.replace(".", "")), above, name) for code, above, name in ROWS)],
        [TITLES, *((code, above.upper(), name.upper()) for code, above, name in ROWS)],
        [TITLES, *((code, f"Kec. {above}", f"Desa {name}") for code, above, name in ROWS)],
        [TITLES, ROWS[0], ("35.99.01.2002", None, "Mawar"), (), ROWS[2]],
        [("Kode", "Nama"), ("35", "PROVINSI"), ("35.99", "KAB"), ("35.99.01", "Rekaan Utara"), *(
            (code, name) for code, _, name in ROWS[:2]), ("35.99.02", "Rekaan Selatan"), ("35.99.02.2001", "Melati")],
        [("kode_kecamatan", "kecamatan", "kode_kelurahan", "kelurahan"), *((r[0][:8], r[1], r[0], r[2]) for r in ROWS)],
    ],
    ids=["plain", "title", "numbered", "digits", "capitals", "levels", "merged", "kemendagri", "four-columns"],
)  # fmt: skip
def test_a_list_is_taken_as_offices_write_it(root: Path, rows: Sequence[Row]) -> None:
    write(root, rows)

    assert areas(root) == TWO


@pytest.mark.parametrize(("mark", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16"), (";", "cp1252")])
def test_separated_values_are_read_with_any_mark_and_encoding(root: Path, mark: str, encoding: str) -> None:
    write_csv(root, [TITLES, *ROWS], mark, encoding)

    assert areas(root) == TWO


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("35.99.02.2001", "Rekaan Selatan", "Anggrek"), "baris 5: kode 35.99.02.2001 sudah dipakai pada baris 4"),
        (("35.99.02.2009", "Rekaan Selatan", "MELATI"), "baris 5: desa atau kelurahan"),
        (("35.99.02.2009", "Rekaan Barat", "Anggrek"), 'bernama "Rekaan Barat", pada baris 4 bernama "Rekaan Selatan"'),
        (("36.01.02.2009", "Rekaan Selatan", "Anggrek"), "tidak berada di bawah kode 35.99"),
        (("3599020009", "Rekaan Selatan", "Anggrek"), "kode BPS"),
        (("", "Rekaan Selatan", "Anggrek"), "baris 5: kode belum diisi"),
        (("tiga", "Rekaan Selatan", "Anggrek"), '"tiga" bukan kode wilayah'),
        (("35.99.02", "Rekaan Selatan", "Anggrek"), "bukan kode desa atau kelurahan"),
        (("35.99.02.2009", "Rekaan Selatan", ""), "nama desa atau kelurahan 35.99.02.2009 belum diisi"),
        (("35.99.03.2009", "", "Anggrek"), "nama kecamatan 35.99.03 belum diisi"),
    ],
)
def test_a_mistake_is_told_with_its_line(root: Path, row: Row, words: str) -> None:
    write(root, [TITLES, *ROWS, row])

    said = refused(root)

    assert any(words in each for each in said), said
    assert all(each.startswith("wilayah.xlsx baris ") for each in said)


@pytest.mark.parametrize("rows", [[], [("Nomor", "Keterangan")], [TITLES]])
def test_a_list_without_areas_says_what_is_missing(root: Path, rows: Sequence[Row]) -> None:
    write(root, rows)

    assert len(refused(root)) == 1


def test_a_thousand_mistakes_do_not_fill_the_screen(root: Path) -> None:
    write(root, [TITLES, *(("?", "Rekaan", f"Desa {at}") for at in range(1000))])

    with pytest.raises(AreasError, match="25 kesalahan") as raised:
        read_area_sheet(root, "")
    assert "masih ada 975 kesalahan lain" in raised.value.repair


def test_two_lists_or_a_damaged_one_are_refused_before_anything_is_written(root: Path) -> None:
    (root / "wilayah.xlsx").write_bytes(b"bukan")
    with pytest.raises(InputsError, match="rusak"):
        run(root)
    write_csv(root, [TITLES, *ROWS])
    with pytest.raises(InputsError, match="lebih dari satu"):
        run(root)
    assert not (root / "kota.yaml").exists()


def test_a_new_city_begins_with_its_areas_and_their_folders(root: Path) -> None:
    write(root, [TITLES, *ROWS])

    done = run(root)

    assert done.city.districts == TWO
    assert done.areas is not None
    assert (done.areas.is_taken, done.areas.districts, done.areas.villages) == (True, 2, 3)
    assert (root / "Kelurahan" / "Melati (Rekaan Utara)").is_dir()
    again = run(root)
    assert again.areas is not None
    assert not again.areas.is_news
    assert (again.city.districts, again.city_file.value) == (TWO, "tetap")


def test_a_corrected_list_is_taken_again_and_comments_of_people_stay(root: Path) -> None:
    run(root)
    path = root / "kota.yaml"
    text = path.read_text(encoding="utf-8").replace("kertas: A4", "kertas: A4  # dari rapat")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    write(root, [TITLES, *ROWS])
    assert run(root).city.districts == TWO
    write(
        root, [TITLES, ROWS[0], ("35.99.01.2002", "Rekaan Utara", "Mawar Putih"), ("35.99.03.2001", "Baru", "Dahlia")]
    )

    done = run(root)

    assert done.areas is not None
    assert done.areas.added == ("35.99.03 Baru", "35.99.03.2001 Dahlia")
    assert done.areas.renamed == ("35.99.01.2002 Mawar → Mawar Putih",)
    assert done.areas.removed == ("35.99.02 Rekaan Selatan", "35.99.02.2001 Melati")
    assert city_of(root).districts == done.city.districts
    after = path.read_bytes()
    assert b"kertas: A4  # dari rapat\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_areas_that_a_person_changed_are_kept_and_told(root: Path) -> None:
    write(root, [TITLES, *ROWS])
    run(root)
    path = root / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Mawar"', '"Mawar Merah"'), encoding="utf-8")

    done = run(root)

    assert done.areas is not None
    assert (done.areas.is_taken, done.areas.renamed) == (False, ("35.99.01.2002 Mawar Merah → Mawar",))
    assert "Mawar Merah" in path.read_text(encoding="utf-8")


def test_next_year_takes_a_new_list_as_long_as_nobody_wrote_the_areas_by_hand(root: Path) -> None:
    write(root, [TITLES, *ROWS])
    run(root)
    later = root.parent / "2027"
    later.mkdir()
    write(later, [TITLES, *ROWS[:2]])

    done = prepare(later, "kab-rekaan", 2027, EMPTY)

    assert done.areas is not None
    assert done.areas.is_taken
    assert done.city.districts == TWO[:1]


def test_a_dry_run_takes_nothing(root: Path) -> None:
    run(root)
    write(root, [TITLES, *ROWS])
    before = (root / "kota.yaml").read_bytes()

    assert run(root, dry_run=True).city.districts == TWO
    assert (root / "kota.yaml").read_bytes() == before


def test_only_the_list_beside_the_city_file_is_no_evidence() -> None:
    """In an agency's folder a file may be called so, and must not vanish among what the program hands out."""
    assert own_media("Wilayah.CSV") is Media.GUIDE
    assert own_media("Dinkes/12.1/wilayah.xlsx") is None


def city_of(root: Path) -> City:
    from flows.framework import load_city

    return load_city(root, "kab-rekaan", 2026, [2024, 2026])
