"""Children told of within sentences and loose lines: a name beside what only children have.

An age below eighteen, a day of birth, a class, a school, a pupil's number, *anak bernama* …: in any order, wherever
they stand. The marks are looked for first, since they are few; a name is then looked for beside each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.privacy.birth import ADULT_AGE, first_date_year
from flows.privacy.captions import is_about_children
from flows.privacy.told_names import name_after, name_after_school, name_before
from flows.words import Words, holds_any

_SCHOOL_KINDS = (
    *("SD", "SDN", "SDIT", "SDS", "MI", "MIN", "MIS", "SMP", "SMPN", "SMPIT", "MTs", "MTsN", "MTS", "MTSN", "SMA"),
    *("SMAN", "SMK", "SMKN", "MA", "MAN", "TK", "PAUD", "KB", "RA", "SLB", "SLBN"),
)
_SCHOOLS = rf"(?:{'|'.join(_SCHOOL_KINDS)})"
_PUPIL_WORDS = ("siswa", "siswi", "pelajar", "murid", "santri", "peserta didik")
_PUPILS = r"(?:siswa|siswi|pelajar|murid|santri|santriwan|santriwati|peserta didik)"
_DIAGNOSES = (
    *("yatim", "piatu", "bgm", "stunting", "gizi buruk", "gizi kurang", "terlantar", "putus sekolah", "tunanetra"),
    *("tunarungu", "tunadaksa", "tunagrahita", "tunawicara", "tunalaras", "tunaganda", "autis", "autisme", "adhd"),
    *("down syndrome", "cerebral palsy", "disleksia"),
)
_SAYS_DIAGNOSIS = Words(*_DIAGNOSES)
_NEEDS_AGE = ("th", "bl", "bulan", "tahun")
_AGE = re.compile(
    r"(?P<age>\d(?<![\d.,/–-]\d)\d?)(?:[.,]\d)? ?(?:(?P<years>th|thn|tahun)|(?:bln|bl|bulan))\b"
    r"(?!\.? ?(?:pelajaran|\d{4}|kerja|penjara|terakhir|sekali|lalu|ke|pertama|anggaran|berturut|berjalan|masa|"
    r"kurungan|pengalaman|sejak|mengabdi|bekerja|yang lalu|dan seterusnya))",
    re.IGNORECASE,
)
# Of the lower forms only with the word: III A is a rank of staff as well.
_CLASS = re.compile(r"\b[Kk](?i:elas|ls\.?) ?(?:[IVXivx]{1,4}|\d{1,2})(?:[ -]?[A-Ha-h])?\b")
_CLASS_ALONE = re.compile(r"[(,;|/-]\s?(?:V|VI|VII|VIII|IX|X|XI|XII)[ .-]?(?:[A-H]|\d|IPA|IPS|MIPA)\b(?![/.]\w)")
_BARE_AGE = re.compile(rf"[/|;,(–-]\s?(?:\d|1[0-7])(?:[ -]?[A-H])?\s?[/|;,–-]\s?(?:{_SCHOOLS}\b|[Kk]elas\b|[Kk]ls\b)")
_AGE_IN_BRACKETS = re.compile(rf"\((?:\d|1[0-7])\)(?=,? {_PUPILS}\b)", re.IGNORECASE)
_SEX_AND_AGE = re.compile(r"[LP](?<!\w[LP]) ?[/,|] ?(?:\d|1[0-7])\b(?![.,/-]\d)(?=\s?(?:[),;|/]|\Z|\n))")
_AGE_ALONE = re.compile(r"\((?:[2-9]|1[0-7])\)")
_CLASS_IN_BRACKETS = re.compile(r"\((?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)\)")
_SHORT_CLASS = re.compile(r"[1-9](?<=[a-z] \d)[0-2]? ?[A-H](?=\s*(?:[,;.)\n]|\Z))")
_OF_A_PLACE = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|blok|no|nomor|rt|rw|komp\w*|perum\w*|ruang|kamar|lantai|lt|gedung|kec|kecamatan|desa|"
    r"kel|kelurahan|kab|kabupaten|kota|puskesmas|posyandu|jumlah|kasus|unit|paket|pasal|ayat|lampiran|angka|huruf|gol|"
    r"golongan|bidang|seksi)\b[^\n]{0,60}\Z",
    re.IGNORECASE,
)
"""What is counted, or lies somewhere, is no age and no class of somebody."""
_SAYS_CLASS = re.compile(r"\b(?:kelas|kls|siswa|siswi|murid)\b", re.IGNORECASE)
_NEAR_CHILD = re.compile(r"\b(?:anak|ananda|adik|kakak|kia|korban)\b", re.IGNORECASE)
_DIAGNOSIS = re.compile(rf"\b(?:{'|'.join(_DIAGNOSES)})\b", re.IGNORECASE)
_NO_SCHOOL_CLASS = re.compile(
    r"\b(?:lapas|lpka|rutan|bapas|pengadilan|rumah sakit|rsud?|imigrasi|guru|wali|tipe)\b[^\n,;:]{0,30}\Z",
    re.IGNORECASE,
)
_PUPIL = re.compile(rf"\b{_PUPILS} (?=(?-i:{_SCHOOLS})\b|kelas\b|kls\b)", re.IGNORECASE)
# The first letter is looked for and the rest behind it: a quarter of the time.
_SCHOOL = re.compile(
    r"[KMPRST](?<!\w.)(?:" + "|".join(f"(?<={kind[0]}){kind[1:]}" for kind in _SCHOOL_KINDS) + r")\b"
    r"(?=\.? ?(?:[A-Z\d]|Negeri))"
)
_BORN = re.compile(r"\b(?:lahir|kelahiran|ttl)\b(?=(?P<when>[^\n]{2,60}))", re.IGNORECASE)
# Its first digits are the year of birth: 009 for 2009. Telephones begin otherwise.
_PUPIL_NUMBER = re.compile(r"0(?<![\d.+-]0)(?:0[5-9]|1\d)\d{7}(?!\d)")
_CALLED = re.compile(
    r"\b(?:(?P<child>anak|balita|bayi|siswa|siswi|santri|santriwati|pelajar|murid|abh)|korban|klien|pasien)\b"
    r"(?: (?-i:[a-z-]+)){0,4} (?:an\.|a\.n\.?|atas nama|bernama|berinisial|inisial)(?=\s)",
    re.IGNORECASE,
)
_GROWN = re.compile(r"(\d\d)(?<![\d.,/–-]\d\d) ?(?:th|thn|tahun)\b(?! ?(?:\d{4}|pelajaran|penjara))", re.IGNORECASE)
_IN_CONTEST = re.compile(
    r"\b(?:juara|pemenang|lomba|o2sn|fls[23]n|osn|ksn|olimpiade|popda|paskibra\w*|osis|mpk|pramuka|beasiswa|siswa|siswi|"
    r"pelajar|santri|forum anak|duta anak|anak berprestasi)\b",
    re.IGNORECASE,
)
_OF_ADULTS = re.compile(
    r"\b(?:guru|kepala sekolah|pembina|pelatih|(?<!keputusan )(?<!keputusan dewan )juri|komite|orang ?tua|"
    r"wali murid|panitia|tendik|tenaga|pengawas|kader|"
    r"narasumber|fasilitator|operator|pendamping|rapat|nip)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"[0LP](?:(?<=0)[01]\d{8}|(?<=[LP]) ?[/,|] ?\d)")
_IN_THE_NAME_OF = re.compile(r"[Aa]\.?n\. ?[A-Z]")
_CASE_BEFORE, _NAME = 90, "\0"
_CASE = re.compile(
    r"\b(?:korban|pelaku|tersangka|terlapor|abh|saksi)\b[ :]{1,3}"
    rf"(?:an\.? |a\.n\.? |atas nama |bernama |berinisial )?(?:anak |ananda )?{_NAME}[^\n.]{{0,20}}\Z",
    re.IGNORECASE,
)
"""What is called so right before its name."""
_MONTHS_OF_CHILDREN = 72
_LINE_BEGINS_WITH = "0123456789.)|•*- \t"
_ABOVE = 300
_NAME_BEFORE = 20
_LONGEST_INITIALS = 2
_AFTER = 40


@dataclass(frozen=True, slots=True)
class Telling:
    """A child named in a text."""

    name: str
    """To tell one from another; it is printed nowhere."""
    start: int
    """Where what tells of it stands."""
    clue: str
    """What is told of it, as fields are called."""
    is_case: bool = False
    """Whether it is called a victim, a suspect or a witness: then nobody may know of one alone."""


def tellings_in(text: str, title: str, earliest_birth: int) -> list[Telling]:
    """Every child named in ``text`` beside something that children only have, each once.

    Args:
        text: Lines of a page, or rows of a table with bars between the cells.
        title: Name of the document.
        earliest_birth: From which year of birth on somebody is a child.
    """
    found: dict[str, Telling] = {}
    teller = _Teller(text, title, earliest_birth)
    for telling in teller.tellings():
        found.setdefault(telling.name.lower(), telling)
    return sorted(found.values(), key=lambda telling: telling.start)


def tells_otherwise(text: str, lowered: str, *, has_signs: bool) -> bool:
    """Whether ``text`` may tell of children without dates, ages, classes and schools.

    By numbers of pupils, by sex and a bare age, by *a.n.* or by what ails them.

    Args:
        text: Of a page.
        lowered: The same in small letters.
        has_signs: Whether such numbers may be there, as :func:`flows.privacy.shapes.may_tell_of_persons` says.
    """
    return (
        _SAYS_DIAGNOSIS.are_in(lowered)
        or (has_signs and _OTHERWISE.search(text) is not None)
        or ("n." in text and _IN_THE_NAME_OF.search(text) is not None)
    )


def tells_shortly(text: str, lowered: str) -> bool:
    """Whether bare ages in brackets, or bare classes, stand behind names: *Rafi (12), Mila (9)*; *Reza 5A*."""
    found = 0
    if "(" in text:
        for match in _AGE_ALONE.finditer(text):
            before = text[max(0, match.start() - _NAME_BEFORE) : match.start()].split()
            found += bool(before) and before[-1][0].isupper()
            if found > 1:
                return True
    return "kelas" in lowered and _SHORT_CLASS.search(text) is not None


class _Teller:
    """Looks beside each mark of a child for a name."""

    def __init__(self, text: str, title: str, earliest_birth: int) -> None:
        self._text = text
        self._title = title
        self._earliest = earliest_birth

    def tellings(self) -> Iterator[Telling]:
        """Children by each kind of mark, maybe several times."""
        lowered = f"{self._title}\n{self._text}".lower()
        school = ("",) if _SCHOOL.search(self._text) else ()
        for mark, needs, clue, named in (
            (_AGE, _NEEDS_AGE, "Umur", self._of_age),
            (_CLASS, ("kelas", "kls"), "Kelas", self._in_class),
            (_CLASS_ALONE, ("v", "x"), "Kelas", self._in_class),
            (_PUPIL, _PUPIL_WORDS, "Sekolah", self._pupil),
            (_SCHOOL, school, "Sekolah", self._of_school),
            (_BORN, ("lahir", "ttl"), "Tanggal lahir", self._born),
            (_PUPIL_NUMBER, ("00", "01"), "NISN", self._beside),
            (_BARE_AGE, school or ("kelas", "kls"), "Umur", self._pupil),
            (_AGE_IN_BRACKETS, ("), ", ") s", ") p"), "Umur", self._short),
            (_AGE_ALONE, ("(",), "Umur", self._of_bare_age),
            (_CLASS_IN_BRACKETS, ("(v", "(i", "(x"), "Kelas", self._in_bare_class),
            (_SHORT_CLASS, ("kelas", "kls", "siswa", "murid", "bu ", "wali"), "Kelas", self._in_bare_class),
            (_SEX_AND_AGE, ("l/", "p/", "l,", "p,", "l |", "p |", "l /", "p /"), "Umur", self._before),
            (_DIAGNOSIS, _DIAGNOSES, "Kasus", self._diagnosed),
            (_CALLED, ("an.", "a.n", "atas nama", "bernama", "inisial"), "", self._called),
        ):
            # Most pages hold few of these words, which are looked for faster than their patterns.
            if holds_any(lowered, needs):
                yield from self._told(mark, clue, named)

    def _told(self, mark: re.Pattern[str], clue: str, named: Callable[[re.Match[str]], str]) -> Iterator[Telling]:
        for match in mark.finditer(self._text):
            if name := named(match):
                before = self._text[max(0, match.start() - _CASE_BEFORE) : match.start()]
                is_case = bool(clue) and _CASE.search(before.replace(name, _NAME)) is not None
                yield Telling(name, match.start(), f"Nama, {clue}" if clue else "Nama anak", is_case)

    def _before(self, match: re.Match[str], *, is_joined: bool = False) -> str:
        return "" if self._is_grown(match) else name_before(self._text, match.start(), is_joined=is_joined)

    def _pupil(self, match: re.Match[str]) -> str:
        return self._before(match, is_joined=True)

    def _short(self, match: re.Match[str]) -> str:
        return name_before(self._text, match.start(), may_be_short=True, is_joined=True)

    def _is_of_a_place(self, match: re.Match[str]) -> bool:
        return _OF_A_PLACE.search(self._text, max(0, match.start() - _ABOVE // 3), match.start()) is not None

    def _of_bare_age(self, match: re.Match[str]) -> str:
        """*Rafi (12)*: where children are spoken of, and nothing is counted."""
        if self._is_of_a_place(match) or self._is_grown(match):
            return ""
        above = self._above(match)
        if not is_about_children(above) and not _NEAR_CHILD.search(above):
            return ""
        name = self._short(match)
        # An abbreviation has a number of its sources behind it; a bracket in the next cell tells of no name.
        is_abbreviation = name.isupper() and len(name) > _LONGEST_INITIALS and " " not in name
        return name if not is_abbreviation and self._text[match.start() - 2 : match.start() - 1].isalpha() else ""

    def _in_bare_class(self, match: re.Match[str]) -> str:
        """*Rafi (IV)*, *Rafi 5A*: where pupils are spoken of."""
        if self._is_of_a_place(match) or self._is_grown(match):
            return ""
        above = self._above(match)
        is_of_pupils = is_about_children(above) or _SAYS_CLASS.search(above)
        return self._short(match) if is_of_pupils and not _OF_ADULTS.search(above) else ""

    def _diagnosed(self, match: re.Match[str]) -> str:
        above = self._above(match)
        if not is_about_children(above) or _OF_ADULTS.search(above):
            return ""
        # Before a bracket one word is a name: *Sari (yatim)*; elsewhere it may be a thing: *Prevalensi stunting*.
        is_apart = self._text[match.start() - 1 : match.start()] == "("
        return self._short(match) if is_apart else self._before(match)

    def _of_age(self, match: re.Match[str]) -> str:
        limit = ADULT_AGE if match["years"] else _MONTHS_OF_CHILDREN
        if int(match["age"]) >= limit:
            return ""
        name = name_before(self._text, match.start())
        if not name and is_about_children(self._above(match)):
            return name_before(self._text, match.start(), may_be_short=True, is_joined=True)
        return name

    def _in_class(self, match: re.Match[str]) -> str:
        if _NO_SCHOOL_CLASS.search(self._text, max(0, match.start() - _AFTER), match.start()):
            return ""
        if named := self._beside(match):
            return named
        # One word is a name before a comma, and where somebody writes in haste: *Sari kls 4 sakit*.
        is_hasty = match[0].startswith("kls")
        return name_before(self._text, match.start(), may_be_short=True, is_joined=is_hasty)

    def _of_school(self, match: re.Match[str]) -> str:
        """A school beside a name: its teachers have one too, so that something must speak of pupils."""
        is_apart = self._text[match.start() - 1 : match.start()] == "("
        name = (
            self._before(match)
            or (self._short(match) if is_apart else "")
            or name_after_school(self._text, match.end())
        )
        if not name:
            return ""
        above = self._above(match)
        is_of_pupils = _IN_CONTEST.search(above) or is_about_children(above)
        return name if is_of_pupils and not _OF_ADULTS.search(above) else ""

    def _born(self, match: re.Match[str]) -> str:
        year = first_date_year(match["when"])
        return name_before(self._text, match.start(), is_joined=True) if year and year >= self._earliest else ""

    def _beside(self, match: re.Match[str]) -> str:
        """The name on either side of what is told; first that behind it, where it begins its line."""
        if self._is_grown(match):
            return ""
        after = name_after(self._text, match.end())
        before = self._text[max(0, match.start() - _AFTER) : match.start()].rstrip(_LINE_BEGINS_WITH)
        if after and (not before or before[-1] == "\n"):
            return after
        return self._pupil(match) or after

    def _called(self, match: re.Match[str]) -> str:
        """Who is called a child; a victim may be grown, unless the text is about children."""
        if self._is_grown(match, 2 * _AFTER):
            return ""
        if not match["child"] and not re.search(r"\banak\b", self._above(match), re.IGNORECASE):
            return ""
        return name_after(self._text, match.end())

    def _above(self, match: re.Match[str]) -> str:
        """What stands around it and over it."""
        return f"{self._title}\n{self._text[max(0, match.start() - _ABOVE) : match.end() + _AFTER]}"

    def _is_grown(self, match: re.Match[str], reach: int = _AFTER) -> bool:
        """Whether an age of eighteen or more follows."""
        after = _GROWN.search(self._text[match.end() : match.end() + reach].split("\n", 1)[0])
        return bool(after and int(after[1]) >= ADULT_AGE)
