"""How 16 digits are written: in one piece, in groups, in boxes, broken across a line, misread by OCR, as a float."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate, pairwise

from flows.privacy.regions import is_person, is_region
from flows.privacy.shapes import Digits

LENGTH = 16
"""Digits of a NIK and of the number of a family card."""


class Trust(Enum):
    """How much a writing says by itself that the digits are one number."""

    WHOLE = auto()
    """One piece, or groups joined by points or strokes in a way people write such numbers."""
    GROUPED = auto()
    """Groups with spaces in such a way: enough where the serial begins with a zero, as no count in a table does."""
    LOOSE = auto()
    """Some other grouping: only where a label says what it is."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A place where 16 digits are written."""

    start: int
    end: int
    digits: str
    trust: Trust


_MISREAD = str.maketrans("OoQDIil|SsBZzgq", "000011115582299")
_MISREADS = 4
_MISREADS_OF_A_PERSON = 6
"""Of digits with the structure of a NIK and a serial that begins with a zero: no code of letters and digits is so."""
_MISREADS_AFTER_LABEL = 8
"""Where a label says what it is, half of the digits may be misread: ``997IO145O512OOO1``."""
_LETTERS = "OoQDIilSsBZzgq"
"""Taken for digits by who reads scans."""
_D = f"0-9{_LETTERS}"
_SEPARATORS = " .,_-'/\t"
_S = re.escape(_SEPARATORS)
_ODD = ":;*+=~()"
"""Signs that part no digits in any habit: only where a label says what it is."""
_ENDS = "\n\r|[]"
"""Of lines and boxes."""
_DIGITS = Digits(LENGTH, string.digits + _LETTERS, _SEPARATORS + _ODD + _ENDS)
_GATE = re.compile(rf"[{_D}](?:[{_S}{_ODD}{re.escape(_ENDS)}]{{0,8}}[{_D}]){{{LENGTH - 1}}}")
_WHOLE = re.compile(r"(?<![\d•])(?:\d{16}){1,4}(?![\d•])")
_FLOAT = re.compile(r"(?<![\d.,•])(\d)[.,](\d{15})0*[eE]\+?15(?!\d)")
_BOXES = re.compile(
    r"(?<![\d•])\d(?=[ |\t\r\n._/,;-])(?:"
    r"(?: {0,3}\| {0,3}\d){15}(?![\d•])|(?<!\d \d)(?:(?: {1,3}|\t)\d){15}(?!\s?[\d•])|"
    r"(?<!\d[-._/,;]\d)(?P<mark>[-._/,;])\d(?:(?P=mark)\d){14}(?!(?P=mark)?[\d•])|"
    r"(?<!\n\d\n\d)(?:[ \t]{0,2}\r?\n[ \t]{0,2}\d){15}(?![\d•])(?!\s{1,3}\d(?!\d)))"
    r"|\[ ?\d ?\](?: ?\[ ?\d ?\]){15}(?! ?\[)"
)
_GROUP = re.compile(
    rf"(?<![0-9•])(?:(?<![A-Za-z])[{_D}]|[0-9])(?:[{_D}]|(?<=[0-9])\|(?=[0-9])){{0,15}}(?![0-9A-Za-z•])"
)
_BETWEEN = re.compile(
    rf" ?[{_S}] ?|\] ?\[|[-.{_ODD}]{{2}}|\) \(| {{3,8}}| ?[{_ODD}|] ?|[-.]?[ \r]{{0,3}}\n[ \t]{{0,40}}"
)
_HABITS = frozenset(
    {
        *((4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4), (6, 2, 2, 2, 4), (4, 2, 6, 4)),
        *((6, 10), (12, 4), (4, 12), (8, 8), (2, 14), (4, 8, 4), (8, 4, 4), (4, 4, 8), (4, 2, 10), (2, 2, 2, 10)),
        *((2, 2, 12), (2,) * 8, (1, 3, 3, 3, 3, 3), (3, 3, 3, 3, 4), (4, 3, 3, 3, 3), (3, 3, 3, 3, 3, 1)),
        *((6, 6, 2, 2), (5, 5, 6), (5, 5, 5, 1)),
    }
)
"""Sizes of groups, as offices write them."""
_THOUSANDS = (1, 3, 3, 3, 3, 3)
_CENTS = re.compile(r",(?:\d\d(?!\d)|-)|(?:,\d\d)? {1,4}\d{1,3}(?:\.\d{3})+(?![\d.])")
"""After an amount: cents, a dash, or the next amount of a row."""
_OF_A_LETTER = re.compile(r" ?/ ?[A-Za-z]")
"""The sender, after the figures in the number of a letter."""
_OF_AN_INVOICE = re.compile(r"[A-Za-z] ?/ ?\Z")
"""What the number of a paper begins with: ``INV/2023/03/000154``."""
_ODD_SIGNS = frozenset({*_ODD, "|", "--", ")(", ") ("})
_PAIRS, _FOURS = {2}, {4}
_NO_PROVINCES = frozenset(
    province
    for province in map("{:02}".format, range(100))
    if not any(is_region(f"{province}{n:02}") for n in range(100))
)
"""Two digits that no code of a region begins with."""
_DIGIT = re.compile(r"\d")
_AFTER_WORD = re.compile(r"[A-Za-z][ :=.]{0,4}\Z")
_OFTEN_MET = 0xFFFF
"""No sign beyond is remembered: a file may hold a million different ones."""
_FEWEST_KINDS = 4
"""Different digits in boxes."""
_GLANCE = 8
_GAP = 48
_ROW_NUMBER = 3
_MOST_GROUPS = 9


def plain_digits(text: str) -> str:
    """``text``, character for character, with every script's digits and the many spaces, dashes and dots as ASCII."""
    return text if text.isascii() else text.translate(_PLAIN)


_ENCLOSED = frozenset({*range(0x2460, 0x2500), *range(0x2776, 0x2794)})
"""Digits in circles and brackets; those above a line are the marks of notes and no digits of what stands before."""


class _Plain(dict[int, str]):
    """What stands for what, sign by sign, as signs are met: all digits of all scripts take a hundredth of a second."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        digit = unicodedata.decimal(sign, unicodedata.digit(sign, None) if code in _ENCLOSED else None)
        plain = sign if digit is None else str(digit)
        if code <= _OFTEN_MET:
            self[code] = plain
        return plain


_PLAIN = _Plain(
    {
        ord(sign): plain
        for signs, plain in (
            ("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
            ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
            ("\u00b7\u2027\u2219\u22c5\uff0e\u2024", "."),
            ("\u2018\u2019\u02bc\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "'"),
            ("\uff5c\u2502\u2503\u2551\u00a6", "|"),
            ("\u2028\u2029\u0085", "\n"),
        )
        for sign in signs
    }
)


def find_writings(plain: str) -> list[Writing]:
    """Every place in ``plain`` (see :func:`plain_digits`) where 16 digits may be one number, in order.

    They may overlap.
    """
    if not _DIGITS.may_be_in(plain) or not _GATE.search(plain):
        return []
    found = [*_whole(plain), *_floats(plain), *_boxes(plain), *_grouped(plain)]
    return sorted(found, key=lambda writing: (writing.start, writing.trust.value, writing.end))


def _whole(plain: str) -> Iterator[Writing]:
    """Digits in one piece; several numbers may be glued together, each of them possible."""
    for match in _WHOLE.finditer(plain):
        starts = range(match.start(), match.end(), LENGTH)
        if len(starts) > 1 and not all(is_person(plain[start : start + LENGTH]) for start in starts):
            continue
        for start in starts:
            yield Writing(start, start + LENGTH, plain[start : start + LENGTH], Trust.WHOLE)


def _floats(plain: str) -> Iterator[Writing]:
    """What a spreadsheet makes of the number when it writes all of its digits: ``9.971014505120001E+15``."""
    for match in _FLOAT.finditer(plain):
        yield Writing(match.start(), match.end(), match[1] + match[2], Trust.WHOLE)


def _boxes(plain: str) -> Iterator[Writing]:
    """A digit a box, as forms have it."""
    for match in _BOXES.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        # Ones and zeros are criteria that are met or not.
        if len(set(digits)) >= _FEWEST_KINDS:
            yield Writing(match.start(), match.end(), digits, Trust.GROUPED)


def _grouped(plain: str) -> Iterator[Writing]:
    """Groups of digits that add up to 16, some perhaps misread."""
    groups = [match for match in _GROUP.finditer(plain) if len(match[0]) <= _MISREADS or _DIGIT.search(match[0])]
    gaps = [_gap(plain[left.end() : right.start()]) for left, right in pairwise(groups)]
    texts = [group[0] for group in groups]
    for first, last in _sums([len(text) for text in texts], gaps):
        # Most rows of counts are no regions' codes, and are passed over without putting them together.
        if texts[first][:2] in _NO_PROVINCES and not _AFTER_WORD.search(plain, *_glance(groups[first].start())):
            continue
        written = "".join(texts[first : last + 1])
        digits, start = written.translate(_MISREAD), groups[first].start()
        # Most sums are chance; whether one is said to be a NIK all the same is worth a look only after a word.
        if not is_person(digits) and not _AFTER_WORD.search(plain, *_glance(start)):
            continue
        misread = sum(not sign.isdigit() for sign in written)
        if misread <= _MISREADS_AFTER_LABEL:
            most = _MISREADS_OF_A_PERSON if digits[-4] == "0" and is_person(digits) else _MISREADS
            # Letters before and within are those of a code: X9971O1O3O2160501.
            is_code = misread and plain[max(0, start - 1) : start].isalpha()
            trust = Trust.LOOSE if misread > most or is_code else _trust(plain, groups, gaps, (first, last))
            yield Writing(start, groups[last].end(), digits, trust)


def _glance(start: int) -> tuple[int, int]:
    return max(0, start - _GLANCE), start


def _sums(sizes: Sequence[int], gaps: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last of joined groups that have 16 digits together."""
    totals = list(accumulate(sizes))
    ends = {total: last for last, total in enumerate(totals)}
    breaks = list(accumulate((not gap for gap in gaps), initial=0))
    for first, total in enumerate(totals):
        last = ends.get(total - sizes[first] + LENGTH)
        if last is not None and first <= last <= first + _MOST_GROUPS and breaks[first] == breaks[last]:
            yield first, last


def _gap(between: str) -> str:
    """What joins two groups into one number, by one sign; empty where nothing does."""
    if between in {" ", ".", "-"}:
        return between
    if len(between) > _GAP or not _BETWEEN.fullmatch(between):
        return ""
    return "\n" if "\n" in between else between.strip() or " "


def _trust(plain: str, groups: Sequence[re.Match[str]], gaps: Sequence[str], ends: tuple[int, int]) -> Trust:
    """How much the grouping between the groups at ``ends`` says."""
    first, last = ends
    if first == last:
        return Trust.WHOLE
    inner, sizes = gaps[first:last], tuple(len(group[0]) for group in groups[first : last + 1])
    signs = set(inner) - {"\n"}
    broken = inner.count("\n")
    usual = sizes in _HABITS or broken == len(inner) == 1
    # Commas stand between amounts, thousands marks being the one exception; one point alone is a decimal point.
    decimal = signs == {"."} and len(inner) == 1
    odd = (
        decimal
        or not signs.isdisjoint(_ODD_SIGNS)
        or (broken > 1 and signs)
        or len(signs) > 1
        or ("," in signs and sizes[0] != 1)
    )
    is_money = sizes == _THOUSANDS and _CENTS.match(plain, groups[last].end())
    start = groups[first].start()
    is_letter = "/" in signs and (
        _OF_A_LETTER.match(plain, groups[last].end()) or _OF_AN_INVOICE.search(plain, *_glance(start))
    )
    if not usual or odd or is_money or is_letter or _is_chained(groups, gaps, first, last):
        return Trust.LOOSE
    return Trust.WHOLE if signs and not signs & {" ", "/"} and not broken else Trust.GROUPED


def _is_chained(groups: Sequence[re.Match[str]], gaps: Sequence[str], first: int, last: int) -> bool:
    """Whether the groups are part of a longer row of numbers, as in a table, so that their sum may be chance."""
    sizes = {len(group[0]) for group in groups[first : last + 1]}
    if sizes == _FOURS and _fours_around(groups, gaps, first, last) > (gaps[first] == " "):
        # One group more may be the year that stands behind a number, where it is no key of a program.
        return True
    if sizes == _PAIRS:
        return _is_pair(groups, gaps, first - 1, first - 1) or _is_pair(groups, gaps, last + 1, last)
    is_serial = groups[last][0][0] in "0Oo" and len(groups[last][0]) == 4  # noqa: PLR2004 - of a NIK
    if is_serial and gaps[last - 1] != "/":
        # It ends any row of counts, though not the number of a letter: 9971/0101/0120/0155/2024.
        return False
    before = first > 0 and gaps[first - 1] == gaps[first] and len(groups[first - 1][0]) > _ROW_NUMBER
    after = last < len(gaps) and gaps[last] == gaps[last - 1] and len(groups[last + 1][0]) > _ROW_NUMBER
    return before or after


def _fours_around(groups: Sequence[re.Match[str]], gaps: Sequence[str], first: int, last: int) -> int:
    """How many groups of four digits go on around four that are a number; none where they are numbers themselves."""
    begin, end = first, last
    while begin and gaps[begin - 1] == gaps[first] and len(groups[begin - 1][0]) in _FOURS:
        begin -= 1
    while end < len(gaps) and gaps[end] == gaps[first] and len(groups[end + 1][0]) in _FOURS:
        end += 1
    around = end - begin + 1
    return 0 if around % 4 == 0 else around - 4


def _is_pair(groups: Sequence[re.Match[str]], gaps: Sequence[str], at: int, gap: int) -> bool:
    """Whether the group ``at`` is one more pair of digits in the row, beyond the ``gap``."""
    return 0 <= gap < len(gaps) and gaps[gap] == " " and len(groups[at][0]) == max(_PAIRS)
