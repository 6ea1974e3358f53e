"""Headings in English, as programs from abroad export them, in the words by which lists of children are known here."""

from __future__ import annotations

import re

from flows.words import holds_any

ENGLISH_WORDS = ("name", "student", "pupil")
"""Without any of these a row of headings has none in English."""
_PEOPLE = r"students?|pupils?|child(?:ren)?"
# A name of anything else - of a file, a school, a rule - stays as it is, and then names nobody.
_INDONESIAN = (
    (re.compile(rf"\bnames? of (?:the )?(?:{_PEOPLE})\b|\b(?:{_PEOPLE})(?:'s?)? names?\b"), "nama siswa"),
    (re.compile(r"\b(?:parent|mother|father|guardian)(?:'s)?(?: name)?\b"), "orang tua"),
    (re.compile(r"\b(?:teacher|officer|trainer|facilitator)(?:'s)? name\b"), "nama petugas"),
    (re.compile(r"\b(?:date of birth|birth ?date|birthday|place of birth|d\.?o\.?b\b\.?)"), "tanggal lahir"),
    (re.compile(r"\b(?:position|institution|agency|department|job title|rank|employer)\b"), "instansi"),
    (re.compile(r"\A(?:no\.? )?(?:(?:full|first|participant|beneficiary) )?name\b(?! of\b)"), "nama"),
    (re.compile(r"\bage\b"), "umur"),
    (re.compile(r"\b(?:grade|class)\b"), "kelas"),
    (re.compile(r"\bschool\b"), "sekolah"),
    (re.compile(r"\baddress\b"), "alamat"),
    (re.compile(r"\bdiagnosis\b"), "diagnosa"),
)


def in_indonesian(headings: list[str]) -> list[str]:
    """The headings of one row in small letters, those in English by the words that they are known by here."""
    if not holds_any("\n".join(headings), ENGLISH_WORDS):
        return headings
    for pattern, word in _INDONESIAN:
        headings = [pattern.sub(word, heading) for heading in headings]
    return headings
