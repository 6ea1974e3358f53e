"""Take copies out of the vault: checked, under names that every system accepts, over nobody's file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from flows.files import TEMPORARY_PREFIX, rename
from flows.gather.vault import Vault, VaultError
from flows.model import PathHistory, Version

_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NAME_BYTES = 180
"""Most bytes of a name we make; file systems take 255, and an encrypted one 143 characters or so."""
_SUFFIX = 12
"""An ending longer than this is no extension."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One copy that was asked for."""

    path: str
    """Where it lay."""
    number: int
    """Which version of that path, from 1."""
    sha256: str
    target: str
    """File it was written to; empty where it could not be had."""
    problem: str = ""
    """Why not, in Indonesian."""


def take_out(vault: Vault, wanted: Iterable[PathHistory], folder: Path) -> list[Taken]:
    """Write every version of every path into ``folder``, each content of a path once.

    Raises:
        OSError: ``folder`` cannot be written to, for example because the disk is full.
    """
    return [
        _take_one(vault, one, number, version, folder)
        for one in wanted
        for number, version in enumerate(one.versions, start=1)
        if version.sha256 not in {earlier.sha256 for earlier in one.versions[: number - 1]}
    ]


def _take_one(vault: Vault, one: PathHistory, number: int, version: Version, folder: Path) -> Taken:
    *folders, name = [safe_name(part) for part in one.path.split("/")]
    place = folder.joinpath(*folders)
    try:
        with vault.open(version.sha256) as stream:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            called = _numbered(name, f"isi {number} sejak {version.since}")
            # Asked for again, what was taken out before is no second copy.
            target = place / called if _holds(place / called, version.sha256) else _write(stream, place, called)
    except VaultError as error:
        return Taken(one.path, number, version.sha256, "", f"{error.message} {error.repair}")
    return Taken(one.path, number, version.sha256, os.fspath(target))


def _holds(path: Path, sha256: str) -> bool:
    """Whether ``path`` is a file with these bytes."""
    try:
        with path.open("rb") as stream:
            return path.is_file() and hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _write(stream: FileIO, folder: Path, name: str) -> Path:
    """Copy ``stream`` to a new file in ``folder``; a name that is taken gets a number."""
    target = _reserved(folder, name)
    temporary = folder / f"{TEMPORARY_PREFIX}{target.name[: _NAME_BYTES // 4]}"
    try:
        with FileIO(
            os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "w"
        ) as out:
            shutil.copyfileobj(stream, out, 1 << 20)
            os.fsync(out.fileno())
        rename(temporary, target)  # over the empty file that holds its name
    except BaseException:
        for path in (temporary, target):
            path.unlink(missing_ok=True)
        raise
    return target


def _reserved(folder: Path, name: str) -> Path:
    """A new empty file that keeps its name from being taken meanwhile."""
    number = 1
    while True:
        target = folder / (name if number == 1 else _numbered(name, str(number)))
        with contextlib.suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return target
        number += 1


def _numbered(name: str, mark: str) -> str:
    """``name`` with ``mark`` in brackets before its extension."""
    stem, ending = _parted(name)
    return f"{stem} ({mark}){ending}"


def _parted(name: str) -> tuple[str, str]:
    ending = Path(name).suffix
    stem = name.removesuffix(ending)
    return (stem, ending) if len(ending) <= _SUFFIX else (name, "")


def safe_name(name: str) -> str:
    """``name`` as a file or folder may be called anywhere: no sign of the system, none that cannot be seen."""
    text = "".join("_" if unicodedata.category(char)[0] == "C" else char for char in _UNSAFE.sub("_", name))
    text = text.strip().strip(".").strip() or "_"
    stem, ending = _parted(f"_{text}" if _RESERVED.fullmatch(text) else text)
    short = stem.encode("utf-8")[: _NAME_BYTES - len(ending.encode("utf-8"))].decode("utf-8", "ignore")
    return f"{short.rstrip()}{ending}"
