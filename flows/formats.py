"""Formats of files, finer than families, as their content tells them, and the extensions that suit each."""

from __future__ import annotations

from collections.abc import Mapping

_SUFFIXES = {
    "pdf": ".pdf",
    "jpeg": ".jpg .jpeg .jfif .jpe",
    "png": ".png",
    "gif": ".gif",
    "tiff": ".tif .tiff",
    "bmp": ".bmp .dib",
    "webp": ".webp",
    "heic": ".heic .heif .avif",
    "avif": ".avif .heic .heif",
    "docx": ".docx",
    "docm": ".docm",
    "dotx": ".dotx",
    "dotm": ".dotm",
    "xlsx": ".xlsx",
    "xlsm": ".xlsm",
    "xltx": ".xltx",
    "xltm": ".xltm",
    "xlsb": ".xlsb",
    "pptx": ".pptx .ppsx .potx",
    "pptm": ".pptm .ppsm .potm",
    "odt": ".odt .ott",
    "ods": ".ods .ots",
    "odp": ".odp .otp",
    "doc": ".doc .dot",
    "xls": ".xls .xlt",
    "ppt": ".ppt .pps .pot",
    "rtf": ".rtf",
    "zip": ".zip",
    "rar": ".rar",
    "7z": ".7z",
    "gz": ".gz .tgz",
    "bz2": ".bz2 .tbz2",
    "xz": ".xz .txz",
    "cab": ".cab",
    "zst": ".zst",
    "lz": ".lz",
    "tar": ".tar",
    "msg": ".msg",
    "html": ".html .htm .xml .md .log .json",
    "mhtml": ".mht .mhtml .txt .log .md",
    "xml-workbook": ".xml .txt .log .md",
    "xml-document": ".xml .txt .log .md",
}
"""Format → the extensions it may have, the usual one first; pictures of telephones share theirs."""
SUFFIXES: Mapping[str, tuple[str, ...]] = {form: tuple(said.split()) for form, said in _SUFFIXES.items()}


def suits(form: str, suffix: str) -> bool:
    """Whether a file of a format may have this extension; of formats that are not listed nothing is known."""
    return form not in SUFFIXES or suffix in SUFFIXES[form]


def usual_suffix(form: str) -> str:
    """The extension of a format, empty where none is known."""
    return SUFFIXES.get(form, ("",))[0]
