"""Pictures tell size, date and that they know the place; copies are known again, and no coordinate is kept."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.fftpack import dct

from flows import bounds
from flows.gather.content import TooLargeError
from flows.gather.family import family_of_suffix
from flows.gather.frequencies import lowest_frequencies
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.pictures import look_at_picture
from flows.gather.recognise import rules_of
from flows.model import Condition, ExposureKind, Media
from flows.validate.likeness import ALIKE_BITS
from tests.gather.kit import instrument
from tests.gather.photo_kit import copies, jpeg, letter, notes, saved, scene, screen

RULES = rules_of(instrument())
PLACE = (7.0, 101.0)


def look(tmp_path: Path, name: str, content: bytes) -> Inspection:
    path = tmp_path / name
    path.write_bytes(content)
    return inspect_file(path, family_of_suffix(path.suffix), RULES)


def fingerprint(content: bytes) -> int:
    found = look_at_picture(io.BytesIO(content)).photo.fingerprint
    assert found
    return int(found, 16)


def nearest(pictures: Sequence[Image.Image]) -> int:
    prints = [fingerprint(jpeg(picture)) for picture in pictures]
    return min((one ^ other).bit_count() for at, one in enumerate(prints) for other in prints[:at])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_every_format_tells_size_date_and_that_it_knows_the_place(tmp_path: Path, kind: str) -> None:
    exif = notes(taken="2023:08:17 09:00:00", place=PLACE)
    suffix = {"JPEG": ".jpg", "HEIF": ".heic", "TIFF": ".tif"}.get(kind, f".{kind.lower()}")
    found = look(tmp_path, f"foto{suffix}", saved(scene(1, (400, 300)), kind, exif))
    assert (found.condition, found.media, found.pages) == (Condition.GOOD, Media.IMAGE, 1)
    assert found.photo is not None
    assert (found.photo.width, found.photo.height, found.photo.taken) == (400, 300, "2023-08-17")
    assert [(one.kind, one.count, one.example) for one in found.exposures] == [(ExposureKind.PLACE, 1, "")]


def test_coordinates_are_neither_kept_nor_invented(tmp_path: Path) -> None:
    """Cameras without reception write zeros; programs write them as text in notes of their own."""
    bare = look(tmp_path, "a.jpg", jpeg(scene(1), exif=notes(place=(0.0, 0.0))))
    assert bare.exposures == ()
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="7,30.5N"/></x:xmpmeta>'
    target = io.BytesIO()
    scene(1).save(target, "JPEG", xmp=packet)
    found = look(tmp_path, "b.jpg", target.getvalue())
    assert [one.kind for one in found.exposures] == [ExposureKind.PLACE]
    assert "30.5" not in repr(found)


@pytest.mark.parametrize("taken", ["2023-08-17T09:00:00", "2023/08/17 09:00", "2023.08.17", " 2023:08:17 09:00:00"])
def test_a_date_is_read_however_the_camera_writes_it(tmp_path: Path, taken: str) -> None:
    found = look(tmp_path, "a.jpg", jpeg(scene(1), exif=notes(taken=taken)))
    assert found.photo
    assert found.photo.taken == "2023-08-17"


@pytest.mark.parametrize("taken", ["1970:01:01 00:00:00", "2000:01:01 00:00:00", "2023:13:40 00:00:00", "kemarin"])
def test_a_date_that_cannot_be_is_no_date(tmp_path: Path, taken: str) -> None:
    found = look(tmp_path, "a.jpg", jpeg(scene(1), exif=notes(taken=taken)))
    assert found.photo is not None
    assert found.photo.taken == ""


def test_size_and_likeness_are_those_of_the_picture_as_displayed(tmp_path: Path) -> None:
    upright = scene(3, (600, 400))
    lying = look(tmp_path, "a.jpg", jpeg(upright.transpose(Image.Transpose.ROTATE_90), exif=notes(orientation=6)))
    plain = look(tmp_path, "b.jpg", jpeg(upright))
    assert lying.photo is not None
    assert plain.photo is not None
    assert (lying.photo.width, lying.photo.height) == (600, 400)
    difference = int(lying.photo.fingerprint, 16) ^ int(plain.photo.fingerprint, 16)
    assert difference.bit_count() <= ALIKE_BITS


def test_copies_of_one_picture_are_known_again() -> None:
    worst: dict[str, int] = {}
    for picture in (scene(1), scene(2), letter(1), screen(1)):
        own = fingerprint(jpeg(picture))
        for name, content in copies(picture):
            worst[name] = max(worst.get(name, 0), (own ^ fingerprint(content)).bit_count())
    assert all(bits <= ALIKE_BITS for bits in worst.values()), worst


def test_different_pictures_of_one_place_or_office_stay_different() -> None:
    for name, pictures in (("scenes", map(scene, range(9))), ("letters", map(letter, range(9))),
                           ("screens", map(screen, range(6)))):  # fmt: skip
        assert nearest(list(pictures)) > ALIKE_BITS, name


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_of_nearly_one_colour_has_no_fingerprint(tmp_path: Path, kind: str) -> None:
    """Two blank pages are not the same evidence."""
    blank = Image.new("RGB", (800, 600), (250, 250, 248))
    blank.putpixel((5, 5), (0, 0, 0))
    found = look(tmp_path, f"a.{kind.lower()}", saved(blank, kind))
    assert found.photo is not None
    assert (found.photo.fingerprint, found.photo.width) == ("", 800)


def test_a_picture_beyond_the_bounds_is_refused_and_never_decoded(tmp_path: Path) -> None:
    header = saved(Image.new("1", (1, 1)), "PNG")
    huge = header.replace(b"\0\0\0\x01\0\0\0\x01\x01", b"\0\1\0\0\0\1\0\0\x01", 1)
    import zlib

    start = huge.index(b"IHDR")
    huge = huge[: start + 17] + zlib.crc32(huge[start : start + 17]).to_bytes(4, "big") + huge[start + 21 :]
    found = look(tmp_path, "a.png", huge)
    assert (found.condition, found.detail) == (Condition.REFUSED, "too-many-dots")


def test_pages_of_a_scan_are_counted_no_further_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PICTURE_FRAMES", 3)
    pages = [Image.new("L", (4, 4), shade) for shade in range(5)]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(TooLargeError):
        look_at_picture(target)
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:3])
    assert look_at_picture(target).frames == 3


def test_frequencies_are_those_of_a_library_made_for_them() -> None:
    """The same fingerprint to the last bit, even of pictures so regular that only the rounding decides."""
    bars = Image.fromarray(np.tile(np.uint8(255) * (np.arange(256) % 64 < 40).astype(np.uint8), (256, 1)))
    for picture in (*(scene(number) for number in range(6)), *(letter(number) for number in range(3)), bars):
        grey = picture.convert("L")
        pixels = np.asarray(grey.resize((64, 64), Image.Resampling.LANCZOS), dtype=np.float64)
        theirs = dct(dct(pixels, axis=0), axis=1)[:16, :16]
        ours = lowest_frequencies(grey, 16)
        assert np.allclose(ours, theirs, rtol=0, atol=1e-6)
        assert ((ours > np.median(ours)) == (theirs > np.median(theirs))).all()
