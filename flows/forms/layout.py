"""How a form is laid out: its sheets, its hidden marks and keys, and what belongs in the form of one filler.

Writer and reader agree on this module and on nothing else. Every sheet that people fill looks the same:

- column A is hidden and holds the *mark* of each row; visible columns begin at B;
- the first row has the mark of the sheet (:func:`sheet_mark`) in A and the title in B;
- ``PURPOSE`` rows are for people; ``def:<id>`` rows hold a definition's label in B and its value in C;
- the hidden ``COLUMN_KEYS`` row names each column by its key; one or two ``HEADING`` rows say the same for people;
- below, each row's mark is :func:`row_mark` of its key. Free rows of a list have keys ``+1``, ``+2`` … .

The very hidden sheet ``IDENTITY_SHEET`` says for whom and for which year the form was made, and holds the fingerprint
of its plan. Whoever loses it (telephones do) is recognised by the marks, and whoever loses the marks by the headings.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from flows.model import Block, Question, TableColumn, TableSchema

FORMAT = 1
"""Version of this layout; a form of a later one is refused."""
SIGNATURE = "kla-dosir-formulir"
FORM_NAME = "Formulir KLA"
"""How the name of each form begins."""
IDENTITY_SHEET = "_kla"
PURPOSE, COLUMN_KEYS, HEADING, DEFINITION = "ket", "kol", "kepala", "def:"
FREE = "+"
_NAME_CHARS = 120
ANSWERS, EVIDENCE, CHECKLIST, TABLE, LEFTOVERS = "jawaban", "bukti", "periksa", "tabel", "sisa"
"""Kinds of sheets. ``LEFTOVERS`` keeps what a form held that its new plan has no place for."""

ANSWER_COLUMNS = ("nomor", "judul", "peran", "maksimum", "jawaban", "poin", "catatan")
"""``peran`` says whether the filler owes the question or helps; people fill the last three."""
ANSWER_INPUTS = ("jawaban", "poin", "catatan")
EVIDENCE_COLUMNS = (
    "berkas",
    "pertanyaan",
    "dari",
    "sampai",
    "jenis",
    "nomor",
    "tanggal",
    "penanda_tangan",
    "tanda_tangan",
    "stempel",
    "keterangan",
    "tautan",
)
CHECKLIST_COLUMNS = ("nomor", "kriteria", "jawaban", "catatan")
CHECKLIST_INPUTS = ("jawaban", "catatan")
ROW_COLUMNS = ("kode", "kecamatan", "baris", "tahun")
"""Columns of a table that name its row; a table has those of them that it needs, before its own columns."""


class FillerKind(StrEnum):
    """Who fills a form."""

    AGENCY = "opd"
    DISTRICT = "kecamatan"
    VILLAGE = "kelurahan"
    SECRETARIAT = "sekretariat"


@dataclass(frozen=True, slots=True)
class Filler:
    """For whom a form is."""

    kind: FillerKind
    id: str
    """Id of the agency, code of the area; empty for the secretariat."""
    name: str
    """As in the name of the file: "Dinas Kesehatan", "Kelurahan Mawar"."""

    @property
    def key(self) -> str:
        """``opd:dinkes``, ``kelurahan:63.71.01.1001``, ``sekretariat:``."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a form."""

    question: Question
    block: Block
    is_lead: bool
    """Whether the filler owes it; otherwise it helps."""


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """One column of a table's sheet."""

    column: TableColumn
    part: str
    """``L``, ``P``, ``LP``, or empty."""

    @property
    def key(self) -> str:
        """``berakta.L`` or ``berakta``: the key of the column in the sheet and in ``StandingRow.values``."""
        return value_key(self.column.id, self.part)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row of a table's sheet that is there from the beginning."""

    key: str
    """Area code, id of a fixed row, question id (``one_row_per_question``), or ``kota``."""
    label: str
    group: str = ""
    """Name of the kecamatan of a kelurahan."""
    year: int | None = None

    @property
    def mark_key(self) -> str:
        """``<key>@<year>``, or the key alone where the row has no year."""
        return self.key if self.year is None else f"{self.key}@{self.year}"


@dataclass(frozen=True, slots=True)
class AskedTable:
    """One table as a filler is asked for it."""

    schema: TableSchema
    columns: tuple[AskedColumn, ...]
    """Those the filler supplies, in order."""
    rows: tuple[AskedRow, ...]
    """Year n-1 first, then year n."""
    free_rows: int
    """Empty rows at the end, for lists."""
    questions: tuple[str, ...]
    """Questions of the schema that this filler is asked."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One criterion of the form of a kecamatan or kelurahan: a column of the area table, asked as a row."""

    schema: TableSchema
    column: TableColumn


@dataclass(frozen=True, slots=True)
class FormPlan:
    """Everything that belongs in one form."""

    filler: Filler
    city_id: str
    city_name: str
    evaluation_year: int
    data_years: tuple[int, int]
    framework_year: int
    questions: tuple[AskedQuestion, ...]
    tables: tuple[AskedTable, ...]
    checklist: tuple[ChecklistItem, ...] = ()

    @property
    def file_name(self) -> str:
        """``Formulir KLA 2024 - Dinas Kesehatan.xlsx``, without signs that a system forbids."""
        cleaned = " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f]+', "-", self.filler.name).split())[:_NAME_CHARS].rstrip(". ")
        return f"{FORM_NAME} {self.evaluation_year} - {cleaned}.xlsx"


def value_key(column_id: str, part: str) -> str:
    """Key of one value of a row: ``berakta.L``, or ``pagu`` where the column has no parts."""
    return f"{column_id}.{part}" if part else column_id


def sheet_mark(kind: str, table_id: str, filler: Filler) -> str:
    """Mark of a sheet, in A1: ``kla:tabel:akta-kelahiran:opd:disdukcapil``."""
    return f"kla:{kind}:{table_id}:{filler.key}"


def row_mark(plan: FormPlan, kind: str, table_id: str, key: str) -> str:
    """Mark of a row: its key and four check digits, so that an edited or copied mark shows itself."""
    seed = f"{plan.city_id}|{plan.evaluation_year}|{plan.filler.key}|{kind}|{table_id}|{key}"
    return f"{key}#{hashlib.sha256(seed.encode()).hexdigest()[:4]}"
