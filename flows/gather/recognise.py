"""What a text says: kinds of evidence, years, topic words, title. Hints and facts; judging them is not ours.

What a document *is* must be told apart from what it *cites*: a decree lists the laws it rests on, and a report mentions
the regulation it serves. So a legal product (it has a line that starts with MENIMBANG or MENGINGAT) is recognised by
what stands above that line, and elsewhere references in running text are taken out before anything is looked for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from flows.gather.content import Content
from flows.gather.names import suffix_of
from flows.model import Framework, Media
from flows.names import fold

CODE_VERSION = 30
"""Raise it when reading or recognising changes, so that cached results of the older code are not used."""
TITLE_CHARS = 120
_TITLE_LETTERS = 8
_HEADING_LINES = 12
_NAME_LINES = 3
_KIND_CHARS = 6_000
"""A document says what it is on its first two pages."""
_LONGEST_SPAN = 10
"""Years; a longer one is not a period of a plan or of data."""

_GROUNDS = re.compile(r"^\s*(?:MENIMBANG|MENGINGAT)\b", re.MULTILINE | re.IGNORECASE)
_NAMES_ANOTHER = re.compile(
    r"[NnLB](?:(?<=[Nn])[Oo](?:mor|MOR|\.?)\s*:?\s*[\w./-]+\s+[Tt](?:ahun|AHUN)\s+\d{4}"
    r"|(?<=[LB])(?:embaran|erita)\s+(?:Negara|Daerah)\b)"
)
"""Stands in every reference, and is found in a tenth of the time; most texts have none."""
_REFERENCE = re.compile(
    r"(?:(?:Undang-Undang|Peraturan|Keputusan|Instruksi|Surat\s+Edaran|[Uu]ndang-undang|peraturan|keputusan)\b[^.;\n\d]{0,160}?)?"
    r"\b(?:Nomor|nomor|NOMOR|No\.?)\s*:?\s*[\w./-]+\s+(?:Tahun|tahun|TAHUN)\s+\d{4}"
    r"|\b(?:Lembaran|Berita)\s+(?:Negara|Daerah)\b[^.;\n\d]{0,120}?\b(?:Tahun|tahun)\s+\d{4}\s+(?:Nomor|nomor)\s+\d+"
)
_CENTURY = re.compile(r"(?:19|20)(?<!\d\d\d)\d{2}")
"""Where digits begin that may be a year; the three patterns below are looked for at such places only."""
_YEAR = re.compile(r"(?<!\d[.,])\d{4}(?!\d)(?![.,]\d{3})")
_STAMPED = re.compile(r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_SPAN = re.compile(
    r"\d{4}\s*(?:[-\u2010-\u2015]|s\.?\s?/?d\.?|sampai(?:\s+dengan)?)\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)
_DATED = re.compile(r"[./-](?<=\d[./-])(?<!\d\d\d[./-])\d{1,2}[./-]((?:19|20)\d{2})(?!\d)")
"""The end of a date in numerals, from the mark behind the day on."""
_LETTERHEAD = re.compile(
    r"(?:PEMERINTAH\s+(?:KOTA|KAB|PROV|DAERAH)|(?:WALI\s?KOTA|BUPATI|PROVINSI)\s|SALINAN\b|JALAN\b|JL\.|TELEPON\b|TELP\b|SUMBER\s*:)",
    re.IGNORECASE,
)
_AT_START = re.compile(r"\^(?:[^|()\[\]\\]|\\\w|\((?:[^()]|\([^()]*\))*\))*")
"""A pattern that begins with ``^``, of which no part stands beside another outside of brackets."""
_TABLE_HEAD = re.compile(r"no(?:mor|\.)?\s+[^\W\d]", re.IGNORECASE)
"""The headings of a table; what stands below may be people."""
_CAPTION = re.compile(r"(?:Tabel|Matriks|Foto)\s+(?:\d|[IVX]+\b)")
_LEGAL_START = re.compile(r"(?:PERATURAN|KEPUTUSAN|INSTRUKSI|SURAT EDARAN)\b")
_LEGAL_END = re.compile(r"DENGAN RAHMAT|MENIMBANG|(?:WALI ?KOTA|BUPATI|KEPALA)\b[^:]*,$")
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


@dataclass(frozen=True, slots=True)
class KindRule:
    """How one kind of evidence is recognised from content."""

    id: str
    content: tuple[str, ...]
    media: tuple[Media, ...]
    is_legal: bool = False
    name_words: tuple[str, ...] = ()
    """Words of a file name that hint at it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a child process needs to know about the instrument."""

    kinds: tuple[KindRule, ...]
    keywords: tuple[str, ...]
    """Folded, in alphabetical order."""
    version: str
    """Changes when a kind, a keyword, the code of reading or the reader of scans changes."""
    ocr: str = ""
    """Which program reads scans; empty where they are not read."""

    def __hash__(self) -> int:
        return hash(self.version)  # which changes with all the rest


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text or a name speaks of."""

    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    keywords: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that may say what a document is."""

    text: str
    """In capitals, with single spaces."""
    is_capital: bool
    """Whether the document itself sets it in capitals."""


NOTHING = Recognised()


@lru_cache(maxsize=4)
def rules_of(framework: Framework, ocr: str = "") -> Rules:
    """The rules of recognition that follow from an instrument; ``ocr`` names the program that reads scans."""
    kinds = tuple(
        KindRule(kind.id, kind.content, kind.media, kind.is_legal, kind.name_words) for kind in framework.kinds.values()
    )
    keywords = tuple(sorted({word for question in framework.questions for word in question.keywords}))
    version = hashlib.sha256(repr((CODE_VERSION, kinds, keywords, *filter(None, [ocr]))).encode()).hexdigest()[:16]
    return Rules(kinds, keywords, version, ocr)


def recognise_content(content: Content, media: Media, rules: Rules) -> Recognised:
    """What the content of a file of family ``media`` says.

    Years are all of 1900-2099 on the first page; which of them matter depends on the evaluation year and is decided
    later, so that the answer can be cached.
    """
    own_text = own_words(content.text)
    return Recognised(
        kinds=_kinds(own_text, media, content, rules),
        years=years_in(own_words(content.head)),
        keywords=keywords_in(content.text, rules.keywords),
        title=title_of(content.text if content.title_text is None else content.title_text),
    )


def recognise_name(name: str, rules: Rules) -> Recognised:
    """What the name of a file hints at. A hint never proves."""
    stem = name[: len(name) - len(suffix_of(name))]
    named = set(_words_in(stem, _name_words(rules)))
    return Recognised(
        kinds=tuple(kind.id for kind in rules.kinds if not named.isdisjoint(kind.name_words)) if named else (),
        years=years_in(name),
        keywords=keywords_in(stem, rules.keywords),
    )


def keywords_in(text: str, keywords: Sequence[str]) -> tuple[str, ...]:
    """Which of ``keywords`` occur in ``text`` as whole words, in their order."""
    found = set(_words_in(text, tuple(keywords)))
    return tuple(keyword for keyword in keywords if keyword in found) if found else ()


@lru_cache(maxsize=8)
def _name_words(rules: Rules) -> tuple[str, ...]:
    return tuple(word for kind in rules.kinds for word in kind.name_words)


def _words_in(text: str, phrases: tuple[str, ...]) -> Iterator[str]:
    """Which of ``phrases`` occur in ``text`` as whole words, in any order."""
    folded = f" {fold(text)} "
    single = set(folded.split())
    starting = _by_first_word(phrases)
    for word in starting.keys() & single:
        for phrase, *more in starting[word]:
            if not more or (single.issuperset(more) and f" {word} {' '.join(more)} " in folded):
                yield phrase


@lru_cache(maxsize=8)
def _by_first_word(phrases: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """First word, folded → each of ``phrases`` that begins with it, and the words that follow."""
    starting: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        first, *more = fold(phrase).split() or [""]
        starting.setdefault(first, []).append((phrase, *more))
    return starting


def years_in(text: str) -> tuple[int, ...]:
    """Every year of 1900-2099 in ``text``, the years within a span such as 2023-2025 included, ascending."""
    found = {int(year) for year in _DATED.findall(text)}
    spanned = 0
    for digits in _CENTURY.finditer(text):
        first, start = int(digits[0]), digits.start()
        if _YEAR.match(text, start) or _STAMPED.match(text, start):
            found.add(first)
        span = _SPAN.match(text, start) if start >= spanned else None
        if span:
            spanned, last = span.end(), int(span[1])
            found.update(range(first, last + 1) if first < last <= first + _LONGEST_SPAN else ())
    return tuple(sorted(found))


def relevant_years(years: Iterable[int], evaluation_year: int) -> tuple[int, ...]:
    """The years a dossier can speak of: fifteen back for what is still in force, one ahead for what is planned."""
    return tuple(sorted({year for year in years if evaluation_year - 15 <= year <= evaluation_year + 1}))


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
        following = map(_printable, lines[number : number + _HEADING_LINES])
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


def _kinds(own_text: str, media: Media, content: Content, rules: Rules) -> tuple[str, ...]:
    """Kinds that the headings tell, and those a family of files is by its nature.

    A legal product is what its first heading says: a decree that is only named further down, or in the heading of a
    report about it, is not the document itself. Sections set in capitals add the other kinds (a report with photos).
    """
    first = _first_headings(own_text, rules)
    earliest = min(first.values(), default=0)
    return tuple(
        rule.id
        for rule in rules.kinds
        if (media in rule.media and content.is_substantial)
        or (rule.id in first and (not rule.is_legal or first[rule.id] == earliest))
    )


def leading_kind(text: str, rules: Rules) -> str:
    """The one kind that the first telling heading of ``text`` names, legal products before others; may be empty."""
    first = _first_headings(own_words(text), rules)
    legal = {rule.id for rule in rules.kinds if rule.is_legal}
    ranked = sorted(first, key=lambda kind: (first[kind], kind not in legal))
    return ranked[0] if ranked else ""


@lru_cache(maxsize=8)
def _first_headings(own_text: str, rules: Rules) -> Mapping[str, int]:
    """Kind → number of the first heading that tells it; asked for several times of one file."""
    headings = _headings(own_text[:_KIND_CHARS])
    phrases = [" ".join(each.text for each in headings[start : start + _NAME_LINES]) for start in range(len(headings))]
    capital = [number for number, heading in enumerate(headings) if heading.is_capital]
    every = range(len(headings))
    matches = ((rule.id, _first_match(rule, phrases, capital if rule.is_legal else every)) for rule in rules.kinds)
    return {kind: number for kind, number in matches if number is not None}


def _headings(text: str) -> list[_Heading]:
    """Lines that may say what a document is: the first ones, later ones set in capitals, and captions."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    return [
        _Heading(" ".join(line.upper().split()), line.isupper())
        for number, line in enumerate(lines)
        if number < _HEADING_LINES or line.isupper() or _CAPTION.match(line)
    ]


def _first_match(rule: KindRule, phrases: Sequence[str], among: Sequence[int]) -> int | None:
    """Number of the first phrase that tells ``rule``'s kind; a name may run over some lines, so does a phrase.

    A legal product sets its name in capitals (Permendagri 1/2023); a sentence that begins with "Peraturan Daerah" is
    about one, so of such kinds only the phrases that begin in capitals are ``among`` those to look at.
    """
    finders = [_finder(pattern) for pattern in rule.content]
    for number in among:  # a loop within a loop: asked of every heading of every file for every kind
        for find in finders:
            if find(phrases[number]):
                return number
    return None


@lru_cache(maxsize=512)
def _finder(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """How to look for a pattern: where it can only begin a text, it is tried there and nowhere else."""
    compiled = re.compile(pattern)
    return compiled.match if _AT_START.fullmatch(pattern) else compiled.search


@lru_cache(maxsize=8)
def above_grounds(text: str) -> str:
    """What stands above the recitals of a legal product; empty where there are none, or nothing above them."""
    if text.isascii() and "menimbang" not in (lowered := text.lower()) and "mengingat" not in lowered:
        return ""
    grounds = _GROUNDS.search(text)
    above = text[: grounds.start()] if grounds else ""
    return above if above.strip() else ""


@lru_cache(maxsize=8)
def own_words(text: str) -> str:
    """``text`` without what it only cites; asked for several times of one file."""
    above = above_grounds(text)
    if above:
        return above
    lines = [line for line in text.splitlines() if line.strip()]
    if not _NAMES_ANOTHER.search(text):
        return "\n".join(lines)
    heading = [line if _is_own_line(line) else _without_references(line) for line in lines[:_HEADING_LINES]]
    return "\n".join([*heading, _without_references("\n".join(lines[_HEADING_LINES:]))])


def _without_references(text: str) -> str:
    return _REFERENCE.sub(" ", text) if _NAMES_ANOTHER.search(text) else text


def _is_own_line(line: str) -> bool:
    """Whether a line of the heading gives the document's own number: it starts with it, or is set in capitals."""
    return line.isupper() or re.match(r"\s*(?:NOMOR|NO\.)", line, re.IGNORECASE) is not None
