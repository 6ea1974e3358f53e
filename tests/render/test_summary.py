"""The summary: two pages whatever things are called, nothing that is missing, and the strongest first."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from flows.model import City, Framework
from flows.render.chapters import chapter_view
from flows.render.letters import cut_to, lines
from flows.render.pdf import typeset
from flows.render.summary import summarise
from tests.builders.values import AS_OF, Case, case, city, evidence_file, framework
from tests.render.printing import book_of, evidence_of

LONG = "Penyelenggaraan Pelayanan Contoh yang Sangat Panjang Namanya bagi Anak Korban, Anak Saksi, dan Lainnya "
SHAPE = {"KL": (2, 2), "I": (2,)}


def with_names(asked: Framework, name: str) -> Framework:
    blocks = tuple(
        replace(
            block, title=name[:90], indicators=tuple(replace(each, title=name + each.id) for each in block.indicators)
        )
        for block in asked.blocks
    )
    return replace(asked, blocks=blocks, title=f"Instrumen {name}"[:120])


def html_of(value: Case) -> str:
    (part,) = [each for each in book_of(value).fixed() if each.key == "ringkasan"]
    return part.html


def summary_pages(value: Case, tmp_path: Path) -> int:
    return typeset(html_of(value), tmp_path / "ringkasan.pdf", as_of=AS_OF, title="ringkasan").pages


def proven(asked: Framework, region: City | None = None) -> Case:
    files = {each.id: [evidence_file(f"D/{each.id} {n}.pdf") for n in (1, 2)] for each in asked.questions}
    claims = {each.id: each.points for each in asked.questions}
    return case(files, instrument=asked, region=region or city(), claims=claims)


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("times", [0, 1, 3], ids=["short", "long", "endless"])
def test_the_summary_has_two_pages_whatever_things_are_called(times: int, paper: str, tmp_path: Path) -> None:
    asked = with_names(framework(), LONG * times) if times else framework()
    region = city(name="Kota Contoh " + "Raya " * (8 if times else 0), paper=paper)
    assert summary_pages(proven(asked, region), tmp_path) == 2


def test_every_block_and_every_indicator_is_listed_with_its_points() -> None:
    value = proven(framework(SHAPE))
    html = html_of(value)
    table = html[html.index('id="tabel-2"') :]
    for each in value.framework.indicators:
        assert f'href="kla:ind-{each.id}">{each.title}</a>' in table


def test_the_strongest_are_those_whose_points_are_proven() -> None:
    asked = framework(SHAPE)
    files = {
        "1.1": [evidence_file("D/1.pdf"), evidence_file("D/2.pdf")],
        "1.2": [evidence_file("D/3.pdf"), evidence_file("D/4.pdf")],
        "2.1": [evidence_file("D/5.pdf")],
    }
    claims = {each.id: each.points for each in asked.questions}
    value = case(files, instrument=asked, claims=claims)
    evidence = evidence_of(value)
    views = tuple(chapter_view(evidence, block) for block in asked.blocks)
    assert [each.id for each in summarise(evidence, views, {}).strongest] == ["1"]


def test_without_claims_nothing_is_called_strong() -> None:
    value = case({"1.1": [evidence_file("D/1.pdf"), evidence_file("D/2.pdf")]}, shape=SHAPE)
    evidence = evidence_of(value)
    views = tuple(chapter_view(evidence, block) for block in value.framework.blocks)
    assert summarise(evidence, views, {}).strongest == ()


def test_a_title_is_cut_at_a_word_and_says_so() -> None:
    cut = cut_to(LONG, 1, 7.5, 60.0)
    assert lines(cut, 7.5, 60.0) == 1
    assert cut.endswith("…")
    assert LONG.startswith(cut[:-1])
    assert LONG[len(cut) - 1] in " ,"


def test_a_word_wider_than_its_column_is_counted_in_full() -> None:
    assert lines("x" * 400, 8.0, 50.0) > 5
    assert lines("", 8.0, 50.0) == 1


def test_without_claims_there_is_no_column_for_them() -> None:
    value = case({"1.1": [evidence_file("D/1.pdf")]}, shape=SHAPE)
    html = html_of(value)
    table = html[html.index('id="tabel-2"') :]
    assert "Poin Maksimum menurut Indikator" in table
    assert not re.search("Diklaim|Bagian|[Kk]olom", table[: table.index("</section>")].replace('class="kolom"', ""))
    assert "Poin Maksimum dan Poin Diklaim menurut Indikator" in html_of(proven(framework(SHAPE)))


def test_a_single_agency_is_not_compared() -> None:
    value = case({"1.1": [evidence_file("D/1.pdf")]}, shape=SHAPE)
    evidence = evidence_of(value)
    views = tuple(chapter_view(evidence, block) for block in value.framework.blocks)
    one, two = {"dinkes": 3}, {"dinkes": 3, "dinsos": 1}
    assert summarise(evidence, views, one).agency_chart is None
    assert summarise(evidence, views, two).agency_chart is not None
