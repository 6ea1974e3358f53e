"""Files of kinds that nobody here reads: a number in them blocks as anywhere, and none counts as looked through."""

from __future__ import annotations

import sqlite3
import struct
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from flows import bounds
from flows.gather.inspect import Inspection
from flows.model import Condition, ExposureKind, Media, Reach
from tests.gather.kit import packed
from tests.gather.scan_kit import MASKED, NIK, look

ROW = f"Anak Rekaan, NIK {NIK}"


def found(inspection: Inspection) -> list[tuple[ExposureKind, str, str]]:
    return [(each.kind, each.example, each.hidden) for each in inspection.exposures]


def database() -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE anak (nama TEXT, nik TEXT)")
        connection.execute("INSERT INTO anak VALUES (?, ?)", ("Anak Rekaan", NIK))
        return connection.serialize()


def table_of_dbase() -> bytes:
    columns = (("NAMA", 20), ("NIK", 16))
    head = struct.pack("<BBBBIHH20x", 3, 124, 1, 1, 1, 33 + 32 * len(columns), 1 + 36)
    fields = b"".join(struct.pack("<11scxxxxBB14x", name.encode(), b"C", width, 0) for name, width in columns)
    return head + fields + b"\r " + b"ANAK REKAAN".ljust(20) + NIK.encode() + b"\x1a"


BOOK = packed({"mimetype": b"application/epub+zip", "OEBPS/bab.xhtml": f"<html><p>{ROW}</p></html>".encode()})
DRAWING = packed({"visio/pages/page1.xml": f"<PageContents><Text>{ROW}</Text></PageContents>".encode()})
NUMBERS = packed({"Index/Document.iwa": b"\0\x10\0\0" + ROW.encode()})
FILM = b"\0\0\0\x18ftypmp42" + b"\0" * 400


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anak.sqlite", database()),
        ("anak.dbf", table_of_dbase()),
        ("anak.mdb", b"\0\1\0\0Standard Jet DB\0" + ROW.encode("utf-16-le")),
        ("buku.epub", BOOK),
        ("denah.vsdx", DRAWING),
        ("angka.numbers", NUMBERS),
        ("rekam.mp4", FILM + ROW.encode()),
        ("rusak.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + ROW.encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_is_found_whatever_program_wrote_it(tmp_path: Path, name: str, content: bytes) -> None:
    inspection = look(tmp_path, name, content)

    assert found(inspection) == [(ExposureKind.RESIDENT_NUMBER, MASKED, "swept")]
    assert inspection.reach is Reach.NONE


@pytest.mark.parametrize("name", ["kosong.epub", "peta.kmz", "suara.ogg", "gambar.dwg"])
def test_that_nothing_is_found_says_nothing(tmp_path: Path, name: str) -> None:
    content = packed({"a.xml": b"<a>Peta rekaan</a>"}) if name.endswith(("epub", "kmz")) else b"OggS\0\2" + bytes(900)

    inspection = look(tmp_path, name, content)

    assert (inspection.exposures, inspection.detail, inspection.reach) == ((), "not-opened", Reach.NONE)


def test_a_number_across_two_pieces_is_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SCAN_PIECE_BYTES", 1_000)

    inspection = look(tmp_path, "rekam.mp4", FILM.ljust(990, b"\0") + b"NIK " + NIK.encode() + bytes(3_000))

    assert [(each.example, tally) for each in inspection.exposures for tally in [each.count]] == [(MASKED, 1)]


def test_what_lies_behind_the_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SWEPT_BYTES", 2_000)
    monkeypatch.setattr(bounds, "SCAN_PIECE_BYTES", 1_000)

    inspection = look(tmp_path, "rekam.mp4", FILM.ljust(5_000, b"\0") + ROW.encode())

    assert (inspection.exposures, inspection.reach) == ((), Reach.NONE)


def test_a_packed_folder_is_left_to_who_unpacks_it(tmp_path: Path) -> None:
    inspection = look(tmp_path, "berkas.zip", packed({"catatan.txt": ROW.encode()}))

    assert (inspection.media, inspection.exposures) == (Media.ARCHIVE, ())


def test_a_bomb_of_another_program_is_not_unpacked(tmp_path: Path) -> None:
    inspection = look(tmp_path, "buku.epub", packed({"a.xhtml": bytes(bounds.CONTAINER_RATIO_MATTERS_BYTES + 10)}))

    assert (inspection.condition, inspection.exposures) == (Condition.GOOD, ())


def test_a_database_attached_to_a_pdf_is_swept(tmp_path: Path) -> None:
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["anak.sqlite"] = pikepdf.AttachedFileSpec(pdf, database(), filename="anak.sqlite")
        pdf.save(target)

    inspection = look(tmp_path, "laporan.pdf", target.getvalue())

    assert found(inspection) == [(ExposureKind.RESIDENT_NUMBER, MASKED, "attachment")]
    assert inspection.reach is not Reach.WHOLE
