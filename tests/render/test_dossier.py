"""The two PDFs, read back: what a reviewer, a screen reader and an archive rely on."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from flows.model import Condition, Dossier, Media
from flows.render.values import STRIP_HEIGHT
from tests import unmeasured
from tests.builders.values import Case, case, city, evidence_file, framework, full_case
from tests.gather.kit import pdf as pdf_of
from tests.render.printing import print_case

SHAPE = {"KL": (14, 3), "I": (4,), "II": (5,), "III": (3, 2), "IV": (3,), "V": (8,), "KD": (5,)}
HOSTILE = "D/<script>alert(1)</script>\n\u202etxt " + "é" * 110 + ".pdf"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Made:
    """A rendered run, opened."""

    case: Case
    dossier: Dossier
    work: Path
    book: pikepdf.Pdf
    control: pikepdf.Pdf
    book_pages: list[str]
    control_pages: list[str]


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    work = tmp_path_factory.mktemp("susun")
    loose = [evidence_file(HOSTILE), evidence_file("D/berkas-lepas.pdf", suggestions=("1.3",))]
    value = full_case(40, instrument=framework(SHAPE), loose=loose)
    dossier = print_case(value, work)
    book, control = work / "dosir.pdf", work / "internal" / "kendali.pdf"
    with pikepdf.open(book) as opened, pikepdf.open(control) as inner:
        yield Made(value, dossier, work, opened, inner, texts(book), texts(control))


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """Level, title and page (from 0) of every bookmark."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found: list[tuple[int, str, int]] = []

    def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            assert item.destination is not None
            found.append((level, str(item.title), pages[item.destination[0].objgen]))  # type: ignore[index]
            walk(item.children, level + 1)

    with pdf.open_outline() as tree:
        walk(list(tree.root), 1)
    return found


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the tag tree."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element.K)


def test_the_documents_are_described_as_they_are(made: Made) -> None:
    names = [each.name for each in made.dossier.documents]
    volumes = [name for name in names if name.startswith("blok/")]
    assert [name.partition("-")[0] for name in volumes] == [f"blok/{block}" for block in SHAPE]
    assert (names[0], names[-1]) == ("dosir.pdf", "internal/kendali.pdf")
    for each in made.dossier.documents:
        with pikepdf.open(made.work / each.name) as pdf:
            assert len(pdf.pages) == each.pages
            assert sha256((made.work / each.name).read_bytes()).hexdigest() == each.sha256


def test_page_labels_are_roman_then_by_chapter(made: Made) -> None:
    labels = [page.label for page in made.book.pages]
    assert labels[:3] == ["i", "ii", "iii"]
    assert labels[-1] == "A-1"
    for chapter in range(1, 11):
        assert f"{chapter}-1" in labels
    assert len(set(labels)) == len(labels)


def test_every_page_prints_its_label(made: Made) -> None:
    for page, text in list(zip(made.book.pages, made.book_pages, strict=True))[1:]:
        assert re.search(rf"(?m)(^|\s){re.escape(page.label)}(\s|$)", text), page.label


def test_the_contents_show_the_label_of_the_page_they_lead_to(made: Made) -> None:
    numbers = {page.obj.objgen: number for number, page in enumerate(made.book.pages)}
    labels = [page.label for page in made.book.pages]
    seen = 0
    for page, text in zip(made.book.pages, made.book_pages, strict=True):
        if not re.search("DAFTAR (ISI|TABEL)|Daftar Isi", text):
            continue
        for link in page.get("/Annots", []):
            label = labels[numbers[link.Dest[0].objgen]]
            assert re.search(rf"(?m){re.escape(label)}\s*$", text), label
            seen += 1
    assert seen > 30


def test_bookmarks_lead_to_blocks_indicators_and_questions(made: Made) -> None:
    found = outline(made.book)
    titles = [title for level, title, _ in found if level == 1]
    assert titles[:3] == ["Sampul", "Lembar Pengesahan", "Kata Pengantar"]
    assert titles[-4].startswith("Bab IX Kelana dan Dekela: Penyelenggaraan Contoh")
    assert titles[-3] == "Lampiran Bab IX"
    assert titles[-2:] == ["Bab X Penutup", "Lembar Asal-Usul"]
    questions = [title.split()[0] for level, title, _ in found if level == 3]
    assert questions == [question.id for question in made.case.framework.questions]
    for level, title, page in found:
        if level > 1:
            assert all(word in "".join(made.book_pages[page].split()) for word in title.split()), title


def test_the_documents_are_tagged_for_readers_who_listen(made: Made) -> None:
    for pdf in (made.book, made.control):
        assert str(pdf.Root.Lang).partition("-")[0] == "id"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        kinds = [str(element.S) for element in structure(pdf)]
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= set(kinds)
        assert all("/Alt" in element for element in structure(pdf) if element.S == "/Figure")
        cells = [element for element in structure(pdf) if element.S == "/TD"]
        assert all("/Headers" in cell.A and len(cell.A.Headers) for cell in cells)
    assert {"/H3"} <= {str(element.S) for element in structure(made.book)}


def test_only_the_shipped_typeface_is_embedded(made: Made) -> None:
    for pdf in (made.book, made.control):
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
        assert fonts
        assert all("Naskah" in name or "LiberationSans" in name.replace("-", "") for name in fonts), fonts


def test_the_title_says_what_it_is(made: Made) -> None:
    assert str(made.book.docinfo.Title) == "Laporan Evaluasi Mandiri Kota Layak Anak Tahun 2024: Kota Contoh"
    assert str(made.control.docinfo.Title) == "Laporan Kendali Kota Layak Anak Tahun 2024: Kota Contoh"
    assert "D:20250331" in str(made.book.docinfo.CreationDate)


def test_every_page_of_an_unchecked_run_says_draft(made: Made) -> None:
    for text in made.book_pages + made.control_pages:
        assert "DRAF – INTERNAL" in text


@pytest.mark.parametrize(("name", "page"), [("dosir.pdf", 12), ("internal/kendali.pdf", 0)])
def test_the_draft_mark_stands_alone_in_the_middle_above_the_running_heads(made: Made, name: str, page: int) -> None:
    """On the line of the heads it seemed to stand aside: the left one is longer than the right one."""
    with pypdfium2.PdfDocument(made.work / name) as pdf:
        text = pdf[page].get_textpage()
        found = text.search("DRAF – INTERNAL").get_next()
        assert found is not None
        start, length = found
        boxes = [
            text.get_charbox(place) for place in range(text.count_chars()) if text.get_text_range(place, 1).strip()
        ]
        mark = [text.get_charbox(place) for place in range(start, start + length)]
    low = min(box[1] for box in mark)
    assert sum(box[3] > low for box in boxes) == len("DRAF–INTERNAL"), "nothing stands beside it or above"
    top = max(box[3] for box in boxes if box[3] <= low)
    heads = [box for box in boxes if top - 8 < box[1] < top]
    sides = min(box[0] for box in heads) + max(box[2] for box in heads)
    assert min(box[0] for box in mark) + max(box[2] for box in mark) == pytest.approx(sides, abs=2)


def test_the_book_accuses_nobody(made: Made) -> None:
    whole = " ".join(made.book_pages)
    assert not re.search("KURANG|TIDAK DAPAT DINILAI|PERINGATAN|LENGKAP", whole)
    assert not re.search("(?i)temuan|kesenjangan|kekurangan|tanpa rujukan|berkas-lepas|alert", whole)


def test_the_control_report_accuses_everybody(made: Made) -> None:
    whole = " ".join(made.control_pages)
    for word in (
        "KURANG",
        "Kesenjangan menurut poin",
        "Temuan dan perbaikannya",
        "berkas-lepas.pdf",
        "Folder Entah",
    ):
        assert word in whole
    assert "tidak dikenali" in whole
    label = next(iter(made.case.register.by_path.values())).label
    missing = whole[whole.index("tidak tercetak pada lampiran", whole.index("SUDAH DIUNGGAH")) :]
    assert label in missing, "what the annex could not show is known only when the blocks are printed"
    assert "Salinannya tidak ada di brankas" in missing


def test_the_first_page_of_the_control_report_is_all_the_sekda_needs(made: Made) -> None:
    first, second = made.control_pages[:2]
    for word in ("LENGKAP", "MAKSIMUM", "Delapan kesenjangan terberat", "berutang bukti", "Batas waktu"):
        assert word in first
    assert "Kesenjangan menurut poin" in second


def test_a_hostile_name_is_printed_harmlessly_and_inside_the_page(made: Made) -> None:
    whole = "".join("".join(made.control_pages).split())
    assert "<script>alert(1)</script>[U+000A][U+202E]txt" in whole
    with pypdfium2.PdfDocument(made.work / "internal" / "kendali.pdf") as pdf:
        for page in pdf:
            width, height = page.get_size()
            for each in page.get_objects():
                left, bottom, right, top = each.get_bounds()
                assert -1 <= left <= right <= width + 1
                assert -1 <= bottom <= top <= height + 1


def test_no_page_is_empty(made: Made) -> None:
    assert all(len(text.split()) > 25 for text in made.book_pages[1:] + made.control_pages)


def test_every_label_leads_to_its_document_and_back_to_its_questions(made: Made) -> None:
    numbers = {page.obj.objgen: number for number, page in enumerate(made.book.pages)}
    labels = [page.label for page in made.book.pages]
    exhibits = {label.label for label in made.case.register.labels}
    targets = [labels[numbers[link.Dest[0].objgen]] for page in made.book.pages for link in page.get("/Annots", [])]
    assert exhibits <= {target.partition(" ")[0] for target in targets}
    for page in made.book.pages:
        if page.label in exhibits:
            back = [labels[numbers[link.Dest[0].objgen]] for link in page.get("/Annots", [])]
            assert back
            assert all(re.fullmatch(r"\d+-\d+", target) for target in back)


def test_the_summary_is_two_pages_with_charts_at_most(made: Made) -> None:
    labels = [page.label for page in made.book.pages]
    start = next(page for _, title, page in outline(made.book) if title == "Ringkasan")
    assert labels.index("1-1") - start <= 2


def test_a_checked_run_has_no_draft_mark_and_fits_f4(tmp_path: Path) -> None:
    value = case({"1.1": [evidence_file("D/a.pdf")]}, shape={"KL": (2,)}, region=city(paper="F4"), privacy_checked=True)
    print_case(value, tmp_path / "susun")
    for name in ("dosir.pdf", "internal/kendali.pdf"):
        assert "DRAF" not in " ".join(texts(tmp_path / "susun" / name))
    with pypdfium2.PdfDocument(tmp_path / "susun" / "dosir.pdf") as pdf:
        assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == [215, 330]


def test_in_a_book_on_f4_only_evidence_with_pages_of_its_own_has_another_size(tmp_path: Path) -> None:
    """What is drawn (tables, pictures) came on A4 among pages of F4; slip sheets are of the paper of the book too."""
    picture = BytesIO()
    Image.new("RGB", (600, 400), "navy").save(picture, "JPEG")
    contents = {"tabel.csv": b"No;Anak\n1;12\n2;30\n", "foto.jpg": picture.getvalue(), "surat.pdf": pdf_of(["SURAT"])}
    media = {"tabel.csv": Media.PLAIN_TEXT, "foto.jpg": Media.IMAGE}
    files = []
    for name, content in contents.items():
        digest = sha256(content).hexdigest()
        (tmp_path / digest).write_bytes(content)
        files.append(evidence_file(f"D/{name}", sha256=digest, bytes=len(content), media=media.get(name, Media.PDF)))
    files.append(evidence_file("D/terkunci.pdf", condition=Condition.LOCKED))
    value = case({"1.1": files}, shape={"KL": (1,)}, region=city(paper="F4"))
    print_case(value, tmp_path / "susun", source=lambda digest: tmp_path / digest)
    sizes: dict[str, set[int]] = {}
    with pikepdf.open(tmp_path / "susun" / "dosir.pdf") as book:
        for page in book.pages:
            width, height = (float(page.MediaBox[place]) for place in (2, 3))
            label = str(page.label).partition(" ")
            strip = STRIP_HEIGHT * width / 595 if label[2] else 0
            sizes[label[0]] = {round(side / 72 * 25.4) for side in (width, height - strip)}
    assert sizes.pop("KL/1.1-03") == {216, 279}
    assert len(sizes) > 5
    assert {"KL/1.1-01", "KL/1.1-02", "KL/1.1-04"} < sizes.keys()
    assert set(map(frozenset, sizes.values())) == {frozenset({215, 330})}


def test_pages_that_are_not_in_the_book_are_counted_nowhere_in_it(tmp_path: Path) -> None:
    """The chapter said how many pages a file has of which only a slip sheet is bound; the list of its annex did not."""
    content = pdf_of(["SURAT"])
    bound = evidence_file("D/surat.pdf", sha256=sha256(content).hexdigest(), bytes=len(content), pages=2718)
    (tmp_path / bound.sha256).write_bytes(content)
    value = case({"1.1": [bound, evidence_file("D/hilang.pdf", pages=3718)]}, shape={"KL": (1,)})
    print_case(value, tmp_path / "susun", source=lambda digest: tmp_path / digest)
    pages = texts(tmp_path / "susun" / "dosir.pdf")
    rows = [line for page in pages for line in page.splitlines() if line.startswith(("KL/1.1-01", "KL/1.1-02"))]
    assert not [page for page in pages if "3.718" in page or "2.718" in page]
    assert len({row.startswith("KL/1.1-01") for row in rows}) == 2


SCRIPT = """
import sys
from pathlib import Path
from tests.builders.values import *
from tests.render.printing import print_case
if __name__ == "__main__":
    done = print_case(full_case(6, instrument=framework({"KL": (5,)})), Path(sys.argv[1]))
    print(*(each.sha256 for each in done.documents))
"""


def test_two_processes_with_different_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    script = tmp_path / "susun.py"
    script.write_text(SCRIPT, encoding="utf-8")
    runs = [
        subprocess.Popen(
            [sys.executable, str(script), str(tmp_path / seed)],
            cwd=ROOT,
            env=unmeasured.environment(PYTHONHASHSEED=seed, TZ=zone, PYTHONPATH=str(ROOT)),
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone in (("1", "Asia/Jakarta"), ("271828", "America/Lima"))
    ]
    hashes = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert hashes[0] == hashes[1] != ""
    for name in ("dosir.pdf", "internal/kendali.pdf"):
        content = (tmp_path / "1" / name).read_bytes()
        assert content == (tmp_path / "271828" / name).read_bytes()
        assert str(ROOT).encode() not in content
