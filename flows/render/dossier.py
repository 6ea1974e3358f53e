"""The stage's door: an assessment becomes the PDFs of a run in a work folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from flows.model import Assessment, City, Document, Dossier, Framework, Manifest, Register
from flows.render.book import Part, Provenance, book_html, parts_of
from flows.render.chapters import Evidence, render_block
from flows.render.control import control_html
from flows.render.pdf import typeset
from flows.render.readback import Stretch, finish
from flows.render.words import Catalogue

BOOK = "dosir.pdf"
CONTROL = "internal/kendali.pdf"


def render(
    assessment: Assessment,
    city: City,
    framework: Framework,
    manifest: Manifest,
    register: Register,
    as_of: date,
    work: Path,
    *,
    provenance: Provenance,
    catalogue: Catalogue,
    chapters: Mapping[str, str] | None = None,
) -> Dossier:
    """Write ``dosir.pdf`` (edition KIRIM) and ``internal/kendali.pdf`` (for the house) below ``work``.

    Args:
        assessment: what the checks say; while its privacy check has not passed, every page says DRAF – INTERNAL.
        city: the submitting government.
        framework: the instrument of the year.
        manifest: every file found.
        register: annex labels of the cited files.
        as_of: the date the book speaks for, its only clock.
        work: folder to write into; made if missing.
        provenance: what the last page of the book records.
        catalogue: the words of findings, reasons and conditions, for the control report only.
        chapters: HTML of blocks already rendered by :func:`render_block`, by block id; the others are made here.

    Returns:
        The two documents with their page counts and hashes.

    Raises:
        RenderError: a PDF could not be made or does not read back as it should.
    """
    evidence = Evidence(assessment, city, framework, manifest, register)
    done = chapters or {}
    bodies = [done.get(block.id) or render_block(block, evidence, as_of) for block in framework.blocks]
    book = _make(book_html(evidence, bodies, as_of, provenance), work, BOOK, as_of, parts_of(len(framework.blocks)))
    control = _make(control_html(evidence, catalogue, as_of), work, CONTROL, as_of, (Part("isi", "ringkas", ""),))
    return Dossier(documents=(book, control), as_of=as_of)


def _make(html: str, work: Path, name: str, as_of: date, parts: tuple[Part, ...]) -> Document:
    path = work / name
    path.parent.mkdir(parents=True, exist_ok=True)
    anchors = typeset(html, path, as_of=as_of, title=name).anchors
    return finish(path, name, [Stretch(anchors[part.anchor].page, part.prefix, part.is_roman) for part in parts])
