"""How long and how large what is written in a PDF may be, in objects and in the content of pages (6.1.13)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flows.render.binding.pdfa.plain import bytes_of

LONGEST_STRING = 32_767
"""Bytes."""
LONGEST_NAME = 127
"""Bytes, without the slash."""
LARGEST_INTEGER = 2_147_483_647
LARGEST_REAL = Decimal("3.403e38")
SMALLEST_REAL = Decimal("1.175e-38")
"""Nearest to zero that is not zero."""


def beyond(value: object) -> str:
    """What a string, name or number is that is beyond its limit; empty for anything else.

    Args:
        value: a plain value, as :class:`flows.render.binding.pdfa.plain.Objects` holds them.
    """
    if isinstance(value, str):
        if value.startswith(("u:", "b:")):
            return "string" if len(bytes_of(value)) > LONGEST_STRING else ""
        return "name" if len(value.removeprefix("n:").encode()) - 1 > LONGEST_NAME else ""
    if isinstance(value, int):
        return "integer" if not -LARGEST_INTEGER - 1 <= value <= LARGEST_INTEGER else ""
    if isinstance(value, Decimal):
        return "real" if value and not SMALLEST_REAL <= abs(value) <= LARGEST_REAL else ""
    return ""


def beyond_in(operand: Any) -> Iterator[str]:  # noqa: ANN401 - an operand of pikepdf
    """The same of an operand of a content stream, and of all that lies in it."""
    import pikepdf

    if isinstance(operand, pikepdf.Array):
        for each in operand:
            yield from beyond_in(each)
    elif isinstance(operand, pikepdf.Dictionary):
        for name, each in operand.items():
            yield from filter(None, [beyond(name)])
            yield from beyond_in(each)
    elif isinstance(operand, pikepdf.String):
        yield from ["string"] if len(bytes(operand)) > LONGEST_STRING else []
    elif operand is None:  # how the library gives an integer that no machine word holds
        yield "integer"
    else:
        yield from filter(None, [beyond(str(operand) if isinstance(operand, pikepdf.Name) else operand)])
