"""How likely a passage names children, by weights learned from the labelled papers: asked where no rule decides.

Each sign of a passage (:mod:`flows.privacy.signs`) has a weight; their sum is the logarithm of the odds. The weights
lie in ``child_signs.csv``; ``python -m tests.builders.child_signs`` learns them anew from the labelled sets, without
the halves that were held out, and a test compares the two.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

from flows.privacy.passages import Passage, passages
from flows.privacy.signs import COUNTED, signs_of

WEIGHTS = Path(__file__).with_name("child_signs.csv")
"""A sign and its weight a line."""
ALWAYS = "*"
"""The sign that every passage has."""
LIKELY = 0.5
"""From here on somebody should look. It never blocks: only rules do, which can say why."""
_SAID = {
    "umur": f"{COUNTED}young1",
    "tanggal lahir": f"{COUNTED}born1",
    "kelas": f"{COUNTED}class1",
    "sekolah": f"{COUNTED}school1",
}
"""What is told of people, and its sign."""
_NOTHING = (0.0, Passage("", frozenset(), 0), frozenset[str]())
"""Where a text names nobody."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A passage that names children more likely than not."""

    count: int
    """How many people it names."""
    clue: str
    """What speaks for it, in words of fields; never a word of the passage, which may be a name."""
    row: int
    """Index of the first line with a name."""


def likely_children(lines: Sequence[str], title: str) -> Likely | None:
    """The passage that most likely names children, None where none does.

    Args:
        lines: Of a page; or the rows of a table, each in one line.
        title: What stands around them.
    """
    told = ((passage, signs_of(passage, title)) for passage in passages(lines))
    likely, passage, signs = max(
        ((likelihood(signs), passage, signs) for passage, signs in told), key=itemgetter(0), default=_NOTHING
    )
    return Likely(len(passage.names), _clue(signs), passage.row) if likely >= LIKELY else None


def likelihood(signs: Iterable[str]) -> float:
    """How likely a passage with these signs names children, 0 to 1."""
    weights = _weights()
    # Exact in any order: a set of words has another one in every process.
    odds = math.fsum([weights[ALWAYS], *(weights.get(sign, 0.0) for sign in signs)])
    return 1 / (1 + math.exp(-odds))


def _clue(signs: Container[str]) -> str:
    return ", ".join(["nama", *(word for word, sign in _SAID.items() if sign in signs)])


@cache
def _weights() -> dict[str, float]:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return {sign: float(weight) for sign, weight in csv.reader(file)}
