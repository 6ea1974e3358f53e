"""Prints how well the privacy scan does on its labelled sets: ``python -m tests.privacy.report [--each]``."""

from __future__ import annotations

import sys

from tests.privacy.figures import Figures
from tests.privacy.numbers_set import snippets


def number_figures(name: str, *, each: bool = False) -> Figures:
    """Figures of one set of snippets, number by number."""
    right = wrong = missed = 0
    for snippet in snippets(name):
        found, expected = set(snippet.found()), set(snippet.expected)
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        if each and found != expected:
            # Line numbers only: a text with a number in it is printed nowhere.
            print(f"{name}:{snippet.line} false {len(found - expected)}, missed {len(expected - found)}")
    return Figures(right, wrong, missed)


def main() -> None:
    each = "--each" in sys.argv
    for name in ("numbers_set.txt",):
        print(f"{name:24} {number_figures(name, each=each)}")


if __name__ == "__main__":
    main()
