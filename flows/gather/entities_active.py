"""Words of an XML text that stand for a file elsewhere, or for other such words, and grow when it is opened."""

from __future__ import annotations

import re

_SIGN = b"<!ENTITY"
_ENTITIES = re.compile(
    rb"""<!ENTITY\s{1,20}(?:%\s{1,20})?[\w.:-]{1,200}\s{1,20}(?:(?:SYSTEM|PUBLIC)\b|["'][^"'<>]{0,400}[&%][\w.:-])"""
)


def has_entities(text: bytes) -> bool:
    """Whether an XML text declares such words; one that stands for plain letters is harmless."""
    return _SIGN in text and _ENTITIES.search(text) is not None
