"""What a document calls itself: its title, taken from the first lines that tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from flows.gather.content import HEADING_LINES

TITLE_CHARS = 120
_TITLE_LETTERS = 8
_LETTERHEAD = re.compile(
    r"(?:PEMERINTAH\s+(?:KOTA|KAB|PROV|DAERAH)|(?:WALI\s?KOTA|BUPATI|PROVINSI)\s|SALINAN\b|JALAN\b|JL\.|TELEPON\b|TELP\b|SUMBER\s*:)",
    re.IGNORECASE,
)
_TABLE_HEAD = re.compile(r"no(?:mor|\.)?\s+[^\W\d]", re.IGNORECASE)
"""The headings of a table; what stands below may be people."""
_LEGAL_START = re.compile(r"(?:PERATURAN|QANUN|KEPUTUSAN|INSTRUKSI|SURAT EDARAN)\b")
_LEGAL_END = re.compile(r"DENGAN RAHMAT|DENGAN NAMA ALLAH|BISMILLAH|MENIMBANG|(?:WALI ?KOTA|BUPATI|KEPALA)\b[^:]*,$")
_GOES_ON = re.compile(
    r"(?:\b(?:di|ke|dari|dan|atau|serta|yang|untuk|bagi|pada|dalam|dengan|oleh|tentang|terhadap|kepada|antara|sebagai)|[/&])\Z",
    re.IGNORECASE,
)
"""The end of a line whose sentence cannot end there."""
_GOES_ON_LINES = 3
_LOOSE_END = " ,;:.-–/&"
"""What a shortened title does not end with."""
_LONG_NUMBER = re.compile(r"\d[\d .-]{8,}\d")
"""Ten digits and more may be the number of a person; a title never carries one."""


def title_of(text: str) -> str:
    """The first telling line: no letterhead or source, at least eight letters, no long number, at most 120 characters.

    A legal product is known by its number and what it is about, which stand on the lines below its kind. Of any other
    document a line is taken besides only where the one before cannot be the end: it may be the name of a person. A
    page that begins with a table has no title.
    """
    lines = text.splitlines()
    for number, line in enumerate(map(_printable, lines)):
        if sum(char.isalpha() for char in line) < _TITLE_LETTERS or _LETTERHEAD.match(line):
            continue
        if _TABLE_HEAD.match(line):
            return ""
        following = map(_printable, lines[number : number + HEADING_LINES])
        taken = _legal_title(following) if _LEGAL_START.match(line) else _plain_title(following)
        whole = " ".join(taken)
        return _shortened(_LONG_NUMBER.sub("…", whole))
    return ""


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


def _legal_title(lines: Iterable[str]) -> Iterable[str]:
    """The lines of a legal product's name: from its kind to the end of what it is about."""
    for number, line in enumerate(lines):
        if number and (not line.isupper() or _LEGAL_END.match(line)):
            return
        yield line
