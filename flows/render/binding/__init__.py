"""A volume becomes one PDF that is proven by reading it back: parts and evidence joined, stamped, linked, outlined.

pikepdf is imported when something is bound, not before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.model import Document
from flows.render.binding.recall import Recall
from flows.render.values import Volume


def bind(volume: Volume, out: Path, *, finish: Callable[[Any], None] | None = None) -> Document:
    """Write ``volume`` to ``out``; the same volume gives the same bytes.

    Args:
        volume: what is bound.
        out: file to write.
        finish: given the whole PDF, open, before it is written.

    Raises:
        RenderError: a link leads nowhere, or something would be bound twice; the place is named.
    """
    from flows.render.binding.volume import bind_volume

    return bind_volume(volume, out, finish)


def bind_proven(volume: Volume, out: Path, recall: Recall | None = None) -> Document:
    """Write ``volume`` to ``out`` as :func:`bind` does and read it back as :func:`prove` does; it is on the disk then.

    Hashing and writing to the disk go on beside the reading.

    Args:
        volume: what is bound.
        out: file to write.
        recall: what pages said that were made of the same bytes; nothing is known before where None.

    Raises:
        RenderError: as both.
    """
    from flows.render.binding.volume import bind_proven_volume

    return bind_proven_volume(volume, out, recall)


def prove(path: Path, volume: Volume, recall: Recall | None = None) -> None:
    """Read the file that :func:`bind` wrote back, and compare what its readers find with what ``volume`` promises.

    Page labels and printed page numbers; every link and bookmark and what the page it leads to shows; the numbers that
    contents and references print; every exhibit with all its pages in order, or its slip sheet, once; nothing active.

    Args:
        path: the file.
        volume: what it was bound from.
        recall: see :func:`bind_proven`.

    Raises:
        RenderError: something is not as promised; the places are named.
    """
    from flows.render.binding.proof import prove_volume

    prove_volume(path, volume, recall)
