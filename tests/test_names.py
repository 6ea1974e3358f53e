"""Names people write: the same agency however it is spelled, never another one, and ids every system accepts."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model import Agency
from flows.names import fold, match_agency, names_of, slug

AGENCIES = (
    Agency("dinkes", "Dinas Kesehatan", "Dinas Kesehatan", ("dinkes",), ("Dinkes", "DKK")),
    Agency("dp3a", "Dinas PPPA", "DP3A", ("pppa",), ("DPPPA",)),
    Agency("kec-utara", "Kecamatan Uji Utara", "Kecamatan Uji Utara", ("kecamatan",)),
    Agency("ganda-1", "Dinas Ganda Satu", "Ganda 1", (), ("Dinas Ganda",)),
    Agency("ganda-2", "Dinas Ganda Dua", "Ganda 2", (), ("Dinas Ganda",)),
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Dinas Kesehatan", "dinkes"),
        ("DINAS  KESEHATAN", "dinkes"),
        ("dinas_kesehatan", "dinkes"),
        ("Dinas-Kesehatan.", "dinkes"),
        ("03. Dinkes", "dinkes"),
        ("3 DKK", "dinkes"),
        (unicodedata.normalize("NFD", "Dinas Késehatan"), "dinkes"),
        ("ＤＰ３Ａ", "dp3a"),
        ("dp3a", "dp3a"),
        ("kec-utara", "kec-utara"),
        ("Dinas Ganda", None),
        ("Ganda 2", "ganda-2"),
        ("Dinas", None),
        ("Kesehatan", None),
        ("Dinas Kesehatan Lama", None),
        ("", None),
        ("...", None),
        ("03", None),
        ("03.", None),
    ],
)
def test_a_folder_means_one_agency_or_none(written: str, expected: str | None) -> None:
    agency = match_agency(written, AGENCIES)
    assert (agency.id if agency else None) == expected


def test_a_folder_name_beats_an_alias() -> None:
    other = Agency("lain", "Dinas Lain", "DKK", ())
    matched = match_agency("dkk", (*AGENCIES, other))
    assert matched is other


def test_a_name_of_signs_only_means_nobody_even_where_a_folder_is_of_signs_only() -> None:
    nameless = Agency("x", "X", "---", ())
    assert match_agency("...", (nameless,)) is None
    assert match_agency("", (nameless,)) is None


@given(
    st.sampled_from(AGENCIES),
    st.sampled_from(["{}", "{} ", "  {}", "{}.", "({})", "01 {}", "1. {}", "12_{}"]),
    st.booleans(),
)
def test_every_own_folder_is_found_again(agency: Agency, shape: str, upper: bool) -> None:  # noqa: FBT001 - drawn
    name = shape.format(agency.folder)
    assert match_agency(name.upper() if upper else name, AGENCIES) is agency


@given(st.text(max_size=40))
def test_folding_is_stable_and_leaves_only_words(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == folded.strip()
    assert "  " not in folded
    assert fold(f"  {text} ") == folded
    assert fold(text.replace(" ", "_")) == folded


@given(st.text(max_size=60))
def test_a_slug_is_a_safe_id(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kota Uji-Coba", "kota-uji-coba"),
        ("../../etc", "etc"),
        ("CON", "con"),
        ("Dinas P3A & KB", "dinas-p3a-kb"),
        ("Résumé_2024", "resume-2024"),
        ("雪", ""),
    ],
)
def test_slugs_people_will_see(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_the_names_of_an_agency_are_all_it_goes_by() -> None:
    assert set(names_of(AGENCIES[0])) == {"Dinas Kesehatan", "Dinkes", "DKK", "dinkes"}
