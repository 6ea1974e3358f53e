"""Whether bytes may hold the number of a person at all: asked of all that is large and hardly ever holds one."""

from __future__ import annotations

import string
from typing import IO

from flows import bounds

_FEWEST = 15
"""Digits of a resident number of which one was forgotten."""
_DIGITS = bytes.maketrans(string.digits.encode(), b"0" * 10)
_BETWEEN = bytes(byte for byte in range(128) if chr(byte) not in string.ascii_letters + string.digits)
"""What may stand between two digits of a number; in UTF-16 that are zeros."""
_CARRY_BYTES = 64


def may_hold_number(source: bytes) -> bool:
    """Whether so many digits follow each other, whatever stands between them.

    Measured: 0.9 GB a second, and a regular expression for the same 0.06 GB.
    """
    return b"0" * _FEWEST in source.translate(_DIGITS, _BETWEEN)


def may_number_be_in(stream: IO[bytes]) -> bool:
    """As :func:`may_hold_number`, of a stream that may be long."""
    carry = b""
    while data := stream.read(bounds.SCAN_PIECE_BYTES):
        if may_hold_number(carry + data):
            return True
        carry = data[-_CARRY_BYTES:]
    return False
