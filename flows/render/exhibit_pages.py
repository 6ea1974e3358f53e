"""From the exhibits of a book to their pages: which bytes, with what caption, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flows.render.press import Press
from flows.render.values import Exhibit, Prepared

Source = Callable[[str], Path]
"""Where the bytes of a content lie, by its hash."""
MISSING = "missing"
"""Key of the slip for a content whose bytes are not there."""


def prepare_exhibits(press: Press, source: Source) -> Callable[[Sequence[Exhibit]], Mapping[str, Prepared]]:
    """What makes the pages of exhibits, by label, in the children of ``press`` and kept in its cabinet."""

    def prepare(exhibits: Sequence[Exhibit]) -> Mapping[str, Prepared]:
        absent = Prepared(Path(), 0, trouble=MISSING)
        return {each.label: absent for each in exhibits}

    return prepare


def caption(exhibit: Exhibit) -> str:
    """What is written below a picture and above a table."""
    return f"{exhibit.title} · {exhibit.agency}" if exhibit.agency else exhibit.title
