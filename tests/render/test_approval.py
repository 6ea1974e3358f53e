"""The signed approval sheet: a scan stands for the blank one, an electronic signature is told and not printed."""

from __future__ import annotations

import operator
import os
import re
import signal
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from flows.bounded import BoundedPool
from flows.errors import RenderError
from flows.findings import load_catalogue
from flows.gather import signed_sheet
from flows.gather.keep import cited_paths
from flows.model import (
    APPROVAL_FILE,
    APPROVAL_NAMES,
    Condition,
    ElectronicSignature,
    EvidenceFile,
    Manifest,
    Media,
    Severity,
)
from flows.render.approval import BLANK, Approval, approval_of, draw_pages
from flows.render.book import Book
from flows.render.enclosing import signed_sheet_of
from flows.render.pdf import typeset
from flows.telling import tell_result
from flows.validate import judge_manifest, validate
from tests.builders.values import AS_OF, PROVENANCE, case, evidence_file
from tests.gather import signing_kit as signing
from tests.gather.kit import pdf, picture, take, write
from tests.render.opened import acting
from tests.render.printing import evidence_of

PATH = "naskah/pengesahan-bertandatangan.pdf"
SHAPE = {"KL": (1,)}
BLANK_WORDS = "Tanda tangan dan cap, atau TTE"
FOOTER = "menyebut BSrE-BSSN sebagai penerbitnya"
SIGNED = ElectronicSignature("NAMA CONTOH SATU", "BSrE Contoh", "2025-03-30", is_intact=True, covers_file=True)


@pytest.fixture(scope="module")
def pool() -> Iterator[BoundedPool]:
    with BoundedPool(1) as made:
        yield made


def sheet(content: bytes, **changes: object) -> EvidenceFile:
    values = {"media": Media.OWN, "pages": 1, "sha256": sha256(content).hexdigest(), "agency_id": ""}
    return evidence_file(PATH, **(values | changes))


def taken(tmp_path: Path, pool: BoundedPool, content: bytes = b"", **changes: object) -> Approval:
    (tmp_path / "isi").write_bytes(content)
    return approval_of(Manifest((sheet(content, **changes),), ()), lambda _: tmp_path / "isi", pool)


def front(approval: Approval) -> str:
    book = Book(evidence_of(case(shape=SHAPE)), AS_OF, PROVENANCE, approval=approval)
    return book.front({}).html


def sheet_of(approval: Approval) -> str:
    """The approval sheet's own pages: what stands between the imprint and the foreword."""
    html = front(approval)
    return html[html.index("</dl>") : html.index('id="pengantar"')]


def test_without_a_file_the_sheet_is_blank(tmp_path: Path, pool: BoundedPool) -> None:
    assert approval_of(Manifest((), ()), lambda _: tmp_path, pool) is BLANK
    agencies = evidence_file("Dinkes/pengesahan-bertandatangan.pdf")
    deeper = evidence_file("naskah/lama/pengesahan-bertandatangan.pdf", media=Media.OWN)
    assert Manifest((agencies, deeper), ()).approval is None
    assert sheet_of(BLANK).count(BLANK_WORDS) == 3


def test_the_scan_replaces_the_blank_sheet_and_counts_as_it_did(tmp_path: Path, pool: BoundedPool) -> None:
    approval = taken(tmp_path, pool, pdf(["LEMBAR PENGESAHAN"], signed=False))
    html = sheet_of(approval)

    assert BLANK_WORDS not in html
    assert html.count("data:image/jpeg;base64,") == 1
    assert 'id="pengesahan"' in html
    assert f"sidik berkas {approval.short_hash}" in html
    out = tmp_path / "a.pdf"
    page = f'<!DOCTYPE html><html lang="id"><head>{head(front(approval))}</head><body>{section(html)}</body></html>'
    made = typeset(page, out, as_of=AS_OF, title="Lembar Pengesahan")
    assert made.pages == 1
    with pikepdf.open(out) as book:
        assert len(book.pages[0].get_images()) == 1


def head(html: str) -> str:
    return html[html.index("<title>") : html.index("</head>")]


def section(html: str) -> str:
    start = html.index('<section class="bagian pindaian">')
    return html[start : html.rindex("</section>") + len("</section>")]


def test_pages_are_drawn_alike_twice(tmp_path: Path, pool: BoundedPool) -> None:
    content = pdf(["SATU"], ["DUA"])
    assert len(taken(tmp_path, pool, content).pages) == 2
    assert taken(tmp_path, pool, content) == taken(tmp_path, pool, content)


def test_the_footer_of_the_authority_stands_only_on_what_it_signed(tmp_path: Path, pool: BoundedPool) -> None:
    signed = taken(tmp_path, pool, has_signature=True, signatures=(SIGNED,))
    assert signed.pages == ()
    html = sheet_of(signed)
    assert FOOTER in html
    assert "NAMA CONTOH SATU" in html
    assert "30 Maret 2025" in html
    assert signed.sha256 in html
    assert "Keaslian sertifikat tidak diperiksa" in html, "anybody may call an authority so"
    assert BLANK_WORDS not in html

    other = replace(SIGNED, issuer="Penerbit Lain")
    for approval in (
        BLANK,
        taken(tmp_path, pool, pdf(["pindai"])),
        taken(tmp_path, pool, has_signature=True, signatures=(other,)),
        taken(tmp_path, pool, has_signature=True, signatures=(SIGNED, other)),
    ):
        assert FOOTER not in front(approval)


@pytest.mark.parametrize(
    "signatures",
    [
        (),
        (replace(SIGNED, is_intact=False),),
        (replace(SIGNED, is_intact=None),),
        (SIGNED, replace(SIGNED, covers_file=False)),
    ],
)
def test_a_signature_that_is_not_whole_is_not_vouched_for(
    signatures: tuple[ElectronicSignature, ...], tmp_path: Path, pool: BoundedPool
) -> None:
    value = sheet(b"", has_signature=True, signatures=signatures)
    assert approval_of(Manifest((value,), ()), lambda _: tmp_path, pool) is BLANK
    [told] = told_of(value)
    assert "tidak utuh, tidak dapat diperiksa, atau ditambahi" in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"condition": Condition.DAMAGED, "detail": "cannot-open"}, "isi berkas rusak"),
        ({"condition": Condition.REFUSED, "detail": "symlink"}, "tautan ke tempat lain"),
        ({"condition": Condition.EMPTY}, "keadaannya kosong"),
        ({"pages": None}, "bukan PDF atau gambar"),
        ({"pages": 4}, "halamannya lebih dari 3"),
    ],
)
def test_what_cannot_be_used_costs_a_finding_and_not_the_book(
    changes: dict[str, object], said: str, tmp_path: Path, pool: BoundedPool
) -> None:
    """The blank sheet stands in the book, and ``kla periksa`` has said why before anything was printed."""
    assert taken(tmp_path, pool, b"", **changes) is BLANK
    [told] = told_of(sheet(b"", **changes))
    assert said in told
    assert PATH in told


def test_a_sheet_that_can_be_used_is_no_finding(tmp_path: Path) -> None:
    assert told_of(sheet(b"")) == []
    assert told_of(sheet(b"", has_signature=True, signatures=(SIGNED,), pages=40)) == []


def draw_at_last(path: Path) -> tuple[str, ...]:
    """Runs in a child; the first is killed."""
    if not (mark := path.with_name("mati")).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return draw_pages(path)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_a_sheet_whose_child_is_killed_is_drawn_by_another(
    tmp_path: Path, pool: BoundedPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would end a run that has taken an hour."""
    monkeypatch.setattr("flows.render.approval.draw_pages", draw_at_last)
    assert len(taken(tmp_path, pool, pdf(["LEMBAR PENGESAHAN"], signed=False)).pages) == 1
    assert (tmp_path / "mati").exists()


def test_pages_that_were_counted_and_cannot_be_drawn_are_said(tmp_path: Path, pool: BoundedPool) -> None:
    """Nobody was told before, so that a blank sheet would pass for the signed one."""
    with pytest.raises(RenderError, match="halamannya tidak dapat digambar") as caught:
        taken(tmp_path, pool, b"bukan PDF")
    assert PATH in caught.value.message
    assert "dosir memuat lembar kosong" in caught.value.repair


def told_of(file: EvidenceFile) -> list[str]:
    """What the checks say of the signed sheet; it is to be seen to, and blocks nothing."""
    value = case(shape=SHAPE)
    findings = judge_manifest(value.city, value.framework, Manifest((file,), ()))
    found = [each for each in findings if each.code == "approval-unusable"]
    assert {each.severity for each in found} <= {Severity.REQUIRED}
    return [load_catalogue().describe(each).sentence for each in found]


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("naskah/pengesahan bertandatangan.pdf", True),
        ("naskah/pengesahan-bertandatangan (1).pdf", True),
        ("naskah/Pengesahan-Bertandatangan.pdf.pdf", True),
        ("naskah/pengesahan-bertandatangan.heic", True),
        ("Dinas Contoh/pengesahan-bertandatangan.pdf", True),
        ("naskah/templat/dossier/pengesahan.html", False),
        ("naskah/lambang.png", False),
        ("naskah/konsep lembar pengesahan.docx", False),
        ("Dinas Contoh/1.1 Lembar pengesahan.pdf", False),
    ],
)
def test_a_signed_sheet_under_another_name_is_told(path: str, *, is_told: bool) -> None:
    """The book would hold the blank sheet, on the last day, and nobody would know why."""
    media = Media.OWN if path.startswith("naskah/") else Media.PDF
    other, value = evidence_file(path, media=media), case(shape=SHAPE)
    words = load_catalogue()

    def told(*files: EvidenceFile) -> list[str]:
        findings = judge_manifest(value.city, value.framework, Manifest(files, ()))
        described = [words.describe(each) for each in findings if each.code == "approval-misnamed"]
        return [f"{each.sentence} {each.repair}" for each in described]

    said = told(other)
    assert [path in each and APPROVAL_FILE in each for each in said] == [True] * is_told
    assert told(other, sheet(b"")) == []  # one of the right name is there


def test_the_signed_sheet_is_kept_in_the_vault_like_evidence() -> None:
    assert list(cited_paths(Manifest((sheet(b""), evidence_file("naskah/lambang.png", media=Media.OWN)), ()))) == [PATH]


# --------------------------------------------------------------------------------------------------------------------
# Files as offices lay them down, gathered and read by the program itself

BSRE = "Balai Sertifikasi Elektronik"


def gathered(root: Path, files: Mapping[str, bytes]) -> EvidenceFile:
    """The approval sheet as it is seen in the city's folder with these files."""
    file = take(write(root, {f"naskah/{name}": content for name, content in files.items()})).approval
    assert file is not None
    return file


def laid(tmp_path: Path, pool: BoundedPool, files: Mapping[str, bytes]) -> Approval:
    """What becomes of it in the book."""
    file = gathered(tmp_path / "masukan", files)
    return approval_of(Manifest((file,), ()), lambda _: tmp_path / "masukan" / file.path, pool)


def signed_by(*issuers: str) -> bytes:
    content = signing.plain()
    for number, issuer in enumerate(issuers, start=1):
        content = signing.signed(content, signing.signatory(f"NAMA CONTOH {number}", issuer), f"Tanda{number}")
    return content


@pytest.mark.parametrize(
    ("issuers", "footers"),
    [
        ((BSRE,), 1),
        (("BSrE Contoh G1", "BSSN", BSRE), 1),
        ((signing.AUTHORITY,), 0),
        ((BSRE, signing.AUTHORITY), 0),
        (("Bsrembang Sertifikat",), 0),
        (("NAMA CONTOH 1",), 0),
    ],
)
def test_a_sheet_that_was_really_signed_replaces_the_blank_one_and_names_its_authority(
    issuers: tuple[str, ...], footers: int, tmp_path: Path, pool: BoundedPool
) -> None:
    """One signatory, three, and another authority's: the footer stands only where all are those of the BSrE."""
    content = signed_by(*issuers)
    html = sheet_of(laid(tmp_path, pool, {APPROVAL_FILE: content}))
    assert html.count(FOOTER) == footers
    assert all(f"NAMA CONTOH {number}" in html for number in range(1, len(issuers) + 1))
    assert sha256(content).hexdigest() in html
    assert BLANK_WORDS not in html


def test_nothing_is_said_to_come_of_the_bsre_for_a_certificate_only_says_so(tmp_path: Path, pool: BoundedPool) -> None:
    """Whoever makes an authority of his own may call it so; nobody here asks the real one."""
    html = " ".join(sheet_of(laid(tmp_path, pool, {APPROVAL_FILE: signed_by(BSRE)})).split())
    assert "Menurut sertifikat di dalamnya:" in html
    assert "benar tidaknya hanya dapat dinyatakan layanan verifikasi dokumen BSrE" in html
    assert not re.search("(?:diterbitkan|ditandatangani) (?:secara elektronik )?oleh", html)


def test_a_certificate_that_somebody_made_out_to_himself_is_nobodys(tmp_path: Path, pool: BoundedPool) -> None:
    content = signing.signed(signing.plain(), signing.signatory(BSRE, BSRE))
    assert FOOTER not in sheet_of(laid(tmp_path, pool, {APPROVAL_FILE: content}))


@pytest.mark.parametrize("change", [signing.tampered, signing.changed_afterwards])
def test_a_sheet_that_was_changed_after_its_signing_is_said(
    change: Callable[[bytes], bytes], tmp_path: Path, pool: BoundedPool
) -> None:
    content = change(signed_by(BSRE))
    assert laid(tmp_path, pool, {APPROVAL_FILE: content}) is BLANK
    assert told_of(gathered(tmp_path / "lagi", {APPROVAL_FILE: content}))


@pytest.mark.parametrize("name", APPROVAL_NAMES[1:])
def test_a_scan_may_be_a_picture_and_is_shown_upright(name: str, tmp_path: Path, pool: BoundedPool) -> None:
    """Offices photograph the sheet with a telephone, which notes that it was held on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = BytesIO()
    kind = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}.get(Path(name).suffix, "TIFF")
    Image.linear_gradient("L").resize((4000, 1000)).save(stream, kind, exif=exif)
    approval = laid(tmp_path, pool, {name.upper(): stream.getvalue()})
    [page] = approval.pages
    with Image.open(BytesIO(b64decode(page.partition(",")[2]))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (500, 2000))
    html = sheet_of(approval)
    assert BLANK_WORDS not in html
    assert FOOTER not in html


def test_a_picture_that_is_called_a_pdf_is_shown_too(tmp_path: Path, pool: BoundedPool) -> None:
    assert len(laid(tmp_path, pool, {APPROVAL_FILE: paper(signed=True)}).pages) == 1


def test_the_pdf_is_taken_where_there_are_both(tmp_path: Path, pool: BoundedPool) -> None:
    found = laid(tmp_path, pool, {"pengesahan-bertandatangan.jpg": picture("JPEG"), APPROVAL_FILE: signed_by(BSRE)})
    assert found.names_bsre


def test_a_lying_scan_of_two_pages_with_a_script_becomes_pictures_on_two_pages(
    tmp_path: Path, pool: BoundedPool
) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(["SATU"], ["DUA"], signed=False))) as document:
        for lying in document.pages:
            lying.MediaBox = [0, 0, 842, 595]
            lying.contents_add(b"100 100 300 4 re f")
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(target)
    approval = laid(tmp_path, pool, {APPROVAL_FILE: target.getvalue()})
    html = front(approval)
    out = tmp_path / "a.pdf"
    sheets = sheet_of(approval)
    body = sheets[sheets.index('<section class="bagian pindaian">') : sheets.rindex("</section>") + len("</section>")]
    page = f'<!DOCTYPE html><html lang="id"><head>{head(html)}</head><body>{body}</body></html>'
    assert typeset(page, out, as_of=AS_OF, title="Lembar Pengesahan").pages == 2
    assert not acting(out) - {"kla:"}


def white(*sizes: tuple[float, float]) -> bytes:
    """Pages with nothing on them, as a scanner makes of the back of a sheet."""
    target = BytesIO()
    with pikepdf.new() as document:
        for size in sizes:
            document.add_blank_page(page_size=size)
        document.save(target)
    return target.getvalue()


def paper(*, signed: bool) -> bytes:
    """A scanned sheet, a little grey and uneven as paper is, with a signature or without."""
    page = Image.effect_noise((1240, 1754), 12).point(lambda value: min(255, value + 100))
    if signed:
        ImageDraw.Draw(page).line([(700, 1400), (760, 1330), (820, 1420), (900, 1350)], fill=70, width=5)
    target = BytesIO()
    page.save(target, "JPEG")
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [white((595, 842)), white((595, 842), (595, 842)), paper(signed=False)],
    ids=["an empty page", "two", "a photograph of bare paper"],
)
def test_an_empty_page_is_never_printed_as_the_sheet_that_was_signed(
    content: bytes, tmp_path: Path, pool: BoundedPool
) -> None:
    assert laid(tmp_path, pool, {APPROVAL_FILE: content}) is BLANK
    [told] = told_of(gathered(tmp_path / "lagi", {APPROVAL_FILE: content}))
    assert "halamannya kosong" in told


def test_one_signature_on_bare_paper_is_enough(tmp_path: Path, pool: BoundedPool) -> None:
    assert len(laid(tmp_path, pool, {"pengesahan-bertandatangan.jpg": paper(signed=True)}).pages) == 1


def test_pages_that_cannot_be_drawn_are_told_by_the_checks_and_cost_nobody_the_book(
    tmp_path: Path, pool: BoundedPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_sheet, "shows_anything", operator.index)  # which no path has
    file = gathered(tmp_path, {APPROVAL_FILE: pdf(["SATU"], signed=False)})
    assert (file.condition, file.detail) == (Condition.DAMAGED, "sheet-undrawn")
    [told] = told_of(file)
    assert "halamannya tidak dapat digambar" in told
    assert approval_of(Manifest((file,), ()), lambda _: tmp_path / file.path, pool) is BLANK


def protected() -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(["SATU"], signed=False))) as document:
        document.save(target, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (protected(), "dilindungi kata sandi"),
        (pdf(["SATU"], ["DUA"], signed=False)[:300], "isi berkas rusak atau terpotong"),
        (pdf(*[["x"]] * 40, signed=False), "halamannya lebih dari 3"),
        (b"", "berukuran 0 bita"),
        (b"bukan PDF", "bukan PDF atau gambar"),
    ],
)
def test_files_that_cannot_be_used_leave_the_sheet_blank_and_are_told(
    content: bytes, said: str, tmp_path: Path, pool: BoundedPool
) -> None:
    assert laid(tmp_path, pool, {APPROVAL_FILE: content}) is BLANK
    [told] = told_of(gathered(tmp_path / "lagi", {APPROVAL_FILE: content}))
    assert said in told


def test_a_page_longer_than_any_is_drawn_smaller(tmp_path: Path, pool: BoundedPool) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(["SATU"], signed=False))) as document:
        document.pages[0].MediaBox = [0, 0, 200_000, 10]
        document.pages[0].contents_add(b"0 0 100000 10 re f")
        document.save(target)
    assert len(laid(tmp_path, pool, {APPROVAL_FILE: target.getvalue()}).pages) == 1


def test_only_the_sheet_that_was_signed_electronically_goes_into_the_archive(tmp_path: Path) -> None:
    (tmp_path / "isi").write_bytes(b"%PDF-")
    for changes, expected in (
        ({"has_signature": True, "signatures": (SIGNED,)}, [("Lembar Pengesahan", "pengesahan-bertandatangan.pdf")]),
        ({"has_signature": True, "signatures": (replace(SIGNED, is_intact=False),)}, []),
        ({}, []),
    ):
        value = case(shape=SHAPE)
        value = replace(value, manifest=replace(value.manifest, files=(*value.manifest.files, sheet(b"", **changes))))
        found = signed_sheet_of(
            evidence_of(value), lambda _: tmp_path / "isi", lambda paths: dict.fromkeys(paths, ""), AS_OF
        )
        assert [(each.label, each.name) for each in found] == expected


def test_the_screen_tells_of_the_sheet_before_single_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Worth no points, it would stand last of a list of which only the first are shown."""
    value = case(shape=SHAPE)
    damaged = [
        evidence_file(f"Dinkes/{each}.pdf", condition=each, detail=each.value, agency_id="dinkes")
        for each in (Condition.DAMAGED, Condition.EMPTY, Condition.LOCKED, Condition.REFUSED)
    ]
    manifest = Manifest((*damaged, sheet(b"", pages=None)), ())
    tell_result(value.city, value.framework, manifest, validate(value.city, value.framework, manifest))
    told = capsys.readouterr().out
    assert told.index("WAJIB DILENGKAPI: Lembar pengesahan") == told.index("WAJIB DILENGKAPI: ")
