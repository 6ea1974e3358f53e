"""What people write into a form is understood as far as it can be, and the rest is named by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from flows.forms.layout import ANSWERS, CHECKLIST, EVIDENCE, TABLE, FormPlan
from flows.forms.locate import locate
from flows.forms.plan import agency_plan, district_plan, secretariat_plan, village_plan
from flows.forms.raw import RawCell, RawForm, RawNote, RawRow, RawSheet, RawValue
from flows.forms.understand import FormReading, understand
from flows.forms.words import load_words
from flows.forms.writer import write_form
from flows.model import CellState, Signed, TableSource
from flows.names import fold
from tests.forms.reading_kit import Values, city, filled, framework, full_form, opened, plan

KINDS = {fold(kind.label): kind.id for kind in framework().kinds.values()}
PATH = "Dinkes/Formulir.xlsx"


def reading(sheets: Mapping[tuple[str, str], Values], asked: FormPlan | None = None) -> FormReading:
    """What is understood of values at their places, without a workbook; cells are called by row and column key."""
    named = tuple(
        RawSheet(
            sheet.kind,
            sheet.table_id,
            "Lembar",
            tuple(
                RawRow(
                    row.key,
                    number,
                    {key: RawCell(cell.value, f"{row.key or number}/{key}") for key, cell in row.cells.items()},
                )
                for number, row in enumerate(sheet.rows, start=7)
            ),
            sheet.definitions,
        )
        for sheet in filled(sheets).sheets
    )
    form = RawForm("opd:dinkes", "", named, (), is_refused=False)
    return understand(form, asked or plan(), city(), PATH, kinds=KINDS)


def answer(question: str = "1.1", **cells: RawValue) -> FormReading:
    return reading({(ANSWERS, ""): {question: cells}})


def said(found: FormReading) -> list[tuple[str, str, str]]:
    return [(note.code, note.place.cell, note.values.get("value", "")) for note in found.notes]


def test_an_answer_has_its_choice_points_note_and_cell() -> None:
    found = answer(jawaban="peraturan  DAERAH", poin="2,5", catatan=" Nomor 6 ")
    (only,) = found.answers
    assert (only.question_id, only.agency_id, only.choice, only.points, only.note) == (
        "1.1",
        "dinkes",
        "Peraturan Daerah",
        2.5,
        "Nomor 6",
    )
    assert (only.place.path, only.place.sheet, only.place.cell) == (PATH, "Lembar", "1.1/jawaban")
    assert found.notes == ()
    assert found.form.is_taken
    assert found.form.filled_cells == 3


def test_an_unknown_choice_is_named_with_the_options_and_the_rest_of_the_row_counts() -> None:
    found = answer(jawaban="Surat edaran", poin=1.0)
    assert [each.choice for each in found.answers] == [""]
    assert [each.points for each in found.answers] == [1.0]
    (note,) = found.notes
    assert (note.code, note.question_id) == ("choice-unknown", "1.1")
    assert note.values == {"value": "Surat edaran", "options": "Peraturan Daerah, Peraturan Wali Kota, Belum ada"}


def test_a_nearly_spelled_choice_is_taken_and_said() -> None:
    found = answer(jawaban="Peraturan Walikota")
    assert found.answers[0].choice == "Peraturan Wali Kota"
    assert [note.values["remark"] for note in found.notes] == ["option-spelling"]


@pytest.mark.parametrize(
    ("question", "value", "choice"),
    [("1.2", "Sebagian", "Sebagian"), ("1.2", "Baru mulai", "Baru mulai"), ("1.3", 98.5, "98,5"), ("1.3", 12.0, "12")],
)
def test_without_options_any_answer_is_taken_as_it_stands(question: str, value: RawValue, choice: str) -> None:
    found = answer(question, jawaban=value)
    assert [each.choice for each in found.answers] == [choice]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("value", "points", "code"),
    [
        (3.0, 3.0, ""),
        (0.0, 0.0, ""),
        ("-", None, ""),
        ("n/a", None, ""),
        (3.01, None, "claim-out-of-range"),
        (-1.0, None, "claim-out-of-range"),
        ("banyak", None, "cell-unreadable"),
        (datetime(2024, 3, 2), None, "cell-unreadable"),  # noqa: DTZ001 - a cell has no time zone
        (True, None, "cell-unreadable"),
    ],
)
def test_points_are_claimed_only_within_their_bounds(value: RawValue, points: float | None, code: str) -> None:
    found = answer(poin=value, catatan="ada")
    assert [each.points for each in found.answers] == [points]
    assert [note.code for note in found.notes] == [code] * bool(code)
    assert all(note.place.cell == "1.1/poin" for note in found.notes)


def test_the_words_of_a_note_have_all_their_values() -> None:
    found = answer(poin=7.5)
    assert found.notes[0].values == {"value": "7,5", "maximum": "3"}
    assert answer(poin="entah").notes[0].values == {"value": "entah", "wanted": "poin yang diklaim"}
    assert found.answers == ()


def test_faults_of_the_spreadsheet_are_named() -> None:
    cells = {
        "poin": RawCell("#REF!", "G7", is_error=True),
        "catatan": RawCell(None, "H7", is_uncalculated=True),
        "jawaban": RawCell("#N/A", "F7", is_error=True),
    }
    sheet = RawSheet(ANSWERS, "", "Jawaban", (RawRow("1.1", 7, cells),), {})
    found = understand(RawForm("", "", (sheet,), (), is_refused=False), plan(), city(), PATH)
    assert said(found) == [
        ("cell-error", "F7", "#N/A"),
        ("cell-error", "G7", "#REF!"),
        ("cell-uncalculated", "H7", ""),
    ]
    assert found.answers == ()


def test_what_is_no_longer_asked_is_named_and_refused_rows_are_passed_over() -> None:
    found = reading({(ANSWERS, ""): {"9.9": {"catatan": "lama"}}, (TABLE, "hilang"): {"x": {"a": 1.0}}})
    assert said(found) == [("form-row-unknown", "9.9/catatan", "9.9 lama"), ("form-row-unknown", "x/a", "Lembar")]
    disowned = RawSheet(ANSWERS, "", "Jawaban", (RawRow("1.1", 7, {"poin": RawCell(1.0, "G7")}, is_disowned=True),), {})
    found = understand(RawForm("", "", (disowned,), (), is_refused=False), plan(), city(), PATH)
    assert (found.answers, found.form.filled_cells) == ((), 0)


def test_a_refused_form_says_only_why() -> None:
    note = RawNote("form-newer", values={"made_for": "format 2", "expected": "format 1"})
    found = understand(RawForm("opd:dinkes", "", (), (note,), is_refused=True), plan(), city(), PATH)
    assert not found.form.is_taken
    assert [(each.code, each.place.path, each.agency_id) for each in found.notes] == [("form-newer", PATH, "dinkes")]


def test_a_row_of_a_table_has_a_cell_for_every_column() -> None:
    key = "99.99.01.1002@2022"
    cells: dict[str, RawValue] = {
        "anak.L": "1.234",
        "anak.P": "-",
        "anak.LP": "#",
        "berakta.L": "98 orang",
        "persen": 0.98,
    }
    (table,) = reading({(TABLE, "lahir"): {key: cells}}).tables
    (row,) = table.rows
    assert (row.key, row.label, row.group, row.year, row.number) == (
        "99.99.01.1002",
        "Telaga Biru",
        "Utara",
        2022,
        7,
    )
    found = {(cell.column, cell.part): cell for cell in row.cells}
    assert len(row.cells) == 8
    assert (found["anak", "L"].state, found["anak", "L"].number) == (CellState.VALUE, 1234.0)
    assert found["anak", "P"].state is CellState.NOT_AVAILABLE
    assert (found["anak", "LP"].state, found["anak", "LP"].text) == (CellState.UNREADABLE, "#")
    assert found["berakta", "L"].remark == "unit-dropped"
    assert (found["berakta", "P"].state, found["berakta", "P"].cell) == (CellState.EMPTY, "")
    assert (found["persen", ""].number, found["persen", ""].remark) == (98.0, "fraction")
    assert table.columns == ("anak", "berakta", "persen", "biaya")
    assert (table.source, table.agency_id, table.path) == (TableSource.FORM, "dinkes", PATH)


def test_every_type_of_column_is_read_as_its_type() -> None:
    cells: dict[str, RawValue] = {
        "ada": "sudah",
        "jenis": "keliling",
        "mulai": "31 Maret 2023",
        "tahun_sk": "TA 2021",
        "rata": "2,5",
    }
    (table,) = reading({(TABLE, "layanan"): {"poli": cells}}).tables
    (row,) = table.rows
    assert (row.key, row.label, row.year) == ("poli", "Poli anak", None)
    assert [(cell.text or cell.number) for cell in row.cells] == ["ya", "Keliling", "2023-03-31", "2021", 2.5]


def test_rows_of_a_list_are_counted_and_know_their_question() -> None:
    found = reading(
        {
            (TABLE, "mitra"): {"+1": {"pertanyaan": "1.2", "lembaga": "Yayasan"}, "+2": {"lembaga": "Karang Taruna"}},
            (TABLE, "anggaran"): {"1.3": {"program": "Gizi"}, "1.1": {"pertanyaan": "1.3", "program": "Lain"}},
        }
    )
    partners, budget = found.tables
    assert [(row.key, row.label) for row in partners.rows] == [("1", "Yayasan"), ("2", "Karang Taruna")]
    assert [row.cells[0].text for row in budget.rows] == ["1.3", "1.3"]
    assert partners.rows[1].cells[0].state is CellState.EMPTY


def test_definitions_alone_are_a_table_already() -> None:
    form = filled({(TABLE, "lahir"): {}}, {"lahir": {"usia": "<18"}})
    (table,) = understand(form, plan(), city(), PATH).tables
    assert table.rows == ()
    assert [(cell.column, cell.text) for cell in table.definitions] == [("usia", "< 18")]


def test_an_untouched_form_says_nothing(tmp_path: Path) -> None:
    raw = locate(opened(write_form(plan()), tmp_path), plan())
    found = understand(raw, plan(), city(), PATH)
    assert (found.answers, found.tables, found.declarations, found.notes) == ((), (), (), ())
    assert (found.form.is_taken, found.form.filled_cells) == (True, 0)


def test_a_whole_form_is_understood_without_a_note(tmp_path: Path) -> None:
    raw = locate(opened(full_form(), tmp_path), plan())
    found = understand(raw, plan(), city(), PATH, kinds=KINDS)
    assert found.notes == ()
    assert [each.question_id for each in found.answers] == ["1.1", "1.2", "1.10"]
    assert [table.schema_id for table in found.tables] == ["lahir", "layanan", "gizi", "mitra", "anggaran"]
    assert [each.file_name for each in found.declarations] == ["1.1 Perda.pdf", "Foto.jpg"]


def evidence(**cells: RawValue) -> FormReading:
    return reading({(EVIDENCE, ""): {"+1": cells}})


def test_a_row_of_the_list_of_evidence_is_a_declaration() -> None:
    found = evidence(
        berkas="Akta/1.1 Perda.pdf",
        pertanyaan="1.1; 1.2 dan 1.10",
        dari=3.0,
        sampai="5",
        jenis="keputusan sk",
        nomor="6/2020",
        tanggal="31/03/2020",
        penanda_tangan="Wali Kota Contoh",
        tanda_tangan="TTE",
        stempel="ya",
        keterangan="Halaman akhir",
        tautan="https://contoh.invalid/perda",
    )
    (only,) = found.declarations
    assert found.notes == ()
    assert (only.file_name, only.questions, only.paths) == ("Akta/1.1 Perda.pdf", ("1.1", "1.2", "1.10"), ())
    assert (only.first_page, only.last_page, only.kind) == (3, 5, "sk")
    assert (only.number, only.date, only.signatory) == ("6/2020", "2020-03-31", "Wali Kota Contoh")
    assert (only.signed, only.is_stamped, only.caption) == (Signed.ELECTRONIC, True, "Halaman akhir")
    assert only.url == "https://contoh.invalid/perda"
    assert only.place.cell == "7/berkas"


@pytest.mark.parametrize(
    ("cell", "questions"),
    [
        ("1.1,1.2", ("1.1", "1.2")),
        ("1.1 1.2\n1.3", ("1.1", "1.2", "1.3")),
        ("Pertanyaan 1.1 / 1.2.", ("1.1", "1.2")),
        (1.1, ("1.1",)),
        (datetime(2024, 2, 1), ("1.2",)),  # noqa: DTZ001 - "1.2" that was taken for a day
        ("1.99", ("1.99",)),
        ("-", ()),
        (None, ()),
    ],
)
def test_questions_are_parted_however_people_part_them(cell: RawValue, questions: tuple[str, ...]) -> None:
    assert evidence(berkas="a.pdf", pertanyaan=cell).declarations[0].questions == questions


@pytest.mark.parametrize(
    ("first", "last", "pages", "code"),
    [
        (2.0, None, (2, None), ""),
        ("3-5", None, (3, 5), ""),
        ("hal. 4", "hal 6", (4, 6), ""),
        ("hlm. 2-3", None, (2, 3), ""),
        ("Hlm 7", None, (7, None), ""),
        ("-", "-", (None, None), ""),
        ("semua", None, (None, None), "cell-unreadable"),
        (1.5, None, (None, None), "cell-unreadable"),
        (datetime(2024, 5, 3), None, (None, None), "cell-unreadable"),  # noqa: DTZ001 - "3-5" that became a day
    ],
)
def test_pages_are_read_in_several_spellings(
    first: RawValue, last: RawValue, pages: tuple[int | None, int | None], code: str
) -> None:
    found = evidence(berkas="a.pdf", dari=first, sampai=last)
    assert (found.declarations[0].first_page, found.declarations[0].last_page) == pages
    assert [note.code for note in found.notes] == [code] * bool(code)


@pytest.mark.parametrize(
    ("column", "value"),
    [("jenis", "entah"), ("tanggal", "Maret"), ("tanda_tangan", "sudah"), ("stempel", "mungkin")],
)
def test_what_is_not_understood_is_named_and_the_row_counts(column: str, value: str) -> None:
    found = evidence(berkas="a.pdf", pertanyaan="1.1", **{column: value})
    assert said(found) == [("cell-unreadable", f"7/{column}", value)]
    assert found.notes[0].values["wanted"]
    assert len(found.declarations) == 1


def test_a_kind_is_known_by_its_id_and_by_a_part_of_its_name() -> None:
    assert [evidence(berkas="a.pdf", jenis=text).declarations[0].kind for text in ("SK", "foto", "Keputusan")] == [
        "sk",
        "foto",
        "sk",
    ]


@pytest.mark.parametrize("column", ["berkas", "tautan"])
def test_a_link_is_a_reference_and_no_file(column: str) -> None:
    (only,) = evidence(pertanyaan="1.1", **{column: "https://contoh.invalid/a"}).declarations
    assert (only.file_name, only.url) == ("", "https://contoh.invalid/a")


def test_a_row_without_file_and_link_is_named() -> None:
    assert said(evidence(pertanyaan="1.1", nomor="6/2020")) == [("listed-file-missing", "7/pertanyaan", "1.1")]


@pytest.mark.parametrize("word", ["-", "–", "n/a", "tidak tersedia"])
def test_that_there_is_no_file_is_an_answer_and_no_mistake(word: str) -> None:
    found = evidence(berkas=word, pertanyaan="1.1")
    assert said(found) == []
    assert [one.file_name for one in found.declarations] == [""]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12.1 s/d 12.4", ("12.1", "12.2", "12.3", "12.4")),
        ("12.1-12.3", ("12.1", "12.2", "12.3")),
        ("1.2a s.d. 1.2c, 12.1", ("1.2a", "1.2b", "1.2c", "12.1")),
        ("21A.1 sampai dengan 21A.2", ("21A.1", "21A.2")),
        ("1.1 dan 1.3", ("1.1", "1.3")),
    ],
)
def test_from_one_question_to_another_means_those_between_too(written: str, meant: tuple[str, ...]) -> None:
    assert evidence(berkas="a.pdf", pertanyaan=written).declarations[0].questions == meant


def test_a_name_that_is_an_error_of_the_sheet_is_named_once() -> None:
    cells = {"berkas": RawCell("#REF!", "B7", is_error=True), "pertanyaan": RawCell("1.1", "C7")}
    sheet = RawSheet(EVIDENCE, "", "Daftar Bukti", (RawRow("+1", 7, cells),), {})
    found = understand(RawForm("opd:dinkes", "", (sheet,), (), is_refused=False), plan(), city(), PATH, kinds=KINDS)
    assert said(found) == [("cell-error", "B7", "#REF!")]


def test_an_area_gives_one_row_of_the_table_of_all_areas() -> None:
    place = city()
    district = place.districts[1]
    asked = village_plan(district.villages[0], district, place, framework())
    found = reading({(CHECKLIST, ""): {"dekela/forum": {"jawaban": "v", "catatan": "SK 2023"}}}, asked)
    (table,) = found.tables
    assert (table.source, table.area, table.agency_id) == (TableSource.AREA_FORM, "99.99.02.1001", "desa")
    (row,) = table.rows
    assert (row.key, row.label, row.group, row.year) == ("99.99.02.1001", "Mawar", "Selatan", None)
    assert [(cell.column, cell.part, cell.state, cell.text) for cell in row.cells] == [
        ("forum", "", CellState.VALUE, "ya"),
        ("forum", "catatan", CellState.VALUE, "SK 2023"),
        ("taman", "", CellState.EMPTY, ""),
    ]
    assert (found.form.area, found.form.filled_cells) == ("99.99.02.1001", 2)


def test_the_secretariat_answers_in_nobodys_name() -> None:
    asked = secretariat_plan(city(), framework())
    found = reading({(ANSWERS, ""): {"2.1": {"jawaban": "Ya"}}}, asked)
    assert [(each.question_id, each.agency_id) for each in found.answers] == [("2.1", "")]
    assert district_plan(city().districts[0], city(), framework()).checklist == ()


def test_an_agency_without_tables_has_its_answers(tmp_path: Path) -> None:
    place = city()
    asked = agency_plan(place.agencies[1], place, framework())
    content = write_form(asked, filled({(ANSWERS, ""): {"2.1": {"poin": 1.0}}}))
    found = understand(locate(opened(content, tmp_path), asked), asked, place, PATH)
    assert [(each.question_id, each.points) for each in found.answers] == [("2.1", 1.0)]


def test_a_number_the_list_does_not_offer_is_never_said_to_be_no_question() -> None:
    """ "22B.1" is a question of the instrument; what is wrong is that this list is not asked for it."""
    wanted = load_words().wanted("pertanyaan")
    assert wanted.startswith("nomor pertanyaan dari")
