"""Prints how well the privacy scan does on its labelled sets: ``python -m tests.privacy.report [--each]``."""

from __future__ import annotations

import sys
from collections.abc import Callable

from flows.privacy import small_counts_in_lines, small_counts_in_rows
from tests.privacy.figures import Figures
from tests.privacy.lists_set import Document, documents
from tests.privacy.numbers_set import snippets
from tests.privacy.third_set import told_documents, told_rows, told_snippets

NUMBERS = ("numbers_set.txt", "numbers_second.txt")
NUMBERS_SIXTH = ("numbers_sixth.txt", "numbers_sixth_held.txt")
NUMBERS_SEVENTH = ("numbers_seventh.txt", "numbers_seventh_held.txt", "numbers_eighth.txt")
NUMBERS_NINTH = ("numbers_ninth.txt", "numbers_ninth_held.txt")
NUMBERS_TENTH = ("numbers_tenth.txt", "numbers_tenth_held.txt")
TOLD_NUMBERS = (
    "numbers_third.txt",
    "numbers_fourth.txt",
    "numbers_fifth.txt",
    *NUMBERS_SIXTH,
    *NUMBERS_SEVENTH,
    *NUMBERS_NINTH,
    *NUMBERS_TENTH,
)
ROWS = "numbers_rows.txt"
LISTS = ("lists_set.txt", "lists_second.txt")
LISTS_EIGHTH = ("lists_eighth.txt", "lists_eighth_held.txt", "lists_ninth.txt", "lists_tenth.txt")
LISTS_ELEVENTH = ("lists_eleventh.txt", "lists_eleventh_held.txt")
LISTS_TWELFTH = (
    "lists_twelfth.txt",
    "lists_twelfth_held.txt",
    "lists_thirteenth.txt",
    "lists_thirteenth_held.txt",
    "lists_fourteenth.txt",
)
LISTS_FIFTEENTH = ("lists_fifteenth.txt", "lists_fifteenth_held.txt")
LISTS_SIXTEENTH = ("lists_sixteenth.txt", "lists_sixteenth_held.txt")
ORDINARY = "lists_ordinary.txt"
"""Pages on which no child is named; the weights of :mod:`flows.privacy.likelihood` are learned from it too."""
COUNTS = {"small_counts_set.txt": 75, "small_counts_second.txt": 38, "small_counts_third.txt": 200}
"""Sets of tables with small counts, in the form of the told lists, and how many documents each has at least."""
TOLD_LISTS = (
    *("lists_third.txt", "lists_fourth.txt", "lists_fifth.txt", "lists_sixth.txt"),
    *("lists_seventh.txt", "lists_seventh_held.txt"),
    *LISTS_EIGHTH,
    *LISTS_ELEVENTH,
    *LISTS_TWELFTH,
    *LISTS_FIFTEENTH,
    *LISTS_SIXTEENTH,
)


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


def told_figures(name: str, *, each: bool = False) -> Figures:
    """Figures of one set of texts as they stand in files, number by number."""
    right = wrong = missed = 0
    for snippet in told_rows(name) if name == ROWS else told_snippets(name):
        rightly, wrongly, not_found = snippet.outcome()
        right, wrong, missed = right + rightly, wrong + wrongly, missed + not_found
        if each and (wrongly or not_found):
            print(f"{name}:{snippet.line} {snippet.kind}: false {wrongly}, missed {not_found}")
    return Figures(right, wrong, missed)


def every_document(name: str) -> list[Document]:
    """The documents of one set, of either form."""
    return list(told_documents(name) if name in (*TOLD_LISTS, ORDINARY, *COUNTS) else documents(name))


def list_figures(name: str, *, each: bool = False) -> Figures:
    """Figures of one set of documents that may list children, document by document."""
    return _figures(name, lambda document: document.found() is not None, each=each)


def told_or_asked(name: str) -> Figures:
    """The same where a paper also counts as found that somebody is asked to look at."""
    return _figures(name, lambda document: document.found(unsure=True) is not None, each=False)


def count_figures(name: str, *, each: bool = False) -> Figures:
    """Figures of one set of tables that may count few children, table by table."""
    return _figures(name, _counts_few, each=each)


def _counts_few(document: Document) -> bool:
    if document.as_rows:
        return small_counts_in_rows(document.rows, document.title) is not None
    lines = "\n".join(" ".join(filter(None, row)) for row in document.rows)
    return small_counts_in_lines(lines, document.title) is not None


def _figures(name: str, finds: Callable[[Document], bool], *, each: bool) -> Figures:
    right = wrong = missed = 0
    for document in every_document(name):
        found = finds(document)
        right += found and document.is_list
        wrong += found and not document.is_list
        missed += document.is_list and not found
        if each and found != document.is_list:
            shape = "table" if document.as_rows else "lines"
            print(f"{name}:{document.line} {'false' if found else 'missed'} as {shape}: {document.title}")
    return Figures(right, wrong, missed)


def main() -> None:
    each = "--each" in sys.argv
    for name in NUMBERS:
        print(f"{name:24} {number_figures(name, each=each)}")
    for name in (*TOLD_NUMBERS, ROWS):
        print(f"{name:24} {told_figures(name, each=each)}")
    for name in (*LISTS, *TOLD_LISTS, ORDINARY):
        print(
            f"{name:24} {list_figures(name, each=each)}, with what somebody is asked to look at {told_or_asked(name)}"
        )
    for name in COUNTS:
        print(f"{name:24} {count_figures(name, each=each)}")


if __name__ == "__main__":
    main()
