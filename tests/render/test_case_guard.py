"""What forms say of children never leaves with the book, whoever has lifted what: only the house reads it."""

from __future__ import annotations

import pytest

from flows.framework import load_framework
from flows.model import Framework, Outcome, StandingRow, StandingTable
from flows.page_wording import CHILDREN_NAMED, PERSON_NUMBERED
from flows.render.case_guard import CaseGuard

NAMED = (
    "Ananda Zulaika Rekaan (13 tahun), SMPN Antah 9, korban; Bontang Karangan (11 tahun), SDN Antah; "
    "Melur Fiktif (9 tahun)"
)
HARMLESS = "Gugus Tugas ditetapkan dengan SK Wali Kota; layanan bagi anak usia 13, 11, dan 9 tahun berjalan."


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(2024)


def partnership(*texts: str) -> StandingTable:
    """The table of partners, with a text in one column."""
    rows = tuple(
        StandingRow(str(number), "", None, {"mitra": f"Mitra Contoh {number}", "peran": text})
        for number, text in enumerate(texts, start=1)
    )
    return StandingTable("kemitraan", Outcome.COMPLETE, rows, (), (), (), {}, ())


def test_a_text_that_names_children_is_not_printed(framework: Framework) -> None:
    guard = CaseGuard.of({}, framework)
    question = framework.questions[0]
    assert guard.note(question, NAMED) == CHILDREN_NAMED
    assert guard.answer(question, NAMED) == CHILDREN_NAMED
    assert guard.note(question, HARMLESS) == HARMLESS


def test_an_answer_that_should_be_a_number_is_looked_at_too(framework: Framework) -> None:
    guard = CaseGuard.of({}, framework)
    numbers = [each for each in framework.questions if each.is_sensitive and each.answer.kind == "angka"]
    assert numbers
    assert {guard.answer(question, NAMED) for question in numbers} == {CHILDREN_NAMED}


def test_the_house_reads_it(framework: Framework) -> None:
    guard = CaseGuard.of({"kemitraan": partnership(NAMED)}, framework, names_children=True)
    assert guard.note(framework.questions[0], NAMED) == NAMED
    assert guard.tables["kemitraan"].table.rows[0].values["peran"] == NAMED


def test_texts_of_a_table_that_names_children_are_not_printed(framework: Framework) -> None:
    rows = CaseGuard.of({"kemitraan": partnership("Pelatihan", NAMED)}, framework).tables["kemitraan"].table.rows
    assert [row.values["peran"] for row in rows] == ["Pelatihan", CHILDREN_NAMED]
    assert not any("Rekaan" in str(value) for row in rows for value in row.values.values())


@pytest.mark.parametrize("text", ["9971••••••••0001", "ANAK REKAAN SATU NIK 9971••••••••0001"])
def test_a_text_with_the_number_of_a_person_is_not_printed_beside_a_name(framework: Framework, text: str) -> None:
    """The digits were masked when the form was read; whoever knows the name needs no more of them."""
    guard = CaseGuard.of({"kemitraan": partnership("Pelatihan", text)}, framework)
    for question in framework.questions:
        assert guard.note(question, text) == guard.answer(question, text) == PERSON_NUMBERED
    rows = guard.tables["kemitraan"].table.rows
    assert [row.values["peran"] for row in rows] == ["Pelatihan", PERSON_NUMBERED]
    assert rows[1].values["mitra"] == PERSON_NUMBERED
    house = CaseGuard.of({}, framework, names_children=True)
    assert house.note(framework.questions[0], text) == text


def test_a_list_over_several_rows_takes_the_texts_of_all(framework: Framework) -> None:
    """Each row names one child only, and none of them may stay."""
    children = [f"{name} Rekaan, 13 tahun, kelas 7, SMPN Antah 9" for name in ("Zulaika", "Bontang", "Melur")]
    rows = CaseGuard.of({"kemitraan": partnership(*children)}, framework).tables["kemitraan"].table.rows
    assert [row.values["peran"] for row in rows] == [CHILDREN_NAMED] * 3


def test_a_table_that_names_none_stays(framework: Framework) -> None:
    table = partnership("Pelatihan", HARMLESS)
    assert CaseGuard.of({"kemitraan": table}, framework).tables["kemitraan"].table == table
