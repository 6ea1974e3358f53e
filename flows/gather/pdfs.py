"""One PDF: whether it opens and is whole, its pages, their text, whether it is signed; PDFs are opened nowhere else."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from flows import bounds
from flows.gather.content import HEAD_CHARS, TAIL_CHARS, TEXT_CHARS, Content, LockedError, end_of_words
from flows.gather.family import HEAD_BYTES
from flows.gather.pdf_active import ACTIVE_SIGNS, active_in_pdf
from flows.gather.pdf_earlier import look_at_earlier
from flows.gather.pdf_notes import NO_NOTES, drawn_notes
from flows.gather.pdf_objects import Objects
from flows.gather.pdf_pages import read_pages
from flows.gather.pdf_places import look_at_places
from flows.gather.scan_office import FileWithin
from flows.gather.scanner import Scanner
from flows.gather.signatures import read_signatures

_FILE = "embedded-file"
_FIELD_DEPTH = bounds.PDF_DEPTH
_FIELDS = bounds.PDF_FIELDS
_FOR_RECIPIENTS = "unsupported encryption filter"


def read_pdf(path: Path, scanner: Scanner, file_within: FileWithin | None = None) -> Content:
    """Pages and signature by pikepdf, text by pdfium; both must be able to open it. All of it is looked at.

    A password that only restricts printing or copying leaves the file readable and is no lock.

    Args:
        path: Of the file.
        scanner: Looks for personal data on all pages and in all other places.
        file_within: Takes attached files.
    """
    with _opened(path) as pdf:
        pages = len(pdf.pages)
        if not pages or _is_cut(path, pdf):
            raise ValueError("no pages, or their end is missing")
        has_signature = _has_signature(pdf)
        objects = Objects(pdf, path, scanner)
        active = active_in_pdf(pdf) if objects.speak_of(ACTIVE_SIGNS) else ()
        if objects.has_file() and not any(fact.startswith(_FILE) for fact in active):
            active = (*active, _FILE)  # no viewer lists it, and it lies there all the same
        look_at_places(pdf, scanner, file_within, has_notes=objects.speak_of((b"/Annots ",)), files=objects.files())
        notes, with_pictures = NO_NOTES, frozenset[int]()
        with scanner.trying():
            notes = drawn_notes(pdf) if objects.speak_of((b"/AP ",)) else NO_NOTES
            with_pictures = objects.pages_with_pictures()
        is_cover = "/Collection" in pdf.Root or pdf.Root.get("/NeedsRendering") is True
        texts = read_pages(path, scanner, notes=notes, with_pictures=with_pictures)
        with scanner.trying():
            look_at_earlier(path, pdf, scanner, _opened_as_it_is)
        with scanner.trying():
            objects.look_at(scanner)
    signatures = read_signatures(path) if has_signature else ()
    return Content(
        pages,
        "\n".join(text[:TEXT_CHARS] for text in texts.first)[:TEXT_CHARS],
        texts.first[0][:HEAD_CHARS] if texts.first else "",
        texts.last[-TAIL_CHARS:],
        texts.enacted,
        texts.begun,
        title_text="" if is_cover else None,  # the program that made it says how to open it
        has_signature=has_signature,
        signatures=signatures,
        is_scan=texts.is_scan,
        active=active,
    )


def _opened(path: Path) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
    """The PDF, opened without a password.

    Raises:
        LockedError: it asks for a password, or for the key of a recipient (*public-key security*).
    """
    import pikepdf

    try:
        return pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise LockedError from error
    except pikepdf.PdfError as error:
        if _FOR_RECIPIENTS in str(error):
            raise LockedError from error
        raise


def _opened_as_it_is(source: BytesIO) -> Any:  # noqa: ANN401  # same
    import pikepdf

    return pikepdf.open(source, suppress_warnings=True, attempt_recovery=False)


def _is_cut(path: Path, pdf: Any) -> bool:  # noqa: ANN401  # pikepdf is imported where it is used
    """Whether the end is missing: qpdf mends such files, and silently leaves out the pages that were not copied.

    Behind the end of a file of two formats stands the archive.
    """
    if not pdf.get_warnings():
        return False
    with path.open("rb") as stream:
        stream.seek(max(0, end_of_words(stream) - HEAD_BYTES))
        return b"%%EOF" not in stream.read(HEAD_BYTES) and not zipfile.is_zipfile(path)


def _has_signature(pdf: Any) -> bool:  # noqa: ANN401  # same
    """Whether a signature field is filled. Whether the signature is valid is not judged here."""
    form = pdf.Root.get("/AcroForm")
    waiting = [(field, "", _FIELD_DEPTH) for field in _items(form, "/Fields")]
    for _ in range(_FIELDS):
        if not waiting:
            return False
        field, inherited, depth = waiting.pop()
        kind = str(field.get("/FT", inherited))
        if kind == "/Sig" and _is_of_a_person(field.get("/V")):
            return True
        if depth:
            waiting.extend((kid, kind, depth - 1) for kid in _items(field, "/Kids"))
    return False


def _is_of_a_person(value: Any) -> bool:  # noqa: ANN401  # same
    """Whether a field holds signed bytes, and not the timestamp of a machine; a prepared field may hold zeros."""
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary) or str(value.get("/Type", "")) == "/DocTimeStamp":
        return False
    signed = value.get("/Contents")
    return isinstance(signed, pikepdf.String) and any(bytes(signed))


def _items(parent: Any, key: str) -> Sequence[Any]:  # noqa: ANN401  # same
    """The dictionaries in an array of ``parent``; damaged forms hold anything."""
    import pikepdf

    array = parent.get(key) if isinstance(parent, pikepdf.Dictionary) else None
    items = list(array) if isinstance(array, pikepdf.Array) else []
    return [item for item in items if isinstance(item, pikepdf.Dictionary)]
