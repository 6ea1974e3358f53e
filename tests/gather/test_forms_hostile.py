"""Forms after people, telephones and other programs had them: read as far as possible, the rest named by cell.

Every agency of one invented city hands in the same form, each spoiled in its own way; the city is gathered once.
"""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from flows.forms.grid import open_workbook
from flows.forms.locate import locate
from flows.forms.raw import RawForm
from flows.forms.writer import write_form
from flows.gather import gather
from flows.model import CellState, Condition, Finding, FormNote, Manifest, ReadForm
from flows.validate import validate
from tests.gather import hostile_kit as kit
from tests.gather.hostile_cases import (
    CASES,
    CITY,
    DOWN,
    DOWN_BEFORE,
    FIRST_YEAR,
    FRAMEWORK,
    HEALTHY,
    LAST_YEAR,
    LONG,
    NAME,
    OFFICE,
    UP,
    UP_BEFORE,
)
from tests.gather.hostile_kit import ANSWERS, CHILDREN, EVIDENCE, NORTH, SOUTH, difference, edited, typed
from tests.gather.kit import pdf, write


@dataclass(frozen=True, eq=False)
class Taken:
    """The gathered city."""

    root: Path
    manifest: Manifest

    def seen(self, name: str) -> kit.Seen:
        return kit.seen(self.manifest, name)

    def lost(self, name: str) -> kit.Seen:
        """What of the sound form was read otherwise, or not at all; the form's own results apart."""
        return difference(typed(self.seen(HEALTHY)), typed(self.seen(name)))

    def forms(self, name: str) -> list[ReadForm]:
        return [form for form in self.manifest.forms if form.agency_id == name]

    def notes(self, name: str) -> list[FormNote]:
        return [note for note in self.manifest.form_notes if note.agency_id == name]

    def codes(self, name: str) -> list[str]:
        return sorted(note.code for note in self.notes(name))

    def findings(self, name: str) -> Sequence[Finding]:
        """What is found where this agency alone has handed in anything: all fill the same tables."""
        return _findings(self, name)


@cache
def _findings(taken: Taken, name: str) -> Sequence[Finding]:
    own = taken.manifest
    alone = dataclasses.replace(
        own,
        tables=tuple(table for table in own.tables if table.agency_id == name),
        answers=tuple(answer for answer in own.answers if answer.agency_id == name),
    )
    return [each for each in validate(CITY, FRAMEWORK, alone).findings if each.agency_id == name]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    root = tmp_path_factory.mktemp("hostile")
    for name, spoil in CASES.items():
        write(root / "in" / name, {**spoil(sound(name)), "laporan.pdf": pdf(["Laporan contoh"])})
    for name, (suffix, content) in saved_by_office(root).items():
        write(root / "in" / name, {f"Formulir KLA 2024.{suffix}": content, "laporan.pdf": pdf(["Laporan contoh"])})
    manifest = gather(CITY, FRAMEWORK, root / "in", state_root=None)
    return Taken(root / "in", manifest)


def sound(name: str) -> bytes:
    return kit.form(kit.form_plan(name, CITY, FRAMEWORK))


def saved_by_office(root: Path) -> dict[str, tuple[str, bytes]]:
    """What LibreOffice makes of the sound forms; nothing where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    found: dict[str, tuple[str, bytes]] = {}
    profile = f"-env:UserInstallation={(root / 'profile').as_uri()}"
    for suffix in sorted({suffix for suffix, _ in OFFICE.values()}):
        folder = root / f"as-{suffix}"
        folder.mkdir()
        names = [name for name, (wanted, _) in OFFICE.items() if wanted == suffix]
        for name in names:
            change = OFFICE[name][1]
            (folder / f"{name}.xlsx").write_bytes(edited(sound(name), change) if change else sound(name))
        target = folder / "out"
        command = [office, profile, "--headless", "--convert-to", suffix, "--outdir", str(target)]
        command += [f"{name}.xlsx" for name in names]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
        found |= {name: (suffix, (target / f"{name}.{suffix}").read_bytes()) for name in names}
    return found


# --------------------------------------------------------------------------------------------------------------------
# What was made of them

READ_WHOLE: Mapping[str, tuple[str, ...]] = {
    HEALTHY: (),
    "sheets-renamed": (),
    "sheets-reversed": (),
    "sheets-hidden": ("form-sheet-hidden", "form-sheet-hidden"),
    "sheets-doubled": (),
    "sheets-doubled-otherwise": ("form-sheet-doubled", "form-sheet-doubled"),
    "identity-deleted": (),
    "rows-inserted": (),
    "columns-inserted": (),
    "marks-deleted": ("form-identity-lost",),
    "heads-unmerged": (),
    "heads-deleted": (),
    "total-below": ("form-row-unknown",),
    "row-copied": ("form-row-doubled",),
    "column-keys-edited": (),
    "own-and-a-friends": ("form-other-filler",),
    "twice-the-same": (),
    "formula-saved": (),
    "formula-saved-as-text": (),
    "formula-of-another-file": (),
    "formatted-to-the-end": (),
    "a-million-empty-rows": (),
    "stray-in-the-last-cell": ("form-too-long", "form-too-long"),
    "stray-further-down": ("form-column-unknown", "form-column-unknown"),
    "macros": ("form-has-macros",),
    "strict": (),
    "by-phone": (),
    "by-phone-plain": ("form-identity-lost",),
    "called-xls": (),
    "called-pdf": (),
    "called-nothing": (),
}
"""Case → codes of its notes."""


@pytest.mark.parametrize("name", READ_WHOLE)
def test_nothing_that_was_filled_in_is_lost(taken: Taken, name: str) -> None:
    assert taken.lost(name) == {}
    assert taken.codes(name) == sorted(READ_WHOLE[name])
    assert taken.forms(name)[0].is_taken


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to save the forms")
@pytest.mark.parametrize("name", OFFICE)
def test_what_an_office_program_saved_is_read_with_the_forms_own_results(taken: Taken, name: str) -> None:
    assert difference(taken.seen(HEALTHY), taken.seen(name)) == {}
    assert set(taken.codes(name)) == ({"form-too-long"} if name.endswith("stray") else set())


def test_what_stands_beside_the_form_is_named_by_its_cell(taken: Taken) -> None:
    notes = {(note.place.sheet, note.place.cell, note.values["value"]) for note in taken.notes("stray-further-down")}
    assert notes == {(CHILDREN, "AD5000", "x"), (ANSWERS, "AD5000", "5")}


def test_results_of_the_forms_formulas_that_nobody_saved_are_worked_out_again(taken: Taken) -> None:
    lost = difference(taken.seen(HEALTHY), taken.seen("by-phone"))
    assert set(lost.values()) == {None}
    assert not [each for each in taken.findings("by-phone") if each.cell]


UNREADABLE, ERROR, UNSAVED = CellState.UNREADABLE, CellState.ERROR, CellState.UNCALCULATED
MISSING, SAID = CellState.NOT_AVAILABLE, "Catatan contoh satu"


def up(column: str) -> tuple[object, ...]:
    return ("anak", NORTH, LAST_YEAR, column)


def down(column: str) -> tuple[object, ...]:
    return ("anak", SOUTH, LAST_YEAR, column)


def up_before(column: str) -> tuple[object, ...]:
    return ("anak", NORTH, FIRST_YEAR, column)


def down_before(column: str) -> tuple[object, ...]:
    return ("anak", SOUTH, FIRST_YEAR, column)


READ_IN_PART: Mapping[str, kit.Seen] = {
    "formulas-unsaved": {up("anak.L"): UNSAVED, down("cakupan"): UNSAVED},
    "cell-error": {up("anak.L"): ERROR},
    "points-error": {("12.1",): ("Ya", None, SAID)},
    "listed-error": {("bukti", "laporan.pdf"): ((), ("laporan.pdf",), "Keterangan contoh")},
    "answers-unsaved": {("12.1",): None},
    "dates": {
        up("anak.L"): UNREADABLE,
        down_before("cakupan"): UNREADABLE,
        up_before("tanggal"): "2023-05-02",
        down_before("tanggal"): UNREADABLE,
        down("tanggal"): "2023-05-01",
    },
    "texts": {
        up("anak.L"): UNREADABLE,
        down("anak.L"): 1103.0,
        up_before("anak.P"): 112.0,
        down_before("anak.P"): UNREADABLE,
        down("anak.P"): UNREADABLE,
        up_before("dilayani.L"): MISSING,
        down_before("dilayani.L"): MISSING,
        up("dilayani.L"): UNREADABLE,
    },
    "negative": {up("anak.L"): -5.0, down("anak.L"): 2.5},
    "percentages": {
        up_before("cakupan"): 98.0,
        down_before("cakupan"): 98.0,
        up("cakupan"): 98.0,
        down("cakupan"): 98.5,
    },
    "claims": {("12.1",): ("Ya", None, SAID), ("12.2",): None},
    "odd-texts": {("12.1",): ("Ya", 3.0, LONG), ("14.1",): ("", None, "@SUM(A1) \u202e😀\nbaris dua")},
    "cells-merged": {down_before("anak.L"): None},
    "column-deleted": {each("anak.P"): None for each in (up, down, up_before, down_before)},
}
"""Case → what is read otherwise than in the sound form."""
NOTED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "points-error": (("cell-error", ANSWERS, "poin"),),
    "listed-error": (("cell-error", EVIDENCE, "pertanyaan"), ("listed-without-question", EVIDENCE, "berkas")),
    "answers-unsaved": tuple(("cell-uncalculated", ANSWERS, key) for key in ("jawaban", "poin", "catatan")),
    "claims": (
        ("cell-unreadable", ANSWERS, "poin"),
        ("choice-unknown", ANSWERS, "jawaban"),
        ("claim-out-of-range", ANSWERS, "poin"),
        ("claim-out-of-range", ANSWERS, "poin"),
    ),
    "cells-merged": (("form-cells-merged", CHILDREN, "anak.L"),),
    "column-deleted": (("form-column-missing", CHILDREN, ""),),
}
"""Case → code, sheet and column of its notes; a table's cells are named when it is checked."""


@pytest.mark.parametrize("name", READ_IN_PART)
def test_one_bad_cell_costs_itself_only(taken: Taken, name: str) -> None:
    assert taken.lost(name) == READ_IN_PART[name]
    expected = [(code, sheet) for code, sheet, _ in NOTED.get(name, ())]
    assert sorted((note.code, note.place.sheet) for note in taken.notes(name)) == sorted(expected)


@pytest.mark.parametrize("name", [name for name in NOTED if name != "column-deleted"])
def test_what_cannot_be_understood_is_named_by_its_cell(taken: Taken, name: str) -> None:
    book = openpyxl.load_workbook(taken.root / name / NAME)
    for note in taken.notes(name):
        sheet = book[note.place.sheet]
        keys = {cell.column: cell.value for row in sheet.iter_rows() if row[0].value == "kol" for cell in row}
        assert (note.code, sheet.title, keys[sheet[note.place.cell].column]) in NOTED[name]


@pytest.mark.parametrize(
    ("name", "code", "places"),
    [
        ("formulas-unsaved", "cell-uncalculated", [(UP, "anak.L"), (DOWN, "cakupan")]),
        ("cell-error", "cell-error", [(UP, "anak.L")]),
        ("dates", "cell-unreadable", [(UP, "anak.L"), (DOWN_BEFORE, "cakupan"), (DOWN_BEFORE, "tanggal")]),
        (
            "texts",
            "cell-unreadable",
            [(UP, "anak.L"), (DOWN_BEFORE, "anak.P"), (DOWN, "anak.P"), (UP, "dilayani.L")],
        ),
        ("texts", "table-not-available", [(UP_BEFORE, "dilayani.L"), (DOWN_BEFORE, "dilayani.L")]),
        ("texts", "cell-remark", [(UP_BEFORE, "anak.P")]),
        ("negative", "table-negative", [(UP, "anak.L")]),
        ("negative", "table-not-whole", [(DOWN, "anak.L")]),
        ("percentages", "cell-remark", [(UP_BEFORE, "cakupan"), (UP, "cakupan")]),
    ],
)
def test_cells_of_tables_are_found_by_the_checks(
    taken: Taken, name: str, code: str, places: list[tuple[str, str]]
) -> None:
    content = (taken.root / name / NAME).read_bytes()
    expected = {(CHILDREN, kit.where(content, CHILDREN, *place)) for place in places}
    found = {(each.sheet, each.cell) for each in taken.findings(name) if each.code == code}
    assert found == expected


SHEET_LOST: Mapping[str, tuple[str, str]] = {
    "table-deleted": ("anak", "form-sheet-missing"),
    "answers-deleted": ("", "form-sheet-missing"),
    "sheet-mark-edited": ("anak", "form-sheet-missing"),
    "heads-and-keys-deleted": ("anak", "form-column-missing"),
}


@pytest.mark.parametrize("name", SHEET_LOST)
def test_a_sheet_that_is_gone_costs_itself_only(taken: Taken, name: str) -> None:
    table, code = SHEET_LOST[name]
    lost = taken.lost(name)
    assert set(lost.values()) == {None}
    expected = [key for key in typed(taken.seen(HEALTHY)) if (key[0] == table if table else len(key) == 1)]
    kept = ("anak", "usia") if name == "heads-and-keys-deleted" else ()
    assert sorted(map(str, lost)) == sorted(str(key) for key in expected if key != kept)
    assert code in taken.codes(name)


@pytest.mark.parametrize(
    ("name", "rows"), [("marks-edited", [UP]), ("marks-swapped", [UP, DOWN]), ("mark-copied-down", [DOWN])]
)
def test_an_edited_mark_costs_its_row_and_is_named_by_its_cell(taken: Taken, name: str, rows: list[str]) -> None:
    gone = {key[1:3] for key in taken.lost(name) if key[0] == "anak"}
    assert gone == {(NORTH if row is UP else SOUTH, LAST_YEAR) for row in rows}
    notes = [note for note in taken.notes(name) if note.place.sheet == CHILDREN]
    content = sound(name)
    assert {note.place.cell for note in notes} == {kit.where(content, CHILDREN, row, "anak.L") for row in rows}
    assert {note.code for note in notes} == {"form-key-changed"}
    assert taken.seen(name).get(("12.1",)) == (None if name == "marks-edited" else ("Ya", 3.0, SAID))


def test_an_emptied_form_is_taken_and_says_nothing(taken: Taken) -> None:
    assert taken.seen("emptied") == {}
    (form,) = taken.forms("emptied")
    assert (form.is_taken, form.filled_cells) == (True, 0)


REFUSED: Mapping[str, tuple[str, str]] = {
    "identity-filler": ("form-other-filler", f"opd:{HEALTHY}"),
    "identity-year": ("form-other-filler", "Kota Contoh 2023"),
    "identity-city": ("form-other-filler", "Kota Lain 2024"),
    "other-agency": ("form-other-filler", f"Dinas {HEALTHY}"),
    "other-city": ("form-other-filler", "Kota Lain 2024"),
    "other-year": ("form-other-filler", "Kota Contoh 2025"),
    "other-year-unsaid": ("form-other-filler", "opd:other-year-unsaid"),
    "newer-format": ("form-newer", "9"),
    "newer-instrument": ("form-newer", "2031"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_for_somebody_else_is_refused_with_both_names(taken: Taken, name: str) -> None:
    code, made_for = REFUSED[name]
    assert taken.seen(name) == {}
    (note,) = taken.notes(name)
    assert (note.code, note.place.path) == (code, f"{name}/{NAME}")
    assert made_for in note.values["made_for"]
    assert note.values["expected"] not in ("", note.values["made_for"])
    assert [form.is_taken for form in taken.forms(name)] == [False]


UNOPENED: Mapping[str, tuple[str, Condition]] = {
    "bomb-of-blanks": ("packed-too-tightly", Condition.REFUSED),
    "bomb-of-texts": ("too-much-inside", Condition.REFUSED),
    "entities": ("cannot-open", Condition.GOOD),
    "half": ("cannot-open", Condition.DAMAGED),
    "without-end": ("cannot-open", Condition.DAMAGED),
    "flipped": ("cannot-open", Condition.DAMAGED),
    "empty": ("zero-bytes", Condition.EMPTY),
    "blanks": ("extension-mismatch", Condition.WRONG_EXTENSION),
    "csv-called-xlsx": ("extension-mismatch", Condition.WRONG_EXTENSION),
    "html-called-xls": ("extension-mismatch", Condition.WRONG_EXTENSION),
    "xml-called-xls": ("extension-mismatch", Condition.WRONG_EXTENSION),
    "pdf-called-xlsx": ("extension-mismatch", Condition.WRONG_EXTENSION),
    "locked-xlsx": ("password", Condition.LOCKED),
    "locked-xls": ("password", Condition.LOCKED),
    "locked-ods": ("password", Condition.LOCKED),
}


@pytest.mark.parametrize("name", UNOPENED)
def test_a_form_that_cannot_be_opened_says_why_and_costs_itself_only(taken: Taken, name: str) -> None:
    detail, condition = UNOPENED[name]
    assert taken.seen(name) == {}
    (note,) = taken.notes(name)
    assert (note.code, note.values["detail"]) == ("form-unreadable", detail)
    assert taken.manifest.file(note.place.path).condition is condition
    assert [form.is_taken for form in taken.forms(name)] == [False]


def test_another_workbook_called_a_form_is_read_as_nothing_and_says_so(taken: Taken) -> None:
    assert taken.seen("another-workbook") == {}
    assert "form-identity-lost" in taken.codes("another-workbook")


def test_of_two_forms_the_one_handed_out_stands_and_every_difference_names_both_cells(taken: Taken) -> None:
    assert taken.lost("two-disagree") == {}
    notes = taken.notes("two-disagree")
    assert {note.code for note in notes} == {"forms-disagree"}
    assert {note.place.path.rsplit(" ", 1)[-1] for note in notes} == {"(1).xlsx"}
    content = sound("two-disagree")
    columns = [(ANSWERS, "12.1", "jawaban")]
    columns += [(CHILDREN, row, "anak.L") for row in (UP, DOWN, UP_BEFORE, DOWN_BEFORE)]
    wanted = {(sheet, kit.where(content, sheet, row, column)) for sheet, row, column in columns}
    assert wanted <= {(note.place.sheet, note.place.cell) for note in notes}
    assert all(note.place.cell in note.values["other"] for note in notes)


# --------------------------------------------------------------------------------------------------------------------
# All of them together


def test_every_case_is_expected_to_become_something() -> None:
    told = (READ_WHOLE, READ_IN_PART, SHEET_LOST, REFUSED, UNOPENED)
    alone = {"marks-edited", "marks-swapped", "mark-copied-down", "emptied", "another-workbook", "two-disagree"}
    assert {*CASES} == {name for cases in told for name in cases} | alone


def test_every_file_is_accounted_for_and_every_note_is_about_one(taken: Taken) -> None:
    on_disk = {path.relative_to(taken.root).as_posix() for path in taken.root.rglob("*") if path.is_file()}
    assert {file.path for file in taken.manifest.files} == on_disk
    assert {note.place.path for note in taken.manifest.form_notes} <= on_disk
    assert {form.path for form in taken.manifest.forms} == {path for path in on_disk if "/Formulir" in f"/{path}"} - {
        path for path in on_disk if path.endswith("laporan.pdf")
    }


def test_every_finding_about_a_cell_names_its_sheet_and_file(taken: Taken) -> None:
    with_cells = [finding for finding in validate(CITY, FRAMEWORK, taken.manifest).findings if finding.cell]
    assert with_cells
    assert all(finding.path and finding.sheet for finding in with_cells)


def texts(raw: RawForm) -> Counter[str]:
    """What people filled in, wherever it stands."""
    rows = (row for sheet in raw.sheets for row in sheet.rows)
    naming = {"nomor", "judul", "peran", "maksimum", "kode", "kecamatan", "baris", "tahun", "lembar", "kolom", "asal"}
    cells = [cell for row in rows for key, cell in row.cells.items() if key not in naming]
    cells += [cell for sheet in raw.sheets for cell in sheet.definitions.values()]
    return Counter(str(cell.value).strip() for cell in cells if not cell.is_empty)


@pytest.mark.parametrize("name", [*READ_WHOLE, *READ_IN_PART, "marks-edited", "marks-swapped", "total-below"])
def test_a_form_made_anew_from_a_spoiled_one_keeps_all_that_was_filled_in(
    taken: Taken, tmp_path: Path, name: str
) -> None:
    path = taken.forms(name)[0].path
    plan = kit.form_plan(name, CITY, FRAMEWORK)
    before = locate(open_workbook(taken.root / path), plan)
    (tmp_path / NAME).write_bytes(write_form(plan, before))
    after = locate(open_workbook(tmp_path / NAME), plan)
    assert texts(before) - texts(after) == Counter()
