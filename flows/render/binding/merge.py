"""The parts of a joined volume become one report: one structure tree, and links that lead to its pages."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Object, Pdf

from flows.render.binding.links import retarget
from flows.render.binding.order import Order
from flows.render.binding.parts import parts_of
from flows.render.binding.tree import Forest
from flows.render.values import Volume


def merge(pdf: Pdf, volume: Volume, order: Order, pages: Sequence[Object]) -> None:
    """Make one structure of those that the typeset pages of ``pdf`` bring along.

    Raises:
        RenderError: a link leads nowhere.
    """
    forest = Forest(pdf)
    offset = 0
    for source in parts_of(pdf, order, pages):
        retarget(source, order, volume, pages)
        offset = source.shift(offset)
        forest.graft(source)
    forest.plant(order)
