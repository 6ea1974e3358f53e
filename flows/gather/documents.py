"""What an official document says of itself: kind, number, year, what it is about, and the day it was signed.

A document that only cites others must not take their number. So a number counts where a document carries its own: on a
line that begins with it, below the heading that names the kind, above the recitals; or in the head of a letter. What
:mod:`flows.gather.recognise` takes for a citation is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flows.gather import document_dates as dates
from flows.gather.own_words import above_grounds, closed_up
from flows.gather.recognise import Rules, leading_kind
from flows.model import DocumentFacts
from flows.privacy import mask_numbers

ABOUT_CHARS = 200
_HEAD_LINES = 40
_NUMBER_LINES = 14
"""Filled lines below the heading of a document among which its number stands."""
_ABOUT_LINES = 9
_TAIL_LINES = 45
_AGREEMENT, _MEETING = "kerja-sama", frozenset({"notula", "daftar-hadir"})
_SPANNING = frozenset({"rencana", _AGREEMENT})
"""Kinds beside legal products whose title may say how long they are in force."""
_LONGEST_SPAN = 25

_OCR_YEAR = re.compile(r"(?<=\bTAHUN )[12Il][0-9OoIl]{3}\b", re.IGNORECASE)
_ODD_YEAR = re.compile(r"tahun (?!\d{4})[12il][0-9oil]{3}")
"""In small letters: a year that OCR misread; looked for first, as it is found soon and seldom."""
_ODD_WORD = re.compile(r"[A-Z](?:(?<=[01].)|[01])")
"""A capital beside a digit, as in every word that OCR misread."""
_OCR_WORD = re.compile(
    r"(?<![/.–-])\b(?=[A-Z01]*[A-Z][A-Z01]*[01])(?=[A-Z01]*[A-Z]{2})(?=[A-Z01]*(?:[AEIOU]|[01][A-Z]))[A-Z01]{4,}\b(?![/–-])"
)
"""Neither a part of a number (``421.2/045/TK01/2023``) nor a short name of an office with its number (``SDN1``)."""
_TO_LETTERS, _TO_DIGITS = str.maketrans("01", "OI"), str.maketrans("OoIl", "0011")
_PART = r"[\w.]*\w"
_TOKEN = rf"(?P<token>{_PART}(?:\s{{0,3}}[/–-]\s{{0,3}}(?:{_PART})?)*)"
_YEAR = r"(?:\s+TAHUN\s*:?\s*(?P<year>(?:19|20)\d{2})\b)?"
_WORD = r"(?:NOMOR|NO\b\.?)\s*[:.]?\s*"
_OWN_NUMBER = re.compile(rf"^\s*{_WORD}{_TOKEN}{_YEAR}", re.IGNORECASE)
_UNNUMBERED = re.compile(rf"^\s*{_WORD}[\s./_…-]*TAHUN\s*:?\s*(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE)
_INLINE_NUMBER = re.compile(rf"\b{_WORD}{_TOKEN}{_YEAR}", re.IGNORECASE)
_CITED_BEFORE = re.compile(
    r"\b(?:PERATURAN|KEPUTUSAN|INSTRUKSI|UNDANG-UNDANG|SURAT EDARAN|QANUN|PERDA|PERWALI|PERBUP|SK)\b[^.;:]{0,120}$",
    re.IGNORECASE,
)
_NUMBER_YEAR = re.compile(r"(?:^|[/.-])((?:19|20)\d{2})$")
_ABOUT = re.compile(r"^\s*TENTANG\b\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_INLINE_ABOUT = re.compile(r"\bTENTANG\s+(?P<rest>.+)$")
_SUBJECT = re.compile(r"^\s*(?:Perihal|Hal)\s*:\s*(?P<rest>\S.*)$", re.IGNORECASE)
_LABEL = r"Nomor|No\.|Sifat|Lampiran|Perihal|Hal|Tanggal"
_LABEL_APART = re.compile(
    rf"^[ \t]*({_LABEL})[ \t\r]*\n[ \t]*:(?:[ \t\r]*\n(?![ \t]*(?:{_LABEL})[ \t\r]*\n))?[ \t]*",
    re.MULTILINE | re.IGNORECASE,
)
"""A label in a cell of its own, as heads of letters are set in tables: the colon begins the next line."""
_LETTER_LABEL = re.compile(r"^\s*(?:Sifat|Lampiran|Lamp\.?|Perihal|Hal|Klasifikasi|Derajat)\s*:", re.IGNORECASE)
_ABOUT_END = re.compile(
    r"DENGAN RAHMAT|DENGAN NAMA ALLAH|BISMILLAH|ATAS RAHMAT|"
    r"MENIMBANG|MENGINGAT|MEMUTUSKAN|ANTARA$|NOMOR\b|BAB\b|DALAM RANGKA|DASAR\b|KEPADA\b|YTH\b|PADA HARI|"
    r"MENINDAKLANJUTI|BERDASARKAN|SEHUBUNGAN|MENGINSTRUKSIKAN|DI LINGKUNGAN PEMERINTAH DAERAH,$|"
    r"(?:WALI ?KOTA|BUPATI|GUBERNUR|KEPALA|CAMAT|LURAH|SEKRETARIS DAERAH|DIREKTUR|KETUA)\b[^:]*,$",
    re.IGNORECASE,
)
_ALTERING = re.compile(
    r"(?:PERUBAHAN\b.*\bATAS|PENCABUTAN)\b.*\b(?:PERATURAN|QANUN|KEPUTUSAN|INSTRUKSI|SURAT EDARAN)\b", re.IGNORECASE
)
"""What a document is about that changes another, whose number and subject belong to its own."""
_LETTER_TAIL = re.compile(r"\s+(?:Kepada|Yth\.?)\b.*$", re.IGNORECASE)
_IN_FORCE = re.compile(
    r"\b(?:TAHUN(?: (?:ANGGARAN|PELAJARAN|AJARAN))?|PERIODE|MASA (?:BAKTI|BHAKTI|JABATAN))(?: TAHUN)?\s*:?\s*"
    r"(?P<first>20\d{2})\s*(?:[-–—/]|S\.?\s?/?D\.?|SAMPAI(?: DENGAN)?)\s*(?:TAHUN )?(?P<last>20\d{2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    year: int | None
    line: int
    """Where it stands among the lines of the head; -1 where nothing was found."""


def document_facts(text: str, tail: str, rules: Rules) -> DocumentFacts | None:
    """What a document says of itself; None where it says nothing.

    Args:
        text: Of its first pages.
        tail: Of its last page, where signatures stand; may be the same page.
        rules: How kinds are recognised.
    """
    text, tail = mend(text), mend(tail)
    kind = leading_kind(text, rules)
    is_legal = any(rule.id == kind and rule.is_legal for rule in rules.kinds)
    lines = _head(text)
    start = _heading_line(lines, kind, rules)
    number = _own_number(lines, start, is_legal=is_legal) if kind else _NONE
    is_letter = not number.text and (letter := _letter_number(lines)) is not None
    if is_letter and letter is not None:
        number = letter
    about = _about(lines, start) if is_legal or kind == _AGREEMENT else _subject(lines) if is_letter else ""
    span = _span(lines, start, about) if is_legal or kind in _SPANNING else None
    facts = DocumentFacts(
        kind=kind,
        number=mask_numbers(number.text),
        year=number.year,
        about=mask_numbers(about),
        date=_date(text, tail, kind, number, is_letter=is_letter),
        in_force=span,
    )
    return None if facts == DocumentFacts() else facts


def mend(text: str) -> str:
    """``text`` with what OCR confuses within words and years: ``N0MOR``, ``TAHUN 2O22``; numbers stay as they are.

    Words whose letters stand apart are closed up, and the labels of a letter joined with what stands in the next cell.
    """
    text = closed_up(text)
    if "\n:" in text:
        text = _LABEL_APART.sub(r"\1 : ", text)
    if _ODD_WORD.search(text):
        text = _OCR_WORD.sub(lambda match: match[0].translate(_TO_LETTERS), text)
    if text.isascii() and not _ODD_YEAR.search(text.lower()):
        return text
    return _OCR_YEAR.sub(lambda match: match[0].translate(_TO_DIGITS), text)


_NONE = _Number("", None, -1)


def _head(text: str) -> list[str]:
    """The first filled lines, up to the recitals."""
    own = above_grounds(text) or text
    return [" ".join(line.split()) for line in islice(_filled(own), _HEAD_LINES)]


def _filled(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def _heading_line(lines: Sequence[str], kind: str, rules: Rules) -> int:
    """Where the heading of ``kind`` stands, 0 where that is not among the lines."""
    patterns = [pattern for rule in rules.kinds if rule.id == kind for pattern in rule.content]
    for number in range(len(lines)):
        phrase = " ".join(lines[number : number + 3]).upper()
        if any(re.search(pattern, phrase) for pattern in patterns):
            return number
    return 0


def _own_number(lines: Sequence[str], start: int, *, is_legal: bool) -> _Number:
    """The number below, or within, the heading of a document; a number that follows the name of another is not its."""
    for place in range(start, min(start + _NUMBER_LINES, len(lines))):
        line = lines[place]
        if place > start and _ABOUT_END.match(line) and not line.upper().startswith(("NOMOR", "ANTARA")):
            return _NONE
        if is_legal and place > start and _ABOUT.match(line) and place + 1 < len(lines):
            return _after_about(lines, place)
        if unnumbered := _UNNUMBERED.match(line):
            return _Number("", int(unnumbered["year"]), place)
        found = _OWN_NUMBER.match(line) or (_INLINE_NUMBER.search(line) if is_legal and place <= start + 1 else None)
        if not found:
            continue
        before = " ".join([*lines[start:place], line[: found.start()]])
        if is_legal or not _CITED_BEFORE.search(before):
            number = _number(found, place, needs_shape=not is_legal)
            if number.text or number.year:
                return number
    return _NONE


def _after_about(lines: Sequence[str], place: int) -> _Number:
    """The number of a circular that stands below what it is about, on a line of its own."""
    for later in range(place + 1, min(place + 5, len(lines))):
        found = re.fullmatch(rf"{_WORD}{_TOKEN}{_YEAR}", lines[later], re.IGNORECASE)
        if found and not _CITED_BEFORE.search(" ".join(lines[place:later])):
            return _number(found, later, needs_shape=True)
    return _NONE


def _letter_number(lines: Sequence[str]) -> _Number | None:
    """The number in the head of a letter, beside labels such as Sifat and Hal; None where there is no such head."""
    for place, line in enumerate(lines[:25]):
        found = _OWN_NUMBER.match(line)
        if found and any(_LETTER_LABEL.match(other) for other in lines[place + 1 : place + 7]):
            number = _number(found, place, needs_shape=True)
            return number if number.text else None
    return None


def _number(found: re.Match[str], place: int, *, needs_shape: bool) -> _Number:
    token = re.sub(r"\s*([/–-])\s*", r"\1", found["token"]).strip("/–-. ")
    has_year = found["year"] is not None
    is_shaped = has_year or "/" in token
    blank = re.search(r"/\s*/|[/–-]\s{2,}[/–-]", found["token"]) is not None
    year = int(found["year"]) if has_year else None
    if year is None and (ending := _NUMBER_YEAR.search(token)) and token != ending[1]:
        year = int(ending[1])
    if blank or not re.search(r"\d", token) or (needs_shape and not is_shaped):
        return _Number("", year if blank else None, place)
    return _Number(token, year, place)


def _about(lines: Sequence[str], start: int) -> str:
    """What follows *tentang*, over as many lines as it takes."""
    for place in range(start, min(start + _NUMBER_LINES, len(lines))):
        found = _ABOUT.match(lines[place]) or (_INLINE_ABOUT.search(lines[place]) if place <= start + 2 else None)
        if found:
            return _shortened(_continued(found["rest"], lines[place + 1 :]))
    return ""


def _continued(first: str, lines: Sequence[str]) -> str:
    taken = [first] if first else []
    for line in lines[:_ABOUT_LINES]:
        is_sentence = bool(taken) and "".join(taken).isupper() and not line.isupper()
        names_altered = line.upper().startswith("NOMOR") and _ALTERING.match(" ".join(taken))
        if is_sentence or (_ABOUT_END.match(line) and not names_altered):
            break
        taken.append(line)
    return " ".join(taken)


def _subject(lines: Sequence[str]) -> str:
    """What a letter is about: behind *Hal* or *Perihal*, without the address that stands beside it."""
    found = next((match for line in lines[:25] if (match := _SUBJECT.match(line))), None)
    return _shortened(_LETTER_TAIL.sub("", found["rest"])) if found else ""


def _shortened(text: str) -> str:
    return " ".join(text.split())[:ABOUT_CHARS].rstrip(" ,;.")


def _span(lines: Sequence[str], start: int, about: str) -> tuple[int, int] | None:
    """The years for which the title says that the document is in force."""
    found = _IN_FORCE.search(about or " ".join(lines[start : start + _ABOUT_LINES]))
    if not found:
        return None
    first, last = int(found["first"]), int(found["last"])
    return (first, last) if first <= last <= first + _LONGEST_SPAN else None


def _date(text: str, tail: str, kind: str, number: _Number, *, is_letter: bool) -> str:
    """The day it was signed: where it was enacted, at its foot, in its head, or behind a label, in this order."""
    foot = "\n".join(list(_filled(tail))[-_TAIL_LINES:])
    head = "\n".join(islice(_filled(text), 25))
    month = dates.roman_month(number.text)
    if clauses := [*dates.enacted(text), *dates.enacted(foot)]:
        return dates.choose(clauses, month)
    if kind == _AGREEMENT and (deeds := list(dates.spoken(text))):
        return deeds[0]
    in_head, at_foot = list(dates.placed(head)), list(dates.placed(foot))[::-1]
    if lines := ([*in_head, *at_foot] if is_letter else [*at_foot, *in_head]):
        return dates.choose(lines, month)
    is_dated = kind in _MEETING or is_letter or (number.line >= 0 and bool(kind))
    return next(dates.labelled(head), "") if is_dated else ""
