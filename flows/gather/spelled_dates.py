"""Dates in words, as agreements begin: "tanggal Empat bulan Mei tahun Dua Ribu Dua Puluh Tiga"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.gather.document_dates import DAY, MONTHS, first_day, iso_date
from flows.spelled_numbers import ONES, spelled_number

_WORDS = rf"(?:(?:{'|'.join(ONES)}|belas|puluh|ratus|ribu)\s*){{1,9}}"
_SPELLED = re.compile(
    rf"\bpada\s+hari\s+ini\b[\s,:]*(?:[A-Za-z’']+[\s,:]+){{0,2}}?(?:tanggal|tgl\.?)[\s,:]+(?P<day>{_WORDS}),?\s*"
    rf"(?:bulan[\s,:]+)?(?P<month>{'|'.join(MONTHS)})\.?[\s,]+(?:tahun[\s,:]+)?(?P<year>{_WORDS})"
    rf"(?P<figures>[\s,]*\(\s*{DAY})?",
    re.IGNORECASE,
)


def spelled(text: str) -> Iterator[str]:
    """Dates in words behind "pada hari ini" as ISO, in order; figures in brackets right behind them win."""
    for match in _SPELLED.finditer(text):
        figures = first_day(match["figures"] or "")
        if found := figures or _iso(match):
            yield found


def _iso(match: re.Match[str]) -> str:
    return iso_date(spelled_number(match["year"]), MONTHS[match["month"].lower()], spelled_number(match["day"]))
