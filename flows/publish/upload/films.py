"""Films and recordings: where the ministry's application takes them they go untouched, or not at all.

No program here can look into one: whoever uploads it is told to watch it first.
"""

from __future__ import annotations

from pathlib import Path

from flows.model import Media, UploadItem
from flows.publish.upload.fit import Fitted

FILMS = ("mp4", "m4v", "mov", "3gp", "avi", "webm", "mkv", "mpg", "mp3", "m4a", "wav")
_BOXES = (b"ftyp", b"moov", b"wide", b"mdat", b"free")
"""First box of a film as cameras and telephones write it, behind its length."""
_STARTS = {
    "avi": (b"RIFF",),
    "wav": (b"RIFF",),
    "webm": (b"\x1a\x45\xdf\xa3",),
    "mkv": (b"\x1a\x45\xdf\xa3",),
    "mpg": (b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"),
}
_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location", b"GPSLatitude", b"loci\x00\x00")
"""How telephones note where a film was taken."""
_CHUNK = 1 << 20
_OVERLAP = max(map(len, _PLACES)) - 1


def is_film(item: UploadItem, types: tuple[str, ...]) -> bool:
    """Whether a document is called a film or a recording of a type that is taken."""
    suffix = item.suffix.lstrip(".")
    return item.media is Media.OTHER and suffix in FILMS and suffix in types


def fit_film(item: UploadItem, source: Path, most: int) -> Fitted:
    """A film as it may go: untouched, its suffix as remark; else why not.

    Raises:
        OSError: it cannot be read.
    """
    if item.bytes > most:
        return Fitted(trouble="terlalu-besar")
    suffix = item.suffix.lstrip(".")
    with source.open("rb") as stream:
        tail = stream.read(12)
        if not _is_one(suffix, tail):
            return Fitted(trouble="bukan-jenisnya")
        while chunk := stream.read(_CHUNK):
            piece = tail + chunk
            if any(place in piece for place in _PLACES):
                return Fitted(trouble="rekaman-lokasi")
            tail = piece[-_OVERLAP:]
    return Fitted(remark=suffix)


def _is_one(suffix: str, head: bytes) -> bool:
    if suffix not in _STARTS:
        return head[4:8] in _BOXES
    return head.startswith(_STARTS[suffix])
