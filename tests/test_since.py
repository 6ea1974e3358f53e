"""What changed since a run: what a city asks in the two days after its field verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from flows.errors import UsageError
from flows.files import write_json
from flows.model import EvidenceFile, Finding, Manifest, Media, Register, Severity, Since
from flows.privacy import masked
from flows.publish import FINDINGS, INTERNAL, findings_record
from flows.publish.manifest_csv import write_manifest
from flows.settings import Settings
from flows.since import run_to_compare, since
from flows.telling_since import since_record, tell_since
from tests.builders.manifests import digest, evidence, manifest
from tests.publish.test_publish import assessed

RUN = "20260310T091500"
NIK = "9971015505120001"


def lacking(question: str, code: str = "missing-evidence", path: str = "", **changes: object) -> Finding:
    base = Finding(code, Severity.REQUIRED, "dinkes", question, path, values={"kind": "SK", "agency": "Dinkes"})
    return replace(base, **changes)  # type: ignore[arg-type]


def files(*names: EvidenceFile) -> Manifest:
    return manifest({}, names)


def recorded(root: Path, found: Manifest, findings: Sequence[Finding] = (), name: str = RUN) -> Path:
    """The records that a run leaves of what it found."""
    house = root / name / INTERNAL
    house.mkdir(parents=True)
    write_manifest(house / "manifest.csv", found, Register(()))
    write_json(house / FINDINGS, masked(findings_record(assessed(findings))))
    return root / name


def compared(run: Path, found: Manifest, findings: Sequence[Finding] = ()) -> Since:
    changes = since(run, found, assessed(findings))
    assert changes is not None
    return changes


def test_files_that_came_changed_and_went_are_told_apart(tmp_path: Path) -> None:
    guide = evidence("dinkes/BACA-SAYA.txt", media=Media.GUIDE)
    before = files(*map(evidence, ("dinkes/1.1 a.pdf", "dinkes/1.2 b.pdf", "dinkes/c.pdf")), guide)
    run = recorded(tmp_path, before)
    moved = evidence("dinkes/1.3 c.pdf", sha256=digest("dinkes/c.pdf"))
    changed = evidence("dinkes/1.2 b.pdf", sha256=digest("lain"))

    found = compared(run, files(changed, moved, evidence("dinkes/4.1 baru.pdf")))

    assert (found.added, found.replaced, found.gone) == (
        ("dinkes/4.1 baru.pdf",),
        ("dinkes/1.2 b.pdf",),
        ("dinkes/1.1 a.pdf",),
    )


def test_a_name_that_looks_like_a_formula_is_still_the_same_file(tmp_path: Path) -> None:
    """The list of a run writes such names as no spreadsheet program would reckon them."""
    name = "=1.1 a.pdf"
    run = recorded(tmp_path, files(evidence(name)))

    assert compared(run, files(evidence(name))).is_alike
    assert compared(run, files(evidence(name, sha256=digest("lain")))).replaced == (name,)


def test_questions_completed_and_fallen_back_are_named_in_the_order_of_the_instrument(tmp_path: Path) -> None:
    advice = lacking("3.1", severity=Severity.ADVICE)
    run = recorded(tmp_path, files(), [lacking("10.1"), lacking("2.1"), lacking("2.1"), lacking("4.1"), advice])
    fresh = lacking("12.1", "empty-file", "dinkes/12.1 x.pdf")

    found = compared(run, files(), [lacking("2.1"), lacking("4.1"), fresh])

    assert (found.completed, found.fallen) == (("10.1",), ("12.1",))
    assert (found.settled, found.new) == (2, (fresh,))


def test_a_finding_whose_number_follows_its_file_is_no_new_one(tmp_path: Path) -> None:
    """The number of a finding changes with the content of its file; the office still owes the same repair."""
    run = recorded(tmp_path, files(), [lacking("4.1", "child-number", f"dinkes/{NIK}.pdf", id="T-00000001")])

    found = compared(run, files(), [lacking("4.1", "child-number", f"dinkes/{NIK}.pdf", id="T-00000002")])

    assert found.is_alike


def test_what_is_told_is_indonesian_and_shows_no_number_of_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = recorded(tmp_path, files(), [lacking("4.1")])
    found = compared(run, files(evidence(f"dinkes/{NIK} surat.pdf")), [lacking("12.1", path="dinkes/a.pdf")])

    tell_since(run, found)

    said = capsys.readouterr().out
    assert f"Dibanding terbitan {RUN}: berkas 1 baru, 0 diganti, 0 tidak ada lagi; 1 temuan selesai" in said
    assert "Pertanyaan yang kini tidak kurang apa pun: 4.1." in said
    assert "WAJIB DILENGKAPI: Pertanyaan 12.1" in said
    assert NIK not in said
    assert NIK not in str(since_record(run, found))


def test_a_run_whose_records_are_lost_is_said_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = recorded(tmp_path, files())
    (run / INTERNAL / FINDINGS).write_text('{"bukan": "daftar"}', encoding="utf-8")

    assert since(run, files(), assessed()) is None
    tell_since(run, None)
    assert "Tidak dapat dibandingkan" in capsys.readouterr().out


def test_the_newest_run_is_compared_unless_another_is_named(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "inputs", tmp_path / "outputs")
    root = settings.output_root("kab-rekaan", 2026)
    assert run_to_compare(settings, "kab-rekaan", 2026, None) is None
    for name in (RUN, "20260311T091500"):
        recorded(root, files(), name=name)

    assert run_to_compare(settings, "kab-rekaan", 2026, None) == root / "20260311T091500"
    assert run_to_compare(settings, "kab-rekaan", 2026, RUN) == root / RUN
    with pytest.raises(UsageError) as refused:
        run_to_compare(settings, "kab-rekaan", 2026, "../../x")
    assert RUN in refused.value.repair
