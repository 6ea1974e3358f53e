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
