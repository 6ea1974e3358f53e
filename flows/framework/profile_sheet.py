"""``profil-kota.xlsx``: the city's profile as a workbook, so that nobody needs YAML.

The rule, which the workbook itself explains: ``kota.yaml`` is the truth. The workbook carries a hidden copy of the
values it was written with; a cell that differs from the copy was changed by a person and is taken over into
``kota.yaml`` by the next ``kla siapkan``. Where ``kota.yaml`` itself has changed at that place since, it wins and the
conflict is said. Cells are matched by the key in the first column and by column heading, so rows may be sorted and
columns moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from flows import bounds
from flows.errors import InputsError, os_reason
from flows.files import write_bytes
from flows.framework.sheet_cells import LISTS, CellPath, Layout, load_layout, normalised, refusal
from flows.framework.sheet_writer import COPY_SHEET, SIGNATURE, profile_sheet
from flows.model import City
from flows.names import fold
from flows.wording import number

SHEET_FILE = "profil-kota.xlsx"
_HEADER_SEARCH_ROWS = 10
_EXACT_BELOW = 10**15
"""Excel keeps 15 digits of a number; a NIP typed as a number has lost its end."""

_DECIMALS = 6
"""Of a figure typed as a number: more than any office states."""

_MAX_UNPACKED_BYTES = bounds.PROFILE_UNPACKED_BYTES

Rows = Sequence[Sequence[Any]]


class SheetUnreadableError(InputsError):
    """The workbook cannot be opened or has lost its hidden copy."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What stands in a workbook now and what stood there when it was written."""

    copied: Mapping[CellPath, str]
    """The hidden copy."""
    cells: Mapping[CellPath, str]
    """Normalised values of the rows that carry a key; what is missing was not seen and counts as unchanged."""
    new_rows: Sequence[tuple[str, Mapping[str, str]]] = ()
    """Section, and field → value, of each row without a key of the copy."""
    removed: Sequence[tuple[str, str]] = ()
    """Section and key of rows that are gone or were emptied."""
    refused: Sequence[tuple[CellPath, str, str]] = ()
    """Path, text as shown and reason code of cells that cannot be used."""

    @property
    def changed(self) -> tuple[CellPath, ...]:
        """Paths whose value is no longer the one that was written."""
        return tuple(path for path, value in self.cells.items() if value != self.copied[path])

    @property
    def change_count(self) -> int:
        """How many changes a person has made."""
        return len(self.changed) + len(self.new_rows) + len(self.removed) + len(self.refused)


def write_profile_sheet(path: Path, city: City) -> None:
    """Write the workbook of ``city`` to ``path``, replacing what is there; equal cities give equal bytes.

    Raises:
        InputsError: it cannot be written, most often because it is open in Excel.
    """
    try:
        write_bytes(path, profile_sheet(city))
    except OSError as error:
        raise InputsError(
            f"{path} tidak dapat ditulis ({os_reason(error)}).",
            "Tutup berkas itu di Excel dan periksa hak tulis foldernya, lalu ulangi perintah ini.",
        ) from error


def read_profile_sheet(path: Path) -> SheetReading:
    """Read the workbook back, forgiving blank rows, moved columns and numbers typed as numbers.

    Raises:
        SheetUnreadableError: it is missing, damaged, or has lost its hidden copy.
    """
    from python_calamine import CalamineError, load_workbook

    try:
        _check_size(path)
        book = load_workbook(path)
        sheets = {fold(name): book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, BadZipFile, OSError, ValueError) as error:
        raise _unreadable(path) from error
    copied = _read_copy(sheets.get(fold(COPY_SHEET), []))
    if not copied:
        raise _unreadable(path)
    reader = _Reader(load_layout(), copied)
    for section, name in reader.layout.sheets.items():
        if section in reader.layout.columns and fold(name) in sheets:
            reader.read(section, sheets[fold(name)])
    return SheetReading(copied, reader.cells, tuple(reader.new_rows), tuple(reader.removed), tuple(reader.refused))


@dataclass
class _Reader:
    """Collects the cells of one workbook, sheet by sheet."""

    layout: Layout
    copied: Mapping[CellPath, str]
    cells: dict[CellPath, str] = field(default_factory=dict)
    new_rows: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[CellPath, str, str]] = field(default_factory=list)

    def read(self, section: str, rows: Rows) -> None:
        """Read one sheet; a sheet without its key heading is left alone."""
        start, columns = _find_header(rows, self.layout, section)
        if start is None:
            return
        known = _keys(self.copied, section)
        seen: set[str] = set()
        for row in rows[start + 1 :]:
            key, values = _text(row, columns.get("", -1)), {name: row[at] for name, at in columns.items() if name}
            if key in seen:
                self.refused.append(((section, key), key, "ganda"))
            elif key in known:
                seen.add(key)
                self._read_row(section, key, values)
            else:
                self._read_new(section, key, values)
        self.removed += [(section, key) for key in known if key not in seen and section in LISTS]

    def _read_row(self, section: str, key: str, values: Mapping[str, Any]) -> None:
        texts = {name: _as_written(section, name, value) for name, value in values.items()}
        if section in LISTS and not any(text for name, text in texts.items() if name != "terkonfirmasi"):
            self.removed.append((section, key))
            return
        for name, text in texts.items():
            path = (key,) if section == "kota" else (section, key, name)
            if path in self.copied:
                self._take(path, key if section == "kota" else name, text, values[name])

    def _take(self, path: CellPath, name: str, text: str, value: object) -> None:
        clean = normalised(name, text)
        if clean == normalised(name, self.copied[path]):
            self.cells[path] = self.copied[path]
            return
        reason = _unreadable_number(value) or refusal(name, clean)
        if reason:
            self.refused.append((path, text, reason))
        else:
            self.cells[path] = clean

    def _read_new(self, section: str, key: str, values: Mapping[str, Any]) -> None:
        texts = {name: normalised(name, _as_written(section, name, value)) for name, value in values.items()}
        if section not in LISTS or not any(text for name, text in texts.items() if name != "terkonfirmasi"):
            return
        reasons = {name: _unreadable_number(values[name]) or refusal(name, text) for name, text in texts.items()}
        bad = next((name for name, reason in reasons.items() if reason), "")
        if bad:
            self.refused.append(((section, key or texts.get("nama", ""), bad), _shown(values[bad]), reasons[bad]))
        else:
            self.new_rows.append((section, {"": key, **texts}))


def _check_size(path: Path) -> None:
    """Refuse, before anything is unpacked, what is far bigger than any profile can be."""
    with ZipFile(path) as packed:
        size = sum(member.file_size for member in packed.infolist())
    if size > _MAX_UNPACKED_BYTES:
        raise ValueError(size)


def _unreadable(path: Path) -> SheetUnreadableError:
    return SheetUnreadableError(
        f"{path} tidak dapat dipakai: rusak, terkunci, atau bukan lagi {SHEET_FILE} yang dibuat program ini.",
        "Pindahkan atau ganti nama berkas itu, lalu jalankan lagi kla siapkan untuk membuat yang baru.",
    )


def _read_copy(rows: Rows) -> dict[CellPath, str] | None:
    if not rows or tuple(_text(rows[0], at) for at in range(len(SIGNATURE))) != SIGNATURE:
        return None
    found: dict[CellPath, str] = {}
    for row in rows[1:]:
        *path, value = ("" if part is None else str(part) for part in row)
        found[tuple(part for part in path if part)] = value
    return found


def _find_header(rows: Rows, layout: Layout, section: str) -> tuple[int | None, dict[str, int]]:
    """Row of the headings, and field → column with the key column under the empty name."""
    for at_row, row in enumerate(rows[:_HEADER_SEARCH_ROWS]):
        headings = {fold(_text(row, at)): at for at in reversed(range(len(row)))}
        if fold(layout.key_heading) in headings:
            wanted = {"": layout.key_heading, **_value_columns(layout, section)}
            return at_row, {name: headings[fold(text)] for name, text in wanted.items() if fold(text) in headings}
    return None, {}


def _value_columns(layout: Layout, section: str) -> Mapping[str, str]:
    columns = layout.columns[section]
    return {"nilai": columns["nilai"]} if section == "kota" else columns


def _keys(copied: Mapping[CellPath, str], section: str) -> list[str]:
    if section == "kota":
        return [path[0] for path in copied if len(path) == 1]
    return list(dict.fromkeys(path[1] for path in copied if path[0] == section))


def _text(row: Sequence[Any], at: int) -> str:
    return _shown(row[at]) if 0 <= at < len(row) else ""


def _as_written(section: str, name: str, value: object) -> str:
    """A cell as text; a figure of the general picture, which is printed as it stands, with Indonesian separators."""
    is_figure = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_figure and (section, name) == ("gambaran_umum", "nilai"):
        return number(value, _DECIMALS)
    return _shown(value)


def _shown(value: object) -> str:
    """A cell as text: whole numbers without ".0", dates in ISO form, truth values as ``true`` and ``false``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return "" if value is None else str(value).strip()


def _unreadable_number(value: object) -> str:
    is_long = isinstance(value, (int, float)) and abs(value) >= _EXACT_BELOW
    return "angka-panjang" if is_long else ""
