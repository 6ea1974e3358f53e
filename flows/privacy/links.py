"""Numbers within links: the address of a photograph or of a piece of news is no number of a person."""

from __future__ import annotations

import re

from flows import bounds

_SPACE = re.compile(r"[\s<>\"]")
_LINK = re.compile(r"https?://|\bwww\.|\bdoi:", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:facebook|fb|instagram|tiktok|youtube|youtu|twitter|threads|linkedin|wa|whatsapp|google|goo|doi|bit|x|t)"
    r"\.(?:com|net|be|me|gl|org|ly|co|watch)\b|doi:|"
    r"/(?:berita|artikel|news|read|posts?|reels?|videos?|watch|status|stories|photos?)\b",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(r"(?<![^\W\d_])(?:nik|kk|ktp|kia)(?:_[a-z]+)?\W?\Z", re.IGNORECASE)


def is_of_a_link(plain: str, start: int) -> bool:
    """Whether the number at ``start`` belongs to the address of something published, and is not called a NIK there."""
    if start == 0 or plain[start - 1].isspace():
        return False
    before = plain[max(0, start - bounds.LINK_CHARACTERS) : start]
    before = _SPACE.split(before)[-1]
    link = _LINK.search(before)
    if link is None or _OF_A_PERSON.search(before):
        return False
    return bool(_PUBLISHED.search(before, link.start()))
