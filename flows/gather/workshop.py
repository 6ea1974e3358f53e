"""What the sources of one run share: the cache, child processes, the virus scanner, unpacked archives, one watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.bounded import BoundedPool
from flows.gather.antivirus import Antivirus
from flows.gather.archives import ArchiveRoom
from flows.gather.arriving import Watch
from flows.model import City
from flows.store import Store

STORE_NAME = "gather.sqlite3"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """The tools of gathering. May be used by several threads at once."""

    pool: BoundedPool
    """Child processes that look into files; they start at the first file."""
    room: ArchiveRoom
    """Where archives are unpacked."""
    watch: Watch
    """Over files that are still arriving."""
    store: Store | None = None
    """The cache; None to work without one."""
    antivirus: Antivirus | None = None
    """The virus scanner of this machine; None where there is none."""
    ocr: str = ""
    """Which program reads scans (:func:`flows.gather.reader_version`); empty to leave them unread."""
    fresh: bool = False
    """Read and look into everything again, whatever the cache says."""
    progress: Progress | None = None
    """Called with the path of each file once it is done, from any thread."""


def reading_pool() -> BoundedPool:
    """The child processes that look into files."""
    return BoundedPool(imports=("flows.gather.inspect",))


@contextmanager
def workshop(
    city: City,
    input_root: Path,
    *,
    state_root: Path | None,
    fresh: bool = False,
    progress: Progress | None = None,
    ocr: str = "",
    pool: BoundedPool | None = None,
) -> Iterator[Workshop]:
    """The tools for one run over the input folder of ``city``, put away at the end.

    Args:
        city: As in :func:`flows.gather.gather`.
        input_root: As there.
        state_root: Folder for the cache and for unpacked archives; None to work without them.
        fresh: As in :class:`Workshop`.
        progress: As there.
        ocr: As there.
        pool: As :func:`reading_pool` makes it; of its own where None.
    """
    with ExitStack() as stack:
        yield Workshop(
            pool=pool or stack.enter_context(reading_pool()),
            room=ArchiveRoom.of(state_root, city),
            watch=Watch(input_root),
            store=stack.enter_context(Store(state_root / STORE_NAME)) if state_root else None,
            antivirus=Antivirus.find(),
            ocr=ocr,
            fresh=fresh,
            progress=progress,
        )
