"""A city in which every agency hands in the same form, each spoiled in its own way: one gathering shows them all."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.layout import FormPlan
from flows.forms.plan import plan_by_key
from flows.forms.writer import write_form
from flows.model import (
    Agency,
    AnswerFormat,
    Block,
    CellState,
    City,
    ColumnType,
    Framework,
    GatheredTable,
    Indicator,
    Manifest,
    RowKind,
    TableCell,
    TableColumn,
    TableDefinition,
    TableSchema,
)
from tests.builders.filled_forms import filled
from tests.gather.kit import city_with_areas, instrument, packed

Files = dict[str, bytes]
"""Path below the agency's folder → content."""
Edit = Callable[[openpyxl.Workbook], None]
Seen = dict[tuple[object, ...], object]
"""What a reading says, flat: ``("12.1",)`` → answer, ``("anak", "99.99.01", 2023, "anak.L")`` → number or state."""

OPTIONS = ("Peraturan contoh", "Surat contoh", "Tidak ada")
ANSWERS, CHILDREN, PARTNERS, EVIDENCE = "Jawaban", "Anak Contoh", "Mitra Contoh", "Daftar Bukti"
IDENTITY = "_kla"
NORTH, SOUTH = "99.99.01", "99.99.02"


def framework(roles: tuple[str, ...]) -> Framework:
    """Three questions, a table of kecamatan with every type of column, and a list; all ``roles`` are asked for all."""
    plain = instrument()
    likeness = plain.questions[0]
    formats = {"12.1": AnswerFormat("tingkat"), "12.2": AnswerFormat("tingkat", OPTIONS), "14.1": AnswerFormat("angka")}
    questions = tuple(
        dataclasses.replace(
            likeness,
            id=each,
            title=f"Pertanyaan contoh {each}",
            points=3.0,
            lead=roles[0],
            suppliers=roles,
            answer=form,
        )
        for each, form in formats.items()
    )
    block = Block("III", "Klaster III", "Judul contoh", 9.0, (Indicator("12", "Indikator contoh", 9.0, questions),))
    count, percent = ColumnType.COUNT, ColumnType.PERCENT
    children = (
        TableColumn("anak", "Jumlah anak contoh", count, by_sex=True),
        TableColumn("dilayani", "Anak contoh yang dilayani", count, by_sex=True, part_of="anak"),
        TableColumn("persen", "Dilayani (%)", percent, ratio_of=("dilayani", "anak")),
        TableColumn("cakupan", "Cakupan contoh (%)", percent),
        TableColumn("tanggal", "Tanggal contoh", ColumnType.DATE),
    )
    partners = (TableColumn("nama", "Nama mitra", ColumnType.TEXT), TableColumn("pagu", "Pagu", ColumnType.MONEY))
    age = TableDefinition("usia", "Batas usia", ("kurang dari 18 tahun", "kurang dari 19 tahun"))
    tables = (
        TableSchema(
            "anak", "Anak contoh", CHILDREN, RowKind.DISTRICT, both_years=True, columns=children,
            questions=("12.1",), suppliers=roles, definitions=(age,),
        ),
        TableSchema(
            "mitra", "Mitra contoh", PARTNERS, RowKind.LIST, both_years=False, columns=partners,
            questions=("12.2",), suppliers=roles,
        ),
    )  # fmt: skip
    return dataclasses.replace(plain, blocks=(block,), tables={schema.id: schema for schema in tables})


def city(names: tuple[str, ...]) -> City:
    """The invented city with one agency per name, which is its id and its only role too."""
    agencies = tuple(Agency(name, f"Dinas {name}", name, (name,)) for name in names)
    return dataclasses.replace(city_with_areas(), agencies=agencies)


def form(plan: FormPlan, *, is_other: bool = False) -> bytes:
    """The form of ``plan``, filled in without a mistake; ``is_other`` with other values in some cells."""
    return write_form(plan, filled(plan, **_content(is_other=is_other)))  # type: ignore[arg-type]


def _content(*, is_other: bool) -> dict[str, object]:
    more = 5.0 if is_other else 0.0
    rows = {
        f"{code}@{year}": {
            "anak.L": 100.0 + step + more, "anak.P": 110.0 + step, "dilayani.L": 90.0 + step, "dilayani.P": 91.0 + step,
            "cakupan": 97.5, "tanggal": date(2023, 5, 1 + step),
        }
        for step, (code, year) in enumerate(((NORTH, 2022), (SOUTH, 2022), (NORTH, 2023), (SOUTH, 2023)))
    }  # fmt: skip
    return {
        "answers": {
            "12.1": {"jawaban": "Tidak" if is_other else "Ya", "poin": 3.0, "catatan": "Catatan contoh satu"},
            "12.2": {"jawaban": "Surat contoh", "poin": 1.5},
            "14.1": {"catatan": "Hanya catatan contoh"},
        },
        "tables": {"anak": rows},
        "definitions": {"anak": {"usia": "kurang dari 18 tahun"}},
        "lists": {"mitra": [{"nama": "Mitra Satu", "pagu": 1_500_000.0}, {"nama": "Mitra Dua", "pagu": 25_000.0}]},
        "evidence": [
            {"berkas": "laporan.pdf", "pertanyaan": "12.1, 12.2", "keterangan": "Keterangan contoh"},
            {"tautan": "https://contoh.invalid/dokumen", "pertanyaan": "14.1"},
        ],
    }


def form_plan(agency_id: str, city_: City, framework_: Framework) -> FormPlan:
    """What is asked of one agency."""
    found = plan_by_key(f"opd:{agency_id}", city_, framework_)
    assert found is not None
    return found


# --------------------------------------------------------------------------------------------------------------------
# What was read


def seen(manifest: Manifest, agency_id: str) -> Seen:
    """Everything that was read from the forms of one agency, by what it speaks of."""
    found: Seen = {}
    for answer in manifest.answers:
        if answer.agency_id == agency_id:
            found[answer.question_id,] = (answer.choice, answer.points, answer.note)
    for table in manifest.tables:
        if table.agency_id == agency_id:
            found |= _cells(table)
    for listed in manifest.declarations:
        if listed.agency_id == agency_id:
            names = tuple(path.rsplit("/", 1)[-1] for path in listed.paths)
            found["bukti", listed.file_name or listed.url] = (listed.questions, names, listed.caption)
    return found


def _cells(table: GatheredTable) -> Seen:
    found: Seen = {(table.schema_id, cell.column): _value(cell) for cell in table.definitions}
    for row in table.rows:
        for cell in row.cells:
            if cell.state is not CellState.EMPTY:
                key = ".".join(filter(None, (cell.column, cell.part)))
                found[table.schema_id, row.key, row.year, key] = _value(cell)
    return found


def _value(cell: TableCell) -> object:
    if cell.state is not CellState.VALUE:
        return cell.state
    return cell.text if cell.number is None else cell.number


def difference(before: Seen, after: Seen) -> Seen:
    """What is said otherwise; None for what is not said any more."""
    keys = dict.fromkeys([*before, *after])
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}


def typed(found: Seen) -> Seen:
    """``found`` without what the form works out by itself: its results are lost when openpyxl saves."""
    return {key: value for key, value in found.items() if not str(key[-1]).endswith((".LP", "persen"))}


# --------------------------------------------------------------------------------------------------------------------
# How forms are spoiled


def edited(content: bytes, edit: Edit) -> bytes:
    """``content`` as it is after somebody changed it; no formula keeps its result."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_part(content: bytes, name: str) -> str:
    """The part of the container that holds the sheet called ``name``."""
    names = re.findall(rb'<sheet name="([^"]*)"', members(content)["xl/workbook.xml"])
    return f"xl/worksheets/sheet{names.index(name.encode()) + 1}.xml"


def with_xml(content: bytes, sheet: str, change: Callable[[bytes], bytes]) -> bytes:
    """``content`` with the bytes of one sheet changed, every other part as it was."""
    parts, part = members(content), sheet_part(content, sheet)
    changed = change(parts[part])
    assert changed != parts[part]
    return packed({**parts, part: changed})


def with_result(content: bytes, row_key: str, column_key: str, inner: str) -> bytes:
    """As :func:`with_cell`, in the table of children."""
    return with_cell(content, CHILDREN, where(content, CHILDREN, row_key, column_key), inner)


def with_cell(content: bytes, sheet: str, cell: str, inner: str) -> bytes:
    """``content`` with ``inner`` as the attributes and elements of one cell: ``t="e"><v>#REF!</v>``."""
    old = re.compile(rb'<c r="%s"( s="\d+")?[^>]*?(?:/>|>.*?</c>)' % cell.encode(), re.DOTALL)

    def change(source: bytes) -> bytes:
        parts = (cell.encode(), inner.encode())
        return old.sub(lambda match: b'<c r="%s"%s %s</c>' % (parts[0], match[1] or b"", parts[1]), source, count=1)

    return with_xml(content, sheet, change)


def address(sheet: Worksheet, row_key: str, column_key: str) -> str:
    """Address of an input, found by the hidden keys: ``99.99.01@2023`` and ``anak.L``."""
    marks = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
    keys = {cell.value: cell.column_letter for cell in sheet[marks["kol"]]}
    row = next(row for mark, row in marks.items() if mark.partition("#")[0] == row_key)
    return f"{keys[column_key]}{row}"


@cache
def where(content: bytes, sheet: str, row_key: str, column_key: str) -> str:
    """Address of an input of a workbook; see :func:`address`."""
    return address(openpyxl.load_workbook(io.BytesIO(content))[sheet], row_key, column_key)


def renamed(changes: Mapping[str, str]) -> Edit:
    """Sheets under other names."""

    def edit(book: openpyxl.Workbook) -> None:
        for old, new in changes.items():
            book[old].title = new

    return edit


def put(sheet: str, values: Mapping[tuple[str, str], object]) -> Edit:
    """Other values in some inputs, by row and column key."""

    def edit(book: openpyxl.Workbook) -> None:
        own = book[sheet]
        for (row_key, column_key), value in values.items():
            own[address(own, row_key, column_key)].value = value

    return edit


def by_phone(content: bytes, *, keeps_marks: bool) -> bytes:
    """Only the values of visible sheets in a new workbook; without column A and hidden rows, or with them."""
    old = openpyxl.load_workbook(io.BytesIO(content))
    new = openpyxl.Workbook()
    new.remove(new.worksheets[0])
    for sheet in old.worksheets:
        if sheet.sheet_state != "visible":
            continue
        copy = new.create_sheet(sheet.title)
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if not keeps_marks and sheet.row_dimensions[number].hidden:
                continue
            values = [None if str(cell.value).startswith("=") else cell.value for cell in row]
            copy.append(values if keeps_marks else values[1:])
    target = io.BytesIO()
    new.save(target)
    return target.getvalue()
