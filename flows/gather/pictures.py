"""Photos and scans as pictures: size, time of taking, what they look like, and whether they say where they were taken.

Where a picture was taken is only noted as a fact; the coordinates themselves are read by nobody and kept nowhere.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from flows import bounds
from flows.gather.content import Content, TooLargeError
from flows.gather.frequencies import lowest_frequencies
from flows.gather.picture_notes import look_at_notes
from flows.gather.scanner import Scanner
from flows.model import Photo

if TYPE_CHECKING:
    from PIL import Image

_PREVIEW = (256, 256)
_DRAFT = (200, 200)
"""A JPEG is decoded at this size or above, which costs a sixth of all of it."""
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN = (0x9003, 0x9004)
"""Tags of the times of taking and of digitising."""
_LATITUDE, _LONGITUDE = 2, 4
_ORIENTATION, _LYING = 0x0112, frozenset({5, 6, 7, 8})
"""Values of the orientation that swap width and height."""
_XMP_KEYS = ("xmp", "XML:com.adobe.xmp")
_XMP_PLACE = re.compile(rb"GPSL(?:atitude|ongitude)\b\s*(?:=|>)\s*[\"']?\s*[^\s\"'<]", re.IGNORECASE)
_STAMP = re.compile(r"\s*(\d{4})([:/.-])(\d{2})\2(\d{2})(?!\d)")
"""With colons by the standard; some telephones and programs write the day otherwise."""
_FIRST_YEAR, _LAST_YEAR = 2001, 2099
"""Cameras whose clock was never set say 1970, 1980 or 2000."""
_BOX_BYTES = 8
_HASH_BITS_A_SIDE = 16
_PLAIN = 4.0
"""Standard deviation of grey below which a picture is nearly one colour: a blank page, a black frame."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a picture shows of itself, wherever it lies."""

    photo: Photo
    frames: int
    says_where: bool
    """Whether it carries the coordinates of where it was taken."""
    is_scan: bool
    """Whether it is what scanners make of papers, and no photo: several pages, or black and white without greys."""


def read_picture(path: Path, scanner: Scanner) -> Content:
    """Frames and facts of a picture that is whole.

    Args:
        path: Of the file, or of a copy of one that lies within a file.
        scanner: Gets the words of its notes, and is told that the picture says where it was taken.

    Raises:
        TooLargeError: more pixels, frames or metadata than anything that was scanned or photographed.
        OSError: it cannot be decoded, or its end is missing.
    """
    with path.open("rb") as stream:
        with scanner.trying():
            look_at_notes(stream, scanner)
        stream.seek(0)
        looked = look_at_picture(stream, likeness=not scanner.is_inside)
    if looked.says_where:
        scanner.place()
    photo = None if looked.is_scan else looked.photo
    return Content(pages=looked.frames, photo=photo, is_substantial=not looked.is_scan)


def look_at_picture(stream: BinaryIO, *, likeness: bool = True) -> Looked:
    """The facts of a picture in a stream that can be searched: a file, or a member of an Office file in memory.

    Args:
        stream: Of the picture's bytes.
        likeness: Decode it, to see that it is whole and what it looks like.

    Raises:
        TooLargeError: as :func:`read_picture`.
        OSError: as :func:`read_picture`.
    """
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = bounds.PICTURE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if _may_be_heif(stream):
        _know_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(stream) as picture:
                looked, is_png = _look(picture, likeness=likeness), picture.format == "PNG"
            if likeness and is_png:
                _check_sums(stream)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLargeError("too-many-dots") from error
    return looked


def _check_sums(stream: BinaryIO) -> None:
    """The check sums of a PNG, which decoding does not look at.

    Raises:
        OSError: one is wrong.
    """
    from PIL import Image

    stream.seek(0)
    with Image.open(stream) as picture:
        picture.verify()


def _may_be_heif(stream: BinaryIO) -> bool:
    """Whether it begins as pictures of telephones do; for all others that library need not be there."""
    head = stream.read(_BOX_BYTES)
    stream.seek(0)
    return head[4:] == b"ftyp"


def _know_heif() -> None:
    """Pillow learns to open the pictures of telephones; learning it twice does no harm."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


def _look(picture: Image.Image, *, likeness: bool) -> Looked:
    frames = _frames(picture)
    is_scan = picture.mode == "1" or (picture.format == "TIFF" and frames > 1)
    width, height = picture.size
    exif = _exif(picture)
    if exif.get(_ORIENTATION) in _LYING:
        width, height = height, width
    place = _says_where(exif, picture.info)
    fingerprint = _fingerprint(picture, exif) if likeness else ""
    photo = Photo(width, height, _taken(exif), fingerprint)
    return Looked(photo, frames, place, is_scan)


def _frames(picture: Image.Image) -> int:
    """Pages of a scan or pictures of an animation; the second picture in a photo of a telephone is a preview."""
    if picture.format == "MPO":
        return 1
    if picture.format == "TIFF":
        return _tiff_pages(picture)
    frames = int(getattr(picture, "n_frames", 1))
    if frames > bounds.PICTURE_FRAMES:
        raise TooLargeError("too-many-frames")
    return frames


def _tiff_pages(picture: Image.Image) -> int:
    """Counted by walking from page to page, which may lead in circles or never end: no further than the bound."""
    for page in range(1, bounds.PICTURE_FRAMES + 1):
        try:
            picture.seek(page)
        except EOFError:
            picture.seek(0)
            return page
    raise TooLargeError("too-many-frames")


def _exif(picture: Image.Image) -> Image.Exif:
    from PIL import Image

    raw = picture.info.get("exif") or b""
    if len(raw) > bounds.PICTURE_METADATA_BYTES:
        return Image.Exif()
    try:
        if picture.format == "PNG" and not raw and _is_vast(picture):
            return Image.Exif()  # Pillow would decode all of it to see whether notes come behind
        exif = picture.getexif()
        exif.get(_ORIENTATION)
    except Exception:  # noqa: BLE001  # damaged notes of a camera are no damage to its picture
        return Image.Exif()
    return exif


def _is_vast(picture: Image.Image) -> bool:
    return picture.width * picture.height > bounds.PICTURE_DECODED_PIXELS


def _folder(exif: Image.Exif, tag: int) -> Mapping[int, Any]:
    try:
        return dict(exif.get_ifd(tag))
    except Exception:  # noqa: BLE001  # same
        return {}


def _taken(exif: Image.Exif) -> str:
    """ISO date of taking, empty where it is not said or cannot be."""
    found = _folder(exif, _EXIF)
    for tag in _TAKEN:
        match = _STAMP.match(str(found.get(tag, ""))[:40])
        if match:
            year, month, day = int(match[1]), int(match[3]), int(match[4])
            try:
                taken = date(year, month, day)
            except ValueError:
                continue
            if _FIRST_YEAR <= year <= _LAST_YEAR:
                return taken.isoformat()
    return ""


def _says_where(exif: Image.Exif, info: Mapping[Any, Any]) -> bool:
    """Whether it carries coordinates, in the notes of the camera or those of a program."""
    place = _folder(exif, _GPS)
    if any(_is_filled(place.get(tag)) for tag in (_LATITUDE, _LONGITUDE)):
        return True
    for key in _XMP_KEYS:
        notes = info.get(key, b"")
        raw = notes.encode("utf-8", "replace") if isinstance(notes, str) else notes
        if isinstance(raw, bytes) and _XMP_PLACE.search(raw[: bounds.PICTURE_METADATA_BYTES]):
            return True
    return False


def _is_filled(value: object) -> bool:
    """Whether a coordinate is more than the zeros that cameras without reception write."""
    try:
        return any(float(part) for part in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return False


def _fingerprint(picture: Image.Image, exif: Image.Exif) -> str:
    """Decode it, a JPEG at reduced size, and say what it looks like; empty where that says nothing.

    Raises:
        OSError: it cannot be decoded to its end.
    """
    from PIL import Image
    from PIL.JpegImagePlugin import JpegImageFile

    if isinstance(picture, JpegImageFile):
        # verify() does not look at JPEG data; a reduced decode does.
        picture.draft("L", _DRAFT)
    elif _is_vast(picture):
        return ""
    picture.load()
    grey = picture.getchannel(0) if picture.mode in ("L", "LAB") else picture.convert("L")
    grey = grey.resize(_PREVIEW, Image.Resampling.BOX)
    return _hash(_upright(grey, exif))


def _upright(grey: Image.Image, exif: Image.Exif) -> Image.Image:
    """The picture as displayed, so that one that was turned before it was saved again is known too."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    turn = turns.get(exif.get(_ORIENTATION, 1))
    return grey.transpose(turn) if turn is not None else grey


def _hash(grey: Image.Image) -> str:
    """256 bits of the lowest frequencies.

    Measured on invented pictures: saved again at quality 40, halved, sent by telephone, brightened or cut by 2 % they
    differ in at most 44 bits, different photos of one room in 74 or more, different letters of one office in 50.
    """
    from PIL import ImageStat

    if ImageStat.Stat(grey).stddev[0] < _PLAIN:
        return ""
    import numpy as np

    low = lowest_frequencies(grey, _HASH_BITS_A_SIDE)
    return np.packbits(low > np.median(low)).tobytes().hex()
