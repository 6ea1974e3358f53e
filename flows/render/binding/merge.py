"""All typeset parts of a volume become one PDF with one structure tree; links name pages by number as yet."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pikepdf

from flows.render.binding.links import retarget
from flows.render.binding.order import Order
from flows.render.binding.parts import free_furniture, is_ready, name_apart, open_parts, shift
from flows.render.binding.tree import Forest
from flows.render.values import Volume


def merge(volume: Volume, order: Order, out: Path) -> None:
    """Write the typeset pages of ``volume``, in their order, to ``out``.

    Raises:
        RenderError: a link leads nowhere.
    """
    with ExitStack() as stack:
        report = stack.enter_context(pikepdf.new())
        sources = {source.key: source for source in open_parts(order, stack)}
        offset = 0
        for source in sources.values():
            retarget(source, order, volume)
            if not is_ready(source):
                free_furniture(source)
                name_apart(source)
            offset = shift(source, offset)
        for run, leaf in order.sheets:
            pages = sources[leaf.part.key].pdf.pages
            for number in range(leaf.first, leaf.first + run.count):
                report.pages.append(pages[number])
        forest = Forest(report)
        for source in sources.values():
            forest.graft(source)
        forest.plant(order)
        report.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
