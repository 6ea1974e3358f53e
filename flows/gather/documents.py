"""What an official document says of itself: kind, number, year, what it is about, and the day it was signed.

A document that only cites others must not take their number. So a number counts where a document carries its own: on a
line that begins with it, below the heading that names the kind, above the recitals; or in the head of a letter. What
:mod:`flows.gather.recognise` takes for a citation is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from flows.gather import document_dates as dates
from flows.gather.own_numbers import (
    ABOUT,
    ABOUT_END,
    NONE,
    NUMBER_LINES,
    Number,
    letter_number,
    own_number,
    titled_number,
)
from flows.gather.own_words import above_grounds, closed_up, is_capital
from flows.gather.recognise import Rules, leading_kind
from flows.gather.spelled_dates import spelled
from flows.model import DocumentFacts
from flows.privacy import mask_numbers

ABOUT_CHARS = 200
_HEAD_LINES = 40
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
_INLINE_ABOUT = re.compile(r"\bTENTANG(?:\s+(?P<rest>.+))?$")
_SUBJECT = re.compile(r"^\s*(?:Perihal|Hal)\s*:\s*(?P<rest>\S.*)$", re.IGNORECASE)
_LABEL = r"Nomor|No\.|Sifat|Lampiran|Perihal|Hal|(?:Hari\s?[/,&]?\s?)?Tanggal"
_LABEL_APART = re.compile(
    rf"^[ \t]*({_LABEL})[ \t\r]*\n[ \t]*:(?:[ \t\r]*\n(?![ \t]*(?:{_LABEL})[ \t\r]*\n))?[ \t]*",
    re.MULTILINE | re.IGNORECASE,
)
"""A label in a cell of its own, as heads of letters are set in tables: the colon begins the next line."""
_ALTERING = re.compile(
    r"(?:PERUBAHAN\b.*\bATAS|PENCABUTAN)\b.*\b(?:PER[A-Z]*URAN|QANUN|KEPUTUSAN|INSTRUKSI|SURAT EDARAN)\b", re.IGNORECASE
)
"""What a document is about that changes another, whose number and subject belong to its own."""
_LETTER_TAIL = re.compile(r"\s+(?:Kepada|Yth\.?)\b.*$", re.IGNORECASE)
_GAP = re.compile(r"\t+| {4,}")
"""Between what a letter is about and the address in the column beside it."""
_ADDRESSED = re.compile(r"\b(?:Kepada|Yth)\b", re.IGNORECASE)
_ADDRESS_LINES = 5
_ADDRESS = re.compile(
    r"\s+(?:di\s*[-–—:]?\s*(?:(?i:T\s?e\s?m\s?p\s?a\s?t)\W*)?$|di\s*[-–—]\s*\S.*$|(?i:T\s?e\s?m\s?p\s?a\s?t)\W*$"
    r"|(?:Bapak|Ibu|Sdr|Saudara|Saudari)\b.*$|(?:Kepala|Camat|Lurah|Ketua|Direktur|Pimpinan|Para)\s+[A-Z].*$)"
)
"""Lines of an address that began above, on the line of the subject: of ``Hal : Undangan di -`` only the first word."""
_OFFICE_LINE = re.compile(
    r"(?:WALI ?KOTA|BUPATI|GUBERNUR|KEPALA|CAMAT|LURAH|SEKRETARIS|DIREKTUR|KETUA|PIMPINAN|REKTOR|PEMBAKAL)\b.*",
    re.IGNORECASE,
)
_OFFICE_LINES = 3
"""Lines above the recitals among which the office stands that decides."""
_ANNEX_TITLE = re.compile(
    r"(?:SUSUNAN|DAFTAR|BAGAN|STRUKTUR|URAIAN|PERSONALIA|KEANGGOTAAN|MATRIKS|FORMAT|TUGAS)\b", re.IGNORECASE
)
"""With what the page of an annex begins, below the heading of the document it belongs to."""
_IN_FORCE = re.compile(
    r"\b(?:TAHUN(?: (?:ANGGARAN|PELAJARAN|AJARAN))?|PERIODE|MASA (?:BAKTI|BHAKTI|JABATAN))(?: TAHUN)?\s*:?\s*"
    r"(?P<first>20\d{2})\s*(?:[-–—/]|S\.?\s?/?D\.?|SAMPAI(?: DENGAN)?)\s*(?:TAHUN )?(?P<last>20\d{2})\b",
    re.IGNORECASE,
)


def document_facts(text: str, tail: str, rules: Rules, enacted: str | None = None) -> DocumentFacts | None:
    """What a document says of itself; None where it says nothing.

    Args:
        text: Of its first pages.
        tail: Of its last page, where signatures stand; may be the same page.
        rules: How kinds are recognised.
        enacted: When, according to the pages between them; counts for legal products, others may quote one.
    """
    text, tail = mend(text), mend(tail)
    kind = leading_kind(text, rules)
    is_legal = any(rule.id == kind and rule.is_legal for rule in rules.kinds)
    lines = _head(text)
    start = _heading_line(lines, kind, rules)
    number = own_number(lines, start, is_legal=is_legal) if kind else NONE
    is_letter = not number.text and (letter := letter_number(lines)) is not None
    if is_letter and letter is not None:
        number = letter
    elif not kind:
        number = titled_number(lines)
    about = (
        _about(_without_office(lines, text), start)
        if is_legal or kind == _AGREEMENT
        else _subject(lines, text)
        if is_letter
        else ""
    )
    span = _span(lines, start, about) if is_legal or kind in _SPANNING else None
    facts = DocumentFacts(
        kind=kind,
        number=mask_numbers(number.text),
        year=number.year,
        about=mask_numbers(about),
        date=_date(text, tail, kind, number, enacted if is_legal else None, is_letter=is_letter),
        in_force=span,
    )
    return None if facts == DocumentFacts() else facts


def further_documents(begun: Sequence[str], first: DocumentFacts | None, rules: Rules) -> tuple[DocumentFacts, ...]:
    """Legal products that begin on later pages of the same file, each once; ``first`` is the one it begins with.

    A page counts whose heading names a kind and a number or year of its own above the recitals: a cover may stand
    before the first page of one and the same document.
    """
    legal = {rule.id for rule in rules.kinds if rule.is_legal}
    found: dict[tuple[str, str, int | None], DocumentFacts] = {}
    for text in begun:
        if not above_grounds(text):
            continue
        facts = document_facts(text, "", rules)
        if facts and facts.kind in legal and (facts.number or facts.year is not None):
            found.setdefault((facts.kind, facts.number, facts.year), facts)
    if first:
        found.pop((first.kind, first.number, first.year), None)
    return tuple(found.values())


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


def _without_office(lines: Sequence[str], text: str) -> Sequence[str]:
    """``lines`` without the office that decides, where it is the one of the heading and stands above the recitals.

    It ends what a document is about; a comma behind it may be missing, or stand on the next line.
    """
    if not above_grounds(text):
        return lines
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _OFFICE_LINES), -1):
        first = " ".join(lines[place].upper().split()[:2])
        if _OFFICE_LINE.match(lines[place]) and first in " ".join(lines[:place]).upper():
            return lines[:place]
    return lines


def _about(lines: Sequence[str], start: int) -> str:
    """What follows *tentang*, over as many lines as it takes."""
    is_annex = any(line.upper().startswith("LAMPIRAN") for line in lines[max(0, start - 2) : start + 1])
    for place in range(start, min(start + NUMBER_LINES, len(lines))):
        found = ABOUT.match(lines[place]) or (_INLINE_ABOUT.search(lines[place]) if place <= start + 2 else None)
        if found:
            return _shortened(_continued(found["rest"] or "", lines[place + 1 :], is_annex=is_annex))
    return ""


def _continued(first: str, lines: Sequence[str], *, is_annex: bool) -> str:
    taken = [first] if first else []
    for line in lines[:_ABOUT_LINES]:
        if is_annex and taken and _ANNEX_TITLE.match(line):
            break
        is_sentence = bool(taken) and is_capital("".join(taken)) and not is_capital(line)
        names_altered = line.upper().startswith("NOMOR") and _ALTERING.match(" ".join(taken))
        if is_sentence or (ABOUT_END.match(line) and not names_altered):
            break
        taken.append(line)
    return " ".join(taken)


def _subject(lines: Sequence[str], text: str) -> str:
    """What a letter is about: behind *Hal* or *Perihal*, without the address that stands beside it."""
    place, found = next(
        ((number, match) for number, line in enumerate(lines[:25]) if (match := _SUBJECT.match(line))), (0, None)
    )
    if not found:
        return ""
    written = next((match["rest"] for line in text.splitlines() if (match := _SUBJECT.match(line))), found["rest"])
    rest = " ".join(_GAP.split(written)[0].split()) or found["rest"]
    rest = _LETTER_TAIL.sub("", rest)
    above = "\n".join(lines[max(0, place - _ADDRESS_LINES) : place])
    return _shortened(_ADDRESS.sub("", rest) if _ADDRESSED.search(above) else rest)


def _shortened(text: str) -> str:
    return " ".join(text.split())[:ABOUT_CHARS].rstrip(" ,;.")


def _span(lines: Sequence[str], start: int, about: str) -> tuple[int, int] | None:
    """The years for which the title says that the document is in force."""
    found = _IN_FORCE.search(about or " ".join(lines[start : start + _ABOUT_LINES]))
    if not found:
        return None
    first, last = int(found["first"]), int(found["last"])
    return (first, last) if first <= last <= first + _LONGEST_SPAN else None


def _date(text: str, tail: str, kind: str, number: Number, enacted: str | None, *, is_letter: bool) -> str:
    """The day it was signed: where it was enacted, at its foot, in its head, or behind a label, in this order."""
    foot = "\n".join(list(_filled(tail))[-_TAIL_LINES:])
    head = "\n".join(islice(_filled(text), 25))
    month = dates.roman_month(number.text)
    between = [enacted] if enacted and dates.first_enacted(text) is None else []
    if clauses := [*dates.enacted(text), *between, *dates.enacted(foot)]:
        return dates.choose(clauses, month)
    is_titled = not kind and not is_letter and number.line >= 0
    if (kind == _AGREEMENT or is_titled) and (deeds := [*spelled(text), *dates.spoken(text)]):
        return deeds[0]
    in_head, at_foot = list(dates.placed(head)), list(dates.placed(foot))[::-1]
    if lines := ([*in_head, *at_foot] if is_letter else [*at_foot, *in_head]):
        return dates.choose(lines, month)
    is_dated = kind in _MEETING or is_letter or (number.line >= 0 and bool(kind))
    return next(dates.labelled(head), "") if is_dated else ""
