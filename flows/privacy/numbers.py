"""NIK and KK numbers in running text, and what is like them and is none."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from flows.model import ExposureKind
from flows.privacy.labels import Label, is_called_behind, is_part_of_a_paper, label_before, other_tables
from flows.privacy.links import is_of_a_link
from flows.privacy.regions import is_person
from flows.privacy.writings import LENGTH, Trust, Writing, find_writings, plain_digits

_FRACTION = re.compile(r"(?:(?<!\d)(?:0|\d{3})|-\d{1,3})[.,]\Z")
"""Of a degree, too: *114.5907…*; the number of a row has fewer digits."""
_MONEY = re.compile(r"(?:,\d\d|,-)? ?(?:rupiah|bytes?|ms|detik|kwh)\b", re.IGNORECASE)
"""Amounts of money and other things."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UUID_LENGTH = 36
_INVISIBLE = re.compile(
    "(?<=\\d)[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\u3164\ufe00-\ufe0f\ufeff\u0300-\u036f]+(?=\\d)"
)
_HEXADECIMAL = re.compile("[a-f]{1,16}")
"""Letters that end the id of a record."""
_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
_MARGIN = " \t\r\n'\""
_TOKEN = 64
_NO_SERIAL = "0000"
_CENTURIES = frozenset({"19", "20"})
_PLACEHOLDERS = string.digits * 3


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number of a person in a text."""

    kind: ExposureKind
    """``RESIDENT_NUMBER`` or ``FAMILY_CARD``."""
    start: int
    end: int
    """Where it stands in the text."""
    masked: str
    """``6371••••••••0001``."""
    birth_year: int | None
    """Last two digits of the year within a NIK, a mistyped one too; None for a family card."""
    is_called_other: bool = False
    """Whether the name of a file calls it an account, SP2D or NUPTK: it is masked all the same, and no finding."""


def find_numbers(text: str, *, heading: str = "", is_name: bool = False) -> tuple[FoundNumber, ...]:
    """Every NIK and KK number in ``text``, in order.

    A number is one when its region, its date and its serial are possible and nothing before it says that it is another
    kind of number; the nearest label wins. What a label calls a NIK or KK is one though it is mistyped.

    Args:
        text: Running text, or one cell.
        heading: Heading of the column the cell stands in, which counts where the text itself says nothing.
        is_name: Whether the text is the name of a file or folder, in which few words say that it is another number.
    """
    if not text.isascii() and _INVISIBLE.search(text):
        return _seen_through(text, heading, is_name=is_name)
    plain = plain_digits(text)
    writings = [writing for writing in find_writings(plain) if _stands_alone(plain, writing)]
    if not writings:
        return ()
    judge = _Judge(plain, heading, is_name=is_name)
    sound = _without_overlap([writing for writing in writings if judge.is_number(writing)], ())
    mistyped = _without_overlap([writing for writing in writings if judge.is_mistyped(writing)], sound)
    found = [judge.found(writing) for writing in sound]
    found += [judge.found(writing) for writing in mistyped]
    return tuple(sorted(found, key=lambda number: number.start))


def _seen_through(text: str, heading: str, *, is_name: bool) -> tuple[FoundNumber, ...]:
    """The numbers of a text in which digits are set apart by what nobody sees."""
    hidden = {at for match in _INVISIBLE.finditer(text) for at in range(match.start(), match.end())}
    kept = [at for at in range(len(text)) if at not in hidden]
    return tuple(
        replace(number, start=kept[number.start], end=kept[number.end - 1] + 1)
        for number in find_numbers("".join(text[at] for at in kept), heading=heading, is_name=is_name)
    )


class _Judge:
    """Judges the writings of one text; what stands before each is looked at only where it matters."""

    def __init__(self, plain: str, heading: str, *, is_name: bool) -> None:
        self._plain = plain
        self._is_name = is_name
        self._heading = heading
        self._is_cell = len(plain.strip(_MARGIN)) == LENGTH
        self._said: dict[int, tuple[Label, bool]] = {}
        self._other_tables: tuple[tuple[int, int], ...] | None = None

    def is_number(self, writing: Writing) -> bool:
        """Whether the digits are a person's, from their structure, their writing and their label together."""
        digits = writing.digits
        if not is_person(digits):
            return False
        label, near = self._label(writing)
        if self._is_name and label is Label.OTHER:
            # Nobody knows what a name means by a word, and an account that is masked in one costs nobody anything.
            label = Label.NONE
        if label is Label.OTHER or (label is Label.REGISTER and not _is_perfect(writing)):
            return False
        labelled = label in {Label.RESIDENT, Label.FAMILY}
        if digits.endswith(_NO_SERIAL):
            # A numeric cell keeps 15 digits: the last one of serial 0001 to 0009 has become a zero.
            return writing.trust is Trust.WHOLE and (self._is_cell or labelled)
        if writing.trust is Trust.LOOSE:
            return digits[-4] == "0" and labelled and near
        return writing.trust is Trust.WHOLE or digits[-4] == "0" or (labelled and near)

    def is_mistyped(self, writing: Writing) -> bool:
        """Whether the digits are no possible number of a person, but are called one right before them."""
        digits = writing.digits
        if writing.trust is Trust.LOOSE or (writing.trust is Trust.GROUPED and digits[-4] != "0"):
            return False
        if digits in _PLACEHOLDERS or len(set(digits)) == 1:
            # Typed into a form to show where the number goes.
            return False
        label, near = self._label(writing)
        return near and label in {Label.RESIDENT, Label.FAMILY}

    def found(self, writing: Writing) -> FoundNumber:
        """The number as it is told, masked."""
        digits = writing.digits
        is_family = self._label(writing)[0] is Label.FAMILY
        return FoundNumber(
            ExposureKind.FAMILY_CARD if is_family else ExposureKind.RESIDENT_NUMBER,
            writing.start,
            writing.end,
            f"{digits[:4]}••••••••{digits[-4:]}",
            None if is_family else int(digits[10:12]),
            is_called_other=self._is_name and self._label(writing)[0] is Label.OTHER,
        )

    def _label(self, writing: Writing) -> tuple[Label, bool]:
        if writing.start not in self._said:
            label, near = label_before(self._plain, writing.start, self._heading, is_name=self._is_name)
            if label in {Label.NONE, Label.OTHER} and is_called_behind(self._plain, writing.end):
                label, near = Label.RESIDENT, True
            elif label is Label.NONE and self._is_other(writing):
                label = Label.OTHER
            self._said[writing.start] = label, near
        return self._said[writing.start]

    def _is_other(self, writing: Writing) -> bool:
        """Whether what stands behind the number, or over its table, says that it is no person's."""
        if is_part_of_a_paper(self._plain, writing.start, writing.end):
            return True
        if self._other_tables is None:
            self._other_tables = () if self._is_cell else other_tables(self._plain)
        at = bisect_right(self._other_tables, writing.start, key=itemgetter(0)) - 1
        return at >= 0 and writing.start < self._other_tables[at][1]


def _is_perfect(writing: Writing) -> bool:
    """Whether nothing but a person's number is written so: no region, year and day of an entry in a register."""
    digits = writing.digits
    return (
        writing.trust is Trust.WHOLE
        and digits[-4] == "0"
        and digits[-4:] != _NO_SERIAL
        and digits[4:6] not in _CENTURIES
    )


def _without_overlap(writings: Iterable[Writing], taken: Sequence[Writing]) -> list[Writing]:
    """The first of writings that share digits, and none that shares any with those ``taken``; all in order."""
    kept: list[Writing] = []
    others = iter(taken)
    other = next(others, None)
    end = 0
    for writing in writings:
        while other is not None and other.end <= writing.start:
            other = next(others, None)
        if writing.start >= end and (other is None or writing.end <= other.start):
            kept.append(writing)
            end = writing.end
    return kept


def _stands_alone(plain: str, writing: Writing) -> bool:
    """Whether the digits are not a piece of something longer: a hash, a fraction, an international telephone number."""
    before, after = plain[max(0, writing.start - _TOKEN) : writing.start], plain[writing.end : writing.end + _TOKEN]
    if writing.end - writing.start == LENGTH:
        # Whole numbers may be glued to each other; writings has seen to it that each of them is possible.
        before, after = before.rstrip(string.digits), after.lstrip(string.digits)
    if before.endswith("+") or _FRACTION.search(before) or _MONEY.match(after):
        return False
    if _is_of_a_uuid(plain, writing):
        return False
    if is_of_a_link(plain, writing.start):
        return False
    glued = (
        before[len(before.rstrip(_LETTERS_AND_DIGITS)) :],
        after[: len(after) - len(after.lstrip(_LETTERS_AND_DIGITS))],
    )
    if _HEXADECIMAL.fullmatch(glued[1]) and after[len(glued[1]) : len(glued[1]) + 1] != ".":
        return False
    return all(not piece or piece.isalpha() for piece in glued)


def _is_of_a_uuid(plain: str, writing: Writing) -> bool:
    """Whether the digits, parted by strokes, are a piece of the id of a record."""
    if "-" not in plain[writing.start : writing.end]:
        return False
    around = plain[max(0, writing.start - _UUID_LENGTH) : writing.end + _UUID_LENGTH]
    at = writing.start - max(0, writing.start - _UUID_LENGTH)
    return any(match.start() <= at < match.end() for match in _UUID.finditer(around))
