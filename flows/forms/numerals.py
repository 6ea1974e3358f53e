"""Numbers as people write them: Indonesian numerals first, the foreign way where these make no sense."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from flows.forms import tokens
from flows.model import ColumnType
from flows.names import fold

_UNIT_WORDS = 3
_MONEY_FRONT = re.compile(r"(?:rp|idr)\s*\.?\s*", re.IGNORECASE)
_MONEY_BACK = re.compile(r"(?:[.,]\s*[-–=]{1,2}|\s*rupiah)$", re.IGNORECASE)
PERCENT_BACK = re.compile(r"\s*(?:%|persen|prosen)$", re.IGNORECASE)
"""A percent sign behind a number, in signs or words."""
_SIGN = re.compile(r"([+-]?)\s?(?=\d)")
_WITH_UNIT = re.compile(r"(.*?\d)\s*([^\W\d_][^\d]*)")
_PLAIN = re.compile(r"[0-9]+")
_INDONESIAN = re.compile(r"(?:[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)|[0-9]+)(?:,[0-9]+)?")
_FOREIGN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_POINT = re.compile(r"(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)\.[0-9]+")
_ONE_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_ONE_DOT_GROUP = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_MINUS = str.maketrans("−‒–", "---")


class ParsedNumber(NamedTuple):
    """A number and how it had to be read."""

    number: float
    remark: str
    """Key of ``remarks`` in the catalogue of findings; empty where it is written as asked."""


def parse_number(text: str, kind: ColumnType = ColumnType.NUMBER) -> ParsedNumber | None:
    """The number that ``text`` spells, a percent sign read away; None where it is none, or not quite one.

    Dots and spaces part thousands, a comma parts decimals. Where that makes no sense the foreign way is tried: several
    groups behind commas, a dot before other than three digits; and by ``kind`` one group: "1,234" is 1234 in a count or
    in money, "98.125" is 98,125 in a percentage. "About 100", "5 juta", "5-10" and "1e5" are no numbers.
    """
    source = tidied(text).translate(_MINUS)
    if kind is ColumnType.MONEY:
        source = _MONEY_BACK.sub("", _MONEY_FRONT.sub("", source, count=1))
    elif kind is ColumnType.PERCENT:
        source = PERCENT_BACK.sub("", source)
    source, has_unit = _without_unit(source)
    sign = _SIGN.match(source)
    if not sign:
        return None
    parsed = _magnitude(source[sign.end() :], kind)
    if parsed is None or not math.isfinite(parsed.number):
        return None
    number = -parsed.number if sign[1] == "-" else parsed.number
    return ParsedNumber(number, parsed.remark or ("unit-dropped" if has_unit else ""))


def _magnitude(digits: str, kind: ColumnType) -> ParsedNumber | None:
    """A number without sign and unit."""
    if _PLAIN.fullmatch(digits):
        return ParsedNumber(float(digits), "")
    is_whole_kind = kind in (ColumnType.COUNT, ColumnType.MONEY)
    if is_whole_kind and _ONE_COMMA_GROUP.fullmatch(digits):
        return ParsedNumber(float(digits.replace(",", "")), "foreign-thousands")
    is_decimal = digits.startswith("0") or kind is ColumnType.PERCENT
    if _INDONESIAN.fullmatch(digits) and not (is_decimal and _ONE_DOT_GROUP.fullmatch(digits)):
        return ParsedNumber(float(re.sub("[. ]", "", digits).replace(",", ".")), "")
    if _FOREIGN.fullmatch(digits):
        return ParsedNumber(float(digits.replace(",", "")), "foreign-thousands")
    if _DECIMAL_POINT.fullmatch(digits):
        return ParsedNumber(float(digits.replace(" ", "")), "foreign-decimal")
    return None


def _without_unit(source: str) -> tuple[str, bool]:
    """``source`` without a unit behind its number, and whether there was one."""
    found = _WITH_UNIT.fullmatch(source)
    if not found:
        return source, False
    words = fold(found[2]).split()
    is_unit = 0 < len(words) <= _UNIT_WORDS and all(word in tokens.UNITS for word in words)
    return (found[1], True) if is_unit else (source, False)


def tidied(text: str) -> str:
    """``text`` without blanks around it, invisible signs and the apostrophe that makes a spreadsheet keep text."""
    visible = text.translate(_INVISIBLE)
    plain = "".join(" " if unicodedata.category(char) == "Zs" else char for char in visible).strip()
    return plain[1:].strip() if plain.startswith("'") else plain
