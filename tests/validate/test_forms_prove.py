"""What forms prove: notes, tables, declared kinds and signatures beside or in place of files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.findings import load_catalogue
from flows.model import (
    Answer,
    Assessment,
    City,
    ColumnType,
    EvidenceFile,
    Finding,
    GatheredTable,
    Media,
    Outcome,
    Period,
    Question,
    ReadForm,
    RowKind,
    Signed,
    TableColumn,
)
from flows.validate import validate
from tests.builders.manifests import answer, ask, evidence, instrument, manifest, question
from tests.validate import table_kit as kit
from tests.validate.table_kit import LAST, NORTH, counts, full, schema, table

FORM = evidence("dinkes/Formulir.xlsx", media=Media.FORM)
TAKEN = ReadForm(FORM.path, "dinkes", is_taken=True, filled_cells=1)
EXPLAINED = "Bidan desa mendampingi ibu hamil sampai melahirkan."


def assess(asked: Question, *files: EvidenceFile, city: City | None = None, **changes: object) -> Assessment:
    framework = replace(instrument(asked), tables={"anak-contoh": schema()})
    found = manifest({asked.id: files} if files else {}, [FORM], **changes)
    return validate(city or kit.town(), framework, found)


def judged(found: Assessment) -> tuple[Outcome, str, tuple[str, ...]]:
    (requirement,) = found.questions["1.1"].requirements
    return requirement.outcome, requirement.reason, requirement.paths


def told(found: Assessment, code: str) -> Finding:
    (finding,) = [each for each in found.findings if each.code == code]
    said = load_catalogue().describe(finding)
    assert "–" not in said.sentence + said.repair
    return finding


# --------------------------------------------------------------------------------------------------------------------
# Notes


def noted(note: str | None, *files: EvidenceFile, forms: tuple[ReadForm, ...] = (TAKEN,)) -> Assessment:
    answers: tuple[Answer, ...] = () if note is None else (answer("1.1", "dinkes", note=note),)
    return assess(question(ask("narasi")), *files, answers=answers, forms=forms)


def test_a_note_that_explains_is_the_narrative() -> None:
    found = noted(EXPLAINED)
    assert judged(found) == (Outcome.COMPLETE, "", (FORM.path,))
    assert found.questions["1.1"].paths == ()


@pytest.mark.parametrize("note", ["sudah", "sudah dilaksanakansepenuhnyadengan", "a b c d", "x" * 60])
def test_a_note_that_says_next_to_nothing_is_a_warning(note: str) -> None:
    found = noted(note)
    assert judged(found) == (Outcome.WARNING, "note-too-short", (FORM.path,))
    assert told(found, "note-too-short").values["value"] == note


def test_an_empty_note_is_missed_where_the_form_came_back() -> None:
    for note in (None, "", "  "):
        found = noted(note)
        assert judged(found) == (Outcome.LACKING, "note-missing", ())
        assert told(found, "note-missing").agency_id == "dinkes"
    assert judged(noted(None, forms=()))[1] == "missing"


def test_a_report_stands_for_the_note() -> None:
    report = evidence("dinkes/1.1 laporan.pdf", "laporan")
    for note in (None, "", "sudah"):
        assert judged(noted(note, report)) == (Outcome.COMPLETE, "", (report.path,))
    assert judged(noted(EXPLAINED, report))[0] is Outcome.COMPLETE
    assert judged(noted("", evidence("dinkes/1.1 pindai.pdf")))[1] == "kind-uncertain"


# --------------------------------------------------------------------------------------------------------------------
# Tables


def tabled(
    *tables: GatheredTable, files: tuple[EvidenceFile, ...] = (), forms: tuple[ReadForm, ...] = (TAKEN,)
) -> Assessment:
    return assess(question(ask("data", Period.DATA_YEARS)), *files, tables=tables, forms=forms)


def test_a_complete_table_proves_without_a_file() -> None:
    found = tabled(table(full()))
    assert judged(found) == (Outcome.COMPLETE, "", (FORM.path,))
    assert found.tables["anak-contoh"].outcome is Outcome.COMPLETE
    assert found.questions["1.1"].outcome is Outcome.COMPLETE


@pytest.mark.parametrize(
    ("change", "reason"), [({"anak__L": None}, "table-incomplete"), ({"anak__L": -40}, "table-findings")]
)
def test_a_table_with_gaps_or_mistakes_is_a_warning(change: dict[str, kit.Given], reason: str) -> None:
    found = tabled(table(full({(NORTH, LAST): counts(**change)})))
    assert judged(found) == (Outcome.WARNING, reason, (FORM.path,))
    assert told(found, reason).values["table"] == schema().title
    assert found.gaps[0].reasons == (reason,)


def test_the_better_of_file_and_table_counts() -> None:
    broken = table(full({(NORTH, LAST): counts(anak__L=None)}))
    good, bad = evidence("dinkes/1.1.xlsx", "data"), evidence("dinkes/1.1.xlsx", "data", years=(2015,))
    assert judged(tabled(broken, files=(good,))) == (Outcome.COMPLETE, "", (good.path,))
    assert judged(tabled(table(full()), files=(bad,))) == (Outcome.COMPLETE, "", (FORM.path,))
    assert judged(tabled(broken, files=(bad,)))[1] == "table-incomplete"


def test_an_unfilled_table_is_missed_where_the_form_came_back() -> None:
    found = tabled()
    assert judged(found) == (Outcome.LACKING, "table-missing", ())
    assert told(found, "table-missing").values["sheet_name"] == schema().sheet
    assert judged(tabled(forms=()))[1] == "missing"


def test_a_list_is_missed_in_the_form_of_an_agency_that_is_asked_for_that_question() -> None:
    columns = (TableColumn("pertanyaan", "Nomor", ColumnType.QUESTION), TableColumn("mitra", "Mitra", ColumnType.TEXT))
    listed = schema(row_kind=RowKind.LIST, both_years=False, columns=columns, suppliers=("dinkes", "dinsos"))
    asked = question(ask("matriks"), lead="dinsos", suppliers=())
    framework = replace(instrument(asked), tables={listed.id: listed})
    forms = (TAKEN, ReadForm("dinsos/Formulir.xlsx", "dinsos", is_taken=True, filled_cells=1))
    finding = told(validate(kit.town(), framework, manifest({}, [FORM], forms=forms)), "table-missing")
    assert finding.values["agency"] == kit.town().agency_for("dinsos").name  # type: ignore[union-attr]
    only_other = validate(kit.town(), framework, manifest({}, [FORM], forms=(TAKEN,)))
    assert judged(only_other)[1] == "missing"


def test_who_owes_a_question_is_reminded_of_its_own_form_where_others_share_the_table() -> None:
    shared = schema(suppliers=("dinkes", "dinsos"))
    asked = question(ask("matriks"), lead="dinsos", suppliers=("dinkes", "dinsos"))
    framework = replace(instrument(asked), tables={shared.id: shared})
    forms = (TAKEN, ReadForm("dinsos/Formulir.xlsx", "dinsos", is_taken=True, filled_cells=1))
    finding = told(validate(kit.town(), framework, manifest({}, [FORM], forms=forms)), "table-missing")
    assert finding.values["agency"] == kit.town().agency_for("dinsos").name  # type: ignore[union-attr]


def test_of_two_tables_in_one_form_the_one_that_proves_more_is_named() -> None:
    gaps = table(full({(NORTH, LAST): counts(anak__L=None)}))
    other = schema(id="contoh-kedua", title="Tabel kedua", sheet="Kedua")
    wrong = table(full({(NORTH, LAST): counts(anak__L=-40)}), other)
    asked = question(ask("data", Period.DATA_YEARS))
    framework = replace(instrument(asked), tables={each.id: each for each in (schema(), other)})
    found = validate(kit.town(), framework, manifest({}, [FORM], tables=(gaps, wrong), forms=(TAKEN,)))
    assert told(found, "table-findings").values["table"] == "Tabel kedua"


def test_a_budget_table_does_not_replace_the_budget_document() -> None:
    found = assess(question(ask("anggaran")), tables=(table(full()),), forms=(TAKEN,))
    assert judged(found)[:2] == (Outcome.LACKING, "missing")


# --------------------------------------------------------------------------------------------------------------------
# What a form declares of a file


def filed(*files: EvidenceFile, **needs: object) -> tuple[Outcome, str]:
    return judged(assess(question(ask("sk", **needs)), *files, forms=(TAKEN,)))[:2]  # type: ignore[arg-type]


def test_a_declared_kind_fits_where_nothing_else_was_recognised() -> None:
    scan = evidence("dinkes/1.1.pdf", declared_kinds=("sk",))
    assert filed(scan) == (Outcome.COMPLETE, "")
    photo = evidence("dinkes/1.1.jpg", "foto", media=Media.IMAGE, declared_kinds=("sk",))
    assert filed(photo) == (Outcome.COMPLETE, "")
    assert filed(replace(scan, declared_kinds=("laporan",))) == (Outcome.LACKING, "missing")
    assert filed(evidence("dinkes/1.1.pdf", "sk", declared_kinds=("laporan",))) == (Outcome.COMPLETE, "")


def test_a_declared_kind_that_the_content_contradicts_is_a_warning() -> None:
    minutes = evidence("dinkes/1.1.pdf", "notula", declared_kinds=("sk",))
    assert filed(minutes) == (Outcome.WARNING, "kind-contradicted")
    finding = told(assess(question(), minutes), "kind-contradicted")
    assert (finding.values["kind"], finding.values["found_kind"]) == ("Keputusan (SK)", "Notula rapat")
    assert filed(minutes, evidence("dinkes/1.1 b.pdf", "sk")) == (Outcome.COMPLETE, "")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Signed.BY_HAND, (Outcome.COMPLETE, "")),
        (Signed.ELECTRONIC, (Outcome.COMPLETE, "")),
        (Signed.UNSAID, (Outcome.WARNING, "signature-unconfirmed")),
        (Signed.NO, (Outcome.WARNING, "signature-absent")),
    ],
)
def test_a_signature_may_be_declared(said: Signed, expected: tuple[Outcome, str]) -> None:
    file = evidence("dinkes/1.1.pdf", "sk", signed=said)
    assert filed(file, signed=True) == expected
    if expected[1] == "signature-absent":
        assert told(assess(question(ask(signed=True)), file), "signature-absent").path == file.path
