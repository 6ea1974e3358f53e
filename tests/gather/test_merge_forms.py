"""Two forms of one filler: the first counts, the second fills its blanks, and every difference names both cells."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from flows.gather import Gathered, assemble
from flows.gather.filled import Filled
from flows.model import (
    Answer,
    CellState,
    ColumnType,
    Condition,
    Declaration,
    EvidenceFile,
    Framework,
    GatheredTable,
    Manifest,
    Media,
    Place,
    ReadForm,
    RowKind,
    TableCell,
    TableColumn,
    TableRow,
    TableSchema,
    TableSource,
)
from tests.gather.kit import instrument

NAME = "Formulir KLA 2024 - Dinas Kesehatan.xlsx"
FIRST, SECOND = f"Dinkes/z/{NAME}", "Dinkes/a/Formulir KLA 2024 - Dinas Kesehatan (1).xlsx"
COLUMNS = (TableColumn("anak", "Anak", ColumnType.COUNT, by_sex=True), TableColumn("nama", "Nama", ColumnType.TEXT))


def framework() -> Framework:
    tables = {
        schema_id: TableSchema(
            schema_id, schema_id, schema_id, kind, both_years=True, columns=COLUMNS, questions=("12.1",), suppliers=()
        )
        for schema_id, kind in (("wilayah", RowKind.DISTRICT), ("mitra", RowKind.LIST))
    }
    return dataclasses.replace(instrument(), tables=tables)


def answer(path: str, choice: str = "", points: float | None = None, note: str = "", question: str = "12.1") -> Answer:
    return Answer(question, "dinkes", choice, points, note, Place(path, "Jawaban", "F7"))


def cell(column: str, value: float | str | None, address: str, part: str = "") -> TableCell:
    if value is None:
        return TableCell(column, part, CellState.EMPTY, cell=address)
    if isinstance(value, str):
        return TableCell(column, part, CellState.VALUE, None, value, address)
    return TableCell(column, part, CellState.VALUE, value, "", address)


def line(key: str, *cells: TableCell, year: int | None = 2023) -> TableRow:
    return TableRow(key, key, year, 9, cells)


def table(path: str, *rows: TableRow, schema: str = "wilayah", definitions: Sequence[TableCell] = ()) -> GatheredTable:
    return GatheredTable(schema, "dinkes", path, "Akta", TableSource.FORM, rows, ("anak",), tuple(definitions))


def form(path: str, filler: str = "opd:dinkes", **more: object) -> Filled:
    return Filled(ReadForm(path, "dinkes", is_taken=bool(filler)), filler=filler, file_name=NAME, **more)  # type: ignore[arg-type]


def together(*forms: Filled, sha256: str = "") -> Manifest:
    files = tuple(
        EvidenceFile(one.form.path, "dinkes", 9, Condition.GOOD, Media.FORM, sha256 or one.form.path)
        for one in forms
        if one.form
    )
    return assemble([Gathered(files, (), filled=tuple(reversed(forms)))], framework())


def values(manifest: Manifest) -> dict[tuple[str, str, str, str], object]:
    """Path, row, column and part of every filled cell."""
    return {
        (one.path, row.key, each.column, each.part): each.number if each.number is not None else each.text
        for one in manifest.tables
        for row in one.rows
        for each in row.cells
        if each.state is not CellState.EMPTY
    }


def test_the_form_with_the_name_it_was_handed_out_under_comes_first() -> None:
    manifest = together(form(SECOND, answers=(answer(SECOND, "Ya"),)), form(FIRST, answers=(answer(FIRST, "Tidak"),)))
    assert [one.choice for one in manifest.answers] == ["Tidak"]
    (note,) = manifest.form_notes
    assert (note.code, note.place, note.question_id) == ("forms-disagree", Place(SECOND, "Jawaban", "F7"), "12.1")
    assert note.values == {"value": "Ya", "other": f'{FIRST} lembar "Jawaban" sel F7', "other_value": "Tidak"}
    assert [one.path for one in manifest.forms] == [SECOND, FIRST]


def test_a_difference_is_told_at_the_cell_where_it_stands() -> None:
    """Not at the answer beside it, where both forms may say the same."""
    said = [
        dataclasses.replace(answer(path, "Ya", points, note), points_cell="G7", note_cell="H7")
        for path, points, note in ((FIRST, 2.0, "Satu"), (SECOND, 3.0, "Dua"))
    ]
    manifest = together(form(FIRST, answers=(said[0],)), form(SECOND, answers=(said[1],)))
    assert [note.place.cell for note in manifest.form_notes] == ["G7", "H7"]
    assert [note.values["other"][-2:] for note in manifest.form_notes] == ["G7", "H7"]


def test_without_such_a_name_the_first_path_comes_first() -> None:
    paths = ("Dinkes/Formulir KLA a.xlsx", "Dinkes/Formulir KLA b.xlsx")
    manifest = together(*(form(path, answers=(answer(path, path),)) for path in paths))
    assert [one.choice for one in manifest.answers] == [paths[0]]


def test_blanks_of_an_answer_are_filled_and_spelling_is_no_difference() -> None:
    manifest = together(
        form(FIRST, answers=(answer(FIRST, "ya", None, "Catatan"),)),
        form(SECOND, answers=(answer(SECOND, "Ya ", 3.0, "catatan."), answer(SECOND, "Ada", question="12.2"))),
    )
    assert manifest.form_notes == ()
    first, second = manifest.answers
    assert (first.choice, first.points, first.note, first.place.path) == ("ya", 3.0, "Catatan", FIRST)
    assert (second.question_id, second.choice, second.place.path) == ("12.2", "Ada", SECOND)


def test_points_that_differ_are_worded_as_indonesian_numbers() -> None:
    manifest = together(
        form(FIRST, answers=(answer(FIRST, points=2.5),)), form(SECOND, answers=(answer(SECOND, points=3.0),))
    )
    assert [(one.values["value"], one.values["other_value"]) for one in manifest.form_notes] == [("3", "2,5")]
    assert manifest.answers[0].points == 2.5


def test_every_cell_keeps_the_place_it_was_read_from() -> None:
    manifest = together(
        form(FIRST, tables=(table(FIRST, line("1", cell("anak", 5.0, "D7", "L"), cell("anak", None, "E7", "P"))),)),
        form(
            SECOND,
            tables=(
                table(
                    SECOND,
                    line("1", cell("anak", 6.0, "D9", "L"), cell("anak", 4.0, "E9", "P")),
                    line("2", cell("anak", 8.0, "D10", "L")),
                ),
            ),
        ),
    )
    assert values(manifest) == {
        (FIRST, "1", "anak", "L"): 5.0,
        (SECOND, "1", "anak", "P"): 4.0,
        (SECOND, "2", "anak", "L"): 8.0,
    }
    (note,) = manifest.form_notes
    assert note.place == Place(SECOND, "Akta", "D9")
    assert note.values == {"value": "6", "other": f'{FIRST} lembar "Akta" sel D7', "other_value": "5"}


def test_the_same_figures_twice_are_one_table() -> None:
    rows = (line("1", cell("anak", 5.0, "D7", "L"), cell("anak", None, "E7", "P")),)
    definitions = (cell("usia", "18", "C3"),)
    manifest = together(
        *(form(path, tables=(table(path, *rows, definitions=definitions),)) for path in (FIRST, SECOND))
    )
    assert [one.path for one in manifest.tables] == [FIRST]
    assert manifest.form_notes == ()


def test_years_of_one_row_are_rows_of_their_own() -> None:
    manifest = together(
        form(FIRST, tables=(table(FIRST, line("1", cell("anak", 5.0, "D7"), year=2022)),)),
        form(SECOND, tables=(table(SECOND, line("1", cell("anak", 6.0, "D8"), year=2023)),)),
    )
    assert manifest.form_notes == ()
    assert len(values(manifest)) == 2


def test_definitions_that_differ_are_noted() -> None:
    manifest = together(
        form(FIRST, tables=(table(FIRST, definitions=(cell("usia", "18", "C3"),)),)),
        form(SECOND, tables=(table(SECOND, definitions=(cell("usia", "19", "C3"),)),)),
    )
    assert [(one.values["value"], one.values["other_value"]) for one in manifest.form_notes] == [("19", "18")]


def test_lists_are_joined_and_lines_that_are_in_both_stand_once() -> None:
    def lines(path: str, *names: str) -> GatheredTable:
        rows = (line(str(n), cell("nama", name, f"B{n}"), year=None) for n, name in enumerate(names, 7))
        return table(path, *rows, schema="mitra")

    manifest = together(
        form(FIRST, tables=(lines(FIRST, "Contoh A", "Contoh B", "Contoh B"),)),
        form(SECOND, tables=(lines(SECOND, "Contoh B", "Contoh C"),)),
    )
    assert [(one.path, [row.cells[0].text for row in one.rows]) for one in manifest.tables] == [
        (SECOND, ["Contoh C"]),
        (FIRST, ["Contoh A", "Contoh B", "Contoh B"]),
    ]
    assert manifest.form_notes == ()


def test_lists_of_evidence_are_united() -> None:
    def rows(path: str, *names: str) -> tuple[Declaration, ...]:
        return tuple(
            Declaration("dinkes", name, (), ("12.1",), Place(path, "Daftar Bukti", f"B{n}"))
            for n, name in enumerate(names, 7)
        )

    manifest = together(
        form(FIRST, declarations=rows(FIRST, "a.pdf", "b.pdf")),
        form(SECOND, declarations=rows(SECOND, "b.pdf", "c.pdf")),
    )
    assert [one.file_name for one in manifest.declarations] == ["c.pdf", "a.pdf", "b.pdf"]


def test_a_copy_with_the_same_bytes_is_silent() -> None:
    def one(path: str) -> Filled:
        return form(path, tables=(table(path, line("1", cell("anak", 5.0, "D7"))),), answers=(answer(path, "Ya"),))

    manifest = together(one(FIRST), one(SECOND), sha256="sama")
    assert len(manifest.answers) == len(manifest.tables) == 1
    assert manifest.form_notes == ()
    assert len(manifest.forms) == 2


def test_forms_of_different_fillers_and_refused_ones_are_not_compared() -> None:
    manifest = together(
        form(FIRST, answers=(answer(FIRST, "Ya"),)),
        form(SECOND, "opd:dinsos", answers=(answer(SECOND, "Tidak"),)),
        form("Dinkes/x.xlsx", ""),
        form("Dinkes/y.xlsx", ""),
    )
    assert manifest.form_notes == ()
    assert len(manifest.answers) == 2


def test_of_a_wholly_different_form_some_differences_per_sheet_are_named() -> None:
    def many(path: str, shift: float) -> GatheredTable:
        return table(path, *(line(str(n), cell("anak", n + shift, f"D{n}")) for n in range(100)))

    manifest = together(form(FIRST, tables=(many(FIRST, 0),)), form(SECOND, tables=(many(SECOND, 0.5),)))
    assert 0 < len(manifest.form_notes) < 50


def test_long_texts_are_shortened_in_words_only() -> None:
    manifest = together(
        form(FIRST, answers=(answer(FIRST, note="a" * 500),)), form(SECOND, answers=(answer(SECOND, note="b" * 500),))
    )
    assert len(manifest.form_notes[0].values["value"]) < 200
    assert manifest.answers[0].note == "a" * 500
