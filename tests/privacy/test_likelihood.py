"""What rules do not decide is weighed by what papers taught: people look at what may name children."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.gather.scanner import Scanner
from flows.model import ExposureKind
from flows.privacy import child_list_in_lines, child_list_in_rows
from flows.privacy.given_names import is_given_name
from flows.privacy.likelihood import ALWAYS, WEIGHTS, likely_children
from flows.privacy.passages import Passage, passages
from flows.privacy.signs import signs_of
from tests.builders.child_signs import HELD_OUT, learned
from tests.privacy.report import ORDINARY, every_document, told_or_asked

WINNERS = (
    "Juara melukis TK: 1 Sari Rekaan 2 Nadia Umpama\njuara SD kls 3: 1 Bagas Khayalan 2 Putri Andaian\n"
    "juara SD kls 4: 1 Dimas Umpama 2 Alya Rekaan"
)
"""Names within lines, beside classes."""
STAFF = "DAFTAR PEGAWAI\nRina Rekaan, S.Pd\nAgus Umpama, M.Si\nJabatan\nKepala Bidang\nAnalis"


def test_the_weights_are_those_that_the_labelled_papers_teach() -> None:
    """Whoever changes a sign, a name or a set learns them anew: ``python -m tests.builders.child_signs``."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        kept = {sign: float(weight) for sign, weight in csv.reader(file)}
    taught = learned()

    assert kept.keys() == taught.keys()
    assert all(abs(kept[sign] - taught[sign]) <= 0.002 for sign in kept)


def test_no_name_is_a_sign() -> None:
    """Names of people in labelled papers are invented, and would teach nothing but their author."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        signs = {sign for sign, _ in csv.reader(file)} - {ALWAYS}

    assert not any(map(is_given_name, signs))


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("lists_fifth.txt", 0.92, 1),
        ("lists_seventh_held.txt", 0.9, 3),
        ("lists_eighth_held.txt", 0.93, 2),
        ("lists_eleventh_held.txt", 0.9, 5),
        ("lists_twelfth_held.txt", 1.0, 1),
        ("lists_thirteenth_held.txt", 0.9, 1),
        ("lists_fifteenth_held.txt", 0.93, 11),
        ("lists_sixteenth_held.txt", 0.92, 8),
    ],
)
def test_of_papers_held_out_few_are_told_to_nobody(name: str, least: float, most: int) -> None:
    """Blocked, or shown to a person; ``most`` papers without children may be, of which half look like such lists."""
    figures = told_or_asked(name)

    assert name in HELD_OUT
    assert figures.recall >= least, figures
    assert figures.wrong <= most, figures


def test_ordinary_pages_are_left_alone() -> None:
    """Signatures, decrees, references, staff, prophets and streets: what most pages that name people are."""
    every = every_document(ORDINARY)
    figures = told_or_asked(ORDINARY)

    assert len(every) >= 60
    assert figures.wrong <= 4, figures


def test_what_is_only_likely_is_no_list() -> None:
    unsure = child_list_in_lines(WINNERS, unsure=True)

    assert child_list_in_lines(WINNERS) is None
    assert child_list_in_rows([(line,) for line in WINNERS.splitlines()]) is None
    assert unsure is not None
    assert (unsure.is_likely, unsure.is_sure) == (True, False)
    assert unsure.clue == "nama, kelas, sekolah"


def test_its_clue_is_made_of_words_of_the_program() -> None:
    """A word of the passage may be a name."""
    found = likely_children(WINNERS.splitlines(), "")

    assert found is not None
    assert not {"sari", "nadia", "bagas", "rekaan", "juara"} & set(found.clue.split())


def test_a_file_tells_of_it_where_no_list_of_children_is_found_in_it() -> None:
    """One that blocks already needs no second look."""
    alone, beside = Scanner(), Scanner()
    alone.look(WINNERS, page=3)
    beside.look(WINNERS, page=3)
    beside.look("No Nama Siswa Kelas\n1 Sari Rekaan IV A\n2 Bagas Khayalan V B", page=4)

    assert [(each.kind, each.page) for each in alone.exposures] == [(ExposureKind.LIKELY_CHILDREN, 3)]
    assert [(each.kind, each.page) for each in beside.exposures] == [(ExposureKind.CHILD_LIST, 4)]


def test_staff_is_not_asked_about() -> None:
    assert child_list_in_lines(STAFF, unsure=True) is None


def test_people_who_stand_far_apart_are_no_passage() -> None:
    far = ["Sari Rekaan", *["uraian kegiatan"] * 20, "Bagas Khayalan"]

    assert list(passages(far)) == []
    assert [each.row for each in passages(["Daftar", "Sari Rekaan", "", "Bagas Khayalan"])] == [1]


@given(st.lists(st.text(max_size=60), max_size=30), st.text(max_size=40))
def test_any_lines_can_be_weighed(lines: list[str], title: str) -> None:
    """Passages are lines of the text and begin where a name stands, whatever the text is."""
    for passage in passages(lines):
        assert passage.text in "\n".join(lines)
        assert 0 <= passage.row < len(lines)
        assert signs_of(passage, title)
    likely_children(lines, title)


def test_years_of_birth_and_of_papers_are_told_apart() -> None:
    """A date of the paper's own year is nobody's birth."""
    born = signs_of(Passage("Sari, 4-5-2014\nBudi, 6/7/15", frozenset({"sari", "budi"}), 0), "Data tahun 2023")
    written = signs_of(Passage("Contoh, 4 Mei 2023\nSari Rekaan", frozenset({"sari"}), 0), "")

    assert {"#born1", "#born2"} <= born
    assert "#born1" not in written
