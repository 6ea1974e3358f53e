"""What a document calls itself: its title, taken from the first lines that tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from flows.gather.content import HEADING_LINES
from flows.gather.own_words import is_capital

TITLE_CHARS = 120
_TITLE_LETTERS = 8
_LETTERHEAD = re.compile(
    r"(?:PEMERINTAH\s+(?:KOTA|KAB|PROV|DAERAH)|(?:WALI\s?KOTA|BUPATI|PROVINSI|GUBERNUR|MENTERI)\s|SALINAN\b"
    r"|PRESIDEN\b|REPUBLIK INDONESIA\Z"
    r"|JALAN\b|JL\.|TELEPON\b|TELP\b|SUMBER\s*:|(?:LEMBARAN|BERITA)\s+(?:NEGARA|DAERAH)\b|(?:WWW\.|HTTPS?:)\S+\Z"
    r"|.*\b(?:(?:SECARA|SERTIFIKA\w+)\s+ELEKTRONIK|BSRE|BSSN)\b)",
    re.IGNORECASE,
)
"""What stands on many documents of an office and tells nothing of this one: who sends it, and footers."""
_OFFICE = re.compile(
    r"(?:DINAS|BADAN|SEKRETARIAT|KECAMATAN|KELURAHAN|DESA|KANTOR|INSPEKTORAT|SATUAN|RUMAH SAKIT|UPTD?|PUSKESMAS)\b"
)
"""Below the name of a government: the office that writes."""
_GROUNDS = re.compile(r"MENIMBANG|MENGINGAT|DENGAN RAHMAT", re.IGNORECASE)
"""What only a legal product has."""
_LABEL = re.compile(
    r"(?:NOMOR|NO|SIFAT|KLASIFIKASI)\b\.?\s*:|(?:LAMPIRAN|LAMP)\b\.?\s*:\s*(?:\d|[-–]|SATU\b)", re.IGNORECASE
)
_PLACED = re.compile(r"[^,:]{3,30},\s*\d{1,2}\s+[^\W\d]{3,10}\s+\d{4}\Z")
"""Place and date. Below them, and below labels, a letter says what it is about, and whom it is sent to."""
_NO_TITLE = re.compile(r"MENIMBANG|MENGINGAT|KEPADA\b|YTH\b|\S+@\S+\Z|NO(?:MOR|\.)?\s+[^\W\d]", re.IGNORECASE)
"""Recitals, an address, or the headings of a table: what stands below may be people."""
_ADDRESS = re.compile(r"\b(?:JL\.|JLN\b|JALAN\b|TELP\b|TELEPON\b|KODE POS\b|E-?MAIL\b|SUREL\b)|\S@\S", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:PERIHAL|HAL)\s*:\s*(?=\S)", re.IGNORECASE)
_OF_PERSON = re.compile(r"\s*\(?\b(?:a\.\s?n\b|an\.|atas\s+nama|ananda|sdri?\b|saudar[ai]|bernama)\W.*", re.IGNORECASE)
"""A title never goes on to whom it concerns."""
_ANNEX = re.compile(r"LAMPIRAN(?: [IVX]+)?\s?:?")
_OWN_NUMBER = re.compile(r"N(?:OMOR|O\.)")
_LEGAL_START = re.compile(r"(?:PERATURAN|UNDANG-UNDANG|QANUN|KEPUTUSAN|INSTRUKSI|SURAT EDARAN)\b")
_LEGAL_END = re.compile(
    r"DENGAN RAHMAT|DENGAN NAMA ALLAH|BISMILLAH|MENIMBANG|"
    r"(?:WALI ?KOTA|BUPATI|GUBERNUR|PRESIDEN|MENTERI|KEPALA)\b[^:]*,$"
)
_GOES_ON = re.compile(
    r"(?:\b(?:di|ke|dari|dan|atau|serta|yang|untuk|bagi|pada|dalam|dengan|oleh|tentang|terhadap|kepada|antara|sebagai"
    r"|hak|layak|ramah|dunia|penyandang|kesejahteraan)|[/&]|\([^()]*)\Z",
    re.IGNORECASE,
)
"""The end of a line whose sentence cannot end there, or whose bracket is still open; no word that may stand before the
name of a person, as "korban" or "dispensasi"."""
_GOES_ON_LINES = 3
_HEAD_LINES = 60
"""Lines among which a legal product has its heading and its recitals."""
_LETTER_LINES = 25
"""Lines among which the head of a letter stands."""
_NUMBER_LINES = 3
"""Filled lines below the heading of a legal product among which its number stands."""
_LOOSE_END = " ,;:.-–/&"
"""What a shortened title does not end with."""
_LONG_NUMBER = re.compile(r"\d[\d .-]{8,}\d")
"""Ten digits and more may be the number of a person; a title never carries one."""


def title_of(text: str) -> str:
    """The first telling line: no letterhead or source, at least eight letters, no long number, at most 120 characters.

    A legal product is known by its number and what it is about, which stand on the lines below its kind; a letter by
    its subject. Of any other document a line is taken besides only where the one before cannot be the end: it may be
    the name of a person. A page that begins with a table or an address has no title.
    """
    lines = text.splitlines()
    start = _legal_heading(lines)
    start = _letter_subject(lines) if start is None else start
    if start is None and (start := _first_telling(lines)) is None:
        return ""
    following = [_printable(line) for line in lines[start : start + HEADING_LINES]]
    if _NO_TITLE.match(following[0]):
        return ""
    following[0] = _SUBJECT.sub("", following[0], count=1)
    taken = _legal_title(following) if _is_legal(following) else _plain_title(following)
    return _shortened(_LONG_NUMBER.sub("…", _OF_PERSON.sub("", " ".join(taken))))


def _legal_heading(lines: Sequence[str]) -> int | None:
    """Where the heading of a legal product stands, which its number follows; what is above it a scan may have spoilt.

    Only a text with recitals near its heading has one: a report on a regulation names it in the same way.
    """
    filled = [(number, text) for number, line in enumerate(lines[:_HEAD_LINES]) if (text := _printable(line))]
    if not any(_GROUNDS.match(text) for _, text in filled):
        return None
    for place, (number, text) in enumerate(filled):
        if text.isupper() and _LEGAL_START.match(text):
            below = filled[place + 1 : place + 1 + _NUMBER_LINES]
            first = filled[place - 1][0] if place and _ANNEX.fullmatch(filled[place - 1][1]) else number
            return first if any(_OWN_NUMBER.match(each) for _, each in below) else None
    return None


def _letter_subject(lines: Sequence[str]) -> int | None:
    """Where a letter says what it is about, below the address of whoever writes, which begins with a name."""
    has_address = False
    for number, line in enumerate(map(_printable, lines[:_LETTER_LINES])):
        if _ADDRESS.search(line):
            has_address = True
        elif (
            has_address and line.isupper() and sum(map(str.isalpha, line)) >= _TITLE_LETTERS and not _LABEL.match(line)
        ):
            return None  # a title
        elif has_address and _LABEL.match(line):
            below = range(number + 1, min(number + HEADING_LINES, len(lines)))
            return next((each for each in below if _SUBJECT.match(_printable(lines[each]))), None)
    return None


def _first_telling(lines: Sequence[str]) -> int | None:
    is_head = False
    for number, line in enumerate(map(_printable, lines)):
        is_dated = _PLACED.match(line) is not None
        if is_dated or _LABEL.match(line):
            below = range(number + 1, min(number + HEADING_LINES, len(lines)))
            subject = next((each for each in below if _SUBJECT.match(_printable(lines[each]))), None)
            if is_dated or subject is not None:
                return subject
        elif _LETTERHEAD.match(line) or (is_head and line.isupper() and _OFFICE.match(line)):
            is_head = True
        elif sum(map(str.isalpha, line)) >= _TITLE_LETTERS:
            return number
    return None


def _is_legal(lines: Sequence[str]) -> bool:
    """Whether a legal product is named, or below its first line the one it is the annex of."""
    first = lines[1] if len(lines) > 1 and _ANNEX.fullmatch(lines[0]) else lines[0]
    return _LEGAL_START.match(first) is not None


def _shortened(title: str) -> str:
    """At most 120 characters, ending with a whole word and a sign where there was more."""
    if len(title) <= TITLE_CHARS:
        return title
    words = title[:TITLE_CHARS].rpartition(" ")[0].rstrip(_LOOSE_END)
    while end := _GOES_ON.search(words):
        words = words[: end.start()].rstrip(_LOOSE_END)
    return f"{words if len(words) > TITLE_CHARS // 2 else title[: TITLE_CHARS - 1]}…"


def _printable(line: str) -> str:
    if line.isprintable():
        return " ".join(line.split())
    return " ".join("".join(char if char.isprintable() else " " for char in line).split())


def _plain_title(lines: Iterable[str]) -> Iterable[str]:
    for number, line in enumerate(islice(lines, _GOES_ON_LINES)):
        if number and (not line or _LETTERHEAD.match(line)):
            return
        yield line
        if not _GOES_ON.search(line):
            return


def _legal_title(lines: Iterable[str]) -> Sequence[str]:
    """The lines of a legal product's name: from its kind to the end of what it is about."""
    taken: list[str] = []
    for line in lines:
        if taken and (not is_capital(line) or _LEGAL_END.match(line)):
            break
        taken.append(line)
    return taken[:-1] if taken[-1] == "TENTANG" else taken
