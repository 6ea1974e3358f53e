"""Damaged and hostile pictures, each with the state it must be found in."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from flows.model import Condition
from tests.gather.kit import junk
from tests.gather.photo_kit import jpeg, notes, saved, scene

Case = tuple[str, bytes, Condition]
"""Suffix, content, state."""
_GOOD, _BAD, _OTHER, _REFUSED = Condition.GOOD, Condition.DAMAGED, Condition.WRONG_EXTENSION, Condition.REFUSED
_SCENE = scene(7, (320, 240))
_JPEG, _PNG = jpeg(_SCENE), saved(_SCENE, "PNG")
_TIFF, _GIF, _WEBP, _HEIC = (saved(_SCENE, kind) for kind in ("TIFF", "GIF", "WEBP", "HEIF"))


def chunk(kind: bytes, content: bytes) -> bytes:
    """One part of a PNG, its check sum right."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, rows: bytes, *more: bytes, depth: int = 8, colour: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def tiff(*entries: tuple[int, int, int, int], behind: int = 0) -> bytes:
    """A TIFF of one page with these entries: tag, type, count, value."""
    folder = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + folder + struct.pack("<I", behind) + b"\0" * 64


def gif(frames: int) -> bytes:
    pictures = [Image.new("P", (2, 2), number % 2) for number in range(frames)]
    target = io.BytesIO()
    pictures[0].save(target, "GIF", save_all=True, append_images=pictures[1:])
    return target.getvalue()


_ROW = zlib.compress(b"\0" * 30)
_PLAIN_TIFF = ((256, 3, 1, 4), (257, 3, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 100),
               (278, 3, 1, 4), (279, 4, 1, 16))  # fmt: skip
_ANIMATED = chunk(b"acTL", struct.pack(">II", 4_000_000_000, 0))
CASES: dict[str, Case] = {
    "sound jpeg": ("jpg", _JPEG, _GOOD),
    "sound png": ("png", _PNG, _GOOD),
    "sound tiff": ("tif", _TIFF, _GOOD),
    "sound gif": ("gif", _GIF, _GOOD),
    "sound webp": ("webp", _WEBP, _GOOD),
    "sound heic": ("heic", _HEIC, _GOOD),
    "half a jpeg": ("jpg", _JPEG[: len(_JPEG) // 2], _BAD),
    "half a png": ("png", _PNG[: len(_PNG) // 2], _BAD),
    "half a tiff": ("tif", _TIFF[: len(_TIFF) // 2], _BAD),
    "half a gif": ("gif", _GIF[: len(_GIF) // 2], _BAD),
    "half a webp": ("webp", _WEBP[: len(_WEBP) // 2], _BAD),
    "half a heic": ("heic", _HEIC[: len(_HEIC) // 2], _BAD),
    "head of a jpeg": ("jpg", _JPEG[:20], _BAD),
    "head of a png": ("png", _PNG[:30], _BAD),
    "junk in a jpeg": ("jpg", _JPEG[:700] + junk(2000) + _JPEG[2700:], _BAD),
    "junk in a png": ("png", _PNG[:700] + junk(2000) + _PNG[2700:], _BAD),
    "junk called jpeg": ("jpg", junk(9000), _BAD),
    "zeros called png": ("png", bytes(9000), _BAD),
    "jpeg called png": ("png", _JPEG, _OTHER),
    "png called pdf": ("pdf", _PNG, _OTHER),
    "milliards of dots": ("png", png(60_000, 60_000, _ROW), _REFUSED),
    "most of a milliard dots": ("png", png(30_000, 30_000, _ROW), _REFUSED),
    "dots without end": ("png", png(2**31 - 1, 2**31 - 1, _ROW), _REFUSED),
    "no dots": ("png", png(0, 0, _ROW), _BAD),
    "too few rows": ("png", png(3000, 3000, _ROW), _BAD),
    "a hundred million equal dots": ("png", png(10_000, 10_000, zlib.compress(bytes(10_001 * 10_000), 1)), _GOOD),
    "thirty-five million equal dots": ("png", png(6_000, 6_000, zlib.compress(bytes(6_001 * 6_000), 1)), _GOOD),
    "text of 50 MB": ("png", png(5, 5, _ROW, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000), 1))), _BAD),
    "colours of 60 MB": ("png", png(5, 5, _ROW, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(60_000_000), 1))), _BAD),
    "camera notes of junk": ("png", png(5, 5, _ROW, chunk(b"eXIf", junk(5000))), _GOOD),
    "pictures without end": ("png", png(5, 5, _ROW, _ANIMATED), _GOOD),
    "wrong check sum": ("png", _PNG[:-20] + b"\0\0\0\0" + _PNG[-16:], _BAD),
    "depth of 99 bits": ("png", png(5, 5, _ROW, depth=99), _BAD),
    "camera notes of nonsense": ("jpg", b"\xff\xd8\xff\xe1\x10\x02Exif\0\0" + junk(4088) + _JPEG[2:], _GOOD),
    "camera notes that end early": (
        "jpg",
        _JPEG[:2] + b"\xff\xe1\0\x10Exif\0\0II*\0\xff\xff\xff\xff" + _JPEG[2:],
        _GOOD,
    ),
    "notes with place and time": (
        "jpg",
        jpeg(_SCENE, exif=notes(taken="2023:01:01 00:00:00", place=(1.0, 2.0))),
        _GOOD,
    ),
    "time of a text bomb": ("jpg", jpeg(_SCENE, exif=notes(taken="9" * 30_000)), _GOOD),
    "size lies": ("jpg", _JPEG.replace(struct.pack(">HH", 240, 320), struct.pack(">HH", 65_500, 65_500), 1), _REFUSED),
    "page after page in a circle": ("tif", tiff(*_PLAIN_TIFF, behind=8), _GOOD),
    "next page nowhere": ("tif", tiff(*_PLAIN_TIFF, behind=4_000_000_000), _BAD),
    "rows beyond the end": (
        "tif",
        tiff(*(entry if entry[0] != 273 else (273, 4, 1, 90_000) for entry in _PLAIN_TIFF)),
        _BAD,
    ),
    "a milliard values": ("tif", tiff((256, 3, 1, 4), (257, 3, 1, 4), (700, 1, 1_000_000_000, 8)), _BAD),
    "entries without end": ("tif", b"II*\0\x08\0\0\0\xff\xff" + bytes(600), _BAD),
    "milliards of dots in a tiff": ("tif", tiff((256, 4, 1, 90_000), (257, 4, 1, 90_000), *_PLAIN_TIFF[2:]), _REFUSED),
    "five hundred frames": ("gif", gif(500), _GOOD),
    "frame larger than its screen": ("gif", _GIF[:6] + b"\1\0\1\0" + _GIF[10:], _GOOD),
    "bitmap of the first age": ("bmp", b"BM" + struct.pack("<IIIIHHHH", 42, 0, 26, 12, 2, 2, 1, 24) + bytes(16), _GOOD),
    "bitmap of the fourth age": (
        "bmp",
        b"BM" + struct.pack("<IIIIiiHH", 138, 0, 122, 108, 2, 2, 1, 24) + bytes(108),
        _GOOD,
    ),
    "large tiff": ("tif", saved(_SCENE, "TIFF", big_tiff=True), _GOOD),
    "tiff in the colours of a printer": ("tif", saved(Image.new("LAB", (64, 64)), "TIFF"), _GOOD),
    "bitmap of nothing": ("bmp", b"BM" + struct.pack("<IIIIiiHH", 54, 0, 54, 40, 0, 0, 1, 24) + bytes(24), _BAD),
    "bitmap without end": (
        "bmp",
        b"BM" + struct.pack("<IIIIiiHH", 54, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24) + bytes(24),
        _REFUSED,
    ),
    "heic of a box without end": ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\xff\xff\xff\xffmeta" + bytes(80), _BAD),
    "drawing with a script": ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", _GOOD),
    "drawing that is an xml bomb": (
        "svg",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
        _GOOD,
    ),
}
