"""A whole run of a part of the demo city, read back: what a verifier, an archivist and a children's office rely on.

One run for all tests here; a second in another process for the same bytes, a third with one file changed.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from flows.settings import Settings
from tests import unmeasured
from tests.builders import demo_file_problems as hidden
from tests.builders import demo_problems as planted
from tests.builders import golden_pages
from tests.builders.demo_evidence import RANGE
from tests.builders.plain_run import Ran
from tests.builders.small_city import (
    CITY,
    EDITED,
    SECRET,
    SHARED,
    SHARED_MARKS,
    WORD,
    YEAR,
    run_small,
    write_small_city,
)
from tests.render import conformance_kit
from tests.render.binding import archive_kit
from tests.render.opened import Opened, acting, bare_fonts, empty_pages, opened

ROOT = Path(__file__).parents[1]
TTE = "Bappeda/3.2 SK pengurus forum APSAI (TTE).pdf"
BOOK, ARCHIVE, CONTROL = "dosir.pdf", "dosir-arsip.pdf", "internal/kendali.pdf"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("edisi")
    write_small_city(root / "masukan")
    return Settings(root / "masukan", root / "keluaran")


@pytest.fixture(scope="module")
def ran(settings: Settings) -> Ran:
    return run_small(settings)


@pytest.fixture(scope="module")
def books(ran: Ran) -> Mapping[str, Opened]:
    """Every PDF of the run but the upload set, by name."""
    return {each.name: opened(ran.folder / each.name) for each in ran.dossier.documents}


@pytest.fixture(scope="module")
def book(books: Mapping[str, Opened]) -> Opened:
    return books[BOOK]


@pytest.fixture(scope="module")
def labels(ran: Ran) -> Mapping[str, str]:
    """Path of a document → its label."""
    return {each.path: each.label for each in ran.judged.register.labels}


def volume(books: Mapping[str, Opened], start: str) -> Opened:
    return next(each for name, each in books.items() if name.startswith(start))


def is_sent(name: str) -> bool:
    return not name.startswith("internal/")


def chapter_pages(book: Opened) -> set[str]:
    return {label for label in book.labels if re.fullmatch(r"\d+-\d+", label)}


# --------------------------------------------------------------------------------------------------------------------
# Where everything is


def test_page_labels_go_from_the_front_by_chapters_and_documents_to_the_last_leaf(
    book: Opened, labels: Mapping[str, str]
) -> None:
    shape = [re.sub(r"[ivx]+$|\d+$", "", label.partition(" ")[0]) for label in book.labels if "/" not in label]
    order = ["", "R-", "1-", "2-", "3-", "L3-", "4-", "L4-", "5-", "L5-", "6-", "L6-", "7-", "8-", "A-"]
    assert book.labels[:2] == ("i", "ii")
    assert list(dict.fromkeys(shape)) == order
    shared = labels[SHARED]
    assert [label for label in book.labels if label.startswith(shared)] == [f"{shared} hlm. {n}" for n in (1, 2, 3)]
    assert [name for name, times in Counter(book.labels).items() if times > 1] == []


def test_the_outline_has_chapters_annexes_their_documents_and_the_documents_own_outline(
    book: Opened, labels: Mapping[str, str]
) -> None:
    tops = [way[0] for way in book.outline if len(way) == 2]
    chapters = [title for title in tops if re.match(r"Bab (III|IV|V|VI) ", title)]
    assert len(chapters) == 4
    for chapter in chapters:
        annex = "Lampiran Bab " + chapter.split()[1]
        assert tops.index(annex) == tops.index(chapter) + 1
        exhibits = [title.split()[0] for title in book.below(annex) if "/" in title]
        block = exhibits[0].split("/")[0]
        assert exhibits == [label for label in labels.values() if label.startswith(f"{block}/")]
    shared = next(title for title in book.below("Lampiran Bab III") if title.startswith(labels[SHARED]))
    found = [way for way in book.outline if shared in way and way[-2] in SHARED_MARKS]
    assert [way[-2:] for way in found] == [
        (SHARED_MARKS[0], f"{labels[SHARED]} hlm. 1"),
        (SHARED_MARKS[1], f"{labels[SHARED]} hlm. 3"),
    ]


def test_every_claim_leads_to_the_first_page_of_its_proof_and_every_page_of_proof_back_to_every_claim(
    ran: Ran, book: Opened, labels: Mapping[str, str]
) -> None:
    spans = question_pages(book)
    served: dict[str, set[str]] = {}
    for citation in ran.judged.manifest.citations:
        served.setdefault(labels[citation.path], set()).add(citation.question_id)
    assert set(served) == set(labels.values())
    for label, questions in served.items():
        pages = [page for page in book.labels if page.partition(" ")[0] == label]
        assert all(book.to(pages[0]) & spans[question].keys() for question in questions), label
        for page in pages:
            back = {said: there for here, there, said in book.links if here == page}
            assert back == {f"Ke pertanyaan {each}, halaman {there}": there for each, there in starts(spans, questions)}


def question_pages(book: Opened) -> dict[str, dict[str, None]]:
    """Labels of the pages on which a question's section runs, from its heading to the next, in order."""
    begun = [(way[2].split()[0], way[-1]) for way in book.outline if way[0].startswith("Bab") and len(way) == 4]
    places = [book.labels.index(label) for _, label in begun]
    ends = [*places[1:], places[-1]]
    return {
        question: dict.fromkeys(book.labels[place : max(end, place) + 1])
        for (question, _), place, end in zip(begun, places, ends, strict=True)
    }


def starts(spans: Mapping[str, Mapping[str, None]], questions: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((question, next(iter(spans[question]))) for question in questions)


@pytest.mark.parametrize("path", [RANGE, SHARED])
def test_the_pages_that_a_form_names_are_where_its_link_leads(
    ran: Ran, book: Opened, labels: Mapping[str, str], path: str
) -> None:
    """One is from a form of the demo city, which writes "hlm. 2-3"; of the other the page that is led to lies."""
    (said,) = [each for each in ran.judged.manifest.declarations if path in each.paths]
    assert (said.questions, said.first_page, said.last_page) == (("10.4",), 2, 3)
    (here,) = book.to(f"{labels[path]} hlm. 2")
    assert here in question_pages(book)["10.4"]
    assert "hlm. 2–3" in book.texts[book.labels.index(here)].replace("\u00a0", " ")
    assert f"{labels[path]} hlm. 3" in book.labels


def test_a_document_for_three_blocks_stands_once_in_the_book_and_in_each_volume(
    books: Mapping[str, Opened], labels: Mapping[str, str]
) -> None:
    first = f"{labels[SHARED]} hlm. 1"
    holding = [name for name, each in books.items() if each.labels.count(first) == 1]
    assert [name.split("-")[0] for name in holding] == [BOOK, "blok/KL", "blok/II", "blok/III"]
    assert all(each.labels.count(first) < 2 for each in books.values())


def test_a_volume_of_a_block_is_whole_by_itself(books: Mapping[str, Opened], labels: Mapping[str, str]) -> None:
    third = volume(books, "blok/III")
    own = {label for label in labels.values() if label.startswith("III/")} | {labels[SHARED]}
    assert {label.partition(" ")[0] for label in third.labels if "/" in label} == own
    assert third.labels[0] == "i"
    assert chapter_pages(third) == {label for label in books[BOOK].labels if re.match(r"5-", label)}
    for label in own:
        page = next(page for page in third.labels if page.partition(" ")[0] == label)
        assert third.to(page) & chapter_pages(third), label


# --------------------------------------------------------------------------------------------------------------------
# Nothing is lost, nothing comes twice


def test_every_cited_document_has_its_pages_or_its_slip_sheet_exactly_once(
    book: Opened, labels: Mapping[str, str]
) -> None:
    runs = [label.partition(" ")[0] for label in book.labels if "/" in label]
    starts = [label for place, label in enumerate(runs) if place == 0 or runs[place - 1] != label]
    assert sorted(starts) == sorted(labels.values())


@pytest.mark.parametrize(
    ("path", "name", "word"),
    [
        (planted.LOCKED, "internal/blok/II", "kata sandi"),
        (planted.LOCKED, BOOK, "saat verifikasi"),
        (planted.DAMAGED, BOOK, "tidak dapat dibuka"),
        (TTE, BOOK, "tanda tangan elektronik"),
        (hidden.MINUTES, BOOK, "saat verifikasi"),
    ],
)
def test_what_cannot_be_shown_has_a_slip_that_says_why(
    books: Mapping[str, Opened], labels: Mapping[str, str], path: str, name: str, word: str
) -> None:
    """What nobody could read and what is sensitive is withheld alike in what is sent; the house is told more."""
    held = volume(books, name)
    (text,) = [text for label, text in zip(held.labels, held.texts, strict=True) if label == labels[path]]
    assert "LEMBAR PENGGANTI" in text
    assert word in " ".join(text.split())


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_word_document_has_pages(book: Opened, labels: Mapping[str, str]) -> None:
    page = book.labels.index(f"{labels[WORD]} hlm. 1")
    assert "CATATAN UPAYA" in book.texts[page]


def test_the_archive_carries_untouched_what_the_book_may_show(ran: Ran, labels: Mapping[str, str]) -> None:
    with pikepdf.open(ran.folder / ARCHIVE) as pdf:
        held = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    by_label = {each.label.replace("/", "-"): each for each in ran.judged.register.labels}
    for name, found in hashes.items():
        label = by_label[name.split()[0]]
        if label.path != hidden.CASES:  # its redacted copy is there instead
            assert found == label.sha256
        assert held[name] == ran.judged.content(found).read_bytes()
    redacted = hashlib.sha256((ran.judged.input_root / hidden.REDACTED).read_bytes()).hexdigest()
    assert redacted in hashes.values()
    assert labels[hidden.MINUTES].replace("/", "-") not in {name.split()[0] for name in hashes}
    assert {labels[path] for path in (SHARED, EDITED, TTE)} <= {name.split()[0].replace("-", "/", 1) for name in hashes}


def test_the_contents_of_the_archive_name_the_list_of_its_originals(books: Mapping[str, Opened]) -> None:
    """Whoever looks for a file in the archive begins at its contents; the book has no such list to name."""

    def named(book: Opened) -> list[str]:
        front = [text for label, text in zip(book.labels, book.texts, strict=True) if label[0] in "ivx"]
        return re.findall(r"^Daftar Berkas Asli .*\S", "\n".join(front), re.MULTILINE)

    first = next(label for label in books[ARCHIVE].labels if label.startswith("BA-"))
    assert named(books[ARCHIVE]) == [f"Daftar Berkas Asli {first}"]
    assert named(books[BOOK]) == []


@archive_kit.needs_verapdf
def test_the_public_checker_agrees_about_an_archive_of_real_documents(ran: Ran) -> None:
    assert archive_kit.verapdf(ran.folder / ARCHIVE) == ""


# --------------------------------------------------------------------------------------------------------------------
# Nothing leaves the house that must not


def test_nothing_of_a_sensitive_document_is_in_what_is_sent(ran: Ran, books: Mapping[str, Opened]) -> None:
    house = volume(books, "internal/blok/V").text
    assert "HANYA UNTUK KALANGAN SENDIRI" in house
    internal = folded(house)
    hashes = {each.sha256 for each in ran.judged.register.labels if each.path in SECRET}
    assert len(hashes) == len(SECRET)
    for path, words in SECRET.items():
        own = text_of(ran.judged.input_root / path)
        assert all(each in own and each in internal for each in words), path
        for name, each in books.items():
            assert not (is_sent(name) and any(word in folded(each.text) for word in words)), (name, path)
    sent = [path for path in ran.folder.rglob("*") if path.is_file() and is_sent(str(path.relative_to(ran.folder)))]
    assert not {hashlib.sha256(path.read_bytes()).hexdigest() for path in sent} & hashes
    said = [folded(path.name) for path in sent]
    with ZipFile(ran.folder / "unggah" / "jawaban.xlsx") as sheet:
        said += [folded(sheet.read(name).decode()) for name in sheet.namelist() if name.endswith(".xml")]
    assert not any(word in each for words in SECRET.values() for word in words for each in said)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return folded(" ".join(page.get_textpage().get_text_bounded() for page in pdf))


def folded(text: str) -> str:
    return "".join(text.split()).lower()


def test_no_number_of_a_child_is_in_what_is_sent(books: Mapping[str, Opened]) -> None:
    """Neither in the pages of evidence: II/10.1-02 has one in its name, V/23A.2-02 one in a hidden sheet."""
    numbers = (hidden.GIRL, hidden.BOY, hidden.THIRD, hidden.HOUSEHOLD)
    for name, each in books.items():
        found = [number for number in numbers if number in re.sub(r"(?<=\d)[ .-](?=\d)", "", each.text)]
        assert not (is_sent(name) and found), name


def test_no_file_acts_and_no_placeholder_is_left(ran: Ran, books: Mapping[str, Opened]) -> None:
    assert acting(ran.judged.input_root / SHARED) >= {"/OpenAction", "/JavaScript", "/Launch", "/AA"}
    for name in books:
        assert acting(ran.folder / name) == set(), name


def test_every_page_of_an_unchecked_run_says_draft(ran: Ran, books: Mapping[str, Opened]) -> None:
    assert not ran.judged.assessment.privacy_checked
    for each in books.values():
        assert [label for label, text in zip(each.labels, each.texts, strict=True) if "DRAF" not in text] == []


# --------------------------------------------------------------------------------------------------------------------
# For everyone, for long


def test_everyone_can_read_every_edition(ran: Ran, books: Mapping[str, Opened]) -> None:
    for name in books:
        has_evidence = name not in (ARCHIVE, CONTROL)
        assert conformance_kit.findings(ran.folder / name, has_evidence=has_evidence) == [], name
        assert bare_fonts(ran.folder / name) == set(), name


def test_no_page_is_empty(ran: Ran, books: Mapping[str, Opened]) -> None:
    """But the back of the cover, which is meant to be."""
    for name in books:
        assert [number for number in empty_pages(ran.folder / name) if number > 2] == [], name


# --------------------------------------------------------------------------------------------------------------------
# Again


def hashes_of(folder: Path) -> dict[str, str]:
    """All that people read, by name: whatever says neither when nor where it was made."""
    found = (path for path in folder.rglob("*") if path.suffix in {".pdf", ".xlsx", ".csv", ".html"})
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(found)
    }


def test_a_fresh_run_elsewhere_gives_the_same_bytes(ran: Ran, settings: Settings, tmp_path: Path) -> None:
    """On a copied and touched tree, with other hash seeds and another clock, whatever the cabinet may hold."""
    shutil.copytree(settings.inputs, tmp_path / "masukan")
    for path in (tmp_path / "masukan").rglob("*"):
        path.touch()
    done = subprocess.run(
        [sys.executable, "-m", "tests.builders.small_city", "masukan", "keluaran", "--segar"],
        cwd=tmp_path,
        env=unmeasured.environment(PYTHONHASHSEED="271828", TZ="America/Lima", PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    again = hashes_of(tmp_path / done.stdout.strip())
    before = hashes_of(ran.folder)
    assert [name for name in before if again.get(name) != before[name]] == []
    assert set(again) == set(before) > {BOOK, ARCHIVE, CONTROL, "unggah/jawaban.xlsx"}


def test_one_changed_document_sets_its_block_again_and_no_other(ran: Ran, settings: Settings, tmp_path: Path) -> None:
    """Chapter and list of its annex, front of its volume and of the book, list of originals, last leaf: no more.

    Of the control report's many parts, at most that of its agency and the front.
    """
    shutil.copytree(settings.inputs, tmp_path / "masukan")
    shutil.copytree(settings.outputs, tmp_path / "keluaran", symlinks=True)
    target = tmp_path / "masukan" / CITY / str(YEAR) / EDITED
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(target)
    changed = run_small(Settings(tmp_path / "masukan", tmp_path / "keluaran"))
    before, after = hashes_of(ran.folder), hashes_of(changed.folder)
    same = {name for name in before if name.startswith(("blok/", "internal/blok/")) and after[name] == before[name]}
    assert {name.split("-")[0] for name in same} >= {"blok/KL", "blok/II", "blok/V", "internal/blok/V"}
    assert 0 < changed.typeset_parts <= 8 < ran.typeset_parts
    label = next(each.label for each in changed.judged.register.labels if each.path == EDITED)
    assert f"{label} hlm. 2" in opened(changed.folder / BOOK).labels


# --------------------------------------------------------------------------------------------------------------------
# How it looks


def shown_page(ran: Ran, books: Mapping[str, Opened], name: str) -> Image.Image:
    book, label = golden_pages.PAGES[name]
    return golden_pages.picture(ran.folder / book, books[book].labels.index(label))


@pytest.mark.parametrize("name", golden_pages.PAGES)
def test_a_page_looks_as_it_did(ran: Ran, books: Mapping[str, Opened], name: str) -> None:
    """Where it is meant to look otherwise: look at it, then ``python -m tests.builders.golden_pages``."""
    assert golden_pages.are_alike(shown_page(ran, books, name), golden_pages.kept(name))


@pytest.mark.parametrize("name", ["ringkasan", "bab-tabel", "kendali", "bukti"])
def test_a_line_that_moved_by_a_millimetre_and_a_half_is_seen(ran: Ran, books: Mapping[str, Opened], name: str) -> None:
    shown = shown_page(ran, books, name)
    lines = [
        y for y in range(60, shown.height - 80) if min(shown.crop((40, y, shown.width - 40, y + 1)).tobytes()) < 120
    ]
    top = lines[len(lines) // 2]
    line = shown.crop((0, top - 4, shown.width, top + 6))
    shown.paste(line, (0, top - 2))
    assert not golden_pages.are_alike(shown, golden_pages.kept(name))


def test_the_kept_pictures_are_those_and_small() -> None:
    files = list(golden_pages.FOLDER.iterdir())
    assert {path.name for path in files} == {f"{name}.png" for name in golden_pages.PAGES}
    assert sum(path.stat().st_size for path in files) < 400_000


@pytest.mark.parametrize("dpi", [110, 200])
@pytest.mark.parametrize("name", [BOOK, ARCHIVE])
def test_the_code_on_the_last_page_is_read_by_a_telephone_and_says_the_hash_of_the_manifest(
    ran: Ran, name: str, dpi: int
) -> None:
    """From the page as it is seen, mark of a draft included, by a reader that knows nothing of who drew the code."""
    with pypdfium2.PdfDocument(ran.folder / name) as shown:
        codes = zxingcpp.read_barcodes(shown[len(shown) - 1].render(scale=dpi / 72).to_pil())
    manifest = hashlib.sha256((ran.folder / "internal/manifest.csv").read_bytes()).hexdigest()
    assert [(str(code.format), code.text) for code in codes] == [("QR Code", manifest)]


def test_chapters_count_the_pages_that_the_annexes_have(book: Opened) -> None:
    """Also of workbooks, of which the file counts sheets, and of texts, which count nothing themselves."""
    chapters = _counted(book, r"\d+-\d+", CHAPTER_COUNT)
    annexes = {label: pages for label, pages in _counted(book, r"L\d+-\d+", ANNEX_COUNT).items() if pages != "–"}
    assert len(annexes) > 10
    assert {label: chapters.get(label) for label in annexes} == annexes


CHAPTER_COUNT, ANNEX_COUNT = (486.0, 524.0), (378.0, 421.0)
"""From where to where the columns of page counts run, in points from the left edge of an A4 page."""


def _counted(book: Opened, pages: str, column: tuple[float, float]) -> dict[str, str]:
    """What stands in a column beside each label that is a link, by label."""
    found = {}
    with pikepdf.open(book.path) as pdf, pypdfium2.PdfDocument(book.path) as shown:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for number, page in enumerate(pdf.pages):
            if not re.fullmatch(pages, book.labels[number]):
                continue
            text = shown[number].get_textpage()
            for link in page.obj.get("/Annots", []):
                label = book.labels[numbers[link.Dest[0].objgen]].partition(" ")[0] if "/Dest" in link else ""
                left, bottom, right, top = map(float, link.Rect)
                counted = text.get_text_bounded(column[0], bottom, column[1], top).strip()  # none beside a photo
                if counted and "/" in label and text.get_text_bounded(left, bottom, right, top).strip() == label:
                    found[label] = counted
    return found
