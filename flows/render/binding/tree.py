"""One structure tree out of those of many parts; pages of evidence are added to it later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from flows.render.binding.order import Order
from flows.render.binding.parts import Source

_ENTRIES_OF_A_LEAF = 500
"""Entries of one node of a long tree of numbers or names."""
_MERGED = ("/RoleMap", "/ClassMap")


class Forest:
    """The structure of a report in the making: elements by the page they lie on, parents by their number."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._tops: dict[int, list[Object]] = {}
        self._parents: dict[int, Object] = {}
        self._names: dict[bytes, Object] = {}
        self._namespaces: dict[str, Object] = {}
        self._maps: dict[str, Dictionary] = {}

    def graft(self, source: Source) -> None:
        """Take over the structure of a part."""
        for number, top in source.tops():
            self._tops.setdefault(number, []).append(top)
        self._parents |= source.parents
        self._names |= source.cells()
        for space in source.root.get("/Namespaces", ()):
            self._namespaces.setdefault(str(space.NS), space)
        for key in _MERGED:
            for name, value in source.root.get(key, {}).items():
                self._maps.setdefault(key, Dictionary())[name] = value

    def plant(self, order: Order) -> None:
        """Write the one tree: a document of parts in the order of their pages."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self._pdf.make_indirect(element("Document", root))
        for space in self._namespaces.values():
            document.NS = space
            break
        document.K = Array(self._parts(document, order))
        root.K = Array([document])
        root.ParentTree = number_tree(self._pdf, self._parents)
        root.ParentTreeNextKey = max(self._parents, default=-1) + 1
        if self._names:
            root.IDTree = name_tree(self._pdf, self._names)
        if self._namespaces:
            root.Namespaces = Array(self._namespaces.values())
        for key, entries in self._maps.items():
            root[key] = entries
        self._pdf.Root.StructTreeRoot = root

    def _parts(self, document: Object, order: Order) -> Iterator[Object]:
        for run, leaf in order.sheets:
            part = self._pdf.make_indirect(element("Part", document, T=String(leaf.part.title)))
            tops = [top for page in run.pages for top in self._tops.get(page, ())]
            for top in tops:
                top.P = part
            part.K = Array(tops)
            yield part


def element(role: str, parent: Object, **more: Any) -> Dictionary:  # noqa: ANN401 - whatever a PDF can hold
    """A structure element."""
    return Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent, **more)


def number_tree(pdf: Pdf, values: Mapping[int, Object]) -> Object:
    """A tree of numbers, in nodes of bounded size."""
    return _tree(pdf, "/Nums", sorted(values.items()))


def name_tree(pdf: Pdf, values: Mapping[bytes, Object]) -> Object:
    """A tree of names, in nodes of bounded size."""
    return _tree(pdf, "/Names", [(String(name), value) for name, value in sorted(values.items())])


def extend_number_tree(pdf: Pdf, tree: Object, values: Mapping[int, Object]) -> None:
    """Add numbers that are all higher than those of ``tree``, which :func:`number_tree` made."""
    tree.Kids.extend(_nodes(pdf, "/Nums", sorted(values.items())))


def _tree(pdf: Pdf, key: str, pairs: Sequence[tuple[Any, Object]]) -> Object:
    return pdf.make_indirect(Dictionary(Kids=Array(_nodes(pdf, key, pairs))))


def _nodes(pdf: Pdf, key: str, pairs: Sequence[tuple[Any, Object]]) -> Iterator[Object]:
    for start in range(0, len(pairs), _ENTRIES_OF_A_LEAF):
        some = pairs[start : start + _ENTRIES_OF_A_LEAF]
        flat = Array(each for pair in some for each in pair)
        yield pdf.make_indirect(Dictionary({key: flat, "/Limits": Array([some[0][0], some[-1][0]])}))
