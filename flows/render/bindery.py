"""Binding in child processes: several volumes at the same time, each read back before it counts as made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

from flows import bounds, page_wording
from flows.bounded import BoundedPool
from flows.cabinet import Cabinet, key_of
from flows.errors import RenderError
from flows.files import lay_out, put_away
from flows.model import Document
from flows.render.binding.recall import Recall
from flows.render.children import run_in_children
from flows.render.originals import Attachment
from flows.render.press import storing
from flows.render.values import UNFINISHED, Sheets, Volume

_BOUND, _FACTS, _READ = "jilid.pdf", "jilid.txt", "bacaan.bin"
Report = Callable[[int, int], None]
"""Told how many volumes are done, of how many."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A volume to be bound."""

    volume: Volume
    attachments: tuple[Attachment, ...] | None = None
    """What it encloses as a volume of the archive edition; None for every other volume."""
    is_kept: bool = False
    """Whether it is kept for the next run, which may not have to bind it again."""


@dataclass(frozen=True, slots=True)
class _Job:
    binding: Binding
    work: Path
    read: bytes
    """What was read in a volume of that name in the run before, see :class:`flows.render.binding.recall.Recall`."""


@dataclass(frozen=True, slots=True)
class _Made:
    document: Document
    read: bytes
    """The same for the next run; empty where that has it already."""


class Bindery:
    """Binds the volumes of one run in child processes, the first of them while others are not even printed.

    Use it as a context manager: leaving it by an error ends the children for good, and nothing half made is left. For
    any number of threads.

    Args:
        pool: the children to work in.
        cabinet: keeps volumes from one run to the next, where their binding says so.
        work: the folder of the run.
    """

    def __init__(self, pool: BoundedPool, cabinet: Cabinet, work: Path) -> None:
        self._pool = pool
        self._cabinet = cabinet
        self._work = work
        # One thread more than children: while they bind the largest, what was bound before is looked through.
        self._threads = ThreadPoolExecutor(bounds.PRESS_WORKERS + 1, thread_name_prefix="bind")
        # What is bound goes to the disk meanwhile, since a run does not appear before all of it is there.
        self._to_disk = ThreadPoolExecutor(1, thread_name_prefix="sync")
        self._started: list[Future[Document]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._pool.abandon()
        self._threads.shutdown(cancel_futures=kind is not None)
        self._to_disk.shutdown(cancel_futures=kind is not None)
        _clear(self._work)

    def start(self, binding: Binding) -> None:
        """Bind a volume below the folder of the run as soon as a child is free; the largest should come first."""
        self._started.append(self._threads.submit(self._bound, binding))

    def finish(self, report: Report | None = None) -> list[Document]:
        """Wait for all that was started; the documents in that order.

        Args:
            report: told how many volumes are done.

        Raises:
            RenderError: a volume cannot be bound, does not read back as it should, or its child died twice.
        """
        for done, each in enumerate(as_completed(self._started), 1):
            each.result()
            if report:
                report(done, len(self._started))
        return [each.result() for each in self._started]

    def _bound(self, binding: Binding) -> Document:
        with storing():
            (self._work / binding.volume.name).parent.mkdir(parents=True, exist_ok=True)
            document = _one(self._pool, self._cabinet, binding, self._work)
        self._to_disk.submit(put_away, self._work / document.name)
        return document


def _one(pool: BoundedPool, cabinet: Cabinet, binding: Binding, work: Path) -> Document:
    """One volume, from a run before or made now."""
    reading = key_of("bacaan", _tools(), binding.volume.name)
    known = cabinet.get(reading)  # asked for in any case: what nobody asks for in a run leaves the cabinet
    if found := _taken_out(cabinet, binding, work):
        return found
    job = _Job(binding, work, (known / _READ).read_bytes() if known else b"")
    (made,) = run_in_children(pool, _make, [job], _given_up, seconds=bounds.BINDING_SECONDS)
    if made.read:
        cabinet.forget(reading)
        cabinet.put(reading, {_READ: made.read})
    return _put_in(cabinet, binding, made.document, work)


def binding_key(binding: Binding) -> str:
    """The key of everything a bound volume follows from: what is in it, how it is bound, and what it is called."""
    volume = binding.volume
    leaves = [
        (leaf.typeset.path.parent.name, leaf.first, leaf.count, leaf.slip_of)
        if isinstance(leaf, Sheets)
        else (leaf.prepared.path.parent.name, leaf.exhibit)
        for leaf in volume.leaves
    ]
    titles = [leaf.part.title for leaf in volume.leaves if isinstance(leaf, Sheets)]
    plain = replace(volume, leaves=(), elsewhere={})
    enclosed = repr(binding.attachments)
    return key_of(_tools(), repr(plain), repr(leaves), repr(titles), repr(sorted(volume.elsewhere.items())), enclosed)


@cache
def _tools() -> str:
    """The code that binds, what it writes on pages, and the libraries it binds and reads with."""
    digest = sha256()
    for path in [*sorted((Path(__file__).parent / "binding").rglob("*.py")), Path(page_wording.__file__)]:
        digest.update(path.name.encode() + path.read_bytes())
    return f"{version('pikepdf')} {version('pypdfium2')} {digest.hexdigest()}"


def _taken_out(cabinet: Cabinet, binding: Binding, work: Path) -> Document | None:
    """The volume of a run before, where it is the same."""
    volume = binding.volume
    folder = cabinet.get(binding_key(binding)) if binding.is_kept else None
    if folder is None:
        return None
    pages, digest = (folder / _FACTS).read_text(encoding="ascii").split()
    lay_out(folder / _BOUND, work / volume.name)
    return Document(volume.name, int(pages), digest)


def _put_in(cabinet: Cabinet, binding: Binding, made: Document, work: Path) -> Document:
    """Keep what was bound for the next run, where that may ask for it."""
    if binding.is_kept:
        facts = f"{made.pages} {made.sha256}".encode("ascii")
        files: dict[str, Path | bytes] = {_BOUND: work / made.name, _FACTS: facts}
        folder = cabinet.put(binding_key(binding), files, hashes={_BOUND: made.sha256})
        lay_out(folder / _BOUND, work / made.name)
    return made


def _clear(work: Path) -> None:
    """Remove what a child that died was working on: nothing half made is published."""
    for folder in work.rglob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _given_up(job: _Job, reason: str) -> RenderError:
    return RenderError(
        f"{job.binding.volume.name} tidak dapat dijilid: {reason}, dua kali.",
        "Tutup aplikasi lain dan periksa sisa ruang disk, lalu ulangi; halaman yang sudah dicetak tidak dicetak ulang. "
        "Bila tetap, mulai ulang komputer; bila masih juga, laporkan kepada pengembang bersama pesan ini.",
    )


def _make(job: _Job) -> _Made:
    """Runs in a child."""
    from flows.render.binding import bind_proven
    from flows.render.binding.archive import enclose

    volume, recall = job.binding.volume, Recall(job.read)
    if job.binding.attachments is None:
        document = bind_proven(volume, job.work / volume.name, recall)
    else:
        document = enclose(volume, job.binding.attachments, job.work, recall)
    return _Made(document, recall.packed())
