"""The forms of the invented city as they come back filled in, before anything is spoilt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from flows.forms.grid_sheet import Grid, make_grid
from flows.forms.layout import AskedTable, FillerKind, FormPlan
from flows.forms.plan import all_plans, item_key
from flows.forms.writer import write_form
from flows.model import RowKind
from tests.builders import demo_evidence
from tests.builders.demo_agencies import AGENCIES
from tests.builders.demo_answers import answers
from tests.builders.demo_area_tables import Filled
from tests.builders.demo_budget import Line, kept_lines
from tests.builders.demo_criteria import district_table, village_table
from tests.builders.demo_fixed_tables import fixed_table, share_of
from tests.builders.demo_lists import lines
from tests.builders.demo_model import FOOTER
from tests.builders.demo_people import city, framework
from tests.builders.filled_forms import Row, filled

EXPORTED = ("akta-kelurahan", "kawasan-tanpa-rokok", "lumpur-tinja")
"""Tables that agencies hand in as files of their own."""
_LEFT_TO_OTHERS = {"opd:dinkes": ("air-sanitasi",), "opd:pengadilan": ("sebab-perkawinan-anak",)}
"""Filler → tables that it is asked for and another one fills."""
_CHILD = "kurang dari 18 tahun"
_SOURCES = {
    "survei": "Pencatatan rutin (e-PPGBM/SIGIZI)",
    "waktu": "Agustus 2022 dan Agustus 2023",
    "imd_nasional": "Contoh: 62,7 persen (2022, sumber rekaan)",
    "sumber_angka": "Pencatatan rutin (rekaan), ditarik 15 Januari 2024",
}


@dataclass
class Content:
    """Everything filled into one form; whoever spoils it changes these values."""

    answers: dict[str, Row] = field(default_factory=dict)
    tables: dict[str, Filled] = field(default_factory=dict)
    lists: dict[str, list[Line]] = field(default_factory=dict)
    definitions: dict[str, Row] = field(default_factory=dict)
    checklist: dict[str, Row] = field(default_factory=dict)
    evidence: list[Row] = field(default_factory=list)


@cache
def plans() -> Mapping[str, FormPlan]:
    """Key of each filler (``opd:dinkes``) → what is asked of it."""
    return {plan.filler.key: plan for plan in all_plans(city(), framework())}


def folder_of(plan: FormPlan) -> str:
    """Folder in which the form of ``plan`` is handed in; empty for the secretariat's."""
    kind, filler_id = plan.filler.kind, plan.filler.id
    if kind is FillerKind.AGENCY:
        return next(agency.folder for agency in AGENCIES if agency.id == filler_id)
    for district in city().districts:
        if district.code == filler_id:
            return f"Kecamatan/{district.name}"
        for village in district.villages:
            if village.code == filler_id:
                return f"Kelurahan/{village.name}"
    return ""


def path_of(plan: FormPlan) -> str:
    """Path of the form of ``plan``, relative to the year's folder."""
    return "/".join(filter(None, (folder_of(plan), plan.file_name)))


def content_of(plan: FormPlan) -> Content:
    """What the filler of ``plan`` fills in, without a mistake."""
    if plan.filler.kind is FillerKind.SECRETARIAT:
        return Content(answers=_for_the_court())
    content = Content(answers=answers(plan))
    for table in plan.tables:
        if table.schema.id not in (*EXPORTED, *_LEFT_TO_OTHERS.get(plan.filler.key, ())):
            _fill(content, plan, table)
    content.checklist = _checklist(plan)
    folder = folder_of(plan)
    is_agency = plan.filler.kind is FillerKind.AGENCY
    content.evidence = list(demo_evidence.rows(folder) if is_agency else demo_evidence.area_rows(folder))
    return content


def written(plan: FormPlan, content: Content) -> bytes:
    """The workbook of ``plan`` with ``content``, and a sheet that says that all of it is invented."""
    kinds = {kind.id: kind.label for kind in framework().kinds.values()}
    raw = filled(
        plan,
        answers=content.answers,
        tables=content.tables,  # type: ignore[arg-type]  # values of cells
        lists=content.lists,  # type: ignore[arg-type]
        definitions=content.definitions,
        checklist=content.checklist,
        evidence=content.evidence,
    )
    return write_form(plan, raw, kinds=kinds, extras=(invented(),))


def invented() -> Grid:
    """The sheet at the end of every form of the invented city."""
    return make_grid("Rekaan", [[FOOTER], ["Seluruh isi formulir ini rekaan; tidak ada data orang sungguhan."]])


def _fill(content: Content, plan: FormPlan, table: AskedTable) -> None:
    schema = table.schema
    if schema.row_kind is RowKind.LIST:
        rows: Filled = kept_lines(table)
        free = lines(plan, table)
        content.lists |= {schema.id: free} if free else {}
    else:
        rows = _rows(plan, table)
        content.definitions |= {schema.id: _definitions(table)} if schema.definitions and rows else {}
    content.tables |= {schema.id: rows} if rows else {}


def _rows(plan: FormPlan, table: AskedTable) -> Filled:
    """What the filler of ``plan`` knows of a table: its own rows and columns; totals follow by themselves."""
    every = _whole_table(table)
    mine = share_of(table.schema.id, plan.filler.id)
    wanted = {each.key for each in table.columns}
    found: Filled = {}
    for row in table.rows:
        values = {key: value for key, value in every.get(row.mark_key, {}).items() if key in wanted}
        if values and (mine is None or row.key in mine):
            found[row.mark_key] = values
    return found


def _whole_table(table: AskedTable) -> Filled:
    kind, table_id = table.schema.row_kind, table.schema.id
    if kind is RowKind.DISTRICT:
        return district_table(table_id)
    return village_table(table_id) if kind is RowKind.VILLAGE else fixed_table(table_id)


def _definitions(table: AskedTable) -> Row:
    found = {}
    for each in table.schema.definitions:
        usual = [option for option in each.expected if option == _CHILD]
        found[each.id] = (*usual, *each.expected, _SOURCES.get(each.id, ""))[0]
    return found


def _checklist(plan: FormPlan) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for item in plan.checklist:
        kind = item.schema.row_kind
        table = district_table(item.schema.id) if kind is RowKind.DISTRICT else village_table(item.schema.id)
        value = table[plan.filler.id].get(item.column.id)
        if value is not None:
            found[item_key(item)] = {"jawaban": value}  # type: ignore[dict-item]
    return found


def _for_the_court() -> dict[str, Row]:
    """What the secretariat answers in place of the prosecution, which hands in nothing."""
    return {
        "24A.2": {
            "jawaban": "Belum ada data",
            "poin": 0,
            "catatan": "Surat permintaan data ke Kejaksaan dikirim dua kali.",
        },
        "24A.3": {"jawaban": "4 kasus", "poin": 2, "catatan": "Menurut angka agregat dari Pengadilan Negeri Contoh."},
    }
