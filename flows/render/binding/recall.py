"""What was worked out from bytes before, kept under their hash from one run to the next.

A finished file is read from the disk anew in every run. What a page of it says follows from the bytes it is made of:
where these are what they were, the library that reads is not asked again. Nothing else may be kept here, least of all
whether a file was found to be sound.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

_LEVEL = 1
"""Of compression: a book of 5,000 pages says 1.5 MB."""


class Recall:
    """Values by the hash of what they follow from. Those that nobody asks for in a run are forgotten after it.

    Args:
        kept: what :meth:`packed` gave in the run before; nothing, or something damaged, means that all is worked out.
    """

    def __init__(self, kept: bytes = b"") -> None:
        self._kept = _unpacked(kept)
        self._asked: dict[str, Any] = {}

    def get(self, key: str) -> Any:  # noqa: ANN401 - any value of JSON
        """What was worked out from the bytes of hash ``key``, in a run before or in this one; None if it was not."""
        if key in self._kept:
            self._asked.setdefault(key, self._kept[key])
        return self._asked.get(key)

    def note(self, key: str, value: Any) -> None:  # noqa: ANN401 - any value of JSON
        """Keep what was worked out from the bytes of hash ``key``."""
        self._asked[key] = value

    def packed(self) -> bytes:
        """All that was asked for or noted, for the next run; empty where that has it already."""
        if self._asked == self._kept:
            return b""
        return zlib.compress(json.dumps(self._asked, sort_keys=True).encode(), _LEVEL)


def _unpacked(kept: bytes) -> dict[str, Any]:
    try:
        found = json.loads(zlib.decompress(kept)) if kept else {}
    except (zlib.error, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
