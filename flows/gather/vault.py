"""The vault: one private, read-only copy of every cited content, named by its hash, so that nothing can be taken back.

``brankas/ab/abcdef…``. A copy appears by a rename after its bytes were hashed on their way and flushed to disk; what an
interrupted run leaves is a hidden file that the next one removes. Whoever opens a copy has its hash checked.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Self

from flows.cloning import Cloner
from flows.errors import InputsError, os_reason
from flows.files import TEMPORARY_PREFIX, rename
from flows.gather.hashing import open_ordinary

FOLDER = "brankas"
_THREADS = 2
"""OpenSSL and the disk work without the interpreter's lock."""
_CHUNK = 1 << 20
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o400

Report = Callable[[int, int], None]
"""Told how many copies are done, of how many."""


class VaultError(InputsError):
    """A copy is not there, or is not what its name says."""


@dataclass
class Kept:
    """What became of the contents that were to be kept."""

    new: int = 0
    bytes: int = 0
    lost: dict[str, OSError | None] = field(default_factory=dict)
    """Real path of each file that no longer held the content → the system's reason; None where its bytes changed."""


class Vault:
    """The copies of one city and year. Whoever keeps must hold the lock of that year.

    Args:
        root: The folder of the copies; made when the first one is kept.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._cloner = Cloner()

    def path(self, sha256: str) -> Path:
        """Where the copy of a content lies, or would."""
        return self.root / sha256[:2] / sha256

    def known(self) -> set[str]:
        """Hashes of the copies that are there, by their names only."""
        found: set[str] = set()
        for folder in self._folders():
            with contextlib.suppress(OSError):
                found.update(path.name for path in folder.iterdir() if path.name.startswith(folder.name))
        return found

    def keep(self, wanted: Mapping[str, Sequence[str]], report: Report | None = None) -> Kept:
        """Keep contents that are not here yet.

        Args:
            wanted: Hash → real paths of files that held that content when they were hashed.
            report: Called from this thread.

        Raises:
            InputsError: the vault cannot be written to, for example because the disk is full.
        """
        known, kept = self.known(), Kept()
        new = {sha256: paths for sha256, paths in wanted.items() if sha256 not in known}
        try:
            self._remove_leftovers()
            self._make_room(new)
            with ThreadPoolExecutor(_THREADS, thread_name_prefix="keep") as threads:
                for done, one in enumerate(threads.map(self._keep_one, new, new.values()), start=1):
                    kept.new, kept.bytes = kept.new + one.new, kept.bytes + one.bytes
                    kept.lost |= one.lost
                    if report:
                        report(done, len(new))
            for folder in {self.path(sha256).parent for sha256 in new}:
                _sync_folder(folder)
        except OSError as error:
            raise InputsError(
                f"Salinan bukti tidak dapat disimpan di brankas {self.root} ({os_reason(error)}).",
                "Periksa sisa ruang dan hak tulis folder itu, lalu ulangi. Bukti, salinan, dan terbitan yang sudah ada "
                "tidak berubah.",
            ) from error
        return kept

    def _make_room(self, new: Mapping[str, object]) -> None:
        if new:
            self.root.parent.mkdir(parents=True, exist_ok=True)
        if new or self.root.is_dir():  # also where nothing is new: copies of a backup come back open to everybody
            _make_private(self.root)
        for name in {sha256[:2] for sha256 in new}:
            _make_private(self.root / name)

    def _keep_one(self, sha256: str, paths: Sequence[str]) -> Kept:
        """Copy a content from the first of ``paths`` that still holds it."""
        kept = Kept()
        for path in paths:
            try:
                source = _Source(path)
            except OSError as error:
                kept.lost[path] = error
                continue
            with source:
                if self._copy(source, sha256):
                    kept.new, kept.bytes = 1, source.bytes
                    break
                kept.lost[path] = source.error
        return kept

    def _copy(self, source: _Source, sha256: str) -> bool:
        """Put the bytes of ``source`` into the vault if they are those of ``sha256``."""
        with _temporary(self.root) as (handle, temporary):
            found = self._cloner.clone(source.stream, handle) or source.pour(handle)
            source.bytes = os.fstat(handle.fileno()).st_size
            if found != sha256:
                return False
            _restrict(handle, temporary)
            os.fsync(handle.fileno())
            handle.close()  # Windows renames no open file
            rename(temporary, self.path(sha256))
        return True

    @contextlib.contextmanager
    def open(self, sha256: str) -> Iterator[FileIO]:
        """The copy of a content, hashed before it is handed out, to read from its start.

        Raises:
            VaultError: there is no copy, it cannot be read, or its bytes are not those of its name.
        """
        try:
            stream = open_ordinary(os.fspath(self.path(sha256)))
        except OSError as error:
            raise VaultError(
                f"Salinan {sha256[:8]} tidak ada di brankas {self.root} ({os_reason(error)}).",
                "Bila berkasnya masih ada di folder masukan, kla periksa berikutnya menyimpannya lagi. Bila tidak, "
                "ambil folder brankas dari cadangan.",
            ) from error
        with stream:
            if not _is_whole(stream, sha256):
                raise VaultError(
                    f"Salinan {sha256[:8]} di brankas {self.root} rusak: isinya tidak sama dengan ketika disimpan.",
                    "Jangan dipakai. Ambil folder brankas dari cadangan, atau pindahkan salinan itu ke luar brankas; "
                    "bila berkasnya masih ada di folder masukan, kla periksa berikutnya menyimpannya lagi.",
                )
            stream.seek(0)
            yield stream

    def _folders(self) -> list[Path]:
        try:
            with os.scandir(self.root) as entries:
                return [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            return []

    def _remove_leftovers(self) -> None:
        """Remove what an interrupted run left; safe because the lock of the year is held."""
        for path in self.root.glob(f"{TEMPORARY_PREFIX}*"):
            path.unlink(missing_ok=True)


class _Source:
    """A file of the inputs being copied; what goes wrong in reading it is its own fault and not the vault's."""

    def __init__(self, path: str) -> None:
        self.stream = open_ordinary(path)
        self.bytes = 0
        self.error: OSError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def pour(self, target: FileIO) -> str:
        """Copy everything into ``target``; its hash, empty where it could not be read to its end."""
        digest = hashlib.sha256()
        chunk = memoryview(bytearray(_CHUNK))
        while size := self._read(chunk):
            digest.update(chunk[:size])
            written = 0
            while written < size:  # a raw file may take less than it is given
                written += target.write(chunk[written:size]) or 0
        return "" if self.error else digest.hexdigest()

    def _read(self, chunk: memoryview) -> int:
        try:
            return self.stream.readinto(chunk) or 0
        except OSError as error:
            self.error = error
            return 0


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[tuple[FileIO, Path]]:
    """A hidden private file in ``folder`` that is gone afterwards unless it was renamed."""
    number, name = tempfile.mkstemp(dir=folder, prefix=TEMPORARY_PREFIX)
    path = Path(name)
    try:
        with FileIO(number, "r+") as handle:
            yield handle, path
    finally:
        path.unlink(missing_ok=True)


def _restrict(handle: FileIO, path: Path) -> None:
    """Nobody writes to a copy, and nobody else reads it."""
    os.fchmod(handle.fileno(), _PRIVATE_FILE) if hasattr(os, "fchmod") else path.chmod(_PRIVATE_FILE)


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        with contextlib.suppress(OSError):  # a share may know no modes
            folder.chmod(_PRIVATE_FOLDER)


def _is_whole(stream: FileIO, sha256: str) -> bool:
    try:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _sync_folder(folder: Path) -> None:
    """Ask the system to put the names in ``folder`` on disk, where it can."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
