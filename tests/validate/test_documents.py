"""Documents against questions, lists of evidence and each other: rare findings, each beside a case that is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.findings import load_catalogue
from flows.model import (
    AnswerFormat,
    Condition,
    Declaration,
    DocumentFacts,
    ElectronicSignature,
    EvidenceFile,
    Finding,
    Manifest,
    Outcome,
    Period,
    Place,
    Question,
    Severity,
    Signed,
)
from flows.validate import judge_block, judge_manifest
from tests.builders.manifests import answer, ask, city, evidence, instrument, manifest, question

LEVELS = ("Peraturan Daerah", "Peraturan Bupati/Wali Kota", "Instruksi", "Surat Edaran", "Peraturan lainnya", "Tidak")
PLACE = Place("dinkes/Formulir.xlsx", "Daftar Bukti", "B5")


def document(name: str, kind: str, **facts: object) -> EvidenceFile:
    return evidence(f"dinkes/{name}.pdf", kind, document=DocumentFacts(kind=kind, **facts))  # type: ignore[arg-type]


def asked(one: Question, *files: EvidenceFile, choice: str = "") -> list[Finding]:
    """Findings on one question."""
    framework = instrument(one)
    answers = (answer(one.id, "dinkes", choice=choice),) if choice else ()
    found = manifest({one.id: files}, answers=answers)
    return list(judge_block(framework.blocks[0], city(framework), framework, found).findings)


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found if each.code.startswith(("document-", "legal-", "same-", "signature-"))]


def whole(found: Manifest) -> list[Finding]:
    """Findings on the manifest."""
    framework = instrument(question())
    return list(judge_manifest(city(framework), framework, found))


def claimed(file: EvidenceFile, **said: object) -> list[Finding]:
    row = Declaration("dinkes", file.name, (file.path,), ("1.1",), PLACE)
    return whole(manifest({"1.1": [file]}, declarations=(replace(row, **said),)))  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------------------------
# Numbers and dates that a list of evidence declares


@pytest.mark.parametrize(
    "written",
    ["12", "Nomor 12 Tahun 2021", "12/2021", "No. 12 Th 2021", "012", "NOMOR : l2 TAHUN 2O21", "Tahun 2021", ""],
)
def test_the_same_number_in_another_spelling_is_the_same(written: str) -> None:
    assert codes(claimed(document("a", "perda", number="12", year=2021), number=written)) == []


@pytest.mark.parametrize("written", ["188.45/77/KUM/2022", "188.45/77", "188/45/77/KUM/2022", "188.45 / 077 / kum"])
def test_a_long_number_may_be_shortened(written: str) -> None:
    assert codes(claimed(document("a", "sk", number="188.45/77/KUM/2022", year=2022), number=written)) == []


@pytest.mark.parametrize("written", ["13", "12 Tahun 2020", "Nomor 5 Tahun 2021"])
def test_another_number_is_said_with_its_cell(written: str) -> None:
    [found] = claimed(document("a", "perda", number="12", year=2021), number=written)
    assert (found.code, found.severity) == ("document-number-differs", Severity.ADVICE)
    assert (found.path, found.sheet, found.cell) == (PLACE.path, PLACE.sheet, PLACE.cell)
    said = load_catalogue().describe(found).sentence
    assert written in said
    assert "dinkes/a.pdf" in said
    assert said.endswith("bernomor 12.")


def test_a_row_may_mean_a_later_document_of_the_same_scan() -> None:
    """A regulation and a decree in one PDF: each may be named by its own number, and a third number by none."""
    later = DocumentFacts(kind="sk", number="188", year=2022, about="GUGUS TUGAS", date="", in_force=None)
    file = replace(document("a", "perda", number="12", year=2021, date="2021-05-12"), further=(later,))
    assert codes(claimed(file, number="188 Tahun 2022", date="2022-01-03")) == []
    assert codes(claimed(file, number="12 Tahun 2021")) == []
    assert codes(claimed(file, number="99")) == ["document-number-differs"]


def test_dates_are_compared_where_both_are_known() -> None:
    file = document("a", "sk", date="2022-05-12")
    assert codes(claimed(file, date="2022-05-12")) == []
    assert codes(claimed(file, date="")) == []
    assert codes(claimed(document("a", "sk"), date="2022-05-12")) == []
    [found] = claimed(file, date="2022-05-13")
    assert found.code == "document-date-differs"
    assert "13 Mei 2022" in load_catalogue().describe(found).sentence


def test_a_row_about_later_pages_speaks_of_another_document() -> None:
    """Several documents in one scan: only the first one's number was read."""
    file = document("a", "sk", number="5", year=2022, date="2022-05-12")
    assert codes(claimed(file, number="9", date="2022-06-01", first_page=4)) == []
    assert codes(claimed(file, number="9", first_page=1)) == ["document-number-differs"]


# --------------------------------------------------------------------------------------------------------------------
# Dates and terms against what is asked


def data(kind: str = "sertifikat", count: int = 1) -> Question:
    return question(ask(kind, Period.DATA_YEARS, count=count))


@pytest.mark.parametrize(
    ("day", "said"), [("2021-12-31", 1), ("2022-01-01", 0), ("2023-12-31", 0), ("2024-01-02", 1), ("", 0)]
)
def test_an_event_is_dated_in_the_data_years(day: str, said: int) -> None:
    assert codes(asked(data(), document("a", "sertifikat", date=day))) == ["document-outside-years"] * said


def test_a_report_may_be_signed_after_its_year() -> None:
    report = data("laporan")
    assert codes(asked(report, document("a", "laporan", date="2024-02-10"))) == []
    assert codes(asked(report, document("a", "laporan", date="2025-02-10"))) == ["document-outside-years"]


def test_another_document_of_the_right_years_is_enough() -> None:
    old, new = document("a", "sertifikat", date="2019-05-05"), document("b", "sertifikat", date="2022-05-05")
    assert codes(asked(data(), old, new)) == []
    assert codes(asked(data(count=2), old, new)) == ["document-outside-years"]


def test_what_is_of_another_year_altogether_is_said_once() -> None:
    old = replace(document("a", "sertifikat", date="2019-05-05"), years=(2019,))
    found = asked(data(), old)
    assert [each.code for each in found] == ["wrong-year"]


def test_what_is_in_force_may_be_old() -> None:
    assert codes(asked(question(ask("perda")), document("a", "perda", date="2011-05-05", number="3", year=2011))) == []


@pytest.mark.parametrize(("span", "said"), [((2019, 2021), 1), ((2018, 2022), 0), ((2022, 2026), 0), (None, 0)])
def test_a_plan_that_has_ended_is_not_in_force(span: tuple[int, int] | None, said: int) -> None:
    plan = document("a", "rencana", in_force=span)
    found = asked(question(ask("rencana")), plan)
    assert codes(found) == ["document-not-in-force"] * said
    if said:
        assert "berlaku sampai tahun 2021" in load_catalogue().describe(found[0]).sentence


def test_what_came_after_the_evaluation_was_not_in_force() -> None:
    assert codes(asked(question(), document("a", "sk", year=2025))) == ["document-not-in-force"]
    assert codes(asked(question(), document("a", "sk", date="2024-12-31"))) == []


def test_an_old_plan_beside_the_new_one_is_no_fault() -> None:
    plans = [document("a", "rencana", in_force=(2017, 2021)), document("b", "rencana", in_force=(2022, 2026))]
    assert codes(asked(question(ask("rencana")), *plans)) == []


# --------------------------------------------------------------------------------------------------------------------
# Ranks of legal products


def test_a_question_for_a_perda_says_what_is_there_instead() -> None:
    found = asked(question(ask("perda")), document("a", "sk"), document("b", "perkada"))
    [lower] = [each for each in found if each.code == "legal-level-lower"]
    assert lower.path == "dinkes/b.pdf"
    said = load_catalogue().describe(lower).sentence
    assert "Peraturan Daerah" in said
    assert said.endswith("adalah Peraturan Wali Kota/Bupati.")


@pytest.mark.parametrize(
    ("choice", "kind", "said"),
    [
        ("Peraturan Daerah", "perkada", 1),
        ("Peraturan Daerah", "perda", 0),
        ("Peraturan Bupati/Wali Kota", "perkada", 0),
        ("Peraturan Bupati/Wali Kota", "perda", 0),
        ("Peraturan Bupati/Wali Kota", "surat-edaran", 1),
        ("Instruksi", "surat-edaran", 1),
        ("Instruksi", "sk", 0),
        ("Surat Edaran", "surat-edaran", 0),
        ("Peraturan lainnya", "surat-edaran", 0),
        ("Tidak", "surat-edaran", 0),
    ],
)
def test_the_answer_says_which_rank_is_claimed(choice: str, kind: str, said: int) -> None:
    one = question(ask("perda"), answer=AnswerFormat("tingkat", LEVELS))
    assert codes(asked(one, document("a", kind), choice=choice)) == ["legal-level-lower"] * said


def test_a_scan_nobody_can_tell_may_be_the_perda() -> None:
    assert "legal-level-lower" not in codes(
        asked(question(ask("perda")), document("a", "sk"), evidence("dinkes/b.pdf"))
    )


def test_a_declared_kind_is_believed() -> None:
    said = evidence("dinkes/b.pdf", "laporan", declared_kinds=("perda",))
    assert "legal-level-lower" not in codes(asked(question(ask("perda")), document("a", "sk"), said))


def test_of_several_the_highest_comes_first() -> None:
    one = question(ask("peraturan"))
    framework = instrument(one)
    files = [document("a", "surat-edaran"), document("b", "perda"), document("c", "perkada"), document("d", "sk")]
    verdict = judge_block(framework.blocks[0], city(framework), framework, manifest({one.id: files}))
    [result] = verdict.questions
    assert result.outcome is Outcome.COMPLETE
    assert [path[7] for path in result.requirements[0].paths] == ["b", "c", "d", "a"]
    assert list(result.paths) == [file.path for file in files], "the order of annexes is the register's"


# --------------------------------------------------------------------------------------------------------------------
# The same document twice


def test_a_scan_and_a_text_of_one_decree_are_told() -> None:
    text = document("a", "sk", number="188.45/77/2022", year=2022, about="GUGUS TUGAS KOTA LAYAK ANAK")
    scan = document("b", "sk", number="188.45 / 077/2022", year=2022, about="GUGUS TUGAS K0TA LAYAK ANAK")
    [found] = whole(manifest({"1.1": [text, scan]}))
    assert (found.code, found.path, found.values["original"]) == ("same-document-twice", "dinkes/b.pdf", "dinkes/a.pdf")
    assert found.question_id == "1.1"


@pytest.mark.parametrize(
    "changes",
    [{"about": "TIM PENANGANAN STUNTING"}, {"year": 2023}, {"number": "188.45/78/2022"}, {"about": ""}, {"number": ""}],
)
def test_equal_numbers_of_other_matters_are_not(changes: dict[str, object]) -> None:
    """Every office counts for itself: number 5 of 2022 exists in each of them."""
    facts: dict[str, object] = {"number": "188.45/77/2022", "year": 2022, "about": "GUGUS TUGAS KOTA LAYAK ANAK"}
    files = [document("a", "sk", **facts), document("b", "sk", **(facts | changes))]
    assert codes(whole(manifest({"1.1": files}))) == []


def test_a_copy_of_the_same_bytes_is_said_once() -> None:
    first = document("a", "sk", number="5/77", year=2022, about="GUGUS TUGAS")
    twin = replace(first, path="dinkes/b.pdf", duplicate_of=first.path)
    assert "same-document-twice" not in codes(whole(manifest({"1.1": [first, twin]})))


# --------------------------------------------------------------------------------------------------------------------
# Electronic signatures


def signed(*signatures: ElectronicSignature) -> EvidenceFile:
    return evidence("dinkes/a.pdf", "sk", has_signature=True, signatures=signatures)


WHOLE = ElectronicSignature("NAMA CONTOH SATU", "Otoritas Rekaan", "2022-05-12", is_intact=True, covers_file=True)
FIRST = replace(WHOLE, signer="NAMA CONTOH DUA", covers_file=False)


def test_signatures_in_order_are_not_talked_about() -> None:
    assert codes(whole(manifest({"1.1": [signed(WHOLE)]}))) == []
    assert codes(whole(manifest({"1.1": [signed(FIRST, WHOLE)]}))) == []


def test_a_signature_that_cannot_be_matched_with_the_document_is_told() -> None:
    """It counts as signed where that is asked for, so nobody would look again."""
    unknown = ElectronicSignature()
    for signatures in ((unknown,), (), (WHOLE, unknown), (replace(WHOLE, is_intact=None),)):
        [found] = whole(manifest({"1.1": [signed(*signatures)]}))
        assert (found.code, found.severity) == ("signature-unknown", Severity.ADVICE)
    said = [
        load_catalogue().describe(whole(manifest({"1.1": [signed(*each)]}))[0]).sentence
        for each in ([unknown] * 20, [replace(WHOLE, is_intact=None)] * 2)
    ]
    assert "elektronik tanpa nama yang terbaca, yang tidak dapat" in said[0]
    assert "elektronik atas nama NAMA CONTOH SATU, yang tidak dapat" in said[1]


def test_a_document_changed_after_signing_must_be_replaced() -> None:
    [found] = whole(manifest({"1.1": [signed(replace(WHOLE, is_intact=False))]}))
    assert (found.code, found.severity, found.question_id) == ("signature-broken", Severity.REQUIRED, "1.1")
    assert "NAMA CONTOH SATU" in load_catalogue().describe(found).sentence


def test_an_addition_after_the_last_signature_is_advice() -> None:
    [found] = whole(manifest({"1.1": [signed(FIRST)]}))
    assert (found.code, found.severity) == ("signature-not-whole", Severity.ADVICE)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("NAMA CONTOH SATU", 0),
        ("Dr. H. Nama Contoh Satu, S.Sos., M.Si.", 0),
        ("Contoh, S.E.", 0),
        ("Kepala Dinas Kesehatan", 0),
        ("Wali Kota", 0),
        ("", 0),
        ("Orang Rekaan", 1),
        ("drg. Orang Rekaan, M.Kes.", 1),
    ],
)
def test_the_declared_signatory_is_compared_by_name(written: str, said: int) -> None:
    found = claimed(signed(WHOLE), signatory=written, signed=Signed.ELECTRONIC)
    assert codes(found) == ["signature-other-person"] * said
    assert codes(claimed(signed(WHOLE), signatory=written, signed=Signed.BY_HAND)) == []


@pytest.mark.parametrize("name", ["DINAS KESEHATAN KOTA CONTOH", "Balai Sertifikasi Elektronik"])
def test_a_signature_of_an_office_contradicts_nobody(name: str) -> None:
    office = replace(WHOLE, signer=name)
    assert codes(claimed(signed(office), signatory="Orang Rekaan", signed=Signed.ELECTRONIC)) == []


def test_unreadable_files_claim_nothing() -> None:
    broken = replace(evidence("dinkes/a.pdf"), condition=Condition.DAMAGED, kinds=(), document=None)
    assert codes(asked(question(ask("perda")), broken)) == []
    assert codes(claimed(broken, number="5", date="2022-05-12")) == []
