"""Whether the vault of a city still holds what it should: every copy hashed, every name accounted for."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from flows.files import TEMPORARY_PREFIX
from flows.gather.hashing import open_ordinary
from flows.gather.names import is_of_a_system
from flows.gather.vault import Report, Vault

_THREADS = 2
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Health:
    """What a look into every copy has shown; hashes and names sorted."""

    copies: int
    """Copies that are what their names say."""
    bytes: int
    mismatched: tuple[str, ...]
    """Hashes of copies whose bytes are other ones, or cannot be read."""
    missing: tuple[str, ...]
    """Hashes that are named somewhere and have no copy."""
    orphaned: tuple[str, ...]
    """Files, relative to the vault, that nothing names."""
    leftovers: tuple[str, ...]
    """Half copies of a run that was interrupted."""
    systems: tuple[str, ...] = ()
    """Files that Windows, macOS and storage devices leave in every folder they show."""


def audit(vault: Vault, named: Collection[str], report: Report | None = None) -> Health:
    """Read every copy. Changes nothing.

    Args:
        vault: Of one city and year.
        named: Hashes that the history and the register name.
        report: Told how many copies were read, from this thread.
    """
    copies, others, leftovers = _sorted_out(vault)
    systems = [name for name in others if is_of_a_system(name.split("/"))]
    strangers = [name for name in others if name not in systems]
    sizes: dict[str, int] = {}
    bad = []
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="audit") as threads:
        for done, (sha256, size) in enumerate(
            zip(copies, threads.map(_whole_size, copies.values(), copies), strict=True), 1
        ):
            if size < 0:
                bad.append(sha256)
            else:
                sizes[sha256] = size
            if report:
                report(done, len(copies))
    orphans = [*strangers, *(_shown(vault, copies[sha256]) for sha256 in copies if sha256 not in named)]
    return Health(
        copies=len(sizes),
        bytes=sum(sizes.values()),
        mismatched=tuple(bad),
        missing=tuple(sorted(set(named) - set(copies))),
        orphaned=tuple(sorted(orphans)),
        leftovers=tuple(leftovers),
        systems=tuple(systems),
    )


def _whole_size(path: Path, sha256: str) -> int:
    """Size of a copy that is whole, -1 where its bytes are other ones or cannot be read."""
    try:
        with open_ordinary(os.fspath(path)) as stream:
            is_whole = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
            return os.fstat(stream.fileno()).st_size if is_whole else -1
    except OSError:
        return -1


def _sorted_out(vault: Vault) -> tuple[dict[str, Path], list[str], list[str]]:
    """Copies by hash in order, files that do not belong here, half copies."""
    copies: dict[str, Path] = {}
    strangers: list[str] = []
    leftovers: list[str] = []
    for path in sorted(_files(vault)):
        if _SHA256.fullmatch(path.name) and path == vault.path(path.name):
            copies[path.name] = path
        else:
            (leftovers if path.name.startswith(TEMPORARY_PREFIX) else strangers).append(_shown(vault, path))
    return copies, strangers, leftovers


def _files(vault: Vault) -> Iterable[Path]:
    """Every file of the vault whatever its name; links to folders, and folders named like a copy, count as files."""
    for parent, folders, names in os.walk(vault.root):
        posing = [name for name in folders if _SHA256.fullmatch(name) or Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in (*names, *posing))


def _shown(vault: Vault, path: Path) -> str:
    return path.relative_to(vault.root).as_posix()
