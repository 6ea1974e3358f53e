"""Answers of inspection and what was read from forms, by content: a moved or renamed file is known at once."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from flows.gather.filled import Filled
from flows.gather.inspect import Inspection
from flows.gather.recognise import Recognised
from flows.model import Condition, Media
from flows.store import Store

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_NAMESPACE = "inspection"
_FORMS = "forms"


def recall(store: Store, keys: Sequence[str]) -> dict[str, Inspection]:
    """The remembered answers among ``keys``."""
    decoded = {key: _decode(text) for key, text in store.get_many(_NAMESPACE, keys).items()}
    return {key: inspection for key, inspection in decoded.items() if inspection is not None}


def remember(store: Store, inspections: Mapping[str, Inspection]) -> None:
    """Keep answers by key."""
    store.put_many(_NAMESPACE, {key: _encode(inspection) for key, inspection in inspections.items()})


def _encode(inspection: Inspection) -> str:
    recognised = inspection.recognised
    return json.dumps(
        {
            "condition": inspection.condition,
            "media": inspection.media,
            "detail": inspection.detail,
            "pages": inspection.pages,
            "has_text": inspection.has_text,
            "has_signature": inspection.has_signature,
            "kinds": recognised.kinds,
            "years": recognised.years,
            "keywords": recognised.keywords,
            "title": recognised.title,
        },
        ensure_ascii=False,
    )


def _decode(text: str) -> Inspection | None:
    """The answer in a row of the cache; None where the row makes no sense."""
    try:
        return _inspection(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _inspection(row: Mapping[str, object]) -> Inspection:
    pages, years = row["pages"], _texts(row["years"])
    return Inspection(
        condition=Condition(str(row["condition"])),
        media=Media(str(row["media"])),
        detail=str(row["detail"]),
        pages=None if pages is None else int(str(pages)),
        has_text=row["has_text"] is True,
        has_signature=row["has_signature"] is True,
        recognised=Recognised(
            kinds=_texts(row["kinds"]),
            years=tuple(int(year) for year in years),
            keywords=_texts(row["keywords"]),
            title=str(row["title"]),
        ),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(str(item) for item in value)


def recall_filled(store: Store, keys: Sequence[str]) -> dict[str, Filled]:
    """What was read from workbooks, among ``keys``; rows that make no sense are absent."""
    rows = store.get_many(_FORMS, keys)
    found: dict[str, Filled] = {}
    for key, text in rows.items():
        with contextlib.suppress(ValueError):  # pydantic's ValidationError is one
            found[key] = _adapter().validate_json(text)
    return found


def remember_filled(store: Store, filled: Mapping[str, Filled]) -> None:
    """Keep what was read from workbooks, by key."""
    rows: dict[str, str] = {}
    for key, one in filled.items():
        with contextlib.suppress(ValueError):  # half a surrogate pair, which JSON cannot hold
            rows[key] = _adapter().dump_json(one).decode()
    store.put_many(_FORMS, rows)


@cache
def _adapter() -> TypeAdapter[Filled]:
    """JSON of :class:`Filled` and back, checked; made once a form is there, because pydantic takes 0.2 s to import."""
    from pydantic import TypeAdapter

    return TypeAdapter(Filled)
