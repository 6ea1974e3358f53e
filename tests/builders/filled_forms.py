"""What people fill into a form, as values: ``write_form(plan, filled(plan, …))`` gives the workbook they would save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.forms.layout import ANSWERS, CHECKLIST, EVIDENCE, FREE, TABLE, FormPlan
from flows.forms.plan import fingerprint
from flows.forms.raw import RawCell, RawForm, RawRow, RawSheet, RawValue
from flows.forms.words import sheet_name
from flows.model import (
    Agency,
    AnswerFormat,
    Block,
    City,
    ColumnType,
    District,
    FixedRow,
    Framework,
    Indicator,
    RowKind,
    TableColumn,
    TableDefinition,
    TableSchema,
    Village,
)
from tests.builders.values import city, framework, question

Row = Mapping[str, RawValue | int]
"""Column key → value."""
_GRADED, _COUNTED = AnswerFormat("tingkat"), AnswerFormat("angka")
_CHOSEN = AnswerFormat("tingkat", ("Peraturan contoh", "Surat contoh, lama", "Tidak"))


def filled(
    plan: FormPlan,
    *,
    answers: Mapping[str, Row] | None = None,
    tables: Mapping[str, Mapping[str, Row]] | None = None,
    lists: Mapping[str, Sequence[Row]] | None = None,
    definitions: Mapping[str, Row] | None = None,
    checklist: Mapping[str, Row] | None = None,
    evidence: Sequence[Row] = (),
) -> RawForm:
    """A form of ``plan`` that holds these values and nothing else.

    Args:
        plan: Whose form it is.
        answers: Question id → ``{"jawaban": "Ya", "poin": 3, "catatan": "…"}``.
        tables: Table id → key of a row (``AskedRow.mark_key``, ``99.99.01@2023``) → ``{"anak.L": 10}``.
        lists: Table id → free rows in order, ``{"mitra": "…"}``; beside rows of ``tables`` if need be.
        definitions: Table id → ``{"usia": "kurang dari 18 tahun"}``.
        checklist: ``flows.forms.plan.item_key`` → ``{"jawaban": "Ya", "catatan": "…"}``.
        evidence: Rows of the list of evidence, ``{"berkas": "12.1 Laporan.pdf", "pertanyaan": "12.1"}``.
    """
    sheets = [_sheet(ANSWERS, "", sheet_name(ANSWERS), _keyed(answers or {}))] if answers else []
    names = {table.schema.id: table.schema.sheet for table in plan.tables}
    for table_id in dict.fromkeys([*(tables or {}), *(lists or {}), *(definitions or {})]):
        rows = _keyed((tables or {}).get(table_id, {})) + _free((lists or {}).get(table_id, ()))
        own = (definitions or {}).get(table_id, {})
        sheets.append(_sheet(TABLE, table_id, names.get(table_id, table_id), rows, own))
    if checklist:
        sheets.append(_sheet(CHECKLIST, "", sheet_name(CHECKLIST), _keyed(checklist)))
    if evidence:
        sheets.append(_sheet(EVIDENCE, "", sheet_name(EVIDENCE), _free(evidence)))
    return RawForm(plan.filler.key, fingerprint(plan), tuple(sheets), (), is_refused=False)


def _keyed(rows: Mapping[str, Row]) -> list[tuple[str, Row]]:
    return list(rows.items())


def _free(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    return [(f"{FREE}{position}", row) for position, row in enumerate(rows, start=1)]


def _sheet(
    kind: str, table_id: str, name: str, rows: Sequence[tuple[str, Row]], definitions: Row | None = None
) -> RawSheet:
    found = tuple(RawRow(key, number, _cells(row)) for number, (key, row) in enumerate(rows, start=1))
    return RawSheet(kind, table_id, name, found, _cells(definitions or {}))


def _cells(row: Row) -> dict[str, RawCell]:
    return {key: _cell(value) for key, value in row.items() if value is not None}


def _cell(value: RawValue | int) -> RawCell:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return RawCell(float(value) if is_whole else value, "")  # type: ignore[arg-type]


def instrument(**changes: object) -> Framework:
    """A small invented instrument with one table of every kind,."""
    questions = ("1.1", "1.2", "1.3")
    asked = tuple(
        replace(question(each), title=f"Pertanyaan contoh {each}", answer=answer)
        for each, answer in zip(questions, (_GRADED, _COUNTED, _CHOSEN), strict=True)
    )
    helped = question("2.1", lead="dinsos", suppliers=("dinsos", "dinkes"), answer=_GRADED)
    blocks = (
        Block("KL", "Kelembagaan", "Kelembagaan", 9, (Indicator("1", "Indikator contoh", 9, asked),)),
        Block("III", "Klaster III", "Kesehatan contoh", 3, (Indicator("2", "Indikator contoh", 3, (helped,)),)),
    )
    base = replace(framework({"KL": (1,)}), blocks=blocks, tables={schema.id: schema for schema in _schemas()})
    return replace(base, **changes)  # type: ignore[arg-type]


def region(**changes: object) -> City:
    """An invented kota with two kecamatan of two kelurahan each and a folder for either level."""
    districts = tuple(
        District(
            f"99.99.0{n}",
            f"Contoh {side}",
            tuple(Village(f"99.99.0{n}.100{v}", f"{flower} {side}") for v, flower in ((1, "Melati"), (2, "Mawar"))),
        )
        for n, side in ((1, "Utara"), (2, "Selatan"))
    )
    agencies = (
        Agency("dinkes", "Dinas Kesehatan Contoh", "Dinkes", ("dinkes",)),
        Agency("dinsos", "Dinas Sosial Contoh", "Dinsos", ("dinsos",)),
        Agency("kecamatan", "Kecamatan", "Kecamatan", ("kecamatan",), group="wilayah"),
        Agency("kelurahan", "Kelurahan", "Kelurahan", ("kelurahan",), group="wilayah"),
    )
    base = city(agencies=agencies, districts=districts)
    return replace(base, **changes)  # type: ignore[arg-type]


def _schemas() -> tuple[TableSchema, ...]:
    count, percent, yes_no, text = ColumnType.COUNT, ColumnType.PERCENT, ColumnType.YES_NO, ColumnType.TEXT
    return (
        TableSchema(
            "anak-contoh",
            "Anak contoh per kecamatan",
            "Anak Contoh",
            RowKind.DISTRICT,
            both_years=True,
            columns=(
                TableColumn("anak", "Jumlah anak contoh", count, by_sex=True),
                TableColumn("dilayani", "Anak contoh yang dilayani", count, by_sex=True, part_of="anak"),
                TableColumn("persen", "Dilayani (%)", percent, ratio_of=("dilayani", "anak")),
            ),
            questions=("1.1",),
            suppliers=("dinkes",),
            definitions=(TableDefinition("usia", "Batas usia", ("kurang dari 18 tahun", "kurang dari 19 tahun")),),
            note="Angka contoh saja.",
        ),
        TableSchema(
            "desa-contoh",
            "Kelurahan contoh menurut kriteria",
            "Kelurahan Contoh",
            RowKind.VILLAGE,
            both_years=False,
            columns=(
                TableColumn("taman", "Ada taman contoh", yes_no, supplier="kelurahan", questions=("1.2",)),
                TableColumn("pelaksana", "Jumlah pelaksana contoh", count, supplier="kelurahan", questions=("1.2",)),
                TableColumn("posyandu", "Jumlah posyandu contoh", count, supplier="dinkes"),
            ),
            questions=("1.2",),
            suppliers=("dinkes",),
        ),
        TableSchema(
            "mitra-contoh",
            "Mitra contoh",
            "Mitra Contoh",
            RowKind.LIST,
            both_years=False,
            columns=(
                TableColumn("pertanyaan", "Pertanyaan", ColumnType.QUESTION),
                TableColumn("mitra", "Nama mitra contoh", text),
                TableColumn("pagu", "Pagu contoh", ColumnType.MONEY),
                TableColumn("tanggal", "Tanggal contoh", ColumnType.DATE),
            ),
            questions=("1.3", "2.1"),
            suppliers=("dinkes", "dinsos"),
        ),
        TableSchema(
            "anggaran-contoh",
            "Anggaran contoh",
            "Anggaran Contoh",
            RowKind.LIST,
            both_years=False,
            columns=(
                TableColumn("pertanyaan", "Pertanyaan", ColumnType.QUESTION),
                TableColumn("pagu", "Pagu contoh", ColumnType.MONEY),
            ),
            questions=("1.1", "1.2"),
            suppliers=("dinkes",),
            one_row_per_question=True,
        ),
        TableSchema(
            "jenjang-contoh",
            "Sekolah contoh menurut jenjang",
            "Jenjang Contoh",
            RowKind.FIXED,
            both_years=True,
            columns=(TableColumn("sekolah", "Jumlah sekolah contoh", count),),
            questions=("2.1",),
            suppliers=("dinsos",),
            rows=(FixedRow("sd", "SD contoh"), FixedRow("smp", "SMP contoh")),
        ),
    )
