"""What rules of conformance stand on: the finished file, every object of it in turn, and how a breach is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flows.render.binding.pdfa.content import Usage, usage_of
from flows.render.binding.pdfa.elements import Tree, grown
from flows.render.binding.pdfa.plain import Objects, name_of
from flows.render.binding.recall import Recall

_SPACES = frozenset({"/ColorSpace", "/CS"})


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

    reference: str
    """Of that object."""
    key: str
    """Name under which its holder has it; empty where it is an object of its own."""
    value: dict[str, Any]
    objects: Objects

    @property
    def keys(self) -> KeysView[str]:
        """Names of its entries."""
        return self.value.keys()

    @property
    def is_stream(self) -> bool:
        """Whether data belong to it."""
        return not self.key and self.reference in self.objects.streams

    def get(self, key: str) -> Any:  # noqa: ANN401 - any value
        """An entry, or what it refers to; None where there is none."""
        return self.objects.at(self.value.get(key))

    def says(self, key: str, *values: str) -> bool:
        """Whether it has ``key``, with one of ``values``."""
        return key in self.value and self.get(key) in values


class Book:
    """A finished PDF, opened for looking at; the data of embedded files is never read.

    Args:
        path: where it lies.
        pdf: the same, open.
        recall: what streams of the same bytes do by themselves; nothing is known before where None.
    """

    def __init__(self, path: Path, pdf: Any, recall: Recall | None = None) -> None:  # noqa: ANN401 - pikepdf is imported where it is used
        self.path = path
        self.pdf = pdf
        self._recall = recall or Recall()

    @property
    def root(self) -> Any:  # noqa: ANN401 - see above
        """The catalogue."""
        return self.pdf.Root

    @cached_property
    def objects(self) -> Objects:
        """Every object as a plain value."""
        return Objects(self.pdf)

    @property
    def pages(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every page with its number, from 1."""
        return ((number, self.objects.values[each]) for number, each in enumerate(self.objects.pages, start=1))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every dictionary and stream but the elements of structure, however deep; those are in :attr:`tree`."""
        return tuple(
            item
            for reference, value in self.objects.values.items()
            if not (isinstance(value, dict) and value.get("/Type") == "/StructElem")
            for item in self._items(reference, "", value)
        )

    def _items(self, reference: str, key: str, value: Any) -> Iterator[Item]:  # noqa: ANN401 - any value
        if isinstance(value, dict):
            yield Item(reference, key, value, self.objects)
            for name, each in value.items():
                if isinstance(each, dict | list):
                    yield from self._items(reference, name, each)
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, dict | list):
                    yield from self._items(reference, key, each)

    @cached_property
    def embedded(self) -> tuple[Item, ...]:
        """File specifications that hold a file."""
        return tuple(item for item in self.items if "/EF" in item.keys)

    @cached_property
    def coloured(self) -> tuple[Item, ...]:
        """Whatever names spaces of colours, under ``/ColorSpace`` or ``/CS``."""
        return tuple(item for item in self.items if not _SPACES.isdisjoint(item.keys))

    @cached_property
    def usage(self) -> Usage:
        """What the content of all pages shows and uses."""
        return usage_of(self.pdf, self.objects, self._recall)

    @cached_property
    def tree(self) -> Tree:
        """The structure."""
        return grown(self.objects)


def at(item: Item) -> str:
    """How the object of ``item`` is named in a message."""
    return name_of(item.reference)
