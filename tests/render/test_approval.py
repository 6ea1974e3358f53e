"""The signed approval sheet: a scan stands for the blank one, an electronic signature is told and not printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from flows.bounded import BoundedPool
from flows.errors import RenderError
from flows.gather.keep import cited_paths
from flows.model import Condition, ElectronicSignature, EvidenceFile, Manifest, Media
from flows.render.approval import BLANK, Approval, approval_of
from flows.render.book import Book
from flows.render.enclosing import originals_of
from flows.render.pdf import typeset
from tests.builders.values import AS_OF, PROVENANCE, case, evidence_file
from tests.gather.kit import pdf
from tests.render.printing import evidence_of

PATH = "naskah/pengesahan-bertandatangan.pdf"
SHAPE = {"KL": (1,)}
BLANK_WORDS = "Tanda tangan dan cap, atau TTE"
FOOTER = "diterbitkan oleh BSrE-BSSN"
SIGNED = ElectronicSignature("NAMA CONTOH SATU", "BSrE Contoh", "2025-03-30", is_intact=True, covers_file=True)


@pytest.fixture(scope="module")
def pool() -> Iterator[BoundedPool]:
    with BoundedPool(1) as made:
        yield made


def sheet(content: bytes, **changes: object) -> EvidenceFile:
    values = {"media": Media.OWN, "sha256": sha256(content).hexdigest(), "agency_id": ""}
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
    with pytest.raises(RenderError, match="tidak utuh atau tidak dapat diperiksa") as caught:
        taken(tmp_path, pool, has_signature=True, signatures=signatures)
    assert "belum diubah" in caught.value.repair


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [
        (b"", {"condition": Condition.DAMAGED}, "keadaannya rusak"),
        (b"", {"condition": Condition.REFUSED, "detail": "symlink"}, "keadaannya ditolak"),
        (b"bukan PDF", {}, "halamannya tidak dapat digambar"),
        (pdf(*[["x"]] * 4), {}, "halamannya lebih dari 3"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_repair(
    content: bytes, changes: dict[str, object], said: str, tmp_path: Path, pool: BoundedPool
) -> None:
    with pytest.raises(RenderError, match=said) as caught:
        taken(tmp_path, pool, content, **changes)
    assert PATH in caught.value.message
    assert "dosir memuat lembar kosong" in caught.value.repair


def test_the_signed_sheet_is_kept_in_the_vault_like_evidence() -> None:
    assert list(cited_paths(Manifest((sheet(b""), evidence_file("naskah/lambang.png", media=Media.OWN)), ()))) == [PATH]


def test_only_the_sheet_that_was_signed_electronically_goes_into_the_archive(tmp_path: Path) -> None:
    (tmp_path / "isi").write_bytes(b"%PDF-")
    for changes, expected in (
        ({"has_signature": True}, [("Lembar Pengesahan", "pengesahan-bertandatangan.pdf")]),
        ({}, []),
    ):
        value = case(shape=SHAPE)
        value = replace(value, manifest=replace(value.manifest, files=(*value.manifest.files, sheet(b"", **changes))))
        found = originals_of(
            evidence_of(value), (), lambda _: tmp_path / "isi", lambda paths: dict.fromkeys(paths, ""), AS_OF
        )
        assert [(each.label, each.name) for each in found] == expected
