"""Searches for the cells of an .xlsx sheet in its bytes, whatever prefix its elements carry."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from flows import bounds
from flows.forms.grid_sheet import Box, Spot

MAX_MERGED = bounds.SHEET_MERGED
_PREFIX_BYTES = 100_000
ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_RANGE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})")
_PREFIX = re.compile(rb"<(\w+:|)sheetData")


class Patterns(NamedTuple):
    """Searches for one namespace prefix."""

    formula: re.Pattern[bytes]
    """A cell with a formula: its attributes, the mark of a value, the value."""
    error: re.Pattern[bytes]
    merge: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    """Opening of a cell that holds anything."""
    opening: re.Pattern[bytes]
    """Opening of any row or cell."""
    cell_end: bytes


@lru_cache(maxsize=8)
def patterns_of(prefix: bytes) -> Patterns:
    """Searches for the cells of a sheet whose elements carry ``prefix``, mostly "", seldom "x:"."""
    p = re.escape(prefix)
    value = rb"(<" + p + rb"v)(?:\s[^>]*)?(?:/>|>([^<]*)<)"
    formula = rb"<" + p + rb"c(\s[^>]*)>\s*<" + p + rb"f(?:\s[^>]*)?(?:/>|>[^<]*</" + p + rb"f>)\s*(?:" + value + rb")?"
    return Patterns(
        formula=re.compile(formula),
        error=re.compile(rb"<" + p + rb"""c(\s[^>]*?\bt=["']e["'][^>]*)>.*?<""" + p + rb"v[^>]*>([^<]*)<", re.DOTALL),
        merge=re.compile(rb"<" + p + rb"""mergeCell\s[^>]*?ref=["']([^"']*)["']"""),
        filled=re.compile(rb"<" + p + rb"c(\s[^>]*[^/>]|)>(?!</" + p + rb"c>)"),
        opening=re.compile(rb"<" + p + rb"(row|c)(\s[^>]*|/|)>"),
        cell_end=b"</" + prefix + b"c>",
    )


def first_cell(source: bytes, patterns: Patterns) -> re.Match[bytes] | None:
    """Opening of the first cell in ``source``, filled or not."""
    return next((found for found in patterns.opening.finditer(source) if found[1] == b"c"), None)


def merged_in(patterns: Patterns, source: bytes) -> list[Box]:
    """Merged ranges in ``source``; a hostile number of them is cut off."""
    boxes: list[Box] = []
    if b"mergeCell" not in source:
        return boxes
    for text in patterns.merge.findall(source)[:MAX_MERGED]:
        found = _RANGE.fullmatch(text)
        if found:
            ends = (_address(found[1], found[2]), _address(found[3], found[4]))
            (top, left), (bottom, right) = ends
            boxes.append((min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
    return boxes


def spot_of(attributes: bytes) -> Spot | None:
    """Place that the attributes of a cell name; None where they name none."""
    found = ADDRESS.search(attributes)
    return _address(found[1], found[2]) if found else None


def _address(letters: bytes, digits: bytes) -> Spot:
    """Row and column from 0 of letters and digits."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return int(digits) - 1, column - 1


def prefix_of(source: bytes) -> bytes:
    """Namespace prefix of a sheet's elements, with its colon; empty where there is none."""
    found = _PREFIX.search(source, 0, _PREFIX_BYTES)
    return found[1] if found else b""
