"""``tabel.html``: the detail of every table, complete, bounded, and harmless to open."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.findings import load_catalogue
from flows.model import (
    CellState,
    ColumnMapping,
    GatheredTable,
    Outcome,
    Place,
    StandingTable,
    TableCell,
    TableCheck,
    TableRow,
    TableSource,
)
from flows.publish.tables_page import tables_page
from tests.builders.values import Case
from tests.render.html_tables import FoundTable, tables_in
from tests.render.table_cases import (
    FORM,
    Invented,
    big_city,
    births,
    budget,
    every_kind,
    partners,
    village_children,
    with_tables,
)

PLACE = big_city(30)
EXPORT = GatheredTable(
    "akta-contoh",
    "dinkes",
    "Dinas Contoh/AKTA 2023.xlsx",
    "AKTA 0 SD 17",
    TableSource.EXPORT,
    (
        TableRow(
            "99.99.01",
            "Contoh Utara",
            2023,
            12,
            (
                TableCell("anak", "L", CellState.UNREADABLE, text="dua puluh", cell="D12"),
                TableCell("anak", "P", CellState.VALUE, 12.0, cell="E12"),
                TableCell("persen", "LP", CellState.VALUE, 98.0, cell="F12", remark="fraction"),
            ),
        ),
    ),
    mapping=(ColumnMapping("JUMLAH (0-17 TAHUN)", "D4", "anak", "LP"), ColumnMapping("TAHUN", "B4", "kode")),
)


def page(value: Case, checks: tuple[TableCheck, ...] = (), gathered: tuple[GatheredTable, ...] = ()) -> str:
    assessment = replace(value.assessment, table_checks=checks)
    manifest = replace(value.manifest, tables=gathered)
    return tables_page(assessment, manifest, value.framework, value.city, load_catalogue())


def with_source(given: Invented, *sources: GatheredTable, **changes: object) -> Case:
    table: StandingTable = replace(given.table, sources=(*given.table.sources, *sources), **changes)  # type: ignore[arg-type]
    return with_tables(Invented(given.schema, table), region=PLACE)


def plain(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def headed(html: str, head: str) -> FoundTable:
    return next(table for table in tables_in(html) if table.texts[0] and head in table.texts[0])


def test_every_table_is_listed_at_the_top_and_leads_to_its_section() -> None:
    html = page(with_tables(*every_kind()))
    contents = tables_in(html)[0]
    assert len(contents.texts) == 1 + 7
    targets = re.findall(r'href="#([^"]+)"', html)
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(targets) <= set(anchors)
    assert html.count("<section>") == 7


def test_it_needs_no_other_file_and_runs_nothing() -> None:
    html = page(with_tables(*every_kind()))
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert not re.search(r"<(script|link|img|iframe|object|form)\b|@import|url\(|src=|https?://", html)
    assert "default-src 'none'" in html


def test_a_city_without_tables_has_a_page_that_says_which_are_missing() -> None:
    value = with_tables(births(PLACE))
    text = plain(page(replace(value, assessment=replace(value.assessment, tables={}))))
    assert "belum ada tabel yang terisi" in text
    assert "Belum diisi siapa pun (1): Anak yang memiliki akta kelahiran (1.1, 1.2)." in text


def test_sources_and_the_mapping_of_an_export_are_shown() -> None:
    html = page(with_source(births(PLACE), EXPORT, outcome=Outcome.WARNING))
    assert headed(html, "Pengisi").texts[1:] == [
        ["[1]", "Dinas Kesehatan", "formulir perangkat daerah", FORM, "Lembar", "–", "0", "ya"],
        ["[2]", "Dinas Kesehatan", "berkas sendiri", EXPORT.path, "AKTA 0 SD 17", "2023", "1", "ya"],
    ]
    assert headed(html, "Dibaca sebagai").texts[1:] == [
        ["JUMLAH (0-17 TAHUN)", "D4", "Jumlah anak usia 0 sampai kurang dari 18 tahun (L+P)"],
        ["TAHUN", "B4", "kode wilayah"],
    ]
    assert "Batas usia anak: kurang dari 18 tahun" in plain(html)


def test_a_table_that_does_not_stand_is_named_too() -> None:
    value = with_tables(births(PLACE), region=PLACE)
    assert headed(page(value, gathered=(EXPORT,)), "Pengisi").texts[2][-1] == "tidak"


def test_cells_that_became_no_value_or_were_interpreted_are_named() -> None:
    found = headed(page(with_source(births(PLACE), EXPORT)), "Tertulis").texts[1:]
    assert [row[0] for row in found] == ["[2] D12", "[2] F12"]
    assert found[0][2:] == ["Jumlah anak usia 0 sampai kurang dari 18 tahun (L)", "dua puluh", "tidak dapat dibaca"]
    assert found[1][-1].startswith("dibaca: pecahan dibaca sebagai persen")


def test_values_are_shown_with_their_source_and_cell_and_bounded() -> None:
    html = page(with_tables(village_children(PLACE), region=PLACE))
    values = headed(html, "Sumber dan sel")
    assert len(values.texts) == 1 + 60
    assert "… dan 240 baris lain." in plain(html)
    totals = headed(html, "Jumlah anak (L+P)")
    assert totals.texts[1] == ["Contoh Utara", "2022", "600", "500", "1.100"]
    assert totals.texts[-1] == ["Jumlah", "2023", "3.000", "2.500", "5.500"]


def test_years_and_money_of_a_list_read_as_they_should() -> None:
    values = headed(page(with_tables(budget())), "Sumber dana").texts
    assert headed(page(with_tables(budget())), "Sumber dan sel").texts[1][-4:] == [
        "1.198.400.500",
        "APBD",
        "2023",
        "[1] D7",
    ]
    assert values


def test_checks_say_what_they_look_for_and_where_it_was_found() -> None:
    failures = tuple(Place(FORM, "Lembar", f"D{number}") for number in range(20))
    checks = (
        TableCheck("akta-contoh", "tabel-x", "expect_multicolumn_sum_to_equal", "sex-total-mismatch", 30, failures),
        TableCheck("lain", "tabel-x", "expect_other", "percent-mismatch", 30, ()),
        TableCheck("akta-contoh", "tabel-x", "expect_new", "kode-baru", 5, ()),
    )
    html = page(with_tables(births(PLACE), region=PLACE), checks)
    first, second = headed(html, "Yang dicari").texts[1:]
    assert first[0].startswith("L + P tidak sama dengan L+P")
    assert first[1:3] == ["30", "20"]
    assert first[3].startswith("[1] D0; [1] D1; ")
    assert first[3].endswith("… dan 8 lain")
    assert second[1:] == ["5", "0", "–"]
    assert tables_in(html)[0].texts[1][-1] == "20"


def test_a_check_from_both_sides_is_told_once_and_in_no_words_of_programs() -> None:
    """Who reads this reads Indonesian only; a value below and one above are one question."""
    low, high = (Place(FORM, "Lembar", cell) for cell in ("D7", "D9"))
    checks = (
        TableCheck("akta-contoh", "sel-tabel", "expect_a", "table-out-of-range", 30, (low,)),
        TableCheck("akta-contoh", "sel-tabel", "expect_b", "table-out-of-range", 30, (high,)),
        TableCheck("akta-contoh", "sumber-tabel", "expect_c", "table-one-year", 2, ()),
        TableCheck("akta-contoh", "sumber-tabel", "expect_c", "table-one-year", 1, ()),
    )
    html = page(with_tables(births(PLACE), region=PLACE), checks)
    assert headed(html, "Yang dicari").texts[1:] == [
        ["Nilai di luar batas", "30", "2", "[1] D7; [1] D9"],
        ["Tabel baru satu tahun", "3", "0", "–"],
    ]
    assert not re.search("expect_|sel-tabel|<code", html)


def test_a_list_without_years_has_no_column_of_dashes_for_them() -> None:
    assert headed(page(with_tables(partners())), "Sumber dan sel").texts[0][:2] != ["Baris", "Tahun"]
    assert headed(page(with_tables(village_children(PLACE), region=PLACE)), "Sumber dan sel").texts[0][2] == "Tahun"


def test_heads_stand_above_their_figures() -> None:
    html = page(with_tables(partners(), budget(), village_children(PLACE), region=PLACE))
    tables = re.findall("<table.*?</table>", html, re.DOTALL)
    assert len(tables) > 5
    for table in tables:
        head, *rows = (re.findall("<t[hd][^>]*>", row) for row in re.findall("<tr>.*?</tr>", table, re.DOTALL))
        for row in rows:
            assert ["angka" in cell for cell in row] == ["angka" in cell for cell in head]


def test_a_row_that_is_called_as_its_own_column_says_is_told_once() -> None:
    """Twelve columns beside each other leave no room for a thirteenth that repeats one of them."""
    given = partners()
    rows = tuple(replace(each, label=str(each.values["lembaga"])) for each in given.table.rows)
    named = Invented(given.schema, replace(given.table, rows=rows))
    assert headed(page(with_tables(given)), "Sumber dan sel").texts[0][:2] == ["Baris", "Pertanyaan"]
    assert headed(page(with_tables(named)), "Sumber dan sel").texts[0][:2] == ["Pertanyaan", "Nama lembaga"]


def test_what_people_typed_stays_text_and_is_visible() -> None:
    bad = "<script>alert(1)</script>\u202e\udcff\x07"
    given = births(PLACE)
    rows = tuple(replace(each, label=bad, values={"anak.L": 1e300}) for each in given.table.rows)
    export = replace(EXPORT, path=bad, sheet=bad, mapping=(ColumnMapping(bad, "D4", bad),))
    html = page(with_source(given, export, rows=rows, definitions={"usia": bad}))
    html += page(with_tables(partners(text=bad)))
    assert "<script" not in html
    assert "[U+202E]" in html
    assert not set("\u202e\udcff\x07") & set(html)
    html.encode("utf-8")


def test_every_row_has_as_many_cells_as_heads() -> None:
    for table in tables_in(page(with_source(births(PLACE), EXPORT))):
        assert {len(row) for row in table.rows} == {len(table.rows[0])}


def test_equal_input_gives_an_equal_page() -> None:
    assert page(with_tables(*every_kind())) == page(with_tables(*every_kind()))
