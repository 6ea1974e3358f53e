"""What belongs in a form: exactly the filler's share of the year, and another fingerprint whenever it changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.forms.layout import FillerKind, FormPlan
from flows.forms.plan import (
    agency_form,
    agency_plan,
    all_plans,
    fingerprint,
    item_numbers,
    plan_by_key,
    row_values,
    secretariat_plan,
    title_of,
)
from flows.framework import load_framework
from flows.framework.guides import asked_of
from flows.model import Agency, Framework, TableSchema
from tests.builders.filled_forms import instrument, region


def plan(key: str = "opd:dinkes", asked: Framework | None = None) -> FormPlan:
    found = plan_by_key(key, region(), asked or instrument())
    assert found is not None
    return found


def tables(form: FormPlan) -> dict[str, tuple[str, ...]]:
    return {table.schema.id: tuple(column.key for column in table.columns) for table in form.tables}


def test_an_agency_is_asked_what_it_owes_and_then_what_it_helps_with() -> None:
    asked = plan().questions

    assert [(each.question.id, each.is_lead) for each in asked] == [
        ("1.1", True),
        ("1.2", True),
        ("1.3", True),
        ("2.1", False),
    ]


def test_the_guide_and_the_form_ask_the_same() -> None:
    city, framework = region(), load_framework(2024)
    for agency in city.agencies:
        guide = asked_of(agency, city, framework)
        owed = [question.id for _, questions in guide.owed for question in questions]
        form = agency_plan(agency, city, framework)
        assert owed == [each.question.id for each in form.questions if each.is_lead]
        assert guide.helped_count == len(form.questions) - len(owed)


def test_a_table_goes_to_its_suppliers_and_a_column_to_its_own() -> None:
    assert tables(plan()) == {
        "anak-contoh": ("anak.L", "anak.P", "anak.LP", "dilayani.L", "dilayani.P", "dilayani.LP", "persen"),
        "desa-contoh": ("posyandu",),
        "mitra-contoh": ("pertanyaan", "mitra", "pagu", "tanggal"),
        "anggaran-contoh": ("pertanyaan", "pagu"),
    }
    assert set(tables(plan("opd:dinsos"))) == {"mitra-contoh", "jenjang-contoh"}


def test_a_list_is_asked_only_of_those_who_have_one_of_its_questions() -> None:
    framework = instrument()
    others = {**framework.tables, "mitra-contoh": replace(framework.tables["mitra-contoh"], questions=("1.3",))}

    assert "mitra-contoh" not in tables(plan("opd:dinsos", replace(framework, tables=others)))


def test_rows_are_there_from_the_beginning_the_earlier_year_first() -> None:
    children, villages, partners, budget = plan().tables

    assert [row.mark_key for row in children.rows] == [
        "99.99.01@2022",
        "99.99.02@2022",
        "99.99.01@2023",
        "99.99.02@2023",
    ]
    assert row_values(villages.schema, villages.rows[0]) == {
        "kode": "99.99.01.1001",
        "kecamatan": "Contoh Utara",
        "baris": "Melati Utara",
    }
    assert (partners.rows, partners.free_rows > 0) == ((), True)
    assert [row.key for row in budget.rows] == ["1.1", "1.2"]


def test_where_the_city_lists_no_areas_numbers_are_asked_for_the_whole_city() -> None:
    city = region(districts=())
    agencies = {agency.id: agency for agency in city.agencies}

    form = agency_plan(agencies["dinkes"], city, instrument())

    children = form.tables[0]
    assert [(row.mark_key, row.label) for row in children.rows] == [
        ("kota@2022", "Kota Contoh"),
        ("kota@2023", "Kota Contoh"),
    ]
    wards = agency_plan(agencies["kelurahan"], city, instrument())
    assert tables(wards) == {"desa-contoh": ("pelaksana",)}, "yes or no says nothing about a whole city"


def test_each_kelurahan_gets_a_checklist_of_what_it_supplies_itself() -> None:
    form = plan("kelurahan:99.99.01.1001")

    assert form.filler.name == "Kelurahan Melati Utara"
    assert [item.column.id for item in form.checklist] == ["taman", "pelaksana"]
    assert item_numbers(form) == ("1.2", "1.2 (2)")
    assert (form.questions, form.tables) == ((), ())


def test_a_desa_is_called_one_and_namesakes_are_told_apart() -> None:
    city = region()
    first, second = city.districts
    twins = (
        replace(first, villages=(replace(first.villages[0], code="99.99.01.2001", name="Mulya"),)),
        replace(second, villages=(replace(second.villages[0], name="MULYA"),)),
    )

    names = [form.filler.name for form in all_plans(replace(city, districts=twins), instrument())]

    assert {"Desa Mulya (Contoh Utara)", "Kelurahan MULYA (Contoh Selatan)"} <= set(names)


def test_the_secretariat_is_asked_everything_and_first_what_nobody_owes() -> None:
    city = region(agencies=region().agencies[:1])

    form = secretariat_plan(city, instrument())

    assert [(each.question.id, each.is_lead) for each in form.questions][:2] == [("2.1", True), ("1.1", False)]
    assert (len(form.questions), form.tables) == (4, ())
    assert form.file_name == "Formulir KLA 2024 - Sekretariat.xlsx"


def test_only_those_who_are_asked_anything_get_a_form() -> None:
    keys = [form.filler.key for form in all_plans(region(), instrument())]

    assert keys == [
        "opd:dinkes",
        "opd:dinsos",
        "kelurahan:99.99.01.1001",
        "kelurahan:99.99.01.1002",
        "kelurahan:99.99.02.1001",
        "kelurahan:99.99.02.1002",
        "sekretariat:",
    ]
    stranger = Agency("lain", "Dinas Lain", "Lain", ())
    assert agency_form(stranger, region(agencies=(*region().agencies, stranger)), instrument()) is None


def test_an_agency_for_all_areas_gets_a_form_where_it_owes_questions() -> None:
    city = region(leads={"1.1": "kelurahan"})

    assert "opd:kelurahan" in [form.filler.key for form in all_plans(city, instrument())]


@pytest.mark.parametrize("key", ["", "opd:", "opd:siapa", "kelurahan:99", "sekretariat:lain", "lain:dinkes"])
def test_a_key_of_nobody_has_no_plan(key: str) -> None:
    assert plan_by_key(key, region(), instrument()) is None


def test_every_plan_is_found_again_by_its_key() -> None:
    for form in all_plans(region(), instrument()):
        assert plan(form.filler.key) == form


def test_a_name_cannot_break_the_file_name() -> None:
    agency = Agency("dinkes", 'Dinas: "Contoh"/ <A>\n' + "panjang " * 40 + ".", "Dinkes", ("dinkes",))

    name = agency_plan(agency, region(agencies=(agency,)), instrument()).file_name

    assert not set(name) & set('<>:"/\\|?*\n')
    assert len(name) < 160
    assert name.endswith(".xlsx")


def changed(schema_id: str, **changes: object) -> Framework:
    framework = instrument()
    schema: TableSchema = replace(framework.tables[schema_id], **changes)  # type: ignore[arg-type]
    return replace(framework, tables={**framework.tables, schema_id: schema})


def test_whatever_is_shown_is_in_the_fingerprint_and_nothing_else() -> None:
    base = fingerprint(plan())
    framework = instrument()
    shown = [
        changed("anak-contoh", title="Judul lain"),
        changed("anak-contoh", note="Catatan lain"),
        changed("anak-contoh", definitions=()),
        changed("mitra-contoh", columns=framework.tables["mitra-contoh"].columns[:2]),
        replace(framework, year=2025),
        replace(framework, tables={}),
        replace(framework, blocks=framework.blocks[:1]),
    ]
    hidden = [changed("anak-contoh", jump_ratio=0.5), changed("anak-contoh", is_sensitive=True)]

    assert len({base, *(fingerprint(plan(asked=each)) for each in shown)}) == len(shown) + 1
    assert {fingerprint(plan(asked=each)) for each in hidden} == {base}
    assert fingerprint(plan("opd:dinsos")) != base


def test_the_real_instrument_plans_a_form_for_every_filler_of_the_city() -> None:
    framework = load_framework(2024)
    forms = all_plans(region(), framework)

    assert {form.filler.kind for form in forms} >= {FillerKind.AGENCY, FillerKind.SECRETARIAT}
    owed = [asked.question.id for form in forms if form.filler.kind is FillerKind.AGENCY for asked in form.questions]
    assert {"12.1", "14.1"} <= set(owed)
    assert all(title_of(asked.question) for form in forms for asked in form.questions)
