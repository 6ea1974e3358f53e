"""What the strip below a page of evidence says and where: pure arithmetic, without a PDF.

Two lines: label, page of pages and title; below, the questions it answers, who handed it in and the short hash.
Lengths are those of a strip as wide as A4 (595); on the page everything is multiplied by the scale of the strip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from flows import page_wording
from flows.render.annex.lettering import Lettering
from flows.render.values import STRIP_HEIGHT, Exhibit

_STANDARD_WIDTH, _LEAST_SCALE = 595.0, 0.5
_EDGE = 16.0
_GAP = 9.0
_UPPER, _LOWER = 12.4, 4.0
"""Baselines of the two lines."""
_LARGE, _SMALL = 8.5, 7.0
_LEAST_ROOM = 60.0
"""A title or name gets no less; where there is not so much it is left out."""
_INK, _MUTED, _ALERT = "0.106 0.122 0.141", "0.353 0.384 0.424", "0.608 0.11 0.11"
"""The colours of the typeset pages."""
LINK_BOTTOM, LINK_TOP = 1.6, 10.2
"""Lower and upper edge of a link to a question; letters of the line above hang down to 10.6."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a strip."""

    text: str
    x: float
    y: float
    size: float
    colour: str = _MUTED
    is_bold: bool = False

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + width_of(self.text, self.size, is_bold=self.is_bold)


@dataclass(frozen=True, slots=True)
class Strip:
    """The strips of all pages of one document that are equally wide."""

    scale: float
    """Points per unit."""
    label: Piece
    title: Piece | None
    facts: tuple[Piece, ...]
    """What else is said, the number of the page apart."""
    number_x: float
    number_size: float
    questions: tuple[tuple[str, Piece], ...]
    """Ids with what is printed of them."""
    pages: int

    def number(self, page: int) -> Piece:
        """Which page (from 1) this is."""
        text = page_wording.page_of_pages(page, self.pages)
        return Piece(text, self.number_x, _UPPER, self.number_size, _INK)

    def pieces(self, page: int) -> Iterator[Piece]:
        """All text of the strip of one page."""
        yield self.label
        yield from (self.title,) if self.title else ()
        yield self.number(page)
        yield from self.facts
        yield from (piece for _, piece in self.questions)


def scale_of(page_width: float) -> float:
    """Points per unit on a page so wide."""
    return max(page_width / _STANDARD_WIDTH, _LEAST_SCALE)


def strips(exhibit: Exhibit, pages: int, marks: Sequence[str] = ()) -> Callable[[float], Strip]:
    """The strips of the pages of ``exhibit``, with the warnings ``marks``, by the width of a page in points."""
    return cache(lambda page_width: compose(exhibit, pages, page_width, marks))


def compose(exhibit: Exhibit, pages: int, page_width: float, marks: Sequence[str] = ()) -> Strip:
    """The strips of the pages of ``exhibit`` that are ``page_width`` points wide, with the warnings ``marks``."""
    scale = scale_of(page_width)
    right = page_width / scale - _EDGE
    longest = page_wording.page_of_pages(pages, pages)
    words = [(exhibit.label, True), (longest, False), *((mark, True) for mark in marks)]
    needed = sum(width_of(text, _LARGE, is_bold=bold) for text, bold in words) + _GAP * (len(words) - 1)
    size = _LARGE * min(1.0, (right - _EDGE) / needed)
    label = Piece(exhibit.label, _EDGE, _UPPER, size, _INK, is_bold=True)
    number = Piece(longest, label.right + _GAP, _UPPER, size)
    facts: list[Piece] = []
    limit = right
    for mark in reversed(marks):
        facts.append(_ending(Piece(mark, 0, _UPPER, size, _ALERT, is_bold=True), limit))
        limit = facts[-1].x - _GAP
    short = _ending(Piece(page_wording.short_hash(exhibit.sha256), 0, _LOWER, _SMALL), right)
    questions, more = _answers(exhibit.questions, short.x - _GAP)
    facts += [short, *more]
    behind = max(piece.right for piece in (*more, *(each for _, each in questions), Piece("", _EDGE, 0, 0)))
    if agency := _fitted(exhibit.agency, behind + _GAP, short.x - _GAP, _LOWER):
        facts.append(_ending(agency, short.x - _GAP))
    named = page_wording.redacted_first(exhibit.title) if exhibit.is_redacted else exhibit.title
    title = _fitted(named, number.right + _GAP, limit, _UPPER)
    return Strip(scale, label, title, tuple(facts), number.x, size, questions, pages)


def _ending(piece: Piece, right: float) -> Piece:
    """The same text so that it ends at ``right``."""
    return replace(piece, x=piece.x + right - piece.right)


def _fitted(text: str, left: float, right: float, y: float) -> Piece | None:
    """As much of a text as there is room for, if that is worth reading."""
    if not text or right - left < _LEAST_ROOM:
        return None
    return Piece(Lettering().fit(text, _SMALL, right - left), left, y, _SMALL)


def _answers(questions: Sequence[str], right: float) -> tuple[tuple[tuple[str, Piece], ...], tuple[Piece, ...]]:
    """The ids, as many as there is room for, and what is said before and behind them."""
    if not questions:
        return (), ()
    lead = Piece(page_wording.ANSWERS, _EDGE, _LOWER, _SMALL)
    for shown in range(len(questions), -1, -1):
        found = _in_a_row(questions[:shown], len(questions), lead.right)
        left_out = len(questions) - shown
        x = found[-1][1].right if found else lead.right
        rest = (Piece(page_wording.and_others(left_out), _space_after(x), _LOWER, _SMALL),) if left_out else ()
        if max(x, *(piece.right for piece in rest), 0) <= right:
            return found, (lead, *rest)
    return (), (lead,)


def _in_a_row(shown: Sequence[str], count: int, x: float) -> tuple[tuple[str, Piece], ...]:
    found = []
    for number, question in enumerate(shown, start=1):
        piece = Piece(f"{question}," if number < count else question, _space_after(x), _LOWER, _SMALL, _INK)
        found.append((question, piece))
        x = piece.right
    return tuple(found)


def _space_after(x: float) -> float:
    return x + width_of("n", _SMALL, is_bold=False) / 2


@cache
def width_of(text: str, size: float, *, is_bold: bool) -> float:
    """Units that ``text`` is wide."""
    return Lettering(is_bold=is_bold).width(text, size)


STRIP_TOP = STRIP_HEIGHT
"""Upper edge of the strip, where the page above begins."""
