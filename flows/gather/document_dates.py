"""Dates as Indonesian documents write them, and which of them is the day a document was signed or made.

Of many dates in a text only three places speak of the document itself: the clause of enactment ("Ditetapkan di … pada
tanggal …"), a line of place and date (the head of a letter, above a signature), and a label ("Tanggal : …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flows.words import holds_any

_MONTHS = (
    ("januari", "jan"),
    ("februari", "pebruari", "febuari", "feb", "peb"),
    ("maret", "mar"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agst", "agt", "ags", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
"""Names of months in small letters, short and old ones too, with their numbers."""
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_D = r"[0-9OoIl|]"
"""A digit, or what OCR makes of one."""
DAY = (
    rf"(?<![\w/.])(?:(?P<d>{_D}{{1,2}})[\s-]{{0,3}}(?P<m>{_NAMES})\.?[\s-]{{1,3}}(?P<y>[12Il]{_D}{{3}})"
    rf"|(?P<d2>{_D}{{1,2}})\s?[-/.]\s?(?P<m2>{_D}{{1,2}})\s?[-/.]\s?(?P<y2>[12Il]{_D}{{3}}))(?![\w/])"
)
"""A date in words or numerals; a group for each part of either."""
_DAY = re.compile(DAY, re.IGNORECASE)
_PLACE = r"[A-Z][A-Za-z.’' -]{2,40}?"
_HIJRI = (
    r"(?:\d{1,2}\s+[A-Za-z][A-Za-z’'` -]{3,24}?\s+1[34]\d{2}\s*(?:H(?:ijriy?ah)?\b\.?)?[\s/|_=–-]*"
    r"(?:bertepatan\s+dengan\s+(?:tanggal\s+)?)?)?"
)
"""The same day in the other calendar, as Aceh and schools of religion write it first."""
_OUR_ERA = r"(?:\s*M(?:asehi)?\b\.?)?"
_ENACTED = re.compile(
    r"\b(?:di\s?tetapkan|di\s?sahkan|di\s?keluarkan|di\s?tanda\s?tangani|di\s?buat)\s+di\s*:?\s*[\w.’' ()-]{2,60}?"
    r"(?:\r?\n[\w.’' ()-]{2,40}?)?[\s,]+"
    rf"(?:pada\s*)?(?:tangga[lIi1]|tgl)\.?[\s,]*:?\s*{_HIJRI}(?=(?P<day>.{{6,24}}))",
    re.IGNORECASE | re.DOTALL,
)
_ENACTING = ("tetapkan", "sahkan", "keluarkan", "tanda", "buat")
"""Without any of these words nothing is enacted."""
_ENACTED_AT = ("apkan di", "APKAN DI", "ahkan di", "AHKAN DI")
"""One of them stands in most clauses by which a legal product is enacted, and on few other pages."""
_PLACED = re.compile(
    rf"^(?:\s*(?:Nomor|No\.?)\s*:.*?\s)?\s*{_PLACE}\s*[,.]\s*(?:(?:tanggal|tgl\.?)\s+)?{_HIJRI}(?P<day>{DAY}){_OUR_ERA}\s*[.,]?\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_MAY_BE_PLACED = re.compile(r"[,.]\s*(?:(?:tanggal|tgl\.?)\s+)?[0-9OoIl|]", re.IGNORECASE)
"""A date behind the mark after a place: a fifth of the time, and few texts have one."""
_LABELLED = re.compile(
    rf"^\s*(?:(?:hari\s*[/,&]?\s*)?tanggal|tgl\.?)\b[^\n:]{{0,12}}:\s*(?:[A-Za-z’']+\s*[,/]\s*)?(?P<day>{DAY})",
    re.MULTILINE | re.IGNORECASE,
)
_ALONE = re.compile(rf"^\s*(?:tanggal|tgl\.?)\s+(?P<day>{DAY})\s*$", re.MULTILINE | re.IGNORECASE)
_SPOKEN = re.compile(rf"\bpada\s+hari\s+ini\b[^.()]{{0,160}}?(?:\(\s*)?(?P<day>{DAY})", re.IGNORECASE | re.DOTALL)
_OLDEST, _LAST = 1945, 2099
_DIGITS = str.maketrans("OoIl|", "00111")


def first_day(text: str) -> str:
    """The first date in ``text`` as ISO, empty where there is none."""
    return next((day for match in _DAY.finditer(text) if (day := _iso(match))), "")


def roman_month(number: str) -> int | None:
    """The month that a number of a letter carries: 9 of ``463/0123/DP3A/IX/2023``."""
    parts = re.split(r"[/-]", number)
    months = [_ROMANS.index(part) + 1 for part in parts[1:] if part in _ROMANS]
    return months[-1] if months else None


def enacted(text: str) -> Iterator[str]:
    """Dates of clauses such as "Ditetapkan di Contoh pada tanggal 12 Mei 2022", in order."""
    lowered = text.lower()
    if text.isascii() and not holds_any(lowered, _ENACTING):
        return iter(())
    return _found(match["day"] for match in _ENACTED.finditer(text))


def first_enacted(text: str) -> str | None:
    """The date of the first clause of enactment, empty where it cannot be read; None where there is no clause.

    Most pages hold none and are passed over in a microsecond.
    """
    clause = _ENACTED.search(text) if holds_any(text, _ENACTED_AT) else None
    return next(_found([clause["day"]]), "") if clause else None


def placed(text: str) -> Iterator[str]:
    """Dates of lines that hold a place and a date and nothing else, in order."""
    return _found(match["day"] for match in _PLACED.finditer(text)) if _MAY_BE_PLACED.search(text) else iter(())


def labelled(text: str) -> Iterator[str]:
    """Dates behind the label "Tanggal" or "Hari/Tanggal" at the start of a line; without a colon they fill the line."""
    return _found(match["day"] for pattern in (_LABELLED, _ALONE) for match in pattern.finditer(text))


def spoken(text: str) -> Iterator[str]:
    """Dates of deeds: "Pada hari ini, Senin, tanggal … (06-03-2023)", in order."""
    return _found(match["day"] for match in _SPOKEN.finditer(text))


def choose(candidates: Sequence[str], month: int | None) -> str:
    """The first of ``candidates`` that agrees with the ``month`` its number names, else the first."""
    agreeing = (day for day in candidates if month is not None and int(day[5:7]) == month)
    return next(agreeing, candidates[0] if candidates else "")


def _found(texts: Iterable[str]) -> Iterator[str]:
    return (day for text in texts if (match := _DAY.match(text.strip())) and (day := _iso(match)))


def _iso(match: re.Match[str]) -> str:
    day, month, year = match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"]
    number = MONTHS.get(month.lower()) or int(month.translate(_DIGITS))
    return iso_date(int(year.translate(_DIGITS)), number, int(day.translate(_DIGITS)))


def iso_date(year: int, month: int, day: int) -> str:
    """A day as ISO; empty where there is no such day, or none that a document here could bear."""
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if _OLDEST <= found.year <= _LAST else ""
