"""The notes that cameras leave in JPEG files: found, and taken out without touching the picture."""

from __future__ import annotations

from collections.abc import Iterator

_START, _END, _SCAN, _APP1 = b"\xff\xd8", b"\xff\xd9", 0xDA, 0xE1
_NOTES = frozenset({_APP1, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""Segments that say something about a picture: Exif, XMP, IPTC, comments. Of the others JFIF, colour profile and
Adobe's colour order are needed to show it right."""
_EXIF = b"Exif\0\0"
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG file without notes, and without a second picture behind its end; anything else comes back as it is."""
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
    kept.append(tail)
    return b"".join(kept)


def says_where(jpeg: bytes) -> bool:
    """Whether the Exif notes of a JPEG file hold the coordinates of where it was taken."""
    from PIL import Image

    for marker, start, end in _segments(jpeg) if jpeg.startswith(_START) else ():
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
