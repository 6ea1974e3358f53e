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

from flows.framework.city import load_city
from flows.framework.instrument import load_framework
from flows.gather import gather
from flows.model import Assessment, City, Condition, EvidenceFile, Framework, Manifest, Media, Outcome, Severity
from flows.validate import validate
from tests.builders import demo_city as demo
from tests.builders import demo_problems as planted
from tests.builders.demo_agencies import AGENCIES
from tests.builders.demo_problems import PROBLEMS, Planted

ROOT = Path(__file__).parents[1] / "inputs" / "kota-contoh" / "2024"
MOST_BYTES = 6_000_000
NAME_BYTES = 150
PATH_CHARS = 180
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


def test_nothing_blocks_so_that_the_demo_can_be_published(assessment: Assessment) -> None:
    assert Severity.BLOCKING not in {finding.severity for finding in assessment.findings}


def test_the_readme_announces_every_planted_problem() -> None:
    text = (ROOT / "BACA-SAYA.txt").read_text(encoding="utf-8")

    assert text == planted.readme()
    for problem in PROBLEMS:
        assert problem.path in text
        assert f"[{problem.code}] {problem.say}" in text
        assert all(question in text for question in problem.questions if not problem.path)


# --------------------------------------------------------------------------------------------------------------------
# The city as a whole


def test_two_thirds_of_the_questions_are_proven_and_every_outcome_occurs(assessment: Assessment) -> None:
    outcomes = Counter(result.outcome for result in assessment.questions.values())

    assert set(outcomes) == set(Outcome)
    assert 0.65 <= outcomes[Outcome.COMPLETE] / outcomes.total() <= 0.75


def test_every_indicator_has_proof_and_every_block_has_gaps(assessment: Assessment) -> None:
    assert all(group.counts[Outcome.COMPLETE] for group in assessment.indicators.values())
    assert all(group.counts[Outcome.LACKING] for group in assessment.blocks.values())


def test_one_document_serves_many_questions_and_every_kind_of_file_occurs(manifest: Manifest) -> None:
    per_file = Counter(citation.path for citation in manifest.citations)
    families = {file.media for file in manifest.files}
    scans = [file for file in manifest.files if file.media is Media.PDF and file.pages and not file.has_text]

    assert max(per_file.values()) >= 6
    assert families >= {Media.PDF, Media.IMAGE, Media.SPREADSHEET, Media.TEXT_DOCUMENT, Media.ARCHIVE, Media.GUIDE}
    assert len(scans) >= 4


def test_every_file_is_listed_once(manifest: Manifest) -> None:
    assert [file.path for file in manifest.files] == paths()


def test_the_tree_is_the_one_the_generator_describes() -> None:
    made = {doc.path for doc in (*demo.catalogue(), *planted.DOCS)}
    spoilt = {planted.DUPLICATE, planted.EMPTY, planted.LOCK_FILE, planted.SYSTEM_FILE, planted.ZIP}
    papers = {"kota.yaml", "BACA-SAYA.txt", *(f"{agency.folder}/BACA-SAYA.txt" for agency in AGENCIES)}

    assert set(paths()) == made | spoilt | papers, (
        "buat ulang: python -m tests.builders.demo_city inputs/kota-contoh/2024"
    )


def test_it_is_small_enough_for_a_repository() -> None:
    sizes = [(ROOT / path).stat().st_size for path in paths()]

    assert 150 <= len(sizes) <= 250
    assert sum(sizes) <= MOST_BYTES
    assert max(sizes) <= 65_000


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


def text_of(path: str) -> str:
    """All text of a file of the demo city, as far as it has any."""
    content = (ROOT / path).read_bytes()
    if path.endswith(".pdf") and path not in {planted.EMPTY, planted.DAMAGED, planted.WRONG_EXTENSION}:
        return _pdf_text(content, planted.PASSWORD if path == planted.LOCKED else None)
    if path.endswith((".xlsx", ".docx")) and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            texts = [packed.read(name).decode() for name in sorted(packed.namelist()) if name.endswith(".xml")]
        return "\n".join(re.sub(r"<[^>]+>", " ", text) for text in texts if "Content_Types" not in text[:200])
    return content.decode() if path.endswith((".txt", ".yaml")) else ""


def _pdf_text(content: bytes, password: str | None) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content, password))


def test_no_number_of_a_person_in_names_or_texts() -> None:
    found = paths()
    texts = {path: text_of(path) for path in found}

    assert [path for path in found if PERSON_NUMBER.search(path) or PERSON_NUMBER.search(texts[path])] == []
    assert sum(len(text) > 100 for text in texts.values()) > 150, "the texts were not read"


def test_every_text_says_that_it_is_invented() -> None:
    silent = [
        path
        for path in paths()
        if path.endswith((".pdf", ".xlsx", ".docx"))
        and (text := text_of(path)).strip()
        and "DOKUMEN REKAAN" not in text
        and path != planted.LOCK_FILE
    ]

    assert silent == []


def test_photos_carry_a_date_of_the_data_years_and_no_place() -> None:
    from PIL import Image

    photos = [ROOT / path for path in paths() if Path(path).suffix in CAMERA]
    for path in photos:
        with Image.open(path) as picture:
            exif = picture.getexif()
            taken, place = exif.get_ifd(0x8769)[0x9003], exif.get_ifd(0x8825)
        assert taken[:4] in {"2022", "2023"}, path.name
        assert not place, path.name

    assert len(photos) >= 12


# --------------------------------------------------------------------------------------------------------------------
# The generator


def test_making_it_again_gives_the_same_bytes() -> None:
    """A few text PDFs and one of every other kind of file, made twice."""
    forms = {"perda", "sk", "laporan", "sertifikat"}
    chosen = {doc.form if doc.form in forms else (doc.suffix, doc.scanned): doc for doc in demo.catalogue()}
    sample = tuple(chosen.values())
    locked = next(doc for doc in planted.DOCS if doc.path == planted.LOCKED)

    assert {doc.suffix for doc in sample} == {".pdf", ".xlsx", ".docx", ".jpg", ".jpeg", ".png"}
    assert any(doc.scanned for doc in sample)
    assert dict(demo.files(sample)) == dict(demo.files(sample))
    assert demo.spoilt(locked) == demo.spoilt(locked)
    assert demo.zipped() == demo.zipped()


def test_kota_yaml_and_guides_are_up_to_date() -> None:
    for path, content in demo.papers():
        assert (ROOT / path).read_bytes().replace(b"\r\n", b"\n") == content, path
