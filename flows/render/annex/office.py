"""Word processing and presentations become pages through LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from flows import bounds, libreoffice
from flows.model import Media
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.pdfs import wrapped_pdf
from flows.render.values import Prepared

_IN_ORDER = "urut.pdf"
_OLE = b"\xd0\xcf\x11\xe0"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def prepare_office(job: Job) -> Prepared:
    """The pages LibreOffice makes of a document or presentation.

    Raises:
        TroubleError: LibreOffice is not there (``no-office``), takes too long (``timeout``), or can make nothing of it
            (``office-failed``).
    """
    if not libreoffice.is_installed():
        raise TroubleError("no-office")
    if _is_encrypted(job.path):
        raise TroubleError("locked")
    room = job.folder / "kantor"
    try:
        made = _made(job, room)
        return wrapped_pdf(renumbered(made, room / _IN_ORDER), job.folder / PAGES_FILE)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _made(job: Job, room: Path) -> Path:
    """What LibreOffice makes of a document within ``room``.

    It is asked to see for itself what the document is, since names are no evidence. What it takes some presentations of
    before 2007 for then cannot be saved (seen in LibreOffice 7.4), so those of which nothing came are named.
    """
    ends = time.monotonic() + bounds.ANNEX_OFFICE_SECONDS
    for suffix in ("", *_older_suffix(job)):
        folder = room / f"sebagai{suffix}"
        folder.mkdir(parents=True)
        if made := libreoffice.office_to_pdf(job.path, suffix, folder, ends - time.monotonic()):
            return made
        if time.monotonic() >= ends:
            raise TroubleError("timeout")
    raise TroubleError("office-failed")


def _older_suffix(job: Job) -> tuple[str, ...]:
    with job.path.open("rb") as stream:
        is_older = stream.read(len(_OLE)) == _OLE
    return ("ppt" if job.media is Media.SLIDES else "doc",) if is_older else ()


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
