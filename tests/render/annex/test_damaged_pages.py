"""Drawings that are damaged inside: the dossier shows of them what viewers show, and its proof can read them."""

from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
import pytest

from flows.render.annex.pdfs import wrapped_pdf
from flows.render.binding import bind, prove
from flows.render.values import Pages, Prepared
from tests.gather.spoilt_pdfs import page_with, stream
from tests.render.annex.page_kit import darkest, shown_prepared
from tests.render.binding.kit import Press, book, exhibit, volume

DRAWN = b"0 g 20 20 160 160 re f\n" + b"".join(b"%d %d m %d 0 l S\n" % (n, n * 7 % 200, n * 3) for n in range(900))


def damaged(entries: bytes, packed: bytes) -> bytes:
    content = b"<</Length %d%s>>stream\n%s\nendstream" % (len(packed), entries, packed)
    return page_with(b"/Contents 4 0 R", content=content)


def garbled() -> bytes:
    packed = bytearray(zlib.compress(DRAWN, 6))
    middle = len(packed) // 2
    packed[middle : middle + 40] = bytes(range(215, 255))
    return bytes(packed)


@pytest.mark.parametrize(
    ("entries", "packed", "is_seen"),
    [
        (b"/Filter/FlateDecode", garbled(), True),
        (b"/Filter/FlateDecode", zlib.compress(DRAWN)[:-300], True),
        (b"/Filter/FlateDecode", b"bukan zlib", False),
        (b"/Filter/TidakAda", DRAWN, True),
    ],
    ids=["garbled", "cut", "not packed", "an unknown packing"],
)
def test_what_viewers_show_of_a_damaged_drawing_can_be_bound(
    tmp_path: Path,
    entries: bytes,
    packed: bytes,
    is_seen: bool,  # noqa: FBT001
) -> None:
    """Found by spoiling files: one such page once kept a whole volume from being bound."""
    source = tmp_path / "asal.pdf"
    source.write_bytes(damaged(entries, packed))
    prepared = wrapped_pdf(source, tmp_path / "halaman.pdf")
    assert prepared.pages == 1
    with pikepdf.open(prepared.path) as pdf:
        assert pdf.pages[0].Resources.XObject.Hlm.read_bytes() is not None
    assert (darkest(shown_prepared(prepared.path, size=(200, 200))[0]) < 50) is is_seen
    bound(tmp_path, prepared)


@pytest.mark.parametrize(
    "content",
    [
        page_with(b"").replace(b"/Size", b"/Sise"),
        page_with(
            b"/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R",
            content=stream(b"/I Do"),
            picture=stream(
                b"", b"/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray"
            ),
        ),
    ],
    ids=["a trailer without size", "a picture without data"],
)
def test_what_is_mended_in_reading_can_be_bound(tmp_path: Path, content: bytes) -> None:
    """Also found so."""
    source = tmp_path / "asal.pdf"
    source.write_bytes(content)
    bound(tmp_path, wrapped_pdf(source, tmp_path / "halaman.pdf"))


def bound(folder: Path, prepared: Prepared) -> None:
    """Bind the pages into a volume, and prove it."""
    whole = volume([*book(Press(folder)), Pages(exhibit(1), prepared)])
    bind(whole, folder / "dosir.pdf")
    prove(folder / "dosir.pdf", whole)
