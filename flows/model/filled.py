"""What people filled in: answers, tables and lists of evidence from forms, tables from agencies' own exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.model.states import Signed


class CellState(StrEnum):
    """What was found in a cell that should hold a value."""

    VALUE = "nilai"
    EMPTY = "kosong"
    NOT_AVAILABLE = "tidak-tersedia"
    """The person says there is none: "-", "n/a", "tidak ada data"."""
    UNREADABLE = "tidak-terbaca"
    """Something that is no value of the column's type: words where a number belongs, a date where a count belongs."""
    ERROR = "galat"
    """An error of the spreadsheet: #REF!, #DIV/0!."""
    UNCALCULATED = "belum-dihitung"
    """A formula whose result was never saved."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a workbook, for people: file, sheet and ``D7``."""

    path: str
    """As :attr:`EvidenceFile.path`."""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One value of a table as it was read. Judged by nobody yet."""

    column: str
    """Id of the column."""
    part: str
    """``L``, ``P``, ``LP``, or empty."""
    state: CellState
    number: float | None = None
    """Value of a numeric column; a percentage as 0 to 100, money in rupiah."""
    text: str = ""
    """Value of any other column (a date as ``2024-03-31``, yes as ``ya``). Of an unreadable
    cell, and of one with a remark, what stands there."""
    cell: str = ""
    """Address, ``D7``."""
    remark: str = ""
    """How it had to be read, a key of ``remarks`` in ``validations/findings.yaml``: ``fraction``, ``unit-dropped`` …"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table as it was read."""

    key: str
    """Area code, id of a fixed row, or position in a list; the folded label of an area nobody knows."""
    label: str
    """Name of the row as the file has it."""
    year: int | None
    """Data year it speaks of; None where the table has no years or the file does not say."""
    number: int
    """Row of the sheet, from 1."""
    cells: tuple[TableCell, ...]
    group: str = ""
    """Name of the kecamatan of a kelurahan, as the file has it."""
    is_known: bool = True
    """Whether ``key`` is an area or row that the city or the table knows."""


class TableSource(StrEnum):
    """Where a table came from; the earlier member beats the later one."""

    FORM = "formulir"
    AREA_FORM = "formulir-wilayah"
    EXPORT = "berkas-sendiri"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which heading of a file was taken for which column."""

    heading: str
    cell: str
    column: str
    """Id of the column, or ``kecamatan``, ``kelurahan``, ``kode``, ``tahun``."""
    part: str = ""


@dataclass(frozen=True, slots=True)
class GatheredTable:
    """One table of one file, as it was read."""

    schema_id: str
    agency_id: str
    """Who filled it; empty for the secretariat."""
    path: str
    sheet: str
    source: TableSource
    rows: tuple[TableRow, ...]
    """Rows that hold anything."""
    columns: tuple[str, ...] = ()
    """Ids of the columns the file has."""
    definitions: tuple[TableCell, ...] = ()
    """``column`` is the id of the definition."""
    mapping: tuple[ColumnMapping, ...] = ()
    """How the headings of an export were understood; empty for a form."""
    area: str = ""
    """Code of the kecamatan or kelurahan whose own form it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one agency, or the secretariat, answers to one question."""

    question_id: str
    agency_id: str
    """Empty for the secretariat."""
    choice: str
    """One of the question's options, or free text; empty where nothing was chosen."""
    points: float | None
    """Points claimed, 0 to the question's maximum; None where nothing is claimed."""
    note: str
    """The note (*catatan*); may be empty."""
    place: Place
    """Cell of the choice, or of the first thing filled in."""
    points_cell: str = ""
    """Address of the cell that claims the points; empty where nothing stands there."""
    note_cell: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One row of a form's list of evidence: what an agency says of a document, or of a link."""

    agency_id: str
    file_name: str
    """As written; empty for a link alone."""
    paths: tuple[str, ...]
    """Files it means; empty where none was found."""
    questions: tuple[str, ...]
    place: Place
    first_page: int | None = None
    last_page: int | None = None
    kind: str = ""
    """Id of an evidence kind; empty where not said."""
    number: str = ""
    date: str = ""
    """ISO; empty where not said."""
    signatory: str = ""
    """Personal data of an official."""
    caption: str = ""
    signed: Signed = Signed.UNSAID
    is_stamped: bool | None = None
    url: str = ""
    """A link: recorded, never fetched, never a proof by itself."""
    questions_cell: str = ""
    """Where the questions are written (``place`` is where the row begins); empty where that cell is empty."""


@dataclass(frozen=True, slots=True)
class FormNote:
    """Something noticed while a form or table was read: a finding before it is weighed."""

    code: str
    """Code in the catalogue of findings."""
    place: Place
    agency_id: str = ""
    question_id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that came back, and whether it could be taken."""

    path: str
    agency_id: str
    is_taken: bool
    """False where it was refused as a whole; the reason is among the notes."""
    filled_cells: int = 0
    area: str = ""
    """Code of the kecamatan or kelurahan it belongs to."""

    @property
    def is_back(self) -> bool:
        """Whether somebody has filled in anything: a form as it was handed out has not come back."""
        return self.is_taken and self.filled_cells > 0
