"""What ``kla siapkan`` made and found: the value it hands to the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.framework.area_taking import AreaNews
from flows.framework.sheet_changes import SheetChange, SheetRefusal
from flows.model import City


class FileState(StrEnum):
    """What happened to ``kota.yaml`` or ``profil-kota.xlsx``."""

    CREATED = "dibuat"
    UPDATED = "diperbarui"
    KEPT = "tetap"
    UNREADABLE = "tidak-terbaca"


@dataclass(frozen=True, slots=True)
class Adopted:
    """An existing folder and the agency it was recognised as."""

    folder: str
    agency_id: str
    agency_name: str


class FormState(StrEnum):
    """What happened to one form."""

    CREATED = "dibuat"
    REISSUED = "diperbarui"
    KEPT = "tetap"
    """It is up to date, whatever is filled in."""
    OPEN = "sedang-dibuka"
    """Somebody has it open, so it was left alone."""
    UNREADABLE = "tidak-terbaca"
    LOCKED = "berkata-sandi"
    REFUSED = "milik-lain"
    """Of another filler, city or year, or newer than this program."""
    OTHER_FORMAT = "format-lain"
    """Out of date, but saved as .xls, .xlsm or .ods, which this program does not write."""
    UNCALCULATED = "rumus-belum-dihitung"
    """Out of date, but it holds formulas without results, which a new form could not keep."""
    TOO_LONG = "terlalu-panjang"
    """Out of date, but it holds more than is read of a workbook."""
    HOMELESS = "tanpa-folder"
    """The city has no folder for it."""
    UNASKED = "tidak-diminta"
    """Handed out earlier to somebody of whom nothing is asked any more, and left where it is."""


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """One form and what happened to it, or would."""

    path: str
    """Relative to the year's folder, POSIX; the file that was found where it has another name than ours."""
    filler: str
    """Name of who fills it."""
    state: FormState
    leftovers: int = 0
    """Of a renewed form: values that have no place any more and lie in the sheet for them."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was made and found; in a dry run what would be. Paths are relative to the year's folder, POSIX."""

    city: City
    profile_id: str
    """Profile that ``kota.yaml`` was made from; empty where it was there already or came from an earlier year."""
    city_file: FileState
    sheet_file: FileState
    created: tuple[str, ...]
    """Folders (ending in ``/``) and files that were not there."""
    updated: tuple[str, ...]
    """Files that were ours, or hold only what was taken over, and have new content."""
    kept: tuple[str, ...]
    """Files that a person has changed and that were left alone."""
    adopted: tuple[Adopted, ...]
    """Existing folders recognised under another spelling than ``kota.yaml`` had; several may mean one agency."""
    unmatched: tuple[str, ...]
    """Existing folders that belong to no known agency; kept as they are."""
    blocked: tuple[str, ...]
    """Folders that could not be made because a file or link of that name is in the way."""
    uncovered_roles: tuple[str, ...]
    """Roles that owe questions and that no agency of the city carries."""
    taken: tuple[SheetChange, ...] = ()
    """Changes taken over from ``profil-kota.xlsx``."""
    conflicts: tuple[SheetChange, ...] = ()
    """Changes in ``profil-kota.xlsx`` that ``kota.yaml`` contradicts; ``kota.yaml`` was kept."""
    refused: tuple[SheetRefusal, ...] = ()
    """Cells of ``profil-kota.xlsx`` that could not be used."""
    areas: AreaNews | None = None
    """What became of ``wilayah.xlsx`` or ``wilayah.csv``; None where there is none."""
    forms: tuple[IssuedForm, ...] = ()
    """Every form of the year, in the order of the fillers."""
    open_folders: tuple[str, ...] = ()
    """Existing folders of agencies with sensitive questions that every user of this computer can read."""
    is_dry_run: bool = False
    earlier_year: int = 0
    """Evaluation year whose ``kota.yaml`` this one was made from; 0 where it was there already or from a profile."""

    def forms_in(self, *states: FormState) -> tuple[IssuedForm, ...]:
        """The forms in one of ``states``."""
        return tuple(form for form in self.forms if form.state in states)
