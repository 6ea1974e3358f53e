"""Word processing and presentations in the dossier, by LibreOffice where it is installed."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import docx
import numpy as np
import pikepdf
import pytest
from PIL import Image

from flows import bounds, libreoffice
from flows.cabinet import Cabinet
from flows.model import Media
from flows.render.annex import Job, prepare
from flows.render.annex.office import renumbered
from flows.render.annex.pdfs import wrapped_pdf
from flows.render.annex.runner import prepare_all
from flows.render.press import annex_pool
from flows.render.values import Prepared
from flows.settings import FONTS_VARIABLE, fonts_file
from tests.gather.kit import packed
from tests.processes import is_alive
from tests.render.annex.page_kit import shown_prepared
from tests.render.annex.test_prepared_tables import text_of

needs_office = pytest.mark.skipif(not libreoffice.is_installed(), reason="LibreOffice is not installed")


def letter(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("LAPORAN CONTOH", 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def prepared(folder: Path, content: bytes, media: Media = Media.TEXT_DOCUMENT) -> Prepared:
    folder.mkdir(exist_ok=True)
    source = folder / "isi"
    source.write_bytes(content)
    return prepare(Job(source, "0" * 64, media, "Contoh", folder))


@needs_office
def test_a_document_becomes_the_same_pages_in_a_process_that_has_typeset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that has typeset before knows the shipped fonts only; LibreOffice takes those of the computer."""
    content = letter("Kegiatan Forum Anak Kota Contoh tahun 2023.")
    first = prepared(tmp_path / "a", content)
    monkeypatch.setenv(FONTS_VARIABLE, str(fonts_file()))
    second = prepared(tmp_path / "b", content)
    assert (first.pages, first.trouble) == (1, "")
    assert "Kegiatan Forum Anak Kota Contoh tahun 2023." in text_of(first.path)
    assert [mark.title for mark in first.bookmarks] == ["LAPORAN CONTOH"]
    assert first.path.read_bytes() == second.path.read_bytes()
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["halaman.json", "halaman.pdf", "isi"]


@needs_office
def test_rich_text_is_known_by_its_content(tmp_path: Path) -> None:
    result = prepared(tmp_path, rb"{\rtf1\ansi Surat contoh dari Dinas Contoh\par}")
    assert "Surat contoh dari Dinas Contoh" in text_of(result.path)


@needs_office
def test_a_linked_picture_of_this_computer_is_not_drawn_in(tmp_path: Path) -> None:
    """A document must not be able to fetch what lies beside it into the dossier."""
    Image.new("RGB", (300, 300), (255, 0, 0)).save(tmp_path / "rahasia.png")
    names = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
    urn = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
    spaces = " ".join(f'xmlns:{name}="{urn.format(full)}"' for name, full in names.items())
    picture = f'<draw:image xlink:href="{(tmp_path / "rahasia.png").as_uri()}" xlink:type="simple" xlink:show="embed"/>'
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
        f'<text:p>Surat contoh</text:p><text:p><draw:frame svg:width="5cm" svg:height="5cm">{picture}</draw:frame>'
        "</text:p></office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    listed = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    members = {
        "mimetype": kind,
        "content.xml": content,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{urn.format("manifest")}">{listed}</m:manifest>',
    }
    result = prepared(tmp_path / "a", packed({name: text.encode() for name, text in members.items()}))
    assert "Surat contoh" in text_of(result.path)
    seen = np.asarray(shown_prepared(result.path, size=(200, 280))[0], dtype=int)
    assert (seen[..., 0] - seen[..., 1]).max() < 30, "something red was drawn"


def test_without_libreoffice_that_is_said_and_asked_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert prepared(tmp_path / "a", letter()).trouble == "no-office"
    source = tmp_path / "isi"
    source.write_bytes(letter())
    cabinet, job = Cabinet(tmp_path / "lemari"), Job(source, "1" * 64, Media.TEXT_DOCUMENT, "", tmp_path)
    with annex_pool() as pool:
        assert prepare_all([job], cabinet, pool)[job.key].trouble == "no-office"
    assert cabinet.get(job.key) is None


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for LibreOffice")
@pytest.mark.parametrize(
    ("media", "content", "asked", "trouble"),
    [
        (Media.SLIDES, b"\xd0\xcf\x11\xe0" + bytes(600), ["dokumen", "dokumen.ppt"], ""),
        (Media.TEXT_DOCUMENT, b"\xd0\xcf\x11\xe0" + bytes(600), ["dokumen", "dokumen.doc"], "office-failed"),
        (Media.TEXT_DOCUMENT, letter(), ["dokumen"], "office-failed"),
    ],
    ids=["old slides", "old text", "new text"],
)
def test_an_older_document_of_which_nothing_came_is_named(
    media: Media, content: bytes, asked: list[str], trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice 7.4 opens a sound .ppt without its suffix and cannot save it; its slip sheet called it damaged."""
    made, log, stub = tmp_path / "jadi.pdf", tmp_path / "ditanya", tmp_path / "soffice"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 300))
        pdf.save(made)
    # The last words of the command are: --outdir FOLDER DOCUMENT.
    stub.write_text(
        "#!/bin/sh\nfor word; do before=$last; last=$word; done\n"
        f'basename "$last" >> {log}\ncase "$last" in *.ppt) cp {made} "$before/dokumen.pdf";; esac\n'
    )
    stub.chmod(0o755)
    monkeypatch.setattr(libreoffice, "_program", lambda: str(stub))
    result = prepared(tmp_path / "a", content, media)
    assert log.read_text().split() == asked
    assert result.trouble == trouble
    assert result.pages == (0 if trouble else 1)


def test_a_document_behind_a_password_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "_program", lambda: "tidak-dipanggil")
    content = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert prepared(tmp_path, content).trouble == "locked"


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for LibreOffice")
def test_a_document_that_never_ends_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = tmp_path / "soffice"
    stub.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path / 'anak'}\nwait\n")
    stub.chmod(0o755)
    monkeypatch.setattr(libreoffice, "_program", lambda: str(stub))
    monkeypatch.setattr(bounds, "ANNEX_OFFICE_SECONDS", 0.5)
    assert prepared(tmp_path / "a", letter()).trouble == "timeout"
    child = int((tmp_path / "anak").read_text())
    until = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(child)


def test_how_libreoffice_numbers_its_objects_does_not_matter(tmp_path: Path) -> None:
    """Once in a hundred times two fonts changed their numbers, and with them all bytes of a book."""
    made = []
    for place, fonts in enumerate((("/F1", "/F2"), ("/F2", "/F1"))):
        with pikepdf.new() as pdf:
            numbered = {name: pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Is=name)) for name in fonts}
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, 200, 200],
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(dict(sorted(numbered.items())))),
                Contents=pdf.make_stream(b"BT /F1 9 Tf (a) Tj /F2 9 Tf (b) Tj ET"),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
            given = tmp_path / f"{place}.pdf"
            pdf.save(given, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
        pages = tmp_path / f"halaman-{place}.pdf"
        wrapped_pdf(renumbered(given, tmp_path / f"urut-{place}.pdf"), pages)
        made.append((given.read_bytes(), pages.read_bytes()))
    assert made[0][0] != made[1][0], "else this test shows nothing"
    assert made[0][1] == made[1][1]


def test_what_cannot_be_read_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    bad = tmp_path / "rusak.pdf"
    bad.write_bytes(b"bukan PDF")
    assert renumbered(bad, tmp_path / "urut.pdf") == bad
