"""The tables of 2024 as data, the loader on tables that are wrong, and the table a successor adds in ten lines."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from flows.errors import ExitCode, RulesError
from flows.forms.grid import open_workbook
from flows.forms.layout import IDENTITY_SHEET, value_key
from flows.forms.locate import locate
from flows.forms.plan import agency_plan
from flows.forms.understand import understand
from flows.forms.words import load_words
from flows.forms.writer import write_form
from flows.framework.instrument import load_framework
from flows.framework.tables import MAX_SHEET_NAME
from flows.model import (
    Agency,
    CellState,
    City,
    ColumnType,
    District,
    Framework,
    RowKind,
    TableColumn,
    TableSchema,
    Village,
)
from flows.names import fold
from flows.settings import validations_root
from tests.builders.filled_forms import Row, filled
from tests.builders.manifests import instrument_2024

ROOT = Path(__file__).resolve().parents[2]
YEARS = (2022, 2023)


@pytest.fixture(scope="module")
def framework() -> Framework:
    return instrument_2024()


def copy(tmp_path: Path) -> Path:
    """A writable copy of the rules, without any table."""
    root = tmp_path / "validations"
    shutil.copytree(validations_root(), root)
    shutil.rmtree(root / "frameworks/2024/tables")
    (root / "frameworks/2024/tables").mkdir()
    return root


def put(root: Path, text: str, name: str = "taman") -> Path:
    path = root / f"frameworks/2024/tables/{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def city() -> City:
    """An invented city of two kecamatan, whose library carries the library's role."""
    library = Agency("pustaka", "Dinas Pustaka Rekaan", "Dinas Pustaka Rekaan", ("perpustakaan",))
    return City(
        id="kota-rekaan",
        name="Kota Rekaan",
        code="99.98",
        province="Provinsi Rekaan",
        time_zone="Asia/Makassar",
        evaluation_year=2024,
        data_years=YEARS,
        framework_year=2024,
        agencies=(library,),
        districts=(
            District("99.98.01", "Rekaan Barat", (Village("99.98.01.1001", "Khayal"),)),
            District("99.98.02", "Rekaan Timur", (Village("99.98.02.1001", "Angan"),)),
        ),
        signatories=(),
        legal_basis=(),
        facts=(),
        leads={},
    )


# --------------------------------------------------------------------------------------------------------------------
# The data


def test_every_question_that_asks_for_figures_or_a_matrix_has_a_table(framework: Framework) -> None:
    served = {question for table in framework.tables.values() for question in table.questions}
    asking = {
        question.id
        for question in framework.questions
        if {"matriks", "data"} & {requirement.kind for requirement in question.requirements}
    }
    assert len(asking) > 100
    assert sorted(asking - served) == []


def test_every_policy_and_budget_line_has_a_row_of_its_own(framework: Framework) -> None:
    for table_id, prefix, size in (("regulasi", ("1.1", "1.2"), 29), ("anggaran", ("1.3",), 33)):
        table = framework.tables[table_id]
        assert table.one_row_per_question
        wanted = [each.id for each in framework.questions if re.sub("[a-z]+$", "", each.id) in prefix]
        assert list(table.questions) == wanted
        assert len(wanted) == size


def test_questions_on_partnership_innovation_and_training_are_in_their_lists(framework: Framework) -> None:
    """The same three matrices recur through the whole instrument; a question left out would never get its rows."""
    for table_id, word in (("kemitraan", "bermitra"), ("inovasi", "inovasi "), ("pelatihan-kha", "pelatihan konvensi")):
        listed = set(framework.tables[table_id].questions)
        asking = {each.id for each in framework.questions if word in each.title.casefold()}
        assert asking - listed <= {"21A.8"}, table_id


def test_tables_come_in_the_order_of_their_first_question(framework: Framework) -> None:
    order = [question.id for question in framework.questions]
    firsts = [min(map(order.index, table.questions)) for table in framework.tables.values()]
    assert firsts == sorted(firsts)


def test_every_table_reaches_somebody_and_every_column_is_asked(framework: Framework) -> None:
    for table in framework.tables.values():
        assert table.suppliers, table.id
        assert set(table.suppliers) <= set(framework.roles)
        assert {framework.roles[role].group for role in table.suppliers} <= {"opd", "vertikal", "mitra"}, table.id
        for column in table.columns:
            area = {RowKind.DISTRICT: "kecamatan", RowKind.VILLAGE: "kelurahan"}.get(table.row_kind, "")
            assert not column.supplier or column.supplier in (*table.suppliers, area), (table.id, column.id)


def test_the_leading_role_of_each_question_is_among_those_who_get_its_table(framework: Framework) -> None:
    leads = {question.id: question.lead for question in framework.questions}
    for table in framework.tables.values():
        if any(column.supplier for column in table.columns):
            continue
        assert {leads[question] for question in table.questions} <= set(table.suppliers), table.id


def test_checklists_have_each_criterion_once_with_whoever_supplies_it(framework: Framework) -> None:
    for table_id, indicator, area in (("kelana", "25", "kecamatan"), ("dekela", "26", "kelurahan")):
        table = framework.tables[table_id]
        criteria = [column for column in table.columns if column.type is ColumnType.YES_NO]
        found = [question for column in criteria for question in column.questions]
        assert found == [each.id for each in framework.questions if each.id.split(".")[0] == indicator]
        assert all(len(column.questions) == 1 and column.supplier for column in table.columns)
        own = {column.id for column in table.columns if column.supplier == area}
        assert {"forum_anak", "kelompok_anak", "profil", "taman"} <= own
    assert {"peraturan", "anggaran", "patbm"} <= own


def test_definitions_ask_for_the_age_that_the_question_means(framework: Framework) -> None:
    expected = {
        ("akta-kelahiran", "usia"): "kurang dari 18 tahun",
        ("akta-kelurahan", "usia"): "kurang dari 18 tahun",
        ("kekerasan-anak", "usia"): "kurang dari 18 tahun",
        ("perkawinan-anak", "usia"): "kurang dari 19 tahun",
        ("stunting-baduta", "kelompok_umur"): "anak di bawah dua tahun (0 sampai 23 bulan)",
        ("gizi-balita", "kelompok_umur"): "balita (0 sampai 59 bulan)",
        ("asi-eksklusif", "usia"): "kurang dari 6 bulan",
    }
    for (table_id, definition_id), wanted in expected.items():
        definition = next(each for each in framework.tables[table_id].definitions if each.id == definition_id)
        assert definition.expected == (wanted,)
        assert len(definition.options) > 1, "without another choice nobody would notice the difference"
    for table_id in ("stunting-baduta", "gizi-balita"):
        assert "survei" in {each.id for each in framework.tables[table_id].definitions}


def test_coverage_of_a_target_is_a_ratio_and_no_part(framework: Framework) -> None:
    """Coverage above 100 % is a warning; ``part_of`` would make an error of it."""
    for table_id, numerator in (
        ("akta-kelahiran", "berakta"),
        ("akta-kelurahan", "berakta"),
        ("kia", "berkia"),
        ("kesehatan-ibu", "di_faskes"),
        ("kesehatan-ibu", "berbuku"),
        ("kesehatan-bayi", "imunisasi"),
        ("asi-eksklusif", "asi_eksklusif"),
        ("air-sanitasi", "air_layak"),
    ):
        table = framework.tables[table_id]
        assert table.column(numerator).part_of == "", (table_id, numerator)
        assert any(column.ratio_of[:1] == (numerator,) for column in table.columns)
    for table_id, part, whole in (
        ("kekerasan-anak", "dilayani", "korban"),
        ("diversi", "diversi", "kasus"),
        ("anggaran", "realisasi", "pagu"),
        ("stunting-baduta", "stunting", "baduta"),
    ):
        assert framework.tables[table_id].column(part).part_of == whole


NOT_MASKED = {
    "konsultasi-keluarga": "families served per kind of institution, no child",
    "kelana": "yes or no per kecamatan",
    "dekela": "yes or no per kelurahan; the counts are in dekela-kasus",
    "patbm": "the volunteers, no child",
    "anak-bersekolah": "schooling, no child in difficulty",
    "pengasuhan-alternatif": "institutions and how many children live in them",
}


def test_figures_that_may_expose_a_child_are_sensitive(framework: Framework) -> None:
    delicate = {question.id for question in framework.questions if question.is_sensitive}
    for table in framework.tables.values():
        counts = any(column.type is ColumnType.COUNT for column in table.columns)
        if counts and table.row_kind is not RowKind.LIST and delicate & set(table.questions):
            assert table.is_sensitive or table.id in NOT_MASKED, table.id


def test_sheet_names_fit_excel_and_collide_with_no_sheet_of_the_form(framework: Framework) -> None:
    names = [table.sheet for table in framework.tables.values()]
    own = {*load_words().sheets.values(), IDENTITY_SHEET}
    assert len({name.casefold() for name in (*names, *own)}) == len(names) + len(own)
    for name in names:
        assert 0 < len(name) <= MAX_SHEET_NAME
        assert not set(name) & set("[]:*?/\\"), name


def matching(table: TableSchema, heading: str) -> list[str]:
    """Columns of ``table`` that take a heading whole, and those that take it without its sex word."""
    whole = fold(heading)
    bare = re.sub(r"^(lk|pr|jml|jumlah|total) ", "", whole)

    def takes(column: TableColumn, text: str) -> bool:
        return any(re.search(pattern, text) for pattern in column.headings)

    found = [column.id for column in table.columns if takes(column, whole)]
    return found or [column.id for column in table.columns if column.by_sex and takes(column, bare)]


@pytest.mark.parametrize(
    ("table_id", "heading", "columns"),
    [
        ("akta-kelurahan", "JUMLAH (0-17 TAHUN)", ["anak"]),
        ("akta-kelurahan", "MEMILIKI (0-17 TAHUN)", ["berakta"]),
        ("akta-kelurahan", "% (0-17 TAHUN)", ["persen_akta"]),
        ("akta-kelurahan", "LK (JUMLAH PENDUDUK USIA 0-17 TAHUN)", ["anak"]),
        ("akta-kelurahan", "Anak berakta kelahiran", ["berakta"]),
        ("akta-kelurahan", "PR MEMILIKI AKTA 0 S/D 17 TH", ["berakta"]),
        ("akta-kelurahan", "BELUM MEMILIKI (0-17 TAHUN)", []),
        ("akta-kelurahan", "MEMILIKI (0-5 TAHUN)", []),
        ("akta-kelurahan", "MEMILIKI (KESELURUHAN)", []),
        ("akta-kelurahan", "JUMLAH (0-5 TAHUN)", []),
        ("akta-kelurahan", "LK (MEMILIKI)", []),
        ("akta-kelurahan", "%", []),
        ("kia", "LK (MEMILIKI KIA)", ["berkia"]),
        ("kia", "JML (BELUM MEMILIKI KIA)", ["belum"]),
        ("kia", "PR (JUMLAH PENDUDUK USIA 0-17 TAHUN)", ["anak"]),
        ("puskesmas-ramah-anak", "PUSKESMAS", []),
        ("puskesmas-ramah-anak", "Jumlah Puskesmas", ["puskesmas"]),
        ("sekolah-ramah-anak", "Sekolah", []),
        ("kesehatan-ibu", "Jumlah ibu bersalin", ["bersalin"]),
        ("kesehatan-ibu", "Persalinan di fasyankes", ["di_faskes"]),
        ("kesehatan-bayi", "Lahir hidup", ["lahir_hidup"]),
        ("asi-eksklusif", "Bayi usia 0-5 bulan", ["bayi"]),
    ],
)
def test_headings_of_exports_mean_one_column_and_no_other_age(
    framework: Framework, table_id: str, heading: str, columns: list[str]
) -> None:
    """The age is the point: the same sheet counts all residents, children under six and children under eighteen."""
    assert matching(framework.tables[table_id], heading) == columns


def test_patterns_of_headings_are_anchored_and_take_no_blank_heading(framework: Framework) -> None:
    patterns = [
        pattern for table in framework.tables.values() for column in table.columns for pattern in column.headings
    ]
    assert len(patterns) > 50
    for pattern in patterns:
        assert pattern.startswith("^"), pattern
        assert pattern.endswith("$"), pattern
        assert not re.search(pattern, ""), pattern


def test_the_hash_follows_the_tables(tmp_path: Path, framework: Framework) -> None:
    root = tmp_path / "validations"
    shutil.copytree(validations_root(), root)
    assert load_framework(2024, root).sha256 == framework.sha256
    path = root / "frameworks/2024/tables/patbm.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# another remark\n", encoding="utf-8")
    assert load_framework(2024, root).sha256 != framework.sha256


# --------------------------------------------------------------------------------------------------------------------
# The loader

SMALL = """\
format: 1
id: taman
title: "Taman bermain dan pengunjungnya per kecamatan"
rows: kecamatan
questions: ["25.12"]
columns:
  - {id: taman, label: "Taman", type: jumlah}
  - {id: ramah, label: "Ramah anak", type: jumlah, part_of: taman}
  - {id: anak, label: "Anak pengunjung", type: jumlah, by_sex: true}
  - {id: persen, label: "Ramah anak (%)", type: persen, ratio_of: [ramah, taman]}
  - {id: keadaan, label: "Keadaan", type: pilihan, options: ["baik", "rusak"]}
definitions:
  - {id: usia, label: "Batas usia", options: ["< 18", "< 19"], expected: ["< 18"]}
"""
SUPPLIED = SMALL.replace("rows:", "suppliers: [pppa]\nrows:")
LISTED = """\
format: 1
id: taman
title: "Daftar"
rows: daftar
questions: ["25.11", "25.12"]
columns:
  - {id: pertanyaan, label: "Nomor", type: pertanyaan}
  - {id: nama, label: "Nama", type: teks}
"""
FIXED = """\
format: 1
id: taman
title: "Menurut jenis"
rows: tetap
fixed:
  - {id: kota, label: "Taman kota"}
  - {id: warga, label: "Taman warga"}
questions: ["25.12"]
columns:
  - {id: banyak, label: "Banyaknya", type: jumlah}
"""


def test_what_is_left_out_has_a_sensible_default(tmp_path: Path) -> None:
    root = copy(tmp_path)
    put(root, SMALL)
    table = load_framework(2024, root).tables["taman"]
    assert table.sheet == "Taman bermain dan pengunjung"
    assert (table.row_kind, table.both_years, table.suppliers) == (RowKind.DISTRICT, True, ("pppa",))
    assert (table.note, table.jump_ratio, table.is_sensitive, table.one_row_per_question) == ("", None, False, False)
    column = table.column("taman")
    assert (column.is_required, column.by_sex, column.part_of, column.minimum, column.supplier) == (
        True,
        False,
        "",
        None,
        "",
    )
    assert table.column("anak").parts == ("L", "P", "LP")
    assert table.column("persen").ratio_of == ("ramah", "taman")


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    root = copy(tmp_path)
    text = SMALL.replace("rows: kecamatan", 'rows: kecamatan\nyears: tidak\nsheet: "Taman"\njump: 0.25\nsensitif: true')
    text = text.replace(
        "type: jumlah}", "type: jumlah, minimum: 1, maximum: 0.5e3, required: false, supplier: kecamatan}", 1
    )
    put(root, text)
    table = load_framework(2024, root).tables["taman"]
    assert (table.sheet, table.both_years, table.jump_ratio, table.is_sensitive) == ("Taman", False, 0.25, True)
    column = table.column("taman")
    assert (column.minimum, column.maximum, column.is_required, column.supplier) == (1, 500, False, "kecamatan")
    assert table.definitions[0].expected == ("< 18",)
    assert table.suppliers == ("pppa",), "an area is no agency: it has a form of its own"
    put(root, LISTED.replace("rows: daftar", "rows: daftar\none_row_per_question: true"))
    table = load_framework(2024, root).tables["taman"]
    assert (table.row_kind, table.both_years, table.one_row_per_question) == (RowKind.LIST, False, True)
    put(root, FIXED)
    table = load_framework(2024, root).tables["taman"]
    assert [(row.id, row.label) for row in table.rows] == [("kota", "Taman kota"), ("warga", "Taman warga")]


def test_an_instrument_without_tables_is_an_instrument(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert load_framework(2024, root).tables == {}
    (root / "frameworks/2024/tables").rmdir()
    assert load_framework(2024, root).tables == {}


BROKEN: dict[str, tuple[str, str, str, str]] = {
    "another format": (SMALL, "format: 1", "format: 2", '"format" harus 1'),
    "id is not the file": (SMALL, "id: taman\n", "id: tamen\n", "nama berkasnya (taman)"),
    "unknown key": (SMALL, "rows:", "warna: merah\nrows:", '"warna" tidak dikenal'),
    "unknown key of a column": (SMALL, "by_sex: true", "bysex: true", '"bysex" tidak dikenal'),
    "unknown rows": (SMALL, "rows: kecamatan", "rows: rukun-warga", "rukun-warga"),
    "unknown years": (SMALL, "rows:", "years: tiga\nrows:", '"years" bernilai "tiga"'),
    "years of a list": (LISTED, "rows:", "years: keduanya\nrows:", "tidak berlaku"),
    "no questions": (SMALL, '["25.12"]', "[]", '"questions" tidak boleh kosong'),
    "unknown question": (SMALL, '["25.12"]', '["25.99"]', '"25.99" tidak ada'),
    "unquoted question": (SMALL, '["25.12"]', "[25.10]", "25.10"),
    "question twice": (SMALL, '["25.12"]', '["25.12", "25.12"]', "tertulis dua kali"),
    "question of a column": (SMALL, "by_sex: true", 'questions: ["25.11"]', "tidak tercantum"),
    "unknown supplier": (SMALL, "rows:", "suppliers: [dinas-khayal]\nrows:", '"dinas-khayal" tidak ada'),
    "unknown supplier of a column": (SMALL, "by_sex: true", "supplier: dinas-khayal", '"dinas-khayal" tidak ada'),
    "supplier who gets no form": (SUPPLIED, "by_sex: true", "supplier: dlh", 'tidak tercantum pada "suppliers"'),
    "area of another level": (SMALL, "by_sex: true", "supplier: kelurahan", "hanya mengisi tabel per kelurahan"),
    "area with sexes": (SMALL, "by_sex: true", "by_sex: true, supplier: kecamatan", "tidak merinci jenis kelamin"),
    "no columns": (SMALL, "columns:", "columns: []\nkolom:", '"columns" tidak boleh kosong'),
    "column twice": (SMALL, "{id: ramah,", "{id: taman,", '"taman" tertulis dua kali'),
    "column like a row's name": (SMALL, "{id: anak,", "{id: tahun,", '"tahun" tidak dapat dipakai'),
    "column in capitals": (SMALL, "{id: anak,", "{id: Anak,", '"Anak" tidak dapat dipakai'),
    "column without type": (SMALL, ", type: jumlah, by_sex", ", by_sex", '"type" belum ada'),
    "unknown type": (SMALL, "type: persen", "type: pecahan", "pecahan"),
    "part of nothing": (SMALL, "part_of: taman", "part_of: tamen", '"tamen" tidak ada'),
    "part of itself": (SMALL, "part_of: taman", "part_of: ramah", "dirinya sendiri"),
    "part of words": (SMALL, "part_of: taman", "part_of: keadaan", "bukan kolom angka"),
    "words as part": (SMALL, "type: pilihan,", "type: pilihan, part_of: taman,", '"part_of" hanya untuk kolom angka'),
    "sexes of a whole without": (SMALL, "by_sex: true", "by_sex: true, part_of: taman", "tidak dirinci"),
    "sexes of words": (SMALL, "type: pilihan,", "type: pilihan, by_sex: true,", '"by_sex" hanya untuk kolom angka'),
    "ratio of one": (SMALL, "[ramah, taman]", "[ramah]", "dua kolom berbeda"),
    "ratio of three": (SMALL, "[ramah, taman]", "[ramah, taman, anak]", "dua kolom berbeda"),
    "ratio of the same": (SMALL, "[ramah, taman]", "[taman, taman]", "dua kolom berbeda"),
    "ratio that is no percentage": (SMALL, "type: persen", "type: angka", '"ratio_of" hanya'),
    "choice without choices": (SMALL, ', options: ["baik", "rusak"]', "", '"options" harus ada'),
    "choices of a number": (SMALL, "by_sex: true", 'options: ["satu"]', '"options" harus ada'),
    "choice twice": (SMALL, '["baik", "rusak"]', '["Baik", "baik"]', "tertulis dua kali"),
    "choice with comma": (SMALL, '["baik", "rusak"]', '["baik, sekali", "rusak"]', "koma"),
    "choices too long for Excel": (SMALL, '["baik", "rusak"]', f'["{"b" * 200}", "{"r" * 60}"]', "255"),
    "bounds the wrong way": (SMALL, "by_sex: true", "minimum: 5, maximum: 4", "lebih besar"),
    "bounds of words": (SMALL, "type: pilihan,", "type: pilihan, maximum: 4,", '"maximum" hanya'),
    "pattern that is none": (SMALL, "by_sex: true", 'headings: ["^(anak"]', "tidak sah"),
    "expected nothing to choose": (SMALL, 'expected: ["< 18"]', 'expected: ["< 17"]', '"< 17" tidak termasuk'),
    "definition twice": (
        SMALL,
        "definitions:",
        'definitions:\n  - {id: usia, label: "Usia"}',
        '"usia" tertulis dua kali',
    ),
    "sheet too long": (SMALL, "rows:", f'sheet: "{"x" * 29}"\nrows:', "paling banyak 28"),
    "sheet with a slash": (SMALL, "rows:", 'sheet: "L/P"\nrows:', "tanpa [ ]"),
    "sheet of the form": (SMALL, "rows:", 'sheet: "JAWABAN"\nrows:', "setiap formulir"),
    "no jump": (SMALL, "rows:", "jump: 0\nrows:", '"jump" harus lebih dari 0'),
    "list without question column": (LISTED, "type: pertanyaan", "type: teks", 'kolom "type: pertanyaan"'),
    "question column of areas": (SMALL, "type: jumlah, by_sex: true", "type: pertanyaan", "hanya pada"),
    "row per question of areas": (SMALL, "rows:", "one_row_per_question: true\nrows:", "hanya berlaku"),
    "fixed rows of areas": (SMALL, "rows: kecamatan", 'rows: kecamatan\nfixed: [{id: a, label: "A"}]', "hanya berlaku"),
    "no fixed rows": (FIXED, "rows: tetap\nfixed:", "rows: tetap\nbaris:", '"fixed" belum ada'),
    "fixed row twice": (FIXED, "id: warga", "id: kota", '"kota" tertulis dua kali'),
    "fixed row of a foreign question": (FIXED, "id: warga,", 'id: warga, questions: ["1.1"],', "tidak tercantum"),
    "fixed row of a foreign role": (FIXED, "id: warga,", "id: warga, supplier: bnn,", '"bnn" tidak tercantum'),
    "fixed row with blanks": (FIXED, "id: warga", 'id: "taman warga"', "taman warga"),
    "broken YAML": (SMALL, "columns:", "columns: [", "susunan YAML rusak"),
}


def problems(root: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(RulesError) as caught:
        load_framework(2024, root)
    assert caught.value.exit_code is ExitCode.RULES
    return [(each.file, each.line, each.message) for each in caught.value.problems]


@pytest.mark.parametrize("case", BROKEN)
def test_each_mistake_is_said_with_file_and_line(case: str, tmp_path: Path) -> None:
    good, old, new, said = BROKEN[case]
    assert old in good
    root = copy(tmp_path)
    put(root, good)
    load_framework(2024, root)
    put(root, good.replace(old, new, 1))
    found = problems(root)
    hits = [(file, line) for file, line, message in found if said in message]
    assert hits, found
    assert hits[0][0] == "validations/frameworks/2024/tables/taman.yaml"
    assert hits[0][1] is not None


def test_mistakes_in_several_tables_and_blocks_are_reported_together(tmp_path: Path) -> None:
    root = copy(tmp_path)
    put(root, SMALL.replace("type: persen", "type: pecahan").replace("part_of: taman", "part_of: tamen"))
    put(root, FIXED.replace("id: taman", "id: jenis").replace("type: jumlah", "type: banyak"), "jenis")
    block = root / "frameworks/2024/KD.yaml"
    block.write_text(
        block.read_text(encoding="utf-8").replace("scope: kecamatan", "scope: negeri", 1), encoding="utf-8"
    )
    found = problems(root)
    assert {file.rsplit("/", 1)[1] for file, *_ in found} == {"taman.yaml", "jenis.yaml", "KD.yaml"}
    assert len([file for file, *_ in found if file.endswith("taman.yaml")]) >= 2


def test_a_mistake_in_the_questions_is_not_blamed_on_the_tables_as_well(tmp_path: Path) -> None:
    root = copy(tmp_path)
    put(root, SMALL)
    (root / "frameworks/2024/KD.yaml").unlink()
    assert [(file, message) for file, _, message in problems(root)] == [
        ("validations/frameworks/2024/KD.yaml", "berkas tidak ditemukan")
    ]


def test_two_tables_may_not_share_a_sheet(tmp_path: Path) -> None:
    root = copy(tmp_path)
    put(root, SMALL.replace("rows:", 'sheet: "Taman"\nrows:'))
    put(root, FIXED.replace("id: taman", "id: jenis").replace("rows:", 'sheet: "TAMAN"\nrows:'), "jenis")
    assert any(
        "sudah dipakai di validations/frameworks/2024/tables/jenis.yaml" in message for *_, message in problems(root)
    )


def test_a_file_that_would_be_passed_over_is_said(tmp_path: Path) -> None:
    root = copy(tmp_path)
    put(root, SMALL).rename(root / "frameworks/2024/tables/taman.yml")
    assert any(".yaml" in message for *_, message in problems(root))


# --------------------------------------------------------------------------------------------------------------------
# A table in ten lines


def ten_lines() -> str:
    """The YAML of the table that docs/format-tabel.md adds."""
    page = (ROOT / "docs" / "format-tabel.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def test_a_table_added_in_ten_lines_is_asked_filled_in_and_read_back(tmp_path: Path) -> None:
    """What docs/format-tabel.md promises a successor, done as it says: nothing but the YAML is written."""
    text = ten_lines()
    assert len(text.splitlines()) == 10
    root = copy(tmp_path)
    put(root, text, "pojok-baca")
    framework = load_framework(2024, root)
    place = city()
    plan = agency_plan(place.agencies[0], place, framework)
    (asked,) = plan.tables
    assert asked.schema == framework.tables["pojok-baca"]
    assert [column.key for column in asked.columns] == [
        "pojok",
        "ramah",
        "pengunjung.L",
        "pengunjung.P",
        "pengunjung.LP",
        "persen_ramah",
    ]
    assert [row.mark_key for row in asked.rows] == [
        "99.98.01@2022",
        "99.98.02@2022",
        "99.98.01@2023",
        "99.98.02@2023",
    ]

    typed: dict[str, Row] = {
        "99.98.01@2022": {"pojok": 4.0, "ramah": "3", "pengunjung.L": 1200.0, "pengunjung.P": "1.250"},
        "99.98.02@2023": {"pojok": 5.0, "ramah": "-", "pengunjung.L": "n/a"},
    }
    path = tmp_path / plan.file_name
    path.write_bytes(write_form(plan, filled(plan, tables={"pojok-baca": typed})))
    reading = understand(locate(open_workbook(path), plan), plan, place, "Pustaka/formulir.xlsx")
    assert reading.form.is_taken
    (table,) = reading.tables
    assert (table.schema_id, table.agency_id, table.sheet) == ("pojok-baca", "pustaka", asked.schema.sheet)
    values = {
        (row.key, row.year, value_key(cell.column, cell.part)): cell.number
        for row in table.rows
        for cell in row.cells
        if cell.state is CellState.VALUE
    }
    assert values == {
        ("99.98.01", 2022, "pojok"): 4,
        ("99.98.01", 2022, "ramah"): 3,
        ("99.98.01", 2022, "pengunjung.L"): 1200,
        ("99.98.01", 2022, "pengunjung.P"): 1250,
        ("99.98.02", 2023, "pojok"): 5,
    }
    said = {(row.key, cell.column) for row in table.rows for cell in row.cells if cell.state is CellState.NOT_AVAILABLE}
    assert said == {("99.98.02", "ramah"), ("99.98.02", "pengunjung")}
