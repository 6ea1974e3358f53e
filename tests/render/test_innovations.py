"""The chapter of innovations: what forms tell, once, with its proof; and no chapter where nobody tells of any."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2

from flows.model import ColumnType, RowKind, Story, TableColumn
from flows.render.innovations import innovation_groups
from flows.render.pdf import typeset
from tests.builders.values import AS_OF, Case, evidence_file
from tests.render.printing import book_of, evidence_of
from tests.render.table_cases import Invented, row, schema, standing, with_tables

COLUMNS = (
    TableColumn("pertanyaan", "Nomor pertanyaan", ColumnType.QUESTION),
    TableColumn("nama", "Nama", ColumnType.TEXT),
    TableColumn("tahun", "Tahun mulai", ColumnType.YEAR),
    TableColumn("masalah", "Masalah", ColumnType.TEXT),
    TableColumn("hasil", "Hasil", ColumnType.TEXT),
)
STORY = Story("nama", year="tahun", problem="masalah", result="hasil")
FIRST: dict[str, float | str] = {
    "nama": "Pojok Contoh",
    "tahun": 2022.0,
    "masalah": "Layanan jauh",
    "hasil": "Layanan dekat",
}


def told(*lines: dict[str, float | str], sensitive: bool = False) -> Case:
    """A run in which the health office tells of innovations at questions 1.1 and 2.1."""
    about = schema("inovasi", RowKind.LIST, COLUMNS, ("1.1", "2.1"), story=STORY, is_sensitive=sensitive)
    rows = [replace(row(str(at), "", None, line), agency_id="dinkes") for at, line in enumerate(lines)]
    proofs = {"1.1": [evidence_file("Dinkes/1.1 Laporan.pdf"), evidence_file("Lain/1.1.pdf", agency_id="dinsos")]}
    return with_tables(Invented(about, standing(about, rows)), proofs=proofs)


def chapter_html(value: Case) -> str:
    return "".join(part.html for part in book_of(value).fixed() if "Inovasi" in part.title)


def test_an_innovation_is_told_with_agency_year_and_its_own_proof() -> None:
    html = chapter_html(told({"pertanyaan": "1.1", **FIRST}))
    text = " ".join(re.sub("<[^>]+>", " ", html).split())
    assert "Dinas Kesehatan , sejak 2022".replace(" ,", ",") in text
    assert "Masalah: Layanan jauh" in text
    assert "Hasil: Layanan dekat" in text
    assert "Yang dilakukan" not in text, "what the list does not ask for is not printed"
    assert re.findall(r'href="kla:bukti-[^"]*">([^<]*)<', html) == ["KL/1.1-01"]


def test_an_enumeration_keeps_its_lines_as_the_agency_has_written_them() -> None:
    html = chapter_html(told({"pertanyaan": "1.1", **FIRST, "hasil": "Sampai 2023:\n1. 12 pojok;\n\n2.  9 kader."}))
    assert '<p><span class="kata">Hasil:</span> Sampai 2023:</p>' in html
    assert "<p>1. 12 pojok;</p>\n<p>2. 9 kader.</p>" in html


def test_a_short_innovation_stays_on_its_page_and_a_long_one_may_go_over_it() -> None:
    short, long = FIRST, {**FIRST, "nama": "Cerita panjang", "masalah": "Layanan jauh sekali. " * 80}
    html = chapter_html(told({"pertanyaan": "1.1", **short}, {"pertanyaan": "1.1", **long}))
    assert re.findall(r'<div class="(inovasi[^"]*)">', html) == ["inovasi", "inovasi panjang"]


def test_one_told_at_two_questions_of_a_block_stands_once_and_names_both() -> None:
    value = told({"pertanyaan": "1.1", **FIRST}, {"pertanyaan": "1.1", **FIRST, "nama": "  pojok CONTOH "})
    (group,) = innovation_groups(evidence_of(value), 9)
    assert [(each.number, each.name) for each in group.innovations] == [("9.1.1", "Pojok Contoh")]


def test_groups_follow_the_blocks_and_number_their_sections() -> None:
    value = told({"pertanyaan": "2.1", **FIRST}, {"pertanyaan": "1.1", **FIRST, "nama": "Lain"})
    groups = innovation_groups(evidence_of(value), 9)
    assert [(group.number, group.block.id, group.innovations[0].name) for group in groups] == [
        ("9.1", "KL", "Lain"),
        ("9.2", "I", "Pojok Contoh"),
    ]


def test_the_chapter_stands_before_the_closing_and_is_left_out_where_nobody_tells_of_any() -> None:
    with_one, without = book_of(told({"pertanyaan": "1.1", **FIRST})), book_of(told())
    assert [part.title for part in with_one.fixed()][3:5] == ["Inovasi dan Praktik Baik", "Penutup"]
    assert with_one.last_chapter == without.last_chapter + 1
    assert "Inovasi dan Praktik Baik" not in without.front({}).html
    assert 'href="kla:bab-' + str(with_one.last_chapter - 1) + '"' in with_one.front({}).html


def test_a_sensitive_list_stays_in_the_house() -> None:
    assert innovation_groups(evidence_of(told({"pertanyaan": "1.1", **FIRST}, sensitive=True)), 9) == ()


def test_names_as_long_as_stories_leave_no_page_with_nothing_but_a_caption(tmp_path: Path) -> None:
    """Three such names filled a page of the overview, which left its caption alone on the page before."""
    name = "Gerakan rekaan yang namanya panjang sekali karena uraiannya ikut ditulis di sini. " * 9
    lines = [{"pertanyaan": "1.1", **FIRST, "nama": f"{number}. {name}"} for number in range(4)]
    target = tmp_path / "inovasi.pdf"
    typeset(chapter_html(told(*lines)), target, as_of=AS_OF, title="inovasi")
    with pypdfium2.PdfDocument(target) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    (captioned,) = (text for text in texts if "Inovasi menurut Blok" in text)
    assert "1. Gerakan rekaan" in captioned
    assert "Bagian" in captioned, "the head of its columns"
    assert name.strip() in " ".join("".join(texts).split()), "the whole name stands above its story"
