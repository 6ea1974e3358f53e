"""Word processing and presentations become pages through LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from flows import bounds, libreoffice
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.pdfs import wrapped_pdf
from flows.render.values import Prepared

_IN_ORDER = "urut.pdf"
_OLE = b"\xd0\xcf\x11\xe0"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def prepare_office(job: Job) -> Prepared:
    """The pages LibreOffice makes of a document or presentation.

    Raises:
        TroubleError: LibreOffice is not there (``no-office``), takes too long, or can make nothing of it.
    """
    if not libreoffice.is_installed():
        raise TroubleError("no-office")
    if _is_encrypted(job.path):
        raise TroubleError("locked")
    room = job.folder / "kantor"
    room.mkdir()
    began = time.monotonic()
    try:
        made = libreoffice.office_to_pdf(job.path, "", room, bounds.ANNEX_OFFICE_SECONDS)
        if made is None:
            is_late = time.monotonic() - began >= bounds.ANNEX_OFFICE_SECONDS
            raise TroubleError("timeout" if is_late else "damaged")
        return wrapped_pdf(renumbered(made, room / _IN_ORDER), job.folder / PAGES_FILE)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def renumbered(made: Path, out: Path) -> Path:
    """``made`` anew at ``out``, its objects numbered in the order in which its pages use them.

    LibreOffice numbers fonts by where they happen to lie in its memory: once in a hundred times the same document would
    give other bytes.
    """
    import pikepdf

    try:
        with pikepdf.open(made, suppress_warnings=True) as pdf:
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    except pikepdf.PdfError:  # what is wrong with it is told by whoever reads it
        return made
    return out


def _is_encrypted(path: Path) -> bool:
    """Whether it is an Office document behind a password, which LibreOffice would ask for."""
    with path.open("rb") as stream:
        return stream.read(len(_OLE)) == _OLE and _PACKAGE in stream.read()
