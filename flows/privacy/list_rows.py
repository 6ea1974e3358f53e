"""One row of a list: who is named there, and what is told of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.privacy.birth import ADULT_AGE, age_in, first_date_year
from flows.privacy.list_headings import TELLING, Column, Heading
from flows.privacy.people import is_initials, is_name, is_titled, leading_name

_STAFF_NUMBER = re.compile(r"(?<!\d)19[4-9]\d[01]\d[0-3]\d ?\d{6} ?[12] ?\d{1,3}|\bnip\b", re.IGNORECASE)
_STAFF = re.compile(
    r"\b(?:guru|kepala (?:sekolah|dinas|bidang|seksi|sub|badan|puskesmas|upt\w*)|pegawai|staf|pns|asn|operator"
    r"|wali kelas|dosen|kader|psikolog|pekerja sosial|penyuluh|bidan|perawat|lurah|camat|penata|pengatur|pembina tk"
    r"|pensiun|penjara)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"\bkelas (?:[ivx]{1,4}|\d{1,2})\b|(?<![\w.])(?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|\d{1,2})[ -]?[A-H](?![\w.])|"
    r"(?<![\w.])(?:IV|VI|VII|VIII|IX|XI|XII|X)(?: (?:IPA|IPS|MIPA))?(?![\w.])"
)
_CLASS_CELL = re.compile(r"(?:kelas |kls )?(?:[ivx]{1,4}|\d{1,2})\b.{0,12}|tk\b.{0,8}|paud\b.{0,8}", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b(?:SD|SDN|SDIT|MI|MIN|SMP|SMPN|MTs|MTsN|MTS|MTSN|SMA|SMAN|SMK|SMKN|MAN|TK|PAUD|SLB|SLBN|KB|SMPIT|SDS)\b"
)
_ADDRESS = re.compile(r"\b(?:jl|jln|jalan|gg|gang|rt|rw|komp|perum|blok|kel|desa|kelurahan|dusun)\b", re.IGNORECASE)
_PUPIL_NUMBER = re.compile(r"(?<!\d)\d{10}(?!\d)")
_BARE_AGE = re.compile(
    r"(?<![\d.,/:-])(?<!\bno )(?<!\bno\. )(?<!\brt )(?<!\brt\. )(?<!\brw )"
    r"(\d{1,2})(?![\d./:-]|,\d{2})",
    re.IGNORECASE,
)
_SEX = re.compile(r"(?:\A|\s)(?:L|P|Lk|Pr|Laki-laki|Perempuan)\b")
_MONTHS_OF_CHILDREN = 72
_LONGEST = 300
_SKIPPED = 3


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

    def names_child(self, earliest_birth: int) -> bool:
        """Whether it is a child, born in ``earliest_birth`` or later."""
        if self.is_adult:
            return False
        if self.birth_year is not None:
            return self.birth_year >= earliest_birth
        if self.age is not None:
            return self.age < ADULT_AGE
        return (self.is_pupil or self.is_told) and not self.holds_office


def entry_in_cells(cells: Sequence[str], heading: Heading | None, *, about_children: bool) -> Entry | None:
    """Who is named in a row of a table."""
    if heading is None or len(heading.columns) == 1:
        return entry_in_line(" ".join(cell for cell in cells if cell), heading, about_children=about_children)
    place = heading.place(Column.CHILD, Column.NAME)
    if (
        heading.is_of_adults
        or place is None
        or place >= len(cells)
        or not (is_name(cells[place]) or is_titled(cells[place]))
    ):
        return None
    said = {column: cell for column, cell in zip(heading.columns, cells, strict=False) if column and cell}
    name, rest = cells[place], " ".join(cell for index, cell in enumerate(cells) if cell and index != place)
    birth = first_date_year(said.get(Column.BIRTH, ""))
    return Entry(
        birth_year=birth,
        age=_age(said.get(Column.AGE, ""), heading, bare=True),
        is_pupil=bool(
            _CLASS_CELL.match(said.get(Column.CLASS, "")) or _PUPIL_NUMBER.search(said.get(Column.PUPIL_NUMBER, ""))
        ),
        is_told=(about_children or Column.CHILD in heading.holds) and bool(TELLING.intersection(said)),
        is_adult=is_titled(name) or bool(_STAFF_NUMBER.search(rest)),
        holds_office=bool(_STAFF.search(rest)),
    )


def entry_in_line(line: str, heading: Heading | None, *, about_children: bool) -> Entry | None:
    """Who is named in a line of text."""
    if len(line) > _LONGEST:
        return None
    words = line.split()
    skipped = _numbers_first(words)
    size = leading_name(words[skipped:])
    if not size:
        return None
    name = " ".join(words[skipped : skipped + size])
    rest = " ".join(words[skipped + size :])
    holds = heading.holds if heading else frozenset()
    if heading and heading.is_of_adults:
        return None
    birth = first_date_year(rest) if not heading or Column.BIRTH in holds else None
    age = _age(rest, heading, bare=Column.AGE in holds)
    if heading is None and not _is_row(name, rest, numbered=skipped > 0):
        return None
    told = bool(rest) and (
        _ADDRESS.search(rest)
        or _SCHOOL.search(rest)
        or holds & {Column.PARENT, Column.DIAGNOSIS, Column.ADDRESS, Column.PUPIL_NUMBER}
    )
    is_child = about_children or Column.CHILD in holds
    return Entry(
        birth_year=birth,
        age=None if birth else age,
        is_pupil=bool((Column.CLASS in holds or is_child) and _CLASS.search(rest))
        or (Column.PUPIL_NUMBER in holds and bool(_PUPIL_NUMBER.search(rest))),
        is_told=is_child and bool(told) and bool(heading) and bool(TELLING & holds),
        is_adult=is_titled(f"{name} {rest[:12]}") or bool(_STAFF_NUMBER.search(rest)),
        holds_office=bool(_STAFF.search(rest)),
    )


def _numbers_first(words: Sequence[str]) -> int:
    """How many words at the beginning are numbers of the row, of a register, of a person."""
    count = 0
    while count < min(_SKIPPED, len(words)) and any(sign.isdigit() or sign == "•" for sign in words[count]):
        count += 1
    return count


def _is_row(name: str, rest: str, *, numbered: bool) -> bool:
    """Whether a line without headings over it is the row of a list and not a sentence."""
    capital = all(word[0].isupper() for word in name.split())
    return capital and (numbered or bool(_SEX.match(f" {rest}")) or is_initials(name))


def _age(text: str, heading: Heading | None, *, bare: bool) -> int | None:
    """The age in ``text``; a bare number is one only below a heading that says so."""
    if (age := age_in(text)) is not None:
        return age
    match = _BARE_AGE.search(text) if bare else None
    if match is None:
        return None
    number = int(match[1])
    if heading and heading.in_months:
        return 0 if number <= _MONTHS_OF_CHILDREN else None
    return number
