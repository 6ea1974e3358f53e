"""What a sheet of an .xlsx shows though no cell holds it: digits of a format, and what a formula joins."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Mapping

from flows.gather.scanner import Scanner
from flows.words import holds_any

_STYLES = "xl/styles.xml"
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
_LOOKS = b"cellXfs"
_LOOK = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>(?:<(?:\w+:)?f(?:\s[^<>]*)?>[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]{1,24})<")
_ATTRIBUTE = re.compile(rb"""\b(numFmtId|formatCode|r|s|t)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|([0#?])|(.)', re.DOTALL)
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
"""Colours, conditions, languages."""
_OWN_DIGIT = re.compile(r'"[^"]*\d[^"]*"|\\\d|(?<![\d.])[1-9]')
_OF_TEXTS = re.compile(r"(?:\d\D{0,3}){4,}@|@(?:\D{0,3}\d){4,}")
"""Digits of a format beside the text of a cell, as many as a group of a number."""
_JOINT = re.compile(r'(?<=\d)"?\s*&\s*"?(?=\d)|(?<=\d)"\s*[,;]\s*"(?=\d)')
_UNSTORED = re.compile(rb"f>\s*+(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*+</(?:\w+:)?c>")
"""Behind a formula without a result, which office programs store and other writers do not."""
_IS_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
"""A result that is a text, one without a sign among them."""
_LONGEST = 10_000
"""Bytes of a cell up to its result; no office program takes longer formulas."""
_JOINS = (b"&amp;", b"CONCAT", b"TEXTJOIN")
_LONGEST_FORMAT = 2_000
"""Bytes of a format; no office program takes more than 255 signs."""
_MOST_DIGITS = 16
"""Of a number of a person."""


def formats_with_digits(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Number of a style → its format, for those that show digits of their own beside those of the cell."""
    if _STYLES not in archive.namelist():
        return {}
    source = archive.read(_STYLES)
    codes = {each[b"numFmtId"]: each.get(b"formatCode", b"") for each in _all(_FORMAT, source) if b"numFmtId" in each}
    shown = {number: _shown(code) for number, code in codes.items()}
    shown = {number: code for number, code in shown.items() if _OWN_DIGIT.search(code)}
    if not shown:
        return {}
    looks = source[max(0, source.find(_LOOKS)) : source.rfind(_LOOKS) + 1]
    found = enumerate(_all(_LOOK, looks))
    return {b"%d" % place: shown[each[b"numFmtId"]] for place, each in found if each.get(b"numFmtId") in shown}


def look_at_shown(source: bytes, sheet: str, formats: Mapping[bytes, str], scanner: Scanner) -> None:
    """Look at the cells of a sheet as their formats show them.

    Args:
        source: Of the sheet.
        sheet: Its name.
        formats: As :func:`formats_with_digits` tells them.
        scanner: Gets the numbers.
    """
    for found in _CELL.finditer(source) if formats else ():
        about = _attributes(found[1])
        code = formats.get(about.get(b"s", b""))
        if code and about.get(b"t", b"n") != b"n" and _OF_TEXTS.search(code):
            scanner.cut()  # texts lie elsewhere, and nobody puts them together
        elif code and about.get(b"t", b"n") == b"n":
            cell = about.get(b"r", b"").decode("ascii", "replace")
            scanner.look(_written(found[2], code), sheet=sheet, cell=cell, only_new=True)


def joined(formulas: str) -> str:
    """Formulas whose pieces of numbers stand together as in their results."""
    return _JOINT.sub("", html.unescape(formulas))


def hides_results(source: bytes) -> bool:
    """Whether a sheet shows texts that its formulas join and nobody has stored."""
    return holds_any(source, _JOINS) and any(
        _hides_result(source, found.start()) for found in _UNSTORED.finditer(source)
    )


def _hides_result(source: bytes, end: int) -> bool:
    """Whether the formula that ends there joins texts: before it stand its own tag and that of its cell."""
    cell, *formula = source[max(0, end - _LONGEST) : end].rpartition(b"</")[0].rsplit(b"<", 2)[1:] or [b""]
    return not _IS_TEXT.search(cell) and holds_any(b"".join(formula), _JOINS)


def _all(pattern: re.Pattern[bytes], source: bytes) -> Iterator[dict[bytes, bytes]]:
    return map(_attributes, pattern.findall(source))


def _attributes(source: bytes) -> dict[bytes, bytes]:
    return {name: value or other for name, value, other in _ATTRIBUTE.findall(source)}


def _shown(code: bytes) -> str:
    """The part of a format that is for positive numbers."""
    text = _IN_BRACKETS.sub("", html.unescape(code[:_LONGEST_FORMAT].decode("utf-8", "replace")))
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*\Z)', text)
    return next((part for part in parts if "@" in part and _OWN_DIGIT.search(part)), parts[0])


def _written(value: bytes, code: str) -> str:
    """A whole number as its format writes it: digits take their places from the right, what is left the first one."""
    try:
        digits = str(int(float(value)))
    except (ValueError, OverflowError):
        return ""
    if len(digits) > _MOST_DIGITS:
        return ""
    parts = [(quoted or escaped or other, place) for quoted, escaped, place, other in _TOKEN.findall(code)]
    places = "".join(place for _, place in parts)
    digits = digits.zfill(places.count("0"))
    first = max(0, len(digits) - len(places)) + 1
    waiting = iter([*[""] * (len(places) - len(digits)), digits[:first], *digits[first:]])
    return "".join(next(waiting) if place else text for text, place in parts)
