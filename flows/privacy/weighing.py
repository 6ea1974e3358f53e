"""Rows that are a person each, weighed as a whole: are these children, where no single row says so by itself.

Asked last, of what may tell of children and in which nothing else was found. Everything around the names counts: what
stands above them, their headings, ages and births, classes, schools, parents; and whatever makes them grown or things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from flows.privacy.birth import ADULT_AGE, age_in, earliest_birth, first_date_year, years_in
from flows.privacy.captions import YOUNG_PLAYERS, is_about_adults, is_about_children
from flows.privacy.given_names import holds_given_name
from flows.privacy.list_headings import Column
from flows.privacy.named_rows import CELL_ENDS, Group, Person, ages_among, groups
from flows.privacy.people import is_initials, is_titled
from flows.privacy.row_marks import BARE_CLASS, CLASS, COUNTED, OF_A_SEAT, SCHOOL, SERVICE, SEX

_ENOUGH = 3.0
"""What must speak for children when all is added: a class and words above, an age, a date of birth."""
_ENOUGH_FOR_STRANGERS = 5.0
"""The same where few of the rows hold a given name that is known."""
_SURE_PERSONS, _VERY_SURE_PERSONS = 1.0, 3.0
_HALF, _SOME = 0.5, 0.3
_CLASS_ALONE = re.compile(r"(?:\A|\| )(?:[1-9]|1[0-2])[ -]?[A-F](?= \||\Z)")
_FEWEST_IN_CLASSES = 3
"""Rows of which each has a class in a cell of its own tell of pupils, or of seats and houses."""
_AGE_BESIDE = re.compile(r"[(/,|] ?(\d{1,2})(?= ?[),|/]|\Z)")
_PLACE_NUMBER = re.compile(r"\b(?:rt|rw|no|blok|gg|jl)\b\.? ?\d{1,3}", re.IGNORECASE)
_OF_A_FATHER = re.compile(r"(?:bin|binti|bt)\b", re.IGNORECASE)
"""What stands behind it is another's name."""
_OF_PARENTS = re.compile(r"\b(?:bin|binti|anak (?:dari|bp|ibu|bpk)|putr[ai] dari|yatim|piatu)\b", re.IGNORECASE)
_NO_NAME_OF_A_PROGRAMME = (
    r"(?<!layak )(?<!ramah )(?<!hak )(?<!perlindungan )(?<!peduli )(?<!pemenuhan )(?<!kekerasan terhadap )"
)
"""Stands before words for children: a city *layak anak* and the *perlindungan anak* are nobody."""
_CHILD_ABOVE = re.compile(
    _NO_NAME_OF_A_PROGRAMME
    + r"\b(?:anak|remaja|pelajar|siswa|sekolah|beasiswa|kelas|cilik|sdn?|smpn?|sman?|smkn?|mtsn?|regu|gudep|"
    r"pramuka|jambore|lomba|sanggar|paduan suara|kostum|u-1\d|balita|bayi|posyandu|imunisasi|sunat\w*|khitan\w*)\b",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"\b(?:guru|wali kelas|mengajar|kader|fasilitator|pendamping|narasumber|komite|orang ?tua|parenting|pelatih|juri|"
    r"petugas|panitia|pegawai|honor|gaji|insentif|mahasiswa|prodi|universitas|lansia|ibu hamil|bumil|bidan|dokter|"
    r"donatur|pkk|media|wartawan|instansi|lembaga|nip|pangkat|opd|jabatan|(?<!calon )(?<!umur )(?<!usia )suami|kdrt|"
    r"psikolog|konselor(?! sebaya)|pengelola|"
    r"pimpinan|penanggung|(?<!anak )kepala|kepala(?! keluarga)|"
    r"gugus tugas|satgas|relawan|rapat|sosialisasi|bimtek|perusahaan|pemateri|"
    r"pembicara|moderator|dosen|alumni|ukm|pedagang|hamil)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:pak|bu|bapak|ibu|bpk|tn|ny|hj?|dr|drg|ustadz\w*|bripka|aiptu|dinas|dinkes|dinsos|disdik\w*|bappeda|polres|"
    r"polsek|kemenag|pt|cv|bank|hotel|guru|staf|kepala|lurah|camat|kader|bidan|perawat|kabid|kasi|sekdes|kades|"
    r"puskesmas|kantor|universitas|univ|yayasan|komisi|dprd)\b\.?",
    re.IGNORECASE,
)
_ROLL_OF_CHILDREN = re.compile(
    r"\b(?:daftar|data|nama|rekap\w*|register|peserta|penerima|anggota|pengurus|hasil|absen\w*|presensi|hadir|juara|calon)\b"
    r"[^\n]{0,40}?" + _NO_NAME_OF_A_PROGRAMME + r"\b(?:anak|remaja|pelajar|siswa|cilik|balita|bayi)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:yatim|piatu|korban|putus sekolah|stunting|gizi|disabilitas|difabel|abk|abh|inklusi|hiv|terlantar|telantar|"
    r"kanker|jalanan|dhuafa|kurang mampu|miskin)\b",
    re.IGNORECASE,
)
"""What a title tells of everybody below it."""
_AMOUNT = re.compile(r"\bRp\b|(?<![\d.])(?:[1-9]\d{0,2}(?:\.\d{3}){1,2}|[1-9]\d{4,6})(?![\d.]|,\d)")
_GIVEN = re.compile(
    r"\b(?:penerima\w*|penyerahan|penyaluran|pembagian|pencairan|bantuan|santunan|beasiswa|tabungan|hadiah|uang saku|"
    r"tali asih|tanda terima|zakat)\b[^\n]{0,60}"
    r"\b(?:anak|pelajar|siswa|siswi|murid|santri|yatim|piatu|cilik|balita|bayi|pip)\b|"
    r"\b(?:penerima|tabungan|pencairan)\b[^\n]{0,30}\b(?:beasiswa|pip)\b",
    re.IGNORECASE,
)
"""An amount of money beside each name is what children received, where words above say that they do."""
_YOUNG_PLAYERS = re.compile(rf"\b{YOUNG_PLAYERS}", re.IGNORECASE)
_BORN_IN = re.compile(r"\b(?:lahir|kelahiran|klhr)\b\.?(?: tahun| thn)? ?(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.-])(?P<year>19[5-9]\d|20[0-2]\d)(?![\d/.-])")
_NAMES_OF_THINGS = re.compile(
    r"\bnama (?:sekolah|madrasah|satuan|puskesmas|posyandu|kegiatan|lembaga|lksa|taman|program|kelurahan|kecamatan|"
    r"desa|kelompok|barang|alat|jalan|forum|paud|tk|panti|jenis|tempat|organisasi)\b",
    re.IGNORECASE,
)
_OF_THINGS = re.compile(
    r"\b(?:judul buku|pengarang|pembaca|penerbit|mainan|permainan|rute|trayek|halte)\b", re.IGNORECASE
)
_COUPLE = re.compile(
    r"\b(?:dispensasi|calon (?:istri|isteri|suami|mempelai)|catin|pengantin|mempelai|nikah)\b", re.IGNORECASE
)
"""Two people a row, of whom the younger is looked at."""
_TITLE_CHARACTERS, _OFFICE_CHARACTERS = 14, 40
"""Behind a name, where a degree stands, or an office."""
_NAMES = frozenset({Column.NAME, Column.CHILD})
_SAYS_AGE = re.compile(r"\b(?:umur|usia)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Rows that name children when all is weighed."""

    count: int
    heading: str
    """Their headings, as they are told to people."""
    row: int
    """Index of the first of them."""


def weigh(rows: Sequence[Sequence[str]], title: str) -> Weighed | None:
    """The first rows that name children when everything around them is weighed, None where there are none.

    Args:
        rows: Cells of a table, or a line each.
        title: What stands around them.
    """
    if is_about_adults(title) or _GROWN.search(title):
        return None  # as each group would say, sooner
    for group in groups(rows, title):
        sure = _sure_persons(group)
        if sure < _SURE_PERSONS or _speaks_for_others(group):
            continue
        # Words that nobody is known to bear may be things.
        least = _ENOUGH if _share(group, _is_known) > _SOME else _ENOUGH_FOR_STRANGERS
        if _speaks_for_children(group) + (sure >= _VERY_SURE_PERSONS) >= least:
            return Weighed(len(group.persons), group.words, group.persons[0].row)
    return None


def _sure_persons(group: Group) -> float:
    """How surely the rows are persons and no things: headings, numbers, sexes, several words a name."""
    return (
        2.0 * (not group.holds.isdisjoint(_NAMES))
        + _share(group, lambda person: holds_given_name(person.name))
        + _share(group, lambda person: person.is_numbered)
        + _share(group, lambda person: SEX.search(person.rest) is not None)
        + _share(group, lambda person: " " in person.name)
        + _share(group, lambda person: person.rest[:1] in {"(", ","})
    )


def _speaks_for_others(group: Group) -> bool:
    """Whether anything says that these are grown people or things, against which nothing else counts."""
    holds, above, words = group.holds, group.above, group.words
    if _OF_THINGS.search(f"{above}\n{words}") or (not group.heading and _NAMES_OF_THINGS.search(above)):
        return True
    if is_about_adults(above) or _GROWN.search(above):
        return True
    are_called = _share(group, lambda person: person.is_called) > _HALF
    if holds & {Column.ADULT, Column.THING} and holds.isdisjoint(_NAMES) and not (group.is_below_a_line or are_called):
        return True
    names_children = Column.CHILD in holds
    if not names_children and COUNTED.search(words):
        return True
    # Beside children parents and teachers may have a column of their own.
    is_said = names_children or is_about_children(above, words)
    return any(map(_is_grown if is_said else _is_among_grown, group.persons)) or bool(
        not is_said and _GROWN.search(words)
    )


def _speaks_for_children(group: Group) -> float:
    """How much speaks for children: ages, what stands above, schools, classes, parents."""
    births = [year for person in group.persons if (year := first_date_year(person.rest))]
    earliest = earliest_birth(years_in(group.above), births)
    minors = [_is_minor(person, group, earliest) for person in group.persons]
    if minors.count(False) * 2 > len(minors):
        return 0.0
    is_said = is_about_children(group.above, group.words) or _ROLL_OF_CHILDREN.search(group.above)
    is_near = is_said or _CHILD_ABOVE.search(f"{group.above}\n{group.words}")
    names_children = Column.CHILD in group.holds
    return (
        3.0 * (minors.count(True) * 2 > len(minors))
        + bool(is_near)
        + bool(is_said)
        + (_CONDITION.search(group.above) is not None)
        + (_YOUNG_PLAYERS.search(group.above) is not None)
        + 2.0 * names_children
        + (names_children and _share(group, lambda person: bool(person.rest)) > _HALF)
        + 2.0 * (_share(group, lambda person: SCHOOL.search(person.rest) is not None) > _HALF)
        + 2.0 * (_share(group, lambda person: _is_in_class(person, group.holds)) > _HALF)
        + _are_in_classes(group)
        + (Column.DIAGNOSIS in group.holds)
        + _have_received(group)
        + (Column.PARENT in group.holds or _share(group, _is_of_parents) > _HALF)
    )


def _share(group: Group, has: Callable[[Person], bool]) -> float:
    return sum(map(has, group.persons)) / len(group.persons)


def _is_known(person: Person) -> bool:
    return holds_given_name(person.name) or is_initials(person.name)


def _is_grown(person: Person) -> bool:
    if _OF_A_FATHER.match(person.rest):
        return is_titled(person.name)
    return is_titled(f"{person.name}, {person.rest[:_TITLE_CHARACTERS]}") or _ADDRESSED.search(person.name) is not None


def _is_among_grown(person: Person) -> bool:
    return _is_grown(person) or _ADDRESSED.search(person.rest[:_OFFICE_CHARACTERS]) is not None


def _is_of_parents(person: Person) -> bool:
    return _OF_PARENTS.search(f"{person.name} {person.rest}") is not None


def _are_in_classes(group: Group) -> bool:
    """Whether every row has a bare class in a cell of its own, and nothing says that it is a seat or a house."""
    if len(group.persons) < _FEWEST_IN_CLASSES or OF_A_SEAT.search(f"{group.above}\n{group.words}"):
        return False
    return all(_CLASS_ALONE.search(person.rest) for person in group.persons)


def _have_received(group: Group) -> bool:
    """Whether an amount stands beside most names, below words that say that children receive it."""
    if not _GIVEN.search(f"{group.above}\n{group.words}"):
        return False
    return _share(group, lambda person: _AMOUNT.search(person.rest) is not None) > _HALF


def _is_in_class(person: Person, holds: Container[Column]) -> bool:
    if CLASS.search(person.rest):
        return True
    return Column.CLASS in holds and BARE_CLASS.search(person.rest) is not None


def _is_minor(person: Person, group: Group, earliest: int) -> bool | None:
    """Whether a birth or an age in the row makes a child, None where neither stands there."""
    if (year := _birth_year(person.rest, group)) is not None:
        return year >= earliest
    is_beside_terms = SERVICE.search(group.words) is not None
    if not person.ages and not is_beside_terms and (age := age_in(person.rest)) is not None:
        return age < ADULT_AGE
    if ages := person.ages or _ages_in_line(person, group):
        # Of a couple either may be a child; of other numbers beside an age nobody knows which it is.
        is_couple = len(person.ages) > 1 or _COUPLE.search(f"{group.above}\n{group.words}")
        return (min(ages) if is_couple else max(ages)) < ADULT_AGE
    beside = _AGE_BESIDE.match(person.rest)
    return int(beside[1]) < ADULT_AGE if beside else None


def _birth_year(rest: str, group: Group) -> int | None:
    is_told = Column.BIRTH in group.holds
    if (not group.heading or is_told) and (year := first_date_year(rest)):
        return year
    born = _BORN_IN.search(rest) or (_YEAR.search(rest) if is_told else None)
    return int(born["year"]) if born else None


def _ages_in_line(person: Person, group: Group) -> tuple[int, ...]:
    """Bare numbers in a line below headings, or a line, that speak of ages."""
    said = group.words or group.above.rsplit("\n", 1)[-1]
    if CELL_ENDS in person.rest or not _SAYS_AGE.search(said):
        return ()
    return ages_among(_PLACE_NUMBER.sub("", person.rest))
