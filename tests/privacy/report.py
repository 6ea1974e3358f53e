"""Prints how well the privacy scan does on its labelled sets: ``python -m tests.privacy.report [--each]``."""

from __future__ import annotations

import sys

from tests.privacy.figures import Figures
from tests.privacy.lists_set import documents
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


def list_figures(name: str, *, each: bool = False) -> Figures:
    """Figures of one set of documents, document by document."""
    right = wrong = missed = 0
    for document in documents(name):
        found = document.found() is not None
        right += found and document.is_list
        wrong += found and not document.is_list
        missed += document.is_list and not found
        if each and found != document.is_list:
            shape = "table" if document.as_rows else "lines"
            print(f"{name}:{document.line} {'false' if found else 'missed'} as {shape}: {document.title}")
    return Figures(right, wrong, missed)


def main() -> None:
    each = "--each" in sys.argv
    for name in ("numbers_set.txt", "numbers_second.txt"):
        print(f"{name:24} {number_figures(name, each=each)}")
    for name in ("lists_set.txt", "lists_second.txt"):
        print(f"{name:24} {list_figures(name, each=each)}")


if __name__ == "__main__":
    main()
