"""The Indonesian words of the form, from ``templates/siapkan/formulir.yaml``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flows.forms.layout import AskedColumn, FillerKind
from flows.model import ColumnType, RowKind, Signed, TableSchema
from flows.settings import templates_root

_FILE = "formulir.yaml"
_GUIDE = "petunjuk"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a form says, by the keys of the file."""

    fillers: Mapping[str, str]
    sheets: Mapping[str, str]
    """Kind of a sheet (``petunjuk`` beside those of the layout) → its name."""
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    """Kind of a sheet → key of a column → heading."""
    parts: Mapping[str, str]
    """``L``, ``P``, ``LP`` → heading."""
    roles: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, Mapping[str, str]]
    levels: tuple[str, ...]
    """Suggested answers of a graded question without options of its own."""
    yes_no: tuple[str, ...]
    signed: Mapping[str, str]
    """Value of :class:`flows.model.Signed` → label."""
    stamped: Mapping[str, str]
    """``ya`` and ``tidak`` → label."""
    prompts: Mapping[str, tuple[str, str]]
    """Title and text shown beside a cell, by type of column or key of input."""
    mistakes: Mapping[str, str]
    wanted_words: Mapping[str, str]
    guides: Mapping[str, tuple[str, ...]]
    table_lines: Mapping[str, str]
    digest: str
    """SHA-256 of the file."""

    def heading(self, kind: str, key: str) -> str:
        """Heading of column ``key`` of a sheet that is no table; KeyError if there is none."""
        return self.columns[kind][key]

    def row_heading(self, schema: TableSchema, key: str, *, is_city: bool) -> str:
        """Heading of a column that names the rows of a table: ``kode``, ``kecamatan``, ``baris`` or ``tahun``."""
        if key == "baris" and schema.row_kind is RowKind.VILLAGE:
            return self.columns["tabel"]["kelurahan" if is_city else "desa"]
        return self.columns["tabel"][key]

    def column_heading(self, asked: AskedColumn) -> tuple[str, str]:
        """Heading of a table's own column and the one below it: ("Anak berakta", "L+P"), or the label and nothing."""
        return asked.column.label, self.parts[asked.part] if asked.part else ""

    def roles_of(self, kind: FillerKind) -> Mapping[str, str]:
        """What ``lead`` and ``helper`` are called in the form of such a filler."""
        return self.roles[_voice(kind)]

    def groups_of(self, kind: FillerKind) -> Mapping[str, str]:
        """Headings of the blocks of questions in the form of such a filler, for ``lead`` and ``helper``."""
        return self.groups[_voice(kind)]

    def wanted(self, kind: ColumnType | str) -> str:
        """What a cell of that type, or that input of the lists, should hold; for sentences of findings."""
        return self.wanted_words[str(kind)]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The words of every form; read once."""
    from ruamel.yaml import YAML

    content = (templates_root() / "siapkan" / _FILE).read_bytes()
    found: Any = YAML(typ="safe").load(content)
    choices = found["pilihan"]
    return Words(
        fillers=found["pengisi"],
        sheets=found["lembar"],
        titles=found["judul"],
        notes=found["keterangan"],
        columns={kind: value for kind, value in found["kolom"].items() if isinstance(value, dict)},
        parts=found["bagian"],
        roles=found["peran"],
        groups=found["kelompok"],
        levels=tuple(choices["tingkat"]),
        yes_no=tuple(choices["ya_tidak"]),
        signed={str(Signed(key)): label for key, label in choices["tanda_tangan"].items()},
        stamped=choices["stempel"],
        prompts={key: (title, text) for key, (title, text) in found["isyarat"].items()},
        mistakes=found["salah"],
        wanted_words=found["diminta"],
        guides={key: tuple(lines) for key, lines in found["petunjuk"].items()},
        table_lines=found["petunjuk_tabel"],
        digest=hashlib.sha256(content).hexdigest(),
    )


def guide_sheet() -> str:
    """Name of the sheet that explains the others."""
    return load_words().sheets[_GUIDE]


def sheet_name(kind: str) -> str:
    """Name of the sheet of that kind of the layout; tables are called as their schema says."""
    return load_words().sheets[kind]


def _voice(kind: FillerKind) -> FillerKind:
    """Whose words a filler gets: the secretariat's or everybody else's."""
    return kind if kind is FillerKind.SECRETARIAT else FillerKind.AGENCY
