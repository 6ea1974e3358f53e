"""Writing ``profil-kota.xlsx`` with xlsxwriter: the sheets people edit, and the hidden copy of their values."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.files import NO_TIME
from flows.framework.city_agencies import GROUPS
from flows.framework.city_sections import PAPERS
from flows.framework.sheet_cells import FLAGS, LISTS, NO, YES, CellPath, Layout, cells_of, load_layout
from flows.framework.texts import one_line
from flows.model import City

COPY_SHEET = "_asal"
SIGNATURE = ("kla-dosir", "1")
"""First row of the hidden copy: whose it is, and the version of its form."""
_PATH_PARTS = 3
_EMPTY_ROWS = 40
_A4 = 9
_ALL_CELLS = "A1:H1048576"
"""Codes and numbers of officials are text on purpose; Excel would put a green mark of a mistake into each."""
_KEY_WIDTH, _WIDTH, _GUIDE_WIDTH = 20, 16, 120
_WIDTHS = {
    "nama": 60,
    "folder": 32,
    "peran": 28,
    "alias": 60,
    "sumber": 45,
    "teks": 90,
    "uraian": 40,
    "catatan": 60,
    "jabatan": 60,
    "nilai": 40,
    "label": 22,
    "pangkat": 28,
    "nip": 24,
}
_CHOICES = {"terkonfirmasi": (YES, NO), "kelompok": GROUPS}


def profile_sheet(city: City) -> bytes:
    """The workbook of ``city``; equal cities give equal bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": NO_TIME})
        writer = _Writer(book, load_layout(city), cells_of(city))
        writer.write_guide()
        for section in writer.layout.columns:
            writer.write_section(section)
        writer.write_copy()
    return stream.getvalue()


@dataclass
class _Writer:
    """One workbook being written."""

    book: Any
    layout: Layout
    cells: Mapping[CellPath, str]

    def __post_init__(self) -> None:
        self.text = self.book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 4})
        self.key = self.book.add_format(
            {"num_format": "@", "font_color": "#777777", "bg_color": "#EEEEEE", "valign": "top"}
        )
        self.heading = self.book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "border": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.plain = self.book.add_format({"text_wrap": True, "valign": "top"})

    def write_guide(self) -> None:
        """The sheet that explains the others."""
        sheet = self.book.add_worksheet(self.layout.sheets["petunjuk"])
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        for number, line in enumerate(self.layout.guide):
            sheet.write_string(number, 0, line, self.plain if number else self.title)

    def write_section(self, section: str) -> None:
        """One sheet as a table: key, then a column per field."""
        sheet = self.book.add_worksheet(self.layout.sheets[section])
        columns = self.layout.columns[section]
        rows = self._rows(section)
        self._write_heading(sheet, columns)
        for number, (key, values) in enumerate(rows.items(), start=1):
            sheet.write_string(number, 0, key, self.key)
            for at, name in enumerate(columns, start=1):
                sheet.write_string(number, at, values[name], self.text)
        last = len(rows) + (_EMPTY_ROWS if section in LISTS else 0)
        for number in range(len(rows) + 1, last + 1):
            sheet.write_blank(number, 0, None, self.key)
            for at in range(1, len(columns) + 1):
                sheet.write_blank(number, at, None, self.text)
        self._add_choices(sheet, section, last)

    def write_copy(self) -> None:
        """The hidden copy: the parts of each path and the value as it was written."""
        sheet = self.book.add_worksheet(COPY_SHEET)
        sheet.very_hidden()
        for at, word in enumerate(SIGNATURE):
            sheet.write_string(0, at, word)
        for number, (path, value) in enumerate(self.cells.items(), start=1):
            for at, part in enumerate((*path, *[""] * (_PATH_PARTS - len(path)), value)):
                sheet.write_string(number, at, part)

    def _rows(self, section: str) -> dict[str, dict[str, str]]:
        """Key → field → text of one sheet."""
        rows: dict[str, dict[str, str]] = {}
        if section == "kota":
            for name, (label, note) in self.layout.city_rows.items():
                rows[name] = {"label": label, "nilai": one_line(self.cells[(name,)]), "catatan": note}
            return rows
        for path, value in self.cells.items():
            if path[0] == section:
                rows.setdefault(path[1], {})[path[2]] = one_line(value)
        return rows

    def _write_heading(self, sheet: Any, columns: Mapping[str, str]) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        sheet.write_string(0, 0, self.layout.key_heading, self.heading)
        sheet.set_column(0, 0, _KEY_WIDTH)
        for at, (name, text) in enumerate(columns.items(), start=1):
            sheet.write_string(0, at, text, self.heading)
            sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH))
        sheet.freeze_panes(1, 2)
        sheet.ignore_errors({"number_stored_as_text": _ALL_CELLS})
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _add_choices(self, sheet: Any, section: str, last: int) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        """Drop-downs for yes and no, the group of an agency and the paper."""
        for at, name in enumerate(self.layout.columns[section], start=1):
            if name in _CHOICES:
                sheet.data_validation(1, at, last, at, self._choice(_CHOICES[name], strict=name in FLAGS))
        if section == "kota":
            row = 1 + list(self.layout.city_rows).index("kertas")
            sheet.data_validation(row, 2, row, 2, self._choice(PAPERS, strict=True))

    def _choice(self, options: tuple[str, ...], *, strict: bool) -> dict[str, Any]:
        """A drop-down that says in Indonesian what it takes: Excel itself would say it in its own language."""
        title, sentence = self.layout.choice
        return {
            "validate": "list",
            "source": list(options),
            "error_type": "stop" if strict else "warning",
            "error_title": title,
            "error_message": sentence.format(yang_dikenal=", ".join(options)),
        }
