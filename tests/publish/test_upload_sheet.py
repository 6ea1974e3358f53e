"""``jawaban.xlsx``: what the operator copies from and ticks, carried from run to run, whatever happens to the file."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from flows.bounded import BoundedPool, Result
from flows.model import Condition, Hindrance, Tick, UnusedFile, Upload, UploadItem, UploadState
from flows.publish.upload import hand_out, read_ticks, upload_state
from flows.publish.upload.ticks import _read, carry_over
from flows.publish.upload.words import load_words
from tests.publish.upload_kit import Store, packed, upload

ANSWERS = (upload("1.1"), upload("1.2a"), upload("12.1"), upload("12.2"))
HEADS = (
    "No.", "Blok", "Indikator", "Pertanyaan", "Bunyi pertanyaan", "Jawaban", "Catatan", "Folder",
    "Berkas, menurut urutan", "Catatan berkas", "Sudah diunggah", "Tanggal diunggah", "Catatan Anda", "Sidik",
)  # fmt: skip
EARLIER = "043514551992"
"""What a sheet said of twelve documents when the order was in the fingerprint, as it was written then."""
TICK, DAY, REMARK, PRINT = (HEADS.index(name) + 1 for name in HEADS[-4:])


class Year:
    """Runs of one city and year, one after the other."""

    def __init__(self, root: Path) -> None:
        self.root = root / "kota-uji" / "2024"
        self.root.mkdir(parents=True)
        self.store = Store(root / "isi")
        self.last: Path | None = None

    @property
    def copy(self) -> Path:
        """The operator's copy."""
        return self.root / "jawaban.xlsx"

    def run(self, *uploads: Upload, meanwhile: Callable[[], None] | None = None) -> UploadState:
        """One run; ``meanwhile`` happens between reading ticks and handing out the new sheet."""
        run = self.root / f"2025033{1 + len(list(self.root.glob('2025*')))}T091500"
        ticks = read_ticks(self.root, self.last)
        made = packed(self.store, run, *(uploads or ANSWERS), ticks=ticks, last_run=self.last)
        if meanwhile:
            meanwhile()
        self.last = run
        return hand_out(made, run)

    def edit(self, change: Callable[[Worksheet], object]) -> None:
        """What somebody does to the copy in a spreadsheet program."""
        book = openpyxl.load_workbook(self.copy)
        change(book["Jawaban"])
        book.save(self.copy)

    def tick(self, marks: Mapping[str, Any]) -> None:
        """Tick questions."""

        def change(sheet: Worksheet) -> None:
            for row in range(2, sheet.max_row + 1):
                question = str(sheet.cell(row, 4).value)
                if question in marks:
                    sheet.cell(row, TICK).value = marks[question]

        self.edit(change)

    def column(self, column: int) -> dict[str, object]:
        """Question → what stands in a column of the copy."""
        sheet = openpyxl.load_workbook(self.copy)["Jawaban"]
        return {str(sheet.cell(row, 4).value): sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)}


class AtOnce:
    """Stands for a pool of children where what happens in one is not what is tested."""

    def __init__(self, **_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(
        self, function: Callable[[str], object], items: list[str], *, seconds: float | None = None
    ) -> list[Result[str, object]]:
        assert seconds is None
        return [Result(item, function(item)) for item in items]


@pytest.fixture(autouse=True)
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only tests of spoilt files start children."""
    if "spoil" not in request.fixturenames:
        monkeypatch.setattr("flows.publish.upload.ticks.BoundedPool", AtOnce)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path)


def changed_answer(question_id: str = "12.1") -> tuple[Upload, ...]:
    """All answers, one of them another than before."""
    return tuple(replace(each, answer="Tidak") if each.question_id == question_id else each for each in ANSWERS)


def test_the_sheet_shows_every_question_with_all_there_is_to_copy(year: Year) -> None:
    item = UploadItem("V/20.1-01", "Laporan", is_withheld=True)
    first = upload(
        "1.1", item, answer="Peraturan Daerah", note="Baris satu\nBaris dua", links=("https://contoh.invalid",)
    )
    year.run(first, *ANSWERS[1:])
    book = openpyxl.load_workbook(year.copy)
    sheet = book["Jawaban"]
    assert tuple(cell.value for cell in sheet[1]) == HEADS
    row = [cell.value for cell in sheet[2]]
    assert row[:7] == [1, "Kelembagaan", "1", "1.1", first.text, "Peraturan Daerah", "Baris satu\nBaris dua"]
    assert row[9] == "V/20.1-01 Laporan: diperlihatkan saat verifikasi\nTautan: https://contoh.invalid"
    assert row[10:13] == [None, None, None]
    assert row[13] == first.fingerprint
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("E2", "A1:N5")
    [rule] = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("K2:K5", '"✓"')
    assert book["Petunjuk"]["A10"].value == "Blok"


def test_a_question_nobody_answered_and_files_nobody_can_open_are_told(year: Year) -> None:
    """An empty cell must not be taken for a question that needs nothing, nor an empty file for one nobody handed in."""
    files = (
        UnusedFile("laporan.pdf", Condition.EMPTY),
        UnusedFile("", Condition.REFUSED),
        UnusedFile("besar.pdf", Condition.ARRIVING),
    )
    year.run(upload("1.1", answer="", note=""), upload("1.2a", unused=files), upload("12.1", answer="", note="Ada"))
    told = year.column(10)
    assert str(told["1.1"]).startswith("Belum dijawab.")
    assert str(told["1.2a"]).splitlines() == [
        "laporan.pdf tidak diunggah: kosong; mintalah berkas yang berisi",
        "berkas lain yang disebut tidak diunggah: ditolak; sebabnya di internal/kendali.pdf",
        "besar.pdf tidak diunggah: masih disalin saat dosir disusun; susun lagi setelah salinannya selesai",
    ]
    assert told["12.1"] is None


def test_every_condition_that_no_list_names_has_its_words() -> None:
    words = load_words().remarks
    listed = {Condition.GOOD, Condition.WRONG_EXTENSION, Condition.LOCKED, Condition.DAMAGED}
    assert all(f"tak-terpakai-{each}" in words for each in set(Condition) - listed)


def test_on_paper_the_sheet_is_a_page_wide_in_letters_that_can_be_read(year: Year) -> None:
    """What is only there to be sorted by, and the fingerprint, are left off; letters were printed at five points."""
    year.run()
    sheet = openpyxl.load_workbook(year.copy)["Jawaban"]
    assert sheet.print_area == "'Jawaban'!$D$1:$M$5"
    chars = sum(sheet.column_dimensions[letter].width for letter in "DEFGHIJKLM")
    page = (297 - 2 * 0.3 * 25.4) / 25.4 * 96 / 7  # of A4 across, in characters of seven pixels
    assert 11 * page / chars >= 7.2


def test_ticks_come_along_and_those_of_changed_answers_say_so(year: Year) -> None:
    year.run()
    year.tick({"1.1": "✓", "1.2a": "ya", "12.1": "V", "12.2": "nanti"})
    state = year.run(*changed_answer())
    assert (state.questions, state.uploaded, state.changed) == (4, ("1.1", "1.2a"), ("12.1",))
    assert state.trouble == ""
    assert year.column(TICK) == {"1.1": "✓", "1.2a": "✓", "12.1": "berubah sejak diunggah", "12.2": "nanti"}


MOMENT = datetime(2025, 4, 2)  # noqa: DTZ001  # cells know no time zones


@pytest.mark.parametrize(
    ("mark", "day"),
    [
        *((each, None) for each in ("x", "sudah", "Sdh.", "SELESAI", 1, True)),
        (date(2025, 4, 2), MOMENT),
        (MOMENT.replace(hour=9), MOMENT),
        ("2/4/2025", "2/4/2025"),
        ("2 April 2025", "2 April 2025"),
    ],
)
def test_whatever_people_write_for_done_is_understood_a_day_too(mark: object, day: object, year: Year) -> None:
    year.run()
    year.tick({"1.1": mark})
    state = year.run()
    assert (state.uploaded, state.trouble) == (("1.1",), "")
    assert (year.column(TICK)["1.1"], year.column(DAY)["1.1"]) == ("✓", day)


def test_marks_that_mean_nothing_and_days_without_one_are_told_and_stay(year: Year) -> None:
    year.run()
    year.tick({"1.1": "ya, kecuali nomor 2", "1.2a": "belum", "12.1": "NIK 9901014101150001"})
    year.edit(lambda sheet: sheet.cell(5, DAY, date(2025, 4, 2)))
    state = year.run()
    assert state.uploaded == ()
    assert "1.1 (“ya, kecuali nomor 2”) dan 12.1 (“NIK 99" in state.trouble
    assert "Ada tanggal tanpa tanda, dihitung belum diunggah: 12.2." in state.trouble
    assert "1.2a" not in state.trouble
    assert "9901014101150001" not in state.trouble
    assert str(year.copy) in state.trouble
    assert year.column(TICK)["1.1"] == "ya, kecuali nomor 2"


def test_many_marks_that_mean_nothing_do_not_fill_the_screen(year: Year) -> None:
    many = [upload(f"1.{number}") for number in range(1, 41)]
    year.run(*many)
    year.tick({each.question_id: "entah " * 20 for each in many})
    trouble = year.run(*many).trouble
    assert "1.6 (“entah entah entah entah…”), dan 34 lainnya." in trouble
    assert "1.7" not in trouble


def test_the_guide_counts_every_mark_that_will_be_read_as_done(year: Year) -> None:
    year.run()
    formula = str(openpyxl.load_workbook(year.copy)["Petunjuk"]["C11"].value)
    assert formula.startswith("=SUMPRODUCT(COUNTIFS(")
    counted = formula[formula.index("{") + 1 : formula.index("}")].split(",")
    assert {'"✓"', '"sudah"', '"x"', '"1"'} <= set(counted)
    assert len({each.casefold() for each in counted}) == len(counted)  # none twice
    assert [each for each in counted if not each.isascii()] == ['"✓"']


def test_excel_asks_in_indonesian_and_marks_no_id_as_a_mistake(year: Year) -> None:
    year.run()
    [rule] = openpyxl.load_workbook(year.copy)["Jawaban"].data_validations.dataValidation
    assert (rule.errorStyle, rule.errorTitle) == ("warning", "Sudah diunggah")
    assert "dihitung belum diunggah" in str(rule.error)
    with zipfile.ZipFile(year.copy) as archive:
        assert b'<ignoredError sqref="A1:N1048576" numberStoredAsText="1"/>' in archive.read("xl/worksheets/sheet1.xml")


def test_no_text_of_a_row_is_cut_off(year: Year) -> None:
    """Whole words go to the next line: a text takes more lines than its letters would."""
    name = "Penyelenggaraan-perlindungan-anak " * 6
    year.run(upload("1.1", text=name, note="Kata " * 2_000), upload("1.2a", text=name))
    rows = openpyxl.load_workbook(year.copy)["Jawaban"].row_dimensions
    assert (rows[2].height, rows[3].height) == (pytest.approx(409, abs=0.5), 6 * 15.0)


def test_a_changed_answer_stays_changed_until_it_is_ticked_again_or_is_what_it_was(year: Year) -> None:
    year.run()
    year.tick({"12.1": "✓", "12.2": "✓"})
    both = tuple(replace(each, note="Lain") if each.indicator_id == "12" else each for each in ANSWERS)
    year.run(*both)
    assert year.run(*both).changed == ("12.1", "12.2")
    year.tick({"12.1": "✓"})
    state = year.run(*both)
    assert (state.uploaded, state.changed) == (("12.1",), ("12.2",))
    assert year.run().uploaded == ("12.2",)


def test_days_and_remarks_are_theirs_and_stay(year: Year) -> None:
    year.run()

    def change(sheet: Worksheet) -> None:
        sheet.cell(2, TICK).value = "✓"
        sheet.cell(2, DAY).value = date(2025, 4, 2)
        sheet.cell(3, DAY).value = "2 April"
        sheet.cell(4, REMARK).value = "gagal dua kali"

    year.edit(change)
    year.run()
    sheet = openpyxl.load_workbook(year.copy)["Jawaban"]
    day = sheet.cell(2, DAY)
    assert (getattr(day.value, "date", lambda: None)(), day.number_format) == (date(2025, 4, 2), "dd/mm/yyyy")
    assert (sheet.cell(3, DAY).value, sheet.cell(4, REMARK).value) == ("2 April", "gagal dua kali")


def test_columns_may_move_and_rows_be_sorted(year: Year) -> None:
    year.run()
    year.tick({"12.1": "✓"})

    def change(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, *body = ([row[TICK - 1], *row[: TICK - 1], *row[TICK:]] for row in rows)
        for number, values in enumerate([head, *reversed(body)], 1):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value
        sheet.insert_rows(1, 3)

    year.edit(change)
    assert year.run().uploaded == ("12.1",)


def lost_heads(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Jawaban"].delete_rows(1)
    book.save(path)


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:900])


@pytest.mark.parametrize(("spoil", "word"), [(lost_heads, "tidak memuat kolom"), (damaged, "rusak")])
def test_a_copy_that_cannot_be_read_is_kept_aside_and_the_ticks_before_it_stay(
    spoil: Callable[[Path], None], word: str, year: Year
) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    year.run()
    year.tick({"1.2a": "✓"})
    spoil(year.copy)
    spoilt = year.copy.read_bytes()
    state = year.run()
    assert state.uploaded == ("1.1",)
    assert word in state.trouble
    [*_, kept] = sorted((year.root / "jawaban-lama").iterdir())
    assert kept.read_bytes() == spoilt
    assert str(kept) in state.trouble
    assert year.column(TICK)["1.1"] == "✓"


def read_at_last(path: str) -> tuple[Mapping[str, Tick], str]:
    """Runs in a child; the first is killed."""
    if not (mark := Path(path).with_name("mati")).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _read(path)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_a_copy_whose_child_is_killed_is_not_called_damaged(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    monkeypatch.setattr("flows.publish.upload.ticks.BoundedPool", BoundedPool)
    monkeypatch.setattr("flows.publish.upload.ticks._read", read_at_last)
    state = year.run()
    assert (year.root / "mati").exists()
    assert (state.uploaded, state.trouble) == (("1.1",), "")


def test_a_copy_that_somebody_has_open_is_left_and_read_next_time(year: Year) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    mark = year.root / "~$jawaban.xlsx"
    mark.touch()
    before = year.copy.read_bytes()
    state = year.run(*changed_answer("12.2"))
    assert year.copy.read_bytes() == before
    assert state.uploaded == ("1.1",)
    assert "sedang dibuka" in state.trouble
    assert mark.name in state.trouble
    mark.unlink()
    assert year.run(*changed_answer("12.2")).trouble == ""
    assert year.column(PRINT)["12.2"] == changed_answer("12.2")[3].fingerprint


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_copy_that_is_closed_to_us_is_left(year: Year) -> None:
    year.run()
    year.copy.chmod(0)
    assert "tidak dapat dibuka" in year.run().trouble


def test_a_copy_that_cannot_be_replaced_is_left(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    before = year.copy.read_bytes()

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    state = year.run(meanwhile=lambda: monkeypatch.setattr("flows.publish.upload.packing.write_bytes", held))
    assert "tidak dapat diganti (akses ditolak)" in state.trouble
    assert year.copy.read_bytes() == before


def test_ticks_made_while_a_run_is_made_are_not_lost(year: Year) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    state = year.run(meanwhile=lambda: year.tick({"1.2a": "✓"}))
    assert state.uploaded == ("1.1", "1.2a")
    assert year.column(TICK)["1.2a"] == "✓"


def test_a_lost_copy_comes_back_from_the_last_run(year: Year) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    year.run()
    year.copy.unlink()
    assert year.run().uploaded == ("1.1",)
    assert year.column(TICK)["1.1"] == "✓"


def test_what_they_changed_is_kept_aside_and_what_they_did_not_is_not(year: Year) -> None:
    year.run()
    year.run()
    assert not (year.root / "jawaban-lama").exists()
    year.edit(lambda sheet: sheet.cell(2, 20, "coretan"))
    year.run()
    [kept] = (year.root / "jawaban-lama").iterdir()
    assert openpyxl.load_workbook(kept)["Jawaban"].cell(2, 20).value == "coretan"


def test_the_copy_in_the_run_stays_as_it_was_made(year: Year) -> None:
    year.run()
    assert year.last is not None
    inside = year.last / "unggah" / "jawaban.xlsx"
    before = hashlib.sha256(inside.read_bytes()).digest()
    assert year.copy.read_bytes() == inside.read_bytes()
    year.tick({"1.1": "✓"})
    assert hashlib.sha256(inside.read_bytes()).digest() == before


def test_ticks_in_the_copy_within_a_run_are_not_read_but_told(year: Year) -> None:
    """It lies beside the files that are uploaded, and is the first that people open."""
    year.run()
    assert year.last is not None
    inside = year.last / "unggah" / "jawaban.xlsx"
    seal = year.last / "manifest-sha256.txt"
    seal.write_text(f"{hashlib.sha256(inside.read_bytes()).hexdigest()}  unggah/jawaban.xlsx\n", encoding="utf-8")
    assert year.run().trouble == ""
    run, year.last = year.last, year.root / inside.parts[-3]
    book = openpyxl.load_workbook(inside)
    book["Jawaban"].cell(2, TICK).value = "✓"
    book.save(inside)
    state = year.run()
    assert state.uploaded == ()
    assert f"{inside} diubah, tetapi tanda di situ tidak dibaca; pindahkan tandanya ke {year.copy}." in state.trouble
    year.last = run
    seal.unlink()
    assert "tidak dibaca" not in year.run().trouble  # nothing to compare with


def test_what_people_type_stays_text_and_leads_nowhere(year: Year) -> None:
    hostile = ('=HYPERLINK("http://contoh.invalid")', "+1", "-1", "@SUM(A1)", "\t=1", "http://contoh.invalid", "1.10")
    uploads = [upload(f"1.{n}", answer=text, note=text, text=text) for n, text in enumerate(hostile, 1)]
    year.run(*uploads)
    sheet = openpyxl.load_workbook(year.copy)["Jawaban"]
    for row, text in enumerate(hostile, 2):
        for column in (5, 6, 7):
            cell = sheet.cell(row, column)
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_numbers_of_persons_are_masked_in_every_cell(year: Year) -> None:
    year.run(upload("1.1", answer="9901014101150001", note="NIK 9901014101150001", links=("9901014101150001",)))
    book = openpyxl.load_workbook(io.BytesIO(year.copy.read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [text for text in cells if "9901014101150001" in text]


@pytest.mark.parametrize(
    ("hindrance", "said"), [(Hindrance.DRAFT, "DRAF – INTERNAL"), (Hindrance.BLOCKED, "Masih ada temuan")]
)
def test_what_may_not_be_uploaded_warns_above_all_rows_and_still_reads_back(
    tmp_path: Path, hindrance: Hindrance, said: str
) -> None:
    year = Year(tmp_path)
    run = year.root / "20250331T091500"
    made = packed(year.store, run, *ANSWERS, hindrance=hindrance)
    hand_out(made, run)
    book = openpyxl.load_workbook(year.copy)
    for name, at in (("Jawaban", "D1"), ("Petunjuk", "A1")):
        assert str(book[name][at].value).startswith(said)
        assert "jangan mengunggah apa pun" in str(book[name][at].value)
    book["Jawaban"].cell(3, TICK).value = "✓"
    book.save(year.copy)
    assert read_ticks(year.root, run).by_question["1.1"].is_done


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "Lain"},
        {"note": "Lain"},
        {"links": ("https://contoh.invalid/2",)},
        {"items": (UploadItem("III/12.1-01", "x", "cd" * 32), UploadItem("III/12.1-02", "y", is_withheld=True))},
        {"items": (UploadItem("III/12.1-01", "x", "ab" * 32),)},
    ],
)
def test_a_tick_falls_when_answer_or_documents_change(change: dict[str, object]) -> None:
    items = (UploadItem("III/12.1-01", "x", "ab" * 32), UploadItem("III/12.1-02", "y", is_withheld=True))
    before = upload("12.1", *items)
    tick = Tick("✓", is_done=True, shown=before.fingerprint)
    assert carry_over(before, tick).is_done
    assert carry_over(replace(before, text="Bunyi lain"), tick).is_done
    assert carry_over(replace(before, **change), tick).is_changed  # type: ignore[arg-type]


def test_a_tick_without_its_fingerprint_has_to_be_looked_at(year: Year) -> None:
    year.run()
    year.tick({"1.1": "✓"})
    year.edit(lambda sheet: sheet.cell(2, PRINT, ""))
    assert read_ticks(year.root, year.last).by_question["1.1"].shown == ""
    assert upload_state(ANSWERS, read_ticks(year.root, year.last)).changed == ("1.1",)


def test_the_same_documents_in_another_order_are_no_change() -> None:
    """An order that this program once gave them must not make anybody upload everything again."""
    items = tuple(UploadItem(f"I/4.1-0{number}", "Surat", sha256=str(number) * 64) for number in range(1, 5))
    before = Upload("I", "4", "4.1", "Bunyi", "Ya", items=items)
    tick = Tick("✓", is_done=True, shown=before.fingerprint)
    after = replace(before, items=(items[2], items[0], items[3], items[1]))
    carried = carry_over(after, tick)
    assert (carried.is_done, carried.fingerprint) == (True, after.fingerprint)
    assert carry_over(replace(after, items=(*after.items[:3], items[2])), tick).is_changed
    assert carry_over(replace(after, answer="Tidak"), tick).is_changed


def test_however_many_documents_there_are_their_order_is_no_change() -> None:
    """A question of many documents has more orders than can be tried; its tick must live as long as any other."""
    items = tuple(UploadItem(f"I/4.1-{number:02}", "Surat", sha256=f"{number:064x}") for number in range(1, 13))
    before = Upload("I", "4", "4.1", "Bunyi", "Ya", items=items)
    tick = Tick("✓", is_done=True, shown=before.fingerprint)
    assert carry_over(replace(before, items=items[::-1]), tick).is_done
    assert carry_over(replace(before, items=(*items[:-1], items[0])), tick).is_changed
    assert carry_over(replace(before, items=items[1:]), tick).is_changed


def test_a_tick_on_a_sheet_of_an_earlier_version_still_counts() -> None:
    """Such a sheet told the order too, here that in which these twelve documents still stand."""
    items = tuple(UploadItem(f"I/4.1-{number:02}", "Surat", sha256=f"{99 - number:064x}") for number in range(1, 13))
    now = Upload("I", "4", "4.1", "Bunyi", "Ya", items=items)
    assert now.fingerprint != EARLIER
    assert carry_over(now, Tick("✓", is_done=True, shown=EARLIER)).is_done
