"""Which documents are those of an office program, and whether their names say so."""

from __future__ import annotations

from flows.model import Condition, Media, UploadItem

OFFICE = {
    Media.TEXT_DOCUMENT: frozenset({"doc", "docx", "odt", "rtf", "docm", "dotx"}),
    Media.SPREADSHEET: frozenset({"xls", "xlsx", "ods", "xlsm", "xlsb", "xltx"}),
    Media.SLIDES: frozenset({"ppt", "pptx", "odp", "pptm", "pps", "ppsx"}),
    Media.PLAIN_TEXT: frozenset({"txt", "csv"}),
}
"""What an office program opens, and the suffixes it may have."""
_USUAL = {Media.TEXT_DOCUMENT: "docx", Media.SPREADSHEET: "xlsx", Media.SLIDES: "pptx", Media.PLAIN_TEXT: "txt"}


def is_told(item: UploadItem) -> bool:
    """Whether the name of a document of Office says what it is, and can be believed."""
    return item.suffix.lstrip(".") in OFFICE[item.media] and item.condition is not Condition.WRONG_EXTENSION


def told_suffix(item: UploadItem) -> str:
    """The suffix to open a document of Office by: its own, or the usual one of its kind."""
    return item.suffix.lstrip(".") if is_told(item) else _USUAL[item.media]
