"""The book around the chapters: who may be named on the approval sheet, what is listed, what the QR code says."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from flows.model import City, Contact, Dress, LegalItem, Signatory
from flows.recent import Recent
from flows.render import book as printed
from flows.render.abbreviations import known_abbreviations, used_abbreviations
from flows.render.book import Book, qr_code, signer
from flows.render.values import Part
from tests.builders.values import AS_OF, PROVENANCE, Case, case, city, evidence_file, framework
from tests.render.printing import book_html as book
from tests.render.printing import book_of, evidence_of

SHAPE = {"KL": (2,)}


def with_head_of_pppa(office: str, *, confirmed: bool) -> City:
    place = city(signatories=(Signatory("kepala-pppa", office, "Nama Contoh"),))
    agencies = tuple(
        replace(each, is_confirmed=confirmed, aliases=("DP3A",)) if "pppa" in each.roles else each
        for each in place.agencies
    )
    return replace(place, agencies=agencies)


OFFICE = "Kepala Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kota Contoh"


def test_an_unconfirmed_agency_name_never_reaches_the_approval_sheet() -> None:
    for office in (OFFICE, "Kepala DP3A", "Kepala Dinas Apa Pun"):
        found = signer(with_head_of_pppa(office, confirmed=False), "kepala-pppa")
        assert (found.office, found.name) == ("", "Nama Contoh")


def test_a_confirmed_agency_name_is_printed() -> None:
    assert signer(with_head_of_pppa(OFFICE, confirmed=True), "kepala-pppa").office == OFFICE


def test_another_office_that_names_an_unconfirmed_agency_is_printed_in_general_words() -> None:
    place = city(signatories=(Signatory("sekda", "Plh. Sekretaris Daerah, Kepala Dinas Sosial Kota Contoh"),))
    assert signer(place, "sekda").office == ""
    html = book(case(shape=SHAPE, region=place))
    assert "Sekretaris Daerah Kota Contoh selaku Ketua Gugus Tugas Kota Layak Anak," in html
    assert "Kepala Dinas Sosial" not in html


def test_a_missing_signatory_is_an_empty_line() -> None:
    assert signer(city(), "kepala-daerah") == Signatory("kepala-daerah", "")
    assert "Wali Kota Contoh," in book(case(shape=SHAPE))


def test_only_confirmed_local_law_is_cited() -> None:
    html = book(case(shape=SHAPE))
    assert "Peraturan Daerah Kota Contoh Nomor 6 Tahun 2020" in html
    assert "belum dipastikan" not in html
    bare = book(case(shape=SHAPE, region=city(legal_basis=(LegalItem("Perda ragu"),))))
    assert "Perda ragu" not in bare


@pytest.mark.parametrize(
    ("name", "title", "head"),
    [
        ("Kota Contoh", "Kota Layak Anak", "Wali Kota Contoh"),
        ("Kabupaten Contoh", "Kabupaten Layak Anak", "Bupati Contoh"),
    ],
)
def test_the_title_says_what_kind_of_region_it_is(name: str, title: str, head: str) -> None:
    html = book(case(shape=SHAPE, region=city(name=name)))
    assert f"</span> {title}</h1>" in html
    assert head in html


def test_an_older_instrument_is_said_on_the_cover() -> None:
    asked = framework(SHAPE, year=2024)
    same, older = (book(case(instrument=asked, region=city(evaluation_year=year))) for year in (2024, 2026))
    assert "belum tersedia" not in same
    assert older.count("instrumen Tahun 2026 belum tersedia") == 1
    assert "Instrumen Tahun 2026 belum tersedia pada saat penyusunan" in older


def test_an_empty_general_picture_has_a_civil_sentence_and_no_empty_table() -> None:
    html = book(case(shape=SHAPE, region=city(facts=(), districts=(), seat="", province="")))
    assert "tidak ada data umum yang dicantumkan" in html
    assert "tidak ada daftar kecamatan yang dicantumkan" in html
    assert "tabel-2-" not in html


def test_hostile_city_values_stay_text() -> None:
    html = book(case(shape=SHAPE, region=city(seat="<img src=x>", province="A & <b>")))
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html


def test_only_abbreviations_that_occur_are_listed() -> None:
    found = dict(used_abbreviations("<p>Layanan PAUD-HI oleh UPTD PPA &amp; KHA, bukan&nbsp;SRAX</p>"))
    assert {"PAUD-HI", "UPTD PPA", "UPTD", "PPA", "KHA"} == set(found)


def test_an_abbreviation_in_two_spellings_is_listed_once() -> None:
    both = used_abbreviations("<p>PUSPAGA Kota Contoh, leaflet Puspaga</p>")
    assert both == (("PUSPAGA", "Pusat Pembelajaran Keluarga"),)
    assert [short for short, _ in used_abbreviations("<p>Puspaga</p>")] == ["Puspaga"]


def test_known_abbreviations_are_sorted_and_unique() -> None:
    shorts = [short for short, _ in known_abbreviations()]
    assert shorts == sorted(shorts, key=str.casefold)
    assert len(shorts) == len(set(shorts))
    assert all(long for _, long in known_abbreviations())


def test_the_parts_number_front_matter_chapters_and_provenance() -> None:
    made = book_of(case(shape=SHAPE))
    assert [made.front({}).numbering.label(page) for page in (0, 3)] == ["i", "iv"]
    assert [part.numbering.label(0) for part in made.fixed()] == ["R-1", "1-1", "2-1", "4-1", "A-1"]
    assert made.chapter(made.evidence.framework.blocks[0]).numbering.label(11) == "3-12"


def test_the_qr_code_is_a_titled_picture_of_the_manifests_hash() -> None:
    svg = qr_code("ab" * 32)
    root = ET.fromstring(svg)  # noqa: S314 - made here
    assert "ab" * 32 in (root.findtext("{http://www.w3.org/2000/svg}title") or "")
    assert qr_code("ab" * 32) == svg
    assert qr_code("cd" * 32) != svg


def test_the_book_is_dated_by_its_own_clock_only() -> None:
    html = book(case(shape=SHAPE), date(2024, 2, 29))
    assert "29 Februari 2024" in html
    assert "Maret 2025" not in html


def test_the_letterhead_tells_how_to_reach_the_office_in_two_lines() -> None:
    place = with_head_of_pppa(OFFICE, confirmed=True)
    reached = Contact("Jalan Contoh Nomor 1", "(0500) 000000", "dp3a@contoh.invalid", "dp3a.contoh.invalid")
    lines = {
        reached: [
            "Jalan Contoh Nomor 1, Telepon (0500) 000000",
            "Pos-el dp3a@contoh.invalid, Laman dp3a.contoh.invalid",
        ],
        replace(reached, address="", email=""): ["Telepon (0500) 000000", "Laman dp3a.contoh.invalid"],
        Contact(email="dp3a@contoh.invalid"): ["Pos-el dp3a@contoh.invalid"],
        Contact(): [],
    }
    for contact, expected in lines.items():
        html = book(case(shape=SHAPE, region=replace(place, contact=contact)))
        found = re.findall(r'<p class="alamat">(.*?)</p>', html)
        assert [re.sub("<[^>]+>", "", line) for line in found] == expected


def test_every_cover_bears_emblem_region_and_office() -> None:
    place = replace(with_head_of_pppa(OFFICE, confirmed=True), dress=Dress(emblem="data:image/png;base64,AAAA"))
    made = book_of(case(shape=SHAPE, region=place))
    for part in (made.front({}), made.block_front(made.evidence.framework.blocks[0], {})):
        cover = part.html[part.html.index('<section class="sampul') :].split("</section>")[0]
        assert 'alt="Lambang Kota Contoh"' in cover
        assert "Pemerintah Kota Contoh" in cover
        assert '<p class="unit">' in cover


def test_a_chapter_is_filled_once_for_the_same_and_anew_for_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever prints again finds chapters as they were, never those of another book."""
    kept = Recent[tuple[Part, tuple[tuple[str, str], ...]]](32)
    monkeypatch.setattr(printed, "_FILLED", kept)
    base = case({"1.1": [evidence_file("Dinas Contoh/a.pdf", pages=3)]}, shape=SHAPE, claims={"1.1": 5.0})

    def chapter(value: Case, as_of: date = AS_OF, **changes: object) -> tuple[str, tuple[str, ...]]:
        made = Book(evidence_of(value), as_of, PROVENANCE, **changes)  # type: ignore[arg-type]
        pages: dict[str, int | None] = {"KL/1.1-01": 7} if changes else {}
        html = made.chapter(made.evidence.framework.blocks[0], pages).html
        return html, tuple(re.findall(r"<dt>.*?</dt>", made.front({}).html))

    first = chapter(base)
    assert chapter(base) == first
    assert len(kept.values) == 1
    others = [
        (base, date(2024, 2, 29), {}),
        (base, AS_OF, {"sent": book_of(base)}),
        (replace(base, city=replace(base.city, name="Uji Lain")), AS_OF, {}),
        (replace(base, city=replace(base.city, dress=Dress(emblem="data:image/png;base64,AAAA"))), AS_OF, {}),
        (case({"1.1": [evidence_file("Dinas Contoh/a.pdf", pages=4)]}, shape=SHAPE, claims={"1.1": 5.0}), AS_OF, {}),
        (case({"1.1": [evidence_file("Dinas Contoh/a.pdf", pages=3)]}, shape=SHAPE, claims={"1.1": 4.0}), AS_OF, {}),
    ]
    for number, (value, as_of, changes) in enumerate(others, start=2):
        now = chapter(value, as_of, **changes)
        assert len(kept.values) == number
        with monkeypatch.context() as fresh:
            fresh.setattr(printed, "_FILLED", Recent[tuple[Part, tuple[tuple[str, str], ...]]](32))
            assert chapter(value, as_of, **changes) == now
    assert chapter(base) == first
