"""An invented instrument and city with every kind of sheet and column, and forms of them to be changed by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.grid import Workbook, make_grid, open_workbook
from flows.forms.layout import ANSWERS, EVIDENCE, TABLE, FormPlan
from flows.forms.locate import locate
from flows.forms.plan import agency_plan
from flows.forms.raw import RawCell, RawForm, RawRow, RawSheet, RawValue
from flows.forms.writer import write_form
from flows.model import (
    Agency,
    AnswerFormat,
    Block,
    City,
    ColumnType,
    District,
    EvidenceKind,
    FixedRow,
    Framework,
    Indicator,
    Role,
    RowKind,
    TableColumn,
    TableDefinition,
    TableSchema,
    Village,
)
from tests.builders.values import city as invented_city
from tests.builders.values import question

Values = Mapping[str, Mapping[str, RawValue]]
"""Row key → column key → value."""
OPTIONS = ("Peraturan Daerah", "Peraturan Wali Kota", "Belum ada")


def _tables() -> tuple[TableSchema, ...]:
    count, text = ColumnType.COUNT, ColumnType.TEXT
    births = TableSchema(
        "lahir",
        "Kelahiran contoh",
        "Kelahiran",
        RowKind.VILLAGE,
        both_years=True,
        columns=(
            TableColumn("anak", "Jumlah anak (jiwa)", count, by_sex=True),
            TableColumn("berakta", "Anak berakta", count, by_sex=True),
            TableColumn("persen", "Persen berakta", ColumnType.PERCENT, ratio_of=("berakta", "anak")),
            TableColumn("biaya", "Biaya", ColumnType.MONEY, is_required=False),
        ),
        questions=("1.1", "1.2"),
        suppliers=("dinkes",),
        definitions=(TableDefinition("usia", "Batas usia anak", ("< 18", "< 19"), ("< 18",)),),
    )
    services = TableSchema(
        "layanan",
        "Layanan contoh",
        "Layanan",
        RowKind.FIXED,
        both_years=False,
        columns=(
            TableColumn("ada", "Sudah ada", ColumnType.YES_NO),
            TableColumn("jenis", "Jenis layanan", ColumnType.CHOICE, options=("Tetap", "Keliling")),
            TableColumn("mulai", "Mulai", ColumnType.DATE),
            TableColumn("tahun_sk", "Tahun SK", ColumnType.YEAR),
            TableColumn("rata", "Rata-rata", ColumnType.NUMBER),
        ),
        questions=("1.3",),
        suppliers=("dinkes",),
        rows=(FixedRow("poli", "Poli anak"), FixedRow("rawat", "Rawat inap")),
    )
    districts = TableSchema(
        "gizi",
        "Gizi contoh",
        "Gizi",
        RowKind.DISTRICT,
        both_years=True,
        columns=(TableColumn("balita", "Balita", count), TableColumn("kurang", "Kurang gizi", count, part_of="balita")),
        questions=("1.3",),
        suppliers=("dinkes",),
    )
    partners = TableSchema(
        "mitra",
        "Mitra contoh",
        "Kemitraan",
        RowKind.LIST,
        both_years=False,
        columns=(
            TableColumn("pertanyaan", "Untuk pertanyaan", ColumnType.QUESTION),
            TableColumn("lembaga", "Lembaga", text),
            TableColumn("orang", "Jumlah orang", count, is_required=False),
        ),
        questions=("1.2", "1.3"),
        suppliers=("dinkes",),
    )
    budget = TableSchema(
        "anggaran",
        "Anggaran contoh",
        "Anggaran",
        RowKind.LIST,
        both_years=False,
        columns=(
            TableColumn("pertanyaan", "Untuk pertanyaan", ColumnType.QUESTION),
            TableColumn("program", "Program", text),
            TableColumn("pagu", "Pagu", ColumnType.MONEY),
        ),
        questions=("1.1", "1.3"),
        suppliers=("dinkes",),
        one_row_per_question=True,
    )
    criteria = TableSchema(
        "dekela",
        "Desa contoh",
        "Dekela",
        RowKind.VILLAGE,
        both_years=False,
        columns=(
            TableColumn("forum", "Ada forum anak", ColumnType.YES_NO, supplier="kelurahan", questions=("1.4",)),
            TableColumn("taman", "Jumlah taman", count, supplier="kelurahan", questions=("1.4",)),
        ),
        questions=("1.4",),
        suppliers=("dinkes",),
    )
    return births, services, districts, partners, budget, criteria


def framework(**changes: Any) -> Framework:  # noqa: ANN401 - fields of a dataclass
    """Seven questions of one block and six tables."""
    questions = (
        question("1.1", answer=AnswerFormat("tingkat", OPTIONS)),
        question("1.2", answer=AnswerFormat("tingkat")),
        question("1.3", answer=AnswerFormat("angka")),
        question("1.4", points=2.5),
        question("1.10", lead="dinsos", suppliers=("dinsos", "dinkes")),
        question("2.1", lead="dinsos", suppliers=("dinsos",)),
    )
    block = Block("I", "Klaster I", "Hak Contoh", 20, (Indicator("1", "Indikator contoh", 20, questions),))
    values: dict[str, Any] = {
        "year": 2024,
        "title": "Instrumen contoh",
        "legal_basis": (),
        "source": "uji",
        "faults": (),
        "blocks": (block,),
        "roles": {key: Role(key, key, "opd") for key in ("dinkes", "dinsos", "kelurahan")},
        "kinds": {"sk": EvidenceKind("sk", "Keputusan (SK)", ("sk",)), "foto": EvidenceKind("foto", "Foto", ("foto",))},
        "sha256": "c3" * 32,
        "tables": {table.id: table for table in _tables()},
    }
    return Framework(**(values | changes))


def city(**changes: Any) -> City:  # noqa: ANN401 - fields of a dataclass
    """Two kecamatan with three kelurahan, one name twice; two agencies."""
    districts = (
        District("99.99.01", "Utara", (Village("99.99.01.1001", "Mawar"), Village("99.99.01.1002", "Telaga Biru"))),
        District("99.99.02", "Selatan", (Village("99.99.02.1001", "Mawar"),)),
    )
    agencies = (
        Agency("dinkes", "Dinas Kesehatan Contoh", "Dinkes", ("dinkes",)),
        Agency("dinsos", "Dinas Sosial Contoh", "Dinsos", ("dinsos",)),
        Agency("desa", "Desa dan Kelurahan", "Desa", ("kelurahan",), group="wilayah"),
    )
    return invented_city(districts=districts, agencies=agencies, **changes)


def plan(agency: str = "dinkes", **changes: Any) -> FormPlan:  # noqa: ANN401 - fields of a dataclass
    """The form of one agency; ``changes`` are of the city."""
    place = city(**changes)
    return agency_plan(next(each for each in place.agencies if each.id == agency), place, framework())


def filled(
    sheets: Mapping[tuple[str, str], Values], definitions: Mapping[str, Mapping[str, RawValue]] | None = None
) -> RawForm:
    """What ``write_form`` puts back: (kind, table id) → row key → column key → value; table id → definition → value."""
    raw = tuple(
        RawSheet(
            kind,
            table,
            "",
            tuple(
                RawRow(
                    "" if key.startswith("+") else key, 0, {name: RawCell(value, "") for name, value in cells.items()}
                )
                for key, cells in rows.items()
            ),
            {key: RawCell(value, "") for key, value in (definitions or {}).get(table, {}).items()},
        )
        for (kind, table), rows in sheets.items()
    )
    return RawForm("", "", raw, (), is_refused=False)


FULL: Mapping[tuple[str, str], Values] = {
    (ANSWERS, ""): {
        "1.1": {"jawaban": "Peraturan Daerah", "poin": 2.5, "catatan": "Sudah berlaku."},
        "1.2": {"jawaban": "Ya"},
        "1.10": {"catatan": "Membantu pengampu."},
    },
    (TABLE, "lahir"): {
        "99.99.01.1001@2022": {"anak.L": 10.0, "anak.P": 12.0, "berakta.L": 9.0, "berakta.P": 11.0},
        "99.99.01.1002@2022": {"anak.L": 20.0, "anak.P": 22.0, "berakta.L": 19.0, "berakta.P": 21.0, "biaya": 5e6},
        "99.99.02.1001@2023": {"anak.L": 30.0, "anak.P": 32.0, "berakta.L": 29.0},
    },
    (TABLE, "layanan"): {"poli": {"ada": "Ya", "jenis": "Tetap", "tahun_sk": 2021.0, "rata": 2.5}},
    (TABLE, "gizi"): {
        "99.99.01@2022": {"balita": 100.0, "kurang": 7.0},
        "99.99.02@2023": {"balita": 120.0, "kurang": 8.0},
    },
    (TABLE, "mitra"): {
        "+1": {"pertanyaan": "1.2", "lembaga": "Yayasan Contoh", "orang": 3.0},
        "+2": {"pertanyaan": "1.3", "lembaga": "Karang Taruna Contoh"},
    },
    (TABLE, "anggaran"): {"1.1": {"program": "Program contoh", "pagu": 125_000_000.0}},
    (EVIDENCE, ""): {
        "+1": {"berkas": "1.1 Perda.pdf", "pertanyaan": "1.1, 1.2", "jenis": "Keputusan (SK)", "dari": 1.0},
        "+2": {"berkas": "Foto.jpg", "pertanyaan": "1.3"},
    },
}
DEFINITIONS = {"lahir": {"usia": "< 18"}}


def full_form(asked: FormPlan | None = None) -> bytes:
    """The form of the health office with something on every sheet."""
    return write_form(asked or plan(), filled(FULL, DEFINITIONS), kinds={"sk": "Keputusan (SK)", "foto": "Foto"})


def edited(content: bytes, edit: Callable[[openpyxl.Workbook], object]) -> bytes:
    """``content`` after ``edit`` has changed the workbook in place."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(content: bytes, folder: Path, name: str = "formulir.xlsx") -> Workbook:
    """The workbook in ``content`` as the reader opens it."""
    path = folder / name
    path.write_bytes(content)
    return open_workbook(path)


def read_back(content: bytes, folder: Path, asked: FormPlan | None = None) -> RawForm:
    """``content`` located as the form of ``asked``."""
    return locate(opened(content, folder), asked or plan())


def inputs_of(form: RawForm) -> dict[tuple[str, str], dict[str, dict[str, RawValue]]]:
    """What was located, in the shape of ``FULL``; rows of lists numbered, what names a row left out."""
    naming = {"nomor", "judul", "peran", "maksimum", "kriteria", "kode", "kecamatan", "baris", "tahun"}
    found: dict[tuple[str, str], dict[str, dict[str, RawValue]]] = {}
    for sheet in form.sheets:
        rows = found.setdefault((sheet.kind, sheet.table_id), {})
        for row in sheet.rows:
            if not row.is_disowned:
                key = row.key if row.key and not row.key.startswith("+") else f"+{len(rows) + 1}"
                shown = naming - ({"nomor"} if sheet.kind == EVIDENCE else set())
                rows[key] = {name: cell.value for name, cell in row.cells.items() if name not in shown}
    return found


def codes(form: RawForm) -> list[str]:
    """Codes of the notes, in order."""
    return [note.code for note in form.notes]


def cell_of(sheet: Worksheet, text: object) -> Any:  # noqa: ANN401 - a cell, or one of a merged range
    """The first cell of ``sheet`` that shows ``text``."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def marks(sheet: Worksheet) -> Iterator[tuple[int, str]]:
    """Row number and mark of every row with one."""
    for (cell,) in sheet.iter_rows(max_col=1):
        if cell.value:
            yield cell.row, str(cell.value)


def row_of(sheet: Worksheet, key: str) -> int:
    """Number of the row with that key."""
    return next(row for row, mark in marks(sheet) if mark.rpartition("#")[0] == key)


def column_of(sheet: Worksheet, key: str) -> int:
    """Number of the column with that key."""
    keys = next(row for row, mark in marks(sheet) if mark == "kol")
    return next(cell.column for cell in sheet[keys] if cell.value == key)


def grid_of(rows: list[list[RawValue]], name: str = "Lembar 1") -> Workbook:
    """A workbook of one sheet, written down by hand."""
    return Workbook((make_grid(name, rows),), has_macros=False)
