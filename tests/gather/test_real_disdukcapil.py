"""The civil registry's own workbooks of a real regency, read to their last village; totals against a count by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from flows.forms.grid import open_workbook
from flows.framework import load_framework
from flows.gather.exports import read_exports
from flows.model import Agency, CellState, City, District, FormNote, GatheredTable, Village

FOLDER = (
    Path(__file__).resolve().parents[3]
    / "shared/real/kab-madiun/2026/Dinas Kependudukan dan Pencatatan Sipil/klaster 1/4.1"
)
DEEDS = FOLDER / "STAT_SMT_I_2024 WEB AKTA KELAHIRAN 18 TAHUN_DESA.xlsx"
PEOPLE = FOLDER / "STAT_SMT_2_2024.xlsx"
SHEET = "AKTA 0 SD 17 DESA"
ROLE = "disdukcapil"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the collection of real files is not beside this checkout")


def by_hand(path: Path, sheet: str, first: int) -> list[tuple[object, ...]]:
    """Rows below the heading of ``sheet``, from column ``first`` on, with another library and no thought."""
    book = load_workbook(path, read_only=True, data_only=True)
    return [tuple(row[first:]) for row in book[sheet].iter_rows(min_row=2, values_only=True) if row[first] is not None]


def regency() -> City:
    """The regency without its areas, as it is before somebody fills them in."""
    agency = Agency(ROLE, "Disdukcapil", "Disdukcapil", (ROLE,))
    return City(
        "kab-madiun", "Kabupaten Madiun", "35.19", "Jawa Timur", "Asia/Jakarta", 2026, (2024, 2025), 2024, (agency,),
        (), (), (), (), {},
    )  # fmt: skip


def with_areas(city: City) -> City:
    """``city`` with the areas of the sheet; codes of kecamatan invented, those of villages from the sheet."""
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for district, code, village, *_ in by_hand(DEEDS, SHEET, 1):
        names[str(district)].append((int(str(code)), str(village)))
    districts = tuple(
        District(f"35.19.{n:02}", name, tuple(Village(f"35.19.{n:02}.{code}", village) for code, village in villages))
        for n, (name, villages) in enumerate(names.items(), start=1)
    )
    return replace(city, districts=districts)


def read(path: Path, city: City) -> tuple[dict[str, GatheredTable], tuple[FormNote, ...]]:
    schemas = [schema for schema in load_framework(2024).tables.values() if ROLE in schema.suppliers]
    tables, notes = read_exports(open_workbook(path), schemas, city, ROLE, path.name)
    return {table.schema_id: table for table in tables}, notes


def number(table: GatheredTable, row: int, column: str, part: str) -> float | None:
    (cell,) = [cell for cell in table.rows[row].cells if (cell.column, cell.part) == (column, part)]
    assert cell.state is CellState.VALUE
    return cell.number


@pytest.fixture(scope="module")
def deeds() -> GatheredTable:
    return read(DEEDS, regency())[0]["akta-kelurahan"]


def test_the_sheet_of_deeds_is_read_to_its_last_village(deeds: GatheredTable) -> None:
    assert (deeds.sheet, len(deeds.rows)) == (SHEET, 206)
    last = deeds.rows[-1]
    assert (last.label, last.group, last.number, last.year) == ("BUDURAN", "WONOASRI", 207, 2024)
    assert len({row.key for row in deeds.rows}) == 206
    assert all(row.is_known and row.year == 2024 for row in deeds.rows)


def test_the_columns_of_all_children_are_taken_and_none_is_split_by_sex(deeds: GatheredTable) -> None:
    assert [(each.heading, each.cell, each.column, each.part) for each in deeds.mapping] == [
        ("KECAMATAN", "B1", "kecamatan", ""),
        ("TAHUN", "C1", "kode", ""),
        ("DESA", "D1", "kelurahan", ""),
        ("MEMILIKI (0-17 TAHUN)", "M1", "berakta", "LP"),
        ("JUMLAH (0-17 TAHUN)", "O1", "anak", "LP"),
        ("% (0-17 TAHUN)", "P1", "persen_akta", ""),
    ]


def test_sums_agree_with_a_count_by_hand(deeds: GatheredTable) -> None:
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in by_hand(DEEDS, SHEET, 0):
        sums = counted[str(row[1])]
        sums[0] += 1
        sums[1] += int(str(row[12]))
        sums[2] += int(str(row[14]))
    read_sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0])
    for place, line in enumerate(deeds.rows):
        sums_read = read_sums[line.group]
        sums_read[0] += 1
        sums_read[1] += number(deeds, place, "berakta", "LP") or 0
        sums_read[2] += number(deeds, place, "anak", "LP") or 0
    assert read_sums == counted
    assert len(counted) == 15
    whole = [sum(sums[place] for sums in counted.values()) for place in range(3)]
    assert whole == [sum(sums[place] for sums in read_sums.values()) for place in range(3)]
    assert whole[0] == 206


def test_the_year_column_is_known_for_village_codes() -> None:
    tables, notes = read(DEEDS, with_areas(regency()))
    said = [(note.code, note.place.sheet, note.place.cell, note.values) for note in notes]
    assert said == [
        ("column-misnamed", SHEET, "C1", {"value": "TAHUN", "found": "kode"}),
        ("column-misnamed", "KIA DESA", "C1", {"value": "TAHUN", "found": "kode"}),
    ]
    codes = [f".{int(str(code))}" for _, code, *_ in by_hand(DEEDS, SHEET, 1)]
    rows = tables["akta-kelurahan"].rows
    assert all(row.is_known and row.key.endswith(code) for row, code in zip(rows, codes, strict=True))
    assert len({row.key for row in rows}) == 206


@pytest.mark.parametrize(("path", "sheet", "first"), [(DEEDS, "KIA DESA", 4), (PEOPLE, "DATA KIA", 5)])
def test_identity_cards_of_children_keep_both_sexes(path: Path, sheet: str, first: int) -> None:
    table = read(path, regency())[0]["kia"]
    assert (table.sheet, len(table.rows)) == (sheet, 206)
    assert {row.year for row in table.rows} == {2024}
    for part, column in (("L", first), ("P", first + 1), ("LP", first + 2)):
        by_column = sum(int(str(row[0])) for row in by_hand(path, sheet, column))
        assert sum(number(table, place, "berkia", part) or 0 for place in range(206)) == by_column


def test_sheets_about_something_else_are_left_alone() -> None:
    tables, notes = read(PEOPLE, regency())
    assert set(tables) == {"kia"}
    assert notes == ()
