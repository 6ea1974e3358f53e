"""The year a table of an agency's own speaks of, where its columns and lines name none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from flows.forms.grid import Grid
from flows.gather.headings import years_in
from flows.gather.sheet_heads import has_figures, text_at
from flows.model import City


def words_above(grid: Grid, row: int, *, to_top: bool = False) -> str:
    """What stands above a row, of 0 and up: the lines back to the last one with a figure, or all there are."""
    top = row
    while top > 0 and (to_top or not has_figures(grid, top - 1)):
        top -= 1
    return " ".join(text_at(grid, each, column) for each in range(top, row) for column, _ in grid.cells(each))


def names_year(text: str, years: Sequence[int]) -> bool:
    """Whether ``text`` names one of ``years``."""
    return bool(years) and any(year in years for year in years_in(text, max(years)))


def year_of_sheet(grid: Grid, top: int, city: City, path: str) -> int | None:
    """The year of the table headed in row ``top``: said right above it, further up, by the sheet's name or the file's.

    A data year counts before any other, and of several data years none.
    """
    stem = PurePosixPath(path).stem
    for text in (words_above(grid, top), words_above(grid, top, to_top=True), grid.name, stem):
        asked = [year for year in years_in(text, city.evaluation_year) if year in city.data_years]
        if asked:
            return asked[0] if len(asked) == 1 else None
    for text in (grid.name, stem):  # what stands above a head may be the year of a law
        years = years_in(text, city.evaluation_year)
        if len(years) == 1:
            return years[0]
    return None
