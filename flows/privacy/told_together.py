"""Children of whom one thing is told together: *Rafi dan Nabila, keduanya berumur 12 tahun*, *(8 dan 6 tahun)*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.privacy.birth import ADULT_AGE
from flows.privacy.captions import is_about_adults
from flows.privacy.given_names import holds_given_name
from flows.privacy.people import is_common_word, is_initials, is_titled
from flows.words import Words

WORDS_TOGETHER = (
    *("keduanya", "ketiganya", "keempatnya", "kelimanya", "semuanya kelas", "semuanya siswa", "sama-sama kelas"),
    *("masing-masing ber", "masing-masing umur", "masing-masing usia", "usia masing-masing", "umur masing-masing"),
    *("sama-sama ber", "berturut-turut ber", "kakak beradik", "bersaudara", "sama-sama siswa", "semuanya masih"),
)
"""One of them stands where one thing is told of several, and seldom elsewhere."""
SAYS_TOGETHER = Words(*WORDS_TOGETHER, "masing-masing", *(f"({age} dan " for age in range(1, ADULT_AGE)))
"""Asked of what is read closely anyway."""
_ALL = r"(?:ke(?:dua|tiga|empat|lima|enam|tujuh)nya|semuanya|seluruhnya|masing-masing|sama-sama|berturut-turut)"
_MAYBE = r"(?:(?:masih|kini|sekarang|adalah|merupakan|saat ini|baru|sama-sama|juga|anak) ){0,3}"
_UNIT = r"(?:tahun|thn|th|bulan|bln)"
_AGE = rf"\d{{1,2}}(?! \d)(?: ?{_UNIT}\b)?"
_NEXT = rf"(?:(?:,? (?:dan|serta|&) |, ?|/){_AGE})"
_NOT_OF_LIFE = (
    r"(?!\.? ?(?:\d|pelajaran|penjara|kurungan|kerja|anggaran|masa|menjadi|bekerja|mengabdi|menjabat|terakhir|"
    r"orang|kali))"
)
_LEARNING = (
    r"(?:(?:duduk|bersekolah|sekolah|dari) )?(?:di )?(?:bangku )?"
    r"(?:(?:siswa|siswi|pelajar|murid|santri|anak asuh|balita)\b|(?:kelas|kls) (?:[ivx]{1,4}|\d{1,2})\b|"
    r"(?:SDN?|MIN?|SMPN?|MTsN?|SMAN?|SMKN?|TK|PAUD|SLBN?)\b|putus sekolah\b|di bawah umur\b)"
)
_TOLD = re.compile(
    rf"\b{_ALL},? {_MAYBE}(?:(?P<life>(?:ber)?(?:umur|usia)) )?(?P<ages>{_AGE}{_NEXT}*){_NOT_OF_LIFE}"
    rf"|\b(?P<lives>(?:ber)?(?:umur|usia)(?:nya)?),? {_ALL} (?P<each>{_AGE}{_NEXT}*){_NOT_OF_LIFE}"
    rf"|[(,] ?(?:(?:ber)?(?:umur|usia) )?(?P<apart>{_AGE}{_NEXT}+){_NOT_OF_LIFE}"
    rf"|\b{_ALL},? {_MAYBE}(?P<learning>{_LEARNING})",
    re.IGNORECASE,
)
_ONE_NAME = r"(?:[A-Z][\w.'’-]*|bin|binti)(?: (?:[A-Z][\w'’.-]*|bin|binti)){0,4}"
_NAMES = re.compile(rf"(?<![\w.])(?P<names>{_ONE_NAME}(?:, {_ONE_NAME})*(?:,? (?:dan|serta|&) |, ){_ONE_NAME})")
_BETWEEN = re.compile(r",? (?:dan|serta|&) |, ")
_REACH, _GAP, _AFTER = 220, 70, 40
"""How far back the names may begin, and how far behind them that may stand which is told."""
_ROLE_WORDS = """
    korban anak ananda adik kakak siswa siswi pelajar remaja balita santri saudara saudari sdr sdri klien pelaku abh
    tersangka saksi inisial berinisial bernama murid an a.n
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_LEAST = 2


def told_together(text: str) -> Iterator[tuple[list[str], int, str]]:
    """The names of children of whom something is told together, where it stands, and what fields call it."""
    for match in _TOLD.finditer(text):
        if not match["learning"] and not _is_of_children(match):
            continue
        names, between = _names_before(text, match.start())
        if match["learning"] and is_about_adults(f"{between} {text[match.end() : match.end() + _AFTER]}"):
            continue  # who teaches there, and looks after the children
        if names:
            yield names, match.start(), "Kelas" if match["learning"] else "Umur"


def _is_of_children(match: re.Match[str]) -> bool:
    """Whether every number is the age of a child, and it is said that they are ages."""
    said = match["ages"] or match["each"] or match["apart"]
    is_said = match["life"] or match["lives"] or re.search(_UNIT, said, re.IGNORECASE)
    return bool(is_said) and all(int(age) < ADULT_AGE for age in re.findall(r"\d+", said))


def _names_before(text: str, end: int) -> tuple[list[str], str]:
    """The last names told in one breath before ``end``, and what stands between; none where one is no child's."""
    above = text[max(0, end - _REACH) : end].replace("\n", " ")
    last = None
    for last in _NAMES.finditer(above):  # noqa: B007 - the last of them
        pass
    if last is None or len(above) - last.end() > _GAP:
        return [], ""
    names = [_without_role(name) for name in _BETWEEN.split(last["names"])]
    if len(names) < _LEAST or is_titled(last["names"]) or not all(map(_may_be_name, names)):
        return [], ""
    known = sum(holds_given_name(name) or is_initials(name) for name in names)
    is_sure = known * 2 >= len(names) and any(map(holds_given_name, names))
    return names if is_sure else [], above[last.end() :]


def _without_role(name: str) -> str:
    first, _, rest = name.partition(" ")
    return _without_role(rest) if rest and first.lower().rstrip(".") in _ROLES else name.rstrip(".")


def _may_be_name(name: str) -> bool:
    return not any(is_common_word(word) for word in name.split())
