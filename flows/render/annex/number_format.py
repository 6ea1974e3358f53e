"""A number as the format of its cell shows it: units, currencies, leading zeros, thousands and what stands for nothing.

Decimals are printed as far as they say something, and at least as many as the format asks for. A format that is not
understood, such as a fraction or a condition, is none; nor is that of a number as long as those of persons, which is
masked by its digits. Source: ECMA-376 part 1, chapter 18.8.31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows import wording

_TOKEN = re.compile(
    r"""(?P<end>;)
    |"(?P<quoted>[^"]*)" |\\(?P<escaped>.) |\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    |(?P<digits>general|@|[0\#?][0\#?.,]*)
    |(?P<silent>_.|\*.|\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s?\d+)\])
    |(?P<shown>[-+$():!^&'~{}<>=%\s])""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PLACES = "0#?"
_PERCENT_DECIMALS = 2
_MOST_DECIMALS = 4
_CODES_KEPT = 256


@dataclass(frozen=True, slots=True)
class _Section:
    """How positive numbers are shown, or negative ones, or zero."""

    parts: tuple[tuple[bool, str], ...]
    """In order: whether it stands for digits, and the text, or the places of digits."""

    @property
    def places(self) -> list[str]:
        """What stands for digits: mostly one part."""
        return [text for is_digits, text in self.parts if is_digits]

    def around(self, digits: list[str]) -> str:
        """The whole, with ``digits`` in their places."""
        left = iter(digits)
        return "".join(next(left) if is_digits else text for is_digits, text in self.parts)


def has_thousands(code: str) -> bool:
    """Whether numbers of this format are amounts: their thousands are set apart."""
    return any("," in places.strip(",") for section in _sections(code) for places in section.places)


def formatted(value: float, code: str, *, is_plain: bool = False) -> str:
    """A number of somebody's workbook as it is printed.

    Args:
        value: as it lies in the cell.
        code: the format of the cell, empty where it has none.
        is_plain: of numbers that name something, unless the format sets their thousands apart.
    """
    is_plain = is_plain and not has_thousands(code)
    sections = _sections(code)
    if not sections or not abs(value) < wording.COUNTABLE:
        return wording.sheet_value(value, is_plain=is_plain)
    section, sign = _section_of(value, sections)
    digits = _digits(abs(value), section, is_plain=is_plain)
    if digits is None:
        return wording.sheet_value(value, is_plain=is_plain)
    return " ".join((sign + section.around(digits)).split())


def _section_of(value: float, sections: tuple[_Section, ...]) -> tuple[_Section, str]:
    """The section for a number, and the sign that it does not give itself."""
    if value < 0:
        return (sections[1], "") if len(sections) > 1 else (sections[0], "-")
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), ""  # noqa: PLR2004 - the third is of zero


def _digits(value: float, section: _Section, *, is_plain: bool) -> list[str] | None:
    """What stands in the places of digits; None where the format cannot be followed."""
    places = section.places
    if len(places) > 1:
        return _spread(value, places)
    return [_number(value, each, section, is_plain=is_plain) for each in places]


def _number(value: float, places: str, section: _Section, *, is_plain: bool) -> str:
    if places[0] not in _PLACES:
        return wording.sheet_value(value, is_plain=is_plain)
    if not value and "0" not in places:
        return ""
    whole = places.rstrip(",")
    scaled = value / 1000 ** (len(places) - len(whole))
    decimals = whole.partition(".")[2].count("0")
    if any("%" in text for is_digits, text in section.parts if not is_digits):
        return _padded(wording.sheet_value(round(scaled * 100, _PERCENT_DECIMALS) or scaled * 100), decimals)
    least = whole.count("0")
    if least > 1 and whole.isdigit() and scaled.is_integer():
        return wording.sheet_value(scaled, is_plain=True).zfill(least)
    return _padded(wording.sheet_value(scaled, is_plain=is_plain), decimals)


def _padded(digits: str, decimals: int) -> str:
    """With the zeros behind the comma that a format asks for: amounts of money show them."""
    whole, _, after = digits.partition(",")
    is_plain = 0 < decimals <= _MOST_DECIMALS and whole.replace(".", "").isdigit() and (after.isdigit() or not after)
    return f"{whole},{after.ljust(decimals, '0')}" if is_plain else digits


def _spread(value: float, places: list[str]) -> list[str] | None:
    """The digits of a number such as that of a telephone in groups, from the right."""
    if not value.is_integer() or any(set(each) != {"0"} for each in places):
        return None
    left = wording.sheet_value(value, is_plain=True).zfill(sum(map(len, places)))
    groups: list[str] = []
    for each in reversed(places[1:]):
        left, group = left[: -len(each)], left[-len(each) :]
        groups.append(group)
    return [left, *reversed(groups)]


@lru_cache(maxsize=_CODES_KEPT)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; none where it is not understood."""
    sections: list[list[tuple[bool, str]]] = [[]]
    position = 0
    while position < len(code):
        found = _TOKEN.match(code, position)
        if found is None:
            return ()
        position = found.end()
        kind = found.lastgroup or ""
        if kind == "end":
            sections.append([])
        elif kind != "silent":
            sections[-1].append((kind == "digits", found[kind]))
    return tuple(_Section(tuple(parts)) for parts in sections) if code else ()
