"""Regular expressions that every Python from 3.11 on matches alike."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]  # what an expression is made of; nothing public tells
from typing import Any

import pytest

import flows
from flows.gather.scan_shown import _UNSTORED

_ONE_SIGN = {"ANY", "CATEGORY", "IN", "LITERAL", "NOT_LITERAL", "RANGE"}


def parts_of(parsed: object) -> Iterator[tuple[str, Any]]:
    """Every part of a parsed expression, with those within it."""
    if isinstance(parsed, _parser.SubPattern):
        for name, inner in parsed:
            yield str(name), inner
            yield from parts_of(inner)
    elif isinstance(parsed, (tuple, list)):
        for each in parsed:
            yield from parts_of(each)


def keeps_a_group(pattern: re.Pattern[Any]) -> bool:
    """Whether something longer than one sign is repeated and never given back: ``(?:ab|c)*+`` and ``(?>…)``."""
    for name, inner in parts_of(_parser.parse(pattern.pattern, pattern.flags)):
        if name == "ATOMIC_GROUP":
            return True
        if name == "POSSESSIVE_REPEAT" and next(str(kind) for kind, _ in inner[2]) not in _ONE_SIGN:
            return True
    return False


def patterns_of(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from patterns_of(each)
    elif isinstance(value, dict):
        yield from patterns_of(list(value.values()))


def test_no_expression_keeps_what_a_group_has_matched() -> None:
    """Python 3.11.0 to 3.11.4, which Debian 12 has, mismatch such groups: pages and names would be passed over.

    CPython issue 106052.
    """
    names = [each.name for each in pkgutil.walk_packages(flows.__path__, "flows.") if "__main__" not in each.name]
    found = [(name, one) for name in names for one in patterns_of(list(vars(importlib.import_module(name)).values()))]

    assert len(found) > 300
    assert sorted({name for name, one in found if keeps_a_group(one)}) == []


@pytest.mark.parametrize(("pattern", "keeps"), [("(?:ab|c)*+", True), ("(?>ab)c", True), ("[ab]*+c.++", False)])
def test_such_a_group_is_recognised(pattern: str, *, keeps: bool) -> None:
    assert keeps_a_group(re.compile(pattern)) is keeps


@pytest.mark.parametrize("value", [b"", b"<v/>", b"<v></v>", b" <x:v /> "])
def test_a_formula_without_its_value_is_seen_however_it_is_left_out(value: bytes) -> None:
    """Where nothing at all stands for the value, Python 3.11.2 passed over it when the expression kept a group."""
    assert _UNSTORED.search(b"<c r='A1'><f>B1</f>" + value + b"</c>")
    assert not _UNSTORED.search(b"<c r='A1'><f>B1</f><v>7</v></c>")
