"""The third and later labelled sets: texts as they stand in files.

The third is by another hand than the rules and was written before its author had read them, the fourth afterwards. The
fifth is by the hand that then changed the rules, written before it had read any; no rule was made for the fifth.
The seventh and eighth of lists and the sixth and seventh of numbers are by the hand that then changed the rules, in
halves: every second text lies in the half that was held out, for which nothing was changed.
The eleventh of lists is by another hand, written before it had read the rules it then changed, in halves as well.
The twelfth of lists is by a third hand, written before it had read the rules as a stranger would try them, and the
thirteenth by the same right after, in haste and with the rules just seen; both in halves. So is the ninth of numbers.
The fourteenth of lists was written while its rules were.
The fifteenth and sixteenth of lists are by hands that have never seen the rules, in halves. For the sixteenth no rule
was made at all. The tenth of numbers is by such a hand too, and in the proportions in which offices write numbers.
The ninth and tenth of lists and the eighth of numbers are by the same hand, written while it changed the rules.
The sixth of lists, the fifth of numbers and the numbers in rows were made for what another hand had missed.

Numbers: each snippet below a line ``@+ kind LAST4,LAST4`` (these numbers of persons must be found) or ``@- kind``.
Lists: each document below ``@+ kind | rows or lines | title`` or ``@- …``; the cells of rows stand between bars.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.gather.scanner import Scanner
from flows.model import ExposureKind
from flows.privacy import find_numbers
from tests.privacy.lists_set import Document

_HERE = Path(__file__).parent
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|t)")
_COLUMN = "[h] "
_NUMBERS = (ExposureKind.RESIDENT_NUMBER, ExposureKind.FAMILY_CARD)


@dataclass(frozen=True, slots=True)
class Told:
    """A text and the last four digits of the persons' numbers in it."""

    line: int
    kind: str
    text: str
    heading: str
    expected: tuple[str, ...]

    def outcome(self) -> tuple[int, int, int]:
        """How many were rightly found, wrongly found, missed."""
        found = Counter(number.masked[-4:] for number in find_numbers(self.text, heading=self.heading))
        expected = Counter(self.expected)
        right = (found & expected).total()
        return right, found.total() - right, expected.total() - right


def told_snippets(name: str) -> Iterator[Told]:
    """The snippets of one file."""
    for line, head, body in _blocks(name):
        kind, _, numbers = head[3:].partition(" ")
        heading = body.pop(0).removeprefix(_COLUMN) if body[0].startswith(_COLUMN) else ""
        text = _ESCAPE.sub(lambda match: "\t" if match[1] == "t" else chr(int(match[1][1:], 16)), "\n".join(body))
        yield Told(line, kind, text, heading, tuple(filter(None, numbers.split(","))))


@dataclass(frozen=True, slots=True)
class ToldRows:
    """A table and the last four digits of the persons' numbers that lie over several of its cells."""

    line: int
    kind: str
    rows: tuple[tuple[object, ...], ...]
    expected: tuple[str, ...]

    def outcome(self) -> tuple[int, int, int]:
        """How many were rightly found, wrongly found, missed."""
        scanner = Scanner()
        scanner.look_at_rows(self.rows, sheet="Rekaan")
        found = sum(exposure.count for exposure in scanner.exposures if exposure.kind in _NUMBERS)
        right = min(found, len(self.expected))
        return right, found - right, len(self.expected) - right


def told_rows(name: str) -> Iterator[ToldRows]:
    """The tables of one file; ``#12`` is a number in a cell."""
    for line, head, body in _blocks(name):
        kind, _, numbers = head[3:].partition(" ")
        rows = tuple(tuple(_cell(text.strip()) for text in row.split("|")) for row in body)
        yield ToldRows(line, kind, rows, tuple(filter(None, numbers.split(","))))


def _cell(text: str) -> object:
    return float(text[1:]) if text.startswith("#") else text


def told_documents(name: str) -> Iterator[Document]:
    """The documents of one file: tables as tables and as the lines of a page, pages as lines."""
    for line, head, body in _blocks(name):
        _, how, title = head.split(" | ", 2)
        is_list = head.startswith("@+")
        if how == "rows":
            rows = tuple(tuple(cell.strip() for cell in text.split("|")) for text in body)
            yield Document(line, is_list, title, rows, as_rows=True)
        else:
            rows = tuple((text,) for text in body)
        yield Document(line, is_list, title, rows, as_rows=False)


def _blocks(name: str) -> Iterator[tuple[int, str, list[str]]]:
    head, line, body = "", 0, list[str]()
    for place, text in enumerate([*(_HERE / name).read_text(encoding="utf-8").splitlines(), "@end"], start=1):
        if not text.startswith("@"):
            body.append(text)
            continue
        if head:
            yield line, head, body
        head, line, body = text, place, []
