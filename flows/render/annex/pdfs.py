"""A PDF becomes pages that can be bound, or the reason why not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flows import bounds
from flows.render.annex.geometry import frame_of
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.layers import pages_with_layers_off
from flows.render.annex.notes import settle_notes
from flows.render.annex.outline import bookmarks_of
from flows.render.annex.rasters import replace_by_pictures
from flows.render.annex.wrapping import save_wrapped
from flows.render.values import Prepared

_FOR_RECIPIENTS = "unsupported encryption filter"
_END_BYTES = 4_096
_NO_DAMAGE = (TroubleError, MemoryError, OSError)


def prepare_pdf(job: Job) -> Prepared:
    """The pages of a PDF as a viewer shows them.

    Raises:
        TroubleError: they cannot be had, or may not: those of a signed document, or a mere cover.
    """
    return wrapped_pdf(job.path, job.folder / PAGES_FILE)


def wrapped_pdf(path: Path, out: Path) -> Prepared:
    """The pages of the PDF at ``path`` as a PDF at ``out`` that can be bound.

    Raises:
        TroubleError: they cannot be had, or may not: those of a signed document, or a mere cover.
    """
    try:
        return _wrap(path, out)
    except _NO_DAMAGE:
        raise
    except Exception:  # noqa: BLE001  # damaged objects, in the words of the library or of Python
        return _as_pictures(path, out)


def _as_pictures(path: Path, out: Path) -> Prepared:
    """What a more forgiving library makes of it."""
    try:
        return _wrap(path, out, all_as_pictures=True)
    except _NO_DAMAGE:
        raise
    except Exception as error:
        raise TroubleError("damaged") from error


def _wrap(path: Path, out: Path, *, all_as_pictures: bool = False) -> Prepared:
    with _opened(path) as pdf:
        frames = [frame_of(page.obj) for page in pdf.pages]
        bookmarks = bookmarks_of(pdf, frames)
        every = frozenset(range(len(frames)))
        pictured = every if all_as_pictures else pages_with_layers_off(pdf) | settle_notes(pdf)
        if pictured:
            frames = replace_by_pictures(pdf, path, frames, pictured)
        save_wrapped(pdf, frames, out)
    return Prepared(out, len(frames), bookmarks)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The PDF, opened without a password as it is when it is gathered, its pages counted.

    Raises:
        TroubleError: it is locked, damaged, signed, too long, but a cover of other files, or a form without pages.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise TroubleError("locked") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise TroubleError("locked" if _FOR_RECIPIENTS in str(error) else "damaged") from error
    with pdf:
        _check(path, pdf)
        yield pdf


def _check(path: Path, pdf: Any) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
    try:
        pages = len(pdf.pages)
    except Exception as error:
        raise TroubleError("damaged") from error
    if not pages or (pdf.get_warnings() and _lacks_end(path)):
        raise TroubleError("damaged")
    if pages > bounds.ANNEX_PAGES:
        raise TroubleError("too-long")
    if _is_signed(pdf):
        raise TroubleError("signed")
    if _is_drawn_by_a_program(pdf):
        raise TroubleError("dynamic-form")
    if "/Collection" in pdf.Root:  # viewers show the files within, and the pages only where they cannot
        raise TroubleError("portfolio")


def _is_drawn_by_a_program(pdf: Any) -> bool:  # noqa: ANN401  # same
    """Whether the pages only ask to wait: those of a form are drawn by the program that opens it, from XML within."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and "/XFA" in form and pdf.Root.get("/NeedsRendering") is True


def _lacks_end(path: Path) -> bool:
    """Whether the end is missing: qpdf would mend it and silently leave out the pages that are not there."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _END_BYTES))
        return b"%%EOF" not in stream.read()


def _is_signed(pdf: Any) -> bool:  # noqa: ANN401  # same
    """Whether somebody has signed it; the time stamp of a machine alone is no signature."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    waiting = [(field, "", bounds.PDF_DEPTH) for field in _dictionaries(form, "/Fields")]
    for _ in range(bounds.PDF_FIELDS):
        if not waiting:
            break
        field, inherited, depth = waiting.pop()
        kind, value = str(field.get("/FT", inherited)), field.get("/V")
        is_stamp = isinstance(value, pikepdf.Dictionary) and str(value.get("/Type", "")) == "/DocTimeStamp"
        if kind == "/Sig" and value is not None and not is_stamp:
            return True
        if depth:
            waiting.extend((kid, kind, depth - 1) for kid in _dictionaries(field, "/Kids"))
    return False


def _dictionaries(parent: Any, key: str) -> Sequence[Any]:  # noqa: ANN401  # same
    import pikepdf

    array = parent.get(key) if isinstance(parent, pikepdf.Dictionary) else None
    items = list(array) if isinstance(array, pikepdf.Array) else []
    return [item for item in items if isinstance(item, pikepdf.Dictionary)]
