"""A form's list of evidence says which file answers what; it beats names and folders, and its mistakes are said."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.gather.cite import PathReader, citations_of, conflict_of
from flows.gather.declare import Declared, declare, declared_questions
from flows.model import (
    Basis,
    Citation,
    Condition,
    Conflict,
    Declaration,
    EvidenceFile,
    FormNote,
    Media,
    Place,
    Signed,
)
from tests.gather.kit import instrument

FORM = "Dinkes/Formulir KLA 2024 - Dinas Kesehatan.xlsx"


def file(path: str, agency: str = "dinkes", sha256: str = "", **more: object) -> EvidenceFile:
    values: dict[str, object] = {"pages": 10, "sha256": sha256 or f"sha of {path}", "media": Media.PDF, **more}
    return EvidenceFile(path=path, agency_id=agency, bytes=9, condition=Condition.GOOD, **values)  # type: ignore[arg-type]


def row(name: str, questions: Sequence[str] = ("12.1",), form: str = FORM, **more: object) -> Declaration:
    return Declaration("dinkes", name, (), tuple(questions), Place(form, "Daftar Bukti", "B7"), **more)  # type: ignore[arg-type]


def applied(
    rows: Sequence[Declaration], files: Sequence[EvidenceFile], areas: Sequence[str] = (), *, by_path: bool = True
) -> Declared:
    """``rows`` applied to ``files`` and to what their paths say."""
    forms = [file(path, owner_of(path, files), media=Media.FORM) for path in sorted({row.place.path for row in rows})]
    reader = PathReader(instrument())
    readings = {one.path: reader.read(one.path.split("/")[1:-1], one.name) for one in files if by_path}
    citations = [one for path, reading in readings.items() for one in citations_of(path, reading)]
    conflicts = [one for path, reading in readings.items() if (one := conflict_of(path, reading))]
    return declare(rows, [*files, *forms], citations, conflicts, instrument(), areas)


def owner_of(form: str, files: Sequence[EvidenceFile]) -> str:
    top = form.partition("/")[0]
    return next((one.agency_id for one in files if "/" in form and one.path.startswith(f"{top}/")), "")


def cited(declared: Declared) -> set[tuple[str, str, Basis]]:
    return {(one.question_id, one.path, one.basis) for one in declared.citations}


def noted(declared: Declared) -> list[tuple[str, Mapping[str, str]]]:
    return [(note.code, note.values) for note in declared.notes]


FILES = (
    file("Dinkes/12/Laporan Persalinan.pdf"),
    file("Dinkes/14.1 SK Menyusui (final).pdf"),
    file("Dinkes/foto/IMG_001.jpg", media=Media.IMAGE),
    file("Dinsos/Laporan Persalinan.docx", "dinsos"),
)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("12/Laporan Persalinan.pdf", FILES[0].path),
        ("Dinkes/12/Laporan Persalinan.pdf", FILES[0].path),
        ("12\\laporan persalinan.PDF", FILES[0].path),
        ("./12//Laporan  Persalinan.pdf ", FILES[0].path),
        ("Laporan Persalinan.pdf", FILES[0].path),
        ("laporan persalinan", FILES[0].path),
        ("Laporan_Persalinan.docx", FILES[0].path),
        ("C:\\Users\\Contoh\\Laporan Persalinan.pdf", FILES[0].path),
        ("14.1 SK Menyusui final", FILES[1].path),
        ("img 001", FILES[2].path),
    ],
)
def test_a_name_is_found_as_people_write_it(written: str, path: str) -> None:
    declared = applied([row(written)], FILES)
    assert declared.declarations[0].paths == (path,)
    assert ("12.1", path, Basis.FORM) in cited(declared)
    assert noted(declared) == []


NAMES = st.text(st.characters(exclude_characters="/\\\0", codec="utf-8"), min_size=1, max_size=12)
PATHS = st.lists(NAMES.filter(lambda name: name not in (".", "..")), min_size=1, max_size=3).map("/".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=8, unique=True), st.data())
def test_a_path_written_exactly_always_means_that_file(paths: list[str], data: st.DataObject) -> None:
    files = [file(f"Dinkes/{path}", suggestions=()) for path in paths]
    wanted = data.draw(st.sampled_from(paths))
    assert applied([row(wanted)], files, by_path=False).declarations[0].paths in ((f"Dinkes/{wanted}",), ())
    if wanted.strip():
        assert applied([row(wanted)], files, by_path=False).declarations[0].paths == (f"Dinkes/{wanted}",)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=10))
def test_whatever_is_written_ends_in_a_file_or_a_note(name: str, question: str) -> None:
    declared = applied([row(name, [question])], FILES)
    found = declared.declarations[0]
    assert found.paths or not name.strip() or any(code.startswith("listed-file") for code, _ in noted(declared))
    assert found.questions or any(code.startswith("listed-question") for code, _ in noted(declared))


def test_a_name_in_another_normal_form_is_the_same_name() -> None:
    name = "Kelompok Pégas.pdf"
    declared = applied(
        [row(unicodedata.normalize("NFC", name))], [file(f"Dinkes/{unicodedata.normalize('NFD', name)}")]
    )
    assert len(declared.declarations[0].paths) == 1


def test_the_files_of_another_agency_are_not_meant() -> None:
    declared = applied([row("Laporan Bayi.pdf")], [file("Dinkes/x.pdf"), file("Dinsos/Laporan Bayi.pdf", "dinsos")])
    assert noted(declared) == [("listed-file-missing", {"value": "Laporan Bayi.pdf", "nearest": "", "suggestion": ""})]
    assert declared.declarations[0].paths == ()


def test_a_missing_file_is_noted_with_the_name_that_is_nearly_it() -> None:
    declared = applied([row("Laporan Persalinn 2023.pdf")], FILES)
    code, values = noted(declared)[0]
    assert (code, values["value"], values["nearest"]) == (
        "listed-file-missing",
        "Laporan Persalinn 2023.pdf",
        "Laporan Persalinan.pdf",
    )


def test_guides_forms_and_ignored_files_are_never_meant() -> None:
    files = [
        file("Dinkes/BACA-SAYA.txt", media=Media.GUIDE),
        EvidenceFile("Dinkes/~$a.docx", "dinkes", 9, Condition.IGNORED, Media.SYSTEM),
    ]
    declared = applied([row("BACA-SAYA.txt"), row("~$a.docx"), row(FORM.split("/")[1])], files)
    assert [code for code, _ in noted(declared)] == ["listed-file-missing"] * 3


def test_one_name_for_two_files_is_ambiguous_unless_the_bytes_or_the_folder_decide() -> None:
    files = [file("Dinkes/12.1/SK.pdf"), file("Dinkes/14.1/SK.pdf"), file("Dinkes/lain/SK.pdf")]
    declared = applied([row("SK.pdf", ["12.2"])], files)
    assert noted(declared) == [
        ("listed-file-ambiguous", {"value": "SK.pdf", "found": "; ".join(one.path for one in files)})
    ]
    assert applied([row("SK.pdf", ["14.1"])], files).declarations[0].paths == ("Dinkes/14.1/SK.pdf",)
    copies = [file("Dinkes/a/SK.pdf", sha256="sama"), file("Dinkes/b/SK.pdf", sha256="sama")]
    assert applied([row("SK.pdf")], copies).declarations[0].paths == ("Dinkes/a/SK.pdf",)
    beside = [*files, file("Dinkes/SK.pdf")]
    assert applied([row("SK.pdf", ["12.2"])], beside).declarations[0].paths == ("Dinkes/SK.pdf",)


def test_several_names_in_one_cell_are_several_files_and_a_semicolon_in_a_name_is_none() -> None:
    files = [*FILES, file("Dinkes/a;b.pdf")]
    declared = applied([row("Laporan Persalinan.pdf; IMG_001.jpg\ntidak ada.pdf"), row("a;b.pdf")], files)
    assert declared.declarations[0].paths == (FILES[0].path, FILES[2].path)
    assert declared.declarations[1].paths == ("Dinkes/a;b.pdf",)
    assert [(code, values["value"]) for code, values in noted(declared)] == [("listed-file-missing", "tidak ada.pdf")]


def test_the_list_replaces_what_name_and_folder_say_and_the_contradiction_is_a_conflict() -> None:
    files = [file("Dinkes/14.1/12.1 a.pdf"), file("Dinkes/12.1 b.pdf"), file("Dinkes/12.2 c.pdf")]
    declared = applied([row("12.1 a.pdf", ["12.7"]), row("12.1 b.pdf", ["12.1", "12.2"])], files)
    assert cited(declared) == {
        ("12.7", files[0].path, Basis.FORM),
        ("12.1", files[1].path, Basis.FORM),
        ("12.2", files[1].path, Basis.FORM),
        ("12.2", files[2].path, Basis.NAME),
    }
    assert declared.conflicts == (Conflict(files[0].path, ("12.7",), ("12.1", "14.1")),)


def test_a_list_that_agrees_with_the_name_settles_its_conflict_with_the_folder() -> None:
    files = [file("Dinkes/14.1/12.1 a.pdf"), file("Dinkes/14.2/12.2 b.pdf")]
    declared = applied([row("12.1 a.pdf", ["12.1", "14.1"])], files)
    assert declared.conflicts == (Conflict(files[1].path, ("12.2",), ("14.2",)),)


def test_unknown_questions_are_noted_with_the_nearest_and_the_others_count() -> None:
    declared = applied([row("IMG_001.jpg", ["12.9", "21a.4A", "1.3", "12.1"])], FILES)
    assert declared.declarations[0].questions == ("21A.4a", "12.1")
    (first, one), (second, two) = noted(declared)
    assert (first, second) == ("listed-question-unknown", "listed-question-unknown")
    assert (one["value"], two["value"], two["nearest"]) == ("12.9", "1.3", "1.3a, 1.3b")
    assert "12.1" in one["nearest"]


def test_a_decimal_comma_is_told_as_one_number_with_the_point_it_needs() -> None:
    """Indonesian spreadsheets write 12,1; "12 is not known, 1 is not known" would help nobody."""
    declared = applied([row("IMG_001.jpg", ["12", "1", "12.7", "14", "99"])], FILES)

    assert declared.declarations[0].questions == ("12.7",)
    told = [(values["value"], values["nearest"]) for _, values in noted(declared)]
    assert told[0] == ("12,1", "12.1")
    assert [value for value, _ in told] == ["12,1", "14", "99"]


def test_an_unknown_question_is_shown_in_the_cell_where_it_is_written() -> None:
    """The cell of the file's name, in which nothing is wrong, misleads."""
    declared = applied([row("IMG_001.jpg", ["12.9"], questions_cell="C7"), row("IMG_001.jpg", ["12.9"])], FILES)

    assert [note.place.cell for note in declared.notes] == ["C7", "B7"]


@pytest.mark.parametrize(
    ("behind", "first", "last"),
    [
        (" hal. 3-5", 3, 5),
        (", halaman 3 s/d 5", 3, 5),
        (" (hlm 3–5,9)", 3, 9),
        (" hal 4", 4, 4),
        ("; hlm. 2 s.d. 7", 2, 7),
    ],
)
def test_pages_behind_a_name_are_pages(behind: str, first: int, last: int) -> None:
    declared = applied([row(f"Laporan Persalinan.pdf{behind}")], FILES)

    (found,) = declared.declarations
    assert (len(found.paths), found.first_page, found.last_page) == (1, first, last)
    assert noted(declared) == []


def test_a_file_that_is_called_like_pages_keeps_its_name() -> None:
    (found,) = applied([row("Notula hal 3")], [file("Dinkes/Notula hal 3.pdf")]).declarations

    assert (found.paths, found.first_page) == (("Dinkes/Notula hal 3.pdf",), None)


def test_a_row_without_question_is_noted_and_leaves_the_file_where_its_name_puts_it() -> None:
    files = [file("Dinkes/12.1 a.pdf")]
    declared = applied([row("12.1 a.pdf", [])], files)
    assert noted(declared) == [("listed-without-question", {"value": "12.1 a.pdf"})]
    assert cited(declared) == {("12.1", files[0].path, Basis.NAME)}


def test_what_the_list_says_of_a_document_stands_on_the_file() -> None:
    rows = [
        row("IMG_001.jpg", kind="sk", date="2023-03-31", signed=Signed.BY_HAND),
        row("IMG_001.jpg", ["14.1"], kind="laporan", date="2021-01-01"),
    ]
    files = [file("Dinkes/foto/IMG_001.jpg", media=Media.IMAGE, suggestions=("14.1",))]
    (found, _) = applied(rows, files).files
    assert (found.declared_kinds, found.signed, found.years) == (("sk", "laporan"), Signed.BY_HAND, (2021, 2023))
    assert found.suggestions == ()
    (dated, _) = applied(rows, [file("Dinkes/foto/IMG_001.jpg", media=Media.IMAGE, years=(2022,))]).files
    assert dated.years == (2022,)


@pytest.mark.parametrize(
    ("first", "last", "value"), [(3, 11, "3-11"), (11, None, "11"), (None, 12, "12"), (5, 2, "5-2"), (0, 3, "0-3")]
)
def test_pages_that_the_document_does_not_have_are_noted(first: int | None, last: int | None, value: str) -> None:
    declared = applied([row("Laporan Persalinan.pdf", first_page=first, last_page=last)], FILES)
    assert noted(declared) == [("pages-out-of-range", {"value": value, "pages": "10"})]


def test_pages_within_the_document_and_of_what_has_no_known_pages_are_not() -> None:
    table = file("Dinkes/tabel.xlsx", media=Media.SPREADSHEET, pages=1)
    rows = [row("Laporan Persalinan.pdf", first_page=1, last_page=10), row("tabel.xlsx", first_page=4)]
    uncounted = file("Dinkes/tak terhitung.pdf", pages=None)
    rows.append(row("tak terhitung.pdf", first_page=5, last_page=2))
    assert noted(applied(rows, [*FILES, table, uncounted])) == []


def test_an_electronic_signature_that_is_declared_is_looked_for() -> None:
    files = [
        file("Dinkes/cetak.pdf"),
        file("Dinkes/asli.pdf", has_signature=True),
        EvidenceFile("Dinkes/rusak.pdf", "dinkes", 9, Condition.DAMAGED, Media.PDF, "x"),
    ]
    rows = [row(name, signed=Signed.ELECTRONIC) for name in ("cetak.pdf", "asli.pdf", "rusak.pdf")]
    assert noted(applied(rows, files)) == [("tte-not-found", {"value": "cetak.pdf"})]


def test_a_link_is_kept_and_proves_nothing() -> None:
    declared = applied([row("", ["1.1", "x"], url="https://jdih.contoh.invalid/perda")], FILES, by_path=False)
    assert declared.citations == ()
    assert (declared.declarations[0].questions, declared.declarations[0].paths) == (("1.1",), ())
    assert [code for code, _ in noted(declared)] == ["listed-question-unknown"]


def test_an_area_means_its_own_files_and_those_beside_the_folders_of_the_areas() -> None:
    own, other = "Kelurahan/Melati/Formulir KLA 2024 - Kelurahan Melati.xlsx", "Kelurahan/Mawar/Formulir KLA 2024.xlsx"
    files = [
        file("Kelurahan/Melati/profil.pdf", "kelurahan"),
        file("Kelurahan/Mawar/profil.pdf", "kelurahan"),
        file("Kelurahan/Mawar/forum.pdf", "kelurahan"),
        file("Kelurahan/bersama.pdf", "kelurahan"),
    ]
    rows = [row("profil.pdf", form=own), row("profil.pdf", form=other), row("forum.pdf", form=own)]
    declared = applied([*rows, row("bersama.pdf", form=own)], files, areas=[own, other])
    assert [one.paths for one in declared.declarations] == [
        (files[0].path,),
        (files[1].path,),
        (),
        (files[3].path,),
    ]


def test_the_secretariat_may_mean_any_file_but_its_own_first() -> None:
    form = "Formulir KLA 2024 - Sekretariat.xlsx"
    files = [file("surat.pdf", ""), file("Dinkes/surat.pdf"), file("Dinkes/lain.pdf")]
    declared = applied([row("surat.pdf", form=form), row("lain.pdf", form=form)], files)
    assert [one.paths for one in declared.declarations] == [("surat.pdf",), ("Dinkes/lain.pdf",)]


def test_without_a_list_nothing_changes() -> None:
    citations = [Citation("12.1", FILES[0].path, Basis.NAME)]
    declared = declare([], FILES, citations, [], instrument())
    assert declared == Declared(FILES, tuple(citations), (), (), ())


def test_the_preview_says_which_questions_a_list_names() -> None:
    rows = [row("Laporan Persalinan.pdf", ["12.1", "12.9"]), row("Laporan Persalinan.pdf", ["14.1"])]
    assert declared_questions(rows, FILES, instrument()) == {FILES[0].path: ("12.1", "14.1")}


def test_notes_name_the_cell_and_the_agency() -> None:
    (note,) = applied([row("tidak ada.pdf")], FILES).notes
    assert isinstance(note, FormNote)
    assert (note.place, note.agency_id) == (Place(FORM, "Daftar Bukti", "B7"), "dinkes")
