"""A whole book of a large invented city, typeset by parts and bound, or as one document: the work of measuring both."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows import bounds
from flows.model import Answer, City, Framework, Manifest, Place, Register
from flows.nursery import nursery
from flows.render import Evidence, Provenance, press_room
from flows.render.book import Book
from flows.render.edition import Edition
from flows.render.values import Part, Volume
from flows.service import CHILDREN_NEED
from tests.builders.values import case, evidence_file

AS_OF = date(2025, 3, 31)
_NOTE = "Catatan rekaan untuk pengukuran: apa yang dilakukan, oleh siapa, dan apa hasilnya bagi anak. "


def evidence(city: City, framework: Framework, manifest: Manifest, documents: int) -> Evidence:
    """The proof of a city that has answered everything and filled every table, with so many documents a question."""
    from flows.validate import judge_tables

    proofs = {
        question.id: [
            evidence_file(f"Dinas Rekaan/{question.id} Laporan rekaan {number}.pdf", title=f"Laporan Rekaan {number}")
            for number in range(documents)
        ]
        for question in framework.questions
    }
    value = case(proofs, instrument=framework, region=city)
    answers = {
        each.id: Answer(each.id, "", next(iter(each.answer.options), "Ya"), each.points, _NOTE * 3, Place("", "", ""))
        for each in framework.questions
    }
    tables = judge_tables(city, framework, manifest).tables
    assessment = replace(value.assessment, answers=answers, tables=tables)
    return Evidence(assessment, city, framework, value.manifest, Register(()))


def by_parts(proof: Evidence, folder: Path) -> int:
    """Typeset every part in child processes and bind them, nothing kept from before; the number of pages."""
    book = Book(proof, AS_OF, Provenance("0", "a1" * 32, "b2" * 32))
    with nursery(CHILDREN_NEED), press_room(folder / "simpanan", AS_OF) as press:
        press.pool.begin()
        edition = Edition(book, press, lambda _: {})
        longest = sorted(proof.framework.blocks, key=lambda block: -book.view(block).extent)
        for block in longest:
            edition.prepare(block)
        with ThreadPoolExecutor(bounds.PRESS_WORKERS + 1) as threads:
            annexes, fixed = threads.submit(edition.print_annexes, longest), threads.submit(edition.print_fixed)
            for _ in threads.map(edition.print_chapter, longest):
                """An error comes out here."""
            annexes.result()
        press.binding_pool.begin()
        volume = edition.whole(fixed.result())
        press.rest()
        (result,) = press.binding_pool.run(_bound, [(volume, folder / "bagian.pdf")])
        return result.value or 0


def _bound(job: tuple[Volume, Path]) -> int:
    """Runs in a child, as in a run of the program."""
    from flows.render.binding import bind

    return bind(*job).pages


def as_one(proof: Evidence, folder: Path) -> int:
    """Typeset the same HTML as one document; the number of pages."""
    from flows.render.pdf import typeset

    return typeset(one_document(proof), folder / "satu.pdf", as_of=AS_OF, title="satu naskah").pages


def one_document(proof: Evidence) -> str:
    """Every part of the book in one document, links within it."""
    book = Book(proof, AS_OF, Provenance("0", "a1" * 32, "b2" * 32))
    chapters = [book.chapter(block) for block in proof.framework.blocks]
    fixed = book.fixed()
    parts = [book.front({}), *fixed[:3], *chapters, *fixed[3:]]
    head, _, _ = parts[0].html.partition("<body")
    opening = re.search("<body[^>]*>", parts[0].html)
    assert opening
    body = "".join(map(_inside, parts))
    links = re.sub(' href="kla:bukti-[^"]*"', "", body).replace('href="kla:', 'href="#')
    return f"{head}{opening[0]}{links}</body></html>"


def _inside(part: Part) -> str:
    _, _, rest = part.html.partition("<body")
    return rest.partition(">")[2].rpartition("</body>")[0]
