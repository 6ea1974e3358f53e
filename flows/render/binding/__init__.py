"""A volume becomes one PDF that is proven by reading it back: parts and evidence joined, stamped, linked, outlined.

pikepdf is imported when something is bound, not before.
"""

from __future__ import annotations

from pathlib import Path

from flows.model import Document
from flows.render.values import Volume


def bind(volume: Volume, out: Path) -> Document:
    """Write ``volume`` to ``out``; the same volume gives the same bytes.

    Raises:
        RenderError: a link leads nowhere, or something would be bound twice; the place is named.
    """
    from flows.render.binding.volume import bind_volume

    return bind_volume(volume, out)


def prove(path: Path, volume: Volume) -> None:
    """Read the file that :func:`bind` wrote back, and compare what its readers find with what ``volume`` promises.

    Page labels and printed page numbers; every link and bookmark and what the page it leads to shows; the numbers that
    contents and references print; every exhibit with all its pages in order, or its slip sheet, once; nothing active.

    Raises:
        RenderError: something is not as promised; the places are named.
    """
    from flows.render.binding.proof import prove_volume

    prove_volume(path, volume)
