"""Answers, notes and tables in the chapters: where they stand, what they say, what they keep to themselves."""

import re
from dataclasses import replace

import pytest

from flows.model import City, ColumnType, District, RowKind, StandingRow, TableColumn, TableSource
from flows.render import render_block
from flows.render.figures import cell_mm
from flows.render.widths import PAGE_MM
from tests.builders.values import AS_OF, Case, city, evidence_file
from tests.render import printing
from tests.render.html_tables import FoundTable, tables_in
from tests.render.table_cases import (
    Invented,
    answer,
    big_city,
    births,
    budget,
    checklist,
    every_kind,
    link,
    one_city,
    partners,
    row,
    schema,
    schools,
    sexes,
    source,
    standing,
    village_children,
    with_tables,
)

PLACE = big_city()


def chapters(value: Case) -> dict[str, str]:
    evidence = printing.evidence_of(value)
    return {block.id: render_block(block, evidence, AS_OF) for block in value.framework.blocks}


def whole(value: Case) -> str:
    return printing.book_html(value)


def section(value: Case, question_id: str) -> str:
    return printing.section("".join(chapters(value).values()), question_id)


def data_tables(html: str) -> list[FoundTable]:
    return tables_in("".join(re.findall(r'<div class="isian.*?</div>', html, re.DOTALL)))


def plain(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def answered(value: Case, *answers: object, **changes: object) -> Case:
    by_question = {each.question_id: each for each in answers}  # type: ignore[attr-defined]
    return replace(value, assessment=replace(value.assessment, answers=by_question, **changes))  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------------------------
# Answers, notes, links


def test_answer_and_note_stand_under_their_question_and_are_escaped() -> None:
    note = "Baris <b>satu</b>.\r\n\n  Baris dua\u202e."
    html = section(answered(with_tables(), answer("1.1", "Perda <KLA>", note)), "1.1")
    assert "<strong>Perda &lt;KLA&gt;</strong>" in html
    assert plain(html).index("Jawaban:") < plain(html).index("Catatan:")
    assert html.count('<p class="jawaban catatan">') == 2
    assert "&lt;b&gt;satu&lt;/b&gt;" in html
    assert "Baris dua[U+202E]." in html


def test_an_answer_of_points_alone_prints_no_empty_line() -> None:
    assert "Jawaban" not in section(answered(with_tables(), answer("1.1", "", " \n ")), "1.1")


def test_a_word_of_an_answer_is_strong_and_a_paragraph_is_not() -> None:
    assert "<strong>Ya</strong>" in section(answered(with_tables(), answer("1.1", "Ya", "")), "1.1")
    html = section(answered(with_tables(), answer("1.1", "Sudah dilaksanakan bersama mitra. " * 8, "")), "1.1")
    assert "Sudah dilaksanakan" in html
    assert "<strong>Sudah" not in html


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://jdih.contoh.invalid/perda?no=6&th=2020", True),
        ("HTTP://contoh.invalid", True),
        ("javascript:alert(1)", False),
        ("file:///etc/hostname", False),
        ("../pyproject.toml", False),
        ("https://[rusak", False),
        ('https://contoh.invalid/"><script>', False),
        ("https://contoh.invalid/\u202eb", False),
    ],
)
def test_a_link_is_a_reference_and_only_a_plain_web_address_can_be_clicked(url: str, is_link: bool) -> None:  # noqa: FBT001
    html = section(answered(with_tables(), references={"1.1": (link("1.1", url, "Naskah"),)}), "1.1")
    assert "bukan berkas bukti" in html
    assert "Naskah: " in html
    assert ("<a href=" in html) is is_link
    assert "<script" not in html


def test_a_sensitive_question_keeps_its_links() -> None:
    value = with_tables()
    asked = next(question for question in value.framework.questions if question.is_sensitive)
    html = section(answered(value, references={asked.id: (link(asked.id, "https://a.invalid/anak"),)}), asked.id)
    assert "a.invalid" not in html
    assert "1 tautan, diperlihatkan saat verifikasi" in html


# --------------------------------------------------------------------------------------------------------------------
# Places and numbers


def test_a_table_stands_once_at_its_first_question_and_the_others_point_to_it() -> None:
    value = with_tables(births(PLACE, ("2.1", "1.2", "3.4")))
    assert "Tabel 3.2a Anak yang memiliki akta kelahiran per kecamatan, 2022 dan 2023" in plain(section(value, "1.2"))
    for question in ("2.1", "3.4"):
        html = section(value, question)
        assert 'lihat <a href="kla:isian-akta-contoh">Tabel 3.2</a>' in html
        assert "<table" not in html


def test_tables_are_numbered_through_their_chapter_and_listed() -> None:
    value = with_tables(*every_kind())
    html = whole(value)
    numbers = re.findall(r'<caption id="[^"]*">(?:<span class="erat">)?Tabel (\d+\.\d+)', html)
    listed = re.findall(r'<span class="no">Tabel (\d+\.\d+)</span>', html)
    assert listed == sorted(set(listed), key=lambda each: tuple(map(int, each.split("."))))
    assert set(listed) == set(numbers) | {"2.1", "2.2"}
    for chapter in ("3", "4", "7"):
        places = [int(each.split(".")[1]) for each in listed if each.startswith(f"{chapter}.")]
        assert places == list(range(1, len(places) + 1))


def test_every_link_leads_somewhere_and_every_anchor_is_one() -> None:
    html = whole(with_tables(*every_kind()))
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    links = {link for link in re.findall(r'href="kla:([^"]+)"', html) if not link.startswith("bukti-")}
    assert links <= set(anchors) | {"daftar-singkatan"}
    assert not re.search('href="#', html)


def test_a_table_nobody_filled_leaves_no_trace() -> None:
    about = births(PLACE)
    empty = Invented(about.schema, standing(about.schema, []))
    html = whole(with_tables(empty))
    assert "isian-akta-contoh" not in html
    assert "Tabel 3.2" not in html


def test_a_list_shows_each_question_its_own_rows_and_no_row_is_lost() -> None:
    given = partners()
    stray = row("99", "", None, {"pertanyaan": "9.9", "lembaga": "Lembaga Tersesat"})
    value = with_tables(Invented(given.schema, replace(given.table, rows=(*given.table.rows, stray))))
    found = {question: plain(section(value, question)) for question in ("1.4", "2.3", "4.1")}
    for place in range(9):
        holders = [question for question, text in found.items() if f"Lembaga Contoh {place} " in text]
        assert holders == [("1.4", "2.3", "4.1")[place % 3]]
    assert "Lembaga Tersesat" in found["1.4"]
    assert "(pertanyaan 2.3)" in found["2.3"]


# --------------------------------------------------------------------------------------------------------------------
# Shapes


@pytest.mark.parametrize("place", range(7))
def test_every_table_is_rectangular_with_scoped_heads(place: int) -> None:
    html = "".join(chapters(with_tables(every_kind()[place])).values())
    tables = data_tables(html)
    assert tables
    for table in tables:
        grid = table.grid()
        assert grid[0][0].scope == "col"
        assert sum(float(width.removeprefix("width:").removesuffix("%")) for width in table.widths) == pytest.approx(
            100
        )
        for cells in table.rows:
            for cell in cells:
                assert cell.scope in ({"col", "colgroup", "row", "rowgroup"} if cell.tag == "th" else {""})
                assert (cell.columns > 1) == (cell.scope in ("colgroup", "rowgroup"))


def test_area_tables_show_both_years_by_sex_with_a_total_and_a_change() -> None:
    tables = data_tables(section(with_tables(births(PLACE)), "1.1"))
    assert [table.texts[0][1] for table in tables] == [
        "Jumlah anak usia 0 sampai kurang dari 18 tahun",
        "Anak yang memiliki kutipan akta kelahiran",
        "Persentase anak berakta (%)",
    ]
    counts, _, shares = (table.texts for table in tables)
    assert counts[1] == ["2022", "2023"]
    assert counts[2] == ["L", "P", "L+P"] * 2
    assert counts[4] == ["Contoh Utara", "123.400", "119.800", "243.200", "123.401", "119.800", "243.201"]
    assert counts[5][1] == "–"
    assert counts[-1][0] == "Jumlah"
    assert shares[1][-1] == "Perubahan (poin persen)"
    assert shares[4] == ["Contoh Utara", "96,0", "96,0", "96,0", "97,3", "97,3", "97,3", "+1,3"]
    assert "Batas usia anak: kurang dari 18 tahun" in tables[0].caption


def test_a_table_says_which_areas_its_totals_lack() -> None:
    """A file of one kelurahan less was printed as the city's total, beside another table with all of them."""
    given = village_children(PLACE)
    missing = given.table.rows[0].key
    stranger = replace(given.table.rows[0], key="kelurahan rekaan", label="Kelurahan Rekaan")
    rows = [stranger, *(each for each in given.table.rows if (each.key, each.year) != (missing, 2023))]
    lacking = Invented(given.schema, replace(given.table, rows=tuple(rows)))
    assert "Tahun 2023 mencakup 49 dari 50 kelurahan." in section(with_tables(lacking), "2.1")
    assert "mencakup" not in section(with_tables(given), "2.1")


def test_rows_that_nobody_filled_in_are_told_where_there_is_a_total() -> None:
    """A table of three stages was printed with two and a total, as if there were no third."""
    given = schools()
    lacking = replace(given.table, rows=tuple(each for each in given.table.rows if each.key != "slb"))
    told = "Jumlah tidak mencakup yang belum ada datanya: SLB."
    assert told in section(with_tables(Invented(given.schema, lacking)), "1.3")
    assert "belum ada datanya" not in section(with_tables(given), "1.3")


def test_a_total_beside_a_figure_nobody_knows_says_so() -> None:
    told = "Jumlah tidak mencakup sel bertanda “–”."
    tables = re.findall(r'<p class="sumber">(.*?)</p>', section(with_tables(births(PLACE)), "1.1"), re.DOTALL)
    assert [told in each for each in tables[:3]] == [True, False, False], "one cell of the first table is empty"


def test_what_the_source_does_not_split_is_not_split() -> None:
    given = births(PLACE)
    rows = [
        replace(each, values={key: value for key, value in each.values.items() if key == "anak.LP"})
        for each in given.table.rows
        if each.year == 2023
    ]
    table = replace(given.table, rows=tuple(rows), totals=())
    (found,) = data_tables(section(with_tables(Invented(given.schema, table)), "1.1"))
    assert found.texts[:2] == [["Kecamatan", "Jumlah anak usia 0 sampai kurang dari 18 tahun"], ["2023"]]
    assert "2022" not in found.caption


def test_years_outside_the_data_years_are_printed_only_where_there_are_no_others() -> None:
    given = births(PLACE)
    older = tuple(replace(each, year=2019) for each in given.table.rows if each.year == 2022)
    alone = with_tables(Invented(given.schema, replace(given.table, rows=older, totals=())))
    beside = with_tables(Invented(given.schema, replace(given.table, rows=(*given.table.rows, *older))))
    assert "2019" in section(alone, "1.1")
    assert "2019" not in section(beside, "1.1")


def test_a_row_without_a_year_says_so() -> None:
    given = births(PLACE)
    rows = tuple(replace(each, year=2023 if each.year == 2023 else None) for each in given.table.rows)
    first, *_ = data_tables(section(with_tables(Invented(given.schema, replace(given.table, rows=rows))), "1.1"))
    assert first.texts[1] == ["2023", "Tahun tidak dicantumkan"]
    assert first.texts[4][1:] == ["123.401", "119.800", "243.201", "123.400", "119.800", "243.200"]


def test_a_city_table_lists_its_measures_down_the_page() -> None:
    by_sex, others = data_tables(section(with_tables(one_city()), "3.1"))
    assert by_sex.texts[0] == ["Uraian", "2022", "2023"]
    assert by_sex.texts[3] == ["Anak korban kekerasan", "41", "52", "93", "41", "52", "93"]
    assert others.texts[-1] == ["Dana layanan (Rp)", "1.250.000.000", "1.250.000.000", ""]


def test_a_table_too_wide_for_the_page_becomes_several_that_together_hold_everything() -> None:
    tables = data_tables(section(with_tables(schools()), "1.3"))
    assert [re.match(r"Tabel 3\.2(\w)", table.caption)[1] for table in tables] == list("abcd"[: len(tables)])  # type: ignore[index]
    labels = [text for table in tables for text in table.texts[0][1:]]
    assert labels == [f"Jumlah satuan pendidikan contoh menurut ukuran nomor {n}" for n in range(6)] + ["Keterangan"]
    assert all(table.texts[-1][0] == "Jumlah" for table in tables[:-1])


def test_a_list_of_money_has_its_currency_and_its_total() -> None:
    (table,) = data_tables(section(with_tables(budget()), "1.5"))
    assert table.texts[0] == ["No.", "Program", "Kegiatan", "Pagu", "Realisasi", "Sumber dana", "Tahun"]
    assert table.texts[2][3:] == ["Rp1.250.000.000", "Rp1.198.400.500", "APBD", "2023"]
    assert table.texts[-1][1:5] == ["Jumlah", "", "Rp18.750.000.000", "Rp17.976.007.500"]


def test_a_list_may_be_split_by_sex_and_speak_of_years() -> None:
    columns = (
        TableColumn("nama", "Kegiatan", ColumnType.TEXT),
        TableColumn("hadir", "Peserta", ColumnType.COUNT, by_sex=True),
    )
    about = schema("latihan", RowKind.LIST, columns, ("1.1",))
    rows = [row(str(n), "", 2023, {"nama": "Pelatihan KHA"} | sexes("hadir", 4, 5)) for n in (1, 2)]
    (table,) = data_tables(section(with_tables(Invented(about, standing(about, rows))), "1.1"))
    assert table.texts[0] == ["No.", "Kegiatan", "Tahun", "Peserta (L)", "Peserta (P)", "Peserta (L+P)"]
    assert table.texts[2] == ["1", "Pelatihan KHA", "2023", "4", "5", "9"]


# --------------------------------------------------------------------------------------------------------------------
# Kelurahan, checklists


def test_kelurahan_are_summed_per_kecamatan_and_their_rows_stay_in_the_source() -> None:
    html = section(with_tables(village_children(PLACE)), "2.1")
    (table,) = data_tables(html)
    assert [texts[0] for texts in table.texts[4:]] == [*(each.name for each in PLACE.districts), "Jumlah"]
    assert "Kelurahan Utara 1" not in html
    assert "Petugas Rahasia" not in html
    assert "Rincian per kelurahan ada pada sumber itu." in plain(html)
    assert "Sumber: formulir 40 kelurahan; tahun 2022 dan 2023." in plain(html)


def test_a_kecamatan_missing_in_one_year_moves_no_other() -> None:
    given = village_children(PLACE)
    kept = [each for each in given.table.group_totals if (each.label, each.year) != ("Contoh Utara", 2022)]
    marked = [replace(each, values=sexes("anak", 7, 8)) if each.label == "Contoh Timur" else each for each in kept]
    table = replace(given.table, group_totals=tuple(marked))
    (found,) = data_tables(section(with_tables(Invented(given.schema, table)), "2.1"))
    rows = {texts[0]: texts[1:] for texts in found.texts[4:]}
    assert rows["Contoh Utara"] == ["–", "–", "–", "600", "500", "1.100"]
    assert rows["Contoh Timur"] == ["7", "8", "15"] * 2


def test_criteria_are_counted_out_of_all_areas_of_the_city() -> None:
    (table,) = data_tables(section(with_tables(checklist(PLACE)), "6.1"))
    assert table.texts[0] == ["No.", "Kriteria", "Kelurahan yang memenuhi", "Jumlah kelurahan", "Persen"]
    assert table.texts[2][2:] == ["25", "50", "50,0"]
    assert len(table.texts) == 2 + 17


def test_areas_nobody_answered_for_still_count() -> None:
    given = checklist(PLACE)
    some = replace(given.table, rows=given.table.rows[:10])
    (table,) = data_tables(section(with_tables(Invented(given.schema, some)), "6.1"))
    assert table.texts[2][2:] == ["5", "50", "10,0"]


def test_without_areas_in_the_city_file_the_rows_are_the_whole() -> None:
    given = checklist(PLACE)
    bare: City = city(districts=())
    (table,) = data_tables(section(with_tables(given, region=bare), "6.1"))
    assert table.texts[2][2:] == ["25", "50", "50,0"]


def test_a_question_of_one_criterion_says_its_share_and_where_it_stands() -> None:
    text = plain(section(with_tables(checklist(PLACE, criteria=3)), "6.2"))
    assert "Kelurahan dengan “Memiliki unsur contoh nomor 1" in text
    assert "25 dari 50 (50,0%) ; kriteria 2 pada Tabel 7.2" in text


def test_the_matrix_stands_at_the_end_of_the_chapter_in_words() -> None:
    html = chapters(with_tables(checklist(PLACE)))["KD"]
    tail = html[html.index('id="rincian-bab-7"') :]
    (table,) = data_tables(tail)
    table.grid()
    assert table.texts[0] == ["Kelurahan", *(str(number) for number in range(1, 18))]
    assert {text for texts in table.texts[2:] for text in texts[1:]} == {"ya", "tidak", "–"}
    assert table.texts[1] == ["Kecamatan Contoh Utara"]
    assert "17 Memiliki unsur contoh nomor 16" in table.caption
    assert sum(len(texts) > 1 for texts in table.texts[1:]) == 50


def test_a_criterion_or_two_need_no_page_of_kelurahan() -> None:
    html = "".join(chapters(with_tables(checklist(PLACE, criteria=2))).values())
    assert "rincian-" not in html
    assert "25 dari 50" in plain(html)


@pytest.mark.parametrize(("districts", "times"), [(19, 1), (20, 0)])
def test_one_criterion_lists_no_page_full_of_kecamatan(districts: int, times: int) -> None:
    """Sixty rows that say "ya" filled a page below the line that says 60 of 60."""
    column = TableColumn("k0", "Memiliki unsur contoh", ColumnType.YES_NO, questions=("6.1",))
    about = schema("kelana-contoh", RowKind.DISTRICT, (column,), ("6.1",), both_years=False)
    place = city(districts=tuple(District(f"99.99.{n:02}", f"Contoh {n}", ()) for n in range(districts)))
    rows = [row(each.code, each.name, None, {"k0": "ya"}) for each in place.districts]
    html = "".join(chapters(with_tables(Invented(about, standing(about, rows)), region=place)).values())
    assert html.count('id="rincian-kelana-contoh"') == times
    assert f"Memiliki unsur contoh {districts} {districts} 100" in plain(html)


def test_a_list_of_one_row_goes_down_the_page() -> None:
    given = budget()
    one = Invented(given.schema, replace(given.table, rows=given.table.rows[:1], totals=()))
    (table,) = data_tables(section(with_tables(one), "1.5"))
    assert table.texts[0] == ["Uraian", "Isian"]
    assert ["Pagu", "Rp1.250.000.000"] in table.texts
    assert ["Tahun", "2023"] in table.texts


def test_many_criteria_are_split_into_readable_matrices() -> None:
    html = chapters(with_tables(checklist(PLACE, criteria=40)))["KD"]
    tables = data_tables(html[html.index('id="rincian-bab-7"') :])
    assert [head for table in tables for head in table.texts[0][1:]] == [str(number) for number in range(1, 41)]
    assert all(len(table.widths) <= 18 for table in tables)


def test_names_of_areas_stand_on_one_line_where_the_criteria_leave_room() -> None:
    """There are hundreds of kelurahan: a second line for each doubles the pages of the matrix."""
    name = "Kelurahan Tanjung Harapan Selatan Satu"
    districts = tuple(
        replace(each, villages=tuple(replace(village, name=name) for village in each.villages))
        for each in PLACE.districts
    )
    shares = []
    for criteria in (5, 17):
        html = chapters(with_tables(checklist(replace(PLACE, districts=districts), criteria=criteria)))["KD"]
        (table,) = data_tables(html[html.index('id="rincian-bab-7"') :])
        shares.append(float(re.findall(r"[\d.]+", table.widths[0])[0]))
    few, many = (share / 100 * PAGE_MM for share in shares)
    assert few >= cell_mm(name, 7.0)
    assert many < 35, "figures keep their least width"


# --------------------------------------------------------------------------------------------------------------------
# Secrets and sources


def test_sensitive_tables_show_no_kelurahan_no_words_and_no_file_name() -> None:
    secret = village_children(PLACE, is_sensitive=True)
    export = source("anak-kelurahan", TableSource.EXPORT, "D/Kasus Anak X.xlsx")
    secret = Invented(secret.schema, replace(secret.table, sources=(export,)))
    html = "".join(chapters(with_tables(secret, checklist(PLACE, is_sensitive=True))).values())
    assert "Kelurahan Utara 1" not in html
    assert "Anak X" not in html
    assert "Rincian per kelurahan diperlihatkan saat verifikasi." in plain(html)
    assert "rincian-" not in html


def test_a_sensitive_list_is_shown_at_the_verification_only() -> None:
    given = partners()
    html = "".join(chapters(with_tables(Invented(replace(given.schema, is_sensitive=True), given.table))).values())
    assert "Lembaga Contoh" not in html
    assert html.count("kurang dari 5 baris, diperlihatkan saat verifikasi") == 3


def test_a_file_that_proves_a_sensitive_question_is_not_named_as_a_source() -> None:
    secret = evidence_file("D/Daftar Anak X.xlsx")
    given = births(PLACE)
    export = source("akta-contoh", TableSource.EXPORT, secret.path)
    table = replace(given.table, sources=(export,))
    shown = with_tables(Invented(given.schema, table), proofs={"1.1": [secret]})
    masked = with_tables(Invented(given.schema, table), proofs={"1.1": [secret], "4.4": [secret]})
    assert "Sumber: berkas Daftar Anak X.xlsx dari Dinas Kesehatan" in plain(section(shown, "1.1"))
    assert "Anak X" not in section(masked, "1.1")


def test_the_source_says_who_filled_it() -> None:
    given = births(PLACE)
    sources = (source("akta-contoh"), source("akta-contoh", TableSource.FORM, "Formulir.xlsx", ""))
    text = plain(section(with_tables(Invented(given.schema, replace(given.table, sources=sources))), "1.1"))
    assert "Sumber: formulir sekretariat Gugus Tugas; formulir Dinas Kesehatan; tahun 2022 dan 2023." in text


def test_agencies_too_many_to_name_are_counted_in_the_source() -> None:
    given = births(PLACE)
    names = [agency.id for agency in PLACE.agencies]
    assert len(names) > 4
    for count, text in ((4, ""), (5, "Sumber: formulir 5 perangkat daerah dan mitra; formulir 1 kecamatan; tahun")):
        forms = [source("akta-contoh", TableSource.FORM, f"{name}/F.xlsx", name) for name in names[:count]]
        sources = (*forms, source("akta-contoh", TableSource.AREA_FORM))
        table = replace(given.table, sources=sources)
        shown = plain(section(with_tables(Invented(given.schema, table)), "1.1"))
        assert text in shown
        assert ("formulir Dinas Kesehatan" in shown) is (not text)


def test_what_the_figures_mean_is_said_once_above_a_table_in_several_parts() -> None:
    text = plain(section(with_tables(births(PLACE)), "1.1"))
    assert "Tabel 3.2b" in text
    assert text.count("Batas usia anak: kurang dari 18 tahun") == 1


def test_numbers_in_a_caption_do_not_leave_their_words() -> None:
    html = section(with_tables(partners()), "1.4")
    assert '<span class="erat">Tabel 3.2</span>' in html
    assert '<span class="erat">(pertanyaan 1.4)</span>' in html


def test_no_outcome_of_a_table_reaches_the_book() -> None:
    assert not re.search("LENGKAP|KURANG|PERINGATAN|TIDAK DAPAT DINILAI", whole(with_tables(*every_kind())))


def test_hostile_cells_stay_text() -> None:
    bad = "<script>alert(1)</script>\u202e"
    given = births(PLACE)
    rows = [replace(each, label=bad, values={**each.values, "anak.L": 1e300}) for each in given.table.rows]
    area = Invented(replace(given.schema, title=bad), replace(given.table, rows=tuple(rows), definitions={"usia": bad}))
    html = whole(with_tables(area, partners(text=bad)))
    assert "<script" not in html
    assert "\u202e" not in html
    assert "1,000e+300" in html


def test_rows_that_occur_twice_are_both_printed() -> None:
    given = births(PLACE)
    double = StandingRow("99.99.01", "Contoh Utara", 2022, sexes("anak", 1, 2))
    html = section(with_tables(Invented(given.schema, replace(given.table, rows=(*given.table.rows, double)))), "1.1")
    first = data_tables(html)[0]
    assert [texts[0] for texts in first.texts].count("Contoh Utara") == 2


def test_an_enumeration_in_a_cell_keeps_its_lines() -> None:
    """Plans and partnerships are written as 1., 2., 3. in one cell: run together, nobody finds the third."""
    html = section(with_tables(partners(text="1. Sosialisasi;\r\n2. Pelatihan <b>;\n\n3.  Evaluasi\u202e")), "1.4")
    assert "1. Sosialisasi;<br>2. Pelatihan &lt;b&gt;;<br>3. Evaluasi[U+202E]</td>" in html


def test_a_number_of_a_person_that_goes_on_in_the_next_line_is_masked_whole() -> None:
    for number in ("637101\n550512\n0003", "6371 0155 0512\n0003"):
        html = section(with_tables(partners(text=f"Penerima\n{number}")), "1.4")
        assert "637101" not in html.replace("6371••••", "")
        assert "0003" in html, "masked, and not left out"
        assert "•" in html


def test_a_tall_cell_may_go_over_the_page() -> None:
    """Else a row of many short lines would leave most of a page empty above it."""
    html = section(with_tables(partners(text="\n".join(f"{place}. Butir" for place in range(30)))), "1.4")
    assert '<tr class="panjang">' in html
