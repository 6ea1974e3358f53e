"""What a run holds: the workbook of findings, the manifest, the register and ``run.json``."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from flows.bounded import BoundedPool
from flows.errors import InputsError, RenderError
from flows.files import write_text
from flows.model import (
    Agency,
    Assessment,
    City,
    Condition,
    Document,
    Dossier,
    EvidenceFile,
    Finding,
    Manifest,
    Media,
    ReadForm,
    Register,
    Severity,
    Upload,
)
from flows.publish import (
    UploadOrder,
    findings_record,
    known_ticks,
    latest_run,
    load_limits,
    manifest_sha256,
    pack_uploads,
    publish,
    publish_check,
    work_folder,
    write_records,
)
from flows.publish.findings_sheet import write_findings
from flows.publish.manifest_csv import COLUMNS, manifest_text
from flows.register import read_register, register_labels
from flows.validate import conclude, judge_block
from tests.builders.manifests import city, claiming, evidence, instrument_2024, manifest, proof
from tests.publish.upload_kit import Store

NOW = datetime(2025, 3, 31, 9, 15, 0, tzinfo=UTC)
FRAMEWORK = instrument_2024()
CITY = city(FRAMEWORK)


def assessed(findings: Sequence[Finding] = (), found: Manifest | None = None, city_: City = CITY) -> Assessment:
    """An assessment with the given findings only."""
    verdicts = [judge_block(block, city_, FRAMEWORK, found or Manifest((), ())) for block in FRAMEWORK.blocks]
    return replace(conclude(verdicts, (), city_, FRAMEWORK), findings=tuple(findings))


def finding(agency_id: str = "dinkes", path: str = "dinkes/x.pdf", **changes: object) -> Finding:
    return replace(Finding("empty-file", Severity.REQUIRED, agency_id, "1.1", path, points=12.5), **changes)  # type: ignore[arg-type]


def workbook(tmp_path: Path, findings: Sequence[Finding], city_: City = CITY) -> openpyxl.Workbook:
    path = tmp_path / "temuan.xlsx"
    write_findings(path, assessed(findings, city_=city_), city_)
    return openpyxl.load_workbook(path)


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


# --------------------------------------------------------------------------------------------------------------------
# temuan.xlsx


def test_every_agency_with_findings_has_a_sheet_with_all_of_them(tmp_path: Path) -> None:
    given = [finding("dinkes", f"dinkes/{n}.pdf") for n in range(250)] + [finding("pppa"), finding("", "lepas.pdf")]
    book = workbook(tmp_path, given)
    assert book.sheetnames[0] == "Ringkasan"
    assert "Dinas Kesehatan" in book.sheetnames
    assert "Tanpa perangkat daerah" in book.sheetnames
    sheet = rows(book["Dinas Kesehatan"])
    assert len(sheet) == 251
    assert [row[7] for row in sheet[1:]] == [f"dinkes/{n}.pdf" for n in range(250)]
    assert sheet[1][:5] == (1, "WAJIB DILENGKAPI", "Berkas kosong", "1.1", 12.5)
    assert len(book.sheetnames) == 4


def test_the_summary_adds_up(tmp_path: Path) -> None:
    given = [
        finding(),
        finding(severity=Severity.BLOCKING),
        finding(severity=Severity.ADVICE),
        finding("pppa", severity=Severity.ADVICE),
    ]
    head, *body, total = rows(workbook(tmp_path, given)["Ringkasan"])
    assert len(head) == 8
    by_name = {row[0]: row[1:] for row in body}
    owed = sum(each.lead == "dinkes" for each in FRAMEWORK.questions)
    assert by_name["Dinas Kesehatan"] == (1, 0, 1, 1, 3, owed, 0)
    assert total == ("Jumlah", 1, 0, 1, 2, 4, 274, 0)
    for column in range(1, 8):
        assert sum(int(str(row[column])) for row in body) == total[column]


def test_a_finding_of_an_unknown_agency_is_not_dropped(tmp_path: Path) -> None:
    book = workbook(tmp_path, [finding("entah-siapa")])
    assert "entah-siapa" in book.sheetnames
    assert len(rows(book["entah-siapa"])) == 2


def test_a_city_without_findings_has_a_summary_only(tmp_path: Path) -> None:
    assert workbook(tmp_path, []).sheetnames == ["Ringkasan"]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+62",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("x")',
        "http://contoh.invalid/x.pdf",
        "\t=1",
        "{=1}",
        "1.10",
        "_x0041_",
    ],
)
def test_what_people_type_stays_text(name: str, tmp_path: Path) -> None:
    """A name that looks like a formula or a link must not become one in the secretariat's Excel."""
    sheet = workbook(tmp_path, [finding(path=name)])["Dinas Kesehatan"]
    cell = sheet.cell(2, 8)
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)
    assert sheet.cell(2, 4).value == "1.1"
    assert sheet.cell(2, 4).data_type == "s"


@pytest.mark.parametrize(
    "name", ["a\nb", "bel\x07", "\x1b[31m", "\ufffe\uffff", "\u202egpj.x", "x" * 40_000, "\U0001f600"]
)
def test_odd_characters_make_a_workbook_that_opens(name: str, tmp_path: Path) -> None:
    sheet = workbook(tmp_path, [finding(path=name)])["Dinas Kesehatan"]
    assert sheet.cell(2, 8).value
    assert len(rows(sheet)) == 2


def named(*names: str) -> City:
    agencies = tuple(Agency(f"a{number}", name, f"F{number}", ()) for number, name in enumerate(names))
    return replace(CITY, agencies=agencies)


def test_offices_are_named_as_in_the_books(tmp_path: Path) -> None:
    """Without the city, which is the same on every sheet and hides what tells two offices apart."""
    here = named(f"Dinas Kesehatan {CITY.name}", "Dinas Sosial")
    book = workbook(tmp_path, [finding(agency.id, agency.id) for agency in here.agencies], here)
    assert book.sheetnames[1:] == ["Dinas Kesehatan", "Dinas Sosial"]


def test_sheet_names_are_ones_excel_accepts_and_tell_agencies_apart(tmp_path: Path) -> None:
    names = [
        "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
        "Dinas Pemberdayaan Perempuan dan Keluarga",
        "DINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN",
        "Ringkasan",
        "ringkasan",
        "Dinas [A]: B*C?/D\\E",
        "'Kutip'",
        "''",
        "???",
        "Dinas \u96ea",
        " " * 40,
        *["Dinas Pemberdayaan Perempuan dan X"] * 12,
    ]
    here = named(*names)
    book = workbook(tmp_path, [finding(agency.id, agency.id) for agency in here.agencies], here)
    sheets = book.sheetnames
    assert len(sheets) == len(names) + 1
    assert len({sheet.casefold() for sheet in sheets}) == len(sheets)
    for sheet in sheets:
        assert 1 <= len(sheet) <= 31
        assert not set(sheet) & set("[]:*?/\\")
        assert not sheet.startswith("'")
        assert not sheet.endswith("'")
    # The rows lie on the sheet of their agency.
    assert [rows(book[sheet])[1][7] for sheet in sheets[1:]] == [agency.id for agency in here.agencies]


def test_an_office_whose_name_is_too_long_is_called_as_its_folder(tmp_path: Path) -> None:
    """Half a word says nothing; its whole name stands above each printed page."""
    long = "Dinas Pemberdayaan Perempuan dan Perlindungan Anak"
    offices = (("a", long, "DP3A"), ("b", f"{long} & Keluarga", long), ("c", "Dinas Sosial", "Dinsos"))
    here = replace(CITY, agencies=tuple(Agency(id_, name, folder, ()) for id_, name, folder in offices))
    book = workbook(tmp_path, [finding(agency.id) for agency in here.agencies], here)
    assert book.sheetnames[1:] == ["DP3A", "Dinas Pemberdayaan Perempuan", "Dinas Sosial"]
    with zipfile.ZipFile(tmp_path / "temuan.xlsx") as archive:
        pages = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (2, 3)]
    headers = [unescape(page.partition("<oddHeader>")[2].partition("</oddHeader>")[0]) for page in pages]
    right = f"&R{CITY.name} {CITY.evaluation_year}"
    assert headers == [f"&L{long}{right}", f"&L{long} && Keluarga{right}"]


def test_a_sheet_of_findings_is_read_on_paper_and_nothing_in_it_is_cut_off(tmp_path: Path) -> None:
    long = "Perlindungan " * 40
    book = workbook(tmp_path, [finding(path="Dinkes/" + "berkas panjang " * 8, sheet=long), finding(points=2)])
    sheet = book["Dinas Kesehatan"]
    with zipfile.ZipFile(tmp_path / "temuan.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    spans = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml)
    widths = [float(width) for first, last, width in spans for _ in range(int(first), int(last) + 1)]
    assert 'numberStoredAsText="1"' in xml
    assert sheet.print_area == "'Dinas Kesehatan'!$A$1:$J$3"
    assert sum(widths[:10]) <= 245  # on A4 across: seven points and more
    heights = [sheet.row_dimensions[row].height for row in (2, 3)]
    assert heights == [pytest.approx(409, abs=0.5), 30.0]  # what no program shows higher, and two lines of repair
    assert [sheet.cell(row, 5).value for row in (2, 3)] == [12.5, 2]
    assert sheet.cell(3, 5).number_format == "General"  # "#,##0.##" shows a point behind a whole number


def test_the_workbook_carries_no_link_formula_or_macro(tmp_path: Path) -> None:
    workbook(tmp_path, [finding(path="=1+1"), finding(path="http://contoh.invalid")])
    with zipfile.ZipFile(tmp_path / "temuan.xlsx") as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "externalLink" in name]
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_a_workbook_that_cannot_be_written_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.files.os.fsync", full_disk)
    with pytest.raises(RenderError, match="tempat penyimpanan penuh"):
        write_findings(tmp_path / "temuan.xlsx", assessed(), CITY)


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


# --------------------------------------------------------------------------------------------------------------------
# manifest.csv


def parsed(found: Manifest, register: Register | None = None) -> list[dict[str, str]]:
    text = manifest_text(found, register or Register(()))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_begin_as_the_contract_says() -> None:
    assert COLUMNS[:8] == ("sha256", "bytes", "path", "agency", "kind", "pages", "status", "questions")
    assert manifest_text(Manifest((), ()), Register(())).startswith(
        "sha256,bytes,path,agency,kind,pages,status,questions,"
    )


def test_every_file_is_listed_once_ignored_ones_too() -> None:
    states = [evidence(f"dinkes/{state.value}.pdf", condition=state) for state in Condition]
    forms = [evidence("dinkes/BACA-SAYA.txt", media=Media.GUIDE), evidence("dinkes/F.xlsx", media=Media.FORM)]
    cited = evidence("dinkes/1.1, 2.1 x.pdf", "sk", pages=None, years=(2022, 2023))
    found = manifest({"1.1": [cited], "2.1": [cited]}, [*states, *forms])
    listed = {row["path"]: row for row in parsed(found, register_labels(Register(()), found, FRAMEWORK))}
    assert len(listed) == len(found.files) == len(Condition) + 3
    assert {row["status"] for row in listed.values()} == {each.value for each in Condition}
    assert listed["dinkes/BACA-SAYA.txt"]["kind"] == "petunjuk"
    assert listed["dinkes/F.xlsx"]["kind"] == "formulir"
    row = listed["dinkes/1.1, 2.1 x.pdf"]
    assert (row["questions"], row["pages"], row["label"], row["years"]) == ("1.1;2.1", "", "KL/1.1-01", "2022;2023")


NAMES = ["baris\nbaru", "balik\rkereta", "koma, dan; titik", 'kutip "', "=1+1", "  ", "\u96ea", "'", "\t", "x" * 250]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_survives_the_way_through_the_csv(name: str) -> None:
    files_ = [evidence(f"dinkes/{name}.pdf", duplicate_of=f"dinkes/{name} asli.pdf"), evidence("dinkes/z.pdf")]
    listed = parsed(manifest({}, files_))
    assert {row["path"] for row in listed} == {file.path for file in files_}
    assert f"dinkes/{name} asli.pdf" in {row["duplicate_of"] for row in listed}


def test_the_hash_of_the_manifest_is_that_of_its_file(tmp_path: Path) -> None:
    found = manifest({"1.1": [evidence("dinkes/1.1 \u96ea\r.pdf", "sk")]})
    write_text(tmp_path / "m.csv", manifest_text(found, Register(())))
    assert hashlib.sha256((tmp_path / "m.csv").read_bytes()).hexdigest() == manifest_sha256(found, Register(()))


# --------------------------------------------------------------------------------------------------------------------
# A whole run


def whole() -> tuple[Manifest, Register, Assessment]:
    first = FRAMEWORK.questions[0]
    found = manifest(
        {"1.1": proof(first, FRAMEWORK)},
        [evidence("dinkes/x.pdf", condition=Condition.LOCKED)],
        answers=claiming({"1.1": 12}),
        forms=(ReadForm("dinkes/Formulir.xlsx", "dinkes", is_taken=True), ReadForm("x/F.xlsx", "x", is_taken=False)),
    )
    return found, register_labels(Register(()), found, FRAMEWORK), assessed([finding()], found)


def made(output_root: Path, second: int = 0) -> Path:
    found, register, assessment = whole()
    now = NOW.replace(second=second)
    with work_folder(output_root, now) as work:
        write_text(work / "dosir.pdf", "x")
        dossier = Dossier((Document("dosir.pdf", 9, "ab" * 32),), date(2025, 3, 31))
        write_records(work, assessment, found, register, CITY, FRAMEWORK)
        done = publish(work, dossier, assessment, found, register, CITY, FRAMEWORK, now=now)
    assert done.run_id == Path(done.path).name
    return Path(done.path)


def test_a_run_holds_what_the_contract_names(tmp_path: Path) -> None:
    run = made(tmp_path)
    names = {path.relative_to(run).as_posix() for path in run.rglob("*") if path.is_file()}
    names_inside = ("temuan.xlsx", "temuan.json", "manifest.csv", "register.csv", "tabel.html", "pengecualian.csv")
    internal = {f"internal/{name}" for name in names_inside}
    assert names == {"dosir.pdf", "run.json", "manifest-sha256.txt"} | internal
    assert latest_run(tmp_path) == run
    assert read_register(tmp_path / "register.csv").labels == whole()[1].labels
    assert (run / "internal" / "register.csv").read_bytes() == (tmp_path / "register.csv").read_bytes()


def test_a_run_holds_its_upload_set_and_its_checksums_hold_whatever_is_ticked(tmp_path: Path) -> None:
    found, register, assessment = whole()
    store = Store(tmp_path / "isi")
    item = store.item(b"%PDF-1.7 contoh", label="KL/1.1-01")
    uploads = tuple(
        Upload("KL", "1", question.id, question.title, items=(item,) if question.id == "1.1" else ())
        for question in FRAMEWORK.questions[:3]
    )
    root = tmp_path / "kota-uji" / "2024"
    order = UploadOrder(load_limits(2024), known_ticks(root), store.path, tmp_path / "lemari")
    with work_folder(root, NOW) as work:
        dossier = Dossier((), date(2025, 3, 31), uploads)
        with BoundedPool() as pool:
            packed = pack_uploads(work, uploads, assessment, FRAMEWORK, order, pool)
        write_records(work, assessment, found, register, CITY, FRAMEWORK)
        done = publish(work, dossier, assessment, found, register, CITY, FRAMEWORK, now=NOW, packed=packed)
    run, state = Path(done.path), done.upload
    assert state is not None
    assert (state.questions, state.files, state.sheet) == (3, 1, str(root / "jawaban.xlsx"))
    assert (run / "unggah/01-KL-Kelembagaan/1.1/01 KL-1.1-01 Dokumen Contoh.pdf").read_bytes() == b"%PDF-1.7 contoh"
    book = openpyxl.load_workbook(root / "jawaban.xlsx")
    book["Jawaban"]["K3"] = "✓"
    book.save(root / "jawaban.xlsx")
    assert set(known_ticks(root).by_question) == {"1.1"}
    for line in (run / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines():
        sha256, name = line.split("  ", 1)
        assert hashlib.sha256((run / name).read_bytes()).hexdigest() == sha256
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert record["counts"]["upload"] == {
        "pertanyaan": 3, "sudah": 0, "berubah": 0, "berkas": 1, "diperlihatkan": 0, "tidak_siap": 0,
    }  # fmt: skip


def test_run_json_says_from_what_and_with_what_it_was_made(tmp_path: Path) -> None:
    run = made(tmp_path)
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    found, register, _ = whole()
    assert {"settings", "versions", "instrument", "counts", "points", "findings", "hashes"} <= set(record)
    assert record["run"] == run.name
    assert record["instrument"]["sha256"] == FRAMEWORK.sha256
    assert record["instrument"]["points"] == 1000
    assert record["hashes"]["manifest"] == manifest_sha256(found, register)
    assert record["hashes"]["manifest"] == hashlib.sha256((run / "internal" / "manifest.csv").read_bytes()).hexdigest()
    assert record["counts"]["files"]["semua"] == len(found.files)
    assert record["points"]["didukung_bukti"] == 12
    assert record["findings"]["wajib"] == 1
    assert record["counts"]["forms"] == {"semua": 2, "diterima": 1, "wilayah": 0}
    assert record["counts"]["answers"] == {"semua": 1, "pertanyaan_terjawab": 1}
    assert record["counts"]["tables"]["diminta"] == len(FRAMEWORK.tables)
    assert record["counts"]["tables"]["terisi"] == 0
    assert str(tmp_path) not in json.dumps(record)


def test_findings_for_programs_are_complete(tmp_path: Path) -> None:
    run = made(tmp_path)
    kept = json.loads((run / "internal" / "temuan.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(findings_record(whole()[2])))
    assert kept[0]["path"] == "dinkes/x.pdf"
    assert (kept[0]["sheet"], kept[0]["cell"]) == ("", "")


def test_a_finding_about_a_cell_names_sheet_and_cell(tmp_path: Path) -> None:
    found = finding(sheet="Akta Kelahiran", cell="D7")
    sheet = workbook(tmp_path, [found])["Dinas Kesehatan"]
    assert [cell.value for cell in sheet[1]][7:10] == ["Berkas", "Lembar", "Sel"]
    assert [cell.value for cell in sheet[2]][7:10] == ["dinkes/x.pdf", "Akta Kelahiran", "D7"]
    kept = findings_record(assessed([found]))[0]
    assert (kept["sheet"], kept["cell"]) == ("Akta Kelahiran", "D7")


@pytest.mark.parametrize("nth", range(1, 10))
def test_a_disk_that_is_full_at_any_write_keeps_the_previous_run(
    nth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(tmp_path)
    before = {path: path.read_bytes() for path in first.rglob("*") if path.is_file()}
    written = 0
    real = os.fdopen

    def until_full(handle: int, mode: str) -> object:
        nonlocal written
        written += 1
        if written > nth + 1:  # the lock's own note and the rendered document come first
            full_disk()
        return real(handle, mode)

    with monkeypatch.context() as patch:
        patch.setattr("flows.files.os.fdopen", until_full)
        with pytest.raises((InputsError, RenderError), match="tempat penyimpanan penuh"):
            made(tmp_path, second=1)
    assert latest_run(tmp_path) == first
    assert {path: path.read_bytes() for path in before} == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()] == [first.name]
    assert read_register(tmp_path / "register.csv").labels
    assert latest_run(tmp_path) != made(tmp_path, second=2)


def test_equal_input_gives_equal_tables(tmp_path: Path) -> None:
    one, two = made(tmp_path / "a"), made(tmp_path / "b")
    for name in (
        "internal/manifest.csv",
        "internal/register.csv",
        "internal/temuan.json",
        "internal/tabel.html",
        "run.json",
    ):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_a_check_replaces_the_last_one_and_makes_no_run(tmp_path: Path) -> None:
    found, register, assessment = whole()
    for _ in range(2):
        with work_folder(tmp_path, NOW) as work:
            target = publish_check(work, assessment, found, register, CITY, FRAMEWORK)
        assert target == tmp_path / "pemeriksaan"
        assert {path.name for path in target.iterdir()} == {"temuan.xlsx", "temuan.json", "manifest.csv", "tabel.html"}
        assert os.name == "nt" or stat.S_IMODE(target.stat().st_mode) == 0o700  # tables with true figures
    assert latest_run(tmp_path) is None
    assert {path.name for path in tmp_path.iterdir()} == {"pemeriksaan", ".kunci"}


@pytest.mark.parametrize("broken", ["write_manifest", "run_folder.rename"])
def test_a_full_disk_keeps_the_last_check(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, register, assessment = whole()
    with work_folder(tmp_path, NOW) as work:
        target = publish_check(work, assessment, found, register, CITY, FRAMEWORK)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    with work_folder(tmp_path, NOW) as work, monkeypatch.context() as patch:
        patch.setattr(f"flows.publish.{broken}", full_disk)
        with pytest.raises(InputsError, match="tempat penyimpanan penuh"):
            publish_check(work, assessment, found, register, CITY, FRAMEWORK)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_a_file_of_no_agency_is_published_too() -> None:
    loose: list[EvidenceFile] = [evidence("lepas.pdf", "sk")]
    assert parsed(manifest({}, loose))[0]["agency"] == ""
