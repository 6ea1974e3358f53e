"""``profil-kota.xlsx``: people edit cells, ``kota.yaml`` receives them with its comments, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from ruamel.yaml import YAML

from flows.framework.city import load_city
from flows.framework.preparation import FileState, Preparation
from flows.framework.prepare import prepare
from flows.framework.profile_sheet import (
    SheetUnreadableError,
    read_profile_sheet,
    write_profile_sheet,
)
from flows.framework.profiles import city_from, load_profile
from flows.framework.sheet_cells import cells_of
from flows.framework.texts import yaml_quoted
from flows.framework.waiting import waiting_changes
from flows.framework.yaml_splice import append_item, remove_item, set_value
from flows.model import Framework, Signatory

Book: TypeAlias = Any
"""An openpyxl workbook or sheet: its item types are unions that say nothing here."""
EMPTY = Framework(2024, "Instrumen contoh", (), "contoh", (), (), {}, {}, "0" * 64)
CITY = city_from(load_profile("kota-balikpapan"), "kota-balikpapan", 2024, 2024, None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A prepared city whose ``kota.yaml`` carries a person's comment."""
    root = tmp_path / "kota-balikpapan" / "2024"
    run(root)
    path = root / "kota.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kertas: A4", "kertas: A4  # dari rapat"), encoding="utf-8")
    return root


def waiting(root: Path) -> tuple[int, int]:
    """How many changes of the workbook wait for the next preparation, and how many cells cannot be used."""
    found = waiting_changes(root, load_city(root, "kota-balikpapan", 2024, [2024]))
    return len(found.taken), len(found.refused)


def run(root: Path) -> Preparation:
    return prepare(root, "kota-balikpapan", 2024, EMPTY)


def edit(root: Path, change: Callable[[Book], None]) -> None:
    """Open the workbook as a person would, change it and save it."""
    book = load_workbook(root / "profil-kota.xlsx")
    change(book)
    book.save(root / "profil-kota.xlsx")


def row_of(sheet: Book, key: str) -> int:
    return int(next(cell.row for cell in sheet["A"] if cell.value == key))


def put(sheet_name: str, key: str, heading: str, value: object) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        sheet = book[sheet_name]
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        sheet.cell(row_of(sheet, key), column).value = value

    return change


def add_row(sheet_name: str, *values: object) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        sheet = book[sheet_name]
        number = next(row for row in range(2, 500) if not sheet.cell(row, 2).value) + 3  # below some blank rows
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value

    return change


def changed_lines(before: str, after: str) -> list[str]:
    """Lines of ``after`` that ``before`` does not have."""
    return [line.strip() for line in after.splitlines() if line not in before.splitlines()]


def test_what_is_written_reads_back_without_a_change(tmp_path: Path) -> None:
    path = tmp_path / "profil-kota.xlsx"
    write_profile_sheet(path, CITY)

    reading = read_profile_sheet(path)

    assert reading.copied == cells_of(CITY)
    assert reading.change_count == 0
    assert reading.cells == reading.copied


def test_equal_cities_give_equal_bytes(tmp_path: Path) -> None:
    write_profile_sheet(tmp_path / "a.xlsx", CITY)
    write_profile_sheet(tmp_path / "b.xlsx", CITY)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_sheets_are_the_promised_ones_and_the_copy_is_hidden(root: Path) -> None:
    book = load_workbook(root / "profil-kota.xlsx")

    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "Petunjuk",
        "Kota",
        "Perangkat Daerah",
        "Penanda Tangan",
        "Dasar Hukum",
        "Gambaran Umum",
    ]
    assert book["_asal"].sheet_state == "veryHidden"
    assert all(book[name].freeze_panes == "C2" for name in ("Kota", "Perangkat Daerah", "Dasar Hukum"))
    assert book["Perangkat Daerah"].data_validations.dataValidation


def test_saving_without_a_change_changes_nothing(root: Path) -> None:
    edit(root, lambda _: None)
    saved = (root / "profil-kota.xlsx").read_bytes()

    done = run(root)

    assert (done.sheet_file, done.city_file, done.taken) == (FileState.KEPT, FileState.KEPT, ())
    assert (root / "profil-kota.xlsx").read_bytes() == saved


def test_changed_cells_go_into_the_city_file_and_only_they(root: Path) -> None:
    before = (root / "kota.yaml").read_text(encoding="utf-8")
    edit(root, put("Penanda Tangan", "sekda", "Nama", "  Nama Contoh, S.Sos.  "))
    edit(root, put("Penanda Tangan", "sekda", "NIP", "000000000000000001"))
    edit(root, put("Perangkat Daerah", "dinkes", "Terkonfirmasi", "Ya "))
    edit(root, put("Perangkat Daerah", "dinkes", "Ejaan lain (alias)", "Dinkes; DKK;; Dinas Sehat"))
    edit(root, put("Kota", "kertas", "Nilai", "F4"))
    edit(root, put("Kota", "tahun_data", "Nilai", "2021 dan 2022"))
    edit(root, put("Dasar Hukum", "2", "Terkonfirmasi", "ya"))
    assert waiting(root) == (7, 0)

    done = run(root)

    after = (root / "kota.yaml").read_text(encoding="utf-8")
    assert changed_lines(before, after) == [
        "tahun_data: [2021, 2022]",
        'kertas: "F4"  # dari rapat',
        'alias: ["Dinkes", "DKK", "Dinas Sehat"]',
        "terkonfirmasi: true",
        'nama: "Nama Contoh, S.Sos."',
        'nip: "000000000000000001"',
        "terkonfirmasi: true",
    ]
    city = load_city(root, "kota-balikpapan", 2024, [2024])
    assert city.signatories[1] == Signatory(
        "sekda", city.signatories[1].office, "Nama Contoh, S.Sos.", "", "0" * 17 + "1"
    )
    assert next(agency for agency in city.agencies if agency.id == "dinkes").is_confirmed
    assert ("Kota, Ukuran kertas", "A4", "F4") in [(one.place, one.before, one.after) for one in done.taken]
    assert (done.city_file, done.sheet_file) == (FileState.UPDATED, FileState.UPDATED)
    assert waiting(root) == (0, 0)
    assert run(root).taken == ()


def test_rows_can_be_added_below_blank_ones_and_list_rows_removed(root: Path) -> None:
    def remove(book: Book) -> None:
        book["Dasar Hukum"].delete_rows(row_of(book["Dasar Hukum"], "1"))

    edit(root, add_row("Perangkat Daerah", None, "RSUD Contoh", None, "dinkes", "RSUD", None, "SK", "ya"))
    edit(root, add_row("Dasar Hukum", None, "Perwali Contoh", "ya"))
    edit(root, add_row("Gambaran Umum", None, "Jumlah anak", 12345, "jiwa", 2023, "Disdukcapil"))
    edit(root, remove)
    laws = len(CITY.legal_basis)

    run(root)

    city = load_city(root, "kota-balikpapan", 2024, [2024])
    added = city.agencies[-1]
    assert (added.id, added.name, added.folder, added.group) == ("rsud-contoh", "RSUD Contoh", "RSUD Contoh", "opd")
    assert (added.roles, added.is_confirmed) == (("dinkes",), True)
    assert (root / "RSUD Contoh" / "BACA-SAYA.txt").is_file()
    assert len(city.legal_basis) == laws
    assert city.legal_basis[0].text == CITY.legal_basis[1].text
    assert city.legal_basis[-1].text == "Perwali Contoh"
    assert (city.facts[-1].value, city.facts[-1].year) == ("12.345", "2023")


def test_excel_speaks_indonesian_marks_no_code_as_a_mistake_and_prints_on_a4(root: Path) -> None:
    book = load_workbook(root / "profil-kota.xlsx")
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert len(rules) == 4
    for rule in rules:
        offered = str(rule.formula1).strip('"').split(",")
        assert (rule.errorTitle, rule.error) == (
            "Pilih dari daftar",
            f"Isi sel ini dengan salah satu: {', '.join(offered)}.",
        )
    with ZipFile(root / "profil-kota.xlsx") as archive:
        pages = [archive.read(f"xl/worksheets/sheet{number}.xml") for number in range(1, 7)]
    assert all(b'paperSize="9"' in page for page in pages)
    assert all(b'numberStoredAsText="1"' in page for page in pages[1:])


@pytest.mark.parametrize(
    ("typed", "printed"), [(681693, "681.693"), (98.37, "98,37"), (0.5, "0,5"), ("681693", "681693"), (12, "12")]
)
def test_a_figure_typed_as_a_number_is_printed_the_indonesian_way(root: Path, typed: object, printed: str) -> None:
    """Excel hides which separators the office uses; the book prints the value as it stands in the city file."""
    edit(root, add_row("Gambaran Umum", None, "Rekaan", typed, "jiwa", 2023, "Disdukcapil"))
    run(root)
    city = load_city(root, "kota-balikpapan", 2024, [2024])
    assert [each.value for each in city.facts if each.label == "Rekaan"] == [printed]
    assert waiting(root) == (0, 0)


def test_the_city_file_wins_where_both_changed_and_the_conflict_is_said(root: Path) -> None:
    path = root / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('tempat: "Balikpapan"', 'tempat: "Dari YAML"'), "utf-8")
    edit(root, put("Kota", "tempat", "Nilai", "Dari Excel"))

    done = run(root)

    assert done.city.seat == "Dari YAML"
    assert [(one.place, one.before, one.after) for one in done.conflicts] == [
        ("Kota, Tempat surat", "Dari YAML", "Dari Excel")
    ]
    assert waiting(root) == (0, 0)


def test_an_edited_city_file_renews_the_sheet(root: Path) -> None:
    path = root / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('tempat: "Balikpapan"', 'tempat: "Baru"'), "utf-8")

    assert run(root).sheet_file is FileState.UPDATED
    assert read_profile_sheet(root / "profil-kota.xlsx").copied[("tempat",)] == "Baru"


@pytest.mark.parametrize(
    ("sheet", "key", "heading", "value", "words"),
    [
        ("Penanda Tangan", "sekda", "NIP", 199001012020011001, "Teks"),
        ("Perangkat Daerah", "dinkes", "Terkonfirmasi", "mungkin", "ya atau tidak"),
        ("Perangkat Daerah", "dinkes", "Peran", "dokter", 'peran "dokter" tidak dikenal'),
        ("Perangkat Daerah", "dinkes", "Nama resmi", None, "tidak boleh kosong"),
        ("Perangkat Daerah", "dinkes", "Nama folder", "DP3AKB", "dipakai juga oleh"),
        ("Kota", "kode", "Nilai", 64.71, ""),
        ("Kota", "tahun_data", "Nilai", "2022", "dua tahun"),
        ("Kota", "zona_waktu", "Nilai", "WITA", "tidak dikenal"),
    ],
)
def test_a_bad_cell_is_refused_alone_and_stays_in_the_sheet(
    root: Path, sheet: str, key: str, heading: str, value: object, words: str
) -> None:
    before = (root / "profil-kota.xlsx").read_bytes()
    edit(root, put(sheet, key, heading, value))
    edit(root, put("Kota", "tempat", "Nilai", "Contoh"))
    typed = (root / "profil-kota.xlsx").read_bytes()

    done = run(root)

    assert done.city.seat == "Contoh"
    if not words:  # a code typed as a number keeps its digits: nothing has changed
        assert done.refused == ()
        return
    assert [words in refusal.reason for refusal in done.refused] == [True]
    assert (root / "profil-kota.xlsx").read_bytes() == typed != before
    assert waiting(root) == (0, 1), "only the one that could not be used still waits"
    assert load_city(root, "kota-balikpapan", 2024, [2024]) == done.city


def test_a_new_row_that_was_taken_over_waits_no_more_beside_one_that_cannot_be_used(root: Path) -> None:
    """The workbook is left as it is for the sake of the cell that nobody can use; its other rows are used already."""

    def change(book: Book) -> None:
        overview = book["Gambaran Umum"]
        for column, value in enumerate(("Jumlah anak rekaan", 198000, "jiwa", 2023, "Disdukcapil"), start=2):
            overview.cell(overview.max_row + (column == 2), column).value = value

    edit(root, change)
    edit(root, put("Penanda Tangan", "sekda", "NIP", 197001011995031001))

    done = run(root)

    assert len(done.refused) == 1
    assert waiting(root) == (0, 1)


def test_an_agency_is_never_removed_from_the_sheet(root: Path) -> None:
    edit(root, lambda book: book["Perangkat Daerah"].delete_rows(row_of(book["Perangkat Daerah"], "bnn")))

    done = run(root)

    assert "bnn" in [agency.id for agency in done.city.agencies]
    assert ["kota.yaml" in refusal.reason for refusal in done.refused] == [True]
    assert waiting(root) == (0, 0), "the sheet was written anew, with its row"


def test_sorted_rows_moved_columns_and_a_copied_row_are_understood(root: Path) -> None:
    def shuffle(book: Book) -> None:
        sheet = book["Penanda Tangan"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)]
        for number, row in enumerate([rows[0], *reversed(rows[1:])], start=1):
            for column, value in enumerate(reversed(row), start=1):
                sheet.cell(number, column).value = value

    edit(root, shuffle)

    assert waiting(root) == (0, 0)


def test_formulas_and_html_are_taken_as_text(root: Path) -> None:
    path = root / "kota.yaml"
    text = path.read_text(encoding="utf-8").replace('tempat: "Balikpapan"', 'tempat: "=1+1 <b>"')
    path.write_text(text, encoding="utf-8")
    run(root)

    assert load_workbook(root / "profil-kota.xlsx")["Kota"]["C5"].data_type in ("s", "inlineStr", "str")
    assert read_profile_sheet(root / "profil-kota.xlsx").cells[("tempat",)] == "=1+1 <b>"


@pytest.mark.parametrize("content", [b"", b"bukan xlsx", b"PK\x03\x04rusak"])
def test_a_damaged_sheet_is_left_alone_and_the_rest_is_done(root: Path, content: bytes) -> None:
    (root / "profil-kota.xlsx").write_bytes(content)
    (root / "BPBD" / "BACA-SAYA.txt").unlink()

    done = run(root)

    assert done.sheet_file is FileState.UNREADABLE
    assert (root / "profil-kota.xlsx").read_bytes() == content
    assert done.created == ("BPBD/BACA-SAYA.txt",)
    with pytest.raises(SheetUnreadableError, match=r"profil-kota\.xlsx tidak dapat dipakai"):
        waiting(root)


def test_a_sheet_that_unpacks_to_far_too_much_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "profil-kota.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 60_000_000)

    with pytest.raises(SheetUnreadableError):
        read_profile_sheet(path)


def test_a_sheet_without_its_copy_cannot_be_compared(root: Path) -> None:
    edit(root, lambda book: book.remove(book["_asal"]))

    with pytest.raises(SheetUnreadableError, match="tidak dapat dipakai"):
        read_profile_sheet(root / "profil-kota.xlsx")


def test_a_missing_sheet_has_no_pending_changes_and_is_made_again(root: Path) -> None:
    (root / "profil-kota.xlsx").unlink()

    assert waiting(root) == (0, 0)
    assert run(root).sheet_file is FileState.CREATED


def test_windows_line_ends_survive_a_change(root: Path) -> None:
    path = root / "kota.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    edit(root, add_row("Dasar Hukum", None, "Perwali Contoh", "tidak"))
    edit(root, put("Kota", "tempat", "Nilai", "Contoh"))

    run(root)

    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert load_city(root, "kota-balikpapan", 2024, [2024]).seat == "Contoh"


HAND_WRITTEN = """\
# é km² \U0001f600
nama: "X"   # satu
kode:
penanda_tangan:
  sekda: {jabatan: "a"}
perangkat_daerah:
  - id: a
    peran:  # catatan: x
      - p
      - q
    # akhir a
  - {id: b, nama: "B"}
dasar_hukum: []  # kosong
# judul
gambaran_umum:
  - uraian: "1"
    nilai:
  - uraian: "3"
# penutup
"""


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.booleans())
def test_a_spliced_value_reads_back_and_touches_nothing_else(value: str, is_windows: bool) -> None:  # noqa: FBT001
    """Whatever a person types, only the wanted value changes, in every YAML style people write."""
    text = HAND_WRITTEN.replace("\n", "\r\n") if is_windows else HAND_WRITTEN
    expected = YAML(typ="safe").load(text)
    quoted = yaml_quoted(value)

    for keys in (["nama"], ["kode"], ["penanda_tangan", "sekda", "nip"], ["penanda_tangan", "kepala_pppa", "nama"]):
        text = set_value(text, keys, quoted)
    text = set_value(text, ["perangkat_daerah", 0, "peran"], f"[{quoted}]")
    text = set_value(text, ["perangkat_daerah", 1, "folder"], quoted)
    text = set_value(text, ["gambaran_umum", 0, "nilai"], quoted)
    text = set_value(text, ["gambaran_umum", 0, "satuan"], quoted)
    text = append_item(text, "dasar_hukum", {"teks": quoted})
    text = append_item(text, "perangkat_daerah", {"id": quoted})
    text = remove_item(text, "gambaran_umum", 1)

    expected["nama"] = expected["kode"] = value
    expected["penanda_tangan"] = {"sekda": {"jabatan": "a", "nip": value}, "kepala_pppa": {"nama": value}}
    expected["perangkat_daerah"][0]["peran"] = [value]
    expected["perangkat_daerah"][1]["folder"] = value
    expected["perangkat_daerah"].append({"id": value})
    expected["gambaran_umum"] = [{"uraian": "1", "nilai": value, "satuan": value}]
    expected["dasar_hukum"] = [{"teks": value}]
    assert YAML(typ="safe").load(text) == expected
    assert all(
        comment in text for comment in ("# é km² \U0001f600", "# satu", "# akhir a", "# kosong", "# judul", "# penutup")
    )
