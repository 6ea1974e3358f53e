"""Who has which file open: what office programs leave beside a file while somebody works on it.

Excel, Word and PowerPoint write ``~$name.xlsx`` with the user's name in two alphabets; Word leaves out the first
letters of a long name; WPS Office may begin it with ``.~``. LibreOffice writes ``.~lock.name#`` with fields set apart
by commas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from flows import bounds
from flows.gather.hashing import opened
from flows.gather.intake import Entry
from flows.gather.names import suffix_of
from flows.model import OpenFile
from flows.privacy import mask_numbers

LOCK_FILE = "lock-file"
_OFFICE, _LIBRE, _LIBRE_END = "~$", ".~lock.", "#"
_WORD_BYTES, _WORD_SPLIT, _SPLIT = 162, 54, 55
"""Length of Word's record, and where its second alphabet begins; in those of the others that is one byte later."""
_WORD_SUFFIXES = frozenset({".doc", ".docx", ".docm", ".dot", ".dotx", ".rtf"})
_FIELD = re.compile(r"((?:\\.|[^,\\])*)(?:,|$)", re.DOTALL)
_VISIBLE = frozenset({"L", "M", "N", "P", "S"})


def open_files(entries: Sequence[Entry]) -> Iterator[OpenFile]:
    """The files among ``entries`` that somebody has open, by the lock files among them.

    A lock file without its file says nothing. One that a crash left behind looks like any other: how old it is says
    only when the file was opened, and no stage asks which day it is.
    """
    locks = [entry for entry in entries if entry.detail == LOCK_FILE]
    there = {entry.path for entry in entries if entry.condition is None} if locks else set()
    for lock in locks:
        path = _locked(lock.path, there)
        if path:
            yield OpenFile(path, _owner(lock))


def _locked(lock_path: str, there: set[str]) -> str:
    """Path of the file that a lock file belongs to; empty where it is not there, or may be one of several."""
    folder, slash, name = lock_path.rpartition("/")
    inside = f"{folder}{slash}"
    if name.startswith(_LIBRE):
        path = inside + name[len(_LIBRE) : -len(_LIBRE_END)]
        return path if path in there else ""
    rest = name[len(_OFFICE) :]
    if inside + rest in there:
        return inside + rest
    if suffix_of(rest) not in _WORD_SUFFIXES:
        return ""
    cut = [path for path in there if path.startswith(inside) and _without_first(path[len(inside) :]) == rest]
    return cut[0] if len(cut) == 1 else ""


def _without_first(name: str) -> str:
    """A name as Word cuts it, so that it fits with the two letters of a lock file."""
    stem = name.removesuffix(name[name.rfind(".") :]) if "." in name else name
    lost = min(2, max(0, len(stem) - 6))
    return name[lost:]


def _owner(lock: Entry) -> str:
    """Who opened it, as the program wrote it down; empty where that makes no sense."""
    try:
        with opened(lock) as stream:
            record = stream.read(bounds.LOCK_FILE_BYTES)
    except OSError:
        return ""
    name = lock.path.rpartition("/")[2]
    return _cleaned(_libre_owner(record) if name.startswith(_LIBRE) else _office_owner(record))


def _office_owner(record: bytes) -> str:
    split = _WORD_SPLIT if len(record) == _WORD_BYTES else _SPLIT
    length = int.from_bytes(record[split : split + 2], "little")
    wide = record[split + 2 : split + 2 + 2 * length]
    if 0 < length <= _SPLIT and len(wide) == 2 * length:
        return wide.decode("utf-16-le", "ignore")
    return record[1 : 1 + min(record[0], _WORD_SPLIT)].decode("cp1252", "ignore") if record else ""


def _libre_owner(record: bytes) -> str:
    """The name given in the program's settings; failing that, the user of the computer."""
    fields = [re.sub(r"\\(.)", r"\1", field) for field in _FIELD.findall(record.decode("utf-8", "replace"))[:2]]
    return next((field for field in fields if field.strip()), "")


def _cleaned(who: str) -> str:
    seen = "".join(char if unicodedata.category(char)[0] in _VISIBLE else " " for char in who.split("\0", 1)[0])
    return mask_numbers(" ".join(seen.split()))[: bounds.LOCK_FILE_NAME_CHARS].strip()
