"""The objects of a PDF as plain values: asking a library for each of a million of them takes too long.

Names are written ``/Name``, or ``n:/Name`` where they are no UTF-8, strings ``u:text`` or ``b:hexadecimal``, references
``12 0 R``; a stream is its dictionary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

_LONG = 32_000
"""Shorter objects, as written, hold no string beyond the limit."""
_LONG_NAME = re.compile(rb'"(?:n:)?/[^"]{100}')
_ALL_NOUGHTS, _LONG_NUMBER = bytes.maketrans(b"123456789", b"0" * 9), b"0" * 10
"""By which a number that may be beyond the limits is found three times faster than by an expression (measured)."""


class Objects:
    """Every object of an open PDF.

    Args:
        pdf: as pikepdf has it open.
    """

    def __init__(self, pdf: Any) -> None:  # noqa: ANN401 - pikepdf is imported where it is used
        import pikepdf

        self._pdf = pdf
        self.pages: tuple[str, ...] = tuple(_reference(page.obj) for page in pdf.pages)
        """References of all pages."""
        self.numbers: list[Any] = []
        """Numbers that are objects of their own; nobody says which."""
        references, texts, streams = [], [], set()
        for each in pdf.objects:
            if not isinstance(each, pikepdf.Object):
                self.numbers.append(each)
                continue
            references.append(_reference(each))
            texts.append(each.to_json(dereference=True))
            if isinstance(each, pikepdf.Stream):
                streams.add(references[-1])
        self._texts = dict(zip(references, texts, strict=True))
        self.streams = frozenset(streams)
        """References of streams."""
        self.values: dict[str, Any] = dict(zip(references, json.loads(b"[%b]" % b",".join(texts)), strict=True))
        """Every object by its reference."""
        self.root: dict[str, Any] = self.values[_reference(pdf.Root)]
        """The catalogue."""

    def at(self, value: Any) -> Any:  # noqa: ANN401 - any value
        """``value``, or what it refers to."""
        if not isinstance(value, str) or not value.endswith(" R") or value.startswith(("/", "u:")):
            return value
        return self.values[value] if value in self.values else self._number(value)

    def _number(self, reference: str) -> Any:  # noqa: ANN401 - a number, or None
        found = self._pdf.get_object(*map(int, reference.split()[:2]))
        return found if isinstance(found, int | Decimal) else None

    def data(self, reference: str) -> bytes:
        """The data of a stream as it reads."""
        return bytes(self._pdf.get_object(*map(int, reference.split()[:2])).read_bytes())

    def odd(self) -> Iterator[tuple[str, Any]]:
        """Names, strings and numbers of every object that may hold one beyond the limits, with its reference."""
        yield from (("", number) for number in self.numbers)
        for reference, text in self._texts.items():
            is_suspect = _LONG_NUMBER in text.translate(_ALL_NOUGHTS) or _LONG_NAME.search(text)
            if is_suspect or len(text) > _LONG:
                yield from ((reference, leaf) for leaf in _leaves(json.loads(text, parse_float=Decimal)))


def _leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any value
    if isinstance(value, dict):
        yield from value
        value = value.values()
    elif not isinstance(value, list):
        yield value
        return
    for each in value:
        yield from _leaves(each)


def _reference(value: Any) -> str:  # noqa: ANN401 - an object of pikepdf
    number, generation = value.objgen
    return f"{number} {generation} R"


def name_of(reference: str) -> str:
    """How an object is named in a message."""
    return f"{reference.removesuffix('R')}obj"


def is_text(name: str) -> bool:
    """Whether a name is UTF-8; one that is not is told apart."""
    return not name.startswith("n:")


def text_of(value: object) -> str:
    """What a string or name says; empty for anything else."""
    if not isinstance(value, str):
        return ""
    if value.startswith("b:"):
        return bytes.fromhex(value[2:]).decode("latin-1")
    return value.removeprefix("u:")


def bytes_of(value: object) -> bytes:
    """The bytes of a string; none for anything else."""
    import pikepdf

    if not isinstance(value, str) or value[:2] not in ("b:", "u:"):
        return b""
    return bytes.fromhex(value[2:]) if value.startswith("b:") else bytes(pikepdf.String(value[2:]))
