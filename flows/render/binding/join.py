"""All pages of a volume are joined without holding files open or the contents of evidence in memory."""

from __future__ import annotations

import pikepdf

from flows.render.binding.order import Order
from flows.render.values import Pages


def join(order: Order) -> pikepdf.Pdf:
    """All pages of a volume in their order, and whatever they hold; the catalogue is a new one."""
    # Files are opened again for each look at them: a volume has more of them than a process may hold open.
    # Nothing is taken from a page that it names and does not draw: what is bound is what was prepared.
    options = ["--empty", "--keep-files-open=n", "--remove-unreferenced-resources=no"]
    words = ["kla", *options, "--pages", *_ranges(order), "--", "-"]
    return pikepdf.Job(words).create_pdf()


def _ranges(order: Order) -> list[str]:
    words = []
    for run in order.runs:
        leaf = run.leaf
        if isinstance(leaf, Pages):
            words += [str(leaf.prepared.path), f"1-{run.count}"]
        else:
            words += [str(leaf.typeset.path), f"{leaf.first + 1}-{leaf.first + run.count}"]
    return words
