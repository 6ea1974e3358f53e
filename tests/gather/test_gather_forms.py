"""Forms and agencies' own tables come in: whoever's they are, wherever they lie, whatever has become of them."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from flows.bounded import BoundedPool, Failure, Result
from flows.forms import grid_xlsx
from flows.forms.layout import FormPlan
from flows.forms.plan import item_key, plan_by_key
from flows.forms.words import load_words
from flows.forms.writer import write_form
from flows.gather import Workshop, assemble, gather, gather_source, plan
from flows.gather.archives import ArchiveRoom
from flows.gather.arriving import Watch
from flows.gather.filled import Job
from flows.gather.forms import FormTaker
from flows.gather.hashing import Hashed
from flows.gather.intake import Entry, Source, stamp_of
from flows.gather.workshop import STORE_NAME
from flows.model import Basis, Condition, EvidenceFile, FormNote, Framework, Manifest, Media, TableSource
from flows.store import Store
from tests.builders.filled_forms import filled
from tests.gather.kit import asking, city_with_areas, packed, pdf, workbook, write

CITY, FRAMEWORK = city_with_areas(), asking()
DINKES = "Dinkes/Formulir KLA 2024 - Dinas Kesehatan.xlsx"
MELATI, ANGGREK = "kelurahan:99.99.01.1001", "kelurahan:99.99.02.1001"


class HerePool:
    """Runs jobs here, counts the workbooks that are read, and lets those of ``bad`` agencies fail."""

    def __init__(self, bad: Mapping[str, Failure] | None = None) -> None:
        self.read: list[str] = []
        self._bad = bad or {}

    def run(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Result[Any, Any]]:
        for job in items:
            tasks = job.tasks if isinstance(job, Job) else ()
            self.read += [Path(task.real_path).name for task in tasks]
            failure = next((self._bad[task.agency_id] for task in tasks if task.agency_id in self._bad), None)
            yield Result(job, failure=failure) if failure else Result(job, function(job))


def taken(
    root: Path,
    pool: HerePool | None = None,
    store: Store | None = None,
    framework: Framework = FRAMEWORK,
    seen: list[str] | None = None,
) -> Manifest:
    """Gather ``root`` source by source, without child processes."""
    shop = Workshop(
        pool=pool or HerePool(),  # type: ignore[arg-type]
        room=ArchiveRoom(),
        watch=Watch(root),
        store=store,
        progress=None if seen is None else seen.append,
    )
    parts = [gather_source(source, CITY, framework, root, shop) for source in plan(CITY, root)]
    return assemble(parts, framework)


def plan_of(key: str, framework: Framework = FRAMEWORK) -> FormPlan:
    found = plan_by_key(key, CITY, framework)
    assert found is not None
    return found


@cache
def agency_form(choice: str = "Ya", key: str = "opd:dinkes", points: float | None = 1.0) -> bytes:
    """A form with an answer, a table, a list and a list of evidence."""
    own = plan_of(key)
    question = next((asked.question.id for asked in own.questions), "")
    content = filled(
        own,
        answers={question: {"jawaban": choice, "poin": points, "catatan": f"Catatan contoh {choice}"}},
        tables={"anak": {"99.99.01@2023": {"anak.L": 10, "anak.P": 11, "anak.LP": 21}}} if key == "opd:dinkes" else {},
        lists={"mitra": [{"nama": "Mitra Contoh"}]} if key == "opd:dinkes" else {},
        evidence=[{"berkas": "laporan", "pertanyaan": "12.1, 14.10"}],
    )
    return write_form(own, content)


@cache
def area_form(key: str, answer: str = "Ya") -> bytes:
    own = plan_of(key)
    return write_form(own, filled(own, checklist={item_key(own.checklist[0]): {"jawaban": answer}}))


def codes(manifest: Manifest) -> list[tuple[str, str]]:
    return [(note.code, note.place.path) for note in manifest.form_notes]


def only_note(manifest: Manifest) -> FormNote:
    (note,) = manifest.form_notes
    return note


def test_a_form_comes_in_with_answers_tables_and_its_list_of_evidence(tmp_path: Path) -> None:
    root = write(tmp_path, {DINKES: agency_form(), "Dinkes/12.2 Laporan.pdf": pdf(["a"]), "Dinkes/laporan.pdf": pdf()})
    manifest = gather(CITY, FRAMEWORK, root, state_root=None)
    (form,) = manifest.forms
    assert (form.path, form.agency_id, form.is_taken) == (DINKES, "dinkes", True)
    assert form.filled_cells >= 8
    assert manifest.form_notes == ()
    (answer,) = manifest.answers
    assert (answer.agency_id, answer.choice, answer.points, answer.place.path) == ("dinkes", "Ya", 1.0, DINKES)
    assert [(one.schema_id, one.path, one.source) for one in manifest.tables] == [
        ("anak", DINKES, TableSource.FORM),
        ("mitra", DINKES, TableSource.FORM),
    ]
    (row,) = manifest.tables[0].rows
    assert (row.key, row.year, {cell.part: cell.number for cell in row.cells}) == (
        "99.99.01",
        2023,
        {"L": 10.0, "P": 11.0, "LP": 21.0},
    )
    (listed,) = manifest.declarations
    assert (listed.paths, listed.questions) == (("Dinkes/laporan.pdf",), ("12.1", "14.10"))
    assert {(one.question_id, one.path, one.basis) for one in manifest.citations} == {
        ("12.1", "Dinkes/laporan.pdf", Basis.FORM),
        ("14.10", "Dinkes/laporan.pdf", Basis.FORM),
        ("12.2", "Dinkes/12.2 Laporan.pdf", Basis.NAME),
    }


def test_progress_counts_every_file_once_and_a_form_is_never_evidence(tmp_path: Path) -> None:
    root = write(tmp_path, {DINKES: agency_form(), "Dinkes/laporan.pdf": pdf(), "Dinkes/12.1 Data.xlsx": agency_form()})
    seen: list[str] = []
    manifest = taken(root, seen=seen)
    assert sorted(seen) == [file.path for file in manifest.files]
    assert {one.path for one in manifest.citations} == {"Dinkes/laporan.pdf"}


def test_a_form_is_recognised_whatever_it_is_called_now(tmp_path: Path) -> None:
    root = write(tmp_path, {"Dinkes/12.1 isian kami (1).xlsx": agency_form(), "Dinkes/laporan.pdf": pdf()})
    manifest = taken(root)
    assert manifest.file("Dinkes/12.1 isian kami (1).xlsx").media is Media.FORM
    assert len(manifest.answers) == 1
    assert manifest.file("Dinkes/12.1 isian kami (1).xlsx").suggestions == ()


def test_the_secretariat_lays_its_form_beside_the_folders(tmp_path: Path) -> None:
    name = "Formulir KLA 2024 - Sekretariat.xlsx"
    root = write(tmp_path, {name: agency_form("Ya", "sekretariat:"), "Dinkes/laporan.pdf": pdf()})
    manifest = taken(root)
    assert [(one.agency_id, one.place.path) for one in manifest.answers] == [("", name)]
    assert manifest.declarations[0].paths == ("Dinkes/laporan.pdf",)


# --------------------------------------------------------------------------------------------------------------------
# Whose form it is


def test_the_form_of_another_agency_is_refused(tmp_path: Path) -> None:
    path = "Dinsos/Formulir KLA 2024 - Dinas Kesehatan.xlsx"
    manifest = taken(write(tmp_path, {path: agency_form(), DINKES: agency_form(), "Dinkes/laporan.pdf": pdf()}))
    assert [(one.path, one.is_taken) for one in manifest.forms] == [(DINKES, True), (path, False)]
    note = only_note(manifest)
    assert (note.code, note.place.path, note.values["made_for"], note.values["expected"]) == (
        "form-other-filler",
        path,
        "Dinas Kesehatan",
        "Dinsos",
    )
    assert len(manifest.answers) == 1


def test_an_agencys_form_beside_the_folders_is_refused(tmp_path: Path) -> None:
    manifest = taken(write(tmp_path, {"Formulir KLA 2024 - Dinas Kesehatan.xlsx": agency_form()}))
    assert only_note(manifest).code == "form-other-filler"
    assert manifest.answers == ()


def test_in_a_folder_nobody_is_known_for_the_form_says_whose_it_is(tmp_path: Path) -> None:
    folder = "Titipan Pak Contoh"
    root = write(tmp_path, {f"{folder}/Formulir KLA 2024.xlsx": agency_form(), f"{folder}/laporan.pdf": pdf()})
    manifest = taken(root)
    assert [one.agency_id for one in manifest.answers] == ["dinkes"]
    assert manifest.declarations[0].paths == (f"{folder}/laporan.pdf",)
    assert manifest.form_notes == ()


def test_in_a_folder_nobody_is_known_for_a_form_of_nobody_is_refused(tmp_path: Path) -> None:
    path = "Titipan/Formulir KLA 2024 - entah.xlsx"
    manifest = taken(write(tmp_path, {path: workbook([["a", "b"], ["c", "d"]])}))
    note = only_note(manifest)
    assert (note.code, note.place.path, dict(note.values)) == (
        "form-other-filler",
        path,
        {"made_for": "", "expected": "Titipan"},
    )
    assert [one.is_taken for one in manifest.forms] == [False]


@pytest.mark.parametrize(
    "folder", ["Kelurahan/Melati", "Kelurahan/01. Kel. Melati", "Kelurahan/Contoh Utara/Melati/2023", "Kelurahan"]
)
def test_an_area_hands_in_below_its_folder_and_else_the_form_says_which(tmp_path: Path, folder: str) -> None:
    path = f"{folder}/Formulir KLA 2024 - Kelurahan Melati.xlsx"
    manifest = taken(write(tmp_path, {path: area_form(MELATI)}))
    assert manifest.form_notes == ()
    assert [(one.area, one.source, one.path) for one in manifest.tables] == [
        ("99.99.01.1001", TableSource.AREA_FORM, path)
    ]
    assert [one.area for one in manifest.forms] == ["99.99.01.1001"]


def test_the_form_of_another_area_is_refused(tmp_path: Path) -> None:
    path = "Kelurahan/Melati/Formulir KLA 2024 - Kelurahan Anggrek.xlsx"
    manifest = taken(write(tmp_path, {path: area_form(ANGGREK)}))
    assert [(note.code, note.values["made_for"], note.values["expected"]) for note in manifest.form_notes] == [
        ("form-other-filler", plan_of(ANGGREK).filler.name, plan_of(MELATI).filler.name)
    ]
    assert manifest.tables == ()


def test_forms_of_several_areas_side_by_side_are_all_taken(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {"Kelurahan/Formulir KLA a.xlsx": area_form(MELATI), "Kelurahan/Formulir KLA b.xlsx": area_form(ANGGREK)},
    )
    manifest = taken(root)
    assert sorted(one.area for one in manifest.tables) == ["99.99.01.1001", "99.99.02.1001"]
    assert manifest.form_notes == ()


# --------------------------------------------------------------------------------------------------------------------
# What has become of it


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"", "zero-bytes"),
        (b"PK\x03\x04" + b"rusak" * 200, "cannot-open"),
        (b"bukan apa-apa", "cannot-open"),
        (b"%PDF-1.7 palsu", "cannot-open"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500,
            "password",
        ),
    ],
)
def test_a_form_that_cannot_be_opened_says_why(tmp_path: Path, content: bytes, detail: str) -> None:
    note = only_note(taken(write(tmp_path, {DINKES: content})))
    assert (note.code, note.place.path, note.agency_id) == ("form-unreadable", DINKES, "dinkes")
    assert note.values["detail"] in {detail, "extension-mismatch"}


def test_a_pdf_called_a_form_is_no_workbook(tmp_path: Path) -> None:
    manifest = taken(write(tmp_path, {DINKES: pdf(["Formulir"])}))
    assert only_note(manifest).values["detail"] == "extension-mismatch"
    assert [one.is_taken for one in manifest.forms] == [False]


def test_half_a_form_is_damaged(tmp_path: Path) -> None:
    content = agency_form()
    assert only_note(taken(write(tmp_path, {DINKES: content[: len(content) // 2]}))).values["detail"] == "cannot-open"


def test_a_form_that_is_open_somewhere_leaves_a_lock_file_that_is_ignored(tmp_path: Path) -> None:
    lock = "Dinkes/~$Formulir KLA 2024 - Dinas Kesehatan.xlsx"
    manifest = taken(write(tmp_path, {DINKES: agency_form(), lock: b"x" * 165, "Dinkes/laporan.pdf": pdf()}))
    assert len(manifest.forms) == 1
    assert manifest.file(lock).condition is Condition.IGNORED
    assert manifest.form_notes == ()


def test_macros_are_said_and_the_form_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(agency_form())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    path = "Dinkes/Formulir KLA 2024 - Dinas Kesehatan.xlsm"
    root = write(
        tmp_path, {path: packed({**members, "xl/vbaProject.bin": b"bukan makro"}), "Dinkes/laporan.pdf": pdf()}
    )
    manifest = taken(root)
    assert codes(manifest) == [("form-has-macros", path)]
    assert len(manifest.answers) == 1


def edited(content: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_million_rows_of_nothing_and_sheets_renamed_hidden_and_doubled(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        answers = book[next(name for name in book.sheetnames if name.startswith("Jawaban"))]
        book.copy_worksheet(answers)
        answers.title = "Lembar Kami"
        last = book.worksheets[-2]
        last.cell(1_048_576, 3).fill = PatternFill("solid", fgColor="FFFF00")

    root = write(tmp_path, {DINKES: edited(agency_form(), edit), "Dinkes/laporan.pdf": pdf()})
    manifest = taken(root)
    assert [one.choice for one in manifest.answers] == ["Ya"]
    assert [one.is_taken for one in manifest.forms] == [True]
    assert not {"form-unreadable", "form-sheet-missing"} & {code for code, _ in codes(manifest)}


def test_two_forms_that_disagree_name_both_cells_and_the_one_handed_out_stands(tmp_path: Path) -> None:
    second = "Dinkes/A/Formulir KLA 2024 - Dinas Kesehatan (2).xlsx"
    root = write(tmp_path, {DINKES: agency_form("Ya"), second: agency_form("Tidak"), "Dinkes/laporan.pdf": pdf()})
    manifest = taken(root)
    assert [one.choice for one in manifest.answers] == ["Ya"]
    assert {code for code, _ in codes(manifest)} == {"forms-disagree"}
    assert {note.place.path for note in manifest.form_notes} == {second}
    assert all(note.values["other"].startswith(DINKES) for note in manifest.form_notes)
    assert len(manifest.tables) == 2
    assert len(manifest.declarations) == 1


def test_the_same_form_in_two_folders_counts_where_it_belongs(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {DINKES: agency_form(), "Titipan/Formulir KLA.xlsx": agency_form(), "Dinkes/laporan.pdf": pdf()},
    )
    manifest = taken(root)
    assert [one.place.path for one in manifest.answers] == [DINKES]
    assert manifest.form_notes == ()
    assert len(manifest.forms) == 2


@pytest.mark.parametrize(
    ("failure", "detail"), [(Failure.TIMEOUT, "inspection-timeout"), (Failure.CRASH, "inspection-crash")]
)
def test_a_form_on_which_the_reader_hangs_or_dies_costs_itself_only(
    tmp_path: Path, failure: Failure, detail: str
) -> None:
    other = "Bagian Hukum/Formulir KLA 2024 - Bagian Hukum.xlsx"
    root = write(
        tmp_path / "in",
        {DINKES: agency_form(), other: agency_form(key="opd:hukum"), "Bagian Hukum/laporan.pdf": pdf()},
    )
    with Store(tmp_path / "state") as store:
        manifest = taken(root, HerePool({"dinkes": failure}), store)
        assert (only_note(manifest).code, only_note(manifest).values["detail"]) == ("form-unreadable", detail)
        assert [one.agency_id for one in manifest.answers] == ["hukum"]
        again = HerePool()
        assert len(taken(root, again, store).answers) == 2
        assert again.read == [Path(DINKES).name]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe, on which a reader waits for ever")
def test_a_child_that_hangs_is_ended_and_costs_one_note(tmp_path: Path) -> None:
    path = tmp_path / "Formulir KLA.xlsx"
    os.mkfifo(path)
    hashed = Hashed(Entry(DINKES, str(path), 9, stamp_of(path.lstat())), "0" * 64)
    form = EvidenceFile(DINKES, "dinkes", 9, Condition.GOOD, Media.FORM, "0" * 64)
    with BoundedPool(workers=1, seconds=1) as pool:
        taker = FormTaker(Source("dinkes", ("Dinkes",)), CITY, FRAMEWORK, pool, None, fresh=False)
        (one,) = taker.take_forms([hashed], [form])
    assert one.form is not None
    assert not one.form.is_taken
    assert [(note.code, note.values["detail"]) for note in one.notes] == [("form-unreadable", "inspection-timeout")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to save the form as .xls and .ods")
def test_forms_saved_in_other_formats_are_read(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(agency_form())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for suffix in ("xls", "ods"):
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(tmp_path / "out"),
            "form.xlsx",
        ]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
        name = f"Formulir KLA 2024 - Dinas Kesehatan.{suffix}"
        root = write(
            tmp_path / suffix,
            {f"Dinkes/{name}": (tmp_path / "out" / f"form.{suffix}").read_bytes(), "Dinkes/laporan.pdf": pdf()},
        )
        manifest = taken(root)
        assert [(one.choice, one.points) for one in manifest.answers] == [("Ya", 1.0)], suffix
        assert manifest.tables[0].rows[0].key == "99.99.01"
        assert manifest.declarations[0].paths == ("Dinkes/laporan.pdf",)


# --------------------------------------------------------------------------------------------------------------------
# The cache


def test_what_was_read_is_remembered_by_content_and_a_moved_form_says_its_new_place(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {DINKES: agency_form(), "Dinkes/laporan.pdf": pdf()})
    with Store(tmp_path / STORE_NAME) as store:
        first = taken(root, store=store)
        pool = HerePool()
        assert taken(root, pool, store) == first
        moved = "Dinkes/Arsip/Formulir KLA 2024 lagi.xlsx"
        write(root, {moved: (root / DINKES).read_bytes()})
        (root / DINKES).unlink()
        manifest = taken(root, pool, store)
    assert pool.read == []
    assert [one.place.path for one in manifest.answers] == [moved]
    assert {one.path for one in manifest.tables} == {moved}
    assert {one.place.path for one in manifest.declarations} == {moved}


def test_another_instrument_or_another_place_reads_again(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {DINKES: agency_form()})
    other = dataclasses.replace(FRAMEWORK, sha256="1" * 64)
    with Store(tmp_path / STORE_NAME) as store:
        taken(root, store=store)
        pool = HerePool()
        taken(root, pool, store, other)
        assert len(pool.read) == 1
        write(root, {"Dinsos/Formulir KLA.xlsx": agency_form()})
        assert only_note_of(taken(root, pool, store), "form-other-filler").place.path == "Dinsos/Formulir KLA.xlsx"
        assert pool.read[1:] == ["Formulir KLA.xlsx"]


def test_other_words_on_the_forms_read_again_also_where_nobody_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "in", {DINKES: agency_form(), "Titipan/Formulir KLA.xlsx": agency_form()})
    with Store(tmp_path / STORE_NAME) as store:
        taken(root, store=store)
        changed = dataclasses.replace(load_words(), digest="1" * 64)
        monkeypatch.setattr("flows.forms.words.load_words", lambda: changed)
        pool = HerePool()
        taken(root, pool, store)
    assert sorted(pool.read) == sorted(Path(path).name for path in (DINKES, "Titipan/Formulir KLA.xlsx"))


def only_note_of(manifest: Manifest, code: str) -> FormNote:
    (note,) = (note for note in manifest.form_notes if note.code == code)
    return note


def test_a_damaged_memory_of_forms_changes_nothing(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {DINKES: agency_form()})
    with Store(tmp_path / STORE_NAME) as store:
        expected = taken(root, store=store)
    with sqlite3.connect(tmp_path / STORE_NAME) as connection:
        connection.execute("UPDATE entries SET value = '{\"form\": 5}' WHERE namespace = 'forms'")
    connection.close()
    with Store(tmp_path / STORE_NAME) as store:
        assert taken(root, store=store) == expected


# --------------------------------------------------------------------------------------------------------------------
# Tables of an agency's own

EXPORT: list[list[object]] = [
    ["DATA ANAK KOTA CONTOH", "", "", ""],
    ["Kecamatan", "Jumlah Anak Lk", "Jumlah Anak Pr", "Jumlah Anak Jml"],
    ["Contoh Utara", 10, 11, 21],
    ["Contoh Selatan", 5, 6, 11],
]


def test_a_table_of_an_agencys_own_is_read_where_the_agency_is_asked_for_it(tmp_path: Path) -> None:
    name = "12.1 Data anak 2023.xlsx"
    root = write(tmp_path, {f"Dinkes/{name}": workbook(EXPORT), f"Dinsos/lain/{name[5:]}": workbook(EXPORT)})
    manifest = gather(CITY, FRAMEWORK, root, state_root=None)
    (table,) = manifest.tables
    assert (table.path, table.source, table.agency_id) == (f"Dinkes/{name}", TableSource.EXPORT, "dinkes")
    assert {row.year for row in table.rows if row.is_known} == {2023}
    assert {one.question_id for one in manifest.citations} == {"12.1"}


def test_separated_values_are_a_table_of_an_agencys_own_too(tmp_path: Path) -> None:
    """Portals of data hand out nothing else; what only looks like rows, or is called otherwise, is none."""
    text = "Kecamatan;Jumlah Anak Lk;Jumlah Anak Pr;Jumlah Anak Jml\nContoh Utara;10;11;21\nContoh Selatan;5;6;11\n"
    root = write(
        tmp_path,
        {
            "Dinkes/12.1 Data anak 2023.csv": text.encode(),
            "Dinkes/12.1 Data anak 2022.txt": text.encode(),
            "Dinkes/12.1 Catatan.csv": b"Kegiatan kecamatan berjalan.\nTanpa hambatan.\n",
        },
    )
    manifest = gather(CITY, FRAMEWORK, root, state_root=None)
    (table,) = manifest.tables
    assert (table.path, table.source) == ("Dinkes/12.1 Data anak 2023.csv", TableSource.EXPORT)
    assert {row.year for row in table.rows if row.is_known} == {2023}
    assert [note.code for note in manifest.form_notes if note.place.path.endswith((".csv", ".txt"))] == []


def test_a_form_may_say_that_a_file_answers_the_tables_question(tmp_path: Path) -> None:
    own = plan_of("opd:dinsos")
    listed = write_form(own, filled(own, evidence=[{"berkas": "anak 2023.xlsx", "pertanyaan": "12.1"}]))
    root = write(
        tmp_path, {"Dinsos/anak 2023.xlsx": workbook(EXPORT), "Dinsos/Formulir KLA 2024 - Dinsos.xlsx": listed}
    )
    assert [one.agency_id for one in taken(root).tables] == ["dinsos"]


def test_the_year_in_a_new_name_is_seen_though_the_bytes_are_known(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {"Dinkes/anak 2022.xlsx": workbook(EXPORT)})
    with Store(tmp_path / STORE_NAME) as store:
        assert years(taken(root, store=store)) == {2022}
        pool = HerePool()
        assert years(taken(root, pool, store)) == {2022}
        assert pool.read == []
        (root / "Dinkes/anak 2022.xlsx").rename(root / "Dinkes/anak 2023.xlsx")
        assert years(taken(root, pool, store)) == {2023}


def years(manifest: Manifest) -> set[int | None]:
    return {row.year for table in manifest.tables for row in table.rows}


def test_without_tables_in_the_instrument_no_workbook_is_opened_twice(tmp_path: Path) -> None:
    root = write(tmp_path, {"Dinkes/12.1 anak.xlsx": workbook(EXPORT)})
    pool = HerePool()
    assert taken(root, pool, framework=dataclasses.replace(FRAMEWORK, tables={})).tables == ()
    assert pool.read == []


def test_a_table_of_its_own_on_which_the_reader_hangs_stays_evidence_and_is_told(tmp_path: Path) -> None:
    path = "Dinkes/12.1 anak 2023.xlsx"
    manifest = taken(write(tmp_path, {path: workbook(EXPORT)}), HerePool({"dinkes": Failure.TIMEOUT}))
    assert manifest.tables == ()
    assert manifest.file(path).condition is Condition.GOOD
    note = only_note(manifest)
    assert (note.code, note.place.path, note.values["detail"]) == ("export-unreadable", path, "inspection-timeout")


def test_a_table_too_large_to_be_one_is_told_so_and_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid_xlsx, "MAX_SHARED_BYTES", 500)
    manifest = taken(write(tmp_path, {"Dinkes/12.1 anak 2023.xlsx": workbook(EXPORT)}), HerePool())
    note = only_note(manifest)
    assert (note.code, note.values["detail"]) == ("export-unreadable", "book-too-large")
