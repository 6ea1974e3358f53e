"""Indonesian words for values: numerals, dates, enumerations, and what a city and its head are called.

Whatever is longer than a label lives in ``templates/`` or in the catalogue of findings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from string import ascii_uppercase

from flows.model import BOTH_SEXES, FEMALE, MALE, City, Condition, Framework, Media, Outcome, Severity

LOCALE = "id_ID"
CONTROL_REPORT = "Laporan Kendali"
"""What the report for the house is called."""
NO_VALUE = "–"
"""Printed where a value does not exist, as in the tables of official statistics."""
UNCALCULATED_CELL = "[rumus]"
"""Printed where a cell holds a formula without a saved result."""
CUT = "…"
"""Stands where a text goes on that is not printed."""
_QUOTED_CHARS = 120
"""Enough of an answer to be recognised; whole ones fill pages of findings, and stand in the form that is named."""
_NO_BREAK_SPACE = "\u00a0"
LEGAL_LEVELS: tuple[tuple[str, ...], ...] = (
    ("undang-undang dasar",),
    ("ketetapan majelis", "ketetapan mpr"),
    ("undang-undang", "peraturan pemerintah pengganti", "perppu", "perpu "),
    ("peraturan pemerintah",),
    ("peraturan presiden", "keputusan presiden", "instruksi presiden"),
    ("peraturan menteri", "keputusan menteri", "peraturan lembaga", "peraturan badan", "peraturan kepala"),
    ("peraturan daerah provinsi",),
    ("peraturan daerah", "qanun"),
    ("peraturan gubernur", "keputusan gubernur", "instruksi gubernur"),
    ("peraturan bupati", "peraturan wali kota", "peraturan walikota"),
    ("keputusan bupati", "keputusan wali kota", "keputusan walikota"),
    ("instruksi bupati", "instruksi wali kota", "instruksi walikota"),
)
"""How names of regulations begin, from the highest level down."""

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.COMPLETE: "LENGKAP",
    Outcome.WARNING: "PERINGATAN",
    Outcome.LACKING: "KURANG",
    Outcome.UNASSESSABLE: "TIDAK DAPAT DINILAI",
}
_SEVERITIES: Mapping[Severity, str] = {
    Severity.BLOCKING: "MENGHALANGI",
    Severity.REQUIRED: "WAJIB DILENGKAPI",
    Severity.ADVICE: "SARAN",
}
_CONDITIONS: Mapping[Condition, str] = {
    Condition.GOOD: "baik",
    Condition.EMPTY: "kosong",
    Condition.DAMAGED: "rusak",
    Condition.LOCKED: "terkunci",
    Condition.WRONG_EXTENSION: "salah ekstensi",
    Condition.ARRIVING: "masih disalin",
    Condition.REFUSED: "ditolak",
    Condition.IGNORED: "diabaikan",
}
_MEDIA: Mapping[Media, str] = {
    Media.PDF: "Dokumen PDF",
    Media.IMAGE: "Gambar atau foto",
    Media.SPREADSHEET: "Lembar kerja",
    Media.TEXT_DOCUMENT: "Dokumen teks",
    Media.SLIDES: "Paparan",
    Media.ARCHIVE: "Arsip",
    Media.PLAIN_TEXT: "Teks",
    Media.OTHER: "Berkas lain",
    Media.FORM: "Formulir",
    Media.GUIDE: "Petunjuk",
    Media.SYSTEM: "Berkas sistem",
    Media.OWN: "Berkas naskah kota",
}
_PARTS: Mapping[str, str] = {MALE: "L", FEMALE: "P", BOTH_SEXES: "L+P"}
COUNTABLE, _WRITTEN_OUT = 1e15, 1e21
"""From here on a number is no amount; up to here its digits are written out."""
_SMALL = 0.001
"""Below this a number has digits that matter behind the fourth decimal."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROMAN_NUMERAL = re.compile(r"[IVX]+")
_SMALL_WORDS = frozenset({
    "antara", "atas", "atau", "bagi", "dalam", "dan", "dari", "dengan", "di", "ke", "kepada", "oleh", "pada", "per",
    "sebagai", "serta", "tentang", "terhadap", "untuk", "yang",
})  # fmt: skip
"""Words that Indonesian titles write small (EYD)."""
_SHOUTED = 0.8
"""Share of capitals from which a title counts as set in capitals."""
_ROMANS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


@lru_cache(maxsize=32_768)
def number(value: float, decimals: int = 2) -> str:
    """``value`` with Indonesian separators and at most ``decimals`` decimals, halves away from zero: ``1.218.142``.

    Remembered: the figures of a city are printed, measured and summed up again and again.
    """
    from babel.numbers import format_decimal

    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    text = format_decimal(rounded, format=pattern, locale=LOCALE)
    return "0" if text == "-0" else text


def points(value: float | None) -> str:
    """Points as printed, an en dash where there are none to speak of."""
    return NO_VALUE if value is None else number(value)


def in_points(value: float) -> str:
    """Points in a sentence: ``3 poin``."""
    return f"{number(value)} poin"


def percent(ratio: float, decimals: int = 1) -> str:
    """A share between 0 and 1 as per cent: ``87,5%``, without a space as the rules of spelling have it."""
    return f"{number(ratio * 100, decimals)}%"


def long_date(day: date) -> str:
    """``31 Maret 2025``."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=LOCALE)


def long_iso_date(text: str) -> str:
    """``31 Maret 2025`` of ``2025-03-31``; any other text stays as it is."""
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text


def month_and_year(day: date) -> str:
    """``Maret 2025``."""
    from babel.dates import format_date

    return format_date(day, "MMMM y", locale=LOCALE)


def file_size(size_bytes: int) -> str:
    """A file's size in the unit people know: ``512 B``, ``1,2 MB`` (decimal units)."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004 - decimal units
            return f"{number(size, 0 if unit == 'B' else 1)}{_NO_BREAK_SPACE}{unit}"
        size /= 1000
    return f"{number(size, 1)}{_NO_BREAK_SPACE}GB"


def roman(value: int) -> str:
    """``value`` as an upper-case Roman numeral.

    Raises:
        ValueError: for numbers below 1, which Roman numerals do not have.
    """
    if value < 1:
        raise ValueError(value)
    text = ""
    for amount, letters in _ROMANS:
        count, value = divmod(value, amount)
        text += letters * count
    return text


def small_roman(number: int) -> str:
    """``iv``, as the pages before the first chapter are numbered."""
    return roman(number).lower()


def letter(place: int) -> str:
    """``A`` for 0, and behind ``Z`` ``AA``."""
    more, last = divmod(place, len(ascii_uppercase))
    return f"{ascii_uppercase[more - 1] if more else ''}{ascii_uppercase[last]}"


def listing(words: Sequence[str]) -> str:
    """Words as a sentence lists them: ``a``, ``a dan b``, ``a, b, dan c``."""
    if len(words) <= 1:
        return "".join(words)
    if len(words) == 2:  # noqa: PLR2004 - two words take no comma
        return f"{words[0]} dan {words[1]}"
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def calm_title(title: str, abbreviations: Collection[str]) -> str:
    """A title set in capitals in ordinary letters, with ``abbreviations`` and Roman numerals kept; others unchanged."""
    letters = [char for char in title if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < _SHOUTED * len(letters):
        return title
    known = {short.upper(): short for short in abbreviations}

    def calm(match: re.Match[str]) -> str:
        word = match.group()
        if word.upper() in known or _ROMAN_NUMERAL.fullmatch(word):
            return known.get(word.upper(), word)
        if word.lower() in _SMALL_WORDS and match.start():
            return word.lower()
        return "-".join(part.capitalize() for part in word.split("-"))

    return _WORD.sub(calm, title)


def without_loose_end(title: str) -> str:
    """A title that was cut, without the small words it would end with: ``Lingkungan Keluarga``."""
    words = title.split()
    while len(words) > 1 and words[-1].lower() in _SMALL_WORDS:
        words.pop()
    return " ".join(words)


def outcome_label(outcome: Outcome) -> str:
    """``LENGKAP``, ``PERINGATAN``, ``KURANG`` or ``TIDAK DAPAT DINILAI``."""
    return _OUTCOMES[outcome]


def severity_label(severity: Severity) -> str:
    """``MENGHALANGI``, ``WAJIB DILENGKAPI`` or ``SARAN``."""
    return _SEVERITIES[severity]


def condition_label(condition: Condition) -> str:
    """The state of a file in plain words."""
    return _CONDITIONS[condition]


def media_label(media: Media) -> str:
    """The family of a file in plain words."""
    return _MEDIA[media]


def region_word(city: City) -> str:
    """``Kota`` or ``Kabupaten``."""
    return "Kota" if city.is_city else "Kabupaten"


def head_of_region(city: City) -> str:
    """``Wali Kota`` or ``Bupati``."""
    return "Wali Kota" if city.is_city else "Bupati"


def kind_named(kind: str, framework: Framework, city: City) -> str:
    """What a kind of evidence is called in a city: the instrument names both kinds of heads."""
    return framework.kinds[kind].label.replace("Wali Kota/Bupati", head_of_region(city))


def village_word(city: City) -> str:
    """What lies below a kecamatan here: ``Kelurahan`` or ``Desa/Kelurahan``."""
    return "Kelurahan" if city.is_city else "Desa/Kelurahan"


def region_name(city: City) -> str:
    """The proper name without its kind: ``Banjarmasin`` of ``Kota Banjarmasin``."""
    kind, _, name = city.name.partition(" ")
    return name if name and kind.casefold() in {"kota", "kabupaten"} else city.name


def place(sheet: str, cell: str) -> str:
    """A place in a workbook for people: ``lembar "Jawaban" sel F7``; empty where neither is known."""
    parts = ([f'lembar "{sheet}"'] if sheet else []) + ([f"sel {cell}"] if cell else [])
    return " ".join(parts)


def sheet_value(value: object, *, is_plain: bool = False) -> str:
    """A value of somebody's workbook as it is printed, whatever its format.

    Args:
        value: as it lies in the cell.
        is_plain: of numbers that name something: years, codes.
    """
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, float):
        return _sheet_number(value, is_plain=is_plain)
    if isinstance(value, datetime):
        return long_date(value) if value.time() == time() else f"{long_date(value)} pukul {sheet_value(value.time())}"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time | timedelta):
        return _clock(value)
    return "" if value is None else str(value).strip()


def _sheet_number(value: float, *, is_plain: bool) -> str:
    """A number; one with more digits than anything is counted in names something.

    Like every office program no more than fifteen digits of it: those behind them are made up by the computer.
    """
    if not math.isfinite(value):
        return NO_VALUE
    is_vast = abs(value) >= COUNTABLE
    if (is_plain or is_vast) and value.is_integer() and abs(value) < _WRITTEN_OUT:
        return str(int(Decimal(f"{value:.15g}")))
    if is_vast or 0 < abs(value) < _SMALL:
        return f"{value:.6g}".replace(".", ",")
    return number(value, 4)


def _clock(value: time | timedelta) -> str:
    """A time of day, ``08.30``, or how long something took, ``30:00``; with seconds where there are any."""
    if isinstance(value, time):
        return f"{value:%H.%M.%S}" if value.second else f"{value:%H.%M}"
    minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
    sign = "-" if value < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def column(label: str, part: str) -> str:
    """A column of a table, with its part where it is split by sex: ``Berakta (L+P)``."""
    return f"{label} ({_PARTS[part]})" if part in _PARTS else label


def table_row(label: str, year: int | None, line: int = 0) -> str:
    """A row of a table: ``Contoh Utara tahun 2023``; ``baris 12`` where it has no name."""
    named = label or (f"baris {line}" if line else NO_VALUE)
    return named if year is None else f"{named} tahun {year}"


def quoted(text: str, chars: int = _QUOTED_CHARS) -> str:
    """What somebody wrote, as a sentence quotes it: its beginning, of ``chars`` characters with the mark of a cut."""
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip()}{CUT}"


def cell_value(value: float | str | None) -> str:
    """A value of a table as printed: numbers with Indonesian separators, text as it is."""
    if value is None:
        return NO_VALUE
    return value if isinstance(value, str) else number(value)
