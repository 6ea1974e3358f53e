"""The sheets of an .xlsx or .xlsm seen as text: errors, formulas without result, merged cells, cells out of bounds.

The library that reads the values is fast, but shows an error and an uncalculated formula as an empty cell, and lays a
sheet out densely from its first to its last cell. Both are looked up here with searches over the bytes of a sheet, not
with a parser: a parser in Python would cost several times what reading the values costs.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from flows import bounds
from flows.forms.grid_sheet import Box, Spot, WorkbookTooLargeError, WorkbookUnreadableError
from flows.forms.xlsx_cells import first_cell, merged_in, patterns_of, prefix_of, spot_of
from flows.forms.xlsx_slim import slimmed

MAX_WHOLE_BYTES = bounds.SHEET_WHOLE_BYTES
"""A sheet up to this size is looked through in one piece; a larger one is made smaller first, bit by bit."""
MAX_SHARED_BYTES = bounds.SHEET_SHARED_BYTES
"""Unpacked size of each part that all sheets share: texts, styles, the list of sheets."""
_CHUNK_BYTES = 4_000_000

_OUTSIDE = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3}|I[W-Z]|[J-Z][A-Z]|[a-z]|[A-Za-z]*(?:[2-9]\d{4}|\d{6}))""")
"""Addresses that may be beyond MAX_ROWS or MAX_COLUMNS, filled or not; odd spellings count as such."""
_TEXT_RESULT = re.compile(rb"""\st\s*=\s*["']str["']""")
_NOWHERE = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{4,}\d|[A-Za-z]{1,3}\d{8}|\d{8})""")
"""Three letters and seven digits reach farther than any sheet."""
_PROMISED_TEXTS = re.compile(rb"""\suniqueCount\s*=\s*["'](\d+)""")
_TEXT_BYTES = 5
"""Of the shortest shared text, ``<si/>``."""
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(slots=True)
class SheetLook:
    """What a look at one sheet found, besides its values."""

    errors: dict[Spot, str] = field(default_factory=dict)
    uncalculated: set[Spot] = field(default_factory=set)
    merged: list[Box] = field(default_factory=list)
    is_cut: bool = False
    slim: bytes | None = None
    """The sheet with nothing but its filled cells within bounds, where it cannot be used as it is."""


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → its member of the container; sheets whose member is not there are left out."""
    members = {}
    targets = relations(archive, "xl/_rels/workbook.xml.rels")
    names = {name.casefold(): name for name in archive.namelist()}
    for sheet in map(_attributes, _SHEET.findall(_text(archive, names.get("xl/workbook.xml")))):
        relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        if relation in targets:
            members[sheet.get("name", "")] = targets[relation]
    return members


def check_shared(archive: zipfile.ZipFile) -> None:
    """Refuse a container whose shared parts would fill the memory of whoever reads them.

    Raises:
        WorkbookTooLargeError: texts, styles or the list of sheets are larger than any office would write.
        WorkbookUnreadableError: more texts are promised than there can be.
    """
    shared = [info for info in archive.infolist() if not re.search(r"/worksheets/[^/]*$", info.filename)]
    if any(info.file_size > MAX_SHARED_BYTES and info.filename.endswith((".xml", ".bin")) for info in shared):
        raise WorkbookTooLargeError("shared parts are too large")
    check_promises(archive)


def check_promises(archive: zipfile.ZipFile) -> None:
    """See that the container does not promise more shared texts than it has room for.

    The library asks for memory for as many as are promised before it reads the first, and aborts: 2,147,483,647 texts
    are 51 GB (measured with python-calamine 0.9.1).

    Raises:
        WorkbookUnreadableError: it does.
    """
    for info in archive.infolist():
        if info.filename.casefold().endswith("sharedstrings.xml"):
            promised = max(map(_whole_number, _PROMISED_TEXTS.findall(archive.read(info))), default=0)
            if promised * _TEXT_BYTES > info.file_size:
                raise WorkbookUnreadableError("more shared texts are promised than there are")


def _whole_number(digits: bytes) -> int:
    """The number, or one of 20 digits where it has more: Python refuses to read the longest."""
    return int(digits.lstrip(b"0")[:20] or b"0")


def relations(archive: zipfile.ZipFile, member: str) -> dict[str, str]:
    """Id of each relation of the workbook → the member it points to, as that is spelled in the container."""
    names = {name.casefold(): name for name in archive.namelist()}
    found = {}
    for relation in map(_attributes, _RELATION.findall(_text(archive, names.get(member.casefold())))):
        target = relation.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith(("/", "xl/")) else posixpath.normpath(f"xl/{target}")
        if path.casefold() in names:
            found[relation.get("Id", "")] = names[path.casefold()]
    return found


def look_at(archive: zipfile.ZipFile, member: str) -> SheetLook:
    """Marks and merged cells of one sheet, and the sheet made slim where it is too large to be laid out.

    Raises:
        WorkbookUnreadableError: it is no text that a sheet could be.
    """
    if archive.getinfo(member).file_size <= MAX_WHOLE_BYTES:
        source = archive.read(member)
        if not _needs_slimming(source):
            return _marks(source)
        check_addresses(source)
        slim, merged, is_cut = slimmed([source])
    else:
        with archive.open(member) as stream:
            slim, merged, is_cut = slimmed(iter(lambda: stream.read(_CHUNK_BYTES), b""))
    look = _marks(slim)
    look.merged, look.is_cut, look.slim = merged, is_cut, slim
    return look


def check_addresses(source: bytes) -> None:
    """See that no cell stands where no office program has cells: the library would lay out all before it, and abort.

    Args:
        source: One sheet as it is stored.

    Raises:
        WorkbookUnreadableError: one does.
    """
    if _NOWHERE.search(source):
        raise WorkbookUnreadableError("a cell beyond every sheet")


def _needs_slimming(source: bytes) -> bool:
    """Whether a sheet reaches beyond the bounds, or says so in a way that a quick look cannot tell."""
    patterns = patterns_of(prefix_of(source))
    row, cell = patterns.opening.search(source), first_cell(source, patterns)
    if row is None or cell is None:
        return False
    is_plain = b' r="' in row[2] and b' r="' in cell[2]
    return not is_plain or _OUTSIDE.search(source) is not None


def _marks(source: bytes) -> SheetLook:
    """What a sheet of bearable size says besides its values."""
    look, patterns = SheetLook(), patterns_of(prefix_of(source))
    if b't="e"' in source or b"t='e'" in source:
        for attributes, text in patterns.error.findall(source):
            spot = spot_of(attributes)
            if spot is not None:
                look.errors[spot] = html.unescape(text.decode("utf-8", "replace"))
    if re.search(rb"[<:]f[\s>/]", source):
        for attributes, has_value, value in patterns.formula.findall(source):
            if value or (has_value and _TEXT_RESULT.search(attributes)):
                continue  # a text result may be an empty text
            spot = spot_of(attributes)
            if spot is not None:
                look.uncalculated.add(spot)
    look.merged.extend(merged_in(patterns, source))
    return look


def _attributes(source: str) -> dict[str, str]:
    """Attributes of a tag, unescaped."""
    return {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(source)}


def _text(archive: zipfile.ZipFile, member: str | None) -> str:
    """A member as text; empty where there is none."""
    return archive.read(member).decode("utf-8", "replace") if member else ""


def has_macros(names: Iterable[str]) -> bool:
    """Whether members of a container are programs: a VBA project, or Basic modules of an OpenDocument file."""
    return any(_is_macro(name.casefold()) for name in names)


def _is_macro(name: str) -> bool:
    libraries = ("script-lc.xml", "script-lb.xml")
    return name.endswith("vbaproject.bin") or (
        name.startswith(("basic/", "scripts/")) and not name.endswith(("/", *libraries))
    )
