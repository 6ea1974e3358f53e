"""Binding in child processes: several volumes at the same time, each read back before it counts as made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flows import bounds, page_wording
from flows.bounded import BoundedPool
from flows.cabinet import Cabinet, key_of
from flows.errors import RenderError
from flows.files import lay_out, sync
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


def bind_all(
    pool: BoundedPool, cabinet: Cabinet, bindings: Sequence[Binding], work: Path, report: Report | None = None
) -> list[Document]:
    """Bind every volume below ``work``; the documents in the order of ``bindings``.

    Args:
        pool: the children to work in.
        cabinet: keeps volumes from one run to the next, where their binding says so.
        bindings: the largest first.
        work: the folder of the run.
        report: told how many volumes are done.

    Raises:
        RenderError: a volume cannot be bound, does not read back as it should, or its child died twice.
    """
    try:
        with storing():
            return _all_bound(pool, cabinet, bindings, work, report)
    finally:
        _clear(work)


def _all_bound(
    pool: BoundedPool, cabinet: Cabinet, bindings: Sequence[Binding], work: Path, report: Report | None
) -> list[Document]:
    for binding in bindings:
        (work / binding.volume.name).parent.mkdir(parents=True, exist_ok=True)
    documents: list[Document] = []
    # One thread more than children: while they bind the largest, what was bound before is looked through. And what is
    # bound goes to the disk meanwhile, since a run does not appear before all of it is there.
    with (
        ThreadPoolExecutor(1, thread_name_prefix="sync") as to_disk,
        ThreadPoolExecutor(bounds.PRESS_WORKERS + 1, thread_name_prefix="bind") as threads,
    ):

        def bind_one(binding: Binding) -> Document:
            document = _one(pool, cabinet, binding, work)
            to_disk.submit(sync, work / document.name)
            return document

        for document in threads.map(bind_one, bindings):
            documents.append(document)
            if report:
                report(len(documents), len(bindings))
    return documents


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
