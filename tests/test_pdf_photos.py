"""Photos within PDFs lose their notes, however they are wrapped, and what has none is not touched."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from flows.pdf_photos import file_of, is_photo, strip_notes
from tests.gather.photo_kit import jpeg, notes, scene

NOTED = jpeg(scene(3), exif=notes(taken="2023:05:05 10:00:00", place=(7.0, 112.0)))
BARE = jpeg(scene(3))
FLATE, JPEG = Name.FlateDecode, Name.DCTDecode
LAST = Dictionary(ColorTransform=1)


@pytest.fixture
def pdf() -> Iterator[Pdf]:
    with pikepdf.new() as made:
        yield made


def photo(pdf: Pdf, raw: bytes, filters: Name | Array, parameters: Dictionary | Array | None = None) -> Stream:
    stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
    stream.write(raw, filter=filters, decode_parms=parameters)
    return stream


def test_a_photo_loses_its_notes(pdf: Pdf) -> None:
    for each in (photo(pdf, NOTED, JPEG, LAST), photo(pdf, NOTED, Array([JPEG]), Array([LAST]))):
        assert is_photo(each)
        strip_notes(each)
        assert b"Exif" not in each.read_raw_bytes()
        assert each.Filter == JPEG
        assert each.DecodeParms.ColorTransform == 1


def test_a_wrapped_photo_is_unwrapped_and_keeps_what_its_own_filter_needs(pdf: Pdf) -> None:
    wrapped = photo(pdf, zlib.compress(NOTED), Array([FLATE, JPEG]), Array([Dictionary(Predictor=1), LAST]))
    strip_notes(wrapped)
    assert wrapped.Filter == JPEG
    assert wrapped.DecodeParms.ColorTransform == 1
    assert b"Exif" not in file_of(wrapped)


def test_a_photo_without_notes_stays_as_it_lies_there(pdf: Pdf) -> None:
    for raw, filters in ((BARE, JPEG), (zlib.compress(BARE), Array([FLATE, JPEG]))):
        each = photo(pdf, raw, filters)
        strip_notes(each)
        assert each.read_raw_bytes() == raw
        assert each.Filter == filters


def test_what_nobody_can_unwrap_stays(pdf: Pdf) -> None:
    each = photo(pdf, b"bukan deflate", Array([FLATE, JPEG]))
    strip_notes(each)
    assert each.read_raw_bytes() == b"bukan deflate"


def test_other_pictures_are_no_photos(pdf: Pdf) -> None:
    assert not is_photo(photo(pdf, zlib.compress(BARE), FLATE))
    assert not is_photo(pdf.make_stream(b"q Q"))
