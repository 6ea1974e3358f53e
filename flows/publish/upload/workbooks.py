"""Workbooks of older and other formats, saved as .xlsx: as pages of a PDF their wide tables would fall to pieces."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from flows.libreoffice import office_to

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same for every member, so that the same workbook gives the same bytes."""
_NAME = "buku-kerja.xlsx"
_PLAIN = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[^/]+\.xml|xl/[^/]+\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:worksheets|drawings|charts|theme|tables|pivotTables|pivotCache|media|chartsheets)/.+"
)
"""Members of a workbook of cells, charts and pictures; no macros, objects, controls or links to other workbooks."""


def as_xlsx(source: Path, suffix: str, folder: Path, most: int) -> str | None:
    """Save a workbook as .xlsx; the name of that file in ``folder``.

    None where it did not come about, is too large, or holds anything but cells, charts and pictures.

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
            copy.writestr(zipfile.ZipInfo(name, _EPOCH), archive.read(name), zipfile.ZIP_DEFLATED)
    return target.name if target.stat().st_size <= most else None
