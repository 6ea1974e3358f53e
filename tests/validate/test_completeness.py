"""When is a question proven? Each rule of completeness, through ``judge_block`` as the flow calls it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.findings import load_catalogue
from flows.model import (
    City,
    Condition,
    EvidenceFile,
    Finding,
    FolderNote,
    Framework,
    Manifest,
    Media,
    Outcome,
    Period,
    Question,
    Years,
)
from flows.validate import judge_block, validate
from tests.builders.manifests import YEARS, ask, city, evidence, instrument, instrument_2024, manifest, proof, question

DATA = Period.DATA_YEARS
UNREADABLE = [each for each in Condition if not each.is_readable and each is not Condition.IGNORED]


def judge(
    asked: Question, *files: EvidenceFile, in_city: City | None = None, found: Manifest | None = None
) -> tuple[Outcome, tuple[str, ...], tuple[Finding, ...]]:
    """Outcome of one question, the reasons of its requirements, and its findings."""
    framework = instrument(asked)
    here = in_city or city(framework)
    verdict = judge_block(framework.blocks[0], here, framework, found or manifest({asked.id: files}))
    (result,) = verdict.questions
    return result.outcome, tuple(each.reason for each in result.requirements), verdict.findings


def outcome(asked: Question, *files: EvidenceFile) -> tuple[Outcome, str]:
    found, reasons, _ = judge(asked, *files)
    return found, next((reason for reason in reasons if reason), "")


# --------------------------------------------------------------------------------------------------------------------
# What a proof is


def test_the_right_document_proves() -> None:
    assert outcome(question(), evidence("dinkes/1.1.pdf", "sk")) == (Outcome.COMPLETE, "")


def test_nothing_is_missing() -> None:
    found, reasons, findings = judge(question())
    assert (found, reasons) == (Outcome.LACKING, ("missing",))
    assert [(each.code, each.agency_id, each.path, each.points) for each in findings] == [
        ("missing-evidence", "dinkes", "", 12)
    ]


def test_an_unrelated_file_with_the_right_name_does_not_prove() -> None:
    """The rule this program stands on: a name never proves twelve points."""
    for hint in ((), ("sk",)):
        unrelated = evidence("dinkes/1.1 SK Gugus Tugas.pdf", named_kinds=hint)
        found, reasons, findings = judge(question(), unrelated)
        assert (found, reasons) == (Outcome.WARNING, ("kind-uncertain",))
        assert [each.code for each in findings] == ["kind-uncertain"]


def test_a_format_that_nobody_reads_is_to_be_saved_as_pdf() -> None:
    """To look at a OneNote page again, or to "add text" to a video, mends nothing."""
    closed = evidence("dinkes/1.1 catatan.one", media=Media.OTHER, detail="not-opened", has_text=False)
    told = {}
    for file in (closed, evidence("dinkes/1.1 SK.pdf")):
        [finding] = judge(question(), file)[2]
        assert finding.code == "kind-uncertain"
        told[file.path] = load_catalogue().describe(finding).repair
    assert "PDF dari aplikasinya" in told[closed.path]
    assert "lembar Daftar Bukti" in told["dinkes/1.1 SK.pdf"]
    assert "arsip" not in load_catalogue().details["not-opened"]


def test_a_document_that_says_it_is_something_else_does_not_prove_and_is_not_uncertain() -> None:
    assert outcome(question(), evidence("dinkes/1.1.pdf", "notula")) == (Outcome.LACKING, "missing")
    # … but a name that contradicts the content is for people to decide.
    named = evidence("dinkes/1.1 SK.pdf", "notula", named_kinds=("sk",))
    assert outcome(question(), named) == (Outcome.WARNING, "kind-uncertain")


def test_a_picture_of_a_decree_is_uncertain() -> None:
    photo = evidence("dinkes/1.1.jpg", "foto", media=Media.IMAGE, years=())
    assert outcome(question(), photo) == (Outcome.WARNING, "kind-uncertain")
    assert outcome(question(ask("foto")), photo)[0] is Outcome.COMPLETE


@pytest.mark.parametrize("condition", UNREADABLE)
def test_what_cannot_be_read_is_never_called_missing(condition: Condition) -> None:
    broken = evidence("dinkes/1.1.pdf", condition=condition, sha256="", pages=None)
    found, reasons, findings = judge(question(ask(), ask("matriks", DATA)), broken)
    assert (found, set(reasons)) == (Outcome.UNASSESSABLE, {"unreadable"})
    assert findings == ()  # the file itself is a finding, once
    # Beside a document of the wrong kind it stays what it is.
    beside = evidence("dinkes/1.1 lain.pdf", "notula")
    assert outcome(question(), broken, beside) == (Outcome.UNASSESSABLE, "unreadable")
    # Beside the right one it costs nothing.
    assert outcome(question(), broken, evidence("dinkes/1.1 SK.pdf", "sk"))[0] is Outcome.COMPLETE


def test_a_file_with_the_wrong_extension_is_read_and_counts() -> None:
    assert (
        outcome(question(), evidence("dinkes/1.1.doc", "sk", condition=Condition.WRONG_EXTENSION))[0]
        is Outcome.COMPLETE
    )


def test_an_ignored_file_counts_for_nothing() -> None:
    lock = evidence("dinkes/~$1.1.docx", "sk", condition=Condition.IGNORED)
    assert outcome(question(), lock) == (Outcome.LACKING, "missing")


def test_the_worst_requirement_decides() -> None:
    asked = question(ask("sk"), ask("notula"))
    decree, minutes = evidence("dinkes/1.1a.pdf", "sk"), evidence("dinkes/1.1b.pdf", "notula")
    assert outcome(asked, decree)[0] is Outcome.LACKING
    assert outcome(asked, decree, minutes)[0] is Outcome.COMPLETE
    assert outcome(asked, decree, evidence("dinkes/1.1c.pdf"))[0] is Outcome.WARNING
    assert outcome(asked, decree, replace(minutes, condition=Condition.LOCKED))[0] is Outcome.UNASSESSABLE


def test_one_document_of_two_kinds_fills_two_requirements() -> None:
    assert (
        outcome(question(ask("sk"), ask("notula")), evidence("dinkes/1.1.pdf", "sk", "notula"))[0] is Outcome.COMPLETE
    )


# --------------------------------------------------------------------------------------------------------------------
# Supporting documents


def test_a_supporting_document_is_not_the_matrix_once_more() -> None:
    asked = question(ask("matriks"), ask("dokumen"))
    matrix = evidence("dinkes/1.1.xlsx", "matriks", media=Media.SPREADSHEET)
    found, reasons, _ = judge(asked, matrix, replace(matrix, path="dinkes/1.1 lagi.xlsx", kinds=("data",)))
    assert (found, reasons) == (Outcome.LACKING, ("", "missing"))
    assert outcome(asked, matrix, evidence("dinkes/1.1 notula.pdf", "notula"))[0] is Outcome.COMPLETE


def test_alone_a_supporting_document_may_be_anything_recognised() -> None:
    for kind in instrument_2024().kinds["dokumen"].accepts:
        assert outcome(question(ask("dokumen")), evidence("dinkes/1.1.pdf", kind))[0] is Outcome.COMPLETE, kind
    assert outcome(question(ask("dokumen")), evidence("dinkes/1.1.pdf"))[0] is Outcome.WARNING


# --------------------------------------------------------------------------------------------------------------------
# Years, counts, topics, suppliers, signatures


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((YEARS[0],), (Outcome.COMPLETE, "")),
        ((YEARS[1],), (Outcome.COMPLETE, "")),
        ((2019,), (Outcome.WARNING, "wrong-year")),
        ((), (Outcome.WARNING, "year-uncertain")),
        ((2019, YEARS[1]), (Outcome.COMPLETE, "")),
    ],
)
def test_data_must_speak_of_a_data_year(years: tuple[int, ...], expected: tuple[Outcome, str]) -> None:
    assert outcome(question(ask("matriks", DATA)), evidence("dinkes/1.1.xlsx", "matriks", years=years)) == expected


@pytest.mark.parametrize("period", [Period.IN_FORCE, Period.CUMULATIVE])
def test_a_law_in_force_may_be_old(period: Period) -> None:
    for years in ((), (1999,)):
        assert (
            outcome(question(ask("sk", period)), evidence("dinkes/1.1.pdf", "sk", years=years))[0] is Outcome.COMPLETE
        )


def test_both_years_may_come_in_two_files_but_both_must_come() -> None:
    asked = question(ask("matriks", DATA, years=Years.BOTH))
    first, second = (evidence(f"dinkes/1.1 {year}.xlsx", "matriks", years=(year,)) for year in YEARS)
    assert outcome(asked, first) == (Outcome.WARNING, "one-year-only")
    assert outcome(asked, first, second)[0] is Outcome.COMPLETE
    assert outcome(asked, evidence("dinkes/1.1.xlsx", "matriks"))[0] is Outcome.COMPLETE


def test_a_missing_year_is_named_by_what_is_seen() -> None:
    asked = question(ask("matriks", DATA, years=Years.BOTH))
    _, _, (finding,) = judge(asked, evidence("dinkes/1.1.xlsx", "matriks", years=(2017, YEARS[0])))
    assert finding.values["years"] == "2022"
    assert finding.values["data_years"] == "2022 dan 2023"


def test_each_file_of_a_wrong_year_is_told_its_own_years() -> None:
    files = [evidence(f"dinkes/1.1 {year}.xlsx", "matriks", years=(year,)) for year in (2018, 2019)]
    _, _, findings = judge(question(ask("matriks", DATA)), *files)
    assert [(each.path, each.values["years"]) for each in findings] == [
        ("dinkes/1.1 2018.xlsx", "2018"),
        ("dinkes/1.1 2019.xlsx", "2019"),
    ]


def test_too_few_files_are_counted_among_the_good_ones() -> None:
    asked = question(ask("foto", DATA, count=2))
    one, old = (evidence(f"dinkes/1.1 {n}.jpg", "foto", media=Media.IMAGE, years=(n,)) for n in (2022, 2015))
    found, reasons, (finding,) = judge(asked, one, old)
    assert (found, reasons) == (Outcome.WARNING, ("too-few",))
    assert (finding.values["found"], finding.values["count"]) == ("1", "2")
    assert outcome(asked, one, evidence("dinkes/1.1 c.jpg", "foto"))[0] is Outcome.COMPLETE


def test_a_law_must_be_about_the_question() -> None:
    asked = question(keywords=("akta kelahiran", "identitas anak"))
    assert outcome(asked, evidence("dinkes/1.1.pdf", "sk")) == (Outcome.WARNING, "topic-uncertain")
    assert outcome(asked, evidence("dinkes/1.1.pdf", "sk", keywords=("rokok",)))[0] is Outcome.WARNING
    assert outcome(asked, evidence("dinkes/1.1.pdf", "sk", keywords=("identitas anak", "rokok")))[0] is Outcome.COMPLETE
    # A photo or a table does not state its topic.
    assert (
        outcome(replace(asked, requirements=question(ask("foto")).requirements), evidence("dinkes/1.1.jpg", "foto"))[0]
        is Outcome.COMPLETE
    )


def test_a_supplier_the_instrument_does_not_list_is_a_warning() -> None:
    stranger, contributor = evidence("kominfo/1.1.pdf", "sk"), evidence("dinsos/1.1.pdf", "sk")
    found, reasons, (finding,) = judge(question(), stranger)
    assert (found, reasons, finding.agency_id) == (Outcome.WARNING, ("unlisted-supplier",), "kominfo")
    assert finding.values["agency"] == instrument_2024().roles["kominfo"].label
    assert outcome(question(), contributor)[0] is Outcome.COMPLETE
    assert outcome(question(), stranger, contributor)[0] is Outcome.COMPLETE


def test_who_owes_it_in_this_city_is_a_supplier_too() -> None:
    asked = question()
    here = city(instrument(asked), leads={"1.1": "kominfo"})
    found, _, findings = judge(asked, evidence("kominfo/1.1.pdf", "sk"), in_city=here)
    assert (found, findings) == (Outcome.COMPLETE, ())


@pytest.mark.parametrize(
    ("path", "said"), [("Folder Entah/1.1.pdf", "Folder Entah"), ("1.1.pdf", "luar folder perangkat daerah")]
)
def test_a_file_of_nobody_is_said_to_come_from_where_it_lies(path: str, said: str) -> None:
    _, reasons, (finding,) = judge(question(), evidence(path, "sk"))
    assert reasons == ("unlisted-supplier",)
    assert finding.values["agency"] == said


def test_a_signature_is_never_guessed() -> None:
    asked = question(ask("sk", signed=True))
    assert outcome(asked, evidence("dinkes/1.1.pdf", "sk")) == (Outcome.WARNING, "signature-unconfirmed")
    assert outcome(asked, evidence("dinkes/1.1.pdf", "sk", has_signature=True))[0] is Outcome.COMPLETE


@pytest.mark.parametrize(
    "old",
    [
        evidence("dinkes/1.1 lama.pdf", "sk", years=(2015,), has_signature=True, keywords=("akta",)),
        evidence("dinkes/1.1 tanpa tahun.pdf", "sk", years=(), has_signature=True, keywords=("akta",)),
    ],
)
def test_a_file_of_another_year_lends_nothing_to_the_right_one(old: EvidenceFile) -> None:
    """A signed decree of 2015 does not sign this year's; a listed supplier's old file does not vouch for a stranger."""
    asked = question(ask("sk", DATA, signed=True), keywords=("akta",))
    unsigned = evidence("dinkes/1.1.pdf", "sk", keywords=("akta",))
    assert outcome(asked, unsigned, old) == (Outcome.WARNING, "signature-unconfirmed")
    stranger = evidence("kominfo/1.1.pdf", "sk", keywords=("akta",), has_signature=True)
    assert outcome(asked, stranger, old) == (Outcome.WARNING, "unlisted-supplier")
    off_topic = evidence("dinkes/1.1 b.pdf", "sk", has_signature=True)
    assert outcome(asked, off_topic, old) == (Outcome.WARNING, "topic-uncertain")


# --------------------------------------------------------------------------------------------------------------------
# Folders that could not be opened


def closed(folder: str, agency_id: str) -> tuple[Outcome, set[str], list[str]]:
    asked = question()
    found = manifest({}, folders=(FolderNote(folder, "unreadable", agency_id),))
    assessment = validate(city(instrument(asked)), instrument(asked), found)
    reasons = {reason for gap in assessment.gaps for reason in gap.reasons}
    return assessment.questions["1.1"].outcome, reasons, [each.code for each in assessment.findings]


def test_what_lies_in_a_closed_folder_is_unknown_and_not_missing() -> None:
    assert closed("dinkes", "dinkes") == (Outcome.UNASSESSABLE, {"folder-closed"}, ["unreadable-folder"])


def test_another_agencys_or_a_deeper_closed_folder_excuses_nobody() -> None:
    for folder, agency_id in (("kominfo", "kominfo"), ("Folder Entah", ""), (".", ""), ("dinkes/foto lama", "dinkes")):
        found, reasons, codes = closed(folder, agency_id)
        assert (found, reasons) == (Outcome.LACKING, {"missing"})
        assert "unreadable-folder" in codes
        assert "missing-evidence" in codes


def test_a_deeper_closed_folder_that_names_the_question_makes_it_unknown() -> None:
    asked = question()
    note = FolderNote("dinkes/1.1", "unreadable", "dinkes", questions=("1.1",))

    result = validate(city(instrument(asked)), instrument(asked), manifest({}, folders=(note,)))

    assert result.questions["1.1"].outcome is Outcome.UNASSESSABLE


def test_a_file_from_elsewhere_still_proves_beside_a_closed_folder() -> None:
    asked = question()
    found = manifest(
        {"1.1": [evidence("dinsos/1.1.pdf", "sk")]}, folders=(FolderNote("dinkes", "unreadable", "dinkes"),)
    )
    assert judge(asked, found=found)[0] is Outcome.COMPLETE


# --------------------------------------------------------------------------------------------------------------------
# Whatever comes


def files(name: str) -> st.SearchStrategy[EvidenceFile]:
    kinds = st.sets(st.sampled_from(["sk", "perda", "notula", "matriks", "data", "foto", "laporan"]), max_size=2).map(
        sorted
    )
    return st.builds(
        lambda agency, found, named, years, condition, signed, words, media: evidence(
            f"{agency}/1.1 {name}.pdf",
            *found,
            named_kinds=tuple(named),
            years=years,
            condition=condition,
            has_signature=signed,
            keywords=words,
            media=media,
        ),
        st.sampled_from(["dinkes", "dinsos", "kominfo", "Entah"]),
        kinds,
        kinds,
        st.sampled_from([(), (2015,), (2022,), YEARS]),
        st.sampled_from(list(Condition)),
        st.booleans(),
        st.sampled_from([(), ("akta",)]),
        st.sampled_from([Media.PDF, Media.IMAGE]),
    )


REQUIREMENTS = st.builds(
    ask,
    st.sampled_from(["sk", "peraturan", "matriks", "foto", "dokumen", "narasi"]),
    st.sampled_from(list(Period)),
    count=st.integers(1, 2),
    signed=st.booleans(),
)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(REQUIREMENTS, min_size=1, max_size=3),
    st.tuples(*(st.none() | files(name) for name in "abc")),
    st.sampled_from([(), ("akta",)]),
)
def test_complete_means_that_a_good_file_is_there_and_lacking_that_none_might_be(
    requirements: list[object], drawn: tuple[EvidenceFile | None, ...], keywords: tuple[str, ...]
) -> None:
    asked = question(*requirements, keywords=keywords)  # type: ignore[arg-type]
    cited = tuple(file for file in drawn if file is not None)
    framework = instrument(asked)
    (result,) = judge_block(framework.blocks[0], city(framework), framework, manifest({"1.1": cited})).questions
    counting = [file for file in cited if file.condition is not Condition.IGNORED]
    assert set(result.paths) == {file.path for file in counting}
    for each in result.requirements:
        accepted = set(framework.kinds[each.requirement.kind].accepts)
        proving = [file for file in counting if file.condition.is_readable and accepted & set(file.kinds)]
        assert (each.reason == "") == (each.outcome is Outcome.COMPLETE)
        if each.outcome is Outcome.COMPLETE:
            assert set(each.paths) <= {file.path for file in proving}
            assert len(each.paths) >= each.requirement.count
        if each.outcome is Outcome.LACKING:
            assert all(file.condition.is_readable for file in counting)
            assert all(file.kinds for file in counting)
    order = [Outcome.LACKING, Outcome.UNASSESSABLE, Outcome.WARNING, Outcome.COMPLETE]
    assert result.outcome == min((each.outcome for each in result.requirements), key=order.index)


def test_full_proof_of_every_question_completes_the_whole_instrument(framework: Framework, city: City) -> None:
    """No requirement of the shipped instrument contradicts another: all 1000 points can be reached."""
    found = manifest({each.id: proof(each, framework) for each in framework.questions})
    assessment = validate(city, framework, found)
    incomplete = {gap.question_id: gap.reasons for gap in assessment.gaps}
    assert incomplete == {}
    assert assessment.total.points.maximum_with_proof == 1000
    assert [each.code for each in assessment.findings if each.question_id] == []
