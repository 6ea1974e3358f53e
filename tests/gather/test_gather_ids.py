"""Which names point to which questions: the rules of product.md, "Which file answers what"."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.gather.cite import PathReader
from flows.gather.ids import IdReader
from flows.model import Basis
from tests.gather.kit import instrument

FRAMEWORK = instrument()
IDS = IdReader(FRAMEWORK)
PATHS = PathReader(FRAMEWORK)
ALL = [question.id for question in FRAMEWORK.questions]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("12.1 SK.pdf", ["12.1"]),
        ("12.1.pdf", ["12.1"]),
        ("12.1_SK.pdf", ["12.1"]),
        ("12.1-SK.pdf", ["12.1"]),
        ("12.1(SK).pdf", ["12.1"]),
        ("(12.1) SK.pdf", ["12.1"]),
        ("12.1", ["12.1"]),
        ("12.1.1 lampiran.pdf", ["12.1"]),
        ("12.1 2024 data.pdf", ["12.1"]),
        ("14.1 x.pdf", ["14.1"]),
        ("14.10 x.pdf", ["14.10"]),
        ("1.2z x.pdf", ["1.2z"]),
        ("1.2za x.pdf", ["1.2za"]),
        ("21a.4A foto.pdf", ["21A.4a"]),
        ("26.15.24 x.pdf", ["26.15"]),
        ("1.2a, 1.2c Perwali.pdf", ["1.2a", "1.2c"]),
        ("1.2a & 1.2c.pdf", ["1.2a", "1.2c"]),
        ("1.2a_1.2c.pdf", ["1.2a", "1.2c"]),
        ("1.2a dan 1.2c.pdf", ["1.2a", "1.2c"]),
        ("1.2a_dan_1.2c_x.pdf", ["1.2a", "1.2c"]),
        ("1.2a 1.2c Perwali.pdf", ["1.2a", "1.2c"]),
        ("1.2a+1.2a.pdf", ["1.2a"]),
        ("1.1 12.1.2024 rapat.pdf", ["1.1"]),
        ("12.1.2024.pdf", []),
        ("12.1.2024 rapat.pdf", []),
        ("12.1.24.pdf", []),
        ("12.10.2023 notulen.pdf", []),
        ("SK 12.1.pdf", []),
        ("12.100 anak.pdf", []),
        ("2012.1 x.pdf", []),
        ("1.3 RKA.pdf", []),
        ("12-1 x.pdf", []),
        ("", []),
    ],
)
def test_ids_at_the_start_of_a_name(name: str, ids: list[str]) -> None:
    assert list(IDS.read(name).ids) == ids


@pytest.mark.parametrize(
    ("name", "unknown", "nearest"),
    [
        ("12.9 x.pdf", ("12.9",), "12.1"),
        ("1.2zz x.pdf", ("1.2zz",), "1.2z"),
        ("12.1SK KTR.pdf", ("12.1SK",), "12.1"),
        ("99.9 x.pdf", ("99.9",), ""),
    ],
)
def test_unknown_ids_cite_nothing_and_name_the_nearest(name: str, unknown: tuple[str, ...], nearest: str) -> None:
    reading = PATHS.read([], name)
    assert (reading.ids, reading.unknown) == ((), unknown)
    assert len(reading.hinted) == 3
    assert nearest in ("", reading.hinted[0])


def test_a_listed_unknown_id_is_told_beside_the_known_one() -> None:
    reading = PATHS.read([], "1.2a, 1.9x Perwali.pdf")
    assert (reading.ids, reading.unknown) == (("1.2a",), ("1.9x",))


def test_a_number_with_children_suggests_them() -> None:
    assert PATHS.read([], "1.3 RKA.pdf").hinted == ("1.3a", "1.3b")
    assert PATHS.read(["21A.4"], "foto.jpg").hinted == ("21A.4a", "21A.4b")


def test_name_beats_deepest_folder_which_beats_its_parents() -> None:
    by_name = PATHS.read(["12.1", "12.2"], "14.1 x.pdf")
    assert (by_name.ids, by_name.basis, by_name.dropped) == (("14.1",), Basis.NAME, ("12.2", "12.1"))
    by_folder = PATHS.read(["12.1", "12.2 foto", "lain"], "x.pdf")
    assert (by_folder.ids, by_folder.basis, by_folder.dropped) == (("12.2",), Basis.FOLDER, ("12.1",))


@pytest.mark.parametrize("folder", ["1.3", "1.3a", "1.3a, 1.3b", "klaster 3", "12", "12.1.2024"])
def test_a_folder_that_agrees_or_only_suggests_is_no_conflict(folder: str) -> None:
    assert PATHS.read([folder], "1.3a RKA.pdf").dropped == ()


def test_fourteen_one_and_fourteen_ten_conflict_though_one_is_a_prefix() -> None:
    assert PATHS.read(["14.1"], "14.10 x.pdf").dropped == ("14.1",)


@pytest.mark.parametrize(
    ("folders", "first"),
    [
        (["klaster 3"], "12.1"),
        (["Klaster-3"], "12.1"),
        (["Klaster III"], "12.1"),
        (["III"], "12.1"),
        (["klaster_3", "14"], "14.1"),
        (["14. PMBA"], "14.1"),
        (["Indikator 21A"], "21A.1"),
        (["KELEMBAGAAN"], "1.1"),
        (["12.1.2024 rapat"], ""),
        (["foto"], ""),
    ],
)
def test_block_and_indicator_folders_only_suggest(folders: list[str], first: str) -> None:
    reading = PATHS.read(folders, "x.pdf")
    assert reading.ids == ()
    assert reading.around[:1] == ((first,) if first else ())


@given(st.sampled_from(ALL), st.sampled_from([" ", "_", "-", ".", "(", "[", ", ", ")"]), st.text(max_size=12))
def test_any_id_set_apart_is_found_whatever_follows(question_id: str, joint: str, tail: str) -> None:
    tail = re.sub(r"[0-9]", "x", tail)
    assert IDS.read(f"{question_id}{joint}{tail}").ids[:1] == (question_id,)
    assert IDS.read(f"{question_id}{joint}{tail}".swapcase()).ids[:1] == (question_id,)


@given(
    st.lists(st.sampled_from(ALL), min_size=1, max_size=5, unique=True), st.sampled_from([", ", " & ", " dan ", "_"])
)
def test_any_list_of_ids_is_read_whole_and_in_order(ids: list[str], joint: str) -> None:
    assert list(IDS.read(joint.join(ids) + " Perwali.pdf").ids) == ids


@given(st.integers(1, 31), st.integers(1, 12), st.integers(0, 2100), st.booleans())
def test_no_date_is_ever_a_question(day: int, month: int, year: int, is_short: bool) -> None:  # noqa: FBT001
    written = f"{year % 100:02d}" if is_short else f"{year:04d}"
    assert not IDS.read(f"{day}.{month}.{written} rapat.pdf")
    assert not IDS.read(f"{day:02d}.{month:02d}.{written}.pdf")


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_read_without_complaint_and_cites_only_what_exists(name: str, folders: list[str]) -> None:
    reading = PATHS.read(folders, name)
    assert set(reading.ids) | set(reading.dropped) | set(reading.hinted) <= set(ALL)
    assert not set(reading.ids) & set(reading.dropped)
