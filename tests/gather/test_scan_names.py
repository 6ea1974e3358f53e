"""No full number of a person passes gather: names of files and folders, forms, tables, the cache."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.forms.plan import plan_by_key
from flows.forms.writer import write_form
from flows.gather import gather
from flows.gather.finder import FileFinder
from flows.gather.intake import Source, walk
from flows.gather.masked import masked
from flows.model import CellState, Condition, EvidenceFile, Manifest, Media, TableCell
from tests.builders.filled_forms import filled
from tests.gather.kit import asking, city, city_with_areas, instrument, packed, pdf, take, workbook, write
from tests.gather.scan_kit import MASKED, NIK, OTHER

SPACED = "9971 0145 0512 0001"
OCR = "99710145O512OOO1"


def hides(manifest: Manifest, state: Path | None = None) -> bool:
    """Whether the number stands nowhere: not in what was gathered, not in what is remembered."""
    kept = [path.read_bytes() for path in state.rglob("*") if path.is_file()] if state else []
    return NIK not in repr(manifest) and not any(NIK.encode() in content for content in kept)


def test_a_name_is_masked_and_still_tells_whose_number_it_was(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {f"Dinkes/12.1 akta {NIK}.pdf": pdf(["Laporan tahun 2023"])})
    manifest = take(root, tmp_path / "state")
    [file] = manifest.files
    assert (file.path, file.media, file.pages) == (f"Dinkes/12.1 akta {MASKED}.pdf", Media.PDF, 1)
    [one] = file.exposures
    assert (one.example, one.birth_year, one.hidden, one.count) == (MASKED, 12, "name", 1)
    assert [(one.question_id, one.path) for one in manifest.citations] == [("12.1", file.path)]
    assert hides(manifest, tmp_path / "state")
    assert take(root, tmp_path / "state") == manifest


@pytest.mark.parametrize("written", [SPACED, OCR, NIK, f"NIK_{NIK}", f"KIP {NIK}", f"foto WA_{NIK}"])
def test_a_name_hides_a_number_however_it_is_written(tmp_path: Path, written: str) -> None:
    root = write(tmp_path, {f"Dinkes/{written}.txt": "Catatan rekaan"})
    [file] = take(root).files
    assert file.name.endswith("0001.txt")
    assert written not in repr(file)
    assert [one.hidden for one in file.exposures] == ["name"]


def test_folders_are_masked_and_files_whose_names_become_equal_keep_their_own_paths(tmp_path: Path) -> None:
    twin = NIK[:6] + "460512" + NIK[-4:]
    files = {
        f"Dinkes/{NIK}/a.txt": "a",
        f"Dinkes/{twin}/a.txt": "b",
        f"Dinkes/{NIK}.txt": "c",
        f"Dinkes/{twin}.txt": "d",
    }
    root = write(tmp_path, {**files, f"{NIK}/x.txt": "e", f"{twin}/x.txt": "f", f"{NIK}.txt": "g", f"{twin}.txt": "h"})
    manifest = take(root)
    paths = [file.path for file in manifest.files]
    assert len(set(paths)) == len(paths) == 8
    assert len({file.sha256 for file in manifest.files}) == 8
    assert f"Dinkes/{MASKED}~.txt" in paths
    assert all(file.exposures[0].hidden == "name" for file in manifest.files)
    assert {note.folder for note in manifest.folders} >= {MASKED, f"{MASKED}~"}
    assert hides(manifest)
    assert twin not in repr(manifest)


def test_a_name_within_an_archive_tells_whose_number_it_was(tmp_path: Path) -> None:
    inner = packed({f"anak {NIK}/akta.txt": b"Catatan rekaan"})
    manifest = take(write(tmp_path / "in", {"Dinkes/bukti.zip": inner}), tmp_path / "state")
    [member] = [file for file in manifest.files if file.container]
    assert member.path == f"Dinkes/bukti.zip/anak {MASKED}/akta.txt"
    assert [(one.example, one.hidden) for one in member.exposures] == [(MASKED, "name")]
    assert hides(manifest, tmp_path / "state")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.from_regex(r"[a-zA-Z .\-_]{0,8}(9971(01|02)4[1-9]0512000[12])?[a-z .]{0,6}", fullmatch=True),
                      min_size=1, max_size=6, unique_by=str.casefold))  # fmt: skip
def test_whatever_files_are_called_each_is_there_once_and_no_name_shows_a_number(names: list[str]) -> None:
    kept = [f"a{name}b" for name in names]
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {f"Dinkes/{name}": name for name in kept})
        entries = walk(Source("dinkes", ("Dinkes",)), root).entries
    assert sorted(Path(entry.real_path).name for entry in entries) == sorted(kept)
    assert len({entry.path for entry in entries}) == len(kept)
    for entry in entries:
        assert masked(entry.path) == entry.path
        is_masked = "•" in entry.path
        assert is_masked == bool(entry.exposures)


def test_a_list_of_evidence_that_uses_the_real_name_finds_the_file() -> None:
    def file(path: str, sha256: str) -> EvidenceFile:
        return EvidenceFile(path, "dinkes", 1, Condition.GOOD, Media.PDF, sha256=sha256)

    finder = FileFinder([file(f"Dinkes/12.1 {MASKED}.pdf", "a"), file("Dinkes/lain.pdf", "b")], ())
    form = "Dinkes/Formulir KLA.xlsx"
    for written in (f"12.1 {NIK}.pdf", f"12.1 {NIK}", f"Dinkes/12.1 {SPACED}.pdf", f"12.1 {MASKED}.pdf"):
        assert [one.sha256 for one in finder.find(written, form).files] == ["a"], written
    twins = FileFinder([file(f"Dinkes/{MASKED}.pdf", "a"), file(f"Dinkes/{MASKED}~.pdf", "b")], ())
    assert len(twins.find(f"{NIK}.pdf", form).files) == 2


def test_cells_of_tables_lose_the_number_and_figures_do_not() -> None:
    def cell(number: float | None, text: str = "") -> TableCell:
        return TableCell("anggaran", "", CellState.VALUE, number, text, "D7")

    budget, code = cell(1_250_000_000_000.0), cell(None, "99.99.01.1001")
    assert masked((budget, code)) == (budget, code)
    assert masked(cell(None, f"anak {NIK}")).text == f"anak {MASKED}"
    hidden = masked(cell(float(OTHER)))
    assert (hidden.state, hidden.number) == (CellState.UNREADABLE, None)
    assert OTHER[4:12] not in repr(hidden)


def test_a_workbook_of_an_agency_gives_its_numbers_to_nobody(tmp_path: Path) -> None:
    rows = [["Data pelayanan"], ["Nama", "NIK", "Kecamatan"], ["Orang Rekaan", NIK, "Contoh Utara"]]
    root = write(tmp_path / "in", {"Dinkes/12.1 data.xlsx": workbook(rows)})
    manifest = gather(city(), instrument(), root, state_root=tmp_path / "state")
    assert [(one.cell, one.example) for one in manifest.files[0].exposures] == [("B3", MASKED)]
    assert hides(manifest, tmp_path / "state")


def test_a_form_finds_its_evidence_by_the_real_name_and_hands_on_no_number(tmp_path: Path) -> None:
    area, asked = city_with_areas(), asking()
    own = plan_by_key("opd:dinkes", area, asked)
    assert own is not None
    content = filled(
        own,
        answers={"12.1": {"jawaban": "Ya", "poin": 1.0, "catatan": f"sesuai akta anak NIK {SPACED}"}},
        lists={"mitra": [{"nama": f"Mitra {NIK}"}]},
        evidence=[
            {"berkas": f"akta {NIK}.pdf", "pertanyaan": "12.1", "keterangan": f"akta {NIK}"},
            {"berkas": f"hilang {NIK}.pdf", "pertanyaan": f"12.9 {NIK}"},
        ],
    )
    form = "Dinkes/Formulir KLA 2024 - Dinas Kesehatan.xlsx"
    root = write(tmp_path / "in", {form: write_form(own, content), f"Dinkes/akta {NIK}.pdf": pdf(["Akta rekaan"])})
    manifest = gather(area, asked, root, state_root=tmp_path / "state")
    assert manifest.declarations[0].paths == (f"Dinkes/akta {MASKED}.pdf",)
    assert manifest.answers[0].note == f"sesuai akta anak NIK {MASKED}"
    assert "listed-file-missing" in {note.code for note in manifest.form_notes}
    found = {(one.sheet, one.hidden) for one in manifest.file(form).exposures}
    assert len(found) >= 3
    assert {hidden for _, hidden in found} == {""}
    assert hides(manifest, tmp_path / "state")
    assert SPACED not in repr(manifest)
