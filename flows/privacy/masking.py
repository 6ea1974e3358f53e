"""Texts without the numbers of persons."""

from __future__ import annotations

from flows.privacy.numbers import find_numbers


def mask_numbers(text: str) -> str:
    """``text`` with the middle of every NIK and KK number hidden: ``6371••••••••0001``."""
    masked, last = [], 0
    for number in find_numbers(text):
        masked += [text[last : number.start], number.masked]
        last = number.end
    return "".join([*masked, text[last:]])
