"""Templates of a city win over the shipped ones, name their own mistakes, and can do nothing but show what they get."""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from flows import bounds
from flows.errors import DressError, RenderError
from flows.model import Dress
from flows.render import check_dress
from flows.render.engine import fill
from flows.render.pdf import typeset
from flows.settings import templates_root
from tests.builders.values import AS_OF, full_case
from tests.render.printing import book_html, print_case

NAME = "dossier/pengantar.html"
HEAD = '<h1 id="pengantar">\n'


def dressed(source: str, name: str = NAME) -> Dress:
    return Dress(templates=((name, source),), pictures=(("taman.png", "data:image/png;base64,AAAA"),))


def filled(source: str, **values: object) -> str:
    dress = dressed(source)
    check_dress(dress)
    return fill(NAME, values, dress)


def complaint(source: str, **values: object) -> str:
    with pytest.raises(DressError) as caught:
        filled(source, **values)
    assert "docs/templat.md" in caught.value.repair
    (problem,) = caught.value.problems
    return str(problem).removeprefix(f"naskah/templat/{NAME}").removeprefix(" ")


def test_an_override_wins_and_foreign_text_stays_escaped() -> None:
    assert filled(HEAD + "{{ name }} {{ 1200|number }}", name="<b>") == HEAD + "&lt;b&gt; 1.200"


def test_styles_are_overridden_file_by_file_like_pages() -> None:
    dress = dressed("p { color: red }", "dossier/depan.css")
    assert fill("dossier/buku.css", {"paper": "A4"}, dress).startswith("p { color: red }")
    assert not fill("dossier/buku.css", {"paper": "A4"}).startswith("p { color: red }")


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (".x { color: red;\n.y { color: blue }\n", "baris 1: kurung { pada baris ini tidak ditutup dengan }"),
        ("/* } */\n.x { color: red }}", "baris 2: kurung } ini tanpa pembuka {"),
        ("{% set a =\n 1 %}\n.x }", "baris 3: kurung } ini tanpa pembuka {"),
    ],
)
def test_a_style_with_a_lost_brace_is_named(style: str, said: str) -> None:
    """The typesetter leaves out what follows and says nothing: the book would look undressed."""
    with pytest.raises(DressError) as caught:
        check_dress(dressed(style, "dossier/depan.css"))
    assert [str(problem) for problem in caught.value.problems] == [f"naskah/templat/dossier/depan.css {said}"]


@pytest.mark.parametrize(
    "style",
    [
        "",
        "p::before { content: \"{\" } /* { */ a::after { content: '}' }",
        "@media print { p { margin: {{ 2 }}mm } }",
        "{% if true %}p { {% else %}a { {% endif %} color: red }",
        (templates_root() / "style" / "page.css").read_text(encoding="utf-8"),
    ],
    ids=["empty", "words and remarks", "values", "branches", "shipped"],
)
def test_a_sound_style_is_no_mistake(style: str) -> None:
    check_dress(dressed(style, "style/page.css"))


@pytest.mark.parametrize(
    ("style", "line", "said"),
    [
        ("/* opacity: .5 */\nimg { opacity: .5 }", 2, "opacity membuat"),
        ("img{opacity:0.1}", 1, "opacity membuat"),
        ("p { color: red;\n\nOpacity : var(--pudar) }", 3, "opacity membuat"),
        ("p { color: device-cmyk(0 1 1 0) }", 1, "warna cetak device-cmyk"),
    ],
)
def test_an_effect_that_no_archive_can_hold_is_told_before_the_work_begins(style: str, line: int, said: str) -> None:
    """The archive would be refused after everything is printed, by clause and object and not by file and line."""
    with pytest.raises(DressError) as caught:
        check_dress(dressed(style, "dossier/depan.css"))
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"naskah/templat/dossier/depan.css baris {line}: {said}")


@pytest.mark.parametrize(
    "style", ["p { opacity: 1 }", "p { opacity: 1.0; fill-opacity: .5 }", "p { color: rgba(0, 0, 0, .5) }"]
)
def test_what_only_sounds_like_such_an_effect_is_none(style: str) -> None:
    check_dress(dressed(style, "dossier/depan.css"))


def test_the_report_that_stays_in_the_office_may_be_faint() -> None:
    check_dress(dressed(".x { opacity: .5 }", "control/kendali.css"))


def test_a_picture_beside_the_templates_is_shown_by_its_address() -> None:
    assert filled(HEAD + '<img src="{{ gambar("taman.png") }}" alt="Taman">').count("data:image/png;base64,AAAA") == 1
    assert complaint(HEAD + '{{ gambar("tamn.png") }}') == (
        'baris 2: gambar "tamn.png" tidak ada di folder naskah/templat/; periksa ejaannya'
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            HEAD + "{{ city.name|persen }}",
            'baris 2: saringan "persen" tidak ada; yang tersedia tercantum di docs/templat.md',
        ),
        (HEAD + "{% if city is kosong %}x{% endif %}", 'baris 2: pengujian "kosong" (sesudah kata is) tidak ada'),
        (HEAD + "{% jika city %}x{% akhir %}", "baris 2: perintah {% jika %} tidak dikenal; periksa ejaannya"),
        (HEAD + "{% if city %}x", "baris 2: ada {% block %}, {% if %}, atau {% for %} yang tidak ditutup"),
        (HEAD + "{% block isi %}{% endblock %}{% block isi %}{% endblock %}", 'baris 2: bagian "isi" ditulis dua kali'),
        (HEAD + "\n{% if %}", "baris 3: tulisan Jinja tidak dapat dibaca"),
        (HEAD + "{{ kotaku }}", 'baris 2: nilai "kotaku" tidak ada'),
        (HEAD + "{{ name.jabatan }}", 'baris 2: nilai "jabatan" tidak ada'),
        ("<h1>", ': penanda id="pengantar" hilang'),
    ],
)
def test_a_mistake_is_named_by_file_line_and_repair(source: str, said: str) -> None:
    assert complaint(source, name="Kota Contoh").startswith(said)


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ place.read_text() }}",
        "{{ gambar.__globals__ }}",
        "{{ names.append(1) }}",
        "{{ 'a' * 900000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'a'.ljust(900000000) }}",
        "{{ '{:>900000000}'.format(1) }}",
    ],
)
def test_the_sandbox_holds(source: str, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia", encoding="utf-8")
    said = complaint(HEAD + source, name="Kota", place=secret, names=["a"])
    assert said.startswith("baris 2: memakai sesuatu yang tidak diizinkan")


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro lagi() %}{{ lagi() }}{% endmacro %}{{ lagi() }}",
    ],
)
def test_what_would_never_end_is_stopped(source: str) -> None:
    assert complaint(HEAD + source) == "baris 2: mengulang terlalu banyak; kurangi pengulangannya"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% include 'dossier/pengantar.html' %}", "baris 2: menyertakan dirinya sendiri"),
        ("{% include 'dossier/makro.html' %}{% include name %}", "baris 2: nama templat yang disertakan"),
    ],
)
def test_templates_lead_in_no_circles(source: str, said: str) -> None:
    assert complaint(HEAD + source, name=NAME).startswith(said)


def test_a_circle_of_two_is_one_too() -> None:
    two = Dress(
        templates=(
            ("dossier/judul.html", "{% include 'dossier/makro.html' %}"),
            ("dossier/makro.html", "{% include 'dossier/judul.html' %}"),
        )
    )
    with pytest.raises(DressError) as caught:
        check_dress(two)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "{% include 'dossier/penutp.html' %}",
            'menyertakan templat "dossier/penutp.html" yang tidak ada; mungkin maksudnya "dossier/penutup.html"',
        ),
        (
            "{% if false %}{% include ['dossier/satu.html', 'dua.html'] %}{% endif %}",
            'menyertakan templat "dossier/satu.html" yang tidak ada; mungkin maksudnya "',
        ),
        ("{% include '../../kota.yaml' %}", 'menyertakan templat "../../kota.yaml" yang tidak ada; mungkin maksudnya '),
        (
            "{% extends 'bawaan/dossier/sampl.html' %}",
            'melanjutkan templat "bawaan/dossier/sampl.html" yang tidak ada; mungkin maksudnya "bawaan/dossier/sampul',
        ),
        (
            "{% import 'dossier/macro.html' as makro %}",
            'mengimpor templat "dossier/macro.html" yang tidak ada; mungkin maksudnya "dossier/makro.html"',
        ),
        (
            "{% from 'makro.html' import tajuk %}",
            'mengimpor dari templat "makro.html" yang tidak ada; mungkin maksudnya "bawaan/dossier/makro.html"',
        ),
        (
            "{% from 'dossier/makro.html' import rincan as r %}",
            'mengimpor "rincan", yang tidak dibuat templat "dossier/makro.html"; mungkin maksudnya "rincian"',
        ),
    ],
)
def test_what_a_template_refers_to_is_looked_for_before_the_work_begins(source: str, said: str) -> None:
    """It was found only while the page was printed, minutes later, or never where the page has no use for it."""
    with pytest.raises(DressError) as caught:
        check_dress(dressed(HEAD + "\n" + source))
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"naskah/templat/{NAME} baris 3: {said}")
    assert "docs/templat.md" in caught.value.repair


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'dossier/tiada.html' ignore missing %}",
        "{% include ['dossier/tiada.html', 'dossier/makro.html'] %}",
        "{% from 'dossier/singkatan.html' import apa_pun %}",
    ],
)
def test_what_can_be_met_is_no_mistake(source: str) -> None:
    other = ("dossier/singkatan.html", "{% extends 'bawaan/dossier/singkatan.html' %}")
    check_dress(Dress(templates=((NAME, HEAD + source), other)))


def test_a_stretch_that_the_shipped_template_does_not_have_is_told() -> None:
    """It was never printed, and nobody was told."""
    inner = "{% block baru %}x{% endblock %}"
    source = f"{{% extends 'bawaan/{NAME}' %}}\n{{% block pembukaan %}}{inner}{{% endblock %}}"
    with pytest.raises(DressError) as caught:
        check_dress(dressed(source))
    (problem,) = caught.value.problems
    assert str(problem) == (
        f'naskah/templat/{NAME} baris 2: bagian "pembukaan" tidak ada di templat "bawaan/{NAME}"; '
        'mungkin maksudnya "pembuka"'
    )
    check_dress(dressed(source.replace("pembukaan", "pembuka")))


def test_a_picture_that_is_not_there_is_told_before_the_work_begins() -> None:
    with pytest.raises(DressError, match=r'baris 2: gambar "tamn\.png" tidak ada di folder naskah/templat/'):
        check_dress(dressed(HEAD + '{% if false %}{{ gambar("tamn.png") }}{% endif %}'))


def test_a_template_that_cannot_be_read_is_told_once_whoever_refers_to_it() -> None:
    broken = ("dossier/makro.html", "{% if %}")
    two = Dress(templates=(broken, (NAME, HEAD + "{% from 'dossier/makro.html' import tajuk %}")))
    with pytest.raises(DressError) as caught:
        check_dress(two)
    assert [problem.file for problem in caught.value.problems] == ["naskah/templat/dossier/makro.html"]


def test_chance_and_the_clock_are_not_at_hand() -> None:
    for source in ("{{ [1, 2]|random }}", "{{ lipsum() }}", "{{ now() }}", "{% set kotak = namespace() %}"):
        assert complaint(HEAD + source).startswith("baris 2: ")


def test_turns_are_counted_for_each_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "DRESS_STEPS", 10)
    dress = dressed(HEAD + "{% for a in range(9) %}{{ loop.index }}{% endfor %}")
    assert [fill(NAME, {}, dress), fill(NAME, {}, dress)] == [HEAD + "123456789"] * 2


def test_the_shipped_templates_do_their_work_in_the_sandbox_too() -> None:
    """A city that changes one page gets all others as they are."""
    assert book(dressed("/* */", "control/kendali.css")) == book(Dress())


def book(dress: Dress) -> str:
    value = full_case(20)
    return book_html(replace(value, city=replace(value.city, dress=dress)))


@pytest.mark.parametrize("name", ["sampul", "pengantar", "daftar", "sampul-blok", "penutup", "gambaran"])
def test_a_value_that_is_not_there_is_told_before_anything_is_printed(name: str, tmp_path: Path) -> None:
    """Front pages are typeset last: a slip in a foreword would be told after everything else had been printed."""
    value = full_case(3)
    source = f'{{% extends "bawaan/dossier/{name}.html" %}}{{# #}}' if name == "pengantar" else ""
    shipped = (templates_root() / "dossier" / f"{name}.html").read_text(encoding="utf-8")
    source = source or shipped.replace("</section>", "{{ city.nama }}</section>", 1)
    if name == "pengantar":
        source += "{% block pembuka %}{{ city.nama }}{% endblock %}"
    city = replace(value.city, dress=Dress(templates=((f"dossier/{name}.html", source),)))
    with pytest.raises(DressError) as caught:
        print_case(replace(value, city=city), tmp_path / "kerja")
    assert f"{name}.html" in str(caught.value)
    assert 'nilai "nama" tidak ada' in str(caught.value)
    assert not list(tmp_path.rglob("*.pdf"))


def test_the_mistakes_of_all_templates_are_told_together() -> None:
    dress = Dress(templates=((NAME, "{% if %}"), ("dossier/sampul.html", "{{")))
    with pytest.raises(DressError) as caught:
        check_dress(dress)
    assert [problem.file for problem in caught.value.problems] == [
        "naskah/templat/dossier/pengantar.html",
        "naskah/templat/dossier/sampul.html",
    ]


@pytest.mark.parametrize(
    "address", ["taman.png", "file:///etc/hostname", "https://contoh.invalid/a.png", "../../a.png"]
)
def test_the_typesetter_reads_nothing_beside_the_shipped_folder(address: str, tmp_path: Path) -> None:
    html = f'<html lang="id"><body><img src="{address}" alt="x"></body></html>'
    with pytest.raises(RenderError) as caught:
        typeset(html, tmp_path / "a.pdf", as_of=AS_OF, title="Kata Pengantar")
    assert "naskah/templat" in caught.value.repair
    assert str(tmp_path) not in caught.value.message


def test_a_picture_without_a_width_stays_within_the_margins(tmp_path: Path) -> None:
    """The example of the guide gives none, and a photo of a telephone is wider than a page."""
    stream = io.BytesIO()
    Image.new("RGB", (2400, 60)).save(stream, "PNG")
    picture = f"data:image/png;base64,{b64encode(stream.getvalue()).decode()}"
    style = fill("style/page.css", {"paper": "A4", "is_draft": False, "is_labelled": False, "numbering": None})
    page = f'<title>x</title><style>{style}</style><body><p><img src="{picture}" alt="Taman"></p></body>'
    typeset(f'<!DOCTYPE html><html lang="id">{page}</html>', tmp_path / "a.pdf", as_of=AS_OF, title="a")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        image = next(each for each in pdf[0].get_objects() if each.type == FPDF_PAGEOBJ_IMAGE)
        left, bottom, right, top = image.get_bounds()
    assert (left, right) == pytest.approx((30 * 72 / 25.4, (210 - 25) * 72 / 25.4), abs=1)
    assert (right - left) / (top - bottom) == pytest.approx(40, rel=0.05)
