"""Old formats of office programs: text in binary streams or between control words, swept and not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flows import bounds
from flows.gather.old_words import OldWords
from flows.gather.scanner import Scanner

_FEW = rb"\d(?:[ .\-]?[\dOolI]){9}"
_EIGHT_BIT = re.compile(_FEW)
_SIXTEEN_BIT = re.compile(rb"\d\x00(?:(?:[ .\-]\x00)?[\dOolI]\x00){9}")
"""Whether a stream may hold a number of a person at all, in either encoding."""
_OWN_DIGITS = re.compile(rb'"\x00?(?:\d\x00?){4,16}"\x00?[0#]')
"""``"6371"0``, in either encoding."""
_CONTROLS = dict.fromkeys(range(32), " ") | {7: "\t", 9: "\t", 10: "\n", 11: "\n", 12: "\n", 13: "\n", 0x7F: " "}
_SUMMARIES = ("summaryinformation", "documentsummaryinformation")
_COMMENTS = ("comment", "annotation")
_TEXT_STREAMS = ("worddocument", "powerpoint document")

_DOC_STARTS = (b"\xec\xa5", b"\xdc\xa5")
_DOC_FLAGS, _DOC_ENCRYPTED = 10, 0x0100
"""Where a .doc keeps its flags, and the one of encryption."""
_PPT_TOKEN, _PPT_ENCRYPTED = 12, b"\xdf\xc4\xd1\xf3"
"""Where a .ppt says whether it is encrypted, and how."""
_TITLE_CHARS = 400
_HEX_DATA = re.compile(r"(?:[0-9a-fA-F]{2}){40,}")
_RTF_BODY = re.compile(r"\\(?:pard|sectd)\b")
_RTF_ASIDE = re.compile(r"\{\\\*[^{}]*\}|\{\\(?:fldinst|pict|sn|sv|pntxt[ab])\b[^{}]*\}")
"""Groups that programs write for themselves, and the instructions of fields."""
_RTF_TABLES = re.compile(
    r"\{\\(?:fonttbl|colortbl|stylesheet|listtable|info)\b(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}\}){0,20000}\}"
)
"""What stands before the text where nothing says that it begins, as in files that a web application has written."""
_RTF_SHARE = 20
"""Characters of the source that one of the text may take: Word marks every word."""
_RTF_HEX = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_UNICODE = re.compile(r"\\u(-?\d{1,6})[ ]?(?:\\'[0-9a-fA-F]{2}|\?)?")
"""A letter by its number, and what an older program shows instead."""
_RTF_BREAKS = re.compile(r"\\(?:par|line|row|sectd?|page|cell|tab)\b ?")
_RTF_CONTROL = re.compile(r"\\[a-zA-Z]{1,32}-?\d{0,10} ?|\\[^a-zA-Z]|[{}\r\n]")


def streams_of(path: Path, scanner: Scanner) -> Iterator[tuple[list[str], bytes]]:
    """Place and bytes of each stream of an old office file (.doc, .ppt, .xls), as many as may be looked at.

    Args:
        path: Of the file.
        scanner: Is told where some are left out.
    """
    import olefile

    with path.open("rb") as stream, olefile.OleFileIO(stream) as container:
        left = bounds.OLD_OFFICE_BYTES
        for entry in container.listdir(streams=True, storages=False):
            left -= container.get_size(entry)
            if left < 0:
                scanner.cut()
                return
            yield entry, container.openstream(entry).read()


def look_at_stream(entry: list[str], source: bytes, scanner: Scanner, *, only_new: bool) -> None:
    """Look at one stream in both encodings its texts stand in.

    Args:
        entry: Its place.
        source: Its bytes.
        scanner: Gets the words.
        only_new: The cells were looked at before; only what stands elsewhere is told.
    """
    hidden = _hidden(entry, only_new=only_new)
    if shows_own_digits(source):
        scanner.cut()
    for text in words_of_bytes(source):
        scanner.look(text, hidden=hidden, only_new=only_new)


def look_at_old_words(words: OldWords, scanner: Scanner) -> None:
    """Look at the running text and the tables of a .doc or .ppt."""
    title = ""
    for part in words.parts:
        if isinstance(part, str):
            scanner.look(part, title=title)
            title = part.strip()[-_TITLE_CHARS:] or title
        else:
            scanner.look_at_rows(part, title=title)


def is_encrypted(path: Path) -> bool:
    """Whether a password hides the words of a .doc or .ppt, as its first bytes say."""
    import olefile

    with path.open("rb") as stream, olefile.OleFileIO(stream) as container:
        if container.exists("WordDocument"):
            head = container.openstream("WordDocument").read(_DOC_FLAGS + 2)
            return head.startswith(_DOC_STARTS) and bool(int.from_bytes(head[_DOC_FLAGS:], "little") & _DOC_ENCRYPTED)
        if container.exists("Current User"):
            head = container.openstream("Current User").read(_PPT_TOKEN + 4)
            return bool(head[_PPT_TOKEN:] == _PPT_ENCRYPTED)
    return False


def words_of_bytes(source: bytes) -> Iterator[str]:
    """The text of a binary stream, read as 8-bit and as 16-bit characters, where it could hold a number of a person."""
    if _EIGHT_BIT.search(source):
        yield source.decode("cp1252", "replace").translate(_CONTROLS)
    found = _SIXTEEN_BIT.search(source)
    starts = {match.start() % 2 for match in _SIXTEEN_BIT.finditer(source)} if found else set()
    for start in sorted(starts):
        # The last byte of a text whose characters begin with the zero stands alone.
        yield (source[start:] + b"\0").decode("utf-16-le", "replace").translate(_CONTROLS)


def shows_own_digits(source: bytes) -> bool:
    """Whether a format of numbers puts digits before those of its cells: the numbers that are shown stand nowhere."""
    return _OWN_DIGITS.search(source) is not None


def words_of_rtf(source: str) -> str:
    """The words of an .rtf without its control words and pictures."""
    text = _HEX_DATA.sub("", source)
    text = _RTF_UNICODE.sub(lambda found: chr(int(found[1]) % 0x10000), text)
    text = _RTF_HEX.sub(lambda found: bytes([int(found[1], 16)]).decode("cp1252", "replace"), text)
    return _RTF_CONTROL.sub("", _RTF_BREAKS.sub(_break, text)).replace("\x0b", "\n")


def running_text_of_rtf(source: str, most: int) -> str:
    """At most so many characters of the running text of an .rtf: what stands behind fonts, styles and properties."""
    start = _RTF_BODY.search(source)
    first = start.start() if start else 0
    text = _HEX_DATA.sub("", source[first : first + most * _RTF_SHARE])
    if start is None:
        text = _RTF_TABLES.sub("", text)
    return words_of_rtf(_RTF_ASIDE.sub("", text))[:most]


def _break(found: re.Match[str]) -> str:
    return "\t" if "cell" in found[0] or "tab" in found[0] else "\x0b"


def _hidden(entry: list[str], *, only_new: bool) -> str:
    name = entry[-1].strip("\x05\x01").lower()
    if name in _SUMMARIES:
        return "properties"
    if any(word in name for word in _COMMENTS):
        return "comment"
    return "" if name in _TEXT_STREAMS and not only_new else "elsewhere"
