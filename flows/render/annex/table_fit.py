"""How a table is fitted to a page: upright or across, the largest letters that go in, columns as wide as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.render.annex.paper import Paper
from flows.render.annex.table_view import CellView, TableView
from flows.render.annex.typeface import Typeface

PAD = 2.3
"""Points between a rule and the text beside it."""
_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
_LARGEST = _SIZES[0]
_LONGEST_PIECE = 11.0
"""Ems from which on a word may be broken: some twenty letters."""
_CHARACTER = 0.53
"""Width of what spreadsheets call a character, in ems."""
_BREAKABLE = 0.65
"""Share of the width at which nothing goes over the line that a column must have for letters to be this large."""
_LONG_TEXT, _SPREAD = 600, 1.5
"""Characters from which a text widens its column, and how wide: so many characters to the root of its length."""
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is printed."""

    size: float
    """Of the letters, in points."""
    widths: tuple[float, ...]
    """Of the columns, in points."""
    is_wide: bool


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column needs, in ems; each at least what is before it."""

    body: float
    """No word is broken below the heading."""
    words: float
    """No word is broken."""
    all: float
    """No line goes over, or as much as somebody has given the column."""


def fit_of(view: TableView, paper: Paper) -> Fit:
    """The fit of a table."""
    needs = _needs(view, paper)
    for is_wide in (False, True):
        room = paper.width_of(is_wide=is_wide) - 2 * PAD * len(needs)
        if sum(need.all for need in needs) * _LARGEST <= room:
            return Fit(_LARGEST, _shared(needs, room, _LARGEST), is_wide)
    wanted = sum(max(need.words, _BREAKABLE * need.all) for need in needs)
    size = next((size for size in _SIZES if wanted * size <= room), _SIZES[-1])
    return Fit(size, _shared(needs, room, size), is_wide=True)


def _needs(view: TableView, paper: Paper) -> list[_Need]:
    count = len(view.widths)
    body, lines = _widest(view.body, paper.regular, count)
    head, head_lines = _widest(view.head, paper.bold, count)
    needs = []
    texts = _long_texts(view, count)
    for column, given in enumerate(view.widths):
        characters = max(given, _SPREAD * texts[column] ** 0.5)
        least = min(body[column], _LONGEST_PIECE)
        words = min(max(body[column], head[column]), _LONGEST_PIECE)
        longest = max(lines[column], head_lines[column])
        needs.append(_Need(least, words, max(words, min(longest, characters * _CHARACTER))))
    return needs


def _long_texts(view: TableView, count: int) -> list[int]:
    """Characters of the longest text of each column, where it is so long that its row could fill the page."""
    found = [0] * count
    for row in view.body:
        for cell in row:
            if len(cell.text) > _LONG_TEXT and cell.across == 1:
                found[cell.column] = max(found[cell.column], len(cell.text))
    return found


def _widest(rows: Sequence[Sequence[CellView]], face: Typeface, count: int) -> tuple[list[float], list[float]]:
    """The widest word and the widest line of each column in ems, cells over several columns apart."""
    words, lines = [0.0] * count, [0.0] * count
    for cell in (cell for row in rows for cell in row if cell.across == 1 and cell.text):
        column = cell.column
        whole = max(map(face.width, cell.text.split("\n")))
        lines[column] = max(lines[column], whole)
        if whole > words[column]:
            words[column] = max(words[column], *map(face.width, face.pieces(cell.text)))
    return words, lines


def _shared(needs: Sequence[_Need], room: float, size: float) -> tuple[float, ...]:
    """The room shared among the columns: whole words below the heading, all words, whole lines, then in proportion."""
    kept = [1.0] * len(needs)
    for wanted in zip(*((need.body, need.words, need.all) for need in needs), strict=True):
        kept = _raised(kept, [want * size for want in wanted], room)
    stretch = room / sum(kept)
    return tuple(width * stretch + 2 * PAD for width in kept)


def _raised(kept: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Widths that are as wanted, the widest of them no wider than the room allows."""
    low, high = 0.0, max(wanted)
    for _ in range(_HALVINGS):
        level = (low + high) / 2
        fits = sum(_up_to(level, kept, wanted)) <= room
        low, high = (level, high) if fits else (low, level)
    return _up_to(high if sum(_up_to(high, kept, wanted)) <= room else low, kept, wanted)


def _up_to(level: float, kept: Sequence[float], wanted: Sequence[float]) -> list[float]:
    return [max(width, min(want, level)) for width, want in zip(kept, wanted, strict=True)]
