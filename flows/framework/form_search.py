"""Which files may be a filler's form: what lies in its folder under the form's name, or under any other."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from flows.forms.layout import SIGNATURE
from flows.names import fold

_PREFIX = "formulir"
"""How the name of a form still begins when its agency has renamed it: "formulir dinkes FINAL"."""
_OLD = ".xls"
_SUFFIXES = frozenset({".xlsx", ".xlsm", ".ods", _OLD})
_TEXTS = re.compile(r"xl/sharedstrings\.xml|content\.xml", re.IGNORECASE)
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
"""Parts that hold a workbook's texts; some programs leave them in the sheets."""
_MOST_BYTES = 30_000_000
"""Bytes of a workbook's texts that are searched."""
_MOST_PARTS = 100
DEEPEST = 4
"""Folders below a filler's own in which a form is looked for."""


def forms_by_name(folder: Path) -> Iterator[Path]:
    """Files directly in ``folder`` whose name begins as a form's does."""
    try:
        entries = list(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return
    for path in entries:
        if fold(path.name).startswith(_PREFIX) and _is_workbook(path):
            yield path


def forms_by_content(folder: Path, filler_key: str, deepest: int = DEEPEST) -> Iterator[Path]:
    """Workbooks that carry the marks of that filler's form, whatever they are called by now.

    Looked for in ``folder`` and so many folders below.
    Only their texts are searched, which needs no reading of sheets: whether it is a form is for the caller to see.
    """
    for path in sorted(_workbooks(folder, deepest)):
        if has_text(path, filler_key):
            yield path


def has_text(path: Path, text: str) -> bool:
    """Whether ``text`` is among the texts of a workbook; of an .xls, whether it was made from a form at all."""
    try:
        if path.suffix.lower() == _OLD:
            with path.open("rb") as stream:
                content = stream.read(_MOST_BYTES)
            return SIGNATURE.encode() in content or SIGNATURE.encode("utf-16-le") in content
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if _TEXTS.fullmatch(part.filename)]
            parts = parts or [part for part in archive.infolist() if _SHEETS.fullmatch(part.filename)]
            left = _MOST_BYTES
            for part in parts[:_MOST_PARTS]:
                with archive.open(part) as stream:
                    content = stream.read(left)
                if text.encode() in content:
                    return True
                left -= len(content)
            return False
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False


def _workbooks(folder: Path, deepest: int) -> Iterator[Path]:
    """Links and hidden folders are left out, as everywhere; a folder that cannot be read has none."""
    depth = len(folder.parts)
    for place, below, names in os.walk(folder):
        here = Path(place)
        is_deepest = len(here.parts) - depth >= deepest
        below[:] = [] if is_deepest else [name for name in below if not name.startswith(".")]
        for name in names:
            path = here / name
            if not name.startswith((".", "~$")) and _is_workbook(path):
                yield path


def _is_workbook(path: Path) -> bool:
    """Whether it is called one and is a file: a pipe of that name would never end."""
    return path.suffix.lower() in _SUFFIXES and not path.is_symlink() and path.is_file()
