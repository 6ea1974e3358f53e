"""The assessment as a whole: counts, order, gaps, findings on agencies and folders, and words for every finding."""

from __future__ import annotations

import pickle
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from flows.findings import load_catalogue
from flows.model import (
    Agency,
    Assessment,
    City,
    Condition,
    Conflict,
    FolderNote,
    Framework,
    Manifest,
    Media,
    Outcome,
    Overrides,
    Period,
    ReadForm,
    Severity,
    Years,
)
from flows.validate import conclude, judge_block, judge_manifest, settle, validate
from tests.builders.manifests import ask, city, digest, evidence, instrument, manifest, proof, question


def test_an_empty_city_lacks_everything_and_nothing_else(city: City, framework: Framework) -> None:
    assessment = validate(city, framework, Manifest((), ()))
    assert assessment.total.counts == {
        Outcome.COMPLETE: 0,
        Outcome.WARNING: 0,
        Outcome.LACKING: 274,
        Outcome.UNASSESSABLE: 0,
    }
    assert {each.code for each in assessment.findings} == {"missing-evidence", "agency-silent"}
    assert assessment.heaviest is Severity.REQUIRED
    assert assessment.privacy_checked, "nothing was handed in that could expose anybody"
    leads = {each.lead for each in framework.questions}
    assert {each.agency_id for each in assessment.findings if each.code == "agency-silent"} == leads


def test_gaps_are_ranked_by_points_and_then_as_the_instrument_asks(city: City, framework: Framework) -> None:
    assessment = validate(city, framework, manifest({"1.1": proof(framework.questions[0], framework)}))
    order = {each.id: number for number, each in enumerate(framework.questions)}
    ranks = [(-gap.points, order[gap.question_id]) for gap in assessment.gaps]
    assert ranks == sorted(ranks)
    assert len(ranks) == 273
    assert "1.1" not in {gap.question_id for gap in assessment.gaps}
    assert all(gap.reasons for gap in assessment.gaps)


def test_every_question_is_counted_once_at_every_level(city: City, framework: Framework) -> None:
    assessment = validate(city, framework, Manifest((), ()))
    for level in (assessment.indicators, assessment.blocks, assessment.agencies):
        assert sum(group.questions for group in level.values()) == 274
        assert all(set(group.counts) == set(Outcome) for group in level.values())
    assert list(assessment.blocks) == [block.id for block in framework.blocks]
    assert list(assessment.questions) == [each.id for each in framework.questions]


def test_blocks_judged_apart_and_in_any_way_give_the_same_assessment(city: City, framework: Framework) -> None:
    found = rich(framework)
    verdicts = [pickle.loads(pickle.dumps(judge_block(block, city, framework, found))) for block in framework.blocks]  # noqa: S301 - our own values, as between processes
    apart = conclude(verdicts, judge_manifest(city, framework, found), city, framework)
    assert settle(apart, framework, found, Overrides()) == validate(city, framework, found)


def test_the_city_may_give_a_question_to_another_agency(city: City, framework: Framework) -> None:
    moved = replace(city, leads={"1.1": "kominfo"})
    assessment = validate(moved, framework, Manifest((), ()))
    assert assessment.questions["1.1"].lead_agency_id == "kominfo"
    assert next(each.agency_id for each in assessment.findings if each.question_id == "1.1") == "kominfo"


def test_a_role_nobody_carries_is_said_once_with_its_questions(city: City, framework: Framework) -> None:
    without = replace(city, agencies=tuple(each for each in city.agencies if each.id != "dinkes"))
    assessment = validate(without, framework, Manifest((), ()))
    owed = [each for each in framework.questions if each.lead == "dinkes"]
    (finding,) = [each for each in assessment.findings if each.code == "role-without-agency"]
    assert finding.values == {"role": "Dinas Kesehatan", "count": str(len(owed))}
    assert finding.points == sum(each.points for each in owed)
    assert assessment.agencies[""].questions == len(owed)
    missing = [each for each in assessment.findings if each.question_id == owed[0].id]
    assert missing[0].values["agency"] == "Dinas Kesehatan"


def test_two_agencies_of_one_role_are_asked_once(framework: Framework) -> None:
    """The first carries it; the second is not called silent for what it does not owe."""
    two = (Agency("a", "Dinas A", "A", ("dinkes",)), Agency("b", "Dinas B", "B", ("dinkes",)))
    asked = question()
    here = city_of(two)
    silent = [
        each.agency_id
        for each in validate(here, instrument(asked), Manifest((), ())).findings
        if each.code == "agency-silent"
    ]
    assert silent == ["a"]


@pytest.mark.parametrize("condition", [Condition.EMPTY, Condition.LOCKED, Condition.GOOD])
def test_who_handed_in_anything_is_not_silent(condition: Condition, framework: Framework) -> None:
    asked = question()
    here = city(instrument(asked))
    found = manifest({}, [evidence("dinkes/apa saja.pdf", condition=condition)])
    assert "agency-silent" not in {each.code for each in validate(here, instrument(asked), found).findings}


def test_lock_files_and_forms_nobody_filled_are_no_sign_of_life(framework: Framework) -> None:
    asked = question()
    here = city(instrument(asked))
    others = [
        evidence("dinkes/BACA-SAYA.txt", media=Media.GUIDE),
        evidence("dinkes/~$x", condition=Condition.IGNORED),
    ]
    for filled, is_silent in ((0, True), (1, False)):
        form = ReadForm("dinkes/Formulir.xlsx", "dinkes", is_taken=True, filled_cells=filled)
        found = validate(here, instrument(asked), manifest({}, others, forms=(form,)))
        assert ("agency-silent" in {each.code for each in found.findings}) is is_silent


def test_conflicts_and_folders_are_told(city: City, framework: Framework) -> None:
    file = evidence("dinkes/2.1/1.1 x.pdf", "perda")
    found = manifest(
        {"1.1": [file]},
        conflicts=(Conflict(file.path, ("1.1",), ("2.1",)),),
        folders=(
            FolderNote("Entah", "unmatched"),
            FolderNote("dinsos/rahasia", "unreadable", "dinsos"),
            FolderNote("kominfo", "missing", "kominfo"),
        ),
    )
    told = {each.code: each for each in judge_manifest(city, framework, found) if each.code != "agency-silent"}
    assert set(told) == {"name-conflict", "unknown-agency", "unreadable-folder"}
    assert told["name-conflict"].values == {"taken": "1.1", "dropped": "2.1"}
    assert told["unreadable-folder"].severity is Severity.REQUIRED
    assert told["unreadable-folder"].agency_id == "dinsos"


def test_findings_come_heaviest_first_then_by_points_agency_and_path(city: City, framework: Framework) -> None:
    findings = validate(city, framework, rich(framework)).findings
    keys = [(-each.severity, -each.points) for each in findings]
    assert keys == sorted(keys)
    assert findings[0].severity is Severity.BLOCKING
    for before, after in pairwise(findings):
        if (before.severity, before.points, before.question_id) == (after.severity, after.points, after.question_id):
            assert (before.agency_id, before.path) <= (after.agency_id, after.path)


def test_the_order_of_the_manifest_does_not_matter_to_the_result(city: City, framework: Framework) -> None:
    found = rich(framework)
    again = validate(city, framework, replace(found, folders=found.folders[::-1]))
    assert set(map(repr, again.findings)) == set(map(repr, validate(city, framework, found).findings))


def rich(framework: Framework) -> Manifest:
    """Something of everything that can go wrong."""
    files = {
        "1.1": [
            evidence("bagian-hukum/1.1 a.pdf"),
            evidence("bagian-hukum/1.1 b.pdf", condition=Condition.EMPTY, bytes=0),
        ],
        "1.2a": [
            evidence("Entah/1.2a.pdf", "perkada", keywords=("akta kelahiran",)),
            evidence("1.2a lepas.pdf", "perkada"),
        ],
        "1.2b": [evidence("dinkes/1.2b.pdf", "sk")],
        "2.1": [
            evidence("pppa/2.1 x.pdf", "sk"),
            evidence("pppa/2.1 y.pdf", condition=Condition.DAMAGED, detail="password"),
        ],
    }
    for each in framework.questions[60:200:3]:
        files[each.id] = [replace(file, years=(2015,)) for file in proof(each, framework)]
    for each in framework.questions[61:200:3]:
        files[each.id] = [replace(file, years=(), has_signature=False) for file in proof(each, framework)]
    for each in framework.questions[62:200:3]:
        files[each.id] = [
            replace(file, years=(2022,), keywords=(), has_signature=False) for file in proof(each, framework)
        ]
    others = [
        evidence("dinkes/x.pdf", suggestions=("1.1",)),
        evidence("dinkes/9.99.pdf", unknown_ids=("9.99",)),
        evidence("dinkes/kembar.pdf", duplicate_of="dinkes/x.pdf", sha256=digest("dinkes/x.pdf")),
        evidence("dinkes/tautan", condition=Condition.REFUSED, detail="symlink", sha256=""),
        evidence("dinkes/kunci.pdf", condition=Condition.LOCKED, detail="password"),
        evidence("dinkes/rusak.pdf", condition=Condition.DAMAGED, detail="cannot-open"),
        evidence("dinkes/datang.pdf", condition=Condition.ARRIVING, detail="still-changing"),
        evidence("dinkes/gambar", condition=Condition.WRONG_EXTENSION, media=Media.IMAGE),
        evidence("dinkes/mustahil.pdf", sha256=""),
    ]
    order = {each.id: number for number, each in enumerate(framework.questions)}
    ordered = {key: files[key] for key in sorted(files, key=order.__getitem__)}
    return manifest(
        ordered,
        others,
        conflicts=(Conflict("dinkes/1.2b.pdf", ("1.2b",), ("1.2c",)),),
        folders=(FolderNote("Entah", "unmatched"), FolderNote("dinsos", "unreadable", "dinsos")),
    )


def everything(city_: City, framework: Framework) -> list[Assessment]:
    """Assessments that together hold every finding on files, folders, agencies and questions without forms."""
    two = question(ask("foto", Period.DATA_YEARS, count=2), ask("matriks", Period.DATA_YEARS, years=Years.BOTH))
    few = manifest(
        {"1.1": [evidence("dinkes/1.1 a.jpg", "foto"), evidence("dinkes/1.1 b.xlsx", "matriks", years=(2022,))]}
    )
    orphan = replace(city_, agencies=tuple(each for each in city_.agencies if each.id != "kominfo"))
    small = instrument(two)
    return [
        validate(city_, framework, rich(framework)),
        validate(orphan, framework, Manifest((), ())),
        validate(city(small), small, few),
        validate(city(small), small, manifest({"1.1": [evidence("kominfo/1.1.jpg", "foto", "matriks")]})),
        validate(
            city(instrument(question(ask(signed=True), keywords=("akta",)))),
            instrument(question(ask(signed=True), keywords=("akta",))),
            manifest({"1.1": [evidence("dinkes/1.1.pdf", "sk", keywords=("akta",))]}),
        ),
        validate(
            city(instrument(question(keywords=("akta", "identitas")))),
            instrument(question(keywords=("akta", "identitas"))),
            manifest({"1.1": [evidence("dinkes/1.1.pdf", "sk")]}),
        ),
        validate(
            city(instrument(question())), instrument(question()), manifest({"1.1": [evidence("kominfo/1.1.pdf", "sk")]})
        ),
    ]


def test_every_finding_the_program_can_make_has_its_words_and_values(city: City, framework: Framework) -> None:
    catalogue = load_catalogue()
    seen: set[str] = set()
    for assessment in everything(city, framework):
        for finding in assessment.findings:
            seen.add(finding.code)
            said = catalogue.describe(finding)
            whole = said.title + said.sentence + said.repair
            assert "{" not in whole
            assert "–" not in whole, (finding, said)
            assert catalogue.entries[finding.code].names <= {"question", "path", *finding.values}
            assert finding.severity is catalogue.severity(finding.code)
            assert not any(code in whole for code in ("kind-uncertain", "cannot-open", "still-changing"))
        for result in assessment.questions.values():
            assert all(each.reason in catalogue.reasons for each in result.requirements if each.reason)
    # Answers, forms and tables have tests of their own, which describe each of their findings in words.
    assert seen == {code for code in catalogue.entries if code in _ON_FILES}


def test_a_whole_city_is_assessed_in_a_moment(city: City, framework: Framework) -> None:
    files = {
        each.id: [evidence(f"{each.lead}/{each.id} {n}.pdf", "sk") for n in range(5)] for each in framework.questions
    }
    found = manifest(files, [evidence(f"pppa/lain {n}.pdf") for n in range(130)])
    assert len(found.files) == 1500
    started = time.perf_counter()
    validate(city, framework, found)
    assert time.perf_counter() - started < 4


_ON_FILES = frozenset(
    {
        "agency-silent",
        "arriving-file",
        "duplicate-file",
        "empty-file",
        "kind-uncertain",
        "locked-file",
        "manifest-inconsistent",
        "missing-evidence",
        "name-conflict",
        "one-year-only",
        "privacy-unassessable",
        "refused-file",
        "role-without-agency",
        "signature-unconfirmed",
        "too-few",
        "topic-uncertain",
        "uncited-file",
        "unknown-agency",
        "unknown-question",
        "unlisted-supplier",
        "unreadable-file",
        "unreadable-folder",
        "wrong-format",
        "wrong-year",
        "year-uncertain",
    }
)


def city_of(agencies: tuple[Agency, ...]) -> City:
    return city(instrument(question()), agencies=agencies)
