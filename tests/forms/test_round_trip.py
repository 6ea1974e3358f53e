"""Form, a person's edits, reading: the same values come out, or a note names the cell. Nothing is lost in silence."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.grid import Grid, Workbook, cell_name, make_grid, open_workbook
from flows.forms.layout import ANSWERS, EVIDENCE, IDENTITY_SHEET, TABLE, FormPlan, row_mark
from flows.forms.locate import locate
from flows.forms.plan import agency_plan
from flows.forms.raw import RawValue
from flows.forms.slots import SlotSheet, slot_sheets
from flows.forms.understand import FormReading, understand
from flows.forms.writer import write_form
from flows.model import District, TableCell, Village
from flows.names import fold
from tests.forms.reading_kit import DEFINITIONS, FULL, Values, city, filled, framework, full_form, marks, plan

KINDS = {fold(kind.label): kind.id for kind in framework().kinds.values()}
DERIVED = {"anak.LP", "berakta.LP", "persen"}
TEXT_COLUMNS = {"catatan", "lembaga", "program", "berkas", "keterangan", "penanda_tangan", "nomor"}
Edit = Callable[[openpyxl.Workbook, Random], None]


def planned(picks: Random) -> FormPlan:
    """A plan with some of the tables and some of the areas."""
    names = ("Mawar", "Melati", "Telaga Biru", "Telaga Baru", "Kenanga")
    districts = tuple(
        District(f"99.99.0{n}", side, tuple(Village(f"99.99.0{n}.100{v}", name) for v, name in enumerate(names)))
        for n, side in enumerate(("Utara", "Selatan")[: picks.randint(1, 2)], 1)
    )
    tables = {key: table for key, table in framework().tables.items() if picks.random() < 0.7}
    place = city()
    place = type(place)(**{**{name: getattr(place, name) for name in place.__slots__}, "districts": districts})
    return agency_plan(place.agencies[0], place, framework(tables=tables))


def typed(picks: Random, key: str) -> RawValue:
    """Something a person may write into that column."""
    if key in TEXT_COLUMNS:
        return f"isi {picks.randint(1, 10**6)}"
    by_key: dict[str, list[RawValue]] = {
        "jawaban": ["Peraturan Daerah", "Ya", "entah"],
        "poin": [1.0, 0.5, 99.0, "1,5"],
        "pertanyaan": ["1.2", "1.3"],
        "ada": ["Ya", "belum", "mungkin"],
        "jenis": ["Tetap", "Foto", "lain sekali"],
        "mulai": ["31 Maret 2023", "besok"],
        "tanggal": ["31-03-2023"],
        "tahun_sk": [2021.0, "dua ribu"],
        "dari": [1.0, "x"],
        "sampai": [7.0],
        "tanda_tangan": ["TTE", "belum"],
        "stempel": ["ya"],
        "tautan": ["https://contoh.invalid/a"],
    }
    numbers: list[RawValue] = [float(picks.randint(0, 5_000_000)), picks.randint(1, 999) / 4, "-", "1.234", "banyak"]
    return picks.choice(by_key.get(key, numbers))


def filling(asked: FormPlan, picks: Random) -> dict[tuple[str, str], Values]:
    """Values for some cells of every sheet."""
    sheets: dict[tuple[str, str], Values] = {}
    for slot in slot_sheets(asked):
        keys = [row.key for row in slot.rows if picks.random() < 0.4]
        keys += [f"+{number}" for number in range(1, picks.randint(1, 4))] if slot.free_rows else []
        sheets[slot.kind, slot.table_id] = {key: _row(slot, key, picks) for key in keys}
    return sheets


def _row(slot: SlotSheet, key: str, picks: Random) -> dict[str, RawValue]:
    names = [name for name in slot.inputs if name not in DERIVED and picks.random() < 0.6]
    if slot.table_id == "anggaran" and "." in key:
        names = [name for name in names if name != "pertanyaan"] or ["program"]
    return {name: typed(picks, name) for name in names}


# What people do that changes nothing.


def keeping_merges(sheet: Worksheet, change: Callable[[], None], moved: Callable[[CellRange], None]) -> None:
    """Do ``change`` as Excel does it, where merged cells go along."""
    ranges = [CellRange(str(merged)) for merged in sheet.merged_cells.ranges]
    for merged in ranges:
        sheet.unmerge_cells(str(merged))
    change()
    for merged in ranges:
        moved(merged)
        sheet.merge_cells(str(merged))


def form_sheets(book: openpyxl.Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if str(sheet["A1"].value or "").startswith("kla:")]


def data_rows(sheet: Worksheet) -> list[int]:
    return [row for row, mark in marks(sheet) if "#" in mark]


def insert_row(book: openpyxl.Workbook, picks: Random) -> None:
    sheet = picks.choice(form_sheets(book))
    at, count = picks.randint(2, sheet.max_row), picks.randint(1, 3)

    def move(merged: CellRange) -> None:
        if merged.min_row >= at:
            merged.shift(row_shift=count)
        elif merged.max_row >= at:
            merged.expand(down=count)

    keeping_merges(sheet, lambda: sheet.insert_rows(at, count), move)


def insert_column(book: openpyxl.Workbook, picks: Random) -> None:
    sheet = picks.choice(form_sheets(book))
    at = picks.randint(2, sheet.max_column)

    def move(merged: CellRange) -> None:
        if merged.min_col >= at:
            merged.shift(col_shift=1)
        elif merged.max_col >= at:
            merged.expand(right=1)

    keeping_merges(sheet, lambda: sheet.insert_cols(at), move)


def delete_empty_row(book: openpyxl.Workbook, picks: Random) -> None:
    """One that nobody filled: below the merged heads, so that nothing but rows moves."""
    sheet = picks.choice(form_sheets(book))
    keys = next(row for row, mark in marks(sheet) if mark == "kol")
    shown = {"nomor", "judul", "peran", "maksimum", "kode", "kecamatan", "baris", "tahun"}
    is_list = "bukti" in str(sheet["A1"].value)
    for row in data_rows(sheet):
        cells = [sheet.cell(row, column) for column in range(2, sheet.max_column + 1)]
        inputs = [
            cell
            for cell in cells
            if cell.value is not None and (is_list or sheet.cell(keys, cell.column).value not in shown)
        ]
        if all(str(cell.value).startswith("=") for cell in inputs):
            sheet.delete_rows(row)
            return


def move_column(book: openpyxl.Workbook, picks: Random) -> None:
    sheet = picks.choice(form_sheets(book))
    source, target = picks.randint(2, sheet.max_column), sheet.max_column + 1
    unmerge(book, picks)
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, target).value = sheet.cell(row, source).value
        sheet.cell(row, source).value = None


def unmerge(book: openpyxl.Workbook, _: Random) -> None:
    for sheet in book.worksheets:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))


def rename(book: openpyxl.Workbook, picks: Random) -> None:
    for sheet in form_sheets(book):
        sheet.title = f"Lembar {picks.randint(1, 10**9)}"


def reorder(book: openpyxl.Workbook, picks: Random) -> None:
    picks.shuffle(book._sheets)  # type: ignore[attr-defined]  # there is no public way


def drop_identity(book: openpyxl.Workbook, _: Random) -> None:
    if IDENTITY_SHEET in book.sheetnames:
        del book[IDENTITY_SHEET]


def double(book: openpyxl.Workbook, picks: Random) -> None:
    book.copy_worksheet(picks.choice(form_sheets(book)))


def sort_rows(book: openpyxl.Workbook, picks: Random) -> None:
    """Rows of an area table, whole; the order of lists is what people gave them, so these are left alone."""
    tables = [sheet for sheet in form_sheets(book) if ":lahir:" in sheet["A1"].value or ":gizi:" in sheet["A1"].value]
    for sheet in tables[:1]:
        rows = data_rows(sheet)
        contents = [[cell.value for cell in sheet[row]] for row in rows]
        picks.shuffle(contents)
        for row, content in zip(rows, contents, strict=True):
            for column, value in enumerate(content, start=1):
                sheet.cell(row, column).value = value


def spell_numbers(book: openpyxl.Workbook, _: Random) -> None:
    """Numbers as text, the Indonesian way."""
    numeric = {
        "anak.L",
        "anak.P",
        "berakta.L",
        "berakta.P",
        "biaya",
        "rata",
        "balita",
        "kurang",
        "orang",
        "pagu",
        "poin",
    }
    for sheet in form_sheets(book):
        keys = next((row for row, mark in marks(sheet) if mark == "kol"), None)
        for row in data_rows(sheet) if keys else ():
            for column in range(2, sheet.max_column + 1):
                value = sheet.cell(row, column).value
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                if is_number and str(sheet.cell(keys or 0, column).value) in numeric:
                    spelled = f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
                    sheet.cell(row, column).value = spelled


def delete_keys(book: openpyxl.Workbook, picks: Random) -> None:
    """The hidden row of keys, seen and found superfluous."""
    sheet = picks.choice(form_sheets(book))
    for row, mark in marks(sheet):
        if mark == "kol":
            for cell in sheet[row]:
                cell.value = None


HARMLESS: tuple[Edit, ...] = (
    insert_row,
    insert_column,
    delete_empty_row,
    unmerge,
    rename,
    reorder,
    drop_identity,
    double,
    sort_rows,
    spell_numbers,
)
ONCE: tuple[Edit, ...] = (move_column, delete_keys)
"""Harmless once, since each takes away one of the two names of a column."""


def cells_of(cells: tuple[TableCell, ...]) -> tuple[tuple[object, ...], ...]:
    return tuple((cell.column, cell.part, cell.state, cell.number, cell.text, cell.remark) for cell in cells)


def content(found: FormReading) -> tuple[object, ...]:
    """Everything that was understood, and what was complained about, without places."""
    tables = {
        table.schema_id: (
            Counter((row.key if row.year else row.label, row.year, cells_of(row.cells)) for row in table.rows),
            cells_of(table.definitions),
            table.columns,
        )
        for table in found.tables
    }
    return (
        sorted((each.question_id, each.choice, each.points, each.note) for each in found.answers),
        tables,
        [
            (each.file_name, each.questions, each.kind, each.first_page, each.date, each.url)
            for each in found.declarations
        ],
        Counter((note.code, note.values.get("value", "").replace(".", "").replace(",", "")) for note in found.notes),
        found.form.filled_cells,
    )


def read(book: openpyxl.Workbook, asked: FormPlan) -> FormReading:
    stream = io.BytesIO()
    book.save(stream)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "formulir.xlsx"
        path.write_bytes(stream.getvalue())
        return understand(locate(open_workbook(path), asked), asked, city(), "formulir.xlsx", kinds=KINDS)


def written(asked: FormPlan, picks: Random) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_form(asked, filled(filling(asked, picks), DEFINITIONS))))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 2**32),
    edits=st.lists(st.sampled_from(HARMLESS), max_size=5),
    once=st.one_of(st.none(), st.sampled_from(ONCE)),
)
def test_typical_edits_change_nothing(seed: int, edits: list[Edit], once: Edit | None) -> None:
    picks = Random(seed)  # noqa: S311 - chance for a test, reproducible by its seed
    asked = planned(picks)
    book = written(asked, picks)
    before = content(read(book, asked))
    for edit in [*edits, *([once] if once else [])]:
        edit(book, picks)
    assert content(read(book, asked)) == before


# What people do that may cost something: then it is said.


def any_sheet(book: openpyxl.Workbook, picks: Random) -> Worksheet:
    """One that people fill, marked or not, nothing merged in it."""
    unmerge(book, picks)
    return picks.choice([sheet for sheet in book.worksheets if sheet.title not in ("Petunjuk", IDENTITY_SHEET)])


def spoil_keys(book: openpyxl.Workbook, picks: Random) -> None:
    sheet = any_sheet(book, picks)
    for row in picks.sample(range(1, sheet.max_row + 1), min(3, sheet.max_row)):
        mark = str(sheet.cell(row, 1).value or "")
        if not mark.startswith("zz"):
            sheet.cell(row, 1).value = picks.choice([None, "x", "99.99.01@2022#0000", mark[:-1]])


def drop_marks(book: openpyxl.Workbook, picks: Random) -> None:
    unmerge(book, picks)
    sheets = form_sheets(book)
    for sheet in sheets[: picks.randint(0, len(sheets))]:
        sheet.delete_cols(1)


def spoil_column(book: openpyxl.Workbook, picks: Random) -> None:
    """Both names of a column gone."""
    sheet = any_sheet(book, picks)
    column = picks.randint(1, sheet.max_column)
    for row in range(1, min(sheet.max_row, 9)):
        sheet.cell(row, column).value = picks.choice([None, "entah"])


def delete_heads(book: openpyxl.Workbook, picks: Random) -> None:
    any_sheet(book, picks).delete_rows(1, picks.randint(1, 8))


def rewrite_names(book: openpyxl.Workbook, picks: Random) -> None:
    sheet = any_sheet(book, picks)
    for row in picks.sample(range(1, sheet.max_row + 1), min(4, sheet.max_row)):
        sheet.cell(row, picks.randint(2, 5)).value = picks.choice(["Mawar", "Telaga Biru", "1.1", "Utara", 2022, None])


def copy_and_change(book: openpyxl.Workbook, picks: Random) -> None:
    copy = book.copy_worksheet(any_sheet(book, picks))
    rows = data_rows(copy)
    for row in picks.sample(rows, min(4, len(rows))):
        copy.cell(
            row, picks.randint(min(6, copy.max_column), copy.max_column + 1)
        ).value = f"zz{picks.randint(1, 10**9)}"


def repeat_rows(book: openpyxl.Workbook, picks: Random) -> None:
    sheet = any_sheet(book, picks)
    row, target = picks.randint(1, sheet.max_row), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        value = sheet.cell(row, column).value
        is_ours = isinstance(value, str) and value.startswith("zz")
        sheet.cell(target, column).value = f"zz{picks.randint(1, 10**9)}" if is_ours else value


HARMFUL: tuple[Edit, ...] = (
    spoil_keys,
    drop_marks,
    spoil_column,
    delete_heads,
    rewrite_names,
    copy_and_change,
    repeat_rows,
    rename,
    drop_identity,
)


def sentinels(book: openpyxl.Workbook) -> Iterator[tuple[str, int, str, str]]:
    """Sheet, row, letters of the column, and text of every value of ours that is still in the workbook."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("zz"):
                    letters = cell_name(0, (cell.column or 1) - 1)[:-1]
                    yield sheet.title, cell.row or 0, letters, cell.value


def understood(found: FormReading) -> set[str]:
    answers = {text for each in found.answers for text in (each.choice, each.note)}
    tables = {cell.text for table in found.tables for row in table.rows for cell in row.cells}
    definitions = {cell.text for table in found.tables for cell in table.definitions}
    declared = {
        text
        for each in found.declarations
        for text in (each.file_name, each.number, each.signatory, each.caption, each.url, *each.questions)
    }
    return answers | tables | definitions | declared


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), edits=st.lists(st.sampled_from(HARMFUL), min_size=1, max_size=4))
@example(seed=4404, edits=[repeat_rows, repeat_rows, spoil_keys, spoil_keys])  # headings copied below the rows
def test_nothing_is_lost_without_a_word(seed: int, edits: list[Edit]) -> None:
    picks = Random(seed)  # noqa: S311 - chance for a test, reproducible by its seed
    asked = planned(picks)
    numbers = iter(range(10**6))
    values = {
        key: {
            row: dict.fromkeys(cells, "") | {name: f"zz{next(numbers)}" for name in cells}
            for row, cells in rows.items()
        }
        for key, rows in filling(asked, picks).items()
    }
    book = openpyxl.load_workbook(io.BytesIO(write_form(asked, filled(values))))
    for edit in edits:
        edit(book, picks)
    found = read(book, asked)
    if not found.form.is_taken:
        assert found.notes
        return
    texts = understood(found)
    named = {(note.place.sheet, note.place.cell) for note in found.notes}
    sheets = {note.place.sheet for note in found.notes if note.code == "form-sheet-foreign"}
    rows = {(sheet, "".join(filter(str.isdigit, cell))) for sheet, cell in named}
    columns = {(sheet, "".join(filter(str.isalpha, cell))) for sheet, cell in named}
    covered = {
        text
        for sheet, row, letters, text in sentinels(book)
        if sheet in sheets or (sheet, str(row)) in rows or (sheet, letters) in columns
    }
    missing = any(note.code == "form-sheet-missing" for note in found.notes)
    known = {sheet for sheet, _ in named} | {table.sheet for table in found.tables}
    known |= {each.place.sheet for each in found.answers} | {each.place.sheet for each in found.declarations}
    lost = [each for each in sentinels(book) if each[3] not in texts | covered and (each[0] in known or not missing)]
    assert lost == []


PIECES: tuple[RawValue, ...] = (
    *(None, "", " ", "x", "-", "zz", 0.0, 1.1, 4.10, 1e308, float("inf"), float("nan"), True),
    *(datetime(2024, 2, 1), datetime(2024, 2, 1).date(), time(8), timedelta(days=3)),  # noqa: DTZ001 - cells have no zone
    *("kla:jawaban::opd:dinkes", "kla:tabel:lahir:opd:dinkes", "kla:tabel:hilang:opd:dinkes", "kla:sisa::opd:dinkes"),
    *("kla:bukti::opd:dinkes", "kla:jawaban::opd:dinsos", "kla:", "kla:::", "kol", "kepala", "ket", "def:usia", "def:"),
    *("nomor", "jawaban", "poin", "catatan", "anak.L", "anak.LP", "berkas", "pertanyaan", "dari", "tahun", "kode"),
    *("Nomor", "Jawaban", "Jumlah anak (jiwa)", "L", "P", "L+P", "Kecamatan", "Tahun", "Batas usia anak", "< 18"),
    *("Nama berkas", "Untuk pertanyaan", "1.1", "1.10", "Mawar", "Utara", "2022", 2022.0, "99.99.01.1001", "#0000"),
    *(row_mark(plan(), ANSWERS, "", key) for key in ("1.1", "9.9", "+1")),
    *(row_mark(plan(), TABLE, "lahir", key) for key in ("99.99.01.1001@2022", "kota")),
    *("kla-dosir-formulir", "pengisi", "opd:dinkes", "instrumen", "2024", "1"),
)
ODD_GRIDS = st.builds(
    lambda name, rows, errors, uncalculated, merged, is_hidden, is_cut: make_grid(
        name,
        rows,
        is_hidden=is_hidden,
        is_cut=is_cut,
        merged=merged,
        errors=dict.fromkeys(errors, "#REF!"),
        uncalculated=uncalculated,
    ),
    st.sampled_from(["Jawaban", "_kla", "Kelahiran", "Jawaban (2)", "Isian Lama", "Daftar Bukti", ""]),
    st.lists(st.lists(st.sampled_from(PIECES), max_size=9), max_size=9),
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4),
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4),
    st.lists(st.tuples(*[st.integers(0, 9)] * 4), max_size=2),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ODD_GRIDS, max_size=3), st.booleans())
def test_no_workbook_makes_the_reader_fail(grids: list[Grid], has_macros: bool) -> None:  # noqa: FBT001 - drawn
    asked = plan()
    found = understand(locate(Workbook(tuple(grids), has_macros), asked), asked, city(), "x", kinds=KINDS)
    assert found.form.is_taken or found.notes


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_forms_saved_as_xls_and_ods_read_the_same(tmp_path: Path) -> None:
    """By LibreOffice itself: types, merged cells and hidden sheets as other programs leave them."""
    source = tmp_path / "formulir.xlsx"
    source.write_bytes(full_form())
    direct = content(understand(locate(open_workbook(source), plan()), plan(), city(), "", kinds=KINDS))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    for suffix in ("xls", "ods"):
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        book = open_workbook(tmp_path / f"formulir.{suffix}")
        assert content(understand(locate(book, plan()), plan(), city(), "", kinds=KINDS)) == direct
    assert {key for key, rows in FULL.items() if rows} >= {(ANSWERS, ""), (EVIDENCE, ""), (TABLE, "lahir")}
