"""Binding in child processes: several volumes at the same time, each read back before it counts as made."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import bounds
from flows.bounded import BoundedPool, Failure
from flows.errors import RenderError
from flows.model import Document
from flows.render.press import Fault, Sentence, without_collecting
from flows.render.values import UNFINISHED, Original, Sheets, Volume

Report = Callable[[int, int], None]
"""Told how many volumes are done, of how many."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A volume to be bound; with ``lists`` it is the archive edition, with the originals instead of their pages."""

    volume: Volume
    originals: tuple[Original, ...] = ()
    lists: tuple[Sheets, ...] = ()
    """The list of originals, typeset, a part per annex."""


def bind_all(
    pool: BoundedPool, bindings: Sequence[Binding], work: Path, report: Report | None = None
) -> list[Document]:
    """Bind every volume below ``work``; the documents in the order of ``bindings``, an archive may be several.

    Raises:
        RenderError: a volume cannot be bound, does not read back as it should, or its child died twice.
    """
    jobs = [(binding, work) for binding in bindings]
    for binding in bindings:
        (work / binding.volume.name).parent.mkdir(parents=True, exist_ok=True)
    documents: list[Document] = []
    for done, result in enumerate(pool.run(_make, jobs, seconds=bounds.BINDING_SECONDS), start=1):
        made = result.value if result.failure is None else _once_more(pool, result.item)
        if isinstance(made, Fault):
            made.blame()
        elif isinstance(made, Sentence):
            raise RenderError(made.message, made.repair)
        else:
            documents.extend(made or ())
        if report:
            report(done, len(jobs))
    _clear(work)
    return documents


def _clear(work: Path) -> None:
    """Remove what a child that died was working on: nothing half made is published."""
    for folder in work.rglob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _once_more(pool: BoundedPool, job: tuple[Binding, Path]) -> tuple[Document, ...] | Sentence | Fault | None:
    """A child may have been killed by something else; a volume that fails twice is named."""
    (again,) = pool.run(_make, [job], seconds=bounds.BINDING_SECONDS)
    if again.failure is None:
        return again.value
    reason = "melampaui batas waktu" if again.failure is Failure.TIMEOUT else "prosesnya berhenti mendadak"
    raise RenderError(
        f"Naskah {job[0].volume.name} tidak dapat dijilid: {reason}, dua kali.",
        "Periksa sisa ruang dan ingatan komputer, lalu ulangi; bagian yang sudah jadi tidak dicetak ulang.",
    )


def _make(job: tuple[Binding, Path]) -> tuple[Document, ...] | Sentence | Fault:
    """Runs in a child."""
    binding, work = job
    try:
        with without_collecting():
            return _enclosed(binding, work) if binding.lists else _bound(binding.volume, work)
    except RenderError as error:
        return Sentence(error.message, error.repair)
    except Exception:  # noqa: BLE001  # a child tells its parent, who alone can write it down
        return Fault(traceback.format_exc())


def _bound(volume: Volume, work: Path) -> tuple[Document, ...]:
    from flows.render.binding import bind, prove

    document = bind(volume, work / volume.name)
    prove(work / volume.name, volume)
    return (document,)


def _enclosed(binding: Binding, work: Path) -> tuple[Document, ...]:
    from flows.render.binding.archive import archive

    if not binding.lists:
        raise AssertionError("an archive has a list of its originals")
    return archive(binding.volume, binding.originals, work, lists=binding.lists)
