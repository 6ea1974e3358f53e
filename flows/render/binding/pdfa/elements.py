"""The tree of structure of a finished PDF, as reached from its root."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from flows.render.binding.pdfa.plain import Objects, name_of

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A tag of a language as RFC 3066 spells it."""


def words(text: str) -> frozenset[str]:
    """Names or operators written one behind the other."""
    return frozenset(text.split())


@dataclass
class Tree:
    """The structure as reached from its root."""

    elements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """With the reference of each; empty where it is no object of its own."""
    marks: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Numbers of marked content that hang in the tree, by the reference of their page."""
    owners: dict[tuple[str, int], str] = field(default_factory=dict)
    """The element to which each of them belongs, by page and number."""
    broken: list[str] = field(default_factory=list)
    """Elements met twice, or whose parent is another than the one that holds them."""


def grown(objects: Objects) -> Tree:
    """Follow the structure from its root down, in no particular order."""
    found = Tree()
    top = root_of(objects)
    waiting = [(kid, top, "") for kid in kids(objects, objects.at(top))]
    seen: set[str] = set()
    while waiting:
        named, parent, page = waiting.pop()
        reference = named if isinstance(named, str) else ""
        element = objects.at(named)
        if reference in seen or not element.get("/P") or element["/P"] != parent:
            found.broken.append(name_of(reference))
        seen.add(reference)
        found.elements.append((reference, element))
        own = element.get("/Pg", page)
        for kid in kids(objects, element):
            if isinstance(kid, int):
                _mark(found, reference, own, kid)
                continue
            below = objects.at(kid)
            kind = below.get("/Type")
            if kind == "/MCR":
                _mark(found, reference, below.get("/Pg", own), int(below["/MCID"]))
            elif kind != "/OBJR" and not (isinstance(kid, str) and kid in seen):
                waiting.append((kid, reference, own))
    return found


def root_of(objects: Objects) -> str:
    """Reference of the root of the structure; empty where there is none."""
    return str(objects.root.get("/StructTreeRoot", ""))


def kids(objects: Objects, holder: Any) -> list[Any]:  # noqa: ANN401 - a dictionary, or None
    """What hangs below an element, or below the root, as a list."""
    found = objects.at(holder.get("/K")) if isinstance(holder, dict) else None
    if found is None:
        return []
    return found if isinstance(found, list) else [holder["/K"]]


def _mark(found: Tree, reference: str, page: str, number: int) -> None:
    if not page:
        found.broken.append(name_of(reference))
        return
    found.marks[page].add(number)
    found.owners[page, number] = reference
