"""Numbers that are written in Indonesian words: *dua ribu dua puluh tiga*, *seorang*."""

from __future__ import annotations

import re

UNITS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ONES = {"se": 1, **{name: number for number, name in enumerate(UNITS, 1)}}
"""What stands before a rank, and its value."""
_RANKS = {"puluh": 10, "ratus": 100, "ribu": 1_000}
_WORD = re.compile(rf"(?:{'|'.join(sorted({*ONES, 'belas', *_RANKS}, key=len, reverse=True))})", re.IGNORECASE)


def spelled_number(words: str) -> int:
    """The number that is spelled out; 0 where words stand in an order that no number has."""
    total, last, rank = 0, 0, 10_000
    for word in (match[0].lower() for match in _WORD.finditer(words)):
        if word in ONES:
            if last:
                return 0
            last = ONES[word]
        elif not last or (word != "belas" and _RANKS[word] >= rank):
            return 0
        elif word == "belas":
            total, last, rank = total + 10 + last, 0, 1
        else:
            total, last, rank = total + last * _RANKS[word], 0, _RANKS[word]
    return total + last if rank > 1 or not last else 0
