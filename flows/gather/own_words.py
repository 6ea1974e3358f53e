"""What a document says itself, told apart from what it cites.

A decree lists the laws it rests on, and a report mentions the regulation it serves. So of a legal product (it has a
line that starts with MENIMBANG or MENGINGAT) only what stands above that line counts, and elsewhere references in
running text are taken out before anything is looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flows.gather.content import HEADING_LINES
from flows.words import holds_any

_GROUNDS = re.compile(r"^\s*(?:MENIMBANG|MENGINGAT)\b", re.MULTILINE | re.IGNORECASE)
_CAPITALS_TO_SMALL = 12
"""A line with more capitals than so many to each small letter is set in capitals."""
_TELLING = re.compile(r"(?:[\W\d_]*[^\W\d_]){8}")
_NAMES_ANOTHER = re.compile(
    r"[NnLB](?:(?<=[Nn])[Oo](?:mor|MOR|\.?)\s*:?\s*[\w./-]+\s+[Tt](?:ahun|AHUN)\s+\d{4}"
    r"|(?<=[LB])(?:embaran|erita)\s+(?:Negara|Daerah)\b)"
)
"""Stands in every reference, and is found in a tenth of the time; most texts have none."""
_REFERRING = ("omor", "OMOR", "No", "Lembaran", "Berita")
"""One of them stands in every reference; looked for in a third of the time again."""
_REFERENCE = re.compile(
    r"(?:(?:Undang-Undang|Peraturan|Qanun|Keputusan|Instruksi|Surat\s+Edaran|[Uu]ndang-undang|peraturan|keputusan)\b[^.;\n\d]{0,160}?)?"
    r"\b(?:Nomor|nomor|NOMOR|No\.?)\s*:?\s*[\w./-]+\s+(?:Tahun|tahun|TAHUN)\s+\d{4}"
    r"|\b(?:Lembaran|Berita)\s+(?:Negara|Daerah)\b[^.;\n\d]{0,120}?\b(?:Tahun|tahun)\s+\d{4}\s+(?:Nomor|nomor)\s+\d+"
)


_APART = ("T A N G", "T U R A N", "U S A N", "O M O R")
"""What shows that the headings of a document are spaced: its kind, number and subject are named so or not at all."""
_SPACED = re.compile(r"(?<!\S)(?:[A-Z0-9] ){3,}[A-Z0-9](?!\S)")
_OF_HEADINGS = re.compile(
    r"PERATURAN|KEPUTUSAN|INSTRUKSI|SURAT|EDARAN|DAERAH|KABUPATEN|WALI|KOTA|BUPATI|KEPALA|NOMOR|TAHUN|TENTANG"
)


def closed_up(text: str) -> str:
    """``text`` with the words of its headings closed up whose letters stand apart (``T E N T A N G``)."""
    if not holds_any(text, _APART):
        return text
    return _SPACED.sub(_close_up, text)


def _close_up(match: re.Match[str]) -> str:
    """A spaced line, whose words are known by sight only: programs put the same space between letters and words."""
    joined = match[0].replace(" ", "")
    parted, found = _OF_HEADINGS.subn(r" \g<0> ", joined)
    return " ".join(parted.split()) if found else match[0]


def is_capital(line: str) -> bool:
    """Whether ``line`` is set in capitals, of which reading a scan may have made a few small letters."""
    return line.isupper() or sum(map(str.islower, line)) * _CAPITALS_TO_SMALL < sum(map(str.isupper, line))


@lru_cache(maxsize=8)
def above_grounds(text: str) -> str:
    """What stands above the recitals of a legal product; empty where there are none, or nothing that tells above them.

    In two columns the words "Menimbang" and "Mengingat" may come first, with a blot above them, and the heading after.
    """
    if text.isascii() and "menimbang" not in (lowered := text.lower()) and "mengingat" not in lowered:
        return ""
    grounds = _GROUNDS.search(text)
    above = text[: grounds.start()] if grounds else ""
    return above if _TELLING.match(above) else ""


@lru_cache(maxsize=8)
def own_words(text: str) -> str:
    """``text`` without what it only cites; asked for several times of one file."""
    above = above_grounds(text)
    if above:
        return above
    lines = [line for line in text.splitlines() if line.strip()]
    if not holds_any(text, _REFERRING) or not _NAMES_ANOTHER.search(text):
        return "\n".join(lines)
    heading = [line if _is_own_line(line) else _without_references(line) for line in lines[:HEADING_LINES]]
    return "\n".join([*heading, _without_references("\n".join(lines[HEADING_LINES:]))])


def _without_references(text: str) -> str:
    return _REFERENCE.sub(" ", text) if _NAMES_ANOTHER.search(text) else text


def _is_own_line(line: str) -> bool:
    """Whether a line of the heading gives the document's own number: it starts with it, or is set in capitals."""
    return line.isupper() or re.match(r"\s*(?:NOMOR|NO\.)", line, re.IGNORECASE) is not None
