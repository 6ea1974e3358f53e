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


class Watched:
    """A stream that is asked so while somebody else reads it.

    Args:
        stream: To read from.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._carry = stream, b""
        self.may_hold_number = False

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self.may_hold_number = self.may_hold_number or may_hold_number(self._carry + data)
        self._carry = data[-_CARRY_BYTES:]
        return data

    def exhaust(self) -> Watched:
        """Read to the end, or until it is known."""
        while not self.may_hold_number and self.read(bounds.SCAN_PIECE_BYTES):
            pass
        return self
