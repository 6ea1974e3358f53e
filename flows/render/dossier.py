"""The stage's door: an assessment becomes the PDFs of a run in a work folder, piece by piece or all at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePath
from types import TracebackType
from typing import Self

from flows import bounds
from flows.model import Block, Document, Dossier, Upload, UploadState
from flows.render.approval import approval_of
from flows.render.archive_volumes import archive_volumes
from flows.render.bindery import Bindery, Binding, Report
from flows.render.book import Book, Provenance
from flows.render.chapters import chapter_views
from flows.render.checksums import checksums
from flows.render.control import ControlReport
from flows.render.control_delivery import delivery
from flows.render.edition import BOOK, Edition, anchors_of, page_numbers
from flows.render.enclosing import originals_of, signed_sheet_of
from flows.render.evidence import Evidence
from flows.render.exhibit_pages import Source, preparer
from flows.render.originals import originals_parts
from flows.render.photos import small_photos
from flows.render.press import Press
from flows.render.uploads import uploads_of
from flows.render.values import Original, Sheets, Volume
from flows.render.words import Catalogue

CONTROL = "internal/kendali.pdf"
ARCHIVE = "dosir-arsip.pdf"
BLOCKS, INTERNAL_BLOCKS = "blok", "internal/blok"
ANNEXES, FIXED, REPORT, ORIGINALS = "lampiran", "naskah", "kendali", "berkas-asli"
"""What is printed besides chapters: lists of annexes, fixed parts, the control report, lists of originals."""


class Printer:
    """All PDFs of one run: evidence made ready block by block, then pieces printed at the same time, then bound.

    The reading edition and the archive take longest to bind. Where little had to be typeset each is bound as soon as
    its own pieces are printed; else the children that typeset end first and give back their memory. Use it as a context
    manager: leaving it by an error ends the children that bind.

    Args:
        work: folder to write into; made if missing.
        evidence: the proof of the run.
        catalogue: the words of findings, reasons and conditions, for the control report only.
        provenance: what the last page of the book records.
        press: typesets in child processes and keeps what it has made.
        source: where the bytes of a content lie.
        progress: how far the operator has come with the uploads; the control report tells.
    """

    def __init__(
        self,
        work: Path,
        evidence: Evidence,
        catalogue: Catalogue,
        provenance: Provenance,
        press: Press,
        source: Source,
        progress: Callable[[Sequence[Upload]], UploadState],
    ) -> None:
        chapters = chapter_views(evidence)
        pictures = small_photos(evidence, press.cabinet, press.annex_pool, source)
        self._evidence = evidence
        self._catalogue = catalogue
        self._press = press
        self._source = source
        self.uploads = uploads_of(evidence, chapters)
        """Every question as it goes into the ministry's application."""
        self._uploaded = progress(self.uploads)
        prepare = preparer(press.cabinet, press.annex_pool, source, evidence.city.paper)
        approval = approval_of(evidence.manifest, source, press.annex_pool)
        sent = Book(evidence, press.as_of, provenance, approval=approval, chapters=chapters, pictures=pictures)
        if evidence.city.dress.templates:
            sent.rehearse()
        self._sent = Edition(sent, press, prepare)
        inside = Book(evidence.unmasked(), press.as_of, provenance, sent=sent, pictures=pictures)
        self._kept = Edition(inside, press, prepare, sent=self._sent)
        self._blocks = {block.id: block for block in evidence.framework.blocks}
        self._sums = checksums(press.cabinet.root, press.annex_pool, fresh=press.cabinet.is_fresh)
        self._fixed: tuple[Sheets, ...] = ()
        self._enclosed: dict[str, tuple[Original, ...]] = {}
        self._originals: tuple[Original, ...] = ()
        self._lists: tuple[Sheets, ...] = ()
        self._control: tuple[Sheets, ...] = ()
        self._counting = threading.Lock()
        self._unprinted = set(self.pieces)
        reading = frozenset({*self._blocks, ANNEXES, FIXED})
        self._largest = ((self._book, reading), (self._archive, reading | {ORIGINALS}))
        """What makes them ready to be bound, and the pieces it needs."""
        self._waiting: list[Binding] = []
        self._bindery = Bindery(press.binding_pool, press.cabinet, work)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bindery.__exit__(kind, error, trace)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Whose evidence is to be prepared, before anything is printed."""
        return tuple(self._blocks)

    def prepare(self, block: str) -> None:
        """Make the pages of the evidence of one of :attr:`blocks`; may be called by several threads.

        Raises:
            RenderError: there is no room for them.
        """
        self._sent.prepare(self._blocks[block])
        self._kept.prepare(self._blocks[block])
        self._enclosed[block] = originals_of(
            self._evidence, self._sent.settled[block], self._source, self._sums, self._press.as_of
        )

    @property
    def pieces(self) -> tuple[str, ...]:
        """What is to be printed: what has to be typeset in nearly every run, then chapters, the longest first.

        Chapters mostly are kept, and are looked for while children typeset.
        """
        by_length = sorted(self._sent.book.views, key=lambda chapter: -chapter.extent)
        return (ANNEXES, ORIGINALS, FIXED, REPORT, *(chapter.id for chapter in by_length))

    def print(self, piece: str) -> None:
        """Print one of :attr:`pieces`; may be called by several threads.

        Raises:
            RenderError: a part cannot be typeset.
        """
        if piece == REPORT:
            self._control = self._print_control()
        elif piece == ORIGINALS:
            self._print_originals()
        elif piece == FIXED:
            self._fixed = self._sent.print_fixed()
        elif piece == ANNEXES:
            self._sent.print_annexes(self._blocks.values())
            self._kept.print_annexes(block for block in self._blocks.values() if not self._kept.is_empty(block))
        else:
            self._print_chapter(self._blocks[piece])
        for binding in self._ready_with(piece):
            if self._press.typeset_pages <= bounds.PAGES_BESIDE_BINDING:
                self._bindery.start(binding)
            else:
                self._waiting.append(binding)

    def _ready_with(self, piece: str) -> Iterator[Binding]:
        """The largest volumes for which ``piece`` was the last."""
        with self._counting:
            self._unprinted.remove(piece)
            ready = [make for make, needed in self._largest if piece in needed and not needed & self._unprinted]
        for make in ready:
            yield from make()

    def _book(self) -> Iterator[Binding]:
        yield Binding(self._sent.whole(self._fixed))

    def _archive(self) -> Iterator[Binding]:
        archived = replace(self._sent.whole(self._fixed, self._lists), name=ARCHIVE)
        yield from archive_volumes(archived, self._originals, self._lists)

    def _print_control(self) -> tuple[Sheets, ...]:
        """The control report; it tells which documents have no pages in the end."""
        both = chain.from_iterable((*self._sent.settled.values(), *self._kept.settled.values()))
        exhibits = {each.label: each for each in both}  # what the house sees of a document stands before what is sent
        delivered = delivery(self._evidence, self._uploaded, exhibits.values(), self._kept.bound)
        with self._press.pen:
            report = ControlReport(self._evidence, self._catalogue, self._press.as_of, delivered=delivered)
            parts = report.parts()
        sheets = self._press.sheets(parts)
        return (*self._press.sheets([report.front(page_numbers(sheets))]), *sheets)

    def _print_originals(self) -> None:
        """What the archive edition encloses instead of pages, and the lists of it."""
        with self._press.pen:
            exhibits = tuple(chain.from_iterable(self._sent.settled.values()))
            approval = signed_sheet_of(self._evidence, self._source, self._sums, self._press.as_of)
            self._originals = (*approval, *chain.from_iterable(self._enclosed[block] for block in self._blocks))
            book = self._sent.volume(BOOK, self._sent.book.title, ())
            parts = originals_parts(book, exhibits, self._originals, self._evidence.city)
        self._lists = self._press.sheets(parts)

    def _print_chapter(self, block: Block) -> None:
        self._sent.print_chapter(block)
        if not self._kept.is_empty(block):
            self._kept.print_chapter(block)

    def bind(self, report: Report | None = None) -> Dossier:
        """Bind what was printed into the PDFs of the run and prove each by reading it back.

        Args:
            report: told how many volumes are done, of how many.

        Raises:
            RenderError: a volume cannot be bound, or does not read back as it should.
        """
        for largest in self._waiting:
            self._bindery.start(largest)
        for other in self._others():  # laid out when the largest have reached the children
            self._bindery.start(Binding(other, is_kept=True))
        self._press.rest()
        documents = sorted(self._bindery.finish(report), key=_place)  # the largest began whenever they were ready
        return Dossier(tuple(documents), self._press.as_of, self.uploads)

    def _others(self) -> list[Volume]:
        """The volumes of blocks, of both editions, and the control report."""
        known = set(anchors_of(self._sent.blocks.values()))
        control = self._sent.volume(CONTROL, self._sent.book.control_title, self._control)
        return [*self._sent.volumes(BLOCKS, known), *self._kept.volumes(INTERNAL_BLOCKS, known), control]


def _place(document: Document) -> int:
    """The book stands before the archive, and both before all others, which keep their order."""
    return 0 if document.name == BOOK else 1 if document.name.startswith(PurePath(ARCHIVE).stem) else 2


def nothing_uploaded(uploads: Sequence[Upload]) -> UploadState:
    """The state of uploads before the operator has begun."""
    return UploadState(len(uploads))


def render(
    evidence: Evidence,
    work: Path,
    *,
    provenance: Provenance,
    catalogue: Catalogue,
    press: Press,
    source: Source,
    progress: Callable[[Sequence[Upload]], UploadState] = nothing_uploaded,
) -> Dossier:
    """Write every PDF of a run below ``work``: editions KIRIM at its top, the house's own below ``internal``.

    Args:
        evidence: what the checks say, of what was gathered, for whom, and the labels of annexes.
        work: folder to write into; made if missing.
        provenance: what the last page of the book records.
        catalogue: the words of findings, reasons and conditions, for the control report only.
        press: typesets in child processes; its ``as_of`` is the only clock.
        source: where the bytes of a content lie.
        progress: how far the operator has come with the uploads.

    Returns:
        The documents with their page counts and hashes.

    Raises:
        RenderError: a PDF could not be made or does not read back as it should.
    """
    with Printer(work, evidence, catalogue, provenance, press, source, progress) as printer:
        for work_on, items, at_once in (
            (printer.prepare, printer.blocks, bounds.PRESS_WORKERS + 1),
            (printer.print, printer.pieces, len(printer.pieces)),
        ):
            with ThreadPoolExecutor(at_once, thread_name_prefix="print") as threads:
                for _ in threads.map(work_on, items):
                    """An error comes out here."""
        return printer.bind()
