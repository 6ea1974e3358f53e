"""The loader of an instrument's tables: one YAML file a table in, checked :class:`TableSchema` values out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from pathlib import Path

from flows.forms.layout import IDENTITY_SHEET, ROW_COLUMNS
from flows.forms.words import load_words
from flows.framework.table_checks import check_columns, check_definition, check_questions, check_suppliers
from flows.model import ColumnType, FixedRow, Question, Role, RowKind, Story, TableColumn, TableDefinition, TableSchema
from flows.yaml_files import Mapping

FORMAT = 1
MAX_SHEET_NAME = 28
"""Excel allows 31; three are left for the " (2)" of a copied sheet."""
TABLE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLUMN_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
RESERVED_COLUMNS = (*ROW_COLUMNS, "kelurahan")
"""Keys of the columns that name a row; a table's own column may not be called so."""
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_OWN_SHEETS = "setiap formulir"
_BOTH_YEARS, _NO_YEARS = "keduanya", "tidak"


def load_tables(
    folder: Path,
    open_file: Callable[[Path], Mapping | None],
    questions: Sequence[Question],
    roles: MappingOf[str, Role],
) -> dict[str, TableSchema]:
    """Read every table of an instrument.

    Args:
        folder: ``validations/frameworks/<year>/tables``; an instrument without that folder has no tables.
        open_file: Opens one YAML file; it notes the mistakes and remembers the file for the instrument's hash.
        questions: All questions in the instrument's order; empty when there were mistakes in them, which are not
            blamed on the tables as well.
        roles: Roles by id; empty when they could not be read.

    Returns:
        The tables by id, in the order of their first question. Mistakes are noted by ``open_file``'s mappings; after
        a mistake the result is of no use.
    """
    places = {name.casefold(): _OWN_SHEETS for name in (*load_words().sheets.values(), IDENTITY_SHEET)}
    leads = {question.id: question.lead for question in questions}
    found = [
        table
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))
        if (top := open_file(path)) is not None and (table := _read_table(top, path.stem, leads, roles, places))
    ]
    order = {question_id: position for position, question_id in enumerate(leads)}
    found.sort(key=lambda table: (min((order.get(each, len(order)) for each in table.questions), default=0), table.id))
    return {table.id: table for table in found}


def _read_table(
    top: Mapping, stem: str, leads: MappingOf[str, str], roles: MappingOf[str, Role], places: dict[str, str]
) -> TableSchema:
    if not top.file.endswith(".yaml"):
        top.problem("nama berkas tabel harus berakhir dengan .yaml")
    if top.whole("format") != FORMAT:
        top.problem_at("format", f'"format" harus {FORMAT}; versi aplikasi ini tidak mengenal yang lain')
    table_id = top.text("id")
    top.where = f"tabel {table_id}"
    if table_id and (table_id != stem or not TABLE_ID.fullmatch(table_id)):
        top.problem_at("id", f'"id" harus sama dengan nama berkasnya ({stem}), huruf kecil dan tanda hubung saja')
    kind = RowKind(top.choice("rows", tuple(RowKind)))
    columns = _read_columns(top)
    definitions = tuple(_read_definition(each) for each in top.mappings("definitions"))
    questions = top.texts("questions", required=True)
    title = top.text("title")
    table = TableSchema(
        id=table_id,
        title=title,
        sheet=_read_sheet(top, title, places),
        row_kind=kind,
        both_years=_read_years(top, kind),
        columns=columns,
        questions=questions,
        suppliers=top.texts("suppliers") or _usual_suppliers(columns, questions, leads, roles),
        rows=_read_fixed_rows(top, kind),
        definitions=definitions,
        note=top.text("note", ""),
        jump_ratio=_read_jump(top),
        one_row_per_question=top.flag("one_row_per_question", default=False),
        is_sensitive=top.flag("sensitif", default=False),
        story=_read_story(top, kind, columns),
    )
    top.close()
    _unique(top, "definitions", [each.id for each in definitions])
    check_questions(top, table, leads)
    check_suppliers(top, table, roles)
    return table


def _read_sheet(top: Mapping, title: str, places: dict[str, str]) -> str:
    """Name of the sheet: as given, or the title made to fit Excel."""
    given = top.text("sheet", "")
    name = given or _BAD_IN_SHEET_NAME.sub(" ", title)[:MAX_SHEET_NAME].strip(" '")
    if len(name) > MAX_SHEET_NAME or _BAD_IN_SHEET_NAME.search(name) or name != name.strip("' "):
        top.problem_at(
            "sheet", f'nama lembar "{name}" harus paling banyak {MAX_SHEET_NAME} huruf dan tanpa [ ] : * ? / \\'
        )
    if name and name.casefold() in places:
        top.problem_at("sheet", f'nama lembar "{name}" sudah dipakai di {places[name.casefold()]}')
    places[name.casefold()] = top.file
    return name


def _read_years(top: Mapping, kind: RowKind) -> bool:
    usual = _NO_YEARS if kind is RowKind.LIST else _BOTH_YEARS
    both = top.choice("years", (_BOTH_YEARS, _NO_YEARS), usual) == _BOTH_YEARS
    if both and kind is RowKind.LIST:
        top.problem_at("years", '"years: keduanya" tidak berlaku untuk "rows: daftar"; beri daftar itu kolom "tahun"')
    return both


def _read_story(top: Mapping, kind: RowKind, columns: Sequence[TableColumn]) -> Story | None:
    """Which columns of a list tell of an innovation."""
    entry = top.mapping("inovasi")
    if entry is None:
        return None
    if kind is not RowKind.LIST:
        top.problem_at("inovasi", '"inovasi" hanya berlaku untuk "rows: daftar"')
    keys = ("nama", "tahun", "masalah", "upaya", "hasil")
    name, *rest = (entry.text(key, None if key == "nama" else "") for key in keys)
    known = {column.id for column in columns}
    for key, column_id in zip(keys, (name, *rest), strict=True):
        if column_id and column_id not in known:
            entry.problem_at(key, f'"{key}" harus id salah satu kolom tabel ini; "{column_id}" tidak ada')
    entry.close()
    return Story(name, *rest)


def _read_jump(top: Mapping) -> float | None:
    if not top.has("jump"):
        top.number("jump", 0)
        return None
    jump = top.number("jump")
    if jump <= 0:
        top.problem_at("jump", '"jump" harus lebih dari 0, misalnya 0.25 untuk seperempat')
    return jump


def _read_fixed_rows(top: Mapping, kind: RowKind) -> tuple[FixedRow, ...]:
    entries = top.mappings("fixed", required=kind is RowKind.FIXED)
    if entries and kind is not RowKind.FIXED:
        top.problem_at("fixed", '"fixed" hanya berlaku untuk "rows: tetap"')
    rows = []
    for entry in entries:
        row = FixedRow(entry.text("id"), entry.text("label"), entry.texts("questions"), entry.text("supplier", ""))
        if row.id and not TABLE_ID.fullmatch(row.id):
            entry.problem_at("id", f'baris "{row.id}": huruf kecil, angka, dan tanda hubung saja')
        entry.close()
        rows.append(row)
    _unique(top, "fixed", [row.id for row in rows])
    return tuple(rows)


def _read_columns(top: Mapping) -> tuple[TableColumn, ...]:
    entries = top.mappings("columns", required=True)
    columns = tuple(_read_column(entry, top.where) for entry in entries)
    _unique(top, "columns", [column.id for column in columns])
    check_columns(entries, columns)
    return columns


def _read_column(entry: Mapping, where: str) -> TableColumn:
    column_id = entry.text("id")
    entry.where = f"{where}, kolom {column_id}"
    if column_id and (not COLUMN_ID.fullmatch(column_id) or column_id in RESERVED_COLUMNS):
        entry.problem_at(
            "id", f'"{column_id}" tidak dapat dipakai: huruf kecil, angka, dan _; bukan {", ".join(RESERVED_COLUMNS)}'
        )
    column = TableColumn(
        id=column_id,
        label=entry.text("label"),
        type=ColumnType(entry.choice("type", tuple(ColumnType))),
        by_sex=entry.flag("by_sex", default=False),
        is_required=entry.flag("required", default=True),
        part_of=entry.text("part_of", ""),
        sum_of=entry.texts("sum_of"),
        ratio_of=entry.texts("ratio_of"),
        options=entry.texts("options"),
        minimum=_read_bound(entry, "minimum"),
        maximum=_read_bound(entry, "maximum"),
        supplier=entry.text("supplier", ""),
        questions=entry.texts("questions"),
        headings=entry.texts("headings"),
    )
    entry.close()
    return column


def _read_bound(entry: Mapping, key: str) -> float | None:
    value = entry.number(key, 0)
    return value if entry.has(key) else None


def _read_definition(entry: Mapping) -> TableDefinition:
    definition = TableDefinition(entry.text("id"), entry.text("label"), entry.texts("options"), entry.texts("expected"))
    if definition.id and not COLUMN_ID.fullmatch(definition.id):
        entry.problem_at("id", f'batasan "{definition.id}": huruf kecil, angka, dan _ saja')
    check_definition(entry, definition)
    entry.close()
    return definition


def _usual_suppliers(
    columns: Sequence[TableColumn],
    questions: Sequence[str],
    leads: MappingOf[str, str],
    roles: MappingOf[str, Role],
) -> tuple[str, ...]:
    """Roles that fill a table which names none: those of its columns, else those who owe its questions.

    Kecamatan and kelurahan are no agencies: they answer in forms of their own and are left out.
    """
    named = dict.fromkeys(column.supplier for column in columns if column.supplier)
    if any(not column.supplier for column in columns):
        named |= dict.fromkeys(leads[each] for each in questions if each in leads)
    return tuple(role for role in named if role not in roles or roles[role].group != "wilayah")


def _unique(top: Mapping, key: str, ids: Sequence[str]) -> None:
    for doubled in sorted({each for each in ids if each and ids.count(each) > 1}):
        top.problem_at(key, f'id "{doubled}" tertulis dua kali pada "{key}"')
