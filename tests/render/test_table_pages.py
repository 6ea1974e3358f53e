"""The tables on paper: inside the margins, tagged, the same bytes twice."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from flows.model import ColumnType, RowKind, TableColumn
from tests.builders.values import Case, evidence_file
from tests.render.printing import book_of, pressing, print_case
from tests.render.table_cases import Invented, answer, every_kind, link, row, schema, sexes, standing, with_tables

LEFT_MM, RIGHT_MM, TOP_MM, BOTTOM_MM = 30, 210 - 25, 297 - 12, 8
MM = 72 / 25.4


def giant() -> Invented:
    """Figures, labels and text that no table was made for."""
    columns = (
        TableColumn("besar", "Dana" + "x" * 90, ColumnType.MONEY, by_sex=True),
        TableColumn("teks", "Keterangan", ColumnType.TEXT),
        *(TableColumn(f"k{n}", f"Ukuran contoh {n}", ColumnType.COUNT) for n in range(12)),
    )
    about = schema("raksasa", RowKind.DISTRICT, columns, ("3.2",))
    values = sexes("besar", 99_999_999_999_999, 88_888_888_888_888) | {"teks": "tanpaspasi" * 60}
    counts = {f"k{n}": 12_345_678.0 for n in range(12)}
    rows = [row(f"a{n}", "Wilayah" + "y" * 60, year, values | counts) for year in (2022, 2023) for n in range(3)]
    return Invented(about, standing(about, rows))


def tall() -> Invented:
    """A list whose rows are taller than a page."""
    columns = tuple(TableColumn(f"t{n}", f"Teks {n}", ColumnType.TEXT) for n in range(5))
    about = schema("tinggi", RowKind.LIST, columns, ("3.3",))
    long = {f"t{n}": f"AWAL{n} " + "kata contoh panjang " * 80 + f"UJUNG{n}" for n in range(5)}
    return Invented(about, standing(about, [row("1", "", None, long), row("2", "", None, long)]))


def whole_case() -> Case:
    value = with_tables(*every_kind(), giant(), tall(), proofs={"1.1": [evidence_file("D/1.1 SK.pdf")]})
    notes = {"1.1": answer("1.1", "Ya", "Catatan contoh. " * 40), "1.2": answer("1.2", "x" * 300, "y" * 900)}
    links = {"1.1": (link("1.1", "https://contoh.invalid/" + "a" * 300),)}
    return replace(value, assessment=replace(value.assessment, answers=notes, references=links))


def chapters(folder: Path) -> list[bytes]:
    """The chapters alone, set by children of their own."""
    value = whole_case()
    book = book_of(value)
    with pressing(folder) as press:
        made = press.typeset_all([book.chapter(block) for block in value.framework.blocks])
        return [each.path.read_bytes() for each in made]


@dataclass(frozen=True)
class Printed:
    """The book."""

    path: Path
    pages: list[str]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    folder = tmp_path_factory.mktemp("buku")
    print_case(whole_case(), folder)
    with pypdfium2.PdfDocument(folder / "dosir.pdf") as pdf:
        yield Printed(folder / "dosir.pdf", [page.get_textpage().get_text_bounded() for page in pdf])


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    """Whole books are compared elsewhere."""
    once, again = (chapters(tmp_path / name) for name in ("satu", "dua"))
    assert once == again
    assert len(once) == len(whole_case().framework.blocks)


def test_nothing_leaves_the_margins(printed: Printed) -> None:
    with pypdfium2.PdfDocument(printed.path) as pdf:
        for number, page in enumerate(pdf):
            if number == 0:
                continue  # the cover has margins of its own
            for each in page.get_objects(max_depth=1):  # what a chart holds is told in the coordinates of the chart
                left, bottom, right, top = (edge / MM for edge in each.get_bounds())
                where = f"page {number + 1}: {left:.1f} {bottom:.1f} {right:.1f} {top:.1f}"
                assert LEFT_MM - 1 <= left <= right <= RIGHT_MM + 1, where
                assert BOTTOM_MM - 3 <= bottom <= top <= TOP_MM + 1, where


def test_rows_taller_than_a_page_are_continued(printed: Printed) -> None:
    text = " ".join(printed.pages)
    for place in range(5):
        assert text.count(f"AWAL{place}") == text.count(f"UJUNG{place}") == 2


def test_a_caption_is_never_left_behind_by_its_table(printed: Printed) -> None:
    for text in printed.pages:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        tail = [line for line in lines[-5:] if line.startswith("Tabel ") and line[6].isdigit()]
        assert not tail or "Daftar Tabel" in text, tail


def test_cells_know_their_heads(printed: Printed) -> None:
    with pikepdf.open(printed.path) as pdf:
        heads, cells = set(), []
        waiting = [pdf.Root.StructTreeRoot.K]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting.extend(element)
            elif isinstance(element, pikepdf.Dictionary):
                if element.get("/S") == "/TH":
                    heads.add(str(element.get("/ID", "")))
                if element.get("/S") == "/TD":
                    cells.append(element)
                if "/K" in element:
                    waiting.append(element.K)
        assert len(cells) > 500
        for cell in cells:
            assert len(cell.A.Headers) >= 2
            assert {str(head) for head in cell.A.Headers} <= heads


def test_a_clickable_link_leaves_the_book_and_no_other_does(printed: Printed) -> None:
    with pikepdf.open(printed.path) as pdf:
        targets = {str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link}
    assert targets == {"https://contoh.invalid/" + "a" * 300}
