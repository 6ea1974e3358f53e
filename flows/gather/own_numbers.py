"""The number a document carries itself, told apart from the numbers of what it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NUMBER_LINES = 14
"""Filled lines below the heading of a document among which its number stands."""
_PART = r"[\w.]*\w"
_TOKEN = rf"(?P<token>{_PART}(?:\s{{0,3}}[/–-]\s{{0,3}}(?:{_PART})?)*)"
_YEAR = r"(?:\s+TAHUN\s*:?\s*(?P<year>(?:19|20)\d{2})\b)?"
_WORD = r"(?:NOMOR|NO\b\.?)\s*[:.]?\s*"
_OWN_NUMBER = re.compile(rf"^\s*{_WORD}{_TOKEN}{_YEAR}", re.IGNORECASE)
_UNNUMBERED = re.compile(rf"^\s*{_WORD}[\s./_…-]*TAHUN\s*:?\s*(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE)
_BLOTTED = re.compile(
    rf"^\s*{_WORD}(?:[\w.]*\s+[^\s\w]{{1,3}}\s+|\d*[SOIl|]\d*\s+)TAHUN\s*:?\s*(?P<year>(?:19|20)\d{{2}})\b",
    re.IGNORECASE,
)
"""A number that was read badly from a scan: a sign that is none stands in it, or a letter where a digit was."""
_CUT_BY = re.compile(r"[^\s\w,.;:()/–\-\"”“]")
"""Right behind a number: a blot of a scan, behind which it goes on."""
_INLINE_NUMBER = re.compile(rf"\b{_WORD}{_TOKEN}{_YEAR}", re.IGNORECASE)
_CITED_BEFORE = re.compile(
    r"\b(?:PERATURAN|KEPUTUSAN|INSTRUKSI|UNDANG-UNDANG|SURAT EDARAN|QANUN|PERDA|PERWALI|PERBUP|SK)\b[^.;:]{0,120}$",
    re.IGNORECASE,
)
_NUMBER_YEAR = re.compile(r"(?:^|[/.-])((?:19|20)\d{2})$")
ABOUT = re.compile(r"^\s*T ?E ?N ?T ?A ?N ?G\b\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
"""The line with which a document says what it is about."""
_LETTER_LABEL = re.compile(r"^\s*(?:Sifat|Lampiran|Lamp\.?|Perihal|Hal|Klasifikasi|Derajat)\s*:", re.IGNORECASE)
ABOUT_END = re.compile(
    r"DENGAN RAHMAT|DENGAN NAMA ALLAH|BISMILLAH|ATAS RAHMAT|"
    r"MENIMBANG|MENGINGAT|MEMUTUSKAN|ANTARA$|NOMOR\b|BAB\b|DALAM RANGKA|DASAR\b|"
    r"KEPADA(?:\W*$|\s*:|\s+(?:YTH|SAUDARA)\b)|YTH\b|PADA HARI|"
    r"MENINDAKLANJUTI|BERDASARKAN|SEHUBUNGAN|MENGINSTRUKSIKAN|DI LINGKUNGAN PEMERINTAH DAERAH,$|"
    r"(?:[A-Z]\. ?)?BAHWA\b|PRESIDEN REPUBLIK IND\w+\W*$|"
    r"(?:WALI ?KOTA|BUPATI|GUBERNUR|PRESIDEN|MENTERI|KEPALA|CAMAT|LURAH|SEKRETARIS DAERAH|DIREKTUR|KETUA)\b[^:]*,$",
    re.IGNORECASE,
)
"""What a document is about ends before these."""
_TITLED = re.compile(
    r"(?:SURAT (?:PERINTAH|TUGAS|KETERANGAN|PERNYATAAN|REKOMENDASI|PENGANTAR|KUASA)|BERITA ACARA|REKOMENDASI"
    r"|PENGUMUMAN)\b[^:]*",
    re.IGNORECASE,
)
"""Titles of papers that are no kind of evidence and carry a number of their own on one of the next lines."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, without text where a document has none."""

    text: str
    year: int | None
    line: int
    """Where it stands among the lines of the head; -1 where nothing was found."""


NONE = Number("", None, -1)


def own_number(lines: Sequence[str], start: int, *, is_legal: bool) -> Number:
    """The number below, or within, the heading of a document; a number that follows the name of another is not its."""
    for place in range(start, min(start + NUMBER_LINES, len(lines))):
        line = lines[place]
        if place > start and ABOUT_END.match(line) and not line.upper().startswith(("NOMOR", "ANTARA")):
            return NONE
        if is_legal and place > start and ABOUT.match(line) and place + 1 < len(lines):
            return _after_about(lines, place)
        if line.upper().endswith(" TAHUN"):
            line = " ".join(lines[place : place + 2])
        if unnumbered := _UNNUMBERED.match(line) or _BLOTTED.match(line):
            return Number("", int(unnumbered["year"]), place)
        found = _OWN_NUMBER.match(line) or (_INLINE_NUMBER.search(line) if is_legal and place <= start + 1 else None)
        if not found or (place and lines[place - 1] == ":"):  # the cell beside another label, such as Surat Undangan
            continue
        before = " ".join([*lines[start:place], line[: found.start()]])
        if is_legal or not _CITED_BEFORE.search(before):
            number = _number(found, place, needs_shape=not is_legal)
            if number.text or number.year:
                return number
    return NONE


def titled_number(lines: Sequence[str]) -> Number:
    """The number below the title of a paper such as an order or minutes; one behind the name of another is not its."""
    for place, line in enumerate(lines[:NUMBER_LINES]):
        if not (line.isupper() and _TITLED.fullmatch(line)):
            continue
        for later in range(place + 1, min(place + 4, len(lines))):
            found = _OWN_NUMBER.match(lines[later])
            if found and not _CITED_BEFORE.search(" ".join(lines[place:later])):
                return _number(found, later, needs_shape=True)
        return NONE
    return NONE


def _after_about(lines: Sequence[str], place: int) -> Number:
    """The number of a circular that stands below what it is about, on a line of its own."""
    for later in range(place + 1, min(place + 5, len(lines))):
        found = re.fullmatch(rf"{_WORD}{_TOKEN}{_YEAR}", lines[later], re.IGNORECASE)
        if found and not _CITED_BEFORE.search(" ".join(lines[place:later])):
            return _number(found, later, needs_shape=True)
    return NONE


def letter_number(lines: Sequence[str]) -> Number | None:
    """The number in the head of a letter, beside labels such as Sifat and Hal; None where there is no such head."""
    for place, line in enumerate(lines[:25]):
        found = _OWN_NUMBER.match(line)
        if found and any(_LETTER_LABEL.match(other) for other in lines[place + 1 : place + 7]):
            number = _number(found, place, needs_shape=True)
            return number if number.text else None
    return None


def _number(found: re.Match[str], place: int, *, needs_shape: bool) -> Number:
    token = re.sub(r"\s*([/–-])\s*", r"\1", found["token"]).strip("/–-. ")
    has_year = found["year"] is not None
    is_shaped = has_year or "/" in token
    blank = re.search(r"/\s*/|[/–-]\s{2,}[/–-]", found["token"]) is not None
    blank = blank or _CUT_BY.match(found.string, found.end("token")) is not None
    year = int(found["year"]) if has_year else None
    if year is None and (ending := _NUMBER_YEAR.search(token)) and token != ending[1]:
        year = int(ending[1])
    if blank or not re.search(r"\d", token) or (needs_shape and not is_shaped):
        return Number("", year if blank else None, place)
    return Number(token, year, place)
