"""``wilayah.xlsx`` or ``wilayah.csv`` beside ``kota.yaml``: the kecamatan and desa of a city as a list, not as YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.errors import AreasError, InputsError, Problem, os_reason
from flows.forms.grid import WorkbookLockedError, WorkbookUnreadableError, open_workbook
from flows.forms.separated import separated_rows
from flows.framework.area_names import tidy_names
from flows.framework.texts import one_line
from flows.model import District, Village
from flows.names import fold

SUFFIXES = (".xlsx", ".csv", ".xls", ".ods")
_STEM = "wilayah"
_MAX_BYTES = 5_000_000
_HEADING_ROWS = 15
_HEADINGS: Mapping[str, str] = {
    "district_code": "|kode kecamatan|kode kec|id kecamatan|",
    "district": "|kecamatan|nama kecamatan|kec|distrik|nama distrik|",
    "code": "|kode|kode desa|kode kelurahan|kode desa kelurahan|kode kelurahan desa|kode desa atau kelurahan|kode kel|"
    "kode wilayah|kode kemendagri|kode nagari|kode kampung|id desa|",
    "name": "|nama|nama wilayah|desa|kelurahan|desa kelurahan|kelurahan desa|desa atau kelurahan|nama desa|"
    "nama kelurahan|nama desa kelurahan|nama kelurahan desa|nagari|nama nagari|kampung|nama kampung|",
}
"""What a column is, and how it may be called, as :func:`flows.names.fold` leaves it."""
_DISTRICT_PARTS, _VILLAGE_PARTS = 3, 4
_DIGITS = {4: (2, 2), 6: (2, 2, 2), 10: (2, 2, 2, 4)}
_VILLAGE_KINDS = "123"
"""A kelurahan's own number begins with 1, a desa's with 2, that of a desa adat with 3."""
_SHOWN = 25
_REPAIR = (
    "Perbaiki baris yang disebut di berkas itu, simpan, lalu ulangi perintah ini. Wilayah di kota.yaml tidak berubah."
)


@dataclass(frozen=True, slots=True)
class AreaSheet:
    """The list as it was handed in."""

    file_name: str
    districts: tuple[District, ...]


def read_area_sheet(input_root: Path, city_code: str) -> AreaSheet | None:
    """Read the list of areas of a year's input folder; None where there is no such file.

    Args:
        input_root: The year's input folder.
        city_code: The city's own code, which every area's begins with; empty where unknown.

    Raises:
        AreasError: it has mistakes, all listed with their lines.
        InputsError: it cannot be read, or there are two of them.
    """
    path = _find(input_root)
    if path is None:
        return None
    reader = _Reader(path.name, city_code)
    reader.read(_rows(path))
    if reader.problems:
        shown = reader.problems[:_SHOWN]
        more = len(reader.problems) - len(shown)
        repair = f"Selain itu masih ada {more} kesalahan lain. {_REPAIR}" if more else _REPAIR
        raise AreasError(shown, repair)
    return AreaSheet(path.name, reader.districts())


def _find(input_root: Path) -> Path | None:
    try:
        entries = sorted(input_root.iterdir()) if input_root.is_dir() else []
    except OSError as error:
        raise InputsError(
            f"Folder {input_root} tidak dapat dibaca ({os_reason(error)}).", "Periksa hak baca folder itu."
        ) from error
    found = [path for path in entries if path.stem.lower() == _STEM and path.suffix.lower() in SUFFIXES]
    if len(found) > 1:
        raise InputsError(
            f"Ada lebih dari satu daftar wilayah: {', '.join(path.name for path in found)}.",
            "Sisakan satu, lalu ulangi perintah ini.",
        )
    return found[0] if found else None


def _rows(path: Path) -> list[list[str]]:
    """Every line of the first sheet that holds anything, cells as text."""
    repair = "Simpan ulang sebagai .xlsx atau .csv tanpa kata sandi, lalu ulangi perintah ini."
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputsError(f"{path} terlalu besar (lebih dari 5 MB).", "Sisakan lembar wilayahnya saja.")
        if path.suffix.lower() == ".csv":
            return [[cell.strip() for cell in row] for row in _separated(path.read_bytes())]
        sheets = open_workbook(path).sheets
    except OSError as error:
        raise InputsError(f"{path} tidak dapat dibaca ({os_reason(error)}).", "Periksa hak bacanya.") from error
    except WorkbookLockedError as error:
        raise InputsError(f"{path} memakai kata sandi.", repair) from error
    except WorkbookUnreadableError as error:
        raise InputsError(f"{path} rusak atau bukan lembar kerja.", repair) from error
    grid = next((sheet for sheet in sheets if sheet.height and not sheet.is_hidden), None)
    if grid is None:
        return []
    cells = (dict(grid.values(row)) for row in range(grid.height))
    return [[_text(row.get(at)) for at in range(max(row, default=-1) + 1)] for row in cells]


def _separated(content: bytes) -> Sequence[Sequence[str]]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return separated_rows(text, _HEADING_ROWS)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else one_line(str(value))


@dataclass
class _Reader:
    """Collects areas and mistakes, line by line."""

    file: str
    city_code: str
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Code → line and name, of kecamatan and of what lies in them, in the order of the list."""

    def read(self, rows: Sequence[Sequence[str]]) -> None:
        """Read all lines below the headings."""
        start, columns = _find_headings(rows)
        if not columns:
            self.problem(
                None,
                'judul kolom tidak ditemukan; baris pertama harus berjudul "Kode", "Kecamatan", dan "Desa/Kelurahan"',
            )
            return
        for line, row in enumerate(rows[start + 1 :], start + 2):
            cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
            if any(cells.values()):
                self.take(line, cells)
        if not self.names and not self.problems:
            self.problem(None, "tidak ada satu wilayah pun di bawah judul kolom")
        self.check_names()

    def take(self, line: int, cells: Mapping[str, str]) -> None:
        """Take one line: a desa with its kecamatan, or one of both."""
        code, name = cells.get("code", ""), cells.get("name", "")
        is_list = "district" not in cells
        parts = self.code(line, code)
        if parts is None or (is_list and len(parts) < _DISTRICT_PARTS):
            return  # a mistake that is noted, or the city itself and its province
        if is_list or not name:
            wanted = is_list or len(parts) == _DISTRICT_PARTS
            if not wanted:
                self.problem(line, f"nama desa atau kelurahan {'.'.join(parts)} belum diisi")
            else:
                self.add(line, parts, name or cells.get("district", ""))
            return
        if len(parts) != _VILLAGE_PARTS:
            self.problem(line, f'"{code}" bukan kode desa atau kelurahan; tulis misalnya 35.19.01.2001')
            return
        self.add(line, parts[:_DISTRICT_PARTS], cells["district"], is_said_again=True)
        self.add(line, parts, name)

    def code(self, line: int, written: str) -> list[str] | None:
        """The parts of a code, which may be written with or without dots; None where it is none."""
        digits = re.sub(r"[\s.\-]", "", written)
        if not written:
            self.problem(line, "kode belum diisi; tulis kode Kemendagri, misalnya 35.19.01.2001")
            return None
        if digits.isascii() and digits.isdecimal() and len(digits) == 2 and written == digits:  # noqa: PLR2004 - province
            return [digits]
        sizes = _DIGITS.get(len(digits)) if digits.isascii() and digits.isdecimal() else None
        if sizes is None:
            self.problem(line, f'"{written}" bukan kode wilayah; tulis kode Kemendagri, misalnya 35.19.01.2001')
            return None
        ends = [sum(sizes[: at + 1]) for at in range(len(sizes))]
        parts = [digits[end - size : end] for end, size in zip(ends, sizes, strict=True)]
        if len(parts) == _VILLAGE_PARTS and parts[-1][0] not in _VILLAGE_KINDS:
            self.problem(line, f'"{written}" tampaknya kode BPS; yang dipakai kode Kemendagri, misalnya 35.19.01.2001')
            return None
        if self.city_code and len(parts) > 1 and ".".join(parts[:2]) != self.city_code:
            self.problem(line, f'kode "{written}" tidak berada di bawah kode {self.city_code} di kota.yaml')
            return None
        return parts

    def add(self, line: int, parts: Sequence[str], name: str, *, is_said_again: bool = False) -> None:
        """Note an area; a kecamatan may be named again on the line of each of its desa, or left out there."""
        code = ".".join(parts)
        earlier = self.names.get(code)
        if earlier is None or (is_said_again and not earlier[1]):
            self.names[code] = (line, name)
        elif not is_said_again:
            self.problem(line, f"kode {code} sudah dipakai pada baris {earlier[0]} ({earlier[1]})")
        elif name and fold(name) != fold(earlier[1]):
            said = f'kecamatan {code} di sini bernama "{name}", pada baris {earlier[0]} bernama "{earlier[1]}"'
            self.problem(line, said)

    def check_names(self) -> None:
        """Every area has a name, and one of its own where it lies."""
        seen: dict[tuple[str, str], int] = {}
        for code, (line, name) in self.names.items():
            above = code.rpartition(".")[0]
            kind = "kecamatan" if code.count(".") == _DISTRICT_PARTS - 1 else "desa atau kelurahan"
            if not name:
                self.problem(line, f"nama {kind} {code} belum diisi")
            elif (above, fold(name)) in seen:
                self.problem(
                    line,
                    f'{kind} "{name}" sudah tertulis pada baris {seen[above, fold(name)]} dengan kode lain; '
                    "bila memang dua, bedakan namanya",
                )
            if kind != "kecamatan" and above not in self.names:
                self.problem(line, f"kecamatan {above} dari {name or code} tidak ada dalam daftar")
            seen.setdefault((above, fold(name)), line)
        self.problems.sort(key=lambda each: each.line or 0)

    def problem(self, line: int | None, message: str) -> None:
        """Note a mistake."""
        self.problems.append(Problem(self.file, line, message))

    def districts(self) -> tuple[District, ...]:
        """What was read, in the order of codes."""
        return tuple(self._districts())

    def _districts(self) -> Iterator[District]:
        level = {code: code.count(".") + 1 for code in sorted(self.names)}
        above = [code for code, parts in level.items() if parts == _DISTRICT_PARTS]
        below = [code for code, parts in level.items() if parts == _VILLAGE_PARTS]
        tidy = tidy_names({code: self.names[code][1] for code in above}, {c: self.names[c][1] for c in below})
        for code in above:
            villages = tuple(Village(each, tidy[each]) for each in below if each.startswith(f"{code}."))
            yield District(code, tidy[code], villages)


def _find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Line of the headings and column → its place: a code and a name at least."""
    for number, row in enumerate(rows[:_HEADING_ROWS]):
        found: dict[str, int] = {}
        for at, text in enumerate(row):
            kind = next((name for name, words in _HEADINGS.items() if f"|{fold(text)}|" in words), "")
            found.setdefault(kind, at)
        found.pop("", None)
        if {"code", "name"} <= found.keys():
            return number, found
    return 0, {}
