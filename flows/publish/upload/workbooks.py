"""Workbooks of older and other formats, saved as .xlsx: as pages of a PDF their wide tables would fall to pieces."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from flows.jpeg import without_notes
from flows.libreoffice import office_to
from flows.words import holds_any

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same for every member, so that the same workbook gives the same bytes."""
_NAME = "buku-kerja.xlsx"
_PICTURES = "xl/media/"
_NOTES = (b"Exif\0\0", b"eXIf", b"GPSL")
"""Signs of notes of a camera in a picture that is no JPEG."""
_PLAIN = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[^/]+\.xml|xl/[^/]+\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:worksheets|drawings|charts|theme|tables|pivotTables|pivotCache|chartsheets)/.+"
    rf"|{_PICTURES}[^/]+\.(?:jpe?g|png|gif|emf|wmf)"
)
"""Members of a workbook of cells, charts and pictures; no macros, objects, controls or links to other workbooks."""


def as_xlsx(source: Path, suffix: str, folder: Path, most: int) -> str | None:
    """Save a workbook as .xlsx; the name of that file in ``folder``.

    None where it did not come about, is too large, or holds anything but cells, charts and pictures without notes.

    Args:
        source: Its bytes; a copy is opened. Macros stay behind, for an .xlsx holds none.
        suffix: What it is, ``ods``.
        folder: To write into.
        most: Bytes of the result.
    """
    work = folder / "lembar"
    work.mkdir()
    made = office_to("xlsx", source, suffix, work)
    if made is None:
        return None
    target = folder / _NAME
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        if not all(map(_PLAIN.fullmatch, archive.namelist())):
            return None
        for name in archive.namelist():
            content = archive.read(name)
            if name.startswith(_PICTURES):  # the same bytes as ever, with the place that the camera has noted
                content = without_notes(content)
                if holds_any(content, _NOTES):
                    return None
            copy.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.name if target.stat().st_size <= most else None
