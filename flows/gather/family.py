"""Which family and format a file is of: by its first bytes and, for zip and OLE containers, by what they hold."""

from __future__ import annotations

import contextlib
import mmap
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from unicodedata import category

from flows import bounds
from flows.gather.content import LockedError
from flows.model import Media

HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES = {
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
    b"MSCF\0\0\0\0": "cab",
    b"\x28\xb5\x2f\xfd": "zst",
    b"LZIP": "lz",
}
_IMAGES = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"II+\x00\x08": "tiff",
    b"MM\x00+\x00\x08": "tiff",
}
"""First bytes → format."""
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
_ODF_FORMAT = {Media.SPREADSHEET: "ods", Media.TEXT_DOCUMENT: "odt", Media.SLIDES: "odp"}
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPE = re.compile(
    rb"(?:spreadsheetml|wordprocessingml|presentationml|ms-excel|ms-word|ms-powerpoint)"
    rb"\.(sheet|document|presentation|slideshow|template)(\.binary)?(\.macroEnabled(?:Template)?)?\.main",
)
_MAIN_FORMATS = {
    Media.SPREADSHEET: ("xlsx", "xlsm", "xltx", "xltm"),
    Media.TEXT_DOCUMENT: ("docx", "docm", "dotx", "dotm"),
    Media.SLIDES: ("pptx", "pptm", "pptx", "pptm"),
}
"""Family → the plain format, the one with macros, and the same of templates."""
_OLE_STREAMS = {
    "WordDocument": (Media.TEXT_DOCUMENT, "doc"),
    "PowerPoint Document": (Media.SLIDES, "ppt"),
    "Workbook": (Media.SPREADSHEET, "xls"),
    "Book": (Media.SPREADSHEET, "xls"),
    "__properties_version1.0": (Media.OTHER, "msg"),
}
_MARKED_UP = re.compile(rb"<[a-z!?]|^mime-version:", re.IGNORECASE | re.MULTILINE)
"""Stands in every text that one of the next looks for."""
_TEXT_FORMATS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    (
        "mhtml",
        re.compile(rb"(?i)\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related"),
    ),
    (
        "xml-workbook",
        re.compile(rb"(?is).{0,1000}<(?:\w+:)?workbook\b[^>]{0,2000}urn:schemas-microsoft-com:office:spreadsheet"),
    ),
    (
        "xml-document",
        re.compile(rb"(?is).{0,2000}schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)"),
    ),
    (
        "html",
        re.compile(
            rb"(?i)[\s\xef\xbb\xbf]*(?:<[!?][^>]{0,1000}>\s*)*"
            rb"<(?:!doctype\s+html|html|head|meta|style|title|link|script|body|table|div|center|h[1-6]|p|b|font)\b"
        ),
    ),
)
"""How texts begin that office programs open as workbooks and documents."""
_PLAYED: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("audio", re.compile(rb"(?s:....ftypM4A|RIFF....WAVE)|ID3|OggS|fLaC|#!AMR")),
    ("video", re.compile(rb"(?s:....ftyp|RIFF....AVI )|\x1a\x45\xdf\xa3|\x00\x00\x01\xba|\x30\x26\xb2\x75")),
)
_BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
"""Sizes of the header that follows: one for each age of the format."""
_TEXT_SHARE = 0.95
_BLANKS = "\r\n\t\f\u00a0\u2007\u202f\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Not printable by themselves, but of any text: office programs write whole tables with spaces that do not break."""
_ASCII = bytes(range(128))
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


def content_of(path: Path, head: bytes) -> tuple[Media | None, str]:
    """The family of the content that starts with ``head``, and its format (:mod:`flows.formats`) where that is known.

    The family is ``OTHER`` for a known format of no use here, None for none.

    Raises:
        LockedError: an office document encrypted as a whole.
        zipfile.BadZipFile: it starts like a zip and is none.
    """
    if head.startswith(_ZIP):
        return (Media.ARCHIVE, "") if _PIECE.fullmatch(path.suffix) else _in_zip(path)
    if head.startswith(_OLE):
        return _in_ole(path)
    for media, format_in in _SIGNATURES:
        if (form := format_in(head)) is not None:
            return media, form
    return _known_elsewhere(head)


def family_of_content(path: Path, head: bytes) -> Media | None:
    """The family alone, as :func:`content_of`."""
    return content_of(path, head)[0]


def _picture(head: bytes) -> str | None:
    form = next((form for magic, form in _IMAGES.items() if head.startswith(magic)), None)
    if form or head[8:12] == b"WEBP":
        return form or "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:  # as telephones take them
        return "avif" if head[8:12] == b"avif" else "heic"
    return "bmp" if _is_bitmap(head) else None


def _archive(head: bytes) -> str | None:
    form = next((form for magic, form in _ARCHIVES.items() if head.startswith(magic)), None)
    return form or ("tar" if head[257:262] == b"ustar" else None)


def _text(head: bytes) -> str | None:
    """Of texts only those have a format that programs write which hide it behind another name."""
    if not is_text(head):
        return None
    start = head if not (wide := wide_encoding(head)) else head.decode(wide, "replace").encode()
    if not _MARKED_UP.search(start):
        return ""
    return next((form for form, sign in _TEXT_FORMATS if sign.match(start)), "")


def is_text(head: bytes) -> bool:
    """Whether bytes are text in UTF-8, UTF-16, UTF-32, or an 8-bit code page."""
    if wide_encoding(head):
        return True
    if not head or b"\x00" in head:
        return False
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.start > len(head) - 4
        if not is_cut and len(head.translate(None, _ASCII)) * 2 > len(head):
            return False  # a copy that failed: of a text in an 8-bit code page most letters are plain ones
        text = head.decode("utf-8" if is_cut else "cp1252", "replace")
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
    # Signs of direction and joiners show nothing and are no damage.
    shown = sum(char.isprintable() or char in _BLANKS or category(char) == "Cf" for char in text)
    return shown >= _TEXT_SHARE * len(text)


def _is_bitmap(head: bytes) -> bool:
    is_named = head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00"
    return is_named and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS


_SIGNATURES: tuple[tuple[Media, Callable[[bytes], str | None]], ...] = (
    (Media.IMAGE, _picture),
    (Media.PDF, lambda head: "pdf" if b"%PDF-" in head[:1024] else None),
    (Media.ARCHIVE, _archive),
    (Media.TEXT_DOCUMENT, lambda head: "rtf" if head.startswith(b"{\\rtf") else None),
    (Media.PLAIN_TEXT, _text),
)
"""In this order: a PDF may start with a comment, but a picture that holds one is a picture; RTF is text too."""


def _in_zip(path: Path) -> tuple[Media, str]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for folder, media in _ZIP_FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return media, _open_xml_format(archive, media)
        if "mimetype" in names and archive.getinfo("mimetype").file_size <= HEAD_BYTES:
            kind = archive.read("mimetype").decode("ascii", "replace").rsplit(".", 1)[-1]
            found = _ODF.get(kind.partition("-")[0].strip())
            return (found, _ODF_FORMAT[found]) if found else (Media.ARCHIVE, "")
    return Media.ARCHIVE, "zip"


def _open_xml_format(archive: zipfile.ZipFile, media: Media) -> str:
    """Which document of Office it is: its list of types says what its main part is. Empty where that tells nothing."""
    try:
        with archive.open(_CONTENT_TYPES) as member:
            found = _MAIN_TYPE.search(member.read(bounds.ACTIVE_TEXT_BYTES))
    except Exception:  # noqa: BLE001  # the reader of the family says what is wrong with it
        return ""
    if not found:
        return ""
    kind, binary, macros = found.groups()
    if binary:
        return "xlsb"
    is_template = kind == b"template" or (macros or b"").endswith(b"Template")
    return _MAIN_FORMATS[media][2 * is_template + (macros is not None)]


def _in_ole(path: Path) -> tuple[Media | None, str]:
    """The old container of Office, by the names of its streams: what is embedded in it lies deeper."""
    import olefile

    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise LockedError
        with contextlib.suppress(Exception), olefile.OleFileIO(stream) as container:  # a damaged one is searched below
            names = {entry[0].lower() for entry in container.listdir(streams=True, storages=False) if len(entry) == 1}
            for name, found in _OLE_STREAMS.items():
                if name.lower() in names:
                    return found
        for name, found in _OLE_STREAMS.items():
            pattern = re.escape(name.encode("utf-16-le")) + b"\x00\x00"
            if re.search(pattern, content, re.IGNORECASE):  # some programs write the names in capitals
                return found
    return None, ""


def _known_elsewhere(head: bytes) -> tuple[Media | None, str]:
    """Sound, video and the like: known formats that are neither opened nor taken for junk."""
    import puremagic

    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None, ""
    if not any(len(set(match.byte_match)) >= _SURE_BYTES for match in matches):
        return None, ""
    return Media.OTHER, next((form for form, sign in _PLAYED if sign.match(head)), "")
