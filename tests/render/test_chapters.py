"""A block's chapter: labels, anchors, secrecy, and what edition KIRIM leaves out."""

import re
from dataclasses import replace

import pytest

from flows.model import (
    Block,
    Condition,
    Declaration,
    ElectronicSignature,
    Exposure,
    ExposureKind,
    Media,
    Place,
    Register,
    Signed,
)
from flows.render import Evidence, render_block
from flows.render.chapters import chapter_view
from flows.render.exhibits import exhibits_by_block
from tests.builders.values import AS_OF, Case, case, evidence_file, framework, question
from tests.render.printing import evidence_of, section

SHAPE = {"KL": (2,), "V": (4,)}


def chapter(value: Case, place: int = 0) -> str:
    block: Block = value.framework.blocks[place]
    return render_block(block, evidence_of(value), AS_OF)


def declaration(path: str, question_id: str = "1.1", /, **changes: object) -> Declaration:
    """What the health office says of one file for one question."""
    place = Place("Dinas Contoh/Formulir.xlsx", "Daftar Bukti", "B7")
    return replace(Declaration("dinkes", path, (path,), (question_id,), place), **changes)  # type: ignore[arg-type]


def declared(value: Case, *rows: Declaration) -> Case:
    return replace(value, manifest=replace(value.manifest, declarations=rows))


def words(html: str) -> str:
    """The text of a piece of HTML with single spaces, those that do not break among them."""
    return " ".join(re.sub("<[^>]+>", " ", html.replace("&nbsp;", " ")).split())


FULL = {
    "kind": "sk",
    "number": "188/99/CONTOH",
    "date": "2023-03-31",
    "first_page": 3,
    "last_page": 9,
    "caption": "Keterangan contoh",
    "signatory": "Penanda Tangan Contoh",
    "signed": Signed.BY_HAND,
    "is_stamped": True,
}
SENTENCE = "tanda tangan dokumen menurut pernyataan perangkat daerah."


def test_a_question_shows_its_document_with_label_agency_and_pages() -> None:
    file = evidence_file("Dinkes/1.1 SK.pdf", pages=7)
    html = section(chapter(case({"1.1": [file]}, shape=SHAPE)), "1.1")
    for text in ("KL/1.1-01", "1.1 SK.pdf", "Dinas Kesehatan", ">7<"):
        assert text in html
    assert "Jumlah hlm. (4)" in html, "a number under Hlm. is taken for that of a page"


def test_another_file_in_the_place_of_one_changes_no_chapter_if_it_looks_the_same() -> None:
    """What tells the bytes apart stands in the annex, three pages; a chapter of forty is not typeset again."""
    before = case({"1.1": [evidence_file("Dinkes/1.1 SK.pdf", pages=7, sha256="a" * 64)]}, shape=SHAPE)
    after = case({"1.1": [evidence_file("Dinkes/1.1 SK.pdf", pages=7, sha256="b" * 64)]}, shape=SHAPE)
    longer = case({"1.1": [evidence_file("Dinkes/1.1 SK.pdf", pages=8, sha256="b" * 64)]}, shape=SHAPE)
    assert chapter(before) == chapter(after)
    assert chapter(before) != chapter(longer)
    [old], [new] = (exhibits_by_block(evidence_of(value))["KL"] for value in (before, after))
    assert (old.label, old.sha256[0], new.sha256[0]) == (new.label, "a", "b")


def test_a_title_is_printed_with_its_file_name_below() -> None:
    html = section(chapter(case({"1.1": [evidence_file("D/a.pdf", title="KEPUTUSAN CONTOH")]}, shape=SHAPE)), "1.1")
    assert "Keputusan Contoh" in html
    assert "a.pdf" in html


def test_schools_keep_their_capitals_in_a_title_that_is_set_in_capitals() -> None:
    """They were printed as Tk and Slb, and the list of abbreviations did not explain them."""
    title = "SATUAN PENDIDIKAN RAMAH ANAK TINGKAT TK, SD, SMP, SMA, DAN SLB"
    html = section(chapter(case({"1.1": [evidence_file("D/a.pdf", title=title)]}, shape=SHAPE)), "1.1")
    assert "Satuan Pendidikan Ramah Anak Tingkat TK, SD, SMP, SMA, dan SLB" in html


def test_who_signed_electronically_is_printed_where_the_file_is_what_was_signed() -> None:
    whole = ElectronicSignature("NAMA CONTOH <SATU>", "Otoritas Rekaan", is_intact=True, covers_file=True)
    first = replace(whole, signer="NAMA CONTOH DUA", covers_file=False)
    broken, unknown = replace(whole, is_intact=False), ElectronicSignature()
    file = evidence_file("D/a.pdf", signatures=(first, whole, whole))
    html = section(chapter(case({"1.1": [file]}, shape=SHAPE)), "1.1")
    assert html.count("TTE menurut sertifikatnya: NAMA CONTOH DUA dan NAMA CONTOH &lt;SATU&gt;</span>") == 1
    for signatures in ((broken,), (unknown,), (whole, broken), (whole, unknown), (first,)):
        changed = replace(file, signatures=signatures)
        assert "TTE" not in section(chapter(case({"1.1": [changed]}, shape=SHAPE)), "1.1")


def test_who_signed_a_masked_document_is_not_told() -> None:
    whole = ElectronicSignature("NAMA CONTOH SATU", "Otoritas Rekaan", is_intact=True, covers_file=True)
    html = chapter(case({"2.4": [evidence_file("D/a.pdf", signatures=(whole,))]}, shape=SHAPE), 1)
    assert "diperlihatkan saat verifikasi" in html
    assert "TTE" not in html


def test_a_question_without_proof_shows_a_dash_and_nothing_else() -> None:
    html = section(chapter(case(shape=SHAPE)), "1.1")
    assert "Bukti –" in html
    assert "<table" not in html


def test_points_nobody_claimed_are_a_dash() -> None:
    unclaimed, claimed = chapter(case(shape=SHAPE)), chapter(case(shape=SHAPE, claims={"1.1": 1.5}))
    assert "Diklaim –" in section(unclaimed, "1.1")
    assert "Diklaim 1,5" in section(claimed, "1.1")


def test_one_document_keeps_its_label_everywhere_and_every_row_leads_to_its_pages() -> None:
    file = evidence_file("D/sama.pdf")
    html = chapter(case({"1.1": [file], "1.2": [file]}, shape=SHAPE))
    for question_id in ("1.1", "1.2"):
        assert '<a href="kla:bukti-KL/1.1-01">KL/1.1-01</a>' in section(html, question_id)


def test_copies_of_one_document_are_one_row() -> None:
    first, copy = evidence_file("D/a.pdf"), evidence_file("D/b.pdf", sha256=evidence_file("D/a.pdf").sha256)
    value = case({"1.1": [first, copy]}, shape=SHAPE)
    register = Register(value.register.labels[:1], {"D/b.pdf": "KL/1.1-01"})
    html = chapter(Case(value.framework, value.city, value.manifest, register, value.assessment))
    assert section(html, "1.1").count("KL/1.1-01</a></th>") == 1
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
    assert '<td class="hal">–</td>' in section(html, "2.4")  # as in the list of the annex: a slip sheet stands there


def test_a_document_that_is_secret_once_is_secret_everywhere_under_any_path() -> None:
    secret = evidence_file("D/Kasus Anak X.pdf")
    copy = evidence_file("E/Salinan Anak X.pdf", sha256=secret.sha256)
    value = case({"1.1": [copy], "1.2": [secret], "2.4": [secret]}, shape=SHAPE)
    assert "Anak X" not in chapter(value) + chapter(value, 1)


@pytest.mark.parametrize("condition", [Condition.DAMAGED, Condition.LOCKED])
def test_a_document_that_cannot_be_opened_is_listed_because_its_agency_holds_it(condition: Condition) -> None:
    closed = evidence_file("D/SK.pdf", condition=condition, pages=None)
    row = section(chapter(case({"1.1": [closed]}, shape=SHAPE)), "1.1")
    assert "SK.pdf" in row
    assert '<td class="hal">–</td>' in row


@pytest.mark.parametrize("condition", [Condition.EMPTY, Condition.REFUSED, Condition.ARRIVING, Condition.IGNORED])
def test_what_is_no_document_is_no_proof_in_the_book(condition: Condition) -> None:
    nothing = evidence_file("D/bukan-dokumen.pdf", condition=condition, pages=None)
    assert "bukan-dokumen.pdf" not in chapter(case({"1.1": [nothing]}, shape=SHAPE))


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
    assert [chapter_view(evidence, block).documents for block in value.framework.blocks] == [1, 1]
    assert len(evidence.documents) == 1


def test_the_longest_chapter_is_the_one_with_most_to_set_not_with_most_questions() -> None:
    """Children that typeset get the longest first: else the last one works alone while the others have ended."""
    files = [evidence_file(f"D/1.1 Laporan {number}.pdf") for number in range(9)]
    value = case({"1.1": files}, shape={"I": (1, 1), "II": (3, 3)})
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    few_questions, many_questions = (chapter_view(evidence, block) for block in value.framework.blocks)
    assert few_questions.questions < many_questions.questions
    assert few_questions.extent > many_questions.extent


def test_sheets_of_a_workbook_are_not_told_as_pages() -> None:
    """They are counted once they are bound, under the label of the document."""
    book = evidence_file("D/rekap.xlsx", media=Media.SPREADSHEET, pages=4)
    value = case({"1.1": [book, evidence_file("D/surat.pdf")]}, shape=SHAPE)
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    view = chapter_view(evidence, value.framework.blocks[0])
    assert [each.pages for each in view.indicators[0].questions[0].proofs] == [None, 2]
    label = view.indicators[0].questions[0].proofs[0].label
    assert [each.pages for each in view.bound({label: 3}).indicators[0].questions[0].proofs] == [3, 2]


def test_a_document_that_a_slip_sheet_stands_for_has_no_number_of_pages() -> None:
    """The list of its annex says none; a number in the chapter would send a reader to look for pages."""
    value = case({"1.1": [evidence_file("D/a.pdf"), evidence_file("D/b.pdf")]}, shape=SHAPE)
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    view = chapter_view(evidence, value.framework.blocks[0])
    first, second = (each.label for each in view.indicators[0].questions[0].proofs)
    bound = view.bound({first: None, second: 2})
    assert [each.pages for each in bound.indicators[0].questions[0].proofs] == [None, 2]


def test_what_programs_leave_between_letters_is_not_printed_of_answers_and_captions() -> None:
    said = declaration("D/a.pdf", caption="Foto\u200b kegiatan\ufeff ✔\ufe0f")
    value = declared(case({"1.1": [evidence_file("D/a.pdf")]}, shape=SHAPE), said)
    assert "Foto kegiatan √" in words(chapter(value))
    assert "U+" not in chapter(value)


def test_hostile_names_stay_text() -> None:
    name = "D/<script>alert(1)</script>\n\u202e" + "ü" * 100 + ".pdf"
    html = chapter(case({"1.1": [evidence_file(name)]}, shape=SHAPE))
    assert "<script" not in html
    assert "[U+202E]" in html


def test_what_the_form_says_of_a_document_stands_below_it_but_for_who_signed() -> None:
    value = declared(case({"1.1": [evidence_file("D/a.pdf", pages=12)]}, shape=SHAPE), declaration("D/a.pdf", **FULL))
    html = chapter(value)
    assert (
        "Keputusan (SK) Nomor 188/99/CONTOH tanggal 31 Maret 2023 · hlm. 3–9 · Keterangan contoh"
        " · bertanda tangan basah · berstempel"
    ) in words(section(html, "1.1"))
    assert "Penanda Tangan" not in html
    assert words(html).count(SENTENCE) == 1


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"number": "No. 7/2023"}, "Nomor 7/2023"),
        ({"number": "NOMOR 7"}, "Nomor 7"),
        ({"number": "Notula-7"}, "Nomor Notula-7"),
        ({"date": "2023-03-01"}, "Tanggal 1 Maret 2023"),
        ({"kind": "foto", "date": "2023-03-01"}, "Foto, tanggal 1 Maret 2023"),
        ({"kind": "foto", "caption": "  Pelatihan\n contoh "}, "Foto · Pelatihan contoh"),
        ({"kind": "jenis-entah", "first_page": 4}, "hlm. 4"),
        ({"first_page": 4, "last_page": 4}, "hlm. 4"),
        ({"first_page": 9, "last_page": 4}, "hlm. 4–9"),
        ({"last_page": 4}, "sampai hlm. 4"),
        ({"signed": Signed.ELECTRONIC, "is_stamped": False}, "bertanda tangan elektronik"),
    ],
)
def test_only_what_is_said_is_printed(said: dict[str, object], line: str) -> None:
    value = declared(case({"1.1": [evidence_file("D/a.pdf", pages=12)]}, shape=SHAPE), declaration("D/a.pdf", **said))
    found = re.search(r'<tr class="rincian">(.*?)</tr>', section(chapter(value), "1.1"), re.DOTALL)
    assert found
    assert words(found[1]) == line


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (7, 20, ["hlm. 7–8"]), (8, 20, ["hlm. 8"]), (15, 20, []), (9, None, []), (None, 20, []),
        (None, 8, ["hlm. 8"]), (20, 7, ["hlm. 7–8"]), (2, 2, ["hlm. 2"]), (0, 3, ["hlm. 3"]),
    ],
)  # fmt: skip
def test_no_page_is_named_that_the_document_does_not_have(
    first: int | None, last: int | None, printed: list[str]
) -> None:
    """A verifier looked for page 20 of 8; the office is told by a finding, the book names what is there."""
    file = evidence_file("D/a.pdf", pages=8)
    said = declaration("D/a.pdf", first_page=first, last_page=last)
    html = section(chapter(declared(case({"1.1": [file]}, shape=SHAPE), said)), "1.1")
    assert re.findall(r"hlm\. [1-9][\d–]*", words(html)) == printed
    assert not re.search(r"@(?:9|1\d|20)\b", html)


@pytest.mark.parametrize("media", [Media.TEXT_DOCUMENT, Media.SPREADSHEET, Media.SLIDES, Media.IMAGE])
@pytest.mark.parametrize(
    ("first", "last", "named"), [(2, 3, (2, 3)), (3, 9, (3, None)), (8, 9, None), (None, 9, None), (2, None, (2, None))]
)
def test_no_page_of_an_office_document_is_named_that_its_annex_does_not_have(
    media: Media, first: int | None, last: int | None, named: tuple[int, int | None] | None
) -> None:
    """How many pages Word, Excel and PowerPoint take is known once they are printed; the file may count otherwise."""
    file = evidence_file("D/a.docx", media=media, pages=12)
    value = declared(case({"1.1": [file]}, shape=SHAPE), declaration("D/a.docx", first_page=first, last_page=last))
    evidence = Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)
    view = chapter_view(evidence, value.framework.blocks[0])
    [proof] = view.indicators[0].questions[0].proofs
    [bound] = view.bound({proof.label: 3}).indicators[0].questions[0].proofs
    assert [(each.first_page, each.last_page) for each in bound.declared] == ([named] if named else [])
    [slip] = view.bound({proof.label: None}).indicators[0].questions[0].proofs
    assert slip.declared == proof.declared, "of one that is not bound its pages are still those of the document"


@pytest.mark.parametrize("said", [{}, {"signed": Signed.NO, "is_stamped": False}, {"signatory": "Nama Contoh"}])
def test_a_row_that_says_nothing_printable_leaves_the_table_as_it_was(said: dict[str, object]) -> None:
    value = case({"1.1": [evidence_file("D/a.pdf")]}, shape=SHAPE)
    assert chapter(declared(value, declaration("D/a.pdf", **said))) == chapter(value)


def test_each_question_prints_what_was_said_for_it() -> None:
    file = evidence_file("D/a.pdf", pages=12)
    value = declared(
        case({"1.1": [file], "1.2": [file]}, shape=SHAPE),
        declaration("D/a.pdf", "1.1", first_page=3),
        declaration("D/a.pdf", "1.2", first_page=5),
        declaration("D/a.pdf", "1.2", first_page=5),
        declaration("D/a.pdf", "1.2", first_page=8, last_page=9),
    )
    html = chapter(value)
    assert re.findall(r"hlm\. [\d–]+", words(section(html, "1.1"))) == ["hlm. 3"]
    assert re.findall(r"hlm\. [\d–]+", words(section(html, "1.2"))) == ["hlm. 5", "hlm. 8–9"]


def test_what_is_said_of_a_copy_holds_for_the_document() -> None:
    first, copy = evidence_file("D/a.pdf"), evidence_file("D/b.pdf", sha256=evidence_file("D/a.pdf").sha256)
    value = declared(case({"1.1": [first, copy]}, shape=SHAPE), declaration("D/b.pdf", number="7"))
    register = Register(value.register.labels[:1], {"D/b.pdf": "KL/1.1-01"})
    assert "Nomor 7" in words(chapter(replace(value, register=register)))


def test_a_masked_document_shows_its_declared_kind_and_pages_and_no_other_word() -> None:
    secret = evidence_file("D/Kasus.pdf", pages=12, kinds=("laporan",))
    value = case({"1.1": [secret], "2.4": [secret]}, shape=SHAPE)
    said = declared(value, *(declaration("D/Kasus.pdf", each, **FULL) for each in ("1.1", "2.4")))
    for place, question_id in enumerate(("1.1", "2.4")):
        html = chapter(said, place)
        assert "Keputusan (SK), diperlihatkan saat verifikasi" in section(html, question_id)
        assert "hlm. 3–9" in words(section(html, question_id))
        assert not re.search("188/99|Keterangan contoh|2023 ·|basah|berstempel|Penanda", words(html))


def test_the_kind_declared_for_another_question_is_better_than_a_recognised_one() -> None:
    secret = evidence_file("D/a.pdf", kinds=("laporan",), declared_kinds=("foto",))
    html = chapter(case({"2.4": [secret]}, shape=SHAPE), 1)
    assert "Foto, diperlihatkan saat verifikasi" in section(html, "2.4")


def test_one_row_about_a_masked_and_an_open_document_prints_no_word_of_either() -> None:
    opened, secret = evidence_file("D/a.pdf", pages=12), evidence_file("D/b.pdf", pages=12)
    value = case({"1.1": [opened, secret], "2.4": [secret]}, shape=SHAPE)
    row = declaration("D/a.pdf", **FULL, paths=("D/a.pdf", "D/b.pdf"), url="https://contoh.invalid/kasus")
    value = replace(value, assessment=replace(value.assessment, references={"1.1": (row,)}))
    html = section(chapter(declared(value, row)), "1.1")
    assert "hlm. 3–9" in words(html)
    assert not re.search("188/99|Keterangan contoh|contoh.invalid", html)
    assert "1 tautan, diperlihatkan saat verifikasi" in words(html)


def test_hostile_declarations_stay_text() -> None:
    said = {"number": "<b>7</b>\u202e", "caption": "<script>alert(1)</script>" + "x" * 5000}
    value = declared(case({"1.1": [evidence_file("D/a.pdf")]}, shape=SHAPE), declaration("D/a.pdf", **said))
    html = section(chapter(value), "1.1")
    assert "<script" not in html
    assert "<b>" not in html
    assert "[U+202E]" in html
    assert 'class="rincian panjang"' in html


def test_a_sensitive_proof_with_a_redacted_copy_is_listed_by_the_copy() -> None:
    """Title, pages and, in the annex, hash of what may be read; the label stays the original's, no file name shows."""
    original = evidence_file("D/Daftar Anak X.pdf", title="Laporan Kasus Anak X", pages=9)
    copy = evidence_file(
        "D/Versi tersamar/Daftar Anak X.pdf",
        title="Laporan Layanan Tanpa Identitas",
        pages=7,
        is_redacted=True,
        redacts=original.path,
    )
    value = case({"2.4": [original]}, shape=SHAPE, loose=[copy])
    html = chapter(value, 1)
    assert "Laporan Layanan Tanpa Identitas (salinan tersamar)" in html
    assert '<td class="hal">7</td>' in html
    assert "Anak X" not in html
    [exhibit] = exhibits_by_block(evidence_of(value))["V"]
    assert exhibit.sha256 == copy.sha256
    assert exhibit.name == "Laporan Layanan Tanpa Identitas (salinan tersamar)"


@pytest.mark.parametrize("title", ["", "Laporan Tanpa Identitas"])
def test_a_redacted_copy_handed_in_alone_is_called_the_same_in_its_annex(title: str) -> None:
    """It is often called like the original: the annex printed the name of its file where the chapter hid it."""
    copy = evidence_file("D/Versi tersamar/Kasus Anak X.pdf", title=title, is_redacted=True)
    proof = evidence_of(case({"2.4": [copy]}, shape=SHAPE))
    [exhibit] = exhibits_by_block(proof)["V"]
    assert f"{exhibit.name}</td>" in render_block(proof.framework.blocks[1], proof, AS_OF)
    assert exhibit.name.endswith(" (salinan tersamar)")
    assert "Anak X" not in exhibit.title
    both = evidence_of(case({"1.1": [copy], "2.4": [copy]}, shape=SHAPE))
    assert "Anak X" not in render_block(both.framework.blocks[0], both, AS_OF)
    [kept] = exhibits_by_block(proof.unmasked())["V"]
    assert (kept == exhibit) is bool(title), "the house is shown it again only where it is called otherwise there"


@pytest.mark.parametrize(
    "changes",
    [
        {"condition": Condition.LOCKED},
        {"exposures": (Exposure(ExposureKind.RESIDENT_NUMBER, 1, "9971••••••••0001"),)},
        {"sha256": evidence_file("D/Daftar Anak X.pdf").sha256},
    ],
)
def test_a_copy_that_cannot_be_read_or_still_exposes_somebody_leaves_the_slip(changes: dict[str, object]) -> None:
    original = evidence_file("D/Daftar Anak X.pdf", title="Laporan Kasus Anak X")
    copy = evidence_file(
        "D/Versi tersamar/Daftar Anak X.pdf", title="Judul Salinan", is_redacted=True, redacts=original.path
    )
    html = chapter(case({"2.4": [original]}, shape=SHAPE, loose=[replace(copy, **changes)]), 1)  # type: ignore[arg-type]
    assert "diperlihatkan saat verifikasi" in html
    assert "Judul Salinan" not in html
    assert "(salinan tersamar)" not in html


def test_a_masked_document_is_called_the_same_wherever_it_proves_something() -> None:
    secret = evidence_file("D/Kasus.pdf")
    value = case({"1.1": [secret], "2.4": [secret]}, shape=SHAPE)
    said = declared(
        value, declaration("D/Kasus.pdf", "1.1", kind="laporan"), declaration("D/Kasus.pdf", "2.4", kind="foto")
    )
    for place, question_id in enumerate(("1.1", "2.4")):
        assert "Laporan, diperlihatkan saat verifikasi" in section(chapter(said, place), question_id)
