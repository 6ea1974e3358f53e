"""The control report's values: who is late, which files nobody cites, what has no owner."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from flows.findings import load_catalogue
from flows.forms.layout import IDENTITY_SHEET
from flows.model import Answer, Condition, Declaration, Finding, Media, Place, ReadForm, Severity, UploadState
from flows.render import control_views as views
from flows.render.binding.reading import foot
from flows.render.control import ControlReport
from flows.render.control_delivery import Delivery, delivery
from flows.render.control_desks import desks
from flows.render.control_forms import FormState, area_forms, form_views
from flows.render.control_views import FindingView
from flows.render.evidence import Evidence
from flows.render.exhibits import exhibits_by_block
from flows.render.pdf import typeset
from flows.render.values import Part
from flows.render.words import Catalogue
from tests.builders.values import AS_OF, Case, FakeCatalogue, case, city, evidence_file, full_case

SHAPE = {"KL": (3,), "I": (4,)}
WORDS = FakeCatalogue()


def evidence(value: Case) -> Evidence:
    return Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)


def report_of(value: Evidence, words: Catalogue, delivered: Delivery | None = None) -> ControlReport:
    return ControlReport(value, words, AS_OF, delivered=delivered)


def control_html(value: Evidence, words: Catalogue, delivered: Delivery | None = None) -> str:
    """Every part of the report, the front first; page numbers of other parts are left out."""
    report = report_of(value, words, delivered)
    return "".join([report.front({}).html, *(part.html for part in report.parts())])


def findings_of(value: Evidence, words: Catalogue) -> list[FindingView]:
    """Findings of all agencies, as their parts print them."""
    return [finding for desk in desks(value, words) for finding in desk.findings]


def test_the_agency_with_most_points_at_stake_comes_first() -> None:
    late = views.late_agencies(evidence(case(shape=SHAPE)))
    assert [each.points for each in late] == sorted((each.points for each in late), reverse=True)
    assert sum(each.open_questions for each in late) == 7


def test_gaps_keep_their_rank_and_speak_plain_words() -> None:
    gaps = views.gap_views(evidence(case(shape=SHAPE)), WORDS)
    assert [gap.place for gap in gaps] == list(range(1, 8))
    assert gaps[0].points >= gaps[-1].points
    assert gaps[0].reasons == ("belum ada berkas",)


def test_an_unknown_reason_is_shown_as_it_is() -> None:
    gaps = views.gap_views(evidence(case(shape=SHAPE)), FakeCatalogue(reasons={}))
    assert gaps[0].reasons == ("missing",)


def test_files_nobody_cites_are_listed_but_not_forms_guides_and_ignored_ones() -> None:
    loose = [
        evidence_file("D/entah.pdf"),
        evidence_file("D/formulir.xlsx", media=Media.FORM),
        evidence_file("D/BACA-SAYA.txt", media=Media.GUIDE),
        evidence_file("D/~$x.docx", condition=Condition.IGNORED, detail="lock-file"),
        evidence_file("lepas.pdf", agency_id=""),
    ]
    value = evidence(case({"1.1": [evidence_file("D/1.1.pdf")]}, shape=SHAPE, loose=loose))
    found = [(desk.name, [file.path for file in desk.uncited]) for desk in desks(value, WORDS) if desk.uncited]
    assert found == [
        ("Dinas Kesehatan", ["D/entah.pdf"]),
        ("", ["lepas.pdf"]),
    ]
    assert views.ignored(value, WORDS) == (("berkas kunci sementara", 1),)


def test_findings_stand_with_their_agency_and_the_homeless_come_last() -> None:
    findings = (
        Finding("a", Severity.REQUIRED, "gaib", "1.1"),
        Finding("b", Severity.BLOCKING, "dinsos", "1.2", "D/x.pdf"),
        Finding("c", Severity.ADVICE, "", "1.3"),
        Finding("d", Severity.ADVICE, "pppa", "1.1"),
    )
    found = [desk for desk in desks(evidence(case(shape=SHAPE, findings=findings)), WORDS) if desk.findings]
    assert [len(desk.findings) for desk in found] == [1, 1, 2]
    assert found[-1].name == ""
    assert found[1].findings[0].path == "D/x.pdf"
    assert views.severity_counts(findings) == (("MENGHALANGI", 1), ("WAJIB DILENGKAPI", 1), ("SARAN", 2))


def test_a_role_without_agency_is_named_with_what_it_owes() -> None:
    place = city()
    without = replace(place, agencies=tuple(each for each in place.agencies if each.id != "dinkes"))
    roles = {role.id: count for role, count in views.unassigned_roles(evidence(case(shape=SHAPE, region=without)))}
    assert roles == {"dinkes": 1, "kelurahan": 1}


def test_the_first_page_shows_what_can_be_claimed_where_nothing_is_claimed() -> None:
    proofs = {"1.1": [evidence_file("D/a.pdf"), evidence_file("D/b.pdf")]}
    unclaimed = control_html(evidence(case(proofs, shape=SHAPE)), WORDS)
    claimed = control_html(evidence(case(proofs, shape=SHAPE, claims={"1.1": 1.0})), WORDS)
    assert "MAKSIMUM PERTANYAAN DENGAN BUKTI LENGKAP" in unclaimed
    assert "DIDUKUNG BUKTI" not in unclaimed
    assert "DIDUKUNG BUKTI" in claimed


def test_a_city_without_gaps_has_a_report_too() -> None:
    value = case({"1.1": [evidence_file("D/a.pdf"), evidence_file("D/b.pdf")]}, shape={"KL": (1,)})
    html = control_html(evidence(value), WORDS)
    assert "Semua pertanyaan berstatus LENGKAP" in html
    assert "Tidak ada temuan" in html


def test_hostile_paths_stay_text() -> None:
    loose = [evidence_file("D/<b>\n" + "x" * 250)]
    assert "<b>" not in control_html(evidence(case(shape=SHAPE, loose=loose)), WORDS)


def test_a_finding_about_a_cell_says_where_it_is() -> None:
    found = Finding("a", Severity.REQUIRED, "dinkes", "1.1", "D/F.xlsx", sheet="Akta", cell="D7")
    html = control_html(evidence(case(shape=SHAPE, findings=(found,))), WORDS)
    assert "D/F.xlsx, lembar &#34;Akta&#34; sel D7" in html
    worded = replace(found, code="sex-total-mismatch")
    (shown,) = findings_of(evidence(case(shape=SHAPE, findings=(worded,))), load_catalogue())
    assert (shown.path, shown.place) == ("", "")


def test_a_place_on_the_hidden_sheet_is_not_named() -> None:
    found = Finding("a", Severity.REQUIRED, "dinkes", "1.1", "D/F.xlsx", sheet=IDENTITY_SHEET, cell="A1")
    (shown,) = findings_of(evidence(case(shape=SHAPE, findings=(found,))), WORDS)
    assert (shown.path, shown.place) == ("D/F.xlsx", "")


def test_only_evidence_counts_as_handed_in() -> None:
    loose = [
        evidence_file("D/bukti.pdf"),
        evidence_file("D/F.xlsx", media=Media.FORM),
        evidence_file("D/BACA-SAYA.txt", media=Media.GUIDE),
        evidence_file("D/~$x.docx", condition=Condition.IGNORED, detail="lock-file"),
    ]
    value = evidence(case(shape=SHAPE, loose=loose))
    assert [file.path for file in views.handed_in(value)] == ["D/bukti.pdf"]
    assert sum(each.files for each in views.late_agencies(value)) == 1
    assert "1 berkas bukti ditemukan, 1 belum dirujuk" in control_html(value, WORDS)


def with_forms(*forms: ReadForm, answered: int = 0) -> Evidence:
    value = case(shape=SHAPE)
    led = [each.question_id for each in value.assessment.questions.values() if each.lead_agency_id == "dinkes"]
    place = Place("D/F.xlsx", "Jawaban", "F7")
    answers = tuple(Answer(each, "dinkes", "Ya", 1.5, "", place) for each in led[:answered])
    helped = Answer("2.4", "dinkes", "Ya", None, "", place)
    manifest = replace(value.manifest, forms=forms, answers=(*answers, helped))
    return evidence(Case(value.framework, value.city, manifest, value.register, value.assessment))


def test_each_agencys_form_is_back_refused_or_missing() -> None:
    value = with_forms(
        ReadForm("D/F.xlsx", "dinkes", is_taken=True, filled_cells=1), ReadForm("S/F.xlsx", "dinsos", is_taken=False)
    )
    found = {view.name.split(" Kota Contoh")[0]: view for view in form_views(value)}
    assert found["Dinas Kesehatan"].state is FormState.TAKEN
    assert found["Dinas Sosial"].state is FormState.REFUSED
    assert found["Bagian Hukum"].state is FormState.MISSING


def test_only_owed_questions_count_as_answered() -> None:
    value = with_forms(ReadForm("D/F.xlsx", "dinkes", is_taken=True, filled_cells=1), answered=1)
    view = next(each for each in form_views(value) if each.name.startswith("Dinas Kesehatan"))
    assert (view.answered, view.claimed) == (1, 1.5)
    assert view.questions >= 1
    html = control_html(value, WORDS)
    assert f"1 dari {view.questions}" in html
    assert "Formulir yang kembali" in html


def test_forms_of_areas_are_counted_out_of_all_areas() -> None:
    forms = [
        ReadForm(f"K/{code}.xlsx", "", is_taken=True, filled_cells=1, area=code)
        for code in ("99.99.01", "99.99.01.1000", "xx")
    ]
    found = area_forms(with_forms(*forms, ReadForm("K/r.xlsx", "", is_taken=False, area="99.99.02")))
    assert [(view.has_villages, view.returned, view.areas) for view in found] == [(False, 1, 3), (True, 1, 12)]


def test_a_city_that_uses_no_forms_reads_nothing_about_them() -> None:
    value = evidence(case(shape=SHAPE))
    assert not form_views(value)
    assert not area_forms(value)
    assert "ormulir" not in control_html(value, WORDS)


def test_what_stops_a_publication_stands_on_the_first_page() -> None:
    stopping = tuple(Finding("answers-disagree", Severity.BLOCKING, "dinkes", f"2.{n}") for n in range(1, 5))
    front = report_of(evidence(case(shape=SHAPE, findings=stopping)), load_catalogue()).front({}).html
    assert "Menahan penerbitan (4)" in front
    assert front.count("Jawaban bertentangan (2.") == 3
    assert "Dan 1 temuan lain" in front
    assert "Menahan penerbitan" not in control_html(evidence(case(shape=SHAPE)), WORDS)


def test_the_part_of_an_agency_begins_on_its_own_page_and_holds_all_that_is_its_own(tmp_path: Path) -> None:
    findings = (
        Finding("a", Severity.REQUIRED, "dinsos", "1.1", "D/sosial.pdf"),
        Finding("b", Severity.REQUIRED, "dinkes", "1.2", "D/sehat.pdf"),
    )
    loose = [evidence_file("Dinkes/entah.pdf"), evidence_file("Dinsos/lepas.pdf", agency_id="dinsos")]
    value = evidence(case(shape=SHAPE, findings=findings, loose=loose))
    parts = report_of(value, WORDS).parts()
    found = desks(value, WORDS)
    own = parts[-len(found) :]
    assert [part.key for part in own] == [f"kendali-{desk.number}" for desk in found]
    texts = [text_of(part, tmp_path / f"{part.key}.pdf") for part in own]
    for desk, text in zip(found, texts, strict=True):
        assert text.count("Bagian ini dapat diserahkan tersendiri.") == 1
        assert desk.name in text
        for other in found:
            mine = [*(each.path for each in other.findings), *(file.path for file in other.uncited)]
            assert all((path in text) == (other is desk) for path in mine)


def test_the_contents_hold_titles_and_numbers_and_no_dots_that_would_be_read_aloud(tmp_path: Path) -> None:
    report = report_of(evidence(case(shape=SHAPE)), WORDS)
    text = text_of(report.front({"kesenjangan": "A-1", "per-blok": "C-1"}), tmp_path / "isi.pdf")
    assert "Kesenjangan menurut poin A-1" in text
    assert ". ." not in text


def text_of(part: Part, out: Path) -> str:
    """The words on the pages of a part."""
    typeset(part.html, out, as_of=AS_OF, title=part.title)
    with pypdfium2.PdfDocument(out) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def test_every_part_is_called_by_more_than_a_letter() -> None:
    """So an error calls it that ends a run, and so a screen reader does."""
    titles = [each.title for each in report_of(evidence(case()), load_catalogue()).parts()]
    assert titles[0] == "Laporan Kendali A: kesenjangan"
    assert all(len(title.removeprefix("Laporan Kendali ").split()) > 1 for title in titles)
    assert len(set(titles)) == len(titles)


def test_what_changes_about_one_agency_leaves_the_parts_of_all_others_as_they_are() -> None:
    findings = [Finding("a", Severity.ADVICE, agency, "1.1", "D/x.pdf") for agency in ("pppa", "dinsos", "")]
    before = evidence(case(shape=SHAPE, findings=findings[1:]))
    after = evidence(case(shape=SHAPE, findings=findings, loose=[evidence_file("Dinkes/entah.pdf")]))
    old, new = ({part.key: part.html for part in report_of(value, WORDS).parts()} for value in (before, after))
    changed = {key for key in new if new[key] != old.get(key)}
    assert changed == {"kendali-1", "kendali-2", "kendali-D"}, "the two agencies, and the count of files nobody cites"
    assert len(new) > 2 * len(changed)


def test_an_agency_keeps_its_number_when_another_has_nothing_more_to_do() -> None:
    findings = [Finding("a", Severity.ADVICE, agency, "", "D/x.pdf") for agency in ("pppa", "dinsos", "kemenag")]
    proofs = {"1.1": [evidence_file("D/a.pdf"), evidence_file("D/b.pdf")]}
    both = (
        desks(evidence(case(proofs, shape={"KL": (1,)}, findings=each)), WORDS) for each in (findings, findings[1:])
    )
    assert [[(desk.number, desk.anchor) for desk in found] for found in both] == [
        [("1", "pd-1"), ("3", "pd-3"), ("6", "pd-6")],
        [("3", "pd-3"), ("6", "pd-6")],
    ]


def test_the_running_head_of_an_agency_is_one_line_however_long_its_name() -> None:
    """A name of four lines would climb to the edge of the sheet on every page of its part; its title has all of it."""
    name = "Dinas Rekaan yang Bernama Panjang " * 6
    region = city()
    agencies = tuple(replace(each, name=name.strip()) for each in region.agencies)
    html = control_html(evidence(case(shape=SHAPE, region=replace(region, agencies=agencies))), WORDS)
    heads = [each.partition('"')[0] for each in html.split('data-bagian="')[1:]]
    assert any(head.startswith("Dinas Rekaan") and head.endswith("…") for head in heads)
    assert max(map(len, heads)) <= 72
    assert f">{name.strip()}</h1>" in html


def test_the_first_page_is_one_page_however_long_the_names_are(tmp_path: Path) -> None:
    findings = tuple(Finding("contradictory", Severity.BLOCKING, "dinkes", f"2.{n}", "D/x.pdf") for n in range(1, 5))
    place = city(name="Kota Contoh Raya Selatan Daya")
    long = replace(
        place,
        agencies=tuple(replace(each, name=f"{each.name} dan Urusan Lain") for each in place.agencies),
    )
    merged = "Dinas Contoh, Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan Keluarga Berencana"
    longest = replace(long, agencies=tuple(replace(each, name=f"{merged} {each.name}") for each in place.agencies))
    for value in (
        case(shape=SHAPE, findings=findings, region=long),
        full_case(60, region=long),
        case(shape=SHAPE, findings=findings, region=longest),
    ):
        html = report_of(evidence(value), WORDS).front({}).html
        made = typeset(html, tmp_path / "kendali.pdf", as_of=AS_OF, title="kendali")
        assert made.anchors["isi"].page == 1


def test_uploads_are_counted_by_block_and_what_changed_since_is_named() -> None:
    value = evidence(case({"1.2": [evidence_file("D/1.2 SK.pdf")]}, shape=SHAPE))
    state = UploadState(7, uploaded=("1.1", "2.1"), changed=("1.2",))
    found = delivery(value, state, ())
    assert [(row.label, row.uploaded, row.changed, row.open) for row in (found.total, *found.blocks)] == [
        ("", 2, 1, 4),
        (value.framework.blocks[0].label, 1, 1, 1),
        (value.framework.blocks[1].label, 1, 0, 3),
    ]
    assert [row.question_id for row in found.changed] == ["1.2"]
    html = control_html(value, WORDS, found)
    assert "Perlu diunggah lagi (1)" in html
    assert "Semua dokumen yang boleh dicetak tampil dengan halamannya." in html
    assert "Belum ada yang boleh diunggah dari susunan ini: dosir masih DRAF" in html
    checked = evidence(case(shape=SHAPE, privacy_checked=True))
    assert "Belum ada yang boleh" not in control_html(checked, WORDS, delivery(checked, state, ()))
    blocking = [Finding("contradictory", Severity.BLOCKING, "dinkes", "1.1")]
    held = evidence(case(shape=SHAPE, findings=blocking, privacy_checked=True))
    assert "dari susunan ini: 1 temuan menghalangi." in control_html(held, WORDS, delivery(held, state, ()))


def test_documents_without_pages_are_named_with_their_repair_but_not_those_that_should_have_none() -> None:
    files = [evidence_file(f"D/1.1 Surat {number}.pdf") for number in range(3)]
    value = evidence(case({"1.1": files}, shape=SHAPE))
    exhibits = [
        replace(each, slip=slip)
        for each, slip in zip(exhibits_by_block(value)["KL"], ("locked", "signed", "verification"), strict=True)
    ]
    found = delivery(value, UploadState(7), exhibits)
    [row] = found.slipped
    assert (row.label, row.path, row.questions) == ("KL/1.1-01", "D/1.1 Surat 0.pdf", ("1.1",))
    assert row.repair == "Mintalah Dinas Kesehatan menyerahkan berkas tanpa kata sandi."
    html = control_html(value, WORDS, found)
    assert "tidak tercetak pada lampiran (1)" in html
    assert row.repair in html


def test_rows_that_name_pages_behind_a_printed_document_are_told_with_file_cell_and_number_of_pages() -> None:
    """Pages of Word and Excel are counted only when they are printed; for those of a PDF there is a finding."""
    files = [
        evidence_file("D/1.1 Laporan.docx", media=Media.TEXT_DOCUMENT, pages=None),
        evidence_file("D/1.1 Rekap.xlsx", media=Media.SPREADSHEET, pages=1),
        evidence_file("D/1.1 Surat.pdf"),
    ]
    value = case({"1.1": files}, shape=SHAPE)
    cell = Place("D/Formulir.xlsx", "Daftar Bukti", "B7")
    rows = tuple(
        Declaration("dinkes", each.name, (each.path,), ("1.1",), cell, first_page=first, last_page=last)
        for each in files
        for first, last in ((8, 9), (1, 2), (None, None))
    )
    value = replace(value, manifest=replace(value.manifest, declarations=rows))
    labels = {label.path: label.label for label in value.register.labels}
    pages = {labels[files[0].path]: 5, labels[files[1].path]: None, labels[files[2].path]: 2}
    found = delivery(evidence(value), UploadState(7), (), pages)
    [row] = found.behind
    assert (row.path, row.said, row.pages) == ("D/1.1 Laporan.docx", "8–9", 5)
    html = control_html(evidence(value), WORDS, found)
    assert "yang tidak ada pada dokumennya (1)" in html
    assert row.place == 'D/Formulir.xlsx, lembar "Daftar Bukti" sel B7'
    assert "sel B7" in html
    assert "tidak ada pada dokumennya" not in control_html(
        evidence(value), WORDS, delivery(evidence(value), UploadState(7), ())
    )


@pytest.mark.parametrize("shift", range(0, 13, 2))
def test_the_last_line_of_a_page_is_never_taken_for_its_number(tmp_path: Path, shift: int) -> None:
    """Tails of g and y reach down to where the numbers of other parts stand: a large report was refused for them."""
    style = (
        "@page { size: A4; margin: 22mm 18mm 21mm 20mm; @bottom-center { content: '5-' counter(page) ' / 5-2';"
        " vertical-align: top; padding-top: 4mm; font-size: 10pt } }"
        f"body {{ margin: 0; padding-top: {shift}pt; font-size: 8pt; line-height: 13pt; text-align: center }}"
    )
    html = f"<html lang=id><style>{style}</style><body>{'panjang yang gypsy jaya<br>' * 60}</body></html>"
    target = tmp_path / "kendali.pdf"
    typeset(html, target, as_of=AS_OF, title="Kendali")
    with pypdfium2.PdfDocument(target) as pdf:
        text = pdf[0].get_textpage()
        assert foot(text, pdf[0].get_width()) == "5-1"
        text.close()
