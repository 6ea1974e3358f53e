"""The notes that cameras leave in JPEG files: found, and taken out without touching the picture."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator, Sequence

_START, _END, _SCAN, _APP1 = b"\xff\xd8", b"\xff\xd9", 0xDA, 0xE1
_NOTES = frozenset({_APP1, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""Segments that say something about a picture: Exif, XMP, IPTC, comments. Of the others JFIF, colour profile and
Adobe's colour order are needed to show it right."""
_EXIF = b"Exif\0\0"
_PLACE = b"GPSL"
"""How programs begin the names of latitude and longitude in their notes (XMP)."""
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""


_JPEG_FILTER, _FLATE, _HEX, _ASCII = "/DCTDecode", "/FlateDecode", "/ASCIIHexDecode", "/ASCII85Decode"
"""What a PDF calls a JPEG file, and what programs wrap around one."""


def is_wrapped(filters: Sequence[str]) -> bool:
    """Whether a picture in a PDF is a JPEG file that further filters are wrapped around."""
    return len(filters) > 1 and filters[-1] == _JPEG_FILTER


def unwrapped(raw: bytes, filters: Sequence[str], most: int) -> bytes | None:
    """The JPEG file in a stream of a PDF; None where it has more than ``most`` bytes or nobody here can unwrap it.

    Args:
        raw: The stream as it lies in the file.
        filters: Its filters, the outermost first and that of JPEG last.
        most: Bytes that may come of it.
    """
    for each in filters[:-1]:
        try:
            if each == _FLATE:
                unpacker = zlib.decompressobj()
                raw = unpacker.decompress(raw, max(most, 1))
                if unpacker.unconsumed_tail:
                    return None
            elif each == _ASCII:
                raw = base64.a85decode(
                    raw.strip().removeprefix(b"<~").removesuffix(b"~>"), ignorechars=b" \t\n\r\v\0\f"
                )
            elif each == _HEX:
                raw = binascii.unhexlify(b"".join(raw.split()).rstrip(b">"))
            else:
                return None
        except (ValueError, zlib.error):
            return None
    return raw if len(raw) <= most else None


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG file without notes, and without anything behind its end; what is no JPEG comes back as it is."""
    if not jpeg.startswith(_START):
        return jpeg
    kept, rest = [_START], 2
    for marker, start, end in _segments(jpeg):
        if marker not in _NOTES:
            kept.append(jpeg[start:end])
        rest = end
    tail = jpeg[rest:]
    end = tail.find(_END)
    if end >= 0 and _START in tail[end:]:
        tail = tail[: end + len(_END)]
    # A table between two scans may look like an end: what follows the last one is no part of the picture for certain.
    last = tail.rfind(_END)
    kept.append(tail[: last + len(_END)] if last >= 0 else tail)
    return b"".join(kept)


def says_where(jpeg: bytes) -> bool:
    """Whether the notes of a JPEG file may hold the coordinates of where it was taken; its beginning is enough."""
    from PIL import Image

    for marker, start, end in _segments(jpeg) if jpeg.startswith(_START) else ():
        if marker == _APP1 and jpeg.find(_PLACE, start, end) >= 0:
            return True
        if marker == _APP1 and jpeg[start + 4 : start + 10] == _EXIF:
            exif = Image.Exif()
            try:
                exif.load(jpeg[start + 4 : end])
                if exif.get_ifd(0x8825):
                    return True
            except Exception:  # noqa: BLE001  # notes that nobody can read may say anything
                return True
    return False


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment before the picture itself."""
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004
        marker = jpeg[at + 1]
        if marker == 0xFF:  # noqa: PLR2004  # filling
            at += 1
            continue
        if marker == _SCAN:
            return
        end = at + 2 if marker in _BARE else at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        yield marker, at, min(end, len(jpeg))
        at = end
