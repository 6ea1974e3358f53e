"""A form that came back is found again, whatever people and programs did to the workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.grid import Workbook, make_grid
from flows.forms.layout import ANSWERS, CHECKLIST, EVIDENCE, IDENTITY_SHEET, LEFTOVERS, TABLE
from flows.forms.locate import identify, locate
from flows.forms.plan import agency_plan, fingerprint, village_plan
from flows.forms.raw import RawForm, RawValue
from flows.forms.writer import write_form
from tests.forms.reading_kit import (
    DEFINITIONS,
    FULL,
    cell_of,
    city,
    codes,
    column_of,
    edited,
    filled,
    framework,
    full_form,
    grid_of,
    inputs_of,
    marks,
    opened,
    plan,
    read_back,
    row_of,
)

Edit = Callable[[openpyxl.Workbook], object]


def own_values(form: RawForm) -> dict[tuple[str, str], list[tuple[str, Mapping[str, RawValue]]]]:
    """What people filled in: without what the form computes or had filled in itself; rows of lists in their order."""
    computed = {"anak.LP", "berakta.LP", "persen"}
    prefilled = {("anggaran", "pertanyaan")}
    return {
        (kind, table): sorted(
            (
                (
                    "" if key.startswith("+") else key,
                    {name: it for name, it in cells.items() if name not in computed and (table, name) not in prefilled},
                )
                for key, cells in rows.items()
            ),
            key=lambda row: row[0],
        )
        for (kind, table), rows in inputs_of(form).items()
        if rows
    }


def expected() -> dict[tuple[str, str], list[tuple[str, Mapping[str, RawValue]]]]:
    return own_values(RawForm("", "", filled(FULL).sheets, (), is_refused=False))


def rename(book: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        if sheet.title != IDENTITY_SHEET:
            sheet.title = f"Lembar {number}"


def unmerge(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))


def reorder(book: openpyxl.Workbook) -> None:
    book._sheets.reverse()  # type: ignore[attr-defined]  # there is no public way


def show_identity(book: openpyxl.Workbook) -> None:
    book[IDENTITY_SHEET].sheet_state = "visible"
    book[IDENTITY_SHEET].title = "Salinan _kla"


def insert_rows(book: openpyxl.Workbook) -> None:
    unmerge(book)
    book["Jawaban"].insert_rows(row_of(book["Jawaban"], "1.2"), 2)
    book["Kelahiran"].insert_rows(1, 3)
    book["Daftar Bukti"].insert_rows(row_of(book["Daftar Bukti"], "+2"))


def insert_columns(book: openpyxl.Workbook) -> None:
    unmerge(book)
    book["Jawaban"].insert_cols(3)
    book["Kelahiran"].insert_cols(column_of(book["Kelahiran"], "anak.P"))
    book["Gizi"].insert_cols(1, 2)


def delete_keys(book: openpyxl.Workbook) -> None:
    unmerge(book)
    for name in ("Jawaban", "Kelahiran", "Layanan", "Daftar Bukti"):
        book[name].delete_rows(next(row for row, mark in marks(book[name]) if mark == "kol"))


def delete_titles(book: openpyxl.Workbook) -> None:
    unmerge(book)
    for name in ("Jawaban", "Kelahiran", "Layanan", "Daftar Bukti"):
        book[name].delete_rows(1)


def delete_identity(book: openpyxl.Workbook) -> None:
    del book[IDENTITY_SHEET]


def add_own_sheets(book: openpyxl.Workbook) -> None:
    book.create_sheet("Coretan", 0)["A1"] = "hitungan kasar"
    book.create_sheet("Kosong")


def sort_rows(book: openpyxl.Workbook) -> None:
    sheet = book["Kelahiran"]
    rows = [row for row, mark in marks(sheet) if "#" in mark]
    values = [[cell.value for cell in sheet[row]] for row in rows]
    for row, content in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(content, start=1):
            sheet.cell(row, column).value = value


def move_column(book: openpyxl.Workbook) -> None:
    """Take "berakta, P" out and put it behind everything, head and all."""
    unmerge(book)
    for name, key in (("Kelahiran", "berakta.P"), ("Jawaban", "poin"), ("Gizi", "balita")):
        sheet = book[name]
        source = column_of(sheet, key)
        target = sheet.max_column + 1
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, target).value = sheet.cell(row, source).value
        sheet.delete_cols(source)


@pytest.mark.parametrize(
    "edit",
    [
        lambda _: None,
        rename,
        unmerge,
        reorder,
        show_identity,
        insert_rows,
        insert_columns,
        delete_keys,
        delete_titles,
        delete_identity,
        add_own_sheets,
        sort_rows,
        move_column,
    ],
)
def test_what_people_do_to_a_form_changes_nothing(tmp_path: Path, edit: Edit) -> None:
    form = read_back(edited(full_form(), edit), tmp_path)
    assert own_values(form) == expected()
    assert codes(form) == []
    table = next(sheet for sheet in form.sheets if sheet.table_id == "lahir")
    assert {key: cell.value for key, cell in table.definitions.items()} == DEFINITIONS["lahir"]


def test_a_form_says_whose_it_is_with_and_without_its_hidden_sheet(tmp_path: Path) -> None:
    asked = plan()
    whole = opened(full_form(), tmp_path)
    assert identify(whole) == "opd:dinkes"
    assert locate(whole, asked).fingerprint == fingerprint(asked)
    lost = opened(edited(full_form(), delete_identity), tmp_path)
    assert identify(lost) == "opd:dinkes"
    assert identify(grid_of([["Nama", "Jumlah"], ["Contoh", 3.0]])) == ""


def drop_column_a(book: openpyxl.Workbook) -> None:
    unmerge(book)
    for sheet in book.worksheets:
        if sheet.title != IDENTITY_SHEET:
            sheet.delete_cols(1)
    delete_identity(book)


def paste_values(book: openpyxl.Workbook) -> None:
    """Only what can be seen, in a workbook of its own: no hidden row, no hidden column, nothing merged."""
    drop_column_a(book)
    for sheet in book.worksheets:
        hidden = [row for row, look in sheet.row_dimensions.items() if look.hidden]
        for row in reversed(hidden):
            sheet.delete_rows(row)


@pytest.mark.parametrize("edit", [drop_column_a, paste_values])
def test_without_any_mark_sheets_rows_and_columns_are_known_by_what_they_say(tmp_path: Path, edit: Edit) -> None:
    form = read_back(edited(full_form(), edit), tmp_path)
    assert own_values(form) == expected()
    assert codes(form) == ["form-identity-lost"]
    table = next(sheet for sheet in form.sheets if sheet.table_id == "lahir")
    assert table.definitions["usia"].value == "< 18"


def test_question_numbers_survive_being_taken_for_numbers(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        paste_values(book)
        for row in book["Jawaban"].iter_rows():
            for cell in row:
                if cell.value in ("1.1", "1.2", "1.10"):
                    cell.value = float(str(cell.value))

    assert own_values(read_back(edited(full_form(), edit), tmp_path))[ANSWERS, ""] == expected()[ANSWERS, ""]


def swapped_key(sheet: Worksheet, key: str) -> None:
    row = row_of(sheet, key)
    text = str(sheet.cell(row, 1).value)
    sheet.cell(row, 1).value = text[:-1] + ("0" if text[-1] != "0" else "1")


def test_one_edited_key_refuses_its_row_and_no_other(tmp_path: Path) -> None:
    form = read_back(edited(full_form(), lambda book: swapped_key(book["Jawaban"], "1.1")), tmp_path)
    assert [(note.code, note.sheet, note.cell[0]) for note in form.notes] == [("form-key-changed", "Jawaban", "F")]
    assert "1.1" not in inputs_of(form)[ANSWERS, ""]
    assert "1.2" in inputs_of(form)[ANSWERS, ""]
    kept = [row for row in form.sheets[0].rows if row.is_disowned]
    assert [row.cells["catatan"].value for row in kept] == ["Sudah berlaku."]


def test_an_edited_key_of_an_empty_row_is_nobodys_concern(tmp_path: Path) -> None:
    form = read_back(edited(full_form(), lambda book: swapped_key(book["Jawaban"], "1.4")), tmp_path)
    assert codes(form) == []


def test_names_swapped_without_their_keys_refuse_both_rows(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Gizi"]
        one, other = row_of(sheet, "99.99.01@2022"), row_of(sheet, "99.99.02@2023")
        for column in range(2, sheet.max_column + 1):
            first, second = sheet.cell(one, column), sheet.cell(other, column)
            first.value, second.value = second.value, first.value

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == ["form-key-changed", "form-key-changed"]
    assert inputs_of(form)[TABLE, "gizi"] == {}


def test_a_corrected_spelling_of_a_name_is_no_contradiction(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for row in book["Kelahiran"].iter_rows():
            for cell in row:
                if cell.value == "Telaga Biru":
                    cell.value = "Kel. Telagabiru"

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == []
    assert own_values(form) == expected()


def put(sheet: Worksheet, row: int, values: Mapping[str, str | float]) -> None:
    for key, value in values.items():
        sheet.cell(row, column_of(sheet, key)).value = value


def test_a_row_put_in_by_its_name_is_taken_where_the_own_one_is_gone(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Gizi"]
        sheet.delete_rows(row_of(sheet, "99.99.01@2022"))
        put(sheet, sheet.max_row + 1, {"kecamatan": "KEC. UTARA", "tahun": "2022", "balita": 5})

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == []
    assert inputs_of(form)[TABLE, "gizi"]["99.99.01@2022"] == {"balita": 5.0}


def test_a_row_of_an_unknown_name_is_named_and_kept(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Gizi"]
        put(sheet, sheet.max_row + 1, {"kecamatan": "Jumlah", "balita": 220})

    form = read_back(edited(full_form(), edit), tmp_path)
    assert [(note.code, note.values) for note in form.notes] == [("form-row-unknown", {"value": "Jumlah"})]
    table = next(sheet for sheet in form.sheets if sheet.table_id == "gizi")
    assert [row.cells["balita"].value for row in table.rows if row.is_disowned] == [220.0]


def copy_row(sheet: Worksheet, key: str) -> int:
    target = sheet.max_row + 1
    for cell in sheet[row_of(sheet, key)]:
        sheet.cell(target, cell.column or 0).value = cell.value
    return target


def test_a_copied_row_counts_once_and_a_different_copy_is_named(tmp_path: Path) -> None:
    def same(book: openpyxl.Workbook) -> None:
        copy_row(book["Gizi"], "99.99.01@2022")

    def different(book: openpyxl.Workbook) -> None:
        put(book["Gizi"], copy_row(book["Gizi"], "99.99.01@2022"), {"kurang": 9})

    assert codes(read_back(edited(full_form(), same), tmp_path)) == []
    form = read_back(edited(full_form(), different), tmp_path)
    assert [note.code for note in form.notes] == ["form-row-doubled"]
    assert form.notes[0].values is not None
    assert form.notes[0].values["value"] == "Utara 2022"
    assert inputs_of(form)[TABLE, "gizi"]["99.99.01@2022"] == {"balita": 100.0, "kurang": 7.0}


def test_cells_made_one_are_named_since_only_the_first_is_read(tmp_path: Path) -> None:
    """An answer for three rows counted for the first one, and nobody was told why the others were open."""

    def merge(book: openpyxl.Workbook) -> None:
        sheet = book["Gizi"]
        row, column = row_of(sheet, "99.99.01@2022"), column_of(sheet, "kurang")
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
        evidence = book["Daftar Bukti"]
        at = next(row for row in range(1, evidence.max_row + 1) if evidence.cell(row, 1).value == "kepala") + 1
        for row, name in ((at, "a.pdf"), (at + 1, "b.pdf")):
            put(evidence, row, {"pertanyaan": "1.1", "berkas": name})
        column = column_of(evidence, "pertanyaan")
        evidence.merge_cells(start_row=at, end_row=at + 1, start_column=column, end_column=column)

    form = read_back(edited(full_form(), merge), tmp_path)
    told = [note for note in form.notes if note.code == "form-cells-merged"]
    assert [note.sheet for note in told] == ["Gizi", "Daftar Bukti"]
    assert told[0].values
    assert told[0].values["value"] == "7"


def test_a_copied_row_of_a_list_is_one_more_thing_to_list(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for name, key in (("Kemitraan", "+1"), ("Anggaran", "1.1")):
            field = "lembaga" if name == "Kemitraan" else "program"
            put(book[name], copy_row(book[name], key), {field: "Satu lagi"})

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == []
    assert [cells.get("lembaga") for cells in inputs_of(form)[TABLE, "mitra"].values()][-1] == "Satu lagi"
    assert [cells["program"] for cells in inputs_of(form)[TABLE, "anggaran"].values()] == [
        "Program contoh",
        "Satu lagi",
    ]


def copy_sheet(book: openpyxl.Workbook, name: str) -> Worksheet:
    copy = book.copy_worksheet(book[name])
    copy.title = f"{name} (2)"
    return copy


def test_an_equal_copy_of_a_sheet_is_silent_and_a_different_one_is_named_by_cell(tmp_path: Path) -> None:
    assert codes(read_back(edited(full_form(), lambda book: copy_sheet(book, "Gizi")), tmp_path)) == []

    def edit(book: openpyxl.Workbook) -> None:
        copy = copy_sheet(book, "Gizi")
        put(copy, row_of(copy, "99.99.01@2022"), {"kurang": 70})

    form = read_back(edited(full_form(), edit), tmp_path)
    assert [(note.code, note.sheet, note.values) for note in form.notes] == [
        ("form-sheet-doubled", "Gizi (2)", {"other": "Gizi"})
    ]
    assert own_values(form) == expected()


def test_the_filled_copy_of_an_empty_sheet_counts(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        copy_sheet(book, "Gizi")
        for row in book["Gizi"].iter_rows(min_row=row_of(book["Gizi"], "99.99.01@2022"), min_col=5):
            for cell in row:
                cell.value = None

    form = read_back(edited(full_form(), edit), tmp_path)
    assert own_values(form) == expected()
    assert codes(form) == []


def test_the_visible_copy_beats_the_hidden_one(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        copy = copy_sheet(book, "Gizi")
        put(copy, row_of(copy, "99.99.01@2022"), {"kurang": 70})
        book["Gizi"].sheet_state = "hidden"

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == ["form-sheet-doubled"]
    assert inputs_of(form)[TABLE, "gizi"]["99.99.01@2022"]["kurang"] == 70.0


def test_hidden_sheets_are_read_and_said(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Gizi"].sheet_state = "hidden"

    form = read_back(edited(full_form(), edit), tmp_path)
    assert [(note.code, note.sheet) for note in form.notes] == [("form-sheet-hidden", "Gizi")]
    assert own_values(form) == expected()


def test_macros_and_cut_sheets_are_said(tmp_path: Path) -> None:
    book = opened(full_form(), tmp_path)
    sheets = tuple(
        make_grid(grid.name, grid.rows, is_hidden=grid.is_hidden, is_cut=grid.name == "Gizi", merged=grid.merged)
        for grid in book.sheets
    )
    form = locate(Workbook(sheets, has_macros=True), plan())
    assert [(note.code, note.sheet) for note in form.notes] == [("form-has-macros", ""), ("form-too-long", "Gizi")]


def test_missing_sheets_and_columns_are_named(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        unmerge(book)
        del book["Kemitraan"]
        book["Kelahiran"].delete_cols(column_of(book["Kelahiran"], "anak.P"))

    form = read_back(edited(full_form(), edit), tmp_path)
    assert [(note.code, note.values) for note in form.notes] == [
        ("form-column-missing", {"missing": "Jumlah anak (jiwa) P"}),
        ("form-sheet-missing", {"missing": "Kemitraan"}),
    ]


def test_a_column_that_took_all_answers_of_its_sheet_with_it_is_named(tmp_path: Path) -> None:
    """Nothing else is filled in on that sheet, so that it looks like one that nobody began."""

    def edit(book: openpyxl.Workbook) -> None:
        unmerge(book)
        book["Kelahiran"].delete_cols(column_of(book["Kelahiran"], "anak.P"))

    form = read_back(edited(write_form(plan()), edit), tmp_path)
    assert [(note.code, note.sheet, note.values) for note in form.notes] == [
        ("form-column-missing", "Kelahiran", {"missing": "Jumlah anak (jiwa) P"})
    ]


def test_an_empty_form_lacks_only_its_answers(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for name in ("Kemitraan", "Jawaban", "Daftar Bukti"):
            del book[name]

    form = read_back(edited(write_form(plan()), edit), tmp_path)
    assert [(note.code, note.values) for note in form.notes] == [("form-sheet-missing", {"missing": "Jawaban"})]
    assert codes(read_back(write_form(plan()), tmp_path)) == []


def test_an_edited_column_key_is_overruled_by_its_heading(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell_of(book["Kelahiran"], "anak.P").value = "entah"
        cell_of(book["Jawaban"], "poin").value = None

    form = read_back(edited(full_form(), edit), tmp_path)
    assert own_values(form) == expected()
    assert codes(form) == []


def test_columns_moved_below_the_hidden_row_are_read_by_what_stands_above_them(tmp_path: Path) -> None:
    """Whoever selects from the headings down and swaps two columns leaves the hidden keys behind."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Gizi"]
        one, other = column_of(sheet, "balita"), column_of(sheet, "kurang")
        keys = next(row for row, mark in marks(sheet) if mark == "kol")
        for row in range(keys + 1, sheet.max_row + 1):
            first, second = sheet.cell(row, one), sheet.cell(row, other)
            first.value, second.value = second.value, first.value

    assert own_values(read_back(edited(full_form(), edit), tmp_path)) == expected()


def test_what_people_write_beside_the_table_is_kept_and_named_once(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Gizi"]
        column = sheet.max_column + 1
        sheet.cell(next(row for row, mark in marks(sheet) if mark == "kepala"), column).value = "Keterangan"
        for key in ("99.99.01@2022", "99.99.02@2023"):
            sheet.cell(row_of(sheet, key), column).value = "sementara"

    form = read_back(edited(full_form(), edit), tmp_path)
    assert [note.values for note in form.notes] == [{"value": "Keterangan"}]
    table = next(sheet for sheet in form.sheets if sheet.table_id == "gizi")
    assert {row.cells["?Keterangan"].value for row in table.rows} == {"sementara"}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("kla-dosir-formulir", "2", "form-newer"),
        ("instrumen", "2025", "form-newer"),
        ("tahun_evaluasi", "2023", "form-other-filler"),
        ("kota", "kota-lain", "form-other-filler"),
        ("pengisi", "opd:dinsos", "form-other-filler"),
    ],
)
def test_forms_made_for_something_else_are_refused_whole(tmp_path: Path, key: str, value: str, code: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell_of(book[IDENTITY_SHEET], key).offset(column=1).value = value

    form = read_back(edited(full_form(), edit), tmp_path)
    assert form.is_refused
    assert form.sheets == ()
    assert codes(form) == [code]
    assert form.notes[0].values is not None
    assert {"made_for", "expected"} == set(form.notes[0].values)
    assert form.notes[0].values["made_for"] != form.notes[0].values["expected"]


def test_an_older_instrument_is_no_reason_to_refuse(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell_of(book[IDENTITY_SHEET], "instrumen").offset(column=1).value = "2023"

    assert not read_back(edited(full_form(), edit), tmp_path).is_refused


@pytest.mark.parametrize("changes", [{"evaluation_year": 2025}, {"id": "kota-lain"}])
def test_a_form_of_another_year_or_city_is_refused_even_without_its_identity(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    form = read_back(edited(full_form(plan(**changes)), delete_identity), tmp_path)
    assert form.is_refused
    assert codes(form) == ["form-other-filler"]


def test_the_form_of_another_agency_is_refused_by_its_marks(tmp_path: Path) -> None:
    form = read_back(edited(full_form(), delete_identity), tmp_path, plan("dinsos"))
    assert form.is_refused
    assert codes(form) == ["form-other-filler"]


def test_a_sheet_of_another_agency_is_left_out_and_named(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Gizi"]["A1"] = "kla:tabel:gizi:opd:dinsos"

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == ["form-sheet-foreign", "form-sheet-missing"]
    assert not form.is_refused


def test_what_an_earlier_plan_asked_is_kept_under_its_own_keys(tmp_path: Path) -> None:
    """So that issuing the form anew loses nothing."""
    small = framework()
    tables = {key: table for key, table in small.tables.items() if key != "gizi"}
    place = city()
    asked = agency_plan(place.agencies[0], place, framework(tables=tables))
    form = read_back(full_form(), tmp_path, asked)
    assert inputs_of(form)[TABLE, "gizi"] == {key: dict(cells) for key, cells in FULL[TABLE, "gizi"].items()}
    again = read_back(write_form(asked, form), tmp_path, asked)
    left = next(sheet for sheet in again.sheets if sheet.kind == LEFTOVERS)
    assert sorted(str(row.cells["isi"].value) for row in left.rows) == ["100.0", "120.0", "7.0", "8.0"]
    assert codes(again) == []


def test_a_form_written_again_from_what_was_read_reads_the_same(tmp_path: Path) -> None:
    first = read_back(full_form(), tmp_path)
    assert own_values(read_back(write_form(plan(), first), tmp_path)) == own_values(first)


def test_the_form_of_a_kelurahan_has_its_checklist(tmp_path: Path) -> None:
    place = city()
    asked = village_plan(place.districts[0].villages[0], place.districts[0], place, framework())
    content = write_form(asked, filled({(CHECKLIST, ""): {"dekela/forum": {"jawaban": "Ya", "catatan": "SK 2023"}}}))
    for edit in (lambda _: None, paste_values):
        form = read_back(edited(content, edit), tmp_path, asked)
        assert inputs_of(form)[CHECKLIST, ""] == {"dekela/forum": {"jawaban": "Ya", "catatan": "SK 2023"}}


def test_rows_put_into_the_list_of_evidence_need_no_mark(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Daftar Bukti"]
        put(sheet, sheet.max_row + 3, {"berkas": "Tambahan.pdf", "pertanyaan": "1.4"})

    form = read_back(edited(full_form(), edit), tmp_path)
    assert codes(form) == []
    assert list(inputs_of(form)[EVIDENCE, ""].values())[-1] == {"berkas": "Tambahan.pdf", "pertanyaan": "1.4"}


@pytest.mark.parametrize("rows", [[], [[None]], [["a", 1.0, True]], [["kla:jawaban::opd:dinkes"]], [["x#0000"]] * 5])
def test_no_workbook_is_too_odd_to_be_looked_at(rows: list[list[RawValue]]) -> None:
    form = locate(grid_of(rows), plan())
    assert not form.is_refused or form.notes


def put_zeros(sheet: Worksheet, keys: list[str]) -> None:
    for key in keys:
        put(sheet, row_of(sheet, key), {"anak.LP": 0, "berakta.LP": 0, "persen": 0})


def test_zeros_that_a_program_left_for_empty_formulas_are_nobodys_figures(tmp_path: Path) -> None:
    """LibreOffice does so in .xls: read as counts they would say that there are no children."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Kelahiran"]
        put_zeros(sheet, [mark.rpartition("#")[0] for _, mark in marks(sheet) if "#" in mark])

    assert own_values(read_back(edited(full_form(), edit), tmp_path)) == expected()
    form = read_back(edited(full_form(), edit), tmp_path)
    assert len(inputs_of(form)[TABLE, "lahir"]) == len(FULL[TABLE, "lahir"])


def test_a_zero_that_a_person_typed_for_both_sexes_counts(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Kelahiran"]
        put(sheet, row_of(sheet, "99.99.01.1001@2023"), {"anak.LP": 0, "berakta.LP": 0})

    form = read_back(edited(full_form(), edit), tmp_path)
    assert inputs_of(form)[TABLE, "lahir"]["99.99.01.1001@2023"] == {"anak.LP": 0.0, "berakta.LP": 0.0}
