"""Records of a .json as tables: their keys are the headings, and what stands alone is a row of a key and its value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from flows import bounds

_LEAST_RECORDS = 2


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Records that stand in one list, or the values of one record."""

    title: str
    """The keys that lead there."""
    rows: list[list[str]]


def records_in(path: Path, encoding: str) -> tuple[RecordTable, ...]:
    """The tables in a .json; none where it is too long or no whole one.

    Args:
        path: Of the file.
        encoding: Of its text.
    """
    if path.stat().st_size > bounds.SCAN_PIECE_BYTES:
        return ()
    try:
        content = json.loads(path.read_bytes().decode(encoding), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return ()
    return tuple(_tables(content))


def _tables(content: object) -> Iterator[RecordTable]:
    waiting: list[tuple[str, object]] = [("", content)]
    while waiting:
        title, value = waiting.pop()
        if isinstance(value, Mapping):
            plain = [[_words(key), _cell(each)] for key, each in value.items() if not _is_deep(each)]
            if plain:
                yield RecordTable(title, plain)
            waiting += _deeper(title, value)
        elif isinstance(value, list):
            records = [each for each in value if isinstance(each, Mapping)]
            keys = list(dict.fromkeys(key for record in records for key in record))
            if len(records) >= _LEAST_RECORDS and len(records) * len(keys) <= bounds.SCAN_CELLS:
                yield RecordTable(title, _rows(records, keys))
                waiting += chain.from_iterable(_deeper(title, each) for each in records)
            else:
                waiting += [(title, each) for each in value if _is_deep(each)]


def _rows(records: Sequence[Mapping[str, object]], keys: Sequence[str]) -> list[list[str]]:
    return [[_words(key) for key in keys], *([_cell(record.get(key)) for key in keys] for record in records)]


def _deeper(title: str, record: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    return ((f"{title} {_words(key)}".strip(), each) for key, each in record.items() if _is_deep(each))


def _is_deep(value: object) -> bool:
    return isinstance(value, Mapping | list)


def _cell(value: object) -> str:
    return "" if value is None or _is_deep(value) else str(value)


def _words(key: str) -> str:
    return key.replace("_", " ")
