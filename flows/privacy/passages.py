"""Passages of a text around the people it names: what stands close enough to a name to be told of its bearer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from flows.privacy.given_names import given_names_in, holds_given_name
from flows.privacy.people import is_common_word, is_name

LEAST_NAMES = 2
"""One person named is no list."""
_GAP = 6
"""Lines from one name to the next that still belong together."""
_ABOVE = 3
"""Lines above the first name that are looked at."""
_LEAST_BELOW, _BELOW_EACH_NAME = 4, 2
"""Lines below the last name: where the columns of a table have become one another's lines, a few for every name."""
_LONGEST = 2000
_CELLS = re.compile(r"[|;\t,(:]|(?<!\d)\d++[.)]? ")
"""A run of figures is tried where it begins only: once each, a page of 200,000 of them took minutes."""
_SHORTEST_NAME, _LONGEST_NAME = 5, 39


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that name people."""

    text: str = field(repr=False)
    names: frozenset[str] = field(repr=False)
    """What seems to be a name, in small letters; printed nowhere."""
    row: int
    """Index of the first line with a name."""


def passages(lines: Sequence[str]) -> Iterator[Passage]:
    """The passages of a text that name two people or more, one of them by a given name that many bear.

    Args:
        lines: Of a page; or the rows of a table, each in one line.
    """
    named = {at: names for at, line in enumerate(lines) if (names := _names_in(line))}
    for first, last in _runs(sorted(named)):
        names = frozenset().union(*(named[at] for at in range(first, last + 1) if at in named))
        if len(names) >= LEAST_NAMES and any(map(holds_given_name, names)):
            count = sum(first <= at <= last for at in named)
            below = max(_LEAST_BELOW, _BELOW_EACH_NAME * count)
            text = "\n".join(lines[max(0, first - _ABOVE) : last + 1 + below])
            yield Passage(text[:_LONGEST], names, first)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of places that lie close together."""
    if not places:
        return
    first = places[0]
    for before, after in pairwise(places):
        if after - before > _GAP:
            yield first, before
            first = after
    yield first, places[-1]


def _names_in(line: str) -> frozenset[str]:
    """Given names in a line; where it holds none that is known, cells that are written like a name."""
    known = given_names_in(line)
    return known or frozenset(cell.lower() for cell in map(str.strip, _CELLS.split(line)) if _is_like_a_name(cell))


def _is_like_a_name(cell: str) -> bool:
    words = cell.split()
    return (
        len(words) >= LEAST_NAMES
        and _SHORTEST_NAME <= len(cell) <= _LONGEST_NAME
        and all(word[0].isupper() for word in words)
        and is_name(cell)
        and not any(map(is_common_word, words))
    )
