"""A large invented city whose every form is filled in: the work of measuring forms and tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256

from flows.forms.layout import AskedColumn, AskedTable, FormPlan, value_key
from flows.forms.plan import all_plans, item_key
from flows.forms.raw import RawForm
from flows.model import BOTH_SEXES, FEMALE, MALE, City, ColumnType, District, Framework, RowKind, TableColumn, Village
from tests.builders.filled_forms import Row, filled

DISTRICTS = 15
_LINES = 12
"""Rows filled in of a list, and of a list of evidence."""
_NOTE = "Catatan rekaan untuk pengukuran: apa yang dilakukan, oleh siapa, bersama siapa, dan apa hasilnya bagi anak."


def large(city: City, villages: int) -> City:
    """``city`` with fifteen kecamatan and so many kelurahan in all."""
    shares = [villages // DISTRICTS + (number < villages % DISTRICTS) for number in range(DISTRICTS)]
    districts = tuple(_district(number, share) for number, share in enumerate(shares, start=1))
    return dataclasses.replace(city, districts=districts)


def plans(city: City, framework: Framework, count: int) -> tuple[FormPlan, ...]:
    """So many forms of a city: of its agencies, its secretariat and its kecamatan, then of kelurahan."""
    every = all_plans(city, framework)
    areas = [plan for plan in every if plan.filler.kind == "kelurahan"]
    others = [plan for plan in every if plan.filler.kind != "kelurahan"]
    return (*others, *areas)[:count]


def fill(plan: FormPlan) -> RawForm:
    """A form of which everything is filled in, without contradictions."""
    ids = [asked.question.id for asked in plan.questions]
    answers: dict[str, Row] = {
        asked.question.id: {
            "jawaban": next(iter(asked.question.answer.options), "Ya"),
            "poin": float(asked.question.points),
            "catatan": _NOTE,
        }
        for asked in plan.questions
    }
    tables = [table for table in plan.tables if table.rows]
    lists = [table for table in plan.tables if table.schema.row_kind is RowKind.LIST]
    return filled(
        plan,
        answers=answers,
        tables={table.schema.id: dict(_rows(table, plan)) for table in tables},
        lists={table.schema.id: [_values(table, plan, f"+{line}") for line in range(_LINES)] for table in lists},
        definitions={
            table.schema.id: {
                each.id: next(iter(each.expected or each.options), "Rekaan") for each in table.schema.definitions
            }
            for table in plan.tables
            if table.schema.definitions
        },
        checklist={
            item_key(item): {"jawaban": _value(item.column, "", plan, item.schema.id), "catatan": _NOTE}
            for item in plan.checklist
        },
        evidence=[
            {"berkas": f"{each} Laporan rekaan {line}.pdf", "pertanyaan": each, "nomor": f"{line}/REKAAN/2023",
             "tanggal": date(2023, 5, 1), "keterangan": _NOTE}
            for line, each in enumerate(ids[:_LINES])
        ],
    )  # fmt: skip


def _district(number: int, villages: int) -> District:
    code = f"99.99.{number:02}"
    inside = (Village(f"{code}.{1000 + each}", f"Rekaan {number}-{each}") for each in range(1, villages + 1))
    return District(code, f"Kecamatan Rekaan {number}", tuple(inside))


def _rows(table: AskedTable, plan: FormPlan) -> Iterator[tuple[str, Row]]:
    for row in table.rows:
        yield row.mark_key, _values(table, plan, row.key)


def _values(table: AskedTable, plan: FormPlan, row_key: str) -> Row:
    """One row: parts below wholes, sums and percentages as the form would work them out."""
    columns = {column.id: column for column in table.schema.columns}
    return {asked.key: _cell(asked, columns, plan, f"{table.schema.id}/{row_key}") for asked in table.columns}


def _cell(
    asked: AskedColumn, columns: Mapping[str, TableColumn], plan: FormPlan, seed: str
) -> float | str | bool | date:
    column = asked.column
    if column.ratio_of:
        one, other = (_count(columns[each], columns, asked.part, seed) for each in column.ratio_of)
        return round(one / other * 100, 2)
    if column.type is ColumnType.COUNT and column.maximum is None:
        return _count(column, columns, asked.part, seed)
    return _value(column, asked.part, plan, seed)


def _count(column: TableColumn, columns: Mapping[str, TableColumn], part: str, seed: str) -> float:
    """A number of people: both sexes are the sum, a part is four fifths of its whole."""
    if column.by_sex and part in ("", BOTH_SEXES):
        return sum(_count(column, columns, each, seed) for each in (MALE, FEMALE))
    whole = columns.get(column.part_of)
    if whole is not None:
        return float(
            int(_count(whole, columns, part if whole.by_sex else "", seed) * 4 // (5 if column.by_sex else 10))
        )
    return float(1000 + _chance(f"{seed}/{column.id}/{part}") % 200)


def _value(column: TableColumn, part: str, plan: FormPlan, seed: str) -> float | str | bool | date:
    whole = float(_chance(f"{seed}/{value_key(column.id, part)}") % 50 + (column.minimum or 0))
    values: dict[ColumnType, float | str | bool | date] = {
        ColumnType.PERCENT: 50.0 + whole / 2,
        ColumnType.MONEY: whole * 1_000_000,
        ColumnType.TEXT: "Uraian rekaan yang agak panjang",
        ColumnType.CHOICE: next(iter(column.options), ""),
        ColumnType.YES_NO: "Ya",
        ColumnType.DATE: date(2023, 5, 1),
        ColumnType.YEAR: float(plan.data_years[1]),
        ColumnType.QUESTION: next((asked.question.id for asked in plan.questions), ""),
    }
    return values.get(column.type, whole)


def _chance(seed: str) -> int:
    """The same number for the same seed, in every run."""
    return int(sha256(seed.encode()).hexdigest()[:8], 16)
