"""Learns the weights of ``flows/privacy/child_signs.csv``: ``python -m tests.builders.child_signs``.

From the labelled sets of lists without the halves that were held out, and from ordinary pages on which people are
named and no child is. A logistic regression with a ridge, which keeps the weights of rare signs small. What is chosen
here was chosen by leaving out one of these sets at a time (logarithmic loss 0.415 a passage), never by what was held
out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from flows.privacy.likelihood import ALWAYS, WEIGHTS
from flows.privacy.passages import Passage, passages
from flows.privacy.signs import signs_of
from tests.privacy.lists_set import Document
from tests.privacy.report import LISTS, ORDINARY, TOLD_LISTS, every_document

HELD_OUT = ("lists_fifth.txt", *(name for name in TOLD_LISTS if name.endswith("_held.txt")))
LEARNED_FROM = (*LISTS, *(name for name in TOLD_LISTS if name not in HELD_OUT), ORDINARY)
_FEWEST_PAPERS, _FEWEST_SETS = 4, 3
"""In how many papers, of how many sets, a sign must stand: what one author invents is no sign."""
_INVENTED = ("contoh", "misal", "umpama", "permisal", "anggap", "andai", "rekaan")
"""How names begin that only invented people bear."""
_RIDGE, _RIDGE_OF_ALL = 3.0, 1e-6
_STEPS, _SMALLEST_STEP = 50, 1e-8
_DECIMALS = 3

Paper = tuple[str, frozenset[str], bool]
"""Its set, its signs, and whether it names children."""


def papers() -> Iterator[Paper]:
    """The papers to learn from: of each the passage that names the most people; all of it where none names any.

    Of papers without a passage the words are as good, and leaving them out makes the loss greater by a tenth.
    """
    for name in LEARNED_FROM:
        for document in every_document(name):
            lines = _lines(document)
            whole = Passage("\n".join(lines), frozenset(), 0)
            passage = max(passages(lines), key=lambda each: len(each.names), default=whole)
            yield name, signs_of(passage, document.title), document.is_list


def learned() -> dict[str, float]:
    """Sign → weight, to three decimals, and the one that every passage has."""
    known = list(papers())
    signs = _common(known)
    place = {sign: at for at, sign in enumerate(signs)}
    holds = np.zeros((len(known), len(signs) + 1))
    holds[:, -1] = 1
    for row, (_, of_paper, _) in enumerate(known):
        holds[row, [place[sign] for sign in of_paper if sign in place]] = 1
    ridge = np.array([*[_RIDGE] * len(signs), _RIDGE_OF_ALL])
    weights = _fitted(holds, np.array([float(is_list) for *_, is_list in known]), ridge)
    return {sign: round(float(weight), _DECIMALS) for sign, weight in zip((*signs, ALWAYS), weights, strict=True)}


def _common(known: list[Paper]) -> list[str]:
    count = Counter[str]()
    sets: dict[str, set[str]] = {}
    for name, signs, _ in known:
        count.update(sign for sign in signs if not sign.startswith(_INVENTED))
        for sign in signs:
            sets.setdefault(sign, set()).add(name)
    return sorted(sign for sign in count if count[sign] >= _FEWEST_PAPERS and len(sets[sign]) >= _FEWEST_SETS)


def _fitted(holds: np.ndarray, is_list: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    """The weights of the greatest penalised likelihood, by Newton's steps."""
    weights = np.zeros(holds.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-holds @ weights))
        slope = holds.T @ (likely - is_list) + ridge * weights
        bend = (holds.T * (likely * (1 - likely))) @ holds + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < _SMALLEST_STEP:
            break
    return weights


def _lines(document: Document) -> list[str]:
    return [" ".join(filter(None, map(str.strip, row))) for row in document.rows]


def write(weights: Mapping[str, float]) -> None:
    """Write the weights where they are read, signs in order."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sorted(weights.items()))


if __name__ == "__main__":
    write(learned())
