"""From the exhibits of a book to their pages: which bytes, with what caption, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flows.bounded import BoundedPool
from flows.cabinet import Cabinet
from flows.render.press import storing
from flows.render.values import Exhibit, Prepared

Source = Callable[[str], Path]
"""Where the bytes of a content lie, by its hash."""
Prepare = Callable[[Sequence[Exhibit]], Mapping[str, Prepared]]
"""Makes the pages of exhibits, by label; for those that cannot be made ``trouble`` says why."""
MISSING = "missing"
"""Key of the slip for a content whose bytes are not there."""


def preparer(cabinet: Cabinet, pool: BoundedPool, source: Source, paper: str) -> Prepare:
    """What makes the pages of exhibits in the children of ``pool``, bounded for evidence, and keeps them.

    Args:
        cabinet: where they are kept.
        pool: bounded for evidence.
        source: where bytes lie.
        paper: of the book, for what has no pages of its own.

    What it returns raises:
        RenderError: the disk is full, or the cabinet or the vault cannot be used.
    """

    def prepare(exhibits: Sequence[Exhibit]) -> Mapping[str, Prepared]:
        from flows.render.annex import Job, prepare_all

        jobs = {
            each.label: Job(path, each.sha256, each.media, caption(each), Path(), paper)
            for each in exhibits
            if (path := source(each.sha256)).is_file()
        }
        with storing():
            made = prepare_all(jobs.values(), cabinet, pool)
        absent = Prepared(Path(), 0, trouble=MISSING)
        return {each.label: made[jobs[each.label].key] if each.label in jobs else absent for each in exhibits}

    return prepare


def caption(exhibit: Exhibit) -> str:
    """What is written below a picture and above a table."""
    return f"{exhibit.title} · {exhibit.agency}" if exhibit.agency else exhibit.title
