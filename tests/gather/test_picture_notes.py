"""A number of a person is found in whatever a picture says of itself in words."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from flows import bounds
from flows.gather.inspect import Inspection
from flows.model import Condition, ExposureKind, Reach
from tests.gather.photo_kit import jpeg, saved, scene, with_chunk
from tests.gather.scan_kit import MASKED, NIK, docx, look, with_members

WORDS = f"akta NIK {NIK}"
PACKET = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:description>{WORDS}</dc:description></x:xmpmeta>'.encode()
IPTC = b"Photoshop 3.0\0008BIM\x04\x04\0\0\0\x2a\x1c\x02\x78\0" + bytes([len(WORDS)]) + WORDS.encode()
PICTURE = scene(1, (80, 60))


def exif(tag: int, value: object, folder: int = 0) -> Image.Exif:
    found = Image.Exif()
    if folder:
        found[folder] = {tag: value}
    else:
        found[tag] = value
    return found


def made(kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    PICTURE.save(target, kind, **options)
    return target.getvalue()


def segment(mark: bytes, content: bytes) -> bytes:
    plain = jpeg(PICTURE)
    return plain[:2] + b"\xff" + mark + (len(content) + 2).to_bytes(2, "big") + content + plain[2:]


def only(found: Inspection) -> tuple[str, str, int]:
    [one] = found.exposures
    return one.example, one.hidden, one.count


JPEGS = {
    "description": lambda: jpeg(PICTURE, exif=exif(0x010E, WORDS)),
    "artist": lambda: jpeg(PICTURE, exif=exif(0x013B, WORDS)),
    "copyright": lambda: jpeg(PICTURE, exif=exif(0x8298, WORDS)),
    "XPTitle": lambda: jpeg(PICTURE, exif=exif(0x9C9B, WORDS.encode("utf-16-le"))),
    "XPComment": lambda: jpeg(PICTURE, exif=exif(0x9C9C, WORDS.encode("utf-16-le"))),
    "user comment": lambda: jpeg(PICTURE, exif=exif(0x9286, b"ASCII\0\0\0" + WORDS.encode(), 0x8769)),
    "user comment, wide": lambda: jpeg(PICTURE, exif=exif(0x9286, b"UNICODE\0" + WORDS.encode("utf-16-be"), 0x8769)),
    "packet": lambda: made("JPEG", xmp=PACKET),
    "caption": lambda: segment(b"\xed", IPTC),
    "comment": lambda: made("JPEG", comment=WORDS),
    "first of two comments": lambda: segment(b"\xfe", WORDS.encode())[:-2] + b"\xff\xd9",
}
OTHERS = {
    "tEXt.png": lambda: with_chunk(made("PNG"), b"tEXt", b"Comment\0" + WORDS.encode()),
    "zTXt.png": lambda: with_chunk(made("PNG"), b"zTXt", b"Comment\0\0" + zlib.compress(WORDS.encode())),
    "iTXt.png": lambda: with_chunk(made("PNG"), b"iTXt", b"Title\0\0\0id\0Judul\0" + WORDS.encode()),
    "packed.png": lambda: with_chunk(made("PNG"), b"iTXt", b"Title\0\1\0id\0Judul\0" + zlib.compress(WORDS.encode())),
    "exif.png": lambda: saved(PICTURE, "PNG", exif(0x010E, WORDS)),
    "a.gif": lambda: made("GIF", comment=WORDS),
    "a.webp": lambda: made("WEBP", xmp=PACKET),
    "a.tif": lambda: made("TIFF", description=WORDS),
    "a.heic": lambda: saved(PICTURE, "HEIF", exif(0x010E, WORDS)),
}


@pytest.mark.parametrize("make", JPEGS.values(), ids=JPEGS)
def test_a_photo_hides_none_in_its_notes(tmp_path: Path, make: Callable[[], bytes]) -> None:
    found = look(tmp_path, "a.jpg", make())
    assert (found.condition, only(found)) == (Condition.GOOD, (MASKED, "picture", 1))
    inner = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/media/image1.jpeg": make()}))
    assert (only(inner), inner.reach) == ((MASKED, "picture", 1), Reach.WHOLE)


@pytest.mark.parametrize(("name", "make"), OTHERS.items(), ids=OTHERS)
def test_a_picture_of_any_format_hides_none(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    found = look(tmp_path, name, make())
    assert (found.condition, only(found)) == (Condition.GOOD, (MASKED, "picture", 1))
    member = "word/media/image1" + Path(name).suffix
    inner = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {member: make()}))
    assert (only(inner), inner.reach) == ((MASKED, "picture", 1), Reach.WHOLE)


def test_notes_beyond_the_bounds_make_a_document_one_looked_at_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = with_chunk(made("PNG"), b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 3_000_000))
    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/media/image1.png": bomb}))
    assert found.reach is Reach.PART
    monkeypatch.setattr(bounds, "PICTURE_NOTES", 2)
    found = look(tmp_path, "a.docx", with_members(docx(lambda _: None), {"word/media/image1.png": made("PNG")}))
    assert found.reach is Reach.PART


def test_text_behind_the_end_of_a_picture_is_found(tmp_path: Path) -> None:
    """Programs for pictures pass over it; films and pictures that cameras put there are none."""
    children = "".join(f"{number}. {name}, lahir 0{number} Mei 2015, kelas 3\n" for number, name in
                       enumerate(("Siti Rekaan", "Budi Umpama", "Wulan Khayal", "Tono Andai"), 1))  # fmt: skip
    for name, picture in (("a.jpg", made("JPEG")), ("a.png", made("PNG"))):
        assert only(look(tmp_path, name, picture + f"\nNIK {NIK}\n".encode())) == (MASKED, "picture", 1)
        assert only(look(tmp_path, name, picture + b"\1\0\2\0" + NIK.encode("utf-16-le"))) == (MASKED, "picture", 1)
        (one,) = look(tmp_path, name, picture + f"Daftar nama anak\n{children}".encode()).exposures
        assert (one.kind, one.hidden) == (ExposureKind.CHILD_LIST, "picture")
        assert look(tmp_path, name, picture + picture + bytes(range(256)) * 400).exposures == ()
