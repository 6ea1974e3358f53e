"""The name that stands right before or behind a mark in a text, by words that join the two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.privacy.given_names import holds_given_name
from flows.privacy.people import is_common_word, is_titled

_TOKEN = re.compile(r"laki2|[^\W\d_][\w.'’`-]*|\d+|[^\w\s]|\n")
_REACH = 110
_MARKS = frozenset(",;:()[]|/–-=")
_JOINING_WORDS = """
    umur usia berumur berusia yang seorang anak perempuan laki-laki laki2 l p lk pr jk adalah kini masih saat ini
    berjenis kelamin dengan dan siswa siswi pelajar murid santri dari asal sekolah duduk di bersekolah inisial
    merupakan baru sekarang putra putri saya umurnya usianya yg msh
"""
_JOINING = frozenset(_JOINING_WORDS.split())
"""What may stand between a name and what is told of its bearer."""
_SAYING_WORDS = "umur usia umurnya usianya berumur berusia l p lk pr adalah siswa siswi pelajar murid santri"
_SAYING = frozenset(_SAYING_WORDS.split())
"""Joins as a comma does."""
_ROLE_WORDS = """
    ketua wakil sekretaris bendahara anggota koordinator korban anak balita bayi baduta siswa siswi murid santri klien
    pasien juara harapan terbaik pemenang peserta saksi abh an a.n by ananda adik kakak putra putri remaja pelajar
    kelas nama bernama berinisial inisial saya oleh karya keponakan
    sdr sdri saudara saudari
    cucu sepupu pelaku tersangka terlapor i ii iii iv v vi vii viii ix x xi xii
"""
_ROLES = frozenset(_ROLE_WORDS.split())
"""What may stand right before a name, in capitals too."""
_NAMES_TOO = frozenset({"Putri", "Putra"})
"""Given names, though they call somebody a daughter and a son as well."""
_PARTICLES = frozenset({"bin", "binti", "al", "el", "van", "de"})
_SCHOOL = re.compile(
    r"\b(?:SD|SDN|SDIT|SDS|MI|MIN|SMP|SMPN|SMPIT|MTs|MTsN|MTS|MTSN|SMA|SMAN|SMK|SMKN|MA|MAN|TK|PAUD|KB|RA|SLB|SLBN)\b"
    r"[^,;:()|\n]{0,40}(?=[,;()|]|\Z)"
)
_MOST_WORDS = 5
_APART_WORDS = ". dan si sama dengan adiknya kakaknya anaknya cucunya keponakannya adik kakak cucu namanya panggilannya"
_APART = frozenset({"\n", *_APART_WORDS.split()})
"""What ends before a short name, or leads to it: *Rafi 10 th sama adiknya Nabila 8 th*."""
_CALLING = frozenset({"an", "a.n", "a", "n", "atas", "nama", "ananda", "by", "adik", "siswa", "siswi", "anak"})
_FIRST_MARKS = frozenset(",:-–|.;")
_ONE_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_IN_ONE_BREATH = re.compile(rf"(?<!\w)({_ONE_NAME}(?:(?:, | dan ){_ONE_NAME})*)(?:, (?:dan )?| dan | & | serta )\Z")
_BETWEEN_NAMES = re.compile(r",? dan |, ?| & ")
_WHOLE_NAME = re.compile(_ONE_NAME)
_BESIDE_NAME = re.compile(r"^\d{1,2}[.)]? | \d{1,2}$| ?\([^()]{0,40}\)")
_SCHOOL_BEFORE = re.compile(r"[^,;:()|\n]{1,30}(?: ?[:–|] ?| - |, )")


def name_before(text: str, end: int, *, may_be_short: bool = False, is_joined: bool = False) -> str:
    """The name that what begins at ``end`` tells of: ``Sari Contoh (`` or ``Sari Contoh, berumur``; empty for none.

    Args:
        text: What is searched.
        end: Where that begins which is told.
        is_joined: Whether what begins there is told of a name though no comma or *umur* stands between.
        may_be_short: Whether one word, or initials, are enough between marks: ``Sari (9 th), MK (4 th)``.
    """
    signs = _TOKEN.findall(_SCHOOL.sub(" ", text[max(0, end - _REACH) : end]))
    at, lines = len(signs), 0
    while at:
        sign = signs[at - 1]
        word = sign.lower().rstrip(".")
        if sign == "\n":
            lines += 1
        elif sign in _MARKS:
            is_joined = True
        elif word in _JOINING and (sign.islower() or len(sign) <= 2 or signs[at - 2 : at - 1] == ["\n"]):  # noqa: PLR2004 - L, P, Lk
            is_joined = is_joined or word in _SAYING
        else:
            break
        at -= 1
    if lines > 1 or not is_joined:
        return ""
    return _name_ending(signs[:at], may_be_short=may_be_short)


def _name_ending(signs: Sequence[str], *, may_be_short: bool) -> str:
    """The name that ends these signs."""
    words: list[str] = []
    for sign in reversed(signs):
        if not _is_of_a_name(sign):
            # Adjoining words of every day say that the whole is a term: Program Sekolah Sehat Ceria.
            if sign[0].isupper() and sign.lower().rstrip(".") not in _ROLES:
                return ""
            break
        words.insert(0, sign)
        if len(words) > _MOST_WORDS:
            return ""
    rest = signs[: len(signs) - len(words)][-2:]
    is_apart = not rest or rest[-1] in _MARKS or rest[-1].lower() in _APART or holds_given_name(" ".join(words))
    return _sound(words, rest, may_be_short=may_be_short and is_apart)


def names_before_name(text: str, end: int, name: str) -> list[str]:
    """The names that are told in one breath with the last one: *Sari, Budi dan Wulan siswa …*; none for one alone.

    Args:
        text: What is searched.
        end: Where that begins which is told of all.
        name: The last of them, as :func:`name_before` found it.
    """
    begin = text.rfind(name, max(0, end - _REACH), end)
    match = _IN_ONE_BREATH.search(text, max(0, begin - _REACH), begin) if begin > 0 else None
    if match is None:
        return []
    names = [each.strip() for each in _BETWEEN_NAMES.split(match[1])]
    is_of_officials = is_titled(match[1]) or any(map(is_common_word, match[1].replace(",", " ").split()))
    return names if len(names) > 1 and not is_of_officials else []


def names_listed_in(text: str) -> list[str]:
    """The names that a text consists of, parted by commas; none where something else stands among them."""
    names = [_BESIDE_NAME.sub("", each).strip() for each in _BETWEEN_NAMES.split(text.strip(" .,;"))]
    are_names = all(_WHOLE_NAME.fullmatch(name) and not any(map(is_common_word, name.split())) for name in names)
    return names if are_names and not is_titled(text) else []


def name_after(text: str, start: int) -> str:
    """The name that follows what ends at ``start``: ``kelas 4B: Sari Contoh``; empty for none."""
    signs = _TOKEN.findall(text[start : start + _REACH].split("\n", 1)[0])
    at = 0
    while at < len(signs) and (signs[at] in _FIRST_MARKS or signs[at].lower().rstrip(".") in _CALLING):
        at += 1
    words: list[str] = []
    for sign in signs[at:]:
        if not _is_of_a_name(sign):
            if sign[0].isupper() and is_common_word(sign) and sign.lower() not in _ROLES:
                return " ".join(words) if len(words) > 1 or holds_given_name(" ".join(words)) else ""
            break
        words.append(sign)
    return _sound(words[:_MOST_WORDS], signs[max(0, at - 2) : at])


def name_after_school(text: str, start: int) -> str:
    """The name that follows a school, whose name ends in a mark: ``SDN Contoh 2: Sari Contoh``; empty for none."""
    match = _SCHOOL_BEFORE.match(text, start)
    return name_after(text, match.end()) if match else ""


def _is_of_a_name(sign: str) -> bool:
    if sign.lower() in _PARTICLES or sign in _NAMES_TOO:
        return True
    return sign[0].isupper() and not is_common_word(sign) and sign.lower().rstrip(".") not in _ROLES


def _sound(words: Sequence[str], before: Sequence[str], *, may_be_short: bool = False) -> str:
    """The words as a name: two or more, or one, or initials, where something calls a person or they may be short."""
    if not words or words[0].lower() in _PARTICLES:
        return ""
    name = " ".join(words)
    if is_titled(f"{' '.join(before)} {name}"):
        return ""
    if len(words) > 1:
        return name
    is_led = any(sign.lower().rstrip(".") in _ROLES for sign in before)
    return name if is_led or may_be_short else ""
