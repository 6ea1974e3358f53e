"""The values between the stages: frozen, complete in their look-ups, and able to travel to another process."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from flows import errors, model
from flows.errors import CityFileError, ExitCode, KlaError, Problem, ProblemsError, RulesError
from flows.model import (
    Agency,
    Assessment,
    Condition,
    Finding,
    GroupResult,
    Label,
    Outcome,
    Points,
    Register,
    Severity,
)
from tests.builders.manifests import city, evidence, instrument_2024, manifest

VALUES = [each for each in vars(model).values() if isinstance(each, type) and is_dataclass(each)]
FRAMEWORK = instrument_2024()


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_every_value_is_frozen_and_holds_no_list(value: type) -> None:
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert value.__doc__
    assert not [each.name for each in fields(value) if str(each.type).startswith(("list", "set", "dict"))]


def test_a_value_cannot_be_changed() -> None:
    file = evidence("dinkes/1.1.pdf")
    with pytest.raises(FrozenInstanceError):
        file.path = "lain"  # type: ignore[misc]
    assert replace(file, path="lain").path == "lain"


@pytest.mark.parametrize("value", [FRAMEWORK, city(FRAMEWORK), manifest({"1.1": [evidence("dinkes/1.1.pdf", "sk")]})])
def test_values_travel_to_another_process(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


def test_readable_are_the_good_and_the_misnamed() -> None:
    assert {each for each in Condition if each.is_readable} == {Condition.GOOD, Condition.WRONG_EXTENSION}


def test_the_words_of_the_contract_are_the_values() -> None:
    words = "baik kosong rusak terkunci salah-ekstensi masih-disalin ditolak diabaikan"
    assert {each.value for each in Condition} == set(words.split())
    assert [each.value for each in Outcome] == ["lengkap", "peringatan", "kurang", "tidak-dapat-dinilai"]
    assert Severity.ADVICE < Severity.REQUIRED < Severity.BLOCKING


def test_a_framework_walks_its_questions_in_order() -> None:
    walked = list(FRAMEWORK.walk())
    assert [question.id for *_, question in walked] == [question.id for question in FRAMEWORK.questions]
    assert all(
        question in indicator.questions and indicator in block.indicators for block, indicator, question in walked
    )
    assert FRAMEWORK.blocks[1].questions == tuple(question for block, _, question in walked if block.id == "I")


def test_a_city_knows_who_carries_a_role() -> None:
    here = city(FRAMEWORK)
    carrier = here.agency_for("dinkes")
    assert carrier is not None
    assert carrier.id == "dinkes"
    assert here.agency_for("tiada") is None
    twice = replace(here, agencies=(Agency("a", "A", "A", ("x",)), Agency("b", "B", "B", ("x",))))
    assert twice.agency_for("x") is twice.agencies[0]
    question = FRAMEWORK.questions[0]
    assert here.lead_role(question) == question.lead
    assert replace(here, leads={question.id: "dinkes"}).lead_role(question) == "dinkes"


@pytest.mark.parametrize(
    ("name", "is_city"), [("Kota Uji", True), ("KOTA UJI", True), ("Kabupaten Kotabaru Uji", False)]
)
def test_a_city_is_told_from_a_regency(name: str, is_city: bool) -> None:  # noqa: FBT001 - a table of cases
    assert city(FRAMEWORK, name=name).is_city is is_city


def test_a_manifest_finds_its_files_and_their_questions() -> None:
    both, other = evidence("dinkes/1.1, 2.1.pdf"), evidence("dinkes/x.pdf")
    found = manifest({"1.1": [both], "2.1": [both]}, [other])
    assert found.file("dinkes/x.pdf") == other
    assert found.questions_of() == {both.path: ("1.1", "2.1")}
    with pytest.raises(KeyError):
        found.file("tiada")


def test_a_files_name_and_short_hash() -> None:
    file = evidence("dinkes/a/b.pdf")
    assert file.name == "b.pdf"
    assert len(file.short_hash) == 8
    assert evidence("lepas.pdf", sha256="").short_hash == ""


def test_a_register_shows_labels_by_path_and_copies_under_the_originals_label() -> None:
    first = Label("KL/1.1-01", "1.1", "dinkes", "a" * 64, "a.pdf")
    gone = Label("KL/1.1-02", "1.1", "dinkes", "b" * 64, "")
    assert Register((first, gone), {"salinan.pdf": "KL/1.1-01"}).by_path == {"a.pdf": first, "salinan.pdf": first}


def test_the_heaviest_finding_decides() -> None:
    nothing = Points(0, None, None, 0)
    total = GroupResult("total", {Outcome.COMPLETE: 2, Outcome.LACKING: 3}, nothing)
    empty = Assessment({}, {}, {}, {}, total, (), ())
    assert empty.heaviest is None
    assert total.questions == 5
    some = replace(empty, findings=(Finding("a", Severity.ADVICE), Finding("b", Severity.BLOCKING)))
    assert some.heaviest is Severity.BLOCKING
    assert not some.privacy_checked


@pytest.mark.parametrize(
    "error", [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, KlaError)]
)
def test_every_error_survives_the_way_from_a_child_process(error: type[KlaError]) -> None:
    problem = Problem("kota.yaml", 3, "salah")
    made = error([problem], "perbaiki") if issubclass(error, ProblemsError) else error("pesan", "perbaiki")
    back = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own bytes
    assert (type(back), str(back), back.repair, back.exit_code) == (error, str(made), "perbaiki", error.exit_code)


def test_exit_codes_are_the_contract() -> None:
    assert [code.value for code in ExitCode] == [0, 1, 2, 3, 4, 5, 70]
    assert (RulesError.exit_code, CityFileError.exit_code) == (4, 3)


def test_all_problems_are_listed_with_their_places() -> None:
    error = RulesError([Problem("a.yaml", 3, "satu"), Problem("b.yaml", None, "dua {kurung}")])
    assert str(error).splitlines()[1:] == ["  - a.yaml baris 3: satu", "  - b.yaml: dua {kurung}"]
    assert "2 kesalahan" in str(error)
