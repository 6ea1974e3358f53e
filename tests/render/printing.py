"""Printing invented cases as a run prints them: real children, a cabinet of their own, evidence of real bytes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flows.model import Dossier
from flows.render import Evidence, Press, press_room, render
from flows.render.book import Book
from tests.builders.values import AS_OF, PROVENANCE, Case, FakeCatalogue


def evidence_of(value: Case) -> Evidence:
    return Evidence(value.assessment, value.city, value.framework, value.manifest, value.register)


def book_of(value: Case, as_of: date = AS_OF) -> Book:
    return Book(evidence_of(value), as_of, PROVENANCE)


def book_html(value: Case, as_of: date = AS_OF) -> str:
    """Every part of the book but the annexes, one after the other; page numbers of other parts are left out."""
    book = book_of(value, as_of)
    chapters = [book.chapter(block).html for block in value.framework.blocks]
    return "".join([book.front({}).html, *chapters, *(part.html for part in book.fixed())])


def section(html: str, question_id: str) -> str:
    """What a chapter prints of one question."""
    found = re.search(
        rf'<section class="pertanyaan[^"]*">\n<h3 id="q-{re.escape(question_id)}">.*?</section>', html, re.DOTALL
    )
    assert found
    return found[0]


def nowhere(sha256: str) -> Path:
    """Where the bytes of invented files lie: they have none, so that a slip sheet stands for each."""
    return Path("/tidak-ada") / sha256


@contextmanager
def pressing(folder: Path) -> Iterator[Press]:
    with press_room(folder / "simpanan", AS_OF) as press:
        yield press


def print_case(value: Case, work: Path, *, source: Callable[[str], Path] = nowhere) -> Dossier:
    """All PDFs of a run below ``work``."""
    work.mkdir(parents=True, exist_ok=True)
    with pressing(work.parent / f"{work.name}-cetak") as press:
        return render(
            evidence_of(value), work, provenance=PROVENANCE, catalogue=FakeCatalogue(), press=press, source=source
        )
