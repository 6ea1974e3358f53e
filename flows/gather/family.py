"""Which family a file belongs to: by its first bytes and, for zip and OLE containers, by what they hold."""

from __future__ import annotations

import contextlib
import mmap
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from flows.gather.content import LockedError
from flows.model import Media

HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"MSCF\0\0\0\0",
    b"\x28\xb5\x2f\xfd",
    b"LZIP",
)
_IMAGES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00\x08",
    b"MM\x00+\x00\x08",
)
_PIECE = re.compile(r"\.(?:z\d\d|\d{3})", re.IGNORECASE)
"""The suffix of a piece of an archive that was cut for sending; its list of contents is in the last piece."""
_HEIF_BRANDS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif")
_BY_SUFFIX = {
    Media.PDF: ".pdf",
    Media.IMAGE: ".jpg .jpeg .jfif .png .gif .bmp .tif .tiff .webp .heic .heif .avif",
    Media.SPREADSHEET: ".xls .xlsx .xlsm .xlsb .xltx .ods",
    Media.TEXT_DOCUMENT: ".doc .docx .docm .dotx .odt .rtf",
    Media.SLIDES: ".ppt .pptx .pptm .pps .ppsx .odp",
    Media.ARCHIVE: ".zip .rar .7z .gz .tgz .tar .bz2 .xz .cab .zst .lz",
    Media.PLAIN_TEXT: ".txt .csv .tsv .md .log .json .xml .html .htm",
}
_FAMILY = {suffix: media for media, suffixes in _BY_SUFFIX.items() for suffix in suffixes.split()}
_ZIP_FOLDERS = {"xl/": Media.SPREADSHEET, "word/": Media.TEXT_DOCUMENT, "ppt/": Media.SLIDES}
_ODF = {"spreadsheet": Media.SPREADSHEET, "text": Media.TEXT_DOCUMENT, "presentation": Media.SLIDES}
"""By the end of a media type, up to its dash: templates, pages for the web and main documents are written alike."""
_OLE_STREAMS = {
    "WordDocument": Media.TEXT_DOCUMENT,
    "PowerPoint Document": Media.SLIDES,
    "Workbook": Media.SPREADSHEET,
    "Book": Media.SPREADSHEET,
}
_BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
"""Sizes of the header that follows: one for each age of the format."""
_TEXT_SHARE = 0.95
_BLANKS = "\r\n\t\f\u00a0\u2007\u202f\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Not printable by themselves, but of any text: office programs write whole tables with spaces that do not break."""
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDEST_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_WIDE_SHARE = 0.7
"""Of the characters of a text in UTF-16 that are Latin letters, digits and blanks: every second byte of them is NUL."""
_WIDE_FEWEST = 8
_SURE_BYTES = 4
"""Signatures with fewer different bytes occur in junk by chance, and those of zeros in every broken download."""


def family_of_suffix(suffix: str) -> Media | None:
    """The family an extension promises, None for an extension that promises none."""
    return _FAMILY.get(suffix)


def is_packed_folder(suffix: str) -> bool:
    """Whether a zip with this extension is a folder that somebody packed, not the document of some program (.epub)."""
    return not suffix or not suffix[1:].isalpha() or family_of_suffix(suffix) is not None


def family_of_content(path: Path, head: bytes) -> Media | None:
    """The family of the content that starts with ``head``; ``OTHER`` for a known format of no use here, else None.

    Raises:
        LockedError: an office document encrypted as a whole.
        zipfile.BadZipFile: it starts like a zip and is none.
    """
    if head.startswith(_ZIP):
        return Media.ARCHIVE if _PIECE.fullmatch(path.suffix) else _family_of_zip(path)
    if head.startswith(_OLE):
        return _family_of_ole(path)
    plain = next((media for media, is_it in _SIGNATURES if is_it(head)), None)
    return plain or _known_elsewhere(head)


def _is_heif(head: bytes) -> bool:
    """Whether it is a HEIC picture as telephones take them."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS


def is_text(head: bytes) -> bool:
    """Whether bytes are text in UTF-8, UTF-16, UTF-32, or an 8-bit code page."""
    if wide_encoding(head):
        return True
    if not head or b"\x00" in head:
        return False
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        text = head.decode("utf-8" if error.start > len(head) - 4 else "cp1252", "replace")
    return _is_printable(text)


def wide_encoding(head: bytes) -> str:
    """How a text in UTF-16 or UTF-32 that begins with ``head`` is decoded; empty for all else.

    Some programs leave out the mark of its order: then NULs stand at every second byte, or at three of four, and only
    there.
    """
    if head.startswith(_WIDEST_MARKS):
        return "utf-32"
    if head.startswith(_WIDE_MARKS):
        return "utf-16"
    if b"\x00" not in head or len(head) < _WIDE_FEWEST:
        return ""
    for encoding, unused in (("utf-32-le", head[2::4] + head[3::4]), ("utf-32-be", head[::4] + head[1::4])):
        if not any(unused):
            text = head[: len(head) // 4 * 4].decode(encoding, "replace")
            return encoding if _is_printable(text) else ""
    for encoding, empty, filled in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if b"\x00" not in filled and empty.count(0) >= _WIDE_SHARE * len(empty):
            text = head[: len(head) // 2 * 2].decode(encoding, "replace")
            return encoding if _is_printable(text) else ""
    return ""


def _is_printable(text: str) -> bool:
    return sum(char.isprintable() or char in _BLANKS for char in text) >= _TEXT_SHARE * len(text)


def _is_bitmap(head: bytes) -> bool:
    is_named = head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00"
    return is_named and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS


_SIGNATURES: tuple[tuple[Media, Callable[[bytes], bool]], ...] = (
    (Media.IMAGE, lambda head: head.startswith(_IMAGES) or head[8:12] == b"WEBP" or _is_bitmap(head) or _is_heif(head)),
    (Media.PDF, lambda head: b"%PDF-" in head[:1024]),
    (Media.ARCHIVE, lambda head: head.startswith(_ARCHIVES) or head[257:262] == b"ustar"),
    (Media.TEXT_DOCUMENT, lambda head: head.startswith(b"{\\rtf")),
    (Media.PLAIN_TEXT, is_text),
)
"""In this order: a PDF may start with a comment, but a picture that holds one is a picture; RTF is text too."""


def _family_of_zip(path: Path) -> Media:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for folder, media in _ZIP_FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return media
        if "mimetype" in names and archive.getinfo("mimetype").file_size <= HEAD_BYTES:
            kind = archive.read("mimetype").decode("ascii", "replace").rsplit(".", 1)[-1]
            return _ODF.get(kind.partition("-")[0].strip(), Media.ARCHIVE)
    return Media.ARCHIVE


def _family_of_ole(path: Path) -> Media | None:
    """The old container of Office, by the names of its streams: what is embedded in it lies deeper."""
    import olefile

    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise LockedError
        with contextlib.suppress(Exception), olefile.OleFileIO(stream) as container:  # a damaged one is searched below
            names = {entry[0].lower() for entry in container.listdir(streams=True, storages=False) if len(entry) == 1}
            for name, media in _OLE_STREAMS.items():
                if name.lower() in names:
                    return media
        for name, media in _OLE_STREAMS.items():
            pattern = re.escape(name.encode("utf-16-le")) + b"\x00\x00"
            if re.search(pattern, content, re.IGNORECASE):  # some programs write the names in capitals
                return media
    return None


def _known_elsewhere(head: bytes) -> Media | None:
    """Sound, video and the like: known formats that are neither opened nor taken for junk."""
    import puremagic

    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    return Media.OTHER if any(len(set(match.byte_match)) >= _SURE_BYTES for match in matches) else None
