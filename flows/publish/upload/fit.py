"""One document made to fit the limits, in a child process: what it is decides how."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from flows.model import Media
from flows.publish.upload.pictures import NotReadableError, fit_picture
from flows.publish.upload.pieces import PortfolioError, TooLargeError, fit_pdf, needs_care

CODE_VERSION = 12
"""Raised when the same document would come out otherwise: what was kept before is then made anew."""
_ZIP = b"PK\x03\x04"
_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))


@dataclass(frozen=True, slots=True)
class Job:
    """A document that cannot go as it is, or of which that has to be found out."""

    source: str
    media: Media
    most: int
    types: tuple[str, ...]
    folder: str
    """Empty, to write into."""
    is_signed: bool = False
    is_active: bool = False
    is_scan: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came of one document."""

    names: tuple[str, ...] = ()
    """Files in the folder, in order; none where it goes as it is, or not at all."""
    remark: str = ""
    """What was done, a key of ``catatan`` in ``templates/unggah/jawaban.yaml``."""
    trouble: str = ""
    """Why it does not go, a key there too."""


def fit(job: Job) -> Fitted:
    """Make one document fit; one that no library can make sense of is said to have failed.

    Raises:
        MemoryError: there was too little of it.
        OSError: the system refused to read or write.
    """
    try:
        return _fit(job)
    except MemoryError:
        raise
    except Exception as error:  # whatever a library thinks of foreign bytes
        if isinstance(error, OSError) and error.errno is not None:
            raise
        return Fitted(trouble="gagal")


def _fit(job: Job) -> Fitted:
    source, folder = Path(job.source), Path(job.folder)
    if job.media is Media.IMAGE:
        return _picture(job, source, folder)
    if job.media is Media.PDF:
        return _signed(job, source) if job.is_signed else _pdf(source, folder, job, "")
    suffix = office_suffix(source)
    if suffix in job.types and not job.is_active and source.stat().st_size <= job.most:
        return Fitted(remark=suffix)
    return Fitted(trouble="jenis")


def _signed(job: Job, source: Path) -> Fitted:
    """A signature holds for the very bytes: they go as they are, or the operator sees to it.

    What may not go at all is said first: of one that is only too large they are told to upload the original.
    """
    if needs_care(source):
        return Fitted(trouble="bertanda-tangan-lokasi")
    if job.is_active:
        return Fitted(trouble="bertanda-tangan-aktif")
    return Fitted(trouble="bertanda-tangan-besar") if source.stat().st_size > job.most else Fitted()


def _picture(job: Job, source: Path, folder: Path) -> Fitted:
    try:
        path, remark = fit_picture(source, folder, job.most, job.types)
    except NotReadableError:
        return Fitted(trouble="gambar-besar" if {"jpg", "png", "pdf"} & set(job.types) else "jenis")
    if path.suffix != ".pdf":
        return Fitted((path.name,), remark)
    done = _pdf(path, folder, job, remark)
    path.unlink()
    return done


def _pdf(source: Path, folder: Path, job: Job, remark: str) -> Fitted:
    try:
        paths, done = fit_pdf(source, folder, job.most, is_scan=job.is_scan or bool(remark))
    except PortfolioError:
        return Fitted(trouble="portofolio")
    except TooLargeError:
        return Fitted(trouble="terlalu-besar")
    return Fitted(tuple(path.name for path in paths), remark if remark and done == "bersih" else done)


def office_suffix(source: Path) -> str:
    """What an Office file of today really is; empty for all others."""
    with source.open("rb") as stream:
        if stream.read(len(_ZIP)) != _ZIP:
            return ""
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
    return next((suffix for folder, suffix in _PARTS if any(name.startswith(folder) for name in names)), "")
