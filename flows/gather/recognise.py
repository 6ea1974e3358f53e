"""What a text says: kinds of evidence, years, topic words, title. Hints and facts; judging them is not ours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.gather.content import HEADING_LINES, Content
from flows.gather.names import suffix_of
from flows.gather.own_words import closed_up, own_words
from flows.gather.titles import title_of
from flows.gather.years import years_in
from flows.model import DocumentFacts, Framework, Media
from flows.names import folded_words

CODE_VERSION = 50
"""Raise it when reading or recognising changes, so that cached results of the older code are not used."""
_NAME_LINES = 3
_KIND_CHARS = 6_000
"""A document says what it is on its first two pages."""
_AT_START = re.compile(r"\^(?:[^|()\[\]\\]|\\\w|\((?:[^()]|\([^()]*\))*\))*")
"""A pattern that begins with ``^``, of which no part stands beside another outside of brackets."""
_DRAFT = frozenset({"RANCANGAN", "DRAF", "DRAFT", "KONSEP"})
_DRAFT_LINES = 6
"""Headings below the word that marks a draft, among which its kind stands."""
_OF_OTHERS = frozenset({"DAFTAR", "ABSTRAK", "KATALOG", "HIMPUNAN", "KUMPULAN"})
"""Right above the name of a document: a paper about such documents, none of them."""
_CAPTION = re.compile(r"(?:Tabel|Matriks|Foto)\s+(?:\d|[IVX]+\b)")


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
    own_text = own_words(closed_up(content.text))
    return Recognised(
        kinds=_kinds(own_text, media, content, rules),
        years=years_in(own_words(content.head)),
        keywords=keywords_in(content.text, rules.keywords),
        title=title_of(closed_up(content.text) if content.title_text is None else content.title_text),
    )


def with_further(found: Recognised, begun: Sequence[str], further: Sequence[DocumentFacts], rules: Rules) -> Recognised:
    """``found``, and what the other legal products in the same file speak of."""
    if not further:
        return found
    kinds = {*found.kinds, *(each.kind for each in further)}
    years = {*found.years, *(each.year for each in further if each.year is not None)}
    keywords = {*found.keywords, *keywords_in("\n".join(begun), rules.keywords)}
    return Recognised(
        tuple(rule.id for rule in rules.kinds if rule.id in kinds),
        tuple(sorted(years)),
        tuple(sorted(keywords)),
        found.title,
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
    words = folded_words(text)
    single = set(words)
    starting = _by_first_word(phrases)
    for word in starting.keys() & single:
        for phrase, *more in starting[word]:
            if not more or (single.issuperset(more) and f" {word} {' '.join(more)} " in f" {' '.join(words)} "):
                yield phrase


@lru_cache(maxsize=8)
def _by_first_word(phrases: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """First word, folded → each of ``phrases`` that begins with it, and the words that follow."""
    starting: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        first, *more = folded_words(phrase) or [""]
        starting.setdefault(first, []).append((phrase, *more))
    return starting


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
    capital = [
        number
        for number, heading in enumerate(headings)
        if heading.is_capital and not _is_drafted(headings, number) and not _is_of_others(headings, number)
    ]
    every = range(len(headings))
    matches = ((rule.id, _first_match(rule, phrases, capital if rule.is_legal else every)) for rule in rules.kinds)
    return {kind: number for kind, number in matches if number is not None}


def _is_drafted(headings: Sequence[_Heading], number: int) -> bool:
    """Whether a heading is that of a draft: it has yet to become what it is called."""
    return any(heading.text in _DRAFT for heading in headings[max(0, number - _DRAFT_LINES) : number + 1])


def _is_of_others(headings: Sequence[_Heading], number: int) -> bool:
    """Whether a heading is the second line of a list of documents, whose first may be spaced."""
    return number > 0 and headings[number - 1].text.replace(" ", "") in _OF_OTHERS


def _headings(text: str) -> list[_Heading]:
    """Lines that may say what a document is: the first ones, later ones set in capitals, and captions."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    return [
        _Heading(" ".join(line.upper().split()), line.isupper())
        for number, line in enumerate(lines)
        if number < HEADING_LINES or line.isupper() or _CAPTION.match(line)
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
