"""Which untouched originals the archive edition carries: what edition KIRIM shows, and what was looked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from flows.approval_sheet import sheet_flaw
from flows.formats import usual_suffix
from flows.model import EvidenceFile, ExposureKind, Media, Reach
from flows.render.checksums import Checksums
from flows.render.evidence import Evidence
from flows.render.exhibit_pages import Source
from flows.render.exhibits import VERIFICATION, shown_files
from flows.render.values import Exhibit, Original

APPROVAL = "Lembar Pengesahan"
"""Stands for a label: it belongs to no question."""
_UNKNOWN = "application/octet-stream"
_OPEN_XML, _OPEN_DOCUMENT = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"
_TYPES = {
    ".docx": f"{_OPEN_XML}.wordprocessingml.document",
    ".xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    ".pptx": f"{_OPEN_XML}.presentationml.presentation",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".odt": f"{_OPEN_DOCUMENT}.text",
    ".ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    ".odp": f"{_OPEN_DOCUMENT}.presentation",
    ".rtf": "application/rtf",
    ".zip": "application/zip",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xml": "application/xml",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jfif": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".mp4": "video/mp4",
}
"""Registered media types, the same on every computer and in every version of Python."""
"""What Python itself knows: the tables of this computer would make another archive on another one."""


def originals_of(
    evidence: Evidence, exhibits: Iterable[Exhibit], source: Source, sums: Checksums, as_of: date
) -> tuple[Original, ...]:
    """The originals of ``exhibits``, in their order.

    Left out is what only the verification shows, what nobody could look through (its pages are not shown either),
    pictures that say where they were taken, and files that hold another behind themselves, which nobody sees: an
    original cannot be changed.
    """
    return _summed(_originals(evidence, exhibits, source, as_of), sums)


def signed_sheet_of(evidence: Evidence, source: Source, sums: Checksums, as_of: date) -> tuple[Original, ...]:
    """The approval sheet, where it was signed electronically: its pages are in no book, since only the file is signed.

    Returns:
        One original, or none.
    """
    return _summed(_approval(evidence, source, as_of), sums)


def _summed(originals: Iterable[Original], sums: Checksums) -> tuple[Original, ...]:
    found = tuple(originals)
    known = sums({original.sha256: original.path for original in found})
    return tuple(replace(original, md5=known[original.sha256]) for original in found)


def _originals(evidence: Evidence, exhibits: Iterable[Exhibit], source: Source, as_of: date) -> Iterator[Original]:
    files, since = shown_files(evidence), _first_seen(evidence)
    for exhibit in exhibits:
        file, path = files[exhibit.label], source(exhibit.sha256)
        if _may_leave(exhibit, file) and path.is_file():
            yield Original(
                label=exhibit.label,
                path=path,
                sha256=exhibit.sha256,
                bytes=file.bytes,
                name=_name(exhibit, file),
                media_type=_media_type(file),
                description=f"{exhibit.name} ({exhibit.agency})" if exhibit.agency else exhibit.name,
                since=since.get(file.sha256, as_of),
            )


def _approval(evidence: Evidence, source: Source, as_of: date) -> Iterator[Original]:
    file = evidence.manifest.approval
    if file and file.has_signature and not sheet_flaw(file) and (path := source(file.sha256)).is_file():
        yield Original(
            label=APPROVAL,
            path=path,
            sha256=file.sha256,
            bytes=file.bytes,
            name=file.name,
            media_type="application/pdf",
            description=APPROVAL,
            since=_first_seen(evidence).get(file.sha256, as_of),
        )


def _may_leave(exhibit: Exhibit, file: EvidenceFile) -> bool:
    says_where = any(each.kind is ExposureKind.PLACE for each in file.exposures)
    if exhibit.slip == VERIFICATION or says_where or file.is_two_formats:
        return False
    return not exhibit.slip or file.reach is Reach.WHOLE


def _name(exhibit: Exhibit, file: EvidenceFile) -> str:
    """A redacted copy is often called like the original, whose name nobody may read."""
    return exhibit.title + PurePosixPath(file.path).suffix.lower() if file.is_redacted else file.path


def _media_type(file: EvidenceFile) -> str:
    if file.media is Media.PDF:
        return "application/pdf"
    return _TYPES.get(usual_suffix(file.format) or PurePosixPath(file.path).suffix.lower(), _UNKNOWN)


def _first_seen(evidence: Evidence) -> Mapping[str, date]:
    """Hash → the date of the first run that saw these bytes, at whatever path: the date is told of the bytes alone."""
    found: dict[str, date] = {}
    for history in evidence.manifest.history:
        for version in history.versions:
            since = date.fromisoformat(version.since)
            found[version.sha256] = min(since, found.get(version.sha256, since))
    return found
