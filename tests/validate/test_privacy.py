"""What is made of personal data: who is a child, how many findings a list of children costs, what passes a run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.findings import load_catalogue
from flows.model import (
    Assessment,
    Condition,
    EvidenceFile,
    Exposure,
    ExposureKind,
    Finding,
    Manifest,
    Media,
    Overrides,
    Reach,
    Severity,
)
from flows.validate import settle, validate
from flows.validate.lifting import with_ids
from flows.validate.privacy import is_minor
from tests.builders.manifests import city, evidence, instrument, manifest, question

OPEN = question()
SENSITIVE = question(id="1.2", is_sensitive=True)
ASKED = instrument(OPEN, SENSITIVE)
CITY = city(ASKED)
NIK, KK, LIST, PLACE = (
    ExposureKind.RESIDENT_NUMBER,
    ExposureKind.FAMILY_CARD,
    ExposureKind.CHILD_LIST,
    ExposureKind.PLACE,
)
MASKED = "9971••••••••0001"
CHILD = Exposure(NIK, 1, MASKED, birth_year=12, page=1)
ADULT = Exposure(NIK, 1, MASKED, birth_year=80, page=1)
COUNTS = Exposure(ExposureKind.SMALL_COUNT, 3, "jumlah kasus l", sheet="Rekap", cell="C5")
BY_SEX = Exposure(ExposureKind.SEX_COUNT, 2, "kelurahan, l", sheet="Rekap", cell="B2")
LONE = Exposure(ExposureKind.LONE_CHILD, 1, "nama, kelas", page=1)
LIKELY_LIST = Exposure(ExposureKind.LIKELY_CHILDREN, 4, "nama, umur", page=3)
BLOCKING = {"child-number", "family-card", "child-list", "small-counts", "photo-place-sensitive"}


def a_file(*exposures: Exposure, **changes: object) -> EvidenceFile:
    given = {"exposures": exposures, "reach": Reach.WHOLE} | changes
    return evidence("dinkes/1.1 SK.pdf", "sk", **given)


def judged(*files: EvidenceFile, question_id: str = "1.1") -> Assessment:
    return validate(CITY, ASKED, manifest({question_id: files}))


def about_persons(assessment: Assessment) -> list[Finding]:
    codes = BLOCKING | {"child-alone", "adult-number", "photo-place", "privacy-unassessable", "privacy-partly"}
    return [finding for finding in assessment.findings if finding.code in codes]


def said(finding: Finding) -> str:
    return load_catalogue().describe(finding).sentence


# --------------------------------------------------------------------------------------------------------------------
# Who is a child


@pytest.mark.parametrize(
    ("two_digits", "is_child"),
    [(4, True), (3, False), (24, True), (0, False), (99, False), (80, False), (25, True), (26, False)],
)
def test_a_child_is_who_was_not_eighteen_in_the_first_data_year(two_digits: int, *, is_child: bool) -> None:
    """Data years 2022 and 2023, evaluated in 2024: born in 2004 or later; 25 is a baby of next spring, 26 is 1926."""
    assert is_minor(two_digits, CITY) is is_child


@given(st.integers(0, 99), st.integers(2010, 2099))
def test_nobody_becomes_a_child_by_growing_older(two_digits: int, year: int) -> None:
    now = replace(CITY, evaluation_year=year, data_years=(year - 2, year - 1))
    later = replace(CITY, evaluation_year=year + 1, data_years=(year - 1, year))
    newest = (year + 2) % 100
    assert is_minor(two_digits, now) or not is_minor(two_digits, later) or two_digits == newest


def test_a_number_of_unknown_birth_is_a_childs_only_beside_children() -> None:
    unknown = replace(ADULT, birth_year=None, example="9971••••••••0002")
    alone = about_persons(judged(a_file(unknown)))
    assert [finding.code for finding in alone] == ["adult-number"]
    children = Exposure(LIST, 30, "nama, tanggal lahir", page=1)
    beside = about_persons(judged(a_file(unknown, children)))
    assert {finding.code for finding in beside} == {"child-number", "child-list"}
    elsewhere = about_persons(judged(a_file(unknown, replace(children, page=2))))
    assert {finding.code for finding in elsewhere} == {"adult-number", "child-list"}


def test_what_the_program_hands_out_holds_no_list_of_children_but_may_hold_a_number() -> None:
    """BACA-SAYA lists questions on children, profil-kota.xlsx offices for children; both blocked every new city."""
    questions = Exposure(LIST, 44, "nama, alamat")
    assert about_persons(judged(a_file(questions, media=Media.GUIDE))) == []
    (found,) = about_persons(judged(a_file(questions, CHILD, media=Media.GUIDE)))
    assert found.code == "child-number"


def test_a_number_in_a_name_is_repaired_by_another_name() -> None:
    (found,) = about_persons(judged(a_file(replace(CHILD, page=None, hidden="name"))))
    assert "nama berkas" in load_catalogue().describe(found).repair


def test_an_archive_nobody_opens_is_called_one() -> None:
    closed = a_file(media=Media.ARCHIVE, condition=Condition.REFUSED, detail="archive-not-opened", reach=Reach.NONE)
    (found,) = about_persons(judged(closed))
    assert "1 arsip yang tidak dibuka" in said(found)


# --------------------------------------------------------------------------------------------------------------------
# What it costs


def test_five_hundred_children_on_a_sheet_are_one_finding() -> None:
    rows = [Exposure(NIK, 50, MASKED, birth_year=year, sheet="Siswa", cell=f"C{year}") for year in range(8, 18)]
    (found,) = about_persons(judged(a_file(*rows, media=Media.SPREADSHEET)))
    assert (found.code, found.severity, found.points) == ("child-number", Severity.BLOCKING, 0)
    assert 'lembar "Siswa" sel C8: memuat 500 NIK anak (antara lain 9971••••••••0001)' in said(found)


def test_pages_of_a_document_are_named_together() -> None:
    pages = [replace(CHILD, page=page) for page in (1, 2, 3, 7, 9)]
    (found,) = about_persons(judged(a_file(*pages)))
    assert "halaman 1–3, 7, dan 9: memuat 5 NIK anak" in said(found)
    many = [replace(CHILD, page=page) for page in range(1, 200, 2)]
    assert "11, dan 94 tempat lain:" in said(about_persons(judged(a_file(*many)))[0])


def test_tables_of_a_document_and_lines_of_a_text_are_named() -> None:
    """Neither has pages or sheets, and nobody finds a number in thirty tables otherwise."""
    tables = [replace(CHILD, page=None, table=table) for table in (1, 2, 3, 7)]
    (found,) = about_persons(judged(a_file(*tables, media=Media.TEXT_DOCUMENT)))
    assert "tabel 1–3 dan 7: memuat 4 NIK anak" in said(found)
    (found,) = about_persons(judged(a_file(tables[3], replace(CHILD, page=None), media=Media.TEXT_DOCUMENT)))
    assert "tabel 7 dan di luar tabel: memuat 2 NIK anak" in said(found)
    (found,) = about_persons(judged(a_file(replace(CHILD, page=None, line=12), media=Media.PLAIN_TEXT)))
    assert "baris 12: memuat 1 NIK anak" in said(found)


def test_a_hidden_corner_is_named_and_a_finding_of_its_own() -> None:
    seen = Exposure(NIK, 1, MASKED, birth_year=12, sheet="Data", cell="D7")
    findings = about_persons(judged(a_file(seen, replace(seen, hidden="sheet"), media=Media.SPREADSHEET)))
    assert [finding.code for finding in findings] == ["child-number", "child-number"]
    assert len({finding.id for finding in findings}) == 2
    open_, hidden = sorted(map(said, findings), key=len)
    assert "tersembunyi" not in open_
    assert "(lembar tersembunyi)" in hidden
    assert "tidak tampak ketika berkas dibuka biasa" in hidden


def test_a_number_in_a_name_is_said_to_be_in_the_name() -> None:
    (found,) = about_persons(judged(a_file(replace(CHILD, page=None, hidden="name"))))
    assert "nama berkas atau folder: memuat 1 NIK anak" in said(found)
    assert "tidak tampak" not in said(found)


def test_nobody_is_asked_to_show_what_no_program_here_opens() -> None:
    (found,) = about_persons(judged(a_file(replace(CHILD, page=None, hidden="swept"))))
    assert "isi yang tidak dapat dibuka program: memuat 1 NIK anak" in said(found)
    assert "tidak tampak" not in said(found)


@pytest.mark.parametrize(
    ("exposure", "question_id", "code", "severity"),
    [
        (CHILD, "1.1", "child-number", Severity.BLOCKING),
        (ADULT, "1.2", "adult-number", Severity.ADVICE),
        (Exposure(KK, 1, MASKED), "1.1", "family-card", Severity.BLOCKING),
        (Exposure(LIST, 12, "nama, umur, sekolah"), "1.1", "child-list", Severity.BLOCKING),
        (COUNTS, "1.1", "small-counts", Severity.BLOCKING),
        (Exposure(PLACE, 1), "1.1", "photo-place", Severity.ADVICE),
        (Exposure(PLACE, 1), "1.2", "photo-place-sensitive", Severity.BLOCKING),
    ],
)
def test_each_kind_weighs_what_it_endangers(
    exposure: Exposure, question_id: str, code: str, severity: Severity
) -> None:
    assessment = judged(a_file(exposure), question_id=question_id)
    (found,) = about_persons(assessment)
    assert (found.code, found.severity, found.question_id) == (code, severity, question_id)
    assert assessment.privacy_checked is (severity is not Severity.BLOCKING)
    told = load_catalogue().describe(found)
    assert "{" not in told.sentence + told.repair
    assert "dinkes/1.1 SK.pdf" in told.sentence
    assert load_catalogue().entries[code].names <= {"path", "place", *found.values}


def test_small_counts_matter_in_what_leaves_the_secretariat_only() -> None:
    """The original of a sensitive question stays inside, its redacted copy does not; what nobody cites goes nowhere."""
    inside, copy = a_file(COUNTS), replace(a_file(COUNTS), path="dinkes/Versi tersamar/1.2 SK.pdf", is_redacted=True)
    sensitive = validate(CITY, ASKED, manifest({"1.2": [inside]}, [replace(copy, redacts=inside.path)]))
    assert [finding.path for finding in about_persons(sensitive)] == [copy.path]
    assert sensitive.withheld == {copy.sha256}

    assert not about_persons(validate(CITY, ASKED, manifest({}, [inside])))


def test_a_table_by_sex_counts_children_in_difficulty_where_its_question_is_about_them() -> None:
    """*Kelurahan, L, P* says nothing by itself: boys and girls in a class, or the victims of a year."""
    file = a_file(BY_SEX)
    assert not about_persons(judged(file))
    assert not about_persons(judged(file, question_id="1.2"))  # shown at the verification only
    special = replace(ASKED, blocks=(replace(ASKED.blocks[0], id="V"),))
    (found,) = about_persons(validate(CITY, special, manifest({"1.1": [file]})))
    assert (found.code, found.severity) == ("small-counts", Severity.BLOCKING)
    assert "menurut jenis kelamin" in said(found)


def test_a_redacted_copy_counts_as_its_original_does() -> None:
    inside = a_file()
    copy = replace(a_file(BY_SEX), path="dinkes/Versi tersamar/1.2 SK.pdf", is_redacted=True, redacts=inside.path)
    sensitive = validate(CITY, ASKED, manifest({"1.2": [inside]}, [copy]))
    assert sensitive.withheld == {copy.sha256}
    assert not about_persons(validate(CITY, ASKED, manifest({"1.1": [inside]}, [copy])))


def lone_files(count: int, *, content: str = "") -> list[EvidenceFile]:
    return [
        replace(a_file(LONE), path=f"dinkes/1.1 Rapor {n}.pdf", sha256=content or f"{n:064}")
        for n in range(1, count + 1)
    ]


def test_a_file_for_each_child_is_a_list_and_one_child_is_a_hint() -> None:
    two = about_persons(judged(*lone_files(2)))
    assert [(finding.code, finding.severity) for finding in two] == [("child-alone", Severity.REQUIRED)] * 2
    three = judged(*lone_files(3))
    assert [finding.code for finding in about_persons(three)] == ["child-list"] * 3
    assert len(three.withheld) == 3


def test_copies_of_one_paper_and_papers_for_several_questions_are_no_list() -> None:
    assert {finding.code for finding in about_persons(judged(*lone_files(3, content="1" * 64)))} == {"child-alone"}
    first, *others = lone_files(3)
    apart = validate(CITY, ASKED, manifest({"1.1": others, "1.2": [first]}))
    assert {finding.code for finding in about_persons(apart)} == {"child-alone"}


def test_a_redacted_copy_names_nobody() -> None:
    copy = replace(a_file(LONE), is_redacted=True)
    assert [finding.code for finding in about_persons(judged(copy))] == ["child-list"]


# --------------------------------------------------------------------------------------------------------------------
# Whether a run has passed


def test_a_run_passes_when_every_file_was_looked_through_or_cannot_be() -> None:
    scan = evidence("dinkes/1.1 scan.pdf", "sk", has_text=False, is_scan=True)
    photo = evidence("dinkes/1.1 foto.jpg", media=Media.IMAGE, has_text=False)
    locked = evidence("dinsos/1.1 kunci.pdf", condition=Condition.LOCKED, detail="password", has_text=False)
    assessment = judged(a_file(), scan, photo, locked)
    assert assessment.privacy_checked
    assert assessment.privacy.unassessable == {"locked": 1, "picture": 1, "scan": 1}
    told = sorted(said(finding) for finding in about_persons(assessment))
    assert len(told) == 2
    assert "isi 2 berkas tidak dapat dibaca program" in told[0]
    assert "1 gambar atau foto dan 1 pindaian tanpa teks" in told[0]
    assert "1 berkas terkunci" in told[1]


def test_a_text_that_nobody_has_looked_through_keeps_the_mark() -> None:
    assessment = judged(a_file(), evidence("dinkes/1.1 lain.pdf", "sk", reach=Reach.NONE))
    assert not assessment.privacy_checked
    assert assessment.privacy.unseen == 1
    assert not about_persons(assessment)


def test_where_all_looking_failed_the_mark_stays() -> None:
    """Child processes that cannot start make every file an unreadable one; that is no clean bill."""
    failed = evidence("dinkes/1.1 a.pdf", condition=Condition.REFUSED, detail="inspection-crash", reach=Reach.NONE)
    assert not judged(failed).privacy_checked
    assert judged(failed, a_file()).privacy_checked


def test_an_archive_that_is_not_opened_is_called_an_archive() -> None:
    packed = evidence("dinkes/1.1 bukti.rar", media=Media.ARCHIVE, condition=Condition.REFUSED, reach=Reach.NONE)
    assert judged(packed).privacy.unassessable == {"archive": 1}


def test_a_file_looked_through_in_part_passes_and_is_said() -> None:
    assessment = judged(a_file(reach=Reach.PART))
    assert assessment.privacy_checked
    assert [finding.code for finding in about_persons(assessment)] == ["privacy-partly"]


@pytest.mark.parametrize(
    "changes",
    [
        {"condition": Condition.IGNORED, "media": Media.SYSTEM},
        {"condition": Condition.EMPTY},
        {"media": Media.GUIDE, "has_text": False},
    ],
)
def test_what_nobody_is_shown_is_not_counted(changes: dict[str, object]) -> None:
    other = evidence("dinkes/lain", reach=Reach.NONE, **changes)
    assessment = validate(CITY, ASKED, manifest({"1.1": [a_file()]}, [other]))
    assert assessment.privacy_checked
    assert not about_persons(assessment)


def test_an_archive_is_what_lies_in_it() -> None:
    box = evidence("dinkes/a.zip", media=Media.ARCHIVE, has_text=False)
    inside = evidence("dinkes/a.zip/b.pdf", reach=Reach.WHOLE, container=box.path, exposures=(CHILD,))
    opened = validate(CITY, ASKED, manifest({}, [box, inside]))
    assert {finding.code for finding in about_persons(opened)} == {"child-number"}
    assert opened.withheld == {box.sha256, inside.sha256}
    shut = validate(CITY, ASKED, manifest({}, [box]))
    assert shut.privacy.unassessable == {"archive": 1}


def test_contradictory_answers_block_but_keep_no_mark() -> None:
    disagreement = Finding("answers-disagree", Severity.BLOCKING, "dinkes", "1.1", "dinkes/Formulir.xlsx")
    base = replace(judged(a_file()), findings=(disagreement,))
    settled = settle(base, ASKED, manifest({"1.1": [a_file()]}), Overrides())
    assert settled.heaviest is Severity.BLOCKING
    assert settled.privacy_checked


# --------------------------------------------------------------------------------------------------------------------
# Ids

FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["child-number", "role-without-agency"]),
    severity=st.just(Severity.BLOCKING),
    path=st.sampled_from(["", "a.pdf", "b.pdf"]),
    sheet=st.sampled_from(["", "Data"]),
    spot=st.sampled_from(["", "sheet"]),
    values=st.dictionaries(st.sampled_from(["role", "count"]), st.sampled_from(["x", "y"])),
)


@given(st.lists(FINDINGS, max_size=30))
def test_no_two_findings_of_a_run_share_an_id(findings: list[Finding]) -> None:
    ids = [finding.id for finding in with_ids(findings, {"a.pdf": "a" * 64})]
    assert len(set(ids)) == len(findings)
    assert ids == [finding.id for finding in with_ids(findings, {"a.pdf": "a" * 64})]


def test_an_id_follows_the_bytes_and_not_what_is_counted() -> None:
    one = about_persons(judged(a_file(CHILD)))[0]
    more = about_persons(judged(a_file(replace(CHILD, count=7, example="9971••••••••0009"))))[0]
    other = about_persons(judged(a_file(CHILD, sha256="b" * 64)))[0]
    assert one.id == more.id != other.id


def test_every_finding_of_an_assessment_has_an_id() -> None:
    assessment = validate(CITY, ASKED, Manifest((), ()))
    ids = [finding.id for finding in assessment.findings]
    assert len(set(ids)) == len(ids) == 3
    assert all(len(each) == len("T-3f9a2c1b") for each in ids)


@pytest.mark.parametrize(("exposure", "code"), [(LIKELY_LIST, "child-likely"), (LONE, "child-alone")])
def test_a_doubt_is_told_of_what_might_leave_the_house(exposure: Exposure, code: str) -> None:
    """The proof of a sensitive question is not sent, whatever it says; a form is printed as written."""
    told = {
        "proof": judged(a_file(exposure)),
        "sensitive": judged(a_file(exposure), question_id="1.2"),
        "nothing": validate(CITY, ASKED, manifest({}, [a_file(exposure)])),
        "form": validate(CITY, ASKED, manifest({}, [a_file(exposure, media=Media.FORM)])),
    }
    codes = {name: {each.code for each in found.findings} & {code, "likely-answer"} for name, found in told.items()}
    assert codes == {"proof": {code}, "sensitive": set(), "nothing": {code}, "form": {"likely-answer"}}
    assert told["form"].withheld == frozenset(), "the answers of an office are not hidden for a doubt about one"
