"""How a program for Windows is known: a first header that begins with MZ and says where the second one lies."""

from __future__ import annotations

import struct

BEGINS = b"MZ"
_OFFSET = 0x3C
"""Where the first header says how far behind its own beginning the second one lies, in bytes."""
_SECOND = (b"PE", b"NE", b"LE")
SECOND_BYTES = 2
"""How many bytes of the second header :func:`is_second_header` looks at."""


def second_header(content: bytes, at: int = 0) -> int | None:
    """How many bytes behind ``at``, where a first header begins, the second one should lie; None if that is cut off."""
    if len(content) < at + _OFFSET + 4:
        return None
    [offset] = struct.unpack_from("<I", content, at + _OFFSET)
    return int(offset)


def is_second_header(begins: bytes) -> bool:
    """Whether bytes that begin so are the second header of a program."""
    return begins.startswith(_SECOND)
