"""The tree of structure of a finished PDF, as reached from its root."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


def words(text: str) -> frozenset[str]:
    """Names or operators written one behind the other."""
    return frozenset(text.split())


@dataclass
class Tree:
    """The structure as reached from its root."""

    elements: list[Any] = field(default_factory=list)
    marks: dict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    """Numbers of marked content that hang in the tree, by the object of their page."""
    owners: dict[tuple[tuple[int, int], int], tuple[int, int]] = field(default_factory=dict)
    """The element to which each of them belongs, by page and number."""
    broken: list[str] = field(default_factory=list)
    """Elements met twice, or whose parent is another than the one that holds them."""


def grown(pdf: Any) -> Tree:  # noqa: ANN401 - pikepdf is imported where it is used
    """Follow the structure of ``pdf`` from its root down, in no particular order."""
    found = Tree()
    root = pdf.Root.get("/StructTreeRoot")
    waiting = [(kid, root, None) for kid in kids(root)] if root is not None else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        element, parent, page = waiting.pop()
        _hang(found, element, parent, seen)
        own = element.get("/Pg", page)
        for kid in kids(element):
            if isinstance(kid, int):
                _mark(found, element, own, kid)
            elif kid.get("/Type") == "/MCR":
                _mark(found, element, kid.get("/Pg", own), int(kid.MCID))
            elif kid.get("/Type") != "/OBJR" and kid.objgen not in seen:
                waiting.append((kid, element, own))
    return found


def kids(holder: Any) -> list[Any]:  # noqa: ANN401 - a dictionary
    """What hangs below an element, or below the root, as a list."""
    import pikepdf

    kids = holder.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _hang(found: Tree, element: Any, parent: Any, seen: set[tuple[int, int]]) -> None:  # noqa: ANN401 - dictionaries
    if element.objgen in seen or element.get("/P") is None or element.P.objgen != parent.objgen:
        found.broken.append(f"{element.objgen[0]} {element.objgen[1]} obj")
    seen.add(element.objgen)
    found.elements.append(element)


def _mark(found: Tree, element: Any, page: Any, number: int) -> None:  # noqa: ANN401 - dictionaries
    if page is None:
        found.broken.append(f"{element.objgen[0]} {element.objgen[1]} obj")
        return
    found.marks[page.objgen].add(number)
    found.owners[page.objgen, number] = element.objgen
