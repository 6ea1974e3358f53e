"""One row of a list: who is named there, and what is told of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flows.privacy.birth import ADULT_AGE, age_in, first_date, first_date_year
from flows.privacy.list_headings import TELLING, Column, Heading
from flows.privacy.people import begins_a_sentence, is_initials, is_name, is_titled, leading_name
from flows.privacy.row_marks import BARE_CLASS, CLASS, SCHOOL, SERVICE, SEX

About = Callable[[], bool]
"""Whether what stands above says that the people are children; asked only where it matters."""
_STAFF_NUMBER = re.compile(r"(?<!\d)19[4-9]\d[01]\d[0-3]\d ?\d{6} ?[12] ?\d{1,3}|\bnip\b", re.IGNORECASE)
_STAFF = re.compile(
    r"\b(?:guru|kepala (?:sekolah|dinas|bidang|seksi|sub|badan|puskesmas|upt\w*)|pegawai|staf|pns|asn|operator"
    r"|wali kelas|dosen|kader|psikolog|pekerja sosial|penyuluh|bidan|perawat|lurah|camat|penata|pengatur|pembina tk"
    r"|(?:orang ?tua|wali) (?:siswa|murid|santri|pelajar)"
    r"|pensiun|penjara)\b",
    re.IGNORECASE,
)
_CLASS_CELL = re.compile(
    r"(?:kelas |kls )?(?:[ivx]{1,4}|\d{1,2})[ -]?[a-h]?\b.{0,12}|tk\b.{0,8}|paud\b.{0,8}", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b(?:jl|jln|jalan|gg|gang|rt|rw|komp|perum|blok|kel|desa|kelurahan|dusun)\b", re.IGNORECASE)
_PUPIL_NUMBER = re.compile(r"(?<!\d)\d{10}(?!\d)")
_BARE_AGE = re.compile(
    r"(?<![\w.,/:-])(?<!\bno )(?<!\bno\. )(?<!\brt )(?<!\brt\. )(?<!\brw )"
    r"(\d{1,2})(?![\d./:-]|,\d{2})",
    re.IGNORECASE,
)
_PUPIL_CELL = re.compile(r"sisw[ai]|siswa/i|pelajar|murid|santri", re.IGNORECASE)
"""What somebody is called in a column that has ranks for others."""
_SEX_CELL = re.compile(r"[LP]|Lk|Pr|Laki-laki|Perempuan", re.IGNORECASE)
_PARTICLES = frozenset({"bin", "binti", "al", "el", "van", "de"})
_RANK = re.compile(
    r"\W{0,3}(?:\d{1,3}[.)]\s*)?(?:juara(?: harapan)?|harapan|terbaik|pemenang)\s+(?:\d|[IV]{1,3})\b[\W]*",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\W{0,3}(?:\d{1,3}[.)]?\s*)?(?P<role>korban|anak|balita|bayi|siswa|siswi|klien|pasien|saksi|abh)?\s*"
    r"(?:a\.?\s?n\.?|atas nama|inisial)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_MARKS = ".,:;-•*("
_LEADING_WORDS = """
    korban anak balita bayi siswa siswi klien pasien saksi abh an a.n a atas inisial juara harapan terbaik pemenang
"""
_LEADS = frozenset(_LEADING_WORDS.split())
"""What :data:`_CALLED` and :data:`_RANK` begin with."""
_CHILD_OF = re.compile(
    r"(?:anak|putr[ai]|cucu|bin|binti) (?:dari )?(?:(?:bu|pak|ibu|bapak|bp|ny|tn)\.? )?(?-i:[A-Z])|"
    r"\d{1,2}(?:[.,]\d{1,2})? ?kg\b",
    re.IGNORECASE,
)
"""Behind a name: whose child it is, what it weighs."""
_HEADS_CLASS = re.compile(r"\bnama\b.*(?<!wali )\b(?:kelas|kls|rombel)\W*\Z", re.IGNORECASE)
_LAST_CLASS = re.compile(r"(?:\A| )(?:[IVX]{1,4}|[1-9]|1[0-2])[ -]?[A-H]?\Z")
_KIN_AND_AGE = re.compile(
    r"\((\d{1,2})\),? (?:anak|adik|kakak|cucu|keponakan|yatim|piatu|pelajar|siswa|siswi)\b", re.IGNORECASE
)
"""*Dinda (12) anak*, in the list of a family."""
_MUCH = 2
_ATTENDED = re.compile(r"(?:\s(?:v|√|✓|s|i|a|h|x|\.)(?=\s|\Z)){3}", re.IGNORECASE)
"""Marks of a list in which somebody ticks who has come."""
_OFFICES = frozenset({"ketua", "wakil", "sekretaris", "bendahara", "anggota", "koordinator"})
"""Of clubs of children too."""
_DEAR = "ananda"
"""Only children are called so; *Anak* begins names too."""
_AGE_NEXT = re.compile(r"\W{0,3}(?:(?:umur|usia)\W{1,3})?\d{1,2} ?(?:th|thn|tahun|bln|bulan)\b", re.IGNORECASE)
_BABY = re.compile(r".{0,80}?\b\d{1,2} ?(?:bln|bulan)\b.{0,40}?\d ?(?:kg|cm)\b", re.IGNORECASE)
_DAY_NEXT = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b")
_PUPIL = re.compile(r"\b(?:kelas|kls\.?) ?(?:[IVX]{1,4}|\d{1,2})\b", re.IGNORECASE)
_MONTHS_OF_CHILDREN = 72
_AND = re.compile(r"\s*(?:[&/+]|\b(?:dan|dengan)\b)\s*")
_YOUNGEST_BRIDE = 10
"""A smaller number beside a couple is something else."""
_LONGEST = 300
PLACE_AND_DATE = re.compile(r"[^\W\d][^\d,;:]{2,40},\s*\d{1,2}\s+[A-Za-z]{3,9}\.?\s+(?:19|20)\d{2}\.?\Z")
"""Where and when the document was signed, below the list."""
_SKIPPED = 3
_NUMBER = re.compile(r"[\d•]")
_BULLETS = frozenset("-–*")
_FEWEST_CELLS = 3
"""Filled, of a row that has columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody named in a list."""

    birth_year: int | None = None
    age: int | None = None
    """In whole years."""
    is_pupil: bool = False
    """A class or a pupil's number stands there."""
    is_told: bool = False
    """The heading or the caption speaks of children, and something beside the name is told."""
    is_adult: bool = False
    """A degree or a NIP stands there."""
    holds_office: bool = False
    """An office stands there, which may be a parent's."""
    date: str = ""
    """What was taken for a date of birth though no heading says so."""
    name: str = field(default="", repr=False)
    """To tell one from another; it is printed nowhere."""

    def names_child(self, earliest_birth: int) -> bool:
        """Whether it is a child, born in ``earliest_birth`` or later."""
        if self.is_adult:
            return False
        if self.birth_year is not None:
            return self.birth_year >= earliest_birth
        if self.age is not None:
            return self.age < ADULT_AGE
        return (self.is_pupil or self.is_told) and not self.holds_office


def entry_in_cells(cells: Sequence[str], heading: Heading | None, about_children: About) -> Entry | None:
    """Who is named in a row of a table."""
    if heading and heading.is_line and sum(map(bool, cells)) >= _FEWEST_CELLS:
        heading = None  # a caption that reads like headings
    if heading is None and (entry := _entry_without_heading(cells, about_children)):
        return entry
    if heading is None or len(heading.columns) == 1:
        return entry_in_line(" ".join(cell for cell in cells if cell), heading, about_children)
    place = heading.place(Column.CHILD, Column.NAME)
    if heading.is_of_adults and place is not None and place < len(cells) and any(map(_PUPIL_CELL.fullmatch, cells)):
        return Entry(is_pupil=True, name=cells[place]) if is_name(cells[place]) else None
    if (
        heading.is_of_adults
        or (heading.is_of_counts and not about_children())
        or place is None
        or place >= len(cells)
        or not (is_name(name := _first_of_two(cells[place], heading)) or is_titled(name) or _is_short(name, heading))
    ):
        return None
    said = dict[Column, str]()
    for column, cell in zip(heading.columns, cells, strict=False):
        if column and cell:
            # The first of two says it, the place of birth and the day together; of a couple either may be a child.
            is_joined = column is Column.BIRTH or (column is Column.AGE and heading.of_couples)
            said[column] = f"{said[column]} {cell}" if is_joined and column in said else said.get(column, cell)
    rest = " ".join(cell for index, cell in enumerate(cells) if cell and index != place)
    birth = first_date_year(said.get(Column.BIRTH, ""))
    return Entry(
        birth_year=birth,
        age=_age(said.get(Column.AGE, ""), heading, bare=True),
        is_pupil=bool(
            _CLASS_CELL.match(said.get(Column.CLASS, "")) or _PUPIL_NUMBER.search(said.get(Column.PUPIL_NUMBER, ""))
        ),
        is_told=(bool(TELLING.intersection(said)) and (Column.CHILD in heading.holds or about_children()))
        or (Column.CHILD in heading.holds and _tells_much(cells, place)),
        is_adult=is_titled(name) or bool(_STAFF_NUMBER.search(rest)),
        holds_office=bool(_STAFF.search(rest)),
        name=name,
    )


def _tells_much(cells: Sequence[str], place: int) -> bool:
    """Whether several things stand behind a name that is said to be a child's, whatever they are."""
    return sum(map(bool, cells[place + 1 :])) >= _MUCH


def _is_short(name: str, heading: Heading) -> bool:
    """Whether letters that are a word elsewhere (PT, SD) are initials here."""
    return "inisial" in heading.words.lower() and is_initials(name)


def _first_of_two(cell: str, heading: Heading) -> str:
    """The name in a cell, of a couple that of the one named first."""
    return _AND.split(cell, maxsplit=1)[0] if heading.of_couples else cell


def entry_in_line(line: str, heading: Heading | None, about_children: About) -> Entry | None:
    """Who is named in a line of text."""
    is_of_others = heading and (heading.is_of_adults or (heading.is_of_counts and not about_children()))
    if len(line) > _LONGEST or is_of_others or PLACE_AND_DATE.match(line):
        return None
    name, rest, is_numbered, is_called_child = _named(line, heading)
    if not name:
        return None
    if heading is None and not _is_row(name, rest, is_numbered, about_children):
        return None
    holds = heading.holds if heading else frozenset()
    birth = first_date_year(rest) if not heading or Column.BIRTH in holds else None
    age = None if _counts_service(heading) else _age(rest, heading, bare=Column.AGE in holds)
    if age is None and (bracketed := _KIN_AND_AGE.match(rest)):
        age = int(bracketed[1])
    is_child = Column.CHILD in holds or is_called_child or about_children()
    told = bool(rest) and (
        _ADDRESS.search(rest)
        or _CHILD_OF.match(rest)
        or SCHOOL.search(rest)
        or holds & {Column.PARENT, Column.DIAGNOSIS, Column.ADDRESS, Column.PUPIL_NUMBER}
    )
    return Entry(
        birth_year=birth,
        date="" if heading else first_date(rest),
        age=None if birth else age,
        is_pupil=bool((Column.CLASS in holds or is_child) and CLASS.search(rest))
        or bool(_PUPIL.search(rest) and SCHOOL.search(rest))
        or (Column.CLASS in holds and is_child and BARE_CLASS.match(rest) is not None)
        or (Column.CLASS in holds and _ends_with_class(rest, heading))
        or (Column.PUPIL_NUMBER in holds and bool(_PUPIL_NUMBER.search(line))),
        is_told=is_child
        and bool(told)
        and bool(TELLING & holds if heading else SCHOOL.search(rest) or _CHILD_OF.match(rest)),
        is_adult=is_titled(f"{name} {rest[:12]}") or bool(_STAFF_NUMBER.search(rest)),
        holds_office=bool(_STAFF.search(rest)),
        name=name,
    )


def _ends_with_class(rest: str, heading: Heading | None) -> bool:
    """Whether a line ends with a class as its headings do, wherever the cells between have their ends."""
    return (
        heading is not None and _HEADS_CLASS.search(heading.words) is not None and _LAST_CLASS.search(rest) is not None
    )


def _counts_service(heading: Heading | None) -> bool:
    """Whether years in the rows are those of somebody's work and not of a life."""
    return bool(heading and Column.AGE not in heading.holds and SERVICE.search(heading.words))


def _named(line: str, heading: Heading | None) -> tuple[str, str, bool, bool]:
    """The name a line begins with, what follows, whether it is numbered, and whether it is said to be a child's.

    The name is empty where there is none; *Juara II* and *Korban a.n.* number a row as well.
    """
    words = line.split()
    skipped, role = _numbers_first(words), None
    is_numbered = any(word not in _BULLETS for word in words[:skipped])
    first = words[skipped].strip(_MARKS).lower() if skipped < len(words) else ""
    if first == _DEAR:
        skipped, role = skipped + 1, first
    is_led = first in _LEADS
    if is_led and (called := _CALLED.match(line) or _RANK.match(line)):
        words, skipped, is_numbered = line[called.end() :].split(), 0, True
        role = called.groupdict().get("role")
    if heading and first in _OFFICES:
        skipped += 1
    size = skipped + leading_name(words[skipped:])
    if heading and size == skipped < len(words) and _is_short(words[skipped], heading):
        size += 1
    return " ".join(words[skipped:size]), " ".join(words[size:]), is_numbered, bool(role)


def _numbers_first(words: Sequence[str]) -> int:
    """How many words at the beginning are numbers of the row, of a register, of a person."""
    count = 0
    while count < min(_SKIPPED, len(words)) and (words[count] in _BULLETS or _NUMBER.search(words[count])):
        count += 1
    return count


def _is_row(name: str, rest: str, is_numbered: bool, about_children: About) -> bool:  # noqa: FBT001 - read off the line with them
    """Whether a line without headings over it is the row of a list and not a sentence."""
    names = name.split()
    if not all(word[0].isupper() or word in _PARTICLES for word in names):
        return False
    if len(names) == 1 and begins_a_sentence(rest) and not _CHILD_OF.match(rest):
        return False
    if (
        is_numbered
        or (_CHILD_OF.match(rest) and about_children())
        or SEX.match(f" {rest}")
        or is_initials(name)
        or _ATTENDED.search(f" {rest}")
    ):
        return True
    if _BABY.match(rest) or (_DAY_NEXT.match(rest) and SEX.search(rest)):
        return True
    return bool(_AGE_NEXT.match(rest)) and about_children()


def _entry_without_heading(cells: Sequence[str], about_children: About) -> Entry | None:
    """Who is named in a row that no heading stands over, wherever the name stands in it.

    A sex, a class and a school, or a school below words about children, say that it is the row of a person.
    """
    place = next((index for index, cell in enumerate(cells) if is_name(cell) and not SCHOOL.search(cell)), None)
    if place is None:
        return None
    others = [cell for index, cell in enumerate(cells) if cell and index != place]
    rest = " ".join(others)
    is_pupil = bool(_PUPIL.search(rest) and SCHOOL.search(rest))
    if (
        not is_pupil
        and not any(map(_SEX_CELL.fullmatch, others))
        and not (SCHOOL.search(" ".join(cells[place + 1 :])) and about_children())
    ):
        return None
    return Entry(
        birth_year=first_date_year(rest),
        date=first_date(rest),
        age=age_in(rest),
        is_pupil=is_pupil,
        is_told=bool(SCHOOL.search(rest) or _ADDRESS.search(rest)) and about_children(),
        is_adult=is_titled(cells[place]) or bool(_STAFF_NUMBER.search(rest)),
        holds_office=bool(_STAFF.search(rest)),
        name=cells[place],
    )


def _age(text: str, heading: Heading | None, *, bare: bool) -> int | None:
    """The age in ``text``; a bare number is one only below a heading that says so. Of a couple the younger one's."""
    if heading and heading.of_couples:
        ages = [int(number) for number in _BARE_AGE.findall(text)]
        return min((years for years in ages if years >= _YOUNGEST_BRIDE), default=None)
    # Beside an age what is left of a sentence, or how long somebody works, has its unit too.
    is_beside_terms = bare and heading is not None and SERVICE.search(heading.words) is not None
    if not is_beside_terms and (age := age_in(text)) is not None:
        return age
    match = _BARE_AGE.search(text) if bare else None
    if match is None:
        return None
    number = int(match[1])
    if heading and heading.in_months:
        return 0 if number <= _MONTHS_OF_CHILDREN else None
    return number
