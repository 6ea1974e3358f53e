"""Photos within old office files tell where they were taken, whatever way the format parts their bytes."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from flows.model import Exposure, ExposureKind
from tests.forms.grid_kit import compound, xls, xls_number
from tests.gather.photo_kit import jpeg, notes, scene
from tests.gather.scan_kit import look

_LARGEST_RECORD = 8224


def _photo(*, has_place: bool) -> bytes:
    exif = notes(taken="2023:05:06 07:08:09", place=(3.0, 114.0) if has_place else None)
    return jpeg(scene(1, (240, 180)), exif=exif)


def _doc(photo: bytes) -> bytes:
    return compound("WordDocument", b"\xec\xa5" + b"\0" * 600, more={"Data": b"\x44\0" * 40 + photo})


def _ppt(photo: bytes) -> bytes:
    return compound("PowerPoint Document", b"\0" * 600, more={"Pictures": b"\xa0\x46\x1d\xf0" + b"\0" * 21 + photo})


def _xls(photo: bytes) -> bytes:
    """Records of a drawing, each with the next piece of it; the first is cut within the notes."""
    drawing = b"\x0f\0\0\xf0" + b"\0" * 40 + photo
    pieces = [drawing[:90], *(drawing[at : at + _LARGEST_RECORD] for at in range(90, len(drawing), _LARGEST_RECORD))]
    records = b"".join(
        struct.pack("<HH", 0x3C if number else 0xEB, len(piece)) + piece for number, piece in enumerate(pieces)
    )
    return xls({"Rekap": [xls_number(0, 0, 1.0)]}, globals_=records)


def _rtf(photo: bytes) -> bytes:
    digits = photo.hex()
    lines = "\n".join(digits[at : at + 128] for at in range(0, len(digits), 128))
    return f"{{\\rtf1 Laporan{{\\pict\\jpegblip\n{lines}}}}}".encode()


def _rtf_binary(photo: bytes) -> bytes:
    return b"{\\rtf1 Laporan{\\pict\\jpegblip\\bin" + str(len(photo)).encode() + b" " + photo + b"}}"


_WAYS = {"laporan.doc": _doc, "laporan.ppt": _ppt, "laporan.xls": _xls, "laporan.rtf": _rtf, "biner.rtf": _rtf_binary}


def _places(folder: Path, name: str, content: bytes) -> list[Exposure]:
    return [each for each in look(folder, name, content).exposures if each.kind is ExposureKind.PLACE]


@pytest.mark.parametrize("name", _WAYS)
def test_a_photo_says_where_it_was_taken(tmp_path: Path, name: str) -> None:
    """The original is embedded in the archive: a place that nobody has seen leaves with it."""
    write = _WAYS[name]
    assert len(_places(tmp_path, name, write(_photo(has_place=True)))) == 1
    assert _places(tmp_path, name, write(_photo(has_place=False))) == []


@pytest.mark.parametrize("end", [3, 40, 200])
def test_a_photo_that_ends_within_its_notes_breaks_nothing(tmp_path: Path, end: int) -> None:
    for name, write in _WAYS.items():
        assert look(tmp_path, name, write(_photo(has_place=True)[:end])).condition.is_readable
