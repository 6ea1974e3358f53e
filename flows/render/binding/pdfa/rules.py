"""What rules of conformance stand on: the finished file, every object of it in turn, and how a breach is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flows.render.binding.pdfa.content import Usage, usage_of
from flows.render.binding.pdfa.elements import Tree, grown


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a file breaks, and where."""

    key: str
    clause: str
    """Of ISO 19005-3."""
    where: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the standard demands, or a stricter one of ours where the standard would need more than we check."""

    key: str
    clause: str
    find: Callable[[Book], Iterator[str]]
    """Says every place that breaks it."""

    def breaches(self, book: Book) -> Iterator[Breach]:
        """Every breach in ``book``; what cannot be looked at is one."""
        import pikepdf

        try:
            for where in self.find(book):
                yield Breach(self.key, self.clause, where)
        except (pikepdf.PdfError, LookupError, ValueError, TypeError, AttributeError) as error:
            yield Breach(self.key, self.clause, type(error).__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A dictionary of the file, or that of a stream, with the object in which it lies."""

    number: int
    key: str
    """Name under which its holder has it; empty where it is an object of its own."""
    value: Any
    keys: frozenset[str]

    def says(self, key: str, *values: str) -> bool:
        """Whether it has ``key``, with one of ``values``."""
        return key in self.keys and str(self.value[key]) in values


class Book:
    """A finished PDF, opened for looking at; the data of embedded files is never read.

    Args:
        path: where it lies.
        pdf: the same, open.
    """

    def __init__(self, path: Path, pdf: Any) -> None:  # noqa: ANN401 - pikepdf is imported where it is used
        self.path = path
        self.pdf = pdf

    @property
    def root(self) -> Any:  # noqa: ANN401 - see above
        """The catalogue."""
        return self.pdf.Root

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every dictionary and stream but the elements of structure, however deep; those are in :attr:`tree`."""
        return tuple(item for number, each in self._objects() for item in _items(number, "", each))

    def _objects(self) -> Iterator[tuple[int, Any]]:
        for each in self.pdf.objects:
            if hasattr(each, "objgen") and not _is_element(each):
                yield each.objgen[0], each

    @cached_property
    def oddities(self) -> tuple[tuple[int, Any], ...]:
        """Names, strings and numbers of every object that may hold one beyond the limits, with its number."""
        return tuple(
            (each.objgen[0], value)
            for each in self.pdf.objects
            if hasattr(each, "objgen") and _is_odd(each)
            for value in _leaves(each)
        )

    @cached_property
    def embedded(self) -> tuple[Item, ...]:
        """File specifications that hold a file."""
        return tuple(item for item in self.items if "/EF" in item.keys)

    @cached_property
    def usage(self) -> Usage:
        """What the content of all pages shows and uses."""
        return usage_of(self.pdf)

    @cached_property
    def tree(self) -> Tree:
        """The structure."""
        return grown(self.pdf)


_LONG = 32_000
"""Shorter objects, as written, hold no string beyond the limit."""
_SUSPECT = re.compile(rb"\d{10}|/[^\s/()<>\[\]{}%]{100}")
"""A number or name that may be beyond the limits."""


def _is_element(value: Any) -> bool:  # noqa: ANN401 - any PDF object
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/StructElem"


def _is_odd(value: Any) -> bool:  # noqa: ANN401 - any PDF object
    import pikepdf

    written = (value.stream_dict if isinstance(value, pikepdf.Stream) else value).unparse(resolved=True)
    return len(written) > _LONG or _SUSPECT.search(written) is not None


def _items(number: int, key: str, value: Any) -> Iterator[Item]:  # noqa: ANN401 - any PDF object
    import pikepdf

    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        within: list[tuple[str, Any]] = list(value.items())
        yield Item(number, key, value, frozenset(name for name, _ in within))
    elif isinstance(value, pikepdf.Array):
        within = [(key, each) for each in value]
    else:
        return
    for name, each in within:
        if not getattr(each, "is_indirect", True):
            yield from _items(number, name, each)


def _leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any PDF object
    import pikepdf

    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield from value.keys()
        within = value.values()
    elif isinstance(value, pikepdf.Array):
        within = value
    else:
        yield value
        return
    for each in within:
        if not getattr(each, "is_indirect", False):
            yield from _leaves(each)


def place(value: Any) -> str:  # noqa: ANN401 - any PDF object
    """How an object is named in a message."""
    number, generation = value.objgen
    return f"{number} {generation} obj" if number else "obj"


def at(item: Item) -> str:
    """How the object of ``item`` is named in a message."""
    return f"{item.number} 0 obj"


LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A tag of a language as RFC 3066 spells it."""
