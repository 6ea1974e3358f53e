"""Which answer stands where several agencies answer, what is claimed by it, and what contradicts it."""

from __future__ import annotations

import pytest

from flows.findings import load_catalogue
from flows.model import Answer, AnswerFormat, Assessment, Declaration, Place, ReadForm, Severity
from flows.validate import validate
from tests.builders.manifests import answer, city, evidence, instrument, manifest, question

ROLES = ("dinkes", "dinsos", "kominfo")


def judge(*answers: Answer, kind: str = "tingkat", **changes: object) -> Assessment:
    asked = question(answer=AnswerFormat(kind))
    framework = instrument(asked)
    return validate(city(framework), framework, manifest({}, (), answers=answers, **changes))


def said(*answers: Answer, kind: str = "tingkat") -> list[tuple[str, str]]:
    """The two values of each contradiction."""
    found = [each for each in judge(*answers, kind=kind).findings if each.code == "answers-disagree"]
    assert all(each.severity is Severity.BLOCKING for each in found)
    return [(each.values["value"], each.values["other_value"]) for each in found]


def test_the_agency_that_owes_the_question_stands_then_the_city_s_order_then_the_secretariat() -> None:
    every = [answer("1.1", each, choice=each) for each in ("", "kominfo", "dinsos", "dinkes")]
    order = [each.id for each in city(instrument(question())).agencies]
    assert order.index("dinsos") < order.index("kominfo") or order.index("kominfo") < order.index("dinsos")
    helpers = sorted(("dinsos", "kominfo"), key=order.index)
    for left, standing in enumerate(("dinkes", *helpers, "")):
        ranked = ["dinkes", *helpers, ""][left:]
        found = judge(*(each for each in every if each.agency_id in ranked))
        assert found.answers["1.1"].agency_id == standing


def test_the_standing_answer_stands_as_a_whole() -> None:
    """The lead's answer claims nothing, so that nothing is claimed, whatever a helper claims."""
    found = judge(answer("1.1", "dinkes", choice="Ya"), answer("1.1", "dinsos", points=9.0))
    assert found.answers["1.1"].agency_id == "dinkes"
    assert found.questions["1.1"].points.claimed is None
    assert judge(answer("1.1", points=9.0)).questions["1.1"].points.claimed == 9


def test_an_answer_to_a_question_the_instrument_does_not_have_counts_nowhere() -> None:
    assert judge(answer("9.9", "dinkes", points=3.0)).answers == {}


def test_contradictions_name_both_and_block() -> None:
    found = judge(
        answer("1.1", "dinkes", choice="Ya"),
        answer("1.1", "dinsos", choice="Tidak", place=Place("dinsos/F.xlsx", "Jawaban", "F9")),
        answer("1.1", "", choice="Sebagian"),
    )
    told = [each for each in found.findings if each.code == "answers-disagree"]
    assert [(each.path, each.sheet, each.cell) for each in told] == [
        ("Formulir.xlsx", "Jawaban", "F7"),
        ("dinsos/F.xlsx", "Jawaban", "F9"),
    ]
    sentence = load_catalogue().describe(told[1]).sentence
    assert '"Ya" oleh Dinas Kesehatan' in sentence
    assert '"Tidak" oleh Dinas Sosial' in sentence
    assert "dipakai jawaban Dinas Kesehatan" in sentence
    assert told[0].values["other"] == "sekretariat"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"choice": "Ya"}, {"choice": " ya. "}, []),
        ({"choice": "Ya"}, {"choice": ""}, []),
        ({"choice": "Ya", "points": 3.0}, {"choice": "Ya", "points": 3.0}, []),
        ({"choice": "Ya", "points": 3.0}, {"choice": "Ya"}, []),
        ({"choice": "Ya", "points": 3.0}, {"choice": "Ya", "points": 2.5}, [("3 poin", "2,5 poin")]),
        ({"points": 0.0}, {"points": 1.0}, [("0 poin", "1 poin")]),
        ({"note": "satu"}, {"note": "dua"}, []),
    ],
)
def test_only_what_excludes_each_other_is_a_contradiction(
    first: dict[str, object], second: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert said(answer("1.1", "dinkes", **first), answer("1.1", "dinsos", **second)) == expected


def test_a_question_answered_in_prose_is_contradicted_by_points_only() -> None:
    first = answer("1.1", "dinkes", choice="Kami melatih bidan", points=3.0)
    assert said(first, answer("1.1", "dinsos", choice="Kami melatih pengasuh", points=3.0), kind="uraian") == []
    assert said(first, answer("1.1", "dinsos", choice="Kami juga", points=1.0), kind="uraian") == [("3 poin", "1 poin")]


def test_links_are_kept_and_do_not_replace_a_file() -> None:
    link = Declaration(
        "dinkes", "", (), ("1.1", "9.9"), Place("dinkes/F.xlsx", "Bukti", "B4"), url="https://contoh.test"
    )
    found = judge(declarations=(link,))
    assert found.references == {"1.1": (link,)}
    (told,) = [each for each in found.findings if each.code == "link-only"]
    assert (told.question_id, told.values["value"], told.cell) == ("1.1", "https://contoh.test", "B4")
    framework = instrument(question())
    beside = manifest({"1.1": [evidence("dinkes/1.1.pdf", "sk")]}, declarations=(link,))
    again = validate(city(framework), framework, beside)
    assert again.references
    assert "link-only" not in {each.code for each in again.findings}


# --------------------------------------------------------------------------------------------------------------------
# Forms that did not come back


def form(agency_id: str, **changes: object) -> ReadForm:
    return ReadForm(f"{agency_id}/Formulir.xlsx", agency_id, **{"is_taken": True, "filled_cells": 1, **changes})  # type: ignore[arg-type]


def codes(*forms: ReadForm, answers: tuple[Answer, ...] = ()) -> set[str]:
    return {each.code for each in judge(*answers, forms=forms).findings if each.code.startswith("form-")}


def test_a_city_without_forms_is_not_asked_for_them() -> None:
    assert codes() == set()


def test_a_form_that_is_missing_refused_or_an_area_s_is_missing() -> None:
    assert codes(form("dinsos")) == {"form-missing"}
    assert codes(form("dinkes", is_taken=False)) == {"form-missing"}
    assert codes(form("dinkes", area="99.99.01")) == {"form-missing"}


def test_a_form_with_unanswered_questions_says_how_many() -> None:
    assert codes(form("dinkes")) == {"form-incomplete"}
    assert codes(form("dinkes"), answers=(answer("1.1", "dinsos"),)) == {"form-incomplete"}
    assert codes(form("dinkes"), answers=(answer("1.1", "dinkes", note="sudah"),)) == set()
    (told,) = [each for each in judge(forms=(form("dinkes"),)).findings if each.code == "form-incomplete"]
    assert (told.values["answered"], told.values["count"], told.path) == ("0", "1", "dinkes/Formulir.xlsx")


def test_long_answers_are_quoted_by_their_beginnings_and_told_apart_by_all_of_them() -> None:
    """Two answers of a page each would fill the report of findings; who lifts one contradiction lifts no other."""
    long = "Uraian rekaan yang panjang. " * 40
    ((value, other),) = said(answer("1.1", "dinkes", choice=long), answer("1.1", "dinsos", choice=long + "Tidak."))
    assert value == other == long[:119].rstrip() + "…"
    spots = {
        each.spot
        for end in ("Tidak.", "Belum.")
        for each in judge(answer("1.1", "dinkes", choice=long), answer("1.1", "dinsos", choice=long + end)).findings
        if each.code == "answers-disagree"
    }
    assert len(spots) == 2
