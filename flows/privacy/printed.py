"""The second net: whatever leaves the program is masked once more, though no full number should have come so far.

One function masks (:func:`flows.privacy.masking.mask_numbers`); here it is carried to the shapes in which things leave:
values of a record, errors with their causes, and what libraries write to a log.
"""

from __future__ import annotations

import contextlib
import logging
import re
import traceback
from collections.abc import Mapping
from typing import Any

from flows.privacy.masking import mask_numbers, mask_path

_HASH = re.compile(r"[0-9a-f]{32,64}")
"""A digest, which must come through as it is even where many of its characters happen to be digits."""
_TEXT_ATTRIBUTES = ("message", "repair", "filename", "filename2", "strerror")
"""Where errors of Python itself and of ours keep texts besides their arguments; others keep them in what they hold."""
_PATHS = frozenset({"filename", "filename2"})
"""Those of them that are paths."""


def masked(value: Any) -> Any:  # noqa: ANN401 - any value a record is made of
    """``value`` (text, numbers, lists and mappings of them) with every text in it masked."""
    if isinstance(value, str):
        return value if _HASH.fullmatch(value) else mask_numbers(value)
    if isinstance(value, Mapping):
        return {masked(key): masked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    return value


def mask_error(error: BaseException) -> None:
    """Mask the texts of ``error`` and of everything it was raised from, in place: its type and way up stay."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.args = tuple(mask_numbers(each) if isinstance(each, str) else each for each in one.args)
        for name in dict.fromkeys((*_TEXT_ATTRIBUTES, *vars(one))):
            _mask_attribute(one, name)
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def _mask_attribute(error: BaseException, name: str) -> None:
    """Mask one text of ``error``; what it only derives from another text (``message`` in Jinja) cannot be set."""
    # Masking must never stand in the way of the error that it is about, whatever its class does with its attributes.
    with contextlib.suppress(Exception):
        held = getattr(error, name, None)
        if isinstance(held, str):
            setattr(error, name, mask_path(held) if name in _PATHS else mask_numbers(held))
        elif isinstance(held, list):  # notes, templates that were looked for
            held[:] = [mask_numbers(each) if isinstance(each, str) else each for each in held]


def masked_traceback() -> str:
    """The traceback of the exception being handled, masked."""
    return mask_numbers(traceback.format_exc())


class MaskingFilter(logging.Filter):
    """Masks what libraries log: message, arguments and tracebacks. Named in ``templates/prefect/logging.yml``."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask ``record`` in place and let it through."""
        try:
            said = record.getMessage()
        except (TypeError, ValueError):  # arguments that do not fit are the logger's own trouble
            said = str(record.msg)
        clean = mask_numbers(said)
        if clean != said:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_numbers(record.exc_text)
        return True
