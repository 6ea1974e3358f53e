"""What members of an archive are called here: labels that look like paths of a folder and can lead nowhere.

Nothing is ever written under these names; they are what people read and what ids of questions are read from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from flows import bounds
from flows.gather.names import display
from flows.privacy import mask_path

_NAMELESS = "tanpa nama"
_CUT = "…"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that a screen, a terminal or a page could be misled by."""
_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST_SUFFIX = 12


def member_labels(names: Sequence[str]) -> list[str]:
    """A label for each name that an archive gives: all different, whatever the case, and none a folder of another."""
    cleaned = [_cleaned(name) for name in names]
    folders = {_key(above) for label in set(cleaned) for above in _above(label)}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    return [_unique(label, folders, taken, numbers) for label in cleaned]


def is_folder_name(name: str) -> bool:
    """Whether an archive means a folder by it."""
    return name.endswith(("/", "\\"))


def _cleaned(name: str) -> str:
    parts = [_part(part) for part in re.split(r"[/\\]", display(name)) if part not in ("", ".")]
    if parts and _DRIVE.match(parts[0]):
        parts[0] = parts[0].replace(":", "_", 1)
    most = bounds.ARCHIVE_LABEL_FOLDERS
    if len(parts) > most:
        parts = [*parts[: most // 2], _CUT, *parts[-(most // 2) :]]
    return mask_path("/".join(parts)) or _NAMELESS


def _part(part: str) -> str:
    shown = "".join("_" if unicodedata.category(char) in _INVISIBLE else char for char in part)
    if not shown.strip(" ."):
        return "_"
    most = bounds.ARCHIVE_LABEL_CHARS
    if len(shown) <= most:
        return shown
    suffix = PurePosixPath(shown).suffix[-_LONGEST_SUFFIX:]
    return shown[: most - len(suffix) - 1] + _CUT + suffix


def _above(label: str) -> Iterator[str]:
    """Every folder that ``label`` lies in."""
    while "/" in label:
        label = label.rpartition("/")[0]
        yield label


def _unique(label: str, folders: set[str], taken: set[str], numbers: dict[str, int]) -> str:
    """``label``, or the first of ``name (2).pdf``, ``name (3).pdf`` … that is neither taken nor a folder.

    ``numbers`` holds the last number given to each label: thousands of equal names must not cost millions of looks.
    """
    folder, slash, name = label.rpartition("/")
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    stem = name[: len(name) - len(suffix)]
    found, number = label, numbers.get(_key(label), 1)
    while _key(found) in taken or _key(found) in folders:
        number += 1
        found = f"{folder}{slash}{stem} ({number}){suffix}"
    numbers[_key(label)] = number
    taken.add(_key(found))
    return found


def _key(label: str) -> str:
    return unicodedata.normalize("NFC", label).casefold()
