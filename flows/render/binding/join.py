"""Pages of evidence are joined to the report without holding their files open or their contents in memory."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from flows.render.binding.order import Order
from flows.render.values import Pages


def join(report: Path, order: Order) -> pikepdf.Pdf:
    """All pages of a volume in their order; catalogue and structure are those of ``report``."""
    if not any(order.exhibits):
        return pikepdf.open(report)
    # Files are opened again for each look at them: a volume has more of them than a process may hold open.
    # Nothing is taken from a page that it names and does not draw: what is bound is what was prepared.
    options = ["--keep-files-open=n", "--remove-unreferenced-resources=no"]
    words = ["kla", str(report), *options, "--pages", *_ranges(report, order), "--", "-"]
    return pikepdf.Job(words).create_pdf()


def _ranges(report: Path, order: Order) -> list[str]:
    words = []
    first = 1
    for run in order.runs:
        if isinstance(run.leaf, Pages):
            words += [str(run.leaf.prepared.path), f"1-{run.count}"]
        else:
            words += [str(report), f"{first}-{first + run.count - 1}"]
            first += run.count
    return words
