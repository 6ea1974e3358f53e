"""What is asked in figures and lists: the tables of an instrument."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RowKind(StrEnum):
    """What one row of a table stands for (``rows`` of a table)."""

    CITY = "kota"
    DISTRICT = "kecamatan"
    VILLAGE = "kelurahan"
    FIXED = "tetap"
    """Rows that the table itself names, such as the levels of schools."""
    LIST = "daftar"
    """As many rows as there are things to list."""


class ColumnType(StrEnum):
    """What a cell of a column may hold."""

    COUNT = "jumlah"
    """A whole number, 0 or more."""
    NUMBER = "angka"
    PERCENT = "persen"
    """0 to 100; a share such as 0,98 is recognised and said."""
    MONEY = "rupiah"
    TEXT = "teks"
    CHOICE = "pilihan"
    YES_NO = "ya-tidak"
    DATE = "tanggal"
    YEAR = "tahun"
    QUESTION = "pertanyaan"
    """The question a row of a list belongs to, where one list serves several."""

    @property
    def is_numeric(self) -> bool:
        """Whether its cells hold numbers that can be added or compared."""
        return self in (ColumnType.COUNT, ColumnType.NUMBER, ColumnType.PERCENT, ColumnType.MONEY)


MALE, FEMALE, BOTH_SEXES = "L", "P", "LP"
"""Parts of a column that is split by sex; ``LP`` is the total of both."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table; split by sex it is three: L, P and L+P."""

    id: str
    """Lower-case ASCII with underscores, unique in its table."""
    label: str
    type: ColumnType
    by_sex: bool = False
    is_required: bool = True
    """Whether an empty cell of a started table is a finding."""
    part_of: str = ""
    """Column of which this one counts a part, so that it cannot be larger."""
    sum_of: tuple[str, ...] = ()
    """Columns that add up to this one, if any: a hidden figure among them could be worked out."""
    ratio_of: tuple[str, ...] = ()
    """Numerator and denominator a percentage is recomputed from; empty or two column ids."""
    options: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    supplier: str = ""
    """Role that fills this one column, where several fill one table; empty: whoever fills the table."""
    questions: tuple[str, ...] = ()
    """Questions this one column answers, where the table's columns answer different ones."""
    headings: tuple[str, ...] = ()
    """Regular expressions over folded headings (``flows.names.fold``) of agencies' own exports."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The cells of one row: ``L``, ``P``, ``LP``, or one without a name."""
        return (MALE, FEMALE, BOTH_SEXES) if self.by_sex else ("",)


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """What a whole table states once, such as an age bound or the survey it comes from."""

    id: str
    label: str
    options: tuple[str, ...] = ()
    """Choices of the drop-down; empty for free text."""
    expected: tuple[str, ...] = ()
    """Those of ``options`` that fit what the questions ask; empty where anything but nothing fits."""


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that the table itself names."""

    id: str
    label: str
    questions: tuple[str, ...] = ()
    """Questions this one row answers, where the table's rows answer different ones."""
    supplier: str = ""
    """Role that fills this one row, where several fill one table; empty: whoever fills the table."""


@dataclass(frozen=True, slots=True)
class Story:
    """Which columns of a list tell of an innovation, for the chapter of innovations (``inovasi`` of a table)."""

    name: str
    year: str = ""
    problem: str = ""
    done: str = ""
    result: str = ""
    """Ids of columns; empty where the list does not ask for it."""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table that questions of the instrument ask for (``validations/frameworks/<year>/tables/<id>.yaml``)."""

    id: str
    """Lower-case ASCII with hyphens: the name of its file."""
    title: str
    sheet: str
    """Name of its sheet in a form, at most 28 characters, unique in the instrument."""
    row_kind: RowKind
    both_years: bool
    """Whether every row stands once per data year."""
    columns: tuple[TableColumn, ...]
    questions: tuple[str, ...]
    """Questions whose ``matriks`` or ``data`` it fills."""
    suppliers: tuple[str, ...]
    """Roles asked to fill it; several agencies' lists are joined, of other tables the first agency's stands."""
    rows: tuple[FixedRow, ...] = ()
    """Only of ``FIXED`` tables."""
    definitions: tuple[TableDefinition, ...] = ()
    note: str = ""
    """Whom to ask and what to mind, as printed above the table in a form; may be empty."""
    jump_ratio: float | None = None
    """Largest change from year n-1 to n, as a share of n-1, that needs no second look; None: not checked."""
    one_row_per_question: bool = False
    """Lists only: the form starts with a row for each question."""
    is_sensitive: bool = False
    """Its figures may expose a child in difficulty: small numbers are masked in edition *kirim*."""
    story: Story | None = None
    """Lists of innovations only."""

    def column(self, column_id: str) -> TableColumn:
        """The column of that id; KeyError if there is none."""
        return {column.id: column for column in self.columns}[column_id]
