"""From the leaves of a volume to its one file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf

from flows.files import sync
from flows.model import Document
from flows.render.binding.front import write_front, write_labels
from flows.render.binding.join import join
from flows.render.binding.merge import merge
from flows.render.binding.order import lay_out
from flows.render.binding.outline import entries, write_outline
from flows.render.binding.proof import prove_volume
from flows.render.binding.recall import Recall
from flows.render.binding.seal import seal
from flows.render.binding.stamp import stamp
from flows.render.values import Volume

_BUFFER_BYTES = 1 << 20
"""qpdf writes 10 kB at a time; asking the system for each took a fifth of the time of saving 2 GB (measured)."""


def bind_volume(volume: Volume, out: Path, finish: Callable[[pikepdf.Pdf], None] | None = None) -> Document:
    """See :func:`flows.render.binding.bind`."""
    return Document(volume.name, _write(volume, out, finish), seal(out))


def bind_proven_volume(volume: Volume, out: Path, recall: Recall | None = None) -> Document:
    """See :func:`flows.render.binding.bind_proven`."""
    pages = _write(volume, out)
    with ThreadPoolExecutor(1, thread_name_prefix="seal") as beside:
        digest = beside.submit(_sealed_on_disk, out)
        prove_volume(out, volume, recall)  # the seal changes nothing that it looks at
        return Document(volume.name, pages, digest.result())


def _sealed_on_disk(out: Path) -> str:
    # A disk is slower than the sum: what is written goes there meanwhile, then the little that the seal has changed.
    with ThreadPoolExecutor(1, thread_name_prefix="sync") as beside:
        writing = beside.submit(sync, out)
        digest = seal(out)
        writing.result()
    sync(out)
    return digest


def _write(volume: Volume, out: Path, finish: Callable[[pikepdf.Pdf], None] | None = None) -> int:
    """Write a volume that is not sealed yet; its pages."""
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
        with out.open("wb", buffering=_BUFFER_BYTES) as file:
            pdf.save(file, min_version="1.7", static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return len(order.labels)
