"""Whether the end of a file is missing, by what its format must end with; an unfinished copy lacks it."""

from __future__ import annotations

import os
from pathlib import Path

from flows import bounds
from flows.gather.family import HEAD_BYTES

_ENDS = (
    (b"%PDF-", b"%%EOF", HEAD_BYTES),
    (b"PK\x03\x04", b"PK\x05\x06", bounds.ZIP_TAIL_BYTES),
    (b"\xff\xd8\xff", b"\xff\xd9", HEAD_BYTES),
    (b"\x89PNG", b"IEND", HEAD_BYTES),
)
"""How a format begins, what stands at its end (ISO 32000, APPNOTE of zip, JPEG, PNG), and how far from it at most."""


def is_cut_off(path: Path) -> bool:
    """Whether a PDF, zip or picture lacks its end; an empty file does. Zeros that hold the place of an end are none.

    Of other formats, and of a file that is gone or closed, nothing is said: False.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            size = stream.seek(0, os.SEEK_END)
            for begin, last, reach in _ENDS:
                if head.startswith(begin):
                    stream.seek(max(0, size - reach))
                    return last not in stream.read(reach)
            return not head
    except OSError:
        return False
