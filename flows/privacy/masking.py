"""Texts without the numbers of persons."""

from __future__ import annotations

import re

from flows.privacy.numbers import FoundNumber, find_numbers

_PARTS = re.compile(r"([/\\]+)")
_MASKED = re.compile(r"\d{4}•{8}\d{4}")


def mask_numbers(text: str, *, heading: str = "", is_name: bool = False) -> str:
    """``text`` with the middle of every NIK and KK number hidden: ``6371••••••••0001``, whatever its spelling was.

    Masking what is masked changes nothing.

    Args:
        text: Running text, or one cell, or a path.
        heading: Heading of the column the cell stands in, see :func:`find_numbers`.
        is_name: Whether the text is the name of a file or folder.
    """
    # Hiding one number may lay the one beside it bare. Each round takes digits away, so that it ends.
    while found := find_numbers(text, heading=heading, is_name=is_name):
        text = _mask(text, found)
    return text


def holds_masked(text: str) -> bool:
    """Whether a number was hidden in ``text``: somebody has written there whose number it is."""
    return _MASKED.search(text) is not None


def mask_path(path: str) -> str:
    """``path`` with the numbers hidden in each of its names, as they are where files are found."""
    return mask_numbers("".join(mask_numbers(part, is_name=True) for part in _PARTS.split(path)))


def _mask(text: str, found: tuple[FoundNumber, ...]) -> str:
    pieces, last = [], 0
    for number in found:
        pieces += [text[last : number.start], number.masked]
        last = number.end
    return "".join([*pieces, text[last:]])
