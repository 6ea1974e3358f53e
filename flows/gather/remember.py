"""Answers of inspection and what was read from forms, by content: a moved or renamed file is known at once."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from flows.gather.filled import Filled
from flows.gather.inspect import Inspection
from flows.gather.unzip import Unpacked
from flows.store import Store

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

_NAMESPACE = "inspection"
_FORMS = "forms"


def recall(store: Store, keys: Sequence[str]) -> dict[str, Inspection]:
    """The remembered answers among ``keys``; rows that make no sense are absent."""
    return _decoded(store.get_many(_NAMESPACE, keys), _inspections())


def remember(store: Store, inspections: Mapping[str, Inspection]) -> None:
    """Keep answers by key."""
    store.put_many(_NAMESPACE, _encoded(inspections, _inspections()))


def recall_filled(store: Store, keys: Sequence[str]) -> dict[str, Filled]:
    """What was read from workbooks, among ``keys``; rows that make no sense are absent."""
    return _decoded(store.get_many(_FORMS, keys), _filled()) if keys else {}


def remember_filled(store: Store, filled: Mapping[str, Filled]) -> None:
    """Keep what was read from workbooks, by key."""
    store.put_many(_FORMS, _encoded(filled, _filled()) if filled else {})


def unpacked_as_text(unpacked: Unpacked) -> str:
    """What became of an archive, to be kept beside its files."""
    return _unpacked().dump_json(unpacked).decode()


def unpacked_from_text(text: str) -> Unpacked | None:
    """What :func:`unpacked_as_text` wrote; None where ``text`` makes no sense."""
    return _decoded({"": text}, _unpacked()).get("")


def _decoded(rows: Mapping[str, str], adapter: TypeAdapter[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for key, text in rows.items():
        with contextlib.suppress(ValueError):  # pydantic's ValidationError is one
            found[key] = adapter.validate_json(text)
    return found


def _encoded(values: Mapping[str, T], adapter: TypeAdapter[T]) -> dict[str, str]:
    rows: dict[str, str] = {}
    for key, value in values.items():
        with contextlib.suppress(ValueError):  # half a surrogate pair, which JSON cannot hold
            rows[key] = adapter.dump_json(value).decode()
    return rows


# Made where they are needed: pydantic takes 0.2 s to import.


@cache
def _inspections() -> TypeAdapter[Inspection]:
    from pydantic import TypeAdapter

    return TypeAdapter(Inspection)


@cache
def _filled() -> TypeAdapter[Filled]:
    from pydantic import TypeAdapter

    return TypeAdapter(Filled)


@cache
def _unpacked() -> TypeAdapter[Unpacked]:
    from pydantic import TypeAdapter

    return TypeAdapter(Unpacked)
