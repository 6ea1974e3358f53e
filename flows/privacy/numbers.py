"""NIK and KK numbers in running text, and what is like them and is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.model import ExposureKind

_RUN = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number of a person in a text."""

    kind: ExposureKind
    """``RESIDENT_NUMBER`` or ``FAMILY_CARD``."""
    start: int
    end: int
    """Where it stands in the text."""
    masked: str
    """``6371••••••••0001``."""
    birth_year: int | None
    """Last two digits of the year within a NIK; None for the number of a family card."""


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Every NIK and KK number in ``text`` (running text, or one cell), in order."""
    found = []
    for match in _RUN.finditer(text):
        digits = match[0]
        found.append(
            FoundNumber(
                ExposureKind.RESIDENT_NUMBER,
                match.start(),
                match.end(),
                f"{digits[:4]}••••••••{digits[-4:]}",
                int(digits[10:12]),
            )
        )
    return tuple(found)
