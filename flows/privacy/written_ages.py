"""Ages in words, as reports of doctors, courts and the police write them: *umur tiga belas tahun*."""

from __future__ import annotations

import re

from flows.words import Words, holds_any

_UNITS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_BELOW_TWENTY = {
    **{word: number for number, word in enumerate(_UNITS, start=1)},
    "sepuluh": 10,
    "sebelas": 11,
    **{f"{word} belas": number for number, word in enumerate(_UNITS[1:], start=12)},
}
_WORDS = "|".join(sorted(_BELOW_TWENTY, key=len, reverse=True))
_AGE = re.compile(rf"\b((?:ber)?(?:umur|usia)(?:nya)?:? )({_WORDS})(?= (?:tahun|thn|th|bulan|bln)\b)", re.IGNORECASE)
_ENDS = Words(
    *(f"{word} {unit}" for word in (*_UNITS, "sepuluh", "sebelas", "belas") for unit in ("tahun", "th", "bulan"))
)
_AFTER_BRACKETS = (") tahun", ") th", ") bulan", ") bln")
"""Most pages have none of these, which are looked for faster than the patterns."""
_SAID_TWICE = re.compile(r"(?<=\d) ?\([a-z ]{3,24}\)(?= (?:tahun|thn|th|bulan|bln)\b)", re.IGNORECASE)

_NO_UNIT = re.compile(
    r"\b((?:umur|usia)(?:nya)?:? \d{1,2})(?= (?:dan|serta|asal|dari|sekolah|kelas|kls|sisw[ai]|"
    r"pelajar|santri|anak|sdh|sudah)\b|[,;)](?! ?\d))",
    re.IGNORECASE,
)
"""*Sari umur 12 dan Budi umur 11*: in haste nobody says that they are years."""
_SAYS_AGE = ("umur ", "usia ", "Umur ", "Usia ")


def ages_in_digits(text: str) -> str:
    """The same text with its ages in digits; its lines stay where they are.

    ``13 (tiga belas) tahun`` says it twice; of twenty and more nobody asks.
    """
    if holds_any(text, _AFTER_BRACKETS):
        text = _SAID_TWICE.sub("", text)
    if holds_any(text, _SAYS_AGE):
        text = _NO_UNIT.sub(r"\1 th", text)
    if not _ENDS.are_in(text):
        return text
    return _AGE.sub(lambda found: f"{found[1]}{_BELOW_TWENTY[found[2].lower()]}", text)
