"""Edition KIRIM shows no small figure of children in difficulty: in tables, answers, notes and matrices of areas."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.model import ColumnType, FixedRow, Framework, RowKind, StandingRow, TableColumn
from flows.render import Evidence, render_block
from tests.builders.values import AS_OF, Case, framework
from tests.render.table_cases import (
    SHAPE,
    Invented,
    answer,
    big_city,
    row,
    schema,
    sexes,
    standing,
    with_tables,
)

PLACE = big_city(villages=3)
COUNTED = TableColumn("anak", "Anak dalam kasus", ColumnType.COUNT, by_sex=True)
SERVED = TableColumn("dilayani", "Anak yang dilayani", ColumnType.COUNT, by_sex=True, part_of="anak")
SHARE = TableColumn("persen", "Anak yang dilayani (%)", ColumnType.PERCENT, ratio_of=("dilayani", "anak"))
FIGURES = {2022: ((14, 16), (12, 15), 90.0), 2023: ((2, 18), (2, 18), 100.0)}


def cases() -> Invented:
    """One kind of case in two years; in the second year two boys among twenty children."""
    about = schema(
        "kasus-contoh",
        RowKind.FIXED,
        (COUNTED, SERVED, SHARE),
        ("4.1",),
        rows=(FixedRow("fisik", "Kekerasan fisik"), FixedRow("psikis", "Kekerasan psikis")),
        is_sensitive=True,
    )
    rows = [
        row(key, key.title(), year, sexes("anak", *all_) | sexes("dilayani", *served) | {"persen": share})
        for year, (all_, served, share) in FIGURES.items()
        for key in ("fisik", "psikis")
    ]
    rows[3] = replace(rows[3], values=sexes("anak", 21, 23) | sexes("dilayani", 21, 20) | {"persen": 93.18})
    totals = [
        StandingRow("total", "", 2022, sexes("anak", 28, 32) | sexes("dilayani", 24, 30) | {"persen": 90.0}),
        StandingRow("total", "", 2023, sexes("anak", 23, 41) | sexes("dilayani", 23, 38) | {"persen": 95.3}),
    ]
    return Invented(about, standing(about, rows, totals))


def html_of(value: Case) -> str:
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    return "".join(render_block(block, evidence, AS_OF) for block in value.framework.blocks)


def cells(html: str, first: str) -> list[list[str]]:
    """Cells of every printed row that begins with ``first``, markup apart."""
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [line[1:] for line in found if line and line[0].strip() == first]


def test_a_small_figure_its_partners_and_its_share_are_signs_and_the_signs_are_explained() -> None:
    html = html_of(with_tables(cases()))
    assert cells(html, "Fisik") == [
        ["14", "16", "30", "&lt;5", "18", "•"],
        ["12", "15", "27", "&lt;5", "18", "•", "90,0", "•", "–"],
    ]
    assert cells(html, "Jumlah") == [
        ["28", "32", "60", "•", "41", "•"],
        ["24", "30", "54", "•", "38", "•", "90,0", "•", "–"],
    ]
    legend = (
        "Keterangan: &lt;5 = jumlah 1 sampai 4, tidak dirinci agar anak yang bersangkutan tidak dikenali; "
        "• = disamarkan agar angka kecil tidak dapat dihitung balik."
    )
    assert legend in html


def test_tables_that_are_not_sensitive_keep_their_figures() -> None:
    given = cases()
    html = html_of(with_tables(Invented(replace(given.schema, is_sensitive=False), given.table)))
    assert "&lt;5" not in html
    assert "Keterangan:" not in html


def sensitive(number: str, kind: str = "angka") -> Framework:
    """An instrument whose question ``number`` is sensitive and asks for a number."""
    made = framework(SHAPE)
    return replace(
        made,
        blocks=tuple(
            replace(
                block,
                indicators=tuple(
                    replace(
                        indicator,
                        questions=tuple(
                            replace(each, is_sensitive=True, answer=replace(each.answer, kind=kind))
                            if each.id == number
                            else each
                            for each in indicator.questions
                        ),
                    )
                    for indicator in block.indicators
                ),
            )
            for block in made.blocks
        ),
    )


def test_answer_and_note_do_not_say_what_the_table_hides() -> None:
    """All children are covered in the table because of two boys; a note that names both would undo it."""
    value = with_tables(cases(), instrument=sensitive("4.1"))
    said = answer("4.1", "2 dari 20", "Korban: 2 anak laki-laki di antara 20 anak.\nDicetak 3 poster.")
    html = html_of(replace(value, assessment=replace(value.assessment, answers={"4.1": said})))
    assert "<strong>&lt;5 dari •</strong>" in html
    assert "Korban: &lt;5 anak laki-laki di antara • anak." in html
    assert "Dicetak 3 poster." in html


def test_a_matrix_does_not_say_which_kelurahan_has_cases() -> None:
    """Few children in the city and few kelurahan with any: then not even the number of these is printed."""
    about = schema(
        "dekela-contoh",
        RowKind.VILLAGE,
        (
            TableColumn("forum", "Ada Forum Anak", ColumnType.YES_NO, questions=("5.1",)),
            TableColumn("taman", "Ada taman bermain", ColumnType.YES_NO, questions=("5.1",)),
            TableColumn("profil", "Ada profil anak", ColumnType.YES_NO, questions=("5.1",)),
            TableColumn("kasus", "Masih ada anak yang bekerja", ColumnType.YES_NO, questions=("5.2",)),
        ),
        ("5.1", "5.2"),
        both_years=False,
    )
    counted = schema(
        "dekela-kasus",
        RowKind.VILLAGE,
        (TableColumn("bekerja", "Anak yang bekerja", ColumnType.COUNT, questions=("5.2",)),),
        ("5.2",),
        both_years=False,
        is_sensitive=True,
    )
    areas = [(district, village) for district in PLACE.districts for village in district.villages]
    yes = {"forum": "ya", "taman": "ya", "profil": "tidak"}
    answers = [
        row(village.code, village.name, None, {**yes, "kasus": "ya" if place < 4 else "tidak"}, group=district.name)
        for place, (district, village) in enumerate(areas)
    ]
    numbers = [
        row(village.code, village.name, None, {"bekerja": float(place < 4)}, group=district.name)
        for place, (district, village) in enumerate(areas)
    ]
    groups = [
        StandingRow("total", district.name, None, {"bekerja": float(count)}, district.name)
        for district, count in zip(PLACE.districts, (3, 1, 0, 0, 0), strict=True)
    ]
    total = StandingRow("total", "", None, {"bekerja": 4.0})
    html = html_of(
        with_tables(
            Invented(about, standing(about, answers)),
            Invented(counted, standing(counted, numbers, [total], group_totals=groups)),
            region=PLACE,
        )
    )
    matrix = html[html.index('id="rincian-dekela-contoh"') :]
    assert "Masih ada anak yang bekerja" not in matrix
    assert "Kriteria 4 menyangkut anak dalam situasi khusus" in html
    assert cells(html, "4")[-1:] == [["Masih ada anak yang bekerja", "&lt;5", "15", "•"]]
    assert "lihat kriteria 4, “Masih ada anak yang bekerja”, pada" in html
    assert "dari 15" not in html
