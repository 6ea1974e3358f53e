"""The invented demo city: every planted problem is found as announced, and the rest is sound, small and harmless."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.findings import load_catalogue
from flows.framework.city import load_city
from flows.framework.instrument import load_framework
from flows.gather import gather
from flows.model import Assessment, City, Condition, EvidenceFile, Framework, Manifest, Media, Outcome, Severity
from flows.privacy import mask_numbers
from flows.telling import tell_result
from flows.validate import validate
from tests.builders import demo_city as demo
from tests.builders import demo_file_problems as hidden
from tests.builders import demo_problems as planted
from tests.builders.demo_agencies import AGENCIES
from tests.builders.demo_catalogue import catalogue
from tests.builders.demo_evidence import RANGE
from tests.builders.demo_exports import exports
from tests.builders.demo_file_problems import FILE_PROBLEMS, FILE_UNPLANTABLE
from tests.builders.demo_form_problems import CUT, FORM_PROBLEMS, LATER, SECOND, STRAY, UNPLANTABLE
from tests.builders.demo_form_spoilers import returned
from tests.builders.demo_problems import PROBLEMS, Planted
from tests.builders.demo_signed import SIGNED, TTE_ADDED_TO, TTE_BROKEN
from tests.builders.demo_spoilt import EDITS, made_of_others, smaller

REPOSITORY = Path(__file__).parents[1]
ROOT = REPOSITORY / "inputs" / "kota-contoh" / "2024"
MOST_BYTES = 8_000_000
NAME_BYTES = 150
PATH_CHARS = 180
INVENTED_REGION = "99"
PERSON_NUMBER = re.compile(r"\d{16}|\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}|\d{6}[ .-]\d{6}[ .-]\d{4}")
CAMERA = {".jpg", ".jpeg", ".png"}


def paths() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(2024)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(ROOT, "kota-contoh", 2024, (2024,))


@pytest.fixture(scope="module")
def manifest(city: City, framework: Framework) -> Manifest:
    return gather(city, framework, ROOT, state_root=None)


@pytest.fixture(scope="module")
def assessment(city: City, framework: Framework, manifest: Manifest) -> Assessment:
    return validate(city, framework, manifest)


def file_at(manifest: Manifest, path: str) -> EvidenceFile:
    return next(file for file in manifest.files if file.path == path)


def cited_for(manifest: Manifest, path: str) -> set[str]:
    return {citation.question_id for citation in manifest.citations if citation.path == path}


# --------------------------------------------------------------------------------------------------------------------
# The planted problems, one by one


def is_missing(manifest: Manifest, problem: Planted) -> bool:
    return not set(problem.questions) & {citation.question_id for citation in manifest.citations}


def has_condition(condition: Condition) -> Callable[[Manifest, Planted], bool]:
    def check(manifest: Manifest, problem: Planted) -> bool:
        found = file_at(manifest, problem.path)
        return found.condition is condition and cited_for(manifest, problem.path) == set(problem.questions)

    return check


def is_old(manifest: Manifest, problem: Planted) -> bool:
    return file_at(manifest, problem.path).years == (2019,)


def is_twin(manifest: Manifest, problem: Planted) -> bool:
    twin = file_at(manifest, problem.path)
    return twin.duplicate_of == planted.PERDA and twin.sha256 == file_at(manifest, planted.PERDA).sha256


def is_uncited(manifest: Manifest, problem: Planted) -> bool:
    return not cited_for(manifest, problem.path) and file_at(manifest, problem.path).condition is Condition.GOOD


def is_unknown_id(manifest: Manifest, problem: Planted) -> bool:
    file = file_at(manifest, problem.path)
    return file.unknown_ids == ("12.9",) and any(near.startswith("12.") for near in file.suggestions)


def is_conflict(manifest: Manifest, problem: Planted) -> bool:
    conflicts = {conflict.path: conflict for conflict in manifest.conflicts}
    return conflicts[problem.path].taken == ("14.7",) and conflicts[problem.path].dropped == ("13.4",)


def is_unrecognised(manifest: Manifest, problem: Planted) -> bool:
    return file_at(manifest, problem.path).kinds == () and cited_for(manifest, problem.path) == set(problem.questions)


def is_unsigned_budget(manifest: Manifest, problem: Planted) -> bool:
    file = file_at(manifest, problem.path)
    return "anggaran" in file.kinds and not file.has_signature


def is_from_elsewhere(manifest: Manifest, problem: Planted) -> bool:
    folder = problem.path.split("/")[0]
    roles = {role for agency in AGENCIES if agency.folder == folder for role in agency.roles}
    listed = {question.id: set(question.suppliers) for question in load_framework(2024).questions}
    return all(not roles & listed[question_id] for question_id in cited_for(manifest, problem.path))


def is_unmatched(manifest: Manifest, problem: Planted) -> bool:
    notes = {(note.folder, note.reason) for note in manifest.folders}
    kept = file_at(manifest, planted.UNMATCHED_FILE)
    return (problem.path, "unmatched") in notes and cited_for(manifest, kept.path) == {"8.4"}


def is_silent(manifest: Manifest, problem: Planted) -> bool:
    return [file.media for file in manifest.files if file.path.startswith(f"{problem.path}/")] == [Media.GUIDE]


def is_ignored(manifest: Manifest, problem: Planted) -> bool:
    return file_at(manifest, problem.path).condition is Condition.IGNORED and not cited_for(manifest, problem.path)


CHECKS: dict[str, Callable[[Manifest, Planted], bool]] = {
    "missing-evidence": is_missing,
    "empty-file": has_condition(Condition.EMPTY),
    "locked-file": has_condition(Condition.LOCKED),
    "unreadable-file": has_condition(Condition.DAMAGED),
    "wrong-format": has_condition(Condition.WRONG_EXTENSION),
    "wrong-year": is_old,
    "duplicate-file": is_twin,
    "uncited-file": is_uncited,
    "unknown-question": is_unknown_id,
    "name-conflict": is_conflict,
    "kind-uncertain": is_unrecognised,
    "signature-unconfirmed": is_unsigned_budget,
    "unlisted-supplier": is_from_elsewhere,
    "unknown-agency": is_unmatched,
    "agency-silent": is_silent,
    "diabaikan": is_ignored,
}


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: f"{problem.code}:{problem.path[-30:]}")
def test_gather_sees_the_planted_problem(manifest: Manifest, problem: Planted) -> None:
    assert CHECKS[problem.code](manifest, problem)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: f"{problem.code}:{problem.path[-30:]}")
def test_validate_reports_the_planted_problem(assessment: Assessment, city: City, problem: Planted) -> None:
    found = [finding for finding in assessment.findings if finding.code == problem.code]
    where = {(finding.path, finding.question_id) for finding in found}

    if problem.code == "diabaikan":
        assert problem.path not in {finding.path for finding in assessment.findings}
    elif problem.code == "agency-silent":
        assert [finding.agency_id for finding in found] == ["kejaksaan"]
    elif problem.code == "missing-evidence":
        assert set(problem.questions) <= {finding.question_id for finding in found}
    else:
        assert problem.path in {path for path, _ in where}


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        ({"missing-evidence"}, Outcome.LACKING),
        ({"empty-file", "locked-file", "unreadable-file"}, Outcome.UNASSESSABLE),
        ({"wrong-year", "kind-uncertain", "signature-unconfirmed", "unlisted-supplier"}, Outcome.WARNING),
    ],
)
def test_a_problem_gives_its_question_the_outcome_it_deserves(
    assessment: Assessment, codes: set[str], outcome: Outcome
) -> None:
    concerned = {question for problem in PROBLEMS if problem.code in codes for question in problem.questions}

    assert {question: assessment.questions[question].outcome for question in concerned} == dict.fromkeys(
        concerned, outcome
    )


def test_an_uncited_file_in_an_indicator_folder_gets_a_suggestion(manifest: Manifest) -> None:
    indicator = file_at(manifest, "Disparpora/20/Pusat kreativitas remaja.pdf")
    parent = file_at(manifest, "Bappeda/1.3 Rekap anggaran responsif anak 2022-2023.xlsx")

    assert indicator.suggestions
    assert all(question.startswith("20.") for question in indicator.suggestions)
    assert parent.suggestions[0] == "1.3a"


@pytest.mark.parametrize(
    "problem", FILE_PROBLEMS, ids=lambda problem: f"{problem.code}:{mask_numbers(problem.path)[-30:]}"
)
def test_validate_reports_what_is_planted_in_files(assessment: Assessment, problem: Planted) -> None:
    path = mask_numbers(problem.path)
    found = [finding for finding in assessment.findings if (finding.code, finding.path) == (problem.code, path)]

    assert len(found) == problem.times
    assert {finding.question_id for finding in found} == set(problem.questions) or not problem.questions


def test_nothing_else_is_said_of_files(assessment: Assessment) -> None:
    """Of the other files the program says nothing: a finding that nobody planted is a defect."""
    codes = {problem.code for problem in FILE_PROBLEMS} | set(FILE_UNPLANTABLE)
    planned: Counter[tuple[str, str]] = Counter()
    for problem in FILE_PROBLEMS:
        planned[problem.code, mask_numbers(problem.path)] += problem.times

    assert Counter((each.code, each.path) for each in assessment.findings if each.code in codes) == planned


def test_every_code_about_files_is_planted_or_cannot_be() -> None:
    codes = list(load_catalogue().entries)
    about_files = set(codes[: codes.index("form-missing")])
    shown = {problem.code for problem in (*PROBLEMS, *FILE_PROBLEMS)} - {"diabaikan"}

    assert about_files == shown | set(FILE_UNPLANTABLE)
    assert not shown & set(FILE_UNPLANTABLE)


def test_a_redacted_copy_stands_for_its_original(manifest: Manifest) -> None:
    copy = file_at(manifest, hidden.REDACTED)

    assert copy.redacts == hidden.CASES
    assert not copy.exposures
    assert cited_for(manifest, hidden.CASES) == {"21B.1"}


def test_who_signed_electronically_is_seen_and_whether_anything_was_changed(manifest: Manifest) -> None:
    found = {path: file_at(manifest, path).signatures for path in SIGNED}

    assert {path: [one.signer for one in signatures] for path, signatures in found.items()} == {
        path: [name] for path, name in SIGNED.items()
    }
    assert [path for path in SIGNED if not found[path][0].is_intact] == [TTE_BROKEN]
    assert [path for path in SIGNED if not found[path][0].covers_file] == [TTE_ADDED_TO]


def test_what_lies_in_an_archive_within_an_archive_answers_by_its_own_name(manifest: Manifest) -> None:
    assert cited_for(manifest, f"{planted.ZIP}/{planted.ZIP_WITHIN}/{planted.ZIP_WITHIN_MEMBER}") == {"6.7"}


@pytest.mark.parametrize("problem", FORM_PROBLEMS, ids=lambda problem: f"{problem.code}:{problem.path[-30:]}")
def test_validate_reports_what_is_planted_in_forms_and_tables(assessment: Assessment, problem: Planted) -> None:
    found = [
        finding for finding in assessment.findings if finding.code == problem.code and finding.path == problem.path
    ]
    about = [finding for finding in found if not problem.questions or finding.question_id in problem.questions]

    assert len(about) == problem.times
    assert {finding.question_id for finding in about} == set(problem.questions) or not problem.questions
    assert problem.path or problem.questions or [finding.agency_id for finding in about] == [problem.agency]


def test_nothing_else_is_said_of_forms_and_tables(assessment: Assessment) -> None:
    """Where the forms are in order the program keeps quiet: a finding that nobody planted is a defect."""
    codes = {problem.code for problem in FORM_PROBLEMS} | set(UNPLANTABLE)
    planned: Counter[tuple[str, str]] = Counter()
    for problem in FORM_PROBLEMS:
        planned[problem.code, problem.path] += problem.times

    assert Counter((each.code, each.path) for each in assessment.findings if each.code in codes) == planned


def test_every_code_about_forms_and_tables_is_planted_or_cannot_be() -> None:
    codes = list(load_catalogue().entries)
    about_forms = set(codes[codes.index("form-missing") :])

    assert about_forms == {problem.code for problem in FORM_PROBLEMS} | set(UNPLANTABLE)


def test_a_finding_about_a_cell_names_file_sheet_and_cell(assessment: Assessment) -> None:
    cells = {"cell-error", "cell-remark", "sex-total-mismatch", "percent-mismatch", "year-jump", "forms-disagree"}
    found = [finding for finding in assessment.findings if finding.code in cells]

    assert {finding.code for finding in found} == cells
    assert all(finding.path and finding.sheet and finding.cell for finding in found)


def test_only_the_planted_contradiction_and_the_planted_persons_block(assessment: Assessment) -> None:
    catalogue = load_catalogue()
    blocking = Counter(finding.code for finding in assessment.findings if finding.severity is Severity.BLOCKING)
    planned = [each for each in FILE_PROBLEMS if catalogue.severity(each.code) is Severity.BLOCKING]

    assert blocking == Counter(problem.code for problem in planned) + Counter({"answers-disagree": 1})
    assert len(planned) == planted.BLOCKING_FILES


def test_the_readme_announces_every_planted_problem() -> None:
    text = (ROOT / "BACA-SAYA.txt").read_text(encoding="utf-8")

    every = (*PROBLEMS, *FILE_PROBLEMS, *FORM_PROBLEMS)
    assert text == planted.readme(every)
    for problem in every:
        assert mask_numbers(problem.path) in text
        assert f"[{problem.code}] {problem.say}" in text
        assert all(question in text for question in problem.questions if not problem.path)


# --------------------------------------------------------------------------------------------------------------------
# The city as a whole


def test_four_fifths_of_the_questions_are_proven_and_every_outcome_occurs(assessment: Assessment) -> None:
    outcomes = Counter(result.outcome for result in assessment.questions.values())

    assert set(outcomes) == set(Outcome)
    assert 0.75 <= outcomes[Outcome.COMPLETE] / outcomes.total() <= 0.85


def test_claims_are_plausible_and_stay_below_the_maximum(assessment: Assessment) -> None:
    points = assessment.total.points

    assert points.claimed is not None
    assert points.proven is not None
    assert 780 <= points.claimed <= 880
    assert 650 <= points.proven < points.claimed < points.maximum


def test_every_table_of_the_instrument_is_filled_by_somebody(assessment: Assessment, framework: Framework) -> None:
    assert set(assessment.tables) == set(framework.tables)


def test_tables_of_areas_agree_with_each_other_and_with_the_city_file(assessment: Assessment, city: City) -> None:
    """Children per kelurahan add up to those per kecamatan, and these to the number that the city prints."""
    children = {
        name: {row.key: row.values["anak.LP"] for row in assessment.tables[name].rows if row.year == 2023}
        for name in ("akta-kelahiran", "kia")
    }
    printed = next(fact.value for fact in city.facts if fact.label == "Jumlah anak usia 0–17 tahun")

    for district in city.districts:
        villages = [float(children["kia"][village.code]) for village in district.villages]
        assert sum(villages) == children["akta-kelahiran"][district.code]
    assert sum(map(float, children["akta-kelahiran"].values())) == float(printed.replace(".", ""))


def test_forms_prove_questions_that_files_alone_leave_open(assessment: Assessment, manifest: Manifest) -> None:
    """By a table (25.8 has no file at all), and by saying that a document is signed."""
    assert not is_missing_files(manifest, "1.3a")
    assert is_missing_files(manifest, "25.8")
    assert {assessment.questions[each].outcome for each in ("1.3a", "1.3zf", "25.8", "26.13")} == {Outcome.COMPLETE}


def is_missing_files(manifest: Manifest, question_id: str) -> bool:
    return question_id not in {citation.question_id for citation in manifest.citations}


def test_every_indicator_has_proof_and_every_block_has_gaps(assessment: Assessment) -> None:
    assert all(group.counts[Outcome.COMPLETE] for group in assessment.indicators.values())
    assert all(group.counts[Outcome.LACKING] for group in assessment.blocks.values())


def test_agencies_name_pages_of_longer_documents(manifest: Manifest) -> None:
    """Written as people write them: a range in one cell, in two, one page; all within the document."""
    named = {path: (row.first_page, row.last_page) for row in manifest.declarations for path in row.paths}
    later = {path: pages for path, pages in named.items() if 1 < max(each or 0 for each in pages) <= 3}

    assert sorted(later.values(), key=str) == [(1, 2), (2, 3), (2, None)]
    assert later[RANGE] == (2, 3)
    assert all(
        max(each or 0 for each in pages) <= (file_at(manifest, path).pages or 0) for path, pages in later.items()
    )


def test_one_document_serves_many_questions_and_every_kind_of_file_occurs(manifest: Manifest) -> None:
    per_file = Counter(citation.path for citation in manifest.citations)
    families = {file.media for file in manifest.files}
    scans = [file for file in manifest.files if file.media is Media.PDF and file.pages and not file.has_text]

    assert max(per_file.values()) >= 6
    assert families >= {Media.PDF, Media.IMAGE, Media.SPREADSHEET, Media.TEXT_DOCUMENT, Media.ARCHIVE, Media.GUIDE}
    assert len(scans) >= 4


def test_every_file_is_listed_once(manifest: Manifest) -> None:
    within = f"{planted.ZIP_WITHIN}/{planted.ZIP_WITHIN_MEMBER}"
    inside = [f"{planted.ZIP}/{name}" for name in (*planted.ZIP_MEMBERS, planted.ZIP_WITHIN, within)]
    assert sorted(file.path for file in manifest.files) == sorted(map(mask_numbers, [*paths(), *inside]))


def test_the_tree_is_the_one_the_generator_describes() -> None:
    made = {doc.path for doc in (*catalogue(), *planted.DOCS, *hidden.FILE_DOCS)} | {hidden.REDACTED}
    made |= {path for path, _ in made_of_others(lambda path: (ROOT / path).read_bytes())}
    spoilt = {planted.DUPLICATE, planted.EMPTY, planted.LOCK_FILE, planted.SYSTEM_FILE, planted.ZIP}
    papers = {"kota.yaml", "BACA-SAYA.txt", "naskah/BACA-SAYA.txt", "naskah/lambang.svg"}
    papers |= {f"{agency.folder}/BACA-SAYA.txt" for agency in AGENCIES}

    forms = {path for path, _ in returned()}

    assert forms >= {CUT, LATER, SECOND, STRAY}
    assert set(paths()) == made | spoilt | papers | forms | set(exports()), (
        "buat ulang: python -m tests.builders.demo_city inputs/kota-contoh/2024"
    )


def test_it_is_small_enough_for_a_repository() -> None:
    sizes = [(ROOT / path).stat().st_size for path in paths()]

    assert 250 <= len(sizes) <= 400
    assert sum(sizes) <= MOST_BYTES
    assert max(sizes) <= 120_000


def test_names_are_portable() -> None:
    """No name that Windows or a Mac would refuse, fold or decompose; nothing beyond what SMB paths carry."""
    found = paths()
    parts = {part for path in found for part in path.split("/")}

    assert all(not set(part) & set('<>:"\\|?*') and part == part.strip(" .") for part in parts)
    assert all(unicodedata.is_normalized("NFC", part) and len(part.encode()) <= NAME_BYTES for part in parts)
    assert max(len(path) for path in found) <= PATH_CHARS
    assert len({path.casefold() for path in found}) == len(found)


def test_everything_in_kota_yaml_is_visibly_invented(city: City) -> None:
    assert (city.name, city.code, city.province, city.seat) == ("Kota Contoh", "99.71", "Provinsi Contoh", "Contoh")
    assert city.data_years == (2022, 2023)
    assert all(signatory.name.startswith("NAMA CONTOH") and not signatory.nip for signatory in city.signatories)
    assert all("Contoh" in district.name for district in city.districts)
    assert all("Contoh" in village.name for district in city.districts for village in district.villages)
    assert all("rekaan" in fact.source for fact in city.facts)
    assert [item.is_confirmed for item in city.legal_basis] == [True]
    assert all((ROOT / agency.folder).is_dir() for agency in city.agencies)


def test_the_legal_basis_is_the_perda_that_is_handed_in(city: City) -> None:
    number = re.search(r"Nomor \d+ Tahun \d{4}", city.legal_basis[0].text)

    assert number is not None
    assert number[0].upper() in text_of(planted.PERDA)


# --------------------------------------------------------------------------------------------------------------------
# Harmless: no number that could be a person's, no place in a photo


def test_the_example_in_the_guide_is_what_the_screen_says(
    city: City,
    framework: Framework,
    manifest: Manifest,
    assessment: Assessment,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Operators compare their screen with it: figures, findings and repairs, wherever the page breaks the lines."""
    guide = (REPOSITORY / "docs" / "panduan-operator.md").read_text(encoding="utf-8")
    example = guide.split("Contoh dari kota rekaan:\n\n```\n")[1].split("\n```")[0]
    tell_result(city, framework, manifest, assessment)
    said = " ".join(capsys.readouterr().out.split())
    pieces = re.split(r"\n(?=\S|  - )", example)  # a finding stays with its repair
    sentences = [" ".join(piece.removesuffix("…").split()) for piece in pieces]
    assert len(sentences) > 10
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_the_readme_of_the_project_counts_its_files() -> None:
    (told,) = re.findall(
        r"invented from end to end: (\d+) files", (REPOSITORY / "README.md").read_text(encoding="utf-8")
    )
    assert int(told) == sum(path.is_file() for path in ROOT.rglob("*"))


def text_of(path: str) -> str:
    """All text of a file of the demo city, as far as it has any."""
    content = (ROOT / path).read_bytes()
    if path.endswith(".pdf") and path not in {planted.EMPTY, planted.DAMAGED, planted.WRONG_EXTENSION}:
        return _pdf_text(content, planted.PASSWORD if path == planted.LOCKED else None)
    if path.endswith((".xlsx", ".xlsm", ".ods", ".docx", ".docm")) and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            texts = [packed.read(name).decode() for name in sorted(packed.namelist()) if name.endswith(".xml")]
        plain = (re.sub(r"<[^>]+>", " ", text) for text in texts if "Content_Types" not in text[:200])
        return re.sub(r"\b[0-9a-f]{64}\b", "", "\n".join(plain))  # the fingerprint of a form is nobody's number
    return content.decode() if path.endswith((".txt", ".yaml", ".bat")) else ""


def _pdf_text(content: bytes, password: str | None) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content, password))


def test_numbers_of_persons_are_invented_and_only_where_they_are_planted() -> None:
    found = paths()
    texts = {path: text_of(path) for path in found}
    numbers = {path: PERSON_NUMBER.findall(f"{path}\n{texts[path]}") for path in found}
    planned = {hidden.HIDDEN_SHEET, hidden.COMMENT, hidden.NAMED, hidden.ADULT, hidden.FAMILY}

    assert {path for path in found if numbers[path]} == planned
    assert all(number.startswith(INVENTED_REGION) for path in planned for number in numbers[path])
    assert sum(len(text) > 100 for text in texts.values()) > 150, "the texts were not read"


def test_every_text_says_that_it_is_invented() -> None:
    silent = [
        path
        for path in paths()
        if path.endswith((".pdf", ".xlsx", ".xlsm", ".ods", ".docx", ".docm", ".bat"))
        and (text := text_of(path)).strip()
        and "DOKUMEN REKAAN" not in text
        and path != planted.LOCK_FILE
    ]

    assert silent == []


def test_photos_carry_a_date_of_the_data_years_and_no_place_but_those_planted() -> None:
    from PIL import Image

    photos = [ROOT / path for path in paths() if Path(path).suffix in CAMERA]
    for path in photos:
        with Image.open(path) as picture:
            exif = picture.getexif()
            taken, place = exif.get_ifd(0x8769)[0x9003], exif.get_ifd(0x8825)
        name = path.relative_to(ROOT).as_posix()
        assert taken[:4] in {"2022", "2023"} or name == hidden.OLD_PHOTO
        assert bool(place) == (name in (hidden.PLACE, hidden.SENSITIVE_PLACE)), name

    assert len(photos) >= 12


# --------------------------------------------------------------------------------------------------------------------
# The generator


def test_making_it_again_gives_the_same_bytes() -> None:
    """A few text PDFs and one of every other kind of file, made twice."""
    forms = {"perda", "sk", "laporan", "sertifikat"}
    chosen = {doc.form if doc.form in forms else (doc.suffix, doc.scanned): doc for doc in catalogue()}
    sample = tuple(chosen.values())
    locked = next(doc for doc in planted.DOCS if doc.path == planted.LOCKED)

    assert {doc.suffix for doc in sample} == {".pdf", ".xlsx", ".docx", ".jpg", ".jpeg", ".png"}
    assert any(doc.scanned for doc in sample)
    assert dict(demo.files(sample)) == dict(demo.files(sample))
    assert exports() == exports()
    assert demo.spoilt(locked) == demo.spoilt(locked)
    assert demo.zipped() == demo.zipped()


def test_what_is_planted_in_files_is_made_again_byte_by_byte() -> None:
    """But for what is signed: that is made once and kept."""
    one = [doc for doc in hidden.FILE_DOCS if doc.path in EDITS or doc.path in (hidden.CASES, hidden.PLACE)]

    assert [doc.path for doc in one if demo.content_of(doc) != (ROOT / doc.path).read_bytes()] == []
    assert smaller((ROOT / hidden.CAMPAIGN).read_bytes()) == (ROOT / hidden.REUSED).read_bytes()


def test_forms_are_made_again_byte_by_byte_and_lie_as_the_builder_makes_them() -> None:
    """Otherwise the instrument or the layout of forms has changed: make the demo city again."""
    stale = [path for path, content in returned() if (ROOT / path).read_bytes() != content]

    assert stale == [], "buat ulang: python -m tests.builders.demo_city inputs/kota-contoh/2024 formulir"


def test_kota_yaml_and_guides_are_up_to_date() -> None:
    for path, content in demo.papers():
        assert (ROOT / path).read_bytes().replace(b"\r\n", b"\n") == content, path
