"""What the heading of a column in an agency's own table means: a name of the row, or a column of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.model import BOTH_SEXES, FEMALE, MALE, ColumnType, TableColumn, TableSchema
from flows.names import fold

DISTRICT, VILLAGE, CODE, YEAR = "kecamatan", "kelurahan", "kode", "tahun"
"""Columns that name a row, as :attr:`flows.model.ColumnMapping.column` calls them."""
SERIAL, UNIT, SEX = "no", "unit", "kelamin"
"""Columns that count the lines, that name something below a kecamatan (a puskesmas), and that say whom a line counts;
none is mapped."""

_VILLAGE_WORD = r"(kelurahan|desa|kel|ds|kampung|nagari|gampong|pekon|lurah)"
_ROLES = {
    SERIAL: r"(no|nomor|nomer|no urut|nomor urut|urut|#)",
    DISTRICT: r"(nama )?(kecamatan|kec|distrik|kapanewon|kemantren|wilayah kecamatan|kua (kecamatan|kec))",
    VILLAGE: rf"(nama )?{_VILLAGE_WORD}( {_VILLAGE_WORD})?",
    CODE: rf"(kode|kd|id|no) (wilayah|area|kemendagri|kecamatan|kec|{_VILLAGE_WORD}( {_VILLAGE_WORD})?)|kode",
    YEAR: r"(tahun|thn|th)( data| anggaran| laporan)?",
    UNIT: r"(nama )?(puskesmas|pkm|uptd puskesmas|unit pelayanan|faskes|fasilitas kesehatan|sekolah|satuan pendidikan)",
    SEX: r"jenis kelamin|kelamin|jenkel|gender",
}
_ROLE = {role: re.compile(pattern) for role, pattern in _ROLES.items()}

_LONGEST_ROLE = 60
_SEX_WORDS = (
    ("laki laki dan perempuan", BOTH_SEXES),
    ("laki laki perempuan", BOTH_SEXES),
    ("lk pr", BOTH_SEXES),
    ("l p", BOTH_SEXES),
    ("lp", BOTH_SEXES),
    ("laki laki", MALE),
    ("lelaki", MALE),
    ("laki", MALE),
    ("pria", MALE),
    ("lk", MALE),
    ("l", MALE),
    ("perempuan", FEMALE),
    ("wanita", FEMALE),
    ("prp", FEMALE),
    ("pr", FEMALE),
    ("p", FEMALE),
    ("jumlah total", BOTH_SEXES),
    ("jumlah", BOTH_SEXES),
    ("total", BOTH_SEXES),
    ("jml", BOTH_SEXES),
    ("jlh", BOTH_SEXES),
)
"""Longest first ("laki laki" before "laki"), and totals last: they may also belong to the measure."""
_TOTALS = frozenset({"jumlah total", "jumlah", "total", "jml", "jlh"})
_CLEAR_SEX = re.compile(r"\b(?:(laki laki|lelaki|pria|lk)|(perempuan|wanita|pr))\b")
_FIRST_YEAR = 1990
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_DATED = re.compile(r"\b(?:(?:pada |per )?(?:tahun|thn|th|ta) )?(?:19|20)\d\d\b")
_SIGNS = (
    ("%", " persen "),
    ("<=", " sampai "),
    (">=", " mulai "),
    ("<", " kurang dari "),
    (">", " lebih dari "),
    ("≤", " sampai "),
    ("≥", " mulai "),
)
"""Signs that folding would lose, and with them the difference between children below and above an age."""
_PERCENT = re.compile(r"\b(persen|persentase|presentase|prosentase|pct)\b")
_RATE = re.compile(r"\b(prevalensi|cakupan|capaian|rasio|angka)\b")
_EQUAL, _COVERED, _OCCURS = range(3)
_NEGATION = frozenset({"belum", "blm", "tidak", "tdk", "tanpa", "non", "bukan"})


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column of a sheet."""

    index: int
    """Column of the sheet, from 0."""
    text: str
    """As the file has it, the levels of a head of several rows joined by " / "."""
    cell: str
    """Address of its lowest level, ``D7``."""
    lowest: str
    """Its lowest level alone."""

    @property
    def is_percent(self) -> bool:
        """Whether it says that a share stands below it."""
        return "%" in self.text or bool(_PERCENT.search(fold(self.text)))


@dataclass(frozen=True, slots=True)
class Match:
    """A heading taken for a column of a table."""

    heading: Heading
    column: TableColumn
    part: str
    year: int | None
    """The year the heading names; None where it names none, or more than one."""


def role_of(heading: Heading) -> str:
    """Which name of the row stands below ``heading``: one of the roles above, empty where none."""
    return role_of_text(heading.text) or role_of_text(heading.lowest)


@lru_cache(maxsize=4096)
def role_of_text(text: str) -> str:
    """As :func:`role_of`, of one text."""
    if len(text) > _LONGEST_ROLE:
        return ""
    folded = fold(text) or text.strip()  # "#" folds to nothing
    return next((role for role, pattern in _ROLE.items() if pattern.fullmatch(folded)), "")


def years_in(text: str, latest: int) -> tuple[int, ...]:
    """The different years a text names, in its order; none long past and none after ``latest``."""
    found = (int(year) for year in _YEAR.findall(fold(text)))
    return tuple(dict.fromkeys(year for year in found if _FIRST_YEAR <= year <= latest))


@lru_cache(maxsize=64)
def sex_of_text(text: str) -> str:
    """Whom a line counts that says ``text`` below "Jenis kelamin": L, P or L+P; empty where it is none of them."""
    folded = fold(text)
    return next((part for word, part in _SEX_WORDS if word == folded), "")


class Lexicon:
    """Every heading that the columns of some tables may have, ready to be asked for thousands of headings.

    Args:
        schemas: The tables.
        latest_year: No number above it in a heading is a year.
    """

    def __init__(self, schemas: Sequence[TableSchema], latest_year: int) -> None:
        self._schemas, self._latest = schemas, latest_year
        self._labels: dict[str, list[tuple[int, int]]] = {}
        self._patterns: dict[str, list[tuple[int, int]]] = {}
        self._near: dict[str, dict[int, list[int]]] = {}
        for number, schema in enumerate(schemas):
            for place, column in enumerate(schema.columns):
                for label in _labels(column):
                    self._labels.setdefault(label, []).append((number, place))
                for pattern in column.headings:
                    self._patterns.setdefault(pattern, []).append((number, place))

    def tables(self, headings: Sequence[Heading]) -> frozenset[int]:
        """Positions of the tables for which ``headings`` may hold a column."""
        return frozenset(number for heading in headings for number in self._columns(heading.text))

    def match(self, headings: Sequence[Heading], number: int) -> tuple[Match, ...]:
        """The headings that stand for columns of one table, each column, sex and year once, from left to right.

        A heading equal to the label of a column wins over one that a pattern covers wholly, and that over one in which
        a pattern only occurs; then the shorter heading wins, then the left one. Nothing is guessed from the order.
        """
        schema = self._schemas[number]
        offers = sorted(
            (
                (rank, len(heading.text), place, heading.index, heading, schema.columns[place], part, year)
                for heading in headings
                for place in self._columns(heading.text).get(number, ())
                for rank, part, year in _meanings(heading, schema.columns[place], self._latest)
            ),
            key=lambda offer: offer[:4],
        )
        taken: dict[tuple[str, str, int | None], Match] = {}
        used: set[int] = set()
        for *_, heading, column, part, year in offers:
            if heading.index not in used and (column.id, part, year) not in taken:
                taken[column.id, part, year] = Match(heading, column, part, year)
                used.add(heading.index)
        found = (*taken.values(), *_bare_percent(headings, schema, list(taken.values()), used))
        return tuple(sorted(found, key=lambda match: match.heading.index))

    def _columns(self, text: str) -> dict[int, list[int]]:
        """Tables and, of each, the places of the columns that some reading of ``text`` may mean."""
        if text not in self._near:
            found: set[tuple[int, int]] = set()
            for reading in _all_readings(text, self._latest):
                found.update(self._labels.get(reading, ()))
                for pattern, columns in self._patterns.items():
                    if _compiled(pattern).search(reading):
                        found.update(columns)
            near: dict[int, list[int]] = {}
            for number, place in sorted(found):
                near.setdefault(number, []).append(place)
            self._near[text] = near
        return self._near[text]


def _all_readings(text: str, latest_year: int) -> frozenset[str]:
    plain = _without_year(text, dated=len(years_in(text, latest_year)) == 1)
    return frozenset(plain) | {rest for each in plain for rest, _ in _strip_sex(each)}


def _bare_percent(
    headings: Sequence[Heading], schema: TableSchema, found: Sequence[Match], used: set[int]
) -> Iterator[Match]:
    """A lone "%" is the table's only percentage, where the numerator of that percentage is there."""
    bare = [each for each in headings if each.index not in used and _PERCENT.fullmatch(_spoken(each.text))]
    columns = [column for column in schema.columns if column.type is ColumnType.PERCENT]
    if len(bare) != 1 or len(columns) != 1 or columns[0].by_sex:
        return
    known = {match.column.id for match in found}
    if columns[0].id not in known and columns[0].ratio_of and columns[0].ratio_of[0] in known:
        yield Match(bare[0], columns[0], "", None)


def _meanings(heading: Heading, column: TableColumn, latest_year: int) -> Iterator[tuple[int, str, int | None]]:
    """Rank (0 is best), sex and year of every way to read ``heading`` as ``column``."""
    if heading.is_percent and column.type.is_numeric and column.type is not ColumnType.PERCENT:
        return
    years = years_in(heading.text, latest_year)
    year = years[0] if len(years) == 1 else None
    for text in _without_year(heading.text, dated=year is not None):
        for measure, part in _readings(text, column):
            rank = _rank(measure, column)
            if rank is not None and (rank < _OCCURS or _may_be_loose(heading, text, column)):
                yield rank, part, year


def _without_year(text: str, *, dated: bool) -> tuple[str, ...]:
    """Folded readings of a heading: with "%" as a word, in its place or in front, and without; without its year."""
    spoken = _spoken(text)
    plain = dict.fromkeys((_spoken(text.replace("%", " ")), spoken))
    if _PERCENT.search(spoken):
        plain[" ".join(f"persen {_PERCENT.sub(' ', spoken)}".split())] = None
    if not dated:
        return tuple(plain)
    cut = (" ".join(pattern.sub(" ", each).split()) for each in plain for pattern in (_DATED, _YEAR))
    return tuple(dict.fromkeys(cut))


def _spoken(text: str) -> str:
    """``text`` folded, with signs that mean something as words."""
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    return fold(text)


def _readings(text: str, column: TableColumn) -> tuple[tuple[str, str], ...]:
    """Measure and sex: the whole heading first, then without the word for the sex."""
    stripped = _strip_sex(text)
    if column.type is ColumnType.PERCENT and not column.by_sex and not _PERCENT.search(text):
        return ((text, ""),)  # a total is no share
    if not column.by_sex:
        totals = [(rest, "") for rest, part in stripped if part == BOTH_SEXES]
        return ((text, ""), *totals)
    single = tuple(each for each in stripped if each[1] != BOTH_SEXES)
    return single or ((text, BOTH_SEXES), *stripped)


@lru_cache(maxsize=4096)
def _strip_sex(text: str) -> tuple[tuple[str, str], ...]:
    """Readings of ``text`` without a word for a sex: before or behind the measure, else a clear word inside it."""
    for word, part in _SEX_WORDS:
        rests = tuple(_cut_ends(text, word))
        if rests:
            deeper = [each for rest in rests for each in _strip_sex(rest)]
            single = [each for each in deeper if each[1] != BOTH_SEXES] if word in _TOTALS else []
            inner = [(rest, part) for rest, other in deeper if other in (part, BOTH_SEXES)]
            return tuple(dict.fromkeys(single or [*((rest, part) for rest in rests), *inner]))
    return tuple(_cut_inside(text))


def _cut_ends(text: str, word: str) -> Iterator[str]:
    if text.startswith(f"{word} "):
        yield text[len(word) + 1 :]
    if text.endswith(f" {word}"):
        yield text[: -len(word) - 1]


def _cut_inside(text: str) -> Iterator[tuple[str, str]]:
    """As in "anak laki-laki yang berakta" → "anak yang berakta"; nothing where both sexes are named."""
    words = list(_CLEAR_SEX.finditer(text))
    if len(words) == 1:
        part = MALE if words[0].group(1) else FEMALE
        yield " ".join(_CLEAR_SEX.sub(" ", text).split()), part


def _rank(measure: str, column: TableColumn) -> int | None:
    """Equal to the label, wholly covered by a pattern, or a pattern occurs in it; None where nothing fits."""
    if not measure:
        return None
    if measure in _labels(column):
        return _EQUAL
    found = [match for pattern in column.headings if (match := _compiled(pattern).search(measure))]
    if any(match.span() == (0, len(measure)) for match in found):
        return _COVERED
    return _OCCURS if found else None


@lru_cache(maxsize=1024)
def _labels(column: TableColumn) -> frozenset[str]:
    """Folded spellings of a label; the "%" of a percentage belongs to it, or it would be that of its numerator."""
    spoken = _spoken(column.label)
    unsigned = _spoken(column.label.replace("%", " "))
    return frozenset({spoken} if column.type is ColumnType.PERCENT else {spoken, unsigned})


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _may_be_loose(heading: Heading, text: str, column: TableColumn) -> bool:
    """Whether a pattern that only occurs in a heading may be trusted: no "belum", no single sex, no missing "%"."""
    known = " ".join((fold(column.label), *column.headings))
    if any(word in _NEGATION and word not in known for word in text.split()):
        return False
    if column.type is ColumnType.PERCENT:
        return heading.is_percent or bool(_RATE.search(text))
    return column.by_sex or all(part == BOTH_SEXES for _, part in _strip_sex(text))
