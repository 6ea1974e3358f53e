"""What must hold inside a table's file and between it and the instrument; every breach is noted with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

from flows.model import ColumnType, Role, RowKind, TableColumn, TableDefinition, TableSchema
from flows.names import fold
from flows.yaml_files import Mapping

_AREA_ROLES = {RowKind.DISTRICT: "kecamatan", RowKind.VILLAGE: "kelurahan"}
_MAX_OPTIONS_TEXT = 255
"""What Excel takes as the choices of a drop-down, separators included."""


def check_columns(entries: Sequence[Mapping], columns: Sequence[TableColumn]) -> None:
    """Each column by itself and against those it refers to."""
    known = {column.id: column for column in columns}
    for entry, column in zip(entries, columns, strict=True):
        _check_kind(entry, column)
        _check_options(entry, column.options)
        _check_bounds(entry, column)
        _check_headings(entry, column.headings)
        for key, others in (("part_of", filter(None, (column.part_of,))), ("ratio_of", column.ratio_of)):
            for other in others:
                _check_reference(entry, key, column, known.get(other), other)
        _check_sum(entry, column, [known.get(other) for other in column.sum_of])


def _check_kind(entry: Mapping, column: TableColumn) -> None:
    """Whether what is said of a column goes with its type."""
    if column.by_sex and not column.type.is_numeric:
        entry.problem_at("by_sex", f'"by_sex" hanya untuk kolom angka, bukan {column.type}')
    if column.part_of and not column.type.is_numeric:
        entry.problem_at("part_of", f'"part_of" hanya untuk kolom angka, bukan {column.type}')
    if bool(column.options) != (column.type is ColumnType.CHOICE):
        entry.problem_at("options", '"options" harus ada pada kolom "type: pilihan" dan hanya di sana')
    if column.ratio_of and column.type is not ColumnType.PERCENT:
        entry.problem_at("ratio_of", '"ratio_of" hanya untuk kolom "type: persen"')
    if len(set(column.ratio_of)) not in (0, 2) or len(column.ratio_of) > 2:  # noqa: PLR2004 - two, as the message says
        entry.problem_at("ratio_of", '"ratio_of" berisi dua kolom berbeda: [pembilang, penyebut]')


def _check_reference(entry: Mapping, key: str, column: TableColumn, other: TableColumn | None, name: str) -> None:
    """Whether ``other`` can be the whole, numerator or denominator of ``column``."""
    if other is None:
        entry.problem_at(key, f'kolom "{name}" tidak ada pada tabel ini')
    elif name == column.id:
        entry.problem_at(key, f'kolom "{name}" tidak dapat merujuk dirinya sendiri')
    elif not other.type.is_numeric:
        entry.problem_at(key, f'kolom "{name}" bukan kolom angka')
    elif column.by_sex and not other.by_sex:
        entry.problem_at(key, f'kolom "{name}" tidak dirinci menurut jenis kelamin, padahal kolom ini dirinci')


def _check_sum(entry: Mapping, column: TableColumn, parts: Sequence[TableColumn | None]) -> None:
    """Whether ``parts`` can add up to ``column``: counts of this table, itself apart."""
    for name, part in zip(column.sum_of, parts, strict=True):
        if part is None:
            entry.problem_at("sum_of", f'kolom "{name}" tidak ada pada tabel ini')
        elif part.id == column.id or {part.type, column.type} != {ColumnType.COUNT}:
            entry.problem_at("sum_of", f'kolom "{name}" tidak dapat dijumlahkan menjadi kolom ini')


def _check_options(entry: Mapping, options: Sequence[str]) -> None:
    """Whether a drop-down can hold ``options`` and a person can tell them apart."""
    folded = [fold(option) for option in options]
    if len(set(folded)) < len(folded):
        entry.problem_at("options", "ada pilihan yang tertulis dua kali")
    if any("," in option for option in options) or len(",".join(options)) > _MAX_OPTIONS_TEXT:
        entry.problem_at(
            "options", f"pilihan tidak boleh memuat koma, dan semuanya bersama paling banyak {_MAX_OPTIONS_TEXT} huruf"
        )


def _check_bounds(entry: Mapping, column: TableColumn) -> None:
    if column.minimum is None and column.maximum is None:
        return
    key = "minimum" if column.minimum is not None else "maximum"
    if not column.type.is_numeric and column.type is not ColumnType.YEAR:
        entry.problem_at(key, f'"{key}" hanya untuk kolom angka atau tahun, bukan {column.type}')
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        entry.problem_at("minimum", '"minimum" lebih besar dari "maximum"')


def _check_headings(entry: Mapping, headings: Sequence[str]) -> None:
    for pattern in headings:
        try:
            re.compile(pattern)
        except re.error as error:
            entry.problem_at("headings", f"pola {pattern} tidak sah (karakter ke-{error.pos})")


def check_definition(entry: Mapping, definition: TableDefinition) -> None:
    """Whether what is expected of a definition can be chosen."""
    _check_options(entry, definition.options)
    for value in definition.expected:
        if value not in definition.options:
            entry.problem_at("expected", f'"{value}" tidak termasuk "options"')


def check_questions(top: Mapping, table: TableSchema, leads: MappingOf[str, str]) -> None:
    """Whether the questions of a table exist, and whether each row can say which of them it belongs to.

    Args:
        top: The table's mapping, for the places of mistakes.
        table: The table.
        leads: Question id to the role that owes it; empty when the questions could not be read.
    """
    unknown = [f'"{each}"' for each in table.questions if leads and each not in leads]
    if unknown:
        top.problem_at("questions", f"pertanyaan {', '.join(unknown)} tidak ada pada instrumen ini")
    if len(set(table.questions)) < len(table.questions):
        top.problem_at("questions", "ada pertanyaan yang tertulis dua kali")
    for column in table.columns:
        for each in column.questions:
            if each not in table.questions:
                top.problem_at("columns", f'kolom "{column.id}": pertanyaan "{each}" tidak tercantum pada "questions"')
    for row in table.rows:
        for each in row.questions:
            if each not in table.questions:
                top.problem_at("fixed", f'baris "{row.id}": pertanyaan "{each}" tidak tercantum pada "questions"')
    _check_question_column(top, table)


def _check_question_column(top: Mapping, table: TableSchema) -> None:
    count = sum(column.type is ColumnType.QUESTION for column in table.columns)
    is_list = table.row_kind is RowKind.LIST
    if count > is_list:
        top.problem_at("columns", 'kolom "type: pertanyaan" paling banyak satu, dan hanya pada "rows: daftar"')
    if is_list and not count and (len(table.questions) > 1 or table.one_row_per_question):
        top.problem_at("columns", 'daftar untuk beberapa pertanyaan harus punya kolom "type: pertanyaan"')
    if table.one_row_per_question and not is_list:
        top.problem_at("one_row_per_question", '"one_row_per_question" hanya berlaku untuk "rows: daftar"')


def check_suppliers(top: Mapping, table: TableSchema, roles: MappingOf[str, Role]) -> None:
    """Whether the roles that fill a table exist and can reach every column of it.

    Args:
        top: The table's mapping, for the places of mistakes.
        table: The table.
        roles: Roles by id; empty when they could not be read.
    """
    for role in table.suppliers:
        if roles and role not in roles:
            top.problem_at("suppliers", f'peran "{role}" tidak ada di validations/roles.yaml')
    for column in table.columns:
        if column.supplier:
            _check_supplier(top, table, column, roles)
    for row in table.rows:
        if row.supplier and row.supplier not in table.suppliers:
            top.problem_at("fixed", f'baris "{row.id}": peran "{row.supplier}" tidak tercantum pada "suppliers"')


def _check_supplier(top: Mapping, table: TableSchema, column: TableColumn, roles: MappingOf[str, Role]) -> None:
    if roles and column.supplier not in roles:
        top.problem_at("columns", f'kolom "{column.id}": peran "{column.supplier}" tidak ada di validations/roles.yaml')
    elif column.supplier in _AREA_ROLES.values():
        if column.supplier != _AREA_ROLES.get(table.row_kind):
            top.problem_at(
                "columns", f'kolom "{column.id}": {column.supplier} hanya mengisi tabel per {column.supplier}'
            )
        if column.by_sex:
            top.problem_at("columns", f'kolom "{column.id}": daftar periksa wilayah tidak merinci jenis kelamin')
    elif column.supplier not in table.suppliers:
        top.problem_at("columns", f'kolom "{column.id}": peran "{column.supplier}" tidak tercantum pada "suppliers"')
