"""Numbers over several lines, cells and fields are found; figures that stand below each other are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from flows.model import ExposureKind
from flows.privacy import find_numbers, stacked_in_lines, stacked_in_rows
from tests.gather.kit import workbook
from tests.gather.pdf_kit import Piece, drawn
from tests.gather.scan_kit import MASKED, NIK, docx, look, pdf_with

HEAD, REST = NIK[:10], NIK[10:]
BROKEN = [["No", "Nama", "Nomor"], ["1", "Anak Rekaan", HEAD], ["", "Satu", REST]]
DOWN = [["Nomor Induk", ""], *(["", digit] for digit in NIK)]
OTHERS = "9971014505130002"
LINES = {
    "blanks": f"No  Nama         NIK         Umur\n1   Anak Rekaan  {HEAD}  11\n    Satu         {REST}\n",
    "drawn": f"│ No │ Nama        │ NIK        │ Umur │\n├────┼─────────────┼────────────┼──────┤\n"
    f"│ 1  │ Anak Rekaan │ {HEAD} │ 11   │\n│    │ Satu        │   {REST}   │      │\n",
    "strokes": f"+---+-------------+------------+\n| 1 | Anak Rekaan | {HEAD} |\n|   | Satu        | {REST}     |\n"
    "+---+-------------+------------+\n",
    "three lines": f"No  Nama    Nomor   Umur\n1   Anak    {NIK[:6]}  11\n    Rekaan  {NIK[6:12]}\n"
    f"    Satu    {NIK[12:]}\n",
    "first column": f"NIK         Nama\n{HEAD}  Anak Rekaan\n{REST}      Satu\n",
    "parts": f"│ 1 │ Anak Rekaan │ {NIK[:6]} │ {NIK[6:12]} │ {NIK[12:]} │\n",
    "double lines": "NIK ║ " + " ║ ".join(NIK) + " ║\n",
    "semicolons": "NIK;" + ";".join(NIK) + "\n",
    "below a year": "Laporan tahun 2023\n" + "\n".join(NIK) + "\nTahun 2023\n",
    "circles": "NIK " + "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in NIK),
}
NO_NUMBERS = {
    "counts in full rows": f"Desa     Jumlah\nAntah    {HEAD}\nBerantah {REST}\n",
    "amounts": f"Uraian  Pagu\nSatu    {HEAD}\n        {REST}\n",
    "account": f"No  Nama   Rekening\n1   Toko   {HEAD}\n           {REST}\n",
    "no date": f"No  Nama   Nomor\n1   Rekaan 9971999999\n           {REST}\n",
    "another column": f"No  Nama    Nomor       Lain\n1   Rekaan  {HEAD}  a\n                        {REST}\n",
}
FORM = (("Nama", "ANAKREKAANSATU"), ("NIK", NIK), ("Lahir", "05052012"))


@pytest.mark.parametrize("case", LINES)
def test_a_number_in_a_table_of_plain_text_is_found(tmp_path: Path, case: str) -> None:
    assert examples(tmp_path, "a.txt", LINES[case].encode()) == {MASKED}


@pytest.mark.parametrize("case", NO_NUMBERS)
def test_figures_below_each_other_are_no_number(case: str) -> None:
    assert list(stacked_in_lines(NO_NUMBERS[case])) == []


def test_a_cell_of_a_table_written_with_strokes_breaks_where_it_says(tmp_path: Path) -> None:
    text = f"| No | Nama | NIK |\n|--|--|--|\n| 1 | Anak Rekaan | {NIK[:8]}<br>{NIK[8:]} |\n"
    assert examples(tmp_path, "a.md", text.encode()) == {MASKED}


@pytest.mark.parametrize("rows", [BROKEN, DOWN])
def test_a_number_over_rows_is_found_in_sheets_and_documents(tmp_path: Path, rows: list[list[str]]) -> None:
    def fill(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
        table = document.add_table(len(rows), len(rows[0]))
        for number, row in enumerate(rows):
            for at, text in enumerate(row):
                table.rows[number].cells[at].text = text

    assert examples(tmp_path, "a.xlsx", workbook(rows)) == {MASKED}
    assert examples(tmp_path, "a.docx", docx(fill)) == {MASKED}


def test_the_cell_in_which_a_broken_number_begins_is_told(tmp_path: Path) -> None:
    (found,) = (one for one in look(tmp_path, "a.xlsx", workbook(BROKEN)).exposures if one.example == MASKED)
    assert (found.cell, found.count) == ("C2", 1)


def test_boxes_may_be_parted_by_strokes(tmp_path: Path) -> None:
    row = ["NIK", *NIK[:6], "-", *NIK[6:12], "-", *NIK[12:]]
    assert examples(tmp_path, "a.xlsx", workbook([row])) == {MASKED}


def test_a_column_of_marks_is_no_number() -> None:
    """Sixteen lines of a questionnaire with a digit each, numbered, or beside other marks."""
    numbered = [[str(number), digit] for number, digit in enumerate(NIK, start=1)]
    marked = [[digit, str(number % 5)] for number, digit in enumerate(NIK)]
    assert [*stacked_in_rows(numbered), *stacked_in_rows(marked)] == []
    assert list(stacked_in_rows([[digit] for digit in NIK * 20])) == []


def test_figures_of_villages_are_no_number() -> None:
    """Below a heading that speaks of identity cards, 1104 and what follows are counts, though like a region."""
    rows = [["Desa", "Perekaman KTP-el", "L"], *(["Antah", part, "7"] for part in ("1104", "0101", "1200", "0001"))]
    assert list(stacked_in_rows(rows)) == []


def test_a_number_over_lines_and_boxes_of_a_page_is_found(tmp_path: Path) -> None:
    cells: list[Piece] = [(50, 700, "1"), (80, 700, "Anak Rekaan"), (200, 700, HEAD), (300, 700, "Perempuan")]
    cells += [(80, 688, "Satu"), (200, 688, REST)]
    assert examples(tmp_path, "a.pdf", drawn(cells)) == {MASKED}
    down: list[Piece] = [(50, 760, "Tahun 2023"), *((300, 700 - 20 * at, digit) for at, digit in enumerate(NIK))]
    assert examples(tmp_path, "b.pdf", drawn(down)) == {MASKED}


@pytest.mark.parametrize("nested", [False, True])
def test_a_number_over_the_fields_of_a_form_is_found(tmp_path: Path, *, nested: bool) -> None:
    """A field for each box, as old forms have it; beside it the boxes of a name and of a day."""

    def fill(document: pikepdf.Pdf) -> None:
        fields = [
            document.make_indirect(pikepdf.Dictionary(T=f"{name}{at}", V=sign))
            for name, text in FORM
            for at, sign in enumerate(text, start=1)
        ]
        if nested:
            fields = [document.make_indirect(pikepdf.Dictionary(T="Formulir", Kids=pikepdf.Array(fields)))]
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))

    assert examples(tmp_path, "a.pdf", pdf_with(fill)) == {MASKED}


def test_marks_of_notes_belong_to_no_number() -> None:
    (found,) = find_numbers(f"NIK {NIK}² dan {OTHERS[:4]}")
    assert found.masked == MASKED


def examples(folder: Path, name: str, content: bytes) -> set[str]:
    """The masked numbers found in a file."""
    kinds = {ExposureKind.RESIDENT_NUMBER, ExposureKind.FAMILY_CARD}
    return {one.example for one in look(folder, name, content).exposures if one.kind in kinds}
