"""More bounds on both sides: signatures, forms, archives, sheets and what lies within a document."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from flows import bounds
from flows.bounded import BoundedPool
from flows.findings import load_catalogue
from flows.gather.pdfs import read_pdf
from flows.gather.scanner import Scanner
from flows.gather.signatures import read_signatures
from flows.gather.workshop import Workshop
from flows.model import Condition
from flows.validate import judge_manifest
from tests.gather.archive_cases import nested
from tests.gather.kit import city, instrument, packed, take, write
from tests.gather.signing_kit import plain, signatory, signed
from tests.gather.spoilt_pdfs import page_with, stream


def saved(document: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def form(made: Callable[[pikepdf.Pdf], list[Dictionary]]) -> bytes:
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field) for field in made(document)]))
    return saved(document)


def filled() -> Dictionary:
    value = Dictionary(Type=Name.Sig, Contents=pikepdf.String(b"tanda tangan rekaan"))
    return Dictionary(FT=Name.Sig, T=pikepdf.String("Tanda"), V=value)


def among(count: int) -> bytes:
    """A signed field that is the last of ``count`` to be looked at; the first of the form is."""
    blank = Dictionary(FT=Name.Tx, T=pikepdf.String("isian"))
    return form(lambda _: [filled(), *[blank] * (count - 1)])


def below(levels: int) -> bytes:
    """A signed field below ``levels`` others."""

    def made(document: pikepdf.Pdf) -> list[Dictionary]:
        field = filled()
        for _ in range(levels):
            field = Dictionary(T=pikepdf.String("bagian"), Kids=Array([document.make_indirect(field)]))
        return [field]

    return form(made)


FORMS = {"PDF_FIELDS": among, "PDF_DEPTH": below}


@pytest.mark.parametrize("bound", FORMS)
def test_a_signature_is_looked_for_up_to_the_bounds_of_a_form(tmp_path: Path, bound: str) -> None:
    value = getattr(bounds, bound)
    for count, is_found in ((value, True), (value + 1, False)):
        path = tmp_path / f"{count}.pdf"
        path.write_bytes(FORMS[bound](count))
        assert read_pdf(path, Scanner()).has_signature is is_found


def test_signatures_beyond_the_bound_are_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SIGNATURES", 2)  # twenty would cost seconds
    content, path = plain(), tmp_path / "a.pdf"
    counts = []
    for number in range(3):
        content = signed(content, signatory(f"Penanda {number} (rekaan)"), f"Tanda{number}")
        path.write_bytes(content)
        counts.append(len(read_signatures(path)))
    assert counts == [1, 2, 2]


def test_the_name_of_a_signer_is_shown_up_to_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Rekaan Penanda"
    path = tmp_path / "a.pdf"
    path.write_bytes(signed(plain(), signatory(name)))
    for allowed in (len(name), len(name) - 1):
        monkeypatch.setattr(bounds, "SIGNER_CHARS", allowed)  # a certificate takes 64 characters at most
        assert read_signatures(path)[0].signer == name[:allowed]


def test_archives_are_opened_to_the_bound_of_depth(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "Dinkes/12.1 tepat.zip": nested(bounds.ARCHIVE_DEPTH),
            "Dinkes/12.2 lebih.zip": nested(bounds.ARCHIVE_DEPTH + 1),
        },
    )
    told = {file.path: (file.condition, file.detail) for file in take(root).files}
    too_deep = [path for path, (_, detail) in told.items() if detail == "archive-too-deep"]
    assert len(too_deep) == 1
    assert too_deep[0].startswith("Dinkes/12.2 lebih.zip/")
    assert told[too_deep[0]][0] is Condition.REFUSED
    assert not any(detail == "archive-too-deep" for path, (_, detail) in told.items() if "tepat" in path)


def test_a_table_of_contents_is_read_up_to_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.gather import unzip

    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{number}.txt": b"isi" for number in range(3)}))
    length = unzip._directory_bytes(path)  # what the bound is compared with
    job = unzip.Unzip(str(path), str(tmp_path / "isi"), 1_000_000, 100, 1_000_000)
    for allowed, detail in ((length, ""), (length - 1, "archive-list-too-long")):
        monkeypatch.setattr(bounds, "ARCHIVE_DIRECTORY_BYTES", allowed)  # sixteen million would cost seconds
        (tmp_path / "isi").mkdir(exist_ok=True)
        assert unzip.unzip(job).detail == detail


def test_a_drawing_that_ends_its_reader_costs_its_file_one_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of twenty forms draws the next one twenty times: no reader of pages has so much memory."""
    shape = b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
    forms = {f"f{step:02}": stream(b"/A Do " * 20, shape % (step + 6)) for step in range(20)}
    drawing = page_with(b"/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>", a=stream(b"/A Do"), **forms)
    path = "Dinkes/12.2 berlipat.pdf"
    root = write(tmp_path, {path: drawing, "Dinkes/12.1 kecil.txt": "Laporan contoh"})
    monkeypatch.setattr(sys.modules[Workshop.__module__], "BoundedPool", partial(BoundedPool, memory_bytes=300_000_000))
    manifest = take(root)
    assert {file.path: file.condition for file in manifest.files} == {
        path: Condition.REFUSED,
        "Dinkes/12.1 kecil.txt": Condition.GOOD,
    }
    found = [each for each in judge_manifest(city(), instrument(), manifest) if each.path == path]
    assert [each.code for each in found] == ["refused-file"]
    said = load_catalogue().describe(found[0])
    assert "terhenti sebelum selesai" in said.sentence
    assert "menghabiskan memori" in said.sentence
    assert "Buat ulang berkas itu" in said.repair
