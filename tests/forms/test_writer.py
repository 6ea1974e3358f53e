"""The workbook people get: what it shows, what it accepts, and that it keeps what they wrote."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.grid_sheet import make_grid
from flows.forms.layout import (
    ANSWERS,
    COLUMN_KEYS,
    EVIDENCE,
    HEADING,
    IDENTITY_SHEET,
    TABLE,
    FormPlan,
    row_mark,
    sheet_mark,
)
from flows.forms.placing import place
from flows.forms.plan import fingerprint, item_key, plan_by_key
from flows.forms.raw import RawCell, RawForm, RawRow, RawSheet
from flows.forms.slots import slot_sheets
from flows.forms.writer import guide_lines, write_form
from flows.framework import load_framework
from flows.model import Framework
from tests.builders.filled_forms import Row, filled, instrument, region

KINDS = {"sk": "Keputusan (SK)", "matriks": "Matriks"}


def plan(key: str = "opd:dinkes", asked: Framework | None = None) -> FormPlan:
    found = plan_by_key(key, region(), asked or instrument())
    assert found is not None
    return found


def book(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def columns(sheet: Worksheet) -> dict[str, int]:
    """Column key → number of the column."""
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == COLUMN_KEYS)
    return {str(cell.value): cell.column for cell in row[1:] if cell.value}


def row_of(sheet: Worksheet, key: str) -> int:
    """Number of the row whose mark has that key."""
    marks = [str(cells[0].value).rpartition("#")[0] for cells in sheet.iter_rows(max_col=1)]
    return marks.index(key) + 1


def value(sheet: Worksheet, key: str, column: str) -> object:
    return sheet.cell(row_of(sheet, key), columns(sheet)[column]).value


def rule_at(sheet: Worksheet, key: str, column: str) -> DataValidation:
    cell = sheet.cell(row_of(sheet, key), columns(sheet)[column]).coordinate
    rules: list[DataValidation] = sheet.data_validations.dataValidation
    return next(rule for rule in rules if cell in rule.sqref)


def test_a_form_has_its_sheets_and_says_whose_it_is() -> None:
    form = plan()
    written = book(write_form(form, kinds=KINDS))

    assert written.sheetnames == [
        "Petunjuk",
        "Jawaban",
        "Anak Contoh",
        "Kelurahan Contoh",
        "Mitra Contoh",
        "Anggaran Contoh",
        "Daftar Bukti",
        IDENTITY_SHEET,
    ]
    identity = written[IDENTITY_SHEET]
    assert identity.sheet_state == "veryHidden"
    said = {str(row[0].value): row[1].value for row in identity.iter_rows(max_col=2)}
    assert said["pengisi"] == "opd:dinkes"
    assert said["sidik"] == fingerprint(form)
    assert book(write_form(plan("kelurahan:99.99.01.1001"))).sheetnames[:3] == [
        "Petunjuk",
        "Daftar Periksa",
        "Daftar Bukti",
    ]


def test_every_sheet_carries_its_mark_its_keys_and_a_mark_per_row() -> None:
    form = plan()
    written = book(write_form(form))

    for slot in slot_sheets(form):
        sheet = written[slot.name]
        marks = [cells[0].value for cells in sheet.iter_rows()]
        assert marks[0] == sheet_mark(slot.kind, slot.table_id, form.filler)
        assert list(columns(sheet)) == list(slot.columns)
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[marks.index(COLUMN_KEYS) + 1].hidden
        assert HEADING in marks
        keys = [row.key for row in slot.rows] + [f"+{number}" for number in range(1, slot.free_rows + 1)]
        assert [mark for mark in marks if "#" in str(mark)] == [
            row_mark(form, slot.kind, slot.table_id, key) for key in keys
        ]


def test_only_what_people_fill_is_unlocked_and_there_is_no_password() -> None:
    sheet = book(write_form(plan()))["Jawaban"]
    at = columns(sheet)
    row = row_of(sheet, "1.1")

    open_columns = {key for key, number in at.items() if not sheet.cell(row, number).protection.locked}

    assert open_columns == {"jawaban", "poin", "catatan"}
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.insertRows, "openpyxl: False means that it is allowed"
    assert sheet.freeze_panes is not None
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows


def test_answers_are_suggested_and_points_bounded() -> None:
    written = book(write_form(plan()))
    sheet = written["Jawaban"]

    graded = rule_at(sheet, "1.1", "jawaban")
    assert graded.formula1 == '"Ya,Sebagian,Tidak"'
    assert graded.errorStyle == "warning"
    own = str(rule_at(sheet, "1.3", "jawaban").formula1)
    assert own.startswith(f"'{IDENTITY_SHEET}'!"), "an option with a comma cannot stand in a list of commas"
    column = own.rpartition("!")[2].split("$")[1]
    assert [cell.value for cell in written[IDENTITY_SHEET][column][:3]] == [
        "Peraturan contoh",
        "Surat contoh, lama",
        "Tidak",
    ]
    with pytest.raises(StopIteration):
        rule_at(sheet, "1.2", "jawaban")
    points = rule_at(sheet, "1.1", "poin")
    assert (points.type, points.formula1, points.errorStyle) == ("decimal", "0", None)
    first = row_of(sheet, "1.1") - 1
    assert points.formula2 == f"$E{first}", "relative to the first cell of the rule, the heading of the block"
    assert points.error
    assert value(sheet, "1.1", "maksimum") == 3


def test_types_of_columns_become_rules_with_words() -> None:
    written = book(write_form(plan(), kinds=KINDS))
    table, partners, evidence = written["Anak Contoh"], written["Mitra Contoh"], written["Daftar Bukti"]

    count = rule_at(table, "99.99.01@2022", "anak.L")
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert count.prompt
    assert rule_at(table, "99.99.01@2022", "persen").formula2 == "100"
    assert rule_at(partners, "+1", "pertanyaan").formula1 == '"1.3,2.1"'
    assert rule_at(partners, "+1", "tanggal").type == "date"
    assert rule_at(evidence, "+1", "jenis").formula1 == '"Keputusan (SK),Matriks"'
    assert rule_at(evidence, "+1", "tanda_tangan").formula1 == '"basah,TTE,belum"'
    usia = next(cells for cells in table.iter_rows() if cells[0].value == "def:usia")
    assert usia[1].value == "Batas usia"
    assert not usia[2].protection.locked


def test_headings_of_a_measure_stand_over_its_sexes() -> None:
    sheet = book(write_form(plan()))["Anak Contoh"]
    at = columns(sheet)
    upper, lower = (cells for cells in sheet.iter_rows() if cells[0].value == HEADING)

    assert upper[at["anak.L"] - 1].value == "Jumlah anak contoh"
    assert [lower[at[f"anak.{part}"] - 1].value for part in ("L", "P", "LP")] == ["L", "P", "L+P"]
    assert "E5:G5" in {str(box) for box in sheet.merged_cells.ranges} or any(
        box.min_col == at["anak.L"] and box.max_col == at["anak.LP"] for box in sheet.merged_cells.ranges
    )


def test_totals_are_worked_out_and_show_nothing_before() -> None:
    sheet = book(write_form(plan()))["Anak Contoh"]
    values = book(write_form(plan()), values=True)["Anak Contoh"]

    assert str(value(sheet, "99.99.01@2022", "anak.LP")).startswith("=IF(COUNT(")
    assert str(value(sheet, "99.99.01@2022", "persen")).startswith("=IF(N(")
    assert value(values, "99.99.01@2022", "anak.LP") in (None, "")


def test_totals_of_what_is_filled_in_can_be_read_without_calculating() -> None:
    row = {"anak.L": 10, "anak.P": 20, "dilayani.L": 5, "dilayani.P": 4}
    form = plan()

    content = write_form(form, filled(form, tables={"anak-contoh": {"99.99.01@2022": row}}))

    values = book(content, values=True)["Anak Contoh"]
    assert value(values, "99.99.01@2022", "anak.LP") == 30
    assert value(values, "99.99.01@2022", "persen") == 30
    assert value(values, "99.99.02@2022", "anak.LP") in (None, "")


def test_a_total_that_a_person_typed_stays() -> None:
    form = plan()
    rows: dict[str, Row] = {
        "99.99.01@2022": {"anak.L": 10, "anak.P": 20, "anak.LP": 31},
        "99.99.02@2022": {"anak.LP": "30 anak"},
    }

    sheet = book(write_form(form, filled(form, tables={"anak-contoh": rows})))["Anak Contoh"]

    assert value(sheet, "99.99.01@2022", "anak.LP") == 31
    assert value(sheet, "99.99.02@2022", "anak.LP") == "30 anak"


def test_what_people_wrote_is_never_a_formula() -> None:
    form = plan()
    dangerous = "=cmd|' /C calc'!A0"

    content = write_form(
        form,
        filled(
            form,
            answers={"1.1": {"catatan": dangerous}},
            evidence=[{"berkas": "@SUM(A1)", "tautan": "https://contoh.invalid/x"}],
        ),
    )

    written = book(content)
    note = written["Jawaban"].cell(row_of(written["Jawaban"], "1.1"), columns(written["Jawaban"])["catatan"])
    assert (note.value, note.data_type) == (dangerous, "s")
    link = written["Daftar Bukti"].cell(
        row_of(written["Daftar Bukti"], "+1"), columns(written["Daftar Bukti"])["tautan"]
    )
    assert link.hyperlink is None


def test_everything_filled_in_comes_back_with_its_type() -> None:
    form = plan()
    raw = filled(
        form,
        answers={"1.1": {"jawaban": "Ya", "poin": 2.5, "catatan": "Sudah ada"}, "2.1": {"jawaban": True}},
        tables={
            "anak-contoh": {"99.99.02@2023": {"anak.L": "1.234", "anak.P": 5}},
            "anggaran-contoh": {"1.2": {"pagu": 125_000_000}},
        },
        lists={"mitra-contoh": [{"mitra": f"Mitra {n}", "tanggal": date(2023, 5, n + 1)} for n in range(25)]},
        definitions={"anak-contoh": {"usia": "kurang dari 19 tahun"}},
        evidence=[{"berkas": "1.1 Laporan.pdf", "dari": 3, "tanggal": datetime(2023, 1, 2, 3, 4)}],  # noqa: DTZ001
    )

    written = book(write_form(form, raw))

    answers, children, partners = written["Jawaban"], written["Anak Contoh"], written["Mitra Contoh"]
    assert [value(answers, "1.1", key) for key in ("jawaban", "poin", "catatan")] == ["Ya", 2.5, "Sudah ada"]
    assert value(answers, "2.1", "jawaban") is True
    assert value(children, "99.99.02@2023", "anak.L") == "1.234"
    assert value(written["Anggaran Contoh"], "1.2", "pagu") == 125_000_000
    assert value(written["Anggaran Contoh"], "1.2", "pertanyaan") == "1.2"
    assert [value(partners, f"+{n + 1}", "mitra") for n in range(25)] == [f"Mitra {n}" for n in range(25)]
    assert value(partners, "+25", "tanggal") == datetime(2023, 5, 25)  # noqa: DTZ001
    usia = next(cells[2].value for cells in children.iter_rows() if cells[0].value == "def:usia")
    assert usia == "kurang dari 19 tahun"
    assert value(written["Daftar Bukti"], "+1", "tanggal") == datetime(2023, 1, 2, 3, 4)  # noqa: DTZ001
    assert "Isian Lama" not in written.sheetnames


def test_a_long_list_of_evidence_grows_and_keeps_room() -> None:
    form = plan()
    rows = [{"berkas": f"{n}.pdf"} for n in range(80)]

    sheet = book(write_form(form, filled(form, evidence=rows)))["Daftar Bukti"]

    assert value(sheet, "+80", "berkas") == "79.pdf"
    assert value(sheet, "+100", "berkas") is None


def test_what_has_no_place_any_more_is_kept_apart_and_returns_when_it_has() -> None:
    before = plan()
    raw = filled(
        before,
        answers={"2.1": {"catatan": "Catatan yang hilang"}},
        tables={"anak-contoh": {"99.99.01@2022": {"anak.L": 7}}},
        definitions={"anak-contoh": {"usia": "kurang dari 18 tahun"}},
    )
    framework = instrument()
    smaller = replace(framework, blocks=framework.blocks[:1], tables={})

    left = book(write_form(plan(asked=smaller), raw))["Isian Lama"]

    at = columns(left)
    kept = [(left.cell(row, at["lembar"]).value, left.cell(row, at["isi"]).value) for row in range(1, left.max_row + 1)]
    assert {
        ("Jawaban", "Catatan yang hilang"),
        ("Anak Contoh", 7),
        ("Anak Contoh", "kurang dari 18 tahun"),
    } <= set(kept)
    rows = tuple(
        RawRow(
            f"+{row}",
            row,
            {key: RawCell(left.cell(row, column).value, "") for key, column in at.items()},  # type: ignore[arg-type]
        )
        for row in range(row_of(left, "+1"), left.max_row + 1)
    )
    again = RawForm(before.filler.key, "", (RawSheet("sisa", "", "Isian Lama", rows, {}),), (), is_refused=False)
    restored = book(write_form(before, again))
    assert value(restored["Jawaban"], "2.1", "catatan") == "Catatan yang hilang"
    assert value(restored["Anak Contoh"], "99.99.01@2022", "anak.L") == 7


def test_rows_that_nobody_knows_any_more_are_kept() -> None:
    form = plan()
    cells = {"nomor": RawCell("1.1", "B9"), "catatan": RawCell("milik siapa", "H9"), "?Kolom saya": RawCell("x", "I9")}
    rows = (RawRow("1.1", 9, cells, is_disowned=True), RawRow("1.2", 10, {"catatan": RawCell("sah", "H10")}))
    raw = RawForm("opd:dinkes", "", (RawSheet(ANSWERS, "", "Jawaban", rows, {}),), (), is_refused=False)

    written = book(write_form(form, raw))

    assert value(written["Jawaban"], "1.1", "catatan") is None
    assert value(written["Jawaban"], "1.2", "catatan") == "sah"
    left = [row[4].value for row in written["Isian Lama"].iter_rows()]
    assert {"milik siapa", "x"} <= set(left)


def test_a_persons_own_sheets_stay_as_values() -> None:
    grids = [make_grid("Hitungan saya", [["a", 1.0], [None, "=1+1"]]), make_grid("Jawaban", [["lain"]])]

    written = book(write_form(plan(), extras=grids))

    assert written["Hitungan saya"]["B2"].value == "=1+1"
    assert written["Hitungan saya"]["B2"].data_type == "s"
    assert written["Jawaban (2)"]["A1"].value == "lain"


def test_equal_forms_have_equal_bytes() -> None:
    form = plan()
    raw = filled(form, answers={"1.1": {"jawaban": "Ya"}})

    assert write_form(form, raw, kinds=KINDS) == write_form(form, raw, kinds=KINDS)
    assert write_form(form) != write_form(plan("opd:dinsos"))


@pytest.mark.parametrize("key", ["opd:dinkes", "opd:dinsos", "kelurahan:99.99.01.1001", "sekretariat:"])
def test_the_guide_is_filled_in_for_everybody(key: str) -> None:
    lines = guide_lines(plan(key))

    assert len(lines) > 8
    assert not any("{" in line for line in lines)
    assert any("Kota Contoh" in line for line in lines)


def test_a_checklist_item_takes_what_its_column_takes() -> None:
    form = plan("kelurahan:99.99.01.1001")
    first, second = (item_key(item) for item in form.checklist)
    raw = filled(form, checklist={first: {"jawaban": "Ya", "catatan": "di taman kota"}, second: {"jawaban": 4}})

    sheet = book(write_form(form, raw))["Daftar Periksa"]

    assert rule_at(sheet, first, "jawaban").formula1 == '"Ya,Tidak"'
    assert rule_at(sheet, second, "jawaban").type == "whole"
    assert [value(sheet, key, "jawaban") for key in (first, second)] == ["Ya", 4]


def test_the_words_beside_cells_fit_into_excel() -> None:
    city, framework = region(), load_framework(2024)
    kinds = {kind.id: kind.label for kind in framework.kinds.values()}
    for agency in city.agencies:
        form = plan_by_key(f"opd:{agency.id}", city, framework)
        assert form is not None
        written = book(write_form(form, kinds=kinds))
        for sheet in written.worksheets:
            assert len(sheet.title) <= 31
            for rule in sheet.data_validations.dataValidation:
                assert len(rule.promptTitle or "") <= 32
                assert len(rule.prompt or "") <= 255
                assert len(rule.error or "") <= 225, "Excel cuts longer error messages off"
                assert len(rule.formula1 or "") <= 257


values = st.one_of(
    st.text(max_size=40),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(
    cells=st.lists(
        st.tuples(st.sampled_from(["1.1", "9.9", "", "+1"]), st.sampled_from(["catatan", "berkas", "x"]), values),
        max_size=12,
    ),
    kind=st.sampled_from([ANSWERS, EVIDENCE, TABLE]),
)
def test_any_value_can_be_written_and_none_is_dropped(cells: list[tuple[str, str, object]], kind: str) -> None:
    """Whatever calamine may hand over: it finds a place or is left over, and the workbook opens."""
    form = plan()
    rows = tuple(
        RawRow(key, number, {column: RawCell(found, "A1")})  # type: ignore[arg-type]
        for number, (key, column, found) in enumerate(cells, start=1)
    )
    raw = RawForm("opd:dinkes", "", (RawSheet(kind, "", "Lembar", rows, {}),), (), is_refused=False)

    placed = place(slot_sheets(form), raw)

    kept = sum(len(each) for each in placed.cells.values()) + len(placed.leftovers)
    kept += sum(len(row) for each in placed.free.values() for row in each)
    texts = {(key, column, str(found).strip()) for key, column, found in cells if str(found).strip()}
    assert kept >= len({(key, column) for key, column, _ in texts})
    book(write_form(form, raw))
