"""Dates in words, as agreements begin: "tanggal Empat bulan Mei tahun Dua Ribu Dua Puluh Tiga"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.gather.document_dates import DAY, MONTHS, first_day, iso_date

_UNITS = {
    name: number
    for number, name in enumerate(("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"), 1)
}
_ONES = {"se": 1, **_UNITS}
_RANKS = {"puluh": 10, "ratus": 100, "ribu": 1_000}
_WORDS = rf"(?:(?:{'|'.join(_ONES)}|belas|puluh|ratus|ribu)\s*){{1,9}}"
_SPELLED = re.compile(
    rf"\bpada\s+hari\s+ini\b[\s,:]*(?:[A-Za-z’']+[\s,:]+){{0,2}}?(?:tanggal|tgl\.?)[\s,:]+(?P<day>{_WORDS}),?\s*"
    rf"(?:bulan[\s,:]+)?(?P<month>{'|'.join(MONTHS)})\.?[\s,]+(?:tahun[\s,:]+)?(?P<year>{_WORDS})"
    rf"(?P<figures>[\s,]*\(\s*{DAY})?",
    re.IGNORECASE,
)
_WORD = re.compile(rf"(?:{'|'.join(sorted({*_ONES, 'belas', *_RANKS}, key=len, reverse=True))})", re.IGNORECASE)


def spelled(text: str) -> Iterator[str]:
    """Dates in words behind "pada hari ini" as ISO, in order; figures in brackets right behind them win."""
    for match in _SPELLED.finditer(text):
        figures = first_day(match["figures"] or "")
        if found := figures or _iso(match):
            yield found


def _iso(match: re.Match[str]) -> str:
    return iso_date(_number(match["year"]), MONTHS[match["month"].lower()], _number(match["day"]))


def _number(words: str) -> int:
    """The number that is spelled out; 0 where words stand in an order that no number has."""
    total, last, rank = 0, 0, 10_000
    for word in (match[0].lower() for match in _WORD.finditer(words)):
        if word in _ONES:
            if last:
                return 0
            last = _ONES[word]
        elif not last or (word != "belas" and _RANKS[word] >= rank):
            return 0
        elif word == "belas":
            total, last, rank = total + 10 + last, 0, 1
        else:
            total, last, rank = total + last * _RANKS[word], 0, _RANKS[word]
    return total + last if rank > 1 or not last else 0
