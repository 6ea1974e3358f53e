"""A block's chapter: labels, anchors, secrecy, and what edition KIRIM leaves out."""

import re
from dataclasses import replace

from flows.model import Block, Condition, Register
from flows.render import render_block
from flows.render.chapters import Evidence
from tests.builders.values import AS_OF, Case, case, evidence_file, framework, question

SHAPE = {"KL": (2,), "V": (4,)}


def chapter(value: Case, place: int = 0) -> str:
    block: Block = value.framework.blocks[place]
    return render_block(block, value.assessment, value.city, value.framework, value.manifest, value.register, AS_OF)


def section(html: str, question_id: str) -> str:
    found = re.search(rf'<section class="pertanyaan" id="q-{re.escape(question_id)}">.*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def test_a_question_shows_its_document_with_label_agency_pages_and_hash() -> None:
    file = evidence_file("Dinkes/1.1 SK.pdf", pages=7)
    html = section(chapter(case({"1.1": [file]}, shape=SHAPE)), "1.1")
    for text in ("KL/1.1-01", "1.1 SK.pdf", "Dinas Kesehatan Kota Contoh", ">7<", file.short_hash):
        assert text in html


def test_a_title_is_printed_with_its_file_name_below() -> None:
    html = section(chapter(case({"1.1": [evidence_file("D/a.pdf", title="KEPUTUSAN CONTOH")]}, shape=SHAPE)), "1.1")
    assert "Keputusan Contoh" in html
    assert "a.pdf" in html


def test_a_question_without_proof_shows_a_dash_and_nothing_else() -> None:
    html = section(chapter(case(shape=SHAPE)), "1.1")
    assert "Bukti –" in html
    assert "<table" not in html


def test_points_nobody_claimed_are_a_dash() -> None:
    unclaimed, claimed = chapter(case(shape=SHAPE)), chapter(case(shape=SHAPE, claims={"1.1": 1.5}))
    assert "Diklaim –" in section(unclaimed, "1.1")
    assert "Diklaim 1,5" in section(claimed, "1.1")


def test_one_document_keeps_its_label_everywhere_and_one_row_carries_the_anchor() -> None:
    file = evidence_file("D/sama.pdf")
    html = chapter(case({"1.1": [file], "1.2": [file]}, shape=SHAPE))
    assert html.count('id="bukti-KL/1.1-01"') == 1
    assert 'href="#bukti-KL/1.1-01"' in section(html, "1.2")


def test_the_anchor_stands_at_the_question_the_label_is_named_after() -> None:
    file = evidence_file("D/sama.pdf")
    value = case({"1.2": [file]}, shape=SHAPE)
    both = case({"1.1": [file], "1.2": [file]}, shape=SHAPE)
    html = chapter(Case(both.framework, both.city, both.manifest, value.register, both.assessment))
    assert 'id="bukti-KL/1.2-01"' in section(html, "1.2")
    assert 'href="#bukti-KL/1.2-01"' in section(html, "1.1")


def test_copies_of_one_document_are_one_row() -> None:
    first, copy = evidence_file("D/a.pdf"), evidence_file("D/b.pdf", sha256=evidence_file("D/a.pdf").sha256)
    value = case({"1.1": [first, copy]}, shape=SHAPE)
    register = Register(value.register.labels[:1], {"D/b.pdf": "KL/1.1-01"})
    html = chapter(Case(value.framework, value.city, value.manifest, register, value.assessment))
    assert section(html, "1.1").count("KL/1.1-01</th>") == 1
    assert "b.pdf" not in html


def test_a_file_the_register_does_not_know_has_no_label_and_no_anchor() -> None:
    value = case({"1.1": [evidence_file("D/a.pdf")]}, shape=SHAPE)
    html = chapter(Case(value.framework, value.city, value.manifest, Register(()), value.assessment))
    assert "bukti-" not in section(html, "1.1").replace('class="bukti"', "")
    assert '<th scope="row" class="label">–</th>' in html


def test_a_sensitive_question_never_names_its_file_or_title() -> None:
    secret = evidence_file("D/Kasus Anak X.pdf", title="LAPORAN KASUS ANAK X", kinds=("laporan",))
    html = chapter(case({"2.4": [secret]}, shape=SHAPE), 1)
    assert "Kasus Anak X" not in html
    assert "KASUS ANAK X" not in html
    assert "Laporan, diperlihatkan saat verifikasi" in section(html, "2.4")
    assert "V/2.4-01" in html


def test_a_document_that_is_secret_once_is_secret_everywhere_under_any_path() -> None:
    secret = evidence_file("D/Kasus Anak X.pdf")
    copy = evidence_file("E/Salinan Anak X.pdf", sha256=secret.sha256)
    value = case({"1.1": [copy], "1.2": [secret], "2.4": [secret]}, shape=SHAPE)
    assert "Anak X" not in chapter(value) + chapter(value, 1)


def test_a_file_that_cannot_be_opened_is_no_proof_in_the_book() -> None:
    broken = evidence_file("D/rusak.pdf", condition=Condition.DAMAGED, pages=None)
    assert "rusak.pdf" not in chapter(case({"1.1": [broken]}, shape=SHAPE))


def test_no_outcome_reaches_the_book() -> None:
    html = chapter(case({"1.1": [evidence_file("D/a.pdf")]}, shape=SHAPE))
    assert not re.search("LENGKAP|KURANG|PERINGATAN|TIDAK DAPAT DINILAI|kesenjangan|temuan", html)


def test_the_official_wording_wins_over_ours() -> None:
    asked = framework({"KL": (1,)})
    official = question("1.1", official_text="Rumusan resmi contoh?", title="Judul kami")
    indicator = replace(asked.blocks[0].indicators[0], questions=(official,))
    changed = replace(asked, blocks=(replace(asked.blocks[0], indicators=(indicator,)),))
    html = chapter(case(instrument=changed))
    assert "Rumusan resmi contoh?" in html
    assert "Judul kami" not in html


def test_chapters_count_each_document_once() -> None:
    file = evidence_file("D/sama.pdf")
    value = case({"1.1": [file], "1.2": [file], "2.1": [file]}, shape=SHAPE)
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    assert [evidence.chapter(block).documents for block in value.framework.blocks] == [1, 1]
    assert len(evidence.documents) == 1


def test_hostile_names_stay_text() -> None:
    name = "D/<script>alert(1)</script>\n\u202e" + "ü" * 100 + ".pdf"
    html = chapter(case({"1.1": [evidence_file(name)]}, shape=SHAPE))
    assert "<script" not in html
    assert "[U+202E]" in html
