"""``kla siapkan`` and the forms: everybody gets one, and nothing that was filled in is ever lost or overwritten."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from flows.errors import InputsError
from flows.forms.grid import open_workbook
from flows.forms.layout import COLUMN_KEYS
from flows.forms.locate import locate
from flows.forms.plan import plan_by_key
from flows.forms.raw import RawCell
from flows.framework import forms
from flows.framework.forms import BACKUPS, issue_forms
from flows.framework.preparation import FormState, IssuedForm
from flows.framework.prepare import prepare
from flows.model import City, FixedRow, Framework, RowKind, TableColumn, TableSchema
from flows.model.tables import ColumnType
from flows.telling_preparation import preparation_record, tell_preparation
from tests.builders.filled_forms import instrument, region

DINKES = "Dinkes/Formulir KLA 2024 - Dinas Kesehatan Contoh.xlsx"
HOMES = {
    "opd:dinkes": "Dinkes",
    "opd:dinsos": "Dinsos",
    **{
        f"kelurahan:{village.code}": f"Kelurahan/{village.name}"
        for each in region().districts
        for village in each.villages
    },
}


def issue(
    root: Path, asked: Framework | None = None, city: City | None = None, **options: object
) -> dict[str, IssuedForm]:
    done = issue_forms(root, city or region(), asked or instrument(), HOMES, **options)  # type: ignore[arg-type]
    return {form.filler: form for form in done}


def dinkes(root: Path, asked: Framework | None = None) -> IssuedForm:
    return issue(root, asked)["Dinas Kesehatan Contoh"]


def edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Change a workbook as a person does: open, type, save."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def type_into(sheet: Worksheet, key: str, values: Mapping[str, object]) -> None:
    keys = next(cells for cells in sheet.iter_rows() if cells[0].value == COLUMN_KEYS)
    at = [str(cell.value) for cell in keys]
    row = row_of(sheet, key)
    for column, value in values.items():
        sheet.cell(row, at.index(column) + 1).value = value  # type: ignore[assignment]


def row_of(sheet: Worksheet, key: str) -> int:
    marks = [str(cells[0].value).rpartition("#")[0] for cells in sheet.iter_rows(max_col=1)]
    return marks.index(key) + 1


def fill(book: openpyxl.Workbook) -> None:
    type_into(book["Jawaban"], "1.1", {"jawaban": "Ya", "poin": 2.5, "catatan": "Layanan contoh berjalan"})
    type_into(book["Jawaban"], "2.1", {"catatan": "Catatan pertanyaan yang akan hilang"})
    type_into(book["Anak Contoh"], "99.99.01@2022", {"anak.L": 10, "anak.P": "1.234", "dilayani.L": "-"})
    type_into(book["Mitra Contoh"], "+1", {"mitra": "Mitra satu", "pagu": 1000})
    type_into(book["Mitra Contoh"], "+3", {"mitra": "Mitra tiga"})
    type_into(book["Anggaran Contoh"], "1.2", {"pagu": 5})
    type_into(book["Daftar Bukti"], "+2", {"berkas": "1.1 Laporan.pdf", "pertanyaan": "1.1, 1.2"})
    next(cells for cells in book["Anak Contoh"].iter_rows() if cells[0].value == "def:usia")[2].value = "lain"


def read(root: Path, asked: Framework | None = None) -> set[tuple[str, str, str, str]]:
    """Sheet kind and table, row key, column key and text of everything filled in; free rows without their key."""
    plan = plan_by_key("opd:dinkes", region(), asked or instrument())
    assert plan is not None
    raw = locate(open_workbook(root / DINKES), plan)
    assert not raw.is_refused
    found = set()
    for sheet in raw.sheets:
        name = sheet.table_id or sheet.kind
        found |= {(name, "", key, text(cell)) for key, cell in sheet.definitions.items()}
        for row in sheet.rows:
            key = "" if row.key.startswith("+") else row.key
            found |= {(name, key, column, text(cell)) for column, cell in row.cells.items() if text(cell)}
    return found


def text(cell: RawCell) -> str:
    return "" if cell.value is None else str(cell.value)


FILLED = {
    ("jawaban", "1.1", "jawaban", "Ya"),
    ("jawaban", "1.1", "poin", "2.5"),
    ("jawaban", "1.1", "catatan", "Layanan contoh berjalan"),
    ("anak-contoh", "99.99.01@2022", "anak.L", "10.0"),
    ("anak-contoh", "99.99.01@2022", "anak.P", "1.234"),
    ("anak-contoh", "99.99.01@2022", "dilayani.L", "-"),
    ("anak-contoh", "", "usia", "lain"),
    ("mitra-contoh", "", "mitra", "Mitra satu"),
    ("mitra-contoh", "", "pagu", "1000.0"),
    ("mitra-contoh", "", "mitra", "Mitra tiga"),
    ("anggaran-contoh", "1.2", "pagu", "5.0"),
    ("bukti", "", "berkas", "1.1 Laporan.pdf"),
    ("bukti", "", "pertanyaan", "1.1, 1.2"),
}
OF_A_QUESTION_THAT_GOES = {("jawaban", "2.1", "catatan", "Catatan pertanyaan yang akan hilang")}


def without_the_second_block() -> Framework:
    framework = instrument()
    return replace(framework, blocks=framework.blocks[:1])


def with_another_table() -> Framework:
    framework = instrument()
    added = TableSchema(
        "baru-contoh",
        "Tabel baru",
        "Baru Contoh",
        RowKind.FIXED,
        both_years=False,
        columns=(TableColumn("jumlah", "Jumlah contoh", ColumnType.COUNT),),
        questions=("1.1",),
        suppliers=("dinkes",),
        rows=(FixedRow("satu", "Baris satu"),),
    )
    return replace(framework, tables={**framework.tables, "baru-contoh": added})


def test_everybody_who_is_asked_gets_a_form_in_their_own_folder(tmp_path: Path) -> None:
    issued = issue(tmp_path)

    assert {form.state for form in issued.values()} == {FormState.CREATED}
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xlsx")) == sorted(
        form.path for form in issued.values()
    )
    assert DINKES in {form.path for form in issued.values()}
    assert "Kelurahan/Melati Utara/Formulir KLA 2024 - Kelurahan Melati Utara.xlsx" in {
        form.path for form in issued.values()
    }
    assert "Formulir KLA 2024 - Sekretariat.xlsx" in {form.path for form in issued.values()}


def test_a_second_run_touches_nothing_filled_in_or_not(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.xlsx")}

    issued = issue(tmp_path)

    assert {form.state for form in issued.values()} == {FormState.KEPT}
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.xlsx")} == before


def test_a_renewed_form_keeps_every_value_and_shows_what_is_new(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)

    done = dinkes(tmp_path, with_another_table())

    assert (done.state, done.leftovers) == (FormState.REISSUED, 0)
    assert read(tmp_path, with_another_table()) >= FILLED | OF_A_QUESTION_THAT_GOES
    assert "Baru Contoh" in openpyxl.load_workbook(tmp_path / DINKES).sheetnames
    assert dinkes(tmp_path, with_another_table()).state is FormState.KEPT


def test_what_lost_its_place_is_shown_apart_and_comes_back_with_it(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)

    done = dinkes(tmp_path, without_the_second_block())

    assert (done.state, done.leftovers) == (FormState.REISSUED, 1)
    assert read(tmp_path, without_the_second_block()) >= FILLED
    left = openpyxl.load_workbook(tmp_path / DINKES)["Isian Lama"]
    assert "Catatan pertanyaan yang akan hilang" in {cell.value for row in left.iter_rows() for cell in row}
    again = dinkes(tmp_path, with_another_table())
    assert (again.state, again.leftovers) == (FormState.REISSUED, 0)
    assert read(tmp_path, with_another_table()) >= FILLED | OF_A_QUESTION_THAT_GOES
    assert "Isian Lama" not in openpyxl.load_workbook(tmp_path / DINKES).sheetnames


def test_a_whole_table_that_goes_is_kept_with_its_definitions_and_lists(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    bare = replace(instrument(), tables={})

    for _ in range(2):
        dinkes(tmp_path, bare)
        left = openpyxl.load_workbook(tmp_path / DINKES)["Isian Lama"]
        kept = {str(cell.value) for row in left.iter_rows() for cell in row}
        assert {"10", "1.234", "lain", "Mitra satu", "1000", "Mitra tiga"} <= kept
        bare = replace(bare, blocks=bare.blocks[:1])


def test_the_form_as_it_was_is_kept_beside(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    before = (tmp_path / DINKES).read_bytes()

    issue(tmp_path, with_another_table())

    assert [path.read_bytes() for path in (tmp_path / BACKUPS).iterdir()] == [before], "empty forms need no copy"


def test_a_definition_worded_otherwise_keeps_its_value(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    framework = instrument()
    table = framework.tables["anak-contoh"]
    worded = replace(table, definitions=(replace(table.definitions[0], label="Batas usia menurut undang-undang"),))
    changed = replace(framework, tables={**framework.tables, "anak-contoh": worded})

    assert dinkes(tmp_path, changed).leftovers == 0
    assert ("anak-contoh", "", "usia", "lain") in read(tmp_path, changed)


def test_a_persons_own_sheet_and_column_survive(tmp_path: Path) -> None:
    issue(tmp_path)

    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("Hitungan saya")["B3"] = 42
        sheet = book["Jawaban"]
        sheet.cell(row_of(sheet, "1.1"), 10).value = "di luar tabel"

    edit(tmp_path / DINKES, add)

    dinkes(tmp_path, with_another_table())

    book = openpyxl.load_workbook(tmp_path / DINKES)
    assert book["Hitungan saya"]["B3"].value == 42
    assert "di luar tabel" in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("lock", ["~${name}", "~${short}", ".~lock.{name}#"])
def test_an_open_form_is_left_alone(tmp_path: Path, lock: str) -> None:
    issue(tmp_path)
    name = Path(DINKES).name
    (tmp_path / "Dinkes" / lock.format(name=name, short=name[2:])).write_bytes(b"")
    before = (tmp_path / DINKES).read_bytes()

    assert dinkes(tmp_path, with_another_table()).state is FormState.OPEN
    assert (tmp_path / DINKES).read_bytes() == before


def test_a_form_that_the_system_does_not_let_go_counts_as_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(tmp_path)

    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(forms, "write_bytes", refuse)

    assert dinkes(tmp_path, with_another_table()).state is FormState.OPEN


def test_a_full_disk_is_said_with_the_repair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(forms, "write_bytes", full)

    with pytest.raises(InputsError) as caught:
        issue(tmp_path)
    assert "ulangi perintah ini" in caught.value.repair


@pytest.mark.parametrize(
    ("content", "state"), [(b"bukan buku kerja", FormState.UNREADABLE), (b"", FormState.UNREADABLE)]
)
def test_what_cannot_be_read_is_never_overwritten(tmp_path: Path, content: bytes, state: FormState) -> None:
    path = tmp_path / DINKES
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    assert dinkes(tmp_path).state is state
    assert path.read_bytes() == content


def test_the_form_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    issue(tmp_path)
    theirs = (tmp_path / "Dinsos" / "Formulir KLA 2024 - Dinas Sosial Contoh.xlsx").read_bytes()
    (tmp_path / DINKES).write_bytes(theirs)

    assert dinkes(tmp_path).state is FormState.REFUSED
    assert (tmp_path / DINKES).read_bytes() == theirs


def test_another_year_s_form_under_our_name_is_refused(tmp_path: Path) -> None:
    issue(tmp_path, city=region(evaluation_year=2025))
    (tmp_path / "Dinkes" / "Formulir KLA 2025 - Dinas Kesehatan Contoh.xlsx").rename(tmp_path / DINKES)

    assert dinkes(tmp_path).state is FormState.REFUSED


def test_last_year_s_form_in_the_folder_does_not_keep_this_year_s_away(tmp_path: Path) -> None:
    issue(tmp_path, city=region(evaluation_year=2025))
    former = tmp_path / "Dinkes" / "Formulir KLA 2025 - Dinas Kesehatan Contoh.xlsx"
    content = former.read_bytes()

    assert (dinkes(tmp_path).path, former.read_bytes()) == (DINKES, content)
    assert (tmp_path / DINKES).is_file()


@pytest.mark.parametrize(
    "name", ["isian dinkes FINAL.xlsx", "KLA-dinkes.XLSX", "sudah diisi/Dinkes & jajaran.xlsx", "isian.xlsm"]
)
def test_a_form_renamed_altogether_gets_no_blank_one_beside_it(tmp_path: Path, name: str) -> None:
    """Two forms of one agency: the office would fill one and the check would read both."""
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    renamed = tmp_path / "Dinkes" / name
    renamed.parent.mkdir(exist_ok=True)
    (tmp_path / DINKES).rename(renamed)

    done = dinkes(tmp_path)

    assert (done.path, done.state) == (f"Dinkes/{name}", FormState.KEPT)
    assert not (tmp_path / DINKES).exists()


def test_the_secretariat_s_form_may_be_renamed_too(tmp_path: Path) -> None:
    issue(tmp_path)
    (own,) = tmp_path.glob("*.xlsx")
    own.rename(tmp_path / "isian sekretariat.xlsx")

    assert issue(tmp_path)["Sekretariat"].path == "isian sekretariat.xlsx"
    assert [each.name for each in tmp_path.glob("*.xlsx")] == ["isian sekretariat.xlsx"]


def test_a_form_that_nobody_is_asked_for_any_more_is_said_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A city without a list of areas gives its "Kelurahan" one form; with the list each has its own."""
    root = tmp_path / "kab-contoh" / "2024"
    prepare(root, "kab-contoh", 2024, instrument(), name="Kabupaten Contoh")
    (form,) = (root / "Dinas Kesehatan").glob("Formulir*.xlsx")
    asked = instrument()
    nothing = replace(asked, blocks=(), tables={})

    done = prepare(root, "kab-contoh", 2024, nothing)
    tell_preparation(done, root)

    assert f"Dinas Kesehatan/{form.name}" in [each.path for each in done.forms_in(FormState.UNASKED)]
    assert form.is_file()
    assert "tidak diminta lagi" in capsys.readouterr().out


def test_what_only_looks_like_a_workbook_neither_holds_nor_ends_the_search(tmp_path: Path) -> None:
    """Whoever prepares a year walks through what agencies dropped: pipes, links, torn and packed files."""
    folder = tmp_path / "Dinkes"
    folder.mkdir()
    os.mkfifo(folder / "pipa.xlsx")
    (folder / "diri.xlsx").symlink_to(folder)
    (folder / "rusak.xlsx").write_bytes(b"PK\x03\x04 rusak")
    (folder / "kosong.xls").touch()
    with zipfile.ZipFile(folder / "bom.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 3_000_000)

    assert (dinkes(tmp_path).path, (tmp_path / DINKES).is_file()) == (DINKES, True)


def test_a_workbook_that_only_quotes_a_form_is_no_form(tmp_path: Path) -> None:
    folder = tmp_path / "Dinkes"
    folder.mkdir()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Formulir dikirim kepada opd:dinkes"
    book.save(folder / "Tanda terima.xlsx")

    assert (dinkes(tmp_path).path, dinkes(tmp_path).state) == (DINKES, FormState.KEPT)


@pytest.mark.parametrize("name", ["Formulir KLA Dinkes FINAL rev2.xlsx", "formulir dinkes FINAL (2) ü.xlsx"])
def test_a_form_under_another_name_is_the_form(tmp_path: Path, name: str) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    renamed = tmp_path / "Dinkes" / name
    (tmp_path / DINKES).rename(renamed)

    assert dinkes(tmp_path).path == f"Dinkes/{name}"
    done = dinkes(tmp_path, with_another_table())

    assert (done.path, done.state) == (f"Dinkes/{name}", FormState.REISSUED)
    assert not (tmp_path / DINKES).exists()
    assert "Layanan contoh berjalan" in str(
        [[cell.value for cell in row] for row in openpyxl.load_workbook(renamed)["Jawaban"].iter_rows()]
    )


def test_a_form_in_a_format_we_do_not_write_is_kept_and_said_once_it_is_out_of_date(tmp_path: Path) -> None:
    issue(tmp_path)
    (tmp_path / DINKES).rename((tmp_path / DINKES).with_suffix(".xlsm"))

    assert dinkes(tmp_path).state is FormState.KEPT
    done = dinkes(tmp_path, with_another_table())

    assert (done.state, done.path) == (FormState.OTHER_FORMAT, DINKES.replace(".xlsx", ".xlsm"))
    assert not (tmp_path / DINKES).exists()


def test_a_persons_formula_without_a_result_is_not_lost(tmp_path: Path) -> None:
    issue(tmp_path)
    edit(tmp_path / DINKES, lambda book: type_into(book["Anak Contoh"], "99.99.01@2022", {"anak.L": "=3+4"}))
    before = (tmp_path / DINKES).read_bytes()

    assert dinkes(tmp_path, with_another_table()).state is FormState.UNCALCULATED
    assert (tmp_path / DINKES).read_bytes() == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    planned = issue(tmp_path, dry_run=True)

    assert list(tmp_path.iterdir()) == []
    assert planned == issue(tmp_path)
    edit(tmp_path / DINKES, fill)
    before = (tmp_path / DINKES).read_bytes()
    planned = issue(tmp_path, without_the_second_block(), dry_run=True)
    assert (tmp_path / DINKES).read_bytes() == before
    assert planned == issue(tmp_path, without_the_second_block())


def test_a_filler_without_a_folder_is_said(tmp_path: Path) -> None:
    done = issue_forms(tmp_path, region(), instrument(), {"opd:dinkes": "Dinkes"})

    homeless = [form.filler for form in done if form.state is FormState.HOMELESS]
    assert homeless[:2] == ["Dinas Sosial Contoh", "Kelurahan Melati Utara"]
    assert "Sekretariat" not in homeless


def test_progress_counts_every_form(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []

    issue(tmp_path, report=lambda *each: seen.append(each))

    assert seen == [("forms", done, 7) for done in range(1, 8)]


def test_siapkan_hands_forms_out_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "kota-banjarbaru" / "2024"
    prepare(root, "kota-banjarbaru", 2024, instrument())

    done = prepare(root, "kota-banjarbaru", 2024, without_the_second_block())
    (root / "Dinkes").mkdir(exist_ok=True)
    tell_preparation(done, root)

    agency = next(each for each in done.city.agencies if "dinkes" in each.roles)
    form = next(each for each in done.forms if each.filler == agency.name)
    assert (root / form.path).is_file()
    assert form.path.startswith(f"{agency.folder}/")
    assert len([each for each in done.forms if each.path.startswith("Kelurahan/")]) == 20
    said = capsys.readouterr().out
    assert "diperbarui dengan isian tetap" in said
    assert "sudah sesuai" in said
    guide = (root / agency.folder / "BACA-SAYA.txt").read_text(encoding="utf-8")
    assert Path(form.path).name in guide
    record = preparation_record(done, root)["formulir"]
    assert {"berkas": form.path, "pengisi": agency.name, "keadaan": form.state.value, "isian_lama": 0} in record  # type: ignore[operator]


def test_siapkan_names_each_form_that_needs_a_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "kota-banjarbaru" / "2024"
    first = prepare(root, "kota-banjarbaru", 2024, instrument())
    path = root / next(form.path for form in first.forms)
    path.write_bytes(b"rusak")

    tell_preparation(prepare(root, "kota-banjarbaru", 2024, instrument()), root)

    assert f"{path.relative_to(root).as_posix()}: tidak dapat dibaca" in capsys.readouterr().out


def test_an_area_folder_that_exists_under_another_spelling_gets_the_form(tmp_path: Path) -> None:
    root = tmp_path / "kota-banjarbaru" / "2024"
    village = "Kelurahan/03 Kel. Guntung Manggis"
    (root / village).mkdir(parents=True)

    done = prepare(root, "kota-banjarbaru", 2024, instrument())

    assert [form.path for form in done.forms if "Guntung Manggis" in form.filler] == [
        f"{village}/Formulir KLA 2024 - Kelurahan Guntung Manggis.xlsx"
    ]


def take_out_the_sheet(book: openpyxl.Workbook) -> None:
    del book["Daftar Bukti"]


def take_out_the_column(book: openpyxl.Workbook) -> None:
    sheet = book["Jawaban"]
    keys = next(cells for cells in sheet.iter_rows() if cells[0].value == COLUMN_KEYS)
    sheet.delete_cols(next(cell.column for cell in keys if cell.value == "poin"))


@pytest.mark.parametrize("take_out", [take_out_the_sheet, take_out_the_column])
def test_what_an_office_took_out_of_its_form_is_put_back_and_the_rest_stays(
    tmp_path: Path, take_out: Callable[[openpyxl.Workbook], None]
) -> None:
    """The repair that the findings of a lost sheet and a lost column promise."""
    issue(tmp_path)
    whole = [(sheet.title, sheet.max_column) for sheet in openpyxl.load_workbook(tmp_path / DINKES)]
    edit(tmp_path / DINKES, fill)
    edit(tmp_path / DINKES, take_out)
    left = read(tmp_path)

    assert issue(tmp_path, dry_run=True)["Dinas Kesehatan Contoh"].state is FormState.REISSUED
    assert dinkes(tmp_path).state is FormState.REISSUED
    assert read(tmp_path) == left, "nothing filled in is lost, nothing is invented"
    assert [(sheet.title, sheet.max_column) for sheet in openpyxl.load_workbook(tmp_path / DINKES)] == whole
    assert dinkes(tmp_path).state is FormState.KEPT


def test_a_form_with_cells_that_have_no_place_is_not_rewritten_for_a_lost_sheet(tmp_path: Path) -> None:
    issue(tmp_path)

    def change(book: openpyxl.Workbook) -> None:
        del book["Daftar Bukti"]
        sheet = book["Jawaban"]
        sheet.cell(row_of(sheet, "1.1"), 10).value = "di luar tabel"

    edit(tmp_path / DINKES, change)
    before = (tmp_path / DINKES).read_bytes()

    assert dinkes(tmp_path).state is FormState.KEPT
    assert (tmp_path / DINKES).read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="modes exist on POSIX only")
def test_forms_and_their_former_copies_are_for_whom_their_folder_lets_in(tmp_path: Path) -> None:
    """The agency's group types into its form; what the agency had filled in is nobody else's."""
    tmp_path.chmod(0o751)
    issue(tmp_path)
    (tmp_path / "Dinkes").chmod(0o2770)
    edit(tmp_path / DINKES, fill)
    edit(tmp_path / DINKES, take_out_the_sheet)

    dinkes(tmp_path)

    kept = next((tmp_path / BACKUPS).iterdir())
    assert stat.S_IMODE((tmp_path / DINKES).stat().st_mode) == 0o660
    assert stat.S_IMODE((tmp_path / BACKUPS).stat().st_mode) & 0o007 == 0
    assert stat.S_IMODE(kept.stat().st_mode) == 0o660
