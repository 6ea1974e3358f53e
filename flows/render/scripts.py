"""Letters that no shipped face draws, told in words a reader understands: ``[aksara Jawa]`` for a whole word of them.

The document itself still holds them; a row of codes told nobody what stands there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SCRIPTS = (
    (0x0590, 0x05FF, "aksara Ibrani"),
    (0x0900, 0x097F, "aksara Dewanagari"),
    (0x0B80, 0x0BFF, "aksara Tamil"),
    (0x0E00, 0x0E7F, "aksara Thai"),
    (0x1100, 0x11FF, "aksara Korea"),
    (0x1A00, 0x1A1F, "aksara Lontara"),
    (0x1B00, 0x1B7F, "aksara Bali"),
    (0x1B80, 0x1BBF, "aksara Sunda"),
    (0x1BC0, 0x1BFF, "aksara Batak"),
    (0x1CC0, 0x1CCF, "aksara Sunda"),
    (0x2600, 0x27BF, "emoji"),
    (0x2B05, 0x2B55, "emoji"),
    (0x3005, 0x3007, "aksara Tionghoa"),
    (0x3040, 0x30FF, "aksara Jepang"),
    (0x3400, 0x4DBF, "aksara Tionghoa"),
    (0x4E00, 0x9FFF, "aksara Tionghoa"),
    (0xA930, 0xA95F, "aksara Rejang"),
    (0xA980, 0xA9DF, "aksara Jawa"),
    (0xAC00, 0xD7AF, "aksara Korea"),
    (0xF900, 0xFAFF, "aksara Tionghoa"),
    (0x11EE0, 0x11EFF, "aksara Makassar"),
    (0x11F00, 0x11F5F, "aksara Kawi"),
    (0x1F000, 0x1FAFF, "emoji"),
    (0x20000, 0x323AF, "aksara Tionghoa"),
)
"""Those of Indonesia first of all, and those that schools, places of worship and telephones bring along."""
_NO_LETTER = frozenset({"Cn", "Co", "Cs", "Cc", "Cf"})
_AGAIN = re.compile(r"(\[(?:aksara [A-Z][a-z]+|emoji)\])(?:(?: |\[U\+200D\])?\1)+")
_STYLED = re.compile(r"(?<=\[emoji\])(?:\[U\+FE0F\])+")
"""What follows a sign to have it drawn in colours."""


@lru_cache(maxsize=4096)
def told(letter: str) -> str:
    """What is printed for a letter that cannot be drawn: its script, else its code, ``[U+202E]``."""
    code = ord(letter)
    if unicodedata.category(letter) not in _NO_LETTER:
        for first, last, name in _SCRIPTS:
            if first <= code <= last:
                return f"[{name}]"
    return f"[U+{code:04X}]"


def gathered(text: str) -> str:
    """``text`` in which a script is named once for a run of its letters and words."""
    return _AGAIN.sub(r"\1", _STYLED.sub("", text)) if "[aksara" in text or "[emoji" in text else text
