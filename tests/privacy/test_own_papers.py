"""What the program itself puts into the folders speaks of children on every page, and names none."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from flows.framework.instrument import load_framework
from flows.framework.prepare import prepare
from flows.model import Framework
from flows.privacy import child_list_in_lines, child_list_in_rows, find_numbers


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(2024)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, framework: Framework) -> Path:
    root = tmp_path_factory.mktemp("kota-uji") / "2024"
    prepare(root, "kota-uji", 2024, framework, name="Kota Uji")
    return root


def test_guides_of_a_new_city_hold_no_list_of_children(tree: Path) -> None:
    """Their notice names what must not be handed in; it stood as headings over everything below it."""
    guides = sorted(tree.rglob("*.txt"))
    taken = [path.parent.name for path in guides if child_list_in_lines(path.read_text(encoding="utf-8"), path.stem)]

    assert len(guides) > 30
    assert taken == []
    assert not any(find_numbers(path.read_text(encoding="utf-8")) for path in guides)


def test_workbooks_of_a_new_city_hold_no_list_of_children(tree: Path) -> None:
    """Their hidden sheets of keys name agencies of education."""
    sheets = 0
    for path in sorted(tree.rglob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            sheets += 1
            assert child_list_in_rows(rows, f"{path.stem} {sheet.title}") is None, sheet.title

    assert sheets > 1


def test_questions_of_the_instrument_are_no_list_of_children(framework: Framework) -> None:
    """Agencies print them, and copy them into tables of their own."""
    rows = [(question.id, question.title, "diampu", f"{question.points:g}") for question in framework.questions]

    assert len(rows) > 200
    assert child_list_in_rows(rows, "Jawaban") is None
    assert child_list_in_lines("\n".join(" ".join(row) for row in rows), "Jawaban") is None
