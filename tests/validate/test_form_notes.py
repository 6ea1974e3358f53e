"""What reading a form noticed becomes a finding with whole words, wherever it was noticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.findings import load_catalogue
from flows.model import Finding, FormNote, Place
from flows.validate import judge_manifest
from tests.builders.manifests import manifest
from tests.validate.table_kit import NORTH, framework, schema, table, town

FLOWS = Path(__file__).resolve().parents[2] / "flows"
PLACE = Place("dinkes/F.xlsx", "Akta", "D7")


def noted(*notes: FormNote) -> list[Finding]:
    found = judge_manifest(town(), framework(), manifest({}, form_notes=notes))
    return [each for each in found if each.code != "agency-silent"]


def sentence(code: str, place: Place = PLACE, **values: str) -> str:
    (finding,) = noted(FormNote(code, place, "dinkes", values=values))
    return load_catalogue().describe(finding).sentence


def codes_of_readers() -> set[str]:
    sources = (
        path.read_text(encoding="utf-8") for stage in ("forms", "gather") for path in (FLOWS / stage).glob("*.py")
    )
    texts = {text for source in sources for text in re.findall(r'"([a-z-]+)"', source)}
    return texts & set(load_catalogue().entries)


@pytest.mark.parametrize("code", sorted(codes_of_readers()))
def test_every_note_a_reader_may_make_is_one_finding_with_its_place(code: str) -> None:
    entry = load_catalogue().entries[code]
    values = dict.fromkeys(entry.names - {"question", "path", "place"}, "contoh")
    (finding,) = noted(FormNote(code, PLACE, "dinkes", "1.1", values))
    assert (finding.code, finding.severity, finding.path, finding.sheet, finding.cell) == (
        code,
        entry.severity,
        "dinkes/F.xlsx",
        "Akta",
        "D7",
    )
    assert (finding.agency_id, finding.question_id) == ("dinkes", "1.1")
    assert "–" not in load_catalogue().describe(finding).sentence


@pytest.mark.parametrize(("detail", "words"), [("half-copied", "Tunggu"), ("zero-bytes", "Salin ulang")])
def test_a_form_that_has_not_arrived_whole_is_not_to_be_saved_anew(detail: str, words: str) -> None:
    (finding,) = noted(FormNote("form-unreadable", PLACE, "dinkes", values={"detail": detail}))
    assert load_catalogue().describe(finding).repair.startswith(words)


def test_keys_of_words_become_words() -> None:
    assert "berkas dilindungi kata sandi" in sentence("form-unreadable", detail="password")
    assert "satuan di belakang angka diabaikan" in sentence("cell-remark", value="12 orang", remark="unit-dropped")
    assert "kode desa/kelurahan" in sentence("column-misnamed", value="TAHUN", found="kode")
    assert schema().title in sentence("export-unmapped", table="anak-contoh", missing="x")
    assert "Dinas Sosial" in sentence("form-other-filler", made_for="opd:dinsos", expected="opd:dinkes")
    assert "Contoh Utara" in sentence("form-other-filler", made_for=f"kecamatan:{NORTH}", expected="sekretariat:")
    assert "Desa Utara 1" in sentence("form-other-filler", made_for=f"kelurahan:{NORTH}.1001", expected="sekretariat:")
    assert "tempat sekretariat" in sentence("form-other-filler", made_for="opd:antah", expected="sekretariat:")


def test_a_form_that_says_of_nobody_leaves_no_gap() -> None:
    said = sentence("form-other-filler", Place("Titipan/Formulir KLA.xlsx"), made_for="", expected="Titipan")
    assert "dibuat untuk pihak yang tidak diketahui, padahal" in said


def test_the_nearest_name_is_offered_where_there_is_one() -> None:
    found = sentence("listed-file-missing", value="1.1 a.pdf", nearest="1.1 b.pdf", suggestion="")
    assert found.endswith("Mungkin maksudnya 1.1 b.pdf.")
    assert sentence("listed-file-missing", value="1.1 a.pdf", nearest="", suggestion="").endswith("di folder ini.")
    unnamed = sentence("listed-file-missing", value="1.1", nearest="", suggestion="unnamed")
    assert 'berkas "1.1"' not in unnamed, "the number of a question is no file"
    assert unnamed.endswith('Baris itu berisi "1.1", tetapi kolom Nama berkas kosong.')
    assert sentence("listed-question-unknown", value="99", nearest="9.9").endswith("Mungkin maksudnya 9.9.")


def test_a_note_without_a_cell_leaves_no_gap() -> None:
    assert sentence("form-sheet-hidden", Place("a.xlsx")).startswith("a.xlsx: lembar ini")


def test_the_same_note_twice_is_told_once() -> None:
    note = FormNote("cell-error", PLACE, "dinkes", values={"value": "#REF!"})
    assert len(noted(note, note)) == 1


def test_what_reading_has_noticed_about_a_cell_is_not_said_again_by_the_suites() -> None:
    from flows.model import CellState
    from flows.validate import validate
    from tests.validate.table_kit import LAST, counts, full

    broken = table(full({(NORTH, LAST): counts(anak__L=CellState.ERROR)}))
    note = FormNote("cell-error", Place(broken.path, broken.sheet, "D9"), "dinkes", values={"value": "#REF!"})
    for notes in ((), (note,)):
        found = validate(town(), framework(), manifest({}, tables=(broken,), form_notes=notes))
        assert [each.code for each in found.findings].count("cell-error") == 1
