"""Sheets wider than a page: no column is lost on the way, and every part can be read by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows import bounds
from flows.forms.grid import make_grid
from flows.forms.grid_hidden import Shape
from flows.forms.raw import RawValue
from flows.render.annex.table_parts import divided
from flows.render.annex.table_view import TableView, view_of
from tests.render.annex.test_prepared_tables import prepared, text_of, workbook

MONTHS = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)]
COLUMNS = ["No", "Puskesmas", *MONTHS, *(f"Ukuran{number}" for number in range(1, 20))]


def recap(
    columns: int = len(COLUMNS), rows: int = 4, merged: list[tuple[int, int, int, int]] | None = None
) -> TableView:
    """A number, a name, and figures for every month, below a title over all of them."""
    title: list[RawValue] = ["REKAPITULASI", *[None] * (columns - 1)]
    heads: list[RawValue] = [*(COLUMNS + [f"K{number}" for number in range(columns)])[:columns]]
    body: list[list[RawValue]] = [
        [row, f"Puskesmas {row}", *(1000.0 * row + column for column in range(2, columns))] for row in range(1, rows)
    ]
    view = view_of(make_grid("Rekap", [title, heads, *body], merged=merged or [(0, 0, 0, columns - 1)]), Shape())
    assert view is not None
    return view


def heads_of(part: TableView) -> list[str]:
    return [cell.text for cell in part.head[-1]]


def test_every_column_is_in_one_part_and_the_names_of_rows_in_all() -> None:
    parts = divided(recap(), 9)
    assert [part.span for part in parts] == [(1, 23), (24, 45)]
    assert [part.is_cut for part in parts] == [False, False]
    assert heads_of(parts[0]) + heads_of(parts[1])[2:] == COLUMNS
    for part in parts:
        assert heads_of(part)[:2] == ["No", "Puskesmas"]
        assert part.body[1][1].text == "Puskesmas 2"
        assert [cell.column for cell in part.body[0]] == list(range(len(part.widths)))
    assert parts[1].body[0][2].text == "1.023", "a figure stays below its own heading"
    assert heads_of(parts[1])[2] == COLUMNS[23]


def test_a_heading_over_several_columns_is_said_in_every_part_it_reaches() -> None:
    """Else the second half of a year would stand below no year."""
    parts = divided(recap(merged=[(0, 0, 0, 1), (0, 2, 0, 44)]), 9)
    assert [(cell.column, cell.across) for cell in parts[1].head[0]] == [(0, 2), (2, 22)]
    assert all(part.head[0][0].text == "REKAPITULASI" for part in parts)


def test_columns_below_one_heading_stay_together_where_they_can() -> None:
    """Half a year on each part cannot be compared with anything."""
    parts = divided(recap(merged=[(0, 0, 0, 1), (0, 2, 0, 13), (0, 14, 0, 25), (0, 26, 0, 44)]), 9)
    assert [part.span for part in parts] == [(1, 26), (27, 45)]
    assert [cell.across for cell in parts[0].head[0]] == [2, 12, 12]
    three = divided(recap(80, merged=[(0, start, 0, start + 12) for start in range(2, 80, 13)]), 9)
    assert [end - start + 1 for start, end in (part.span for part in three)] == [28, 26, 26]


def test_a_sheet_that_fits_is_not_divided() -> None:
    view = recap(bounds.ANNEX_PART_COLUMNS)
    assert divided(view, 9) == (view,)


def test_parts_beyond_the_bound_are_said_to_be_left_out() -> None:
    """One workbook must not become thicker than a book; what is left out is never left out in silence."""
    only, two = divided(recap(100), 1), divided(recap(100), 2)
    assert [(part.span, part.last_column, part.is_cut) for part in only] == [((1, 30), 30, True)]
    assert [(part.span, part.last_column, part.is_cut) for part in two] == [((1, 30), 58, True), ((31, 58), 58, True)]


def test_notes_below_a_part_count_its_own_cells() -> None:
    long = "kata " * 2_000
    view = view_of(make_grid("A", [["x"] * 40, [*["y"] * 39, long]]), Shape())
    assert view is not None
    assert [part.shortened for part in divided(view, 9)] == [0, 1]


def fill_wide(book: Any) -> None:  # noqa: ANN401  # a library without types
    for name in ("Rekap", "Lain"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, COLUMNS)
        for row in range(1, 6):
            sheet.write_row(row, 0, [row, f"Puskesmas {row}", *range(2, len(COLUMNS))])


def test_a_wide_workbook_is_printed_whole_and_says_which_part_is_which(tmp_path: Path) -> None:
    made = prepared(tmp_path, workbook(fill_wide))
    shown = text_of(made.path)
    assert "Ukuran19" in shown
    assert "Tabel dipotong" not in shown
    assert "Bagian 1 dari 2: kolom 1–23 dari 45." in shown
    assert "Bagian 2 dari 2: kolom 24–45 dari 45." in shown
    assert [mark.title for mark in made.bookmarks] == ["Lembar Rekap", "Lembar Lain"]


def test_wide_sheets_never_keep_another_sheet_from_being_printed(tmp_path: Path) -> None:
    """All sheets come first, further parts only as long as there is room for them."""

    def fill(book: Any) -> None:  # noqa: ANN401  # same
        for number in range(bounds.ANNEX_TABLE_SHEETS):
            book.add_worksheet(f"L{number}").write_row(0, 0, [f"a{column}x" for column in range(60)])

    shown = text_of(prepared(tmp_path, workbook(fill)).path)
    assert f"Lembar L{bounds.ANNEX_TABLE_SHEETS - 1}" in shown
    assert "lembar pertama" not in shown
    assert shown.count("Tabel dipotong: tercetak kolom 1–30 dari 60") == bounds.ANNEX_TABLE_SHEETS
