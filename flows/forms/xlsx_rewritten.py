"""A workbook written anew for the library that reads it, without what that cannot take.

It gives up a whole workbook over one sheet of macros (Excel 4.0), and lays a sheet out up to its last cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_MACRO_SHEETS, _AS_OTHERS = "macrosheets/", "worksheets/macro-"
_MACRO_KIND = re.compile(rb"http://schemas\.microsoft\.com/office/2006/relationships/xl(?:Intl)?Macrosheet")
_OTHER_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_RELATIONS = "xl/_rels/"
_READ = (".xml", ".rels", ".bin")
"""Ends of the names of what is read; pictures and the like are left out."""


def is_macro_sheet(member: str) -> bool:
    """Whether a member of a container is a sheet of macros, which nobody fills."""
    return _MACRO_SHEETS in member


def rewritten(archive: zipfile.ZipFile, slim: Mapping[str, bytes] | None = None) -> io.BytesIO | None:
    """The workbook with sheets of macros where others lie, and the members in ``slim`` put in place of its own.

    None where there is neither, and the workbook can be read as it is.
    """
    slim = slim or {}
    has_macro_sheets = any(map(is_macro_sheet, archive.namelist()))
    if not slim and not has_macro_sheets:
        return None
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in dict.fromkeys(archive.namelist()):
            if not name.endswith(_READ):
                continue
            content = slim[name] if name in slim else archive.read(name)
            if has_macro_sheets and name.startswith(_RELATIONS):
                content = _MACRO_KIND.sub(_OTHER_KIND, content.replace(_MACRO_SHEETS.encode(), _AS_OTHERS.encode()))
            copy.writestr(name.replace(_MACRO_SHEETS, _AS_OTHERS), content)
    target.seek(0)
    return target
