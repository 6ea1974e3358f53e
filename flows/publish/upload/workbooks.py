"""Workbooks of older and other formats, saved as .xlsx: as pages of a PDF their wide tables would fall to pieces."""

from __future__ import annotations

import zipfile
from pathlib import Path

from flows.libreoffice import office_to

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same for every member, so that the same workbook gives the same bytes."""
_NAME = "buku-kerja.xlsx"


def as_xlsx(source: Path, suffix: str, folder: Path, most: int) -> str | None:
    """Save a workbook as .xlsx; the name of that file in ``folder``, None where it did not come about or is too large.

    Args:
        source: Its bytes; a copy is opened. Without macros and objects of other programs, of which the result might
            keep something.
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
        for name in archive.namelist():
            copy.writestr(zipfile.ZipInfo(name, _EPOCH), archive.read(name), zipfile.ZIP_DEFLATED)
    return target.name if target.stat().st_size <= most else None
