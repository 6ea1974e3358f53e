"""From the leaves of a volume to its one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf

from flows.model import Document
from flows.render.binding.front import write_front, write_labels
from flows.render.binding.join import join
from flows.render.binding.merge import merge
from flows.render.binding.order import lay_out
from flows.render.binding.outline import entries, write_outline
from flows.render.binding.seal import seal
from flows.render.binding.stamp import stamp
from flows.render.values import Volume


def bind_volume(volume: Volume, out: Path, finish: Callable[[pikepdf.Pdf], None] | None = None) -> Document:
    """See :func:`flows.render.binding.bind`."""
    order = lay_out(volume)
    out.parent.mkdir(parents=True, exist_ok=True)
    with join(order) as pdf:
        pages = [page.obj for page in pdf.pages]
        merge(pdf, volume, order, pages)
        stamp(pdf, volume, order, pages)
        write_outline(pdf, entries(order), pages)
        write_labels(pdf, order)
        write_front(pdf, volume)
        if finish:
            finish(pdf)
        pdf.save(out, min_version="1.7", static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Document(volume.name, len(order.labels), seal(out))
