"""An invented city of two kecamatan, invented schemas, and tables as gathering would hand them over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from flows.model import (
    CellState,
    City,
    ColumnType,
    District,
    Framework,
    GatheredTable,
    RowKind,
    TableCell,
    TableColumn,
    TableDefinition,
    TableRow,
    TableSchema,
    TableSource,
    Village,
)
from flows.validate import TableVerdict, judge_tables
from tests.builders import manifests

FIRST, LAST = manifests.YEARS
NORTH, SOUTH = "99.99.01", "99.99.02"
Given = float | str | CellState | TableCell | None

CHILDREN = TableColumn("anak", "Anak contoh", ColumnType.COUNT, by_sex=True)
CERTIFIED = TableColumn("berakta", "Anak berakta", ColumnType.COUNT, by_sex=True, part_of="anak")
SHARE = TableColumn("persen", "Berakta (%)", ColumnType.PERCENT, ratio_of=("berakta", "anak"))
POSTS = TableColumn("pos", "Pos contoh", ColumnType.COUNT, is_required=False, minimum=1, maximum=9)
STATE = TableColumn("mutu", "Mutu", ColumnType.CHOICE, is_required=False, options=("baik", "buruk"))
AGE = TableDefinition("usia", "Batas usia", ("kurang dari 18 tahun", "kurang dari 19 tahun"), ("kurang dari 18 tahun",))


def schema(**changes: object) -> TableSchema:
    """Children of both sexes per kecamatan and year, how many have certificates, and the share of them."""
    base = TableSchema(
        id="anak-contoh",
        title="Anak contoh per kecamatan",
        sheet="Anak Contoh",
        row_kind=RowKind.DISTRICT,
        both_years=True,
        columns=(CHILDREN, CERTIFIED, SHARE, POSTS, STATE),
        questions=("1.1",),
        suppliers=("dinkes",),
        jump_ratio=0.25,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def framework(*schemas: TableSchema, **changes: object) -> Framework:
    """An instrument of one question, which asks for data, and these tables."""
    asked = manifests.question(manifests.ask("data"), **changes)
    return replace(manifests.instrument(asked), tables={each.id: each for each in schemas or (schema(),)})


@cache
def town() -> City:
    """Two kecamatan of two kelurahan each, one agency per role."""
    districts = tuple(
        District(code, f"Contoh {side}", tuple(Village(f"{code}.100{n}", f"Desa {side} {n}") for n in (1, 2)))
        for code, side in ((NORTH, "Utara"), (SOUTH, "Selatan"))
    )
    return manifests.city(manifests.instrument_2024(), districts=districts)


def cell(column: str, given: Given, address: str = "D7") -> TableCell:
    """A cell: a number, a text, a state without a value, or a cell of its own; None is empty."""
    name, _, part = column.partition(".")
    if isinstance(given, TableCell):
        return replace(given, column=name, part=part, cell=address)
    if given is None or isinstance(given, CellState):
        return TableCell(name, part, given or CellState.EMPTY, cell=address, text="xyz" if given else "")
    if isinstance(given, str):
        return TableCell(name, part, CellState.VALUE, text=given, cell=address)
    return TableCell(name, part, CellState.VALUE, number=float(given), cell=address)


def remarked(number: float, remark: str) -> TableCell:
    """A number that had to be interpreted."""
    return TableCell("", "", CellState.VALUE, number=number, remark=remark)


def row(key: str, year: int | None, values: Mapping[str, Given], number: int = 7, **changes: object) -> TableRow:
    """One row, its cells from D on."""
    cells = tuple(cell(column, given, f"{chr(68 + n)}{number}") for n, (column, given) in enumerate(values.items()))
    return replace(TableRow(key, f"Baris {key}", year, number, cells), **changes)  # type: ignore[arg-type]


def counts(male: Given = 40, female: Given = 60, **changes: Given) -> dict[str, Given]:
    """A sound row of :func:`schema`: nine in ten children have certificates."""
    values: dict[str, Given] = {
        "anak.L": male,
        "anak.P": female,
        "anak.LP": 100,
        "berakta.L": 36,
        "berakta.P": 54,
        "berakta.LP": 90,
        "persen": 90,
    }
    return values | {key.replace("__", "."): value for key, value in changes.items()}


def full(special: Mapping[tuple[str, int], Mapping[str, Given]] | None = None) -> tuple[TableRow, ...]:
    """Both kecamatan in both years, every row sound but the ``special`` ones."""
    keys = [(key, year) for year in (FIRST, LAST) for key in (NORTH, SOUTH)]
    given = special or {}
    return tuple(row(key, year, given.get((key, year), counts()), n) for n, (key, year) in enumerate(keys, start=7))


def table(rows: Sequence[TableRow], asked: TableSchema | None = None, **changes: object) -> GatheredTable:
    """What the health office filled in its form."""
    found = asked or schema()
    base = GatheredTable(
        schema_id=found.id,
        agency_id="dinkes",
        path="dinkes/Formulir.xlsx",
        sheet=found.sheet,
        source=TableSource.FORM,
        rows=tuple(rows),
        columns=tuple(column.id for column in found.columns),
        definitions=tuple(
            cell(each.id, each.expected[0] if each.expected else "Catatan contoh", "C3") for each in found.definitions
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def export(rows: Sequence[TableRow], asked: TableSchema | None = None, **changes: object) -> GatheredTable:
    """The same from a workbook of the agency's own."""
    base = table(rows, asked, source=TableSource.EXPORT, path="dinkes/1.1 rekap.xlsx", sheet="REKAP", definitions=())
    return replace(base, **changes)  # type: ignore[arg-type]


def judge(*tables: GatheredTable, asked: TableSchema | None = None, city: City | None = None) -> TableVerdict:
    """The verdict on tables of one schema."""
    found = manifests.manifest({}, tables=tables)
    return judge_tables(city or town(), framework(asked or schema()), found)
