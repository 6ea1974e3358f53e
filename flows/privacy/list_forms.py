"""People told of one below the other, a field a line: ``Nama : …``, ``Umur : …``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.privacy.birth import age_in, first_date_year
from flows.privacy.list_headings import Column
from flows.privacy.list_rows import Entry
from flows.privacy.people import is_name, is_titled

_FIELD = re.compile(r"\W{0,3}(?:\d{1,2}|[a-z](?=[.)]))?[.)]?\s*([A-Za-z/., ]{2,40}?)\s*:\s*(\S.{0,150})\Z")
_FIELDS = (
    (
        Column.CHILD,
        re.compile(
            r"(?:nama|inisial)(?: lengkap| inisial)? (?:calon )?(?:anak|siswa|siswi|korban|balita|baduta|bayi|santri|"
            r"murid|pasien|klien|peserta didik|pelajar|abh|andikpas|remaja|caa)"
            r"(?: (?:asuh|binaan|angkat|didik|korban|panti))?"
        ),
    ),
    (Column.NAME, re.compile(r"nama(?: lengkap)?|inisial")),
    (Column.BIRTH, re.compile(r".{0,20}lahir.{0,12}|ttl")),
    (Column.AGE, re.compile(r"umur|usia")),
    (Column.CLASS, re.compile(r"kelas|rombel|kelas.sekolah|sekolah.kelas|kelompok belajar")),
    (Column.PUPIL_NUMBER, re.compile(r"nisn")),
    (Column.SCHOOL, re.compile(r"(?:asal |nama )?sekolah|(?:asal )?madrasah")),
    (Column.ADDRESS, re.compile(r"alamat.{0,20}|domisili")),
    (
        Column.DIAGNOSIS,
        re.compile(
            r"diagnos\w+|dx|(?:jenis )?kasus|status gizi|jenis kekerasan|(?:per)?masalah(?:an)?|"
            r"(?:(?:ragam|jenis) )?disabilitas|"
            r"(?:jenis )?perkara|tindak pidana|kronologi\w*.{0,20}|uraian (?:kejadian|kasus|perkara)|pasal.{0,30}"
        ),
    ),
    (Column.STAFF, re.compile(r"nip|jabatan|pekerjaan|instansi|pangkat.{0,20}")),
)


_SPACED = re.compile(r"\w(?: \w){2,}")
"""``N a m a``, as typewriters had it."""
_NAMES = re.compile(r"\W{0,3}(?:\d{1,2}[.)])?\s*(?:nama|inisial)\b[^:]{0,30}:", re.IGNORECASE)
_SAID = re.compile(r"\A(umur|usia|kelas|sekolah|nisn|alamat|pekerjaan)\s+", re.IGNORECASE)
_CELLS_OF_A_FORM = 3
_LONGEST, _LONGEST_LABEL = 400, 30
_LEAST_MARKS = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
"""No decimal comma."""
_NEXT = re.compile(
    r"[\s,;|]{1,4}(?=(?:umur|usia|ttl|tempat|tgl|tanggal|kelas|sekolah|alamat|nisn|diagnos\w+|dx|jenis|kasus)\b[^:]{0,20}:)",
    re.IGNORECASE,
)


def cells_of(line: str) -> tuple[str, ...]:
    """A line as the cells that its marks divide it into: an export with semicolons, bars or commas; else one cell."""
    if len(line) > _LONGEST:
        return (line,)
    for mark in "|;\t":
        if line.count(mark) >= _LEAST_MARKS:
            return tuple(cell.strip().strip("\"'") for cell in line.split(mark))
    if line.count(",") > _LEAST_MARKS and ", " not in line and len(_COMMA.findall(line)) > _LEAST_MARKS:
        return tuple(cell.strip().strip("\"'") for cell in line.split(","))
    return (line,)


def fields_in(text: str) -> list[tuple[Column, str]]:
    """The fields a line holds, and their values; one field a line, or several side by side."""
    if ":" not in text or len(text) > _LONGEST:
        return []
    return [field for piece in _NEXT.split(text) if (field := _field(piece))]


def fields_of(cells: Sequence[str]) -> list[tuple[Column, str]]:
    """The fields of a whole form in one row, a cell each: ``Nama : … ; umur 16 tahun``; none where it names nobody."""
    if len(cells) < _CELLS_OF_A_FORM or not _NAMES.match(cells[0]):
        return []
    return [field for cell in cells if (field := _field(cell) or _field(_SAID.sub(r"\1 : ", cell)))]


def is_label(line: str) -> bool:
    """Whether a line is what a field of a form is called and nothing else."""
    label = line.strip(" .:").lower()
    return len(label) <= _LONGEST_LABEL and any(pattern.fullmatch(label) for _, pattern in _FIELDS)


def _field(text: str) -> tuple[Column, str] | None:
    match = _FIELD.match(text)
    if match is None:
        return None
    label = match[1].strip(" .").lower()
    if _SPACED.fullmatch(label):
        label = label.replace(" ", "")
    return next(((kind, match[2]) for kind, pattern in _FIELDS if pattern.fullmatch(label)), None)


def entry_in_form(fields: dict[Column, str]) -> Entry | None:
    """Who a form of such fields is about."""
    name = fields.get(Column.CHILD) or fields.get(Column.NAME, "")
    told = ""
    if "," in name and not is_name(name) and not is_titled(name):
        name, _, told = name.partition(",")
    if not is_name(name) and not is_titled(name):
        return None
    age = fields.get(Column.AGE, told)
    years = age_in(age)
    if years is None and Column.AGE in fields and age[:2].strip().isdecimal():
        years = int(age[:2])
    return Entry(
        birth_year=_birth_year(fields.get(Column.BIRTH, told if "lahir" in told.lower() else "")),
        age=years,
        is_pupil=Column.CLASS in fields or Column.PUPIL_NUMBER in fields,
        is_told=Column.CHILD in fields and bool(fields.keys() & {Column.SCHOOL, Column.ADDRESS, Column.DIAGNOSIS}),
        is_adult=is_titled(name),
        holds_office=Column.STAFF in fields,
        name=name,
    )


def _birth_year(text: str) -> int | None:
    """The year of a birth, of which a form may tell nothing else."""
    year = first_date_year(text)
    return int(text.strip()) if year is None and _YEAR.fullmatch(text.strip()) else year
