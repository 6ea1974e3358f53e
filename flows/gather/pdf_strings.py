"""The strings in the source of a PDF (in brackets, as digits, as names): of objects, drawings, scripts and data."""

from __future__ import annotations

import re

from flows.gather.digits import may_hold_number
from flows.gather.family import HEAD_BYTES, wide_encoding
from flows.gather.scan_xml import words_of

_STRING = re.compile(
    rb"\(((?:[^()\\]|\\.){15}[^()\\]*+(?:\\.[^()\\]*+)*)\)|<([0-9A-Fa-f\s]{30,}+)>|/([^\s()<>\[\]{}/%]{15,}+)",
    re.DOTALL,
)
_IN_DRAWING = re.compile(rb"\(([^()\\]*+(?:\\.[^()\\]*+)*)\)|<([0-9A-Fa-f\s]*+)>|\b(T[jJdDm*])\b|(['\"])", re.DOTALL)
_QUOTED = re.compile(rb"\"([^\"\r\n]{15,400})\"|'([^'\r\n]{15,400})'|(?<![\d.,])(\d{15,17})(?![\d.])")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b" ", b"f": b" ", b"\n": b"", b"\r": b"", b"\r\n": b""}
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))
_DATE, _CERTIFICATES = b"D:", b"0\x82"
"""How dates begin, and the sealed signatures and certificates, which are no words."""
_TABLE_OF_CHARACTERS = b"begincmap"


def strings_of(source: bytes) -> list[str]:
    """Strings and names that may hold the number of a person, in the source of objects."""
    found = []
    for literal, digits, name in _STRING.findall(source):
        raw = _literal(literal) if literal else _hexadecimal(digits) if digits else _CODE.sub(_byte, name)
        if not raw.startswith((_DATE, _CERTIFICATES)) and may_hold_number(raw):
            found.append(_text(raw))
    return found


def words_of_drawing(source: bytes) -> str:
    """Strings that the drawing of an appearance writes, those of one line joined.

    Only fonts of the simple kind can be read so; a form that a page shows is read with the page.
    """
    found = []
    for literal, digits, operator, quote in _IN_DRAWING.findall(source):
        if operator or quote:
            found.append("\n")
        else:
            found.append(_text(_literal(literal) if literal else _hexadecimal(digits)))
    return "".join(found)


def words_of_stream(source: bytes) -> tuple[str, bool]:
    """Words of any other stream, and whether they are data in XML; of a script or the like what stands in quotes."""
    if wide := wide_encoding(source[:HEAD_BYTES]):
        source = source.decode(wide, "replace").encode()
    if source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return words_of(source.decode("utf-8", "replace")), True
    if _TABLE_OF_CHARACTERS in source[:HEAD_BYTES] or not may_hold_number(source):
        return "", False
    quoted = ["".join(part.decode("cp1252", "replace") for part in parts) for parts in _QUOTED.findall(source)]
    return "\n".join([*strings_of(source), *quoted]), False


def _literal(source: bytes) -> bytes:
    return _ESCAPE.sub(_unescaped, source) if b"\\" in source else source


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) & 0xFF]) if code[:1].isdigit() and code[0] < ord("8") else _ESCAPED.get(code, code)


def _hexadecimal(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode("ascii"))


def _text(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    return raw.decode("cp1252", "replace")
