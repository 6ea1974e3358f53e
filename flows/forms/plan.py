"""What belongs in the form of each filler: its questions, its tables, its checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flows.forms.fingerprints import FINGERPRINT_KEY, fingerprint, identity_of, title_of
from flows.forms.layout import (
    AskedColumn,
    AskedQuestion,
    AskedRow,
    AskedTable,
    ChecklistItem,
    Filler,
    FillerKind,
    FormPlan,
)
from flows.forms.words import load_words
from flows.model import Agency, City, District, Framework, RowKind, TableColumn, TableSchema, Village
from flows.names import fold, fold_area, village_names

__all__ = [
    "CITY_ROW",
    "FINGERPRINT_KEY",
    "FREE_EVIDENCE_ROWS",
    "FREE_ROWS",
    "agency_form",
    "agency_plan",
    "all_plans",
    "asked_questions",
    "district_plan",
    "fingerprint",
    "identity_of",
    "item_key",
    "item_numbers",
    "plan_by_key",
    "row_columns",
    "row_values",
    "secretariat_plan",
    "title_of",
    "village_plan",
]

FREE_ROWS = 40
"""Empty rows of a list."""
FREE_EVIDENCE_ROWS = 60
CITY_ROW = "kota"
"""Key of the one row of a table of the whole city."""
_AREA_ROLES = {RowKind.DISTRICT: "kecamatan", RowKind.VILLAGE: "kelurahan"}
_DESA = "2"
"""First digit of the last part of a desa's code; that of a kelurahan is 1 (Kemendagri)."""


def asked_questions(agency: Agency, city: City, framework: Framework) -> tuple[AskedQuestion, ...]:
    """What ``agency`` is asked: first the questions it owes, being the city's first agency for their lead role.

    After them those it helps with: it carries their lead role or one of their suppliers' roles.
    """
    owed: list[AskedQuestion] = []
    helped: list[AskedQuestion] = []
    roles = set(agency.roles)
    for block, _, question in framework.walk():
        lead = city.lead_role(question)
        if city.agency_for(lead) == agency:
            owed.append(AskedQuestion(question, block, is_lead=True))
        elif {lead, *question.suppliers} & roles:
            helped.append(AskedQuestion(question, block, is_lead=False))
    return (*owed, *helped)


def agency_plan(agency: Agency, city: City, framework: Framework) -> FormPlan:
    """The form of one agency: its questions and the tables, or columns of tables, that its roles supply."""
    questions = asked_questions(agency, city, framework)
    ids = tuple(each.question.id for each in questions)
    tables = [_asked_table(schema, agency, ids, city) for schema in framework.tables.values()]
    filler = Filler(FillerKind.AGENCY, agency.id, agency.name)
    return _plan(filler, city, framework, questions, tuple(table for table in tables if table))


def district_plan(district: District, city: City, framework: Framework) -> FormPlan:
    """The form of one kecamatan: the columns of tables of kecamatan that each fills for itself."""
    name = _titled("kecamatan", district.name)
    filler = Filler(FillerKind.DISTRICT, district.code, name)
    return _plan(filler, city, framework, checklist=_checklist(RowKind.DISTRICT, framework))


def village_plan(village: Village, district: District, city: City, framework: Framework) -> FormPlan:
    """The form of one kelurahan or desa; namesakes have their kecamatan in the name."""
    return _village_plan(village, district, city, framework, village_names(city))


def secretariat_plan(city: City, framework: Framework) -> FormPlan:
    """The form of the secretariat: every question, first those that no agency of the city owes."""
    asked = [
        AskedQuestion(question, block, is_lead=city.agency_for(city.lead_role(question)) is None)
        for block, _, question in framework.walk()
    ]
    filler = Filler(FillerKind.SECRETARIAT, "", load_words().fillers["sekretariat"])
    return _plan(filler, city, framework, tuple(sorted(asked, key=lambda each: not each.is_lead)))


def all_plans(city: City, framework: Framework) -> tuple[FormPlan, ...]:
    """Every form of the city's year that asks for anything: agencies, kecamatan, kelurahan, secretariat."""
    handed_out = (agency_form(agency, city, framework) for agency in city.agencies)
    plans = [plan for plan in handed_out if plan]
    plans += [district_plan(district, city, framework) for district in city.districts]
    names = village_names(city)
    plans += [
        _village_plan(village, district, city, framework, names)
        for district in city.districts
        for village in district.villages
    ]
    plans.append(secretariat_plan(city, framework))
    return tuple(plan for plan in plans if plan.questions or plan.tables or plan.checklist)


def agency_form(agency: Agency, city: City, framework: Framework) -> FormPlan | None:
    """The form handed out to ``agency``; None where nothing is asked of it, or where each area gets a form instead.

    An agency that only stands for all kecamatan or kelurahan still gets one where it owes questions.
    """
    plan = agency_plan(agency, city, framework)
    is_owing = any(asked.is_lead for asked in plan.questions)
    if not (plan.questions or plan.tables) or (_stands_for_areas(agency, city) and not is_owing):
        return None
    return plan


def plan_by_key(filler_key: str, city: City, framework: Framework) -> FormPlan | None:
    """The form of the filler with that key (``opd:dinkes``); None where the city has no such filler."""
    kind, _, wanted = filler_key.partition(":")
    if kind == FillerKind.AGENCY:
        agency = next((each for each in city.agencies if each.id == wanted), None)
        return agency_plan(agency, city, framework) if agency else None
    if kind == FillerKind.SECRETARIAT:
        return secretariat_plan(city, framework) if not wanted else None
    for district in city.districts:
        if kind == FillerKind.DISTRICT and district.code == wanted:
            return district_plan(district, city, framework)
        for village in district.villages:
            if kind == FillerKind.VILLAGE and village.code == wanted:
                return village_plan(village, district, city, framework)
    return None


def row_columns(schema: TableSchema) -> tuple[str, ...]:
    """Columns of a table that name its rows, out of ``layout.ROW_COLUMNS``; a list has none."""
    names: tuple[str, ...] = {
        RowKind.DISTRICT: ("kode", "kecamatan"),
        RowKind.VILLAGE: ("kode", "kecamatan", "baris"),
        RowKind.LIST: (),
    }.get(schema.row_kind, ("baris",))
    return (*names, "tahun") if schema.both_years and schema.row_kind is not RowKind.LIST else names


def row_values(schema: TableSchema, row: AskedRow) -> dict[str, str | int]:
    """What the row-naming columns of ``row`` show, by their keys."""
    values: dict[str, str | int] = {
        "kode": row.key,
        "kecamatan": row.label if schema.row_kind is RowKind.DISTRICT else row.group,
        "baris": row.label,
    }
    if row.year is not None:
        values["tahun"] = row.year
    return {key: values[key] for key in row_columns(schema) if key in values}


def _plan(
    filler: Filler,
    city: City,
    framework: Framework,
    questions: tuple[AskedQuestion, ...] = (),
    tables: tuple[AskedTable, ...] = (),
    checklist: tuple[ChecklistItem, ...] = (),
) -> FormPlan:
    return FormPlan(
        filler=filler,
        city_id=city.id,
        city_name=city.name,
        evaluation_year=city.evaluation_year,
        data_years=city.data_years,
        framework_year=framework.year,
        questions=questions,
        tables=tables,
        checklist=checklist,
    )


def _titled(kind: str, name: str) -> str:
    """The name of an area with what it is in front; a city that writes "Kecamatan Utara" itself is left as it is."""
    title = load_words().fillers[kind].format(name="")
    return name if fold(name).startswith(f"{fold(title)} ") else f"{title.strip()} {name}"


def _village_plan(
    village: Village, district: District, city: City, framework: Framework, names: Counter[str]
) -> FormPlan:
    is_desa = village.code.rpartition(".")[2].startswith(_DESA)
    name = _titled("desa" if is_desa else "kelurahan", village.name)
    if names[fold_area(village.name)] > 1:
        name = load_words().fillers["senama"].format(name=name, district=district.name)
    filler = Filler(FillerKind.VILLAGE, village.code, name)
    return _plan(filler, city, framework, checklist=_checklist(RowKind.VILLAGE, framework))


def _stands_for_areas(agency: Agency, city: City) -> bool:
    return bool(city.districts and agency.roles) and set(agency.roles) <= set(_AREA_ROLES.values())


def _asked_table(schema: TableSchema, agency: Agency, asked: tuple[str, ...], city: City) -> AskedTable | None:
    """``schema`` as ``agency`` is asked for it; None where it is not."""
    columns = tuple(
        AskedColumn(column, part)
        for column in schema.columns
        if _is_supplied(column, schema, agency, city)
        for part in column.parts
    )
    questions = tuple(question_id for question_id in schema.questions if question_id in asked)
    is_list = schema.row_kind is RowKind.LIST
    rows = _rows(schema, questions, city)
    if not columns or (is_list and not questions) or not (rows or is_list):
        return None
    return AskedTable(schema, columns, rows, FREE_ROWS if is_list else 0, questions)


def _is_supplied(column: TableColumn, schema: TableSchema, agency: Agency, city: City) -> bool:
    """Whether ``agency`` fills that column; what each area fills itself is not asked of anybody else."""
    if not column.supplier:
        return bool(set(schema.suppliers) & set(agency.roles)) and _fits_rows(column, schema, city)
    if city.districts and column.supplier == _AREA_ROLES.get(schema.row_kind):
        return False
    return column.supplier in agency.roles and _fits_rows(column, schema, city)


def _fits_rows(column: TableColumn, schema: TableSchema, city: City) -> bool:
    """Where the city lists no areas, an area table has one row for the whole city, which only numbers can describe."""
    return bool(city.districts) or schema.row_kind not in _AREA_ROLES or column.type.is_numeric


def _checklist(kind: RowKind, framework: Framework) -> tuple[ChecklistItem, ...]:
    return tuple(
        ChecklistItem(schema, column)
        for schema in framework.tables.values()
        if schema.row_kind is kind
        for column in schema.columns
        if column.supplier == _AREA_ROLES[kind]
    )


def _rows(schema: TableSchema, questions: tuple[str, ...], city: City) -> tuple[AskedRow, ...]:
    """The rows that are there from the beginning, year n-1 first."""
    if schema.row_kind is RowKind.LIST:
        return tuple(AskedRow(each, each) for each in questions) if schema.one_row_per_question else ()
    plain = list(_rows_of_a_year(schema, city))
    if not schema.both_years:
        return tuple(plain)
    return tuple(AskedRow(row.key, row.label, row.group, year) for year in city.data_years for row in plain)


def _rows_of_a_year(schema: TableSchema, city: City) -> Iterator[AskedRow]:
    whole_city = AskedRow(CITY_ROW, city.name)
    if schema.row_kind is RowKind.FIXED:
        yield from (AskedRow(row.id, row.label) for row in schema.rows)
    elif schema.row_kind is RowKind.CITY or not city.districts:
        yield whole_city
    elif schema.row_kind is RowKind.DISTRICT:
        yield from (AskedRow(district.code, district.name) for district in city.districts)
    else:
        yield from (
            AskedRow(village.code, village.name, district.name)
            for district in city.districts
            for village in district.villages
        )


def item_key(item: ChecklistItem) -> str:
    """Key of a criterion's row: ``dekela/taman-bermain``, table and column."""
    return f"{item.schema.id}/{item.column.id}"


def item_numbers(plan: FormPlan) -> tuple[str, ...]:
    """What the column ``nomor`` of a checklist shows per criterion: its questions, each number once (``26.6 (2)``)."""
    seen: dict[str, int] = {}
    numbers = []
    for position, item in enumerate(plan.checklist, start=1):
        number = ", ".join(item.column.questions) or str(position)
        seen[number] = seen.get(number, 0) + 1
        numbers.append(number if seen[number] == 1 else f"{number} ({seen[number]})")
    return tuple(numbers)
