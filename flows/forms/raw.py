"""What stands in a form, located but not understood: every filled cell with its place, by sheet, row and column key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

RawValue = str | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as the workbook has it."""

    value: RawValue
    """None where empty or where a formula has no saved result. An integer comes as a float."""
    cell: str
    """Address, ``D7``."""
    is_error: bool = False
    """#REF!, #DIV/0! and the like; ``value`` is then its text."""
    is_uncalculated: bool = False
    """A formula without a saved result."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in: no value, or blanks only."""
        return not self.is_error and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row below the headings that holds anything."""

    key: str
    """Key out of its mark; empty for a row that people put in."""
    number: int
    """Row of the sheet, from 1."""
    cells: Mapping[str, RawCell]
    """Column key → cell, visible row-naming columns included; empty cells are left out."""
    is_disowned: bool = False
    """Its mark was edited or contradicts what the row visibly says: not to be understood, only kept."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet that was recognised."""

    kind: str
    """A sheet kind of :mod:`flows.forms.layout`."""
    table_id: str
    """Id of the table, else empty."""
    name: str
    """As it is called now."""
    rows: tuple[RawRow, ...]
    definitions: Mapping[str, RawCell]
    is_hidden: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column key → its letters, ``AB``; ``def:<id>`` → address of its value. So that an empty cell can be named too."""


@dataclass(frozen=True, slots=True)
class RawNote:
    """Something noticed while locating: a code of the catalogue of findings, where, and the values of its words."""

    code: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RawForm:
    """A whole form."""

    filler_key: str
    """For whom it says it is (``opd:dinkes``); empty where nothing says so."""
    fingerprint: str
    """Of the plan it was written from; empty where lost."""
    sheets: tuple[RawSheet, ...]
    notes: tuple[RawNote, ...]
    is_refused: bool
    """Newer than this program or its instrument, or of another filler, city or year: nothing in it counts."""
