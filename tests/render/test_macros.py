"""The small building blocks of the templates, one by one."""

import re
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from flows.model import Signatory
from flows.render.declared import DeclaredView
from flows.render.engine import environment
from flows.render.table_views import CriterionView, SeeView, Word
from flows.render.views import ProofView


def macro(name: str, *args: object, template: str = "makro", **kwargs: object) -> str:
    module = environment().get_template(f"dossier/{template}.html").make_module({"halaman": {"bab-3": "3-1"}})
    return " ".join(str(getattr(module, name)(*args, **kwargs)).split())


def proof(**changes: object) -> ProofView:
    values: dict[str, object] = {
        "label": "III/12.1-02",
        "target": "bukti-III/12.1-02",
        "document": "Laporan Contoh",
        "file_name": "",
        "agency": "Dinas Contoh",
        "pages": 1200,
        "is_masked": False,
    }
    return ProofView(**(values | changes))  # type: ignore[arg-type]


def test_columns_are_numbered_and_tied_to_their_column() -> None:
    html = macro("kolom", 3)
    assert re.findall(r"\((\d)\)", html) == ["1", "2", "3"]
    assert html.count('<th scope="col">') == 3


def test_proof_has_numbered_heads_and_a_row_head() -> None:
    html = macro("bukti", (proof(),))
    assert re.findall(r'<th scope="col">[^<]*\((\d)\)</th>', html) == ["1", "2", "3", "4"]
    assert '<th scope="row" class="label"><a href="kla:bukti-III/12.1-02">III/12.1-02</a></th>' in html
    assert "1.200" in html


def test_a_document_without_a_label_leads_nowhere() -> None:
    html = macro("bukti", (proof(label="–", target=""),))
    assert '<th scope="row" class="label">–</th>' in html


def test_unknown_pages_are_a_dash() -> None:
    assert '<td class="hal">–</td>' in macro("bukti", (proof(pages=None),))


def test_masked_proof_is_shown_at_the_verification() -> None:
    assert "Foto, diperlihatkan saat verifikasi" in macro("bukti", (proof(document="Foto", is_masked=True),))


def test_what_is_declared_spans_the_table_below_its_document() -> None:
    html = macro("bukti", (proof(declared=(DeclaredView(number="7"), DeclaredView(first_page=3))), proof()))
    page = '<a href="kla:bukti-III/12.1-02@3">hlm.&nbsp;3</a>'
    assert html.count(f'<tr class="rincian"><td colspan="4"><div>Nomor 7</div><div>{page}</div></td></tr>') == 1


def test_hostile_names_are_escaped_and_made_visible() -> None:
    html = macro("bukti", (proof(document="<img src=x>\n\u202ejudul", file_name='"><script>', agency="A & B"),))
    assert "<img" not in html
    assert "<script" not in html
    assert "[U+000A][U+202E]judul" in html
    assert "A &amp; B" in html


def test_a_missing_signatory_leaves_a_dotted_line_below_the_general_office() -> None:
    html = macro("tanda_tangan", Signatory("sekda", ""), "Sekretaris Daerah Contoh")
    assert "Sekretaris Daerah Contoh," in html
    assert "……" in html
    assert "NIP" not in html


def test_a_known_signatory_is_printed_with_rank_and_number() -> None:
    html = macro("tanda_tangan", Signatory("sekda", "Sekda", "Nama Contoh", "Pangkat Contoh", "0000"), "x")
    assert all(word in html for word in ("Sekda,", "Nama Contoh", "Pangkat Contoh", "NIP 0000"))
    assert "……" not in html


def test_contents_know_roman_and_chapter_numbers() -> None:
    assert 'class="di-sini" data-ke="#pengantar"' in macro("baris_isi", "pengantar", "Kata Pengantar")
    chapter = macro("baris_isi", "bab-3", "Kelembagaan", nomor="Bab III")
    assert '<a href="kla:bab-3" data-halaman="3-1">' in chapter
    assert '<span class="no">Bab III</span> Kelembagaan' in chapter


def test_a_template_that_asks_for_something_unknown_fails_loudly() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ tidak_ada }}").render()


@pytest.mark.parametrize(("met", "share"), [("3", "75,0"), ("<5", ""), ("•", "")])
def test_a_criterion_whose_count_is_hidden_only_says_where_it_stands(met: str, share: str) -> None:
    """That "<5 dari 4" have cases says nothing; the signs are explained below the table."""
    criterion = CriterionView(6, "buruk", "Masih ada kasus", met, "4", share)
    see = SeeView("9.3", "tabel-kelana", "Kecamatan layak anak", Word.DISTRICT, (criterion,))
    html = macro("lihat", SimpleNamespace(see=(see,), withheld=()), "Desa/Kelurahan", template="tabel")
    assert ("dari 4" in html) is bool(share)
    assert ("3 dari 4 (75,0%)" in html) is bool(share)
    assert "<5" not in html.replace("&lt;", "<")
    assert '<a href="kla:tabel-kelana">Tabel 9.3</a>.' in html
    assert "kriteria 6" in html
    assert "“Masih ada kasus”" in html
