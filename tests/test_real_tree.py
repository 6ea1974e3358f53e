"""Real files that nobody here wrote, named by hand as offices do: present beside the checkout in some places only."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.framework import available_years, load_city, load_framework
from flows.framework.prepare import prepare
from flows.gather import gather
from flows.model import Condition, Framework, Manifest, Media, Outcome, Severity
from flows.settings import Settings
from flows.validate import validate
from tests.builders.plain_run import issue_now, judge
from tests.render import conformance_kit
from tests.render.opened import acting, empty_pages, opened

REAL = Path(__file__).resolve().parents[2] / "shared" / "real" / "kab-madiun"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the collection of real files is not beside this checkout")
OURS = (Media.GUIDE, Media.FORM)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A writable copy, prepared as a secretariat would."""
    root = tmp_path_factory.mktemp("madiun") / "kab-madiun" / "2026"
    shutil.copytree(REAL / "2026", root)
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode | 0o700)
    done = prepare(root, "kab-madiun", 2026, load_framework(2024), name="Kabupaten Madiun")
    assert done.unmatched == ()
    return root


@pytest.fixture(scope="module")
def manifest(root: Path) -> Manifest:
    city = load_city(root, "kab-madiun", 2026, available_years())
    return gather(city, load_framework(2024), root, state_root=None)


def test_every_real_file_is_there_exactly_once(manifest: Manifest) -> None:
    real = sorted(path.relative_to(REAL / "2026").as_posix() for path in REAL.rglob("*") if path.is_file())
    found = [file.path for file in manifest.files if file.media not in OURS]
    assert found == real


def test_conditions_are_named(manifest: Manifest) -> None:
    odd = {file.path: file.condition for file in manifest.files if file.condition is not Condition.GOOD}
    assert odd == {
        "BAPPEDA/1.3a kutipan APBD.pdf": Condition.LOCKED,
        "Dinkes/13.1.pdf": Condition.DAMAGED,
        "Dinkes/17.1 SK KTR.pdf": Condition.EMPTY,
        "Dinkes/~$14.1 matriks.xlsx": Condition.IGNORED,
    }


def test_files_with_an_id_are_cited_and_the_rest_listed(manifest: Manifest) -> None:
    cited = manifest.questions_of()
    evidence = [file for file in manifest.files if file.media not in OURS]
    uncited = [file.name for file in evidence if file.path not in cited]
    assert sorted(uncited) == [
        "Perda KLA (salinan).pdf",
        "data lama.xls",
        "notulen rapat.pdf",
        "paparan.pptx",
        "~$14.1 matriks.xlsx",
    ]
    assert cited["Kelurahan/26.2/SK PATBM.pdf"] == ("26.2",)


def test_unrelated_content_proves_nothing(root: Path, manifest: Manifest) -> None:
    """The files are named after SK and Perda but are manuals and test pages: not one question may be LENGKAP."""
    city = load_city(root, "kab-madiun", 2026, available_years())
    assessment = validate(city, load_framework(2024), manifest)
    assert assessment.total.counts[Outcome.COMPLETE] == 0
    assert assessment.questions["1.1"].outcome is Outcome.WARNING
    assert {id_ for id_, each in assessment.questions.items() if each.outcome is Outcome.UNASSESSABLE} == {
        "1.3a",
        "13.1",
        "17.1",
    }
    assert assessment.heaviest is Severity.REQUIRED


def asked(framework: Framework) -> Framework:
    """Only indicators for which there are files: the rest of the book is printed elsewhere."""
    numbers = {"1", "2", "6", "11", "13", "14", "17", "26"}
    blocks = (
        replace(block, indicators=tuple(each for each in block.indicators if each.id in numbers))
        for block in framework.blocks
    )
    return replace(framework, blocks=tuple(block for block in blocks if block.indicators))


def test_the_book_holds_pages_or_a_slip_sheet_of_every_cited_file(root: Path, tmp_path: Path) -> None:
    """Odd boxes, rotations, annotations and grey pictures of others are bound, and the proof of every volume holds."""
    inputs = tmp_path / "masukan"
    shutil.copytree(root, inputs / "kab-madiun" / "2026")
    ran = issue_now(judge(Settings(inputs, tmp_path / "keluaran"), "kab-madiun", 2026, cut=asked))
    book = opened(ran.folder / "dosir.pdf")
    bound = {label.partition(" ")[0] for label in book.labels if "/" in label}
    labels = {each.path: each.label for each in ran.judged.register.labels}
    assert bound == set(labels.values()) - {labels["Dinkes/17.1 SK KTR.pdf"]}  # of no bytes, and no proof
    slips = {path for path, label in labels.items() if label in book.labels}
    assert slips == {"BAPPEDA/1.3a kutipan APBD.pdf", "Dinkes/13.1.pdf"}
    assert conformance_kit.findings(ran.folder / "dosir.pdf", has_evidence=True) == []
    assert acting(ran.folder / "dosir.pdf") == set()
    assert [number for number in empty_pages(ran.folder / "dosir.pdf") if number > 2] == []
