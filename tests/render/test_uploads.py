"""The upload set agrees with the book: same answers, same documents, nothing of what the book withholds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.model import (
    Answer,
    Condition,
    EvidenceFile,
    Exposure,
    ExposureKind,
    Media,
    Place,
    Register,
    UnusedFile,
    Upload,
    UploadItem,
)
from flows.register import register_labels
from flows.render import Evidence
from flows.render.chapters import chapter_view, chapter_views
from flows.render.exhibits import exhibits_by_block
from flows.render.uploads import uploads_of
from flows.render.views import QuestionView
from tests.builders.values import Case, case, evidence_file, full_case

SHAPE = {"KL": (2,), "V": (4,)}
"""Question 2.4 is sensitive."""


def proof_of(made: Case) -> Evidence:
    return Evidence(made.assessment, made.city, made.framework, made.manifest, made.register)


def all_uploads(proof: Evidence) -> tuple[Upload, ...]:
    return uploads_of(proof, chapter_views(proof))


def items(made: Case, question_id: str) -> tuple[UploadItem, ...]:
    [found] = [each for each in all_uploads(proof_of(made)) if each.question_id == question_id]
    return found.items


def test_every_question_comes_in_order_with_what_the_book_prints() -> None:
    made = full_case(120)
    proof = proof_of(made)
    uploads = all_uploads(proof)
    assert [each.question_id for each in uploads] == [question.id for question in made.framework.questions]
    views = {
        view.question.id: view
        for block in made.framework.blocks
        for indicator in chapter_view(proof, block).indicators
        for view in indicator.questions
    }
    bound = {exhibit.label: exhibit for block in exhibits_by_block(proof).values() for exhibit in block}
    for each in uploads:
        shown = views[each.question_id].proofs
        assert [(item.label, item.title, item.is_withheld, item.is_redacted) for item in each.items] == [
            (row.label, row.document, row.is_masked, row.is_redacted) for row in shown
        ]
        for item in each.items:
            assert item.is_withheld or item.sha256 == bound[item.label].sha256


def test_a_file_that_comes_late_moves_no_other_whatever_its_name() -> None:
    """Names in ``unggah`` begin with the place in the table of proof; one more file used to shift those after it."""
    first, second, early, late = (evidence_file(f"Dinkes/{name}.pdf") for name in ("z", "m", "a", "b"))
    before = case({"1.1": [first], "1.2": [second, first]}, shape=SHAPE)
    before = replace(before, register=register_labels(Register(()), before.manifest, before.framework))
    assert [item.label for item in items(before, "1.2")] == ["KL/1.1-01", "KL/1.2-01"]

    after = case({"1.1": [early, first], "1.2": [early, late, second, first]}, shape=SHAPE)
    after = replace(after, register=register_labels(before.register, after.manifest, after.framework))
    assert [item.label for item in items(after, "1.1")] == ["KL/1.1-01", "KL/1.1-02"]
    assert [item.label for item in items(after, "1.2")] == ["KL/1.1-01", "KL/1.2-01", "KL/1.1-02", "KL/1.2-02"]


def redacted_pair() -> tuple[EvidenceFile, EvidenceFile]:
    original = evidence_file("Dinkes/2.4 Kasus.pdf", title="Daftar Kasus Anak Contoh", has_signature=True)
    copy = evidence_file(
        "Dinkes/tersamar/2.4 Kasus.jpg",
        media=Media.IMAGE,
        is_redacted=True,
        redacts=original.path,
        title="Daftar tersamar",
    )
    return original, copy


def test_of_a_sensitive_question_only_the_redacted_copy_goes() -> None:
    original, copy = redacted_pair()
    [item] = items(case({"2.4": [original]}, shape=SHAPE, loose=[copy]), "2.4")
    assert (item.sha256, item.media, item.suffix, item.is_signed) == (copy.sha256, Media.IMAGE, ".jpg", False)
    assert item.is_redacted
    assert not item.file_name


def test_without_one_nothing_goes_and_nothing_names_it() -> None:
    original, _ = redacted_pair()
    made = case({"1.1": [original], "2.4": [original]}, shape=SHAPE)
    for question_id in ("1.1", "2.4"):
        [item] = items(made, question_id)
        assert item.is_withheld
        assert (item.sha256, item.bytes, item.file_name) == ("", 0, "")
        assert "Kasus" not in item.title


def test_a_copy_that_still_exposes_somebody_does_not_go() -> None:
    original, copy = redacted_pair()
    leaky = replace(copy, exposures=(Exposure(ExposureKind.RESIDENT_NUMBER, 1),))
    [item] = items(case({"2.4": [original]}, shape=SHAPE, loose=[leaky]), "2.4")
    assert item.is_withheld


def test_cited_files_that_nobody_can_open_are_told_and_of_a_sensitive_question_not_named() -> None:
    empty = evidence_file("Dinkes/1.1 Kosong.pdf", condition=Condition.EMPTY)
    refused = evidence_file("Dinkes/2.4 Korban.exe", condition=Condition.REFUSED)
    damaged = evidence_file("Dinkes/1.1 Rusak.pdf", condition=Condition.DAMAGED)
    made = case({"1.1": [empty, damaged], "2.4": [refused]}, shape=SHAPE)
    found = {each.question_id: each for each in all_uploads(proof_of(made))}
    assert found["1.1"].unused == (UnusedFile("1.1 Kosong.pdf", Condition.EMPTY),)
    assert [item.condition for item in found["1.1"].items] == [Condition.DAMAGED]
    assert found["2.4"].unused == (UnusedFile("", Condition.REFUSED),)
    assert not found["1.2"].unused


def test_a_document_that_exposes_a_child_goes_nowhere() -> None:
    listed = evidence_file("Dinkes/1.1 Daftar.pdf", title="Daftar Anak Contoh")
    made = case({"1.1": [listed]}, shape=SHAPE)
    made = replace(made, assessment=replace(made.assessment, withheld=frozenset({listed.sha256})))
    [item] = items(made, "1.1")
    assert item.is_withheld
    assert not item.sha256


@pytest.mark.parametrize("question_id", ["1.1", "2.4"])
def test_answers_and_notes_are_those_of_the_book(question_id: str) -> None:
    made = case({}, shape=SHAPE)
    said = Answer(question_id, "dinkes", " Ada\n sekali ", None, "Satu\n\n dua", Place("F.xlsx", "Jawaban", "F7"))
    made = replace(made, assessment=replace(made.assessment, answers={question_id: said}))
    [found] = [each for each in all_uploads(proof_of(made)) if each.question_id == question_id]
    [view] = [each for each in _views(made) if each.question.id == question_id]
    assert (found.answer, found.note) == (view.choice, "\n".join(view.note)) == ("Ada sekali", "Satu\ndua")


def _views(made: Case) -> list[QuestionView]:
    proof = proof_of(made)
    chapters = [chapter_view(proof, block) for block in made.framework.blocks]
    return [view for chapter in chapters for indicator in chapter.indicators for view in indicator.questions]
